//! Where a post stands: statuses with names of the site's own, each of one fixed stage.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board::Way,
    db::{all, exec, number, one, values},
    error::{Check, Conflict, Problem},
    id::StatusId,
    names::{Names, NamesDraft},
    site::Language,
    text,
};

pub use crate::values::Stage;

/// Characters of a name, at most.
pub const NAME_MAX: usize = 40;

/// The colours that a status can have: each can be read on light and on dark, and none is that of a missed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Hue {
    /// That of the site.
    Accent,
    /// As the sky.
    Blue,
    /// As the flower.
    Violet,
    /// As the fruit.
    Plum,
    /// As earth.
    Brown,
    /// What reached customers.
    Green,
    /// Nothing in particular.
    Grey,
}

crate::word::kept_as_words!(Hue);

/// A status as the site has named it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, FromQueryResult)]
pub struct Status {
    /// Its number, for us.
    #[serde(skip)]
    pub id: StatusId,
    /// Its name in addresses and in the API.
    pub slug: String,
    /// Its name for people, where their language has none of its own.
    pub name: String,
    /// Its names in single languages.
    #[serde(skip)]
    pub names: Names,
    /// The step that it belongs to.
    pub stage: Stage,
    /// Its colour, when the site chose one: else that of its stage.
    #[serde(skip)]
    pub colour: Option<Hue>,
    /// Counts its changes.
    #[serde(skip)]
    pub version: i32,
}

/// A status to be made.
#[derive(Debug, Clone, Default)]
pub struct NewStatus {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Its names in single languages.
    pub names: BTreeMap<Language, String>,
    /// The step that it belongs to.
    pub stage: String,
    /// Its colour; none is that of its stage.
    pub colour: String,
}

/// What is to become of a status; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Its name for people.
    pub name: Option<String>,
    /// Its names in single languages: all of them.
    pub names: Option<BTreeMap<Language, String>>,
    /// Its colour; an empty one is that of its stage.
    pub colour: Option<String>,
    /// The change that it was written from; whichever is the present one when it is not said.
    pub version: Option<i32>,
}

const COLUMNS: &str = "id, slug, name, names, stage, colour, version";

/// All statuses in the order of the site: those of a stage stand together.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Status>> {
    all(db, &format!("SELECT {COLUMNS} FROM statuses ORDER BY position, id"), []).await
}

/// The status of that slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Status>> {
    one(db, &format!("SELECT {COLUMNS} FROM statuses WHERE slug = $1"), values![slug]).await
}

/// The first status of a stage in the order of the site.
pub async fn first_of(db: &impl ConnectionTrait, stage: Stage) -> Result<Status> {
    let sql = format!("SELECT {COLUMNS} FROM statuses WHERE stage = $1 ORDER BY position, id LIMIT 1");
    one(db, &sql, values![stage]).await?.ok_or_else(|| Error::internal("a stage without a status"))
}

/// The statuses that were used: posts stand there, answers tell of them, or an answer that waits for a decision does.
pub async fn used(db: &impl ConnectionTrait) -> Result<Vec<StatusId>> {
    #[derive(FromQueryResult)]
    struct Used {
        id: StatusId,
    }
    #[derive(FromQueryResult)]
    struct Asked {
        draft: serde_json::Value,
    }
    let sql = "SELECT s.id FROM statuses s WHERE EXISTS (SELECT 1 FROM posts WHERE status_id = s.id)
        OR EXISTS (SELECT 1 FROM answers WHERE status_id = s.id OR from_status_id = s.id)";
    let mut used: Vec<StatusId> = all::<Used>(db, sql, []).await?.into_iter().map(|row| row.id).collect();
    let asked = all::<Asked>(db, "SELECT draft FROM requests WHERE outcome IS NULL", []).await?;
    for status in list(db).await? {
        if asked.iter().any(|row| row.draft["status"] == status.slug.as_str()) {
            used.push(status.id);
        }
    }
    Ok(used)
}

/// Who may say which statuses there are: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_make(actor: &Actor) -> Result<()> {
    actor.admin()
}

fn parse_hue(text: &str) -> std::result::Result<Option<Hue>, Problem> {
    if text.is_empty() { Ok(None) } else { Hue::parse(text).map(Some) }
}

/// Adds a status to a stage, behind those that it has.
pub async fn create(tx: &mut Tx, new: &NewStatus) -> Result<Status> {
    may_make(tx.actor())?;
    let mut check = Check::new();
    let slug = text::parse_slug(&new.slug);
    let slug = slug.and_then(|slug| if slug.len() > NAME_MAX { Err(Problem::TooLong { max: NAME_MAX }) } else { Ok(slug) });
    let slug = check.field("slug", slug);
    let names = NamesDraft { plain: new.name.clone(), given: new.names.clone() }.check(&mut check, NAME_MAX);
    let stage = check.field("stage", Stage::parse(&new.stage));
    let colour = check.field("colour", parse_hue(&new.colour));
    if let Some(slug) = &slug
        && by_slug(tx.conn(), slug).await?.is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let (slug, (name, names), stage, colour) = check.finish((slug, names, stage, colour))?;
    exec(
        tx.conn(),
        "INSERT INTO statuses (slug, name, names, stage, colour, position)
         SELECT $1, $2, $3, $4, $5, COALESCE(MAX(position), 0) + 1 FROM statuses WHERE stage = $4",
        values![slug.clone(), name, names, stage, colour],
    )
    .await?;
    by_slug(tx.conn(), &slug).await?.ok_or(Error::NotFound)
}

/// Names a status anew, or gives it another colour. What it means for a post, its stage, stays.
///
/// # Errors
/// [`Conflict::Changed`] when somebody else has changed it since; [`Error::Invalid`] on the fields of [`NewStatus`].
pub async fn edit(tx: &mut Tx, slug: &str, edit: &Edit) -> Result<Status> {
    may_make(tx.actor())?;
    let status = by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)?;
    if edit.version.is_some_and(|version| version != status.version) {
        return Err(Error::Conflict(Conflict::Changed));
    }
    let mut check = Check::new();
    let names = NamesDraft {
        plain: edit.name.clone().unwrap_or(status.name),
        given: edit.names.clone().unwrap_or_else(|| status.names.all().clone()),
    };
    let names = names.check(&mut check, NAME_MAX);
    let colour = edit.colour.as_ref().map_or(Ok(status.colour), |colour| parse_hue(colour));
    let colour = check.field("colour", colour);
    let ((name, names), colour) = check.finish((names, colour))?;
    let changed = exec(
        tx.conn(),
        "UPDATE statuses SET name = $3, names = $4, colour = $5, version = version + 1 WHERE id = $1 AND version = $2",
        values![status.id, status.version, name, names, colour],
    )
    .await?;
    if changed == 0 {
        return Err(Error::Conflict(Conflict::Changed));
    }
    by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)
}

/// Puts a status one place further among those of its stage; one that stands at the end already stays. The first of a stage is the one
/// that the forum itself sets.
pub async fn put(tx: &mut Tx, slug: &str, way: Way) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Place {
        id: StatusId,
        slug: String,
        position: i32,
    }
    may_make(tx.actor())?;
    let stage = by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)?.stage;
    let sql = "SELECT id, slug, position FROM statuses WHERE stage = $1 ORDER BY position, id";
    let mut places = all::<Place>(tx.conn(), sql, values![stage]).await?;
    let first = places.first().map_or(0, |place| place.position);
    let at = places.iter().position(|place| place.slug == slug).ok_or(Error::NotFound)?;
    if way.moved(&mut places, at) {
        for (position, place) in (first..).zip(&places) {
            exec(tx.conn(), "UPDATE statuses SET position = $2 WHERE id = $1", values![place.id, position]).await?;
        }
    }
    Ok(())
}

/// Removes a status that was never used.
///
/// # Errors
/// [`Conflict::InUse`] when it was, [`Conflict::LastOfStage`] when its stage has no other.
pub async fn remove(tx: &mut Tx, slug: &str) -> Result<()> {
    may_make(tx.actor())?;
    let status = by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)?;
    let of_stage = number(tx.conn(), "SELECT COUNT(*) AS n FROM statuses WHERE stage = $1", values![status.stage]).await?;
    if of_stage.unwrap_or(0) < 2 {
        return Err(Error::Conflict(Conflict::LastOfStage));
    }
    if used(tx.conn()).await?.contains(&status.id) {
        return Err(Error::Conflict(Conflict::InUse));
    }
    exec(tx.conn(), "DELETE FROM statuses WHERE id = $1", values![status.id]).await?;
    Ok(())
}
