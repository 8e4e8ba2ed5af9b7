//! Whether an idea came from customers, was planned already, or both. Staff say so at triage; later changes are shown.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Result, Tx, View,
    db::{all, exec, values},
    error::Check,
    event,
    id::PostId,
    level::parse_reason,
    owner,
    person::Person,
    post::Seen,
};

/// Where an idea comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Provenance {
    /// Customers had it.
    Customers,
    /// The company had planned it before.
    Planned,
    /// Both.
    Both,
}

crate::word::kept_as_words!(Provenance);

/// A word on where a post comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Every word on where a post comes from, oldest first; the last one holds.
///
/// # Errors
/// [`Error::NotFound`](crate::Error::NotFound) when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Statement>> {
    #[derive(FromQueryResult)]
    struct Row {
        provenance: Provenance,
        reason: Option<String>,
        created_at: DateTime<Utc>,
        #[sea_orm(nested)]
        by: Person,
    }
    if !post.has().provenances {
        return Ok(Vec::new());
    }
    let sql = "SELECT v.provenance, v.reason, v.created_at, p.id, p.handle, p.name, p.title, p.role
               FROM provenances v JOIN persons p ON p.id = v.by_id WHERE v.post_id = $1 ORDER BY v.id";
    let statement = |row: Row| Statement { provenance: row.provenance, reason: row.reason, by: row.by, at: row.created_at };
    Ok(all::<Row>(view.db(), sql, values![post.id()]).await?.into_iter().map(statement).collect())
}

/// Says where a post comes from. To say something else later needs a public reason.
pub async fn set(tx: &mut Tx, post: PostId, provenance: &str, reason: &str) -> Result<()> {
    let me = tx.actor().staff()?.id;
    let mut held = tx.hold(post).await?;
    let present = held.provenance();
    let mut check = Check::new();
    let value = check.field("provenance", Provenance::parse(provenance));
    if value.is_some() && value == present {
        return Ok(());
    }
    let reason = if present.is_some() { check.field("reason", parse_reason(reason)).map(Some) } else { Some(None) };
    let (value, reason) = check.finish((value, reason))?;
    owner::take_if_free(tx, &mut held).await?;
    held.set_provenance(tx, value).await?;
    exec(
        tx.conn(),
        "INSERT INTO provenances (post_id, provenance, reason, by_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        values![post, value, reason.clone(), me, tx.now()],
    )
    .await?;
    tx.happened(Some(post), event::Kind::ProvenanceSet { provenance: value }).reason = reason;
    Ok(())
}
