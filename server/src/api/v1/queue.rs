//! The work queue of the staff.

use axum::{Json, extract::State, response::IntoResponse as _};
use chrono::{DateTime, Utc};
use forum::{Forum, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::{objects::Show, posts::PostSummary};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Denied, Mistaken, Unauthenticated},
};

/// A post that waits for the company.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The post.
    #[serde(flatten)]
    pub post: PostSummary,
    /// Since when it waits.
    pub waiting_since: DateTime<Utc>,
}

/// Show the queue
///
/// Posts with an open deadline in working order: by the earliest of their deadlines, then the longest waiting, then by number.
/// Votes, names and money have no influence on it.
#[utoipa::path(
    get, path = "/api/v1/queue", tag = "answers", params(Paging),
    responses((status = 200, description = "The posts", body = List<Waiting>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    post::may_work(&caller.actor)?;
    let limit = asked.limit(USUAL)?;
    let cursor = asked.cursor();
    let (rows, next_cursor) = post::queue_slice(forum.read(), &caller.actor, None, cursor.as_deref(), limit, forum.now()).await?;
    let show = Show::to(&forum, &caller.actor);
    let item = |(row, waiting_since)| Waiting { post: PostSummary::of(row, &show), waiting_since };
    Ok(Json(List { items: rows.into_iter().map(item).collect(), next_cursor }).into_response())
}
