//! Finding posts by words in title, text and comments. Texts are cut into plain words here, once for both databases, so that both
//! give the same results; the databases keep the index and answer which documents have the words.

mod postgres;
mod sqlite;

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board,
    db::{Sql, all, exec, number, one, values},
    event::{Event, Kind},
    id::{CommentId, PostId},
    words::{is_small, plain_words},
};

/// Words of a query that count, the longest: more would only make it slow.
const MOST_WORDS: usize = 8;
/// Shorter words are no beginnings of others: each of those few would have to look at half of the index.
const SHORTEST_BEGINNING: usize = 3;
/// Shorter words have too many neighbours a letter off.
const SHORTEST_FUZZY: usize = 4;
/// Neighbours of a mistyped word that are tried: more than a language has, since words of posts that the actor does not see are
/// among them and must not crowd out the others.
const MOST_NEIGHBOURS: usize = 200;

/// The words of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<String>);

/// What documents have to contain: of each list at least one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match(Vec<Vec<Term>>);

/// A word, or the beginning of one. Letters and digits only, so that it can't be taken for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    word: String,
    is_prefix: bool,
}

impl Words {
    /// The words of a query as typed.
    pub fn parse(query: &str) -> Self {
        let mut known = HashSet::new();
        let mut words = plain_words(query);
        words.retain(|word| known.insert(word.clone()));
        longest(&mut words, MOST_WORDS);
        Self(words)
    }

    /// Documents that have words which begin with each of these.
    pub fn exact(&self) -> Match {
        Match(self.0.iter().map(|word| vec![Term::beginning(word)]).collect())
    }

    /// The same for words that are at most one letter off: one too many, one missing, one wrong, or two swapped.
    pub async fn near(&self, db: &impl ConnectionTrait) -> Result<Match> {
        #[derive(FromQueryResult)]
        struct Near {
            word: String,
        }
        let mut lists = Vec::new();
        for word in &self.0 {
            let mut list = vec![Term::beginning(word)];
            if word.chars().count() >= SHORTEST_FUZZY {
                let mut sql = Sql::new("SELECT DISTINCT word FROM search_near WHERE form IN ");
                sql.bind_list(forms(word)).push(" ORDER BY word");
                let near = all::<Near>(db, &sql.text, sql.values).await?;
                let near = near.into_iter().filter(|n| n.word != *word && one_off(&n.word, word)).take(MOST_NEIGHBOURS);
                list.extend(near.map(|n| Term { word: n.word, is_prefix: false }));
            }
            lists.push(list);
        }
        Ok(Match(lists))
    }
}

impl Term {
    /// Words that begin so; this word itself when it is too short for that.
    fn beginning(word: &str) -> Self {
        Self { word: word.to_owned(), is_prefix: word.chars().count() >= SHORTEST_BEGINNING }
    }
}

/// Keeps so many of the words, the longest: they say most.
fn longest(words: &mut Vec<String>, most: usize) {
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(most);
}

impl Match {
    /// Appends the condition that the post `p` has a document with these words.
    pub(crate) fn condition(&self, sql: &mut Sql, backend: DbBackend) {
        if self.0.is_empty() {
            // signs only: nothing can be found by them
            sql.push("FALSE");
        } else if backend == DbBackend::Postgres {
            postgres::condition(sql, &self.0);
        } else {
            sqlite::condition(sql, &self.0);
        }
    }
}

/// A word and all that is left of it when one letter is dropped.
fn forms(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut forms = vec![word.to_owned()];
    for drop in 0..letters.len() {
        let form: String = letters.iter().enumerate().filter(|(n, _)| *n != drop).map(|(_, c)| *c).collect();
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// Whether two words are one insertion, deletion, substitution or swap of neighbours apart (optimal string alignment distance 1).
fn one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = |from_short: usize, from_long: usize| short.get(from_short..) == long.get(from_long..);
    match long.len() - short.len() {
        0 if head == short.len() => true,
        0 => {
            rest(head + 1, head + 1)
                || (head + 1 < short.len()
                    && short[head] == long[head + 1]
                    && short[head + 1] == long[head]
                    && rest(head + 2, head + 2))
        }
        1 => rest(head, head + 1),
        _ => false,
    }
}

/// Keeps the index at what stands there.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let (db, Some(post)) = (tx.conn(), event.post) else { return Ok(()) };
    match event.kind {
        Kind::PostSubmitted | Kind::PostEdited { .. } => index_post(db, post).await,
        Kind::CommentPosted { comment, .. } | Kind::CommentEdited { comment } => index_comment(db, post, comment).await,
        Kind::CommentRemoved { comment } => forget_comment(db, comment).await,
        _ => Ok(()),
    }
}

/// Indexes the wording of a post.
pub(crate) async fn index_post(db: &impl ConnectionTrait, post: PostId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wording {
        title: String,
        body: String,
    }
    let sql = "SELECT title, body FROM posts WHERE id = $1";
    let Wording { title, body } = one::<Wording>(db, sql, values![post]).await?.ok_or(Error::NotFound)?;
    let sql = "SELECT id AS n FROM search_documents WHERE post_id = $1 AND comment_id IS NULL";
    let document = match number(db, sql, values![post]).await? {
        Some(document) => document,
        None => {
            let sql = "INSERT INTO search_documents (post_id) VALUES ($1) RETURNING id AS n";
            number(db, sql, values![post]).await?.ok_or_else(|| Error::internal("no document came back"))?
        }
    };
    put(db, document, &plain_words(&title), &plain_words(&body)).await
}

/// Indexes the wording of a comment.
async fn index_comment(db: &impl ConnectionTrait, post: PostId, comment: CommentId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wording {
        body: String,
    }
    let sql = "SELECT body FROM comments WHERE id = $1";
    let Wording { body } = one::<Wording>(db, sql, values![comment]).await?.ok_or(Error::NotFound)?;
    let sql = "SELECT id AS n FROM search_documents WHERE comment_id = $1";
    let document = match number(db, sql, values![comment]).await? {
        Some(document) => document,
        None => {
            let sql = "INSERT INTO search_documents (post_id, comment_id) VALUES ($1, $2) RETURNING id AS n";
            number(db, sql, values![post, comment]).await?.ok_or_else(|| Error::internal("no document came back"))?
        }
    };
    put(db, document, &[], &plain_words(&body)).await
}

/// Takes a comment out of the index.
async fn forget_comment(db: &impl ConnectionTrait, comment: CommentId) -> Result<()> {
    let sql = "DELETE FROM search_index WHERE rowid IN (SELECT id FROM search_documents WHERE comment_id = $1)";
    exec(db, sql, values![comment]).await?;
    exec(db, "DELETE FROM search_documents WHERE comment_id = $1", values![comment]).await?;
    Ok(())
}

async fn put(db: &impl ConnectionTrait, document: i64, title: &[String], body: &[String]) -> Result<()> {
    exec(db, "DELETE FROM search_index WHERE rowid = $1", values![document]).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        postgres::put(db, document, title, body).await?;
    } else {
        sqlite::put(db, document, title, body).await?;
    }
    learn(db, title.iter().chain(body)).await
}

/// Notes the words that were never seen before, with their forms. In alphabetical order, so that two transactions that learn the
/// same words wait for each other instead of locking each other out.
async fn learn(db: &impl ConnectionTrait, words: impl Iterator<Item = &String>) -> Result<()> {
    #[derive(FromQueryResult)]
    struct New {
        word: String,
    }
    let mut words: Vec<&String> = words.filter(|w| w.chars().count() >= SHORTEST_FUZZY - 1).collect();
    words.sort_unstable();
    words.dedup();
    for chunk in words.chunks(500) {
        let mut sql = Sql::new("INSERT INTO search_words (word) VALUES ");
        for (n, word) in chunk.iter().enumerate() {
            sql.push(if n == 0 { "(" } else { ", (" }).bind(word.as_str()).push(")");
        }
        sql.push(" ON CONFLICT DO NOTHING RETURNING word");
        let new = all::<New>(db, &sql.text, sql.values).await?;
        let pairs: Vec<(String, &String)> =
            new.iter().flat_map(|n| forms(&n.word).into_iter().map(move |form| (form, &n.word))).collect();
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

/// Posts that are looked at closely for likeness.
const CANDIDATES: usize = 60;
/// Words of the new post that count for likeness, the longest; and of these, those of its text.
const MOST_ASKED: usize = 16;
const MOST_OF_BODY: usize = 12;
/// Characters of a text that count for likeness: who has something to say says it first.
const READ: usize = 3000;
/// Likeness from which a post is worth showing, from 0 to 1.
pub const LIKE_ENOUGH: f64 = 0.2;

/// Posts that are shown as alike, at most.
pub const MOST_ALIKE: usize = 5;

/// A post that may say the same.
#[derive(FromQueryResult)]
struct Candidate {
    id: PostId,
    title: String,
    body: String,
}

/// The words of a new post, of its title and those that its text adds, of which none counts twice.
struct Asked {
    title: Vec<String>,
    body: Vec<String>,
}

impl Asked {
    fn parse(title: &str, body: &str) -> Self {
        let mut title = content(title);
        longest(&mut title, MOST_ASKED);
        let mut body = content(body);
        body.retain(|word| !title.contains(word));
        longest(&mut body, MOST_OF_BODY.min(MOST_ASKED - title.len()));
        Self { title, body }
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        self.title.iter().chain(&self.body)
    }
}

/// The words of a text that say something of the matter.
fn content(text: &str) -> Vec<String> {
    let text = text.char_indices().nth(READ).map_or(text, |(end, _)| &text[..end]);
    let mut words = plain_words(text);
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !is_small(word));
    words
}

/// At most five posts that say much the same, best first.
pub(crate) async fn similar(db: &impl ConnectionTrait, actor: &Actor, title: &str, body: &str) -> Result<Vec<PostId>> {
    let asked = Asked::parse(title, body);
    let terms: Vec<Term> = asked.words().map(|word| Term::beginning(word)).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = candidates(db.get_database_backend(), actor, &terms);
    let found = all::<Candidate>(db, &sql.text, sql.values).await?;
    tokio::task::spawn_blocking(move || alike(&asked, found)).await.map_err(Error::internal)
}

/// Asks for the posts that may say the same: which they are, and then for the texts of these alone.
fn candidates(backend: DbBackend, actor: &Actor, terms: &[Term]) -> Sql {
    let mut sql = Sql::new(&format!("SELECT p.id, p.title, substr(p.body, 1, {READ}) AS body FROM posts p WHERE p.id IN ("));
    let visible = |sql: &mut Sql| board::visible(sql, actor);
    if backend == DbBackend::Postgres {
        postgres::any_of(&mut sql, terms, CANDIDATES, visible);
    } else {
        sqlite::any_of(&mut sql, terms, CANDIDATES, visible);
    }
    sql.push(")");
    sql
}

/// The candidates that are like enough. Likeness is the share of the weight of the words of the new post that the other one has too,
/// where a word weighs more the fewer of the candidates have it, and the title weighs three times.
fn alike(asked: &Asked, candidates: Vec<Candidate>) -> Vec<PostId> {
    let words: Vec<(PostId, HashSet<String>, HashSet<String>)> = candidates
        .into_iter()
        .map(|c| (c.id, content(&c.title).into_iter().collect(), content(&c.body).into_iter().collect()))
        .collect();
    let has = |set: &HashSet<String>, word: &String| {
        set.contains(word) || (word.chars().count() > SHORTEST_FUZZY && set.iter().any(|w| stem_like(w, word)))
    };
    let mut weight: HashMap<&String, f64> = HashMap::new();
    for word in asked.words() {
        let with = words.iter().filter(|(_, title, body)| has(title, word) || has(body, word)).count();
        weight.insert(word, ((1.0 + CANDIDATES as f64) / (1.0 + with as f64)).ln() + 0.3);
    }
    let asked_weight = |list: &[String], times: f64| list.iter().filter_map(|w| weight.get(w)).sum::<f64>() * times;
    let whole = asked_weight(&asked.title, 3.0) + asked_weight(&asked.body, 1.0);
    let mut scored: Vec<(f64, PostId)> = words
        .iter()
        .map(|(id, title, body)| {
            let share = |list: &[String], times: f64| {
                let found = |w: &String| {
                    if has(title, w) {
                        1.0
                    } else if has(body, w) {
                        0.6
                    } else {
                        0.0
                    }
                };
                list.iter().map(|w| weight.get(w).copied().unwrap_or(0.0) * found(w)).sum::<f64>() * times
            };
            ((share(&asked.title, 3.0) + share(&asked.body, 1.0)) / whole, *id)
        })
        .filter(|(score, _)| *score >= LIKE_ENOUGH)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    scored.into_iter().take(MOST_ALIKE).map(|(_, id)| id).collect()
}

/// Whether two words differ only in a short ending: "router" and "routers", "factuur" and "facturen" do not.
fn stem_like(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    common >= SHORTEST_FUZZY && a - common <= 2 && b - common <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Forum, forum::Options};

    #[test]
    fn one_letter_off_is_near_two_are_not() {
        for (a, b) in
            [("afordable", "affordable"), ("routre", "router"), ("rooter", "router"), ("routerr", "router"), ("outer", "router")]
        {
            assert!(one_off(a, b) && one_off(b, a), "{a} and {b}");
        }
        for (a, b) in [("rotuers", "router"), ("plan", "place"), ("abcd", "badc")] {
            assert!(!one_off(a, b), "{a} and {b}");
        }
    }

    #[tokio::test]
    async fn the_index_is_asked_once() {
        #[derive(FromQueryResult)]
        struct Step {
            detail: String,
        }
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("plans.db").display());
        let forum = Forum::open(Options::new(url, "http://localhost")).await.unwrap();
        let words = Words::parse("router night");
        let terms: Vec<Term> = words.0.iter().map(|word| Term::beginning(word)).collect();
        let mut list = Sql::new("SELECT p.id FROM posts p WHERE ");
        words.exact().condition(&mut list, DbBackend::Sqlite);
        for sql in [list, candidates(DbBackend::Sqlite, &Actor::Visitor, &terms)] {
            let steps = all::<Step>(forum.read(), &format!("EXPLAIN QUERY PLAN {}", sql.text), sql.values).await.unwrap();
            let plan: Vec<String> = steps.into_iter().map(|step| step.detail).collect();
            let at = |start: &str| plan.iter().position(|step| step.starts_with(start)).unwrap_or(usize::MAX);
            assert!(at("SCAN x VIRTUAL TABLE") < at("SEARCH d "), "each document asks the index: {plan:#?}");
            assert!(plan.iter().all(|step| !step.starts_with("SCAN") || step.starts_with("SCAN x")), "{plan:#?}");
        }
    }

    #[test]
    fn short_words_begin_no_others_and_few_words_count() {
        let alphabet: String = ('a'..='z').map(|letter| format!("{letter} ")).collect();
        let asked = Asked::parse(&alphabet, "the routers of the house");
        assert!(asked.words().all(|word| word.chars().count() < 3), "{:?}", asked.title);
        assert_eq!(asked.words().count(), MOST_ASKED);
        for query in [&alphabet, "to be", "計程車"] {
            let Match(lists) = Words::parse(query).exact();
            assert!(lists.len() <= MOST_WORDS && lists.iter().flatten().all(|term| !term.is_prefix), "{query}");
        }
        let Match(lists) = Words::parse("a router of two routers, and a router in the very nice cupboard upstairs").exact();
        let words: Vec<_> = lists.iter().flatten().map(|term| (term.word.as_str(), term.is_prefix)).collect();
        assert_eq!((words.len(), words[0], words[3]), (MOST_WORDS, ("cupboard", true), ("router", true)), "{words:?}");
    }

    #[test]
    fn near_words_share_a_form() {
        for (a, b) in [("afordable", "affordable"), ("routre", "router"), ("rooter", "router")] {
            let forms_a = forms(a);
            assert!(forms(b).iter().any(|form| forms_a.contains(form)), "{a} and {b}");
        }
    }
}
