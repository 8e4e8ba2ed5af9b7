//! Rebuttals: what authors say to a refusal. They stand beside the answer.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{Forum, id::AnswerId, rebuttal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// What an author says to a refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rebuttal {
    /// Its number.
    pub id: i64,
    /// The refusal.
    #[schema(value_type = i64)]
    pub answer_id: AnswerId,
    /// What the author says, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// When the staff had read it.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl From<rebuttal::Rebuttal> for Rebuttal {
    fn from(rebuttal: rebuttal::Rebuttal) -> Self {
        Self {
            id: rebuttal.id,
            answer_id: rebuttal.answer_id,
            body: rebuttal.body,
            body_html: rebuttal.body_html,
            language: rebuttal.language,
            read_at: rebuttal.read_at,
            created_at: rebuttal.created_at,
        }
    }
}

/// A new rebuttal.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "body": "It does not exist already: the page that you name is for business customers." }))]
pub struct RebuttalDraft {
    /// Markdown.
    #[schema(min_length = 1, max_length = 10000)]
    pub body: String,
}

/// List the rebuttals on a post
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/rebuttals", tag = "verdicts", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The rebuttals", body = List<Rebuttal>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let rebuttals = rebuttal::of_post(&view, &post).await?.into_iter().map(Rebuttal::from).collect();
    Ok(Json(List::cut(rebuttals, &asked, USUAL, |rebuttal| rebuttal.id.to_string())?).into_response())
}

/// Answer a refusal
///
/// Once for each, within seven days.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/rebuttal", tag = "verdicts", request_body = RebuttalDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The rebuttal", body = Rebuttal, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("author, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let present = caller.target_row(&forum, &id).await?;
    let post = present.id;
    rebuttal::may_write(&caller.actor, present.author.id)?;
    let mut fields = sent.fields()?;
    let body = fields.text("body");
    fields.finish()?;
    let forum = forum.with_markdown(&body).await?;
    once(&forum, &caller, &sent, async |tx| {
        let rebuttal = rebuttal::write(tx, post, &body, caller.language).await?;
        Ok(Made { location: format!("/api/v1/posts/{post}/rebuttals"), object: Rebuttal::from(rebuttal) })
    })
    .await
}
