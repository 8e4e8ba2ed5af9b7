//! A request that changes something runs to its end, even when the client goes away in the middle: dropping it half-way would
//! throw away work that others wait for in the same transaction, or leave the client in doubt for nothing.

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument as _;

pub(super) async fn writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let task = tokio::spawn(next.run(request).instrument(tracing::Span::current()));
    match task.await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request ended by a panic");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
