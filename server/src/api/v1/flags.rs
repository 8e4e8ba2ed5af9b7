//! Flags: what members point out to the staff.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse as _};
use chrono::{DateTime, Utc};
use forum::{
    Forum,
    error::Problem,
    flag,
    moderation::{self, Sort},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::moderation::{TargetId, TargetName, target};
use crate::api::{
    caller::Caller,
    listing::List,
    problem::{Answer, Conflicting, Denied, Missing, Refused, TooOften, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A flag to be raised.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "target_type": "comment", "target_id": 4711, "rule": 2, "note": "It calls the driver names." }))]
pub struct FlagDraft {
    /// `post` or `comment`.
    #[schema(value_type = TargetName)]
    pub target_type: String,
    /// Which one.
    pub target_id: TargetId,
    /// Number of the house rule that it breaks.
    pub rule: i32,
    /// What else the staff should know.
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// A flag that was raised.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flag {
    /// Its number.
    pub id: i64,
    /// What it points at.
    #[schema(value_type = TargetName)]
    pub target_type: Sort,
    /// Which one.
    pub target_id: TargetId,
    /// The house rule that it breaks.
    pub rule: i32,
}

/// How often a rule was named.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedRule {
    /// Its number.
    pub rule: i32,
    /// By how many members.
    pub times: usize,
}

/// Something that members flagged, and that nobody has looked at yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flagged {
    /// What it is.
    #[schema(value_type = TargetName)]
    pub target_type: Sort,
    /// Which one.
    pub target_id: TargetId,
    /// How much the words of all who flagged it weigh: more, the more often their flags proved right.
    pub weight: f64,
    /// When it was first flagged.
    pub since: DateTime<Utc>,
    /// Under which rules, most often first.
    pub rules: Vec<NamedRule>,
    /// What those who flagged it say besides, oldest first.
    pub notes: Vec<String>,
}

/// What there is to say to those who flagged something.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "target_type": "comment", "target_id": 4711, "reason": "It is sharp, but about the matter." }))]
pub struct FlagAnswer {
    /// `post` or `comment`.
    #[schema(value_type = TargetName)]
    pub target_type: String,
    /// Which one.
    pub target_id: TargetId,
    /// Why nothing is wrong.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Flag a post or a comment
///
/// Once for each, and not one's own; at most twenty a day.
#[utoipa::path(
    post, path = "/api/v1/flags", tag = "moderation", request_body = FlagDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The flag", body = Flag, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    flag::may_flag(&caller.actor)?;
    let mut fields = sent.fields()?;
    let target = target(&mut fields);
    let note = fields.text("note");
    let rule = fields.number("rule").map(i32::try_from).transpose().unwrap_or_else(|_| {
        fields.refuse("rule", Problem::UnknownChoice);
        None
    });
    let target = fields.finish_with(target)?;
    once(&forum, &caller, &sent, async |tx| {
        let id = flag::raise(tx, target, rule, &note).await?.0;
        let object = Flag { id, target_type: target.sort(), target_id: target.into(), rule: rule.unwrap_or_default() };
        Ok(Made { location: "/api/v1/flags".to_owned(), object })
    })
    .await
}

/// List what was flagged
///
/// What nobody has looked at: by weight, then by age.
#[utoipa::path(
    get, path = "/api/v1/flags", tag = "moderation",
    responses((status = 200, description = "The posts and comments", body = List<Flagged>), Unauthenticated, Denied),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let queue = flag::queue(forum.read(), &caller.actor).await?;
    let item = |flagged: flag::Flagged| Flagged {
        target_type: flagged.target().sort(),
        target_id: flagged.target().into(),
        weight: flagged.weight,
        since: flagged.since,
        rules: flagged.rules.into_iter().map(|(rule, times)| NamedRule { rule, times }).collect(),
        notes: flagged.notes,
    };
    Ok(Json(List::whole(queue.into_iter().map(item).collect())).into_response())
}

/// Find nothing wrong
///
/// Closes the flags of a post or a comment. To do something about it closes them too; then those who raised them were right.
#[utoipa::path(
    post, path = "/api/v1/flags/dismiss", tag = "moderation", request_body = FlagAnswer,
    responses((status = 204, description = "They are closed"), Unauthenticated, Denied, Missing, Refused),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn dismiss(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let mut fields = sent.fields()?;
    let target = target(&mut fields);
    let reason = fields.text("reason");
    let target = fields.finish_with(target)?;
    forum.write_aside(&caller.actor, async |tx| flag::dismiss(tx, target, &reason).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
