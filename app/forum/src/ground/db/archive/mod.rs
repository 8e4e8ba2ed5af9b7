//! All of the forum at once, in a form that both databases write and take: what exports are made of, and back-ups of PostgreSQL.
//!
//! Each table is a file with a row a line, as JSON, in the order of its key; a manifest says of which schema they are, how many rows each
//! has, and what their SHA-256 is. The same forum gives the same bytes in either database. Which tables and columns there are is read
//! from the database, so that none is forgotten; left out is only what the forum makes anew ([`REMADE`]).
//!
//! What comes back comes back as it was: while the rows are put in, the rules that the database keeps by itself (append-only tables,
//! totals) rest, all within one transaction, and before it ends every table is read again and has to have the SHA-256 of the manifest.

mod put;
mod schema;

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use futures_util::StreamExt as _;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend, DbErr, FromQueryResult, QueryResult,
    Statement, StreamTrait as _,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use self::put::{Loading, Row, append};
use self::schema::Shape;
pub(super) use self::schema::known_migrations;
pub use self::schema::{Columns, REMADE, Sort};
use super::{Db, all, number};
use crate::{Error, actor::Actor, view::View};

/// What the first line of a manifest calls this form.
pub const FORM: &str = "answerable 1";

/// The file that says what the others are.
pub const MANIFEST: &str = "manifest.json";

/// Why all of the forum was not kept, or not brought back. Nothing remains of what was begun.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file.
    #[error("{file}: {source}")]
    File {
        /// Which.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// It is something else.
    #[error("{MANIFEST} is none of a forum: {0}")]
    NotOurs(String),
    /// A later version of the program made it.
    #[error("it was made by a later version of this program, which knows “{0}”")]
    Newer(String),
    /// The tables of the forum that it is to come into are of another version than its own.
    #[error(
        "the database was set up by another version than the one that this was made by: bring it into one that holds nothing yet"
    )]
    OtherSchema,
    /// There are people or posts where it is to come.
    #[error("there are people or posts in the database already: bring it into an empty one")]
    NotEmpty,
    /// The tables are not those that the manifest tells of.
    #[error("the table “{0}” has other columns than the manifest says, or is not there")]
    OtherTable(String),
    /// A line is no row of its table.
    #[error("{file}, line {line}: {reason}")]
    Damaged {
        /// Of which file.
        file: String,
        /// Which.
        line: u64,
        /// Why.
        reason: String,
    },
    /// A file is not the one that the manifest tells of.
    #[error("{0} is not the file that the manifest was written for: it was changed, or a part of it is missing")]
    Changed(String),
    /// What came into the database does not come out of it again.
    #[error("the table “{0}” would not come out of the database as it went in")]
    Lossy(String),
    /// SQLite found something wrong with the file.
    #[error("the copy is damaged: {0}")]
    Unsound(String),
    /// The database.
    #[error(transparent)]
    Forum(#[from] Error),
}

impl From<DbErr> for ArchiveError {
    fn from(error: DbErr) -> Self {
        Self::Forum(error.into())
    }
}

impl ArchiveError {
    fn file(file: &str) -> impl FnOnce(io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::File { file, source }
    }
}

/// Where the files of an archive go, one after the other.
pub trait Pack: Send {
    /// Begins a file; the one before it is done.
    ///
    /// # Errors
    /// When it can't be made.
    fn start(&mut self, file: &str) -> io::Result<()>;

    /// Appends to the file that was begun last.
    ///
    /// # Errors
    /// When it can't be written.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Where the files of an archive come from.
pub trait Unpack: Send {
    /// Opens a file.
    ///
    /// # Errors
    /// When there is none, or it can't be read.
    fn open(&mut self, file: &str) -> io::Result<Box<dyn BufRead + Send + '_>>;
}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORM`].
    pub form: String,
    /// The migrations that had made the schema.
    pub schema: Vec<String>,
    /// The tables, by name.
    pub tables: Vec<Table>,
}

/// What an archive holds of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The file with its rows.
    pub file: String,
    /// How many there are.
    pub rows: u64,
    /// The last number that it gave out, where it numbers its rows: no number is given twice, though its row be gone.
    pub last: Option<i64>,
    /// What its columns hold.
    pub columns: Columns,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Looks whether every file is the one that this was written for.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`] when one is not.
    pub fn check(&self, unpack: &mut dyn Unpack) -> Result<(), ArchiveError> {
        for Table { file, sha256, .. } in &self.tables {
            let (mut opened, mut digest) = (unpack.open(file).map_err(ArchiveError::file(file))?, Sha256::new());
            loop {
                let some = opened.fill_buf().map_err(ArchiveError::file(file))?;
                let length = some.len();
                if length == 0 {
                    break;
                }
                digest.update(some);
                opened.consume(length);
            }
            if hex::encode(digest.finalize()) != *sha256 {
                return Err(ArchiveError::Changed(file.clone()));
            }
        }
        Ok(())
    }
}

/// All of the forum, as it was at one moment.
pub struct Snapshot {
    tx: DatabaseTransaction,
    /// What it is read from, where nobody else holds that open.
    _file: Option<DatabaseConnection>,
}

impl Db {
    /// All of the forum as it is now: every write that was answered before this is in it, whoever goes on to write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_of_it(&self) -> crate::Result<Snapshot> {
        let tx = self.snapshot().await?;
        // the moment is that of the first question
        schema::migrations(&tx).await?;
        Ok(Snapshot { tx, _file: None })
    }

    /// Brings an archive into this database, which has to hold nothing yet, and leaves its schema up to date.
    ///
    /// # Errors
    /// When there is somebody or something in it, or the archive is not whole: nothing of it remains then.
    pub async fn bring_in(&self, unpack: &mut dyn Unpack) -> Result<Manifest, ArchiveError> {
        let manifest = read_manifest(unpack)?;
        self.migrate_to(&manifest.schema).await?;
        let write = self.begin().await?;
        match put::all_of(write.tx(), &manifest, unpack).await {
            Ok(()) => write.commit().await?,
            Err(error) => {
                let why = Error::internal("the archive can't be taken");
                write.rollback(if let ArchiveError::Forum(error) = &error { error } else { &why }).await;
                return Err(error);
            }
        }
        self.migrate(None).await?;
        Ok(manifest)
    }
}

fn read_manifest(unpack: &mut dyn Unpack) -> Result<Manifest, ArchiveError> {
    let file = unpack.open(MANIFEST).map_err(ArchiveError::file(MANIFEST))?;
    let manifest: Manifest = serde_json::from_reader(file).map_err(|error| ArchiveError::NotOurs(error.to_string()))?;
    if manifest.form == FORM { Ok(manifest) } else { Err(ArchiveError::NotOurs(format!("its form is “{}”", manifest.form))) }
}

impl Snapshot {
    /// What a copy of SQLite holds. Nobody else may write to the file.
    pub(super) fn of_file(tx: DatabaseTransaction, file: DatabaseConnection) -> Self {
        Self { tx, _file: Some(file) }
    }

    /// How the forum itself reads it.
    pub fn view(&self, now: DateTime<Utc>) -> View<'_> {
        View::open(DatabaseExecutor::Transaction(&self.tx), Actor::System, now)
    }

    /// Whether this program knows all of its tables as they are: they may be of an earlier version.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_current(&self) -> crate::Result<bool> {
        let known = known_migrations();
        let there = schema::migrations(&self.tx).await?;
        Ok(known.len() == there.len() && known.iter().all(|name| there.contains(name)))
    }

    /// Lets SQLite look whether the file is whole, and every reference leads somewhere. PostgreSQL sees to that by itself.
    ///
    /// # Errors
    /// [`ArchiveError::Unsound`] when it is not.
    pub async fn check(&self) -> Result<(), ArchiveError> {
        #[derive(FromQueryResult)]
        struct Found {
            integrity_check: String,
        }
        #[derive(FromQueryResult)]
        struct Dangling {
            table: String,
        }
        if backend(&self.tx) == DbBackend::Postgres {
            return Ok(());
        }
        let found = all::<Found>(&self.tx, "PRAGMA integrity_check(1)", []).await?;
        if let Some(found) = found.iter().find(|found| found.integrity_check != "ok") {
            return Err(ArchiveError::Unsound(found.integrity_check.clone()));
        }
        let dangling = all::<Dangling>(&self.tx, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check", []).await?;
        match dangling.first() {
            Some(Dangling { table }) => Err(ArchiveError::Unsound(format!("a row of {table} names one that is not there"))),
            None => Ok(()),
        }
    }

    /// How many rows each table has, by its name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self) -> crate::Result<BTreeMap<String, i64>> {
        let mut counts = BTreeMap::new();
        for shape in schema::shapes(&self.tx).await? {
            let rows = number(&self.tx, &shape.count(), []).await?;
            counts.insert(shape.name, rows.unwrap_or(0));
        }
        Ok(counts)
    }

    /// Writes all of it; the manifest comes last.
    ///
    /// # Errors
    /// When the database does not answer, or a file can't be written.
    pub async fn pack(&self, pack: &mut dyn Pack) -> Result<Manifest, ArchiveError> {
        let mut manifest = Manifest { form: FORM.to_owned(), schema: schema::migrations(&self.tx).await?, tables: Vec::new() };
        for shape in schema::shapes(&self.tx).await? {
            let file = shape.file();
            pack.start(&file).map_err(ArchiveError::file(&file))?;
            let mut append = |line: &[u8]| pack.append(line).map_err(ArchiveError::file(&file));
            manifest.tables.push(read_out(&self.tx, &shape, &mut append).await?);
        }
        let mut text = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
        text.push(b'\n');
        pack.start(MANIFEST).map_err(ArchiveError::file(MANIFEST))?;
        pack.append(&text).map_err(ArchiveError::file(MANIFEST))?;
        Ok(manifest)
    }
}

fn backend(db: &impl ConnectionTrait) -> DbBackend {
    db.get_database_backend()
}

/// Reads a table line by line.
async fn read_out(
    tx: &DatabaseTransaction,
    shape: &Shape,
    line: &mut (dyn FnMut(&[u8]) -> Result<(), ArchiveError> + Send),
) -> Result<Table, ArchiveError> {
    let last = shape.last_number(tx).await?;
    let statement = Statement::from_string(backend(tx), shape.select(backend(tx)));
    let mut rows = tx.stream_raw(statement).await?;
    let (mut count, mut digest, mut text) = (0, Sha256::new(), Vec::new());
    while let Some(row) = rows.next().await {
        let row = row?;
        let object = shape.columns.iter().map(|(name, sort)| Ok((name.clone(), value_of(&row, name, *sort)?)));
        let object: serde_json::Map<String, Json> = object.collect::<Result<_, DbErr>>()?;
        text.clear();
        serde_json::to_writer(&mut text, &object).map_err(Error::internal)?;
        text.push(b'\n');
        digest.update(&text);
        line(&text)?;
        count += 1;
    }
    drop(rows);
    Ok(Table {
        name: shape.name.clone(),
        file: shape.file(),
        rows: count,
        last,
        columns: shape.columns.clone(),
        sha256: hex::encode(digest.finalize()),
    })
}

/// A column of a row, in the one way in which an archive says it.
fn value_of(row: &QueryResult, name: &str, sort: Sort) -> Result<Json, DbErr> {
    Ok(match sort {
        Sort::Integer => row.try_get::<Option<i64>>("", name)?.into(),
        Sort::Flag => row.try_get::<Option<bool>>("", name)?.into(),
        Sort::Float => row.try_get::<Option<f64>>("", name)?.into(),
        Sort::Text => row.try_get::<Option<String>>("", name)?.into(),
        Sort::Time => {
            row.try_get::<Option<DateTime<Utc>>>("", name)?.map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true)).into()
        }
        Sort::Day => row.try_get::<Option<NaiveDate>>("", name)?.map(|day| day.to_string()).into(),
        Sort::Uuid => row.try_get::<Option<Uuid>>("", name)?.map(|id| id.to_string()).into(),
        Sort::Json => row.try_get::<Option<Json>>("", name)?.map(|json| json.to_string()).into(),
        Sort::Bytes => row.try_get::<Option<Vec<u8>>>("", name)?.map(|bytes| BASE64_STANDARD.encode(bytes)).into(),
    })
}
