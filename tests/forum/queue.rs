//! Equal treatment: the order of the work follows from deadlines, and from nothing else (rule 9).

use chrono::{DateTime, TimeDelta, Utc};
use forum::{
    actor::{Actor, Role},
    id::PostId,
    post::{Edit, Kind},
    team::Answering,
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{TestForum, day, get, on_both, utc};

/// The order of the queue, worked out from the tables.
async fn expected(f: &TestForum) -> Vec<PostId> {
    let rows = f.rows("SELECT c.post_id, c.due_at, c.started_at, p.created_at FROM clocks c JOIN posts p ON p.id = c.post_id WHERE c.ended_at IS NULL").await;
    let mut open: std::collections::BTreeMap<i64, (DateTime<Utc>, DateTime<Utc>)> = std::collections::BTreeMap::new();
    for row in &rows {
        if get::<DateTime<Utc>>(row, "started_at") > f.now() {
            continue;
        }
        let due: DateTime<Utc> = get(row, "due_at");
        let found = open.entry(get(row, "post_id")).or_insert((due, get(row, "created_at")));
        found.0 = found.0.min(due);
    }
    let mut order: Vec<_> = open.into_iter().map(|(id, (due, since))| (due, since, PostId(id))).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, id)| id).collect()
}

async fn found(f: &TestForum, actor: &Actor) -> Vec<PostId> {
    f.queue(actor).await.iter().map(|row| row.id).collect()
}

/// What has no influence.
#[derive(Debug, Clone)]
enum Noise {
    Support(usize, usize),
    Oppose(usize, usize),
    Comment(usize, usize),
    Title(usize),
    Names,
    Fill(&'static str),
    Level(usize, i32),
    Owner(usize),
    Provenance(usize),
}

fn noise() -> impl Strategy<Value = Noise> {
    let (post, person) = (0..8_usize, 0..6_usize);
    prop_oneof![
        3 => (person.clone(), post.clone()).prop_map(|(who, post)| Noise::Support(who, post)),
        1 => (person.clone(), post.clone()).prop_map(|(who, post)| Noise::Oppose(who, post)),
        2 => (person, post.clone()).prop_map(|(who, post)| Noise::Comment(who, post)),
        1 => post.clone().prop_map(Noise::Title),
        1 => Just(Noise::Names),
        1 => select(&["general", "quiet", "busy"][..]).prop_map(Noise::Fill),
        2 => (post.clone(), 1..4_i32).prop_map(|(post, level)| Noise::Level(post, level)),
        1 => post.clone().prop_map(Noise::Owner),
        1 => post.prop_map(Noise::Provenance),
    ]
}

on_both! {
    async fn the_queue_is_what_the_deadlines_say(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let lead = f.staff("Ruth", Role::Lead).await;
        let steps = vec((0..30_i64, select(&Kind::ALL[..]), 0..8_u8, any::<bool>()), 1..10);
        f.for_all(steps, async |f, steps| {
            // what earlier cases left stands in the queue as well, up to the length of a page
            if f.count("clocks WHERE ended_at IS NULL").await > 100 {
                f.sql("DELETE FROM clocks").await.unwrap();
            }
            f.time.set(utc("2026-11-02T09:00:00Z"));
            for (hours, kind, what, works) in steps {
                f.time.advance(TimeDelta::hours(hours / 6 * 6));
                let post = f.post(&author, kind, "A slot for letters").await;
                match what {
                    0 => drop(f.move_to(&agent, post, "review").await),
                    1 => drop(f.move_to(&agent, post, "delivered").await),
                    2 => drop(f.stop(&agent, post).await.unwrap()),
                    3 => {
                        let declined = forum::answer::Draft { is_final: false, reexamine_on: Some(f.in_days(3)), ..f.answer_into("declined") };
                        f.answer(&lead, post, &declined).await.unwrap();
                    }
                    _ => {}
                }
                if works {
                    f.run().await;
                }
                assert_eq!(found(f, &agent).await, expected(f).await);
            }
            f.time.advance(TimeDelta::days(4));
            assert_eq!(found(f, &agent).await, expected(f).await, "before the worker ran");
            f.run().await;
            assert_eq!(found(f, &agent).await, expected(f).await, "after it ran");
        });
    }

    async fn nothing_but_a_deadline_moves_a_post(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let people = f.members(6).await;
        for board in ["quiet", "busy"] {
            f.board(board).await;
        }
        f.for_all(vec(noise(), 1..20), async |f, noises| {
            f.sql("DELETE FROM clocks").await.unwrap();
            f.time.set(utc("2026-11-18T09:00:00Z"));
            let mut posts = Vec::new();
            for n in 0..8 {
                let kind = [Kind::Wish, Kind::Complaint, Kind::Idea][n % 3];
                posts.push(f.post_on(&author, ["general", "quiet", "busy"][n % 2], kind, &format!("Post {n}")).await);
                f.time.advance(TimeDelta::hours(7));
            }
            let before = found(f, &agent).await;
            assert_eq!(before.len(), 8);
            for noise in &noises {
                match noise {
                    Noise::Support(who, post) => drop(f.support(&people[*who], posts[*post]).await),
                    Noise::Oppose(who, post) => {
                        drop(f.vote(&people[*who], posts[*post], forum::vote::Stance::Oppose, Some("Not for me, thanks.")).await);
                    }
                    Noise::Comment(who, post) => drop(f.comment(&people[*who], posts[*post], "Me too.").await),
                    Noise::Title(post) => {
                        let title = Edit { title: Some(format!("AAA first of all {post}")), ..Edit::default() };
                        f.edit(&author, posts[*post], &title).await.unwrap();
                    }
                    Noise::Names => {
                        let renamed = f.sql("UPDATE persons SET name = 'Aaron', title = 'Mayor' WHERE role = 'member'").await.unwrap();
                        assert_eq!(renamed, 7);
                    }
                    Noise::Fill(board) => {
                        let post = f.post_on(&author, board, Kind::Wish, "One more").await;
                        f.move_to(&agent, post, "delivered").await;
                    }
                    // the level alone, as if its clocks were the same
                    Noise::Level(post, level) => {
                        f.sql(&format!("UPDATE posts SET level = {level} WHERE id = {}", posts[*post])).await.unwrap();
                    }
                    Noise::Owner(post) => f.give(&agent, posts[*post], &agent).await.unwrap(),
                    Noise::Provenance(post) => {
                        let reason = "We found the older plan in a drawer.";
                        let set = f.write(&agent, async |tx| forum::provenance::set(tx, posts[*post], "both", reason).await).await;
                        set.unwrap();
                    }
                }
                assert_eq!(found(f, &agent).await, before, "{noise:?} moved a post");
            }
        });
    }

    async fn a_shorter_deadline_does_move_it(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let first = f.post(&author, Kind::Idea, "First").await;
        let second = f.post(&author, Kind::Complaint, "Second").await;
        assert_eq!(found(&f, &agent).await, [second, first]);
        f.time.set(utc("2026-11-19T10:00:00+01:00"));
        f.extend(&agent, second, forum::clock::Name::FirstAnswer, day("2026-11-23")).await.unwrap();
        assert_eq!(found(&f, &agent).await, [second, first]);
        f.stop(&agent, second).await.unwrap();
        assert_eq!(found(&f, &agent).await, [first, second], "what waits for the customer can wait");
        f.resume(&agent, second).await.unwrap();
        assert_eq!(found(&f, &agent).await, [second, first]);
    }

    async fn the_parts_of_several_people_make_the_whole(f: TestForum) {
        let author = f.member("Author").await;
        let (femke, tim) = (f.staff("Femke", Role::Agent).await, f.staff("Tim", Role::Agent).await);
        let team = f.team("desk", &[&femke, &tim]).await;
        f.answering(None, 1, Answering::Team(team.id)).await;
        for n in 0..6 {
            f.post(&author, Kind::Idea, &format!("Post {n}")).await;
        }
        let part = async |actor: &Actor| {
            let (items, _, total) = forum::post::queue(f.read(), actor, actor.id(), None, 50, f.now()).await.unwrap();
            assert_eq!(usize::try_from(total).unwrap(), items.len());
            items.into_iter().map(|(row, _)| row.id).collect::<Vec<_>>()
        };
        let (mine, theirs) = (part(&femke).await, part(&tim).await);
        assert_eq!((mine.len(), theirs.len()), (3, 3));
        let mut whole = [mine, theirs].concat();
        whole.sort_unstable();
        assert_eq!(found(&f, &femke).await, whole);
    }
}
