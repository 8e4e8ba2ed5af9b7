//! "It happened again" (rule 15).

use chrono::TimeDelta;
use forum::{
    Error,
    actor::{Actor, Role},
    again,
    clock::Name,
    error::{Conflict, Problem},
    level::Cause,
    post::Kind,
    status::Stage,
};
use proptest::{collection::vec, prelude::*};
use tests::{days, on_both, problems};

on_both! {
    async fn the_same_customer_within_ninety_days_raises_the_level(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let supporter = f.member("Supporter").await;
        // who, how long after the solution, whether it counts
        let day = TimeDelta::days(90);
        for (who, after, raises) in [
            (&author, TimeDelta::zero(), true),
            (&author, day, true),
            (&author, day + TimeDelta::microseconds(1), false),
            (&supporter, day, true),
            (&supporter, day + TimeDelta::microseconds(1), false),
        ] {
            let post = f.post(&author, Kind::Complaint, "Dead").await;
            f.support(&supporter, post).await;
            f.move_to(&agent, post, "delivered").await;
            f.time.advance(after);
            let report = f.report(who, post).await.unwrap();
            assert_eq!(report.raised, raises, "after {after}");
            assert!(report.solved_at.is_some());
            let row = f.see(post).await.row;
            if raises {
                assert_eq!((row.level, row.status.stage), (2, Stage::Started));
                assert_eq!(f.changes(post).await, [(1, 2, Cause::Again)]);
                let next = f.clocks(post).await.pop().unwrap();
                assert_eq!((next.name, next.due_at), (Name::NextUpdate, days::due(f.now(), 2)), "half of five days");
                let said = f.of(&Actor::Visitor, post, forum::answer::list).await.unwrap().pop().unwrap();
                assert_eq!((said.author, said.cause), (None, Some(forum::answer::Verdict::Again)), "the forum says so, under a rule");
            } else {
                assert_eq!((row.level, row.status.stage), (1, Stage::Delivered));
            }
        }
    }

    async fn a_second_report_before_it_is_solved_again_does_not(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.move_to(&agent, post, "delivered").await;
        f.report(&author, post).await.unwrap();
        assert!(!f.report(&author, post).await.unwrap().raised);
        f.move_to(&agent, post, "delivered").await;
        assert!(f.report(&author, post).await.unwrap().raised, "solved once more, and once more it was not");
        assert_eq!((f.level(post).await, f.of(&Actor::Visitor, post, again::of_post).await.unwrap().len()), (3, 3));
    }

    async fn the_fifth_distinct_customer_raises_the_level(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(7).await;
        f.for_all((vec(0..7_usize, 1..25), any::<bool>()), async |f, (reporters, votes)| {
            let post = f.post(&author, Kind::Complaint, "Dead").await;
            f.move_to(&agent, post, "delivered").await;
            // after ninety days the same customer raises no more, so that only the number counts
            f.time.advance(TimeDelta::days(91));
            let mut distinct = std::collections::BTreeSet::new();
            for who in reporters {
                if votes {
                    // a vote is never a report, but whoever supports it has it too
                    f.support(&people[(who + 1) % 7], post).await;
                    f.withdraw(&people[(who + 1) % 7], post).await.unwrap();
                }
                let fifth = distinct.insert(who) && distinct.len() == 5;
                assert_eq!(f.report(&people[who], post).await.unwrap().raised, fifth);
                let row = f.see(post).await.row;
                assert_eq!(row.level, if distinct.len() >= 5 { 2 } else { 1 });
                assert_eq!(row.status.stage == Stage::Started, distinct.len() >= 5);
            }
        });
    }

    async fn votes_never_count_as_reports(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.move_to(&agent, post, "delivered").await;
        for voter in f.members(12).await {
            f.support(&voter, post).await;
            f.comment(&voter, post, "It happened again.").await;
        }
        assert_eq!((f.level(post).await, f.count("agains").await), (1, 0));
    }

    async fn the_fifth_report_halves_the_clocks_that_run(f: TestForum) {
        let author = f.member("Author").await;
        let people = f.members(4).await;
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        for person in &people {
            f.support(person, post).await;
            assert!(!f.report(person, post).await.unwrap().raised, "it is theirs as well, and not solved yet");
        }
        assert_eq!(f.level(post).await, 1);
        assert!(f.report(&author, post).await.unwrap().raised);
        assert_eq!(f.changes(post).await, [(1, 2, Cause::FifthAgain)]);
        let dues: Vec<_> = f.clocks(post).await.iter().map(|clock| clock.due_at).collect();
        assert_eq!(dues, [days::due(f.now(), 1), days::due(f.now(), 2)], "half of two and of five days");
        assert_eq!(f.see(post).await.row.status.stage, Stage::Received);
        assert!(!f.report(&f.member("Late").await, post).await.is_ok_and(|r| r.raised));
    }

    async fn only_complaints_that_are_theirs_or_were_solved(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (supporter, other) = (f.member("Supporter").await, f.member("Somebody else").await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let idea = f.post(&author, Kind::Idea, "A slot").await;
        f.support(&supporter, post).await;
        assert!(matches!(f.report(&Actor::Visitor, post).await, Err(Error::Unauthenticated)));
        assert!(f.report(&f.unverified("Not sure").await, post).await.is_err());
        assert_eq!(problems(f.report(&author, idea).await), [("kind", Problem::NotAComplaint)]);
        assert!(matches!(f.report(&other, post).await, Err(Error::Conflict(Conflict::NotSolved))));
        let may = async |actor: &Actor| f.of(actor, post, async |view, post| Ok(again::reportable(view, post))).await.unwrap();
        assert_eq!((may(&author).await, may(&supporter).await, may(&other).await, may(&Actor::Visitor).await), (true, true, false, false));
        let silent = f.write(&author, async |tx| again::report(tx, post, " \n", None).await).await;
        assert_eq!(problems(silent), [("body", Problem::Required)]);
        f.move_to(&agent, post, "delivered").await;
        assert!(may(&other).await);
        f.report(&other, post).await.unwrap();
        f.report(&supporter, post).await.unwrap();
        let public = f.of(&Actor::Visitor, post, again::of_post).await.unwrap();
        assert_eq!(public.iter().map(|a| (a.person.name.as_str(), a.raised)).collect::<Vec<_>>(), [("Somebody else", false), ("Supporter", true)]);

        f.private_board("secret", &[&author]).await;
        let hidden = f.post_on(&author, "secret", Kind::Complaint, "Hidden").await;
        assert!(matches!(f.report(&other, hidden).await, Err(Error::NotFound)));
        assert!(matches!(f.of(&other, hidden, again::of_post).await, Err(Error::NotFound)));
    }
}
