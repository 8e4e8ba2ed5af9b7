//! Boards, statuses and tags, arranged by forms and by the API: each change is seen at once, and nothing typed is lost.

use serde_json::json;
use tests::{answerable::Visitor, serving};

use crate::world::World;

async fn in_language(world: &World, language: &str) -> Visitor {
    let visitor = world.server.visitor();
    visitor.post("/preferences", &[("language", language), ("back", "/")]).await.sees_other("/");
    visitor
}

serving! {
    async fn groups_are_renamed_and_filled(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let (mo, _) = world.somebody("Mo", "member").await;
        ada.post("/admin/groups", &[("name", "Pilot customers")]).await.sees_other("/admin/boards");
        let here = "/admin/groups/pilot-customers";
        assert!(ada.get("/admin/boards").await.has(&format!("a[href='{here}']")));
        ada.get(here).await.is(200).must_show("Nobody belongs to it yet.");
        let members = format!("{here}/members");
        for wrong in ["", "nobody@example.com", "nobody"] {
            let refused = ada.post(&members, &[("person", wrong)]).await.is(422);
            assert_eq!((refused.wrong_fields(), refused.field("person").as_deref()), (vec!["person".to_owned()], Some(wrong)));
        }
        ada.post(&members, &[("person", &mo.email)]).await.sees_other(here);
        ada.get(here).await.is(200).must_show("Mo");
        ada.get("/admin/boards").await.must_show("one person");
        assert_eq!(ada.post(here, &[("name", "")]).await.is(422).wrong_fields(), ["name"]);
        ada.post(here, &[("name", "First customers")]).await.sees_other(here);
        ada.get(here).await.is(200).must_show("First customers");
        ada.post(&format!("{members}/{}/remove", mo.id), &[]).await.sees_other(here);
        ada.get(here).await.is(200).must_show("Nobody belongs to it yet.");
        ada.get("/admin/groups/none").await.is(404);
        let member = world.server.signed_in(&mo).await;
        member.get(here).await.is(404);
        member.post(&members, &[("person", &mo.email)]).await.is(404);
        world.server.visitor().get(here).await.sees_other("/sign-in");
    }

    async fn who_writes_from_an_older_state_is_told(server: Answerable) {
        let world = World::open(server).await;
        let admin = &world.admin_api;
        let (mo, _) = world.somebody("Mo", "member").await;
        let (femke, _) = world.somebody("Femke", "agent").await;
        admin.post("/api/v1/groups", &json!({ "slug": "pilot", "name": "Pilot" })).await.is(201);
        admin.post("/api/v1/teams", &json!({ "slug": "bills", "name": "Bills" })).await.is(201);
        for slug in ["moving", "house"] {
            admin.post("/api/v1/tags", &json!({ "slug": slug, "name": slug })).await.is(201);
        }
        let pledge = json!({ "days": 5, "what": "No bill comes twice.", "remedy": "A month free" });
        let pledge = admin.post("/api/v1/pledges", &pledge).await.is(201).number("id");
        let (put, delete, patch, post) =
            (reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::PATCH, reqwest::Method::POST);
        // what is written, from which state, and what of it makes the state another
        let member = format!("/api/v1/groups/pilot/members/{}", mo.id);
        let colleague = format!("/api/v1/teams/bills/members/{}", femke.id);
        let (ends, house) = (format!("/api/v1/pledges/{pledge}/end"), "/api/v1/tags/house/merge".to_owned());
        let pledge = format!("/api/v1/pledges/{pledge}");
        let writes = [
            (&put, &member, None, "/api/v1/groups/pilot"),
            (&delete, &member, None, "/api/v1/groups/pilot"),
            (&patch, &"/api/v1/groups/pilot".to_owned(), Some(json!({ "name": "First" })), "/api/v1/groups/pilot"),
            (&put, &colleague, None, "/api/v1/teams/bills"),
            (&delete, &colleague, None, "/api/v1/teams/bills"),
            (&patch, &"/api/v1/tags/house".to_owned(), Some(json!({ "name": "House" })), "/api/v1/tags/house"),
            (&post, &house, Some(json!({ "into": "moving" })), "/api/v1/tags/house"),
            (&post, &ends, Some(json!({})), &pledge),
        ];
        for (method, path, body, state) in writes {
            let tag = admin.get(state).await.is(200).header("etag");
            let old = [("If-Match", "W/\"0123456789abcdef0123456789abcdef\"")];
            admin.send(method.clone(), path, body.as_ref(), &old).await.is_problem(412, &[]);
            assert_eq!(admin.get(state).await.header("etag"), tag, "{method} {path}: nothing happened");
            let done = admin.send(method.clone(), path, body.as_ref(), &[("If-Match", &tag)]).await;
            assert!(matches!(done.status, 200 | 204), "{method} {path}: {}", done.json);
            let now = admin.get(state).await;
            assert!(now.status == 404 || now.header("etag") != tag, "{method} {path} changes {state}");
        }
    }

    async fn a_board_is_named_closed_and_ordered_by_forms(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let post = mo.submit("complaint", "general", "The bill came twice", "Please look.").await;

        let page = ada.post("/admin/boards", &[("name", ""), ("name_nl", "Zonder & naam"), ("slug", "B!")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["name", "slug"]);
        page.must_show("Zonder & naam").must_show("There is a problem");
        let new = [("name", "Moving house"), ("name_nl", "Verhuizen"), ("description", "Everything about a new address.")];
        ada.post("/admin/boards", &new).await.sees_other("/admin/boards?done=settings");
        let page = ada.post("/admin/boards", &new).await.is(422);
        assert_eq!(page.wrong_fields(), ["slug"], "sent twice it is one board");

        let (dutch, english) = (in_language(&world, "nl").await, in_language(&world, "en").await);
        dutch.get("/?board=moving-house").await.is(200).must_show("Verhuizen").must_show("Everything about a new address.");
        english.get("/?board=moving-house").await.is(200).must_show("Moving house").must_not_show("Verhuizen");
        dutch.get("/?board=general").await.is(200).must_show("General");

        // two windows with the same board open
        let version = ada.get("/admin/boards").await.attribute("form[action*=\"/admin/boards/general#\"] [name=version]", "value");
        let version = version.expect("the change that it is written from");
        let named = |name: &'static str| [("name", name), ("version", version.as_str())].map(|(n, v)| (n, v.to_owned()));
        let send = async |fields: [(&'static str, String); 2]| {
            let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            ada.post("/admin/boards/general", &fields).await
        };
        send(named("First of two")).await.sees_other("/admin/boards?done=settings");
        let second = send(named("Second of two")).await.is(412);
        second.must_show("Somebody else changed this").must_show("Second of two");
        english.get("/?board=general").await.must_show("First of two");
        let now = second.attribute("form[action*=\"/admin/boards/general#\"] [name=version]", "value").expect("the present one");
        ada.post("/admin/boards/general", &[("name", "Second of two"), ("version", &now)]).await.sees_other("/admin/boards?done");

        let titles = async || english.get("/new").await.texts("select[name=board] option");
        assert_eq!(titles().await[1..], ["Moving house", "Second of two"]);
        ada.post("/admin/boards/general/order", &[("way", "up")]).await.sees_other("/admin/boards#order");
        assert_eq!(titles().await[1..], ["Second of two", "Moving house"]);

        ada.post("/admin/boards/general", &[("name", "General"), ("closed", "on")]).await.sees_other("/admin/boards?done=settings");
        assert_eq!(titles().await[1..], ["Moving house"], "a closed one can't be chosen");
        english.get("/?board=general").await.must_show("takes no new posts").must_show("The bill came twice");
        let draft = json!({ "kind": "idea", "title": "One more", "body": "Please.", "board": "general" });
        mo.post("/api/v1/posts", &draft).await.is_problem(422, &["board"]);
        mo.get(&format!("/api/v1/posts/{post}")).await.is(200);
        ada.post("/admin/boards/nowhere", &[("name", "x")]).await.is(404);
    }

    async fn a_board_becomes_private_for_a_group_at_once(server: Answerable) {
        let world = World::open(server).await;
        let (noor, mo) = world.somebody("Noor", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let (visitor, member) = (world.server.visitor(), world.server.signed_in(&noor).await);
        let post = mo.submit("complaint", "general", "The bill came twice", "Please look.").await;
        let path = world.path_of(post).await;
        visitor.get(&path).await.is(200);
        visitor.get("/").await.must_show("The bill came twice");
        ada.post("/admin/groups", &[("name", "Pilot customers")]).await.sees_other("/admin/boards?done=settings");
        let private = [("name", "General"), ("private", "on"), ("group-pilot-customers", "on")];
        ada.post("/admin/boards/general", &private).await.sees_other("/admin/boards?done=settings");
        visitor.get(&path).await.is(404);
        visitor.get("/").await.must_not_show("The bill came twice");
        member.get(&path).await.is(404);
        let groups = format!("/admin/people/{}/groups", noor.id);
        ada.post(&groups, &[("group-pilot-customers", "on")]).await.sees_other("/admin/people/");
        member.get(&path).await.is(200);
        ada.post(&groups, &[]).await.sees_other("/admin/people/");
        member.get(&path).await.is(404);
        assert_eq!(ada.get("/admin/boards").await.field("group-pilot-customers").as_deref(), Some("on"));
    }

    async fn a_program_changes_a_board(server: Answerable) {
        let world = World::open(server).await;
        let api = &world.admin_api;
        let before = api.get("/api/v1/boards/general").await.is(200);
        let change = json!({ "names": { "nl": "Algemeen" }, "description": "All else.", "closed": true });
        let board = api.patch("/api/v1/boards/general", &change).await.is(200).json;
        assert_eq!(board["names"], json!({ "nl": "Algemeen" }));
        assert_eq!((&board["name"], &board["closed"], &board["private"]), (&json!("General"), &json!(true), &json!(false)));
        assert_eq!(world.server.api().get("/api/v1/boards").await.is(200).items()[0], board);
        let old = before.header("etag");
        let late = api.send(reqwest::Method::PATCH, "/api/v1/boards/general", Some(&change), &[("if-match", &old)]).await;
        late.is_problem(412, &[]);
        api.patch("/api/v1/boards/general", &json!({ "name": "", "names": { "xx": "?" }, "closed": "yes" }))
            .await
            .is_problem(422, &["names", "closed"]);
        api.patch("/api/v1/boards/general", &json!({ "name": "" })).await.is_problem(422, &["name"]);
        api.patch("/api/v1/boards/nowhere", &change).await.is_problem(404, &[]);
    }

    async fn statuses_are_named_coloured_and_removed_by_forms(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let page = ada.post("/admin/statuses", &[("name", "x".repeat(41).as_str()), ("stage", "none"), ("colour", "red")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["colour", "name", "stage"]);
        let new = [("name", "In beta"), ("name_nl", "In proef"), ("stage", "delivered"), ("colour", "violet")];
        ada.post("/admin/statuses", &new).await.sees_other("/admin/statuses?done=settings");
        let post = mo.submit("idea", "general", "One bill for all", "Two houses.").await;
        let answer = json!({ "status": "in-beta", "what": "It is being tried.", "who": "Billing" });
        world.admin_api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let (dutch, path) = (in_language(&world, "nl").await, world.path_of(post).await);
        let page = dutch.get(&path).await.is(200);
        page.must_show("In proef");
        assert!(page.has(".pill[data-hue=violet]") && !page.body.contains("style="), "a colour is in the style sheet alone");
        ada.post("/admin/statuses/in-beta", &[("name", "Beta"), ("colour", "")]).await.sees_other("/admin/statuses?done=settings");
        assert!(!dutch.get(&path).await.must_show("Beta").must_not_show("In proef").has(".pill[data-hue]"));
        ada.post("/admin/statuses/in-beta/remove", &[]).await.is(409).must_show("can be renamed but not removed");
        ada.post("/admin/statuses/started/remove", &[]).await.is(409).must_show("Every stage needs a status");
        let spare = [("name", "Building"), ("stage", "started"), ("slug", "building")];
        ada.post("/admin/statuses", &spare).await.sees_other("/admin/statuses?done=settings");
        ada.post("/admin/statuses/building/order", &[("way", "up")]).await.sees_other("/admin/statuses");
        let slugs = world.admin_api.get("/api/v1/statuses").await.is(200);
        let slugs: Vec<_> = slugs.items().iter().filter_map(|status| status["slug"].as_str()).collect();
        assert_eq!(slugs[3..5], ["building", "started"]);
        ada.post("/admin/statuses/building/remove", &[]).await.sees_other("/admin/statuses?done=settings");
        ada.post("/admin/statuses/building/remove", &[]).await.is(404);
    }

    async fn two_tags_become_one_and_the_old_address_leads_there(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let visitor = world.server.visitor();
        for (title, tag) in [("One bill for all", "bills"), ("Two bills for one", "invoices")] {
            let draft = json!({ "kind": "idea", "title": title, "body": "Please.", "board": "general", "tags": [tag] });
            mo.post("/api/v1/posts", &draft).await.is(201);
        }
        visitor.get("/?tag=bills").await.is(200).must_show("One bill for all");
        let page = ada.post("/admin/tags/merge", &[("tag", "bills"), ("n", "1"), ("into", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["into"]);
        ada.post("/admin/tags/merge", &[("tag", "bills"), ("into", "invoices")]).await.sees_other("/admin/tags?");
        visitor.get("/?tag=bills&sort=new").await.sees_other("/?sort=new&tag=invoices");
        visitor.get("/?tag=invoices").await.is(200).must_show("One bill for all").must_show("Two bills for one");
        assert_eq!(world.server.api().get("/api/v1/posts?tag=bills").await.is(200).items().len(), 2);
        ada.get("/admin/tags?q=bil").await.is(200).must_show("bills became invoices").must_show("Ada");
        ada.post("/admin/tags/name", &[("tag", "invoices"), ("name", "Bills & invoices")]).await.sees_other("/admin/tags?");
        visitor.get("/?tag=invoices").await.must_show("Bills & invoices");
        let page = ada.post("/admin/tags/name", &[("tag", "invoices"), ("n", "2"), ("name", " ")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["name"]);
        ada.post("/admin/tags", &[("name", "Solar power")]).await.sees_other("/admin/tags?");
        visitor.get("/").await.must_show("Solar power");
        ada.post("/admin/tags/offer", &[("tag", "solar-power"), ("offered", "no")]).await.sees_other("/admin/tags?");
        visitor.get("/").await.must_not_show("Solar power");
        ada.post("/admin/tags/merge", &[("tag", "gone"), ("into", "invoices")]).await.is(404);
    }

    async fn a_program_changes_statuses_and_tags(server: Answerable) {
        let world = World::open(server).await;
        let api = &world.admin_api;
        let new = json!({ "slug": "beta", "name": "Beta", "stage": "started", "names": { "nl": "Proef" }, "colour": "plum" });
        api.post("/api/v1/statuses", &new).await.is(201);
        let change = json!({ "name": "In beta", "colour": "violet" });
        assert_eq!(api.patch("/api/v1/statuses/beta", &change).await.is(200).text("name"), "In beta");
        let wrong = json!({ "name": "", "names": { "en": 1 } });
        api.patch("/api/v1/statuses/beta", &wrong).await.is_problem(422, &["names"]);
        api.patch("/api/v1/statuses/beta", &json!({ "name": "", "colour": "red" })).await.is_problem(422, &["name", "colour"]);
        api.delete("/api/v1/statuses/beta").await.is(204);
        api.delete("/api/v1/statuses/beta").await.is_problem(404, &[]);
        api.delete("/api/v1/statuses/started").await.is_problem(409, &[]);

        for slug in ["bills", "invoices"] {
            api.post("/api/v1/tags", &json!({ "slug": slug, "name": slug })).await.is(201);
        }
        assert_eq!(api.patch("/api/v1/tags/bills", &json!({ "name": "Bills" })).await.is(200).text("name"), "Bills");
        api.post("/api/v1/tags/invoices/merge", &json!({})).await.is_problem(422, &["into"]);
        assert_eq!(api.post("/api/v1/tags/invoices/merge", &json!({ "into": "bills" })).await.is(200).text("slug"), "bills");
        api.patch("/api/v1/tags/invoices", &json!({ "offered": true })).await.is_problem(404, &[]);
        api.patch("/api/v1/tags/bills", &json!({ "offered": false })).await.is(200);
        assert_eq!(api.get("/api/v1/tags").await.is(200).items().len(), 0);
    }
}
