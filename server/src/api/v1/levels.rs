//! Levels: escalation, up by rules, down only with a public reason.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Forum, clock,
    level::{self, Cause},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    clocks::ClockName,
    objects::{Owner, Show, choices},
};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Changed, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Cause`].
    LevelCauseName: "Why a level changed.", Cause::ALL.map(Cause::as_str);
}

/// A change of level: 1 desk, 2 lead, 3 director.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelChange {
    /// The level before.
    #[schema(minimum = 1, maximum = 3)]
    pub from: i32,
    /// The level since; the same as before when there was none above it.
    #[schema(minimum = 1, maximum = 3)]
    pub to: i32,
    /// Why.
    #[schema(value_type = LevelCauseName)]
    pub cause: Cause,
    /// Which clock was missed, if one was.
    #[schema(value_type = Option<ClockName>)]
    pub clock: Option<clock::Name>,
    /// What whoever lowered it said.
    pub reason: Option<String>,
    /// Who lowered it; null when a rule changed it.
    pub by: Option<Owner>,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl LevelChange {
    fn of(change: level::Change, show: &Show) -> Self {
        Self {
            from: change.from,
            to: change.to,
            cause: change.cause,
            clock: change.clock,
            reason: change.reason,
            by: change.by.map(|person| show.owner(person)),
            created_at: change.at,
        }
    }
}

/// Why a level is lowered.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "The line is repaired; what is left is ordinary work of the desk." }))]
pub struct LevelReason {
    /// In public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// List the changes of a post's level
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/levels", tag = "clocks", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The changes", body = List<LevelChange>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let changes = level::of_post(&view, &post).await?.into_iter().enumerate().collect();
    let page = List::cut(changes, &asked, USUAL, |(n, _)| n.to_string())?;
    let items = page.items.into_iter().map(|(_, change)| LevelChange::of(change, &show)).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// Lower the level of a post
///
/// By one, with a public reason.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/lower", tag = "clocks", request_body = LevelReason,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The change", body = LevelChange),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("lead"))), security(("bearer" = []))
)]
pub async fn lower(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    level::may_lower(&caller.actor)?;
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let change = level::lower(tx, post, &reason).await?;
        Ok(Changed(LevelChange::of(change, &show)))
    })
    .await
}
