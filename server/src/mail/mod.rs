//! Letters: `forum` says what is to be said to whom, here it is put into words, and sent.

mod arrived;
mod inbox;
mod own_words;
mod transport;
mod words;

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use forum::{
    Forum,
    actor::Actor,
    event,
    id::PostId,
    mailbox::{self, Cause},
    notice::{self, Content},
    outbox::{self, Leased},
    reply,
    site::Site,
};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use tokio::{sync::broadcast::error::RecvError, time::Instant};
use tokio_util::sync::CancellationToken;

use self::transport::{Transport, Verdict};
pub use self::{
    arrived::Mailbox,
    inbox::{Inbox, InboxError, folder},
    words::{Worded, worded},
};

/// Letters that are taken at once.
const AT_ONCE: u64 = 20;
/// How often the outbox is looked at when nothing is heard.
const PAUSE: Duration = Duration::from_secs(2);
/// A lease lasts two minutes; what was not begun by then is left to whoever takes it next.
const LEASE: Duration = Duration::from_secs(90);

/// Why a letter was not sent, or the mailer could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The setting is neither `smtp:`, `smtps:` nor `file:`.
    #[error("mail goes to smtp://…, smtps://… or file:FOLDER, not to what is set")]
    UnknownTransport,
    /// The folder can't be made or written.
    #[error("{path}: {source}", path = path.display())]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The address can't be written to.
    #[error("not an address that mail can go to")]
    Address(#[from] lettre::address::AddressError),
    /// The letter can't be put together.
    #[error("the letter can't be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// The words can't be put together.
    #[error("the words can't be put together: {0}")]
    Words(#[from] askama::Error),
    /// The mail server did not take it.
    #[error("the mail server did not take it: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The mail server did not take the name or the password that it was given.
    #[error("the mail server does not know us: {0}")]
    Account(lettre::transport::smtp::Error),
    /// The mail server did not take the recipient.
    #[error("the mail server did not take the recipient: {0}")]
    Recipient(lettre::transport::smtp::Error),
    /// The mail server took too long.
    #[error("the mail server took too long")]
    TooSlow,
}

impl MailError {
    /// Whether another try can't end otherwise: the address is none, or the other side said no for good.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Address(_) | Self::Message(_) => true,
            Self::Smtp(_) | Self::Recipient(_) => self.verdict() != Verdict::Later,
            Self::UnknownTransport | Self::Folder { .. } | Self::Words(_) | Self::Account(_) | Self::TooSlow => false,
        }
    }

    /// What the other side said, if that is that nothing reaches the address.
    pub fn unreached(&self) -> Option<String> {
        match self {
            Self::Smtp(error) | Self::Recipient(error) if self.verdict() == Verdict::NotThere => {
                let code = error.status().map(|code| format!("{code} ")).unwrap_or_default();
                Some(format!("{code}{}", transport::answer(error)))
            }
            _ => None,
        }
    }

    fn verdict(&self) -> Verdict {
        match self {
            Self::Smtp(error) | Self::Recipient(error) => {
                let code = error.status().map_or(0, u16::from);
                transport::verdict(matches!(self, Self::Recipient(_)), code, &transport::answer(error))
            }
            _ => Verdict::Later,
        }
    }
}

/// Puts letters into words and sends them.
pub struct Mailer {
    transport: Transport,
    /// The public address of the site without a slash at its end: links start with it.
    address: String,
    /// What the site is called, and where it keeps time.
    site: Arc<Site>,
    from: Address,
    /// Where answers come in, if they do.
    answers: Option<Mailbox>,
}

impl Mailer {
    /// A mailer for `smtp://user:password@host:port` (encrypted where the server offers it), `smtps://…` (always encrypted), or
    /// `file:FOLDER`, which is made where it is missing.
    ///
    /// # Errors
    /// When the setting can't be understood, or the folder not be made.
    pub fn from_setting(setting: &str, address: &str, site: Arc<Site>) -> Result<Self, MailError> {
        let address = address.trim_end_matches('/').to_owned();
        let from = sender(&address)?;
        Ok(Self { transport: Transport::parse(setting)?, address, site, from, answers: None })
    }

    /// The same with an address at which letters are answered, and to which they come back.
    #[must_use]
    pub fn answered_at(self, answers: Option<Mailbox>) -> Self {
        Self { answers, ..self }
    }

    /// The host that letters come from.
    pub fn host(&self) -> &str {
        self.from.domain()
    }

    /// The settings from now on: an admin may rename the site while letters go out.
    pub fn settle(&mut self, site: Arc<Site>) {
        self.site = site;
    }

    /// The letter in its reader's language, ready to be sent; where mail comes in, it comes back to an address with `returns` in it.
    ///
    /// # Errors
    /// When the address is none that mail can go to.
    pub fn message(
        &self,
        leased: &Leased,
        content: &Content,
        returns: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Message, MailError> {
        let letter = worded(content, leased.language, &self.address, &self.site)?;
        let recipient: Address = leased.recipient.parse()?;
        let host = self.from.domain();
        let mut message = Message::builder()
            .from(lettre::message::Mailbox::new(Some(one_line(&self.site.name)), self.from.clone()))
            .to(lettre::message::Mailbox::new(None, recipient.clone()))
            .date(now.into())
            .message_id(Some(format!("<{}.{}@{host}>", now.timestamp_micros(), leased.id)))
            .subject(one_line(&letter.subject))
            // nobody's holiday answer is wanted
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        if let (Some(answers), Some(token)) = (&self.answers, answer_of(content)) {
            message = message.reply_to(lettre::message::Mailbox::new(Some(one_line(&self.site.name)), answers.of_answers(token)?));
        }
        if let (Some(answers), Some(token)) = (&self.answers, returns) {
            message = message.envelope(Envelope::new(Some(answers.of_returns(token)?), vec![recipient])?);
        }
        if letter.is_notice {
            message = message.raw_header(header("List-Id", &format!("<posts.{host}>")));
        }
        if let Some(stop) = stop_of(content) {
            // programs that read mail for somebody stop it by one request, without a question (RFC 8058)
            message = message
                .raw_header(header("List-Unsubscribe", &format!("<{}{stop}>", self.address)))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        if let Some(post) = post_of(content) {
            // nobody sends a first letter of a post to all: what they refer to need not exist to make them one conversation (RFC 5322)
            let thread = format!("<post-{post}@{host}>");
            message = message.references(thread.clone()).in_reply_to(thread);
        }
        Ok(message.multipart(MultiPart::alternative_plain_html(letter.text, letter.html))?)
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// When it can't be put together, or the other side did not take it.
    pub async fn send(
        &self,
        leased: &Leased,
        content: &Content,
        returns: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), MailError> {
        let message = self.message(leased, content, returns, now)?;
        self.transport.send(leased, message, now).await
    }
}

/// Sends what is in the outbox until it is told to stop: at once when something happened that people are written about, else
/// every two seconds.
pub async fn work(forum: Forum, mut mailer: Mailer, stop: CancellationToken) {
    let mut news = forum.listen();
    let mut is_heard = true;
    loop {
        let more = match deliver(&forum, &mut mailer, &stop).await {
            Ok(more) => more,
            Err(error) => {
                tracing::error!(%error, "the outbox can't be read");
                false
            }
        };
        if stop.is_cancelled() {
            return;
        }
        if more {
            continue;
        }
        let pause = tokio::time::sleep(PAUSE);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = &mut pause => break,
                event = news.recv(), if is_heard => match event {
                    Ok(event) if is_written_about(&event.kind) => break,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => is_heard = false,
                },
            }
        }
    }
}

/// Whether somebody may get a letter of it. Votes are the many events, and of those nobody gets one.
fn is_written_about(kind: &event::Kind) -> bool {
    !kind.about().told.is_empty() || matches!(kind, event::Kind::PersonSignedUp { .. })
}

/// Sends the letters that are due, at most a batch of them. Answers whether there may be more.
///
/// # Errors
/// When the outbox can't be read or written; a letter that is not sent is no error.
pub async fn deliver(forum: &Forum, mailer: &mut Mailer, stop: &CancellationToken) -> forum::Result<bool> {
    // looked at before it is leased: an empty outbox costs no write
    if outbox::next_due(forum.read()).await?.is_none_or(|due| due > forum.now()) {
        return Ok(false);
    }
    let letters = forum.write_aside(&Actor::System, async |tx| outbox::lease(tx, AT_ONCE).await).await?;
    let leased_at = Instant::now();
    mailer.settle(forum.site());
    let count = letters.len();
    for letter in letters {
        if stop.is_cancelled() || leased_at.elapsed() > LEASE {
            return Ok(true);
        }
        // an address that mail does not reach is left alone, but for what somebody asks for there
        let is_unreached = mailbox::is_unreached(forum.read(), &letter.recipient).await?;
        if is_unreached {
            // whoever began to try it goes on
            let is_asked_for = letter.letter.is_asked_for();
            let may_try = async |tx: &mut forum::Tx| match letter.attempts {
                0 => mailbox::may_try(tx, &letter.recipient, is_asked_for).await,
                _ => Ok(is_asked_for),
            };
            if !forum.write_aside(&Actor::System, may_try).await? {
                forum.write_aside(&Actor::System, async |tx| outbox::sent(tx, letter.id).await).await?;
                tracing::info!(letter = letter.id, "left alone: mail does not reach its address");
                continue;
            }
        }
        let content = notice::content(forum, letter.letter.clone()).await?;
        let sent = match &content {
            Some(content) => {
                let returns = match mailer.answers {
                    Some(_) => Some(reply::returns(forum, &letter.recipient).await?),
                    None => None,
                };
                mailer.send(&letter, content, returns.as_deref(), forum.now()).await
            }
            // what it was to tell was taken back, or its reader may not know of it any more
            None => Ok(()),
        };
        match sent {
            Ok(()) => {
                let is_taken = is_unreached && content.is_some();
                let note = async |tx: &mut forum::Tx| {
                    if is_taken {
                        mailbox::taken(tx, &letter.recipient).await?;
                    }
                    outbox::sent(tx, letter.id).await
                };
                forum.write_aside(&Actor::System, note).await?;
                tracing::info!(letter = letter.id, "sent");
                tracing::debug!(letter = letter.id, recipient = letter.recipient, "sent to");
            }
            Err(error) => {
                let reason = error.to_string();
                let (is_final, unreached) = (error.is_final(), error.unreached());
                let note = async |tx: &mut forum::Tx| {
                    if let Some(said) = &unreached {
                        mailbox::mark(tx, &letter.recipient, Cause::Refused, said).await?;
                    }
                    if is_final {
                        outbox::refused(tx, letter.id, &reason).await
                    } else {
                        outbox::failed(tx, &letter, &reason).await
                    }
                };
                forum.write_aside(&Actor::System, note).await?;
                // what a server answers may name the address
                tracing::warn!(letter = letter.id, attempts = letter.attempts + 1, is_final, "not sent");
                tracing::debug!(letter = letter.id, recipient = letter.recipient, reason, "not sent because");
            }
        }
    }
    Ok(count == usize::try_from(AT_ONCE).unwrap_or(usize::MAX))
}

/// What stands in the address by which a letter is answered.
fn answer_of(content: &Content) -> Option<&str> {
    match content {
        Content::Notice { answer, .. } | Content::Digest { answer, .. } => answer.as_deref(),
        _ => None,
    }
}

/// The path by which mail like a letter is stopped.
fn stop_of(content: &Content) -> Option<&str> {
    match content {
        Content::Notice { stop, .. } | Content::Digest { stop, .. } => Some(stop),
        _ => None,
    }
}

/// The post that a letter is about, if it is one.
fn post_of(content: &Content) -> Option<PostId> {
    match content {
        Content::Notice { notice, .. } => Some(notice.post.id),
        Content::Digest { notices, .. } => {
            let first = notices.first()?.post.id;
            notices.iter().all(|notice| notice.post.id == first).then_some(first)
        }
        _ => None,
    }
}

/// The address that letters come from: nobody reads it. A site without a name of its own, reached by number, is somebody's own
/// machine, and not every reader of mail takes `noreply@[127.0.0.1]`.
fn sender(site: &str) -> Result<Address, MailError> {
    let (_, rest) = site.split_once("://").unwrap_or(("", site));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let host = if authority.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok() { "localhost" } else { host };
    Ok(Address::new("noreply", host).or_else(|_| Address::new("noreply", "localhost"))?)
}

/// A line break in a header would begin the next one.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod answers;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
