//! Where a post stands: statuses with names of the site's own, each of one fixed stage.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{all, exec, one, values},
    error::{Check, Problem},
    id::StatusId,
    text,
};

pub use crate::values::Stage;

/// A status as the site has named it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, FromQueryResult)]
pub struct Status {
    /// Its number, for us.
    #[serde(skip)]
    pub id: StatusId,
    /// Its name in addresses and in the API.
    pub slug: String,
    /// Its name for people, in the site's language.
    pub name: String,
    /// The step that it belongs to.
    pub stage: Stage,
    /// `#rrggbb`, when the site chose one.
    #[serde(skip)]
    pub colour: Option<String>,
}

/// All statuses in the order of the site.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Status>> {
    let sql = "SELECT id, slug, name, stage, colour FROM statuses ORDER BY position, id";
    all(db, sql, []).await
}

/// The status of that slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Status>> {
    let sql = "SELECT id, slug, name, stage, colour FROM statuses WHERE slug = $1";
    one(db, sql, values![slug]).await
}

/// The first status of a stage in the order of the site.
pub async fn first_of(db: &impl ConnectionTrait, stage: Stage) -> Result<Status> {
    let sql = "SELECT id, slug, name, stage, colour FROM statuses WHERE stage = $1 ORDER BY position, id LIMIT 1";
    one(db, sql, values![stage]).await?.ok_or_else(|| Error::internal("a stage without a status"))
}

/// Who may say which statuses there are: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_make(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Adds a status to a stage.
pub async fn create(tx: &mut Tx, slug: &str, name: &str, stage: &str) -> Result<Status> {
    may_make(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field("slug", text::parse_slug(slug));
    let name = check.field("name", text::line(name, 1, 40));
    let stage = check.field("stage", Stage::parse(stage));
    if let Some(slug) = &slug
        && by_slug(tx.conn(), slug).await?.is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let (slug, name, stage) = check.finish((slug, name, stage))?;
    exec(
        tx.conn(),
        "INSERT INTO statuses (slug, name, stage, position)
         SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1 FROM statuses",
        values![slug.clone(), name, stage],
    )
    .await?;
    by_slug(tx.conn(), &slug).await?.ok_or(Error::NotFound)
}
