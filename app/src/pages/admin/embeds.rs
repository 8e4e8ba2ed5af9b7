//! On whose pages the forum may be shown in a frame, and what stands on such a page for that.

use std::fmt::Write as _;

use axum::{Form, Router, extract::Query, response::Response, routing::get};
use forum::{
    actor::Actor,
    board::{self, Board},
    post::Sort,
    site::{EmbedDraft, Site},
};
use leptos::prelude::*;

use super::{admin, page, refused, save, seen};
use crate::{
    i18n::{Words, names},
    pages::embed::{Asked, Part, SHOWN_MAX},
    parts::{
        form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
        text::escape,
    },
    t,
    web::{PageResult, Theme, Visit, Web, see_other},
};

const HERE: &str = "/admin/embeds";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/embeds", get(show).post(change))
}

/// What the form shows.
fn origins(site: &Site) -> impl serde::Serialize + use<> {
    site.embed_origins.clone()
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    admin(&visit)?;
    render(&visit, asked, None).await
}

async fn change(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = EmbedDraft { origins: typed.get("embed_origins").split_whitespace().map(str::to_owned).collect() };
    match save(&visit, &typed, origins, |site| draft.apply(site)).await {
        Ok(()) => Ok(see_other("/admin/embeds?done=settings#main")),
        Err(error) => render(&visit, Asked::default(), Some(&refused(&visit, "embeds", typed, error)?)).await,
    }
}

async fn render(visit: &Visit, mut asked: Asked, refused: Option<&Sent>) -> PageResult {
    // a frame shows what a visitor sees
    let boards = board::list(visit.forum().read(), &Actor::Visitor).await?;
    if !boards.iter().any(|board| board.slug == asked.board) {
        asked.board.clear();
    }
    Ok(whole(visit, &boards, &asked, refused))
}

fn whole(visit: &Visit, boards: &[Board], asked: &Asked, refused: Option<&Sent>) -> Response {
    page(visit, HERE, refused, || {
        let words = visit.words;
        let site = &visit.site;
        let sheet = Sheet::new(visit, "embeds", refused);
        let typed = site.embed_origins.join("\n");
        let parts = Part::ALL.into_iter().map(|part| snippet(visit, part, asked)).collect_view();
        let none = (!site.is_embedded()).then(|| view! { <p class="panel panel--sunken">{t!(words, "admin-embeds-none")}</p> });
        view! {
            <form class="form" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <input type="hidden" name="seen" value=seen(&origins(site)) />
                {sheet.area(Area {
                    name: "embed_origins",
                    label: t!(words, "field-name-embed-origins"),
                    hint: Some(t!(words, "admin-embeds-hint")),
                    value: &typed,
                    need: Need::Sometimes,
                    rows: 3,
                    ..Area::default()
                })}
                <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
            </form>
            <section class="section stack gap-4" id="parts" aria-labelledby="parts-h">
                <h2 class="h-section" id="parts-h">{t!(words, "admin-embeds-parts")}</h2>
                <p class="ink-2 measure">{t!(words, "admin-embeds-parts-text")}</p>
                {none}
                {chooser(visit, boards, asked)}
                {parts}
            </section>
        }
        .into_any()
    })
}

/// What the parts show: they are made anew with it.
fn chooser(visit: &Visit, boards: &[Board], asked: &Asked) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = Sheet::new(visit, "part", None);
    let boards = std::iter::once((String::new(), t!(words, "filter-board-any")))
        .chain(boards.iter().map(|board| (board.slug.clone(), board.called(visit.language()).to_owned())))
        .collect();
    let sorts = Sort::ALL.iter().filter(|sort| **sort != Sort::Fit);
    let sorts = sorts.map(|sort| (sort.as_str().to_owned(), words.name(names::SORT, *sort))).collect();
    let languages = std::iter::once((String::new(), t!(words, "admin-embeds-language-readers")))
        .chain(visit.site.on_offer().map(|language| (language.tag().to_owned(), language.name().to_owned())))
        .collect();
    let themes = Theme::ALL.into_iter().map(|theme| (theme.as_str().to_owned(), words.name(names::THEME, theme))).collect();
    let most = i64::try_from(SHOWN_MAX).unwrap_or(0);
    view! {
        <form class="stack gap-4" method="get" action=format!("{HERE}#parts")>
            <div class="grid-3">
                {sheet.choice(Choice { name: "board", label: t!(words, "new-board"), options: boards, value: &asked.board, need: Need::Always, ..Choice::default() })}
                {sheet.choice(Choice {
                    name: "lang",
                    label: t!(words, "admin-embeds-language"),
                    options: languages,
                    value: asked.language(&visit.site).map_or("", |language| language.tag()),
                    need: Need::Always,
                    ..Choice::default()
                })}
                {sheet.choice(Choice {
                    name: "theme",
                    label: t!(words, "theme-choice"),
                    options: themes,
                    value: Theme::parse(&asked.theme).as_str(),
                    need: Need::Always,
                    ..Choice::default()
                })}
                {sheet.choice(Choice {
                    name: "sort",
                    label: t!(words, "admin-embeds-sort"),
                    options: sorts,
                    value: asked.sort().as_str(),
                    need: Need::Always,
                    ..Choice::default()
                })}
                {sheet.line(Line {
                    name: "limit",
                    label: t!(words, "admin-embeds-limit", max = most),
                    value: &asked.limit().to_string(),
                    need: Need::Always,
                    max: Some(2),
                    keys: Some("numeric"),
                    ..Line::default()
                })}
            </div>
            <div><button class="btn">{t!(words, "admin-embeds-show")}</button></div>
        </form>
    }
}

/// What stands on a page that shows a part, ready to be copied.
fn snippet(visit: &Visit, part: Part, asked: &Asked) -> impl IntoView + use<> {
    let words = visit.words;
    let said = asked.said(part, &visit.site);
    let mut attributes = String::new();
    for (name, value) in &said {
        let _ = write!(attributes, " data-{name}=\"{}\"", escape(value));
    }
    // on the page around it, words are in the language of the site unless another is named
    let around = Words::of(asked.language(&visit.site).unwrap_or(visit.site.language));
    let title = part.title(around, &visit.site.name);
    let text = format!(
        "<script src=\"{}\" data-show=\"{}\"{attributes} async></script>\n<noscript><a href=\"{}\">{}</a></noscript>",
        escape(&visit.absolute("/embed.js")),
        part.as_str(),
        escape(&visit.absolute(&part.page(&asked.board))),
        escape(&title),
    );
    let id = format!("part-{}", part.as_str());
    let (name, about) = match part {
        Part::Submit => (t!(words, "embed-part-submit"), t!(words, "embed-part-submit-text")),
        Part::List => (t!(words, "embed-part-list"), t!(words, "embed-part-list-text")),
        Part::Roadmap => (t!(words, "embed-part-roadmap"), t!(words, "embed-part-roadmap-text")),
        Part::Counter => (t!(words, "embed-part-counter"), t!(words, "embed-part-counter-text")),
    };
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&said).finish();
    let look = if query.is_empty() { part.frame() } else { format!("{}?{query}", part.frame()) };
    view! {
        <section class="stack gap-2" aria-labelledby=id.clone()>
            <div class="between">
                <h3 class="h-block" id=id.clone()>{name}</h3>
                <a class="sm" href=look target="_blank" rel="noopener">{t!(words, "admin-embeds-look")}<span class="sr">" "{t!(words, "embed-new-tab")}</span></a>
            </div>
            <p class="sm ink-2">{about}</p>
            <pre class="snippet">{text}</pre>
        </section>
    }
}
