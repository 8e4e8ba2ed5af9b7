//! Promises on a post: making one, and what is said about it later.

use axum::{Router, routing::post};
use forum::{
    error::Check,
    id::PromiseId,
    promise::{self, Draft, Promise, REMEDY_MAX, State, WHAT_MAX},
};
use leptos::prelude::*;

use super::{Act, Pane, panel, requested};
use crate::{
    done,
    parts::{
        form::{Area, Choice, Line, Need, Sheet},
        icon,
        promise::{decided_by, promise_chip, remedy},
        text::tag_of,
        when,
        who::owner_name,
    },
    t,
    web::{PageResult, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage/{id}/promises", post(make))
        .route("/triage/{id}/promises/{what}/keep", post(keep))
        .route("/triage/{id}/promises/{what}/change", post(change))
        .route("/triage/{id}/promises/{what}/withdraw", post(withdraw))
        .route("/triage/{id}/promises/{what}/pay", post(pay))
}

/// The promise as typed.
fn draft(act: &Act) -> Result<Draft, forum::Error> {
    let typed = &act.typed;
    let mut check = Check::new();
    let accountable = check.field("accountable", typed.person("accountable"));
    let accountable = check.finish(accountable)?;
    Ok(Draft {
        what: typed.text("what"),
        due_on: typed.text("due_on"),
        remedy: typed.some("remedy"),
        remedy_amount: typed.some("remedy_amount"),
        accountable,
        reason: typed.some("reason"),
    })
}

async fn make(act: Act) -> PageResult {
    let id = act.post;
    let made = match draft(&act) {
        Ok(draft) => act.once(act.visit.forum(), async |tx| promise::make(tx, id, &draft).await).await,
        Err(error) => Err(error),
    };
    let done = made.map(|waits| waits.map_or(done!("promised"), requested));
    act.finish("promise", done).await
}

async fn keep(act: Act) -> PageResult {
    let (id, note) = (PromiseId(act.what), act.typed.some("note"));
    let kept = act.visit.forum().write(&act.visit.actor, async |tx| promise::keep(tx, id, note.as_deref()).await).await;
    act.finish(format!("promise-{id}-keep"), kept.map(|_| done!("promise-kept"))).await
}

async fn change(act: Act) -> PageResult {
    let id = PromiseId(act.what);
    let changed = match draft(&act) {
        Ok(draft) => act.visit.forum().write(&act.visit.actor, async |tx| promise::change(tx, id, &draft).await).await,
        Err(error) => Err(error),
    };
    act.finish(format!("promise-{id}-change"), changed.map(|_| done!("promise-changed"))).await
}

async fn withdraw(act: Act) -> PageResult {
    let (id, typed) = (PromiseId(act.what), &act.typed);
    let withdrawn =
        act.visit.forum().write(&act.visit.actor, async |tx| promise::withdraw(tx, id, typed.get("reason")).await).await;
    act.finish(format!("promise-{id}-withdraw"), withdrawn.map(|_| done!("promise-withdrawn"))).await
}

async fn pay(act: Act) -> PageResult {
    let (id, note) = (PromiseId(act.what), act.typed.some("note"));
    let paid = act.visit.forum().write(&act.visit.actor, async |tx| promise::pay(tx, id, note.as_deref()).await).await;
    act.finish(format!("promise-{id}-pay"), paid.map(|_| done!("promise-paid"))).await
}

/// The fields of a promise, filled with what stands now.
fn fields(pane: &Pane<'_>, sheet: &Sheet<'_>, now: Option<&Promise>) -> AnyView {
    let words = pane.visit.words;
    let amount = now.and_then(|p| p.remedy_cents).map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or_default();
    let due = now.map(|p| p.due_on.to_string()).unwrap_or_default();
    let accountable = now.and_then(|p| p.accountable.as_ref()).map(|person| person.id.to_string()).unwrap_or_default();
    view! {
        {sheet.area(Area {
            name: "what",
            label: t!(words, "triage-promise-what"),
            hint: Some(t!(words, "triage-promise-what-hint")),
            value: now.map_or("", |p| p.what.as_str()),
            need: Need::Always,
            min: Some(3),
            max: Some(WHAT_MAX),
            rows: 2,
            ..Area::default()
        })}
        <div class="grid-3">
            {sheet.day(Line {
                name: "due_on",
                label: t!(words, "triage-promise-due"),
                value: &due,
                need: Need::Always,
                first: Some(pane.visit.today()),
                ..Line::default()
            })}
            {sheet.choice(Choice {
                name: "accountable",
                label: t!(words, "triage-promise-accountable"),
                options: pane.staff(t!(words, "triage-promise-owner"), None),
                value: &accountable,
                ..Choice::default()
            })}
        </div>
        <div class="grid-3">
            {sheet.line(Line {
                name: "remedy",
                label: t!(words, "triage-promise-remedy"),
                hint: Some(t!(words, "triage-promise-remedy-hint")),
                value: now.and_then(|p| p.remedy.as_deref()).unwrap_or_default(),
                max: Some(REMEDY_MAX),
                ..Line::default()
            })}
            {sheet.line(Line {
                name: "remedy_amount",
                label: t!(words, "triage-promise-amount"),
                hint: Some(t!(words, "triage-promise-amount-hint")),
                value: &amount,
                max: Some(20),
                keys: Some("decimal"),
                ..Line::default()
            })}
        </div>
    }
    .into_any()
}

pub(super) fn make_panel(pane: &Pane<'_>) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let sheet = pane.sheet("promise");
    let button = view! {
        <div class="between">
            <p class="meta">{t!(words, "triage-promise-rule")}" "{pane.mandate()}</p>
            <button class="btn btn--primary">{t!(words, "triage-promise-go")}</button>
        </div>
    }
    .into_any();
    let form = pane.form(&sheet, "promises", fields(pane, &sheet, None), button);
    panel(visit, &sheet, "seal", t!(words, "triage-promise"), t!(words, "triage-promise-hint"), false, form)
}

/// A panel for each promise that was made: how it stands, and what whoever may speak about it can say.
pub(super) fn panels(pane: &Pane<'_>) -> AnyView {
    pane.item.promises.iter().map(|(promise, may_speak)| one(pane, promise, *may_speak)).collect_view().into_any()
}

fn one(pane: &Pane<'_>, promise: &Promise, may_speak: bool) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let key = |act: &str| format!("promise-{}-{act}", promise.id);
    let (keep, change, withdraw, pay) = (key("keep"), key("change"), key("withdraw"), key("pay"));
    let sheets = [&keep, &change, &withdraw, &pay].map(|key| Sheet::new(visit, key, pane.refused));
    let [keep, change, withdraw, pay] = sheets;
    let is_back = sheets.iter().any(Sheet::is_back);
    let path = |act: &str| format!("promises/{}/{act}", promise.id);
    let note = |sheet: &Sheet<'_>, label: String| sheet.line(Line { name: "note", label, max: Some(500), ..Line::default() });
    let plain = |label: String| view! { <div><button class="btn">{label}</button></div> }.into_any();

    let open = promise.state == State::Open && may_speak;
    let keep_form = (open || keep.is_back()).then(|| {
        pane.form(&keep, &path("keep"), note(&keep, t!(words, "triage-promise-note")), plain(t!(words, "triage-promise-keep")))
    });
    let change_form = (open || change.is_back()).then(|| {
        let reason = reason(pane, &change);
        let fields = view! { {fields(pane, &change, Some(promise))}{reason} }.into_any();
        let form = pane.form(&change, &path("change"), fields, plain(t!(words, "triage-promise-change-go")));
        inner(pane, &change, "edit", t!(words, "triage-promise-change"), form)
    });
    let withdraw_form = (open || withdraw.is_back()).then(|| {
        let form = pane.form(&withdraw, &path("withdraw"), reason(pane, &withdraw), plain(t!(words, "triage-promise-withdraw-go")));
        inner(pane, &withdraw, "s-withdrawn", t!(words, "triage-promise-withdraw"), form)
    });
    let pay_form = ((promise.owes() && may_speak) || pay.is_back()).then(|| {
        pane.form(&pay, &path("pay"), note(&pay, t!(words, "triage-promise-paid-note")), plain(t!(words, "triage-promise-pay")))
    });
    let not_mine = (!may_speak && (promise.state == State::Open || promise.owes()))
        .then(|| view! { <p class="act__in ink-2">{t!(words, "triage-promise-not-mine")}</p> });
    let lang = tag_of(visit, &promise.what);
    let accountable = promise.accountable.as_ref().map_or_else(|| t!(words, "owner-none"), |person| owner_name(visit, person));
    let decided = promise.decided_by.map(|role| view! { <p class="meta">{decided_by(words, role)}</p> });
    let glyph = if promise.state == State::Broken { "broken" } else { "seal" };
    view! {
        <details class="act" name="act" open=is_back>
            <summary>{icon(visit, glyph)}<span>{t!(words, "triage-promise-number", n = promise.id.0)}</span>{promise_chip(visit, promise)}</summary>
            <div class="act__in">
                <p dir="auto" lang=lang><b>{promise.what.clone()}</b></p>
                <dl class="facts">
                    <div><dt>{t!(words, "triage-promise-due")}</dt><dd>{when::deadline(visit, promise.due_at)}</dd></div>
                    <div><dt>{t!(words, "triage-promise-accountable")}</dt><dd><bdi>{accountable}</bdi></dd></div>
                    <div><dt>{t!(words, "triage-promise-remedy")}</dt><dd>{remedy(visit, promise)}</dd></div>
                </dl>
                {decided}
            </div>
            {not_mine}
            <div class="act__more">
                {keep_form.map(|form| view! { <div id=keep.anchor()>{form}</div> })}
                {pay_form.map(|form| view! { <div id=pay.anchor()>{form}</div> })}
                {change_form}
                {withdraw_form}
            </div>
        </details>
    }
    .into_any()
}

fn reason(pane: &Pane<'_>, sheet: &Sheet<'_>) -> AnyView {
    sheet.area(Area {
        name: "reason",
        label: t!(pane.visit.words, "triage-reason-public"),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 2,
        ..Area::default()
    })
}

/// A form that opens inside the panel of a promise.
fn inner(pane: &Pane<'_>, sheet: &Sheet<'_>, glyph: &str, title: String, form: AnyView) -> AnyView {
    view! {
        <details class="act act--plain" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(pane.visit, glyph)}<span>{title}</span></summary>
            {form}
        </details>
    }
    .into_any()
}
