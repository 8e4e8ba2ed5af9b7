//! Where the caller is shown what is new while they look at no page.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, View,
    id::PushDeviceId,
    mailing::Topic,
    push::{self, Device, Draft, LetIn},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Missing, Outdated, Refused, Unauthenticated},
    sent::Sent,
};

/// A browser or a program that news are pushed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushDevice {
    /// Its number.
    pub id: i64,
    /// The browser by its own account, or what the token is called.
    pub name: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl From<Device> for PushDevice {
    fn from(device: Device) -> Self {
        Self { id: device.id.0, name: device.name, is_this: device.is_this, created_at: device.created_at }
    }
}

/// Of which sorts of news something is pushed to the caller, and where to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Push {
    /// The public key of the site (P-256, base64url), with which a browser subscribes; null before the forum was served.
    pub public_key: Option<String>,
    /// What the company says and does about what they wrote.
    pub answers: bool,
    /// Whether it is really solved.
    pub questions: bool,
    /// What others say to what they wrote.
    pub comments: bool,
    /// Where somebody calls them by their handle.
    pub mentions: bool,
    /// What happens to what they follow.
    pub following: bool,
    /// What the staff did to what they wrote, and what came of an objection.
    pub moderation: bool,
    /// What waits for a member of the staff.
    pub work: bool,
    /// Where they are pushed to, oldest first.
    pub devices: Vec<PushDevice>,
}

impl Push {
    async fn of(view: &View<'_>, caller: &Caller) -> Result<Self, Error> {
        let devices = push::list(view.db(), view.actor(), let_in(caller)).await?;
        let silences = push::silences(view.db(), view.actor()).await?;
        let is = |topic: Topic| !silences.contains(&topic);
        Ok(Self {
            public_key: push::site_key(view.db()).await?.map(|key| key.public),
            answers: is(Topic::Answers),
            questions: is(Topic::Questions),
            comments: is(Topic::Comments),
            mentions: is(Topic::Mentions),
            following: is(Topic::Following),
            moderation: is(Topic::Moderation),
            work: is(Topic::Work),
            devices: devices.into_iter().map(PushDevice::from).collect(),
        })
    }
}

/// What can be changed; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "comments": false }))]
pub struct PushChange {
    /// What the company says and does about what they wrote.
    pub answers: Option<bool>,
    /// Whether it is really solved.
    pub questions: Option<bool>,
    /// What others say to what they wrote.
    pub comments: Option<bool>,
    /// Where somebody calls them by their handle.
    pub mentions: Option<bool>,
    /// What happens to what they follow.
    pub following: Option<bool>,
    /// What the staff did to what they wrote.
    pub moderation: Option<bool>,
    /// What waits for a member of the staff.
    pub work: Option<bool>,
}

/// Where something is pushed to: what `toJSON()` of a browser's `PushSubscription` says, in one object.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "endpoint": "https://push.example/send/4711",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg"
}))]
pub struct PushDeviceDraft {
    /// Where its service takes messages (RFC 8030).
    pub endpoint: String,
    /// Its public key (P-256, base64url).
    pub p256dh: String,
    /// Its secret for authentication (16 bytes, base64url).
    pub auth: String,
}

fn let_in(caller: &Caller) -> Option<LetIn<'_>> {
    caller.secret.as_deref().map(LetIn::Token)
}

/// Show of what something is pushed to the caller, and where to
#[utoipa::path(
    get, path = "/api/v1/me/push", tag = "me",
    responses((status = 200, description = "Of what, and where to", body = Push), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller) -> Answer {
    Ok(Json(Push::of(&forum.view(&caller.actor).await?, &caller).await?).into_response())
}

/// Change of what something is pushed to the caller
#[utoipa::path(
    patch, path = "/api/v1/me/push", tag = "me", request_body = PushChange,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` that it was written from")),
    responses((status = 200, description = "Of what, from now on", body = Push), Unauthenticated, Denied, Outdated, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    push::may_choose(&caller.actor)?;
    let mut fields = sent.fields()?;
    let topics: Vec<_> = Topic::ALL.into_iter().filter_map(|topic| Some((topic, fields.optional_flag(topic.as_str())?))).collect();
    fields.finish()?;
    let change = async |tx: &mut forum::Tx| {
        sent.unless_changed(async || Push::of(&tx.view(), &caller).await).await?;
        push::choose(tx, &topics).await
    };
    forum.write_aside(&caller.actor, change).await?;
    Ok(Json(Push::of(&forum.view(&caller.actor).await?, &caller).await?).into_response())
}

/// Push news to a device of the caller
///
/// It ends with the token. What is pushed is an object with `title`, `body`, `url`, `tag` and `lang`, encrypted for the device (RFC 8291), and
/// signed by the key of the site (RFC 8292). A device that is known is changed.
#[utoipa::path(
    post, path = "/api/v1/me/push", tag = "me", request_body = PushDeviceDraft,
    responses((status = 201, description = "The device", body = PushDevice), Unauthenticated, Denied, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    push::may_choose(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft { endpoint: fields.text("endpoint"), p256dh: fields.text("p256dh"), auth: fields.text("auth") };
    fields.finish()?;
    let let_in = let_in(&caller).ok_or(Error::Unauthenticated)?;
    let id = forum.write_aside(&caller.actor, async |tx| push::add(tx, &draft, let_in).await).await?;
    let device = push::list(forum.read(), &caller.actor, Some(let_in)).await?.into_iter().find(|device| device.id == id);
    Ok((StatusCode::CREATED, Json(PushDevice::from(device.ok_or(Error::NotFound)?))).into_response())
}

/// Push nothing more to a device of the caller
#[utoipa::path(
    delete, path = "/api/v1/me/push/{id}", tag = "me", params(("id" = i64, Path, description = "The device")),
    responses((status = 204, description = "It ended"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = PushDeviceId(caller.target(&id)?);
    forum.write_aside(&caller.actor, async |tx| push::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
