//! New accounts about which something stands out.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    id::PersonId,
    lookout::{self, Notable},
    moderation,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::{Author, choices};
use crate::api::{
    caller::Caller,
    listing::List,
    problem::{Answer, Denied, Missing, Unauthenticated},
};

choices! {
    /// The schema of [`Notable`].
    NotableName: "What stands out about a new account.", Notable::ALL.map(Notable::as_str);
}

/// A new account about which something stands out.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewAccountSeen {
    /// Whose.
    pub person: Author,
    /// Since when they are here.
    pub created_at: DateTime<Utc>,
    /// Whether the address is shown to be theirs.
    pub verified: bool,
    /// Posts and comments of theirs.
    pub texts: i64,
    /// What stands out.
    #[schema(value_type = Vec<NotableName>)]
    pub signs: Vec<Notable>,
}

/// List new accounts about which something stands out
///
/// Of the last two weeks, latest first, and without those that somebody has looked at since. A sign is no verdict.
#[utoipa::path(
    get, path = "/api/v1/newcomers", tag = "moderation",
    responses((status = 200, description = "The accounts", body = List<NewAccountSeen>), Unauthenticated, Denied),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let item = |newcomer: lookout::Newcomer| NewAccountSeen {
        person: newcomer.person.into(),
        created_at: newcomer.created_at,
        verified: newcomer.verified,
        texts: newcomer.texts,
        signs: newcomer.signs,
    };
    let queue = lookout::queue(forum.read(), &caller.actor, forum.now()).await?;
    Ok(Json(List::whole(queue.into_iter().map(item).collect())).into_response())
}

/// Note that a new account was looked at
///
/// It is listed again when something new comes up.
#[utoipa::path(
    post, path = "/api/v1/newcomers/{id}/looked-at", tag = "moderation",
    params(("id" = uuid::Uuid, Path, description = "Whose account")),
    responses((status = 204, description = "It is noted"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn look(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    forum.write_aside(&caller.actor, async |tx| lookout::looked_at(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
