//! A page that is open tells what happens meanwhile, wherever it was written, and moves nothing under its reader; who follows hears of it once
//! by each way, and can stop that.

use serde_json::json;
use tests::{
    Backend,
    answerable::Answerable,
    listener::{HOOKS_TO, Listener},
};

use crate::{
    tab::{DESK, PHONE, Scripts, Tab, browse_with},
    world::{World, soon},
};

impl Tab {
    /// Waits until what stands somewhere is that.
    async fn says(&self, css: &str, text: &str) {
        let script = "return document.querySelector(arguments[0])?.textContent.trim() ?? ''";
        let said = async || self.script(script, vec![json!(css)]).await.as_str().unwrap_or_default().to_owned();
        let found = self.until(async || said().await == text).await;
        assert!(found, "{css} says {:?} instead of {text:?}", said().await);
    }
}

async fn follow_the_news(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let listener = Listener::open().await;
    let hook = json!({ "url": listener.address, "types": ["answer.published", "changelog.published"] });
    world.admin_api.post("/api/v1/hooks", &hook).await.is(201);
    let post = world.other_api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
    let path = world.path_of(post).await;
    // the staff work at another instance
    let desk = Answerable::start(Some(&world.server.database()), &[HOOKS_TO]).await;
    let agent = desk.api().with_token(world.agent_api.token().expect("a token"));
    let noor = desk.api().with_token(world.other_api.token().expect("a token"));
    tab.sign_in(&world.member).await;
    tab.open(&path).await;
    tab.is_awake().await;
    tab.press("form[action='/me/follows'] button").await;
    tab.press(".votebar form > button").await;
    tab.says(".votebar form > button b", "1").await;
    tab.open(&path).await;
    tab.is_awake().await;
    tab.script("window.stayed = true; window.scrollTo(0, 200)", vec![]).await;
    let place = async || {
        tab.script("return [window.scrollY, document.querySelector('#comments').getBoundingClientRect().top]", vec![]).await
    };
    let before = place().await;

    noor.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
    tab.says(".votebar form > button b", "2").await;
    noor.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Mine come on two days." })).await.is(201);
    tab.says(".live__in span", "1 new comment").await;
    let planned = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": soon() });
    let answer = agent.post(&format!("/api/v1/posts/{post}/answers"), &planned).await.is(201).number("id");
    tab.says(".live__in span", "The company has answered · 1 new comment").await;
    tab.says(".bell__n", "1").await;
    assert_eq!(place().await, before, "nothing moves under the reader");
    assert_eq!(tab.script("return window.stayed", vec![]).await, true);
    // nobody loses what they are writing
    tab.press(".live__in button").await;
    tab.must_have(&format!("#answer-{answer}")).await;
    tab.must_show("Mine come on two days.").await;
    assert!(!tab.has(".live__in").await);
    tab.says(".bell__n", "0").await;
    tab.open("/me/notices").await;
    tab.must_show("Planned: One bill for two addresses").await;

    // one mail, by whichever instance, and a link in it that stops its like
    let mails = || {
        let all = [&world.server, &desk].map(|server| server.mails_to(&world.member.email));
        all.concat().into_iter().filter(|mail| mail.subject.contains("One bill for two addresses")).collect::<Vec<_>>()
    };
    assert!(tab.until(async || !mails().is_empty()).await, "a mail");
    assert_eq!(mails().len(), 1);
    let stop = mails()[0].path("/unsubscribe/").expect("a link");
    tab.sign_out().await;
    tab.open(&stop).await;
    tab.must_show("Mail about: What I follow").await;
    tab.press("button[value=this]").await;
    tab.must_show("You get no such mail any more").await;
    let feed = world.server.visitor().get(&format!("/feeds/post-{post}.atom")).await.is(200);
    assert!(feed.body.contains(&format!("#answer-{answer}")), "{}", feed.body);
    let heard = listener.next().await.json();
    assert_eq!((&heard["type"], &heard["data"]["answer"]["id"]), (&json!("answer.published"), &json!(answer)));

    // it is delivered, and whoever wanted it is thanked: on the page, since they want no mail of it any more
    let delivered = json!({ "status": "delivered", "what": "Both stand on one bill.", "who": "Billing" });
    agent.post(&format!("/api/v1/posts/{post}/answers"), &delivered).await.is(201);
    assert_eq!(listener.next().await.json()["type"], "answer.published");
    let entry = json!({ "title": "One bill", "body": "For all your addresses.", "category": "new", "posts": [post] });
    let entry = agent.post("/api/v1/changelog", &entry).await.is(201).number("id");
    agent.post(&format!("/api/v1/changelog/{entry}/publish"), &json!({})).await.is(200);
    let heard = listener.next().await.json();
    assert_eq!((&heard["type"], &heard["data"]["changelog"]["title"]), (&json!("changelog.published"), &json!("One bill")));
    tab.sign_in(&world.member).await;
    tab.open("/me/notices").await;
    tab.press(&format!(".told a[href^='/changelog/{entry}']")).await;
    tab.must_show("One bill").await;
    tab.must_show(&world.other.name).await;
    tab.open("/me/delivered").await;
    tab.must_show("One bill for two addresses").await;
    let letters = mails();
    assert!(letters.iter().all(|mail| mail.subject.contains("Planned") || mail.subject.contains("solved")), "{letters:?}");
    tab.is_clean().await;
}

#[test]
fn a_page_hears_what_another_instance_writes() {
    browse_with(Backend::Postgres, &[HOOKS_TO], Scripts::On, DESK, async |server, tab| follow_the_news(server, tab).await);
}

#[test]
fn a_phone_hears_what_another_process_writes() {
    browse_with(Backend::Sqlite, &[HOOKS_TO], Scripts::On, PHONE, async |server, tab| follow_the_news(server, tab).await);
}
