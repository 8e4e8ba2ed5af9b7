//! What became another in the settings, in plain words.

use chrono::{NaiveDate, Weekday};
use forum::{
    actor::Role,
    clock,
    event::Change,
    hook::{self, Shape},
    record::{self, Open},
    site::Language,
    status::Stage,
};
use leptos::prelude::*;
use serde_json::Value;

use crate::{i18n::names, parts::promise::euros, t, web::Visit};

/// The settings that an entry tells of, each with what it was and is.
pub(super) fn changed(visit: &Visit, open: Option<&Open>) -> Option<AnyView> {
    let changes = record::changes(&open?.event.kind);
    if changes.is_empty() {
        return None;
    }
    let words = visit.words;
    let rows = changes.iter().map(|change| row(visit, change)).collect_view();
    Some(
        view! {
            <section class="section" aria-labelledby="changed-title">
                <h2 class="h-section" id="changed-title">{t!(words, "record-changed")}</h2>
                <div class="tablebox">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(words, "record-changed-what")}</th>
                                <th scope="col">{t!(words, "record-changed-from")}</th>
                                <th scope="col">{t!(words, "record-changed-to")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn row(visit: &Visit, change: &Change) -> impl IntoView + use<> {
    let path: Vec<&str> = change.key.split('.').collect();
    let value = |label: String, value: &Value| view! { <td data-l=label><bdi>{said(visit, &path, value)}</bdi></td> };
    view! {
        <tr>
            <th scope="row"><bdi>{name(visit, &path).unwrap_or_else(|| change.key.clone())}</bdi></th>
            {value(t!(visit.words, "record-changed-from"), &change.from)}
            {value(t!(visit.words, "record-changed-to"), &change.to)}
        </tr>
    }
}

/// What a setting is called; nothing for one of another version of the forum.
fn name(visit: &Visit, path: &[&str]) -> Option<String> {
    let words = visit.words;
    let clock = |name: &str| clock::Name::parse(name).ok().map(|name| words.name(names::CLOCK, name));
    let language = |tag: &str| Language::parse(tag).map(Language::name);
    Some(match path {
        ["time_zone"] => t!(words, "record-set-time-zone"),
        ["work_week"] => t!(words, "record-set-work-week"),
        ["dutch_holidays"] => t!(words, "record-set-dutch-holidays"),
        ["days_off", day] => t!(words, "record-set-day-off", day = date(visit, day)),
        ["days_worked"] => t!(words, "record-set-days-worked"),
        ["complaint_terms", name] => t!(words, "record-set-complaint", clock = clock(name)?),
        ["idea_terms", name] => t!(words, "record-set-idea", clock = clock(name)?),
        ["board_terms", board, "complaint", name] => t!(words, "record-set-board-complaint", board = *board, clock = clock(name)?),
        ["board_terms", board, "idea", name] => t!(words, "record-set-board-idea", board = *board, clock = clock(name)?),
        ["triage_days"] => t!(words, "record-set-triage-days"),
        ["target_on_time"] => t!(words, "record-set-target"),
        ["mandates", role, what] => {
            let role = words.name(names::ROLE, Role::parse(role).ok()?);
            match *what {
                "days" => t!(words, "record-set-mandate-days", role = role),
                "cents" => t!(words, "record-set-mandate-amount", role = role),
                "not_stages" => t!(words, "record-set-mandate-stages", role = role),
                _ => return None,
            }
        }
        ["rules", number, "withdrawn"] => t!(words, "record-set-rule-withdrawn", number = *number),
        ["rules", number, tag] => t!(words, "record-set-rule", number = *number, language = language(tag)?),
        ["embed_origins"] => t!(words, "record-set-embeds"),
        ["guests"] => t!(words, "record-set-guests"),
        ["ranking"] => t!(words, "record-set-ranking"),
        ["role"] => t!(words, "record-set-role"),
        ["board", "name"] => t!(words, "record-set-board-name"),
        ["board", "names", tag] => t!(words, "record-set-board-name-in", language = language(tag)?),
        ["board", "description"] => t!(words, "record-set-board-description"),
        ["board", "private"] => t!(words, "record-set-board-private"),
        ["hooks", number, "host"] => t!(words, "record-set-hook-host", number = *number),
        ["hooks", number, "path"] => t!(words, "record-set-hook-path", number = *number),
        ["hooks", number, "shape"] => t!(words, "record-set-hook-shape", number = *number),
        ["hooks", number, "kinds"] => t!(words, "record-set-hook-kinds", number = *number),
        ["hooks", number, "language"] => t!(words, "record-set-hook-language", number = *number),
        ["hooks", number, "active"] => t!(words, "record-set-hook-active", number = *number),
        ["hooks", number, "secret"] => t!(words, "record-set-hook-secret", number = *number),
        ["board", "closed"] => t!(words, "record-set-board-closed"),
        _ => return None,
    })
}

fn date(visit: &Visit, day: &str) -> String {
    day.parse::<NaiveDate>().map_or_else(|_| day.to_owned(), |day| visit.words.date(day))
}

/// A value of it.
fn said(visit: &Visit, path: &[&str], value: &Value) -> String {
    let words = visit.words;
    match value {
        Value::Null if matches!(path, ["mandates", ..]) => t!(words, "mandate-no-limit"),
        // whatever is not said is so by the rule that holds for all
        Value::Null if matches!(path, ["board_terms", ..]) => t!(words, "record-set-as-all"),
        Value::Null if matches!(path, ["rules", _, tag] if *tag != "withdrawn") => t!(words, "record-set-own-words"),
        Value::Null if matches!(path, [.., "withdrawn"]) => t!(words, "record-set-no"),
        Value::Null => t!(words, "record-set-nothing"),
        Value::Bool(true) => t!(words, "record-set-yes"),
        Value::Bool(false) => t!(words, "record-set-no"),
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            match path {
                [.., "cents"] => euros(words, number),
                ["target_on_time"] => t!(words, "record-set-percent", n = number),
                ["ranking"] => words.number(number),
                _ => t!(words, "record-set-days", n = number, count = words.number(number)),
            }
        }
        Value::Array(items) if items.is_empty() && matches!(path, ["hooks", ..]) => t!(words, "hook-kinds-all"),
        Value::Array(items) if items.is_empty() => t!(words, "record-set-nothing"),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).map(|item| named(visit, path, item)).collect::<Vec<_>>().join(", ")
        }
        Value::String(text) if text.is_empty() => t!(words, "record-set-nothing"),
        Value::String(text) => named(visit, path, text),
        Value::Object(_) => value.to_string(),
    }
}

/// One of several.
fn named(visit: &Visit, path: &[&str], item: &str) -> String {
    let words = visit.words;
    match path {
        ["work_week"] => item.parse::<Weekday>().map_or_else(|_| item.to_owned(), |day| words.weekday(day)),
        ["days_worked"] => date(visit, item),
        ["role"] => Role::parse(item).map_or_else(|_| item.to_owned(), |role| words.name(names::ROLE, role)),
        [.., "not_stages"] => Stage::parse(item).map_or_else(|_| item.to_owned(), |stage| words.name(names::STAGE, stage)),
        ["hooks", _, "kinds"] => hook::parse_type(item).map_or_else(|_| item.to_owned(), |kind| words.name(names::HOOK_KIND, kind)),
        ["hooks", _, "shape"] => Shape::parse(item).map_or_else(|_| item.to_owned(), |shape| words.name(names::HOOK_SHAPE, shape)),
        _ => item.to_owned(),
    }
}
