//! New accounts about which something stands out, for the staff to look at.

use chrono::TimeDelta;
use forum::{
    Error, Tx,
    actor::{Actor, Role},
    comment, device,
    error::Denied,
    flag,
    lookout::{self, NEW, Newcomer, Notable},
    moderation::{self, Act, Target},
    post::Kind,
    screening, trace,
};
use tests::{TestForum, on_both};

async fn queue(f: &TestForum, staff: &Actor) -> Vec<Newcomer> {
    lookout::queue(f.read(), staff, f.now()).await.unwrap()
}

async fn signs(f: &TestForum, staff: &Actor, whose: &Actor) -> Vec<Notable> {
    queue(f, staff)
        .await
        .into_iter()
        .find(|newcomer| Some(newcomer.person.id) == whose.id())
        .map_or_else(Vec::new, |found| found.signs)
}

/// Somebody who signed up a moment ago.
async fn arrive(f: &TestForum, name: &str) -> Actor {
    let email = format!("{}@post.example", name.to_lowercase().replace(' ', "."));
    let actor = f.member_with_mail(name, &email).await;
    f.sql(&format!("UPDATE persons SET imported_from = NULL WHERE name = '{name}'")).await.unwrap();
    actor
}

/// Lets somebody come from a network in a browser, which is known by the secret that comes back.
async fn come(f: &TestForum, who: &Actor, network: &str, browser: Option<&str>) -> String {
    let me = who.id().unwrap();
    let come = async |tx: &mut Tx| {
        trace::note(tx, me, network).await?;
        device::remember(tx, me, browser).await
    };
    f.write(&Actor::System, come).await.unwrap().secret.reveal().to_owned()
}

on_both! {
    async fn what_stands_out_is_said_in_words_and_to_the_staff_alone(f: TestForum) {
        let f = f.limited().await;
        let (agent, long) = (f.staff("Femke", Role::Agent).await, f.member("Joost").await);
        let open = f.post(&long, Kind::Idea, "A bench by the pond").await;
        assert!(queue(&f, &agent).await.is_empty(), "nobody stands out for being new");
        for outsider in [&Actor::Visitor, &long] {
            let asked = lookout::queue(f.read(), outsider, f.now()).await;
            assert!(matches!(asked, Err(Error::Unauthenticated | Error::Forbidden(Denied::Role))));
        }

        let spammer = arrive(&f, "Sanne").await;
        let say = async |text: &str| f.write(&spammer, async |tx| comment::submit(tx, open, None, text, None).await).await.unwrap();
        let held = say("All of it at https://pills.example/cheap").await;
        assert_eq!(signs(&f, &agent, &spammer).await, [Notable::Held]);
        let plain = say("And a plain remark of mine.").await;
        f.write(&long, async |tx| flag::raise(tx, Target::Comment(plain), Some(1), "").await).await.unwrap();
        assert_eq!(signs(&f, &agent, &spammer).await, [Notable::Held, Notable::Flagged]);
        let hide = moderation::Draft {
            act: Act::Hide.as_str().to_owned(), rule: Some(1), reason: "It is about pills.".to_owned(), ..moderation::Draft::default()
        };
        f.write(&agent, async |tx| moderation::act(tx, Target::Comment(plain), &hide).await).await.unwrap();
        let waiting = screening::queue(f.read(), &agent).await.unwrap();
        assert_eq!(waiting[0].target(), Target::Comment(held));
        f.write(&agent, async |tx| screening::release(tx, waiting[0].id).await).await.unwrap();
        assert_eq!(signs(&f, &agent, &spammer).await, [Notable::Moderated, Notable::Flagged], "what was released is no sign");
        let [found] = queue(&f, &agent).await.try_into().expect("one account");
        assert_eq!((found.texts, found.verified), (2, true));

        // looked at, until something new comes up
        let me = spammer.id().unwrap();
        let look = async |who: &Actor| f.write(who, async |tx| lookout::looked_at(tx, me).await).await;
        assert!(matches!(look(&long).await, Err(Error::Forbidden(_))));
        look(&agent).await.unwrap();
        assert!(queue(&f, &agent).await.is_empty());
        f.time.advance(TimeDelta::hours(1));
        say("More of it at https://pills.example/more").await;
        assert_eq!(signs(&f, &agent, &spammer).await, [Notable::Held, Notable::Moderated, Notable::Flagged]);
        // and nobody is new for ever
        f.time.advance(NEW);
        assert!(queue(&f, &agent).await.is_empty());
    }

    async fn a_browser_and_a_rush_stand_out_and_an_office_does_not(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let mut office = Vec::new();
        for n in 0..4 {
            office.push(arrive(&f, &format!("Colleague {n}")).await);
        }
        for colleague in &office {
            come(&f, colleague, "203.0.113.7", None).await;
        }
        assert!(queue(&f, &agent).await.is_empty(), "four from one network are an office");
        let (one, other) = (arrive(&f, "One").await, arrive(&f, "Other").await);
        let browser = come(&f, &one, "198.51.100.7", None).await;
        come(&f, &other, "192.0.2.7", Some(&browser)).await;
        for puppet in [&one, &other] {
            assert_eq!(signs(&f, &agent, puppet).await, [Notable::Browser]);
        }
        for n in 0..2 {
            let puppet = arrive(&f, &format!("Puppet {n}")).await;
            come(&f, &puppet, "203.0.113.9", None).await;
        }
        assert_eq!(signs(&f, &agent, &office[0]).await, [Notable::Network], "five others of a few days are a rush");
    }

    async fn an_address_of_nobody_stands_out(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let new = f.member_with_mail("Sanne", "sanne@mailinator.com").await;
        assert_eq!(signs(&f, &agent, &new).await, [Notable::Disposable]);
        f.write(&new, async |tx| forum::personal::erase(tx, forum::personal::Texts::Kept).await).await.unwrap();
        assert!(queue(&f, &agent).await.is_empty());
        let me = new.id().unwrap();
        let looked = f.write(&agent, async |tx| lookout::looked_at(tx, me).await).await;
        assert!(matches!(looked, Err(Error::NotFound)), "there is nothing left to look at");
    }
}
