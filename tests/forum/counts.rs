//! Totals that are kept are what one would count.

use forum::{
    Error,
    actor::{Actor, Role},
    error::Conflict,
    moderation::{self, Target},
    post::{self, Draft, Edit, Filter, Kind, Sort},
    status::Stage,
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{BOARD, Backend, REASON, TestForum, on_both};

/// What happens to posts. A number says to which.
#[derive(Debug, Clone)]
enum Act {
    Post(&'static str, Kind, Vec<&'static str>),
    Import,
    Answer(usize, &'static str),
    Retag(usize, Vec<&'static str>),
    Confirm(usize),
    /// Hides what is shown, and shows what is hidden.
    Hide(usize),
    Move(usize, &'static str),
    Wait(u8),
    Merge(usize, usize),
    Unmerge(usize),
    Sweep,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let tags = || vec(select(&["doors", "bills", "night"][..]), 0..3);
    let act = prop_oneof![
        4 => (select(&[BOARD, "pilot"][..]), select(&Kind::ALL[..]), tags()).prop_map(|(board, kind, tags)| Act::Post(board, kind, tags)),
        1 => Just(Act::Import),
        5 => (any::<usize>(), select(&["review", "planned", "delivered", "declined", "archived"][..])).prop_map(|(n, to)| Act::Answer(n, to)),
        2 => (any::<usize>(), tags()).prop_map(|(n, tags)| Act::Retag(n, tags)),
        1 => any::<usize>().prop_map(Act::Confirm),
        3 => any::<usize>().prop_map(Act::Hide),
        1 => (any::<usize>(), select(&[BOARD, "second", "pilot"][..])).prop_map(|(n, board)| Act::Move(n, board)),
        1 => (1..40_u8).prop_map(Act::Wait),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(n, into)| Act::Merge(n, into)),
        1 => any::<usize>().prop_map(Act::Unmerge),
        1 => Just(Act::Sweep),
    ];
    vec(act, 1..8)
}

fn owned(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

async fn act(f: &TestForum, author: &Actor, lead: &Actor, posts: &mut Vec<forum::id::PostId>, act: &Act) {
    let chosen = |n: usize| posts[n % posts.len()];
    match act {
        Act::Post(board, kind, tags) => {
            let draft = Draft {
                kind: kind.as_str().to_owned(),
                title: "Something".to_owned(),
                body: "More about it.".to_owned(),
                board: (*board).to_owned(),
                tags: owned(tags),
                language: None,
            };
            posts.push(f.submit(author, &draft).await.unwrap());
        }
        Act::Import => posts.push(f.import(&format!("from-{}", posts.len()), author, "From elsewhere", f.now()).await),
        // what can't be answered so now stays as it is
        Act::Answer(n, to) => drop(f.try_answer(lead, chosen(*n), &f.answer_into(to)).await),
        Act::Retag(n, tags) => {
            let edited = f.edit(author, chosen(*n), &Edit { tags: Some(owned(tags)), ..Edit::default() }).await;
            assert!(matches!(edited, Ok(_) | Err(Error::Conflict(Conflict::Hidden))), "{edited:?}");
        }
        Act::Confirm(n) => drop(f.say(author, chosen(*n), true).await),
        Act::Hide(n) => {
            for act in ["hide", "show"] {
                let draft = moderation::Draft {
                    act: act.to_owned(),
                    rule: Some(1),
                    reason: REASON.to_owned(),
                    ..moderation::Draft::default()
                };
                if f.write(lead, async |tx| moderation::act(tx, Target::Post(chosen(*n)), &draft).await).await.is_ok() {
                    break;
                }
            }
        }
        // from the private board, and to it, nothing can be moved
        Act::Move(n, board) => {
            let board = Some((*board).to_owned());
            let draft = moderation::Draft {
                act: "move".to_owned(),
                rule: Some(1),
                reason: REASON.to_owned(),
                board,
                ..moderation::Draft::default()
            };
            drop(f.write(lead, async |tx| moderation::act(tx, Target::Post(chosen(*n)), &draft).await).await);
        }
        Act::Wait(days) => {
            f.time.advance(chrono::TimeDelta::days(i64::from(*days)));
            f.run().await;
        }
        // what can't be one matter, or is one already, stays as it is
        Act::Merge(n, into) => drop(f.merge(lead, chosen(*n), chosen(*into)).await),
        Act::Unmerge(n) => drop(f.unmerge(lead, chosen(*n)).await),
        Act::Sweep => f.write_aside(&Actor::System, async |tx| post::sweep(tx).await).await.unwrap(),
    }
}

/// What is kept and would not be counted, and what would be counted and is not kept.
async fn differences(f: &TestForum) -> i64 {
    let kept = "SELECT tag_id, board_id, kind, status_id, waiting, CAST(SUM(n) AS bigint) AS n FROM post_counts
        GROUP BY tag_id, board_id, kind, status_id, waiting HAVING SUM(n) <> 0";
    let counted = "SELECT t.tag_id, p.board_id, p.kind, p.status_id, p.waiting, COUNT(*) AS n
        FROM (SELECT id AS post_id, 0 AS tag_id FROM posts UNION ALL SELECT post_id, tag_id FROM post_tags) t
        JOIN (SELECT posts.*, EXISTS (SELECT 1 FROM clocks c WHERE c.post_id = posts.id AND c.name = 'first_answer' AND c.ended_at IS NULL)
                AS waiting FROM posts WHERE posts.hidden_by IS NULL AND posts.head_id IS NULL) p ON p.id = t.post_id
        GROUP BY t.tag_id, p.board_id, p.kind, p.status_id, p.waiting";
    let kept_only = format!("SELECT * FROM ({kept} EXCEPT {counted}) k");
    let counted_only = format!("SELECT * FROM ({counted} EXCEPT {kept}) c");
    f.count(&format!("({kept_only} UNION ALL {counted_only}) d")).await
}

/// How many posts a list shows, page by page.
async fn shown(f: &TestForum, actor: &Actor, filter: &Filter) -> usize {
    let (mut shown, mut cursor) = (0, None);
    loop {
        let page = f.page(actor, filter, cursor.as_deref(), 100).await;
        shown += page.items.len();
        cursor = page.older;
        if cursor.is_none() {
            return shown;
        }
    }
}

on_both! {
    async fn totals_are_what_one_would_count_whatever_happened(f: TestForum) {
        let (author, lead) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await);
        let outsider = f.member("Outsider").await;
        f.private_board("pilot", &[&author]).await;
        f.board("second").await;
        let first = f.post(&author, Kind::Idea, "The first").await;
        let posts = tokio::sync::Mutex::new(vec![first]);
        f.for_all(acts(), async |f, happening| {
            let mut posts = posts.lock().await;
            for one in &happening {
                act(f, &author, &lead, &mut posts, one).await;
            }
            assert_eq!(differences(f).await, 0, "{happening:?}");
            for actor in [&author, &outsider, &lead, &Actor::Visitor] {
                for sort in Sort::ALL {
                    let mut filters = vec![Filter { sort, ..Filter::default() }];
                    filters.push(Filter { board: Some("pilot".to_owned()), ..filters[0].clone() });
                    filters.push(Filter { kind: Some(Kind::Wish), ..filters[0].clone() });
                    filters.push(Filter { status: Some("planned".to_owned()), ..filters[0].clone() });
                    filters.push(Filter { stage: Some(Stage::Archived), ..filters[0].clone() });
                    filters.push(Filter { tag: Some("bills".to_owned()), ..filters[0].clone() });
                    for filter in &filters {
                        let total = f.page(actor, filter, None, 1).await.total;
                        assert_eq!(usize::try_from(total).unwrap(), shown(f, actor, filter).await, "{filter:?} after {happening:?}");
                    }
                }
            }
        });
        f.write_aside(&Actor::System, async |tx| post::sweep(tx).await).await.unwrap();
        assert_eq!(f.count("post_counts WHERE slot <> 0").await, 0, "{:?}", f.backend());
        assert_eq!(differences(&f).await, 0);
        assert!(f.backend() == Backend::Postgres || f.count("post_counts WHERE n < 0").await == 0);
    }
}
