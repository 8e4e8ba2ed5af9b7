//! What happened since somebody was here: what the company asks them, what it delivered, what it answered.

use forum::{id::PostId, notice::News, status::Stage};
use leptos::prelude::*;

use super::icon;
use crate::{t, web::Visit};

/// Lines that are shown; all of it stands in one's own file.
pub const LINES: usize = 3;

/// What the company asks the reader, on every page until they have answered: the latest question, and the way to the others. On the page of
/// the post it is asked at length.
pub fn asked(visit: &Visit) -> Option<impl IntoView + use<>> {
    let ask = visit.asks.first()?;
    let page = format!("/p/{}", ask.post);
    if visit.path.strip_prefix(&page).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])) {
        return None;
    }
    let words = visit.words;
    let more = visit.asks.len() - 1;
    let more = (more > 0).then(|| view! { <a class="sm" href="/me">{t!(words, "ask-more", n = more)}</a> });
    Some(view! {
        <div class="wrap">
            <section class="banner asked" aria-labelledby="asked-title">
                {icon(visit, "s-question")}
                <div class="cluster">
                    <h2 class="banner__h" id="asked-title">{t!(words, "ask-title")}</h2>
                    {question(visit, ask.post, &ask.slug, &ask.title, &ask.language)}
                    {more}
                </div>
            </section>
        </div>
    })
}

/// The lines, with yes and no where the company asks.
pub fn since(visit: &Visit, news: &[News]) -> Option<impl IntoView + use<>> {
    if news.is_empty() {
        return None;
    }
    let words = visit.words;
    let lines = news.iter().take(LINES).map(|news| line(visit, news)).collect_view();
    let more = (news.len() > LINES).then(|| view! { <a class="sm" href="/me/notices">{t!(words, "since-all")}</a> });
    Some(view! {
        <section class="banner since" aria-labelledby="since-title">
            {icon(visit, "bell")}
            <div class="stack gap-2">
                <h2 class="banner__h" id="since-title">{t!(words, "since-title")}</h2>
                <ul class="since__list">{lines}</ul>
                {more}
            </div>
            <form class="banner__act" method="post" action="/me/seen">
                <button class="btn btn--sm btn--quiet">{t!(words, "since-seen")}</button>
            </form>
        </section>
    })
}

fn line(visit: &Visit, news: &News) -> impl IntoView + use<> {
    let words = visit.words;
    if news.asked && news.stage == Stage::Delivered {
        let question = question(visit, news.post, &news.slug, &news.title, &news.language);
        return view! { <li><b>{t!(words, "ask-title")}</b>" "{question}</li> }.into_any();
    }
    let what = match news.stage {
        Stage::Delivered | Stage::Confirmed => t!(words, "since-delivered"),
        _ => t!(words, "since-answered"),
    };
    let path = format!("/p/{}/{}", news.post, news.slug);
    view! { <li><b>{what}</b>" "<a href=path dir="auto" lang=news.language.clone()>{news.title.clone()}</a></li> }.into_any()
}

/// What was delivered, with the answers to whether it is really solved.
pub fn question(visit: &Visit, post: PostId, slug: &str, title: &str, language: &str) -> impl IntoView + use<> {
    let words = visit.words;
    let path = format!("/p/{post}/{slug}#solved");
    let label = |answer: &str| format!("{answer}: {title}");
    let (yes, no) = (t!(words, "since-yes"), t!(words, "since-no"));
    view! {
        <a href=path dir="auto" lang=language.to_owned()>{title.to_owned()}</a>
        <form class="cluster" method="post" action=format!("/p/{post}/solved")>
            <button class="btn btn--sm btn--primary" name="said" value="yes" aria-label=label(&yes)>{yes.clone()}</button>
            <button class="btn btn--sm" name="said" value="no" aria-label=label(&no)>{no.clone()}</button>
        </form>
    }
}
