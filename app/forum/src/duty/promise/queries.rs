//! Which promises there are, as far as the actor may see their posts.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Counts, Promise, Said, State, Version};
use crate::{
    Error, Result, View,
    actor::{Actor, Role},
    agenda::Whose,
    board,
    db::{Sql, all, number, one, values},
    error::Problem,
    id::{PledgeId, PostId, PromiseId},
    person::Person,
    post::Seen,
    post::{self, BoardRef},
};

/// Which promises to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one state.
    pub state: Option<State>,
    /// Slug of a board.
    pub board: Option<String>,
    /// On one post.
    pub post: Option<PostId>,
    /// Only those whose remedy is owed.
    pub owed: bool,
    /// Whose they are.
    pub whose: Whose,
}

#[derive(FromQueryResult)]
struct Row {
    id: PromiseId,
    post_id: PostId,
    post_slug: String,
    post_title: String,
    post_language: String,
    #[sea_orm(nested(prefix = "board_"))]
    board: BoardRef,
    pledge_id: Option<PledgeId>,
    decided_role: Option<Role>,
    created_at: DateTime<Utc>,
    number: i32,
    what: String,
    due_on: NaiveDate,
    due_at: DateTime<Utc>,
    remedy: Option<String>,
    remedy_cents: Option<i64>,
    #[sea_orm(nested(prefix = "person_"))]
    person: Option<Person>,
    act: Option<Said>,
    act_note: Option<String>,
    act_at: Option<DateTime<Utc>>,
    paid_at: Option<DateTime<Utc>>,
}

/// The wording that holds, and what was said last.
const JOINS: &str = " FROM promises m
    JOIN promise_versions v ON v.id = (SELECT MAX(id) FROM promise_versions WHERE promise_id = m.id)
    JOIN posts p ON p.id = m.post_id JOIN boards b ON b.id = p.board_id
    LEFT JOIN promise_acts a ON a.id =
        (SELECT MAX(id) FROM promise_acts WHERE promise_id = m.id AND act IN ('kept', 'withdrawn', 'reopened'))
    LEFT JOIN promise_acts paid ON paid.id = (SELECT MAX(id) FROM promise_acts WHERE promise_id = m.id AND act = 'paid')";

const SELECT: &str = "SELECT m.id, m.post_id, p.slug AS post_slug, p.title AS post_title, p.language AS post_language,
    b.id AS board_id, b.slug AS board_slug, b.name AS board_name, b.names AS board_names,
            b.private AS board_private, m.pledge_id, m.decided_role, m.created_at,
    v.number, v.what, v.due_on, v.due_at, v.remedy, v.remedy_cents,
    o.id AS person_id, o.handle AS person_handle, o.name AS person_name, o.title AS person_title, o.role AS person_role,
    a.act, a.note AS act_note, a.created_at AS act_at, paid.created_at AS paid_at";

const ACCOUNTABLE: &str = " LEFT JOIN persons o ON o.id = COALESCE(v.accountable_id, p.owner_id)";

/// The day on which the first open promise on each of these posts is due.
pub async fn first_due(db: &impl ConnectionTrait, posts: &[PostId], now: DateTime<Utc>) -> Result<HashMap<PostId, NaiveDate>> {
    #[derive(FromQueryResult)]
    struct Due {
        post_id: PostId,
        due_on: NaiveDate,
    }
    if posts.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(&format!("SELECT m.post_id, MIN(v.due_on) AS due_on{JOINS} WHERE m.post_id IN "));
    sql.bind_list(posts.iter().copied()).push(" AND (a.act IS NULL OR a.act = 'reopened') AND v.due_at >= ").bind(now);
    sql.push(" GROUP BY m.post_id");
    let due = all::<Due>(db, &sql.text, sql.values).await?;
    Ok(due.into_iter().map(|due| (due.post_id, due.due_on)).collect())
}

/// How a promise stands, in SQL.
fn push_state(sql: &mut Sql, now: DateTime<Utc>) {
    sql.push("CASE WHEN a.act = 'kept' THEN 'kept' WHEN a.act = 'withdrawn' THEN 'withdrawn' WHEN v.due_at < ").bind(now);
    sql.push(" THEN 'broken' ELSE 'open' END");
}

fn state(act: Option<Said>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> State {
    match act {
        Some(Said::Kept) => State::Kept,
        Some(Said::Withdrawn) => State::Withdrawn,
        _ if now > due_at => State::Broken,
        _ => State::Open,
    }
}

impl Row {
    fn promise(self, now: DateTime<Utc>) -> Promise {
        let state = state(self.act, self.due_at, now);
        let ended = matches!(state, State::Kept | State::Withdrawn);
        Promise {
            id: self.id,
            post: self.post_id,
            post_slug: self.post_slug,
            post_title: self.post_title,
            post_language: self.post_language,
            board: self.board,
            pledge: self.pledge_id,
            what: self.what,
            accountable: self.person,
            due_on: self.due_on,
            due_at: self.due_at,
            remedy: self.remedy,
            remedy_cents: self.remedy_cents,
            version: self.number,
            decided_by: self.decided_role,
            created_at: self.created_at,
            ended_at: self.act_at.filter(|_| ended),
            note: self.act_note.filter(|_| ended),
            paid_at: self.paid_at,
            state,
        }
    }
}

fn conditions(sql: &mut Sql, actor: &Actor, filter: &Filter, now: DateTime<Utc>) {
    board::known(sql, actor);
    // only what is broken is owed, whatever state was asked for besides
    for state in filter.state.into_iter().chain(filter.owed.then_some(State::Broken)) {
        sql.push(" AND ");
        push_state(sql, now);
        sql.push(" = ").bind(state);
    }
    if filter.owed {
        sql.push(" AND v.remedy IS NOT NULL AND paid.id IS NULL");
    }
    if let Some(slug) = &filter.board {
        sql.push(" AND b.slug = ").bind(slug.as_str());
    }
    if let Some(post) = filter.post {
        sql.push(" AND m.post_id = ").bind(post);
    }
    filter.whose.push(sql, "COALESCE(v.accountable_id, p.owner_id)");
}

/// Promises, newest first, after the one of that number; at most `limit`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    after: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<(Vec<Promise>, Option<String>)> {
    let mut sql = Sql::new(&format!("{SELECT}{JOINS}{ACCOUNTABLE} WHERE "));
    conditions(&mut sql, actor, filter, now);
    if let Some(cursor) = after {
        let place = cursor.strip_prefix("m-").and_then(|id| id.parse::<i64>().ok());
        sql.push(" AND m.id < ").bind(place.ok_or(Error::invalid("cursor", Problem::NotACursor))?);
    }
    let limit = limit.clamp(1, post::PAGE_MAX);
    sql.push(&format!(" ORDER BY m.id DESC LIMIT {}", limit + 1));
    let mut rows = all::<Row>(db, &sql.text, sql.values).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| format!("m-{}", row.id));
    Ok((rows.into_iter().map(|row| row.promise(now)).collect(), next))
}

/// Where the page of a list stands that comes before the one which begins with that promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newer {
    /// There is none.
    None,
    /// It is the first page.
    First,
    /// It begins after this cursor.
    After(String),
}

/// The page before the one that begins with that promise, in pages of `limit`.
pub async fn newer(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    first: PromiseId,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Newer> {
    #[derive(FromQueryResult)]
    struct IdRow {
        id: PromiseId,
    }
    let mut sql = Sql::new(&format!("SELECT m.id{JOINS} WHERE "));
    conditions(&mut sql, actor, filter, now);
    sql.push(" AND m.id > ").bind(first).push(&format!(" ORDER BY m.id LIMIT {}", limit.clamp(1, post::PAGE_MAX) + 1));
    let rows = all::<IdRow>(db, &sql.text, sql.values).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(match rows.get(size) {
        Some(row) => Newer::After(format!("m-{}", row.id)),
        None if rows.is_empty() => Newer::None,
        None => Newer::First,
    })
}

/// The promises on a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Promise>> {
    if !post.has().promises {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!("{SELECT}{JOINS}{ACCOUNTABLE} WHERE m.post_id = "));
    sql.bind(post.id()).push(" ORDER BY m.id");
    Ok(all::<Row>(view.db(), &sql.text, sql.values).await?.into_iter().map(|row| row.promise(view.now())).collect())
}

/// A promise.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of its post.
pub async fn by_id(db: &impl ConnectionTrait, actor: &Actor, id: PromiseId, now: DateTime<Utc>) -> Result<Promise> {
    let mut sql = Sql::new(&format!("{SELECT}{JOINS}{ACCOUNTABLE} WHERE m.id = "));
    sql.bind(id).push(" AND ");
    board::known(&mut sql, actor);
    Ok(one::<Row>(db, &sql.text, sql.values).await?.ok_or(Error::NotFound)?.promise(now))
}

/// Every wording of a promise, latest first.
///
/// # Errors
/// As [`by_id`].
pub async fn versions(db: &impl ConnectionTrait, actor: &Actor, id: PromiseId, now: DateTime<Utc>) -> Result<Vec<Version>> {
    #[derive(FromQueryResult)]
    struct VersionRow {
        number: i32,
        what: String,
        due_on: NaiveDate,
        remedy: Option<String>,
        reason: Option<String>,
        created_at: DateTime<Utc>,
    }
    by_id(db, actor, id, now).await?;
    let sql =
        "SELECT number, what, due_on, remedy, reason, created_at FROM promise_versions WHERE promise_id = $1 ORDER BY number DESC";
    let rows = all::<VersionRow>(db, sql, values![id]).await?;
    let version = |row: VersionRow| Version {
        number: row.number,
        what: row.what,
        due_on: row.due_on,
        remedy: row.remedy,
        reason: row.reason,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(version).collect())
}

/// The query behind [`counts`].
pub(crate) fn counts_query(actor: &Actor, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> (String, Vec<sea_orm::Value>) {
    let mut sql = Sql::new("SELECT ");
    push_state(&mut sql, now);
    sql.push(
        " AS state, v.remedy IS NOT NULL AS remedied, paid.id IS NOT NULL AS paid, COUNT(*) AS n,
                CAST(SUM(v.remedy_cents) AS bigint) AS cents",
    );
    sql.push(JOINS).push(" WHERE ");
    board::known(&mut sql, actor);
    if let Some(since) = since {
        sql.push(" AND m.created_at >= ").bind(since);
    }
    sql.push(" GROUP BY 1, 2, 3");
    (sql.text, sql.values)
}

/// How many promises stand how, of those made since `since`.
pub async fn counts(db: &impl ConnectionTrait, actor: &Actor, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Counts> {
    #[derive(FromQueryResult)]
    struct Row {
        state: State,
        remedied: bool,
        paid: bool,
        n: i64,
        cents: Option<i64>,
    }
    let (sql, values) = counts_query(actor, since, now);
    let mut counts = Counts::default();
    for row in all::<Row>(db, &sql, values).await? {
        match row.state {
            State::Open => counts.open += row.n,
            State::Kept => counts.kept += row.n,
            State::Withdrawn => counts.withdrawn += row.n,
            State::Broken => {
                counts.broken += row.n;
                if row.remedied && row.paid {
                    counts.paid += row.n;
                    counts.paid_cents += row.cents.unwrap_or(0);
                } else if row.remedied {
                    counts.owed += row.n;
                    counts.owed_cents += row.cents.unwrap_or(0);
                }
            }
        }
    }
    Ok(counts)
}

/// How many promises there are by that filter.
pub async fn count(db: &impl ConnectionTrait, actor: &Actor, filter: &Filter, now: DateTime<Utc>) -> Result<i64> {
    let mut sql = Sql::new(&format!("SELECT COUNT(*) AS n{JOINS} WHERE "));
    conditions(&mut sql, actor, filter, now);
    Ok(number(db, &sql.text, sql.values).await?.unwrap_or(0))
}
