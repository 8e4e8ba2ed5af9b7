//! News on the screens of whoever asked for it, also while no page of ours is open (Web Push, RFC 8030). A device is a browser that is signed
//! in, or a program with a token: once it is signed out, or the token ends, nothing is pushed there any more. A push follows from a notice, one
//! for each device of its reader; what they have seen elsewhere by the time it is sent is not sent.
//!
//! What is said is worded, encrypted and sent by the process; here stands who is told what.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::VariantArray as _;
use url::Url;

use crate::{
    Error, Forum, Result, Tx,
    actor::{Actor, Me},
    db::{all, exec, number, one, values},
    error::{Check, Problem},
    event::{Audience, Event, Kind},
    hook,
    id::{NoticeId, PersonId, PushDeviceId, PushId},
    mailing::Topic,
    notice::{self, Notice},
    person, secret,
    site::Language,
};

/// Devices of one person, at most: the oldest gives way.
pub const MOST: i64 = 20;
/// How long something is news.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// How soon a push is tried again that was not taken.
const WAITS: [TimeDelta; 5] =
    [TimeDelta::seconds(30), TimeDelta::minutes(5), TimeDelta::minutes(30), TimeDelta::hours(2), TimeDelta::hours(6)];
/// How long a sender has before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(1);
/// Bytes of a public key on the curve P-256 that is not compressed, and of a secret for authentication (RFC 8291).
const KEY: usize = 65;
const AUTH: usize = 16;

/// Something that is pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its number.
    pub id: PushDeviceId,
    /// The browser by its own account, or what the token is called.
    pub name: String,
    /// Whether it is a program with a token.
    pub is_program: bool,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// What a browser says about where it is pushed to, as its `PushSubscription` writes it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Where its service takes messages.
    pub endpoint: String,
    /// Its public key (base64url).
    pub p256dh: String,
    /// Its secret for authentication (base64url).
    pub auth: String,
}

/// By what the device is let in: its pushes end with that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetIn<'a> {
    /// By the secret of a session.
    Session(&'a str),
    /// By the secret of a token.
    Token(&'a str),
}

/// The key of the site for pushes. All of it is made once, when the first process starts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SiteKey {
    /// The private key, as whoever made it wrote it.
    pub secret: String,
    /// The public key (base64url), which browsers are told.
    pub public: String,
}

/// Who may be pushed to: whoever signed in; a program with a token that may change something.
///
/// # Errors
/// As [`person::may_update`].
pub fn may_choose(actor: &Actor) -> Result<&Me> {
    person::may_update(actor)
}

/// The key of the site; none before a process has served the forum.
pub async fn site_key(db: &impl ConnectionTrait) -> Result<Option<SiteKey>> {
    one(db, "SELECT secret, public FROM push_key WHERE id = 1", []).await
}

/// Keeps a key of the site unless there is one; answers the one that is kept.
pub async fn keep_site_key(tx: &mut Tx, fresh: &SiteKey) -> Result<SiteKey> {
    let sql = "INSERT INTO push_key (id, secret, public, created_at) VALUES (1, $1, $2, $3) ON CONFLICT (id) DO NOTHING";
    exec(tx.conn(), sql, values![fresh.secret.as_str(), fresh.public.as_str(), tx.now()]).await?;
    site_key(tx.conn()).await?.ok_or_else(|| Error::internal("no key"))
}

/// What the actor is pushed to, oldest first; `this` is by what the one that asks is let in.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor, this: Option<LetIn<'_>>) -> Result<Vec<Device>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PushDeviceId,
        device: Option<String>,
        token: Option<String>,
        secret_hash: String,
        created_at: DateTime<Utc>,
    }
    let me = notice::may_list(actor)?.id;
    let sql = "SELECT d.id, s.device, t.name AS token, COALESCE(s.secret_hash, t.secret_hash) AS secret_hash, d.created_at
               FROM push_devices d LEFT JOIN sessions s ON s.id = d.session_id LEFT JOIN tokens t ON t.id = d.token_id
               WHERE d.person_id = $1 ORDER BY d.id";
    let this = this.map(|let_in| match let_in {
        LetIn::Session(secret) | LetIn::Token(secret) => secret::hash(secret),
    });
    let device = |row: Row| Device {
        id: row.id,
        is_program: row.token.is_some(),
        name: row.token.or(row.device).unwrap_or_default(),
        is_this: this.as_ref() == Some(&row.secret_hash),
        created_at: row.created_at,
    };
    Ok(all::<Row>(db, sql, values![me]).await?.into_iter().map(device).collect())
}

/// The sorts of news that are not pushed to the actor.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn silences(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Topic>> {
    #[derive(FromQueryResult)]
    struct Row {
        topic: Topic,
    }
    let me = notice::may_list(actor)?.id;
    let rows = all::<Row>(db, "SELECT topic FROM push_silences WHERE person_id = $1", values![me]).await?;
    Ok(rows.into_iter().map(|row| row.topic).collect())
}

/// A field of a subscription: so many bytes in base64url, with or without its padding.
fn bytes(text: &str, count: usize) -> std::result::Result<String, Problem> {
    let text = text.trim().trim_end_matches('=');
    match URL_SAFE_NO_PAD.decode(text) {
        Ok(bytes) if bytes.len() == count => Ok(text.to_owned()),
        _ if text.is_empty() => Err(Problem::Required),
        _ => Err(Problem::NotAPushKey),
    }
}

/// Pushes to a device from now on. One that is known belongs to whoever asks last: the browser is theirs now.
///
/// # Errors
/// [`Error::Invalid`] on the fields of [`Draft`].
pub async fn add(tx: &mut Tx, draft: &Draft, let_in: LetIn<'_>) -> Result<PushDeviceId> {
    let me = may_choose(tx.actor())?.id;
    let mut check = Check::new();
    let endpoint = check.field("endpoint", hook::parse_address(&draft.endpoint, tx.hooks_to()));
    let p256dh = check.field("p256dh", bytes(&draft.p256dh, KEY));
    let auth = check.field("auth", bytes(&draft.auth, AUTH));
    let (endpoint, p256dh, auth): (Url, String, String) = check.finish((endpoint, p256dh, auth))?;
    let (table, secret) = match let_in {
        LetIn::Session(secret) => ("sessions", secret),
        LetIn::Token(secret) => ("tokens", secret),
    };
    let column = |own: &str| if own == table { "k.id" } else { "NULL" };
    let sql = format!(
        "INSERT INTO push_devices (person_id, session_id, token_id, endpoint, p256dh, auth, created_at)
         SELECT k.person_id, {}, {}, $3, $4, $5, $6 FROM {table} k WHERE k.secret_hash = $1 AND k.person_id = $2
         ON CONFLICT (endpoint) DO UPDATE SET person_id = excluded.person_id, session_id = excluded.session_id,
            token_id = excluded.token_id, p256dh = excluded.p256dh, auth = excluded.auth
         RETURNING id AS n",
        column("sessions"),
        column("tokens"),
    );
    let row = values![secret::hash(secret), me, endpoint.as_str(), p256dh, auth, tx.now()];
    let id = PushDeviceId(number(tx.conn(), &sql, row).await?.ok_or(Error::Unauthenticated)?);
    // what waited for whoever had it before is not for them; and a browser has one address
    let sql = "DELETE FROM pushes WHERE device_id = $1 AND notice_id NOT IN (SELECT id FROM notices WHERE person_id = $2)";
    exec(tx.conn(), sql, values![id, me]).await?;
    if let LetIn::Session(secret) = let_in {
        let sql = "DELETE FROM push_devices WHERE id <> $1 AND session_id = (SELECT id FROM sessions WHERE secret_hash = $2)";
        exec(tx.conn(), sql, values![id, secret::hash(secret)]).await?;
    }
    let sql = format!(
        "DELETE FROM push_devices WHERE person_id = $1 AND id <> $2
            AND id NOT IN (SELECT id FROM push_devices WHERE person_id = $1 AND id <> $2 ORDER BY id DESC LIMIT {})",
        MOST - 1
    );
    exec(tx.conn(), &sql, values![me, id]).await?;
    Ok(id)
}

/// Pushes to a device of the actor no more.
///
/// # Errors
/// [`Error::NotFound`] when they have none of that number.
pub async fn remove(tx: &mut Tx, id: PushDeviceId) -> Result<()> {
    let me = may_choose(tx.actor())?.id;
    let sql = "DELETE FROM push_devices WHERE id = $1 AND person_id = $2";
    if exec(tx.conn(), sql, values![id, me]).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Says of which sorts of news something is pushed to the actor; of what is not named it stays.
///
/// # Errors
/// As [`may_choose`].
pub async fn choose(tx: &mut Tx, topics: &[(Topic, bool)]) -> Result<()> {
    let me = may_choose(tx.actor())?.id;
    for (topic, wanted) in topics {
        let sql = if *wanted {
            "DELETE FROM push_silences WHERE person_id = $1 AND topic = $2"
        } else {
            "INSERT INTO push_silences (person_id, topic) VALUES ($1, $2) ON CONFLICT (person_id, topic) DO NOTHING"
        };
        exec(tx.conn(), sql, values![me, *topic]).await?;
    }
    Ok(())
}

/// Of which sort an event is for each reason for which somebody may hear of it, as an expression of SQL.
fn topic_by_reason(kind: &Kind) -> String {
    let branch = |reason: &Audience| format!(" WHEN '{}' THEN '{}'", reason.as_str(), Topic::of(kind, *reason).as_str());
    let branches: String = Audience::VARIANTS.iter().map(branch).collect();
    format!("CASE n.reason{branches} END")
}

/// Writes what is pushed of an event to those who were told of it: in one statement, and in none where nobody ever is.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    if event.kind.about().told.is_empty() {
        return Ok(());
    }
    exec(tx.conn(), &pushed_sql(&event.kind), values![event.id]).await?;
    Ok(())
}

fn pushed_sql(kind: &Kind) -> String {
    format!(
        "INSERT INTO pushes (device_id, notice_id, attempts, next_try_at, created_at)
         SELECT d.id, n.id, 0, e.created_at, e.created_at FROM events e JOIN notices n ON n.event_id = e.id
            JOIN push_devices d ON d.person_id = n.person_id
         WHERE e.id = $1 AND n.read_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM push_silences s WHERE s.person_id = n.person_id AND s.topic = {})",
        topic_by_reason(kind)
    )
}

/// A push that is this sender's for a minute.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Leased {
    /// Its number.
    pub id: PushId,
    /// To which device.
    pub device_id: PushDeviceId,
    /// Where its service takes messages.
    pub endpoint: String,
    /// Its public key (base64url).
    pub p256dh: String,
    /// Its secret for authentication (base64url).
    pub auth: String,
    notice_id: NoticeId,
    person_id: PersonId,
    language: Option<String>,
    /// Which try this is.
    pub attempts: i32,
    /// Since when it waits.
    pub created_at: DateTime<Utc>,
}

impl Leased {
    /// The language that its reader reads, if they said which.
    pub fn language(&self) -> Option<Language> {
        self.language.as_deref().and_then(Language::parse)
    }
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service of the browser took it.
    Taken,
    /// There was nothing to tell any more.
    Untold,
    /// The service will never take this one.
    Refused,
    /// The browser is not there any more.
    Gone,
    /// It did not arrive; later it may.
    Failed,
}

/// When the next push is due; `None` when nothing waits.
pub async fn next_due(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Next {
        next_try_at: DateTime<Utc>,
    }
    let sql = "SELECT next_try_at FROM pushes ORDER BY next_try_at, id LIMIT 1";
    Ok(one::<Next>(db, sql, []).await?.map(|row| row.next_try_at))
}

/// Takes the pushes that are due, at most so many; they are this sender's for a minute.
pub async fn lease(tx: &mut Tx, most: u64) -> Result<Vec<Leased>> {
    #[derive(FromQueryResult)]
    struct Taken {
        id: PushId,
    }
    let skip = crate::db::skip_locked(tx.conn());
    let sql = format!(
        "UPDATE pushes SET next_try_at = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM pushes WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT {most}{skip}) RETURNING id"
    );
    let taken = all::<Taken>(tx.conn(), &sql, values![tx.now(), tx.now() + LEASE]).await?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = crate::db::Sql::new(
        "SELECT u.id, u.device_id, d.endpoint, d.p256dh, d.auth, u.notice_id, d.person_id, x.language, u.attempts, u.created_at
         FROM pushes u JOIN push_devices d ON d.id = u.device_id JOIN persons x ON x.id = d.person_id WHERE u.id IN ",
    );
    sql.bind_list(taken.into_iter().map(|row| row.id)).push(" ORDER BY u.id");
    all(tx.conn(), &sql.text, sql.values).await
}

/// What a push tells; nothing when its reader has seen it, may not know of it any more, or is another.
pub async fn open(forum: &Forum, push: &Leased) -> Result<Option<Notice>> {
    let sql = "SELECT id AS n FROM notices WHERE id = $1 AND person_id = $2 AND read_at IS NULL";
    let is_new = number(forum.read(), sql, values![push.notice_id, push.person_id]).await?.is_some();
    if is_new { notice::open(forum, push.notice_id).await } else { Ok(None) }
}

/// Notes what became of a try.
pub async fn note(tx: &mut Tx, push: &Leased, outcome: Outcome) -> Result<()> {
    let wait = usize::try_from(push.attempts - 1).ok().and_then(|n| WAITS.get(n)).copied();
    match (outcome, wait) {
        (Outcome::Gone, _) => exec(tx.conn(), "DELETE FROM push_devices WHERE id = $1", values![push.device_id]).await?,
        (Outcome::Failed, Some(wait)) if tx.now() + wait < push.created_at + LIFETIME => {
            // unless it was taken from this sender, who was too slow
            let sql = "UPDATE pushes SET next_try_at = $3 WHERE id = $1 AND attempts = $2";
            exec(tx.conn(), sql, values![push.id, push.attempts, tx.now() + wait]).await?
        }
        _ => exec(tx.conn(), "DELETE FROM pushes WHERE id = $1", values![push.id]).await?,
    };
    Ok(())
}

/// Forgets what is no news any more.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM pushes WHERE created_at < $1", values![tx.now() - LIFETIME]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        forum::Options,
        id::{AnswerId, EventId},
    };

    /// It is asked for each thing that happens, so it must cost the same however much has happened.
    #[tokio::test]
    async fn those_who_are_told_are_found_without_going_through_all_notices() {
        #[derive(FromQueryResult)]
        struct Step {
            detail: String,
        }
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("plans.db").display());
        let forum = Forum::open(Options::new(url, "http://localhost")).await.expect("a forum");
        let pushed = pushed_sql(&Kind::AnswerPublished { answer: AnswerId(1) });
        for sql in [pushed.as_str(), "SELECT DISTINCT person_id FROM notices WHERE event_id IN ($1)"] {
            let plan = all::<Step>(forum.read(), &format!("EXPLAIN QUERY PLAN {sql}"), values![EventId(1)]).await.expect("a plan");
            let plan: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
            assert!(plan.iter().any(|step| step.contains("notices_by_event")), "{plan:#?}");
            assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:#?}");
        }
    }
}
