//! What was promised, and what became of it.

use axum::extract::Query;
use forum::{
    Error,
    actor::Actor,
    promise::{self, Filter, Promise, State},
};

use super::{
    Asked, LATEST,
    atom::{self, Item},
};
use crate::{
    parts::{
        promise::{promise_path, promise_state},
        text::escape,
        who::owner_name,
    },
    t,
    web::{PageResult, Visit},
};

pub(super) async fn feed(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    if asked.tag().is_some() {
        return Err(Error::NotFound.into());
    }
    let narrowed = asked.narrowed(&visit).await?;
    let filter = Filter { board: asked.board().map(ToOwned::to_owned), ..Filter::default() };
    let (found, _) = promise::list(visit.forum().read(), &Actor::Visitor, &filter, None, LATEST, visit.now).await?;
    let items = found
        .iter()
        .map(|promise| Item {
            title: promise.what.clone(),
            path: promise_path(promise),
            by: promise.accountable.as_ref().map_or_else(|| visit.site.name.clone(), |person| owner_name(&visit, person)),
            at: promise.created_at,
            // a date that passes changes what stands there too
            changed_at: promise.ended_at.max(promise.paid_at).max(Some(promise.due_at).filter(|due| *due < visit.now)),
            html: format!("<p>{}</p><p>{}</p>", escape(&state(&visit, promise)), escape(&promise.post_title)),
            language: visit.language().tag().to_owned(),
        })
        .collect();
    let title = [t!(visit.words, "nav-promises")].into_iter().chain(narrowed).collect::<Vec<_>>().join(", ");
    let page = asked.path("promises.atom").replace("/feeds/promises.atom", "/promises");
    Ok(atom::of_items(&visit, title, &asked.path("promises.atom"), &page, items))
}

/// How it stands: what is open by its day, since how long it has is another every day.
fn state(visit: &Visit, promise: &Promise) -> String {
    match promise.state {
        State::Open => t!(visit.words, "feeds-promise-open", day = visit.words.date(promise.due_on)),
        State::Kept | State::Broken | State::Withdrawn => promise_state(visit, promise),
    }
}
