//! Teams: staff people who share boards.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use forum::{
    Error, Forum, Tx,
    board::parse_slug,
    id::PersonId,
    person,
    team::{self, Team as Known},
};
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

/// Staff people who share boards.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    /// Its name in the API.
    #[schema(example = "billing")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Billing")]
    pub name: String,
    /// Who is in it, by name.
    pub members: Vec<Author>,
}

/// All teams with who is in them.
async fn teams(db: &impl ConnectionTrait) -> Result<Vec<Team>, Error> {
    let staff: HashMap<PersonId, Author> =
        person::staff(db).await?.into_iter().map(|account| (account.id, account.into())).collect();
    let members = team::members(db).await?;
    let team = |known: Known| Team {
        members: members.iter().filter(|(of, _)| *of == known.id).filter_map(|(_, who)| staff.get(who).cloned()).collect(),
        slug: known.slug,
        name: known.name,
    };
    Ok(team::list(db).await?.into_iter().map(team).collect())
}

async fn whole(db: &impl ConnectionTrait, slug: &str) -> Result<Team, Error> {
    teams(db).await?.into_iter().find(|team| team.slug == slug).ok_or(Error::NotFound)
}

/// A new team.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "slug": "billing", "name": "Billing" }))]
pub struct TeamDraft {
    /// a to z, 0 to 9 and hyphens.
    #[schema(min_length = 1, max_length = 60)]
    pub slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
}

/// List the teams
///
/// By name.
#[utoipa::path(
    get, path = "/api/v1/teams", tag = "teams", params(Paging),
    responses((status = 200, description = "The teams", body = List<Team>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    team::may_read(&caller.actor)?;
    Ok(Json(List::cut(teams(forum.read()).await?, &asked, MOST, |team| team.slug.clone())?).into_response())
}

/// Make a team
#[utoipa::path(
    post, path = "/api/v1/teams", tag = "teams", request_body = TeamDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The team", body = Team, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    team::may_arrange(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (slug, name) = (fields.text("slug"), fields.text("name"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let team = team::create(tx, &slug, &name).await?;
        let object = Team { slug: team.slug, name: team.name, members: Vec::new() };
        Ok(Made { location: "/api/v1/teams".to_owned(), object })
    })
    .await
}

/// Show a team
#[utoipa::path(
    get, path = "/api/v1/teams/{slug}", tag = "teams", params(("slug" = String, Path, description = "The team")),
    responses((status = 200, description = "The team", body = Team), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    team::may_read(&caller.actor)?;
    Ok(Json(whole(forum.read(), &slug).await?).into_response())
}

/// Take a person into a team
///
/// Somebody of the staff. Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/teams/{slug}/members/{person}", tag = "teams",
    params(
        ("slug" = String, Path, description = "The team"),
        ("person" = uuid::Uuid, Path, description = "The person"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the team that it was written from"),
    ),
    responses((status = 204, description = "They belong to it"), Unauthenticated, Denied, Missing, Outdated, Mistaken),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn add(State(forum): State<Forum>, caller: Caller, Path((slug, person)): Path<(String, String)>, sent: Sent) -> Answer {
    team::may_arrange(&caller.actor)?;
    let (team, person) = membership(&forum, &slug, &person).await?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || whole(tx.conn(), &slug).await).await?;
        team::add(tx, team, person).await
    };
    forum.write(&caller.actor, change).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Take a person out of a team
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/teams/{slug}/members/{person}", tag = "teams",
    params(
        ("slug" = String, Path, description = "The team"),
        ("person" = uuid::Uuid, Path, description = "The person"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the team that it was written from"),
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
    team::may_arrange(&caller.actor)?;
    let (team, person) = membership(&forum, &slug, &person).await?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || whole(tx.conn(), &slug).await).await?;
        team::remove(tx, team, person).await
    };
    forum.write(&caller.actor, change).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The team and the person of an address, if both are there.
async fn membership(forum: &Forum, slug: &str, person: &str) -> Result<(i64, PersonId), Error> {
    let slug = parse_slug(slug).map_err(|_| Error::NotFound)?;
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    let team = team::by_slug(forum.read(), &slug).await?.ok_or(Error::NotFound)?;
    person::by_id(forum.read(), person).await?.ok_or(Error::NotFound)?;
    Ok((team.id, person))
}
