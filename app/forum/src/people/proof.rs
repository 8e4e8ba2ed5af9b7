//! Showing by a password who one is, and how often that may fail.
//!
//! Only what fails counts, and against whoever guesses. A browser in which the owner of the account signed in before
//! ([`crate::device`]), a session and a token have limits of their own, so that no stranger who guesses keeps the owner out; all others
//! share one for the account, however many addresses they come from. An address that nobody has is counted and answered like any other.

use sea_orm::FromQueryResult;

use crate::{
    Forum, Result, Tx,
    actor::Actor,
    db::{one, values},
    device,
    id::PersonId,
    limit::{self, Limit},
    person::{self, Account},
    secret,
};

/// By what whoever types a password is known already.
#[derive(Clone, Copy)]
pub enum KnownBy<'a> {
    /// By nothing: it may be anybody.
    Nothing,
    /// By the secret of a browser; it counts for those who signed in there before.
    Device(&'a str),
    /// By the secret of a session or a token, which is alive and this person's.
    Key(PersonId, &'a str),
}

/// An address and a password that somebody typed.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The address.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
    /// Where it comes from.
    pub client: &'a str,
    /// Who it may come from.
    pub known_by: KnownBy<'a>,
}

/// Limits that hold, and for whom.
type Buckets = Vec<(Limit, String)>;

/// Whose an address and a password are, if they belong together.
///
/// # Errors
/// [`crate::Error::Limited`] after too many that did not: then the right one has to wait, too, or the answer would tell that it is.
pub async fn by_password(forum: &Forum, attempt: &Attempt<'_>) -> Result<Option<Account>> {
    #[derive(FromQueryResult)]
    struct Known {
        id: PersonId,
        password_hash: Option<String>,
    }
    let email = person::address_key(attempt.email);
    let sql = "SELECT id, password_hash FROM persons WHERE email = $1";
    let known = one::<Known>(forum.read(), sql, values![email.clone()]).await?;
    let buckets = buckets(forum, attempt, &email, known.as_ref().map(|known| known.id)).await?;
    // counted before the password is looked at, and taken back if it is right: of many guesses at once, no more are looked at than may
    forum.write_aside(&Actor::Visitor, async |tx| count(tx, &buckets).await).await?;
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let is_right = forum.hasher().verify(attempt.password, hash).await?;
    let Some(known) = known.filter(|_| is_right) else { return Ok(None) };
    if forum.limits() {
        forum.write_aside(&Actor::Visitor, async |tx| take_back(tx, &buckets).await).await?;
    }
    person::by_id(forum.read(), known.id).await
}

async fn buckets(forum: &Forum, attempt: &Attempt<'_>, email: &str, person: Option<PersonId>) -> Result<Buckets> {
    Ok(match attempt.known_by {
        KnownBy::Key(of, secret) if person == Some(of) => vec![(limit::GUESS_OF_KEY, secret::hash(secret))],
        // looked up whether or not somebody has the address, so that both take as long
        KnownBy::Device(secret) if device::is_known(forum.read(), email, secret, forum.now()).await? => {
            let person = person.map(|id| id.to_string()).unwrap_or_default();
            vec![(limit::GUESS_OF_DEVICE, format!("{person}:{}", secret::hash(secret)))]
        }
        _ => vec![(limit::GUESS_FROM, attempt.client.to_owned()), (limit::GUESS_AT, email.to_owned())],
    })
}

async fn count(tx: &mut Tx, buckets: &Buckets) -> Result<()> {
    for (limit, who) in buckets {
        limit::count(tx, *limit, who).await?;
    }
    Ok(())
}

async fn take_back(tx: &mut Tx, buckets: &Buckets) -> Result<()> {
    for (limit, who) in buckets {
        limit::take_back(tx, *limit, who).await?;
    }
    Ok(())
}
