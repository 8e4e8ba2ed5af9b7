//! Texts that are held back, and votes that are looked at, as browsers and programs meet them.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PASSWORD, serve},
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
    author.get("/me").await.is(200).must_show("Cheaper than yours").must_show("Nobody else can read this yet");
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

async fn votes_are_looked_at(server: Answerable) {
    let world = World::open(server).await;
    let (_, author) = world.somebody("Author", "member").await;
    let (agent, agent_api) = world.somebody("Femke", "agent").await;
    let mut posts = Vec::new();
    for title in ["First of three", "Second of three", "Third of three"] {
        posts.push(author.submit("idea", "general", title, "More of it.").await);
    }
    // one browser, in which one after the other signs in and votes
    let visitor = world.server.visitor().with("x-forwarded-for", "203.0.113.7");
    for n in 0..6 {
        let account = world.server.person(&format!("Puppet {n}"), "member").await;
        visitor.post("/sign-in", &[("email", &account.email), ("password", PASSWORD)]).await.sees_other("/");
        for post in &posts {
            visitor.post(&format!("/p/{post}/vote"), &[("stance", "support")]).await.sees_other("/p/");
        }
    }
    world.server.look_at_votes().await;
    let path = world.path_of(posts[0]).await;
    let page = world.server.visitor().get(&path).await.is(200);
    page.must_show("The staff is looking at 6 votes on this post").must_not_show("Puppet");
    let rings = agent_api.get("/api/v1/rings").await.is(200);
    let [ring] = rings.items() else { panic!("{:?}", rings.items()) };
    assert_eq!((ring["members"].as_array().map(Vec::len), ring["posts"].as_array().map(Vec::len)), (Some(6), Some(3)));
    let id = ring["id"].as_i64().expect("a number");
    author.get("/api/v1/rings").await.is_problem(403, &[]);
    let staff = world.server.signed_in(&agent).await;
    staff.get("/triage/moderation").await.is(200).must_show("Many of them signed in with the same browsers").must_show("Puppet 3");
    // they stand out among the new accounts, until somebody has looked at them
    author.get("/api/v1/newcomers").await.is_problem(403, &[]);
    let newcomers = agent_api.get("/api/v1/newcomers").await.is(200);
    assert_eq!(newcomers.items().len(), 6);
    let first = &newcomers.items()[0];
    assert_eq!(
        (&first["signs"], &first["verified"], &first["texts"]),
        (&json!(["ring", "browser", "network"]), &json!(true), &json!(0))
    );
    let page = staff.get("/triage/moderation").await.is(200);
    page.must_show("New accounts").must_show("Another new account was used in the same browser");
    let looked = |id: &str| format!("/triage/moderation/accounts/{id}/looked-at");
    let ids: Vec<&str> = newcomers.items().iter().filter_map(|one| one["person"]["id"].as_str()).collect();
    staff.post(&looked(ids[0]), &[]).await.sees_other("/triage/moderation?done=looked-at");
    staff.post(&looked("nobody"), &[]).await.is(404);
    agent_api.post(&format!("/api/v1/newcomers/{}/looked-at", ids[1]), &json!({})).await.is(204);
    agent_api.post("/api/v1/newcomers/nobody/looked-at", &json!({})).await.is_problem(404, &[]);
    assert_eq!(agent_api.get("/api/v1/newcomers").await.is(200).items().len(), 4);
    let exclude = format!("/triage/moderation/rings/{id}/exclude");
    staff.post(&exclude, &[("rule", ""), ("reason", "Six accounts of one browser.")]).await.is(422);
    staff.post(&exclude, &[("rule", "1"), ("reason", "Six accounts of one browser.")]).await.sees_other("/triage/moderation");
    assert_eq!(author.get(&format!("/api/v1/posts/{}", posts[0])).await.is(200).number("support_count"), 0);
    world.server.visitor().get(&path).await.is(200).must_show("took 6 votes on this post out of the count");
    agent_api
        .post(&format!("/api/v1/rings/{id}/dismiss"), &json!({ "reason": "They are a class of ours." }))
        .await
        .is_problem(409, &[]);
}

#[test]
fn on_sqlite_votes_are_looked_at() {
    serve(Backend::Sqlite, &[], votes_are_looked_at);
}

#[test]
fn on_postgres_votes_are_looked_at() {
    serve(Backend::Postgres, &[], votes_are_looked_at);
}
