//! Deciding what others ask for.

use sea_orm::ConnectionTrait;

use super::{Act, Request, State, by_id};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me, Role},
    answer,
    db::{exec, values},
    error::{Conflict, Denied},
    event,
    held::Held,
    id::{PersonId, RequestId},
    promise, text,
};

/// Who may decide a request: leads, on the third level directors. Nobody decides their own.
///
/// # Errors
/// As [`Actor::staff`], and [`Error::Forbidden`] for anybody else.
pub fn may_decide<'a>(actor: &'a Actor, request: &Request) -> Result<&'a Me> {
    let me = actor.staff()?;
    let least = if request.level <= 2 { Role::Lead } else { Role::Director };
    if me.role >= least && me.id != request.by.id { Ok(me) } else { Err(Error::Forbidden(Denied::Mandate)) }
}

/// A request that is the actor's to decide.
///
/// # Errors
/// As [`by_id`] and [`may_decide`].
pub async fn deciding(db: &impl ConnectionTrait, actor: &Actor, id: RequestId) -> Result<Request> {
    let found = by_id(db, actor, id).await?;
    may_decide(actor, &found)?;
    Ok(found)
}

/// The request as it stands now that its post is held, if it is the actor's to decide and waits to be decided.
async fn open_to(tx: &mut Tx, id: RequestId) -> Result<(Request, Held, PersonId)> {
    let found = by_id(tx.conn(), tx.actor(), id).await?;
    // what time brought may have passed it to a higher level
    let held = tx.hold(found.post).await?;
    let found = by_id(tx.conn(), tx.actor(), id).await?;
    let me = may_decide(tx.actor(), &found)?.id;
    if found.state == State::Open { Ok((found, held, me)) } else { Err(Error::Conflict(Conflict::Over)) }
}

async fn decide(
    tx: &mut Tx,
    request: &Request,
    me: PersonId,
    state: State,
    note: Option<String>,
    result: Option<i64>,
) -> Result<Request> {
    exec(
        tx.conn(),
        "UPDATE requests SET outcome = $2, decided_by = $3, decided_at = $4, note = $5, result_id = $6 WHERE id = $1",
        values![request.id, state, me, tx.now(), note, result],
    )
    .await?;
    tx.happened(Some(request.post), event::Kind::RequestDecided { request: request.id });
    by_id(tx.conn(), tx.actor(), request.id).await
}

/// Allows what was asked for, and does it: as the act of whoever asked, decided by the actor's role.
///
/// # Errors
/// [`Error::Invalid`] when it can't be done any more as it was typed, because a date is past for instance.
pub async fn approve(tx: &mut Tx, id: RequestId) -> Result<Request> {
    let (request, mut held, me) = open_to(tx, id).await?;
    held.leads()?;
    let draft = request.draft.clone();
    let result = match request.act {
        Act::Answer => {
            let draft: answer::Draft = serde_json::from_value(draft).map_err(Error::internal)?;
            answer::give_for(tx, &mut held, &draft, request.by.id).await?.id.0
        }
        Act::Promise => {
            let draft: promise::Draft = serde_json::from_value(draft).map_err(Error::internal)?;
            promise::make_for(tx, request.post, &draft, request.by.id).await?.id.0
        }
    };
    decide(tx, &request, me, State::Approved, None, Some(result)).await
}

/// Turns down what was asked for, and says why.
pub async fn refuse(tx: &mut Tx, id: RequestId, note: &str) -> Result<Request> {
    let (request, _held, me) = open_to(tx, id).await?;
    let note = text::block(note, 10, 500).map_err(|problem| Error::invalid("note", problem))?;
    decide(tx, &request, me, State::Refused, Some(note), None).await
}
