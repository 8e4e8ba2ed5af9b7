//! Addresses that mail does not reach: nothing is told there, what is asked for there is tried once a day, and whoever reads it again is
//! reached again.

use chrono::TimeDelta;
use forum::{
    Error, Forum,
    actor::{Actor, Role},
    error::Problem,
    guest::{self, Guest, Received},
    link::Onward,
    mailbox::{self, Cause},
    mailing::{self, Draft, Pace, Topic},
    notice::{self, Content},
    outbox::Letter,
    person::{self, SignUp},
    personal::{self, Texts},
    post::{self, Kind},
    receipt, secret,
};
use tests::{BOARD, on_both, problems};

const MAIL: &str = "sanne@example.org";
const SAID: &str = "550 5.1.1 <sanne@example.org>: no such user";

async fn mark(f: &Forum, email: &str, cause: Cause) {
    f.write(&Actor::System, async |tx| mailbox::mark(tx, email, cause, SAID).await).await.unwrap();
}

async fn may_try(f: &Forum, email: &str, is_asked_for: bool) -> bool {
    f.write(&Actor::System, async |tx| mailbox::may_try(tx, email, is_asked_for).await).await.unwrap()
}

async fn account(f: &Forum, actor: &Actor) -> person::Account {
    person::own(f.read(), actor).await.unwrap()
}

async fn ask_for_link(f: &Forum, actor: &Actor) -> forum::Result<()> {
    f.write(actor, async |tx| person::send_verification(tx, &Onward::default()).await).await
}

on_both! {
    async fn nothing_is_told_at_an_address_that_is_not_reached(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let (joost, mo) = (f.member("Joost").await, f.member_with_mail("Mo", "mo@example.org").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.support(&mo, post).await;
        mark(&f, MAIL, Cause::Refused).await;
        let unreached = account(&f, &sanne).await.unreached.unwrap();
        assert_eq!((unreached.cause, unreached.said.as_str(), unreached.since), (Cause::Refused, SAID, f.now()));
        assert_eq!(account(&f, &mo).await.unreached, None);
        f.forget_letters().await;

        f.comment(&joost, post, "Yes").await;
        f.staff("Femke", Role::Agent).await;
        f.move_to(&f.staff("Bram", Role::Agent).await, post, "review").await;
        let to: Vec<String> = f.outbox().await.into_iter().map(|sent| sent.to).collect();
        assert!(!to.iter().any(|to| to == MAIL) && to.iter().any(|to| to == "mo@example.org"), "{to:?}");
        // on the pages they hear of all of it
        let told = notice::list(&f.view(&sanne).await, None, None, 10).await.unwrap();
        assert_eq!(told.len(), 2);
        // nor is anything sent of what waits to be told together, which does not come later either
        let draft = Draft { paces: [(Topic::Comments, Pace::Daily.as_str().to_owned())].into(), ..Draft::default() };
        f.write(&mo, async |tx| mailing::choose(tx, &draft).await).await.unwrap();
        let other = f.post(&mo, Kind::Idea, "A box for parcels").await;
        f.comment(&joost, other, "Yes").await;
        mark(&f, "mo@example.org", Cause::Bounced).await;
        f.forget_letters().await;
        f.time.advance(TimeDelta::days(2));
        assert_eq!(mailing::run(&f).await.unwrap(), 0);
        assert!(f.outbox().await.is_empty());
    }

    async fn what_was_found_first_stands_and_is_kept_short(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        mark(&f, MAIL, Cause::Refused).await;
        let since = f.now();
        f.time.advance(TimeDelta::days(3));
        let said = format!("550  5.1.1\r\n{}", "x".repeat(900));
        f.write(&Actor::System, async |tx| mailbox::mark(tx, MAIL, Cause::Bounced, &said).await).await.unwrap();
        let unreached = account(&f, &sanne).await.unreached.unwrap();
        assert_eq!((unreached.since, unreached.cause), (since, Cause::Bounced));
        assert!(unreached.said.starts_with("550 5.1.1 xxx") && unreached.said.len() == 200, "{}", unreached.said);
    }

    async fn what_is_asked_for_is_tried_once_a_day(f: TestForum) {
        f.member_with_mail("Sanne", MAIL).await;
        assert!(may_try(&f, MAIL, false).await, "it is reached");
        mark(&f, MAIL, Cause::Refused).await;
        assert!(!may_try(&f, MAIL, true).await, "it was tried just now");
        f.time.advance(mailbox::REST);
        assert!(!may_try(&f, MAIL, false).await, "nobody asked for it");
        assert!(may_try(&f, MAIL, true).await);
        assert!(!may_try(&f, MAIL, true).await, "that was today's");
        f.time.advance(mailbox::REST);
        assert!(may_try(&f, MAIL, true).await);
        let asked = Letter::Verify { path: "/verify/0123".to_owned() };
        assert!(asked.is_asked_for() && !Letter::PasswordChanged { name: "Sanne".to_owned() }.is_asked_for());
    }

    async fn a_server_that_takes_it_again_clears_what_it_had_refused(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        for (cause, cleared) in [(Cause::Refused, true), (Cause::Bounced, false)] {
            mark(&f, MAIL, cause).await;
            f.write(&Actor::System, async |tx| mailbox::taken(tx, MAIL).await).await.unwrap();
            assert_eq!(account(&f, &sanne).await.unreached.is_none(), cleared, "{cause:?}");
        }
    }

    async fn whoever_reads_the_link_again_is_reached_again(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        f.forget_letters().await;
        ask_for_link(&f, &sanne).await.unwrap();
        assert!(f.outbox().await.is_empty(), "who is verified and reached needs no link");
        mark(&f, MAIL, Cause::Bounced).await;
        ask_for_link(&f, &sanne).await.unwrap();
        let letter = f.outbox().await.pop().unwrap();
        assert!(matches!(ask_for_link(&f, &sanne).await, Err(Error::Limited { retry_after }) if retry_after > 80_000));
        f.write(&Actor::Visitor, async |tx| person::verify(tx, letter.secret(), None).await).await.unwrap();
        let account = account(&f, &sanne).await;
        assert!(account.verified && account.unreached.is_none());
        // and hears again
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.forget_letters().await;
        let joost = f.member("Joost").await;
        f.comment(&joost, post, "Yes").await;
        assert_eq!(f.outbox().await.len(), 1);
    }

    async fn a_guest_is_left_alone_until_they_name_an_address_that_works(f: TestForum) {
        let form = secret::hash("no water");
        let draft = post::Draft {
            kind: "complaint".to_owned(), title: "No water".to_owned(), body: "Since Monday.".to_owned(), board: BOARD.to_owned(),
            ..post::Draft::default()
        };
        let guest = Guest { email: MAIL, proof: "", client: "203.0.113.7", form: &form };
        let Received { post, secret } = f.write(&Actor::Visitor, async |tx| guest::submit(tx, &draft, &guest).await).await.unwrap();
        let (_, actor) = receipt::by_secret(f.read(), secret.reveal()).await.unwrap();
        f.sql("UPDATE receipts SET confirmed_at = created_at").await.unwrap();
        f.forget_letters().await;
        mark(&f, MAIL, Cause::Refused).await;
        let bram = f.staff("Bram", Role::Agent).await;
        f.comment(&bram, post, "Where do you live?").await;
        f.move_to(&bram, post, "review").await;
        assert!(f.outbox().await.is_empty());
        let (known, _) = receipt::by_secret(f.read(), secret.reveal()).await.unwrap();
        assert_eq!(known.unreached.unwrap().said, SAID);
        // the same address is asked anew, and says by its link that it works
        let set = async |email: &str| f.write(&actor, async |tx| receipt::set_email(tx, secret.reveal(), email).await).await;
        set(MAIL).await.unwrap();
        assert_eq!(f.outbox().await.len(), 1);
        set("other@example.org").await.unwrap();
        let (known, _) = receipt::by_secret(f.read(), secret.reveal()).await.unwrap();
        assert_eq!((known.unreached, known.email.as_deref()), (None, Some("other@example.org")));
    }

    async fn what_a_server_said_goes_along_and_goes_away(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        mark(&f, MAIL, Cause::Refused).await;
        let export = personal::of(&f, &sanne).await.unwrap();
        assert_eq!(export.account["unreached_said"], SAID);
        f.write(&sanne, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
        assert_eq!(f.count("persons WHERE unreached_at IS NOT NULL OR unreached_said IS NOT NULL").await, 0);
    }

    async fn another_address_takes_the_place_of_the_one_before(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let mo = f.member_with_mail("Mo", "mo@example.org").await;
        mark(&f, MAIL, Cause::Bounced).await;
        let ask = async |email: &str| f.write(&sanne, async |tx| person::ask_for_email(tx, email, &Onward::default()).await).await;
        f.forget_letters().await;
        assert_eq!(problems(ask("nobody").await), [("email", Problem::NotAnAddress)]);
        // whoever has it already hears so, and the one who asks does not
        ask("Mo@example.org").await.unwrap();
        ask("New@Example.org").await.unwrap();
        let letters = f.outbox().await;
        assert!(matches!(&letters[0].content, Content::AlreadyRegistered { name } if name == "Mo"), "{letters:?}");
        let (Content::NewAddress { path }, "new@example.org") = (&letters[1].content, letters[1].to.as_str()) else { panic!("{letters:?}") };
        let secret = path.strip_prefix("/address/").unwrap();
        assert_eq!(account(&f, &sanne).await.email.as_deref(), Some(MAIL), "nothing happens without the link");
        // a stranger who got it can do nothing with it
        let take = async |who: &Actor| f.write(who, async |tx| person::take_email(tx, secret).await).await;
        assert_eq!(problems(take(&mo).await), [("secret", Problem::DeadLink)]);
        f.forget_letters().await;
        take(&sanne).await.unwrap();
        let now = account(&f, &sanne).await;
        assert_eq!((now.email.as_deref(), now.verified, now.unreached), (Some("new@example.org"), true, None));
        let letters = f.outbox().await;
        assert!(matches!(&letters[..], [told] if told.to == MAIL && matches!(told.content, Content::AddressChanged { .. })), "{letters:?}");
        assert_eq!(problems(take(&sanne).await), [("secret", Problem::DeadLink)], "once");
    }

    async fn nobody_keeps_an_address_that_they_never_showed_to_be_theirs(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let squatter = SignUp { email: "new@example.org".to_owned(), password: "correct horse battery".to_owned(), name: "Squatter".to_owned(), language: None };
        let squatter = squatter.prepare(&f).await.unwrap();
        f.write(&Actor::Visitor, async |tx| person::sign_up(tx, squatter, &Onward::default()).await).await.unwrap();
        assert_eq!(f.count("links WHERE used_at IS NULL").await, 1);
        f.forget_letters().await;
        f.write(&sanne, async |tx| person::ask_for_email(tx, "new@example.org", &Onward::default()).await).await.unwrap();
        let letters = f.outbox().await;
        let Some(Content::NewAddress { path }) = letters.last().map(|sent| &sent.content) else { panic!("{letters:?}") };
        let secret = path.strip_prefix("/address/").unwrap();
        f.write(&sanne, async |tx| person::take_email(tx, secret).await).await.unwrap();
        assert_eq!(account(&f, &sanne).await.email.as_deref(), Some("new@example.org"));
        assert_eq!(f.count("links WHERE used_at IS NULL").await, 0, "what was mailed there before opens nothing");
        assert_eq!(f.count("persons WHERE name = 'Squatter' AND email IS NULL").await, 1);
    }

    async fn an_address_that_became_somebody_elses_is_not_taken(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        f.write(&sanne, async |tx| person::ask_for_email(tx, "new@example.org", &Onward::default()).await).await.unwrap();
        let letters = f.outbox().await;
        let Some(Content::NewAddress { path }) = letters.last().map(|sent| &sent.content) else { panic!("{letters:?}") };
        f.member_with_mail("Mo", "new@example.org").await;
        let secret = path.strip_prefix("/address/").unwrap();
        let taken = f.write(&sanne, async |tx| person::take_email(tx, secret).await).await;
        assert_eq!(problems(taken), [("secret", Problem::DeadLink)]);
        assert_eq!(account(&f, &sanne).await.email.as_deref(), Some(MAIL));
    }
}
