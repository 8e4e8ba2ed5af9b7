//! What is kept for a time goes when that time is over, by the job that sweeps, and not before.

use chrono::TimeDelta;
use forum::{
    actor::{Actor, Role},
    device, draft, hook, invitation,
    limit::{self, Limit},
    link::{self, Purpose},
    outbox, person,
    post::Kind,
    repeat, session,
    site::Language,
    token,
};
use tests::{get, on_both};

/// What is kept, by its table, and for how long; what goes first comes first.
const KEPT: [(&str, TimeDelta); 11] = [
    ("links WHERE purpose = 'reset'", TimeDelta::minutes(30)),
    ("limits", TimeDelta::minutes(60)),
    ("links WHERE purpose = 'verify'", TimeDelta::hours(24)),
    ("repeats", repeat::KEPT),
    ("drafts", draft::LIFETIME),
    ("invitations", invitation::LIFETIME),
    ("outbox", outbox::KEPT),
    ("hook_deliveries", hook::KEPT),
    ("sessions", session::LIFETIME),
    ("tokens", TimeDelta::days(token::LIFETIME)),
    ("devices", device::LIFETIME),
];

on_both! {
    async fn what_is_kept_for_a_time_goes_when_it_is_over(f: TestForum) {
        let limited = f.limited().await;
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let (agent, admin) = (f.staff("Femke", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        let me = sanne.id().unwrap();
        let account = person::by_id(f.read(), me).await.unwrap().unwrap();
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        // a letter that was sent, and still says when and to whom
        f.forget_letters().await;
        f.move_to(&agent, post, "review").await;
        let leased = f.write(&Actor::System, async |tx| outbox::lease(tx, 10).await).await.unwrap();
        assert_eq!(leased.len(), 1);
        for letter in &leased {
            f.write(&Actor::System, async |tx| outbox::sent(tx, letter.id).await).await.unwrap();
        }
        f.write(&Actor::Visitor, async |tx| {
            session::create(tx, me, "A browser", false).await?;
            device::remember(tx, me, None).await?;
            draft::keep(tx, "192.0.2.1", "/new", "title=Something").await?;
            link::create(tx, Purpose::Verify, Some(me)).await?;
            link::create(tx, Purpose::Reset, Some(me)).await.map(drop)
        })
        .await
        .unwrap();
        f.write(&sanne, async |tx| token::create(tx, &account, "A program", &["read".to_owned()], token::LIFETIME).await).await.unwrap();
        f.write(&sanne, async |tx| repeat::once(tx, "a form", async |_| Ok(1)).await).await.unwrap();
        f.write(&admin, async |tx| invitation::invite(tx, "tim@example.org", "agent", Language::En).await).await.unwrap();
        f.sql("DELETE FROM outbox WHERE recipient = 'tim@example.org'").await.unwrap();
        let told = hook::Draft {
            url: "https://hooks.example.com/".to_owned(),
            kinds: vec!["ranking.changed".to_owned()],
            ..hook::Draft::default()
        };
        f.write(&admin, async |tx| {
            let (hook, _) = hook::create(tx, &told).await?;
            hook::test(tx, hook.id).await
        })
        .await
        .unwrap();
        let slow = Limit { name: "test-retention", seconds: 3600, burst: 2 };
        limited.write(&sanne, async |tx| limit::count(tx, slow, "192.0.2.1").await).await.unwrap();

        let (start, last) = (f.now(), f.rows("SELECT MAX(id) AS id FROM outbox").await.pop().map(|row| get::<i64>(&row, "id")));
        // deadlines that pass meanwhile write letters of their own
        let rows = |kept: &str| if kept == "outbox" { format!("outbox WHERE id <= {}", last.unwrap()) } else { kept.to_owned() };
        for as_long in KEPT.chunk_by(|one, other| one.1 == other.1) {
            let lifetime = as_long[0].1;
            f.time.set(start + lifetime - TimeDelta::minutes(1));
            server::jobs::once(&f).await.unwrap();
            for (kept, _) in as_long {
                assert!(f.count(&rows(kept)).await > 0, "{kept} went too early");
            }
            f.time.set(start + lifetime + TimeDelta::minutes(1));
            server::jobs::once(&f).await.unwrap();
            for (kept, _) in as_long {
                assert_eq!(f.count(&rows(kept)).await, 0, "{kept} outlived its time");
            }
        }
    }
}
