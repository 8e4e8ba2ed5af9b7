//! Browsers that are signed in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{all, exec, one, values},
    id::PersonId,
    person::{self, Account},
    secret::{self, Secret},
    text,
};

/// How long a browser stays signed in without being used.
pub const LIFETIME: TimeDelta = TimeDelta::days(60);

/// How often being used is noted: a write per page load would be too many.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(6);

/// A signed-in browser, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: Uuid,
    /// Which browser, by its own account.
    pub device: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last used, to six hours.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    secret_hash: String,
    device: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Used {
    #[sea_orm(nested)]
    person: person::Row,
    seen_at: DateTime<Utc>,
}

/// Whose session it is, and whether it should be noted that it is in use.
pub async fn account_of(db: &impl ConnectionTrait, secret: &str, now: DateTime<Utc>) -> Result<Option<(Account, bool)>> {
    let sql = format!(
        "SELECT {}, s.seen_at FROM sessions s JOIN persons p ON p.id = s.person_id WHERE s.secret_hash = $1 AND s.expires_at > $2",
        person::COLUMNS
    );
    let used = one::<Used>(db, &sql, values![secret::hash(secret), now]).await?;
    Ok(used.map(|used| (Account::from(used.person), now - used.seen_at > NOTED_EVERY)))
}

/// The browsers of whoever is signed in, latest used first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId, this: &str, now: DateTime<Utc>) -> Result<Vec<Session>> {
    let this = secret::hash(this);
    let sql = "SELECT id, secret_hash, device, created_at, seen_at FROM sessions
               WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id";
    let rows = all::<Row>(db, sql, values![person, now]).await?;
    let session = |row: Row| Session {
        id: row.id,
        is_this: row.secret_hash == this,
        device: row.device,
        created_at: row.created_at,
        seen_at: row.seen_at,
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Signs a browser in. The caller has authenticated the person.
pub async fn create(tx: &mut Tx, person: PersonId, device: &str) -> Result<Secret> {
    let secret = Secret::fresh();
    let now = tx.now();
    exec(tx.conn(), "DELETE FROM sessions WHERE person_id = $1 AND expires_at <= $2", values![person, now]).await?;
    exec(
        tx.conn(),
        "INSERT INTO sessions (id, secret_hash, person_id, device, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6)",
        values![
            Uuid::now_v7(),
            secret.hash(),
            person,
            text::cut_at_word(device, 200),
            now,
            now + LIFETIME
        ],
    )
    .await?;
    Ok(secret)
}

/// Notes that a session is in use, and lets it live on.
pub async fn note_use(tx: &mut Tx, secret: &str) -> Result<()> {
    let sql = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE secret_hash = $1";
    exec(tx.conn(), sql, values![secret::hash(secret), tx.now(), tx.now() + LIFETIME]).await?;
    Ok(())
}

/// Forgets sessions that have expired.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM sessions WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}

/// Signs this browser out.
pub async fn end(tx: &mut Tx, secret: &str) -> Result<()> {
    exec(tx.conn(), "DELETE FROM sessions WHERE secret_hash = $1", values![secret::hash(secret)]).await?;
    Ok(())
}

/// Signs one browser of the actor out.
pub async fn end_one(tx: &mut Tx, id: Uuid) -> Result<()> {
    let me = tx.actor().person()?.id;
    exec(tx.conn(), "DELETE FROM sessions WHERE id = $1 AND person_id = $2", values![id, me]).await?;
    Ok(())
}

/// Signs the actor out everywhere.
pub async fn end_all(tx: &mut Tx) -> Result<()> {
    let me = tx.actor().person()?.id;
    exec(tx.conn(), "DELETE FROM sessions WHERE person_id = $1", values![me]).await?;
    Ok(())
}
