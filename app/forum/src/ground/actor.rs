//! Who is asking, and what they may do.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    Error, Result,
    error::Denied,
    id::{ModerationId, PersonId},
};

/// Who is asking. Queries and commands take it; nothing is written without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular.
    Visitor,
    /// Somebody who signed in, or whose token it is.
    Person(Me),
    /// The forum itself: the command line, an importer, a job under a rule.
    System,
}

/// The person who acts, as far as policy needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Who.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they have shown that the e-mail address is theirs.
    pub verified: bool,
    /// Whether they have no account, but the receipt of a post, which speaks for them on that post alone.
    pub guest: bool,
    /// The language that they chose.
    pub language: Option<String>,
    /// What the token at hand allows; a signed-in browser has no such bounds.
    pub scope: Option<Scope>,
    /// Why they may not write for a time.
    pub ban: Option<Ban>,
}

/// Why somebody may read, but not write for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// The act of moderation, to which they may object.
    pub act: ModerationId,
    /// The house rule that it followed from.
    pub rule: i32,
    /// Why.
    pub reason: String,
    /// The last day.
    pub last_day: NaiveDate,
    /// When it is over.
    pub until: DateTime<Utc>,
}

impl Ban {
    /// Whether it holds at a time.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        now < self.until
    }
}

/// What a person may do. Each role may do what the one before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Role {
    /// A customer.
    Member,
    /// Staff, desk.
    Agent,
    /// Staff, second level.
    Lead,
    /// Staff, third level.
    Director,
    /// Staff who also configure the site.
    Admin,
}

crate::word::kept_as_words!(Role);

impl Role {
    /// Whether people of this role answer for the company.
    pub fn is_staff(self) -> bool {
        self > Self::Member
    }

    /// The role that counts. Whoever has not shown that the address is theirs is a member, whatever that address was given.
    #[must_use]
    pub fn standing(self, verified: bool) -> Self {
        if verified { self } else { Self::Member }
    }
}

/// What a token allows at most. Each scope includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Scope {
    /// To read as its person.
    Read,
    /// To write as a customer.
    Write,
    /// To act as staff.
    Staff,
    /// To configure the site.
    Admin,
}

crate::word::named!(Scope);

impl Scope {
    /// The most that a person of this role can use.
    pub fn most_for(role: Role) -> Self {
        match role {
            Role::Member => Self::Write,
            Role::Agent | Role::Lead | Role::Director => Self::Staff,
            Role::Admin => Self::Admin,
        }
    }
}

impl Actor {
    /// Whoever is signed in, verified or not.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor.
    pub fn person(&self) -> Result<&Me> {
        match self {
            Self::Person(me) => Ok(me),
            Self::Visitor | Self::System => Err(Error::Unauthenticated),
        }
    }

    /// A verified person who may write.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor, [`Error::Forbidden`] for an unverified person or a token that only reads.
    pub fn member(&self) -> Result<&Me> {
        self.person()?.acting(|_| true, Scope::Write)
    }

    /// Whoever may say something about some post: a verified person who may write, or a guest. On which, [`Actor::voice_on`] says.
    ///
    /// # Errors
    /// As [`Actor::member`].
    pub fn voice(&self) -> Result<&Me> {
        match self {
            Self::Person(me) if me.guest => me.unbanned(),
            _ => self.member(),
        }
    }

    /// Whoever may say something about a post of that author: a verified person who may write, or the guest whose own it is.
    ///
    /// # Errors
    /// As [`Actor::member`]; [`Error::Forbidden`] for a guest elsewhere.
    pub fn voice_on(&self, author: PersonId) -> Result<&Me> {
        let me = self.voice()?;
        if me.guest && me.id != author { Err(Error::Forbidden(Denied::NotAuthor)) } else { Ok(me) }
    }

    /// A verified person, or a guest, who may object to what was done to them or to what is theirs, whether or not they may write anything
    /// else.
    ///
    /// # Errors
    /// As [`Actor::member`], but not of those who are banned.
    pub fn heard(&self) -> Result<&Me> {
        match self {
            Self::Person(me) if me.guest => Ok(me),
            _ => self.person()?.permitted(|_| true, Scope::Write),
        }
    }

    /// The same at a time: a ban that is over is none.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        if let Self::Person(me) = &mut self {
            me.ban = me.ban.take().filter(|ban| ban.holds(now));
        }
        self
    }

    /// A verified member of the staff.
    ///
    /// # Errors
    /// As [`Actor::member`], and [`Error::Forbidden`] for a customer or a token without the scope.
    pub fn staff(&self) -> Result<&Me> {
        self.person()?.acting(Role::is_staff, Scope::Staff)
    }

    /// A verified person who configures the site; the command line may too.
    ///
    /// # Errors
    /// As [`Actor::member`], and [`Error::Forbidden`] for everybody else or a token without the scope.
    pub fn admin(&self) -> Result<()> {
        if *self == Self::System {
            return Ok(());
        }
        self.person()?.acting(|role| role == Role::Admin, Scope::Admin).map(drop)
    }

    /// Who it is, if anybody.
    pub fn id(&self) -> Option<PersonId> {
        match self {
            Self::Person(me) => Some(me.id),
            Self::Visitor | Self::System => None,
        }
    }

    /// Whether it is a member of the staff, or the forum itself: they see every board.
    pub fn sees_all(&self) -> bool {
        match self {
            Self::Person(me) => me.standing().is_staff(),
            Self::System => true,
            Self::Visitor => false,
        }
    }
}

impl Me {
    /// The role that counts: see [`Role::standing`].
    pub fn standing(&self) -> Role {
        self.role.standing(self.verified)
    }

    /// Whoever acts by a role acts through here: the role, the token and the address have to allow it, and no ban may forbid it.
    fn acting(&self, by: fn(Role) -> bool, needed: Scope) -> Result<&Self> {
        self.permitted(by, needed)?.unbanned()
    }

    fn unbanned(&self) -> Result<&Self> {
        self.ban.as_ref().map_or(Ok(self), |ban| Err(Error::Banned(Box::new(ban.clone()))))
    }

    fn permitted(&self, by: fn(Role) -> bool, needed: Scope) -> Result<&Self> {
        if self.guest {
            return Err(Error::Forbidden(Denied::Guest));
        }
        if !by(self.role) {
            return Err(Error::Forbidden(Denied::Role));
        }
        self.scoped(needed)?;
        if self.verified { Ok(self) } else { Err(Error::Forbidden(Denied::Unverified)) }
    }

    /// Whether the token at hand allows that much.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub(crate) fn scoped(&self, needed: Scope) -> Result<()> {
        match self.scope {
            Some(scope) if scope < needed => Err(Error::Forbidden(Denied::Scope)),
            _ => Ok(()),
        }
    }
}
