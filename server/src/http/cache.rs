//! Pages for visitors, kept as they were rendered and packed.
//!
//! Most readers are nobody in particular: the same address, language and theme give the same page. A page is kept until this
//! instance commits anything, and for a second at most, since another instance or the command line may have written, and since
//! deadlines pass. Whoever is signed in never gets a kept page, so everybody reads their own writes.

use std::{
    collections::HashMap,
    io::Write as _,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use app::web::{SameForVisitors, Variant};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use forum::Forum;

/// How long a page is kept at most.
const KEPT: Duration = Duration::from_secs(1);
/// Pages that are kept at most; beyond, all are forgotten, so that made-up addresses can't fill the memory.
const MOST: usize = 1_000;
/// Longer addresses are not kept.
const LONGEST_PATH: usize = 300;
/// Larger pages are not kept.
const LARGEST: usize = 1024 * 1024;

/// How a page is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Packing {
    Plain,
    Gzip,
    Brotli,
}

type Key = (String, Variant, Packing);

#[derive(Clone)]
struct Kept {
    headers: HeaderMap,
    body: Bytes,
    since: Instant,
}

#[derive(Default)]
struct Shelf {
    commits: u64,
    pages: HashMap<Key, Kept>,
}

/// The kept pages.
#[derive(Clone)]
pub(super) struct Cache {
    forum: Forum,
    shelf: Arc<RwLock<Shelf>>,
}

impl Cache {
    pub(super) fn new(forum: Forum) -> Self {
        Self { forum, shelf: Arc::default() }
    }

    fn get(&self, key: &Key) -> Option<Kept> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        if shelf.commits != self.forum.commits() {
            return None;
        }
        shelf.pages.get(key).filter(|kept| kept.since.elapsed() < KEPT).cloned()
    }

    /// Keeps a page that was rendered when so many commits had been made: if more were made meanwhile, it may be old already.
    fn put(&self, key: Key, kept: Kept, commits: u64) {
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.commits != commits || shelf.pages.len() >= MOST {
            if commits < shelf.commits {
                return;
            }
            shelf.pages.clear();
            shelf.commits = commits;
        }
        shelf.pages.insert(key, kept);
    }
}

/// Answers from the shelf, or renders and keeps.
pub(super) async fn pages(State(cache): State<Cache>, request: Request, next: Next) -> Response {
    let Some(key) = key_of(&cache, &request) else { return next.run(request).await };
    if let Some(kept) = cache.get(&key) {
        return response_of(kept);
    }
    let commits = cache.forum.commits();
    let response = next.run(request).await;
    if response.extensions().get::<SameForVisitors>().is_none() || response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let body = match to_bytes(body, LARGEST).await {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "a page larger than any should be");
            return Response::from_parts(parts, Body::empty());
        }
    };
    let packing = key.2;
    let mut headers = parts.headers;
    let body = match packing {
        Packing::Plain => body,
        Packing::Gzip => packed(&mut headers, "gzip", &body, gzip),
        Packing::Brotli => packed(&mut headers, "br", &body, brotli),
    };
    let kept = Kept { headers, body, since: Instant::now() };
    cache.put(key, kept.clone(), commits);
    response_of(kept)
}

fn key_of(cache: &Cache, request: &Request) -> Option<Key> {
    if request.method() != Method::GET {
        return None;
    }
    let path = request.uri().path_and_query()?.as_str();
    let variant = Variant::of(request.headers(), &cache.forum)?;
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepts = |encoding: &str| accepted.split(',').any(|part| part.trim() == encoding);
    let packing = if accepts("br") {
        Packing::Brotli
    } else if accepts("gzip") {
        Packing::Gzip
    } else {
        Packing::Plain
    };
    (path.len() <= LONGEST_PATH).then(|| (path.to_owned(), variant, packing))
}

fn response_of(kept: Kept) -> Response {
    let mut response = Response::new(Body::from(kept.body));
    *response.headers_mut() = kept.headers;
    response
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
            packed.into()
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
