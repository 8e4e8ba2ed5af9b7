//! Which days are working days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The working days of a site.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// Days of the week on which the company works.
    pub work_week: &'a [Weekday],
    /// Whether the Dutch public holidays are days off.
    pub dutch_holidays: bool,
    /// Further days off, with what they are.
    pub days_off: &'a BTreeMap<NaiveDate, String>,
    /// Public holidays on which the company works all the same.
    pub days_worked: &'a BTreeSet<NaiveDate>,
}

/// A site that never works would never answer: after so many days without a working day, days count as they come.
const LONGEST_PAUSE: u32 = 366;

impl Calendar<'_> {
    /// Whether the company works on that day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.work_week.contains(&day.weekday())
            && !self.days_off.contains_key(&day)
            && (!(self.dutch_holidays && is_dutch_holiday(day)) || self.days_worked.contains(&day))
    }

    /// The n-th working day after a day; the day itself for 0.
    pub fn nth_working_day_after(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let mut day = day;
        for _ in 0..n {
            day = self.step(day, true);
        }
        day
    }

    /// The day itself if it is a working day, else the last one before it.
    pub fn working_day_at_or_before(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working_day(day) { day } else { self.step(day, false) }
    }

    /// How many working days lie after `from`, up to and including `to`; negative when `to` is earlier.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let count = |a: NaiveDate, b: NaiveDate| {
            let days = a.iter_days().skip(1).take_while(|d| *d <= b);
            days.filter(|d| self.is_working_day(*d)).fold(0_i64, |n, _| n + 1)
        };
        if from <= to { count(from, to) } else { -count(to, from) }
    }

    fn step(&self, day: NaiveDate, forward: bool) -> NaiveDate {
        let mut next = day;
        for _ in 0..LONGEST_PAUSE {
            let moved = if forward { next.succ_opt() } else { next.pred_opt() };
            let Some(moved) = moved else { return next };
            next = moved;
            if self.is_working_day(next) {
                return next;
            }
        }
        day
    }
}

/// A public holiday in the Netherlands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// Easter Sunday.
    Easter,
    /// The day after.
    EasterMonday,
    /// King's Day.
    KingsDay,
    /// Liberation Day.
    LiberationDay,
    /// Ascension.
    Ascension,
    /// Whit Sunday.
    WhitSunday,
    /// The day after.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// The day after.
    BoxingDay,
}

crate::word::named!(Holiday);

/// The Dutch public holidays of a year, in order.
pub fn dutch_holidays(year: i32) -> Vec<(NaiveDate, Holiday)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let days = first.into_iter().flat_map(|first| first.iter_days()).take_while(|day| day.year() == year);
    days.filter_map(|day| Some((day, dutch_holiday(day)?))).collect()
}

/// Whether a day is a public holiday in the Netherlands: New Year, Easter Sunday and Monday, King's Day (27 April, the day
/// before when that is a Sunday), Liberation Day in the years divisible by five, Ascension, Whit Sunday and Monday, Christmas
/// and the day after.
pub fn is_dutch_holiday(day: NaiveDate) -> bool {
    dutch_holiday(day).is_some()
}

/// Which public holiday a day is. When King's Day or Liberation Day falls on Ascension, the day has the name of Ascension.
pub fn dutch_holiday(day: NaiveDate) -> Option<Holiday> {
    let easter = easter_sunday(day.year());
    let moving = [
        (0, Holiday::Easter),
        (1, Holiday::EasterMonday),
        (39, Holiday::Ascension),
        (49, Holiday::WhitSunday),
        (50, Holiday::WhitMonday),
    ];
    let found = moving.into_iter().find(|(after, _)| easter.checked_add_days(Days::new(*after)) == Some(day));
    if let Some((_, holiday)) = found {
        return Some(holiday);
    }
    let kings_day = match NaiveDate::from_ymd_opt(day.year(), 4, 27) {
        Some(date) if date.weekday() == Weekday::Sun => 26,
        _ => 27,
    };
    match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (4, d) if d == kings_day => Some(Holiday::KingsDay),
        (5, 5) if day.year() % 5 == 0 => Some(Holiday::LiberationDay),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::BoxingDay),
        _ => None,
    }
}

/// Easter Sunday of a year in the Gregorian calendar (anonymous Gregorian algorithm, as given by J. Meeus, *Astronomical
/// Algorithms*, 1991).
pub fn easter_sunday(year: i32) -> NaiveDate {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).unwrap_or(4), u32::try_from(day).unwrap_or(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (y, m, d) in [(2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)] {
            assert_eq!(easter_sunday(y), day(y, m, d));
        }
    }

    #[test]
    fn kings_day_avoids_a_sunday() {
        assert!(is_dutch_holiday(day(2026, 4, 27)));
        assert!(is_dutch_holiday(day(2025, 4, 26)), "27 April 2025 is a Sunday");
        assert!(!is_dutch_holiday(day(2025, 4, 27)));
    }

    #[test]
    fn liberation_day_is_free_every_five_years() {
        assert!(is_dutch_holiday(day(2025, 5, 5)));
        assert!(!is_dutch_holiday(day(2026, 5, 5)));
    }

    #[test]
    fn the_holidays_of_a_year_are_listed_in_order() {
        let days: Vec<_> = dutch_holidays(2026).into_iter().map(|(day, holiday)| (day.to_string(), holiday.as_str())).collect();
        let expected = [
            ("2026-01-01", "new-year"),
            ("2026-04-05", "easter"),
            ("2026-04-06", "easter-monday"),
            ("2026-04-27", "kings-day"),
            ("2026-05-14", "ascension"),
            ("2026-05-24", "whit-sunday"),
            ("2026-05-25", "whit-monday"),
            ("2026-12-25", "christmas"),
            ("2026-12-26", "boxing-day"),
        ];
        assert_eq!(days, expected.map(|(day, name)| (day.to_owned(), name)));
        assert_eq!(dutch_holidays(2025).len(), 10, "with Liberation Day");
    }

    #[test]
    fn working_days_skip_weekends_holidays_and_days_off() {
        let days_off = BTreeMap::from([(day(2026, 4, 8), "Stocktaking".to_owned())]);
        let calendar = Calendar { work_week: &WEEK, dutch_holidays: true, days_off: &days_off, days_worked: &BTreeSet::new() };
        // Thursday before Easter 2026; Good Friday is a working day; Monday is Easter Monday; Wednesday is a day off
        assert_eq!(calendar.nth_working_day_after(day(2026, 4, 2), 1), day(2026, 4, 3));
        assert_eq!(calendar.nth_working_day_after(day(2026, 4, 2), 2), day(2026, 4, 7));
        assert_eq!(calendar.nth_working_day_after(day(2026, 4, 2), 3), day(2026, 4, 9));
        assert_eq!(calendar.working_day_at_or_before(day(2026, 4, 6)), day(2026, 4, 3));
        assert_eq!(calendar.working_days_between(day(2026, 4, 2), day(2026, 4, 9)), 3);
        assert_eq!(calendar.working_days_between(day(2026, 4, 9), day(2026, 4, 2)), -3);
    }

    #[test]
    fn a_site_that_never_works_still_ends() {
        let calendar =
            Calendar { work_week: &[], dutch_holidays: false, days_off: &BTreeMap::new(), days_worked: &BTreeSet::new() };
        assert_eq!(calendar.nth_working_day_after(day(2026, 1, 1), 3), day(2026, 1, 1));
    }

    #[test]
    fn a_holiday_can_be_a_working_day_and_a_weekend_cannot() {
        let worked = BTreeSet::from([day(2026, 4, 6), day(2026, 4, 4)]);
        let calendar = Calendar { work_week: &WEEK, dutch_holidays: true, days_off: &BTreeMap::new(), days_worked: &worked };
        assert!(calendar.is_working_day(day(2026, 4, 6)), "Easter Monday, worked all the same");
        assert!(!calendar.is_working_day(day(2026, 4, 4)), "a Saturday");
    }
}
