//! How somebody reads: one connection and one snapshot of the database, one reader, one moment.
//!
//! A page or an answer of the API that reads several things opens a view and reads all of them through it, so that it is never torn
//! between two commits. What belongs to a post is read by who has *seen* the post: [`View::post`] is the only way to a
//! [`Seen`], and the one place where a reader learns that there is nothing for them there.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseExecutor;

use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    board,
    db::{Sql, number},
    id::PostId,
    post::Seen,
};

/// See the module.
pub struct View<'a> {
    db: DatabaseExecutor<'a>,
    actor: Actor,
    now: DateTime<Utc>,
}

impl Forum {
    /// Opens a view of the forum as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self, actor: &Actor) -> Result<View<'static>> {
        let db = DatabaseExecutor::OwnedTransaction(self.db().snapshot().await?);
        Ok(View { db, actor: actor.clone(), now: self.now() })
    }
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

impl<'a> View<'a> {
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

    /// The post.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or the reader may not know of it.
    pub async fn post(&self, id: PostId) -> Result<Seen> {
        Seen::open(self, id).await?.ok_or(Error::NotFound)
    }

    /// Whether the reader may know of a post.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sees(&self, post: PostId) -> Result<bool> {
        let mut sql = Sql::new("SELECT p.id AS n FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id = ");
        sql.bind(post).push(" AND ");
        board::visible(&mut sql, &self.actor);
        Ok(number(&self.db, &sql.text, sql.values).await?.is_some())
    }
}
