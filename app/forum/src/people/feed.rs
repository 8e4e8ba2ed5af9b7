//! The secret address at which programs read what is somebody's own: a feed reader and a calendar sign in nowhere. It is signed by the key of the
//! site and names whose it is and which one, so nothing of it is kept but its number: with the next one, or when its person stops it, it opens
//! nothing any more. It ends with all other keys of its person, and after a year.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::Mac as _;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Forum, Result, Tx,
    actor::{Actor, Me},
    db::{exec, one, values},
    id::PersonId,
    person::{self, Account},
    signing::Key,
};

/// For how long an address works.
pub const LIFETIME: TimeDelta = TimeDelta::days(365);
/// Digits of a signature: half of it is 128 bits, which nobody guesses.
const DIGITS: usize = 32;

/// An address that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What its paths have in them.
    pub secret: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Until when it works.
    pub ends_at: DateTime<Utc>,
}

/// What is kept of somebody's addresses.
#[derive(FromQueryResult)]
struct Kept {
    feeds_version: i32,
    feeds_since: Option<DateTime<Utc>>,
}

fn signed(person: PersonId, version: i32) -> String {
    format!("feeds {person} {version}")
}

async fn kept(db: &impl ConnectionTrait, person: PersonId) -> Result<Kept> {
    let sql = "SELECT feeds_version, feeds_since FROM persons WHERE id = $1";
    one::<Kept>(db, sql, values![person]).await?.ok_or(Error::NotFound)
}

/// Who may see theirs: whoever signed in.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub fn may_look(actor: &Actor) -> Result<&Me> {
    actor.person()
}

/// Who may make one, and stop it: whoever signed in; a program with a token that may change something. A guest has a receipt.
///
/// # Errors
/// As [`person::may_update`].
pub fn may_make(actor: &Actor) -> Result<&Me> {
    person::may_update(actor)
}

/// The address of the actor, if there is one that works.
///
/// # Errors
/// As [`may_look`].
pub async fn own(forum: &Forum, actor: &Actor) -> Result<Option<Address>> {
    let me = may_look(actor)?.id;
    let Kept { feeds_version: version, feeds_since } = kept(forum.read(), me).await?;
    let Some(made_at) = feeds_since.filter(|since| *since + LIFETIME > forum.now()) else { return Ok(None) };
    let signature = hex::encode(Key::of(forum).await?.signing(&signed(me, version)).finalize().into_bytes());
    let secret = format!("{}-{version}-{}", me.0.simple(), &signature[..DIGITS]);
    Ok(Some(Address { secret, made_at, ends_at: made_at + LIFETIME }))
}

/// Makes another address for the actor; the one of before opens nothing any more.
///
/// # Errors
/// As [`may_make`].
pub async fn make(tx: &mut Tx) -> Result<()> {
    let me = may_make(tx.actor())?.id;
    let sql = "UPDATE persons SET feeds_version = feeds_version + 1, feeds_since = $2 WHERE id = $1";
    exec(tx.conn(), sql, values![me, tx.now()]).await?;
    Ok(())
}

/// Stops the address of the actor. Once more changes nothing.
///
/// # Errors
/// As [`may_make`].
pub async fn stop(tx: &mut Tx) -> Result<()> {
    let me = may_make(tx.actor())?.id;
    end(tx, me).await
}

/// Stops the address of a person.
pub(crate) async fn end(tx: &Tx, person: PersonId) -> Result<()> {
    exec(tx.conn(), "UPDATE persons SET feeds_since = NULL WHERE id = $1", values![person]).await?;
    Ok(())
}

/// Whose an address is.
///
/// # Errors
/// [`Error::NotFound`] for one that we did not make, or that works no more: because there is another, its time is over, or whose it was is
/// gone or banned.
pub async fn open(forum: &Forum, secret: &str) -> Result<Account> {
    let read = || {
        let mut parts = secret.split('-');
        let (person, version, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let signature = (signature.len() == DIGITS && parts.next().is_none()).then(|| hex::decode(signature).ok()).flatten()?;
        Some((PersonId(Uuid::try_parse(person).ok()?), version.parse().ok()?, signature))
    };
    let (person, version, signature): (_, i32, _) = read().ok_or(Error::NotFound)?;
    let db = forum.read();
    let key = Key::present(db).await?.ok_or(Error::NotFound)?;
    key.signing(&signed(person, version)).verify_truncated_left(&signature).map_err(|_| Error::NotFound)?;
    let Kept { feeds_version, feeds_since } = kept(db, person).await?;
    let works = version == feeds_version && feeds_since.is_some_and(|since| since + LIFETIME > forum.now());
    let account = person::by_id(db, person).await?.filter(|_| works).ok_or(Error::NotFound)?;
    let is_banned = account.ban.as_ref().is_some_and(|ban| ban.holds(forum.now()));
    if is_banned { Err(Error::NotFound) } else { Ok(account) }
}
