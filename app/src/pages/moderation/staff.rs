//! What waits for moderators: objections with their deadlines, what members point out, and what is to be looked at again.

use axum::{Form, extract::Path};
use forum::{
    Error,
    error::Problem,
    flag::{self, Flagged},
    id::{PersonId, RingId, ScreeningId},
    lookout::{self, NEW, Newcomer},
    moderation::{self, Moderation, Sort, Target},
    ring::{self, Ring},
    screening::{self, Waiting},
};
use leptos::prelude::*;

use super::{Thing, rules};
use crate::{
    done,
    i18n::names,
    parts::{
        Head, Place,
        form::{Area, Choice, Need, Sent, Sheet, Typed},
        marker::{act_line, appeal_due},
        respond, when,
        who::{person_link, person_path},
    },
    t,
    web::{PageResult, Visit, see_other},
};

const HERE: &str = "/triage/moderation";
/// Acts that are listed.
const LATEST: u64 = 30;

pub(super) async fn show(visit: Visit) -> PageResult {
    page(&visit, None).await
}

pub(super) async fn dismiss(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    let target = Sort::parse(typed.get("target_type")).and_then(|sort| Target::parse(sort, typed.get("target_id")));
    let target = target.map_err(|_: Problem| Error::NotFound)?;
    match visit.forum().write_aside(&visit.actor, async |tx| flag::dismiss(tx, target, typed.get("reason")).await).await {
        Ok(()) => Ok(see_other(&format!("{HERE}?done={}", done!("dismissed")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, key(target), typed, error)?)).await,
    }
}

fn screening_id(id: &str) -> Result<ScreeningId, Error> {
    id.parse().map(ScreeningId).map_err(|_| Error::NotFound)
}

pub(super) async fn release(visit: Visit, Path(id): Path<String>) -> PageResult {
    visit.require_staff()?;
    let id = screening_id(&id)?;
    match visit.forum().write(&visit.actor, async |tx| screening::release(tx, id).await).await {
        Ok(()) => Ok(see_other(&format!("{HERE}?done={}", done!("released")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, held_key(id), Typed::default(), error)?)).await,
    }
}

pub(super) async fn keep_hidden(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    let id = screening_id(&id)?;
    let rule = typed.get("rule").trim().parse().ok();
    match visit.forum().write(&visit.actor, async |tx| screening::keep_hidden(tx, id, rule, typed.get("reason")).await).await {
        Ok(_) => Ok(see_other(&format!("{HERE}?done={}", done!("kept-hidden")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, held_key(id), typed, error)?)).await,
    }
}

/// Notes that somebody looked at a new account.
pub(super) async fn look(visit: Visit, Path(id): Path<String>) -> PageResult {
    visit.require_staff()?;
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    visit.forum().write_aside(&visit.actor, async |tx| lookout::looked_at(tx, id).await).await?;
    Ok(see_other(&format!("{HERE}?done={}#newcomers", done!("looked-at"))))
}

fn ring_id(id: &str) -> Result<RingId, Error> {
    id.parse().map(RingId).map_err(|_| Error::NotFound)
}

pub(super) async fn dismiss_ring(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    let id = ring_id(&id)?;
    match visit.forum().write(&visit.actor, async |tx| ring::dismiss(tx, id, typed.get("reason")).await).await {
        Ok(()) => Ok(see_other(&format!("{HERE}?done={}", done!("ring-dismissed")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, ring_key(id, "dismiss"), typed, error)?)).await,
    }
}

pub(super) async fn exclude_ring(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    let id = ring_id(&id)?;
    let rule = typed.get("rule").trim().parse().ok();
    match visit.forum().write(&visit.actor, async |tx| ring::exclude(tx, id, rule, typed.get("reason")).await).await {
        Ok(_) => Ok(see_other(&format!("{HERE}?done={}", done!("ring-excluded")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, ring_key(id, "exclude"), typed, error)?)).await,
    }
}

fn ring_key(id: RingId, what: &str) -> String {
    format!("ring-{what}-{id}")
}

fn held_key(id: ScreeningId) -> String {
    format!("held-{id}")
}

fn key(target: Target) -> String {
    match target {
        Target::Comment(id) => format!("comment-{id}"),
        Target::Post(id) | Target::Vote(id, _) => format!("post-{id}"),
        Target::Person(id) => format!("person-{id}"),
    }
}

async fn page(visit: &Visit, sent: Option<&Sent>) -> PageResult {
    visit.require_staff()?;
    let (db, actor, words) = (visit.forum().read(), &visit.actor, visit.words);
    let appeals = moderation::open_appeals(db, actor).await?;
    let reviews = moderation::reviews(db, actor).await?;
    let latest = moderation::latest(db, actor, LATEST).await?;
    let mut flagged = Vec::new();
    for flag in flag::queue(db, actor).await? {
        let thing = Thing::load(visit, flag.target()).await?;
        flagged.push((flag, thing));
    }
    let mut held = Vec::new();
    for waiting in screening::queue(db, actor).await? {
        let thing = Thing::load(visit, waiting.target()).await?;
        held.push((waiting, thing));
    }
    let rings = ring::queue(db, actor).await?;
    let newcomers = lookout::queue(db, actor, visit.now).await?;
    let title = t!(words, "triage-moderation");
    let head = Head { staff: true, ..Head::titled(title.clone()).at(Place::Triage).with_form(sent) };
    Ok(respond(visit, head, || {
        let flags = if flagged.is_empty() {
            view! { <p class="meta">{t!(words, "triage-flags-none")}</p> }.into_any()
        } else {
            let items = flagged.iter().map(|(flag, thing)| one(visit, flag, thing, sent)).collect_view();
            view! { <ol class="stack gap-4">{items}</ol> }.into_any()
        };
        let held = if held.is_empty() {
            view! { <p class="meta">{t!(words, "triage-held-none")}</p> }.into_any()
        } else {
            let items = held.iter().map(|(waiting, thing)| held_one(visit, waiting, thing, sent)).collect_view();
            view! { <ol class="stack gap-4">{items}</ol> }.into_any()
        };
        let rings = if rings.is_empty() {
            view! { <p class="meta">{t!(words, "triage-rings-none")}</p> }.into_any()
        } else {
            let items = rings.iter().map(|ring| ring_one(visit, ring, sent)).collect_view();
            view! { <ol class="stack gap-4">{items}</ol> }.into_any()
        };
        let newcomers = if newcomers.is_empty() {
            view! { <p class="meta">{t!(words, "triage-newcomers-none")}</p> }.into_any()
        } else {
            let items = newcomers.iter().map(|newcomer| newcomer_one(visit, newcomer)).collect_view();
            view! { <ol class="stack gap-4">{items}</ol> }.into_any()
        };
        let review = |act: &Moderation| act.review_on.map(|day| words.date(day));
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    {Sheet::any(visit, sent.filter(|sent| sent.key().starts_with("held-") || sent.key().starts_with("ring-"))).summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{t!(words, "triage-moderation-lede")}</p>
                    </header>
                    {list(visit, "appeals", t!(words, "triage-appeals"), t!(words, "triage-appeals-none"), &appeals, |act| appeal_due(visit, act))}
                    <section class="section" aria-labelledby="held">
                        <h2 class="h-section" id="held">{t!(words, "triage-held")}</h2>
                        {held}
                    </section>
                    <section class="section" aria-labelledby="rings">
                        <h2 class="h-section" id="rings">{t!(words, "triage-rings")}</h2>
                        {rings}
                    </section>
                    <section class="section" aria-labelledby="newcomers">
                        <h2 class="h-section" id="newcomers">{t!(words, "triage-newcomers")}</h2>
                        <p class="ink-2">{t!(words, "triage-newcomers-text", n = NEW.num_days())}</p>
                        {newcomers}
                    </section>
                    <section class="section" aria-labelledby="flags">
                        <h2 class="h-section" id="flags">{t!(words, "triage-flags")}</h2>
                        {flags}
                    </section>
                    {list(visit, "reviews", t!(words, "triage-reviews"), t!(words, "triage-reviews-none"), &reviews, review)}
                    {list(visit, "acts", t!(words, "triage-acts"), t!(words, "triage-acts-none"), &latest, |_| None)}
                </div>
            </div>
        }
    }))
}

fn list(
    visit: &Visit,
    id: &'static str,
    title: String,
    none: String,
    acts: &[Moderation],
    more: impl Fn(&Moderation) -> Option<String>,
) -> AnyView {
    let items = if acts.is_empty() {
        view! { <p class="meta">{none}</p> }.into_any()
    } else {
        let lines = acts.iter().map(|act| act_line(visit, act, more(act))).collect_view();
        view! { <ol class="stack gap-3">{lines}</ol> }.into_any()
    };
    view! { <section class="section" aria-labelledby=id><h2 class="h-section" id=id>{title}</h2>{items}</section> }.into_any()
}

/// A group of accounts that vote as one, with what speaks for it and what can be done about it.
fn ring_one(visit: &Visit, ring: &Ring, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let (dismissing, excluding) = (ring_key(ring.id, "dismiss"), ring_key(ring.id, "exclude"));
    let (dismiss, exclude) = (Sheet::new(visit, &dismissing, sent), Sheet::new(visit, &excluding, sent));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let signs = ring
        .signs
        .iter()
        .map(|(sign, weight)| {
            let share = words.fixed(*weight, 2);
            view! { <li>{words.name(names::SIGN, *sign)}" ("{share}")"</li> }
        })
        .collect_view();
    let members = ring.members.iter().map(|person| view! { <li>{person_link(visit, person)}</li> }).collect_view();
    let posts = ring
        .posts
        .iter()
        .map(|post| {
            let votes = t!(words, "ring-votes", n = post.votes);
            let path = format!("/p/{}/{}", post.id, post.slug);
            view! { <li><a href=path dir="auto" lang=post.language.clone()>{post.title.clone()}</a>": "{votes}</li> }
        })
        .collect_view();
    let reason = |sheet: &Sheet<'_>| {
        sheet.area(Area {
            name: "reason",
            label: t!(words, "act-reason"),
            hint: Some(t!(words, "appeal-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 2,
            ..Area::default()
        })
    };
    let rule = exclude.choice(Choice {
        name: "rule",
        label: t!(words, "edit-rule"),
        options: rules(visit),
        need: Need::Always,
        ..Choice::default()
    });
    let path = format!("{HERE}/rings/{}", ring.id);
    view! {
        <li class="panel stack gap-3">
            <p><b>{t!(words, "ring-title", n = count(ring.members.len()))}</b>" · "<span class="meta">{when::moment(visit, ring.found_at)}</span></p>
            <ul class="stack gap-1">{signs}</ul>
            <ul class="stack gap-1">{posts}</ul>
            <details><summary>{t!(words, "ring-members", n = count(ring.members.len()))}</summary><ul class="stack gap-1">{members}</ul></details>
            <div class="cluster">
                <details class="reply" open=dismiss.is_back() id=dismiss.anchor()>
                    <summary class="btn btn--sm">{t!(words, "triage-flag-dismiss")}</summary>
                    <form class="stack gap-3" method="post" novalidate=true action=format!("{path}/dismiss#{}", dismiss.anchor())>
                        {reason(&dismiss)}
                        <div><button class="btn">{t!(words, "triage-flag-dismiss")}</button></div>
                    </form>
                </details>
                <details class="reply" open=exclude.is_back() id=exclude.anchor()>
                    <summary class="btn btn--sm">{t!(words, "ring-exclude")}</summary>
                    <form class="stack gap-3" method="post" novalidate=true action=format!("{path}/exclude#{}", exclude.anchor())>
                        <p class="sm">{t!(words, "ring-exclude-text")}</p>
                        {rule}
                        {reason(&exclude)}
                        <div><button class="btn btn--danger">{t!(words, "ring-exclude")}</button></div>
                    </form>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// A new account, with what stands out about it and what can be done.
fn newcomer_one(visit: &Visit, newcomer: &Newcomer) -> AnyView {
    let words = visit.words;
    let signs = newcomer.signs.iter().map(|sign| view! { <li>{words.name(names::NOTABLE, *sign)}</li> }).collect_view();
    let known = if newcomer.verified { t!(words, "newcomer-verified") } else { t!(words, "newcomer-unverified") };
    let texts = t!(words, "newcomer-texts", n = newcomer.texts, count = words.number(newcomer.texts));
    let id = newcomer.person.id;
    view! {
        <li class="panel stack gap-2" id=format!("account-{id}")>
            <p><b>{person_link(visit, &newcomer.person)}</b></p>
            <p class="meta">{t!(words, "newcomer-since")}" "{when::moment(visit, newcomer.created_at)}" · "{known}" · "{texts}</p>
            <ul class="stack gap-1">{signs}</ul>
            <div class="cluster">
                <form method="post" novalidate=true action=format!("{HERE}/accounts/{id}/looked-at")>
                    <button class="btn btn--sm">{t!(words, "newcomer-looked")}</button>
                </form>
                <a class="btn btn--quiet btn--sm" href=format!("{}/moderate", person_path(&newcomer.person))>{t!(words, "moderate")}</a>
            </div>
        </li>
    }
    .into_any()
}

/// A text that is held back, with what can be done about it.
fn held_one(visit: &Visit, waiting: &Waiting, thing: &Thing, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let key = held_key(waiting.id);
    let sheet = Sheet::new(visit, &key, sent);
    let text = thing.text().map(|(text, language)| view! { <blockquote dir="auto" lang=language>{text}</blockquote> });
    let due = when::deadline_text(visit, waiting.due_at);
    let due = if waiting.is_overdue(visit.now) {
        view! { <strong class="bad">{t!(words, "triage-held-late", due = due)}</strong> }.into_any()
    } else {
        view! { <span>{t!(words, "triage-held-due", due = due)}</span> }.into_any()
    };
    let rule = sheet.choice(Choice {
        name: "rule",
        label: t!(words, "edit-rule"),
        options: rules(visit),
        need: Need::Always,
        ..Choice::default()
    });
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "act-reason"),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 2,
        ..Area::default()
    });
    let path = format!("{HERE}/held/{}", waiting.id);
    view! {
        <li class="panel stack gap-2" id=sheet.anchor()>
            <p><b><a href=thing.path()>{thing.name(visit)}</a></b></p>
            <p class="meta">{person_link(visit, &waiting.author)}" · "{words.name(names::SUSPICION, waiting.cause)}" · "{due}</p>
            <div class="prose">{text}</div>
            <div class="cluster">
                <form method="post" novalidate=true action=format!("{path}/release")>
                    <button class="btn btn--primary btn--sm">{t!(words, "triage-held-release")}</button>
                </form>
                <details class="reply" open=sheet.is_back()>
                    <summary class="btn btn--sm">{t!(words, "triage-held-hide")}</summary>
                    <form class="stack gap-3" method="post" novalidate=true action=format!("{path}/hide#{}", sheet.anchor())>
                        <p class="sm">{t!(words, "moderate-lede")}</p>
                        {rule}
                        {reason}
                        <div><button class="btn btn--danger">{t!(words, "triage-held-hide")}</button></div>
                    </form>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// Something that members pointed out, with what can be done about it.
fn one(visit: &Visit, flag: &Flagged, thing: &Thing, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let target = flag.target();
    let key = key(target);
    let sheet = Sheet::new(visit, &key, sent);
    let count = flag.rules.iter().map(|(_, times)| times).sum::<usize>();
    let rules: Vec<String> = flag
        .rules
        .iter()
        .map(|(rule, times)| {
            t!(words, "triage-flag-rule", rule = i64::from(*rule), times = i64::try_from(*times).unwrap_or(i64::MAX))
        })
        .collect();
    let notes = flag.notes.iter().map(|note| view! { <p class="sm"><q dir="auto">{note.clone()}</q></p> }).collect_view();
    let text = thing.text().map(|(text, language)| view! { <blockquote dir="auto" lang=language>{text}</blockquote> });
    let id = match target {
        Target::Comment(id) => id.to_string(),
        _ => flag.post.to_string(),
    };
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "triage-flag-dismiss-reason"),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 2,
        ..Area::default()
    });
    let since = words.date(visit.local(flag.since).date_naive());
    view! {
        <li class="panel" id=sheet.anchor()>
            <p><b><a href=thing.path()>{thing.name(visit)}</a></b></p>
            <p class="meta">
                {t!(words, "moderate-flags", n = i64::try_from(count).unwrap_or(i64::MAX))}": "{rules.join(", ")}" · "
                {t!(words, "triage-flag-weight", weight = words.fixed(flag.weight, 2))}" · "{t!(words, "triage-flag-since", date = since)}
            </p>
            <div class="prose">{text}</div>
            {notes}
            <div class="cluster">
                <a class="btn btn--primary btn--sm" href=thing.form("moderate")>{t!(words, "moderate")}</a>
                <details class="reply" open=sheet.is_back()>
                    <summary class="btn btn--sm">{t!(words, "triage-flag-dismiss")}</summary>
                    <form class="stack gap-3" method="post" novalidate=true action=format!("{HERE}/dismiss#{}", sheet.anchor())>
                        {sheet.summary()}
                        <input type="hidden" name="target_type" value=target.sort().as_str() />
                        <input type="hidden" name="target_id" value=id />
                        {reason}
                        <div><button class="btn">{t!(words, "triage-flag-dismiss")}</button></div>
                    </form>
                </details>
            </div>
        </li>
    }
    .into_any()
}
