//! Showing that an e-mail address is one's own. The link in the mail opens a page with a button: programs that look through mail
//! follow links, and must not verify anything by that.

use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use forum::{
    Error,
    link::{Onward, Purpose},
    person::{self, Verified},
};
use leptos::prelude::*;

use super::{begin_session, sign_up::address_of, signed_in};
use crate::{
    parts::{Head, Place, icon, respond},
    t,
    web::{PageResult, Visit, Web, link_alive, local_path, see_other},
};

/// `/verify`, `/verify/{secret}`, `/verify/again`.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/verify", get(look_in_your_mail))
        .route("/verify/again", post(again))
        .route("/verify/{secret}", get(show).post(verify))
}

async fn look_in_your_mail(visit: Visit, jar: CookieJar) -> PageResult {
    if visit.account.as_ref().is_some_and(|a| a.verified) {
        return Ok(see_other("/me"));
    }
    let words = visit.words;
    let head = Head::titled(t!(words, "verify-mail-title")).at(Place::Me);
    let email = visit.account.as_ref().and_then(|account| account.email.clone()).unwrap_or_else(|| address_of(&jar));
    Ok(respond(&visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "verify-mail-title")}</h1>
                        {(!email.is_empty()).then(|| view! {
                            <p class="lede">{t!(words, "verify-mail-to")}" "<b><bdi>{email.clone()}</bdi></b></p>
                        })}
                        <p class="lede">{t!(words, "verify-mail-text")}</p>
                        <ul class="plain">
                            <li>{icon(&visit, "mail")}<div><b>{t!(words, "verify-mail-missing")}</b>{t!(words, "verify-mail-missing-text")}</div></li>
                            <li>{icon(&visit, "user")}<div><b>{t!(words, "verify-mail-known")}</b>{t!(words, "verify-mail-known-text")}</div></li>
                        </ul>
                        {ask_again(&visit)}
                    </section>
                </div>
            </div>
        }
    }))
}

async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    if !link_alive(&visit, Purpose::Verify, &secret).await? {
        return Ok(dead(&visit, StatusCode::GONE));
    }
    let words = visit.words;
    let head = Head::titled(t!(words, "verify-title")).at(Place::Me);
    Ok(respond(&visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "verify-title")}</h1>
                        <p class="lede">{t!(words, "verify-text")}</p>
                        <form method="post" novalidate=true action=format!("/verify/{secret}")>
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "verify-go")}</button>
                        </form>
                    </section>
                </div>
            </div>
        }
    }))
}

async fn verify(visit: Visit, Path(secret): Path<String>) -> PageResult {
    let session = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let verified = person::verify(tx, &secret, visit.draft.as_deref()).await?;
            Ok((begin_session(tx, &visit, verified.person, false).await?, verified))
        })
        .await;
    match session {
        Ok((session, Verified { draft: Some(draft), .. })) if visit.draft.is_none() => {
            // written in another browser
            let jar = CookieJar::new().add(visit.draft_cookie(draft.reveal()));
            Ok((jar, signed_in(&visit, &session, "/draft")).into_response())
        }
        Ok((session, verified)) => {
            let next = verified.next.as_deref().map_or("/", local_path);
            let next = if next == "/" { "/?done=verified" } else { next };
            Ok(signed_in(&visit, &session, next))
        }
        Err(Error::Invalid(_)) => Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => Err(error.into()),
    }
}

async fn again(visit: Visit) -> PageResult {
    visit.require_account()?;
    let onward = Onward { next: None, draft: visit.draft.clone(), client: visit.client.clone() };
    visit.forum().write(&visit.actor, async |tx| person::send_verification(tx, &onward).await).await?;
    Ok(see_other("/me?done=link-sent"))
}

/// The link was used, is too old or never was: what is true, and the way on.
fn dead(visit: &Visit, status: StatusCode) -> Response {
    let words = visit.words;
    let verified = visit.account.as_ref().is_some_and(|a| a.verified);
    let head = Head { status: Some(status), ..Head::titled(t!(words, "dead-link-title")).at(Place::Me) };
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "dead-link-title")}</h1>
                        {if verified {
                            view! {
                                <p class="lede">{t!(words, "verify-done-already")}</p>
                                <p><a class="btn btn--primary" href="/">{t!(words, "error-home")}</a></p>
                            }.into_any()
                        } else {
                            view! {
                                <p class="lede">{t!(words, "verify-dead-text")}</p>
                                {ask_again(visit)}
                            }.into_any()
                        }}
                    </section>
                </div>
            </div>
        }
    })
}

/// The way to another mail: at once for who is signed in; others sign in first, so that nobody can have mail sent to strangers.
fn ask_again(visit: &Visit) -> AnyView {
    let words = visit.words;
    if visit.account.is_some() {
        view! {
            <form method="post" novalidate=true action="/verify/again">
                <button class="btn btn--block">{icon(visit, "mail")}{t!(words, "error-send-again")}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="stack gap-2">
                <a class="btn btn--block" href="/sign-up">{icon(visit, "mail")}{t!(words, "verify-change")}</a>
                <a class="btn btn--quiet btn--block" href="/sign-in?next=/me">{t!(words, "verify-sign-in")}</a>
            </p>
        }
        .into_any()
    }
}
