//! The one staff person who is accountable for a post.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    db::{all, exec, for_update, number, one, values},
    error::Problem,
    event,
    id::{PersonId, PostId},
    person::{self, Person, role_of},
    post::{self, Kind, OwnerSince},
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
        by_id: PersonId,
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

/// Makes a member of the staff the owner.
pub async fn set(tx: &mut Tx, post: PostId, person: PersonId) -> Result<()> {
    let me = tx.actor().staff()?.id;
    if !post::may_see(tx.conn(), tx.actor(), post).await? {
        return Err(Error::NotFound);
    }
    let account = person::by_id(tx.conn(), person).await?.ok_or(Error::invalid("person", Problem::UnknownChoice))?;
    if !account.role.is_staff() {
        return Err(Error::invalid("person", Problem::NotStaff));
    }
    give(tx, post, person, me).await
}

/// Makes whoever acts first on a post without an owner its owner.
pub(crate) async fn take_if_free(tx: &mut Tx, post: PostId) -> Result<()> {
    let me = tx.actor().staff()?.id;
    let sql = "SELECT id AS n FROM posts WHERE id = $1 AND owner_id IS NULL";
    if number(tx.conn(), sql, values![post]).await?.is_some() { give(tx, post, me, me).await } else { Ok(()) }
}

async fn give(tx: &mut Tx, post: PostId, person: PersonId, by: PersonId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Present {
        owner_id: Option<PersonId>,
    }
    let sql = format!("SELECT owner_id FROM posts WHERE id = $1{}", for_update(tx.conn()));
    let present = one::<Present>(tx.conn(), &sql, values![post]).await?.ok_or(Error::NotFound)?;
    if present.owner_id == Some(person) {
        return Ok(());
    }
    take_up(tx, post).await?;
    exec(tx.conn(), "UPDATE posts SET owner_id = $2 WHERE id = $1", values![post, person]).await?;
    exec(
        tx.conn(),
        "INSERT INTO owners (post_id, person_id, by_id, created_at) VALUES ($1, $2, $3, $4)",
        values![post, person, by, tx.now()],
    )
    .await?;
    tx.happened(Some(post), event::Kind::OwnerSet { person });
    Ok(())
}

/// An imported post has no clocks until staff take it up: from then on it is owed what every post is owed.
pub(crate) async fn take_up(tx: &mut Tx, post: PostId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Imported {
        kind: String,
    }
    let sql = "SELECT kind FROM posts WHERE id = $1 AND imported_from IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM clocks WHERE post_id = $1)";
    if let Some(row) = one::<Imported>(tx.conn(), sql, values![post]).await? {
        let kind = Kind::parse(&row.kind).map_err(|_| Error::internal("unknown kind"))?;
        post::start_clocks(tx, post, kind).await?;
    }
    Ok(())
}
