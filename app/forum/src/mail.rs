//! Mail to be sent: written in the transaction of what causes it, so that neither goes without the other. How it is worded and
//! sent is the business of the process; here is what is to be said to whom, and the leasing of letters to a sender.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, Tx, clock,
    db::{all, exec, number, values},
    id::PostId,
    level,
    secret::Secret,
    site::Language,
    status::Stage,
};

/// What to say.
#[derive(Debug, Clone)]
pub(crate) enum Letter {
    /// Click to show that the address is yours.
    Verify { name: String, secret: Secret },
    /// You, or somebody, signed up with an address that has an account.
    AlreadyRegistered { name: String },
    /// Click to set a new password.
    Reset { name: String, secret: Secret },
    /// The company answered your post.
    Answered { name: String, post: PostSummary, stage: Stage, what: String, who: Option<String>, next_update_on: Option<NaiveDate> },
    /// Somebody commented on your post, or replied to you.
    Commented { name: String, post: PostSummary, by: String, excerpt: String, reply: bool },
    /// Something else happened to a post that concerns the reader.
    Told { name: String, post: PostSummary, news: News },
    /// Is it solved? With a link that needs no sign-in.
    Asked { name: String, post: PostSummary, what: String, secret: Secret, round: i32 },
}

/// A post as far as a letter tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostSummary {
    /// Its number.
    pub id: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// What happened to a post, as far as a letter tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// A clock was missed; the post is on this level now.
    ClockMissed {
        /// Which.
        clock: clock::Name,
        /// When it was due.
        due_on: NaiveDate,
        /// The level since.
        level: i32,
    },
    /// The post went up to this level.
    Raised {
        /// The level since.
        level: i32,
        /// Why.
        cause: level::Cause,
    },
    /// The reader is accountable for the post now.
    Yours,
    /// A colleague offers the post.
    HandoverOffered {
        /// Who.
        by: String,
        /// Why.
        reason: Option<String>,
        /// Until when one can answer.
        until: NaiveDate,
    },
    /// The receiver took it.
    HandoverAccepted {
        /// Who.
        by: String,
    },
    /// The receiver turned it down.
    HandoverDeclined {
        /// Who.
        by: String,
        /// What they said.
        note: Option<String>,
    },
    /// Nobody answered in time.
    HandoverLapsed {
        /// To whom it was offered.
        to: String,
    },
    /// The company waits for the reader.
    WaitingForYou {
        /// What is needed.
        reason: String,
        /// Until when the clocks stand still.
        until: NaiveDate,
    },
    /// A clock was given more time.
    Extended {
        /// Which.
        clock: clock::Name,
        /// When it was due.
        old: NaiveDate,
        /// When it is due since.
        new: NaiveDate,
        /// Why.
        reason: String,
    },
    /// A promise was made.
    Promised {
        /// What.
        what: String,
        /// Until when.
        due_on: NaiveDate,
        /// What is owed if it is missed.
        remedy: Option<String>,
    },
    /// A promise has a new wording.
    PromiseChanged {
        /// What.
        what: String,
        /// Until when.
        due_on: NaiveDate,
    },
    /// A promise was kept.
    PromiseKept {
        /// What.
        what: String,
    },
    /// A promise was broken.
    PromiseBroken {
        /// What.
        what: String,
        /// What is owed.
        remedy: Option<String>,
    },
    /// A promise was taken back.
    PromiseWithdrawn {
        /// What.
        what: String,
        /// Why.
        reason: Option<String>,
    },
    /// The remedy was paid.
    PromisePaid {
        /// What was promised.
        what: String,
        /// What was owed.
        remedy: Option<String>,
    },
    /// A customer reports that it happened again.
    Again {
        /// Who.
        by: String,
        /// The first words of the report.
        excerpt: String,
    },
    /// The author answered the refusal.
    Rebutted {
        /// The first words of the rebuttal.
        excerpt: String,
    },
    /// A colleague asks for an act beyond their mandate.
    RequestMade {
        /// Who.
        by: String,
        /// By when it is to be decided.
        due_on: NaiveDate,
    },
    /// What the reader asked for was decided.
    RequestDecided {
        /// Whether it was done.
        approved: bool,
        /// What whoever decided said.
        note: Option<String>,
    },
}

/// What to say, as the sender gets it. `address` is where a link leads, without the site's own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Content {
    /// Click to show that the address is yours.
    Verify {
        /// Whom we greet.
        name: String,
        /// Path of the page with the button.
        path: String,
    },
    /// You, or somebody, signed up with an address that has an account.
    AlreadyRegistered {
        /// Whom we greet.
        name: String,
    },
    /// Click to set a new password.
    Reset {
        /// Whom we greet.
        name: String,
        /// Path of the page with the form.
        path: String,
    },
    /// The company answered your post.
    Answered {
        /// Whom we greet.
        name: String,
        /// Which post.
        post: PostSummary,
        /// The stage that it is in now.
        stage: Stage,
        /// What will be done, or was.
        what: String,
        /// By whom.
        who: Option<String>,
        /// When the next word comes.
        next_update_on: Option<NaiveDate>,
    },
    /// Somebody commented on your post, or replied to you.
    Commented {
        /// Whom we greet.
        name: String,
        /// Which post.
        post: PostSummary,
        /// Who commented.
        by: String,
        /// The first words of the comment.
        excerpt: String,
        /// Whether it replies to a comment of the reader's.
        reply: bool,
    },
    /// Something else happened to a post that concerns the reader.
    Told {
        /// Whom we greet.
        name: String,
        /// Which post.
        post: PostSummary,
        /// What.
        told: News,
    },
    /// Is it solved?
    Asked {
        /// Whom we greet.
        name: String,
        /// Which post.
        post: PostSummary,
        /// What the company says that it did.
        what: String,
        /// Path of the page with the buttons.
        path: String,
        /// 1 after the delivery, 2 four weeks later.
        round: i32,
    },
}

impl From<Letter> for Content {
    fn from(letter: Letter) -> Self {
        match letter {
            Letter::Verify { name, secret } => Self::Verify { name, path: format!("/verify/{}", secret.reveal()) },
            Letter::AlreadyRegistered { name } => Self::AlreadyRegistered { name },
            Letter::Reset { name, secret } => Self::Reset { name, path: format!("/reset/{}", secret.reveal()) },
            Letter::Answered { name, post, stage, what, who, next_update_on } => {
                Self::Answered { name, post, stage, what, who, next_update_on }
            }
            Letter::Commented { name, post, by, excerpt, reply } => Self::Commented { name, post, by, excerpt, reply },
            Letter::Told { name, post, news } => Self::Told { name, post, told: news },
            Letter::Asked { name, post, what, secret, round } => {
                Self::Asked { name, post, what, path: format!("/confirm/{}", secret.reveal()), round }
            }
        }
    }
}

/// A letter leased to a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// Its number.
    pub id: i64,
    /// To which address.
    pub recipient: String,
    /// In which language.
    pub language: Language,
    /// What to say.
    pub content: Content,
    /// How often it was tried before.
    pub attempts: i32,
}

/// How long a sender has before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// After so many tries a letter is given up and stays in the table, with its last error.
pub const MOST_ATTEMPTS: i32 = 12;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    recipient: String,
    language: String,
    letter: serde_json::Value,
    attempts: i32,
}

/// Puts a letter into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, recipient: &str, letter: Letter, language: Language) -> Result<()> {
    let content = serde_json::to_value(Content::from(letter)).map_err(Error::internal)?;
    exec(
        tx.conn(),
        "INSERT INTO outbox (recipient, language, letter, next_try_at, created_at) VALUES ($1, $2, $3, $4, $4)",
        values![recipient, language.tag(), content, tx.now()],
    )
    .await?;
    Ok(())
}

/// Takes the letters that are due, at most so many; they are this sender's for two minutes.
pub async fn lease(tx: &mut Tx, most: u64) -> Result<Vec<Leased>> {
    let skip = crate::db::skip_locked(tx.conn());
    let sql = format!(
        "UPDATE outbox SET next_try_at = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM outbox WHERE sent_at IS NULL AND next_try_at <= $1 AND attempts < $3
                      ORDER BY next_try_at, id LIMIT {most}{skip})
         RETURNING id, recipient, language, letter, attempts"
    );
    let rows = all::<Row>(tx.conn(), &sql, values![tx.now(), tx.now() + LEASE, MOST_ATTEMPTS]).await?;
    let mut leased = Vec::new();
    for row in rows {
        let content = match serde_json::from_value(row.letter) {
            Ok(content) => content,
            Err(error) => {
                // a letter of a newer version, perhaps: it waits for a sender that knows it, and keeps nobody else's back
                let sql = "UPDATE outbox SET last_error = $2 WHERE id = $1";
                exec(tx.conn(), sql, values![row.id, format!("can't be read: {error}").chars().take(500).collect::<String>()])
                    .await?;
                continue;
            }
        };
        leased.push(Leased {
            id: row.id,
            recipient: row.recipient,
            language: Language::parse(&row.language).unwrap_or(Language::En),
            content,
            attempts: row.attempts - 1,
        });
    }
    leased.sort_by_key(|letter| letter.id);
    Ok(leased)
}

/// Notes that a letter was sent, and forgets what it said.
pub async fn sent(tx: &mut Tx, id: i64) -> Result<()> {
    let sql = "UPDATE outbox SET sent_at = $2, last_error = NULL, letter = $3 WHERE id = $1";
    exec(tx.conn(), sql, values![id, tx.now(), serde_json::json!({})]).await?;
    Ok(())
}

/// Notes that a letter could not be sent; it is tried again after 1, 2, 4, … minutes, at most 12 hours.
pub async fn failed(tx: &mut Tx, letter: &Leased, error: &str) -> Result<()> {
    let minutes = 2_i64.saturating_pow(u32::try_from(letter.attempts).unwrap_or(0)).min(12 * 60);
    let next = tx.now() + TimeDelta::minutes(minutes);
    let error: String = error.chars().take(500).collect();
    exec(tx.conn(), "UPDATE outbox SET next_try_at = $2, last_error = $3 WHERE id = $1", values![letter.id, next, error]).await?;
    Ok(())
}

/// When the next letter is due; `None` when nothing waits.
pub async fn next_due(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Next {
        next_try_at: DateTime<Utc>,
    }
    let sql = "SELECT next_try_at FROM outbox WHERE sent_at IS NULL AND attempts < $1 ORDER BY next_try_at, id LIMIT 1";
    Ok(crate::db::one::<Next>(db, sql, values![MOST_ATTEMPTS]).await?.map(|row| row.next_try_at))
}

/// How many letters wait or were given up.
pub async fn unsent(db: &impl ConnectionTrait) -> Result<i64> {
    Ok(number(db, "SELECT COUNT(*) AS n FROM outbox WHERE sent_at IS NULL", []).await?.unwrap_or(0))
}
