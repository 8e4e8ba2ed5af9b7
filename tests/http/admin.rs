//! The settings of the site, by forms alone: what is saved there takes effect.

use serde_json::Value;
use tests::{
    answerable::{Api, Visitor, today},
    serving,
};

use crate::world::World;

const TERMS: [(&str, &str); 8] = [
    ("complaint_first_answer", "2"),
    ("complaint_decision", "5"),
    ("complaint_next_update", "5"),
    ("idea_first_answer", "5"),
    ("idea_decision", "30"),
    ("idea_next_update", "20"),
    ("triage_days", "1"),
    ("target_on_time", "90"),
];

/// The usual deadlines with some changed.
fn terms(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = TERMS.to_vec();
    for (name, value) in changed {
        for field in &mut fields {
            if field.0 == *name {
                field.1 = value;
            }
        }
    }
    fields
}

/// The day on which the first answer to a new post is due.
async fn due(api: &Api, kind: &str, board: &str) -> String {
    let post = api.submit(kind, board, "When is it due?", "Please say.").await;
    let post = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
    let clocks = post.json["clocks"].as_array().cloned().unwrap_or_default();
    let first = clocks.iter().find(|clock| clock["name"] == "first_answer").and_then(|clock| clock["due_at"].as_str());
    first.expect("a clock")[..10].to_owned()
}

/// A form that was refused: with these fields marked, and with what was typed still there.
async fn refused(browser: &Visitor, path: &str, fields: &[(&str, &str)], wrong: &[&str]) {
    let page = browser.post(path, fields).await.is(422);
    assert_eq!(page.wrong_fields(), wrong, "{path}");
    for (name, value) in fields {
        assert!(page.shows(value), "{path} loses what was typed as {name}");
    }
}

serving! {
    async fn settings_are_for_admins(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        let ada = world.server.signed_in(&world.admin).await;
        let mut others = Vec::new();
        for role in ["member", "agent", "lead", "director"] {
            let (account, _) = world.somebody(role, role).await;
            others.push(world.server.signed_in(&account).await);
        }
        for path in [
            "/admin", "/admin/site", "/admin/rules", "/admin/start", "/admin/boards", "/admin/statuses", "/admin/tags", "/admin/people", "/admin/calendar", "/admin/clocks", "/admin/mandates", "/admin/teams", "/admin/pledges", "/admin/hooks", "/admin/embeds",
        ] {
            assert!(visitor.get(path).await.sees_other("/sign-in?next=").contains("admin"));
            ada.get(path).await.is(200).must_show("Admin");
            for other in &others {
                other.get(path).await.is(404).must_show("Nothing here");
            }
        }
        for path in [
            "/admin/calendar", "/admin/calendar/days-off", "/admin/calendar/days-off/2030-01-02/remove", "/admin/clocks",
            "/admin/clocks/general", "/admin/mandates", "/admin/teams", "/admin/teams/x/members", "/admin/teams/desks",
            "/admin/teams/absences", "/admin/teams/absences/1/remove", "/admin/pledges", "/admin/pledges/1/end",
            "/admin/site", "/admin/rules", "/admin/rules/1", "/admin/rules/1/force", "/admin/start",
            "/admin/boards", "/admin/boards/general", "/admin/boards/general/order", "/admin/groups", "/admin/statuses",
            "/admin/statuses/started", "/admin/statuses/started/order", "/admin/statuses/started/remove", "/admin/tags",
            "/admin/tags/name", "/admin/tags/offer", "/admin/tags/merge", "/admin/people/invitations",
            "/admin/people/invitations/1/remove", "/admin/people/x/role", "/admin/people/x/title", "/admin/people/x/groups",
        ] {
            visitor.post(path, &TERMS).await.sees_other("/sign-in");
            for other in &others {
                other.post(path, &TERMS).await.is(404);
            }
        }
        ada.get("/triage").await.is(200).must_show("Admin");
        others[1].get("/triage").await.is(200).must_not_show("Admin");
    }

    async fn new_deadlines_hold_from_the_next_post_on(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let before = (due(&mo, "complaint", "general").await, due(&mo, "idea", "general").await);
        let wrong = terms(&[("complaint_first_answer", "0"), ("idea_decision", "261"), ("target_on_time", "most")]);
        refused(&ada, "/admin/clocks", &wrong, &["complaint_first_answer", "idea_decision", "target_on_time"]).await;
        assert_eq!(due(&mo, "complaint", "general").await, before.0, "what was refused has no effect");
        ada.post("/admin/clocks", &terms(&[("complaint_first_answer", "20")])).await.sees_other("/admin/clocks?done=settings");
        assert_eq!(ada.get("/admin/clocks").await.field("complaint_first_answer").as_deref(), Some("20"));
        assert!(due(&mo, "complaint", "general").await > before.0);
        assert_eq!(due(&mo, "idea", "general").await, before.1);

        // a board of its own
        let board = serde_json::json!({ "slug": "stores", "name": "Stores" });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let own = [("complaint_first_answer", "2"), ("complaint_decision", ""), ("complaint_next_update", "5")];
        let page = ada.post("/admin/clocks/stores", &own).await.is(422);
        assert_eq!(page.wrong_fields(), ["complaint_decision"]);
        ada.post("/admin/clocks/nowhere", &own).await.is(404);
        let own = [("complaint_first_answer", "2"), ("complaint_decision", "5"), ("complaint_next_update", "5")];
        ada.post("/admin/clocks/stores", &own).await.sees_other("/admin/clocks?done=settings");
        assert_eq!(due(&mo, "complaint", "stores").await, before.0);
        assert!(due(&mo, "complaint", "general").await > before.0);
        ada.post("/admin/clocks/stores", &[]).await.sees_other("/admin/clocks?done=settings");
        assert!(due(&mo, "complaint", "stores").await > before.0, "empty is as the site");
    }

    async fn the_calendar_says_which_days_count(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let before = due(&mo, "complaint", "general").await;
        refused(&ada, "/admin/calendar", &[("time_zone", "Mars/Olympus")], &["time_zone", "work-mon"]).await;
        let week = ["work-mon", "work-tue", "work-wed", "work-thu", "work-fri", "work-sat", "work-sun"].map(|day| (day, "on"));
        let mut fields = week.to_vec();
        fields.push(("time_zone", "America/New_York"));
        ada.post("/admin/calendar", &fields).await.sees_other("/admin/calendar?done=settings");
        let page = ada.get("/admin/calendar").await.is(200);
        assert_eq!(page.field("time_zone").as_deref(), Some("America/New_York"));
        assert_eq!(page.field("work-sun").as_deref(), Some("on"));
        page.must_show("Ascension Day");
        assert!(due(&mo, "complaint", "general").await <= before, "every day counts now");

        // the next three days are off
        for n in 0..4 {
            let day = (today() + chrono::Days::new(n)).to_string();
            ada.post("/admin/calendar/days-off", &[("day", &day), ("name", "Move & rest")]).await.sees_other("/admin/calendar?done=day-off");
        }
        let day = (today() + chrono::Days::new(1)).to_string();
        refused(&ada, "/admin/calendar/days-off", &[("day", &day), ("name", "Twice & more")], &["day"]).await;
        refused(&ada, "/admin/calendar/days-off", &[("day", "soon"), ("name", "")], &["day", "name"]).await;
        ada.get("/admin/calendar").await.must_show("Move & rest");
        let off = due(&mo, "complaint", "general").await;
        assert!(off >= (today() + chrono::Days::new(4)).to_string(), "{off}");
        ada.post(&format!("/admin/calendar/days-off/{day}/remove"), &[]).await.sees_other("/admin/calendar?done=day-off-removed");
        ada.post(&format!("/admin/calendar/days-off/{day}/remove"), &[]).await.is(404);
        assert!(due(&mo, "complaint", "general").await < off);
    }

    async fn a_mandate_decides_what_becomes_a_request(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let post = mo.submit("complaint", "general", "The bill came twice", "Please look.").await;
        let (agent, _) = world.somebody("Femke", "agent").await;
        let femke = world.server.signed_in(&agent).await;
        let ada = world.server.signed_in(&world.admin).await;
        let wrong = [("agent_days", "261"), ("agent_euros", "much"), ("lead_days", ""), ("lead_euros", "5,000")];
        refused(&ada, "/admin/mandates", &wrong, &["agent_days", "agent_euros", "lead_euros"]).await;
        let fields = [("agent_days", "1"), ("agent_euros", ""), ("lead_days", ""), ("lead_euros", "500"), ("agent-not-declined", "on")];
        ada.post("/admin/mandates", &fields).await.sees_other("/admin/mandates?done=settings");
        let page = ada.get("/admin/mandates").await.is(200);
        assert_eq!(page.field("lead_euros").as_deref(), Some("500.00"));
        assert_eq!(page.field("agent-not-declined").as_deref(), Some("on"));
        assert_eq!(page.field("agent-not-archived"), None);
        let day = (today() + chrono::Days::new(9)).to_string();
        let promise = femke.post(&format!("/triage/{post}/promises"), &[("what", "We pay it back"), ("due_on", &day)]).await;
        assert!(promise.sees_other("/triage").contains("done=asked-lead"));
        femke.get(&format!("/triage/{post}")).await.must_show("You may promise up to one working day.");
        femke.post(&format!("/triage/{post}/answer"), &[("status", "archived"), ("what", "Put away.")]).await.sees_other("/triage");
        assert_eq!(mo.get(&format!("/api/v1/posts/{post}")).await.json["status"]["stage"], "archived");
    }

    async fn teams_answer_for_boards_and_their_members_take_turns(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (femke, _) = world.somebody("Femke", "agent").await;
        let (luuk, _) = world.somebody("Luuk", "agent").await;
        let (member, _) = world.somebody("Noor", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        refused(&ada, "/admin/teams", &[("name", "Bills & more"), ("slug", "Bills!")], &["slug"]).await;
        ada.post("/admin/teams", &[("name", "Bills & more"), ("slug", "bills")]).await.sees_other("/admin/teams?done=settings");
        refused(&ada, "/admin/teams", &[("name", "Again & again"), ("slug", "bills")], &["slug"]).await;
        for person in [&femke.id, &luuk.id] {
            ada.post("/admin/teams/bills/members", &[("person", person)]).await.sees_other("/admin/teams?done=settings");
        }
        for person in ["", "nobody", &member.id] {
            let page = ada.post("/admin/teams/bills/members", &[("person", person)]).await.is(422);
            assert_eq!(page.wrong_fields(), ["person"], "{person}");
        }
        ada.post("/admin/teams/none/members", &[("person", &femke.id)]).await.is(404);

        let noor = format!("person:{}", member.id);
        let page = ada.post("/admin/teams/desks", &[("board", "general"), ("level_1", "team:none"), ("level_2", &noor)]).await.is(422);
        assert_eq!(page.wrong_fields(), ["level_1", "level_2"]);
        ada.post("/admin/teams/desks", &[("board", "general"), ("level_1", "team:bills")]).await.sees_other("/admin/teams?done=settings");
        let owner = async || -> Value {
            let post = mo.submit("complaint", "general", "Whose is it?", "Please say.").await;
            mo.get(&format!("/api/v1/posts/{post}")).await.is(200).json["owner"]["name"].clone()
        };
        let (first, second) = (owner().await, owner().await);
        assert!(first != second && [&first, &second].iter().all(|name| *name == "Femke" || *name == "Luuk"), "{first}, {second}");

        // whoever is away is left out
        let (from, to) = (today().to_string(), (today() + chrono::Days::new(3)).to_string());
        let page = ada.post("/admin/teams/absences", &[("person", &femke.id), ("first_day", &to), ("last_day", &from)]).await.is(422);
        assert_eq!((page.wrong_fields(), page.field("first_day").as_deref()), (vec!["last_day".to_owned()], Some(to.as_str())));
        ada.post("/admin/teams/absences", &[("person", &femke.id), ("first_day", &from), ("last_day", &to)])
            .await
            .sees_other("/admin/teams?done=settings");
        assert_eq!((owner().await, owner().await), ("Luuk".into(), "Luuk".into()));
        let page = ada.get("/admin/teams").await.is(200);
        let back = page.attribute("form[action*=\"/absences/\"]", "action");
        ada.post(&back.expect("a form that removes it"), &[]).await.sees_other("/admin/teams?done=settings");
        assert_eq!(owner().await, "Femke", "whoever got something longest ago is next");
        ada.post(&format!("/admin/teams/bills/members/{}/remove", femke.id), &[]).await.sees_other("/admin/teams?done=settings");
        assert_eq!((owner().await, owner().await), ("Luuk".into(), "Luuk".into()));
        ada.post("/admin/teams/desks", &[("board", "general"), ("level_1", "")]).await.sees_other("/admin/teams?done=settings");
        assert_eq!(owner().await, Value::Null, "without a rule a post waits for triage");
    }

    async fn a_pledge_promises_by_itself_until_it_ends(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let wrong = [("what", "It is <solved>"), ("kind", ""), ("board", "nowhere"), ("days", "5"), ("remedy", "A month & more")];
        let page = ada.post("/admin/pledges", &wrong).await.is(422);
        assert_eq!(page.wrong_fields(), ["board"]);
        page.must_show("It is <solved>").must_show("A month & more");
        let wrong = [("what", "It is <solved>"), ("kind", "complaint"), ("board", ""), ("days", "a week"), ("remedy", "")];
        refused(&ada, "/admin/pledges", &wrong, &["days", "remedy"]).await;
        let right = [("what", "It is solved"), ("kind", "complaint"), ("board", "general"), ("days", "5"), ("remedy", "A month free")];
        ada.post("/admin/pledges", &right).await.sees_other("/admin/pledges?done=pledged");
        let promises = async |kind: &str| {
            let post = mo.submit(kind, "general", "Is it promised?", "Please say.").await;
            mo.get(&format!("/api/v1/posts/{post}/promises")).await.is(200).items().len()
        };
        assert_eq!((promises("complaint").await, promises("idea").await), (1, 0));
        let page = ada.get("/admin/pledges").await.is(200);
        page.must_show("A month free");
        let end = page.attribute("form[action*=\"/end\"]", "action");
        let end = end.expect("a form that ends it");
        ada.post(&end, &[]).await.sees_other("/admin/pledges?done=pledge-ended");
        ada.post(&end, &[]).await.is(404);
        assert_eq!(promises("complaint").await, 0);
    }
}
