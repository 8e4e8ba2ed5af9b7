//! Who answers for a board on each level.

use axum::{Form, Router, routing::post};
use forum::{
    Error,
    board::{self, Board},
    error::{Check, Problem},
    id::PersonId,
    level::HIGHEST,
    person,
    team::{self, Answering, Desk, Team},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{HERE, Loaded, admin, finish};
use crate::{
    parts::{
        form::{Choice, Need, Sent, Sheet, Typed},
        icon,
        ladder::level_name,
    },
    t,
    web::{PageResult, Visit, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/teams/desks", post(set_desks))
}

/// The fields of a desk, one for each level.
const LEVELS: [&str; 3] = ["level_1", "level_2", "level_3"];

/// Who answers, as it stands in the form: nothing, `person:` and an id, `team:` and a slug.
fn answering(text: &str, teams: &[Team]) -> Result<Option<Answering>, Problem> {
    match text.trim().split_once(':') {
        None if text.trim().is_empty() => Ok(None),
        Some(("person", id)) => {
            Uuid::parse_str(id).map(|id| Some(Answering::Person(PersonId(id)))).map_err(|_| Problem::UnknownChoice)
        }
        Some(("team", slug)) => {
            let team = teams.iter().find(|team| team.slug == slug).ok_or(Problem::UnknownChoice)?;
            Ok(Some(Answering::Team(team.id)))
        }
        _ => Err(Problem::UnknownChoice),
    }
}

async fn set_desks(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let slug = typed.get("board").trim();
    let db = visit.forum().read();
    let board = if slug.is_empty() { None } else { Some(board::by_slug(db, &visit.actor, slug).await?.ok_or(Error::NotFound)?.id) };
    let teams = team::list(db).await?;
    let staff = person::staff(db).await?;
    let mut check = Check::new();
    let mut chosen = Vec::new();
    for (level, field) in (1..=HIGHEST).zip(LEVELS) {
        let answering = answering(typed.get(field), &teams).and_then(|answering| match answering {
            Some(Answering::Person(id)) if !staff.iter().any(|person| person.id == id) => Err(Problem::NotStaff),
            answering => Ok(answering),
        });
        if let Some(answering) = check.field(field, answering) {
            chosen.push((level, answering));
        }
    }
    let set = match check.finish(()) {
        Ok(()) => {
            let set = visit.forum().write(&visit.actor, async |tx| {
                for (level, answering) in chosen {
                    team::set_desk(tx, board, level, answering).await?;
                }
                Ok(())
            });
            set.await
        }
        Err(error) => Err(error),
    };
    let key = format!("desk-{slug}");
    finish(&visit, key, typed, set).await
}

pub(super) fn section(visit: &Visit, loaded: &Loaded, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let others = desk(visit, loaded, None, refused);
    let boards = loaded.boards.iter().map(|board| desk(visit, loaded, Some(board), refused)).collect_view();
    view! {
        <section class="section" id="desks">
            <h2 class="h-section">{t!(words, "admin-desks")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-desks-text")}</p>
            <div class="acts">{others}{boards}</div>
        </section>
    }
    .into_any()
}

/// Who answers for one board, or for all others, on each level.
fn desk(visit: &Visit, loaded: &Loaded, board: Option<&Board>, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let slug = board.map(|board| board.slug.clone()).unwrap_or_default();
    let key = format!("desk-{slug}");
    let sheet = Sheet::new(visit, &key, refused);
    let title = board.map_or_else(|| t!(words, "admin-desk-others"), |board| board.called(visit.language()).to_owned());
    let nobody = if board.is_some() { t!(words, "admin-desk-as-others") } else { t!(words, "admin-desk-nobody") };
    let mut options = vec![(String::new(), nobody)];
    options.extend(
        loaded.teams.iter().map(|team| (format!("team:{}", team.slug), t!(words, "admin-desk-team", name = team.name.as_str()))),
    );
    options.extend(loaded.staff.iter().map(|person| (format!("person:{}", person.id), person.name.clone())));
    let mut set = Vec::new();
    let choices = (1..=HIGHEST)
        .zip(LEVELS)
        .map(|(level, name)| {
            let desk = loaded.desks.iter().find(|desk| desk.level == level && desk.board_id == board.map(|board| board.id));
            let now = match desk {
                Some(Desk { person_id: Some(person), .. }) => format!("person:{person}"),
                Some(Desk { team_id: Some(id), .. }) => {
                    loaded.teams.iter().find(|team| team.id == *id).map(|team| format!("team:{}", team.slug)).unwrap_or_default()
                }
                _ => String::new(),
            };
            if let Some((_, label)) = options.iter().find(|(value, _)| !value.is_empty() && *value == now) {
                set.push(label.clone());
            }
            let label = t!(words, "admin-desk-level", n = i64::from(level), name = level_name(words, level));
            sheet.choice(Choice { name, label, options: options.clone(), value: &now, need: Need::Sometimes, ..Choice::default() })
        })
        .collect_view();
    let hint = if set.is_empty() { options.first().map(|(_, label)| label.clone()).unwrap_or_default() } else { set.join(", ") };
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "hand")}<bdi>{title}</bdi><span class="hint">{hint}</span></summary>
            <form class="act__in" method="post" novalidate=true action=format!("{HERE}/desks#{}", sheet.anchor())>
                {sheet.summary()}
                <input type="hidden" name="board" value=slug />
                <div class="grid-3">{choices}</div>
                <button class="btn btn--primary">{t!(words, "admin-save")}</button>
            </form>
        </details>
    }
    .into_any()
}
