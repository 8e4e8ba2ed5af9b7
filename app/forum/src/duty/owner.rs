//! The one staff person who is accountable for a post.

use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    db::{all, exec, number, values},
    error::Problem,
    event::{Event, Kind},
    handover,
    held::Held,
    id::{PersonId, PostId},
    person, post, text,
};

/// Who may say who owns a post: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_set(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Makes a member of the staff the owner. To take a post away from somebody counts as a handover of it.
pub async fn set(tx: &mut Tx, post: PostId, person: PersonId) -> Result<()> {
    may_set(tx.actor())?;
    let held = tx.hold(post).await?;
    may_own(tx, "person", person).await?;
    pass(tx, held, person, None).await
}

/// Makes the actor the owner. To take a post from a colleague needs a reason, which stands in the history.
///
/// # Errors
/// [`Error::Invalid`] on `reason`, when somebody else owns the post.
pub async fn take(tx: &mut Tx, post: PostId, reason: &str) -> Result<()> {
    let me = may_set(tx.actor())?.id;
    let held = tx.hold(post).await?;
    let is_others = held.owner().is_some_and(|owner| owner != me);
    let reason = is_others.then(|| text::parse_reason(reason)).transpose();
    let reason = reason.map_err(|problem| Error::invalid("reason", problem))?;
    pass(tx, held, me, reason).await
}

async fn pass(tx: &mut Tx, mut held: Held, person: PersonId, reason: Option<String>) -> Result<()> {
    let me = tx.actor().staff()?.id;
    if let Some(from) = held.owner()
        && from != person
    {
        handover::note_assigned(tx, &mut held, (from, person), reason).await?;
    }
    give(tx, &mut held, person, Some(me)).await
}

/// Whether somebody can own posts: staff can.
///
/// # Errors
/// [`Error::Invalid`] on `field`.
pub(crate) async fn may_own(tx: &Tx, field: &'static str, person: PersonId) -> Result<()> {
    let account = person::by_id(tx.conn(), person).await?.ok_or(Error::invalid(field, Problem::UnknownChoice))?;
    if account.standing().is_staff() { Ok(()) } else { Err(Error::invalid(field, Problem::NotStaff)) }
}

/// Makes whoever acts first on a post without an owner its owner.
pub(crate) async fn take_if_free(tx: &mut Tx, post: &mut Held) -> Result<()> {
    let me = tx.actor().staff()?.id;
    if post.owner().is_none() { give(tx, post, me, Some(me)).await } else { Ok(()) }
}

/// Gives a post to somebody; `by` is nobody when a rule of assignment did.
pub(crate) async fn give(tx: &mut Tx, post: &mut Held, person: PersonId, by: Option<PersonId>) -> Result<()> {
    if post.owner() == Some(person) {
        return Ok(());
    }
    take_up(tx, post).await?;
    post.set_owner(tx, Some(person)).await?;
    exec(
        tx.conn(),
        "INSERT INTO owners (post_id, person_id, by_id, created_at) VALUES ($1, $2, $3, $4)",
        values![post.id(), person, by, tx.now()],
    )
    .await?;
    tx.happened(Some(post.id()), Kind::OwnerSet { person });
    Ok(())
}

/// An imported post has no clocks until staff take it up: from then on it is owed what every post is owed.
pub(crate) async fn take_up(tx: &mut Tx, post: &Held) -> Result<()> {
    let ran = "SELECT id AS n FROM clocks WHERE post_id = $1 LIMIT 1";
    if post.imported() && number(tx.conn(), ran, values![post.id()]).await?.is_none() {
        post::start_clocks(tx, post).await?;
    }
    Ok(())
}

/// Only staff are accountable.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    match event.kind {
        Kind::RoleSet { person, to, .. } if !to.is_staff() => release_all(tx, person).await,
        _ => Ok(()),
    }
}

/// Takes all posts away from somebody who can't be accountable any more: the rule of assignment finds somebody else.
async fn release_all(tx: &mut Tx, person: PersonId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PostId,
    }
    for row in all::<Row>(tx.conn(), "SELECT id FROM posts WHERE owner_id = $1 ORDER BY id", values![person]).await? {
        let mut held = tx.hold(row.id).await?;
        // what time brought may have given it to somebody else
        if held.owner() == Some(person) {
            held.set_owner(tx, None).await?;
            tx.happened(Some(row.id), Kind::OwnerReleased { person });
        }
    }
    Ok(())
}
