//! A disk that fails for a moment: what was acknowledged is there, what was not leaves nothing, and writing goes on by itself.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, Api, PATIENCE, serve_as_process},
};
use tokio::task::JoinSet;

use crate::world::World;

/// So many comments are written at least.
const ENOUGH: usize = 40;

/// System calls of a running program fail until this is dropped.
struct Failing(Child);

impl Failing {
    /// Starting with the next such call, every `every`-th one fails.
    fn start(server: &Answerable, calls: &str, error: &str, every: u32) -> Self {
        let mut strace = Command::new("strace")
            .args(["-f", "-o", "/dev/null", "-p", &server.pid().to_string()])
            .args(["-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:error={error}:when=1+{every}")])
            .stderr(Stdio::piped())
            .spawn()
            .expect("strace; `make test` installs it");
        let told = strace.stderr.take().expect("what strace says");
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("attached")), "strace may not look into the program");
        // the rest is read, so that strace never waits for a reader
        std::thread::spawn(move || lines.for_each(drop));
        Self(strace)
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        // asked to, it lets go of the program; killed, it would take it along
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

/// What one writer was told.
#[derive(Default)]
struct Told {
    /// Id and text of each comment that was acknowledged.
    acknowledged: BTreeMap<i64, String>,
    /// How many were refused, each with a word on when to try again.
    refused: u32,
}

/// Comments until told to stop.
async fn write_on(writer: usize, api: Api, post: i64, calm: Arc<AtomicBool>) -> Told {
    let mut told = Told::default();
    for n in 0.. {
        if calm.load(Ordering::Relaxed) {
            break;
        }
        let body = format!("Comment {n} of writer {writer}");
        let answer = api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": body })).await;
        if answer.status == 201 {
            told.acknowledged.insert(answer.number("id"), body);
        } else {
            let answer = answer.is_problem(503, &[]);
            assert_ne!(answer.header("retry-after"), "");
            told.refused += 1;
        }
    }
    told
}

/// Waits until `/readyz` answers so.
async fn ready(server: &Answerable, status: u16) {
    let start = Instant::now();
    while reqwest::get(server.url("/readyz")).await.is_ok_and(|answer| answer.status() != status) {
        assert!(start.elapsed() < PATIENCE, "/readyz does not become {status}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn comments_of(api: &Api, post: i64) -> BTreeMap<i64, String> {
    let mut found = BTreeMap::new();
    let mut path = format!("/api/v1/posts/{post}/comments?limit=100");
    loop {
        let page = api.get(&path).await.is(200);
        for item in page.items() {
            found.insert(item["id"].as_i64().expect("an id"), item["body"].as_str().expect("a body").to_owned());
        }
        match page.json["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/posts/{post}/comments?limit=100&cursor={cursor}"),
            None => return found,
        }
    }
}

/// Four people write while calls fail, and go on afterwards; then the process is killed.
async fn writes_survive(server: Answerable, calls: &'static str, error: &'static str, every: u32) {
    let mut world = World::open(server).await;
    let mut writers = Vec::new();
    for n in 0..4 {
        writers.push(world.somebody(&format!("Writer {n}"), "member").await.1);
    }
    let post = writers[0].submit("idea", "general", "A matter of disks", "It matters.").await;
    let calm = Arc::new(AtomicBool::new(false));
    let mut set = JoinSet::new();
    for (n, api) in writers.iter().enumerate() {
        set.spawn(write_on(n, api.clone(), post, calm.clone()));
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    for _ in 0..3 {
        let failing = Failing::start(&world.server, calls, error, every);
        if every == 1 {
            ready(&world.server, 503).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(failing);
        ready(&world.server, 200).await;
    }
    // without a restart
    let after = writers[0].post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "After all that" })).await.is(201);
    // until there is enough that could be lost: how long that takes is the machine's business
    let start = Instant::now();
    while comments_of(&writers[0], post).await.len() < ENOUGH {
        assert!(start.elapsed() < PATIENCE, "too few comments are taken");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    calm.store(true, Ordering::Relaxed);
    let told = set.join_all().await;
    let seen = comments_of(&writers[0], post).await;
    world.server.kill();
    world.server.up().await;

    let refused: u32 = told.iter().map(|told| told.refused).sum();
    assert!(refused > 0, "no call failed");
    let api = world.server.api();
    let there = comments_of(&api, post).await;
    let mut acknowledged: BTreeMap<i64, String> = told.into_iter().flat_map(|told| told.acknowledged).collect();
    acknowledged.insert(after.number("id"), "After all that".to_owned());
    assert!(acknowledged.len() >= ENOUGH / 2, "only {} comments were taken", acknowledged.len());
    for (id, body) in &acknowledged {
        assert_eq!(there.get(id), Some(body), "an acknowledged comment");
        assert_eq!(seen.get(id), Some(body), "a comment that readers saw before the crash");
    }
    let counted = api.get(&format!("/api/v1/posts/{post}")).await.is(200).number("comment_count");
    assert_eq!(usize::try_from(counted), Ok(there.len()), "the counter equals the comments");
}

/// On SQLite, whose writes are this process's own calls; a server of PostgreSQL is another process.
macro_rules! failing {
    ($($name:ident: $calls:literal, $error:literal, every $every:literal;)+) => {$(
        #[test]
        fn $name() {
            serve_as_process(Backend::Sqlite, &[], |server| writes_survive(server, $calls, $error, $every));
        }
    )+};
}

failing! {
    a_sync_that_fails_loses_nothing: "fsync,fdatasync", "EIO", every 1;
    a_sync_that_fails_now_and_then_loses_nothing: "fsync,fdatasync", "EIO", every 3;
    a_sync_without_space_loses_nothing: "fsync,fdatasync", "ENOSPC", every 1;
    a_write_that_fails_loses_nothing: "pwrite64", "EIO", every 1;
    a_write_that_fails_now_and_then_loses_nothing: "pwrite64", "EIO", every 7;
    a_full_disk_loses_nothing: "pwrite64", "ENOSPC", every 1;
}
