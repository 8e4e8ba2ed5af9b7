//! The public scoreboard: whether the company does what it says. Every figure follows from facts that anybody can download, and is
//! the same for everybody: it counts what stands on public boards, and nothing that was brought in from elsewhere.

mod facts;
mod figures;
mod overdue;

pub use facts::*;
pub use figures::*;
pub use overdue::*;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use crate::{actor::Actor, clock, site::Site};

/// Of which time the figures are: posts that came in, and promises that were made, since its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Period {
    /// The last 90 days.
    #[default]
    #[strum(serialize = "90d")]
    Days90,
    /// Since the first of January.
    Year,
    /// Since the beginning.
    All,
}

crate::word::named!(Period);

impl Period {
    /// The first moment of the period; none for everything.
    pub fn since(self, site: &Site, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = clock::local_day(site, now);
        let first = match self {
            Self::Days90 => today.checked_sub_days(Days::new(90)),
            Self::Year => NaiveDate::from_ymd_opt(today.year(), 1, 1),
            Self::All => None,
        };
        first.map(|day| clock::start_of_day(site.time_zone, day))
    }
}

/// How working time is counted: whole days of 24 hours, but only those on which the company works.
pub struct WorkingTime<'a> {
    site: &'a Site,
    first: NaiveDate,
    /// Working days before each day from the first on.
    before: Vec<u32>,
    works: Vec<bool>,
}

/// No forum is older, and no date further ahead is needed for figures.
const LONGEST: i64 = 366 * 60;

impl<'a> WorkingTime<'a> {
    /// A measure for times between two moments, both included.
    pub fn between(site: &'a Site, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        let first = clock::local_day(site, from);
        let last = clock::local_day(site, to.max(from).min(from + TimeDelta::days(LONGEST)));
        let calendar = site.calendar();
        let works: Vec<bool> = first.iter_days().take_while(|day| *day <= last).map(|day| calendar.is_working_day(day)).collect();
        let before = works
            .iter()
            .scan(0, |sum, works| {
                let before = *sum;
                *sum += u32::from(*works);
                Some(before)
            })
            .collect();
        Self { site, first, before, works }
    }

    /// Working time until a moment, in minutes since the first day.
    fn until(&self, at: DateTime<Utc>) -> i64 {
        let local = at.with_timezone(&self.site.time_zone).naive_local();
        let Ok(day) = usize::try_from((local.date() - self.first).num_days()) else { return 0 };
        match (self.before.get(day), self.works.get(day)) {
            (Some(before), Some(works)) => {
                let minutes = (local - local.date().and_time(chrono::NaiveTime::MIN)).num_minutes();
                i64::from(*before) * 1440 + if *works { minutes } else { 0 }
            }
            _ => self.before.last().map_or(0, |before| i64::from(*before) * 1440),
        }
    }

    /// Working days from one moment to another, in thousandths.
    pub fn days(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        (self.until(to) - self.until(from)).max(0) * 1000 / 1440
    }
}

/// The value below or at which a share of the values lies: the smallest one with at least `percent` of all at or below it
/// (nearest rank). `values` need not be sorted.
pub fn percentile(values: &mut [i64], percent: usize) -> Option<i64> {
    if values.is_empty() {
        return None;
    }
    let rank = (values.len() * percent).div_ceil(100).max(1);
    let (_, value, _) = values.select_nth_unstable(rank - 1);
    Some(*value)
}

/// The queries behind the figures, by what they find, as this database understands them. `$1`, `$2` are the present time or the
/// first moment of the period.
pub fn queries(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    vec![
        ("posts", query(db, Some(now)).0),
        ("promises", crate::promise::counts_query(&Actor::Visitor, Some(now), now).0),
        ("overdue", overdue::overdue_query(now).text),
    ]
}

/// A count and the whole that it is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// So many.
    pub count: i64,
    /// Of so many.
    pub of: i64,
}

impl Share {
    /// In tenths of a percent; none of nothing.
    pub fn permille(self) -> Option<i64> {
        (self.of > 0).then(|| (self.count * 2000 + self.of) / (self.of * 2))
    }

    pub(crate) fn add(&mut self, counts: bool) {
        self.of += 1;
        self.count += i64::from(counts);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        assert_eq!(percentile(&mut [], 50), None);
        assert_eq!(percentile(&mut [7], 90), Some(7));
        assert_eq!(percentile(&mut [4, 1, 3, 2], 50), Some(2));
        assert_eq!(percentile(&mut [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90), Some(9));
        assert_eq!(percentile(&mut [1, 2, 3], 0), Some(1));
    }

    #[test]
    fn weekends_are_no_working_time() {
        let site = Site::default();
        let at = |day, hour| Utc.with_ymd_and_hms(2026, 7, day, hour, 0, 0).unwrap();
        // Friday noon to Monday noon at Amsterdam
        let measure = WorkingTime::between(&site, at(1, 0), at(31, 0));
        assert_eq!(measure.days(at(17, 10), at(20, 10)), 1000);
        assert_eq!(measure.days(at(17, 10), at(18, 10)), 500);
        assert_eq!(measure.days(at(18, 10), at(19, 10)), 0);
        assert_eq!(measure.days(at(20, 10), at(17, 10)), 0);
    }

    #[test]
    fn shares_are_rounded_to_tenths_of_a_percent() {
        assert_eq!(Share { count: 2, of: 3 }.permille(), Some(667));
        assert_eq!(Share { count: 1, of: 3 }.permille(), Some(333));
        assert_eq!(Share::default().permille(), None);
    }
}
