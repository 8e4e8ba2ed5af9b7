//! How somebody hears by mail: of each sort of news at once, collected once a day or once a week, or not at all. On the pages they hear of all
//! of it in any case.
//!
//! A notice is written to somebody at once, at a later moment (`mail_at`), or never; which it is stands with the notice when it is made. What
//! was collected becomes one letter, of what its reader has not seen by then. Comments are many and small: of those on one post at most one
//! letter goes out in an hour.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Forum, Result, Tx,
    actor::{Actor, Me},
    clock,
    db::{all, exec, one, values},
    error::Check,
    event::{Audience, Event, Kind, KindName},
    id::{EventId, NoticeId, PersonId, PostId},
    outbox::{self, Collected, Letter},
    person::{self, Account},
    site::parse_time_zone,
};

/// A sort of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Topic {
    /// What the company says and does about what one wrote.
    Answers,
    /// Whether it is really solved.
    Questions,
    /// What others say to what one wrote.
    Comments,
    /// Where one is named.
    Mentions,
    /// What happens to what one follows.
    Following,
    /// What the staff did to what one wrote, and what came of an objection.
    Moderation,
    /// What one has to do at work.
    Work,
}

crate::word::kept_as_words!(Topic);

impl Topic {
    /// Of which sort an event is for whom it concerns.
    pub fn of(kind: &Kind, reason: Audience) -> Self {
        match (kind, reason) {
            (_, Audience::Mentioned) => Self::Mentions,
            (Kind::ChangelogPublished { .. } | Kind::ChangelogCorrected { .. }, _)
            | (_, Audience::Follower | Audience::Supporter | Audience::Tag | Audience::Actor) => Self::Following,
            (Kind::CommentPosted { .. }, _) | (_, Audience::RepliedTo) => Self::Comments,
            (_, Audience::Asked) => Self::Questions,
            (Kind::PostMerged { .. } | Kind::PostUnmerged { .. }, Audience::Author)
            | (_, Audience::Moderated | Audience::Proposer) => Self::Moderation,
            (_, Audience::Author | Audience::CaseAuthor) => Self::Answers,
            (
                _,
                Audience::Owner
                | Audience::Level
                | Audience::Person
                | Audience::Receiver
                | Audience::Giver
                | Audience::Deciders
                | Audience::Requester
                | Audience::Accountable,
            ) => Self::Work,
        }
    }

    /// Those that somebody may ever hear of.
    pub fn of_reader(is_staff: bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |topic| is_staff || *topic != Self::Work)
    }
}

/// When a letter about it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Pace {
    /// As it happens.
    #[default]
    AtOnce,
    /// With all else of the day, in the morning.
    Daily,
    /// With all else of the week, on Monday morning.
    Weekly,
    /// Not at all.
    Never,
}

crate::word::kept_as_words!(Pace);

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Of which sort of news when; of what is not named at once.
    paces: BTreeMap<Topic, Pace>,
    /// Where it is morning when a collected letter goes out; that of the site unless they said.
    pub time_zone: Option<Tz>,
    /// Whether what they answer by mail becomes a comment.
    pub answers_by_mail: bool,
}

impl Mailing {
    /// When a letter about that sort of news goes out.
    pub fn pace(&self, topic: Topic) -> Pace {
        self.paces.get(&topic).copied().unwrap_or_default()
    }

    /// The name of the time zone that they said (IANA).
    pub fn zone(&self) -> Option<&'static str> {
        self.time_zone.map(Tz::name)
    }
}

/// What is to be changed; what is missing stays.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Of which sort of news when, as it was typed.
    pub paces: BTreeMap<Topic, String>,
    /// The time zone, as it was typed; empty for that of the site.
    pub time_zone: Option<String>,
    /// Whether what they answer by mail becomes a comment.
    pub answers_by_mail: Option<bool>,
}

/// When a letter is written about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Now.
    Now,
    /// With others.
    At(DateTime<Utc>),
    /// Not at all.
    Never,
}

impl Due {
    /// The columns `mail_at` and `mailed_at` of the notice.
    pub(crate) fn columns(self, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        match self {
            Self::Now => (None, Some(now)),
            Self::At(at) => (Some(at), None),
            Self::Never => (None, None),
        }
    }
}

/// The hour of the morning at which collected letters go out.
const HOUR: u32 = 8;
/// Of the comments on one post there is at most one letter in so long.
const BURST: TimeDelta = TimeDelta::hours(1);
/// People whose letters are put together in one transaction.
const AT_ONCE: u64 = 50;

/// When the next collected letter goes out: at eight where its reader is, tomorrow or on Monday.
fn next(pace: Pace, zone: Tz, now: DateTime<Utc>) -> Due {
    let today = now.with_timezone(&zone).date_naive();
    let first = today + Days::new(1);
    let day = match pace {
        Pace::AtOnce => return Due::Now,
        Pace::Never => return Due::Never,
        Pace::Daily => first,
        Pace::Weekly => first.iter_days().find(|day| day.weekday() == Weekday::Mon).unwrap_or(first),
    };
    Due::At(clock::hour_of_day(zone, day, HOUR))
}

/// Who may see and change how they hear: whoever signed in; a program with a token that may change something.
///
/// # Errors
/// As [`person::may_update`].
pub fn may_choose(actor: &Actor) -> Result<&Me> {
    person::may_update(actor)
}

/// How the actor hears.
///
/// # Errors
/// [`Error::Unauthenticated`](crate::Error::Unauthenticated) for a visitor.
pub async fn own(db: &impl ConnectionTrait, actor: &Actor) -> Result<Mailing> {
    of_person(db, actor.person()?.id).await
}

/// The same in the middle of a command.
///
/// # Errors
/// As [`own`].
pub async fn present(tx: &Tx) -> Result<Mailing> {
    own(tx.conn(), tx.actor()).await
}

/// How a person hears.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Mailing> {
    #[derive(FromQueryResult)]
    struct Row {
        time_zone: Option<String>,
        answers_by_mail: bool,
        topic: Option<Topic>,
        pace: Option<Pace>,
    }
    let sql = "SELECT x.time_zone, x.answers_by_mail, c.topic, c.pace
               FROM persons x LEFT JOIN mail_choices c ON c.person_id = x.id WHERE x.id = $1";
    let rows = all::<Row>(db, sql, values![person]).await?;
    let time_zone = rows.first().and_then(|row| row.time_zone.as_deref()).and_then(|zone| zone.parse().ok());
    let answers_by_mail = rows.first().is_some_and(|row| row.answers_by_mail);
    let paces = rows.into_iter().filter_map(|row| Some((row.topic?, row.pace?))).collect();
    Ok(Mailing { paces, time_zone, answers_by_mail })
}

/// Changes how the actor hears. What waits already goes out when it would have, unless its sort is not written about any more.
///
/// # Errors
/// [`Error::Invalid`](crate::Error::Invalid) on the name of a topic, or on `time_zone`.
pub async fn choose(tx: &mut Tx, draft: &Draft) -> Result<()> {
    let me = may_choose(tx.actor())?.id;
    let mut check = Check::new();
    let mut paces = Vec::new();
    for (topic, typed) in &draft.paces {
        paces.extend(check.field(topic.as_str(), Pace::parse(typed.trim())).map(|pace| (*topic, pace)));
    }
    let zone = draft.time_zone.as_deref().map(|typed| match typed.trim() {
        "" => Ok(None),
        typed => parse_time_zone(typed).map(Some),
    });
    let zone = zone.and_then(|zone| check.field("time_zone", zone));
    check.finish(())?;
    for (topic, pace) in paces {
        set(tx, me, topic, pace).await?;
    }
    if let Some(zone) = zone {
        let name = zone.map(Tz::name);
        exec(tx.conn(), "UPDATE persons SET time_zone = $2 WHERE id = $1", values![me, name]).await?;
    }
    if let Some(answers) = draft.answers_by_mail {
        exec(tx.conn(), "UPDATE persons SET answers_by_mail = $2 WHERE id = $1", values![me, answers]).await?;
    }
    Ok(())
}

pub(crate) async fn set(tx: &Tx, person: PersonId, topic: Topic, pace: Pace) -> Result<()> {
    let sql = "INSERT INTO mail_choices (person_id, topic, pace) VALUES ($1, $2, $3)
               ON CONFLICT (person_id, topic) DO UPDATE SET pace = excluded.pace";
    exec(tx.conn(), sql, values![person, topic, pace]).await?;
    Ok(())
}

/// When a person is written to about an event.
pub(crate) async fn due(tx: &Tx, reader: &Account, event: &Event, post: PostId, reason: Audience) -> Result<Due> {
    let now = tx.now();
    if reader.is_guest() {
        return Ok(Due::Now);
    }
    if reader.email.is_none() || !reader.verified || reader.unreached.is_some() {
        return Ok(Due::Never);
    }
    let topic = Topic::of(&event.kind, reason);
    let mailing = of_person(tx.conn(), reader.id).await?;
    let due = next(mailing.pace(topic), mailing.time_zone.unwrap_or(tx.site().time_zone), now);
    if due == Due::Now && topic == Topic::Comments { after_the_last(tx, reader.id, post, now).await } else { Ok(due) }
}

/// An hour after the last letter about comments on a post; now if that is longer ago.
async fn after_the_last(tx: &Tx, reader: PersonId, post: PostId, now: DateTime<Utc>) -> Result<Due> {
    #[derive(FromQueryResult)]
    struct Last {
        mail_at: Option<DateTime<Utc>>,
        mailed_at: Option<DateTime<Utc>>,
    }
    // what went out within the hour may have waited for one
    let sql = format!(
        "SELECT n.mail_at, n.mailed_at FROM events e JOIN notices n ON n.event_id = e.id AND n.person_id = $1
         WHERE e.post_id = $2 AND e.kind = '{}' AND e.created_at > $3 AND (n.mail_at IS NOT NULL OR n.mailed_at > $4)
         ORDER BY e.id DESC LIMIT 1",
        <&str>::from(KindName::CommentPosted),
    );
    let last = one::<Last>(tx.conn(), &sql, values![reader, post, now - BURST * 2, now - BURST]).await?;
    let at = last.and_then(|last| last.mail_at.or(last.mailed_at.map(|at| at + BURST)));
    Ok(at.filter(|at| *at > now).map_or(Due::Now, Due::At))
}

/// Says when each of those who were just told of an event for one of these reasons, which are of one topic, is written to, and answers to whom
/// that is now: the notice, the address, and the language that they read. In a few statements, however many they are.
pub(crate) async fn readers(tx: &Tx, event: &Event, reasons: &[Audience]) -> Result<Vec<(NoticeId, String, Option<String>)>> {
    #[derive(FromQueryResult)]
    struct Group {
        pace: Pace,
        time_zone: Option<String>,
    }
    #[derive(FromQueryResult)]
    struct Now {
        id: NoticeId,
        email: String,
        language: Option<String>,
    }
    let Some(first) = reasons.first() else { return Ok(Vec::new()) };
    let topic = Topic::of(&event.kind, *first);
    let reasons = reasons.iter().map(|reason| format!("'{}'", reason.as_str())).collect::<Vec<_>>().join(", ");
    let pace = format!("COALESCE(c.pace, '{}')", Pace::AtOnce.as_str());
    let told = format!(
        "FROM notices n JOIN persons x ON x.id = n.person_id
            LEFT JOIN mail_choices c ON c.person_id = x.id AND c.topic = '{}'
         WHERE n.event_id = $1 AND n.reason IN ({reasons}) AND x.email IS NOT NULL AND x.verified_at IS NOT NULL
            AND x.unreached_at IS NULL",
        topic.as_str(),
    );
    let sql = format!("SELECT DISTINCT {pace} AS pace, x.time_zone {told}");
    for group in all::<Group>(tx.conn(), &sql, values![event.id]).await? {
        let zone = group.time_zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(tx.site().time_zone);
        let (mail_at, mailed_at) = next(group.pace, zone, tx.now()).columns(tx.now());
        let sql = format!(
            "UPDATE notices SET mail_at = $2, mailed_at = $3
             WHERE id IN (SELECT n.id {told} AND {pace} = $4 AND COALESCE(x.time_zone, '') = $5)"
        );
        let zone = group.time_zone.unwrap_or_default();
        exec(tx.conn(), &sql, values![event.id, mail_at, mailed_at, group.pace, zone]).await?;
    }
    let sql = format!("SELECT n.id, x.email, x.language {told} AND n.mailed_at IS NOT NULL ORDER BY n.id");
    let now = all::<Now>(tx.conn(), &sql, values![event.id]).await?;
    Ok(now.into_iter().map(|now| (now.id, now.email, now.language)).collect())
}

/// Puts what is due together, a letter for each reader; answers how many letters. Nothing is written where nothing is due.
///
/// # Errors
/// When the database does not answer.
pub async fn run(forum: &Forum) -> Result<u64> {
    let mut letters = 0;
    loop {
        let sql = format!(
            "SELECT person_id FROM notices WHERE mail_at IS NOT NULL AND mail_at <= $1 GROUP BY person_id ORDER BY MIN(mail_at) LIMIT {AT_ONCE}"
        );
        let due = all::<Reader>(forum.read(), &sql, values![forum.now()]).await?;
        if due.is_empty() {
            return Ok(letters);
        }
        letters += forum
            .write_aside(&Actor::System, async |tx| {
                let mut letters = 0;
                for reader in &due {
                    letters += u64::from(collect(tx, reader.person_id).await?);
                }
                Ok(letters)
            })
            .await?;
    }
}

#[derive(FromQueryResult)]
struct Reader {
    person_id: PersonId,
}

/// Writes one letter of all that is due to somebody; answers whether there was anything left to tell.
async fn collect(tx: &mut Tx, person: PersonId) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Taken {
        id: NoticeId,
        event_id: EventId,
        reason: Audience,
        read_at: Option<DateTime<Utc>>,
    }
    let sql = "UPDATE notices SET mail_at = NULL, mailed_at = $2 WHERE person_id = $1 AND mail_at <= $2
               RETURNING id, event_id, reason, read_at";
    let mut taken = all::<Taken>(tx.conn(), sql, values![person, tx.now()]).await?;
    taken.sort_by_key(|notice| notice.event_id);
    let Some(account) = person::by_id(tx.conn(), person).await? else { return Ok(false) };
    let Some(email) = account.email.as_ref().filter(|_| account.verified && account.unreached.is_none()) else { return Ok(false) };
    let mailing = of_person(tx.conn(), person).await?;
    let (mut notices, mut is_asked) = (Vec::new(), false);
    for notice in taken.into_iter().filter(|notice| notice.read_at.is_none()) {
        let Some(event) = crate::event::by_id(tx.conn(), notice.event_id).await? else { continue };
        let pace = mailing.pace(Topic::of(&event.kind, notice.reason));
        if pace != Pace::Never {
            notices.push(notice.id);
            is_asked |= pace != Pace::AtOnce;
        }
    }
    let letter = match notices.as_slice() {
        [] => return Ok(false),
        [notice] if !is_asked => Letter::Notice { notice: *notice, path: None },
        _ => Letter::Digest { notices, collected: if is_asked { Collected::Asked } else { Collected::Burst } },
    };
    outbox::put(tx, email, person::language_of(tx, &account), &letter).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn collected_letters_go_out_in_the_morning_of_their_reader() {
        for (pace, zone, now, due) in [
            (Pace::Daily, chrono_tz::Europe::Amsterdam, "2026-11-19T09:00:00Z", "2026-11-20T07:00:00Z"),
            // past midnight where the reader is, though not yet elsewhere
            (Pace::Daily, chrono_tz::Asia::Tokyo, "2026-11-19T16:00:00Z", "2026-11-20T23:00:00Z"),
            (Pace::Weekly, chrono_tz::Europe::Amsterdam, "2026-11-19T09:00:00Z", "2026-11-23T07:00:00Z"),
            (Pace::Weekly, chrono_tz::Europe::Amsterdam, "2026-11-23T09:00:00Z", "2026-11-30T07:00:00Z"),
            // in summer the morning is an hour earlier elsewhere
            (Pace::Daily, chrono_tz::Europe::Amsterdam, "2026-07-01T09:00:00Z", "2026-07-02T06:00:00Z"),
        ] {
            assert_eq!(next(pace, zone, utc(now)), Due::At(utc(due)), "{pace:?} {zone} {now}");
        }
        let noon = utc("2026-11-19T12:00:00Z");
        assert_eq!(next(Pace::AtOnce, chrono_tz::UTC, noon), Due::Now);
        assert_eq!(next(Pace::Never, chrono_tz::UTC, noon), Due::Never);
    }
}
