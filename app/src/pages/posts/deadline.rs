//! What an author is told right after posting: the number, who answers and by when, with the link and the date to take along.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use chrono::TimeDelta;
use forum::{
    Error,
    clock::{Clock, Name},
    post::{self, PostRow},
};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use leptos::prelude::*;

use super::post_id;
use crate::{
    parts::{icon, post_row::post_path, when, who::owner_name},
    t,
    web::{PageResult, Visit},
};

/// The clock for the first answer, while it runs.
fn first_answer(row: &PostRow) -> Option<&Clock> {
    row.clocks.iter().find(|clock| clock.name == Name::FirstAnswer && clock.is_open())
}

/// For the author of a post that was published just now.
pub(super) fn posted(visit: &Visit, row: &PostRow) -> Option<impl IntoView + use<>> {
    let is_new = visit.path.ends_with("?posted") && visit.account.as_ref().is_some_and(|me| me.id == row.author.id);
    let clock = first_answer(row).filter(|_| is_new)?;
    let words = visit.words;
    let due = when::deadline_text(visit, clock.due_at);
    let text = match &row.owner {
        Some(owner) => t!(words, "posted-owner", owner = owner_name(visit, owner), due = due),
        None => t!(words, "posted-site", site = visit.site.name.as_str(), due = due),
    };
    Some(view! {
        <section class="banner banner--ok" role="status" aria-labelledby="posted-title">
            {icon(visit, "answered")}
            <div class="stack gap-3">
                <div>
                    <h2 class="banner__h" id="posted-title">{t!(words, "posted-title", number = row.id.0)}</h2>
                    <p class="banner__t">{text}</p>
                </div>
                <label class="field">
                    <span class="label">{t!(words, "posted-link")}</span>
                    <input class="input" type="url" readonly=true value=visit.absolute(&post_path(row)) />
                </label>
            </div>
            <div class="banner__act">
                <a class="btn" href=format!("/p/{}/deadline.ics", row.id)>{icon(visit, "calendar")}{t!(words, "posted-calendar")}</a>
            </div>
        </section>
    })
}

/// The date of the first answer for a calendar (RFC 5545).
pub(super) async fn calendar(visit: Visit, Path(id): Path<String>) -> PageResult {
    let row = post::row_by_id(visit.forum().read(), &visit.actor, post_id(&id)?, visit.now).await?;
    let due = first_answer(&row).ok_or(Error::NotFound)?.due_at;
    let address = visit.absolute(&post_path(&row));
    let event = Event::new()
        .uid(&format!("first-answer-{}@{}", row.id, visit.forum().address()))
        .timestamp(visit.now)
        .summary(&t!(visit.words, "posted-event", title = row.title.as_str()))
        .description(&address)
        .url(&address)
        .starts(due - TimeDelta::minutes(30))
        .ends(due)
        .done();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"deadline.ics\"")),
    ];
    Ok((headers, Calendar::new().push(event).done().to_string()).into_response())
}
