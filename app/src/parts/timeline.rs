//! What the company does about a post, as it happened: official answers, levels, deadlines that moved, and the word of the customers
//! in between. Latest first, down to the receipt.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use forum::{
    again::Again,
    answer::{Answer, Verdict},
    case,
    clock::{Clock, MoreTime, Name, Stop},
    level::{Cause, Change},
    post::Post,
    provenance::{Provenance, Statement},
    rebuttal::Rebuttal,
};
use leptos::prelude::*;

use super::{
    case::number,
    icon,
    kept::Digest,
    ladder::{level_name, why},
    text::{markdown, tag_of},
    update::{receipt, update},
    when,
    who::{name, owner_name, public_link},
};
use crate::{
    i18n::{Words, names},
    t,
    web::Visit,
};

/// Reports of "it happened again" that are shown, the latest: the rest is in the API.
const MOST_AGAINS: usize = 50;

/// All that the timeline is made from; every list oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// The post.
    pub post: &'a Post,
    /// What the company said.
    pub answers: &'a [Answer],
    /// Every clock that it ever had.
    pub clocks: &'a [Clock],
    /// How its level changed.
    pub levels: &'a [Change],
    /// Deadlines that were extended.
    pub extensions: &'a [MoreTime],
    /// When the company waited for the customer.
    pub stops: &'a [Stop],
    /// Reports that it happened again.
    pub agains: &'a [Again],
    /// What was said about where it comes from.
    pub provenance: &'a [Statement],
    /// What the author said to refusals.
    pub rebuttals: &'a [Rebuttal],
    /// How its case changed.
    pub cases: &'a [case::Change],
}

impl Story<'_> {
    /// All of it that can change.
    pub fn digest(&self) -> Digest {
        let Self { post, answers, clocks, levels, extensions, stops, agains, provenance, rebuttals, cases } = self;
        Digest::of((
            &post.row.clocks,
            &post.row.author,
            answers,
            clocks,
            levels,
            extensions,
            stops,
            agains,
            provenance,
            rebuttals,
            cases,
        ))
    }
}

/// Where an idea comes from, in words.
pub fn provenance_name(words: &Words, provenance: Provenance) -> String {
    words.name(names::PROVENANCE, provenance)
}

/// How many different customers reported it again.
pub fn reporters(agains: &[Again]) -> i64 {
    let people: BTreeSet<_> = agains.iter().map(|a| a.person.id).collect();
    i64::try_from(people.len()).unwrap_or(i64::MAX)
}

/// Whether an answer of the forum says why the level changed, so that the change stands in it and not beside it.
fn tells(answer: &Answer, change: &Change) -> bool {
    let cause = match change.cause {
        Cause::Again => Verdict::Again,
        Cause::FifthAgain => Verdict::FifthAgain,
        Cause::NotSolved => Verdict::NotSolved,
        Cause::TooFewYes => Verdict::TooFewYes,
        Cause::Missed | Cause::Handover | Cause::Lowered => return false,
    };
    answer.cause == Some(cause) && answer.created_at == change.at
}

/// The timeline.
pub fn timeline(visit: &Visit, story: &Story<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    let next_update = story.post.row.clocks.iter().rev().find(|c| c.name == Name::NextUpdate && c.is_open());
    let latest = story.answers.last().map(|a| a.id);
    let mut entries: Vec<(DateTime<Utc>, AnyView)> = Vec::new();
    for answer in story.answers {
        let clock = next_update.filter(|_| Some(answer.id) == latest);
        let said = story.rebuttals.iter().find(|r| r.answer_id == answer.id).map(|r| rebuttal(visit, story.post, r));
        let raised = story.levels.iter().find(|change| tells(answer, change)).map(|change| {
            view! { <p class="sm ink-2">{level_title(words, change)}". "{level_effect(words, change)}</p> }.into_any()
        });
        entries.push((answer.created_at, update(visit, answer, clock, said.or(raised)).into_any()));
    }
    for change in story.levels.iter().filter(|change| !story.answers.iter().any(|answer| tells(answer, change))) {
        entries.push((change.at, level(visit, change)));
    }
    for extension in story.extensions {
        entries.push((extension.at, more_time(visit, extension)));
    }
    for stop in story.stops {
        entries.push((stop.at, waiting(visit, stop)));
    }
    let left_out = story.agains.len().saturating_sub(MOST_AGAINS);
    for again in story.agains.iter().skip(left_out) {
        entries.push((again.created_at, happened_again(visit, again)));
    }
    for change in story.cases {
        entries.push((change.at, of_case(visit, story.post, change)));
    }
    // the first word on where it comes from stands among the facts; only a later one is news
    for statement in story.provenance.iter().skip(1) {
        entries.push((statement.at, comes_from(visit, statement)));
    }
    entries.sort_by_key(|(at, _)| *at);
    let items = entries.into_iter().rev().map(|(_, view)| view).collect_view();
    let left_out = i64::try_from(left_out).unwrap_or(i64::MAX);
    let rest = (left_out > 0)
        .then(|| view! { <p class="meta">{t!(words, "again-left-out", n = left_out, count = words.number(left_out))}</p> });
    let first = story.clocks.iter().find(|c| c.name == Name::FirstAnswer);
    view! { <ol class="updates">{items}{receipt(visit, story.post, first)}</ol>{rest} }
}

/// One thing that happened: what, by whom, when, and a text.
struct Entry {
    id: Option<String>,
    glyph: &'static str,
    title: String,
    by: AnyView,
    at: DateTime<Utc>,
    text: AnyView,
}

impl Entry {
    fn view(self, visit: &Visit) -> AnyView {
        view! {
            <li class="update" id=self.id>
                {icon(visit, self.glyph)}
                <div class="update__body">
                    <div class="update__head"><h3>{self.title}</h3><span>{self.by}</span>{when::day(visit, self.at)}</div>
                    <div class="comment__text">{self.text}</div>
                </div>
            </li>
        }
        .into_any()
    }
}

/// What somebody of the staff gave as the reason, in the language that it is in.
fn reason(visit: &Visit, text: &str) -> impl IntoView + use<> {
    view! { <p class="quoted" dir="auto" lang=tag_of(visit, text)>{text.to_owned()}</p> }
}

fn level_title(words: &Words, change: &Change) -> String {
    let n = i64::from(change.to);
    let who = level_name(words, change.to);
    match change.to.cmp(&change.from) {
        std::cmp::Ordering::Greater => t!(words, "level-up", n = n, who = who),
        std::cmp::Ordering::Equal => t!(words, "level-still", n = n, who = who),
        std::cmp::Ordering::Less => t!(words, "level-down", n = n, who = who),
    }
}

/// What follows from a higher level.
fn level_effect(words: &Words, change: &Change) -> Option<String> {
    (change.to > change.from).then(|| if change.to == 2 { t!(words, "level-effect-2") } else { t!(words, "level-effect-3") })
}

fn level(visit: &Visit, change: &Change) -> AnyView {
    let words = visit.words;
    // whose act it followed from does not matter: only to lower it is anybody's own decision
    let by = change.by.as_ref().filter(|_| change.cause == Cause::Lowered);
    let by = by.map_or_else(|| t!(words, "answer-automatic"), |by| owner_name(visit, by));
    let said = change.reason.as_deref().map(|text| reason(visit, text));
    let text = view! { <p>{why(visit, change)}" "{level_effect(words, change)}</p>{said} }.into_any();
    Entry { id: None, glyph: "escalate", title: level_title(words, change), by: name(by).into_any(), at: change.at, text }
        .view(visit)
}

fn more_time(visit: &Visit, extension: &MoreTime) -> AnyView {
    let words = visit.words;
    let text = view! {
        <p><del>{when::deadline(visit, extension.old_due_at)}</del>" "{when::deadline(visit, extension.new_due_at)}</p>
        {reason(visit, &extension.reason)}
    }
    .into_any();
    let by = name(owner_name(visit, &extension.by)).into_any();
    Entry { id: None, glyph: "calendar", title: words.name(names::EXTENDED, extension.clock), by, at: extension.at, text }
        .view(visit)
}

fn waiting(visit: &Visit, stop: &Stop) -> AnyView {
    let words = visit.words;
    let until = match stop.ended_at {
        None => view! { <p>{t!(words, "stop-until")}" "{when::deadline(visit, stop.until_at)}"."</p> },
        Some(at) => view! { <p>{t!(words, "stop-ended")}" "{when::deadline(visit, at)}"."</p> },
    };
    let text = view! { {reason(visit, &stop.reason)}{until} }.into_any();
    let title = t!(words, "stop-title");
    Entry { id: None, glyph: "pause", title, by: name(owner_name(visit, &stop.by)).into_any(), at: stop.at, text }.view(visit)
}

fn happened_again(visit: &Visit, again: &Again) -> AnyView {
    let words = visit.words;
    let raised = again.raised.then(|| view! { <p class="meta">{t!(words, "again-raised")}</p> });
    let text = view! { {markdown(&again.body_html, &again.language)}{raised} }.into_any();
    Entry {
        id: Some(format!("again-{}", again.id)),
        glyph: "again",
        title: t!(words, "again-title"),
        by: public_link(visit, &again.person),
        at: again.created_at,
        text,
    }
    .view(visit)
}

fn comes_from(visit: &Visit, statement: &Statement) -> AnyView {
    let words = visit.words;
    let said = statement.reason.as_deref().map(|text| reason(visit, text));
    let text = view! { <p>{provenance_name(words, statement.provenance)}"."</p>{said} }.into_any();
    let by = name(owner_name(visit, &statement.by)).into_any();
    Entry { id: None, glyph: "history", title: t!(words, "provenance-changed"), by, at: statement.at, text }.view(visit)
}

/// A post became one matter with another, or is one no more: seen from either of them.
fn of_case(visit: &Visit, post: &Post, change: &case::Change) -> AnyView {
    let words = visit.words;
    let is_head = change.head == post.row.id;
    let other = if is_head { change.post } else { change.head };
    let number = number(visit, other);
    let title = match (is_head, change.merged) {
        (true, true) => t!(words, "case-merged-here", number = number.as_str()),
        (true, false) => t!(words, "case-unmerged-here", number = number.as_str()),
        (false, true) => t!(words, "case-merged-there", number = number.as_str()),
        (false, false) => t!(words, "case-unmerged-there", number = number.as_str()),
    };
    let said = change.reason.as_deref().map(|text| reason(visit, text));
    let rule = change.rule.map(|rule| {
        view! { <a href=format!("/rules#rule-{rule}")>{t!(words, "case-rule", rule = i64::from(rule))}</a>", " }
    });
    let text = view! { <p>{rule}<a href=format!("/p/{other}")>{number}</a></p>{said} }.into_any();
    let by = change.by.as_ref().map_or_else(|| t!(words, "answer-automatic"), |by| owner_name(visit, by));
    Entry { id: None, glyph: "merge", title, by: name(by).into_any(), at: change.at, text }.view(visit)
}

/// What the author says to a refusal: right below it.
fn rebuttal(visit: &Visit, post: &Post, rebuttal: &Rebuttal) -> AnyView {
    let words = visit.words;
    let read = match rebuttal.read_at {
        Some(at) => view! { {t!(words, "rebuttal-read")}" "{when::day(visit, at)}"." }.into_any(),
        None => t!(words, "rebuttal-unread").into_any(),
    };
    view! {
        <section class="rebuttal" id=format!("rebuttal-{}", rebuttal.answer_id)>
            <div class="update__head">
                <h4>{t!(words, "rebuttal-title")}</h4>
                <span>{public_link(visit, &post.row.author)}</span>
                {when::day(visit, rebuttal.created_at)}
            </div>
            {markdown(&rebuttal.body_html, &rebuttal.language)}
            <p class="meta">{read}</p>
        </section>
    }
    .into_any()
}
