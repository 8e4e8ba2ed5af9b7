//! Writes that are not the same when they are done twice, and requests for them that may come twice (`Idempotency-Key`).
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

/// Something that was changed: the whole of it as it is now.
#[derive(Debug)]
pub struct Changed<T>(pub T);

/// What became of an act that may be beyond a mandate.
#[derive(Debug)]
pub enum Became<T, R> {
    /// It was done, and made something new.
    Made(Made<T>),
    /// It waits for somebody with a wider mandate.
    Asked(Made<R>),
}

/// What a write answers.
pub trait Reply {
    /// As it is sent, and kept for the next time.
    fn given(self) -> Result<Given, Error>;
}

impl<T: Serialize> Reply for Made<T> {
    /// 201 with the whole object and its `Location`.
    fn given(self) -> Result<Given, Error> {
        given(StatusCode::CREATED, Some(self.location), &self.object)
    }
}

impl<T: Serialize> Reply for Changed<T> {
    /// 200 with the whole object.
    fn given(self) -> Result<Given, Error> {
        given(StatusCode::OK, None, &self.0)
    }
}

impl<T: Serialize, R: Serialize> Reply for Became<T, R> {
    /// 201 with the whole object, or 202 with the request for it.
    fn given(self) -> Result<Given, Error> {
        match self {
            Self::Made(made) => made.given(),
            Self::Asked(asked) => given(StatusCode::ACCEPTED, Some(asked.location), &asked.object),
        }
    }
}

fn given(status: StatusCode, location: Option<String>, object: &impl Serialize) -> Result<Given, Error> {
    Ok(Given { status: status.as_u16(), location, body: serde_json::to_string(object).map_err(Error::internal)? })
}

/// Writes, once for each key of a person.
pub async fn once<T, F>(forum: &Forum, caller: &Caller, sent: &Sent, write: F) -> Answer
where
    T: Reply,
    F: AsyncFnOnce(&mut Tx) -> Result<T, Error>,
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
            let given = write(tx).await?.given()?;
            if let Some(key) = &key {
                repeat::settle(tx, me, key, Some(&given)).await?;
            }
            Ok((given, false))
        })
        .await?;
    told(given, again)
}

fn told(given: Given, again: bool) -> Answer {
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
