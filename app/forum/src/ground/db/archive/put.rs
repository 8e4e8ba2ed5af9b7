//! Bringing an archive into a database.

use std::io::BufRead as _;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Value};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    ArchiveError, Manifest, Table, Unpack, read_out,
    schema::{self, Shape, Sort},
};
use crate::db::{all, exec, number};

/// Rows of one statement.
const ROWS: usize = 500;
/// Values of one statement: SQLite takes 32,766.
const VALUES: usize = 30_000;

/// Puts in all that an archive holds, and looks whether it stands there.
pub(super) async fn all_of(tx: &DatabaseTransaction, manifest: &Manifest, unpack: &mut dyn Unpack) -> Result<(), ArchiveError> {
    let shapes = schema::shapes(tx).await?;
    let resting = Resting::begin(tx, &shapes).await?;
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
    Ok(())
}

/// Puts in a table.
async fn put(tx: &DatabaseTransaction, shape: &Shape, table: &Table, unpack: &mut dyn Unpack) -> Result<(), ArchiveError> {
    let mut file = unpack.open(&table.file).map_err(ArchiveError::file(&table.file))?;
    let at_once = (VALUES / shape.columns.len().max(1)).min(ROWS);
    let (mut digest, mut line, mut number) = (Sha256::new(), Vec::new(), 0);
    let mut rows: Vec<Value> = Vec::new();
    loop {
        line.clear();
        let length = file.read_until(b'\n', &mut line).map_err(ArchiveError::file(&table.file))?;
        let is_full = rows.len() >= at_once * shape.columns.len();
        if (length == 0 || is_full) && !rows.is_empty() {
            insert(tx, shape, std::mem::take(&mut rows)).await?;
        }
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
        },
        Sort::Integer => json.as_i64()?.into(),
        Sort::Flag => json.as_bool()?.into(),
        Sort::Float => json.as_f64()?.into(),
        Sort::Text => text()?.into(),
        Sort::Time => DateTime::parse_from_rfc3339(text()?).ok()?.to_utc().into(),
        Sort::Day => text()?.parse::<NaiveDate>().ok()?.into(),
        Sort::Uuid => text()?.parse::<Uuid>().ok()?.into(),
        Sort::Json => serde_json::from_str::<Json>(text()?).ok()?.into(),
    })
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
