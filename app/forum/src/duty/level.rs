//! Escalation: 1 desk, 2 lead, 3 director. Up by rules, down only with a public reason.

use chrono::{DateTime, Utc};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me, Role},
    clock,
    error::{Check, Conflict, Denied},
    event,
    held::Held,
    id::PostId,
    person::Person,
    post::Seen,
    story::{self, Told},
    text,
};

pub use crate::values::{Cause, HIGHEST};

/// A change of level.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change {
    /// The level before.
    pub from: i32,
    /// The level since.
    pub to: i32,
    /// Why.
    pub cause: Cause,
    /// Which clock was missed, if one was.
    pub clock: Option<clock::Name>,
    /// What whoever lowered it said.
    pub reason: Option<String>,
    /// Who lowered it; nobody when a rule changed it.
    pub by: Option<Person>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Change {
    fn of(told: &Told) -> Option<Self> {
        let event::Kind::LevelChanged { from, to, cause, clock } = told.event.kind else { return None };
        Some(Self { from, to, cause, clock, reason: told.event.reason.clone(), by: told.by.clone(), at: told.event.at })
    }
}

/// How the level of a post changed, oldest first.
pub fn changes(story: &[Told]) -> Vec<Change> {
    story.iter().filter_map(Change::of).collect()
}

/// How the level of a post changed, oldest first.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Change>> {
    Ok(changes(&story::of_post(view, post).await?))
}

/// Raises a post by one level, never above the highest, and answers the new one. Whatever the cause but a missed clock, which has a
/// successor of its own, the clocks that run become due sooner.
pub(crate) async fn raise(tx: &mut Tx, post: &mut Held, cause: Cause, clock: Option<clock::Name>) -> Result<i32> {
    let from = post.level();
    let to = (from + 1).min(HIGHEST);
    write(tx, post, (from, to), cause, clock, None).await?;
    if cause != Cause::Missed {
        clock::hasten(tx, post).await?;
    }
    Ok(to)
}

async fn write(
    tx: &mut Tx,
    post: &mut Held,
    (from, to): (i32, i32),
    cause: Cause,
    clock: Option<clock::Name>,
    reason: Option<String>,
) -> Result<()> {
    post.set_level(tx, to).await?;
    tx.happened(Some(post.id()), event::Kind::LevelChanged { from, to, cause, clock }).reason = reason;
    Ok(())
}

/// Who may lower the level of a post: leads and above.
///
/// # Errors
/// As [`Actor::staff`], and [`Error::Forbidden`] for an agent.
pub fn may_lower(actor: &Actor) -> Result<&Me> {
    let me = actor.staff()?;
    if me.role >= Role::Lead { Ok(me) } else { Err(Error::Forbidden(Denied::Role)) }
}

/// Lowers a post by one level, with a public reason of 10 to 500 characters.
///
/// # Errors
/// [`Error::Conflict`] on the lowest level.
pub async fn lower(tx: &mut Tx, post: PostId, reason: &str) -> Result<Change> {
    may_lower(tx.actor())?;
    let mut held = tx.hold(post).await?;
    let from = held.level();
    let mut check = Check::new();
    let reason = check.field("reason", text::parse_reason(reason));
    let reason = check.finish(reason)?;
    if from <= 1 {
        return Err(Error::Conflict(Conflict::LowestLevel));
    }
    write(tx, &mut held, (from, from - 1), Cause::Lowered, None, Some(reason)).await?;
    changes(&story::so_far(tx, post).await?).pop().ok_or_else(|| Error::internal("the change went away"))
}
