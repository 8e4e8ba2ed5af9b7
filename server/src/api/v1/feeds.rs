//! The secret address at which programs read what is the caller's own.

use app::pages::feeds::Paths;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    feed::{self, Address},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Unauthenticated},
};

/// Whether there is an address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feeds {
    /// When it was made; null when there is none.
    pub created_at: Option<DateTime<Utc>>,
    /// Until when it works.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A new address. Whoever has it reads what is there: it is a secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedsMade {
    /// What the caller is told, as an Atom feed.
    pub notices: String,
    /// Deadlines and promises that are owed to the caller or that they answer for, as a calendar.
    pub due: String,
    /// Those for which the people of the caller's teams answer; null for members.
    pub team: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

impl FeedsMade {
    fn of(address: Address, forum: &Forum, is_staff: bool) -> Self {
        let paths = Paths::of(&address.secret, is_staff);
        let whole = |path: String| format!("{}{path}", forum.address());
        Self {
            notices: whole(paths.notices),
            due: whole(paths.due),
            team: paths.team.map(whole),
            created_at: address.made_at,
            expires_at: address.ends_at,
        }
    }
}

/// Show whether the caller has a secret address for feeds
///
/// The address itself is answered once, when it is made.
#[utoipa::path(
    get, path = "/api/v1/me/feeds", tag = "me",
    responses((status = 200, description = "Whether there is one", body = Feeds), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller) -> Answer {
    let address = feed::own(&forum, &caller.actor).await?;
    let (created_at, expires_at) = address.map(|address| (address.made_at, address.ends_at)).unzip();
    Ok(Json(Feeds { created_at, expires_at }).into_response())
}

/// Make a secret address for the caller's feeds
///
/// A feed reader and a calendar read with it what is the caller's own, without signing in. The address of before stops, and so does this one
/// when the caller signs out everywhere, gets a new password or loses a role, and after a year.
#[utoipa::path(
    post, path = "/api/v1/me/feeds", tag = "me",
    responses((status = 201, description = "Where it is", body = FeedsMade), Unauthenticated, Denied),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn make(State(forum): State<Forum>, caller: Caller) -> Answer {
    feed::may_make(&caller.actor)?;
    forum.write_aside(&caller.actor, feed::make).await?;
    let address =
        feed::own(&forum, &caller.actor).await?.ok_or_else(|| Error::internal("an address that was made is not there"))?;
    let made = FeedsMade::of(address, &forum, caller.actor.sees_all());
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(made)).into_response())
}

/// Stop the caller's secret address
///
/// It opens nothing any more. Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/me/feeds", tag = "me",
    responses((status = 204, description = "There is none now"), Unauthenticated, Denied),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop(State(forum): State<Forum>, caller: Caller) -> Answer {
    feed::may_make(&caller.actor)?;
    forum.write_aside(&caller.actor, feed::stop).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
