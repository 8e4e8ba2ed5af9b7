//! Absences: days on which somebody of the staff is away, and gets no posts.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::NaiveDate;
use forum::{Error, Forum, clock::local_day, person, team};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// Days on which somebody is away.
#[derive(Debug, Serialize, ToSchema)]
pub struct Absence {
    /// Its number.
    pub id: i64,
    /// Who.
    pub person: Author,
    /// From this day on.
    pub first_day: NaiveDate,
    /// Up to this day, it included.
    pub last_day: NaiveDate,
}

impl Absence {
    async fn of(db: &impl ConnectionTrait, absence: team::Absence) -> Result<Self, Error> {
        let account = person::by_id(db, absence.person_id).await?.ok_or_else(|| Error::internal("an absence is nobody's"))?;
        Ok(Self { id: absence.id, person: account.into(), first_day: absence.first_day, last_day: absence.last_day })
    }
}

/// Days on which somebody is to be away.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "first_day": "2026-12-21", "last_day": "2027-01-01" }))]
pub struct AbsenceDraft {
    /// Who, of the staff; the caller unless somebody is named. Only an admin names others.
    pub person: Option<uuid::Uuid>,
    /// From this day on.
    pub first_day: NaiveDate,
    /// Up to this day, it included.
    pub last_day: NaiveDate,
}

/// List the absences
///
/// Those that are not over, by their first day.
#[utoipa::path(
    get, path = "/api/v1/absences", tag = "teams", params(Paging),
    responses((status = 200, description = "The absences", body = List<Absence>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    team::may_read(&caller.actor)?;
    let absences = team::absences(forum.read(), local_day(&forum.site(), forum.now())).await?;
    let page = List::cut(absences, &asked, MOST, |absence| absence.id.to_string())?;
    let mut items = Vec::new();
    for absence in page.items {
        items.push(Absence::of(forum.read(), absence).await?);
    }
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// Note that somebody is away
#[utoipa::path(
    post, path = "/api/v1/absences", tag = "teams", request_body = AbsenceDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The absence", body = Absence, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("staff for themselves, admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    let me = team::may_be_away(&caller.actor)?.id;
    let mut fields = sent.fields()?;
    let person = fields.person("person").unwrap_or(me);
    team::may_tell_away(&caller.actor, person)?;
    let days = (fields.needed_day("first_day"), fields.needed_day("last_day"));
    let (first_day, last_day) = fields.finish_with(days)?;
    once(&forum, &caller, &sent, async |tx| {
        team::be_away(tx, person, first_day, last_day).await?;
        let all = team::absences(tx.conn(), last_day).await?;
        let new = all.into_iter().filter(|absence| absence.person_id == person).max_by_key(|absence| absence.id);
        let new = new.ok_or_else(|| Error::internal("the absence went away"))?;
        Ok(Made { location: "/api/v1/absences".to_owned(), object: Absence::of(tx.conn(), new).await? })
    })
    .await
}

/// Take an absence back
#[utoipa::path(
    delete, path = "/api/v1/absences/{id}", tag = "teams", params(("id" = i64, Path, description = "Its number")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("staff for themselves, admin"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    team::may_be_away(&caller.actor)?;
    let id = number(&id)?;
    forum.write(&caller.actor, async |tx| team::be_back(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
