//! The one writer of SQLite, which gathers the writes that wait into one transaction.
//!
//! A commit costs an `fsync` whatever was written, so each write runs in a savepoint of the transaction that is open, and the commit
//! answers all of them. The lock is fair, and a write that has done its work queues for it a second time: all who waited before it
//! have then had their turn in the same transaction, and whoever comes first to its second turn commits for all of them.
//!
//! **What a failure must not do.** When the disk is full or fails, SQLite may roll the whole transaction back by itself
//! (<https://www.sqlite.org/lang_transaction.html>, "Response To Errors Within A Transaction"), and whoever still believes in it then
//! writes into nothing: a `SAVEPOINT` outside a transaction opens one, and releasing it says nothing of what was meant to surround
//! it. So nothing here counts transactions; SQLite itself is asked. `BEGIN IMMEDIATE` must have begun one, `RELEASE` and
//! `ROLLBACK TO` find the savepoint only while the transaction around it lives, and `COMMIT` is refused unless one is open. The first of
//! these that fails, and any sign that the disk or the memory failed, breaks the batch: all who were gathered in it are told that
//! nothing remains of their writes, and the connection is thrown away with whatever state it is in.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, SqlxSqliteConnector, TransactionOptions,
    TransactionTrait as _,
    sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{exec, pool};
use crate::{Error, Result};

/// The writer, and the writes that it gathers.
pub(super) struct Gathering {
    options: SqliteConnectOptions,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// A pool of one connection; none while the last one was thrown away and nobody has written since.
    writer: Option<DatabaseConnection>,
    batch: Option<Batch>,
}

/// The transaction that gathers.
struct Batch {
    tx: Arc<DatabaseTransaction>,
    outcome: Arc<Outcome>,
    /// Why it can't be committed any more.
    broken: Option<Broken>,
}

/// What became of a batch, for everybody who was gathered in it.
type Outcome = OnceLock<std::result::Result<(), Broken>>;

/// Why a batch was not committed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the writes that were gathered are undone: {0}")]
struct Broken(Arc<str>);

impl Broken {
    fn by(error: impl std::fmt::Display) -> Self {
        Self(error.to_string().into())
    }
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Unavailable(Box::new(broken))
    }
}

/// What SQLite says of emptying its log.
#[derive(sea_orm::FromQueryResult)]
struct Checkpoint {
    /// 1 when somebody was in the way.
    busy: i64,
}

/// One write that was gathered, and the right to write now; dropping it undoes the write and lets the next one in.
pub(super) struct Turn {
    gathering: Arc<Gathering>,
    outcome: Arc<Outcome>,
    /// Both are there until the turn is over.
    held: Option<(Arc<DatabaseTransaction>, OwnedMutexGuard<State>)>,
}

impl Gathering {
    /// Opens the writer: it creates the file and switches the log, which a read-only connection can't.
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self> {
        let gathering = Self { options, state: Arc::default() };
        let writer = gathering.connect().await?;
        gathering.state.lock().await.writer = Some(writer);
        Ok(gathering)
    }

    /// The connection that writes, for migrations: nobody else may write yet.
    pub(super) async fn writer(&self) -> Result<DatabaseConnection> {
        match &self.state.lock().await.writer {
            Some(writer) => Ok(writer.clone()),
            None => Err(Error::Unavailable("no connection to write with".into())),
        }
    }

    /// The file that it writes to.
    pub(super) fn file(&self) -> &Path {
        self.options.get_filename()
    }

    async fn connect(&self) -> Result<DatabaseConnection> {
        let writer = pool(SqlitePoolOptions::new(), 1).connect_with(self.options.clone()).await;
        Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(writer.map_err(Error::unavailable)?))
    }

    /// Brings what stands in the log into the file, and empties the log.
    pub(super) async fn scrub(&self) -> Result<()> {
        let mut state = self.state.clone().lock_owned().await;
        state.end().await;
        let writer = match &state.writer {
            Some(writer) => writer,
            None => state.writer.insert(self.connect().await?),
        };
        match super::one::<Checkpoint>(writer, "PRAGMA wal_checkpoint(TRUNCATE)", []).await? {
            Some(Checkpoint { busy: 0 }) => Ok(()),
            _ => Err(Error::Unavailable("somebody is reading what stands in the log".into())),
        }
    }

    /// Waits for a turn to write. To be run to its end: a caller who gives up half-way must not leave a savepoint that nobody knows of.
    pub(super) async fn begin(self: Arc<Self>) -> Result<(Arc<DatabaseTransaction>, Turn)> {
        let mut state = self.state.clone().lock_owned().await;
        if state.batch.as_ref().is_some_and(|batch| batch.broken.is_some()) {
            state.end().await;
        }
        if state.batch.is_none() {
            if state.writer.is_none() {
                state.writer = Some(self.connect().await?);
            }
            state.start().await?;
        }
        let Some(batch) = &state.batch else { return Err(Error::internal("no transaction to gather in")) };
        let (tx, outcome) = (batch.tx.clone(), batch.outcome.clone());
        if let Err(error) = exec(&*tx, "SAVEPOINT one_write", []).await {
            drop(tx);
            state.spoil(&error);
            state.end().await;
            return Err(error);
        }
        Ok((tx.clone(), Turn { gathering: self, outcome, held: Some((tx, state)) }))
    }

    /// Commits the batch if nobody did it in the meantime, and says what became of it.
    async fn settle(&self, outcome: &Outcome) -> Result<()> {
        let mut state = self.state.lock().await;
        if outcome.get().is_none() {
            state.end().await;
        }
        match outcome.get() {
            Some(Ok(())) => Ok(()),
            Some(Err(broken)) => Err(broken.clone().into()),
            None => Err(Error::internal("a batch that nobody ended")),
        }
    }

    pub(super) async fn close(&self) -> Result<()> {
        let mut state = self.state.lock().await;
        state.end().await;
        match state.writer.take() {
            Some(writer) => Ok(writer.close().await?),
            None => Ok(()),
        }
    }
}

impl State {
    /// Begins a batch; a connection on which that fails is thrown away.
    async fn start(&mut self) -> Result<()> {
        let Some(writer) = &self.writer else { return Err(Error::internal("no connection to write with")) };
        let immediate =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        match writer.begin_with_options(immediate).await {
            Ok(tx) => {
                self.batch = Some(Batch { tx: Arc::new(tx), outcome: Arc::default(), broken: None });
                Ok(())
            }
            Err(error) => {
                self.throw_away().await;
                Err(Error::unavailable(error))
            }
        }
    }

    /// The batch can't be committed any more.
    fn spoil(&mut self, why: &Error) {
        if let Some(batch) = &mut self.batch {
            batch.broken.get_or_insert_with(|| Broken::by(why));
        }
    }

    /// Commits the batch that is open, or undoes it when it is broken, and tells all who wait for it.
    async fn end(&mut self) {
        let Some(Batch { tx, outcome, broken }) = self.batch.take() else { return };
        let result = match broken {
            Some(broken) => Err(broken),
            None => match Arc::into_inner(tx) {
                Some(tx) => tx.commit().await.map_err(Broken::by),
                None => Err(Broken::by("somebody still writes in it")),
            },
        };
        if let Err(error) = &result {
            tracing::error!(%error, "a commit failed");
            self.throw_away().await;
        }
        let _ = outcome.set(result);
    }

    /// Whatever state the connection is in, nobody writes on it again. Closing it undoes what it left open.
    async fn throw_away(&mut self) {
        if let Some(writer) = self.writer.take()
            && let Err(error) = writer.close().await
        {
            tracing::error!(%error, "could not close a writer");
        }
    }
}

impl Turn {
    /// Answers when the write is on the disk. To be run to its end, as [`Gathering::begin`].
    pub(super) async fn commit(mut self) -> Result<()> {
        self.end("RELEASE one_write").await;
        self.gathering.settle(&self.outcome).await
    }

    /// Undoes the write; those gathered with it stay, unless the disk failed.
    pub(super) async fn rollback(mut self, why: &Error) {
        if let (Error::Unavailable(_), Some((_, state))) = (why, &mut self.held) {
            state.spoil(why);
        }
        // in a task of its own: whoever goes away now must not leave half an undoing behind
        if let Err(error) = tokio::spawn(async move { self.undo().await }).await {
            tracing::error!(%error, "could not undo a write");
        }
    }

    async fn undo(&mut self) {
        self.end("ROLLBACK TO one_write; RELEASE one_write").await;
        // no transaction may stay open: it would keep other processes from writing
        if let Err(error) = self.gathering.settle(&self.outcome).await {
            tracing::debug!(%error, "undone with the rest");
        }
    }

    /// Ends the savepoint, and the turn with it.
    async fn end(&mut self, how: &str) {
        let Some((tx, mut state)) = self.held.take() else { return };
        for statement in how.split("; ") {
            if let Err(error) = exec(&*tx, statement, []).await {
                state.spoil(&error);
                break;
            }
        }
        // in this order: whoever comes next may be the one who commits, and then nobody else may hold the transaction
        drop(tx);
        drop(state);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.held.is_some()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let mut turn = Self { gathering: self.gathering.clone(), outcome: self.outcome.clone(), held: self.held.take() };
            runtime.spawn(async move { turn.undo().await });
        }
    }
}

/// Whether the database could not do what it was asked, rather than refused it: it may well do it the next time.
pub(super) fn is_passing(error: &DbErr) -> bool {
    use sea_orm::{RuntimeErr, sqlx};
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    match error.as_ref() {
        sqlx::Error::Database(error) => error.code().is_some_and(|code| is_passing_code(&code)),
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// SQLite's results are numbers whose lowest byte tells the kind (<https://www.sqlite.org/rescode.html>); PostgreSQL's have five
/// characters, of which the first two do (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn is_passing_code(code: &str) -> bool {
    const BUSY: u32 = 5;
    const NOMEM: u32 = 7;
    const READONLY: u32 = 8;
    const INTERRUPT: u32 = 9;
    const IOERR: u32 = 10;
    const FULL: u32 = 13;
    const CANTOPEN: u32 = 14;
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, BUSY | NOMEM | READONLY | INTERRUPT | IOERR | FULL | CANTOPEN),
        // connection, resources, a shutdown by the operator, the system around it
        _ => ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) || code == "25006",
    }
}

#[cfg(test)]
mod tests {
    use super::is_passing_code;

    #[test]
    fn a_full_disk_passes_and_a_broken_rule_does_not() {
        // SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_WRITE, SQLITE_NOMEM, SQLITE_BUSY, SQLITE_INTERRUPT; disk_full, admin_shutdown,
        // query_canceled, read only
        for code in ["13", "1034", "778", "7", "5", "9", "53100", "57P01", "57014", "25006", "08006"] {
            assert!(is_passing_code(code), "{code}");
        }
        // SQLITE_CONSTRAINT_UNIQUE, SQLITE_ERROR, SQLITE_MISUSE; unique_violation, syntax_error
        for code in ["2067", "1", "21", "23505", "42601"] {
            assert!(!is_passing_code(code), "{code}");
        }
    }
}
