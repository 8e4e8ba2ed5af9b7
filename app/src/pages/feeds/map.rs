//! The map of the site for search engines (sitemaps.org): an index, the pages that are always there, and the posts in parts.

use axum::extract::Path;
use chrono::{DateTime, SecondsFormat, Utc};
use forum::{
    Error,
    actor::Actor,
    changelog::{self, Filter, State},
    id::PostId,
    post,
};

use super::atom::for_all;
use crate::{
    pages::changelog::path_of,
    parts::text::escape,
    web::{PageResult, Visit},
};

/// Numbers of posts of a part; the protocol allows for 50,000 addresses.
const PART: i64 = 10_000;
/// Pages that are always there.
const PAGES: [&str; 12] = [
    "/",
    "/roadmap",
    "/changelog",
    "/accountability",
    "/promises",
    "/record",
    "/rules",
    "/how-we-sort",
    "/clocks",
    "/feeds",
    "/privacy",
    "/accessibility",
];
/// Entries of the changelog that the map names, about.
const MOST_ENTRIES: usize = 2_000;
const KIND: &str = "application/xml; charset=utf-8";

pub(super) async fn index(visit: Visit) -> PageResult {
    let last = post::last(visit.forum().read()).await?;
    let parts = (0..last).step_by(usize::try_from(PART).unwrap_or(usize::MAX)).map(|from| (from / PART).to_string());
    let maps: String = ["pages".to_owned()]
        .into_iter()
        .chain(parts)
        .map(|name| format!("<sitemap><loc>{}</loc></sitemap>", escape(&visit.absolute(&format!("/sitemaps/{name}.xml")))))
        .collect();
    Ok(for_all(KIND, document("sitemapindex", &maps)))
}

pub(super) async fn part(visit: Visit, Path(name): Path<String>) -> PageResult {
    let name = name.strip_suffix(".xml").ok_or(Error::NotFound)?;
    if name == "pages" {
        let pages = PAGES.iter().map(|path| entry(&visit, path, None));
        let told = told(&visit).await?;
        let addresses: String = pages.chain(told.iter().map(|(path, at)| entry(&visit, path, Some(*at)))).collect();
        return Ok(for_all(KIND, document("urlset", &addresses)));
    }
    let number: i64 = name.parse().ok().filter(|number| (0..i64::MAX / PART).contains(number)).ok_or(Error::NotFound)?;
    let from = number * PART;
    if from > 0 && from >= post::last(visit.forum().read()).await? {
        return Err(Error::NotFound.into());
    }
    let posts = post::addresses(visit.forum().read(), &Actor::Visitor, PostId(from), PostId(from + PART)).await?;
    let addresses: String =
        posts.iter().map(|post| entry(&visit, &format!("/p/{}/{}", post.id, post.slug), Some(post.changed_at))).collect();
    Ok(for_all(KIND, document("urlset", &addresses)))
}

/// The entries of the changelog that a visitor may read, with when each was last changed; those that were withdrawn are not to be found.
async fn told(visit: &Visit) -> Result<Vec<(String, DateTime<Utc>)>, Error> {
    let filter = Filter { state: Some(State::Published), ..Filter::default() };
    let (mut told, mut after) = (Vec::new(), None);
    // the protocol allows for more addresses; nobody reads that many entries
    while told.len() < MOST_ENTRIES {
        let (entries, next) =
            changelog::list(visit.forum().read(), &Actor::Visitor, filter, after.as_deref(), changelog::PAGE_MAX, visit.now)
                .await?;
        told.extend(entries.iter().map(|entry| {
            let changed = entry.corrected_at.or(entry.published_at).unwrap_or(entry.created_at);
            (path_of(entry.id, &entry.slug()), changed)
        }));
        after = next;
        if after.is_none() {
            break;
        }
    }
    Ok(told)
}

fn entry(visit: &Visit, path: &str, changed_at: Option<DateTime<Utc>>) -> String {
    let changed = changed_at.map(|at| format!("<lastmod>{}</lastmod>", at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    format!("<url><loc>{}</loc>{}</url>", escape(&visit.absolute(path)), changed.unwrap_or_default())
}

fn document(name: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{inside}</{name}>\n"
    )
}
