//! What visitors are answered, kept as it was rendered and packed: pages, and what the API reads out to those without a token.
//!
//! Most readers are nobody in particular: the same address, language and theme give the same answer. It is kept until this
//! instance commits anything that shows, and for a second at most, since another instance or the command line may have written, and since
//! deadlines pass. Whoever is signed in never gets a kept answer, so everybody reads their own writes. When many ask for the same at
//! once, one renders and the others wait for it: after a commit a page costs one rendering, however many read.

use std::{io::Write as _, sync::Arc, time::Duration};

use app::web::{SameForVisitors, Theme, Variant, accepted_language};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use forum::Forum;

use super::metrics::Metrics;
use crate::api::etag;

/// How long an answer is kept at most.
const KEPT: Duration = Duration::from_secs(1);
/// Bytes that are kept at most, so that made-up addresses can't fill the memory.
const MOST: u64 = 32 * 1024 * 1024;
/// Longer addresses are not kept.
const LONGEST_PATH: usize = 300;
/// Larger answers are sent whole and not kept.
const LARGEST: usize = 1024 * 1024;
/// What a list, a page or the API may be asked for by name. Addresses with anything else are made up or somebody's own, and not kept.
const PARAMETERS: [&str; 20] = [
    "board", "category", "comments", "cursor", "format", "kind", "lang", "limit", "owed", "period", "q", "reasons", "sort",
    "stage", "stance", "state", "status", "tag", "theme", "upto",
];

/// How an answer is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Packing {
    Plain,
    Gzip,
    Brotli,
}

/// What an answer depends on. What was rendered when so many commits had shown is of no use after the next one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    shown: u64,
    path: String,
    variant: Variant,
    packing: Packing,
}

struct Kept {
    headers: HeaderMap,
    body: Bytes,
}

/// It was the answer to one reader only.
#[derive(Debug)]
struct NotKept;

/// The kept answers.
#[derive(Clone)]
pub(super) struct Cache {
    forum: Forum,
    metrics: Metrics,
    shelf: moka::future::Cache<Key, Arc<Kept>>,
}

impl Cache {
    pub(super) fn new(forum: Forum, metrics: Metrics) -> Self {
        let weight = |key: &Key, kept: &Arc<Kept>| u32::try_from(key.path.len() + kept.body.len() + 1024).unwrap_or(u32::MAX);
        let shelf = moka::future::Cache::builder().max_capacity(MOST).weigher(weight).time_to_live(KEPT).build();
        Self { forum, metrics, shelf }
    }

    /// Answers from the shelf, or has the answer made and keeps it if it is the same for all.
    async fn answer(&self, key: Key, request: Request, next: Next, is_for_all: fn(&Response) -> bool) -> Response {
        let packing = key.packing;
        let mut mine = Some((request, next));
        let mut own = None;
        let make = async {
            let Some((request, next)) = mine.take() else { return Err(NotKept) };
            let response = next.run(request).await;
            let made = if is_for_all(&response) && !response.headers().contains_key(header::SET_COOKIE) {
                kept(response, packing).await
            } else {
                Err(response)
            };
            made.map(Arc::new).map_err(|response| own = Some(response)).map_err(|()| NotKept)
        };
        let kept = self.shelf.try_get_with(key, make).await;
        if mine.is_none() {
            // the shelf would put up with dozens of answers more before it looks what they weigh and which are stale
            self.shelf.run_pending_tasks().await;
        }
        if let Ok(kept) = kept {
            self.metrics.looked_up(mine.is_some());
            let mut response = Response::new(Body::from(kept.body.clone()));
            response.headers_mut().clone_from(&kept.headers);
            return response;
        }
        match (own, mine) {
            (Some(response), _) => response,
            // somebody else's answer was theirs alone
            (None, Some((request, next))) => next.run(request).await,
            (None, None) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        }
    }
}

/// Pages for visitors.
pub(super) async fn pages(State(cache): State<Cache>, request: Request, next: Next) -> Response {
    let variant = Variant::of(request.headers(), &cache.forum);
    match variant.and_then(|variant| key_of(&cache, &request, variant)) {
        Some(key) => cache.answer(key, request, next, |response| response.extensions().get::<SameForVisitors>().is_some()).await,
        None => next.run(request).await,
    }
}

/// What the API reads out to those without a token. Cookies are nothing to it.
pub(super) async fn api(State(cache): State<Cache>, mut request: Request, next: Next) -> Response {
    // each look for similar posts counts against a limit, and no two get the same challenge
    let is_its_own = matches!(request.uri().path(), "/api/v1/posts/similar" | "/api/v1/challenge");
    if is_its_own || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let site = cache.forum.site();
    let language = accepted_language(request.headers(), &site).unwrap_or(site.language);
    let Some(key) = key_of(&cache, &request, Variant { language, theme: Theme::default() }) else { return next.run(request).await };
    // the whole is kept; whether this client has it already is asked afterwards
    let known = request.headers_mut().remove(header::IF_NONE_MATCH);
    let response = cache.answer(key, request, next, |response| response.status() == StatusCode::OK).await;
    etag::unless_known(response, known.as_ref())
}

fn key_of(cache: &Cache, request: &Request, variant: Variant) -> Option<Key> {
    if request.method() != Method::GET {
        return None;
    }
    let path = worth_keeping(request.uri())?;
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepts = |encoding: &str| accepted.split(',').any(|part| part.trim() == encoding);
    let packing = if accepts("br") {
        Packing::Brotli
    } else if accepts("gzip") {
        Packing::Gzip
    } else {
        Packing::Plain
    };
    Some(Key { shown: cache.forum.shown(), path: path.to_owned(), variant, packing })
}

/// The address, if others may well ask for the same: it is short, and has nothing in it that no page knows.
fn worth_keeping(uri: &Uri) -> Option<&str> {
    let address = uri.path_and_query()?.as_str();
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
    let mut names: Vec<&str> = pairs.map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name)).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    let is_known = names.len() == all && names.iter().all(|name| PARAMETERS.contains(name));
    (is_known && address.len() <= LONGEST_PATH).then_some(address)
}

/// The answer as it is kept; as it was, when it is too large for that.
async fn kept(response: Response, packing: Packing) -> Result<Kept, Response> {
    let (mut parts, body) = response.into_parts();
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) if body.len() <= LARGEST => body,
        Ok(body) => return Err(Response::from_parts(parts, Body::from(body))),
        Err(error) => {
            tracing::error!(%error, "a body of our own could not be read");
            parts.status = StatusCode::INTERNAL_SERVER_ERROR;
            return Err(Response::from_parts(parts, Body::empty()));
        }
    };
    let mut headers = parts.headers;
    let body = match packing {
        // alone, without the room in which it grew
        Packing::Plain => Bytes::copy_from_slice(&body),
        Packing::Gzip => packed(&mut headers, "gzip", &body, gzip),
        Packing::Brotli => packed(&mut headers, "br", &body, brotli),
    };
    Ok(Kept { headers, body })
}

fn packed(
    headers: &mut HeaderMap,
    encoding: &'static str,
    body: &Bytes,
    pack: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
) -> Bytes {
    match pack(body) {
        Ok(packed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
            headers.remove(header::CONTENT_LENGTH);
            packed.into_boxed_slice().into()
        }
        Err(error) => {
            tracing::error!(%error, encoding, "could not pack a page");
            body.clone()
        }
    }
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(6));
    writer.write_all(body)?;
    writer.finish()
}

fn brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::with_capacity(body.len() / 4), 1 << 14, 4, 20);
    writer.write_all(body)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use app::web::SameForVisitors;
    use axum::{Extension, Router, routing::get};
    use forum::forum::Options;
    use tower::ServiceExt as _;

    use super::*;

    /// A page of so many bytes at any address, for all.
    async fn of(bytes: usize) -> (Cache, Router, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("answerable.db").display());
        let forum = Forum::open(Options::new(url, "https://forum.example")).await.unwrap();
        let metrics = Metrics::new(&forum);
        let cache = Cache::new(forum, metrics);
        let page = move || async move { (Extension(SameForVisitors), "p".repeat(bytes)) };
        let layer = axum::middleware::from_fn_with_state(cache.clone(), pages);
        (cache, Router::new().fallback(get(page)).layer(layer), folder)
    }

    async fn length(router: &Router, address: &str) -> usize {
        let response = router.clone().oneshot(Request::get(address).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        to_bytes(response.into_body(), usize::MAX).await.unwrap().len()
    }

    fn kept(cache: &Cache) -> usize {
        cache.shelf.iter().map(|(_, kept)| kept.body.len()).sum()
    }

    #[tokio::test]
    async fn what_is_too_large_to_keep_is_sent_whole() {
        for bytes in [0, LARGEST, LARGEST + 1, 5 * LARGEST] {
            let (cache, router, _folder) = of(bytes).await;
            for _ in 0..2 {
                assert_eq!(length(&router, "/p/1/a-page").await, bytes);
            }
            assert_eq!(kept(&cache), if bytes <= LARGEST { bytes } else { 0 });
        }
    }

    #[tokio::test]
    async fn made_up_addresses_do_not_fill_the_memory() {
        let (cache, router, _folder) = of(LARGEST - 1).await;
        for n in 0..100 {
            length(&router, &format!("/?q={n}")).await;
            assert!(kept(&cache) as u64 <= MOST, "{} bytes are kept after {n}", kept(&cache));
        }
        tokio::time::sleep(KEPT + Duration::from_millis(100)).await;
        length(&router, "/?q=afterwards").await;
        assert_eq!(kept(&cache), LARGEST - 1, "what is stale went");
    }

    #[test]
    fn addresses_that_no_page_knows_are_not_kept() {
        let worth = |address: &str| worth_keeping(&address.parse().unwrap()).is_some();
        for address in [
            "/",
            "/?sort=new&board=billing",
            "/p/7/a-title?comments=12",
            "/api/v1/posts?limit=10",
            "/embed/list?board=a&sort=new&limit=3&lang=nl&theme=dark",
        ] {
            assert!(worth(address), "{address}");
        }
        for address in ["/?x=1", "/?sort=new&utm=1", "/?q=a&q=b", "/?", "/?&&", "/rules?1", "/sign-in?next=/new"] {
            assert!(!worth(address), "{address}");
        }
        assert!(!worth(&format!("/?q={}", "a".repeat(LONGEST_PATH))));
    }
}
