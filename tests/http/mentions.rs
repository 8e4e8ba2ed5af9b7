//! Mentions: a handle in a text leads to its person, and tells them.

use serde_json::json;
use tests::serving;

use crate::{follows::handle, world::World};

serving! {
    async fn a_handle_leads_to_its_person_and_tells_them(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne_api) = world.somebody("Sanne", "member").await;
        let (femke, femke_api) = world.somebody("Femke", "agent").await;
        let post = sanne_api.submit("idea", "general", "A quieter tone at night", "It wakes the cat.").await;
        let called = format!("@{}", handle(&femke));
        let link = format!("<a href=\"/u/{}\" rel=\"nofollow ugc noopener\">{called}</a>", handle(&femke));
        let comment = json!({ "body": format!("Can you help, {called}? And @nobody-0123abcd?") });
        let made = sanne_api.post(&format!("/api/v1/posts/{post}/comments"), &comment).await.is(201);
        assert_eq!(made.text("body_html"), format!("<p>Can you help, {link}? And @nobody-0123abcd?</p>\n"));
        let browser = world.server.signed_in(&femke).await;
        let page = browser.get(&world.path_of(post).await).await.is(200);
        assert!(page.body.contains(&link), "{}", page.body);
        page.must_show("Call somebody with @").must_show("Who can be called here");
        assert_eq!(page.texts(".callees code").len(), 1, "Sanne, and not the one who reads");
        assert!(!world.server.visitor().get(&world.path_of(post).await).await.is(200).has(".callees"));
        browser.get(&format!("/u/{}", handle(&femke))).await.is(200).must_show(&called);

        let told = femke_api.get("/api/v1/me/notices").await.is(200);
        assert_eq!((&told.items()[0]["event"], &told.items()[0]["reason"]), (&json!("comment_posted"), &json!("mentioned")));
        browser.get("/me/notices").await.is(200).must_show("You are mentioned: A quieter tone at night").must_show("Because you are named there");
        let mail = world.server.mail_to(&femke.email, |mail| mail.text.contains("You are mentioned")).await;
        assert!(mail.text.contains("Can you help") && mail.text.contains("/me/notices#mail"), "{}", mail.text);

        // whose words they are
        let mailing = femke_api.patch("/api/v1/me/mail", &json!({ "mentions": "never" })).await.is(200);
        assert_eq!(mailing.json["mentions"], json!("never"));
        assert!(browser.get("/me/notices").await.is(200).has("[name=mentions]"));
    }
}
