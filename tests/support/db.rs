//! A database for one test.

use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use forum::db::Db;
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The two databases that the forum lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database with the schema of the forum and nothing in it.
#[derive(Debug)]
pub struct TestDb {
    url: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(TempDir),
    Server { database: String },
}

/// The databases that all others of this process are copies of: copying takes a tenth of the time that the migrations take.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// The same for SQLite: what stands in the file.
static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// What takes the guards of an append-only table away, as who owns the database can.
pub fn unguarded(backend: Backend, table: &str) -> String {
    match backend {
        Backend::Sqlite => ["updated", "deleted", "replaced"].map(|what| format!("DROP TRIGGER {table}_never_{what};")).concat(),
        Backend::Postgres => format!("ALTER TABLE {table} DISABLE TRIGGER USER;"),
    }
}

impl TestDb {
    /// A database that nobody else uses.
    ///
    /// # Panics
    /// On PostgreSQL without `TEST_POSTGRES_URL`: a test that was left out in silence would look like one that passed.
    pub async fn fresh(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::Builder::new().prefix("forum-test.").tempdir().expect("a temporary folder");
                let file = folder.path().join("answerable.db");
                copy_template(&file).await;
                let url = format!("sqlite://{}", file.display());
                Self { url, home: Home::Folder(folder) }
            }
            Backend::Postgres => {
                let template = TEMPLATE.get_or_init(make_template).await;
                let database = format!("{template}_{}", COUNT.fetch_add(1, Ordering::Relaxed));
                on_server(&format!("CREATE DATABASE {database} TEMPLATE {template}")).await;
                Self { url: url_of(&database), home: Home::Server { database } }
            }
        }
    }

    /// A database in which nothing was made yet, not even a table.
    ///
    /// # Panics
    /// As [`TestDb::fresh`].
    pub async fn bare(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::Builder::new().prefix("forum-test.").tempdir().expect("a temporary folder");
                let url = format!("sqlite://{}?mode=rwc", folder.path().join("answerable.db").display());
                Self { url, home: Home::Folder(folder) }
            }
            Backend::Postgres => {
                let database = format!("forum_bare_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
                on_server(&format!("CREATE DATABASE {database}")).await;
                Self { url: url_of(&database), home: Home::Server { database } }
            }
        }
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        match self.home {
            Home::Folder(_) => Backend::Sqlite,
            Home::Server { .. } => Backend::Postgres,
        }
    }

    /// Its address, as `DATABASE_URL` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder that a SQLite file is in.
    pub fn folder(&self) -> Option<&Path> {
        match &self.home {
            Home::Folder(folder) => Some(folder.path()),
            Home::Server { .. } => None,
        }
    }

    /// Removes the database, whoever is connected to it.
    pub async fn remove(self) {
        if let Home::Server { database } = self.home {
            on_server(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        }
    }
}

/// Makes a SQLite database with the schema and nothing in it.
pub(crate) async fn copy_template(to: &Path) {
    std::fs::write(to, FILE.get_or_init(make_file).await).expect("a copy of the template");
}

async fn make_file() -> Vec<u8> {
    let folder = tempfile::Builder::new().prefix("forum-test.").tempdir().expect("a temporary folder");
    let file = folder.path().join("template.db");
    let db = Db::open(&format!("sqlite://{}", file.display())).await.expect("the migrations run on SQLite");
    // whoever closes it last brings what is in the log beside the file into the file
    db.close().await.expect("the template is left alone");
    std::fs::read(&file).expect("the template")
}

async fn make_template() -> String {
    let template = format!("forum_test_{}", std::process::id());
    on_server(&format!("DROP DATABASE IF EXISTS {template} WITH (FORCE)")).await;
    on_server(&format!("CREATE DATABASE {template}")).await;
    let db = Db::open(&url_of(&template)).await.expect("the migrations run on PostgreSQL");
    db.close().await.expect("the template is left alone");
    template
}

fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!("TEST_POSTGRES_URL is not set: run the tests by `make test`, or by `tests/with-postgres cargo test -p tests`")
    })
}

/// The address of another database on the same server.
fn url_of(database: &str) -> String {
    let url = server_url();
    let (base, query) = url.split_once('?').map_or((url.as_str(), String::new()), |(base, query)| (base, format!("?{query}")));
    let server = base.rsplit_once('/').map_or(base, |(server, _)| server);
    format!("{server}/{database}{query}")
}

async fn on_server(sql: &str) {
    let server = Database::connect(server_url()).await.expect("the PostgreSQL of TEST_POSTGRES_URL answers");
    let outcome = server.execute_unprepared(sql).await;
    server.close().await.expect("a connection that was open");
    outcome.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
