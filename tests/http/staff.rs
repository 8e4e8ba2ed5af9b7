//! Staff at work, by forms alone.

use tests::serving;

use crate::world::{World, soon};

const WHAT: &str = "We put all addresses of a customer on **one** bill.";

serving! {
    async fn a_role_opens_no_page_before_the_address_is_verified(server: Answerable) {
        let world = World::open(server).await;
        let board = serde_json::json!({ "slug": "hidden-valley", "name": "Hidden Valley", "private": true, "groups": [] });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let hidden = world.admin_api.submit("idea", "hidden-valley", "The plan of the valley", "Not yet.").await;
        let open = world.admin_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let path = world.path_of(open).await;
        for role in ["agent", "lead", "director", "admin"] {
            let account = world.server.unverified_as(&format!("Una {role}"), role).await;
            let una = world.server.signed_in(&account).await;
            for page in ["/triage".to_owned(), format!("/triage/{open}"), format!("/triage/{hidden}"), format!("/p/{hidden}/x")] {
                una.get(&page).await.is(404);
            }
            for page in ["/admin", "/admin/teams", "/admin/clocks"] {
                una.get(page).await.is(404);
            }
            una.post(&format!("/triage/{open}/owner"), &[("person", &account.id)]).await.is(404);
            una.post("/admin/teams", &[("slug", "una"), ("name", "Una")]).await.is(404);
            for page in ["/", "/?sort=new", &path, "/me", "/me/clocks"] {
                let page = una.get(page).await.is(200);
                page.must_not_show("The plan of the valley");
                assert!(!page.has("a[href^='/triage']") && !page.has("a[href='/admin']"), "{role}");
            }
        }
    }

    async fn pages_of_the_staff_are_not_there_for_others(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let (mo, visitor) = (world.server.signed_in(&member).await, world.server.visitor());
        for path in ["/triage".to_owned(), format!("/triage/{post}"), "/triage?whose=mine".to_owned(), "/triage/999".to_owned()] {
            assert!(visitor.get(&path).await.sees_other("/sign-in?next=%2Ftriage").contains("triage"));
            mo.get(&path).await.is(404).must_show("Nothing here");
        }
        for path in [format!("/triage/{post}/answer"), format!("/triage/{post}/owner")] {
            let fields =
                [("status", "planned"), ("what", "Done."), ("who", "Me"), ("next_update_on", "2030-01-02"), ("person", &member.id)];
            visitor.post(&path, &fields).await.sees_other("/sign-in");
            mo.post(&path, &fields).await.is(404);
        }
        mo.get("/").await.must_not_show("Triage");
        assert_eq!(api.get(&format!("/api/v1/posts/{post}/answers")).await.items().len(), 0);
    }

    async fn an_answer_says_what_who_and_by_when_and_keeps_what_was_typed(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let path = world.path_of(post).await;
        let (agent, _) = world.somebody("Femke", "agent").await;
        let femke = world.server.signed_in(&agent).await;
        femke.get("/triage").await.is(200).must_show("One bill for two addresses");
        let page = femke.get(&format!("/triage/{post}")).await.is(200);
        assert_eq!(page.field("who").as_deref(), Some("Femke"));
        let answer = format!("/triage/{post}/answer");

        let page = femke
            .post(&answer, &[("status", "planned"), ("what", WHAT), ("who", "Team Billing"), ("next_update_on", "2020-01-02")])
            .await
            .is(422);
        assert_eq!(page.wrong_fields(), ["next_update_on"]);
        for (name, value) in [("status", "planned"), ("what", WHAT), ("who", "Team Billing"), ("next_update_on", "2020-01-02")] {
            assert_eq!(page.field(name).as_deref(), Some(value), "{name} is lost");
        }
        for (fields, wrong) in [
            (vec![("status", "planned")], vec!["what", "who", "next_update_on"]),
            (vec![("status", "delivered"), ("what", WHAT)], vec!["who"]),
            (vec![("status", "declined"), ("what", "No.")], vec!["what", "reason_class", "reexamine_on"]),
            (vec![("status", "received"), ("what", WHAT), ("who", "Me")], vec!["status"]),
            (vec![("status", "confirmed"), ("what", WHAT), ("who", "Me")], vec!["status"]),
            (vec![("status", ""), ("what", WHAT), ("who", "Me")], vec!["status"]),
            (vec![("status", "planned"), ("what", WHAT), ("who", "Me"), ("next_update_on", "soon")], vec!["next_update_on"]),
        ] {
            let page = femke.post(&answer, &fields).await.is(422);
            let mut wrong = wrong;
            wrong.sort_unstable();
            assert_eq!(page.wrong_fields(), wrong, "{fields:?}");
        }
        assert_eq!(api.get(&format!("/api/v1/posts/{post}/answers")).await.items().len(), 0);

        let day = soon();
        femke
            .post(&answer, &[("status", "planned"), ("what", WHAT), ("who", "Team Billing"), ("next_update_on", &day)])
            .await
            .sees_other(&format!("/triage/{post}"));
        let visitor = world.server.visitor();
        let page = visitor.get(&path).await.is(200);
        page.must_show("<strong>one</strong>").must_show("Team Billing").must_show("Planned").must_show("Femke");
        visitor.get("/roadmap").await.is(200).must_show("One bill for two addresses");
        let post_now = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
        assert_eq!(post_now.json["status"]["stage"], "planned");
        assert_eq!(post_now.json["owner"]["name"], "Femke", "who answers first owns it");
        // its author hears of it
        let mail = world.server.mail_to(&member.email, |mail| mail.subject.contains("One bill")).await;
        assert!(mail.text.contains("Team Billing"), "{}", mail.text);
        assert!(mail.path(&format!("/p/{post}")).is_some(), "{}", mail.text);
    }

    async fn staff_take_posts_and_hand_them_out(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let (agent, _) = world.somebody("Femke", "agent").await;
        let (lead, _) = world.somebody("Luuk", "lead").await;
        let femke = world.server.signed_in(&agent).await;
        femke.get("/triage?whose=nobody").await.is(200).must_show("One bill for two addresses");
        let owner = format!("/triage/{post}/owner");
        femke.post(&owner, &[("person", &agent.id)]).await.sees_other(&format!("/triage/{post}"));
        femke.get("/triage?whose=mine").await.is(200).must_show("One bill for two addresses");
        world.server.visitor().get(&world.path_of(post).await).await.must_show("Femke");
        femke.post(&owner, &[("person", &lead.id)]).await.sees_other(&format!("/triage/{post}"));
        assert_eq!(api.get(&format!("/api/v1/posts/{post}")).await.json["owner"]["name"], "Luuk");
        let (member, _) = world.somebody("Noor", "member").await;
        for person in ["", "somebody", &member.id, "019aa5f0-7c1e-7d3a-9b1f-5d2a6c3e4f50"] {
            let page = femke.post(&owner, &[("person", person)]).await.is(422);
            assert_eq!(page.wrong_fields(), ["person"], "{person}");
        }
    }
}
