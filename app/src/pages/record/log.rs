//! The record as a transparency log: checkpoints, tiles and proofs for programs (c2sp.org/tlog-tiles).

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use forum::{
    Error, Forum,
    record::{self, WIDTH},
};

use crate::web::{PageResult, Visit};

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
/// What is there never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");

fn answer(kind: &'static str, keep: HeaderValue, body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, keep)], body.into()).into_response()
}

pub(super) async fn checkpoint(visit: Visit) -> PageResult {
    Ok(answer(TEXT, NOT_KEPT, record::checkpoint(visit.forum()).await?))
}

pub(super) async fn key(visit: Visit) -> PageResult {
    Ok(answer(TEXT, NOT_KEPT, record::public_key(visit.forum()).await? + "\n"))
}

pub(super) async fn proof(visit: Visit, Path(seq): Path<String>) -> PageResult {
    let seq = number(&seq).and_then(|seq| i64::try_from(seq).ok()).ok_or(Error::NotFound)?;
    Ok(answer(TEXT, NOT_KEPT, record::proof(visit.forum(), seq).await?))
}

pub(super) async fn tile(visit: Visit, Path(path): Path<String>) -> PageResult {
    Ok(answer(BYTES, FOR_EVER, bytes(visit.forum(), &path).await?))
}

/// `0/x001/234`, or `entries/067.p/12`.
async fn bytes(forum: &Forum, path: &str) -> Result<Vec<u8>, Error> {
    let (level, rest) = path.split_once('/').ok_or(Error::NotFound)?;
    let (index, width) = match rest.rsplit_once(".p/") {
        // a whole one has no width in its address
        Some((index, width)) => (index, number(width).filter(|width| *width < WIDTH).ok_or(Error::NotFound)?),
        None => (rest, WIDTH),
    };
    let index = tile_index(index).ok_or(Error::NotFound)?;
    if level == "entries" {
        return record::bundle(forum, index, width).await;
    }
    let level = number(level).filter(|level| *level < 64).ok_or(Error::NotFound)?;
    record::tile(forum, u32::try_from(level).map_err(Error::internal)?, index, width).await
}

/// A number as it is written without zeros before it.
fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| plain)
}

/// `x001/x234/067` is 1234067: three digits each, all but the last with an `x`, and nothing before what counts.
fn tile_index(path: &str) -> Option<u64> {
    let (first, last) = path.rsplit_once('/').map_or((None, path), |(first, last)| (Some(first), last));
    let mut index = 0_u64;
    let parts = first.into_iter().flat_map(|first| first.split('/')).map(|part| part.strip_prefix('x')).chain([Some(last)]);
    for part in parts {
        let part = part.filter(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        index = index.checked_mul(1000)?.checked_add(part.parse().ok()?)?;
    }
    (first.is_none() || !path.starts_with("x000")).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_numbered_in_groups_of_three_digits() {
        for (path, index) in [("000", 0), ("067", 67), ("x001/000", 1000), ("x001/x234/067", 1_234_067)] {
            assert_eq!(tile_index(path), Some(index), "{path}");
        }
        for path in ["", "0", "67", "0067", "x067", "001/067", "x001/x067", "x000/067", "x001/", "/067", "x001/ 67", "+01"] {
            assert_eq!(tile_index(path), None, "{path}");
        }
        assert_eq!((number("0"), number("12"), number("012"), number("+1"), number("")), (Some(0), Some(12), None, None, None));
    }
}
