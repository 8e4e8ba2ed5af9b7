//! One address for each page: with a slash at its end it leads to the one without.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Sends whoever typed a slash too many to the page itself.
pub(super) async fn without_slash(request: Request, next: Next) -> Response {
    match trimmed(request.uri()).map(HeaderValue::try_from) {
        Some(Ok(to)) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        _ => next.run(request).await,
    }
}

/// The address without slashes at its end. It begins with one slash exactly: `//host` would lead to another site, and so would `/\host`.
fn trimmed(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let inside = path.trim_matches('/');
    if path == "/" || !path.ends_with('/') || path.contains('\\') {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("/{inside}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_too_many_leads_nowhere_else() {
        for (from, to) in [
            ("/roadmap/", Some("/roadmap")),
            ("/roadmap/?board=a", Some("/roadmap?board=a")),
            ("/p/7/a//", Some("/p/7/a")),
            ("//", Some("/")),
            ("//evil.example/", Some("/evil.example")),
            ("/", None),
            ("/?next=/a/", None),
            ("/roadmap", None),
        ] {
            assert_eq!(trimmed(&from.parse().unwrap()).as_deref(), to, "{from}");
        }
    }
}
