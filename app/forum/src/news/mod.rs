//! Who is told of what.

pub mod hook;
pub mod notice;
