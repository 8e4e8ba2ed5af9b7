//! The posts that fit a question best, out of as many as have a bound.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    Place,
    fit::{Fit, Matcher, Texts},
    postgres,
    question::{Expression, Question, Reach},
    sqlite,
};
use crate::{
    Result,
    db::{Sql, all},
    id::{CommentId, PostId},
};

/// Posts of each sort that are looked at closely: the latest that have the words in their titles, the latest that have them at all, and
/// those with the latest comments that have them.
pub(super) const CANDIDATES: usize = 100;
/// Characters of a text that are looked at closely: who has something to say says it first.
const READ: usize = 2000;
/// Other spellings that are named.
const MOST_SPELLINGS: usize = 3;
/// So many posts with all of the words are enough: if there are fewer, those that have some of them are looked at as well.
const ENOUGH: usize = 10;
/// Of posts that have only some of the words, those count whose fit is such a share of the best one.
const WORTH: f64 = 0.4;

/// A post that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) post: PostId,
    pub(crate) fit: i64,
    /// The comment by which it was found, if its own text has less of what was asked for.
    pub(crate) comment: Option<CommentId>,
}

/// What was found, best first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) question: Question,
    /// How far one had to go to find anything.
    pub(crate) reach: Reach,
    /// How far one went.
    pub(crate) steps: Steps,
    pub(crate) hits: Vec<Hit>,
    /// How many of them have all of the words.
    pub(crate) with_all: usize,
    /// Other spellings by which they were found.
    pub(crate) spellings: Vec<String>,
    /// Whether there may be more, which were not looked at.
    pub(crate) is_part: bool,
}

/// How far a search went, as a page of it tells the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Steps(u8);

impl Steps {
    fn with(self, reach: Reach) -> Self {
        Self(self.0 | 1 << reach as u8)
    }

    fn has(self, reach: Reach) -> bool {
        self.0 & 1 << reach as u8 != 0
    }

    /// As a number.
    pub(crate) fn number(self) -> u8 {
        self.0
    }

    /// The steps of a number, if it is one of such.
    pub(crate) fn of(number: u8) -> Option<Self> {
        (number < 1 << <Reach as strum::VariantArray>::VARIANTS.len()).then_some(Self(number))
    }
}

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Until anything is found.
    Any,
    /// Until enough is found.
    Enough,
    /// As far as that for an earlier page of the list.
    As(Steps),
}

impl Extent {
    /// Whether to go so far, given how many posts were found.
    fn goes(self, reach: Reach, found: usize) -> bool {
        match self {
            Self::As(steps) => steps.has(reach),
            Self::Enough if reach != Reach::Near => found < ENOUGH,
            Self::Any | Self::Enough => found == 0,
        }
    }
}

/// Adds a condition to a query of the posts `p` and their boards `b`.
pub(crate) trait Narrow: Fn(&mut Sql) {}
impl<F: Fn(&mut Sql)> Narrow for F {}

/// A post that may be found, with what of it is looked at.
#[derive(FromQueryResult)]
struct Candidate {
    id: PostId,
    title: String,
    tags: String,
    body: String,
    comment: Option<CommentId>,
    remark: Option<String>,
}

/// Finds posts that have the words, or else near ones, or else some of them.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    question: Question,
    extent: Extent,
    narrow: &(impl Narrow + Sync),
) -> Result<Found> {
    let mut found = Found {
        question,
        reach: Reach::All,
        steps: Steps::default(),
        hits: Vec::new(),
        with_all: 0,
        spellings: Vec::new(),
        is_part: false,
    };
    if found.question.is_empty() {
        // signs only: nothing can be found by them
        return Ok(found);
    }
    found.question.widen(db).await?;
    let mut posts = Posts::new();
    for reach in <Reach as strum::VariantArray>::VARIANTS.iter().copied() {
        if !extent.goes(reach, posts.len()) {
            continue;
        }
        if reach == Reach::Near {
            found.question.forgive(db).await?;
        }
        let Some(asked) = found.question.expression(reach) else { continue };
        let (candidates, is_part) = candidates(db, &asked, narrow).await?;
        if posts.is_empty() {
            (found.reach, found.is_part) = (reach, is_part);
        }
        found.steps = found.steps.with(reach);
        for candidate in candidates {
            posts.entry(candidate.id).or_insert_with(|| Post::new(&candidate, reach)).add(candidate);
        }
    }
    rank(&mut found, posts);
    Ok(found)
}

/// The posts that may be found, and whether there may be more. Titles are asked by themselves only where so many texts have the words that
/// older titles may be beyond the latest of them; comments only where few have.
async fn candidates(db: &impl ConnectionTrait, asked: &Expression<'_>, narrow: &impl Narrow) -> Result<(Vec<Candidate>, bool)> {
    let sql = posts(db.get_database_backend(), Place::Post, asked, narrow);
    let mut found = all::<Candidate>(db, &sql.text, sql.values).await?;
    if found.len() >= CANDIDATES {
        let sql = posts(db.get_database_backend(), Place::Title, asked, narrow);
        found.extend(all::<Candidate>(db, &sql.text, sql.values).await?);
        return Ok((found, true));
    }
    let sql = comments(db.get_database_backend(), asked, narrow);
    let comments = all::<Candidate>(db, &sql.text, sql.values).await?;
    let is_part = comments.len() >= CANDIDATES;
    found.extend(comments);
    Ok((found, is_part))
}

/// Asks for the latest posts that have the words in this place.
pub(super) fn posts(backend: DbBackend, place: Place, asked: &Expression<'_>, narrow: &impl Narrow) -> Sql {
    let join = join(backend);
    let mut sql = Sql::new(&format!(
        "SELECT t.rowid AS id, t.title, t.tags, substr(t.body, 1, {READ}) AS body, CAST(NULL AS bigint) AS comment,
            CAST(NULL AS text) AS remark
         FROM (SELECT p.id FROM search_posts x{join}posts p ON p.id = x.rowid{join}boards b ON b.id = p.board_id WHERE "
    ));
    matches(&mut sql, backend, place, asked);
    sql.push(" AND ");
    narrow(&mut sql);
    sql.push(&format!(" ORDER BY x.rowid DESC LIMIT {CANDIDATES}) f{join}search_posts t ON t.rowid = f.id"));
    sql
}

/// Asks for the latest comments that have the words, and for their posts.
pub(super) fn comments(backend: DbBackend, asked: &Expression<'_>, narrow: &impl Narrow) -> Sql {
    let join = join(backend);
    let mut sql = Sql::new(&format!(
        "SELECT t.rowid AS id, t.title, t.tags, substr(t.body, 1, {READ}) AS body, f.comment, substr(c.body, 1, {READ}) AS remark
         FROM (SELECT p.id, k.id AS comment FROM search_comments x{join}comments k ON k.id = x.rowid{join}posts p ON p.id = k.post_id
            {join}boards b ON b.id = p.board_id WHERE "
    ));
    matches(&mut sql, backend, Place::Comment, asked);
    sql.push(" AND ");
    narrow(&mut sql);
    sql.push(&format!(" ORDER BY x.rowid DESC LIMIT {CANDIDATES}) f{join}search_comments c ON c.rowid = f.comment"));
    sql.push(&format!("{join}search_posts t ON t.rowid = f.id"));
    sql
}

/// Appends the condition that the post `p` has what is asked for, in its own text or in a comment.
pub(crate) fn condition(sql: &mut Sql, backend: DbBackend, question: &Question, reach: Reach) {
    let Some(asked) = question.expression(reach).filter(|_| !question.is_empty()) else {
        sql.push("FALSE");
        return;
    };
    sql.push("p.id IN (SELECT x.rowid FROM search_posts x WHERE ");
    matches(sql, backend, Place::Post, &asked);
    sql.push(&format!(" UNION ALL SELECT k.post_id FROM search_comments x{}comments k ON k.id = x.rowid WHERE ", join(backend)));
    matches(sql, backend, Place::Comment, &asked);
    sql.push(")");
}

pub(super) fn matches(sql: &mut Sql, backend: DbBackend, place: Place, asked: &Expression<'_>) {
    if backend == DbBackend::Postgres { postgres::matches(sql, place, asked) } else { sqlite::matches(sql, place, asked) }
}

pub(super) fn join(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { postgres::JOIN } else { sqlite::JOIN }
}

type Posts = BTreeMap<PostId, Post>;

/// What is looked at of a post.
struct Post {
    title: String,
    tags: String,
    body: String,
    comments: BTreeMap<CommentId, String>,
    /// Whether one text of it has all of the words.
    has_all: bool,
}

impl Post {
    fn new(candidate: &Candidate, reach: Reach) -> Self {
        let Candidate { title, tags, body, .. } = candidate;
        let (title, tags, body) = (title.clone(), tags.clone(), body.clone());
        Self { title, tags, body, comments: BTreeMap::new(), has_all: reach.is_of_all() }
    }

    fn add(&mut self, candidate: Candidate) {
        self.comments.extend(candidate.comment.zip(candidate.remark));
    }

    fn fit(&self, matcher: &Matcher<'_>) -> (Fit, Option<CommentId>) {
        let remarks: Vec<&str> = self.comments.values().map(String::as_str).collect();
        let texts = Texts { title: &self.title, tags: &self.tags, body: &self.body, comments: &remarks };
        let fit = matcher.fit(&texts, self.has_all);
        let comment = fit.comment.and_then(|n| self.comments.keys().nth(n).copied());
        (fit, comment)
    }
}

/// Puts what was found in its order: by fit, the latest of equals first.
fn rank(found: &mut Found, posts: Posts) {
    let matcher = Matcher::new(&found.question);
    let mut ranked: Vec<(PostId, Fit, Option<CommentId>)> = posts
        .iter()
        .map(|(id, post)| {
            let (fit, comment) = post.fit(&matcher);
            (*id, fit, comment)
        })
        .collect();
    ranked.sort_by_key(|(post, fit, _)| std::cmp::Reverse((fit.score, *post)));
    let best = ranked.first().map_or(0, |(_, fit, _)| fit.score);
    ranked.retain(|(_, fit, _)| fit.has_all || fit.score as f64 >= best as f64 * WORTH);
    found.with_all = ranked.iter().filter(|(_, fit, _)| fit.has_all).count();
    found.spellings = most_frequent(ranked.iter().flat_map(|(_, fit, _)| &fit.spellings));
    found.hits = ranked.into_iter().map(|(post, fit, comment)| Hit { post, fit: fit.score, comment }).collect();
}

/// The spellings that most posts have.
fn most_frequent<'s>(spellings: impl Iterator<Item = &'s String>) -> Vec<String> {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for spelling in spellings {
        *counts.entry(spelling).or_default() += 1;
    }
    let mut spellings: Vec<(&String, usize)> = counts.into_iter().collect();
    spellings.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    spellings.into_iter().take(MOST_SPELLINGS).map(|(spelling, _)| spelling.nfc().collect()).collect()
}
