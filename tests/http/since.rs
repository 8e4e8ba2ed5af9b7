//! What happened since somebody was here.

use serde_json::json;
use tests::serving;

use crate::world::{World, soon};

serving! {
    async fn what_was_answered_stands_on_top_until_it_is_seen(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let idea = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let complaint = mo_api.submit("complaint", "general", "The line drops every evening", "From eight to ten.").await;
        let browser = world.server.signed_in(&mo).await;
        browser.get("/").await.is(200).must_not_show("Since you were here");

        let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
        staff.post(&format!("/api/v1/posts/{idea}/answers"), &planned).await.is(201);
        let delivered = json!({ "status": "delivered", "what": "Two more lines.", "who": "Network" });
        staff.post(&format!("/api/v1/posts/{complaint}/answers"), &delivered).await.is(201);
        let page = browser.get("/").await.is(200);
        page.must_show("Since you were here").must_show("Answered:").must_show("Is it really solved?");
        let lines = page.texts(".since li");
        assert!(lines.len() == 2 && lines[0].contains("The line drops"), "{lines:?}");
        assert_eq!(page.attributes(".since li button", "value"), ["yes", "no"]);
        browser.get("/?sort=new").await.must_not_show("Since you were here");
        world.server.visitor().get("/").await.must_not_show("Since you were here");
        world.server.signed_in(&world.admin).await.get("/").await.must_not_show("The line drops every evening</a> <form");

        // the question stands on every page but that of its post, where it is asked at length
        let of_complaint = world.path_of(complaint).await;
        for path in ["/?sort=new", "/roadmap", "/me/votes", "/me/notices", "/nowhere"] {
            let page = browser.get(path).await;
            assert_eq!(page.attributes(".asked button", "value"), ["yes", "no"], "{path}");
            page.must_show("The line drops every evening");
        }
        assert!(!browser.get("/").await.has(".asked"), "it stands there among what is new");
        assert!(!world.server.visitor().get("/roadmap").await.has(".asked"));

        // who looks at the post has seen it
        let path = world.path_of(idea).await;
        browser.get(&path).await.is(200);
        let page = browser.get("/").await;
        assert_eq!(page.texts(".since li").len(), 1, "the other one is still new");
        let page = browser.get(&of_complaint).await.is(200);
        assert!(page.has("#solved") && !page.has(".asked"));
        assert!(browser.get("/").await.has(".asked"), "seen is not answered");
        // and who answers right there has answered
        let to = browser.post(&format!("/p/{complaint}/solved"), &[("said", "yes")]).await.sees_other("/p/");
        let page = browser.get(&to).await.is(200);
        page.must_show("You said: yes, it is solved");
        assert!(!browser.get("/roadmap").await.has(".asked"), "answered");
        browser.get("/").await.must_not_show("Since you were here");

        let started = json!({ "status": "started", "what": "We began.", "who": "Billing", "next_update_on": soon() });
        staff.post(&format!("/api/v1/posts/{idea}/answers"), &started).await.is(201);
        browser.get("/").await.must_show("Since you were here");
        browser.post("/me/seen", &[]).await.sees_other("/");
        browser.get("/").await.must_not_show("Since you were here");
        world.server.visitor().post("/me/seen", &[]).await.sees_other("/sign-in");
    }

    async fn the_author_of_a_complaint_sees_who_answers_and_when(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (noor, _) = world.somebody("Noor", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let complaint = mo_api.submit("complaint", "general", "The line drops every evening", "From eight to ten.").await;
        let path = world.path_of(complaint).await;
        let (author, other) = (world.server.signed_in(&mo).await, world.server.signed_in(&noor).await);
        let page = author.get(&path).await.is(200);
        page.must_show("answers before").must_show("Add a detail").must_not_show("It happened to me again");
        assert!(page.has("a[href='#comment-form']") && page.has("#comment-form"));
        other.get(&path).await.must_not_show("Add a detail").must_show("Does this happen to you too?");
        let day = (tests::answerable::today() + chrono::Days::new(4)).to_string();
        let answer = json!({ "status": "started", "what": "We look.", "who": "Network", "next_update_on": day });
        staff.post(&format!("/api/v1/posts/{complaint}/answers"), &answer).await.is(201);
        author.get(&path).await.must_not_show("Add a detail").must_not_show("It happened to me again");
        let delivered = json!({ "status": "delivered", "what": "Two **more** lines.", "who": "Network" });
        staff.post(&format!("/api/v1/posts/{complaint}/answers"), &delivered).await.is(201);
        let page = author.get(&path).await.is(200);
        page.must_show("It happened to me again");
        let found = other.get("/new/similar?title=The+line+drops+every+evening").await.is(200);
        found.must_show("See how").must_not_show("name=\"stance\"");
        assert!(page.texts("#solved .note").concat().contains("Two more lines."), "what was delivered stands in the question");
    }
}
