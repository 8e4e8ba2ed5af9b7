//! Statuses: where a post can stand.

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Forum,
    status::{self, NewStatus, Stage},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

choices! {
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
    /// The step that it belongs to.
    #[schema(value_type = StageName)]
    pub stage: String,
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
    let (slug, name, stage) = (fields.text("slug"), fields.text("name"), fields.text("stage"));
    fields.finish()?;
    let new = NewStatus { slug, name, stage, ..NewStatus::default() };
    once(&forum, &caller, &sent, async |tx| {
        let status = status::create(tx, &new).await?;
        Ok(Made { location: "/api/v1/statuses".to_owned(), object: Status::from(status) })
    })
    .await
}
