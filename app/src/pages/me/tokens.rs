//! Tokens for programs that act in one's name.

use axum::{
    Form, Router,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    actor::Scope,
    error::{FieldError, Problem},
    person::Account,
    token::{self, Token},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::page;
use crate::{
    i18n::names,
    parts::form::{Choice, Line, Need, Sent, Sheet, Typed},
    t,
    web::{PageResult, Visit, Web, see_other},
};

/// The form.
const KEY: &str = "token";
/// Characters of a token's name, at most.
const NAME_MAX: usize = 80;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/tokens", get(show).post(create)).route("/me/tokens/delete", post(delete))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    id: String,
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    let tokens = token::of_person(visit.forum().read(), account.id).await?;
    Ok(list(&visit, account, tokens, None, None))
}

async fn create(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let (name, scopes) = (typed.get("name"), [typed.get("scope").trim().to_owned()]);
    let days = match typed.get("days").trim() {
        "" => token::LIFETIME,
        // what is no number is no choice either
        days => days.parse().unwrap_or_default(),
    };
    let made = visit
        .forum()
        .write(&visit.actor, async |tx| {
            // a name is how its person knows it again in the list
            if name.trim().is_empty() {
                return Err(Error::invalid("name", Problem::Required));
            }
            if Scope::parse(&scopes[0]).is_ok_and(|scope| scope > Scope::most_for(account.role)) {
                return Err(Error::invalid("scopes", Problem::UnknownChoice));
            }
            token::create(tx, account, name, &scopes, days).await
        })
        .await;
    let tokens = token::of_person(visit.forum().read(), account.id).await?;
    match made {
        Ok((_, secret)) => {
            let mut next = Sent::unread(KEY, Typed::default());
            next.fill("scope", typed.get("scope"));
            next.fill("days", typed.get("days"));
            Ok(list(&visit, account, tokens, Some(&next), Some(secret.reveal())))
        }
        Err(Error::Invalid(fields)) => {
            let here = |f: FieldError| match f.field {
                "scopes" => FieldError { field: "scope", ..f },
                "expires_in_days" => FieldError { field: "days", ..f },
                _ => f,
            };
            let fields: Vec<_> = fields.into_iter().map(here).collect();
            Ok(list(&visit, account, tokens, Some(&Sent::of_fields(&visit, KEY, typed, &fields)), None))
        }
        Err(error) => Err(error.into()),
    }
}

async fn delete(visit: Visit, Form(which): Form<Which>) -> PageResult {
    visit.require_account()?;
    let id: i64 = which.id.trim().parse().map_err(|_| Error::NotFound)?;
    visit.forum().write(&visit.actor, async |tx| token::delete(tx, id).await).await?;
    Ok(see_other("/me/tokens?done=token-deleted"))
}

fn list(visit: &Visit, account: &Account, tokens: Vec<Token>, sent: Option<&Sent>, fresh: Option<&str>) -> Response {
    let words = visit.words;
    let sheet = Sheet::plain(visit, KEY, sent);
    page(visit, account, "/me/tokens", sent, || {
        let most = Scope::most_for(account.role);
        let scopes: Vec<_> = Scope::ALL
            .into_iter()
            .filter(|scope| *scope <= most)
            .map(|scope| (scope.as_str().to_owned(), words.name(names::SCOPE, scope)))
            .collect();
        let lifetimes = token::LIFETIMES.map(|days| (days.to_string(), t!(words, "tokens-days", n = days)));
        let lifetime = token::LIFETIME.to_string();
        let shown = fresh.map(|secret| {
            view! {
                <div class="token-new" role="status">
                    <p><b>{t!(words, "tokens-new")}</b>" "{t!(words, "tokens-once")}</p>
                    <code>{secret.to_owned()}</code>
                </div>
            }
        });
        let table = if tokens.is_empty() {
            view! { <p class="ink-2">{t!(words, "tokens-none")}</p> }.into_any()
        } else {
            let rows = tokens
                .into_iter()
                .map(|token| {
                    let widest = token.scopes.iter().max().copied().unwrap_or(Scope::Read);
                    let made = words.date(visit.local(token.created_at).date_naive());
                    let used = match token.used_at {
                        Some(at) => words.date_time(visit.local(at)),
                        None => t!(words, "tokens-never"),
                    };
                    let ends = words.date(visit.local(token.expires_at).date_naive());
                    let what = t!(words, "tokens-delete-named", name = token.name.clone());
                    view! {
                        <tr>
                            <th scope="row" dir="auto">{token.name}</th>
                            <td data-l=t!(words, "tokens-scope")>{words.name(names::SCOPE, widest)}</td>
                            <td data-l=t!(words, "tokens-made")>{made}</td>
                            <td data-l=t!(words, "tokens-used")>{used}</td>
                            <td data-l=t!(words, "tokens-ends")>{ends}</td>
                            <td>
                                <form method="post" novalidate=true action="/me/tokens/delete">
                                    <input type="hidden" name="id" value=token.id />
                                    <button class="btn btn--sm btn--danger" aria-label=what>{t!(words, "tokens-delete")}</button>
                                </form>
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <div class="tablebox">
                    <table class="table table--cards sessions">
                        <thead>
                            <tr>
                                <th scope="col">{t!(words, "tokens-name")}</th>
                                <th scope="col">{t!(words, "tokens-scope")}</th>
                                <th scope="col">{t!(words, "tokens-made")}</th>
                                <th scope="col">{t!(words, "tokens-used")}</th>
                                <th scope="col">{t!(words, "tokens-ends")}</th>
                                <th scope="col"><span class="sr">{t!(words, "tokens-delete")}</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-tokens")}</h2>
                <p class="ink-2 measure">{t!(words, "tokens-text")}" "<a href="/api/docs">{t!(words, "tokens-docs")}</a></p>
                {shown}
                {table}
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "tokens-make")}</h2>
                {sheet.summary()}
                <form class="stack" method="post" novalidate=true action="/me/tokens">
                    {sheet.line(Line {
                        name: "name",
                        label: t!(words, "tokens-name"),
                        hint: Some(t!(words, "tokens-name-hint")),
                        max: Some(NAME_MAX),
                        need: Need::Always,
                        ..Line::default()
                    })}
                    {sheet.choice(Choice {
                        name: "scope",
                        label: t!(words, "tokens-scope"),
                        options: scopes,
                        value: Scope::Read.as_str(),
                        need: Need::Always,
                        ..Choice::default()
                    })}
                    {sheet.choice(Choice {
                        name: "days",
                        label: t!(words, "tokens-lifetime"),
                        options: lifetimes.into(),
                        value: &lifetime,
                        need: Need::Always,
                        ..Choice::default()
                    })}
                    <div><button class="btn btn--primary">{t!(words, "tokens-make-go")}</button></div>
                </form>
            </section>
        }
    })
}
