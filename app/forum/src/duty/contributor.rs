//! Partners and colleagues who help with a post. They are never its owner.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    db::{all, exec, number, values},
    error::Check,
    id::{PersonId, PostId},
    person::{self, NAME_MAX},
    post::Seen,
    text,
};

/// Somebody who helps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Contributor {
    /// The number of the entry.
    pub id: i64,
    /// Who, if it is somebody of the staff.
    pub person_id: Option<PersonId>,
    /// What they are called: a colleague, a partner firm.
    pub name: String,
    /// What they do.
    pub task: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when, once it is over.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Everybody who ever helped with a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Contributor>> {
    if !post.has().contributors {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, person_id, name, task, created_at, ended_at FROM contributors WHERE post_id = $1 ORDER BY id";
    all(view.db(), sql, values![post.id()]).await
}

/// Who may say who helps with a post: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_name(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Names somebody who helps: a colleague by who they are, a partner by name.
pub async fn add(tx: &mut Tx, post: PostId, who: Option<PersonId>, name: &str, task: &str) -> Result<i64> {
    let me = may_name(tx.actor())?.id;
    tx.hold(post).await?;
    let mut check = Check::new();
    let task = check.field("task", text::line(task, 3, 200));
    let colleague = match who {
        Some(id) => person::by_id(tx.conn(), id).await?.filter(|account| account.standing().is_staff()),
        None => None,
    };
    let name = match (who, &colleague) {
        (Some(_), None) => {
            check.refuse("person", crate::error::Problem::NotStaff);
            None
        }
        (_, Some(account)) => Some(account.name.clone()),
        (None, None) => check.field("name", text::line(name, 1, NAME_MAX)),
    };
    let (name, task) = check.finish((name, task))?;
    let id = number(
        tx.conn(),
        "INSERT INTO contributors (post_id, person_id, name, task, by_id, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id AS n",
        values![post, colleague.map(|c| c.id.0), name, task, me, tx.now()],
    )
    .await?;
    id.ok_or_else(|| Error::internal("no contributor came back"))
}

/// Notes that somebody no longer helps. That they did stays readable.
pub async fn end(tx: &mut Tx, post: PostId, id: i64) -> Result<()> {
    may_name(tx.actor())?;
    tx.hold(post).await?;
    let sql = "UPDATE contributors SET ended_at = $3 WHERE id = $1 AND post_id = $2 AND ended_at IS NULL";
    if exec(tx.conn(), sql, values![id, post, tx.now()]).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
}
