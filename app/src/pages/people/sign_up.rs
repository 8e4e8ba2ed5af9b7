//! A new account. Whoever asks hears the same, whether or not the address is known: the rest stands in the mail.

use axum::{
    Form, Router,
    extract::Query,
    response::{IntoResponse as _, Response},
    routing::get,
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use forum::{
    Error, Tx, challenge, limit,
    link::Onward,
    password::{LONGEST, SHORTEST},
    person::{self, NAME_MAX, SignUp},
};
use leptos::prelude::*;

use super::with_next;
use crate::{
    islands::proof_of_work::ProofOfWork,
    pages::draft,
    parts::{
        Head, Place,
        form::{Line, Need, Sent, Sheet, Typed, trap, untrapped},
        icon, respond,
    },
    t,
    web::{PageResult, Visit, Web, local_path, see_other},
};

/// The form.
const KEY: &str = "sign-up";
/// The cookie with the address that a mail went to.
const ADDRESS: &str = "address";

/// `/sign-up`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/sign-up", get(show).post(create))
}

async fn show(visit: Visit, jar: CookieJar, Query(typed): Query<Typed>) -> PageResult {
    if visit.account.is_some() {
        return Ok(see_other("/me"));
    }
    let purpose = draft::purpose(&visit).await?;
    Ok(form(&visit, None, local_path(typed.get("next")), purpose, &address_of(&jar)))
}

/// The address that was typed last in this browser: whoever mistyped it finds it there.
pub(super) fn address_of(jar: &CookieJar) -> String {
    jar.get(ADDRESS).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn address_cookie(visit: &Visit, email: &str) -> Cookie<'static> {
    let mut cookie = visit.cookie(ADDRESS, email);
    cookie.set_http_only(true);
    cookie.set_max_age(cookie::time::Duration::days(1));
    cookie
}

async fn create(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    count(&visit, typed.get(challenge::FIELD)).await?;
    let sign_up = SignUp {
        email: typed.text("email"),
        password: typed.text("password"),
        name: typed.text("name"),
        language: Some(visit.language()),
    };
    let next = local_path(typed.get("next")).to_owned();
    let email = sign_up.email.trim().to_lowercase();
    let prepared = match untrapped(&typed) {
        Ok(()) => sign_up.prepare_for(visit.forum()).await,
        Err(error) => Err(error),
    };
    let new = match prepared {
        Ok(new) => new,
        Err(error) => {
            let purpose = draft::purpose(&visit).await?;
            return Ok(form(&visit, Some(&Sent::invalid(&visit, KEY, typed, error)?), &next, purpose, ""));
        }
    };
    // the mail may be opened in another browser
    let onward = Onward { next: Some(next).filter(|next| next != "/"), draft: visit.draft.clone(), client: visit.client.clone() };
    visit.forum().write(&visit.actor, async |tx| person::sign_up(tx, new, &onward).await).await?;
    Ok((CookieJar::new().add(address_cookie(&visit, &email)), see_other("/verify")).into_response())
}

/// Counts the form, as one without proof of work when what it brings is worth nothing: it may have stood open for longer than that counts.
async fn count(visit: &Visit, proof: &str) -> Result<(), Error> {
    let within = async |proof: &str| {
        let count = async |tx: &mut Tx| challenge::count(tx, limit::SIGN_UP, limit::SIGN_UP_PROVEN, &visit.client, proof).await;
        visit.forum().write_aside(&visit.actor, count).await
    };
    match within(proof).await {
        Err(Error::Invalid(_)) => within("").await,
        counted => counted,
    }
}

fn form(visit: &Visit, sent: Option<&Sent>, next: &str, purpose: Option<AnyView>, email: &str) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let head = Head::titled(t!(words, "sign-up-title")).at(Place::Me).with_form(sent);
    let sheet = Sheet::plain(visit, KEY, sent);
    let sign_in = with_next("/sign-in", next);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin">
                    <section class="stack gap-5">
                        <header class="stack gap-1">
                            <h1 class="h-page">{t!(words, "sign-up-title")}</h1>
                            <p class="ink-2">{t!(words, "sign-up-known")}" "<a href=sign_in>{t!(words, "sign-up-to-sign-in")}</a></p>
                        </header>
                        {purpose}
                        {sheet.summary()}
                        <form class="stack" method="post" novalidate=true action="/sign-up">
                            <input type="hidden" name="next" value=next.to_owned() />
                            <ProofOfWork action="/api/v1/challenge".to_owned() />
                            {trap(visit)}
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
                                name: "email",
                                label: t!(words, "field-email"),
                                hint: Some(t!(words, "field-email-hint")),
                                kind: "email",
                                value: email,
                                max: Some(254),
                                need: Need::Always,
                                autocomplete: "email",
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
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "sign-up-go")}</button>
                        </form>
                        <p class="meta">{t!(words, "sign-up-agree")}" "<a href="/rules">{t!(words, "sign-up-rules")}</a>" · "<a href="/privacy">{t!(words, "sign-up-privacy")}</a></p>
                    </section>
                    <section class="stack gap-6">
                        <h2 class="h-section">{t!(words, "sign-up-next")}</h2>
                        <ul class="plain">
                            <li>{icon(visit, "mail")}<div><b>{t!(words, "sign-up-next-mail")}</b>{t!(words, "sign-up-next-mail-text")}</div></li>
                            <li>{icon(visit, "clock")}<div><b>{t!(words, "sign-up-next-clock")}</b>{t!(words, "sign-up-next-clock-text")}</div></li>
                            <li>{icon(visit, "shield")}<div><b>{t!(words, "sign-up-next-name")}</b>{t!(words, "sign-up-next-name-text")}</div></li>
                        </ul>
                    </section>
                </div>
            </div>
        }
    })
}
