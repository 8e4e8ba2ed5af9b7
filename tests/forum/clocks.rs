//! Deadlines are facts (rule 5), and the queue treats everybody alike (rule 9).

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc, Weekday};
use forum::{
    accountability::{self, Period},
    actor::{Actor, Role},
    answer::Draft,
    clock::{Name, State},
    id::PostId,
    post::{self, Filter, Kind, PostRow, Sort},
    site,
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{TestForum, day, on_both, utc};

/// The Dutch public holidays of two years, copied from a calendar.
const HOLIDAYS: [&str; 20] = [
    "2026-01-01",
    "2026-04-05",
    "2026-04-06",
    "2026-04-27",
    "2026-05-14",
    "2026-05-24",
    "2026-05-25",
    "2026-12-25",
    "2026-12-26",
    "2027-01-01",
    "2027-03-28",
    "2027-03-29",
    "2027-04-27",
    "2027-05-06",
    "2027-05-16",
    "2027-05-17",
    "2027-12-25",
    "2027-12-26",
    "2028-01-01",
    "2028-04-17",
];

/// The days on which the hands are moved at Amsterdam: forward, back.
const SUMMERS: [(&str, &str); 2] = [("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31")];

fn works(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !HOLIDAYS.contains(&day.to_string().as_str())
}

/// Hours that Amsterdam is ahead of UTC; never asked for the two nights in which that changes.
fn ahead(date: NaiveDate) -> i64 {
    if SUMMERS.iter().any(|(from, to)| day(from) <= date && date < day(to)) { 2 } else { 1 }
}

/// 17:00 at Amsterdam on the n-th working day after.
fn due(from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let mut date = (from + TimeDelta::hours(ahead(from.date_naive()))).date_naive();
    for _ in 0..days {
        date = date + Days::new(1);
        while !works(date) {
            date = date + Days::new(1);
        }
    }
    date.and_hms_opt(17, 0, 0).unwrap().and_utc() - TimeDelta::hours(ahead(date))
}

fn clock(row: &PostRow, name: Name) -> Option<(DateTime<Utc>, State)> {
    row.clocks.iter().find(|clock| clock.name == name).map(|clock| (clock.due_at, clock.state))
}

async fn state(f: &TestForum, post: PostId, name: Name) -> Option<State> {
    clock(&f.see(post).await.row, name).map(|(_, state)| state)
}

/// All that is kept of the clocks: what time alone must not change.
async fn kept(f: &TestForum) -> Vec<(i64, Option<DateTime<Utc>>)> {
    let rows = f.rows("SELECT id, ended_at FROM clocks ORDER BY id").await;
    rows.iter().map(|row| (row.try_get("", "id").unwrap(), row.try_get("", "ended_at").unwrap())).collect()
}

on_both! {
    async fn what_is_overdue_follows_from_the_time_alone(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        // minutes in two years, but not of the nights in which the hands are moved
        let minute = (0..2 * 365 * 24 * 60_i64).prop_filter("the hands are moved", |m| {
            let at = utc("2026-01-01T00:00:00Z") + TimeDelta::minutes(*m);
            let local = at.date_naive().to_string();
            !SUMMERS.iter().any(|(from, to)| local == *from || local == *to)
        });
        f.for_all((minute, select(&Kind::ALL[..]), -90_000..90_000_i64), async |f, (minute, kind, late_by)| {
            let received = utc("2026-01-01T00:00:00Z") + TimeDelta::minutes(minute);
            f.time.set(received);
            let post = f.post(&author, kind, "A slot for letters").await;
            let before = kept(f).await;
            let (first, decision) = if kind == Kind::Complaint { (2, 5) } else { (5, 30) };
            for (name, days) in [(Name::FirstAnswer, first), (Name::Decision, decision)] {
                let due_at = due(received, days);
                f.time.set(received);
                assert_eq!(clock(&f.see(post).await.row, name), Some((due_at, State::Running)), "{kind:?} of {received}");
                f.time.set(due_at);
                assert_eq!(state(f, post, name).await, Some(State::Running), "at the last moment it is not late");
                f.time.set(due_at + TimeDelta::microseconds(1));
                assert_eq!(state(f, post, name).await, Some(State::Missed), "nothing ran, only time went by");
            }
            assert_eq!(kept(f).await, before, "to be overdue needs no record");

            // the time decides, whatever it showed before
            let due_at = due(received, first);
            let answered = (due_at + TimeDelta::seconds(late_by)).max(received);
            f.time.set(answered);
            let answer = f.answer(&agent, post, &f.answer_into("delivered")).await.unwrap();
            let expected = if answered > due_at { State::Late } else { State::Met };
            assert_eq!(answer.is_late(), expected == State::Late);
            f.time.set(due_at + TimeDelta::days(400));
            assert_eq!(state(f, post, Name::FirstAnswer).await, Some(expected), "a clock that ended stays as it ended");
        });
    }

    async fn the_next_update_is_due_on_the_day_that_was_named(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        assert_eq!(state(&f, post, Name::NextUpdate).await, None);
        let draft = Draft { next_update_on: Some("2026-11-24".to_owned()), ..f.answer_into("review") };
        f.answer(&agent, post, &draft).await.unwrap();
        let due_at = utc("2026-11-24T17:00:00+01:00");
        assert_eq!(clock(&f.see(post).await.row, Name::NextUpdate), Some((due_at, State::Running)));
        assert_eq!(state(&f, post, Name::FirstAnswer).await, Some(State::Met));
        assert_eq!(state(&f, post, Name::Decision).await, Some(State::Running), "under review nothing is decided");

        f.time.set(due_at + TimeDelta::seconds(1));
        assert_eq!(state(&f, post, Name::NextUpdate).await, Some(State::Missed));
        let late = f.move_to(&agent, post, "planned").await;
        assert!(late.is_late());
        assert_eq!(late.due_at, Some(due_at));
        let row = f.see(post).await.row;
        assert_eq!(clock(&row, Name::NextUpdate), Some((utc("2026-11-26T17:00:00+01:00"), State::Running)), "a new one runs");
        assert_eq!(clock(&row, Name::Decision).map(|(_, state)| state), Some(State::Met), "planned is a decision");
        assert_eq!(f.count("clocks WHERE ended_at > due_at").await, 1, "that it was late stays on record");

        f.move_to(&agent, post, "delivered").await;
        assert_eq!(f.count("clocks WHERE ended_at IS NULL").await, 0, "nothing more is owed");
    }

    async fn the_holidays_and_the_week_of_the_site_count(f: TestForum) {
        let author = f.member("Author").await;
        f.time.set(utc("2026-12-22T10:00:00+01:00"));
        let complaint = f.post(&author, Kind::Complaint, "The line is dead").await;
        assert_eq!(clock(&f.see(complaint).await.row, Name::FirstAnswer), Some((utc("2026-12-24T17:00:00+01:00"), State::Running)));
        assert_eq!(clock(&f.see(complaint).await.row, Name::Decision), Some((utc("2026-12-30T17:00:00+01:00"), State::Running)));

        // a site that works on Saturdays, knows no Dutch holidays, has a day off of its own and lies elsewhere
        let mut settings = (*f.site()).clone();
        settings.work_week.push(Weekday::Sat);
        settings.dutch_holidays = false;
        settings.days_off.insert(day("2026-12-23"), "Stocktaking".to_owned());
        settings.time_zone = "America/New_York".parse().unwrap();
        f.write(&Actor::System, async |tx| site::save(tx, &settings).await).await.unwrap();
        f.refresh_site().await.unwrap();
        assert_eq!(*f.site(), settings);
        let complaint = f.post(&author, Kind::Complaint, "The line is dead again").await;
        assert_eq!(clock(&f.see(complaint).await.row, Name::FirstAnswer), Some((utc("2026-12-25T17:00:00-05:00"), State::Running)));
        assert_eq!(clock(&f.see(complaint).await.row, Name::Decision), Some((utc("2026-12-29T17:00:00-05:00"), State::Running)));
        assert_eq!(*f.beside().await.site(), settings, "another instance has the same settings");
    }

    async fn the_queue_orders_by_deadline_then_waiting_then_number(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(5).await;
        let arrivals = vec((0..240_i64, select(&Kind::ALL[..]), 0..5_usize, prop::option::weighted(0.3, 1..4_u64)), 1..8);
        f.for_all(arrivals, async |f, arrivals| {
            f.sql("DELETE FROM clocks").await.unwrap();
            let start = utc("2026-11-02T09:00:00Z");
            let mut expected = Vec::new();
            for (hours, kind, voters, answered) in arrivals {
                // few different hours, so that deadlines and arrivals often coincide
                f.time.set(start + TimeDelta::hours(hours / 12 * 12));
                let post = f.post(&author, kind, "A slot for letters").await;
                let mut deadline = due(f.now(), if kind == Kind::Complaint { 2 } else { 5 });
                if let Some(days) = answered {
                    let draft = Draft { next_update_on: Some(f.in_days(days)), ..f.answer_into("review") };
                    if f.answer(&agent, post, &draft).await.is_ok() {
                        let row = f.see(post).await.row;
                        deadline = row.clocks.iter().filter(|c| c.ended_at.is_none()).map(|c| c.due_at).min().unwrap();
                    }
                }
                for voter in &people[..voters] {
                    f.support(voter, post).await;
                }
                expected.push((deadline, f.now(), post));
            }
            expected.sort_unstable();
            f.time.set(start + TimeDelta::days(30));
            let queue: Vec<PostId> = f.queue(&agent).await.iter().map(|row| row.id).collect();
            assert_eq!(queue, expected.iter().map(|(_, _, post)| *post).collect::<Vec<_>>());

            // page by page it is the same
            let (mut after, mut paged) = (None, Vec::new());
            loop {
                let (items, next, _) = post::queue(f.read(), &agent, None, after.as_deref(), 2, f.now()).await.unwrap();
                paged.extend(items.into_iter().map(|(row, _)| row.id));
                after = next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(paged, queue);
        });
    }

    async fn votes_do_not_move_the_queue(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        for title in ["First", "Second", "Third"] {
            f.post(&author, Kind::Wish, title).await;
            f.time.advance(TimeDelta::days(1));
        }
        let before: Vec<PostId> = f.queue(&agent).await.iter().map(|row| row.id).collect();
        for voter in f.members(12).await {
            f.support(&voter, before[2]).await;
            f.comment(&voter, before[2], "Me too.").await;
        }
        assert_eq!(f.queue(&agent).await.iter().map(|row| row.id).collect::<Vec<_>>(), before);
        let top = f.page(&agent, &Filter { sort: Sort::Top, ..Filter::default() }, None, 10).await;
        assert_eq!(top.items[0].id, before[2], "in the list of the most wanted they do count");
    }

    async fn the_queue_is_for_staff(f: TestForum) {
        let member = f.member("Sanne").await;
        for actor in [Actor::Visitor, member] {
            assert!(post::queue(f.read(), &actor, None, None, 10, f.now()).await.is_err());
        }
    }

    async fn an_owner_sees_their_own_part_of_the_queue(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Agent).await);
        let mine = f.post(&author, Kind::Idea, "Mine").await;
        let hers = f.post(&author, Kind::Idea, "Hers").await;
        f.post(&author, Kind::Idea, "Nobody's").await;
        f.move_to(&femke, mine, "review").await;
        f.move_to(&ruth, hers, "review").await;
        let (items, _, total) = post::queue(f.read(), &femke, femke.id(), None, 10, f.now()).await.unwrap();
        assert_eq!((items.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), total), (vec![mine], 1));
        assert_eq!(f.queue(&femke).await.len(), 3);
    }

    async fn the_scoreboard_counts_first_answers_that_were_due(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let figures = async || {
            let board = accountability::scoreboard(f.read(), &f.site(), Period::All, f.now()).await.unwrap();
            board.all().map_or((0, 0), |all| (all.on_time.count, all.on_time.of))
        };
        let answered = f.post(&author, Kind::Complaint, "Answered in time").await;
        let missed = f.post(&author, Kind::Complaint, "Missed").await;
        assert_eq!(figures().await, (0, 0), "nothing is due yet");
        f.move_to(&agent, answered, "delivered").await;
        assert_eq!(figures().await, (1, 1));
        f.time.advance(TimeDelta::days(7));
        assert_eq!(figures().await, (1, 2));
        f.run().await;
        assert_eq!(figures().await, (1, 2), "a post counts once, whatever followed from its being missed");
        f.move_to(&agent, missed, "delivered").await;
        assert_eq!(figures().await, (1, 2), "late is late");

        let imported = f.import("elsewhere:1", &author, "From elsewhere", utc("2025-01-01T00:00:00Z")).await;
        f.move_to(&agent, imported, "delivered").await;
        assert_eq!(figures().await, (1, 2), "imported posts stand outside the figures");
    }

    async fn an_imported_post_has_no_clocks_until_staff_take_it_up(f: TestForum) {
        let author = f.member_with_mail("Author", "author@example.org").await;
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let at = utc("2025-03-03T12:00:00Z");
        let answered = f.import("elsewhere:1", &author, "Answered", at).await;
        let owned = f.import("elsewhere:2", &author, "Owned", at).await;
        assert_eq!(f.import("elsewhere:1", &author, "Answered", at).await, answered, "a second import finds it");
        for post in [answered, owned] {
            let seen = f.see(post).await;
            assert!(seen.imported && seen.row.clocks.is_empty() && seen.row.owner.is_none());
            assert_eq!(seen.row.created_at, at);
        }
        assert!(f.queue(&femke).await.is_empty());
        assert_eq!(post::count_waiting(f.read(), &Actor::Visitor).await.unwrap(), 0);
        assert_eq!((f.count("events").await, f.count("outbox").await), (0, 0));

        let answer = f.move_to(&femke, answered, "review").await;
        assert!(!answer.is_late());
        let row = f.see(answered).await.row;
        assert_eq!(clock(&row, Name::Decision), Some((due(f.now(), 30), State::Running)), "from now on, not from long ago");
        assert_eq!(state(&f, answered, Name::NextUpdate).await, Some(State::Running));

        f.write(&ruth, async |tx| forum::owner::set(tx, owned, femke.id().unwrap()).await).await.unwrap();
        assert_eq!(clock(&f.see(owned).await.row, Name::FirstAnswer), Some((due(f.now(), 5), State::Running)));
        assert_eq!(f.queue(&femke).await.len(), 2);
    }
}
