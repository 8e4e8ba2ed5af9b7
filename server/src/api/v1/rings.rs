//! Groups of accounts that vote as one.

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
    id::{PostId, RingId},
    moderation,
    ring::{self, Sign},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::{Author, choices};
use crate::api::{
    caller::{Caller, number},
    listing::List,
    problem::{Answer, Conflicting, Denied, Missing, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Sign`].
    SignName: "What speaks for a group that votes as one.", Sign::ALL.map(Sign::as_str);
}

/// Something that speaks for a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct RingSign {
    /// What.
    #[schema(value_type = SignName)]
    pub sign: Sign,
    /// How much, from 0 to 1.
    pub weight: f64,
}

/// A post that a group voted on.
#[derive(Debug, Serialize, ToSchema)]
pub struct RingPost {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: PostId,
    /// Its title.
    pub title: String,
    /// How many of the group voted on it.
    pub votes: i64,
}

/// A group of accounts that vote as one, and that nobody has decided about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ring {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: RingId,
    /// Since when it is known.
    pub found_at: DateTime<Utc>,
    /// What speaks for it.
    pub signs: Vec<RingSign>,
    /// Whose accounts, oldest first.
    pub members: Vec<Author>,
    /// What they voted on, most votes first.
    pub posts: Vec<RingPost>,
}

/// Why nothing is wrong.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "It is a school class; their teacher wrote to us." }))]
pub struct RingAnswer {
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Why the votes do not count any more.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "rule": 1, "reason": "Forty accounts of one browser, made in one evening." }))]
pub struct RingExclusion {
    /// Number of the house rule that they break.
    pub rule: i32,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// How many votes were excluded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Excluded {
    /// Votes that do not count any more, each by an act of moderation.
    pub excluded: u64,
}

/// List groups that vote as one
///
/// Those that nobody has decided about, oldest first.
#[utoipa::path(
    get, path = "/api/v1/rings", tag = "moderation",
    responses((status = 200, description = "The groups", body = List<Ring>), Unauthenticated, Denied),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let item = |ring: ring::Ring| Ring {
        id: ring.id,
        found_at: ring.found_at,
        signs: ring.signs.into_iter().map(|(sign, weight)| RingSign { sign, weight }).collect(),
        members: ring.members.into_iter().map(Author::from).collect(),
        posts: ring.posts.into_iter().map(|post| RingPost { id: post.id, title: post.title, votes: post.votes }).collect(),
    };
    let queue = ring::queue(forum.read(), &caller.actor).await?;
    Ok(Json(List::whole(queue.into_iter().map(item).collect())).into_response())
}

/// Find nothing wrong with a group
///
/// The note on the posts says so, and why.
#[utoipa::path(
    post, path = "/api/v1/rings/{id}/dismiss", tag = "moderation", request_body = RingAnswer,
    params(("id" = i64, Path, description = "The group")),
    responses((status = 204, description = "It is closed"), Unauthenticated, Denied, Missing, Conflicting, Refused),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn dismiss(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let id = RingId(number(&id)?);
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    forum.write(&caller.actor, async |tx| ring::dismiss(tx, id, &reason).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Exclude the votes of a group
///
/// Those on the posts that it is about; each by an act of moderation, to which whoever cast it can object.
#[utoipa::path(
    post, path = "/api/v1/rings/{id}/exclude", tag = "moderation", request_body = RingExclusion,
    params(("id" = i64, Path, description = "The group")),
    responses((status = 200, description = "How many", body = Excluded), Unauthenticated, Denied, Missing, Conflicting, Refused),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn exclude(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let id = RingId(number(&id)?);
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    let rule = fields.number("rule").map(i32::try_from).transpose().unwrap_or_else(|_| {
        fields.refuse("rule", Problem::UnknownChoice);
        None
    });
    fields.finish()?;
    let excluded = forum.write(&caller.actor, async |tx| ring::exclude(tx, id, rule, &reason).await).await?;
    Ok(Json(Excluded { excluded }).into_response())
}
