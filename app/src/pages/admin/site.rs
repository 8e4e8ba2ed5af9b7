//! How the site shows itself: its name, who it is, its colour, the languages that it speaks.

use std::collections::BTreeMap;

use axum::{Form, Router, response::Response, routing::get};
use forum::site::{ABOUT_MAX, FaceDraft, Language, NAME_MAX, Site};
use leptos::prelude::*;

use super::{admin, page, refused, save, seen};
use crate::{
    i18n::Words,
    parts::form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/site";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/site", get(show).post(change))
}

/// What the form shows.
fn face(site: &Site) -> impl serde::Serialize + use<> {
    (site.name.clone(), site.about.clone(), site.accent, site.language, site.languages.clone(), site.guests)
}

/// The sentences in single languages, as typed.
pub(super) fn about(typed: &Typed) -> BTreeMap<Language, String> {
    Language::ALL.into_iter().map(|language| (language, typed.text(language.about_field()))).collect()
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    Ok(render(&visit, None))
}

async fn change(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = FaceDraft {
        name: typed.text("name"),
        about: about(&typed),
        // a browser has no colour picker that is empty: the box says whether the colour counts
        accent: if typed.has("own_accent") { typed.text("accent") } else { String::new() },
        language: typed.text("language"),
        languages: typed.ticked("language-"),
        guests: typed.has("guests"),
    };
    match save(&visit, &typed, face, |site| draft.apply(site)).await {
        Ok(()) => Ok(see_other("/admin/site?done=settings#main")),
        Err(error) => Ok(render(&visit, Some(&refused(&visit, "site", typed, error)?))),
    }
}

/// The fields of the sentence that says who the company is.
pub(super) fn about_fields(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    Language::ALL
        .into_iter()
        .map(|language| {
            let example = t!(Words::of(language), "hero-about", site = visit.site.name.as_str());
            sheet.area(Area {
                name: language.about_field(),
                label: t!(words, "admin-about", language = language.name()),
                hint: Some(t!(words, "admin-about-hint", example = example)),
                value: visit.site.about.get(&language).map_or("", String::as_str),
                max: Some(ABOUT_MAX),
                rows: 2,
                ..Area::default()
            })
        })
        .collect_view()
        .into_any()
}

fn render(visit: &Visit, refused: Option<&Sent>) -> Response {
    page(visit, HERE, refused, || {
        let words = visit.words;
        let site = &visit.site;
        let sheet = Sheet::new(visit, "site", refused);
        let offered = Language::ALL
            .into_iter()
            .map(|language| (format!("language-{}", language.tag()), language.name().to_owned(), site.offers(language)))
            .collect();
        let languages = Language::ALL.into_iter().map(|l| (l.tag().to_owned(), l.name().to_owned())).collect();
        let accent = site.accent.map_or_else(|| "#0b5f70".to_owned(), |accent| accent.colour().hex());
        view! {
            <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <input type="hidden" name="seen" value=seen(&face(site)) />
                {sheet.line(Line {
                    name: "name",
                    label: t!(words, "setup-site-name"),
                    hint: Some(t!(words, "setup-site-name-hint")),
                    value: &site.name,
                    need: Need::Always,
                    max: Some(NAME_MAX),
                    autocomplete: "organization",
                    ..Line::default()
                })}
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-about-h")}</legend>
                    <p class="ink-2 measure">{t!(words, "admin-about-text")}</p>
                    {about_fields(visit, &sheet)}
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-accent-h")}</legend>
                    <p class="ink-2 measure">{t!(words, "admin-accent-text")}</p>
                    {sheet.tick("own_accent", t!(words, "admin-accent-own"), site.accent.is_some())}
                    <div class="narrow">
                        {sheet.line(Line {
                            name: "accent",
                            label: t!(words, "field-name-accent"),
                            hint: Some(t!(words, "admin-accent-hint")),
                            value: &accent,
                            need: Need::Sometimes,
                            max: Some(7),
                            ..Line::default()
                        })}
                    </div>
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "field-name-languages")}</legend>
                    {sheet.ticks("languages", t!(words, "admin-languages"), None, offered)}
                    {sheet.choice(Choice {
                        name: "language",
                        label: t!(words, "setup-language"),
                        options: languages,
                        value: site.language.tag(),
                        need: Need::Always,
                        ..Choice::default()
                    })}
                </fieldset>
                <fieldset class="stack">
                    <legend class="h-section">{t!(words, "admin-guests-h")}</legend>
                    <p class="ink-2 measure">{t!(words, "admin-guests-text")}</p>
                    {sheet.tick("guests", t!(words, "admin-guests"), site.guests)}
                </fieldset>
                <div class="stack gap-2">
                    <p class="meta">{t!(words, "admin-site-zone")}" "<a href="/admin/calendar">{t!(words, "admin-calendar")}</a></p>
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </div>
            </form>
        }
        .into_any()
    })
}
