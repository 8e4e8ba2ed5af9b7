//! The first hour: what a site needs before it opens, on one page. Nothing of it is needed at once, and all of it can be changed later.

use axum::{Form, Router, response::Response, routing::get};
use forum::{
    Error, Tx,
    board::{self, NewBoard},
    error::{FieldError, Problem},
    invitation,
    site::{self, parse_time_zone},
    text,
};
use leptos::prelude::*;

use super::{
    admin, page_titled,
    people::roles,
    refused,
    site::{about, about_fields},
};
use crate::{
    parts::form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/start";
/// Boards or colleagues at once, at most.
const MOST: usize = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/start", get(show).post(begin))
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    Ok(render(&visit, None))
}

/// What was typed on lines of its own.
fn lines(typed: &Typed, name: &'static str) -> Result<Vec<String>, Error> {
    let lines: Vec<_> = typed.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if lines.len() > MOST { Err(Error::invalid(name, Problem::TooMany { max: MOST })) } else { Ok(lines) }
}

/// What is wrong with one of several lines, as what is wrong with their field.
fn as_field(field: &'static str, error: Error) -> Error {
    match error {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(|f| FieldError { field, problem: f.problem }).collect()),
        other => other,
    }
}

/// Makes a board of that name, unless there is one: the form may come twice.
async fn make_board(tx: &mut Tx, name: &str) -> Result<(), Error> {
    let boards = board::list(tx.conn(), tx.actor()).await?;
    if boards.iter().any(|board| board.name == name) {
        return Ok(());
    }
    let start: String = text::slug(name).chars().take(50).collect();
    let start = start.trim_end_matches('-');
    let free = |slug: &String| !boards.iter().any(|board| board.slug == *slug);
    // there is one board less than numbers to try
    let numbered = (2..=boards.len() + 2).map(|n| format!("{start}-{n}"));
    let slug = std::iter::once(start.to_owned()).chain(numbered).find(free).unwrap_or_default();
    board::create(tx, &NewBoard { slug, name: name.to_owned(), ..NewBoard::default() }).await?;
    Ok(())
}

async fn begin(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let role = typed.get("role");
    let done = async {
        let (boards, colleagues) = (lines(&typed, "boards")?, lines(&typed, "colleagues")?);
        visit
            .forum()
            .write(&visit.actor, async |tx| {
                site::change(tx, |site| {
                    site.time_zone = parse_time_zone(typed.get("time_zone")).map_err(|p| Error::invalid("time_zone", p))?;
                    site.say_about(&about(&typed))
                })
                .await?;
                for name in &boards {
                    make_board(tx, name).await.map_err(|error| as_field("boards", error))?;
                }
                for email in &colleagues {
                    let language = tx.site().language;
                    invitation::invite(tx, email, role, language).await.map_err(|error| as_field("colleagues", error))?;
                }
                Ok(())
            })
            .await?;
        visit.forum().refresh_site().await
    };
    match done.await {
        Ok(()) => Ok(see_other("/admin?done=started#main")),
        Err(error) => Ok(render(&visit, Some(&refused(&visit, "start", typed, error)?))),
    }
}

fn render(visit: &Visit, refused: Option<&Sent>) -> Response {
    let words = visit.words;
    let text = Some(t!(words, "admin-start-text"));
    page_titled(visit, HERE, t!(words, "admin-start"), text, refused, || {
        let sheet = Sheet::new(visit, "start", refused);
        let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| view! { <option value=zone.name()></option> }).collect_view();
        view! {
            <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-about-h")}</legend>
                    {about_fields(visit, &sheet)}
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-start-when")}</legend>
                    {sheet.line(Line {
                        name: "time_zone",
                        label: t!(words, "admin-time-zone"),
                        hint: Some(t!(words, "admin-time-zone-hint")),
                        value: visit.site.time_zone.name(),
                        need: Need::Always,
                        max: Some(60),
                        list: Some("time-zones"),
                        ..Line::default()
                    })}
                    <datalist id="time-zones">{zones}</datalist>
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-boards-title")}</legend>
                    {sheet.area(Area {
                        name: "boards",
                        label: t!(words, "admin-start-boards"),
                        hint: Some(t!(words, "admin-start-boards-hint")),
                        rows: 4,
                        ..Area::default()
                    })}
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-start-colleagues-h")}</legend>
                    {sheet.area(Area {
                        name: "colleagues",
                        label: t!(words, "admin-start-colleagues"),
                        hint: Some(t!(words, "admin-invite-text")),
                        rows: 4,
                        ..Area::default()
                    })}
                    {sheet.choice(Choice {
                        name: "role",
                        label: t!(words, "admin-start-role"),
                        options: roles(visit),
                        need: Need::Sometimes,
                        ..Choice::default()
                    })}
                </fieldset>
                <div class="cluster">
                    <button class="btn btn--primary btn--lg">{t!(words, "admin-start-go")}</button>
                    <a class="btn btn--lg" href="/admin">{t!(words, "admin-start-skip")}</a>
                </div>
            </form>
        }
        .into_any()
    })
}
