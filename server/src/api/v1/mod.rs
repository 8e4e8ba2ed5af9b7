//! The first version of the API: one noun a file.

pub mod absences;
pub mod accountability;
pub mod accounts;
pub mod again;
pub mod answers;
pub mod boards;
pub mod clocks;
pub mod comments;
pub mod confirmation;
pub mod contributors;
pub mod desks;
pub mod groups;
pub mod handovers;
pub mod levels;
pub mod me;
pub mod objects;
pub mod owner;
pub mod pledges;
pub mod posts;
pub mod promises;
pub mod provenance;
pub mod queue;
pub mod rebuttals;
pub mod requests;
pub mod statuses;
pub mod tags;
pub mod teams;
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
        .route("/api/v1/accountability", get(accountability::show))
        .route("/api/v1/accountability/posts", get(accountability::posts))
        .route("/api/v1/accountability/promises", get(accountability::promises))
        .route("/api/v1/accountability/queries", get(accountability::queries))
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
        .route("/api/v1/posts/{id}/handover", post(handovers::offer))
        .route("/api/v1/posts/{id}/handovers", get(handovers::list))
        .route("/api/v1/handovers/{id}/accept", post(handovers::accept))
        .route("/api/v1/handovers/{id}/decline", post(handovers::decline))
        .route("/api/v1/posts/{id}/contributors", get(contributors::list).post(contributors::create))
        .route("/api/v1/posts/{id}/contributors/{contributor}", delete(contributors::end))
        .route("/api/v1/posts/{id}/provenance", get(provenance::list).put(provenance::set))
        .route("/api/v1/posts/{id}/clocks", get(clocks::list))
        .route("/api/v1/posts/{id}/clocks/{name}/extend", post(clocks::extend))
        .route("/api/v1/posts/{id}/stop", post(clocks::stop))
        .route("/api/v1/posts/{id}/resume", post(clocks::resume))
        .route("/api/v1/posts/{id}/levels", get(levels::list))
        .route("/api/v1/posts/{id}/lower", post(levels::lower))
        .route("/api/v1/posts/{id}/promises", get(promises::of_post).post(promises::create))
        .route("/api/v1/promises", get(promises::list))
        .route("/api/v1/promises/{id}", get(promises::show))
        .route("/api/v1/promises/{id}/keep", post(promises::keep))
        .route("/api/v1/promises/{id}/withdraw", post(promises::withdraw))
        .route("/api/v1/promises/{id}/pay", post(promises::pay))
        .route("/api/v1/promises/{id}/change", post(promises::change))
        .route("/api/v1/pledges", get(pledges::list).post(pledges::create))
        .route("/api/v1/pledges/{id}/end", post(pledges::end))
        .route("/api/v1/requests", get(requests::list))
        .route("/api/v1/requests/{id}", get(requests::show))
        .route("/api/v1/requests/{id}/approve", post(requests::approve))
        .route("/api/v1/requests/{id}/refuse", post(requests::refuse))
        .route("/api/v1/posts/{id}/again", post(again::report))
        .route("/api/v1/posts/{id}/agains", get(again::list))
        .route("/api/v1/posts/{id}/confirmation", get(confirmation::show).post(confirmation::say))
        .route("/api/v1/posts/{id}/rebuttal", post(rebuttals::create))
        .route("/api/v1/posts/{id}/rebuttals", get(rebuttals::list))
        .route("/api/v1/queue", get(queue::list))
        .route("/api/v1/teams", get(teams::list).post(teams::create))
        .route("/api/v1/teams/{slug}/members/{person}", put(teams::add).delete(teams::remove))
        .route("/api/v1/desks", get(desks::list).put(desks::set))
        .route("/api/v1/absences", get(absences::list).post(absences::create))
        .route("/api/v1/absences/{id}", delete(absences::delete))
        .route("/api/v1", any(problem::missing))
        .route("/api/v1/{*rest}", any(problem::missing))
}
