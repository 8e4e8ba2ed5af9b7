//! Other sites can't act in the name of who is signed in here.

use reqwest::Method;
use serde_json::json;
use tests::serving;

use crate::world::World;

serving! {
    async fn a_form_of_another_site_changes_nothing(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let mo = world.server.signed_in(&member).await;
        let bare = mo.with("sec-fetch-site", "");
        let (vote, comments) = (format!("/p/{post}/vote"), format!("/p/{post}/comments"));
        let attackers = [
            mo.with("sec-fetch-site", "cross-site"),
            mo.with("sec-fetch-site", "same-site"),
            bare.with("origin", "https://evil.example"),
            bare.with("origin", "null"),
            mo.with("sec-fetch-site", "cross-site").with("origin", "https://evil.example"),
        ];
        for attacker in attackers {
            let forms: [(&str, &[(&str, &str)]); 6] = [
                (&vote, &[("stance", "support")]),
                (&comments, &[("body", "Buy my pills")]),
                ("/new", &[("kind", "idea"), ("title", "Buy my pills"), ("body", "Now"), ("board", "general"), ("anyway", "1")]),
                ("/me/settings", &[("name", "Mallory"), ("language", "nl")]),
                ("/me/sessions/end-all", &[]),
                ("/sign-out", &[]),
            ];
            for (path, fields) in forms {
                let page = attacker.post(path, fields).await.is(403);
                assert!(page.header("set-cookie").is_empty(), "{}", page.asked);
            }
        }
        let post = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
        assert_eq!((post.number("support_count"), post.number("comment_count")), (0, 0));
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 1);
        assert_eq!(api.get("/api/v1/me").await.text("name"), "Mo");
        let page = mo.get("/me").await.is(200);
        page.must_show("Mo");
    }

    async fn the_refusal_is_a_page_that_helps(server: Answerable) {
        let page =
            server.visitor().with("sec-fetch-site", "cross-site").with("accept-language", "nl").post("/sign-in", &[]).await.is(403);
        assert_eq!(page.language().as_deref(), Some("nl"));
        page.must_show("Dit verzoek kwam van een andere site").must_show(&page.header("x-request-id"));
    }

    async fn our_own_forms_and_programs_without_a_browser_pass(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let mo = world.server.signed_in(&member).await;
        let vote = format!("/p/{post}/vote");
        let origin = world.server.address().to_owned();
        for (n, allowed) in [
            mo.with("sec-fetch-site", "same-origin"),
            // typed into the address bar, or from a bookmark
            mo.with("sec-fetch-site", "none"),
            mo.with("sec-fetch-site", "").with("origin", &origin),
            mo.with("sec-fetch-site", ""),
        ]
        .into_iter()
        .enumerate()
        {
            let stance = if n % 2 == 0 { "support" } else { "withdraw" };
            allowed.post(&vote, &[("stance", stance)]).await.sees_other(&format!("/p/{post}"));
            let count = api.get(&format!("/api/v1/posts/{post}")).await.number("support_count");
            assert_eq!(count, i64::from(n % 2 == 0));
        }
        // a link on another site leads here all the same
        mo.with("sec-fetch-site", "cross-site").get("/").await.is(200).must_show("Bring back the paper bill");
    }

    async fn a_program_on_another_site_acts_with_its_token_and_never_with_a_cookie(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let vote = format!("/api/v1/posts/{post}/vote");
        let from = [("origin", "https://app.example"), ("sec-fetch-site", "cross-site")];
        let answer = api.send(Method::PUT, &vote, Some(&json!({ "stance": "support" })), &from).await.is(200);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let asked = api.request(Method::OPTIONS, &vote).header("origin", "https://app.example");
        let asked = asked.header("access-control-request-method", "PUT").send().await.expect("an answer");
        assert!(asked.status().is_success());
        assert!(asked.headers()["access-control-allow-methods"].to_str().is_ok_and(|methods| methods.contains("PUT")));

        // the cookie of a browser opens no door of the API
        let mo = world.server.signed_in(&member).await;
        mo.get("/api/v1/me").await.is(401);
        mo.send(Method::DELETE, &vote, None).await.is(401);
        assert_eq!(api.get(&format!("/api/v1/posts/{post}")).await.number("support_count"), 1);
    }
}
