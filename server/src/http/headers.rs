//! What every response says about how it may be used.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Scripts, styles and pictures from here only, none of them inline; WASM may be compiled.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that keep a browser from being turned against the reader.
pub(super) async fn security(State(https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // what names who may hold it in a frame says so in the one header that can say it
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or(POLICY);
    let is_framed = !policy.contains("frame-ancestors 'none'");
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    if !is_framed {
        set(header::X_FRAME_OPTIONS, "DENY");
    }
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Where pages are somebody's own, or the work of the staff. No browser keeps them, or whoever comes after its owner, and goes
/// back, sees them.
const OWN: [&str; 6] = ["/me", "/draft", "/admin", "/triage", "/sign-up", "/verify"];
/// What links begin with that are secrets themselves.
const SECRET: [&str; 8] = ["/feeds/mine/", "/unsubscribe/", "/invite/", "/verify/", "/reset/", "/setup/", "/confirm/", "/receipt/"];

/// Pages depend on who asks, in which language: nobody but the reader's own browser keeps them, and it asks again.
pub(super) async fn page(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    mark(response.headers_mut(), &path);
    response
}

/// The headers of [`page`] for what answers at this path.
pub(super) fn mark(headers: &mut HeaderMap, path: &str) {
    let is_at = |start: &&str| path.strip_prefix(*start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if OWN.iter().any(is_at) || SECRET.iter().any(|start| path.starts_with(start)) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
}

/// The number of a request is ours to give: a stranger's would end up in our log.
pub(super) async fn forget_request_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove("x-request-id");
    next.run(request).await
}
