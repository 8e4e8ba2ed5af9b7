//! What else is known of a post: its level, where it comes from, who helps, and what its author says to a refusal.

use axum::{Router, routing::post};
use forum::{
    contributor,
    error::Check,
    level,
    person::NAME_MAX,
    provenance::{self, Provenance},
    rebuttal,
};
use leptos::prelude::*;

use super::{Act, Pane, panel};
use crate::{
    done,
    parts::{
        form::{Area, Choice, Line, Need},
        icon,
        text::{markdown, tag_of},
        timeline::provenance_name,
        when,
        who::{name, owner_name},
    },
    t,
    web::{PageResult, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage/{id}/lower", post(lower))
        .route("/triage/{id}/provenance", post(set_provenance))
        .route("/triage/{id}/contributors", post(add))
        .route("/triage/{id}/contributors/{what}/end", post(end))
        .route("/triage/{id}/rebuttal", post(read))
}

async fn lower(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let lowered = act.visit.forum().write(&act.visit.actor, async |tx| level::lower(tx, id, typed.get("reason")).await).await;
    act.finish("lower", lowered.map(|_| done!("lowered"))).await
}

async fn set_provenance(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let set = act
        .visit
        .forum()
        .write(&act.visit.actor, async |tx| provenance::set(tx, id, typed.get("provenance"), typed.get("reason")).await)
        .await;
    act.finish("provenance", set.map(|()| done!("provenance"))).await
}

async fn add(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let mut check = Check::new();
    let person = check.field("person", typed.person("person"));
    let added = match check.finish(person) {
        Ok(who) => {
            let forum = act.visit.forum();
            forum
                .write(&act.visit.actor, async |tx| contributor::add(tx, id, who, typed.get("name"), typed.get("task")).await)
                .await
        }
        Err(error) => Err(error),
    };
    act.finish("contributors", added.map(|_| done!("contributor"))).await
}

async fn end(act: Act) -> PageResult {
    let (id, what) = (act.post, act.what);
    let ended = act.visit.forum().write(&act.visit.actor, async |tx| contributor::end(tx, id, what).await).await;
    act.finish("contributors", ended.map(|()| done!("contributor-ended"))).await
}

async fn read(act: Act) -> PageResult {
    let id = act.post;
    let read = act.visit.forum().write(&act.visit.actor, async |tx| rebuttal::mark_read(tx, id).await).await;
    act.finish("rebuttal", read.map(|()| done!("rebuttal-read"))).await
}

/// What the author says to the refusals; open while nobody has read it.
pub(super) fn rebuttal_panel(pane: &Pane<'_>) -> Option<AnyView> {
    let Pane { visit, item, .. } = *pane;
    let words = visit.words;
    if item.rebuttals.is_empty() {
        return None;
    }
    let sheet = pane.sheet("rebuttal");
    let unread = item.rebuttals.iter().any(|rebuttal| rebuttal.read_at.is_none());
    let said = item
        .rebuttals
        .iter()
        .map(|rebuttal| {
            let read = rebuttal.read_at.map(|at| view! { ". "{t!(words, "triage-rebuttal-read-at")}" "{when::moment(visit, at)} });
            view! {
                <article class="stack gap-2">
                    <p class="meta">{when::moment(visit, rebuttal.created_at)}{read}</p>
                    {markdown(&rebuttal.body_html, &rebuttal.language)}
                </article>
            }
        })
        .collect_view();
    let said = view! { <div class="act__in">{said}</div> };
    let form = unread.then(|| {
        let text = view! { <p class="meta">{t!(words, "triage-rebuttal-rule")}</p> }.into_any();
        let button = view! { <button class="btn">{t!(words, "triage-rebuttal-go")}</button> }.into_any();
        pane.form(&sheet, "rebuttal", text, button)
    });
    let hint = if unread { t!(words, "triage-rebuttal-unread") } else { t!(words, "triage-rebuttal-read") };
    Some(
        view! {
            <details class="act" id=sheet.anchor() open=unread || sheet.is_back()>
                <summary>{icon(visit, "quote")}<span>{t!(words, "triage-rebuttal")}</span><span class="hint">{hint}</span></summary>
                {said}
                {form}
            </details>
        }
        .into_any(),
    )
}

/// Only where there is something to lower, and for those who may.
pub(super) fn lower_panel(pane: &Pane<'_>) -> Option<AnyView> {
    let Pane { visit, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("lower");
    if !sheet.is_back() && (level::may_lower(&visit.actor).is_err() || item.post.row.level <= 1) {
        return None;
    }
    let fields = sheet.area(Area {
        name: "reason",
        label: t!(words, "triage-reason-public"),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 2,
        ..Area::default()
    });
    let button =
        view! { <button class="btn">{t!(words, "triage-lower-go", to = i64::from(item.post.row.level - 1))}</button> }.into_any();
    let form = pane.form(&sheet, "lower", fields, button);
    let hint = t!(words, "triage-lower-hint", level = i64::from(item.post.row.level));
    Some(panel(visit, &sheet, "escalate", t!(words, "triage-lower"), hint, false, form))
}

pub(super) fn provenance_panel(pane: &Pane<'_>) -> AnyView {
    let Pane { visit, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("provenance");
    let now = item.provenance.last();
    let mut options: Vec<_> = Provenance::ALL.into_iter().map(|p| (p.as_str().to_owned(), provenance_name(words, p))).collect();
    if now.is_none() {
        options.insert(0, (String::new(), t!(words, "triage-provenance-choose")));
    }
    let said = item
        .provenance
        .iter()
        .map(|statement| {
            let reason = statement.reason.clone().map(|reason| {
                let lang = tag_of(visit, &reason);
                view! { " "<q dir="auto" lang=lang>{reason}</q> }
            });
            view! {
                <li>
                    <b>{provenance_name(words, statement.provenance)}</b>
                    ", "{name(owner_name(visit, &statement.by))}", "{when::moment(visit, statement.at)}{reason}
                </li>
            }
        })
        .collect_view();
    let said = (!item.provenance.is_empty()).then(|| view! { <ol class="stack gap-1 sm">{said}</ol> });
    let reason = now.map(|_| {
        sheet.area(Area {
            name: "reason",
            label: t!(words, "triage-reason-public"),
            hint: Some(t!(words, "triage-provenance-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 2,
            ..Area::default()
        })
    });
    let fields = view! {
        {said}
        {sheet.choice(Choice {
            name: "provenance",
            label: t!(words, "triage-provenance"),
            options,
            value: now.map(|said| said.provenance.as_str()).unwrap_or_default(),
            need: Need::Always,
            ..Choice::default()
        })}
        {reason}
    }
    .into_any();
    let button = view! { <button class="btn">{t!(words, "triage-provenance-go")}</button> }.into_any();
    let form = pane.form(&sheet, "provenance", fields, button);
    panel(visit, &sheet, "idea", t!(words, "triage-provenance"), t!(words, "triage-provenance-hint"), false, form)
}

pub(super) fn contributors_panel(pane: &Pane<'_>) -> AnyView {
    let Pane { visit, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("contributors");
    let helpers = item
        .contributors
        .iter()
        .map(|helper| {
            let label = t!(words, "triage-contributor-end-named", name = helper.name.as_str());
            let action = pane.action(&sheet, &format!("contributors/{}/end", helper.id));
            let end = match helper.ended_at {
                Some(at) => view! { <span class="muted">{t!(words, "triage-contributor-until")}" "{when::day(visit, at)}</span> }.into_any(),
                None => view! {
                    <form method="post" novalidate=true action=action>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "triage-contributor-end")}</button>
                    </form>
                }
                .into_any(),
            };
            let lang = tag_of(visit, &helper.task);
            view! { <li class="between"><span><b><bdi>{helper.name.clone()}</bdi></b>", "<span dir="auto" lang=lang>{helper.task.clone()}</span></span>{end}</li> }
        })
        .collect_view();
    let helpers =
        (!item.contributors.is_empty()).then(|| view! { <div class="act__in"><ul class="stack gap-2">{helpers}</ul></div> });
    let fields = view! {
        <div class="grid-3">
            {sheet.choice(Choice {
                name: "person",
                label: t!(words, "triage-contributor-person"),
                options: pane.staff(t!(words, "triage-contributor-partner"), None),
                need: Need::Sometimes,
                ..Choice::default()
            })}
            {sheet.line(Line {
                name: "name",
                label: t!(words, "triage-contributor-name"),
                hint: Some(t!(words, "triage-contributor-name-hint")),
                need: Need::Sometimes,
                max: Some(NAME_MAX),
                ..Line::default()
            })}
        </div>
        {sheet.line(Line {
            name: "task",
            label: t!(words, "triage-contributor-task"),
            need: Need::Always,
            max: Some(200),
            ..Line::default()
        })}
    }
    .into_any();
    let button = view! { <button class="btn">{t!(words, "triage-contributor-go")}</button> }.into_any();
    let form = pane.form(&sheet, "contributors", fields, button);
    let inside = view! { {helpers}{form} }.into_any();
    panel(visit, &sheet, "user", t!(words, "triage-contributors"), t!(words, "triage-contributors-hint"), false, inside)
}
