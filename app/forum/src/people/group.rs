//! Named groups of people: a private board is open to some of them.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{all, exec, one, values},
    error::{Check, Problem},
    id::PersonId,
    person::Person,
    text,
};

/// Characters of a name, at most.
pub const NAME_MAX: usize = 80;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Group {
    /// Its number, for us.
    #[serde(skip)]
    pub id: i64,
    /// Its name in the API.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}

/// All groups, by name.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Group>> {
    all(db, "SELECT id, slug, name FROM groups ORDER BY lower(name), id", []).await
}

/// The group of that slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Group>> {
    one(db, "SELECT id, slug, name FROM groups WHERE slug = $1", values![slug]).await
}

/// Who may say which groups there are, and who belongs to them: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_arrange(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Makes a group.
pub async fn create(tx: &mut Tx, slug: &str, name: &str) -> Result<Group> {
    may_arrange(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field("slug", text::parse_slug(slug));
    let name = check.field("name", text::line(name, 1, NAME_MAX));
    if let Some(slug) = &slug
        && by_slug(tx.conn(), slug).await?.is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let (slug, name) = check.finish((slug, name))?;
    let sql = "INSERT INTO groups (slug, name) VALUES ($1, $2) RETURNING id, slug, name";
    let row = one::<Group>(tx.conn(), sql, values![slug, name]).await?;
    row.ok_or_else(|| Error::internal("no group came back"))
}

/// Gives a group another name for people; the one in addresses stays.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Error::Invalid`] on `name`.
pub async fn rename(tx: &mut Tx, slug: &str, name: &str) -> Result<Group> {
    may_arrange(tx.actor())?;
    by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)?;
    let name = text::line(name, 1, NAME_MAX).map_err(|problem| Error::invalid("name", problem))?;
    let sql = "UPDATE groups SET name = $2 WHERE slug = $1 RETURNING id, slug, name";
    one::<Group>(tx.conn(), sql, values![slug, name]).await?.ok_or(Error::NotFound)
}

/// Who belongs to a group, by name.
pub async fn members(db: &impl ConnectionTrait, group: i64) -> Result<Vec<Person>> {
    let sql = "SELECT p.id, p.handle, p.name, p.title, p.role FROM group_members gm JOIN persons p ON p.id = gm.person_id
               WHERE gm.group_id = $1 ORDER BY p.name, p.id";
    all(db, sql, values![group]).await
}

/// How many belong to each group.
pub async fn sizes(db: &impl ConnectionTrait) -> Result<HashMap<i64, i64>> {
    #[derive(FromQueryResult)]
    struct Size {
        group_id: i64,
        n: i64,
    }
    let sizes = all::<Size>(db, "SELECT group_id, COUNT(*) AS n FROM group_members GROUP BY group_id", []).await?;
    Ok(sizes.into_iter().map(|size| (size.group_id, size.n)).collect())
}

/// Takes somebody into a group.
pub async fn add(tx: &mut Tx, group: i64, person: PersonId) -> Result<()> {
    may_arrange(tx.actor())?;
    let sql = "INSERT INTO group_members (group_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    exec(tx.conn(), sql, values![group, person]).await?;
    Ok(())
}

/// Takes somebody out of a group.
pub async fn remove(tx: &mut Tx, group: i64, person: PersonId) -> Result<()> {
    may_arrange(tx.actor())?;
    exec(tx.conn(), "DELETE FROM group_members WHERE group_id = $1 AND person_id = $2", values![group, person]).await?;
    Ok(())
}

/// The slugs of the groups that somebody belongs to.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: String,
    }
    let sql = "SELECT g.slug FROM group_members gm JOIN groups g ON g.id = gm.group_id WHERE gm.person_id = $1 ORDER BY g.slug";
    Ok(all::<Row>(db, sql, values![person]).await?.into_iter().map(|row| row.slug).collect())
}

/// Makes somebody belong to exactly these groups.
///
/// # Errors
/// [`Error::Invalid`] on `groups` when there is no such group.
pub async fn set(tx: &mut Tx, person: PersonId, slugs: &[String]) -> Result<()> {
    may_arrange(tx.actor())?;
    let mut groups = Vec::new();
    for slug in slugs {
        groups.push(by_slug(tx.conn(), slug).await?.ok_or(Error::invalid("groups", Problem::UnknownChoice))?.id);
    }
    exec(tx.conn(), "DELETE FROM group_members WHERE person_id = $1", values![person]).await?;
    for group in groups {
        add(tx, group, person).await?;
    }
    Ok(())
}
