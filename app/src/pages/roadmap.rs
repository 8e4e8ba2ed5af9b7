//! The roadmap: what was taken on, how far it is, and who answers for it.

use axum::{Router, extract::Query, routing::get};
use chrono::NaiveDate;
use forum::{
    answer::Answer,
    clock::{Name, local_day},
    common::{Column, Kinds, Road, Roadmap},
    post::{Kind, PostRow},
    status::Stage,
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::names,
    parts::{
        Head, Place,
        clock_chip::update_chip,
        icon,
        kept::What,
        kind::{kind_label, kind_name},
        pill::{stage_icon, stage_name, status_name},
        post_row::post_path,
        respond,
        vote::support_word,
        when,
        who::owner_chip,
    },
    share::{self, Card},
    t,
    web::{PageResult, Visit, Web},
};

/// The roadmap.
pub fn routes() -> Router<Web> {
    Router::new().route("/roadmap", get(roadmap))
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    board: String,
    kind: String,
    stage: String,
}

/// The kinds in the filter beside ideas and wishes: their name in addresses.
const ALL_KINDS: &str = "all";

impl Asked {
    fn kinds(&self) -> Kinds {
        match self.kind.as_str() {
            ALL_KINDS => Kinds::All,
            kind => Kind::parse(kind).map_or(Kinds::Proposals, Kinds::One),
        }
    }

    /// The column that is asked for, if it is one.
    fn stage(&self) -> Option<Stage> {
        Stage::parse(&self.stage).ok().filter(|stage| STAGES.contains(stage))
    }

    fn road(&self) -> Road {
        Road { board: (!self.board.is_empty()).then(|| self.board.clone()), kinds: self.kinds(), stage: self.stage() }
    }

    /// The address of a column, or of all.
    fn path(&self, stage: Option<Stage>) -> String {
        let kind = match self.kinds() {
            Kinds::Proposals => "",
            Kinds::All => ALL_KINDS,
            Kinds::One(kind) => kind.as_str(),
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("board", self.board.as_str()), ("kind", kind), ("stage", stage.map(Stage::as_str).unwrap_or_default())]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/roadmap".to_owned() } else { format!("/roadmap?{query}") }
    }
}

/// The columns, in their order.
const STAGES: [Stage; 4] = [Stage::Planned, Stage::Started, Stage::Delivered, Stage::Confirmed];

async fn roadmap(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (forum, actor, now) = (visit.forum(), &visit.actor, visit.now);
    let common = forum.common(actor, now).await?;
    let road = forum.roadmap(actor, &asked.road(), now).await?;
    let boards = &common.boards;
    let chosen = boards.iter().find(|b| b.slug == asked.board);
    let words = visit.words;
    let title = match chosen {
        Some(board) => t!(words, "roadmap-title-of", board = board.called(visit.language())),
        None => t!(words, "nav-roadmap"),
    };
    let mut head = Head::titled(title.clone()).at(Place::Roadmap);
    if asked.board.is_empty() {
        head = head.public(asked.path(asked.stage()), t!(words, "roadmap-description", site = visit.site.name.as_str()));
    } else if let Some(board) = chosen.filter(|b| !b.private) {
        head = head.public(
            Asked { board: board.slug.clone(), ..asked.clone() }.path(asked.stage()),
            t!(words, "roadmap-description", site = visit.site.name.as_str()),
        );
    }
    head.picture = head.canonical.is_some().then(|| Card::of_page(words, &visit.site, share::Page::Roadmap));
    let total: i64 = road.columns.iter().map(|c| c.total).sum();
    Ok(respond(&visit, head, || {
        let options = boards
            .iter()
            .map(|board| {
                let selected = board.slug == asked.board;
                view! { <option value=board.slug.clone() selected=selected>{board.called(visit.language()).to_owned()}</option> }
            })
            .collect_view();
        let kinds = [("", t!(words, "roadmap-kinds")), (ALL_KINDS, t!(words, "filter-kind-any"))].into_iter();
        let kinds = kinds
            .chain(Kind::ALL.into_iter().map(|kind| (kind.as_str(), kind_name(&visit, kind))))
            .map(|(kind, name)| view! { <option value=kind selected=kind == asked.kind>{name}</option> })
            .collect_view();
        // a phone shows one column at a time: without a choice the first
        let jump = STAGES
            .into_iter()
            .enumerate()
            .map(|(n, stage)| {
                let here = asked.stage().map_or(n == 0, |chosen| chosen == stage);
                view! {
                    <a class="chip" href=asked.path(Some(stage)) aria-current=here.then_some("true")>{stage_name(&visit, stage)}</a>
                }
            })
            .collect_view();
        let board = visit.kept(What::Roadmap(common.audience.clone(), asked.path(asked.stage())), |visit| {
            road.columns.iter().map(|column| column_view(visit, column, &road, &asked)).collect_view()
        });
        let all = asked.stage().map(|_| view! { <a class="sm" href=asked.path(None)>{t!(words, "roadmap-columns")}</a> });
        view! {
            <div class="wrap page stack gap-5">
                <header class="stack gap-2">
                    <h1 class="h-page">{title}</h1>
                    <p class="lede">{t!(words, "roadmap-lede")}</p>
                </header>
                <form class="cluster" method="get" autocomplete="off" data-at-once="" action="/roadmap">
                    <div class="filters">
                        <label>
                            <span>{t!(words, "filter-board")}</span>
                            <select class="select" name="board"><option value="">{t!(words, "filter-board-any")}</option>{options}</select>
                        </label>
                        <label>
                            <span>{t!(words, "filter-kind")}</span>
                            <select class="select" name="kind">{kinds}</select>
                        </label>
                        {asked.stage().map(|stage| view! { <input type="hidden" name="stage" value=stage.as_str() /> })}
                        <button class="btn btn--sm filters__go">{t!(words, "filter-go")}</button>
                    </div>
                    <span class="meta">{t!(words, "list-total", n = total, count = words.number(total))}" "{all}</span>
                </form>
                <nav class="chips jump" aria-label=t!(words, "roadmap-jump")>{jump}</nav>
                <div class=if asked.stage().is_some() { "board board--one" } else { "board" } inner_html=board></div>
            </div>
        }
    }))
}

fn column_view(visit: &Visit, column: &Column, road: &Roadmap, asked: &Asked) -> impl IntoView + use<> {
    let words = visit.words;
    let stage = column.stage.as_str();
    let cards = column
        .posts
        .iter()
        .map(|post| {
            let answer = road.answers.iter().find(|answer| answer.post == post.id);
            view! { <li>{card(visit, post, answer, road.promised.get(&post.id).copied())}</li> }
        })
        .collect_view();
    let shown = i64::try_from(column.posts.len()).unwrap_or(0);
    // what does not fit into a column that stands alone is in the list
    let path = if asked.stage().is_some() { format!("/?stage={stage}") } else { asked.path(Some(column.stage)) };
    let more = (column.total > shown).then(|| {
        let (n, count) = (column.total, words.number(column.total));
        view! { <a class="btn btn--sm start" href=path>{t!(words, "roadmap-all", n = n, count = count)}</a> }
    });
    let none =
        column.posts.is_empty().then(|| view! { <div class="panel panel--sunken sm ink-2">{t!(words, "roadmap-none")}</div> });
    view! {
        <section class="board__col" id=format!("c-{stage}") data-stage=stage aria-labelledby=format!("h-{stage}")>
            <header>
                {icon(visit, stage_icon(column.stage))}
                <h2 id=format!("h-{stage}")>{stage_name(visit, column.stage)}</h2>
                <span>{words.number(column.total)}</span>
            </header>
            <p>{words.name(names::COLUMN, column.stage)}</p>
            {none}
            {(shown > 0).then(|| view! { <ul class="stack gap-3">{cards}</ul> })}
            {more}
        </section>
    }
}

/// A post: when it is expected, or since when it is there, and when there is more to hear.
fn card(visit: &Visit, post: &PostRow, answer: Option<&Answer>, promised: Option<NaiveDate>) -> impl IntoView + use<> {
    let words = visit.words;
    let own_status =
        (post.status.slug != post.status.stage.as_str()).then(|| view! { <bdi>{status_name(visit, &post.status)}</bdi> });
    let clock = post.clocks.iter().find(|c| c.name == Name::NextUpdate && c.is_open());
    let next = answer.and_then(|a| a.next_update_on).filter(|_| post.status.stage.owes_update());
    let month = match (post.status.stage, promised) {
        (Stage::Delivered | Stage::Confirmed, _) => Some(words.month_of(local_day(&visit.site, post.stage_at))),
        (_, day) => day.map(|day| words.month_of(day)),
    };
    let promised = promised.filter(|_| post.status.stage.owes_update()).map(|day| {
        view! { <span>{t!(words, "roadmap-promised", day = words.short_date(day, visit.today()))}</span> }
    });
    let eta = match (clock, next) {
        (Some(clock), _) => view! { <p>{update_chip(visit, clock)}</p> }.into_any(),
        (None, Some(day)) => view! { <p class="sm">{t!(words, "answer-next-update")}" "{when::date(visit, day)}</p> }.into_any(),
        (None, None) if month.is_some() => ().into_any(),
        (None, None) => {
            view! { <p class="sm ink-2">{t!(words, "roadmap-since")}" "{when::day(visit, post.stage_at)}</p> }.into_any()
        }
    };
    let month = month.map(|month| view! { <p class="rcard__eta"><b>{month}</b>{promised}</p> });
    view! {
        <article class="rcard">
            <p class="row__meta">{kind_label(visit, post.kind)}<bdi>{post.board.called(visit.language()).to_owned()}</bdi>{own_status}</p>
            <h3 dir="auto" lang=post.language.clone()><a href=post_path(post)>{post.title.clone()}</a></h3>
            {month}
            {eta}
            <div class="rcard__foot">
                {owner_chip(visit, post.owner.as_ref())}
                <span class="votes-n">
                    {icon(visit, "up")}{words.number(post.case_support)}<span class="sr">{format!(" {}", support_word(visit, post.kind))}</span>
                </span>
            </div>
        </article>
    }
}
