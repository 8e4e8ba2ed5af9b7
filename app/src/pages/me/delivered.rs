//! What was delivered because of me: what I proposed or supported, and the entry of the changelog that tells of it.

use axum::{Router, extract::Query, routing::get};
use forum::changelog::{self, Delivered, Part};
use leptos::prelude::*;
use serde::Deserialize;

use super::{PAGE, page};
use crate::{
    pages::changelog::path_of,
    parts::{
        icon,
        kind::kind_label,
        pager::pager,
        pill::{stage_icon, stage_name},
        when,
    },
    t,
    web::{PageResult, Visit, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/delivered", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let account = visit.require_account()?;
    let cursor = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let mut items = changelog::delivered(visit.forum().read(), &visit.actor, cursor, PAGE, visit.now).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let older = items.last().filter(|_| more).map(|last| format!("/me/delivered?cursor={}", last.cursor()));
    let words = visit.words;
    Ok(page(&visit, account, "/me/delivered", None, || {
        let list = if items.is_empty() {
            view! {
                <div class="empty">
                    {icon(&visit, "s-delivered")}
                    <h3>{t!(words, "me-delivered-none")}</h3>
                    <p>{t!(words, "me-delivered-none-text")}</p>
                    <div class="cluster"><a class="btn" href="/changelog">{t!(words, "changelog-title")}</a></div>
                </div>
            }
            .into_any()
        } else {
            let items = items.iter().map(|item| row(&visit, item)).collect_view();
            let first = cursor.map(|_| "/me/delivered".to_owned());
            view! { <ol class="rows">{items}</ol> {(first.is_some() || older.is_some()).then(|| pager(&visit, first, older, String::new()))} }.into_any()
        };
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-delivered")}</h2>
                <p class="ink-2 measure">{t!(words, "me-delivered-text")}</p>
                {list}
            </section>
        }
    }))
}

/// A delivery, what I did for it, and where it is told.
pub(super) fn row(visit: &Visit, item: &Delivered) -> impl IntoView + use<> {
    let words = visit.words;
    let (post, stage) = (&item.post, item.post.stage);
    let part = match item.part {
        Part::Proposed => t!(words, "me-delivered-proposed"),
        Part::Supported => t!(words, "me-delivered-supported"),
    };
    let entry = item.entry.as_ref().map(|entry| {
        view! {
            <p class="sm">
                {t!(words, "post-in-changelog")}" "
                <a href=path_of(entry.id, &entry.slug()) dir="auto" lang=entry.language.clone()>{entry.title.clone()}</a>
            </p>
        }
    });
    view! {
        <li class="row row--plain">
            <div class="row__body">
                <p class="row__meta">{kind_label(visit, item.kind)}<span>{part}</span>{when::day(visit, item.since)}</p>
                <h3 class="row__title" dir="auto" lang=post.language.clone()><a href=format!("/p/{}/{}", post.id, post.slug)>{post.title.clone()}</a></h3>
                {entry}
                <div class="row__foot">
                    <span class="pill" data-stage=stage.as_str()>{icon(visit, stage_icon(stage))}{stage_name(visit, stage)}</span>
                </div>
            </div>
        </li>
    }
}
