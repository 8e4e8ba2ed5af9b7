//! What anybody can check.

pub mod accountability;
pub mod claim;
pub mod common;
pub mod personal;
pub mod record;
