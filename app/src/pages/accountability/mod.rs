//! The scoreboard: whether the company does what it says, for everybody to see and to compute again.

pub(crate) mod how;

use axum::{Router, extract::Query, routing::get};
use forum::{
    accountability::{self, Group, Overdue, Period, Scoreboard, Share, Spread, Stretch},
    actor::Actor,
    board::{self, Board},
    post::Kind,
    promise::{self, Promise, State},
    site::Language,
    text::UNKNOWN_LANGUAGE,
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::{Words, names},
    key,
    parts::{
        Head, Place,
        chart::{self, Point},
        clock_chip::{ahead, clock_name},
        icon,
        kind::{kind_label, kind_name},
        respond, when,
        who::owner_name,
    },
    t,
    web::{PageResult, Visit, Web},
};

/// Promises that stand on the page; all are at `/promises`.
const PROMISES: u64 = 6;
/// Late posts that stand on the page.
const LATE: u64 = 20;
/// Stretches of time that the picture shows, at most.
const STRETCHES: usize = 14;

/// `/accountability` and the page that explains its figures.
pub fn routes() -> Router<Web> {
    Router::new().route("/accountability", get(show)).route("/accountability/figures", get(how::show))
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    period: String,
}

struct Loaded {
    period: Period,
    boards: Vec<Board>,
    promises: Vec<Promise>,
    overdue: Vec<Overdue>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let period = Period::parse(&asked.period).unwrap_or_default();
    let (db, now) = (visit.forum().read(), visit.now);
    let scores = visit.forum().scoreboard(period).await?;
    let (promises, _) = promise::list(db, &Actor::Visitor, &promise::Filter::default(), None, PROMISES, now).await?;
    let loaded = Loaded {
        period,
        boards: board::list(db, &Actor::Visitor).await?,
        promises,
        overdue: accountability::overdue(db, LATE, now).await?,
    };
    let words = visit.words;
    let mut head = Head::titled(t!(words, "score-title")).at(Place::Accountability);
    let description = t!(words, "score-description", site = visit.site.name.as_str());
    head = head.public("/accountability", description);
    if period != Period::default() {
        head.canonical = None;
    }
    Ok(respond(&visit, head, || {
        view! {
            <div class="wrap page">
                <header class="between score__head">
                    <div class="stack gap-2">
                        <h1 class="h-page">{t!(words, "score-h")}</h1>
                        <p class="lede">{t!(words, "score-lede")}</p>
                    </div>
                    {periods(&visit, period)}
                </header>
                <div class="stack gap-14">
                    {headline(&visit, &scores, &loaded)}
                    {on_time(&visit, &scores, &loaded)}
                    {promises_part(&visit, &scores, &loaded)}
                    {late(&visit, &scores, &loaded)}
                    {coverage(&visit, &scores)}
                    {check(&visit, &loaded)}
                </div>
            </div>
        }
    }))
}

/// The choice of a period: links, so that each has an address.
fn periods(visit: &Visit, chosen: Period) -> impl IntoView + use<> {
    let words = visit.words;
    let links = Period::ALL
        .into_iter()
        .map(|period| {
            let href = if period == Period::default() {
                "/accountability".to_owned()
            } else {
                format!("/accountability?period={}", period.as_str())
            };
            let name = words.name(names::PERIOD, period);
            view! { <a href=href aria-current=(period == chosen).then_some("true")>{name}</a> }
        })
        .collect_view();
    view! { <nav class="seg" aria-label=t!(words, "score-period")>{links}</nav> }
}

/// A share in percent: `93 %` as the language writes it, or a dash of nothing.
fn percent(words: &Words, share: Share) -> String {
    share.permille().map_or_else(|| "–".to_owned(), |permille| percent_of(words, permille))
}

/// Tenths of a percent in words: whole percents, and a decimal below ten.
fn percent_of(words: &Words, permille: i64) -> String {
    let value = if permille % 10 == 0 || permille >= 100 { words.number((permille + 5) / 10) } else { words.decimal(permille) };
    t!(words, "score-percent", value = value)
}

fn of(words: &Words, share: Share) -> String {
    t!(words, "score-of", count = words.number(share.count), of = words.number(share.of))
}

/// Thousandths of a working day as days with one decimal.
fn days(words: &Words, thousandths: Option<i64>) -> String {
    thousandths.map_or_else(|| "–".to_owned(), |days| words.decimal((days + 50) / 100))
}

fn stat(name: String, value: String, note: String) -> impl IntoView + use<> {
    view! { <div class="stat"><dt>{name}</dt><dd>{value}</dd><dd class="stat__note">{note}</dd></div> }
}

fn headline(visit: &Visit, scores: &Scoreboard, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let on_time = scores.all().map(|all| all.on_time).unwrap_or_default();
    let first = scores.all().map(|all| all.first_answer).unwrap_or_default();
    let kept = Share { count: scores.promises.kept, of: scores.promises.kept + scores.promises.broken };
    let target = percent_of(words, i64::from(visit.site.target_on_time) * 10);
    let on_time_note = format!("{}. {}", of(words, on_time), t!(words, "score-target", target = target));
    let p90 = t!(words, "score-p90", days = days(words, first.p90));
    let kept_note =
        t!(words, "score-kept-note", kept = words.number(scores.promises.kept), broken = words.number(scores.promises.broken));
    let oldest = loaded.overdue.first().map_or_else(
        || t!(words, "score-overdue-none"),
        |late| {
            let due = forum::clock::local_day(&visit.site, late.due_at);
            let n = visit.site.calendar().working_days_between(due, visit.today()).max(0);
            t!(words, "score-overdue-oldest", n = n)
        },
    );
    view! {
        <dl class="stats">
            {stat(t!(words, "score-on-time"), percent(words, on_time), on_time_note)}
            {stat(t!(words, "score-median"), days(words, first.median), p90)}
            {stat(t!(words, "score-kept"), percent(words, kept), kept_note)}
            {stat(t!(words, "score-overdue"), words.number(scores.overdue), oldest)}
        </dl>
    }
}

fn on_time(visit: &Visit, scores: &Scoreboard, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let by_week = loaded.period == Period::Days90;
    let latest = scores.over_time.len().saturating_sub(STRETCHES);
    let shown: Vec<Stretch> = scores.over_time[latest..].to_vec();
    let label = |stretch: &Stretch| {
        if by_week { words.short_date(stretch.from, visit.today()) } else { words.month_of(stretch.from) }
    };
    let points: Vec<Point> =
        shown.iter().filter_map(|stretch| Some(Point { label: label(stretch), permille: stretch.on_time.permille()? })).collect();
    let target = i64::from(visit.site.target_on_time) * 10;
    let (title, column) = if by_week {
        (t!(words, "score-by-week"), t!(words, "score-week"))
    } else {
        (t!(words, "score-by-month"), t!(words, "score-month"))
    };
    let picture = match (points.first(), points.last(), points.iter().min_by_key(|p| p.permille)) {
        (Some(first), Some(last), Some(lowest)) => {
            let alternative = t!(
                words,
                "score-chart",
                first = percent_of(words, first.permille),
                from = first.label.as_str(),
                lowest = percent_of(words, lowest.permille),
                low = lowest.label.as_str(),
                last = percent_of(words, last.permille),
                to = last.label.as_str(),
                target = percent_of(words, target),
            );
            chart::line(&points, target, alternative, &|permille| percent_of(words, permille)).into_any()
        }
        _ => view! { <p class="meta">{t!(words, "score-nothing")}</p> }.into_any(),
    };
    let rows = shown
        .iter()
        .map(|stretch| {
            view! {
                <tr>
                    <th scope="row">{label(stretch)}</th>
                    <td class="n">{percent(words, stretch.on_time)}</td>
                    <td class="n">{of(words, stretch.on_time)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="on-time">
            <h2 class="h-section" id="on-time">{t!(words, "score-on-time-h")}</h2>
            <div class="cols-2">
                <figure class="figure">
                    <figcaption>
                        <p class="figure__t">{title}</p>
                        <p class="figure__d">{t!(words, "score-on-time-text", target = percent_of(words, target))}</p>
                    </figcaption>
                    {picture}
                    <details class="data">
                        <summary>{icon(visit, "chev")}{t!(words, "score-table")}</summary>
                        <div class="tablebox">
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{column}</th>
                                        <th scope="col" class="n">{t!(words, "score-on-time-col")}</th>
                                        <th scope="col" class="n">{t!(words, "score-count-col")}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                    </details>
                </figure>
                {spreads(visit, scores)}
            </div>
            {groups(visit, scores, loaded)}
        </section>
    }
}

/// What a group is called.
fn group_name(visit: &Visit, group: &str, boards: &[Board]) -> String {
    let words = visit.words;
    let Some((sort, name)) = group.split_once(':') else { return t!(words, "score-group-all") };
    match sort {
        "kind" => Kind::parse(name).map_or_else(|_| name.to_owned(), |kind| kind_name(visit, kind)),
        "board" => {
            boards.iter().find(|b| b.slug == name).map_or_else(|| name.to_owned(), |b| b.called(visit.language()).to_owned())
        }
        "language" if name == UNKNOWN_LANGUAGE => t!(words, "score-group-language-unknown"),
        "language" => {
            let language = Language::ALL.into_iter().find(|language| language.tag() == name);
            language.map_or_else(|| name.to_owned(), |language| words.name(names::GROUP_LANGUAGE, language))
        }
        _ => words.name(names::GROUP, format!("{sort}-{name}").as_str()),
    }
}

/// Working days to the first answer, for those who should be served alike.
fn spreads(visit: &Visit, scores: &Scoreboard) -> impl IntoView + use<> {
    let words = visit.words;
    let alike: Vec<&Group> = scores
        .groups
        .iter()
        .filter(|g| {
            g.first_answer.count > 0 && ["kind:", "customers:", "votes:", "language:"].iter().any(|sort| g.group.starts_with(sort))
        })
        .collect();
    let longest = i64::from(visit.site.idea_terms.first_answer.max(visit.site.complaint_terms.first_answer)) * 1000;
    let most = alike.iter().filter_map(|g| g.first_answer.p90).chain([longest]).max().unwrap_or(longest) * 11 / 10;
    let rows = alike
        .iter()
        .map(|group| {
            let Spread { median, p90, .. } = group.first_answer;
            view! {
                <li>
                    <span>{group_name(visit, &group.group, &[])}</span>
                    {chart::range(median.unwrap_or(0), p90.unwrap_or(0), longest, most)}
                    <span class="n">{days(words, median)}" "<span class="muted">"/ "{days(words, p90)}</span></span>
                </li>
            }
        })
        .collect_view();
    view! {
        <figure class="figure">
            <figcaption>
                <p class="figure__t">{t!(words, "score-spread")}</p>
                <p class="figure__d">{t!(words, "score-spread-text", n = longest / 1000)}</p>
            </figcaption>
            <ul class="range">
                <li class="range__h" aria-hidden="true"><span>{t!(words, "score-group")}</span><span></span><span class="n">{t!(words, "score-spread-col")}</span></li>
                {rows}
            </ul>
        </figure>
    }
}

/// Every group with all its figures.
fn groups(visit: &Visit, scores: &Scoreboard, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let rows = scores
        .groups
        .iter()
        .map(|group| {
            view! {
                <tr>
                    <th scope="row" dir="auto">{group_name(visit, &group.group, &loaded.boards)}</th>
                    <td class="n" data-l=t!(words, "score-on-time-col")>{percent(words, group.on_time)}</td>
                    <td class="n" data-l=t!(words, "score-count-col")>{of(words, group.on_time)}</td>
                    <td class="n" data-l=t!(words, "score-first-col")>{days(words, group.first_answer.median)}" / "{days(words, group.first_answer.p90)}</td>
                    <td class="n" data-l=t!(words, "score-decision-col")>{days(words, group.decision.median)}" / "{days(words, group.decision.p90)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="data">
            <summary>{icon(visit, "chev")}{t!(words, "score-groups")}</summary>
            <div class="tablebox">
                <table class="table table--cards">
                    <caption>{t!(words, "score-groups-text")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(words, "score-group")}</th>
                            <th scope="col" class="n">{t!(words, "score-on-time-col")}</th>
                            <th scope="col" class="n">{t!(words, "score-count-col")}</th>
                            <th scope="col" class="n">{t!(words, "score-first-col")}</th>
                            <th scope="col" class="n">{t!(words, "score-decision-col")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

/// An amount of cents: `€ 1,234.50`, without cents when there are none.
fn euros(words: &Words, cents: i64) -> String {
    let amount = if cents % 100 == 0 { words.number(cents / 100) } else { words.decimals(cents, 2) };
    format!("€ {amount}")
}

fn promises_part(visit: &Visit, scores: &Scoreboard, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let counts = scores.promises;
    let all = counts.open + counts.kept + counts.broken + counts.withdrawn;
    let entry = |glyph: &'static str, class: &'static str, name: String, value: String| {
        view! { <div><dt class=class>{icon(visit, glyph)}{name}</dt><dd>{value}</dd></div> }
    };
    let alternative = t!(
        words,
        "score-promises-chart",
        kept = words.number(counts.kept),
        broken = words.number(counts.broken),
        open = words.number(counts.open),
        withdrawn = words.number(counts.withdrawn),
    );
    let bar = chart::stack(
        &[
            ("c-bar--ok", counts.kept),
            ("c-bar--bad", counts.broken),
            ("c-bar--soft", counts.open),
            ("c-bar--mute", counts.withdrawn),
        ],
        alternative,
    );
    let rows = loaded
        .promises
        .iter()
        .map(|promise| {
            let accountable = promise.accountable.as_ref().map(|person| owner_name(visit, person));
            let by = promise.remedy.clone().unwrap_or_else(|| t!(words, "score-remedy-none"));
            view! {
                <tr>
                    <th scope="row">
                        <a dir="auto" href=format!("/promises/{}", promise.id)>{promise.what.clone()}</a>
                    </th>
                    <td data-l=t!(words, "score-promise-who")><bdi>{accountable}</bdi></td>
                    <td data-l=t!(words, "score-promise-by") class="nowrap">{when::date(visit, promise.due_on)}</td>
                    <td data-l=t!(words, "score-promise-state")>{state(visit, promise)}</td>
                    <td data-l=t!(words, "score-promise-remedy")><bdi>{by}</bdi></td>
                </tr>
            }
        })
        .collect_view();
    let table = (!loaded.promises.is_empty()).then(|| {
        view! {
            <div class="tablebox">
                <table class="table table--cards">
                    <caption>{t!(words, "score-promises-text")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(words, "score-promise")}</th>
                            <th scope="col">{t!(words, "score-promise-who")}</th>
                            <th scope="col">{t!(words, "score-promise-by")}</th>
                            <th scope="col">{t!(words, "score-promise-state")}</th>
                            <th scope="col">{t!(words, "score-promise-remedy")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section class="section" id="promises" aria-labelledby="promises-h">
            <div class="section__head">
                <h2 class="h-section" id="promises-h">{t!(words, "score-promises-h")}</h2>
                <a class="sm" href="/promises">{t!(words, "score-promises-all")}</a>
            </div>
            <dl class="ledger">
                {entry("seal", "ok", t!(words, "score-promises-kept"), words.number(counts.kept))}
                {entry("broken", "bad", t!(words, "score-promises-broken"), words.number(counts.broken))}
                {entry("clock", "", t!(words, "score-promises-open"), words.number(counts.open))}
                {entry("left", "", t!(words, "score-promises-withdrawn"), words.number(counts.withdrawn))}
            </dl>
            {(all > 0).then_some(bar)}
            <p class="meta">
                {t!(
                    words,
                    "score-remedies",
                    owed = words.number(counts.owed),
                    owed_amount = euros(words, counts.owed_cents),
                    paid = words.number(counts.paid),
                    paid_amount = euros(words, counts.paid_cents),
                )}
            </p>
            {table}
        </section>
    }
}

/// How a promise stands, as a chip.
fn state(visit: &Visit, promise: &Promise) -> impl IntoView + use<> {
    let words = visit.words;
    let days = (promise.due_on - visit.today()).num_days().max(0);
    let (class, glyph, text) = match promise.state {
        State::Open => {
            let (class, glyph) = ahead(promise.due_at, visit.now);
            (class, glyph, t!(words, "score-state-open", n = days))
        }
        State::Kept => ("clock clock--kept", "seal", t!(words, "score-state-kept")),
        State::Broken if promise.paid_at.is_some() => ("clock clock--late", "broken", t!(words, "score-state-paid")),
        State::Broken => ("clock clock--over", "broken", t!(words, "score-state-broken")),
        State::Withdrawn => ("clock", "left", t!(words, "score-state-withdrawn")),
    };
    view! { <span class=class>{icon(visit, glyph)}{text}</span> }
}

fn late(visit: &Visit, scores: &Scoreboard, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let rows = loaded
        .overdue
        .iter()
        .map(|late| {
            let due = forum::clock::local_day(&visit.site, late.due_at);
            let n = visit.site.calendar().working_days_between(due, visit.today()).max(0);
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/p/{}/{}", late.post, late.slug) dir="auto" lang=late.language.clone()>{late.title.clone()}</a>
                    </th>
                    <td data-l=t!(words, "score-late-kind")>{kind_label(visit, late.kind)}</td>
                    <td data-l=t!(words, "score-late-board")>{late.board.called(visit.language()).to_owned()}</td>
                    <td data-l=t!(words, "score-late-what")>{clock_name(words, late.clock)}</td>
                    <td data-l=t!(words, "score-late-level")>{late.level}</td>
                    <td class="n" data-l=t!(words, "score-late-by")>
                        <span class="clock clock--over">{icon(visit, "overdue")}{t!(words, "score-late-days", n = n)}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let body = if loaded.overdue.is_empty() {
        view! { <p class="ink-2">{t!(words, "score-late-none")}</p> }.into_any()
    } else {
        view! {
            <div class="tablebox">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(words, "score-late-post")}</th>
                            <th scope="col">{t!(words, "score-late-kind")}</th>
                            <th scope="col">{t!(words, "score-late-board")}</th>
                            <th scope="col">{t!(words, "score-late-what")}</th>
                            <th scope="col">{t!(words, "score-late-level")}</th>
                            <th scope="col" class="n">{t!(words, "score-late-by")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let shown = i64::try_from(loaded.overdue.len()).unwrap_or(i64::MAX);
    let more = (scores.overdue > shown).then(|| {
        view! { <p class="meta">{t!(words, "score-late-more", n = scores.overdue - shown)}</p> }
    });
    view! {
        <section class="section" id="overdue" aria-labelledby="overdue-h">
            <h2 class="h-section" id="overdue-h">{t!(words, "score-late-h")}</h2>
            {body}
            {more}
        </section>
    }
}

fn coverage(visit: &Visit, scores: &Scoreboard) -> impl IntoView + use<> {
    let words = visit.words;
    let coverage = scores.coverage;
    let steps = [
        (key!("score-cover-reviewed"), coverage.reviewed),
        (key!("score-cover-answered"), coverage.answered),
        (key!("score-cover-decided"), coverage.decided),
        (key!("score-cover-delivered"), coverage.delivered),
        (key!("score-cover-confirmed"), coverage.confirmed),
    ];
    let meters = steps
        .into_iter()
        .map(|(key, count)| {
            let share = Share { count, of: coverage.received };
            view! {
                <li class="meter">
                    <p class="between"><span>{words.t(key)}</span><span class="num">{percent(words, share)}</span></p>
                    {chart::meter(share.permille().unwrap_or(0))}
                    <span class="meta">{of(words, share)}</span>
                </li>
            }
        })
        .collect_view();
    let decision = scores.all().map(|all| all.decision).unwrap_or_default();
    view! {
        <section class="section" aria-labelledby="coverage-h">
            <h2 class="h-section" id="coverage-h">{t!(words, "score-cover-h")}</h2>
            <div class="cols-2">
                <ul class="stack gap-5">{meters}</ul>
                <dl class="facts">
                    <div><dt>{t!(words, "score-received")}</dt><dd>{words.number(coverage.received)}</dd></div>
                    <div><dt>{t!(words, "score-decision")}</dt><dd>{t!(
                        words,
                        "score-decision-text",
                        median = days(words, decision.median),
                        p90 = days(words, decision.p90),
                    )}</dd></div>
                    <div><dt>{t!(words, "score-repeats")}</dt><dd>{t!(
                        words,
                        "score-repeats-text",
                        percent = percent(words, scores.repeats),
                        count = words.number(scores.repeats.count),
                        of = words.number(scores.repeats.of),
                    )}</dd></div>
                    <div><dt>{t!(words, "score-first-contact")}</dt><dd>{t!(
                        words,
                        "score-first-contact-text",
                        percent = percent(words, scores.first_contact),
                        count = words.number(scores.first_contact.count),
                        of = words.number(scores.first_contact.of),
                    )}</dd></div>
                </dl>
            </div>
        </section>
    }
}

/// Where to get the data.
fn check(visit: &Visit, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let period = loaded.period.as_str();
    view! {
        <section class="section panel panel--sunken" aria-labelledby="check-h">
            <h2 class="h-section" id="check-h">{t!(words, "score-check-h")}</h2>
            <p class="ink-2 measure">{t!(words, "score-check-text")}</p>
            <p class="cluster">
                <a class="btn btn--primary" href=format!("/api/v1/accountability?period={period}&format=csv")>{icon(visit, "download")}{t!(words, "score-check-figures")}</a>
                <a class="btn" href=format!("/api/v1/accountability?period={period}")>{t!(words, "score-check-json")}</a>
                <a class="btn" href=format!("/api/v1/accountability/posts?period={period}&format=csv")>{t!(words, "score-check-posts")}</a>
                <a class="btn" href="/api/v1/accountability/promises">{t!(words, "score-check-promises")}</a>
                <a class="btn" href="/accountability/figures">{t!(words, "score-check-how")}</a>
            </p>
        </section>
    }
}
