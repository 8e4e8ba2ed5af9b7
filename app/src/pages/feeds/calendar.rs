//! What is promised, by its day, for calendars (RFC 5545).

use axum::extract::Query;
use forum::{
    Error,
    actor::Actor,
    promise::{self, Filter, State},
};
use icalendar::{Calendar, Component as _, Event, EventLike as _};

use super::{Asked, atom};
use crate::{
    parts::promise::promise_path,
    t,
    web::{PageResult, Visit},
};

/// Promises of a calendar: so many may be open at once.
const MOST: u64 = 100;

pub(super) async fn promises(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    if asked.tag().is_some() {
        return Err(Error::NotFound.into());
    }
    let narrowed = asked.narrowed(&visit).await?;
    let filter = Filter { state: Some(State::Open), board: asked.board().map(ToOwned::to_owned), ..Filter::default() };
    let (open, _) = promise::list(visit.forum().read(), &Actor::Visitor, &filter, None, MOST, visit.now).await?;
    let title = [t!(visit.words, "feeds-calendar")].into_iter().chain(narrowed).collect::<Vec<_>>().join(", ");
    let mut calendar = Calendar::new().name(&format!("{title} · {}", visit.site.name)).done();
    for promise in open {
        let address = visit.absolute(&promise_path(&promise));
        let event = Event::new()
            .uid(&format!("promise-{}@{}", promise.id, visit.forum().address()))
            .timestamp(promise.created_at)
            .sequence(u32::try_from(promise.version).unwrap_or_default())
            .summary(&promise.what)
            .description(&format!("{}\n{address}", promise.post_title))
            .url(&address)
            .all_day(promise.due_on)
            .done();
        calendar.push(event);
    }
    Ok(atom::for_all("text/calendar; charset=utf-8", calendar.to_string()))
}
