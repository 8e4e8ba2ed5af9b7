//! What is sent to web-hooks: written with the event, leased to whoever sends it, tried again when that fails, and kept for a month.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Ended, Shape, commands, is_usual};
use crate::{
    Error, Forum, Result, Tx, View,
    actor::Actor,
    answer::{self, Answer},
    changelog::{self, Entry},
    comment::{self, Comment},
    db::{Sql, all, exec, number, one, values},
    event::{self, Event, Kind, KindName, Subject},
    id::{BoardId, ChangelogId, DeliveryId, EventId, HookId, PostId},
    post::{self, Post},
    promise::{self, Promise},
    site::Language,
};

/// How long is waited after each try that failed, until the message is given up: the schedule that Standard Webhooks recommends.
pub const WAITS: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];
/// How long nothing may arrive before a hook is not told any more.
pub const PATIENCE: TimeDelta = TimeDelta::days(5);
/// How long it is known what was sent.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// Characters that are kept of what the other side answered.
pub const ANSWER_MAX: usize = 500;
/// How long a sender has before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// Why a message did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Trouble {
    /// The address is none that messages may go to.
    Inner,
    /// The name leads nowhere.
    NoHost,
    /// Nobody listens there.
    Unreachable,
    /// The other side could not show who it is.
    Tls,
    /// It took too long.
    Timeout,
    /// What came back was no answer.
    Garbled,
    /// The answer was another than that it was taken.
    Refused,
    /// The answer was that nothing is wanted there any more.
    Gone,
    /// There is nothing to tell any more: what it was about is not for everybody now.
    Untold,
}

crate::word::kept_as_words!(Trouble);

/// A message to a hook, sent or not.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Delivery {
    /// Its number.
    pub id: DeliveryId,
    /// To which hook.
    pub hook_id: HookId,
    /// Of which event; none when it only tries whether it arrives.
    pub event_id: Option<EventId>,
    kind: Option<String>,
    /// Of which post.
    pub post_id: Option<PostId>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next, unless it was sent or given up.
    pub next_try_at: DateTime<Utc>,
    /// When it was tried last.
    pub tried_at: Option<DateTime<Utc>>,
    /// What the other side answered.
    pub status: Option<i32>,
    /// What went wrong the last time.
    pub trouble: Option<Trouble>,
    /// How the answer began, when it went wrong.
    pub answer: Option<String>,
    /// How long the last try took, in milliseconds.
    pub took_ms: Option<i64>,
    /// When it arrived.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub given_up_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl Delivery {
    /// The kind of the event; none when it only tries whether it arrives.
    pub fn kind(&self) -> Option<KindName> {
        self.kind.as_deref().and_then(KindName::parse)
    }
}

const SELECT: &str =
    "SELECT d.id, d.hook_id, d.event_id, e.kind, e.post_id, d.attempts, d.next_try_at, d.tried_at, d.status, d.trouble,
        d.answer, d.took_ms, d.sent_at, d.given_up_at, d.created_at
     FROM hook_deliveries d LEFT JOIN events e ON e.id = d.event_id";

/// The latest messages to a hook, before one if it is named, so many at most.
pub async fn deliveries(db: &impl ConnectionTrait, hook: HookId, before: Option<DeliveryId>, most: u64) -> Result<Vec<Delivery>> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE d.hook_id = ").bind(hook);
    if let Some(before) = before {
        sql.push(" AND d.id < ").bind(before);
    }
    sql.push(&format!(" ORDER BY d.id DESC LIMIT {most}"));
    all(db, &sql.text, sql.values).await
}

/// A message to a hook.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn delivery(db: &impl ConnectionTrait, hook: HookId, id: DeliveryId) -> Result<Delivery> {
    let sql = format!("{SELECT} WHERE d.id = $1 AND d.hook_id = $2");
    one::<Delivery>(db, &sql, values![id, hook]).await?.ok_or(Error::NotFound)
}

/// Writes what hooks are told of an event: one statement, and none where nobody wants to know.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    if matches!(event.kind, Kind::Released { comment: None }) && !tx.site().hooked.is_empty() {
        // what could not be told while it was held back; of a comment there is an event of its own by now
        let sql = "UPDATE hook_deliveries SET given_up_at = NULL, trouble = NULL, attempts = 0, next_try_at = $2
                   WHERE trouble = $3 AND event_id IN (SELECT id FROM events WHERE post_id = $1)";
        exec(tx.conn(), sql, values![event.post, tx.now(), Trouble::Untold]).await?;
    }
    if !tx.site().hooked.contains(event.kind.name()) {
        return Ok(());
    }
    let usual = if is_usual(KindName::from(&event.kind)) { "TRUE" } else { "FALSE" };
    let sql = format!(
        "INSERT INTO hook_deliveries (hook_id, event_id, attempts, next_try_at, created_at)
         SELECT h.id, $1, 0, $2, $2 FROM hooks h
         WHERE h.paused_at IS NULL AND h.disabled_at IS NULL AND (h.kinds LIKE $4 ESCAPE '!' OR h.kinds = '' AND {usual})
            AND (h.board_id = $3 OR h.board_id IS NULL AND NOT EXISTS (SELECT 1 FROM boards b WHERE b.id = $3 AND b.private))"
    );
    let pattern = format!("% {} %", event.kind.name().replace('_', "!_"));
    exec(tx.conn(), &sql, values![event.id, tx.now(), event.board, pattern]).await?;
    Ok(())
}

/// A message that is this sender's for a minute.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Leased {
    /// Its number: the same at every try.
    pub id: DeliveryId,
    /// To which hook.
    pub hook_id: HookId,
    /// Of which event; none when it only tries whether it arrives.
    pub event_id: Option<EventId>,
    /// Where it goes.
    pub url: String,
    board_id: Option<BoardId>,
    /// How it is put together.
    pub shape: Shape,
    language: String,
    secret: String,
    former_secret: Option<String>,
    former_until: Option<DateTime<Utc>>,
    /// Which try this is.
    pub attempts: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl Leased {
    /// The language of what is for people.
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::En)
    }

    /// What it is signed with: the secret, and for a day after a new one the former.
    pub fn secrets(&self, now: DateTime<Utc>) -> Vec<&str> {
        let former = self.former_secret.as_deref().filter(|_| self.former_until.is_some_and(|until| now < until));
        std::iter::once(self.secret.as_str()).chain(former).collect()
    }
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The status that came back.
    pub status: Option<u16>,
    /// What went wrong; nothing when it was taken.
    pub trouble: Option<Trouble>,
    /// How the answer began.
    pub answer: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
}

const WAITING: &str = "sent_at IS NULL AND given_up_at IS NULL
    AND hook_id IN (SELECT id FROM hooks WHERE paused_at IS NULL AND disabled_at IS NULL)";

/// When the next message is due; `None` when nothing waits.
pub async fn next_due(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Next {
        next_try_at: DateTime<Utc>,
    }
    let sql = format!("SELECT next_try_at FROM hook_deliveries WHERE {WAITING} ORDER BY next_try_at LIMIT 1");
    Ok(one::<Next>(db, &sql, []).await?.map(|row| row.next_try_at))
}

/// Takes the messages that are due, at most so many; they are this sender's for a minute.
pub async fn lease(tx: &mut Tx, most: u64) -> Result<Vec<Leased>> {
    #[derive(FromQueryResult)]
    struct Taken {
        id: DeliveryId,
    }
    let skip = crate::db::skip_locked(tx.conn());
    let sql = format!(
        "UPDATE hook_deliveries SET next_try_at = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM hook_deliveries WHERE {WAITING} AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT {most}{skip})
         RETURNING id"
    );
    let taken = all::<Taken>(tx.conn(), &sql, values![tx.now(), tx.now() + LEASE]).await?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT d.id, d.hook_id, d.event_id, h.url, h.board_id, h.shape, h.language, h.secret, h.former_secret, h.former_until,
            d.attempts, d.created_at
         FROM hook_deliveries d JOIN hooks h ON h.id = d.hook_id WHERE d.id IN ",
    );
    sql.bind_list(taken.into_iter().map(|row| row.id)).push(" ORDER BY d.id");
    all(tx.conn(), &sql.text, sql.values).await
}

/// Notes what became of a try. What failed is tried again; a hook at which nothing arrives for days, or that is gone, is told nothing more.
pub async fn note(tx: &mut Tx, leased: &Leased, outcome: &Outcome) -> Result<()> {
    let now = tx.now();
    let is_test = leased.event_id.is_none();
    let (sent_at, given_up_at, next) = match outcome.trouble {
        None => (Some(now), None, now),
        Some(Trouble::Gone | Trouble::Untold) => (None, Some(now), now),
        Some(_) => {
            let wait = usize::try_from(leased.attempts - 1).ok().and_then(|n| WAITS.get(n)).filter(|_| !is_test);
            wait.map_or((None, Some(now), now), |wait| (None, None, now + *wait))
        }
    };
    // what is fine needs no looking at
    let answer = outcome.answer.as_deref().filter(|_| outcome.trouble.is_some());
    let answer: Option<String> = answer.map(|text| text.replace('\0', "").chars().take(ANSWER_MAX).collect());
    // unless it was taken from this sender, who was too slow, or sent anew meanwhile
    let noted = exec(
        tx.conn(),
        "UPDATE hook_deliveries SET tried_at = $3, status = $4, trouble = $5, answer = $6, took_ms = $7, sent_at = $8, given_up_at = $9,
            next_try_at = $10
         WHERE id = $1 AND attempts = $2 AND sent_at IS NULL AND given_up_at IS NULL",
        values![
            leased.id,
            leased.attempts,
            now,
            outcome.status.map(i32::from),
            outcome.trouble,
            answer,
            outcome.took_ms,
            sent_at,
            given_up_at,
            next
        ],
    )
    .await?;
    match outcome.trouble {
        _ if noted == 0 => Ok(()),
        None => {
            let sql = "UPDATE hooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";
            exec(tx.conn(), sql, values![leased.hook_id]).await.map(drop)
        }
        Some(Trouble::Untold) => Ok(()),
        Some(Trouble::Gone) => commands::disable(tx, leased.hook_id, Ended::Gone).await,
        Some(_) if is_test => Ok(()),
        Some(_) => fail(tx, leased.hook_id).await,
    }
}

async fn fail(tx: &mut Tx, hook: HookId) -> Result<()> {
    exec(tx.conn(), "UPDATE hooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL", values![hook, tx.now()]).await?;
    let sql = "SELECT id AS n FROM hooks WHERE id = $1 AND failing_since <= $2";
    if number(tx.conn(), sql, values![hook, tx.now() - PATIENCE]).await?.is_some() {
        commands::disable(tx, hook, Ended::Failing).await?;
    }
    Ok(())
}

/// Forgets what was sent long ago.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM hook_deliveries WHERE created_at < $1", values![tx.now() - KEPT]).await?;
    Ok(())
}

/// An event with all that a hook may know of it, as it is now.
#[derive(Debug)]
pub struct Happening {
    /// What happened.
    pub event: Event,
    /// On which post; without what is hidden.
    pub post: Option<Post>,
    /// About which comment.
    pub comment: Option<Comment>,
    /// About which answer.
    pub answer: Option<Answer>,
    /// About which promise.
    pub promise: Option<Promise>,
    /// About which entry of the changelog.
    pub changelog: Option<Entry>,
}

/// What there is to tell of an event; nothing when the hook may not know of it any more.
pub async fn open(forum: &Forum, leased: &Leased, event: EventId) -> Result<Option<Happening>> {
    match read(forum, leased, event).await {
        Ok(happening) => Ok(happening),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn read(forum: &Forum, leased: &Leased, event: EventId) -> Result<Option<Happening>> {
    let view = forum.view(&Actor::System).await?;
    let Some(event) = event::by_id(view.db(), event).await? else { return Ok(None) };
    let Some(id) = event.post else {
        // of a board that is private by now only its own hooks hear
        let sql = "SELECT id AS n FROM boards WHERE id = $1 AND private";
        let is_private = number(view.db(), sql, values![event.board]).await?.is_some();
        if is_private && event.board != leased.board_id {
            return Ok(None);
        }
        let changelog = match event.kind.about().subject {
            Subject::Changelog(entry) => Some(entry_of(view, entry, leased, is_private).await?),
            _ => None,
        };
        return Ok(Some(Happening { event, post: None, comment: None, answer: None, promise: None, changelog }));
    };
    let mut post = post::by_id(&view, id).await?;
    let board = &post.row.board;
    if board.private && Some(board.id) != leased.board_id || leased.board_id.is_some_and(|own| own != board.id) {
        return Ok(None);
    }
    // a public board is read as anybody reads it; nobody but the staff and its groups may read a private one, so that is read as the forum
    // itself does, and whatever is hidden left out
    let view = if board.private { view } else { view.seen_by(Actor::Visitor) };
    if !board.private {
        post = post::by_id(&view, id).await?;
    } else if post.row.hidden.is_some() || post.held_since.is_some() {
        return Ok(None);
    }
    let (db, now) = (view.db(), view.now());
    let (mut comment, mut answer, mut promise) = (None, None, None);
    match event.kind.about().subject {
        Subject::Comment(id) => {
            let found = comment::visible(&view, id).await?;
            if found.held_since.is_some() {
                return Ok(None);
            }
            comment = (found.hidden.is_none() || !post.row.board.private).then_some(found);
        }
        Subject::Answer(id) => answer = answer::by_id(db, id).await?,
        Subject::Promise(id) => promise = Some(promise::by_id(db, view.actor(), id, now).await?),
        _ => {}
    }
    Ok(Some(Happening { event, post: Some(post), comment, answer, promise, changelog: None }))
}

/// An entry of the changelog as a visitor reads it; to the hook of a private board, as whoever sees that board and no other private one.
async fn entry_of(view: View<'_>, id: ChangelogId, leased: &Leased, is_private: bool) -> Result<Entry> {
    if !is_private {
        let view = view.seen_by(Actor::Visitor);
        return changelog::by_id(view.db(), view.actor(), id, view.now()).await;
    }
    let mut entry = changelog::by_id(view.db(), view.actor(), id, view.now()).await?;
    entry.posts.retain(|credit| !credit.board.private || Some(credit.board.id) == leased.board_id);
    entry.links.clear();
    let may = entry.state.is_public() && (entry.for_all || !entry.posts.is_empty());
    if may { Ok(entry) } else { Err(Error::NotFound) }
}
