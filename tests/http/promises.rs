//! What the company promises, through the API: within a mandate at once, beyond it only when somebody with a wider one allows it.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{answerable::today, serving};

use crate::world::World;

const PROMISE: &[&str] = &[
    "id",
    "post_id",
    "what",
    "accountable",
    "due_on",
    "due_at",
    "remedy",
    "remedy_amount",
    "state",
    "owed",
    "version",
    "decided_by",
    "created_at",
    "ended_at",
    "note",
    "paid_at",
];

fn has(value: &Value, wanted: &[&str]) {
    let missing: Vec<_> = wanted.iter().filter(|name| value.get(name).is_none()).collect();
    assert!(missing.is_empty(), "no {missing:?} in {value}");
}

fn in_days(days: u64) -> String {
    (today() + chrono::Days::new(days)).to_string()
}

serving! {
    async fn a_promise_is_made_changed_and_kept(server: Answerable) {
        let world = World::open(server).await;
        let (mo, member) = world.somebody("Mo", "member").await;
        let (agent, femke) = world.somebody("Femke", "agent").await;
        let (_, ravi) = world.somebody("Ravi", "agent").await;
        let (lead, luuk) = world.somebody("Luuk", "lead").await;
        let visitor = world.server.api();
        let post = member.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let path = format!("/api/v1/posts/{post}/promises");
        let draft = json!({ "what": "The second bill is paid back.", "due_on": in_days(4), "remedy": "€ 20 on the next bill" });

        visitor.post(&path, &json!({})).await.is_problem(401, &[]);
        member.post(&path, &json!({})).await.is_problem(403, &[]);
        member.post("/api/v1/posts/999999/promises", &json!({})).await.is_problem(404, &[]);
        femke.post(&path, &json!({})).await.is_problem(422, &["what", "due_on"]);
        for (change, wrong) in [
            (json!({ "due_on": "2020-01-02" }), "due_on"),
            (json!({ "due_on": "soon" }), "due_on"),
            (json!({ "due_on": "3026-01-02" }), "due_on"),
            (json!({ "what": 5 }), "what"),
            (json!({ "what": "x".repeat(501) }), "what"),
            (json!({ "remedy_amount": "much" }), "remedy_amount"),
            (json!({ "remedy_amount": -5 }), "remedy_amount"),
            (json!({ "remedy": null, "remedy_amount": 20 }), "remedy"),
            (json!({ "accountable": mo.id }), "accountable"),
            (json!({ "accountable": "somebody" }), "accountable"),
        ] {
            let mut bad = draft.clone();
            bad.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
            femke.post(&path, &bad).await.is_problem(422, &[wrong]);
        }

        let made = femke.post(&path, &draft).await.is(201);
        has(&made.json, PROMISE);
        let id = made.number("id");
        let promise = format!("/api/v1/promises/{id}");
        assert_eq!(made.location(), promise);
        for (name, value) in [
            ("post_id", json!(post)),
            ("board", json!("general")),
            ("state", json!("open")),
            ("owed", json!(false)),
            ("version", json!(1)),
            ("due_on", json!(in_days(4))),
            ("remedy_amount", json!("20.00")),
            ("decided_by", Value::Null),
            ("pledge_id", Value::Null),
            ("paid_at", Value::Null),
        ] {
            assert_eq!(made.json[name], value, "{name}");
        }
        assert_eq!(made.json["accountable"]["id"], json!(agent.id), "who promises on a post without an owner owns it");
        assert_eq!(made.json["versions"].as_array().map(Vec::len), Some(1));
        assert_eq!(visitor.get(&promise).await.is(200).json, made.json);
        visitor.get("/api/v1/promises/999999").await.is_problem(404, &[]);
        for (query, count) in [
            ("", 1),
            ("?state=open", 1),
            ("?state=kept", 0),
            ("?state=broken", 0),
            ("?board=general&state=open", 1),
            ("?board=nowhere", 0),
            ("?owed=true", 0),
            ("?owed=false", 1),
        ] {
            assert_eq!(visitor.get(&format!("/api/v1/promises{query}")).await.is(200).items().len(), count, "{query}");
        }
        visitor.get("/api/v1/promises?state=late&owed=maybe&limit=none").await.is_problem(422, &["state", "owed", "limit"]);
        visitor.get("/api/v1/promises?cursor=made-up").await.is_problem(422, &["cursor"]);
        assert_eq!(visitor.get(&path).await.is(200).items()[0]["id"], json!(id));

        // only those who answer for it speak about it, and hear so before what is wrong with their words
        for act in ["keep", "withdraw", "pay", "change"] {
            let act = format!("{promise}/{act}");
            visitor.post(&act, &json!({})).await.is_problem(401, &[]);
            member.post(&act, &json!({ "note": 5, "reason": 5 })).await.is_problem(403, &[]);
            ravi.post(&act, &json!({ "note": 5, "reason": 5 })).await.is_problem(403, &[]);
            femke.post(&act.replace(&id.to_string(), "999999"), &json!({})).await.is_problem(404, &[]);
        }
        let change = format!("{promise}/change");
        femke.post(&change, &json!({})).await.is_problem(422, &["what", "due_on", "reason"]);
        let reason = "The bank needs a day more than we thought.";
        let mut later = draft.clone();
        later["due_on"] = json!(in_days(5));
        later["reason"] = json!(reason);
        let mut dear = later.clone();
        dear["remedy"] = json!("€ 60 on the next bill");
        femke.post(&change, &dear).await.is_problem(403, &[]);
        let changed = femke.post(&change, &later).await.is(200);
        assert_eq!((changed.number("version"), changed.text("due_on")), (2, in_days(5)));
        let versions = changed.json["versions"].as_array().expect("versions");
        assert_eq!(versions.len(), 2);
        assert_eq!((&versions[0]["reason"], &versions[1]["due_on"]), (&json!(reason), &json!(in_days(4))));
        // whoever is named stays accountable when the rest is changed
        later["accountable"] = json!(lead.id);
        femke.post(&change, &later).await.is(200);
        later["accountable"] = Value::Null;
        assert_eq!(femke.post(&change, &later).await.is(200).json["accountable"]["name"], "Luuk");

        let keep = format!("{promise}/keep");
        luuk.post(&keep, &json!({ "note": "x".repeat(501) })).await.is_problem(422, &["note"]);
        let kept = luuk.post(&keep, &json!({ "note": "Paid back this morning." })).await.is(200);
        assert_eq!((kept.text("state").as_str(), kept.text("note").as_str()), ("kept", "Paid back this morning."));
        // nothing needs to be sent, and once more changes nothing
        assert_eq!(luuk.send(Method::POST, &keep, None, &[]).await.is(200).json, kept.json);
        femke.post(&format!("{promise}/withdraw"), &json!({ "reason": reason })).await.is_problem(409, &[]);
        femke.post(&format!("{promise}/pay"), &json!({})).await.is_problem(409, &[]);
        femke.post(&change, &later).await.is_problem(409, &[]);
        assert_eq!(visitor.get("/api/v1/promises?state=kept").await.items()[0]["id"], json!(id));
        assert_eq!(visitor.get("/api/v1/promises?state=open").await.items().len(), 0);
    }

    async fn a_promise_is_taken_back_only_with_a_reason(server: Answerable) {
        let world = World::open(server).await;
        let (_, member) = world.somebody("Mo", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let post = member.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let path = format!("/api/v1/posts/{post}/promises");
        let draft = json!({ "what": "The second bill is paid back.", "due_on": in_days(4) });
        // the same request twice makes one promise
        let send = |body: Value| {
            let (femke, path) = (femke.clone(), path.clone());
            async move { femke.send(Method::POST, &path, Some(&body), &[("idempotency-key", "one-promise")]).await }
        };
        let made = send(draft.clone()).await.is(201);
        let again = send(draft.clone()).await.is(201);
        assert_eq!((made.json.clone(), made.location()), (again.json.clone(), again.location()));
        assert_eq!((made.header("idempotency-replayed").as_str(), again.header("idempotency-replayed").as_str()), ("", "true"));
        send(json!({ "what": "Another one.", "due_on": in_days(4) })).await.is_problem(422, &["Idempotency-Key"]);
        assert_eq!(member.get(&path).await.items().len(), 1);

        let withdraw = format!("{}/withdraw", made.location());
        for reason in [json!({}), json!({ "reason": "" }), json!({ "reason": "too short" }), json!({ "reason": 5 })] {
            femke.post(&withdraw, &reason).await.is_problem(422, &["reason"]);
        }
        let reason = json!({ "reason": "The first bill was the one too many: it is paid back already." });
        let key = [("idempotency-key", "take-it-back")];
        let gone = femke.send(Method::POST, &withdraw, Some(&reason), &key).await.is(200);
        assert_eq!((&gone.json["state"], &gone.json["note"]), (&json!("withdrawn"), &reason["reason"]));
        femke.post(&withdraw, &reason).await.is_problem(409, &[]);
        // a client that heard no answer asks again and is told that it worked
        assert_eq!(femke.send(Method::POST, &withdraw, Some(&reason), &key).await.is(200).json, gone.json);
        femke.post(&format!("{}/keep", made.location()), &json!({})).await.is_problem(409, &[]);
        assert_eq!(member.get("/api/v1/promises?state=withdrawn").await.items().len(), 1);
    }

    async fn beyond_a_mandate_somebody_with_a_wider_one_decides(server: Answerable) {
        let world = World::open(server).await;
        let (_, member) = world.somebody("Mo", "member").await;
        let (agent, femke) = world.somebody("Femke", "agent").await;
        let (_, ravi) = world.somebody("Ravi", "agent").await;
        let (_, luuk) = world.somebody("Luuk", "lead").await;
        let (_, vera) = world.somebody("Vera", "director").await;
        let visitor = world.server.api();
        let post = member.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let path = format!("/api/v1/posts/{post}/promises");
        let draft = json!({ "what": "The second bill is paid back.", "due_on": in_days(4), "remedy": "€ 100 on the next bill" });
        let key = [("idempotency-key", "beyond")];
        let asked = femke.send(Method::POST, &path, Some(&draft), &key).await.is(202);
        assert_eq!(femke.send(Method::POST, &path, Some(&draft), &key).await.is(202).json, asked.json);
        let request = format!("/api/v1/requests/{}", asked.number("id"));
        assert_eq!(asked.location(), request);
        for (name, value) in [
            ("post_id", json!(post)),
            ("act", json!("promise")),
            ("beyond", json!(["amount"])),
            ("level", json!(2)),
            ("state", json!("open")),
            ("draft", draft.clone()),
            ("by", json!({ "id": agent.id, "name": "Femke", "title": null })),
            ("result_id", Value::Null),
        ] {
            assert_eq!(asked.json[name], value, "{name}");
        }
        assert_eq!(visitor.get(&path).await.is(200).items().len(), 0, "nothing was promised yet");

        let approve = format!("{request}/approve");
        let refuse = format!("{request}/refuse");
        for path in ["/api/v1/requests", &request] {
            visitor.get(path).await.is_problem(401, &[]);
            member.get(path).await.is_problem(403, &[]);
            femke.get(path).await.is(200);
        }
        luuk.get("/api/v1/requests/999999").await.is_problem(404, &[]);
        for path in [&approve, &refuse] {
            visitor.post(path, &json!({})).await.is_problem(401, &[]);
            member.post(path, &json!({})).await.is_problem(403, &[]);
            // neither their own, nor one beyond their own mandate
            femke.post(path, &json!({ "note": 5 })).await.is_problem(403, &[]);
            ravi.post(path, &json!({ "note": 5 })).await.is_problem(403, &[]);
        }
        let done = luuk.send(Method::POST, &approve, None, &[]).await.is(200);
        assert_eq!((&done.json["state"], &done.json["decided_by"]), (&json!("approved"), &json!("lead")));
        let promise = visitor.get(&format!("/api/v1/promises/{}", done.number("result_id"))).await.is(200);
        assert_eq!((&promise.json["decided_by"], &promise.json["remedy_amount"]), (&json!("lead"), &json!("100.00")));
        luuk.post(&approve, &json!({})).await.is_problem(409, &[]);
        assert_eq!(femke.get("/api/v1/requests").await.items().len(), 0);

        // what is beyond the mandate of a lead too goes to the director
        let dear = json!({ "what": "A new meter.", "due_on": in_days(90), "remedy": "Your money back", "remedy_amount": 1000.5 });
        let asked = femke.post(&path, &dear).await.is(202);
        assert_eq!((&asked.json["beyond"], &asked.json["level"]), (&json!(["days", "amount"]), &json!(3)));
        let request = format!("/api/v1/requests/{}", asked.number("id"));
        luuk.post(&format!("{request}/approve"), &json!({})).await.is_problem(403, &[]);
        vera.post(&format!("{request}/refuse"), &json!({})).await.is_problem(422, &["note"]);
        let note = "A meter is read again before it is replaced.";
        let refused = vera.post(&format!("{request}/refuse"), &json!({ "note": note })).await.is(200);
        assert_eq!((&refused.json["state"], &refused.json["note"]), (&json!("refused"), &json!(note)));
        assert_eq!(visitor.get(&path).await.items().len(), 1);
        let made = vera.post(&path, &dear).await.is(201);
        assert_eq!((&made.json["remedy_amount"], &made.json["decided_by"]), (&json!("1000.50"), &Value::Null));

        // stages too: an agent does not put posts away
        let answers = format!("/api/v1/posts/{post}/answers");
        femke.post(&answers, &json!({ "status": "archived" })).await.is_problem(422, &["what"]);
        let answer = json!({ "status": "archived", "what": "This is a copy of an older complaint." });
        let asked = femke.post(&answers, &answer).await.is(202);
        assert_eq!((&asked.json["act"], &asked.json["beyond"]), (&json!("answer"), &json!(["stage"])));
        assert_eq!((&asked.json["draft"]["what"], &asked.json["draft"]["final"]), (&answer["what"], &json!(false)));
        assert_eq!(visitor.get(&answers).await.items().len(), 0);
        luuk.post(&format!("/api/v1/requests/{}/approve", asked.number("id")), &json!({})).await.is(200);
        let given = visitor.get(&answers).await;
        assert_eq!((&given.items()[0]["decided_by"], &given.items()[0]["author"]["name"]), (&json!("lead"), &json!("Femke")));
    }

    async fn a_pledge_promises_by_itself(server: Answerable) {
        let world = World::open(server).await;
        let (_, member) = world.somebody("Mo", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let secret = json!({ "slug": "secret", "name": "Secret", "private": true });
        world.admin_api.post("/api/v1/boards", &secret).await.is(201);
        let pledges = "/api/v1/pledges";
        let draft = json!({
            "kind": "complaint", "board": "general", "days": 5, "what": "Your complaint is solved within a week.",
            "remedy": "A month free", "remedy_amount": "25",
        });
        visitor.post(pledges, &draft).await.is_problem(401, &[]);
        femke.post(pledges, &json!({})).await.is_problem(403, &[]);
        world.admin_api.post(pledges, &json!({})).await.is_problem(422, &["days", "what", "remedy"]);
        let wrong = json!({ "kind": "rumour", "days": 0, "what": "x", "remedy": "", "remedy_amount": "much" });
        world.admin_api.post(pledges, &wrong).await.is_problem(422, &["kind", "days", "what", "remedy", "remedy_amount"]);
        world.admin_api.post(pledges, &json!({ "board": "nowhere" })).await.is_problem(422, &["board"]);
        let made = world.admin_api.post(pledges, &draft).await.is(201);
        assert_eq!((&made.json["remedy_amount"], &made.json["board"]), (&json!("25.00"), &json!("general")));
        let hidden = json!({ "board": "secret", "days": 3, "what": "A call within three days.", "remedy": "Cake" });
        world.admin_api.post(pledges, &hidden).await.is(201);
        assert_eq!(world.admin_api.get(pledges).await.items().len(), 2);
        let seen = visitor.get(pledges).await.is(200);
        assert_eq!(seen.items(), std::slice::from_ref(&made.json), "not those on boards that one may not see");

        let post = member.submit("complaint", "general", "Billed twice in March", "Both were paid.").await;
        let promises = format!("/api/v1/posts/{post}/promises");
        let promise = visitor.get(&promises).await.is(200).items()[0].clone();
        assert_eq!((&promise["pledge_id"], &promise["state"]), (&made.json["id"], &json!("open")));
        let delivered = json!({ "status": "delivered", "what": "Paid back.", "who": "Billing" });
        femke.post(&format!("/api/v1/posts/{post}/answers"), &delivered).await.is(201);
        assert_eq!(visitor.get(&promises).await.items()[0]["state"], "kept");

        let end = format!("{pledges}/{}/end", made.number("id"));
        femke.post(&end, &json!({})).await.is_problem(403, &[]);
        let ended = world.admin_api.post(&end, &json!({})).await.is(200);
        assert!(ended.json["ended_at"].is_string(), "{}", ended.json);
        world.admin_api.post(&format!("{pledges}/999999/end"), &json!({})).await.is_problem(404, &[]);
        let later = member.submit("complaint", "general", "Billed twice in April", "Both were paid.").await;
        assert_eq!(visitor.get(&format!("/api/v1/posts/{later}/promises")).await.items().len(), 0);
    }
}
