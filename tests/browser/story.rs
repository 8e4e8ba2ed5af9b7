//! The whole story: somebody signs up and posts, others vote and comment, the company answers, everybody sees what becomes of it.

use tests::{
    Backend,
    answerable::{Answerable, PASSWORD},
};

use crate::{
    tab::{DESK, PHONE, Scripts, Tab, browse},
    world::{World, soon},
};

/// The words of one language that the story comes across.
struct Said {
    language: &'static str,
    look_in_your_mail: &'static str,
    planned: &'static str,
    opposed: &'static str,
}

const ENGLISH: Said =
    Said { language: "en", look_in_your_mail: "Look in your mail", planned: "Planned", opposed: "One person against" };
const DUTCH: Said =
    Said { language: "nl", look_in_your_mail: "Kijk in je mail", planned: "Gepland", opposed: "Eén persoon is tegen" };

const TITLE: &str = "A single bill for both addresses";
const BODY: &str = "We look after my mother's house as well. **Two** houses, one bill please.";
const REASON: &str = "Two bills keep the two houses apart, and I want that.";
const COMMENT: &str = "With us it is *three* addresses.";
const WHAT: &str = "All addresses of a customer come on one bill.";
const WHO: &str = "Femke Bos, team Billing";

async fn the_whole_story(server: Answerable, tab: Tab, said: &Said) {
    let world = World::open(server).await;
    let known = world.other_api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;

    // somebody comes by, and signs up
    tab.open("/").await;
    if said.language != "en" {
        tab.press(&format!(".site-foot button[name=language][value={}]", said.language)).await;
        tab.must_have(&format!("html[lang={}]", said.language)).await;
    }
    tab.must_show("One bill for two addresses").await;
    tab.open("/sign-up").await;
    tab.fill("#name", "Sanne Kuiper").await;
    tab.fill("#email", "sanne@example.com").await;
    tab.fill("#password", "password").await;
    tab.press("form[action='/sign-up'] button.btn--primary").await;
    tab.must_have("#password[aria-invalid=true]").await;
    assert_eq!(tab.value("#email").await, "sanne@example.com", "what was typed is kept");
    tab.fill("#password", PASSWORD).await;
    tab.press("form[action='/sign-up'] button.btn--primary").await;
    tab.is_at("/verify").await;
    tab.must_show(said.look_in_your_mail).await;

    // the link in the mail
    let link = world.server.link_to("sanne@example.com", "/verify/").await;
    tab.open(&link).await;
    tab.press("main form button.btn--primary").await;
    tab.is_at("/?done=verified").await;
    tab.must_have(".flash--ok").await;

    // writes, and sees what is there already
    tab.open("/new").await;
    if tab.runs_scripts() {
        tab.is_awake().await;
    }
    tab.press("label.choice:has(#kind-wish)").await;
    tab.fill("#title", TITLE).await;
    let similar = format!(".similar a[href^='/p/{known}/']");
    if tab.runs_scripts() {
        tab.must_have(&similar).await;
    }
    tab.fill("#body", BODY).await;
    tab.fill("#tags", "bills").await;
    tab.choose("#board", "billing").await;
    tab.press("button[name=act][value=preview]").await;
    tab.must_have(".prose strong").await;
    assert_eq!(tab.value("#title").await, TITLE);
    tab.press("form[action='/new'] button.btn--primary.btn--lg").await;
    if !tab.runs_scripts() {
        tab.must_have(&similar).await;
        assert_eq!((tab.value("#title").await.as_str(), tab.value("#body").await.as_str()), (TITLE, BODY));
        tab.press("form[action='/new'] button.btn--primary.btn--lg").await;
    }
    tab.is_at("/p/").await;
    let post = tab.path().await.split('?').next().unwrap_or_default().to_owned();
    assert!(post.ends_with("/a-single-bill-for-both-addresses"), "{post}");
    tab.must_show(TITLE).await;
    tab.must_have(".rail").await;
    assert_eq!(counts(&tab).await, ("0".to_owned(), "0".to_owned()), "nobody's vote is cast for them");

    // a second person is for it
    tab.sign_in(&world.other).await;
    tab.open(&post).await;
    if tab.runs_scripts() {
        tab.is_awake().await;
    }
    tab.press(".votebar form > button").await;
    tab.must_have(".votebar form > button[aria-pressed=true]").await;
    assert!(tab.until(async || counts(&tab).await.0 == "1").await, "{:?}", counts(&tab).await);
    if tab.runs_scripts() {
        // the press is counted at once, and heard of by the server after
        let heard = async || world.api.get("/api/v1/posts?sort=new").await.json["items"][0]["support_count"] == 1;
        assert!(tab.until(heard).await, "the vote does not arrive");
    }
    tab.reload().await;
    tab.must_have(".votebar form > button[aria-pressed=true]").await;

    // a third is against it, says why, and comments
    tab.sign_in(&world.member).await;
    tab.open(&post).await;
    tab.press(".oppose > summary").await;
    tab.fill("#reason", REASON).await;
    tab.press(".oppose button[value=oppose]").await;
    tab.must_show(said.opposed).await;
    tab.must_show(REASON).await;
    assert_eq!(counts(&tab).await, ("1".to_owned(), "1".to_owned()), "two counts, never netted");
    tab.fill("#comment-form textarea", COMMENT).await;
    tab.press("#comment-form button.btn--primary").await;
    tab.must_have(".comment .prose em").await;
    tab.is_at(&post).await;

    // the company answers
    tab.sign_in(&world.agent).await;
    tab.open("/triage").await;
    tab.press(&format!(".q__t[href='/triage/{}']", number(&post))).await;
    tab.is_at("/triage/").await;
    tab.must_show(TITLE).await;
    tab.choose("#answer-status", "planned").await;
    tab.fill("#answer-what", WHAT).await;
    tab.fill("#answer-who", WHO).await;
    assert!(!tab.value("#answer-next_update_on").await.is_empty(), "a day is proposed");
    tab.choose_day("#answer-next_update_on", "").await;
    tab.press("form[action*='/answer'] button.btn--primary").await;
    tab.must_have("#answer-next_update_on[aria-invalid=true]").await;
    assert_eq!(
        (tab.value("#answer-what").await.as_str(), tab.value("#answer-who").await.as_str()),
        (WHAT, WHO),
        "what was typed is kept"
    );
    tab.is_clean().await;
    tab.choose_day("#answer-next_update_on", &soon().to_string()).await;
    tab.press("form[action*='/answer'] button.btn--primary").await;
    tab.is_at(&format!("/triage/{}?done=answered", number(&post))).await;

    // and everybody sees it
    tab.sign_out().await;
    tab.open(&post).await;
    tab.must_have(".pill[data-stage=planned]").await;
    tab.must_show(said.planned).await;
    for text in [WHAT, WHO, TITLE, REASON, "three"] {
        tab.must_show(text).await;
    }
    // a day off means the working day before, so the day that is shown is what the API says
    let answers = world.api.get(&format!("/api/v1/posts/{}/answers", number(&post))).await.is(200);
    let day = answers.items()[0]["next_update_on"].as_str().expect("a day").to_owned();
    tab.must_have(&format!("time[datetime='{day}']")).await;
    tab.open("/roadmap").await;
    tab.must_have(&format!("[data-stage=planned] a[href='{post}']")).await;
    tab.must_show(TITLE).await;
    let mail = world.server.mail_to("sanne@example.com", |mail| mail.text.contains(WHAT)).await;
    assert!(mail.subject.contains(said.planned), "{}", mail.subject);
    assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
}

/// Those for it and those against it, as the page says.
pub(crate) async fn counts(tab: &Tab) -> (String, String) {
    let script = "return [...document.querySelectorAll('.votebar .votebar__b b')].map(b => b.textContent)";
    let counts = tab.script(script, vec![]).await;
    let at = |n: usize| counts[n].as_str().unwrap_or_default().to_owned();
    (at(0), at(1))
}

/// The number of a post, from its path.
pub(crate) fn number(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

#[test]
fn on_a_phone() {
    browse(Backend::Sqlite, Scripts::On, PHONE, async |server, tab| the_whole_story(server, tab, &ENGLISH).await);
}

#[test]
fn at_a_desk_in_dutch_on_postgres() {
    browse(Backend::Postgres, Scripts::On, DESK, async |server, tab| the_whole_story(server, tab, &DUTCH).await);
}

#[test]
fn on_a_phone_without_javascript_in_dutch() {
    browse(Backend::Sqlite, Scripts::Off, PHONE, async |server, tab| the_whole_story(server, tab, &DUTCH).await);
}

#[test]
fn at_a_desk_without_javascript() {
    browse(Backend::Sqlite, Scripts::Off, DESK, async |server, tab| the_whole_story(server, tab, &ENGLISH).await);
}
