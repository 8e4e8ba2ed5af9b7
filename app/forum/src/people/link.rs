//! Links that work once: to verify an address, to set a new password, to set up the site.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    db::{exec, one, values},
    error::Problem,
    id::PersonId,
    secret::{self, Secret},
};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Shows that an address belongs to its person.
    Verify,
    /// Sets a new password.
    Reset,
    /// Makes the first admin.
    SetUp,
    /// Makes another address that of its person.
    Address,
}

crate::word::kept_as_words!(Purpose);

impl Purpose {
    /// How long such a link works.
    pub fn lifetime(self) -> TimeDelta {
        match self {
            Self::Verify | Self::Address => TimeDelta::hours(24),
            Self::Reset => TimeDelta::minutes(30),
            Self::SetUp => TimeDelta::days(7),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

/// Whether a link would still work.
pub async fn is_alive(db: &impl ConnectionTrait, purpose: Purpose, secret: &str, now: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT expires_at, used_at FROM links WHERE secret_hash = $1 AND purpose = $2";
    let row = one::<Row>(db, sql, values![secret::hash(secret), purpose]).await?;
    Ok(row.is_some_and(|row| row.used_at.is_none() && row.expires_at > now))
}

/// What was typed with a sign-up, or as another address: it takes effect when its own link is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The name.
    pub name: Option<String>,
    /// The hash of the password.
    pub password_hash: Option<String>,
    /// The address.
    pub email: Option<String>,
}

/// Where whoever asked for a link was, and was going.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Onward {
    /// A path of this site.
    pub next: Option<String>,
    /// The secret of what they had written.
    pub draft: Option<String>,
    /// Where they asked from, for the limit.
    pub client: String,
}

/// What a used link was good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spent {
    /// Whose it is; a set-up link is nobody's.
    pub(crate) person: Option<PersonId>,
    /// What was typed with it.
    pub(crate) typed: Typed,
    /// Where its bearer was going.
    pub(crate) next: Option<String>,
    /// The hash of the secret of what they had written.
    pub(crate) draft: Option<String>,
}

/// Makes a link; older ones of the same purpose and person die.
pub async fn create(tx: &mut Tx, purpose: Purpose, person: Option<PersonId>) -> Result<Secret> {
    forget(tx, purpose, person).await?;
    add(tx, purpose, person, Typed::default(), &Onward::default()).await
}

/// Makes a link that lives beside the older ones.
pub(crate) async fn add(tx: &mut Tx, purpose: Purpose, person: Option<PersonId>, typed: Typed, onward: &Onward) -> Result<Secret> {
    let secret = Secret::fresh();
    exec(
        tx.conn(),
        "INSERT INTO links (secret_hash, purpose, person_id, name, password_hash, created_at, expires_at, next, draft, email)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values![
            secret.hash(),
            purpose,
            person,
            typed.name,
            typed.password_hash,
            tx.now(),
            tx.now() + purpose.lifetime(),
            onward.next.as_deref(),
            onward.draft.as_deref().map(secret::hash),
            typed.email
        ],
    )
    .await?;
    Ok(secret)
}

/// Lets all links of a purpose and person die that were not used yet.
pub(crate) async fn forget(tx: &mut Tx, purpose: Purpose, person: Option<PersonId>) -> Result<()> {
    match person {
        Some(person) => {
            let sql = "DELETE FROM links WHERE purpose = $1 AND person_id = $2 AND used_at IS NULL";
            exec(tx.conn(), sql, values![purpose, person]).await?;
        }
        None => {
            exec(tx.conn(), "DELETE FROM links WHERE purpose = $1 AND person_id IS NULL AND used_at IS NULL", values![purpose])
                .await?;
        }
    }
    Ok(())
}

/// Lets all links of a person die that were mailed to them: each of them signs in.
pub(crate) async fn forget_all(tx: &mut Tx, person: PersonId) -> Result<()> {
    for purpose in [Purpose::Verify, Purpose::Reset, Purpose::Address] {
        forget(tx, purpose, Some(person)).await?;
    }
    Ok(())
}

/// Uses a link up.
///
/// # Errors
/// [`Error::Invalid`] on `secret` when it is too old, was used, or never was.
pub(crate) async fn spend(tx: &mut Tx, purpose: Purpose, secret: &str) -> Result<Spent> {
    #[derive(FromQueryResult)]
    struct Used {
        person_id: Option<PersonId>,
        name: Option<String>,
        password_hash: Option<String>,
        next: Option<String>,
        draft: Option<String>,
        email: Option<String>,
    }
    let row = one::<Used>(
        tx.conn(),
        "UPDATE links SET used_at = $3 WHERE secret_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
         RETURNING person_id, name, password_hash, next, draft, email",
        values![secret::hash(secret), purpose, tx.now()],
    )
    .await?;
    let row = row.ok_or(Error::invalid("secret", Problem::DeadLink))?;
    let typed = Typed { name: row.name, password_hash: row.password_hash, email: row.email };
    Ok(Spent { person: row.person_id, typed, next: row.next, draft: row.draft })
}

/// Forgets links that have expired, used or not.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM links WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}
