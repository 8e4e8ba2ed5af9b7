//! Clocks: what was due when, what got more time, and when the company waited for the customer.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{Error, Forum, clock, id::PostId, story};
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
    /// The schema of [`clock::Name`].
    ClockName: "What is due.", clock::Name::ALL.map(clock::Name::as_str);
    /// The schema of [`clock::State`].
    ClockState: "`running`, `missed` (past due, still open), `met`, `late` (ended after it was due), `stopped` (waiting for the customer).",
        clock::State::ALL.map(clock::State::as_str);
}

/// A deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Clock {
    /// What is due.
    #[schema(value_type = ClockName)]
    pub name: clock::Name,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When it came; null while it has not.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it was due before it was extended; null if it was not.
    pub extended_from: Option<DateTime<Utc>>,
    /// The member of the case whose deadline it was, if the head took it over; null otherwise.
    #[schema(value_type = Option<i64>)]
    pub taken_from: Option<PostId>,
    /// How it stands at the moment of the answer.
    #[schema(value_type = ClockState)]
    pub state: clock::State,
}

impl From<clock::Clock> for Clock {
    fn from(clock: clock::Clock) -> Self {
        Self {
            name: clock.name,
            due_at: clock.due_at,
            ended_at: clock.ended_at,
            extended_from: clock.extended_from,
            taken_from: clock.taken_from,
            state: clock.state,
        }
    }
}

/// A clock that runs on a post, or ran.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockRun {
    /// What is due, and when.
    #[serde(flatten)]
    pub clock: Clock,
    /// The level that it is measured by: 1 desk, 2 lead, 3 director.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i32,
    /// Since when it runs.
    pub started_at: DateTime<Utc>,
    /// When it runs again at the latest; null unless it stands still. `due_at` is then when it is due if it stands still until then.
    pub stopped_until: Option<DateTime<Utc>>,
}

impl From<clock::Clock> for ClockRun {
    fn from(clock: clock::Clock) -> Self {
        Self { level: clock.level, started_at: clock.started_at, stopped_until: clock.stopped_until, clock: clock.into() }
    }
}

/// More time for a clock, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockExtension {
    /// Which clock.
    #[schema(value_type = ClockName)]
    pub name: clock::Name,
    /// When it was due.
    pub old_due_at: DateTime<Utc>,
    /// When it is due since.
    pub new_due_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub by: Owner,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl ClockExtension {
    fn of(extension: clock::MoreTime, show: &Show) -> Self {
        Self {
            name: extension.clock,
            old_due_at: extension.old_due_at,
            new_due_at: extension.new_due_at,
            reason: extension.reason,
            by: show.owner(extension.by),
            created_at: extension.at,
        }
    }
}

/// A time in which the clocks of a post stand still, because the company waits for the customer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockStop {
    /// What is needed of the customer.
    pub reason: String,
    /// Who asked.
    pub by: Owner,
    /// Until when at most: ten working days in all.
    pub until_at: DateTime<Utc>,
    /// When the clocks ran again; null while they stand still.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl ClockStop {
    fn of(stop: clock::Stop, show: &Show) -> Self {
        Self { reason: stop.reason, by: show.owner(stop.by), until_at: stop.until_at, ended_at: stop.ended_at, created_at: stop.at }
    }
}

/// Every clock that ever ran on a post, with what happened to them.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockHistory {
    /// The clocks, oldest first.
    pub items: Vec<ClockRun>,
    /// What to send as `cursor` for the next page of clocks; null on the last one.
    pub next_cursor: Option<String>,
    /// What got more time, oldest first: all of it on every page.
    pub extensions: Vec<ClockExtension>,
    /// When the company waited for the customer, oldest first: all of it on every page.
    pub stops: Vec<ClockStop>,
}

/// More time for a clock.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "until": "2026-12-11", "reason": "The grid operator measures your line on the 9th." }))]
pub struct ExtensionDraft {
    /// The new last day, until 17:00: later than the present one, and at most as far ahead as the clock is long.
    pub until: NaiveDate,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Waiting for the customer.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "Please tell us the number on your meter." }))]
pub struct StopDraft {
    /// What is needed of them, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// List the clocks of a post
///
/// Those that have ended too, with every extension and every stop.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/clocks", tag = "clocks", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The clocks", body = ClockHistory), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let clocks = clock::history(&view, &post).await?.into_iter().enumerate().collect();
    let page = List::cut(clocks, &asked, USUAL, |(n, _)| n.to_string())?;
    let story = story::of_post(&view, &post).await?;
    let (extensions, stops) = (clock::extensions(&story), clock::stops(&story, view.now()));
    let history = ClockHistory {
        items: page.items.into_iter().map(|(_, clock)| clock.into()).collect(),
        next_cursor: page.next_cursor,
        extensions: extensions.into_iter().map(|extension| ClockExtension::of(extension, &show)).collect(),
        stops: stops.into_iter().map(|stop| ClockStop::of(stop, &show)).collect(),
    };
    Ok(Json(history).into_response())
}

/// Give a clock more time
///
/// With a public reason, which is shown with the date before. A clock that was missed stays missed.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/clocks/{name}/extend", tag = "clocks", request_body = ExtensionDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("name" = ClockName, Path, description = "Which clock"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The clock as it is now", body = ClockRun),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn extend(State(forum): State<Forum>, caller: Caller, Path((id, name)): Path<(String, String)>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    let name = clock::Name::parse(&name).map_err(|_| Error::NotFound)?;
    clock::may_move(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (until, reason) = (fields.text("until"), fields.text("reason"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let clock = clock::extend(tx, post, name.as_str(), &until, &reason).await?;
        Ok(Changed(ClockRun::from(clock)))
    })
    .await
}

/// Wait for the customer
///
/// The running clocks of the post stand still, for at most ten working days in all: until the author says something, staff let them
/// run again, or the limit is reached.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/stop", tag = "clocks", request_body = StopDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The stop", body = ClockStop, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn stop(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    clock::may_move(&caller.actor)?;
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let stop = clock::stop(tx, post, &reason).await?;
        Ok(Made { location: format!("/api/v1/posts/{post}/clocks"), object: ClockStop::of(stop, &show) })
    })
    .await
}

/// Let the clocks run again
///
/// Due as many working days later as they stood still.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/resume", tag = "clocks",
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The stop, which has ended", body = ClockStop),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn resume(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    clock::may_move(&caller.actor)?;
    sent.optional_fields()?.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let stop = clock::resume(tx, post).await?;
        Ok(Changed(ClockStop::of(stop, &show)))
    })
    .await
}
