//! The parts that move: they wake, do at once what the form would do, and put right what did not happen.

use serde_json::json;
use tests::{Backend, answerable::PASSWORD, unguarded};

use crate::{
    story::counts,
    tab::{DESK, PHONE, Scripts, Tab, browse, browse_with},
    world::World,
};

impl Tab {
    /// Takes the network away, or gives it back.
    async fn offline(&self, offline: bool) {
        self.protocol("Network.enable", json!({})).await;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.protocol("Network.emulateNetworkConditions", conditions).await;
    }

    /// Waits until the page says so many.
    async fn counts_are(&self, support: &str, oppose: &str) {
        let wanted = (support.to_owned(), oppose.to_owned());
        let found = self.until(async || counts(self).await == wanted).await;
        assert!(found, "{:?} instead of {wanted:?}", counts(self).await);
    }
}

const PRESSED: &str = ".votebar form > button[aria-pressed=true]";
const NOT_PRESSED: &str = ".votebar form > button[aria-pressed=false]";
const SETTLED: &str = ".votebar form > button:not([aria-busy=true])";

#[test]
fn a_vote_is_counted_at_once_and_stays() {
    browse(Backend::Sqlite, Scripts::On, PHONE, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
        let path = world.path_of(post).await;
        tab.sign_in(&world.other).await;
        tab.open(&path).await;
        tab.is_awake().await;
        // the page must not be left for it
        tab.script("window.stayed = true", vec![]).await;
        tab.press(".votebar form > button").await;
        tab.must_have(PRESSED).await;
        tab.counts_are("1", "0").await;
        tab.must_have(SETTLED).await;
        assert_eq!(tab.script("return window.stayed", vec![]).await, true);
        tab.reload().await;
        tab.must_have(PRESSED).await;
        tab.counts_are("1", "0").await;
        tab.is_awake().await;
        tab.press(".votebar form > button").await;
        tab.must_have(NOT_PRESSED).await;
        tab.must_have(SETTLED).await;
        tab.reload().await;
        tab.counts_are("0", "0").await;

        // the same in a list
        tab.open("/?sort=new").await;
        tab.is_awake().await;
        tab.press(".vote__up").await;
        tab.must_have(".vote__up[aria-pressed=true]:not([aria-busy=true])").await;
        assert_eq!(tab.path().await, "/?sort=new");
        tab.reload().await;
        tab.must_have(".vote__up[aria-pressed=true]").await;
        let supports = async || world.api.get(&format!("/api/v1/posts/{post}")).await.number("support_count");
        assert_eq!(supports().await, 1);

        // who presses faster than the answer comes is heard to the last press
        tab.is_awake().await;
        tab.script("for (let n = 0; n < 3; n += 1) document.querySelector('.vote__up').click()", vec![]).await;
        tab.must_have(".vote__up[aria-pressed=false]:not([aria-busy=true])").await;
        assert_eq!(supports().await, 0);
        tab.is_clean().await;
    });
}

#[test]
fn a_newcomer_with_a_phone_sees_an_answer_at_once() {
    browse(Backend::Sqlite, Scripts::Off, PHONE, async |server, tab| {
        let world = World::open(server).await;
        let post = world
            .api
            .submit("idea", "billing", "One bill for two addresses, and for every month one", "We pay for two houses.")
            .await;
        let answer =
            json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": crate::world::soon() });
        world.put(&world.agent_api, &format!("/posts/{post}/answers"), &answer).await;
        tab.open("/").await;
        let script = "const at = selector => document.querySelector(selector).getBoundingClientRect();
            return [at('.row__word').bottom, at('.tabbar').top]";
        let places = tab.script(script, vec![]).await;
        let (answer, bar) = (places[0].as_f64().unwrap(), places[1].as_f64().unwrap());
        assert!(answer > 0.0 && answer <= bar, "the answer ends at {answer}, the screen at {bar}");
    });
}

#[test]
fn a_vote_that_was_not_heard_is_taken_back_and_said_so() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
        let path = world.path_of(post).await;
        tab.sign_in(&world.other).await;
        tab.open(&path).await;
        tab.is_awake().await;
        tab.offline(true).await;
        tab.press(".votebar form > button").await;
        tab.must_have(".toasts[aria-live] .toast").await;
        tab.must_have(NOT_PRESSED).await;
        tab.counts_are("0", "0").await;
        tab.offline(false).await;
        tab.forget_errors().await;
        tab.must_have(SETTLED).await;
        tab.press(".votebar form > button").await;
        tab.must_have(PRESSED).await;
        tab.must_have(SETTLED).await;
        assert_eq!(world.api.get(&format!("/api/v1/posts/{post}")).await.number("support_count"), 1);

        // who may not vote hears why
        let una = world.server.unverified("Una").await;
        tab.sign_in(&una).await;
        tab.open(&path).await;
        tab.is_awake().await;
        tab.press(".votebar form > button").await;
        tab.must_have(".toast").await;
        tab.must_show("Verify your e-mail address first").await;
        tab.counts_are("1", "0").await;
        tab.is_clean().await;

        // and whoever was signed out meanwhile is led to sign in
        tab.sign_in(&world.member).await;
        tab.open(&path).await;
        tab.is_awake().await;
        world.server.signed_in(&world.member).await.post("/me/sessions/end-all", &[]).await.sees_other("/sign-in");
        tab.press(".votebar form > button").await;
        tab.is_at("/sign-in").await;
    });
}

#[test]
fn similar_posts_follow_the_fingers() {
    browse(Backend::Postgres, Scripts::On, PHONE, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
        world.api.submit("complaint", "billing", "The app forgets my password", "Every week.").await;
        tab.sign_in(&world.other).await;
        tab.open("/new").await;
        tab.is_awake().await;
        tab.fill("#title", "a bill for two adresses").await;
        // folded, so that they don't push away the field that somebody is about to fill in
        tab.press(".similar summary").await;
        tab.must_have(&format!(".similar a[href^='/p/{post}/']")).await;
        assert_eq!(tab.value("#anyway").await, "1", "it is not asked again");
        tab.fill("#title", "app forgets passwords").await;
        tab.must_show("The app forgets my password").await;
        // what was typed does not go when another gets the vote
        tab.press(".similar button[value=support]").await;
        tab.is_at("/p/").await;
        assert_eq!(world.api.get("/api/v1/posts?q=forgets").await.json["items"][0]["support_count"], 1);
    });
}

#[test]
fn the_preview_shows_what_it_will_look_like() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        tab.sign_in(&world.other).await;
        tab.open("/new").await;
        tab.is_awake().await;
        tab.fill("#title", "Something quite different").await;
        tab.fill("#body", "A **bold** plan").await;
        tab.script("window.stayed = true", vec![]).await;
        tab.press("button[value=preview]").await;
        tab.must_have("[aria-live] .prose strong").await;
        assert_eq!(tab.script("return window.stayed", vec![]).await, true);
        tab.offline(true).await;
        tab.press("button[value=preview]").await;
        tab.must_have(".toast").await;
        tab.offline(false).await;
        tab.forget_errors().await;
        assert_eq!(tab.value("#body").await, "A **bold** plan");
    });
}

#[test]
fn the_colours_change_at_once_and_stay() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |_server, tab| {
        tab.open("/rules").await;
        tab.is_awake().await;
        let theme = async || tab.script("return document.documentElement.dataset.theme ?? ''", vec![]).await;
        assert_eq!(theme().await, "");
        tab.press(".site-head .theme-switch button").await;
        assert_eq!(theme().await, "dark");
        let paper = tab.script("return getComputedStyle(document.body).backgroundColor", vec![]).await;
        tab.reload().await;
        assert_eq!(theme().await, "dark");
        assert_eq!(tab.script("return getComputedStyle(document.body).backgroundColor", vec![]).await, paper);
        tab.is_awake().await;
        tab.press(".site-head .theme-switch button").await;
        assert_eq!(theme().await, "light");
        assert_ne!(tab.script("return getComputedStyle(document.body).backgroundColor", vec![]).await, paper);
    });
}

#[test]
fn the_colours_change_without_javascript_too() {
    browse(Backend::Sqlite, Scripts::Off, PHONE, async |_server, tab| {
        tab.open("/rules").await;
        tab.press(".site-head .theme-switch button").await;
        tab.must_have("html[data-theme=dark]").await;
        tab.is_at("/rules").await;
        tab.press(".site-foot .theme-switch button[value=system]").await;
        tab.must_have("html:not([data-theme])").await;
    });
}

#[test]
fn the_record_is_checked_by_the_browser_itself() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        for n in 0..140 {
            // more than one download has
            let post = world.api.submit("idea", "billing", &format!("Bill {n}"), "We pay for two houses.").await;
            world
                .put(&world.agent_api, &format!("/posts/{post}/stop"), &json!({ "reason": "We need your address for that." }))
                .await;
            world.put(&world.agent_api, &format!("/posts/{post}/resume"), &json!({})).await;
        }
        let entries = world.server.api().get("/api/v1/record?limit=1&after=256").await.is(200);
        assert_eq!(entries.items().len(), 1, "the record is longer than one tile");
        tab.open("/record").await;
        tab.is_awake().await;
        tab.press(".chain .btn").await;
        tab.must_show("entries itself: the chain is intact.").await;
        tab.is_clean().await;
        // somebody changes an entry, and the page that is open does not believe it any more
        world.server.sql(&unguarded(Backend::Sqlite, "record_entries")).await;
        world.server.sql("UPDATE record_entries SET role = 'guest' WHERE seq = 20").await;
        tab.protocol("Network.enable", json!({})).await;
        tab.protocol("Network.clearBrowserCache", json!({})).await;
        tab.press(".chain .btn").await;
        tab.must_show("Your browser found the chain broken at entry 21").await;
    });
}

#[test]
fn whoever_types_works_for_it_without_noticing() {
    browse_with(Backend::Sqlite, &[("ANSWERABLE_RATE_LIMITS", "on")], Scripts::On, PHONE, async |server, tab| {
        tab.open("/sign-up").await;
        tab.is_awake().await;
        let proof = async || tab.value("[name=altcha]").await;
        assert_eq!(proof().await, "", "who only looks does not work");
        tab.fill("[name=name]", "Sanne").await;
        assert!(tab.until(async || !proof().await.is_empty()).await, "no proof");
        // it is one, and counts once
        let account = json!({ "email": "sanne@example.com", "password": PASSWORD, "name": "Sanne", "altcha": proof().await });
        server.api().post("/api/v1/accounts", &account).await.is(201);
        server.api().post("/api/v1/accounts", &account).await.is_problem(422, &["altcha"]);
        tab.is_clean().await;
    });
}
