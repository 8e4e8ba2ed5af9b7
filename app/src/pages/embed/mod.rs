//! Parts of the forum for the company's own pages, where its admins name these: one script shows a list, the roadmap, the counts or a form
//! in a frame.
//!
//! A frame is for nobody in particular, whoever reads the page around it: it asks no session, shows what a visitor sees, and changes
//! nothing. All that it leads to opens in a tab of its own.

mod oembed;
mod post;
mod submit;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use forum::{
    Error,
    accountability::Period,
    actor::Actor,
    board::Board,
    common::{Common, Road},
    post::{Filter, PostRow, Sort},
    site::{Language, Site},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::json;

pub(super) use oembed::discovery;

use crate::{
    i18n::Words,
    parts::{
        accent, icon,
        kind::kind_label,
        pill::{pill, stage_icon, stage_name},
        post_row::post_path,
        text::{escape, script_json},
        vote::support_word,
    },
    t,
    web::{PageResult, SameForVisitors, Theme, Visit, Web, html},
};

/// Posts of a list, and of a column of the roadmap, where nothing else is asked for.
pub(super) const SHOWN: usize = 5;
/// As many as can be asked for.
pub(super) const SHOWN_MAX: usize = 20;

/// `/embed.js`, what it shows under `/embed`, and `/oembed`.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/embed.js", get(script))
        .route("/embed/submit", get(submit::show))
        .route("/embed/list", get(list))
        .route("/embed/roadmap", get(roadmap))
        .route("/embed/counter", get(counter))
        .route("/embed/posts/{id}", get(post::show))
        .route("/oembed", get(oembed::answer))
}

/// What can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The first fields of a new post.
    Submit,
    /// What customers say.
    List,
    /// What was taken on.
    Roadmap,
    /// How many, and how many on time.
    Counter,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Submit, Self::List, Self::Roadmap, Self::Counter];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::List => "list",
            Self::Roadmap => "roadmap",
            Self::Counter => "counter",
        }
    }

    /// The page that stands in the frame.
    pub(super) fn frame(self) -> String {
        format!("/embed/{}", self.as_str())
    }

    /// What a frame that shows it is called.
    pub(super) fn title(self, words: &Words, site: &str) -> String {
        match self {
            Self::Submit => t!(words, "embed-title-submit", site = site),
            Self::List => t!(words, "embed-title-list", site = site),
            Self::Roadmap => t!(words, "embed-title-roadmap", site = site),
            Self::Counter => t!(words, "embed-title-counter", site = site),
        }
    }

    /// The page that says the same, for who has no scripts.
    pub(super) fn page(self, board: &str) -> String {
        let path = match self {
            Self::Submit => "/new",
            Self::List => "/",
            Self::Roadmap => "/roadmap",
            Self::Counter => "/accountability",
        };
        if board.is_empty() || self == Self::Counter { path.to_owned() } else { format!("{path}?board={board}") }
    }
}

/// The script that makes a frame, with what a frame is called in each language and the page that says the same.
async fn script(State(web): State<Web>) -> Response {
    let site = web.forum.site();
    let parts_in = |language: Language| {
        let words = Words::of(language);
        let parts = Part::ALL.map(|part| {
            let told = json!({ "title": part.title(words, &site.name), "page": part.page(""), "whole": part == Part::Counter });
            (part.as_str(), told)
        });
        (language.tag(), BTreeMap::from(parts))
    };
    // that of the site comes first: it is the one for whoever reads none of them
    let mut parts = vec![parts_in(site.language)];
    parts.extend(site.on_offer().filter(|language| *language != site.language).map(parts_in));
    let object = parts.iter().map(|(tag, parts)| format!("\"{tag}\":{}", script_json(&json!(parts)))).collect::<Vec<_>>().join(",");
    let body = include_str!("../../embed/embed.js").replace("__PARTS__", &format!("{{{object}}}"));
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // it is there to be run on the pages of others
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, body).into_response()
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) board: String,
    sort: String,
    limit: String,
    pub(super) lang: String,
    pub(super) theme: String,
}

impl Asked {
    /// The order of the list: that of the home page where none is asked for, or one that needs words to look for.
    pub(super) fn sort(&self) -> Sort {
        Sort::parse(&self.sort).ok().filter(|sort| *sort != Sort::Fit).unwrap_or_default()
    }

    /// How many posts.
    pub(super) fn limit(&self) -> usize {
        self.limit.parse().map_or(SHOWN, |limit: usize| limit.clamp(1, SHOWN_MAX))
    }

    /// The language that is named, if it is on offer.
    pub(super) fn language(&self, site: &Site) -> Option<Language> {
        Language::parse(&self.lang).filter(|language| site.offers(*language))
    }

    /// What is asked for of a part, each by its name, without what is so in any case.
    pub(super) fn said(&self, part: Part, site: &Site) -> Vec<(&'static str, String)> {
        let mut said = Vec::new();
        if !self.board.is_empty() {
            said.push(("board", self.board.clone()));
        }
        if part == Part::List && self.sort() != Sort::default() {
            said.push(("sort", self.sort().as_str().to_owned()));
        }
        if matches!(part, Part::List | Part::Roadmap) && self.limit() != SHOWN {
            said.push(("limit", self.limit().to_string()));
        }
        if let Some(language) = self.language(site) {
            said.push(("lang", language.tag().to_owned()));
        }
        let theme = Theme::parse(&self.theme);
        if theme != Theme::System {
            said.push(("theme", theme.as_str().to_owned()));
        }
        said
    }
}

/// A frame: a visit by nobody in particular, with what the page around it chose.
struct Frame {
    visit: Visit,
    common: Arc<Common>,
    board: Option<Board>,
}

impl Frame {
    /// # Errors
    /// [`Error::NotFound`] for a board that not everybody sees.
    async fn open(visit: &Visit, asked: &Asked) -> Result<Self, Error> {
        let language = asked.language(&visit.site).unwrap_or(visit.language());
        let visit = visit.for_everybody(language, Theme::parse(&asked.theme));
        let common = visit.forum().common(&Actor::Visitor, visit.now).await?;
        let board = match asked.board.as_str() {
            "" => None,
            slug => Some(common.boards.iter().find(|board| board.slug == slug).cloned().ok_or(Error::NotFound)?),
        };
        Ok(Self { visit, common, board })
    }

    fn slug(&self) -> Option<String> {
        self.board.as_ref().map(|board| board.slug.clone())
    }

    /// Renders it. `path` is the page that says the same and more.
    fn respond<V: IntoView>(&self, title: &str, path: &str, main: impl FnOnce() -> V) -> Response {
        let visit = &self.visit;
        let words = visit.words;
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let body = owner.with(|| {
            let board = self.board.as_ref().map(|board| {
                view! { <p class="meta"><bdi>{board.called(visit.language()).to_owned()}</bdi></p> }
            });
            let title = title.to_owned();
            view! {
                <main class="embed" id="main">
                    <header class="embed__head"><h1 class="embed__t">{title}</h1>{board}</header>
                    {main()}
                    <p class="embed__foot">
                        <a href=path.to_owned() target="_blank" rel="noopener">{t!(words, "embed-all", site = visit.site.name.as_str())}</a>
                        <span class="sr">" "{t!(words, "embed-new-tab")}</span>
                    </p>
                </main>
            }
            .to_html()
        });
        owner.unset_with_forced_cleanup();
        let mut response = html(StatusCode::OK, self.document(title, &body));
        let headers = response.headers_mut();
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors {}",
            visit.site.frame_ancestors()
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
        response.extensions_mut().insert(SameForVisitors);
        response
    }

    fn document(&self, title: &str, body: &str) -> String {
        let visit = &self.visit;
        let assets = &visit.web.assets;
        let attribute = |name: &str, value: &str| format!(" {name}=\"{}\"", escape(value));
        let theme = if visit.theme == Theme::System { String::new() } else { attribute("data-theme", visit.theme.as_str()) };
        let sheets = [Some(assets.css.clone()), accent::address(&visit.site)];
        let sheets: String =
            sheets.into_iter().flatten().map(|sheet| format!("<link rel=\"stylesheet\"{}>", attribute("href", &sheet))).collect();
        format!(
            "<!doctype html><html{}{theme}><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
             initial-scale=1\"><title>{}</title>{sheets}<script type=\"module\"{}></script><meta name=\"color-scheme\" content=\"light \
             dark\"></head><body class=\"framed\">{body}</body></html>",
            attribute("lang", visit.language().tag()),
            escape(title),
            attribute("src", &assets.frame),
        )
    }
}

/// A post in a frame.
fn row(visit: &Visit, post: &PostRow) -> impl IntoView + use<> {
    let words = visit.words;
    let support = words.number(post.case_support);
    view! {
        <li class="embed__row">
            <p class="row__meta">{kind_label(visit, post.kind)}<bdi>{post.board.called(visit.language()).to_owned()}</bdi></p>
            <h2 class="row__title" dir="auto" lang=post.language.clone()>
                <a href=post_path(post) target="_blank" rel="noopener">{post.title.clone()}</a>
            </h2>
            <p class="row__foot">
                {pill(visit, &post.status)}
                <span class="votes-n">{icon(visit, "up")}{support}<span class="sr">{format!(" {}", support_word(visit, post.kind))}</span></span>
            </p>
        </li>
    }
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let frame = Frame::open(&visit, &asked).await?;
    let visit = &frame.visit;
    let filter = Filter { board: frame.slug(), sort: asked.sort(), ..Filter::default() };
    let list = visit.forum().list(&Actor::Visitor, &filter, None, asked.limit() as u64, visit.now).await?;
    let title = Part::List.title(visit.words, &visit.site.name);
    Ok(frame.respond(&title, &Part::List.page(&asked.board), || {
        let rows = list.items.iter().map(|post| row(visit, post)).collect_view();
        if list.items.is_empty() {
            view! { <p class="panel panel--sunken sm ink-2">{t!(visit.words, "embed-none")}</p> }.into_any()
        } else {
            view! { <ul class="embed__rows">{rows}</ul> }.into_any()
        }
    }))
}

async fn roadmap(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let frame = Frame::open(&visit, &asked).await?;
    let visit = &frame.visit;
    let road = Road { board: frame.slug(), ..Road::default() };
    let road = visit.forum().roadmap(&Actor::Visitor, &road, visit.now).await?;
    let title = Part::Roadmap.title(visit.words, &visit.site.name);
    Ok(frame.respond(&title, &Part::Roadmap.page(&asked.board), || {
        let words = visit.words;
        let columns = road
            .columns
            .iter()
            .map(|column| {
                let posts = column
                    .posts
                    .iter()
                    .take(asked.limit())
                    .map(|post| {
                        view! {
                            <li>
                                <a href=post_path(post) target="_blank" rel="noopener" dir="auto" lang=post.language.clone()>
                                    {post.title.clone()}
                                </a>
                            </li>
                        }
                    })
                    .collect_view();
                let none = column.posts.is_empty().then(|| view! { <p class="sm ink-2">{t!(words, "roadmap-none")}</p> });
                let id = format!("c-{}", column.stage.as_str());
                view! {
                    <section class="embed__col" data-stage=column.stage.as_str() aria-labelledby=id.clone()>
                        <h2 id=id.clone()>
                            {icon(visit, stage_icon(column.stage))}{stage_name(visit, column.stage)}
                            <span class="meta">{words.number(column.total)}</span>
                        </h2>
                        {none}
                        {(!column.posts.is_empty()).then(|| view! { <ul>{posts}</ul> })}
                    </section>
                }
            })
            .collect_view();
        view! { <div class="embed__cols">{columns}</div> }
    }))
}

async fn counter(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let frame = Frame::open(&visit, &asked).await?;
    let visit = &frame.visit;
    let words = visit.words;
    let of = |sort: Sort| Filter { board: frame.slug(), sort, ..Filter::default() };
    let counts = &frame.common.counts;
    let (posts, waiting, delivered) =
        (counts.total(&of(Sort::New)), counts.total(&of(Sort::Waiting)), counts.total(&of(Sort::Delivered)));
    // how many answers came in time is told of the whole forum, as on the scoreboard
    let on_time = match frame.board {
        Some(_) => None,
        None => visit.forum().scores_lately(Period::Days90).await?.all().map(|all| all.on_time).filter(|on_time| on_time.of > 0),
    };
    let title = Part::Counter.title(words, &visit.site.name);
    Ok(frame.respond(&title, &Part::Counter.page(&asked.board), || {
        let figure = |n: String, label: String| view! { <div><dt>{label}</dt><dd>{n}</dd></div> };
        let on_time = on_time.map(|on_time| figure(format!("{}%", on_time.count * 100 / on_time.of), t!(words, "hero-in-time")));
        view! {
            <dl class="hero__counts embed__counts">
                {on_time}
                {figure(words.number(posts), t!(words, "embed-posts", n = posts))}
                {figure(words.number(waiting), t!(words, "hero-waiting"))}
                {figure(words.number(delivered), t!(words, "embed-delivered", n = delivered))}
            </dl>
        }
    }))
}
