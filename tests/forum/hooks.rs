//! Web-hooks: who is told of what, once, until it arrives or is given up.

use chrono::TimeDelta;
use forum::{
    Error, Tx,
    actor::{Actor, Role},
    board, changelog,
    error::{Conflict, Problem},
    event::KindName,
    hook::{self, Draft as NewHook, Edit, Ended, Hook, Leased, Outcome, Standing, Trouble, WAITS},
    id::{HookId, PostId},
    moderation::{self, Target},
    notice::Content,
    post::{Draft, Kind},
    screening,
};
use tests::{TestForum, get, on_both, problems};

const URL: &str = "https://hooks.example.com/secret-path";

/// Makes a hook as an admin, and lets the forum know of it at once.
async fn make(f: &TestForum, board: Option<&str>, kinds: &[&str]) -> (Hook, String) {
    let draft = NewHook {
        url: URL.to_owned(),
        board: board.map(str::to_owned),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        ..NewHook::default()
    };
    let made = f.write(&Actor::System, async |tx| hook::create(tx, &draft).await).await.unwrap();
    f.refresh_site().await.unwrap();
    made
}

async fn edit(f: &TestForum, id: HookId, edit: Edit) -> Hook {
    let hook = f.write(&Actor::System, async |tx| hook::change(tx, id, &edit).await).await.unwrap();
    f.refresh_site().await.unwrap();
    hook
}

/// What waits for a hook, oldest first.
async fn waiting(f: &TestForum, hook: &Hook) -> Vec<String> {
    let mut log = hook::deliveries(f.read(), hook.id, None, 100).await.unwrap();
    log.reverse();
    let name = |kind: Option<KindName>| kind.map_or_else(|| "test".to_owned(), hook::type_of);
    log.iter().filter(|delivery| delivery.sent_at.is_none()).map(|delivery| name(delivery.kind())).collect()
}

async fn lease(f: &TestForum) -> Vec<Leased> {
    f.write(&Actor::System, async |tx| hook::lease(tx, 100).await).await.unwrap()
}

fn outcome(trouble: Option<Trouble>, status: Option<u16>) -> Outcome {
    Outcome { status, trouble, answer: Some(format!("\0{}", "é".repeat(700))), took_ms: 12 }
}

async fn note(f: &TestForum, leased: &Leased, outcome: &Outcome) {
    f.write(&Actor::System, async |tx| hook::note(tx, leased, outcome).await).await.unwrap();
}

on_both! {
    async fn a_hook_hears_what_everybody_may_know_of(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        f.private_board("club", &[&sanne]).await;
        let all = make(&f, None, &[]).await.0;
        let some = make(&f, None, &["answer.published", "vote.cast"]).await.0;
        let of_board = make(&f, Some("general"), &["post.submitted"]).await.0;
        let of_club = make(&f, Some("club"), &["post.submitted", "comment.posted"]).await.0;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.support(&femke, post).await;
        f.move_to(&femke, post, "planned").await;
        let hidden = f.post_on(&sanne, "club", Kind::Idea, "A slot in the club").await;
        f.comment(&sanne, hidden, "Among ourselves").await;
        let heard = waiting(&f, &all).await;
        assert!(heard.contains(&"post.submitted".to_owned()) && heard.contains(&"answer.published".to_owned()), "{heard:?}");
        assert_eq!(heard.iter().filter(|kind| kind.starts_with("post.") || kind.starts_with("comment.")).count(), 1, "{heard:?}");
        assert!(!heard.contains(&"vote.cast".to_owned()), "{heard:?}");
        assert_eq!(waiting(&f, &some).await, ["vote.cast", "answer.published"]);
        assert_eq!(waiting(&f, &of_board).await, ["post.submitted"]);
        assert_eq!(waiting(&f, &of_club).await, ["post.submitted", "comment.posted"]);
    }

    async fn nobody_asks_the_database_for_hooks_where_none_wants_to_know(f: TestForum) {
        let sanne = f.member("Sanne").await;
        assert!(f.site().hooked.is_empty());
        let hook = make(&f, None, &["post.submitted"]).await.0;
        assert_eq!(f.site().hooked.iter().collect::<Vec<_>>(), ["post_submitted"]);
        edit(&f, hook.id, Edit { active: Some(false), ..Edit::default() }).await;
        assert!(f.site().hooked.is_empty());
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        assert_eq!(f.count("hook_deliveries").await, 0, "one that is halted hears nothing");
        edit(&f, hook.id, Edit { active: Some(true), ..Edit::default() }).await;
        f.post(&sanne, Kind::Idea, "A slot for parcels").await;
        assert_eq!(f.count("hook_deliveries").await, 1);
        f.write(&Actor::System, async |tx| hook::remove(tx, hook.id).await).await.unwrap();
        f.refresh_site().await.unwrap();
        assert!(f.site().hooked.is_empty());
        assert_eq!(f.count("hook_deliveries").await, 0);
    }

    async fn what_is_told_is_what_a_visitor_reads_by_then(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        f.private_board("club", &[&sanne]).await;
        make(&f, None, &["post.submitted", "comment.posted"]).await;
        make(&f, Some("club"), &["post.submitted", "comment.posted"]).await;
        let (open, club) = (f.post(&sanne, Kind::Idea, "In the open").await, f.post_on(&sanne, "club", Kind::Idea, "In the club").await);
        let (open_word, club_word) = (f.comment(&sanne, open, "Said to all").await, f.comment(&sanne, club, "Said to some").await);
        let opened = async |leased: &Leased| hook::open(&f, leased, leased.event_id.unwrap()).await.unwrap();
        let leased = lease(&f).await;
        assert_eq!(leased.len(), 4);
        for one in &leased {
            let told = opened(one).await.expect("something to tell");
            let post = told.post.expect("a post");
            assert!(post.is_readable && post.row.my_vote.is_none(), "{post:?}");
        }
        let hide = moderation::Draft {
            act: "hide".to_owned(),
            rule: Some(1),
            reason: "It names a neighbour by their name.".to_owned(),
            ..moderation::Draft::default()
        };
        for target in [Target::Comment(open_word), Target::Comment(club_word)] {
            f.write(&femke, async |tx| moderation::act(tx, target, &hide).await).await.unwrap();
        }
        for one in &leased {
            let told = format!("{:?}", opened(one).await);
            assert!(!told.contains("Said to"), "{told}");
        }
        for target in [Target::Post(open), Target::Post(club)] {
            f.write(&femke, async |tx| moderation::act(tx, target, &hide).await).await.unwrap();
        }
        for one in &leased {
            let told = format!("{:?}", opened(one).await.and_then(|told| told.post));
            assert!(!told.contains("In the") && !told.contains("More about"), "{told}");
        }
        // a board that is private by now is no matter for whoever hears of all
        let private = board::Edit { private: Some(true), ..board::Edit::default() };
        f.write(&Actor::System, async |tx| board::edit(tx, "general", &private).await).await.unwrap();
        let untold = leased.iter().map(async |one| opened(one).await.is_none());
        let mut told = Vec::new();
        for is_untold in untold {
            told.push(is_untold.await);
        }
        assert!(told.iter().all(|is_untold| *is_untold), "{told:?}");
    }

    async fn an_entry_of_the_changelog_is_told_as_its_readers_read_it(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        f.private_board("club", &[&sanne]).await;
        f.private_board("crew", &[&sanne]).await;
        let of_all = make(&f, None, &["changelog.published"]).await.0;
        let of_club = make(&f, Some("club"), &["changelog.published"]).await.0;
        let post = async |board: &str| {
            let post = f.post_on(&sanne, board, Kind::Idea, &format!("A bar, {board}")).await;
            f.move_to(&femke, post, "delivered").await;
            post
        };
        let (open, club, crew) = (post("general").await, post("club").await, post("crew").await);
        let publish = async |posts: &[PostId]| {
            let draft = changelog::Draft {
                category: "new".to_owned(),
                title: "A bar".to_owned(),
                body: "Cheers.".to_owned(),
                posts: posts.iter().map(ToString::to_string).collect(),
                ..changelog::Draft::default()
            };
            let write = async |tx: &mut Tx| {
                let id = changelog::write(tx, &draft).await?.id;
                changelog::publish(tx, id, None, None).await
            };
            f.write(&femke, write).await.unwrap().id
        };
        let mixed = publish(&[club, open]).await;
        let closed = publish(&[club, crew]).await;
        publish(&[crew]).await;
        let mut told = Vec::new();
        for leased in lease(&f).await {
            let entry = hook::open(&f, &leased, leased.event_id.unwrap()).await.unwrap().and_then(|told| told.changelog).unwrap();
            told.push((leased.hook_id, entry.id, entry.posts.iter().map(|credit| credit.post.id).collect::<Vec<_>>()));
        }
        assert_eq!(told, [(of_all.id, mixed, vec![open]), (of_club.id, closed, vec![club])]);
    }

    async fn what_is_held_back_is_told_once_it_is_released(f: TestForum) {
        let f = f.limited().await;
        let (newcomer, femke) = (f.newcomer("Sanne").await, f.staff("Femke", Role::Agent).await);
        f.private_board("club", &[&newcomer]).await;
        make(&f, Some("general"), &["post.submitted"]).await;
        make(&f, Some("club"), &["post.submitted"]).await;
        for board in ["general", "club"] {
            let draft = Draft {
                kind: "idea".to_owned(),
                title: format!("An idea for the board {board}"),
                body: format!("All of it for {board} stands at https://pills.example/cheap and nowhere else."),
                board: board.to_owned(),
                ..Draft::default()
            };
            f.submit(&newcomer, &draft).await.unwrap();
        }
        let held = lease(&f).await;
        assert_eq!(held.len(), 2);
        for one in &held {
            assert!(hook::open(&f, one, one.event_id.unwrap()).await.unwrap().is_none(), "nobody but the staff knows of it");
            note(&f, one, &Outcome { status: None, trouble: Some(Trouble::Untold), answer: None, took_ms: 0 }).await;
        }
        assert_eq!(hook::next_due(f.read()).await.unwrap(), None);
        for waiting in screening::queue(f.read(), &femke).await.unwrap() {
            f.write(&femke, async |tx: &mut Tx| screening::release(tx, waiting.id).await).await.unwrap();
        }
        let told = lease(&f).await;
        assert_eq!(told.iter().map(|one| one.id).collect::<Vec<_>>(), held.iter().map(|one| one.id).collect::<Vec<_>>());
        for one in &told {
            assert!(hook::open(&f, one, one.event_id.unwrap()).await.unwrap().is_some());
        }
    }

    async fn a_message_is_tried_again_later_and_later_and_given_up(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let hook = make(&f, None, &["post.submitted"]).await.0;
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        for (n, wait) in WAITS.iter().enumerate() {
            let leased = lease(&f).await;
            assert_eq!((leased.len(), leased[0].attempts), (1, i32::try_from(n).unwrap() + 1));
            assert!(lease(&f).await.is_empty(), "it is leased");
            note(&f, &leased[0], &outcome(Some(Trouble::Refused), Some(500))).await;
            let delivery = hook::delivery(f.read(), hook.id, leased[0].id).await.unwrap();
            assert_eq!((delivery.next_try_at, delivery.status, delivery.trouble), (f.now() + *wait, Some(500), Some(Trouble::Refused)));
            assert_eq!(delivery.answer.map(|answer| answer.chars().count()), Some(hook::ANSWER_MAX));
            f.time.set(f.now() + *wait - TimeDelta::seconds(1));
            assert!(lease(&f).await.is_empty(), "it waits {wait}");
            f.time.set(f.now() + TimeDelta::seconds(1));
        }
        let leased = lease(&f).await;
        note(&f, &leased[0], &outcome(Some(Trouble::Timeout), None)).await;
        let delivery = hook::delivery(f.read(), hook.id, leased[0].id).await.unwrap();
        assert!(delivery.given_up_at.is_some() && delivery.attempts == 10, "{delivery:?}");
        assert_eq!(hook::next_due(f.read()).await.unwrap(), None);
        assert_eq!(hook::by_id(f.read(), hook.id).await.unwrap().standing(), Standing::Failing);
        // sent again under its number, as if it were new
        f.write(&Actor::System, async |tx| hook::resend(tx, hook.id, delivery.id).await).await.unwrap();
        let again = lease(&f).await;
        assert_eq!((again[0].id, again[0].attempts), (delivery.id, 1));
        note(&f, &again[0], &outcome(None, Some(204))).await;
        let delivery = hook::delivery(f.read(), hook.id, delivery.id).await.unwrap();
        assert!(delivery.sent_at.is_some() && delivery.answer.is_none(), "{delivery:?}");
        assert_eq!(hook::by_id(f.read(), hook.id).await.unwrap().standing(), Standing::Active);
        // whoever was too slow does not take it back
        note(&f, &leased[0], &outcome(Some(Trouble::Timeout), None)).await;
        assert!(hook::delivery(f.read(), hook.id, delivery.id).await.unwrap().sent_at.is_some());
    }

    async fn two_instances_send_a_message_once(f: TestForum) {
        let sanne = f.member("Sanne").await;
        make(&f, None, &["post.submitted"]).await;
        for n in 0..8 {
            f.post(&sanne, Kind::Idea, &format!("A slot for letters of sort {n}")).await;
        }
        let other = f.beside().await;
        let (mut one, two) = tokio::join!(lease(&f), lease(&other));
        assert_eq!(one.len() + two.len(), 8);
        one.extend(two);
        one.sort_by_key(|leased| leased.id);
        one.dedup_by_key(|leased| leased.id);
        assert_eq!(one.len(), 8);
        // one that died leaves them to the other
        f.time.advance(TimeDelta::seconds(61));
        assert_eq!(lease(&other).await.len(), 8);
    }

    async fn a_hook_at_which_nothing_arrives_for_days_is_disabled_and_its_admins_hear(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let ada = f.member_with_mail("Ada", "ada@example.org").await.id().unwrap();
        f.write(&Actor::System, async |tx| forum::person::set_role(tx, ada, Role::Admin).await).await.unwrap();
        let hook = make(&f, None, &["post.submitted"]).await.0;
        f.forget_letters().await;
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        note(&f, &lease(&f).await[0], &outcome(Some(Trouble::Unreachable), None)).await;
        f.time.advance(hook::PATIENCE - TimeDelta::seconds(1));
        note(&f, &lease(&f).await[0], &outcome(Some(Trouble::Unreachable), None)).await;
        assert_eq!(hook::by_id(f.read(), hook.id).await.unwrap().standing(), Standing::Failing);
        f.time.advance(WAITS[1]);
        note(&f, &lease(&f).await[0], &outcome(Some(Trouble::Unreachable), None)).await;
        let disabled = hook::by_id(f.read(), hook.id).await.unwrap();
        assert_eq!((disabled.standing(), disabled.disabled_reason), (Standing::Disabled, Some(Ended::Failing)));
        let is_notice = |content: &Content| matches!(content, Content::HookDisabled { host, gone: false, .. } if host == "hooks.example.com");
        let letters = f.outbox().await;
        assert_eq!(letters.iter().filter(|sent| sent.to == "ada@example.org" && is_notice(&sent.content)).count(), 1, "{letters:?}");
        f.time.advance(TimeDelta::days(1));
        assert!(lease(&f).await.is_empty(), "nothing more is sent");
        f.refresh_site().await.unwrap();
        assert!(f.site().hooked.is_empty());
        let over = f.write(&Actor::System, async |tx| hook::test(tx, hook.id).await).await;
        assert!(matches!(over, Err(Error::Conflict(Conflict::Over))), "{over:?}");
        // an admin looks after it
        let hook = edit(&f, hook.id, Edit { active: Some(true), ..Edit::default() }).await;
        assert_eq!((hook.standing(), hook.failing_since), (Standing::Active, None));
        assert_eq!(lease(&f).await.len(), 1);
    }

    async fn whoever_is_gone_is_not_asked_twice_and_a_test_is_tried_once(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let hook = make(&f, None, &["post.submitted"]).await.0;
        f.write(&Actor::System, async |tx| hook::test(tx, hook.id).await).await.unwrap();
        let test = lease(&f).await;
        assert_eq!(test[0].event_id, None);
        note(&f, &test[0], &outcome(Some(Trouble::Refused), Some(404))).await;
        assert_eq!(hook::next_due(f.read()).await.unwrap(), None);
        assert_eq!(hook::by_id(f.read(), hook.id).await.unwrap().standing(), Standing::Active, "a test says nothing of the rest");
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        note(&f, &lease(&f).await[0], &outcome(Some(Trouble::Gone), Some(410))).await;
        let gone = hook::by_id(f.read(), hook.id).await.unwrap();
        assert_eq!((gone.standing(), gone.disabled_reason), (Standing::Disabled, Some(Ended::Gone)));
    }

    async fn a_new_secret_does_not_silence_whoever_knows_the_former(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let (hook, former) = make(&f, None, &["post.submitted"]).await;
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let (_, fresh) = f.write(&Actor::System, async |tx| hook::rotate(tx, hook.id).await).await.unwrap();
        assert!(fresh.starts_with("whsec_") && fresh.len() == 50 && fresh != former, "{fresh}");
        let leased = lease(&f).await;
        assert_eq!(leased[0].secrets(f.now()), [fresh.as_str(), former.as_str()]);
        assert_eq!(leased[0].secrets(f.now() + hook::ROTATION), [fresh.as_str()]);
    }

    async fn changes_stand_in_the_record_without_what_is_secret(f: TestForum) {
        f.private_board("club", &[]).await;
        let (hook, secret) = make(&f, None, &["post.submitted"]).await;
        let other = "https://hooks.example.com/other-path";
        edit(&f, hook.id, Edit { url: Some(other.to_owned()), kinds: Some(Vec::new()), ..Edit::default() }).await;
        f.write(&Actor::System, async |tx| hook::rotate(tx, hook.id).await).await.unwrap();
        f.write(&Actor::System, async |tx| hook::remove(tx, hook.id).await).await.unwrap();
        let rows = f.rows("SELECT CAST(data AS text) AS data FROM events WHERE kind = 'settings_changed' ORDER BY id").await;
        let told: Vec<String> = rows.iter().map(|row| get(row, "data")).collect();
        assert_eq!(told.len(), 4, "{told:#?}");
        let all = told.concat();
        assert!(all.contains("hooks.example.com") && all.contains("secret"), "{all}");
        assert!(!all.contains("-path") && !all.contains(&secret) && !all.contains("whsec_"), "{all}");
    }

    async fn only_admins_say_who_is_told_and_bad_addresses_are_refused(f: TestForum) {
        let hook = make(&f, None, &[]).await.0;
        for (actor, name) in [(f.member("Sanne").await, "member"), (f.staff("Dirk", Role::Director).await, "director")] {
            let draft = NewHook { url: URL.to_owned(), ..NewHook::default() };
            let made = f.write(&actor, async |tx| hook::create(tx, &draft).await).await;
            assert!(matches!(made, Err(Error::Forbidden(_))), "{name}");
            for done in [
                f.write(&actor, async |tx| hook::change(tx, hook.id, &Edit::default()).await.map(drop)).await,
                f.write(&actor, async |tx| hook::rotate(tx, hook.id).await.map(drop)).await,
                f.write(&actor, async |tx| hook::test(tx, hook.id).await.map(drop)).await,
                f.write(&actor, async |tx| hook::remove(tx, hook.id).await).await,
            ] {
                assert!(matches!(done, Err(Error::Forbidden(_))), "{name}");
            }
        }
        let draft = NewHook {
            url: "https://127.1/".to_owned(),
            board: Some("nowhere".to_owned()),
            kinds: vec!["request.made".to_owned()],
            shape: Some("fax".to_owned()),
            language: Some("tlh".to_owned()),
        };
        let refused = problems(f.write(&Actor::System, async |tx| hook::create(tx, &draft).await).await);
        assert_eq!(
            refused,
            [
                ("url", Problem::NotAHookAddress),
                ("kinds", Problem::UnknownChoice),
                ("shape", Problem::UnknownChoice),
                ("language", Problem::UnknownChoice),
                ("board", Problem::UnknownChoice),
            ]
        );
        let stale = Edit { version: Some(hook.version - 1), ..Edit::default() };
        let stale = f.write(&Actor::System, async |tx| hook::change(tx, hook.id, &stale).await).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::Changed))), "{stale:?}");
    }
}
