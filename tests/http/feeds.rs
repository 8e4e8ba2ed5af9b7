//! What programs follow: feeds, calendars and the map of the site, for nobody in particular.

use serde_json::json;
use tests::{answerable::Page, serving};

use crate::world::{World, soon};

/// A document of XML: that it is one, and how often an element stands in it.
fn count(document: &str, element: &str) -> usize {
    document.matches(&format!("<{element}>")).count()
}

fn is_atom(feed: &Page) {
    assert!(feed.header("content-type").starts_with("application/atom+xml"), "{}", feed.header("content-type"));
    assert!(feed.body.contains("xmlns=\"http://www.w3.org/2005/Atom\""), "{}", feed.body);
}

serving! {
    async fn feeds_tell_of_posts_answers_and_promises(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let draft = json!({ "kind": "idea", "board": "general", "title": "Quiet <nights> & days", "body": "It **wakes** the cat.", "tags": ["sound"] });
        let post = mo.post("/api/v1/posts", &draft).await.is(201).number("id");
        mo.submit("complaint", "general", "The bill is wrong", "Twice.").await;
        let answer = json!({ "status": "planned", "what": "We turn it *down*.", "who": "Team Sound", "next_update_on": soon() });
        let answer = femke.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201).number("id");
        mo.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Thanks a lot." })).await.is(201);
        let promise = json!({ "what": "A quiet tone", "due_on": soon() });
        let promise = femke.post(&format!("/api/v1/posts/{post}/promises"), &promise).await.is(201).number("id");
        let visitor = world.server.visitor();
        let path = world.path_of(post).await;

        let feed = visitor.get("/feeds/posts.atom").await.is(200);
        is_atom(&feed);
        assert_eq!(count(&feed.body, "entry"), 2);
        assert!(feed.body.contains("Quiet &lt;nights&gt; &amp; days"), "{}", feed.body);
        assert!(feed.body.contains(&format!("<id>{}</id>", world.server.url(&path))));
        let feed = visitor.get("/feeds/posts.atom?tag=sound").await.is(200);
        assert!(count(&feed.body, "entry") == 1 && feed.body.contains("Quiet"), "{}", feed.body);
        assert_eq!(count(&visitor.get("/feeds/posts.atom?board=general").await.is(200).body, "entry"), 2);

        for feed in ["/feeds/answers.atom", "/feeds/answers.atom?board=general"] {
            let feed = visitor.get(feed).await.is(200);
            is_atom(&feed);
            for part in ["Planned: Quiet", "&lt;em&gt;down&lt;/em&gt;", "Team Sound", &format!("{path}#answer-{answer}")] {
                assert!(feed.body.contains(part), "{part} is not in {}", feed.body);
            }
        }
        let feed = visitor.get(&format!("/feeds/post-{post}.atom")).await.is(200);
        is_atom(&feed);
        assert_eq!(count(&feed.body, "entry"), 3, "the text, the answer and the comment");
        for part in ["&lt;strong&gt;wakes&lt;/strong&gt;", "Thanks a lot.", "Mo on “Quiet", "#comment-"] {
            assert!(feed.body.contains(part), "{part} is not in {}", feed.body);
        }
        assert!(!feed.body.contains("The bill is wrong"));

        let feed = visitor.get("/feeds/promises.atom").await.is(200);
        is_atom(&feed);
        assert!(feed.body.contains("A quiet tone") && feed.body.contains("Open, due on") && feed.body.contains(&format!("/promises/{promise}</id>")));
        let calendar = visitor.get("/feeds/promises.ics").await.is(200);
        assert!(calendar.header("content-type").starts_with("text/calendar"));
        let day = soon().replace('-', "");
        for part in ["BEGIN:VEVENT", "SUMMARY:A quiet tone", &format!("DTSTART;VALUE=DATE:{day}")] {
            assert!(calendar.body.contains(part), "{part} is not in {}", calendar.body);
        }
        femke.post(&format!("/api/v1/promises/{promise}/keep"), &json!({})).await.is(200);
        assert!(!visitor.get("/feeds/promises.ics").await.is(200).body.contains("VEVENT"), "what was kept is due no more");
        assert!(visitor.get("/feeds/promises.atom").await.is(200).body.contains("Kept on"));

        let dutch = world.server.visitor().with("accept-language", "nl");
        assert!(dutch.get("/feeds/answers.atom").await.is(200).body.contains("Gepland: Quiet"));
        dutch.get("/feeds").await.is(200).must_show("Feeds en agenda’s");
        let page = visitor.get("/feeds").await.is(200);
        page.must_show("Calendar of promises");
        assert!(page.has("a[href='/feeds/posts.atom?board=general']"));
        for (page, feed) in [
            ("/".to_owned(), "/feeds/posts.atom".to_owned()),
            ("/?board=general".to_owned(), "/feeds/posts.atom?board=general".to_owned()),
            (path, format!("/feeds/post-{post}.atom")),
            ("/promises".to_owned(), "/feeds/promises.atom".to_owned()),
            ("/record".to_owned(), "/feeds/record.atom".to_owned()),
        ] {
            let page = visitor.get(&page).await.is(200);
            assert_eq!(page.attribute("link[type='application/atom+xml']", "href"), Some(feed));
        }
        for missing in ["posts.atom?board=nowhere", "posts.atom?tag=nothing", "answers.atom?board=nowhere", "answers.atom?tag=sound",
            "promises.ics?board=nowhere", "post-99.atom", "post-x.atom", "post-1", "1.atom"]
        {
            visitor.get(&format!("/feeds/{missing}")).await.is(404);
        }
    }

    async fn feeds_and_maps_have_nothing_that_a_visitor_may_not_see(server: Answerable) {
        let world = World::open(server).await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let board = json!({ "slug": "pilot", "name": "Pilot", "private": true });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let secret = femke.submit("idea", "pilot", "Zeppelins for all", "They hover.").await;
        let answer = json!({ "status": "planned", "what": "Hangars first.", "who": "Team Zeppelin", "next_update_on": soon() });
        femke.post(&format!("/api/v1/posts/{secret}/answers"), &answer).await.is(201);
        femke.post(&format!("/api/v1/posts/{secret}/promises"), &json!({ "what": "A hangar", "due_on": soon() })).await.is(201);
        let hidden = femke.submit("idea", "general", "Rude words", "Very rude.").await;
        let act = json!({ "target_type": "post", "target_id": hidden, "act": "hide", "rule": 1, "reason": "It insults people." });
        femke.post("/api/v1/moderation", &act).await.is(201);
        let open = femke.submit("idea", "general", "A bench", "In the shop.").await;

        // a browser that is signed in gets no more: what it reads may be kept by a program
        let staff = world.server.signed_in(&world.admin).await;
        for reader in [&world.server.visitor(), &staff] {
            for path in ["posts.atom", "answers.atom", "promises.atom", "promises.ics"] {
                let feed = reader.get(&format!("/feeds/{path}")).await.is(200);
                for word in ["Zeppelin", "angar", "Rude", "rude"] {
                    assert!(!feed.body.contains(word), "{word} is in {path}: {}", feed.body);
                }
            }
            for post in [secret, hidden] {
                reader.get(&format!("/feeds/post-{post}.atom")).await.is(404);
            }
            reader.get("/feeds/posts.atom?board=pilot").await.is(404);
            let index = reader.get("/sitemap.xml").await.is(200);
            assert!(index.header("content-type").starts_with("application/xml"));
            assert_eq!(count(&index.body, "sitemap"), 2, "{}", index.body);
            assert!(index.body.contains(&world.server.url("/sitemaps/0.xml")));
            let map = reader.get("/sitemaps/0.xml").await.is(200);
            assert_eq!(count(&map.body, "url"), 1, "{}", map.body);
            assert!(map.body.contains(&format!("/p/{open}/a-bench</loc><lastmod>")), "{}", map.body);
            assert!(reader.get("/sitemaps/pages.xml").await.is(200).body.contains(&world.server.url("/roadmap")));
            for missing in ["1.xml", "-1.xml", "x.xml", "0", "9223372036854775807.xml"] {
                reader.get(&format!("/sitemaps/{missing}")).await.is(404);
            }
            let robots = reader.get("/robots.txt").await.is(200);
            assert!(robots.body.contains(&format!("Sitemap: {}", world.server.url("/sitemap.xml"))) && robots.body.contains("Disallow: /receipt/"));
        }
        // every page on the map is there
        let visitor = world.server.visitor();
        let pages = visitor.get("/sitemaps/pages.xml").await.is(200).body;
        for address in pages.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>")).map(|(address, _)| address) {
            visitor.get(address.strip_prefix(world.server.address()).expect("an address of ours")).await.is(200);
        }
    }
}
