//! What customers say to what was done, through the API: it happened again, it is or is not solved, the refusal is wrong.

use serde_json::{Value, json};
use tests::{
    answerable::{Api, PASSWORD},
    serving,
};

use crate::world::World;

async fn deliver(staff: &Api, post: i64) {
    let answer = json!({ "status": "delivered", "what": "The second bill was paid back.", "who": "Billing" });
    staff.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
}

serving! {
    async fn a_complaint_that_happens_again_comes_back(server: Answerable) {
        let world = World::open(server).await;
        let (author, mo) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let unverified = world.server.api_of(&world.server.unverified("Una").await).await;
        let visitor = world.server.api();
        let idea = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let post = mo.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let path = format!("/api/v1/posts/{post}/again");
        let body = json!({ "body": "In **April** it came twice, too." });
        visitor.post(&path, &body).await.is_problem(401, &[]);
        unverified.post(&path, &json!({})).await.is_problem(403, &[]);
        mo.post("/api/v1/posts/999999/again", &body).await.is_problem(404, &[]);
        mo.post(&format!("/api/v1/posts/{idea}/again"), &body).await.is_problem(422, &["kind"]);
        mo.post(&path, &json!({})).await.is_problem(422, &["body"]);
        mo.post(&path, &json!({ "body": 5 })).await.is_problem(422, &["body"]);
        mo.post(&path, &json!({ "body": "x".repeat(10_001) })).await.is_problem(422, &["body"]);
        // never solved, and not theirs: nothing can have happened again to them
        noor.post(&path, &body).await.is_problem(409, &[]);
        noor.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        let made = noor.post(&path, &body).await.is(201);
        assert_eq!((&made.json["raised"], &made.json["solved_at"]), (&json!(false), &Value::Null));
        assert!(made.text("body_html").contains("<strong>April</strong>"));

        deliver(&femke, post).await;
        let made = mo.post(&path, &body).await.is(201);
        assert_eq!(made.json["person"], json!({ "id": author.id, "name": "Mo" }));
        assert!(made.json["raised"] == json!(true) && made.json["solved_at"].is_string(), "{}", made.json);
        let now = visitor.get(&format!("/api/v1/posts/{post}")).await.is(200);
        assert_eq!((&now.json["status"]["stage"], &now.json["level"]), (&json!("started"), &json!(2)));
        assert_eq!(now.number("again_count"), 2);
        let reports = visitor.get(&format!("/api/v1/posts/{post}/agains")).await.is(200);
        assert_eq!(reports.items().last(), Some(&made.json));
        let answers = visitor.get(&format!("/api/v1/posts/{post}/answers")).await;
        let last = answers.items().last().expect("an answer");
        assert_eq!((&last["author"], &last["cause"]), (&Value::Null, &json!("again")));
    }

    async fn the_author_says_that_it_is_not_solved(server: Answerable) {
        let world = World::open(server).await;
        let (author, mo) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, pia) = world.somebody("Pia", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let post = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
        noor.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        let path = format!("/api/v1/posts/{post}/confirmation");
        visitor.get(&path).await.is_problem(404, &[]);
        mo.post(&path, &json!({ "solved": "yes" })).await.is_problem(404, &[]);
        deliver(&femke, post).await;
        let check = visitor.get(&path).await.is(200);
        for (name, value) in [
            ("asked", json!(2)),
            ("said", json!(0)),
            ("yes", json!(0)),
            ("percent", Value::Null),
            ("closed_at", Value::Null),
            ("outcome", Value::Null),
            ("my_answer", Value::Null),
            ("may_answer", json!(false)),
        ] {
            assert_eq!(check.json[name], value, "{name}");
        }
        assert!(check.json["closes_at"].is_string());
        assert_eq!(mo.get(&path).await.json["may_answer"], json!(true));
        visitor.post(&path, &json!({})).await.is_problem(401, &[]);
        pia.post(&path, &json!({})).await.is_problem(404, &[]);
        for wrong in [json!({}), json!({ "solved": "maybe" }), json!({ "solved": 1 })] {
            noor.post(&path, &wrong).await.is_problem(422, &["solved"]);
        }
        noor.post(&path, &json!({ "solved": true, "note": "x".repeat(501) })).await.is_problem(422, &["note"]);
        let reader = json!({ "email": author.email, "password": PASSWORD, "scopes": ["read"] });
        let reader = visitor.with_token(&visitor.post("/api/v1/tokens", &reader).await.is(201).text("token"));
        reader.post(&path, &json!({ "solved": "no" })).await.is_problem(403, &[]);

        // one can change one's mind until it is decided
        assert_eq!(noor.post(&path, &json!({ "solved": "no" })).await.is(200).json["percent"], json!(0));
        let said = noor.post(&path, &json!({ "solved": true })).await.is(200);
        assert_eq!((&said.json["yes"], &said.json["percent"], &said.json["my_answer"]), (&json!(1), &json!(100), &json!("yes")));
        let said = mo.post(&path, &json!({ "solved": false, "note": "It came twice again." })).await.is(200);
        for (name, value) in
            [("said", json!(2)), ("yes", json!(1)), ("outcome", json!("reopened")), ("my_answer", json!("no")), ("may_answer", json!(false))]
        {
            assert_eq!(said.json[name], value, "{name}");
        }
        let now = visitor.get(&format!("/api/v1/posts/{post}")).await.is(200);
        assert_eq!((&now.json["status"]["stage"], &now.json["level"]), (&json!("started"), &json!(2)));
        let clocks: Vec<_> = now.json["clocks"].as_array().expect("clocks").iter().map(|c| (&c["name"], &c["state"])).collect();
        assert!(clocks.contains(&(&json!("next_update"), &json!("running"))), "{clocks:?}");
        let levels = visitor.get(&format!("/api/v1/posts/{post}/levels")).await.is(200);
        assert_eq!(levels.items()[0]["cause"], "not_solved");
        let answers = visitor.get(&format!("/api/v1/posts/{post}/answers")).await;
        let last = answers.items().last().expect("an answer");
        assert_eq!((&last["author"], &last["cause"]), (&Value::Null, &json!("not_solved")));
        noor.post(&path, &json!({ "solved": "no" })).await.is_problem(409, &[]);
    }

    async fn a_refusal_is_answered_by_its_author_once(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let post = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let path = format!("/api/v1/posts/{post}/rebuttal");
        let body = json!({ "body": "The page that you name is for **business** customers." });
        mo.post(&path, &body).await.is_problem(409, &[]);
        let what = "There is a page for this already, and a second one would make it harder to find the first.".repeat(2);
        let refusal = json!({ "status": "declined", "what": what, "reason_class": "exists", "final": true });
        let answer = femke.post(&format!("/api/v1/posts/{post}/answers"), &refusal).await.is(201);
        visitor.post(&path, &json!({})).await.is_problem(401, &[]);
        noor.post("/api/v1/posts/999999/rebuttal", &json!({})).await.is_problem(404, &[]);
        noor.post(&path, &json!({})).await.is_problem(403, &[]);
        mo.post(&path, &json!({})).await.is_problem(422, &["body"]);
        let made = mo.post(&path, &body).await.is(201);
        assert_eq!((&made.json["answer_id"], &made.json["read_at"]), (&answer.json["id"], &Value::Null));
        assert!(made.number("id") > 0 && made.text("body_html").contains("<strong>business</strong>"));
        mo.post(&path, &body).await.is_problem(409, &[]);
        assert_eq!(visitor.get(&format!("{path}s")).await.is(200).items(), [made.json]);
    }
}
