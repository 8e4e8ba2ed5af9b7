//! The public record over HTTP: the page, each entry, the feed, the API and the command line.

use std::collections::BTreeSet;

use forum::record;
use serde_json::{Value, json};
use tests::{
    answerable::{Answer, Api},
    serving, serving_as_process, unguarded,
};

use crate::world::{World, soon};

const REASON: &str = "The supplier delivers a week later than agreed.";

/// A post of a customer, of whom something is asked, and a promise.
async fn story(world: &World, board: &str) -> i64 {
    let (_, customer) = world.somebody("Sanne", "member").await;
    let (_, agent) = world.somebody("Femke", "agent").await;
    if board != "general" {
        let members = json!({ "slug": board, "name": board });
        world.admin_api.post("/api/v1/groups", &members).await.is(201);
        let me = customer.get("/api/v1/me").await.is(200).text("id");
        world.admin_api.put(&format!("/api/v1/groups/{board}/members/{me}"), &json!({})).await.is(204);
        let new = json!({ "slug": board, "name": "Zeppelins", "private": true, "groups": [board] });
        world.admin_api.post("/api/v1/boards", &new).await.is(201);
    }
    let post = customer.submit("complaint", board, "The zeppelin drops", "Every evening.").await;
    agent.post(&format!("/api/v1/posts/{post}/stop"), &json!({ "reason": REASON })).await.is(201);
    let promise = json!({ "what": "The hangar gets a door.", "due_on": soon() });
    world.admin_api.post(&format!("/api/v1/posts/{post}/promises"), &promise).await.is(201);
    post
}

/// The whole record by the API.
async fn read(api: &Api) -> Vec<Value> {
    let mut entries: Vec<Value> = Vec::new();
    let mut page: Answer = api.get("/api/v1/record?limit=2").await.is(200);
    loop {
        entries.extend(page.items().iter().cloned());
        match page.json["next_cursor"].as_str() {
            Some(cursor) => page = api.get(&format!("/api/v1/record?limit=2&cursor={cursor}")).await.is(200),
            None => return entries,
        }
    }
}

serving! {
    async fn settings_and_roles_are_told_with_what_they_were(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let form = ada.get("/admin/clocks").await.is(200);
        let names: Vec<String> = form.attributes("form[action^='/admin/clocks'] input[name]", "name");
        let mut fields: Vec<(String, String)> =
            names.into_iter().filter_map(|name| form.field(&name).map(|value| (name, value))).collect();
        for (name, value) in &mut fields {
            if name == "complaint_decision" {
                "7".clone_into(value);
            }
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ada.post("/admin/clocks", &fields).await.sees_other("/admin/clocks");
        let entries = read(&world.server.api()).await;
        let entry = entries.iter().rev().find(|entry| entry["act"] == "settings_changed").expect("an entry");
        assert_eq!(entry["changes"], json!([{ "key": "complaint_terms.decision", "from": 5, "to": 7 }]));
        let page = world.server.visitor().get(&format!("/record/{}", entry["seq"])).await.is(200);
        page.must_show("What changed").must_show("5 working days").must_show("7 working days").must_show("Complaints:");
        let dutch = world.server.visitor().with("accept-language", "nl").get(&format!("/record/{}", entry["seq"])).await.is(200);
        dutch.must_show("Wat er veranderde").must_show("7 werkdagen");
        let has_values = |entry: &Value| entry["act"] == "settings_changed" || entry["act"] == "role_set";
        assert!(entries.iter().filter(|entry| !has_values(entry)).all(|entry| entry["changes"] == json!([])));

        let (femke, _) = world.somebody("Femke", "agent").await;
        world.server.run(&["person", "role", &femke.email, "lead"], "");
        let entries = read(&world.server.api()).await;
        let entry = entries.iter().rev().find(|entry| entry["act"] == "role_set").expect("an entry");
        assert_eq!(entry["changes"], json!([{ "key": "role", "from": "agent", "to": "lead" }]));
        let page = world.server.visitor().get(&format!("/record/{}", entry["seq"])).await.is(200);
        page.must_show("What changed").must_show("Agent").must_show("Lead");
    }

    async fn the_api_reads_out_a_chain_that_anybody_can_check(server: Answerable) {
        let world = World::open(server).await;
        let post = story(&world, "general").await;
        let api = world.server.api();
        let entries = read(&api).await;
        let mut prev = "0".repeat(64);
        for (n, entry) in entries.iter().enumerate() {
            let keys: BTreeSet<&str> = entry.as_object().expect("an object").keys().map(String::as_str).collect();
            for key in ["seq", "at", "act", "subject", "role", "rule", "reason", "prev", "digest"] {
                assert!(keys.contains(key), "{key} is not in {entry}");
            }
            assert_eq!((entry["seq"].as_u64(), entry["prev"].as_str()), (Some(n as u64 + 1), Some(prev.as_str())));
            let digest = entry["digest"].as_str().expect("a digest");
            assert_eq!(sha256(entry["entry"].as_str().expect("a line")), digest);
            digest.clone_into(&mut prev);
        }
        let stopped = entries.iter().find(|entry| entry["act"] == "clocks_stopped").expect("the stop");
        assert_eq!((&stopped["post_id"], &stopped["reason"], &stopped["role"]), (&json!(post), &json!(REASON), &json!("agent")));
        assert_eq!((&stopped["by"]["name"], &stopped["subject"]), (&json!("Femke"), &json!(format!("post:{post}"))));
        let line: Value = serde_json::from_str(stopped["entry"].as_str().expect("a line")).expect("JSON");
        let salted = format!("{}{REASON}", stopped["reason_salt"].as_str().expect("a salt"));
        assert_eq!(line["reason"], sha256(&salted), "the reason is the one that the entry covers");

        let last = entries.last().expect("an entry")["seq"].as_i64().expect("a number");
        let after = api.get(&format!("/api/v1/record?after={}", last - 1)).await.is(200);
        assert_eq!(after.items().len(), 1);
        assert!(api.get(&format!("/api/v1/record?after={last}")).await.is(200).items().is_empty());
        api.get("/api/v1/record?after=-1&limit=x").await.is_problem(422, &["after", "limit"]);
        api.get("/api/v1/record?cursor=x").await.is_problem(422, &["cursor"]);
    }

    async fn the_page_tells_every_act_in_a_sentence(server: Answerable) {
        let world = World::open(server).await;
        let post = story(&world, "general").await;
        let visitor = world.server.visitor();
        visitor.get("/").await.is(200).must_show("Public record");
        let page = visitor.get("/record").await.is(200);
        page.must_show("The chain is intact").must_show("Femke stopped the deadlines, to wait for the customer").must_show(REASON);
        let entry = page.attribute(".entry h3 a", "href").expect("an entry");
        assert!(page.has(&format!("a[href='/p/{post}']")));
        for (query, shown) in [
            ("act=clocks_stopped", true),
            ("act=promise_paid", false),
            ("act=nonsense", false),
            ("role=agent&board=general", true),
            ("role=director", false),
            ("board=no-such-board", false),
            ("rule=2", false),
            ("from=2020-01-01&to=2999-12-31", true),
            ("from=2999-12-30", false),
            ("to=2020-01-01", false),
            ("from=tomorrow", false),
        ] {
            let page = visitor.get(&format!("/record?{query}")).await.is(200);
            assert_eq!(page.shows("Femke stopped the deadlines"), shown, "{query}");
            assert_eq!(page.shows("No such entry"), !shown, "{query}");
        }
        let page = visitor.get(&entry).await.is(200);
        page.must_show("What makes it certain").must_show("Fingerprint (SHA-256)");
        visitor.get("/record/100000").await.is(404);
        visitor.get("/record/x").await.is(404);
        visitor.get("/record/-1").await.is(404);
        let dutch = world.server.visitor().with("accept-language", "nl");
        dutch.get("/record").await.is(200).must_show("De keten is heel").must_show("Femke zette de termijnen stil, om op de klant te wachten");
        dutch.get(&entry).await.is(200).must_show("Wat het zeker maakt");

        let feed = visitor.get("/feeds/record.atom").await.is(200);
        assert!(feed.header("content-type").starts_with("application/atom+xml"));
        for part in ["<feed", "xmlns=\"http://www.w3.org/2005/Atom\"", "Femke stopped the deadlines", REASON, "/record/1</id>"] {
            assert!(feed.body.contains(part), "{part} is not in {}", feed.body);
        }
    }

    async fn programs_follow_the_record_by_checkpoints_and_tiles(server: Answerable) {
        let world = World::open(server).await;
        story(&world, "general").await;
        let (visitor, entries) = (world.server.visitor(), read(&world.server.api()).await);
        let lines: Vec<&str> = entries.iter().map(|entry| entry["entry"].as_str().expect("a line")).collect();
        let leaves: Vec<record::Hash> = lines.iter().map(|line| record::leaf(line.as_bytes())).collect();
        let n = lines.len();
        let checkpoint = visitor.get("/record/log/checkpoint").await.is(200);
        assert!(checkpoint.header("content-type").starts_with("text/plain") && checkpoint.header("cache-control").contains("no-store"));
        let mut said = checkpoint.body.lines();
        assert!(said.next().is_some_and(|origin| origin.ends_with("/record/log") && !origin.contains("//")));
        assert_eq!(said.next(), Some(n.to_string().as_str()));
        visitor.get("/record/log/key").await.is(200).must_show("/record/log+");
        // hashes are bytes, which no page is made of
        let fetch = async |path: String| {
            let answer = reqwest::get(world.server.url(&path)).await.expect("an answer");
            assert_eq!(answer.status(), 200, "{path}");
            assert!(answer.headers()["cache-control"].to_str().is_ok_and(|kept| kept.contains("immutable")));
            answer.bytes().await.expect("bytes").to_vec()
        };
        assert_eq!(fetch(format!("/record/log/tile/0/000.p/{n}")).await, leaves.concat());
        let bundle = fetch(format!("/record/log/tile/entries/000.p/{n}")).await;
        let expected: Vec<u8> = lines
            .iter()
            .flat_map(|line| [&u16::try_from(line.len()).expect("a short line").to_be_bytes()[..], line.as_bytes()].concat())
            .collect();
        assert_eq!(bundle, expected);
        for path in ["0/000", "0/001.p/1", "0/000.p/0", "0/000.p/256", "1/000.p/1", "64/000", "x/000", "entries/000", "0/0.p/1", "00/000.p/1"] {
            visitor.get(&format!("/record/log/tile/{path}")).await.is(404);
        }
        let proof = visitor.get("/record/2/proof").await.is(200);
        assert!(proof.body.starts_with("c2sp.org/tlog-proof@v1\nindex 1\n") && proof.body.ends_with(&checkpoint.body), "{}", proof.body);
        visitor.get("/record/2").await.is(200).must_show("c2sp.org/tlog-proof@v1");
        visitor.get(&format!("/record/{}/proof", n + 1)).await.is(404);
        visitor.get("/record/02/proof").await.is(404);
    }

    async fn nothing_of_a_private_board_is_told_outside(server: Answerable) {
        let world = World::open(server).await;
        story(&world, "pilot").await;
        let (visitor, api) = (world.server.visitor(), world.server.api());
        let (stranger, strange_api) = world.somebody("Otto", "member").await;
        let stranger = world.server.signed_in(&stranger).await;
        let told = ["Femke", "Zeppelin", "zeppelin", "pilot", REASON, "clocks_stopped", "The hangar"];
        let mut outside = vec![json!(read(&api).await).to_string(), json!(read(&strange_api).await).to_string()];
        let entries = read(&api).await;
        assert!(entries.iter().any(|entry| entry["act"] == "withheld"), "the chain has it all the same");
        for browser in [&visitor, &stranger] {
            outside.push(browser.get("/feeds/record.atom").await.is(200).body);
            for entry in &entries {
                let page = browser.get(&format!("/record/{}", entry["seq"])).await.is(200);
                outside.push(page.texts("main").concat());
            }
            let page = browser.get("/record").await.is(200);
            page.must_show("An act that is not for everybody");
            outside.extend(page.texts(".entries"));
            let hidden = browser.get("/record?board=pilot").await.is(200).texts("main").concat();
            let missing = browser.get("/record?board=palot").await.is(200).texts("main").concat();
            assert_eq!(without_time(&hidden), without_time(&missing));
        }
        for text in outside {
            for word in told {
                assert!(!text.contains(word), "{word} is in {text}");
            }
        }
        let staff = world.server.signed_in(&world.admin).await;
        staff.get("/record").await.is(200).must_show("Femke stopped the deadlines").must_show(REASON);
        let entries = read(&world.admin_api).await;
        let stopped = entries.iter().find(|entry| entry["act"] == "clocks_stopped").expect("those who may see it do");
        assert_eq!(stopped["reason"], REASON);
        let line: Value = serde_json::from_str(stopped["entry"].as_str().expect("a line")).expect("JSON");
        assert_eq!(line["act"], "withheld", "and the chain is the same for them");
    }
}

/// What a page says, but for when the record was checked last.
fn without_time(text: &str) -> String {
    text.split("Checked").next().unwrap_or_default().to_owned()
        + text.split_once("No such entry").map(|(_, rest)| rest).unwrap_or_default()
}

serving_as_process! {
    async fn the_command_line_and_the_page_find_the_first_break(server: Answerable) {
        let world = World::open(server).await;
        story(&world, "general").await;
        let entries = read(&world.server.api()).await;
        let last = entries.last().expect("an entry");
        let said = world.server.run(&["record", "verify"], "");
        assert_eq!(said, format!("entries {}\nhead {}\n", entries.len(), last["digest"].as_str().expect("a digest")));

        // who kept a checkpoint has it compared
        let note = world.server.visitor().get("/record/log/checkpoint").await.is(200).body;
        let file = world.server.folder().join("checkpoint");
        let with = ["record", "verify", "--checkpoint", file.to_str().expect("a path")];
        std::fs::write(&file, &note).expect("a file");
        assert_eq!(world.server.run(&with, ""), said);
        let forged = note.replacen(&format!("\n{}\n", entries.len()), &format!("\n{}\n", entries.len() + 1), 1);
        std::fs::write(&file, forged).expect("a file");
        let output = world.server.command(&with).output().expect("the program runs");
        let refusal = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && refusal.contains("no checkpoint that this forum signed"), "{refusal}");

        world.server.sql(&unguarded(world.server.backend(), "record_entries")).await;
        world.server.sql("UPDATE record_entries SET role = 'guest' WHERE seq = 2").await;
        let output = world.server.command(&["record", "verify"]).output().expect("the program runs");
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("the record is broken at entry 2"), "{said}");
        assert!(String::from_utf8_lossy(&output.stdout).starts_with("entries 1\n"));
        let mut page = world.server.visitor().get("/record").await.is(200);
        // a check is good for a part of a second
        for _ in 0..50 {
            if page.shows("The chain is broken at entry 2") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            page = world.server.visitor().get("/record").await.is(200);
        }
        page.must_show("The chain is broken at entry 2").must_show("somebody changed it");
    }
}

fn sha256(text: &str) -> String {
    forum::secret::hash(text)
}
