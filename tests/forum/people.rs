//! Who acts: signing up, verifying, signing in, tokens.

use chrono::TimeDelta;
use forum::{
    Error, Result,
    actor::{Actor, Role, Scope},
    error::{Conflict, Denied, Problem},
    forum::Options,
    id::PersonId,
    link::{self, Onward, Purpose},
    notice::Content,
    outbox,
    password::{Hasher, Password},
    person::{self, SignUp},
    post::Kind,
    session, team, token,
    vote::Stance,
};
use tests::{Sent, TestForum, days, on_both, problems};
use tokio::task::JoinSet;

const PASSWORD: &str = "correct horse battery";

fn form(email: &str) -> SignUp {
    SignUp { email: email.to_owned(), password: PASSWORD.to_owned(), name: "Sanne".to_owned(), language: None }
}

async fn sign_up(f: &TestForum, email: &str) -> Result<()> {
    let new = form(email).prepare(f).await?;
    f.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &Onward::default()).await).await
}

async fn verify(f: &TestForum, secret: &str) -> Result<PersonId> {
    f.write(&Actor::Visitor, async |tx| Ok(person::verify(tx, secret, None).await?.person)).await
}

async fn reset(f: &TestForum, secret: &str, password: &str) -> Result<PersonId> {
    let hash = f.hasher().hash(Password::parse(password, &[]).unwrap()).await.unwrap();
    f.write(&Actor::Visitor, async |tx| person::reset_password(tx, secret, hash).await).await
}

async fn forget(f: &TestForum, email: &str) -> Result<()> {
    f.write(&Actor::Visitor, async |tx| person::forgot_password(tx, email, "203.0.113.1", None).await).await
}

async fn account(f: &TestForum, email: &str) -> person::Account {
    person::by_email(f.read(), email).await.unwrap().unwrap()
}

/// Somebody who signed up and verified the address, with an empty outbox.
async fn settled(f: &TestForum, email: &str) -> person::Account {
    sign_up(f, email).await.unwrap();
    let letters = f.outbox().await;
    verify(f, letters.last().unwrap().secret()).await.unwrap();
    f.forget_letters().await;
    account(f, email).await
}

async fn sign_in(f: &TestForum, person: PersonId, device: &str) -> String {
    let key = f.write(&Actor::Visitor, async |tx| session::create(tx, person, device, false).await).await.unwrap();
    key.secret.reveal().to_owned()
}

async fn signed_in(f: &TestForum, secret: &str) -> bool {
    session::open(f.read(), secret, f.now()).await.unwrap().is_some()
}

/// Who acts with a token, if it still works.
async fn bearer(f: &TestForum, secret: &str) -> Option<Actor> {
    token::actor_of(f.read(), secret, f.now()).await.unwrap().map(|(actor, _)| actor)
}

fn dead_link<T: std::fmt::Debug>(outcome: Result<T>) {
    assert_eq!(problems(outcome), [("secret", Problem::DeadLink)]);
}

on_both! {
    async fn a_new_person_signs_up_verifies_and_posts(f: TestForum) {
        sign_up(&f, " Sanne@Example.ORG ").await.unwrap();
        let letters = f.outbox().await;
        assert_eq!((letters.len(), letters[0].to.as_str()), (1, "sanne@example.org"));
        assert!(matches!(&letters[0].content, Content::Verify { path } if path.starts_with("/verify/")));
        let new = account(&f, "sanne@example.org").await;
        assert_eq!((new.role, new.verified), (Role::Member, false));
        assert!(person::authenticate(&f, "SANNE@example.org ", PASSWORD).await.unwrap().is_some(), "who is unverified may sign in");

        let secret = letters[0].secret();
        assert!(link::is_alive(f.read(), Purpose::Verify, secret, f.now()).await.unwrap());
        assert!(!link::is_alive(f.read(), Purpose::Reset, secret, f.now()).await.unwrap(), "a link is good for one thing");
        assert_eq!(verify(&f, secret).await.unwrap(), new.id);
        assert!(!link::is_alive(f.read(), Purpose::Verify, secret, f.now()).await.unwrap());
        dead_link(verify(&f, secret).await);
        let sanne = account(&f, "sanne@example.org").await;
        assert!(sanne.verified);
        f.post(&sanne.actor(None), Kind::Idea, "A slot for letters").await;

        for table in ["links", "persons", "events"] {
            let rows = f.rows(&format!("SELECT * FROM {table}")).await;
            assert!(!rows.is_empty());
        }
        assert_eq!(f.count(&format!("links WHERE secret_hash = '{secret}'")).await, 0, "a secret is not kept as it is");
        assert_eq!(f.count(&format!("persons WHERE password_hash LIKE '%{PASSWORD}%' OR password_hash NOT LIKE '$argon2id$v=19$m=8,t=1,p=1$%'")).await, 0);
        // the forum under test hashes cheaply; one that is opened without a word on it does not
        let hasher = Hasher::new(Options::new("", "").hashing);
        let hash = hasher.hash(Password::parse(PASSWORD, &[]).unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }

    async fn a_known_address_gets_the_same_answer_and_another_letter(f: TestForum) {
        let sanne = settled(&f, "sanne@example.org").await;
        sign_up(&f, "sanne@example.org").await.unwrap();
        let letters = f.outbox().await;
        let expected = Sent { to: "sanne@example.org".to_owned(), content: Content::AlreadyRegistered { name: "Sanne".to_owned() } };
        assert_eq!(letters, [expected]);
        assert_eq!(account(&f, "sanne@example.org").await, sanne, "the account is as it was");
        assert!(person::authenticate(&f, "sanne@example.org", PASSWORD).await.unwrap().is_some());

        // who never verified gets another link; what was typed takes effect with the link that was mailed for it
        sign_up(&f, "joost@example.org").await.unwrap();
        let other = SignUp { password: "another staple entirely".to_owned(), name: "Mallory".to_owned(), ..form("joost@example.org") };
        let other = other.prepare(&f).await.unwrap();
        f.write(&Actor::Visitor, async |tx| person::sign_up(tx, other, &Onward::default()).await).await.unwrap();
        let letters: Vec<_> = f.outbox().await.into_iter().filter(|sent| sent.to == "joost@example.org").collect();
        assert_eq!(letters.len(), 2);
        assert!(person::authenticate(&f, "joost@example.org", "another staple entirely").await.unwrap().is_none());
        let before = account(&f, "joost@example.org").await;
        let open = sign_in(&f, before.id, "Phone").await;
        verify(&f, letters[1].secret()).await.unwrap();
        assert_eq!(account(&f, "joost@example.org").await.name, "Mallory");
        assert!(person::authenticate(&f, "joost@example.org", "another staple entirely").await.unwrap().is_some());
        assert!(person::authenticate(&f, "joost@example.org", PASSWORD).await.unwrap().is_none());
        assert!(!signed_in(&f, &open).await, "whoever came with the other password is out");
        dead_link(verify(&f, letters[0].secret()).await);
        assert_eq!(f.count("persons").await, 2);
    }

    async fn signing_up_twice_at_once_makes_one_account_and_no_difference(f: TestForum) {
        for round in 1..=4 {
            let new = form(&format!("sanne{round}@example.org")).prepare(&f).await.unwrap();
            let mut writers = JoinSet::new();
            for _ in 0..8 {
                let (f, new) = (f.clone(), new.clone());
                writers.spawn(async move { f.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &Onward::default()).await).await });
            }
            for outcome in writers.join_all().await {
                outcome.expect("the same answer for everybody");
            }
            assert_eq!((f.count("persons").await, f.outbox().await.len()), (round, usize::try_from(round).unwrap() * 8));
        }
    }

    async fn a_form_hears_of_all_that_is_wrong(f: TestForum) {
        let new = SignUp { email: "nobody".to_owned(), password: "short".to_owned(), name: " ".to_owned(), language: None };
        let told = problems(new.prepare(&f).await);
        assert_eq!(told, [("email", Problem::NotAnAddress), ("name", Problem::Required), ("password", Problem::TooShort { min: 8 })]);
        let guessable = SignUp { password: "password".to_owned(), ..form("sanne@example.org") };
        assert_eq!(problems(guessable.prepare(&f).await), [("password", Problem::GuessablePassword)]);
        let endless = SignUp { name: "é".repeat(81), password: "x".repeat(201), ..form("sanne@example.org") };
        assert_eq!(problems(endless.prepare(&f).await), [("name", Problem::TooLong { max: 80 }), ("password", Problem::TooLong { max: 200 })]);
    }

    async fn a_verification_link_dies_of_old_age(f: TestForum) {
        sign_up(&f, "sanne@example.org").await.unwrap();
        let old = f.outbox().await.remove(0);
        f.time.advance(TimeDelta::hours(24));
        assert!(!link::is_alive(f.read(), Purpose::Verify, old.secret(), f.now()).await.unwrap());
        dead_link(verify(&f, old.secret()).await);
        dead_link(verify(&f, "").await);
        dead_link(verify(&f, "0123456789abcdef").await);
        let sanne = account(&f, "sanne@example.org").await;
        assert!(!sanne.verified);
        f.write(&sanne.actor(None), async |tx| person::send_verification(tx, &Onward::default()).await).await.unwrap();
        let new = f.outbox().await.pop().unwrap();
        f.time.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
        verify(&f, new.secret()).await.unwrap();
        f.forget_letters().await;
        let sanne = account(&f, "sanne@example.org").await.actor(None);
        f.write(&sanne, async |tx| person::send_verification(tx, &Onward::default()).await).await.unwrap();
        assert!(f.outbox().await.is_empty(), "who is verified needs no link");
    }

    async fn a_link_works_for_one_of_many_at_once(f: TestForum) {
        sign_up(&f, "sanne@example.org").await.unwrap();
        let secret = f.outbox().await.remove(0).secret().to_owned();
        let mut writers = JoinSet::new();
        for _ in 0..12 {
            let (f, secret) = (f.clone(), secret.clone());
            writers.spawn(async move { verify(&f, &secret).await });
        }
        assert_eq!(writers.join_all().await.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }

    async fn a_wrong_password_and_an_unknown_address_look_alike(f: TestForum) {
        settled(&f, "sanne@example.org").await;
        assert!(person::authenticate(&f, "sanne@example.org", PASSWORD).await.unwrap().is_some());
        for (email, password) in [
            ("sanne@example.org", "correct horse batterY"),
            ("sanne@example.org", ""),
            ("nobody@example.org", PASSWORD),
            ("", ""),
            ("sanne@example.org\0", PASSWORD),
            ("sanne@example.org", "\0"),
        ] {
            assert!(person::authenticate(&f, email, password).await.unwrap().is_none(), "{email:?} {password:?}");
        }
        f.member("Imported").await;
        assert!(person::authenticate(&f, "", "nobody's password").await.unwrap().is_none());
    }

    async fn a_new_password_signs_out_everywhere(f: TestForum) {
        let sanne = settled(&f, "sanne@example.org").await;
        let joost = settled(&f, "joost@example.org").await;
        let devices = [sign_in(&f, sanne.id, "Phone").await, sign_in(&f, sanne.id, "Desk").await];
        let other = sign_in(&f, joost.id, "Phone").await;
        let (_, key) = f.write(&sanne.actor(None), async |tx| token::create(tx, &sanne, "Key", &["write".to_owned()], token::LIFETIME).await).await.unwrap();
        let (_, other_key) = f.write(&joost.actor(None), async |tx| token::create(tx, &joost, "Key", &[], token::LIFETIME).await).await.unwrap();

        forget(&f, "SANNE@example.org").await.unwrap();
        let first = f.outbox().await.pop().unwrap();
        assert!(matches!(&first.content, Content::Reset { path, .. } if path.starts_with("/reset/")));
        forget(&f, "sanne@example.org").await.unwrap();
        let second = f.outbox().await.pop().unwrap();
        // whoever asks in somebody's stead must not take the link away that they have in hand
        for letter in [&first, &second] {
            assert!(link::is_alive(f.read(), Purpose::Reset, letter.secret(), f.now()).await.unwrap());
        }
        dead_link(verify(&f, second.secret()).await);
        for device in &devices {
            assert!(signed_in(&f, device).await, "asking for a link changes nothing yet");
        }
        assert_eq!(reset(&f, second.secret(), "another staple entirely").await.unwrap(), sanne.id);
        for letter in [&first, &second] {
            dead_link(reset(&f, letter.secret(), "one more staple please").await);
        }

        for device in &devices {
            assert!(!signed_in(&f, device).await);
        }
        assert!(bearer(&f, key.reveal()).await.is_none());
        assert!(signed_in(&f, &other).await && bearer(&f, other_key.reveal()).await.is_some(), "others stay");
        assert!(person::authenticate(&f, "sanne@example.org", PASSWORD).await.unwrap().is_none());
        assert!(person::authenticate(&f, "sanne@example.org", "another staple entirely").await.unwrap().is_some());
    }

    async fn a_reset_link_lives_half_an_hour_and_verifies_by_the_way(f: TestForum) {
        sign_up(&f, "sanne@example.org").await.unwrap();
        f.forget_letters().await;
        forget(&f, "nobody@example.org").await.unwrap();
        assert!(f.outbox().await.is_empty(), "the same answer, and no letter");
        assert_eq!(problems(forget(&f, "nobody").await), [("email", Problem::NotAnAddress)]);
        forget(&f, "sanne@example.org").await.unwrap();
        let old = f.outbox().await.pop().unwrap();
        f.time.advance(TimeDelta::minutes(30));
        dead_link(reset(&f, old.secret(), "another staple entirely").await);
        forget(&f, "sanne@example.org").await.unwrap();
        let new = f.outbox().await.pop().unwrap();
        reset(&f, new.secret(), "another staple entirely").await.unwrap();
        assert!(account(&f, "sanne@example.org").await.verified, "who reads the letter owns the address");
    }

    async fn changing_the_password_keeps_this_browser_only(f: TestForum) {
        let sanne = settled(&f, "sanne@example.org").await;
        let (this, other) = (sign_in(&f, sanne.id, "This").await, sign_in(&f, sanne.id, "Other").await);
        let hash = f.hasher().hash(Password::parse("another staple entirely", &[]).unwrap()).await.unwrap();
        let me = sanne.actor(None);
        let (_, key) = f.write(&me, async |tx| token::create(tx, &sanne, "Key", &[], token::LIFETIME).await).await.unwrap();
        forget(&f, "sanne@example.org").await.unwrap();
        let link = f.outbox().await.pop().unwrap();
        f.forget_letters().await;
        let kept = f.write(&me, async |tx| person::change_password(tx, hash, Some(&this)).await).await.unwrap();
        let kept = kept.unwrap().secret;
        assert!(signed_in(&f, kept.reveal()).await && !signed_in(&f, &other).await);
        assert!(!signed_in(&f, &this).await, "whoever copied the secret of this browser is out");
        assert!(bearer(&f, key.reveal()).await.is_none(), "a program was let in by the other password");
        dead_link(reset(&f, link.secret(), "one more staple please").await);
        let told = Sent { to: "sanne@example.org".to_owned(), content: Content::PasswordChanged { name: "Sanne".to_owned() } };
        assert_eq!(f.outbox().await, [told]);
        assert!(person::authenticate(&f, "sanne@example.org", "another staple entirely").await.unwrap().is_some());
    }

    async fn links_to_one_address_are_limited(f: TestForum) {
        let f = f.limited().await;
        let new = form("sanne@example.org").prepare(&f).await.unwrap();
        for n in 0..5 {
            let new = new.clone();
            let outcome = f.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &Onward::default()).await).await;
            assert_eq!(matches!(outcome, Err(Error::Limited { .. })), n >= 3, "{n}: {outcome:?}");
        }
        assert_eq!(f.outbox().await.len(), 3);
        // whoever signs somebody up keeps them from no link for a new password, of which there are no more than enough either
        for email in ["sanne@example.org", "nobody@example.org"] {
            for _ in 0..5 {
                forget(&f, email).await.unwrap();
            }
        }
        assert_eq!(f.outbox().await.len(), 6);
        f.time.advance(TimeDelta::hours(1));
        forget(&f, "sanne@example.org").await.unwrap();
        assert_eq!(f.outbox().await.len(), 7);
    }

    async fn a_stranger_uses_up_no_links_of_whose_address_it_is(f: TestForum) {
        let f = f.limited().await;
        let new = form("sanne@example.org").prepare(&f).await.unwrap();
        let from = async |client: &str| {
            let (new, onward) = (new.clone(), Onward { client: client.to_owned(), ..Onward::default() });
            f.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &onward).await).await
        };
        for _ in 0..5 {
            drop(from("198.51.100.1").await);
        }
        from("203.0.113.7").await.expect("the owner gets a mail all the same");
        assert_eq!(f.outbox().await.len(), 4);
        // nor does anybody fill the mailbox from many places
        for n in 0..60 {
            drop(from(&format!("192.0.2.{n}")).await);
        }
        assert_eq!(f.outbox().await.len(), 20);
    }

    async fn a_browser_stays_signed_in_while_it_is_used(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let me = sanne.id().unwrap();
        let (phone, desk) = (sign_in(&f, me, "Phone").await, sign_in(&f, me, &"Desk ".repeat(100)).await);
        assert!(!signed_in(&f, "").await && !signed_in(&f, &phone.to_uppercase()).await);
        let open = async |secret: &str| session::open(f.read(), secret, f.now()).await.unwrap().unwrap();
        assert_eq!((open(&phone).await.account.id, open(&phone).await.is_stale), (me, false));
        f.time.advance(TimeDelta::hours(7));
        let used = open(&phone).await;
        assert!(used.is_stale, "it is time to note that it is used");
        f.write(&sanne, async |tx| session::note_use(tx, &phone, used.ends_at).await).await.unwrap();
        assert!(!open(&phone).await.is_stale);

        let list = session::of_person(f.read(), me, &desk, f.now()).await.unwrap();
        assert_eq!(list.iter().map(|s| (s.device == "Phone", s.is_this)).collect::<Vec<_>>(), [(true, false), (false, true)]);
        f.time.advance(session::LIFETIME - TimeDelta::hours(7));
        assert!(signed_in(&f, &phone).await && !signed_in(&f, &desk).await, "unused for sixty days it is signed out");
        assert_eq!(session::of_person(f.read(), me, &phone, f.now()).await.unwrap().len(), 1);
        assert_eq!(f.count(&format!("sessions WHERE secret_hash = '{phone}'")).await, 0, "a secret is not kept as it is");
    }

    async fn no_session_outlives_half_a_year_nor_a_shift_of_the_staff(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let used = async |secret: &str, for_hours: i64, every: TimeDelta| {
            let start = f.now();
            while f.now() - start < TimeDelta::hours(for_hours) {
                let Some(open) = session::open(f.read(), secret, f.now()).await.unwrap() else { return f.now() - start };
                f.write(&Actor::System, async |tx| session::note_use(tx, secret, open.ends_at).await).await.unwrap();
                f.time.advance(every);
            }
            f.now() - start
        };
        let phone = sign_in(&f, sanne.id().unwrap(), "Phone").await;
        assert_eq!(used(&phone, 24 * 365, TimeDelta::days(30)).await, session::LONGEST);

        let desk = sign_in(&f, femke.id().unwrap(), "Desk").await;
        let stays = async |tx: &mut forum::Tx| session::create(tx, femke.id().unwrap(), "Home", true).await;
        let home = f.write(&Actor::Visitor, stays).await.unwrap().secret;
        used(&desk, 36, TimeDelta::hours(6)).await;
        assert!(signed_in(&f, &desk).await, "it is in use");
        f.time.advance(session::STAFF_LIFETIME);
        assert!(!signed_in(&f, &desk).await && signed_in(&f, home.reveal()).await);

        // who becomes staff is bound like the staff
        let shop = sign_in(&f, sanne.id().unwrap(), "Shop").await;
        f.time.advance(session::STAFF_LIFETIME);
        assert!(signed_in(&f, &shop).await);
        f.write(&Actor::System, async |tx| person::set_role(tx, sanne.id().unwrap(), Role::Agent).await).await.unwrap();
        assert!(!signed_in(&f, &shop).await);
    }

    async fn a_token_ends_on_its_day_and_its_person_hears_of_it(f: TestForum) {
        let account = settled(&f, "sanne@example.org").await;
        let sanne = account.actor(None);
        let make = async |days: i64| f.write(&sanne, async |tx| token::create(tx, &account, "Report", &[], days).await).await;
        assert_eq!(problems(make(31).await.map(|(token, _)| token)), [("expires_in_days", Problem::UnknownChoice)]);
        assert!(f.outbox().await.is_empty());
        for days in token::LIFETIMES {
            let (token, secret) = make(days).await.unwrap();
            assert_eq!(token.expires_at, f.now() + TimeDelta::days(days));
            f.time.advance(TimeDelta::days(days) - TimeDelta::seconds(1));
            assert!(bearer(&f, secret.reveal()).await.is_some());
            f.time.advance(TimeDelta::seconds(1));
            assert!(bearer(&f, secret.reveal()).await.is_none(), "{days} days are over");
        }
        let letters = f.outbox().await;
        assert!(letters.iter().all(|sent| matches!(&sent.content, Content::TokenMade { token, .. } if token == "Report")), "{letters:?}");
        assert_eq!(letters.len(), token::LIFETIMES.len());
        f.write(&Actor::System, async |tx| token::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("tokens").await, 0);
    }

    async fn of_the_links_to_an_address_none_outlives_its_proof(f: TestForum) {
        sign_up(&f, "sanne@example.org").await.unwrap();
        sign_up(&f, "sanne@example.org").await.unwrap();
        forget(&f, "sanne@example.org").await.unwrap();
        let letters = f.outbox().await;
        reset(&f, letters[2].secret(), "another staple entirely").await.unwrap();
        for letter in &letters[..2] {
            dead_link(verify(&f, letter.secret()).await);
        }
        let set_up = f.link(Purpose::SetUp, None).await;
        f.time.advance(TimeDelta::days(7));
        assert!(!link::is_alive(f.read(), Purpose::SetUp, &set_up, f.now()).await.unwrap());
    }

    async fn signing_out_ends_what_it_says(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let me = sanne.id().unwrap();
        let devices = [sign_in(&f, me, "A").await, sign_in(&f, me, "B").await, sign_in(&f, me, "C").await];
        let his = sign_in(&f, joost.id().unwrap(), "D").await;
        f.write(&sanne, async |tx| session::end(tx, &devices[0]).await).await.unwrap();
        assert!(!signed_in(&f, &devices[0]).await && signed_in(&f, &devices[1]).await);
        let his_id = session::of_person(f.read(), joost.id().unwrap(), &his, f.now()).await.unwrap()[0].id;
        f.write(&sanne, async |tx| session::end_one(tx, his_id).await).await.unwrap();
        assert!(signed_in(&f, &his).await, "nobody signs others out");
        let account = person::by_id(f.read(), me).await.unwrap().unwrap();
        let (_, key) = f.write(&sanne, async |tx| token::create(tx, &account, "Key", &[], token::LIFETIME).await).await.unwrap();
        f.write(&sanne, async |tx| session::end_all(tx).await).await.unwrap();
        assert!(bearer(&f, key.reveal()).await.is_none(), "programs are signed out like browsers");
        assert!(!signed_in(&f, &devices[1]).await && !signed_in(&f, &devices[2]).await && signed_in(&f, &his).await);
    }

    async fn a_token_does_what_its_scopes_say(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let actor_with = async |who: &Actor, scopes: &[&str]| {
            let account = person::by_id(f.read(), who.id().unwrap()).await.unwrap().unwrap();
            let scopes: Vec<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
            let (token, secret) = f.write(who, async |tx| token::create(tx, &account, " ", &scopes, token::LIFETIME).await).await.unwrap();
            (token.scopes, bearer(&f, secret.reveal()).await.unwrap())
        };
        let (scopes, reader) = actor_with(&agent, &[]).await;
        assert_eq!(scopes, [Scope::Read]);
        assert!(matches!(f.vote(&reader, post, Stance::Support, None).await, Err(Error::Forbidden(Denied::Scope))));
        assert!(matches!(f.write(&reader, async |tx| person::update(tx, Some("Other"), None).await).await, Err(Error::Forbidden(Denied::Scope))));
        assert!(f.look(&reader, post).await.is_ok());

        let (_, writer) = actor_with(&agent, &["write"]).await;
        f.support(&writer, post).await;
        assert!(matches!(f.answer(&writer, post, &f.answer_into("planned")).await, Err(Error::Forbidden(Denied::Scope))));

        let (scopes, staff) = actor_with(&agent, &["staff", "admin", "staff"]).await;
        assert_eq!(scopes, [Scope::Read, Scope::Staff], "no more than the role can use");
        f.move_to(&staff, post, "planned").await;

        let (scopes, customer) = actor_with(&sanne, &["staff", "admin"]).await;
        assert_eq!(scopes, [Scope::Read]);
        assert!(f.answer(&customer, post, &f.answer_into("planned")).await.is_err());
        let account = person::by_id(f.read(), sanne.id().unwrap()).await.unwrap().unwrap();
        let unknown = f.write(&sanne, async |tx| token::create(tx, &account, "Key", &["root".to_owned()], token::LIFETIME).await).await;
        assert_eq!(problems(unknown.map(|(token, _)| token)), [("scopes", Problem::UnknownChoice)]);
    }

    async fn a_token_ends_when_its_person_says_so(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let account = person::by_id(f.read(), sanne.id().unwrap()).await.unwrap().unwrap();
        let (token, secret) = f.write(&sanne, async |tx| token::create(tx, &account, "Key", &[], token::LIFETIME).await).await.unwrap();
        assert_eq!(f.count(&format!("tokens WHERE secret_hash = '{}'", secret.reveal())).await, 0, "a secret is not kept as it is");
        assert!(matches!(f.write(&joost, async |tx| token::delete(tx, token.id).await).await, Err(Error::NotFound)));
        assert_eq!(token::of_person(f.read(), account.id).await.unwrap(), std::slice::from_ref(&token));
        f.write(&sanne, async |tx| token::delete(tx, token.id).await).await.unwrap();
        assert!(bearer(&f, secret.reveal()).await.is_none());
        let (_, secret) = f.write(&sanne, async |tx| token::create(tx, &account, "Key", &[], token::LIFETIME).await).await.unwrap();
        f.write(&sanne, async |tx| token::delete_used(tx, secret.reveal()).await).await.unwrap();
        assert!(token::of_person(f.read(), account.id).await.unwrap().is_empty());
    }

    async fn a_role_that_is_taken_away_is_gone_at_once(f: TestForum) {
        let agent = f.staff("Femke", Role::Lead).await;
        let account = person::by_id(f.read(), agent.id().unwrap()).await.unwrap().unwrap();
        let (_, secret) = f.write(&agent, async |tx| token::create(tx, &account, "Key", &["staff".to_owned()], token::LIFETIME).await).await.unwrap();
        let session = sign_in(&f, account.id, "Desk").await;
        f.write(&Actor::System, async |tx| person::set_role(tx, account.id, Role::Member).await).await.unwrap();
        assert!(bearer(&f, secret.reveal()).await.is_none() && !signed_in(&f, &session).await);
        assert!(matches!(f.again(&agent).await.staff(), Err(Error::Forbidden(Denied::Role))));
        let refused = f.write(&agent, async |tx| person::set_role(tx, account.id, Role::Admin).await).await;
        assert!(matches!(refused, Err(Error::Forbidden(Denied::Role))));
    }

    async fn who_is_unverified_reads_and_does_not_write(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let comment = f.comment(&sanne, post, "And blue").await;
        let joost = f.unverified("Joost").await;
        assert!(f.look(&joost, post).await.is_ok());
        let unverified = |outcome: Result<()>| assert!(matches!(outcome, Err(Error::Forbidden(Denied::Unverified))), "{outcome:?}");
        unverified(f.vote(&joost, post, Stance::Support, None).await.map(drop));
        unverified(f.withdraw(&joost, post).await.map(drop));
        unverified(f.write(&joost, async |tx| forum::comment::submit(tx, post, Some(comment), "Me too", None).await).await.map(drop));
        unverified(f.edit(&joost, post, &forum::post::Edit::default()).await.map(drop));
        unverified(f.submit(&joost, &forum::post::Draft::default()).await.map(drop));
        // staff whose address is not verified are no staff yet
        f.write(&Actor::System, async |tx| person::set_role(tx, joost.id().unwrap(), Role::Agent).await).await.unwrap();
        let joost = f.again(&joost).await;
        unverified(f.answer(&joost, post, &f.answer_into("planned")).await.map(drop));
        assert_eq!((f.count("votes").await, f.count("comments").await, f.count("answers").await), (0, 1, 0));
    }

    async fn a_role_counts_once_the_address_is_verified(f: TestForum) {
        let sanne = f.member("Sanne").await;
        f.private_board("hidden", &[&sanne]).await;
        let hidden = f.post_on(&sanne, "hidden", Kind::Idea, "A slot for letters").await;
        let open = f.post(&sanne, Kind::Idea, "A lid on the slot").await;
        let joost = f.unverified("Joost").await;
        for role in [Role::Agent, Role::Lead, Role::Director, Role::Admin] {
            f.write(&Actor::System, async |tx| person::set_role(tx, joost.id().unwrap(), role).await).await.unwrap();
            let joost = f.again(&joost).await;
            assert!(matches!(joost.staff(), Err(Error::Forbidden(Denied::Unverified))), "{role:?}");
            assert!(joost.admin().is_err_and(|error| matches!(error, Error::Forbidden(Denied::Unverified | Denied::Role))), "{role:?}");
            assert!(matches!(f.look(&joost, hidden).await, Err(Error::NotFound)), "{role:?} sees a private board");
            assert_eq!(f.find(&joost, "slot").await, ["A lid on the slot"]);
            // nor is such a person accountable for anything
            assert!(person::staff(f.read()).await.unwrap().is_empty(), "{role:?}");
            let today = days::day_of(f.now());
            let given = f.write(&Actor::System, async |tx| team::be_away(tx, joost.id().unwrap(), today, today).await).await;
            assert_eq!(problems(given), [("person", Problem::NotStaff)]);
            f.time.advance(TimeDelta::days(30));
            f.run().await;
            assert!(f.see(open).await.row.owner.is_none(), "{role:?} owns a post");
        }
        assert!(!person::any_admin(f.read()).await.unwrap());
        f.sql("UPDATE persons SET verified_at = created_at WHERE name = 'Joost'").await.unwrap();
        let joost = f.again(&joost).await;
        assert!(joost.admin().is_ok() && f.look(&joost, hidden).await.is_ok() && person::any_admin(f.read()).await.unwrap());
        f.run().await;
        assert_eq!(f.see(open).await.row.owner.map(|owner| owner.id), joost.id());
    }

    async fn people_change_their_name_and_language(f: TestForum) {
        let sanne = settled(&f, "sanne@example.org").await;
        let actor = sanne.actor(None);
        let update = async |name: Option<&'static str>, language: Option<&'static str>| {
            f.write(&actor, async |tx| person::update(tx, name, language).await).await
        };
        let changed = update(Some(" Sanne   de Wit "), Some("nl-BE")).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.language.as_deref()), ("Sanne de Wit", Some("nl")));
        assert_eq!(update(None, None).await.unwrap(), changed);
        let told = problems(update(Some(""), Some("tlh")).await);
        assert_eq!(told, [("name", Problem::Required), ("language", Problem::UnknownChoice)]);
        let visitor = f.write(&Actor::Visitor, async |tx| person::update(tx, Some("X"), None).await).await;
        assert!(matches!(visitor, Err(Error::Unauthenticated)));
        assert_eq!(person::by_handle(f.read(), &sanne.handle).await.unwrap(), Some(changed), "the handle stays");
    }

    async fn the_first_admin_comes_by_the_set_up_link_and_only_the_first(f: TestForum) {
        assert!(!person::any_admin(f.read()).await.unwrap());
        let set_up = async |secret: &str, email: &str| {
            let new = form(email).prepare(&f).await.unwrap();
            f.write(&Actor::Visitor, async |tx| person::set_up(tx, secret, new).await).await
        };
        dead_link(set_up("guess", "ada@example.org").await);
        let secret = f.link(Purpose::SetUp, None).await;
        set_up(&secret, "ada@example.org").await.unwrap();
        let ada = account(&f, "ada@example.org").await;
        assert_eq!((ada.role, ada.verified), (Role::Admin, true));
        dead_link(set_up(&secret, "eve@example.org").await);
        let another = f.link(Purpose::SetUp, None).await;
        dead_link(set_up(&another, "eve@example.org").await);
        assert_eq!(f.count("persons").await, 1);
    }

    async fn the_command_line_makes_accounts(f: TestForum) {
        let create = async |actor: &Actor, email: &str| {
            let new = form(email).prepare(&f).await.unwrap();
            f.write(actor, async |tx| person::create(tx, new, Role::Lead, true).await).await
        };
        create(&Actor::System, "ruth@example.org").await.unwrap();
        assert_eq!(problems(create(&Actor::System, "Ruth@example.org").await), [("email", Problem::Taken)]);
        let lead = account(&f, "ruth@example.org").await.actor(None);
        assert!(matches!(create(&lead, "eve@example.org").await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(create(&Actor::Visitor, "eve@example.org").await, Err(Error::Unauthenticated)));
        assert_eq!(person::staff(f.read()).await.unwrap().len(), 1);
    }

    async fn letters_go_to_one_sender_at_a_time(f: TestForum) {
        for n in 0..3 {
            sign_up(&f, &format!("person{n}@example.org")).await.unwrap();
        }
        let lease = async || f.write(&Actor::System, async |tx| outbox::lease(tx, 2).await).await.unwrap();
        let (first, second) = (lease().await, lease().await);
        assert_eq!((first.len(), second.len()), (2, 1));
        assert!(lease().await.is_empty(), "what is leased waits");
        assert_eq!(outbox::unsent(f.read()).await.unwrap(), 3);
        f.write(&Actor::System, async |tx| outbox::sent(tx, first[0].id).await).await.unwrap();
        f.write(&Actor::System, async |tx| outbox::failed(tx, &first[1], "no route").await).await.unwrap();
        f.time.advance(TimeDelta::seconds(61));
        let again = lease().await;
        assert_eq!(again.iter().map(|l| (l.id, l.attempts)).collect::<Vec<_>>(), [(first[1].id, 1)], "what failed comes again after a minute");
        f.time.advance(TimeDelta::minutes(2));
        let ids: Vec<_> = lease().await.iter().map(|l| l.id).collect();
        assert!(ids.contains(&second[0].id), "a sender that died loses its lease");
        let kept = f.rows(&format!("SELECT letter FROM outbox WHERE id = {}", first[0].id)).await;
        assert_eq!(kept[0].try_get::<serde_json::Value>("", "letter").unwrap(), serde_json::json!({}), "a secret that was sent is forgotten");
    }

    async fn of_two_admins_who_take_each_others_role_one_stays(f: TestForum) {
        let (ada, bea) = (f.staff("Ada", Role::Admin).await, f.staff("Bea", Role::Admin).await);
        let take = async |by: &Actor, from: &Actor| {
            let of = from.id().unwrap();
            f.write(by, async |tx| person::set_role(tx, of, Role::Member).await).await
        };
        let (one, other) = tokio::join!(take(&ada, &bea), take(&bea, &ada));
        assert_eq!([&one, &other].iter().filter(|outcome| outcome.is_ok()).count(), 1, "{one:?}, {other:?}");
        let refused = one.and(other);
        assert!(matches!(refused, Err(Error::Conflict(Conflict::LastAdmin))), "{refused:?}");
        assert!(person::any_admin(f.read()).await.unwrap());
        // whoever runs the forum may do it all the same: the next start prints a link for another
        for admin in [&ada, &bea] {
            take(&Actor::System, admin).await.unwrap();
        }
        assert!(!person::any_admin(f.read()).await.unwrap());
    }
}
