//! Groups: who sees a private board.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use forum::{Error, Forum, Tx, board::parse_slug, group, id::PersonId, person};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A named group of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Group {
    /// Its name in the API.
    #[schema(example = "pilot-customers")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Pilot customers")]
    pub name: String,
}

impl From<group::Group> for Group {
    fn from(group: group::Group) -> Self {
        Self { slug: group.slug, name: group.name }
    }
}

/// A new group.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "slug": "pilot-customers", "name": "Pilot customers" }))]
pub struct GroupDraft {
    /// a to z, 0 to 9 and hyphens.
    #[schema(min_length = 1, max_length = 60)]
    pub slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
}

/// A group with who belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupMembers {
    /// The group.
    #[serde(flatten)]
    pub group: Group,
    /// Who belongs to it, by name.
    pub members: Vec<Author>,
}

/// What is to become of a group.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "First customers" }))]
pub struct GroupChange {
    /// Its name for people.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
}

/// The group of a name in an address, with its number.
async fn whole(db: &impl ConnectionTrait, slug: &str) -> Result<(i64, GroupMembers), Error> {
    let slug = parse_slug(slug).map_err(|_| Error::NotFound)?;
    let group = group::by_slug(db, &slug).await?.ok_or(Error::NotFound)?;
    let members = group::members(db, group.id).await?.into_iter().map(Author::from).collect();
    Ok((group.id, GroupMembers { members, group: group.into() }))
}

/// List the groups
#[utoipa::path(
    get, path = "/api/v1/groups", tag = "groups", params(Paging),
    responses((status = 200, description = "The groups, by name", body = List<Group>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    group::may_arrange(&caller.actor)?;
    let groups = group::list(forum.read()).await?.into_iter().map(Group::from).collect();
    Ok(Json(List::cut(groups, &asked, MOST, |group| group.slug.clone())?).into_response())
}

/// Make a group
#[utoipa::path(
    post, path = "/api/v1/groups", tag = "groups", request_body = GroupDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The group", body = Group, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    group::may_arrange(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (slug, name) = (fields.text("slug"), fields.text("name"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let group = group::create(tx, &slug, &name).await?;
        Ok(Made { location: "/api/v1/groups".to_owned(), object: Group::from(group) })
    })
    .await
}

/// Show a group
#[utoipa::path(
    get, path = "/api/v1/groups/{slug}", tag = "groups", params(("slug" = String, Path, description = "The group")),
    responses((status = 200, description = "The group", body = GroupMembers), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    group::may_arrange(&caller.actor)?;
    Ok(Json(whole(forum.read(), &slug).await?.1).into_response())
}

/// Change a group
#[utoipa::path(
    patch, path = "/api/v1/groups/{slug}", tag = "groups", request_body = GroupChange,
    params(
        ("slug" = String, Path, description = "The group"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the group that it was written from"),
    ),
    responses(
        (status = 200, description = "The group as it is now", body = GroupMembers),
        Unauthenticated, Denied, Missing, Outdated, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>, sent: Sent) -> Answer {
    group::may_arrange(&caller.actor)?;
    let mut fields = sent.fields()?;
    let name = fields.changed_text("name");
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(whole(tx.conn(), &slug).await?.1)).await?;
        if let Some(name) = &name {
            group::rename(tx, &slug, name).await?;
        }
        Ok(whole(tx.conn(), &slug).await?.1)
    };
    Ok(Json(forum.write(&caller.actor, change).await?).into_response())
}

/// Take a person into a group
///
/// Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/groups/{slug}/members/{person}", tag = "groups",
    params(
        ("slug" = String, Path, description = "The group"),
        ("person" = uuid::Uuid, Path, description = "The person"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the group that it was written from"),
    ),
    responses((status = 204, description = "They belong to it"), Unauthenticated, Denied, Missing, Outdated),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn add(State(forum): State<Forum>, caller: Caller, Path((slug, person)): Path<(String, String)>, sent: Sent) -> Answer {
    group::may_arrange(&caller.actor)?;
    let (group, person) = membership(&forum, &slug, &person).await?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(whole(tx.conn(), &slug).await?.1)).await?;
        group::add(tx, group, person).await
    };
    forum.write(&caller.actor, change).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Take a person out of a group
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/groups/{slug}/members/{person}", tag = "groups",
    params(
        ("slug" = String, Path, description = "The group"),
        ("person" = uuid::Uuid, Path, description = "The person"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the group that it was written from"),
    ),
    responses((status = 204, description = "They do not belong to it"), Unauthenticated, Denied, Missing, Outdated),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn remove(
    State(forum): State<Forum>,
    caller: Caller,
    Path((slug, person)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    group::may_arrange(&caller.actor)?;
    let (group, person) = membership(&forum, &slug, &person).await?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(whole(tx.conn(), &slug).await?.1)).await?;
        group::remove(tx, group, person).await
    };
    forum.write(&caller.actor, change).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The group and the person of an address, if both are there.
async fn membership(forum: &Forum, slug: &str, person: &str) -> Result<(i64, PersonId), Error> {
    let slug = parse_slug(slug).map_err(|_| Error::NotFound)?;
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    let group = group::by_slug(forum.read(), &slug).await?.ok_or(Error::NotFound)?;
    person::by_id(forum.read(), person).await?.ok_or(Error::NotFound)?;
    Ok((group.id, person))
}
