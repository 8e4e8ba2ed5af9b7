//! What is late right now.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result,
    actor::Actor,
    board,
    clock::Name,
    db::{Sql, all, number},
    id::PostId,
    person::Person,
    post::{BoardRef, Kind},
};

/// A post that waits for something that is past due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// Which post.
    pub post: PostId,
    /// Its slug and title, and the language that it is written in.
    pub slug: String,
    /// See `slug`.
    pub title: String,
    /// See `slug`.
    pub language: String,
    /// What sort of post it is.
    pub kind: Kind,
    /// Its board.
    pub board: BoardRef,
    /// Escalation, from 1.
    pub level: i32,
    /// What is late; of several the one that was due first.
    pub clock: Name,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// Who is accountable.
    pub owner: Option<Person>,
}

/// Clocks that are past due and still open.
const LATE: &str = "c.ended_at IS NULL AND c.started_at <= ";

fn push_late(sql: &mut Sql, actor: &Actor, now: DateTime<Utc>) {
    sql.push(" FROM clocks c JOIN posts p ON p.id = c.post_id JOIN boards b ON b.id = p.board_id");
    sql.push(" LEFT JOIN persons o ON o.id = p.owner_id WHERE ")
        .push(LATE)
        .bind(now)
        .push(" AND c.due_at < ")
        .bind(now)
        .push(" AND p.head_id IS NULL AND ");
    board::known(sql, actor);
}

/// The query behind [`count_overdue`].
pub(super) fn overdue_query(now: DateTime<Utc>) -> Sql {
    let mut sql = Sql::new("SELECT COUNT(DISTINCT c.post_id) AS n");
    push_late(&mut sql, &Actor::Visitor, now);
    sql
}

/// How many posts wait for something that is past due.
pub async fn count_overdue(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<i64> {
    let sql = overdue_query(now);
    Ok(number(db, &sql.text, sql.values).await?.unwrap_or(0))
}

/// The posts that wait for something that is past due, longest first; at most `limit`.
pub async fn overdue(db: &impl ConnectionTrait, limit: u64, now: DateTime<Utc>) -> Result<Vec<Overdue>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PostId,
        slug: String,
        post_title: String,
        language: String,
        kind: Kind,
        #[sea_orm(nested(prefix = "board_"))]
        board: BoardRef,
        level: i32,
        clock: Name,
        due_at: DateTime<Utc>,
        #[sea_orm(nested(prefix = "owner_"))]
        owner: Option<Person>,
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title AS post_title, p.language, p.kind, b.id AS board_id, b.slug AS board_slug, b.name AS board_name,
            b.names AS board_names, b.private AS board_private, p.level, c.name AS clock, c.due_at,
            o.id AS owner_id, o.handle AS owner_handle, o.name AS owner_name, o.title AS owner_title, o.role AS owner_role",
    );
    push_late(&mut sql, &Actor::Visitor, now);
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM clocks earlier WHERE earlier.post_id = c.post_id AND earlier.ended_at IS NULL
            AND (earlier.due_at < c.due_at OR (earlier.due_at = c.due_at AND earlier.id < c.id)))",
    );
    sql.push(&format!(" ORDER BY c.due_at, p.id LIMIT {limit}"));
    let late = |row: Row| Overdue {
        post: row.id,
        slug: row.slug,
        title: row.post_title,
        language: row.language,
        kind: row.kind,
        board: row.board,
        level: row.level,
        clock: row.clock,
        due_at: row.due_at,
        owner: row.owner,
    };
    Ok(all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(late).collect())
}
