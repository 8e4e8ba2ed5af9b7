//! The index as tables of `tsvector`. These know no order of words: signs that have to stand together are looked for in the words as
//! they stand, where the index has found them all.

use sea_orm::ConnectionTrait;

use super::{
    Place,
    index::{Entry, Remark},
    question::{Expression, Term},
};
use crate::{
    Result,
    db::{Sql, exec},
};

fn vector(place: &str) -> String {
    format!("array_to_tsvector(array_remove(string_to_array({place}, ' '), ''))")
}

pub(super) async fn put_posts(db: &impl ConnectionTrait, entries: &[Entry]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO search_posts (rowid, title, tags, body, title_words, words) SELECT v.*, ");
    sql.push(&vector("v.title")).push(", ").push(&vector("CONCAT(v.title, ' ', v.tags, ' ', v.body)")).push(" FROM (VALUES ");
    for (n, entry) in entries.iter().enumerate() {
        sql.push(if n == 0 { "(" } else { ", (" }).push("CAST(").bind(entry.post).push(" AS bigint)");
        for text in [&entry.title, &entry.tags, &entry.body] {
            sql.push(", CAST(").bind(text.as_str()).push(" AS text)");
        }
        sql.push(")");
    }
    sql.push(") v (id, title, tags, body)");
    exec(db, &sql.text, sql.values).await?;
    Ok(())
}

pub(super) async fn put_comments(db: &impl ConnectionTrait, remarks: &[Remark]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO search_comments (rowid, body, words) SELECT v.*, ");
    sql.push(&vector("v.body")).push(" FROM (VALUES ");
    for (n, remark) in remarks.iter().enumerate() {
        sql.push(if n == 0 { "(" } else { ", (" }).push("CAST(").bind(remark.comment).push(" AS bigint), CAST(");
        sql.bind(remark.body.as_str()).push(" AS text))");
    }
    sql.push(") v (id, body)");
    exec(db, &sql.text, sql.values).await?;
    Ok(())
}

pub(super) const JOIN: &str = " JOIN ";

/// Appends the condition that the document `x` has what is asked for.
pub(super) fn matches(sql: &mut Sql, place: Place, asked: &Expression<'_>) {
    if !asked.has_signs() {
        sql.push(vector_of(place)).push(" @@ CAST(").bind(written(asked)).push(" AS tsquery)");
        return;
    }
    match asked {
        Expression::Term(term) => {
            let together = term.words.join(" ");
            let text = match place {
                Place::Title => "CONCAT(' ', x.title, ' ')",
                Place::Post => "CONCAT(' ', x.title, ' | ', x.tags, ' | ', x.body, ' ')",
                Place::Comment => "CONCAT(' ', x.body, ' ')",
            };
            sql.push("(").push(vector_of(place)).push(" @@ CAST(").bind(written(asked)).push(" AS tsquery) AND ").push(text);
            sql.push(" LIKE ").bind(format!("% {together}{}%", if term.is_prefix { "" } else { " " })).push(")");
        }
        Expression::All(parts) => list(sql, place, parts, " AND "),
        Expression::Any(parts) => list(sql, place, parts, " OR "),
    }
}

fn list(sql: &mut Sql, place: Place, parts: &[Expression<'_>], by: &str) {
    sql.push("(");
    for (n, part) in parts.iter().enumerate() {
        sql.push(if n == 0 { "" } else { by });
        matches(sql, place, part);
    }
    sql.push(")");
}

fn vector_of(place: Place) -> &'static str {
    match place {
        Place::Title => "x.title_words",
        Place::Post | Place::Comment => "x.words",
    }
}

/// Appends what orders documents by how many words they have of many.
pub(super) fn by_share(sql: &mut Sql, asked: &Expression<'_>) {
    sql.push("ts_rank(x.words, CAST(").bind(written(asked)).push(" AS tsquery)) DESC");
}

/// As a `tsquery`, in which signs may stand anywhere.
fn written(asked: &Expression<'_>) -> String {
    let list = |parts: &[Expression<'_>], by: &str| parts.iter().map(written).collect::<Vec<_>>().join(by);
    match asked {
        Expression::Term(Term { words, is_prefix }) => {
            format!("('{}'{})", words.join("' & '"), if *is_prefix { ":*" } else { "" })
        }
        Expression::All(parts) => format!("({})", list(parts, " & ")),
        Expression::Any(parts) => format!("({})", list(parts, " | ")),
    }
}

impl Expression<'_> {
    fn has_signs(&self) -> bool {
        match self {
            Self::Term(term) => term.words.len() > 1,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::has_signs),
        }
    }
}
