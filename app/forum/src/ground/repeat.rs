//! Requests that may come twice: a client that heard no answer sends the same `Idempotency-Key` again and gets the answer of the
//! first time.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    db::{exec, one, values},
    error::{Conflict, Problem},
    id::PersonId,
};

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// After so long a request without an answer is taken for dead, and may be tried again.
const ABANDONED: TimeDelta = TimeDelta::minutes(2);

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// HTTP status.
    pub status: u16,
    /// Where the new thing is.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

#[derive(FromQueryResult)]
struct Row {
    fingerprint: String,
    status: Option<i32>,
    location: Option<String>,
    body: Option<String>,
    created_at: DateTime<Utc>,
}

/// Claims a key for a request; answers what was said before, if the same request was answered already.
///
/// # Errors
/// [`Error::Invalid`] when the key was used for another request, [`Error::Conflict`] when the first is still under way.
pub async fn claim(tx: &mut Tx, person: PersonId, key: &str, fingerprint: &str) -> Result<Option<Given>> {
    let now = tx.now();
    exec(tx.conn(), "DELETE FROM repeats WHERE person_id = $1 AND created_at < $2", values![person, now - KEPT]).await?;
    let claimed = exec(
        tx.conn(),
        "INSERT INTO repeats (person_id, key, fingerprint, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        values![person, key, fingerprint, now],
    )
    .await?;
    if claimed == 1 {
        return Ok(None);
    }
    let sql = "SELECT fingerprint, status, location, body, created_at FROM repeats WHERE person_id = $1 AND key = $2";
    let row = one::<Row>(tx.conn(), sql, values![person, key]).await?.ok_or(Error::Conflict(Conflict::InProgress))?;
    if row.fingerprint != fingerprint {
        return Err(Error::invalid("Idempotency-Key", Problem::KeyReused));
    }
    match (row.status, row.body) {
        (Some(status), Some(body)) => {
            Ok(Some(Given { status: u16::try_from(status).unwrap_or(200), location: row.location, body }))
        }
        _ if row.created_at < now - ABANDONED => {
            let sql = "UPDATE repeats SET created_at = $3 WHERE person_id = $1 AND key = $2";
            exec(tx.conn(), sql, values![person, key, now]).await?;
            Ok(None)
        }
        _ => Err(Error::Conflict(Conflict::InProgress)),
    }
}

/// Keeps the answer for the next time, or frees the key when there is none worth keeping.
pub async fn settle(tx: &mut Tx, person: PersonId, key: &str, given: Option<&Given>) -> Result<()> {
    match given {
        Some(given) => {
            exec(
                tx.conn(),
                "UPDATE repeats SET status = $3, location = $4, body = $5 WHERE person_id = $1 AND key = $2",
                values![person, key, i32::from(given.status), given.location.clone(), given.body.clone()],
            )
            .await?;
        }
        None => {
            exec(tx.conn(), "DELETE FROM repeats WHERE person_id = $1 AND key = $2", values![person, key]).await?;
        }
    }
    Ok(())
}

/// Forgets answers that are kept no longer.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM repeats WHERE created_at < $1", values![tx.now() - KEPT]).await?;
    Ok(())
}
