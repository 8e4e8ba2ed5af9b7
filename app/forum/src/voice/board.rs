//! Product areas that posts belong to: public, or private to named groups.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, one, values},
    error::{Check, Problem},
    group,
    id::BoardId,
    text,
};

/// A board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Board {
    /// Its number.
    pub id: BoardId,
    /// Its name in addresses and in the API.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
}

/// A board to be made.
#[derive(Debug, Clone, Default)]
pub struct NewBoard {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
    /// Slugs of the groups that see it when it is private.
    pub groups: Vec<String>,
    /// Where it was imported from, so that a second import finds it.
    pub imported_from: Option<String>,
}

pub use crate::text::parse_slug;
pub(crate) use crate::view::visible;

const COLUMNS: &str = "b.id, b.slug, b.name, b.description, b.private";

/// The boards that the actor sees, by name.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Board>> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM boards b WHERE "));
    visible(&mut sql, actor);
    sql.push(" ORDER BY lower(b.name), b.id");
    all(db, &sql.text, sql.values).await
}

/// The board of that slug, if the actor sees it.
pub async fn by_slug(db: &impl ConnectionTrait, actor: &Actor, slug: &str) -> Result<Option<Board>> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM boards b WHERE b.slug = "));
    sql.bind(slug).push(" AND ");
    visible(&mut sql, actor);
    one(db, &sql.text, sql.values).await
}

/// The board that an earlier import made.
pub async fn imported(db: &impl ConnectionTrait, from: &str) -> Result<Option<Board>> {
    one(db, &format!("SELECT {COLUMNS} FROM boards b WHERE b.imported_from = $1"), values![from]).await
}

/// Who may make boards: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_make(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Makes a board.
pub async fn create(tx: &mut Tx, new: &NewBoard) -> Result<Board> {
    may_make(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field("slug", parse_slug(&new.slug));
    let name = check.field("name", text::line(&new.name, 1, 80));
    let description = check.field("description", text::line(&new.description, 0, 500));
    if let Some(slug) = &slug
        && one::<Board>(tx.conn(), &format!("SELECT {COLUMNS} FROM boards b WHERE b.slug = $1"), values![slug.clone()])
            .await?
            .is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let mut groups = Vec::new();
    for slug in &new.groups {
        match group::by_slug(tx.conn(), slug).await? {
            Some(group) => groups.push(group.id),
            None => check.refuse("groups", Problem::UnknownChoice),
        }
    }
    let (slug, name, description) = check.finish((slug, name, description))?;
    let board = one::<Board>(
        tx.conn(),
        "INSERT INTO boards (slug, name, description, private, imported_from) VALUES ($1, $2, $3, $4, $5)
         RETURNING id, slug, name, description, private",
        values![slug, name, description, new.private, new.imported_from.clone()],
    )
    .await?
    .ok_or_else(|| Error::internal("no board came back"))?;
    for group in groups {
        exec(tx.conn(), "INSERT INTO board_groups (board_id, group_id) VALUES ($1, $2)", values![board.id, group]).await?;
    }
    Ok(board)
}
