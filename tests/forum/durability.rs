//! An acknowledged write is never lost, one that failed leaves nothing, and one that was abandoned keeps nobody waiting (rule 2).

use std::{pin::pin, task::Poll, time::Duration};

use forum::{
    Error, Result,
    actor::{Actor, Role},
    error::Conflict,
    id::PostId,
    post::{self, Draft, Kind},
    vote::{self, Stance},
};
use proptest::{collection::vec, prelude::*};
use sea_orm::ConnectionTrait as _;
use tests::{BOARD, TestForum, on_both};
use tokio::task::JoinSet;

fn idea(title: &str) -> Draft {
    Draft {
        kind: "idea".to_owned(),
        title: title.to_owned(),
        body: "More about it.".to_owned(),
        board: BOARD.to_owned(),
        tags: vec![format!("tag of {title}")],
        language: None,
    }
}

/// Polls a future so many times, or to its end if that comes sooner, and drops it. A moment passes between two polls, so that
/// it gets a little further each time.
async fn abandon<T>(work: impl Future<Output = T>, polls: u32) -> Option<T> {
    let mut work = pin!(work);
    for _ in 0..polls {
        let step = std::future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => Poll::Ready(None),
        });
        if let Some(value) = step.await {
            return Some(value);
        }
        tokio::time::sleep(Duration::from_micros(150)).await;
    }
    None
}

/// Everything that a failed write could leave behind.
async fn traces(f: &TestForum) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "posts",
        "post_versions",
        "post_tags",
        "tags",
        "clocks",
        "votes",
        "comments",
        "comment_versions",
        "answers",
        "owners",
        "events",
        "outbox",
        "search_posts",
        "search_comments",
        "search_words",
        "search_near",
        "limits",
        "links",
        "sessions",
    ] {
        counts.push(f.count(table).await);
    }
    counts
}

on_both! {
    async fn what_was_acknowledged_is_there_for_others(f: TestForum) {
        let (sanne, agent) = (f.member_with_mail("Sanne", "sanne@example.org").await, f.staff("Femke", Role::Agent).await);
        let other = f.beside().await;
        for n in 0..10 {
            let post = f.post(&sanne, Kind::Idea, &format!("Idea {n}")).await;
            assert_eq!(other.see(post).await.row.title, format!("Idea {n}"), "an instance that was open all the time");
            f.support(&agent, post).await;
            let fresh = f.beside().await;
            assert_eq!(fresh.see(post).await.row.support_count, 1, "an instance that opens now");
            fresh.move_to(&agent, post, "planned").await;
            assert_eq!(f.see(post).await.row.status.slug, "planned", "and the other way round");
            assert_eq!(f.outbox().await.len(), n + 1, "the letter came with the answer");
        }
    }

    async fn what_failed_leaves_nothing(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&sanne, Kind::Complaint, "The line is dead").await;
        let mut news = f.listen();
        let before = traces(&f).await;

        // each of these does all its work and then fails at the very end
        let failed: Result<()> = f
            .write(&joost, async |tx| {
                post::submit(tx, &idea("Never seen")).await?;
                vote::cast(tx, post, Stance::Support, None).await?;
                forum::comment::submit(tx, post, None, "Never read", None).await?;
                Err(Error::Conflict(Conflict::Exists))
            })
            .await;
        assert!(matches!(failed, Err(Error::Conflict(Conflict::Exists))));
        let failed: Result<()> = f
            .write(&agent, async |tx| {
                forum::answer::publish(tx, post, &f.answer_into("delivered")).await?;
                Err(Error::NotFound)
            })
            .await;
        assert!(matches!(failed, Err(Error::NotFound)));
        // the database itself refuses
        let failed: Result<()> = f
            .write(&joost, async |tx| {
                post::submit(tx, &idea("Never seen")).await?;
                tx.conn().execute_unprepared("INSERT INTO votes (post_id) VALUES (NULL)").await?;
                Ok(())
            })
            .await;
        assert!(matches!(failed, Err(Error::Internal(_))));
        // what the command swallows is not what the forum swallows
        assert!(f.vote(&joost, post, Stance::Oppose, Some("There is no opposing it.")).await.is_err());

        assert_eq!(traces(&f).await, before);
        assert!(news.try_recv().is_err(), "nobody heard of it");
        assert_eq!(f.see(post).await.row.status.slug, "received");
        assert!(f.find(&joost, "never").await.is_empty());
        f.support(&joost, post).await;
        assert_eq!(f.see(post).await.row.support_count, 1, "and the next write goes well");
    }

    async fn an_abandoned_write_leaves_nothing_and_blocks_nobody(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let other = f.beside().await;
        f.post(&sanne, Kind::Idea, "Warm").await;
        let mut told = 0;
        for polls in (1..60).step_by(2) {
            let before = traces(&f).await;
            let title = format!("Abandoned after {polls}");
            let draft = idea(&title);
            let outcome = abandon(f.submit(&sanne, &draft), polls).await;
            // another instance can write at once, without a word from this one
            let after = idea(&format!("After {polls}"));
            let writing = other.submit(&sanne, &after);
            tokio::time::timeout(Duration::from_secs(5), writing).await.expect("the way is free").unwrap();
            f.post(&sanne, Kind::Idea, &format!("Later {polls}")).await;

            let there = f.count(&format!("posts WHERE title = '{title}'")).await;
            if let Some(outcome) = outcome {
                outcome.unwrap();
                assert_eq!(there, 1, "what was acknowledged is there");
                told += 1;
            } else if there == 0 {
                let after = traces(&f).await;
                let grown: Vec<i64> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
                // two posts came in meanwhile: posts, versions, tags (one post has one), clocks, events
                assert_eq!((grown[0], grown[1], grown[2], grown[4], grown[10], grown[12]), (2, 2, 1, 4, 2, 2), "after {polls} polls");
            } else {
                assert!(f.find(&sanne, &title).await.contains(&title), "a write is there as a whole or not at all");
            }
        }
        assert!(told > 0, "the longest patience sees the end");
    }

    async fn abandoned_writes_take_no_acknowledged_one_with_them(f: TestForum) {
        let people = f.members(12).await;
        let post = f.post(&people[0], Kind::Idea, "A slot for letters").await;
        let other = f.beside().await;
        let crowd = vec(vec((0..12_usize, prop::option::weighted(0.6, 1..30_u32)), 4..16), 1..4);
        f.for_all(crowd, async |f, rounds| {
            for round in rounds {
                let mut writers = JoinSet::new();
                for (n, (person, polls)) in round.into_iter().enumerate() {
                    let (f, actor) = (f.clone(), people[person].clone());
                    writers.spawn(async move {
                        let title = format!("Number {n}");
                        let draft = idea(&title);
                        let writing = async {
                            f.vote(&actor, post, if n % 2 == 0 { Stance::Support } else { Stance::Oppose }, Some("I have my reasons.")).await?;
                            f.submit(&actor, &draft).await
                        };
                        match polls {
                            Some(polls) => abandon(writing, polls).await,
                            None => Some(writing.await),
                        }
                    });
                }
                let done: Vec<Result<PostId>> = writers.join_all().await.into_iter().flatten().collect();
                for outcome in done {
                    let id = outcome.expect("those who wait are answered");
                    other.look(&Actor::Visitor, id).await.unwrap_or_else(|_| panic!("post {id} was acknowledged and is gone"));
                }
                // in one statement: what was abandoned on its way to the disk may still arrive between two
                for stance in ["support", "oppose"] {
                    let kept = format!("(SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = '{stance}')");
                    let agree = other.count(&format!("posts p WHERE p.id = {post} AND p.{stance}_count = {kept}")).await;
                    assert_eq!(agree, 1, "the counter of {stance}");
                }
            }
        });
    }

    async fn two_instances_write_side_by_side(f: TestForum) {
        let people = f.members(24).await;
        let post = f.post(&people[0], Kind::Idea, "A slot for letters").await;
        let instances = [f.clone(), f.beside().await, f.beside().await];
        let mut writers = JoinSet::new();
        for (n, person) in people.into_iter().enumerate() {
            let f = instances[n % 3].clone();
            writers.spawn(async move {
                f.vote(&person, post, Stance::Support, None).await?;
                f.submit(&person, &idea(&format!("Number {n}"))).await
            });
        }
        for outcome in writers.join_all().await {
            outcome.expect("a write beside others");
        }
        assert_eq!((f.see(post).await.row.support_count, f.count("posts").await), (24, 25));
    }

    async fn opening_again_changes_nothing(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let before = (f.see(post).await, traces(&f).await);
        let mut opening = JoinSet::new();
        for _ in 0..4 {
            let f = f.clone();
            opening.spawn(async move { f.beside().await });
        }
        for again in opening.join_all().await {
            assert_eq!((again.see(post).await, traces(&again).await), before);
        }
    }

    async fn only_the_forum_itself_speaks_for_others(f: TestForum) {
        let (sanne, admin) = (f.member("Sanne").await, f.staff("Ada", Role::Admin).await);
        for actor in [&sanne, &admin, &Actor::Visitor] {
            let as_system = f.write(actor, async |tx| tx.act_as(Actor::System)).await;
            assert!(matches!(as_system, Err(Error::Forbidden(_))));
            let then = f.write(actor, async |tx| tx.act_at(forum_past())).await;
            assert!(matches!(then, Err(Error::Forbidden(_))));
        }
        let post = f
            .write(&Actor::System, async |tx| {
                tx.act_as(sanne.clone())?;
                tx.act_at(forum_past())?;
                post::submit(tx, &idea("Long ago")).await
            })
            .await
            .unwrap();
        let seen = f.see(post).await.row;
        assert_eq!((seen.created_at, Some(seen.author.id)), (forum_past(), sanne.id()));
    }
}

fn forum_past() -> chrono::DateTime<chrono::Utc> {
    tests::utc("2026-01-05T10:00:00+01:00")
}
