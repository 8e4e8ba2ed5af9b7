//! In which language, in which colours, and under which address.

use tests::serving;

use crate::world::World;

serving! {
    async fn the_language_is_the_accounts_then_the_cookies_then_the_browsers(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        for (accepted, language) in [
            ("nl", "nl"),
            ("nl-BE,nl;q=0.9,en;q=0.5", "nl"),
            ("en-GB", "en"),
            ("nl;q=0.2, en;q=0.8", "en"),
            ("de, fr;q=0.9, nl;q=0.1", "nl"),
            ("de", "en"),
            ("nl;q=0", "en"),
            ("*", "en"),
            ("", "en"),
        ] {
            let page = visitor.with("accept-language", accepted).get("/").await.is(200);
            assert_eq!(page.language().as_deref(), Some(language), "{accepted}");
        }

        // the cookie: for visitors, of the choice that they made here
        let reader = world.server.visitor();
        let to = reader.post("/preferences", &[("language", "nl"), ("back", "/rules?x=1")]).await.sees_other("/");
        assert_eq!(to, "/rules?x=1");
        assert_eq!(reader.get("/").await.language().as_deref(), Some("nl"));
        assert_eq!(reader.with("accept-language", "en").get("/").await.language().as_deref(), Some("nl"));

        // the account: over the cookie
        let member = world.server.person("Mo", "member").await;
        let mo = world.server.signed_in(&member).await;
        mo.post("/me/settings", &[("name", "Mo"), ("language", "nl")]).await.sees_other("/me/settings");
        let elsewhere = world.server.signed_in(&member).await;
        assert_eq!(elsewhere.with("accept-language", "en").get("/").await.language().as_deref(), Some("nl"));
        elsewhere.post("/preferences", &[("language", "en"), ("back", "/")]).await.sees_other("/");
        assert_eq!(mo.get("/").await.language().as_deref(), Some("en"), "the choice is the account's");
    }

    async fn the_way_back_never_leads_to_another_site(server: Answerable) {
        let visitor = server.visitor();
        for back in [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "",
            "/\r\nset-cookie: a=b",
        ] {
            let to = visitor.post("/preferences", &[("theme", "dark"), ("back", back)]).await.sees_other("/");
            assert_eq!(to, "/", "{back:?}");
        }
    }

    async fn the_colours_are_a_cookie(server: Answerable) {
        let visitor = server.visitor();
        let theme = async || visitor.get("/").await.is(200).attribute("html", "data-theme");
        assert_eq!(theme().await, None);
        for (wanted, shown) in [("dark", Some("dark")), ("light", Some("light")), ("system", None), ("purple", None)] {
            visitor.post("/preferences", &[("theme", wanted), ("back", "/")]).await.sees_other("/");
            assert_eq!(theme().await.as_deref(), shown, "{wanted}");
        }
        // kept on the way: the language does not change
        assert_eq!(visitor.get("/").await.language().as_deref(), Some("en"));
    }

    async fn a_post_has_one_address(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "Één factuur voor twee adressen", "Wij betalen dubbel.").await;
        let path = world.path_of(post).await;
        assert_eq!(path, format!("/p/{post}/een-factuur-voor-twee-adressen"));
        let visitor = world.server.visitor();
        for (asked, to) in [
            (format!("/p/{post}"), path.clone()),
            (format!("/p/{post}/wrong"), path.clone()),
            (format!("/p/{post}/wrong?reasons=all"), format!("{path}?reasons=all")),
        ] {
            let page = visitor.get(&asked).await.is(308);
            assert_eq!(page.header("location"), to, "{asked}");
        }
        let page = visitor.get(&path).await.is(200);
        page.must_show(&format!("<link rel=\"canonical\" href=\"{}\">", world.server.url(&path)));
        page.must_show("<title>Één factuur voor twee adressen · ");
        assert!(page.has("script[type=\"application/ld+json\"]"));
        assert!(page.has("meta[property=\"og:title\"][content*=\"Één factuur\"]"));
    }
}
