//! A request is read to its end before anybody works on it: one that trickles in holds nothing but its connection.

use std::{error::Error as _, time::Duration};

use axum::{
    body::{Body, HttpBody as _, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::LengthLimitError;

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
