//! Answers by mail: what becomes of them, for whom, and that they come in once.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use forum::{
    Forum,
    actor::{Actor, Role},
    comment::{self, Comment},
    guest::{self, Guest, Received},
    id::PostId,
    mailbox,
    mailing::{self, Draft, Pace, Topic},
    moderation::{self, Act, Target},
    notice::Content,
    outbox::NotTaken,
    person,
    personal::{self, Texts},
    post::{self, Kind},
    receipt,
    reply::{self, Answer, Outcome},
    secret,
};
use tests::{BOARD, TestForum, on_both};

const MAIL: &str = "sanne@example.org";

/// What stands in the address by which the last letter to somebody is answered.
async fn token_to(f: &TestForum, email: &str) -> Option<String> {
    let letters = f.outbox().await;
    match &letters.iter().rev().find(|sent| sent.to == email).expect("a letter").content {
        Content::Notice { answer, .. } | Content::Digest { answer, .. } => answer.clone(),
        other => panic!("{other:?} tells of nothing"),
    }
}

fn answer(token: &str, text: &str) -> Answer {
    let (token, text) = (token.to_owned(), text.to_owned());
    Answer { id: secret::hash(&format!("{token} {text}")), token, from: MAIL.to_owned(), text, files: Vec::new() }
}

async fn take(f: &Forum, token: &str, text: &str) -> Outcome {
    reply::take(f, answer(token, text)).await.unwrap()
}

/// Why the last answer was not taken, by the letter that tells so, with what stands in it.
async fn not_taken(f: &TestForum) -> Vec<(String, NotTaken, String)> {
    let told = |content| match content {
        Content::NotTaken { why, text, .. } => Some((why, text)),
        _ => None,
    };
    let letters = f.outbox().await.into_iter();
    letters.filter_map(|sent| told(sent.content).map(|(why, text)| (sent.to, why, text))).collect()
}

async fn lock(f: &TestForum, by: &Actor, post: PostId) {
    let (act, reason) = (Act::Lock.as_str().to_owned(), "It goes in circles here, and says nothing new.".to_owned());
    let draft = moderation::Draft { act, rule: Some(2), reason, ..moderation::Draft::default() };
    f.write(by, async |tx| moderation::act(tx, Target::Post(post), &draft).await).await.unwrap();
}

async fn comments(f: &TestForum, post: PostId) -> Vec<Comment> {
    f.of(&Actor::System, post, async |view, seen| comment::latest(view, seen, 50).await).await.unwrap()
}

on_both! {
    async fn an_answer_becomes_a_comment_under_what_it_answers(f: TestForum) {
        let (sanne, joost) = (f.member_with_mail("Sanne", MAIL).await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let asked = f.comment(&joost, post, "How wide?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        assert!(token.len() <= reply::LONGEST && token.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{token}");
        let Outcome::Comment(id) = take(&f, &token, "As **wide** as a letter.\n").await else { panic!("it is taken") };
        let said = comments(&f, post).await.pop().unwrap();
        assert_eq!((said.id, said.parent, said.body.as_str()), (id, Some(asked), "As **wide** as a letter."));
        assert_eq!(Some(said.author.id), sanne.id());
        assert!(said.body_html.contains("<strong>wide</strong>"));
        // however the address was written on the way
        assert!(matches!(take(&f, &token.to_uppercase(), "And deep.").await, Outcome::Comment(_)));

        // an answer of the company has no comment to reply to
        f.forget_letters().await;
        f.move_to(&f.staff("Bram", Role::Agent).await, post, "review").await;
        let token = token_to(&f, MAIL).await.unwrap();
        assert!(matches!(take(&f, &token, "Thank you.").await, Outcome::Comment(_)));
        assert_eq!(comments(&f, post).await.pop().unwrap().parent, None);
        // nor has one that was taken back by now
        f.forget_letters().await;
        f.time.advance(TimeDelta::hours(2));
        let gone = f.comment(&joost, post, "Never mind").await;
        let token = token_to(&f, MAIL).await.unwrap();
        f.write(&joost, async |tx| comment::remove(tx, gone).await).await.unwrap();
        assert!(matches!(take(&f, &token, "Why not?").await, Outcome::Comment(_)));
        assert_eq!(comments(&f, post).await.pop().unwrap().parent, None);
    }

    async fn the_same_letter_says_it_once(f: TestForum) {
        let (sanne, joost) = (f.member_with_mail("Sanne", MAIL).await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "How wide?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (f, answer) = (f.beside().await, answer(&token, "As a letter."));
            all.spawn(async move { reply::take(&f, answer).await.unwrap() });
        }
        let outcomes = all.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Comment(_))).count(), 1, "{outcomes:?}");
        assert_eq!(take(&f, &token, "As a letter.").await, Outcome::Known);
        assert_eq!(comments(&f, post).await.len(), 2);
        // a refusal is told once, too
        f.forget_letters().await;
        assert_eq!(take(&f, &token, "").await, Outcome::Refused(NotTaken::Nothing));
        assert_eq!(take(&f, &token, "").await, Outcome::Known);
        assert_eq!(not_taken(&f).await.len(), 1);
        f.time.advance(TimeDelta::days(401));
        f.write(&Actor::System, async |tx| reply::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("mail_in").await, 0);
    }

    async fn nobody_speaks_for_somebody_else(f: TestForum) {
        let f = f.limited().await;
        let (sanne, joost) = (f.member_with_mail("Sanne", MAIL).await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "How wide?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        f.forget_letters().await;
        let mut flipped = token.clone().into_bytes();
        let last = flipped.len() - 3;
        flipped[last] = if flipped[last] == b'a' { b'b' } else { b'a' };
        for wrong in ["", "a", "ae4tqmq0123", &token[1..], &String::from_utf8(flipped).unwrap(), &"a".repeat(500)] {
            assert_eq!(take(&f, wrong, "Hello").await, Outcome::Nobody, "{wrong}");
        }
        let stranger = Answer { from: "mallory@example.org".to_owned(), ..answer(&token, "Buy this") };
        assert_eq!(reply::take(&f, stranger).await.unwrap(), Outcome::Refused(NotTaken::Sender));
        assert_eq!(not_taken(&f).await, [(MAIL.to_owned(), NotTaken::Sender, String::new())], "its reader hears so, and none of it");
        let stranger = Answer { from: "mallory@example.org".to_owned(), ..answer(&token, "Buy that") };
        assert_eq!(reply::take(&f, stranger).await.unwrap(), Outcome::Refused(NotTaken::Sender));
        assert_eq!(not_taken(&f).await.len(), 1, "once an hour");
        assert_eq!(comments(&f, post).await.len(), 1);
    }

    async fn what_can_not_be_said_comes_back_whole(f: TestForum) {
        let (sanne, bram) = (f.member_with_mail("Sanne", MAIL).await, f.staff("Bram", Role::Lead).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&bram, post, "How wide?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        f.forget_letters().await;
        let long = "é".repeat(10_001);
        let mut expected = vec![(MAIL.to_owned(), NotTaken::TooLong, long.clone())];
        assert_eq!(take(&f, &token, &long).await, Outcome::Refused(NotTaken::TooLong));
        assert_eq!(take(&f, &token, "\n \n").await, Outcome::Refused(NotTaken::Nothing));
        expected.push((MAIL.to_owned(), NotTaken::Nothing, String::new()));
        lock(&f, &bram, post).await;
        assert_eq!(take(&f, &token, "As a\n\nletter.").await, Outcome::Refused(NotTaken::Closed));
        expected.push((MAIL.to_owned(), NotTaken::Closed, "As a\n\nletter.".to_owned()));
        assert_eq!(not_taken(&f).await, expected);
    }

    async fn whoever_left_or_wants_none_of_it_is_not_spoken_for(f: TestForum) {
        let (sanne, joost) = (f.member_with_mail("Sanne", MAIL).await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "How wide?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        let choose = async |answers| {
            let draft = Draft { answers_by_mail: Some(answers), ..Draft::default() };
            f.write(&sanne, async |tx| mailing::choose(tx, &draft).await).await.unwrap();
        };
        choose(false).await;
        assert_eq!(token_to(&f, MAIL).await, None, "the letter names no address");
        assert_eq!(take(&f, &token, "As a letter.").await, Outcome::Nobody);
        choose(true).await;
        assert_eq!(token_to(&f, MAIL).await.as_ref(), Some(&token), "it is the same one again");
        f.write(&sanne, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
        assert_eq!(take(&f, &token, "As a letter.").await, Outcome::Nobody);
        assert_eq!(comments(&f, post).await.len(), 1);
    }

    async fn whoever_is_called_answers_by_mail(f: TestForum) {
        let (sanne, joost) = (f.member_with_mail("Sanne", MAIL).await, f.member("Joost").await);
        let post = f.post(&joost, Kind::Idea, "A slot for letters").await;
        f.comment(&sanne, post, "At the door, or at the gate?").await;
        f.forget_letters().await;
        let handle = forum::person::by_id(f.read(), sanne.id().unwrap()).await.unwrap().unwrap().handle;
        f.comment(&joost, post, &format!("At the gate, @{handle}.")).await;
        let token = token_to(&f, MAIL).await.expect("a call is answered where it was made");
        assert!(matches!(take(&f, &token, "That is far.").await, Outcome::Comment(_)));
        assert_eq!(comments(&f, post).await.len(), 3);
    }

    async fn letters_that_are_not_answered_in_public_name_no_address(f: TestForum) {
        let (sanne, bram) = (f.member_with_mail("Sanne", MAIL).await, f.staff("Bram", Role::Lead).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        lock(&f, &bram, post).await;
        assert_eq!(token_to(&f, MAIL).await, None);
        // nor do those that tell of several posts
        let draft = Draft { paces: BTreeMap::from([(Topic::Comments, Pace::Daily.as_str().to_owned())]), ..Draft::default() };
        f.write(&sanne, async |tx| mailing::choose(tx, &draft).await).await.unwrap();
        for title in ["A box for parcels", "A bench"] {
            let post = f.post(&sanne, Kind::Idea, title).await;
            f.comment(&bram, post, "Where?").await;
        }
        f.forget_letters().await;
        f.time.advance(TimeDelta::days(2));
        assert_eq!(mailing::run(&f).await.unwrap(), 1);
        assert_eq!(token_to(&f, MAIL).await, None);
    }

    async fn a_guest_answers_on_the_own_post(f: TestForum) {
        let form = secret::hash("no water");
        let draft = post::Draft {
            kind: "complaint".to_owned(), title: "No water".to_owned(), body: "Since Monday.".to_owned(), board: BOARD.to_owned(),
            ..post::Draft::default()
        };
        let guest = Guest { email: MAIL, proof: "", client: "203.0.113.7", form: &form };
        let Received { post, secret } = f.write(&Actor::Visitor, async |tx| guest::submit(tx, &draft, &guest).await).await.unwrap();
        f.sql("UPDATE receipts SET confirmed_at = created_at").await.unwrap();
        let bram = f.staff("Bram", Role::Agent).await;
        f.comment(&bram, post, "In which street?").await;
        let token = token_to(&f, MAIL).await.unwrap();
        assert!(matches!(take(&f, &token, "The long one.").await, Outcome::Comment(_)));
        let (receipt, _) = receipt::by_secret(f.read(), secret.reveal()).await.unwrap();
        assert_eq!(comments(&f, post).await.pop().unwrap().author.id, receipt.person);
    }

    async fn a_letter_that_comes_back_marks_the_address_that_it_went_to(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let token = reply::returns(&f, MAIL).await.unwrap();
        assert!(!reply::returned(&f, &token, "other@example.org", "550 5.1.1").await.unwrap(), "it is not for that one");
        assert!(!reply::returned(&f, "abcdefgh", MAIL, "550 5.1.1").await.unwrap(), "we wrote no such letter");
        assert!(!mailbox::is_unreached(f.read(), MAIL).await.unwrap());
        assert!(reply::returned(&f, &token, MAIL, "550 5.1.1 no such user").await.unwrap());
        let unreached = person::own(f.read(), &sanne).await.unwrap().unreached.unwrap();
        assert_eq!((unreached.cause, unreached.said.as_str()), (mailbox::Cause::Bounced, "550 5.1.1 no such user"));
    }
}
