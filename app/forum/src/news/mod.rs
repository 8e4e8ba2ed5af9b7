//! Who is told of what.

pub mod follow;
pub mod hook;
pub mod live;
pub mod mailing;
pub mod notice;
mod thanks;
pub mod unsubscribe;
