//! The program itself, spoken to over HTTP by people with browsers and by programs with tokens: in the process of the test, or,
//! where it is about signals, crashes, the command line or what is printed, as an operator runs it.

mod api;
mod mail;
mod page;
mod process;
mod serving;
mod visitor;

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use chrono::TimeDelta;
use forum::{
    actor::{Actor, Role},
    password::Cost,
    person::SignUp,
};
use sea_orm::{ConnectionTrait as _, Database};
use server::{
    commands::make_person,
    config::{Config, LOG, Switch},
    http::Patience,
};
use tempfile::TempDir;

pub use api::{Answer, Api};
pub use mail::Mail;
pub use page::Page;
pub use serving::{serve, serve_as_process};
pub use visitor::{MULTIPART, Visitor, parts};

use process::{Process, joined};

use crate::{
    Backend,
    db::copy_template,
    here::{Here, Log},
};

/// The password of everybody.
pub const PASSWORD: &str = "bicycle lantern oyster quilt";

/// How long anything may take before a test gives up on it; the machine may be busy with much else.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running program. A process ends when this is dropped.
pub struct Answerable {
    running: Option<Running>,
    address: String,
    database: Option<String>,
    settings: Vec<(String, String)>,
    folder: Arc<TempDir>,
}

enum Running {
    Here(Arc<Here>),
    Process(Process),
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: String,
}

impl Answerable {
    /// Starts the program as a process with a data folder of its own, without rate limits unless the settings say otherwise.
    ///
    /// # Panics
    /// When it does not come up.
    pub async fn start(database: Option<&str>, settings: &[(&str, &str)]) -> Self {
        let mut server = Self::new(database, settings);
        server.up().await;
        server
    }

    /// Starts the program in this process, with a data folder of its own.
    async fn start_here(database: Option<&str>, settings: &[(&str, &str)], log: Log) -> Self {
        let mut server = Self::new(database, settings);
        let data = server.folder().join("data");
        if database.is_none() {
            std::fs::create_dir(&data).expect("a folder for the data");
            copy_template(&data.join("answerable.db")).await;
        }
        let mut config = Config {
            database_url: database.map(str::to_owned),
            data,
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            url: None,
            mail: Some(format!("file:{}", server.folder().join("mail").display())),
            log: LOG.to_owned(),
            rate_limits: Switch::Off,
            trusted_proxies: String::new(),
            metrics_addr: "127.0.0.1:0".to_owned(),
            mail_reply: String::new(),
            mail_in: String::new(),
            hooks_to: String::new(),
            hashing: Cost::LEAST,
            patience: Patience { sending: Duration::from_secs(3), drain: Duration::from_secs(3), ..Patience::default() },
        };
        for (name, value) in settings {
            match (*name, *value) {
                ("ANSWERABLE_URL", url) => config.url = Some(url.to_owned()),
                ("ANSWERABLE_RATE_LIMITS", "on") => config.rate_limits = Switch::On,
                ("ANSWERABLE_TRUSTED_PROXIES", proxies) => config.trusted_proxies = proxies.to_owned(),
                ("ANSWERABLE_MAIL_REPLY", address) => config.mail_reply = address.to_owned(),
                ("ANSWERABLE_MAIL_IN", folder) => config.mail_in = folder.to_owned(),
                ("ANSWERABLE_HOOKS_TO", hosts) => config.hooks_to = hosts.to_owned(),
                _ => panic!("{name}={value}: only a process takes this setting"),
            }
        }
        let here = Here::start(config, log).await;
        server.address.clone_from(&here.address);
        server.running = Some(Running::Here(Arc::new(here)));
        server
    }

    fn new(database: Option<&str>, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("answerable-test.").tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("mail")).expect("a folder for mail");
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (database, folder) = (database.map(str::to_owned), Arc::new(folder));
        Self { running: None, address: String::new(), database, settings, folder }
    }

    fn here(&self) -> Option<&Arc<Here>> {
        match &self.running {
            Some(Running::Here(here)) => Some(here),
            _ => None,
        }
    }

    /// Where it listens, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where a program in this process tells what is measured.
    ///
    /// # Panics
    /// When it runs as a process.
    pub fn internal_address(&self) -> &str {
        self.here().and_then(|here| here.internal.as_deref()).expect("a program here that tells it")
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The folder with its data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of its database, for another instance beside it.
    pub fn database(&self) -> String {
        let file = || format!("sqlite://{}", self.folder().join("data").join("answerable.db").display());
        self.database.clone().unwrap_or_else(file)
    }

    /// What it logged so far.
    pub fn logged(&self) -> String {
        match &self.running {
            Some(Running::Here(here)) => here.logged(),
            Some(Running::Process(process)) => joined(&process.logged),
            None => String::new(),
        }
    }

    /// The path at which the first admin is made.
    ///
    /// # Panics
    /// When there is an admin already.
    pub fn set_up(&self) -> String {
        let link = match &self.running {
            Some(Running::Here(here)) => here.set_up.clone(),
            _ => self.printed().split_whitespace().find(|word| word.contains("/setup/")).map(str::to_owned),
        };
        let link = link.expect("a link");
        link[link.find("/setup/").expect("a link to the first page")..].to_owned()
    }

    /// Makes somebody with a verified address.
    ///
    /// # Panics
    /// When they can't be made.
    pub async fn person(&self, name: &str, role: &str) -> Account {
        self.make(name, role, true).await
    }

    /// Makes somebody whose address is not verified.
    ///
    /// # Panics
    /// When they can't be made.
    pub async fn unverified(&self, name: &str) -> Account {
        self.unverified_as(name, "member").await
    }

    /// Makes somebody with a role whose address is not verified.
    ///
    /// # Panics
    /// When they can't be made.
    pub async fn unverified_as(&self, name: &str, role: &str) -> Account {
        self.make(name, role, false).await
    }

    /// Lets every browser look as if it had not been used for so many hours.
    ///
    /// # Panics
    /// When the program is a process, or the database refuses.
    pub async fn leave_browsers_alone(&self, hours: i64) {
        let forum = &self.here().expect("a program in this process").forum;
        let seen = (forum.now() - TimeDelta::hours(hours)).to_rfc3339();
        let sql = format!("UPDATE sessions SET seen_at = '{seen}'");
        let done = forum.write(&Actor::System, async |tx| Ok(tx.conn().execute_unprepared(&sql).await?)).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Lets it look at who votes as one, as a job does once a minute.
    ///
    /// # Panics
    /// When the program is a process, or the look fails.
    pub async fn look_at_votes(&self) {
        let forum = &self.here().expect("a program in this process").forum;
        forum::ring::run(forum).await.unwrap_or_else(|error| panic!("the votes: {error}"));
    }

    /// Which database it is in.
    pub fn backend(&self) -> Backend {
        if self.database.is_some() { Backend::Postgres } else { Backend::Sqlite }
    }

    /// Runs statements in the database behind its back.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn sql(&self, sql: &str) {
        let file = || format!("sqlite://{}", self.folder.path().join("data/answerable.db").display());
        let db = Database::connect(self.database.clone().unwrap_or_else(file)).await.expect("the database");
        db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        db.close().await.expect("a connection that was open");
    }

    /// As the command line does it: by itself, or beside a process.
    async fn make(&self, name: &str, role: &str, verified: bool) -> Account {
        let email = address_of(name);
        let id = if let Some(here) = self.here() {
            let new = SignUp { email: email.clone(), password: PASSWORD.to_owned(), name: name.to_owned(), language: None };
            let role = Role::parse(role).unwrap_or_else(|error| panic!("{role}: {error:?}"));
            let made = make_person(&here.forum, new, role, None, verified).await;
            made.unwrap_or_else(|error| panic!("{name}: {error}")).to_string()
        } else {
            let mut arguments = vec!["person", "create", "--email", &email, "--name", name, "--role", role, "--password-stdin"];
            arguments.extend(verified.then_some("--verified"));
            self.run(&arguments, &format!("{PASSWORD}\n")).trim().to_owned()
        };
        Account { id, name: name.to_owned(), email, role: role.to_owned() }
    }
}

impl Drop for Answerable {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.logged();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!("the end of the log:\n{}", lines[lines.len().saturating_sub(15)..].join("\n"));
        }
        if let Some(Running::Process(process)) = &mut self.running {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}

fn address_of(name: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c if c.is_alphanumeric() => format!("{:x}", u32::from(c)),
        _ => ".".to_owned(),
    };
    let local: String = name.to_lowercase().chars().map(letter).collect();
    let local = local.trim_matches('.');
    format!("{local}@example.com")
}

/// The day it is where the company works. The program under test lives by the clock of the machine, and so do those who speak to it.
#[expect(clippy::disallowed_methods, reason = "the program under test can't be handed another time")]
pub fn today() -> chrono::NaiveDate {
    crate::days::day_of(chrono::Utc::now())
}

/// The farthest day that every answer may name and every promise of the staff may be due on, whatever day it is today: ten working
/// days ahead.
pub fn soon() -> chrono::NaiveDate {
    crate::days::nth_after(today(), 10)
}
