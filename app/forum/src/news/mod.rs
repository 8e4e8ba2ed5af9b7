//! Who is told of what.

pub mod notice;
