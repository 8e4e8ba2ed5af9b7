//! Posts as they are listed and shown, and what a new one is made from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::Serialize;

use super::{BODY_MAX, Kind, Sort, TITLE_MAX, TITLE_MIN};
use crate::{
    Result,
    attachment::Attachment,
    board::Board,
    case::Case,
    clock::Clock,
    error::{Check, Problem},
    id::{BoardId, PersonId, PostId},
    marker::Marker,
    names::Names,
    person::Person,
    search::Line,
    site::Language,
    status::{Stage, Status},
    tag::{self, Tag},
    text,
    values::Provenance,
    vote::MyVote,
};

/// A post in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PostRow {
    /// Its number.
    pub id: PostId,
    /// Its name in addresses.
    pub slug: String,
    /// What sort of post it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its first words.
    pub excerpt: String,
    /// Why its text is hidden, if it is; the author and the staff read it all the same.
    pub hidden: Option<Marker>,
    /// Whether it is held back: only its author and the staff know of it.
    pub held: bool,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Where it belongs: slug and name of the board.
    pub board: BoardRef,
    /// Where it stands.
    pub status: Status,
    /// Since when it stands there.
    pub stage_at: DateTime<Utc>,
    /// Who wrote it.
    pub author: Person,
    /// Who is accountable.
    pub owner: Option<Person>,
    /// Escalation, from 1.
    pub level: i32,
    /// People for it.
    pub support_count: i64,
    /// People against it.
    pub oppose_count: i64,
    /// Comments that stand.
    pub comment_count: i64,
    /// Its rank by the public formula.
    pub trend: f64,
    /// Its deadlines.
    pub clocks: Vec<Clock>,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
    /// What the actor has said.
    pub my_vote: Option<MyVote>,
    /// The post that heads its case, if it is a member of one.
    pub head: Option<PostId>,
    /// How many members the case has that it heads.
    pub members: i64,
    /// People for any post of the case that it heads, each once; those for it when it heads none.
    pub case_support: i64,
    /// Comments on all posts of the case that it heads; those on it when it heads none.
    pub case_comments: i64,
}

/// The board of a post.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, FromQueryResult)]
pub struct BoardRef {
    /// Its number.
    #[serde(skip)]
    pub id: BoardId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people, where their language has none of its own.
    pub name: String,
    /// Its names in single languages.
    #[serde(skip)]
    pub names: Names,
    /// Whether only its groups and the staff see it.
    #[serde(skip)]
    pub private: bool,
}

impl BoardRef {
    /// What it is called in a language.
    pub fn called(&self, language: Language) -> &str {
        self.names.called(language, &self.name)
    }
}

/// A whole post.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// What stands in lists.
    pub row: PostRow,
    /// The text as written, in Markdown.
    pub body: String,
    /// The text as safe HTML.
    pub body_html: String,
    /// Its labels.
    pub tags: Vec<Tag>,
    /// The number of the present wording.
    pub version: i32,
    /// When it got the present wording, if not the first.
    pub edited_at: Option<DateTime<Utc>>,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
    /// Whether customers had it, the company had planned it, or both; nothing while nobody has said so.
    pub provenance: Option<Provenance>,
    /// Since when it is held back: only its author and the staff know of it.
    pub held_since: Option<DateTime<Utc>>,
    /// Whether its reader hears what the company says to it: because they follow it, or, unless they said otherwise, wrote it,
    /// support it or commented on it.
    pub following: bool,
    /// Why nothing more is said to it, if it is locked.
    pub locked: Option<Marker>,
    /// Whether its reader may read its text.
    pub is_readable: bool,
    /// Reports that it happened again.
    pub again_count: i64,
    /// The pictures and documents that belong to it; none when its reader may not read it.
    pub files: Vec<Attachment>,
    /// Who owned it since when, latest first.
    pub owners: Vec<OwnerSince>,
    /// Every clock that ever ran on it, oldest first.
    pub clocks: Vec<Clock>,
    /// The case that it belongs to; nothing while it stands alone.
    pub case: Option<Case>,
}

/// A stretch of ownership.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnerSince {
    /// Who was accountable.
    pub person: Person,
    /// Who said so; nobody when a rule of assignment did.
    pub by: Option<PersonId>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A wording that stood in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub body: String,
    /// Who wrote it.
    pub editor: Person,
    /// The house rule that a member of the staff named for the edit.
    pub rule: Option<i32>,
    /// The reason that they gave.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
    /// How many files were taken away with it.
    pub files_gone: i32,
}

/// Which posts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// In which order.
    pub sort: Sort,
    /// Slug of a board.
    pub board: Option<String>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// Slug of a status.
    pub status: Option<String>,
    /// Of one stage.
    pub stage: Option<Stage>,
    /// Slug of a tag.
    pub tag: Option<String>,
    /// Words in title, text or comments.
    pub q: Option<String>,
    /// By one author.
    pub author: Option<PersonId>,
    /// Voted on by one person.
    pub voter: Option<PersonId>,
    /// With those of whoever asks that are hidden or held back: nobody else has them in a list.
    pub with_own_hidden: bool,
}

/// The stages of which a list shows posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stages {
    One(Stage),
    Delivered,
    NotArchived,
    All,
}

impl Filter {
    /// What is found by words, the best match first.
    pub fn words(query: &str) -> Self {
        Self { q: Some(query.to_owned()), sort: Sort::Fit, ..Self::default() }
    }

    pub(super) fn stages(&self) -> Stages {
        match self.stage {
            Some(stage) => Stages::One(stage),
            None if self.sort == Sort::Delivered => Stages::Delivered,
            // what was put away is there for those who ask for it
            None if self.status.is_none() && self.author.is_none() && self.voter.is_none() => Stages::NotArchived,
            None => Stages::All,
        }
    }

    /// The order that counts: without words there is nothing to fit.
    pub fn order(&self) -> Sort {
        if self.sort == Sort::Fit && self.q.is_none() { Sort::default() } else { self.sort }
    }

    /// Whether it lets the same posts through for all who see the same boards: it asks for nobody's own.
    pub fn is_nobodys(&self) -> bool {
        self.author.is_none() && self.voter.is_none() && !self.with_own_hidden
    }

    /// Whether [`Counts`](super::Counts) know how many posts it lets through.
    pub fn is_counted(&self) -> bool {
        self.q.is_none() && self.author.is_none() && self.voter.is_none()
    }
}

/// A stretch of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// The posts.
    pub items: Vec<PostRow>,
    /// Where the next stretch starts.
    pub older: Option<String>,
    /// Where the stretch before this starts.
    pub newer: Option<String>,
}

/// One page of a list, with its total.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The posts.
    pub items: Vec<PostRow>,
    /// How many there are in all.
    pub total: i64,
    /// Where the next page starts.
    pub older: Option<String>,
    /// Where the page before this starts.
    pub newer: Option<String>,
    /// What is to be said of a search.
    pub told: Option<Told>,
}

/// What is to be said of a search besides its posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// How many posts have all of the words.
    pub with_all: usize,
    /// Other spellings that were found too.
    pub spellings: Vec<String>,
    /// Whether there may be more posts than the total says: a search looks at so many and no more.
    pub is_part: bool,
    /// Why each post was found.
    pub lines: BTreeMap<PostId, Line>,
}

/// A new post, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// `idea`, `wish`, `complaint` or `criticism`.
    pub kind: String,
    /// 3 to 120 characters.
    pub title: String,
    /// 1 to 20,000 characters of Markdown.
    pub body: String,
    /// Slug of a board.
    pub board: String,
    /// At most 5 names.
    pub tags: Vec<String>,
    /// The language of the page on which it was typed, in case the text does not tell.
    pub language: Option<Language>,
}

/// A title: one line of 3 to 120 characters.
///
/// # Errors
/// As [`text::line`].
pub fn parse_title(title: &str) -> std::result::Result<String, Problem> {
    text::line(title, TITLE_MIN, TITLE_MAX)
}

/// A body: 1 to 20,000 characters.
///
/// # Errors
/// As [`text::block`].
pub fn parse_body(body: &str) -> std::result::Result<String, Problem> {
    text::block(body, 1, BODY_MAX)
}

/// The name of a post in addresses: never a word that stands behind its number for something else.
pub fn slug_of(title: &str) -> String {
    const TAKEN: [&str; 11] =
        ["again", "answers", "comments", "edit", "flag", "moderate", "rebuttal", "same", "solved", "versions", "vote"];
    let slug = text::slug(title);
    if TAKEN.contains(&slug.as_str()) { format!("{slug}-post") } else { slug }
}

/// A draft that can be posted, but for the board, which only the database knows.
pub(crate) struct Checked {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) tags: Vec<Tag>,
}

impl Draft {
    pub(crate) fn check(&self, board: Option<Board>) -> Result<(Checked, Board)> {
        let mut check = Check::new();
        let kind = check.field("kind", if self.kind.is_empty() { Err(Problem::Required) } else { Kind::parse(&self.kind) });
        let title = check.field("title", parse_title(&self.title));
        let body = check.field("body", parse_body(&self.body));
        let unknown = || if self.board.is_empty() { Problem::Required } else { Problem::UnknownChoice };
        let board = board.ok_or_else(unknown).and_then(|board| if board.is_open() { Ok(board) } else { Err(Problem::BoardClosed) });
        let board = check.field("board", board);
        let tags = check.field("tags", tag::parse_all(&self.tags));
        let (kind, title, body, board, tags) = check.finish((kind, title, body, board, tags))?;
        Ok((Checked { kind, title, body, tags }, board))
    }
}
