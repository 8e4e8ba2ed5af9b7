//! Product areas that posts belong to: public, or private to named groups.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, number, one, values},
    error::{Check, Conflict, Problem},
    event, group,
    id::BoardId,
    names::{Names, NamesDraft},
    site::Language,
    text,
};

/// Characters of a name, at most.
pub const NAME_MAX: usize = 80;
/// Characters of what belongs on a board, at most.
pub const DESCRIPTION_MAX: usize = 500;

/// A board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Board {
    /// Its number.
    pub id: BoardId,
    /// Its name in addresses and in the API.
    pub slug: String,
    /// Its name for people, where their language has none of its own.
    pub name: String,
    /// Its names in single languages.
    pub names: Names,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
    /// Since when it takes no new posts.
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts its changes.
    #[serde(skip)]
    pub version: i32,
}

impl Board {
    /// What it is called in a language.
    pub fn called(&self, language: Language) -> &str {
        self.names.called(language, &self.name)
    }

    /// Whether it takes new posts.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// A board to be made.
#[derive(Debug, Clone, Default)]
pub struct NewBoard {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Its names in single languages.
    pub names: BTreeMap<Language, String>,
    /// What belongs there.
    pub description: String,
    /// Whether only its groups and the staff see it.
    pub private: bool,
    /// Slugs of the groups that see it when it is private.
    pub groups: Vec<String>,
    /// Where it was imported from, so that a second import finds it.
    pub imported_from: Option<String>,
}

/// What is to become of a board; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Its name for people.
    pub name: Option<String>,
    /// Its names in single languages: all of them.
    pub names: Option<BTreeMap<Language, String>>,
    /// What belongs there.
    pub description: Option<String>,
    /// Whether only its groups and the staff see it.
    pub private: Option<bool>,
    /// Slugs of the groups that see it when it is private: all of them.
    pub groups: Option<Vec<String>>,
    /// Whether it takes no new posts. Those that it has stay, and stay to be answered.
    pub closed: Option<bool>,
    /// The change that it was written from; whichever is the present one when it is not said.
    pub version: Option<i32>,
}

/// Which way in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Way {
    /// Before the one that stands before it.
    Up,
    /// Behind the one that stands behind it.
    Down,
}

crate::word::named!(Way);

impl Way {
    /// Puts the thing at `place` where it goes; answers whether there was room.
    pub(crate) fn moved<T>(self, things: &mut [T], place: usize) -> bool {
        let other = match self {
            Self::Up => place.checked_sub(1),
            Self::Down => Some(place + 1).filter(|other| *other < things.len()),
        };
        if let Some(other) = other {
            things.swap(place, other);
        }
        other.is_some()
    }
}

pub use crate::text::parse_slug;
pub(crate) use crate::view::{known, listed, visible};

const COLUMNS: &str = "b.id, b.slug, b.name, b.names, b.description, b.private, b.closed_at, b.version";

/// The boards that the actor sees, in the order of the site: by name until it has one.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Board>> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM boards b WHERE "));
    visible(&mut sql, actor);
    sql.push(" ORDER BY b.position, lower(b.name), b.id");
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

/// The groups that each private board is open to.
pub async fn groups(db: &impl ConnectionTrait) -> Result<Vec<(BoardId, String)>> {
    #[derive(FromQueryResult)]
    struct Row {
        board_id: BoardId,
        slug: String,
    }
    let sql = "SELECT bg.board_id, g.slug FROM board_groups bg JOIN groups g ON g.id = bg.group_id ORDER BY lower(g.name), g.id";
    Ok(all::<Row>(db, sql, []).await?.into_iter().map(|row| (row.board_id, row.slug)).collect())
}

/// Who may make and change boards: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_make(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Makes a board, behind all others.
pub async fn create(tx: &mut Tx, new: &NewBoard) -> Result<Board> {
    may_make(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field("slug", parse_slug(&new.slug));
    let names = NamesDraft { plain: new.name.clone(), given: new.names.clone() }.check(&mut check, NAME_MAX);
    let description = check.field("description", text::line(&new.description, 0, DESCRIPTION_MAX));
    if let Some(slug) = &slug
        && one::<Board>(tx.conn(), &format!("SELECT {COLUMNS} FROM boards b WHERE b.slug = $1"), values![slug.clone()])
            .await?
            .is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let groups = groups_of(tx, &mut check, &new.groups).await?;
    let (slug, (name, names), description) = check.finish((slug, names, description))?;
    let id = number(
        tx.conn(),
        "INSERT INTO boards (slug, name, names, description, private, imported_from, position)
         SELECT $1, $2, $3, $4, $5, $6, CASE WHEN MAX(position) > 0 THEN MAX(position) + 1 ELSE 0 END FROM boards
         RETURNING id AS n",
        values![slug, name, names, description, new.private, new.imported_from.clone()],
    )
    .await?;
    let id = BoardId(id.ok_or_else(|| Error::internal("no board came back"))?);
    open_to(tx, id, groups).await?;
    by_id(tx, id).await
}

/// Changes a board. Its posts stay, whatever becomes of it.
///
/// # Errors
/// [`Conflict::Changed`] when somebody else has changed it since; [`Error::Invalid`] on the fields of [`NewBoard`].
pub async fn edit(tx: &mut Tx, slug: &str, edit: &Edit) -> Result<Board> {
    may_make(tx.actor())?;
    let board = by_slug(tx.conn(), tx.actor(), slug).await?.ok_or(Error::NotFound)?;
    if edit.version.is_some_and(|version| version != board.version) {
        return Err(Error::Conflict(Conflict::Changed));
    }
    let mut check = Check::new();
    let names = NamesDraft {
        plain: edit.name.clone().unwrap_or_else(|| board.name.clone()),
        given: edit.names.clone().unwrap_or_else(|| board.names.all().clone()),
    };
    let names = names.check(&mut check, NAME_MAX);
    let description = edit.description.as_ref().unwrap_or(&board.description);
    let description = check.field("description", text::line(description, 0, DESCRIPTION_MAX));
    let groups = match &edit.groups {
        Some(groups) => Some(groups_of(tx, &mut check, groups).await?),
        None => None,
    };
    let ((name, names), description) = check.finish((names, description))?;
    let private = edit.private.unwrap_or(board.private);
    if private && !board.private && shares_a_case(tx, board.id).await? {
        return Err(Error::Conflict(Conflict::CaseAcross));
    }
    let closed_at = match edit.closed {
        Some(true) => Some(board.closed_at.unwrap_or(tx.now())),
        Some(false) => None,
        None => board.closed_at,
    };
    let told =
        changes(&board, &Edited { name: &name, names: &names, description: &description, private, closed: closed_at.is_some() });
    // on PostgreSQL two may have read the same one
    let changed = exec(
        tx.conn(),
        "UPDATE boards SET name = $3, names = $4, description = $5, private = $6, closed_at = $7, version = version + 1
         WHERE id = $1 AND version = $2",
        values![board.id, board.version, name, names, description, private, closed_at],
    )
    .await?;
    if changed == 0 {
        return Err(Error::Conflict(Conflict::Changed));
    }
    if let Some(groups) = groups {
        exec(tx.conn(), "DELETE FROM board_groups WHERE board_id = $1", values![board.id]).await?;
        open_to(tx, board.id, groups).await?;
    }
    if !told.is_empty() {
        tx.happened(None, event::Kind::SettingsChanged { part: event::Part::Boards, changes: told }).board = Some(board.id);
    }
    tx.rearrange();
    by_id(tx, board.id).await
}

/// What a board becomes.
struct Edited<'a> {
    name: &'a str,
    names: &'a Names,
    description: &'a str,
    private: bool,
    closed: bool,
}

/// What is another about a board. What it was called while not everybody could know of it is not told once everybody can.
fn changes(board: &Board, new: &Edited<'_>) -> Vec<event::Change> {
    let mut changes = Vec::new();
    let mut note = |key: String, from: Value, to: Value| {
        if from != to {
            let from = if board.private && !new.private && key != "board.private" { Value::Null } else { from };
            changes.push(event::Change { key, from, to });
        }
    };
    note("board.name".to_owned(), json!(board.name), json!(new.name));
    for language in Language::ALL {
        let named = |names: &Names| json!(names.all().get(&language));
        note(format!("board.names.{}", language.tag()), named(&board.names), named(new.names));
    }
    note("board.description".to_owned(), json!(board.description), json!(new.description));
    note("board.private".to_owned(), json!(board.private), json!(new.private));
    note("board.closed".to_owned(), json!(board.closed_at.is_some()), json!(new.closed));
    changes
}

/// Whether posts of a board are of one case with posts of another.
async fn shares_a_case(tx: &Tx, board: BoardId) -> Result<bool> {
    let sql = "SELECT m.id AS n FROM posts m JOIN posts h ON h.id = m.head_id
               WHERE m.head_id IS NOT NULL AND m.board_id <> h.board_id AND $1 IN (m.board_id, h.board_id) LIMIT 1";
    Ok(number(tx.conn(), sql, values![board]).await?.is_some())
}

/// Puts a board one place further in the order of the site; one that stands at the end already stays.
pub async fn put(tx: &mut Tx, slug: &str, way: Way) -> Result<()> {
    may_make(tx.actor())?;
    let mut boards = list(tx.conn(), tx.actor()).await?;
    let place = boards.iter().position(|board| board.slug == slug).ok_or(Error::NotFound)?;
    if way.moved(&mut boards, place) {
        for (position, board) in (1_i32..).zip(&boards) {
            exec(tx.conn(), "UPDATE boards SET position = $2 WHERE id = $1", values![board.id, position]).await?;
        }
    }
    Ok(())
}

/// Whether the same people see two boards.
pub(crate) async fn same_readers(db: &impl ConnectionTrait, one: BoardId, other: BoardId) -> Result<bool> {
    let sql = "SELECT x.id AS n FROM boards x JOIN boards y ON y.id = $2 AND y.private = x.private WHERE x.id = $1
        AND (NOT x.private OR NOT EXISTS (SELECT 1 FROM board_groups WHERE board_id IN ($1, $2) GROUP BY group_id HAVING COUNT(*) = 1))";
    Ok(number(db, sql, values![one, other]).await?.is_some())
}

/// A board, whoever asks: for use inside the forum.
pub(crate) async fn by_id(tx: &Tx, id: BoardId) -> Result<Board> {
    one(tx.conn(), &format!("SELECT {COLUMNS} FROM boards b WHERE b.id = $1"), values![id]).await?.ok_or(Error::NotFound)
}

async fn groups_of(tx: &Tx, check: &mut Check, slugs: &[String]) -> Result<Vec<i64>> {
    let mut groups = Vec::new();
    for slug in slugs {
        match group::by_slug(tx.conn(), slug).await? {
            Some(group) => groups.push(group.id),
            None => check.refuse("groups", Problem::UnknownChoice),
        }
    }
    groups.sort_unstable();
    groups.dedup();
    Ok(groups)
}

async fn open_to(tx: &Tx, board: BoardId, groups: Vec<i64>) -> Result<()> {
    for group in groups {
        exec(tx.conn(), "INSERT INTO board_groups (board_id, group_id) VALUES ($1, $2)", values![board, group]).await?;
    }
    Ok(())
}
