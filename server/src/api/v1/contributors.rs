//! Contributors: partners and colleagues who help with a post. They are never its owner.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{Error, Forum, contributor, id::PersonId, person};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Show;
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// Somebody who helps with a post, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contributor {
    /// The number of the entry.
    pub id: i64,
    /// Who, if it is somebody of the staff; null to the public of a site that shows owners by title.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub person: Option<PersonId>,
    /// What they are called, or their title: a colleague, a partner firm.
    #[schema(example = "Grid operator North")]
    pub name: String,
    /// What they do.
    #[schema(example = "Measures the line")]
    pub task: String,
    /// Until when; null while they help.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl Contributor {
    async fn of(db: &impl ConnectionTrait, contributor: contributor::Contributor, show: &Show) -> Result<Self, Error> {
        let (mut person, mut name) = (contributor.person_id, contributor.name);
        if let Some(id) = person
            && show.hides_names()
        {
            let account = person::by_id(db, id).await?.ok_or_else(|| Error::internal("a contributor is nobody"))?;
            let shown = show.owner(account.into());
            (person, name) = (shown.id, shown.name);
        }
        Ok(Self {
            id: contributor.id,
            person,
            name,
            task: contributor.task,
            ended_at: contributor.ended_at,
            created_at: contributor.created_at,
        })
    }
}

/// Somebody who is to help: a colleague by who they are, a partner by name.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "Grid operator North", "task": "Measures the line" }))]
pub struct ContributorDraft {
    /// A colleague.
    pub person: Option<uuid::Uuid>,
    /// The name of a partner; that of a colleague is known.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// What they do.
    #[schema(min_length = 3, max_length = 200)]
    pub task: String,
}

/// List those who help with a post
///
/// Those who did too, oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/contributors", tag = "owners", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "Who helps", body = List<Contributor>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let contributors = contributor::of_post(&view, &post).await?;
    let page = List::cut(contributors, &asked, USUAL, |contributor| contributor.id.to_string())?;
    let mut items = Vec::new();
    for contributor in page.items {
        items.push(Contributor::of(view.db(), contributor, &show).await?);
    }
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// Name somebody who helps
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/contributors", tag = "owners", request_body = ContributorDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "Who helps", body = Contributor, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    contributor::may_name(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (person, name, task) = (fields.person("person"), fields.text("name"), fields.text("task"));
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let id = contributor::add(tx, post, person, &name, &task).await?;
        let view = tx.view();
        let all = contributor::of_post(&view, &view.post(post).await?).await?;
        let added = all.into_iter().find(|contributor| contributor.id == id);
        let added = added.ok_or_else(|| Error::internal("the contributor went away"))?;
        let object = Contributor::of(tx.conn(), added, &show).await?;
        Ok(Made { location: format!("/api/v1/posts/{post}/contributors"), object })
    })
    .await
}

/// Note that somebody no longer helps
///
/// That they did stays readable.
#[utoipa::path(
    delete, path = "/api/v1/posts/{id}/contributors/{contributor}", tag = "owners",
    params(
        ("id" = i64, Path, description = "The post"),
        ("contributor" = i64, Path, description = "The number of the entry"),
    ),
    responses((status = 204, description = "It is noted"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn end(State(forum): State<Forum>, caller: Caller, Path((id, contributor)): Path<(String, String)>) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    contributor::may_name(&caller.actor)?;
    let contributor = number(&contributor)?;
    forum.write(&caller.actor, async |tx| contributor::end(tx, post, contributor).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
