//! What I said about the posts of others, and why.

use axum::{Router, extract::Query, routing::get};
use forum::{
    post::{self, Filter, PostRow, Sort},
    vote::Stance,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    PAGE, page,
    posts::{around, brief},
};
use crate::{
    parts::icon,
    t,
    web::{PageResult, Visit, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/votes", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let account = visit.require_account()?;
    let filter = Filter { sort: Sort::New, voter: Some(account.id), with_own_hidden: true, ..Filter::default() };
    let list = post::list(visit.forum().read(), &visit.actor, &filter, asked.cursor.as_deref(), PAGE, visit.now).await?;
    let words = visit.words;
    Ok(page(&visit, account, "/me/votes", None, || {
        let votes = if list.items.is_empty() {
            view! {
                <div class="empty">
                    {icon(&visit, "up")}
                    <h3>{t!(words, "me-votes-none")}</h3>
                    <p>{t!(words, "me-votes-none-text")}</p>
                    <div class="cluster"><a class="btn" href="/">{t!(words, "error-home")}</a></div>
                </div>
            }
            .into_any()
        } else {
            let items = list.items.iter().map(|post| brief(&visit, post, mine(&visit, post))).collect_view();
            view! {
                <ol class="rows">{items}</ol>
                {around(&visit, "/me/votes", list.newer.as_deref(), list.older.as_deref(), list.total)}
            }
            .into_any()
        };
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-votes")}</h2>
                <p class="ink-2 measure">{t!(words, "me-votes-text")}</p>
                {votes}
            </section>
        }
    }))
}

fn mine(visit: &Visit, post: &PostRow) -> Option<AnyView> {
    let vote = post.my_vote.as_ref()?;
    let words = visit.words;
    let (glyph, said) = match vote.stance {
        Stance::Support if post.kind.can_be_opposed() => ("up", t!(words, "me-votes-support")),
        Stance::Support => ("up", t!(words, "me-votes-too")),
        Stance::Oppose => ("down", t!(words, "me-votes-oppose")),
    };
    let reason = vote.reason.clone().map(|reason| view! { <q dir="auto">{reason}</q> });
    Some(view! { <span class="said">{icon(visit, glyph)}<span>{said}" "{reason}</span></span> }.into_any())
}
