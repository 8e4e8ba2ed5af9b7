//! What stands in the place of what moderators took away: under which rule, why, which role, when; and where one can object.

use forum::{
    actor::Role,
    id::{CommentId, ModerationId},
    marker::Marker,
    moderation::{Act, Moderation, Sort},
};
use leptos::prelude::*;

use super::{
    case, icon,
    text::{markdown, tag_of},
    when,
    who::public_name,
};
use crate::{i18n::names, t, web::Visit};

/// Who looks at a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looker {
    /// Whose text it is.
    Author,
    /// The staff.
    Staff,
    /// Everybody else.
    Other,
}

/// The address of the page of an act.
pub fn act_path(id: ModerationId) -> String {
    format!("/moderation/{id}")
}

/// A house rule as it stood at the time of an act, with its number.
pub fn rule_line(visit: &Visit, rule: i32, at: chrono::DateTime<chrono::Utc>) -> String {
    let text = visit.words.house_rule_at(&visit.site, rule, at);
    t!(visit.words, "marker-under", rule = i64::from(rule), text = text)
}

/// A role, and the day.
pub fn role_line(visit: &Visit, role: Role, at: chrono::DateTime<chrono::Utc>) -> String {
    let date = visit.words.date(visit.local(at).date_naive());
    t!(visit.words, "marker-by", role = visit.words.name(names::ROLE, role), date = date)
}

fn reason(visit: &Visit, reason: &str) -> impl IntoView + use<> {
    view! { <q dir="auto" lang=tag_of(visit, reason)>{reason.to_owned()}</q> }
}

/// One click to object; what there is to say can be said on the page of the act.
fn object(visit: &Visit, id: ModerationId) -> impl IntoView + use<> {
    view! {
        <form method="post" novalidate=true action=format!("{}/appeal", act_path(id))>
            <button class="btn btn--sm">{t!(visit.words, "marker-object")}</button>
        </form>
    }
}

/// In the place of a text that is hidden. `text` is what its author and the staff read all the same, as HTML, with its language.
pub fn hidden(visit: &Visit, title: String, marker: &Marker, looker: Looker, text: Option<(&str, &str)>) -> AnyView {
    let words = visit.words;
    let own = (looker == Looker::Author).then(|| {
        view! {
            <p>{t!(words, "marker-own")}</p>
            {object(visit, marker.id)}
        }
    });
    let text = text.filter(|_| looker != Looker::Other).map(|(html, language)| {
        let summary = if looker == Looker::Author { t!(words, "marker-own-text") } else { t!(words, "marker-staff-text") };
        // their own text stands open for authors, folded for those who had a reason to take it away
        view! { <details open=looker == Looker::Author><summary>{summary}</summary>{markdown(html, language)}</details> }
    });
    view! {
        <div class="tombstone">
            <p class="tombstone__h">{icon(visit, "shield")}<span>{title}</span></p>
            <p>{rule_line(visit, marker.rule, marker.at)}</p>
            <p>{reason(visit, &marker.reason)}</p>
            <p class="meta">{role_line(visit, marker.role, marker.at)}" · "<a href=act_path(marker.id)>{t!(words, "marker-more")}</a></p>
            {own}
            {text}
        </div>
    }
    .into_any()
}

/// Under a comment that the staff gave another wording.
pub fn edited(visit: &Visit, comment: CommentId, marker: &Marker, mine: bool) -> AnyView {
    let words = visit.words;
    view! {
        <div class="tombstone">
            <p class="tombstone__h">{icon(visit, "edit")}<span>{words.name(names::ACTED, marker.act)}</span></p>
            <p>{rule_line(visit, marker.rule, marker.at)}</p>
            <p>{reason(visit, &marker.reason)}</p>
            <p class="meta">
                {role_line(visit, marker.role, marker.at)}" · "<a href=act_path(marker.id)>{t!(words, "marker-more")}</a>
                " · "<a href=format!("/comments/{comment}/versions")>{t!(words, "moderated-to-versions")}</a>
            </p>
            {mine.then(|| object(visit, marker.id))}
        </div>
    }
    .into_any()
}

/// What else was done to a post: the acts that still hold, each with its rule, reason and role.
pub fn notes(visit: &Visit, post: forum::id::PostId, acts: &[Moderation]) -> Option<AnyView> {
    let words = visit.words;
    let me = visit.account.as_ref().map(|me| me.id);
    let shown = |act: &&Moderation| !act.is_undone() && act.act.is_against() && act.act != Act::Hide;
    let items: Vec<AnyView> = acts
        .iter()
        .filter(shown)
        .map(|act| {
            let glyph = match act.act {
                Act::Lock => "lock",
                Act::Edit => "edit",
                _ => "shield",
            };
            let moved = act
                .boards
                .as_ref()
                .map(|(from, to)| t!(words, "moderated-moved", from = from.as_str(), to = to.as_str()))
                .filter(|_| act.act == Act::Move);
            let versions = (act.act == Act::Edit)
                .then(|| view! { " · "<a href=format!("/p/{post}/versions")>{t!(words, "moderated-to-versions")}</a> });
            let head = match act.act {
                Act::Lock => t!(words, "locked-title"),
                other => words.name(names::ACTED, other),
            };
            view! {
                <li class="tombstone">
                    <p class="tombstone__h">{icon(visit, glyph)}<span>{head}" "{moved}</span></p>
                    <p>{rule_line(visit, act.rule, act.at)}</p>
                    <p>{reason(visit, &act.reason)}</p>
                    <p class="meta">
                        {role_line(visit, act.role, act.at)}" · "<a href=act_path(act.id)>{t!(words, "marker-more")}</a>{versions}
                    </p>
                    {(me == Some(act.whose.id) && act.is_appealable(visit.now)).then(|| object(visit, act.id))}
                </li>
            }
            .into_any()
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="section" aria-labelledby="moderated-title">
                <h2 class="h-section" id="moderated-title">{t!(words, "moderated-title")}</h2>
                <ol class="stack gap-3">{items}</ol>
            </section>
        }
        .into_any(),
    )
}

/// What something was done to: what sort of thing, and which one, as far as its reader may know it.
pub fn thing(visit: &Visit, act: &Moderation) -> AnyView {
    let sort = visit.words.name(names::THING, act.target.sort());
    // whom something was done to is told to them and to the staff
    let person = (act.target.sort() == Sort::Person && visit.is_staff()).then_some(&act.whose);
    match (&act.words, act.post, person) {
        (Some(words), ..) => view! { {sort}", "<q><bdi lang=words.language.clone()>{words.text.clone()}</bdi></q> }.into_any(),
        (None, Some(post), _) => view! { {sort}", "{case::number(visit, post)} }.into_any(),
        (None, None, Some(person)) => view! { {sort}", "<bdi>{public_name(visit, person)}</bdi> }.into_any(),
        (None, None, None) => sort.into_any(),
    }
}

/// A line of a list of acts.
pub fn act_line(visit: &Visit, act: &Moderation, more: Option<String>) -> AnyView {
    let words = visit.words;
    let undone = act.is_undone().then(|| view! { " · "{t!(words, "act-undone")} });
    view! {
        <li>
            <a href=act_path(act.id)>
                {words.name(names::ACTED, act.act)}": "{thing(visit, act)}
            </a>
            <span class="meta">
                " "{t!(words, "act-under", rule = i64::from(act.rule))}" · "{role_line(visit, act.role, act.at)}{undone}
                {more.map(|more| view! { " · "<b>{more}</b> })}
            </span>
            <p class="sm">{reason(visit, &act.reason)}</p>
        </li>
    }
    .into_any()
}

/// The day of a deadline of an objection, and whether it is past.
pub fn appeal_due(visit: &Visit, act: &Moderation) -> Option<String> {
    let appeal = act.appeal.as_ref()?;
    let date = when::deadline_text(visit, appeal.due_at);
    Some(if appeal.is_overdue(visit.now) {
        t!(visit.words, "triage-overdue-since", date = date)
    } else {
        t!(visit.words, "triage-due", date = date)
    })
}
