//! The settings of the site, for its admins: when the company works, what it owes when, who may do what, and who is there for what.
//! For anybody else these pages do not exist.

mod boards;
mod calendar;
mod clocks;
mod embeds;
mod groups;
mod hooks;
mod mandates;
mod naming;
mod people;
mod pledges;
mod rules;
mod site;
mod start;
mod statuses;
mod tags;
mod teams;

use axum::{Router, response::Response, routing::get};
use forum::{
    Error, board,
    error::Conflict,
    invitation,
    person::{self, Account},
    site::{self as settings, Site},
    team,
};
use leptos::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    key,
    parts::{
        Head,
        form::{Sent, Typed},
        icon, respond,
    },
    t,
    web::{PageResult, Visit, Web},
};

/// The pages of this folder.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/admin", get(index))
        .merge(boards::routes())
        .merge(calendar::routes())
        .merge(clocks::routes())
        .merge(embeds::routes())
        .merge(groups::routes())
        .merge(hooks::routes())
        .merge(mandates::routes())
        .merge(people::routes())
        .merge(pledges::routes())
        .merge(rules::routes())
        .merge(site::routes())
        .merge(start::routes())
        .merge(statuses::routes())
        .merge(tags::routes())
        .merge(teams::routes())
}

/// The pages in the order of the menu: address, icon, title, what stands there.
const PAGES: [(&str, &str, &str, &str); 13] = [
    ("/admin/site", "gear", key!("admin-site"), key!("admin-site-text")),
    ("/admin/boards", "inbox", key!("admin-boards-title"), key!("admin-boards-lede")),
    ("/admin/people", "user", key!("admin-people"), key!("admin-people-text")),
    ("/admin/statuses", "s-progress", key!("admin-statuses"), key!("admin-statuses-text")),
    ("/admin/tags", "receipt", key!("admin-tags"), key!("admin-tags-text")),
    ("/admin/rules", "shield", key!("admin-rules"), key!("admin-rules-text")),
    ("/admin/calendar", "calendar", key!("admin-calendar"), key!("admin-calendar-text")),
    ("/admin/clocks", "clock", key!("admin-clocks"), key!("admin-clocks-text")),
    ("/admin/mandates", "hand", key!("admin-mandates"), key!("admin-mandates-text")),
    ("/admin/teams", "building", key!("admin-teams"), key!("admin-teams-text")),
    ("/admin/pledges", "seal", key!("admin-pledges"), key!("admin-pledges-text")),
    ("/admin/hooks", "link", key!("admin-hooks"), key!("admin-hooks-text")),
    ("/admin/embeds", "share", key!("admin-embeds"), key!("admin-embeds-text")),
];

/// These pages send a visitor to sign in, and do not exist for anybody but admins.
fn admin(visit: &Visit) -> Result<&Account, Error> {
    let account = visit.require_account()?;
    if visit.is_admin() { Ok(account) } else { Err(Error::NotFound) }
}

/// Changes the settings; from here on this instance has them, and the others within seconds. A form says in `seen` what it was written
/// from: the `part` of the settings that it shows.
async fn save<P: Serialize>(
    visit: &Visit,
    typed: &Typed,
    part: impl Fn(&Site) -> P + Send,
    edit: impl FnOnce(&mut Site) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let written_from = typed.some("seen");
    let change = move |site: &mut Site| {
        if written_from.is_some_and(|written_from| written_from != seen(&part(site))) {
            return Err(Error::Conflict(Conflict::Changed));
        }
        edit(site)
    };
    visit.forum().write(&visit.actor, async move |tx| settings::change(tx, change).await).await?;
    visit.forum().refresh_site().await
}

/// By what a form names the settings that it was written from.
fn seen(part: &impl Serialize) -> String {
    let text = serde_json::to_vec(part).unwrap_or_default();
    hex::encode(Sha256::digest(text))[..16].to_owned()
}

/// Keeps what was typed when the error is one to be shown with the form. Whoever changed the same at the same time is told, and keeps
/// theirs by saving once more.
fn refused(visit: &Visit, key: impl Into<String>, typed: Typed, error: Error) -> Result<Sent, Error> {
    match error {
        Error::Conflict(Conflict::Changed) => Ok(Sent::overtaken(key, typed, t!(visit.words, "admin-changed"))),
        other => Sent::refused(visit, key, typed, other),
    }
}

/// Renders one page of the settings inside what they all share.
fn page(visit: &Visit, here: &str, refused: Option<&Sent>, main: impl FnOnce() -> AnyView) -> Response {
    let words = visit.words;
    let found = PAGES.iter().find(|(path, ..)| *path == here);
    let title = found.map_or_else(|| t!(words, "admin-title"), |(_, _, key, _)| words.t(key));
    page_titled(visit, here, title, found.map(|(.., key)| words.t(key)), refused, main)
}

/// The same for a page below the one at `here`, with a title of its own.
fn page_titled(
    visit: &Visit,
    here: &str,
    title: String,
    text: Option<String>,
    refused: Option<&Sent>,
    main: impl FnOnce() -> AnyView,
) -> Response {
    let words = visit.words;
    let head = Head { staff: true, ..Head::titled(title.clone()).with_form(refused) };
    respond(visit, head, || {
        let menu = PAGES
            .into_iter()
            .map(|(path, glyph, key, _)| {
                view! { <li><a href=path aria-current=(path == here).then_some("page")>{icon(visit, glyph)}{words.t(key)}</a></li> }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <div class="me">
                    <nav class="sidenav" aria-label=t!(words, "admin-title")>
                        <p class="sidenav__title"><a href="/admin">{t!(words, "admin-title")}</a></p>
                        <ul>{menu}</ul>
                    </nav>
                    <div class="me__main admin">
                        <header class="stack gap-2 mb-6">
                            <h1 class="h-page" dir="auto">{title}</h1>
                            {text.map(|text| view! { <p class="ink-2 measure">{text}</p> })}
                        </header>
                        {main()}
                    </div>
                </div>
            </div>
        }
    })
}

/// What a site needs before it opens: where it is done, what it is called, and whether it is.
async fn needs(visit: &Visit) -> Result<[(&'static str, String, bool); 4], Error> {
    let (db, words) = (visit.forum().read(), visit.words);
    let has_board = !board::list(db, &visit.actor).await?.is_empty();
    let has_colleague = person::staff(db).await?.len() > 1 || !invitation::open(db, &visit.actor, visit.now).await?.is_empty();
    let has_desk = !team::desks(db).await?.is_empty();
    Ok([
        ("/admin/site", t!(words, "admin-left-about"), !visit.site.about.is_empty()),
        ("/admin/boards", t!(words, "admin-left-boards"), has_board),
        ("/admin/people", t!(words, "admin-left-colleagues"), has_colleague),
        ("/admin/teams", t!(words, "admin-left-desks"), has_desk),
    ])
}

/// What is left of it; nothing once it is all done.
fn left(visit: &Visit, needs: &[(&'static str, String, bool)]) -> Option<AnyView> {
    let words = visit.words;
    if needs.iter().all(|(.., is_done)| *is_done) {
        return None;
    }
    let items = needs
        .iter()
        .map(|(path, what, is_done)| {
            let glyph = if *is_done { "tick" } else { "s-todo" };
            let state = if *is_done { t!(words, "admin-left-done") } else { t!(words, "admin-left-open") };
            let what = if *is_done {
                view! { <span class="muted">{what.clone()}</span> }.into_any()
            } else {
                view! { <a href=*path>{what.clone()}</a> }.into_any()
            };
            view! { <li>{icon(visit, glyph)}<span class="sr">{state}": "</span>{what}</li> }
        })
        .collect_view();
    Some(
        view! {
            <section class="panel stack gap-3 mt-6">
                <h2 class="h-block">{t!(words, "admin-left")}</h2>
                <ul class="todo">{items}</ul>
                <p><a class="btn" href="/admin/start">{t!(words, "admin-left-go")}</a></p>
            </section>
        }
        .into_any(),
    )
}

async fn index(visit: Visit) -> PageResult {
    admin(&visit)?;
    let words = visit.words;
    let needs = needs(&visit).await?;
    Ok(page(&visit, "/admin", None, || {
        let rooms = PAGES
            .into_iter()
            .map(|(path, glyph, title, text)| {
                view! { <li class="room">{icon(&visit, glyph)}<div><h2 class="h-block"><a href=path>{words.t(title)}</a></h2><p class="ink-2">{words.t(text)}</p></div></li> }
            })
            .collect_view();
        view! {
            <p class="ink-2 measure">{t!(words, "admin-text")}</p>
            {left(&visit, &needs)}
            <ul class="rooms">{rooms}</ul>
        }
        .into_any()
    }))
}
