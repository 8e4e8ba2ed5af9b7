//! The forum on the pages of others: in frames that only named sites may hold, and by what programs are told of a post.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use serde_json::{Value, json};
use tests::{
    answerable::{Answerable, Page},
    serving,
};

use crate::world::{World, soon};

const SITE: &str = "https://www.noordlicht.example";
const FRAMES: [&str; 4] = ["/embed/list", "/embed/roadmap", "/embed/counter", "/embed/submit"];

/// Who may hold an answer in a frame, by its policy.
fn ancestors(page: &Page) -> String {
    let policy = page.header("content-security-policy");
    let (_, said) = policy.split_once("frame-ancestors ").unwrap();
    said.to_owned()
}

async fn allow(world: &World, origins: &[&str]) {
    world.admin_api.patch("/api/v1/site", &json!({ "embed_origins": origins })).await.is(200);
}

/// A public post that was planned, one that was just said, and one that not everybody sees.
async fn filled(server: Answerable) -> (World, i64, i64) {
    let world = World::open(server).await;
    let (_, femke) = world.somebody("Femke", "agent").await;
    let bench = femke.submit("idea", "general", "A <bench> at the \"gate\"", "To sit on.").await;
    let answer = json!({ "status": "planned", "what": "In spring.", "who": "Team Street", "next_update_on": soon() });
    femke.post(&format!("/api/v1/posts/{bench}/answers"), &answer).await.is(201);
    world.admin_api.post("/api/v1/boards", &json!({ "slug": "pilot", "name": "Pilot", "private": true })).await.is(201);
    let secret = femke.submit("idea", "pilot", "Zeppelins for parcels", "Quietly.").await;
    (world, bench, secret)
}

serving! {
    async fn nobody_holds_the_forum_in_a_frame_until_they_are_named(server: Answerable) {
        let (world, bench, _) = filled(server).await;
        let visitor = world.server.visitor();
        let post = format!("/embed/posts/{bench}");
        for path in FRAMES.into_iter().chain([post.as_str()]) {
            let page = visitor.get(path).await.is(200);
            assert_eq!((ancestors(&page).as_str(), page.header("x-frame-options").as_str()), ("'none'", "DENY"), "{path}");
        }
        allow(&world, &[SITE, "HTTPS://Shop.Noordlicht.example:8443/"]).await;
        for path in FRAMES.into_iter().chain([post.as_str()]) {
            let page = visitor.get(path).await.is(200);
            assert_eq!(ancestors(&page), format!("{SITE} https://shop.noordlicht.example:8443"), "{path}");
            assert_eq!(page.header("x-frame-options"), "", "{path}");
            let policy = page.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(page.header("x-robots-tag"), "noindex");
            assert_eq!((page.header("set-cookie"), page.header("referrer-policy")), (String::new(), "strict-origin-when-cross-origin".to_owned()));
            // what it leads to opens elsewhere
            let links = page.attributes("a", "href").len();
            assert!(links > 0 && page.attributes("a[target=_blank][rel=noopener]", "href").len() == links, "{path}");
            assert_eq!(page.attributes("form", "action").len(), page.attributes("form[target=_blank]", "action").len(), "{path}");
        }
        // and everything else is as it was
        for path in ["/", "/new", "/roadmap", "/sign-in", "/api/docs", "/embed.js", "/embed", "/embed/nothing", "/assets/nothing.css"] {
            let page = visitor.get(path).await;
            assert_eq!((ancestors(&page).as_str(), page.header("x-frame-options").as_str()), ("'none'", "DENY"), "{path}");
        }
    }

    async fn a_frame_shows_what_a_visitor_sees_whoever_looks(server: Answerable) {
        let (world, bench, secret) = filled(server).await;
        let admin = world.server.signed_in(&world.admin).await;
        for reader in [world.server.visitor(), admin] {
            let list = reader.get("/embed/list").await.is(200);
            list.must_show("A <bench> at the \"gate\"").must_show("Planned").must_not_show("Zeppelins").must_not_show("Pilot");
            assert!(!list.body.contains("<bench>"), "it is text");
            reader.get("/embed/list?board=general").await.is(200).must_show("General").must_show("bench");
            reader.get("/embed/roadmap").await.is(200).must_show("bench").must_not_show("Zeppelins");
            let counter = reader.get("/embed/counter").await.is(200);
            assert_eq!(counter.texts("dd").last().map(String::as_str), Some("0"));
            assert!(counter.texts("dl div").concat().contains("post1"), "{:?}", counter.texts("dl div"));
            let submit = reader.get("/embed/submit?board=general").await.is(200);
            assert_eq!(submit.field("board").as_deref(), Some("general"));
            assert!(!reader.get("/embed/submit").await.is(200).has("option[value=pilot]"));
            let one = reader.get(&format!("/embed/posts/{bench}")).await.is(200);
            one.must_show("In spring.").must_show("Planned");
            for missing in [format!("/embed/posts/{secret}"), "/embed/posts/999".to_owned(), "/embed/posts/x".to_owned()] {
                reader.get(&missing).await.is(404);
            }
            for path in FRAMES {
                reader.get(&format!("{path}?board=pilot")).await.is(404);
                reader.get(&format!("{path}?board=%22%3E%3Cscript%3E")).await.is(404);
                let page = reader.get(&format!("{path}?lang=nl&theme=dark")).await.is(200);
                assert_eq!((page.language().as_deref(), page.attribute("html", "data-theme").as_deref()), (Some("nl"), Some("dark")));
                assert!(!page.has("header.site-head") && !page.has("[href^='/me']") && !page.has("[name=draft]"));
                // what is no language, colour, order or number is nothing that was said
                let nonsense = "lang=%22%3E%3Cb%3E&theme=%22%3E%3Cb%3E&sort=%22%3E%3Cb%3E&limit=%22%3E%3Cb%3E";
                let page = reader.get(&format!("{path}?{nonsense}")).await.is(200);
                assert_eq!((page.language().as_deref(), page.attribute("html", "data-theme")), (Some("en"), None));
                assert!(!page.body.contains("<b>") && !page.body.contains("%3C"), "{path}");
            }
        }
    }

    async fn what_was_taken_away_is_gone_from_frames(server: Answerable) {
        let (world, bench, _) = filled(server).await;
        allow(&world, &[SITE]).await;
        let visitor = world.server.visitor();
        let card = format!("/embed/posts/{bench}");
        let said = format!("/oembed?url={}", world.server.url(&world.path_of(bench).await));
        for path in [card.as_str(), "/embed/list", "/embed/roadmap", &said] {
            visitor.get(path).await.is(200).must_show("bench");
        }
        let hide = json!({ "target_type": "post", "target_id": bench, "act": "hide", "rule": 1, "reason": "It names a neighbour." });
        world.admin_api.post("/api/v1/moderation", &hide).await.is(201);
        let femke = world.server.signed_in(&world.admin).await;
        for reader in [visitor, femke] {
            reader.get(&card).await.is(404).must_not_show("bench");
            reader.get(&said).await.is(404).must_not_show("A <bench>").must_not_show("To sit on");
            for path in ["/embed/list", "/embed/roadmap"] {
                reader.get(path).await.is(200).must_not_show("bench");
            }
        }
    }

    async fn a_list_has_the_order_and_length_that_were_asked_for(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        for n in 1..=7 {
            mo.submit("idea", "general", &format!("Bench number {n}"), "To sit on.").await;
        }
        let first = mo.get("/api/v1/posts?sort=new").await.items().last().unwrap()["id"].as_i64().unwrap();
        mo.put(&format!("/api/v1/posts/{first}/vote"), &json!({ "stance": "support" })).await.is(200);
        let visitor = world.server.visitor();
        for (query, length, top) in [
            ("sort=new", 5, "Bench number 7"), ("sort=new&limit=2", 2, "Bench number 7"), ("sort=top&limit=7", 7, "Bench number 1"),
            ("sort=waiting&limit=0", 1, "Bench number 1"), ("limit=99999", 7, ""), ("sort=delivered", 0, ""),
        ] {
            let page = visitor.get(&format!("/embed/list?{query}")).await.is(200);
            let titles = page.texts("li h2");
            assert_eq!((titles.len(), titles.first().is_none_or(|first| first.contains(top))), (length, true), "{query}: {titles:?}");
        }
        // the same for all, kept as any public page is, and made anew by what shows
        visitor.get("/embed/counter").await.is(200).must_show("7");
        mo.submit("idea", "general", "Bench number 8", "To sit on.").await;
        visitor.get("/embed/counter").await.is(200).must_show("8");
    }

    async fn what_was_typed_in_a_frame_goes_on_in_the_form(server: Answerable) {
        let world = World::open(server).await;
        let (mo, api) = world.somebody("Mo", "member").await;
        let form = world.server.visitor().get("/embed/submit").await.is(200);
        assert_eq!(form.attribute("form", "action").as_deref(), Some("/new"));
        assert_eq!(form.attribute("form", "target").as_deref(), Some("_blank"));
        assert_eq!(form.field("act").as_deref(), Some("open"));
        let typed = [("act", "open"), ("kind", "wish"), ("title", "A bench & a tree"), ("body", "To \"sit\" on."), ("board", "general")];
        let browser = world.server.signed_in(&mo).await;
        for reader in [&world.server.visitor(), &browser] {
            let page = reader.post("/new", &typed).await.is(200);
            for (name, value) in &typed[1..] {
                assert_eq!(page.field(name).as_deref(), Some(*value), "{name}");
            }
            // it is the form of the forum: for members, and for guests with all that it asks of them
            assert!(page.has("form[action='/new'][method=post]") && !page.has("[aria-invalid=true]"));
            reader.post("/new", &[("act", "open")]).await.is(200);
            reader.with("sec-fetch-site", "cross-site").post("/new", &typed).await.is(403);
        }
        assert!(api.get("/api/v1/posts").await.items().is_empty(), "nothing is sent by that");
    }

    async fn the_script_is_small_and_for_everybody(server: Answerable) {
        let world = World::open(server).await;
        world.admin_api.patch("/api/v1/site", &json!({ "name": "Noord & </script> \"licht\"" })).await.is(200);
        let script = world.server.visitor().get("/embed.js").await.is(200);
        assert!(script.header("content-type").starts_with("text/javascript"));
        assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(script.header("cache-control"), "public, max-age=3600");
        assert!(script.body.len() <= 10 * 1024, "{} bytes", script.body.len());
        assert!(!script.body.contains("__") && !script.body.contains("</script"), "{}", script.body);
        // it listens to the frame that it made, on this forum, and to nobody else, and speaks to no other
        assert!(script.body.contains("origin !== forum || source !== frame.contentWindow") && !script.body.contains("\"*\""));
        assert!(script.body.contains("\"nl\":{") && script.body.contains("Wat klanten van"));
        assert_eq!(script.header("set-cookie"), "");
    }

    async fn sites_are_named_by_admins_in_sight_of_all(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let visitor = world.server.visitor();
        let page = ada.get("/admin/embeds").await.is(200);
        page.must_show("No site is named above yet");
        let seen = page.field("seen").unwrap();
        let wrong = ada.post("/admin/embeds", &[("seen", &seen), ("embed_origins", "https://a.example\nhttp://b.example/x")]).await.is(422);
        assert_eq!(wrong.wrong_fields(), ["embed_origins"]);
        wrong.must_show("“http://b.example/x” is not the address of a site");
        assert_eq!(wrong.field("embed_origins").as_deref(), Some("https://a.example\nhttp://b.example/x"));
        let right = [("seen", seen.as_str()), ("embed_origins", "https://a.example\r\n  https://b.example/")];
        ada.post("/admin/embeds", &right).await.sees_other("/admin/embeds?done=settings");
        assert_eq!(ada.get("/admin/embeds").await.field("embed_origins").as_deref(), Some("https://a.example\nhttps://b.example"));
        // whoever wrote from what stood before is told
        ada.post("/admin/embeds", &[("seen", seen.as_str()), ("embed_origins", "")]).await.is(412);
        assert_eq!(world.server.api().get("/api/v1/site").await.json["embed_origins"], json!(["https://a.example", "https://b.example"]));
        let record = world.server.api().get("/api/v1/record").await.is(200);
        let entry = record.items().iter().find(|entry| entry["act"] == "settings_changed").unwrap();
        assert_eq!(entry["subject"], json!("site:embeds"));
        visitor.get(&format!("/record/{}", entry["seq"])).await.is(200).must_show("https://a.example, https://b.example").must_show("Sites on whose pages");

        // through the API as well, and all of them at once
        for wrong in [json!(["https://a.example/x"]), json!(["*"]), json!(["https://a.example; script-src *"]), json!("https://a.example"), json!([1])] {
            world.admin_api.patch("/api/v1/site", &json!({ "embed_origins": wrong })).await.is_problem(422, &["embed_origins"]);
        }
        world.admin_api.patch("/api/v1/site", &json!({ "name": "Noordlicht" })).await.is(200);
        assert_eq!(world.admin_api.get("/api/v1/site").await.json["embed_origins"].as_array().map(Vec::len), Some(2), "what is not named stays");
        world.admin_api.patch("/api/v1/site", &json!({ "embed_origins": [] })).await.is(200);
        assert_eq!(ancestors(&visitor.get("/embed/list").await), "'none'");
        let (_, mo) = world.somebody("Mo", "member").await;
        mo.patch("/api/v1/site", &json!({ "embed_origins": ["https://a.example"] })).await.is_problem(403, &[]);

        // what is put on a page is there to be copied, of each part and board
        let page = ada.get("/admin/embeds?board=general&lang=nl&theme=dark&sort=new&limit=3").await.is(200);
        let snippets = page.texts("pre.snippet");
        assert!(snippets[1].contains("data-board=\"general\" data-sort=\"new\" data-limit=\"3\" data-lang=\"nl\" data-theme=\"dark\" async"), "{}", snippets[1]);
        assert!(!snippets[3].contains("data-limit") && snippets[3].contains(">Wat Noordlicht ermee deed<") , "{}", snippets[3]);
        let page = ada.get("/admin/embeds?board=%22%3E&lang=x&theme=x&sort=fit&limit=x").await.is(200);
        assert!(page.texts("pre.snippet").iter().all(|snippet| !snippet.contains("data-board") && !snippet.contains("data-sort")));
        let page = ada.get("/admin/embeds?board=general").await.is(200);
        let snippets = page.texts("pre.snippet");
        for (snippet, part) in snippets.iter().zip(["submit", "list", "roadmap", "counter"]) {
            assert!(snippet.contains(&format!("<script src=\"{}\" data-show=\"{part}\" data-board=\"general\"", world.server.url("/embed.js"))), "{snippet}");
            assert!(snippet.contains("<noscript><a href=\"") && snippet.ends_with("</a></noscript>"), "{snippet}");
        }
        assert_eq!(snippets.len(), 4);
        ada.with("accept-language", "nl").get("/admin/embeds").await.is(200);
    }

    async fn a_program_is_told_how_to_show_a_post(server: Answerable) {
        let (world, bench, secret) = filled(server).await;
        let visitor = world.server.visitor();
        let path = world.path_of(bench).await;
        let page = visitor.get(&path).await.is(200);
        let found = page.attribute("link[type='application/json+oembed']", "href").unwrap();
        let found = found.strip_prefix(world.server.address()).unwrap().to_owned();
        let ask = async |more: &str| visitor.get(&format!("{found}{more}")).await.is(200);
        // where no frame may be shown, it is a link with a picture
        let link: Value = ask("").await.json();
        assert_eq!((&link["type"], &link["version"], &link["html"]), (&json!("link"), &json!("1.0"), &Value::Null));
        assert_eq!((&link["title"], &link["provider_url"]), (&json!("A <bench> at the \"gate\""), &json!(world.server.url("/"))));
        let thumbnail = link["thumbnail_url"].as_str().unwrap().strip_prefix(world.server.address()).unwrap();
        assert_eq!(visitor.get(thumbnail).await.is(200).header("content-type"), "image/png");

        allow(&world, &[SITE]).await;
        let rich = ask("").await;
        assert_eq!((rich.header("content-type").as_str(), rich.header("access-control-allow-origin").as_str()), ("application/json", "*"));
        let rich = rich.json();
        assert_eq!((&rich["type"], &rich["width"], &rich["height"]), (&json!("rich"), &json!(640), &json!(320)));
        let html = rich["html"].as_str().unwrap();
        assert!(html.contains(&format!("src=\"{}\"", world.server.url(&format!("/embed/posts/{bench}")))) && html.contains("sandbox="), "{html}");
        let small = ask("&maxwidth=300&maxheight=200").await.json();
        assert_eq!((&small["width"], &small["height"], &small["thumbnail_url"]), (&json!(300), &json!(200), &Value::Null));
        assert!(small["html"].as_str().unwrap().contains("width=\"300\" height=\"200\""));
        for nonsense in ["&maxwidth=-1", "&maxwidth=99999999999999999999", "&maxheight=%22%3E", "&maxwidth=0"] {
            let same = ask(nonsense).await.json();
            assert_eq!((&same["width"], &same["height"]), (&json!(640), &json!(320)), "{nonsense}");
        }
        let found_xml = page.attribute("link[type='text/xml+oembed']", "href").unwrap();
        let xml = visitor.get(found_xml.strip_prefix(world.server.address()).unwrap()).await.is(200);
        assert!(xml.header("content-type").starts_with("text/xml"));
        assert!(xml.body.contains("<title>A &lt;bench&gt; at the &quot;gate&quot;</title>") && xml.body.contains("<html>&lt;iframe"), "{}", xml.body);
        assert_eq!(visitor.get(&format!("/oembed?url={}&format=yaml", world.server.url(&path))).await.status, 501);

        let hidden = world.path_of(secret).await;
        assert!(!world.server.signed_in(&world.admin).await.get(&hidden).await.is(200).has("link[type='application/json+oembed']"));
        for url in [
            world.server.url(&hidden), world.server.url("/p/999/x"), world.server.url("/p/x"), world.server.url("/roadmap"), world.server.url("/"),
            format!("{}.evil.example{path}", world.server.address()), format!("https://evil.example{path}"), path.clone(), String::new(),
            "javascript:alert(1)".to_owned(), format!("{}@evil.example{path}", world.server.address()),
        ] {
            let query = reqwest::Url::parse_with_params("http://x/", [("url", &url)]).unwrap();
            visitor.get(&format!("/oembed?{}", query.query().unwrap())).await.is(404);
        }
    }
}
