//! Deadlines, through the API: what ran, what got more time, and when the company waited for the customer.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{answerable::today, serving};

use crate::world::World;

fn in_days(days: u64) -> String {
    (today() + chrono::Days::new(days)).to_string()
}

serving! {
    async fn clocks_are_extended_stopped_and_run_again(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (agent, femke) = world.somebody("Femke", "agent").await;
        let visitor = world.server.api();
        let post = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let clocks = format!("/api/v1/posts/{post}/clocks");
        let history = visitor.get(&clocks).await.is(200);
        let names: Vec<_> = history.items().iter().map(|clock| (&clock["name"], &clock["state"], &clock["level"])).collect();
        assert_eq!(
            names,
            [(&json!("first_answer"), &json!("running"), &json!(1)), (&json!("decision"), &json!("running"), &json!(1))]
        );
        assert_eq!((&history.json["extensions"], &history.json["stops"]), (&json!([]), &json!([])));
        let page = visitor.get(&format!("{clocks}?limit=1")).await.is(200);
        let next = visitor.get(&format!("{clocks}?limit=1&cursor={}", page.text("next_cursor"))).await.is(200);
        assert_eq!((page.items().len(), &next.items()[0]["name"]), (1, &json!("decision")));
        visitor.get("/api/v1/posts/999999/clocks").await.is_problem(404, &[]);

        let planned = json!({ "status": "planned", "what": "We do.", "who": "Billing", "next_update_on": in_days(8) });
        femke.post(&format!("/api/v1/posts/{post}/answers"), &planned).await.is(201);
        let extend = format!("{clocks}/next_update/extend");
        let reason = "The printer of the bills needs a week more.";
        let draft = json!({ "until": in_days(14), "reason": reason });
        visitor.post(&extend, &json!({})).await.is_problem(401, &[]);
        mo.post(&extend, &json!({})).await.is_problem(403, &[]);
        femke.post(&format!("{clocks}/tea_time/extend"), &draft).await.is_problem(404, &[]);
        femke.post("/api/v1/posts/999999/clocks/next_update/extend", &draft).await.is_problem(404, &[]);
        femke.post(&extend, &json!({})).await.is_problem(422, &["until", "reason"]);
        for until in ["soon", "2020-01-02", "2099-01-02"] {
            femke.post(&extend, &json!({ "until": until, "reason": reason })).await.is_problem(422, &["until"]);
        }
        femke.post(&format!("{clocks}/first_answer/extend"), &draft).await.is_problem(409, &[]);
        let before = visitor.get(&clocks).await.items()[2]["due_at"].clone();
        let extended = femke.post(&extend, &draft).await.is(200);
        assert_eq!((&extended.json["extended_from"], &extended.json["state"]), (&before, &json!("running")));
        let history = visitor.get(&clocks).await.is(200);
        assert_eq!(history.items()[2], extended.json);
        let extension = &history.json["extensions"][0];
        for (name, value) in [
            ("name", json!("next_update")),
            ("old_due_at", before),
            ("new_due_at", extended.json["due_at"].clone()),
            ("reason", json!(reason)),
            ("by", json!({ "id": agent.id, "name": "Femke", "title": null })),
        ] {
            assert_eq!(extension[name], value, "{name}");
        }

        let (stop, resume) = (format!("/api/v1/posts/{post}/stop"), format!("/api/v1/posts/{post}/resume"));
        let needed = json!({ "reason": "Please tell us the numbers on both bills." });
        for path in [&stop, &resume] {
            visitor.post(path, &needed).await.is_problem(401, &[]);
            mo.post(path, &json!({})).await.is_problem(403, &[]);
        }
        femke.post("/api/v1/posts/999999/stop", &needed).await.is_problem(404, &[]);
        femke.post(&resume, &json!({})).await.is_problem(409, &[]);
        femke.post(&stop, &json!({ "reason": "short" })).await.is_problem(422, &["reason"]);
        let key = [("idempotency-key", "wait")];
        let stopped = femke.send(Method::POST, &stop, Some(&needed), &key).await.is(201);
        assert_eq!((&stopped.json["reason"], &stopped.json["ended_at"]), (&needed["reason"], &Value::Null));
        assert!(stopped.json["until_at"].is_string() && stopped.json["by"]["name"] == "Femke", "{}", stopped.json);
        assert_eq!(visitor.get(&clocks).await.items()[2]["state"], "stopped");
        femke.post(&stop, &needed).await.is_problem(409, &[]);
        assert_eq!(femke.send(Method::POST, &stop, Some(&needed), &key).await.is(201).json, stopped.json);
        let ended = femke.send(Method::POST, &resume, None, &[]).await.is(200);
        assert!(ended.json["ended_at"].is_string(), "{}", ended.json);
        let history = visitor.get(&clocks).await;
        assert_eq!((&history.json["stops"], &history.items()[2]["state"]), (&json!([ended.json]), &json!("running")));
        assert_eq!(history.items()[2]["due_at"], extended.json["due_at"], "it stood still for no day");
    }

    async fn a_deadline_that_runs_keeps_its_moment(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let ada = world.server.signed_in(&world.admin).await;
        let post = mo.submit("idea", "general", "One bill for all", "Two houses.").await;
        let due = async || -> DateTime<Utc> {
            let post = mo.get(&format!("/api/v1/posts/{post}")).await.is(200);
            post.json["clocks"][0]["due_at"].as_str().and_then(|at| at.parse().ok()).expect("a clock")
        };
        let chip = async || world.server.visitor().get("/?sort=new").await.texts(".row .clock").concat();
        let (due_at, shown) = (due().await, chip().await);
        let said = |at: DateTime<Utc>| {
            let form = if at.year() == today().year() { "%A %-d %B" } else { "%A, %-d %B %Y" };
            format!("First answer by {}", at.format(form))
        };
        assert_eq!(shown, said(due_at), "17:00 at Amsterdam is the same day in UTC");

        // the days before it and its own day become days off
        for day in today().iter_days().skip(1).take_while(|day| *day <= due_at.date_naive()) {
            ada.post("/admin/calendar/days-off", &[("day", &day.to_string()), ("name", "Closed")]).await.sees_other("/admin/calendar");
        }
        assert_eq!((due().await, chip().await), (due_at, shown), "neither the moment nor what is said of it changes");
        ada.get("/admin/calendar").await.must_show("Deadlines that run already keep their moment");
        world.server.visitor().get("/clocks").await.must_show("Once a deadline runs, it keeps its moment");

        let week = ["work-mon", "work-tue", "work-wed", "work-thu", "work-fri"].map(|day| (day, "on"));
        let zone = [("time_zone", "Asia/Tokyo")];
        ada.post("/admin/calendar", &[week.as_slice(), zone.as_slice()].concat()).await.sees_other("/admin/calendar?done=settings");
        assert_eq!(due().await, due_at);
        let there = due_at + TimeDelta::hours(9);
        assert_eq!(chip().await, format!("{}, {}", said(there), there.format("%H:%M")), "with the hour that it is there");
    }
}
