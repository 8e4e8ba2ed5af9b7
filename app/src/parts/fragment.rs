//! A piece of a page by itself, for an island that puts it where it belongs.

use std::sync::Arc;

use axum::{http::StatusCode, response::Response};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::web::html;

/// The piece as HTML, without a page around it.
pub fn fragment<V: IntoView>(piece: impl FnOnce() -> V) -> Response {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let body = owner.with(|| piece().to_html());
    owner.unset_with_forced_cleanup();
    html(StatusCode::OK, body)
}
