//! What is kept in memory for all who see the same: it is nobody's own, never old, and nothing that they may not know of (rule 18).

use chrono::TimeDelta;
use forum::{
    actor::{Actor, Role},
    common::{Kinds, Road},
    id::PostId,
    post::{Draft, Filter, Kind},
};
use tests::{TestForum, on_both};

fn all_kinds(board: Option<&str>) -> Road {
    Road { board: board.map(str::to_owned), kinds: Kinds::All, stage: None }
}

/// The posts that somebody finds in what is kept, by part.
async fn found(f: &TestForum, actor: &Actor) -> [Vec<PostId>; 2] {
    let common = f.common(actor, f.now()).await.unwrap();
    let road = f.roadmap(actor, &all_kinds(None), f.now()).await.unwrap();
    let beside = common.started.iter().chain(&common.delivered).chain(&common.unseen);
    let mut lists: [Vec<PostId>; 2] =
        [beside.map(|post| post.id).collect(), road.columns.iter().flat_map(|c| &c.posts).map(|post| post.id).collect()];
    for list in &mut lists {
        list.sort_unstable();
    }
    lists
}

on_both! {
    async fn a_private_board_is_in_no_part_of_those_outside(f: TestForum) {
        let (inside, outside, lead) = (f.member("Inside").await, f.member("Outside").await, f.staff("Ruth", Role::Lead).await);
        f.private_board("pilot", &[&inside]).await;
        let secret = Draft {
            kind: "idea".to_owned(),
            title: "Zeppelin".to_owned(),
            body: "A secret.".to_owned(),
            board: "pilot".to_owned(),
            tags: vec!["merger".to_owned()],
            language: None,
        };
        let mut hidden = Vec::new();
        for status in ["planned", "started", "delivered"] {
            let post = f.submit(&inside, &secret).await.unwrap();
            f.move_to(&lead, post, status).await;
            hidden.push(post);
        }
        hidden.push(f.submit(&inside, &secret).await.unwrap());
        let open = f.post(&outside, Kind::Idea, "Open").await;

        // whoever asks first has it read; in both orders
        for turn in 0..2 {
            let mut readers = [(&inside, true), (&outside, false), (&lead, true), (&Actor::Visitor, false)];
            if turn == 1 {
                readers.reverse();
                f.support(&outside, open).await;
                f.withdraw(&outside, open).await.unwrap();
            }
            for (actor, sees) in readers {
                let common = f.common(actor, f.now()).await.unwrap();
                assert_eq!(common.boards.iter().any(|board| board.slug == "pilot"), sees, "{actor:?}");
                assert_eq!(common.tags.iter().any(|tag| tag.slug == "merger"), sees, "{actor:?}");
                assert_eq!(common.counts.total(&Filter::default()), if sees { 5 } else { 1 }, "{actor:?}");
                assert_eq!(common.counts.waiting(), if sees { 2 } else { 1 }, "{actor:?}");
                let [beside, road] = found(&f, actor).await;
                assert_eq!(beside, if sees { vec![hidden[1], hidden[2], hidden[3], open] } else { vec![open] }, "{actor:?}");
                assert_eq!(road, if sees { hidden[..3].to_vec() } else { Vec::new() }, "{actor:?}");
                let of_board = f.roadmap(actor, &all_kinds(Some("pilot")), f.now()).await.unwrap();
                let total: i64 = of_board.columns.iter().map(|column| column.total).sum();
                assert_eq!(total, if sees { 3 } else { 0 }, "{actor:?}");
                assert_eq!(of_board.answers.is_empty(), !sees, "{actor:?}");
            }
        }
        // who leaves the group is outside with their next request
        f.expel("pilot", &inside).await;
        assert_eq!(found(&f, &inside).await, [vec![open], Vec::new()]);
    }

    async fn nobodys_own_vote_is_kept_for_others(f: TestForum) {
        let (voter, other, lead) = (f.member("Voter").await, f.member("Other").await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&other, Kind::Idea, "Open").await;
        f.move_to(&lead, post, "started").await;
        f.support(&voter, post).await;
        for actor in [&voter, &other] {
            let common = f.common(actor, f.now()).await.unwrap();
            assert_eq!(common.started[0].my_vote, None);
            assert_eq!(common.started[0].support_count, 1);
            assert_eq!(f.roadmap(actor, &all_kinds(None), f.now()).await.unwrap().columns[1].posts[0].my_vote, None);
        }
    }

    async fn what_is_kept_is_never_old(f: TestForum) {
        let (author, other) = (f.member("Author").await, f.beside().await);
        let total = async |f: &TestForum| f.common(&Actor::Visitor, f.now()).await.unwrap().counts.total(&Filter::default());
        assert_eq!(total(&f).await, 0);
        // a writer sees what they wrote in their next request, and so does everybody else here
        f.post(&author, Kind::Idea, "One").await;
        assert_eq!(total(&f).await, 1);
        // what another instance wrote is seen within a second
        other.post(&author, Kind::Idea, "Two").await;
        f.time.advance(TimeDelta::seconds(1));
        assert_eq!(total(&f).await, 2);
    }

    async fn what_shows_nowhere_leaves_what_is_kept_alone(f: TestForum) {
        let author = f.member("Author").await;
        let before = f.shown();
        f.write_aside(&Actor::System, async |tx| forum::session::note_use(tx, "none", f.now()).await).await.unwrap();
        assert_eq!(f.shown(), before);
        f.post(&author, Kind::Idea, "One").await;
        assert_eq!(f.shown(), before + 1);
    }
}
