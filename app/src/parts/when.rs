//! Moments in words, with the exact time for machines.

use chrono::{DateTime, NaiveDate, Timelike as _, Utc};
use forum::clock;
use leptos::prelude::*;

use crate::web::Visit;

/// The day of a moment: `21 November`, with the year unless it is the present one.
pub fn day(visit: &Visit, at: DateTime<Utc>) -> impl IntoView + use<> {
    let local = visit.local(at).date_naive();
    let text = visit.words.short_date(local, visit.today());
    view! { <time datetime=machine(at) title=visit.words.date_time(visit.local(at))>{text}</time> }
}

/// A moment to the minute: `21 November, 14:05`.
pub fn moment(visit: &Visit, at: DateTime<Utc>) -> impl IntoView + use<> {
    let local = visit.local(at);
    let text = format!("{}, {}", visit.words.short_date(local.date_naive(), visit.today()), hour(visit, at));
    view! { <time datetime=machine(at)>{text}</time> }
}

/// A day without an hour.
pub fn date(visit: &Visit, day: NaiveDate) -> impl IntoView + use<> {
    view! { <time datetime=day.to_string()>{visit.words.short_date(day, visit.today())}</time> }
}

/// When something is due: `Monday 23 November, 17:00`.
pub fn deadline(visit: &Visit, at: DateTime<Utc>) -> impl IntoView + use<> {
    view! { <time datetime=machine(at)>{deadline_text(visit, at)}</time> }
}

/// The words of [`deadline`].
pub fn deadline_text(visit: &Visit, at: DateTime<Utc>) -> String {
    format!("{}, {}", visit.words.weekday_date(visit.local(at).date_naive(), visit.today()), hour(visit, at))
}

/// The day on which something is due, and the hour when it is not that at which all days end: `Monday 23 November`.
pub fn due_text(visit: &Visit, at: DateTime<Utc>) -> String {
    let day = visit.local(at).date_naive();
    // a clock that ran when the site had another time zone keeps its moment
    if clock::end_of_day(visit.site.time_zone, day) == at {
        visit.words.weekday_date(day, visit.today())
    } else {
        deadline_text(visit, at)
    }
}

/// The hour at the site: `17:00`.
pub fn hour(visit: &Visit, at: DateTime<Utc>) -> String {
    let local = visit.local(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn machine(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
