//! Name, language, colours, e-mail address and password.

use axum::{
    Form, Router,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use forum::{
    Error,
    error::{Check, Problem},
    limit,
    password::{LONGEST, Password, SHORTEST},
    person::{self, Account, NAME_MAX},
    site::Language,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::page;
use crate::{
    i18n::names,
    parts::{
        form::{Errors, Field, select_field},
        icon,
    },
    t,
    web::{PageResult, Theme, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/settings", get(show).post(save)).route("/me/password", post(change_password))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    language: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Passwords {
    present_password: String,
    password: String,
}

impl Typed {
    fn of(visit: &Visit, account: &Account) -> Self {
        Self { name: account.name.clone(), language: visit.language().tag().to_owned() }
    }
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    Ok(form(&visit, account, &Typed::of(&visit, account), &Errors::default(), &Errors::default()))
}

async fn save(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let saved =
        visit.forum().write(&visit.actor, async |tx| person::update(tx, Some(&typed.name), Some(&typed.language)).await).await;
    if let Err(error) = saved {
        return Ok(form(&visit, account, &typed, &Errors::of(&visit, error)?, &Errors::default()));
    }
    // for the pages that this browser sees when nobody is signed in
    let jar = CookieJar::new().add(visit.cookie("language", Language::parse(&typed.language).unwrap_or(visit.language()).tag()));
    Ok((jar, see_other("/me/settings?done=saved")).into_response())
}

async fn change_password(visit: Visit, Form(typed): Form<Passwords>) -> PageResult {
    let account = visit.require_account()?;
    let email = account.email.as_deref().unwrap_or_default();
    let refused = |error: Error| {
        let errors = Errors::of(&visit, error)?;
        Ok(form(&visit, account, &Typed::of(&visit, account), &Errors::default(), &errors))
    };
    let mut check = Check::new();
    if typed.present_password.is_empty() {
        check.refuse("present_password", Problem::Required);
    }
    let password = check.field("password", Password::parse(&typed.password, &[email, &account.name]));
    let password = match check.finish(password) {
        Ok(password) => password,
        Err(error) => return refused(error),
    };
    // an open browser must not be a place to guess the password
    visit.forum().write_aside(&visit.actor, async |tx| limit::count(tx, limit::SIGN_IN_AS, email).await).await?;
    if person::authenticate(visit.forum(), email, &typed.present_password).await?.is_none() {
        return refused(Error::invalid("present_password", Problem::WrongPassword));
    }
    let hash = visit.forum().hasher().hash(password).await?;
    let this = visit.session.as_deref();
    visit.forum().write(&visit.actor, async |tx| person::change_password(tx, hash, this).await).await?;
    Ok(see_other("/me/settings?done=password-changed"))
}

fn form(visit: &Visit, account: &Account, typed: &Typed, errors: &Errors, password_errors: &Errors) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let any = if errors.is_empty() { password_errors } else { errors };
    page(visit, account, "/me/settings", any, || {
        let languages = Language::ALL.into_iter().map(|l| (l.tag().to_owned(), l.name().to_owned())).collect();
        let themes = Theme::ALL
            .into_iter()
            .map(|theme| {
                let here = theme == visit.theme;
                view! {
                    <button class="btn" name="theme" value=theme.as_str() aria-pressed=if here { "true" } else { "false" }>
                        {words.name(names::THEME, theme)}
                    </button>
                }
            })
            .collect_view();
        let email = account.email.clone().unwrap_or_default();
        let verified = if account.verified {
            view! { <span class="ok cluster gap-1">{icon(visit, "answered")}{t!(words, "settings-verified")}</span> }.into_any()
        } else {
            view! { <span class="warn cluster gap-1">{icon(visit, "mail")}{t!(words, "settings-not-verified")}</span> }.into_any()
        };
        view! {
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "me-settings")}</h2>
                {errors.summary(visit)}
                <form class="stack" method="post" action="/me/settings">
                    {Field {
                        name: "name",
                        label: t!(words, "field-name"),
                        hint: Some(t!(words, "field-name-hint")),
                        value: &typed.name,
                        max: Some(NAME_MAX),
                        required: true,
                        autocomplete: Some("name"),
                        ..Field::default()
                    }.view(visit, errors)}
                    {select_field(visit, "language", t!(words, "language-choice"), languages, &typed.language, true, errors)}
                    <div><button class="btn btn--primary">{t!(words, "settings-save")}</button></div>
                </form>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "theme-choice")}</h2>
                <form class="cluster" method="post" action="/preferences">
                    <input type="hidden" name="back" value="/me/settings?done=saved" />
                    {themes}
                </form>
                <p class="hint">{t!(words, "settings-theme-hint")}</p>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "field-email")}</h2>
                <p class="cluster gap-3"><b>{email}</b>{verified}</p>
                <p class="hint">{t!(words, "settings-email-hint")}</p>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "settings-password")}</h2>
                <p class="ink-2">{t!(words, "settings-password-text")}</p>
                {password_errors.summary(visit)}
                <form class="stack" method="post" action="/me/password">
                    <input type="text" name="email" value=account.email.clone() autocomplete="username" hidden=true />
                    {Field {
                        name: "present_password",
                        label: t!(words, "field-present-password"),
                        kind: "password",
                        required: true,
                        autocomplete: Some("current-password"),
                        ..Field::default()
                    }.view(visit, password_errors)}
                    {Field {
                        name: "password",
                        label: t!(words, "field-new-password"),
                        hint: Some(t!(words, "field-password-hint", min = shortest)),
                        kind: "password",
                        min: Some(SHORTEST),
                        max: Some(LONGEST),
                        required: true,
                        autocomplete: Some("new-password"),
                        ..Field::default()
                    }.view(visit, password_errors)}
                    <div><button class="btn">{t!(words, "settings-password-go")}</button></div>
                </form>
            </section>
        }
    })
}
