//! Posts: the list, a post, and what can be done with it.

use axum::{
    Router,
    routing::{get, post},
};
use forum::{Error, id::PostId};

use crate::web::Web;

mod again;
mod comment;
mod deadline;
mod duty;
mod edit;
mod list;
mod new;
mod rebuttal;
mod receipt;
mod same;
mod show;
mod solved;
mod versions;
mod vote;

pub(super) use new::body_field;

/// The pages of posts.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(list::list))
        .route("/new", get(new::form).post(new::create))
        .route("/new/similar", get(new::similar))
        .route("/preview", post(new::preview))
        .route("/p/{id}", get(show::bare))
        .route("/p/{id}/{slug}", get(show::show))
        .route("/p/{id}/vote", get(show::bare).post(vote::vote))
        .route("/p/{id}/comments", get(show::bare).post(comment::submit))
        .route("/p/{id}/again", get(show::bare).post(again::report))
        .route("/p/{id}/rebuttal", get(show::bare).post(rebuttal::write))
        .route("/p/{id}/same", get(same::form).post(same::propose))
        .route("/p/{id}/solved", get(show::bare).post(solved::say))
        .route("/p/{id}/edit", get(edit::form).post(edit::save))
        .route("/p/{id}/deadline.ics", get(deadline::calendar))
        .route("/p/{id}/versions", get(versions::of_post))
        .merge(receipt::routes())
        .route("/comments/{id}/edit", get(comment::form).post(comment::save))
        .route("/comments/{id}/remove", post(comment::remove))
        .route("/comments/{id}/versions", get(versions::of_comment))
}

/// The number of a post as it stands in an address; what is no number leads nowhere.
fn post_id(text: &str) -> Result<PostId, Error> {
    text.parse().map(PostId).map_err(|_| Error::NotFound)
}
