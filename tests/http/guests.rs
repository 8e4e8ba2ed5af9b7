//! Posts without an account, through pages and the API.

use serde_json::{Value, json};
use tests::{
    Backend,
    answerable::{Answer, Answerable, serve},
    solve,
};

use crate::world::World;

const ON: (&str, &str) = ("ANSWERABLE_RATE_LIMITS", "on");
const BODY: &str = "Since Monday, in the whole street.";

fn fields<'a>(title: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields =
        vec![("kind", "complaint"), ("title", title), ("body", BODY), ("board", "general"), ("as", "guest"), ("form", "0123")];
    fields.extend(more);
    fields
}

async fn proof(server: &Answerable) -> String {
    solve(&server.api().get("/api/v1/challenge").await.is(200).json)
}

async fn a_receipt_by_pages(server: Answerable) {
    let world = World::open(server).await;
    let (agent, member) = (world.somebody("Femke", "agent").await, world.somebody("Sanne", "member").await);
    let visitor = world.server.visitor();
    let form = visitor.get("/new").await.is(200);
    assert!(form.has("#guest button[name=as][value=guest]") && form.field("form").is_some_and(|own| own.len() == 64));

    // wrong: everything that was typed stays, also where it went
    let wrong = visitor.post("/new", &fields("No", &[("email", "nobody")])).await.is(422);
    assert_eq!(wrong.wrong_fields(), ["email", "title"]);
    assert_eq!((wrong.field("email").as_deref(), wrong.field("form").as_deref()), (Some("nobody"), Some("0123")));
    assert!(wrong.has("#guest[open]"));

    let sent = fields("No water <b>in</b> our street", &[("email", "passer.by@post.example")]);
    let receipt = visitor.post("/new", &sent).await.sees_other("/receipt/");
    let again = visitor.post("/new", &sent).await.sees_other("/receipt/");
    assert_ne!(receipt, again, "each press has a link of its own");
    let page = visitor.get(&receipt).await.is(200);
    for name in ["cache-control", "referrer-policy", "x-robots-tag"] {
        let value = page.header(name);
        assert!(["no-store", "same-origin", "noindex"].contains(&value.as_str()), "{name}: {value}");
    }
    page.must_show("No water <b>in</b> our street").must_show(BODY).must_show("Your receipt");
    assert!(page.has(".qr svg path") && page.attributes("input[readonly]", "value").iter().any(|link| link.ends_with(&receipt)));
    assert_eq!(visitor.get(&again).await.is(200).texts("h1"), page.texts("h1"), "of one post");
    let public = page.attribute(".idea__by a", "href").expect("the page of the post");
    let shown = visitor.get(&public).await.is(200);
    shown.must_show("Guest");
    assert!(!shown.body.contains("passer.by") && !shown.body.contains("/u/guest"));

    // another word, once; and nothing without words
    let comment = format!("{receipt}/comment");
    assert_eq!(visitor.post(&comment, &[("body", "")]).await.is(422).wrong_fields(), ["body"]);
    for _ in 0..2 {
        visitor.post(&comment, &[("body", "It came back at noon.")]).await.sees_other(&receipt);
    }
    let page = visitor.get(&receipt).await.is(200);
    assert_eq!(page.texts("#comments .comment__text").len(), 1);

    // the mailed link, not the shown one, says that news are wanted
    let mailed = world.server.link_to("passer.by@post.example", "/receipt/").await;
    let letter = world.server.mail_to("passer.by@post.example", |_| true).await;
    assert!(!letter.text.contains("water"), "whoever typed the address may be anybody: {}", letter.text);
    visitor.post(&format!("{receipt}/mail"), &[("act", "confirm")]).await.is(404);
    visitor.get(&mailed).await.is(200).must_show("Do you want to hear");
    visitor.post(&format!("{mailed}/mail"), &[("act", "confirm")]).await.sees_other(&mailed);
    let post = public.split('/').nth(2).expect("a number").to_owned();
    let answer = json!({ "status": "delivered", "what": "The pipe is new.", "who": "The water desk" });
    agent.1.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
    let told = world.server.mail_to("passer.by@post.example", |mail| mail.text.contains("The pipe is new.")).await;
    let by_mail = told.path("/receipt/").expect("a link to the receipt");
    assert!(told.text.contains("as a guest"), "{}", told.text);
    visitor.get(&by_mail).await.is(200).must_show("Is it really solved?");
    visitor.post(&format!("{by_mail}/solved"), &[("said", "no"), ("note", "It is brown.")]).await.sees_other(&by_mail);
    let now = member.1.get(&format!("/api/v1/posts/{post}")).await.is(200);
    assert_eq!((&now.json["status"]["stage"], &now.json["level"]), (&json!("started"), &json!(2)));

    // claimed: first a visitor is sent to sign in, with what it is for
    let go = visitor.post(&format!("{receipt}/claim"), &[("claim", "1")]).await;
    assert!(go.sees_other("/sign-in").contains("draft"));
    let signed_in = world.server.signed_in(&member.0).await;
    let claimed = signed_in.post(&format!("{receipt}/claim"), &[("claim", "1")]).await.sees_other(&public);
    signed_in.get(&claimed).await.is(200).must_show("Sanne");
    for link in [&receipt, &again, &mailed, &by_mail] {
        visitor.get(link).await.is(410);
        visitor.post(&format!("{link}/comment"), &[("body", "Still me.")]).await.is(410);
    }
    let log = world.server.logged();
    let secret = receipt.trim_start_matches("/receipt/");
    assert!(!log.contains(secret) && !log.contains("ERROR"), "{log}");
}

#[test]
fn a_receipt_by_pages_on_sqlite() {
    serve(Backend::Sqlite, &[], a_receipt_by_pages);
}

#[test]
fn a_receipt_by_pages_on_postgres() {
    serve(Backend::Postgres, &[], a_receipt_by_pages);
}

async fn a_receipt_by_the_api(server: Answerable) {
    let world = World::open(server).await;
    let (sanne, member) = world.somebody("Sanne", "member").await;
    let api = world.server.api();
    let draft = |title: &str, more: Value| {
        let mut draft = json!({ "kind": "complaint", "title": title, "body": BODY, "board": "general" });
        draft.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        draft
    };
    api.post("/api/v1/receipts", &json!({})).await.is_problem(422, &["kind", "title", "body", "board"]);
    let email = json!({ "email": "no address" });
    api.post("/api/v1/receipts", &draft("No water", email)).await.is_problem(422, &["email"]);
    let made = api.post("/api/v1/receipts", &draft("No water in our street", json!({}))).await.is(201);
    let (secret, post) = (made.text("secret"), made.json["post"]["id"].as_i64().expect("a number"));
    assert_eq!(made.header("cache-control"), "no-store");
    assert_eq!(made.location(), format!("/api/v1/posts/{post}"));
    assert_eq!(made.json["post"]["author"]["name"], "Guest");
    assert!(made.text("url").ends_with(&format!("/receipt/{secret}")));

    // the same request again, and another one in the same words
    let key = [("idempotency-key", "once")];
    let send = async |headers: &[(&str, &str)]| -> Answer {
        let body = draft("No gas in our street", json!({}));
        api.send(reqwest::Method::POST, "/api/v1/receipts", Some(&body), headers).await.is(201)
    };
    let (first, again, other) = (send(&key).await, send(&key).await, send(&[]).await);
    assert_eq!(first.json["post"]["id"], again.json["post"]["id"]);
    assert_ne!(first.json["secret"], again.json["secret"]);
    assert_ne!(first.json["post"]["id"], other.json["post"]["id"]);

    // its secret is a token that says things on that post
    let guest = api.with_token(&secret);
    let receipt = guest.get("/api/v1/receipt").await.is(200);
    assert_eq!(
        (receipt.number("post_id"), &receipt.json["email"], &receipt.json["email_confirmed"]),
        (post, &Value::Null, &json!(false))
    );
    let comments = format!("/api/v1/posts/{post}/comments");
    guest.post(&comments, &json!({ "body": "It came back at noon." })).await.is(201);
    let elsewhere = format!("/api/v1/posts/{}/comments", first.json["post"]["id"]);
    guest.post(&elsewhere, &json!({ "body": "Here too." })).await.is_problem(403, &[]);
    guest.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is_problem(403, &[]);
    guest.patch("/api/v1/me", &json!({ "name": "The mayor" })).await.is_problem(403, &[]);
    guest.post("/api/v1/posts", &draft("A second post", json!({}))).await.is_problem(403, &[]);
    guest.get("/api/v1/queue").await.is_problem(403, &[]);
    member.get("/api/v1/receipt").await.is_problem(404, &[]);
    api.get("/api/v1/receipt").await.is_problem(401, &[]);

    // news by mail
    guest.put("/api/v1/receipt/email", &json!({ "email": "nobody" })).await.is_problem(422, &["email"]);
    guest.put("/api/v1/receipt/email", &json!({ "email": "passer.by@post.example" })).await.is(204);
    guest.post("/api/v1/receipt/email/confirm", &json!({})).await.is_problem(404, &[]);
    let mailed = world.server.link_to("passer.by@post.example", "/receipt/").await;
    let by_mail = api.with_token(mailed.trim_start_matches("/receipt/"));
    by_mail.post("/api/v1/receipt/email/confirm", &json!({})).await.is(204);
    assert_eq!(guest.get("/api/v1/receipt").await.is(200).json["email_confirmed"], true);
    guest.delete("/api/v1/receipt/email").await.is(204);
    assert_eq!(guest.get("/api/v1/receipt").await.is(200).json["email"], Value::Null);

    // claimed, or taken back
    member.post("/api/v1/receipts/claim", &json!({})).await.is_problem(422, &["secret"]);
    member.post("/api/v1/receipts/claim", &json!({ "secret": "0".repeat(64) })).await.is_problem(404, &[]);
    let claimed = member.post("/api/v1/receipts/claim", &json!({ "secret": secret })).await.is(200);
    assert_eq!(claimed.json["author"]["id"], sanne.id.as_str());
    guest.get("/api/v1/receipt").await.is_problem(401, &[]);
    let guest = api.with_token(&first.text("secret"));
    let erase = async |body: &Value| guest.send(reqwest::Method::DELETE, "/api/v1/receipt", Some(body), &[]).await;
    erase(&json!({ "texts": "burn" })).await.is_problem(422, &["texts"]);
    erase(&json!({ "texts": "erase" })).await.is(204);
    let gone = api.get(&first.location()).await.is(200);
    assert_eq!((gone.text("title"), gone.json["author"]["name"].clone()), ("[…]".to_owned(), json!("[…]")));
    guest.get("/api/v1/receipt").await.is_problem(401, &[]);

    // who posts here has an account, if the site says so
    let admin = world.server.signed_in(&world.admin).await;
    let form = admin.get("/admin/site").await.is(200);
    let seen = form.field("seen").expect("what the form was written from");
    let off = [("seen", seen.as_str()), ("name", "Noordlicht"), ("language", "en"), ("language-en", "on"), ("language-nl", "on")];
    admin.post("/admin/site", &off).await.sees_other("/admin/site");
    api.post("/api/v1/receipts", &draft("No light", json!({}))).await.is_problem(403, &[]);
    let visitor = world.server.visitor();
    assert!(!visitor.get("/new").await.is(200).has("#guest"));
    visitor.post("/new", &fields("No light in our street", &[])).await.is(403);
}

#[test]
fn a_receipt_by_the_api_on_sqlite() {
    serve(Backend::Sqlite, &[], a_receipt_by_the_api);
}

#[test]
fn a_receipt_by_the_api_on_postgres() {
    serve(Backend::Postgres, &[], a_receipt_by_the_api);
}

#[test]
fn a_proof_of_work_opens_the_door_and_its_lack_is_no_wall() {
    serve(Backend::Sqlite, &[ON], async |server| {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        let solution = proof(&world.server).await;
        let with = visitor.post("/new", &fields("No water in our street", &[("altcha", &solution)])).await.sees_other("/receipt/");
        visitor.get(&with).await.is(200).must_not_show("held");
        // a proof that was used is none: the post comes in all the same, and is looked at first
        let spent = [("altcha", solution.as_str()), ("form", "4567")];
        let held = visitor.post("/new", &fields("No gas in our street", &spent)).await.sees_other("/receipt/");
        assert!(visitor.get(&held).await.is(200).has("#held-title"));
        // a program that fills in every field finds the form as it was
        visitor.post("/new", &fields("No light in our street", &[("homepage", "https://pills.example")])).await.is(422);
    });
}

async fn a_guest_of_a_case_is_asked_at_its_head(server: Answerable) {
    let world = World::open(server).await;
    let (agent, member) = (world.somebody("Femke", "agent").await.1, world.somebody("Sanne", "member").await.1);
    let head = member.submit("complaint", "general", "No water in the village", BODY).await;
    let draft = json!({ "kind": "complaint", "title": "No water in our street", "body": BODY, "board": "general" });
    let made = world.server.api().post("/api/v1/receipts", &draft).await.is(201);
    let merge = json!({ "into": head, "rule": 6, "reason": "It is one broken pipe for both of them." });
    agent.post(&format!("/api/v1/posts/{}/merge", made.json["post"]["id"]), &merge).await.is(200);
    let answer = json!({ "status": "delivered", "what": "The pipe is new.", "who": "The water desk" });
    agent.post(&format!("/api/v1/posts/{head}/answers"), &answer).await.is(201);
    let (receipt, visitor) = (format!("/receipt/{}", made.text("secret")), world.server.visitor());
    let asks = async || visitor.get(&receipt).await.is(200).must_show("The pipe is new.").texts("#solved-title");
    assert_eq!(asks().await, ["Is it really solved?"]);
    visitor.post(&format!("{receipt}/solved"), &[("said", "yes")]).await.sees_other(&receipt);
    assert_eq!(asks().await, ["You said: yes, it is solved"]);
}

#[test]
fn a_guest_of_a_case_is_asked_at_its_head_on_sqlite() {
    serve(Backend::Sqlite, &[], a_guest_of_a_case_is_asked_at_its_head);
}

#[test]
fn a_guest_of_a_case_is_asked_at_its_head_on_postgres() {
    serve(Backend::Postgres, &[], a_guest_of_a_case_is_asked_at_its_head);
}
