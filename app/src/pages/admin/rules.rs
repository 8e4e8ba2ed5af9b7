//! The house rules: numbered, in every language, named by every act of moderation.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    site::{HouseRule, Language, RULE_MAX, RuleDraft, Site, withdraw_rule},
};
use leptos::prelude::*;

use super::{admin, page, refused, save, seen};
use crate::{
    parts::{
        form::{Area, Sent, Sheet, Typed},
        icon,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/rules";
const DONE: &str = "/admin/rules?done=settings#main";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/rules", get(show).post(add))
        .route("/admin/rules/{number}", post(change))
        .route("/admin/rules/{number}/force", post(force))
}

fn draft(typed: &Typed) -> RuleDraft {
    let texts: BTreeMap<_, _> = Language::ALL.into_iter().map(|language| (language, typed.text(language.text_field()))).collect();
    RuleDraft { texts }
}

/// What the form of one rule shows.
fn rule(number: u32) -> impl Fn(&Site) -> Option<HouseRule> + Copy {
    move |site| site.every_rule().into_iter().find(|rule| rule.number == number)
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    Ok(render(&visit, None))
}

async fn add(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let new = draft(&typed);
    // sent twice, it would be two rules
    let twice = |site: &Site| site.rules.last().is_some_and(|last| new.says(last));
    let added = save(&visit, &typed, |_| (), |site| if twice(site) { Ok(()) } else { new.add(site) }).await;
    finish(&visit, "add", typed, added)
}

async fn change(visit: Visit, Path(number): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let number: u32 = number.parse().map_err(|_| Error::NotFound)?;
    let draft = draft(&typed);
    let changed = save(&visit, &typed, rule(number), |site| draft.apply(site, number, visit.now)).await;
    finish(&visit, &format!("rule-{number}"), typed, changed)
}

async fn force(visit: Visit, Path(number): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let number: u32 = number.parse().map_err(|_| Error::NotFound)?;
    let withdrawn = typed.get("withdrawn") == "yes";
    let done = save(&visit, &typed, |_| (), |site| withdraw_rule(site, number, withdrawn)).await;
    finish(&visit, &format!("rule-{number}"), Typed::default(), done)
}

/// Goes back to the page when it is done; else shows the form again as it was typed.
fn finish(visit: &Visit, key: &str, typed: Typed, done: Result<(), Error>) -> PageResult {
    match done {
        Ok(()) => Ok(see_other(DONE)),
        Err(error) => Ok(render(visit, Some(&refused(visit, key, typed, error)?))),
    }
}

fn render(visit: &Visit, refused: Option<&Sent>) -> Response {
    page(visit, HERE, refused, || {
        let words = visit.words;
        let rules = visit.site.every_rule().iter().map(|rule| one(visit, rule, refused)).collect_view();
        let sheet = Sheet::new(visit, "add", refused);
        view! {
            <div class="acts">{rules}</div>
            <section class="section">
                <h2 class="h-section">{t!(words, "admin-rule-make")}</h2>
                <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                    {sheet.summary()}
                    {texts(visit, &sheet, None)}
                    <div><button class="btn btn--primary">{t!(words, "admin-rule-go")}</button></div>
                </form>
            </section>
        }
        .into_any()
    })
}

/// The text of a rule in each language; the words that the forum comes with stand where the site has none.
fn texts(visit: &Visit, sheet: &Sheet<'_>, rule: Option<&HouseRule>) -> AnyView {
    Language::ALL
        .into_iter()
        .map(|language| {
            let own = rule.and_then(|rule| rule.texts.get(&language)).map_or("", String::as_str);
            let ours = rule.filter(|rule| rule.texts.is_empty()).map(|rule| visit.rule_in(language, rule));
            sheet.area(Area {
                name: language.text_field(),
                label: t!(visit.words, "field-text-in", language = language.name()),
                value: if own.is_empty() { ours.as_deref().unwrap_or_default() } else { own },
                max: Some(RULE_MAX),
                rows: 3,
                ..Area::default()
            })
        })
        .collect_view()
        .into_any()
}

fn one(visit: &Visit, rule: &HouseRule, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let number = rule.number;
    let key = format!("rule-{number}");
    let sheet = Sheet::new(visit, &key, refused);
    let text = visit.rule_in(visit.language(), rule);
    let hint = rule.withdrawn.then(|| view! { <span class="hint">{t!(words, "admin-rule-withdrawn")}</span> });
    let (withdrawn, force) =
        if rule.withdrawn { ("no", t!(words, "admin-rule-restore")) } else { ("yes", t!(words, "admin-rule-withdraw")) };
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back()>
            <summary>{icon(visit, "shield")}<span>{format!("{number}. {text}")}</span>{hint}</summary>
            <div class="act__in">
                <form class="stack" method="post" novalidate=true action=format!("{HERE}/{number}#{}", sheet.anchor())>
                    {sheet.summary()}
                    <input type="hidden" name="seen" value=seen(&Some(rule)) />
                    {texts(visit, &sheet, Some(rule))}
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </form>
                <form method="post" novalidate=true action=format!("{HERE}/{number}/force#{}", sheet.anchor())>
                    <button class="btn btn--sm" name="withdrawn" value=withdrawn>{force}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
