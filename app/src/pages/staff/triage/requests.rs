//! Acts that wait for somebody with a wider mandate.

use axum::{Router, routing::post};
use forum::{
    answer,
    id::RequestId,
    mandate::Beyond,
    promise,
    request::{self, Act as Asked, Request, State},
};
use leptos::prelude::*;

use super::{Act, Pane, item_page, role_name};
use crate::{
    done,
    i18n::names,
    key,
    parts::{
        form::{Area, Need, Sent, Sheet},
        icon,
        pill::status_name,
        text::tag_of,
        when,
        who::{name, owner_name},
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage/{id}/requests/{what}/approve", post(approve))
        .route("/triage/{id}/requests/{what}/refuse", post(refuse))
}

async fn approve(act: Act) -> PageResult {
    let id = RequestId(act.what);
    match act.visit.forum().write(&act.visit.actor, async |tx| request::approve(tx, id).await).await {
        Ok(_) => Ok(see_other(&act.asked.link(&format!("/triage/{}", act.post), Some(done!("approved"))))),
        Err(error) => {
            // what is wrong is in fields that somebody else typed: it can only be turned down
            let refused = Sent::refused(&act.visit, format!("request-{id}"), act.typed, error)?.as_a_whole();
            item_page(&act.visit, &act.asked, act.post, Some(&refused)).await
        }
    }
}

async fn refuse(act: Act) -> PageResult {
    let (id, typed) = (RequestId(act.what), &act.typed);
    let refused = act.visit.forum().write(&act.visit.actor, async |tx| request::refuse(tx, id, typed.get("note")).await).await;
    act.finish(format!("request-{id}"), refused.map(|_| done!("refused"))).await
}

/// A panel for each request on the post; those that wait are open.
pub(super) fn panels(pane: &Pane<'_>) -> AnyView {
    pane.item.requests.iter().map(|request| one(pane, request)).collect_view().into_any()
}

fn one(pane: &Pane<'_>, request: &Request) -> AnyView {
    let Pane { visit, .. } = *pane;
    let words = visit.words;
    let key = format!("request-{}", request.id);
    let sheet = Sheet::new(visit, &key, pane.refused);
    let title = match request.act {
        Asked::Answer => t!(words, "triage-request-answer"),
        Asked::Promise => t!(words, "triage-request-promise"),
    };
    let mut state = match request.state {
        State::Open if request.is_overdue(visit.now) => t!(words, "triage-request-overdue"),
        State::Open => t!(words, "triage-request-open"),
        State::Approved => t!(words, "triage-request-approved"),
        State::Refused => t!(words, "triage-request-refused"),
    };
    if let Some(role) = request.decided_by {
        state = format!("{state}, {}", role_name(visit, role));
    }
    let beyond: Vec<String> = request
        .beyond
        .iter()
        .map(|beyond| match beyond {
            Beyond::Stage => t!(words, "triage-beyond-stage"),
            Beyond::Days => t!(words, "triage-beyond-days"),
            Beyond::Amount => t!(words, "triage-beyond-amount"),
        })
        .collect();
    let due = (request.state == State::Open).then(|| {
        let level = if request.level <= 2 { t!(words, "triage-request-lead") } else { t!(words, "triage-request-director") };
        view! {
            <div><dt>{t!(words, "triage-request-decides")}</dt><dd>{level}</dd></div>
            <div><dt>{t!(words, "triage-request-due")}</dt><dd>{when::deadline(visit, request.due_at)}</dd></div>
        }
    });
    let note = request.note.clone().map(|note| {
        let lang = tag_of(visit, &note);
        view! { <div><dt>{t!(words, "triage-request-note")}</dt><dd dir="auto" lang=lang>{note}</dd></div> }
    });
    let may_decide = request.state == State::Open && request::may_decide(&visit.actor, request).is_ok();
    let forms = (may_decide || sheet.is_back()).then(|| decide(pane, &sheet, request));
    view! {
        <details class="act" id=sheet.anchor() open=may_decide || sheet.is_back()>
            <summary>{icon(visit, "escalate")}<span>{title}</span><span class="hint">{state}</span></summary>
            <div class="act__in">
                <dl class="facts">
                    <div><dt>{t!(words, "triage-request-by")}</dt><dd>{name(owner_name(visit, &request.by))}", "{when::moment(visit, request.created_at)}</dd></div>
                    <div><dt>{t!(words, "triage-request-beyond")}</dt><dd>{beyond.join(", ")}</dd></div>
                    {due}
                    {wanted(pane, request)}
                    {note}
                </dl>
            </div>
            {forms}
        </details>
    }
    .into_any()
}

fn decide(pane: &Pane<'_>, sheet: &Sheet<'_>, request: &Request) -> AnyView {
    let words = pane.visit.words;
    let approve = pane.action(sheet, &format!("requests/{}/approve", request.id));
    let refuse = pane.action(sheet, &format!("requests/{}/refuse", request.id));
    view! {
        <div class="act__in">
            {sheet.summary()}
            <form method="post" novalidate=true action=approve><button class="btn btn--primary">{t!(words, "triage-approve")}</button></form>
            <form class="stack gap-3" method="post" novalidate=true action=refuse>
                {sheet.area(Area {
                    name: "note",
                    label: t!(words, "triage-refuse-note"),
                    need: Need::Always,
                    min: Some(10),
                    max: Some(500),
                    rows: 2,
                    ..Area::default()
                })}
                <div><button class="btn">{t!(words, "triage-refuse")}</button></div>
            </form>
        </div>
    }
    .into_any()
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn said(visit: &Visit, text: &str) -> AnyView {
    let lang = tag_of(visit, text);
    view! { <span class="typed" dir="auto" lang=lang>{text.to_owned()}</span> }.into_any()
}

/// What is asked for, as it was typed.
fn wanted(pane: &Pane<'_>, request: &Request) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let mut facts = Vec::new();
    match request.act {
        Asked::Answer => {
            let draft: answer::Draft = serde_json::from_value(request.draft.clone()).unwrap_or_default();
            let status = pane.item.statuses.iter().find(|s| s.slug == draft.status);
            let status = status.map_or_else(|| draft.status.clone(), |status| status_name(visit, status));
            facts.push(fact(t!(words, "triage-status"), status.into_any()));
            facts.push(fact(t!(words, "triage-what"), said(visit, &draft.what)));
            for (key, value) in [
                (key!("triage-who"), draft.who),
                (key!("triage-next-update"), draft.next_update_on),
                (key!("triage-reexamine"), draft.reexamine_on),
            ] {
                if let Some(value) = value.filter(|v| !v.trim().is_empty()) {
                    facts.push(fact(words.t(key), value.into_any()));
                }
            }
            if let Some(class) = draft.reason_class.as_deref().and_then(|class| answer::ReasonClass::parse(class).ok()) {
                facts.push(fact(t!(words, "triage-reason"), words.name(names::REASON, class).into_any()));
            }
        }
        Asked::Promise => {
            let draft: promise::Draft = serde_json::from_value(request.draft.clone()).unwrap_or_default();
            facts.push(fact(t!(words, "triage-promise-what"), said(visit, &draft.what)));
            let day = chrono::NaiveDate::parse_from_str(draft.due_on.trim(), "%Y-%m-%d");
            let day = day.map_or_else(|_| draft.due_on.clone().into_any(), |day| when::date(visit, day).into_any());
            facts.push(fact(t!(words, "triage-promise-due"), day));
            if let Some(remedy) = &draft.remedy {
                facts.push(fact(t!(words, "triage-promise-remedy"), said(visit, remedy)));
            }
            if let Some(amount) = draft.remedy_amount {
                facts.push(fact(t!(words, "triage-promise-amount"), amount.into_any()));
            }
        }
    }
    facts.into_any()
}
