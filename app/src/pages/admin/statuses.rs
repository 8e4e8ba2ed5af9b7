//! The statuses: where a post can stand, in the site's own words and colours. Each belongs to a stage, which is fixed.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    names::Names,
    status::{self, Edit, Hue, NAME_MAX, NewStatus, Stage, Status},
};
use leptos::prelude::*;

use super::{
    admin,
    boards::{slug_field, slug_of},
    naming, page, refused,
};
use crate::{
    i18n::names,
    parts::{
        form::{Choice, Need, Sent, Sheet, Typed},
        pill::{pill, stage_name, status_name},
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/statuses";
const DONE: &str = "/admin/statuses?done=settings#main";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/statuses", get(show).post(make))
        .route("/admin/statuses/{status}", post(change))
        .route("/admin/statuses/{status}/order", post(order))
        .route("/admin/statuses/{status}/remove", post(remove))
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

async fn make(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let new = NewStatus {
        slug: slug_of(&typed),
        name: typed.text("name"),
        names: naming::given(&typed),
        stage: typed.text("stage"),
        colour: typed.text("colour"),
    };
    let made = visit.forum().write(&visit.actor, async |tx| status::create(tx, &new).await).await;
    finish(&visit, "make".to_owned(), typed, made).await
}

async fn change(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let edit = Edit {
        name: Some(typed.text("name")),
        names: Some(naming::given(&typed)),
        colour: Some(typed.text("colour")),
        version: typed.get("version").parse().ok(),
    };
    let changed = visit.forum().write(&visit.actor, async |tx| status::edit(tx, &slug, &edit).await).await;
    finish(&visit, format!("status-{slug}"), typed, changed).await
}

async fn order(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let way = naming::way(&typed)?;
    visit.forum().write(&visit.actor, async |tx| status::put(tx, &slug, way).await).await?;
    Ok(see_other(&format!("/admin/statuses#stage-of-{slug}")))
}

async fn remove(visit: Visit, Path(slug): Path<String>) -> PageResult {
    admin(&visit)?;
    let removed = visit.forum().write(&visit.actor, async |tx| status::remove(tx, &slug).await).await;
    finish(&visit, format!("remove-{slug}"), Typed::default(), removed).await
}

async fn render(visit: &Visit, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let (statuses, used) = (status::list(db).await?, status::used(db).await?);
    Ok(page(visit, HERE, refused, || {
        let stages = Stage::ALL
            .into_iter()
            .map(|stage| {
                let own: Vec<_> = statuses.iter().filter(|status| status.stage == stage).collect();
                let rows = own
                    .iter()
                    .enumerate()
                    .map(|(n, status)| {
                        let place = (n == 0, n + 1 == own.len());
                        one(visit, status, place, used.contains(&status.id), refused)
                    })
                    .collect_view();
                view! {
                    <section class="stack gap-3">
                        <h2 class="h-block">{stage_name(visit, stage)}</h2>
                        <div class="acts">{rows}</div>
                    </section>
                }
            })
            .collect_view();
        view! { <div class="stack gap-6">{stages}</div>{new_status(visit, &Sheet::new(visit, "make", refused))} }.into_any()
    }))
}

/// The colours, and none for that of the stage.
fn colours(visit: &Visit, sheet: &Sheet<'_>, now: Option<Hue>) -> AnyView {
    let words = visit.words;
    let mut options = vec![(String::new(), t!(words, "admin-colour-of-stage"))];
    options.extend(Hue::ALL.into_iter().map(|hue| (hue.as_str().to_owned(), words.name(names::HUE, hue))));
    sheet.choice(Choice {
        name: "colour",
        label: t!(words, "field-name-colour"),
        options,
        value: now.map_or("", Hue::as_str),
        need: Need::Sometimes,
        ..Choice::default()
    })
}

fn one(visit: &Visit, status: &Status, (is_first, is_last): (bool, bool), used: bool, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let slug = &status.slug;
    let (key, remove_key) = (format!("status-{slug}"), format!("remove-{slug}"));
    let (sheet, removal) = (Sheet::new(visit, &key, refused), Sheet::new(visit, &remove_key, refused));
    let name = status_name(visit, status);
    let order = (!(is_first && is_last)).then(|| naming::order(visit, format!("{HERE}/{slug}/order"), &name, (is_first, is_last)));
    let end = if used {
        view! { <p class="hint">{t!(words, "conflict-in-use")}</p> }.into_any()
    } else if is_first && is_last {
        view! { <p class="hint">{t!(words, "conflict-last-of-stage")}</p> }.into_any()
    } else {
        let label = t!(words, "admin-remove-named", name = name.as_str());
        view! {
            <form method="post" novalidate=true action=format!("{HERE}/{slug}/remove#{}", removal.anchor()) id=removal.anchor()>
                <button class="btn btn--sm btn--danger" aria-label=label>{t!(words, "admin-remove")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back() || removal.is_back()>
            <summary id=format!("stage-of-{slug}")>{pill(visit, status)}</summary>
            <div class="act__in">
                {removal.summary()}
                <form class="stack" method="post" novalidate=true action=format!("{HERE}/{slug}#{}", sheet.anchor())>
                    {sheet.summary()}
                    <input type="hidden" name="version" value=status.version.to_string() />
                    {naming::fields(visit, &sheet, &status.name, &status.names, NAME_MAX)}
                    {colours(visit, &sheet, status.colour)}
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </form>
                {order}
                {end}
            </div>
        </details>
    }
    .into_any()
}

fn new_status(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    let stages = Stage::ALL.into_iter().map(|stage| (stage.as_str().to_owned(), stage_name(visit, stage))).collect();
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-status-make")}</h2>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                {naming::fields(visit, sheet, "", &Names::default(), NAME_MAX)}
                {slug_field(visit, sheet)}
                <div class="grid-3">
                    {sheet.choice(Choice {
                        name: "stage",
                        label: t!(words, "field-name-stage"),
                        hint: Some(t!(words, "admin-status-stage-hint")),
                        options: stages,
                        need: Need::Always,
                        value: Stage::Review.as_str(),
                    })}
                    {colours(visit, sheet, None)}
                </div>
                <div><button class="btn btn--primary">{t!(words, "admin-status-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
