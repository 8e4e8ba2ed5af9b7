//! Conditional reads: what a client has already is not sent again.

use axum::{
    body::{self, Body},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use sha2::{Digest as _, Sha256};

/// Tags what a GET answers by the SHA-256 of its body, and answers 304 to a client that has that very body.
///
/// The tag is a weak one, because the body may be compressed further out. Anybody may keep what a visitor sees, but has to ask
/// each time whether it still holds; what a token sees is for its client only.
pub async fn tag(request: Request, next: Next) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let private = request.headers().contains_key(header::AUTHORIZATION);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("authorization, accept-language"));
    let is_for_once = response.headers().get(header::CACHE_CONTROL).is_some_and(|said| said == "no-store");
    if !readable || is_for_once || response.status() != StatusCode::OK {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match body::to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "a body of our own could not be read");
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return response;
        }
    };
    let tag = of(&bytes);
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(if private { "private, no-cache" } else { "public, no-cache" }));
    set(&mut parts.headers, &tag);
    unless_known(Response::from_parts(parts, Body::from(bytes)), known.as_ref())
}

/// The tag of a body.
pub fn of(body: &[u8]) -> String {
    format!("W/\"{}\"", &hex::encode(Sha256::digest(body))[..32])
}

/// The answer, or 304 when its tag is among those that the client knows.
pub fn unless_known(response: Response, known: Option<&HeaderValue>) -> Response {
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if !known.zip(tag).is_some_and(|(known, tag)| holds(known, tag)) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::empty())
}

fn set(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
}

/// Whether `If-None-Match` or `If-Match` names the tag, by the weak comparison of RFC 9110: our tags are weak only because a body may be
/// compressed on its way.
pub fn holds(known: &HeaderValue, tag: &str) -> bool {
    let opaque = tag.trim_start_matches("W/");
    known.to_str().is_ok_and(|known| {
        known.trim() == "*" || known.split(',').any(|candidate| candidate.trim().trim_start_matches("W/") == opaque)
    })
}
