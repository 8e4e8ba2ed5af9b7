//! My file: what I posted, what I said, what I am owed, and how I am known here.

mod address;
mod clocks;
mod data;
mod delivered;
mod follows;
mod moderation;
mod notices;
mod posts;
mod push;
mod sessions;
mod settings;
mod tokens;
mod votes;

use axum::{Router, response::Response};
use forum::{
    actor::Ban,
    mailbox::Unreached,
    person::{Account, shown_email},
};
use leptos::prelude::*;

use crate::{
    i18n::names,
    key,
    parts::{Head, Place, form::Sent, icon, marker::act_path, respond, shell::initials, when},
    t,
    web::{Visit, Web},
};

pub use follows::path_of as followed_path;

/// The pages of this folder.
pub fn routes() -> Router<Web> {
    Router::new()
        .merge(address::routes())
        .merge(clocks::routes())
        .merge(data::routes())
        .merge(delivered::routes())
        .merge(follows::routes())
        .merge(moderation::routes())
        .merge(notices::routes())
        .merge(posts::routes())
        .merge(push::routes())
        .merge(sessions::routes())
        .merge(settings::routes())
        .merge(tokens::routes())
        .merge(votes::routes())
}

/// Posts of one page of a list.
const PAGE: u64 = 20;

/// The pages of the file, in the order of the menu: address, icon, title.
const PAGES: [(&str, &str, &str); 11] = [
    ("/me", "list", key!("me-posts")),
    ("/me/notices", "bell", key!("me-notices")),
    ("/me/delivered", "s-delivered", key!("me-delivered")),
    ("/me/clocks", "clock", key!("me-clocks")),
    ("/me/votes", "up", key!("me-votes")),
    ("/me/follows", "feed", key!("me-follows")),
    ("/me/moderation", "seal", key!("me-moderation")),
    ("/me/settings", "gear", key!("me-settings")),
    ("/me/sessions", "shield", key!("me-sessions")),
    ("/me/tokens", "key", key!("me-tokens")),
    ("/me/data", "download", key!("me-data")),
];

/// Renders one page of the file inside what they all share.
fn page<V: IntoView>(visit: &Visit, account: &Account, here: &str, sent: Option<&Sent>, main: impl FnOnce() -> V) -> Response {
    let words = visit.words;
    let title = PAGES.iter().find(|(path, ..)| *path == here).map_or_else(String::new, |(_, _, key)| words.t(key));
    let head = Head::titled(title).at(Place::Me).with_form(sent);
    let since = words.date(visit.local(account.created_at).date_naive());
    let avatar = if account.standing().is_staff() { "avatar avatar--staff avatar--lg" } else { "avatar avatar--lg" };
    respond(visit, head, || {
        let menu = PAGES
            .into_iter()
            .map(|(path, glyph, key)| {
                view! { <li><a href=path aria-current=(path == here).then_some("page")>{icon(visit, glyph)}{words.t(key)}</a></li> }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <header class="me__head">
                    <span class=avatar aria-hidden="true">{initials(&account.name)}</span>
                    <div class="stack gap-1">
                        <h1 class="h-page">{t!(words, "me-title")}</h1>
                        <p class="meta">
                            <a href=format!("/u/{}", account.handle)><bdi>{account.name.clone()}</bdi></a>
                            ", "{t!(words, "me-since", date = since)}
                        </p>
                    </div>
                    <form class="me__out" method="post" novalidate=true action="/sign-out">
                        <button class="btn btn--sm">{t!(words, "me-sign-out")}</button>
                    </form>
                </header>
                <div class="me">
                    <nav class="sidenav" aria-label=t!(words, "me-title")><ul>{menu}</ul></nav>
                    <div class="me__main">
                        {match &account.unreached {
                            Some(unreached) => Some(not_reached(visit, account, unreached).into_any()),
                            None => (!account.verified).then(|| unverified(visit, account).into_any()),
                        }}
                        {account.ban.as_ref().map(|ban| banned(visit, ban))}
                        {main()}
                    </div>
                </div>
            </div>
        }
    })
}

/// Until when somebody can't write, why, and where they can object.
fn banned(visit: &Visit, ban: &Ban) -> impl IntoView + use<> {
    view! {
        <section class="banner banner--warn mb-6">
            {icon(visit, "shield")}
            <p class="banner__t">{visit.words.banned(ban)}</p>
            <div class="banner__act"><a class="btn btn--sm" href=act_path(ban.act)>{t!(visit.words, "banned-object")}</a></div>
        </section>
    }
}

/// That mail does not reach somebody, what the other side said, and the button that helps.
fn not_reached(visit: &Visit, account: &Account, unreached: &Unreached) -> impl IntoView + use<> {
    let words = visit.words;
    let email = account.email.as_deref().map(shown_email).unwrap_or_default();
    let said = (!unreached.said.is_empty()).then(|| {
        view! { <p class="meta wrap-any">{t!(words, "me-unreached-said")}" "<q dir="auto" lang="">{unreached.said.clone()}</q></p> }
    });
    view! {
        <section class="banner banner--warn mb-6">
            {icon(visit, "mail")}
            <div>
                <h2 class="banner__h">{t!(words, "me-unreached", email = email)}</h2>
                <p class="banner__t">
                    {words.name(names::UNREACHED, unreached.cause)}" "{t!(words, "me-unreached-since")}" "{when::day(visit, unreached.since)}". "
                    {t!(words, "me-unreached-text")}
                </p>
                {said}
            </div>
            <form class="banner__act" method="post" novalidate=true action="/verify/again">
                <button class="btn btn--sm">{t!(words, "me-unreached-confirm")}</button>
            </form>
        </section>
    }
}

/// What an unverified person can't do yet, and the button that helps.
fn unverified(visit: &Visit, account: &Account) -> impl IntoView + use<> {
    let words = visit.words;
    let email = account.email.as_deref().map(shown_email).unwrap_or_default();
    view! {
        <section class="banner banner--warn mb-6">
            {icon(visit, "mail")}
            <div>
                <h2 class="banner__h">{t!(words, "me-unverified")}</h2>
                <p class="banner__t">{t!(words, "me-unverified-text", email = email)}</p>
            </div>
            <form class="banner__act" method="post" novalidate=true action="/verify/again">
                <button class="btn btn--sm">{t!(words, "error-send-again")}</button>
            </form>
        </section>
    }
}
