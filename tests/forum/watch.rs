//! What time brings comes once and only once, in the order in which its time came, whether the worker was there or not.

use chrono::TimeDelta;
use forum::{
    Forum,
    actor::{Actor, Role},
    clock::Name,
    id::PostId,
    post::Kind,
    watch,
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{REASON, TestDb, TestForum, days, get, on_both, utc};

/// What somebody does.
#[derive(Debug, Clone)]
enum Act {
    Answer(&'static str),
    DeclineUntil(u64),
    Extend(Name, u64),
    Stop,
    Resume,
    Comment,
    Offer,
    Accept,
    Decline,
    Take,
    Lower,
    Promise(u64),
    Keep,
    Ask,
    Approve,
    Report(usize),
    Say(usize, bool),
}

fn acts() -> impl Strategy<Value = Vec<(u32, Act)>> {
    let act = prop_oneof![
        4 => select(&["review", "planned", "started", "delivered", "delivered"][..]).prop_map(Act::Answer),
        1 => (1..40_u64).prop_map(Act::DeclineUntil),
        2 => (select(&Name::ALL[..]), 1..12_u64).prop_map(|(name, days)| Act::Extend(name, days)),
        2 => Just(Act::Stop),
        1 => Just(Act::Resume),
        1 => Just(Act::Comment),
        3 => Just(Act::Offer),
        1 => Just(Act::Accept),
        1 => Just(Act::Decline),
        1 => Just(Act::Take),
        1 => Just(Act::Lower),
        2 => (1..9_u64).prop_map(Act::Promise),
        1 => Just(Act::Keep),
        1 => Just(Act::Ask),
        1 => Just(Act::Approve),
        3 => (0..6_usize).prop_map(Act::Report),
        3 => (0..6_usize, any::<bool>()).prop_map(|(who, solved)| Act::Say(who, solved)),
    ];
    vec((prop_oneof![3 => 1..60_u32, 1 => 60..600_u32], act), 1..24)
}

/// The people of a forum; the first customer is the author.
struct People {
    customers: Vec<Actor>,
    owner: Actor,
    colleague: Actor,
    lead: Actor,
    director: Actor,
}

impl People {
    /// One person answers for each level: whose turn it is must not depend on who was asked first.
    async fn settle(f: &TestForum) -> Self {
        let people = Self {
            customers: f.members(6).await,
            owner: f.staff("Femke", Role::Agent).await,
            colleague: f.staff("Tim", Role::Agent).await,
            lead: f.staff("Ruth", Role::Lead).await,
            director: f.staff("Dora", Role::Director).await,
        };
        f.desk(None, 1, &people.owner).await;
        f.pledge("complaint", 6).await;
        people
    }
}

/// Does something to a post; answers whether it went through.
async fn act(f: &TestForum, people: &People, post: PostId, act: &Act) -> bool {
    let (agent, lead) = (&people.owner, &people.lead);
    let ahead = |n: u64| days::nth_after(days::day_of(f.now()), u32::try_from(n).expect("few days"));
    let owner = f.see(post).await.row.owner.map(|owner| owner.id);
    let (has, other) =
        if owner == people.colleague.id() { (&people.colleague, &people.owner) } else { (&people.owner, &people.colleague) };
    let open = f.handovers(post).await.pop();
    match act {
        Act::Answer(status) => {
            // on the highest level the next word is due within a day
            let mut draft = f.answer_into(status);
            draft.next_update_on = draft.next_update_on.map(|_| ahead(1).to_string());
            f.answer(lead, post, &draft).await.is_ok()
        }
        Act::DeclineUntil(days) => {
            let mut draft = f.answer_into("declined");
            (draft.is_final, draft.reexamine_on) = (false, Some(f.in_days(*days)));
            f.answer(agent, post, &draft).await.is_ok()
        }
        Act::Extend(name, days) => f.extend(agent, post, *name, ahead(*days)).await.is_ok(),
        Act::Stop => f.stop(agent, post).await.is_ok(),
        Act::Resume => f.resume(agent, post).await.is_ok(),
        Act::Comment => {
            f.comment(&people.customers[0], post, "Something more about it.").await;
            true
        }
        Act::Offer => f.offer(has, post, other).await.is_ok(),
        Act::Accept => match open {
            Some(open) => f.accept(other, open.id).await.is_ok(),
            None => false,
        },
        Act::Decline => match open {
            Some(open) => f.decline(other, open.id).await.is_ok(),
            None => false,
        },
        Act::Take => f.give(lead, post, other).await.is_ok(),
        Act::Lower => f.lower(lead, post).await.is_ok(),
        Act::Promise(days) => f.promise(agent, post, ahead(*days), Some("€ 20")).await.is_ok(),
        Act::Keep => match f.promises(post).await.pop() {
            Some(promise) => f.keep(lead, promise.id).await.is_ok(),
            None => false,
        },
        Act::Ask => f.promise(agent, post, ahead(30), None).await.is_ok(),
        Act::Approve => {
            let requests = f.of(lead, post, forum::request::of_post).await.unwrap();
            let Some(request) = requests.into_iter().next_back() else { return false };
            let by_lead = f.write(lead, async |tx| forum::request::approve(tx, request.id).await).await.is_ok();
            by_lead || f.write(&people.director, async |tx| forum::request::approve(tx, request.id).await).await.is_ok()
        }
        Act::Report(who) => f.report(&people.customers[*who], post).await.is_ok(),
        Act::Say(who, solved) => f.say(&people.customers[*who], post, *solved).await.is_ok(),
    }
}

/// All that time can change, row by row, without the numbers.
async fn traces(f: &TestForum) -> Vec<String> {
    let mut traces = Vec::new();
    for (columns, rest) in [
        ("id, stage, level, handover_count, owner_id IS NULL, delivered_at, decided_at, confirmed_at", "posts ORDER BY id"),
        (
            "post_id, name, level, started_at, due_at, ended_at, extended_from, missed_at, stopped_at, stopped_days",
            "clocks ORDER BY post_id, id",
        ),
        ("post_id, data, created_at", "events WHERE kind = 'level_changed' ORDER BY post_id, id"),
        ("post_id, created_at, until_at, ended_at", "stops ORDER BY post_id, id"),
        ("post_id, created_at, lapses_at, outcome, ended_at", "handovers ORDER BY post_id, id"),
        ("post_id, created_at, by_id IS NULL", "owners ORDER BY post_id, id"),
        ("m.post_id, a.act, a.created_at", "promise_acts a JOIN promises m ON m.id = a.promise_id ORDER BY m.post_id, a.id"),
        ("post_id, level, due_at, outcome", "requests ORDER BY post_id, id"),
        (
            "post_id, closes_at, closed_at, outcome, yes_count, said_count, asks_again_at, asked_again_at",
            "checks ORDER BY post_id, answer_id",
        ),
        (
            "k.post_id, k.round, p.name, k.author, k.said, k.created_at",
            "asks k JOIN persons p ON p.id = k.person_id ORDER BY k.post_id, k.answer_id, k.round, p.name",
        ),
        ("post_id, author_id IS NULL, cause, due_at, created_at", "answers ORDER BY post_id, id"),
        ("post_id, kind, actor_id IS NULL, created_at", "events WHERE post_id IS NOT NULL ORDER BY post_id, created_at, kind, id"),
    ] {
        // the databases write values in different ways, but each of them always in the same
        let row: Vec<String> = columns.split(", ").map(|column| format!("COALESCE(CAST({column} AS text), '-')")).collect();
        let rows = f.rows(&format!("SELECT {} AS line FROM {rest}", row.join(" || ' ' || "))).await;
        traces.push(format!("# {rest}"));
        traces.extend(rows.iter().map(|row| get::<String>(row, "line")));
    }
    traces
}

/// Another empty forum on the same kind of database.
async fn twin(f: &TestForum) -> (TestDb, TestForum) {
    let db = TestDb::fresh(f.backend()).await;
    let twin = TestForum::open(&db).await;
    (db, twin)
}

on_both! {
    async fn it_makes_no_difference_whether_the_worker_was_there(f: TestForum) {
        let (db, idle) = twin(&f).await;
        let (people, others) = (People::settle(&f).await, People::settle(&idle).await);
        // votes decide who is asked
        let cases = (select(&[Kind::Complaint, Kind::Complaint, Kind::Idea][..]), 0..6_usize, 0..365_i64, acts());
        f.for_all(cases, async |f, (kind, supporters, start, acts)| {
            let mut now = utc("2026-02-02T09:12:00Z") + TimeDelta::days(start);
            f.time.set(now);
            idle.time.set(now);
            let mut posts = Vec::new();
            for (forum, people) in [(f, &people), (&idle, &others)] {
                let post = forum.post(&people.customers[0], kind, "A slot for letters").await;
                for voter in &people.customers[1..=supporters.min(5)] {
                    forum.support(voter, post).await;
                }
                posts.push(post);
            }
            for (hours, what) in &acts {
                for part in 1..=3 {
                    f.time.set(now + TimeDelta::minutes(i64::from(hours * 20 * part)));
                    watch::run(f).await.unwrap();
                }
                now += TimeDelta::hours(i64::from(*hours)) + TimeDelta::seconds(7);
                f.time.set(now);
                idle.time.set(now);
                let (one, other) = (act(f, &people, posts[0], what).await, act(&idle, &others, posts[1], what).await);
                assert_eq!(one, other, "{what:?} at {now}");
            }
            for _ in 0..30 {
                now += TimeDelta::hours(40);
                f.run_at(now).await;
            }
            idle.run_at(now).await;
            let (one, other) = (traces(f).await, traces(&idle).await);
            for (one, other) in one.iter().zip(&other) {
                assert_eq!(one, other);
            }
            assert_eq!(one.len(), other.len());
        });
        drop(idle);
        db.remove().await;
    }

    async fn several_workers_do_everything_once(f: TestForum) {
        let people = People::settle(&f).await;
        let mut beside: Vec<Forum> = Vec::new();
        for _ in 0..3 {
            beside.push((*f.beside().await).clone());
        }
        let (db, alone) = twin(&f).await;
        let others = People::settle(&alone).await;
        for (forum, people) in [(&f, &people), (&alone, &others)] {
            for n in 0..12 {
                let kind = if n % 3 == 0 { Kind::Idea } else { Kind::Complaint };
                let post = forum.post(&people.customers[0], kind, "A slot for letters").await;
                if n % 2 == 0 {
                    assert!(act(forum, people, post, &Act::Offer).await);
                    assert!(act(forum, people, post, &Act::Promise(2)).await);
                }
                if n % 4 == 1 {
                    assert!(act(forum, people, post, &Act::Answer("delivered")).await);
                } else if n % 5 == 0 {
                    assert!(act(forum, people, post, &Act::Stop).await);
                }
            }
        }
        for step in [1, 2, 5, 9, 15, 29, 60] {
            f.time.set(utc("2026-11-18T17:30:00+01:00") + TimeDelta::days(step));
            let workers = beside.iter().chain(&beside).cloned().map(|forum| tokio::spawn(async move { watch::run(&forum).await }));
            for worker in workers.collect::<Vec<_>>() {
                worker.await.unwrap().unwrap();
            }
            assert_eq!(f.run().await, 0, "nothing is left");
            alone.run_at(f.now()).await;
            assert_eq!(traces(&f).await, traces(&alone).await, "on day {step}");
        }
        drop(alone);
        db.remove().await;
    }

    async fn what_came_first_is_drawn_first(f: TestForum) {
        let people = People::settle(&f).await;
        let post = f.post(&people.customers[0], Kind::Complaint, "Dead").await;
        f.support(&people.customers[1], post).await;
        f.move_to(&people.lead, post, "delivered").await;
        f.say(&people.customers[1], post, false).await.unwrap();
        let delivered = f.now();
        // nobody was there for two months, and then all is done at once
        f.run_at(delivered + TimeDelta::days(60)).await;
        let closed = delivered + TimeDelta::days(14);
        let check = f.check(post).await.unwrap();
        assert_eq!((check.outcome, check.closed_at), (Some(forum::confirm::Outcome::Reopened), Some(closed)));
        assert_eq!(f.count("asks WHERE round = 2").await, 0, "by then it was known that it is not solved");
        let changes = f.of(&Actor::Visitor, post, forum::level::of_post).await.unwrap();
        let changes: Vec<_> = changes.into_iter().map(|change| (change.cause, change.to, change.at)).collect();
        let missed = days::due(closed, 2);
        assert_eq!(changes, [(forum::level::Cause::TooFewYes, 2, closed), (forum::level::Cause::Missed, 3, missed)]);
        let told = f.rows(&format!("SELECT created_at FROM events WHERE post_id = {post} ORDER BY id")).await;
        let told: Vec<chrono::DateTime<chrono::Utc>> = told.iter().map(|row| get(row, "created_at")).collect();
        assert!(told.is_sorted(), "told in that order too: {told:?}");
    }

    async fn a_clock_that_is_set_back_changes_nothing(f: TestForum) {
        let people = People::settle(&f).await;
        let post = f.post(&people.customers[0], Kind::Complaint, "Dead").await;
        act(&f, &people, post, &Act::Offer).await;
        let due = days::due(f.now(), 2);
        f.run_at(due + TimeDelta::minutes(1)).await;
        let before = traces(&f).await;
        for back in [1, 60, 24 * 60] {
            f.run_at(due + TimeDelta::minutes(1) - TimeDelta::minutes(back)).await;
            assert_eq!(traces(&f).await, before, "{back} minutes back");
        }
        assert_eq!(f.run_at(due + TimeDelta::minutes(2)).await, 0);
        assert_eq!(traces(&f).await, before);
    }

    async fn a_command_and_the_worker_do_not_get_in_each_others_way(f: TestForum) {
        let people = People::settle(&f).await;
        let beside = (*f.beside().await).clone();
        for round in 0..10 {
            let post = f.post(&people.customers[0], Kind::Complaint, "Dead").await;
            f.time.set(days::due(f.now(), 2) + TimeDelta::seconds(1));
            let run = async || watch::run(&beside).await;
            let lower = async || f.write(&people.lead, async |tx| forum::level::lower(tx, post, REASON).await.map(|change| change.to)).await;
            let (ran, lowered) = tokio::join!(run(), lower());
            ran.unwrap();
            assert_eq!(lowered.unwrap(), 1, "round {round}: it was raised before it was lowered");
            assert_eq!(f.count(&format!("events WHERE kind = 'level_changed' AND post_id = {post}")).await, 2);
            assert_eq!(f.count(&format!("events WHERE kind = 'clock_missed' AND post_id = {post}")).await, 1);
        }
    }

    async fn more_posts_than_one_look_finds_are_all_found(f: TestForum) {
        let author = f.member("Author").await;
        f.staff("Femke", Role::Agent).await;
        for _ in 0..230 {
            f.post(&author, Kind::Complaint, "Dead").await;
        }
        f.time.set(days::due(f.now(), 2) + TimeDelta::seconds(1));
        assert_eq!(f.run().await, 230);
        assert_eq!((f.count("posts WHERE level = 2").await, f.count("posts WHERE owner_id IS NULL").await), (230, 0));
        assert_eq!(watch::due(&f).await.unwrap(), []);
    }
}
