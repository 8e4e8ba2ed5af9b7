//! Who is told of what.

pub mod follow;
pub mod hook;
pub mod live;
pub mod mailing;
pub mod notice;
pub mod push;
pub mod reply;
mod thanks;
pub mod unsubscribe;
