//! Who is accountable, through the API: offers of ownership, those who help, and where an idea comes from.

use serde_json::{Value, json};
use tests::serving;

use crate::world::World;

serving! {
    async fn a_post_is_offered_and_taken_by_the_right_people_only(server: Answerable) {
        let world = World::open(server).await;
        let (mo, member) = world.somebody("Mo", "member").await;
        let (agent, femke) = world.somebody("Femke", "agent").await;
        let (colleague, ravi) = world.somebody("Ravi", "agent").await;
        let (lead, luuk) = world.somebody("Luuk", "lead").await;
        let visitor = world.server.api();
        let post = member.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let offer = format!("/api/v1/posts/{post}/handover");
        let list = format!("/api/v1/posts/{post}/handovers");
        let to_ravi = json!({ "to": colleague.id, "reason": "It is about the printer, not about prices." });

        femke.post(&offer, &to_ravi).await.is_problem(403, &[]);
        femke.put(&format!("/api/v1/posts/{post}/owner"), &json!({ "person": agent.id })).await.is(200);
        visitor.post(&offer, &json!({})).await.is_problem(401, &[]);
        member.post("/api/v1/posts/999999/handover", &json!({})).await.is_problem(404, &[]);
        member.post(&offer, &json!({})).await.is_problem(403, &[]);
        ravi.post(&offer, &json!({})).await.is_problem(403, &[]);
        luuk.post(&offer, &json!({ "to": 5 })).await.is_problem(403, &[]);
        for to in [Value::Null, json!("somebody"), json!(5), json!(mo.id), json!(agent.id), json!(uuid::Uuid::nil())] {
            femke.post(&offer, &json!({ "to": to })).await.is_problem(422, &["to"]);
        }
        femke.post(&offer, &json!({ "to": colleague.id, "reason": "x".repeat(501) })).await.is_problem(422, &["reason"]);

        let made = femke.post(&offer, &to_ravi).await.is(201);
        for (name, value) in [
            ("post_id", json!(post)),
            ("from", json!({ "id": agent.id, "name": "Femke", "title": null })),
            ("to", json!({ "id": colleague.id, "name": "Ravi", "title": null })),
            ("reason", to_ravi["reason"].clone()),
            ("state", json!("offered")),
            ("ended_at", Value::Null),
        ] {
            assert_eq!(made.json[name], value, "{name}");
        }
        assert_eq!(visitor.get(&list).await.is(200).items(), std::slice::from_ref(&made.json), "the trace is public");
        femke.post(&offer, &to_ravi).await.is_problem(409, &[]);
        let handover = format!("/api/v1/handovers/{}", made.number("id"));
        for act in ["accept", "decline"] {
            let act = format!("{handover}/{act}");
            visitor.post(&act, &json!({})).await.is_problem(401, &[]);
            for other in [&member, &femke, &luuk] {
                other.post(&act, &json!({ "note": 5 })).await.is_problem(403, &[]);
            }
            ravi.post(&act.replace(&made.number("id").to_string(), "999999"), &json!({})).await.is_problem(404, &[]);
        }
        let owner = async || visitor.get(&format!("/api/v1/posts/{post}")).await.json["owner"]["name"].clone();
        let decline = format!("{handover}/decline");
        ravi.post(&decline, &json!({ "note": "x".repeat(501) })).await.is_problem(422, &["note"]);
        let declined = ravi.post(&decline, &json!({ "note": "I am away from tomorrow on." })).await.is(200);
        assert_eq!((&declined.json["state"], &declined.json["note"]), (&json!("declined"), &json!("I am away from tomorrow on.")));
        assert_eq!(owner().await, "Femke");
        ravi.post(&format!("{handover}/accept"), &json!({})).await.is_problem(409, &[]);

        let second = femke.post(&offer, &to_ravi).await.is(201).number("id");
        assert_eq!(owner().await, "Femke", "accountable until the other accepts");
        let accepted = ravi.post(&format!("/api/v1/handovers/{second}/accept"), &json!({})).await.is(200);
        assert_eq!(accepted.json["state"], "accepted");
        assert_eq!(owner().await, "Ravi");
        femke.post(&offer, &to_ravi).await.is_problem(403, &[]);

        // the third one raises the level
        ravi.post(&offer, &json!({ "to": lead.id })).await.is(201);
        let levels = format!("/api/v1/posts/{post}/levels");
        let changes = visitor.get(&levels).await.is(200);
        assert_eq!(changes.items().len(), 1);
        let change = &changes.items()[0];
        assert_eq!((&change["from"], &change["to"], &change["cause"]), (&json!(1), &json!(2), &json!("handover")));
        assert_eq!(visitor.get(&format!("/api/v1/posts/{post}")).await.number("level"), 2);
        let lower = format!("/api/v1/posts/{post}/lower");
        let reason = json!({ "reason": "It has found its place: an ordinary case for the desk." });
        visitor.post(&lower, &reason).await.is_problem(401, &[]);
        member.post(&lower, &json!({})).await.is_problem(403, &[]);
        ravi.post(&lower, &json!({})).await.is_problem(403, &[]);
        luuk.post("/api/v1/posts/999999/lower", &reason).await.is_problem(404, &[]);
        luuk.post(&lower, &json!({ "reason": "because" })).await.is_problem(422, &["reason"]);
        let lowered = luuk.post(&lower, &reason).await.is(200);
        assert_eq!((&lowered.json["to"], &lowered.json["by"]["name"]), (&json!(1), &json!("Luuk")));
        assert_eq!((&lowered.json["cause"], &lowered.json["reason"]), (&json!("lowered"), &reason["reason"]));
        luuk.post(&lower, &reason).await.is_problem(409, &[]);
    }

    async fn helpers_are_named_and_never_forgotten(server: Answerable) {
        let world = World::open(server).await;
        let (mo, member) = world.somebody("Mo", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let (colleague, _) = world.somebody("Ravi", "agent").await;
        let visitor = world.server.api();
        let post = member.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let path = format!("/api/v1/posts/{post}/contributors");
        visitor.post(&path, &json!({})).await.is_problem(401, &[]);
        member.post(&path, &json!({})).await.is_problem(403, &[]);
        femke.post(&path, &json!({})).await.is_problem(422, &["name", "task"]);
        femke.post(&path, &json!({ "person": mo.id, "task": "Prints the bills" })).await.is_problem(422, &["person"]);
        femke.post(&path, &json!({ "person": "somebody", "task": "Prints the bills" })).await.is_problem(422, &["person"]);
        let partner = femke.post(&path, &json!({ "name": "Printers North", "task": "Print the bills" })).await.is(201);
        assert_eq!((&partner.json["name"], &partner.json["person"]), (&json!("Printers North"), &Value::Null));
        let helper = femke.post(&path, &json!({ "person": colleague.id, "task": "Checks the proofs" })).await.is(201);
        assert_eq!((&helper.json["name"], &helper.json["person"]), (&json!("Ravi"), &json!(colleague.id)));
        assert_eq!(visitor.get(&path).await.is(200).items().len(), 2);
        let entry = format!("{path}/{}", partner.number("id"));
        visitor.delete(&entry).await.is_problem(401, &[]);
        member.delete(&entry).await.is_problem(403, &[]);
        femke.delete(&format!("{path}/999999")).await.is_problem(404, &[]);
        femke.delete(&entry).await.is(204);
        femke.delete(&entry).await.is_problem(404, &[]);
        let list = visitor.get(&path).await;
        assert!(list.items()[0]["ended_at"].is_string() && list.items()[1]["ended_at"].is_null(), "{}", list.json);
    }

    async fn where_an_idea_comes_from_is_said_and_changes_are_shown(server: Answerable) {
        let world = World::open(server).await;
        let (_, member) = world.somebody("Mo", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let post = member.submit("idea", "general", "One bill for two addresses", "Please.").await;
        assert_eq!(visitor.get(&format!("/api/v1/posts/{post}")).await.json["provenance"], Value::Null);
        let path = format!("/api/v1/posts/{post}/provenance");
        visitor.put(&path, &json!({})).await.is_problem(401, &[]);
        member.put(&path, &json!({})).await.is_problem(403, &[]);
        femke.put(&path, &json!({ "provenance": "rumour" })).await.is_problem(422, &["provenance"]);
        let said = femke.put(&path, &json!({ "provenance": "customers" })).await.is(200);
        assert_eq!((said.number("id"), said.text("provenance").as_str()), (post, "customers"));
        femke.put(&path, &json!({ "provenance": "customers" })).await.is(200);
        femke.put(&path, &json!({ "provenance": "both" })).await.is_problem(422, &["reason"]);
        let reason = "We found it on our own list of last spring.";
        femke.put(&path, &json!({ "provenance": "both", "reason": reason })).await.is(200);
        let list = visitor.get(&path).await.is(200);
        let words: Vec<_> = list.items().iter().map(|said| (said["provenance"].clone(), said["reason"].clone())).collect();
        assert_eq!(words, [(json!("customers"), Value::Null), (json!("both"), json!(reason))]);
    }
}
