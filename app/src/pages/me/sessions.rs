//! The browsers that are signed in.

use axum::{
    Form, Router,
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use forum::{Error, session};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::page;
use crate::{
    pages::people::signed_out,
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/sessions", get(show)).route("/me/sessions/end", post(end)).route("/me/sessions/end-all", post(end_all))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    id: String,
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    let this = visit.session.as_deref().unwrap_or_default();
    let sessions = session::of_person(visit.forum().read(), account.id, this, visit.now).await?;
    let words = visit.words;
    Ok(page(&visit, account, "/me/sessions", None, || {
        let rows = sessions
            .into_iter()
            .map(|session| {
                let name = device(&session.device).unwrap_or_else(|| t!(words, "sessions-unknown"));
                view! {
                    <tr aria-current=session.is_this.then_some("true")>
                        <th scope="row">{name}{session.is_this.then(|| format!(" ({})", t!(words, "sessions-this")))}</th>
                        <td data-l=t!(words, "sessions-since")>{time(&visit, session.created_at)}</td>
                        <td data-l=t!(words, "sessions-seen")>{time(&visit, session.seen_at)}</td>
                        <td>
                            <form method="post" novalidate=true action="/me/sessions/end">
                                <input type="hidden" name="id" value=session.id.to_string() />
                                <button class="btn btn--sm">{t!(words, "me-sign-out")}</button>
                            </form>
                        </td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-sessions")}</h2>
                <p class="ink-2 measure">{t!(words, "sessions-text")}</p>
                <div class="tablebox">
                    <table class="table table--cards sessions">
                        <thead>
                            <tr>
                                <th scope="col">{t!(words, "sessions-browser")}</th>
                                <th scope="col">{t!(words, "sessions-since")}</th>
                                <th scope="col">{t!(words, "sessions-seen")}</th>
                                <th scope="col"><span class="sr">{t!(words, "me-sign-out")}</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            <section class="section panel panel--sunken">
                <h2 class="h-block">{t!(words, "sessions-all")}</h2>
                <p class="ink-2">{t!(words, "sessions-all-text")}</p>
                <form method="post" novalidate=true action="/me/sessions/end-all">
                    <button class="btn">{t!(words, "sessions-all-go")}</button>
                </form>
            </section>
        }
    }))
}

async fn end(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let account = visit.require_account()?;
    let id = Uuid::parse_str(typed.id.trim()).map_err(|_| Error::NotFound)?;
    let this = visit.session.as_deref().unwrap_or_default();
    let sessions = session::of_person(visit.forum().read(), account.id, this, visit.now).await?;
    let is_this = sessions.iter().any(|session| session.id == id && session.is_this);
    visit.forum().write(&visit.actor, async |tx| session::end_one(tx, id).await).await?;
    if is_this {
        return Ok(signed_out(&visit, "/?done=signed-out").await?);
    }
    Ok(see_other("/me/sessions?done=session-ended"))
}

async fn end_all(visit: Visit) -> PageResult {
    visit.require_account()?;
    visit.forum().write(&visit.actor, async |tx| session::end_all(tx).await).await?;
    Ok(signed_out(&visit, "/sign-in?done=signed-out-everywhere").await?)
}

fn time(visit: &Visit, at: DateTime<Utc>) -> impl IntoView + use<> {
    let text = visit.words.date_time(visit.local(at));
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}

/// What people call the browser, from what it calls itself; `None` when it says nothing.
pub(super) fn device(agent: &str) -> Option<String> {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
        // a program rather than a browser: its first word, such as `curl/8`
        (None, None) => agent.split_whitespace().next().map(|word| word.chars().take(40).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let chrome =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
        assert_eq!(device(chrome).as_deref(), Some("Chrome, Windows"));
        assert_eq!(device(&format!("{chrome} Edg/131.0")).as_deref(), Some("Edge, Windows"));
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1";
        assert_eq!(device(safari).as_deref(), Some("Safari, iPhone"));
        assert_eq!(device("curl/8.5.0").as_deref(), Some("curl/8.5.0"));
        assert_eq!(device(""), None);
    }
}
