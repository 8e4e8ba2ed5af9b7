//! The calendar of Amsterdam, counted once more and in another way than the forum counts it: what a test expects must not come from
//! what it tests.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc, Weekday};

use crate::day;

/// Easter Sundays, copied from a calendar.
const EASTERS: [&str; 8] =
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13"];

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// Whether a company in the Netherlands works on that day.
///
/// # Panics
/// In years of which no Easter was copied.
pub fn works(day_asked: NaiveDate) -> bool {
    let year = day_asked.year();
    let easter = EASTERS.iter().map(|e| day(e)).find(|e| e.year() == year).expect("a year with an Easter");
    let kings_day = if date(year, 4, 27).weekday() == Weekday::Sun { 26 } else { 27 };
    let mut off = vec![date(year, 1, 1), date(year, 4, kings_day), date(year, 12, 25), date(year, 12, 26)];
    off.extend([1, 39, 50].map(|days| easter + Days::new(days)));
    if year % 5 == 0 {
        off.push(date(year, 5, 5));
    }
    !matches!(day_asked.weekday(), Weekday::Sat | Weekday::Sun) && !off.contains(&day_asked)
}

/// The last Sunday of a month: the hands are moved in the night before it.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = date(year, month, 31);
    last - Days::new(u64::from(last.weekday().num_days_from_sunday()))
}

/// Hours that Amsterdam is ahead of UTC. The hands are moved at one o'clock UTC.
fn ahead(at: DateTime<Utc>) -> i64 {
    let one = |day: NaiveDate| day.and_hms_opt(1, 0, 0).expect("an hour").and_utc();
    if one(last_sunday(at.year(), 3)) <= at && at < one(last_sunday(at.year(), 10)) { 2 } else { 1 }
}

/// The day that it is at Amsterdam.
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(ahead(at))).date_naive()
}

/// A time of day at Amsterdam; never asked for the hours that are skipped or come twice.
pub fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = day.and_hms_opt(hour, minute, 0).expect("a time of day").and_utc();
    let summer = local - TimeDelta::hours(2);
    if ahead(summer) == 2 { summer } else { local - TimeDelta::hours(1) }
}

/// The n-th working day after a day.
pub fn nth_after(mut day: NaiveDate, count: u32) -> NaiveDate {
    for _ in 0..count {
        day = day + Days::new(1);
        while !works(day) {
            day = day + Days::new(1);
        }
    }
    day
}

/// The day itself if it is worked on, else the last one before it that is.
pub fn at_or_before(mut day: NaiveDate) -> NaiveDate {
    while !works(day) {
        day = day - Days::new(1);
    }
    day
}

/// Working days after the first day, up to the second and with it.
pub fn between(first: NaiveDate, second: NaiveDate) -> u32 {
    let count = first.iter_days().skip(1).take_while(|day| *day <= second).filter(|day| works(*day)).count();
    u32::try_from(count).expect("few days")
}

/// 17:00 at Amsterdam on the n-th working day after.
pub fn due(from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    at(nth_after(day_of(from), days), 17, 0)
}
