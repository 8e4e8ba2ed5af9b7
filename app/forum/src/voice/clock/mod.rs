//! Deadlines on posts. Whether one is missed follows from its due time and the present time, never from a job that has run.

pub use crate::site::{Calendar, Terms, calendar};

pub use crate::values::Name;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum State {
    /// Not due yet.
    Running,
    /// Past due, still open.
    Missed,
    /// Ended in time.
    Met,
    /// Ended after it was due.
    Late,
    /// Standing still while the company waits for the customer.
    Stopped,
}

crate::word::named!(State);

mod commands;
mod store;

pub use commands::*;
pub use store::*;
