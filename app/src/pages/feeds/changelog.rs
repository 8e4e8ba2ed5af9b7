//! What was delivered: the changelog as a visitor reads it.

use forum::{
    actor::Actor,
    changelog::{self, Entry, Filter, State},
};

use super::{
    LATEST,
    atom::{self, Item},
};
use crate::{
    i18n::names,
    pages::changelog::path_of,
    parts::{text::escape, who::owner_name},
    t,
    web::{PageResult, Visit},
};

/// Where it is.
const HERE: &str = "/feeds/changelog.atom";

pub(super) async fn feed(visit: Visit) -> PageResult {
    let (entries, _) = changelog::list(visit.forum().read(), &Actor::Visitor, Filter::default(), None, LATEST, visit.now).await?;
    let items = entries.iter().map(|entry| item(&visit, entry)).collect();
    Ok(atom::of_items(&visit, t!(visit.words, "feeds-changelog"), HERE, "/changelog", items))
}

/// An entry with the posts that it is owed to; of one that was withdrawn that it was, and why.
fn item(visit: &Visit, entry: &Entry) -> Item {
    let words = visit.words;
    let path = path_of(entry.id, &entry.slug());
    let (title, html, changed_at) = match (entry.state, entry.withdrawn_at) {
        (State::Withdrawn, Some(at)) => {
            let day = words.date(visit.local(at).date_naive());
            let why = [t!(words, "changelog-withdrawn-on", date = day), entry.withdrawn_reason.clone().unwrap_or_default()];
            let html = why.iter().map(|line| format!("<p>{}</p>", escape(line))).collect();
            (format!("{}: {}", t!(words, "changelog-withdrawn"), entry.title), html, Some(at))
        }
        _ => {
            let link = |path: String, title: &str| {
                format!("<li><a href=\"{}\">{}</a></li>", escape(&visit.absolute(&path)), escape(title))
            };
            let posts = entry.posts.iter().map(|credit| &credit.post);
            let posts: String = posts.map(|post| link(format!("/p/{}/{}", post.id, post.slug), &post.title)).collect();
            let because = escape(&t!(words, "changelog-because-of"));
            let posts = if posts.is_empty() { posts } else { format!("<p>{because}</p><ul>{posts}</ul>") };
            let title = format!("{}: {}", words.name(names::CHANGELOG, entry.category), entry.title);
            (title, format!("{}{posts}", entry.body_html), entry.corrected_at)
        }
    };
    Item {
        title,
        path,
        by: owner_name(visit, &entry.author),
        at: entry.published_at.unwrap_or(entry.created_at),
        changed_at,
        html,
        language: entry.language.clone(),
    }
}
