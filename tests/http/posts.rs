//! Posts, votes and comments by forms alone.

use serde_json::json;
use tests::serving;

use crate::world::World;

const TITLE: &str = "One bill for two addresses";
const BODY: &str = "We pay for **two** houses and get two bills. One would do.";

serving! {
    async fn a_post_is_submitted_and_nothing_typed_is_lost(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        visitor.get("/new").await.is(200);
        let (member, api) = world.somebody("Mo", "member").await;
        let mo = world.server.signed_in(&member).await;

        let typed = [("kind", "wish"), ("title", "ab"), ("body", ""), ("board", "nowhere"), ("tags", "bills, moving, a, b, c, d")];
        let page = mo.post("/new", &typed).await.is(422);
        assert_eq!(page.wrong_fields(), ["board", "body", "tags", "title"]);
        page.must_show("There is a problem").must_show("Title: Write at least 3 characters.").must_show("Tags: At most 5.");
        page.must_show("<title>Error: ");
        assert!(page.has("[role=alert][tabindex='-1'][autofocus]") && page.has("form[novalidate]"), "the box is heard and seen first");
        for (name, value) in [("kind", "wish"), ("title", "ab"), ("body", ""), ("tags", "bills, moving, a, b, c, d")] {
            assert_eq!(page.field(name).as_deref().unwrap_or_default(), value, "{name} is lost");
        }
        let long = "\n  indented first line\n\nwith </textarea> in it";
        let page = mo
            .post("/new", &[("kind", "complaint"), ("title", ""), ("body", long), ("board", "general"), ("tags", "bills")])
            .await
            .is(422);
        assert_eq!(page.wrong_fields(), ["title"]);
        for (name, value) in [("kind", "complaint"), ("body", long), ("board", "general"), ("tags", "bills")] {
            assert_eq!(page.field(name).as_deref().unwrap_or_default().replace("\r\n", "\n"), value, "{name} is lost");
        }

        // a look at the text, without JavaScript
        let form = [("kind", "idea"), ("title", TITLE), ("body", BODY), ("board", "general"), ("tags", "bills, moving house")];
        let mut preview = form.to_vec();
        preview.push(("act", "preview"));
        let page = mo.post("/new", &preview).await.is(200);
        page.must_show("<strong>two</strong>");
        assert_eq!(page.field("title").as_deref(), Some(TITLE));
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 0);

        let to = mo.post("/new", &form).await.sees_other("/p/");
        assert!(to.ends_with("/one-bill-for-two-addresses?posted"), "{to}");
        let page = mo.get(&to).await.is(200);
        page.must_show("<strong>two</strong>").must_show("moving house").must_show("Mo");
        // the number, who answers and by when; the link and the date to take along
        page.must_show("Number 1").must_show("answers before");
        let link = page.attribute("input[readonly]", "value").expect("the link to copy");
        assert!(link.ends_with("/p/1/one-bill-for-two-addresses"), "{link}");
        let calendar = mo.get("/p/1/deadline.ics").await.is(200);
        assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
        let lines: Vec<_> = calendar.body.lines().collect();
        assert_eq!((lines.first(), lines.last()), (Some(&"BEGIN:VCALENDAR"), Some(&"END:VCALENDAR")));
        let due = api.get("/api/v1/posts/1").await.is(200).json["clocks"][0]["due_at"].as_str().unwrap_or_default().replace(['-', ':'], "");
        assert!(lines.contains(&format!("DTEND:{due}").as_str()), "{due}: {lines:?}");
        mo.get(&to.replace("?posted", "")).await.is(200).must_not_show("Number 1 ");
        mo.get("/p/99/deadline.ics").await.is(404);
        let post = &api.get("/api/v1/posts").await.is(200).json["items"][0];
        assert_eq!((&post["support_count"], &post["kind"]), (&json!(0), &json!("idea")), "nobody's vote is cast for them");
    }

    async fn long_comments_go_on_on_the_next_page(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let (visitor, mo) = (world.server.visitor(), world.server.signed_in(&member).await);
        let post = api.submit("idea", "general", "A long talk", "Go on.").await;
        let path = world.path_of(post).await;
        for n in 0..60 {
            let body = format!("Number {n}. {}", "wordy ".repeat(1600));
            api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": body })).await.is(201);
        }
        let first = visitor.get(&path).await.is(200);
        first.must_show("Number 0.").must_show("Later comments").must_not_show("Number 59.");
        assert!((256 * 1024..512 * 1024).contains(&first.body.len()), "{} bytes", first.body.len());
        // what somebody has just written is on the page to which they are sent
        let sent = mo.post(&format!("/p/{post}/comments"), &[("body", "The last word.")]).await.is(303).header("location");
        assert!(sent.contains("?comments="), "{sent}");
        mo.get(sent.split('#').next().unwrap_or_default()).await.is(200).must_show("The last word.");
        // and a reply that was refused comes back where it was written
        let last = sent.split("#comment-").nth(1).unwrap_or_default();
        let page = mo.post(&format!("/p/{post}/comments"), &[("body", &"x".repeat(10_001)), ("parent", last)]).await.is(422);
        assert!(page.has(&format!("#comment-{last} details[open] textarea")));
        let mut seen = 0;
        let mut next = Some(path.clone());
        while let Some(at) = next {
            let page = visitor.get(&at).await.is(200);
            seen += page.body.matches("Number ").count();
            next = page.attribute(&format!("a[href^='{path}?comments=']"), "href").map(|at| at.replace("#comments", ""));
        }
        assert_eq!(seen, 60);
    }

    async fn a_preview_is_as_bounded_as_what_is_published(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let deep = ">".repeat(10_000);
        let page = world.server.signed_in(&member).await.post("/preview", &[("body", &deep)]).await.is(200);
        assert_eq!(page.body.matches("<blockquote>").count(), 8);
        let post = api.submit("idea", "general", "Quotes in quotes", &format!("{deep} at the end")).await;
        let html = api.get(&format!("/api/v1/posts/{post}")).await.is(200).json["body_html"].as_str().unwrap_or_default().to_owned();
        assert!(html.matches("<blockquote>").count() == 8 && html.contains("at the end"), "{html}");
        let comment = api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": deep })).await.is(201);
        assert!(comment.json["body_html"].as_str().is_some_and(|html| html.matches("<blockquote>").count() == 8));
    }

    async fn a_search_says_why_it_found_what_and_a_number_leads_to_its_post(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let old = api.submit("idea", "general", "A bench in the park", "A <b>lantern</b> & a Wi-Fi box would be fine.").await;
        let new = api.submit("idea", "general", "A lantern for the shed", "It is dark there.").await;
        let comment = json!({ "body": "With a periscope, please." });
        let comment = api.post(&format!("/api/v1/posts/{old}/comments"), &comment).await.is(201).number("id");
        let visitor = world.server.visitor();

        let page = visitor.get("/?q=the+lantern").await.is(200);
        assert_eq!(page.attributes(".row", "id"), [format!("post-{new}"), format!("post-{old}")]);
        assert_eq!(page.texts(".tabs a[aria-current=page]"), ["Best match"]);
        assert_eq!(page.texts(".row mark"), ["lantern", "lantern"]);
        assert_eq!(page.texts(&format!("#post-{old} .row__excerpt")), ["A <b>lantern</b> & a Wi-Fi box would be fine."]);
        let page = visitor.get("/?q=the+lantern&sort=new&kind=idea").await.is(200);
        assert_eq!(page.texts(".tabs a[aria-current=page]"), ["New"]);
        assert!(page.attributes(".tabs a", "href").contains(&"/?kind=idea&q=the+lantern".to_owned()), "the best match in reach");
        assert!(!visitor.get("/?sort=fit").await.is(200).shows("Best match"), "without words there is none");
        let page = visitor.get("/?q=periscope").await.is(200);
        assert_eq!(page.attributes(".row__excerpt a", "href"), [format!("/p/{old}/a-bench-in-the-park?comments={}#comment-{comment}", comment - 1)]);
        page.must_show("In a comment:");

        let page = visitor.get("/?q=lanterm").await.is(200);
        assert_eq!(page.must_show("Also searched:").texts(".found bdi"), ["lantern"]);
        visitor.get("/?q=wifi+submarine").await.is(200).must_show("No post has all of these words.").must_show("<mark>Wi-Fi</mark>");
        visitor.get("/?q=lantern").await.must_not_show("Also searched").must_not_show("No post has all");

        for number in ["", "%23"] {
            visitor.get(&format!("/?q={number}{old}")).await.sees_other(&format!("/p/{old}/a-bench-in-the-park"));
            visitor.get(&format!("/?q={number}{}", new + 1000)).await.is(200).must_show("No posts");
        }
        // the same through the API, which has one order more
        let ids = async |query: &str| {
            let list = visitor.get(&format!("/api/v1/posts?{query}")).await.is(200).json();
            list["items"].as_array().expect("a list").iter().filter_map(|post| post["id"].as_i64()).collect::<Vec<_>>()
        };
        assert_eq!(ids("q=lantern").await, [new, old]);
        assert_eq!(ids("q=bench&sort=fit").await, [old]);
        assert_eq!(ids("q=lantern&sort=new").await, [new, old]);
        assert_eq!(ids("sort=fit").await.len(), 2);
    }

    async fn similar_posts_are_shown_once_and_then_it_is_posted_anyway(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let first = api.submit("idea", "general", TITLE, BODY).await;
        let (member, _) = world.somebody("Noor", "member").await;
        let noor = world.server.signed_in(&member).await;
        let form = [
            ("kind", "idea"),
            ("title", "A single bill for both addresses"),
            ("body", "Two houses, one bill please."),
            ("board", "general"),
            ("tags", ""),
        ];
        let page = noor.post("/new", &form).await.is(200);
        page.must_show(TITLE).must_show(&format!("/p/{first}/"));
        assert_eq!(page.field("anyway").as_deref(), Some("1"));
        for (name, value) in &form[..4] {
            assert_eq!(page.field(name).as_deref(), Some(*value), "{name} is lost");
        }
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 1, "it is asked first");
        // the button beside a similar post adds a vote to it instead
        assert!(page.has(&format!("button[formaction=\"/p/{first}/vote\"]")));
        let mut again = form.to_vec();
        again.push(("anyway", "1"));
        noor.post("/new", &again).await.sees_other("/p/");
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 2);
        let mut voted = form.to_vec();
        voted.push(("stance", "support"));
        noor.post(&format!("/p/{first}/vote"), &voted).await.sees_other(&format!("/p/{first}"));
        assert_eq!(api.get(&format!("/api/v1/posts/{first}")).await.number("support_count"), 1);
        // what the island asks for
        let visitor = world.server.visitor();
        visitor.get("/new/similar?title=bill+for+two+adresses").await.is(200).must_show(TITLE).must_not_show("<html");
        visitor.get("/new/similar?title=zzzz").await.is(200).must_not_show(TITLE);
        visitor.get("/new/similar?title=bill").await.is(200).must_not_show(TITLE);
        for n in 0..5 {
            api.submit("idea", "general", &format!("One bill for {n} addresses"), BODY).await;
        }
        let page = visitor.get("/new/similar?title=one+bill+for+two+addresses").await.is(200);
        assert_eq!(page.texts(".similar > summary"), ["3 similar posts"]);
        assert_eq!(page.attributes(".similar li a", "href").len(), 3);
        assert!(!page.has(".similar[open]"), "on phones they would push the next field away");
    }

    async fn votes_are_cast_changed_and_withdrawn_by_a_form(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", TITLE, BODY).await;
        let path = world.path_of(post).await;
        let vote = format!("/p/{post}/vote");
        let (member, _) = world.somebody("Noor", "member").await;
        let noor = world.server.signed_in(&member).await;
        let counts = async || {
            let post = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
            (post.number("support_count"), post.number("oppose_count"))
        };
        for _ in 0..2 {
            assert_eq!(noor.post(&vote, &[("stance", "support"), ("back", &path)]).await.sees_other("/"), path);
            assert_eq!(counts().await, (1, 0));
        }
        let page = noor.get(&path).await.is(200);
        assert!(page.has("button[class*=votebar__b][aria-pressed=true][value=withdraw]"));
        let page = noor.post(&vote, &[("stance", "oppose"), ("reason", "too short"), ("back", &path)]).await.is(422);
        assert_eq!(page.wrong_fields(), ["reason"]);
        assert_eq!(page.field("reason").as_deref(), Some("too short"));
        page.must_show(TITLE).must_show("at least 10 characters");
        let page = noor.post(&vote, &[("stance", "oppose"), ("reason", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["reason"]);
        assert_eq!(counts().await, (1, 0));
        noor.post(&vote, &[("stance", "oppose"), ("reason", "Two bills keep the two houses apart."), ("back", &path)])
            .await
            .sees_other("/p/");
        assert_eq!(counts().await, (0, 1));
        world.server.visitor().get(&path).await.is(200).must_show("Two bills keep the two houses apart.").must_show("Noor");
        noor.post(&vote, &[("stance", "withdraw"), ("back", &path)]).await.sees_other("/p/");
        noor.post(&vote, &[("stance", "withdraw"), ("back", &path)]).await.sees_other("/p/");
        assert_eq!(counts().await, (0, 0));
        noor.post(&vote, &[("stance", "abstain")]).await.is(422);
        let page = noor.post(&vote, &[("stance", "support"), ("back", "https://evil.example/")]).await;
        assert_eq!(page.sees_other("/"), "/");

        let complaint = api.submit("complaint", "general", "Billed twice in March", "Both bills were paid.").await;
        let page = noor
            .post(&format!("/p/{complaint}/vote"), &[("stance", "oppose"), ("reason", "It did not happen to me at all.")])
            .await
            .is(422);
        page.must_show("it happened");
        let page = noor.get(&world.path_of(complaint).await).await.is(200);
        page.must_show("Me too");
        assert!(!page.has("button[value=oppose]"), "a complaint can't be opposed");
        // as the island asks
        let json = noor
            .with("accept", "application/json")
            .post(&format!("/p/{complaint}/vote"), &[("stance", "support")])
            .await
            .is(200)
            .json();
        assert_eq!(json, json!({ "support_count": 1, "oppose_count": 0, "stance": "support" }));
        let json = noor.with("accept", "application/json").post("/p/999/vote", &[("stance", "support")]).await.is(404).json();
        assert!(json["message"].is_string());
        let _ =
            world.server.visitor().with("accept", "application/json").post(&vote, &[("stance", "support")]).await.is(401).json();
        let una = world.server.unverified("Una").await;
        let una = world.server.signed_in(&una).await;
        una.post(&vote, &[("stance", "support")]).await.is(403).must_show("One step left");
    }

    async fn a_comment_is_written_replied_to_edited_and_taken_back(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", TITLE, BODY).await;
        let path = world.path_of(post).await;
        let comments = format!("/p/{post}/comments");
        world.server.visitor().post(&comments, &[("body", "Hello")]).await.sees_other("/sign-in?next=");
        let (member, _) = world.somebody("Noor", "member").await;
        let (noor, visitor) = (world.server.signed_in(&member).await, world.server.visitor());
        let page = noor.post(&comments, &[("body", "  ")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        let long = "x".repeat(10_001);
        let page = noor.post(&comments, &[("body", &long)]).await.is(422);
        assert!(page.shows(&long), "what was typed is kept");

        let to = noor.post(&comments, &[("body", "With us it is *three* addresses.")]).await.sees_other(&path);
        let id = to.split("#comment-").nth(1).expect("the place of the comment").to_owned();
        noor.post(&comments, &[("body", "Four, since May."), ("parent", &id)]).await.sees_other(&path);
        let page = visitor.get(&path).await.is(200);
        page.must_show("<em>three</em>").must_show("Four, since May.").must_show("2 comments");
        // a reply that was refused comes back in its own form
        let page = noor.post(&comments, &[("body", ""), ("parent", &id)]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        // and one to a comment that is not there, with the comments that are
        let page = noor.post(&comments, &[("body", "To whom?"), ("parent", "999999")]).await.is(422);
        assert_eq!(page.texts("#comment-form textarea"), ["To whom?"]);

        let edit = format!("/comments/{id}/edit");
        let page = noor.get(&edit).await.is(200);
        assert_eq!(page.field("body").as_deref(), Some("With us it is *three* addresses."));
        let page = noor.post(&edit, &[("body", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        noor.post(&edit, &[("body", "With us it is *five* addresses.")]).await.sees_other(&path);
        visitor.get(&path).await.is(200).must_show("<em>five</em>").must_not_show("<em>three</em>");
        visitor.get(&format!("/comments/{id}/versions")).await.is(200).must_show("three").must_show("five");

        let (stranger, _) = world.somebody("Otto", "member").await;
        let stranger = world.server.signed_in(&stranger).await;
        stranger.get(&edit).await.is(403);
        stranger.post(&edit, &[("body", "Mine now")]).await.is(403);
        // the staff edits under a rule only, and takes nothing back for anybody
        let staff = world.server.signed_in(&world.admin).await;
        staff.post(&edit, &[("body", "Ours now")]).await.is(422);
        for other in [&stranger, &staff] {
            other.post(&format!("/comments/{id}/remove"), &[]).await.is(403);
        }
        visitor.post(&format!("/comments/{id}/remove"), &[]).await.sees_other("/sign-in");
        noor.post(&format!("/comments/{id}/remove"), &[]).await.sees_other(&path);
        let page = visitor.get(&path).await.is(200);
        page.must_not_show("five").must_show("Four, since May.").must_show("taken back here by its author");
        noor.post(&edit, &[("body", "Back again")]).await.is(409);
    }

    async fn a_post_is_edited_and_every_wording_stays(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", TITLE, BODY).await;
        let mo = world.server.signed_in(&member).await;
        let edit = format!("/p/{post}/edit");
        let page = mo.get(&edit).await.is(200);
        assert_eq!((page.field("title").as_deref(), page.field("body").as_deref()), (Some(TITLE), Some(BODY)));
        let page = mo.post(&edit, &[("title", ""), ("body", "Kept in the form"), ("tags", "bills")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["title"]);
        assert_eq!((page.field("body").as_deref(), page.field("tags").as_deref()), (Some("Kept in the form"), Some("bills")));
        let to = mo
            .post(&edit, &[("title", "One bill for all addresses"), ("body", "Any number of them."), ("tags", "bills")])
            .await
            .sees_other("/p/");
        assert!(to.contains("/one-bill-for-all-addresses"), "{to}");
        let visitor = world.server.visitor();
        visitor.get(&to).await.is(200).must_show("Any number of them.");
        visitor.get(&format!("/p/{post}/one-bill-for-two-addresses")).await.is(308);
        visitor.get(&format!("/p/{post}/versions")).await.is(200).must_show("Mo");

        let (other, _) = world.somebody("Noor", "member").await;
        let noor = world.server.signed_in(&other).await;
        noor.get(&edit).await.is(403);
        noor.post(&edit, &[("title", "Mine now"), ("body", "All mine")]).await.is(403);
        visitor.get(&edit).await.sees_other("/sign-in");
        // staff name a rule and a reason, which everybody can read
        let ada = world.server.signed_in(&world.admin).await;
        let form = [("title", "One bill for all addresses"), ("body", "Any number."), ("tags", "bills")];
        let page = ada.post(&edit, &form).await.is(422);
        assert_eq!(page.wrong_fields(), ["reason", "rule"]);
        let mut named = form.to_vec();
        named.extend([("rule", "4"), ("reason", "A street number was in it.")]);
        ada.post(&edit, &named).await.sees_other("/p/");
        visitor.get(&format!("/p/{post}/versions")).await.is(200).must_show("A street number was in it.").must_show("Ada");
    }

    async fn lists_are_ordered_filtered_and_paged(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        for n in 0..65 {
            let kind = ["idea", "wish", "complaint", "criticism"][n % 4];
            api.submit(kind, "general", &format!("Matter number {n:03} on our list"), "It matters.").await;
        }
        let visitor = world.server.visitor();
        let mut seen = Vec::new();
        let mut path = "/?sort=new".to_owned();
        let mut back = None;
        for _ in 0..5 {
            let page = visitor.get(&path).await.is(200);
            page.must_show("65 posts");
            seen.extend(page.attributes("[id^=post-]", "id"));
            let link = |rel: &str| page.attribute(&format!("a[rel={rel}]"), "href");
            back = link("prev");
            match link("next") {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen.len(), 65);
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 65, "none twice");
        visitor.get(&back.expect("a way back")).await.is(200).must_show("Matter number 0");

        visitor
            .get("/?kind=wish")
            .await
            .is(200)
            .must_show("16 posts")
            .must_show("Matter number 001")
            .must_not_show("Matter number 000");
        visitor.get("/?q=number+017").await.is(200).must_show("Matter <mark>number</mark> <mark>017</mark> on our list");
        visitor.get("/?q=nothing-of-the-kind").await.is(200).must_show("Nothing found").must_show("/new?title=nothing-of-the-kind");
        visitor.get("/?kind=rumour").await.is(200).must_show("No posts");
        visitor.get("/?sort=waiting").await.is(200).must_show("Matter number");
    }
}
