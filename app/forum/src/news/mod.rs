//! Who is told of what.

pub mod follow;
pub mod hook;
pub mod notice;
