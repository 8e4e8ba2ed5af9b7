//! The index as a table of `tsvector`.

use sea_orm::ConnectionTrait;

use super::Term;
use crate::{
    Result,
    db::{Sql, exec, values},
};

pub(super) async fn put(db: &impl ConnectionTrait, document: i64, title: &[String], body: &[String]) -> Result<()> {
    let words = title.iter().chain(body).map(String::as_str).collect::<Vec<_>>().join(" ");
    let sql = "INSERT INTO search_index (rowid, words) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))";
    exec(db, sql, values![document, words]).await?;
    Ok(())
}

pub(super) fn condition(sql: &mut Sql, lists: &[Vec<Term>]) {
    let query = lists.iter().map(|list| format!("({})", any(list))).collect::<Vec<_>>().join(" & ");
    sql.push("p.id IN (SELECT d.post_id FROM search_index x JOIN search_documents d ON d.id = x.rowid WHERE x.words @@ CAST(");
    sql.bind(query).push(" AS tsquery))");
}

fn any(terms: &[Term]) -> String {
    terms.iter().map(|t| format!("'{}'{}", t.word, if t.is_prefix { ":*" } else { "" })).collect::<Vec<_>>().join(" | ")
}

/// Numbers of the posts that have any of the words in title or text, those with the most of them first.
pub(super) fn any_of(sql: &mut Sql, words: &[Term], most: usize, visible: impl FnOnce(&mut Sql)) {
    let query = any(words);
    sql.push(
        "SELECT p.id FROM search_index x JOIN search_documents d ON d.id = x.rowid JOIN posts p ON p.id = d.post_id
        JOIN boards b ON b.id = p.board_id WHERE x.words @@ CAST(",
    );
    sql.bind(query.clone()).push(" AS tsquery) AND d.comment_id IS NULL AND ");
    visible(sql);
    sql.push(" ORDER BY ts_rank(x.words, CAST(").bind(query).push(&format!(" AS tsquery)) DESC, p.id DESC LIMIT {most}"));
}
