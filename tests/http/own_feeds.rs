//! Feeds of one's own: at a secret address, for whoever has it, and for nobody once it was stopped.

use serde_json::json;
use tests::serving;

use crate::world::{World, soon};

serving! {
    async fn a_secret_address_reads_what_is_ones_own(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, sanne_api) = world.somebody("Sanne", "member").await;
        let (femke, femke_api) = world.somebody("Femke", "agent").await;
        let (_, ruth_api) = world.somebody("Ruth", "lead").await;
        let post = sanne_api.submit("idea", "general", "A quieter tone at night", "It wakes the cat.").await;
        let answer = json!({ "status": "started", "what": "We **look**.", "who": "Network", "next_update_on": soon() });
        femke_api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let due = json!({ "what": "It is quiet from May on.", "due_on": soon(), "remedy": "A month free" });
        ruth_api.post(&format!("/api/v1/posts/{post}/promises"), &due).await.is(201);

        // by the button
        let browser = world.server.signed_in(&sanne).await;
        assert!(!browser.get("/me/notices").await.is(200).has("a.feed"));
        browser.post("/me/feeds", &[("do", "make")]).await.sees_other("/me/notices?done=saved#feeds");
        let page = browser.get("/me/notices").await.is(200);
        let paths = page.attributes("a.feed", "href");
        assert_eq!(paths.len(), 2, "a member has no team");
        let program = world.server.visitor();
        let feed = program.get(&paths[0]).await.is(200);
        assert!(feed.header("content-type").starts_with("application/atom+xml"), "{}", feed.body);
        assert!(feed.body.contains("A quieter tone at night") && feed.body.contains("&lt;strong&gt;look"), "{}", feed.body);
        assert_eq!((feed.header("cache-control"), feed.header("referrer-policy"), feed.header("x-robots-tag")), ("no-store".to_owned(), "no-referrer".to_owned(), "noindex".to_owned()));
        let known = program.with("if-none-match", &feed.header("etag"));
        assert_eq!(known.get(&paths[0]).await.is(304).body, "");
        let calendar = program.get(&paths[1]).await.is(200);
        assert!(calendar.header("content-type").starts_with("text/calendar"));
        for line in ["SUMMARY:It is quiet from May on.", "SUMMARY:Next update: A quieter tone at night"] {
            assert!(calendar.body.contains(line), "{line} is not in {}", calendar.body);
        }
        let last = paths[0].rsplit('/').nth(1).expect("a secret");
        program.get(&format!("/feeds/mine/{last}/team.ics")).await.is(404);
        program.get(&format!("/feeds/mine/{last}/other.ics")).await.is(404);
        let other = if last.ends_with('0') { '1' } else { '0' };
        program.get(&format!("/feeds/mine/{}{other}/notices.atom", &last[..last.len() - 1])).await.is(404);
        program.get("/feeds/mine/x/notices.atom").await.is(404);

        // another one stops it, and so does stopping
        browser.post("/me/feeds", &[("do", "make")]).await.sees_other("/me/notices");
        let anew = browser.get("/me/notices").await.is(200).attributes("a.feed", "href");
        assert_ne!(anew, paths);
        program.get(&paths[0]).await.is(404);
        program.get(&anew[0]).await.is(200);
        browser.post("/me/feeds", &[("do", "stop")]).await.sees_other("/me/notices");
        program.get(&anew[0]).await.is(404);
        world.server.visitor().post("/me/feeds", &[("do", "make")]).await.sees_other("/sign-in");

        // through the API, and of a team
        let here = "/api/v1/me/feeds";
        assert_eq!(femke_api.get(here).await.is(200).json["created_at"], json!(null));
        let made = femke_api.post(here, &json!({})).await.is(201);
        let path_in = |address: String| address[address.find("/feeds/").expect("a path")..].to_owned();
        let path = |name: &str| path_in(made.text(name));
        assert!(femke_api.get(here).await.is(200).json["expires_at"].is_string());
        program.get(&path("notices")).await.is(200);
        assert!(program.get(&path("team")).await.is(200).body.contains("A quieter tone at night"));
        world.admin_api.patch(&format!("/api/v1/people/{}", femke.id), &json!({ "role": "member" })).await.is(200);
        for name in ["notices", "due", "team"] {
            program.get(&path(name)).await.is(404);
        }
        let made = sanne_api.post(here, &json!({})).await.is(201);
        assert_eq!(made.json["team"], json!(null));
        sanne_api.delete(here).await.is(204);
        sanne_api.delete(here).await.is(204);
        program.get(&path_in(made.text("due"))).await.is(404);
        world.server.api().get(here).await.is(401);

        // and what is for everybody
        let calendar = program.get("/feeds/deadlines.ics").await.is(200);
        assert!(calendar.body.contains("SUMMARY:Next update: A quieter tone at night"), "{}", calendar.body);
        assert!(!program.get("/feeds/deadlines.ics?board=general").await.is(200).body.is_empty());
        program.get("/feeds/deadlines.ics?board=nowhere").await.is(404);
        program.get("/feeds").await.is(200).must_show("Feeds of your own");
        assert!(program.get("/robots.txt").await.is(200).body.contains("Disallow: /feeds/mine/"));
    }
}
