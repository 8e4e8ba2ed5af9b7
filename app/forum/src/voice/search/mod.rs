//! Finding posts by words in title, tags, text and comments. Texts are cut into plain words by [`words`](crate::words), once for both
//! databases; these keep the index and answer which documents have which words. Which of them fit best is computed here, so that both
//! give the same results in the same order.
//!
//! What a search costs has a bound: few units count, short words begin no others, and of all posts that have the words only the latest are
//! looked at closely.

mod find;
mod fit;
mod index;
mod line;
mod postgres;
mod question;
mod similar;
mod spelling;
mod sqlite;

pub(crate) use find::{Extent, Found, Hit, Steps, condition, find};
pub use index::tidy;
pub(crate) use index::{follow, forget_words, index_post, index_tagged, renew};
pub(crate) use line::lines;
pub use line::{Line, Marked};
pub(crate) use question::Question;
pub(crate) use similar::similar;
pub use similar::{LIKE_ENOUGH, MOST_ALIKE, MOST_SHOWN};

use crate::id::PostId;

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the title of a post.
    Title,
    /// In its title, its tags or its text.
    Post,
    /// In a comment.
    Comment,
}

/// The post that a search is about when it is nothing but a number.
pub fn number_of(query: &str) -> Option<PostId> {
    let query = query.trim();
    let digits = query.strip_prefix('#').unwrap_or(query);
    let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_number).map(PostId)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, FromQueryResult};

    use super::{question::Reach, *};
    use crate::{
        Forum,
        actor::Actor,
        board,
        db::{Sql, all, exec, number, values},
        forum::Options,
    };

    #[derive(FromQueryResult)]
    struct Step {
        detail: String,
    }

    #[tokio::test]
    async fn the_index_is_asked_once_and_read_from_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("plans.db").display());
        let forum = Forum::open(Options::new(url, "http://localhost")).await.unwrap();
        let question = Question::parse("router night");
        let asked = question.expression(Reach::All).unwrap();
        let narrow = |sql: &mut Sql| board::visible(sql, &Actor::Visitor);
        let mut list = Sql::new("SELECT p.id FROM posts p WHERE ");
        condition(&mut list, DbBackend::Sqlite, &question, Reach::All);
        for (sql, sorts) in [
            (list, false),
            (find::posts(DbBackend::Sqlite, Place::Post, &asked, &narrow), false),
            (find::posts(DbBackend::Sqlite, Place::Title, &asked, &narrow), false),
            (find::comments(DbBackend::Sqlite, &asked, &narrow), false),
            (similar::candidates(DbBackend::Sqlite, &Actor::Visitor, &question), true),
        ] {
            let steps = all::<Step>(forum.read(), &format!("EXPLAIN QUERY PLAN {}", sql.text), sql.values).await.unwrap();
            let plan: Vec<String> = steps.into_iter().map(|step| step.detail).collect();
            assert!(plan.iter().any(|step| step.starts_with("SCAN x VIRTUAL TABLE")), "{plan:#?}");
            // besides what the index found, and rows of it by their numbers, nothing is gone through
            let found = ["SCAN x ", "SCAN f", "SCAN l", "SCAN t VIRTUAL TABLE INDEX 0:=", "SCAN c VIRTUAL TABLE INDEX 0:="];
            let is_bounded = |step: &String| !step.starts_with("SCAN") || found.iter().any(|of| step.starts_with(of));
            assert!(plan.iter().all(is_bounded), "each document asks the index: {plan:#?}");
            assert!(sorts || !plan.iter().any(|step| step.contains("FOR ORDER BY")), "sorts what it read: {plan:#?}");
        }
    }

    #[tokio::test]
    async fn an_index_in_pieces_becomes_one_and_finds_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("pieces.db").display());
        let forum = Forum::open(Options::new(url, "http://localhost")).await.unwrap();
        // otherwise SQLite merges some by itself
        let alone = "INSERT INTO search_posts(search_posts, rank) VALUES ('automerge', 0)";
        forum.write(&Actor::System, async |tx| exec(tx.conn(), alone, values![]).await).await.unwrap();
        for n in 1..=10 {
            let sql = "INSERT INTO search_posts (rowid, title, tags, body) VALUES ($1, $2, '', 'quiet')";
            let word = format!("word{n}");
            forum.write(&Actor::System, async |tx| exec(tx.conn(), sql, values![n, word.as_str()]).await).await.unwrap();
        }
        let ask = async |sql: &str| number(forum.read(), sql, []).await.unwrap().unwrap();
        let pieces = "SELECT COUNT(DISTINCT segid) AS n FROM search_posts_idx";
        let found = "SELECT COUNT(*) AS n FROM search_posts WHERE search_posts MATCH '\"quiet\" AND word*'";
        assert_eq!(ask(pieces).await, 10);
        assert_eq!(ask(found).await, 10);
        tidy(&forum).await.unwrap();
        assert_eq!(ask(pieces).await, 1);
        assert_eq!(ask(found).await, 10);
        tidy(&forum).await.unwrap();
    }

    #[test]
    fn a_number_is_a_post() {
        assert_eq!(number_of(" #12 "), Some(PostId(12)));
        assert_eq!(number_of("812"), Some(PostId(812)));
        for query in ["", "#", "0", "12a", "-1", "1 2", "99999999999999999999"] {
            assert_eq!(number_of(query), None, "{query}");
        }
    }
}
