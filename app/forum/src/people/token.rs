//! API tokens: bearer secrets with a scope and an end.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::{Actor, Scope},
    db::{all, exec, number, one, values},
    error::Problem,
    id::PersonId,
    outbox::{self, Letter},
    person::{self, Account},
    secret::{self, Secret},
    text,
};

/// Tokens of one person, at most.
pub const MOST: i64 = 50;

/// How many days a token may live.
pub const LIFETIMES: [i64; 4] = [7, 30, 90, 365];

/// How many days a token lives of which nobody said how long.
pub const LIFETIME: i64 = 90;

/// The last use of a token is noted no more often than this: a write for every read would cost too much.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// A token, as its person sees it: the secret is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What its person calls it.
    pub name: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last used, to the hour.
    pub used_at: Option<DateTime<Utc>>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    name: String,
    scopes: String,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Holder {
    #[sea_orm(nested)]
    person: person::Row,
    scopes: String,
    used_at: Option<DateTime<Utc>>,
}

fn scopes_of(text: &str) -> Vec<Scope> {
    text.split(' ').filter_map(|s| Scope::parse(s).ok()).collect()
}

impl From<Row> for Token {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: scopes_of(&row.scopes),
            created_at: row.created_at,
            used_at: row.used_at,
            expires_at: row.expires_at,
        }
    }
}

/// Who acts with this token, and whether its last use was noted so long ago that [`note_use`] is due. The widest of its scopes
/// counts, since each includes those before it.
pub async fn actor_of(db: &impl ConnectionTrait, secret: &str, now: DateTime<Utc>) -> Result<Option<(Actor, bool)>> {
    let sql = format!(
        "SELECT {}, t.scopes, t.used_at FROM tokens t JOIN persons p ON p.id = t.person_id
         WHERE t.secret_hash = $1 AND t.expires_at > $2",
        person::COLUMNS
    );
    let Some(used) = one::<Holder>(db, &sql, values![secret::hash(secret), now]).await? else { return Ok(None) };
    let scope = scopes_of(&used.scopes).into_iter().max().unwrap_or(Scope::Read);
    let stale = used.used_at.is_none_or(|at| now - at >= NOTED_EVERY);
    Ok(Some((Account::from(used.person).actor(Some(scope)).at(now), stale)))
}

/// Notes that a token was used.
pub async fn note_use(tx: &mut Tx, secret: &str) -> Result<()> {
    let sql = "UPDATE tokens SET used_at = $2 WHERE secret_hash = $1";
    exec(tx.conn(), sql, values![secret::hash(secret), tx.now()]).await?;
    Ok(())
}

/// The tokens of a person, oldest first; until they are swept, with those that have ended.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Token>> {
    let sql = "SELECT id, name, scopes, created_at, used_at, expires_at FROM tokens WHERE person_id = $1 ORDER BY id";
    Ok(all::<Row>(db, sql, values![person]).await?.into_iter().map(Token::from).collect())
}

/// The tokens of the actor, oldest first.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn own(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Token>> {
    of_person(db, actor.person()?.id).await
}

/// Makes a token for a person who has authenticated. It gets the scopes asked for, as far as the role can use them; without any,
/// it may read. It ends after so many days, one of [`LIFETIMES`]. Its person is told by mail, so that nobody makes one unseen.
pub async fn create(tx: &mut Tx, account: &Account, name: &str, scopes: &[String], days: i64) -> Result<(Token, Secret)> {
    let name = text::line(if name.trim().is_empty() { "API" } else { name }, 1, 80).map_err(|p| Error::invalid("name", p))?;
    if !LIFETIMES.contains(&days) {
        return Err(Error::invalid("expires_in_days", Problem::UnknownChoice));
    }
    let mut granted = Vec::new();
    for scope in scopes {
        let scope = Scope::parse(scope).map_err(|problem| Error::invalid("scopes", problem))?;
        if scope <= Scope::most_for(account.role) {
            granted.push(scope);
        }
    }
    granted.push(Scope::Read);
    granted.sort_unstable();
    granted.dedup();
    let sql = "SELECT COUNT(*) AS n FROM tokens WHERE person_id = $1 AND expires_at > $2";
    let count = number(tx.conn(), sql, values![account.id, tx.now()]).await?;
    if count.unwrap_or(0) >= MOST {
        return Err(Error::invalid("name", Problem::TooMany { max: usize::try_from(MOST).unwrap_or(usize::MAX) }));
    }
    let secret = Secret::fresh();
    let kept = granted.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
    let row = one::<Row>(
        tx.conn(),
        "INSERT INTO tokens (secret_hash, person_id, name, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING id, name, scopes, created_at, used_at, expires_at",
        values![secret.hash(), account.id, name, kept, tx.now(), tx.now() + TimeDelta::days(days)],
    )
    .await?;
    let token = Token::from(row.ok_or_else(|| Error::internal("no token came back"))?);
    // an address that is not verified may be a stranger's, to whom none of this is news
    if let Some(email) = account.email.as_ref().filter(|_| account.verified) {
        let letter = Letter::TokenMade { name: account.name.clone(), token: token.name.clone() };
        outbox::put(tx, email, person::language_of(tx, account), &letter).await?;
    }
    Ok((token, secret))
}

/// Ends all tokens of a person.
pub(crate) async fn end_all(tx: &Tx, person: PersonId) -> Result<()> {
    exec(tx.conn(), "DELETE FROM tokens WHERE person_id = $1", values![person]).await?;
    Ok(())
}

/// Forgets tokens that have expired.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM tokens WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}

/// Ends a token of the actor's.
///
/// # Errors
/// [`Error::NotFound`] when they have no such token, [`Error::Forbidden`] when they use one that only reads.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    let me = tx.actor().person()?;
    let sql = "SELECT id AS n FROM tokens WHERE id = $1 AND person_id = $2";
    number(tx.conn(), sql, values![id, me.id]).await?.ok_or(Error::NotFound)?;
    // whoever found a token that only reads must not be able to end the others
    me.scoped(Scope::Write)?;
    exec(tx.conn(), "DELETE FROM tokens WHERE id = $1", values![id]).await?;
    Ok(())
}

/// Ends the token that was used to ask.
pub async fn delete_used(tx: &mut Tx, secret: &str) -> Result<()> {
    exec(tx.conn(), "DELETE FROM tokens WHERE secret_hash = $1", values![secret::hash(secret)]).await?;
    Ok(())
}
