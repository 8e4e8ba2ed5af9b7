//! What I posted, and where it stands.

use axum::{Router, extract::Query, routing::get};
use forum::{
    answer,
    changelog::{self, Delivered},
    confirm::{self, Ask},
    post::{self, Filter, PostRow, Sort},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{PAGE, delivered::row, page};
use crate::{
    parts::{icon, pager::pager, post_row::rows, since::question},
    t,
    web::{PageResult, Visit, Web},
};

/// Deliveries that stand above the posts.
const LATEST: u64 = 2;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let account = visit.require_account()?;
    let filter = Filter { sort: Sort::New, author: Some(account.id), with_own_hidden: true, ..Filter::default() };
    let db = visit.forum().read();
    let list = post::list(db, &visit.actor, &filter, asked.cursor.as_deref(), PAGE, visit.now).await?;
    let answers = answer::latest_of(db, &list.items.iter().map(|p| p.id).collect::<Vec<_>>()).await?;
    let asks = if asked.cursor.is_none() { confirm::open_for(db, &visit.actor).await? } else { Vec::new() };
    let done =
        if asked.cursor.is_none() { changelog::delivered(db, &visit.actor, None, LATEST, visit.now).await? } else { Vec::new() };
    let words = visit.words;
    Ok(page(&visit, account, "/me", None, || {
        let posts = if list.items.is_empty() {
            view! {
                <div class="empty">
                    {icon(&visit, "idea")}
                    <h3>{t!(words, "me-posts-none")}</h3>
                    <p>{t!(words, "me-posts-none-text")}</p>
                    <div class="cluster"><a class="btn btn--primary" href="/new">{icon(&visit, "plus")}{t!(words, "foot-new")}</a></div>
                </div>
            }
            .into_any()
        } else {
            view! {
                {rows(&visit, &list.items, &answers, None, None)}
                {around(&visit, "/me", list.newer.as_deref(), list.older.as_deref(), list.total)}
            }
            .into_any()
        };
        view! {
            {questions(&visit, &asks)}
            {because_of_me(&visit, &done)}
            <section class="section">
                <h2 class="h-section">{t!(words, "me-posts")}</h2>
                {posts}
            </section>
        }
    }))
}

/// What was delivered last because of me, and the way to the rest.
fn because_of_me(visit: &Visit, done: &[Delivered]) -> Option<AnyView> {
    if done.is_empty() {
        return None;
    }
    let words = visit.words;
    let most = usize::try_from(LATEST).unwrap_or(usize::MAX);
    let items = done.iter().take(most).map(|item| row(visit, item)).collect_view();
    let rest = (done.len() > most).then(|| view! { <p><a href="/me/delivered">{t!(words, "me-delivered-all")}</a></p> });
    Some(
        view! {
            <section class="section mb-6">
                <h2 class="h-section">{t!(words, "me-delivered")}</h2>
                <ol class="rows">{items}</ol>
                {rest}
            </section>
        }
        .into_any(),
    )
}

/// What the company asks me: whether what it delivered is really solved.
fn questions(visit: &Visit, asks: &[Ask]) -> Option<AnyView> {
    if asks.is_empty() {
        return None;
    }
    let words = visit.words;
    let items =
        asks.iter().map(|ask| view! { <li>{question(visit, ask.post, &ask.slug, &ask.title, &ask.language)}</li> }).collect_view();
    Some(
        view! {
            <section class="banner mb-6" aria-labelledby="asks-title">
                {icon(visit, "s-question")}
                <div class="stack gap-2">
                    <div>
                        <h2 class="banner__h" id="asks-title">{t!(words, "ask-title")}</h2>
                        <p class="banner__t">{t!(words, "me-asks")}</p>
                    </div>
                    <ul class="since__list">{items}</ul>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// The way through a list of posts, when it is longer than a page.
pub(super) fn around(visit: &Visit, path: &str, newer: Option<&str>, older: Option<&str>, total: i64) -> Option<AnyView> {
    if newer.is_none() && older.is_none() {
        return None;
    }
    let link = |cursor: &str| format!("{path}?cursor={cursor}");
    let total = t!(visit.words, "me-total", n = total, shown = visit.words.number(total));
    Some(pager(visit, newer.map(link), older.map(link), total).into_any())
}

/// A post in a list that is about something else than the post: title and where it stands.
pub(super) fn brief<V: IntoView>(visit: &Visit, post: &PostRow, foot: V) -> AnyView {
    use crate::parts::{pill::pill, post_row};
    view! {
        <li class="row row--plain">
            <div class="row__body">
                {post_row::meta(visit, post)}
                <h3 class="row__title" dir="auto" lang=post.language.clone()>
                    <a href=post_row::post_path(post)>{post.title.clone()}</a>
                </h3>
                {post_row::hidden(visit, post)}
                <div class="row__foot">{pill(visit, &post.status)}{foot}</div>
            </div>
        </li>
    }
    .into_any()
}
