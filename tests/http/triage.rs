//! What staff do with a post, by forms alone: the queue in its one order, and every act once done and once refused.

use serde_json::json;
use tests::{
    answerable::{Account, Page, Visitor, today},
    serving,
};

use crate::world::{World, soon};

const REASON: &str = "The supplier answers on Thursday, <b>not</b> before.";

/// The posts of the queue, in its order.
fn titles(page: &Page) -> Vec<String> {
    page.texts("a.q__t")
}

/// The number on the chip of a part of the queue.
fn count(page: &Page, part: &str) -> usize {
    let (_, rest) = page.body.split_once(&format!("{part}<b>")).unwrap_or_else(|| panic!("no chip says {part}"));
    rest.split_once("</b>").and_then(|(number, _)| number.parse().ok()).unwrap_or_else(|| panic!("no number beside {part}"))
}

/// A form that was refused: with these fields marked, and with what was typed still there.
async fn refused(browser: &Visitor, path: &str, fields: &[(&str, &str)], wrong: &[&str]) -> Page {
    let page = browser.post(path, fields).await.is(422);
    assert_eq!(page.wrong_fields(), wrong, "{path}");
    for (name, value) in fields {
        assert!(page.shows(value), "{path} loses what was typed as {name}");
    }
    page
}

struct Staff {
    world: World,
    post: i64,
    femke: Visitor,
    agent: Account,
    luuk: Visitor,
    lead: Account,
    author: tests::answerable::Api,
}

/// A complaint of a customer, an agent who owns it, and a lead.
async fn staffed(server: tests::answerable::Answerable) -> Staff {
    let world = World::open(server).await;
    let (_, author) = world.somebody("Mo", "member").await;
    let post = author.submit("complaint", "general", "The bill came twice", "Please look.").await;
    let (agent, _) = world.somebody("Femke", "agent").await;
    let (lead, _) = world.somebody("Luuk", "lead").await;
    let femke = world.server.signed_in(&agent).await;
    let luuk = world.server.signed_in(&lead).await;
    femke.post(&format!("/triage/{post}/owner"), &[("person", &agent.id)]).await.sees_other("/triage");
    Staff { world, post, femke, agent, luuk, lead, author }
}

serving! {
    async fn forms_of_the_staff_are_not_there_for_others(server: Answerable) {
        let Staff { world, post, .. } = staffed(server).await;
        let (member, _) = world.somebody("Noor", "member").await;
        let (noor, visitor) = (world.server.signed_in(&member).await, world.server.visitor());
        let acts = [
            "extend", "stop", "resume", "handover", "handover/1/accept", "handover/1/decline", "promises", "promises/1/keep",
            "promises/1/change", "promises/1/withdraw", "promises/1/pay", "lower", "provenance", "contributors", "contributors/1/end",
            "rebuttal", "requests/1/approve", "requests/1/refuse",
        ];
        for act in acts.map(|act| format!("/triage/{post}/{act}")).into_iter().chain(["/triage/away".to_owned()]) {
            visitor.post(&act, &[("reason", REASON)]).await.sees_other("/sign-in");
            noor.post(&act, &[("reason", REASON)]).await.is(404);
        }
        for part in ["overdue", "today", "raised", "rebuttals", "requests", "offered"] {
            visitor.get(&format!("/triage?part={part}")).await.sees_other("/sign-in");
            noor.get(&format!("/triage?part={part}")).await.is(404);
        }
    }

    async fn every_part_of_the_queue_has_the_one_order_and_its_count(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let mut posts = Vec::new();
        for (kind, title) in [("idea", "A first idea"), ("complaint", "A first complaint"), ("wish", "A wish"), ("complaint", "A second complaint")] {
            posts.push(api.submit(kind, "general", title, "Please.").await);
        }
        let (agent, _) = world.somebody("Femke", "agent").await;
        let (lead, _) = world.somebody("Luuk", "lead").await;
        let (femke, luuk) = (world.server.signed_in(&agent).await, world.server.signed_in(&lead).await);
        let all = femke.get("/triage").await.is(200);
        assert_eq!(titles(&all), ["A first complaint", "A second complaint", "A first idea", "A wish"]);
        assert_eq!((count(&all, "All"), count(&all, "Overdue"), count(&all, "Without owner"), count(&all, "Mine")), (4, 0, 4, 0));
        // wherever one has been, the most urgent one is next
        for (open, next) in [(posts[1], posts[3]), (posts[3], posts[1]), (posts[2], posts[1])] {
            let page = femke.get(&format!("/triage/{open}")).await.is(200);
            assert!(page.has(&format!("a.btn[href='/triage/{next}']")), "after {open}");
            assert!(!page.has(".site-foot"), "what the public reads below is not for the work");
        }
        let fresh = world.server.visitor();
        let form = [("email", agent.email.as_str()), ("password", tests::answerable::PASSWORD)];
        assert_eq!(fresh.post("/sign-in", &form).await.sees_other("/"), "/triage");

        // votes have no part in it; a handover does, through the level that the third one raises
        for name in ["Noor", "Sanne"] {
            let (_, voter) = world.somebody(name, "member").await;
            voter.put(&format!("/api/v1/posts/{}/vote", posts[2]), &json!({ "stance": "support" })).await.is(200);
        }
        for person in [&agent.id, &lead.id, &agent.id, &lead.id] {
            femke.post(&format!("/triage/{}/owner", posts[2]), &[("person", person)]).await.sees_other("/triage");
        }
        femke.post(&format!("/triage/{}/owner", posts[3]), &[("person", &agent.id)]).await.sees_other("/triage");
        femke.post(&format!("/triage/{}/owner", posts[0]), &[("person", &agent.id)]).await.sees_other("/triage");
        // the first complaint is refused, and its author answers
        let no = "We looked at every bill of that month, found that only one was sent, and can't pay back what was not paid.";
        luuk.post(&format!("/triage/{}/answer", posts[1]), &[("status", "declined"), ("what", no), ("reason_class", "cost"), ("final", "on")])
            .await
            .sees_other("/triage");
        api.post(&format!("/api/v1/posts/{}/rebuttal", posts[1]), &json!({ "body": "I have both bills here." })).await.is(201);
        // an agent wants to put one away, and offers another
        let asked = femke.post(&format!("/triage/{}/answer", posts[0]), &[("status", "archived"), ("what", "Put away.")]).await;
        assert!(asked.sees_other("/triage").contains("done=asked-director") || asked.sees_other("/triage").contains("done=asked-lead"));
        femke.post(&format!("/triage/{}/handover", posts[3]), &[("to", &lead.id), ("reason", "")]).await.sees_other("/triage");

        let all = luuk.get("/triage").await.is(200);
        let order = titles(&all);
        let mut sorted = order.clone();
        sorted.sort();
        assert_eq!(sorted, ["A first idea", "A second complaint", "A wish"]);
        for (part, chip, expected) in [
            ("overdue", "Overdue", vec![]),
            ("today", "Due today", vec![]),
            ("nobody", "Without owner", vec![]),
            ("mine", "Mine", vec!["A wish"]),
            ("raised", "Level 2+", vec!["A wish"]),
            ("rebuttals", "Rebuttals", vec!["A first complaint"]),
            ("requests", "Requests", vec!["A first idea"]),
            ("offered", "Offered to me", vec!["A second complaint"]),
        ] {
            let page = luuk.get(&format!("/triage?part={part}")).await.is(200);
            assert_eq!(titles(&page), expected, "{part}");
            assert_eq!((count(&page, chip), count(&all, chip)), (expected.len(), expected.len()), "{part}");
        }
        let mine = titles(&femke.get("/triage?part=mine").await);
        let places: Vec<_> = mine.iter().map(|title| order.iter().position(|other| other == title)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{mine:?} is not in the order of {order:?}");
        assert_eq!(mine.len(), 2);
        // what was asked for within a part stays in it
        assert!(luuk.get("/triage?part=raised").await.body.contains(&format!("/triage/{}?part=raised", posts[2])));
    }

    async fn deadlines_are_extended_and_stand_still_with_a_public_reason(server: Answerable) {
        let Staff { world, post, femke, .. } = staffed(server).await;
        let extend = format!("/triage/{post}/extend");
        let (past, day) = ((today() - chrono::Days::new(3)).to_string(), soon());
        refused(&femke, &extend, &[("clock", "first_answer"), ("until", &past), ("reason", REASON)], &["until"]).await;
        refused(&femke, &extend, &[("clock", "first_answer"), ("until", &day), ("reason", "Why not")], &["reason", "until"]).await;
        // a deadline can only be as long as those of its kind are: the site gives complaints more time
        let ada = world.server.signed_in(&world.admin).await;
        let fields = [
            ("complaint_first_answer", "30"), ("complaint_decision", "40"), ("complaint_next_update", "5"), ("idea_first_answer", "5"),
            ("idea_decision", "30"), ("idea_next_update", "20"), ("triage_days", "1"), ("target_on_time", "90"),
        ];
        ada.post("/admin/clocks", &fields).await.sees_other("/admin/clocks");
        femke.post(&extend, &[("clock", "first_answer"), ("until", &day), ("reason", REASON)]).await.sees_other(&format!("/triage/{post}"));
        femke.get(&format!("/triage/{post}")).await.is(200).must_show(REASON);

        let (stop, resume) = (format!("/triage/{post}/stop"), format!("/triage/{post}/resume"));
        refused(&femke, &stop, &[("reason", "Hm <hm>")], &["reason"]).await;
        femke.post(&resume, &[]).await.is(409).must_show("The deadlines of this post are running.");
        let question = "Send us the number of the second bill, please.";
        assert!(femke.post(&stop, &[("reason", question)]).await.sees_other("/triage").contains("done=stopped"));
        femke.get(&format!("/triage/{post}")).await.is(200).must_show(question).must_show("Let them run again");
        femke.post(&stop, &[("reason", "And one more thing, please.")]).await.is(409);
        assert!(femke.post(&resume, &[]).await.sees_other("/triage").contains("done=resumed"));
    }

    async fn a_post_is_offered_and_accepted_or_turned_down(server: Answerable) {
        let Staff { world, post, femke, agent, luuk, lead, author } = staffed(server).await;
        let offer = format!("/triage/{post}/handover");
        refused(&femke, &offer, &[("to", ""), ("reason", REASON)], &["to"]).await;
        refused(&femke, &offer, &[("to", &agent.id), ("reason", REASON)], &["to"]).await;
        // only the owner can; what was typed is not lost
        luuk.post(&offer, &[("to", &agent.id), ("reason", REASON)]).await.is(403).must_show(REASON);
        femke.post(&offer, &[("to", &lead.id), ("reason", REASON)]).await.sees_other("/triage");
        femke.get(&format!("/triage/{post}")).await.must_show("Femke offered this to Luuk");
        femke.post(&offer, &[("to", &lead.id), ("reason", "Once more.")]).await.is(409).must_show("Once more.");
        let offers = |api: &tests::answerable::Api| {
            let api = api.clone();
            async move { api.get(&format!("/api/v1/posts/{post}/handovers")).await.is(200).items().to_vec() }
        };
        let id = |offers: &[serde_json::Value]| offers.last().and_then(|offer| offer["id"].as_i64()).expect("an offer");
        let first = id(&offers(&author).await);
        luuk.get(&format!("/triage/{post}")).await.must_show("Femke offers you this post").must_show(REASON);
        femke.post(&format!("/triage/{post}/handover/{first}/accept"), &[]).await.is(403);
        let long = "x".repeat(501);
        refused(&luuk, &format!("/triage/{post}/handover/{first}/decline"), &[("note", &long)], &["note"]).await;
        luuk.post(&format!("/triage/{post}/handover/{first}/decline"), &[("note", "I am away.")]).await.sees_other("/triage");
        femke.post(&offer, &[("to", &lead.id), ("reason", "")]).await.sees_other("/triage");
        let second = id(&offers(&author).await);
        luuk.post(&format!("/triage/{post}/handover/{second}/accept"), &[]).await.sees_other("/triage");
        assert_eq!(author.get(&format!("/api/v1/posts/{post}")).await.json["owner"]["name"], "Luuk");
        luuk.post(&format!("/triage/{post}/handover/{second}/accept"), &[]).await.is(409);
        drop(world);
    }

    async fn a_promise_is_made_changed_and_kept_or_taken_back(server: Answerable) {
        let Staff { world, post, femke, luuk, author, .. } = staffed(server).await;
        let make = format!("/triage/{post}/promises");
        femke.get(&format!("/triage/{post}")).await.must_show("You may promise up to 10 working days and €\u{a0}50.");
        let fields = [("what", "We pay <both> back"), ("due_on", "2020-01-02"), ("remedy", ""), ("remedy_amount", "a lot")];
        refused(&femke, &make, &fields, &["due_on", "remedy_amount"]).await;
        let day = (today() + chrono::Days::new(7)).to_string();
        let fields = [("what", "We pay both back"), ("due_on", day.as_str()), ("remedy", "One month free"), ("accountable", "")];
        assert!(femke.post(&make, &fields).await.sees_other("/triage").contains("done=promised"));
        let promises = author.get(&format!("/api/v1/posts/{post}/promises")).await.is(200);
        let id = promises.items()[0]["id"].as_i64().expect("a promise");
        let act = |act: &str| format!("/triage/{post}/promises/{id}/{act}");

        refused(&femke, &act("change"), &[("what", "We pay one back"), ("due_on", &day), ("reason", "short")], &["reason"]).await;
        let fields = [("what", "We pay one back"), ("due_on", day.as_str()), ("reason", REASON)];
        femke.post(&act("change"), &fields).await.sees_other("/triage");
        world.server.visitor().get(&world.path_of(post).await).await.is(200).must_show("We pay one back");
        refused(&femke, &act("withdraw"), &[("reason", "no <no>")], &["reason"]).await;
        let long = "x".repeat(501);
        refused(&femke, &act("keep"), &[("note", &long)], &["note"]).await;
        femke.post(&act("pay"), &[]).await.is(409).must_show("No remedy is owed");
        femke.post(&act("keep"), &[("note", "Both bills are paid back.")]).await.sees_other("/triage");
        femke.post(&act("withdraw"), &[("reason", REASON)]).await.is(409).must_show(REASON);
        // the remedy of one that is beyond the mandate is asked for, and decided by the lead
        let fields = [("what", "A new telephone"), ("due_on", day.as_str()), ("remedy", "The price of it"), ("remedy_amount", "80")];
        assert!(femke.post(&make, &fields).await.sees_other("/triage").contains("done=asked-lead"));
        let page = femke.get(&format!("/triage/{post}?done=asked-lead")).await.is(200);
        page.must_show("Sent to the lead for a decision").must_show("A new telephone").must_not_show("Approve: publish it");
        let page = luuk.get(&format!("/triage/{post}")).await.is(200);
        page.must_show("Approve: publish it").must_show("the amount");
        let request = page.body.split("/requests/").nth(1).and_then(|rest| rest.split('/').next()).expect("a request").to_owned();
        let (approve, refuse) = (format!("/triage/{post}/requests/{request}/approve"), format!("/triage/{post}/requests/{request}/refuse"));
        refused(&luuk, &refuse, &[("note", "No <no>")], &["note"]).await;
        femke.post(&approve, &[]).await.is(403);
        assert!(luuk.post(&approve, &[]).await.sees_other("/triage").contains("done=approved"));
        luuk.post(&refuse, &[("note", "I changed my mind, sorry.")]).await.is(409).must_show("I changed my mind, sorry.");
        assert_eq!(author.get(&format!("/api/v1/posts/{post}/promises")).await.items().len(), 2);
    }

    async fn what_is_known_of_a_post_is_said_with_reasons(server: Answerable) {
        let Staff { world, post, femke, agent, luuk, lead, .. } = staffed(server).await;
        let page = format!("/triage/{post}");
        let at = |act: &str| format!("/triage/{post}/{act}");
        refused(&femke, &at("provenance"), &[("provenance", "")], &["provenance"]).await;
        femke.post(&at("provenance"), &[("provenance", "customers")]).await.sees_other(&page);
        refused(&femke, &at("provenance"), &[("provenance", "both"), ("reason", "Hm")], &["reason"]).await;
        femke.post(&at("provenance"), &[("provenance", "both"), ("reason", REASON)]).await.sees_other(&page);
        femke.get(&page).await.must_show(REASON);

        refused(&femke, &at("contributors"), &[("person", ""), ("name", ""), ("task", "Prints & posts")], &["name"]).await;
        femke.post(&at("contributors"), &[("person", ""), ("name", "Printers & Sons"), ("task", "Prints the bills")]).await.sees_other(&page);
        femke.post(&at("contributors"), &[("person", &lead.id), ("name", ""), ("task", "Checks the sums")]).await.sees_other(&page);
        let shown = femke.get(&page).await.is(200);
        shown.must_show("Printers & Sons").must_show("Checks the sums");
        let helper = shown.body.split("/contributors/").nth(1).and_then(|rest| rest.split('/').next()).expect("a number").to_owned();
        femke.post(&at(&format!("contributors/{helper}/end")), &[]).await.sees_other(&page);
        femke.post(&at(&format!("contributors/{helper}/end")), &[]).await.is(404);

        // the third handover raises the level, and a lead lowers it
        for person in [&lead.id, &agent.id, &lead.id] {
            femke.post(&at("owner"), &[("person", person)]).await.sees_other(&page);
        }
        femke.get(&page).await.must_not_show("Lower the level");
        femke.post(&at("lower"), &[("reason", REASON)]).await.is(403).must_show(REASON);
        luuk.get(&page).await.must_show("Lower the level").must_show("It was handed over for the third time.");
        refused(&luuk, &at("lower"), &[("reason", "Why <not>")], &["reason"]).await;
        luuk.post(&at("lower"), &[("reason", REASON)]).await.sees_other(&page);
        luuk.post(&at("lower"), &[("reason", REASON)]).await.is(409).must_show(REASON);
        drop(world);
    }

    async fn a_rebuttal_is_read(server: Answerable) {
        let Staff { world, post, femke, author, .. } = staffed(server).await;
        let no = "We looked at every bill of that month, found that only one was sent, and can't pay back what was not paid.";
        let fields = [("status", "declined"), ("what", no), ("reason_class", "cost"), ("final", "on")];
        femke.post(&format!("/triage/{post}/answer"), &fields).await.sees_other("/triage");
        author.post(&format!("/api/v1/posts/{post}/rebuttal"), &json!({ "body": "I have **both** bills here." })).await.is(201);
        let page = femke.get(&format!("/triage/{post}")).await.is(200);
        page.must_show("<strong>both</strong>").must_show("Read, the refusal stands");
        assert!(femke.post(&format!("/triage/{post}/rebuttal"), &[]).await.sees_other("/triage").contains("done=rebuttal-read"));
        femke.get(&format!("/triage/{post}")).await.must_not_show("Read, the refusal stands");
        assert_eq!(titles(&femke.get("/triage?part=rebuttals").await), Vec::<String>::new());
        drop(world);
    }

    async fn staff_say_when_they_are_away(server: Answerable) {
        let Staff { world, femke, luuk, .. } = staffed(server).await;
        let (from, to) = (today().to_string(), (today() + chrono::Days::new(3)).to_string());
        let page = refused(&femke, "/triage/away", &[("first_day", &to), ("last_day", &from)], &["last_day"]).await;
        assert_eq!(page.field("first_day").as_deref(), Some(to.as_str()));
        refused(&femke, "/triage/away", &[("first_day", ""), ("last_day", &to)], &["first_day"]).await;
        femke.post("/triage/away", &[("first_day", &from), ("last_day", &to)]).await.sees_other("/triage?done=away");
        let page = femke.get("/triage").await.is(200);
        let back = page.attribute("form[action*=\"/back\"]", "action");
        let back = back.expect("a form that removes it");
        assert!(!luuk.get("/triage").await.body.contains("/back\""), "it is of Femke alone");
        luuk.post(&back, &[]).await.is(403);
        femke.post(&back, &[]).await.sees_other("/triage?done=back");
        drop(world);
    }
}
