//! One person counts once (rule 1), and nobody's vote is cast for them (rule 17).

use std::collections::HashMap;

use forum::{
    Error,
    actor::{Actor, Role},
    answer,
    error::{Denied, Problem},
    id::PostId,
    post::{Edit, Kind, rank},
    vote::{self, MyVote, Stance},
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{TestForum, on_both, problems, utc};
use tokio::task::JoinSet;

/// What somebody does to a post.
#[derive(Debug, Clone)]
enum Act {
    Support(Option<&'static str>),
    Oppose(Option<&'static str>),
    Withdraw,
}

const PEOPLE: usize = 4;
const REASON: &str = "It would make the queue longer.";
const OTHER_REASON: &str = "It costs more than it brings.";

fn acts() -> impl Strategy<Value = Vec<(usize, usize, Act)>> {
    let act = prop_oneof![
        3 => select(vec![None, Some(REASON), Some("ok")]).prop_map(Act::Support),
        3 => select(vec![None, Some("too short"), Some(REASON), Some(OTHER_REASON)]).prop_map(Act::Oppose),
        2 => Just(Act::Withdraw),
    ];
    vec((0..PEOPLE, 0..3_usize, act), 1..24)
}

/// How the posts stand by the model: who said what about which.
type Model = HashMap<(usize, usize), MyVote>;

fn tally(model: &Model, post: usize, stance: Stance) -> i64 {
    model.iter().filter(|((_, p), vote)| *p == post && vote.stance == stance).map(|_| 1).sum()
}

/// Compares counters, table, list and the people's own view with the model.
async fn agrees(f: &TestForum, model: &Model, people: &[Actor], posts: &[PostId]) {
    for (p, post) in posts.iter().enumerate() {
        let row = f.see(*post).await.row;
        for (stance, shown) in [(Stance::Support, row.support_count), (Stance::Oppose, row.oppose_count)] {
            let expected = tally(model, p, stance);
            assert_eq!(shown, expected, "the counter of {stance:?} on post {p}");
            let kept = f.count(&format!("votes WHERE post_id = {post} AND stance = '{}'", stance.as_str())).await;
            assert_eq!(kept, expected, "the votes kept of {stance:?} on post {p}");
            let listed = f
                .of(&Actor::Visitor, *post, async |view, post| vote::list(view, post, Some(stance), None, 100).await)
                .await
                .unwrap();
            assert_eq!(i64::try_from(listed.len()).unwrap(), expected, "the votes listed of {stance:?} on post {p}");
        }
        assert!((row.trend - rank::trend(row.support_count, row.comment_count, row.created_at)).abs() < 1e-9);
        for (n, person) in people.iter().enumerate() {
            assert_eq!(f.look(person, *post).await.unwrap().row.my_vote.as_ref(), model.get(&(n, p)));
        }
    }
}

on_both! {
    async fn a_person_counts_once_whatever_they_do(f: TestForum) {
        let author = f.member("Author").await;
        let people = f.members(PEOPLE).await;
        f.for_all(acts(), async |f, acts| {
            let posts = [
                f.post(&author, Kind::Idea, "A slot for letters").await,
                f.post(&author, Kind::Complaint, "The line is dead").await,
                f.post(&author, Kind::Criticism, "Bills are hard to read").await,
            ];
            let mut model = Model::new();
            for (person, post, act) in &acts {
                let key = (*person, *post);
                let (actor, id, complaint) = (&people[*person], posts[*post], *post == 1);
                let outcome = match act {
                    Act::Support(reason) => {
                        model.insert(key, MyVote { stance: Stance::Support, reason: reason.map(str::to_owned) });
                        f.vote(actor, id, Stance::Support, *reason).await
                    }
                    Act::Oppose(reason) => {
                        let outcome = f.vote(actor, id, Stance::Oppose, *reason).await;
                        let refused = match reason {
                            _ if complaint => Some(("stance", Problem::ComplaintNotOpposable)),
                            None => Some(("reason", Problem::Required)),
                            Some(reason) if reason.len() < 10 => Some(("reason", Problem::TooShort { min: 10 })),
                            Some(_) => None,
                        };
                        if let Some(refused) = refused {
                            assert_eq!(problems(outcome), [refused]);
                            continue;
                        }
                        model.insert(key, MyVote { stance: Stance::Oppose, reason: reason.map(str::to_owned) });
                        outcome
                    }
                    Act::Withdraw => {
                        model.remove(&key);
                        f.withdraw(actor, id).await
                    }
                };
                let told = outcome.unwrap();
                assert_eq!(told.support_count, tally(&model, *post, Stance::Support));
                assert_eq!(told.oppose_count, tally(&model, *post, Stance::Oppose));
                assert_eq!(told.my_vote.as_ref(), model.get(&key));
            }
            agrees(f, &model, &people, &posts).await;
        });
    }

    async fn sixty_four_people_at_once_are_counted_exactly(f: TestForum) {
        let author = f.member("Author").await;
        let people = f.members(64).await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let mut model = Model::new();
        let mut writers = JoinSet::new();
        for (n, person) in people.iter().cloned().enumerate() {
            // the last word of each: a third for, a third against, a third withdrawn
            let last = match n % 3 {
                0 => Some(MyVote { stance: Stance::Support, reason: None }),
                1 => Some(MyVote { stance: Stance::Oppose, reason: Some(REASON.to_owned()) }),
                _ => None,
            };
            if let Some(vote) = &last {
                model.insert((n, 0), vote.clone());
            }
            let f = f.clone();
            writers.spawn(async move {
                f.vote(&person, post, Stance::Oppose, Some(OTHER_REASON)).await?;
                f.withdraw(&person, post).await?;
                f.vote(&person, post, Stance::Support, None).await?;
                match last {
                    Some(vote) => f.vote(&person, post, vote.stance, vote.reason.as_deref()).await,
                    None => f.withdraw(&person, post).await,
                }
            });
        }
        for outcome in writers.join_all().await {
            outcome.expect("a vote in a crowd");
        }
        agrees(&f, &model, &people, &[post]).await;
    }

    async fn one_person_in_sixty_four_windows_counts_once(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Wish, "Bills on the first of the month").await;
        let mut writers = JoinSet::new();
        for _ in 0..64 {
            let (f, sanne) = (f.clone(), sanne.clone());
            writers.spawn(async move { f.vote(&sanne, post, Stance::Support, None).await });
        }
        for outcome in writers.join_all().await {
            assert_eq!(outcome.expect("a vote in a crowd").support_count, 1);
        }
        assert_eq!(f.count("votes").await, 1);
        assert_eq!(f.count("events WHERE kind = 'vote_cast'").await, 1, "the same vote again is no event");
    }

    async fn nobody_votes_by_posting(f: TestForum) {
        let author = f.member("Author").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let cases = (select(&Kind::ALL[..]), "[a-z]{3,20}", any::<bool>(), any::<bool>(), any::<bool>());
        f.for_all(cases, async |f, (kind, title, commented, edited, answered)| {
            let post = f.post(&author, kind, &title).await;
            if commented {
                f.comment(&author, post, "And it should be blue.").await;
            }
            if edited {
                f.edit(&author, post, &Edit { title: Some(format!("{title} again")), ..Edit::default() }).await.unwrap();
            }
            if answered {
                f.move_to(&agent, post, "planned").await;
            }
            for actor in [&author, &agent] {
                let row = f.look(actor, post).await.unwrap().row;
                assert_eq!((row.support_count, row.oppose_count, row.my_vote), (0, 0, None));
            }
            assert_eq!(f.count(&format!("votes WHERE post_id = {post}")).await, 0);
        });
        let imported = f.import("elsewhere:1", &author, "From elsewhere", utc("2025-01-01T00:00:00Z")).await;
        assert_eq!(f.see(imported).await.row.support_count, 0);
        assert_eq!(f.count("votes").await, 0);
    }

    async fn an_author_may_support_their_own_post(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        assert_eq!(f.support(&sanne, post).await.support_count, 1);
        assert_eq!(f.withdraw(&sanne, post).await.unwrap().support_count, 0);
    }

    async fn a_vote_needs_a_post_and_a_verified_person(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let unverified = f.unverified("Joost").await;
        assert!(matches!(f.vote(&Actor::Visitor, post, Stance::Support, None).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.vote(&unverified, post, Stance::Support, None).await, Err(Error::Forbidden(Denied::Unverified))));
        assert!(matches!(f.vote(&sanne, PostId(4711), Stance::Support, None).await, Err(Error::NotFound)));
        assert!(matches!(f.withdraw(&sanne, PostId(4711)).await, Err(Error::NotFound)));
        let agent = f.staff("Femke", Role::Agent).await;
        assert!(matches!(f.vote(&agent, PostId(4711), Stance::Support, None).await, Err(Error::NotFound)));
        assert_eq!(f.count("votes").await, 0);
    }

    async fn imported_votes_are_counted_and_yield_to_own_ones(f: TestForum) {
        let people = f.members(3).await;
        let ids: Vec<_> = people.iter().map(|p| p.id().unwrap()).collect();
        let post = f.import("elsewhere:1", &people[0], "From elsewhere", utc("2025-01-01T00:00:00Z")).await;
        f.oppose(&people[0], post, REASON).await;
        let at = utc("2025-02-01T00:00:00Z");
        let votes = [(ids[0], Stance::Support, at), (ids[1], Stance::Support, at), (ids[2], Stance::Oppose, at)];
        for expected in [2, 0] {
            let changed = f.write(&Actor::System, async |tx| vote::import(tx, post, &votes).await).await.unwrap();
            assert_eq!(changed, expected, "a second import changes nothing");
            let row = f.see(post).await.row;
            assert_eq!((row.support_count, row.oppose_count), (1, 2));
        }
        let listed = f.of(&Actor::Visitor, post, async |view, post| vote::list(view, post, Some(Stance::Oppose), None, 10).await).await.unwrap();
        let reasons: Vec<_> = listed.iter().map(|v| (v.imported, v.reason.as_deref())).collect();
        assert!(reasons.contains(&(false, Some(REASON))) && reasons.contains(&(true, None)), "{reasons:?}");
        assert!(matches!(f.write(&people[0], async |tx| vote::import(tx, post, &votes).await).await, Err(Error::Forbidden(Denied::Role))));
    }

    async fn votes_are_listed_page_by_page(f: TestForum) {
        let people = f.members(7).await;
        let post = f.post(&people[0], Kind::Idea, "A slot for letters").await;
        for person in &people {
            f.support(person, post).await;
        }
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = f.of(&Actor::Visitor, post, async |view, post| vote::list(view, post, None, after, 3).await).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.created_at, last.person.id));
            seen.extend(page.into_iter().map(|vote| vote.person.id));
        }
        let mut all: Vec<_> = people.iter().map(|p| p.id().unwrap()).collect();
        all.sort_unstable();
        seen.sort_unstable();
        assert_eq!(seen, all, "all voted in the same instant, each is listed once");
    }

    async fn an_answer_changes_no_vote(f: TestForum) {
        let (sanne, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.support(&sanne, post).await;
        f.move_to(&agent, post, "declined").await;
        assert_eq!(f.of(&Actor::Visitor, post, answer::list).await.unwrap().len(), 1);
        assert_eq!(f.see(post).await.row.support_count, 1);
    }
}
