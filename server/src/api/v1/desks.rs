//! Desks: who answers for a board on each level.

use std::collections::HashMap;

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Error, Forum,
    actor::Actor,
    board,
    error::Problem,
    person,
    team::{self, Answering},
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Mistaken, Refused, Unauthenticated},
    sent::Sent,
};

/// Who answers for a board on a level: a named person, or the members of a team in turns.
#[derive(Debug, Serialize, ToSchema)]
pub struct Desk {
    /// Its number.
    pub id: i64,
    /// Slug of the board; null means every board without a desk of its own on that level.
    pub board: Option<String>,
    /// 1 desk, 2 lead, 3 director.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i32,
    /// A named person.
    pub person: Option<Author>,
    /// Slug of a team.
    pub team: Option<String>,
}

/// All desks, by level.
async fn desks(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Desk>, Error> {
    let boards: HashMap<_, _> = board::list(db, actor).await?.into_iter().map(|board| (board.id, board.slug)).collect();
    let teams: HashMap<_, _> = team::list(db).await?.into_iter().map(|team| (team.id, team.slug)).collect();
    let mut desks = Vec::new();
    for desk in team::desks(db).await? {
        let person = match desk.person_id {
            Some(id) => person::by_id(db, id).await?.map(Author::from),
            None => None,
        };
        desks.push(Desk {
            id: desk.id,
            board: desk.board_id.and_then(|id| boards.get(&id).cloned()),
            level: desk.level,
            person,
            team: desk.team_id.and_then(|id| teams.get(&id).cloned()),
        });
    }
    Ok(desks)
}

/// Who is to answer for a board on a level; with neither person nor team the desk is taken away.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "board": "billing", "level": 1, "team": "billing" }))]
pub struct DeskDraft {
    /// Slug of a board; none means every board without a desk of its own on that level.
    pub board: Option<String>,
    /// 1 desk, 2 lead, 3 director.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i32,
    /// Somebody of the staff.
    pub person: Option<uuid::Uuid>,
    /// Or the slug of a team.
    pub team: Option<String>,
}

/// List the desks
///
/// By level.
#[utoipa::path(
    get, path = "/api/v1/desks", tag = "teams", params(Paging),
    responses((status = 200, description = "The desks", body = List<Desk>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    team::may_read(&caller.actor)?;
    let desks = desks(forum.read(), &caller.actor).await?;
    Ok(Json(List::cut(desks, &asked, MOST, |desk| desk.id.to_string())?).into_response())
}

/// Set who answers for a board on a level
///
/// With a desk on the first level posts of the board get an owner as soon as they come in. The same once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/desks", tag = "teams", request_body = DeskDraft,
    responses((status = 200, description = "All desks as they are now", body = List<Desk>), Unauthenticated, Denied, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn set(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    team::may_arrange(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (board, team) = (fields.optional_text("board"), fields.optional_text("team"));
    let (level, person) = (fields.number("level"), fields.person("person"));
    let board = match board {
        Some(slug) => {
            let known = board::by_slug(forum.read(), &caller.actor, slug.trim()).await?;
            if known.is_none() {
                fields.refuse("board", Problem::UnknownChoice);
            }
            known.map(|board| board.id)
        }
        None => None,
    };
    let team = match team {
        Some(slug) => {
            let known = team::by_slug(forum.read(), slug.trim()).await?;
            match &known {
                None => fields.refuse("team", Problem::UnknownChoice),
                Some(_) if person.is_some() => fields.refuse("team", Problem::TooMany { max: 1 }),
                Some(_) => {}
            }
            known.map(|team| team.id)
        }
        None => None,
    };
    fields.finish()?;
    // what is no level at all is refused as one that there is not
    let level = level.and_then(|level| i32::try_from(level).ok()).unwrap_or_default();
    let answering = person.map(Answering::Person).or(team.map(Answering::Team));
    let desks = forum
        .write(&caller.actor, async |tx| {
            team::set_desk(tx, board, level, answering).await?;
            desks(tx.conn(), tx.actor()).await
        })
        .await?;
    Ok(Json(List::whole(desks)).into_response())
}
