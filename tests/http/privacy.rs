//! What one may not see is nowhere: on no page, in no list, count or search, and no answer tells that it is there.

use serde_json::{Value, json};
use tests::serving;

use crate::world::{World, soon};

/// A word that stands in the private post and nowhere else.
const WORD: &str = "quetzalcoatl";

serving! {
    async fn a_private_board_is_nowhere_for_others(server: Answerable) {
        let world = World::open(server).await;
        let admin = &world.admin_api;
        let (author, api) = world.somebody("Mo", "member").await;
        let (stranger, stranger_api) = world.somebody("Noor", "member").await;
        admin.post("/api/v1/groups", &json!({ "slug": "pilot", "name": "Pilot customers" })).await.is(201);
        admin.put(&format!("/api/v1/groups/pilot/members/{}", author.id), &Value::Null).await.is(204);
        let board = json!({ "slug": "hidden-valley", "name": "Hidden Valley", "private": true, "groups": ["pilot"] });
        admin.post("/api/v1/boards", &board).await.is(201);
        let draft = json!({
            "kind": "idea", "board": "hidden-valley", "title": format!("The {WORD} plan"), "body": format!("About the {WORD}."),
            "tags": [format!("{WORD}-tag")],
        });
        let post = api.post("/api/v1/posts", &draft).await.is(201).number("id");
        let public = api.submit("idea", "general", "Something everybody sees", "Open to all.").await;
        let comment = api
            .post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": format!("More about {WORD}.") }))
            .await
            .is(201)
            .number("id");
        admin.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        let answer = json!({ "status": "planned", "what": format!("We do the {WORD}."), "who": "Team", "next_update_on": soon() });
        admin.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);

        // those who may, see it
        let mo = world.server.signed_in(&author).await;
        let path = world.path_of(post).await;
        mo.get(&path).await.is(200).must_show(WORD).must_show("Private board").must_show("noindex");
        mo.get("/").await.must_show(WORD);
        mo.get("/roadmap").await.must_show(WORD);
        mo.get(&format!("/?q={WORD}")).await.must_show("One post");
        assert_eq!(api.get("/api/v1/posts").await.items().len(), 2);

        let handle = handle_of(&mo.get(&path).await.body);
        let (visitor, noor) = (world.server.visitor(), world.server.signed_in(&stranger).await);
        for other in [&visitor, &noor] {
            for page in [
                "/".to_owned(),
                "/?sort=new".to_owned(),
                "/?sort=top".to_owned(),
                "/?sort=waiting".to_owned(),
                "/?sort=delivered".to_owned(),
                format!("/?tag={WORD}-tag&sort=new"),
                "/?board=hidden-valley".to_owned(),
                "/?stage=planned".to_owned(),
                "/roadmap".to_owned(),
                format!("/u/{handle}"),
                "/new/similar?title=The+quetzal+plan".to_owned(),
                "/rules".to_owned(),
            ] {
                let page = other.get(&page).await.is(200);
                page.must_not_show("Hidden Valley").must_not_show(&format!("The {WORD}")).must_not_show(&format!("/p/{post}"));
                page.must_not_show(&format!("{WORD}-tag</option>"));
            }
            other.get(&format!("/?q={WORD}")).await.is(200).must_show("No posts");
            other.get(&format!("/u/{handle}")).await.must_show("One post").must_show("Something everybody sees");
            for (asked, missing) in [
                (path.clone(), format!("/p/{}/x", post + 1000)),
                (format!("/p/{post}"), format!("/p/{}", post + 1000)),
                (format!("/p/{post}/versions"), format!("/p/{}/versions", post + 1000)),
                (format!("/comments/{comment}/versions"), format!("/comments/{}/versions", comment + 1000)),
            ] {
                let (hidden, none) = (other.get(&asked).await.is(404), other.get(&missing).await.is(404));
                let plain = |page: &tests::answerable::Page, path: &str| {
                    let encoded = path.replace('/', "%2F");
                    page.body.replace(&page.header("x-request-id"), "").replace(path, "").replace(&encoded, "")
                };
                assert_eq!(plain(&hidden, &asked), plain(&none, &missing), "{asked} tells more than {missing}");
            }
        }
        for (form, fields) in [
            (format!("/p/{post}/vote"), vec![("stance", "support")]),
            (format!("/p/{post}/comments"), vec![("body", "Let me in")]),
            (format!("/p/{post}/edit"), vec![("title", "Let me in"), ("body", "Please")]),
            (format!("/comments/{comment}/edit"), vec![("body", "Let me in")]),
            (format!("/comments/{comment}/remove"), vec![]),
        ] {
            noor.post(&form, &fields).await.is(404).must_not_show(WORD);
        }
        let form =
            [("kind", "idea"), ("title", "Let me in there"), ("body", "Please"), ("board", "hidden-valley"), ("anyway", "1")];
        let page = noor.post("/new", &form).await.is(422);
        assert_eq!(page.wrong_fields(), ["board"]);
        page.must_not_show("Hidden Valley");

        for other in [&world.server.api(), &stranger_api] {
            for list in [
                "/api/v1/posts",
                "/api/v1/posts?sort=new",
                "/api/v1/posts?stage=planned",
                "/api/v1/posts?board=hidden-valley",
                "/api/v1/boards",
                "/api/v1/tags",
                "/api/v1/posts/similar?title=The+quetzalcoatl+plan",
                "/api/v1/posts?q=quetzalcoatl",
            ] {
                let answer = other.get(list).await.is(200);
                let text = answer.json.to_string();
                assert!(!text.contains(WORD) && !text.contains("hidden-valley"), "{list}: {text}");
            }
            for path in ["", "/comments", "/votes", "/answers", "/versions"] {
                let hidden = other.get(&format!("/api/v1/posts/{post}{path}")).await.is_problem(404, &[]);
                let none = other.get(&format!("/api/v1/posts/{}{path}", post + 1000)).await.is_problem(404, &[]);
                assert_eq!(hidden.json, none.json);
            }
            other.get(&format!("/api/v1/comments/{comment}")).await.is_problem(404, &[]);
        }
        stranger_api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is_problem(404, &[]);
        stranger_api.delete(&format!("/api/v1/posts/{post}/vote")).await.is_problem(404, &[]);
        stranger_api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Let me in" })).await.is_problem(404, &[]);
        stranger_api.patch(&format!("/api/v1/posts/{post}"), &json!({ "title": "Let me in" })).await.is_problem(404, &[]);
        let hidden = json!({ "kind": "idea", "board": "hidden-valley", "title": "Let me in", "body": "Please" });
        let there = stranger_api.post("/api/v1/posts", &hidden).await.is_problem(422, &["board"]);
        let made_up = json!({ "kind": "idea", "board": "nowhere", "title": "Let me in", "body": "Please" });
        assert_eq!(there.json, stranger_api.post("/api/v1/posts", &made_up).await.json);

        // whoever leaves the group sees it no more
        admin.delete(&format!("/api/v1/groups/pilot/members/{}", author.id)).await.is(204);
        mo.get(&path).await.is(404);
        mo.get("/me").await.is(200).must_not_show(&format!("The {WORD}")).must_show("Something everybody sees");
        assert_eq!(api.get("/api/v1/posts").await.json["items"][0]["id"], json!(public));
    }
}

/// The handle of the author, from the link to their profile.
fn handle_of(body: &str) -> String {
    body.split("href=\"/u/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link to the author").to_owned()
}
