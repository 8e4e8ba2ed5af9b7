//! "Delivered" is the company's word, "confirmed" is the customers' (rule 16).

use chrono::TimeDelta;
use forum::{
    Error,
    actor::{Actor, Role},
    answer::Verdict,
    clock::Name,
    confirm::{self, Outcome},
    error::{Conflict, Problem},
    id::PostId,
    level,
    notice::Content,
    post::Kind,
    status::Stage,
};
use proptest::{collection::vec, option, prelude::*};
use tests::{TestForum, days, on_both, problems};

const SECOND: TimeDelta = TimeDelta::seconds(1);

async fn stage(f: &TestForum, post: PostId) -> Stage {
    f.see(post).await.row.status.stage
}

/// The cause of the last answer, if the forum gave it.
async fn cause(f: &TestForum, post: PostId) -> Option<Verdict> {
    f.of(&Actor::Visitor, post, forum::answer::list).await.unwrap().pop().unwrap().cause
}

on_both! {
    async fn half_or_more_of_those_who_answered_confirm(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(8).await;
        // what each of them says, and in the end the author
        let said = (vec(option::weighted(0.7, any::<bool>()), 0..8), option::of(Just(true)));
        f.for_all(said, async |f, (said, author_said)| {
            let post = f.post(&author, Kind::Idea, "A slot").await;
            for voter in &people[..said.len()] {
                f.support(voter, post).await;
            }
            f.move_to(&agent, post, "delivered").await;
            let closes = f.now() + TimeDelta::days(14);
            for (voter, word) in people.iter().zip(&said) {
                if let Some(solved) = word {
                    f.say(voter, post, *solved).await.unwrap();
                }
            }
            if let Some(solved) = author_said {
                f.say(&author, post, solved).await.unwrap();
            }
            let words: Vec<bool> = said.iter().chain([&author_said]).filter_map(|word| *word).collect();
            let yes = words.iter().filter(|yes| **yes).count();
            f.run_at(closes).await;
            let check = f.check(post).await.unwrap();
            let counted = [check.asked, check.said, check.yes].map(|n| usize::try_from(n).unwrap());
            assert_eq!(counted, [said.len() + 1, words.len(), yes]);
            assert_eq!((check.closes_at, check.outcome), (closes, None), "fourteen days are not over");
            f.run_at(closes + SECOND).await;
            let check = f.check(post).await.unwrap();
            let outcome = if words.is_empty() {
                assert_eq!((stage(f, post).await, f.level(post).await, check.percent()), (Stage::Delivered, 1, None));
                Outcome::Unconfirmed
            } else if yes * 2 >= words.len() {
                assert_eq!((stage(f, post).await, f.level(post).await, cause(f, post).await), (Stage::Confirmed, 1, Some(Verdict::Confirmed)));
                Outcome::Confirmed
            } else {
                assert_eq!((stage(f, post).await, f.level(post).await, cause(f, post).await), (Stage::Started, 2, Some(Verdict::TooFewYes)));
                assert_eq!(f.changes(post).await, [(1, 2, level::Cause::TooFewYes)]);
                assert_eq!(f.clock(post, Name::NextUpdate).await.unwrap().0, days::due(closes, 10), "half of twenty days");
                Outcome::Reopened
            };
            assert_eq!((check.outcome, check.closed_at), (Some(outcome), Some(closes)));
            for (voter, word) in people.iter().zip(&said) {
                let late = f.say(voter, post, !word.unwrap_or(true)).await;
                assert!(matches!(late, Err(Error::Conflict(Conflict::Over))), "too late: {late:?}");
            }
        });
    }

    async fn as_soon_as_the_author_says_no_it_goes_back(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(5).await;
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        for voter in &people {
            f.support(voter, post).await;
        }
        // an author who supports their own post is asked once
        f.support(&author, post).await;
        f.move_to(&agent, post, "delivered").await;
        for voter in &people {
            f.say(voter, post, true).await.unwrap();
        }
        f.say(&author, post, true).await.unwrap();
        assert_eq!(f.check(post).await.unwrap().percent(), Some(100));
        f.say(&author, post, false).await.unwrap();
        let check = f.check(post).await.unwrap();
        assert_eq!((check.outcome, check.asked, check.said, check.yes), (Some(Outcome::Reopened), 6, 6, 5));
        assert_eq!((stage(&f, post).await, cause(&f, post).await), (Stage::Started, Some(Verdict::NotSolved)));
        assert_eq!(f.changes(post).await, [(1, 2, level::Cause::NotSolved)]);
        assert_eq!(f.clock(post, Name::NextUpdate).await.unwrap().0, days::due(f.now(), 2));
        f.say(&author, post, false).await.unwrap();
        assert_eq!(f.level(post).await, 2, "the same word again says nothing new");
        assert!(matches!(f.say(&author, post, true).await, Err(Error::Conflict(Conflict::Over))));
        f.run_at(f.now() + TimeDelta::days(15)).await;
        assert_ne!(stage(&f, post).await, Stage::Confirmed, "what the others said decides nothing any more");
        let asks = f.count("asks WHERE round = 2").await;
        f.run_at(f.now() + TimeDelta::days(30)).await;
        assert_eq!((asks, f.count("asks WHERE round = 2").await), (0, 0), "nor is the author asked about what was no solution");
    }

    async fn minds_may_change_until_it_is_decided(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(2).await;
        let post = f.post(&author, Kind::Idea, "A slot").await;
        for voter in &people {
            f.support(voter, post).await;
        }
        f.move_to(&agent, post, "delivered").await;
        f.say(&people[0], post, false).await.unwrap();
        f.say(&people[1], post, false).await.unwrap();
        f.say(&people[1], post, false).await.unwrap();
        assert_eq!(f.count("events WHERE kind = 'solved_said'").await, 2, "the same word is told once");
        f.say(&people[1], post, true).await.unwrap();
        let check = f.check(post).await.unwrap();
        assert_eq!((check.said, check.yes), (2, 1), "a person counts once");
        f.run_at(f.now() + TimeDelta::days(14) + SECOND).await;
        assert_eq!(stage(&f, post).await, Stage::Confirmed, "exactly half is enough");
        // whoever takes a vote back after the delivery was asked all the same; whoever comes later was not
        let other = f.post(&author, Kind::Idea, "Another slot").await;
        f.support(&people[0], other).await;
        f.move_to(&agent, other, "delivered").await;
        f.withdraw(&people[0], other).await.unwrap();
        f.support(&people[1], other).await;
        f.say(&people[0], other, true).await.unwrap();
        assert!(matches!(f.say(&people[1], other, true).await, Err(Error::NotFound)));
        assert!(matches!(f.say(&Actor::Visitor, other, true).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.say(&agent, other, true).await, Err(Error::NotFound)), "the company is not asked");
    }

    async fn a_new_answer_overtakes_the_questions(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let voter = f.member("Voter").await;
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        f.support(&voter, post).await;
        f.move_to(&agent, post, "delivered").await;
        let first = f.check(post).await.unwrap();
        f.say(&voter, post, false).await.unwrap();
        f.time.advance(TimeDelta::days(3));
        f.move_to(&agent, post, "started").await;
        assert_eq!(f.check(post).await.unwrap().outcome, Some(Outcome::Overtaken));
        assert!(matches!(f.say(&voter, post, true).await, Err(Error::Conflict(Conflict::Over))));
        f.run_at(f.now() + SECOND).await;
        f.move_to(&agent, post, "delivered").await;
        let second = f.check(post).await.unwrap();
        assert_ne!(first.answer, second.answer);
        assert_eq!((second.outcome, second.said), (None, 0), "everybody is asked anew");
        f.say(&voter, post, true).await.unwrap();
        f.run_at(first.closes_at + SECOND).await;
        assert_eq!(stage(&f, post).await, Stage::Delivered, "the old date decides nothing");
        f.run_at(second.closes_at + SECOND).await;
        assert_eq!(stage(&f, post).await, Stage::Confirmed);
    }

    async fn the_authors_of_complaints_are_asked_once_more(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let voter = f.member("Voter").await;
        let delivered = f.now();
        let (complaint, idea) = (f.post(&author, Kind::Complaint, "Dead").await, f.post(&author, Kind::Idea, "A slot").await);
        for post in [complaint, idea] {
            f.support(&voter, post).await;
            f.move_to(&agent, post, "delivered").await;
            f.say(&voter, post, true).await.unwrap();
        }
        f.run_at(delivered + TimeDelta::days(28)).await;
        assert_eq!(f.count("asks WHERE round = 2").await, 0);
        f.run_at(delivered + TimeDelta::days(28) + SECOND).await;
        assert_eq!((f.count("asks WHERE round = 2 AND author").await, f.count("asks WHERE round = 2").await), (1, 1), "of the complaint alone");
        let mine = f.of(&author, complaint, confirm::mine).await.unwrap().unwrap();
        assert_eq!((mine.round, mine.said, mine.is_open), (2, None, true));
        assert_eq!(confirm::open_for(f.read(), &author).await.unwrap().len(), 1);
        assert_eq!(stage(&f, complaint).await, Stage::Confirmed);
        f.say(&author, complaint, true).await.unwrap();
        assert_eq!(stage(&f, complaint).await, Stage::Confirmed);
        f.time.advance(TimeDelta::days(3));
        f.say(&author, complaint, false).await.unwrap();
        assert_eq!((stage(&f, complaint).await, cause(&f, complaint).await), (Stage::Started, Some(Verdict::NotSolved)), "confirmed by others, and not solved");
        assert_eq!(f.level(complaint).await, 2);
        assert_eq!(f.check(complaint).await.unwrap().outcome, Some(Outcome::Confirmed), "what was decided stays as it was decided");
        assert!(matches!(f.say(&author, complaint, true).await, Err(Error::Conflict(Conflict::Over))));
        f.run_at(delivered + TimeDelta::days(90)).await;
        assert_eq!(f.count("asks WHERE round = 2").await, 1, "once");
    }

    async fn a_mailed_link_needs_no_sign_in(f: TestForum) {
        let author = f.member_with_mail("Author", "author@example.org").await;
        let voter = f.member_with_mail("Voter", "voter@example.org").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&author, Kind::Idea, "A slot").await;
        f.support(&voter, post).await;
        f.forget_letters().await;
        f.move_to(&agent, post, "delivered").await;
        let letters = f.outbox().await;
        let secret = |to: &str| {
            let asked = letters.iter().filter(|letter| letter.to == to).find_map(|letter| match &letter.content {
                Content::Notice { path: Some(path), .. } => path.rsplit_once('/').map(|(_, secret)| secret.to_owned()),
                _ => None,
            });
            asked.unwrap_or_else(|| panic!("no question to {to} in {letters:?}"))
        };
        let (hers, his) = (secret("author@example.org"), secret("voter@example.org"));
        assert_ne!(hers, his);
        assert_eq!(f.count(&format!("asks WHERE secret_hash = '{hers}'")).await, 0, "only its hash is kept");
        for _ in 0..3 {
            let ask = confirm::by_secret(&f, &his).await.unwrap();
            assert_eq!((ask.post, ask.said, ask.is_open), (post, None, true), "to look says nothing: scanners of mail look");
        }
        assert!(matches!(confirm::by_secret(&f, "0123456789abcdef").await, Err(Error::NotFound)));
        let say = async |secret: &str, solved: bool| {
            f.write(&Actor::Visitor, async |tx| confirm::say_by_link(tx, secret, solved, Some("It works.")).await).await
        };
        assert!(matches!(say("", true).await, Err(Error::NotFound)));
        say(&his, true).await.unwrap();
        assert_eq!(f.check(post).await.unwrap().yes, 1);
        assert_eq!(confirm::by_secret(&f, &his).await.unwrap().said, Some(true));
        f.say(&voter, post, false).await.unwrap();
        assert_eq!((f.check(post).await.unwrap().said, f.check(post).await.unwrap().yes), (1, 0), "link and page are one voice");
        say(&hers, false).await.unwrap();
        assert_eq!(stage(&f, post).await, Stage::Started);
        assert!(matches!(say(&his, true).await, Err(Error::Conflict(Conflict::Over))));
        let long = "x".repeat(501);
        let wordy = f.write(&voter, async |tx| confirm::say(tx, post, true, Some(&long)).await).await;
        assert_eq!(problems(wordy), [("note", Problem::TooLong { max: 500 })]);
    }

    async fn what_one_may_not_see_one_is_not_asked_about(f: TestForum) {
        let (author, friend) = (f.member("Author").await, f.member("Friend").await);
        let (agent, other) = (f.staff("Femke", Role::Agent).await, f.member("Somebody else").await);
        f.private_board("secret", &[&author, &friend]).await;
        let post = f.post_on(&author, "secret", Kind::Idea, "A secret slot").await;
        f.support(&friend, post).await;
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(confirm::open_for(f.read(), &friend).await.unwrap().len(), 1);
        assert!(matches!(f.of(&other, post, confirm::of_post).await, Err(Error::NotFound)));
        let mailed = f.member_with_mail("Mailed", "mailed@example.org").await;
        f.private_board("club", &[&author, &mailed]).await;
        let club = f.post_on(&author, "club", Kind::Idea, "A slot in the club").await;
        f.support(&mailed, club).await;
        f.move_to(&agent, club, "delivered").await;
        let secret = f.outbox().await.into_iter().find_map(|letter| match letter.content {
            Content::Notice { path: Some(path), .. } => path.rsplit_once('/').map(|(_, secret)| secret.to_owned()),
            _ => None,
        });
        let secret = secret.unwrap();
        assert!(confirm::by_secret(&f, &secret).await.is_ok());
        f.expel("club", &mailed).await;
        assert!(matches!(confirm::by_secret(&f, &secret).await, Err(Error::NotFound)), "the link sees what its person sees");
        let said = f.write(&Actor::Visitor, async |tx| confirm::say_by_link(tx, &secret, true, None).await).await;
        assert!(matches!(said, Err(Error::NotFound)));

        f.expel("secret", &friend).await;
        assert!(confirm::open_for(f.read(), &friend).await.unwrap().is_empty());
        assert!(matches!(f.say(&friend, post, true).await, Err(Error::NotFound)));
    }
}
