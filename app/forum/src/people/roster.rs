//! Who is there: everybody with an account, for those who say what they may do.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result,
    actor::{Actor, Role},
    db::{Sql, all, number},
    person::{self, Account},
};

/// Somebody in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub account: Account,
    /// When a browser of theirs was last used, as far as one is still signed in.
    pub seen_at: Option<DateTime<Utc>>,
}

/// Whom to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// A part of the name or of the address.
    pub q: String,
    /// One role only.
    pub role: Option<Role>,
}

/// Who may read it: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_read(actor: &Actor) -> Result<()> {
    actor.admin()
}

fn conditions(sql: &mut Sql, search: &Search) {
    // people who were brought in from elsewhere have no address, and can't sign in
    sql.push(" FROM persons p WHERE (p.email IS NOT NULL OR p.role <> 'member')");
    if let Some(role) = search.role {
        sql.push(" AND p.role = ").bind(role);
    }
    let q = search.q.trim();
    if !q.is_empty() {
        let part = |text: &str| format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        sql.push(" AND (p.name LIKE ").bind(part(q)).push(" ESCAPE '!' OR lower(p.name) LIKE ").bind(part(&q.to_lowercase()));
        sql.push(" ESCAPE '!' OR p.email LIKE ").bind(part(&q.to_lowercase())).push(" ESCAPE '!')");
    }
}

/// The staff first, then everybody else, by name: `limit` of them behind the first `from`; and how many there are in all.
///
/// # Errors
/// As [`may_read`].
pub async fn list(db: &impl ConnectionTrait, actor: &Actor, search: &Search, from: u64, limit: u64) -> Result<(Vec<Entry>, i64)> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: person::Row,
        last_seen_at: Option<DateTime<Utc>>,
    }
    may_read(actor)?;
    let mut count = Sql::new("SELECT COUNT(*) AS n");
    conditions(&mut count, search);
    let total = number(db, &count.text, count.values).await?.unwrap_or(0);
    let mut sql = Sql::new(&format!(
        "SELECT {}, (SELECT MAX(s.seen_at) FROM sessions s WHERE s.person_id = p.id) AS last_seen_at",
        person::COLUMNS
    ));
    conditions(&mut sql, search);
    sql.push(&format!(
        " ORDER BY CASE p.role WHEN 'admin' THEN 0 WHEN 'director' THEN 1 WHEN 'lead' THEN 2 WHEN 'agent' THEN 3 ELSE 4 END,
          lower(p.name), p.id LIMIT {limit} OFFSET {from}"
    ));
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    let entry = |row: Row| Entry { account: row.person.into(), seen_at: row.last_seen_at };
    Ok((rows.into_iter().map(entry).collect(), total))
}
