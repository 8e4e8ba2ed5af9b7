//! How a feed is written (Atom, RFC 4287), and sent to programs that ask for it again and again.

pub(crate) use atom_syndication::Entry;
use atom_syndication::{Content, Feed, Link, Person, Text};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};

use crate::web::{SameForVisitors, Visit};

/// Something that happened.
pub(crate) struct Item {
    /// What it is called.
    pub(crate) title: String,
    /// Its path; no other item has it.
    pub(crate) path: String,
    /// Who did it.
    pub(crate) by: String,
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// Since when it reads as it does, if not from the first.
    pub(crate) changed_at: Option<DateTime<Utc>>,
    /// What it says, as safe HTML.
    pub(crate) html: String,
    /// The language that it is written in.
    pub(crate) language: String,
}

impl Item {
    fn entry(self, visit: &Visit) -> Entry {
        let address = visit.absolute(&self.path);
        Entry {
            title: Text::plain(self.title),
            id: address.clone(),
            updated: self.changed_at.unwrap_or(self.at).fixed_offset(),
            published: Some(self.at.fixed_offset()),
            authors: vec![person(self.by)],
            links: vec![link(address, "alternate", "text/html")],
            content: (!self.html.is_empty()).then(|| Content {
                value: Some(self.html),
                content_type: Some("html".to_owned()),
                // what nobody can tell has no language
                lang: Some(self.language).filter(|tag| tag != "und"),
                ..Content::default()
            }),
            ..Entry::default()
        }
    }
}

/// A feed at `here` of what can be read at `page`.
pub(crate) fn of_items(visit: &Visit, title: String, here: &str, page: &str, items: Vec<Item>) -> Response {
    of_entries(visit, title, here, page, items.into_iter().map(|item| item.entry(visit)).collect())
}

/// The same of entries that are made already.
pub(crate) fn of_entries(visit: &Visit, title: String, here: &str, page: &str, entries: Vec<Entry>) -> Response {
    let site = visit.site.name.as_str();
    let here = visit.absolute(here);
    // a feed without entries has never changed
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or_default();
    let feed = Feed {
        title: Text::plain(format!("{title} · {site}")),
        id: here.clone(),
        updated,
        authors: vec![person(site.to_owned())],
        links: vec![link(here, "self", "application/atom+xml"), link(visit.absolute(page), "alternate", "text/html")],
        lang: Some(visit.language().tag().to_owned()),
        // what people write may lead to pages of ours
        base: Some(visit.absolute("/")),
        entries,
        ..Feed::default()
    };
    for_all("application/atom+xml; charset=utf-8", feed.to_string())
}

/// A file that is the same for everybody who reads in a language.
pub(super) fn for_all(kind: &'static str, text: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response();
    response.extensions_mut().insert(SameForVisitors);
    response
}

fn person(name: String) -> Person {
    Person { name, ..Person::default() }
}

pub(crate) fn link(href: String, rel: &str, mime: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(mime.to_owned()), ..Link::default() }
}
