//! How long the company gives itself.

use serde::{Deserialize, Serialize};

use crate::values::Name;

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
