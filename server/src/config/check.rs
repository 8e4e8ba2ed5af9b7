//! What is unsafe where strangers reach the server, and what no setting may be at all.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use sea_orm::sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use url::{Host, Url};

use super::{Config, Switch};
use crate::{Failure, demo, mail};

impl Config {
    /// What is unsafe about these settings on a server that strangers reach; nothing when they are fine.
    pub fn unsafe_settings(&self) -> Vec<String> {
        let mut found = Vec::new();
        match self.public_address() {
            None => found.push("ANSWERABLE_URL is not set: links in mails would lead to the address listened on".to_owned()),
            Some(url) => found.extend(unsafe_address(url)),
        }
        if self.rate_limits == Switch::Off {
            found.push("ANSWERABLE_RATE_LIMITS is off: anybody may try passwords without end".to_owned());
        }
        match self.mail.as_deref().filter(|mail| !mail.is_empty()) {
            None => found
                .push("ANSWERABLE_MAIL is not set: mail would only be written to files, nobody could verify an address".to_owned()),
            Some(mail) if mail.starts_with("file:") => {
                found.push("ANSWERABLE_MAIL writes to files: nobody could verify an address".to_owned());
            }
            Some(mail) => found.extend(unsafe_mail(mail)),
        }
        found.extend(self.answers().err().map(|error| error.to_string()));
        found.extend(unsafe_inbox(&self.mail_in));
        match self.proxies() {
            Ok(proxies) if proxies.trust_everybody() => found.push(
                "ANSWERABLE_TRUSTED_PROXIES trusts everybody: whoever guesses passwords says in each try that they are somebody else"
                    .to_owned(),
            ),
            Ok(_) => {}
            Err(error) => found.push(error.to_string()),
        }
        match self.metrics() {
            Ok(Some(addr)) if !is_internal(addr.ip()) => found
                .push(format!("ANSWERABLE_METRICS_ADDR is {addr}: strangers may read there how much is asked, and what is late")),
            Ok(_) => {}
            Err(error) => found.push(error.to_string()),
        }
        if !self.hooks_to().is_empty() {
            found.push(
                "ANSWERABLE_HOOKS_TO names hosts: whoever administers the forum can send requests to them from inside your network"
                    .to_owned(),
            );
        }
        let database = self.database_url();
        found.extend(self::database(&database).err().map(|error| error.to_string()));
        found.extend(unsafe_database(&database));
        match log_filter(&self.log) {
            Ok(filter) if filter.max_level_hint().is_none_or(|level| level == LevelFilter::TRACE) => {
                found.push(
                    "ANSWERABLE_LOG says trace: that is for looking for a fault, and says more of people than a log should"
                        .to_owned(),
                );
            }
            Ok(_) => {}
            Err(error) => found.push(error.to_string()),
        }
        found.extend(open_to_others(&self.data));
        if let Some(file) = sqlite_file(&database) {
            let beside = |end: &str| PathBuf::from(format!("{}{end}", file.display()));
            found.extend([file.clone(), beside("-wal"), beside("-shm")].iter().filter_map(|file| open_to_others(file)));
        }
        found
    }

    /// Accounts in the database that anybody can sign in to; nothing when there is no database yet.
    pub async fn unsafe_accounts(&self) -> Vec<String> {
        if sqlite_file(&self.database_url()).is_some_and(|file| !file.exists()) {
            return Vec::new();
        }
        match self.open_accounts().await {
            Ok(accounts) => {
                let said = |email| format!("{email} has the password of the demo, which is published: anybody can sign in as them");
                accounts.into_iter().map(said).collect()
            }
            Err(error) => vec![format!("the database can't be looked at: {error}")],
        }
    }

    async fn open_accounts(&self) -> Result<Vec<&'static str>, Failure> {
        // whatever is wrong with the public address is said already
        let forum = self.open_forum("http://localhost").await?;
        Ok(demo::open_to_anybody(&forum).await?)
    }
}

/// The public address, if it is one: a scheme and a host. The site lives at the root of its host, so a path would lead nowhere.
pub(super) fn public_address(text: &str) -> Result<Url, Failure> {
    let failure = |reason| Failure::Setting { name: "ANSWERABLE_URL", reason };
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| failure(format!("{text} does not start with https:// or http://")))?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if is_bare && url.username().is_empty() && url.password().is_none() {
        Ok(url)
    } else {
        Err(failure(format!("{text} is more than a scheme and a host, such as https://ideas.example.com")))
    }
}

/// Where to listen, from the flag or the environment.
pub(super) fn listening_address(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    text.parse().map_err(|_| "ANSWERABLE_ADDR takes a number and a port, such as 127.0.0.1:3000 or [::]:3000".to_owned())
}

/// Whether an address is one of a database that we know. It may hold a password, so it is not repeated.
pub(super) fn database(url: &str) -> Result<(), Failure> {
    let failure = |reason| Failure::Setting { name: "DATABASE_URL", reason };
    if url.starts_with("sqlite:") {
        url.parse::<SqliteConnectOptions>().map(|_| ()).map_err(|error| failure(error.to_string()))
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        url.parse::<PgConnectOptions>().map(|_| ()).map_err(|error| failure(error.to_string()))
    } else {
        Err(failure("it starts with neither postgres:// nor sqlite:".to_owned()))
    }
}

/// The filter of the log. A word that is no level would be taken for the name of a part, of which nothing ever comes.
///
/// # Errors
/// What of it can't be understood.
pub fn log_filter(text: &str) -> Result<EnvFilter, Failure> {
    let failure = |reason| Failure::Setting { name: "ANSWERABLE_LOG", reason };
    let is_level = |word: &str| word.parse::<LevelFilter>().is_ok();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty() && !word.contains(['=', '['])) {
        if !is_level(word) {
            let reason =
                format!("“{word}” is none of off, error, warn, info, debug and trace; for a part of the program, say {word}=debug");
            return Err(failure(reason));
        }
    }
    EnvFilter::try_new(text).map_err(|error| failure(error.to_string()))
}

fn unsafe_address(text: &str) -> Vec<String> {
    let url = match public_address(text) {
        Ok(url) => url,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = Vec::new();
    if !matches!(url.host(), Some(Host::Domain(host)) if !is_here(host)) {
        found.push(format!("ANSWERABLE_URL is {text}: that is no name by which others reach this server"));
    }
    if url.scheme() != "https" {
        found.push(format!("ANSWERABLE_URL is {text}: without https, sessions and passwords travel in the clear"));
    }
    found
}

fn unsafe_mail(setting: &str) -> Option<String> {
    let url = Url::parse(setting.trim()).ok().filter(|url| url.scheme() == "smtp")?;
    let is_safe = is_here(url.host_str().unwrap_or_default()) || in_query(&url, "tls").as_deref() == Some("required");
    (!is_safe).then(|| {
        "ANSWERABLE_MAIL reaches another host, and goes in the clear if somebody on the way wants it so: say smtps://…, or add \
         tls=required"
            .to_owned()
    })
}

/// What is wrong with where mail comes in. Whoever can put a file there says what others said.
fn unsafe_inbox(setting: &str) -> Option<String> {
    let setting = setting.trim();
    if setting.is_empty() {
        return None;
    }
    match mail::folder(setting) {
        Ok(folder) if !folder.join("new").is_dir() => {
            Some(format!("ANSWERABLE_MAIL_IN: {} is no maildir: there is no folder new in it", folder.display()))
        }
        Ok(folder) => others_write(&folder.join("new")),
        Err(error) => Some(format!("ANSWERABLE_MAIL_IN: {error}")),
    }
}

#[cfg(unix)]
fn others_write(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o002 != 0).then(|| format!("anybody on this machine may write into {}: they could speak for others", path.display()))
}

#[cfg(not(unix))]
fn others_write(_: &Path) -> Option<String> {
    None
}

fn unsafe_database(setting: &str) -> Option<String> {
    let url = Url::parse(setting).ok().filter(|url| matches!(url.scheme(), "postgres" | "postgresql"))?;
    let host = in_query(&url, "host").or_else(|| in_query(&url, "hostaddr")).or_else(|| url.host_str().map(str::to_owned));
    let mode = in_query(&url, "sslmode").or_else(|| in_query(&url, "ssl-mode"));
    let is_safe =
        host.is_none_or(|host| is_here(&host)) || matches!(mode.as_deref(), Some("require" | "verify-ca" | "verify-full"));
    (!is_safe).then(|| "DATABASE_URL reaches another host, perhaps in the clear: add sslmode=verify-full, or require".to_owned())
}

fn in_query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Whether a host is this machine: by name, by number, or by the path of a socket.
fn is_here(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase();
    let is_socket = host.is_empty() || host.starts_with('/') || host.starts_with("%2f");
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    is_socket || is_loopback || host == "localhost" || host.ends_with(".localhost")
}

/// Whether an address is one of this machine, or of a network that strangers are not in.
fn is_internal(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// The file of an embedded database.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return None;
    }
    let options: SqliteConnectOptions = url.parse().ok()?;
    Some(options.get_filename().to_owned())
}

/// Who else on this machine could look into a file or a folder, or change it.
fn open_to_others(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).ok()?.permissions());
        let problem =
            || format!("{} can be read or written by other users of the machine (mode {:o})", path.display(), mode & 0o777);
        (mode & 0o077 != 0).then(problem)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use clap::Parser as _;
    use forum::{
        actor::{Actor, Role},
        person::{self, SignUp},
    };

    use super::*;
    use crate::commands::Cli;

    const SAFE: [(&str, &str); 4] = [
        ("--url", "https://ideas.example.com"),
        ("--mail", "smtps://user:word@mail.example.com"),
        ("--rate-limits", "on"),
        ("--log", "info"),
    ];

    fn config(folder: &Path, changed: &[(&str, &str)]) -> Config {
        let mut settings: Vec<(&str, &str)> = SAFE.into_iter().filter(|(name, _)| changed.iter().all(|(n, _)| n != name)).collect();
        settings.extend(changed);
        let data = folder.join("data").display().to_string();
        let words = settings.iter().flat_map(|(name, value)| [*name, *value]);
        Cli::parse_from(["answerable", "--data", &data].into_iter().chain(words)).config
    }

    #[test]
    fn what_is_unsafe_is_found_and_what_is_safe_is_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(config(folder.path(), &[]).unsafe_settings(), Vec::<String>::new());
        for (name, value, is_safe) in [
            ("--url", "https://ideas.example.com/", true),
            ("--url", "http://ideas.example.com", false),
            ("--url", "https://localhost", false),
            ("--url", "https://forum.localhost:3000", false),
            ("--url", "https://203.0.113.7", false),
            ("--url", "https://[2001:db8::1]", false),
            ("--url", "https://ideas.example.com/forum", false),
            ("--url", "https://ideas.example.com/?a=b", false),
            ("--rate-limits", "off", false),
            ("--mail", "file:mail", false),
            ("--mail", "smtp://mail.example.com", false),
            ("--mail", "smtp://mail.example.com?tls=opportunistic", false),
            ("--mail", "smtp://mail.example.com?tls=required", true),
            ("--mail", "smtp://localhost:25", true),
            ("--trusted-proxies", "10.0.0.7, 2001:db8:1::/48", true),
            ("--trusted-proxies", "proxy.example.com", false),
            ("--trusted-proxies", "::/0", false),
            ("--hooks-to", "", true),
            ("--hooks-to", "chat.intranet:8065", false),
            ("--log", "trace", false),
            ("--log", "info,sqlx=trace", false),
            ("--log", "inof", false),
            ("--log", "server=debug,warn", true),
            ("--database-url", "postgres://u:p@db.example.com/forum", false),
            ("--database-url", "postgres://u:p@db.example.com/forum?sslmode=disable", false),
            ("--database-url", "postgres://u:p@db.example.com/forum?sslmode=prefer", false),
            ("--database-url", "postgresql://u:p@db.example.com/forum?sslmode=verify-full", true),
            ("--metrics-addr", "127.0.0.1:9464", true),
            ("--metrics-addr", "[fd00::7]:9464", true),
            ("--metrics-addr", "10.0.0.7:9464", true),
            ("--metrics-addr", "0.0.0.0:9464", false),
            ("--metrics-addr", "[::]:9464", false),
            ("--metrics-addr", "203.0.113.7:9464", false),
            ("--metrics-addr", "9464", false),
            ("--metrics-addr", "127.0.0.1:3000", false),
            ("--database-url", "mysql://u:p@127.0.0.1/forum", false),
            ("--database-url", "postgres://u:p@127.0.0.1/forum", true),
            ("--database-url", "postgres:///forum?host=/run/postgresql", true),
        ] {
            let found = config(folder.path(), &[(name, value)]).unsafe_settings();
            assert_eq!(found.is_empty(), is_safe, "{name} {value}: {found:?}");
        }
    }

    #[tokio::test]
    async fn nobody_else_looks_into_the_data() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), &[]);
        assert_eq!(config.unsafe_accounts().await, Vec::<String>::new());
        assert!(!config.data.exists(), "looking makes nothing");
        let forum = config.open_forum("https://ideas.example.com").await.unwrap();
        assert_eq!(config.unsafe_settings(), Vec::<String>::new());
        assert_eq!(config.unsafe_accounts().await, Vec::<String>::new());
        let (_, email, name) = demo::SIGN_INS[0];
        let member = SignUp { email: email.to_owned(), password: demo::PASSWORD.to_owned(), name: name.to_owned(), language: None };
        let member = member.prepare_published(forum.hasher()).await.unwrap();
        forum.write(&Actor::System, async |tx| person::create(tx, member, Role::Member, true).await).await.unwrap();
        assert_eq!(config.unsafe_accounts().await.len(), 1);
        for (path, mode) in [(config.data.clone(), 0o750), (config.data.join("answerable.db"), 0o644)] {
            let before = std::fs::metadata(&path).unwrap().permissions();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(config.unsafe_settings().len(), 1, "{}", path.display());
            std::fs::set_permissions(&path, before).unwrap();
        }
    }

    #[test]
    fn where_mail_comes_in_is_a_folder_that_nobody_else_writes_into() {
        let folder = tempfile::tempdir().unwrap();
        let maildir = folder.path().join("maildir");
        let arrives = format!("maildir:{}", maildir.display());
        let with = |reply| config(folder.path(), &[("--mail-reply", reply), ("--mail-in", &arrives)]);
        let config = with("forum@example.com");
        assert_eq!(config.unsafe_settings().len(), 1, "it is not there yet");
        assert!(config.inbox("example.com").unwrap().is_some());
        assert_eq!(config.unsafe_settings(), Vec::<String>::new());
        std::fs::set_permissions(maildir.join("new"), std::fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(config.unsafe_settings().len(), 1);
        for reply in ["forum", "forum+x@example.com", "an.address.that.is.long@example.com"] {
            assert!(with(reply).inbox("example.com").is_err() && with(reply).unsafe_settings().len() == 2, "{reply}");
        }
    }

    #[tokio::test]
    async fn what_can_not_be_is_refused_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        for (name, value, said) in [
            ("--database-url", "mysql://u:secret@db.example.com/forum", "DATABASE_URL: it starts with neither"),
            ("--database-url", "db.example.com", "DATABASE_URL: it starts with neither"),
            ("--database-url", "postgres://u:secret@db.example.com:port/forum", "DATABASE_URL: "),
            ("--mail", "https://mail.example.com", "ANSWERABLE_MAIL: "),
            ("--mail-reply", "forum@example.com", "ANSWERABLE_MAIL_REPLY: answers would reach nobody"),
            ("--mail-in", "maildir:/tmp", "ANSWERABLE_MAIL_REPLY: it is missing"),
            ("--url", "https://ideas.example.com/forum", "ANSWERABLE_URL: https://ideas.example.com/forum is more than"),
        ] {
            let config = config(folder.path(), &[(name, value)]);
            let refused = crate::boot(&config, &config.address()).await.err().map(|error| error.to_string());
            let refused = refused.unwrap_or_else(|| panic!("{name} {value} is taken"));
            assert!(refused.starts_with(said) && !refused.contains("secret"), "{name} {value}: {refused}");
        }
        for log in ["inof", "info,verbose", "server=loud"] {
            let refused = log_filter(log).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(refused.starts_with("ANSWERABLE_LOG: "), "{log}: {refused}");
        }
        for log in ["info", "", "WARN", "server=debug,warn", "info,sqlx::query=off"] {
            assert!(log_filter(log).is_ok(), "{log}");
        }
        let refused = Cli::try_parse_from(["answerable", "--addr", "localhost"]).unwrap_err().to_string();
        assert!(refused.contains("ANSWERABLE_ADDR"), "{refused}");
    }

    #[test]
    fn the_public_address_is_the_one_that_browsers_name() {
        let folder = tempfile::tempdir().unwrap();
        for (set, named) in [
            ("https://ideas.example.com/", "https://ideas.example.com"),
            (" HTTPS://Ideas.Example.com:443 ", "https://ideas.example.com"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("", "http://127.0.0.1:3000"),
        ] {
            assert_eq!(config(folder.path(), &[("--url", set)]).address(), named, "{set}");
        }
    }

    #[tokio::test]
    async fn a_proxy_that_is_none_keeps_the_program_from_starting() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), &[("--trusted-proxies", "10.0.0.1, the other one")]);
        let Err(error) = crate::boot(&config, "https://ideas.example.com").await else { panic!("it starts") };
        let said = error.to_string();
        assert!(said.starts_with("ANSWERABLE_TRUSTED_PROXIES: “the other one” is neither"), "{said}");
    }

    #[tokio::test]
    async fn a_site_lives_at_the_root_of_its_host() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), &[]);
        for address in
            ["https://example.com/forum", "https://example.com/?x", "https://a:b@example.com", "example.com", "ftp://example.com"]
        {
            assert!(matches!(config.open_forum(address).await, Err(Failure::Setting { .. })), "{address}");
        }
    }
}
