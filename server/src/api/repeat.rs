//! Writes that make something new, and requests for them that may come twice (`Idempotency-Key`).
//!
//! The key is claimed, the thing is made and the answer is kept in one transaction. So a client that heard no answer can ask again
//! at any time: either everything happened and it gets the answer of the first time, or nothing did. Two requests with the same
//! key at the same moment wait for each other. What was refused is not kept, since nothing happened: asked again, it is judged
//! again.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use forum::{
    Error, Forum, Tx,
    error::Problem,
    repeat::{self, Given},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{caller::Caller, problem::Answer, sent::Sent};

/// Characters of a key, at most.
pub const LONGEST_KEY: usize = 200;

/// Something new: where it is, and what it is.
#[derive(Debug)]
pub struct Made<T> {
    /// The path at which it can be read.
    pub location: String,
    /// The whole of it.
    pub object: T,
}

/// Makes something, once for each key of a person. Answers 201 with the whole object and its `Location`.
pub async fn once<T, F>(forum: &Forum, caller: &Caller, sent: &Sent, make: F) -> Answer
where
    T: Serialize,
    F: AsyncFnOnce(&mut Tx) -> Result<Made<T>, Error>,
{
    let me = caller.actor.person()?.id;
    let key = key(sent)?;
    let (given, again) = forum
        .write(&caller.actor, async |tx| {
            if let Some(key) = &key
                && let Some(given) = repeat::claim(tx, me, key, &fingerprint(sent)).await?
            {
                return Ok((given, true));
            }
            let made = make(tx).await?;
            let body = serde_json::to_string(&made.object).map_err(Error::internal)?;
            let given = Given { status: StatusCode::CREATED.as_u16(), location: Some(made.location), body };
            if let Some(key) = &key {
                repeat::settle(tx, me, key, Some(&given)).await?;
            }
            Ok((given, false))
        })
        .await?;
    created(given, again)
}

/// 201 with a body and a `Location`.
fn created(given: Given, again: bool) -> Answer {
    let mut response = Response::new(Body::from(given.body));
    *response.status_mut() = StatusCode::from_u16(given.status).map_err(Error::internal)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(location) = given.location {
        headers.insert(header::LOCATION, HeaderValue::from_str(&location).map_err(Error::internal)?);
    }
    if again {
        headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

fn key(sent: &Sent) -> Result<Option<String>, Error> {
    let Some(value) = &sent.key else { return Ok(None) };
    let key = value.to_str().map(str::trim).map_err(|_| Error::invalid("Idempotency-Key", Problem::Malformed))?;
    if key.is_empty() {
        Err(Error::invalid("Idempotency-Key", Problem::Required))
    } else if key.len() > LONGEST_KEY {
        Err(Error::invalid("Idempotency-Key", Problem::TooLong { max: LONGEST_KEY }))
    } else {
        Ok(Some(key.to_owned()))
    }
}

/// What tells one request from another: method, address and body.
fn fingerprint(sent: &Sent) -> String {
    let mut digest = Sha256::new();
    for part in [sent.method.as_str().as_bytes(), sent.path.as_bytes(), &sent.body] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}
