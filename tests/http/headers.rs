//! What every response says about how it may be used.

use tests::{
    Backend,
    answerable::{PASSWORD, Page, serve},
    serving,
};

use crate::world::World;

/// One response of every sort that there is.
async fn of_every_sort(world: &World) -> Vec<Page> {
    let (member, api) = world.somebody("Mo", "member").await;
    let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
    let visitor = world.server.visitor();
    let mo = world.server.signed_in(&member).await;
    let home = visitor.get("/").await.is(200);
    let css = home.attribute("link[rel=stylesheet]", "href").expect("the address of a style sheet");
    let path = world.path_of(post).await;
    vec![
        home,
        visitor.get(&path).await.is(200),
        visitor.get(&format!("/p/{post}")).await.is(308),
        visitor.get("/me").await.is(303),
        visitor.get("/nothing").await.is(404),
        visitor.send(reqwest::Method::PUT, "/roadmap", None).await.is(405),
        visitor.post("/sign-up", &[]).await.is(422),
        visitor.with("sec-fetch-site", "cross-site").post("/sign-in", &[]).await.is(403),
        mo.get("/me").await.is(200),
        mo.get("/me/tokens").await.is(200),
        mo.get(&path).await.is(200),
        visitor.get(&css).await.is(200),
        visitor.get("/assets/nothing.css").await.is(404),
        visitor.get("/favicon.ico").await.is(200),
        visitor.get("/robots.txt").await.is(200),
        visitor.get("/healthz").await.is(200),
        visitor.get("/readyz").await.is(200),
        visitor.get("/api/docs").await.is(200),
        visitor.get("/api/openapi.json").await.is(200),
        visitor.get("/api/v1/posts").await.is(200),
        visitor.get("/api/v1/nothing").await.is(404),
        visitor.get("/api/v1/me").await.is(401),
    ]
}

fn directives(policy: &str) -> Vec<(&str, Vec<&str>)> {
    policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect()
}

serving! {
    async fn every_response_keeps_browsers_from_being_turned_against_the_reader(server: Answerable) {
        let world = World::open(server).await;
        for page in of_every_sort(&world).await {
            let asked = &page.asked;
            let policy = page.header("content-security-policy");
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{asked}: {policy}");
            for (name, wanted) in [
                ("default-src", "'none'"),
                ("frame-ancestors", "'none'"),
                ("base-uri", "'none'"),
                ("form-action", "'self'"),
                ("style-src", "'self'"),
                ("script-src", "'self'"),
            ] {
                let found = directives(&policy).into_iter().find(|(directive, _)| *directive == name);
                let found = found.unwrap_or_else(|| panic!("{asked} says nothing of {name}: {policy}"));
                assert!(found.1.contains(&wanted), "{asked}: {policy}");
            }
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{asked}");
            assert_eq!(page.header("x-frame-options"), "DENY", "{asked}");
            assert_eq!(page.header("referrer-policy"), "strict-origin-when-cross-origin", "{asked}");
            assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{asked}");
            assert!(!page.header("x-request-id").is_empty(), "{asked} has no number");
            // on http a browser would be kept from a site that it can only reach so
            assert_eq!(page.header("strict-transport-security"), "", "{asked}");
            assert_eq!(page.header("server"), "", "{asked}");
        }
    }

    async fn what_may_be_kept_is_said(server: Answerable) {
        let world = World::open(server).await;
        for page in of_every_sort(&world).await {
            let (asked, cache) = (page.asked.clone(), page.header("cache-control"));
            let kind = page.header("content-type");
            if asked.contains("/assets/") && page.status == 200 {
                assert_eq!(cache, "public, max-age=31536000, immutable", "{asked}");
                assert!(page.header("vary").contains("accept-encoding"), "{asked}");
            } else if kind.starts_with("text/html") {
                assert!(cache.contains("no-cache") || cache.contains("no-store"), "{asked}: {cache}");
                assert!(!cache.contains("public"), "{asked}: {cache}");
                let vary = page.headers.get_all("vary").iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(", ");
                assert!(vary.contains("cookie") && vary.contains("accept-language"), "{asked} varies by {vary}");
            } else if kind.contains("json") {
                assert!(cache.contains("no-cache") || cache.contains("no-store"), "{asked}: {cache}");
            }
        }
    }

    async fn what_is_somebodys_own_is_gone_after_signing_out(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        for path in [
            "/me", "/me/settings", "/me/nothing", "/draft", "/admin", "/triage", "/verify/0123", "/reset/0123", "/setup/0123",
            "/confirm/0123",
        ] {
            for page in [ada.get(path).await, world.server.visitor().get(path).await] {
                assert_eq!(page.header("cache-control"), "no-store", "{} {}", page.asked, page.status);
            }
        }
        for path in ["/", "/menu", "/reset"] {
            assert_eq!(ada.get(path).await.header("cache-control"), "private, no-cache", "{path}");
        }
        for path in ["/me/sessions/end-all", "/sign-out"] {
            let browser = world.server.signed_in(&world.admin).await;
            assert_eq!(browser.post(path, &[]).await.is(303).header("clear-site-data"), "\"cache\"", "{path}");
        }
    }

    async fn a_strangers_request_id_is_not_taken_over(server: Answerable) {
        let page = server.visitor().with("x-request-id", "mine").get("/").await.is(200);
        assert_ne!(page.header("x-request-id"), "mine");
    }
}

#[test]
fn with_a_public_https_address_cookies_and_browsers_are_bound_to_it() {
    serve(Backend::Sqlite, &[("ANSWERABLE_URL", "https://forum.example")], async |server| {
        let world = World::open(server).await;
        for page in of_every_sort_over_https(&world).await {
            assert_eq!(page.header("strict-transport-security"), "max-age=31536000", "{}", page.asked);
        }
        let visitor = world.server.visitor();
        let page = visitor.post("/sign-in", &[("email", &world.admin.email), ("password", PASSWORD)]).await.is(303);
        let cookie = page.cookie("__Host-session");
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        for part in ["HttpOnly", "Secure", "Path=/", "SameSite=Lax"] {
            assert!(cookie.split("; ").any(|p| p == part), "{part} is missing in {cookie}");
        }
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
        let cookie = visitor.post("/preferences", &[("theme", "dark"), ("back", "/")]).await.is(303).header("set-cookie");
        assert!(cookie.contains("Secure"), "{cookie}");
        // links lead to the public address, wherever the process listens
        let page = visitor.get("/").await.is(200);
        page.must_show("<link rel=\"canonical\" href=\"https://forum.example/\">");
    });
}

async fn of_every_sort_over_https(world: &World) -> Vec<Page> {
    let visitor = world.server.visitor();
    vec![
        visitor.get("/").await.is(200),
        visitor.get("/nothing").await.is(404),
        visitor.get("/me").await.is(303),
        visitor.get("/healthz").await.is(200),
        visitor.get("/api/v1/posts").await.is(200),
        visitor.get("/api/v1/nothing").await.is(404),
    ]
}
