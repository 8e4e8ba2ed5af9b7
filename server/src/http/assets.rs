//! The files of the interface, from inside the binary: named by their content, so browsers keep them for good.

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use forum::Forum;
use serde_json::json;

/// A file of the interface.
struct File {
    name: &'static str,
    mime: &'static str,
    body: &'static [u8],
    br: Option<&'static [u8]>,
    gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

pub(super) fn routes(forum: Forum) -> Router {
    let of_site = Router::new()
        .route("/accent/{name}", get(accent))
        .route("/robots.txt", get(robots))
        .route("/site.webmanifest", get(manifest))
        .with_state(forum);
    of_site.route("/assets/{name}", get(file)).route("/favicon.ico", get(favicon)).route("/push.js", get(push))
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepts = |encoding: &str| {
        accepted.split(',').any(|part| {
            let (name, quality) = part.split_once(';').unwrap_or((part, ""));
            name.trim() == encoding && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    let (body, encoding) = match (file.br, file.gz) {
        (Some(br), _) if accepts("br") => (br, Some("br")),
        (_, Some(gz)) if accepts("gzip") => (gz, Some("gzip")),
        _ => (file.body, None),
    };
    let mut response = Bytes::from_static(body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The colour of the site. Under an address of before it changed it is the present one, which nobody is to keep.
async fn accent(State(forum): State<Forum>, uri: Uri) -> Response {
    let site = forum.site();
    let Some(accent) = site.accent else { return StatusCode::NOT_FOUND.into_response() };
    let is_present = app::parts::accent::address(&site).is_some_and(|address| address == uri.path());
    let kept = if is_present { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, kept)];
    (headers, app::parts::accent::style_sheet(accent)).into_response()
}

async fn favicon() -> Response {
    match FILES.iter().find(|file| file.name.starts_with("favicon-")) {
        Some(file) => {
            let headers = [(header::CONTENT_TYPE, file.mime), (header::CACHE_CONTROL, "public, max-age=86400")];
            (headers, Bytes::from_static(file.body)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a phone needs to know to put the site on its home screen: some are pushed to there only.
async fn manifest(State(forum): State<Forum>) -> Response {
    let name = &forum.site().name;
    let icons: Vec<_> = FILES
        .iter()
        .filter(|file| file.name.starts_with("favicon-"))
        .map(|file| json!({ "src": format!("/assets/{}", file.name), "type": file.mime, "sizes": "any" }))
        .collect();
    let manifest =
        json!({ "name": name, "short_name": name, "start_url": "/", "scope": "/", "display": "standalone", "icons": icons });
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, manifest.to_string()).into_response()
}

/// What shows what is pushed. A worker reaches as far as the folder that it comes from, so its address is that of no asset; browsers ask for
/// it anew themselves.
async fn push() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, app::parts::PUSH_WORKER).into_response()
}

/// What programs are not to look for, and where all the rest is: what is somebody's own, what only forms lead to, and what there is no end
/// of. The pictures of previews are for whoever shows them.
async fn robots(State(forum): State<Forum>) -> Response {
    let closed = [
        "/me",
        "/draft",
        "/triage",
        "/admin",
        "/new",
        "/preview",
        "/preferences",
        "/sign-in",
        "/sign-up",
        "/confirm/",
        "/unsubscribe/",
        "/invite/",
        "/verify",
        "/reset",
        "/setup/",
        "/receipt/",
        "/feeds/mine/",
        "/comments/",
        "/p/*/edit",
        "/p/*/same",
        "/p/*/versions",
        "/changelog/*/edit",
        "/changelog/drafts",
        "/changelog/new",
        "/api/v1/",
        "/*?q=",
        "/*&q=",
    ];
    let closed: String = closed.map(|path| format!("Disallow: {path}\n")).concat();
    let text = format!("User-agent: *\n{closed}Sitemap: {}/sitemap.xml\n", forum.address());
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
