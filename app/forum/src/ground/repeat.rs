//! Requests that may come twice: a client that heard no answer sends the same `Idempotency-Key` again and gets the answer of the
//! first time.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

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

/// How long the same form from the same person is taken for the same one, sent once more.
pub const SENT_ONCE: TimeDelta = TimeDelta::minutes(10);

/// Does what a form asks for, unless the same person has just sent the very same one: a button that was pressed twice, a page that was
/// loaded again. `form` is the digest of where it goes and of all that it says. Answers the number of what it made, now or then.
///
/// # Errors
/// Those of the act; [`Error::Conflict`] while the first is under way.
pub async fn once(tx: &mut Tx, form: &str, act: impl AsyncFnOnce(&mut Tx) -> Result<i64>) -> Result<i64> {
    let me = tx.actor().person()?.id;
    let key = key_of(form);
    let sql = "DELETE FROM repeats WHERE person_id = $1 AND key = $2 AND created_at < $3";
    exec(tx.conn(), sql, values![me, key.as_str(), tx.now() - SENT_ONCE]).await?;
    if let Some(given) = claim(tx, me, &key, form).await? {
        return given.location.and_then(|number| number.parse().ok()).ok_or_else(|| Error::internal("what was made has no number"));
    }
    let made = act(tx).await?;
    settle(tx, me, &key, Some(&Given { status: 303, location: Some(made.to_string()), body: String::new() })).await?;
    Ok(made)
}

/// What a form has made, if the same person has just sent it.
pub async fn made_by(db: &impl ConnectionTrait, person: PersonId, form: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    #[derive(FromQueryResult)]
    struct Made {
        location: Option<String>,
    }
    let sql = "SELECT location FROM repeats WHERE person_id = $1 AND key = $2 AND created_at >= $3";
    let made = one::<Made>(db, sql, values![person, key_of(form), now - SENT_ONCE]).await?;
    Ok(made.and_then(|made| made.location?.parse().ok()))
}

/// Clients of the API choose keys of their own: none of theirs can be a form's.
fn key_of(form: &str) -> String {
    // a header can't have a line break in it
    format!("form\n{form}")
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
