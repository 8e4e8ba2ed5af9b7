//! What I was told, and what of it I have not seen.

use axum::{
    Form, Router,
    extract::Query,
    routing::{get, post},
};
use forum::{
    event::Kind,
    markdown,
    notice::{self, About, Listed},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{PAGE, page};
use crate::{
    i18n::names,
    parts::{icon, notice as said, pager::pager, text::tag_of, when},
    t,
    web::{PageResult, Visit, Web, local_path, see_other},
};

/// Characters of a comment that a line shows.
const EXCERPT: usize = 120;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/notices", get(show)).route("/me/seen", post(see))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
    show: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    back: String,
}

/// All that is new was seen.
async fn see(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    visit.forum().write_aside(&visit.actor, async |tx| notice::read(tx, None).await).await?;
    // what can't stand in a header was not written by a page of ours
    Ok(see_other(if typed.back.is_ascii() && !typed.back.is_empty() { local_path(&typed.back) } else { "/" }))
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let account = visit.require_account()?;
    let unread = asked.show.as_deref() == Some("new");
    let cursor = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let mut items = notice::list(&visit.view().await?, unread.then_some(false), cursor, PAGE).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let here = if unread { "/me/notices?show=new" } else { "/me/notices" };
    let next = items.last().filter(|_| more).map(notice::cursor);
    let older = next.map(|cursor| format!("{here}{}cursor={cursor}", if unread { '&' } else { '?' }));
    let words = visit.words;
    Ok(page(&visit, account, "/me/notices", None, || {
        let list = if items.is_empty() {
            let (title, text) = if unread {
                (t!(words, "notices-none-new"), t!(words, "notices-none-new-text"))
            } else {
                (t!(words, "notices-none"), t!(words, "notices-none-text"))
            };
            view! { <div class="empty">{icon(&visit, "bell")}<h3>{title}</h3><p>{text}</p></div> }.into_any()
        } else {
            let items = items.iter().map(|item| line(&visit, item)).collect_view();
            let first = cursor.map(|_| here.to_owned());
            view! { <ol class="feed">{items}</ol> {(first.is_some() || older.is_some()).then(|| pager(&visit, first, older, String::new()))} }.into_any()
        };
        let tab = |path: &'static str, text: String, here: bool| {
            view! { <a href=path aria-current=here.then_some("page")>{text}</a> }
        };
        view! {
            <section class="section" aria-labelledby="notices-title">
                <div class="section__head">
                    <h2 class="h-section" id="notices-title">{t!(words, "me-notices")}</h2>
                    {(visit.unread > 0).then(|| seen_button(&visit))}
                </div>
                <nav class="tabs" aria-label=t!(words, "notices-which")>
                    {tab("/me/notices", t!(words, "notices-all"), !unread)}
                    {tab("/me/notices?show=new", t!(words, "notices-new", n = visit.unread, shown = said::counted(visit.unread)), unread)}
                </nav>
                {list}
            </section>
        }
    }))
}

fn seen_button(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <form method="post" novalidate=true action="/me/seen">
            <input type="hidden" name="back" value="/me/notices" />
            <button class="btn btn--sm">{icon(visit, "tick")}{t!(visit.words, "notices-see-all")}</button>
        </form>
    }
}

fn line(visit: &Visit, item: &Listed) -> impl IntoView + use<> {
    let words = visit.words;
    let notice = &item.notice;
    let (headline, path) = (said::headline(words, notice, &visit.site.name), said::path(notice));
    let excerpt = match &notice.about {
        About::Comment(comment) => Some(markdown::excerpt(&comment.body, EXCERPT)),
        About::Promise(promise) => Some(promise.what.clone()),
        _ => None,
    };
    let excerpt = excerpt.map(|text| {
        let lang = tag_of(visit, &text);
        view! { <p class="feed__q" dir="auto" lang=lang>{text}</p> }
    });
    let new = (!item.read).then(|| view! { <span class="sr">{t!(words, "notices-new-one")}" "</span> });
    let why = words.name(names::NOTICE_WHY, notice.reason);
    view! {
        <li class=if item.read { "" } else { "is-new" }>
            {icon(visit, glyph(&notice.event.kind))}
            <div>
                <p>{new}<a href=path>{headline}</a></p>
                {excerpt}
                <p class="meta">{why}</p>
            </div>
            {when::moment(visit, notice.event.at)}
        </li>
    }
}

/// The picture of a kind of news.
fn glyph(kind: &Kind) -> &'static str {
    match kind {
        Kind::CommentPosted { .. } => "comment",
        Kind::AnswerPublished { .. } => "answered",
        Kind::CustomersAsked { .. } => "s-question",
        Kind::HappenedAgain { .. } => "again",
        Kind::PromiseBroken { .. } => "broken",
        Kind::PromiseMade { .. } | Kind::PromiseChanged { .. } | Kind::PromiseWithdrawn { .. } => "hand",
        Kind::PromiseKept { .. } | Kind::PromisePaid { .. } => "tick",
        Kind::ClockMissed { .. } => "overdue",
        Kind::ClockExtended { .. } => "late",
        Kind::ClocksStopped { .. } => "pause",
        Kind::LevelChanged { .. } | Kind::RequestMade { .. } | Kind::RequestPassedUp { .. } => "escalate",
        Kind::Moderated { .. } | Kind::Appealed { .. } | Kind::AppealDecided { .. } | Kind::Released { .. } => "seal",
        Kind::PostMerged { .. } | Kind::PostUnmerged { .. } | Kind::ProposalDecided { .. } => "merge",
        _ => "bell",
    }
}
