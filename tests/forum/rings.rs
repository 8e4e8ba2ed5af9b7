//! Accounts that vote as one: they are pointed out to the staff and noted on the posts, and no count changes by itself.

use chrono::TimeDelta;
use forum::{
    Error, Tx,
    actor::{Actor, Role},
    device,
    error::{Conflict, Denied, Problem},
    id::PostId,
    moderation,
    post::Kind,
    ring::{self, Outcome, Ring, Sign},
    trace,
};
use tests::{TestForum, on_both, problems};

/// Lets people come from a network, each with a browser of their own, or all with one.
async fn come(f: &TestForum, people: &[Actor], network: &str, one_browser: bool) {
    let mut before: Option<String> = None;
    for actor in people {
        let (me, known) = (actor.id().unwrap(), before.clone().filter(|_| one_browser));
        let come = async |tx: &mut Tx| {
            trace::note(tx, me, network).await?;
            device::remember(tx, me, known.as_deref()).await
        };
        let key = f.write(&Actor::System, come).await.unwrap();
        before = Some(key.secret.reveal().to_owned());
    }
}

async fn posts(f: &TestForum, n: usize) -> Vec<PostId> {
    let author = f.member("Author").await;
    let mut posts = Vec::new();
    for n in 0..n {
        posts.push(f.post(&author, Kind::Idea, &format!("Idea number {n}")).await);
    }
    posts
}

async fn support_all(f: &TestForum, people: &[Actor], posts: &[PostId]) {
    for actor in people {
        for post in posts {
            f.support(actor, *post).await;
        }
    }
}

async fn look(f: &TestForum) -> usize {
    ring::run(f).await.unwrap()
}

async fn queue(f: &TestForum, staff: &Actor) -> Vec<Ring> {
    ring::queue(f.read(), staff).await.unwrap()
}

async fn notes(f: &TestForum, post: PostId) -> Vec<ring::Note> {
    f.of(&Actor::Visitor, post, ring::of_post).await.unwrap()
}

on_both! {
    async fn a_ring_is_pointed_out_and_counts_until_somebody_decides(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let all = posts(&f, 4).await;
        let ring = f.members(8).await;
        come(&f, &ring, "203.0.113.7", true).await;
        support_all(&f, &ring, &all[..3]).await;
        assert_eq!(look(&f).await, 1);
        assert_eq!(look(&f).await, 0, "what was looked at is not looked at again");

        let [found] = queue(&f, &agent).await.try_into().unwrap();
        assert_eq!((found.members.len(), found.posts.len()), (8, 3));
        assert!(found.posts.iter().all(|post| post.votes == 8));
        let signs: Vec<Sign> = found.signs.iter().map(|(sign, _)| *sign).collect();
        assert!(signs.contains(&Sign::Alike) && signs.contains(&Sign::Devices), "{signs:?}");
        assert!(matches!(ring::queue(f.read(), &ring[0]).await, Err(Error::Forbidden(Denied::Role))));
        for post in &all[..3] {
            assert_eq!(f.see(*post).await.row.support_count, 8, "no count changes by itself");
            let [note] = notes(&f, *post).await.try_into().unwrap();
            assert_eq!((note.votes, note.outcome), (8, None));
        }
        assert!(notes(&f, all[3]).await.is_empty());

        // more of the same belongs to it
        support_all(&f, &ring, &all[3..]).await;
        assert_eq!(look(&f).await, 0);
        let [found] = queue(&f, &agent).await.try_into().unwrap();
        assert_eq!(found.posts.len(), 4);
    }

    async fn its_votes_are_excluded_one_by_one_and_each_can_object(f: TestForum) {
        let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let all = posts(&f, 3).await;
        let (ring, honest) = (f.members(6).await, f.member("Joost").await);
        come(&f, &ring, "203.0.113.7", true).await;
        support_all(&f, &ring, &all).await;
        f.support(&honest, all[0]).await;
        look(&f).await;
        let id = queue(&f, &agent).await[0].id;
        let exclude = async |rule, reason: &'static str| f.write(&agent, async |tx: &mut Tx| ring::exclude(tx, id, rule, reason).await).await;
        assert_eq!(problems(exclude(None, "No").await).len(), 2, "never without a rule and a reason");
        assert_eq!(f.see(all[0]).await.row.support_count, 7);
        let as_member = f.write(&honest, async |tx: &mut Tx| ring::exclude(tx, id, Some(1), tests::REASON).await).await;
        assert!(matches!(as_member, Err(Error::Forbidden(Denied::Role))));
        assert_eq!(exclude(Some(1), "Six accounts of one browser.").await.unwrap(), 18);
        assert!(matches!(exclude(Some(1), tests::REASON).await, Err(Error::Conflict(Conflict::Over))));
        assert_eq!(f.see(all[0]).await.row.support_count, 1, "the others count");
        assert_eq!(notes(&f, all[0]).await[0].outcome, Some(Outcome::Excluded));
        assert!(queue(&f, &agent).await.is_empty());
        let acts = moderation::of_own(f.read(), &ring[0]).await.unwrap();
        assert_eq!(acts.len(), 3);
        f.write(&ring[0], async |tx: &mut Tx| moderation::appeal(tx, acts[0].id, "We are a choir.").await).await.unwrap();
        f.write(&lead, async |tx: &mut Tx| moderation::decide(tx, acts[0].id, "upheld", "They are a choir.").await).await.unwrap();
        let counts: i64 = f.see(acts[0].post.unwrap()).await.row.support_count;
        assert!((1..=2).contains(&counts));
    }

    async fn what_is_dismissed_says_so_and_does_not_come_back(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let all = posts(&f, 4).await;
        let ring = f.members(8).await;
        come(&f, &ring, "203.0.113.7", true).await;
        support_all(&f, &ring, &all[..3]).await;
        look(&f).await;
        let id = queue(&f, &agent).await[0].id;
        let dismiss = async |reason: &'static str| f.write(&agent, async |tx: &mut Tx| ring::dismiss(tx, id, reason).await).await;
        assert_eq!(problems(dismiss("No").await), [("reason", Problem::TooShort { min: 10 })]);
        dismiss("They are a class, and their teacher wrote.").await.unwrap();
        assert!(matches!(dismiss("They are a class, and their teacher wrote.").await, Err(Error::Conflict(Conflict::Over))));
        let note = &notes(&f, all[0]).await[0];
        assert_eq!((note.outcome, note.reason.as_deref()), (Some(Outcome::Dismissed), Some("They are a class, and their teacher wrote.")));
        support_all(&f, &ring, &all[3..]).await;
        assert_eq!(look(&f).await, 0);
        assert!(queue(&f, &agent).await.is_empty());
    }

    async fn an_office_is_no_ring(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let all = posts(&f, 3).await;
        let office = f.members(40).await;
        come(&f, &office, "198.51.100.9", false).await;
        // a link went round, and a part of them votes on all of it within the hour
        support_all(&f, &office[..14], &all).await;
        assert_eq!(look(&f).await, 0);
        assert!(queue(&f, &agent).await.is_empty() && notes(&f, all[0]).await.is_empty());
    }

    async fn traces_go_after_a_month_and_with_their_person(f: TestForum) {
        let people = f.members(3).await;
        come(&f, &people, "203.0.113.7", false).await;
        come(&f, &people[..1], "127.0.0.1", false).await;
        assert_eq!(f.count("traces").await, 3, "from this machine comes nobody");
        f.time.advance(trace::KEPT - TimeDelta::days(1));
        come(&f, &people[..1], "203.0.113.99", false).await;
        assert_eq!(f.count("traces").await, 3, "a neighbour is the same network");
        f.time.advance(TimeDelta::days(2));
        f.write(&Actor::System, async |tx: &mut Tx| trace::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("traces").await, 1);
    }
}
