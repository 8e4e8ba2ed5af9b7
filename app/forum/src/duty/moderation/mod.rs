//! What the company does to what people wrote, or to what they may do: never without a house rule and a reason, never without a marker in
//! the place of what it took away, and never as the last word. Whoever it was done to can object, and somebody else decides.

mod acts;
mod appeal;
mod queries;
mod take_back;
mod texts;

pub use acts::*;
pub use appeal::*;
pub use queries::*;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result,
    actor::{Actor, Me, Role},
    error::{Denied, Problem},
    id::{CommentId, ModerationId, PersonId, PostId},
    person::Person,
};

pub use crate::{marker::Marker, values::Act};

/// Days for which one can object.
pub const APPEAL_DAYS: i64 = 180;
/// Working days in which an objection is to be decided.
pub const DECIDED_WITHIN: u32 = 5;
/// Characters of an objection, at most.
pub const APPEAL_MAX: usize = 2000;
/// Days of a ban, at most.
pub const BAN_MAX: u64 = 366;
/// Characters of a passage that is taken out, at least: less is a part of too many words.
pub const PASSAGE_MIN: usize = 2;

/// What sort of thing something is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Sort {
    /// A post.
    Post,
    /// A comment.
    Comment,
    /// A person.
    Person,
    /// A person's vote on a post.
    Vote,
}

crate::word::kept_as_words!(Sort);

impl Sort {
    /// What can be done to it.
    pub fn acts(self) -> &'static [Act] {
        match self {
            Self::Post => &[Act::Hide, Act::Show, Act::Redact, Act::Lock, Act::Unlock, Act::Move, Act::Edit],
            Self::Comment => &[Act::Hide, Act::Show, Act::Redact, Act::Edit],
            Self::Person => &[Act::Ban, Act::Unban],
            Self::Vote => &[Act::ExcludeVote, Act::Show],
        }
    }
}

/// What something is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A post.
    Post(PostId),
    /// A comment.
    Comment(CommentId),
    /// A person.
    Person(PersonId),
    /// A person's vote on a post.
    Vote(PostId, PersonId),
}

impl Target {
    /// The thing of that sort and number. A vote is known by the number of the post and the person: `812/018f…`.
    ///
    /// # Errors
    /// [`Problem::Required`], [`Problem::UnknownChoice`].
    pub fn parse(sort: Sort, id: &str) -> std::result::Result<Self, Problem> {
        let id = id.trim();
        if id.is_empty() {
            return Err(Problem::Required);
        }
        let post = |id: &str| id.parse().ok().map(PostId);
        let person = |id: &str| id.parse().ok().map(PersonId);
        let target = match sort {
            Sort::Post => post(id).map(Self::Post),
            Sort::Comment => id.parse().ok().map(CommentId).map(Self::Comment),
            Sort::Person => person(id).map(Self::Person),
            Sort::Vote => id.split_once('/').and_then(|(of, by)| Some(Self::Vote(post(of)?, person(by)?))),
        };
        target.ok_or(Problem::UnknownChoice)
    }

    /// What sort of thing it is.
    pub fn sort(self) -> Sort {
        match self {
            Self::Post(_) => Sort::Post,
            Self::Comment(_) => Sort::Comment,
            Self::Person(_) => Sort::Person,
            Self::Vote(..) => Sort::Vote,
        }
    }

    /// The comment, if it is one.
    fn comment(self) -> Option<CommentId> {
        if let Self::Comment(id) = self { Some(id) } else { None }
    }
}

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Ruling {
    /// Whoever objected was right: the act is taken back.
    Upheld,
    /// The act stands.
    Rejected,
}

crate::word::kept_as_words!(Ruling);

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Appeal {
    /// What whoever objects says; empty when they only ask for somebody else to look.
    pub body: String,
    /// When they objected.
    pub created_at: DateTime<Utc>,
    /// By when it is to be decided.
    pub due_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Option<Ruling>,
    /// Why.
    pub reason: Option<String>,
    /// The role of whoever decided.
    pub role: Option<Role>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Appeal {
    /// Whether it should have been decided by now.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.outcome.is_none() && now > self.due_at
    }
}

/// What tells which text something was done to: the title of the post, or the first words of the comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// The language that they are written in (BCP 47).
    pub language: String,
}

/// An act of moderation, with what was said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderation {
    /// Its number.
    pub id: ModerationId,
    /// What it was done to.
    pub target: Target,
    /// Which text that is, as far as its reader may know it.
    pub words: Option<Words>,
    /// The post that it was done to, or on.
    pub post: Option<PostId>,
    /// Whose thing it was done to.
    pub whose: Person,
    /// What was done.
    pub act: Act,
    /// The house rule that it followed from.
    pub rule: i32,
    /// Why, in public.
    pub reason: String,
    /// Who did it.
    pub by: Person,
    /// The role that they had.
    pub role: Role,
    /// When.
    pub at: DateTime<Utc>,
    /// When the company looks at it again.
    pub review_on: Option<NaiveDate>,
    /// The last day of a ban.
    pub last_day: Option<NaiveDate>,
    /// The wording that an edit made.
    pub version: Option<i32>,
    /// The names of the boards that a post went from and to.
    pub boards: Option<(String, String)>,
    /// The act that it took back.
    pub undoes: Option<ModerationId>,
    /// The act that took it back.
    pub undone_by: Option<ModerationId>,
    /// The objection to it.
    pub appeal: Option<Appeal>,
}

impl Moderation {
    /// Whether it was taken back.
    pub fn is_undone(&self) -> bool {
        // what an edit changed is put right by another edit
        self.undone_by.is_some() || self.appeal.as_ref().is_some_and(|appeal| appeal.outcome == Some(Ruling::Upheld))
    }

    /// Until when one can object to it.
    pub fn appeal_until(&self) -> DateTime<Utc> {
        self.at + chrono::TimeDelta::days(APPEAL_DAYS)
    }

    /// Whether somebody could object to it now.
    pub fn is_appealable(&self, now: DateTime<Utc>) -> bool {
        self.act.is_against() && !self.is_undone() && self.appeal.is_none() && now <= self.appeal_until()
    }
}

/// Who may moderate: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_moderate(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Who may do this: the staff; who keeps people from writing, and lets them, leads and above.
///
/// # Errors
/// As [`Actor::staff`], and [`Error::Forbidden`] for an agent.
pub fn may_act(actor: &Actor, act: Act) -> Result<&Me> {
    if matches!(act, Act::Ban | Act::Unban) { may_decide(actor) } else { may_moderate(actor) }
}

/// Who may decide what somebody objects to: leads and above.
///
/// # Errors
/// As [`Actor::staff`], and [`Error::Forbidden`] for an agent.
pub fn may_decide(actor: &Actor) -> Result<&Me> {
    let me = actor.staff()?;
    if me.role >= Role::Lead { Ok(me) } else { Err(Error::Forbidden(Denied::Role)) }
}
