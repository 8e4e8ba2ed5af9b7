//! Rate limits, and requests that come twice.

use chrono::TimeDelta;
use forum::{
    Error,
    error::{Conflict, Problem},
    limit::{self, Limit},
    post::Kind,
    repeat::{self, Given},
    vote::Stance,
};
use proptest::collection::vec;
use tests::{on_both, problems};
use tokio::task::JoinSet;

const LETTERS: Limit = Limit { name: "letters", burst: 3, seconds: 60 };

fn wait_of<T: std::fmt::Debug>(outcome: forum::Result<T>) -> u64 {
    match outcome {
        Err(Error::Limited { retry_after }) => retry_after,
        other => panic!("expected a limit, got {other:?}"),
    }
}

on_both! {
    async fn too_many_posts_have_to_wait_and_then_go_on(f: TestForum) {
        let f = f.limited().await;
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let draft = |title: &str| forum::post::Draft {
            kind: "idea".to_owned(),
            title: title.to_owned(),
            body: "More.".to_owned(),
            board: tests::BOARD.to_owned(),
            ..forum::post::Draft::default()
        };
        for n in 0..limit::POST.burst {
            f.submit(&sanne, &draft(&format!("Post {n}"))).await.unwrap();
        }
        let wait = wait_of(f.submit(&sanne, &draft("One too many")).await);
        assert!((1..=u64::try_from(limit::POST.seconds).unwrap() + 1).contains(&wait), "{wait}");
        assert_eq!(f.count("posts").await, limit::POST.burst);
        f.submit(&joost, &draft("Somebody else")).await.unwrap();

        // to ask again and again costs nothing, and does not help either
        for _ in 0..5 {
            assert_eq!(wait_of(f.submit(&sanne, &draft("Impatient")).await), wait);
        }
        f.time.advance(TimeDelta::seconds(i64::try_from(wait).unwrap()));
        f.submit(&sanne, &draft("After the wait")).await.unwrap();
        wait_of(f.submit(&sanne, &draft("Again too many")).await);
    }

    async fn votes_and_comments_are_limited_too(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        for n in 0..limit::VOTE.burst {
            if n % 2 == 0 { drop(f.support(&sanne, post).await) } else { drop(f.withdraw(&sanne, post).await.unwrap()) }
        }
        wait_of(f.vote(&sanne, post, Stance::Support, None).await);
        assert_eq!(f.withdraw(&sanne, post).await.unwrap().support_count, 0, "what changes nothing is not counted");
        for n in 0..limit::COMMENT.burst {
            f.comment(&sanne, post, &format!("Comment {n}")).await;
        }
        wait_of(f.write(&sanne, async |tx| forum::comment::submit(tx, post, None, "One too many", None).await).await);
        assert_eq!(f.see(post).await.row.comment_count, limit::COMMENT.burst);
    }

    async fn a_burst_and_a_pace_are_kept(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member("Sanne").await;
        let round = std::sync::atomic::AtomicU32::new(0);
        f.for_all(vec(0..90_i64, 1..24), async |f, pauses| {
            let who = format!("case {}", round.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
            // the model: how much of the burst is used, in seconds
            let mut used = 0;
            for pause in pauses {
                f.time.advance(TimeDelta::seconds(pause));
                used = (used - pause).max(0);
                let outcome = f.write(&sanne, async |tx| limit::count(tx, LETTERS, &who).await).await;
                if used <= LETTERS.seconds * (LETTERS.burst - 1) {
                    outcome.unwrap();
                    used += LETTERS.seconds;
                } else {
                    let wait = i64::try_from(wait_of(outcome)).unwrap();
                    let needed = used - LETTERS.seconds * (LETTERS.burst - 1);
                    assert!(needed <= wait && wait <= needed + 1, "told {wait}, needed {needed}");
                }
            }
        });
        f.time.advance(TimeDelta::hours(1));
        f.write(&forum::actor::Actor::System, async |tx| limit::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("limits").await, 0, "what limits nobody is forgotten");
    }

    async fn no_more_get_through_at_once_than_may(f: TestForum) {
        let f = f.limited().await;
        let sanne = f.member("Sanne").await;
        let mut writers = JoinSet::new();
        for _ in 0..24 {
            let (f, sanne) = (f.clone(), sanne.clone());
            writers.spawn(async move { f.write(&sanne, async |tx| limit::count(tx, LETTERS, "sanne").await).await });
        }
        let outcomes = writers.join_all().await;
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 3);
        assert!(outcomes.iter().all(|o| matches!(o, Ok(()) | Err(Error::Limited { .. }))));
    }

    async fn without_limits_nobody_waits(f: TestForum) {
        let sanne = f.member("Sanne").await;
        for n in 0..=limit::POST.burst {
            f.post(&sanne, Kind::Idea, &format!("Post {n}")).await;
        }
        assert_eq!(f.count("limits").await, 0);
    }

    async fn a_repeated_request_gets_the_first_answer(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let claim = async |actor: &forum::actor::Actor, key: &str, print: &str| {
            f.write(actor, async |tx| repeat::claim(tx, actor.id().unwrap(), key, print).await).await
        };
        let settle = async |given: Option<&Given>| {
            f.write(&sanne, async |tx| repeat::settle(tx, sanne.id().unwrap(), "key", given).await).await.unwrap();
        };
        let given = Given { status: 201, location: Some("/api/v1/posts/1".to_owned()), body: "{\"id\":1}".to_owned() };
        assert_eq!(claim(&sanne, "key", "print").await.unwrap(), None, "the first has to do the work");
        assert!(matches!(claim(&sanne, "key", "print").await, Err(Error::Conflict(Conflict::InProgress))));
        assert_eq!(claim(&joost, "key", "print").await.unwrap(), None, "a key is its person's");
        assert_eq!(claim(&sanne, "other key", "print").await.unwrap(), None);
        settle(Some(&given)).await;
        assert_eq!(claim(&sanne, "key", "print").await.unwrap(), Some(given.clone()));
        assert_eq!(problems(claim(&sanne, "key", "another").await), [("Idempotency-Key", Problem::KeyReused)]);

        f.time.advance(repeat::KEPT - TimeDelta::seconds(1));
        assert_eq!(claim(&sanne, "key", "print").await.unwrap(), Some(given));
        f.time.advance(TimeDelta::seconds(2));
        assert_eq!(claim(&sanne, "key", "print").await.unwrap(), None, "after a day a key is as new");
    }

    async fn a_request_that_failed_or_died_may_be_tried_again(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let me = sanne.id().unwrap();
        let claim = async || f.write(&sanne, async |tx| repeat::claim(tx, me, "key", "print").await).await;
        assert_eq!(claim().await.unwrap(), None);
        f.write(&sanne, async |tx| repeat::settle(tx, me, "key", None).await).await.unwrap();
        assert_eq!(claim().await.unwrap(), None, "what failed frees the key");
        f.time.advance(TimeDelta::minutes(1));
        assert!(matches!(claim().await, Err(Error::Conflict(Conflict::InProgress))));
        f.time.advance(TimeDelta::minutes(2));
        assert_eq!(claim().await.unwrap(), None, "a claim without an answer dies");
        assert!(matches!(claim().await, Err(Error::Conflict(Conflict::InProgress))));
    }

    async fn one_of_many_at_once_does_the_work(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let mut writers = JoinSet::new();
        for _ in 0..24 {
            let (f, sanne) = (f.clone(), sanne.clone());
            writers.spawn(async move { f.write(&sanne, async |tx| repeat::claim(tx, sanne.id().unwrap(), "key", "print").await).await });
        }
        let outcomes = writers.join_all().await;
        assert_eq!(outcomes.iter().filter(|o| matches!(o, Ok(None))).count(), 1);
        assert_eq!(outcomes.iter().filter(|o| matches!(o, Err(Error::Conflict(Conflict::InProgress)))).count(), 23);
    }
}
