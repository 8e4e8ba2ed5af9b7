//! What a role may do without asking.

use axum::{Form, Router, response::Response, routing::get};
use forum::{
    actor::Role,
    mandate::Mandate,
    site::{MandateDraft, MandatesDraft},
    status::Stage,
};
use leptos::prelude::*;

use super::{admin, page, refused, save, seen};
use crate::{
    i18n::names,
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        pill::stage_name,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/mandates";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/mandates", get(show).post(change))
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    Ok(render(&visit, None))
}

async fn change(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let of = |role: &str| MandateDraft {
        days: typed.text(&format!("{role}_days")),
        euros: typed.text(&format!("{role}_euros")),
        not_stages: typed.ticked(&format!("{role}-not-")),
    };
    let draft = MandatesDraft { agent: of("agent"), lead: of("lead") };
    match save(&visit, &typed, |site| site.mandates.clone(), |site| draft.apply(site)).await {
        Ok(()) => Ok(see_other("/admin/mandates?done=settings#main")),
        Err(error) => Ok(render(&visit, Some(&refused(&visit, "mandates", typed, error)?))),
    }
}

fn render(visit: &Visit, refused: Option<&Sent>) -> Response {
    page(visit, HERE, refused, || {
        let words = visit.words;
        let sheet = Sheet::new(visit, "mandates", refused);
        let mandates = &visit.site.mandates;
        let agent = (Role::Agent, ["agent_days", "agent_euros", "agent_not_stages"], &mandates.agent);
        let lead = (Role::Lead, ["lead_days", "lead_euros", "lead_not_stages"], &mandates.lead);
        let roles =
            [agent, lead].into_iter().map(|(role, names, mandate)| of_role(visit, &sheet, role, names, mandate)).collect_view();
        view! {
            <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <input type="hidden" name="seen" value=seen(&mandates) />
                {roles}
                <div class="stack gap-2">
                    <p class="meta">{t!(words, "admin-mandates-rule")}</p>
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </div>
            </form>
        }
        .into_any()
    })
}

fn of_role(visit: &Visit, sheet: &Sheet<'_>, role: Role, [days, euros, stages]: [&'static str; 3], now: &Mandate) -> AnyView {
    let words = visit.words;
    let days_now = now.days.map(|days| days.to_string()).unwrap_or_default();
    let euros_now = now.cents.map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or_default();
    let boxes = Stage::ALL
        .into_iter()
        .filter(|stage| stage.is_for_staff())
        .map(|stage| {
            (format!("{}-not-{}", role.as_str(), stage.as_str()), stage_name(visit, stage), now.not_stages.contains(&stage))
        })
        .collect();
    view! {
        <fieldset class="stack">
            <legend class="h-section">{words.name(names::ROLE, role)}</legend>
            <div class="grid-3">
                {sheet.line(Line {
                    name: days,
                    label: t!(words, "admin-mandate-days"),
                    hint: Some(t!(words, "admin-mandate-days-hint")),
                    value: &days_now,
                    need: Need::Optional,
                    max: Some(3),
                    keys: Some("numeric"),
                    ..Line::default()
                })}
                {sheet.line(Line {
                    name: euros,
                    label: t!(words, "admin-mandate-euros"),
                    hint: Some(t!(words, "admin-mandate-euros-hint")),
                    value: &euros_now,
                    need: Need::Optional,
                    max: Some(15),
                    keys: Some("decimal"),
                    ..Line::default()
                })}
            </div>
            {sheet.ticks(stages, t!(words, "admin-mandate-stages"), None, boxes)}
        </fieldset>
    }
    .into_any()
}
