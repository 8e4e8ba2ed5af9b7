//! The roadmap: what was taken on, how far it is, and who answers for it.

use axum::{Router, extract::Query, routing::get};
use forum::{
    answer::Answer,
    clock::Name,
    common::{Column, Roadmap},
    post::PostRow,
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
        kind::kind_label,
        pill::{stage_icon, stage_name, status_name},
        post_row::post_path,
        respond,
        vote::support_word,
        when,
        who::owner_chip,
    },
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
}

async fn roadmap(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (forum, actor, now) = (visit.forum(), &visit.actor, visit.now);
    let common = forum.common(actor, now).await?;
    let asked_for = (!asked.board.is_empty()).then_some(asked.board.as_str());
    let Roadmap { columns, answers } = &*forum.roadmap(actor, asked_for, now).await?;
    let boards = &common.boards;
    let chosen = boards.iter().find(|b| b.slug == asked.board);
    let words = visit.words;
    let title = match chosen {
        Some(board) => t!(words, "roadmap-title-of", board = board.name.as_str()),
        None => t!(words, "nav-roadmap"),
    };
    let mut head = Head::titled(title.clone()).at(Place::Roadmap);
    if asked.board.is_empty() {
        head = head.public("/roadmap", t!(words, "roadmap-description", site = visit.site.name.as_str()));
    } else if let Some(board) = chosen.filter(|b| !b.private) {
        head = head
            .public(format!("/roadmap?board={}", board.slug), t!(words, "roadmap-description", site = visit.site.name.as_str()));
    }
    let total: i64 = columns.iter().map(|c| c.total).sum();
    Ok(respond(&visit, head, || {
        let options = boards
            .iter()
            .map(|board| {
                let selected = board.slug == asked.board;
                view! { <option value=board.slug.clone() selected=selected>{board.name.clone()}</option> }
            })
            .collect_view();
        let jump = columns
            .iter()
            .map(|column| {
                view! {
                    <a class="chip" href=format!("#c-{}", column.stage.as_str())>
                        {stage_name(&visit, column.stage)}" "<b>{words.number(column.total)}</b>
                    </a>
                }
            })
            .collect_view();
        let board = visit.kept(What::Roadmap(common.audience.clone(), asked.board.clone()), |visit| {
            columns.iter().map(|column| column_view(visit, column, answers, &asked.board)).collect_view()
        });
        view! {
            <div class="wrap page stack gap-5">
                <header class="stack gap-2">
                    <h1 class="h-page">{title}</h1>
                    <p class="lede">{t!(words, "roadmap-lede")}</p>
                </header>
                <form class="cluster" method="get" action="/roadmap">
                    <div class="filters">
                        <label>
                            <span>{t!(words, "filter-board")}</span>
                            <select class="select" name="board"><option value="">{t!(words, "filter-board-any")}</option>{options}</select>
                        </label>
                        <button class="btn btn--sm filters__go">{t!(words, "filter-go")}</button>
                    </div>
                    <span class="meta">{t!(words, "list-total", n = total, count = words.number(total))}</span>
                </form>
                <nav class="chips jump" aria-label=t!(words, "roadmap-jump")>{jump}</nav>
                <div class="board" inner_html=board></div>
            </div>
        }
    }))
}

fn column_view(visit: &Visit, column: &Column, answers: &[Answer], board: &str) -> impl IntoView + use<> {
    let words = visit.words;
    let stage = column.stage.as_str();
    let cards = column
        .posts
        .iter()
        .map(|post| view! { <li>{card(visit, post, answers.iter().find(|a| a.post == post.id))}</li> })
        .collect_view();
    let shown = i64::try_from(column.posts.len()).unwrap_or(0);
    let more = (column.total > shown).then(|| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("stage", stage);
        if !board.is_empty() {
            query.append_pair("board", board);
        }
        let rest = column.total - shown;
        view! { <a class="btn btn--sm start" href=format!("/?{}", query.finish())>{t!(words, "roadmap-more", n = rest, count = words.number(rest))}</a> }
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

fn card(visit: &Visit, post: &PostRow, answer: Option<&Answer>) -> impl IntoView + use<> {
    let words = visit.words;
    let own_status =
        (post.status.slug != post.status.stage.as_str()).then(|| view! { <bdi>{status_name(visit, &post.status)}</bdi> });
    let clock = post.clocks.iter().find(|c| c.name == Name::NextUpdate && c.is_open());
    let next = answer.and_then(|a| a.next_update_on).filter(|_| post.status.stage.owes_update());
    let eta = match (clock, next) {
        (Some(clock), _) => view! { <p>{update_chip(visit, clock)}</p> }.into_any(),
        (None, Some(day)) => view! { <p class="sm">{t!(words, "answer-next-update")}" "{when::date(visit, day)}</p> }.into_any(),
        (None, None) => {
            view! { <p class="sm ink-2">{t!(words, "roadmap-since")}" "{when::day(visit, post.stage_at)}</p> }.into_any()
        }
    };
    view! {
        <article class="rcard">
            <p class="row__meta">{kind_label(visit, post.kind)}<bdi>{post.board.name.clone()}</bdi>{own_status}</p>
            <h3 dir="auto" lang=post.language.clone()><a href=post_path(post)>{post.title.clone()}</a></h3>
            {eta}
            <div class="rcard__foot">
                {owner_chip(visit, post.owner.as_ref())}
                <span class="votes-n">
                    {icon(visit, "up")}{words.number(post.support_count)}<span class="sr">{format!(" {}", support_word(visit, post.kind))}</span>
                </span>
            </div>
        </article>
    }
}
