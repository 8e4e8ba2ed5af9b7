//! The work queue of the staff: what is due, in an order that nobody can influence.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    PAGE_MAX, PostRow,
    queries::{Row, complete, moment, select},
};
use crate::{
    Error, Result,
    actor::{Actor, Me},
    board,
    db::{Sql, all, number, values},
    error::Problem,
    id::{PersonId, PostId},
};

/// Whose work of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Everybody's.
    #[default]
    All,
    /// Nobody's yet: posts without an owner.
    Nobody,
    /// One person's.
    Of(PersonId),
}

impl From<Option<PersonId>> for Whose {
    fn from(owner: Option<PersonId>) -> Self {
        owner.map_or(Self::All, Self::Of)
    }
}

/// A part of the queue. All of them have the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// By owner.
    Whose(Whose),
    /// A deadline is missed.
    Overdue,
    /// The earliest deadline lies between now and then.
    DueUntil(DateTime<Utc>),
    /// On level 2 or 3.
    Raised,
    /// The author answered a refusal, and nobody of the staff has read it.
    Rebuttals,
    /// Somebody asks for an act that is beyond their mandate.
    Requests,
    /// Offered to one person, who has not answered yet.
    OfferedTo(PersonId),
}

impl Part {
    /// Whether deadlines alone make it. What waits for somebody in particular waits on members of cases too.
    fn is_of_clocks(self) -> bool {
        !matches!(self, Self::Rebuttals | Self::Requests | Self::OfferedTo(_))
    }
}

impl From<Whose> for Part {
    fn from(whose: Whose) -> Self {
        Self::Whose(whose)
    }
}

impl From<Option<PersonId>> for Part {
    fn from(owner: Option<PersonId>) -> Self {
        Self::Whose(owner.into())
    }
}

/// How many posts are in which part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartCounts {
    /// All of it.
    pub everything: i64,
    /// With a missed deadline.
    pub overdue: i64,
    /// With the earliest deadline between now and then.
    pub due: i64,
    /// Without an owner.
    pub nobody: i64,
    /// Owned by the one who asks.
    pub mine: i64,
    /// On level 2 or 3.
    pub raised: i64,
    /// With a rebuttal that nobody has read.
    pub rebuttals: i64,
    /// With a request that waits.
    pub requests: i64,
    /// Offered to the one who asks.
    pub offered: i64,
}

const CLOCKS: &str = "SELECT post_id, due_at FROM clocks WHERE ended_at IS NULL AND started_at <= ";
const REBUTTALS: &str = "SELECT post_id FROM rebuttals WHERE read_at IS NULL";
const REQUESTS: &str = "SELECT post_id FROM requests WHERE outcome IS NULL";
const OFFERS: &str = "SELECT post_id FROM handovers WHERE outcome IS NULL AND to_id = ";

/// What has no deadline stands behind everything that has one.
fn never() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN).and_utc()
}

/// Joins posts with an open deadline, with the earliest of them. A clock that starts at a later day is not open yet. What waits for
/// another reason than a clock is among them in the part that is made of it: a request and an offer with their own deadlines, a
/// rebuttal without one.
fn push_due(sql: &mut Sql, part: Part, now: DateTime<Utc>) {
    sql.push(" JOIN (SELECT d.post_id, MIN(d.due_at) AS due_at FROM (").push(CLOCKS).bind(now);
    match part {
        Part::Rebuttals => {
            sql.push(" UNION ALL SELECT post_id, ").bind(never()).push(" AS due_at FROM rebuttals WHERE read_at IS NULL");
        }
        Part::Requests => {
            sql.push(" UNION ALL SELECT post_id, due_at FROM requests WHERE outcome IS NULL");
        }
        Part::OfferedTo(person) => {
            sql.push(" UNION ALL SELECT post_id, lapses_at AS due_at FROM handovers WHERE outcome IS NULL AND to_id = ");
            sql.bind(person).push(" AND lapses_at >= ").bind(now);
        }
        Part::Whose(_) | Part::Overdue | Part::DueUntil(_) | Part::Raised => {}
    }
    sql.push(") d GROUP BY d.post_id) w ON w.post_id = p.id");
}

/// Joins posts with the open deadline that is due first, as [`push_due`] does, so that it can be walked in its order: a page of the queue
/// then costs the same however much is due. For the parts that no other reason than a clock makes.
fn push_first_due(sql: &mut Sql, actor: &Actor, now: DateTime<Utc>) {
    sql.push(" JOIN clocks w ON w.post_id = p.id WHERE ");
    board::known(sql, actor);
    // what is due on a member of a case is due at its head
    sql.push(" AND p.head_id IS NULL");
    sql.push(" AND w.ended_at IS NULL AND w.started_at <= ").bind(now).push(
        " AND NOT EXISTS (SELECT 1 FROM clocks e WHERE e.post_id = w.post_id AND e.ended_at IS NULL AND (e.due_at, e.id) < (w.due_at, w.id)
            AND e.started_at <= ",
    );
    sql.bind(now).push(")");
}

/// Appends the condition under which a post is in a part, after others.
fn push_part(sql: &mut Sql, part: Part, now: DateTime<Utc>) {
    match part {
        Part::Whose(Whose::All) => {}
        Part::Whose(Whose::Nobody) => {
            sql.push(" AND p.owner_id IS NULL");
        }
        Part::Whose(Whose::Of(person)) => {
            sql.push(" AND p.owner_id = ").bind(person);
        }
        Part::Overdue => {
            sql.push(" AND w.due_at < ").bind(now);
        }
        Part::DueUntil(until) => {
            sql.push(" AND w.due_at >= ").bind(now).push(" AND w.due_at <= ").bind(until);
        }
        Part::Raised => {
            sql.push(" AND p.level >= 2");
        }
        Part::Rebuttals => {
            sql.push(" AND p.id IN (").push(REBUTTALS).push(")");
        }
        Part::Requests => {
            sql.push(" AND p.id IN (").push(REQUESTS).push(")");
        }
        Part::OfferedTo(person) => {
            sql.push(" AND p.id IN (").push(OFFERS).bind(person).push(" AND lapses_at >= ").bind(now).push(")");
        }
    }
}

/// Who may see the work queue: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_work(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// How many posts of the work queue are in a part.
pub async fn count_queue(db: &impl ConnectionTrait, actor: &Actor, part: impl Into<Part>, now: DateTime<Utc>) -> Result<i64> {
    may_work(actor)?;
    let part = part.into();
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM posts p JOIN boards b ON b.id = p.board_id");
    push_due(&mut sql, part, now);
    sql.push(" WHERE ");
    board::known(&mut sql, actor);
    if part.is_of_clocks() {
        sql.push(" AND p.head_id IS NULL");
    }
    push_part(&mut sql, part, now);
    Ok(number(db, &sql.text, sql.values).await?.unwrap_or(0))
}

/// How much of the queue is in which part, for all of the staff: they see every board.
#[derive(Debug, Default)]
pub struct Workload {
    due: Vec<Cell>,
    offered: HashMap<PersonId, i64>,
    rebuttals: i64,
    requests: i64,
}

/// Posts with an open deadline that have these in common.
#[derive(Debug, FromQueryResult)]
struct Cell {
    owner_id: Option<PersonId>,
    raised: bool,
    overdue: bool,
    soon: bool,
    n: i64,
}

impl Workload {
    /// As it is now; `until` bounds what is due next.
    pub async fn read(db: &impl ConnectionTrait, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Offered {
            to_id: PersonId,
            n: i64,
        }
        let mut sql = Sql::new("SELECT p.owner_id, p.level >= 2 AS raised, w.due_at < ");
        sql.bind(now).push(" AS overdue, w.due_at >= ").bind(now).push(" AND w.due_at <= ").bind(until);
        sql.push(" AS soon, COUNT(*) AS n FROM posts p");
        push_due(&mut sql, Part::Whose(Whose::All), now);
        sql.push(" WHERE p.head_id IS NULL GROUP BY 1, 2, 3, 4");
        let due = all(db, &sql.text, sql.values).await?;
        let of_posts = async |posts: &str| {
            number(db, &format!("SELECT COUNT(DISTINCT post_id) AS n FROM ({posts}) x"), []).await.map(Option::unwrap_or_default)
        };
        let offers =
            "SELECT to_id, COUNT(DISTINCT post_id) AS n FROM handovers WHERE outcome IS NULL AND lapses_at >= $1 GROUP BY to_id";
        let offers = all::<Offered>(db, offers, values![now]).await?;
        Ok(Self {
            due,
            offered: offers.into_iter().map(|offered| (offered.to_id, offered.n)).collect(),
            rebuttals: of_posts(REBUTTALS).await?,
            requests: of_posts(REQUESTS).await?,
        })
    }

    /// What each part holds for a person of the staff.
    pub fn of(&self, person: PersonId) -> PartCounts {
        let count =
            |is_in: fn(&Cell, PersonId) -> bool| self.due.iter().filter(|cell| is_in(cell, person)).map(|cell| cell.n).sum();
        PartCounts {
            everything: count(|_, _| true),
            overdue: count(|cell, _| cell.overdue),
            due: count(|cell, _| cell.soon),
            nobody: count(|cell, _| cell.owner_id.is_none()),
            mine: count(|cell, me| cell.owner_id == Some(me)),
            raised: count(|cell, _| cell.raised),
            rebuttals: self.rebuttals,
            requests: self.requests,
            offered: self.offered.get(&person).copied().unwrap_or_default(),
        }
    }
}

/// What the company owes an author: their posts with an open deadline, and the heads of the cases that others are of, earliest first, at most [`PAGE_MAX`].
pub async fn owed_to(db: &impl ConnectionTrait, actor: &Actor, author: PersonId, now: DateTime<Utc>) -> Result<Vec<PostRow>> {
    let mut sql = select(actor, "", "w.due_at");
    push_first_due(&mut sql, actor, now);
    sql.push(" AND (p.author_id = ").bind(author);
    sql.push(" OR p.id IN (SELECT head_id FROM posts WHERE head_id IS NOT NULL AND author_id = ").bind(author).push("))");
    sql.push(&format!(" ORDER BY w.due_at, p.created_at, p.id LIMIT {PAGE_MAX}"));
    complete(db, actor, all::<Row>(db, &sql.text, sql.values).await?, now).await
}

/// The work queue: posts with an open deadline, by the earliest of them, then the longest waiting, then by number. Votes, names
/// and money have no influence on it. Each comes with the time since when it waits. Every part has the same order.
pub async fn queue(
    db: &impl ConnectionTrait,
    actor: &Actor,
    part: impl Into<Part>,
    after: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<(Vec<(PostRow, DateTime<Utc>)>, Option<String>, i64)> {
    let part = part.into();
    let (items, next) = queue_slice(db, actor, part, after, limit, now).await?;
    Ok((items, next, count_queue(db, actor, part, now).await?))
}

/// The same without the total, for those who don't show it.
pub async fn queue_slice(
    db: &impl ConnectionTrait,
    actor: &Actor,
    part: impl Into<Part>,
    after: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<(Vec<(PostRow, DateTime<Utc>)>, Option<String>)> {
    may_work(actor)?;
    let limit = limit.clamp(1, PAGE_MAX);
    let part = part.into();
    let mut sql = select(actor, "", "w.due_at");
    if part.is_of_clocks() {
        push_first_due(&mut sql, actor, now);
    } else {
        push_due(&mut sql, part, now);
        sql.push(" WHERE ");
        board::known(&mut sql, actor);
    }
    push_part(&mut sql, part, now);
    if let Some(cursor) = after {
        let place = || {
            let mut parts = cursor.strip_prefix("q-")?.splitn(3, '-');
            let due = moment(parts.next()?)?;
            let since = moment(parts.next()?)?;
            Some((due, since, PostId(parts.next()?.parse().ok()?)))
        };
        let (due, since, id) = place().ok_or(Error::invalid("cursor", Problem::NotACursor))?;
        // said twice, since no index has all three
        sql.push(" AND w.due_at >= ").bind(due);
        sql.push(" AND (w.due_at, p.created_at, p.id) > (").bind(due).push(", ").bind(since).push(", ").bind(id).push(")");
    }
    sql.push(&format!(" ORDER BY w.due_at, p.created_at, p.id LIMIT {}", limit + 1));
    let mut rows = all::<Row>(db, &sql.text, sql.values).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = match rows.last() {
        Some(row) if more => {
            row.due_at.map(|due| format!("q-{}-{}-{}", due.timestamp_micros(), row.created_at.timestamp_micros(), row.id))
        }
        _ => None,
    };
    let items = complete(db, actor, rows, now)
        .await?
        .into_iter()
        .map(|row| {
            let since = row.created_at;
            (row, since)
        })
        .collect();
    Ok((items, next))
}
