//! What customers say, where it stands, and by when an answer is due.

pub mod attachment;
pub mod board;
pub mod case;
pub mod clock;
pub mod comment;
pub mod guest;
pub mod newcomer;
pub mod post;
pub mod search;
pub mod status;
pub mod story;
pub mod tag;
pub mod vote;
