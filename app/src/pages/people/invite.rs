//! Joining the staff, by the link that was mailed to a colleague.

use axum::{Form, Router, extract::Path, http::StatusCode, response::Response, routing::get};
use forum::{
    Error,
    invitation::{self, Invitation},
    password::{LONGEST, SHORTEST},
    person::{NAME_MAX, SignUp, shown_email},
};
use leptos::prelude::*;

use super::{begin_session, signed_in};
use crate::{
    i18n::names,
    parts::{
        Head, Place,
        form::{Line, Need, Sent, Sheet, Typed},
        respond,
    },
    t,
    web::{PageResult, Visit, Web},
};

/// The form.
const KEY: &str = "invite";

/// `/invite/{secret}`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/invite/{secret}", get(show).post(join))
}

async fn find(visit: &Visit, secret: &str) -> Result<Option<Invitation>, Error> {
    invitation::by_secret(visit.forum().read(), secret, visit.now).await
}

async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    Ok(match find(&visit, &secret).await? {
        Some(invitation) => form(&visit, &secret, &invitation, None),
        None => dead(&visit, StatusCode::GONE),
    })
}

async fn join(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    // looked at first, so that nobody makes the machine hash passwords without a link
    let Some(invitation) = find(&visit, &secret).await? else { return Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY)) };
    let sign_up = SignUp {
        email: invitation.email.clone(),
        password: typed.text("password"),
        name: typed.text("name"),
        language: Some(visit.language()),
    };
    let new = match sign_up.prepare(visit.forum()).await {
        Ok(new) => new,
        Err(error) => return Ok(form(&visit, &secret, &invitation, Some(&Sent::invalid(&visit, KEY, typed, error)?))),
    };
    let session = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let person = invitation::accept(tx, &secret, &new).await?;
            begin_session(tx, &visit, person, false).await
        })
        .await;
    match session {
        Ok(session) => Ok(signed_in(&visit, &session, "/triage?done=joined")),
        Err(Error::Invalid(_)) => Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => Err(error.into()),
    }
}

fn form(visit: &Visit, secret: &str, invitation: &Invitation, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let site = visit.site.name.as_str();
    let head = Head::titled(t!(words, "invite-title", site = site)).at(Place::Me).with_form(sent);
    let sheet = Sheet::plain(visit, KEY, sent);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "invite-title", site = site)}</h1>
                            <p class="ink-2">{t!(words, "invite-text", role = words.name(names::ROLE, invitation.role))}</p>
                        </header>
                        {sheet.summary()}
                        <form class="stack" method="post" novalidate=true action=format!("/invite/{secret}")>
                            <p class="stack gap-1"><span class="label">{t!(words, "field-email")}</span><b>{shown_email(&invitation.email)}</b></p>
                            <input type="text" name="email" value=invitation.email.clone() autocomplete="username" hidden=true />
                            {sheet.line(Line {
                                name: "name",
                                label: t!(words, "field-name"),
                                hint: Some(t!(words, "field-name-hint")),
                                max: Some(NAME_MAX),
                                need: Need::Always,
                                autocomplete: "name",
                                ..Line::default()
                            })}
                            {sheet.line(Line {
                                name: "password",
                                label: t!(words, "field-password"),
                                hint: Some(t!(words, "field-password-hint", min = shortest)),
                                kind: "password",
                                min: Some(SHORTEST),
                                max: Some(LONGEST),
                                need: Need::Always,
                                autocomplete: "new-password",
                                ..Line::default()
                            })}
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "invite-go")}</button>
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
                        <p class="lede">{t!(words, "invite-dead-text")}</p>
                    </section>
                </div>
            </div>
        }
    })
}
