//! Merging loses nothing (rule 12): whatever people do to posts that are merged and taken apart in between, in the end all is as in a forum
//! in which nobody ever merged anything. Each post has a twin to which the same is done, but for that. There are no followers yet; when
//! there are, they belong in here.

use chrono::{DateTime, TimeDelta, Utc};
use forum::{
    actor::{Actor, Role},
    comment,
    id::{CommentId, PostId},
    personal::{self, Texts},
    post::Kind,
    vote::Stance,
};
use proptest::{collection::vec, prelude::*};
use tests::{TestForum, get, on_both};

const POSTS: usize = 4;
const PEOPLE: usize = 3;

/// What happens. Numbers say to which post, by whom.
#[derive(Debug, Clone)]
enum Act {
    Support(usize, usize),
    Oppose(usize, usize),
    Withdraw(usize, usize),
    Comment(usize, usize),
    TakeBack(usize),
    Answer(usize, bool),
    Merge(usize, usize),
    Unmerge(usize),
    Erase(usize, Texts),
    Wait(i64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let (post, person) = (|| 0..POSTS, || 0..PEOPLE);
    let act = prop_oneof![
        4 => (post(), person()).prop_map(|(p, n)| Act::Support(p, n)),
        1 => (post(), person()).prop_map(|(p, n)| Act::Oppose(p, n)),
        2 => (post(), person()).prop_map(|(p, n)| Act::Withdraw(p, n)),
        2 => (post(), person()).prop_map(|(p, n)| Act::Comment(p, n)),
        1 => any::<usize>().prop_map(Act::TakeBack),
        1 => (post(), any::<bool>()).prop_map(|(p, decided)| Act::Answer(p, decided)),
        4 => (post(), post()).prop_map(|(p, into)| Act::Merge(p, into)),
        1 => post().prop_map(Act::Unmerge),
        1 => (person(), any::<bool>()).prop_map(|(n, keep)| Act::Erase(n, if keep { Texts::Kept } else { Texts::TakenBack })),
        2 => (1..80_i64).prop_map(Act::Wait),
    ];
    vec(act, 1..28)
}

/// A post and its twin.
type Pair = [PostId; 2];

/// Who is in it, and what was said so far.
struct Play {
    people: Vec<Actor>,
    agent: Actor,
    posts: Vec<Pair>,
    said: Vec<([CommentId; 2], usize)>,
    gone: Vec<usize>,
}

impl Play {
    /// Whether somebody is to act who left.
    fn is_over(&self, act: &Act) -> bool {
        let who = match *act {
            Act::Support(_, n) | Act::Oppose(_, n) | Act::Withdraw(_, n) | Act::Comment(_, n) | Act::Erase(n, _) => n,
            Act::TakeBack(which) if !self.said.is_empty() => self.said[which % self.said.len()].1,
            _ => return false,
        };
        self.gone.contains(&who)
    }
}

async fn play(f: &TestForum, play: &mut Play, act: &Act) {
    if play.is_over(act) {
        return;
    }
    let Play { people, agent, posts, said, gone } = play;
    match *act {
        Act::Support(p, n) => {
            for post in posts[p] {
                f.support(&people[n], post).await;
            }
        }
        Act::Oppose(p, n) => {
            for post in posts[p] {
                // a complaint can't be opposed, neither of them
                drop(f.vote(&people[n], post, Stance::Oppose, Some("It would make the queue longer.")).await);
            }
        }
        Act::Withdraw(p, n) => {
            for post in posts[p] {
                f.withdraw(&people[n], post).await.unwrap();
            }
        }
        Act::Comment(p, n) => {
            let [post, twin] = posts[p];
            said.push(([f.comment(&people[n], post, "With us too").await, f.comment(&people[n], twin, "With us too").await], n));
        }
        Act::TakeBack(which) if !said.is_empty() => {
            let (comments, n) = said[which % said.len()];
            for id in comments {
                f.write(&people[n], async |tx| comment::remove(tx, id).await).await.unwrap();
            }
        }
        Act::TakeBack(_) => {}
        Act::Answer(p, decided) => {
            // what the company does about a member it does at the head
            if f.see(posts[p][0]).await.row.head.is_none() {
                let draft = f.answer_into(if decided { "planned" } else { "review" });
                for post in posts[p] {
                    drop(f.answer(agent, post, &draft).await);
                }
            }
        }
        Act::Merge(p, into) => drop(f.merge(agent, posts[p][0], posts[into][0]).await),
        Act::Unmerge(p) => drop(f.unmerge(agent, posts[p][0]).await),
        Act::Erase(n, texts) => {
            f.write(&people[n], async |tx| personal::erase(tx, texts).await).await.unwrap();
            gone.push(n);
        }
        Act::Wait(hours) => {
            f.time.advance(TimeDelta::hours(hours));
            f.run().await;
        }
    }
}

/// Votes, comments and counts of a post.
async fn voices(f: &TestForum, post: PostId) -> Vec<String> {
    let mut all = Vec::new();
    for row in
        f.rows(&format!("SELECT person_id, stance, reason, created_at FROM votes WHERE post_id = {post} ORDER BY person_id")).await
    {
        let (person, at): (uuid::Uuid, DateTime<Utc>) = (get(&row, "person_id"), get(&row, "created_at"));
        all.push(format!("{person} {} {:?} {at}", get::<String>(&row, "stance"), get::<Option<String>>(&row, "reason")));
    }
    for row in
        f.rows(&format!("SELECT author_id, body, removed_at, created_at FROM comments WHERE post_id = {post} ORDER BY id")).await
    {
        let (author, removed): (uuid::Uuid, Option<DateTime<Utc>>) = (get(&row, "author_id"), get(&row, "removed_at"));
        all.push(format!("{author} {} {removed:?} {}", get::<String>(&row, "body"), get::<DateTime<Utc>>(&row, "created_at")));
    }
    for row in f.rows(&format!("SELECT author_id, title, body FROM posts WHERE id = {post}")).await {
        let text = (get::<String>(&row, "title"), get::<String>(&row, "body"));
        all.push(format!("{} {text:?}", get::<uuid::Uuid>(&row, "author_id")));
    }
    let sql = "SELECT support_count, oppose_count, comment_count, case_support, case_comments, member_count, trend FROM posts WHERE id = ";
    let row = f.rows(&format!("{sql}{post}")).await.pop().unwrap();
    let count = |column: &str| get::<i64>(&row, column);
    let own = (count("support_count"), count("oppose_count"), count("comment_count"));
    assert_eq!((count("case_support"), count("case_comments"), count("member_count")), (own.0, own.2, 0));
    all.push(format!("{own:?} {:.9}", get::<f64>(&row, "trend")));
    all
}

/// Where a post stands, and its own deadlines.
async fn standing(f: &TestForum, post: PostId) -> Vec<String> {
    let mut all = Vec::new();
    let sql = "SELECT name, level, started_at, due_at, ended_at, missed_at FROM clocks WHERE taken_from IS NULL AND post_id = ";
    for row in f.rows(&format!("{sql}{post} ORDER BY started_at, name, level, id")).await {
        let times = ["started_at", "due_at", "ended_at", "missed_at"].map(|column| get::<Option<DateTime<Utc>>>(&row, column));
        all.push(format!("{} {} {times:?}", get::<String>(&row, "name"), get::<i32>(&row, "level")));
    }
    let sql = "SELECT stage, level, stage_at, answered_at, decided_at, first_due_at, answer_due_at, head_id FROM posts WHERE id = ";
    let row = f.rows(&format!("{sql}{post}")).await.pop().unwrap();
    let columns = ["stage_at", "answered_at", "decided_at", "first_due_at", "answer_due_at"];
    let times = columns.map(|column| get::<Option<DateTime<Utc>>>(&row, column));
    let head: Option<i64> = get(&row, "head_id");
    all.push(format!("{} {} {times:?} {head:?}", get::<String>(&row, "stage"), get::<i32>(&row, "level")));
    all
}

on_both! {
    async fn taken_apart_all_is_as_if_nobody_had_merged_anything(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        f.for_all(acts(), async |f, happening| {
            // whoever leaves is there no more in the next story
            let people = f.members(PEOPLE).await;
            let author = people[PEOPLE - 1].clone();
            let mut posts: Vec<Pair> = Vec::new();
            for kind in [Kind::Complaint, Kind::Idea, Kind::Complaint, Kind::Wish] {
                posts.push([f.post(&author, kind, "Something").await, f.post(&author, kind, "Something").await]);
                f.time.advance(TimeDelta::hours(5));
            }
            let mut story = Play { people, agent: agent.clone(), posts: posts.clone(), said: Vec::new(), gone: Vec::new() };
            for act in &happening {
                play(f, &mut story, act).await;
            }
            for [post, _] in &posts {
                // a head that comes apart may leave another one behind
                while f.see(*post).await.case.is_some() {
                    f.unmerge(&agent, *post).await.unwrap();
                }
            }
            f.run().await;
            for [post, twin] in &posts {
                assert_eq!(voices(f, *post).await, voices(f, *twin).await, "{happening:?}");
                // a head that missed what it took over went up for it: that has happened
                let missed = format!("clocks WHERE post_id = {post} AND taken_from IS NOT NULL AND missed_at IS NOT NULL");
                if f.count(&missed).await == 0 {
                    assert_eq!(standing(f, *post).await, standing(f, *twin).await, "{happening:?}");
                }
            }
        });
        let still = f.count("clocks WHERE taken_from IS NOT NULL AND ended_at IS NULL").await;
        assert_eq!(still, 0, "nothing that was taken over is left");
    }
}
