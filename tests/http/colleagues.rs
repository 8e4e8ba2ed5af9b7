//! Who is there, who they become, and colleagues who are invited.

use tests::{
    answerable::{PASSWORD, Visitor},
    serving,
};

use crate::world::World;

const NEW: [(&str, &str); 2] = [("name", "Femke"), ("password", PASSWORD)];

async fn invite(ada: &Visitor, email: &str, role: &str) {
    let fields = [("email", email), ("role", role), ("language", "en")];
    ada.post("/admin/people/invitations", &fields).await.sees_other("/admin/people?done=invited");
}

serving! {
    async fn people_are_found_and_given_roles(server: Answerable) {
        let world = World::open(server).await;
        let (noor, _) = world.somebody("Noor", "member").await;
        let (femke, _) = world.somebody("Femke", "agent").await;
        let una = world.server.unverified("Una").await;
        let ada = world.server.signed_in(&world.admin).await;
        world.server.signed_in(&femke).await;
        let page = ada.get("/admin/people").await.is(200);
        assert_eq!(page.texts("tbody th"), ["Ada", "Femke", "Noor", "Una"], "the staff first, then by name");
        page.must_show("4 people").must_show("not verified yet").must_show("noor@example.com");
        assert_eq!(ada.get("/admin/people?q=FEM").await.texts("tbody th"), ["Femke"]);
        assert_eq!(ada.get("/admin/people?q=una%40&role=member").await.texts("tbody th"), ["Una"]);
        ada.get("/admin/people?q=%25").await.is(200).must_show("Nobody is called that");

        let role = |id: &str| format!("/admin/people/{id}/role");
        ada.post(&role(&noor.id), &[("role", "lead")]).await.sees_other(&format!("/admin/people/{}?done=settings", noor.id));
        let lead = world.server.signed_in(&noor).await;
        lead.get("/triage").await.is(200);
        ada.post(&role(&noor.id), &[("role", "member")]).await.sees_other("/admin/people/");
        lead.get("/triage").await.sees_other("/sign-in");
        ada.post(&role(&una.id), &[("role", "agent")]).await.is(409).must_show("Invite them instead");
        assert_eq!(ada.post(&role(&noor.id), &[("role", "boss")]).await.is(422).wrong_fields(), ["role"]);

        ada.post(&role(&world.admin.id), &[("role", "lead")]).await.is(409).must_show("the only admin");
        ada.post(&role(&femke.id), &[("role", "admin")]).await.sees_other("/admin/people/");
        ada.post(&role(&world.admin.id), &[("role", "lead")]).await.sees_other("/");
        ada.get("/admin").await.sees_other("/sign-in");

        let femke = world.server.signed_in(&femke).await;
        femke.post(&format!("/admin/people/{}/title", world.admin.id), &[("title", "Head of all")]).await.sees_other("/admin/people/");
        femke.get(&format!("/admin/people/{}", world.admin.id)).await.must_show("Head of all");
        femke.get("/admin/people/nobody").await.is(404);
    }

    async fn a_colleague_joins_by_the_link_in_the_mail(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let page = ada.post("/admin/people/invitations", &[("email", "nobody"), ("role", "member")]).await.is(422);
        assert_eq!((page.wrong_fields(), page.field("email").as_deref()), (vec!["email".to_owned(), "role".to_owned()], Some("nobody")));
        let known = [("email", world.admin.email.as_str()), ("role", "agent")];
        ada.post("/admin/people/invitations", &known).await.is(422).must_show("There is an account with this address");
        invite(&ada, "femke@example.com", "agent").await;
        let mail = world.server.mail_to("femke@example.com", |_| true).await;
        assert!(!mail.text.contains("Ada") && !mail.text.contains("Femke"), "{}", mail.text);
        let link = world.server.link_to("femke@example.com", "/invite/").await;
        ada.get("/admin/people").await.must_show("femke@example.com");

        let femke = world.server.visitor();
        let page = femke.get(&link).await.is(200);
        page.must_show("femke@example.com");
        assert_eq!(page.header("cache-control"), "no-store");
        let page = femke.post(&link, &[("name", "Femke & co"), ("password", "short")]).await.is(422);
        assert_eq!((page.wrong_fields(), page.field("name").as_deref()), (vec!["password".to_owned()], Some("Femke & co")));
        femke.post(&link, &NEW).await.sees_other("/triage?done=joined");
        femke.get("/triage").await.is(200);
        femke.get("/admin").await.is(404);
        world.server.visitor().get(&link).await.is(410);
        world.server.visitor().post(&link, &NEW).await.is(422);
        assert_eq!(ada.get("/admin/people?role=agent").await.texts("tbody th"), ["Femke"]);
    }

    async fn an_invitation_is_replaced_and_taken_back(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        invite(&ada, "femke@example.com", "agent").await;
        let first = world.server.link_to("femke@example.com", "/invite/").await;
        invite(&ada, "femke@example.com", "lead").await;
        let visitor = world.server.visitor();
        visitor.get(&first).await.is(410);
        let page = ada.get("/admin/people").await.is(200);
        let back = page.attributes("form[action*=\"/invitations/\"]", "action");
        assert_eq!(back.len(), 1, "one to an address is open");
        ada.post(&back[0], &[]).await.sees_other("/admin/people?done=settings");
        ada.post(&back[0], &[]).await.sees_other("/admin/people?done=settings");
        ada.get("/admin/people").await.must_not_show("femke@example.com");
    }

    async fn whoever_signed_up_with_the_address_before_gets_nothing_by_the_invitation(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        // somebody signs up with an address that is not theirs, before and after the invitation
        let stranger = world.server.unverified("Femke").await;
        let browser = world.server.signed_in(&stranger).await;
        let token = world.server.api_of(&stranger).await;
        invite(&ada, "femke@example.com", "director").await;
        let again = [("name", "Stranger"), ("email", "femke@example.com"), ("password", "harbour violet kettle moss")];
        world.server.visitor().post("/sign-up", &again).await.sees_other("/verify");
        browser.get("/triage").await.is(404);
        let link = world.server.link_to("femke@example.com", "/invite/").await;
        let femke = world.server.visitor();
        femke.post(&link, &[("name", "Femke"), ("password", "marble canyon whistle soup")]).await.sees_other("/triage?done=joined");
        browser.get("/me").await.sees_other("/sign-in");
        token.get("/api/v1/me").await.is_problem(401, &[]);
        for password in [PASSWORD, "harbour violet kettle moss"] {
            let attempt = [("email", "femke@example.com"), ("password", password)];
            world.server.visitor().post("/sign-in", &attempt).await.is(422);
        }
        // the links of the stranger's sign-ups are dead too
        let verify = world.server.link_to("femke@example.com", "/verify/").await;
        world.server.visitor().get(&verify).await.is(410);
    }
}
