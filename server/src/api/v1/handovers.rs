//! Handovers: offers of ownership from one member of the staff to another.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    handover::{self, State as Standing},
    id::{HandoverId, PostId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::{Owner, Show, choices};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::Sent,
};

choices! {
    /// The schema of [`handover::State`].
    HandoverState: "`offered`, `accepted`, `declined`, `lapsed` (nobody answered in time), `assigned` (given without being asked).",
        Standing::ALL.map(Standing::as_str);
}

/// A handover. Whoever gives stays accountable until the other accepts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Handover {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: HandoverId,
    /// Which post.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// Who gives.
    pub from: Owner,
    /// Who gets.
    pub to: Owner,
    /// Why.
    pub reason: Option<String>,
    /// How it stands at the moment of the answer.
    #[schema(value_type = HandoverState)]
    pub state: Standing,
    /// When it falls back without an answer.
    pub lapses_at: DateTime<Utc>,
    /// When it was answered, or fell back.
    pub ended_at: Option<DateTime<Utc>>,
    /// What the receiver said.
    pub note: Option<String>,
    /// When it was offered.
    pub created_at: DateTime<Utc>,
}

impl Handover {
    fn of(handover: handover::Handover, show: &Show) -> Self {
        Self {
            id: handover.id,
            post_id: handover.post,
            from: show.owner(handover.from),
            to: show.owner(handover.to),
            reason: handover.reason,
            state: handover.state,
            lapses_at: handover.lapses_at,
            ended_at: handover.ended_at,
            note: handover.note,
            created_at: handover.created_at,
        }
    }
}

/// An offer.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "to": "019aa5f0-7c1e-7d3a-9b1f-5d2a6c3e4f50", "reason": "It is the printer, not the prices." }))]
pub struct HandoverDraft {
    /// A colleague.
    pub to: uuid::Uuid,
    /// Why, in public.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// Why an offer is turned down.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "note": "I am away from tomorrow on." }))]
pub struct HandoverRefusal {
    /// In public.
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// List the handovers of a post
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/handovers", tag = "owners", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The handovers", body = List<Handover>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let handovers = handover::of_post(&view, &post).await?;
    let handovers = handovers.into_iter().map(|handover| Handover::of(handover, &show)).collect();
    Ok(Json(List::cut(handovers, &asked, USUAL, |handover| handover.id.to_string())?).into_response())
}

/// Offer a post to a colleague
///
/// Without an answer the offer falls back after two working days. The third handover of a post raises its level.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/handover", tag = "owners", request_body = HandoverDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The offer", body = Handover, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("owner"))), security(("bearer" = []))
)]
pub async fn offer(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let present = caller.target_row(&forum, &id).await?;
    let post = present.id;
    handover::may_offer(&caller.actor, present.owner.map(|owner| owner.id))?;
    let mut fields = sent.fields()?;
    let (to, reason) = (fields.needed_person("to"), fields.text("reason"));
    let to = fields.finish_with(to)?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let handover = handover::offer(tx, post, to, &reason).await?;
        Ok(Made { location: format!("/api/v1/posts/{post}/handovers"), object: Handover::of(handover, &show) })
    })
    .await
}

/// Accept an offer
///
/// From now on the receiver owns the post.
#[utoipa::path(
    post, path = "/api/v1/handovers/{id}/accept", tag = "owners",
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The handover", body = Handover),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("receiver"))), security(("bearer" = []))
)]
pub async fn accept(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = received(&forum, &caller, &id).await?;
    sent.optional_fields()?.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| Ok(Changed(Handover::of(handover::accept(tx, id).await?, &show)))).await
}

/// Turn an offer down
///
/// Whoever gave it stays accountable.
#[utoipa::path(
    post, path = "/api/v1/handovers/{id}/decline", tag = "owners", request_body = Option<HandoverRefusal>,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The handover", body = Handover),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("receiver"))), security(("bearer" = []))
)]
pub async fn decline(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = received(&forum, &caller, &id).await?;
    let mut fields = sent.optional_fields()?;
    let note = fields.text("note");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| Ok(Changed(Handover::of(handover::decline(tx, id, &note).await?, &show)))).await
}

/// The offer in an address: asked before the body is read, so that only who may answer it hears what is wrong with what they sent.
async fn received(forum: &Forum, caller: &Caller, id: &str) -> Result<HandoverId, Error> {
    let id = HandoverId(caller.target(id)?);
    Ok(handover::received(&forum.view(&caller.actor).await?, id).await?.id)
}
