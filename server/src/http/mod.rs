//! The layers around pages and API, one a file, and the server that runs them.

mod assets;
mod body;
mod cache;
mod connections;
mod detach;
mod errors;
mod headers;
mod health;
pub mod metrics;
mod paths;
mod proxies;

use std::{sync::Arc, time::Duration};

use app::{parts::kept::Pieces, share::Pictures, web::Web};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, StatusCode},
};
pub use connections::{Patience, Places, serve};
use forum::Forum;
pub use proxies::Proxies;
use tower_http::{
    catch_panic::CatchPanicLayer,
    classify::ServerErrorsFailureClass,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::{DefaultOnFailure, OnFailure as _, TraceLayer},
};
use tracing::Span;

use self::metrics::Metrics;
use crate::{
    api,
    live::{self, Hub},
};

/// How long a request may take once it is there.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// Every address of the forum, with all layers.
pub fn router(forum: &Forum, patience: Patience, proxies: Proxies, metrics: &Metrics, hub: &Hub) -> Router {
    let places = body::Places::default();
    let bounded = |router| bounded(router, (patience.sending, &places), metrics);
    let assets = Arc::new(assets::addresses());
    let web = Web { forum: forum.clone(), assets, pieces: Pieces::default(), pictures: Pictures::default() };
    let request_id = HeaderName::from_static("x-request-id");
    // requests that change something run to their end, even when the client goes away in the middle
    let kept = cache::Cache::new(forum.clone(), metrics.clone());
    let pages = app::pages::routes(web.clone(), api::docs_routes())
        .layer(axum::middleware::from_fn(headers::page))
        .layer(axum::middleware::from_fn_with_state(kept.clone(), cache::pages))
        .layer(CsrfLayer::new())
        .layer(axum::middleware::from_fn(detach::writes));
    let live =
        bounded(live::routes(web.clone(), hub.clone())).layer(axum::middleware::from_fn_with_state(web.clone(), errors::dress));
    let pages = bounded(pages).layer(axum::middleware::from_fn_with_state(web, errors::dress));
    let api = api::routes(forum.clone())
        .layer(axum::middleware::from_fn_with_state(kept, cache::api))
        .layer(axum::middleware::from_fn(detach::writes));
    let api = bounded(api).layer(axum::middleware::from_fn_with_state(forum.clone(), api::dress));
    Router::new()
        .merge(bounded(assets::routes(forum.clone())))
        .merge(bounded(health::routes(forum.clone())))
        .merge(api)
        .merge(live)
        .fallback_service(pages)
        .layer(axum::middleware::from_fn(paths::without_slash))
        .layer(axum::middleware::from_fn_with_state(forum.address().starts_with("https:"), headers::security))
        .layer(CompressionLayer::new())
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(failed))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(axum::middleware::from_fn(headers::forget_request_id))
        .layer(axum::middleware::from_fn_with_state(proxies, proxies::tell))
}

/// No request sends more than we read, or more slowly than we wait, takes longer than it may, or brings others down with it. What these layers answer has no
/// words: those who add them dress it. All of it is counted, by the name of its route, which nobody knows any more further out.
fn bounded(router: Router, (sending, places): (Duration, &body::Places), metrics: &Metrics) -> Router {
    router
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(axum::middleware::from_fn_with_state(sending, body::whole))
        .layer(axum::middleware::from_fn_with_state(places.clone(), body::limit))
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn_with_state(metrics.clone(), metrics::count))
}

/// What fails is logged as that, but for what any stranger can ask for: an answer in a format that there is not.
fn failed(failure: ServerErrorsFailureClass, latency: Duration, span: &Span) {
    if !matches!(failure, ServerErrorsFailureClass::StatusCode(StatusCode::NOT_IMPLEMENTED)) {
        DefaultOnFailure::new().on_failure(failure, latency, span);
    }
}

/// The path only: queries hold what people search for, and links hold secrets.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    let path = match path.split('/').nth(1) {
        Some(secret @ ("confirm" | "unsubscribe" | "invite" | "verify" | "reset" | "setup" | "receipt")) => format!("/{secret}/…"),
        Some("feeds") if path.starts_with("/feeds/mine/") => "/feeds/mine/…".to_owned(),
        _ => path.to_owned(),
    };
    tracing::info_span!("request", id, method = %request.method(), path)
}
