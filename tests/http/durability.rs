//! An acknowledged write is never lost: not by a crash, and not by a deploy.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use reqwest::Method;
use serde_json::json;
use tests::{answerable::Api, serving_as_process};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::world::World;

/// What somebody knows of their vote on a post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    /// What the last answer said: whether they support it.
    acknowledged: bool,
    /// What they asked for without an answer.
    asked: Option<bool>,
}

type Ledger = Arc<Mutex<HashMap<(usize, i64), Known>>>;

fn lock(ledger: &Ledger) -> MutexGuard<'_, HashMap<(usize, i64), Known>> {
    ledger.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Votes and takes it back, on one post after the other, until nobody answers; counts the answers.
async fn storm(voter: usize, api: Api, posts: Vec<i64>, ledger: Ledger, answers: Arc<AtomicUsize>) {
    let note = |post, change: &dyn Fn(&mut Known)| {
        change(lock(&ledger).entry((voter, post)).or_default());
    };
    for round in 0.. {
        for (n, post) in posts.iter().enumerate() {
            let supports = !(round + n + voter).is_multiple_of(3);
            note(*post, &|known| known.asked = Some(supports));
            let path = format!("/api/v1/posts/{post}/vote");
            let request = if supports {
                api.request(Method::PUT, &path).json(&json!({ "stance": "support" }))
            } else {
                api.request(Method::DELETE, &path)
            };
            let Ok(answer) = request.send().await else { return };
            // the status is the acknowledgement, even if the body does not come any more
            assert_eq!(answer.status().as_u16(), 200);
            answers.fetch_add(1, Ordering::Relaxed);
            note(*post, &|known| *known = Known { acknowledged: supports, asked: None });
        }
    }
}

serving_as_process! {
    async fn every_acknowledged_vote_survives_a_crash(server: Answerable) {
        let mut world = World::open(server).await;
        let mut voters = Vec::new();
        for n in 0..8 {
            voters.push(world.somebody(&format!("Voter {n}"), "member").await.1);
        }
        let mut posts = Vec::new();
        for n in 0..4 {
            posts.push(voters[0].submit("idea", "general", &format!("Matter number {n}"), "It matters.").await);
        }
        let ledger = Ledger::default();
        for crash in 0..2 {
            let answers = Arc::new(AtomicUsize::new(0));
            let mut set = tokio::task::JoinSet::new();
            for (n, api) in voters.iter().enumerate() {
                set.spawn(storm(n, api.clone(), posts.clone(), ledger.clone(), answers.clone()));
            }
            tokio::time::sleep(Duration::from_millis(700 + 311 * crash)).await;
            // a busy machine takes longer over as many
            for _ in 0..3000 {
                if answers.load(Ordering::Relaxed) >= 50 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(7)).await;
            }
            world.server.kill();
            set.join_all().await;
            let answers = answers.load(Ordering::Relaxed);
            assert!(answers >= 50, "only {answers} votes before the crash");
            world.server.up().await;
            // another port, the same data
            voters = voters.iter().map(|api| world.server.api().with_token(api.token().expect("a token"))).collect();
            let mut known = lock(&ledger).clone();
            for post in &posts {
                let votes = voters[0].get(&format!("/api/v1/posts/{post}/votes?limit=100")).await.is(200).items().len();
                let mut counted = 0;
                for (n, api) in voters.iter().enumerate() {
                    let now = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
                    assert_eq!(now.number("support_count"), i64::try_from(votes).expect("few"), "the counter equals the votes");
                    let stands = now.json["my_vote"]["stance"] == "support";
                    counted += usize::from(stands);
                    let known = known.remove(&(n, *post)).unwrap_or_default();
                    assert!(
                        stands == known.acknowledged || Some(stands) == known.asked,
                        "voter {n}, post {post}: {known:?}, but it stands {stands}"
                    );
                }
                assert_eq!(counted, votes);
            }
            // what stands now is what everybody knows from here on
            for post in &posts {
                for (n, api) in voters.iter().enumerate() {
                    let stands = api.get(&format!("/api/v1/posts/{post}")).await.json["my_vote"]["stance"] == "support";
                    lock(&ledger).insert((n, *post), Known { acknowledged: stands, asked: None });
                }
            }
        }
    }

    async fn a_request_under_way_is_answered_before_the_process_stops(server: Answerable) {
        let mut world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let body = json!({ "kind": "idea", "board": "general", "title": "Sent while you stop", "body": "Slowly." }).to_string();
        let (first, rest) = body.split_at(20);
        let address = world.server.address().trim_start_matches("http://").to_owned();
        let mut slow = TcpStream::connect(&address).await.expect("a connection");
        let head = format!(
            "POST /api/v1/posts HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{first}",
            api.token().expect("a token"),
            body.len(),
        );
        slow.write_all(head.as_bytes()).await.expect("the head of a request");
        tokio::time::sleep(Duration::from_millis(200)).await;
        world.server.ask_to_stop();
        tokio::time::sleep(Duration::from_millis(400)).await;
        // nobody new is let in
        let fresh = TcpStream::connect(&address).await;
        if let Ok(mut fresh) = fresh {
            let _ = fresh.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
            let mut answer = String::new();
            let _ = tokio::time::timeout(Duration::from_millis(500), fresh.read_to_string(&mut answer)).await;
            assert!(!answer.contains("200 OK"), "{answer}");
        }
        slow.write_all(rest.as_bytes()).await.expect("the rest of a request");
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        let status = world.server.stopped().await;
        assert!(status.success(), "{status}");
        world.server.up().await;
        world.server.visitor().get("/").await.is(200).must_show("Sent while you stop");
    }
}
