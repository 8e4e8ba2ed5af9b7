//! What is to be sent: written in the transaction of what causes it, so that neither goes without the other; leased to a sender, tried
//! again when that fails, and emptied once it is sent, since it may hold a secret link. How it is worded and sent is the business of the
//! process.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Error, Result, Tx,
    db::{Sql, all, exec, number, one, values},
    id::{HookId, ModerationId, NoticeId, PersonId, PostId},
    site::Language,
};

/// A letter as it waits: what it tells of is read when it is sent, so that it says nothing that was taken back before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Click to show that the address is yours. It greets nobody: whoever typed the name need not be whose address it is.
    Verify {
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
        /// Whom we greet, if the address was shown to be theirs.
        name: Option<String>,
        /// Path of the page with the form.
        path: String,
    },
    /// Click to join the staff. It greets nobody and names nobody: the address was typed by somebody else.
    Invited {
        /// Path of the page with the form.
        path: String,
    },
    /// Somebody without an account posted, and typed this address to be told what comes of it. It greets nobody and says nothing of the
    /// post: whoever typed the address need not be whose it is.
    Receipt {
        /// Path of the page where the reader says that they want that.
        path: String,
    },
    /// Click to make this the address of your account. It greets nobody: whoever typed the address need not be whose it is.
    NewAddress {
        /// Path of the page with the button.
        path: String,
    },
    /// The account has another address.
    AddressChanged {
        /// Whom we greet.
        name: String,
    },
    /// Somebody made an API token with the account.
    TokenMade {
        /// Whom we greet.
        name: String,
        /// What the token is called.
        token: String,
    },
    /// The password of the account was changed.
    PasswordChanged {
        /// Whom we greet.
        name: String,
    },
    /// The reader was kept from writing, or is not any more, or what they say to that was decided.
    Banned {
        /// The act.
        act: ModerationId,
        /// Whether an objection to it was decided.
        decided: bool,
    },
    /// A web-hook is not told any more: its admins are.
    HookDisabled {
        /// Whom we greet.
        name: String,
        /// Which one.
        hook: HookId,
        /// At which host.
        host: String,
        /// Whether the other side said that it is gone for good; else it failed for days.
        gone: bool,
    },
    /// Something happened that concerns the reader.
    Notice {
        /// What, and why it concerns them.
        notice: NoticeId,
        /// Path of the page where they can act on it without signing in, if there is one.
        path: Option<String>,
    },
    /// An answer by mail did not become a comment.
    NotTaken {
        /// Whose it is.
        person: PersonId,
        /// On which post.
        post: PostId,
        /// Why.
        why: NotTaken,
        /// What they wrote; nothing when it need not have been they who wrote it.
        text: String,
    },
    /// Several things happened that concern the reader.
    Digest {
        /// What, and why it concerns them; in the order in which it happened.
        notices: Vec<NoticeId>,
        /// Why it was collected.
        collected: Collected,
    },
}

impl Letter {
    /// Whether somebody asked for it just now, at that address: they wait for it, whatever came of letters before.
    pub fn is_asked_for(&self) -> bool {
        match self {
            Self::Verify { .. }
            | Self::AlreadyRegistered { .. }
            | Self::Reset { .. }
            | Self::Invited { .. }
            | Self::Receipt { .. }
            | Self::NewAddress { .. } => true,
            Self::TokenMade { .. }
            | Self::AddressChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::Banned { .. }
            | Self::HookDisabled { .. }
            | Self::NotTaken { .. }
            | Self::Notice { .. }
            | Self::Digest { .. } => false,
        }
    }
}

/// Why a letter tells of several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Collected {
    /// Because much happened at once.
    Burst,
    /// Because its reader wants it that way.
    Asked,
}

/// Why an answer by mail did not become a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum NotTaken {
    /// It came from another address than the letter went to.
    Sender,
    /// There was nothing in it but what it answers to.
    Nothing,
    /// It has more characters than a comment may have.
    TooLong,
    /// Nobody can comment there now.
    Closed,
    /// They may not write now.
    Banned,
    /// They have said much in a short time.
    TooOften,
    /// They may not know of the post any more, or not comment on it.
    Gone,
    /// It can't be taken as it is: the page says why.
    AsItIs,
}

crate::word::named!(NotTaken);

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
    pub letter: Letter,
    /// How often it was tried before.
    pub attempts: i32,
}

/// How long it is known that a letter was sent, and to whom.
pub const KEPT: TimeDelta = TimeDelta::days(30);
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

/// Since when the oldest letter waits that is not sent yet.
pub async fn oldest_unsent(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Oldest {
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT created_at FROM outbox WHERE sent_at IS NULL ORDER BY created_at LIMIT 1";
    Ok(one::<Oldest>(db, sql, []).await?.map(|letter| letter.created_at))
}

/// Puts a letter into the outbox.
pub(crate) async fn put(tx: &Tx, recipient: &str, language: Language, letter: &Letter) -> Result<()> {
    let letter = serde_json::to_value(letter).map_err(Error::internal)?;
    exec(
        tx.conn(),
        "INSERT INTO outbox (recipient, language, letter, next_try_at, created_at) VALUES ($1, $2, $3, $4, $4)",
        values![recipient, language.tag(), letter, tx.now()],
    )
    .await?;
    Ok(())
}

/// Puts many letters into the outbox, a statement for a hundred.
pub(crate) async fn put_all(tx: &Tx, letters: &[(String, Language, Letter)]) -> Result<()> {
    for chunk in letters.chunks(100) {
        let mut sql = Sql::new("INSERT INTO outbox (recipient, language, letter, next_try_at, created_at) VALUES ");
        for (n, (recipient, language, letter)) in chunk.iter().enumerate() {
            let letter = serde_json::to_value(letter).map_err(Error::internal)?;
            sql.push(if n == 0 { "(" } else { ", (" }).bind(recipient.clone()).push(", ").bind(language.tag());
            sql.push(", ").bind(letter).push(", ").bind(tx.now()).push(", ").bind(tx.now()).push(")");
        }
        exec(tx.conn(), &sql.text, sql.values).await?;
    }
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
        let letter = match serde_json::from_value(row.letter) {
            Ok(letter) => letter,
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
            letter,
            attempts: row.attempts - 1,
        });
    }
    leased.sort_by_key(|letter| letter.id);
    Ok(leased)
}

/// Notes that a letter was sent, or has nothing to tell any more, and forgets what it said.
pub async fn sent(tx: &mut Tx, id: i64) -> Result<()> {
    let sql = "UPDATE outbox SET sent_at = $2, last_error = NULL, letter = $3 WHERE id = $1";
    exec(tx.conn(), sql, values![id, tx.now(), serde_json::json!({})]).await?;
    Ok(())
}

/// Notes that a letter will never be taken, so that it is not tried again, and forgets what it said.
pub async fn refused(tx: &mut Tx, id: i64, error: &str) -> Result<()> {
    let error: String = error.chars().take(500).collect();
    let sql = "UPDATE outbox SET attempts = $2, last_error = $3, letter = $4 WHERE id = $1";
    exec(tx.conn(), sql, values![id, MOST_ATTEMPTS, error, serde_json::json!({})]).await?;
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

/// Forgets letters that were sent, or given up, long ago.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM outbox WHERE created_at < $1", values![tx.now() - KEPT]).await?;
    Ok(())
}
