//! What was promised, and whether it was kept: all promises, and each with its wordings.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use chrono::{DateTime, Utc};
use forum::{
    Error,
    board::{self, Board},
    follow::{self, Subject},
    id::PromiseId,
    pledge::{self, Pledge},
    promise::{self, Counts, Filter, Newer, Promise, State, Version},
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::names,
    key,
    parts::{
        Head, Place,
        follow::follow_button,
        icon,
        pager::pager,
        promise::{decided_by, euros, promise_box, promise_chip, promise_on_post, promise_path, remedy},
        respond,
        text::tag_of,
        when,
        who::owner_name,
    },
    t,
    web::{PageResult, Visit, Web},
};

/// Promises of one page.
const SIZE: u64 = 30;

/// `/promises`, `/promises/{id}`.
pub fn routes() -> Router<Web> {
    Router::new().route("/promises", get(list)).route("/promises/{id}", get(show))
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    board: String,
    /// `yes` for those whose remedy is owed.
    owed: String,
    cursor: String,
}

impl Asked {
    /// The filter; `None` when it names something that there is not, so that nothing can match.
    fn filter(&self) -> Option<Filter> {
        let state = if self.state.is_empty() { None } else { Some(State::parse(&self.state).ok()?) };
        let board = (!self.board.is_empty()).then(|| self.board.clone());
        Some(Filter { state, board, owed: self.owed == "yes", ..Filter::default() })
    }

    fn is_filtered(&self) -> bool {
        !self.state.is_empty() || !self.board.is_empty() || self.owed == "yes"
    }

    /// The address of the list of other states, or at another place of it.
    fn path(&self, state: &str, owed: bool, cursor: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let owed = if owed { "yes" } else { "" };
        for (name, value) in [("state", state), ("board", &self.board), ("owed", owed), ("cursor", cursor)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/promises".to_owned() } else { format!("/promises?{query}") }
    }

    fn here(&self, cursor: &str) -> String {
        self.path(&self.state, self.owed == "yes", cursor)
    }
}

/// All that the list shows.
struct Listed {
    promises: Vec<Promise>,
    total: i64,
    newer: Option<String>,
    older: Option<String>,
    counts: Counts,
    pledges: Vec<Pledge>,
    boards: Vec<Board>,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (db, actor, now) = (visit.forum().read(), &visit.actor, visit.now);
    let after = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
    let (mut promises, mut total, mut older, mut newer) = (Vec::new(), 0, None, None);
    if let Some(filter) = asked.filter() {
        (promises, older) = promise::list(db, actor, &filter, after, SIZE, now).await?;
        total = promise::count(db, actor, &filter, now).await?;
        if let Some(first) = promises.first().filter(|_| after.is_some()) {
            newer = match promise::newer(db, actor, &filter, first.id, SIZE, now).await? {
                Newer::None => None,
                Newer::First => Some(String::new()),
                Newer::After(cursor) => Some(cursor),
            };
        }
    }
    let boards = board::list(db, actor).await?;
    let mut pledges = pledge::list(db).await?;
    pledges.retain(|p| p.ended_at.is_none() && p.board_id.is_none_or(|id| boards.iter().any(|board| board.id == id)));
    let counts = promise::counts(db, actor, None, now).await?;
    Ok(page(&visit, &asked, &Listed { promises, total, newer, older, counts, pledges, boards }))
}

fn page(visit: &Visit, asked: &Asked, listed: &Listed) -> Response {
    let words = visit.words;
    let lede = t!(words, "promises-lede", site = visit.site.name.as_str());
    let mut head = Head::titled(t!(words, "nav-promises")).at(Place::Accountability);
    let there_is = asked.board.is_empty() || listed.boards.iter().any(|board| board.slug == asked.board);
    if asked.cursor.is_empty() && asked.filter().is_some() && there_is {
        head = head.public(asked.here(""), lede.clone());
        head.feed = Some("/feeds/promises.atom".to_owned());
    }
    respond(visit, head, || {
        view! {
            <div class="wrap page stack gap-8">
                <header class="stack gap-3">
                    <h1 class="h-page">{t!(words, "nav-promises")}</h1>
                    <p class="lede">{lede}</p>
                </header>
                {tally(visit, &listed.counts)}
                {pledges(visit, listed)}
                <section class="section" aria-labelledby="list-title">
                    <h2 class="h-section" id="list-title">{t!(words, "promises-all")}</h2>
                    {finder(visit, asked, listed)}
                    {table(visit, asked, listed)}
                </section>
            </div>
        }
    })
}

/// How many stand how, and what it came to in money.
fn tally(visit: &Visit, counts: &Counts) -> impl IntoView + use<> {
    let words = visit.words;
    let sum = |cents: i64| (cents > 0).then(|| euros(words, cents));
    let figures = [
        (counts.kept, "seal", "ok", key!("promises-kept"), None),
        (counts.broken, "broken", "bad", key!("promises-broken"), None),
        (counts.open, "clock", "", key!("promises-open"), None),
        (counts.withdrawn, "s-withdrawn", "", key!("promises-withdrawn"), None),
        (counts.owed, "receipt", "bad", key!("promises-owed"), sum(counts.owed_cents)),
        (counts.paid, "receipt", "ok", key!("promises-paid"), sum(counts.paid_cents)),
    ];
    let figures = figures
        .into_iter()
        .map(|(n, glyph, tone, key, sum)| {
            view! {
                <div>
                    <dt><span class=tone>{icon(visit, glyph)}</span>{words.t(key)}</dt>
                    <dd>{words.number(n)}{sum.map(|sum| view! { " "<small>{sum}</small> })}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="tally">{figures}</dl> }
}

/// What is promised to everybody whose post it covers.
fn pledges(visit: &Visit, listed: &Listed) -> Option<impl IntoView + use<>> {
    if listed.pledges.is_empty() {
        return None;
    }
    let words = visit.words;
    let items = listed
        .pledges
        .iter()
        .map(|pledge| {
            let kind = pledge.kind.map_or_else(|| t!(words, "pledge-any-kind"), |kind| words.name(names::KINDS, kind));
            let board = pledge.board_id.and_then(|id| listed.boards.iter().find(|board| board.id == id));
            let covers = match board {
                Some(board) => format!("{kind}, {}", board.called(visit.language())),
                None => kind,
            };
            let days = t!(words, "pledge-days", n = i64::from(pledge.days));
            view! {
                <li class="pledge">
                    <p class="pledge__what" dir="auto" lang=tag_of(visit, &pledge.what)>{icon(visit, "seal")}<span>{pledge.what.clone()}</span></p>
                    <dl class="facts">
                        <div><dt>{t!(words, "pledge-covers")}</dt><dd>{covers}</dd></div>
                        <div><dt>{t!(words, "answer-by-when")}</dt><dd>{days}</dd></div>
                        <div>
                            <dt>{t!(words, "promise-if-missed")}</dt>
                            <dd dir="auto" lang=tag_of(visit, &pledge.remedy)>{pledge.remedy.clone()}</dd>
                        </div>
                        <div><dt>{t!(words, "pledge-since")}</dt><dd>{when::day(visit, pledge.created_at)}</dd></div>
                    </dl>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="section" id="pledges" aria-labelledby="pledges-title">
            <h2 class="h-section" id="pledges-title">{t!(words, "pledges-title")}</h2>
            <p class="ink-2 measure">{t!(words, "pledges-text")}</p>
            <ul class="pledges">{items}</ul>
        </section>
    })
}

fn finder(visit: &Visit, asked: &Asked, listed: &Listed) -> impl IntoView + use<> {
    let words = visit.words;
    let counts = &listed.counts;
    let owed = asked.owed == "yes";
    let chips = [
        ("", false, key!("promises-chip-all"), None),
        ("open", false, key!("promises-chip-open"), Some(counts.open)),
        ("kept", false, key!("promises-chip-kept"), Some(counts.kept)),
        ("broken", false, key!("promises-chip-broken"), Some(counts.broken)),
        ("withdrawn", false, key!("promises-chip-withdrawn"), Some(counts.withdrawn)),
        ("", true, key!("promises-chip-owed"), Some(counts.owed)),
    ];
    // the figures are of all boards
    let all_boards = asked.board.is_empty();
    let chips = chips
        .into_iter()
        .map(|(state, only_owed, key, n)| {
            let here = asked.state == state && owed == only_owed;
            let n = n.filter(|_| all_boards).map(|n| view! { " "<b>{words.number(n)}</b> });
            view! { <a class="chip" href=asked.path(state, only_owed, "") aria-current=here.then_some("true")>{words.t(key)}{n}</a> }
        })
        .collect_view();
    let options = listed
        .boards
        .iter()
        .map(|board| {
            let selected = board.slug == asked.board;
            view! { <option value=board.slug.clone() selected=selected>{board.called(visit.language()).to_owned()}</option> }
        })
        .collect_view();
    view! {
        <div class="stack gap-3">
            <nav class="chips" aria-label=t!(words, "promises-by-state")>{chips}</nav>
            <form class="cluster" method="get" autocomplete="off" data-at-once="" action="/promises">
                {(!asked.state.is_empty()).then(|| view! { <input type="hidden" name="state" value=asked.state.clone() /> })}
                {owed.then(|| view! { <input type="hidden" name="owed" value="yes" /> })}
                <div class="filters">
                    <label>
                        <span>{t!(words, "filter-board")}</span>
                        <select class="select" name="board"><option value="">{t!(words, "filter-board-any")}</option>{options}</select>
                    </label>
                    <button class="btn btn--sm filters__go">{t!(words, "filter-go")}</button>
                </div>
                <span class="meta">{total(visit, listed.total)}</span>
            </form>
        </div>
    }
}

fn total(visit: &Visit, n: i64) -> String {
    t!(visit.words, "promises-total", n = n, count = visit.words.number(n))
}

fn table(visit: &Visit, asked: &Asked, listed: &Listed) -> AnyView {
    let words = visit.words;
    if listed.promises.is_empty() {
        let (title, text) = if asked.is_filtered() {
            (t!(words, "promises-none-found"), t!(words, "promises-none-found-text"))
        } else {
            (t!(words, "promises-none"), t!(words, "promises-none-text"))
        };
        return view! { <div class="empty">{icon(visit, "seal")}<h3>{title}</h3><p>{text}</p></div> }.into_any();
    }
    let rows = listed.promises.iter().map(|promise| row(visit, promise)).collect_view();
    view! {
        <div class="tablebox">
            <table class="table table--cards">
                <caption>{t!(words, "promises-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(words, "promises-col-promise")}</th>
                        <th scope="col">{t!(words, "promise-accountable")}</th>
                        <th scope="col">{t!(words, "answer-by-when")}</th>
                        <th scope="col">{t!(words, "promises-col-state")}</th>
                        <th scope="col">{t!(words, "promise-remedy")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {pager(
            visit,
            listed.newer.as_deref().map(|cursor| asked.here(cursor)),
            listed.older.as_deref().map(|cursor| asked.here(cursor)),
            total(visit, listed.total),
        )}
    }
    .into_any()
}

fn row(visit: &Visit, promise: &Promise) -> impl IntoView + use<> {
    let words = visit.words;
    let accountable = promise.accountable.as_ref().map_or_else(|| t!(words, "owner-none"), |person| owner_name(visit, person));
    let changed = (promise.version > 1).then(|| {
        view! { ", "<a href=format!("{}#wordings", promise_path(promise))>{t!(words, "promise-version", n = i64::from(promise.version))}</a> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=promise_path(promise) dir="auto" lang=tag_of(visit, &promise.what)>{promise.what.clone()}</a>
                <p class="meta xs">
                    {t!(words, "promise-number", n = promise.id.0)}{changed}". "
                    <a href=promise_on_post(promise) dir="auto" lang=promise.post_language.clone()>{promise.post_title.clone()}</a>
                </p>
            </th>
            <td data-l=t!(words, "promise-accountable")><bdi>{accountable}</bdi></td>
            <td data-l=t!(words, "answer-by-when")><span class="nowrap">{when::date(visit, promise.due_on)}</span></td>
            <td data-l=t!(words, "promises-col-state")>{promise_chip(visit, promise)}</td>
            <td data-l=t!(words, "promise-remedy")><span>{remedy(visit, promise)}</span></td>
        </tr>
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    let id = PromiseId(id.parse().map_err(|_| Error::NotFound)?);
    let db = visit.forum().read();
    let promise = promise::by_id(db, &visit.actor, id, visit.now).await?;
    let versions = promise::versions(db, &visit.actor, id, visit.now).await?;
    let following = follow::is(db, &visit.actor, Subject::Promise(id)).await?;
    Ok(one(&visit, &promise, &versions, following))
}

fn one(visit: &Visit, promise: &Promise, versions: &[Version], following: bool) -> Response {
    let words = visit.words;
    let title = t!(words, "promise-number", n = promise.id.0);
    let mut head = Head::titled(format!("{title}: {}", promise.what)).at(Place::Accountability);
    if !promise.board.private {
        let text = t!(words, "promise-description", what = promise.what.as_str(), due = words.date(promise.due_on));
        head = head.public(promise_path(promise), text);
    }
    respond(visit, head, || {
        view! {
            <div class="wrap page page--tight">
                <nav class="crumbs" aria-label=t!(words, "crumbs-label")>
                    <ol>
                        <li><a href="/promises">{t!(words, "nav-promises")}</a></li>
                        <li aria-current="page">{title.clone()}</li>
                    </ol>
                </nav>
                <div class="stack gap-8 measure mt-4">
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">
                            {t!(words, "promise-on-post")}
                            " "
                            <a href=promise_on_post(promise) dir="auto" lang=promise.post_language.clone()>{promise.post_title.clone()}</a>
                        </p>
                    </header>
                    {promise_box(visit, promise)}
                    {follow_button(visit, Subject::Promise(promise.id), following, &promise_path(promise))}
                    {history(visit, promise, versions)}
                    {wordings(visit, versions)}
                </div>
            </div>
        }
    })
}

/// What happened to a promise, latest first.
fn history(visit: &Visit, promise: &Promise, versions: &[Version]) -> impl IntoView + use<> {
    let words = visit.words;
    let mut entries: Vec<(DateTime<Utc>, &'static str, AnyView)> = Vec::new();
    for version in versions {
        let text = if version.number > 1 {
            let n = i64::from(version.number);
            let why = version.reason.clone().map(|reason| {
                let lang = tag_of(visit, &reason);
                view! { <p class="meta" dir="auto" lang=lang>{reason}</p> }
            });
            view! { <div>{t!(words, "promise-did-change", n = n)}{why}</div> }.into_any()
        } else {
            let made = if promise.pledge.is_some() { t!(words, "promise-did-pledge") } else { t!(words, "promise-did-make") };
            let decided = promise.decided_by.map(|role| view! { <p class="meta">{decided_by(words, role)}</p> });
            view! { <div>{made}{decided}</div> }.into_any()
        };
        entries.push((version.created_at, "seal", text));
    }
    let plain = |key: &str| view! { <div>{words.t(key)}</div> }.into_any();
    match promise.state {
        State::Open => {}
        State::Kept => entries.push((promise.ended_at.unwrap_or(promise.due_at), "tick", plain(key!("promise-did-keep")))),
        State::Withdrawn => {
            entries.push((promise.ended_at.unwrap_or(promise.due_at), "s-withdrawn", plain(key!("promise-did-withdraw"))));
        }
        State::Broken => {
            let key = if promise.remedy.is_some() { key!("promise-did-break") } else { key!("promise-did-break-no-remedy") };
            entries.push((promise.due_at, "broken", plain(key)));
        }
    }
    if let Some(at) = promise.paid_at {
        entries.push((at, "receipt", plain(key!("promise-did-pay"))));
    }
    entries.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let items = entries
        .into_iter()
        .map(|(at, glyph, text)| view! { <li class="timeline__i">{icon(visit, glyph)}{text}{when::day(visit, at)}</li> })
        .collect_view();
    view! {
        <section class="section" id="history" aria-labelledby="history-title">
            <h2 class="h-section" id="history-title">{t!(words, "promise-history")}</h2>
            <ol class="timeline">{items}</ol>
        </section>
    }
}

/// Every wording, latest first; dates and remedies that no longer hold are struck through.
fn wordings(visit: &Visit, versions: &[Version]) -> impl IntoView + use<> {
    let words = visit.words;
    let items = versions
        .iter()
        .enumerate()
        .map(|(n, version)| {
            let newer = n.checked_sub(1).and_then(|n| versions.get(n));
            let due = when::date(visit, version.due_on);
            let due = match newer {
                Some(newer) if newer.due_on != version.due_on => view! { <del>{due}</del> }.into_any(),
                _ => due.into_any(),
            };
            let remedy = version.remedy.clone().unwrap_or_else(|| t!(words, "promise-no-remedy"));
            let lang = tag_of(visit, &remedy);
            let remedy = match newer {
                Some(newer) if newer.remedy != version.remedy => view! { <del dir="auto" lang=lang>{remedy}</del> }.into_any(),
                _ => view! { <span dir="auto" lang=lang>{remedy}</span> }.into_any(),
            };
            view! {
                <li>
                    <div class="versions__head">
                        <b>{t!(words, "versions-version", n = i64::from(version.number))}</b>{when::moment(visit, version.created_at)}
                    </div>
                    <div class="versions__diff"><p dir="auto" lang=tag_of(visit, &version.what)>{version.what.clone()}</p></div>
                    <dl class="facts mt-2">
                        <div><dt>{t!(words, "answer-by-when")}</dt><dd>{due}</dd></div>
                        <div><dt>{t!(words, "promise-if-missed")}</dt><dd>{remedy}</dd></div>
                    </dl>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section" id="wordings" aria-labelledby="wordings-title">
            <h2 class="h-section" id="wordings-title">{t!(words, "promise-wordings")}</h2>
            <ol class="versions">{items}</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_narrows() {
        let asked = Asked { state: "broken".to_owned(), board: "tv & radio".to_owned(), ..Asked::default() };
        assert_eq!(asked.here("m-7"), "/promises?state=broken&board=tv+%26+radio&cursor=m-7");
        assert_eq!(asked.path("", true, ""), "/promises?board=tv+%26+radio&owed=yes");
        assert_eq!(Asked::default().here(""), "/promises");
        assert!(Asked { state: "fulfilled".to_owned(), ..Asked::default() }.filter().is_none());
    }
}
