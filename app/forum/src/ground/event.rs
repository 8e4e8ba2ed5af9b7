//! The one history. Each command notes what it did; what follows from it (letters, the search index, the work queue of a person who left)
//! and what is told of it later (the story of a post, the record, feeds) is read from here.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

use crate::{
    Error, Result, Tx,
    actor::{Actor, Role},
    db::{Sql, all, one, values},
    id::{
        AgainId, AnswerId, BoardId, ChangelogId, CommentId, EventId, HandoverId, ModerationId, PersonId, PostId, PromiseId,
        ProposalId, RequestId, RingId,
    },
    values::{Act, Cause, Name, Outcome, Provenance, Stance},
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in the history; 0 until it stands there.
    pub id: EventId,
    /// Who did it; `None` for the forum itself.
    pub actor: Option<PersonId>,
    /// The role that they had then.
    pub role: Option<Role>,
    /// When.
    pub at: DateTime<Utc>,
    /// On which post, if on one.
    pub post: Option<PostId>,
    /// On which board, that of its post if it has one: who may not see the board may not hear of it.
    pub board: Option<BoardId>,
    /// What.
    pub kind: Kind,
    /// The house rule that it followed from, if one was named.
    pub rule: Option<i32>,
    /// What whoever did it gave as the reason, in public.
    pub reason: Option<String>,
}

/// What happened, and what is needed to tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum_discriminants(
    name(KindName),
    doc = "The name of a kind.",
    derive(Hash, IntoStaticStr, VariantArray),
    strum(serialize_all = "snake_case")
)]
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
        /// The number of the new version; nothing of what happened before it was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<i32>,
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
        clock: Name,
        /// When it was due.
        due_at: DateTime<Utc>,
        /// The level of the post until then.
        level: i32,
    },
    /// A clock was given more time.
    ClockExtended {
        /// Which.
        clock: Name,
        /// When it was due.
        old_due_at: DateTime<Utc>,
        /// When it is due since.
        new_due_at: DateTime<Utc>,
    },
    /// The company waits for the customer.
    ClocksStopped {
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
        cause: Cause,
        /// Which clock was missed, if one was.
        clock: Option<Name>,
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
        outcome: Outcome,
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
    /// The settings by which the company works are others.
    SettingsChanged {
        /// Which part of them.
        part: Part,
        /// What they were and are; nothing of what happened before it was noted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
    },
    /// Another formula sorts the posts.
    RankingChanged {
        /// Its version.
        version: i32,
        /// The version before; nothing of what happened before it was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i32>,
    },
    /// Somebody has another role.
    RoleSet {
        /// Who.
        person: PersonId,
        /// The role before.
        from: Role,
        /// The role since.
        to: Role,
    },
    /// Somebody signed up.
    PersonSignedUp {
        /// Who.
        person: PersonId,
    },
    /// An address was shown to be its person's.
    PersonVerified {
        /// Whose.
        person: PersonId,
    },
    /// Somebody had themselves erased.
    PersonErased {
        /// Who.
        person: PersonId,
    },
    /// The company did something to what somebody wrote, or to what they may do.
    Moderated {
        /// The act.
        moderation: ModerationId,
        /// What was done.
        act: Act,
        /// To which comment, if it was done to one.
        comment: Option<CommentId>,
        /// Whether something was taken back because whoever objected was right.
        on_appeal: bool,
    },
    /// Somebody objects to that.
    Appealed {
        /// The act.
        moderation: ModerationId,
    },
    /// Somebody else decided whether they were right.
    AppealDecided {
        /// The act.
        moderation: ModerationId,
        /// Whether they were: then the act was taken back.
        upheld: bool,
    },
    /// A post became a member of a case.
    PostMerged {
        /// The head of the case.
        into: PostId,
    },
    /// A post is no member of a case any more.
    PostUnmerged {
        /// The head of the case.
        from: PostId,
    },
    /// A text is held back until somebody of the staff has looked at it.
    HeldBack {
        /// The comment, if it is one.
        comment: Option<CommentId>,
    },
    /// Everybody may read it since.
    Released {
        /// The comment, if it is one.
        comment: Option<CommentId>,
    },
    /// Votes on a post look as if they were cast as one; the staff looks at them.
    VotesDoubted {
        /// The group of accounts that cast them.
        ring: RingId,
    },
    /// The staff found nothing wrong with them.
    VotesCleared {
        /// The group of accounts.
        ring: RingId,
    },
    /// Somebody thinks that two posts are one matter.
    MergeProposed {
        /// The proposal.
        proposal: ProposalId,
    },
    /// A proposal was decided.
    ProposalDecided {
        /// The proposal.
        proposal: ProposalId,
        /// Whether the posts are one matter since.
        merged: bool,
    },
    /// An entry of the changelog is in public since.
    ChangelogPublished {
        /// The entry.
        entry: ChangelogId,
    },
    /// An entry that was in public has another wording, or names other posts.
    ChangelogCorrected {
        /// The entry.
        entry: ChangelogId,
        /// The number of the correction.
        correction: i32,
    },
    /// An entry that was in public does not hold any more.
    ChangelogWithdrawn {
        /// The entry.
        entry: ChangelogId,
    },
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The post itself.
    Post,
    /// A comment.
    Comment(CommentId),
    /// An official answer.
    Answer(AnswerId),
    /// A person.
    Person(PersonId),
    /// An offer of ownership.
    Handover(HandoverId),
    /// An act that waits for a wider mandate.
    Request(RequestId),
    /// A promise.
    Promise(PromiseId),
    /// A report that it happened again.
    Again(AgainId),
    /// How the site is set.
    Site(Part),
    /// An act of moderation.
    Moderation(ModerationId),
    /// A case, by its head.
    Case(PostId),
    /// A proposal that two posts are one matter.
    Proposal(ProposalId),
    /// An entry of the changelog.
    Changelog(ChangelogId),
}

/// A part of how the site is set whose changes are official.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// Which days are worked.
    Calendar,
    /// By when an answer is due.
    Clocks,
    /// What each role may do without asking.
    Mandates,
    /// In which order posts stand.
    Ranking,
    /// The house rules.
    Rules,
    /// The boards that posts belong to.
    Boards,
    /// Whom else the forum tells what happens.
    Hooks,
    /// On whose pages it is shown.
    Embeds,
}

/// A setting that is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which one, from the whole to the part: `complaint_terms.decision`.
    pub key: String,
    /// What it was; null where there was nothing.
    pub from: serde_json::Value,
    /// What it is; null where there is nothing any more.
    pub to: serde_json::Value,
}

crate::word::named!(Part);

impl Event {
    /// What it is about: its name and its number, as the history keeps them.
    pub fn columns(&self) -> (&'static str, Option<String>) {
        self.kind.about().subject.columns(self)
    }
}

impl Subject {
    /// Its name and its number, as the history keeps them.
    fn columns(self, event: &Event) -> (&'static str, Option<String>) {
        match self {
            Self::Post => ("post", event.post.map(|id| id.to_string())),
            Self::Comment(id) => ("comment", Some(id.to_string())),
            Self::Answer(id) => ("answer", Some(id.to_string())),
            Self::Person(id) => ("person", Some(id.to_string())),
            Self::Handover(id) => ("handover", Some(id.to_string())),
            Self::Request(id) => ("request", Some(id.to_string())),
            Self::Promise(id) => ("promise", Some(id.to_string())),
            Self::Again(id) => ("again", Some(id.to_string())),
            Self::Site(part) => ("site", Some(part.as_str().to_owned())),
            Self::Moderation(id) => ("moderation", Some(id.to_string())),
            Self::Case(head) => ("case", Some(head.to_string())),
            Self::Proposal(id) => ("proposal", Some(id.to_string())),
            Self::Changelog(id) => ("changelog", Some(id.to_string())),
        }
    }
}

/// Whom an event concerns, and so why somebody is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Audience {
    /// Who wrote the post.
    Author,
    /// Who is accountable for it.
    Owner,
    /// Those who answer for it on its level.
    Level,
    /// Who wrote the comment that was replied to.
    RepliedTo,
    /// The person whom it is about.
    Person,
    /// To whom a post was offered.
    Receiver,
    /// Who offered it.
    Giver,
    /// Those who may decide a request, but whoever made it.
    Deciders,
    /// Who made it.
    Requester,
    /// Who answers for a promise.
    Accountable,
    /// Those who are asked whether it is solved.
    Asked,
    /// Whose thing was moderated.
    Moderated,
    /// Who wrote another post of the same case.
    CaseAuthor,
    /// Who proposed it.
    Proposer,
    /// Those who support a post that was delivered.
    Supporter,
    /// Those who follow the post, its board or the promise.
    Follower,
    /// Those who follow a tag of the post.
    Tag,
    /// Those who follow whoever did it.
    Actor,
    /// Those whom the text names.
    Mentioned,
}

crate::word::kept_as_words!(Audience);

impl Audience {
    /// Whether it may say that it does not want to hear of a post: whoever wrote there may, whoever has to act may not.
    pub fn can_be_muted(self) -> bool {
        matches!(self, Self::Author | Self::CaseAuthor | Self::Mentioned)
    }
}

/// What the forum has to know of a kind of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What it is about.
    pub subject: Subject,
    /// Whether it is an act of the company, which stands in the public record.
    pub official: bool,
    /// Whether everybody who sees the post may know that it happened.
    pub public: bool,
    /// Whether the public figures are others after it. Votes only move a post between groups, which may take a minute.
    pub figures: bool,
    /// Who is told, most concerned first: each person once, for the first reason.
    pub told: &'static [Audience],
}

impl KindName {
    /// The names of all.
    pub fn words() -> Vec<&'static str> {
        Self::VARIANTS.iter().map(|kind| (*kind).into()).collect()
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|kind| <&str>::from(*kind) == name)
    }
}

impl Kind {
    /// Its name in the database.
    pub fn name(&self) -> &'static str {
        KindName::from(self).into()
    }

    /// Whether it is only what customers say to a post, of which nothing follows for those who work on it.
    pub fn is_voice(&self) -> bool {
        matches!(
            self,
            Self::VoteCast { .. }
                | Self::VoteWithdrawn
                | Self::CommentPosted { .. }
                | Self::CommentEdited { .. }
                | Self::CommentRemoved { .. }
        )
    }

    /// The table of kinds.
    #[expect(clippy::match_same_arms, reason = "a table has a line for each kind")]
    #[rustfmt::skip]
    pub fn about(&self) -> About {
        use Audience as To;
        use Subject as S;
        // of the company or not, known to everybody or not, in the figures or not
        let (act, inner, set, said, word, heard, quiet) = (
            (true, true, true), (true, false, true), (true, true, false), (false, true, true), (false, true, false), (false, false, true),
            (false, false, false),
        );
        let kind = |subject, (official, public, figures), told| About { subject, official, public, figures, told };
        match *self {
            Self::PostSubmitted => kind(S::Post, said, &[To::Mentioned, To::Tag]),
            Self::PostEdited { .. } => kind(S::Post, said, &[To::Mentioned]),
            Self::VoteCast { .. } => kind(S::Post, quiet, &[]),
            Self::VoteWithdrawn => kind(S::Post, quiet, &[]),
            Self::CommentPosted { comment, .. } => kind(S::Comment(comment), word, &[To::Mentioned, To::RepliedTo, To::Author, To::Owner]),
            Self::CommentEdited { comment, .. } => kind(S::Comment(comment), word, &[To::Mentioned]),
            Self::CommentRemoved { comment } => kind(S::Comment(comment), word, &[]),
            Self::AnswerPublished { answer } => kind(S::Answer(answer), act, &[To::Author, To::CaseAuthor, To::Mentioned, To::Follower, To::Actor]),
            Self::OwnerSet { person } => kind(S::Person(person), act, &[To::Person]),
            Self::OwnerReleased { person } => kind(S::Person(person), act, &[]),
            Self::ClockMissed { .. } => kind(S::Post, act, &[To::Owner, To::Level]),
            Self::ClockExtended { .. } => kind(S::Post, act, &[To::Author, To::Follower, To::Actor]),
            Self::ClocksStopped { .. } => kind(S::Post, act, &[To::Author]),
            Self::ClocksResumed => kind(S::Post, act, &[]),
            // the news of a missed clock tells of the level as well, and that a post went down is no news
            Self::LevelChanged { from, to, cause, .. } if to <= from || cause == Cause::Missed =>
                kind(S::Post, act, &[]),
            Self::LevelChanged { .. } => kind(S::Post, act, &[To::Owner, To::Level]),
            Self::HandoverOffered { handover } => kind(S::Handover(handover), act, &[To::Receiver]),
            Self::HandoverAccepted { handover } => kind(S::Handover(handover), act, &[To::Giver]),
            Self::HandoverDeclined { handover } => kind(S::Handover(handover), act, &[To::Giver]),
            Self::HandoverLapsed { handover } => kind(S::Handover(handover), act, &[To::Giver]),
            Self::RequestMade { request } => kind(S::Request(request), inner, &[To::Deciders]),
            Self::RequestPassedUp { request } => kind(S::Request(request), inner, &[To::Deciders]),
            Self::RequestDecided { request } => kind(S::Request(request), inner, &[To::Requester]),
            Self::PromiseMade { promise } => kind(S::Promise(promise), act, &[To::Author, To::Follower, To::Actor]),
            Self::PromiseChanged { promise } => kind(S::Promise(promise), act, &[To::Author, To::Follower, To::Actor]),
            Self::PromiseKept { promise } => kind(S::Promise(promise), act, &[To::Author, To::Follower, To::Actor]),
            Self::PromiseWithdrawn { promise } => kind(S::Promise(promise), act, &[To::Author, To::Follower, To::Actor]),
            Self::PromiseBroken { promise } =>
                kind(S::Promise(promise), act, &[To::Author, To::Owner, To::Accountable, To::Follower, To::Actor]),
            Self::PromisePaid { promise } => kind(S::Promise(promise), act, &[To::Author, To::Follower, To::Actor]),
            Self::HappenedAgain { again } => kind(S::Again(again), said, &[To::Owner]),
            Self::CustomersAsked { answer, .. } => kind(S::Answer(answer), act, &[To::Asked]),
            Self::SolvedSaid { answer, .. } => kind(S::Answer(answer), heard, &[]),
            Self::CheckClosed { answer, .. } => kind(S::Answer(answer), act, &[]),
            Self::Rebutted { answer } => kind(S::Answer(answer), said, &[To::Owner]),
            Self::ProvenanceSet { .. } => kind(S::Post, act, &[]),
            Self::SettingsChanged { part, .. } => kind(S::Site(part), set, &[]),
            Self::RankingChanged { .. } => kind(S::Site(Part::Ranking), set, &[]),
            Self::RoleSet { person, .. } => kind(S::Person(person), act, &[]),
            Self::PersonSignedUp { person } => kind(S::Person(person), quiet, &[]),
            Self::PersonVerified { person } => kind(S::Person(person), quiet, &[]),
            Self::PersonErased { person } => kind(S::Person(person), quiet, &[]),
            // that an objection was upheld tells of it
            Self::Moderated { moderation, on_appeal: true, .. } => kind(S::Moderation(moderation), act, &[]),
            Self::Moderated { moderation, .. } => kind(S::Moderation(moderation), act, &[To::Moderated]),
            Self::Appealed { moderation } => kind(S::Moderation(moderation), act, &[To::Deciders]),
            Self::AppealDecided { moderation, .. } => kind(S::Moderation(moderation), act, &[To::Moderated]),
            Self::PostMerged { into } => kind(S::Case(into), act, &[To::Author, To::Owner]),
            Self::PostUnmerged { from } => kind(S::Case(from), act, &[To::Author, To::Owner]),
            Self::HeldBack { comment } => kind(comment.map_or(S::Post, S::Comment), inner, &[]),
            // those who follow a tag of a post hear of it when they may
            Self::Released { comment: None } => kind(S::Post, act, &[To::Moderated, To::Mentioned, To::Tag]),
            Self::Released { comment: Some(comment) } => kind(S::Comment(comment), act, &[To::Moderated]),
            Self::VotesDoubted { .. } => kind(S::Post, set, &[]),
            Self::VotesCleared { .. } => kind(S::Post, set, &[]),
            Self::MergeProposed { proposal } => kind(S::Proposal(proposal), quiet, &[]),
            Self::ProposalDecided { proposal, .. } => kind(S::Proposal(proposal), inner, &[To::Proposer]),
            Self::ChangelogPublished { entry } => kind(S::Changelog(entry), set, &[To::Author, To::Supporter, To::Follower]),
            Self::ChangelogCorrected { entry, .. } => kind(S::Changelog(entry), set, &[To::Author, To::Supporter, To::Follower]),
            Self::ChangelogWithdrawn { entry } => kind(S::Changelog(entry), set, &[]),
        }
    }
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: EventId,
    actor_id: Option<PersonId>,
    role: Option<Role>,
    post_id: Option<PostId>,
    board_id: Option<BoardId>,
    data: serde_json::Value,
    rule: Option<i32>,
    reason: Option<String>,
    created_at: DateTime<Utc>,
}

pub(crate) const COLUMNS: &str = "e.id, e.actor_id, e.role, e.post_id, e.board_id, e.data, e.rule, e.reason, e.created_at";

impl Row {
    pub(crate) fn event(self) -> Result<Event> {
        Ok(Event {
            id: self.id,
            actor: self.actor_id,
            role: self.role,
            at: self.created_at,
            post: self.post_id,
            board: self.board_id,
            kind: serde_json::from_value(self.data).map_err(Error::internal)?,
            rule: self.rule,
            reason: self.reason,
        })
    }
}

/// What stands in the history under a number, whoever asks: for use inside the forum.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: EventId) -> Result<Option<Event>> {
    let sql = format!("SELECT {COLUMNS} FROM events e WHERE e.id = $1");
    one::<Row>(db, &sql, values![id]).await?.map(Row::event).transpose()
}

impl Tx {
    /// Notes that the actor did something, to a post if one is named. Whoever gives a reason, or names a rule, adds it to the answer.
    pub(crate) fn happened(&mut self, post: Option<PostId>, kind: Kind) -> &mut Event {
        let role = match self.actor() {
            Actor::Person(me) => Some(me.standing()),
            Actor::Visitor | Actor::System => None,
        };
        let (actor, at) = (self.actor().id(), self.now());
        self.note(Event { id: EventId(0), actor, role, at, post, board: None, kind, rule: None, reason: None })
    }
}

/// Writes events to the history, in this order, and numbers them.
pub(crate) async fn append(tx: &Tx, events: &mut [Event]) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Written {
        id: EventId,
        board_id: Option<BoardId>,
    }
    for chunk in events.chunks_mut(100) {
        let mut sql = Sql::new(
            "INSERT INTO events (kind, subject, subject_id, actor_id, role, post_id, board_id, data, rule, reason, created_at) VALUES ",
        );
        for (n, event) in chunk.iter().enumerate() {
            let data = serde_json::to_value(&event.kind).map_err(Error::internal)?;
            let (subject, number) = event.columns();
            sql.push(if n == 0 { "(" } else { ", (" }).bind(event.kind.name()).push(", ").bind(subject).push(", ").bind(number);
            sql.push(", ").bind(event.actor).push(", ").bind(event.role);
            sql.push(", ").bind(event.post).push(", COALESCE((SELECT board_id FROM posts WHERE id = ").bind(event.post);
            sql.push("), ")
                .bind(event.board)
                .push("), ")
                .bind(data)
                .push(", ")
                .bind(event.rule)
                .push(", ")
                .bind(event.reason.clone());
            sql.push(", ").bind(event.at).push(")");
        }
        sql.push(" RETURNING id, board_id");
        let mut written = all::<Written>(tx.conn(), &sql.text, sql.values).await?;
        // numbers rise in the order of the rows; the order of what is returned is nobody's promise
        written.sort_by_key(|row| row.id);
        for (event, row) in chunk.iter_mut().zip(written) {
            (event.id, event.board) = (row.id, row.board_id);
        }
    }
    Ok(())
}
