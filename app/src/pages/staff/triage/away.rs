//! When one is away: posts are given to somebody else meanwhile.

use axum::{
    Form, Router,
    extract::{Path, Query},
    routing::post,
};
use forum::{
    Error,
    error::Check,
    id::PersonId,
    site::parse_day,
    team::{self, Absence},
};
use leptos::prelude::*;

use super::{Asked, queue_page};
use crate::{
    done,
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        icon, when,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/triage/away", post(leave)).route("/triage/away/{id}/back", post(back))
}

/// Notes what was typed as an absence of somebody.
pub(in crate::pages) async fn note_absence(visit: &Visit, person: PersonId, typed: &Typed) -> Result<(), Error> {
    let mut check = Check::new();
    let first = check.field("first_day", parse_day(typed.get("first_day")));
    let last = check.field("last_day", parse_day(typed.get("last_day")));
    let (first, last) = check.finish((first, last))?;
    visit.forum().write(&visit.actor, async |tx| team::be_away(tx, person, first, last).await).await
}

async fn leave(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let me = visit.require_staff()?;
    match note_absence(&visit, me.id, &typed).await {
        Ok(()) => Ok(see_other(&Asked::default().link("/triage", Some(done!("away"))))),
        Err(error) => {
            let refused = Sent::refused(&visit, "away", typed, error)?;
            queue_page(&visit, &Asked::default(), Some(&refused)).await
        }
    }
}

async fn back(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    visit.require_staff()?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit.forum().write(&visit.actor, async |tx| team::be_back(tx, id).await).await?;
    Ok(see_other(&asked.link("/triage", Some(done!("back")))))
}

/// The form at the foot of the queue, with what was noted before.
pub(super) fn away_panel(visit: &Visit, away: &[Absence], refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let sheet = Sheet::new(visit, "away", refused);
    let today = visit.today();
    let noted = away
        .iter()
        .map(|absence| {
            let first = words.short_date(absence.first_day, today);
            let last = words.short_date(absence.last_day, today);
            view! {
                <li class="between">
                    <span>{when::date(visit, absence.first_day)}" – "{when::date(visit, absence.last_day)}</span>
                    <form method="post" novalidate=true action=format!("/triage/away/{}/back", absence.id)>
                        <button class="btn btn--sm" aria-label=t!(words, "away-remove-named", first = first, last = last)>
                            {t!(words, "away-remove")}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = (!away.is_empty()).then(|| view! { <ul class="stack gap-2 sm">{noted}</ul> });
    let day = |name, label| sheet.day(Line { name, label, need: Need::Always, first: Some(today), ..Line::default() });
    let first = day("first_day", t!(words, "away-first"));
    let last = day("last_day", t!(words, "away-last"));
    let action = format!("/triage/away#{}", sheet.anchor());
    view! {
        <details class="act act--plain" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "calendar")}<span>{t!(words, "away-title")}</span></summary>
            <div class="act__in">
                {list}
                <form class="stack gap-3" method="post" novalidate=true action=action>
                    {sheet.summary()}
                    <p class="hint">{t!(words, "away-hint")}</p>
                    <div class="pair">{first}{last}</div>
                    <div><button class="btn">{t!(words, "away-go")}</button></div>
                </form>
            </div>
        </details>
    }
    .into_any()
}
