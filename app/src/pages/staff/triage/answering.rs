//! Answering a post: what, who, by when; or why not.

use axum::{Router, routing::post};
use forum::{
    answer::{self, Draft, REFUSAL_MIN, ReasonClass, WHAT_MAX, WHO_MAX},
    clock,
    mandate::Act as Wanted,
};
use leptos::prelude::*;

use super::{Act, Pane, panel, requested};
use crate::{
    done,
    i18n::names,
    parts::{
        form::{Area, Choice, Line, MULTIPART, Need},
        pill::status_name,
    },
    t,
    web::{PageResult, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/triage/{id}/answer", post(give))
}

async fn give(mut act: Act) -> PageResult {
    let form = act.digest();
    if let Some(page) = act.gather("answer").await? {
        return page;
    }
    let typed = &act.typed;
    let draft = Draft {
        status: typed.text("status"),
        what: typed.text("what"),
        who: Some(typed.text("who")),
        next_update_on: Some(typed.text("next_update_on")),
        reason_class: Some(typed.text("reason_class")),
        reexamine_on: Some(typed.text("reexamine_on")),
        is_final: typed.has("final"),
        language: Some(act.visit.language()),
        files: typed.chosen(),
    };
    let id = act.post;
    let forum = act.visit.forum().with_markdown(&draft.what).await?;
    let given = act.once_as(&form, &forum, async |tx| answer::give(tx, id, &draft).await).await;
    let done = given.map(|waits| waits.map_or(done!("answered"), requested));
    act.finish("answer", done).await
}

pub(super) fn panel_of(pane: &Pane<'_>) -> AnyView {
    let Pane { visit, me, item, refused, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("answer");
    let row = &item.post.row;
    let today = visit.today();
    let first = visit.site.calendar().nth_working_day_after(today, 1);
    let latest = clock::latest_next_update(&visit.site, row.kind, &row.board.slug, row.level, visit.now);
    let mut statuses = vec![(String::new(), t!(words, "triage-status-choose"))];
    statuses.extend(item.statuses.iter().map(|status| {
        let name = status_name(visit, status);
        let beyond = !visit.site.mandates.beyond(me.role, Wanted::Answer(status.stage)).is_empty();
        let label = if beyond { t!(words, "triage-status-asks", status = name) } else { name };
        (status.slug.clone(), label)
    }));
    let mut reasons = vec![(String::new(), t!(words, "triage-reason-none"))];
    reasons.extend(ReasonClass::ALL.into_iter().map(|class| (class.as_str().to_owned(), words.name(names::REASON, class))));
    let present = item.statuses.iter().find(|status| status.id == row.status.id).map(|s| s.slug.clone()).unwrap_or_default();
    // who answers is most often who sits here
    let who = me.title.as_ref().map_or_else(|| me.name.clone(), |title| format!("{}, {title}", me.name));
    // halfway to the last day that there may be: whoever knows better writes another
    let proposed =
        visit.site.calendar().nth_working_day_after(today, visit.site.terms(row.kind, &row.board.slug).next_update.div_ceil(2));
    let proposed = proposed.min(latest).to_string();
    let least = i64::try_from(REFUSAL_MIN).unwrap_or(i64::MAX);
    let fields = view! {
        // Enter in a field presses the first button of a form: it has to be this one
        <button class="sr" tabindex="-1" aria-hidden="true"></button>
        {sheet.choice(Choice {
            name: "status",
            label: t!(words, "triage-status"),
            options: statuses,
            value: &present,
            need: Need::Always,
            ..Choice::default()
        })}
        {sheet.area(Area {
            name: "what",
            label: t!(words, "triage-what"),
            hint: Some(t!(words, "triage-what-hint")),
            need: Need::Always,
            max: Some(WHAT_MAX),
            rows: 5,
            ..Area::default()
        })}
        {sheet.files()}
        <fieldset class="stack gap-3">
            <legend class="label">{t!(words, "triage-group-open")}</legend>
            <p class="hint">{t!(words, "triage-group-open-hint")}</p>
            <div class="grid-3">
                {sheet.line(Line {
                    name: "who",
                    label: t!(words, "triage-who"),
                    hint: Some(t!(words, "triage-who-hint")),
                    value: &who,
                    need: Need::Sometimes,
                    max: Some(WHO_MAX),
                    ..Line::default()
                })}
                {sheet.day(Line {
                    name: "next_update_on",
                    label: t!(words, "triage-next-update"),
                    hint: Some(t!(words, "triage-next-update-hint", latest = words.date(latest))),
                    value: &proposed,
                    need: Need::Sometimes,
                    first: Some(first),
                    last: Some(latest),
                    ..Line::default()
                })}
            </div>
        </fieldset>
        <fieldset class="stack gap-3">
            <legend class="label">{t!(words, "triage-group-declined")}</legend>
            <p class="hint">{t!(words, "triage-group-declined-hint", min = least)}</p>
            <div class="grid-3">
                {sheet.choice(Choice {
                    name: "reason_class",
                    label: t!(words, "triage-reason"),
                    hint: Some(t!(words, "triage-reason-hint")),
                    options: reasons,
                    need: Need::Sometimes,
                    ..Choice::default()
                })}
                {sheet.day(Line {
                    name: "reexamine_on",
                    label: t!(words, "triage-reexamine"),
                    hint: Some(t!(words, "triage-reexamine-hint")),
                    need: Need::Sometimes,
                    first: today.succ_opt(),
                    ..Line::default()
                })}
            </div>
            {sheet.tick("final", t!(words, "triage-final"), false)}
        </fieldset>
    }
    .into_any();
    let button = view! {
        <div class="between">
            <p class="meta">{t!(words, "triage-publish-hint")}" "{pane.mandate()}</p>
            <div class="cluster">
                <button class="btn btn--primary">{t!(words, "triage-publish")}</button>
                <button class="btn" name="then" value="next" data-go-on="">{t!(words, "triage-publish-next")}</button>
            </div>
        </div>
    }
    .into_any();
    let form = pane.form_as(Some(MULTIPART), &sheet, "answer", fields, button);
    panel(visit, &sheet, "s-progress", t!(words, "triage-answer"), t!(words, "triage-answer-hint"), refused.is_none(), form)
}
