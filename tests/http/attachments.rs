//! Pictures and documents: through forms without JavaScript and through the API, and how they are served.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use image::ImageFormat;
use serde_json::json;
use tests::{
    answerable::{MULTIPART, Visitor, parts},
    pictures::{PDF, SECRET, bomb, picture, with_secrets},
    serving,
};

use crate::world::World;

const NEW: [(&str, &str); 4] =
    [("kind", "complaint"), ("title", "The lamp is broken"), ("body", "Since Monday."), ("board", "general")];

fn png() -> Vec<u8> {
    picture(900, 700, ImageFormat::Png)
}

/// The addresses of the files that stand on a page: small pictures, whole ones, documents.
async fn files_on(browser: &Visitor, path: &str) -> (Vec<String>, Vec<String>) {
    let page = browser.get(path).await.is(200);
    (page.attributes(".files__shown img", "src"), page.attributes(".files__shown a", "href"))
}

serving! {
    async fn a_post_has_a_picture_without_javascript(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, _) = world.somebody("Sanne", "member").await;
        let browser = world.server.signed_in(&sanne).await;
        let form = browser.get("/new").await.is(200);
        assert_eq!(form.attribute("form[action='/new']", "enctype").as_deref(), Some("multipart/form-data"));
        let visitor = world.server.visitor();
        assert!(!visitor.get("/new").await.is(200).has("input[type=file]"), "who has no account has nowhere to keep it");

        // a form that is refused has its file still
        let mut fields = NEW.to_vec();
        fields[1].1 = "x";
        fields.push(("alt", "A lamp \"in the dark\""));
        let refused = browser.post_files("/new", &fields, &[("file", "../Lamp 1.png", &png())]).await.is(422);
        let kept = refused.field("files").unwrap();
        assert_eq!(refused.field("body").as_deref(), Some("Since Monday."));
        assert_eq!(refused.field(&format!("alt-{kept}")).as_deref(), Some("A lamp \"in the dark\""));
        let own = format!("/files/{kept}/lamp-1.png");
        assert_eq!(refused.attributes(".files__small", "src"), [format!("/files/{kept}/small/lamp-1.png")]);
        browser.get(&own).await.is(200);
        visitor.get(&own).await.is(404);

        // and another one is added to it, without anything being posted
        fields[1].1 = NEW[1].1;
        let alt = format!("alt-{kept}");
        fields.pop();
        fields.extend([("files", kept.as_str()), (alt.as_str(), "A lamp"), ("act", "attach")]);
        let added = browser.post_files("/new", &fields, &[("file", "bill.pdf", PDF)]).await.is(200);
        let both = added.field("files").unwrap();
        assert!(both.starts_with(&format!("{kept},")), "{both}");
        let photograph = vec![0xff; 12 * 1024 * 1024];
        for (wrong, says) in [(photograph, "larger than 5 MB"), (bomb(20_000, 20_000), "million pixels"), (b"<svg/>".to_vec(), "no PNG, JPEG or WebP")] {
            let refused = browser.post_files("/new", &fields, &[("file", "x.png", &wrong)]).await.is(422);
            refused.must_show(says);
            assert_eq!(refused.field("files").as_deref(), Some(kept.as_str()));
            assert_eq!(refused.field("title").as_deref(), Some(NEW[1].1));
        }
        let mut fields = NEW.to_vec();
        fields.extend([("files", both.as_str()), (alt.as_str(), "A lamp"), ("anyway", "1")]);
        let path = browser.post_files("/new", &fields, &[]).await.sees_other("/p/");
        let again = browser.post_files("/new", &fields, &[]).await.sees_other("/p/");
        assert_eq!(path, again, "sent twice, it is one");
        let path = path.split('?').next().unwrap();
        let export = browser.get("/me/export").await.is(200);
        assert!(export.body.contains(&format!("attachments/{kept}-lamp-1.png")), "they take it along");
        let (pictures, links) = files_on(&visitor, path).await;
        assert_eq!((pictures.len(), links.len()), (1, 2));
        visitor.get(path).await.must_show("alt=\"A lamp\"");

        let whole = visitor.get(&links[0]).await.is(200);
        assert_eq!(whole.header("content-type"), "image/png");
        assert_eq!(whole.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(whole.header("x-content-type-options"), "nosniff");
        assert_eq!(whole.header("content-disposition"), "inline; filename=\"lamp-1.png\"");
        assert_eq!(whole.header("cache-control"), "private, max-age=604800, immutable");
        let known = visitor.with("if-none-match", &whole.header("etag")).get(&links[0]).await.is(304);
        assert_eq!(known.body, "");
        assert_eq!(visitor.get(&pictures[0]).await.is(200).header("content-type"), "image/jpeg");
        let document = visitor.get(&links[1]).await.is(200);
        assert_eq!(document.header("content-disposition"), "attachment; filename=\"bill.pdf\"");
        assert_eq!(document.header("content-security-policy"), whole.header("content-security-policy"));
        assert_eq!(document.body.as_bytes(), PDF);
        let (id, _) = links[0].trim_start_matches("/files/").split_once('/').unwrap();
        for path in ["evil.html", "..%2f..%2fetc%2fpasswd", "small/evil.png", "lamp-1.png/x"].map(|name| format!("/files/{id}/{name}")) {
            visitor.get(&path).await.is(404);
        }
        for path in ["/files/4711/lamp-1.png", "/files/x/lamp-1.png", "/files/-1/small/lamp-1.png"] {
            visitor.get(path).await.is(404);
        }
    }

    async fn a_comment_and_an_answer_have_files_and_they_go_with_their_text(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, api) = world.somebody("Sanne", "member").await;
        let (mo, _) = world.somebody("Mo", "member").await;
        let (femke, femke_api) = world.somebody("Femke", "agent").await;
        let (browser, other, agent) =
            (world.server.signed_in(&sanne).await, world.server.signed_in(&mo).await, world.server.signed_in(&femke).await);
        let visitor = world.server.visitor();
        let post = api.submit("idea", "general", "A bench at the gate", "To sit on.").await;
        let path = world.path_of(post).await;
        let comments = format!("/p/{post}/comments");
        let empty = browser.post_files(&comments, &[("body", "")], &[("file", "a.jpg", &with_secrets(300, 200))]).await.is(422);
        let kept = empty.field("files").unwrap();
        let added = browser.post_files(&comments, &[("body", "Here."), ("files", &kept), ("act", "attach")], &[("file", "b.pdf", PDF)]).await.is(200);
        assert_eq!(added.field("body").as_deref(), Some("Here."));
        let both = added.field("files").unwrap();
        let dropped = both.split(',').next_back().unwrap();
        let left = browser.post_files(&comments, &[("body", "Here."), ("files", &both), ("drop", dropped)], &[]).await.is(200);
        assert_eq!(left.field("files"), Some(kept.clone()));
        assert_eq!(left.field("body").as_deref(), Some("Here."));
        browser.get(&format!("/files/{dropped}/b.pdf")).await.is(404);
        browser.post_files(&comments, &[("body", "Here."), ("files", &kept)], &[]).await.sees_other(&path);
        let (_, links) = files_on(&visitor, &path).await;
        assert_eq!(links, [format!("/files/{kept}/a.jpg")]);
        let shown = visitor.get(&links[0]).await.is(200);
        for hidden in [std::str::from_utf8(SECRET).unwrap(), "<script"] {
            assert!(!shown.body.contains(hidden), "{hidden}");
        }
        assert_eq!(files_on(&agent, &format!("/triage/{post}")).await.1, links, "whoever answers sees it");
        // nobody makes somebody else's file their own
        other.post_files(&comments, &[("body", "Mine."), ("files", &kept)], &[]).await.is(422).must_show("Mine.");

        let comment = api.get(&format!("/api/v1/posts/{post}/comments")).await.items()[0].clone();
        let hide = json!({ "target_type": "comment", "target_id": comment["id"], "act": "hide", "rule": 1, "reason": "It shows a stranger." });
        let act = femke_api.post("/api/v1/moderation", &hide).await.is(201);
        for (who, status) in [(&visitor, 404), (&other, 404), (&browser, 200), (&agent, 200)] {
            let page = who.get(&links[0]).await.is(status);
            if status == 200 {
                assert_eq!(page.header("cache-control"), "no-store");
            }
            assert_eq!(files_on(who, &path).await.1.len(), usize::from(status == 200));
        }
        let anybody = world.server.api().get(&format!("/api/v1/posts/{post}/comments")).await.is(200);
        assert_eq!(anybody.items()[0]["attachments"], json!([]));
        let _ = act;

        let answer = [("status", "declined"), ("what", &"We have no room. ".repeat(8)), ("reason_class", "cost"), ("final", "on")];
        let answers = format!("/triage/{post}/answer");
        let refused = agent.post_files(&answers, &answer[..2], &[("file", "plan.png", &png())]).await.is(422);
        let kept = refused.field("files").unwrap();
        let mut answer = answer.to_vec();
        answer.push(("files", &kept));
        agent.post_files(&answers, &answer, &[]).await.sees_other("/triage/");
        let (_, links) = files_on(&visitor, &path).await;
        assert_eq!(links, [format!("/files/{kept}/plan.png")]);
        let given = world.server.api().get(&format!("/api/v1/posts/{post}/answers")).await.items()[0].clone();
        assert_eq!(given["attachments"][0]["name"], json!("plan.png"));

        // what its author takes back is gone
        browser.post(&format!("/comments/{}/remove", comment["id"]), &[]).await.sees_other("/p/");
        browser.get(&format!("/files/{}/a.jpg", comment["attachments"][0]["id"])).await.is(404);
    }

    async fn a_file_is_added_to_what_stands_there(server: Answerable) {
        let world = World::open(server).await;
        let (account, sanne) = world.somebody("Sanne", "member").await;
        let browser = world.server.signed_in(&account).await;
        let visitor = world.server.visitor();
        let post = sanne.submit("complaint", "general", "The lamp is broken", "Since Monday.").await;
        let path = world.path_of(post).await;
        let form = format!("/p/{post}/edit");
        assert_eq!(browser.get(&form).await.is(200).attribute(&format!("form[action='{form}']"), "enctype").as_deref(), Some("multipart/form-data"));
        let fields = [("title", "The lamp is broken"), ("body", "Since Monday, see the picture."), ("tags", ""), ("version", "1")];
        // nothing is lost with what can't be taken
        let refused = browser.post_files(&form, &fields, &[("file", "x.png", b"<svg/>")]).await.is(422);
        refused.must_show("no PNG, JPEG or WebP");
        assert_eq!(refused.field("body").as_deref(), Some(fields[1].1));
        browser.post_files(&form, &fields, &[("file", "lamp.png", &png())]).await.sees_other(&path);
        assert_eq!(files_on(&visitor, &path).await.0.len(), 1);
        let versions = visitor.get(&format!("/p/{post}/versions")).await.is(200);
        assert_eq!(versions.attributes(".versions li:first-child .files__shown img", "src").len(), 1, "it came with the second wording");
        assert_eq!(versions.attributes(".versions li:last-child .files__shown img", "src").len(), 0);

        let comment = sanne.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "And the other one." })).await.is(201).number("id");
        let form = format!("/comments/{comment}/edit");
        // first the file alone, as without JavaScript, then the text with it
        let fields = [("body", "And the other one."), ("version", "1"), ("act", "attach")];
        let waiting = browser.post_files(&form, &fields, &[("file", "bill.pdf", PDF)]).await.is(200);
        let id = waiting.field("files").unwrap();
        browser.post_files(&form, &[("body", "And the other one."), ("version", "1"), ("files", &id)], &[]).await.sees_other(&path);
        assert_eq!(files_on(&visitor, &path).await.1.len(), 2);

        let id = files_on(&visitor, &path).await.0[0].split('/').nth(2).expect("a number").to_owned();
        browser.post(&format!("/files/{id}/remove"), &[]).await.sees_other("/p/");
        visitor.get(&format!("/p/{post}/versions")).await.is(200).must_show("A file was taken away by its author.");

        // the same by programs
        let one = sanne.send_file("/api/v1/attachments?name=late", "image/png", png()).await.is(201).number("id");
        let change = json!({ "attachments": [one] });
        let after = sanne.patch(&format!("/api/v1/posts/{post}"), &change).await.is(200);
        assert_eq!(after.json["attachments"][0]["since_version"], json!(4));
        sanne.patch(&format!("/api/v1/posts/{post}"), &change).await.is_problem(422, &["attachments"]);
        let other = sanne.send_file("/api/v1/attachments?name=later", "image/png", picture(30, 31, ImageFormat::Png)).await.is(201).number("id");
        let after = sanne.patch(&format!("/api/v1/comments/{comment}"), &json!({ "body": "And the other one.", "attachments": [other] })).await.is(200);
        assert_eq!(after.json["attachments"].as_array().unwrap().len(), 2);
    }

    async fn programs_send_files_and_read_them(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let one = sanne.send_file("/api/v1/attachments?name=Lamp.webp&alt=A%20lamp", "image/webp", picture(40, 30, ImageFormat::WebP)).await.is(201);
        assert_eq!((one.text("name"), one.text("alt"), one.text("media_type")), ("lamp.jpg".to_owned(), "A lamp".to_owned(), "image/jpeg".to_owned()));
        assert_eq!((one.number("width"), one.number("height"), &one.json["post_id"]), (40, 30, &json!(null)));
        assert_eq!(one.location(), format!("/api/v1/attachments/{}", one.number("id")));
        let form = parts(&[("alt", "A bill")], &[("file", "bill.pdf", PDF)]);
        let other = sanne.send_file("/api/v1/attachments", MULTIPART, form).await.is(201);
        assert_eq!((other.text("alt"), &other.json["thumbnail_url"]), ("A bill".to_owned(), &json!(null)));
        sanne.send_file("/api/v1/attachments", "image/png", b"<svg/>".to_vec()).await.is_problem(422, &["file"]);
        sanne.send_file("/api/v1/attachments", MULTIPART, parts(&[("alt", "x")], &[])).await.is_problem(422, &["file"]);
        sanne.send_file("/api/v1/attachments", "multipart/form-data", b"x".to_vec()).await.is_problem(400, &[]);
        sanne.send_file("/api/v1/attachments", "image/png", vec![0x89; 5 * 1024 * 1024 + 1]).await.is_problem(422, &["file"]);
        sanne.send_file("/api/v1/attachments", "image/png", vec![0x89; 19 * 1024 * 1024]).await.is_problem(422, &["file"]);

        let path = one.location();
        mo.get(&path).await.is(404);
        mo.get(&format!("{path}/content")).await.is(404);
        let ids = json!([one.number("id"), other.number("id")]);
        let draft = json!({ "kind": "complaint", "board": "general", "title": "The lamp is broken", "body": "Look.", "attachments": ids });
        mo.post("/api/v1/posts", &draft).await.is_problem(422, &["attachments"]);
        let post = sanne.post("/api/v1/posts", &draft).await.is(201);
        assert_eq!(post.json["attachments"].as_array().unwrap().len(), 2);
        assert_eq!(post.json["attachments"][0]["post_id"], post.json["id"]);
        mo.get(&path).await.is(200);
        let request = mo.request(reqwest::Method::GET, &format!("{path}/content"));
        let content = request.send().await.unwrap();
        assert_eq!(content.headers()["content-type"], "image/jpeg");
        assert_eq!(content.headers()["content-security-policy"], "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(image::load_from_memory(&content.bytes().await.unwrap()).unwrap().width(), 40);
        let wrong = json!({ "body": "x", "attachments": ["1"] });
        sanne.post(&format!("/api/v1/posts/{}/comments", post.number("id")), &wrong).await.is_problem(422, &["attachments"]);

        mo.delete(&path).await.is_problem(403, &[]);
        sanne.delete(&path).await.is(204);
        sanne.get(&path).await.is(404);
        let left = mo.get(&format!("/api/v1/posts/{}", post.number("id"))).await.is(200);
        assert_eq!(left.json["attachments"].as_array().unwrap().len(), 1);
    }

    async fn what_was_typed_with_a_file_outlives_a_session_that_ended(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, _) = world.somebody("Sanne", "member").await;
        let visitor = world.server.visitor();
        visitor.post_files("/new", &NEW, &[("file", "lamp.png", &png())]).await.sees_other("/sign-in?next=");
        visitor.post("/sign-in", &[("email", &sanne.email), ("password", tests::answerable::PASSWORD), ("next", "/draft")]).await.sees_other("/draft");
        let back = visitor.get("/draft").await.is(200);
        assert_eq!(back.field("title").as_deref(), Some(NEW[1].1));
        assert_eq!(back.field("body").as_deref(), Some("Since Monday."));
    }
}
