//! What was written before its author had signed in, or had shown that their address is theirs: kept whole while they do that, and handed
//! back in its form. A vote is cast then, since there is nothing left to say.

use axum::{
    Extension, Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
    routing::get,
};
use axum_extra::extract::CookieJar;
use forum::{
    Error,
    draft::{self, Draft, LONGEST},
    post,
    vote::Stance,
};
use leptos::prelude::*;
use tower::ServiceExt as _;

use crate::{
    parts::{Head, form::Typed, respond},
    t,
    web::{PageResult, Visit, Web, see_other},
};

const FORM: &str = "application/x-www-form-urlencoded";
/// Where what was written comes back.
const PATH: &str = "/draft";

/// `/draft`. `pages` are those whose forms can be kept.
pub(super) fn routes(pages: Router) -> Router<Web> {
    Router::new().route(PATH, get(resume)).layer(Extension(pages))
}

/// What somebody sends who may not send it yet, read before anybody judges it.
pub(crate) async fn read(visit: &Visit, parts: &Parts, body: Body) -> Result<(Option<Bytes>, Body), StatusCode> {
    let is_known = visit.account.as_ref().is_some_and(|account| account.verified);
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if parts.method != Method::POST || is_known || visit.wants_json || !kind.starts_with(FORM) {
        return Ok((None, body));
    }
    let bytes = to_bytes(body, usize::MAX).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok((Some(bytes.clone()), Body::from(bytes)))
}

/// Keeps it, and hands the browser the secret. `None` when there is nothing to keep, or it can't be kept now.
pub(crate) async fn keep(visit: &Visit, path: &str, body: &[u8]) -> Option<CookieJar> {
    // a password is nothing that we keep
    let fields = form_urlencoded::parse(body).filter(|(name, _)| !name.contains("password"));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    if body.is_empty() || body.len() > LONGEST || path.len() > 2000 {
        return None;
    }
    let kept = visit.forum().write_aside(&visit.actor, async |tx| draft::keep(tx, &visit.client, path, &body).await).await;
    match kept {
        Ok(secret) => Some(CookieJar::new().add(visit.draft_cookie(secret.reveal()))),
        Err(Error::Limited { .. }) => None,
        Err(error) => {
            tracing::error!(%error, request_id = %visit.request_id, "what was written could not be kept");
            None
        }
    }
}

/// The way to sign in and back to what was kept.
pub(crate) fn sign_in(path: &str, body: &[u8]) -> Response {
    // the page of a post opens where its text is, far below what stands on top
    let body = String::from_utf8_lossy(body);
    let place = match Typed::of_body(&body).text("parent") {
        _ if !path.ends_with("/comments") => String::new(),
        parent if parent.parse::<i64>().is_ok() => format!("#comment-{parent}"),
        _ => "#comment-form".to_owned(),
    };
    let next = format!("{PATH}{place}");
    see_other(&format!("/sign-in?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish()))
}

/// Where a browser that has just signed in goes: to what it had written, else where it wanted to go.
pub(crate) fn onward(visit: &Visit, next: &str) -> String {
    if visit.draft.is_some() && !next.starts_with(PATH) { PATH.to_owned() } else { next.to_owned() }
}

/// After a form was taken: what was kept of it is of no more use.
pub(crate) async fn sent(visit: &Visit, path: &str, response: Response) -> Response {
    let is_taken = visit.account.is_some() && response.status().is_redirection() && !visit.forum().holds_back();
    let Some(secret) = visit.draft.as_deref().filter(|_| is_taken) else {
        return response;
    };
    match visit.forum().write_aside(&visit.actor, async |tx| draft::forget(tx, secret, Some(path)).await).await {
        Ok(true) => (CookieJar::new().add(visit.no_draft_cookie()), response).into_response(),
        Ok(false) => response,
        Err(error) => {
            tracing::warn!(%error, "what was sent could not be forgotten");
            response
        }
    }
}

/// What is kept for this browser.
pub(crate) async fn of(visit: &Visit) -> Result<Option<Draft>, Error> {
    match &visit.draft {
        Some(secret) => draft::by_secret(visit.forum().read(), secret, visit.now).await,
        None => Ok(None),
    }
}

/// What somebody signs in for, in words, and whether a text of theirs waits.
pub(crate) async fn purpose(visit: &Visit) -> Result<Option<AnyView>, Error> {
    let Some(draft) = of(visit).await? else { return Ok(None) };
    let words = visit.words;
    let typed = Typed::of_body(&draft.body);
    let (id, act) = match draft.path.strip_prefix("/p/").and_then(|rest| rest.split_once('/')) {
        Some((id, act)) => (id.parse().ok().map(forum::id::PostId), act),
        None => (None, draft.path.trim_start_matches('/')),
    };
    let title = match id {
        Some(id) => match post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await {
            Ok(row) => row.title,
            Err(Error::NotFound) => String::new(),
            Err(error) => return Err(error),
        },
        None => typed.text("title"),
    };
    let title = title.as_str();
    let is_vote = act == "vote";
    let text = match (title, act) {
        (_, act) if act.starts_with("receipt/") => t!(words, "draft-for-claim"),
        ("", _) => t!(words, "draft-for-else"),
        (_, "vote") if Stance::parse(typed.get("stance")) == Ok(Stance::Oppose) => t!(words, "draft-for-oppose", title = title),
        (_, "vote") => t!(words, "draft-for-support", title = title),
        (_, "comments") => t!(words, "draft-for-comment", title = title),
        (_, "new") => t!(words, "draft-for-post", title = title),
        _ => t!(words, "draft-for-act", title = title),
    };
    let kept = (!is_vote || !typed.get("reason").is_empty()).then(|| t!(words, "draft-kept"));
    Ok(Some(view! { <p class="panel panel--sunken"><b>{text}</b>" "{kept}</p> }.into_any()))
}

/// Sends it to its own form: for a vote as it stands, for everything else without anything being done, so that the form comes back.
async fn resume(visit: Visit, Extension(pages): Extension<Router>) -> PageResult {
    visit.require_account()?;
    let Some(draft) = of(&visit).await? else {
        return Ok((CookieJar::new().add(visit.no_draft_cookie()), see_other("/")).into_response());
    };
    let is_vote = draft.path.ends_with("/vote");
    if is_vote && draft.adopted {
        // what another browser wrote is nothing to be done unasked
        return Ok(sent(&visit, &draft.path, see_other(draft.path.trim_end_matches("/vote"))).await);
    }
    let mut own = Visit { path: draft.path.clone(), done: None, ..visit.clone() };
    if !is_vote {
        own.web.forum = own.web.forum.holding_back();
    }
    let mut request = Request::new(Body::from(draft.body.clone()));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = draft.path.parse().map_err(Error::internal)?;
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(FORM));
    request.extensions_mut().insert(own);
    let mut response = match pages.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let status = response.status();
    // a form that leads on was sent before, or has nothing to hold back
    if is_vote || status == StatusCode::OK || status.is_redirection() {
        return Ok(response);
    }
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        // nobody has sent it yet: that it can't be taken as it is, is no failure of this request
        *response.status_mut() = StatusCode::OK;
        return Ok(response);
    }
    Ok(homeless(&visit, &draft))
}

/// The form is gone, or not for this reader: what was typed is shown, so that it can be taken elsewhere.
fn homeless(visit: &Visit, draft: &Draft) -> Response {
    let words = visit.words;
    let texts = form_urlencoded::parse(draft.body.as_bytes())
        .filter(|(_, text)| text.chars().count() > 3)
        .map(|(_, text)| view! { <pre class="panel panel--sunken draft">{text.into_owned()}</pre> })
        .collect_view();
    respond(visit, Head::titled(t!(words, "draft-homeless-title")), || {
        view! {
            <div class="wrap page">
                <section class="stack gap-5 measure">
                    <h1 class="h-page">{t!(words, "draft-homeless-title")}</h1>
                    <p class="lede">{t!(words, "draft-homeless-text")}</p>
                    {texts}
                    <p><a class="btn" href="/">{t!(words, "error-home")}</a></p>
                </section>
            </div>
        }
    })
}
