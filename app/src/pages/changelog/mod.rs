//! What was delivered, and because of whom: all entries by month, each on a page of its own, and the desk where the staff writes them.

mod one;
mod write;

use axum::{
    Router,
    extract::Query,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    changelog::{self, Category, Credit, Entry, Filter, Mine, Part, State},
    id::ChangelogId,
    notice,
    promise::Newer,
    status::Stage,
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::names,
    key,
    parts::{
        Head, icon,
        pager::pager,
        pill::{stage_icon, stage_name},
        respond,
        text::markdown,
        when,
        who::public_link,
    },
    share::{self, Card},
    t,
    web::{PageResult, Visit, Web},
};

/// Entries of one page.
const SIZE: u64 = 20;

/// `/changelog` and what is under it.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/changelog", get(list))
        .route("/changelog/drafts", get(write::drafts))
        .route("/changelog/new", get(write::form).post(write::create))
        .route("/changelog/{id}", get(one::bare))
        .route("/changelog/{id}/{slug}", get(one::show))
        .route("/changelog/{id}/edit", get(write::edit_form).post(write::save))
        .route("/changelog/{id}/recall", post(write::recall))
        .route("/changelog/{id}/discard", post(write::discard))
        .route("/changelog/{id}/withdraw", post(write::withdraw))
}

/// The page of an entry.
pub fn path_of(id: ChangelogId, slug: &str) -> String {
    format!("/changelog/{id}/{slug}")
}

/// The number of an entry as it stands in an address; what is no number leads nowhere.
fn entry_id(text: &str) -> Result<ChangelogId, Error> {
    text.parse().map(ChangelogId).map_err(|_| Error::NotFound)
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    category: String,
    cursor: String,
}

impl Asked {
    /// The filter; `None` when it names something that there is not, so that nothing can match.
    fn filter(&self) -> Option<Filter> {
        let category = if self.category.is_empty() { None } else { Some(Category::parse(&self.category).ok()?) };
        Some(Filter { category, ..Filter::default() })
    }

    /// The address of the list of a category, or at another place of it.
    fn path(category: &str, cursor: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("category", category), ("cursor", cursor)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/changelog".to_owned() } else { format!("/changelog?{query}") }
    }

    fn here(&self, cursor: &str) -> String {
        Self::path(&self.category, cursor)
    }
}

/// All that the list shows.
#[derive(Default)]
struct Listed {
    entries: Vec<Entry>,
    total: i64,
    newer: Option<String>,
    older: Option<String>,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let mut listed = Listed::default();
    if let Some(filter) = asked.filter() {
        let view = visit.view().await?;
        let (db, actor, now) = (view.db(), view.actor(), view.now());
        let cursor = Some(asked.cursor.as_str()).filter(|cursor| !cursor.is_empty());
        (listed.entries, listed.older) = changelog::list(db, actor, filter, cursor, SIZE, now).await?;
        listed.total = changelog::count(db, actor, filter, now).await?;
        if let (Some(first), true) = (listed.entries.first(), cursor.is_some()) {
            listed.newer = match changelog::newer(db, actor, filter, first, SIZE, now).await? {
                Newer::None => None,
                Newer::First => Some(String::new()),
                Newer::After(cursor) => Some(cursor),
            };
        }
    }
    note_read(&visit, None).await;
    Ok(page(&visit, &asked, &listed))
}

/// Whoever looks at an entry, or at all of them, has seen what they were told of. That it could not be noted is no reason to withhold the page.
async fn note_read(visit: &Visit, entry: Option<ChangelogId>) {
    let untold = visit.unread > 0 && notice::is_untold(visit.forum().read(), &visit.actor, entry).await.unwrap_or(false);
    if untold && let Err(error) = visit.forum().write_aside(&visit.actor, async |tx| notice::read_changelog(tx, entry).await).await
    {
        tracing::warn!(%error, "could not note that news were read");
    }
}

fn page(visit: &Visit, asked: &Asked, listed: &Listed) -> Response {
    let words = visit.words;
    let title = t!(words, "changelog-title");
    let lede = t!(words, "changelog-lede", site = visit.site.name.as_str());
    let mut head = Head::titled(title.clone());
    if asked.category.is_empty() && asked.cursor.is_empty() {
        head = head.public("/changelog", lede.clone());
        head.picture = Some(Card::of_page(words, &visit.site, share::Page::Changelog));
    }
    head.shared = true;
    head.feed = Some("/feeds/changelog.atom".to_owned());
    respond(visit, head, || {
        let staff = visit.is_staff().then(|| {
            view! {
                <div class="cluster">
                    <a class="btn btn--primary" href="/changelog/new">{icon(visit, "plus")}{t!(words, "changelog-write")}</a>
                    <a class="btn" href="/changelog/drafts">{icon(visit, "edit")}{t!(words, "changelog-drafts")}</a>
                </div>
            }
        });
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    <header class="stack gap-3">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{lede}</p>
                        {staff}
                    </header>
                    {chips(visit, asked)}
                    {months(visit, asked, listed)}
                    <p><a class="feed" href="/feeds/changelog.atom">{icon(visit, "feed")}<span>{t!(words, "feeds-changelog")}</span></a></p>
                </div>
            </div>
        }
    })
}

fn chips(visit: &Visit, asked: &Asked) -> impl IntoView + use<> {
    let words = visit.words;
    let all = std::iter::once(("", t!(words, "changelog-all")));
    let chips = all
        .chain(Category::ALL.into_iter().map(|category| (category.as_str(), words.name(names::CHANGELOG, category))))
        .map(|(category, label)| {
            let here = (asked.category == category).then_some("true");
            view! { <a class="chip" href=Asked::path(category, "") aria-current=here>{label}</a> }
        })
        .collect_view();
    view! { <nav class="chips" aria-label=t!(words, "changelog-by-category")>{chips}</nav> }
}

/// The entries, those of a month under its name.
fn months(visit: &Visit, asked: &Asked, listed: &Listed) -> AnyView {
    let words = visit.words;
    if listed.entries.is_empty() {
        let (title, text) = if asked.category.is_empty() && asked.cursor.is_empty() {
            (t!(words, "changelog-none"), t!(words, "changelog-none-text"))
        } else {
            (t!(words, "changelog-none-found"), t!(words, "changelog-none-found-text"))
        };
        return view! { <div class="empty">{icon(visit, "s-delivered")}<h2>{title}</h2><p>{text}</p></div> }.into_any();
    }
    let month = |entry: &Entry| words.month_of(visit.local(entry.published_at.unwrap_or(entry.created_at)).date_naive());
    let groups = listed
        .entries
        .chunk_by(|one, other| month(one) == month(other))
        .map(|group| {
            let entries = group.iter().map(|entry| view! { <li>{in_list(visit, entry)}</li> }).collect_view();
            view! {
                <section class="section">
                    <h2 class="h-section">{group.first().map(month)}</h2>
                    <ol class="log">{entries}</ol>
                </section>
            }
        })
        .collect_view();
    let around = (listed.newer.is_some() || listed.older.is_some()).then(|| {
        pager(
            visit,
            listed.newer.as_deref().map(|cursor| asked.here(cursor)),
            listed.older.as_deref().map(|cursor| asked.here(cursor)),
            t!(words, "changelog-total", n = listed.total, count = words.number(listed.total)),
        )
    });
    view! { {groups}{around} }.into_any()
}

/// An entry among others.
fn in_list(visit: &Visit, entry: &Entry) -> impl IntoView + use<> {
    let path = path_of(entry.id, &entry.slug());
    let text = match entry.state {
        State::Withdrawn => withdrawn(visit, entry).into_any(),
        _ => markdown(&entry.body_html, &entry.language).into_any(),
    };
    view! {
        <article class="log__i" id=format!("entry-{}", entry.id)>
            {meta(visit, entry)}
            <h3 class="log__title" dir="auto" lang=entry.language.clone()><a href=path>{struck(entry)}</a></h3>
            {text}
            {credits(visit, entry)}
        </article>
    }
}

/// The title; that of an entry that does not hold any more is struck through.
fn struck(entry: &Entry) -> AnyView {
    let title = entry.title.clone();
    if entry.state == State::Withdrawn { view! { <s>{title}</s> }.into_any() } else { view! { {title} }.into_any() }
}

/// What sort of news it is, since when, and what became of it.
fn meta(visit: &Visit, entry: &Entry) -> impl IntoView + use<> {
    let words = visit.words;
    let since = match (entry.state, entry.published_at) {
        (State::Draft, _) | (_, None) => view! { <span>{t!(words, "changelog-draft")}</span> }.into_any(),
        (State::Scheduled, Some(at)) => {
            let moment = words.date_time(visit.local(at));
            view! { <span>{t!(words, "changelog-scheduled", date = moment)}</span> }.into_any()
        }
        (_, Some(at)) => when::day(visit, at).into_any(),
    };
    let corrected = entry.corrected_at.map(|at| {
        let label = t!(words, "changelog-corrected", date = words.date(visit.local(at).date_naive()));
        view! { <a href=format!("{}#corrections", path_of(entry.id, &entry.slug()))>{label}</a> }
    });
    let withdrawn =
        (entry.state == State::Withdrawn).then(|| view! { <span class="tag">{t!(words, "changelog-withdrawn")}</span> });
    let category = entry.category;
    view! {
        <p class="log__meta">
            <span class="log__sort" data-sort=category.as_str()>{words.name(names::CHANGELOG, category)}</span>
            {since}
            {corrected}
            {withdrawn}
        </p>
    }
}

/// Why an entry does not hold any more.
fn withdrawn(visit: &Visit, entry: &Entry) -> Option<impl IntoView + use<>> {
    let at = entry.withdrawn_at?;
    let reason = entry.withdrawn_reason.clone().unwrap_or_default();
    let lang = crate::parts::text::tag_of(visit, &reason);
    Some(view! {
        <aside class="tombstone">
            <p>{t!(visit.words, "changelog-withdrawn-on", date = visit.words.date(visit.local(at).date_naive()))}</p>
            <p dir="auto" lang=lang>{reason}</p>
        </aside>
    })
}

/// Because of whom: the posts, who proposed each and how many supported it, and what the reader did for it.
fn credits(visit: &Visit, entry: &Entry) -> Option<impl IntoView + use<>> {
    if entry.posts.is_empty() {
        return None;
    }
    let items = entry.posts.iter().map(|credit| thanks_to(visit, credit)).collect_view();
    Some(view! {
        <section class="credits" aria-label=t!(visit.words, "changelog-because-of")>
            <p class="credits__h">{icon(visit, "up")}{t!(visit.words, "changelog-because-of")}</p>
            <ul>{items}</ul>
        </section>
    })
}

/// Names of those who proposed a post that stand there; the rest are counted.
const NAMED: usize = 5;

fn thanks_to(visit: &Visit, credit: &Credit) -> impl IntoView + use<> {
    let words = visit.words;
    let post = &credit.post;
    let more = i64::try_from(credit.authors.len().saturating_sub(NAMED)).unwrap_or(0);
    let names = credit
        .authors
        .iter()
        .take(NAMED)
        .enumerate()
        .map(|(n, author)| view! { {(n > 0).then_some(", ")}{public_link(visit, author)} })
        .collect_view();
    let more = (more > 0).then(|| view! { " "{t!(words, "changelog-and-more", n = more)} });
    let supporters = (credit.supporters > 0)
        .then(|| view! { " · "{t!(words, "changelog-supported", n = credit.supporters, count = words.number(credit.supporters))} });
    // customers may have sent it back since
    let back = (!matches!(post.stage, Stage::Delivered | Stage::Confirmed)).then(|| {
        view! { " "<span class="pill" data-stage=post.stage.as_str()>{icon(visit, stage_icon(post.stage))}{stage_name(visit, post.stage)}</span> }
    });
    let mine =
        credit.mine.as_ref().map(|mine| view! { <p class="credits__mine">{icon(visit, "s-confirmed")}{thanks(visit, mine)}</p> });
    view! {
        <li>
            <a href=format!("/p/{}/{}", post.id, post.slug) dir="auto" lang=post.language.clone()>{post.title.clone()}</a>
            {back}
            <p class="meta">{t!(words, "changelog-proposed-by")}" "{names}{more}{supporters}</p>
            {mine}
        </li>
    }
}

/// Thanks the reader for what they did.
fn thanks(visit: &Visit, mine: &Mine) -> String {
    visit.words.t(match mine.part {
        Part::Proposed => key!("changelog-thanks-proposed"),
        Part::Supported => key!("changelog-thanks-supported"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_narrows() {
        let asked = Asked { category: "fixed".to_owned(), cursor: String::new() };
        assert_eq!(asked.here("e-7-1"), "/changelog?category=fixed&cursor=e-7-1");
        assert_eq!(Asked::default().here(""), "/changelog");
        assert!(Asked { category: "broken".to_owned(), ..Asked::default() }.filter().is_none());
    }
}
