//! A missed clock has a consequence, once; more time needs a public reason; waiting for the customer has a limit (rule 6).

use chrono::TimeDelta;
use forum::{
    Error,
    actor::{Actor, Role},
    clock::{self, Name, State},
    error::{Conflict, Denied, Problem},
    level::{self, Cause},
    post::{Edit, Kind},
};
use tests::{REASON, day, days, get, on_both, problems, utc};

const SECOND: TimeDelta = TimeDelta::seconds(1);

on_both! {
    async fn a_missed_clock_raises_the_level_once_and_a_shorter_one_starts(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (wish, complaint) = (f.post(&author, Kind::Wish, "A slot").await, f.post(&author, Kind::Complaint, "Dead").await);
        // Wednesday 18 November: the complaint is due on Friday, half of two days later on Monday, and a day later on Tuesday
        let dues = ["2026-11-20", "2026-11-23", "2026-11-24"].map(|date| days::at(day(date), 17, 0));
        for (n, due) in dues.into_iter().enumerate() {
            let level = i32::try_from(n).unwrap() + 1;
            f.run_at(due).await;
            assert_eq!(f.level(complaint).await, level, "at the last moment it is not late");
            assert_eq!(f.clock(complaint, Name::FirstAnswer).await, Some((due, State::Running)));
            f.run_at(due + SECOND).await;
            assert_eq!(f.run().await, 0, "once");
            assert_eq!(f.level(complaint).await, (level + 1).min(3));
        }
        let missed: Vec<_> = f.clocks(complaint).await.into_iter().filter(|clock| clock.name == Name::FirstAnswer).collect();
        assert_eq!(missed.iter().map(|clock| (clock.due_at, clock.level)).collect::<Vec<_>>(), [(dues[0], 1), (dues[1], 2), (dues[2], 3)]);
        assert!(missed.iter().all(|clock| clock.state == State::Missed), "a missed clock stays missed");
        assert_eq!(f.changes(complaint).await, [(1, 2, Cause::Missed), (2, 3, Cause::Missed)], "never above the director");

        f.run_at(dues[2] + TimeDelta::days(60)).await;
        assert_eq!(f.level(complaint).await, 3);
        assert_eq!(f.count("clocks WHERE name = 'first_answer' AND post_id = 2").await, 3, "on the highest level nothing follows");
        f.move_to(&agent, complaint, "delivered").await;
        assert!(f.clocks(complaint).await.iter().all(|clock| clock.state == State::Late));

        // five working days, then half of them rounded down, then one
        let starts: Vec<_> = f.clocks(wish).await.iter().filter(|c| c.name == Name::FirstAnswer).map(|c| (c.started_at, c.due_at)).collect();
        let dues = ["2026-11-25", "2026-11-27", "2026-11-30"].map(|date| days::at(day(date), 17, 0));
        assert_eq!(starts, [(utc("2026-11-18T10:00:00+01:00"), dues[0]), (dues[0], dues[1]), (dues[1], dues[2])]);
    }

    async fn a_term_of_one_day_is_halved_to_one_day(f: TestForum) {
        f.settings(|site| site.complaint_terms = clock::Terms { first_answer: 1, decision: 3, next_update: 3 }).await;
        let post = f.post(&f.member("Author").await, Kind::Complaint, "Dead").await;
        f.run_at(utc("2026-12-31T10:00:00Z")).await;
        let dues: Vec<_> = f.clocks(post).await.iter().filter(|c| c.name == Name::FirstAnswer).map(|c| c.due_at).collect();
        assert_eq!(dues, ["2026-11-19", "2026-11-20", "2026-11-23"].map(|date| days::at(day(date), 17, 0)));
    }

    async fn more_time_needs_a_reason_and_shows_the_old_date(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let extend = async |actor: &Actor, name: &str, until: &str, reason: &str| {
            f.write(actor, async |tx| clock::extend(tx, post, name, until, reason).await).await
        };
        assert!(matches!(extend(&Actor::Visitor, "decision", "", "").await, Err(Error::Unauthenticated)));
        assert!(matches!(extend(&author, "decision", "", "").await, Err(Error::Forbidden(Denied::Role))));
        let wrong = problems(extend(&agent, "sometime", "soon", "").await);
        assert_eq!(wrong, [("clock", Problem::UnknownChoice), ("reason", Problem::Required), ("until", Problem::NotADate)]);
        assert_eq!(problems(extend(&agent, "first_answer", "2026-11-20", "In short").await), [("reason", Problem::TooShort { min: 10 }), ("until", Problem::NotLater)]);
        assert_eq!(problems(extend(&agent, "first_answer", "2026-11-20", REASON).await), [("until", Problem::NotLater)]);
        let latest = "2026-11-20".to_owned();
        assert_eq!(problems(extend(&agent, "first_answer", "2026-11-23", REASON).await), [("until", Problem::TooFarAhead { latest })]);
        assert!(matches!(extend(&agent, "next_update", "2026-11-23", REASON).await, Err(Error::Conflict(Conflict::NoClock))));

        f.time.set(utc("2026-11-19T10:00:00+01:00"));
        let (old, new) = (utc("2026-11-20T17:00:00+01:00"), utc("2026-11-23T17:00:00+01:00"));
        let clock = extend(&agent, "first_answer", "2026-11-23", REASON).await.unwrap();
        assert_eq!((clock.due_at, clock.extended_from, clock.state), (new, Some(old), State::Running));
        let shown = clock::extensions(&f.story(post).await);
        assert_eq!((shown.len(), shown[0].old_due_at, shown[0].new_due_at, shown[0].reason.as_str()), (1, old, new, REASON));
        assert_eq!(Some(shown[0].by.id), agent.id());
        for statement in ["UPDATE events SET reason = 'Another one'", "DELETE FROM events"] {
            assert!(f.sql(statement).await.is_err(), "{statement} went through");
        }
        f.run_at(old + SECOND).await;
        assert_eq!(f.level(post).await, 1, "the old date has no consequences");
        // a second extension still shows the first date
        f.time.set(utc("2026-11-23T10:00:00+01:00"));
        let clock = extend(&agent, "first_answer", "2026-11-24", REASON).await.unwrap();
        assert_eq!(clock.extended_from, Some(old));

        f.time.set(utc("2026-11-24T17:00:01+01:00"));
        let late = extend(&agent, "first_answer", "2026-11-25", REASON).await;
        assert_eq!(problems(late), [("until", Problem::NotLater)], "what runs now is the clock of the next level");
        f.run().await;
        assert_eq!((f.level(post).await, f.changes(post).await), (2, vec![(1, 2, Cause::Missed)]));
        let clocks = f.clocks(post).await;
        assert_eq!(clocks[0].state, State::Missed, "a missed clock can't be mended");
    }

    async fn a_missed_clock_on_the_highest_level_can_not_be_extended(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.time.set(utc("2026-12-10T10:00:00+01:00"));
        let late = f.extend(&agent, post, Name::FirstAnswer, day("2026-12-11")).await;
        assert!(matches!(late, Err(Error::Conflict(Conflict::NoClock))), "{late:?}");
        assert!(matches!(f.stop(&agent, post).await, Err(Error::Conflict(Conflict::NoClock))), "nor stopped");
        assert_eq!(f.level(post).await, 1, "what was refused left nothing behind");
    }

    async fn a_day_off_means_the_working_day_before(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        f.time.set(utc("2026-12-21T10:00:00+01:00"));
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.time.set(utc("2026-12-28T10:00:00+01:00"));
        let clock = f.extend(&agent, post, Name::FirstAnswer, day("2027-01-03")).await.unwrap();
        assert_eq!(clock.due_at, utc("2026-12-31T17:00:00+01:00"));
        f.stop(&agent, post).await.unwrap();
        f.resume(&agent, post).await.unwrap();
        assert_eq!(f.clock(post, Name::FirstAnswer).await, Some((clock.due_at, State::Running)), "no time was lost, none was won");
    }

    async fn waiting_for_the_customer_costs_no_working_days(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let author = f.member("Author").await;
        // when it came in, when it was stopped, when it ran again, and when the first answer of a complaint is due then
        for (received, stopped, resumed, due) in [
            ("2026-11-18T10:00:00+01:00", "2026-11-18T12:00:00+01:00", "2026-11-18T16:00:00+01:00", "2026-11-20T17:00:00+01:00"),
            ("2026-11-18T10:00:00+01:00", "2026-11-18T12:00:00+01:00", "2026-11-19T09:00:00+01:00", "2026-11-23T17:00:00+01:00"),
            // over a weekend
            ("2026-11-18T10:00:00+01:00", "2026-11-20T12:00:00+01:00", "2026-11-24T09:00:00+01:00", "2026-11-24T17:00:00+01:00"),
            ("2026-11-18T10:00:00+01:00", "2026-11-20T12:00:00+01:00", "2026-11-22T09:00:00+01:00", "2026-11-20T17:00:00+01:00"),
            // from a Saturday on
            ("2026-11-20T10:00:00+01:00", "2026-11-21T12:00:00+01:00", "2026-11-23T09:00:00+01:00", "2026-11-25T17:00:00+01:00"),
            // over Christmas, which is on a Friday
            ("2026-12-22T10:00:00+01:00", "2026-12-23T12:00:00+01:00", "2026-12-29T09:00:00+01:00", "2026-12-30T17:00:00+01:00"),
            // over the nights in which the hands are moved
            ("2027-03-25T10:00:00+01:00", "2027-03-26T12:00:00+01:00", "2027-03-31T09:00:00+02:00", "2027-04-01T17:00:00+02:00"),
            ("2027-10-28T10:00:00+02:00", "2027-10-29T12:00:00+02:00", "2027-11-02T09:00:00+01:00", "2027-11-03T17:00:00+01:00"),
        ] {
            f.time.set(utc(received));
            let post = f.post(&author, Kind::Complaint, "Dead").await;
            f.time.set(utc(stopped));
            let stop = f.stop(&agent, post).await.unwrap();
            assert_eq!(stop.until_at, days::due(f.now(), 10));
            assert_eq!(f.clock(post, Name::FirstAnswer).await.unwrap().1, State::Stopped);
            f.time.set(utc(resumed));
            f.resume(&agent, post).await.unwrap();
            assert!(matches!(f.resume(&agent, post).await, Err(Error::Conflict(Conflict::NotStopped)) | Ok(())));
            let clocks = {
                let view = f.view(&Actor::System).await.at(utc(stopped));
                clock::history(&view, &view.post(post).await.unwrap()).await.unwrap()
            };
            assert_eq!(clocks.iter().find(|c| c.name == Name::FirstAnswer).unwrap().due_at, utc(due), "{received}, {stopped}, {resumed}");
        }
    }

    async fn the_limit_is_ten_working_days_in_all(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        assert!(matches!(f.stop(&author, post).await, Err(Error::Forbidden(Denied::Role))));
        let silent = f.write(&agent, async |tx| clock::stop(tx, post, "").await).await;
        assert_eq!(problems(silent), [("reason", Problem::Required)]);
        f.stop(&agent, post).await.unwrap();
        assert!(matches!(f.stop(&agent, post).await, Err(Error::Conflict(Conflict::StoppedLongEnough))), "it stands still already");
        // three days, then the seven that are left
        f.time.set(utc("2026-11-23T10:00:00+01:00"));
        f.resume(&agent, post).await.unwrap();
        let stop = f.stop(&agent, post).await.unwrap();
        assert_eq!(stop.until_at, utc("2026-12-02T17:00:00+01:00"));
        // due on Friday, and ten working days later
        let due = utc("2026-12-04T17:00:00+01:00");
        f.run_at(stop.until_at).await;
        assert_eq!(f.clock(post, Name::FirstAnswer).await, Some((due, State::Stopped)));
        f.time.set(stop.until_at + SECOND);
        assert_eq!(f.clock(post, Name::FirstAnswer).await, Some((due, State::Running)), "that it runs again follows from the time");
        f.run().await;
        let stops = clock::stops(&f.story(post).await, f.now());
        assert_eq!(stops.iter().map(|s| s.ended_at.unwrap()).collect::<Vec<_>>(), [utc("2026-11-23T10:00:00+01:00"), stop.until_at]);
        assert!(matches!(f.stop(&agent, post).await, Err(Error::Conflict(Conflict::StoppedLongEnough))), "ten days are over");
        f.run_at(due + SECOND).await;
        assert_eq!(f.level(post).await, 2);
    }

    async fn clocks_that_stood_still_for_different_times_lose_nothing(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.stop(&agent, post).await.unwrap();
        f.time.set(utc("2026-11-20T10:00:00+01:00"));
        f.resume(&agent, post).await.unwrap();
        // the decision has stood still for two days, the next update has not yet
        f.move_to(&agent, post, "review").await;
        let before = [f.clock(post, Name::Decision).await, f.clock(post, Name::NextUpdate).await];
        assert_eq!(f.stop(&agent, post).await.unwrap().until_at, days::due(f.now(), 8));
        f.resume(&agent, post).await.unwrap();
        assert_eq!([f.clock(post, Name::Decision).await, f.clock(post, Name::NextUpdate).await], before);
    }

    async fn the_author_lets_the_clocks_run_again(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let other = f.member("Somebody else").await;
        let state = async |post| f.clock(post, Name::Decision).await.unwrap().1;
        let stopped = async || {
            let post = f.post(&author, Kind::Complaint, "Dead").await;
            f.stop(&agent, post).await.unwrap();
            assert_eq!(state(post).await, State::Stopped);
            post
        };
        let post = stopped().await;
        f.comment(&other, post, "Mine as well.").await;
        f.support(&author, post).await;
        assert_eq!(state(post).await, State::Stopped, "it waits for what the author says");
        f.comment(&author, post, "The number is 12.").await;
        assert_eq!(state(post).await, State::Running);

        let post = stopped().await;
        f.edit(&author, post, &Edit { body: Some("The number is 12.".to_owned()), ..Edit::default() }).await.unwrap();
        assert_eq!(state(post).await, State::Running, "an edit says something too");
        let post = stopped().await;
        f.report(&author, post).await.unwrap();
        assert_eq!(state(post).await, State::Running);
        let post = stopped().await;
        f.move_to(&agent, post, "review").await;
        assert_eq!(state(post).await, State::Running, "staff who answer wait no longer");
    }

    async fn what_the_author_says_after_the_limit_changes_nothing(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (said, edited) = (f.post(&author, Kind::Complaint, "Dead").await, f.post(&author, Kind::Complaint, "Dead").await);
        let until = f.stop(&agent, said).await.unwrap().until_at;
        f.stop(&agent, edited).await.unwrap();
        f.time.set(until + TimeDelta::days(30));
        f.comment(&author, said, "Here I am again.").await;
        f.edit(&author, edited, &Edit { body: Some("The number is 12.".to_owned()), ..Edit::default() }).await.unwrap();
        f.run().await;
        for post in [said, edited] {
            let stops = clock::stops(&f.story(post).await, f.now());
            assert_eq!(stops[0].ended_at, Some(until), "the limit ended it, not the word that came later");
            let clocks = f.clocks(post).await;
            assert_eq!(clocks[0].due_at, until + (days::due(until, 2) - until), "two days after the limit");
            assert_eq!(f.level(post).await, 3);
        }
    }

    async fn only_leads_lower_and_say_why(f: TestForum) {
        let author = f.member("Author").await;
        let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        assert!(matches!(f.lower(&lead, post).await, Err(Error::Conflict(Conflict::LowestLevel))));
        f.time.set(utc("2026-11-30T10:00:00+01:00"));
        assert!(matches!(f.lower(&Actor::Visitor, post).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.lower(&author, post).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(f.lower(&agent, post).await, Err(Error::Forbidden(Denied::Role))));
        let silent = f.write(&lead, async |tx| level::lower(tx, post, " ").await).await;
        assert_eq!(problems(silent), [("reason", Problem::Required)]);
        assert_eq!(f.lower(&lead, post).await.unwrap(), 2, "it had risen to three, although no worker ran");
        let changes = f.of(&Actor::Visitor, post, level::of_post).await.unwrap();
        let last = changes.last().unwrap();
        assert_eq!((last.from, last.to, last.cause, last.reason.as_deref()), (3, 2, Cause::Lowered, Some(REASON)));
        assert_eq!(last.by.as_ref().map(|p| p.id), lead.id());
        assert_eq!(f.lower(&lead, post).await.unwrap(), 1);
        assert!(matches!(f.lower(&lead, post).await, Err(Error::Conflict(Conflict::LowestLevel))));
        for statement in ["UPDATE events SET data = '{}'", "DELETE FROM events"] {
            assert!(f.sql(statement).await.is_err(), "{statement} went through");
        }
    }

    async fn an_answer_is_due_sooner_on_a_higher_level(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.time.set(utc("2026-11-23T10:00:00+01:00"));
        let draft = forum::answer::Draft { next_update_on: Some("2026-11-26".to_owned()), ..f.answer_into("planned") };
        let latest = "2026-11-25".to_owned();
        let refused = problems(f.answer(&agent, post, &draft).await);
        assert_eq!(refused, [("next_update_on", Problem::TooFarAhead { latest })], "half of five days, rounded down");
        f.move_to(&agent, post, "planned").await;
        let clocks = f.clocks(post).await;
        assert_eq!(clocks.last().map(|c| (c.name, c.level)), Some((Name::NextUpdate, 2)));
    }

    async fn a_refusal_with_a_date_comes_back_to_the_queue_on_that_day(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let draft = forum::answer::Draft { is_final: false, reexamine_on: Some("2027-03-29".to_owned()), ..f.answer_into("declined") };
        f.answer(&agent, post, &draft).await.unwrap();
        assert!(f.queue(&agent).await.is_empty());
        f.run_at(utc("2027-03-28T23:59:59+02:00").min(utc("2027-03-28T21:59:59Z"))).await;
        assert!(f.queue(&agent).await.is_empty(), "the day before, after the night in which the hands are moved");
        f.run_at(utc("2027-03-29T00:00:00+02:00")).await;
        let queue = f.queue(&agent).await;
        assert_eq!(queue.iter().map(|row| row.id).collect::<Vec<_>>(), [post], "from midnight on");
        // Easter Monday is no working day, nor are King's Day and Ascension
        assert_eq!(f.clock(post, Name::Decision).await, Some((days::at(day("2027-05-12"), 17, 0), State::Running)));
        f.run_at(days::at(day("2027-05-12"), 17, 1)).await;
        assert_eq!(f.level(post).await, 2, "looked at too late");
        f.answer(&agent, post, &f.answer_into("declined")).await.unwrap();
        assert!(f.queue(&agent).await.is_empty(), "and this time for good");
        // a new answer before the day takes the clock away
        let other = f.post(&author, Kind::Idea, "A slot for parcels").await;
        let draft = forum::answer::Draft { is_final: false, reexamine_on: Some("2027-09-01".to_owned()), ..f.answer_into("declined") };
        f.answer(&agent, other, &draft).await.unwrap();
        f.move_to(&agent, other, "delivered").await;
        f.run_at(utc("2028-01-03T10:00:00Z")).await;
        let names: Vec<String> = f.rows("SELECT name FROM clocks WHERE post_id = 2 ORDER BY id").await.iter().map(|r| get(r, "name")).collect();
        assert_eq!(names, ["first_answer", "decision"]);
        assert_eq!(f.level(other).await, 1);
    }
}
