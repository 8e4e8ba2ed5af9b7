//! Who is accountable for a post, and who was before.

use forum::post::{OwnerSince, Post};
use leptos::prelude::*;

use super::{
    when,
    who::{Size, owner_avatar, owner_lines, owner_name},
};
use crate::{t, web::Visit};

/// The owner of a post with the trace of owners, latest first.
pub fn owner_card(visit: &Visit, post: &Post) -> impl IntoView + use<> {
    let words = visit.words;
    let body = if let Some(owner) = &post.row.owner {
        let (name, title) = owner_lines(visit, owner);
        view! {
            <div class="owner">
                <div class="owner__top">
                    {owner_avatar(visit, owner, Size::Lg)}
                    <div><p>{name}</p>{title.map(|title| view! { <small>{title}</small> })}</div>
                </div>
                <p class="sm ink-2">{t!(words, "owner-duty")}</p>
                {trace(visit, post)}
            </div>
        }
        .into_any()
    } else {
        let text = if post.imported { t!(words, "owner-none-imported") } else { t!(words, "owner-none-yet") };
        view! { <div class="owner"><p class="sm ink-2">{text}</p>{trace(visit, post)}</div> }.into_any()
    };
    view! { <section class="mod" id="owner"><h2 class="mod__h">{t!(words, "owner-title")}</h2>{body}</section> }
}

fn trace(visit: &Visit, post: &Post) -> impl IntoView + use<> {
    let words = visit.words;
    let entries = post
        .owners
        .iter()
        .enumerate()
        .map(|(n, since)| {
            view! { <li class=if n == 0 { "is-now" } else { "" }>{when::day(visit, since.since)}" "{entry(visit, since)}</li> }
        })
        .collect_view();
    view! {
        <ol class="trace">
            {entries}
            <li>{when::day(visit, post.row.created_at)}" "{t!(words, "owner-trace-received")}</li>
        </ol>
    }
}

fn entry(visit: &Visit, since: &OwnerSince) -> String {
    let who = owner_name(visit, &since.person);
    if since.by == since.person.id {
        t!(visit.words, "owner-trace-taken", who = who)
    } else {
        t!(visit.words, "owner-trace-given", who = who)
    }
}
