//! Scripts of other sites may read what is public, and act with a token that they hold: since cookies are never read here, a
//! browser adds nothing of its own to such a request.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Lets every origin in, without credentials, and answers `OPTIONS`.
pub async fn share(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS;
    let mut response = if asks_first {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        let allow = |text| HeaderValue::from_static(text);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allow("GET, HEAD, POST, PUT, PATCH, DELETE"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            allow("authorization, content-type, idempotency-key, if-none-match, accept-language"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, allow("86400"));
        response
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag, location, retry-after, x-request-id, idempotency-replayed"),
    );
    response
}
