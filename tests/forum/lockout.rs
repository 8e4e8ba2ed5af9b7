//! Passwords that are guessed: guessing is slow, wherever it comes from, and keeps the owner of the account out of nothing.

use chrono::TimeDelta;
use forum::{
    Error, Result, device,
    id::PersonId,
    limit, link,
    password::Password,
    person::{self, Account},
    proof::{self, Attempt, KnownBy},
    session,
};
use tests::{TestForum, on_both};
use tokio::task::JoinSet;

const EMAIL: &str = "sanne@example.org";
/// As [`TestForum::member_with_mail`] sets it.
const PASSWORD: &str = "correct horse battery";
const WRONG: &str = "battery horse correct";

async fn attempt(f: &TestForum, email: &str, password: &str, client: &str, known_by: KnownBy<'_>) -> Result<Option<Account>> {
    proof::by_password(f, &Attempt { email, password, client, known_by }).await
}

/// Whether it was looked at whether the password is right.
async fn is_looked_at(f: &TestForum, email: &str, client: &str, known_by: KnownBy<'_>) -> bool {
    match attempt(f, email, WRONG, client, known_by).await {
        Ok(None) => true,
        Err(Error::Limited { .. }) => false,
        other => panic!("{other:?}"),
    }
}

/// A browser in which somebody signed in, and what it is known by.
async fn browser(f: &TestForum, person: PersonId, before: Option<&str>) -> String {
    let visitor = forum::actor::Actor::Visitor;
    let key = f.write(&visitor, async |tx| device::remember(tx, person, before).await).await.unwrap();
    key.secret.reveal().to_owned()
}

/// Strangers guess until they have to wait.
async fn exhaust(f: &TestForum, email: &str) {
    for n in 0..=limit::GUESS_AT.burst {
        let looked_at = is_looked_at(f, email, &format!("198.51.100.{n}"), KnownBy::Nothing).await;
        assert_eq!(looked_at, n < limit::GUESS_AT.burst, "guess {n}");
    }
}

async fn ask_for_a_link(f: &TestForum, client: &str, device: Option<&str>) -> Result<()> {
    let visitor = forum::actor::Actor::Visitor;
    f.write(&visitor, async |tx| person::forgot_password(tx, EMAIL, client, device).await).await
}

on_both! {
    async fn one_guess_a_second_keeps_the_owner_out_of_nothing(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member_with_mail("Sanne", EMAIL).await;
        let id = sanne.id().unwrap();
        let mut device = browser(&f, id, None).await;
        let key = f.write(&sanne, async |tx| session::create(tx, id, "Desk", false).await).await.unwrap();
        let session = key.secret.reveal();
        let (minutes, mut known, mut unknown) = (20, 0, 0);
        for second in 0..minutes * 60 {
            f.time.advance(TimeDelta::seconds(1));
            // from so many places that none of them is limited by itself
            let client = format!("198.51.{}.7", second % 250);
            known += i64::from(is_looked_at(&f, EMAIL, &client, KnownBy::Nothing).await);
            // a browser that is known to nobody is none
            unknown += i64::from(is_looked_at(&f, "nobody@example.org", &client, KnownBy::Device("made up")).await);
            if second % 200 == 30 {
                assert!(attempt(&f, EMAIL, PASSWORD, &client, KnownBy::Device(&device)).await.unwrap().is_some(), "at {second} s");
                device = browser(&f, id, Some(&device)).await;
                assert!(attempt(&f, EMAIL, PASSWORD, &client, KnownBy::Key(id, session)).await.unwrap().is_some(), "at {second} s");
            }
        }
        let most = limit::GUESS_AT.burst + minutes * 60 / limit::GUESS_AT.seconds;
        assert!((most - 1..=most).contains(&known), "{known} guesses were looked at, and {most} may be");
        assert_eq!(known, unknown, "nothing can be told from when it is refused");
        // to a stranger the right password is one guess more
        assert!(matches!(attempt(&f, EMAIL, PASSWORD, "203.0.113.1", KnownBy::Nothing).await, Err(Error::Limited { .. })));
    }

    async fn only_wrong_passwords_count(f: TestForum) {
        let f = f.limited().await;
        f.member_with_mail("Sanne", EMAIL).await;
        for _ in 0..3 * limit::GUESS_FROM.burst {
            assert!(attempt(&f, EMAIL, PASSWORD, "198.51.100.1", KnownBy::Nothing).await.unwrap().is_some());
        }
        // and being right once gives back no more than one
        for _ in 0..limit::GUESS_AT.burst - 1 {
            assert!(is_looked_at(&f, EMAIL, "198.51.100.1", KnownBy::Nothing).await);
        }
        assert!(attempt(&f, EMAIL, PASSWORD, "198.51.100.1", KnownBy::Nothing).await.unwrap().is_some());
        assert!(is_looked_at(&f, EMAIL, "198.51.100.1", KnownBy::Nothing).await);
        assert!(!is_looked_at(&f, EMAIL, "198.51.100.1", KnownBy::Nothing).await);
    }

    async fn who_guesses_at_many_addresses_has_to_wait_as_well(f: TestForum) {
        let f = f.limited().await;
        for n in 0..=limit::GUESS_FROM.burst {
            let looked_at = is_looked_at(&f, &format!("{n}@example.org"), "198.51.100.1", KnownBy::Nothing).await;
            assert_eq!(looked_at, n < limit::GUESS_FROM.burst, "guess {n}");
        }
        assert!(is_looked_at(&f, "0@example.org", "198.51.100.2", KnownBy::Nothing).await);
    }

    async fn of_many_guesses_at_once_no_more_are_looked_at_than_may(f: TestForum) {
        let f = f.limited().await;
        f.member_with_mail("Sanne", EMAIL).await;
        let mut set = JoinSet::new();
        for n in 0..40 {
            let f = f.clone();
            set.spawn(async move { is_looked_at(&f, EMAIL, &format!("198.51.100.{n}"), KnownBy::Nothing).await });
        }
        let looked_at = set.join_all().await.into_iter().filter(|looked_at| *looked_at).count();
        assert_eq!(i64::try_from(looked_at).unwrap(), limit::GUESS_AT.burst);
    }

    async fn a_browser_is_known_to_those_who_signed_in_there(f: TestForum) {
        let f = f.limited().await;
        let id = f.member_with_mail("Sanne", EMAIL).await.id().unwrap();
        let joost = f.member_with_mail("Joost", "joost@example.org").await.id().unwrap();
        exhaust(&f, EMAIL).await;
        let theirs = browser(&f, joost, None).await;
        assert!(!is_looked_at(&f, EMAIL, "203.0.113.1", KnownBy::Device(&theirs)).await, "a browser of somebody else");
        let family = browser(&f, id, Some(&theirs)).await;
        assert!(!is_looked_at(&f, EMAIL, "203.0.113.1", KnownBy::Device(&theirs)).await, "that secret was replaced");
        exhaust(&f, "joost@example.org").await;
        for email in [EMAIL, "joost@example.org"] {
            assert!(attempt(&f, email, PASSWORD, "203.0.113.1", KnownBy::Device(&family)).await.unwrap().is_some(), "{email}");
        }
        // guessing there is no quicker
        for n in 0..=limit::GUESS_OF_DEVICE.burst {
            let looked_at = is_looked_at(&f, EMAIL, "203.0.113.1", KnownBy::Device(&family)).await;
            assert_eq!(looked_at, n < limit::GUESS_OF_DEVICE.burst, "guess {n}");
        }
        f.time.advance(device::LIFETIME);
        exhaust(&f, EMAIL).await;
        assert!(!is_looked_at(&f, EMAIL, "203.0.113.1", KnownBy::Device(&family)).await, "after a year it is a stranger");
        f.write(&forum::actor::Actor::System, async |tx| device::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("devices").await, 0);
        for _ in 0..30 {
            browser(&f, id, None).await;
        }
        assert_eq!(f.count("devices").await, 20, "nobody has browsers without number");
    }

    async fn what_ends_keys_makes_browsers_strangers(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member_with_mail("Sanne", EMAIL).await;
        let id = sanne.id().unwrap();
        let is_known = async |device: &str| is_looked_at(&f, EMAIL, "203.0.113.1", KnownBy::Device(device)).await;
        let hash = async || f.hasher().hash(Password::parse(PASSWORD, &[]).unwrap()).await.unwrap();
        exhaust(&f, EMAIL).await;

        let (first, hashed) = (browser(&f, id, None).await, hash().await);
        assert!(is_known(&first).await);
        f.write(&sanne, async |tx| person::change_password(tx, hashed, None).await).await.unwrap();
        assert!(!is_known(&first).await, "a new password");

        let (second, hashed) = (browser(&f, id, None).await, hash().await);
        ask_for_a_link(&f, "203.0.113.1", None).await.unwrap();
        let letter = f.outbox().await.pop().unwrap();
        f.write(&sanne, async |tx| person::reset_password(tx, letter.secret(), hashed).await).await.unwrap();
        assert!(!is_known(&second).await, "a new password by a link");

        let third = browser(&f, id, None).await;
        f.write(&sanne, async |tx| session::end_all(tx).await).await.unwrap();
        assert!(!is_known(&third).await, "signing out everywhere");
    }

    async fn who_asks_in_somebodys_stead_neither_floods_them_nor_keeps_them_from_a_link(f: TestForum) {
        let f = f.limited().await;
        f.member_with_mail("Sanne", EMAIL).await;
        let (minutes, mut sent) = (60, 0);
        for minute in 0..minutes {
            f.time.advance(TimeDelta::minutes(1));
            for n in 0..4 {
                ask_for_a_link(&f, &format!("198.51.{minute}.{n}"), None).await.unwrap();
            }
            ask_for_a_link(&f, "203.0.113.1", None).await.unwrap();
            let letters = f.outbox().await;
            sent = letters.len();
            let last = letters.last().unwrap().secret();
            let later = f.now() + TimeDelta::minutes(15);
            assert!(link::is_alive(f.read(), link::Purpose::Reset, last, later).await.unwrap(), "the owner has a link");
        }
        assert!(sent <= 9, "{sent} letters in an hour");
        // one who asks for everybody has to wait
        let mut refused = 0;
        for _ in 0..2 * limit::RESET.burst {
            refused += i64::from(ask_for_a_link(&f, "198.51.100.1", None).await.is_err());
        }
        assert_eq!(refused, limit::RESET.burst);
        // but keeps no neighbour from it who is known
        let id = person::by_email(f.read(), EMAIL).await.unwrap().unwrap().id;
        let device = browser(&f, id, None).await;
        ask_for_a_link(&f, "198.51.100.1", Some(&device)).await.unwrap();
    }
}
