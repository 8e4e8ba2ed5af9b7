//! Deadlines on posts. Whether one is missed follows from its due time and the present time, never from a job that has run.

pub mod calendar;

pub use calendar::Calendar;

use serde::{Deserialize, Serialize};

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Name {
    /// The first official answer.
    FirstAnswer,
    /// The next official answer.
    NextUpdate,
    /// A decision: the stage leaves received and review.
    Decision,
}

crate::word::kept_as_words!(Name);

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
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

/// The deadlines of a kind of posts, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms {
    /// From receipt to the first answer.
    pub first_answer: u32,
    /// From receipt to the decision.
    pub decision: u32,
    /// From one answer to the next, at most.
    pub next_update: u32,
}

impl Terms {
    /// Working days for a clock on a level: the whole length at the desk, half of it (rounded down, at least one day) with the lead,
    /// one day with the director.
    pub fn days(self, name: Name, level: i32) -> u32 {
        let whole = match name {
            Name::FirstAnswer => self.first_answer,
            Name::NextUpdate => self.next_update,
            Name::Decision => self.decision,
        };
        match level {
            ..=1 => whole,
            2 => (whole / 2).max(1),
            3.. => 1,
        }
    }
}

mod commands;
mod store;

pub use commands::*;
pub use store::*;
