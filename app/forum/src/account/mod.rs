//! What anybody can check.

pub mod accountability;
pub mod common;
pub mod personal;
pub mod record;
