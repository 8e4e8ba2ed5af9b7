//! Taking an act back: by the staff, or because whoever objected was right. What it had changed is as it was.

use sea_orm::FromQueryResult;

use super::{
    Act, Moderation, Target,
    acts::{Deed, More, Why, note},
    texts,
};
use crate::{
    Error, Result, Tx, board, clock, comment,
    db::{one, values},
    error::Conflict,
    id::{BoardId, CommentId, ModerationId},
    person,
    post::{self, Edit},
    vote,
};

/// Takes an act back that holds.
pub(super) async fn take_back(tx: &mut Tx, original: &Moderation, why: &Why, on_appeal: bool) -> Result<ModerationId> {
    let by = tx.moderator()?;
    if original.is_undone() {
        return Err(Error::Conflict(Conflict::NothingDone));
    }
    let act = match original.act {
        Act::Hide | Act::Redact | Act::ExcludeVote => Act::Show,
        Act::Lock => Act::Unlock,
        Act::Ban => Act::Unban,
        Act::Move => Act::Move,
        // what was edited is put right by another edit, which has a trace of its own
        Act::Edit => return edit_back(tx, original, why).await,
        Act::Show | Act::Unlock | Act::Unban => return Err(Error::Conflict(Conflict::NothingDone)),
    };
    let boards = if act == Act::Move { Some(boards(tx, original.id).await?) } else { None };
    let more = More { undoes: Some(original.id), boards: boards.map(|(from, to)| (to, from)), on_appeal, ..More::default() };
    let deed = Deed { target: original.target, post: original.post, whose: original.whose.id, act, why, more };
    let Some(post) = original.post else {
        let done = note(tx, by, &deed).await?;
        person::set_ban(tx, original.whose.id, None).await?;
        return Ok(done);
    };
    let mut held = tx.hold_as_it_is(post).await?;
    let comment = original.target.comment();
    match comment {
        Some(comment) => readable(tx, comment, original.act).await?,
        // a passage is put back where everybody sees it
        None if original.act == Act::Redact => held.shown()?,
        None => {}
    }
    let done = note(tx, by, &deed).await?;
    match (original.act, comment) {
        (Act::Hide, Some(comment)) => texts::show_comment(tx, &mut held, comment, original.id).await?,
        (Act::Hide, None) => texts::show(tx, &mut held, original.id).await?,
        (Act::Redact, comment) => texts::restore(tx, &mut held, comment, original.id).await?,
        (Act::ExcludeVote, _) => vote::exclude(tx, &mut held, original.whose.id, None).await?,
        (Act::Move, _) => {
            let (_, back) = more.boards.ok_or_else(|| Error::internal("a move from nowhere"))?;
            let back = board::by_id(tx, back).await?;
            let before = held.terms(&tx.site());
            held.set_board(tx, back.id, &back.slug).await?;
            clock::follow_terms(tx, &held, before, &why.reason).await?;
        }
        _ => held.set_lock(tx, None).await?,
    }
    Ok(done)
}

/// A comment that its author took back has no text that could be shown; one that is hidden has none in which a passage could be put.
async fn readable(tx: &Tx, id: CommentId, act: Act) -> Result<()> {
    let comment = comment::by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if comment.removed_at.is_some() {
        return Err(Error::Conflict(Conflict::Removed));
    }
    if act == Act::Redact && comment.hidden.is_some() {
        return Err(Error::Conflict(Conflict::Hidden));
    }
    Ok(())
}

/// From where to where a post was moved.
async fn boards(tx: &Tx, id: ModerationId) -> Result<(BoardId, BoardId)> {
    #[derive(FromQueryResult)]
    struct Boards {
        from_board_id: BoardId,
        to_board_id: BoardId,
    }
    let sql = "SELECT from_board_id, to_board_id FROM moderation_acts WHERE id = $1";
    let boards = one::<Boards>(tx.conn(), sql, values![id]).await?.ok_or(Error::NotFound)?;
    Ok((boards.from_board_id, boards.to_board_id))
}

/// Gives a post or a comment the wording that it had before the staff changed it.
async fn edit_back(tx: &mut Tx, original: &Moderation, why: &Why) -> Result<ModerationId> {
    #[derive(FromQueryResult)]
    struct Before {
        title: String,
        body: String,
    }
    let (target, Some(version)) = (original.target, original.version) else {
        return Err(Error::internal("an edit without a wording"));
    };
    let (rule, reason) = (Some(why.rule), Some(why.reason.clone()));
    if let Target::Comment(id) = target {
        // a comment that its author took back has no wording any more
        let body = comment::wording(tx.conn(), id, version - 1).await?.ok_or(Error::Conflict(Conflict::Removed))?;
        comment::edit(tx, id, &comment::Edit { body, rule, reason, ..comment::Edit::default() }).await?;
        return Ok(original.id);
    }
    let Target::Post(post) = target else { return Err(Error::internal("an edit of no text")) };
    let sql = "SELECT title, body FROM post_versions WHERE post_id = $1 AND number = $2";
    let before = one::<Before>(tx.conn(), sql, values![post, version - 1]).await?.ok_or(Error::NotFound)?;
    let edit = Edit { title: Some(before.title), body: Some(before.body), rule, reason, ..Edit::default() };
    post::edit(tx, post, &edit).await?;
    Ok(original.id)
}
