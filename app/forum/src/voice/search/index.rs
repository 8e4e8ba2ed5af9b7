//! The index: a row for the wording of each post, and one for each comment that stands.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use super::{
    Place,
    find::matches,
    postgres,
    question::{Expression, MOST_PARTS, Term},
    spelling, sqlite,
};
use crate::{
    Forum, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, number, values},
    event::{Event, Kind},
    id::{CommentId, PostId},
    words::{LONGEST_WORD, pieces},
};

/// What the words of the index are cut by. Whoever changes that, or what stands in the index, counts up: an index of before is made anew
/// when the forum is opened.
const VERSION: i64 = 1;
/// Posts and comments that are indexed at once.
const BATCH: usize = 200;
/// Words are noted from so many letters on: shorter ones are near too many others.
const SHORTEST_NOTED: usize = 3;

/// Pieces of an index that are left alone.
const MOST_PIECES: i64 = 3;
/// Pages of an index that are merged in one transaction: some milliseconds.
const PAGES: i64 = 64;

/// A post in words.
pub(super) struct Entry {
    pub(super) post: PostId,
    pub(super) title: String,
    pub(super) tags: String,
    pub(super) body: String,
}

/// A comment in words.
pub(super) struct Remark {
    pub(super) comment: CommentId,
    pub(super) body: String,
}

/// Keeps the index at what stands there.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let (db, Some(post)) = (tx.conn(), event.post) else { return Ok(()) };
    match event.kind {
        Kind::PostSubmitted | Kind::PostEdited { .. } => index_post(db, post).await,
        Kind::CommentPosted { comment, .. } | Kind::CommentEdited { comment, .. } => {
            index_comments(db, comment.0 - 1, comment.0).await
        }
        Kind::CommentRemoved { comment } => forget_comment(db, comment).await,
        Kind::Moderated { comment: Some(comment), .. } => {
            forget_comment(db, comment).await?;
            index_comments(db, comment.0 - 1, comment.0).await
        }
        Kind::Moderated { .. } => {
            exec(db, "DELETE FROM search_posts WHERE rowid = $1", values![post]).await?;
            index_post(db, post).await
        }
        _ => Ok(()),
    }
}

/// Indexes the wording and the tags of a post.
pub(crate) async fn index_post(db: &impl ConnectionTrait, post: PostId) -> Result<()> {
    index_list(db, &[post]).await
}

/// Indexes the posts with a tag anew: what it is called has changed.
pub(crate) async fn index_tagged(db: &impl ConnectionTrait, tag: i64) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Tagged {
        post_id: PostId,
    }
    let tagged = all::<Tagged>(db, "SELECT post_id FROM post_tags WHERE tag_id = $1 ORDER BY post_id", values![tag]).await?;
    let posts: Vec<PostId> = tagged.into_iter().map(|tagged| tagged.post_id).collect();
    for some in posts.chunks(BATCH) {
        index_list(db, some).await?;
    }
    Ok(())
}

/// Indexes the posts behind a number, up to another.
async fn index_posts(db: &impl ConnectionTrait, after: i64, last: i64) -> Result<()> {
    let within = |sql: &mut Sql, id: &str| {
        sql.push(id).push(" > ").bind(after).push(" AND ").push(id).push(" <= ").bind(last);
    };
    index_those(db, &within).await
}

async fn index_list(db: &impl ConnectionTrait, posts: &[PostId]) -> Result<()> {
    let among = |sql: &mut Sql, id: &str| {
        sql.push(id).push(" IN ").bind_list(posts.iter().copied());
    };
    index_those(db, &among).await
}

/// Indexes the posts whose number, in the column of that name, meets a condition.
async fn index_those(db: &impl ConnectionTrait, which: &(impl Fn(&mut Sql, &str) + Sync)) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wording {
        id: PostId,
        title: String,
        body: String,
    }
    #[derive(FromQueryResult)]
    struct Label {
        post_id: PostId,
        name: String,
    }
    // what is hidden or held back can't be found, by its labels neither
    let mut sql = Sql::new("SELECT id, title, body FROM posts WHERE hidden_by IS NULL AND screening_id IS NULL AND ");
    which(&mut sql, "id");
    let posts = all::<Wording>(db, &sql.text, sql.values).await?;
    if posts.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT pt.post_id, t.name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id WHERE ");
    which(&mut sql, "pt.post_id");
    sql.push(" ORDER BY pt.post_id, t.slug");
    let mut tags: HashMap<PostId, String> = HashMap::new();
    for Label { post_id, name } in all::<Label>(db, &sql.text, sql.values).await? {
        let tags = tags.entry(post_id).or_default();
        tags.push(' ');
        tags.push_str(&in_words(&name));
    }
    let entries: Vec<Entry> = posts
        .into_iter()
        .map(|post| Entry {
            post: post.id,
            title: in_words(&post.title),
            tags: tags.remove(&post.id).unwrap_or_default().trim().to_owned(),
            body: in_words(&post.body),
        })
        .collect();
    let mut sql = Sql::new("DELETE FROM search_posts WHERE rowid IN ");
    sql.bind_list(entries.iter().map(|entry| entry.post));
    exec(db, &sql.text, sql.values).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        postgres::put_posts(db, &entries).await?;
    } else {
        sqlite::put_posts(db, &entries).await?;
    }
    note(db, entries.iter().flat_map(|entry| [&entry.title, &entry.tags, &entry.body])).await
}

/// Indexes the comments behind a number, up to another, that stand there to be read.
async fn index_comments(db: &impl ConnectionTrait, after: i64, last: i64) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wording {
        id: CommentId,
        body: String,
    }
    let sql = "SELECT id, body FROM comments WHERE id > $1 AND id <= $2 AND removed_at IS NULL AND hidden_by IS NULL
        AND screening_id IS NULL";
    let comments = all::<Wording>(db, sql, values![after, last]).await?;
    if comments.is_empty() {
        return Ok(());
    }
    let remarks: Vec<Remark> =
        comments.into_iter().map(|comment| Remark { comment: comment.id, body: in_words(&comment.body) }).collect();
    let mut sql = Sql::new("DELETE FROM search_comments WHERE rowid IN ");
    sql.bind_list(remarks.iter().map(|remark| remark.comment));
    exec(db, &sql.text, sql.values).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        postgres::put_comments(db, &remarks).await?;
    } else {
        sqlite::put_comments(db, &remarks).await?;
    }
    note(db, remarks.iter().map(|remark| &remark.body)).await
}

/// Takes a comment out of the index.
async fn forget_comment(db: &impl ConnectionTrait, comment: CommentId) -> Result<()> {
    exec(db, "DELETE FROM search_comments WHERE rowid = $1", values![comment]).await?;
    Ok(())
}

/// Takes words out of the table of spellings that no text has any more: what somebody took back must not stand there.
///
/// # Errors
/// When the database does not take it.
pub(crate) async fn forget_words(db: &impl ConnectionTrait, texts: &[String]) -> Result<()> {
    let texts: Vec<String> = texts.iter().map(|text| in_words(text)).collect();
    let mut words: Vec<&str> = texts.iter().flat_map(|text| text.split(' ')).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    let backend = db.get_database_backend();
    for word in words {
        let term = Term { words: vec![word.to_owned()], is_prefix: false };
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT x.rowid FROM search_posts x WHERE ");
        matches(&mut sql, backend, Place::Post, &Expression::Term(&term));
        sql.push(" UNION ALL SELECT x.rowid FROM search_comments x WHERE ");
        matches(&mut sql, backend, Place::Comment, &Expression::Term(&term));
        sql.push(") l");
        if number(db, &sql.text, sql.values).await? == Some(0) {
            exec(db, "DELETE FROM search_near WHERE word = $1", values![word]).await?;
            exec(db, "DELETE FROM search_words WHERE word = $1", values![word]).await?;
        }
    }
    Ok(())
}

/// Makes the index anew if its words were cut otherwise: once, in one transaction, before anybody searches.
///
/// # Errors
/// When the database does not take it.
pub(crate) async fn renew(forum: &Forum) -> Result<()> {
    let version = number(forum.read(), "SELECT CAST(version AS bigint) AS n FROM search_version", []).await?;
    if version == Some(VERSION) {
        return Ok(());
    }
    let renew = async |tx: &mut Tx| {
        let db = tx.conn();
        // of several instances that start at once the others wait here, and then find nothing left to do
        if exec(db, "UPDATE search_version SET version = $1 WHERE version <> $1", values![VERSION]).await? == 0 {
            return Ok(());
        }
        for table in ["search_posts", "search_comments", "search_near", "search_words"] {
            exec(db, &format!("DELETE FROM {table}"), []).await?;
        }
        for (after, last) in batches(db, "posts").await? {
            index_posts(db, after, last).await?;
        }
        for (after, last) in batches(db, "comments").await? {
            index_comments(db, after, last).await?;
        }
        Ok(())
    };
    forum.write_aside(&Actor::System, renew).await
}

/// Puts the index together where it lies in many pieces, each of which every word of a search is looked up in. Every write adds a piece;
/// SQLite merges some of them by itself, PostgreSQL knows none. In small steps, so that nobody who writes waits for long.
///
/// # Errors
/// When the database does not take it.
pub async fn tidy(forum: &Forum) -> Result<()> {
    if !forum.db().is_embedded() {
        return Ok(());
    }
    for table in ["search_posts", "search_comments"] {
        let pieces = format!("SELECT COUNT(DISTINCT segid) AS n FROM {table}_idx");
        if number(forum.read(), &pieces, []).await?.unwrap_or(0) <= MOST_PIECES {
            continue;
        }
        // the first step says that all are to become one, the others go on with it until there is nothing left to do
        // (https://sqlite.org/fts5.html#the_merge_command)
        let mut pages = -PAGES;
        while forum.write_aside(&Actor::System, async |tx| sqlite::merge(tx.conn(), table, pages).await).await? {
            pages = PAGES;
        }
    }
    Ok(())
}

/// The numbers between which the batches of a table stand.
async fn batches(db: &impl ConnectionTrait, table: &str) -> Result<Vec<(i64, i64)>> {
    let last = number(db, &format!("SELECT COALESCE(MAX(id), 0) AS n FROM {table}"), []).await?.unwrap_or(0);
    Ok((0..last).step_by(BATCH).map(|after| (after, after + BATCH as i64)).collect())
}

/// A text in plain words, one space between two. Behind a word with hyphens stands what it is without them: each two of its parts, and
/// all of them.
pub(super) fn in_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 4);
    let mut parts: Vec<String> = Vec::new();
    let mut put = |word: &str| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    };
    for piece in pieces(text) {
        put(&piece.word);
        if !piece.is_joined {
            parts.clear();
        }
        parts.push(piece.word);
        let fits = |word: &String| word.chars().count() <= LONGEST_WORD && !word.chars().all(char::is_numeric);
        if let [.., first, second] = parts.as_slice() {
            Some(format!("{first}{second}")).filter(fits).iter().for_each(|word| put(word));
        }
        if (3..=MOST_PARTS).contains(&parts.len()) {
            Some(parts.concat()).filter(fits).iter().for_each(|word| put(word));
        }
    }
    words
}

/// Notes the words that were never seen before, with the forms that they share with others. In alphabetical order, so that two
/// transactions that note the same words wait for each other instead of locking each other out.
async fn note(db: &impl ConnectionTrait, texts: impl Iterator<Item = &String>) -> Result<()> {
    #[derive(FromQueryResult)]
    struct New {
        word: String,
    }
    let mut words: Vec<&str> =
        texts.flat_map(|text| text.split(' ')).filter(|word| word.chars().count() >= SHORTEST_NOTED).collect();
    words.sort_unstable();
    words.dedup();
    for chunk in words.chunks(500) {
        let mut sql = Sql::new("INSERT INTO search_words (word) VALUES ");
        for (n, word) in chunk.iter().enumerate() {
            sql.push(if n == 0 { "(" } else { ", (" }).bind(*word).push(")");
        }
        sql.push(" ON CONFLICT DO NOTHING RETURNING word");
        let new = all::<New>(db, &sql.text, sql.values).await?;
        let pairs: Vec<(String, &String)> =
            new.iter().flat_map(|n| spelling::noted(&n.word).into_iter().map(move |form| (form, &n.word))).collect();
        for chunk in pairs.chunks(500) {
            let mut sql = Sql::new("INSERT INTO search_near (form, word) VALUES ");
            for (n, (form, word)) in chunk.iter().enumerate() {
                sql.push(if n == 0 { "(" } else { ", (" }).bind(form.as_str()).push(", ").bind(word.as_str()).push(")");
            }
            sql.push(" ON CONFLICT DO NOTHING");
            exec(db, &sql.text, sql.values).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_hyphens_are_found_without_them() {
        assert_eq!(in_words("Wi-Fi on the pi-hole"), "wi fi wifi on the pi hole pihole");
        assert_eq!(in_words("e-mail-adres"), "e mail email adres mailadres emailadres");
        assert_eq!(in_words("2026-11 AB-12"), "2026 11 ab 12 ab12");
        assert_eq!(in_words("計-程 - x"), "計 程 x");
        assert_eq!(in_words(""), "");
    }
}
