//! The contract of the REST API, call by call, against the running program.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    answerable::{Api, PASSWORD},
    serving,
};

use crate::world::{World, soon};

/// The names of all fields of an object.
fn fields(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

/// At least these fields are there.
fn has(value: &Value, wanted: &[&str]) {
    let found = fields(value);
    let missing: Vec<_> = wanted.iter().filter(|name| !found.contains(*name)).collect();
    assert!(missing.is_empty(), "no {missing:?} in {value}");
}

/// A time as RFC 3339 in UTC.
fn is_time(value: &Value) {
    let text = value.as_str().unwrap_or_else(|| panic!("no time: {value}"));
    assert!(text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok(), "{text}");
}

const SUMMARY: &[&str] = &[
    "id",
    "slug",
    "url",
    "kind",
    "title",
    "excerpt",
    "board",
    "status",
    "support_count",
    "oppose_count",
    "comment_count",
    "author",
    "owner",
    "level",
    "clocks",
    "created_at",
];

serving! {
    async fn accounts_and_tokens(server: Answerable) {
        let world = World::open(server).await;
        let api = world.server.api();
        api.post("/api/v1/accounts", &json!({})).await.is_problem(422, &["email", "password", "name"]);
        let account = json!({ "email": "sanne@example.com", "password": PASSWORD, "name": "Sanne" });
        let first = api.post("/api/v1/accounts", &account).await.is(201);
        let known =
            api.post("/api/v1/accounts", &json!({ "email": world.admin.email, "password": PASSWORD, "name": "Ada" })).await.is(201);
        assert_eq!(first.json, known.json, "the same answer whether or not the address is known");

        api.post("/api/v1/tokens", &json!({})).await.is_problem(422, &["email", "password"]);
        let wrong =
            api.post("/api/v1/tokens", &json!({ "email": "sanne@example.com", "password": "wrong" })).await.is_problem(401, &[]);
        let unknown =
            api.post("/api/v1/tokens", &json!({ "email": "nobody@example.com", "password": "wrong" })).await.is_problem(401, &[]);
        assert_eq!(wrong.json, unknown.json);
        let sanne = json!({ "email": "sanne@example.com", "password": PASSWORD, "scopes": ["read", "write"] });
        let made = api.post("/api/v1/tokens", &sanne).await.is(201);
        assert!(made.text("token").len() >= 32);
        assert!(made.header("cache-control").contains("no-store"));
        // unverified: may sign in and read
        let sanne = api.with_token(&made.text("token"));
        let me = sanne.get("/api/v1/me").await.is(200);
        has(&me.json, &["id", "name", "email", "role", "language"]);
        assert_eq!((me.text("role").as_str(), me.text("email").as_str()), ("member", "sanne@example.com"));
        assert!(uuid::Uuid::parse_str(&me.text("id")).is_ok_and(|id| id.get_version_num() == 7));
        let draft = json!({ "kind": "idea", "title": "Too early", "body": "Not verified.", "board": "general" });
        sanne.post("/api/v1/posts", &draft).await.is_problem(403, &[]);
        sanne.post("/api/v1/posts", &json!({})).await.is_problem(403, &[]);
        // verified by the link in the mail
        let link = world.server.link_to("sanne@example.com", "/verify/").await;
        world.server.visitor().post(&link, &[]).await.sees_other("/");
        sanne.post("/api/v1/posts", &draft).await.is(201);

        let me = sanne.patch("/api/v1/me", &json!({ "name": "Sanne K.", "language": "nl" })).await.is(200);
        assert_eq!((me.text("name").as_str(), me.text("language").as_str()), ("Sanne K.", "nl"));
        sanne.patch("/api/v1/me", &json!({ "name": "", "language": "xx" })).await.is_problem(422, &["name", "language"]);
        sanne.patch("/api/v1/me", &json!({ "name": null })).await.is_problem(422, &["name"]);
        let me = sanne.patch("/api/v1/me", &json!({ "language": null })).await.is(200);
        assert_eq!((me.text("name").as_str(), &me.json["language"]), ("Sanne K.", &Value::Null), "null empties the field");

        let reader = api
            .post("/api/v1/tokens", &json!({ "email": "sanne@example.com", "password": PASSWORD, "scopes": ["read"] }))
            .await
            .is(201);
        let reader = api.with_token(&reader.text("token"));
        reader.get("/api/v1/posts").await.is(200);
        reader.post("/api/v1/posts", &json!({})).await.is_problem(403, &[]);
        reader.patch("/api/v1/me", &json!({ "name": "" })).await.is_problem(403, &[]);
        let tokens = sanne.get("/api/v1/tokens").await.is(200);
        assert_eq!(tokens.items().len(), 2);
        assert!(!tokens.json.to_string().contains(&made.text("token")), "kept as a hash, shown once");
        reader.delete("/api/v1/tokens").await.is(204);
        reader.get("/api/v1/posts").await.is_problem(401, &[]);
        assert_eq!(sanne.get("/api/v1/tokens").await.items().len(), 1);
        // a token never allows more than the role
        let asked = json!({ "email": "sanne@example.com", "password": PASSWORD, "scopes": ["read", "write", "staff", "admin"] });
        let made = api.post("/api/v1/tokens", &asked).await.is(201);
        assert_eq!(made.json["scopes"], json!(["read", "write"]));
        api.with_token(&made.text("token")).get("/api/v1/queue").await.is_problem(403, &[]);
        // and lives as long as was asked for
        for (days, lives) in [(json!(null), 90), (json!(7), 7), (json!(365), 365)] {
            let asked = json!({ "email": "sanne@example.com", "password": PASSWORD, "expires_in_days": days });
            let made = api.post("/api/v1/tokens", &asked).await.is(201);
            let at = |name| chrono::DateTime::parse_from_rfc3339(&made.text(name)).expect("a time");
            assert_eq!((at("expires_at") - at("created_at")).num_days(), lives);
        }
        for days in [json!(31), json!(0), json!("forever")] {
            let asked = json!({ "email": "sanne@example.com", "password": PASSWORD, "expires_in_days": days });
            api.post("/api/v1/tokens", &asked).await.is_problem(422, &["expires_in_days"]);
        }
        let asked = json!({ "email": "sanne@example.com", "password": PASSWORD, "scopes": ["everything"] });
        api.post("/api/v1/tokens", &asked).await.is_problem(422, &["scopes"]);
    }

    async fn boards_statuses_and_tags(server: Answerable) {
        let world = World::open(server).await;
        let (_, member) = world.somebody("Mo", "member").await;
        let (admin, visitor) = (&world.admin_api, world.server.api());
        let stages: Vec<_> =
            visitor.get("/api/v1/statuses").await.is(200).items().iter().map(|s| (s["slug"].clone(), s["stage"].clone())).collect();
        let names = ["received", "review", "planned", "started", "delivered", "confirmed", "declined", "archived"];
        for name in names {
            assert!(stages.contains(&(json!(name), json!(name))), "{name} is missing in {stages:?}");
        }
        for (path, body) in [
            ("/api/v1/boards", json!({ "slug": "billing", "name": "Billing" })),
            ("/api/v1/tags", json!({ "slug": "moving-house", "name": "moving house" })),
            ("/api/v1/statuses", json!({ "slug": "in-pilot", "name": "In pilot", "stage": "started" })),
        ] {
            visitor.post(path, &body).await.is_problem(401, &[]);
            member.post(path, &body).await.is_problem(403, &[]);
            let made = admin.post(path, &body).await.is(201);
            assert_eq!((&made.json["slug"], &made.json["name"]), (&body["slug"], &body["name"]));
            admin.post(path, &body).await.is_problem(422, &["slug"]);
            admin
                .post(path, &json!({ "slug": "No Slug!", "name": "" , "stage": "started" }))
                .await
                .is_problem(422, &["slug", "name"]);
            let listed = visitor.get(path).await.is(200);
            assert!(listed.items().iter().any(|item| item["slug"] == body["slug"]), "{}", listed.json);
        }
    }

    async fn posts_are_made_read_listed_and_changed(server: Answerable) {
        let world = World::open(server).await;
        let (author, api) = world.somebody("Mo", "member").await;
        let (_, other) = world.somebody("Noor", "member").await;
        let visitor = world.server.api();
        let draft = json!({
            "kind": "idea", "title": "One bill for two addresses", "body": "We pay for **two** houses.", "board": "general",
            "tags": ["bills", "Moving House"],
        });
        visitor.post("/api/v1/posts", &draft).await.is_problem(401, &[]);
        let made = api.post("/api/v1/posts", &draft).await.is(201);
        let id = made.number("id");
        assert!(made.location().ends_with(&format!("/api/v1/posts/{id}")), "{}", made.location());
        has(&made.json, SUMMARY);
        has(&made.json, &["body", "body_html", "tags", "case", "extensions", "my_vote"]);
        let post = visitor.get(&format!("/api/v1/posts/{id}")).await.is(200);
        assert_eq!(fields(&post.json), fields(&made.json), "201 carries the whole new object");
        for (name, value) in [
            ("kind", json!("idea")),
            ("board", json!("general")),
            ("support_count", json!(0)),
            ("oppose_count", json!(0)),
            ("comment_count", json!(0)),
            ("owner", Value::Null),
            ("level", json!(1)),
            ("my_vote", Value::Null),
            ("case", Value::Null),
            ("extensions", json!([])),
            ("body", json!("We pay for **two** houses.")),
            ("slug", json!("one-bill-for-two-addresses")),
            ("status", json!({ "slug": "received", "name": "Received", "stage": "received" })),
            ("author", json!({ "id": author.id, "name": "Mo" })),
            ("url", json!(world.server.url(&format!("/p/{id}/one-bill-for-two-addresses")))),
        ] {
            assert_eq!(post.json[name], value, "{name}");
        }
        assert!(post.text("body_html").contains("<strong>two</strong>"));
        let tags: BTreeSet<_> = post.json["tags"].as_array().expect("tags").iter().filter_map(Value::as_str).collect();
        assert_eq!(tags, BTreeSet::from(["bills", "moving-house"]));
        is_time(&post.json["created_at"]);
        let clocks = post.json["clocks"].as_array().expect("clocks");
        let names: BTreeSet<_> = clocks.iter().filter_map(|clock| clock["name"].as_str()).collect();
        assert_eq!(names, BTreeSet::from(["decision", "first_answer"]));
        for clock in clocks {
            is_time(&clock["due_at"]);
            assert_eq!(clock["state"], "running");
        }

        for (change, wrong) in [
            (json!({ "title": "ab" }), "title"),
            (json!({ "title": "a".repeat(121) }), "title"),
            (json!({ "body": "" }), "body"),
            (json!({ "body": "a".repeat(20_001) }), "body"),
            (json!({ "kind": "rumour" }), "kind"),
            (json!({ "board": "nowhere" }), "board"),
            (json!({ "tags": ["a", "b", "c", "d", "e", "f"] }), "tags"),
        ] {
            let mut bad = draft.clone();
            bad.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
            api.post("/api/v1/posts", &bad).await.is_problem(422, &[wrong]);
        }
        let longest = json!({ "kind": "wish", "title": "a".repeat(120), "body": "b".repeat(20_000), "board": "general" });
        api.post("/api/v1/posts", &longest).await.is(201);

        let list = visitor.get("/api/v1/posts").await.is(200);
        has(&list.json, &["items", "next_cursor"]);
        has(&list.items()[0], SUMMARY);
        assert!(!fields(&list.items()[0]).contains("body"), "a summary");
        for sort in ["trending", "new", "top", "waiting", "delivered"] {
            let items = visitor.get(&format!("/api/v1/posts?sort={sort}")).await.is(200).items().len();
            assert_eq!(items, if sort == "delivered" { 0 } else { 2 }, "{sort}");
        }
        for (query, count) in [
            ("kind=idea", 1),
            ("kind=complaint", 0),
            ("board=general", 2),
            ("board=nowhere", 0),
            ("status=received", 2),
            ("stage=planned", 0),
            ("tag=bills", 1),
            ("tag=nothing", 0),
            ("q=houses", 1),
            ("q=adresses", 1),
            ("q=zzzz", 0),
            ("kind=idea&tag=bills&q=bill", 1),
        ] {
            let items = visitor.get(&format!("/api/v1/posts?{query}")).await.is(200).items().len();
            assert_eq!(items, count, "{query}");
        }
        visitor
            .get("/api/v1/posts?sort=loudest&kind=rumour&stage=nowhere&limit=none")
            .await
            .is_problem(422, &["sort", "kind", "stage", "limit"]);
        visitor.get("/api/v1/posts?cursor=made-up").await.is_problem(422, &["cursor"]);
        let similar = visitor.get("/api/v1/posts/similar?title=A+single+bill+for+both+addresses&body=two+houses").await.is(200);
        assert_eq!(similar.items()[0]["id"], json!(id), "{}", similar.json);
        assert!(similar.items().len() <= 5);
        visitor.get("/api/v1/posts/similar?title=bill").await.is(200);

        let path = format!("/api/v1/posts/{id}");
        visitor.patch(&path, &json!({ "title": "Mine" })).await.is_problem(401, &[]);
        other.patch(&path, &json!({ "title": "" })).await.is_problem(403, &[]);
        api.patch(&path, &json!({ "title": "" })).await.is_problem(422, &["title"]);
        let changed = api.patch(&path, &json!({ "title": "One bill for all addresses", "tags": ["bills"] })).await.is(200);
        assert_eq!(
            (changed.text("title").as_str(), changed.text("body").as_str()),
            ("One bill for all addresses", "We pay for **two** houses.")
        );
        world.admin_api.patch(&path, &json!({ "title": "One bill" })).await.is_problem(422, &["rule", "reason"]);
        world
            .admin_api
            .patch(&path, &json!({ "title": "One bill", "rule": 1, "reason": "Two matters in one title." }))
            .await
            .is(200);
        let versions = visitor.get(&format!("{path}/versions")).await.is(200);
        assert_eq!(versions.items().len(), 3);
        assert!(versions.json.to_string().contains("One bill for two addresses"), "every wording stays: {}", versions.json);
        visitor.get("/api/v1/posts/999999/versions").await.is_problem(404, &[]);
    }

    async fn votes_are_set_and_taken_back_any_number_of_times(server: Answerable) {
        let world = World::open(server).await;
        let (_, author) = world.somebody("Mo", "member").await;
        let (noor_account, noor) = world.somebody("Noor", "member").await;
        let visitor = world.server.api();
        let post = author.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let path = format!("/api/v1/posts/{post}/vote");
        let support = json!({ "stance": "support" });
        visitor.put(&path, &support).await.is_problem(401, &[]);
        visitor.delete(&path).await.is_problem(401, &[]);
        noor.put("/api/v1/posts/999999/vote", &support).await.is_problem(404, &[]);
        for _ in 0..3 {
            let tally = noor.put(&path, &support).await.is(200);
            assert_eq!(
                tally.json,
                json!({ "support_count": 1, "oppose_count": 0, "my_vote": { "stance": "support", "reason": null } })
            );
        }
        for body in [json!({}), json!({ "stance": "abstain" }), json!({ "stance": 1 })] {
            noor.put(&path, &body).await.is_problem(422, &["stance"]);
        }
        for reason in [json!(null), json!(""), json!("too short"), json!("x".repeat(501))] {
            noor.put(&path, &json!({ "stance": "oppose", "reason": reason })).await.is_problem(422, &["reason"]);
        }
        let reason = "Two bills keep the two houses apart.";
        for _ in 0..2 {
            let tally = noor.put(&path, &json!({ "stance": "oppose", "reason": reason })).await.is(200);
            assert_eq!(
                tally.json,
                json!({ "support_count": 0, "oppose_count": 1, "my_vote": { "stance": "oppose", "reason": reason } })
            );
        }
        assert_eq!(
            noor.get(&format!("/api/v1/posts/{post}")).await.json["my_vote"],
            json!({ "stance": "oppose", "reason": reason })
        );
        assert_eq!(author.get(&format!("/api/v1/posts/{post}")).await.json["my_vote"], Value::Null);
        author.put(&path, &support).await.is(200);
        let votes = visitor.get(&format!("/api/v1/posts/{post}/votes?stance=oppose")).await.is(200);
        assert_eq!(votes.items().len(), 1);
        assert_eq!(votes.items()[0]["reason"], reason);
        assert!(votes.json.to_string().contains(&noor_account.id));
        assert_eq!(visitor.get(&format!("/api/v1/posts/{post}/votes")).await.items().len(), 2);
        visitor.get(&format!("/api/v1/posts/{post}/votes?stance=both")).await.is_problem(422, &["stance"]);
        for _ in 0..2 {
            let tally = noor.delete(&path).await.is(200);
            assert_eq!(tally.json, json!({ "support_count": 1, "oppose_count": 0, "my_vote": null }));
        }
        let complaint = author.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let path = format!("/api/v1/posts/{complaint}/vote");
        noor.put(&path, &json!({ "stance": "oppose", "reason": "It did not happen to me." })).await.is_problem(422, &["stance"]);
        noor.put(&path, &support).await.is(200);
    }

    async fn comments_stand_in_threads(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let (noor_account, noor) = world.somebody("Noor", "member").await;
        let visitor = world.server.api();
        let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let elsewhere = api.submit("idea", "general", "A darker night mode", "For tired eyes.").await;
        let path = format!("/api/v1/posts/{post}/comments");
        visitor.post(&path, &json!({ "body": "Hello" })).await.is_problem(401, &[]);
        noor.post(&path, &json!({})).await.is_problem(422, &["body"]);
        noor.post(&path, &json!({ "body": "x".repeat(10_001) })).await.is_problem(422, &["body"]);
        let made = noor.post(&path, &json!({ "body": "With us it is *three*." })).await.is(201);
        has(&made.json, &["id", "parent_id", "author", "body", "body_html", "created_at", "edited_at"]);
        assert_eq!((&made.json["parent_id"], &made.json["edited_at"]), (&Value::Null, &Value::Null));
        assert_eq!(made.json["author"], json!({ "id": noor_account.id, "name": "Noor" }));
        assert!(made.text("body_html").contains("<em>three</em>"));
        is_time(&made.json["created_at"]);
        let id = made.number("id");
        let reply = api.post(&path, &json!({ "body": "Really?", "parent_id": id })).await.is(201);
        assert_eq!(reply.number("parent_id"), id);
        let _ =
            api.post(&format!("/api/v1/posts/{elsewhere}/comments"), &json!({ "body": "Really?", "parent_id": id })).await.is(422);
        assert_eq!(visitor.get(&path).await.is(200).items().len(), 2);
        assert_eq!(visitor.get(&format!("/api/v1/posts/{post}")).await.number("comment_count"), 2);

        let comment = format!("/api/v1/comments/{id}");
        visitor.patch(&comment, &json!({ "body": "Mine" })).await.is_problem(401, &[]);
        api.patch(&comment, &json!({ "body": "" })).await.is_problem(403, &[]);
        noor.patch(&comment, &json!({ "body": "" })).await.is_problem(422, &["body"]);
        let changed = noor.patch(&comment, &json!({ "body": "With us it is *four*." })).await.is(200);
        assert!(changed.text("body_html").contains("<em>four</em>"));
        is_time(&changed.json["edited_at"]);
        api.delete(&comment).await.is_problem(403, &[]);
        for _ in 0..2 {
            noor.delete(&comment).await.is(204);
        }
        noor.patch(&comment, &json!({ "body": "Back again" })).await.is_problem(409, &[]);
        let list = visitor.get(&path).await.is(200);
        assert!(!list.json.to_string().contains("four"), "taken back: {}", list.json);
        assert_eq!(list.items().len(), 2, "a marker stays");
    }

    async fn answers_owners_and_the_queue_are_the_staffs(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let (agent, staff) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let idea = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let complaint = api.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        visitor.get("/api/v1/queue").await.is_problem(401, &[]);
        api.get("/api/v1/queue").await.is_problem(403, &[]);
        let queue = staff.get("/api/v1/queue").await.is(200);
        let order: Vec<_> = queue.items().iter().map(|item| item["id"].as_i64()).collect();
        assert_eq!(order, [Some(complaint), Some(idea)], "the earliest deadline first");
        has(&queue.items()[0], SUMMARY);
        is_time(&queue.items()[0]["waiting_since"]);

        let path = format!("/api/v1/posts/{idea}/answers");
        visitor.post(&path, &json!({})).await.is_problem(401, &[]);
        api.post(&path, &json!({})).await.is_problem(403, &[]);
        let long = "We looked at what it costs to join the bills, and at how many of you asked for it. ".repeat(2);
        for (answer, wrong) in [
            (json!({}), vec!["status", "what"]),
            (json!({ "status": "planned" }), vec!["what", "who", "next_update_on"]),
            (
                json!({ "status": "planned", "what": "We do.", "who": "Billing", "next_update_on": "2020-01-02" }),
                vec!["next_update_on"],
            ),
            (
                json!({ "status": "planned", "what": "We do.", "who": "Billing", "next_update_on": "2099-01-02" }),
                vec!["next_update_on"],
            ),
            (json!({ "status": "planned", "what": "We do.", "who": "Billing", "next_update_on": "soon" }), vec!["next_update_on"]),
            (json!({ "status": "delivered", "what": "Done." }), vec!["who"]),
            (json!({ "status": "declined", "what": "No." }), vec!["what", "reason_class", "reexamine_on"]),
            (json!({ "status": "declined", "what": long, "reason_class": "mood", "final": true }), vec!["reason_class"]),
            (json!({ "status": "received", "what": "Back.", "who": "Billing" }), vec!["status"]),
            (json!({ "status": "confirmed", "what": "Sure.", "who": "Billing" }), vec!["status"]),
            (json!({ "status": "nowhere", "what": "Where?" }), vec!["status"]),
        ] {
            staff.post(&path, &answer).await.is_problem(422, &wrong);
        }
        let planned =
            json!({ "status": "planned", "what": "One bill for **all**.", "who": "Team Billing", "next_update_on": soon() });
        let made = staff.post(&path, &planned).await.is(201);
        assert_eq!(made.json["who"], planned["who"]);
        // a day off means the working day before
        let day = made.text("next_update_on");
        assert!(day <= soon() && day > tests::answerable::today().to_string(), "{day}");
        let declined = json!({ "status": "declined", "what": long, "reason_class": "cost", "final": true });
        staff.post(&format!("/api/v1/posts/{complaint}/answers"), &declined).await.is(201);
        let answers = visitor.get(&path).await.is(200);
        assert_eq!(answers.items().len(), 1);
        let post = visitor.get(&format!("/api/v1/posts/{idea}")).await.is(200);
        assert_eq!((&post.json["status"]["stage"], &post.json["owner"]["id"]), (&json!("planned"), &json!(agent.id)));
        let clocks: Vec<_> =
            post.json["clocks"].as_array().expect("clocks").iter().map(|c| (c["name"].clone(), c["state"].clone())).collect();
        for clock in [("first_answer", "met"), ("decision", "met"), ("next_update", "running")] {
            assert!(clocks.contains(&(json!(clock.0), json!(clock.1))), "{clock:?} is not among {clocks:?}");
        }
        for path in [&path, &format!("{path}/{}", made.number("id"))] {
            for method in [Method::PATCH, Method::DELETE, Method::PUT] {
                let answer = staff.send(method, path, Some(&planned), &[]).await;
                assert!(matches!(answer.status, 404 | 405), "answers are never edited or deleted: {}", answer.json);
            }
        }
        let (lead, _) = world.somebody("Luuk", "lead").await;
        let owner = format!("/api/v1/posts/{idea}/owner");
        api.put(&owner, &json!({})).await.is_problem(403, &[]);
        for person in [json!(null), json!("somebody"), json!(member.id), json!("019aa5f0-7c1e-7d3a-9b1f-5d2a6c3e4f50")] {
            staff.put(&owner, &json!({ "person": person })).await.is_problem(422, &["person"]);
        }
        let post = staff.put(&owner, &json!({ "person": lead.id })).await.is(200);
        assert_eq!(post.json["owner"]["name"], "Luuk");
    }

    async fn lists_have_no_gaps_while_posts_arrive(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let mut before = BTreeSet::new();
        for n in 0..23 {
            before.insert(api.submit("idea", "general", &format!("Matter number {n}"), "It matters.").await);
        }
        for (n, id) in before.iter().enumerate().filter(|(n, _)| n % 3 == 0) {
            api.put(&format!("/api/v1/posts/{id}/vote"), &json!({ "stance": "support" })).await.is(200);
            let _ = n;
        }
        for sort in ["new", "trending", "top", "waiting"] {
            let mut seen = Vec::new();
            let mut path = format!("/api/v1/posts?sort={sort}&limit=5");
            loop {
                let page = world.server.api().get(&path).await.is(200);
                assert!(page.items().len() <= 5);
                seen.extend(page.items().iter().filter_map(|item| item["id"].as_i64()));
                api.submit("wish", "general", &format!("Late, sorted by {sort}, after {}", seen.len()), "It came while you read.")
                    .await;
                match page.json["next_cursor"].as_str() {
                    Some(cursor) => path = format!("/api/v1/posts?sort={sort}&limit=5&cursor={cursor}"),
                    None => break,
                }
            }
            let distinct: BTreeSet<_> = seen.iter().copied().collect();
            assert_eq!(distinct.len(), seen.len(), "{sort}: none twice");
            let missing: Vec<_> = before.difference(&distinct).collect();
            assert!(missing.is_empty(), "{sort}: {missing:?} are missing");
        }
        assert_eq!(
            world.server.api().get("/api/v1/posts?limit=1000").await.is(200).items().len().min(101),
            world.server.api().get("/api/v1/posts?limit=100").await.items().len()
        );
        world.server.api().get("/api/v1/posts?limit=0").await.is_problem(422, &["limit"]);
    }

    async fn a_write_that_comes_twice_happens_once(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let (_, other) = world.somebody("Noor", "member").await;
        let draft = json!({ "kind": "idea", "title": "Sent twice", "body": "The first answer got lost.", "board": "general" });
        let send = async |api: &Api, draft: &Value, key: &str| {
            api.send(Method::POST, "/api/v1/posts", Some(draft), &[("idempotency-key", key)]).await
        };
        let first = send(&api, &draft, "4711").await.is(201);
        let again = send(&api, &draft, "4711").await.is(201);
        assert_eq!((first.json.clone(), first.location()), (again.json.clone(), again.location()));
        send(&api, &json!({ "kind": "wish", "title": "Another", "body": "Another.", "board": "general" }), "4711").await.is(422);
        let theirs = send(&other, &draft, "4711").await.is(201);
        assert_ne!(first.number("id"), theirs.number("id"), "keys are each person's own");
        // what was refused is judged again
        send(&api, &json!({ "kind": "idea" }), "4712").await.is(422);
        // at the same moment
        let mut racing = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (api, draft) = (api.clone(), draft.clone());
            racing
                .spawn(async move { api.send(Method::POST, "/api/v1/posts", Some(&draft), &[("idempotency-key", "4713")]).await });
        }
        let answers = racing.join_all().await;
        let ids: BTreeSet<_> = answers.iter().filter(|a| a.status == 201).map(|a| a.number("id")).collect();
        assert_eq!(ids.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|a| matches!(a.status, 201 | 409)), "{answers:?}");
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 3);
    }

    async fn what_has_not_changed_is_not_sent_again(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        for (path, reader) in [
            (format!("/api/v1/posts/{post}"), api.clone()),
            (format!("/api/v1/posts/{post}"), world.server.api()),
            ("/api/v1/posts".to_owned(), world.server.api()),
            ("/api/openapi.json".to_owned(), world.server.api()),
        ] {
            let tag = reader.get(&path).await.is(200).header("etag");
            assert!(!tag.is_empty(), "{path} has no tag");
            let answer = reader.send(Method::GET, &path, None, &[("if-none-match", &tag)]).await.is(304);
            assert_eq!((answer.json.clone(), answer.header("etag")), (Value::Null, tag.clone()));
            reader.send(Method::GET, &path, None, &[("if-none-match", "\"other\"")]).await.is(200);
        }
        let path = format!("/api/v1/posts/{post}");
        let before = api.get(&path).await.header("etag");
        api.put(&format!("{path}/vote"), &json!({ "stance": "support" })).await.is(200);
        let answer = api.send(Method::GET, &path, None, &[("if-none-match", &before)]).await.is(200);
        assert_eq!(answer.number("support_count"), 1);
        assert!(api.get(&path).await.header("cache-control").contains("private"), "what a token sees is its client's only");
    }
}
