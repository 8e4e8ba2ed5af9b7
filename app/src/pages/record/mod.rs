//! The public record: whether its chain is whole, and every official act, each at an address of its own.

mod changed;
mod feed;
mod log;
mod one;
mod told;

use axum::{Router, extract::Query, response::Response, routing::get};
use chrono::NaiveDate;
use forum::{
    actor::Role,
    board::{self, Board},
    clock,
    event::KindName,
    record::{self, Filter, Known, Newer, Shown, WITHHELD},
};
use leptos::prelude::*;
use serde::Deserialize;

use self::told::{short, told};
use crate::{
    i18n::names,
    islands::record_check::RecordCheck,
    parts::{Head, Place, icon, pager::pager, respond, text::tag_of, when},
    t,
    web::{PageResult, Visit, Web},
};

/// Entries of one page.
const SIZE: u64 = 30;

/// `/record`, its entries and what programs read of it.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/record", get(list))
        .route("/record/{seq}", get(one::show))
        .route("/record/{seq}/proof", get(log::proof))
        .route("/record/log/checkpoint", get(log::checkpoint))
        .route("/record/log/key", get(log::key))
        .route("/record/log/tile/{*path}", get(log::tile))
        .route("/feeds/record.atom", get(feed::feed))
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    act: String,
    role: String,
    rule: String,
    board: String,
    from: String,
    to: String,
    cursor: String,
}

impl Asked {
    /// The filter; `None` when it names something that there is not, so that nothing can match.
    fn filter(&self, visit: &Visit) -> Option<Filter> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let known = |act: &str| act == WITHHELD || KindName::parse(act).is_some();
        let moment = |day: NaiveDate| clock::start_of_day(visit.site.time_zone, day);
        let from = some(&self.from).map(|day| day.parse::<NaiveDate>()).transpose().ok()?;
        let to = some(&self.to).map(|day| day.parse::<NaiveDate>()).transpose().ok()?;
        Some(Filter {
            act: if self.act.is_empty() { None } else { Some(some(&self.act).filter(|act| known(act))?) },
            role: some(&self.role).map(|role| Role::parse(&role)).transpose().ok()?,
            rule: some(&self.rule).map(|rule| rule.parse()).transpose().ok()?,
            board: some(&self.board),
            from: from.map(moment),
            // the last day is meant as a whole
            until: to.and_then(|day| day.succ_opt()).map(moment),
        })
    }

    fn is_filtered(&self) -> bool {
        [&self.act, &self.role, &self.rule, &self.board, &self.from, &self.to].iter().any(|value| !value.is_empty())
    }

    /// The address of the list, or of another place of it.
    fn here(&self, cursor: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("act", self.act.as_str()),
            ("role", &self.role),
            ("rule", &self.rule),
            ("board", &self.board),
            ("from", &self.from),
            ("to", &self.to),
            ("cursor", cursor),
        ];
        for (name, value) in fields {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/record".to_owned() } else { format!("/record?{query}") }
    }
}

/// All that the list shows.
struct Listed {
    known: Known,
    entries: Vec<Shown>,
    total: i64,
    newer: Option<String>,
    older: Option<String>,
    boards: Vec<Board>,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (db, actor) = (visit.forum().read(), &visit.actor);
    let known = record::check(visit.forum()).await?;
    let after = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
    let (mut entries, mut total, mut older, mut newer) = (Vec::new(), 0, None, None);
    if let Some(filter) = asked.filter(&visit) {
        (entries, older) = record::list(db, actor, &filter, after, SIZE).await?;
        total = record::count(db, actor, &filter).await?;
        if let Some(first) = entries.first().filter(|_| after.is_some()) {
            newer = match record::newer(db, actor, &filter, first.entry.seq, SIZE).await? {
                Newer::None => None,
                Newer::First => Some(String::new()),
                Newer::After(cursor) => Some(cursor),
            };
        }
    }
    let boards = board::list(db, actor).await?;
    Ok(page(&visit, &asked, &Listed { known, entries, total, newer, older, boards }))
}

fn page(visit: &Visit, asked: &Asked, listed: &Listed) -> Response {
    let words = visit.words;
    let lede = t!(words, "record-lede");
    let mut head = Head::titled(t!(words, "nav-record")).at(Place::Accountability);
    if asked.cursor.is_empty() && !asked.is_filtered() {
        head = head.public("/record", lede.clone());
        head.feed = Some("/feeds/record.atom".to_owned());
    }
    respond(visit, head, || {
        view! {
            <div class="wrap page stack gap-8">
                <header class="stack gap-2">
                    <h1 class="h-page">{t!(words, "nav-record")}</h1>
                    <p class="lede">{lede}</p>
                </header>
                {chain(visit, &listed.known)}
                <section class="section" aria-labelledby="entries-title">
                    <h2 class="h-section" id="entries-title">{t!(words, "record-entries")}</h2>
                    {finder(visit, asked, listed)}
                    {entries(visit, asked, listed)}
                </section>
            </div>
        }
    })
}

/// Whether the chain is whole, and how anybody can tell.
fn chain(visit: &Visit, known: &Known) -> impl IntoView + use<> {
    let words = visit.words;
    let (entries, head, broken, at) = match known {
        Known::Checked(checked) => {
            (checked.report.entries, checked.report.head.clone(), checked.report.broken.clone(), Some(checked.at))
        }
        Known::Working { entries, head } => (*entries, head.clone(), None, None),
    };
    let n = words.number(entries);
    let (class, glyph, title, text) = match &broken {
        Some(broken) => (
            "banner banner--bad chain",
            "broken",
            t!(words, "record-broken", seq = words.number(broken.seq)),
            words.name(names::FAULT, broken.fault),
        ),
        None if at.is_none() => {
            ("banner chain", "clock", t!(words, "record-checking", n = entries, count = n), t!(words, "record-checking-text"))
        }
        None => (
            "banner banner--ok chain",
            "shield",
            t!(words, "record-intact", n = entries, count = n),
            t!(words, "record-intact-text"),
        ),
    };
    let last = (entries > 0).then(|| view! { <p class="hash">{t!(words, "record-last")}" "{head.clone()}</p> });
    // where we find it broken ourselves, there is nothing left to doubt
    let button = if broken.is_some() {
        view! { <button class="btn">{t!(words, "record-check")}</button> }.into_any()
    } else {
        view! {
            <RecordCheck
                label=t!(words, "record-check")
                size=u32::try_from(entries).unwrap_or(u32::MAX)
                head=head
                working=t!(words, "record-browser-working")
                whole=t!(words, "record-browser-whole", n = entries, count = words.number(entries))
                broken=t!(words, "record-browser-broken")
                failed=t!(words, "record-browser-failed")
            />
        }
        .into_any()
    };
    let checked = at.map(|at| view! { {t!(words, "record-checked")}" "{when::moment(visit, at)}". " });
    view! {
        <section class=class id="check" aria-labelledby="check-title">
            {icon(visit, glyph)}
            <div class="stack gap-1">
                <h2 class="banner__h" id="check-title">{title}</h2>
                <p class="banner__t">{checked}{text}</p>
                {last}
                <p class="banner__t cluster gap-3">
                    <a href="/record/log/checkpoint">{t!(words, "record-keep")}</a>
                    <a href="/record/log/key">{t!(words, "record-key")}</a>
                </p>
            </div>
            <form class="banner__act" method="get" action="/record#check">
                {button}
            </form>
        </section>
    }
}

fn finder(visit: &Visit, asked: &Asked, listed: &Listed) -> impl IntoView + use<> {
    let words = visit.words;
    let option = |value: String, label: String, chosen: &str| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    };
    let mut acts: Vec<(String, String)> =
        record::acts().map(|act| (<&str>::from(act).to_owned(), words.name(names::RECORDED, act))).collect();
    acts.sort_by_key(|(_, name)| name.to_lowercase());
    acts.push((WITHHELD.to_owned(), t!(words, "record-act-withheld")));
    let acts = acts.into_iter().map(|(value, label)| option(value, label, &asked.act)).collect_view();
    let roles = Role::ALL.into_iter().filter(|role| role.is_staff());
    let roles = roles.map(|role| option(role.as_str().to_owned(), words.name(names::ROLE, role), &asked.role)).collect_view();
    let rules = visit.site.every_rule();
    let rules = rules
        .iter()
        .map(|rule| {
            let label = t!(words, "record-rule", number = i64::from(rule.number), text = visit.rule_in(visit.language(), rule));
            option(rule.number.to_string(), label, &asked.rule)
        })
        .collect_view();
    let boards = listed
        .boards
        .iter()
        .map(|board| option(board.slug.clone(), board.called(visit.language()).to_owned(), &asked.board))
        .collect_view();
    view! {
        <form class="cluster" method="get" autocomplete="off" action="/record">
            <div class="filters record-filters">
                <label>
                    <span>{t!(words, "record-filter-act")}</span>
                    <select class="select" name="act"><option value="">{t!(words, "record-filter-act-any")}</option>{acts}</select>
                </label>
                <label>
                    <span>{t!(words, "record-filter-role")}</span>
                    <select class="select" name="role"><option value="">{t!(words, "record-filter-role-any")}</option>{roles}</select>
                </label>
                <label>
                    <span>{t!(words, "edit-rule")}</span>
                    <select class="select" name="rule"><option value="">{t!(words, "record-filter-rule-any")}</option>{rules}</select>
                </label>
                <label>
                    <span>{t!(words, "filter-board")}</span>
                    <select class="select" name="board"><option value="">{t!(words, "filter-board-any")}</option>{boards}</select>
                </label>
                <fieldset class="period">
                    <legend class="sr">{t!(words, "record-filter-period")}</legend>
                    <label class="period__day"><b>{t!(words, "record-filter-from")}</b><input class="input" type="date" name="from" value=asked.from.clone() /></label>
                    <label class="period__day"><b>{t!(words, "record-filter-to")}</b><input class="input" type="date" name="to" value=asked.to.clone() /></label>
                </fieldset>
                <button class="btn btn--sm">{t!(words, "filter-go")}</button>
                <a class="btn btn--sm btn--quiet" href="/feeds/record.atom">{icon(visit, "feed")}{t!(words, "record-feed")}</a>
                <a class="btn btn--sm btn--quiet" href="/api/v1/record?limit=100">{icon(visit, "download")}{t!(words, "record-download")}</a>
            </div>
        </form>
    }
}

fn total(visit: &Visit, n: i64) -> String {
    t!(visit.words, "record-total", n = n, count = visit.words.number(n))
}

fn entries(visit: &Visit, asked: &Asked, listed: &Listed) -> AnyView {
    let words = visit.words;
    if listed.entries.is_empty() {
        let (title, text) = if asked.is_filtered() {
            (t!(words, "record-none-found"), t!(words, "record-none-found-text"))
        } else {
            (t!(words, "record-none"), t!(words, "record-none-text"))
        };
        return view! { <div class="empty">{icon(visit, "shield")}<h3>{title}</h3><p>{text}</p></div> }.into_any();
    }
    let rows = listed.entries.iter().map(|shown| row(visit, shown)).collect_view();
    view! {
        <ol class="rows entries">{rows}</ol>
        {pager(
            visit,
            listed.newer.as_deref().map(|cursor| asked.here(cursor)),
            listed.older.as_deref().map(|cursor| asked.here(cursor)),
            total(visit, listed.total),
        )}
    }
    .into_any()
}

fn row(visit: &Visit, shown: &Shown) -> impl IntoView + use<> {
    let words = visit.words;
    let told = told(visit, shown);
    let path = format!("/record/{}", shown.entry.seq);
    let rule = told.rule.map(|rule| view! { <p><span class="rule">{rule}</span></p> });
    let why = told.reason.map(|reason| {
        let lang = tag_of(visit, &reason);
        view! { <p class="entry__why" dir="auto" lang=lang>{reason}</p> }
    });
    let post = told.post.map(|post| {
        view! { <p class="meta"><a href=format!("/p/{post}")>{t!(words, "record-on-post", number = post)}</a></p> }
    });
    view! {
        <li class="entry">
            <div class="entry__id">
                <code>{t!(words, "record-number", seq = shown.entry.seq)}</code>
                {when::moment(visit, told.at)}
            </div>
            <div class="stack gap-1">
                <h3><a href=path>{told.sentence}</a></h3>
                {rule}
                {why}
                {post}
            </div>
            <div class="entry__side">
                <span>{told.role}</span>
                <code title=t!(words, "record-digest")>{short(&shown.entry.digest)}</code>
            </div>
        </li>
    }
}
