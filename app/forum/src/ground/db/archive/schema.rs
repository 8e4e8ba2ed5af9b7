//! Which tables there are, and what their columns hold: as the database says itself.

use std::collections::{BTreeMap, BTreeSet};

use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    db::{all, exec, number, one, values},
};

/// Tables that are in no archive: what the migrations keep of themselves is in its manifest, and the index of words is made anew when the
/// forum is opened.
pub const REMADE: [&str; 6] =
    ["seaql_migrations", "search_comments", "search_near", "search_posts", "search_version", "search_words"];

/// Totals: on PostgreSQL each connection counts in rows of its own, and what stands in them is what they come to.
const TOTALS: &str = "post_counts";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A whole number.
    Integer,
    /// Yes or no.
    Flag,
    /// A number with a fraction; as JSON it has as many digits as tell it from its neighbours.
    Float,
    /// A text.
    Text,
    /// A moment: RFC 3339, in UTC, to the microsecond.
    Time,
    /// A day: ISO 8601.
    Day,
    /// A UUID.
    Uuid,
    /// JSON, as a text: nothing as a value is not the same as no value.
    Json,
    /// What is in a file: Base64.
    Bytes,
}

/// The columns of a table, by name.
pub type Columns = BTreeMap<String, Sort>;

/// A table.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) columns: Columns,
    /// The columns of its key, in their order.
    key: Vec<String>,
    /// The column that the database numbers by itself.
    numbered: Option<String>,
}

/// The migrations that made the schema, by name.
pub(super) async fn migrations(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Applied {
        version: String,
    }
    let applied = all::<Applied>(db, "SELECT version FROM seaql_migrations", []).await?;
    let names: BTreeSet<String> = applied.into_iter().map(|applied| applied.version).collect();
    Ok(names.into_iter().collect())
}

/// The migrations that this program knows, in the order in which they run.
pub(in super::super) fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// Every table that belongs in an archive, by name.
pub(super) async fn shapes(db: &impl ConnectionTrait) -> Result<Vec<Shape>> {
    #[derive(FromQueryResult)]
    struct Named {
        name: String,
    }
    // the tables behind a table of words are not listed
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(table_name AS text) AS name FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        }
        _ => "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    };
    let names: BTreeSet<String> = all::<Named>(db, sql, []).await?.into_iter().map(|table| table.name).collect();
    let mut shapes = Vec::new();
    for name in names.into_iter().filter(|name| !REMADE.contains(&name.as_str())) {
        shapes.push(shape(db, name).await?);
    }
    Ok(shapes)
}

pub(super) async fn shape(db: &impl ConnectionTrait, name: String) -> Result<Shape> {
    #[derive(FromQueryResult)]
    struct Column {
        name: String,
        holds: String,
        /// Its place in the key, from 1; 0 outside of it.
        key: i64,
        numbered: bool,
    }
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(c.column_name AS text) AS name, CAST(c.udt_name AS text) AS holds, c.is_identity = 'YES' AS numbered,
                CAST(COALESCE((SELECT array_position(i.indkey::int2[], a.attnum) + 1 FROM pg_index i
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = c.column_name
                    WHERE i.indrelid = CAST(quote_ident(c.table_name) AS regclass) AND i.indisprimary), 0) AS bigint) AS key
             FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.table_name = $1"
        }
        _ => {
            "SELECT c.name, lower(c.type) AS holds, CAST(c.pk AS bigint) AS key,
                c.pk = 1 AND (SELECT m.sql LIKE '%AUTOINCREMENT%' FROM sqlite_master m WHERE m.type = 'table' AND m.name = $1) AS numbered
             FROM pragma_table_info($1) c"
        }
    };
    let mut columns = all::<Column>(db, sql, values![name.clone()]).await?;
    columns.sort_by_key(|column| column.key);
    Ok(Shape {
        columns: columns.iter().map(|column| Ok((column.name.clone(), sort(&column.holds)?))).collect::<Result<_>>()?,
        key: columns.iter().filter(|column| column.key > 0).map(|column| column.name.clone()).collect(),
        numbered: columns.into_iter().find(|column| column.numbered).map(|column| column.name),
        name,
    })
}

/// What a type of either database is to an archive.
fn sort(holds: &str) -> Result<Sort> {
    Ok(match holds.split('(').next().unwrap_or_default() {
        "integer" | "bigint" | "int2" | "int4" | "int8" => Sort::Integer,
        "boolean" | "bool" => Sort::Flag,
        "double" | "float8" => Sort::Float,
        "varchar" | "text" => Sort::Text,
        "timestamp_with_timezone_text" | "timestamptz" => Sort::Time,
        "date_text" | "date" => Sort::Day,
        "uuid_text" | "uuid" => Sort::Uuid,
        "json_text" | "jsonb" => Sort::Json,
        "blob" | "bytea" => Sort::Bytes,
        other => return Err(Error::internal(format!("archives know no columns of the type “{other}”"))),
    })
}

impl Shape {
    /// The file with its rows.
    pub(super) fn file(&self) -> String {
        format!("{}.jsonl", self.name)
    }

    /// The question for all its rows, in an order that is the same in both databases.
    pub(super) fn select(&self, backend: DbBackend) -> String {
        let postgres = backend == DbBackend::Postgres;
        let columns = self.columns.iter().map(|(name, sort)| {
            // one size of whole numbers
            if postgres && *sort == Sort::Integer {
                format!("CAST(\"{name}\" AS bigint) AS \"{name}\"")
            } else {
                format!("\"{name}\"")
            }
        });
        let columns: Vec<String> = columns.collect();
        let all: Vec<&String> = self.columns.keys().collect();
        let key: Vec<&String> = if self.key.is_empty() { all } else { self.key.iter().collect() };
        let order = key.into_iter().map(|name| {
            let is_text = self.columns.get(name) == Some(&Sort::Text);
            if postgres && is_text { format!("t.\"{name}\" COLLATE \"C\"") } else { format!("t.\"{name}\"") }
        });
        let order: Vec<String> = order.collect();
        format!("SELECT {} FROM {} t ORDER BY {}", columns.join(", "), self.rows(), order.join(", "))
    }

    /// The question for how many there are.
    pub(super) fn count(&self) -> String {
        format!("SELECT COUNT(*) AS n FROM {} t", self.rows())
    }

    fn rows(&self) -> String {
        if self.name == TOTALS {
            "(SELECT tag_id, board_id, kind, status_id, waiting, 0 AS slot, SUM(n) AS n FROM post_counts
              GROUP BY tag_id, board_id, kind, status_id, waiting HAVING SUM(n) <> 0)"
                .to_owned()
        } else {
            format!("\"{}\"", self.name)
        }
    }

    /// The last number that it gave out.
    pub(super) async fn last_number(&self, db: &impl ConnectionTrait) -> Result<Option<i64>> {
        let Some(column) = &self.numbered else { return Ok(None) };
        let given = match self.sequence(db).await? {
            Some(sequence) => {
                let sql = format!("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END AS n FROM {sequence}");
                number(db, &sql, []).await?
            }
            None => {
                number(db, "SELECT CAST(seq AS bigint) AS n FROM sqlite_sequence WHERE name = $1", values![self.name.clone()])
                    .await?
            }
        };
        // no row has a number behind the last one that was given out, unless somebody put it there by hand
        let highest = number(db, &format!("SELECT COALESCE(MAX(\"{column}\"), 0) AS n FROM \"{}\"", self.name), []).await?;
        Ok(Some(given.unwrap_or(0).max(highest.unwrap_or(0))))
    }

    /// Goes on with the number behind this one.
    pub(super) async fn number_on(&self, db: &impl ConnectionTrait, last: i64) -> Result<()> {
        match self.sequence(db).await? {
            Some(sequence) => {
                let sql = "SELECT setval(CAST($1 AS regclass), GREATEST($2, 1), $2 > 0) AS n";
                number(db, sql, values![sequence, last]).await?;
            }
            None => {
                exec(db, "DELETE FROM sqlite_sequence WHERE name = $1", values![self.name.clone()]).await?;
                let sql = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";
                exec(db, sql, values![self.name.clone(), last]).await?;
            }
        }
        Ok(())
    }

    /// What PostgreSQL takes the numbers from.
    async fn sequence(&self, db: &impl ConnectionTrait) -> Result<Option<String>> {
        #[derive(FromQueryResult)]
        struct Sequence {
            name: Option<String>,
        }
        let Some(column) = self.numbered.as_ref().filter(|_| db.get_database_backend() == DbBackend::Postgres) else {
            return Ok(None);
        };
        let sql = "SELECT pg_get_serial_sequence(quote_ident($1), $2) AS name";
        let found = one::<Sequence>(db, sql, values![self.name.clone(), column.clone()]).await?;
        Ok(found.and_then(|found| found.name))
    }
}
