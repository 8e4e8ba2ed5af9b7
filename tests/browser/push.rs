//! News on the screen while no page is open: turning it on, and what the browser does with what comes.

use serde_json::json;
use tests::{
    Backend,
    answerable::Answerable,
    listener::{HOOKS_TO, Listener},
};

use crate::{
    tab::{PHONE, Scripts, Tab, browse_with},
    world::World,
};

/// The worker of the site. No browser of a test reaches the service that would wake it.
const WORKER: &str = include_str!("../../app/src/parts/push.js");
/// A key of a browser (RFC 8291, appendix A).
const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

async fn a_phone_is_told(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
    tab.sign_in(&world.member).await;
    tab.open("/me/notices").await;
    tab.is_awake().await;
    let refuse = "PushManager.prototype.subscribe = async () => { throw new DOMException('no', 'NotAllowedError') }";
    tab.script(refuse, vec![]).await;
    tab.press("#push leptos-island button").await;
    tab.must_show("Your browser does not allow it").await;
    let give = "PushManager.prototype.subscribe = async (options) => {
        if (!options.userVisibleOnly || !options.applicationServerKey) throw new Error('what for?');
        return { toJSON: () => ({ endpoint: arguments[0], keys: { p256dh: arguments[1], auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }) };
    }";
    let give = give.replace("arguments[0]", "endpoint").replace("arguments[1]", "key");
    tab.script(&format!("const [endpoint, key] = arguments; {give}"), vec![json!(listener.address), json!(KEY)]).await;
    tab.press("#push leptos-island button").await;
    tab.must_have(".pushed li").await;
    tab.must_show("(this one)").await;
    world.is_sound(&tab).await;
    world.other_api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
    listener.next().await;

    // what the browser does with it
    let script = format!(
        "const on = {{}}, done = [];
         const self = {{
            addEventListener: (name, what) => on[name] = what,
            registration: {{ showNotification: async (title, options) => done.push([title, options.body, options.tag]) }},
            clients: {{ matchAll: async () => [], openWindow: async (url) => done.push(url) }},
            location, skipWaiting: () => {{}},
         }};
         (() => {{ {WORKER} }})();
         const news = {{ title: 'Noor commented', body: 'Mine too', tag: 'comments-1', url: location.origin + '/p/1/one' }};
         on.push({{ data: {{ json: () => news }}, waitUntil: () => {{}} }});
         on.notificationclick({{ notification: {{ close: () => done.push('closed'), data: {{ url: news.url }} }}, waitUntil: () => {{}} }});
         window.done = done;"
    );
    tab.script(&script, vec![]).await;
    let done = async || tab.script("return window.done.length", vec![]).await == json!(3);
    assert!(tab.until(done).await, "{}", tab.script("return window.done", vec![]).await);
    let done = tab.script("return window.done", vec![]).await;
    assert_eq!((&done[0], &done[1]), (&json!(["Noor commented", "Mine too", "comments-1"]), &json!("closed")));
    assert!(done[2].as_str().is_some_and(|url| url.ends_with("/p/1/one")), "{done}");
    let worker = "return navigator.serviceWorker.controller?.scriptURL ?? ''";
    let is_there = async || tab.script(worker, vec![]).await.as_str().is_some_and(|url| url.ends_with("/push.js"));
    tab.open("/me/notices").await;
    assert!(tab.until(is_there).await, "the worker is there for all pages");
    tab.press(".pushed li button").await;
    tab.must_have(".flash--ok").await;
    assert!(!tab.has(".pushed").await);
    tab.is_clean().await;
}

#[test]
fn a_phone_is_told_of_news() {
    browse_with(Backend::Sqlite, &[HOOKS_TO], Scripts::On, PHONE, a_phone_is_told);
}
