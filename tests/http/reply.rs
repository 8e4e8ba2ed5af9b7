//! Answers by mail, from the letter that goes out to the comment on the page.

use std::{path::Path, time::Duration};

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PATIENCE, serve},
};

use crate::world::World;

/// Puts a letter into a maildir, as whatever receives mail does.
fn put(folder: &Path, name: &str, letter: &str) {
    let unfinished = folder.join("tmp").join(name);
    std::fs::write(&unfinished, letter).expect("a folder for mail");
    std::fs::rename(unfinished, folder.join("new").join(name)).expect("a folder for mail");
}

/// Waits until everything in a maildir was looked at.
async fn looked_at(folder: &Path) {
    for _ in 0..PATIENCE.as_secs() * 10 {
        if std::fs::read_dir(folder.join("new")).expect("a folder for mail").next().is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("mail stays where it came in");
}

fn letter(id: &str, from: &str, to: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: Re: it\nMessage-ID: <{id}@client.example>\nContent-Type: text/plain; charset=utf-8\n\n\
         {text}\n\nOn Thu, 19 Nov 2026 at 10:30, Answerable <noreply@forum.example> wrote:\n> Hello\n"
    )
}

async fn a_conversation_by_mail(server: Answerable, folder: &Path) {
    let world = World::open(server).await;
    let (sanne, sannes_api) = world.somebody("Sanne", "member").await;
    let (_, joosts_api) = world.somebody("Joost", "member").await;
    let post = sannes_api.submit("idea", "general", "A slot for letters", "In every door.").await;
    joosts_api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "How wide?" })).await.is(201);
    let mail = world.server.mail_to(&sanne.email, |mail| mail.text.contains("How wide?")).await;
    let to = mail.header("reply-to").expect("where answers go").to_owned();
    assert!(to.contains("<forum+") && to.contains("@in.example>"), "{to}");
    assert!(mail.text.contains("You can answer this mail"), "{}", mail.text);

    put(folder, "1.a", &letter("one", "Sanne <SANNE@example.com>", &to, "As wide as a *letter*."));
    looked_at(folder).await;
    let comments = sannes_api.get(&format!("/api/v1/posts/{post}/comments")).await.is(200);
    let said = &comments.items()[1];
    assert_eq!((said["body"].as_str(), said["author"]["name"].as_str()), (Some("As wide as a *letter*."), Some("Sanne")));
    assert_eq!(said["parent_id"], comments.items()[0]["id"]);
    let page = world.server.visitor().get(&world.path_of(post).await).await.is(200);
    assert!(page.body.contains("As wide as a <em>letter</em>.") && !page.body.contains("wrote:"));
    let kept: Vec<_> =
        std::fs::read_dir(folder.join("cur")).expect("a folder for mail").map(|entry| entry.expect("a file").file_name()).collect();
    assert_eq!(kept, ["1.a:2,S"]);

    // brought again, as after a crash, it says nothing twice; nor does what others or machines send there
    put(folder, "1.b", &letter("one", "sanne@example.com", &to, "As wide as a *letter*."));
    put(folder, "2", &letter("two", "mallory@example.org", &to, "Buy this."));
    put(folder, "3", &format!("Auto-Submitted: auto-replied\n{}", letter("three", "sanne@example.com", &to, "I am away.")));
    put(folder, "4", "no letter at all");
    std::fs::write(folder.join("new").join("5"), [0xff, 0xfe, 0, b':', b'\n', 0x80]).expect("a folder for mail");
    looked_at(folder).await;
    let comments = sannes_api.get(&format!("/api/v1/posts/{post}/comments")).await.is(200);
    assert_eq!(comments.items().len(), 2, "{:?}", comments.items());
    let refused = world.server.mail_to(&sanne.email, |mail| mail.subject.contains("did not become a comment")).await;
    assert!(refused.text.contains("from another address") && !refused.text.contains("Buy this"), "{}", refused.text);

    // nobody has to be answered by mail
    let browser = world.server.signed_in(&sanne).await;
    let settings = browser.get("/me/notices").await.is(200);
    assert!(settings.has("#mail input[name=answers_by_mail][checked]"));
    let topics = ["answers", "questions", "comments", "following", "moderation", "work"].map(|topic| (topic, "at_once"));
    let fields: Vec<_> = topics.into_iter().chain([("answering", "1")]).collect();
    browser.post("/me/notices", &fields).await.sees_other("/me/notices?done=saved");
    assert_eq!(sannes_api.get("/api/v1/me/mail").await.is(200).json["answers_by_mail"], false);
    put(folder, "6", &letter("six", "sanne@example.com", &to, "And deep."));
    looked_at(folder).await;
    assert_eq!(sannes_api.get(&format!("/api/v1/posts/{post}/comments")).await.is(200).items().len(), 2);
    sannes_api.patch("/api/v1/me/mail", &json!({ "answers_by_mail": true })).await.is(200);
    put(folder, "7", &letter("seven", "sanne@example.com", &to, "And deep."));
    looked_at(folder).await;
    assert_eq!(sannes_api.get(&format!("/api/v1/posts/{post}/comments")).await.is(200).items().len(), 3);
}

fn converse(backend: Backend) {
    let folder = tempfile::tempdir().expect("a folder");
    let arrives = format!("maildir:{}", folder.path().display());
    let settings = [("ANSWERABLE_MAIL_REPLY", "forum@in.example"), ("ANSWERABLE_MAIL_IN", arrives.as_str())];
    serve(backend, &settings, async |server| a_conversation_by_mail(server, folder.path()).await);
}

#[test]
fn an_answer_by_mail_stands_on_the_page_on_sqlite() {
    converse(Backend::Sqlite);
}

#[test]
fn an_answer_by_mail_stands_on_the_page_on_postgres() {
    converse(Backend::Postgres);
}

#[test]
fn without_the_setting_letters_name_no_address_for_answers() {
    serve(Backend::Sqlite, &[], async |server| {
        let world = World::open(server).await;
        let (sanne, sannes_api) = world.somebody("Sanne", "member").await;
        let (_, joosts_api) = world.somebody("Joost", "member").await;
        let post = sannes_api.submit("idea", "general", "A slot for letters", "In every door.").await;
        joosts_api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "How wide?" })).await.is(201);
        let mail = world.server.mail_to(&sanne.email, |mail| mail.text.contains("How wide?")).await;
        assert_eq!(mail.header("reply-to"), None);
        assert!(!mail.text.contains("You can answer this mail"), "{}", mail.text);
        let browser = world.server.signed_in(&sanne).await;
        assert!(!browser.get("/me/notices").await.is(200).has("input[name=answers_by_mail]"));
    });
}
