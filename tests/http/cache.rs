//! Pages for visitors are kept for a moment. Nobody notices, but for the speed.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    answerable::{Page, Visitor},
    serving,
};

use crate::world::World;

/// The button of a vote that was cast.
const VOTED: &str = "button[aria-pressed=true][class*=vote]";

/// Twice, so that the second is a kept one.
async fn twice(visitor: &Visitor, path: &str) -> [Page; 2] {
    let first = visitor.get(path).await.is(200);
    [first, visitor.get(path).await.is(200)]
}

serving! {
    async fn a_search_that_is_kept_is_for_those_who_see_the_same_boards(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Moritz", "member").await;
        let hidden = json!({ "slug": "hidden", "name": "Hidden", "private": true });
        world.admin_api.post("/api/v1/boards", &hidden).await.is(201);
        api.submit("idea", "general", "A lamp for the hall", "It is dark there.").await;
        world.admin_api.submit("idea", "hidden", "A lamp for the cellar", "It is darker there.").await;
        let (visitor, moritz, ada) =
            (world.server.visitor(), world.server.signed_in(&member).await, world.server.signed_in(&world.admin).await);
        // in one second and after one commit, each after the other
        for _ in 0..2 {
            ada.get("/?q=lamp").await.is(200).must_show("for the hall").must_show("for the cellar");
            moritz.get("/?q=lamp").await.is(200).must_show("for the hall").must_not_show("cellar");
            visitor.get("/?q=lamp").await.is(200).must_show("for the hall").must_not_show("cellar");
            assert_eq!(world.admin_api.get("/api/v1/posts?q=lamp").await.is(200).items().len(), 2);
            assert_eq!(api.get("/api/v1/posts?q=lamp").await.is(200).items().len(), 1);
        }
        // and until something is written
        api.submit("idea", "general", "A lamp for the stairs", "Nobody sees the last step.").await;
        for reader in [&visitor, &moritz, &ada] {
            reader.get("/?q=lamp").await.is(200).must_show("for the hall").must_show("for the stairs");
        }
        assert_eq!(api.get("/api/v1/posts?q=lamp").await.is(200).items().len(), 2);
    }

    async fn nobody_gets_the_page_of_somebody_else(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Moritz", "member").await;
        let (other, _) = world.somebody("Noor", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        let comment = api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Seven years of it." })).await.is(201).number("id");
        // pieces of pages are kept for those who are signed in too
        let (own, reply) = (format!("a[href='/comments/{comment}/edit']"), format!("input[name=parent][value='{comment}']"));
        let path = world.path_of(post).await;
        let (visitor, moritz, noor) =
            (world.server.visitor(), world.server.signed_in(&member).await, world.server.signed_in(&other).await);
        let ada = world.server.signed_in(&world.admin).await;
        for path in ["/", &path, "/roadmap", "/rules", "/?q=paper"] {
            for _ in 0..2 {
                for page in twice(&visitor, path).await {
                    page.must_show("Sign in").must_not_show("My file").must_not_show("/triage");
                    assert!(!page.has(VOTED), "{path}");
                    assert!(!page.has(&own), "{path}");
                }
                for page in twice(&moritz, path).await {
                    page.must_show("My file").must_not_show("/triage");
                    let voted = page.has(VOTED);
                    assert_eq!(voted, path == "/" || path.starts_with("/?q") || path.starts_with("/p/"), "{path}");
                    assert_eq!((page.has(&own), page.has(&reply)), (path.starts_with("/p/"), path.starts_with("/p/")), "{path}");
                }
                for page in twice(&noor, path).await {
                    assert!(!page.has(VOTED) && !page.has(&own), "{path}");
                    assert_eq!(page.has(&reply), path.starts_with("/p/"), "{path}");
                }
                for page in twice(&ada, path).await {
                    page.must_show("/triage");
                }
            }
        }
        // a cookie that is nobody's session is a visitor's, and whoever signs out is one again
        moritz.post("/sign-out", &[]).await.sees_other("/");
        for page in twice(&moritz, "/").await {
            page.must_show("Sign in").must_not_show("My file");
        }
    }

    async fn each_language_colour_and_packing_has_its_own(server: Answerable) {
        for _ in 0..2 {
            for (language, theme) in [("en", "dark"), ("nl", "light"), ("en", "light"), ("nl", "dark")] {
                let visitor = server.visitor().with("accept-language", language).with("cookie", &format!("theme={theme}"));
                for page in twice(&visitor, "/").await {
                    assert_eq!(page.language().as_deref(), Some(language));
                    let shown = page.attribute("html", "data-theme");
                    assert_eq!(shown.as_deref(), Some(theme));
                }
            }
        }
        let client = reqwest::Client::new();
        for accepted in ["br", "gzip", "gzip, deflate, br, zstd", "identity", "", "br", "gzip"] {
            let answer = client.get(server.url("/")).header("accept-encoding", accepted).send().await.expect("an answer");
            let coded = answer.headers().get("content-encoding").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
            let vary: Vec<_> = answer.headers().get_all("vary").iter().filter_map(|v| v.to_str().ok()).collect();
            assert!(vary.join(",").contains("accept-encoding"), "{accepted}: {vary:?}");
            let body = answer.bytes().await.expect("a body");
            let plain = body.starts_with(b"<!doctype html>");
            assert_eq!(plain, coded.is_empty() || coded == "identity", "{accepted}: {coded}");
            match accepted {
                "br" => assert_eq!(coded, "br"),
                "gzip" => assert_eq!(coded, "gzip"),
                "identity" | "" => assert!(plain),
                _ => assert!(!plain, "{coded}"),
            }
        }
    }

    async fn programs_without_a_token_read_what_is_kept_and_never_what_was_before(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let (anybody, post) = (world.server.api(), api.submit("idea", "general", "Bring back the paper bill", "On paper.").await);
        for n in 1..=15 {
            let (list, one) = ("/api/v1/posts?sort=new", format!("/api/v1/posts/{post}"));
            anybody.get(list).await.is(200);
            let new = api.submit("wish", "general", &format!("Matter number {n}"), "It matters.").await;
            for _ in 0..2 {
                assert_eq!(anybody.get(list).await.is(200).items()[0]["id"], new);
            }
            let stance = json!({ "stance": "support" });
            let vote = api.request(if n % 2 == 1 { Method::PUT } else { Method::DELETE }, &format!("{one}/vote")).json(&stance);
            assert_eq!(vote.send().await.expect("an answer").status().as_u16(), 200);
            for _ in 0..2 {
                let read = anybody.get(&one).await.is(200);
                assert_eq!((read.number("support_count"), &read.json["my_vote"]), (n % 2, &Value::Null));
                assert_eq!(api.get(&one).await.is(200).json["my_vote"].is_null(), n % 2 == 0, "a token gets its own");
            }
        }
        // whoever has it already is told so, whether it was kept or not
        for _ in 0..2 {
            let tag = anybody.get("/api/v1/boards").await.is(200).header("etag");
            let again = anybody.request(Method::GET, "/api/v1/boards").header("if-none-match", &tag).send().await.expect("an answer");
            assert_eq!((again.status().as_u16(), again.headers()["etag"].to_str().ok()), (304, Some(tag.as_str())));
            assert_eq!(again.bytes().await.expect("a body").len(), 0);
            let other = anybody.request(Method::GET, "/api/v1/boards").header("if-none-match", "W/\"0\"").send().await;
            assert_eq!(other.expect("an answer").status().as_u16(), 200);
        }
    }

    async fn a_visitor_never_sees_what_was_before_a_write(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let (visitor, mo) = (world.server.visitor(), world.server.signed_in(&member).await);
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let path = world.path_of(post).await;
        for n in 1..=15 {
            visitor.get("/?sort=new").await.is(200);
            let title = format!("Matter number {n}");
            api.submit("wish", "general", &title, "It matters.").await;
            visitor.get("/?sort=new").await.is(200).must_show(&title);
            visitor.get(&path).await.is(200);
            let comment = format!("Remark number {n}");
            mo.post(&format!("/p/{post}/comments"), &[("body", &comment)]).await.sees_other("/p/");
            visitor.get(&path).await.is(200).must_show(&comment);
            visitor.get(&path).await.is(200);
            let stance = if n % 2 == 1 { "support" } else { "withdraw" };
            mo.post(&format!("/p/{post}/vote"), &[("stance", stance)]).await.sees_other("/p/");
            visitor.get(&path).await.is(200).must_show(&format!("<b>{}</b>", n % 2));
        }
        // what another process wrote is seen within a moment
        visitor.get("/").await.is(200);
        let polis = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/polis");
        world.server.run(&["import", "polis", polis], "");
        tokio::time::sleep(Duration::from_millis(1500)).await;
        visitor.get("/?q=plane+trees").await.is(200).must_show("<mark>Plane</mark> <mark>trees</mark>");
        visitor.get("/?sort=new").await.is(200).must_show("what should the square become?");
    }
}
