//! People without an account: one post, and a receipt that speaks for them on it.

use chrono::TimeDelta;
use forum::{
    Error, Tx, accountability,
    actor::{Actor, Role},
    again,
    challenge::{self, Challenge},
    claim, comment, confirm,
    error::{Conflict, Denied, Problem},
    flag,
    guest::{self, Guest, Received},
    id::{CommentId, PostId},
    moderation::{self, Act, Moderation, Target},
    newcomer::NEW,
    notice::Content,
    person,
    personal::{self, ERASED, Texts},
    post::{Draft, Edit, Filter, Kind},
    receipt, record,
    repeat::SENT_ONCE,
    screening::{self, Suspicion},
    secret,
    site::{self, Site},
    vote::Stance,
};
use serde_json::json;
use tests::{BOARD, TestForum, on_both, problems, solve};
use tokio::task::JoinSet;

const ADDRESS: &str = "passer.by@post.example";

fn draft(kind: Kind, title: &str) -> Draft {
    Draft {
        kind: kind.as_str().to_owned(),
        title: title.to_owned(),
        body: "Since Monday, in the whole street.".to_owned(),
        board: BOARD.to_owned(),
        ..Draft::default()
    }
}

async fn send(f: &TestForum, draft: &Draft, guest: &Guest<'_>) -> forum::Result<Received> {
    f.write(&Actor::Visitor, async |tx| guest::submit(tx, draft, guest).await).await
}

fn from<'a>(form: &'a str, email: &'a str, proof: &'a str) -> Guest<'a> {
    Guest { email, proof, client: "203.0.113.7", form }
}

/// A post of a guest, who that is, and the secret of the receipt.
async fn posted(f: &TestForum, kind: Kind, title: &str, email: &str) -> (PostId, Actor, String) {
    let form = secret::hash(title);
    let Received { post, secret } = send(f, &draft(kind, title), &from(&form, email, "")).await.unwrap();
    let (receipt, actor) = receipt::by_secret(f.read(), secret.reveal()).await.unwrap();
    assert_eq!(receipt.post, post);
    (post, actor, secret.reveal().to_owned())
}

async fn say(f: &TestForum, who: &Actor, on: PostId, text: &str) -> forum::Result<CommentId> {
    f.write(who, async |tx: &mut Tx| comment::submit(tx, on, None, text, None).await).await
}

async fn solution(f: &TestForum) -> String {
    let Challenge { challenge, salt, signature } = challenge::issue(f).await.unwrap();
    solve(&json!({
        "algorithm": challenge::ALGORITHM, "challenge": challenge, "maxnumber": challenge::MOST, "salt": salt, "signature": signature,
    }))
}

/// Does something to a post as the staff do, under a rule.
async fn moderate(f: &TestForum, by: &Actor, post: PostId, act: Act) -> Moderation {
    let draft = moderation::Draft {
        act: act.as_str().to_owned(),
        rule: Some(3),
        reason: "It is about a bench, or water.".to_owned(),
        ..moderation::Draft::default()
    };
    f.write(by, async |tx| moderation::act(tx, Target::Post(post), &draft).await).await.unwrap()
}

/// The receipts in the letters that wait.
async fn letters(f: &TestForum) -> Vec<(String, String)> {
    let secret = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let told = f.outbox().await.into_iter().filter_map(|sent| match &sent.content {
        Content::Receipt { path } => Some((sent.to.clone(), secret(path))),
        Content::Notice { path: Some(path), notice, .. } if path.starts_with("/receipt/") => {
            assert_eq!(notice.name, None, "a guest is greeted by no name");
            Some((sent.to.clone(), secret(path)))
        }
        _ => None,
    });
    told.collect()
}

on_both! {
    async fn a_receipt_speaks_on_its_own_post_and_nowhere_else(f: TestForum) {
        let joost = f.member("Joost").await;
        let other = f.post(&joost, Kind::Complaint, "The app signs me out").await;
        let (post, guest, _) = posted(&f, Kind::Complaint, "No water in our street", "").await;
        let seen = f.look(&Actor::Visitor, post).await.unwrap();
        assert!(seen.row.author.is_guest() && seen.row.author.name == person::GUEST);
        assert!(person::by_handle(f.read(), &seen.row.author.handle).await.unwrap().is_none(), "they have no page");

        say(&f, &guest, post, "It came back at noon.").await.unwrap();
        assert!(matches!(say(&f, &guest, other, "Mine too.").await, Err(Error::Forbidden(Denied::NotAuthor))));
        let denied = |outcome: forum::Result<()>| assert!(matches!(outcome, Err(Error::Forbidden(Denied::Guest))), "{outcome:?}");
        for on in [post, other] {
            denied(f.vote(&guest, on, Stance::Support, None).await.map(drop));
            denied(f.edit(&guest, on, &Edit { body: Some("Another text.".to_owned()), ..Edit::default() }).await.map(drop));
            denied(f.write(&guest, async |tx| flag::raise(tx, Target::Post(on), Some(1), "").await).await.map(drop));
            denied(f.write(&guest, async |tx| forum::case::propose(tx, on, Some(other), None).await).await.map(drop));
        }
        denied(f.submit(&guest, &draft(Kind::Idea, "A second post")).await.map(drop));
        denied(f.write(&guest, async |tx| person::update(tx, Some("The mayor"), None).await).await.map(drop));
        let reported = f.write(&guest, async |tx| again::report(tx, other, "Again.", None).await).await;
        assert!(matches!(reported, Err(Error::Forbidden(Denied::NotAuthor))));
        let secret = "0".repeat(64);
        denied(f.write(&guest, async |tx| claim::claim(tx, &secret).await).await.map(drop));
        // nor does anybody else get a word in by it
        assert!(matches!(receipt::by_secret(f.read(), &secret).await, Err(Error::NotFound)));
    }

    async fn it_has_the_deadlines_of_any_other(f: TestForum) {
        let joost = f.member("Joost").await;
        let (post, _, _) = posted(&f, Kind::Complaint, "No water in our street", "").await;
        let other = f.post(&joost, Kind::Complaint, "No gas in our street").await;
        let terms = |clocks: Vec<forum::clock::Clock>| clocks.into_iter().map(|c| (c.name, c.due_at, c.state)).collect::<Vec<_>>();
        assert_eq!(terms(f.clocks(post).await), terms(f.clocks(other).await));
        assert!(!f.clocks(post).await.is_empty());
        f.time.advance(TimeDelta::days(10));
        let board = accountability::scoreboard(f.read(), &f.site(), accountability::Period::All, f.now()).await.unwrap();
        let group = |name: &str| board.groups.iter().find(|group| group.group == name).map(|group| group.on_time);
        let guests = group("customers:guest").expect("a group of their own");
        assert_eq!((guests.of, group("customers:new").map(|share| share.of)), (1, Some(1)));
    }

    async fn a_form_that_is_sent_twice_makes_one_post(f: TestForum) {
        let first = send(&f, &draft(Kind::Idea, "A bench"), &from("form", "", "")).await.unwrap();
        let again = send(&f, &draft(Kind::Idea, "A bench"), &from("form", "", "")).await.unwrap();
        assert_eq!(first.post, again.post);
        for received in [&first, &again] {
            assert_eq!(receipt::by_secret(f.read(), received.secret.reveal()).await.unwrap().0.post, first.post);
        }
        let other = send(&f, &draft(Kind::Idea, "A bench"), &from("another form", "", "")).await.unwrap();
        assert_ne!(other.post, first.post);
        let mut writers = JoinSet::new();
        for _ in 0..6 {
            let f = f.clone();
            writers.spawn(async move { send(&f, &draft(Kind::Idea, "A tree"), &from("at once", "", "")).await.unwrap().post });
        }
        let mut made = writers.join_all().await;
        made.dedup();
        assert_eq!(made.len(), 1);
        f.time.advance(SENT_ONCE + TimeDelta::seconds(1));
        let later = send(&f, &draft(Kind::Idea, "A bench"), &from("form", "", "")).await.unwrap();
        assert_ne!(later.post, first.post);
    }

    async fn without_proof_of_work_few_come_and_the_staff_look_first(f: TestForum) {
        let f = f.limited().await;
        let agent = f.staff("Femke", Role::Agent).await;
        let proof = solution(&f).await;
        let proven = send(&f, &draft(Kind::Idea, "A bench by the pond"), &from("1", "", &proof)).await.unwrap();
        assert!(f.look(&Actor::Visitor, proven.post).await.is_ok());
        let spent = send(&f, &draft(Kind::Idea, "A tree by the pond"), &from("2", "", &proof)).await;
        assert_eq!(problems(spent.map(|received| received.post)), [(challenge::FIELD, Problem::NotProven)]);
        let bare = send(&f, &draft(Kind::Idea, "A lamp by the pond"), &from("3", "", "")).await.unwrap();
        assert!(matches!(f.look(&Actor::Visitor, bare.post).await, Err(Error::NotFound)));
        let waiting = screening::queue(f.read(), &agent).await.unwrap();
        assert_eq!(waiting.iter().map(|one| (one.target(), one.cause)).collect::<Vec<_>>(), [(Target::Post(bare.post), Suspicion::Unproven)]);
        // its author reads it, and has the deadlines of everybody
        let (_, author) = receipt::by_secret(f.read(), bare.secret.reveal()).await.unwrap();
        assert!(f.look(&author, bare.post).await.unwrap().held_since.is_some());
        assert!(!f.clocks(bare.post).await.is_empty());
        f.write(&agent, async |tx| screening::release(tx, waiting[0].id).await).await.unwrap();
        assert!(f.look(&Actor::Visitor, bare.post).await.is_ok());

        let mut n = 1;
        loop {
            match send(&f, &draft(Kind::Idea, &format!("Lamp {n} by the pond")), &from(&format!("more {n}"), "", "")).await {
                Ok(_) => n += 1,
                Err(Error::Limited { .. }) => break,
                Err(error) => panic!("{error}"),
            }
            assert!(n < 20, "no limit on those who bring nothing");
        }
        let proof = solution(&f).await;
        assert!(send(&f, &draft(Kind::Idea, "A shed by the pond"), &from("last", "", &proof)).await.is_ok());
    }

    async fn what_a_guest_links_to_is_held_however_long_they_are_here(f: TestForum) {
        let f = f.limited().await;
        let agent = f.staff("Femke", Role::Agent).await;
        let proof = solution(&f).await;
        let received = send(&f, &draft(Kind::Idea, "A bench by the pond"), &from("1", "", &proof)).await.unwrap();
        let (_, guest) = receipt::by_secret(f.read(), received.secret.reveal()).await.unwrap();
        f.time.advance(NEW * 3);
        for n in 0..4 {
            f.time.advance(TimeDelta::minutes(5));
            say(&f, &guest, received.post, &format!("Thought {n} of mine.")).await.unwrap();
        }
        f.time.advance(TimeDelta::minutes(5));
        let said = say(&f, &guest, received.post, "Look at https://pills.example/now").await.unwrap();
        assert!(matches!(comment::visible(&f.view(&Actor::Visitor).await, said).await, Err(Error::NotFound)));
        let waiting = screening::queue(f.read(), &agent).await.unwrap();
        assert_eq!(waiting.iter().map(|one| (one.target(), one.cause)).collect::<Vec<_>>(), [(Target::Comment(said), Suspicion::Links)]);
    }

    async fn everything_that_is_wrong_is_told_at_once(f: TestForum) {
        let wrong = Draft { title: "A".to_owned(), board: "nowhere".to_owned(), ..draft(Kind::Idea, "") };
        let sent = send(&f, &wrong, &from("form", "not an address", "")).await;
        let fields: Vec<&str> = problems(sent.map(|received| received.post)).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "board", "email"]);
        assert_eq!((f.count("posts").await, f.count("receipts").await, f.count("persons").await), (0, 0, 0));
        let joost = f.member("Joost").await;
        f.private_board("secret", &[&joost]).await;
        let sent = send(&f, &Draft { board: "secret".to_owned(), ..draft(Kind::Idea, "A bench") }, &from("form", "", "")).await;
        assert_eq!(problems(sent.map(|received| received.post)), [("board", Problem::UnknownChoice)]);
    }

    async fn a_site_can_do_without(f: TestForum) {
        let (post, guest, _) = posted(&f, Kind::Idea, "A bench", "").await;
        f.write(&Actor::System, async |tx| site::save(tx, &Site { guests: false, ..Site::clone(&tx.site()) }).await).await.unwrap();
        f.refresh_site().await.unwrap();
        let sent = send(&f, &draft(Kind::Idea, "A tree"), &from("form", "", "")).await;
        assert!(matches!(sent, Err(Error::Forbidden(Denied::NoGuests))));
        say(&f, &guest, post, "A bench for two.").await.expect("those who are here go on");
    }

    async fn mail_comes_only_after_its_reader_said_that_they_want_it(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let (post, guest, shown) = posted(&f, Kind::Complaint, "No water in our street", &ADDRESS.to_uppercase()).await;
        let [(to, mailed)] = letters(&f).await.try_into().expect("one letter, to ask");
        assert_eq!(to, ADDRESS);
        f.forget_letters().await;
        f.answer(&agent, post, &f.answer_into("review")).await.unwrap();
        assert!(f.outbox().await.is_empty(), "nothing more is sent unasked");

        let confirm = async |secret: &str| f.write(&Actor::Visitor, async |tx| receipt::confirm_email(tx, secret).await).await;
        assert!(matches!(confirm(&shown).await, Err(Error::NotFound)), "the page says nothing of who reads the address");
        confirm(&mailed).await.unwrap();
        f.answer(&agent, post, &f.answer_into("planned")).await.unwrap();
        let [(to, by_letter)] = letters(&f).await.try_into().expect("one letter, of the answer");
        assert_eq!(to, ADDRESS);
        assert_eq!(receipt::by_secret(f.read(), &by_letter).await.unwrap().1, guest);
        f.forget_letters().await;
        say(&f, &guest, post, "Thank you.").await.unwrap();
        assert!(letters(&f).await.is_empty(), "own acts are no news");

        f.write(&Actor::Visitor, async |tx| receipt::forget_email(tx, &by_letter).await).await.unwrap();
        f.answer(&agent, post, &f.answer_into("started")).await.unwrap();
        assert!(letters(&f).await.is_empty());
        assert_eq!(receipt::by_secret(f.read(), &shown).await.unwrap().0.email, None);

        // another address: what went to the first one opens nothing any more
        let set = async |email: &str| f.write(&Actor::Visitor, async |tx| receipt::set_email(tx, &shown, email).await).await;
        assert_eq!(problems(set("nobody").await), [("email", Problem::NotAnAddress)]);
        set("other@post.example").await.unwrap();
        assert!(matches!(receipt::by_secret(f.read(), &mailed).await, Err(Error::NotFound)));
        let letters = letters(&f).await;
        assert_eq!(letters.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["other@post.example"]);
        let by_mail = async |tx: &mut Tx| receipt::set_email(tx, &letters[0].1, "third@post.example").await;
        assert!(matches!(f.write(&Actor::Visitor, by_mail).await, Err(Error::Conflict(Conflict::Exists))));
    }

    async fn an_address_is_not_asked_more_often_than_any_other(f: TestForum) {
        let f = f.limited().await;
        for n in 0..5 {
            let proof = solution(&f).await;
            send(&f, &draft(Kind::Idea, &format!("Bench {n} by the pond")), &from(&n.to_string(), ADDRESS, &proof)).await.unwrap();
        }
        assert_eq!(letters(&f).await.len(), 3, "the posts came in all the same");
    }

    async fn guests_say_whether_it_is_solved_and_that_it_happened_again(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let (post, guest, _) = posted(&f, Kind::Complaint, "No water in our street", "").await;
        f.answer(&agent, post, &f.answer_into("delivered")).await.unwrap();
        f.write(&guest, async |tx| confirm::say(tx, post, true, None).await).await.unwrap();
        f.time.advance(TimeDelta::days(15));
        f.write(&Actor::System, forum::watch::run_within).await.unwrap();
        assert_eq!(f.see(post).await.row.status.stage, forum::status::Stage::Confirmed);
        f.write(&guest, async |tx| again::report(tx, post, "It is gone again.", None).await).await.unwrap();
        let now = f.see(post).await;
        assert_eq!((now.row.status.stage, now.row.level), (forum::status::Stage::Started, 2));
    }

    async fn guests_object_to_what_is_done_to_theirs(f: TestForum) {
        let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await);
        let (post, guest, _) = posted(&f, Kind::Idea, "A bench by the pond", "").await;
        let (_, stranger, _) = posted(&f, Kind::Idea, "A tree by the pond", "").await;
        let act = moderate(&f, &agent, post, Act::Hide).await;
        let object = async |who: &Actor| f.write(who, async |tx| moderation::appeal(tx, act.id, "Rule 3 is about people.").await).await;
        assert!(matches!(object(&stranger).await, Err(Error::Forbidden(_))));
        object(&guest).await.unwrap();
        f.write(&lead, async |tx| moderation::decide(tx, act.id, "upheld", "A bench is a bench.").await).await.unwrap();
        assert!(f.look(&Actor::Visitor, post).await.unwrap().row.hidden.is_none());
    }

    async fn what_is_claimed_is_all_of_it_and_once(f: TestForum) {
        let (agent, sanne, joost) = (f.staff("Femke", Role::Agent).await, f.member("Sanne").await, f.member("Joost").await);
        let (post, guest, secret) = posted(&f, Kind::Complaint, "No water in our street", ADDRESS).await;
        let said = say(&f, &guest, post, "It came back at noon.").await.unwrap();
        f.support(&sanne, post).await;
        f.answer(&agent, post, &f.answer_into("delivered")).await.unwrap();
        f.write(&sanne, async |tx| confirm::say(tx, post, true, None).await).await.unwrap();
        let act = moderate(&f, &agent, post, Act::Lock).await;
        f.write(&guest, async |tx| moderation::appeal(tx, act.id, "I have more to say.").await).await.unwrap();
        let before = f.see(post).await;

        let unverified = f.unverified("Kees").await;
        let take = async |who: &Actor| f.write(who, async |tx| claim::claim(tx, &secret).await).await;
        assert!(matches!(take(&unverified).await, Err(Error::Forbidden(Denied::Unverified))));
        assert!(matches!(take(&Actor::Visitor).await, Err(Error::Unauthenticated)));
        assert_eq!(take(&sanne).await.unwrap(), post);
        assert!(matches!(take(&joost).await, Err(Error::NotFound)), "once");
        assert!(matches!(receipt::by_secret(f.read(), &secret).await, Err(Error::NotFound)), "the receipt is used up");

        let now = f.see(post).await;
        assert_eq!(Some(now.row.author.id), sanne.id());
        assert_eq!((now.row.support_count, now.row.comment_count), (before.row.support_count, before.row.comment_count));
        let comment = comment::visible(&f.view(&sanne).await, said).await.unwrap();
        assert_eq!(Some(comment.author.id), sanne.id());
        let act = moderation::by_id(&f.view(&sanne).await, act.id).await.unwrap();
        assert_eq!(Some(act.whose.id), sanne.id());
        let ask = f.of(&sanne, post, async |view, seen| confirm::mine(view, seen).await).await.unwrap().expect("a question");
        assert_eq!((ask.said, f.count("asks").await), (Some(true), 1), "one person is asked once");
        assert_eq!(f.count("asks WHERE author").await, 1);
        for column in ["posts WHERE author_id", "comments WHERE author_id", "post_versions WHERE editor_id", "moderation_acts WHERE person_id"] {
            let guests = "(SELECT id FROM persons WHERE handle LIKE 'guest~%')";
            assert_eq!(f.count(&format!("{column} IN {guests}")).await, 0, "{column}");
        }
        assert_eq!(crate::personal::found(&f, "passer.by").await, [""; 0]);
        assert_eq!((f.count("receipts").await, f.count("receipt_keys").await), (0, 0));
        let report = record::verify(&f.view(&Actor::System).await, None).await.unwrap();
        assert!(report.broken.is_none(), "{report:?}");
        // nothing else of an act changes, and whose it was only for a guest
        for change in ["reason = 'Another reason'", "person_id = by_id", "created_at = created_at"] {
            assert!(f.sql(&format!("UPDATE moderation_acts SET {change}")).await.is_err(), "{change}");
        }
        // how it came in stays so
        let facts = accountability::facts(f.read(), None).await.unwrap();
        assert!(facts.iter().any(|fact| fact.post == post && fact.guest));
        let own = Filter { author: sanne.id(), ..Filter::default() };
        assert_eq!(f.page(&Actor::Visitor, &own, None, 10).await.items.len(), 1);
    }

    async fn of_many_who_claim_at_once_one_has_it(f: TestForum) {
        let members = f.members(6).await;
        let (post, _, secret) = posted(&f, Kind::Idea, "A bench by the pond", "").await;
        let mut writers = JoinSet::new();
        for member in members {
            let (f, secret) = (f.clone(), secret.clone());
            writers.spawn(async move { f.write(&member, async |tx| claim::claim(tx, &secret).await).await });
        }
        let (claimed, late): (Vec<_>, Vec<_>) = writers.join_all().await.into_iter().partition(Result::is_ok);
        assert!(late.iter().all(|outcome| matches!(outcome, Err(Error::NotFound))), "{late:?}");
        assert_eq!(claimed.len(), 1);
        assert!(!f.see(post).await.row.author.is_guest());
    }

    async fn what_is_taken_back_is_gone(f: TestForum) {
        let (post, guest, secret) = posted(&f, Kind::Idea, "A theorbo by the pond", ADDRESS).await;
        say(&f, &guest, post, "Or a sackbut.").await.unwrap();
        f.write(&guest, async |tx| personal::erase(tx, Texts::TakenBack).await).await.unwrap();
        assert!(matches!(receipt::by_secret(f.read(), &secret).await, Err(Error::NotFound)));
        let seen = f.see(post).await;
        assert_eq!((seen.row.title.as_str(), seen.row.author.is_erased()), (ERASED, true));
        for word in ["theorbo", "sackbut", "passer.by"] {
            assert_eq!(crate::personal::found(&f, word).await, [""; 0], "{word}");
        }
        // or only the receipt
        let (post, guest, secret) = posted(&f, Kind::Idea, "A tuba by the pond", ADDRESS).await;
        f.write(&guest, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
        assert!(matches!(receipt::by_secret(f.read(), &secret).await, Err(Error::NotFound)));
        assert_eq!(f.see(post).await.row.title, "A tuba by the pond");
        assert_eq!(crate::personal::found(&f, "passer.by").await, [""; 0]);
    }

    async fn nobody_signs_in_as_a_guest(f: TestForum) {
        let (_, guest, _) = posted(&f, Kind::Idea, "A bench by the pond", ADDRESS).await;
        assert!(person::by_email(f.read(), ADDRESS).await.unwrap().is_none(), "the address is nobody's account");
        assert!(person::list(f.read()).await.unwrap().is_empty());
        let account = person::own(f.read(), &guest).await.unwrap();
        assert!(account.email.is_none() && !account.verified);
        assert_eq!(f.count("sessions").await, 0);
    }
}
