//! What the log says when an operator looks for a fault in earnest: much, and nothing by which somebody could be somebody else.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PASSWORD, serve_as_process},
};

const OTHER_PASSWORD: &str = "harbour pencil tundra violin";

async fn no_secret_is_logged(server: Answerable) {
    let visitor = server.visitor();
    let mut secrets =
        vec![PASSWORD.to_owned(), OTHER_PASSWORD.to_owned(), PASSWORD.replace(' ', "+"), PASSWORD.replace(' ', "%20")];
    visitor.post("/sign-up", &[("name", "Mo"), ("email", "mo@example.com"), ("password", PASSWORD)]).await.sees_other("/verify");
    let link = server.link_to("mo@example.com", "/verify/").await;
    visitor.post(&link, &[]).await.sees_other("/");
    visitor.post("/sign-out", &[]).await.sees_other("/");
    let page = visitor.post("/sign-in", &[("email", "mo@example.com"), ("password", PASSWORD)]).await.is(303);
    for name in ["session", "device"] {
        let cookie = page.cookie(name);
        secrets.push(cookie.split(['=', ';']).nth(1).expect("a value").to_owned());
    }
    let wanted = json!({ "email": "mo@example.com", "password": PASSWORD, "scopes": ["write"] });
    let token = server.api().post("/api/v1/tokens", &wanted).await.is(201).text("token");
    server.api().with_token(&token).get("/api/v1/me").await.is(200);
    let feeds = server.api().with_token(&token).post("/api/v1/me/feeds", &json!({})).await.is(201).text("notices");
    let feeds = feeds[feeds.find("/feeds/").expect("a path")..].to_owned();
    visitor.get(&feeds).await.is(200);
    secrets.push(feeds.rsplit('/').nth(1).expect("a secret").to_owned());
    visitor.get("/me").await.is(200);
    visitor.post("/reset", &[("email", "mo@example.com")]).await.sees_other("/reset/sent");
    let reset = server.link_to("mo@example.com", "/reset/").await;
    visitor.post(&reset, &[("password", OTHER_PASSWORD)]).await.sees_other("/me");
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    secrets.extend([token, last(&link), last(&reset)]);
    // what was written in other threads is read in a moment
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;

    let log = server.logged();
    assert!(log.contains("DEBUG") && log.contains("/reset/…"), "it does not say much");
    for secret in secrets {
        assert!(secret.len() > 20, "{secret:?} is no secret");
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
    // what is kept of a password is as good as the password to whoever can guess quickly
    assert!(!log.contains("$argon2id$"), "the hash of a password is in the log");
}

#[test]
fn no_secret_is_logged_on_sqlite() {
    serve_as_process(Backend::Sqlite, &[("ANSWERABLE_LOG", "trace")], no_secret_is_logged);
}

#[test]
fn no_secret_is_logged_on_postgres() {
    serve_as_process(Backend::Postgres, &[("ANSWERABLE_LOG", "trace")], no_secret_is_logged);
}
