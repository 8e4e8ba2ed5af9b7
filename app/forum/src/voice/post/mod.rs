//! What customers submit: ideas, wishes, complaints and criticism.

pub mod rank;

mod commands;
mod counts;
mod found;
mod queries;
mod queue;
mod seen;
mod types;

pub use commands::*;
pub use counts::*;
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

pub use crate::values::Kind;

/// The orders in which posts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Sort {
    /// What fits the words of a search best; without words the same as trending.
    Fit,
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

crate::word::named!(Sort);
