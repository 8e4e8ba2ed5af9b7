//! What the company owes when: the deadlines of the site, and of boards that differ.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::{self, Board},
    clock::Terms,
    site::{BoardTerms, BoardTermsDraft, ClocksDraft, Site, TermsDraft},
};
use leptos::prelude::*;
use serde::Serialize;

use super::{admin, page, refused, save, seen};
use crate::{
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        icon,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/clocks";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/clocks", get(show).post(change)).route("/admin/clocks/{board}", post(change_board))
}

/// The fields of the deadlines of a kind: first answer, decision, next update.
const COMPLAINT: [&str; 3] = ["complaint_first_answer", "complaint_decision", "complaint_next_update"];
const IDEA: [&str; 3] = ["idea_first_answer", "idea_decision", "idea_next_update"];

fn terms(typed: &Typed, [first_answer, decision, next_update]: [&str; 3]) -> TermsDraft {
    TermsDraft { first_answer: typed.text(first_answer), decision: typed.text(decision), next_update: typed.text(next_update) }
}

/// What the form of the site shows.
fn of_all(site: &Site) -> impl Serialize + use<> {
    (site.complaint_terms, site.idea_terms, site.triage_days, site.target_on_time)
}

/// What the form of a board shows.
fn of_one(site: &Site, board: &str) -> Option<BoardTerms> {
    site.board_terms.get(board).copied()
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    render(&visit, None).await
}

async fn change(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = ClocksDraft {
        complaint: terms(&typed, COMPLAINT),
        idea: terms(&typed, IDEA),
        triage_days: typed.text("triage_days"),
        target_on_time: typed.text("target_on_time"),
    };
    match save(&visit, &typed, of_all, |site| draft.apply(site)).await {
        Ok(()) => Ok(see_other("/admin/clocks?done=settings#main")),
        Err(error) => render(&visit, Some(&refused(&visit, "site", typed, error)?)).await,
    }
}

async fn change_board(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    board::by_slug(visit.forum().read(), &visit.actor, &slug).await?.ok_or(Error::NotFound)?;
    let draft = BoardTermsDraft { complaint: terms(&typed, COMPLAINT), idea: terms(&typed, IDEA) };
    match save(&visit, &typed, |site| of_one(site, &slug), |site| draft.apply(site, &slug)).await {
        Ok(()) => Ok(see_other("/admin/clocks?done=settings#main")),
        Err(error) => render(&visit, Some(&refused(&visit, format!("board-{slug}"), typed, error)?)).await,
    }
}

async fn render(visit: &Visit, refused: Option<&Sent>) -> Result<Response, crate::web::Failure> {
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    Ok(page(visit, HERE, refused, || {
        let words = visit.words;
        let forms = boards.iter().map(|board| of_board(visit, board, refused)).collect_view();
        view! {
            {of_site(visit, &Sheet::new(visit, "site", refused))}
            <section class="section" id="boards">
                <h2 class="h-section">{t!(words, "admin-boards")}</h2>
                <p class="ink-2 measure">{t!(words, "admin-boards-text")}</p>
                <div class="acts">{forms}</div>
            </section>
        }
        .into_any()
    }))
}

/// The three deadlines of a kind, side by side.
fn fields(
    visit: &Visit,
    sheet: &Sheet<'_>,
    title: String,
    hint: String,
    names: [&'static str; 3],
    now: Option<Terms>,
    need: Need,
) -> AnyView {
    let words = visit.words;
    let labels = [t!(words, "admin-first-answer"), t!(words, "admin-decision"), t!(words, "admin-next-update")];
    let values = now.map_or_else(Default::default, |t| [t.first_answer, t.decision, t.next_update].map(|days| days.to_string()));
    let lines = names
        .into_iter()
        .zip(labels)
        .zip(values)
        .map(|((name, label), value)| {
            sheet.line(Line { name, label, value: &value, need, max: Some(3), keys: Some("numeric"), ..Line::default() })
        })
        .collect_view();
    view! {
        <fieldset class="stack gap-3">
            <legend class="label">{title}</legend>
            <p class="hint">{hint}</p>
            <div class="grid-3">{lines}</div>
        </fieldset>
    }
    .into_any()
}

fn of_site(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    let site = &visit.site;
    let (triage, target) = (site.triage_days.to_string(), site.target_on_time.to_string());
    let days = t!(words, "admin-working-days");
    view! {
        <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
            {sheet.summary()}
            <input type="hidden" name="seen" value=seen(&of_all(site)) />
            {fields(visit, sheet, t!(words, "admin-complaints"), days.clone(), COMPLAINT, Some(site.complaint_terms), Need::Always)}
            {fields(visit, sheet, t!(words, "admin-ideas"), days, IDEA, Some(site.idea_terms), Need::Always)}
            <div class="grid-3">
                {sheet.line(Line {
                    name: "triage_days",
                    label: t!(words, "admin-triage-days"),
                    hint: Some(t!(words, "admin-triage-days-hint")),
                    value: &triage,
                    need: Need::Always,
                    max: Some(3),
                    keys: Some("numeric"),
                    ..Line::default()
                })}
                {sheet.line(Line {
                    name: "target_on_time",
                    label: t!(words, "admin-target"),
                    hint: Some(t!(words, "admin-target-hint")),
                    value: &target,
                    need: Need::Always,
                    max: Some(3),
                    keys: Some("numeric"),
                    ..Line::default()
                })}
            </div>
            <div class="stack gap-2">
                <p class="meta">{t!(words, "admin-clocks-rule")}</p>
                <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
            </div>
        </form>
    }
    .into_any()
}

fn of_board(visit: &Visit, board: &Board, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let key = format!("board-{}", board.slug);
    let sheet = Sheet::new(visit, &key, refused);
    let own = visit.site.board_terms.get(&board.slug).copied().unwrap_or_default();
    let as_site = |terms: Terms| {
        t!(
            words,
            "admin-as-site",
            first = i64::from(terms.first_answer),
            decision = i64::from(terms.decision),
            next = i64::from(terms.next_update),
        )
    };
    let differs = own.complaint.is_some() || own.idea.is_some();
    let hint = if differs { t!(words, "admin-board-own") } else { t!(words, "admin-board-site") };
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "clock")}<bdi>{board.called(visit.language()).to_owned()}</bdi><span class="hint">{hint}</span></summary>
            <form class="act__in" method="post" novalidate=true action=format!("{HERE}/{}#{}", board.slug, sheet.anchor())>
                {sheet.summary()}
                <input type="hidden" name="seen" value=seen(&of_one(&visit.site, &board.slug)) />
                {fields(visit, &sheet, t!(words, "admin-complaints"), as_site(visit.site.complaint_terms), COMPLAINT, own.complaint, Need::Sometimes)}
                {fields(visit, &sheet, t!(words, "admin-ideas"), as_site(visit.site.idea_terms), IDEA, own.idea, Need::Sometimes)}
                <button class="btn btn--primary">{t!(words, "admin-save")}</button>
            </form>
        </details>
    }
    .into_any()
}
