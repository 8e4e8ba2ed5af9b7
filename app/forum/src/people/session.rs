//! Browsers that are signed in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    actor::Role,
    db::{all, exec, one, values},
    device, feed,
    id::PersonId,
    person::{self, Account},
    secret::{self, Secret},
    text, token,
};

/// How long a browser stays signed in without being used.
pub const LIFETIME: TimeDelta = TimeDelta::days(60);

/// The same for the staff, unless they asked to stay signed in: a desk in a shop is left behind every evening.
pub const STAFF_LIFETIME: TimeDelta = TimeDelta::hours(12);

/// How long a browser stays signed in, however much it is used.
pub const LONGEST: TimeDelta = TimeDelta::days(180);

/// How often being used is noted: a write per page load would be too many.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(6);

/// How long a browser of such a person may be left alone.
fn idle(role: Role, stays: bool) -> TimeDelta {
    if role.is_staff() && !stays { STAFF_LIFETIME } else { LIFETIME }
}

/// When a session ends that is not used any more.
fn end_of(role: Role, stays: bool, since: DateTime<Utc>, used: DateTime<Utc>) -> DateTime<Utc> {
    (used + idle(role, stays)).min(since + LONGEST)
}

/// What a browser is given to be known by.
#[derive(Debug, Clone)]
pub struct Key {
    /// The secret.
    pub secret: Secret,
    /// When it ends unless it is used.
    pub ends_at: DateTime<Utc>,
}

/// A session that is alive.
#[derive(Debug, Clone)]
pub struct Open {
    /// Whose.
    pub account: Account,
    /// Whether it should be noted that it is in use.
    pub is_stale: bool,
    /// When it ends if that is noted now, and it is not used any more.
    pub ends_at: DateTime<Utc>,
    /// How much happened that concerns them and that they have not seen; no more than a hundred is counted.
    pub unread: i64,
    /// Whether the company may be waiting for their word on what it delivered: which questions these are is to be looked up.
    pub asked: bool,
}

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
    since: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    stays: bool,
    unread: i64,
    asked: bool,
}

/// Whose session it is, if it is alive.
pub async fn open(db: &impl ConnectionTrait, secret: &str, now: DateTime<Utc>) -> Result<Option<Open>> {
    let sql = format!(
        "SELECT {}, s.created_at AS since, s.seen_at, s.stays,
            (SELECT COUNT(*) FROM (SELECT 1 FROM notices n WHERE n.person_id = p.id AND n.read_at IS NULL LIMIT 100) u) AS unread,
            EXISTS (SELECT 1 FROM asks k JOIN checks c ON c.answer_id = k.answer_id
                WHERE k.person_id = p.id AND k.said IS NULL AND (k.round > 1 OR c.closed_at IS NULL)) AS asked
         FROM sessions s JOIN persons p ON p.id = s.person_id
         WHERE s.secret_hash = $1 AND s.expires_at > $2",
        person::COLUMNS
    );
    let Some(used) = one::<Used>(db, &sql, values![secret::hash(secret), now]).await? else { return Ok(None) };
    let mut account = Account::from(used.person);
    account.ban = account.ban.take().filter(|ban| ban.holds(now));
    // who became staff after signing in is bound by what binds the staff
    if end_of(account.role, used.stays, used.since, used.seen_at) <= now {
        return Ok(None);
    }
    let noted_every = NOTED_EVERY.min(idle(account.role, used.stays) / 48);
    let ends_at = end_of(account.role, used.stays, used.since, now);
    Ok(Some(Open { account, is_stale: now - used.seen_at > noted_every, ends_at, unread: used.unread, asked: used.asked }))
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

/// Signs a browser in; it `stays` signed in if its person asked for that. The caller has authenticated the person.
pub async fn create(tx: &mut Tx, person: PersonId, device: &str, stays: bool) -> Result<Key> {
    let role = person::by_id(tx.conn(), person).await?.ok_or(Error::NotFound)?.role;
    let secret = Secret::fresh();
    let now = tx.now();
    let ends_at = end_of(role, stays, now, now);
    exec(tx.conn(), "DELETE FROM sessions WHERE person_id = $1 AND expires_at <= $2", values![person, now]).await?;
    exec(
        tx.conn(),
        "INSERT INTO sessions (id, secret_hash, person_id, device, created_at, seen_at, expires_at, stays)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
        values![Uuid::now_v7(), secret.hash(), person, text::cut_at_word(device, 200), now, ends_at, stays],
    )
    .await?;
    Ok(Key { secret, ends_at })
}

/// Notes that a session is in use, and lets it live on.
pub async fn note_use(tx: &mut Tx, secret: &str, ends_at: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE secret_hash = $1";
    exec(tx.conn(), sql, values![secret::hash(secret), tx.now(), ends_at]).await?;
    Ok(())
}

/// Gives a session of the actor another secret: whoever has the present one is out.
pub(crate) async fn renew(tx: &mut Tx, secret: &str) -> Result<Option<Key>> {
    #[derive(FromQueryResult)]
    struct Renewed {
        expires_at: DateTime<Utc>,
    }
    let me = tx.actor().person()?.id;
    let fresh = Secret::fresh();
    let sql = "UPDATE sessions SET secret_hash = $2 WHERE secret_hash = $1 AND person_id = $3 RETURNING expires_at";
    let renewed = one::<Renewed>(tx.conn(), sql, values![secret::hash(secret), fresh.hash(), me]).await?;
    Ok(renewed.map(|renewed| Key { secret: fresh, ends_at: renewed.expires_at }))
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

/// Signs the actor out everywhere: browsers, and programs with tokens.
pub async fn end_all(tx: &mut Tx) -> Result<()> {
    let me = tx.actor().person()?.id;
    end_keys(tx, me).await
}

/// Ends all by which a person was let in or known before: sessions, tokens, the address of their feeds, and what browsers are known by.
pub(crate) async fn end_keys(tx: &Tx, person: PersonId) -> Result<()> {
    exec(tx.conn(), "DELETE FROM sessions WHERE person_id = $1", values![person]).await?;
    token::end_all(tx, person).await?;
    feed::end(tx, person).await?;
    device::end_all(tx, person).await
}
