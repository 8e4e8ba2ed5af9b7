//! What reaches somebody by mail, and when: at once, collected, or not at all; and how that is stopped by a link.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use forum::{
    Error, Forum, Result,
    actor::{Actor, Role},
    follow::{self, Subject},
    mailing::{self, Draft, Pace, Topic},
    notice::{self, Content},
    outbox::Collected,
    post::Kind,
    unsubscribe::{self, What},
};
use tests::{TestForum, on_both, utc};

async fn choose(f: &Forum, actor: &Actor, topic: Topic, pace: Pace) {
    let draft = Draft { paces: BTreeMap::from([(topic, pace.as_str().to_owned())]), ..Draft::default() };
    f.write(actor, async |tx| mailing::choose(tx, &draft).await).await.unwrap();
}

async fn live_in(f: &Forum, actor: &Actor, zone: &str) -> Result<()> {
    let draft = Draft { time_zone: Some(zone.to_owned()), ..Draft::default() };
    f.write(actor, async |tx| mailing::choose(tx, &draft).await).await
}

/// What waits in the outbox and is about something that happened: to whom, and the titles of what it tells.
async fn told(f: &TestForum) -> Vec<(String, Vec<String>)> {
    let mut told = Vec::new();
    for sent in f.outbox().await {
        let titles = match sent.content {
            Content::Notice { notice, .. } => vec![notice.post.title],
            Content::Digest { notices, .. } => notices.into_iter().map(|notice| notice.post.title).collect(),
            _ => continue,
        };
        told.push((sent.to, titles));
    }
    told
}

/// The link that stops mail like the last letter.
async fn stop_link(f: &TestForum) -> String {
    let letters = f.outbox().await;
    let path = match &letters.last().expect("a letter").content {
        Content::Notice { stop, .. } | Content::Digest { stop, .. } => stop.clone(),
        other => panic!("{other:?} stops nothing"),
    };
    path.strip_prefix("/unsubscribe/").expect("a link").to_owned()
}

fn one(to: &str, titles: &[&str]) -> Vec<(String, Vec<String>)> {
    vec![(to.to_owned(), titles.iter().map(|title| (*title).to_owned()).collect())]
}

const MAIL: &str = "sanne@example.org";

on_both! {
    async fn ten_comments_in_an_hour_are_one_mail(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let joost = f.member("Joost").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.forget_letters().await;
        for n in 0..10 {
            f.comment(&joost, post, &format!("Comment number {n}")).await;
            f.time.advance(TimeDelta::minutes(5));
            mailing::run(&f).await.unwrap();
        }
        assert_eq!(told(&f).await, one(MAIL, &["A slot for letters"]), "the first at once, and none for an hour");
        // another post is another conversation
        let other = f.post(&sanne, Kind::Idea, "A box for parcels").await;
        f.comment(&joost, other, "Yes").await;
        assert_eq!(told(&f).await.len(), 2);
        f.forget_letters().await;

        f.time.advance(TimeDelta::minutes(15));
        assert_eq!(mailing::run(&f).await.unwrap(), 1);
        assert_eq!(mailing::run(&f).await.unwrap(), 0, "once");
        let letters = f.outbox().await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(matches!(&letter.content, Content::Digest { notices, collected: Collected::Burst, .. } if notices.len() == 9), "{letter:?}");
        // what comes soon after that letter waits for an hour as well
        f.comment(&joost, post, "One more").await;
        assert_eq!(f.outbox().await.len(), 1);
        f.time.advance(TimeDelta::minutes(60));
        mailing::run(&f).await.unwrap();
        assert!(matches!(&f.outbox().await[1].content, Content::Notice { .. }), "a single one is told as ever");
    }

    async fn what_was_seen_by_then_is_not_sent(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let (joost, agent) = (f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.forget_letters().await;
        for body in ["First", "Second"] {
            f.comment(&joost, post, body).await;
        }
        f.forget_letters().await;
        f.write(&sanne, async |tx| notice::read(tx, Some(post)).await).await.unwrap();
        choose(&f, &sanne, Topic::Answers, Pace::Daily).await;
        f.move_to(&agent, post, "planned").await;
        choose(&f, &sanne, Topic::Answers, Pace::Never).await;
        f.time.advance(TimeDelta::days(2));
        assert_eq!(mailing::run(&f).await.unwrap(), 0, "seen, or not wanted any more");
        assert_eq!(told(&f).await, []);
        assert_eq!(f.count("notices WHERE mail_at IS NOT NULL").await, 0);
    }

    async fn news_are_collected_until_the_morning_of_their_reader(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let agent = f.staff("Femke", Role::Agent).await;
        f.time.set(utc("2026-11-19T10:00:00+01:00"));
        let first = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let second = f.post(&sanne, Kind::Idea, "A box for parcels").await;
        live_in(&f, &sanne, "Asia/Tokyo").await.unwrap();
        choose(&f, &sanne, Topic::Answers, Pace::Daily).await;
        f.forget_letters().await;
        f.move_to(&agent, first, "planned").await;
        f.move_to(&agent, second, "planned").await;
        assert_eq!(told(&f).await, []);
        // eight in the morning of the 20th at Tokyo
        for (now, letters) in [("2026-11-19T23:59:00+01:00", 0), ("2026-11-20T00:00:00+01:00", 1), ("2026-11-21T10:00:00+01:00", 0)] {
            f.time.set(utc(now));
            assert_eq!(mailing::run(&f).await.unwrap(), letters, "{now}");
        }
        assert_eq!(told(&f).await, one(MAIL, &["A slot for letters", "A box for parcels"]), "one letter of both, in their order");
        assert!(matches!(f.outbox().await[0].content, Content::Digest { collected: Collected::Asked, .. }));

        // once a week: on Monday
        choose(&f, &sanne, Topic::Answers, Pace::Weekly).await;
        f.forget_letters().await;
        f.move_to(&agent, first, "started").await;
        for (now, letters) in [("2026-11-22T22:00:00+01:00", 0), ("2026-11-23T00:30:00+01:00", 1)] {
            f.time.set(utc(now));
            assert_eq!(mailing::run(&f).await.unwrap(), letters, "{now}");
        }
        // other sorts come as before
        f.comment(&agent, first, "We need a day").await;
        assert_eq!(told(&f).await.len(), 2);
        let wrong = live_in(&f, &sanne, "Europe/Nowhere").await;
        assert!(matches!(&wrong, Err(Error::Invalid(fields)) if fields[0].field == "time_zone"), "{wrong:?}");
        live_in(&f, &sanne, "").await.unwrap();
        assert_eq!(mailing::own(f.read(), &sanne).await.unwrap().time_zone, None);
    }

    async fn followers_hear_as_they_chose(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        f.time.set(utc("2026-11-19T10:00:00+01:00"));
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        for (name, pace, zone) in [
            ("atonce", Pace::AtOnce, ""),
            ("daily", Pace::Daily, ""),
            ("tokyo", Pace::Daily, "Asia/Tokyo"),
            ("weekly", Pace::Weekly, ""),
            ("never", Pace::Never, ""),
        ] {
            let reader = f.member_with_mail(name, &format!("{name}@example.org")).await;
            f.write(&reader, async |tx| follow::start(tx, Subject::Post(post)).await).await.unwrap();
            choose(&f, &reader, Topic::Following, pace).await;
            live_in(&f, &reader, zone).await.unwrap();
        }
        f.forget_letters().await;
        f.move_to(&agent, post, "planned").await;
        assert_eq!(f.count("notices").await, 6, "all of them are told on the page");
        let mut heard = Vec::new();
        for now in ["2026-11-19T10:00:00+01:00", "2026-11-20T00:01:00+01:00", "2026-11-20T08:00:00+01:00", "2026-11-23T08:00:00+01:00", "2026-12-23T08:00:00+01:00"] {
            f.time.set(utc(now));
            mailing::run(&f).await.unwrap();
            heard.push(told(&f).await.into_iter().map(|(to, _)| to.replace("@example.org", "")).collect::<Vec<_>>().join(" "));
            f.forget_letters().await;
        }
        assert_eq!(heard, ["atonce", "tokyo", "daily", "weekly", ""]);
    }

    async fn a_link_stops_mail_without_signing_in(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", MAIL).await;
        let (joost, agent) = (f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.forget_letters().await;
        f.comment(&joost, post, "Yes").await;
        let link = stop_link(&f).await;
        let known = unsubscribe::open(&f, &link).await.unwrap();
        assert_eq!((known.what, known.stopped), (What::Topic(Topic::Comments), false));
        let stop = async |link: &str, all| f.write(&Actor::Visitor, async |tx| unsubscribe::stop(tx, link, all).await).await;
        for _ in 0..2 {
            assert!(stop(&link, false).await.unwrap().stopped);
        }
        f.forget_letters().await;
        f.time.advance(TimeDelta::hours(3));
        f.comment(&joost, post, "No").await;
        assert_eq!(told(&f).await, []);
        f.move_to(&agent, post, "planned").await;
        assert_eq!(told(&f).await.len(), 1, "answers still come");
        assert!(!f.write(&Actor::Visitor, async |tx| unsubscribe::resume(tx, &link).await).await.unwrap().stopped);
        f.time.advance(TimeDelta::hours(3));
        f.comment(&joost, post, "Perhaps").await;
        assert_eq!(told(&f).await.len(), 2);

        // all of it, but for what the account needs
        stop(&link, true).await.unwrap();
        f.forget_letters().await;
        f.time.advance(TimeDelta::hours(3));
        f.comment(&joost, post, "Well").await;
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(told(&f).await, []);
        assert_eq!(mailing::own(f.read(), &sanne).await.unwrap().pace(Topic::Questions), Pace::Never);
        let unsent = "notices n JOIN persons x ON x.id = n.person_id WHERE x.name = 'Sanne' AND n.mail_at IS NULL AND n.mailed_at IS NULL";
        assert_eq!(f.count(unsent).await, 4, "on the page stands all of it: two comments, an answer, a question");

        // what we did not sign is no link: not for another sort, not for somebody else
        let (person, rest) = link.split_once('-').unwrap();
        let other = joost.id().unwrap().0.simple().to_string();
        for wrong in [
            link.replace("comments", "answers"),
            link.replace(person, &other),
            format!("{link}0"),
            link[..link.len() - 1].to_owned(),
            rest.to_owned(),
            String::new(),
            "0-comments-0".to_owned(),
        ] {
            assert!(matches!(unsubscribe::open(&f, &wrong).await, Err(Error::NotFound)), "{wrong}");
            assert!(matches!(stop(&wrong, false).await, Err(Error::NotFound)), "{wrong}");
        }
    }
}
