//! Escalation: the chip of a level, and the ladder that says who has it now, since when and why.

use chrono::{DateTime, Utc};
use forum::{
    level::{Cause, Change, HIGHEST},
    post::PostRow,
};
use leptos::prelude::*;

use super::{text::tag_of, when, who::owner_name};
use crate::{
    i18n::{Words, names},
    key, t,
    web::Visit,
};

/// The level of a post as a chip, from 2 up: on the first one there is nothing to say.
pub fn level_chip(visit: &Visit, level: i32) -> Option<impl IntoView + use<>> {
    (level >= 2).then(|| {
        view! {
            <span class="level" data-level=level.to_string()>
                <i aria-hidden="true"><b></b><b></b><b></b></i>{t!(visit.words, "row-level", n = i64::from(level))}
            </span>
        }
    })
}

/// Who answers on a level.
pub fn level_name(words: &Words, level: i32) -> String {
    words.t(match level {
        ..=1 => key!("level-name-1"),
        2 => key!("level-name-2"),
        3.. => key!("level-name-3"),
    })
}

/// Why a post changed its level, as a sentence. What was said when it was lowered is not in it.
pub fn why(visit: &Visit, change: &Change) -> String {
    let words = visit.words;
    match change.cause {
        Cause::Missed => {
            let clock = change.clock.map_or_else(|| t!(words, "level-clock-any"), |name| words.name(names::LEVEL_CLOCK, name));
            t!(words, "level-why-missed", clock = clock)
        }
        Cause::Handover => t!(words, "level-why-handover"),
        Cause::Again => t!(words, "level-why-again"),
        Cause::FifthAgain => t!(words, "level-why-fifth-again"),
        Cause::NotSolved => t!(words, "level-why-not-solved"),
        Cause::TooFewYes => t!(words, "level-why-too-few-yes"),
        Cause::Lowered => {
            let who = change.by.as_ref().map_or_else(|| t!(words, "answer-automatic"), |by| owner_name(visit, by));
            t!(words, "level-why-lowered", who = who)
        }
    }
}

/// A stretch of time that a post spent on a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stay {
    level: i32,
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    /// Which change brought it there; none for the first.
    change: Option<usize>,
}

/// Where a post was since when. A change from a level to itself, as the director's clocks make it, goes on with the same stay.
fn stays(created_at: DateTime<Utc>, changes: &[(i32, i32, DateTime<Utc>)]) -> Vec<Stay> {
    let mut stays = vec![Stay { level: 1, from: created_at, until: None, change: None }];
    for (n, (from, to, at)) in changes.iter().enumerate() {
        if from == to {
            continue;
        }
        if let Some(last) = stays.last_mut() {
            last.until = Some(*at);
        }
        stays.push(Stay { level: *to, from: *at, until: None, change: Some(n) });
    }
    stays
}

/// The ladder of a post that ever left the first level.
pub fn ladder(visit: &Visit, post: &PostRow, changes: &[Change]) -> Option<impl IntoView + use<>> {
    if changes.is_empty() {
        return None;
    }
    let words = visit.words;
    let times: Vec<_> = changes.iter().map(|c| (c.from, c.to, c.at)).collect();
    let stays = stays(post.created_at, &times);
    let is_over = post.clocks.iter().all(|clock| !clock.is_open());
    let items = (1..=HIGHEST)
        .map(|level| {
            let here = level == post.level;
            let stay = stays.iter().rev().find(|stay| stay.level == level);
            let change = stay.and_then(|stay| stay.change).and_then(|n| changes.get(n));
            let said = change.and_then(|change| change.reason.clone()).map(|reason| {
                let lang = tag_of(visit, &reason);
                view! { <q dir="auto" lang=lang>{reason}</q> }
            });
            let text = match stay {
                Some(Stay { from, until: None, .. }) => {
                    let why = change.map(|change| format!(" {}", why(visit, change)));
                    view! { {t!(words, "ladder-since")}" "{when::day(visit, *from)}"."{why}" "{said} }.into_any()
                }
                Some(Stay { from, until: Some(until), .. }) => {
                    view! { {when::day(visit, *from)}" "{t!(words, "ladder-to")}" "{when::day(visit, *until)} }.into_any()
                }
                None if is_over => t!(words, "ladder-unneeded").into_any(),
                None => t!(words, "ladder-next").into_any(),
            };
            let now = here.then(|| t!(words, "ladder-now"));
            view! {
                <li aria-current=here.then_some("step")>
                    <b>{level}</b>
                    <div><strong>{level_name(words, level)}{now}</strong>{text}</div>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="mod" id="level" aria-labelledby="level-title">
            <h2 class="mod__h" id="level-title">{t!(words, "ladder-title")}" "<a href="/clocks#levels">{t!(words, "clocks-how")}</a></h2>
            <ol class="ladder">{items}</ol>
        </section>
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, day, 9, 0, 0).unwrap()
    }

    #[test]
    fn a_post_that_was_lowered_was_there_before() {
        let stays = stays(at(1), &[(1, 2, at(3)), (2, 3, at(5)), (3, 3, at(6)), (3, 2, at(9))]);
        let shape: Vec<_> = stays.iter().map(|s| (s.level, s.from, s.until)).collect();
        assert_eq!(shape, [(1, at(1), Some(at(3))), (2, at(3), Some(at(5))), (3, at(5), Some(at(9))), (2, at(9), None)]);
        assert_eq!(stays.last().and_then(|s| s.change), Some(3));
    }
}
