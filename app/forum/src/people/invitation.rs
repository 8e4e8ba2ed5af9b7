//! Colleagues who are asked to join the staff. Only whoever reads the mail of the address can use the link, so that it shows whose the
//! address is; until then nobody may do anything by it, whoever signed up with the address.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::{Actor, Role},
    db::{all, exec, one, values},
    error::{Check, Problem},
    id::PersonId,
    limit,
    outbox::{self, Letter},
    person::{self, NewPerson},
    secret::{self, Secret},
    site::Language,
};

/// How long an invitation can be used.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// An invitation that can still be used.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Invitation {
    /// Its number.
    pub id: i64,
    /// To whom it was mailed.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// Who may invite colleagues: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_invite(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// The invitations that can still be used, oldest first.
///
/// # Errors
/// As [`may_invite`].
pub async fn open(db: &impl ConnectionTrait, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Invitation>> {
    may_invite(actor)?;
    let sql = "SELECT id, email, role, expires_at FROM invitations WHERE used_at IS NULL AND expires_at > $1 ORDER BY id";
    all(db, sql, values![now]).await
}

/// The invitation of a secret, if it can still be used.
pub async fn by_secret(db: &impl ConnectionTrait, secret: &str, now: DateTime<Utc>) -> Result<Option<Invitation>> {
    let sql = "SELECT id, email, role, expires_at FROM invitations WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2";
    one(db, sql, values![secret::hash(secret), now]).await
}

/// Mails an invitation. An earlier one to the same address dies.
///
/// # Errors
/// [`Error::Invalid`] on `email` when it is none or has an account already, on `role` when that is none of the staff.
pub async fn invite(tx: &mut Tx, email: &str, role: &str, language: Language) -> Result<()> {
    may_invite(tx.actor())?;
    let mut check = Check::new();
    let email = check.field("email", person::parse_email(email));
    let role = Role::parse(role).and_then(|role| if role.is_staff() { Ok(role) } else { Err(Problem::UnknownChoice) });
    let role = check.field("role", role);
    if let Some(email) = &email
        && person::by_email(tx.conn(), email).await?.is_some_and(|account| account.verified)
    {
        check.refuse("email", Problem::HasAccount);
    }
    let (email, role) = check.finish((email, role))?;
    limit::count(tx, limit::LINK, &email).await?;
    let secret = Secret::fresh();
    exec(
        tx.conn(),
        "INSERT INTO invitations (secret_hash, email, role, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (email) WHERE used_at IS NULL DO UPDATE SET secret_hash = excluded.secret_hash, role = excluded.role,
            invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at",
        values![secret.hash(), email.clone(), role, tx.actor().id(), tx.now(), tx.now() + LIFETIME],
    )
    .await?;
    outbox::put(tx, &email, language, &Letter::Invited { path: format!("/invite/{}", secret.reveal()) }).await
}

/// Takes an invitation back; one that was used or is gone stays so.
///
/// # Errors
/// As [`may_invite`].
pub async fn take_back(tx: &mut Tx, id: i64) -> Result<()> {
    may_invite(tx.actor())?;
    exec(tx.conn(), "DELETE FROM invitations WHERE id = $1 AND used_at IS NULL", values![id]).await?;
    Ok(())
}

/// Joins the staff by an invitation. Whoever signed up with the address before did not show that it is theirs: what they typed, and
/// every key that they got, ends.
///
/// # Errors
/// [`Error::Invalid`] on `secret` when it is too old, was used, was taken back, or never was.
pub async fn accept(tx: &mut Tx, secret: &str, new: &NewPerson) -> Result<PersonId> {
    let sql = "UPDATE invitations SET used_at = $2 WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2
               RETURNING id, email, role, expires_at";
    let invitation = one::<Invitation>(tx.conn(), sql, values![secret::hash(secret), tx.now()]).await?;
    let invitation = invitation.ok_or(Error::invalid("secret", Problem::DeadLink))?;
    person::admit(tx, &invitation.email, new, invitation.role).await
}

/// Forgets invitations that nobody can use any more.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM invitations WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}
