//! Where an idea comes from, and every later word on it.

use forum::{
    Error, Result,
    actor::{Actor, Role},
    error::{Denied, Problem},
    id::PostId,
    post::Kind,
    provenance::{self, Provenance},
};
use tests::{REASON, TestForum, on_both, problems};

async fn set(f: &TestForum, actor: &Actor, post: PostId, value: &str, reason: &str) -> Result<()> {
    f.write(actor, async |tx| provenance::set(tx, post, value, reason).await).await
}

on_both! {
    async fn staff_say_it_and_later_changes_are_shown(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        let words = async || f.of(&Actor::Visitor, post, provenance::of_post).await.unwrap();
        assert!(matches!(set(&f, &Actor::Visitor, post, "both", "").await, Err(Error::Unauthenticated)));
        assert!(matches!(set(&f, &author, post, "both", "").await, Err(Error::Forbidden(Denied::Role))));
        assert_eq!(problems(set(&f, &agent, post, "ourselves", "").await), [("provenance", Problem::UnknownChoice)]);
        assert!(words().await.is_empty());
        set(&f, &agent, post, "customers", "").await.unwrap();
        set(&f, &agent, post, "customers", "").await.unwrap();
        assert_eq!(words().await.len(), 1, "the same again is no new word");
        assert_eq!(f.see(post).await.row.owner.map(|p| p.id), agent.id(), "the first to act on it owns it");

        assert_eq!(problems(set(&f, &agent, post, "planned", "").await), [("reason", Problem::Required)], "to change it needs a reason");
        assert_eq!(problems(set(&f, &agent, post, "planned", "Oh").await), [("reason", Problem::TooShort { min: 10 })]);
        set(&f, &agent, post, "both", REASON).await.unwrap();
        let found: Vec<_> = words().await.into_iter().map(|w| (w.provenance, w.reason)).collect();
        assert_eq!(found, [(Provenance::Customers, None), (Provenance::Both, Some(REASON.to_owned()))]);
        assert_eq!(f.count("events WHERE kind = 'provenance_set'").await, 2);
        for statement in ["UPDATE events SET data = '{}'", "DELETE FROM events"] {
            assert!(f.sql(statement).await.is_err(), "{statement} went through");
        }
    }

    async fn who_says_it_too_late_does_not_own_it(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        f.desk(None, 1, &femke).await;
        f.time.advance(chrono::TimeDelta::days(9));
        set(&f, &tim, post, "both", "").await.unwrap();
        assert_eq!(f.see(post).await.row.owner.map(|p| p.id), femke.id(), "the time of triage was over, although no worker ran");
    }

    async fn a_private_matter_stays_private(f: TestForum) {
        let (author, agent, other) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.member("Other").await);
        f.private_board("secret", &[&author]).await;
        let post = f.post_on(&author, "secret", Kind::Idea, "A secret slot").await;
        set(&f, &agent, post, "both", "").await.unwrap();
        assert!(matches!(f.of(&other, post, provenance::of_post).await, Err(Error::NotFound)));
        assert_eq!(f.of(&author, post, provenance::of_post).await.unwrap().len(), 1);
    }
}
