//! Stopping mail by the link in a letter, without signing in. The link opens a page with a button, because programs that look through mail
//! follow links; the ones that read it for somebody send what a button would, and nothing else (RFC 8058): they get the page as well, since
//! they follow no redirects.

use axum::{Router, body::Bytes, extract::Path, http::StatusCode, response::Response, routing::get};
use forum::{
    Error,
    actor::Actor,
    unsubscribe::{self, Link, What},
};
use leptos::prelude::*;

use crate::{
    i18n::names,
    pages::confirm::private,
    parts::{Head, form::Typed, icon, respond},
    t,
    web::{PageResult, Visit, Web},
};

/// `/unsubscribe/{link}`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/unsubscribe/{link}", get(show).post(change))
}

async fn show(visit: Visit, Path(link): Path<String>) -> PageResult {
    answer(&visit, &link, unsubscribe::open(visit.forum(), &link).await)
}

/// `do` is `all` or `again`; what comes without it, from whatever program and in whatever encoding, stops what the link stops.
async fn change(visit: Visit, Path(link): Path<String>, body: Bytes) -> PageResult {
    let typed = Typed::of_body(&String::from_utf8_lossy(&body));
    let changed = visit.forum().write_aside(&Actor::Visitor, async |tx| match typed.get("do") {
        "again" => unsubscribe::resume(tx, &link).await,
        "all" => unsubscribe::stop(tx, &link, true).await,
        _ => unsubscribe::stop(tx, &link, false).await,
    });
    answer(&visit, &link, changed.await)
}

fn answer(visit: &Visit, link: &str, known: Result<Link, Error>) -> PageResult {
    match known {
        Ok(known) => Ok(private(page(visit, link, known))),
        Err(Error::NotFound) => Ok(private(dead(visit))),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, link: &str, known: Link) -> Response {
    let words = visit.words;
    let site = visit.site.name.as_str();
    let title = match (known.stopped, known.what) {
        (true, _) => t!(words, "unsubscribe-done"),
        (false, What::Topic(topic)) => t!(words, "unsubscribe-title", topic = words.name(names::TOPIC, topic)),
        (false, What::All) => t!(words, "unsubscribe-title-all"),
        (false, What::Guest) => t!(words, "unsubscribe-title-guest"),
    };
    let text = match (known.stopped, known.what) {
        (false, _) => t!(words, "unsubscribe-text", site = site),
        (true, What::Guest) => t!(words, "unsubscribe-done-guest"),
        (true, _) => t!(words, "unsubscribe-done-text", site = site),
    };
    let action = format!("/unsubscribe/{link}");
    let form = |class: &'static str, what: &'static str, label: String| {
        view! {
            <form method="post" novalidate=true action=action.clone()>
                <button class=class name="do" value=what>{label}</button>
            </form>
        }
    };
    let forms = match (known.stopped, known.what) {
        (true, What::Guest) => None,
        (true, _) => Some(form("btn btn--block", "again", t!(words, "unsubscribe-again")).into_any()),
        (false, What::Topic(_)) => Some(
            view! {
                {form("btn btn--primary btn--lg btn--block", "this", t!(words, "unsubscribe-go"))}
                {form("btn btn--block", "all", t!(words, "unsubscribe-all"))}
            }
            .into_any(),
        ),
        (false, _) => Some(form("btn btn--primary btn--lg btn--block", "this", t!(words, "unsubscribe-go")).into_any()),
    };
    let choose =
        (known.what != What::Guest).then(|| view! { <p><a href="/me/notices#mail">{t!(words, "unsubscribe-choose")}</a></p> });
    respond(visit, Head::titled(title.clone()), || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{text}</p>
                        {forms}
                        {choose}
                    </section>
                </div>
            </div>
        }
    })
}

fn dead(visit: &Visit) -> Response {
    let words = visit.words;
    let mut response = respond(visit, Head::titled(t!(words, "unsubscribe-dead")), || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{icon(visit, "mail")}" "{t!(words, "unsubscribe-dead")}</h1>
                        <p class="lede">{t!(words, "unsubscribe-dead-text")}</p>
                        <p><a class="btn" href="/me/notices#mail">{t!(words, "unsubscribe-choose")}</a></p>
                    </section>
                </div>
            </div>
        }
    });
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
