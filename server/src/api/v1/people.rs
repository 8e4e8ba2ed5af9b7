//! Everybody with an account, for those who say what they may do.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    actor::Role,
    error::{Check, Problem},
    id::PersonId,
    person::{self, Account},
    roster::{self, Search},
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::me::RoleName;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    sent::Sent,
};

/// Somebody with an account, as admins see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Somebody {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// What they may do.
    #[schema(value_type = RoleName)]
    pub role: Role,
    /// What they do for the company.
    pub title: Option<String>,
    /// Whether the address is shown to be theirs.
    pub verified: bool,
    /// Since when mail does not reach it; null while it does.
    pub unreached_since: Option<DateTime<Utc>>,
    /// Since when they are here.
    pub created_at: DateTime<Utc>,
}

impl From<Account> for Somebody {
    fn from(account: Account) -> Self {
        let Account { id, name, email, role, title, verified, unreached, created_at, .. } = account;
        Self { id, name, email, role, title, verified, unreached_since: unreached.map(|unreached| unreached.since), created_at }
    }
}

/// Whom to list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleFilter {
    /// A part of the name or of the address.
    pub q: Option<String>,
    /// Of one role.
    #[param(value_type = Option<RoleName>)]
    pub role: Option<String>,
}

/// A change to what somebody may do; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "role": "lead", "title": "Head of service" }))]
pub struct SomebodyChange {
    /// A new role. Nobody gets one who has not shown that the address is theirs, and an admin is always left.
    #[schema(value_type = Option<RoleName>)]
    pub role: Option<String>,
    /// What they do for the company; null takes it away.
    #[schema(max_length = 80)]
    pub title: Option<String>,
}

async fn whole(db: &impl ConnectionTrait, id: PersonId) -> Result<Somebody, Error> {
    // guests, and those who were erased, have no account
    let account = person::by_id(db, id).await?.filter(|account| account.email.is_some() || account.role.is_staff());
    account.map(Somebody::from).ok_or(Error::NotFound)
}

/// List people
///
/// The staff first, then everybody else, by name.
#[utoipa::path(
    get, path = "/api/v1/people", tag = "people", params(PeopleFilter, Paging),
    responses((status = 200, description = "The people", body = List<Somebody>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    roster::may_read(&caller.actor)?;
    let mut check = Check::new();
    let role = asked.choice(&mut check, "role", Role::parse);
    let limit = asked.noted_limit(&mut check);
    let from = asked.cursor().map_or(Some(0), |cursor| {
        let from = cursor.strip_prefix("p-").and_then(|from| from.parse::<u32>().ok());
        check.field("cursor", from.ok_or(Problem::NotACursor))
    });
    check.finish(())?;
    let from = u64::from(from.unwrap_or_default());
    let search = Search { q: asked.text("q").unwrap_or_default(), role };
    let (entries, _) = roster::list(forum.read(), &caller.actor, &search, from, limit.min(100) + 1).await?;
    let page = List::page(entries, limit, |_| format!("p-{}", from + limit));
    let items = page.items.into_iter().map(|entry| Somebody::from(entry.account)).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// Show somebody
#[utoipa::path(
    get, path = "/api/v1/people/{id}", tag = "people", params(("id" = uuid::Uuid, Path, description = "Who")),
    responses((status = 200, description = "Who it is", body = Somebody), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    roster::may_read(&caller.actor)?;
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    Ok(Json(whole(forum.read(), id).await?).into_response())
}

/// Change what somebody may do
///
/// A role that changes stands in the record.
#[utoipa::path(
    patch, path = "/api/v1/people/{id}", tag = "people", request_body = SomebodyChange,
    params(
        ("id" = uuid::Uuid, Path, description = "Who"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the person that it was written from"),
    ),
    responses(
        (status = 200, description = "As they are now", body = Somebody),
        Unauthenticated, Denied, Missing, Conflicting, Outdated, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    roster::may_read(&caller.actor)?;
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let mut fields = sent.fields()?;
    let (role, title) = (fields.optional_text("role"), fields.changed_text("title"));
    let role = role.and_then(|role| Role::parse(&role).map_err(|problem| fields.refuse("role", problem)).ok());
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || whole(tx.conn(), id).await).await?;
        whole(tx.conn(), id).await?;
        if let Some(title) = &title {
            person::set_title(tx, id, title).await?;
        }
        if let Some(role) = role {
            person::set_role(tx, id, role).await?;
        }
        whole(tx.conn(), id).await
    };
    Ok(Json(forum.write(&caller.actor, change).await?).into_response())
}
