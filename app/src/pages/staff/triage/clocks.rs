//! Clocks: more time with a public reason, and standing still while the customer is asked.

use axum::{Router, routing::post};
use forum::clock::{self, Clock, STOP_MAX, State};
use leptos::prelude::*;

use super::{Act, Pane, panel};
use crate::{
    done,
    parts::{
        clock_chip::clock_name,
        form::{Area, Choice, Line, Need},
        text::tag_of,
        when,
    },
    t,
    web::{PageResult, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage/{id}/extend", post(extend))
        .route("/triage/{id}/stop", post(stop))
        .route("/triage/{id}/resume", post(resume))
}

async fn extend(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let done = act
        .visit
        .forum()
        .write(&act.visit.actor, async |tx| {
            clock::extend(tx, id, typed.get("clock"), typed.get("until"), typed.get("reason")).await
        })
        .await
        .map(|_| done!("extended"));
    act.finish("extend", done).await
}

async fn stop(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let stopped = act.visit.forum().write(&act.visit.actor, async |tx| clock::stop(tx, id, typed.get("reason")).await).await;
    act.finish("stop", stopped.map(|_| done!("stopped"))).await
}

async fn resume(act: Act) -> PageResult {
    let id = act.post;
    let resumed = act.visit.forum().write(&act.visit.actor, async |tx| clock::resume(tx, id).await).await;
    act.finish("stop", resumed.map(|_| done!("resumed"))).await
}

/// The clocks that can be given more time.
fn running<'a>(pane: &Pane<'a>) -> Vec<&'a Clock> {
    pane.item.clocks.iter().filter(|clock| clock.state == State::Running).collect()
}

pub(super) fn extend_panel(pane: &Pane<'_>) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let sheet = pane.sheet("extend");
    // the one that presses most is chosen before anybody chooses
    let mut running = running(pane);
    running.sort_by_key(|clock| clock.due_at);
    let inside = if running.is_empty() && !sheet.is_back() {
        view! { <p class="act__in ink-2">{t!(words, "triage-extend-none")}</p> }.into_any()
    } else {
        let clocks: Vec<_> = running
            .iter()
            .map(|clock| {
                let due = when::deadline_text(visit, clock.due_at);
                (
                    clock.name.as_str().to_owned(),
                    t!(words, "triage-extend-option", clock = clock_name(words, clock.name), due = due),
                )
            })
            .collect();
        let fields = view! {
            <div class="grid-3">
                {sheet.choice(Choice {
                    name: "clock",
                    label: t!(words, "triage-extend-clock"),
                    options: clocks,
                    need: Need::Always,
                    ..Choice::default()
                })}
                {sheet.day(Line {
                    name: "until",
                    label: t!(words, "triage-extend-until"),
                    need: Need::Always,
                    first: visit.today().succ_opt(),
                    ..Line::default()
                })}
            </div>
            {sheet.area(Area {
                name: "reason",
                label: t!(words, "triage-reason-public"),
                hint: Some(t!(words, "triage-extend-reason-hint")),
                need: Need::Always,
                min: Some(10),
                max: Some(500),
                rows: 2,
                ..Area::default()
            })}
        }
        .into_any();
        let button = view! {
            <div class="between">
                <p class="meta">{t!(words, "triage-extend-rule")}</p>
                <button class="btn btn--primary">{t!(words, "triage-extend-go")}</button>
            </div>
        }
        .into_any();
        pane.form(&sheet, "extend", fields, button)
    };
    panel(visit, &sheet, "calendar", t!(words, "triage-extend"), t!(words, "triage-extend-hint"), false, inside)
}

pub(super) fn stop_panel(pane: &Pane<'_>) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let sheet = pane.sheet("stop");
    let waiting = pane.item.stops.iter().rev().find(|stop| stop.ended_at.is_none());
    if let Some(stop) = waiting {
        let lang = tag_of(visit, &stop.reason);
        let until = when::deadline_text(visit, stop.until_at);
        let fields = view! {
            <p>{t!(words, "triage-stopped", until = until)}</p>
            <blockquote class="note" dir="auto" lang=lang>{stop.reason.clone()}</blockquote>
        }
        .into_any();
        let button = view! { <button class="btn btn--primary">{t!(words, "triage-resume-go")}</button> }.into_any();
        let form = pane.form(&sheet, "resume", fields, button);
        return panel(visit, &sheet, "pause", t!(words, "triage-resume"), t!(words, "triage-resume-hint"), false, form);
    }
    let inside = if running(pane).is_empty() && !sheet.is_back() {
        view! { <p class="act__in ink-2">{t!(words, "triage-stop-none")}</p> }.into_any()
    } else {
        let fields = sheet.area(Area {
            name: "reason",
            label: t!(words, "triage-stop-reason"),
            hint: Some(t!(words, "triage-stop-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 2,
            ..Area::default()
        });
        let button = view! {
            <div class="between">
                <p class="meta">{t!(words, "triage-stop-rule", n = i64::from(STOP_MAX))}</p>
                <button class="btn btn--primary">{t!(words, "triage-stop-go")}</button>
            </div>
        }
        .into_any();
        pane.form(&sheet, "stop", fields, button)
    };
    panel(visit, &sheet, "pause", t!(words, "triage-stop"), t!(words, "triage-stop-hint"), false, inside)
}
