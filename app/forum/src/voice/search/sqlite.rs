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
    sql.push("p.id IN (SELECT d.post_id FROM search_index x JOIN search_documents d ON d.id = x.rowid WHERE x.search_index MATCH ");
    sql.bind(query).push(")");
}

fn any(terms: &[Term]) -> String {
    terms.iter().map(|t| format!("\"{}\"{}", t.word, if t.is_prefix { "*" } else { "" })).collect::<Vec<_>>().join(" OR ")
}

/// Joins the posts that have any of the words in title or text, those with the rarest words first.
pub(super) fn any_of(sql: &mut Sql, words: &[Term], most: usize, visible: impl FnOnce(&mut Sql)) {
    sql.push("JOIN search_documents d ON d.post_id = p.id AND d.comment_id IS NULL JOIN search_index x ON x.rowid = d.id WHERE x.search_index MATCH ");
    sql.bind(any(words)).push(" AND ");
    visible(sql);
    sql.push(&format!(" ORDER BY bm25(x.search_index, 3.0, 1.0), p.id DESC LIMIT {most}"));
}
