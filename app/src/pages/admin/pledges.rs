//! Promises to everybody whose post they cover.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::{self, Board},
    error::Problem,
    id::PledgeId,
    pledge::{self, Draft, Pledge},
    post::Kind,
    promise::{REMEDY_MAX, WHAT_MAX},
};
use leptos::prelude::*;

use super::{admin, page};
use crate::{
    i18n::names,
    parts::{
        form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
        text::tag_of,
        when,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/pledges";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/pledges", get(show).post(make)).route("/admin/pledges/{id}/end", post(end))
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    render(&visit, None).await
}

async fn make(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = Draft {
        kind: typed.text("kind"),
        days: typed.text("days"),
        what: typed.text("what"),
        remedy: typed.text("remedy"),
        remedy_amount: typed.text("remedy_amount"),
    };
    let slug = typed.get("board").trim();
    let made = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let board = if slug.is_empty() {
                None
            } else {
                let board = board::by_slug(tx.conn(), tx.actor(), slug).await?;
                Some(board.ok_or(Error::invalid("board", Problem::UnknownChoice))?.id)
            };
            pledge::make(tx, board, &draft).await
        })
        .await;
    match made {
        Ok(_) => Ok(see_other("/admin/pledges?done=pledged#main")),
        Err(error) => render(&visit, Some(&Sent::refused(&visit, "pledge", typed, error)?)).await,
    }
}

async fn end(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id = PledgeId(id.parse().map_err(|_| Error::NotFound)?);
    visit.forum().write(&visit.actor, async |tx| pledge::end(tx, id).await).await?;
    Ok(see_other("/admin/pledges?done=pledge-ended#main"))
}

async fn render(visit: &Visit, refused: Option<&Sent>) -> Result<Response, Failure> {
    let pledges = pledge::list(visit.forum().read()).await?;
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    Ok(page(visit, HERE, refused, || {
        let words = visit.words;
        let rows = pledges.iter().map(|pledge| entry(visit, pledge, &boards)).collect_view();
        let list = if pledges.is_empty() {
            view! { <p class="ink-2">{t!(words, "admin-pledges-none")}</p> }.into_any()
        } else {
            view! { <ul class="entries">{rows}</ul> }.into_any()
        };
        view! {
            {list}
            <section class="section">
                <h2 class="h-section">{t!(words, "admin-pledge-make")}</h2>
                {form(visit, &Sheet::new(visit, "pledge", refused), &boards)}
            </section>
        }
        .into_any()
    }))
}

fn entry(visit: &Visit, pledge: &Pledge, boards: &[Board]) -> AnyView {
    let words = visit.words;
    let kind = pledge.kind.map_or_else(|| t!(words, "admin-pledge-all-kinds"), |kind| words.name(names::KIND, kind));
    let board = boards.iter().find(|board| Some(board.id) == pledge.board_id);
    let board = board.map_or_else(|| t!(words, "admin-pledge-all-boards"), |board| board.called(visit.language()).to_owned());
    let days = t!(words, "admin-pledge-within", n = i64::from(pledge.days));
    let (what_lang, remedy_lang) = (tag_of(visit, &pledge.what), tag_of(visit, &pledge.remedy));
    let label = t!(words, "admin-pledge-end-named", what = pledge.what.as_str());
    let state = match pledge.ended_at {
        Some(at) => view! { <span class="muted">{t!(words, "admin-pledge-ended")}" "{when::day(visit, at)}</span> }.into_any(),
        None => view! {
            <form method="post" novalidate=true action=format!("{HERE}/{}/end", pledge.id)>
                <button class="btn btn--sm" aria-label=label>{t!(words, "admin-pledge-end")}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <li class="between">
            <div class="stack gap-1">
                <p dir="auto" lang=what_lang><b>{pledge.what.clone()}</b></p>
                <p class="meta">{kind}", "{board}", "{days}</p>
                <p class="sm">{t!(words, "admin-pledge-else")}" "<span dir="auto" lang=remedy_lang>{pledge.remedy.clone()}</span></p>
            </div>
            {state}
        </li>
    }
    .into_any()
}

fn form(visit: &Visit, sheet: &Sheet<'_>, boards: &[Board]) -> AnyView {
    let words = visit.words;
    let mut kinds = vec![(String::new(), t!(words, "admin-pledge-all-kinds"))];
    kinds.extend(Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), words.name(names::KIND, kind))));
    let mut places = vec![(String::new(), t!(words, "admin-pledge-all-boards"))];
    places.extend(boards.iter().map(|board| (board.slug.clone(), board.called(visit.language()).to_owned())));
    view! {
        <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
            {sheet.summary()}
            {sheet.area(Area {
                name: "what",
                label: t!(words, "admin-pledge-what"),
                hint: Some(t!(words, "admin-pledge-what-hint")),
                need: Need::Always,
                min: Some(3),
                max: Some(WHAT_MAX),
                rows: 2,
                ..Area::default()
            })}
            <div class="grid-3">
                {sheet.choice(Choice { name: "kind", label: t!(words, "admin-pledge-kind"), options: kinds, need: Need::Sometimes, ..Choice::default() })}
                {sheet.choice(Choice { name: "board", label: t!(words, "admin-pledge-board"), options: places, need: Need::Sometimes, ..Choice::default() })}
                {sheet.line(Line {
                    name: "days",
                    label: t!(words, "admin-pledge-days"),
                    need: Need::Always,
                    max: Some(3),
                    keys: Some("numeric"),
                    ..Line::default()
                })}
            </div>
            <div class="grid-3">
                {sheet.line(Line {
                    name: "remedy",
                    label: t!(words, "admin-pledge-remedy"),
                    hint: Some(t!(words, "admin-pledge-remedy-hint")),
                    need: Need::Always,
                    max: Some(REMEDY_MAX),
                    ..Line::default()
                })}
                {sheet.line(Line {
                    name: "remedy_amount",
                    label: t!(words, "triage-promise-amount"),
                    hint: Some(t!(words, "triage-promise-amount-hint")),
                    max: Some(15),
                    keys: Some("decimal"),
                    ..Line::default()
                })}
            </div>
            <div class="stack gap-2">
                <p class="meta">{t!(words, "admin-pledge-rule")}</p>
                <div><button class="btn btn--primary">{t!(words, "admin-pledge-go")}</button></div>
            </div>
        </form>
    }
    .into_any()
}
