//! Somebody without an account: posts, follows the receipt, and claims the post.

use tests::{
    Backend,
    answerable::{Answerable, PASSWORD},
};

use crate::{
    story::number,
    tab::{DESK, PHONE, Scripts, Tab, browse_with},
    world::World,
};

/// As a forum is run: what comes without a proof of work is looked at first.
const ON: (&str, &str) = ("ANSWERABLE_RATE_LIMITS", "on");
const TITLE: &str = "The bill counts a call twice";

async fn a_guest(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    tab.open("/new").await;
    if tab.runs_scripts() {
        tab.is_awake().await;
    }
    tab.press("label.choice:has(#kind-complaint)").await;
    tab.fill("#title", TITLE).await;
    tab.fill("#body", "The one of the fourth, on page two.").await;
    tab.choose("#board", "billing").await;
    tab.press("#guest > summary").await;
    tab.fill("#email", "nobody").await;
    tab.press("#guest button[value=guest]").await;
    tab.must_have("#email[aria-invalid=true]").await;
    assert_eq!(tab.value("#title").await, TITLE, "what was typed is kept");
    tab.fill("#email", "passer.by@post.example").await;
    if tab.runs_scripts() {
        let solved = tab.until(async || !tab.value("input[name=altcha]").await.is_empty()).await;
        assert!(solved, "the browser works while somebody types");
    }
    tab.press("#guest button[value=guest]").await;
    tab.is_at("/receipt/").await;
    let receipt = tab.path().await;
    tab.must_show(TITLE).await;
    tab.must_have(".qr svg").await;
    assert_eq!(tab.has("#held-title").await, !tab.runs_scripts(), "without scripts somebody looks at it first");
    if !tab.runs_scripts() {
        tab.sign_in(&world.agent).await;
        tab.open("/triage/moderation").await;
        tab.must_show("without a proof of work").await;
        tab.press("form[action$='/release'] button").await;
        tab.must_have(".flash--ok").await;
        tab.sign_out().await;
        tab.open(&receipt).await;
        assert!(!tab.has("#held-title").await);
    }

    // says more, and is answered
    tab.fill("#comment-form textarea", "And the one of the sixth.").await;
    tab.press("#comment-form button.btn--primary").await;
    tab.is_at(&receipt).await;
    tab.must_show("And the one of the sixth.").await;
    let path = tab.find(".idea__by a").await.attr("href").await.expect("an address").expect("the page of the post");
    world.is_sound(&tab).await;
    let link = world.server.link_to("passer.by@post.example", "/receipt/").await;
    tab.open(&link).await;
    tab.press("#mail button[value=confirm]").await;
    tab.must_have("#mail button[value=stop]").await;
    let answer = serde_json::json!({ "status": "delivered", "what": "Counted once from now on.", "who": "Femke, billing" });
    world.put(&world.agent_api, &format!("/posts/{}/answers", number(&path)), &answer).await;
    let told = world.server.mail_to("passer.by@post.example", |mail| mail.text.contains("Counted once")).await;
    tab.open(&told.path("/receipt/").expect("a link")).await;
    tab.press("#solved button[value=yes]").await;
    tab.must_have(".flash--ok").await;
    tab.sign_out().await;
    tab.open(&path).await;
    tab.must_show("Guest").await;
    tab.must_show("And the one of the sixth.").await;

    // and is somebody in the end
    tab.open(&receipt).await;
    tab.press("#claim button").await;
    tab.is_at("/sign-in").await;
    tab.must_show("and the post is yours").await;
    tab.fill("#email", &world.member.email).await;
    tab.fill("#password", PASSWORD).await;
    tab.press("main form button.btn--primary").await;
    tab.must_have("#claim button.btn--primary").await;
    tab.press("#claim button").await;
    tab.is_at(&path).await;
    tab.must_have(".flash--ok").await;
    tab.must_show(&world.member.name).await;
    tab.open("/me").await;
    tab.must_show(TITLE).await;
    assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
}

#[test]
fn a_guest_posts_and_claims() {
    browse_with(Backend::Sqlite, &[ON], Scripts::On, PHONE, a_guest);
}

#[test]
fn a_guest_posts_and_claims_without_javascript_on_postgres() {
    browse_with(Backend::Postgres, &[ON], Scripts::Off, DESK, a_guest);
}
