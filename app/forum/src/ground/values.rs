//! The words that history and settings are written in. Each belongs to a room, which shows it as its own; they stand here since the ground
//! that all rooms stand on speaks of them.

use strum::{IntoStaticStr, VariantArray};

/// The director's level; there is none above it.
pub const HIGHEST: i32 = 3;

/// What sort of post it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Kind {
    /// Something new that could be done.
    Idea,
    /// Something that somebody would like to have.
    Wish,
    /// Something went wrong.
    Complaint,
    /// Something is done badly.
    Criticism,
}

crate::word::kept_as_words!(Kind);

impl Kind {
    /// One can be against an idea; a complaint happened.
    pub fn can_be_opposed(self) -> bool {
        self != Self::Complaint
    }
}

/// The fixed steps that every status belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Stage {
    /// It came in, nobody answered yet.
    Received,
    /// The company is looking into it.
    Review,
    /// It will be done.
    Planned,
    /// It is being done.
    Started,
    /// Done, says the company.
    Delivered,
    /// Done, say the customers.
    Confirmed,
    /// It will not be done.
    Declined,
    /// Put away.
    Archived,
}

crate::word::kept_as_words!(Stage);

impl Stage {
    /// The company has decided: from here on no decision is owed.
    pub fn is_decided(self) -> bool {
        !matches!(self, Self::Received | Self::Review)
    }

    /// Work goes on, so the next word is owed by a date.
    pub fn owes_update(self) -> bool {
        matches!(self, Self::Review | Self::Planned | Self::Started)
    }

    /// Nothing more is owed.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Confirmed | Self::Declined | Self::Archived)
    }

    /// `received` is where posts come in and `confirmed` is the customers' word: staff set neither.
    pub fn is_for_staff(self) -> bool {
        !matches!(self, Self::Received | Self::Confirmed)
    }
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Stance {
    /// For it; "me too" on a complaint.
    Support,
    /// Against it, with a reason; not on a complaint.
    Oppose,
}

crate::word::kept_as_words!(Stance);

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Name {
    /// The first official answer.
    FirstAnswer,
    /// The next official answer.
    NextUpdate,
    /// A decision: the stage leaves received and review.
    Decision,
}

crate::word::kept_as_words!(Name);

/// Why a post changed its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// A clock was missed.
    Missed,
    /// It was handed over for the third time.
    Handover,
    /// It happened again to the same customer.
    Again,
    /// The fifth customer reported it again.
    FifthAgain,
    /// The author says that it is not solved.
    NotSolved,
    /// Fewer than half of those asked say that it is solved.
    TooFewYes,
    /// Somebody lowered it and said why.
    Lowered,
}

crate::word::kept_as_words!(Cause);

/// Why the forum itself answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// Half or more of those who were asked say that it is solved.
    Confirmed,
    /// The author says that it is not solved.
    NotSolved,
    /// Fewer than half of those who answered say that it is solved.
    TooFewYes,
    /// It happened again to the same customer.
    Again,
    /// The fifth customer reported it again.
    FifthAgain,
}

crate::word::kept_as_words!(Verdict);

/// What the forum says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// Why it answers.
    Answer(Verdict),
    /// That a part of a text was removed under the house rule of that number.
    Removed(i32),
}

/// What became of the questions after a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Outcome {
    /// Half or more said yes.
    Confirmed,
    /// The author, or more than half, said no.
    Reopened,
    /// Nobody said anything.
    Unconfirmed,
    /// The company answered anew before it was decided.
    Overtaken,
}

crate::word::kept_as_words!(Outcome);

/// Where an idea comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Provenance {
    /// Customers had it.
    Customers,
    /// The company had planned it before.
    Planned,
    /// Both.
    Both,
}

crate::word::kept_as_words!(Provenance);

/// Why a text is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Suspicion {
    /// Somebody who is new links to another site.
    Links,
    /// Somebody else who is new said the same.
    Duplicate,
    /// Somebody who is new has an address that anybody reads for a while.
    Disposable,
    /// Somebody without an account brought no proof of work.
    Unproven,
    /// Somebody who is new added a picture or a document.
    Files,
}

crate::word::kept_as_words!(Suspicion);

/// What became of a text that was held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Screened {
    /// Everybody may read it.
    Released,
    /// The staff hid it under a rule.
    Hidden,
    /// Its author took it back.
    Removed,
}

crate::word::kept_as_words!(Screened);

/// What moderators do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Act {
    /// A text is not shown any more.
    Hide,
    /// What was done to a thing is taken back: it is shown, in full, and counts.
    Show,
    /// A part of a text is taken out.
    Redact,
    /// Nobody says anything more under a post.
    Lock,
    /// They may again.
    Unlock,
    /// A post stands on another board.
    Move,
    /// The staff gave a post another wording.
    Edit,
    /// A person may not write until a day.
    Ban,
    /// They may again.
    Unban,
    /// A vote does not count.
    ExcludeVote,
}

crate::word::kept_as_words!(Act);

impl Act {
    /// Whether it takes something from somebody, who may object to it.
    pub fn is_against(self) -> bool {
        !matches!(self, Self::Show | Self::Unlock | Self::Unban)
    }
}
