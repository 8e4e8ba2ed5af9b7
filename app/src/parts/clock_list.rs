//! The deadlines of a post beside its text: what is due when, what was extended and why, and what was missed beside what came after.

use forum::{
    clock::{Clock, MoreTime, Name, State, Stop},
    post::Post,
};
use leptos::prelude::*;

use super::{
    case,
    clock_chip::{clock_name, quiet_chip},
    icon,
    text::tag_of,
    when,
    who::owner_name,
};
use crate::{t, web::Visit};

/// Which of a post's clocks are worth showing: all that are open, the last of each name, and each that was missed before the first
/// answer or the decision came.
fn shown(history: &[Clock]) -> Vec<(usize, &Clock)> {
    let is_last = |n: usize, clock: &Clock| !history.iter().skip(n + 1).any(|later| later.name == clock.name);
    let mut shown: Vec<_> = history
        .iter()
        .enumerate()
        .filter(|(n, clock)| {
            clock.is_open() || is_last(*n, clock) || (clock.state == State::Late && clock.name != Name::NextUpdate)
        })
        .collect();
    let order = |clock: &Clock| match clock.name {
        Name::FirstAnswer => 0,
        Name::Decision => 1,
        Name::NextUpdate => 2,
    };
    shown.sort_by_key(|(n, clock)| (order(clock), *n));
    shown
}

/// The clock that an extension gave more time: the one of its name that ran then.
fn extended(history: &[Clock], extension: &MoreTime) -> Option<usize> {
    history.iter().rposition(|clock| clock.name == extension.clock && clock.started_at <= extension.at)
}

/// The deadlines of a post. `history` is every clock that it ever had, oldest first.
pub fn clock_list(visit: &Visit, post: &Post, history: &[Clock], extensions: &[MoreTime], stops: &[Stop]) -> impl IntoView + use<> {
    let words = visit.words;
    if history.is_empty() {
        let text = if post.imported { t!(words, "clocks-none") } else { t!(words, "clocks-none-run") };
        return view! { <p class="sm ink-2">{text}</p> }.into_any();
    }
    let entry = |(n, clock): (usize, &Clock)| {
        let given = extensions.iter().filter(|e| extended(history, e) == Some(n));
        let given = given.map(|extension| more_time(visit, extension)).collect_view();
        let old = clock.extended_from.map(|old| view! { <del>{when::deadline(visit, old)}</del>" " });
        let level = (clock.level >= 2)
            .then(|| view! { <span class="muted">" "{t!(words, "clock-on-level", n = i64::from(clock.level))}</span> });
        // what came after a deadline that was missed may have been in time for the next one; that is all there is to say for it
        let missed_before = clock.name != Name::NextUpdate && history.iter().take(n).any(|c| c.name == clock.name);
        let chip = if missed_before && clock.state == State::Met {
            view! { <span class="clock clock--kept">{icon(visit, "answered")}{t!(words, "clock-met-again")}</span> }.into_any()
        } else {
            quiet_chip(visit, clock).into_any()
        };
        let at_most = (clock.state == State::Stopped).then(|| view! { " "{t!(words, "clock-at-the-latest")} });
        let taken = clock.taken_from.map(|from| {
            let number = case::number(visit, from);
            view! { <br /><a class="xs" href=format!("/p/{from}")>{t!(words, "case-taken-over", number = number)}</a> }
        });
        view! {
            <div>
                <dt>{clock_name(words, clock.name)}</dt>
                <dd>{old}{when::deadline(visit, clock.due_at)}{at_most}{level}<br />{chip}{taken}{given}</dd>
            </div>
        }
    };
    // what was missed and has been followed by another deadline is not what anybody looks for first
    let (earlier, present): (Vec<_>, Vec<_>) =
        shown(history).into_iter().partition(|(n, clock)| history.iter().skip(n + 1).any(|later| later.name == clock.name));
    let count = i64::try_from(earlier.len()).unwrap_or(0);
    let earlier = (count > 0).then(|| {
        view! {
            <details class="mt-2">
                <summary class="sm">{t!(words, "clocks-earlier", n = count)}</summary>
                <dl class="facts mt-2">{earlier.into_iter().map(entry).collect_view()}</dl>
            </details>
        }
    });
    let items = present.into_iter().map(entry).collect_view();
    let waiting = history.iter().any(|clock| clock.state == State::Stopped);
    let stop = stops.iter().rev().find(|stop| stop.ended_at.is_none()).filter(|_| waiting).map(|stop| {
        view! {
            <p class="sm ink-2">
                <b>{t!(words, "stop-waiting")}</b>
                " "
                <span dir="auto" lang=tag_of(visit, &stop.reason)>{stop.reason.clone()}</span>
                " "
                {t!(words, "stop-until")}
                " "
                {when::deadline(visit, stop.until_at)}
                "."
            </p>
        }
    });
    view! { <dl class="facts">{items}</dl>{stop}{earlier} }.into_any()
}

fn more_time(visit: &Visit, extension: &MoreTime) -> impl IntoView + use<> {
    view! {
        <p class="xs ink-2">
            {t!(visit.words, "clock-extended", who = owner_name(visit, &extension.by))}
            " "
            <span dir="auto" lang=tag_of(visit, &extension.reason)>{extension.reason.clone()}</span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone as _, Utc};
    use forum::id::PostId;

    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, day, 9, 0, 0).unwrap()
    }

    fn clock(name: Name, from: u32, due: u32, ended: Option<u32>) -> Clock {
        let (due_at, ended_at) = (at(due), ended.map(at));
        Clock {
            taken_from: None,
            post: PostId(1),
            name,
            started_at: at(from),
            due_at,
            ended_at,
            extended_from: None,
            stopped_until: None,
            level: 1,
            state: forum::clock::state(due_at, ended_at, None, at(20)),
        }
    }

    #[test]
    fn what_was_missed_stands_beside_what_came_after() {
        let history = [
            clock(Name::FirstAnswer, 1, 3, Some(4)),
            clock(Name::Decision, 1, 8, None),
            clock(Name::FirstAnswer, 3, 5, Some(4)),
            clock(Name::NextUpdate, 4, 6, Some(7)),
            clock(Name::NextUpdate, 7, 25, None),
        ];
        let names: Vec<_> = shown(&history).into_iter().map(|(n, clock)| (n, clock.state)).collect();
        assert_eq!(names, [(0, State::Late), (2, State::Met), (1, State::Missed), (4, State::Running)]);
    }
}
