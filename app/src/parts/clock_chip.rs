//! Deadlines in words. Loudness follows lateness: on time is plain, soon is tinted, over is tinted and bold.

use chrono::{DateTime, TimeDelta, Utc};
use forum::{
    answer::Answer,
    clock::{Clock, Name, State, local_day},
    post::PostRow,
    status::Stage,
};
use leptos::prelude::*;

use super::{icon, when};
use crate::{
    i18n::{Words, names},
    t,
    web::Visit,
};

/// What is due within so long is loud: hours, not days.
const SOON: TimeDelta = TimeDelta::hours(12);

/// The class and the glyph of what is due and has not come: a deadline, or a promise.
pub fn ahead(due_at: DateTime<Utc>, now: DateTime<Utc>) -> (&'static str, &'static str) {
    if due_at - now <= SOON { ("clock clock--soon", "hourglass") } else { ("clock clock--ok", "clock") }
}

/// A clock: its state as a shape, and the day on which it is due. A clock that runs keeps its moment whatever becomes of the calendar, so
/// that what is left of it is told by that day, and not by counting days that the site may take off.
pub fn clock_chip(visit: &Visit, clock: &Clock) -> impl IntoView + use<> {
    let (class, glyph, days) = shape(visit, clock);
    view! { <span class=class>{icon(visit, glyph)}{words(visit, clock, days)}</span> }
}

/// The same without its colours, where the loud one stands above already.
pub fn quiet_chip(visit: &Visit, clock: &Clock) -> impl IntoView + use<> {
    let (_, glyph, days) = shape(visit, clock);
    view! { <span class="clock">{icon(visit, glyph)}{words(visit, clock, days)}</span> }
}

/// A clock for the next update with its date, for places without room for both; once it is missed, by how much.
pub fn update_chip(visit: &Visit, clock: &Clock) -> impl IntoView + use<> {
    let (class, glyph, days) = shape(visit, clock);
    let text = if clock.state == State::Running {
        let day = visit.words.short_date(local_day(&visit.site, clock.due_at), visit.today());
        t!(visit.words, "answer-next-update-on", day = day)
    } else {
        words(visit, clock, days)
    };
    view! { <span class=class>{icon(visit, glyph)}{text}</span> }
}

/// Class, glyph, and working days gone over.
fn shape(visit: &Visit, clock: &Clock) -> (&'static str, &'static str, i64) {
    let calendar = visit.site.calendar();
    let due = local_day(&visit.site, clock.due_at);
    match clock.state {
        State::Running => {
            let (class, glyph) = ahead(clock.due_at, visit.now);
            (class, glyph, 0)
        }
        State::Missed => ("clock clock--over", "overdue", calendar.working_days_between(due, visit.today()).max(0)),
        State::Stopped => ("clock clock--pause", "pause", 0),
        State::Met => ("clock clock--kept", "answered", 0),
        State::Late => {
            let ended = local_day(&visit.site, clock.ended_at.unwrap_or(visit.now));
            ("clock clock--late", "late", calendar.working_days_between(due, ended).max(0))
        }
    }
}

fn words(visit: &Visit, clock: &Clock, days: i64) -> String {
    // how many nights there are until then: none, one or several
    let nights = |at| (local_day(&visit.site, at) - visit.today()).num_days().clamp(0, 2);
    if clock.state == State::Stopped {
        let until = clock.stopped_until.unwrap_or(clock.due_at);
        return t!(visit.words, "clock-stopped", n = nights(until), day = when::due_text(visit, until));
    }
    let days = if clock.state == State::Running { nights(clock.due_at) } else { days };
    let text = match clock.state {
        State::Running | State::Stopped => names::CLOCK_DUE,
        State::Missed => names::CLOCK_OVER,
        State::Met => names::CLOCK_MET,
        State::Late => names::CLOCK_LATE,
    };
    let time = when::hour(visit, clock.due_at);
    let day = when::due_text(visit, clock.due_at);
    let since = visit.words.short_date(local_day(&visit.site, clock.due_at), visit.today());
    visit
        .words
        .ta(&text.key(clock.name), &[("n", days.into()), ("time", time.into()), ("day", day.into()), ("since", since.into())])
}

/// What is due, in words.
pub fn clock_name(words: &Words, name: Name) -> String {
    words.name(names::CLOCK, name)
}

/// The open clock that is due first.
pub fn most_pressing(clocks: &[Clock]) -> Option<&Clock> {
    clocks.iter().filter(|c| c.is_open()).min_by_key(|c| c.due_at)
}

/// The one chip of a row: the most pressing open clock; else what a refusal says about its future; else how the first answer came.
pub fn row_chip(visit: &Visit, row: &PostRow, answer: Option<&Answer>) -> Option<AnyView> {
    if let Some(clock) = most_pressing(&row.clocks) {
        return Some(clock_chip(visit, clock).into_any());
    }
    if row.status.stage == Stage::Declined
        && let Some(day) = answer.and_then(|a| a.reexamine_on)
    {
        let text = t!(visit.words, "answer-again-on", day = visit.words.short_date(day, visit.today()));
        return Some(view! { <span class="clock clock--ok">{icon(visit, "calendar")}{text}</span> }.into_any());
    }
    let first = row.clocks.iter().find(|c| c.name == Name::FirstAnswer)?;
    // on a higher level it may have come after one that was missed, which lists don't know: then it is not for them to say "on time"
    if first.state == State::Met && first.level >= 2 {
        return None;
    }
    Some(clock_chip(visit, first).into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_within_hours_is_loud() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
        let class = |seconds| ahead(now + TimeDelta::seconds(seconds), now).0;
        assert_eq!(class(12 * 3600 + 1), "clock clock--ok");
        assert_eq!(class(12 * 3600), "clock clock--soon");
        assert_eq!(class(0), "clock clock--soon");
    }
}
