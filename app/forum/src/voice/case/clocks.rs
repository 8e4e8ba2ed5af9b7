//! What becomes of the deadlines of a member. They rest as long as it is one, and none is hidden by that: the head takes over each that asks
//! for more than its own do, as a deadline of its own that says whose it was.

use super::push_posts;
use crate::{
    Result, Tx,
    db::{Sql, exec, values},
    held::Held,
    id::PostId,
};

/// The head takes over the deadlines that run on a post and are due before its own of that sort; and those that are past due already, whatever
/// its own are. What the head has done is done for the member too, unless it was late with it then: where the head was answered, a first
/// answer is owed as the next word. A deadline that waits for the customer rests with the member.
pub(super) async fn take_over(tx: &Tx, from: &Held, head: &Held) -> Result<()> {
    let sql = "INSERT INTO clocks (post_id, name, level, started_at, due_at, missed_at, taken_from)
        SELECT $2, c.owed, c.level, c.started_at, c.due_at, c.missed_at, COALESCE(c.taken_from, c.post_id)
        FROM (SELECT k.*, CASE WHEN k.name = 'first_answer' AND EXISTS (SELECT 1 FROM posts WHERE id = $2 AND answered_at IS NOT NULL)
                THEN 'next_update' ELSE k.name END AS owed
            FROM clocks k WHERE k.post_id = $1 AND k.ended_at IS NULL AND k.started_at <= $3 AND k.stopped_at IS NULL) c
        WHERE c.due_at < $3 OR c.due_at < (SELECT MIN(o.due_at) FROM clocks o
            WHERE o.post_id = $2 AND o.name = c.owed AND o.ended_at IS NULL AND o.started_at <= $3)
        ORDER BY c.id";
    exec(tx.conn(), sql, values![from.id(), head.id(), tx.now()]).await?;
    Ok(())
}

/// The posts that stay behind give back what they took over from those that leave with `head`. What was missed meanwhile stays missed, and
/// ends now.
pub(super) async fn give_back(tx: &Tx, head: PostId) -> Result<()> {
    let leaving = |sql: &mut Sql| {
        sql.push(" AND taken_from IN ");
        push_posts(sql, head);
        sql.push(" AND post_id NOT IN ");
        push_posts(sql, head);
    };
    let mut sql = Sql::new("DELETE FROM clocks WHERE ended_at IS NULL AND missed_at IS NULL");
    leaving(&mut sql);
    exec(tx.conn(), &sql.text, sql.values).await?;
    let mut sql = Sql::new("UPDATE clocks SET ended_at = ");
    sql.bind(tx.now()).push(" WHERE ended_at IS NULL");
    leaving(&mut sql);
    exec(tx.conn(), &sql.text, sql.values).await?;
    Ok(())
}
