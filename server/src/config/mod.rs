//! Settings of the process: by environment or by flag, the same names. Settings of the site live in the database.

mod check;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::i18n::{Words, names};
pub use check::log_filter;
use clap::{Args, ValueEnum};
use forum::{Forum, forum::Saying, password::Cost, time::SystemTime};

use crate::{
    Failure,
    http::{Patience, Proxies},
    mail::{Inbox, InboxError, Mailbox},
};

/// What is logged when nothing is set.
pub const LOG: &str = "info,sea_orm_migration=warn";

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// The settings.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Database: `postgres://…` or `sqlite:…`; without it, SQLite in the data folder
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder for the database and outgoing mail
    #[arg(long = "data", alias = "answerable-data", env = "ANSWERABLE_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// Address to listen on
    #[arg(
        long = "addr",
        alias = "answerable-addr",
        env = "ANSWERABLE_ADDR",
        default_value = "127.0.0.1:3000",
        value_parser = check::listening_address,
        global = true
    )]
    pub addr: SocketAddr,
    /// Public address of the site, such as <https://ideas.example.com>; without it, the address listened on
    #[arg(long = "url", alias = "answerable-url", env = "ANSWERABLE_URL", global = true)]
    pub url: Option<String>,
    /// Mail: `smtp://…`, `smtps://…` or `file:FOLDER`; without it, files in the data folder
    #[arg(long = "mail", alias = "answerable-mail", env = "ANSWERABLE_MAIL", global = true, hide_env_values = true)]
    pub mail: Option<String>,
    /// Address at which mail comes in, such as forum@example.org: letters are answered to forum+…@example.org, and what is sent there has to
    /// arrive in the folder of ANSWERABLE_MAIL_IN; without it, letters can't be answered
    #[arg(
        long = "mail-reply",
        alias = "answerable-mail-reply",
        env = "ANSWERABLE_MAIL_REPLY",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub mail_reply: String,
    /// Where that mail arrives: `maildir:FOLDER`
    #[arg(
        long = "mail-in",
        alias = "answerable-mail-in",
        env = "ANSWERABLE_MAIL_IN",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub mail_in: String,
    /// What to log, such as `info` or `server=debug,warn`
    #[arg(
        long = "log",
        alias = "answerable-log",
        env = "ANSWERABLE_LOG",
        default_value = LOG,
        global = true
    )]
    pub log: String,
    /// Limits on how often things may be done; `off` is for tests and benchmarks only
    #[arg(
        long = "rate-limits",
        alias = "answerable-rate-limits",
        env = "ANSWERABLE_RATE_LIMITS",
        default_value = "on",
        value_enum,
        ignore_case = true,
        global = true
    )]
    pub rate_limits: Switch,
    /// Proxies that are trusted to say for whom they ask (`X-Forwarded-For`): addresses and networks, with commas between them;
    /// without it, those on this machine
    #[arg(
        long = "trusted-proxies",
        alias = "answerable-trusted-proxies",
        env = "ANSWERABLE_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub trusted_proxies: String,
    /// Address on which `/metrics` is told, such as 127.0.0.1:9464, and nothing else; without it, nowhere
    #[arg(
        long = "metrics-addr",
        alias = "answerable-metrics-addr",
        env = "ANSWERABLE_METRICS_ADDR",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub metrics_addr: String,
    /// Hosts of your own network that web-hooks may go to, also without https: names or addresses, with a port or without, with commas
    /// between them; without it, they go to the public internet only
    #[arg(
        long = "hooks-to",
        alias = "answerable-hooks-to",
        env = "ANSWERABLE_HOOKS_TO",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub hooks_to: String,
    /// What the hash of a password costs: no operator has a reason to choose less, only tests do
    #[arg(skip)]
    pub hashing: Cost,
    /// How long connections may take: only tests have less time
    #[arg(skip)]
    pub patience: Patience,
}

impl Config {
    /// The address of the database; makes the data folder and the file for an embedded one.
    ///
    /// # Errors
    /// When they can't be made.
    pub fn database(&self) -> Result<String, Failure> {
        let url = self.database_url();
        check::database(&url)?;
        self.make_data_folder()?;
        if let Some(file) = check::sqlite_file(&url) {
            make_file(&file)?;
        }
        Ok(url)
    }

    /// The address of a database that has to be there already: who wants to keep what is there makes nothing.
    ///
    /// # Errors
    /// When there is no file of an embedded one.
    pub fn existing_database(&self) -> Result<String, Failure> {
        let url = self.database_url();
        check::database(&url)?;
        match check::sqlite_file(&url).filter(|file| !file.exists()) {
            Some(file) => Err(Failure::Refused(format!("there is no database at {}", file.display()))),
            None => Ok(url),
        }
    }

    /// The file of an embedded database, whether it is there or not.
    pub fn embedded_file(&self) -> Option<PathBuf> {
        check::sqlite_file(&self.database_url())
    }

    /// Makes the data folder, where the database is in it.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn make_data_folder(&self) -> Result<(), Failure> {
        if self.database_url.as_ref().is_none_or(String::is_empty) { make_folder(&self.data) } else { Ok(()) }
    }

    /// A file in the data folder, which is made for it.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn in_data(&self, name: &str) -> Result<PathBuf, Failure> {
        make_folder(&self.data)?;
        Ok(self.data.join(name))
    }

    fn database_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data.join("answerable.db").display());
        self.database_url.clone().filter(|url| !url.is_empty()).unwrap_or_else(embedded)
    }

    /// Where mail goes.
    ///
    /// # Errors
    /// When the folder for it can't be made.
    pub fn mail(&self) -> Result<String, Failure> {
        if let Some(mail) = self.mail.as_ref().filter(|mail| !mail.is_empty()) {
            return Ok(mail.clone());
        }
        let folder = self.data.join("mail");
        make_folder(&folder)?;
        Ok(format!("file:{}", folder.display()))
    }

    /// The address at which letters are answered, if they can be.
    ///
    /// # Errors
    /// When the setting is no such address, or says nothing of where the answers arrive.
    pub fn answers(&self) -> Result<Option<Mailbox>, Failure> {
        let failure = |reason: &str| Failure::Setting { name: "ANSWERABLE_MAIL_REPLY", reason: reason.to_owned() };
        let (reply, arrives) = (self.mail_reply.trim(), self.mail_in.trim());
        match (reply.is_empty(), arrives.is_empty()) {
            (true, true) => Ok(None),
            (false, false) => Mailbox::parse(reply).map(Some).map_err(failure),
            (false, true) => Err(failure("answers would reach nobody: ANSWERABLE_MAIL_IN says where they arrive")),
            (true, false) => {
                Err(failure("it is missing: ANSWERABLE_MAIL_IN takes answers to letters that name no address for them"))
            }
        }
    }

    /// Where mail comes in, if it does; `host` is where our own letters come from.
    ///
    /// # Errors
    /// As [`Self::answers`], or when there can be no such folder.
    pub fn inbox(&self, host: &str) -> Result<Option<Inbox>, Failure> {
        let failure = |error: InboxError| Failure::Setting { name: "ANSWERABLE_MAIL_IN", reason: error.to_string() };
        let Some(at) = self.answers()? else { return Ok(None) };
        Inbox::from_setting(&self.mail_in, at, host).map(Some).map_err(failure)
    }

    /// The proxies that are trusted.
    ///
    /// # Errors
    /// When the setting names none.
    pub fn proxies(&self) -> Result<Proxies, Failure> {
        Proxies::parse(&self.trusted_proxies).map_err(|reason| Failure::Setting { name: "ANSWERABLE_TRUSTED_PROXIES", reason })
    }

    /// Where what is measured is told, if it is.
    ///
    /// # Errors
    /// When the setting is no address, or the public one.
    pub fn metrics(&self) -> Result<Option<SocketAddr>, Failure> {
        let failure = |reason: &str| Failure::Setting { name: "ANSWERABLE_METRICS_ADDR", reason: reason.to_owned() };
        let text = self.metrics_addr.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let addr: SocketAddr = text.parse().map_err(|_| failure("it takes a number and a port, such as 127.0.0.1:9464"))?;
        let is_taken = addr.port() != 0 && addr.port() == self.addr.port();
        let is_same = is_taken && (addr.ip() == self.addr.ip() || addr.ip().is_unspecified() || self.addr.ip().is_unspecified());
        if is_same { Err(failure("it is the address that everybody reaches")) } else { Ok(Some(addr)) }
    }

    /// The hosts of the operator's own network that web-hooks may go to.
    pub fn hooks_to(&self) -> Vec<String> {
        self.hooks_to.split(',').map(str::trim).filter(|host| !host.is_empty()).map(str::to_ascii_lowercase).collect()
    }

    /// Opens the forum in the database of these settings.
    ///
    /// # Errors
    /// When it can't be opened.
    pub async fn open_forum(&self, address: &str) -> Result<Forum, Failure> {
        check::public_address(address)?;
        let options = forum::forum::Options {
            database_url: self.database()?,
            address: address.to_owned(),
            limits: self.rate_limits == Switch::On,
            time: Arc::new(SystemTime),
            hashing: self.hashing,
            hooks_to: self.hooks_to(),
            takes_mail: self.answers().is_ok_and(|answers| answers.is_some()),
            says: |saying, language| match saying {
                Saying::Answer(cause) => Words::of(language).name(names::ANSWER_CAUSE, cause),
                Saying::Removed(rule) => Words::of(language).ta("redacted", &[("rule", i64::from(rule).into())]),
            },
        };
        Ok(Forum::open(options).await?)
    }

    /// The public address for commands that do not listen.
    pub fn address(&self) -> String {
        self.address_or(self.addr)
    }

    /// The public address for one that listens there: as browsers name it, or as it is set when it is none, which is refused when the
    /// forum is opened.
    pub fn address_or(&self, listening: SocketAddr) -> String {
        let Some(text) = self.public_address() else { return format!("http://{listening}") };
        check::public_address(text).map_or_else(|_| text.to_owned(), |url| url.origin().ascii_serialization())
    }

    fn public_address(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.trim().is_empty())
    }
}

/// Only the owner may look into the data: it holds addresses and password hashes.
fn make_folder(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Failure::io(format!("can't make {}", path.display())))
}

/// Makes an empty file that only the owner may look into, where there is none: SQLite would make it for everybody, and gives the
/// files beside it the rights of this one.
fn make_file(path: &Path) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Failure::io(format!("can't make {}", path.display()))(error)),
    }
}
