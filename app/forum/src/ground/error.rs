//! The one error that leaves the forum. Each door (page, API, command line) maps it once.

use crate::actor::Ban;

/// What a query or a command answers.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in, and somebody has to be.
    #[error("not signed in")]
    Unauthenticated,
    /// The actor is known and may not do this.
    #[error("forbidden: {0:?}")]
    Forbidden(Denied),
    /// The actor is known and may not write for a time.
    #[error("banned until {}", .0.until)]
    Banned(Box<Ban>),
    /// What was given can't be taken; never empty.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<FieldError>),
    /// It can't be done in the present state.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// Too often.
    #[error("too many requests, try again in {retry_after} s")]
    Limited {
        /// Seconds until the next try can succeed, at least 1.
        retry_after: u64,
    },
    /// The database can't do it at the moment: the disk is full, another process holds it, it is being restarted. Nothing of it
    /// remains, and the same may succeed a little later.
    #[error("not available: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Ours to mend: a database that does not answer, a value that can't be.
    #[error("internal error: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Seconds after which what was not available may be asked for again.
    pub const RETRY_UNAVAILABLE: u64 = 5;

    /// Seconds after which the same may succeed, where that is known.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Limited { retry_after } => Some(*retry_after),
            Self::Unavailable(_) => Some(Self::RETRY_UNAVAILABLE),
            _ => None,
        }
    }

    /// One field that can't be taken.
    pub fn invalid(field: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldError { field, problem }])
    }

    /// Wraps what keeps the database from doing it now.
    pub fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }

    /// Wraps what can only be our own fault.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }
}

/// Why a known actor may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Denied {
    /// The e-mail address is not verified yet.
    Unverified,
    /// The role does not allow it.
    Role,
    /// The token's scopes do not allow it.
    Scope,
    /// Only the author may.
    NotAuthor,
    /// Only the owner of the post may.
    NotOwner,
    /// Only the one to whom it was offered may.
    NotReceiver,
    /// It is beyond the mandate of the role.
    Mandate,
    /// The request came from another site.
    Origin,
    /// It is about what they did themselves.
    OwnAct,
    /// Who posts here has an account.
    NoGuests,
    /// It takes an account, and they have none.
    Guest,
}

crate::word::named!(Denied);

/// Why the present state does not allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Conflict {
    /// Somebody changed it since it was read: what was sent would take that back unseen.
    Changed,
    /// The comment was removed.
    Removed,
    /// The same request is being answered right now.
    InProgress,
    /// It is there already.
    Exists,
    /// The post is on the lowest level.
    LowestLevel,
    /// There is no clock of that name that runs.
    NoClock,
    /// The clocks stand still already, or have stood still for as long as they may.
    StoppedLongEnough,
    /// Nothing stands still.
    NotStopped,
    /// It was answered, decided or said already, or its time is over.
    Over,
    /// The date of the promise is past: it is broken, and stays so.
    Broken,
    /// No remedy is owed.
    NothingOwed,
    /// The post was not solved, so nothing can have happened again.
    NotSolved,
    /// Posts stand there, or history tells of it.
    InUse,
    /// Each stage has a status at least.
    LastOfStage,
    /// Somebody has to be an admin.
    LastAdmin,
    /// The address was not shown to be theirs.
    NotVerified,
    /// Somebody of the staff: their role has to be taken away first.
    StillStaff,
    /// The post is locked.
    Locked,
    /// What it is about is hidden.
    Hidden,
    /// What it is about is held back until somebody of the staff has looked at it.
    HeldBack,
    /// A complaint has no answer yet.
    NotAnswered,
    /// The vote does not count any more.
    Excluded,
    /// It is of the staff.
    OfStaff,
    /// It is the head of a case: that has to be taken apart first.
    HeadsCase,
    /// It stands there as it was: there is nothing to take back, or nothing to object to.
    NothingDone,
    /// It is a member of a case: what there is to do is done at its head.
    Merged,
    /// The two posts are of one case already.
    OneCase,
    /// It belongs to no case.
    NoCase,
    /// Somebody proposed it before.
    Proposed,
    /// Posts of the board are of one case with posts of another: who sees the one has to see the other.
    CaseAcross,
}

crate::word::named!(Conflict);

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field as the form and the API spell it.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a field. Its words in the reader's language are the business of the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was given.
    Required,
    /// Fewer characters than needed.
    TooShort {
        /// Characters, at least.
        min: usize,
    },
    /// More characters than taken.
    TooLong {
        /// Characters, at most.
        max: usize,
    },
    /// Not one of the choices.
    UnknownChoice,
    /// Not an e-mail address.
    NotAnAddress,
    /// Not a date.
    NotADate,
    /// A date that has to lie ahead does not.
    NotInFuture,
    /// Later than the site allows.
    TooFarAhead {
        /// The last day that is allowed, ISO 8601.
        latest: String,
    },
    /// A password that is among the first that an attacker tries.
    GuessablePassword,
    /// The present password is another one.
    WrongPassword,
    /// Complaints can be supported, not opposed.
    ComplaintNotOpposable,
    /// A stage that only the system or the customers set.
    StageNotForStaff,
    /// A re-examination date or the word final is missing, or both are there.
    ReexamineOrFinal,
    /// More than allowed.
    TooMany {
        /// At most so many.
        max: usize,
    },
    /// The parent is not a comment on the same post.
    NotOnThisPost,
    /// A link to another site, of somebody who is new, in a text that stands there already.
    NoLinksYet,
    /// A picture or a document for a text that others read already, from somebody whose texts are looked at first.
    NoFilesYet,
    /// It has something in a field that no person sees.
    Trapped,
    /// The same person said the same a short while ago.
    SaidBefore {
        /// The number of the post that it was, or that it was said to.
        post: i64,
    },
    /// Taken by somebody or something else.
    Taken,
    /// The address has an account already.
    HasAccount,
    /// Not a member of the staff.
    NotStaff,
    /// Characters other than a-z, 0-9 and hyphens.
    NotASlug,
    /// A cursor that this list did not give.
    NotACursor,
    /// The link was used, is too old or never was.
    DeadLink,
    /// A proof of work that is not right, is too old or was used.
    NotProven,
    /// A key that was used for another request.
    KeyReused,
    /// A period that ends before it starts.
    EndsBeforeStart,
    /// A date that has to be later than the one before is not.
    NotLater,
    /// Complaints can happen again; ideas can't.
    NotAComplaint,
    /// Not an amount of money.
    NotAnAmount,
    /// Not a whole number between two bounds.
    OutOfRange {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
    },
    /// Not the name of a time zone.
    NotATimeZone,
    /// Not a colour such as `#0b5f70`.
    NotAColour,
    /// A colour that can't be read on light paper.
    TooPale {
        /// The nearest that can.
        enough: String,
    },
    /// A language that the site does not offer.
    NotOffered,
    /// One rule has to stay in force.
    LastRule,
    /// The board takes no new posts.
    BoardClosed,
    /// The board is not for those who read the post now.
    OtherReaders,
    /// The text does not have these words.
    NotInText,
    /// There is no post of that number.
    NotAPost,
    /// It is the very post.
    SamePost,
    /// The two posts are not seen by the same people.
    OtherAudience,
    /// A file that is neither a picture of the kinds that are taken nor a PDF, whatever it is called.
    NotAFile,
    /// A file with more bytes than are taken.
    TooLarge {
        /// Megabytes, at most.
        max: usize,
    },
    /// A picture or a document that can't be read to its end.
    NotReadable,
    /// A picture with more pixels than are taken.
    TooManyPixels {
        /// Millions, at most.
        max: usize,
    },
    /// Not an address that messages may be sent to.
    NotAHookAddress,
    /// Not the address of a site on whose pages the forum could be shown.
    NotAnOrigin {
        /// What was typed.
        text: String,
    },
    /// Not what a browser says about where it is pushed to.
    NotAPushKey,
    /// The request body does not have this shape.
    Malformed,
    /// The company has not said of a post that it is delivered.
    NotDelivered {
        /// Its number.
        post: i64,
    },
    /// Nobody but the staff could read it: it names no post that others see, and is not for everybody.
    ForNobody,
    /// Some of those who can read it now could not any more.
    WouldVanish,
    /// Nothing: it was typed, and waits to be sent.
    NotSent,
}

/// Gathers the errors of several fields, so that a form hears of all of them at once.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the value, or notes what is wrong with the field.
    pub fn field<T>(&mut self, field: &'static str, parsed: std::result::Result<T, Problem>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.refuse(field, problem);
                None
            }
        }
    }

    /// Notes that a field can't be taken.
    pub fn refuse(&mut self, field: &'static str, problem: Problem) {
        self.0.push(FieldError { field, problem });
    }

    /// Notes what another check refused.
    ///
    /// # Errors
    /// Any error that is not about fields, as it is.
    pub(crate) fn take(&mut self, error: Error) -> Result<()> {
        match error {
            Error::Invalid(errors) => {
                self.0.extend(errors);
                Ok(())
            }
            error => Err(error),
        }
    }

    /// What two checks refused, side by side; of an error that is not about fields, that alone.
    pub(crate) fn of_both(one: Option<Error>, other: Option<Error>) -> Error {
        let mut check = Self::new();
        for error in [one, other].into_iter().flatten() {
            if let Err(error) = check.take(error) {
                return error;
            }
        }
        Error::Invalid(check.0)
    }

    /// The values that were kept, or all errors at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] when anything was refused.
    pub fn finish<K: Kept>(self, kept: K) -> Result<K::Values> {
        if !self.0.is_empty() {
            return Err(Error::Invalid(self.0));
        }
        kept.values().ok_or_else(|| Error::internal("a value is missing that nobody refused"))
    }
}

/// What [`Check::field`] kept: of one field, of several side by side, or of none.
pub trait Kept {
    /// The same, once it is known that all are there.
    type Values;

    /// All of them, if none is missing.
    fn values(self) -> Option<Self::Values>;
}

impl<T> Kept for Option<T> {
    type Values = T;

    fn values(self) -> Option<T> {
        self
    }
}

impl Kept for () {
    type Values = ();

    fn values(self) -> Option<()> {
        Some(())
    }
}

macro_rules! kept_side_by_side {
    ($($value:ident)*) => {
        impl<$($value),*> Kept for ($(Option<$value>,)*) {
            type Values = ($($value,)*);

            #[expect(non_snake_case, reason = "a value is named as its type")]
            fn values(self) -> Option<Self::Values> {
                let ($($value,)*) = self;
                Some(($($value?,)*))
            }
        }
    };
}
kept_side_by_side!(A B);
kept_side_by_side!(A B C);
kept_side_by_side!(A B C D);
kept_side_by_side!(A B C D E);
