//! One person: their role, their title, the groups that they belong to.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    actor::Role,
    group,
    id::PersonId,
    person::{self, Account, NAME_MAX},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{HERE, admin};
use crate::{
    i18n::names,
    pages::admin::{page_titled, refused},
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        when,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/people/{person}", get(show))
        .route("/admin/people/{person}/role", post(set_role))
        .route("/admin/people/{person}/title", post(set_title))
        .route("/admin/people/{person}/groups", post(set_groups))
}

async fn of_address(visit: &Visit, person: &str) -> Result<Account, Error> {
    admin(visit)?;
    let id = Uuid::parse_str(person).map(PersonId).map_err(|_| Error::NotFound)?;
    person::by_id(visit.forum().read(), id).await?.ok_or(Error::NotFound)
}

async fn show(visit: Visit, Path(person): Path<String>) -> PageResult {
    let account = of_address(&visit, &person).await?;
    render(&visit, &account, None).await
}

/// Goes back to the page when it is done; else shows the form again as it was typed.
async fn finish(visit: &Visit, account: &Account, key: &str, typed: Typed, done: Result<(), Error>) -> PageResult {
    match done {
        Ok(()) => Ok(see_other(&format!("{HERE}/{}?done=settings#main", account.id))),
        Err(error) => render(visit, account, Some(&refused(visit, key, typed, error)?)).await,
    }
}

async fn set_role(visit: Visit, Path(person): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let account = of_address(&visit, &person).await?;
    let set = match Role::parse(typed.get("role")) {
        Ok(role) => visit.forum().write(&visit.actor, async |tx| person::set_role(tx, account.id, role).await).await,
        Err(problem) => Err(Error::invalid("role", problem)),
    };
    if set.is_ok() && visit.actor.id() == Some(account.id) {
        // whoever gave their own role away is signed out by it, and has no page here any more
        return Ok(see_other("/"));
    }
    finish(&visit, &account, "role", typed, set).await
}

async fn set_title(visit: Visit, Path(person): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let account = of_address(&visit, &person).await?;
    let title = typed.get("title");
    let set = visit.forum().write(&visit.actor, async |tx| person::set_title(tx, account.id, title).await).await;
    finish(&visit, &account, "title", typed, set).await
}

async fn set_groups(visit: Visit, Path(person): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let account = of_address(&visit, &person).await?;
    let groups = typed.ticked("group-");
    let set = visit.forum().write(&visit.actor, async |tx| group::set(tx, account.id, &groups).await).await;
    finish(&visit, &account, "groups", typed, set).await
}

async fn render(visit: &Visit, account: &Account, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let (groups, own) = (group::list(db).await?, group::of_person(db, account.id).await?);
    Ok(page_titled(visit, HERE, account.name.clone(), None, refused, || {
        let words = visit.words;
        let boxes: Vec<_> =
            groups.iter().map(|group| (format!("group-{}", group.slug), group.name.clone(), own.contains(&group.slug))).collect();
        let groups = (!boxes.is_empty()).then(|| groups_form(visit, account, &Sheet::new(visit, "groups", refused), boxes));
        let title = account.standing().is_staff().then(|| title_form(visit, account, &Sheet::new(visit, "title", refused)));
        view! {
            <p class="mb-4"><a href=HERE>{t!(words, "admin-people")}</a></p>
            {facts(visit, account)}
            {role_form(visit, account, &Sheet::new(visit, "role", refused))}
            {title}
            {groups}
        }
        .into_any()
    }))
}

fn facts(visit: &Visit, account: &Account) -> impl IntoView + use<> {
    let words = visit.words;
    let email = account.email.as_deref().map(person::shown_email).unwrap_or_default();
    let state = if account.verified { t!(words, "settings-verified") } else { t!(words, "settings-not-verified") };
    let unreached = account.unreached.as_ref().map(|unreached| {
        view! {
            <div>
                <dt>{t!(words, "admin-people-unreached")}</dt>
                <dd class="wrap-any">{when::day(visit, unreached.since)}": "<q dir="auto" lang="">{unreached.said.clone()}</q></dd>
            </div>
        }
    });
    view! {
        <dl class="facts">
            <div><dt>{t!(words, "field-email")}</dt><dd>{email}", "{state}</dd></div>
            {unreached}
            <div><dt>{t!(words, "admin-person-since")}</dt><dd>{when::day(visit, account.created_at)}</dd></div>
            <div><dt>{t!(words, "admin-person-profile")}</dt><dd><a href=format!("/u/{}", account.handle)>{account.handle.clone()}</a></dd></div>
        </dl>
    }
}

fn role_form(visit: &Visit, account: &Account, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    let roles = Role::ALL.into_iter().map(|role| (role.as_str().to_owned(), words.name(names::ROLE, role))).collect();
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-people-role")}</h2>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/{}/role#{}", account.id, sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                {sheet.choice(Choice {
                    name: "role",
                    label: t!(words, "admin-people-role"),
                    hint: Some(t!(words, "admin-person-role-hint")),
                    options: roles,
                    value: account.role.as_str(),
                    need: Need::Always,
                })}
                <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
            </form>
        </section>
    }
}

fn title_form(visit: &Visit, account: &Account, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-person-title")}</h2>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/{}/title#{}", account.id, sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                {sheet.line(Line {
                    name: "title",
                    label: t!(words, "admin-person-title"),
                    hint: Some(t!(words, "admin-person-title-hint")),
                    value: account.title.as_deref().unwrap_or_default(),
                    max: Some(NAME_MAX),
                    ..Line::default()
                })}
                <div><button class="btn">{t!(words, "admin-save")}</button></div>
            </form>
        </section>
    }
}

fn groups_form(visit: &Visit, account: &Account, sheet: &Sheet<'_>, boxes: Vec<(String, String, bool)>) -> impl IntoView + use<> {
    let words = visit.words;
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-groups")}</h2>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/{}/groups#{}", account.id, sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                {sheet.ticks("groups", t!(words, "admin-person-groups"), None, boxes)}
                <div><button class="btn">{t!(words, "admin-save")}</button></div>
            </form>
        </section>
    }
}
