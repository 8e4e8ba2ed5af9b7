//! How acts come into the record.

use std::collections::HashSet;

use sea_orm::FromQueryResult;

use super::{
    entry::{Entry, FACT, Fact},
    is_act,
    log::make_key,
    stands,
};
use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, number, one, row_lock, values},
    event::{Event, Kind},
    id::{BoardId, EventId, PersonId, PostId},
    post::rank,
    secret::Secret,
};

/// Events that are looked through at once when the record is brought up to date.
const BATCH: usize = 500;

/// Where the chain ends.
#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    digest: String,
    checked_to: EventId,
    ranking: i32,
}

/// The end of the chain, held to the end of the transaction: whoever else has an act to record waits.
async fn hold(tx: &Tx) -> Result<Head> {
    let sql =
        format!("SELECT h.seq, h.digest, h.checked_to, h.ranking FROM record_head h WHERE h.id = 1{}", row_lock(tx.conn(), "h"));
    one::<Head>(tx.conn(), &sql, []).await?.ok_or(Error::internal("the record has no head"))
}

/// Enters what a command did, as far as it is official. It is the last thing that a command does: on PostgreSQL those who act at the same
/// time wait here for each other, and a vote, which is no act of the company, does not come this far.
pub(crate) async fn follow(tx: &mut Tx, events: &[Event]) -> Result<()> {
    let acts = events.iter().filter(|event| is_act(event));
    let acts = acts.map(|event| Ok((Fact::of(event)?, event.kind.about().public))).collect::<Result<Vec<_>>>()?;
    enter(tx, acts).await
}

/// Enters acts, in this order; of each it is said whether everybody may know of it.
async fn enter(tx: &Tx, acts: Vec<(Fact, bool)>) -> Result<()> {
    if acts.is_empty() {
        return Ok(());
    }
    let private = private(tx, acts.iter().filter_map(|(fact, _)| fact.board_id).collect()).await?;
    let held_back = held_back(tx, acts.iter().filter_map(|(fact, _)| fact.post_id).collect()).await?;
    let Head { mut seq, mut digest, .. } = hold(tx).await?;
    for chunk in acts.chunks(100) {
        let mut entries = Sql::new(
            "INSERT INTO record_entries (seq, at, act, subject, post, role, rule, reason, contents, prev, digest) VALUES ",
        );
        let mut openings = Sql::new("INSERT INTO record_openings (seq, event_id, internal, salt) VALUES ");
        for (n, (fact, public)) in chunk.iter().enumerate() {
            seq += 1;
            let salt = Secret::fresh();
            let withheld = !public
                || fact.board_id.is_some_and(|board| private.contains(&board))
                || fact.post_id.is_some_and(|post| held_back.contains(&post));
            let entry = Entry::of(fact, seq, &digest, withheld, salt.reveal())?;
            let start = if n == 0 { "(" } else { ", (" };
            entries.push(start).bind(seq).push(", ").bind(entry.at).push(", ").bind(entry.act).push(", ").bind(entry.subject);
            entries.push(", ").bind(entry.post).push(", ").bind(entry.role).push(", ").bind(entry.rule);
            entries.push(", ").bind(entry.reason).push(", ").bind(entry.contents);
            entries.push(", ").bind(entry.prev).push(", ").bind(entry.digest.clone()).push(")");
            openings.push(start).bind(seq).push(", ").bind(fact.id).push(", ").bind(!public);
            openings.push(", ").bind(salt.reveal()).push(")");
            digest = entry.digest;
        }
        exec(tx.conn(), &entries.text, entries.values).await?;
        exec(tx.conn(), &openings.text, openings.values).await?;
    }
    exec(tx.conn(), "UPDATE record_head SET seq = $1, digest = $2 WHERE id = 1", values![seq, digest]).await?;
    Ok(())
}

/// Which of these boards not everybody sees.
async fn private(tx: &Tx, boards: HashSet<BoardId>) -> Result<HashSet<BoardId>> {
    #[derive(FromQueryResult)]
    struct Board {
        id: BoardId,
    }
    if boards.is_empty() {
        return Ok(HashSet::new());
    }
    let mut sql = Sql::new("SELECT id FROM boards WHERE private AND id IN ");
    sql.bind_list(boards);
    Ok(all::<Board>(tx.conn(), &sql.text, sql.values).await?.into_iter().map(|board| board.id).collect())
}

/// Which of these posts are held back: nobody else knows of them yet.
async fn held_back(tx: &Tx, posts: HashSet<PostId>) -> Result<HashSet<PostId>> {
    #[derive(FromQueryResult)]
    struct Post {
        id: PostId,
    }
    if posts.is_empty() {
        return Ok(HashSet::new());
    }
    let mut sql = Sql::new("SELECT id FROM posts WHERE screening_id IS NOT NULL AND id IN ");
    sql.bind_list(posts);
    Ok(all::<Post>(tx.conn(), &sql.text, sql.values).await?.into_iter().map(|post| post.id).collect())
}

/// Enters what happened while nobody kept the record: before there was one, and while a version ran that did not know it. Also that
/// another formula sorts the posts since.
pub(crate) async fn catch_up(forum: &Forum) -> Result<()> {
    while forum.write_aside(&Actor::System, async |tx| catch_up_some(tx).await).await? {}
    Ok(())
}

/// A batch of it; answers whether there may be more.
async fn catch_up_some(tx: &mut Tx) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested(prefix = "e_"))]
        fact: Fact,
    }
    let head = hold(tx).await?;
    let sql = format!(
        "SELECT {FACT} FROM events e WHERE e.id > $1 AND e.kind NOT IN ('vote_cast', 'vote_withdrawn')
            AND NOT EXISTS (SELECT 1 FROM record_openings o WHERE o.event_id = e.id) ORDER BY e.id LIMIT {BATCH}"
    );
    let rows = all::<Row>(tx.conn(), &sql, values![head.checked_to]).await?;
    let (more, last) = (rows.len() == BATCH, rows.last().map(|row| row.fact.id));
    let mut acts = Vec::new();
    for Row { fact } in rows {
        let kind: Kind = serde_json::from_value(fact.data.clone()).map_err(Error::internal)?;
        if stands(&kind, fact.names_rule()) {
            acts.push((fact, kind.about().public));
        }
    }
    enter(tx, acts).await?;
    let last = if more { last } else { number(tx.conn(), "SELECT COALESCE(MAX(id), 0) AS n FROM events", []).await?.map(EventId) };
    if let Some(last) = last.filter(|last| *last > head.checked_to) {
        exec(tx.conn(), "UPDATE record_head SET checked_to = $1 WHERE id = 1", values![last]).await?;
    }
    let ranking = i32::try_from(rank::VERSION).map_err(Error::internal)?;
    make_key(tx).await?;
    if !more && head.ranking != ranking {
        exec(tx.conn(), "UPDATE record_head SET ranking = $1 WHERE id = 1", values![ranking]).await?;
        tx.happened(None, Kind::RankingChanged { version: ranking, from: (head.ranking > 0).then_some(head.ranking) });
    }
    Ok(more)
}

/// Takes away the salts of all that a person did officially, and of what was done to them: whether a guess at it is right can't be told
/// any more. What the history says of them is for whoever erases it there. Answers how many entries there were.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<u64> {
    tx.actor().admin()?;
    let sql = "UPDATE record_openings SET salt = NULL WHERE salt IS NOT NULL AND event_id IN
        (SELECT id FROM events WHERE actor_id = $1 OR (subject = 'person' AND subject_id = $2))";
    exec(tx.conn(), sql, values![person, person.to_string()]).await
}
