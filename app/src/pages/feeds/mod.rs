//! What programs follow: Atom feeds, calendars, and the map of the site for search engines. Each is for nobody in particular: whoever has
//! it open in a signed-in browser gets no more than a visitor, since the program that reads it is nobody. What is somebody's own is at a secret
//! address.

mod answers;
pub(super) mod atom;
mod calendar;
mod changelog;
mod map;
mod own;
mod post;
mod posts;
mod promises;

use axum::{Router, extract::Path, routing::get};
use forum::{Error, actor::Actor, common::Common, id::PostId};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    parts::{Head, icon, respond},
    t,
    web::{PageResult, Visit, Web},
};

pub use own::Paths;

/// Entries of a feed.
const LATEST: u64 = 50;

/// `/feeds` and what is under it, `/sitemap.xml`, `/sitemaps/{name}`.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/feeds", get(overview))
        .route("/feeds/posts.atom", get(posts::feed))
        .route("/feeds/answers.atom", get(answers::feed))
        .route("/feeds/changelog.atom", get(changelog::feed))
        .route("/feeds/promises.atom", get(promises::feed))
        .route("/feeds/promises.ics", get(calendar::promises))
        .route("/feeds/deadlines.ics", get(calendar::deadlines))
        .route("/feeds/mine/{secret}/{name}", get(own::read))
        .route("/feeds/{name}", get(of_post))
        .route("/sitemap.xml", get(map::index))
        .route("/sitemaps/{name}", get(map::part))
}

/// What a feed is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    board: String,
    tag: String,
}

impl Asked {
    fn board(&self) -> Option<&str> {
        Some(self.board.as_str()).filter(|slug| !slug.is_empty())
    }

    fn tag(&self) -> Option<&str> {
        Some(self.tag.as_str()).filter(|slug| !slug.is_empty())
    }

    /// The address of a feed that is narrowed so.
    fn path(&self, name: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, value) in [("board", &self.board), ("tag", &self.tag)] {
            if !value.is_empty() {
                query.append_pair(key, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { format!("/feeds/{name}") } else { format!("/feeds/{name}?{query}") }
    }

    /// What it is narrowed to, in words; there is no feed of a board or a tag that a visitor does not know.
    async fn narrowed(&self, visit: &Visit) -> Result<Vec<String>, Error> {
        let common = visit.forum().common(&Actor::Visitor, visit.now).await?;
        let board = self.board().map(|slug| board_called(visit, &common, slug).ok_or(Error::NotFound)).transpose()?;
        let tag = self.tag().map(|slug| tag_called(&common, slug).ok_or(Error::NotFound)).transpose()?;
        Ok(board.into_iter().chain(tag).collect())
    }
}

fn board_called(visit: &Visit, common: &Common, slug: &str) -> Option<String> {
    common.boards.iter().find(|board| board.slug == slug).map(|board| board.called(visit.language()).to_owned())
}

fn tag_called(common: &Common, slug: &str) -> Option<String> {
    common.tags.iter().find(|tag| tag.slug == slug).map(|tag| tag.name.clone())
}

/// `post-{number}.atom`: what comes of one post.
async fn of_post(visit: Visit, Path(name): Path<String>) -> PageResult {
    let number = name.strip_prefix("post-").and_then(|rest| rest.strip_suffix(".atom")).and_then(|number| number.parse().ok());
    post::feed(&visit, PostId(number.ok_or(Error::NotFound)?)).await
}

/// The address of the feed of a post.
pub(super) fn path_of_post(post: PostId) -> String {
    format!("/feeds/post-{post}.atom")
}

/// The address of the feed of new posts on a board or with a tag.
pub(super) fn path_of_posts(board: &str, tag: &str) -> String {
    Asked { board: board.to_owned(), tag: tag.to_owned() }.path("posts.atom")
}

async fn overview(visit: Visit) -> PageResult {
    let words = visit.words;
    let common = visit.forum().common(&Actor::Visitor, visit.now).await?;
    let feed = |path: String, title: String, text: String| {
        view! {
            <li>
                <a class="feed" href=path>{icon(&visit, "feed")}<span>{title}</span></a>
                <p class="sm ink-2">{text}</p>
            </li>
        }
    };
    let all = [
        ("/feeds/posts.atom", t!(words, "feeds-posts"), t!(words, "feeds-posts-text")),
        ("/feeds/answers.atom", t!(words, "feeds-answers"), t!(words, "feeds-answers-text")),
        ("/feeds/promises.atom", t!(words, "feeds-promises"), t!(words, "feeds-promises-text")),
        ("/feeds/changelog.atom", t!(words, "feeds-changelog"), t!(words, "feeds-changelog-text")),
        ("/feeds/promises.ics", t!(words, "feeds-calendar"), t!(words, "feeds-calendar-text")),
        ("/feeds/deadlines.ics", t!(words, "feeds-deadlines"), t!(words, "feeds-deadlines-text")),
        ("/feeds/record.atom", t!(words, "feeds-record"), t!(words, "feeds-record-text")),
    ]
    .map(|(path, title, text)| feed(path.to_owned(), title, text))
    .collect_view();
    let boards = common
        .boards
        .iter()
        .map(|board| {
            let of = Asked { board: board.slug.clone(), ..Asked::default() };
            let name = board.called(visit.language()).to_owned();
            view! {
                <tr>
                    <th scope="row" dir="auto">{name.clone()}</th>
                    <td data-l=t!(words, "feeds-posts")><a href=of.path("posts.atom")>{t!(words, "feeds-posts")}<span class="sr">": "<bdi>{name.clone()}</bdi></span></a></td>
                    <td data-l=t!(words, "feeds-answers")><a href=of.path("answers.atom")>{t!(words, "feeds-answers")}<span class="sr">": "<bdi>{name.clone()}</bdi></span></a></td>
                </tr>
            }
        })
        .collect_view();
    let title = t!(words, "feeds-title");
    let lede = t!(words, "feeds-lede", site = visit.site.name.as_str());
    Ok(respond(&visit, Head::titled(title.clone()).public("/feeds", lede.clone()), || {
        view! {
            <div class="wrap page">
                <article class="stack gap-8 measure">
                    <header class="stack gap-3">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{lede}</p>
                    </header>
                    <section class="section">
                        <h2 class="h-section">{t!(words, "feeds-all")}</h2>
                        <ul class="feeds">{all}</ul>
                    </section>
                    <section class="section">
                        <h2 class="h-section">{t!(words, "feeds-own")}</h2>
                        <p>{t!(words, "feeds-own-text")}" "<a href="/me/notices#feeds">{t!(words, "feeds-own-go")}</a></p>
                    </section>
                    <section class="section">
                        <h2 class="h-section">{t!(words, "feeds-boards")}</h2>
                        <div class="tablebox">
                            <table class="table table--cards">
                                <thead>
                                    <tr>
                                        <th scope="col">{t!(words, "feeds-board")}</th>
                                        <th scope="col">{t!(words, "feeds-posts")}</th>
                                        <th scope="col">{t!(words, "feeds-answers")}</th>
                                    </tr>
                                </thead>
                                <tbody>{boards}</tbody>
                            </table>
                        </div>
                        <p>{t!(words, "feeds-of-one")}</p>
                    </section>
                </article>
            </div>
        }
    }))
}
