//! One accountable person from triage on, and a public trace of every handover (rule 7).

use chrono::TimeDelta;
use forum::{
    Error,
    actor::{Actor, Role},
    contributor,
    error::{Conflict, Denied, Problem},
    handover::{self, State},
    id::PostId,
    level::Cause,
    owner as owning, person,
    post::Kind,
    team::{self, Answering},
};
use tests::{BOARD, TestForum, day, days, on_both, problems, utc};

const SECOND: TimeDelta = TimeDelta::seconds(1);

async fn owner(f: &TestForum, post: PostId) -> Option<String> {
    f.see(post).await.row.owner.map(|owner| owner.name)
}

/// The owners of so many new posts, in the order in which they came in.
async fn owners(f: &TestForum, author: &Actor, board: &str, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..count {
        let post = f.post_on(author, board, Kind::Idea, "A slot for letters").await;
        names.push(owner(f, post).await.unwrap_or_default());
    }
    names
}

on_both! {
    async fn nobody_is_without_an_owner_after_the_time_of_triage(f: TestForum) {
        let author = f.member("Author").await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let imported = f.import("elsewhere:1", &author, "From elsewhere", utc("2025-01-01T00:00:00Z")).await;
        f.run_at(f.now() + TimeDelta::days(9)).await;
        assert_eq!(owner(&f, post).await, None, "there is nobody of the staff");
        f.staff("Ada", Role::Admin).await;
        f.run().await;
        assert_eq!(owner(&f, post).await.as_deref(), Some("Ada"), "better an admin than nobody");
        f.staff("Femke", Role::Agent).await;

        // on Friday afternoon, and the working day after is Monday
        f.time.set(utc("2026-12-04T16:00:00+01:00"));
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.run_at(utc("2026-12-07T17:00:00+01:00")).await;
        assert_eq!(owner(&f, post).await, None);
        f.run_at(utc("2026-12-07T17:00:01+01:00")).await;
        assert_eq!(owner(&f, post).await.as_deref(), Some("Femke"));
        let seen = f.see(post).await;
        assert_eq!((seen.owners.len(), seen.owners[0].by), (1, None), "a rule said so, nobody in person");
        assert_eq!(seen.owners[0].since, utc("2026-12-07T17:00:00+01:00"));
        assert_eq!(owner(&f, imported).await, None, "what was brought in waits until staff take it up");
    }

    async fn whoever_leaves_the_staff_owns_nothing(f: TestForum) {
        let author = f.member("Author").await;
        let femke = f.staff("Femke", Role::Agent).await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.write(&femke, async |tx| owning::set(tx, post, femke.id().unwrap()).await).await.unwrap();
        f.staff("Tim", Role::Agent).await;
        f.write(&Actor::System, async |tx| person::set_role(tx, femke.id().unwrap(), Role::Lead).await).await.unwrap();
        assert_eq!(owner(&f, post).await.as_deref(), Some("Femke"), "another role of the staff changes nothing");
        f.write(&Actor::System, async |tx| person::set_role(tx, femke.id().unwrap(), Role::Member).await).await.unwrap();
        assert_eq!(owner(&f, post).await, None);
        assert_eq!(f.count("events WHERE kind = 'owner_released'").await, 1, "that she lost it stands in the history");
        f.run_at(f.now() + TimeDelta::days(5)).await;
        assert_eq!(owner(&f, post).await.as_deref(), Some("Tim"));
        assert_eq!(f.see(post).await.owners.len(), 2, "that she owned it stays readable");
    }

    async fn the_members_of_a_team_take_turns(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim, joke) =
            (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Joke", Role::Agent).await);
        let ruth = f.staff("Ruth", Role::Lead).await;
        let team = f.team("desk", &[&femke, &tim, &joke]).await;
        f.answering(Some(BOARD), 1, Answering::Team(team.id)).await;
        f.board("other").await;
        let turns = owners(&f, &author, BOARD, 3).await;
        let [one, two, three] = [0, 1, 2].map(|n| turns[n].as_str());
        assert_eq!(std::collections::BTreeSet::from([one, two, three]).len(), 3, "{turns:?}");
        assert_eq!(owners(&f, &author, BOARD, 4).await, [one, two, three, one]);
        // whoever is away is left out, and whoever comes back has waited longest
        let second = [&femke, &tim, &joke].into_iter().find(|person| matches!(person, Actor::Person(me) if me.name == two)).unwrap();
        f.away(second, day("2026-11-18"), day("2026-11-19")).await;
        assert_eq!(owners(&f, &author, BOARD, 3).await, [three, one, three]);
        f.time.set(utc("2026-11-20T00:00:00+01:00"));
        assert_eq!(owners(&f, &author, BOARD, 2).await, [two, one]);
        // nobody of the desk is there: the next level, and if nobody is there at all, somebody who is away
        for person in [&femke, &tim, &joke] {
            f.away(person, day("2026-11-20"), day("2026-11-22")).await;
        }
        assert_eq!(owners(&f, &author, BOARD, 2).await, ["Ruth", "Ruth"]);
        f.away(&ruth, day("2026-11-20"), day("2026-11-22")).await;
        assert_eq!(owners(&f, &author, BOARD, 1).await, [three], "it was their turn");
        assert_eq!(owners(&f, &author, "other", 1).await, [""], "a board without a rule waits for triage");
    }

    async fn a_named_person_answers_for_a_board(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim, admin) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        f.staff("Ruth", Role::Lead).await;
        f.desk(None, 1, &femke).await;
        f.desk(Some(BOARD), 1, &tim).await;
        f.board("other").await;
        assert_eq!(owners(&f, &author, BOARD, 2).await, ["Tim", "Tim"], "the rule of the board itself");
        assert_eq!(owners(&f, &author, "other", 1).await, ["Femke"], "the rule of the rest");
        f.sql("UPDATE persons SET role = 'member' WHERE name = 'Tim'").await.unwrap();
        assert_eq!(owners(&f, &author, BOARD, 1).await, ["Ruth"], "who left the staff gets nothing more");

        let board = f.board_id(BOARD).await;
        let set = async |actor: &Actor, level: i32, person: &Actor| {
            let answering = Some(Answering::Person(person.id().unwrap()));
            f.write(actor, async |tx| team::set_desk(tx, Some(board), level, answering).await).await
        };
        assert!(matches!(set(&femke, 1, &femke).await, Err(Error::Forbidden(Denied::Role))));
        assert_eq!(problems(set(&admin, 4, &femke).await), [("level", Problem::UnknownChoice)]);
        assert_eq!(problems(set(&admin, 1, &author).await), [("person", Problem::NotStaff)]);
        f.write(&admin, async |tx| team::set_desk(tx, Some(board), 1, None).await).await.unwrap();
        assert_eq!(owners(&f, &author, BOARD, 1).await, ["Femke"]);
    }

    async fn absences_are_noted_by_whoever_may(f: TestForum) {
        let (femke, tim, admin) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        let member = f.member("Sanne").await;
        let away = async |actor: &Actor, who: &Actor, first: &str, last: &str| {
            f.write(actor, async |tx| team::be_away(tx, who.id().unwrap(), day(first), day(last)).await).await
        };
        away(&femke, &femke, "2026-12-01", "2026-12-01").await.unwrap();
        away(&admin, &femke, "2026-12-24", "2027-01-02").await.unwrap();
        assert!(matches!(away(&tim, &femke, "2026-12-01", "2026-12-02").await, Err(Error::Forbidden(Denied::Role))));
        assert!(away(&member, &member, "2026-12-01", "2026-12-02").await.is_err());
        assert_eq!(problems(away(&femke, &femke, "2026-12-02", "2026-12-01").await), [("last_day", Problem::EndsBeforeStart)]);
        let absences = team::absences(f.read(), day("2026-12-02")).await.unwrap();
        assert_eq!(absences.len(), 1, "what is over is not shown");
        let back = async |actor: &Actor| f.write(actor, async |tx| team::be_back(tx, absences[0].id).await).await;
        assert!(matches!(back(&tim).await, Err(Error::Forbidden(Denied::Role))));
        back(&femke).await.unwrap();
        assert!(matches!(back(&femke).await, Err(Error::NotFound)));
    }

    async fn the_giver_stays_accountable_until_the_receiver_accepts(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        assert!(matches!(f.offer(&femke, post, &tim).await, Err(Error::Forbidden(Denied::NotOwner))), "it is nobody's yet");
        f.give(&femke, post, &femke).await.unwrap();
        assert!(f.handovers(post).await.is_empty(), "to take what is nobody's is no handover");
        assert!(matches!(f.offer(&author, post, &tim).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(f.offer(&ruth, post, &tim).await, Err(Error::Forbidden(Denied::NotOwner))));
        assert_eq!(problems(f.offer(&femke, post, &femke).await), [("to", Problem::UnknownChoice)]);
        assert_eq!(problems(f.offer(&femke, post, &author).await), [("to", Problem::NotStaff)]);

        let offer = f.offer(&femke, post, &tim).await.unwrap();
        assert_eq!((offer.state, offer.lapses_at), (State::Offered, days::due(f.now(), 2)));
        assert_eq!(owner(&f, post).await.as_deref(), Some("Femke"));
        assert!(matches!(f.offer(&femke, post, &ruth).await, Err(Error::Conflict(Conflict::Exists))), "one at a time");
        assert!(matches!(f.accept(&ruth, offer.id).await, Err(Error::Forbidden(Denied::NotReceiver))));
        assert_eq!(handover::offered_to(f.read(), tim.id().unwrap(), f.now()).await.unwrap().len(), 1);
        assert_eq!(f.accept(&tim, offer.id).await.unwrap().state, State::Accepted);
        assert_eq!(owner(&f, post).await.as_deref(), Some("Tim"));
        assert!(matches!(f.decline(&tim, offer.id).await, Err(Error::Conflict(Conflict::Over))));

        let offer = f.offer(&tim, post, &ruth).await.unwrap();
        let declined = f.write(&ruth, async |tx| handover::decline(tx, offer.id, "Not my board.").await).await.unwrap();
        assert_eq!((declined.state, declined.note.as_deref()), (State::Declined, Some("Not my board.")));
        assert_eq!(owner(&f, post).await.as_deref(), Some("Tim"));
        let trace: Vec<_> = f.handovers(post).await.into_iter().map(|h| (h.from.name, h.to.name, h.state)).collect();
        let line = |from: &str, to: &str, state| (from.to_owned(), to.to_owned(), state);
        assert_eq!(trace, [line("Femke", "Tim", State::Accepted), line("Tim", "Ruth", State::Declined)], "the trace is public");
    }

    async fn an_offer_falls_back_after_two_working_days(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.give(&femke, post, &femke).await.unwrap();
        f.time.set(utc("2026-11-19T10:00:00+01:00"));
        let offer = f.offer(&femke, post, &tim).await.unwrap();
        assert_eq!(offer.lapses_at, utc("2026-11-23T17:00:00+01:00"));
        f.run_at(offer.lapses_at).await;
        assert_eq!(f.handovers(post).await[0].state, State::Offered);
        f.time.set(offer.lapses_at + SECOND);
        assert_eq!(f.handovers(post).await[0].state, State::Lapsed, "that follows from the time");
        assert!(matches!(f.accept(&tim, offer.id).await, Err(Error::Conflict(Conflict::Over))), "although no worker ran");
        assert!(handover::offered_to(f.read(), tim.id().unwrap(), f.now()).await.unwrap().is_empty());
        f.run().await;
        let lapsed = &f.handovers(post).await[0];
        assert_eq!((lapsed.state, lapsed.ended_at), (State::Lapsed, Some(offer.lapses_at)));
        assert_eq!(owner(&f, post).await.as_deref(), Some("Femke"));
        assert_eq!(f.count("events WHERE kind = 'handover_lapsed'").await, 1);
        f.offer(&femke, post, &tim).await.unwrap();
    }

    async fn the_third_handover_raises_the_level(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.give(&femke, post, &femke).await.unwrap();
        let offer = f.offer(&femke, post, &tim).await.unwrap();
        f.accept(&tim, offer.id).await.unwrap();
        f.give(&ruth, post, &femke).await.unwrap();
        assert_eq!(f.level(post).await, 1);
        let decision = f.clock(post, forum::clock::Name::Decision).await.unwrap().0;
        f.offer(&femke, post, &tim).await.unwrap();
        assert_eq!(f.changes(post).await, [(1, 2, Cause::Handover)], "offered, taken away, offered: that is three");
        let clocks = f.clocks(post).await;
        assert_eq!(clocks[0].due_at, days::due(f.now(), 2), "the first answer of an idea within half of five days");
        assert!(clocks[1].due_at < decision, "every clock that runs is due sooner");
        f.give(&ruth, post, &ruth).await.unwrap();
        f.offer(&ruth, post, &tim).await.unwrap();
        assert_eq!(f.changes(post).await.len(), 1, "the fourth and the fifth do not");
        let states: Vec<_> = f.handovers(post).await.iter().map(|h| h.state).collect();
        assert_eq!(states, [State::Accepted, State::Assigned, State::Lapsed, State::Assigned, State::Offered]);
    }

    async fn the_third_handover_shortens_what_stands_still_too(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.give(&femke, post, &femke).await.unwrap();
        f.stop(&femke, post).await.unwrap();
        for (from, to) in [(&femke, &tim), (&tim, &femke), (&femke, &tim)] {
            f.give(from, post, to).await.unwrap();
        }
        assert_eq!(f.level(post).await, 2);
        f.time.set(utc("2026-11-20T10:00:00+01:00"));
        f.resume(&tim, post).await.unwrap();
        let due = f.clock(post, forum::clock::Name::FirstAnswer).await.unwrap().0;
        assert_eq!(due, days::due(utc("2026-11-18T10:00:00+01:00"), 2 + 2), "two days from then, and the two that it stood still");
    }

    async fn whoever_helps_is_no_owner(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let add = async |actor: &Actor, who: Option<&Actor>, name: &str, task: &str| {
            let who = who.and_then(Actor::id);
            f.write(actor, async |tx| contributor::add(tx, post, who, name, task).await).await
        };
        assert!(matches!(add(&author, None, "Cables Ltd", "Digs").await, Err(Error::Forbidden(Denied::Role))));
        assert_eq!(problems(add(&femke, Some(&author), "", "Digs").await), [("person", Problem::NotStaff)]);
        assert_eq!(problems(add(&femke, None, " ", "").await), [("task", Problem::Required), ("name", Problem::Required)]);
        let helper = add(&femke, Some(&tim), "", "Looks at the line").await.unwrap();
        add(&femke, None, "Cables Ltd", "Digs").await.unwrap();
        let found = f.of(&Actor::Visitor, post, contributor::of_post).await.unwrap();
        assert_eq!(found.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Tim", "Cables Ltd"]);
        assert_eq!(owner(&f, post).await, None, "neither owns it");
        assert!(matches!(f.offer(&tim, post, &femke).await, Err(Error::Forbidden(Denied::NotOwner))));
        f.write(&femke, async |tx| contributor::end(tx, post, helper).await).await.unwrap();
        let again = f.write(&femke, async |tx| contributor::end(tx, post, helper).await).await;
        assert!(matches!(again, Err(Error::NotFound)));
        assert_eq!(f.of(&Actor::Visitor, post, contributor::of_post).await.unwrap().len(), 2, "that they did stays readable");
    }
}
