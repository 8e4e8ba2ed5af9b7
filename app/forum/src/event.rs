//! The one history. Each command notes what it did; mail, live updates and whatever follows later read it from here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Result, Tx, clock, confirm,
    db::{Sql, exec},
    id::{AgainId, AnswerId, CommentId, HandoverId, PersonId, PostId, PromiseId, RequestId},
    level,
    provenance::Provenance,
    vote::Stance,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Who did it; `None` for the forum itself.
    pub actor: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
    /// On which post, if on one.
    pub post: Option<PostId>,
    /// What.
    pub kind: Kind,
}

/// What happened, and what is needed to tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// Somebody posted.
    PostSubmitted,
    /// A post has a new wording.
    PostEdited {
        /// The number of the new version.
        version: i32,
    },
    /// A person's stance on a post changed.
    VoteCast {
        /// The new stance.
        stance: Stance,
    },
    /// A person took the vote back.
    VoteWithdrawn,
    /// Somebody commented.
    CommentPosted {
        /// The comment.
        comment: CommentId,
        /// The comment that it replies to.
        parent: Option<CommentId>,
    },
    /// A comment has a new wording.
    CommentEdited {
        /// The comment.
        comment: CommentId,
    },
    /// An author took a comment back.
    CommentRemoved {
        /// The comment.
        comment: CommentId,
    },
    /// The company answered.
    AnswerPublished {
        /// The answer.
        answer: AnswerId,
    },
    /// A post has a new owner.
    OwnerSet {
        /// Who.
        person: PersonId,
    },
    /// A post lost its owner, who can't be accountable any more; a rule of assignment finds another.
    OwnerReleased {
        /// Who had it.
        person: PersonId,
    },
    /// A clock was missed.
    ClockMissed {
        /// Which.
        clock: clock::Name,
        /// When it was due.
        due_at: DateTime<Utc>,
        /// The level of the post until then.
        level: i32,
    },
    /// A clock was given more time.
    ClockExtended {
        /// Which.
        clock: clock::Name,
        /// When it was due.
        old_due_at: DateTime<Utc>,
        /// When it is due since.
        new_due_at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
    /// The company waits for the customer.
    ClocksStopped {
        /// What is needed.
        reason: String,
        /// Until when at most.
        until_at: DateTime<Utc>,
    },
    /// The clocks run again.
    ClocksResumed,
    /// A post went up, or down.
    LevelChanged {
        /// The level before.
        from: i32,
        /// The level since.
        to: i32,
        /// Why.
        cause: level::Cause,
        /// Which clock was missed, if one was.
        clock: Option<clock::Name>,
    },
    /// Ownership was offered.
    HandoverOffered {
        /// The offer.
        handover: HandoverId,
    },
    /// The receiver owns the post.
    HandoverAccepted {
        /// The offer.
        handover: HandoverId,
    },
    /// The receiver turned it down.
    HandoverDeclined {
        /// The offer.
        handover: HandoverId,
    },
    /// Nobody answered the offer in time.
    HandoverLapsed {
        /// The offer.
        handover: HandoverId,
    },
    /// Somebody asks for an act beyond their mandate.
    RequestMade {
        /// The request.
        request: RequestId,
    },
    /// Nobody decided it in time; the next level does.
    RequestPassedUp {
        /// The request.
        request: RequestId,
    },
    /// It was decided.
    RequestDecided {
        /// The request.
        request: RequestId,
    },
    /// A promise was made.
    PromiseMade {
        /// The promise.
        promise: PromiseId,
    },
    /// A promise has a new wording.
    PromiseChanged {
        /// The promise.
        promise: PromiseId,
    },
    /// A promise was kept.
    PromiseKept {
        /// The promise.
        promise: PromiseId,
    },
    /// A promise was taken back.
    PromiseWithdrawn {
        /// The promise.
        promise: PromiseId,
    },
    /// The date of a promise passed.
    PromiseBroken {
        /// The promise.
        promise: PromiseId,
    },
    /// The remedy of a broken promise was paid.
    PromisePaid {
        /// The promise.
        promise: PromiseId,
    },
    /// A customer reports that it happened again.
    HappenedAgain {
        /// The report.
        again: AgainId,
    },
    /// Author and supporters, or in the second round the author, were asked whether it is solved.
    CustomersAsked {
        /// The delivery that they are asked about.
        answer: AnswerId,
        /// 1 after the delivery, 2 four weeks later.
        round: i32,
    },
    /// Somebody said whether it is solved.
    SolvedSaid {
        /// The delivery.
        answer: AnswerId,
        /// What they said.
        solved: bool,
    },
    /// What the customers said was counted.
    CheckClosed {
        /// The delivery.
        answer: AnswerId,
        /// What became of it.
        outcome: confirm::Outcome,
    },
    /// The author answered a refusal.
    Rebutted {
        /// The refusal.
        answer: AnswerId,
    },
    /// Staff said where an idea comes from.
    ProvenanceSet {
        /// Where from.
        provenance: Provenance,
    },
    /// Somebody signed up.
    PersonSignedUp,
    /// An address was shown to be its person's.
    PersonVerified,
}

impl Kind {
    /// Whether the public figures are others after it. Votes only move a post between groups, which may take a minute.
    pub(crate) fn changes_figures(&self) -> bool {
        !matches!(
            self,
            Self::VoteCast { .. }
                | Self::VoteWithdrawn
                | Self::CommentPosted { .. }
                | Self::CommentEdited { .. }
                | Self::CommentRemoved { .. }
                | Self::PersonSignedUp
                | Self::PersonVerified
        )
    }

    /// The name in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::PostSubmitted => "post_submitted",
            Self::PostEdited { .. } => "post_edited",
            Self::VoteCast { .. } => "vote_cast",
            Self::VoteWithdrawn => "vote_withdrawn",
            Self::CommentPosted { .. } => "comment_posted",
            Self::CommentEdited { .. } => "comment_edited",
            Self::CommentRemoved { .. } => "comment_removed",
            Self::AnswerPublished { .. } => "answer_published",
            Self::OwnerSet { .. } => "owner_set",
            Self::OwnerReleased { .. } => "owner_released",
            Self::ClockMissed { .. } => "clock_missed",
            Self::ClockExtended { .. } => "clock_extended",
            Self::ClocksStopped { .. } => "clocks_stopped",
            Self::ClocksResumed => "clocks_resumed",
            Self::LevelChanged { .. } => "level_changed",
            Self::HandoverOffered { .. } => "handover_offered",
            Self::HandoverAccepted { .. } => "handover_accepted",
            Self::HandoverDeclined { .. } => "handover_declined",
            Self::HandoverLapsed { .. } => "handover_lapsed",
            Self::RequestMade { .. } => "request_made",
            Self::RequestPassedUp { .. } => "request_passed_up",
            Self::RequestDecided { .. } => "request_decided",
            Self::PromiseMade { .. } => "promise_made",
            Self::PromiseChanged { .. } => "promise_changed",
            Self::PromiseKept { .. } => "promise_kept",
            Self::PromiseWithdrawn { .. } => "promise_withdrawn",
            Self::PromiseBroken { .. } => "promise_broken",
            Self::PromisePaid { .. } => "promise_paid",
            Self::HappenedAgain { .. } => "happened_again",
            Self::CustomersAsked { .. } => "customers_asked",
            Self::SolvedSaid { .. } => "solved_said",
            Self::CheckClosed { .. } => "check_closed",
            Self::Rebutted { .. } => "rebutted",
            Self::ProvenanceSet { .. } => "provenance_set",
            Self::PersonSignedUp => "person_signed_up",
            Self::PersonVerified => "person_verified",
        }
    }
}

impl Tx {
    /// Notes that the actor did something, to a post if one is named.
    pub(crate) fn happened(&mut self, post: Option<PostId>, kind: Kind) {
        let event = Event { actor: self.actor().id(), at: self.now(), post, kind };
        self.record(event);
    }
}

/// Writes events to the history, in this order.
pub(crate) async fn append(tx: &Tx, events: &[Event]) -> Result<()> {
    for chunk in events.chunks(100) {
        let mut sql = Sql::new("INSERT INTO events (kind, actor_id, post_id, data, created_at) VALUES ");
        for (n, event) in chunk.iter().enumerate() {
            let data = serde_json::to_value(&event.kind).map_err(crate::Error::internal)?;
            sql.push(if n == 0 { "(" } else { ", (" });
            sql.bind(event.kind.as_str()).push(", ").bind(event.actor.map(|p| p.0)).push(", ").bind(event.post.map(|p| p.0));
            sql.push(", ").bind(data).push(", ").bind(event.at).push(")");
        }
        exec(tx.conn(), &sql.text, sql.values).await?;
    }
    Ok(())
}
