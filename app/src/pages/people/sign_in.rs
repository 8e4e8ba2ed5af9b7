//! Signing in and out.

use axum::{
    Form, Router,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use forum::{
    Error, person,
    proof::{self, Attempt, KnownBy},
    session,
};
use leptos::prelude::*;

use super::{begin_session, signed_in, signed_out, with_next};
use crate::{
    pages::draft,
    parts::{
        Head, Place,
        form::{Line, Need, Sent, Sheet, Typed},
        icon, respond,
    },
    t,
    web::{PageResult, Visit, Web, local_path, see_other},
};

/// The form.
const KEY: &str = "sign-in";

/// `/sign-in`, `/sign-out`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/sign-in", get(show).post(enter)).route("/sign-out", post(leave))
}

async fn show(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    if visit.account.is_some() {
        return Ok(see_other("/me"));
    }
    let purpose = draft::purpose(&visit).await?;
    Ok(form(&visit, &Sent::unread(KEY, typed.clone()), local_path(typed.get("next")), purpose))
}

async fn enter(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let (email, password, next) = (person::address_key(typed.get("email")), typed.get("password"), local_path(typed.get("next")));
    let purpose = draft::purpose(&visit).await?;
    let general = |text| Sent::general(KEY, typed.clone(), text);
    let again = |sent: Sent| form(&visit, &sent, next, purpose);
    if email.is_empty() || password.is_empty() {
        return Ok(again(general(t!(visit.words, "sign-in-empty"))));
    }
    let known_by = visit.known_by.as_deref().map_or(KnownBy::Nothing, KnownBy::Device);
    let attempt = Attempt { email: &email, password, client: &visit.client, known_by };
    let account = match proof::by_password(visit.forum(), &attempt).await {
        Ok(Some(account)) => account,
        Ok(None) => return Ok(again(general(t!(visit.words, "sign-in-wrong")))),
        Err(Error::Limited { retry_after }) => {
            // with the way in that is open to the owner of an account at which strangers guess
            let text = t!(visit.words, "sign-in-limited", seconds = i64::try_from(retry_after).unwrap_or(i64::MAX));
            let page = again(general(text).answered(StatusCode::TOO_MANY_REQUESTS));
            return Ok(([(header::RETRY_AFTER, retry_after.to_string())], page).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let stays = !typed.get("stay").is_empty();
    let begun = visit.forum().write_aside(&visit.actor, async |tx| begin_session(tx, &visit, account.id, stays).await).await?;
    // who works here comes to work
    let next = if next == "/" && account.actor(None).staff().is_ok() { "/triage" } else { next };
    Ok(signed_in(&visit, &begun, next))
}

async fn leave(visit: Visit) -> PageResult {
    if let Some(secret) = &visit.session {
        visit.forum().write_aside(&visit.actor, async |tx| session::end(tx, secret).await).await?;
    }
    Ok(signed_out(&visit, "/?done=signed-out").await?)
}

fn form(visit: &Visit, sent: &Sent, next: &str, purpose: Option<AnyView>) -> Response {
    let words = visit.words;
    let head = Head::titled(t!(words, "sign-in-title")).at(Place::Me).with_form(Some(sent));
    let sheet = Sheet::plain(visit, KEY, Some(sent));
    let sign_up = with_next("/sign-up", next);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin">
                    <section class="stack gap-5">
                        <header class="stack gap-1">
                            <h1 class="h-page">{t!(words, "sign-in-title")}</h1>
                            <p class="ink-2">{t!(words, "sign-in-new")}" "<a href=sign_up>{t!(words, "sign-in-to-sign-up")}</a></p>
                        </header>
                        {purpose}
                        {sheet.summary()}
                        <form class="stack" method="post" novalidate=true action="/sign-in">
                            <input type="hidden" name="next" value=next.to_owned() />
                            {sheet.line(Line {
                                name: "email",
                                label: t!(words, "field-email"),
                                kind: "email",
                                need: Need::Always,
                                autocomplete: "email",
                                ..Line::default()
                            })}
                            <div class="field">
                                <div class="between">
                                    <label for="password">{t!(words, "field-password")}</label>
                                    <a class="sm" href="/reset">{t!(words, "sign-in-forgot")}</a>
                                </div>
                                <input
                                    class="input"
                                    id="password"
                                    name="password"
                                    type="password"
                                    required=true
                                    autocomplete="current-password"
                                />
                            </div>
                            {sheet.tick("stay", t!(words, "sign-in-stay"), false)}
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "sign-in-go")}</button>
                        </form>
                    </section>
                    <section class="stack gap-6">
                        <h2 class="h-section">{t!(words, "sign-in-why")}</h2>
                        <ul class="plain">
                            <li>{icon(visit, "eye")}<div><b>{t!(words, "sign-in-why-read")}</b>{t!(words, "sign-in-why-read-text")}</div></li>
                            <li>{icon(visit, "plus")}<div><b>{t!(words, "sign-in-why-post")}</b>{t!(words, "sign-in-why-post-text")}</div></li>
                            <li>{icon(visit, "up")}<div><b>{t!(words, "sign-in-why-vote")}</b>{t!(words, "sign-in-why-vote-text")}</div></li>
                        </ul>
                    </section>
                </div>
            </div>
        }
    })
}
