//! The time of the demo forum. Everything in it happened so many working days ago at such a time of day; this is where that
//! becomes a moment, never one in the future.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use forum::{clock, site::Site};

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// Nobody writes before this hour of the day, or later than ten to midnight.
const MORNING: i64 = 6 * 3600;
const NIGHT: i64 = 23 * 3600 + 50 * 60;

/// A place in time, in seconds: the working day it is on (0 is the latest one, -1 the one before) times [`DAY`], and the time of
/// that day.
pub(super) type Place = i64;

/// The last place that there is.
pub(super) const END: Place = NIGHT;

/// The working days of a site up to the present one.
pub(super) struct Axis {
    zone: Tz,
    /// The latest first.
    days: Vec<NaiveDate>,
    /// On a day that is not over yet, its hours are moved together so that they end now.
    present: Option<TimeDelta>,
}

impl Axis {
    /// The axis that reaches so many working days back. It ends with today, if that is a working day on which people have
    /// been up for a while, else with the working day before.
    pub(super) fn new(site: &Site, now: DateTime<Utc>, length: u32) -> Self {
        let (calendar, today) = (site.calendar(), clock::local_day(site, now));
        let so_far = now.with_timezone(&site.time_zone).time() - NaiveTime::MIN;
        let is_under_way = calendar.is_working_day(today) && so_far >= TimeDelta::hours(10);
        let before = |day: NaiveDate| calendar.working_day_at_or_before(day.checked_sub_days(Days::new(1)).unwrap_or(day));
        let mut day = if is_under_way { today } else { before(today) };
        let mut days = Vec::new();
        for _ in 0..=length {
            days.push(day);
            day = before(day);
        }
        Self { zone: site.time_zone, days, present: is_under_way.then_some(so_far - TimeDelta::minutes(1)) }
    }

    /// The day of a place.
    pub(super) fn day(&self, place: Place) -> NaiveDate {
        let back = usize::try_from(-place.div_euclid(DAY)).unwrap_or(0);
        self.days.get(back).or(self.days.last()).copied().unwrap_or_default()
    }

    /// The moment of a place.
    pub(super) fn at(&self, place: Place) -> DateTime<Utc> {
        let mut time = TimeDelta::seconds(place.rem_euclid(DAY));
        if let Some(so_far) = self.present.filter(|_| place >= 0) {
            let (morning, night) = (TimeDelta::seconds(MORNING), TimeDelta::seconds(NIGHT));
            let share = (time - morning).num_seconds().clamp(0, (night - morning).num_seconds());
            let micros = (so_far - morning).num_microseconds().unwrap_or(0);
            // of two places the earlier stays the earlier
            time = morning + TimeDelta::microseconds(micros / (night - morning).num_seconds() * share);
        }
        let local = self.day(place).and_time(NaiveTime::MIN) + time;
        self.zone.from_local_datetime(&local).earliest().unwrap_or_else(|| self.zone.from_utc_datetime(&local)).to_utc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(now: &str) -> (Axis, DateTime<Utc>) {
        let now = now.parse().unwrap();
        (Axis::new(&Site::default(), now, 30), now)
    }

    #[test]
    fn nothing_is_in_the_future_and_the_order_stays() {
        for now in
            ["2026-11-19T09:00:00Z", "2026-11-19T09:00:01Z", "2026-11-19T22:59:00Z", "2026-11-21T12:00:00Z", "2026-11-20T00:10:00Z"]
        {
            let (axis, now) = axis(now);
            let places = (-3 * DAY..=END).step_by(601).filter(|p| (MORNING..=NIGHT).contains(&p.rem_euclid(DAY)));
            let times: Vec<DateTime<Utc>> = places.map(|place| axis.at(place)).collect();
            assert!(times.is_sorted_by(|a, b| a < b), "from {now}");
            assert!(times.last().is_some_and(|last| *last < now), "from {now}");
        }
    }

    #[test]
    fn days_are_working_days() {
        // a Saturday: the latest working day is the Friday before
        let (axis, _) = axis("2026-11-21T12:00:00Z");
        assert_eq!(axis.day(END), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        assert_eq!(axis.day(-5 * DAY), NaiveDate::from_ymd_opt(2026, 11, 13).unwrap());
        assert_eq!(axis.at(-5 * DAY + 12 * 3600).to_rfc3339(), "2026-11-13T11:00:00+00:00");
    }

    #[test]
    fn a_day_that_has_hardly_begun_does_not_count() {
        let (axis, _) = axis("2026-11-19T07:00:00Z");
        assert_eq!(axis.day(0), NaiveDate::from_ymd_opt(2026, 11, 18).unwrap());
    }
}
