//! The one history. Each command notes what it did; mail, live updates and whatever follows later read it from here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Result, Tx,
    db::{Sql, exec},
    id::{AnswerId, CommentId, PersonId, PostId},
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
    /// Somebody signed up.
    PersonSignedUp,
    /// An address was shown to be its person's.
    PersonVerified,
}

impl Kind {
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
