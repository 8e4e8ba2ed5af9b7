//! Who is accountable for a post, who was before, and who helps.

use chrono::{DateTime, Utc};
use forum::{
    contributor::Contributor,
    handover::{Handover, State},
    post::{OwnerSince, Post},
};
use leptos::prelude::*;

use super::{
    text::tag_of,
    when,
    who::{Size, owner_avatar, owner_lines, owner_name},
};
use crate::{t, web::Visit};

/// The owner of a post with the trace of owners and offers, latest first, and whoever else works on it.
pub fn owner_card(visit: &Visit, post: &Post, handovers: &[Handover], helpers: &[Contributor]) -> impl IntoView + use<> {
    let words = visit.words;
    let body = if let Some(owner) = &post.row.owner {
        let (name, title) = owner_lines(visit, owner);
        view! {
            <div class="owner">
                <div class="owner__top">
                    {owner_avatar(visit, owner, Size::Lg)}
                    <div><p dir="auto">{name}</p>{title.map(|title| view! { <small dir="auto">{title}</small> })}</div>
                </div>
                <p class="sm ink-2">{t!(words, "owner-duty")}</p>
                {trace(visit, post, handovers)}
                {also(visit, helpers)}
            </div>
        }
        .into_any()
    } else {
        let days = i64::from(visit.site.triage_days);
        let text = if post.imported { t!(words, "owner-none-imported") } else { t!(words, "owner-none-yet", n = days) };
        view! { <div class="owner"><p class="sm ink-2">{text}</p>{trace(visit, post, handovers)}{also(visit, helpers)}</div> }
            .into_any()
    };
    view! { <section class="mod" id="owner"><h2 class="mod__h">{t!(words, "owner-title")}</h2>{body}</section> }
}

/// Whether a stretch of ownership began with an offer that was accepted.
fn began_with(since: &OwnerSince, handover: &Handover) -> bool {
    handover.state == State::Accepted && handover.to.id == since.person.id && handover.ended_at == Some(since.since)
}

fn trace(visit: &Visit, post: &Post, handovers: &[Handover]) -> impl IntoView + use<> {
    let words = visit.words;
    // the words of what happened, when, and whether somebody became the owner by it
    let mut entries: Vec<(DateTime<Utc>, bool, AnyView)> = Vec::new();
    for since in post.owners.iter().filter(|since| !handovers.iter().any(|h| began_with(since, h))) {
        let taken =
            handovers.iter().find(|h| h.state == State::Assigned && h.to.id == since.person.id && h.created_at == since.since);
        let reason = taken.and_then(|handover| quote(visit, handover.reason.as_ref()));
        entries.push((since.since, true, view! { {owned(visit, since)}{reason} }.into_any()));
    }
    // what was given away without asking stands there already, as the new owner
    for handover in handovers.iter().filter(|h| h.state != State::Assigned) {
        let at = handover.ended_at.unwrap_or(handover.created_at);
        entries.push((at, handover.state == State::Accepted, offered(visit, handover)));
    }
    entries.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let newest = entries.iter().position(|(_, owns, _)| *owns);
    let entries = entries
        .into_iter()
        .enumerate()
        .map(|(n, (at, _, text))| view! { <li class=if newest == Some(n) { "is-now" } else { "" }>{when::day(visit, at)}" "{text}</li> })
        .collect_view();
    view! {
        <ol class="trace" aria-label=t!(words, "owner-trace")>
            {entries}
            <li>{when::day(visit, post.row.created_at)}" "{t!(words, "owner-trace-received")}</li>
        </ol>
    }
}

fn owned(visit: &Visit, since: &OwnerSince) -> String {
    let who = owner_name(visit, &since.person);
    match since.by {
        None => t!(visit.words, "owner-trace-assigned", who = who),
        Some(by) if by == since.person.id => t!(visit.words, "owner-trace-taken", who = who),
        Some(_) => t!(visit.words, "owner-trace-given", who = who),
    }
}

fn quote(visit: &Visit, text: Option<&String>) -> Option<impl IntoView + use<>> {
    let text = text?.clone();
    let lang = tag_of(visit, &text);
    Some(view! { " "<q dir="auto" lang=lang>{text}</q> })
}

/// An offer and what became of it, with why it was made and what the receiver said.
fn offered(visit: &Visit, handover: &Handover) -> AnyView {
    let words = visit.words;
    let (from, to) = (owner_name(visit, &handover.from), owner_name(visit, &handover.to));
    let what = match handover.state {
        State::Offered => t!(words, "trace-offered", from = from, to = to),
        State::Accepted | State::Assigned => t!(words, "trace-accepted", from = from, to = to),
        State::Declined => t!(words, "trace-declined", from = from, to = to),
        State::Lapsed => t!(words, "trace-lapsed", from = from, to = to),
    };
    let reason = quote(visit, handover.reason.as_ref());
    let note = quote(visit, handover.note.as_ref()).map(|note| view! { " "{t!(words, "trace-note")}{note} });
    view! { {what}{reason}{note} }.into_any()
}

/// Partners and colleagues who help: never owners.
fn also(visit: &Visit, helpers: &[Contributor]) -> Option<impl IntoView + use<>> {
    if helpers.is_empty() {
        return None;
    }
    let items = helpers
        .iter()
        .map(|helper| {
            let until = helper.ended_at.map(|at| {
                view! { <span class="muted">" ("{t!(visit.words, "also-until")}" "{when::day(visit, at)}")"</span> }
            });
            view! { <li><b><bdi>{helper.name.clone()}</bdi></b>": "<span dir="auto" lang=tag_of(visit, &helper.task)>{helper.task.clone()}</span>{until}</li> }
        })
        .collect_view();
    Some(view! {
        <div class="sm stack gap-1">
            <h3>{t!(visit.words, "also-title")}</h3>
            <ul class="stack gap-1">{items}</ul>
        </div>
    })
}
