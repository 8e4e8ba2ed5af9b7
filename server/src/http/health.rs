//! Whether the process lives, and whether it can serve.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use forum::{Forum, status};

pub(super) fn routes(forum: Forum) -> Router {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).with_state(forum)
}

async fn alive() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Reads from the database: a server that can't read can't serve.
async fn ready(State(forum): State<Forum>) -> Response {
    match status::list(forum.read()).await {
        Ok(_) => plain(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response()
}
