//! Boards: product areas.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use forum::{
    Error, Forum, Tx,
    board::{self, Edit, NewBoard},
    id::BoardId,
    names::Names,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::{Sent, storable},
};

/// A product area that posts belong to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: BoardId,
    /// Its name in the API.
    #[schema(example = "billing")]
    pub slug: String,
    /// Its name for people, where their language has none of its own.
    #[schema(example = "Billing")]
    pub name: String,
    /// Its names in single languages, by their tags.
    #[schema(value_type = HashMap<String, String>, example = json!({ "nl": "Rekeningen" }))]
    pub names: Names,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
    /// Whether it takes no new posts.
    pub closed: bool,
}

impl From<board::Board> for Board {
    fn from(board: board::Board) -> Self {
        let closed = !board.is_open();
        let board::Board { id, slug, name, names, description, private, .. } = board;
        Self { id, slug, name, names, description, private, closed }
    }
}

/// A new board.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "slug": "billing", "name": "Billing", "description": "Bills, payments, refunds." }))]
pub struct BoardDraft {
    /// a to z, 0 to 9 and hyphens.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9](-*[a-z0-9])*$")]
    pub slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Its names in single languages, by their tags.
    pub names: Option<HashMap<String, String>>,
    /// What belongs there.
    #[schema(max_length = 500)]
    pub description: Option<String>,
    /// Whether only its groups and the staff see it.
    pub private: Option<bool>,
    /// Slugs of the groups that see it when it is private.
    pub groups: Option<Vec<String>>,
}

/// A change to a board; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "names": { "nl": "Rekeningen" }, "closed": true }))]
pub struct BoardChange {
    /// Its name for people.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// Its names in single languages, by their tags, in place of all others.
    pub names: Option<HashMap<String, String>>,
    /// What belongs there.
    #[schema(max_length = 500)]
    pub description: Option<String>,
    /// Whether only its groups and the staff see it.
    pub private: Option<bool>,
    /// Slugs of the groups that see it when it is private, in place of all others.
    pub groups: Option<Vec<String>>,
    /// Whether it takes no new posts. Those that it has stay.
    pub closed: Option<bool>,
}

/// List the boards
///
/// In the order of the site, by name until it has one: the public ones, and those that the caller's groups see.
#[utoipa::path(
    get, path = "/api/v1/boards", tag = "boards", params(Paging),
    responses((status = 200, description = "The boards", body = List<Board>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let boards = board::list(forum.read(), &caller.actor).await?.into_iter().map(Board::from).collect();
    Ok(Json(List::cut(boards, &asked, MOST, |board| board.slug.clone())?).into_response())
}

/// Make a board
#[utoipa::path(
    post, path = "/api/v1/boards", tag = "boards", request_body = BoardDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The board", body = Board, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    board::may_make(&caller.actor)?;
    let mut fields = sent.fields()?;
    let new = NewBoard {
        slug: fields.text("slug"),
        name: fields.text("name"),
        names: fields.names("names").unwrap_or_default(),
        description: fields.text("description"),
        private: fields.flag("private"),
        groups: fields.texts("groups").unwrap_or_default(),
        imported_from: None,
    };
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let board = board::create(tx, &new).await?;
        Ok(Made { location: "/api/v1/boards".to_owned(), object: Board::from(board) })
    })
    .await
}

/// Show a board
#[utoipa::path(
    get, path = "/api/v1/boards/{slug}", tag = "boards", params(("slug" = String, Path, description = "The board")),
    responses((status = 200, description = "The board", body = Board), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    let board = board::by_slug(forum.read(), &caller.actor, &storable(&slug)).await?.ok_or(Error::NotFound)?;
    Ok(Json(Board::from(board)).into_response())
}

/// Change a board
///
/// Its posts stay where they are.
#[utoipa::path(
    patch, path = "/api/v1/boards/{slug}", tag = "boards", request_body = BoardChange,
    params(
        ("slug" = String, Path, description = "The board"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the board that it was written from"),
    ),
    responses((status = 200, description = "The board as it is now", body = Board), Unauthenticated, Denied, Missing, Outdated, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>, sent: Sent) -> Answer {
    let slug = storable(&slug);
    board::may_make(&caller.actor)?;
    let mut fields = sent.fields()?;
    let edit = Edit {
        name: fields.optional_text("name"),
        names: fields.names("names"),
        description: fields.optional_text("description"),
        private: fields.optional_flag("private"),
        groups: fields.texts("groups"),
        closed: fields.optional_flag("closed"),
        version: None,
    };
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || {
            let present = board::by_slug(tx.conn(), tx.actor(), &slug).await?;
            Ok(Board::from(present.ok_or(Error::NotFound)?))
        })
        .await?;
        board::edit(tx, &slug, &edit).await
    };
    let board = forum.write(&caller.actor, change).await?;
    Ok(Json(Board::from(board)).into_response())
}
