//! Who answers for which board, through the API: teams, desks and absences.

use serde_json::{Value, json};
use tests::{answerable::today, serving};

use crate::world::World;

serving! {
    async fn desks_give_posts_to_those_who_are_there(server: Answerable) {
        let world = World::open(server).await;
        let (mo, member) = world.somebody("Mo", "member").await;
        let (agent, femke) = world.somebody("Femke", "agent").await;
        let (lead, luuk) = world.somebody("Luuk", "lead").await;
        let (visitor, admin) = (world.server.api(), &world.admin_api);

        let team = json!({ "slug": "billing", "name": "Billing" });
        for path in ["/api/v1/teams", "/api/v1/absences"] {
            visitor.post(path, &json!({})).await.is_problem(401, &[]);
            member.post(path, &json!({})).await.is_problem(403, &[]);
        }
        for path in ["/api/v1/teams", "/api/v1/desks", "/api/v1/absences"] {
            visitor.get(path).await.is_problem(401, &[]);
            member.get(path).await.is_problem(403, &[]);
            assert_eq!(femke.get(path).await.is(200).items().len(), 0);
        }
        luuk.post("/api/v1/teams", &team).await.is_problem(403, &[]);
        admin.post("/api/v1/teams", &json!({})).await.is_problem(422, &["slug", "name"]);
        let made = admin.post("/api/v1/teams", &team).await.is(201);
        assert_eq!(made.json, json!({ "slug": "billing", "name": "Billing", "members": [] }));
        admin.post("/api/v1/teams", &team).await.is_problem(422, &["slug"]);
        let membership = |team: &str, person: &str| format!("/api/v1/teams/{team}/members/{person}");
        let femkes = membership("billing", &agent.id);
        luuk.put(&femkes, &json!({})).await.is_problem(403, &[]);
        admin.put(&membership("nobodys", &agent.id), &json!({})).await.is_problem(404, &[]);
        admin.put(&membership("billing", "somebody"), &json!({})).await.is_problem(404, &[]);
        admin.put(&membership("billing", &mo.id), &json!({})).await.is_problem(422, &["person"]);
        for _ in 0..2 {
            admin.put(&femkes, &json!({})).await.is(204);
        }
        assert_eq!(femke.get("/api/v1/teams").await.items()[0]["members"], json!([{ "id": agent.id, "name": "Femke" }]));

        let desks = "/api/v1/desks";
        visitor.put(desks, &json!({})).await.is_problem(401, &[]);
        luuk.put(desks, &json!({})).await.is_problem(403, &[]);
        for (wrong, field) in [
            (json!({ "person": lead.id }), "level"),
            (json!({ "level": 4, "person": lead.id }), "level"),
            (json!({ "level": 1, "board": "nowhere", "person": lead.id }), "board"),
            (json!({ "level": 1, "team": "nobodys" }), "team"),
            (json!({ "level": 1, "team": "billing", "person": lead.id }), "team"),
            (json!({ "level": 1, "person": mo.id }), "person"),
            (json!({ "level": 1, "person": "somebody" }), "person"),
        ] {
            admin.put(desks, &wrong).await.is_problem(422, &[field]);
        }
        admin.put(desks, &json!({ "level": 2, "person": lead.id })).await.is(200);
        for _ in 0..2 {
            let set = admin.put(desks, &json!({ "board": "general", "level": 1, "team": "billing" })).await.is(200);
            let rules: Vec<_> = set.items().iter().map(|desk| (&desk["board"], &desk["level"], &desk["team"])).collect();
            assert_eq!(
                rules,
                [(&json!("general"), &json!(1), &json!("billing")), (&Value::Null, &json!(2), &Value::Null)]
            );
            assert_eq!(set.items()[1]["person"], json!({ "id": lead.id, "name": "Luuk" }));
        }
        let owner = async |post: i64| visitor.get(&format!("/api/v1/posts/{post}")).await.json["owner"]["name"].clone();
        let post = member.submit("idea", "general", "One bill for two addresses", "Please.").await;
        assert_eq!(owner(post).await, "Femke");

        // who is away gets nothing
        let absences = "/api/v1/absences";
        let (today, later) = (today().to_string(), (today() + chrono::Days::new(3)).to_string());
        femke.post(absences, &json!({})).await.is_problem(422, &["first_day", "last_day"]);
        femke.post(absences, &json!({ "first_day": "soon", "last_day": later })).await.is_problem(422, &["first_day"]);
        femke.post(absences, &json!({ "first_day": later, "last_day": today })).await.is_problem(422, &["last_day"]);
        femke.post(absences, &json!({ "person": lead.id })).await.is_problem(403, &[]);
        admin.post(absences, &json!({ "person": mo.id, "first_day": today, "last_day": later })).await.is_problem(422, &["person"]);
        let away = femke.post(absences, &json!({ "first_day": today, "last_day": later })).await.is(201);
        assert_eq!((&away.json["person"]["id"], &away.json["last_day"]), (&json!(agent.id), &json!(later)));
        let post = member.submit("idea", "general", "A darker night mode", "For tired eyes.").await;
        assert_eq!(owner(post).await, "Luuk", "by the desk of the next level");
        let other = admin.post(absences, &json!({ "person": lead.id, "first_day": today, "last_day": later })).await.is(201);
        assert_eq!(luuk.get(absences).await.items().len(), 2);
        femke.delete(&format!("{absences}/{}", other.number("id"))).await.is_problem(403, &[]);
        femke.delete(&format!("{absences}/{}", away.number("id"))).await.is(204);
        femke.delete(&format!("{absences}/{}", away.number("id"))).await.is_problem(404, &[]);
        let post = member.submit("idea", "general", "A bill that one can read", "In large print.").await;
        assert_eq!(owner(post).await, "Femke");

        let rest = admin.put(desks, &json!({ "board": "general", "level": 1 })).await.is(200);
        assert_eq!(rest.items().len(), 1, "with neither person nor team a desk is taken away");
        admin.delete(&femkes).await.is(204);
        assert_eq!(femke.get("/api/v1/teams").await.items()[0]["members"], json!([]));
    }
}
