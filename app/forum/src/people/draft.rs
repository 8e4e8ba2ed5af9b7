//! What somebody wrote and could not send yet, because they have to sign in first, or to show that their address is theirs: kept whole, for
//! the browser that it came from, under a secret of its own.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result, Tx,
    db::{exec, one, values},
    limit,
    secret::{self, Secret},
};

/// How long a draft is kept: long enough for a mailed link.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);
/// Bytes of a form that can be kept: the longest text in the widest script, as forms encode it.
pub const LONGEST: usize = 512 * 1024;

/// A form that was not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Draft {
    /// Where it goes: a path of this site.
    pub path: String,
    /// What was typed, as forms encode it.
    pub body: String,
    /// Whether it came back by a mailed link: that another browser wrote it, so that nothing may be done with it unasked.
    pub adopted: bool,
}

/// The draft of a secret.
pub async fn by_secret(db: &impl ConnectionTrait, secret: &str, now: DateTime<Utc>) -> Result<Option<Draft>> {
    let sql = "SELECT path, body, adopted FROM drafts WHERE secret_hash = $1 AND expires_at > $2";
    one(db, sql, values![secret::hash(secret), now]).await
}

/// Keeps a form. `client` is where it comes from, for the limit.
///
/// # Errors
/// [`Error::Limited`](crate::Error::Limited) when a client keeps too many.
pub async fn keep(tx: &mut Tx, client: &str, path: &str, body: &str) -> Result<Secret> {
    limit::count(tx, limit::DRAFT, client).await?;
    let secret = Secret::fresh();
    let sql = "INSERT INTO drafts (secret_hash, path, body, adopted, created_at, expires_at) VALUES ($1, $2, $3, FALSE, $4, $5)";
    exec(tx.conn(), sql, values![secret.hash(), path, body, tx.now(), tx.now() + LIFETIME]).await?;
    Ok(secret)
}

/// Hands a draft over to whoever has used a mailed link that named it, under a secret that only they know.
pub(crate) async fn adopt(tx: &mut Tx, secret_hash: &str) -> Result<Option<Secret>> {
    let secret = Secret::fresh();
    let sql = "UPDATE drafts SET secret_hash = $2, adopted = TRUE WHERE secret_hash = $1 AND expires_at > $3";
    let adopted = exec(tx.conn(), sql, values![secret_hash, secret.hash(), tx.now()]).await?;
    Ok((adopted == 1).then_some(secret))
}

/// Forgets a draft; one that was sent by its path only.
pub async fn forget(tx: &mut Tx, secret: &str, sent_to: Option<&str>) -> Result<bool> {
    let sql = "DELETE FROM drafts WHERE secret_hash = $1 AND path = COALESCE($2, path)";
    Ok(exec(tx.conn(), sql, values![secret::hash(secret), sent_to]).await? == 1)
}

/// Forgets what nobody came back for.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM drafts WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}
