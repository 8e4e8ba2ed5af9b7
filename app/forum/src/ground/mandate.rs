//! What a role may do without asking. Beyond it an act becomes a request, which a higher role decides.

use serde::{Deserialize, Serialize};

use crate::{actor::Role, values::Stage};

/// What a role may do without asking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mandate {
    /// Promises at most so many working days ahead; `None` is without limit.
    pub days: Option<u32>,
    /// Remedies of at most so many cents; `None` is without limit.
    pub cents: Option<i64>,
    /// Stages that it may not set.
    pub not_stages: Vec<Stage>,
}

/// The mandates of the roles that have bounds. A director and an admin have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mandates {
    /// Of the desk.
    pub agent: Mandate,
    /// Of the second level.
    pub lead: Mandate,
}

impl Default for Mandates {
    fn default() -> Self {
        Self {
            agent: Mandate { days: Some(10), cents: Some(5_000), not_stages: vec![Stage::Archived] },
            lead: Mandate { days: Some(60), cents: Some(50_000), not_stages: Vec::new() },
        }
    }
}

/// What of an act is beyond a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Beyond {
    /// The stage.
    Stage,
    /// The date of a promise.
    Days,
    /// The amount of a remedy.
    Amount,
}

crate::word::named!(Beyond);

/// An act, as far as mandates look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// An answer into a stage.
    Answer(Stage),
    /// A promise so many working days ahead, with a remedy of so many cents.
    Promise {
        /// Working days from now.
        days: i64,
        /// The amount, where one is known.
        cents: Option<i64>,
    },
}

impl Mandates {
    /// The bounds of a role.
    pub fn of(&self, role: Role) -> Option<&Mandate> {
        match role {
            Role::Agent => Some(&self.agent),
            Role::Lead => Some(&self.lead),
            Role::Member | Role::Director | Role::Admin => None,
        }
    }

    /// What of the act is beyond the mandate of a role of the staff.
    pub fn beyond(&self, role: Role, act: Act) -> Vec<Beyond> {
        let Some(mandate) = self.of(role) else { return Vec::new() };
        match act {
            Act::Answer(stage) => {
                if mandate.not_stages.contains(&stage) {
                    vec![Beyond::Stage]
                } else {
                    Vec::new()
                }
            }
            Act::Promise { days, cents } => {
                let mut beyond = Vec::new();
                if mandate.days.is_some_and(|most| days > i64::from(most)) {
                    beyond.push(Beyond::Days);
                }
                if mandate.cents.is_some_and(|most| cents.is_some_and(|cents| cents > most)) {
                    beyond.push(Beyond::Amount);
                }
                beyond
            }
        }
    }

    /// The lowest level above a role whose mandate covers the act: 2 or 3.
    pub fn level_for(&self, role: Role, act: Act) -> i32 {
        if role < Role::Lead && self.beyond(Role::Lead, act).is_empty() { 2 } else { 3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_has_ten_days_and_fifty_euros() {
        let mandates = Mandates::default();
        let promise = |days, cents| mandates.beyond(Role::Agent, Act::Promise { days, cents });
        assert_eq!(promise(10, Some(5_000)), []);
        assert_eq!(promise(10, None), []);
        assert_eq!(promise(11, Some(5_001)), [Beyond::Days, Beyond::Amount]);
        assert_eq!(mandates.beyond(Role::Agent, Act::Answer(Stage::Archived)), [Beyond::Stage]);
        assert_eq!(mandates.beyond(Role::Agent, Act::Answer(Stage::Declined)), []);
    }

    #[test]
    fn the_next_role_that_may_decides() {
        let mandates = Mandates::default();
        let act = |cents| Act::Promise { days: 5, cents: Some(cents) };
        assert_eq!(mandates.level_for(Role::Agent, act(50_000)), 2);
        assert_eq!(mandates.level_for(Role::Agent, act(50_001)), 3);
        assert_eq!(mandates.level_for(Role::Lead, act(50_001)), 3);
        assert_eq!(mandates.beyond(Role::Director, act(100_000_000)), []);
    }
}
