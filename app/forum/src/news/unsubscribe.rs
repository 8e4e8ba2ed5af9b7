//! Stopping mail by the link that stands in every letter that tells of something: without signing in, and by one click of a program that reads
//! mail for its owner (RFC 8058). The link names whom it is for and what it stops, signed by the key of the site: nothing of it is kept, and it
//! works as long as the account is there.

use hmac::Mac as _;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    Error, Forum, Result, Tx,
    db::exec,
    db::values,
    id::PersonId,
    mailing::{self, Pace, Topic},
    person, receipt,
    signing::Key,
};

/// What a link stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One sort of news.
    Topic(Topic),
    /// All of them.
    All,
    /// News of a post to the guest who wrote it.
    Guest,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.as_str(),
            Self::All => "all",
            Self::Guest => "guest",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "guest" => Some(Self::Guest),
            topic => Topic::parse(topic).ok().map(Self::Topic),
        }
    }
}

/// What somebody with a link may stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    person: PersonId,
    /// What it stops.
    pub what: What,
    /// Whether it is stopped.
    pub stopped: bool,
}

/// Digits of a signature: half of it is 128 bits, which nobody guesses.
const DIGITS: usize = 32;

fn signed(person: PersonId, what: What) -> String {
    format!("unsubscribe:{}:{}", person.0.simple(), what.word())
}

/// The path of the page on which somebody stops it.
pub(crate) async fn path(forum: &Forum, person: PersonId, what: What) -> Result<String> {
    let signature = hex::encode(Key::of(forum).await?.signing(&signed(person, what)).finalize().into_bytes());
    Ok(format!("/unsubscribe/{}-{}-{}", person.0.simple(), what.word(), &signature[..DIGITS]))
}

/// What a link stops, and whether it is stopped.
///
/// # Errors
/// [`Error::NotFound`] for a link that we did not write, or whose person is gone.
pub async fn open(forum: &Forum, link: &str) -> Result<Link> {
    known(forum.read(), link).await
}

async fn known(db: &impl ConnectionTrait, link: &str) -> Result<Link> {
    let read = || {
        let (person, rest) = link.split_once('-')?;
        let (word, signature) = rest.split_once('-')?;
        let signature = (signature.len() == DIGITS).then(|| hex::decode(signature).ok()).flatten()?;
        Some((PersonId(Uuid::try_parse(person).ok()?), What::parse(word)?, signature))
    };
    let (person, what, signature) = read().ok_or(Error::NotFound)?;
    let key = Key::present(db).await?.ok_or(Error::NotFound)?;
    key.signing(&signed(person, what)).verify_truncated_left(&signature).map_err(|_| Error::NotFound)?;
    person::by_id(db, person).await?.ok_or(Error::NotFound)?;
    let stopped = match what {
        What::Guest => receipt::mailbox(db, person).await?.is_none(),
        What::Topic(topic) => mailing::of_person(db, person).await?.pace(topic) == Pace::Never,
        What::All => {
            let mailing = mailing::of_person(db, person).await?;
            Topic::ALL.into_iter().all(|topic| mailing.pace(topic) == Pace::Never)
        }
    };
    Ok(Link { person, what, stopped })
}

/// Stops what a link stops, or `all` mail that tells of something. Once more changes nothing.
///
/// # Errors
/// As [`open`].
pub async fn stop(tx: &mut Tx, link: &str, all: bool) -> Result<Link> {
    let Link { person, what, .. } = known(tx.conn(), link).await?;
    match what {
        What::Guest => receipt::stop_mail(tx, person).await?,
        What::Topic(topic) if !all => mailing::set(tx, person, topic, Pace::Never).await?,
        What::Topic(_) | What::All => {
            for topic in Topic::ALL {
                mailing::set(tx, person, topic, Pace::Never).await?;
            }
        }
    }
    known(tx.conn(), link).await
}

/// Lets what a link stopped come again, at once as at first. An address of a guest was forgotten: that is asked for on the receipt.
///
/// # Errors
/// As [`open`].
pub async fn resume(tx: &mut Tx, link: &str) -> Result<Link> {
    let Link { person, what, .. } = known(tx.conn(), link).await?;
    let topics = match what {
        What::Guest => &[][..],
        What::Topic(topic) => &[topic][..],
        What::All => &Topic::ALL[..],
    };
    for topic in topics {
        let sql = "DELETE FROM mail_choices WHERE person_id = $1 AND topic = $2 AND pace = $3";
        exec(tx.conn(), sql, values![person, *topic, Pace::Never]).await?;
    }
    known(tx.conn(), link).await
}
