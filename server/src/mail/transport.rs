//! How letters leave: by SMTP, or into a folder.

use std::{
    error::Error as _,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, Utc};
use forum::outbox::Leased;
use lettre::{
    Message,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use percent_encoding::percent_decode_str;
use tokio::io::AsyncWriteExt as _;
use url::Url;

use super::MailError;

/// How long a mail server has to be reached, and then to take a letter.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) enum Transport {
    Folder(PathBuf),
    Smtp(Box<Server>),
}

/// A mail server. It is spoken to step by step, since the same answer means one thing of a recipient, and another of a letter.
pub(super) struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    hello: ClientId,
    credentials: Option<Credentials>,
}

enum Encryption {
    /// None.
    No,
    /// Where the server offers it.
    Offered(TlsParameters),
    /// Asked for; without it nothing is sent.
    Required(TlsParameters),
    /// From the first byte.
    Always(TlsParameters),
}

impl Server {
    fn parse(url: &str) -> Result<Self, MailError> {
        let url = Url::parse(url).map_err(|_| MailError::UnknownTransport)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailError::UnknownTransport)?;
        let tls = || TlsParameters::new(host.to_owned());
        let wanted = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (encryption, port) = match (url.scheme(), wanted.as_deref()) {
            ("smtps", _) => (Encryption::Always(tls()?), 465),
            ("smtp", None | Some("opportunistic")) => (Encryption::Offered(tls()?), 587),
            ("smtp", Some("required")) => (Encryption::Required(tls()?), 587),
            ("smtp", Some("none")) => (Encryption::No, 25),
            _ => return Err(MailError::UnknownTransport),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials = url.password().map(|password| Credentials::new(decoded(url.username()), decoded(password)));
        // a path is the name by which this side introduces itself
        let name = url.path().trim_matches('/');
        let hello = if name.is_empty() { ClientId::default() } else { ClientId::Domain(name.to_owned()) };
        Ok(Self { host: host.to_owned(), port: url.port().unwrap_or(port), encryption, hello, credentials })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let whole = match &self.encryption {
            Encryption::Always(tls) => Some(tls.clone()),
            _ => None,
        };
        let place = (self.host.trim_matches(['[', ']']), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(place, Some(PATIENCE), &self.hello, whole, None).await?;
        match &self.encryption {
            Encryption::Required(tls) => connection.starttls(tls.clone(), &self.hello).await?,
            Encryption::Offered(tls) if connection.can_starttls() => connection.starttls(tls.clone(), &self.hello).await?,
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(MailError::Account)?;
        }
        Ok(connection)
    }

    async fn send(&self, message: &Message) -> Result<(), MailError> {
        let mut connection = self.connect().await?;
        let sent = say(&mut connection, message).await;
        connection.abort().await;
        sent
    }
}

/// Hands a letter over.
async fn say(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), MailError> {
    let (envelope, bytes) = (message.envelope(), message.formatted());
    // letters are put together in seven bits, and addresses are ASCII
    let takes_eight = connection.server_info().supports_feature(Extension::EightBitMime);
    let body = (takes_eight && !bytes.is_ascii()).then_some(MailParameter::Body(MailBodyParameter::EightBitMime));
    connection.command(Mail::new(envelope.from().cloned(), body.into_iter().collect())).await?;
    for recipient in envelope.to() {
        connection.command(Rcpt::new(recipient.clone(), Vec::new())).await.map_err(MailError::Recipient)?;
    }
    connection.command(Data).await?;
    connection.message(&bytes).await?;
    Ok(())
}

impl Transport {
    pub(super) fn parse(setting: &str) -> Result<Self, MailError> {
        let setting = setting.trim();
        if let Some(folder) = setting.strip_prefix("file:") {
            let folder = PathBuf::from(folder.strip_prefix("//").unwrap_or(folder));
            std::fs::create_dir_all(&folder).map_err(|source| MailError::Folder { path: folder.clone(), source })?;
            return Ok(Self::Folder(folder));
        }
        Ok(Self::Smtp(Box::new(Server::parse(setting)?)))
    }

    pub(super) async fn send(&self, leased: &Leased, message: Message, now: DateTime<Utc>) -> Result<(), MailError> {
        match self {
            // whoever takes a connection and then says nothing does not keep all other letters waiting
            Self::Smtp(server) => {
                tokio::time::timeout(PATIENCE * 2, server.send(&message)).await.map_err(|_| MailError::TooSlow)?
            }
            Self::Folder(folder) => {
                let name = file_name(leased, now);
                let unfinished = folder.join(format!(".{name}.part"));
                let problem = |source| MailError::Folder { path: unfinished.clone(), source };
                write(&unfinished, &message.formatted()).await.map_err(problem)?;
                // whoever looks into the folder finds whole letters only
                tokio::fs::rename(&unfinished, folder.join(&name)).await.map_err(problem)
            }
        }
    }
}

/// What an answer of a mail server means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not now, or not from us: it is tried again.
    Later,
    /// Not this letter.
    NotThis,
    /// Nothing reaches this address.
    NotThere,
}

/// Words by which servers that give no status of their own say that it is not the address.
const NOT_THE_ADDRESS: [&str; 14] = [
    "relay",
    "denied",
    "block",
    "blacklist",
    "spam",
    "policy",
    "authenticat",
    "reject",
    "reputation",
    "spf",
    "dkim",
    "dmarc",
    "rdns",
    "sender",
];

/// What a refusal means: what it was said to, its code, and its words.
pub(super) fn verdict(to_recipient: bool, code: u16, words: &str) -> Verdict {
    // what it says of our own password is no judgement of the letter: the operator may correct that (RFC 4954)
    if !(500..600).contains(&code) || matches!(code, 530 | 534 | 535 | 538) {
        return Verdict::Later;
    }
    match status(words) {
        // no such mailbox, no such host, no such syntax, moved, takes no mail (RFC 3463, RFC 7505); and switched off
        Some((5, 1, 1 | 2 | 3 | 6 | 10) | (5, 2, 1)) => Verdict::NotThere,
        Some(_) => Verdict::NotThis,
        None => {
            let words = words.to_lowercase();
            let is_of_address = to_recipient && matches!(code, 550 | 551 | 553);
            if is_of_address && !NOT_THE_ADDRESS.iter().any(|word| words.contains(word)) {
                Verdict::NotThere
            } else {
                Verdict::NotThis
            }
        }
    }
}

/// The status at the start of an answer (RFC 3463), such as 5.1.1.
pub(super) fn status(words: &str) -> Option<(u16, u16, u16)> {
    let word = words.split_whitespace().next()?.trim_start_matches('#');
    let mut parts = word.splitn(3, '.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// What a mail server answered, in its own words.
pub(super) fn answer(error: &lettre::transport::smtp::Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

/// Sorts by time, and tells to whom.
pub(super) fn file_name(leased: &Leased, now: DateTime<Utc>) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '+' | '-' | '_');
    let recipient: String = leased.recipient.to_lowercase().chars().map(|c| if is_plain(c) { c } else { '_' }).take(150).collect();
    format!("{}-{:06}-{recipient}.eml", now.format("%Y%m%dT%H%M%S%.6fZ"), leased.id)
}

/// Readable by its owner only: letters have links in them that open accounts.
async fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_the_mailbox_marks_it() {
        use Verdict::{Later, NotThere, NotThis};
        for (to_recipient, code, words, means) in [
            (true, 550, "5.1.1 <sanne@example.org>: Recipient address rejected: User unknown", NotThere),
            (true, 550, "5.1.2 no such domain", NotThere),
            (true, 556, "5.1.10 the domain takes no mail", NotThere),
            (true, 550, "5.2.1 The email account that you tried to reach is disabled", NotThere),
            // some look the mailbox up only once they have the letter
            (false, 550, "5.1.1 unknown user", NotThere),
            (true, 550, "No such user here", NotThere),
            (true, 553, "mailbox name not allowed", NotThere),
            // these are about us, the letter or the moment
            (true, 550, "5.7.1 Service unavailable, client host blocked", NotThis),
            (true, 550, "relay not permitted", NotThis),
            (true, 550, "Relaying denied", NotThis),
            (true, 550, "rejected because 192.0.2.1 is in a black list", NotThis),
            (true, 550, "5.1.8 bad sender's system address", NotThis),
            (true, 552, "5.2.2 mailbox full", NotThis),
            (true, 552, "mailbox full", NotThis),
            (true, 554, "no", NotThis),
            (false, 550, "this looks like an advertisement", NotThis),
            (false, 554, "5.6.0 malformed", NotThis),
            (true, 450, "4.2.0 greylisted", Later),
            (true, 451, "come back later", Later),
            (false, 421, "4.3.2 shutting down", Later),
            (true, 530, "5.7.0 authenticate first", Later),
            (false, 535, "5.7.8 who are you", Later),
        ] {
            assert_eq!(verdict(to_recipient, code, words), means, "{code} {words}");
        }
    }
}
