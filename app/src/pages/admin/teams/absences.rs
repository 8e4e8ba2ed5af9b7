//! Who is away: posts are given to somebody else meanwhile.

use axum::{Form, Router, extract::Path, routing::post};
use forum::{Error, team};
use leptos::prelude::*;

use super::{HERE, Loaded, admin, finish};
use crate::{
    pages::staff::note_absence,
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        when,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/teams/absences", post(note)).route("/admin/teams/absences/{id}/remove", post(take_back))
}

async fn note(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let noted = match typed.somebody("person") {
        Ok(person) => note_absence(&visit, person, &typed).await,
        Err(error) => Err(error),
    };
    finish(&visit, "absence".to_owned(), typed, noted).await
}

async fn take_back(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit.forum().write(&visit.actor, async |tx| team::be_back(tx, id).await).await?;
    Ok(see_other("/admin/teams?done=settings#main"))
}

pub(super) fn section(visit: &Visit, loaded: &Loaded, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let sheet = Sheet::new(visit, "absence", refused);
    let rows = loaded
        .absences
        .iter()
        .map(|absence| {
            let name = loaded.name(absence.person_id);
            let label = t!(words, "admin-remove-named", name = name.as_str());
            view! {
                <li class="between">
                    <span><b>{name}</b>", "{when::date(visit, absence.first_day)}" – "{when::date(visit, absence.last_day)}</span>
                    <form method="post" novalidate=true action=format!("{HERE}/absences/{}/remove", absence.id)>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "admin-remove")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = if loaded.absences.is_empty() {
        view! { <p class="ink-2">{t!(words, "admin-absences-none")}</p> }.into_any()
    } else {
        view! { <ul class="entries">{rows}</ul> }.into_any()
    };
    let first = Some(visit.today());
    view! {
        <section class="section" id="absences">
            <h2 class="h-section">{t!(words, "admin-absences")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-absences-text")}</p>
            {list}
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/absences#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.choice(Choice { name: "person", label: t!(words, "admin-absence-who"), options: loaded.people(visit), need: Need::Always, ..Choice::default() })}
                    {sheet.day(Line { name: "first_day", label: t!(words, "admin-absence-first"), need: Need::Always, first, ..Line::default() })}
                    {sheet.day(Line { name: "last_day", label: t!(words, "away-last"), need: Need::Always, first, ..Line::default() })}
                </div>
                <div><button class="btn">{t!(words, "away-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
