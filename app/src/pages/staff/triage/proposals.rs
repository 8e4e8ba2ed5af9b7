//! What members propose to merge: both posts side by side, and how alike they are.

use axum::{
    Form, Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    case::{self, Proposal},
    id::ProposalId,
    post::{self, Post},
};
use leptos::prelude::*;

use super::merge::percent;
use crate::{
    done,
    parts::{
        Head, Place,
        case::number as called,
        form::{Area, Need, Sent, Sheet, Typed},
        icon,
        post_row::path_of,
        respond,
        text::tag_of,
        when,
        who::public_link,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

/// Proposals of one page: the oldest come first, and decided ones make room.
const PAGE: u64 = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/triage/proposals", get(list)).route("/triage/proposals/{id}/decline", post(decline))
}

/// A proposal with both posts, and how alike they are.
struct Shown {
    proposal: Proposal,
    posts: [Post; 2],
    score: Option<f64>,
}

async fn list(visit: Visit) -> PageResult {
    page(&visit, None).await
}

async fn decline(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    let id = ProposalId(id.parse().map_err(|_| Error::NotFound)?);
    match visit.forum().write(&visit.actor, async |tx| case::decline(tx, id, typed.get("reason")).await).await {
        Ok(_) => Ok(see_other(&format!("/triage/proposals?done={}", done!("proposal-declined")))),
        Err(error) => page(&visit, Some(&Sent::refused(&visit, key_of(id), typed, error)?)).await,
    }
}

fn key_of(id: ProposalId) -> String {
    format!("decline-{id}")
}

async fn page(visit: &Visit, sent: Option<&Sent>) -> PageResult {
    visit.require_staff()?;
    let view = visit.view().await?;
    let mut shown = Vec::new();
    for proposal in case::open_proposals(view.db(), &visit.actor, PAGE).await? {
        let [first, second] = &proposal.posts;
        let posts = [post::by_id(&view, first.id).await?, post::by_id(&view, second.id).await?];
        let alike = post::alike(&view, &posts[0]).await?;
        let score = alike.into_iter().find(|(row, _)| row.id == posts[1].row.id).map(|(_, score)| score);
        shown.push(Shown { proposal, posts, score });
    }
    Ok(render(visit, &shown, sent))
}

fn render(visit: &Visit, shown: &[Shown], sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let head = Head { staff: true, ..Head::titled(t!(words, "proposals-title")).at(Place::Triage).with_form(sent) };
    respond(visit, head, || {
        let items = shown.iter().map(|shown| one(visit, shown, sent)).collect_view();
        let list = if shown.is_empty() {
            view! { <div class="empty">{icon(visit, "answered")}<p>{t!(words, "proposals-none")}</p></div> }.into_any()
        } else {
            view! { <ol class="stack gap-8">{items}</ol> }.into_any()
        };
        view! {
            <div class="wrap page">
                <div class="stack gap-6">
                    <header class="stack gap-2 measure">
                        <h1 class="h-page">{t!(words, "proposals-title")}</h1>
                        <p class="lede">{t!(words, "proposals-lede")}</p>
                    </header>
                    {list}
                </div>
            </div>
        }
    })
}

fn one(visit: &Visit, shown: &Shown, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let Shown { proposal, posts, score } = shown;
    let key = key_of(proposal.id);
    let sheet = Sheet::new(visit, &key, sent);
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "proposals-decline-label"),
        hint: Some(t!(words, "proposals-decline-hint")),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 2,
        ..Area::default()
    });
    let said = proposal.words.clone().map(|text| {
        let lang = tag_of(visit, &text);
        view! { <p class="quoted" dir="auto" lang=lang>{text}</p> }
    });
    let score = score.map_or_else(|| t!(words, "merge-score-low"), |score| percent(visit, score));
    let [first, second] = posts;
    // what came later usually joins what was there
    let merge = format!("/triage/{}/merge?into={}#side", second.row.id, first.row.id);
    view! {
        <li class="stack gap-3" id=format!("proposal-{}", proposal.id)>
            <p class="meta">
                {t!(words, "proposals-by")}" "{public_link(visit, &proposal.by)}", "{when::day(visit, proposal.created_at)}". "{score}
            </p>
            {said}
            <div class="cols-2 sides">{side(visit, first)}{side(visit, second)}</div>
            <div class="cluster"><a class="btn" href=merge>{icon(visit, "merge")}{t!(words, "proposals-merge")}</a></div>
            <details class="act measure" id=sheet.anchor() open=sheet.is_back()>
                <summary>{t!(words, "proposals-decline")}</summary>
                <form
                    class="act__in"
                    method="post"
                    novalidate=true
                    action=format!("/triage/proposals/{}/decline#{}", proposal.id, sheet.anchor())
                >
                    {sheet.summary()}
                    {reason}
                    <button class="btn">{t!(words, "proposals-decline-go")}</button>
                </form>
            </details>
        </li>
    }
}

/// One of the two: what it is called, how it begins, and who is for it.
fn side(visit: &Visit, post: &Post) -> impl IntoView + use<> {
    let words = visit.words;
    let row = &post.row;
    let counts = t!(words, "case-member-counts", comments = row.case_comments, support = words.number(row.case_support));
    view! {
        <article class="panel stack gap-2">
            <h2 class="h-block">
                <a href=path_of(post)>
                    {called(visit, row.id)}" "<span dir="auto" lang=row.language.clone()>{row.title.clone()}</span>
                </a>
            </h2>
            <p dir="auto" lang=row.language.clone()>{row.excerpt.clone()}</p>
            <p class="meta">{counts}", "{when::day(visit, row.created_at)}</p>
        </article>
    }
}
