//! A status changes only through an answer (rule 3), and answers stay as they were given (rule 4).

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use forum::{
    Error,
    actor::{Actor, Role},
    answer::{self, Draft, ReasonClass},
    error::{Denied, Problem},
    notice::{About, Content},
    owner,
    post::{Edit, Kind},
    status::{self, NewStatus, Stage},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use tests::{day, on_both, problems, utc};

/// The days off at the turn of the year in which these tests play, written down by hand.
const DAYS_OFF: [&str; 3] = ["2026-12-25", "2026-12-26", "2027-01-01"];

fn works(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !DAYS_OFF.contains(&day.to_string().as_str())
}

fn working_day_at_or_before(mut day: NaiveDate) -> NaiveDate {
    while !works(day) {
        day = day - Days::new(1);
    }
    day
}

fn working_days_ahead(mut day: NaiveDate, count: u32) -> NaiveDate {
    for _ in 0..count {
        day = day + Days::new(1);
        while !works(day) {
            day = day + Days::new(1);
        }
    }
    day
}

/// An answer as somebody might give it. Days count from today; `None` leaves the field empty.
#[derive(Debug, Clone)]
struct Attempt {
    role: Option<Role>,
    status: &'static str,
    what: usize,
    who: Option<&'static str>,
    next_update: Option<i32>,
    reason_class: Option<&'static str>,
    reexamine: Option<i32>,
    is_final: bool,
}

#[derive(Debug, Clone)]
enum Act {
    Answer(Attempt),
    /// What must leave the status alone.
    Vote,
    Comment,
    Edit,
    Own,
    Wait(u8),
}

fn acts() -> impl Strategy<Value = (Kind, Vec<Act>)> {
    let attempt = (
        prop_oneof![1 => Just(None), 1 => Just(Some(Role::Member)), 6 => select(&[Role::Agent, Role::Lead, Role::Director, Role::Admin][..]).prop_map(Some)],
        select(&["received", "review", "planned", "started", "delivered", "confirmed", "declined", "archived", "nonsense", ""][..]),
        select(&[0_usize, 1, 79, 80, 200][..]),
        option::weighted(0.8, select(&["The team for invoices", "", " "][..])),
        option::weighted(0.85, prop_oneof![4 => 1..8_i32, 2 => -3..40_i32]),
        option::weighted(0.8, select(&["exists", "cost", "law", "safety", "strategy", "infeasible", "duplicate", "whim"][..])),
        option::weighted(0.4, -3..400_i32),
        any::<bool>(),
    );
    let attempt = attempt.prop_map(|(role, status, what, who, next_update, reason_class, reexamine, is_final)| {
        Act::Answer(Attempt { role, status, what, who, next_update, reason_class, reexamine, is_final })
    });
    let act = prop_oneof![
        8 => attempt,
        1 => Just(Act::Vote),
        1 => Just(Act::Comment),
        1 => Just(Act::Edit),
        1 => Just(Act::Own),
        2 => (1..5_u8).prop_map(Act::Wait),
    ];
    (select(&Kind::ALL[..]), vec(act, 1..12))
}

fn in_days(today: NaiveDate, days: i32) -> NaiveDate {
    today + chrono::TimeDelta::days(i64::from(days))
}

/// The fields that rule 3 refuses. On a higher level the next word is due sooner: within half the time, within a day.
fn refused(attempt: &Attempt, kind: Kind, level: i32, today: NaiveDate) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let owes_update = matches!(attempt.status, "review" | "planned" | "started");
    let declined = attempt.status == "declined";
    if matches!(attempt.status, "received" | "confirmed" | "nonsense" | "") {
        fields.push("status");
    }
    if attempt.what < if declined { 80 } else { 1 } {
        fields.push("what");
    }
    if (owes_update || attempt.status == "delivered") && attempt.who.is_none_or(|who| who.trim().is_empty()) {
        fields.push("who");
    }
    if owes_update {
        let cap = match (kind, level) {
            (_, 3) => 1,
            (Kind::Complaint, level) => [5, 2][usize::from(level > 1)],
            (_, level) => [20, 10][usize::from(level > 1)],
        };
        let taken = attempt.next_update.is_some_and(|days| {
            let counted = working_day_at_or_before(in_days(today, days));
            counted > today && counted <= working_days_ahead(today, cap)
        });
        if !taken {
            fields.push("next_update_on");
        }
    }
    if declined {
        if attempt.reason_class.is_none_or(|class| class == "whim") {
            fields.push("reason_class");
        }
        if attempt.reexamine.is_some() == attempt.is_final || attempt.reexamine.is_some_and(|days| days <= 0) {
            fields.push("reexamine_on");
        }
    }
    fields
}

fn draft(attempt: &Attempt, today: NaiveDate) -> Draft {
    let date = |days: Option<i32>| days.map(|days| in_days(today, days).to_string());
    Draft {
        status: attempt.status.to_owned(),
        what: "x".repeat(attempt.what),
        who: attempt.who.map(str::to_owned),
        next_update_on: date(attempt.next_update),
        reason_class: attempt.reason_class.map(str::to_owned),
        reexamine_on: date(attempt.reexamine),
        is_final: attempt.is_final,
        language: None,
        files: Vec::new(),
    }
}

on_both! {
    async fn a_status_changes_only_through_an_answer_that_says_enough(f: TestForum) {
        let author = f.member("Author").await;
        let mut people = vec![(Role::Member, f.member("Joost").await)];
        for role in [Role::Agent, Role::Lead, Role::Director, Role::Admin] {
            people.push((role, f.staff("Femke", role).await));
        }
        let actor_of = |role: Option<Role>| {
            role.map_or(&Actor::Visitor, |role| &people.iter().find(|(r, _)| *r == role).unwrap().1)
        };
        f.for_all(acts(), async |f, (kind, acts)| {
            f.time.set(utc("2026-12-14T10:00:00+01:00"));
            let post = f.post(&author, kind, "A slot for letters").await;
            let (mut stage, mut answers) = ("received", 0);
            for act in &acts {
                let today = f.now().date_naive();
                match act {
                    Act::Answer(attempt) => {
                        f.run().await;
                        let level = f.level(post).await;
                        let outcome = f.answer(actor_of(attempt.role), post, &draft(attempt, today)).await;
                        let fields = refused(attempt, kind, level, today);
                        let put_away = attempt.status == "archived";
                        match attempt.role {
                            None => assert!(matches!(outcome, Err(Error::Unauthenticated)), "{outcome:?}"),
                            Some(Role::Member) => assert!(matches!(outcome, Err(Error::Forbidden(Denied::Role))), "{outcome:?}"),
                            Some(_) if !fields.is_empty() => {
                                let named: Vec<_> = problems(outcome).into_iter().map(|(field, _)| field).collect();
                                assert_eq!(named, fields, "each wrong field is named, once");
                            }
                            Some(Role::Agent) if put_away => {
                                assert!(matches!(outcome, Err(Error::Forbidden(Denied::Mandate))), "{outcome:?}");
                            }
                            Some(_) => {
                                let answer = outcome.unwrap();
                                assert_eq!((answer.from.stage.as_str(), answer.status.stage.as_str()), (stage, attempt.status));
                                let counted = attempt.next_update.map(|days| working_day_at_or_before(in_days(today, days)));
                                let owed = matches!(attempt.status, "review" | "planned" | "started");
                                assert_eq!(answer.next_update_on, counted.filter(|_| owed), "a day off means the working day before");
                                stage = attempt.status;
                                answers += 1;
                            }
                        }
                    }
                    Act::Vote => drop(f.support(&author, post).await),
                    Act::Comment => drop(f.comment(&author, post, "Any news?").await),
                    Act::Edit => {
                        let edit = Edit { body: Some(format!("{} and blue", f.see(post).await.body)), ..Edit::default() };
                        f.edit(&author, post, &edit).await.unwrap();
                    }
                    Act::Own => {
                        let lead = actor_of(Some(Role::Lead));
                        f.write(lead, async |tx| owner::set(tx, post, lead.id().unwrap()).await).await.unwrap();
                    }
                    Act::Wait(days) => f.time.advance(chrono::TimeDelta::days(i64::from(*days))),
                }
                let row = f.see(post).await.row;
                assert_eq!(row.status.stage.as_str(), stage, "after {act:?}");
                let given = f.of(&Actor::Visitor, post, answer::list).await.unwrap();
                assert_eq!(given.len(), answers, "after {act:?}");
                if let Some(last) = given.last() {
                    assert_eq!(last.status, row.status, "the post stands where its last answer put it");
                }
            }
        });
    }

    async fn each_thing_that_an_answer_lacks_is_named(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let complaint = f.post(&author, Kind::Complaint, "The line is dead").await;
        let good = |status| f.answer_into(status);
        let date = |text: &str| Some(text.to_owned());

        // today is Wednesday 18 November 2026
        for (draft, field, problem) in [
            (Draft { status: String::new(), ..good("planned") }, "status", Problem::Required),
            (Draft { status: "nonsense".to_owned(), ..good("planned") }, "status", Problem::UnknownChoice),
            (good("received"), "status", Problem::StageNotForStaff),
            (good("confirmed"), "status", Problem::StageNotForStaff),
            (Draft { what: " \n ".to_owned(), ..good("planned") }, "what", Problem::Required),
            (Draft { who: None, ..good("review") }, "who", Problem::Required),
            (Draft { who: None, ..good("delivered") }, "who", Problem::Required),
            (Draft { next_update_on: None, ..good("review") }, "next_update_on", Problem::Required),
            (Draft { next_update_on: date(""), ..good("planned") }, "next_update_on", Problem::Required),
            (Draft { next_update_on: date("soon"), ..good("planned") }, "next_update_on", Problem::NotADate),
            (Draft { next_update_on: date("2026-02-30"), ..good("started") }, "next_update_on", Problem::NotADate),
            (Draft { next_update_on: date("2026-11-18"), ..good("started") }, "next_update_on", Problem::NotInFuture),
            (Draft { next_update_on: date("2026-11-17"), ..good("started") }, "next_update_on", Problem::NotInFuture),
            (
                Draft { next_update_on: date("2026-12-17"), ..good("planned") },
                "next_update_on",
                Problem::TooFarAhead { latest: "2026-12-16".to_owned() },
            ),
            (Draft { what: "x".repeat(79), ..good("declined") }, "what", Problem::TooShort { min: 80 }),
            (Draft { reason_class: None, ..good("declined") }, "reason_class", Problem::Required),
            (Draft { reason_class: date("whim"), ..good("declined") }, "reason_class", Problem::UnknownChoice),
            (Draft { is_final: false, ..good("declined") }, "reexamine_on", Problem::ReexamineOrFinal),
            (Draft { reexamine_on: date("2027-11-18"), ..good("declined") }, "reexamine_on", Problem::ReexamineOrFinal),
            (Draft { is_final: false, reexamine_on: date("2026-11-18"), ..good("declined") }, "reexamine_on", Problem::NotInFuture),
            (Draft { is_final: false, reexamine_on: date("never"), ..good("declined") }, "reexamine_on", Problem::NotADate),
        ] {
            assert_eq!(problems(f.answer(&agent, post, &draft).await), [(field, problem)], "{draft:?}");
        }
        let late = Draft { next_update_on: date("2026-11-26"), ..good("planned") };
        let cap = Problem::TooFarAhead { latest: "2026-11-25".to_owned() };
        assert_eq!(problems(f.answer(&agent, complaint, &late).await), [("next_update_on", cap)]);

        assert_eq!(f.see(post).await.row.status.stage, Stage::Received);
        assert_eq!(f.count("answers").await, 0);
        assert_eq!(f.count("outbox").await, 0);
        assert_eq!(f.see(post).await.row.owner, None, "a refused answer takes nothing up");
    }

    async fn all_that_is_wrong_is_told_at_once(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let bad = Draft { status: "planned".to_owned(), next_update_on: Some("2026-11-01".to_owned()), ..Draft::default() };
        let expected =
            [("what", Problem::Required), ("who", Problem::Required), ("next_update_on", Problem::NotInFuture)];
        assert_eq!(problems(f.answer(&agent, post, &bad).await), expected);
        let bad = Draft { status: "declined".to_owned(), what: "No.".to_owned(), ..Draft::default() };
        let expected = [
            ("what", Problem::TooShort { min: 80 }),
            ("reason_class", Problem::Required),
            ("reexamine_on", Problem::ReexamineOrFinal),
        ];
        assert_eq!(problems(f.answer(&agent, post, &bad).await), expected);
    }

    async fn the_last_day_of_the_cap_is_taken(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        // twenty working days from 18 November 2026 and five of them: no day off in between
        for (kind, last) in [(Kind::Idea, "2026-12-16"), (Kind::Wish, "2026-12-16"), (Kind::Criticism, "2026-12-16"), (Kind::Complaint, "2026-11-25")] {
            let post = f.post(&author, kind, "A slot for letters").await;
            let draft = Draft { next_update_on: Some(last.to_owned()), ..f.answer_into("planned") };
            assert_eq!(f.answer(&agent, post, &draft).await.unwrap().next_update_on, Some(day(last)));
        }
    }

    async fn a_day_off_means_the_working_day_before(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        f.time.set(utc("2026-12-21T10:00:00+01:00"));
        for (named, counted) in [("2026-12-26", "2026-12-24"), ("2026-12-27", "2026-12-24"), ("2027-01-01", "2026-12-31"), ("2027-01-03", "2026-12-31")] {
            let post = f.post(&author, Kind::Idea, "A slot for letters").await;
            let draft = Draft { next_update_on: Some(named.to_owned()), ..f.answer_into("started") };
            assert_eq!(f.answer(&agent, post, &draft).await.unwrap().next_update_on, Some(day(counted)), "{named}");
        }
        // on Saturday before Christmas Monday lies ahead, Sunday does not: the working day before it is Friday
        f.time.set(utc("2026-12-19T10:00:00+01:00"));
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let draft = Draft { next_update_on: Some("2026-12-20".to_owned()), ..f.answer_into("started") };
        assert_eq!(problems(f.answer(&agent, post, &draft).await), [("next_update_on", Problem::NotInFuture)]);
    }

    async fn the_database_itself_refuses_to_change_an_answer(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let given = f.move_to(&agent, post, "planned").await;
        for statement in [
            "UPDATE answers SET what = 'Something else'",
            "UPDATE answers SET next_update_on = NULL, who = NULL",
            "UPDATE answers SET created_at = created_at WHERE id = 1",
            "DELETE FROM answers",
            "DELETE FROM posts",
        ] {
            assert!(f.sql(statement).await.is_err(), "{statement} went through");
            assert_eq!(f.of(&Actor::Visitor, post, answer::list).await.unwrap(), std::slice::from_ref(&given), "after {statement}");
        }
        if f.backend() == tests::Backend::Postgres {
            assert!(f.sql("TRUNCATE answers CASCADE").await.is_err());
            assert!(f.sql("TRUNCATE posts CASCADE").await.is_err());
        } else {
            let replace = "INSERT OR REPLACE INTO answers SELECT id, post_id, author_id, from_status_id, status_id, 'Something else',
                what_html, who, next_update_on, reason_class, reexamine_on, final, language, due_at, created_at FROM answers";
            assert!(f.sql(replace).await.is_err(), "REPLACE deletes a row without asking its trigger");
        }
        assert_eq!(f.of(&Actor::Visitor, post, answer::list).await.unwrap(), [given]);
    }

    async fn a_correction_is_a_new_answer(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let first = f.move_to(&agent, post, "planned").await;
        let second = f.move_to(&agent, post, "planned").await;
        assert_eq!(f.of(&Actor::Visitor, post, answer::list).await.unwrap(), [first.clone(), second.clone()]);
        assert_eq!(second.from.stage, Stage::Planned);
        assert_eq!(answer::latest_of(f.read(), &[post]).await.unwrap(), [second]);
        assert!(first.created_at <= f.now());
    }

    async fn an_agent_does_not_put_away(f: TestForum) {
        let author = f.member("Author").await;
        let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let refused = f.answer(&agent, post, &f.answer_into("archived")).await;
        assert!(matches!(refused, Err(Error::Forbidden(Denied::Mandate))), "{refused:?}");
        assert_eq!(f.see(post).await.row.status.stage, Stage::Received);
        assert_eq!((f.count("requests").await, f.see(post).await.row.owner), (0, None), "what was refused leaves nothing");
        let silent = Draft { what: String::new(), ..f.answer_into("archived") };
        assert_eq!(problems(f.try_answer(&agent, post, &silent).await), [("what", Problem::Required)], "a request has to be complete");
        let asked = f.try_answer(&agent, post, &f.answer_into("archived")).await.unwrap();
        assert!(matches!(asked, answer::Outcome::Requested(_)), "{asked:?}");
        assert_eq!(f.see(post).await.row.status.stage, Stage::Received, "to ask for it changes nothing yet");
        f.move_to(&lead, post, "archived").await;
        assert_eq!(f.see(post).await.row.status.stage, Stage::Archived);
    }

    async fn the_lack_of_a_role_comes_before_the_lack_of_a_word(f: TestForum) {
        let author = f.member("Author").await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let empty = Draft::default();
        assert!(matches!(f.answer(&Actor::Visitor, post, &empty).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.answer(&author, post, &empty).await, Err(Error::Forbidden(Denied::Role))));
        let agent = f.staff("Femke", Role::Agent).await;
        assert!(matches!(f.answer(&agent, forum::id::PostId(4711), &empty).await, Err(Error::NotFound)));
    }

    async fn whoever_answers_first_owns_the_post(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.move_to(&femke, post, "review").await;
        f.move_to(&ruth, post, "planned").await;
        let seen = f.see(post).await;
        assert_eq!(seen.row.owner.map(|p| p.id), femke.id());
        assert_eq!(seen.owners.len(), 1);
    }

    async fn staff_set_an_owner_who_is_staff(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let set = async |actor: &Actor, to: &Actor| {
            f.write(actor, async |tx| owner::set(tx, post, to.id().unwrap()).await).await
        };
        assert!(matches!(set(&author, &author).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(set(&Actor::Visitor, &femke).await, Err(Error::Unauthenticated)));
        assert_eq!(problems(set(&femke, &author).await), [("person", Problem::NotStaff)]);
        let nobody = forum::id::PersonId(uuid::Uuid::nil());
        let unknown = f.write(&femke, async |tx| owner::set(tx, post, nobody).await).await;
        assert_eq!(problems(unknown), [("person", Problem::UnknownChoice)]);
        assert_eq!(f.see(post).await.row.owner, None);

        set(&femke, &ruth).await.unwrap();
        set(&femke, &ruth).await.unwrap();
        let seen = f.see(post).await;
        assert_eq!(seen.row.owner.map(|p| p.id), ruth.id());
        assert_eq!(seen.owners.iter().map(|o| o.by).collect::<Vec<_>>(), [femke.id()], "the same again is no new stretch");
        set(&ruth, &femke).await.unwrap();
        let seen = f.see(post).await;
        let line: Vec<_> = seen.owners.iter().map(|o| o.person.id).collect();
        assert_eq!(line, [femke.id().unwrap(), ruth.id().unwrap()], "latest first");
    }

    async fn the_author_hears_of_an_answer_and_nobody_else_does(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.oppose(&joost, post, "It lets the cold in.").await;
        f.move_to(&agent, post, "planned").await;
        let letters = f.outbox().await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert_eq!(letters[0].to, "sanne@example.org");
        match &letters[0].content {
            Content::Notice { notice, .. } => {
                let About::Answer(answer) = &notice.about else { panic!("{notice:?}") };
                assert_eq!((notice.post.id, answer.status.stage), (post, Stage::Planned));
                assert_eq!(answer.next_update_on, Some(day("2026-11-20")));
            }
            other => panic!("{other:?}"),
        }
    }

    async fn a_site_may_have_several_statuses_of_a_stage(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let admin = f.staff("Ada", Role::Admin).await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let designing = |name: &str| NewStatus {
            slug: "designing".to_owned(),
            name: name.to_owned(),
            stage: "started".to_owned(),
            ..NewStatus::default()
        };
        let refused = f.write(&agent, async |tx| status::create(tx, &designing("Being designed")).await).await;
        assert!(matches!(refused, Err(Error::Forbidden(Denied::Role))));
        f.write(&admin, async |tx| status::create(tx, &designing("Being designed")).await).await.unwrap();
        let taken = f.write(&admin, async |tx| status::create(tx, &designing("Again")).await).await;
        assert_eq!(problems(taken), [("slug", Problem::Taken)]);

        let lacking = Draft { who: None, ..f.answer_into("designing") };
        let named: Vec<_> = problems(f.answer(&agent, post, &lacking).await).into_iter().map(|(field, _)| field).collect();
        assert_eq!(named, ["who", "next_update_on"], "the stage decides what is needed, not the name");
        let draft = Draft { next_update_on: Some(f.in_days(2)), ..f.answer_into("designing") };
        let answer = f.answer(&agent, post, &draft).await.unwrap();
        assert_eq!((answer.status.slug.as_str(), answer.status.stage), ("designing", Stage::Started));
        let stage_at = f.see(post).await.row.stage_at;
        f.time.advance(chrono::TimeDelta::hours(1));
        f.move_to(&agent, post, "started").await;
        assert_eq!(f.see(post).await.row.stage_at, stage_at, "another status of the same stage is no new stage");
    }

    async fn every_reason_for_a_no_is_kept(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        for class in ReasonClass::ALL {
            let post = f.post(&author, Kind::Idea, "A slot for letters").await;
            let draft = Draft {
                reason_class: Some(class.as_str().to_owned()),
                is_final: false,
                reexamine_on: Some("2027-05-18".to_owned()),
                ..f.answer_into("declined")
            };
            f.answer(&agent, post, &draft).await.unwrap();
            let kept = f.of(&Actor::Visitor, post, answer::list).await.unwrap().remove(0);
            assert_eq!((kept.reason_class, kept.reexamine_on, kept.is_final), (Some(class), Some(day("2027-05-18")), false));
        }
    }
}
