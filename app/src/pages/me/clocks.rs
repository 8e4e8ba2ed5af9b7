//! What the company owes me; for staff also what I owe as the owner of posts.

use axum::{Router, routing::get};
use forum::post::{self, PAGE_MAX, PostRow, Whose};
use leptos::prelude::*;

use super::{page, posts::brief};
use crate::{
    parts::{
        clock_chip::{clock_chip, most_pressing},
        icon,
        when::deadline,
    },
    t,
    web::{PageResult, Visit, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/clocks", get(show))
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    let db = visit.forum().read();
    let owed = post::owed_to(db, &visit.actor, account.id, visit.now).await?;
    let mine = if visit.is_staff() {
        let (rows, _) = post::queue_slice(db, &visit.actor, Whose::Of(account.id), None, PAGE_MAX, visit.now).await?;
        Some(rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())
    } else {
        None
    };
    let words = visit.words;
    Ok(page(&visit, account, "/me/clocks", None, || {
        let owning = mine.map(|posts| {
            view! {
                <section class="section">
                    <div class="section__head">
                        <h2 class="h-section">{t!(words, "me-clocks-owner")}</h2>
                        <a class="sm" href="/triage?whose=mine">{t!(words, "me-clocks-to-triage")}</a>
                    </div>
                    {list(&visit, &posts, t!(words, "me-clocks-owner-none"))}
                </section>
            }
        });
        view! {
            {owning}
            <section class="section">
                <div class="section__head">
                    <h2 class="h-section">{t!(words, "me-clocks-owed")}</h2>
                    <a class="sm" href="/clocks">{t!(words, "foot-clocks")}</a>
                </div>
                {list(&visit, &owed, t!(words, "me-clocks-none"))}
            </section>
        }
    }))
}

fn list(visit: &Visit, posts: &[PostRow], none: String) -> AnyView {
    if posts.is_empty() {
        return view! { <div class="empty">{icon(visit, "clock")}<p>{none}</p></div> }.into_any();
    }
    let items = posts
        .iter()
        .map(|post| {
            let clock = most_pressing(&post.clocks).map(|clock| {
                view! { {clock_chip(visit, clock)}<span class="meta">{deadline(visit, clock.due_at)}</span> }
            });
            brief(visit, post, clock)
        })
        .collect_view();
    view! { <ol class="rows">{items}</ol> }.into_any()
}
