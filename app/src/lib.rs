//! What people see: pages, islands, parts and translations. No SQL here, and nothing of the forum's rules.
//!
//! Pages are rendered on the server, whole, before the first byte leaves: each is an axum handler that loads what it needs from
//! `forum` and renders a Leptos view. An island is the small part of a page that moves; it wakes in the browser, and before that,
//! or without JavaScript, it is a working form or link.

// a page is one type, as deep as its markup
#![recursion_limit = "256"]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod share;
#[cfg(feature = "ssr")]
pub mod web;

/// Wakes the islands; the boot script calls it once the WASM is there, and then each island by its name.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
