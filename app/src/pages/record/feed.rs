//! The record as an Atom feed (RFC 4287): what a visitor may read of it, in the language of the site or the one that is asked for.

use atom_syndication::{Content, Entry, Feed, Link, Person, Text};
use axum::{http::header, response::IntoResponse as _};
use forum::{actor::Actor, record};

use super::told::told;
use crate::{
    t,
    web::{PageResult, Visit},
};

/// Entries of the feed.
const LATEST: u64 = 50;

/// A feed is read by a program that is nobody: whoever has it open in a signed-in browser gets no more.
pub(super) async fn feed(visit: Visit) -> PageResult {
    let (entries, _) = record::list(visit.forum().read(), &Actor::Visitor, &record::Filter::default(), None, LATEST).await?;
    let (words, site) = (visit.words, visit.site.name.as_str());
    let link = |href: String, rel: &str, mime: &str| Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(mime.to_owned()),
        ..Link::default()
    };
    let items = entries.iter().map(|shown| {
        let told = told(&visit, shown);
        let address = visit.absolute(&format!("/record/{}", shown.entry.seq));
        Entry {
            title: Text::plain(told.whole(&visit)),
            id: address.clone(),
            updated: told.at.fixed_offset(),
            published: Some(told.at.fixed_offset()),
            authors: vec![Person { name: told.role, ..Person::default() }],
            links: vec![link(address, "alternate", "text/html")],
            content: told.reason.map(|reason| Content {
                value: Some(reason),
                content_type: Some("text".to_owned()),
                ..Content::default()
            }),
            ..Entry::default()
        }
    });
    let here = visit.absolute("/feeds/record.atom");
    let feed = Feed {
        title: Text::plain(format!("{} · {site}", t!(words, "nav-record"))),
        id: here.clone(),
        updated: entries.first().and_then(|shown| shown.entry.at.parse().ok()).unwrap_or_default(),
        authors: vec![Person { name: site.to_owned(), ..Person::default() }],
        links: vec![link(here, "self", "application/atom+xml"), link(visit.absolute("/record"), "alternate", "text/html")],
        lang: Some(visit.language().tag().to_owned()),
        entries: items.collect(),
        ..Feed::default()
    };
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.to_string()).into_response())
}
