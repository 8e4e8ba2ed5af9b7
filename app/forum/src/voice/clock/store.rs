//! Clocks as they are kept: three times and what follows from them.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use super::{Name, State};
use crate::{
    Result, Tx, View,
    db::{DueRows, Sql, all, exec, one, values},
    held::Held,
    id::PostId,
    post::Kind,
    post::Seen,
    site::Site,
};

/// Deadlines end at 17:00 in the site's time zone.
pub const DUE_HOUR: u32 = 17;

/// A deadline on a post.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Clock {
    /// The post.
    #[serde(skip)]
    pub post: PostId,
    /// What is due.
    pub name: Name,
    /// Since when it runs.
    #[serde(skip)]
    pub started_at: DateTime<Utc>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When what was due came.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it was due before it was extended, if it was.
    pub extended_from: Option<DateTime<Utc>>,
    /// When it runs again at the latest, while it stands still.
    #[serde(skip)]
    pub stopped_until: Option<DateTime<Utc>>,
    /// The member of the case whose deadline it was, if the post took it over.
    #[serde(skip)]
    pub taken_from: Option<PostId>,
    /// The level on which it was started.
    #[serde(skip)]
    pub level: i32,
    /// How it stands now.
    pub state: State,
}

impl Clock {
    /// Whether what is due has not come yet.
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// How a clock stands: a fact that follows from four times. While it is stopped, `due_at` is when it would be due if it stood still
/// until `stopped_until`.
pub fn state(
    due_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    stopped_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> State {
    match ended_at {
        None if stopped_until.is_some_and(|until| now <= until) => State::Stopped,
        None if now > due_at => State::Missed,
        None => State::Running,
        Some(ended) if ended > due_at => State::Late,
        Some(_) => State::Met,
    }
}

/// The day it is at the site.
pub fn local_day(site: &Site, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&site.time_zone).date_naive()
}

/// 17:00 on a day in the site's time zone. Where the hour does not exist (a change of daylight-saving time at that very
/// hour) the next one that does counts; where it exists twice, the first.
pub fn end_of_day(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    hour_of_day(zone, day, DUE_HOUR)
}

/// A full hour of a day in a time zone, by the same rule.
pub fn hour_of_day(zone: Tz, day: NaiveDate, mut hour: u32) -> DateTime<Utc> {
    loop {
        let local = day.and_time(NaiveTime::from_hms_opt(hour.min(23), 0, 0).unwrap_or_default());
        if let Some(time) = zone.from_local_datetime(&local).earliest() {
            return time.to_utc();
        }
        if hour >= 23 {
            return Utc.from_utc_datetime(&local);
        }
        hour += 1;
    }
}

/// The first moment of a day in the site's time zone.
pub fn start_of_day(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    // where midnight is skipped by a change of daylight-saving time the day starts an hour later
    (0..3)
        .find_map(|hour| zone.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest())
        .map_or_else(|| Utc.from_utc_datetime(&day.and_time(NaiveTime::MIN)), |time| time.to_utc())
}

/// When something is due that starts at `from` and takes `days` working days: at 17:00 on the n-th working day after.
pub fn due(site: &Site, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let day = site.calendar().nth_working_day_after(local_day(site, from), days);
    end_of_day(site.time_zone, day)
}

/// The last day that staff may name for the next update of a post on a level.
pub fn latest_next_update(site: &Site, kind: Kind, board: &str, level: i32, now: DateTime<Utc>) -> NaiveDate {
    let days = site.terms(kind, board).days(Name::NextUpdate, level);
    site.calendar().nth_working_day_after(local_day(site, now), days)
}

#[derive(FromQueryResult)]
struct Row {
    post_id: PostId,
    name: Name,
    started_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    extended_from: Option<DateTime<Utc>>,
    stopped_until: Option<DateTime<Utc>>,
    taken_from: Option<PostId>,
    level: i32,
}

impl Row {
    fn clock(self, now: DateTime<Utc>) -> Clock {
        Clock {
            post: self.post_id,
            name: self.name,
            started_at: self.started_at,
            due_at: self.due_at,
            ended_at: self.ended_at,
            extended_from: self.extended_from,
            stopped_until: self.stopped_until,
            taken_from: self.taken_from,
            level: self.level,
            state: state(self.due_at, self.ended_at, self.stopped_until, now),
        }
    }
}

const COLUMNS: &str = "c.post_id, c.name, c.started_at, c.due_at, c.ended_at, c.extended_from, c.stopped_until,
        c.taken_from, c.level";

/// The clocks of these posts: of each name the latest, and those that were missed before it: what came late is seen as late. Oldest
/// first. A clock that starts at a later day is not among them yet.
pub async fn of_posts(db: &impl ConnectionTrait, posts: &[PostId], now: DateTime<Utc>) -> Result<Vec<Clock>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM clocks c WHERE c.post_id IN "));
    sql.bind_list(posts.iter().copied()).push(" AND c.started_at <= ").bind(now).push(
        " AND (c.ended_at IS NULL OR NOT EXISTS (SELECT 1 FROM clocks later
            WHERE later.post_id = c.post_id AND later.name = c.name AND later.id > c.id AND later.started_at <= ",
    );
    // a clock and those that followed because it was missed end with one and the same answer
    sql.bind(now).push(" AND (later.ended_at IS NULL OR later.ended_at <> c.ended_at))) ORDER BY c.post_id, c.id");
    Ok(all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(|row| row.clock(now)).collect())
}

/// Of every clock that ever ran on a post, oldest first, those that [`of_posts`] tells of.
pub fn standing(history: &[Clock]) -> Vec<Clock> {
    let overtaken = |n: usize, clock: &Clock| {
        let mut later = history[n + 1..].iter().filter(|later| later.name == clock.name);
        clock.ended_at.is_some() && later.any(|later| later.ended_at.is_none() || later.ended_at != clock.ended_at)
    };
    history.iter().enumerate().filter(|(n, clock)| !overtaken(*n, clock)).map(|(_, clock)| clock.clone()).collect()
}

/// Every clock that ever ran on a post, oldest first; of a member of a case those that have ended, since the others rest.
pub async fn history(view: &View<'_>, post: &Seen) -> Result<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks c WHERE c.post_id = $1 AND c.started_at <= $2 ORDER BY c.id");
    let clocks = all::<Row>(view.db(), &sql, values![post.id(), view.now()]).await?.into_iter().map(|row| row.clock(view.now()));
    Ok(clocks.filter(|clock| post.head().is_none() || !clock.is_open()).collect())
}

/// Clocks that can be missed.
pub(crate) const DUE: DueRows = DueRows { id: "id", at: "due_at", rows: "clocks WHERE ended_at IS NULL AND missed_at IS NULL" };

/// What a clock is started with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) name: Name,
    pub(crate) level: i32,
    pub(crate) from: DateTime<Utc>,
    pub(crate) due_at: DateTime<Utc>,
}

/// Starts a clock.
pub(crate) async fn start(tx: &mut Tx, post: &Held, start: Start) -> Result<()> {
    start_after(tx, post, start, None).await
}

/// Starts the clock that follows one that was taken over from a member of the case.
pub(crate) async fn start_after(tx: &mut Tx, post: &Held, start: Start, taken_from: Option<PostId>) -> Result<()> {
    exec(
        tx.conn(),
        "INSERT INTO clocks (post_id, name, level, started_at, due_at, taken_from) VALUES ($1, $2, $3, $4, $5, $6)",
        values![post.id(), start.name, start.level, start.from, start.due_at, taken_from],
    )
    .await?;
    Ok(())
}

/// Ends the clocks of a name, those that were missed and are still open too. One that starts at a later day is forgotten.
pub(crate) async fn end(tx: &mut Tx, post: &Held, name: Name) -> Result<()> {
    let (post, at) = (post.id(), tx.now());
    let sql = "DELETE FROM clocks WHERE post_id = $1 AND name = $2 AND ended_at IS NULL AND started_at > $3";
    exec(tx.conn(), sql, values![post, name, at]).await?;
    let sql = "UPDATE clocks SET ended_at = $3 WHERE post_id = $1 AND name = $2 AND ended_at IS NULL";
    exec(tx.conn(), sql, values![post, name, at]).await?;
    Ok(())
}

/// Makes the clocks that run due sooner: no later than the length of the level that the post is on now, counted from now; those that
/// stand still, counted from when they run again at the latest.
pub(crate) async fn hasten(tx: &mut Tx, post: &Held) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Standing {
        until_at: DateTime<Utc>,
    }
    let (site, now) = (tx.site(), tx.now());
    let sql = "SELECT until_at FROM stops WHERE post_id = $1 AND ended_at IS NULL";
    let standing = one::<Standing>(tx.conn(), sql, values![post.id()]).await?;
    let (terms, level) = (post.terms(&site), post.level());
    for name in Name::ALL {
        let days = terms.days(name, level);
        let due_at = due(&site, now, days);
        exec(
            tx.conn(),
            "UPDATE clocks SET due_at = $4, level = $3 WHERE post_id = $1 AND name = $2 AND ended_at IS NULL AND missed_at IS NULL
                AND stopped_at IS NULL AND started_at <= $5 AND due_at > $4",
            values![post.id(), name, level, due_at, now],
        )
        .await?;
        if let Some(standing) = &standing {
            let due_at = due(&site, standing.until_at, days);
            exec(
                tx.conn(),
                "UPDATE clocks SET due_at = $4, level = $3 WHERE post_id = $1 AND name = $2 AND ended_at IS NULL AND missed_at IS NULL
                    AND stopped_at IS NOT NULL AND due_at > $4",
                values![post.id(), name, level, due_at],
            )
            .await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _, Utc};

    use super::*;

    #[test]
    fn an_answer_is_due_at_five_on_the_working_day() {
        let site = Site::default();
        // Friday noon, summer time: two working days later is Tuesday, 17:00 at Amsterdam is 15:00 UTC
        let friday = Utc.with_ymd_and_hms(2026, 7, 17, 10, 0, 0).unwrap();
        assert_eq!(due(&site, friday, 2), Utc.with_ymd_and_hms(2026, 7, 21, 15, 0, 0).unwrap());
        // across the end of summer time it is 16:00 UTC
        let thursday = Utc.with_ymd_and_hms(2026, 10, 22, 10, 0, 0).unwrap();
        assert_eq!(due(&site, thursday, 2), Utc.with_ymd_and_hms(2026, 10, 26, 16, 0, 0).unwrap());
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_site() {
        let site = Site::default();
        // 23:30 UTC on Sunday is Monday at Amsterdam: the first working day after is Tuesday
        let sunday = Utc.with_ymd_and_hms(2026, 7, 19, 23, 30, 0).unwrap();
        assert_eq!(due(&site, sunday, 1), Utc.with_ymd_and_hms(2026, 7, 21, 15, 0, 0).unwrap());
    }

    #[test]
    fn the_state_follows_from_the_times() {
        let due = Utc.with_ymd_and_hms(2026, 7, 21, 15, 0, 0).unwrap();
        let second = TimeDelta::seconds(1);
        assert_eq!(state(due, None, None, due), State::Running);
        assert_eq!(state(due, None, None, due + second), State::Missed);
        assert_eq!(state(due, Some(due), None, due + second), State::Met);
        assert_eq!(state(due, Some(due + second), None, due + second), State::Late);
        assert_eq!(state(due, None, Some(due - second), due - second), State::Stopped);
        assert_eq!(state(due, None, Some(due - second), due), State::Running);
        assert_eq!(state(due, None, Some(due - second), due + second), State::Missed);
    }
}
