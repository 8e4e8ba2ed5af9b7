//! What stands in the place of what the company took away: which act it was, under which rule, and why.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use crate::{actor::Role, id::ModerationId, values::Act};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Marker {
    /// The number of the act, whose page tells the rest.
    pub id: ModerationId,
    /// What was done.
    pub act: Act,
    /// The house rule that it followed from.
    pub rule: i32,
    /// Why, in public.
    pub reason: String,
    /// The role of whoever did it.
    pub role: Role,
    /// When.
    pub at: DateTime<Utc>,
}

/// The columns of the act `table`, under names that begin with `prefix`.
pub(crate) fn columns(table: &str, prefix: &str) -> String {
    let column = |column: &str, name: &str| format!("{table}.{column} AS {prefix}{name}");
    let columns = [("id", "id"), ("act", "act"), ("rule", "rule"), ("reason", "reason"), ("role", "role"), ("created_at", "at")];
    columns.map(|(from, name)| column(from, name)).join(", ")
}

/// What stands in the place of a title that is hidden: no word of any language.
pub const HIDDEN_TITLE: &str = "▇▇▇";
/// The name in addresses of a post whose title is hidden.
pub(crate) const HIDDEN_SLUG: &str = "hidden";
