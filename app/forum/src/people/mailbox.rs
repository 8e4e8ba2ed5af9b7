//! Addresses that mail does not reach. When the other side says for good that there is no such mailbox, the address is marked wherever it
//! stands: with an account, and with the receipts of guests. Nothing is told there any more. What somebody asks for themselves, such as a link
//! that verifies, is tried once a day: an address may come back, and its owner must be able to show that.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Result, Tx,
    db::{exec, one, values},
    id::PersonId,
};

/// How it came out that an address is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// The mail server refused it.
    Refused,
    /// A letter was taken, and came back.
    Bounced,
}

crate::word::kept_as_words!(Cause);

/// That mail does not reach an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// Since when.
    pub since: DateTime<Utc>,
    /// How that came out.
    pub cause: Cause,
    /// What the other side said, in its own words.
    pub said: String,
}

impl Unreached {
    /// From the columns of a row.
    pub(crate) fn of(since: Option<DateTime<Utc>>, cause: Option<Cause>, said: Option<String>) -> Option<Self> {
        Some(Self { since: since?, cause: cause?, said: said.unwrap_or_default() })
    }
}

/// How long an address that is not reached is left alone, whatever is asked for there.
pub const REST: TimeDelta = TimeDelta::days(1);
/// Characters of what a server says that are kept.
const SAID_MAX: usize = 200;
/// Both tables in which addresses stand.
const TABLES: [&str; 2] = ["persons", "receipts"];

#[derive(FromQueryResult)]
struct Row {
    unreached_at: Option<DateTime<Utc>>,
    unreached_tried_at: Option<DateTime<Utc>>,
}

/// When an address that is not reached was tried last; nothing for one of which nothing is known.
async fn last_try(db: &impl ConnectionTrait, email: &str) -> Result<Option<DateTime<Utc>>> {
    let from =
        |table: &str| format!("SELECT unreached_at, unreached_tried_at FROM {table} WHERE email = $1 AND unreached_at IS NOT NULL");
    let sql = TABLES.map(from).join(" UNION ALL ");
    let rows = crate::db::all::<Row>(db, &sql, values![email]).await?;
    Ok(rows.into_iter().filter_map(|row| row.unreached_tried_at.or(row.unreached_at)).max())
}

/// Whether an address is one that mail does not reach.
pub async fn is_unreached(db: &impl ConnectionTrait, email: &str) -> Result<bool> {
    Ok(last_try(db, email).await?.is_some())
}

/// Whether an address that is not reached may be tried, which counts as a try: a day after the last one, with something that was asked for
/// there.
pub async fn may_try(tx: &mut Tx, email: &str, is_asked_for: bool) -> Result<bool> {
    let Some(last) = last_try(tx.conn(), email).await? else { return Ok(true) };
    if !is_asked_for || tx.now() < last + REST {
        return Ok(false);
    }
    for table in TABLES {
        let sql = format!("UPDATE {table} SET unreached_tried_at = $2 WHERE email = $1 AND unreached_at IS NOT NULL");
        exec(tx.conn(), &sql, values![email, tx.now()]).await?;
    }
    Ok(true)
}

/// Notes that mail does not reach an address, and what was said to that. What was found first stands.
pub async fn mark(tx: &mut Tx, email: &str, cause: Cause, said: &str) -> Result<()> {
    let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SAID_MAX).collect();
    for table in TABLES {
        let sql = format!(
            "UPDATE {table} SET unreached_at = COALESCE(unreached_at, $2), unreached_tried_at = $2, unreached_cause = $3, unreached_said = $4
             WHERE email = $1"
        );
        exec(tx.conn(), &sql, values![email, tx.now(), cause, said.clone()]).await?;
    }
    Ok(())
}

/// Notes that the mail server took a letter to an address that it had refused. One whose letters came back was taken before, too: that says
/// nothing.
pub async fn taken(tx: &mut Tx, email: &str) -> Result<()> {
    for table in TABLES {
        let sql = format!("UPDATE {table} SET {CLEAR} WHERE email = $1 AND unreached_cause = $2");
        exec(tx.conn(), &sql, values![email, Cause::Refused]).await?;
    }
    Ok(())
}

/// What clears the mark.
pub(crate) const CLEAR: &str = "unreached_at = NULL, unreached_cause = NULL, unreached_said = NULL, unreached_tried_at = NULL";

/// Notes that somebody read what was mailed to their address: by the link in it.
pub(crate) async fn reached(tx: &Tx, person: PersonId) -> Result<()> {
    exec(tx.conn(), &format!("UPDATE persons SET {CLEAR} WHERE id = $1 AND unreached_at IS NOT NULL"), values![person]).await?;
    let sql = format!("UPDATE receipts SET {CLEAR} WHERE person_id = $1 AND unreached_at IS NOT NULL");
    exec(tx.conn(), &sql, values![person]).await?;
    Ok(())
}

/// Whether mail does not reach the address beside the receipt of a guest.
pub(crate) async fn of_guest(db: &impl ConnectionTrait, person: PersonId) -> Result<bool> {
    let sql = "SELECT unreached_at, unreached_tried_at FROM receipts WHERE person_id = $1 AND unreached_at IS NOT NULL";
    Ok(one::<Row>(db, sql, values![person]).await?.is_some())
}
