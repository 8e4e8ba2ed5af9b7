//! Web-hooks by pages and by the API, with somebody who listens: what arrives, signed as the specification of Standard Webhooks says.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{
    Backend,
    answerable::{Answerable, PATIENCE},
    listener::{Listener, with_listener},
    serving,
};

use crate::world::{World, soon};

/// Waits until a message to a hook has become something.
async fn delivered(world: &World, hook: i64, is_so: impl Fn(&Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        let log = world.admin_api.get(&format!("/api/v1/hooks/{hook}/deliveries")).await.is(200);
        if let Some(found) = log.items().iter().find(|delivery| is_so(delivery)) {
            return found.clone();
        }
        assert!(start.elapsed() < PATIENCE, "not so: {}", log.json);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn what_happens_arrives_signed(server: Answerable) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let admin = &world.admin_api;
    let new = json!({ "url": listener.address, "types": ["post.submitted", "answer.published", "vote.cast"] });
    let made = admin.post("/api/v1/hooks", &new).await.is(201);
    let (hook, secret) = (made.number("id"), made.text("secret"));
    assert_eq!(made.location(), format!("/api/v1/hooks/{hook}"));
    assert!(!admin.get(&made.location()).await.is(200).json.to_string().contains("whsec_"), "it is shown once");
    let (_, mo) = world.somebody("Mo", "member").await;
    let post = mo.submit("idea", "general", "One bill <for> two", "For two addresses.").await;

    let heard = listener.next().await;
    assert!(heard.head.starts_with("POST /hook?key=deep HTTP/1.1"), "{}", heard.head);
    let (id, seconds) = (heard.header("webhook-id").to_owned(), heard.header("webhook-timestamp").to_owned());
    assert!(id.starts_with("msg_") && heard.header("content-type") == "application/json");
    let signed = server::hooks::signatures(&[&secret], &id, seconds.parse().expect("seconds"), &heard.body);
    assert_eq!(heard.header("webhook-signature"), signed);
    let said = heard.json();
    let data = &said["data"];
    assert_eq!(
        (&said["type"], &data["post"]["id"], &data["post"]["title"]),
        (&json!("post.submitted"), &json!(post), &json!("One bill <for> two"))
    );
    assert!(data["post"]["my_vote"].is_null() && said["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{said}");
    let seen = world.server.api().get(&format!("/api/v1/posts/{post}")).await.is(200).json;
    assert_eq!(data["post"]["body_html"], seen["body_html"], "as anybody reads it");

    // of a vote that the counts are others, not whose it is
    admin.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
    let said = listener.next().await.json();
    assert_eq!((&said["type"], &said["data"]["post"]["support_count"]), (&json!("vote.cast"), &json!(1)));
    assert!(!said.to_string().contains(&world.admin.id) && said["data"]["details"] == json!({}), "{said}");

    // while it fails it is tried again, under the same number
    let log = format!("/api/v1/hooks/{hook}/deliveries");
    listener.answer(503);
    let answer = json!({ "status": "planned", "what": "We will.", "who": "Billing", "next_update_on": soon() });
    admin.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
    let first = listener.next().await;
    assert_eq!(first.json()["data"]["answer"]["what"], "We will.");
    let failed = delivered(&world, hook, |delivery| delivery["trouble"] == "refused").await;
    assert_eq!((&failed["type"], &failed["status"], &failed["answer"]), (&json!("answer.published"), &json!(503), &json!("said")));
    assert_eq!(admin.get(&format!("/api/v1/hooks/{hook}")).await.is(200).text("state"), "failing");
    listener.answer(204);
    let again = listener.next().await;
    assert_eq!(again.header("webhook-id"), first.header("webhook-id"));
    let arrived = delivered(&world, hook, |delivery| delivery["id"] == failed["id"] && !delivery["sent_at"].is_null()).await;
    assert!(
        arrived["attempts"].as_i64() >= Some(2) && arrived["answer"].is_null() && arrived["next_try_at"].is_null(),
        "{arrived}"
    );

    // a new secret signs beside the former; what was sent can be sent again
    let rotated = admin.post(&format!("/api/v1/hooks/{hook}/rotate"), &json!({})).await.is(200).text("secret");
    admin.post(&format!("{log}/{}/resend", failed["id"]), &json!({})).await.is(202);
    let resent = listener.next().await;
    assert_eq!(resent.header("webhook-id"), first.header("webhook-id"));
    let seconds = resent.header("webhook-timestamp").parse().expect("seconds");
    let both = server::hooks::signatures(&[&rotated, &secret], resent.header("webhook-id"), seconds, &resent.body);
    assert_eq!(resent.header("webhook-signature"), both);

    admin.post(&format!("/api/v1/hooks/{hook}/test"), &json!({})).await.is(202);
    assert_eq!(listener.next().await.json()["type"], "test");
    let page = admin.get(&format!("{log}?limit=2")).await.is(200);
    let cursor = page.text("next_cursor");
    assert_eq!((page.items().len(), admin.get(&format!("{log}?limit=2&cursor={cursor}")).await.is(200).items().len()), (2, 2));
    admin.get(&format!("{log}?cursor=x")).await.is_problem(422, &["cursor"]);

    // paused, nothing is sent
    let etag = admin.get(&format!("/api/v1/hooks/{hook}")).await.is(200).header("etag");
    assert_eq!(admin.patch(&format!("/api/v1/hooks/{hook}"), &json!({ "active": false })).await.is(200).text("state"), "paused");
    admin.post(&format!("/api/v1/hooks/{hook}/test"), &json!({})).await.is_problem(409, &[]);
    let stale = json!({ "active": true });
    let address = format!("/api/v1/hooks/{hook}");
    admin.send(reqwest::Method::PATCH, &address, Some(&stale), &[("if-match", &etag)]).await.is_problem(412, &[]);
    admin.delete(&address).await.is(204);
    admin.get(&log).await.is_problem(404, &[]);
}

async fn an_admin_arranges_hooks_by_pages(server: Answerable) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let ada = world.server.signed_in(&world.admin).await;
    ada.get("/admin/hooks").await.is(200).must_show("Nobody is told anything yet.");
    let wrong =
        [("url", "https://10.0.0.1/x"), ("shape", "slack"), ("language", "en"), ("board", ""), ("kind-answer.published", "on")];
    let page = ada.post("/admin/hooks", &wrong).await.is(422);
    assert_eq!(page.wrong_fields(), ["url"]);
    assert_eq!(
        (page.field("url").as_deref(), page.field("kind-answer.published").as_deref()),
        (Some("https://10.0.0.1/x"), Some("on"))
    );

    let right =
        [("url", listener.address.as_str()), ("shape", "slack"), ("language", "nl"), ("board", ""), ("kind-post.submitted", "on")];
    let page = ada.post("/admin/hooks", &right).await.is(200);
    let secret = page.texts(".token-new code").concat();
    assert!(secret.starts_with("whsec_"), "{secret}");
    let hooks = world.admin_api.get("/api/v1/hooks").await.is(200);
    let here = format!("/admin/hooks/{}", hooks.items()[0]["id"]);
    assert!(ada.get("/admin/hooks").await.has(&format!("a[href='{here}']")));
    let page = ada.get(&here).await.is(200);
    page.must_not_show(&secret);
    page.must_show("Nothing was sent yet.");

    ada.post(&format!("{here}/test"), &[]).await.sees_other(&format!("{here}?done=hook-tested"));
    let said = listener.next().await.json();
    assert!(said["text"].as_str().is_some_and(|text| text.starts_with("Proefmelding: <http")), "{said}");
    let (_, mo) = world.somebody("Mo", "member").await;
    let post = mo.submit("idea", "general", "One <bill>", "For two addresses.").await;
    let said = listener.next().await.json();
    let text = said["text"].as_str().unwrap_or_default().to_owned();
    assert!(text.starts_with("Nieuw bericht: <http") && text.ends_with("|One &lt;bill&gt;>"), "{text}");
    let id = hooks.items()[0]["id"].as_i64().expect("a number");
    let arrived = delivered(&world, id, |delivery| delivery["post_id"] == post && !delivery["sent_at"].is_null()).await;
    let page = ada.get(&here).await.is(200);
    assert!(page.has(&format!("a[href='/p/{post}']")) && page.shows("Arrived (200"));
    ada.post(&format!("{here}/deliveries/{}/resend", arrived["id"]), &[]).await.sees_other(&format!("{here}?done=hook-resent"));
    assert_eq!(listener.next().await.json()["text"], text);

    let version = page.attribute("[name=version]", "value").expect("a version");
    let fields = [("url", listener.address.as_str()), ("shape", "matrix"), ("language", "en"), ("version", version.as_str())];
    ada.post(&here, &fields).await.sees_other(&format!("{here}?done=settings"));
    let page = ada.post(&here, &fields).await.is(412);
    assert_eq!(page.field("url").as_deref(), Some(listener.address.as_str()));
    ada.post(&format!("{here}/test"), &[]).await.sees_other(&here);
    assert!(listener.next().await.json()["html"].as_str().is_some_and(|html| html.contains("<a href=")));
    ada.post(&format!("{here}/rotate"), &[]).await.is(200).must_show("former secret");
    ada.post(&format!("{here}/active"), &[("active", "no")]).await.sees_other(&here);
    ada.get(&here).await.must_show("Paused");

    // the record says to whom, and nothing that is secret
    let entries = world.server.api().get("/api/v1/record?limit=100").await.is(200);
    assert!(!entries.json.to_string().contains("key=deep"));
    let visitor = world.server.visitor();
    let seq = entries
        .items()
        .iter()
        .filter(|entry| entry["act"] == "settings_changed")
        .map(|entry| &entry["seq"])
        .next()
        .expect("an entry");
    let entry = visitor.get(&format!("/record/{seq}")).await.is(200);
    entry.must_show("whom the forum tells");
    entry.must_show("127.0.0.1");
    entry.must_not_show("key=deep");

    let (lea, _) = world.somebody("Lea", "director").await;
    world.server.signed_in(&lea).await.get(&here).await.is(404);
    world.server.signed_in(&lea).await.post(&format!("{here}/test"), &[]).await.is(404);
    visitor.get(&here).await.sees_other("/sign-in");
    ada.post(&format!("{here}/remove"), &[]).await.sees_other("/admin/hooks?done=hook-removed");
    ada.get(&here).await.is(404);
}

#[test]
fn what_happens_arrives_signed_on_sqlite() {
    with_listener(Backend::Sqlite, what_happens_arrives_signed);
}

#[test]
fn what_happens_arrives_signed_on_postgres() {
    with_listener(Backend::Postgres, what_happens_arrives_signed);
}

#[test]
fn an_admin_arranges_hooks_by_pages_on_sqlite() {
    with_listener(Backend::Sqlite, an_admin_arranges_hooks_by_pages);
}

#[test]
fn an_admin_arranges_hooks_by_pages_on_postgres() {
    with_listener(Backend::Postgres, an_admin_arranges_hooks_by_pages);
}

serving! {
    async fn nobody_inside_hears_anything_where_no_host_is_named(server: Answerable) {
        let world = World::open(server).await;
        let listener = Listener::open().await;
        let port = listener.address.split(':').nth(2).and_then(|rest| rest.split('/').next()).expect("a port").to_owned();
        let admin = &world.admin_api;
        for host in ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]", "localhost"] {
            for scheme in ["http", "https"] {
                let new = json!({ "url": format!("{scheme}://{host}:{port}/") });
                admin.post("/api/v1/hooks", &new).await.is_problem(422, &["url"]);
            }
        }
        admin.post("/api/v1/hooks", &json!({ "url": "", "types": ["request.made"] })).await.is_problem(422, &["url"]);
        admin.post("/api/v1/hooks", &json!({ "url": "https://hooks.example.com/", "types": ["request.made"] })).await.is_problem(422, &["types"]);
        // one that came by another way is judged when something is sent
        let made = admin.post("/api/v1/hooks", &json!({ "url": "https://hooks.invalid/", "types": ["ranking.changed"] })).await.is(201);
        let hook = made.number("id");
        world.server.sql(&format!("UPDATE hooks SET url = 'http://127.0.0.1:{port}/'")).await;
        admin.post(&format!("/api/v1/hooks/{hook}/test"), &json!({})).await.is(202);
        delivered(&world, hook, |delivery| delivery["trouble"] == "inner" && !delivery["given_up_at"].is_null()).await;
        assert!(listener.first().is_none());
    }
}
