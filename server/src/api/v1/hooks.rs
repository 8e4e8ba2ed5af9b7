//! Web-hooks: whom else the forum tells what happens.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    error::Problem,
    hook::{self, Draft, Edit, Shape, Standing, Trouble},
    id::{DeliveryId, EventId, HookId, PostId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::{
    api::{
        caller::{Caller, number},
        listing::{Asked, List, MOST, Paging, USUAL},
        problem::{Answer, Conflicting, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
        sent::Sent,
    },
    hooks::TEST,
};

choices! {
    /// The schema of [`Shape`].
    HookShapeName: "How messages are put together.", Shape::ALL.map(Shape::as_str);
    /// The schema of [`Standing`].
    HookStandingName: "Whether a web-hook is told.", Standing::ALL.map(Standing::as_str);
    /// The schema of [`Trouble`].
    HookTroubleName: "Why a message did not arrive.", Trouble::ALL.map(Trouble::as_str);
}

/// A web-hook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hook {
    /// Its number.
    #[schema(value_type = i64, example = 3)]
    pub id: HookId,
    /// Where messages go.
    #[schema(example = "https://hooks.example.com/answerable")]
    pub url: String,
    /// Slug of the board that it hears of; null for all public ones.
    pub board: Option<String>,
    /// The types of messages that it gets; none for all but votes.
    #[schema(example = json!(["answer.published", "promise.broken"]))]
    pub types: Vec<String>,
    /// How messages are put together.
    #[schema(value_type = HookShapeName)]
    pub shape: Shape,
    /// The language of messages for people (BCP 47).
    #[schema(example = "en")]
    pub language: String,
    /// Whether it is told.
    #[schema(value_type = HookStandingName)]
    pub state: Standing,
    /// Since when nothing arrives; null while messages do. After five days it is told nothing more.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when messages are signed with the former secret as well; null when there is none.
    pub former_secret_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A web-hook with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct HookMade {
    /// What messages are signed with, as Standard Webhooks writes it.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
    /// All else about it.
    #[serde(flatten)]
    pub rest: Hook,
}

/// A new web-hook.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "url": "https://hooks.example.com/answerable", "types": ["answer.published", "promise.broken"] }))]
pub struct HookDraft {
    /// Where messages go: `https`, and an address of the public internet.
    #[schema(max_length = 2000)]
    pub url: String,
    /// Slug of the board that it hears of; all public ones when it is missing. Of a private board only its own web-hooks hear.
    pub board: Option<String>,
    /// The types of messages that it gets; all but votes when it is missing or empty.
    pub types: Option<Vec<String>>,
    /// How messages are put together; `standard` when it is missing.
    #[schema(value_type = Option<HookShapeName>)]
    pub shape: Option<String>,
    /// The language of messages for people; that of the site when it is missing.
    pub language: Option<String>,
}

/// What is to become of a web-hook; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "active": false }))]
pub struct HookChange {
    /// Where messages go.
    #[schema(max_length = 2000)]
    pub url: Option<String>,
    /// The types of messages that it gets, in place of all others; null and none for all but votes.
    pub types: Option<Vec<String>>,
    /// How messages are put together.
    #[schema(value_type = Option<HookShapeName>)]
    pub shape: Option<String>,
    /// The language of messages for people.
    pub language: Option<String>,
    /// Whether it is told; true takes back that the forum gave up on it.
    pub active: Option<bool>,
}

/// A message to a web-hook.
#[derive(Debug, Serialize, ToSchema)]
pub struct HookDelivery {
    /// Its number; `webhook-id` is `msg_` and this, at every try.
    #[schema(value_type = i64, example = 5120)]
    pub id: DeliveryId,
    /// What it tells of; `test` when it only tries whether it arrives.
    #[schema(example = "answer.published")]
    pub r#type: String,
    /// The number of the event in the history; null for a test.
    #[schema(value_type = Option<i64>)]
    pub event: Option<EventId>,
    /// On which post it happened; null for what happened on none.
    #[schema(value_type = Option<i64>)]
    pub post_id: Option<PostId>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was tried last; null before the first time.
    pub tried_at: Option<DateTime<Utc>>,
    /// When it is tried next; null once it arrived or was given up.
    pub next_try_at: Option<DateTime<Utc>>,
    /// The status that came back; null without one.
    #[schema(example = 200)]
    pub status: Option<i32>,
    /// What went wrong the last time; null when nothing did.
    #[schema(value_type = Option<HookTroubleName>)]
    pub trouble: Option<Trouble>,
    /// The first 500 characters of the answer, when it went wrong.
    pub answer: Option<String>,
    /// How long the last try took, in milliseconds.
    pub took_ms: Option<i64>,
    /// When it arrived; null until it has.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was given up; null while it was not.
    pub given_up_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl From<hook::Hook> for Hook {
    fn from(hook: hook::Hook) -> Self {
        Self {
            state: hook.standing(),
            id: hook.id,
            url: hook.url,
            board: hook.board,
            types: hook.kinds.into_iter().map(hook::type_of).collect(),
            shape: hook.shape,
            language: hook.language.tag().to_owned(),
            failing_since: hook.failing_since,
            former_secret_until: hook.former_until,
            created_at: hook.created_at,
        }
    }
}

impl From<hook::Delivery> for HookDelivery {
    fn from(delivery: hook::Delivery) -> Self {
        let is_over = delivery.sent_at.is_some() || delivery.given_up_at.is_some();
        Self {
            r#type: delivery.kind().map_or_else(|| TEST.to_owned(), hook::type_of),
            id: delivery.id,
            event: delivery.event_id,
            post_id: delivery.post_id,
            attempts: delivery.attempts,
            tried_at: delivery.tried_at,
            next_try_at: (!is_over).then_some(delivery.next_try_at),
            status: delivery.status,
            trouble: delivery.trouble,
            answer: delivery.answer,
            took_ms: delivery.took_ms,
            sent_at: delivery.sent_at,
            given_up_at: delivery.given_up_at,
            created_at: delivery.created_at,
        }
    }
}

/// The fields are called otherwise here than in the forum, where a kind is what a type is outside.
fn outside(error: Error) -> Error {
    match error {
        Error::Invalid(mut fields) => {
            for field in &mut fields {
                if field.field == "kinds" {
                    field.field = "types";
                }
            }
            Error::Invalid(fields)
        }
        other => other,
    }
}

async fn whole(forum: &Forum, id: HookId) -> Result<Hook, Error> {
    Ok(hook::by_id(forum.read(), id).await?.into())
}

/// List the web-hooks
///
/// Oldest first, without their secrets.
#[utoipa::path(
    get, path = "/api/v1/hooks", tag = "hooks", params(Paging),
    responses((status = 200, description = "The web-hooks", body = List<Hook>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let hooks = hook::list(forum.read()).await?.into_iter().map(Hook::from).collect();
    Ok(Json(List::cut(hooks, &asked, MOST, |hook| hook.id.to_string())?).into_response())
}

/// Make a web-hook
///
/// The answer has its secret, this once; so it is not kept for a request that is sent twice.
#[utoipa::path(
    post, path = "/api/v1/hooks", tag = "hooks", request_body = HookDraft,
    responses(
        (status = 201, description = "The web-hook", body = HookMade, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        url: fields.text("url"),
        board: fields.optional_text("board"),
        kinds: fields.texts("types").unwrap_or_default(),
        shape: fields.optional_text("shape"),
        language: fields.optional_text("language"),
    };
    if draft.url.trim().is_empty() {
        fields.refuse("url", Problem::Required);
    }
    fields.finish()?;
    let made = forum.write(&caller.actor, async |tx| hook::create(tx, &draft).await).await;
    let (hook, secret) = made.map_err(outside)?;
    forum.refresh_site().await?;
    let location = format!("/api/v1/hooks/{}", hook.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(HookMade { secret, rest: hook.into() })).into_response())
}

/// Show a web-hook
#[utoipa::path(
    get, path = "/api/v1/hooks/{id}", tag = "hooks", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The web-hook", body = Hook), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    hook::may_arrange(&caller.actor)?;
    Ok(Json(whole(&forum, HookId(number(&id)?)).await?).into_response())
}

/// Change a web-hook
///
/// Its board stays: for another one, make another web-hook.
#[utoipa::path(
    patch, path = "/api/v1/hooks/{id}", tag = "hooks", request_body = HookChange,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the web-hook that it was written from"),
    ),
    responses(
        (status = 200, description = "The web-hook as it is now", body = Hook),
        Unauthenticated, Denied, Missing, Outdated, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let id = HookId(number(&id)?);
    let mut fields = sent.fields()?;
    let edit = Edit {
        url: fields.changed_text("url"),
        kinds: fields.changed_texts("types"),
        shape: fields.changed_text("shape"),
        language: fields.changed_text("language"),
        active: fields.optional_flag("active"),
        version: None,
    };
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(Hook::from(hook::by_id(tx.conn(), id).await?))).await?;
        hook::change(tx, id, &edit).await
    };
    let hook = forum.write(&caller.actor, change).await.map_err(outside)?;
    forum.refresh_site().await?;
    Ok(Json(Hook::from(hook)).into_response())
}

/// Take a web-hook away
///
/// With all that is known of its messages.
#[utoipa::path(
    delete, path = "/api/v1/hooks/{id}", tag = "hooks",
    params(
        ("id" = i64, Path, description = "Its number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the web-hook that it was written from"),
    ),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing, Outdated),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let id = HookId(number(&id)?);
    let remove = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(Hook::from(hook::by_id(tx.conn(), id).await?))).await?;
        hook::remove(tx, id).await
    };
    forum.write(&caller.actor, remove).await?;
    forum.refresh_site().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Send a test message
///
/// Of the type `test`, to try whether it arrives. It is tried once.
#[utoipa::path(
    post, path = "/api/v1/hooks/{id}/test", tag = "hooks", params(("id" = i64, Path, description = "The web-hook")),
    responses(
        (status = 202, description = "The message, which is under way", body = HookDelivery),
        Unauthenticated, Denied, Missing, Conflicting,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn test(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let id = HookId(number(&id)?);
    let test = async |tx: &mut Tx| {
        let delivery = hook::test(tx, id).await?;
        hook::delivery(tx.conn(), id, delivery).await
    };
    let delivery = forum.write_aside(&caller.actor, test).await?;
    Ok((StatusCode::ACCEPTED, Json(HookDelivery::from(delivery))).into_response())
}

/// Give a web-hook another secret
///
/// For a day after that, messages are signed with both.
#[utoipa::path(
    post, path = "/api/v1/hooks/{id}/rotate", tag = "hooks", params(("id" = i64, Path, description = "The web-hook")),
    responses((status = 200, description = "The web-hook with its new secret", body = HookMade), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn rotate(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let id = HookId(number(&id)?);
    let (hook, secret) = forum.write(&caller.actor, async |tx| hook::rotate(tx, id).await).await?;
    Ok(Json(HookMade { secret, rest: hook.into() }).into_response())
}

/// List the messages to a web-hook
///
/// The latest first; they are kept for 30 days.
#[utoipa::path(
    get, path = "/api/v1/hooks/{id}/deliveries", tag = "hooks", params(("id" = i64, Path, description = "The web-hook"), Paging),
    responses((status = 200, description = "The messages", body = List<HookDelivery>), Unauthenticated, Denied, Missing, Mistaken),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn deliveries(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let id = HookId(number(&id)?);
    whole(&forum, id).await?;
    let size = asked.limit(USUAL)?;
    let before = match asked.cursor() {
        None => None,
        Some(cursor) => {
            let known = cursor.strip_prefix("d-").and_then(|id| number(id).ok());
            Some(DeliveryId(known.ok_or(Error::invalid("cursor", Problem::NotACursor))?))
        }
    };
    let items = hook::deliveries(forum.read(), id, before, size + 1).await?.into_iter().map(HookDelivery::from).collect();
    Ok(Json(List::page(items, size, |delivery: &HookDelivery| format!("d-{}", delivery.id))).into_response())
}

/// Send a message again
///
/// Under the same number, with what there is to tell by now.
#[utoipa::path(
    post, path = "/api/v1/hooks/{id}/deliveries/{delivery}/resend", tag = "hooks",
    params(("id" = i64, Path, description = "The web-hook"), ("delivery" = i64, Path, description = "The message")),
    responses(
        (status = 202, description = "The message, which is under way", body = HookDelivery),
        Unauthenticated, Denied, Missing, Conflicting,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn resend(State(forum): State<Forum>, caller: Caller, Path((id, delivery)): Path<(String, String)>) -> Answer {
    hook::may_arrange(&caller.actor)?;
    let (id, delivery) = (HookId(number(&id)?), DeliveryId(number(&delivery)?));
    let resend = async |tx: &mut Tx| {
        hook::resend(tx, id, delivery).await?;
        hook::delivery(tx.conn(), id, delivery).await
    };
    let delivery = forum.write_aside(&caller.actor, resend).await?;
    Ok((StatusCode::ACCEPTED, Json(HookDelivery::from(delivery))).into_response())
}
