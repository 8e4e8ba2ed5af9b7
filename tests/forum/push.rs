//! What is pushed to whom, and what is not any more.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use forum::{
    Forum,
    actor::Actor,
    notice,
    post::Kind,
    push::{self, Draft, Leased, LetIn, Outcome},
    session,
};
use tests::{TestForum, on_both};

/// Signs somebody in with a browser that is pushed to; answers the secret of the session.
async fn pushed(f: &TestForum, who: &Actor, endpoint: &str) -> String {
    let id = who.id().expect("somebody");
    let key = f.write(who, async |tx| session::create(tx, id, "Firefox", true).await).await.unwrap();
    let secret = key.secret.reveal().to_owned();
    let draft =
        Draft { endpoint: endpoint.to_owned(), p256dh: URL_SAFE_NO_PAD.encode([4; 65]), auth: URL_SAFE_NO_PAD.encode([7; 16]) };
    f.write(who, async |tx| push::add(tx, &draft, LetIn::Session(&secret)).await).await.unwrap();
    secret
}

async fn lease(f: &Forum) -> Vec<Leased> {
    f.write(&Actor::System, async |tx| push::lease(tx, 100).await).await.unwrap()
}

async fn note(f: &Forum, push: &Leased, outcome: Outcome) {
    f.write(&Actor::System, async |tx| push::note(tx, push, outcome).await).await.unwrap();
}

on_both! {
    async fn each_device_is_told_once_of_each_event(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let joost = f.member("Joost").await;
        pushed(&f, &sanne, "https://push.example/phone").await;
        pushed(&f, &sanne, "https://push.example/desk").await;
        pushed(&f, &joost, "https://push.example/other").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "Yes").await;
        let mut told = lease(&f).await;
        told.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
        let told: Vec<&str> = told.iter().map(|push| push.endpoint.as_str()).collect();
        assert_eq!(told, ["https://push.example/desk", "https://push.example/phone"], "and not whoever did it");
        assert!(lease(&f).await.is_empty(), "they are under way");
        f.support(&joost, post).await;
        assert_eq!(f.count("pushes").await, 2, "nobody is told of a vote");
    }

    async fn what_was_seen_elsewhere_is_not_pushed(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let joost = f.member("Joost").await;
        pushed(&f, &sanne, "https://push.example/phone").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "Yes").await;
        let told = lease(&f).await;
        assert_eq!(push::open(&f, &told[0]).await.unwrap().unwrap().post.id, post);
        f.write(&sanne, async |tx| notice::read(tx, None).await).await.unwrap();
        assert_eq!(push::open(&f, &told[0]).await.unwrap(), None);
        note(&f, &told[0], Outcome::Untold).await;
        assert_eq!(f.count("pushes").await, 0);
    }

    async fn what_was_not_taken_is_tried_again_for_a_day(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let joost = f.member("Joost").await;
        pushed(&f, &sanne, "https://push.example/phone").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "Yes").await;
        let start = f.now();
        let mut tries = Vec::new();
        while let Some(due) = push::next_due(f.read()).await.unwrap() {
            f.time.advance(due - f.now());
            let told = lease(&f).await;
            assert_eq!(told.len(), 1);
            tries.push((f.now() - start).num_seconds());
            note(&f, &told[0], Outcome::Failed).await;
        }
        assert_eq!(tries, [0, 30, 330, 2130, 9330, 30930]);
        // what nobody was there to send is no news any more
        f.comment(&joost, post, "And a bell").await;
        f.time.advance(push::LIFETIME + TimeDelta::minutes(1));
        f.write(&Actor::System, async |tx| push::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("pushes").await, 0);
    }

    async fn a_device_goes_with_whoever_was_let_in(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let joost = f.member("Joost").await;
        let phone = pushed(&f, &sanne, "https://push.example/phone").await;
        pushed(&f, &sanne, "https://push.example/desk").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "Yes").await;
        assert_eq!(f.count("pushes").await, 2);
        f.write(&sanne, async |tx| session::end(tx, &phone).await).await.unwrap();
        assert_eq!((f.count("push_devices").await, f.count("pushes").await), (1, 1));
        // the browser says that it is gone
        let told = lease(&f).await;
        note(&f, &told[0], Outcome::Gone).await;
        assert_eq!((f.count("push_devices").await, f.count("pushes").await), (0, 0));
        // the browser of one is the browser of another: what waited was not for them
        pushed(&f, &sanne, "https://push.example/shared").await;
        f.comment(&joost, post, "And a bell").await;
        pushed(&f, &joost, "https://push.example/shared").await;
        assert_eq!((f.count("push_devices").await, f.count("pushes").await), (1, 0));
        let mine = push::list(f.read(), &sanne, None).await.unwrap();
        assert!(mine.is_empty());
    }
}
