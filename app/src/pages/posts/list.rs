//! The list of posts: the home page, its orders, its filters and the search.

use std::{collections::HashMap, sync::Arc};

use axum::{extract::Query, response::Response};
use forum::{
    Error,
    accountability::Period,
    board::Board,
    clock,
    common::{Common, List},
    follow::{self, Subject},
    id::PostId,
    limit,
    notice::{self, News},
    post::{self, Filter, Kind, PostRow, Sort, TITLE_MAX, Told},
    search,
    status::Stage,
    tag,
    vote::{self, Stance},
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::names,
    pages::feeds::path_of_posts,
    parts::{
        Head, Place,
        clock_chip::row_chip,
        follow::follow_button,
        icon,
        kept::{What, markup},
        kind::kind_name,
        pager::pager,
        pill::{stage_name, status_name},
        post_row::{post_path, rows},
        respond,
        since::{LINES, since},
        text::tag_of,
        vote::support_word,
        when,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// Posts of one page.
const SIZE: u64 = 30;
/// Characters of a search, at most.
const LONGEST_SEARCH: usize = 200;
/// Tags that are offered in the filter.
const MOST_TAGS: usize = 100;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    sort: String,
    board: String,
    kind: String,
    status: String,
    stage: String,
    tag: String,
    q: String,
    cursor: String,
}

impl Asked {
    fn sort(&self) -> Sort {
        Sort::parse(&self.sort).ok().filter(|sort| self.offers(*sort)).unwrap_or(self.usual())
    }

    /// The order of whoever asks for none.
    fn usual(&self) -> Sort {
        if self.search().is_empty() { Sort::default() } else { Sort::Fit }
    }

    /// Whether there is anything to put into such an order.
    fn offers(&self, sort: Sort) -> bool {
        sort != Sort::Fit || !self.search().is_empty()
    }

    /// The words to search for.
    fn search(&self) -> String {
        self.q.trim().chars().take(LONGEST_SEARCH).collect()
    }

    /// The filter; `None` when it names something that there is not, so that nothing can match.
    fn filter(&self) -> Option<Filter> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let kind = if self.kind.is_empty() { None } else { Some(Kind::parse(&self.kind).ok()?) };
        let stage = if self.stage.is_empty() { None } else { Some(Stage::parse(&self.stage).ok()?) };
        Some(Filter {
            sort: self.sort(),
            board: given(&self.board),
            kind,
            status: given(&self.status),
            stage,
            tag: given(&self.tag),
            q: given(&self.search()),
            author: None,
            voter: None,
            with_own_hidden: false,
        })
    }

    /// Whether all that narrows the list is there: anybody can put words of their own into an address.
    fn names_what_there_is(&self, common: &Common) -> bool {
        let is = |asked: &str, there_is: bool| asked.is_empty() || there_is;
        is(&self.board, common.boards.iter().any(|board| board.slug == self.board))
            && is(&self.status, common.statuses.iter().any(|status| status.slug == self.status))
            && is(&self.tag, common.tags.iter().any(|tag| tag.slug == self.tag))
            && is(&self.kind, Kind::parse(&self.kind).is_ok())
            && is(&self.stage, Stage::parse(&self.stage).is_ok())
    }

    /// Whether anything narrows the list.
    fn is_filtered(&self) -> bool {
        [&self.board, &self.kind, &self.status, &self.stage, &self.tag].iter().any(|v| !v.is_empty()) || !self.search().is_empty()
    }

    /// The address of this list in another order, or at another place.
    fn path(&self, sort: Sort, cursor: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let search = self.search();
        let sort = if sort == self.usual() || !self.offers(sort) { "" } else { sort.as_str() };
        for (name, value) in [
            ("sort", sort),
            ("board", &self.board),
            ("kind", &self.kind),
            ("status", &self.status),
            ("stage", &self.stage),
            ("tag", &self.tag),
            ("q", &search),
            ("cursor", cursor.unwrap_or_default()),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
    }
}

/// The figures of the home page.
struct Figures {
    in_time: i64,
    due: i64,
    waiting: i64,
    delivered: i64,
}

pub(super) async fn list(mut visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (actor, now) = (&visit.actor, visit.now);
    if let Some(number) = search::number_of(&asked.q)
        && let Ok(post) = post::row_by_id(visit.forum().read(), actor, number, now).await
    {
        return Ok(see_other(&post_path(&post)));
    }
    let cursor = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
    let common = visit.forum().common(actor, now).await?;
    if let Some(tag) = present_tag(&visit, &asked, &common).await? {
        return Ok(see_other(&Asked { tag, cursor: String::new(), ..asked.clone() }.path(asked.sort(), None)));
    }
    let list = match asked.filter() {
        Some(filter) => {
            if filter.q.is_some() {
                visit.forum().count(actor, limit::SEARCH, &visit.client).await?;
            }
            visit.forum().list(actor, &filter, cursor, SIZE, now).await?
        }
        None => Arc::default(),
    };
    let stances = match &visit.account {
        Some(me) if !list.items.is_empty() => {
            let ids: Vec<_> = list.items.iter().map(|post| post.id).collect();
            vote::stances(visit.forum().read(), me.id, &ids).await?
        }
        _ => HashMap::new(),
    };
    let scores = visit.forum().scores_lately(Period::Days90).await?;
    let on_time = scores.all().map(|all| all.on_time).unwrap_or_default();
    let figures = Figures {
        in_time: on_time.count,
        due: on_time.of,
        waiting: common.counts.waiting(),
        delivered: common.counts.total(&Filter { sort: Sort::Delivered, ..Filter::default() }),
    };
    let is_home = !asked.is_filtered() && asked.cursor.is_empty() && asked.sort() == Sort::default();
    let news = if visit.unread > 0 && is_home {
        notice::news(visit.forum().read(), actor, LINES as u64 + 1, now).await?
    } else {
        Vec::new()
    };
    if news.iter().take(LINES).any(|news| news.asked) {
        // once is enough
        visit.asks.clear();
    }
    let subject = match common.boards.iter().find(|board| board.slug == asked.board) {
        Some(board) => Some(Subject::Board(board.id)),
        None if visit.account.is_some() && !asked.tag.is_empty() => {
            tag::id_of(visit.forum().read(), actor, &asked.tag).await?.map(Subject::Tag)
        }
        None => None,
    };
    let followed = match subject {
        Some(subject) => Some((subject, follow::is(visit.forum().read(), actor, subject).await?)),
        None => None,
    };
    Ok(page_of(&visit, &asked, &list, &figures, &common, &stances, (&news, followed)))
}

/// What the tag became that the list is narrowed to, when it is one with another by now that the reader may know of.
async fn present_tag(visit: &Visit, asked: &Asked, common: &Common) -> Result<Option<String>, Error> {
    let knows = |slug: &str| common.tags.iter().any(|tag| tag.slug == slug);
    if asked.tag.is_empty() || knows(&asked.tag) {
        return Ok(None);
    }
    let became = tag::became(visit.forum().read(), &asked.tag).await?;
    Ok(became.map(|tag| tag.slug).filter(|slug| knows(slug)))
}

fn page_of(
    visit: &Visit,
    asked: &Asked,
    page: &List,
    figures: &Figures,
    common: &Common,
    stances: &HashMap<PostId, Stance>,
    (news, followed): (&[News], Option<(Subject, bool)>),
) -> Response {
    let (words, told) = (visit.words, page.told.as_ref());
    let narrowed = narrowed_by(visit, asked, common);
    let sort = asked.sort();
    let total = match told {
        Some(told) if told.is_part => t!(words, "list-total-part", count = words.number(page.total)),
        _ => t!(words, "list-total", n = page.total, count = words.number(page.total)),
    };
    let title = match &narrowed {
        Some(what) => t!(words, "list-title-filtered", what = what.as_str()),
        None if sort == Sort::default() => visit.site.name.clone(),
        None => words.name(names::LIST_TITLE, sort),
    };
    // many follow the same link to a search
    let mut head = Head { shared: true, ..Head::titled(title.clone()).at(Place::Posts) };
    // a search, a page in the middle of a list, and what there is nothing of are nothing to be found by search engines
    if asked.search().is_empty() && asked.cursor.is_empty() && asked.names_what_there_is(common) {
        let description = match &narrowed {
            Some(what) => t!(
                words,
                "list-description-filtered",
                what = what.as_str(),
                total = total.as_str(),
                site = visit.site.name.as_str()
            ),
            None => t!(words, "list-description", site = visit.site.name.as_str()),
        };
        head = head.public(asked.path(sort, None), description);
        head.feed = Some(path_of_posts(&asked.board, &asked.tag));
    }
    if narrowed.is_none() && asked.cursor.is_empty() {
        head.structured = Some(serde_json::json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": visit.site.name,
            "url": visit.absolute("/"),
            "inLanguage": visit.language().tag(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": { "@type": "EntryPoint", "urlTemplate": visit.absolute("/?q={search_term_string}") },
                "query-input": "required name=search_term_string",
            },
        }));
    }
    let hero = match &narrowed {
        None => hero(visit, figures).into_any(),
        Some(_) => view! {
            <header class="page__head mt-8">
                <h1 class="h-page">{title}</h1>
                <a href=Asked::default().path(sort, None)>{t!(words, "list-clear")}</a>
            </header>
            {common.boards.iter().find(|board| board.slug == asked.board).map(|board| about_board(visit, board))}
            {followed.and_then(|(subject, follows)| follow_button(visit, subject, follows, &asked.path(sort, None)))
                .map(|form| view! { <div class="mb-4">{form}</div> })}
        }
        .into_any(),
    };
    respond(visit, head, || {
        let items = if page.items.is_empty() {
            empty(visit, asked).into_any()
        } else {
            view! {
                {told.map(|told| found(visit, told, page.total))}
                {rows(visit, &page.items, &page.answers, Some(&|post| stances.get(&post.id).copied()), told.map(|told| &told.lines))}
                {pager(
                    visit,
                    page.newer.as_deref().map(|cursor| asked.path(sort, Some(cursor))),
                    page.older.as_deref().map(|cursor| asked.path(sort, Some(cursor))),
                    total.clone(),
                )}
            }
            .into_any()
        };
        let what = What::Finder(common.audience.clone(), asked.path(sort, None));
        let finder = markup(&visit.kept(what, |visit| finder(visit, asked, figures, common)));
        let aside = markup(&visit.kept(What::Aside(common.audience.clone()), |visit| aside(visit, common)));
        view! {
            <div class="wrap">
                {since(visit, news)}
                {hero}
                <div class="split mb-6">
                    <section aria-labelledby="list-title">
                        <h2 class="sr" id="list-title">{t!(words, "list-heading")}</h2>
                        {finder}
                        <div class="listinfo">
                            <p>{total.clone()}</p>
                            <p><a href="/how-we-sort">{t!(words, "list-how-we-sort", version = i64::from(post::rank::VERSION))}</a></p>
                        </div>
                        {items}
                    </section>
                    {aside}
                </div>
            </div>
        }
    })
}

/// What was searched for besides what was typed.
fn found(visit: &Visit, told: &Told, total: i64) -> impl IntoView + use<> {
    let words = visit.words;
    let with_all = i64::try_from(told.with_all).unwrap_or(i64::MAX);
    let fewer = (with_all < total && !told.is_part).then(|| {
        let said = if with_all == 0 { t!(words, "found-fewer") } else { t!(words, "found-some", n = with_all) };
        view! { <p>{said}</p> }
    });
    let spellings = told.spellings.iter().enumerate().map(|(n, spelling)| {
        view! { {if n == 0 { " " } else { ", " }}<bdi>{spelling.clone()}</bdi> }
    });
    let spellings = (!told.spellings.is_empty()).then(|| view! { <p>{t!(words, "found-spellings")}{spellings.collect_view()}</p> });
    (fewer.is_some() || spellings.is_some()).then(|| view! { <div class="found">{fewer}{spellings}</div> })
}

/// What the list is narrowed to, in words.
fn narrowed_by(visit: &Visit, asked: &Asked, common: &Common) -> Option<String> {
    if !asked.is_filtered() {
        return None;
    }
    let words = visit.words;
    let unknown = || t!(words, "list-unknown");
    let mut parts = Vec::new();
    if !asked.kind.is_empty() {
        parts.push(Kind::parse(&asked.kind).map_or_else(|_| unknown(), |kind| kind_name(visit, kind)));
    }
    if !asked.board.is_empty() {
        let board = common.boards.iter().find(|b| b.slug == asked.board);
        parts.push(board.map_or_else(unknown, |b| b.called(visit.language()).to_owned()));
    }
    if !asked.status.is_empty() {
        let status = common.statuses.iter().find(|s| s.slug == asked.status);
        parts.push(status.map_or_else(unknown, |s| status_name(visit, s)));
    }
    if !asked.stage.is_empty() {
        parts.push(Stage::parse(&asked.stage).map_or_else(|_| unknown(), |stage| stage_name(visit, stage)));
    }
    if !asked.tag.is_empty() {
        let tag = common.tags.iter().find(|t| t.slug == asked.tag);
        parts.push(tag.map_or_else(unknown, |t| t.name.clone()));
    }
    if !asked.search().is_empty() {
        parts.push(t!(words, "list-quoted", q = asked.search()));
    }
    Some(parts.join(", "))
}

/// What belongs on the board that the list is narrowed to, and whether it takes more of it.
fn about_board(visit: &Visit, board: &Board) -> impl IntoView + use<> {
    let what = (!board.description.is_empty()).then(|| {
        let lang = tag_of(visit, &board.description);
        view! { <p class="ink-2 measure mb-4" lang=lang dir="auto">{board.description.clone()}</p> }
    });
    let closed = (!board.is_open())
        .then(|| view! { <p class="ink-2 mb-4">{icon(visit, "lock")}" "{t!(visit.words, "list-board-closed")}</p> });
    view! { {what}{closed} }
}

/// Who the company is and what this is, in its own sentence if it has one.
fn about(visit: &Visit) -> impl IntoView + use<> {
    let own = visit.site.about(visit.language());
    let lang = own.map(|text| tag_of(visit, text));
    let text = own.map_or_else(|| t!(visit.words, "hero-about", site = visit.site.name.as_str()), str::to_owned);
    view! { <p class="ink-2 measure" dir="auto" lang=lang>{text}</p> }
}

fn hero(visit: &Visit, figures: &Figures) -> impl IntoView + use<> {
    let words = visit.words;
    let share = match figures.due {
        0 => view! { <dd class="muted">"–"<span class="sr">{t!(words, "hero-no-figures")}</span></dd> }.into_any(),
        due => view! { <dd>{format!("{}%", figures.in_time * 100 / due)}</dd> }.into_any(),
    };
    let share_label = if figures.due == 0 { t!(words, "hero-no-figures") } else { t!(words, "hero-in-time") };
    let due = when::deadline_text(visit, clock::due(&visit.site, visit.now, visit.site.terms(Kind::Idea, "").first_answer));
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero__who">
                <h1 class="h-page" id="hero-title">{t!(words, "hero")}</h1>
                {about(visit)}
            </div>
            <dl class="hero__counts">
                <div><dt><a href="/accountability" title=t!(words, "hero-in-time-title")>{share_label}</a></dt>{share}</div>
                <div><dt><a href="/?sort=waiting">{t!(words, "hero-waiting")}</a></dt><dd>{words.number(figures.waiting)}</dd></div>
                <div><dt><a href="/?sort=delivered">{t!(words, "hero-delivered")}</a></dt><dd>{words.number(figures.delivered)}</dd></div>
            </dl>
            <form class="hero__say" method="get" action="/new">
                <label for="say">{t!(words, "hero-say")}</label>
                <div class="hero__line">
                    <input
                        class="input"
                        id="say"
                        dir="auto"
                        name="title"
                        maxlength=TITLE_MAX
                        placeholder=t!(words, "hero-say-placeholder")
                        autocomplete="off"
                    />
                    <button class="btn btn--primary">{t!(words, "hero-say-go")}</button>
                </div>
                <p class="sm ink-2">{t!(words, "hero-say-due", due = due)}</p>
            </form>
        </section>
    }
}

fn finder(visit: &Visit, asked: &Asked, figures: &Figures, common: &Common) -> impl IntoView + use<> {
    let words = visit.words;
    let present = asked.sort();
    let all = words.number(common.counts.total(&Filter::default()));
    let tabs = Sort::ALL
        .into_iter()
        .filter(|sort| asked.offers(*sort))
        .map(|sort| {
            let count = match sort {
                Sort::Waiting if !asked.is_filtered() => Some(figures.waiting),
                Sort::Delivered if !asked.is_filtered() => Some(figures.delivered),
                _ => None,
            };
            view! {
                <a href=asked.path(sort, None) aria-current=(sort == present).then_some("page")>
                    {words.name(names::SORT, sort)}
                    {count.map(|n| view! { " "<span>{words.number(n)}</span> })}
                </a>
            }
        })
        .collect_view();
    let boards = common.boards.iter().map(|b| (b.slug.clone(), b.called(visit.language()).to_owned())).collect();
    let kinds = Kind::ALL.into_iter().map(|k| (k.as_str().to_owned(), words.name(names::KINDS, k))).collect();
    let statuses = common.statuses.iter().map(|s| (s.slug.clone(), status_name(visit, s))).collect();
    let labels = common
        .tags
        .iter()
        .enumerate()
        .filter(|(n, tag)| *n < MOST_TAGS || tag.slug == asked.tag)
        .map(|(_, tag)| (tag.slug.clone(), tag.name.clone()))
        .collect();
    let set = [&asked.board, &asked.kind, &asked.status, &asked.stage, &asked.tag].iter().filter(|v| !v.is_empty()).count();
    let filter_label =
        if set == 0 { t!(words, "filter-open") } else { t!(words, "filter-open-set", n = i64::try_from(set).unwrap_or(0)) };
    view! {
        <form class="finder" role="search" action="/" method="get" autocomplete="off" data-at-once="">
            {(present != asked.usual()).then(|| view! { <input type="hidden" name="sort" value=present.as_str() /> })}
            {(!asked.stage.is_empty()).then(|| view! { <input type="hidden" name="stage" value=asked.stage.clone() /> })}
            <div class="finder__top">
                <div class="with-icon">
                    {icon(visit, "search")}
                    <label class="sr" for="q">{t!(words, "search-label")}</label>
                    <input
                        class="input"
                        id="q"
                        name="q"
                        type="search"
                        dir="auto"
                        maxlength=LONGEST_SEARCH
                        value=asked.search()
                        placeholder=t!(words, "search-placeholder", count = all)
                    />
                </div>
                <button class="btn filters__open" type="button" popovertarget="filters">{icon(visit, "filter")}{filter_label}</button>
                <button class="btn only-wide">{t!(words, "search-go")}</button>
            </div>
            <nav class="tabs" aria-label=t!(words, "sort-label")>{tabs}</nav>
            <div class="filters" id="filters" popover="auto">
                <div class="filters__head">
                    <span>{t!(words, "filter-open")}</span>
                    <button class="btn btn--icon btn--quiet" type="button" popovertarget="filters" aria-label=t!(words, "filter-close")>
                        {icon(visit, "x")}
                    </button>
                </div>
                {choice("board", t!(words, "filter-board"), t!(words, "filter-board-any"), boards, &asked.board)}
                {choice("kind", t!(words, "filter-kind"), t!(words, "filter-kind-any"), kinds, &asked.kind)}
                {choice("status", t!(words, "filter-status"), t!(words, "filter-status-any"), statuses, &asked.status)}
                {choice("tag", t!(words, "filter-tag"), t!(words, "filter-tag-any"), labels, &asked.tag)}
                <button class="btn btn--sm filters__go">{t!(words, "filter-go")}</button>
            </div>
        </form>
    }
}

/// One filter: everything, or one of the options.
fn choice(name: &'static str, label: String, any: String, options: Vec<(String, String)>, chosen: &str) -> impl IntoView + use<> {
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <label>
            <span>{label}</span>
            <select class="select" name=name><option value="">{any}</option>{options}</select>
        </label>
    }
}

fn empty(visit: &Visit, asked: &Asked) -> impl IntoView + use<> {
    let words = visit.words;
    let search = asked.search();
    let new = if search.is_empty() {
        "/new".to_owned()
    } else {
        format!("/new?{}", form_urlencoded::Serializer::new(String::new()).append_pair("title", &search).finish())
    };
    let (glyph, title, text) = match (asked.is_filtered(), asked.sort()) {
        (true, _) => ("search", t!(words, "empty-search-title"), t!(words, "empty-search-text")),
        (false, Sort::Waiting) => ("answered", t!(words, "empty-waiting-title"), t!(words, "empty-waiting-text")),
        (false, Sort::Delivered) => ("s-planned", t!(words, "empty-delivered-title"), t!(words, "empty-delivered-text")),
        (false, _) => ("inbox", t!(words, "empty-title"), t!(words, "empty-text")),
    };
    let clear = asked.is_filtered().then(|| view! { <a class="btn" href="/">{t!(words, "list-clear")}</a> });
    view! {
        <div class="empty">
            {icon(visit, glyph)}
            <h3>{title}</h3>
            <p>{text}</p>
            <div class="cluster"><a class="btn btn--primary" href=new>{icon(visit, "plus")}{t!(words, "nav-new")}</a>{clear}</div>
        </div>
    }
}

fn aside(visit: &Visit, side: &Common) -> impl IntoView + use<> {
    let words = visit.words;
    let started = minis(&side.started, |post| {
        let chip = row_chip(visit, post, None);
        view! { <span>{chip}</span> }.into_any()
    });
    let delivered = minis(&side.delivered, |post| {
        let state = if post.status.stage == Stage::Confirmed { t!(words, "side-confirmed") } else { t!(words, "side-unconfirmed") };
        let votes = format!("{} {}", words.number(post.case_support), support_word(visit, post.kind));
        view! { <span class="meta">{format!("{votes}. {state}")}</span> }.into_any()
    });
    let unseen = minis(&side.unseen, |post| {
        view! { <span class="meta">{format!("{}, {}", kind_name(visit, post.kind), post.board.called(visit.language()))}</span> }
            .into_any()
    });
    let module = |shown: bool, title: String, more: Option<(&'static str, String)>, text: Option<String>, list: AnyView| {
        shown.then(|| {
            view! {
                <section class="mod">
                    <h2 class="mod__h">{title}{more.map(|(href, label)| view! { " "<a href=href>{label}</a> })}</h2>
                    {text.map(|text| view! { <p class="sm muted">{text}</p> })}
                    {list}
                </section>
            }
        })
    };
    view! {
        <aside class="aside">
            {module(!side.started.is_empty(), t!(words, "side-started"), Some(("/roadmap", t!(words, "nav-roadmap"))), None, started)}
            {module(
                !side.delivered.is_empty(),
                t!(words, "side-delivered"),
                Some(("/?sort=delivered", t!(words, "side-all"))),
                None,
                delivered,
            )}
            {module(
                !side.unseen.is_empty(),
                t!(words, "side-unseen"),
                Some(("/?sort=new", t!(words, "sort-new"))),
                Some(t!(words, "side-unseen-text")),
                unseen,
            )}
        </aside>
    }
}

fn minis(posts: &[PostRow], below: impl Fn(&PostRow) -> AnyView) -> AnyView {
    let items = posts
        .iter()
        .map(|post| {
            view! { <li><a href=post_path(post) dir="auto" lang=post.language.clone()>{post.title.clone()}</a>{below(post)}</li> }
        })
        .collect_view();
    view! { <ul class="minis">{items}</ul> }.into_any()
}
