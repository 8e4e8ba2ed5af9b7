//! News that are pushed: what the service of a browser is handed, and what the browser reads of it.

use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand::SystemRandom,
    signature::{self, ECDSA_P256_SHA256_FIXED},
};
use serde_json::{Value, json};
use tests::{
    Backend,
    answerable::{Answerable, Api, PATIENCE},
    listener::{Heard, Listener, with_listener},
    serving,
};

use crate::world::{World, soon};

/// A browser that is pushed to. Its key reads one message.
struct Browser {
    private: EphemeralPrivateKey,
    public: Vec<u8>,
}

/// Its secret for authentication.
const AUTH: [u8; 16] = [7; 16];

struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

fn derived<const N: usize>(from: &Prk, info: &[&[u8]]) -> [u8; N] {
    let mut bytes = [0; N];
    from.expand(info, Bytes(N)).and_then(|key| key.fill(&mut bytes)).expect("a key");
    bytes
}

impl Browser {
    fn fresh() -> Self {
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a key");
        let public = private.compute_public_key().expect("a key").as_ref().to_vec();
        Self { private, public }
    }

    /// What it tells the forum, when its service takes messages there.
    fn subscription(&self, endpoint: &str) -> Value {
        json!({ "endpoint": endpoint, "p256dh": URL_SAFE_NO_PAD.encode(&self.public), "auth": URL_SAFE_NO_PAD.encode(AUTH) })
    }

    /// What it reads of what its service was handed (RFC 8188, RFC 8291).
    fn reads(self, heard: &Heard) -> Value {
        let (salt, rest) = heard.body.split_at(16);
        let (length, rest) = (usize::from(rest[4]), &rest[5..]);
        let (sender, sealed) = rest.split_at(length);
        let public = self.public;
        let mut sealed = sealed.to_vec();
        agree_ephemeral(self.private, &UnparsedPublicKey::new(&ECDH_P256, sender), |shared| {
            let both = Salt::new(HKDF_SHA256, &AUTH).extract(shared);
            let input: [u8; 32] = derived(&both, &[b"WebPush: info\0", &public, sender]);
            let prk = Salt::new(HKDF_SHA256, salt).extract(&input);
            let key: [u8; 16] = derived(&prk, &[b"Content-Encoding: aes128gcm\0"]);
            let nonce = derived(&prk, &[b"Content-Encoding: nonce\0"]);
            let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
            let text = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).expect("it can be read");
            let (end, text) = text.split_last().expect("a message");
            assert_eq!(*end, 2, "it is the last record");
            serde_json::from_slice(text).expect("JSON")
        })
        .expect("a key of the sender")
    }
}

/// That the service can tell whose message it is.
fn is_from_the_site(heard: &Heard, key: &str, origin: &str) {
    let said = heard.header("authorization").strip_prefix("vapid t=").expect("by VAPID");
    let (token, public) = said.split_once(", k=").expect("a key");
    assert_eq!(public, key, "the key that browsers subscribe with");
    let (signed, by) = token.rsplit_once('.').expect("a signature");
    let known = signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, URL_SAFE_NO_PAD.decode(public).expect("a key"));
    assert!(known.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(by).expect("a signature")).is_ok());
    let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').expect("claims").1).expect("claims");
    let claims: Value = serde_json::from_slice(&claims).expect("claims");
    assert_eq!(claims["aud"], origin);
}

const PATH: &str = "/api/v1/me/push";

/// Waits until so many devices are pushed to.
async fn until_devices(api: &Api, count: usize) {
    let start = Instant::now();
    loop {
        let now = api.get(PATH).await.is(200).json;
        if now["devices"].as_array().is_some_and(|devices| devices.len() == count) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{now}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn news_are_pushed(server: Answerable) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let (_, mo) = world.somebody("Mo", "member").await;
    let (_, noor) = world.somebody("Noor", "member").await;
    let (_, staff) = world.somebody("Femke", "agent").await;
    let post = mo.submit("idea", "general", "One bill for two addresses", "Please.").await;
    let browser = Browser::fresh();
    let made = mo.post(PATH, &browser.subscription(&listener.address)).await.is(201);
    assert_eq!((&made.json["is_this"], &made.json["name"]), (&json!(true), &json!("API")), "{}", made.json);
    let key = mo.get(PATH).await.is(200).text("public_key");

    noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine come on **two** days." })).await.is(201);
    let heard = listener.next().await;
    assert!(heard.head.starts_with("POST /hook?key=deep HTTP/1.1"), "{}", heard.head);
    assert_eq!((heard.header("content-encoding"), heard.header("ttl")), ("aes128gcm", "86400"));
    assert_eq!(heard.header("topic"), format!("comments-{post}"), "of the comments on a post the latest is enough");
    let origin = listener.address.strip_suffix("/hook?key=deep").expect("an origin");
    is_from_the_site(&heard, &key, origin);
    let said = browser.reads(&heard);
    assert_eq!(
        (&said["title"], &said["body"]),
        (&json!("Noor commented on: One bill for two addresses"), &json!("Mine come on two days."))
    );
    let url = said["url"].as_str().expect("an address");
    assert!(url.starts_with("http://") && url.contains(&format!("/p/{post}/")), "{url}");
    assert_eq!(said["lang"], "en");

    // of what one does not want to be shown nothing comes; the same browser with another key is the same device
    mo.patch(PATH, &json!({ "comments": false })).await.is(200);
    let browser = Browser::fresh();
    mo.post(PATH, &browser.subscription(&listener.address)).await.is(201);
    noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "And one for the box." })).await.is(201);
    let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
    staff.post(&format!("/api/v1/posts/{post}/answers"), &planned).await.is(201);
    let heard = listener.next().await;
    assert!(!heard.head.to_ascii_lowercase().contains("\r\ntopic:"), "{}", heard.head);
    assert_eq!(browser.reads(&heard)["title"], "Planned: One bill for two addresses");
    until_devices(&mo, 1).await;

    // whoever has the browser now is whose it is
    noor.post(PATH, &Browser::fresh().subscription(&listener.address)).await.is(201);
    until_devices(&mo, 0).await;
    // and the service says when there is none any more
    until_devices(&noor, 1).await;
    listener.answer(410);
    let started = json!({ "status": "started", "what": "We began.", "who": "Billing", "next_update_on": soon() });
    staff.post(&format!("/api/v1/posts/{post}/answers"), &started).await.is(201);
    listener.next().await;
    until_devices(&noor, 0).await;
    listener.answer(200);
}

async fn whoever_signs_out_is_pushed_nothing(server: Answerable) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let (mo, api) = world.somebody("Mo", "member").await;
    let (_, noor) = world.somebody("Noor", "member").await;
    let post = api.submit("idea", "general", "One bill for two addresses", "Please.").await;
    let browser = world.server.signed_in(&mo).await;
    let page = browser.get("/me/notices").await.is(200);
    page.must_show("On your devices");
    assert!(!page.has("form[action='/me/push/topics']"), "nothing is to be chosen yet");
    let typed = Browser::fresh().subscription(&listener.address);
    let field = |name: &str| typed[name].as_str().expect("a field").to_owned();
    let (endpoint, p256dh, auth) = (field("endpoint"), field("p256dh"), field("auth"));
    let fields = [("endpoint", endpoint.as_str()), ("p256dh", p256dh.as_str()), ("auth", auth.as_str())];
    browser.post("/me/push", &fields).await.sees_other("/me/notices?done=saved#push");
    let page = browser.get("/me/notices").await.is(200);
    page.must_show("(this one)");
    assert_eq!(page.texts(".pushed li").len(), 1);
    // what is shown there is chosen on the page as well: all but what is not ticked
    browser
        .post("/me/push/topics", &[("push-answers", "on"), ("push-comments", "on")])
        .await
        .sees_other("/me/notices?done=saved#push");
    let chosen = api.get(PATH).await.is(200).json;
    assert_eq!((&chosen["answers"], &chosen["comments"], &chosen["following"]), (&json!(true), &json!(true), &json!(false)));
    assert!(browser.get("/me/notices").await.has("[name=push-comments][checked]"));
    noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine too." })).await.is(201);
    listener.next().await;

    // another browser of the same person stops it, or the browser itself by signing out
    let id = api.get(PATH).await.json["devices"][0]["id"].to_string();
    noor.delete(&format!("{PATH}/{id}")).await.is(404);
    world.server.signed_in(&mo).await.post("/me/push/remove", &[("id", &id)]).await.sees_other("/me/notices?done=saved#push");
    until_devices(&api, 0).await;
    api.delete(&format!("{PATH}/{id}")).await.is(404);
    browser.post("/me/push", &fields).await.sees_other("/me/notices?done=saved#push");
    until_devices(&api, 1).await;
    browser.post("/sign-out", &[]).await;
    until_devices(&api, 0).await;
    noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "And once more." })).await.is(201);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(listener.first().is_none(), "nobody is signed in there");
    world.server.visitor().post("/me/push", &fields).await.sees_other("/sign-in");
    // some phones are pushed to once the site is on their home screen
    let manifest = page.attribute("link[rel=manifest]", "href").expect("a manifest");
    let manifest: Value = serde_json::from_str(&browser.get(&manifest).await.is(200).body).expect("JSON");
    assert_eq!((&manifest["display"], &manifest["start_url"]), (&json!("standalone"), &json!("/")));
    let icon = manifest["icons"][0]["src"].as_str().expect("an icon");
    assert_eq!(browser.get(icon).await.is(200).header("content-type"), "image/svg+xml");
    assert_eq!(browser.get("/push.js").await.is(200).header("content-type"), "text/javascript; charset=utf-8");
}

serving! {
    async fn nothing_but_a_browser_is_pushed_to(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        for inner in ["https://127.0.0.1/send", "https://[::1]/send", "http://push.example/send", "https://intranet/send", "send"] {
            mo.post(PATH, &Browser::fresh().subscription(inner)).await.is_problem(422, &["endpoint"]);
        }
        let nothing = json!({ "endpoint": "", "p256dh": "", "auth": "" });
        mo.post(PATH, &nothing).await.is_problem(422, &["endpoint", "p256dh", "auth"]);
        let short = json!({ "endpoint": "https://push.example/send", "p256dh": "BCVxsr7N", "auth": "BTBZMqHH6r4Tts7J" });
        mo.post(PATH, &short).await.is_problem(422, &["p256dh", "auth"]);
        assert_eq!(mo.get(PATH).await.is(200).json["devices"], json!([]));
        mo.patch(PATH, &json!({ "answers": "perhaps" })).await.is_problem(422, &["answers"]);
        world.server.api().get(PATH).await.is_problem(401, &[]);
    }
}

#[test]
fn news_are_pushed_on_sqlite() {
    with_listener(Backend::Sqlite, news_are_pushed);
}

#[test]
fn news_are_pushed_on_postgres() {
    with_listener(Backend::Postgres, news_are_pushed);
}

#[test]
fn whoever_signs_out_is_pushed_nothing_on_sqlite() {
    with_listener(Backend::Sqlite, whoever_signs_out_is_pushed_nothing);
}

#[test]
fn whoever_signs_out_is_pushed_nothing_on_postgres() {
    with_listener(Backend::Postgres, whoever_signs_out_is_pushed_nothing);
}
