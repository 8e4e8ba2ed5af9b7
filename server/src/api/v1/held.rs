//! Texts of people who are new that are held back until somebody of the staff has looked at them.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Forum,
    error::Problem,
    id::{PostId, ScreeningId},
    moderation::{self, Sort},
    screening::{self, Suspicion},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    moderation::{Moderation, TargetId, TargetName},
    objects::{Author, choices},
};
use crate::api::{
    caller::{Caller, number},
    listing::List,
    problem::{Answer, Conflicting, Denied, Missing, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Suspicion`].
    SuspicionName: "Why a text is held back.", Suspicion::ALL.map(Suspicion::as_str);
}

/// A text that is held back.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldText {
    /// Its number in the queue.
    #[schema(value_type = i64)]
    pub id: ScreeningId,
    /// What it is.
    #[schema(value_type = TargetName)]
    pub target_type: Sort,
    /// Which one.
    pub target_id: TargetId,
    /// The post that it is, or that it is on.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// Who wrote it.
    pub author: Author,
    /// Why it is held back.
    #[schema(value_type = SuspicionName)]
    pub cause: Suspicion,
    /// Since when.
    pub since: DateTime<Utc>,
    /// By when somebody is to look at it.
    pub due_at: DateTime<Utc>,
    /// Whether somebody should have looked at it by now.
    pub overdue: bool,
}

/// Why it stays hidden.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "rule": 5, "reason": "It offers watches, and says nothing of what we do." }))]
pub struct HideDraft {
    /// Number of the house rule that it breaks.
    pub rule: i32,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// List what is held back
///
/// Soonest to be looked at first.
#[utoipa::path(
    get, path = "/api/v1/held", tag = "moderation",
    responses((status = 200, description = "The posts and comments", body = List<HeldText>), Unauthenticated, Denied),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let now = forum.now();
    let item = |waiting: screening::Waiting| HeldText {
        id: waiting.id,
        target_type: waiting.target().sort(),
        target_id: waiting.target().into(),
        post_id: waiting.post,
        overdue: waiting.is_overdue(now),
        author: waiting.author.into(),
        cause: waiting.cause,
        since: waiting.since,
        due_at: waiting.due_at,
    };
    let queue = screening::queue(forum.read(), &caller.actor).await?;
    Ok(Json(List::whole(queue.into_iter().map(item).collect())).into_response())
}

/// Release what is held back
///
/// Everybody can read it from then on, and those whom it concerns are told.
#[utoipa::path(
    post, path = "/api/v1/held/{id}/release", tag = "moderation", params(("id" = i64, Path, description = "Its number in the queue")),
    responses((status = 204, description = "Everybody can read it"), Unauthenticated, Denied, Missing, Conflicting),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn release(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let id = ScreeningId(number(&id)?);
    forum.write(&caller.actor, async |tx| screening::release(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Keep hidden what is held back
///
/// An act of moderation like any other that hides: its author is told, and can object.
#[utoipa::path(
    post, path = "/api/v1/held/{id}/hide", tag = "moderation", request_body = HideDraft,
    params(
        ("id" = i64, Path, description = "Its number in the queue"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The act", body = Moderation, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn hide(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let id = ScreeningId(number(&id)?);
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    let rule = fields.number("rule").map(i32::try_from).transpose().unwrap_or_else(|_| {
        fields.refuse("rule", Problem::UnknownChoice);
        None
    });
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let act = screening::keep_hidden(tx, id, rule, &reason).await?;
        let location = format!("/api/v1/moderation/{}", act.id);
        Ok(Made { location, object: Moderation::of(act, &forum, &caller) })
    })
    .await
}
