//! A group: what it is called, and who belongs to it.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::parse_slug,
    error::Problem,
    group::{self, Group, NAME_MAX},
    id::PersonId,
    person::{self, Account},
};
use leptos::prelude::*;

use super::{admin, page, refused};
use crate::{
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        text::tag_of,
        who::public_link,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

/// The forms.
const RENAME: &str = "rename";
const ADD: &str = "add";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/groups/{group}", get(show).post(rename))
        .route("/admin/groups/{group}/members", post(add))
        .route("/admin/groups/{group}/members/{person}/remove", post(remove))
}

/// The group of a name in an address.
async fn group_of(visit: &Visit, slug: &str) -> Result<Group, Error> {
    let slug = parse_slug(slug).map_err(|_| Error::NotFound)?;
    group::by_slug(visit.forum().read(), &slug).await?.ok_or(Error::NotFound)
}

async fn show(visit: Visit, Path(slug): Path<String>) -> PageResult {
    admin(&visit)?;
    render(&visit, &group_of(&visit, &slug).await?, None).await
}

/// Goes back to the page when it is done; else shows the form again as it was typed.
async fn finish<T>(visit: &Visit, slug: &str, key: &str, typed: Typed, done: Result<T, Error>) -> PageResult {
    match done {
        Ok(_) => Ok(see_other(&format!("/admin/groups/{slug}?done=settings#main"))),
        Err(error) => render(visit, &group_of(visit, slug).await?, Some(&refused(visit, key.to_owned(), typed, error)?)).await,
    }
}

async fn rename(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let group = group_of(&visit, &slug).await?;
    let renamed = visit.forum().write(&visit.actor, async |tx| group::rename(tx, &group.slug, typed.get("name")).await).await;
    finish(&visit, &group.slug, RENAME, typed, renamed).await
}

/// Somebody by their address, or by the name that their page has.
async fn somebody(visit: &Visit, typed: &Typed) -> Result<Account, Error> {
    let known = typed.get("person").trim();
    if known.is_empty() {
        return Err(Error::invalid("person", Problem::Required));
    }
    let db = visit.forum().read();
    let found = if known.contains('@') {
        person::by_email(db, known).await?
    } else {
        person::by_handle(db, known.rsplit('/').next().unwrap_or_default()).await?
    };
    found.ok_or(Error::invalid("person", Problem::UnknownChoice))
}

async fn add(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let group = group_of(&visit, &slug).await?;
    let added = match somebody(&visit, &typed).await {
        Ok(person) => visit.forum().write(&visit.actor, async |tx| group::add(tx, group.id, person.id).await).await,
        Err(error) => Err(error),
    };
    finish(&visit, &group.slug, ADD, typed, added).await
}

async fn remove(visit: Visit, Path((slug, person)): Path<(String, String)>) -> PageResult {
    admin(&visit)?;
    let group = group_of(&visit, &slug).await?;
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    visit.forum().write(&visit.actor, async |tx| group::remove(tx, group.id, person).await).await?;
    Ok(see_other(&format!("/admin/groups/{}?done=settings#main", group.slug)))
}

async fn render(visit: &Visit, group: &Group, refused: Option<&Sent>) -> Result<Response, Failure> {
    let members = group::members(visit.forum().read(), group.id).await?;
    Ok(page(visit, "/admin/boards", refused, || {
        let words = visit.words;
        let here = format!("/admin/groups/{}", group.slug);
        let rows = members
            .iter()
            .map(|member| {
                let label = t!(words, "admin-remove-named", name = member.name.as_str());
                view! {
                    <li class="between">
                        {public_link(visit, member)}
                        <form method="post" novalidate=true action=format!("{here}/members/{}/remove", member.id)>
                            <button class="btn btn--sm" aria-label=label>{t!(words, "admin-remove")}</button>
                        </form>
                    </li>
                }
            })
            .collect_view();
        let none = members.is_empty().then(|| view! { <p class="ink-2">{t!(words, "admin-group-none")}</p> });
        let (rename, add) = (Sheet::new(visit, RENAME, refused), Sheet::new(visit, ADD, refused));
        let name = rename.line(Line {
            name: "name",
            label: t!(words, "admin-name"),
            value: &group.name,
            need: Need::Always,
            max: Some(NAME_MAX),
            ..Line::default()
        });
        let person = add.line(Line {
            name: "person",
            label: t!(words, "admin-group-add"),
            hint: Some(t!(words, "admin-group-add-hint")),
            need: Need::Always,
            max: Some(254),
            ..Line::default()
        });
        view! {
            <section class="section narrow">
                <h2 class="h-section" dir="auto" lang=tag_of(visit, &group.name)>{group.name.clone()}</h2>
                <p><a href="/admin/boards#groups">{t!(words, "admin-groups")}</a></p>
                <form class="stack" method="post" novalidate=true action=format!("{here}#{}", rename.anchor()) id=rename.anchor()>
                    {rename.summary()}
                    {name}
                    <div><button class="btn">{t!(words, "admin-save")}</button></div>
                </form>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "admin-group-members")}</h2>
                {none}
                <ul class="entries">{rows}</ul>
                <form class="stack" method="post" novalidate=true action=format!("{here}/members#{}", add.anchor()) id=add.anchor()>
                    {add.summary()}
                    {person}
                    <div><button class="btn">{t!(words, "admin-add")}</button></div>
                </form>
            </section>
        }
        .into_any()
    }))
}
