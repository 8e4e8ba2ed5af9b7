//! A desk that answers all day: by keys, with as few as that takes.

use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions},
    key::Key,
};
use tests::Backend;

use crate::{
    tab::{DESK, Scripts, Tab, browse},
    world::World,
};

/// Whoever presses keys, and how many that were, without the letters of a text.
struct Desk<'a> {
    tab: &'a Tab,
    pressed: u32,
}

impl Desk<'_> {
    async fn press(&mut self, key: char) {
        let actions = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        self.tab.client.perform_actions(actions).await.expect("a keyboard");
        self.pressed += 1;
    }

    /// Enter while Control is held.
    async fn send(&mut self) {
        let (control, enter) = (char::from(Key::Control), char::from(Key::Enter));
        let actions = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value: enter })
            .then(KeyAction::Up { value: enter })
            .then(KeyAction::Up { value: control });
        self.tab.client.perform_actions(actions).await.expect("a keyboard");
        self.pressed += 2;
    }

    async fn has_focus(&self, css: &str) -> bool {
        let script = "return document.activeElement && document.activeElement.matches(arguments[0])";
        self.tab.until(async || self.tab.script(script, vec![css.into()]).await == true).await
    }
}

#[test]
fn ten_answers_take_five_keys_each() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        let mut posts = Vec::new();
        for n in 0..10 {
            posts.push(world.api.submit("idea", "billing", &format!("Bill number {n}"), "One bill for two houses.").await);
        }
        tab.sign_in(&world.agent).await;
        tab.open("/triage").await;
        tab.is_awake().await;
        let mut desk = Desk { tab: &tab, pressed: 0 };
        desk.press('j').await;
        for _ in 0..10 {
            tab.is_at("/triage/").await;
            tab.is_awake().await;
            desk.press('a').await;
            assert!(desk.has_focus("#answer-status").await);
            desk.press('p').await;
            assert_eq!(tab.value("#answer-status").await, "planned");
            desk.press(Key::Tab.into()).await;
            assert!(desk.has_focus("#answer-what").await);
            // letters are letters where one writes
            let before = tab.path().await;
            tab.type_text("We plan a joint bill, and ask how many want it.").await;
            assert_eq!(tab.path().await, before);
            desk.send().await;
            let gone = tab.until(async || tab.path().await.split('?').next() != before.split('?').next()).await;
            assert!(gone, "the next post comes by itself: {}", tab.text().await);
        }
        for post in posts {
            let post = world.api.get(&format!("/api/v1/posts/{post}")).await.is(200);
            assert_eq!(post.json["status"]["stage"], "planned");
        }
        println!("{} keys for ten answers beside their text", desk.pressed);
        assert_eq!(desk.pressed, 51);
        assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
    });
}

#[test]
fn keys_can_be_turned_off_and_are_told() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let world = World::open(server).await;
        for n in 0..3 {
            world.api.submit("idea", "billing", &format!("Bill number {n}"), "One bill for two houses.").await;
        }
        tab.sign_in(&world.agent).await;
        tab.open("/triage").await;
        tab.is_awake().await;
        let mut desk = Desk { tab: &tab, pressed: 0 };
        desk.press('?').await;
        tab.must_have(".keys[open]").await;
        tab.must_show("The next post of the queue").await;
        tab.press(".keys input[type=checkbox]").await;
        desk.press('j').await;
        // on another page of this browser as well
        tab.open("/triage").await;
        tab.is_awake().await;
        desk.press('j').await;
        desk.press('?').await;
        assert_eq!(tab.path().await, "/triage");
        assert!(!tab.has(".keys[open]").await);
        tab.press(".keys > summary").await;
        tab.press(".keys input[type=checkbox]").await;
        desk.press('j').await;
        tab.is_at("/triage/").await;
        tab.is_awake().await;
        let first = tab.path().await;
        desk.press('j').await;
        assert!(tab.until(async || tab.path().await != first).await);
        tab.is_awake().await;
        desk.press('k').await;
        tab.is_at(&first).await;
    });
}

#[test]
fn publishing_leads_on_without_javascript() {
    browse(Backend::Postgres, Scripts::Off, DESK, async |server, tab| {
        let world = World::open(server).await;
        let first = world.api.submit("idea", "billing", "Bill number one", "One bill for two houses.").await;
        let second = world.api.submit("idea", "billing", "Bill number two", "One bill for two houses.").await;
        tab.sign_in(&world.agent).await;
        tab.open(&format!("/triage/{first}")).await;
        tab.choose("#answer-status", "planned").await;
        tab.fill("#answer-what", "We plan a joint bill.").await;
        tab.press("button[name=then]").await;
        tab.is_at(&format!("/triage/{second}?done=answered")).await;
        tab.choose("#answer-status", "planned").await;
        tab.fill("#answer-what", "We plan a joint bill.").await;
        tab.press("form[action*='/answer'] button.btn--primary").await;
        tab.is_at(&format!("/triage/{second}?done=answered")).await;
    });
}
