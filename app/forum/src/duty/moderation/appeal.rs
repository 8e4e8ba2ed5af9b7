//! Objections: whoever something was done to asks for somebody else to look at it, and somebody else does.

use super::{APPEAL_MAX, Act, DECIDED_WITHIN, Moderation, Ruling, acts::Why, by_id, may_decide, take_back::take_back};
use crate::{
    Error, Result, Tx, View, clock,
    db::{exec, values},
    error::{Check, Conflict, Denied},
    event,
    id::ModerationId,
    text,
};

/// An act to which the actor may object: it was done to them, or to what is theirs. Whoever may not write anything else may do this.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of it; as [`Actor::heard`](crate::actor::Actor::heard);
/// [`Error::Forbidden`] for everybody else.
pub async fn appealing(view: &View<'_>, id: ModerationId) -> Result<Moderation> {
    view.actor().person()?;
    let found = by_id(view, id).await?;
    if view.actor().heard()?.id == found.whose.id { Ok(found) } else { Err(Error::Forbidden(Denied::NotAuthor)) }
}

/// Objects to an act: once, and for as long as one can.
///
/// # Errors
/// [`Conflict::NothingDone`] when it was taken back, or takes nothing from anybody; [`Conflict::Over`] when it was objected to before, or
/// too much time has passed.
pub async fn appeal(tx: &mut Tx, id: ModerationId, body: &str) -> Result<Moderation> {
    let act = appealing(&tx.view(), id).await?;
    let body = text::optional(Some(body), 0, APPEAL_MAX).map_err(|problem| Error::invalid("body", problem))?;
    if !act.act.is_against() || act.is_undone() && act.appeal.is_none() {
        return Err(Error::Conflict(Conflict::NothingDone));
    }
    if !act.is_appealable(tx.now()) {
        return Err(Error::Conflict(Conflict::Over));
    }
    let due_at = clock::due(&tx.site(), tx.now(), DECIDED_WITHIN);
    let lodged = exec(
        tx.conn(),
        "INSERT INTO appeals (act_id, body, created_at, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT (act_id) DO NOTHING",
        values![id, body.unwrap_or_default(), tx.now(), due_at],
    )
    .await?;
    if lodged == 0 {
        // another window of the same person was quicker
        return Err(Error::Conflict(Conflict::Over));
    }
    tx.happened(act.post, event::Kind::Appealed { moderation: id }).rule = Some(act.rule);
    by_id(&tx.view(), id).await
}

/// An act to which somebody objects, for those who may decide: leads and above, but neither whoever did it nor whoever objects.
///
/// # Errors
/// As [`by_id`] and [`may_decide`]; [`Error::Forbidden`] for those whose own act or thing it is.
pub async fn deciding(view: &View<'_>, id: ModerationId) -> Result<Moderation> {
    view.actor().person()?;
    let found = by_id(view, id).await?;
    let me = may_decide(view.actor())?.id;
    if me == found.by.id || me == found.whose.id { Err(Error::Forbidden(Denied::OwnAct)) } else { Ok(found) }
}

/// Decides an objection, with a public reason: whoever objected was right and the act is taken back, or it stands.
///
/// # Errors
/// [`Conflict::NothingDone`] when nobody objects, or when an act is to stand that was taken back; [`Conflict::Over`] when it was decided.
pub async fn decide(tx: &mut Tx, id: ModerationId, outcome: &str, reason: &str) -> Result<Moderation> {
    if let Some(post) = deciding(&tx.view(), id).await?.post {
        // whoever decides waits for whoever moderates the same post
        tx.hold(post).await?;
    }
    let act = deciding(&tx.view(), id).await?;
    let mut check = Check::new();
    let outcome = check.field("outcome", Ruling::parse(outcome));
    let reason = check.field("reason", text::parse_reason(reason));
    let (outcome, reason) = check.finish((outcome, reason))?;
    if act.appeal.as_ref().ok_or(Error::Conflict(Conflict::NothingDone))?.outcome.is_some() {
        return Err(Error::Conflict(Conflict::Over));
    }
    if outcome == Ruling::Rejected && act.is_undone() {
        // it does not stand any more: all that can be said is that whoever objected was right
        return Err(Error::Conflict(Conflict::NothingDone));
    }
    let (by, role, at) = tx.moderator()?;
    let decided = exec(
        tx.conn(),
        "UPDATE appeals SET outcome = $2, reason = $3, decided_by = $4, role = $5, decided_at = $6 WHERE act_id = $1 AND outcome IS NULL",
        values![id, outcome, reason.clone(), by, role, at],
    )
    .await?;
    if decided == 0 {
        // somebody else was quicker
        return Err(Error::Conflict(Conflict::Over));
    }
    if outcome == Ruling::Upheld && !act.is_undone() && !is_gone(tx, &act).await? {
        take_back(tx, &act, &Why { rule: act.rule, reason: reason.clone(), review_on: None }, true).await?;
    }
    let decided = event::Kind::AppealDecided { moderation: id, upheld: outcome == Ruling::Upheld };
    let event = tx.happened(act.post, decided);
    (event.rule, event.reason) = (Some(act.rule), Some(reason));
    by_id(&tx.view(), id).await
}

/// Whether what it was done to is not there any more: its author took it back, or a ban is over. There is nothing to give back then.
async fn is_gone(tx: &Tx, act: &Moderation) -> Result<bool> {
    Ok(match (act.act, act.target.comment()) {
        (_, Some(comment)) => crate::comment::by_id(tx.conn(), comment).await?.is_none_or(|comment| comment.removed_at.is_some()),
        (Act::Ban, _) => {
            let account = crate::person::by_id(tx.conn(), act.whose.id).await?;
            account.is_none_or(|account| account.ban.is_none_or(|ban| ban.act != act.id))
        }
        _ => false,
    })
}
