//! One entry: what was delivered, because of whom, and what was corrected about it.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use forum::{
    changelog::{self, Correction, Entry, Linked, State},
    markdown::excerpt,
};
use leptos::prelude::*;

use super::{credits, entry_id, meta, note_read, path_of, struck, withdrawn};
use crate::{
    i18n::names,
    parts::{
        Head,
        diff::diff,
        icon, respond,
        text::{markdown, tag_of},
        when,
    },
    share::{self, Card},
    t,
    web::{PageResult, Visit},
};

/// Characters of the text that search engines are told.
const EXCERPT: usize = 160;

/// `/changelog/7` alone leads to the whole address.
pub(super) async fn bare(visit: Visit, Path(id): Path<String>) -> PageResult {
    let entry = changelog::by_id(visit.forum().read(), &visit.actor, entry_id(&id)?, visit.now).await?;
    Ok(moved(&entry))
}

/// Browsers may keep the answer only if they ask again: a title, and with it the address, may be corrected.
fn moved(entry: &Entry) -> Response {
    let mut response = Redirect::permanent(&path_of(entry.id, &entry.slug())).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

pub(super) async fn show(visit: Visit, Path((id, slug)): Path<(String, String)>) -> PageResult {
    let id = entry_id(&id)?;
    let view = visit.view().await?;
    let entry = changelog::by_id(view.db(), view.actor(), id, view.now()).await?;
    if entry.slug() != slug {
        return Ok(moved(&entry));
    }
    let corrections = changelog::corrections(view.db(), view.actor(), &entry).await?;
    drop(view);
    note_read(&visit, Some(id)).await;
    Ok(page(&visit, &entry, &corrections))
}

/// Whether everybody may read it, which makes it one for search engines: by its posts, or because it is for everybody.
fn is_for_everybody(entry: &Entry) -> bool {
    entry.state == State::Published && (entry.for_all || entry.posts.iter().any(|credit| !credit.board.private))
}

fn page(visit: &Visit, entry: &Entry, corrections: &[Correction]) -> Response {
    let words = visit.words;
    let path = path_of(entry.id, &entry.slug());
    let mut head = Head::titled(entry.title.clone());
    if is_for_everybody(entry) {
        let category = words.name(names::CHANGELOG, entry.category);
        head = head.public(path, t!(words, "changelog-description", category = category, excerpt = excerpt(&entry.body, EXCERPT)));
        head.picture = Some(Card::of_page(words, &visit.site, share::Page::Changelog));
    }
    head.article = true;
    respond(visit, head, || {
        let edit = visit.is_staff().then(|| {
            let label = if entry.state.is_public() { t!(words, "changelog-correct") } else { t!(words, "changelog-edit") };
            (entry.state != State::Withdrawn).then(|| {
                view! { <p><a class="btn btn--sm" href=format!("/changelog/{}/edit", entry.id)>{icon(visit, "edit")}{label}</a></p> }
            })
        });
        let text = markdown(&entry.body_html, &entry.language);
        let text = if entry.state == State::Withdrawn {
            view! {
                {withdrawn(visit, entry)}
                <details class="data"><summary>{icon(visit, "chev")}{t!(words, "changelog-withdrawn-show")}</summary>{text}</details>
            }
            .into_any()
        } else {
            text.into_any()
        };
        view! {
            <div class="wrap page page--tight">
                <nav class="crumbs" aria-label=t!(words, "crumbs-label")>
                    <ol>
                        <li><a href="/changelog">{t!(words, "changelog-title")}</a></li>
                        <li aria-current="page">{t!(words, "changelog-number", number = entry.id.0)}</li>
                    </ol>
                </nav>
                <article class="stack gap-6 measure mt-4">
                    <header class="stack gap-2">
                        {meta(visit, entry)}
                        <h1 class="h-page" dir="auto" lang=entry.language.clone()>{struck(entry)}</h1>
                    </header>
                    {text}
                    {credits(visit, entry)}
                    {edit}
                    {corrected(visit, entry, corrections)}
                </article>
            </div>
        }
    })
}

/// What was corrected, latest first, with every word that went or came marked.
fn corrected(visit: &Visit, entry: &Entry, corrections: &[Correction]) -> Option<impl IntoView + use<>> {
    if corrections.is_empty() {
        return None;
    }
    let words = visit.words;
    let items = corrections
        .iter()
        .enumerate()
        .map(|(n, correction)| {
            let lang = tag_of(visit, &correction.reason);
            let next = n.checked_sub(1).and_then(|n| corrections.get(n));
            let (category, title, body) = next
                .map_or((entry.category, &entry.title, &entry.body), |next| (next.category, &next.title, &next.body));
            let category = (category != correction.category).then(|| {
                let (old, new) = (words.name(names::CHANGELOG, correction.category), words.name(names::CHANGELOG, category));
                view! { <p class="meta"><del>{old}</del>" "<ins>{new}</ins></p> }
            });
            let title = (*title != correction.title).then(|| {
                view! { <p dir="auto" lang=correction.language.clone()><b>{diff(&correction.title, title)}</b></p> }
            });
            let body = (*body != correction.body).then(|| {
                view! { <div class="versions__diff"><p dir="auto" lang=correction.language.clone()>{diff(&correction.body, body)}</p></div> }
            });
            view! {
                <li>
                    <div class="versions__head">
                        <b>{t!(words, "changelog-correction", n = i64::from(correction.number))}</b>{when::moment(visit, correction.created_at)}
                    </div>
                    <p dir="auto" lang=lang>{correction.reason.clone()}</p>
                    {moved_posts(t!(words, "changelog-added"), &correction.added)}
                    {moved_posts(t!(words, "changelog-removed"), &correction.removed)}
                    {category}
                    {title}
                    {body}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="section" id="corrections" aria-labelledby="corrections-title">
            <h2 class="h-section" id="corrections-title">{t!(words, "changelog-corrections")}</h2>
            <ol class="versions">{items}</ol>
        </section>
    })
}

/// Posts that a correction added or took away.
fn moved_posts(label: String, posts: &[Linked]) -> Option<impl IntoView + use<>> {
    if posts.is_empty() {
        return None;
    }
    let posts = posts
        .iter()
        .enumerate()
        .map(|(n, post)| {
            let path = format!("/p/{}/{}", post.id, post.slug);
            view! { {(n > 0).then_some(", ")}<a href=path dir="auto" lang=post.language.clone()>{post.title.clone()}</a> }
        })
        .collect_view();
    Some(view! { <p class="meta">{label}" "{posts}</p> })
}
