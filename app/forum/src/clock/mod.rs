//! Deadlines on posts. Whether one is missed follows from its due time and the present time, never from a job that has run.

pub mod calendar;

pub use calendar::Calendar;

use serde::{Deserialize, Serialize};

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// The first official answer.
    FirstAnswer,
    /// The next official answer.
    NextUpdate,
    /// A decision: the stage leaves received and review.
    Decision,
}

impl Name {
    /// As the database and the API spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstAnswer => "first_answer",
            Self::NextUpdate => "next_update",
            Self::Decision => "decision",
        }
    }

    /// The clock of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::FirstAnswer, Self::NextUpdate, Self::Decision].into_iter().find(|n| n.as_str() == text)
    }
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not due yet.
    Running,
    /// Past due, still open.
    Missed,
    /// Ended in time.
    Met,
    /// Ended after it was due.
    Late,
}

impl State {
    /// As the API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Missed => "missed",
            Self::Met => "met",
            Self::Late => "late",
        }
    }
}

/// The deadlines of a kind of posts, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From receipt to the first answer.
    pub first_answer: u32,
    /// From receipt to the decision.
    pub decision: u32,
    /// From one answer to the next, at most.
    pub next_update: u32,
}

#[cfg(feature = "store")]
pub use store::*;

#[cfg(feature = "store")]
mod store {
    use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
    use chrono_tz::Tz;
    use sea_orm::{ConnectionTrait, FromQueryResult};
    use serde::Serialize;

    use super::{Name, State};
    use crate::{
        Error, Result, Tx,
        db::{Sql, all, exec, values},
        id::PostId,
        post::Kind,
        site::Site,
    };

    /// Deadlines end at 17:00 in the site's time zone.
    pub const DUE_HOUR: u32 = 17;

    /// A deadline on a post.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
        /// How it stands now.
        pub state: State,
    }

    impl Clock {
        /// Whether what is due has not come yet.
        pub fn is_open(&self) -> bool {
            self.ended_at.is_none()
        }
    }

    /// How a clock stands: a fact that follows from three times.
    pub fn state(due_at: DateTime<Utc>, ended_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> State {
        match ended_at {
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
        let mut hour = DUE_HOUR;
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

    /// When something is due that starts at `from` and takes `days` working days: at 17:00 on the n-th working day after.
    pub fn due(site: &Site, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let day = site.calendar().nth_working_day_after(local_day(site, from), days);
        end_of_day(site.time_zone, day)
    }

    /// The last day that staff may name for the next update.
    pub fn latest_next_update(site: &Site, kind: Kind, now: DateTime<Utc>) -> NaiveDate {
        site.calendar().nth_working_day_after(local_day(site, now), site.terms(kind).next_update)
    }

    #[derive(FromQueryResult)]
    struct Row {
        post_id: PostId,
        name: String,
        started_at: DateTime<Utc>,
        due_at: DateTime<Utc>,
        ended_at: Option<DateTime<Utc>>,
    }

    impl Row {
        fn clock(self, now: DateTime<Utc>) -> Result<Clock> {
            Ok(Clock {
                post: self.post_id,
                name: Name::parse(&self.name).ok_or_else(|| Error::internal("unknown clock"))?,
                started_at: self.started_at,
                due_at: self.due_at,
                ended_at: self.ended_at,
                state: state(self.due_at, self.ended_at, now),
            })
        }
    }

    /// The clocks of these posts: of each name the latest, oldest first.
    pub async fn of_posts(db: &impl ConnectionTrait, posts: &[PostId], now: DateTime<Utc>) -> Result<Vec<Clock>> {
        if posts.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(
            "SELECT c.post_id, c.name, c.started_at, c.due_at, c.ended_at FROM clocks c
             JOIN (SELECT MAX(id) AS id FROM clocks WHERE post_id IN ",
        );
        sql.bind_list(posts.iter().copied()).push(" GROUP BY post_id, name) latest ON latest.id = c.id ORDER BY c.post_id, c.id");
        all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(|row| row.clock(now)).collect()
    }

    /// Starts a clock.
    pub(crate) async fn start(tx: &mut Tx, post: PostId, name: Name, due_at: DateTime<Utc>) -> Result<()> {
        exec(
            tx.conn(),
            "INSERT INTO clocks (post_id, name, started_at, due_at) VALUES ($1, $2, $3, $4)",
            values![post, name.as_str(), tx.now(), due_at],
        )
        .await?;
        Ok(())
    }

    /// Ends a clock, if it runs.
    pub(crate) async fn end(tx: &mut Tx, post: PostId, name: Name) -> Result<()> {
        exec(
            tx.conn(),
            "UPDATE clocks SET ended_at = $3 WHERE post_id = $1 AND name = $2 AND ended_at IS NULL",
            values![post, name.as_str(), tx.now()],
        )
        .await?;
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
            assert_eq!(state(due, None, due), State::Running);
            assert_eq!(state(due, None, due + second), State::Missed);
            assert_eq!(state(due, Some(due), due + second), State::Met);
            assert_eq!(state(due, Some(due + second), due + second), State::Late);
        }
    }
}
