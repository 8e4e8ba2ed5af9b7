//! Who is there for what: teams, who answers for a board on each level, and who is away.

mod absences;
mod desks;

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::{self, Board},
    id::PersonId,
    person::{self, Account},
    team::{self, Absence, Desk, Team},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{admin, page};
use crate::{
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        icon,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/teams";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/teams", get(show).post(create))
        .route("/admin/teams/{team}/members", post(add))
        .route("/admin/teams/{team}/members/{person}/remove", post(remove))
        .merge(absences::routes())
        .merge(desks::routes())
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    render(&visit, None).await
}

/// Goes back to the page when it is done; else shows the form again as it was typed.
async fn finish(visit: &Visit, key: String, typed: Typed, done: Result<(), Error>) -> PageResult {
    match done {
        Ok(()) => Ok(see_other("/admin/teams?done=settings#main")),
        Err(error) => render(visit, Some(&Sent::refused(visit, key, typed, error)?)).await,
    }
}

async fn create(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let made = visit.forum().write(&visit.actor, async |tx| team::create(tx, typed.get("slug"), typed.get("name")).await).await;
    finish(&visit, "team".to_owned(), typed, made.map(|_| ())).await
}

/// The team of a slug in an address.
async fn team_of(visit: &Visit, slug: &str) -> Result<Team, Error> {
    team::by_slug(visit.forum().read(), slug).await?.ok_or(Error::NotFound)
}

async fn add(visit: Visit, Path(slug): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let team = team_of(&visit, &slug).await?.id;
    let added = match typed.somebody("person") {
        Ok(person) => visit.forum().write(&visit.actor, async |tx| team::add(tx, team, person).await).await,
        Err(error) => Err(error),
    };
    finish(&visit, format!("team-{slug}"), typed, added).await
}

async fn remove(visit: Visit, Path((slug, person)): Path<(String, String)>) -> PageResult {
    admin(&visit)?;
    let team = team_of(&visit, &slug).await?.id;
    let person = Uuid::parse_str(&person).map(PersonId).map_err(|_| Error::NotFound)?;
    visit.forum().write(&visit.actor, async |tx| team::remove(tx, team, person).await).await?;
    Ok(see_other("/admin/teams?done=settings#main"))
}

struct Loaded {
    teams: Vec<Team>,
    members: Vec<(i64, PersonId)>,
    desks: Vec<Desk>,
    absences: Vec<Absence>,
    staff: Vec<Account>,
    boards: Vec<Board>,
}

impl Loaded {
    fn name(&self, person: PersonId) -> String {
        self.staff.iter().find(|account| account.id == person).map(|account| account.name.clone()).unwrap_or_default()
    }

    fn people(&self, visit: &Visit) -> Vec<(String, String)> {
        let choose = (String::new(), t!(visit.words, "triage-owner-choose"));
        std::iter::once(choose).chain(self.staff.iter().map(|person| (person.id.to_string(), person.name.clone()))).collect()
    }
}

async fn render(visit: &Visit, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let loaded = Loaded {
        teams: team::list(db).await?,
        members: team::members(db).await?,
        desks: team::desks(db).await?,
        absences: team::absences(db, visit.today()).await?,
        staff: person::staff(db).await?,
        boards: board::list(db, &visit.actor).await?,
    };
    Ok(page(visit, HERE, refused, || {
        view! {
            {teams_section(visit, &loaded, refused)}
            {desks::section(visit, &loaded, refused)}
            {absences::section(visit, &loaded, refused)}
        }
        .into_any()
    }))
}

fn teams_section(visit: &Visit, loaded: &Loaded, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let sheet = Sheet::new(visit, "team", refused);
    let teams = loaded.teams.iter().map(|team| one_team(visit, loaded, team, refused)).collect_view();
    let none = loaded.teams.is_empty().then(|| view! { <p class="ink-2">{t!(words, "admin-teams-none")}</p> });
    view! {
        <section class="section" id="teams">
            <h2 class="h-section">{t!(words, "admin-teams")}</h2>
            {none}
            <div class="acts">{teams}</div>
            <h3 class="h-block">{t!(words, "admin-team-make")}</h3>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.line(Line { name: "name", label: t!(words, "admin-team-name"), need: Need::Always, max: Some(80), ..Line::default() })}
                    {sheet.line(Line {
                        name: "slug",
                        label: t!(words, "admin-team-slug"),
                        hint: Some(t!(words, "admin-team-slug-hint")),
                        need: Need::Always,
                        max: Some(60),
                        ..Line::default()
                    })}
                </div>
                <div><button class="btn">{t!(words, "admin-team-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}

fn one_team(visit: &Visit, loaded: &Loaded, team: &Team, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let key = format!("team-{}", team.slug);
    let sheet = Sheet::new(visit, &key, refused);
    let members: Vec<PersonId> = loaded.members.iter().filter(|(id, _)| *id == team.id).map(|(_, person)| *person).collect();
    let count = t!(words, "admin-team-members", n = i64::try_from(members.len()).unwrap_or(i64::MAX));
    let rows = members
        .iter()
        .map(|person| {
            let name = loaded.name(*person);
            let label = t!(words, "admin-remove-named", name = name.as_str());
            view! {
                <li class="between">
                    <bdi>{name}</bdi>
                    <form method="post" novalidate=true action=format!("{HERE}/{}/members/{person}/remove", team.slug)>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "admin-remove")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let mut people = loaded.people(visit);
    people.retain(|(id, _)| !members.iter().any(|member| member.to_string() == *id));
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "user")}<bdi>{team.name.clone()}</bdi><span class="hint">{count}</span></summary>
            <div class="act__in">
                <ul class="entries">{rows}</ul>
                <form class="stack gap-3" method="post" novalidate=true action=format!("{HERE}/{}/members#{}", team.slug, sheet.anchor())>
                    {sheet.summary()}
                    {sheet.choice(Choice {
                        name: "person",
                        label: t!(words, "admin-team-add"),
                        options: people,
                        need: Need::Always,
                        ..Choice::default()
                    })}
                    <div><button class="btn">{t!(words, "admin-add")}</button></div>
                </form>
            </div>
        </details>
    }
    .into_any()
}
