//! Open pages hear what happens: on one instance and on another, and no more than their reader may know.

use std::{collections::HashMap, time::Duration};

use serde_json::{Value, json};
use tests::{
    answerable::{Answerable, PATIENCE, Visitor},
    serving, serving_as_process,
};

use crate::world::{World, soon};

/// A stream of events, as a browser reads it.
struct Stream {
    response: reqwest::Response,
    unread: String,
    /// What was heard last, of each kind.
    last: HashMap<String, Value>,
}

impl Stream {
    /// Opens it; the answer must be one.
    async fn open(who: &Visitor, path: &str) -> Self {
        let response = who.stream(path).await;
        assert_eq!(response.status().as_u16(), 200, "{path}");
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!((header("content-type"), header("cache-control")), ("text/event-stream".to_owned(), "no-store".to_owned()));
        assert_eq!(header("content-encoding"), "", "what is packed waits to be long enough");
        Self { response, unread: String::new(), last: HashMap::new() }
    }

    /// The next event and what it says; nothing when the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n").map(|(event, rest)| (event.to_owned(), rest.to_owned())) {
                self.unread = rest;
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
                let Some(kind) = line("event:") else { continue };
                let data = line("data:").expect("an event says something");
                let data: Value = serde_json::from_str(&data).expect("JSON");
                self.last.insert(kind.clone(), data.clone());
                return Some((kind, data));
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => self.unread.push_str(std::str::from_utf8(&bytes).expect("text")),
                Ok(None) | Err(_) => return None,
            }
        }
    }

    /// Reads on until that is what was heard last of a kind: which of two kinds comes first is nobody's promise.
    async fn until(&mut self, kind: &str, says: impl Fn(&Value) -> bool) {
        let found = async {
            while !self.last.get(kind).is_some_and(&says) {
                self.next().await.expect("the stream goes on");
            }
        };
        // a stream on which nothing happens says that it is there, again and again
        let found = tokio::time::timeout(PATIENCE, found).await;
        assert!(found.is_ok(), "{kind}: {:?} was heard last", self.last);
    }
}

serving! {
    async fn an_open_page_hears_what_others_say(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let post = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let page = format!("/live?post={post}");
        let mut visitor = Stream::open(&world.server.visitor(), &page).await;
        let mut author = Stream::open(&world.server.signed_in(&mo).await, &page).await;
        let first = json!({ "post": post, "support": 0, "oppose": 0, "comments": 0, "answer": 0 });
        assert_eq!(visitor.next().await, Some(("post".to_owned(), first.clone())), "what there is comes at once");
        author.until("post", |now| *now == first).await;
        author.until("bell", |unread| *unread == json!(0)).await;

        noor.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
        for stream in [&mut visitor, &mut author] {
            stream.until("post", |now| now["support"] == 1 && now["comments"] == 1).await;
        }
        let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
        let answer = staff.post(&format!("/api/v1/posts/{post}/answers"), &planned).await.is(201).number("id");
        visitor.until("post", |now| now["answer"] == answer).await;
        author.until("bell", |unread| *unread == json!(2)).await;

        // on any other page of theirs the bell counts on as well
        let mut elsewhere = Stream::open(&world.server.signed_in(&mo).await, "/live").await;
        assert_eq!(elsewhere.next().await, Some(("bell".to_owned(), json!(2))));
        noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "And one for the box." })).await.is(201);
        elsewhere.until("bell", |unread| *unread == json!(3)).await;

        for path in ["/live", "/live?post=4711"] {
            assert_eq!(world.server.visitor().stream(path).await.status().as_u16(), 404, "{path}");
        }
        assert_eq!(world.server.visitor().stream("/live?post=x").await.status().as_u16(), 400);
    }

    async fn who_loses_sight_of_a_post_hears_no_more_of_it(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let board = json!({ "slug": "pilot", "name": "Pilot" });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let post = world.admin_api.submit("idea", "pilot", "One bill for two addresses", "Please.").await;
        let page = format!("/live?post={post}");
        let mut theirs = Stream::open(&world.server.signed_in(&mo).await, &page).await;
        let mut ours = Stream::open(&world.server.signed_in(&world.admin).await, &page).await;
        theirs.until("post", |now| now["support"] == 0).await;
        world.admin_api.patch("/api/v1/boards/pilot", &json!({ "private": true })).await.is(200);
        world.admin_api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        ours.until("post", |now| now["support"] == 1).await;
        while let Some((kind, data)) = theirs.next().await {
            assert!(kind == "bell" || data["support"] == 0, "{kind} {data}");
        }
        mo_api.get(&format!("/api/v1/posts/{post}")).await.is(404);
        assert_eq!(world.server.signed_in(&mo).await.stream(&page).await.status().as_u16(), 404);
    }

    async fn what_another_instance_writes_is_heard_as_well(server: Answerable) {
        let world = World::open(server).await;
        let (mo, mo_api) = world.somebody("Mo", "member").await;
        let (_, noor) = world.somebody("Noor", "member").await;
        let post = mo_api.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let other = Answerable::start(Some(&world.server.database()), &[]).await;
        let mut author = Stream::open(&world.server.signed_in(&mo).await, &format!("/live?post={post}")).await;
        author.until("post", |now| now["support"] == 0).await;
        let there = other.api().with_token(noor.token().expect("a token"));
        there.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        there.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
        author.until("post", |now| now["support"] == 1 && now["comments"] == 1).await;
        author.until("bell", |unread| *unread == json!(1)).await;
    }
}

serving_as_process! {
    async fn open_streams_hold_up_no_stop(server: Answerable) {
        let mut world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let post = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let mut streams = Vec::new();
        for _ in 0..100 {
            let mut stream = Stream::open(&world.server.visitor(), &format!("/live?post={post}")).await;
            stream.next().await.expect("what there is");
            streams.push(stream);
        }
        world.server.ask_to_stop();
        let status = tokio::time::timeout(Duration::from_secs(20), world.server.stopped()).await.expect("it stops");
        assert!(status.success(), "{status}");
        for mut stream in streams {
            assert_eq!(stream.next().await, None);
        }
    }
}
