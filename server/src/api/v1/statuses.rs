//! Statuses: where a post can stand.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use forum::{
    Forum,
    status::{self, Edit, Hue, NewStatus, Stage},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::{Sent, storable},
};

choices! {
    /// The schema of [`Hue`].
    HueName: "A colour of the palette: each can be read on light and on dark.", Hue::ALL.map(Hue::as_str);
    /// The schema of [`Stage`].
    StageName: "The fixed step that a status belongs to.", Stage::ALL.map(Stage::as_str);
}

/// Where a post stands: a name of the site's own, and the fixed step that it belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Status {
    /// Its name in the API.
    #[schema(example = "planned")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Planned")]
    pub name: String,
    /// The step that it belongs to.
    #[schema(value_type = StageName)]
    pub stage: Stage,
}

impl From<status::Status> for Status {
    fn from(status: status::Status) -> Self {
        Self { slug: status.slug, name: status.name, stage: status.stage }
    }
}

/// A new status.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "slug": "beta", "name": "In beta", "stage": "started" }))]
pub struct StatusDraft {
    /// a to z, 0 to 9 and hyphens.
    #[schema(min_length = 1, max_length = 60)]
    pub slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 40)]
    pub name: String,
    /// Its names in single languages, by their tags.
    pub names: Option<HashMap<String, String>>,
    /// The step that it belongs to.
    #[schema(value_type = StageName)]
    pub stage: String,
    /// Its colour; none is that of its stage.
    #[schema(value_type = Option<HueName>)]
    pub colour: Option<String>,
}

/// A change to a status; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "In beta", "names": { "nl": "In proef" }, "colour": "violet" }))]
pub struct StatusChange {
    /// Its name for people.
    #[schema(min_length = 1, max_length = 40)]
    pub name: Option<String>,
    /// Its names in single languages, by their tags, in place of all others.
    pub names: Option<HashMap<String, String>>,
    /// Its colour; an empty one is that of its stage.
    #[schema(value_type = Option<HueName>)]
    pub colour: Option<String>,
}

/// List the statuses
///
/// In the order of the site.
#[utoipa::path(
    get, path = "/api/v1/statuses", tag = "statuses", params(Paging),
    responses((status = 200, description = "The statuses", body = List<Status>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, _: Caller, asked: Asked) -> Answer {
    let statuses = status::list(forum.read()).await?.into_iter().map(Status::from).collect();
    Ok(Json(List::cut(statuses, &asked, MOST, |status| status.slug.clone())?).into_response())
}

/// Make a status
#[utoipa::path(
    post, path = "/api/v1/statuses", tag = "statuses", request_body = StatusDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The status", body = Status, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    status::may_make(&caller.actor)?;
    let mut fields = sent.fields()?;
    let new = NewStatus {
        slug: fields.text("slug"),
        name: fields.text("name"),
        names: fields.names("names").unwrap_or_default(),
        stage: fields.text("stage"),
        colour: fields.text("colour"),
    };
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let status = status::create(tx, &new).await?;
        Ok(Made { location: "/api/v1/statuses".to_owned(), object: Status::from(status) })
    })
    .await
}

/// Change a status
///
/// Its stage stays: that is what it means.
#[utoipa::path(
    patch, path = "/api/v1/statuses/{slug}", tag = "statuses", request_body = StatusChange,
    params(("slug" = String, Path, description = "The status")),
    responses((status = 200, description = "The status as it is now", body = Status), Unauthenticated, Denied, Missing, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>, sent: Sent) -> Answer {
    status::may_make(&caller.actor)?;
    let slug = storable(&slug);
    let mut fields = sent.fields()?;
    let edit = Edit {
        name: fields.optional_text("name"),
        names: fields.names("names"),
        colour: fields.optional_text("colour"),
        version: None,
    };
    fields.finish()?;
    let status = forum.write(&caller.actor, async |tx| status::edit(tx, &slug, &edit).await).await?;
    Ok(Json(Status::from(status)).into_response())
}

/// Remove a status
///
/// Only one that was never used, and not the last of its stage.
#[utoipa::path(
    delete, path = "/api/v1/statuses/{slug}", tag = "statuses", params(("slug" = String, Path, description = "The status")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing, Conflicting),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    status::may_make(&caller.actor)?;
    let slug = storable(&slug);
    forum.write(&caller.actor, async |tx| status::remove(tx, &slug).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
