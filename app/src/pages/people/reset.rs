//! A forgotten password. The answer to the question is the same whether or not the address is known.

use axum::{Form, Router, extract::Path, http::StatusCode, response::Response, routing::get};
use forum::{
    Error,
    link::Purpose,
    password::{LONGEST, Password, SHORTEST},
    person,
};
use leptos::prelude::*;

use super::{begin_session, signed_in};
use crate::{
    parts::{
        Head, Place,
        form::{Line, Need, Sent, Sheet, Typed},
        respond,
    },
    t,
    web::{PageResult, Visit, Web, link_alive, see_other},
};

/// `/reset`, `/reset/sent`, `/reset/{secret}`.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/reset", get(show).post(ask))
        .route("/reset/sent", get(sent))
        .route("/reset/{secret}", get(choose).post(set))
}

async fn show(visit: Visit) -> PageResult {
    Ok(question(&visit, None))
}

async fn ask(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let asked = visit
        .forum()
        .write_aside(&visit.actor, async |tx| {
            person::forgot_password(tx, typed.get("email"), &visit.client, visit.known_by.as_deref()).await
        })
        .await;
    match asked {
        Ok(()) => Ok(see_other("/reset/sent")),
        Err(error) => Ok(question(&visit, Some(&Sent::invalid(&visit, "reset", typed, error)?))),
    }
}

async fn sent(visit: Visit) -> PageResult {
    let words = visit.words;
    let head = Head::titled(t!(words, "verify-mail-title")).at(Place::Me);
    Ok(respond(&visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "verify-mail-title")}</h1>
                        <p class="lede">{t!(words, "reset-sent-text")}</p>
                        <p class="ink-2">{t!(words, "reset-sent-missing")}</p>
                        <p><a class="btn" href="/reset">{t!(words, "reset-again")}</a></p>
                    </section>
                </div>
            </div>
        }
    }))
}

async fn choose(visit: Visit, Path(secret): Path<String>) -> PageResult {
    if !link_alive(&visit, Purpose::Reset, &secret).await? {
        return Ok(dead(&visit, StatusCode::GONE));
    }
    Ok(answer(&visit, &secret, None))
}

async fn set(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    // looked at first, so that nobody makes the machine hash passwords without a link
    let Some(account) = person::by_link(visit.forum().read(), Purpose::Reset, &secret, visit.now).await? else {
        return Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let about = [visit.site.name.as_str(), account.email.as_deref().unwrap_or_default(), &account.name];
    let password = match Password::parse(typed.get("password"), &about) {
        Ok(password) => password,
        Err(problem) => {
            let sent = Sent::invalid(&visit, "new-password", typed, Error::invalid("password", problem))?;
            return Ok(answer(&visit, &secret, Some(&sent)));
        }
    };
    let hash = visit.forum().hasher().hash(password).await?;
    let session = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let person = person::reset_password(tx, &secret, hash).await?;
            begin_session(tx, &visit, person, false).await
        })
        .await;
    match session {
        Ok(session) => Ok(signed_in(&visit, &session, "/me?done=password-reset")),
        Err(Error::Invalid(_)) => Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => Err(error.into()),
    }
}

fn question(visit: &Visit, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let head = Head::titled(t!(words, "reset-title")).at(Place::Me).with_form(sent);
    let sheet = Sheet::plain(visit, "reset", sent);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "reset-title")}</h1>
                            <p class="ink-2">{t!(words, "reset-text")}</p>
                        </header>
                        {sheet.summary()}
                        <form class="stack" method="post" novalidate=true action="/reset">
                            {sheet.line(Line {
                                name: "email",
                                label: t!(words, "field-email"),
                                kind: "email",
                                max: Some(254),
                                need: Need::Always,
                                autocomplete: "email",
                                ..Line::default()
                            })}
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "reset-go")}</button>
                        </form>
                        <p><a href="/sign-in">{t!(words, "reset-back")}</a></p>
                    </section>
                </div>
            </div>
        }
    })
}

fn answer(visit: &Visit, secret: &str, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let head = Head::titled(t!(words, "reset-new-title")).at(Place::Me).with_form(sent);
    let sheet = Sheet::plain(visit, "new-password", sent);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "reset-new-title")}</h1>
                            <p class="ink-2">{t!(words, "reset-new-text")}</p>
                        </header>
                        {sheet.summary()}
                        <form class="stack" method="post" novalidate=true action=format!("/reset/{secret}")>
                            {sheet.line(Line {
                                name: "password",
                                label: t!(words, "field-new-password"),
                                hint: Some(t!(words, "field-password-hint", min = shortest)),
                                kind: "password",
                                min: Some(SHORTEST),
                                max: Some(LONGEST),
                                need: Need::Always,
                                autocomplete: "new-password",
                                ..Line::default()
                            })}
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "reset-new-go")}</button>
                        </form>
                    </section>
                </div>
            </div>
        }
    })
}

fn dead(visit: &Visit, status: StatusCode) -> Response {
    let words = visit.words;
    let head = Head { status: Some(status), ..Head::titled(t!(words, "dead-link-title")).at(Place::Me) };
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "dead-link-title")}</h1>
                        <p class="lede">{t!(words, "reset-dead-text")}</p>
                        <p><a class="btn btn--primary" href="/reset">{t!(words, "reset-again")}</a></p>
                    </section>
                </div>
            </div>
        }
    })
}
