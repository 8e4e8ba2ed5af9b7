//! The record as its readers see it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;

use super::{
    entry::{Entry, WITHHELD, named, reason_salt, time},
    verify::ENTRY,
};
use crate::{
    Error, Result,
    actor::{Actor, Role},
    board,
    db::{Sql, all, number, one},
    error::Problem,
    event::{COLUMNS, Change, Event, Kind, Row as EventRow, Subject},
    id::PersonId,
    person::Person,
    post,
};

pub use crate::promise::Newer;

/// Which entries to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one act.
    pub act: Option<String>,
    /// By one role.
    pub role: Option<Role>,
    /// For which one rule was named.
    pub rule: Option<i32>,
    /// Slug of the board that it happened on.
    pub board: Option<String>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// What an act changed, where that has a value: of the settings, of the ranking the number of its formula, of somebody the role.
pub fn changes(kind: &Kind) -> Vec<Change> {
    let one = |key: &str, from, to| vec![Change { key: key.to_owned(), from, to }];
    match kind {
        Kind::SettingsChanged { changes, .. } => changes.clone(),
        Kind::RankingChanged { version, from } => one("ranking", json!(from), json!(version)),
        Kind::RoleSet { from, to, .. } => one("role", json!(from.as_str()), json!(to.as_str())),
        _ => Vec::new(),
    }
}

/// An entry, and what its reader may know of what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As everybody has it.
    pub entry: Entry,
    /// What is opened to the reader, if anything.
    pub open: Option<Open>,
}

/// What an entry covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What happened.
    pub event: Event,
    /// Who of the staff did it; nobody when it followed by a rule, or when they are not known any more.
    pub by: Option<Person>,
    /// Whom it was about, if a person.
    pub person: Option<Person>,
    /// The salt with which the reason gives the digest that stands in the entry.
    pub reason_salt: Option<String>,
}

impl Open {
    /// What it was about, as an entry says it: `answer:17`, and of a person no more than that.
    pub fn subject(&self) -> Option<String> {
        let (subject, id) = self.event.columns();
        named(Some(subject), id.as_deref())
    }
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested(prefix = "r_"))]
    entry: Entry,
    salt: Option<String>,
    #[sea_orm(nested)]
    event: Option<EventRow>,
    #[sea_orm(nested(prefix = "by_"))]
    by: Option<Person>,
}

/// Entries `r`, with the event `e` of each as far as the reader may know of it: who may not see the board that it happened on, or the one
/// that its post is on by now, has none, nor has anybody but the staff of what is the staff's or on a post that is held back.
fn push_from(sql: &mut Sql, actor: &Actor) {
    sql.push(" FROM record_entries r LEFT JOIN record_openings o ON o.seq = r.seq");
    if !actor.sees_all() {
        sql.push(" AND NOT o.internal");
    }
    sql.push(
        " LEFT JOIN events e ON e.id = o.event_id AND NOT EXISTS (SELECT 1 FROM boards b
            WHERE (b.id = e.board_id OR b.id = (SELECT p.board_id FROM posts p WHERE p.id = e.post_id)) AND NOT (",
    );
    board::visible(sql, actor);
    sql.push("))");
    if !actor.sees_all() {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = e.post_id AND p.screening_id IS NOT NULL)");
    }
}

fn select(actor: &Actor) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT {ENTRY}, o.salt, {COLUMNS}, w.id AS by_id, w.handle AS by_handle, w.name AS by_name, w.title AS by_title, w.role AS by_role"
    ));
    push_from(&mut sql, actor);
    sql.push(" LEFT JOIN persons w ON w.id = e.actor_id WHERE TRUE");
    sql
}

/// Narrows a list. What an entry withholds counts for those to whom it is opened.
fn push_filter(sql: &mut Sql, filter: &Filter) {
    let withheld = format!(" OR (r.act = '{WITHHELD}' AND ");
    if let Some(act) = &filter.act {
        sql.push(" AND (r.act = ").bind(act.as_str()).push(&withheld).push("e.kind = ").bind(act.as_str()).push("))");
    }
    if let Some(role) = filter.role {
        sql.push(" AND (r.role = ").bind(role).push(&withheld).push("e.role = ").bind(role).push("))");
    }
    if let Some(rule) = filter.rule {
        sql.push(" AND (r.rule = ").bind(rule).push(&withheld).push("e.rule = ").bind(rule).push("))");
    }
    if let Some(slug) = &filter.board {
        sql.push(" AND e.board_id = (SELECT id FROM boards WHERE slug = ").bind(slug.as_str()).push(")");
    }
    if let Some(from) = filter.from {
        sql.push(" AND r.at >= ").bind(time(from));
    }
    if let Some(until) = filter.until {
        sql.push(" AND r.at < ").bind(time(until));
    }
}

/// Entries, newest first, after the place that a cursor names; at most `limit`, and the cursor for the next.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    after: Option<&str>,
    limit: u64,
) -> Result<(Vec<Shown>, Option<String>)> {
    let mut sql = select(actor);
    push_filter(&mut sql, filter);
    if let Some(cursor) = after {
        sql.push(" AND r.seq < ").bind(place(cursor)?);
    }
    page(db, sql, "DESC", limit).await
}

/// Entries after a number, in the order of the chain; at most `limit`, and the cursor for the next.
pub async fn after(
    db: &impl ConnectionTrait,
    actor: &Actor,
    seq: i64,
    cursor: Option<&str>,
    limit: u64,
) -> Result<(Vec<Shown>, Option<String>)> {
    let mut sql = select(actor);
    let place = cursor.map(place).transpose()?;
    sql.push(" AND r.seq > ").bind(place.unwrap_or(seq).max(seq));
    page(db, sql, "ASC", limit).await
}

/// The entry of a number.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_seq(db: &impl ConnectionTrait, actor: &Actor, seq: i64) -> Result<Shown> {
    let mut sql = select(actor);
    sql.push(" AND r.seq = ").bind(seq);
    page(db, sql, "ASC", 1).await?.0.pop().ok_or(Error::NotFound)
}

/// Where the page before the one stands that begins with that entry, in pages of `limit`.
pub async fn newer(db: &impl ConnectionTrait, actor: &Actor, filter: &Filter, first: i64, limit: u64) -> Result<Newer> {
    #[derive(FromQueryResult)]
    struct Seq {
        seq: i64,
    }
    let mut sql = Sql::new("SELECT r.seq");
    push_from(&mut sql, actor);
    sql.push(" WHERE r.seq > ").bind(first);
    push_filter(&mut sql, filter);
    sql.push(&format!(" ORDER BY r.seq LIMIT {}", limit.clamp(1, post::PAGE_MAX) + 1));
    let rows = all::<Seq>(db, &sql.text, sql.values).await?;
    Ok(match rows.get(usize::try_from(limit).unwrap_or(usize::MAX)) {
        Some(row) => Newer::After(cursor(row.seq)),
        None if rows.is_empty() => Newer::None,
        None => Newer::First,
    })
}

/// How many entries there are by that filter.
pub async fn count(db: &impl ConnectionTrait, actor: &Actor, filter: &Filter) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Head {
        seq: i64,
    }
    if *filter == Filter::default() {
        return Ok(one::<Head>(db, "SELECT seq FROM record_head WHERE id = 1", []).await?.map_or(0, |head| head.seq));
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS n");
    push_from(&mut sql, actor);
    sql.push(" WHERE TRUE");
    push_filter(&mut sql, filter);
    Ok(number(db, &sql.text, sql.values).await?.unwrap_or(0))
}

fn cursor(seq: i64) -> String {
    format!("r-{seq}")
}

fn place(cursor: &str) -> Result<i64> {
    let place = cursor.strip_prefix("r-").and_then(|seq| seq.parse().ok());
    place.ok_or(Error::invalid("cursor", Problem::NotACursor))
}

async fn page(db: &impl ConnectionTrait, mut sql: Sql, order: &str, limit: u64) -> Result<(Vec<Shown>, Option<String>)> {
    let limit = limit.clamp(1, post::PAGE_MAX);
    sql.push(&format!(" ORDER BY r.seq {order} LIMIT {}", limit + 1));
    let mut rows = all::<Row>(db, &sql.text, sql.values).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| cursor(row.entry.seq));
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let open = row.event.map(EventRow::event).transpose()?.map(|event| Open {
            reason_salt: row.salt.as_deref().filter(|_| row.entry.reason.is_some()).map(reason_salt),
            // of what happened long ago the role is not known
            by: row.by.filter(|person| event.role.unwrap_or(person.role).is_staff()),
            event,
            person: None,
        });
        shown.push(Shown { entry: row.entry, open });
    }
    name(db, &mut shown).await?;
    Ok((shown, next))
}

/// Looks up the people whom acts were about.
async fn name(db: &impl ConnectionTrait, shown: &mut [Shown]) -> Result<()> {
    fn about(open: &Open) -> Option<PersonId> {
        match open.event.kind.about().subject {
            Subject::Person(person) => Some(person),
            _ => None,
        }
    }
    let ids: Vec<PersonId> = shown.iter().filter_map(|shown| about(shown.open.as_ref()?)).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT id, handle, name, title, role FROM persons WHERE id IN ");
    sql.bind_list(ids);
    let people = all::<Person>(db, &sql.text, sql.values).await?;
    for open in shown.iter_mut().filter_map(|shown| shown.open.as_mut()) {
        open.person = about(open).and_then(|id| people.iter().find(|person| person.id == id).cloned());
    }
    Ok(())
}
