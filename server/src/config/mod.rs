//! Settings of the process: by environment or by flag, the same names. Settings of the site live in the database.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use app::i18n::{Words, names};
use clap::{Args, ValueEnum};
use forum::{Forum, password::Cost, time::SystemTime};

use crate::{Failure, http::Patience};

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
    #[arg(long = "addr", alias = "answerable-addr", env = "ANSWERABLE_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,
    /// Public address of the site, such as <https://ideas.example.com>; without it, the address listened on
    #[arg(long = "url", alias = "answerable-url", env = "ANSWERABLE_URL", global = true)]
    pub url: Option<String>,
    /// Mail: `smtp://…`, `smtps://…` or `file:FOLDER`; without it, files in the data folder
    #[arg(long = "mail", alias = "answerable-mail", env = "ANSWERABLE_MAIL", global = true, hide_env_values = true)]
    pub mail: Option<String>,
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
    /// What the hash of a password costs: no operator has a reason to choose less, only tests do
    #[arg(skip)]
    pub hashing: Cost,
    /// How long connections may take: only tests have less time
    #[arg(skip)]
    pub patience: Patience,
}

impl Config {
    /// The address of the database; makes the data folder for an embedded one.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn database(&self) -> Result<String, Failure> {
        if let Some(url) = self.database_url.as_ref().filter(|url| !url.is_empty()) {
            return Ok(url.clone());
        }
        self.make_data_folder()?;
        Ok(format!("sqlite://{}", self.data.join("answerable.db").display()))
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
        std::fs::create_dir_all(&folder).map_err(Failure::io(format!("can't make {}", folder.display())))?;
        Ok(format!("file:{}", folder.display()))
    }

    /// Only the owner may look into the data folder: it holds addresses and password hashes.
    fn make_data_folder(&self) -> Result<(), Failure> {
        let what = format!("can't make {}", self.data.display());
        if self.data.is_dir() {
            return Ok(());
        }
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.data).map_err(Failure::io(what))
    }

    /// Opens the forum in the database of these settings.
    ///
    /// # Errors
    /// When it can't be opened.
    pub async fn open_forum(&self, address: &str) -> Result<Forum, Failure> {
        if !(address.starts_with("http://") || address.starts_with("https://")) {
            return Err(Failure::Setting {
                name: "ANSWERABLE_URL",
                reason: format!("{address} does not start with https:// or http://"),
            });
        }
        let options = forum::forum::Options {
            database_url: self.database()?,
            address: address.to_owned(),
            limits: self.rate_limits == Switch::On,
            time: Arc::new(SystemTime),
            hashing: self.hashing,
            says: |cause, language| Words::of(language).name(names::ANSWER_CAUSE, cause),
        };
        Ok(Forum::open(options).await?)
    }

    /// The public address for commands that do not listen.
    pub fn address(&self) -> String {
        self.url.clone().unwrap_or_else(|| format!("http://{}", self.addr))
    }

    /// What is unsafe about these settings on a server that strangers reach; nothing when they are fine.
    pub fn unsafe_settings(&self) -> Vec<String> {
        let mut found = Vec::new();
        match &self.url {
            None => found.push("ANSWERABLE_URL is not set: links in mails would lead to the address listened on".to_owned()),
            Some(url) if !url.starts_with("https://") => {
                found.push(format!("ANSWERABLE_URL is {url}: without https, sessions and passwords travel in the clear"));
            }
            Some(_) => {}
        }
        if self.rate_limits == Switch::Off {
            found.push("ANSWERABLE_RATE_LIMITS is off: anybody may try passwords without end".to_owned());
        }
        match &self.mail {
            None => found
                .push("ANSWERABLE_MAIL is not set: mail would only be written to files, nobody could verify an address".to_owned()),
            Some(mail) if mail.starts_with("file:") => {
                found.push("ANSWERABLE_MAIL writes to files: nobody could verify an address".to_owned());
            }
            Some(_) => {}
        }
        #[cfg(unix)]
        if self.database_url.is_none()
            && let Ok(meta) = std::fs::metadata(&self.data)
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&meta.permissions());
            if mode & 0o077 != 0 {
                found.push(format!(
                    "{} can be entered by other users of the machine (mode {:o})",
                    self.data.display(),
                    mode & 0o777
                ));
            }
        }
        found
    }
}
