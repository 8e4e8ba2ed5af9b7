//! The story again, with a keyboard and nothing else.

use fantoccini::key::Key;
use serde_json::Value;
use tests::{Backend, answerable::PASSWORD};

use crate::{
    story::counts,
    tab::{DESK, PHONE, Scripts, Tab, browse},
    world::World,
};

/// Where the focus is, and whether one can see it there.
const FOCUS: &str = "
    const element = document.activeElement;
    if (!element || element === document.body) return { at: 'nowhere', seen: true, matches: false };
    // a button of the browser's own inside a date field: it draws its own ring
    if (!element.matches(':focus')) return { at: element.outerHTML.slice(0, 160), seen: true, matches: false };
    const visible = style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const beside = element.nextElementSibling || element;
    const around = [[element], [element, '::after'], [element, '::before'], [element.parentElement], [beside]];
    const box = element.getBoundingClientRect();
    const shown = around.some(([e, part]) => visible(getComputedStyle(e, part)));
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const here = box.width > 0 && box.height > 0 && inside;
    const matches = element.matches(arguments[0]);
    return { at: element.outerHTML.slice(0, 160), seen: shown && here, shown, here, top: box.top, matches };";

impl Tab {
    /// Goes on with the Tab key until the focus is there; on the way it is always to be seen.
    async fn tab_to(&self, css: &str) {
        let mut way = Vec::new();
        for _ in 0..120 {
            self.keys(&[Key::Tab]).await;
            let mut focus = Value::Null;
            // the page may have to be scrolled there
            let seen = self
                .until(async || {
                    focus = self.script(FOCUS, vec![css.into()]).await;
                    focus["seen"] == true
                })
                .await;
            let at = focus["at"].as_str().unwrap_or_default().to_owned();
            assert!(seen, "the focus can't be seen at {at}, on {}: {focus}", self.path().await);
            if focus["matches"] == true {
                return;
            }
            way.push(at);
        }
        panic!("no way to {css} on {} by {way:#?}", self.path().await);
    }
}

#[test]
fn everything_can_be_done_by_keyboard() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
        let path = world.path_of(post).await;

        // first of all the way past the menus
        tab.open(&path).await;
        tab.keys(&[Key::Tab]).await;
        let focus = tab.script(FOCUS, vec!["a.skip".into()]).await;
        assert_eq!((&focus["matches"], &focus["seen"]), (&true.into(), &true.into()), "{focus}");
        tab.keys(&[Key::Enter]).await;
        let at = tab.script("return document.activeElement.id", vec![]).await;
        assert_eq!(at, "main");

        // voting leads to signing in, and back
        tab.tab_to(".votebar form > button").await;
        tab.keys(&[Key::Enter]).await;
        tab.is_at("/sign-in?next=").await;
        tab.tab_to("#email").await;
        tab.type_text(&world.other.email).await;
        tab.tab_to("#password").await;
        tab.type_text(PASSWORD).await;
        tab.keys(&[Key::Enter]).await;
        tab.is_at(&path).await;
        // what it was pressed for is done
        tab.must_have(".votebar form > button[aria-pressed=true]").await;
        assert!(tab.until(async || counts(&tab).await == ("1".to_owned(), "0".to_owned())).await);

        tab.is_awake().await;
        tab.tab_to(".votebar form > button").await;
        tab.keys(&[Key::Enter]).await;
        tab.must_have(".votebar form > button[aria-pressed=false]:focus").await;
        tab.keys(&[Key::Enter]).await;
        tab.must_have(".votebar form > button[aria-pressed=true]:focus").await;
        assert!(tab.until(async || counts(&tab).await == ("1".to_owned(), "0".to_owned())).await);

        // against it, with a reason
        tab.tab_to(".oppose > summary").await;
        tab.keys(&[Key::Enter]).await;
        tab.tab_to("#reason").await;
        tab.type_text("Two bills keep the two houses apart.").await;
        tab.tab_to(".oppose button[value=oppose]").await;
        tab.keys(&[Key::Enter]).await;
        tab.must_show("One person against").await;
        tab.is_at(&path).await;
        assert_eq!(counts(&tab).await, ("0".to_owned(), "1".to_owned()));

        // and a word on it
        tab.open(&path).await;
        tab.tab_to("#comment-form textarea").await;
        tab.type_text("With us it is *three* addresses.").await;
        tab.tab_to("#comment-form button.btn--primary").await;
        tab.keys(&[Key::Enter]).await;
        tab.must_have(".comment .prose em").await;
        assert_eq!(world.api.get(&format!("/api/v1/posts/{post}")).await.number("comment_count"), 1);
    });
}

#[test]
fn a_row_is_gone_through_as_it_is_seen() {
    for (size, first) in [(DESK, ".vote *"), (PHONE, ".row__body *")] {
        browse(Backend::Sqlite, Scripts::On, size, async |server, tab| {
            let world = World::open(server).await;
            world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
            tab.open("/").await;
            tab.tab_to(".row a, .row button, .row summary").await;
            let at = tab.script(FOCUS, vec![first.into()]).await;
            assert_eq!(at["matches"], true, "{first}: {at}");
        });
    }
}

#[test]
fn nobody_is_caught_anywhere() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
        tab.sign_in(&world.agent).await;
        for path in
            ["/".to_owned(), world.path_of(post).await, "/new".to_owned(), format!("/triage/{post}"), "/me/settings".to_owned()]
        {
            tab.open(&path).await;
            // the last link of the page is reached, so nothing on the way keeps the focus
            let last = "
                const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')];
                all.findLast(e => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled).id ||= 'the-last';
                return all.findLast(e => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled).id";
            let last = tab.script(last, vec![]).await;
            tab.tab_to(&format!("#{}", last.as_str().expect("the last of all that can have the focus"))).await;
        }
    });
}
