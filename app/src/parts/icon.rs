//! Icons: one file of symbols, cached for good.

use leptos::prelude::*;

use crate::web::Visit;

/// An icon that a word beside it explains.
pub fn icon(visit: &Visit, name: &str) -> impl IntoView + use<> {
    icon_of(visit, name, "icon")
}

/// An icon with a class of its own: `icon icon--on`.
pub fn icon_of(visit: &Visit, name: &str, class: &'static str) -> impl IntoView + use<> {
    let href = icon_href(visit, name);
    view! { <svg class=class aria-hidden="true"><use href=href></use></svg> }
}

/// The address of an icon, for islands.
pub fn icon_href(visit: &Visit, name: &str) -> String {
    format!("{}#i-{name}", visit.web.assets.icons)
}
