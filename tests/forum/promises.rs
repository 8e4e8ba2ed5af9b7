//! How a promise stands follows from what was said and from the time (rule 8); what is beyond a mandate is asked for.

use chrono::{DateTime, TimeDelta, Utc};
use forum::{
    Error,
    actor::{Actor, Role},
    answer::Outcome,
    error::{Conflict, Denied, Problem},
    id::{PostId, PromiseId},
    mandate::Beyond,
    pledge,
    post::Kind,
    promise::{self, Draft, Filter, Promise, State},
    request::{self, Request},
};
use proptest::{collection::vec, prelude::*};
use tests::{REASON, TestForum, day, days, on_both, problems, utc};

const SECOND: TimeDelta = TimeDelta::seconds(1);

fn made(outcome: forum::Result<Outcome<Promise>>) -> Promise {
    match outcome {
        Ok(Outcome::Done(promise)) => promise,
        other => panic!("no promise: {other:?}"),
    }
}

fn asked(outcome: forum::Result<Outcome<Promise>>) -> Request {
    match outcome {
        Ok(Outcome::Requested(request)) => request,
        other => panic!("no request: {other:?}"),
    }
}

async fn approve(f: &TestForum, actor: &Actor, request: &Request) -> forum::Result<Request> {
    f.write(actor, async |tx| request::approve(tx, request.id).await).await
}

async fn refuse(f: &TestForum, actor: &Actor, request: &Request) -> forum::Result<Request> {
    f.write(actor, async |tx| request::refuse(tx, request.id, REASON).await).await
}

/// A promise with a remedy on a new post, until 17:00 on the second working day.
async fn promised(f: &TestForum, author: &Actor, staff: &Actor) -> (PostId, Promise) {
    let post = f.post(author, Kind::Complaint, "Dead").await;
    let until = days::nth_after(days::day_of(f.now()), 2);
    (post, made(f.promise(staff, post, until, Some("€ 20")).await))
}

#[derive(Debug, Clone)]
enum Act {
    Wait(i64),
    Keep,
    Withdraw,
    Pay,
    Change(u32),
}

on_both! {
    async fn the_state_follows_from_acts_and_time(f: TestForum) {
        let (author, lead) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await);
        let act = prop_oneof![
            4 => (1..80_i64).prop_map(Act::Wait),
            1 => Just(Act::Keep),
            1 => Just(Act::Withdraw),
            1 => Just(Act::Pay),
            2 => (1..6_u32).prop_map(Act::Change),
        ];
        let cases = (0..300_i64, any::<bool>(), any::<bool>(), vec(act, 1..10));
        f.for_all(cases, async |f, (start, remedy, worker, acts)| {
            f.time.set(utc("2026-01-05T09:12:00Z") + TimeDelta::hours(start * 31));
            let post = f.post(&author, Kind::Complaint, "Dead").await;
            let until = days::nth_after(days::day_of(f.now()), 3);
            let id = made(f.promise(&lead, post, until, remedy.then_some("A month free")).await).id;
            let mut due = days::at(until, 17, 0);
            let (mut ended, mut paid, mut versions) = (None, false, 1);
            for act in &acts {
                let now = f.now();
                let before = ended.unwrap_or(if now > due { State::Broken } else { State::Open });
                match act {
                    Act::Wait(hours) => {
                        f.time.advance(TimeDelta::hours(*hours));
                        if worker {
                            f.run().await;
                        }
                    }
                    Act::Keep => {
                        assert_eq!(f.keep(&lead, id).await.is_ok(), matches!(before, State::Open | State::Kept));
                        ended = ended.or((before == State::Open).then_some(State::Kept));
                    }
                    Act::Withdraw => {
                        assert_eq!(f.take_back(&lead, id).await.is_ok(), before == State::Open);
                        ended = ended.or((before == State::Open).then_some(State::Withdrawn));
                    }
                    Act::Pay => {
                        assert_eq!(f.pay(&lead, id).await.is_ok(), before == State::Broken && remedy);
                        paid |= before == State::Broken && remedy;
                    }
                    Act::Change(days) => {
                        let until = days::nth_after(days::day_of(now), *days);
                        let draft = Draft {
                            what: "A newer form".to_owned(),
                            due_on: until.to_string(),
                            remedy: remedy.then(|| "A month free".to_owned()),
                            reason: Some(REASON.to_owned()),
                            ..Draft::default()
                        };
                        let changed = f.write(&lead, async |tx| promise::change(tx, id, &draft).await).await;
                        assert_eq!(changed.is_ok(), before == State::Open, "{changed:?}");
                        if before == State::Open {
                            (due, versions) = (days::at(until, 17, 0), versions + 1);
                        }
                    }
                }
                let now = f.now();
                let state = ended.unwrap_or(if now > due { State::Broken } else { State::Open });
                let found = f.promised(id).await;
                let owes = state == State::Broken && remedy && !paid;
                assert_eq!((found.state, found.due_at, found.owes(), found.paid_at.is_some()), (state, due, owes, paid), "{act:?}");
                assert_eq!(found.version, versions);
                // every list says the same
                for asked in State::ALL {
                    let filter = Filter { state: Some(asked), post: Some(post), ..Filter::default() };
                    let (listed, _) = promise::list(f.read(), &Actor::Visitor, &filter, None, 10, f.now()).await.unwrap();
                    assert_eq!(listed.len(), usize::from(asked == state));
                    assert_eq!(promise::count(f.read(), &Actor::Visitor, &filter, now).await.unwrap(), i64::from(asked == state));
                }
                let owed = Filter { owed: true, post: Some(post), ..Filter::default() };
                assert_eq!(promise::count(f.read(), &Actor::Visitor, &owed, now).await.unwrap(), i64::from(owes));
            }
            // every wording stays readable, the latest first
            let wordings = promise::versions(f.read(), &Actor::Visitor, id, f.now()).await.unwrap();
            assert_eq!(wordings.iter().map(|v| v.number).collect::<Vec<_>>(), (1..=versions).rev().collect::<Vec<_>>());
            // whether it is told that it is broken or not, once
            f.run_at(f.now() + TimeDelta::days(60)).await;
            let told = f.count(&format!("promise_acts WHERE act = 'told' AND promise_id = {id}")).await;
            assert_eq!(told, i64::from(ended.is_none()));
        });
    }

    async fn until_five_it_is_open_and_after_that_broken(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (post, promise) = promised(&f, &author, &agent).await;
        let due = utc("2026-11-20T17:00:00+01:00");
        assert_eq!((promise.due_at, promise.state, promise.remedy_cents), (due, State::Open, Some(20_00)));
        assert_eq!(promise.accountable.map(|p| p.name).as_deref(), Some("Femke"), "whoever promises first owns the post");
        f.time.set(due);
        assert_eq!(f.promised(promise.id).await.state, State::Open);
        f.time.set(due + SECOND);
        assert_eq!(f.promised(promise.id).await.state, State::Broken, "nothing ran, only time went by");
        assert!(matches!(f.keep(&agent, promise.id).await, Err(Error::Conflict(Conflict::Broken))), "too late");
        assert!(matches!(f.take_back(&agent, promise.id).await, Err(Error::Conflict(Conflict::Broken))));
        f.run().await;
        let counts = promise::counts(f.read(), &Actor::Visitor, None, f.now()).await.unwrap();
        assert_eq!((counts.broken, counts.owed, counts.owed_cents, counts.paid), (1, 1, 20_00, 0));
        assert!(f.pay(&agent, promise.id).await.unwrap().paid_at.is_some());
        let paid_at = f.promised(promise.id).await.paid_at;
        f.time.advance(SECOND);
        assert_eq!(f.pay(&agent, promise.id).await.unwrap().paid_at, paid_at, "once");
        let counts = promise::counts(f.read(), &Actor::Visitor, None, f.now()).await.unwrap();
        assert_eq!((counts.broken, counts.owed, counts.paid, counts.paid_cents), (1, 0, 1, 20_00), "paid, and broken all the same");
        assert_eq!(f.count(&format!("events WHERE kind = 'promise_broken' AND post_id = {post}")).await, 1);
    }

    async fn what_is_past_or_unclear_can_not_be_promised(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        f.time.set(utc("2026-11-18T17:00:00+01:00"));
        let make = async |actor: &Actor, draft: &Draft| f.write(actor, async |tx| promise::make(tx, post, draft).await).await;
        let good = Draft { what: "A new form".to_owned(), due_on: "2026-11-19".to_owned(), ..Draft::default() };
        let with = |change: &dyn Fn(&mut Draft)| {
            let mut draft = good.clone();
            change(&mut draft);
            draft
        };
        assert!(matches!(make(&Actor::Visitor, &good).await, Err(Error::Unauthenticated)));
        assert!(matches!(make(&author, &good).await, Err(Error::Forbidden(Denied::Role))));
        for (date, problem) in [
            ("", Problem::Required),
            ("soon", Problem::NotADate),
            ("2026-11-17", Problem::NotInFuture),
            ("2026-11-18", Problem::NotInFuture),
            ("2999-01-01", Problem::TooFarAhead { latest: "2036-11-25".to_owned() }),
        ] {
            assert_eq!(problems(make(&agent, &with(&|d| date.clone_into(&mut d.due_on))).await), [("due_on", problem)], "{date}");
        }
        assert_eq!(problems(make(&agent, &with(&|d| " ".clone_into(&mut d.what))).await), [("what", Problem::Required)]);
        let amount = |text: &str| with(&|d| (d.remedy, d.remedy_amount) = (Some("Money".to_owned()), Some(text.to_owned())));
        assert_eq!(problems(make(&agent, &amount("a lot")).await), [("remedy_amount", Problem::NotAnAmount)]);
        let lonely = with(&|d| d.remedy_amount = Some("5".to_owned()));
        assert_eq!(problems(make(&agent, &lonely).await), [("remedy", Problem::Required)]);
        let by_author = with(&|d| d.accountable = author.id());
        assert_eq!(problems(make(&agent, &by_author).await), [("accountable", Problem::NotStaff)]);
        assert_eq!(f.count("promises").await, 0);
        f.time.set(utc("2026-11-18T16:59:59+01:00"));
        assert!(make(&agent, &with(&|d| "2026-11-18".clone_into(&mut d.due_on))).await.is_ok(), "today until five");
    }

    async fn the_database_itself_refuses_to_change_a_promise(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (post, promise) = promised(&f, &author, &agent).await;
        f.keep(&agent, promise.id).await.unwrap();
        let before = f.promises(post).await;
        for table in ["promises", "promise_versions", "promise_acts"] {
            for statement in [format!("UPDATE {table} SET created_at = created_at"), format!("DELETE FROM {table}")] {
                assert!(f.sql(&statement).await.is_err(), "{statement} went through");
            }
            if f.backend() == tests::Backend::Postgres {
                assert!(f.sql(&format!("TRUNCATE {table} CASCADE")).await.is_err());
            } else {
                assert!(f.sql(&format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")).await.is_err());
            }
        }
        assert_eq!(f.promises(post).await, before);
    }

    async fn only_those_who_answer_for_it_speak_about_it(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim, joke) =
            (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Joke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        f.give(&femke, post, &femke).await.unwrap();
        let draft = Draft { what: "A new form".to_owned(), due_on: "2026-11-20".to_owned(), accountable: tim.id(), ..Draft::default() };
        let id = made(f.write(&femke, async |tx| promise::make(tx, post, &draft).await).await).id;
        assert!(matches!(f.keep(&author, id).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(f.keep(&joke, id).await, Err(Error::Forbidden(Denied::NotOwner))));
        assert_eq!(f.keep(&tim, id).await.unwrap().state, State::Kept);
        assert!(matches!(f.take_back(&femke, id).await, Err(Error::Conflict(Conflict::Over))), "kept is kept");
        let silent = f.write(&femke, async |tx| promise::withdraw(tx, id, "").await).await;
        assert_eq!(problems(silent), [("reason", Problem::Required)]);
        assert!(matches!(f.pay(&femke, id).await, Err(Error::Conflict(Conflict::NothingOwed))));
    }

    async fn a_pledge_makes_the_promise_by_itself(f: TestForum) {
        let (author, agent, admin) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        let earlier = f.post(&author, Kind::Complaint, "Before the pledge").await;
        assert!(matches!(f.write(&agent, async |tx| pledge::make(tx, None, &pledge::Draft::default()).await).await, Err(Error::Forbidden(Denied::Role))));
        let wrong: Vec<_> = problems(f.write(&admin, async |tx| pledge::make(tx, None, &pledge::Draft::default()).await).await);
        assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["days", "what", "remedy"]);
        f.pledge("complaint", 5).await;
        assert!(f.promises(earlier).await.is_empty(), "from the next post on");
        assert!(f.promises(f.post(&author, Kind::Idea, "An idea").await).await.is_empty());
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let promise = f.promises(post).await.remove(0);
        assert_eq!((promise.due_at, promise.state, promise.remedy_cents), (days::due(f.now(), 5), State::Open, Some(50_00)));
        assert!(promise.pledge.is_some() && promise.decided_by.is_none());

        // kept by the delivery, open again when it was none, kept again, and in the end too late
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(f.promised(promise.id).await.state, State::Kept);
        f.say(&author, post, false).await.unwrap();
        assert_eq!(f.promised(promise.id).await.state, State::Open, "what kept it did not hold");
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(f.promised(promise.id).await.state, State::Kept);
        f.time.advance(TimeDelta::days(10));
        f.say(&author, post, false).await.unwrap();
        assert_eq!(f.promised(promise.id).await.state, State::Broken, "its date is past");
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(f.promised(promise.id).await.state, State::Broken, "broken stays broken");
        f.run().await;
        assert_eq!(f.count("promise_acts WHERE act = 'told'").await, 1);

        // refused is not solved
        let declined = f.post(&author, Kind::Complaint, "Dead").await;
        f.answer(&agent, declined, &f.answer_into("declined")).await.unwrap();
        f.run_at(f.now() + TimeDelta::days(10)).await;
        assert_eq!(f.promises(declined).await[0].state, State::Broken);

        let pledged = pledge::list(f.read()).await.unwrap();
        f.write(&admin, async |tx| pledge::end(tx, pledged[0].id).await).await.unwrap();
        let later = f.post(&author, Kind::Complaint, "After the pledge").await;
        assert!(f.promises(later).await.is_empty());
        assert_eq!(f.promises(post).await.len(), 1, "what it promised stands");
    }

    async fn beyond_the_mandate_it_is_asked_for(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let (ruth, bram, dora) =
            (f.staff("Ruth", Role::Lead).await, f.staff("Bram", Role::Lead).await, f.staff("Dora", Role::Director).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let until = |n: u32| days::nth_after(days::day_of(f.now()), n);
        // ten working days and 50 euros, 60 and 500, and no limit
        for (actor, days, remedy, level) in [
            (&femke, 10, Some("€ 50"), None),
            (&femke, 11, None, Some(2)),
            (&femke, 1, Some("€ 50.01"), Some(2)),
            (&femke, 60, Some("€ 500"), Some(2)),
            (&femke, 61, None, Some(3)),
            (&femke, 1, Some("€ 500.01"), Some(3)),
            (&ruth, 60, Some("€ 500"), None),
            (&ruth, 61, None, Some(3)),
            (&dora, 200, Some("€ 100000"), None),
        ] {
            let outcome = f.promise(actor, post, until(days), remedy).await.unwrap();
            let found = match &outcome {
                Outcome::Done(_) => None,
                Outcome::Requested(request) => Some(request.level),
            };
            assert_eq!(found, level, "{days} days, {remedy:?}: {outcome:?}");
        }
        assert_eq!(f.promises(post).await.len(), 3);

        let request = asked(f.promise(&femke, post, until(20), Some("€ 80")).await);
        assert_eq!((request.beyond.as_slice(), request.due_at), ([Beyond::Days, Beyond::Amount].as_slice(), days::due(f.now(), 2)));
        assert!(matches!(approve(&f, &author, &request).await, Err(Error::Forbidden(Denied::Role))));
        for agent in [&femke, &tim] {
            assert!(matches!(approve(&f, agent, &request).await, Err(Error::Forbidden(Denied::Mandate))));
        }
        let done = approve(&f, &ruth, &request).await.unwrap();
        assert_eq!((done.state, done.decided_by), (request::State::Approved, Some(Role::Lead)));
        let promise = f.promised(PromiseId(done.result.unwrap())).await;
        assert_eq!((promise.decided_by, promise.remedy_cents), (Some(Role::Lead), Some(80_00)), "decided by (role) is shown");
        assert!(matches!(refuse(&f, &ruth, &request).await, Err(Error::Conflict(Conflict::Over))), "once");
        for agent in [&femke, &tim] {
            assert!(matches!(refuse(&f, agent, &request).await, Err(Error::Forbidden(Denied::Mandate))), "not even that it is over");
        }

        // nobody decides their own, whatever their role
        let own = asked(f.promise(&ruth, post, until(70), None).await);
        for lead in [&ruth, &bram] {
            assert!(matches!(approve(&f, lead, &own).await, Err(Error::Forbidden(Denied::Mandate))));
        }
        let silent = f.write(&dora, async |tx| request::refuse(tx, own.id, "No").await).await;
        assert_eq!(problems(silent), [("note", Problem::TooShort { min: 10 })]);
        assert_eq!(refuse(&f, &dora, &own).await.unwrap().state, request::State::Refused);
        f.sql("UPDATE persons SET role = 'lead' WHERE name = 'Femke'").await.unwrap();
        let own = request::open(f.read(), &dora).await.unwrap().into_iter().find(|r| r.level == 2).unwrap();
        let promoted = f.again(&femke).await;
        assert!(matches!(approve(&f, &promoted, &own).await, Err(Error::Forbidden(Denied::Mandate))), "promoted since");
    }

    async fn what_nobody_decides_goes_to_the_next_level(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, ruth, dora) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await, f.staff("Dora", Role::Director).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let request = asked(f.promise(&femke, post, day("2026-12-08"), None).await);
        assert_eq!(request.due_at, utc("2026-11-20T17:00:00+01:00"));
        f.run_at(request.due_at).await;
        let now = async || f.of(&ruth, post, request::of_post).await.unwrap().remove(0);
        assert_eq!(now().await.level, 2);
        f.time.set(request.due_at + SECOND);
        assert!(now().await.is_overdue(f.now()), "that follows from the time");
        assert!(matches!(approve(&f, &ruth, &request).await, Err(Error::Forbidden(Denied::Mandate))), "although no worker ran");
        f.run().await;
        let passed = now().await;
        assert_eq!((passed.level, passed.due_at), (3, utc("2026-11-24T17:00:00+01:00")));
        f.run_at(passed.due_at + TimeDelta::days(5)).await;
        assert_eq!((now().await.level, now().await.state), (3, request::State::Open), "there is nobody above the director");
        assert_eq!(f.count("events WHERE kind = 'request_passed_up'").await, 1);
        assert_eq!(approve(&f, &dora, &request).await.unwrap().decided_by, Some(Role::Director));

        // what can't be promised any more can't be allowed either
        let late = asked(f.promise(&femke, post, day("2026-12-15"), None).await);
        f.time.set(utc("2026-12-15T17:00:01+01:00"));
        assert_eq!(problems(approve(&f, &dora, &late).await), [("due_on", Problem::NotInFuture)]);
        assert_eq!(refuse(&f, &dora, &late).await.unwrap().state, request::State::Refused);
    }

    async fn an_answer_that_was_asked_for_is_the_answer_of_whoever_asked(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        let Outcome::Requested(request) = f.try_answer(&femke, post, &f.answer_into("archived")).await.unwrap() else {
            panic!("an agent put a post away");
        };
        assert_eq!(f.see(post).await.row.owner.map(|p| p.id), femke.id(), "who asks takes it up");
        approve(&f, &ruth, &request).await.unwrap();
        let answer = f.of(&Actor::Visitor, post, forum::answer::list).await.unwrap().remove(0);
        assert_eq!((answer.author.map(|p| p.id), answer.decided_by), (femke.id(), Some(Role::Lead)));
        assert_eq!(f.see(post).await.row.status.stage.as_str(), "archived");
        assert_eq!(f.see(post).await.row.owner.map(|p| p.id), femke.id());
        let due: Vec<DateTime<Utc>> = f.clocks(post).await.iter().filter_map(|clock| clock.ended_at).collect();
        assert_eq!(due.len(), 2);
    }
}
