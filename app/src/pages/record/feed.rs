//! The record as an Atom feed: what a visitor may read of it, in the language of the site or the one that is asked for.

use axum::response::Response;
use forum::{actor::Actor, record};

use super::told::told;
use crate::{
    pages::feeds::atom::{self, Item},
    parts::text::escape,
    t,
    web::{Failure, Visit},
};

/// Entries of the feed.
const LATEST: u64 = 50;

/// A feed is read by a program that is nobody: whoever has it open in a signed-in browser gets no more.
pub(super) async fn feed(visit: Visit) -> Result<Response, Failure> {
    let (entries, _) = record::list(visit.forum().read(), &Actor::Visitor, &record::Filter::default(), None, LATEST).await?;
    let items = entries.iter().map(|shown| {
        let told = told(&visit, shown);
        Item {
            title: told.whole(&visit),
            path: format!("/record/{}", shown.entry.seq),
            at: told.at,
            changed_at: None,
            by: told.role,
            html: told.reason.map(|reason| format!("<p>{}</p>", escape(&reason))).unwrap_or_default(),
            language: visit.language().tag().to_owned(),
        }
    });
    Ok(atom::of_items(&visit, t!(visit.words, "nav-record"), "/feeds/record.atom", "/record", items.collect()))
}
