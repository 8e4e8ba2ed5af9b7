//! Who hears of what. A notice says that an event concerns a person, and why: one for a person and an event, never one for each reason.
//! It follows from the event, in the same transaction; letters (and whatever else tells people something) are made from notices, and read
//! what they tell of when they tell it.

use std::collections::{HashMap, hash_map};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::thanks;
use crate::{
    Error, Forum, Result, Tx, View,
    actor::{Actor, Me, Scope},
    again::{self, Again},
    answer::{self, Answer},
    board,
    case::{self, Proposal},
    changelog::Entry,
    comment::{self, Comment},
    confirm,
    db::{Sql, all, exec, number, one, values},
    error::Problem,
    event::{self, Audience, Event, Kind, KindName, Subject},
    follow,
    handover::{self, Handover},
    id::{AnswerId, ChangelogId, EventId, HookId, NoticeId, PersonId, PostId},
    mailing::{self, Due, Topic},
    mention,
    moderation::{self, Moderation},
    outbox::{self, Collected, Letter, NotTaken},
    person::{self, Account},
    post::Seen,
    promise::{self, Promise},
    rebuttal::{self, Rebuttal},
    receipt, reply,
    request::{self, Request},
    screening,
    status::Stage,
    unsubscribe::{self, What},
    watch,
};

/// A notice with all that there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: NoticeId,
    /// Whom it is for.
    pub to: PersonId,
    /// What the person whom it is for is called; a guest has no name.
    pub name: Option<String>,
    /// Why it concerns them.
    pub reason: Audience,
    /// What it is called that they follow and are told for, when that is a tag or a person.
    pub cause: Option<String>,
    /// What happened.
    pub event: Event,
    /// On which post.
    pub post: PostSummary,
    /// What it is about, as it is now.
    pub about: About,
}

/// A post as far as a notice tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSummary {
    /// Its number.
    pub id: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// The subject of an event, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The post, or its reader: nothing more is to be known.
    Post,
    /// A comment.
    Comment(Box<Comment>),
    /// An answer.
    Answer(Box<Answer>),
    /// A refusal, and what the author says to it.
    Rebuttal(Box<Rebuttal>),
    /// An offer of ownership.
    Handover(Box<Handover>),
    /// An act that waits, or waited, for a wider mandate.
    Request(Box<Request>),
    /// A promise.
    Promise(Box<Promise>),
    /// A report that it happened again.
    Again(Box<Again>),
    /// Something that the company did to what somebody wrote.
    Moderation(Box<Moderation>),
    /// The head of the case that a post became a member of, or was one of.
    Case(PostSummary),
    /// That two posts are one matter, in its reader's opinion.
    Proposal(Box<Proposal>),
    /// An entry of the changelog.
    Changelog(Box<Entry>),
}

/// A post on which something happened that its reader has not seen.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct News {
    /// Its number.
    pub post: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Where it stands by now.
    pub stage: Stage,
    /// Whether the company asks whether it is solved.
    pub asked: bool,
}

/// A notice as it stands in its reader's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The notice.
    pub notice: Notice,
    /// Whether they have seen it.
    pub read: bool,
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Click to show that the address is yours. It greets nobody: whoever typed the name need not be whose address it is.
    Verify {
        /// Path of the page with the button.
        path: String,
    },
    /// You, or somebody, signed up with an address that has an account.
    AlreadyRegistered {
        /// Whom we greet.
        name: String,
    },
    /// Click to set a new password.
    Reset {
        /// Whom we greet, if the address was shown to be theirs.
        name: Option<String>,
        /// Path of the page with the form.
        path: String,
    },
    /// See [`Letter::Invited`].
    Invited {
        /// Path of the page with the form.
        path: String,
    },
    /// See [`Letter::Receipt`].
    Receipt {
        /// Path of the page with the button.
        path: String,
    },
    /// See [`Letter::NewAddress`].
    NewAddress {
        /// Path of the page with the button.
        path: String,
    },
    /// The account has another address.
    AddressChanged {
        /// Whom we greet.
        name: String,
    },
    /// Somebody made an API token with the account.
    TokenMade {
        /// Whom we greet.
        name: String,
        /// What the token is called.
        token: String,
    },
    /// The password of the account was changed.
    PasswordChanged {
        /// Whom we greet.
        name: String,
    },
    /// See [`Letter::Banned`].
    Banned {
        /// Whom we greet.
        name: String,
        /// What was done, with what was said to it.
        act: Box<Moderation>,
        /// Whether it is the decision on an objection that is news.
        decided: bool,
    },
    /// See [`Letter::HookDisabled`].
    HookDisabled {
        /// Whom we greet.
        name: String,
        /// Which one.
        hook: HookId,
        /// At which host.
        host: String,
        /// Whether the other side said that it is gone for good.
        gone: bool,
    },
    /// Something happened that concerns the reader.
    Notice {
        /// What.
        notice: Box<Notice>,
        /// Path of the page where they can act on it without signing in, if there is one.
        path: Option<String>,
        /// Path of the page where they can stop such mail without signing in.
        stop: String,
        /// What stands in the address by which they answer, if they can.
        answer: Option<String>,
    },
    /// See [`Letter::NotTaken`].
    NotTaken {
        /// Whom we greet; a guest has no name.
        name: Option<String>,
        /// On which post, if they may know of it.
        post: Option<PostSummary>,
        /// Why.
        why: NotTaken,
        /// What they wrote, if it was they.
        text: String,
    },
    /// Several things happened that concern the reader.
    Digest {
        /// What, in the order in which it happened: one at least.
        notices: Vec<Notice>,
        /// Why it was collected.
        collected: Collected,
        /// Path of the page where they can stop such mail without signing in.
        stop: String,
        /// What stands in the address by which they answer, if they can.
        answer: Option<String>,
    },
}

/// Items of a page of notices, at most.
pub const PAGE_MAX: u64 = 100;
/// Up to so many unseen notices are counted; more are "more".
pub const COUNTED: i64 = 99;
/// How long what nobody looked at is news.
const NEWS: TimeDelta = TimeDelta::days(30);

/// The posts on which the company said something to the actor that they have not seen: those that it asks about first, then those with the
/// latest answers; so many at most.
pub async fn news(db: &impl ConnectionTrait, actor: &Actor, most: u64, now: DateTime<Utc>) -> Result<Vec<News>> {
    let Some(me) = actor.id() else { return Ok(Vec::new()) };
    let asked = format!("MAX(CASE WHEN e.kind = '{}' THEN 1 ELSE 0 END)", <&str>::from(KindName::CustomersAsked));
    let mut sql = Sql::new(&format!(
        "SELECT p.id AS post, p.slug, p.title, p.language, p.stage, {asked} = 1 AS asked
         FROM notices n JOIN events e ON e.id = n.event_id JOIN posts p ON p.id = e.post_id JOIN boards b ON b.id = p.board_id
         WHERE n.read_at IS NULL AND e.kind IN ('{}', '{}') AND n.person_id = ",
        <&str>::from(KindName::AnswerPublished),
        <&str>::from(KindName::CustomersAsked),
    ));
    sql.bind(me).push(" AND n.created_at > ").bind(now - NEWS).push(" AND ");
    board::known(&mut sql, actor);
    sql.push(&format!(" GROUP BY p.id, p.slug, p.title, p.language, p.stage ORDER BY {asked} DESC, MAX(n.id) DESC LIMIT {most}"));
    all(db, &sql.text, sql.values).await
}

/// Notes that the actor has seen what happened on a post, or everywhere; answers how much was new.
pub async fn read(tx: &mut Tx, post: Option<PostId>) -> Result<u64> {
    let me = may_read(tx.actor())?.id;
    let mut sql = Sql::new("UPDATE notices SET read_at = ");
    sql.bind(tx.now()).push(" WHERE read_at IS NULL AND person_id = ").bind(me);
    if let Some(post) = post {
        sql.push(" AND event_id IN (SELECT id FROM events WHERE post_id = ").bind(post).push(")");
    }
    exec(tx.conn(), &sql.text, sql.values).await
}

/// Notes that the actor has seen what happened until a moment.
///
/// # Errors
/// As [`may_read`].
pub async fn read_until(tx: &mut Tx, until: DateTime<Utc>) -> Result<u64> {
    let me = may_read(tx.actor())?.id;
    let sql = "UPDATE notices SET read_at = $2 WHERE read_at IS NULL AND person_id = $1 AND created_at <= $3";
    exec(tx.conn(), sql, values![me, tx.now(), until]).await
}

/// Who has notices: whoever signed in, verified or not.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub fn may_list(actor: &Actor) -> Result<&Me> {
    actor.person()
}

/// Who may say that they have seen theirs: the same, with a token that may change something.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor, [`Error::Forbidden`] for a token that only reads.
pub fn may_read(actor: &Actor) -> Result<&Me> {
    let me = may_list(actor)?;
    me.scoped(Scope::Write)?;
    Ok(me)
}

/// What the reader was told, latest first, or what of it they have seen or not, those after a cursor; one more than `limit` when there are
/// more. What they may not know of any more, and what was taken back, is left out.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor; [`Error::Invalid`] on `cursor` when it names no place.
pub async fn list(view: &View<'_>, read: Option<bool>, after: Option<&str>, limit: u64) -> Result<Vec<Listed>> {
    #[derive(FromQueryResult)]
    struct Row {
        notice: NoticeId,
        said_for: Audience,
        read: bool,
        slug: Option<String>,
        title: Option<String>,
        #[sea_orm(nested)]
        event: event::Row,
    }
    let me = may_list(view.actor())?.id;
    let name = person::by_id(view.db(), me).await?.map(|account| account.name);
    let mut after = after.map(|cursor| place(cursor).ok_or(Error::invalid("cursor", Problem::NotACursor))).transpose()?;
    let wanted = usize::try_from(limit.clamp(1, PAGE_MAX) + 1).unwrap_or(usize::MAX);
    let (mut items, mut posts) = (Vec::with_capacity(wanted), HashMap::new());
    loop {
        let mut sql = Sql::new(&format!(
            "SELECT n.id AS notice, n.reason AS said_for, n.read_at IS NOT NULL AS read, p.slug, p.title, {}
             FROM notices n JOIN events e ON e.id = n.event_id LEFT JOIN posts p ON p.id = e.post_id LEFT JOIN boards b ON b.id = p.board_id
             WHERE n.person_id = ",
            event::COLUMNS
        ));
        sql.bind(me).push(match read {
            Some(true) => " AND n.read_at IS NOT NULL",
            Some(false) => " AND n.read_at IS NULL",
            None => "",
        });
        // whoever may read an entry of the changelog is asked below
        sql.push(" AND (e.post_id IS NULL OR p.id IS NOT NULL AND ");
        board::known(&mut sql, view.actor());
        sql.push(")");
        if let Some(after) = after {
            sql.push(" AND n.event_id < ").bind(after);
        }
        sql.push(&format!(" ORDER BY n.event_id DESC LIMIT {wanted}"));
        let rows = all::<Row>(view.db(), &sql.text, sql.values).await?;
        let is_last = rows.len() < wanted;
        for row in rows {
            let event = row.event.event()?;
            after = Some(event.id);
            let told = match (event.post, event.kind.about().subject) {
                (Some(id), _) => {
                    let seen = match posts.entry(id) {
                        hash_map::Entry::Occupied(known) => known.into_mut(),
                        hash_map::Entry::Vacant(new) => new.insert(view.post(id).await?),
                    };
                    let post = PostSummary { id, slug: row.slug.unwrap_or_default(), title: row.title.unwrap_or_default() };
                    about(view, seen, &event).await.map(|about| (post, about))
                }
                (None, Subject::Changelog(entry)) => {
                    thanks::open(view, entry, row.said_for).await.map(|(post, entry)| (post, About::Changelog(Box::new(entry))))
                }
                (None, _) => continue,
            };
            let (post, about) = match told {
                Ok(told) => told,
                Err(Error::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let cause = follow::cause(view.db(), me, &event, row.said_for).await?;
            let notice = Notice { id: row.notice, to: me, name: name.clone(), reason: row.said_for, cause, event, post, about };
            items.push(Listed { notice, read: row.read });
            if items.len() == wanted {
                return Ok(items);
            }
        }
        if is_last {
            return Ok(items);
        }
    }
}

/// Names the place after an item of [`list`].
pub fn cursor(item: &Listed) -> String {
    format!("n-{}", item.notice.event.id)
}

fn place(cursor: &str) -> Option<EventId> {
    cursor.strip_prefix("n-")?.parse().ok().map(EventId)
}

/// Notes that the actor has seen what the changelog tells them, in one entry or in all of them.
pub async fn read_changelog(tx: &mut Tx, entry: Option<ChangelogId>) -> Result<()> {
    let me = tx.actor().person()?.id;
    let mut sql = Sql::new("UPDATE notices SET read_at = ");
    sql.bind(tx.now()).push(" WHERE read_at IS NULL AND person_id = ").bind(me);
    push_of_changelog(&mut sql, entry);
    exec(tx.conn(), &sql.text, sql.values).await?;
    Ok(())
}

/// Whether the changelog tells the actor something that they have not seen, in one entry or in any of them.
pub async fn is_untold(db: &impl ConnectionTrait, actor: &Actor, entry: Option<ChangelogId>) -> Result<bool> {
    let Some(me) = actor.id() else { return Ok(false) };
    let mut sql = Sql::new("SELECT id AS n FROM notices WHERE read_at IS NULL AND person_id = ");
    sql.bind(me);
    push_of_changelog(&mut sql, entry);
    Ok(number(db, &sql.text, sql.values).await?.is_some())
}

fn push_of_changelog(sql: &mut Sql, entry: Option<ChangelogId>) {
    sql.push(" AND event_id IN (SELECT id FROM events WHERE subject = 'changelog'");
    if let Some(entry) = entry {
        sql.push(" AND subject_id = ").bind(entry.to_string());
    }
    sql.push(")");
}

/// Whether there is something on a post that the actor has not seen.
pub async fn is_unread(db: &impl ConnectionTrait, actor: &Actor, post: PostId) -> Result<bool> {
    let Some(me) = actor.id() else { return Ok(false) };
    let sql = "SELECT n.id AS n FROM notices n JOIN events e ON e.id = n.event_id
               WHERE n.person_id = $1 AND n.read_at IS NULL AND e.post_id = $2 LIMIT 1";
    Ok(number(db, sql, values![me, post]).await?.is_some())
}

/// What a letter says now; nothing when there is nothing to tell any more.
pub async fn content(forum: &Forum, letter: Letter) -> Result<Option<Content>> {
    Ok(Some(match letter {
        Letter::Verify { path } => Content::Verify { path },
        Letter::AlreadyRegistered { name } => Content::AlreadyRegistered { name },
        Letter::Reset { name, path } => Content::Reset { name, path },
        Letter::Invited { path } => Content::Invited { path },
        Letter::Receipt { path } => Content::Receipt { path },
        Letter::NewAddress { path } => Content::NewAddress { path },
        Letter::AddressChanged { name } => Content::AddressChanged { name },
        Letter::TokenMade { name, token } => Content::TokenMade { name, token },
        Letter::PasswordChanged { name } => Content::PasswordChanged { name },
        Letter::HookDisabled { name, hook, host, gone } => Content::HookDisabled { name, hook, host, gone },
        Letter::Banned { act, decided } => match moderation::by_number(forum.read(), act).await {
            Ok(act) => Content::Banned { name: act.whose.name.clone(), act: Box::new(act), decided },
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        },
        Letter::NotTaken { person, post, why, text } => {
            let view = forum.view(&Actor::System).await?;
            let Some(account) = person::by_id(view.db(), person).await? else { return Ok(None) };
            let view = view.seen_by(account.actor(None));
            let post = match view.post(post).await {
                Ok(seen) => Some(PostSummary { id: post, slug: seen.slug().to_owned(), title: seen.title().to_owned() }),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            Content::NotTaken { name: (!account.is_guest()).then_some(account.name), post, why, text }
        }
        Letter::Notice { notice, path } => match open(forum, notice).await? {
            Some(notice) => {
                let told = std::slice::from_ref(&notice);
                let stop = unsubscribe::path(forum, notice.to, what_stops(told)).await?;
                let answer = reply::to_notices(forum, told).await?;
                Content::Notice { notice: Box::new(notice), path, stop, answer }
            }
            None => return Ok(None),
        },
        Letter::Digest { notices, collected } => {
            let mut still = Vec::new();
            for notice in notices {
                still.extend(open(forum, notice).await?);
            }
            let Some(first) = still.first() else { return Ok(None) };
            let stop = unsubscribe::path(forum, first.to, what_stops(&still)).await?;
            let answer = reply::to_notices(forum, &still).await?;
            Content::Digest { notices: still, collected, stop, answer }
        }
    }))
}

/// What the link in a letter stops: its sort of news, or all when it tells of several.
fn what_stops(notices: &[Notice]) -> What {
    let topic = |notice: &Notice| Topic::of(&notice.event.kind, notice.reason);
    match notices {
        [Notice { name: None, .. }, ..] => What::Guest,
        [first, rest @ ..] if rest.iter().all(|other| topic(other) == topic(first)) => What::Topic(topic(first)),
        _ => What::All,
    }
}

/// What a notice tells; nothing when its person may not know of the post any more, or what it was about is gone.
pub async fn open(forum: &Forum, id: NoticeId) -> Result<Option<Notice>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
        event_id: EventId,
        reason: Audience,
    }
    let view = forum.view(&Actor::System).await?;
    let sql = "SELECT person_id, event_id, reason FROM notices WHERE id = $1";
    let Some(row) = one::<Row>(view.db(), sql, values![id]).await? else { return Ok(None) };
    let Some(account) = person::by_id(view.db(), row.person_id).await? else { return Ok(None) };
    let Some(event) = event::by_id(view.db(), row.event_id).await? else { return Ok(None) };
    let view = view.seen_by(account.actor(None));
    let found = async {
        let (post, about) = match (event.post, event.kind.about().subject) {
            (Some(post), _) => {
                let seen = view.post(post).await?;
                let about = about(&view, &seen, &event).await?;
                (PostSummary { id: post, slug: seen.slug().to_owned(), title: seen.title().to_owned() }, about)
            }
            (None, Subject::Changelog(entry)) => {
                let (post, entry) = thanks::open(&view, entry, row.reason).await?;
                (post, About::Changelog(Box::new(entry)))
            }
            (None, _) => return Err(Error::NotFound),
        };
        let name = (!account.is_guest()).then_some(account.name);
        let cause = follow::cause(view.db(), row.person_id, &event, row.reason).await?;
        Ok(Notice { id, to: row.person_id, name, reason: row.reason, cause, event, post, about })
    };
    match found.await {
        Ok(notice) => Ok(Some(notice)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What an event is about, as far as its reader may know.
async fn about(view: &View<'_>, post: &Seen, event: &Event) -> Result<About> {
    let (db, now) = (view.db(), view.now());
    Ok(match event.kind.about().subject {
        Subject::Post | Subject::Person(_) | Subject::Site(_) | Subject::Changelog(_) => About::Post,
        Subject::Comment(id) => {
            let comment = comment::by_id(db, id).await?.filter(|comment| comment.removed_at.is_none() && comment.hidden.is_none());
            About::Comment(Box::new(comment.ok_or(Error::NotFound)?))
        }
        Subject::Answer(id) if matches!(event.kind, Kind::Rebutted { .. }) => {
            let said = rebuttal::of_post(view, post).await?.into_iter().find(|said| said.answer_id == id);
            About::Rebuttal(Box::new(said.ok_or(Error::NotFound)?))
        }
        Subject::Answer(id) => About::Answer(Box::new(answer::by_id(db, id).await?.ok_or(Error::NotFound)?)),
        Subject::Handover(id) => About::Handover(Box::new(handover::by_id(db, id, now).await?.ok_or(Error::NotFound)?)),
        Subject::Request(id) => About::Request(Box::new(request::by_number(db, id).await?)),
        Subject::Promise(id) => About::Promise(Box::new(promise::by_id(db, view.actor(), id, now).await?)),
        Subject::Case(head) => {
            let head = view.post(head).await?;
            About::Case(PostSummary { id: head.id(), slug: head.slug().to_owned(), title: head.title().to_owned() })
        }
        Subject::Proposal(id) => About::Proposal(Box::new(case::by_number(db, id).await?)),
        Subject::Again(id) => {
            let report = again::of_post(view, post).await?.into_iter().find(|report| report.id == id);
            About::Again(Box::new(report.ok_or(Error::NotFound)?))
        }
        Subject::Moderation(id) => About::Moderation(Box::new(moderation::by_id(view, id).await?)),
    })
}

/// Writes the notices that follow from an event, and the letters that follow from them.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(post) = event.post else {
        return match event.kind {
            Kind::ChangelogPublished { entry } | Kind::ChangelogCorrected { entry, .. } => thank(tx, event, entry).await,
            _ => follow_ban(tx, event).await,
        };
    };
    // nobody has to be told of what they did themselves
    let mut told: Vec<PersonId> = event.actor.into_iter().collect();
    let audiences = event.kind.about().told;
    let muted = if audiences.iter().any(|audience| audience.can_be_muted()) { follow::muted(tx, post).await? } else { Vec::new() };
    for audience in audiences {
        if matches!(audience, Audience::Follower | Audience::Tag | Audience::Actor) {
            tell_followers(tx, event, post, *audience).await?;
            continue;
        }
        for person in people(tx, event, post, *audience).await? {
            if told.contains(&person) || audience.can_be_muted() && muted.contains(&person) {
                continue;
            }
            told.push(person);
            tell(tx, event, post, person, *audience).await?;
        }
    }
    match event.kind {
        Kind::AnswerPublished { answer } | Kind::CustomersAsked { answer, round: 1 } => spare_second_letter(tx, post, answer).await,
        _ => Ok(()),
    }
}

/// Whoever is asked whether it is really solved reads in that letter what was delivered: the letter of the answer itself need not be sent.
/// Which of the two events comes first does not matter.
async fn spare_second_letter(tx: &Tx, post: PostId, answer: AnswerId) -> Result<()> {
    let answered = format!(
        "SELECT n.id FROM events q JOIN notices m ON m.event_id = q.id JOIN events e ON e.post_id = q.post_id AND e.subject_id = q.subject_id
            JOIN notices n ON n.event_id = e.id AND n.person_id = m.person_id
         WHERE q.post_id = $3 AND q.kind = '{}' AND q.subject_id = $1 AND q.created_at = $2 AND e.kind = '{}'
            AND (m.mailed_at IS NOT NULL OR m.mail_at IS NOT NULL)",
        <&str>::from(KindName::CustomersAsked),
        <&str>::from(KindName::AnswerPublished),
    );
    let sql = format!(
        "DELETE FROM outbox WHERE sent_at IS NULL AND attempts = 0 AND CAST(letter ->> 'notice' AS bigint) IN ({answered})"
    );
    exec(tx.conn(), &sql, values![answer.to_string(), tx.now(), post]).await?;
    let sql = format!("UPDATE notices SET mail_at = NULL, mailed_at = NULL WHERE id IN ({answered})");
    exec(tx.conn(), &sql, values![answer.to_string(), tx.now(), post]).await?;
    Ok(())
}

/// Writes to whoever was kept from writing, or is not any more: they need not have written anything that a notice could be of.
async fn follow_ban(tx: &mut Tx, event: &Event) -> Result<()> {
    let (act, decided) = match event.kind {
        Kind::Moderated { moderation, on_appeal: false, .. } => (moderation, false),
        Kind::AppealDecided { moderation, .. } => (moderation, true),
        _ => return Ok(()),
    };
    let whose = moderation::by_number(tx.conn(), act).await?.whose.id;
    let Some(reader) = person::by_id(tx.conn(), whose).await? else { return Ok(()) };
    let Some(email) = reader.email.as_ref().filter(|_| reader.verified) else { return Ok(()) };
    outbox::put(tx, email, person::language_of(tx, &reader), &Letter::Banned { act, decided }).await
}

/// Who is of an audience.
async fn people(tx: &Tx, event: &Event, post: PostId, audience: Audience) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Concerned {
        author_id: PersonId,
        owner_id: Option<PersonId>,
        head_owner_id: Option<PersonId>,
        level: i32,
    }
    let db = tx.conn();
    // whoever is accountable for the head of a case is so for its members
    let sql = "SELECT p.author_id, p.owner_id, h.owner_id AS head_owner_id, p.level
               FROM posts p LEFT JOIN posts h ON h.id = p.head_id WHERE p.id = $1";
    let concerned = one::<Concerned>(db, sql, values![post]).await?.ok_or(Error::NotFound)?;
    let view = tx.view_of(Actor::System);
    let about = || async { about(&view, &view.post(post).await?, event).await };
    Ok(match (audience, &event.kind) {
        (Audience::Author, _) => vec![concerned.author_id],
        (Audience::Owner, Kind::PostMerged { .. }) => concerned.owner_id.into_iter().chain(concerned.head_owner_id).collect(),
        // the post stands under that head no more, whose owner answered for both
        (Audience::Owner, Kind::PostUnmerged { from }) => {
            concerned.owner_id.into_iter().chain(owner_of(db, *from).await?).collect()
        }
        (Audience::Owner, _) => concerned.head_owner_id.or(concerned.owner_id).into_iter().collect(),
        (Audience::CaseAuthor, _) => case::authors_beside(db, post).await?,
        (Audience::Level, _) => watch::answering(tx, post, concerned.level).await?,
        (Audience::Person, Kind::OwnerSet { person }) => vec![*person],
        (Audience::RepliedTo, Kind::CommentPosted { parent: Some(parent), .. }) => {
            comment::by_id(db, *parent).await?.map(|comment| comment.author.id).into_iter().collect()
        }
        (Audience::Asked, Kind::CustomersAsked { answer, round }) => confirm::asked(tx, *answer, *round).await?,
        (Audience::Moderated, Kind::Moderated { moderation, .. } | Kind::AppealDecided { moderation, .. }) => {
            vec![moderation::by_number(db, *moderation).await?.whose.id]
        }
        (Audience::Mentioned, _) => mention::called(tx, event, post).await?,
        (Audience::Moderated, Kind::Released { comment }) => screening::whose(db, post, *comment).await?.into_iter().collect(),
        // neither whoever did it nor whoever objects decides
        (Audience::Deciders, Kind::Appealed { moderation }) => {
            let act = moderation::by_number(db, *moderation).await?;
            let deciders = watch::answering(tx, post, 2).await?;
            deciders.into_iter().filter(|person| *person != act.by.id && *person != act.whose.id).collect()
        }
        (
            Audience::Receiver
            | Audience::Giver
            | Audience::Deciders
            | Audience::Requester
            | Audience::Accountable
            | Audience::Proposer,
            _,
        ) => match (audience, about().await?) {
            (Audience::Receiver, About::Handover(offer)) => vec![offer.to.id],
            (Audience::Giver, About::Handover(offer)) => vec![offer.from.id],
            (Audience::Requester, About::Request(request)) => vec![request.by.id],
            (Audience::Proposer, About::Proposal(proposal)) => vec![proposal.by.id],
            (Audience::Deciders, About::Request(request)) => {
                let deciders = watch::answering(tx, post, request.level).await?;
                deciders.into_iter().filter(|person| *person != request.by.id).collect()
            }
            (Audience::Accountable, About::Promise(promise)) => promise.accountable.map(|p| p.id).into_iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    })
}

/// Who is accountable for a post.
async fn owner_of(db: &impl ConnectionTrait, post: PostId) -> Result<Option<PersonId>> {
    #[derive(FromQueryResult)]
    struct Owned {
        owner_id: Option<PersonId>,
    }
    let owned = one::<Owned>(db, "SELECT owner_id FROM posts WHERE id = $1", values![post]).await?;
    Ok(owned.and_then(|owned| owned.owner_id))
}

/// Tells a person, unless they may not know of the post: by a notice, and by mail if they showed that the address is theirs.
async fn tell(tx: &mut Tx, event: &Event, post: PostId, person: PersonId, reason: Audience) -> Result<()> {
    let Some(account) = person::by_id(tx.conn(), person).await? else { return Ok(()) };
    if !tx.view_of(account.actor(None)).sees(post).await? {
        return Ok(());
    }
    let due = mailing::due(tx, &account, event, post, reason).await?;
    let (mail_at, mailed_at) = due.columns(tx.now());
    let sql = "INSERT INTO notices (person_id, event_id, reason, created_at, mail_at, mailed_at) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (person_id, event_id) DO NOTHING RETURNING id AS n";
    let row = values![person, event.id, reason, event.at, mail_at, mailed_at];
    let Some(id) = number(tx.conn(), sql, row).await? else { return Ok(()) };
    if due == Due::Now { write(tx, event, &account, NoticeId(id)).await } else { Ok(()) }
}

/// Tells all who follow what an event is about, its tag or whoever did it, and have no notice of it for another reason.
async fn tell_followers(tx: &mut Tx, event: &Event, post: PostId, audience: Audience) -> Result<()> {
    if follow::tell(tx, event, post, audience).await? == 0 { Ok(()) } else { write_all(tx, event, &[audience]).await }
}

/// Tells all those to whom it is owed what an entry of the changelog tells of.
async fn thank(tx: &mut Tx, event: &Event, entry: ChangelogId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Told {
        id: NoticeId,
        person_id: PersonId,
    }
    if thanks::tell(tx, event, entry).await? == 0 {
        return Ok(());
    }
    write_all(tx, event, event.kind.about().told).await?;
    // a guest's address stands with the receipt
    let sql = "SELECT n.id, n.person_id FROM notices n JOIN persons x ON x.id = n.person_id
               WHERE n.event_id = $1 AND x.handle LIKE $2 ORDER BY n.id";
    for told in all::<Told>(tx.conn(), sql, values![event.id, format!("{}%", person::GUEST_HANDLE)]).await? {
        let Some(reader) = person::by_id(tx.conn(), told.person_id).await? else { continue };
        write(tx, event, &reader, told.id).await?;
    }
    Ok(())
}

/// Writes the letters that go with the notices of an event for these reasons, as each reader wants them; a statement for a hundred.
async fn write_all(tx: &Tx, event: &Event, reasons: &[Audience]) -> Result<()> {
    let letter = |(notice, email, language): (NoticeId, String, Option<String>)| {
        let language = person::language_for(tx, language.as_deref());
        (email, language, Letter::Notice { notice, path: None })
    };
    let letters: Vec<_> = mailing::readers(tx, event, reasons).await?.into_iter().map(letter).collect();
    outbox::put_all(tx, &letters).await
}

/// Writes the letter that goes with a notice.
async fn write(tx: &mut Tx, event: &Event, reader: &Account, notice: NoticeId) -> Result<()> {
    if reader.is_guest() {
        let Some((email, path)) = receipt::letter_to(tx, reader).await? else { return Ok(()) };
        return outbox::put(tx, &email, person::language_of(tx, reader), &Letter::Notice { notice, path: Some(path) }).await;
    }
    let Some(email) = reader.email.as_ref().filter(|_| reader.verified) else { return Ok(()) };
    let path = match event.kind {
        Kind::CustomersAsked { answer, round } => {
            let secret = confirm::link(tx, answer, reader.id, round).await?;
            Some(format!("/confirm/{}", secret.reveal()))
        }
        _ => None,
    };
    outbox::put(tx, email, person::language_of(tx, reader), &Letter::Notice { notice, path }).await
}
