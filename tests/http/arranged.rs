//! What admins arrange, by programs: the site, its rules, and people.

use serde_json::{Value, json};
use tests::{
    answerable::{Answer, Api},
    serving,
};

use crate::world::World;

/// A change written from what an answer said.
async fn written_from(api: &Api, seen: &Answer, path: &str, change: &Value) -> Answer {
    let etag = seen.header("etag");
    api.send(reqwest::Method::PATCH, path, Some(change), &[("if-match", &etag)]).await
}

serving! {
    async fn the_site_is_changed_by_programs(server: Answerable) {
        let world = World::open(server).await;
        let (admin, (_, member)) = (&world.admin_api, world.somebody("Sanne", "member").await);
        let path = "/api/v1/site";
        let seen = world.server.api().get(path).await.is(200);
        assert_eq!((&seen.json["languages"], &seen.json["accent"], &seen.json["guests"]), (&json!(["en", "nl"]), &Value::Null, &json!(true)));
        member.patch(path, &json!({ "name": "Mine" })).await.is_problem(403, &[]);
        let change = json!({ "name": "", "accent": "#ffcc00", "languages": [], "language": "de" });
        admin.patch(path, &change).await.is_problem(422, &["name", "accent", "languages", "language"]);
        let change = json!({ "name": "Noordlicht", "accent": "#0b5f70", "about": { "nl": "Wij zijn Noordlicht." }, "guests": false });
        let now = admin.patch(path, &change).await.is(200);
        assert_eq!((&now.json["name"], &now.json["about"]["nl"], &now.json["guests"]), (&json!("Noordlicht"), &json!("Wij zijn Noordlicht."), &json!(false)));
        assert_eq!(now.json["languages"], json!(["en", "nl"]), "what is missing stays");
        written_from(admin, &seen, path, &json!({ "name": "Later" })).await.is_problem(412, &[]);
        let seen = admin.get(path).await.is(200);
        assert_eq!(written_from(admin, &seen, path, &json!({ "accent": null })).await.is(200).json["accent"], Value::Null);
        world.server.visitor().get("/").await.is(200).must_show("Noordlicht");
        let told = world.server.api().get("/api/v1/record?limit=100").await.is(200);
        let changes = json!([{ "key": "guests", "from": true, "to": false }]);
        assert!(told.items().iter().any(|entry| entry["changes"] == changes), "who may post is official");
    }

    async fn rules_are_changed_by_programs(server: Answerable) {
        let world = World::open(server).await;
        let (admin, visitor) = (&world.admin_api, world.server.api());
        let before = visitor.get("/api/v1/rules").await.is(200);
        assert_eq!(before.items().len(), 6);
        assert!(before.items()[0]["texts"]["nl"].as_str().is_some_and(|text| !text.is_empty()));
        visitor.post("/api/v1/rules", &json!({ "texts": { "en": "No shouting." } })).await.is_problem(401, &[]);
        admin.post("/api/v1/rules", &json!({})).await.is_problem(422, &["text_en"]);
        admin.post("/api/v1/rules", &json!({ "texts": { "xx": "No shouting." } })).await.is_problem(422, &["texts"]);
        let made = admin.post("/api/v1/rules", &json!({ "texts": { "en": "No shouting." } })).await.is(201);
        assert_eq!((made.number("number"), &made.json["texts"]["nl"]), (7, &json!("No shouting.")));
        let path = made.location();
        let seen = visitor.get(&path).await.is(200);
        let texts = json!({ "texts": { "en": "No shouting at people.", "nl": "Niet schreeuwen." } });
        let now = written_from(admin, &seen, &path, &texts).await.is(200);
        assert_eq!((&now.json["texts"]["nl"], &now.json["former"][0]["texts"]["en"]), (&json!("Niet schreeuwen."), &json!("No shouting.")));
        written_from(admin, &seen, &path, &texts).await.is_problem(412, &[]);
        assert_eq!(admin.patch(&path, &json!({ "withdrawn": true })).await.is(200).json["withdrawn"], true);
        admin.patch("/api/v1/rules/99", &json!({ "withdrawn": true })).await.is_problem(404, &[]);
        for rule in 1..6 {
            admin.patch(&format!("/api/v1/rules/{rule}"), &json!({ "withdrawn": true })).await.is(200);
        }
        admin.patch("/api/v1/rules/6", &json!({ "withdrawn": true })).await.is_problem(422, &[""]);
        world.server.visitor().get("/rules").await.is(200).must_show("No shouting at people.");
    }

    async fn people_get_roles_by_programs(server: Answerable) {
        let world = World::open(server).await;
        let admin = &world.admin_api;
        let (sanne, member) = world.somebody("Sanne", "member").await;
        let kees = world.server.unverified("Kees").await;
        member.get("/api/v1/people").await.is_problem(403, &[]);
        let all = admin.get("/api/v1/people").await.is(200);
        let names = |answer: &Answer| answer.items().iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&all), ["Ada", "Kees", "Sanne"]);
        let (mut paged, mut next) = (Vec::new(), Some("/api/v1/people?limit=1".to_owned()));
        while let Some(path) = next {
            let page = admin.get(&path).await.is(200);
            paged.extend(names(&page));
            next = page.json["next_cursor"].as_str().map(|cursor| format!("/api/v1/people?limit=1&cursor={cursor}"));
        }
        assert_eq!(paged, names(&all));
        assert_eq!(names(&admin.get("/api/v1/people?q=SAN&role=member").await.is(200)), ["Sanne"]);
        admin.get("/api/v1/people?role=king&cursor=x").await.is_problem(422, &["role", "cursor"]);

        let path = format!("/api/v1/people/{}", sanne.id);
        let seen = admin.get(&path).await.is(200);
        admin.patch(&path, &json!({ "role": "king" })).await.is_problem(422, &["role"]);
        let now = written_from(admin, &seen, &path, &json!({ "role": "agent", "title": "Service desk" })).await.is(200);
        assert_eq!((now.text("role"), now.text("title")), ("agent".to_owned(), "Service desk".to_owned()));
        written_from(admin, &seen, &path, &json!({ "role": "lead" })).await.is_problem(412, &[]);
        assert_eq!(admin.patch(&path, &json!({ "title": null })).await.is(200).json["title"], Value::Null);
        admin.patch(&format!("/api/v1/people/{}", kees.id), &json!({ "role": "agent" })).await.is_problem(409, &[]);
        admin.patch(&format!("/api/v1/people/{}", world.admin.id), &json!({ "role": "agent" })).await.is_problem(409, &[]);
        admin.get("/api/v1/people/00000000-0000-7000-8000-000000000000").await.is_problem(404, &[]);
        let told = admin.get("/api/v1/record?limit=100").await.is(200);
        let changes = json!([{ "key": "role", "from": "member", "to": "agent" }]);
        assert!(told.items().iter().any(|entry| entry["changes"] == changes));
    }
}
