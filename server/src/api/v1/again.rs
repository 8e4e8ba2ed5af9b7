//! "It happened again": what customers report about a complaint. Votes are no reports.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Forum, again,
    id::{AgainId, PostId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A report that it happened again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Again {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: AgainId,
    /// On which post.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// Whose.
    pub person: Author,
    /// What happened, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// The solution after which it happened; null when there was none yet.
    pub solved_at: Option<DateTime<Utc>>,
    /// Whether it raised the level of the post.
    pub raised: bool,
    /// When it was reported.
    pub created_at: DateTime<Utc>,
}

impl From<again::Again> for Again {
    fn from(again: again::Again) -> Self {
        Self {
            id: again.id,
            post_id: again.post,
            person: again.person.into(),
            body: again.body,
            body_html: again.body_html,
            language: again.language,
            solved_at: again.solved_at,
            raised: again.raised,
            created_at: again.created_at,
        }
    }
}

/// A new report.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "body": "The bill of November came twice, too." }))]
pub struct AgainDraft {
    /// What happened, in Markdown.
    #[schema(min_length = 1, max_length = 10000)]
    pub body: String,
}

/// List the reports that it happened again
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/agains", tag = "verdicts", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The reports", body = List<Again>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let agains = again::of_post(&view, &post).await?.into_iter().map(Again::from).collect();
    Ok(Json(List::cut(agains, &asked, USUAL, |again| again.id.to_string())?).into_response())
}

/// Report that it happened again
///
/// On a complaint that was solved once, or one of the caller's own, or one that they support. By the same customer within 90 days
/// of the solution, and by the fifth customer, it raises the level; what was solved goes back to being worked on. On anything but
/// a complaint it is refused on `kind`.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/again", tag = "verdicts", request_body = AgainDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The report", body = Again, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn report(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    again::may_report(&caller.actor)?;
    let mut fields = sent.fields()?;
    let body = fields.text("body");
    fields.finish()?;
    let forum = forum.with_markdown(&body).await?;
    once(&forum, &caller, &sent, async |tx| {
        let again = again::report(tx, post, &body, caller.language).await?;
        Ok(Made { location: format!("/api/v1/posts/{post}/agains"), object: Again::from(again) })
    })
    .await
}
