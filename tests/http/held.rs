//! Texts that are held back, as browsers and programs meet them.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, serve},
};

use crate::world::World;

const LINK: &str = "All of it stands at https://pills.example/cheap and nowhere else.";

async fn a_text_is_held_back_and_released(server: Answerable) {
    let world = World::open(server).await;
    let (new, api) = world.somebody("Sanne", "member").await;
    let (other, other_api) = world.somebody("Joost", "member").await;
    let (agent, agent_api) = world.somebody("Femke", "agent").await;
    let draft = json!({ "kind": "idea", "title": "Cheaper than yours", "body": LINK, "board": "general", "tags": [] });
    let made = api.post("/api/v1/posts", &draft).await.is(201);
    let post = made.number("id");
    assert!(!made.text("held_since").is_empty(), "its author is told");
    let at = format!("/api/v1/posts/{post}");
    let (hidden, missing) = (other_api.get(&at).await.is(404), other_api.get("/api/v1/posts/999999").await.is(404));
    assert_eq!(hidden.text("detail"), missing.text("detail"));
    world.server.api().get(&at).await.is(404);
    agent_api.get(&at).await.is(200);

    let path = world.path_of(post).await;
    let (author, reader, staff) =
        (world.server.signed_in(&new).await, world.server.signed_in(&other).await, world.server.signed_in(&agent).await);
    author.get(&path).await.is(200).must_show("Nobody else can read this yet").must_show("within a working day");
    reader.get(&path).await.is(404);
    world.server.visitor().get(&path).await.is(404);
    world.server.visitor().get("/").await.is(200).must_not_show("Cheaper than yours");
    world.server.visitor().get("/rules").await.is(200).must_show("One text is held back at the moment");

    let queue = agent_api.get("/api/v1/held").await.is(200);
    let [item] = queue.items() else { panic!("{:?}", queue.items()) };
    assert_eq!(
        (item["target_type"].as_str(), item["target_id"].as_i64(), item["cause"].as_str()),
        (Some("post"), Some(post), Some("links"))
    );
    assert_eq!(item["overdue"].as_bool(), Some(false));
    let id = item["id"].as_i64().expect("a number");
    other_api.get("/api/v1/held").await.is_problem(403, &[]);
    other_api.post(&format!("/api/v1/held/{id}/release"), &json!({})).await.is_problem(403, &[]);
    let page = staff.get("/triage/moderation").await.is(200);
    page.must_show("Held back").must_show("Sanne").must_show("New, with a link to another site");
    let hide = format!("/triage/moderation/held/{id}/hide");
    let wrong = staff.post(&hide, &[("rule", "1"), ("reason", "No")]).await.is(422);
    assert_eq!(wrong.field("reason").as_deref(), Some("No"), "what was typed is kept");
    reader.post(&format!("/triage/moderation/held/{id}/release"), &[]).await.is(404);
    staff.post(&format!("/triage/moderation/held/{id}/release"), &[]).await.sees_other("/triage/moderation");
    reader.get(&path).await.is(200).must_show("pills.example");
    assert_eq!(other_api.get(&at).await.is(200).text("title"), "Cheaper than yours");
    agent_api.post(&format!("/api/v1/held/{id}/release"), &json!({})).await.is_problem(409, &[]);
    agent_api.post("/api/v1/held/999999/release", &json!({})).await.is_problem(404, &[]);

    // a comment is kept hidden, in Dutch
    let all = format!("/api/v1/posts/{post}/comments");
    let comment = api.post(&all, &json!({ "body": LINK })).await.is(201).number("id");
    assert!(other_api.get(&all).await.is(200).items().is_empty());
    assert_eq!(api.get(&all).await.is(200).items().len(), 1);
    author
        .with("accept-language", "nl")
        .get(&path)
        .await
        .is(200)
        .must_show("Alleen de schrijver en de medewerkers kunnen dit al lezen");
    let id = agent_api.get("/api/v1/held").await.is(200).items()[0]["id"].as_i64().expect("a number");
    agent_api.post(&format!("/api/v1/held/{id}/hide"), &json!({ "rule": 1 })).await.is_problem(422, &["reason"]);
    let act = agent_api
        .post(&format!("/api/v1/held/{id}/hide"), &json!({ "rule": 1, "reason": "It sells pills, and nothing else." }))
        .await
        .is(201);
    assert_eq!(act.text("act"), "hide");
    let seen = other_api.get(&all).await.is(200);
    assert_eq!(seen.items()[0]["id"].as_i64(), Some(comment));
    assert!(seen.items()[0]["hidden"].is_object() && seen.items()[0]["body"].is_null());
}

#[test]
fn on_sqlite_a_text_is_held_back_and_released() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], a_text_is_held_back_and_released);
}

#[test]
fn on_postgres_a_text_is_held_back_and_released() {
    serve(Backend::Postgres, &[("ANSWERABLE_RATE_LIMITS", "on")], a_text_is_held_back_and_released);
}
