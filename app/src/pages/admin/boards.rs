//! The boards: what they are called, who sees them, in which order they stand, and which take no new posts.

use std::collections::HashMap;

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::{self, Board, DESCRIPTION_MAX, Edit, NAME_MAX, NewBoard},
    group::{self, Group},
    names::Names,
    text,
};
use leptos::prelude::*;

use super::{admin, naming, page, refused};
use crate::{
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        icon,
        text::tag_of,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/boards";
const DONE: &str = "/admin/boards?done=settings#main";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/boards", get(show).post(make))
        .route("/admin/boards/{board}", post(change))
        .route("/admin/boards/{board}/order", post(order))
        .route("/admin/groups", post(make_group))
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    render(&visit, None).await
}

/// Goes back to the page when it is done; else shows the form again as it was typed.
async fn finish<T>(visit: &Visit, key: String, typed: Typed, done: Result<T, Error>) -> PageResult {
    match done {
        Ok(_) => Ok(see_other(DONE)),
        Err(error) => render(visit, Some(&refused(visit, key, typed, error)?)).await,
    }
}

/// A short name as typed; made of the name when it was left open.
pub(super) fn slug_of(typed: &Typed) -> String {
    typed.some("slug").unwrap_or_else(|| text::slug(typed.get("name")).chars().take(60).collect())
}

async fn make(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let new = NewBoard {
        slug: slug_of(&typed),
        name: typed.text("name"),
        names: naming::given(&typed),
        description: typed.text("description"),
        private: typed.has("private"),
        groups: typed.ticked("group-"),
        imported_from: None,
    };
    let made = visit.forum().write(&visit.actor, async |tx| board::create(tx, &new).await).await;
    finish(&visit, "make".to_owned(), typed, made).await
}

async fn change(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let edit = Edit {
        name: Some(typed.text("name")),
        names: Some(naming::given(&typed)),
        description: Some(typed.text("description")),
        private: Some(typed.has("private")),
        groups: Some(typed.ticked("group-")),
        closed: Some(typed.has("closed")),
        version: typed.get("version").parse().ok(),
    };
    let changed = visit.forum().write(&visit.actor, async |tx| board::edit(tx, &slug, &edit).await).await;
    finish(&visit, format!("board-{slug}"), typed, changed).await
}

async fn order(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let way = naming::way(&typed)?;
    visit.forum().write(&visit.actor, async |tx| board::put(tx, &slug, way).await).await?;
    Ok(see_other("/admin/boards#order"))
}

async fn make_group(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let (slug, name) = (slug_of(&typed), typed.get("name"));
    let made = visit.forum().write(&visit.actor, async |tx| group::create(tx, &slug, name).await).await;
    finish(&visit, "group".to_owned(), typed, made).await
}

async fn render(visit: &Visit, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let boards = board::list(db, &visit.actor).await?;
    let (open_to, groups) = (board::groups(db).await?, group::list(db).await?);
    let sizes = group::sizes(db).await?;
    Ok(page(visit, HERE, refused, || {
        let words = visit.words;
        let forms = boards
            .iter()
            .map(|board| {
                let own: Vec<_> = open_to.iter().filter(|(id, _)| *id == board.id).map(|(_, slug)| slug.as_str()).collect();
                one(visit, board, &own, &groups, refused)
            })
            .collect_view();
        let none = boards.is_empty().then(|| view! { <p class="ink-2">{t!(words, "admin-boards-none")}</p> });
        view! {
            {none}
            <div class="acts">{forms}</div>
            {in_order(visit, &boards)}
            {new_board(visit, &Sheet::new(visit, "make", refused), &groups)}
            {groups_section(visit, &Sheet::new(visit, "group", refused), &groups, &sizes)}
        }
        .into_any()
    }))
}

/// The fields that say who sees a board.
fn audience(visit: &Visit, sheet: &Sheet<'_>, private: bool, own: &[&str], groups: &[Group]) -> AnyView {
    let words = visit.words;
    let boxes: Vec<_> = groups
        .iter()
        .map(|group| (format!("group-{}", group.slug), group.name.clone(), own.contains(&group.slug.as_str())))
        .collect();
    let groups = (!boxes.is_empty())
        .then(|| sheet.ticks("groups", t!(words, "admin-board-groups"), Some(t!(words, "admin-board-groups-hint")), boxes));
    view! { {sheet.tick("private", t!(words, "admin-board-private"), private)}{groups} }.into_any()
}

fn one(visit: &Visit, board: &Board, own: &[&str], groups: &[Group], refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let key = format!("board-{}", board.slug);
    let sheet = Sheet::new(visit, &key, refused);
    let hint = if !board.is_open() {
        t!(words, "admin-board-is-closed")
    } else if board.private {
        t!(words, "admin-board-is-private")
    } else {
        t!(words, "admin-board-is-public")
    };
    let name = board.called(visit.language()).to_owned();
    let lang = tag_of(visit, &name);
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "inbox")}<span dir="auto" lang=lang>{name}</span><span class="hint">{hint}</span></summary>
            <form class="act__in" method="post" novalidate=true action=format!("{HERE}/{}#{}", board.slug, sheet.anchor())>
                {sheet.summary()}
                <input type="hidden" name="version" value=board.version.to_string() />
                {naming::fields(visit, &sheet, &board.name, &board.names, NAME_MAX)}
                {description(visit, &sheet, &board.description)}
                {audience(visit, &sheet, board.private, own, groups)}
                <div>
                    {sheet.tick("closed", t!(words, "admin-board-closed"), !board.is_open())}
                    <p class="hint">{t!(words, "admin-board-closed-hint")}</p>
                </div>
                <button class="btn btn--primary">{t!(words, "admin-save")}</button>
            </form>
        </details>
    }
    .into_any()
}

fn description(visit: &Visit, sheet: &Sheet<'_>, now: &str) -> AnyView {
    sheet.line(Line {
        name: "description",
        label: t!(visit.words, "admin-board-description"),
        hint: Some(t!(visit.words, "admin-board-description-hint")),
        value: now,
        max: Some(DESCRIPTION_MAX),
        ..Line::default()
    })
}

fn in_order(visit: &Visit, boards: &[Board]) -> Option<AnyView> {
    if boards.len() < 2 {
        return None;
    }
    let rows = boards
        .iter()
        .enumerate()
        .map(|(n, board)| {
            let name = board.called(visit.language()).to_owned();
            let lang = tag_of(visit, &name);
            let order = naming::order(visit, format!("{HERE}/{}/order#order", board.slug), &name, (n == 0, n + 1 == boards.len()));
            view! { <li class="between"><span dir="auto" lang=lang>{name}</span>{order}</li> }
        })
        .collect_view();
    Some(
        view! {
            <section class="section" id="order">
                <h2 class="h-section">{t!(visit.words, "admin-order")}</h2>
                <p class="ink-2 measure">{t!(visit.words, "admin-boards-order")}</p>
                <ol class="entries">{rows}</ol>
            </section>
        }
        .into_any(),
    )
}

/// The field of a name in addresses.
pub(super) fn slug_field(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    sheet.line(Line {
        name: "slug",
        label: t!(visit.words, "admin-slug"),
        hint: Some(t!(visit.words, "admin-slug-hint")),
        max: Some(60),
        ..Line::default()
    })
}

fn new_board(visit: &Visit, sheet: &Sheet<'_>, groups: &[Group]) -> AnyView {
    let words = visit.words;
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-board-make")}</h2>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                {naming::fields(visit, sheet, "", &Names::default(), NAME_MAX)}
                {slug_field(visit, sheet)}
                {description(visit, sheet, "")}
                {audience(visit, sheet, false, &[], groups)}
                <div><button class="btn btn--primary">{t!(words, "admin-board-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}

fn groups_section(visit: &Visit, sheet: &Sheet<'_>, groups: &[Group], sizes: &HashMap<i64, i64>) -> AnyView {
    let words = visit.words;
    let rows = groups
        .iter()
        .map(|group| {
            let lang = tag_of(visit, &group.name);
            let size = t!(words, "admin-team-members", n = sizes.get(&group.id).copied().unwrap_or_default());
            view! {
                <li class="between">
                    <a dir="auto" lang=lang href=format!("/admin/groups/{}", group.slug)>{group.name.clone()}</a>
                    <span class="hint">{size}</span>
                </li>
            }
        })
        .collect_view();
    let list = (!groups.is_empty()).then(|| view! { <ul class="entries">{rows}</ul> });
    view! {
        <section class="section" id="groups">
            <h2 class="h-section">{t!(words, "admin-groups")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-groups-text")}</p>
            {list}
            <form class="stack" method="post" novalidate=true action=format!("/admin/groups#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.line(Line { name: "name", label: t!(words, "admin-name"), need: Need::Always, max: Some(80), ..Line::default() })}
                    {slug_field(visit, sheet)}
                </div>
                <div><button class="btn">{t!(words, "admin-group-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
