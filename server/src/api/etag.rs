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
    if !readable || response.status() != StatusCode::OK {
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
    let tag = format!("W/\"{}\"", &hex::encode(Sha256::digest(&bytes))[..32]);
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(if private { "private, no-cache" } else { "public, no-cache" }));
    let has_it = known.is_some_and(|known| holds(&known, &tag));
    set(&mut parts.headers, &tag);
    if has_it {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn set(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
}

/// Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110.
fn holds(known: &HeaderValue, tag: &str) -> bool {
    let opaque = tag.trim_start_matches("W/");
    known.to_str().is_ok_and(|known| {
        known.trim() == "*" || known.split(',').any(|candidate| candidate.trim().trim_start_matches("W/") == opaque)
    })
}
