//! Bringing an archive into a database.

use std::io::BufRead as _;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Value};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    ArchiveError, Manifest, Table, Unpack, read_out,
    schema::{self, Shape, Sort},
};
use crate::{
    Error, Tx,
    db::{all, exec, number},
};

/// Rows of one statement.
const ROWS: usize = 500;
/// Values of one statement: SQLite takes 32,766.
const VALUES: usize = 30_000;
/// Bytes of lines after which a statement has enough, however few rows those were: files are large.
const ENOUGH: usize = 4 * 1024 * 1024;

/// Puts in all that an archive holds, and looks whether it stands there.
pub(super) async fn all_of(tx: &DatabaseTransaction, manifest: &Manifest, unpack: &mut dyn Unpack) -> Result<(), ArchiveError> {
    let shapes = schema::shapes(tx).await?;
    let resting = Resting::begin(tx, &shapes).await?;
    make_room(tx, ROOM).await?;
    let sql = "SELECT (SELECT COUNT(*) FROM persons) + (SELECT COUNT(*) FROM posts) AS n";
    if number(tx, sql, []).await? != Some(0) {
        return Err(ArchiveError::NotEmpty);
    }
    for table in &manifest.tables {
        let fits = |shape: &&Shape| shape.name == table.name && shape.columns == table.columns;
        if !shapes.iter().any(|shape| fits(&shape)) {
            return Err(ArchiveError::OtherTable(table.name.clone()));
        }
    }
    for shape in &shapes {
        // what the migrations put there, and the first start of a forum
        exec(tx, &format!("DELETE FROM \"{}\"", shape.name), []).await?;
        let table = manifest.tables.iter().find(|table| table.name == shape.name);
        let table = table.ok_or_else(|| ArchiveError::OtherTable(shape.name.clone()))?;
        put(tx, shape, table, unpack).await?;
        if let Some(last) = table.last {
            shape.number_on(tx, last).await?;
        }
    }
    exec(tx, "UPDATE search_version SET version = 0", []).await?;
    resting.end(tx).await?;
    for (shape, table) in shapes.iter().zip(&manifest.tables) {
        if read_out(tx, shape, &mut |_| Ok(())).await? != *table {
            return Err(ArchiveError::Lossy(table.name.clone()));
        }
    }
    make_room(tx, USUAL_ROOM).await?;
    Ok(())
}

/// Puts in a table.
async fn put(tx: &DatabaseTransaction, shape: &Shape, table: &Table, unpack: &mut dyn Unpack) -> Result<(), ArchiveError> {
    let mut file = unpack.open(&table.file).map_err(ArchiveError::file(&table.file))?;
    let at_once = (VALUES / shape.columns.len().max(1)).min(ROWS);
    let (mut digest, mut line, mut number, mut taken) = (Sha256::new(), Vec::new(), 0, 0);
    let mut rows: Vec<Value> = Vec::new();
    loop {
        line.clear();
        let length = file.read_until(b'\n', &mut line).map_err(ArchiveError::file(&table.file))?;
        let is_full = rows.len() >= at_once * shape.columns.len() || taken >= ENOUGH;
        if (length == 0 || is_full) && !rows.is_empty() {
            insert(tx, shape, std::mem::take(&mut rows)).await?;
            taken = 0;
        }
        taken += length;
        if length == 0 {
            break;
        }
        number += 1;
        digest.update(&line);
        let damaged = |reason: String| ArchiveError::Damaged { file: table.file.clone(), line: number, reason };
        let row: Map<String, Json> = serde_json::from_slice(&line).map_err(|error| damaged(error.to_string()))?;
        for (name, sort) in &shape.columns {
            let value = row.get(name).ok_or_else(|| damaged(format!("it has no “{name}”")))?;
            rows.push(value_of(value, *sort).ok_or_else(|| damaged(format!("“{name}” is not what it should be")))?);
        }
    }
    if number != table.rows || hex::encode(digest.finalize()) != table.sha256 {
        return Err(ArchiveError::Changed(table.file.clone()));
    }
    Ok(())
}

async fn insert(tx: &DatabaseTransaction, shape: &Shape, values: Vec<Value>) -> crate::Result<()> {
    insert_into(tx, &shape.name, shape.columns.keys().map(String::as_str), values).await
}

/// Rows of a table at once.
async fn insert_into<'a>(
    tx: &DatabaseTransaction,
    table: &str,
    columns: impl Iterator<Item = &'a str>,
    values: Vec<Value>,
) -> crate::Result<()> {
    let names: Vec<String> = columns.map(|name| format!("\"{name}\"")).collect();
    let mut text = format!("INSERT INTO \"{table}\" ({}) VALUES ", names.join(", "));
    let is_numbered = tx.get_database_backend() == DbBackend::Postgres;
    for n in 0..values.len() {
        text.push_str(match n {
            0 => "(",
            n if n % names.len() == 0 => "), (",
            _ => ", ",
        });
        if is_numbered {
            text.push('$');
            text.push_str(&(n + 1).to_string());
        } else {
            // SQLite looks for a place that has a name among all of them
            text.push('?');
        }
    }
    text.push(')');
    exec(tx, &text, values).await?;
    Ok(())
}

/// What a column gets; none where that is not said as an archive says it.
fn value_of(json: &Json, sort: Sort) -> Option<Value> {
    let none = json.is_null();
    let text = || json.as_str();
    Some(match sort {
        _ if none => match sort {
            Sort::Integer => None::<i64>.into(),
            Sort::Flag => None::<bool>.into(),
            Sort::Float => None::<f64>.into(),
            Sort::Text => None::<String>.into(),
            Sort::Time => None::<DateTime<Utc>>.into(),
            Sort::Day => None::<NaiveDate>.into(),
            Sort::Uuid => None::<Uuid>.into(),
            Sort::Json => None::<Json>.into(),
            Sort::Bytes => None::<Vec<u8>>.into(),
        },
        Sort::Integer => json.as_i64()?.into(),
        Sort::Flag => json.as_bool()?.into(),
        Sort::Float => json.as_f64()?.into(),
        Sort::Text => text()?.into(),
        Sort::Time => DateTime::parse_from_rfc3339(text()?).ok()?.to_utc().into(),
        Sort::Day => text()?.parse::<NaiveDate>().ok()?.into(),
        Sort::Uuid => text()?.parse::<Uuid>().ok()?.into(),
        Sort::Json => serde_json::from_str::<Json>(text()?).ok()?.into(),
        Sort::Bytes => BASE64_STANDARD.decode(text()?).ok()?.into(),
    })
}

/// A row of a table: each column as an archive says it.
pub type Row = Vec<Json>;

/// Puts many rows at once into a table, with all that follows from that by the rules of the database; columns that are not named have what they have by
/// themselves. For a past that is made up, as of the load set: what happens in a forum is told to it by commands.
///
/// # Errors
/// [`crate::Error::Forbidden`] unless the forum itself acts.
pub async fn append(tx: &Tx, table: &str, columns: &[&str], rows: impl Iterator<Item = Row>) -> crate::Result<()> {
    tx.actor().admin()?;
    let shape = schema::shape(tx.conn(), table.to_owned()).await?;
    let sort = |name: &&str| shape.columns.get(*name).copied().ok_or_else(|| Error::internal(format!("{table} has no “{name}”")));
    let sorts: Vec<Sort> = columns.iter().map(sort).collect::<crate::Result<_>>()?;
    let at_once = (VALUES / columns.len().max(1)).min(ROWS) * columns.len();
    let mut values = Vec::with_capacity(at_once);
    for row in rows {
        for (json, (name, sort)) in row.iter().zip(columns.iter().zip(&sorts)) {
            let value = value_of(json, *sort);
            values.push(value.ok_or_else(|| Error::internal(format!("“{name}” of {table} is not what it should be")))?);
        }
        if values.len() >= at_once {
            let full = std::mem::replace(&mut values, Vec::with_capacity(at_once));
            insert_into(tx.conn(), table, columns.iter().copied(), full).await?;
        }
    }
    if !values.is_empty() {
        insert_into(tx.conn(), table, columns.iter().copied(), values).await?;
    }
    if let Some(last) = shape.last_number(tx.conn()).await? {
        shape.number_on(tx.conn(), last).await?;
    }
    Ok(())
}

/// Room in the memory for much that is written at once, on SQLite: what is sorted by something else than its time is written all over the file.
async fn make_room(tx: &DatabaseTransaction, kibibytes: u32) -> crate::Result<()> {
    if tx.get_database_backend() == DbBackend::Sqlite {
        exec(tx, &format!("PRAGMA cache_size = -{kibibytes}"), []).await?;
    }
    Ok(())
}

/// While much is written at once.
const ROOM: u32 = 262_144;
/// What SQLite takes by itself.
const USUAL_ROOM: u32 = 2_000;

/// Much is [put in](append) at once.
pub struct Loading(());

impl Loading {
    /// Makes room for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(tx: &Tx) -> crate::Result<Self> {
        make_room(tx.conn(), ROOM).await?;
        Ok(Self(()))
    }

    /// It is in: the index of words is made anew when the forum [catches up](crate::Forum::catch_up).
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn end(self, tx: &Tx) -> crate::Result<()> {
        exec(tx.conn(), "UPDATE search_version SET version = 0", []).await?;
        make_room(tx.conn(), USUAL_ROOM).await
    }
}

/// The rules that the database keeps by itself rest: rows come in any order, and totals come with them. What is to be done so that they
/// hold again.
struct Resting(Vec<String>);

impl Resting {
    async fn begin(tx: &DatabaseTransaction, shapes: &[Shape]) -> crate::Result<Self> {
        #[derive(FromQueryResult)]
        struct Rule {
            place: String,
            rule: String,
        }
        let mut back = Vec::new();
        if tx.get_database_backend() == DbBackend::Postgres {
            // looks at all that was put off until now
            back.push("SET CONSTRAINTS ALL IMMEDIATE".to_owned());
            let sql = "SELECT CAST(CAST(conrelid AS regclass) AS text) AS place, CAST(quote_ident(conname) AS text) AS rule FROM pg_constraint
                WHERE contype = 'f' AND connamespace = CAST(quote_ident(current_schema()) AS regnamespace) ORDER BY 1, 2";
            for Rule { place, rule } in all::<Rule>(tx, sql, []).await? {
                exec(tx, &format!("ALTER TABLE {place} ALTER CONSTRAINT {rule} DEFERRABLE INITIALLY DEFERRED"), []).await?;
                back.push(format!("ALTER TABLE {place} ALTER CONSTRAINT {rule} NOT DEFERRABLE"));
            }
            for shape in shapes {
                exec(tx, &format!("ALTER TABLE \"{}\" DISABLE TRIGGER USER", shape.name), []).await?;
                back.push(format!("ALTER TABLE \"{}\" ENABLE TRIGGER USER", shape.name));
            }
        } else {
            // until the end of the transaction
            exec(tx, "PRAGMA defer_foreign_keys = ON", []).await?;
            let sql = "SELECT name AS place, sql AS rule FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
            for Rule { place, rule } in all::<Rule>(tx, sql, []).await? {
                exec(tx, &format!("DROP TRIGGER \"{place}\""), []).await?;
                back.push(rule);
            }
        }
        Ok(Self(back))
    }

    async fn end(self, tx: &DatabaseTransaction) -> crate::Result<()> {
        for sql in self.0 {
            tx.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
