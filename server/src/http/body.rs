//! A request is read to its end before anybody works on it: one that trickles in holds nothing but its connection. How much one may send
//! depends on where it goes: few addresses take files, and few such requests are read at a time.

use std::{error::Error as _, sync::Arc, time::Duration};

use app::parts::form::MULTIPART;
use axum::{
    body::{Body, HttpBody as _, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{LengthLimitError, Limited};
use tokio::sync::Semaphore;

/// The largest request that is read: a post of 20,000 characters with room to spare.
const LARGEST: usize = 1024 * 1024;
/// The same where a form may come with a file: much more than a file may have, since whoever chose a large photograph is to read so beside
/// the field, with all that they typed, and not in a browser that was hung up on.
const LARGEST_WITH_FILE: usize = 20 * 1024 * 1024;
/// Requests with a file that are read or worked on at a time: so much of them is in memory at most.
const WITH_FILE: usize = 4;

/// The places of requests with a file.
#[derive(Clone)]
pub(super) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(WITH_FILE)))
    }
}

/// Whether a request goes where files are taken, and says that it has one.
fn has_file(request: &Request) -> bool {
    let path = request.uri().path();
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with(MULTIPART);
    let on_post = |start: &str, end: &str| {
        path.strip_prefix(start).and_then(|rest| rest.split_once('/')).is_some_and(|(_, rest)| rest == end)
    };
    request.method() == Method::POST
        && match path {
            "/api/v1/attachments" => is_form || kind.starts_with("image/") || kind.starts_with("application/pdf"),
            "/new" | "/files" => is_form,
            _ => is_form && (on_post("/p/", "comments") || on_post("/triage/", "answer")),
        }
}

/// Lets no more in than is read there.
pub(super) async fn limit(State(places): State<Places>, request: Request, next: Next) -> Response {
    let has_file = has_file(&request);
    let most = if has_file { LARGEST_WITH_FILE } else { LARGEST };
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    // whoever finds all places taken waits, as long as any request may take
    let place = if has_file { places.0.acquire_owned().await.ok() } else { None };
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts, Body::new(Limited::new(body, most)))).await;
    drop(place);
    response
}

/// Reads the body, for as long as the sender may take.
pub(super) async fn whole(State(longest): State<Duration>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // how much it may be is the business of the layer around
    match tokio::time::timeout(longest, to_bytes(body, usize::MAX)).await {
        Ok(Ok(body)) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Ok(Err(error)) => {
            let mut cause = error.source();
            while let Some(error) = cause {
                if error.is::<LengthLimitError>() {
                    return StatusCode::PAYLOAD_TOO_LARGE.into_response();
                }
                cause = error.source();
            }
            StatusCode::BAD_REQUEST.into_response()
        }
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
