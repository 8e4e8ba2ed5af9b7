//! Boards: product areas.

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Forum,
    board::{self, NewBoard},
    id::BoardId,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
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
    /// Its name for people.
    #[schema(example = "Billing")]
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
}

impl From<board::Board> for Board {
    fn from(board: board::Board) -> Self {
        Self { id: board.id, slug: board.slug, name: board.name, description: board.description, private: board.private }
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
    /// What belongs there.
    #[schema(max_length = 500)]
    pub description: Option<String>,
    /// Whether only its groups and the staff see it.
    pub private: Option<bool>,
    /// Slugs of the groups that see it when it is private.
    pub groups: Option<Vec<String>>,
}

/// List the boards
///
/// By name: the public ones, and those that the caller's groups see.
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
