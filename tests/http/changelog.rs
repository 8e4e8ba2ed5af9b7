//! The changelog, on pages and through the API.

use serde_json::json;
use tests::serving;

use crate::world::{World, soon};

const REASON: &str = "The printers of the bills deliver a month later.";

serving! {
    async fn an_entry_is_written_published_and_corrected_by_a_program(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let post = mo_api.submit("idea", "general", "One bill for two houses", "We have two.").await;
        noor.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);

        let new = json!({ "category": "new", "title": "One bill", "body": "For **all** houses.", "posts": [post] });
        mo_api.post("/api/v1/changelog", &new).await.is(403);
        femke.post("/api/v1/changelog", &json!({ "posts": [4711], "for_all": "x" })).await.is_problem(422, &["for_all"]);
        femke.post("/api/v1/changelog", &json!({ "posts": [4711] })).await.is_problem(422, &["category", "title", "body", "posts"]);
        let made = femke.post("/api/v1/changelog", &new).await.is(201);
        let at = made.location();
        assert_eq!((at.as_str(), made.text("state")), (format!("/api/v1/changelog/{}", made.number("id")).as_str(), "draft".to_owned()));
        mo_api.get(&at).await.is(404);
        mo_api.patch(&at, &json!({})).await.is(404);
        assert!(world.server.api().get("/api/v1/changelog?state=draft").await.is(200).items().is_empty());
        assert_eq!(femke.get("/api/v1/changelog?state=draft").await.is(200).items().len(), 1);

        let publish = format!("{at}/publish");
        femke.post(&publish, &json!({})).await.is_problem(422, &["posts"]);
        let answer = json!({ "status": "delivered", "what": "It is there.", "who": "Billing" });
        femke.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        femke.post(&publish, &json!({ "published_at": "tomorrow" })).await.is_problem(422, &["published_at"]);
        let later = femke.post(&publish, &json!({ "published_at": format!("{}T09:00:00Z", soon()) })).await.is(200);
        assert_eq!(later.text("state"), "scheduled");
        world.server.api().get(&at).await.is(404);
        assert_eq!(femke.delete(&publish).await.is(200).text("state"), "draft");
        let told = femke.send(reqwest::Method::POST, &publish, None, &[]).await.is(200);
        assert_eq!(told.text("state"), "published");
        femke.post(&publish, &json!({})).await.is(409);
        femke.delete(&at).await.is(409);

        let list = world.server.api().get("/api/v1/changelog").await.is(200);
        let entry = &list.items()[0];
        assert_eq!((&entry["title"], &entry["body_html"]), (&json!("One bill"), &json!("<p>For <strong>all</strong> houses.</p>\n")));
        assert_eq!(entry["url"], json!(world.server.url(&format!("/changelog/{}/one-bill", entry["id"]))));
        let credit = &entry["posts"][0];
        assert_eq!((&credit["id"], &credit["proposed_by"][0]["name"], &credit["support_count"], &credit["my_part"]), (&json!(post), &json!("Mo"), &json!(1), &json!(null)));
        assert_eq!(noor.get(&at).await.is(200).json["posts"][0]["my_part"]["part"], json!("supported"));
        for (query, n) in [("category=new", 1), ("category=fixed", 0), ("state=withdrawn", 0)] {
            assert_eq!(world.server.api().get(&format!("/api/v1/changelog?{query}")).await.is(200).items().len(), n, "{query}");
        }
        assert_eq!(world.server.api().get(&format!("/api/v1/changelog?post={post}")).await.is(200).items().len(), 1);
        world.server.api().get("/api/v1/changelog?category=broken&state=x").await.is_problem(422, &["category", "state"]);

        let own = noor.get("/api/v1/me/delivered").await.is(200);
        let own = &own.items()[0];
        assert_eq!((&own["id"], &own["part"], &own["entry"]["title"]), (&json!(post), &json!("supported"), &json!("One bill")));
        world.server.api().get("/api/v1/me/delivered").await.is(401);

        let mail = world.server.mail_to(&mo.email, |mail| mail.text.contains("came about because of you")).await;
        assert_eq!(mail.subject, "Delivered because of you: One bill for two houses");
        assert!(mail.text.contains("/changelog/") && mail.text.contains("New: One bill"), "{}", mail.text);

        femke.patch(&at, &json!({ "title": "One bill for all" })).await.is_problem(422, &["reason"]);
        let etag = femke.get(&at).await.is(200).header("etag");
        let change = json!({ "title": "One bill for all", "reason": REASON });
        let change = |etag: String| { let (femke, at, change) = (&femke, &at, &change); async move { femke.send(reqwest::Method::PATCH, at, Some(change), &[("if-match", &etag)]).await } };
        let corrected = change(etag.clone()).await.is(200);
        assert_eq!((&corrected.json["corrections"][0]["title"], &corrected.json["corrections"][0]["reason"]), (&json!("One bill"), &json!(REASON)));
        change(etag).await.is(412);
        femke.patch(&at, &json!({ "body": null, "reason": REASON })).await.is_problem(422, &["body"]);

        femke.post(&format!("{at}/withdraw"), &json!({})).await.is_problem(422, &["reason"]);
        let withdrawn = femke.post(&format!("{at}/withdraw"), &json!({ "reason": REASON })).await.is(200);
        assert_eq!((withdrawn.text("state"), withdrawn.text("withdrawn_reason")), ("withdrawn".to_owned(), REASON.to_owned()));
        world.server.api().get(&at).await.is(200);
        let acts = world.server.api().get("/api/v1/record?limit=100").await.is(200);
        let acts: Vec<_> = acts.items().iter().filter_map(|entry| entry["act"].as_str()).filter(|act| act.starts_with("changelog")).collect();
        assert_eq!(acts.len(), 3, "{acts:?}");
    }

    async fn the_desk_writes_without_javascript_and_loses_nothing(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (femke, femke_api) = world.somebody("Femke", "agent").await;
        let post = mo_api.submit("idea", "general", "One bill for two houses", "We have two.").await;
        let answer = json!({ "status": "delivered", "what": "It is there.", "who": "Billing" });
        femke_api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let desk = world.server.signed_in(&femke).await;
        let member = world.server.signed_in(&mo).await;

        for path in ["/changelog/new", "/changelog/drafts"] {
            world.server.visitor().get(path).await.sees_other("/sign-in");
            member.get(path).await.is(404);
        }
        member.post("/changelog/new", &[("title", "Mine")]).await.is(404);
        desk.get("/changelog/drafts").await.is(200).must_show("One bill for two houses");
        let form = desk.get(&format!("/changelog/new?posts={post}")).await.is(200);
        assert_eq!(form.field("posts"), Some(post.to_string()));
        let offer = format!("offer-{post}");
        assert!(form.has(&format!("input[name={offer}]")), "what was delivered is offered");

        let body = "For **all** houses,\nand <b>gardens</b>.";
        let short = desk.post("/changelog/new", &[("category", "new"), ("title", "ab"), ("body", body), (&offer, "on"), ("posts", "4711x"), ("act", "publish")]).await.is(422);
        assert_eq!(short.wrong_fields(), ["posts", "title"]);
        assert_eq!((short.field("body").as_deref(), short.field("posts").as_deref()), (Some(body), Some("4711x")));
        assert!(short.has(&format!("input[name={offer}][checked]")));
        let preview = desk.post("/changelog/new", &[("title", "One bill"), ("body", body), ("act", "preview")]).await.is(200);
        assert!(preview.has(".prose strong") && preview.field("title").as_deref() == Some("One bill"));

        let fields = [("category", "new"), ("title", "One bill"), ("body", body), (offer.as_str(), "on")];
        let edit = desk.post("/changelog/new", &fields).await.sees_other("/changelog/");
        assert!(edit.ends_with("/edit?done=changelog-saved"), "{edit}");
        assert_eq!(desk.post("/changelog/new", &fields).await.sees_other("/changelog/"), edit, "sent twice it makes one");
        let edit = edit.split('?').next().unwrap_or_default().to_owned();
        let page = desk.get(&edit).await.is(200);
        assert_eq!((page.field("posts"), page.field("title")), (Some(format!("#{post}")), Some("One bill".to_owned())));
        let version = page.field("version").expect("a version");
        member.get(&edit).await.is(404);
        world.server.visitor().get("/changelog").await.is(200).must_show("Nothing has been told yet");

        // a moment that is past is refused beside its field, and what was typed stays
        let number = format!("#{post}");
        let with = |title: &'static str, at: &'static str, version: &str| {
            [("category", "new".to_owned()), ("title", title.to_owned()), ("body", body.to_owned()), ("posts", number.clone()), ("published_at", at.to_owned()), ("version", version.to_owned()), ("act", "publish".to_owned())]
        };
        let send = async |fields: [(&str, String); 7]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post(&edit, &fields).await
        };
        let past = send(with("One bill for all", "2020-01-01T09:00", &version)).await.is(422);
        assert_eq!(past.wrong_fields(), ["published_at"]);
        assert_eq!((past.field("title"), past.field("published_at")), (Some("One bill for all".to_owned()), Some("2020-01-01T09:00".to_owned())));
        assert_eq!(desk.get(&edit).await.is(200).field("title").as_deref(), Some("One bill"), "nothing of it was saved");
        send(with("Two bills", "", "0")).await.is(412);
        let entry = send(with("One bill for all", "", &version)).await.sees_other("/changelog/");
        assert!(entry.ends_with("/one-bill-for-all?done=changelog-published"), "{entry}");
        let path = entry.split('?').next().unwrap_or_default().to_owned();
        desk.get(&entry).await.is(200).must_show("Published.");

        let visitor = world.server.visitor();
        let page = visitor.get(&path).await.is(200);
        assert!(page.must_show("Brought up by").has(".prose strong") && !page.has(".prose b") && page.has("link[rel=canonical]"), "{}", page.body);
        member.get(&path).await.is(200).must_show("Thank you: this came from you.");
        let number = path.split('/').nth(2).unwrap_or_default().to_owned();
        visitor.get(&format!("/changelog/{number}")).await.is(308);
        assert_eq!(visitor.get(&format!("/changelog/{number}/other")).await.is(308).header("location"), path);
        let list = visitor.get("/changelog").await.is(200);
        list.must_show("One bill for all").must_show("One bill for two houses");
        assert!(list.has("link[type='application/atom+xml'][href='/feeds/changelog.atom']") && list.has("footer a[href='/changelog']"));
        visitor.get("/changelog?category=fixed").await.is(200).must_not_show("One bill for all");
        visitor.with("accept-language", "nl").get("/changelog").await.is(200).must_show("Aangedragen door");
        let on_post = visitor.get(&world.path_of(post).await).await.is(200);
        assert!(on_post.must_show("In the changelog:").has(&format!("a[href='{path}']")));
        member.get("/me/delivered").await.is(200).must_show("One bill for two houses").must_show("One bill for all");
        world.server.visitor().get("/me/delivered").await.sees_other("/sign-in");

        // what is corrected is marked
        let version = desk.get(&edit).await.is(200).field("version").expect("a version");
        let change = |reason: &'static str| [("category", "fixed"), ("title", "One bill for all"), ("body", "For all flats."), ("posts", "1"), ("reason", reason), ("version", version.as_str())];
        let posts = number.clone();
        let mut fields = change("");
        let post_number = post.to_string();
        fields[3] = ("posts", &post_number);
        assert_eq!(desk.post(&edit, &fields).await.is(422).wrong_fields(), ["reason"], "{posts}");
        let mut fields = change(REASON);
        fields[3] = ("posts", &post_number);
        desk.post(&edit, &fields).await.sees_other(&path);
        let page = visitor.get(&path).await.is(200);
        page.must_show(REASON).must_show("Correction 1");
        assert!(page.has("#corrections del") && page.has("#corrections ins"), "{}", page.body);
        desk.post(&format!("/changelog/{number}/discard"), &[]).await.is(409);
        assert_eq!(desk.post(&format!("/changelog/{number}/withdraw"), &[("reason", "no")]).await.is(422).wrong_fields(), ["reason"]);
        desk.post(&format!("/changelog/{number}/withdraw"), &[("reason", REASON)]).await.sees_other(&path);
        visitor.get("/changelog").await.is(200).must_show("Withdrawn").must_show(REASON).must_not_show("For all flats.");
        visitor.get("/record").await.is(200).must_show("withdrew an entry of the changelog");
        visitor.get(&world.path_of(post).await).await.is(200).must_not_show("In the changelog:");

        // a draft is thrown away, and one that waits is made a draft again
        let draft = desk.post("/changelog/new", &[("category", "new"), ("title", "Later"), ("body", "Soon."), ("for_all", "on"), ("act", "publish"), ("published_at", &format!("{}T09:00", soon()))]).await.sees_other("/changelog/");
        let draft = draft.split("/edit").next().unwrap_or_default().to_owned();
        desk.get("/changelog/drafts").await.is(200).must_show("Will be published on");
        visitor.get("/changelog").await.is(200).must_not_show("Later");
        desk.post(&format!("{draft}/recall"), &[]).await.sees_other(&draft);
        desk.post(&format!("{draft}/discard"), &[]).await.sees_other("/changelog/drafts");
        desk.get(&format!("{draft}/edit")).await.is(404);
    }

    async fn feeds_and_the_map_hold_what_a_visitor_may_read(server: Answerable) {
        let world = World::open(server).await;
        let (_, femke) = world.somebody("Femke", "agent").await;
        let admin = &world.admin_api;
        admin.post("/api/v1/groups", &json!({ "slug": "club", "name": "Club" })).await.is(201);
        admin.post("/api/v1/boards", &json!({ "slug": "club", "name": "Club", "private": true, "groups": ["club"] })).await.is(201);
        let mut entries = Vec::new();
        for (board, title, told) in [("general", "A slot <b>for</b> letters", "Letters & slots"), ("club", "A bar in the club", "The club has a bar")] {
            let post = femke.submit("idea", board, title, "As it says.").await;
            femke.post(&format!("/api/v1/posts/{post}/answers"), &json!({ "status": "delivered", "what": "Done.", "who": "Us" })).await.is(201);
            let new = json!({ "category": "new", "title": told, "body": "It is **there**.", "posts": [post] });
            let entry = femke.post("/api/v1/changelog", &new).await.is(201).number("id");
            femke.post(&format!("/api/v1/changelog/{entry}/publish"), &json!({})).await.is(200);
            entries.push(entry);
        }
        // even for whoever may read all of it
        let desk = world.server.signed_in(&world.admin).await;
        for reader in [&world.server.visitor(), &desk] {
            let feed = reader.get("/feeds/changelog.atom").await.is(200);
            assert!(feed.header("content-type").starts_with("application/atom+xml"));
            assert_eq!(feed.body.matches("<entry>").count(), 1, "{}", feed.body);
            assert!(feed.body.contains("New: Letters &amp; slots") && feed.body.contains("&lt;strong&gt;there&lt;/strong&gt;"), "{}", feed.body);
            let map = reader.get("/sitemaps/pages.xml").await.is(200);
            assert!(map.body.contains(&format!("/changelog/{}/letters-slots</loc>", entries[0])) && !map.body.contains("bar"), "{}", map.body);
        }
        world.server.visitor().get("/changelog").await.is(200).must_show("Letters & slots").must_not_show("The club has a bar");
        desk.get("/changelog").await.is(200).must_show("The club has a bar");
        let inner = desk.get(&format!("/changelog/{}/the-club-has-a-bar", entries[1])).await.is(200);
        assert!(!inner.has("link[rel=canonical]"), "nothing for search engines");
        world.server.visitor().get(&format!("/changelog/{}", entries[1])).await.is(404);
        world.server.visitor().get("/feeds").await.is(200).must_show("What was delivered");
        femke.post(&format!("/api/v1/changelog/{}/withdraw", entries[0]), &json!({ "reason": REASON })).await.is(200);
        let feed = world.server.visitor().get("/feeds/changelog.atom").await.is(200);
        assert!(feed.body.contains("Withdrawn: Letters") && feed.body.contains(REASON) && !feed.body.contains("there&lt;"), "{}", feed.body);
    }
}
