//! Pages that say how the forum works: house rules, sorting, deadlines, privacy, accessibility. Figures in them are taken from the
//! code and the settings that they describe, so that page and practice can't part.

use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta};
use fluent_bundle::FluentValue;
use forum::{
    actor::Role,
    again,
    board::{self, Board},
    clock::{self, Name, Terms, calendar},
    confirm, device, draft, handover, hook, invitation,
    link::Purpose,
    markdown, moderation, newcomer, outbox, password, person,
    post::{Kind, rank},
    rebuttal, repeat, request, ring, screening, search, session,
    site::HouseRule,
    token, trace,
};
use leptos::prelude::*;

use crate::{
    i18n::{Words, names},
    key,
    parts::{Head, kind::kind_name, ladder::level_name, pill::stage_name, promise::euros, respond, text::tag_of},
    t,
    web::{PageResult, Visit, Web},
};

/// `/rules`, `/how-we-sort`, `/clocks`, `/privacy`, `/accessibility`.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/rules", get(rules))
        .route("/how-we-sort", get(how_we_sort))
        .route("/clocks", get(clocks))
        .route("/privacy", get(privacy))
        .route("/accessibility", get(accessibility))
}

/// A page of text with a title and a first sentence that says it all.
fn page<V: IntoView>(visit: &Visit, path: &str, key: &str, main: impl FnOnce() -> V) -> Response {
    let words = visit.words;
    let title = words.t(&format!("{key}-title"));
    let lede = words.ta(&format!("{key}-lede"), &[("site", visit.site.name.as_str().into())]);
    respond(visit, Head::titled(title.clone()).public(path, lede.clone()), || {
        view! {
            <div class="wrap page">
                <article class="stack gap-8 measure">
                    <header class="stack gap-3">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{lede}</p>
                    </header>
                    {main()}
                </article>
            </div>
        }
    })
}

/// A section: a heading, and a text of ours in Markdown. `anchor` is how links find it.
fn section(words: &Words, anchor: &'static str, key: &str, values: &[(&str, FluentValue<'_>)]) -> impl IntoView + use<> {
    let title = words.t(&format!("{key}-h"));
    view! {
        <section class="section" id=anchor>
            <h2 class="h-section">{title}</h2>
            {prose(words, key, values)}
        </section>
    }
}

/// The same, folded: for pages whose answer stands above. A link to `anchor` opens it, since that stands inside.
fn fold<V: IntoView>(anchor: &'static str, title: String, inside: V) -> impl IntoView + use<V> {
    view! {
        <details class="fold">
            <summary><h2>{title}</h2></summary>
            <div class="stack gap-4" id=anchor>{inside}</div>
        </details>
    }
}

/// A folded text of ours.
fn folded(words: &Words, anchor: &'static str, key: &str, values: &[(&str, FluentValue<'_>)]) -> impl IntoView + use<> {
    fold(anchor, words.t(&format!("{key}-h")), prose(words, key, values))
}

/// A text of ours in Markdown.
fn prose(words: &Words, key: &str, values: &[(&str, FluentValue<'_>)]) -> impl IntoView + use<> {
    // the marks that tell search engines not to follow links of people are not for our own
    let html = markdown::markdown(&words.ta(key, values)).replace(" rel=\"nofollow ugc noopener\"", "");
    view! { <div class="prose" inner_html=html></div> }
}

async fn rules(visit: Visit) -> PageResult {
    let words = visit.words;
    let waits = screening::waits(visit.forum().read(), visit.now).await?;
    Ok(page(&visit, "/rules", key!("rules", "-title", "-lede"), || {
        let rules = visit
            .site
            .every_rule()
            .iter()
            .map(|rule| {
                let text = visit.rule_in(visit.language(), rule);
                let lang = rule.text(visit.language()).map(|text| tag_of(&visit, text));
                // what was withdrawn stays to be read: acts that named it still do
                let text = if rule.withdrawn {
                    view! { <s>{text}</s>" "<span class="muted">{t!(words, "rules-withdrawn")}</span> }.into_any()
                } else {
                    text.into_any()
                };
                let id = format!("rule-{}", rule.number);
                view! { <li value=rule.number><span id=id dir="auto" lang=lang>{text}</span>{former(&visit, rule)}</li> }
            })
            .collect_view();
        view! {
            <section class="section"><div class="prose"><ol>{rules}</ol></div></section>
            {section(words, "moderation", key!("rules-moderation", "", "-h"), &[
                ("days", moderation::APPEAL_DAYS.into()),
                ("within", i64::from(moderation::DECIDED_WITHIN).into()),
            ])}
            {section(words, "new", key!("rules-new", "", "-h"), &[
                ("hours", newcomer::FIRST.num_hours().into()),
                ("posts", newcomer::FIRST_POSTS.into()),
                ("comments", newcomer::FIRST_COMMENTS.into()),
                ("days", newcomer::NEW.num_days().into()),
                ("stood", newcomer::STOOD.into()),
            ])}
            <p>{t!(words, "rules-held", n = waits.all, late = waits.overdue)}</p>
            {section(words, "company", key!("rules-company", "", "-h"), &[])}
        }
    }))
}

/// What a rule said before, latest first: acts that named it are judged by what it said then.
fn former(visit: &Visit, rule: &HouseRule) -> Option<AnyView> {
    if rule.former.is_empty() {
        return None;
    }
    let words = visit.words;
    let items = rule
        .former
        .iter()
        .rev()
        .map(|former| {
            let text = words.house_rule(&HouseRule { texts: former.texts.clone(), ..rule.clone() });
            let until = t!(words, "rules-until", date = words.date(visit.local(former.until).date_naive()));
            view! { <li>{until}" "<span dir="auto">{text}</span></li> }
        })
        .collect_view();
    let n = i64::try_from(rule.former.len()).unwrap_or(i64::MAX);
    Some(view! { <details class="sm"><summary>{t!(words, "rules-former", n = n)}</summary><ul>{items}</ul></details> }.into_any())
}

/// One post of the worked example.
struct Example {
    name: String,
    support: i64,
    comments: i64,
    younger: i64,
}

async fn how_we_sort(visit: Visit) -> Response {
    let words = visit.words;
    page(&visit, "/how-we-sort", key!("sorting", "-title", "-lede"), || {
        let weight = words.fixed(rank::COMMENT_WEIGHT, 1);
        let hours = words.fixed(rank::HALF_LIFE_HOURS, 0);
        let epoch = DateTime::from_timestamp(rank::EPOCH, 0).unwrap_or_default();
        let examples = [
            Example { name: "A".to_owned(), support: 60, comments: 14, younger: 0 },
            Example { name: "B".to_owned(), support: 12, comments: 6, younger: 240 },
            Example { name: "C".to_owned(), support: 12, comments: 10, younger: 400 },
        ];
        // any moment will do: only the differences decide the order
        let moment = epoch + TimeDelta::days(2_500);
        let mut ranked: Vec<(f64, Example)> =
            examples.into_iter().map(|e| (rank::trend(e.support, e.comments, moment + TimeDelta::hours(e.younger)), e)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rows = ranked
            .into_iter()
            .map(|(trend, e)| {
                view! {
                    <tr>
                        <th scope="row">{e.name}</th>
                        <td class="n" data-l=t!(words, "sorting-col-support")>{words.number(e.support)}</td>
                        <td class="n" data-l=t!(words, "sorting-col-comments")>{words.number(e.comments)}</td>
                        <td class="n" data-l=t!(words, "sorting-col-younger")>{words.number(e.younger)}</td>
                        <td class="n" data-l=t!(words, "sorting-col-rank")>{words.fixed(trend, 2)}</td>
                    </tr>
                }
            })
            .collect_view();
        let formula = t!(words, "sorting-formula", weight = weight.as_str(), hours = hours.as_str());
        let share = words.fixed(search::LIKE_ENOUGH * 100.0, 0);
        let most = i64::try_from(search::MOST_SHOWN).unwrap_or(i64::MAX);
        view! {
            <section class="section" id="trending">
                <h2 class="h-section">{t!(words, "sorting-trending-h", version = i64::from(rank::VERSION))}</h2>
                <div class="prose"><pre tabindex="0"><code>{formula}</code></pre></div>
                {prose(words, key!("sorting-trending"), &[
                    ("weight", weight.as_str().into()),
                    ("hours", hours.as_str().into()),
                    ("epoch", words.date(epoch.date_naive()).into()),
                ])}
            </section>
            <section class="section" id="example">
                <h2 class="h-section">{t!(words, "sorting-example-h")}</h2>
                <div class="tablebox">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(words, "sorting-col-post")}</th>
                                <th scope="col" class="n">{t!(words, "sorting-col-support")}</th>
                                <th scope="col" class="n">{t!(words, "sorting-col-comments")}</th>
                                <th scope="col" class="n">{t!(words, "sorting-col-younger")}</th>
                                <th scope="col" class="n">{t!(words, "sorting-col-rank")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {prose(words, key!("sorting-example"), &[("hours", hours.as_str().into())])}
            </section>
            {section(words, "orders", key!("sorting-orders", "", "-h"), &[])}
            {section(words, "queue", key!("sorting-queue", "", "-h"), &[])}
            {section(words, "search", key!("sorting-search", "", "-h"), &[])}
            {section(words, "rings", key!("sorting-rings", "", "-h"), &[("least", i64::try_from(ring::LEAST).unwrap_or(i64::MAX).into())])}
            {section(words, "similar", key!("sorting-similar", "", "-h"), &[("share", share.as_str().into()), ("most", most.into())])}
        }
    })
}

const COMPLAINTS: [Kind; 1] = [Kind::Complaint];
const OTHERS: [Kind; 3] = [Kind::Idea, Kind::Wish, Kind::Criticism];

/// A row of the deadlines of some kinds on a level.
fn terms_row(visit: &Visit, label: &str, kinds: &[Kind], terms: Terms, level: i32) -> impl IntoView + use<> {
    let words = visit.words;
    let kinds = kinds.iter().map(|kind| kind_name(visit, *kind)).collect::<Vec<_>>().join(", ");
    let name = if label.is_empty() { kinds } else { format!("{label}: {kinds}") };
    let days = |name| t!(words, "deadlines-days", n = i64::from(terms.days(name, level)));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-l=t!(words, "deadlines-col-first")>{days(Name::FirstAnswer)}</td>
            <td data-l=t!(words, "deadlines-col-decision")>{days(Name::Decision)}</td>
            <td data-l=t!(words, "deadlines-col-next")>{days(Name::NextUpdate)}</td>
        </tr>
    }
}

/// A table of deadlines.
fn terms_table(visit: &Visit, first: String, rows: Vec<AnyView>) -> impl IntoView + use<> {
    let words = visit.words;
    view! {
        <div class="tablebox">
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col">{t!(words, "deadlines-col-first")}</th>
                        <th scope="col">{t!(words, "deadlines-col-decision")}</th>
                        <th scope="col">{t!(words, "deadlines-col-next")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The deadlines of the boards that have their own.
fn board_terms(visit: &Visit, boards: &[Board]) -> Option<impl IntoView + use<>> {
    let words = visit.words;
    let mut rows = Vec::new();
    for board in boards {
        let Some(own) = visit.site.board_terms.get(&board.slug) else { continue };
        if let Some(terms) = own.complaint {
            rows.push(terms_row(visit, board.called(visit.language()), &COMPLAINTS, terms, 1).into_any());
        }
        if let Some(terms) = own.idea {
            rows.push(terms_row(visit, board.called(visit.language()), &OTHERS, terms, 1).into_any());
        }
    }
    if rows.is_empty() {
        return None;
    }
    let inside = view! {
        {prose(words, key!("deadlines-boards"), &[])}
        {terms_table(visit, t!(words, "deadlines-col-board"), rows)}
    };
    Some(fold("boards", t!(words, "deadlines-boards-h"), inside))
}

/// What each role may do without asking.
fn mandates(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    let roles = [Role::Agent, Role::Lead, Role::Director];
    let rows = roles
        .into_iter()
        .map(|role| {
            let mandate = visit.site.mandates.of(role).cloned().unwrap_or_default();
            let days = mandate.days.map_or_else(|| t!(words, "mandate-no-limit"), |n| t!(words, "mandate-days", n = i64::from(n)));
            let amount = mandate
                .cents
                .map_or_else(|| t!(words, "mandate-no-limit"), |cents| t!(words, "mandate-amount", amount = euros(words, cents)));
            let stages = if mandate.not_stages.is_empty() {
                t!(words, "mandate-all-stages")
            } else {
                let names = mandate.not_stages.iter().map(|stage| stage_name(visit, *stage)).collect::<Vec<_>>().join(", ");
                t!(words, "mandate-not-stages", names = names)
            };
            view! {
                <tr>
                    <th scope="row">{words.name(names::ROLE, role)}</th>
                    <td data-l=t!(words, "mandate-col-days")>{days}</td>
                    <td data-l=t!(words, "mandate-col-amount")>{amount}</td>
                    <td data-l=t!(words, "mandate-col-stages")>{stages}</td>
                </tr>
            }
        })
        .collect_view();
    let within = i64::from(request::DECIDED_WITHIN);
    let inside = view! {
        <div class="tablebox">
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(words, "mandate-col-role")}</th>
                        <th scope="col">{t!(words, "mandate-col-days")}</th>
                        <th scope="col">{t!(words, "mandate-col-amount")}</th>
                        <th scope="col">{t!(words, "mandate-col-stages")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {prose(words, key!("deadlines-mandates"), &[("days", within.into())])}
    };
    fold("mandates", t!(words, "deadlines-mandates-h"), inside)
}

async fn clocks(visit: Visit) -> PageResult {
    let words = visit.words;
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    Ok(page(&visit, "/clocks", key!("deadlines", "-title", "-lede"), || {
        let site = &visit.site;
        let by_level = [1, 2, 3]
            .into_iter()
            .flat_map(|level| {
                let label = format!("{}, {}", t!(words, "row-level", n = i64::from(level)), level_name(words, level));
                [
                    terms_row(&visit, &label, &COMPLAINTS, site.complaint_terms, level).into_any(),
                    terms_row(&visit, &label, &OTHERS, site.idea_terms, level).into_any(),
                ]
            })
            .collect();
        let plain = vec![
            terms_row(&visit, "", &COMPLAINTS, site.complaint_terms, 1).into_any(),
            terms_row(&visit, "", &OTHERS, site.idea_terms, 1).into_any(),
        ];
        let n = |n: u32| FluentValue::from(i64::from(n));
        let week: Vec<String> = site.work_week.iter().map(|day| words.weekday(*day)).collect();
        let hour = format!("{:02}:00", forum::clock::DUE_HOUR);
        let holidays = if site.dutch_holidays { t!(words, "deadlines-holidays-yes") } else { t!(words, "deadlines-holidays-no") };
        let off = days_off(&visit);
        let off = if off.is_empty() {
            view! { <p class="ink-2">{t!(words, "deadlines-off-none")}</p> }.into_any()
        } else {
            let items = off
                .into_iter()
                .map(|(day, name)| view! { <li><time datetime=day.to_string()>{words.weekday_date(day, visit.today())}</time>": "{name}</li> })
                .collect_view();
            view! { <div class="prose"><ul>{items}</ul></div> }.into_any()
        };
        view! {
            {terms_table(&visit, t!(words, "deadlines-col-kind"), plain)}
            <div class="folds">
                {board_terms(&visit, &boards)}
                {fold("counting", t!(words, "deadlines-count-h"), view! {
                    {prose(words, key!("deadlines-table"), &[])}
                    {prose(words, key!("deadlines-count"), &[
                        ("week", week.join(", ").into()),
                        ("zone", site.time_zone.name().into()),
                        ("hour", hour.into()),
                        ("holidays", holidays.into()),
                    ])}
                })}
                {fold("days-off", t!(words, "deadlines-off-h", year = visit.today().year().to_string()), off)}
                {folded(words, "states", key!("deadlines-states", "", "-h"), &[])}
                {fold("levels", t!(words, "deadlines-levels-h"), view! {
                    {prose(words, key!("deadlines-levels"), &[
                        ("handovers", handover::RAISES.into()),
                        ("reports", again::RAISES.into()),
                        ("within", again::WITHIN.num_days().into()),
                    ])}
                    {terms_table(&visit, t!(words, "deadlines-col-level"), by_level)}
                })}
                {folded(words, "more-time", key!("deadlines-more-time", "", "-h"), &[("days", n(clock::STOP_MAX))])}
                {folded(words, "owner", key!("deadlines-owner", "", "-h"), &[("triage", n(site.triage_days)), ("lapses", n(handover::LAPSES_AFTER))])}
                {folded(words, "again", key!("deadlines-again", "", "-h"), &[("within", again::WITHIN.num_days().into()), ("reports", again::RAISES.into())])}
                {folded(words, "confirmation", key!("deadlines-confirm", "", "-h"), &[
                    ("days", confirm::CLOSES_AFTER.num_days().into()),
                    ("again", confirm::ASKS_AGAIN_AFTER.num_days().into()),
                ])}
                {folded(words, "refusal", key!("deadlines-refusal", "", "-h"), &[("days", rebuttal::WITHIN.num_days().into())])}
                {folded(words, "promises", key!("deadlines-promises", "", "-h"), &[("hour", format!("{:02}:00", clock::DUE_HOUR).into())])}
                {mandates(&visit)}
                {folded(words, "imported", key!("deadlines-imported", "", "-h"), &[])}
            </div>
        }
    }))
}

/// The days off that are left this year and would otherwise be working days.
fn days_off(visit: &Visit) -> Vec<(NaiveDate, String)> {
    let site = &visit.site;
    let today = visit.today();
    today
        .iter_days()
        .take_while(|day| day.year() == today.year())
        .filter(|day| site.work_week.contains(&day.weekday()) && !site.calendar().is_working_day(*day))
        .map(|day| {
            let own = site.days_off.get(&day).filter(|name| !name.trim().is_empty()).cloned();
            let public = || calendar::dutch_holiday(day).map(|holiday| visit.words.name(names::HOLIDAY, holiday));
            (day, own.or_else(public).unwrap_or_else(|| t!(visit.words, "holiday-other")))
        })
        .collect()
}

async fn privacy(visit: Visit) -> Response {
    let words = visit.words;
    let site = visit.site.name.clone();
    page(&visit, "/privacy", key!("privacy", "-title", "-lede"), || {
        let days = session::LIFETIME.num_days();
        let hours = repeat::KEPT.num_hours();
        view! {
            {section(words, "account", key!("privacy-account", "", "-h"), &[
                ("max", i64::try_from(person::NAME_MAX).unwrap_or(i64::MAX).into()),
                ("min", i64::try_from(password::SHORTEST).unwrap_or(i64::MAX).into()),
            ])}
            {section(words, "public", key!("privacy-public", "", "-h"), &[])}
            {section(words, "private", key!("privacy-private", "", "-h"), &[
                ("days", days.into()),
                ("hours", hours.into()),
                ("mail", outbox::KEPT.num_days().into()),
                ("hook", hook::KEPT.num_days().into()),
                ("token", token::LIFETIMES.into_iter().max().unwrap_or(token::LIFETIME).into()),
                ("link", Purpose::Verify.lifetime().num_hours().into()),
                ("reset", Purpose::Reset.lifetime().num_minutes().into()),
                ("invitation", invitation::LIFETIME.num_days().into()),
                ("traces", trace::KEPT.num_days().into()),
                ("prints", newcomer::PRINTS_KEPT.num_days().into()),
            ])}
            {section(words, "cookies", key!("privacy-cookies", "", "-h"), &[
                ("days", days.into()),
                ("known", device::LIFETIME.num_days().into()),
                ("kept", draft::LIFETIME.num_days().into()),
            ])}
            {section(words, "others", key!("privacy-others", "", "-h"), &[])}
            {section(words, "rights", key!("privacy-rights", "", "-h"), &[("site", site.as_str().into())])}
        }
    })
}

async fn accessibility(visit: Visit) -> Response {
    let words = visit.words;
    let site = visit.site.name.clone();
    page(&visit, "/accessibility", key!("access", "-title", "-lede"), || {
        view! {
            {section(words, "built", key!("access-built", "", "-h"), &[])}
            {section(words, "tested", key!("access-tested", "", "-h"), &[])}
            {section(words, "unknown", key!("access-unknown", "", "-h"), &[])}
            {section(words, "tell", key!("access-tell", "", "-h"), &[("site", site.as_str().into())])}
        }
    })
}
