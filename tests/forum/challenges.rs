//! Proof of work: what it opens, how often, and for how long.

use chrono::TimeDelta;
use forum::{
    Error, Result,
    actor::Actor,
    challenge::{self, Challenge},
    error::Problem,
    limit::Limit,
};
use serde_json::json;
use tests::{TestForum, on_both, problems, solve};
use tokio::task::JoinSet;

const BARE: Limit = Limit { name: "bare", burst: 2, seconds: 60 };
const PROVEN: Limit = Limit { name: "proven", burst: 4, seconds: 60 };

async fn count(f: &TestForum, solution: &str) -> Result<()> {
    f.write(&Actor::Visitor, async |tx| challenge::count(tx, BARE, PROVEN, "203.0.113.7", solution).await).await
}

async fn solution(f: &TestForum) -> String {
    let Challenge { challenge, salt, signature } = challenge::issue(f).await.unwrap();
    let algorithm = challenge::ALGORITHM;
    let most = challenge::MOST;
    solve(&json!({ "algorithm": algorithm, "challenge": challenge, "maxnumber": most, "salt": salt, "signature": signature }))
}

fn refused(outcome: Result<()>) {
    assert_eq!(problems(outcome), [(challenge::FIELD, Problem::NotProven)]);
}

on_both! {
    async fn work_opens_a_wider_limit(f: TestForum) {
        let f = f.limited().await;
        for _ in 0..BARE.burst {
            count(&f, "").await.unwrap();
        }
        assert!(matches!(count(&f, " ").await, Err(Error::Limited { .. })));
        for _ in 0..PROVEN.burst {
            count(&f, &solution(&f).await).await.unwrap();
        }
        let one_more = solution(&f).await;
        assert!(matches!(count(&f, &one_more).await, Err(Error::Limited { .. })));
        // what was not counted is not spent either
        f.time.advance(TimeDelta::seconds(PROVEN.seconds + 1));
        count(&f, &one_more).await.unwrap();
    }

    async fn a_solution_counts_once_and_for_an_hour(f: TestForum) {
        let f = f.limited().await;
        let (first, second) = (solution(&f).await, solution(&f).await);
        assert_ne!(first, second);
        count(&f, &first).await.unwrap();
        refused(count(&f, &first).await);
        f.time.advance(challenge::LIFETIME - TimeDelta::seconds(1));
        refused(count(&f, &first).await);
        let third = solution(&f).await;
        f.time.advance(TimeDelta::seconds(1));
        refused(count(&f, &second).await);
        f.write(&Actor::System, challenge::sweep).await.unwrap();
        assert_eq!(f.count("spent_challenges").await, 0, "what would count no more is forgotten");
        refused(count(&f, &first).await);
        count(&f, &third).await.unwrap();
        f.write(&Actor::System, challenge::sweep).await.unwrap();
        assert_eq!(f.count("spent_challenges").await, 1, "what would count again is not");
        for wrong in ["nonsense", "e30=", &"A".repeat(100_000)] {
            refused(count(&f, wrong).await);
        }
    }

    async fn of_many_at_once_one_spends_it(f: TestForum) {
        let f = f.limited().await;
        let solution = solution(&f).await;
        let mut writers = JoinSet::new();
        for _ in 0..12 {
            let (f, solution) = (f.clone(), solution.clone());
            let counted = async move |tx: &mut forum::Tx| challenge::count(tx, BARE, PROVEN, "203.0.113.7", &solution).await;
            writers.spawn(async move { f.write(&Actor::Visitor, counted).await });
        }
        let outcomes = writers.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }

    async fn instances_agree_on_the_key_and_on_what_is_spent(f: TestForum) {
        let (f, other) = (f.limited().await, f.limited().await);
        let solution = solution(&f).await;
        count(&other, &solution).await.unwrap();
        refused(count(&f, &solution).await);
        assert_eq!(f.count("challenge_key").await, 1);
    }

    async fn without_limits_nobody_has_to_work(f: TestForum) {
        for _ in 0..=BARE.burst {
            count(&f, "nonsense").await.unwrap();
        }
        assert_eq!(f.count("spent_challenges").await, 0);
    }
}
