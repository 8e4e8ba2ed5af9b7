//! What operators measure, on an address of its own.

use tests::serving;

use crate::world::World;

/// The number behind a name and its labels.
fn number(told: &str, name: &str) -> f64 {
    let line = told.lines().find(|line| line.rsplit_once(' ').is_some_and(|(what, _)| what == name));
    let line = line.unwrap_or_else(|| panic!("no {name} in:\n{told}"));
    line.rsplit_once(' ').and_then(|(_, number)| number.parse().ok()).expect("a number")
}

serving! {
    async fn what_happens_is_counted_and_told_on_the_internal_address_only(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let post = sanne.submit("idea", "general", "Something to count", "Text.").await;
        let ask = async || {
            let answer = reqwest::get(format!("{}/metrics", world.server.internal_address())).await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 200);
            let sort = answer.headers()["content-type"].to_str().expect("a text").to_owned();
            assert!(sort.starts_with("application/openmetrics-text"), "{sort}");
            answer.text().await.expect("a text")
        };
        let page = "answerable_http_requests_total{method=\"GET\",route=\"/\",status=\"200\"}";
        world.server.visitor().get("/").await.is(200);
        let before = ask().await;
        for _ in 0..5 {
            world.server.visitor().get("/").await.is(200);
        }
        world.server.visitor().get("/made-up/by-somebody").await.is(404);
        world.server.api().get("/api/v1/posts/999999").await.is(404);
        sanne.get(&format!("/api/v1/posts/{post}")).await.is(200);
        let after = ask().await;
        assert!((number(&after, page) - number(&before, page) - 5.0).abs() < 0.1);
        let timed = "answerable_http_request_duration_seconds_count{method=\"GET\",route=\"/\"}";
        assert!((number(&after, timed) - number(&after, page)).abs() < 0.1);
        assert!(number(&after, "answerable_cache_lookups_total{result=\"Hit\"}") >= 1.0);
        assert!(number(&after, "answerable_cache_lookups_total{result=\"Miss\"}") >= 1.0);
        assert!(number(&after, "answerable_writes_total") >= 1.0);
        assert!(number(&after, "answerable_writes_waiting").abs() < 0.1);
        assert!(number(&after, "answerable_overdue_posts").abs() < 0.1);
        // routes by their names, never what somebody typed
        assert!(after.contains("/api/v1/posts/{id}\",status=\"404\"") && !after.contains("made-up") && !after.contains("posts/999999"), "{after}");

        // strangers find nothing there
        world.server.visitor().get("/metrics").await.is(404);
        let other = reqwest::get(format!("{}/", world.server.internal_address())).await.expect("an answer");
        assert_eq!(other.status().as_u16(), 404, "and the forum is not told on the internal address");
    }
}
