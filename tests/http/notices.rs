//! What somebody was told: the bell, the list, and the same through the API.

use serde_json::{Value, json};
use tests::{answerable::PASSWORD, serving};

use crate::world::{World, soon};

/// The number at the bell, when there is one.
const NEW: &str = ".bell__n:not([hidden])";

/// What a list of the API says, in its order.
fn said(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["text"].as_str().expect("a line")).collect()
}

serving! {
    async fn the_bell_counts_what_is_new_and_the_list_tells_it(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let idea = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let browser = world.server.signed_in(&mo).await;
        let page = browser.get("/me/notices").await.is(200);
        page.must_show("Nothing yet").must_show("Notices, nothing new");
        assert!(!page.has(NEW) && !page.has("form[action='/me/seen']"));

        noor.post(&format!("/api/v1/posts/{idea}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
        let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
        staff.post(&format!("/api/v1/posts/{idea}/answers"), &planned).await.is(201);
        let page = browser.get("/me/notices").await.is(200);
        assert_eq!(page.texts(NEW), ["2"]);
        assert_eq!(page.texts(".told li.is-new a"), ["Planned: One bill for two addresses", "Noor commented on: One bill for two addresses"]);
        page.must_show("Mine come on two days.").must_show("Because you wrote the post").must_show("New (2)");
        let dutch = world.server.signed_in(&mo).await.with("accept-language", "nl");
        dutch.get("/me/notices").await.is(200).must_show("Meldingen");

        let answered = json!({ "status": "started", "what": "We began.", "who": "Billing", "next_update_on": soon() });
        let second = mo_api.submit("idea", "general", "A paper bill", "By post.").await;
        staff.post(&format!("/api/v1/posts/{second}/answers"), &answered).await.is(201);
        // who looks at a post has seen what happened there, and the page says so already
        let path = world.path_of(idea).await;
        assert_eq!(browser.get(&path).await.is(200).texts(NEW), ["1"]);
        let page = browser.get("/me/notices?show=new").await.is(200);
        assert_eq!(page.texts(".told a"), ["In progress: A paper bill"]);
        assert_eq!(browser.get("/me/notices").await.texts(".told li:not(.is-new) a").len(), 2);

        browser.post("/me/seen", &[("back", "/me/notices")]).await.sees_other("/me/notices");
        let page = browser.get("/me/notices?show=new").await.is(200);
        page.must_show("Nothing new");
        assert!(!page.has(NEW));
        assert_eq!(browser.post("/me/seen", &[("back", "https://evil.example/")]).await.sees_other("/"), "/");
        let visitor = world.server.visitor();
        visitor.get("/me/notices").await.sees_other("/sign-in");
        assert!(!visitor.get("/").await.has(".bell"));
    }

    async fn programs_read_what_one_was_told(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let idea = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let comments = format!("/api/v1/posts/{idea}/comments");
        let mut made = Vec::new();
        for body in ["First.", "Second.", "Third."] {
            made.push(noor.post(&comments, &json!({ "body": body })).await.is(201).number("id"));
        }
        let board = json!({ "slug": "pilot", "name": "Pilot" });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let other = mo_api.submit("idea", "pilot", "A paper bill", "By post.").await;
        let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
        staff.post(&format!("/api/v1/posts/{other}/answers"), &planned).await.is(201);
        // what was taken back is told no more
        noor.delete(&format!("/api/v1/comments/{}", made[1])).await.is(204);

        let (mut seen, mut at) = (Vec::new(), "/api/v1/me/notices?limit=1".to_owned());
        loop {
            let page = mo_api.get(&at).await.is(200);
            seen.extend(page.items().to_vec());
            let Some(cursor) = page.json["next_cursor"].as_str().map(str::to_owned) else { break };
            at = format!("/api/v1/me/notices?limit=1&cursor={cursor}");
        }
        let commented = "Noor commented on: One bill for two addresses";
        assert_eq!(said(&seen), ["Planned: A paper bill", commented, commented]);
        let first = &seen[0];
        assert_eq!([&first["event"], &first["reason"], &first["read"], &first["post"]], [&json!("answer_published"), &json!("author"), &json!(false), &json!(other)]);
        assert!(first["url"].as_str().is_some_and(|url| url.contains(&format!("/p/{other}/"))), "{first}");
        mo_api.get("/api/v1/me/notices?cursor=x").await.is_problem(422, &["cursor"]);
        mo_api.get("/api/v1/me/notices?read=maybe").await.is_problem(422, &["read"]);

        let reader = json!({ "email": mo.email, "password": PASSWORD, "scopes": ["read"] });
        let reader = world.server.api().post("/api/v1/tokens", &reader).await.is(201).text("token");
        let reader = world.server.api().with_token(&reader);
        assert_eq!(reader.get("/api/v1/me/notices").await.is(200).items().len(), 3);
        reader.post("/api/v1/me/notices/read", &json!({})).await.is(403);
        mo_api.post("/api/v1/me/notices/read", &json!({ "post": "x" })).await.is_problem(422, &["post"]);

        let read = async |body: Value| mo_api.post("/api/v1/me/notices/read", &body).await.is(200).number("read");
        assert_eq!((read(json!({ "post": other })).await, read(json!({ "post": other })).await), (1, 0));
        assert_eq!(mo_api.get("/api/v1/me/notices?read=true").await.is(200).items().len(), 1);
        assert_eq!(said(mo_api.get("/api/v1/me/notices?read=false").await.is(200).items()), [commented, commented]);
        // of three comments one is gone, and was new as well
        assert_eq!((read(json!({})).await, read(json!({})).await), (3, 0));

        // nobody else's, and nothing of a post that one may not know of any more
        assert!(noor.get("/api/v1/me/notices").await.is(200).items().is_empty());
        world.admin_api.patch("/api/v1/boards/pilot", &json!({ "private": true })).await.is(200);
        assert_eq!(said(mo_api.get("/api/v1/me/notices?read=true").await.is(200).items()), [commented, commented]);
        world.server.api().get("/api/v1/me/notices").await.is(401);
        world.server.api().post("/api/v1/me/notices/read", &json!({})).await.is(401);
    }

    async fn one_chooses_what_comes_by_mail(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let browser = world.server.signed_in(&mo).await;
        let page = browser.get("/me/notices").await.is(200);
        assert_eq!(page.field("comments").as_deref(), Some("at_once"));
        assert!(!page.has("[name=work]"), "members have no work here");
        let form = [("comments", "daily"), ("answers", "never"), ("time_zone", "Asia/Tokyo")];
        browser.post("/me/notices", &form).await.sees_other("/me/notices?done=saved#mail");
        let page = browser.get("/me/notices").await.is(200);
        assert_eq!(["comments", "answers", "following", "time_zone"].map(|name| page.field(name).unwrap_or_default()), ["daily", "never", "at_once", "Asia/Tokyo"]);
        let page = browser.post("/me/notices", &[("comments", "hourly"), ("time_zone", "Mars/Olympus")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["comments", "time_zone"]);
        assert_eq!(page.field("time_zone").as_deref(), Some("Mars/Olympus"));

        let chosen = mo_api.get("/api/v1/me/mail").await.is(200);
        assert_eq!([&chosen.json["comments"], &chosen.json["answers"], &chosen.json["time_zone"]], [&json!("daily"), &json!("never"), &json!("Asia/Tokyo")]);
        let etag = chosen.header("etag");
        let changed = mo_api.patch("/api/v1/me/mail", &json!({ "answers": "weekly", "time_zone": null })).await.is(200);
        assert_eq!([&changed.json["answers"], &changed.json["comments"], &changed.json["time_zone"]], [&json!("weekly"), &json!("daily"), &json!(null)]);
        let stale = mo_api.send(reqwest::Method::PATCH, "/api/v1/me/mail", Some(&json!({ "answers": "never" })), &[("if-match", &etag)]).await;
        stale.is(412);
        mo_api.patch("/api/v1/me/mail", &json!({ "comments": "hourly", "time_zone": "x" })).await.is_problem(422, &["comments", "time_zone"]);
        world.server.api().patch("/api/v1/me/mail", &json!({})).await.is(401);
        world.server.visitor().post("/me/notices", &form).await.sees_other("/sign-in");
    }

    async fn a_letter_stops_its_like_by_one_click(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let idea = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        noor.post(&format!("/api/v1/posts/{idea}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
        let mail = world.server.mail_to(&mo.email, |mail| mail.text.contains("Mine come")).await;
        assert_eq!(mail.header("list-unsubscribe-post"), Some("List-Unsubscribe=One-Click"));
        let header = mail.header("list-unsubscribe").expect("a way out");
        let link = header.trim_matches(['<', '>']).strip_prefix(world.server.address()).expect("an address of ours").to_owned();
        assert!(mail.text.matches(&link).count() == 2, "in the text and in the page: {}", mail.text);
        let thread = mail.header("references").expect("a conversation");
        assert!(thread.starts_with(&format!("<post-{idea}@")) && mail.header("in-reply-to") == Some(thread), "one conversation for a post");

        // to look is not to stop
        let stranger = world.server.visitor();
        let page = stranger.get(&link).await.is(200);
        page.must_show("Mail about: Comments").must_show("Stop it");
        assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), ("no-store".to_owned(), "noindex".to_owned()));
        assert_eq!(mo_api.get("/api/v1/me/mail").await.json["comments"], json!("at_once"));
        // a program sends what the standard says, without a cookie and without an origin
        let sent = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
            .post(world.server.url(&link)).header("content-type", "application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click").send().await.expect("an answer");
        assert_eq!(sent.status().as_u16(), 200);
        assert_eq!(mo_api.get("/api/v1/me/mail").await.json["comments"], json!("never"));
        stranger.get(&link).await.is(200).must_show("You get no such mail any more");
        stranger.post(&link, &[("do", "again")]).await.is(200).must_show("Stop it");
        assert_eq!(mo_api.get("/api/v1/me/mail").await.json["comments"], json!("at_once"));
        stranger.post(&link, &[("do", "all")]).await.is(200);
        assert_eq!(mo_api.get("/api/v1/me/mail").await.json["answers"], json!("never"));
        stranger.get("/unsubscribe/nonsense").await.is(404).must_show("This link is not known here");
        stranger.post("/unsubscribe/nonsense", &[]).await.is(404);
    }
}
