//! "Is it really solved?" by a link in a mail, without signing in. The link opens a page with two buttons: programs that look through
//! mail follow links, and must not answer for anybody by that.

use axum::{
    Form, Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use forum::{
    Error,
    actor::Actor,
    confirm::{self, Ask},
    error::Check,
};
use leptos::prelude::*;

use crate::{
    parts::{
        Head, Place,
        confirm::{KEY, buttons, said_title},
        form::{Sent, Sheet, Typed},
        respond,
        text::markdown,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

/// `/confirm/{secret}`.
pub fn routes() -> Router<Web> {
    Router::new().route("/confirm/{secret}", get(show).post(say))
}

async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    match confirm::by_secret(visit.forum(), &secret).await {
        Ok(ask) => Ok(page(&visit, &secret, &ask, None)),
        Err(Error::NotFound) => Ok(dead(&visit)),
        Err(error) => Err(error.into()),
    }
}

async fn say(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let outcome = visit
        .forum()
        .write(&Actor::Visitor, async |tx| {
            let mut check = Check::new();
            let solved = check.field("said", confirm::parse_said(typed.get("said")));
            let solved = check.finish(solved)?;
            confirm::say_by_link(tx, &secret, solved, Some(typed.get("note"))).await
        })
        .await;
    match outcome {
        Ok(()) => Ok(private(see_other(&format!("/confirm/{secret}")))),
        Err(Error::NotFound) => Ok(dead(&visit)),
        // the page says that it is closed, and what was said in time
        Err(Error::Conflict(_)) => {
            let ask = confirm::by_secret(visit.forum(), &secret).await?;
            let mut response = page(&visit, &secret, &Ask { is_open: false, ..ask }, None);
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(error) => {
            let sent = Sent::invalid(&visit, KEY, typed, error)?;
            let ask = confirm::by_secret(visit.forum(), &secret).await?;
            Ok(page(&visit, &secret, &ask, Some(&sent)))
        }
    }
}

/// Whoever has the address can answer: no copy of the page is kept, and no other site learns the address.
pub(crate) fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

fn page(visit: &Visit, secret: &str, ask: &Ask, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let sheet = Sheet::plain(visit, KEY, sent);
    let (title, lede) = match (ask.said, ask.is_open) {
        (None, true) if ask.round == 1 => (t!(words, "ask-title"), t!(words, "ask-text", site = visit.site.name.as_str())),
        (None, true) => (t!(words, "ask-title"), t!(words, "ask-text-again", site = visit.site.name.as_str())),
        (None, false) => (t!(words, "ask-closed-title"), t!(words, "ask-closed-text")),
        (Some(said), true) => (said_title(visit, said), t!(words, "ask-thanks")),
        (Some(said), false) => (said_title(visit, said), t!(words, "ask-said-closed")),
    };
    let head = Head::titled(title.clone()).with_form(sent);
    private(respond(visit, head, || {
        let what = view! {
            <section class="stack gap-3" aria-labelledby="what-title">
                <h2 class="h-block" id="what-title">{t!(words, "ask-what", site = visit.site.name.as_str())}</h2>
                <div class="panel">{markdown(&ask.what_html, &ask.what_language)}</div>
            </section>
        };
        let form = buttons(visit, &format!("/confirm/{secret}"), sent);
        let form = match (ask.is_open, ask.said) {
            (false, _) => None,
            (true, None) => Some(form.into_any()),
            (true, Some(_)) => Some(
                view! {
                    <details class="reply" open=sheet.is_back()>
                        <summary class="btn">{t!(words, "ask-change")}</summary>
                        <div class="mt-4">{form}</div>
                    </details>
                }
                .into_any(),
            ),
        };
        let first = if ask.said.is_some() || !ask.is_open { "btn btn--primary" } else { "btn" };
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <article class="stack gap-5">
                        {sheet.summary()}
                        <header class="stack gap-2">
                            <p class="h-block" dir="auto" lang=ask.language.clone()>{ask.title.clone()}</p>
                            <h1 class="h-page">{title}</h1>
                            <p class="lede">{lede}</p>
                        </header>
                        {what}
                        {form}
                        <p><a class=first href=format!("/p/{}/{}", ask.post, ask.slug)>{t!(words, "ask-to-post")}</a></p>
                    </article>
                </div>
            </div>
        }
    }))
}

/// The link never was, or a later mail has another one.
fn dead(visit: &Visit) -> Response {
    let words = visit.words;
    let head = Head { status: Some(StatusCode::GONE), ..Head::titled(t!(words, "dead-link-title")) }.at(Place::Elsewhere);
    private(respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "dead-link-title")}</h1>
                        <p class="lede">{t!(words, "ask-dead-text")}</p>
                        <div class="cluster">
                            <a class="btn btn--primary" href="/me">{t!(words, "ask-dead-me")}</a>
                            <a class="btn" href="/">{t!(words, "error-home")}</a>
                        </div>
                    </section>
                </div>
            </div>
        }
    }))
}
