//! What is shown beside a link to the forum elsewhere: a picture of what a visitor may read, and of nothing else.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::collections::HashSet;

use image::{DynamicImage, GenericImageView as _};
use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, Page, serve},
    serving,
};

use crate::world::World;

/// The address of the picture of a page, as a path.
fn picture_of(server: &Answerable, page: &Page) -> Option<String> {
    let address = page.attribute("meta[property='og:image']", "content")?;
    Some(address.strip_prefix(server.address()).expect("an address of ours").to_owned())
}

/// What is served there, as a browser decodes it.
async fn decoded(server: &Answerable, path: &str) -> DynamicImage {
    let answer = server.api().request(reqwest::Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "image/png");
    let content = answer.bytes().await.unwrap();
    assert!((5_000..120_000).contains(&content.len()), "{path} has {} bytes", content.len());
    let picture = image::load_from_memory(&content).unwrap();
    assert_eq!(picture.dimensions(), (1200, 630));
    let colours: HashSet<_> = picture.pixels().map(|(_, _, colour)| colour.0).collect();
    assert!(colours.len() > 8, "{path} shows next to nothing");
    picture
}

/// The columns in which something dark is drawn where the title stands: the first and the last.
fn title(picture: &DynamicImage) -> Option<(u32, u32)> {
    let dark = |x: u32| (212..480).any(|y| picture.get_pixel(x, y).0[..3].iter().all(|part| *part < 90));
    let columns: Vec<u32> = (0..1200).filter(|x| dark(*x)).collect();
    Some((*columns.first()?, *columns.last()?))
}

serving! {
    async fn a_public_post_has_a_picture_of_what_it_says(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let (_, joost) = world.somebody("Joost", "member").await;
        let visitor = world.server.visitor();
        let post = sanne.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let path = world.path_of(post).await;
        let page = visitor.get(&path).await.is(200);
        let first = picture_of(&world.server, &page).unwrap();
        assert!(first.starts_with(&format!("/share/en/post/{post}/")), "{first}");
        let said = |name: &str| page.attribute(&format!("meta[property='og:image:{name}']"), "content").unwrap();
        assert_eq!((said("width").as_str(), said("height").as_str(), said("type").as_str()), ("1200", "630", "image/png"));
        let alt = said("alt");
        assert!(alt.contains("Bring back the paper bill") && alt.contains("Received") && alt.contains("0 supporters"), "{alt}");
        assert_eq!(page.attribute("meta[name='twitter:card']", "content").as_deref(), Some("summary_large_image"));
        let one = decoded(&world.server, &first).await;
        let (left, right) = title(&one).unwrap();
        assert!((70..100).contains(&left) && right < 1130, "{left} to {right}");

        // who has it keeps it, and who asks again is told that it is the same
        let whole = visitor.get(&first).await.is(200);
        assert_eq!(whole.header("cache-control"), "private, max-age=604800, immutable");
        assert_eq!(whole.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(visitor.with("if-none-match", &whole.header("etag")).get(&first).await.is(304).body, "");

        // it changes with what it shows
        joost.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        let voted = picture_of(&world.server, &visitor.get(&path).await.is(200)).unwrap();
        assert_ne!(voted, first);
        let two = decoded(&world.server, &voted).await;
        assert_ne!(one.as_bytes(), two.as_bytes());
        let retitled = json!({ "title": "Bring back the bill on paper" });
        sanne.patch(&format!("/api/v1/posts/{post}"), &retitled).await.is(200);
        let path = world.path_of(post).await;
        let renamed = picture_of(&world.server, &visitor.get(&path).await.is(200)).unwrap();
        let three = decoded(&world.server, &renamed).await;
        assert_ne!(two.as_bytes(), three.as_bytes());
        // under an address of before it is the present one, which nobody keeps
        let passed = visitor.get(&first).await.is(200);
        assert_eq!((passed.header("cache-control").as_str(), passed.header("etag")), ("no-cache", visitor.get(&renamed).await.header("etag")));

        // in the language of the page
        let dutch = visitor.with("accept-language", "nl").get(&path).await.is(200);
        let in_dutch = picture_of(&world.server, &dutch).unwrap();
        assert!(in_dutch.starts_with("/share/nl/post/"), "{in_dutch}");
        assert!(dutch.attribute("meta[property='og:image:alt']", "content").unwrap().contains("1 steunt dit"));
        assert_ne!(decoded(&world.server, &in_dutch).await.as_bytes(), three.as_bytes());
        for missing in ["/share/xx/post/1/a.png", "/share/en/post/x/a.png", "/share/en/post/999/a.png", "/share/en/post/1/a", "/share/en/me/a.png"] {
            visitor.get(missing).await.is(404);
        }
    }

    async fn the_site_has_a_picture_of_who_it_is(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        let mut seen = HashSet::new();
        for (path, name) in [("/", "site"), ("/roadmap", "roadmap"), ("/changelog", "changelog"), ("/rules", "site")] {
            let page = visitor.get(path).await.is(200);
            let picture = picture_of(&world.server, &page).unwrap();
            assert!(picture.starts_with(&format!("/share/en/{name}/")), "{picture}");
            let whole = visitor.get(&picture).await.is(200);
            assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
            seen.insert(decoded(&world.server, &picture).await.into_bytes());
        }
        assert_eq!(seen.len(), 3);
        // it is that of the site: its name, its words, its colour
        let before = picture_of(&world.server, &visitor.get("/").await).unwrap();
        for change in [json!({ "name": "Noordlicht" }), json!({ "about": { "en": "Light for the north." } }), json!({ "accent": "#7a1f5c" })] {
            world.admin_api.patch("/api/v1/site", &change).await.is(200);
            let after = picture_of(&world.server, &visitor.get("/").await).unwrap();
            assert!(!seen.contains(decoded(&world.server, &after).await.as_bytes()), "{change} shows nowhere");
            assert_eq!(visitor.get(&before).await.is(200).header("cache-control"), "no-cache");
        }
    }

    async fn any_title_can_be_drawn(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        let marks = "Za\u{335}\u{336}\u{337}lgo \u{202e}says".to_owned();
        for (text, runs) in [
            ("</text></svg><script>alert(1)</script> & \"more\" ]]> &#x0; %s".to_owned(), "from the left"),
            ("👩‍👩‍👧‍👦".repeat(17), "from the left"),
            ("\u{1F1F3}\u{1F1F1} bills ".repeat(12), "from the left"),
            ("我的网络每天晚上都断，这已经持续三个星期了".to_owned(), "from the left"),
            ("لا أستطيع الدفع ببطاقتي في المتجر الجديد منذ يوم الاثنين".to_owned(), "from the right"),
            ("החשבון שלי באתר לא נפתח כבר שבוע".to_owned(), "from the right"),
            (marks, "from the left"),
            ("W".repeat(120), "from the left"),
            ("ÅÄÖ Ελληνικά Кириллица मेरा ไทย".to_owned(), "from the left"),
        ] {
            let post = world.admin_api.submit("complaint", "general", &text, "Look.").await;
            let page = visitor.get(&world.path_of(post).await).await.is(200);
            let picture = decoded(&world.server, &picture_of(&world.server, &page).unwrap()).await;
            let (left, right) = title(&picture).unwrap_or_else(|| panic!("nothing is drawn of {text}"));
            assert!(left >= 74 && right <= 1126, "{text} runs out of the picture: {left} to {right}");
            assert_eq!(if left < 120 { "from the left" } else { "from the right" }, runs, "{text}: {left} to {right}");
        }
    }

    async fn many_who_ask_at_once_get_the_same(server: Answerable) {
        let world = World::open(server).await;
        let post = world.admin_api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let visitor = world.server.visitor();
        let path = picture_of(&world.server, &visitor.get(&world.path_of(post).await).await).unwrap();
        let asked: Vec<_> = (0..50)
            .map(|_| {
                let request = world.server.api().request(reqwest::Method::GET, &path);
                tokio::spawn(async move { request.send().await.unwrap().bytes().await.unwrap() })
            })
            .collect();
        let mut seen = HashSet::new();
        for answer in asked {
            seen.insert(answer.await.unwrap());
        }
        assert_eq!(seen.len(), 1);
    }

    async fn who_looks_for_pages_may_find_what_is_on_the_map(server: Answerable) {
        let world = World::open(server).await;
        let post = world.admin_api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let visitor = world.server.visitor();
        let robots = visitor.get("/robots.txt").await.is(200);
        let closed: Vec<String> = robots.body.lines().filter_map(|line| line.strip_prefix("Disallow: ").map(str::to_owned)).collect();
        let matches = |rule: &str, path: &str| {
            let mut parts = rule.split('*');
            let start = path.strip_prefix(parts.next().unwrap_or_default());
            start.is_some_and(|rest| parts.try_fold(rest, |rest, part| Some(rest.split_once(part)?.1)).is_some())
        };
        let is_closed = |path: &str| closed.iter().any(|rule| matches(rule, path));
        let mut found = vec![picture_of(&world.server, &visitor.get("/").await).unwrap()];
        found.push(picture_of(&world.server, &visitor.get(&world.path_of(post).await).await).unwrap());
        for map in ["pages", "0"] {
            let body = visitor.get(&format!("/sitemaps/{map}.xml")).await.is(200).body;
            let addresses = body.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
            found.extend(addresses.map(|(address, _)| address.strip_prefix(world.server.address()).unwrap().to_owned()));
        }
        for path in found {
            assert!(!is_closed(&path), "{path} is closed");
        }
        for path in ["/me", "/me/posts", "/new?title=x", "/?q=bill", "/?sort=new&q=bill", "/p/1/edit", "/p/1/versions", "/api/v1/posts"] {
            assert!(is_closed(path), "{path} is open");
        }
    }
}

async fn what_not_everybody_may_read_has_no_picture(server: Answerable) {
    let world = World::open(server).await;
    let (sanne, api) = world.somebody("Sanne", "member").await;
    let (_, femke) = world.somebody("Femke", "agent").await;
    world.admin_api.post("/api/v1/boards", &json!({ "slug": "pilot", "name": "Pilot", "private": true })).await.is(201);
    let secret = femke.submit("idea", "pilot", "Zeppelins for parcels", "Quietly.").await;
    let hidden = api.submit("idea", "general", "Rude words", "Very rude.").await;
    let act = json!({ "target_type": "post", "target_id": hidden, "act": "hide", "rule": 1, "reason": "It insults people." });
    femke.post("/api/v1/moderation", &act).await.is(201);
    let (new, stranger) = world.somebody("Nina", "member").await;
    let draft = json!({ "kind": "idea", "title": "Cheap pills", "body": "At https://pills.example/cheap.", "board": "general" });
    let held = stranger.post("/api/v1/posts", &draft).await.is(201);
    assert!(!held.text("held_since").is_empty());
    let held = held.number("id");
    let readers = [
        world.server.visitor(),
        world.server.signed_in(&world.admin).await,
        world.server.signed_in(&sanne).await,
        world.server.signed_in(&new).await,
    ];
    for reader in &readers {
        for post in [secret, hidden, held] {
            reader.get(&format!("/share/en/post/{post}/0123456789abcdef.png")).await.is(404);
            let page = reader.get(&world.path_of(post).await).await;
            assert!(!page.has("meta[property^='og:image']") && !page.has("meta[name='twitter:card']"), "{}", page.asked);
        }
    }
    for own in ["/me", "/admin", "/triage"] {
        assert!(!readers[1].get(own).await.is(200).has("meta[property='og:image']"), "{own}");
    }
}

/// As a forum is run: what somebody new writes with a link is looked at first.
const ON: (&str, &str) = ("ANSWERABLE_RATE_LIMITS", "on");

#[test]
fn what_not_everybody_may_read_has_no_picture_on_sqlite() {
    serve(Backend::Sqlite, &[ON], what_not_everybody_may_read_has_no_picture);
}

#[test]
fn what_not_everybody_may_read_has_no_picture_on_postgres() {
    serve(Backend::Postgres, &[ON], what_not_everybody_may_read_has_no_picture);
}
