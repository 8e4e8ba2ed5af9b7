//! What the record costs. Run by hand: `tests/with-postgres cargo test --release -p forum --lib -- --ignored --nocapture record`.

use std::time::Instant;

use sea_orm::{ConnectionTrait as _, Database};

use super::{catch_up, verify};
use crate::{
    Forum,
    actor::{Actor, Role},
    board::{self, NewBoard},
    clock,
    forum::{BARE, Options, RULES},
    person, post,
    tx::Rules,
};

/// Posts on which somebody acts at once, and how often.
const POSTS: usize = 16;
const ROUNDS: usize = 25;

/// Official acts a second, by one person on each of some posts at once.
async fn acts_a_second(url: &str, rules: &'static Rules) -> f64 {
    let options = Options { limits: false, ..Options::new(url, "https://forum.example") };
    let forum = Forum::open_by(options, rules).await.unwrap();
    let (lead, posts) = forum
        .write(&Actor::System, async |tx| {
            board::create(tx, &NewBoard { slug: "general".into(), name: "General".into(), ..NewBoard::default() }).await?;
            let (lead, _) = person::create_imported(tx, "Ruth", None, Role::Lead, "test:1").await?;
            let lead = person::by_id(tx.conn(), lead).await?.unwrap().actor(None);
            tx.act_as(lead.clone())?;
            let mut posts = Vec::new();
            for n in 0..POSTS {
                let (title, body) = (format!("Idea {n}"), "More of it.".to_owned());
                let draft = post::Draft { kind: "idea".into(), title, body, board: "general".into(), ..post::Draft::default() };
                posts.push(post::submit(tx, &draft).await?);
            }
            Ok((lead, posts))
        })
        .await
        .unwrap();
    let start = Instant::now();
    let tasks: Vec<_> = posts
        .into_iter()
        .map(|post| {
            let (forum, lead) = (forum.clone(), lead.clone());
            tokio::spawn(async move {
                for _ in 0..ROUNDS {
                    let reason = "We wait for an answer of the customer.";
                    forum.write(&lead, async |tx| clock::stop(tx, post, reason).await.map(drop)).await.unwrap();
                    forum.write(&lead, async |tx| clock::resume(tx, post).await.map(drop)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    (POSTS * ROUNDS * 2) as f64 / start.elapsed().as_secs_f64()
}

/// A fresh database on the server of the tests.
async fn on_server(name: &str) -> String {
    let server = std::env::var("TEST_POSTGRES_URL").expect("run it by tests/with-postgres");
    let db = Database::connect(&server).await.unwrap();
    let name = format!("record_cost_{name}_{}", std::process::id());
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (start, query) = server.split_once('?').map_or((server.as_str(), ""), |(start, query)| (start, query));
    format!("{}/{name}?{query}", start.rsplit_once('/').unwrap().0)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures, and judges nothing"]
async fn acts_with_the_record_and_without() {
    for (name, rules) in [("without", &BARE), ("with", &RULES), ("without_again", &BARE), ("with_again", &RULES)] {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = acts_a_second(&format!("sqlite:{}", folder.path().join("a.db").display()), rules).await;
        let postgres = acts_a_second(&on_server(name).await, rules).await;
        println!("{name} the record: {sqlite:.0} acts a second on SQLite, {postgres:.0} on PostgreSQL");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures, and judges nothing"]
async fn a_hundred_thousand_entries() {
    let folder = tempfile::tempdir().unwrap();
    for url in [format!("sqlite:{}", folder.path().join("a.db").display()), on_server("long").await] {
        let forum = Forum::open(Options::new(url.as_str(), "https://forum.example")).await.unwrap();
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO events (kind, subject, subject_id, data, created_at)
            SELECT 'settings_changed', 'site', 'clocks', {DATA}, '2026-11-18T09:00:00+00:00' FROM n";
        let data = r#"'{"kind":"settings_changed","part":"clocks"}'"#;
        let (data, time) =
            if forum.db().is_embedded() { (data.to_owned(), "") } else { (format!("{data}::jsonb"), "::timestamptz") };
        let sql = sql.replace("{DATA}", &data).replace("+00:00'", &format!("+00:00'{time}"));
        forum.write(&Actor::System, async |tx| Ok(tx.conn().execute_unprepared(&sql).await?)).await.unwrap();
        let start = Instant::now();
        catch_up(&forum).await.unwrap();
        let entered = start.elapsed();
        let start = Instant::now();
        let report = verify(&forum.view(&Actor::System).await.unwrap(), None).await.unwrap();
        assert_eq!((report.entries, report.broken), (100_000, None));
        let verified = start.elapsed();
        let start = Instant::now();
        super::checkpoint(&forum).await.unwrap();
        println!(
            "100,000 entries: entered in {entered:.1?}, verified in {verified:.1?}, first checkpoint in {:.1?}",
            start.elapsed()
        );
    }
}
