//! Markup that all who read in a language get alike, kept as it was rendered: what is left to make of a page is its reader's own.
//!
//! A piece is rendered for nobody in particular: it is handed a visit without a person, an address and a theme, so that nothing of whoever
//! happened to ask can get into it. What it depends on besides, who sees it and what they said, is in its name. It is kept until this
//! instance commits anything that shows and within one second, as what it is made from is ([`forum::common`]).

use std::{
    hash::{DefaultHasher, Hash, Hasher as _},
    sync::Arc,
    time::Duration,
};

use forum::{actor::Actor, common::Audience, id::PostId, site::Language};
use leptos::{prelude::*, tachys::html::InertElement};

use super::{comment::Reader, vote::Voter};
use crate::{
    i18n::Words,
    web::{Theme, Visit},
};

/// How long a piece is kept at most.
const KEPT: Duration = Duration::from_secs(1);
/// Bytes that are kept at most.
const MOST: u64 = 16 * 1024 * 1024;
/// A piece as large as this is weighed at once: dozens may come before the shelf does so by itself.
const LARGE: usize = 16 * 1024;

/// What was rendered, with all of the reader that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// A post in a list, with a vote box or without.
    Row(PostId, Option<Voter>),
    /// The same among what a search found, with the digest of the line that says why.
    Found(PostId, Option<Voter>, Digest),
    /// The search, the tabs and the filters of a list at this address.
    Finder(Audience, String),
    /// The posts beside a list.
    Aside(Audience),
    /// The columns of the roadmap of a board; of all when it has no name.
    Roadmap(Audience, String),
    /// A post in the work queue, with the address that it leads to, and whether it is the one that is open.
    Queued(PostId, String, bool),
    /// What the company did about a post.
    Timeline(PostId, Digest),
    /// What is known of a post beside it.
    Facts(PostId, Digest),
    /// Comments on a post, without anything that was just sent.
    Comments(PostId, Digest, Reader),
}

impl What {
    /// Bytes of an address or a name in it, which somebody may have made up.
    fn text(&self) -> usize {
        match self {
            Self::Finder(_, text) | Self::Roadmap(_, text) | Self::Queued(_, text, _) => text.len(),
            Self::Row(..) | Self::Found(..) | Self::Aside(_) | Self::Timeline(..) | Self::Facts(..) | Self::Comments(..) => 0,
        }
    }
}

/// What a piece of the page of a post is made from: somebody who has just written through another instance reads it at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u64);

impl Digest {
    /// The digest of all that a piece shows.
    pub fn of(shown: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        shown.hash(&mut hasher);
        Self(hasher.finish())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    shown: u64,
    second: i64,
    language: Language,
    what: What,
}

/// The kept pieces of a forum.
#[derive(Clone)]
pub struct Pieces(moka::sync::Cache<Key, Arc<str>>);

impl Default for Pieces {
    fn default() -> Self {
        let weight = |key: &Key, piece: &Arc<str>| u32::try_from(key.what.text() + piece.len() + 512).unwrap_or(u32::MAX);
        Self(moka::sync::Cache::builder().max_capacity(MOST).weigher(weight).time_to_live(KEPT).build())
    }
}

/// A piece as a part of a page.
pub fn markup(piece: &str) -> impl IntoView + use<> {
    InertElement::new(piece.to_owned())
}

impl Visit {
    /// A piece of markup, rendered if nobody else has just had it rendered. The piece may only show what everybody sees who can see
    /// what its name says.
    pub fn kept<V: IntoView>(&self, what: What, render: impl FnOnce(&Self) -> V) -> Arc<str> {
        let key = Key { shown: self.shown, second: self.now.timestamp(), language: self.language(), what };
        let mut is_large = false;
        let piece = self.web.pieces.0.get_with(key, || {
            let piece = render(&self.of_nobody()).into_view().to_html();
            is_large = piece.len() >= LARGE;
            piece.into()
        });
        if is_large {
            self.web.pieces.0.run_pending_tasks();
        }
        piece
    }

    /// The same visit by nobody in particular, who reads in this language and with this theme.
    pub(crate) fn for_everybody(&self, language: Language, theme: Theme) -> Self {
        Self { words: Words::of(language), theme, ..self.of_nobody() }
    }

    /// The same visit by nobody in particular.
    fn of_nobody(&self) -> Self {
        Self {
            web: self.web.clone(),
            actor: Actor::Visitor,
            account: None,
            words: self.words,
            unread: 0,
            asks: Vec::new(),
            theme: Theme::default(),
            session: None,
            failed: None,
            renewed: None,
            draft: None,
            known_by: None,
            site: self.site.clone(),
            now: self.now,
            shown: self.shown,
            path: String::new(),
            device: String::new(),
            client: String::new(),
            done: None,
            request_id: String::new(),
            wants_json: false,
        }
    }
}
