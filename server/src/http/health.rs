//! Whether the process lives, and whether it can serve.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use forum::{Forum, status};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// How long the writer may take for something tiny before the server does not count as ready.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a writer that wrote counts as able to: anybody may ask, and each answer costs a write to the disk.
const PROVED_FOR: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Health {
    forum: Forum,
    /// When the writer last proved that it can write.
    proved: Arc<Mutex<Option<Instant>>>,
}

pub(super) fn routes(forum: Forum) -> Router {
    let health = Health { forum, proved: Arc::default() };
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).with_state(health)
}

async fn alive() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Reads from the database and writes to it: a server that can't do both can't serve.
async fn ready(State(health): State<Health>) -> Response {
    match timeout(PATIENCE, health.check()).await {
        Ok(Ok(())) => plain(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
        Err(_) => {
            tracing::error!("not ready: the database does not answer");
            plain(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

impl Health {
    async fn check(&self) -> forum::Result<()> {
        status::list(self.forum.read()).await?;
        let mut proved = self.proved.lock().await;
        if proved.is_none_or(|at| at.elapsed() > PROVED_FOR) {
            *proved = None;
            self.forum.db().probe().await?;
            *proved = Some(Instant::now());
        }
        Ok(())
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response()
}
