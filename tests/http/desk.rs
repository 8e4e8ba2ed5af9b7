//! What somebody of the staff does at the desk beside answering.

use tests::serving;

use crate::world::{World, soon};

serving! {
    async fn a_post_is_taken_from_a_colleague_for_a_reason(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (femke, _) = world.somebody("Femke", "agent").await;
        let (joris, _) = world.somebody("Joris", "agent").await;
        let post = mo.submit("idea", "general", "One bill", "Please.").await;
        let (femke, joris) = (world.server.signed_in(&femke).await, world.server.signed_in(&joris).await);
        let (item, take) = (format!("/triage/{post}"), format!("/triage/{post}/take"));
        femke.get(&item).await.is(200).must_show("Take it").must_not_show("Take it over from");
        femke.post(&take, &[]).await.sees_other(&item);
        joris.get(&item).await.is(200).must_show("Take it over from Femke");
        let page = joris.post(&take, &[("reason", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["reason"]);
        let page = joris.post(&take, &[("reason", "too short")]).await.is(422);
        assert_eq!(page.field("reason").as_deref(), Some("too short"));
        joris.post(&take, &[("reason", "Femke is away until Monday.")]).await.sees_other(&item);
        let path = world.path_of(post).await;
        let page = world.server.visitor().get(&path).await.is(200);
        page.must_show("Taken by Joris").must_show("Femke is away until Monday.");
        joris.get(&item).await.must_not_show("Take it over from");
        mo.get(&format!("/api/v1/posts/{post}")).await.is(200);
        world.server.visitor().post(&take, &[("reason", "I would like it.")]).await.sees_other("/sign-in");
    }

    async fn the_desk_shows_what_was_said_last_and_replies(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (femke, _) = world.somebody("Femke", "agent").await;
        let post = mo.submit("idea", "general", "One bill", "Please.").await;
        for n in 1..=4 {
            let comment = serde_json::json!({ "body": format!("Word {n}.") });
            mo.post(&format!("/api/v1/posts/{post}/comments"), &comment).await.is(201);
        }
        let femke = world.server.signed_in(&femke).await;
        let item = format!("/triage/{post}");
        let page = femke.get(&item).await.is(200);
        page.must_show("Word 4.").must_show("Word 2.").must_not_show("Word 1.").must_show("All 4");
        let (said, facts) = (page.body.find("Word 4."), page.body.find("class=\"facts\""));
        assert!(said < facts, "what was said stands before the facts");
        let reply = format!("/triage/{post}/comments");
        let page = femke.post(&reply, &[("body", " ")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        for _ in 0..2 {
            femke.post(&reply, &[("body", "We will look.")]).await.sees_other(&item);
        }
        let page = world.server.visitor().get(&world.path_of(post).await).await.is(200);
        page.must_show("We will look.").must_show("replies").must_not_show("Official answer");
        assert_eq!(page.texts(".comment--official").len(), 1, "sent twice it is there once");
        assert!(page.has("[data-stage=received]"), "a reply is no answer");
        // who reads the queue by keyboard gets past it
        assert!(femke.get(&item).await.has("a.skip[href='#item']"));
    }

    async fn the_most_pressing_deadline_is_chosen_before_anybody_chooses(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (femke, api) = world.somebody("Femke", "agent").await;
        let post = mo.submit("idea", "general", "One bill", "Please.").await;
        let answer = serde_json::json!({ "status": "review", "what": "We look.", "who": "Billing", "next_update_on": soon() });
        api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        let page = world.server.signed_in(&femke).await.get(&format!("/triage/{post}")).await.is(200);
        let names = page.attributes("select[name=clock] option", "value");
        assert_eq!(names, ["next_update", "decision"], "two weeks before six");
    }
}
