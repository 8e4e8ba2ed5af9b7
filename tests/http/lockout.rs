//! An account that somebody guesses at, as its owner sees that: in the browser that they always use, in another one, and by programs.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Account, Answerable, PASSWORD, serve},
};

use crate::world::World;

const OTHER_PASSWORD: &str = "harbour pencil tundra violin";

/// Strangers guess, each from elsewhere, until one has to wait.
async fn guess(server: &Answerable, account: &Account) {
    let mut refused = false;
    for n in 0..15 {
        let stranger = server.visitor().with("x-forwarded-for", &format!("198.51.100.{n}"));
        refused |= stranger.post("/sign-in", &[("email", &account.email), ("password", "a guess")]).await.status == 429;
    }
    assert!(refused, "guessing is never slowed down");
}

async fn the_owner_gets_in(server: Answerable) {
    let world = World::open(server).await;
    let server = &world.server;
    let member = server.person("Mo", "member").await;
    let form = [("email", member.email.as_str()), ("password", PASSWORD)];
    let (mine, api) = (server.visitor(), server.api_of(&member).await);
    let first = mine.post("/sign-in", &form).await.is(303).cookie("device");
    for part in ["HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"] {
        assert!(first.split("; ").any(|p| p == part), "{part} is missing in {first}");
    }
    mine.post("/sign-out", &[]).await.sees_other("/");

    guess(server, &member).await;
    let page = server.visitor().post("/sign-in", &form).await.is(429);
    page.must_show("the link in the mail lets you in at once");
    let again = mine.post("/sign-in", &form).await.is(303).cookie("device");
    assert!(!again.is_empty() && again != first, "the browser gets another secret each time");
    let change = [("present_password", PASSWORD), ("password", OTHER_PASSWORD)];
    mine.post("/me/password", &change).await.sees_other("/me/settings");
    // the browser that changed it is still known
    mine.post("/sign-out", &[]).await.sees_other("/");
    let form = [("email", member.email.as_str()), ("password", OTHER_PASSWORD)];
    mine.post("/sign-in", &form).await.sees_other("/");

    // a program can't tell itself from a stranger, and hears how long to wait; one with a token can
    let wanted = json!({ "email": member.email, "password": OTHER_PASSWORD, "scopes": ["read"] });
    let answer = server.api().post("/api/v1/tokens", &wanted).await.is_problem(429, &[]);
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait <= 61));
    api.post("/api/v1/tokens", &wanted).await.is(401);
    let page = mine.post("/me/tokens", &[("name", "Report"), ("scope", "read"), ("days", "30")]).await.is(200);
    let token = page.texts("code").swap_remove(0);
    server.api().with_token(&token).post("/api/v1/tokens", &wanted).await.is(201);

    // in a browser that is new, there is a link by mail
    let new = server.visitor().with("x-forwarded-for", "203.0.113.7");
    new.post("/reset", &[("email", &member.email)]).await.sees_other("/reset/sent");
    let link = server.link_to(&member.email, "/reset/").await;
    new.post(&link, &[("password", PASSWORD)]).await.sees_other("/me");
    new.get("/me").await.is(200).must_show("Mo");
}

#[test]
fn the_owner_gets_in_on_sqlite() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], the_owner_gets_in);
}

#[test]
fn the_owner_gets_in_on_postgres() {
    serve(Backend::Postgres, &[("ANSWERABLE_RATE_LIMITS", "on")], the_owner_gets_in);
}

#[test]
fn an_open_browser_is_no_place_to_guess() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], async |server| {
        let member = server.person("Mo", "member").await;
        let (found, other) = (server.signed_in(&member).await, server.signed_in(&member).await);
        let guess = [("present_password", "a guess"), ("password", OTHER_PASSWORD)];
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(found.post("/me/password", &guess).await.status);
        }
        assert_eq!(statuses[..10], [422; 10]);
        assert_eq!(statuses[10..], [429; 2]);
        let change = [("present_password", PASSWORD), ("password", OTHER_PASSWORD)];
        other.post("/me/password", &change).await.sees_other("/me/settings");
    });
}

#[test]
fn what_a_browser_is_known_by_is_bound_to_the_host_where_it_can_be() {
    serve(Backend::Sqlite, &[("ANSWERABLE_URL", "https://ideas.example.com")], async |server| {
        let member = server.person("Mo", "member").await;
        let visitor = server.visitor().with("origin", "https://ideas.example.com");
        let page = visitor.post("/sign-in", &[("email", &member.email), ("password", PASSWORD)]).await.is(303);
        let cookie = page.cookie("__Host-device");
        assert!(cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
    });
}
