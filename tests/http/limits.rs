//! How often something may be done. The rules themselves are tested in `forum`; here, what a browser and a program hear of them.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PASSWORD, serve},
};

use crate::world::World;

async fn guessing_is_slowed_down(server: Answerable) {
    let world = World::open(server).await;
    let member = world.server.person("Mo", "member").await;
    let visitor = world.server.visitor();
    let mut refused = None;
    for _ in 0..15 {
        let page = visitor.post("/sign-in", &[("email", &member.email), ("password", "not this one")]).await;
        if page.status == 429 {
            refused = Some(page);
            break;
        }
        let _ = page.is(422);
    }
    let page = refused.expect("a limit on guesses");
    let wait: u64 = page.header("retry-after").parse().expect("seconds");
    assert!((1..=120).contains(&wait), "{wait}");
    page.must_show("Too many wrong passwords").must_show("ask for a new password");
    assert_eq!(page.field("email").as_deref(), Some(member.email.as_str()), "what was typed is kept");
    assert_eq!(page.language().as_deref(), Some("en"));
    // the right password has to wait as well, or the answer would tell that it is the right one
    let page =
        visitor.with("accept-language", "nl").post("/sign-in", &[("email", &member.email), ("password", PASSWORD)]).await.is(429);
    assert_eq!(page.language().as_deref(), Some("nl"));
    assert!(page.header("set-cookie").is_empty());

    let body = json!({ "email": member.email, "password": PASSWORD });
    let answer = world.server.api().post("/api/v1/tokens", &body).await.is_problem(429, &[]);
    assert!(answer.header("retry-after").parse::<u64>().is_ok());
    // others are not kept out by somebody's guesses
    world.server.signed_in(&world.admin).await;
}

#[test]
fn guessing_is_slowed_down_on_sqlite() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], guessing_is_slowed_down);
}

#[test]
fn guessing_is_slowed_down_on_postgres() {
    serve(Backend::Postgres, &[("ANSWERABLE_RATE_LIMITS", "on")], guessing_is_slowed_down);
}

#[test]
fn a_network_of_ipv6_counts_as_one() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], async |server| {
        let tries = async |addresses: &str| {
            let mut refused = 0;
            for n in 0..60 {
                let from = addresses.replace('N', &format!("{n:x}"));
                let email = format!("{n}@example.com");
                let form = [("email", email.as_str()), ("password", "a guess")];
                let page = server.visitor().with("x-forwarded-for", &from).post("/sign-in", &form).await;
                assert!(matches!(page.status, 422 | 429), "{}", page.status);
                refused += usize::from(page.status == 429);
            }
            refused
        };
        let refused = tries("2001:db8:1:2:N::7").await;
        assert!((30..60).contains(&refused), "{refused} of 60 tries from one network were refused");
        assert_eq!(tries("2001:db8:2:N::7").await, 0, "other networks are not kept out");
        let refused = tries("::ffff:203.0.113.9").await;
        assert!((30..60).contains(&refused), "{refused} of 60 tries from one address were refused");
    });
}

#[test]
fn only_proxies_that_are_trusted_say_for_whom_they_ask() {
    // how many of 25 guesses are refused, each as if it came from somewhere else
    let tries = async |server: &Answerable, header: &str| {
        let mut refused = 0;
        for n in 0..25 {
            let (from, email) = (header.replace('N', &n.to_string()), format!("{n}@example.com"));
            let form = [("email", email.as_str()), ("password", "a guess")];
            let page = server.visitor().with("x-forwarded-for", &from).post("/sign-in", &form).await;
            refused += usize::from(page.status == 429);
        }
        refused
    };
    let on = ("ANSWERABLE_RATE_LIMITS", "on");
    serve(Backend::Sqlite, &[on], async |server| {
        assert_eq!(tries(&server, "203.0.113.N").await, 0, "as the proxy on this machine says");
        assert!(tries(&server, "203.0.113.N, 198.51.100.9").await > 0, "what the client says itself is not believed");
        assert!(tries(&server, "203.0.113.N, somebody").await > 0, "nor what stands left of what can't be read");
    });
    serve(Backend::Sqlite, &[on, ("ANSWERABLE_TRUSTED_PROXIES", "127.0.0.1, 198.51.100.0/24")], async |server| {
        assert_eq!(tries(&server, "203.0.113.N, 198.51.100.9").await, 0, "a proxy behind a proxy");
    });
    serve(Backend::Sqlite, &[on, ("ANSWERABLE_TRUSTED_PROXIES", "198.51.100.0/24")], async |server| {
        assert!(tries(&server, "203.0.113.N").await > 0, "this machine is not trusted here");
    });
}

#[test]
fn sign_up_and_forgotten_passwords_are_limited_by_where_they_come_from() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], async |server| {
        for (path, others) in [("/reset", "198.51.100.1"), ("/sign-up", "198.51.100.2")] {
            let visitor = server.visitor();
            let statuses = async |from: &str| {
                let visitor = visitor.with("x-forwarded-for", from);
                let mut statuses = Vec::new();
                for n in 0..12 {
                    let email = format!("{}-{n}@example.com", from.replace('.', "-"));
                    // a name is missing, so that nobody has to hash a password
                    statuses.push(visitor.post(path, &[("email", &email), ("password", PASSWORD)]).await.status);
                }
                statuses
            };
            let found = statuses("203.0.113.9").await;
            assert!(found.contains(&429), "{path}: {found:?}");
            assert_ne!(found[0], 429, "{path}: {found:?}");
            let page = visitor.with("x-forwarded-for", others).post(path, &[("email", "somebody@example.com")]).await;
            assert_ne!(page.status, 429, "{path} is closed to others too");
        }
    });
}

#[test]
fn what_costs_more_than_a_page_is_limited_by_where_it_comes_from() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], async |server| {
        let visitor = server.visitor();
        for (from, path) in [
            ("203.0.113.1", "/?q=router"),
            ("203.0.113.2", "/api/v1/posts?q=router"),
            ("203.0.113.3", "/new/similar?title=router"),
            ("203.0.113.4", "/api/v1/posts/similar?title=router"),
            ("203.0.113.5", "/preview"),
        ] {
            let somebody = visitor.with("x-forwarded-for", from);
            let mut refused = None;
            // somebody who types, and then more than anybody types
            for n in 0..300 {
                let page = if path == "/preview" {
                    somebody.post(path, &[("body", "*Router*")]).await
                } else {
                    // what is kept costs nothing
                    somebody.get(&format!("{path}{n}")).await
                };
                if page.status == 429 {
                    refused = Some((n, page));
                    break;
                }
                let _ = page.is(200);
            }
            let (n, page) = refused.unwrap_or_else(|| panic!("no limit on {path}"));
            assert!(n >= 100, "{path} is refused after {n}");
            assert!(page.header("retry-after").parse::<u64>().is_ok_and(|wait| wait < 10), "{path}");
            let other = visitor.with("x-forwarded-for", "198.51.100.7").get("/?q=router").await;
            assert_ne!(other.status, 429, "{path} is closed to others too");
        }
    });
}

async fn the_first_day_has_an_end(server: Answerable) {
    let world = World::open(server).await;
    let (member, api) = world.somebody("Sanne", "member").await;
    let body = |title: &str| json!({ "kind": "idea", "title": title, "body": "More of it.", "board": "general", "tags": [] });
    for title in ["A slot for letters", "Quieter routers, please", "Paint the boxes green"] {
        let _ = api.post("/api/v1/posts", &body(title)).await.is(201);
    }
    let answer = api.post("/api/v1/posts", &body("Too many on one day")).await.is_problem(429, &[]);
    let wait: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((80_000..=86_401).contains(&wait), "{wait}");

    let visitor = world.server.signed_in(&member).await;
    let typed = [
        ("kind", "idea"),
        ("title", "Too many on one day"),
        ("body", "All that I had to say."),
        ("board", "general"),
        ("anyway", "1"),
    ];
    let page = visitor.post("/new", &typed).await.is(429);
    page.must_show("Your text is still here");
    assert_eq!(page.field("title").as_deref(), Some("Too many on one day"));
    assert_eq!(page.field("body").as_deref(), Some("All that I had to say."));
    assert!(page.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 80_000));
    page.must_not_show("seconds");
    let dutch = visitor.with("accept-language", "nl").post("/new", &typed).await.is(429);
    dutch.must_show("Je tekst staat er nog");

    let post = world.admin_api.post("/api/v1/posts", &body("Room for comments")).await.is(201).number("id");
    for n in 0..10 {
        let _ = api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": format!("Comment {n}") })).await.is(201);
    }
    let page = visitor.post(&format!("/p/{post}/comments"), &[("body", "The eleventh of them.")]).await.is(429);
    page.must_show("Your text is still here").must_show("The eleventh of them.");
}

#[test]
fn on_sqlite_the_first_day_has_an_end() {
    serve(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], the_first_day_has_an_end);
}

#[test]
fn on_postgres_the_first_day_has_an_end() {
    serve(Backend::Postgres, &[("ANSWERABLE_RATE_LIMITS", "on")], the_first_day_has_an_end);
}
