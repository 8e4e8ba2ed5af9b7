//! The index as FTS5 tables. The texts in them are words already, so that each is cut at its spaces and nowhere else.

use sea_orm::{ConnectionTrait, Value};

use super::{
    Place,
    index::{Entry, Remark},
    question::{Expression, Term},
};
use crate::{
    Error, Result,
    db::{Sql, exec, number, values},
};

pub(super) async fn put_posts(db: &impl ConnectionTrait, entries: &[Entry]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO search_posts (rowid, title, tags, body) VALUES ");
    for (n, entry) in entries.iter().enumerate() {
        sql.push(if n == 0 { "(" } else { ", (" }).bind(entry.post);
        for text in [&entry.title, &entry.tags, &entry.body] {
            sql.push(", ").bind(text.as_str());
        }
        sql.push(")");
    }
    exec(db, &sql.text, sql.values).await?;
    Ok(())
}

pub(super) async fn put_comments(db: &impl ConnectionTrait, remarks: &[Remark]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO search_comments (rowid, body) VALUES ");
    for (n, remark) in remarks.iter().enumerate() {
        sql.push(if n == 0 { "(" } else { ", (" }).bind(remark.comment).push(", ").bind(remark.body.as_str()).push(")");
    }
    exec(db, &sql.text, sql.values).await?;
    Ok(())
}

/// Merges so many pages of an index, of all of its pieces when the number is negative; whether there was anything to merge.
pub(super) async fn merge(db: &impl ConnectionTrait, table: &str, pages: i64) -> Result<bool> {
    let changes = async || Ok::<_, Error>(number(db, "SELECT total_changes() AS n", []).await?.unwrap_or(0));
    let before = changes().await?;
    exec(db, &format!("INSERT INTO {table}({table}, rank) VALUES ('merge', $1)"), values![pages]).await?;
    Ok(changes().await? - before >= 2)
}

/// Left to itself, SQLite may ask the index for each row of something else; a cross join is kept in its order.
pub(super) const JOIN: &str = " CROSS JOIN ";

/// Appends the condition that the document `x` has what is asked for.
pub(super) fn matches(sql: &mut Sql, place: Place, asked: &Expression<'_>) {
    let asked = written(asked);
    let (table, asked) = match place {
        Place::Title => ("search_posts", format!("title : ({asked})")),
        Place::Post => ("search_posts", asked),
        Place::Comment => ("search_comments", asked),
    };
    sql.push("x.").push(table).push(" MATCH ").bind(Value::from(asked));
}

/// What orders documents by how many and how rare words they have of many.
pub(super) const BY_RARITY: &str = "bm25(x.search_posts, 3.0, 2.0, 1.0)";

fn written(asked: &Expression<'_>) -> String {
    let list = |parts: &[Expression<'_>], by: &str| parts.iter().map(written).collect::<Vec<_>>().join(by);
    match asked {
        Expression::Term(Term { words, is_prefix }) => format!("\"{}\"{}", words.join(" "), if *is_prefix { "*" } else { "" }),
        Expression::All(parts) => format!("({})", list(parts, " AND ")),
        Expression::Any(parts) => format!("({})", list(parts, " OR ")),
    }
}
