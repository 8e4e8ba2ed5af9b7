//! The one staff person who is accountable for a post.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    db::{all, exec, for_update, number, one, values},
    error::Problem,
    event, handover,
    id::{PersonId, PostId},
    person::{self, Person, role_of},
    post::{self, OwnerSince},
    watch,
};

/// Who owned a post since when, latest first.
pub async fn of_post(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<OwnerSince>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PersonId,
        handle: String,
        name: String,
        title: Option<String>,
        role: String,
        by_id: Option<PersonId>,
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT p.id, p.handle, p.name, p.title, p.role, o.by_id, o.created_at
               FROM owners o JOIN persons p ON p.id = o.person_id WHERE o.post_id = $1 ORDER BY o.id DESC";
    let since = |row: Row| {
        Ok(OwnerSince {
            person: Person { id: row.id, handle: row.handle, name: row.name, title: row.title, role: role_of(&row.role)? },
            by: row.by_id,
            since: row.created_at,
        })
    };
    all::<Row>(db, sql, values![post]).await?.into_iter().map(since).collect()
}

/// Makes a member of the staff the owner. To take a post away from somebody counts as a handover of it.
pub async fn set(tx: &mut Tx, post: PostId, person: PersonId) -> Result<()> {
    let me = tx.actor().staff()?.id;
    if !post::may_see(tx.conn(), tx.actor(), post).await? {
        return Err(Error::NotFound);
    }
    may_own(tx, "person", person).await?;
    watch::catch_up(tx, post).await?;
    let before = present(tx, post).await?;
    if let Some(from) = before
        && from != person
    {
        handover::note_assigned(tx, post, from, person).await?;
    }
    give(tx, post, person, Some(me)).await
}

/// Whether somebody can own posts: staff can.
///
/// # Errors
/// [`Error::Invalid`] on `field`.
pub(crate) async fn may_own(tx: &Tx, field: &'static str, person: PersonId) -> Result<()> {
    let account = person::by_id(tx.conn(), person).await?.ok_or(Error::invalid(field, Problem::UnknownChoice))?;
    if account.role.is_staff() { Ok(()) } else { Err(Error::invalid(field, Problem::NotStaff)) }
}

/// Makes whoever acts first on a post without an owner its owner.
pub(crate) async fn take_if_free(tx: &mut Tx, post: PostId) -> Result<()> {
    let me = tx.actor().staff()?.id;
    if present(tx, post).await?.is_none() { give(tx, post, me, Some(me)).await } else { Ok(()) }
}

/// The owner of a post, which is locked from here on.
pub(crate) async fn present(tx: &Tx, post: PostId) -> Result<Option<PersonId>> {
    #[derive(FromQueryResult)]
    struct Present {
        owner_id: Option<PersonId>,
    }
    let sql = format!("SELECT owner_id FROM posts WHERE id = $1{}", for_update(tx.conn()));
    Ok(one::<Present>(tx.conn(), &sql, values![post]).await?.ok_or(Error::NotFound)?.owner_id)
}

/// Gives a post to somebody; `by` is nobody when a rule of assignment did.
pub(crate) async fn give(tx: &mut Tx, post: PostId, person: PersonId, by: Option<PersonId>) -> Result<()> {
    if present(tx, post).await? == Some(person) {
        return Ok(());
    }
    take_up(tx, post).await?;
    exec(tx.conn(), "UPDATE posts SET owner_id = $2 WHERE id = $1", values![post, person]).await?;
    exec(
        tx.conn(),
        "INSERT INTO owners (post_id, person_id, by_id, created_at) VALUES ($1, $2, $3, $4)",
        values![post, person, by.map(|p| p.0), tx.now()],
    )
    .await?;
    tx.happened(Some(post), event::Kind::OwnerSet { person });
    Ok(())
}

/// An imported post has no clocks until staff take it up: from then on it is owed what every post is owed.
pub(crate) async fn take_up(tx: &mut Tx, post: PostId) -> Result<()> {
    let sql = "SELECT id AS n FROM posts WHERE id = $1 AND imported_from IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM clocks WHERE post_id = $1)";
    if number(tx.conn(), sql, values![post]).await?.is_some() {
        post::start_clocks(tx, post).await?;
    }
    Ok(())
}
