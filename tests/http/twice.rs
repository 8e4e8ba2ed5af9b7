//! What was typed is not doubled, and what somebody else has written is not taken back unseen.

use reqwest::Method;
use serde_json::json;
use tests::serving;

use crate::world::{World, soon};

serving! {
    async fn a_form_that_is_sent_twice_makes_one_thing(server: Answerable) {
        let world = World::open(server).await;
        let (mo, api) = world.somebody("Mo", "member").await;
        let browser = world.server.signed_in(&mo).await;
        let form = [("kind", "idea"), ("title", "One bill for two addresses"), ("body", "We get two."), ("board", "general")];
        // at the same moment, as a double click sends them, and once more when the page is loaded again
        let (first, second) = tokio::join!(browser.post("/new", &form), browser.post("/new", &form));
        let first = first.sees_other("/p/");
        assert_eq!(second.sees_other("/p/"), first);
        assert_eq!(browser.post("/new", &form).await.sees_other("/p/"), first);
        let posts = api.get("/api/v1/posts").await.is(200);
        assert_eq!(posts.items().len(), 1);
        let post = posts.items()[0]["id"].as_i64().expect("a number");

        let comments = format!("/p/{post}/comments");
        let (first, second) = tokio::join!(browser.post(&comments, &[("body", "Me too.")]), browser.post(&comments, &[("body", "Me too.")]));
        assert_eq!(first.sees_other("/p/"), second.sees_other("/p/"));
        browser.post(&comments, &[("body", "And another one.")]).await.sees_other("/p/");
        let (noor, _) = world.somebody("Noor", "member").await;
        world.server.signed_in(&noor).await.post(&comments, &[("body", "Me too.")]).await.sees_other("/p/");
        let listed = api.get(&format!("/api/v1/posts/{post}/comments")).await.is(200);
        let bodies: Vec<_> = listed.items().iter().map(|comment| comment["body"].as_str().unwrap_or_default()).collect();
        assert_eq!(bodies, ["Me too.", "And another one.", "Me too."], "what another person, or another text, says is another thing");

        let (agent, _) = world.somebody("Ilse", "agent").await;
        let ilse = world.server.signed_in(&agent).await;
        let answer = format!("/triage/{post}/answer");
        let day = soon();
        let form = [("status", "planned"), ("what", "We will do it."), ("who", "Ilse"), ("next_update_on", day.as_str())];
        let (first, second) = tokio::join!(ilse.post(&answer, &form), ilse.post(&answer, &form));
        assert_eq!(first.sees_other("/triage/"), second.sees_other("/triage/"));
        assert_eq!(api.get(&format!("/api/v1/posts/{post}/answers")).await.is(200).items().len(), 1);
    }

    async fn the_second_of_two_savers_is_shown_the_difference(server: Answerable) {
        let world = World::open(server).await;
        let (mo, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "We get two bills.").await;
        let comment = api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Three in fact." })).await.is(201).number("id");
        let (here, there) = (world.server.signed_in(&mo).await, world.server.signed_in(&mo).await);
        for (path, first, second) in [
            (format!("/p/{post}/edit"), "We get two bills a month.", "We get two long bills."),
            (format!("/comments/{comment}/edit"), "Three in fact, a month.", "Three long ones in fact."),
        ] {
            let opened = here.get(&path).await.is(200).field("version").expect("the wording that it is written from");
            let form = |body, version| [("title", "One bill for two addresses"), ("body", body), ("tags", ""), ("version", version)];
            there.post(&path, &form(first, &opened)).await.is(303);
            // the same once more is no other wording
            there.post(&path, &form(first, &opened)).await.is(303);
            let page = here.post(&path, &form(second, &opened)).await.is(412);
            page.must_show("This was changed since you opened it");
            assert_eq!(page.field("body").as_deref(), Some(second), "nothing typed is lost");
            assert!(page.has("#difference ins") && page.has("#difference del"), "{path}");
            // whoever has seen it may still have it their way
            let newer = page.field("version").expect("the wording that is there now");
            here.post(&path, &form(second, &newer)).await.is(303);
            here.get(&path).await.is(200).must_show(second);
        }
    }

    async fn a_program_says_what_it_has_read(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "We get two bills.").await;
        for (path, field) in [(format!("/api/v1/posts/{post}"), "title"), ("/api/v1/me".to_owned(), "name")] {
            let read = api.get(&path).await.is(200).header("etag");
            let patch = async |text: &str, tag: &str| {
                api.send(Method::PATCH, &path, Some(&json!({ field: text })), &[("if-match", tag)]).await
            };
            patch("Written first", &read).await.is(200);
            patch("Written from what was", &read).await.is_problem(412, &[]);
            patch("Written from nothing", "\"made-up\"").await.is_problem(412, &[]);
            let now = api.get(&path).await.is(200);
            assert_eq!(now.text(field), "Written first");
            patch("Written from what is", &now.header("etag")).await.is(200);
            patch("Written from whatever there is", "*").await.is(200);
            assert_eq!(api.get(&path).await.is(200).text(field), "Written from whatever there is");
        }
    }
}
