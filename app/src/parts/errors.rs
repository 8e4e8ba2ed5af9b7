//! Pages for what went wrong: each says what is true, what is safe, and what to do next.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use forum::{Error, error::Denied};
use leptos::prelude::*;

use super::{Head, respond, when};
use crate::{
    pages::draft,
    parts::shell::sign_in_path,
    t,
    web::{Failure, Visit, Web, see_other, status_of},
};

/// Dresses every bare failure of a page, and sends visitors to sign in where somebody has to be signed in.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visit) = <Visit as axum::extract::FromRequestParts<Web>>::from_request_parts(&mut parts, &web).await;
    let is_get = parts.method == http::Method::GET || parts.method == http::Method::HEAD;
    let path = parts.uri.path().to_owned();
    if let Some(Failure(error)) = &visit.failed {
        return of_error(&visit, error, is_get);
    }
    let (typed, body) = match draft::read(&visit, &parts, body).await {
        Ok(read) => read,
        Err(status) => return of_status(&visit, status.into_response()),
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    let failure = response.extensions().get::<Failure>().cloned();
    let response = match &failure {
        Some(Failure(error)) => of_error(&visit, error, is_get),
        None if has_page(&response) => response,
        None => of_status(&visit, response),
    };
    let response = visit.renew_cookie(response);
    match (failure.as_ref().map(|failure| &*failure.0), typed) {
        (Some(Error::Unauthenticated), Some(typed)) => match draft::keep(&visit, &path, &typed).await {
            Some(jar) => (jar, draft::sign_in(&path, &typed)).into_response(),
            None => response,
        },
        (Some(Error::Forbidden(Denied::Unverified)), Some(typed)) => match draft::keep(&visit, &path, &typed).await {
            Some(jar) => (jar, response).into_response(),
            None => response,
        },
        _ if is_get => response,
        _ => draft::sent(&visit, &path, response).await,
    }
}

/// Whether the response says all that is needed: a success, a redirect, or an error with a body of ours.
pub fn has_page(response: &Response) -> bool {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return true;
    }
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/"))
}

/// The page of an error of the forum.
pub fn of_error(visit: &Visit, error: &Error, is_get: bool) -> Response {
    let words = visit.words;
    if visit.wants_json {
        return data(visit, error);
    }
    match error {
        Error::NotFound => page(visit, StatusCode::NOT_FOUND, t!(words, "error-404-title"), t!(words, "error-404-text")),
        Error::Unauthenticated if is_get => see_other(&sign_in_path(visit)),
        // the page that the form was on
        Error::Unauthenticated => {
            let path = visit.path.split('?').next().unwrap_or_default();
            let page = path.strip_prefix("/p/").and_then(|rest| rest.split('/').next());
            let next =
                page.map(|id| form_urlencoded::Serializer::new(String::new()).append_pair("next", &format!("/p/{id}")).finish());
            see_other(&next.map_or_else(|| "/sign-in".to_owned(), |next| format!("/sign-in?{next}")))
        }
        Error::Forbidden(Denied::Unverified) => {
            page(visit, StatusCode::FORBIDDEN, t!(words, "error-unverified-title"), t!(words, "error-unverified-text"))
        }
        Error::Forbidden(denied) => page(visit, StatusCode::FORBIDDEN, t!(words, "error-403-title"), words.denied(*denied)),
        Error::Banned(ban) => page_with(visit, StatusCode::FORBIDDEN, t!(words, "error-403-title"), words.banned(ban), || {
            view! { <a class="btn btn--primary" href=format!("/moderation/{}", ban.act)>{t!(words, "banned-object")}</a> }
                .into_any()
        }),
        Error::Invalid(fields) => {
            let text = fields.iter().map(|f| words.problem(&f.problem)).collect::<Vec<_>>().join(" ");
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, t!(words, "error-422-title"), text)
        }
        Error::Conflict(conflict) => page(visit, status_of(error), t!(words, "error-409-title"), words.conflict(*conflict)),
        Error::Limited { retry_after } => {
            let text = too_soon(visit, *retry_after);
            not_before(error, page(visit, StatusCode::TOO_MANY_REQUESTS, t!(words, "error-429-title"), text))
        }
        Error::Unavailable(source) => {
            tracing::error!(error = %source, request_id = %visit.request_id, path = %visit.path, "a page has to wait");
            let (title, text) = (t!(words, "error-503-title"), t!(words, "error-503-text"));
            not_before(error, page(visit, StatusCode::SERVICE_UNAVAILABLE, title, text))
        }
        Error::Internal(source) => {
            tracing::error!(error = %source, request_id = %visit.request_id, path = %visit.path, "a page failed");
            page(visit, StatusCode::INTERNAL_SERVER_ERROR, t!(words, "error-500-title"), t!(words, "error-500-text"))
        }
    }
}

/// Seconds beyond which nobody counts them, and is told the day and the hour.
const COUNTED: u64 = 300;

/// When something may be tried again that came too soon.
fn too_soon(visit: &Visit, retry_after: u64) -> String {
    match later(visit, retry_after) {
        Ok(seconds) => t!(visit.words, "error-429-text", seconds = seconds),
        Err(when) => t!(visit.words, "error-429-later", when = when),
    }
}

/// The same beside the form that holds what was typed.
pub(super) fn too_soon_here(visit: &Visit, retry_after: u64) -> String {
    match later(visit, retry_after) {
        Ok(seconds) => t!(visit.words, "form-too-soon", seconds = seconds),
        Err(when) => t!(visit.words, "form-too-soon-later", when = when),
    }
}

fn later(visit: &Visit, retry_after: u64) -> Result<i64, String> {
    let seconds = i64::try_from(retry_after).unwrap_or(i64::MAX);
    let at = TimeDelta::try_seconds(seconds).and_then(|wait| visit.now.checked_add_signed(wait));
    match at {
        // rounded up, or it would be too soon again
        Some(at) if retry_after > COUNTED => Err(when::deadline_text(visit, at + TimeDelta::minutes(1))),
        _ => Ok(seconds),
    }
}

/// The answer to an error, with when to try again.
fn not_before(error: &Error, mut response: Response) -> Response {
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The page of an error that is known by its status only.
pub fn of_status(visit: &Visit, response: Response) -> Response {
    let words = visit.words;
    let (parts, _) = response.into_parts();
    let (title, text) = match parts.status {
        StatusCode::NOT_FOUND => (t!(words, "error-404-title"), t!(words, "error-404-text")),
        StatusCode::METHOD_NOT_ALLOWED => (t!(words, "error-405-title"), t!(words, "error-405-text")),
        StatusCode::FORBIDDEN => (t!(words, "error-403-title"), t!(words, "denied-origin")),
        StatusCode::REQUEST_TIMEOUT => (t!(words, "error-408-title"), t!(words, "error-408-text")),
        StatusCode::PAYLOAD_TOO_LARGE => (t!(words, "error-413-title"), t!(words, "error-413-text")),
        StatusCode::SERVICE_UNAVAILABLE => (t!(words, "error-503-title"), t!(words, "error-503-text")),
        status if status.is_server_error() => (t!(words, "error-500-title"), t!(words, "error-500-text")),
        _ => (t!(words, "error-422-title"), t!(words, "problem-malformed")),
    };
    let mut dressed = page(visit, parts.status, title, text);
    if parts.status == StatusCode::SERVICE_UNAVAILABLE {
        // a layer that gave up waiting knows no more than that
        dressed.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(Error::RETRY_UNAVAILABLE));
    }
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = parts.headers.get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

/// The error as data, for a script of ours.
fn data(visit: &Visit, error: &Error) -> Response {
    let words = visit.words;
    let message = match error {
        Error::NotFound => t!(words, "error-404-title"),
        Error::Unauthenticated => t!(words, "error-401-text"),
        Error::Forbidden(denied) => words.denied(*denied),
        Error::Banned(ban) => words.banned(ban),
        Error::Invalid(fields) => fields.iter().map(|f| words.problem(&f.problem)).collect::<Vec<_>>().join(" "),
        Error::Conflict(conflict) => words.conflict(*conflict),
        Error::Limited { retry_after } => too_soon(visit, *retry_after),
        Error::Unavailable(source) => {
            tracing::error!(error = %source, request_id = %visit.request_id, path = %visit.path, "an island has to wait");
            t!(words, "error-503-text")
        }
        Error::Internal(source) => {
            tracing::error!(error = %source, request_id = %visit.request_id, path = %visit.path, "a request of an island failed");
            t!(words, "error-500-text")
        }
    };
    let body = serde_json::json!({ "message": message }).to_string();
    not_before(error, (status_of(error), [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// What is not here under that address may be found by its words.
fn search(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    view! {
        <form class="hero__line" method="get" action="/" role="search">
            <label class="sr" for="q">{t!(words, "search-label")}</label>
            <input class="input" id="q" name="q" type="search" dir="auto" placeholder=t!(words, "search-label") />
            <button class="btn">{t!(words, "search-go")}</button>
        </form>
    }
}

/// A page for an error: code, title, what to do, and the number that the log knows the request by.
pub fn page(visit: &Visit, status: StatusCode, title: String, text: String) -> Response {
    page_with(visit, status, title, text, || ().into_any())
}

/// The same with something that can be done about it.
fn page_with(visit: &Visit, status: StatusCode, title: String, text: String, act: impl FnOnce() -> AnyView) -> Response {
    let words = visit.words;
    let head = Head { status: Some(status), ..Head::titled(title.clone()) };
    let unverified = visit.account.as_ref().is_some_and(|a| !a.verified) && status == StatusCode::FORBIDDEN;
    respond(visit, head, || {
        view! {
            <div class="wrap page">
                <section class="error-page">
                    <p class="error-page__code">{status.as_u16()}</p>
                    <h1 class="h-page">{title}</h1>
                    <p class="lede">{text}</p>
                    {(status == StatusCode::NOT_FOUND).then(|| search(visit))}
                    <div class="cluster">
                        {act()}
                        {unverified.then(|| view! {
                            <form method="post" novalidate=true action="/verify/again">
                                <button class="btn btn--primary">{t!(words, "error-send-again")}</button>
                            </form>
                        })}
                        <a class="btn" href="/">{t!(words, "error-home")}</a>
                        <a class="btn" href="/?sort=new">{t!(words, "error-new")}</a>
                    </div>
                    {(!visit.request_id.is_empty()).then(|| view! {
                        <p class="meta">{t!(words, "error-reference")}" "<code>{visit.request_id.clone()}</code></p>
                    })}
                </section>
            </div>
        }
    })
}
