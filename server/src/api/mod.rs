//! The REST API: one more door to the forum. Each endpoint reads the request, calls one verb and answers JSON; what people may
//! see and do is decided in `forum`, and the contract is the document at `/api/openapi.json`, made from the annotations beside
//! the endpoints.
//!
//! Who asks is told by a bearer token only. Cookies are not read, so nothing that a browser sends by itself can act here, and
//! scripts of other sites may read what is public.

pub mod caller;
pub mod cors;
pub mod docs;
pub mod etag;
pub mod listing;
pub mod openapi;
pub mod problem;
pub mod repeat;
pub mod sent;
pub mod v1;

#[cfg(test)]
mod tests;

use app::web::Web;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{self, Next},
    response::Response,
    routing::{any, get},
};
use forum::Forum;

pub use problem::Failure;

/// Bytes of a request body, at most.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// `/api/v1/…` and `/api/openapi.json`.
pub fn routes(forum: Forum) -> Router {
    Router::new()
        .route("/api/openapi.json", get(openapi::show))
        .merge(v1::routes())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(etag::tag))
        .layer(middleware::from_fn_with_state(forum.clone(), problem::dress))
        .layer(middleware::from_fn(cors::share))
        .with_state(forum)
}

/// `/api/docs`, the page that describes the API, and the answer to every other address under `/api`. They go among the pages,
/// because the page has the frame of the site.
pub fn docs_routes() -> Router<Web> {
    Router::new()
        .route("/api/docs", get(docs::show))
        .route("/api", any(problem::missing_page))
        .route("/api/", any(problem::missing_page))
        .route("/api/{*rest}", any(problem::missing_page))
}

/// Gives errors that layers further in answered with (a body that is too large, a timeout, a panic) the shape of every other
/// error of the API. It belongs outside those layers, and leaves alone what is not under `/api/v1`.
pub async fn dress(State(forum): State<Forum>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/v1") {
        problem::dress(State(forum), request, next).await
    } else {
        next.run(request).await
    }
}
