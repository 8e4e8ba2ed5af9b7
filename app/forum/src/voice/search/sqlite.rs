//! The index as an FTS5 table.

use sea_orm::ConnectionTrait;

use super::Term;
use crate::{
    Result,
    db::{Sql, exec, values},
};

pub(super) async fn put(db: &impl ConnectionTrait, document: i64, title: &[String], body: &[String]) -> Result<()> {
    let sql = "INSERT INTO search_index (rowid, title, body) VALUES ($1, $2, $3)";
    exec(db, sql, values![document, title.join(" "), body.join(" ")]).await?;
    Ok(())
}

pub(super) fn condition(sql: &mut Sql, lists: &[Vec<Term>]) {
    let query = lists.iter().map(|list| format!("({})", any(list))).collect::<Vec<_>>().join(" AND ");
    sql.push("p.id IN (SELECT d.post_id FROM ").push(INDEX_FIRST).push(" WHERE x.search_index MATCH ");
    sql.bind(query).push(")");
}

fn any(terms: &[Term]) -> String {
    terms.iter().map(|t| format!("\"{}\"{}", t.word, if t.is_prefix { "*" } else { "" })).collect::<Vec<_>>().join(" OR ")
}

/// The documents that the index finds. Left to itself, SQLite may ask the index for each document that there is; a cross join is kept in
/// its order.
const INDEX_FIRST: &str = "search_index x CROSS JOIN search_documents d ON d.id = x.rowid";

/// Numbers of the posts that have any of the words in title or text, those with the rarest words first.
pub(super) fn any_of(sql: &mut Sql, words: &[Term], most: usize, visible: impl FnOnce(&mut Sql)) {
    sql.push("SELECT p.id FROM ").push(INDEX_FIRST);
    sql.push(" CROSS JOIN posts p ON p.id = d.post_id CROSS JOIN boards b ON b.id = p.board_id WHERE x.search_index MATCH ");
    sql.bind(any(words)).push(" AND d.comment_id IS NULL AND ");
    visible(sql);
    sql.push(&format!(" ORDER BY bm25(x.search_index, 3.0, 1.0), p.id DESC LIMIT {most}"));
}
