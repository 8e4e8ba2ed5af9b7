//! What is counted of a case. It stands on the row of its head, and changes in the transaction of what it counts, under the lock of that row.
//!
//! Locks are taken from members to their head, never the other way, so that two who vote at once never wait for each other.

use sea_orm::FromQueryResult;

use super::push_posts;
use crate::{
    Error, Result, Tx,
    db::{Sql, number, one},
    held::Held,
    id::{PersonId, PostId},
    post::rank,
};

/// How a post ranks with so many voices.
pub(crate) fn trend(post: &Held, (support, comments): (i64, i64)) -> f64 {
    rank::trend(support, comments, post.created_at())
}

/// Whether a person supports another post of a case: then they count there already.
async fn supports_another(tx: &Tx, head: PostId, post: PostId, person: PersonId) -> Result<bool> {
    let mut sql = Sql::new("SELECT v.post_id AS n FROM votes v WHERE v.person_id = ");
    sql.bind(person)
        .push(" AND v.stance = 'support' AND v.excluded_by IS NULL AND v.post_id <> ")
        .bind(post)
        .push(" AND v.post_id IN ");
    push_posts(&mut sql, head);
    sql.push(" LIMIT 1");
    Ok(number(tx.conn(), &sql.text, sql.values).await?.is_some())
}

/// For `vote`: a post has these votes now, and a person supports it who did not (1), or does not any more (-1), or neither (0).
pub(crate) async fn note_vote(tx: &mut Tx, post: &mut Held, votes: (i64, i64), person: PersonId, more: i64) -> Result<()> {
    match post.head() {
        None if post.members() == 0 => own_votes(tx, post, votes).await,
        None => {
            let more = if more != 0 && supports_another(tx, post.id(), post.id(), person).await? { 0 } else { more };
            let (support, comments) = post.in_case();
            let trend = trend(post, (support + more, comments));
            post.set_votes(tx, votes, support + more, trend).await
        }
        Some(head) => {
            own_votes(tx, post, votes).await?;
            if more == 0 {
                return Ok(());
            }
            let mut head = tx.hold_beside(head).await?;
            if supports_another(tx, head.id(), post.id(), person).await? {
                return Ok(());
            }
            let (support, comments) = head.in_case();
            set(tx, &mut head, (support + more, comments)).await
        }
    }
}

/// A post that counts for itself alone.
async fn own_votes(tx: &Tx, post: &mut Held, votes: (i64, i64)) -> Result<()> {
    let trend = trend(post, (votes.0, post.comments()));
    post.set_votes(tx, votes, votes.0, trend).await
}

/// For `vote`: many of the votes on a post changed at once.
pub(crate) async fn note_votes(tx: &mut Tx, post: &mut Held, votes: (i64, i64)) -> Result<()> {
    own_votes(tx, post, votes).await?;
    match post.head() {
        Some(head) => {
            let mut head = tx.hold_beside(head).await?;
            recount(tx, &mut head).await
        }
        None if post.members() > 0 => recount(tx, post).await,
        None => Ok(()),
    }
}

/// For `comment`: so many more stand under a post.
pub(crate) async fn note_comments(tx: &mut Tx, post: &mut Held, more: i64) -> Result<()> {
    // of a member it is its own number, as on a post that stands alone
    let (support, comments) = post.in_case();
    let trend_then = trend(post, (support, comments + more));
    post.set_comments(tx, post.comments() + more, comments + more, trend_then).await?;
    if let Some(head) = post.head() {
        let mut head = tx.hold_beside(head).await?;
        let (support, comments) = head.in_case();
        set(tx, &mut head, (support, comments + more)).await?;
    }
    Ok(())
}

async fn set(tx: &Tx, head: &mut Held, counts: (i64, i64)) -> Result<()> {
    let trend = trend(head, counts);
    head.set_case(tx, head.members(), counts, trend).await
}

/// Counts the members, the people and the comments of the case that a post heads from the rows.
pub(crate) async fn recount(tx: &Tx, head: &mut Held) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Counts {
        members: i64,
        support: i64,
        comments: i64,
    }
    let mut sql = Sql::new("SELECT (SELECT COUNT(*) FROM posts WHERE head_id = ");
    sql.bind(head.id()).push(
        ") AS members, (SELECT COUNT(DISTINCT person_id) FROM votes
             WHERE stance = 'support' AND excluded_by IS NULL AND post_id IN ",
    );
    push_posts(&mut sql, head.id());
    sql.push(") AS support, (SELECT CAST(SUM(comment_count) AS bigint) FROM posts WHERE id IN ");
    push_posts(&mut sql, head.id());
    sql.push(") AS comments");
    let counts = one::<Counts>(tx.conn(), &sql.text, sql.values).await?.ok_or(Error::NotFound)?;
    let trend = trend(head, (counts.support, counts.comments));
    head.set_case(tx, counts.members, (counts.support, counts.comments), trend).await
}
