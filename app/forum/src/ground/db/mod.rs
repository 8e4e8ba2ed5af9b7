//! Where the two databases meet: opening, one read side and one write side, and how a violation becomes an error.
//!
//! On SQLite there is a single writer and a pool of readers on a write-ahead log. The writer gathers the commands that wait
//! for it into one transaction, a savepoint each, and answers them after the commit: a commit costs one `fsync`
//! (`synchronous=FULL`, so an answer means that it is on the disk), and sixteen votes then cost one, not sixteen. On PostgreSQL
//! every command has a transaction of its own from a pool.

pub mod archive;
mod before;
mod gathering;
mod queue;

use std::{
    collections::BTreeSet,
    path::Path,
    str::FromStr as _,
    sync::Arc,
    time::{Duration, Instant},
};

use archive::{ArchiveError, Snapshot};
use gathering::{Gathering, Turn};
pub use queue::Queue;
use queue::{Turns, Waiting};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    FromQueryResult, IsolationLevel, SqlErr, Statement, TransactionTrait, Value,
    sqlx::{
        self,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions},
    },
};

use crate::{Error, Result};

/// The first SQLite without the bug that loses committed writes in WAL mode with several writers.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How many readers SQLite gets: page loads are processor-bound, so a few more than cores is all that helps, and each has memory of its own.
const SQLITE_READERS: u32 = 6;

/// Connections that one instance holds on PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;

/// How long one waits for a connection to PostgreSQL before saying that it is not available. A page asks once or twice, so whoever reads
/// hears of it within seconds; one that only hesitates is back by then.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// How long PostgreSQL may take to come up: it may be started beside this process.
const STARTING: Duration = Duration::from_secs(20);

/// Connections for searches, beside those for everything else: what somebody searches for can cost as much as they like, and must
/// not keep pages from being read.
const SEARCHERS: u32 = 3;

/// How long a statement of a search may take, and how long one waits for its turn.
const LONGEST_SEARCH: Duration = Duration::from_secs(2);

/// Instructions of SQLite between two looks at the clock: a millisecond or so.
const STEPS: i32 = 20_000;

/// The database: a read side with a part of its own for searches, and a write side.
#[derive(Clone)]
pub struct Db {
    read: DatabaseConnection,
    search: DatabaseConnection,
    write: Writer,
    turns: Arc<Turns>,
}

#[derive(Clone)]
enum Writer {
    Gathering(Arc<Gathering>),
    Pool(DatabaseConnection),
}

impl Db {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it can't be reached, is too old, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::open_as_it_is(url).await?;
        db.migrate(None).await?;
        Ok(db)
    }

    /// Opens the database with the schema that it has, or with none: for those who keep all of it, or bring all of it back.
    ///
    /// # Errors
    /// When it can't be reached or is too old.
    pub async fn open_as_it_is(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") { Self::open_sqlite(url).await } else { Self::open_postgres(url).await }
    }

    /// Opens a file of SQLite that nobody writes to, to look at what it holds: nothing is made beside it.
    ///
    /// # Errors
    /// When it is none.
    pub async fn look_at(file: &Path) -> Result<Snapshot> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let options = options.pragma("mmap_size", "268435456").pragma("temp_store", "memory");
        let connected = pool(SqlitePoolOptions::new(), 1).connect_with(options).await.map_err(Error::internal)?;
        let connection = sea_orm::SqlxSqliteConnector::from_sqlx_sqlite_pool(connected);
        Ok(Snapshot::of_file(connection.begin().await?, connection))
    }

    /// Writes all that SQLite holds into another file, which has to be empty, without what was deleted. Every write that was answered before
    /// this is in it; others go on writing meanwhile.
    ///
    /// # Errors
    /// When it can't be written, or the database is not SQLite.
    pub async fn copy_into(&self, file: &Path) -> Result<()> {
        let path = file.to_str().ok_or_else(|| Error::internal("SQLite takes no path that is not UTF-8"))?;
        exec(&self.read, "VACUUM INTO $1", values![path]).await?;
        Ok(())
    }

    async fn open_sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(Error::internal)?
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(200)
            // what is read comes from the memory that the kernel keeps for all connections; their own caches stay as small as they are
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            // what is deleted is overwritten: somebody's name must not outlive them in a page that is free
            .pragma("secure_delete", "on");
        let gathering = Gathering::open(options.clone()).await?;
        refuse_old_sqlite(&gathering.writer().await?).await?;
        let options = options.read_only(true);
        let search = searchers(options.clone());
        let read = pool(SqlitePoolOptions::new(), SQLITE_READERS).connect_with(options).await;
        let read = sea_orm::SqlxSqliteConnector::from_sqlx_sqlite_pool(read.map_err(Error::internal)?);
        Ok(Self { read, search, write: Writer::Gathering(Arc::new(gathering)), turns: Arc::default() })
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_CONNECTIONS)
            .min_connections(1)
            .acquire_timeout(LONGEST_WAIT)
            .test_before_acquire(false)
            .sqlx_logging(false);
        let start = Instant::now();
        let pool = loop {
            match Database::connect(options.clone()).await {
                Err(error) if gathering::is_passing(&error) && start.elapsed() < STARTING => {
                    tracing::warn!(%error, "PostgreSQL is not there yet");
                }
                connected => break connected?,
            }
        };
        let limit = [("statement_timeout", LONGEST_SEARCH.as_millis())];
        let search = PgConnectOptions::from_str(url).map_err(Error::internal)?.options(limit);
        let search = PgPoolOptions::new().max_connections(SEARCHERS).acquire_timeout(LONGEST_SEARCH).connect_lazy_with(search);
        let search = sea_orm::SqlxPostgresConnector::from_sqlx_postgres_pool(search);
        Ok(Self { read: pool.clone(), search, write: Writer::Pool(pool), turns: Arc::default() })
    }

    /// The read side.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The part of the read side that searches have to themselves: who waits too long for it, or takes too long, gets
    /// [`Error::Unavailable`].
    pub fn search(&self) -> &DatabaseConnection {
        &self.search
    }

    /// Whether it is SQLite inside this process.
    pub fn is_embedded(&self) -> bool {
        matches!(self.write, Writer::Gathering(_))
    }

    /// Starts a write. It is durable when [`Write::commit`] has answered.
    pub(crate) async fn begin(&self) -> Result<Write> {
        let waiting = Waiting::begin(&self.turns);
        let write = self.take_turn().await;
        waiting.end();
        write
    }

    async fn take_turn(&self) -> Result<Write> {
        match &self.write {
            // in a task of its own: a savepoint whose opening was given up half-way would undo the transaction around it, and
            // with it the work of others
            Writer::Gathering(gathering) => {
                let (tx, turn) = tokio::spawn(gathering.clone().begin()).await.map_err(Error::internal)??;
                Ok(Write { tx, turn: Some(turn) })
            }
            Writer::Pool(pool) => Ok(Write { tx: Arc::new(pool.begin().await?), turn: None }),
        }
    }

    /// How those fare who write through this instance.
    pub fn queue(&self) -> Queue {
        self.turns.queue()
    }

    /// The read side as it is now: what is read through the answer is of one moment.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction> {
        Ok(match &self.write {
            // a transaction on a write-ahead log reads from where it began
            Writer::Gathering(_) => self.read.begin().await?,
            Writer::Pool(_) => {
                let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.read.begin_with_config(Some(isolation), Some(access)).await?
            }
        })
    }

    /// Writes something that changes nothing, all the way to the disk: what can't do that can't acknowledge a write.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn probe(&self) -> Result<()> {
        let write = self.begin().await?;
        // the smallest write there is that needs no table: a number in the head of the file that nobody reads, a transaction's own
        let sql = if self.is_embedded() { "PRAGMA user_version = 1" } else { "SELECT pg_current_xact_id()" };
        match exec(write.tx(), sql, []).await {
            Ok(_) => tokio::spawn(write.commit()).await.map_err(Error::internal)?,
            Err(error) => {
                write.rollback(&error).await;
                Err(error)
            }
        }
    }

    /// Empties the log of changes beside the file of SQLite, which still has what they took away. On PostgreSQL that is for the server,
    /// which keeps its log for as long as it is told to.
    ///
    /// # Errors
    /// When the database does not take it, or somebody has been reading for too long.
    pub async fn scrub(&self) -> Result<()> {
        match &self.write {
            Writer::Gathering(gathering) => gathering.scrub().await,
            Writer::Pool(_) => Ok(()),
        }
    }

    /// Brings the schema up to date, or so many migrations further.
    async fn migrate(&self, steps: Option<u32>) -> Result<()> {
        use migrations::MigratorTrait as _;
        match &self.write {
            Writer::Gathering(gathering) => {
                let writer = gathering.writer().await?;
                before::keep(&writer, gathering.file()).await?;
                migrations::Migrator::up(&writer, steps).await?;
            }
            Writer::Pool(pool) => {
                // several instances may start at once: one migrates, the others wait
                let lock = pool.begin().await?;
                exec(&lock, "SELECT pg_advisory_xact_lock(7308324461)", []).await?;
                if let Some(first) = before::pending(pool).await? {
                    tracing::info!(first, "the schema changes; of PostgreSQL no copy is made, which is for its back-ups");
                }
                migrations::Migrator::up(pool, steps).await?;
                lock.commit().await?;
            }
        }
        Ok(())
    }

    /// Gives a database that holds nothing yet the schema that these migrations made; one that has it already keeps it.
    async fn migrate_to(&self, wanted: &[String]) -> std::result::Result<(), ArchiveError> {
        use migrations::MigratorTrait as _;
        let known = archive::known_migrations();
        if let Some(newer) = wanted.iter().find(|name| !known.contains(name)) {
            return Err(ArchiveError::Newer(newer.clone()));
        }
        let wanted: BTreeSet<&String> = wanted.iter().collect();
        let there = match &self.write {
            Writer::Gathering(gathering) => migrations::Migrator::get_applied_migrations(&gathering.writer().await?).await?,
            Writer::Pool(pool) => migrations::Migrator::get_applied_migrations(pool).await?,
        };
        let there: BTreeSet<String> = there.iter().map(|migration| migration.name().to_owned()).collect();
        if there.is_empty() && known.iter().take(wanted.len()).collect::<BTreeSet<_>>() == wanted {
            let steps = u32::try_from(wanted.len()).map_err(Error::internal)?;
            self.migrate(Some(steps)).await?;
        } else if there.iter().collect::<BTreeSet<_>>() != wanted {
            return Err(ArchiveError::OtherSchema);
        }
        Ok(())
    }

    /// Closes both sides; what was acknowledged is on the disk already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<()> {
        self.search.close().await?;
        match self.write {
            Writer::Gathering(gathering) => {
                self.read.close().await?;
                gathering.close().await?;
            }
            Writer::Pool(pool) => pool.close().await?,
        }
        Ok(())
    }
}

async fn refuse_old_sqlite(db: &DatabaseConnection) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Version {
        version: String,
    }
    let version = one::<Version>(db, "SELECT sqlite_version() AS version", []).await?.map(|v| v.version).unwrap_or_default();
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < OLDEST_SQLITE {
        return Err(Error::internal(format!("SQLite {version} can lose committed writes; 3.51.3 or newer is needed")));
    }
    Ok(())
}

/// One write: a transaction (PostgreSQL), or a savepoint in the transaction that gathers (SQLite).
pub(crate) struct Write {
    tx: Arc<DatabaseTransaction>,
    /// On SQLite: the right to write now.
    turn: Option<Turn>,
}

impl Write {
    /// The connection to read and write with.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Answers when the write is durable. To be run to its end: a commit that was given up half-way may or may not have happened.
    pub(crate) async fn commit(self) -> Result<()> {
        match (self.turn, Arc::into_inner(self.tx)) {
            (Some(turn), _) => turn.commit().await,
            (None, Some(tx)) => Ok(tx.commit().await?),
            (None, None) => Err(Error::internal("somebody else writes in this transaction")),
        }
    }

    /// Undoes this write because of an error; those gathered with it stay, unless it is the database that failed.
    pub(crate) async fn rollback(self, why: &Error) {
        match (self.turn, Arc::into_inner(self.tx)) {
            (Some(turn), _) => turn.rollback(why).await,
            (None, Some(tx)) => {
                if let Err(error) = tx.rollback().await {
                    // the connection is gone, and the transaction with it
                    tracing::debug!(%error, "could not roll back");
                }
            }
            (None, None) => {}
        }
    }
}

/// A pool of connections to SQLite that stay open.
fn pool(options: SqlitePoolOptions, size: u32) -> SqlitePoolOptions {
    options
        .max_connections(size)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(15))
}

/// The connections for searches, opened when somebody searches.
fn searchers(options: SqliteConnectOptions) -> DatabaseConnection {
    let pool = pool(SqlitePoolOptions::new(), SEARCHERS)
        .min_connections(0)
        .acquire_timeout(LONGEST_SEARCH)
        .after_connect(|connection, _| Box::pin(limit_statements(connection)))
        // a connection is taken for one statement
        .before_acquire(|connection, _| {
            Box::pin(async move {
                limit_statements(connection).await?;
                Ok(true)
            })
        });
    sea_orm::SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.connect_lazy_with(options))
}

/// SQLite has no time limit, but asks now and then whether to go on.
async fn limit_statements(connection: &mut SqliteConnection) -> std::result::Result<(), sqlx::Error> {
    let start = Instant::now();
    connection.lock_handle().await?.set_progress_handler(STEPS, move || start.elapsed() < LONGEST_SEARCH);
    Ok(())
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if gathering::is_passing(&error) { Self::unavailable(error) } else { Self::internal(error) }
    }
}

/// Whether the error is the violation of a unique key of that name (SQLite names the columns instead: `table.column`).
pub(crate) fn violates(error: &DbErr, constraint: &str, columns: &str) -> bool {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => message.contains(constraint) || message.contains(columns),
        _ => false,
    }
}

/// The values of a statement, in the order of `$1`, `$2`, …
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$(sea_orm::Value::from($value)),*] };
}
pub(crate) use values;

fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values.into_iter().map(without_nul))
}

/// PostgreSQL takes no NUL in a text. Texts that are kept have none; what is only asked for finds nothing on either database.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(Some(text)) if text.contains('\0') => text.replace('\0', "\u{fffd}").into(),
        other => other,
    }
}

/// Rows as objects of JSON: `columns` are names, or expressions with the name that they get.
pub(crate) async fn objects(
    db: &impl ConnectionTrait,
    columns: &[&str],
    from: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<serde_json::Value>> {
    #[derive(FromQueryResult)]
    struct Row {
        object: String,
    }
    let pairs = columns.iter().map(|column| {
        let (expression, name) = column.split_once(" AS ").unwrap_or((column, column));
        format!("'{name}', {expression}")
    });
    let function = if db.get_database_backend() == DbBackend::Postgres { "json_build_object" } else { "json_object" };
    let sql = format!("SELECT CAST({function}({}) AS text) AS object FROM {from}", pairs.collect::<Vec<_>>().join(", "));
    let rows = all::<Row>(db, &sql, values).await?;
    rows.iter().map(|row| serde_json::from_str(&row.object).map_err(Error::internal)).collect()
}

/// All rows of a query.
pub(crate) async fn all<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>> {
    let rows = db.query_all_raw(statement(db, sql, values)).await?;
    rows.iter().map(|row| T::from_query_result(row, "").map_err(Error::from)).collect()
}

/// The first row of a query.
pub(crate) async fn one<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<T>> {
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    row.map(|row| T::from_query_result(&row, "").map_err(Error::from)).transpose()
}

/// The first column of the first row, an integer named `n`.
pub(crate) async fn number(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Option<i64>> {
    #[derive(FromQueryResult)]
    struct Number {
        n: i64,
    }
    Ok(one::<Number>(db, sql, values).await?.map(|row| row.n))
}

/// Runs a statement; answers how many rows it touched.
pub(crate) async fn exec(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64> {
    Ok(try_exec(db, sql, values).await?)
}

/// As [`exec`], with the error of the database, for those who look at which constraint was violated.
pub(crate) async fn try_exec(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> std::result::Result<u64, DbErr> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// What locks a row until the end of the transaction where writers run side by side; SQLite has one writer anyway.
pub(crate) fn row_lock(db: &impl ConnectionTrait, table: &str) -> String {
    if db.get_database_backend() == DbBackend::Postgres { format!(" FOR UPDATE OF {table}") } else { String::new() }
}

/// The same for a queue that several take from: what somebody else has in hand is passed over.
pub(crate) fn skip_locked(db: &impl ConnectionTrait) -> &'static str {
    if db.get_database_backend() == DbBackend::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" }
}

/// The seconds since 1970 of a time, as text; empty where there is none.
pub(crate) fn seconds(db: &impl ConnectionTrait, column: &str) -> String {
    if db.get_database_backend() == DbBackend::Postgres {
        format!("COALESCE(CAST(CAST(FLOOR(EXTRACT(EPOCH FROM {column})) AS bigint) AS text), '')")
    } else {
        format!("COALESCE(CAST(unixepoch({column}) AS text), '')")
    }
}

/// `0` or `1`, as text.
pub(crate) fn flag(condition: &str) -> String {
    format!("CASE WHEN {condition} THEN '1' ELSE '0' END")
}

/// All values of a text column in one text, a line each, so that many rows leave the database as one.
pub(crate) fn lines(db: &impl ConnectionTrait, expression: &str) -> String {
    if db.get_database_backend() == DbBackend::Postgres {
        format!("string_agg({expression}, chr(10))")
    } else {
        format!("group_concat({expression}, char(10))")
    }
}

/// Rows of a table that become due: the column of their number, that of their time, and which rows of which table, up to a condition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DueRows {
    pub(crate) id: &'static str,
    pub(crate) at: &'static str,
    pub(crate) rows: &'static str,
}

/// A query put together from parts: text with numbered places, and the values for them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Appends text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends the place for a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Appends `(place, place, …)`; never empty, since `IN ()` is not SQL everywhere.
    pub(crate) fn bind_list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        self.push("(");
        let mut any = false;
        for value in values {
            if any {
                self.push(", ");
            }
            self.bind(value);
            any = true;
        }
        if !any {
            self.push("NULL");
        }
        self.push(")")
    }
}
