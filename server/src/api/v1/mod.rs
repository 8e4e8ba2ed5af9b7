//! The first version of the API: one noun a file.

pub mod accounts;
pub mod answers;
pub mod boards;
pub mod comments;
pub mod groups;
pub mod me;
pub mod objects;
pub mod owner;
pub mod posts;
pub mod queue;
pub mod statuses;
pub mod tags;
pub mod tokens;
pub mod versions;
pub mod votes;

use axum::{
    Router,
    routing::{any, delete, get, patch, post, put},
};
use forum::Forum;

use super::problem;

/// Every endpoint.
pub fn routes() -> Router<Forum> {
    Router::new()
        .route("/api/v1/accounts", post(accounts::create))
        .route("/api/v1/tokens", get(tokens::list).post(tokens::create).delete(tokens::delete_used))
        .route("/api/v1/tokens/{id}", delete(tokens::delete))
        .route("/api/v1/me", get(me::show).patch(me::update))
        .route("/api/v1/boards", get(boards::list).post(boards::create))
        .route("/api/v1/statuses", get(statuses::list).post(statuses::create))
        .route("/api/v1/tags", get(tags::list).post(tags::create))
        .route("/api/v1/groups", get(groups::list).post(groups::create))
        .route("/api/v1/groups/{slug}/members/{person}", put(groups::add).delete(groups::remove))
        .route("/api/v1/posts", get(posts::list).post(posts::create))
        .route("/api/v1/posts/similar", get(posts::similar))
        .route("/api/v1/posts/{id}", get(posts::show).patch(posts::update))
        .route("/api/v1/posts/{id}/versions", get(versions::list))
        .route("/api/v1/posts/{id}/vote", put(votes::cast).delete(votes::withdraw))
        .route("/api/v1/posts/{id}/votes", get(votes::list))
        .route("/api/v1/posts/{id}/comments", get(comments::list).post(comments::create))
        .route("/api/v1/comments/{id}", get(comments::show).merge(patch(comments::update)).delete(comments::delete))
        .route("/api/v1/posts/{id}/owner", put(owner::set))
        .route("/api/v1/posts/{id}/answers", get(answers::list).post(answers::create))
        .route("/api/v1/queue", get(queue::list))
        .route("/api/v1", any(problem::missing))
        .route("/api/v1/{*rest}", any(problem::missing))
}
