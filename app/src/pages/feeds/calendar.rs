//! What is promised and what is due, by its day, for calendars (RFC 5545).

use axum::{extract::Query, response::Response};
use forum::{
    Error,
    actor::Actor,
    agenda::{self, Deadline, Whose},
    promise::Promise,
};
use icalendar::{Calendar, Component as _, Event, EventLike as _};

use super::{Asked, atom};
use crate::{
    i18n::names,
    parts::promise::promise_path,
    t,
    web::{PageResult, Visit},
};

pub(super) async fn promises(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let title = titled(&visit, &asked, t!(visit.words, "feeds-calendar")).await?;
    let open = agenda::promises(visit.forum().read(), &Actor::Visitor, Whose::All, asked.board(), visit.now).await?;
    Ok(written(&visit, &title, open.iter().map(|promise| promised(&visit, promise))))
}

pub(super) async fn deadlines(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let title = titled(&visit, &asked, t!(visit.words, "feeds-deadlines")).await?;
    let due = agenda::deadlines(visit.forum().read(), &Actor::Visitor, Whose::All, asked.board(), visit.now).await?;
    Ok(written(&visit, &title, due.iter().map(|deadline| due_on(&visit, deadline))))
}

/// What the reader may know of the deadlines and promises of somebody.
pub(super) async fn of(visit: &Visit, title: String, whose: Whose, board: Option<&str>) -> Result<Response, Error> {
    let db = visit.forum().read();
    let due = agenda::deadlines(db, &visit.actor, whose, board, visit.now).await?;
    let open = agenda::promises(db, &visit.actor, whose, board, visit.now).await?;
    let events = due.iter().map(|deadline| due_on(visit, deadline)).chain(open.iter().map(|promise| promised(visit, promise)));
    Ok(written(visit, &title, events))
}

/// What it is called, with what it is narrowed to: a board, and no tag.
async fn titled(visit: &Visit, asked: &Asked, title: String) -> Result<String, Error> {
    if asked.tag().is_some() {
        return Err(Error::NotFound);
    }
    Ok([title].into_iter().chain(asked.narrowed(visit).await?).collect::<Vec<_>>().join(", "))
}

fn written(visit: &Visit, title: &str, events: impl Iterator<Item = Event>) -> Response {
    let mut calendar = Calendar::new().name(&format!("{title} · {}", visit.site.name)).done();
    for event in events {
        calendar.push(event);
    }
    atom::for_all("text/calendar; charset=utf-8", calendar.to_string())
}

fn promised(visit: &Visit, promise: &Promise) -> Event {
    let address = visit.absolute(&promise_path(promise));
    Event::new()
        .uid(&format!("promise-{}@{}", promise.id, visit.forum().address()))
        .timestamp(promise.created_at)
        .sequence(u32::try_from(promise.version).unwrap_or_default())
        .summary(&promise.what)
        .description(&format!("{}\n{address}", promise.post_title))
        .url(&address)
        .all_day(promise.due_on)
        .done()
}

/// A moment: nothing takes time but to do it.
fn due_on(visit: &Visit, deadline: &Deadline) -> Event {
    let address = visit.absolute(&format!("/p/{}/{}", deadline.post, deadline.slug));
    let clock = &deadline.clock;
    let what = visit.words.name(names::CLOCK, clock.name);
    Event::new()
        .uid(&format!("{}-{}-{}@{}", clock.name.as_str(), deadline.post, clock.started_at.timestamp(), visit.forum().address()))
        .timestamp(clock.started_at)
        .sequence(u32::from(clock.extended_from.is_some()))
        .summary(&format!("{what}: {}", deadline.title))
        .description(&address)
        .url(&address)
        .starts(clock.due_at)
        .ends(clock.due_at)
        .done()
}
