//! The public page of an act: what was done, under which rule and why, what its author says, and what somebody else decided.

use axum::{Form, extract::Path};
use forum::{
    Error,
    id::ModerationId,
    moderation::{self, APPEAL_MAX, Appeal, DECIDED_WITHIN, Moderation, Ruling, Sort},
};
use leptos::prelude::*;

use super::Thing;
use crate::{
    done,
    i18n::names,
    parts::{
        Head,
        form::{Area, Choice, Need, Sent, Sheet, Typed},
        marker::{act_path, role_line, rule_line, thing as about},
        respond,
        text::tag_of,
        when,
        who::person_link,
    },
    t,
    web::{PageResult, Visit, see_other},
};

const APPEAL: &str = "appeal";
const DECIDE: &str = "decide";

fn number(id: &str) -> Result<ModerationId, Error> {
    id.parse().map(ModerationId).map_err(|_| Error::NotFound)
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    page(&visit, number(&id)?, None).await
}

pub(super) async fn appeal(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = number(&id)?;
    visit.require_account()?;
    match visit.forum().write(&visit.actor, async |tx| moderation::appeal(tx, id, typed.get("body")).await).await {
        Ok(_) => Ok(see_other(&format!("{}?done={}", act_path(id), done!("appealed")))),
        Err(error) => page(&visit, id, Some(&Sent::refused(&visit, APPEAL, typed, error)?)).await,
    }
}

pub(super) async fn decide(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = number(&id)?;
    visit.require_account()?;
    let decided = async |tx: &mut forum::Tx| moderation::decide(tx, id, typed.get("outcome"), typed.get("reason")).await;
    match visit.forum().write(&visit.actor, decided).await {
        Ok(_) => Ok(see_other(&format!("{}?done={}", act_path(id), done!("decided")))),
        Err(error) => page(&visit, id, Some(&Sent::refused(&visit, DECIDE, typed, error)?)).await,
    }
}

async fn page(visit: &Visit, id: ModerationId, sent: Option<&Sent>) -> PageResult {
    let words = visit.words;
    let view = visit.view().await?;
    let act = moderation::by_id(&view, id).await?;
    let may_decide = moderation::deciding(&view, id).await.is_ok();
    drop(view);
    let mine = visit.account.as_ref().is_some_and(|me| me.id == act.whose.id);
    // who is banned is told to those whom it concerns
    let is_private = act.target.sort() == Sort::Person && !mine && !visit.is_staff();
    let thing = if is_private { None } else { Some(Thing::load(visit, act.target).await?) };
    let title = t!(words, "act-title", act = words.name(names::ACTED, act.act), number = words.number(act.id.0));
    let head = Head::titled(title.clone()).with_form(sent);
    Ok(respond(visit, head, || {
        let place = thing.map(|thing| view! { <p><a href=thing.path()>{t!(words, "act-see")}</a></p> });
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    {Sheet::any(visit, sent).summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{about(visit, &act)}</p>
                        {place}
                    </header>
                    {facts(visit, &act)}
                    {objection(visit, &act, mine, may_decide, sent)}
                </div>
            </div>
        }
    }))
}

fn facts(visit: &Visit, act: &Moderation) -> impl IntoView + use<> {
    let words = visit.words;
    let fact = |name: String, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let date = |day| when::date(visit, day).into_any();
    let link = |id: ModerationId, text: String| view! { <a href=act_path(id)>{text}</a> }.into_any();
    let number = |id: ModerationId| words.number(id.0);
    let by = visit.is_staff().then(|| fact(t!(words, "act-by"), person_link(visit, &act.by)));
    let moved = act.boards.as_ref().map(|(from, to)| {
        fact(t!(words, "act-moved"), t!(words, "moderated-moved", from = from.as_str(), to = to.as_str()).into_any())
    });
    let state = if let Some(by) = act.undone_by {
        Some(fact(t!(words, "act-undone"), link(by, t!(words, "act-undone-by", number = number(by)))))
    } else if act.is_undone() {
        Some(fact(t!(words, "act-undone"), t!(words, "ruling-upheld").into_any()))
    } else {
        None
    };
    let reason = view! { <span dir="auto" lang=tag_of(visit, &act.reason)>{act.reason.clone()}</span> };
    view! {
        <dl class="facts">
            {fact(t!(words, "act-rule"), rule_line(visit, act.rule, act.at).into_any())}
            {fact(t!(words, "act-reason"), reason.into_any())}
            {fact(t!(words, "act-role"), words.name(names::ROLE, act.role).into_any())}
            {by}
            {fact(t!(words, "act-at"), when::moment(visit, act.at).into_any())}
            {act.last_day.map(|day| fact(t!(words, "act-until"), date(day)))}
            {act.review_on.map(|day| fact(t!(words, "act-review"), date(day)))}
            {moved}
            {act.undoes.map(|id| fact(t!(words, "act-undoes"), link(id, t!(words, "act-number", number = number(id)))))}
            {state}
        </dl>
    }
}

/// What whoever it was done to says, and what became of that; the forms for both.
fn objection(visit: &Visit, act: &Moderation, mine: bool, may_decide: bool, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let day = |at| words.date(visit.local(at).date_naive());
    let text = match &act.appeal {
        Some(appeal) => lodged(visit, appeal, mine),
        None if !act.act.is_against() || act.is_undone() => view! { <p>{t!(words, "appeal-free")}</p> }.into_any(),
        None if act.is_appealable(visit.now) => {
            view! { <p>{t!(words, "appeal-none", date = day(act.appeal_until()))}</p> }.into_any()
        }
        None => view! { <p>{t!(words, "appeal-over")}</p> }.into_any(),
    };
    let object = (mine && act.is_appealable(visit.now)).then(|| appeal_form(visit, act, sent));
    let waits = act.appeal.as_ref().is_some_and(|appeal| appeal.outcome.is_none());
    let decide = (may_decide && waits).then(|| decide_form(visit, act, sent));
    view! {
        <section class="section" id="appeal" aria-labelledby="appeal-title">
            <h2 class="h-section" id="appeal-title">{t!(words, "appeal-h")}</h2>
            {text}
            {object}
            {decide}
        </section>
    }
}

fn lodged(visit: &Visit, appeal: &Appeal, mine: bool) -> AnyView {
    let words = visit.words;
    let date = words.date(visit.local(appeal.created_at).date_naive());
    let due = when::deadline_text(visit, appeal.due_at);
    let state = if appeal.is_overdue(visit.now) {
        t!(words, "appeal-late", date = date, due = due)
    } else {
        t!(words, "appeal-lodged", date = date, due = due)
    };
    // what they say may tell of what was taken away
    let said = (!appeal.body.is_empty() && (mine || visit.is_staff())).then(|| {
        let lang = tag_of(visit, &appeal.body);
        view! { <p><b>{t!(words, "appeal-words")}": "</b><q dir="auto" lang=lang>{appeal.body.clone()}</q></p> }
    });
    let decided = appeal.outcome.map(|outcome| {
        let reason = appeal.reason.clone().unwrap_or_default();
        let by = appeal.role.zip(appeal.decided_at).map(|(role, at)| role_line(visit, role, at));
        view! {
            <p><b>{words.name(names::RULING, outcome)}</b></p>
            <p><q dir="auto" lang=tag_of(visit, &reason)>{reason.clone()}</q></p>
            <p class="meta">{by}</p>
        }
    });
    view! { <div class="tombstone"><p>{state}</p>{said}{decided}</div> }.into_any()
}

fn appeal_form(visit: &Visit, act: &Moderation, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = Sheet::plain(visit, APPEAL, sent);
    let body = sheet.area(Area {
        name: "body",
        label: t!(words, "appeal-body"),
        need: Need::Sometimes,
        max: Some(APPEAL_MAX),
        rows: 4,
        ..Area::default()
    });
    view! {
        <form class="form" method="post" novalidate=true action=format!("{}/appeal", act_path(act.id))>
            <p>{t!(words, "appeal-lede", days = i64::from(DECIDED_WITHIN))}</p>
            {body}
            <div><button class="btn btn--primary">{t!(words, "appeal-go")}</button></div>
        </form>
    }
}

fn decide_form(visit: &Visit, act: &Moderation, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = Sheet::plain(visit, DECIDE, sent);
    let options = std::iter::once((String::new(), t!(words, "moderate-act-choose")))
        .chain(Ruling::ALL.into_iter().map(|ruling| (ruling.as_str().to_owned(), words.name(names::RULING, ruling))))
        .collect();
    let outcome = sheet.choice(Choice {
        name: "outcome",
        label: t!(words, "appeal-outcome"),
        options,
        need: Need::Always,
        ..Choice::default()
    });
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "appeal-reason"),
        hint: Some(t!(words, "appeal-reason-hint")),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 3,
        ..Area::default()
    });
    view! {
        <form class="form" method="post" novalidate=true action=format!("{}/decide", act_path(act.id))>
            <h3 class="h-block">{t!(words, "appeal-decide-h")}</h3>
            <p>{t!(words, "appeal-decide-lede")}</p>
            {outcome}
            {reason}
            <div><button class="btn btn--primary">{t!(words, "appeal-decide-go")}</button></div>
        </form>
    }
}
