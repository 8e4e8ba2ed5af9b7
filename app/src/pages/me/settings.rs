//! Name, language, colours, e-mail address and password.

use axum::{
    Form, Router,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use forum::{
    Error, device,
    error::{Check, Problem},
    password::{LONGEST, Password, SHORTEST},
    person::{self, Account, NAME_MAX},
    proof::{self, Attempt, KnownBy},
    site::Language,
};
use leptos::prelude::*;

use super::page;
use crate::{
    i18n::names,
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        icon,
    },
    t,
    web::{PageResult, Theme, Visit, Web, see_other},
};

/// The key of the form for another address.
pub(super) const ADDRESS: &str = "address";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/settings", get(show).post(save)).route("/me/password", post(change_password))
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    Ok(form(&visit, account, None))
}

async fn save(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let (name, language) = (typed.get("name"), typed.get("language"));
    let saved = visit.forum().write(&visit.actor, async |tx| person::update(tx, Some(name), Some(language)).await).await;
    let chosen = Language::parse(language).unwrap_or(visit.language());
    if let Err(error) = saved {
        return Ok(form(&visit, account, Some(&Sent::invalid(&visit, "settings", typed, error)?)));
    }
    // for the pages that this browser sees when nobody is signed in
    let jar = CookieJar::new().add(visit.cookie("language", chosen.tag()));
    Ok((jar, see_other("/me/settings?done=saved")).into_response())
}

async fn change_password(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let email = account.email.as_deref().unwrap_or_default();
    let present = typed.get("present_password");
    let refused = |error: Error| {
        let sent = Sent::invalid(&visit, "password", typed.clone(), error)?;
        Ok(form(&visit, account, Some(&sent)))
    };
    let mut check = Check::new();
    if present.is_empty() {
        check.refuse("present_password", Problem::Required);
    }
    let password = check.field("password", Password::parse(typed.get("password"), &[&visit.site.name, email, &account.name]));
    let password = match check.finish(password) {
        Ok(password) => password,
        Err(error) => return refused(error),
    };
    let this = visit.session.as_deref();
    // an open browser is no place to guess the password, and who guesses elsewhere keeps nobody from changing it here
    let known_by = this.map_or(KnownBy::Nothing, |secret| KnownBy::Key(account.id, secret));
    let attempt = Attempt { email, password: present, client: &visit.client, known_by };
    if proof::by_password(visit.forum(), &attempt).await?.is_none() {
        return refused(Error::invalid("present_password", Problem::WrongPassword));
    }
    let hash = visit.forum().hasher().hash(password).await?;
    let (key, device) = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let key = person::change_password(tx, hash, this).await?;
            Ok((key, device::remember(tx, account.id, visit.known_by.as_deref()).await?))
        })
        .await?;
    let jar = CookieJar::new().add(visit.device_cookie(device.secret.reveal(), device.ends_at));
    let jar = key.iter().fold(jar, |jar, key| jar.add(visit.session_cookie(key.secret.reveal(), key.ends_at)));
    Ok((jar, see_other("/me/settings?done=password-changed")).into_response())
}

pub(super) fn form(visit: &Visit, account: &Account, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let [sheet, password_form, address_form] = ["settings", "password", ADDRESS].map(|key| Sheet::plain(visit, key, sent));
    page(visit, account, "/me/settings", sent, || {
        let languages = visit.site.on_offer().map(|l| (l.tag().to_owned(), l.name().to_owned())).collect();
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
        let email = account.email.as_deref().map(person::shown_email).unwrap_or_default();
        let verified = if account.unreached.is_some() {
            view! { <span class="warn cluster gap-1">{icon(visit, "mail")}{t!(words, "settings-unreached")}</span> }.into_any()
        } else if account.verified {
            view! { <span class="ok cluster gap-1">{icon(visit, "answered")}{t!(words, "settings-verified")}</span> }.into_any()
        } else {
            view! { <span class="warn cluster gap-1">{icon(visit, "mail")}{t!(words, "settings-not-verified")}</span> }.into_any()
        };
        view! {
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "me-settings")}</h2>
                {sheet.summary()}
                <form class="stack" method="post" novalidate=true action="/me/settings">
                    {sheet.line(Line {
                        name: "name",
                        label: t!(words, "field-name"),
                        hint: Some(t!(words, "field-name-hint")),
                        value: &account.name,
                        max: Some(NAME_MAX),
                        need: Need::Always,
                        autocomplete: "name",
                        ..Line::default()
                    })}
                    {sheet.choice(Choice {
                        name: "language",
                        label: t!(words, "language-choice"),
                        options: languages,
                        value: visit.language().tag(),
                        need: Need::Always,
                        ..Choice::default()
                    })}
                    <div><button class="btn btn--primary">{t!(words, "settings-save")}</button></div>
                </form>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "theme-choice")}</h2>
                <form class="cluster" method="post" novalidate=true action="/preferences">
                    <input type="hidden" name="back" value="/me/settings?done=saved" />
                    {themes}
                </form>
                <p class="hint">{t!(words, "settings-theme-hint")}</p>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "field-email")}</h2>
                <p class="cluster gap-3"><b>{email}</b>{verified}</p>
                <p class="hint">{t!(words, "settings-email-hint")}</p>
                <div class="cluster"><details class="reply" open=address_form.is_back()>
                    <summary class="btn btn--sm">{t!(words, "settings-address")}</summary>
                    <form class="stack mt-4" method="post" novalidate=true action="/me/address">
                        {address_form.summary()}
                        <p class="ink-2">{t!(words, "settings-address-text")}</p>
                        {address_form.line(Line {
                            name: "email",
                            label: t!(words, "settings-new-email"),
                            kind: "email",
                            max: Some(254),
                            need: Need::Always,
                            autocomplete: "email",
                            ..Line::default()
                        })}
                        {address_form.line(Line {
                            name: "password",
                            label: t!(words, "field-present-password"),
                            kind: "password",
                            need: Need::Always,
                            autocomplete: "current-password",
                            ..Line::default()
                        })}
                        <div><button class="btn btn--primary">{t!(words, "settings-address-go")}</button></div>
                    </form>
                </details></div>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "settings-password")}</h2>
                <p class="ink-2">{t!(words, "settings-password-text")}</p>
                {password_form.summary()}
                <form class="stack" method="post" novalidate=true action="/me/password">
                    <input type="email" name="email" value=account.email.clone() autocomplete="username" hidden=true />
                    {password_form.line(Line {
                        name: "present_password",
                        label: t!(words, "field-present-password"),
                        kind: "password",
                        need: Need::Always,
                        autocomplete: "current-password",
                        ..Line::default()
                    })}
                    {password_form.line(Line {
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
                    <div><button class="btn">{t!(words, "settings-password-go")}</button></div>
                </form>
            </section>
        }
    })
}
