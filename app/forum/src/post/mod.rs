//! What customers submit: ideas, wishes, complaints and criticism.

use serde::{Deserialize, Serialize};

use crate::error::Problem;

pub mod rank;

mod commands;
mod queries;
mod queue;
mod seen;
mod types;

pub use commands::*;
pub use queries::*;
pub use queue::*;
pub use seen::*;
pub use types::*;

/// Characters of a title, at least.
pub const TITLE_MIN: usize = 3;
/// Characters of a title, at most.
pub const TITLE_MAX: usize = 120;
/// Characters of a body, at most.
pub const BODY_MAX: usize = 20_000;

/// What sort of post it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something new that could be done.
    Idea,
    /// Something that somebody would like to have.
    Wish,
    /// Something went wrong.
    Complaint,
    /// Something is done badly.
    Criticism,
}

crate::db::kept_as_words!(Kind);

impl Kind {
    /// In the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Idea, Self::Wish, Self::Complaint, Self::Criticism];

    /// As the database and the API spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Wish => "wish",
            Self::Complaint => "complaint",
            Self::Criticism => "criticism",
        }
    }

    /// The kind of that name.
    ///
    /// # Errors
    /// [`Problem::UnknownChoice`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|k| k.as_str() == text).ok_or(Problem::UnknownChoice)
    }

    /// One can be against an idea; a complaint happened.
    pub fn can_be_opposed(self) -> bool {
        self != Self::Complaint
    }
}

/// The orders in which posts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By the public formula of [`rank`].
    #[default]
    Trending,
    /// Newest first.
    New,
    /// Most support first.
    Top,
    /// An open first-answer clock, soonest due first.
    Waiting,
    /// Delivered and confirmed, latest first.
    Delivered,
}

impl Sort {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Trending, Self::New, Self::Top, Self::Waiting, Self::Delivered];

    /// As addresses and the API spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trending => "trending",
            Self::New => "new",
            Self::Top => "top",
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
        }
    }

    /// The order of that name.
    ///
    /// # Errors
    /// [`Problem::UnknownChoice`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or(Problem::UnknownChoice)
    }
}
