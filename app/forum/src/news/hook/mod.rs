//! Web-hooks: addresses of others that are told what happens. What is told follows from the history, in the transaction of the event; what
//! there is to say is read when it is sent, so that nothing goes out that was taken back before. How a message is worded, signed and sent
//! is the business of the process.
//!
//! A hook hears what everybody may know of, and if it is that of a private board, what whoever sees that board may know: never what is
//! hidden, or only for the staff.

mod address;
mod commands;
mod deliveries;

pub(crate) use address::parse as parse_address;
pub use address::{URL_MAX, is_named, is_public};
pub use commands::{Draft, Edit, change, create, remove, resend, rotate, test};
pub(crate) use deliveries::follow;
pub use deliveries::{
    ANSWER_MAX, Delivery, Happening, KEPT, Leased, Outcome, PATIENCE, Trouble, WAITS, deliveries, delivery, lease, next_due, note,
    open, sweep,
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::VariantArray as _;

use crate::{
    Error, Result,
    actor::Actor,
    db::{all, one, values},
    error::Problem,
    event::KindName,
    id::{BoardId, HookId},
    site::Language,
};

/// Hooks of a site, at most.
pub const MOST: usize = 50;
/// How long messages are signed with the former secret, too.
pub const ROTATION: TimeDelta = TimeDelta::hours(24);

/// How messages are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Shape {
    /// By the specification of Standard Webhooks, for programs.
    Standard,
    /// For an incoming web-hook of Slack.
    Slack,
    /// For a workflow of Microsoft Teams.
    Teams,
    /// For a generic web-hook of matrix-hookshot.
    Matrix,
}

crate::word::kept_as_words!(Shape);

/// Why a hook is not told any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Ended {
    /// The other side said that it is gone for good.
    Gone,
    /// Nothing arrived for days.
    Failing,
}

crate::word::kept_as_words!(Ended);

/// Whether a hook is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Standing {
    /// It is.
    Active,
    /// It is, and the last messages did not arrive.
    Failing,
    /// An admin halted it.
    Paused,
    /// The forum gave up on it.
    Disabled,
}

crate::word::named!(Standing);

/// A web-hook. Its secret is shown when it is made and never again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its number.
    pub id: HookId,
    /// Where messages go.
    pub url: String,
    /// Slug of the board that it hears of; all public ones when there is none.
    pub board: Option<String>,
    pub(crate) board_id: Option<BoardId>,
    /// The kinds of events that it hears of; whatever everybody may know of when there are none.
    pub kinds: Vec<KindName>,
    /// How messages are put together.
    pub shape: Shape,
    /// The language of those for people.
    pub language: Language,
    /// Until when messages are signed with the former secret, too.
    pub former_until: Option<DateTime<Utc>>,
    /// Since when it is halted.
    pub paused_at: Option<DateTime<Utc>>,
    /// Since when it is not told any more.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Why.
    pub disabled_reason: Option<Ended>,
    /// Since when nothing arrives.
    pub failing_since: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts its changes.
    pub version: i32,
}

impl Hook {
    /// Whether it is told.
    pub fn standing(&self) -> Standing {
        if self.disabled_at.is_some() {
            Standing::Disabled
        } else if self.paused_at.is_some() {
            Standing::Paused
        } else if self.failing_since.is_some() {
            Standing::Failing
        } else {
            Standing::Active
        }
    }

    /// The host that messages go to: all that is said of the address in public, since those of chats hold a secret.
    pub fn host(&self) -> String {
        host_of(&self.url)
    }
}

pub(crate) fn host_of(address: &str) -> String {
    url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// The kinds that a hook can hear of: what everybody may know of, and votes. Of a vote it is told that the counts are others, not whose.
pub fn offered() -> impl Iterator<Item = KindName> {
    KindName::VARIANTS.iter().copied().filter(|kind| is_usual(*kind) || is_vote(*kind))
}

/// Whether a hook hears of a kind of which it does not say that it wants it: of all that everybody may know of.
pub fn is_usual(kind: KindName) -> bool {
    !is_vote(kind)
        && !matches!(
            kind,
            KindName::RequestMade
                | KindName::RequestPassedUp
                | KindName::RequestDecided
                | KindName::SolvedSaid
                | KindName::PersonSignedUp
                | KindName::PersonVerified
                | KindName::PersonErased
                | KindName::HeldBack
                | KindName::MergeProposed
                | KindName::ProposalDecided
        )
}

fn is_vote(kind: KindName) -> bool {
    matches!(kind, KindName::VoteCast | KindName::VoteWithdrawn)
}

/// What a kind is called outside: `answer.published`.
pub fn type_of(kind: KindName) -> String {
    <&str>::from(kind).replacen('_', ".", 1)
}

/// The kind that is called so.
///
/// # Errors
/// [`Problem::UnknownChoice`].
pub fn parse_type(text: &str) -> std::result::Result<KindName, Problem> {
    offered().find(|kind| type_of(*kind) == text.trim()).ok_or(Problem::UnknownChoice)
}

/// Who may say whom the forum tells: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_arrange(actor: &Actor) -> Result<()> {
    actor.admin()
}

#[derive(FromQueryResult)]
struct Row {
    id: HookId,
    url: String,
    board: Option<String>,
    board_id: Option<BoardId>,
    kinds: String,
    shape: Shape,
    language: String,
    former_until: Option<DateTime<Utc>>,
    paused_at: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
    disabled_reason: Option<Ended>,
    failing_since: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<Row> for Hook {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            url: row.url,
            board: row.board,
            board_id: row.board_id,
            kinds: row.kinds.split_whitespace().filter_map(KindName::parse).collect(),
            shape: row.shape,
            language: Language::parse(&row.language).unwrap_or(Language::En),
            former_until: row.former_until,
            paused_at: row.paused_at,
            disabled_at: row.disabled_at,
            disabled_reason: row.disabled_reason,
            failing_since: row.failing_since,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

const SELECT: &str = "SELECT h.id, h.url, b.slug AS board, h.board_id, h.kinds, h.shape, h.language, h.former_until, h.paused_at,
        h.disabled_at, h.disabled_reason, h.failing_since, h.created_at, h.version
     FROM hooks h LEFT JOIN boards b ON b.id = h.board_id";

/// All hooks, oldest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Hook>> {
    Ok(all::<Row>(db, &format!("{SELECT} ORDER BY h.id"), []).await?.into_iter().map(Hook::from).collect())
}

/// A hook.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(db: &impl ConnectionTrait, id: HookId) -> Result<Hook> {
    one::<Row>(db, &format!("{SELECT} WHERE h.id = $1"), values![id]).await?.map(Hook::from).ok_or(Error::NotFound)
}
