//! Receipts: what a guest holds in place of an account. A guest is somebody without name, address or password who wrote one post; whoever
//! has the link of its receipt speaks for them, on that post and nowhere else. Of the link only a digest is kept. An address may stand
//! beside it: it is written to once, to ask whether its reader wants to be told what comes of the post, and not again before they say so.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{exec, one, values},
    error::{Conflict, Problem},
    id::{PersonId, PostId},
    limit,
    mailbox::{self, CLEAR, Unreached},
    outbox::{self, Letter},
    person::{self, Account},
    repeat,
    secret::{self, Secret},
};

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// For whom it speaks.
    pub person: PersonId,
    /// Their post.
    pub post: PostId,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// Where what comes of it is told, if anywhere.
    pub email: Option<String>,
    /// Whether the reader of that address said that they want it.
    pub confirmed: bool,
    /// That mail does not reach it, if that came out.
    pub unreached: Option<Unreached>,
    /// Whether this link went to that address: whoever has it reads what is sent there.
    pub mailed: bool,
}

/// The receipt of a link, and who it speaks for.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or none any more.
pub async fn by_secret(db: &impl ConnectionTrait, secret: &str) -> Result<(Receipt, Actor)> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
        post_id: PostId,
        created_at: DateTime<Utc>,
        email: Option<String>,
        confirmed_at: Option<DateTime<Utc>>,
        unreached_at: Option<DateTime<Utc>>,
        unreached_cause: Option<mailbox::Cause>,
        unreached_said: Option<String>,
        mailed: bool,
    }
    let sql =
        "SELECT r.person_id, r.post_id, r.created_at, r.email, r.confirmed_at, r.unreached_at, r.unreached_cause, r.unreached_said,
                k.mailed
               FROM receipt_keys k JOIN receipts r ON r.person_id = k.person_id WHERE k.secret_hash = $1";
    let row = one::<Row>(db, sql, values![secret::hash(secret)]).await?.ok_or(Error::NotFound)?;
    let account = person::by_id(db, row.person_id).await?.ok_or(Error::NotFound)?;
    let receipt = Receipt {
        person: row.person_id,
        post: row.post_id,
        created_at: row.created_at,
        email: row.email,
        confirmed: row.confirmed_at.is_some(),
        unreached: Unreached::of(row.unreached_at, row.unreached_cause, row.unreached_said),
        mailed: row.mailed,
    };
    Ok((receipt, account.actor(None)))
}

/// Where a guest is written to, if they said that they want it.
pub(crate) async fn mailbox(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<String>> {
    address(db, person, true).await
}

/// The address beside the receipt of somebody, whether or not they said that they want anything there.
pub(crate) async fn address_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<String>> {
    address(db, person, false).await
}

async fn address(db: &impl ConnectionTrait, person: PersonId, confirmed: bool) -> Result<Option<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        email: Option<String>,
    }
    let sql = "SELECT email FROM receipts WHERE person_id = $1 AND (confirmed_at IS NOT NULL OR NOT $2)";
    Ok(one::<Row>(db, sql, values![person, confirmed]).await?.and_then(|row| row.email))
}

/// The receipt that the very same form has just made: a button that was pressed twice.
pub(crate) async fn just_made(tx: &Tx, form: &str) -> Result<Option<(PersonId, PostId)>> {
    #[derive(FromQueryResult)]
    struct Made {
        person_id: PersonId,
        post_id: PostId,
    }
    // of two at once the second waits for the first
    limit::wait_for(tx, &format!("guest-form:{form}")).await?;
    let sql = "SELECT person_id, post_id FROM receipts WHERE form = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT 1";
    let made = one::<Made>(tx.conn(), sql, values![form, tx.now() - repeat::SENT_ONCE]).await?;
    Ok(made.map(|made| (made.person_id, made.post_id)))
}

/// Writes the receipt of a post, and hands out its link.
pub(crate) async fn issue(tx: &mut Tx, person: PersonId, post: PostId, form: &str) -> Result<Secret> {
    let sql = "INSERT INTO receipts (person_id, post_id, form, created_at) VALUES ($1, $2, $3, $4)";
    exec(tx.conn(), sql, values![person, post, form, tx.now()]).await?;
    link(tx, person, false).await
}

/// Makes one more link to a receipt.
pub(crate) async fn link(tx: &Tx, person: PersonId, mailed: bool) -> Result<Secret> {
    let secret = Secret::fresh();
    let sql = "INSERT INTO receipt_keys (secret_hash, person_id, mailed, created_at) VALUES ($1, $2, $3, $4)";
    exec(tx.conn(), sql, values![secret.hash(), person, mailed, tx.now()]).await?;
    Ok(secret)
}

/// The page of a link.
pub(crate) fn path(secret: &Secret) -> String {
    format!("/receipt/{}", secret.reveal())
}

/// What was typed as an address for news; nothing is none.
///
/// # Errors
/// As [`person::parse_email`].
pub(crate) fn parse_email(email: &str) -> std::result::Result<Option<String>, Problem> {
    if email.trim().is_empty() { Ok(None) } else { person::parse_email(email).map(Some) }
}

/// Notes where to tell what comes of a post, and asks there. How often an address is written to is limited for its own sake, whoever
/// typed it.
pub(crate) async fn ask_for_mail(tx: &mut Tx, person: PersonId, email: &str) -> Result<()> {
    limit::count(tx, limit::RECEIPT_MAIL, email).await?;
    // links that went to another address open nothing any more
    exec(tx.conn(), "DELETE FROM receipt_keys WHERE person_id = $1 AND mailed", values![person]).await?;
    // of another address nothing is known yet
    exec(tx.conn(), &format!("UPDATE receipts SET {CLEAR} WHERE person_id = $1 AND email <> $2"), values![person, email]).await?;
    let sql = "UPDATE receipts SET email = $2, confirmed_at = NULL WHERE person_id = $1";
    exec(tx.conn(), sql, values![person, email]).await?;
    let secret = link(tx, person, true).await?;
    let account = person::by_id(tx.conn(), person).await?.ok_or(Error::NotFound)?;
    outbox::put(tx, email, person::language_of(tx, &account), &Letter::Receipt { path: path(&secret) }).await
}

/// Asks at an address whether what comes of the post is to be told there.
///
/// # Errors
/// [`Error::Invalid`] on `email`; [`Error::Limited`] when that address was written to too often.
pub async fn set_email(tx: &mut Tx, secret: &str, email: &str) -> Result<()> {
    let (receipt, _) = by_secret(tx.conn(), secret).await?;
    let email = person::parse_email(email).map_err(|problem| Error::invalid("email", problem))?;
    if receipt.email.as_deref() == Some(email.as_str()) && receipt.confirmed && receipt.unreached.is_none() {
        return Ok(());
    }
    if receipt.mailed {
        // the link at hand would end with the address that it went to
        return Err(Error::Conflict(Conflict::Exists));
    }
    ask_for_mail(tx, receipt.person, &email).await
}

/// The reader of the address says that they want to be told.
///
/// # Errors
/// [`Error::NotFound`] by a link that did not go there: it says nothing of who reads that address.
pub async fn confirm_email(tx: &mut Tx, secret: &str) -> Result<()> {
    let (receipt, _) = by_secret(tx.conn(), secret).await?;
    if !receipt.mailed || receipt.email.is_none() {
        return Err(Error::NotFound);
    }
    let sql = "UPDATE receipts SET confirmed_at = COALESCE(confirmed_at, $2) WHERE person_id = $1";
    exec(tx.conn(), sql, values![receipt.person, tx.now()]).await?;
    mailbox::reached(tx, receipt.person).await
}

/// Forgets the address.
///
/// # Errors
/// As [`by_secret`].
pub async fn forget_email(tx: &mut Tx, secret: &str) -> Result<()> {
    let (receipt, _) = by_secret(tx.conn(), secret).await?;
    unsend(tx, &receipt).await?;
    forget(tx, receipt.person).await
}

async fn forget(tx: &Tx, person: PersonId) -> Result<()> {
    let sql = format!("UPDATE receipts SET email = NULL, confirmed_at = NULL, {CLEAR} WHERE person_id = $1");
    exec(tx.conn(), &sql, values![person]).await?;
    Ok(())
}

/// The same for the guest whom a letter was for.
pub(crate) async fn stop_mail(tx: &Tx, person: PersonId) -> Result<()> {
    let Some(email) = mailbox(tx.conn(), person).await? else { return Ok(()) };
    unsend_to(tx, &email).await?;
    forget(tx, person).await
}

/// Takes back what was not sent yet: the links in it are not to be used any more.
pub(crate) async fn unsend(tx: &Tx, receipt: &Receipt) -> Result<()> {
    match &receipt.email {
        Some(email) => unsend_to(tx, email).await,
        None => Ok(()),
    }
}

async fn unsend_to(tx: &Tx, email: &str) -> Result<()> {
    // letters to an account of the same address are none of it
    let sql = "DELETE FROM outbox WHERE recipient = $1 AND sent_at IS NULL AND CAST(letter AS text) LIKE '%/receipt/%'";
    exec(tx.conn(), sql, values![email]).await?;
    Ok(())
}

/// How a letter reaches a guest: to which address, and by which page they can act on it.
pub(crate) async fn letter_to(tx: &Tx, reader: &Account) -> Result<Option<(String, String)>> {
    if mailbox::of_guest(tx.conn(), reader.id).await? {
        return Ok(None);
    }
    let Some(email) = mailbox(tx.conn(), reader.id).await? else { return Ok(None) };
    let secret = link(tx, reader.id, true).await?;
    Ok(Some((email, path(&secret))))
}
