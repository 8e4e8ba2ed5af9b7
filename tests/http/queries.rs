//! How often a page asks the database: each question costs a hand-over to another thread, so their number is what a page costs.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PATIENCE, Visitor, serve_as_process},
};

use crate::world::{World, soon};

/// How many statements the program has said that it ran.
fn statements(server: &Answerable) -> usize {
    server.logged().matches("db.statement=").count()
}

/// The same, once all that came after `before` was said: the log comes through a pipe.
async fn settled(server: &Answerable, before: usize) -> usize {
    let start = Instant::now();
    let (mut seen, mut still) = (before, 0);
    while still < 6 {
        assert!(start.elapsed() < PATIENCE, "nothing was asked, or there is no end of it");
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = statements(server);
        still = if now == seen && now > before { still + 1 } else { 0 };
        seen = now;
    }
    seen
}

/// The fewest statements of several tries: jobs ask too, some of them every two seconds. Each try is two requests, one right after the other:
/// on a busy machine what is kept for a second has run out before the first of them, which asks for it once for both.
async fn asked(server: &Answerable, visitor: &Visitor, path: &str) -> usize {
    let mut fewest = usize::MAX;
    for _ in 0..12 {
        let before = statements(server);
        for _ in 0..2 {
            visitor.get(path).await.is(200);
        }
        fewest = fewest.min(settled(server, before).await - before);
    }
    fewest / 2
}

async fn pages_ask_little(server: Answerable) {
    let world = World::open(server).await;
    let (sanne, sanne_api) = world.somebody("Sanne", "member").await;
    let (femke, femke_api) = world.somebody("Femke", "agent").await;

    let idea = sanne_api.submit("idea", "general", "A quieter tone at night", "It wakes the cat.").await;
    let answer = json!({ "status": "planned", "what": "We will do that.", "who": "Team Sound", "next_update_on": soon() });
    femke_api.post(&format!("/api/v1/posts/{idea}/answers"), &answer).await.is(201);
    let path = world.path_of(idea).await;
    let member = world.server.signed_in(&sanne).await;
    let count = asked(&world.server, &member, &path).await;
    assert!((1..=10).contains(&count), "a plain answered idea asks {count} times");

    // a case asks for its posts, for what the history tells of it and for the comments on all of them; a post that stands alone asks nothing
    let same = sanne_api.submit("idea", "general", "A softer tone after ten", "It wakes the dog.").await;
    let merge = json!({ "into": idea, "rule": 1, "reason": "Both want the tone softer at night." });
    femke_api.post(&format!("/api/v1/posts/{same}/merge"), &merge).await.is(200);
    for path in [path, world.path_of(same).await] {
        let of_case = asked(&world.server, &member, &path).await;
        assert!((1..=count + 4).contains(&of_case), "{path} of a case asks {of_case} times, {count} without");
    }

    let complaint = sanne_api.submit("complaint", "general", "The bill is wrong again", "Twice the amount.").await;
    let delivered = json!({ "status": "delivered", "what": "Paid back and mended.", "who": "Team Billing" });
    femke_api.post(&format!("/api/v1/posts/{complaint}/answers"), &delivered).await.is(201);
    let said = femke_api.request(Method::POST, &format!("/api/v1/posts/{complaint}/comments")).json(&json!({ "body": "Sorry." }));
    assert_eq!(said.send().await.expect("an answer").status().as_u16(), 201);
    let path = world.path_of(complaint).await;
    let staff = world.server.signed_in(&femke).await;
    let count = asked(&world.server, &staff, &path).await;
    assert!((1..=16).contains(&count), "a delivered complaint asks {count} times for staff");
    // the member is asked whether it is solved, on every page: one question more
    for (query, most) in [("quieter", 12), ("quieter+bill", 14)] {
        let count = asked(&world.server, &member, &format!("/?q={query}")).await;
        assert!((1..=most).contains(&count), "a search for {query} asks {count} times");
    }
}

async fn visitors_wait_for_one_rendering(server: Answerable) {
    let world = World::open(server).await;
    let (_, api) = world.somebody("Sanne", "member").await;
    let mut costs = Vec::new();
    for readers in [1, 24] {
        // what was kept is of no use after a commit
        api.submit("idea", "general", &format!("An idea for {readers}"), "It wakes the cat.").await;
        let before = settled(&world.server, 0).await;
        let mut set = tokio::task::JoinSet::new();
        for _ in 0..readers {
            let visitor = world.server.visitor();
            set.spawn(async move {
                visitor.get("/?sort=new").await.is(200).must_show(&format!("An idea for {readers}"));
            });
        }
        set.join_all().await;
        costs.push(settled(&world.server, before).await - before);
    }
    assert!(costs[0] > 0 && costs[1] < 2 * costs[0], "one visitor costs {} statements, 24 at once {}", costs[0], costs[1]);
}

#[test]
fn many_visitors_at_once_cost_one_rendering() {
    serve_as_process(Backend::Sqlite, &[("ANSWERABLE_LOG", "info,sqlx::query=debug")], visitors_wait_for_one_rendering);
}

#[test]
fn a_post_is_shown_with_few_questions() {
    // on one database: both are asked the same, and only SQLite's statements are logged
    serve_as_process(Backend::Sqlite, &[("ANSWERABLE_LOG", "info,sqlx::query=debug")], pages_ask_little);
}
