//! What forms of things with names share: a name in each language, and a place in an order.

use std::collections::BTreeMap;

use forum::{board::Way, names::Names, site::Language};
use leptos::prelude::*;

use crate::{
    parts::{
        form::{Line, Need, Sheet, Typed},
        icon,
    },
    t,
    web::Visit,
};

/// The names in single languages, as typed.
pub(super) fn given(typed: &Typed) -> BTreeMap<Language, String> {
    Language::ALL.into_iter().map(|language| (language, typed.text(language.name_field()))).collect()
}

/// The fields of a name: the plain one, and one for each language that may differ.
pub(super) fn fields(visit: &Visit, sheet: &Sheet<'_>, plain: &str, names: &Names, max: usize) -> AnyView {
    let words = visit.words;
    let others = Language::ALL
        .into_iter()
        .map(|language| {
            sheet.line(Line {
                name: language.name_field(),
                label: t!(words, "field-name-in", language = language.name()),
                value: names.given(language),
                max: Some(max),
                ..Line::default()
            })
        })
        .collect_view();
    view! {
        {sheet.line(Line {
            name: "name",
            label: t!(words, "admin-name"),
            hint: Some(t!(words, "admin-name-hint")),
            value: plain,
            need: Need::Always,
            max: Some(max),
            ..Line::default()
        })}
        <div class="grid-3">{others}</div>
    }
    .into_any()
}

/// The buttons that move one of several up and down in their order.
pub(super) fn order(visit: &Visit, action: String, name: &str, (is_first, is_last): (bool, bool)) -> impl IntoView + use<> {
    let words = visit.words;
    let button = |way: Way, glyph, label: String, is_idle: bool| {
        view! {
            <button class="btn btn--icon btn--sm" name="way" value=way.as_str() aria-label=label disabled=is_idle>{icon(visit, glyph)}</button>
        }
    };
    view! {
        <form class="cluster gap-1 no-wrap" method="post" novalidate=true action=action>
            {button(Way::Up, "up", t!(words, "admin-up", name = name), is_first)}
            {button(Way::Down, "down", t!(words, "admin-down", name = name), is_last)}
        </form>
    }
}

/// Which way was pressed.
pub(super) fn way(typed: &Typed) -> Result<Way, forum::Error> {
    Way::parse(typed.get("way")).map_err(|problem| forum::Error::invalid("way", problem))
}
