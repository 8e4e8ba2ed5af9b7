//! What people who are new write with a link to another site: nobody else knows of it until somebody of the staff has looked at it.

use chrono::TimeDelta;
use forum::{
    Error, Tx, accountability,
    actor::{Actor, Role},
    case, comment,
    error::{Conflict, Denied, Problem},
    flag,
    id::{CommentId, PostId, ScreeningId},
    moderation::{self, Act, Target},
    newcomer::STOOD,
    post::{Draft, Edit, Filter, Kind, Sort},
    record,
    screening::{self, Suspicion},
    vote::Stance,
};
use tests::{TestForum, on_both, problems};

use crate::privacy::world;

const LINK: &str = "All of it stands at https://pills.example/cheap and nowhere else.";

fn draft(title: &str, body: &str) -> Draft {
    Draft {
        kind: "idea".to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        board: tests::BOARD.to_owned(),
        tags: vec!["Zeppelin".to_owned()],
        ..Draft::default()
    }
}

async fn say(f: &TestForum, who: &Actor, on: PostId, text: &str) -> forum::Result<CommentId> {
    f.write(who, async |tx: &mut Tx| comment::submit(tx, on, None, text, None).await).await
}

async fn waiting(f: &TestForum, staff: &Actor) -> Vec<screening::Waiting> {
    screening::queue(f.read(), staff).await.unwrap()
}

async fn release(f: &TestForum, staff: &Actor, id: ScreeningId) -> forum::Result<()> {
    f.write(staff, async |tx: &mut Tx| screening::release(tx, id).await).await
}

async fn keep_hidden(f: &TestForum, staff: &Actor, id: ScreeningId) -> forum::Result<moderation::Moderation> {
    f.write(staff, async |tx: &mut Tx| screening::keep_hidden(tx, id, Some(1), "It sells pills, and says nothing of us.").await)
        .await
}

on_both! {
    async fn what_is_held_back_is_nowhere_for_others(f: TestForum) {
        let f = f.limited().await;
        let (joost, spammer, agent) = (f.member("Joost").await, f.newcomer("Sanne").await, f.staff("Femke", Role::Agent).await);
        let open = f.post(&joost, Kind::Idea, "A slot for letters and a router").await;
        f.comment(&joost, open, "A comment of mine.").await;
        let people = [&joost, &spammer, &agent];
        let (visitors, members) = (world(&f, &Actor::Visitor, &people, &[open]).await, world(&f, &joost, &people, &[open]).await);
        let overdue_later = async |f: &TestForum| {
            let at = f.now() + TimeDelta::days(30);
            (accountability::count_overdue(f.read(), at).await.unwrap(), accountability::overdue(f.read(), 100, at).await.unwrap().len())
        };
        let late = overdue_later(&f).await;

        let post = f.submit(&spammer, &draft("A secret zeppelin everywhere", LINK)).await.unwrap();
        let said = say(&f, &spammer, open, LINK).await.unwrap();
        assert_eq!(world(&f, &Actor::Visitor, &people, &[open]).await, visitors);
        assert_eq!(world(&f, &joost, &people, &[open]).await, members);
        assert_eq!(overdue_later(&f).await, late, "nor do its deadlines tell of it");

        for outsider in [&Actor::Visitor, &joost] {
            assert!(matches!(f.look(outsider, post).await, Err(Error::NotFound)));
            assert!(matches!(comment::visible(&f.view(outsider).await, said).await, Err(Error::NotFound)));
        }
        assert!(matches!(f.vote(&joost, post, Stance::Support, None).await, Err(Error::NotFound)));
        assert!(matches!(say(&f, &joost, post, "Mine").await, Err(Error::NotFound)));
        let raise = async |target| f.write(&joost, async |tx: &mut Tx| flag::raise(tx, target, Some(1), "").await).await;
        assert!(matches!(raise(Target::Post(post)).await, Err(Error::NotFound)));
        assert!(matches!(raise(Target::Comment(said)).await, Err(Error::NotFound)));
        let reply = f.write(&joost, async |tx: &mut Tx| comment::submit(tx, open, Some(said), "Mine", None).await).await;
        assert_eq!(problems(reply), [("parent_id", Problem::NotOnThisPost)], "as to a comment that is not there");
        assert!(matches!(waiting_as(&f, &joost).await, Err(Error::Forbidden(Denied::Role))));
        for entry in record::list(f.read(), &Actor::Visitor, &record::Filter::default(), None, 100).await.unwrap().0 {
            assert!(entry.open.is_none_or(|open| open.event.post != Some(post)), "the record tells nobody else");
            assert_ne!(entry.entry.post, Some(post.0));
        }
        // those who may read it do
        for insider in [&spammer, &agent] {
            let seen = f.look(insider, post).await.unwrap();
            assert!(seen.held_since.is_some() && seen.body.contains("pills"));
            assert!(comment::visible(&f.view(insider).await, said).await.unwrap().held_since.is_some());
        }
        assert_eq!(f.see(open).await.row.comment_count, 1);
        // it stands among what they wrote, and in nobody else's list of that
        let written = Filter { sort: Sort::New, author: spammer.id(), with_own_hidden: true, ..Filter::default() };
        let own = f.page(&spammer, &written, None, 10).await;
        assert_eq!(own.items.iter().map(|row| (row.id, row.held)).collect::<Vec<_>>(), [(post, true)]);
        for other in [&Actor::Visitor, &joost, &agent] {
            assert_eq!(f.page(other, &written, None, 10).await.total, 0, "{other:?}");
        }
    }

    async fn its_deadlines_run_and_its_release_tells_those_whom_it_concerns(f: TestForum) {
        let f = f.limited().await;
        let (joost, new, agent) = (f.member_with_mail("Joost", "joost@example.org").await, f.newcomer("Sanne").await, f.staff("Femke", Role::Agent).await);
        let open = f.post(&joost, Kind::Idea, "A slot for letters").await;
        f.forget_letters().await;
        let post = f.submit(&new, &draft("A zeppelin", LINK)).await.unwrap();
        let said = say(&f, &new, open, LINK).await.unwrap();
        assert!(f.outbox().await.is_empty(), "nobody is told yet");
        assert!(!f.clocks(post).await.is_empty());
        assert_eq!(waiting(&f, &agent).await.iter().map(|w| (w.target(), w.cause)).collect::<Vec<_>>(),
            [(Target::Post(post), Suspicion::Links), (Target::Comment(said), Suspicion::Links)]);
        let waits = screening::waits(f.read(), f.now()).await.unwrap();
        assert_eq!((waits.all, waits.overdue), (2, 0));
        f.time.advance(TimeDelta::days(4));
        assert_eq!(screening::waits(f.read(), f.now()).await.unwrap().overdue, 2);

        for one in waiting(&f, &agent).await {
            assert!(one.is_overdue(f.now()));
            release(&f, &agent, one.id).await.unwrap();
            assert!(matches!(release(&f, &agent, one.id).await, Err(Error::Conflict(Conflict::Over))));
            assert!(matches!(keep_hidden(&f, &agent, one.id).await, Err(Error::Conflict(Conflict::Over))));
        }
        assert!(waiting(&f, &agent).await.is_empty());
        let seen = f.look(&joost, post).await.unwrap();
        assert_eq!((seen.held_since, seen.row.title.as_str()), (None, "A zeppelin"));
        assert_eq!(f.see(open).await.row.comment_count, 1);
        assert!(f.outbox().await.iter().any(|letter| letter.to == "joost@example.org"), "the author hears of the comment");
        let found = f.page(&Actor::Visitor, &forum::post::Filter { q: Some("zeppelin".to_owned()), ..forum::post::Filter::default() }, None, 10).await;
        assert_eq!(found.items.len(), 1, "it is found by its words");
        assert_eq!(f.page(&Actor::Visitor, &forum::post::Filter::default(), None, 10).await.total, 2);
        assert!(f.vote(&joost, post, Stance::Support, None).await.is_ok());
    }

    async fn what_is_kept_hidden_is_moderated_and_can_be_objected_to(f: TestForum) {
        let f = f.limited().await;
        let (joost, new) = (f.member("Joost").await, f.newcomer("Sanne").await);
        let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let open = f.post(&joost, Kind::Idea, "A slot for letters").await;
        let post = f.submit(&new, &draft("A zeppelin", LINK)).await.unwrap();
        let said = say(&f, &new, open, LINK).await.unwrap();
        let [first, second] = waiting(&f, &agent).await.try_into().unwrap();
        let without = f.write(&agent, async |tx: &mut Tx| screening::keep_hidden(tx, first.id, None, "No").await).await;
        assert_eq!(problems(without).len(), 2, "never without a rule and a reason");
        assert_eq!(waiting(&f, &agent).await.len(), 2, "and then nothing of it remains");
        let act = keep_hidden(&f, &agent, first.id).await.unwrap();
        assert_eq!((act.act, act.target, act.whose.id), (Act::Hide, Target::Post(post), new.id().unwrap()));
        keep_hidden(&f, &agent, second.id).await.unwrap();
        let seen = f.look(&joost, post).await.unwrap();
        assert!(seen.row.hidden.is_some() && seen.held_since.is_none() && seen.body.is_empty());
        assert_eq!(f.see(open).await.row.comment_count, 0);
        assert!(comment::visible(&f.view(&joost).await, said).await.unwrap().hidden.is_some());

        f.write(&new, async |tx: &mut Tx| moderation::appeal(tx, act.id, "It is our own shop.").await).await.unwrap();
        f.write(&lead, async |tx: &mut Tx| moderation::decide(tx, act.id, "upheld", "It is indeed their own shop.").await).await.unwrap();
        assert!(f.look(&joost, post).await.unwrap().body.contains("pills"));
    }

    async fn the_same_text_of_people_who_are_new_is_known_again(f: TestForum) {
        const TEXT: &str = "Everybody should have what **they** of the other company have: it is so much cheaper!";
        let f = f.limited().await;
        let (joost, agent) = (f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let (new, other) = (f.newcomer("Sanne").await, f.newcomer("Otto").await);
        let open = f.post(&joost, Kind::Idea, "A slot for letters").await;
        // whoever is not new is not asked
        for _ in 0..2 {
            say(&f, &joost, open, TEXT).await.unwrap();
        }
        let said = say(&f, &new, open, TEXT).await.unwrap();
        assert!(waiting(&f, &agent).await.is_empty(), "the first of it stands");
        let again = "everybody should have what THEY of the other company have, it is *so* much cheaper";
        assert_eq!(problems(say(&f, &new, open, again).await), [("body", Problem::SaidBefore { post: open.0 })]);
        f.submit(&new, &draft("It is worth a post", TEXT)).await.unwrap();
        assert_eq!(problems(f.submit(&new, &draft("Another title", TEXT)).await).len(), 1);
        for _ in 0..2 {
            say(&f, &new, open, "Thank you!").await.unwrap();
        }
        say(&f, &other, open, again).await.unwrap();
        let waits = waiting(&f, &agent).await;
        assert_eq!(waits.iter().map(|waits| waits.cause).collect::<Vec<_>>(), [Suspicion::Duplicate]);
        // what was taken back may be said once more, and what was said a week ago as well
        f.write(&new, async |tx: &mut Tx| comment::remove(tx, said).await).await.unwrap();
        say(&f, &new, open, TEXT).await.unwrap();
        f.time.advance(forum::newcomer::PRINTS_KEPT);
        f.write(&Actor::System, async |tx: &mut Tx| forum::newcomer::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("prints").await, 0);
    }

    async fn who_is_new_with_a_throw_away_address_is_looked_at(f: TestForum) {
        let f = f.limited().await;
        let (joost, agent) = (f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let new = f.newcomer("Sanne").await;
        let open = f.post(&joost, Kind::Idea, "A slot for letters").await;
        f.sql("UPDATE persons SET email = 'sanne@mailinator.com' WHERE name = 'Sanne'").await.unwrap();
        say(&f, &new, open, "Yes please.").await.unwrap();
        assert_eq!(waiting(&f, &agent).await.iter().map(|waits| waits.cause).collect::<Vec<_>>(), [Suspicion::Disposable]);
        f.sql("UPDATE persons SET email = 'sanne@example.org' WHERE name = 'Sanne'").await.unwrap();
        say(&f, &new, open, "Yes, please do.").await.unwrap();
        assert_eq!(waiting(&f, &agent).await.len(), 1);
    }

    async fn only_who_is_new_and_links_away_is_held_back(f: TestForum) {
        let f = f.limited().await;
        let (joost, agent) = (f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let new = f.newcomer("Sanne").await;
        let open = f.submit(&new, &draft("Without a link", "Nothing to see.")).await.unwrap();
        say(&f, &new, open, &format!("See {}/p/{open}", f.address())).await.unwrap();
        say(&f, &joost, open, LINK).await.unwrap();
        assert!(waiting(&f, &agent).await.is_empty());
        // nor is a link slipped into what stands there already
        let edit = Edit { body: Some(LINK.to_owned()), ..Edit::default() };
        assert_eq!(problems(f.edit(&new, open, &edit).await), [("body", Problem::NoLinksYet)]);
        for n in 2..STOOD {
            say(&f, &new, open, &format!("Comment {n}")).await.unwrap();
        }
        f.time.advance(TimeDelta::minutes(1));
        say(&f, &new, open, LINK).await.unwrap();
        f.edit(&new, open, &edit).await.unwrap();
        assert!(waiting(&f, &agent).await.is_empty(), "once enough has stood");

        let other = f.newcomer("Otto").await;
        say(&f, &other, open, LINK).await.unwrap();
        assert_eq!(waiting(&f, &agent).await.len(), 1);
        f.time.advance(forum::newcomer::NEW);
        say(&f, &other, open, LINK).await.unwrap();
        assert_eq!(waiting(&f, &agent).await.len(), 1, "nor who is here for a week");
    }

    async fn nobody_does_anything_else_with_it_meanwhile(f: TestForum) {
        let f = f.limited().await;
        let (joost, new, agent) = (f.member("Joost").await, f.newcomer("Sanne").await, f.staff("Femke", Role::Agent).await);
        let open = f.post(&joost, Kind::Idea, "A slot for letters").await;
        let post = f.submit(&new, &draft("A zeppelin", LINK)).await.unwrap();
        let said = say(&f, &new, open, LINK).await.unwrap();
        let held = |outcome: forum::Result<()>| assert!(matches!(outcome, Err(Error::Conflict(Conflict::HeldBack))), "{outcome:?}");
        held(f.vote(&new, post, Stance::Support, None).await.map(drop));
        held(say(&f, &new, post, "Mine").await.map(drop));
        held(f.edit(&new, post, &Edit { title: Some("Another".to_owned()), ..Edit::default() }).await.map(drop));
        held(f.write(&agent, async |tx: &mut Tx| case::merge(tx, post, Some(open), Some(1), tests::REASON).await).await.map(drop));
        held(f.write(&new, async |tx: &mut Tx| comment::edit(tx, said, &comment::Edit::of("Mine")).await).await.map(drop));
        // but who wrote a comment takes it back, and then it was never there for others
        f.write(&new, async |tx: &mut Tx| comment::remove(tx, said).await).await.unwrap();
        assert_eq!(waiting(&f, &agent).await.len(), 1);
        assert_eq!(f.see(open).await.row.comment_count, 0);
        assert!(f.of(&joost, open, async |view, post| comment::page(view, post, None, 100).await).await.unwrap().items.is_empty());
    }
}

async fn waiting_as(f: &TestForum, who: &Actor) -> forum::Result<Vec<screening::Waiting>> {
    screening::queue(f.read(), who).await
}
