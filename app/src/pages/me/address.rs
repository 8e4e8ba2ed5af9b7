//! Another address: asked for among the settings, taken with the link that is mailed to it.

use axum::{
    Form, Router,
    extract::Path,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    error::{Check, Problem},
    link::{Onward, Purpose},
    person::{self, parse_email},
    proof::{self, Attempt, KnownBy},
};
use leptos::prelude::*;

use super::settings;
use crate::{
    parts::{
        Head, Place,
        form::{Sent, Typed},
        respond,
    },
    t,
    web::{PageResult, Visit, Web, link_alive, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/address", post(ask)).route("/address/{secret}", get(show).post(take))
}

/// Asks at another address whether it is theirs, of whoever knows the password.
async fn ask(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let refused = |error: Error| {
        let sent = Sent::invalid(&visit, settings::ADDRESS, typed.clone(), error)?;
        Ok(settings::form(&visit, account, Some(&sent)))
    };
    let (email, password) = (typed.get("email"), typed.get("password"));
    let mut check = Check::new();
    check.field("email", parse_email(email));
    if password.is_empty() {
        check.refuse("password", Problem::Required);
    }
    if let Err(error) = check.finish(()) {
        return refused(error);
    }
    let this = visit.session.as_deref();
    let known_by = this.map_or(KnownBy::Nothing, |secret| KnownBy::Key(account.id, secret));
    let present = account.email.as_deref().unwrap_or_default();
    let attempt = Attempt { email: present, password, client: &visit.client, known_by };
    if proof::by_password(visit.forum(), &attempt).await?.is_none() {
        return refused(Error::invalid("password", Problem::WrongPassword));
    }
    let onward = Onward { next: None, draft: None, client: visit.client.clone() };
    match visit.forum().write(&visit.actor, async |tx| person::ask_for_email(tx, email, &onward).await).await {
        Ok(()) => Ok(see_other("/me/settings?done=address-asked")),
        Err(error) => refused(error),
    }
}

async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    visit.require_account()?;
    if !link_alive(&visit, Purpose::Address, &secret).await? {
        return Ok(dead(&visit, StatusCode::GONE));
    }
    let words = visit.words;
    let head = Head::titled(t!(words, "address-title")).at(Place::Me);
    Ok(respond(&visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{t!(words, "address-title")}</h1>
                        <p class="lede">{t!(words, "address-text")}</p>
                        <form method="post" novalidate=true action=format!("/address/{secret}")>
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "address-go")}</button>
                        </form>
                    </section>
                </div>
            </div>
        }
    }))
}

async fn take(visit: Visit, Path(secret): Path<String>) -> PageResult {
    visit.require_account()?;
    match visit.forum().write(&visit.actor, async |tx| person::take_email(tx, &secret).await).await {
        Ok(()) => Ok(see_other("/me/settings?done=address-changed")),
        Err(Error::Invalid(_)) => Ok(dead(&visit, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => Err(error.into()),
    }
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
                        <p class="lede">{t!(words, "address-dead")}</p>
                        <p><a class="btn btn--primary" href="/me/settings">{t!(words, "me-settings")}</a></p>
                    </section>
                </div>
            </div>
        }
    })
}
