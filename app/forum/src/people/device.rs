//! Browsers in which somebody signed in before. Being one of them opens nothing: it only tells whoever comes back from strangers who
//! guess the password ([`crate::proof`]).

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;

use crate::{
    Result, Tx,
    db::{exec, number, values},
    id::PersonId,
    secret::{self, Secret},
    session::Key,
};

/// How long a browser is known after somebody signed in there: longer than any session, or it would be a stranger when that ends.
pub const LIFETIME: TimeDelta = TimeDelta::days(365);

/// Browsers by which one account is known, at most; those of which least was heard are forgotten first.
const MOST: i64 = 20;

/// Notes that somebody signs in in a browser, and gives that another secret: a copy of the one `before` is worth nothing any more. To
/// others who signed in there it stays known.
pub async fn remember(tx: &mut Tx, person: PersonId, before: Option<&str>) -> Result<Key> {
    let (secret, now) = (Secret::fresh(), tx.now());
    let ends_at = now + LIFETIME;
    if let Some(before) = before {
        let sql = "UPDATE devices SET secret_hash = $2 WHERE secret_hash = $1 AND expires_at > $3";
        exec(tx.conn(), sql, values![secret::hash(before), secret.hash(), now]).await?;
    }
    exec(
        tx.conn(),
        "INSERT INTO devices (secret_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (secret_hash, person_id) DO UPDATE SET created_at = $3, expires_at = $4",
        values![secret.hash(), person, now, ends_at],
    )
    .await?;
    exec(
        tx.conn(),
        "DELETE FROM devices WHERE person_id = $1 AND secret_hash NOT IN
            (SELECT secret_hash FROM devices WHERE person_id = $1 ORDER BY created_at DESC, secret_hash LIMIT $2)",
        values![person, MOST],
    )
    .await?;
    Ok(Key { secret, ends_at })
}

/// Whether the owner of an address signed in before in the browser with this secret.
pub(crate) async fn is_known(db: &impl ConnectionTrait, email: &str, secret: &str, now: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM devices d JOIN persons p ON p.id = d.person_id
               WHERE d.secret_hash = $1 AND p.email = $2 AND d.expires_at > $3";
    Ok(number(db, sql, values![secret::hash(secret), email, now]).await?.unwrap_or(0) > 0)
}

/// Makes all browsers of a person strangers.
pub(crate) async fn end_all(tx: &Tx, person: PersonId) -> Result<()> {
    exec(tx.conn(), "DELETE FROM devices WHERE person_id = $1", values![person]).await?;
    Ok(())
}

/// Forgets browsers in which nobody signed in for long.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM devices WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}
