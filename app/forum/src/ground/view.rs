//! How somebody reads: one connection and one snapshot of the database, one reader, one moment.
//!
//! A page or an answer of the API that reads several things opens a view and reads all of them through it, so that it is never torn
//! between two commits. What belongs to a post is read by who has *seen* the post: [`View::post`] is the only way to a
//! [`Seen`], and the one place where a reader learns that there is nothing for them there.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseExecutor;

use crate::{
    Result, Tx,
    actor::Actor,
    db::{Sql, number},
    id::PostId,
};

/// See the module.
pub struct View<'a> {
    db: DatabaseExecutor<'a>,
    actor: Actor,
    now: DateTime<Utc>,
}

impl Tx {
    /// What the actor sees in the middle of a command.
    pub fn view(&self) -> View<'_> {
        self.view_of(self.actor().clone())
    }

    /// What somebody else sees then.
    pub(crate) fn view_of(&self, actor: Actor) -> View<'_> {
        View { db: DatabaseExecutor::Transaction(self.conn()), actor, now: self.now() }
    }
}

/// Appends the condition under which the actor sees what is on the board `b`: the one place where that is said.
pub(crate) fn visible(sql: &mut Sql, actor: &Actor) {
    match actor {
        _ if actor.sees_all() => {
            sql.push("TRUE");
        }
        Actor::Person(me) => {
            sql.push(
                "(NOT b.private OR EXISTS (SELECT 1 FROM board_groups bg JOIN group_members gm ON gm.group_id = bg.group_id
                  WHERE bg.board_id = b.id AND gm.person_id = ",
            );
            sql.bind(me.id).push("))");
        }
        _ => {
            sql.push("NOT b.private");
        }
    }
}

/// Appends the condition under which the actor may know of a post `p` on the board `b`: they see the board, and it is not held back, unless
/// they wrote it or are of the staff.
pub(crate) fn known(sql: &mut Sql, actor: &Actor) {
    visible(sql, actor);
    match actor {
        _ if actor.sees_all() => {}
        Actor::Person(me) => {
            sql.push(" AND (p.screening_id IS NULL OR p.author_id = ").bind(me.id).push(")");
        }
        _ => {
            sql.push(" AND p.screening_id IS NULL");
        }
    }
}

/// Appends the condition under which each person `x` may know of a post `p` on the board `b`: as [`known`] says of one of them.
pub(crate) fn known_to_each(sql: &mut Sql) {
    sql.push(
        "(x.role <> 'member' AND x.verified_at IS NOT NULL OR (p.screening_id IS NULL OR p.author_id = x.id)
          AND (NOT b.private OR EXISTS (SELECT 1 FROM board_groups bg JOIN group_members gm ON gm.group_id = bg.group_id
                WHERE bg.board_id = b.id AND gm.person_id = x.id)))",
    );
}

/// Appends the condition under which a post `p` on the board `b` stands in lists for the actor: they see the board, and it is neither hidden
/// nor held back.
pub(crate) fn listed(sql: &mut Sql, actor: &Actor) {
    visible(sql, actor);
    sql.push(" AND p.hidden_by IS NULL AND p.screening_id IS NULL");
}

impl<'a> View<'a> {
    /// What is read through this connection.
    pub(crate) fn open(db: DatabaseExecutor<'a>, actor: Actor, now: DateTime<Utc>) -> Self {
        Self { db, actor, now }
    }

    /// The same at another moment: what follows from the time follows from this one.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Self {
        Self { now, ..self }
    }

    /// The same for another reader.
    pub(crate) fn seen_by(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// The connection to read with. Whoever holds a view reads through it alone: to wait for a second connection with one in hand is how a
    /// pool runs dry.
    pub fn db(&self) -> &DatabaseExecutor<'a> {
        &self.db
    }

    /// Who reads.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// When.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Whether the reader may know of a post.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sees(&self, post: PostId) -> Result<bool> {
        let mut sql = Sql::new("SELECT p.id AS n FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id = ");
        sql.bind(post).push(" AND ");
        known(&mut sql, &self.actor);
        Ok(number(&self.db, &sql.text, sql.values).await?.is_some())
    }
}
