//! When the company works: deadlines count only these days.

use axum::{
    Form, Router,
    extract::Path,
    routing::{get, post},
};
use chrono::NaiveDate;
use forum::site::{self, CalendarDraft, DAY_NAME_MAX, Site, WEEK, holidays_ahead};
use leptos::prelude::*;
use serde::Serialize;

use super::{admin, page, refused, save, seen};
use crate::{
    i18n::names,
    parts::{
        form::{Line, Need, Sent, Sheet, Typed},
        text::tag_of,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/calendar";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/calendar", get(show).post(change))
        .route("/admin/calendar/days-off", post(add))
        .route("/admin/calendar/days-off/{day}/remove", post(remove))
}

/// What the form of the week shows.
fn week_of(site: &Site) -> impl Serialize + use<> {
    (site.time_zone, site.work_week.clone(), site.dutch_holidays, site.days_worked.clone())
}

async fn show(visit: Visit) -> PageResult {
    admin(&visit)?;
    Ok(render(&visit, None))
}

async fn change(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = CalendarDraft {
        time_zone: typed.text("time_zone"),
        work_week: typed.ticked("work-"),
        dutch_holidays: typed.has("dutch_holidays"),
        days_worked: typed.ticked("worked-"),
    };
    let today = visit.today();
    match save(&visit, &typed, week_of, |site| draft.apply(site, today)).await {
        Ok(()) => Ok(see_other("/admin/calendar?done=settings#main")),
        Err(error) => Ok(render(&visit, Some(&refused(&visit, "calendar", typed, error)?))),
    }
}

async fn add(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    match save(&visit, &typed, |_| (), |site| site::add_day_off(site, typed.get("day"), typed.get("name"))).await {
        Ok(()) => Ok(see_other("/admin/calendar?done=day-off#main")),
        Err(error) => Ok(render(&visit, Some(&Sent::refused(&visit, "off", typed, error)?))),
    }
}

async fn remove(visit: Visit, Path(day): Path<String>) -> PageResult {
    admin(&visit)?;
    save(&visit, &Typed::default(), |_| (), |site| site::remove_day_off(site, &day)).await?;
    Ok(see_other("/admin/calendar?done=day-off-removed#main"))
}

fn render(visit: &Visit, refused: Option<&Sent>) -> axum::response::Response {
    page(visit, HERE, refused, || {
        view! { {week(visit, &Sheet::new(visit, "calendar", refused))}{days_off(visit, &Sheet::new(visit, "off", refused))} }
            .into_any()
    })
}

/// A day with its year and the day of the week: which one it falls on is what matters here.
fn long_date(visit: &Visit, day: NaiveDate) -> String {
    visit.words.weekday_date_of_year(day)
}

fn week(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    let site = &visit.site;
    let days =
        WEEK.into_iter().map(|(day, name)| (format!("work-{name}"), words.weekday(day), site.work_week.contains(&day))).collect();
    let holidays = holidays_ahead(visit.today())
        .into_iter()
        .map(|(day, holiday)| {
            let title = format!("{}, {}", long_date(visit, day), words.name(names::HOLIDAY, holiday));
            (format!("worked-{day}"), title, site.days_worked.contains(&day))
        })
        .collect();
    let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| view! { <option value=zone.name()></option> }).collect_view();
    view! {
        <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
            {sheet.summary()}
            <input type="hidden" name="seen" value=seen(&week_of(site)) />
            {sheet.line(Line {
                name: "time_zone",
                label: t!(words, "admin-time-zone"),
                hint: Some(t!(words, "admin-time-zone-hint")),
                value: site.time_zone.name(),
                need: Need::Always,
                max: Some(60),
                list: Some("time-zones"),
                ..Line::default()
            })}
            <datalist id="time-zones">{zones}</datalist>
            {sheet.ticks("work_week", t!(words, "admin-work-week"), None, days)}
            {sheet.tick("dutch_holidays", t!(words, "admin-holidays"), site.dutch_holidays)}
            {sheet.ticks("days_worked", t!(words, "admin-worked"), Some(t!(words, "admin-worked-hint")), holidays)}
            <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
        </form>
    }
    .into_any()
}

fn days_off(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    let rows = visit
        .site
        .days_off
        .iter()
        .map(|(day, name)| {
            let date = long_date(visit, *day);
            let label = t!(words, "admin-remove-named", name = format!("{date}, {name}"));
            let lang = tag_of(visit, name);
            view! {
                <li class="between">
                    <span>{date}", "<span dir="auto" lang=lang>{name.clone()}</span></span>
                    <form method="post" novalidate=true action=format!("{HERE}/days-off/{day}/remove")>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "admin-remove")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = if visit.site.days_off.is_empty() {
        view! { <p class="ink-2">{t!(words, "admin-off-none")}</p> }.into_any()
    } else {
        view! { <ul class="entries">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" id="off">
            <h2 class="h-section">{t!(words, "admin-off")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-off-text")}</p>
            {list}
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/days-off#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.day(Line { name: "day", label: t!(words, "admin-off-day"), need: Need::Always, ..Line::default() })}
                    {sheet.line(Line {
                        name: "name",
                        label: t!(words, "admin-off-name"),
                        need: Need::Always,
                        max: Some(DAY_NAME_MAX),
                        ..Line::default()
                    })}
                </div>
                <div><button class="btn">{t!(words, "admin-off-add")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
