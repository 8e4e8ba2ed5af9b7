//! What is held of me: to take along, and to have erased.

use axum::{
    Form, Router,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use forum::{
    Error,
    error::{Check, Problem},
    person::Account,
    personal::{self, Texts},
    proof::{self, Attempt, KnownBy},
};
use leptos::prelude::*;

use super::page;
use crate::{
    pages::people::signed_out,
    parts::{
        archive::{ZIP, archive},
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        icon,
    },
    t,
    web::{PageResult, Visit, Web},
};

const HERE: &str = "/me/data";
/// The form.
const KEY: &str = "erase";

pub(super) fn routes() -> Router<Web> {
    Router::new().route(HERE, get(show)).route("/me/export", get(export)).route("/me/erase", post(erase))
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    Ok(form(&visit, account, None))
}

async fn export(visit: Visit) -> PageResult {
    visit.require_account()?;
    let export = personal::of(visit.forum(), &visit.actor).await?;
    let zip = archive(visit.words, &visit.site.name, &export)?;
    let name = format!("attachment; filename=\"answerable-{}.zip\"", visit.today());
    let name = HeaderValue::from_str(&name).map_err(Error::internal)?;
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(ZIP)), (header::CONTENT_DISPOSITION, name)];
    Ok((kind, zip).into_response())
}

async fn erase(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    personal::may_erase(&visit.actor)?;
    let refused = |error: Error| {
        let sent = Sent::invalid(&visit, KEY, typed.clone(), error)?;
        Ok(form(&visit, account, Some(&sent)))
    };
    let mut check = Check::new();
    let texts = check.field("texts", Texts::parse(typed.get("texts")));
    let password = typed.get("present_password");
    if password.is_empty() {
        check.refuse("present_password", Problem::Required);
    }
    let texts = match check.finish(texts) {
        Ok(texts) => texts,
        Err(error) => return refused(error),
    };
    let known_by = visit.session.as_deref().map_or(KnownBy::Nothing, |secret| KnownBy::Key(account.id, secret));
    let email = account.email.as_deref().unwrap_or_default();
    let attempt = Attempt { email, password, client: &visit.client, known_by };
    if proof::by_password(visit.forum(), &attempt).await?.is_none() {
        return refused(Error::invalid("present_password", Problem::WrongPassword));
    }
    visit.forum().write(&visit.actor, async |tx| personal::erase(tx, texts).await).await?;
    // the log of the database holds the name until it is emptied; if somebody is reading right now, the sweep does it later
    if let Err(error) = personal::scrub(visit.forum(), visit.now).await {
        tracing::info!(%error, "the log of the database is emptied later");
    }
    Ok(signed_out(&visit, "/?done=erased").await?)
}

fn form(visit: &Visit, account: &Account, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let sheet = Sheet::plain(visit, KEY, sent);
    let site = visit.site.name.as_str();
    let is_staff = personal::may_erase(&visit.actor).is_err();
    page(visit, account, HERE, sent, || {
        let erase = if is_staff {
            view! { <p class="ink-2">{t!(words, "conflict-still-staff")}</p> }.into_any()
        } else {
            let choices = [("keep", t!(words, "erase-keep")), ("erase", t!(words, "erase-take-back"))];
            view! {
                {sheet.summary()}
                <form class="stack" method="post" novalidate=true action="/me/erase">
                    <input type="email" name="email" value=account.email.clone() autocomplete="username" hidden=true />
                    {sheet.choice(Choice {
                        name: "texts",
                        label: t!(words, "erase-texts"),
                        hint: Some(t!(words, "erase-texts-hint")),
                        options: choices.into_iter().map(|(value, label)| (value.to_owned(), label)).collect(),
                        value: "keep",
                        need: Need::Always,
                    })}
                    {sheet.line(Line {
                        name: "present_password",
                        label: t!(words, "field-present-password"),
                        kind: "password",
                        need: Need::Always,
                        autocomplete: "current-password",
                        ..Line::default()
                    })}
                    <div><button class="btn btn--danger">{t!(words, "erase-go")}</button></div>
                </form>
            }
            .into_any()
        };
        view! {
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "export-title")}</h2>
                <p class="ink-2">{t!(words, "export-text", site = site)}</p>
                <div><a class="btn" href="/me/export" download=true>{icon(visit, "download")}{t!(words, "export-go")}</a></div>
            </section>
            <section class="section narrow" id="erase">
                <h2 class="h-section">{t!(words, "erase-title")}</h2>
                <div class="prose"><ul>
                    <li>{t!(words, "erase-gone")}</li>
                    <li>{t!(words, "erase-stays")}</li>
                    <li>{t!(words, "erase-for-good")}</li>
                </ul></div>
                {erase}
            </section>
        }
    })
}
