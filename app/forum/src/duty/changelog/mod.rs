//! The changelog: what was delivered, and because of whom. An entry tells of something that is new, better or mended, and names the posts
//! that asked for it; those who proposed and supported it are told and thanked, once.
//!
//! The staff writes entries as drafts. Publishing one is an official act, at once or from a moment on that lies ahead: whether it is in
//! public follows from the time, and a job only draws the consequences. From then on nothing changes unseen. A correction keeps
//! what stood there before, with its reason; and an entry that does not hold is withdrawn, which it says itself.
//!
//! Who may read an entry follows from its posts: whoever may know of one of them, and everybody where the staff said that it is for
//! everybody. Of its posts each reader sees those that they see elsewhere.

mod commands;
mod queries;

pub use commands::{Draft, Edit, discard, edit, may_write, publish, recall, run, withdraw, write};
pub use queries::{
    Delivered, Filter, by_id, corrections, count, cursor_of, delivered, list, may_list_own, newer, of_post, proposals,
};

use chrono::{DateTime, Utc};

use crate::{
    id::{ChangelogId, PostId},
    person::Person,
    post::{self, BoardRef},
    status::Stage,
    text,
};

/// Characters of a title, at least.
pub const TITLE_MIN: usize = post::TITLE_MIN;
/// Characters of a title, at most.
pub const TITLE_MAX: usize = post::TITLE_MAX;
/// Characters of a text, at most.
pub const BODY_MAX: usize = post::BODY_MAX;
/// Posts of an entry, at most.
pub const POSTS_MAX: usize = 30;
/// Entries of a page, at most.
pub const PAGE_MAX: u64 = 100;

/// What sort of news an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Category {
    /// It was not there before.
    New,
    /// It was, and is better.
    Improved,
    /// It was broken, and is mended.
    Fixed,
}

crate::word::kept_as_words!(Category);

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum State {
    /// The staff is writing it.
    Draft,
    /// It will be in public from a moment on that lies ahead.
    Scheduled,
    /// It is in public.
    Published,
    /// It is in public, and does not hold any more.
    Withdrawn,
}

crate::word::named!(State);

impl State {
    fn of(published_at: Option<DateTime<Utc>>, withdrawn_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match published_at {
            None => Self::Draft,
            Some(at) if at > now => Self::Scheduled,
            Some(_) if withdrawn_at.is_some() => Self::Withdrawn,
            Some(_) => Self::Published,
        }
    }

    /// Whether it was published: from then on nothing changes unseen.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Withdrawn)
    }
}

/// What somebody had to do with what was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Part {
    /// They proposed it, or reported it.
    Proposed,
    /// They supported it.
    Supported,
}

crate::word::named!(Part);

/// An entry, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: ChangelogId,
    /// What sort of news it is.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// The text as written, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Whether it is for everybody, also for those who may see none of its posts.
    pub for_all: bool,
    /// Who wrote it.
    pub author: Person,
    /// Counts its changes.
    pub version: i32,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// From when on it is in public.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was last corrected after that.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub withdrawn_reason: Option<String>,
    /// How it stands.
    pub state: State,
    /// The posts that asked for it, as far as its reader sees them.
    pub posts: Vec<Credit>,
    /// The numbers of all of them, for those who write entries.
    pub links: Vec<PostId>,
}

impl Entry {
    /// Its name in addresses.
    pub fn slug(&self) -> String {
        slug_of(&self.title)
    }

    /// What its reader had to do with it, most first.
    pub fn mine(&self) -> Option<&Mine> {
        self.posts.iter().filter_map(|post| post.mine.as_ref()).min_by_key(|mine| mine.part)
    }
}

/// A post that asked for what was delivered, and those whom that is owed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The post.
    pub post: Linked,
    /// Its board.
    pub board: BoardRef,
    /// Who proposed it: its author, and those of the posts of its case.
    pub authors: Vec<Person>,
    /// How many people supported it, each once.
    pub supporters: i64,
    /// What the reader had to do with it.
    pub mine: Option<Mine>,
}

/// A post, as far as an entry tells of it.
#[derive(Debug, Clone, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Linked {
    /// Its number.
    pub id: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Where it stands.
    pub stage: Stage,
}

/// What its reader had to do with what was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    /// What.
    pub part: Part,
    /// By which post: the one that is linked, or another one of its case.
    pub post: Linked,
}

/// An entry, as far as a post tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, sea_orm::FromQueryResult)]
pub struct Named {
    /// Its number.
    pub id: ChangelogId,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// What sort of news it is.
    pub category: Category,
    /// Since when it is in public.
    pub published_at: DateTime<Utc>,
}

impl Named {
    /// Its name in addresses.
    pub fn slug(&self) -> String {
        slug_of(&self.title)
    }
}

/// The name of an entry in addresses: none that the pages of entries have.
fn slug_of(title: &str) -> String {
    let slug = text::slug(title);
    let is_taken = matches!(slug.as_str(), "edit" | "publish" | "recall" | "discard" | "withdraw");
    if is_taken { format!("{slug}-entry") } else { slug }
}

/// A correction, with what stood there until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its number, from 1.
    pub number: i32,
    /// What sort of news it was said to be.
    pub category: Category,
    /// The title until then.
    pub title: String,
    /// The text until then, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it was written in (BCP 47).
    pub language: String,
    /// Why it was corrected.
    pub reason: String,
    /// Posts that were added, as far as the reader sees them.
    pub added: Vec<Linked>,
    /// Posts that were taken away.
    pub removed: Vec<Linked>,
    /// When.
    pub created_at: DateTime<Utc>,
}
