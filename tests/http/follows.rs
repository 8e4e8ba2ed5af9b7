//! Following: by a button and through the API.

use serde_json::json;
use tests::{answerable::Account, serving};

use crate::world::{World, soon};

serving! {
    async fn a_post_a_board_and_a_promise_are_followed(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, ruth) = world.somebody("Ruth", "lead").await;
        let post = sanne.submit("idea", "general", "The line drops every evening", "From eight to ten.").await;
        let due = json!({ "what": "It holds from May on.", "due_on": soon(), "remedy": "A month free" });
        let promise = ruth.post(&format!("/api/v1/posts/{post}/promises"), &due).await.is(201).number("id");
        let paths = [format!("posts/{post}"), "boards/general".to_owned(), format!("promises/{promise}")].map(|path| format!("/api/v1/{path}/follow"));
        for path in &paths {
            for _ in 0..2 {
                assert_eq!(mo_api.put(path, &json!({})).await.is(200).json["following"], json!(true));
            }
        }
        let mut seen = Vec::new();
        let mut at = "/api/v1/me/follows?limit=1".to_owned();
        loop {
            let page = mo_api.get(&at).await.is(200);
            let item = &page.items()[0];
            seen.push((item["subject"].clone(), item["title"].clone()));
            let Some(cursor) = page.json["next_cursor"].as_str().map(str::to_owned) else { break };
            at = format!("/api/v1/me/follows?limit=1&cursor={cursor}");
        }
        let pairs = [("promise", "It holds from May on."), ("board", "General"), ("post", "The line drops every evening")];
        assert_eq!(seen, pairs.map(|(subject, title)| (json!(subject), json!(title))));
        mo_api.get("/api/v1/me/follows?cursor=x").await.is(422);

        let answer = json!({ "status": "started", "what": "We dig.", "who": "Network", "next_update_on": soon() });
        ruth.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let mail = world.server.mail_to(&mo.email, |mail| mail.text.contains("has answered")).await;
        assert!(mail.text.contains("because you follow this post") && mail.text.contains("/me/follows"), "{}", mail.text);

        for path in &paths {
            for _ in 0..2 {
                assert_eq!(mo_api.delete(path).await.is(200).json["following"], json!(false));
            }
        }
        assert!(mo_api.get("/api/v1/me/follows").await.is(200).items().is_empty());
        for path in ["/api/v1/posts/4711/follow", "/api/v1/boards/nowhere/follow", "/api/v1/promises/4711/follow"] {
            mo_api.put(path, &json!({})).await.is(404);
            mo_api.delete(path).await.is(404);
        }
    }

    async fn a_button_follows_and_stops(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let (mo, _) = world.somebody("Mo", "member").await;
        let post = sanne.submit("idea", "general", "A quieter tone at night", "It wakes the cat.").await;
        let path = world.path_of(post).await;
        let browser = world.server.signed_in(&mo).await;
        browser.get("/me/follows").await.is(200).must_show("You follow nothing yet");
        browser.get(&path).await.is(200).must_show("Follow").must_not_show("Stop following");
        let number = post.to_string();
        let form = |follow: &'static str| [("subject", "post"), ("id", number.as_str()), ("follow", follow), ("back", path.as_str())];
        browser.post("/me/follows", &form("yes")).await.sees_other(&path);
        browser.get(&path).await.is(200).must_show("Stop following");
        browser.get("/me/follows").await.is(200).must_show("A quieter tone at night");
        browser.post("/me/follows", &form("no")).await.sees_other(&path);
        browser.get(&path).await.is(200).must_not_show("Stop following");
        assert!(browser.get("/?board=general").await.is(200).has("form[action='/me/follows'] [name=follow][value=yes]"));

        let visitor = world.server.visitor();
        assert!(!visitor.get(&path).await.is(200).has("form[action='/me/follows']"));
        visitor.get("/me/follows").await.sees_other("/sign-in");
        visitor.post("/me/follows", &form("yes")).await.sees_other("/sign-in");
        browser.post("/me/follows", &[("subject", "post"), ("id", "4711"), ("follow", "yes")]).await.is(404);
    }

    async fn one_says_what_one_follows_without_asking(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let post = sanne.submit("idea", "general", "A quieter tone at night", "It wakes the cat.").await;
        let path = world.path_of(post).await;
        let browser = world.server.signed_in(&mo).await;
        mo_api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        browser.get(&path).await.is(200).must_show("Stop following");
        let page = browser.get("/me/follows").await.is(200);
        assert!(page.has("[name=supported][checked]") && page.has("[name=commented][checked]"));
        browser.post("/me/follows/unasked", &[("commented", "yes")]).await.sees_other("/me/follows?done=saved");
        let page = browser.get("/me/follows").await.is(200);
        assert!(!page.has("[name=supported][checked]") && page.has("[name=commented][checked]"));
        browser.get(&path).await.is(200).must_not_show("Stop following");
        let here = "/api/v1/me/follows/unasked";
        assert_eq!(mo_api.get(here).await.is(200).json, json!({ "supported": false, "commented": true }));
        let changed = mo_api.patch(here, &json!({ "supported": true })).await.is(200);
        assert_eq!(changed.json, json!({ "supported": true, "commented": true }));
        mo_api.patch(here, &json!({ "supported": "perhaps" })).await.is_problem(422, &["supported"]);
        browser.get(&path).await.is(200).must_show("Stop following");
        world.server.api().get(here).await.is(401);
        world.server.visitor().post("/me/follows/unasked", &[]).await.sees_other("/sign-in");
    }

    async fn a_tag_and_a_member_of_the_staff_are_followed(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, sanne_api) = world.somebody("Sanne", "member").await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (ruth, ruth_api) = world.somebody("Ruth", "lead").await;
        let new = json!({ "kind": "idea", "title": "A panel on every roof", "body": "Please.", "board": "general", "tags": ["Sun & wind"] });
        let post = sanne_api.post("/api/v1/posts", &new).await.is(201).number("id");
        let browser = world.server.signed_in(&mo).await;

        // by the buttons
        let page = browser.get("/?tag=sun-wind").await.is(200);
        assert!(page.has("form[action='/me/follows'] [name=subject][value=tag]"), "{}", page.body);
        let tag = page.attribute("form[action='/me/follows'] [name=id]", "value").expect("a value");
        browser.post("/me/follows", &[("subject", "tag"), ("id", &tag), ("follow", "yes"), ("back", "/?tag=sun-wind")]).await.sees_other("/?tag=sun-wind");
        browser.get("/?tag=sun-wind").await.is(200).must_show("Stop following");
        let staff = format!("/u/{}", handle(&ruth));
        let page = browser.get(&staff).await.is(200);
        let whom = page.attribute("form[action='/me/follows'] [name=id]", "value").expect("a value");
        assert_eq!(whom, ruth.id);
        browser.post("/me/follows", &[("subject", "person"), ("id", &whom), ("follow", "yes"), ("back", &staff)]).await.sees_other(&staff);
        browser.get(&staff).await.is(200).must_show("Stop following");
        let member = format!("/u/{}", handle(&sanne));
        assert!(!browser.get(&member).await.is(200).has("form[action='/me/follows']"), "members are not followed");
        browser.post("/me/follows", &[("subject", "person"), ("id", &sanne.id), ("follow", "yes")]).await.is(404);
        let listed = browser.get("/me/follows").await.is(200);
        listed.must_show("Sun & wind").must_show("Ruth");
        assert!(!world.server.visitor().get(&staff).await.is(200).has("form[action='/me/follows']"));

        // what they are told, and why
        let more = json!({ "kind": "idea", "title": "A mill on every hill", "body": "Please.", "board": "general", "tags": ["sun & wind"] });
        sanne_api.post("/api/v1/posts", &more).await.is(201);
        let answer = json!({ "status": "started", "what": "We build.", "who": "Network", "next_update_on": soon() });
        ruth_api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let told = mo_api.get("/api/v1/me/notices").await.is(200);
        let said: Vec<_> = told.items().iter().map(|item| (item["event"].clone(), item["reason"].clone(), item["cause"].clone())).collect();
        assert_eq!(said, [
            (json!("answer_published"), json!("actor"), json!("Ruth")),
            (json!("post_submitted"), json!("tag"), json!("Sun & wind")),
        ]);
        browser.get("/me/notices").await.is(200).must_show("Because you follow the tag “Sun & wind”").must_show("Because you follow Ruth");
        let mail = world.server.mail_to(&mo.email, |mail| mail.text.contains("because you follow the tag")).await;
        assert!(mail.text.contains("A mill on every hill") && mail.text.contains("/me/follows"), "{}", mail.text);

        // through the API
        let (by_tag, by_person) = ("/api/v1/tags/sun-wind/follow", format!("/api/v1/people/{}/follow", ruth.id));
        let items = mo_api.get("/api/v1/me/follows").await.is(200);
        let ids: Vec<_> = items.items().iter().map(|item| (item["subject"].clone(), item["id"].is_string())).collect();
        assert_eq!(ids, [(json!("person"), true), (json!("tag"), false)]);
        for path in [by_tag, by_person.as_str()] {
            for _ in 0..2 {
                assert_eq!(mo_api.delete(path).await.is(200).json["following"], json!(false));
            }
            assert_eq!(mo_api.put(path, &json!({})).await.is(200).json["following"], json!(true));
            world.server.api().put(path, &json!({})).await.is(401);
        }
        for path in [format!("/api/v1/people/{}/follow", sanne.id), "/api/v1/people/x/follow".to_owned(), "/api/v1/tags/nothing/follow".to_owned()] {
            mo_api.put(&path, &json!({})).await.is(404);
            mo_api.delete(&path).await.is(404);
        }
    }
}

/// The name of somebody in addresses.
pub(crate) fn handle(account: &Account) -> String {
    let id = account.id.replace('-', "");
    format!("{}-{}", account.name.to_lowercase(), &id[id.len() - 8..])
}
