//! The first admin and the name of the site, by the link that a fresh forum prints when it starts.

use axum::{Form, Router, extract::Path, response::Response, routing::get};
use forum::{
    Error,
    actor::Actor,
    error::FieldError,
    link::Purpose,
    password::{LONGEST, SHORTEST},
    person::{self, NAME_MAX, SignUp},
    site::{self, Language, Site},
    text,
};
use leptos::prelude::*;

use super::{begin_session, signed_in};
use crate::{
    parts::{
        Head,
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        respond,
    },
    t,
    web::{PageResult, Visit, Web, link_alive},
};

/// The form.
const KEY: &str = "set-up";

/// `/setup/{secret}`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/setup/{secret}", get(show).post(set_up))
}

async fn show(visit: Visit, Path(secret): Path<String>) -> PageResult {
    alive(&visit, &secret).await?;
    Ok(form(&visit, &secret, None))
}

async fn set_up(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    alive(&visit, &secret).await?;
    let language = Language::parse(typed.get("language")).unwrap_or(visit.language());
    let sign_up =
        SignUp { email: typed.text("email"), password: typed.text("password"), name: typed.text("name"), language: Some(language) };
    let refused = |fields: &[FieldError]| form(&visit, &secret, Some(&Sent::of_fields(&visit, KEY, typed.clone(), fields)));
    let name = text::line(typed.get("site"), 1, site::NAME_MAX).map_err(|problem| FieldError { field: "site", problem });
    let new = sign_up.prepare_at(typed.get("site"), visit.forum().hasher()).await;
    let (name, new) = match (name, new) {
        (Ok(name), Ok(new)) => (name, new),
        (name, new) => {
            let mut fields: Vec<FieldError> = name.err().into_iter().collect();
            match new {
                Ok(_) => {}
                Err(Error::Invalid(more)) => fields.extend(more),
                Err(error) => return Err(error.into()),
            }
            return Ok(refused(&fields));
        }
    };
    // the link is the authority: its bearer decides what the forum is called, in the same transaction that spends it
    let session = visit
        .forum()
        .write(&Actor::System, async |tx| {
            let admin = person::set_up(tx, &secret, new).await?;
            site::save(tx, &Site { name, language, ..Site::clone(&tx.site()) }).await?;
            begin_session(tx, &visit, admin, false).await
        })
        .await;
    match session {
        Ok(session) => {
            visit.forum().refresh_site().await?;
            Ok(signed_in(&visit, &session, "/admin/start?done=set-up"))
        }
        Err(Error::Invalid(fields)) if fields.iter().all(|f| f.field != "secret") => Ok(refused(&fields)),
        Err(Error::Invalid(_)) => Err(Error::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

/// The page is there only while the link lives.
async fn alive(visit: &Visit, secret: &str) -> Result<(), Error> {
    let lives = link_alive(visit, Purpose::SetUp, secret).await? && !person::any_admin(visit.forum().read()).await?;
    if lives { Ok(()) } else { Err(Error::NotFound) }
}

fn form(visit: &Visit, secret: &str, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
    let languages = Language::ALL.into_iter().map(|l| (l.tag().to_owned(), l.name().to_owned())).collect();
    let head = Head::titled(t!(words, "setup-title")).with_form(sent);
    let sheet = Sheet::plain(visit, KEY, sent);
    respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "setup-title")}</h1>
                            <p class="ink-2">{t!(words, "setup-text")}</p>
                        </header>
                        {sheet.summary()}
                        <form class="form" method="post" novalidate=true action=format!("/setup/{secret}")>
                            <fieldset>
                                <legend>{t!(words, "setup-site")}</legend>
                                {sheet.line(Line {
                                    name: "site",
                                    label: t!(words, "setup-site-name"),
                                    hint: Some(t!(words, "setup-site-name-hint")),
                                    max: Some(site::NAME_MAX),
                                    need: Need::Always,
                                    autocomplete: "organization",
                                    ..Line::default()
                                })}
                                {sheet.choice(Choice {
                                    name: "language",
                                    label: t!(words, "setup-language"),
                                    options: languages,
                                    value: visit.language().tag(),
                                    need: Need::Always,
                                    ..Choice::default()
                                })}
                            </fieldset>
                            <fieldset>
                                <legend>{t!(words, "setup-admin")}</legend>
                                {sheet.line(Line {
                                    name: "name",
                                    label: t!(words, "field-name"),
                                    max: Some(NAME_MAX),
                                    need: Need::Always,
                                    autocomplete: "name",
                                    ..Line::default()
                                })}
                                {sheet.line(Line {
                                    name: "email",
                                    label: t!(words, "field-email"),
                                    kind: "email",
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
                            </fieldset>
                            <button class="btn btn--primary btn--lg btn--block">{t!(words, "setup-go")}</button>
                        </form>
                    </section>
                </div>
            </div>
        }
    })
}
