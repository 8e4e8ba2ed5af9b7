//! The pictures beside links to the forum, for whoever shows them: nobody in particular, whoever asks.

use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use forum::{Error, actor::Actor, id::PostId, post};

use crate::{
    i18n::Words,
    share::{self, Card, Page},
    web::{Failure, PageResult, Visit, Web},
};

/// What a picture shows stands in its address. That of a post no cache between its reader and us keeps: what is hidden has to be gone.
const OF_POST: HeaderValue = HeaderValue::from_static("private, max-age=604800, immutable");
const OF_PAGE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Under an address of before something changed stands the present picture, which nobody is to keep.
const PASSED: HeaderValue = HeaderValue::from_static("no-cache");

/// `/share`.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/share/{language}/{page}/{version}", get(of_page))
        .route("/share/{language}/post/{id}/{version}", get(of_post))
}

fn words(visit: &Visit, tag: &str) -> Result<&'static Words, Error> {
    share::language(&visit.site, tag).map(Words::of).ok_or(Error::NotFound)
}

async fn of_page(visit: Visit, headers: HeaderMap, Path((language, page, version)): Path<(String, String, String)>) -> PageResult {
    let page = Page::parse(&page).ok_or(Error::NotFound)?;
    let card = Card::of_page(words(&visit, &language)?, &visit.site, page);
    answer(&visit, &headers, &card, &version, OF_PAGE).await
}

/// Of what a visitor may read, even if whoever asks may read more: what they pass on is for others.
async fn of_post(visit: Visit, headers: HeaderMap, Path((language, id, version)): Path<(String, String, String)>) -> PageResult {
    let words = words(&visit, &language)?;
    let id = id.parse().map(PostId).map_err(|_| Error::NotFound)?;
    let post = post::row_by_id(visit.forum().read(), &Actor::Visitor, id, visit.now).await?;
    let card = Card::of_post(words, &visit.site, &post).ok_or(Error::NotFound)?;
    answer(&visit, &headers, &card, &version, OF_POST).await
}

async fn answer(visit: &Visit, headers: &HeaderMap, card: &Card, version: &str, kept: HeaderValue) -> PageResult {
    let version = version.strip_suffix(".png").ok_or(Error::NotFound)?;
    let picture = visit.web.pictures.of(card).await.map_err(Failure)?;
    let tag = format!("\"{}\"", picture.tag);
    let is_known =
        headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| known.contains(&tag));
    let mut response = Response::new(if is_known { Body::empty() } else { Body::from(picture.content.clone()) });
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(share::MEDIA));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, if version == card.version() { kept } else { PASSED });
    // it is made to be shown on the pages of others
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    Ok(response)
}
