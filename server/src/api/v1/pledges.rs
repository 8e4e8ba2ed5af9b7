//! Pledges: promises to everybody whose post they cover. They make the promise by themselves.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    actor::Actor,
    board,
    error::Problem,
    id::PledgeId,
    pledge::{self, Draft},
    post::Kind,
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::{posts::KindName, promises::amount};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::Sent,
};

/// A promise to everybody whose post it covers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pledge {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: PledgeId,
    /// Posts of which kind it covers; null means all kinds.
    #[schema(value_type = Option<KindName>)]
    pub kind: Option<Kind>,
    /// Slug of the board whose posts it covers; null means all boards.
    pub board: Option<String>,
    /// Until when, in working days from receipt.
    pub days: i32,
    /// What is promised.
    pub what: String,
    /// What is owed if it is missed.
    pub remedy: String,
    /// The amount of it in euros, with two decimals; null where it is no amount.
    #[schema(example = "25.00")]
    pub remedy_amount: Option<String>,
    /// Until when it covered new posts; null while it does.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when it covers new posts.
    pub created_at: DateTime<Utc>,
}

/// Every pledge, newest first, but for those on boards that the actor does not see.
async fn pledges(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Pledge>, Error> {
    let boards: HashMap<_, _> = board::list(db, actor).await?.into_iter().map(|board| (board.id, board.slug)).collect();
    let seen = |pledge: pledge::Pledge| {
        let board = match pledge.board_id {
            Some(id) => Some(boards.get(&id)?.clone()),
            None => None,
        };
        Some(Pledge {
            id: pledge.id,
            kind: pledge.kind,
            board,
            days: pledge.days,
            what: pledge.what,
            remedy: pledge.remedy,
            remedy_amount: pledge.remedy_cents.map(amount),
            ended_at: pledge.ended_at,
            created_at: pledge.created_at,
        })
    };
    Ok(pledge::list(db).await?.into_iter().filter_map(seen).collect())
}

async fn by_id(db: &impl ConnectionTrait, actor: &Actor, id: PledgeId) -> Result<Pledge, Error> {
    pledges(db, actor).await?.into_iter().find(|pledge| pledge.id == id).ok_or(Error::NotFound)
}

/// A new pledge.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "kind": "complaint", "days": 5, "what": "Your complaint is solved within a week.", "remedy": "A month free",
    "remedy_amount": "25.00"
}))]
pub struct PledgeDraft {
    /// Posts of which kind it covers; none means all kinds.
    #[schema(value_type = Option<KindName>)]
    pub kind: Option<String>,
    /// Slug of the board whose posts it covers; none means all boards.
    pub board: Option<String>,
    /// Until when, in working days from receipt.
    #[schema(minimum = 1, maximum = 260)]
    pub days: i64,
    /// What is promised.
    #[schema(min_length = 3, max_length = 500)]
    pub what: String,
    /// What is owed if it is missed.
    #[schema(min_length = 1, max_length = 500)]
    pub remedy: String,
    /// The amount of it in euros, where it is an amount.
    pub remedy_amount: Option<String>,
}

/// List the pledges
///
/// Newest first, those that have ended too.
#[utoipa::path(
    get, path = "/api/v1/pledges", tag = "promises", params(Paging),
    responses((status = 200, description = "The pledges", body = List<Pledge>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let pledges = pledges(forum.read(), &caller.actor).await?;
    Ok(Json(List::cut(pledges, &asked, MOST, |pledge| pledge.id.to_string())?).into_response())
}

/// Show a pledge
#[utoipa::path(
    get, path = "/api/v1/pledges/{id}", tag = "promises", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The pledge", body = Pledge), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    Ok(Json(by_id(forum.read(), &caller.actor, PledgeId(number(&id)?)).await?).into_response())
}

/// Pledge something
///
/// From now on every new post that it covers gets the promise by itself. It is kept when the post is delivered in time.
#[utoipa::path(
    post, path = "/api/v1/pledges", tag = "promises", request_body = PledgeDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The pledge", body = Pledge, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    pledge::may_pledge(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        kind: fields.text("kind"),
        days: fields.number("days").map(|days| days.to_string()).unwrap_or_default(),
        what: fields.text("what"),
        remedy: fields.text("remedy"),
        remedy_amount: fields.amount("remedy_amount").unwrap_or_default(),
    };
    let board = match fields.optional_text("board") {
        Some(slug) => {
            let known = board::by_slug(forum.read(), &caller.actor, slug.trim()).await?;
            if known.is_none() {
                fields.refuse("board", Problem::UnknownChoice);
            }
            known.map(|board| board.id)
        }
        None => None,
    };
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let id = pledge::make(tx, board, &draft).await?;
        Ok(Made { location: "/api/v1/pledges".to_owned(), object: by_id(tx.conn(), tx.actor(), id).await? })
    })
    .await
}

/// End a pledge
///
/// Posts that come in later are not covered; the promises that it made stay.
#[utoipa::path(
    post, path = "/api/v1/pledges/{id}/end", tag = "promises",
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the pledge that it was written from"),
    ),
    responses((status = 200, description = "The pledge", body = Pledge), Unauthenticated, Denied, Missing, Outdated, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn end(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    pledge::may_pledge(&caller.actor)?;
    let id = PledgeId(number(&id)?);
    sent.optional_fields()?.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        sent.unless_changed(async || by_id(tx.conn(), tx.actor(), id).await).await?;
        pledge::end(tx, id).await?;
        Ok(Changed(by_id(tx.conn(), tx.actor(), id).await?))
    })
    .await
}
