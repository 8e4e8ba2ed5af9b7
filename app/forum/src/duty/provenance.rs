//! Whether an idea came from customers, was planned already, or both. Staff say so at triage; later changes are shown.

use chrono::{DateTime, Utc};

use crate::{
    Result, Tx, View,
    actor::{Actor, Me},
    error::Check,
    event,
    id::PostId,
    owner,
    person::Person,
    post::Seen,
    story::{self, Told},
    text,
};

pub use crate::values::Provenance;

/// A word on where a post comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// What was said.
    pub provenance: Provenance,
    /// Why it was changed.
    pub reason: Option<String>,
    /// Who said so.
    pub by: Person,
    /// When.
    pub at: DateTime<Utc>,
}

impl Statement {
    fn of(told: &Told) -> Option<Self> {
        let event::Kind::ProvenanceSet { provenance } = told.event.kind else { return None };
        Some(Self { provenance, reason: told.event.reason.clone(), by: told.by.clone()?, at: told.event.at })
    }
}

/// Every word on where a post comes from, oldest first; the last one holds.
pub fn statements(story: &[Told]) -> Vec<Statement> {
    story.iter().filter_map(Statement::of).collect()
}

/// Every word on where a post comes from, oldest first; the last one holds.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Statement>> {
    Ok(statements(&story::of_post(view, post).await?))
}

/// Who may say where a post comes from: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_say(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Says where a post comes from. To say something else later needs a public reason.
pub async fn set(tx: &mut Tx, post: PostId, provenance: &str, reason: &str) -> Result<()> {
    may_say(tx.actor())?;
    let mut held = tx.hold(post).await?;
    let present = held.provenance();
    let mut check = Check::new();
    let value = check.field("provenance", Provenance::parse(provenance));
    if value.is_some() && value == present {
        return Ok(());
    }
    let reason = if present.is_some() { check.field("reason", text::parse_reason(reason)).map(Some) } else { Some(None) };
    let (value, reason) = check.finish((value, reason))?;
    owner::take_if_free(tx, &mut held).await?;
    held.set_provenance(tx, value).await?;
    tx.happened(Some(post), event::Kind::ProvenanceSet { provenance: value }).reason = reason;
    Ok(())
}
