//! What sort of post it is: an icon and a word.

use forum::post::Kind;
use leptos::prelude::*;

use super::icon;
use crate::{i18n::names, web::Visit};

/// The kind, first in the line above a title.
pub fn kind_label(visit: &Visit, kind: Kind) -> impl IntoView + use<> {
    view! { <span class="kind">{icon(visit, kind.as_str())}{kind_name(visit, kind)}</span> }
}

/// The kind in words.
pub fn kind_name(visit: &Visit, kind: Kind) -> String {
    visit.words.name(names::KIND, kind)
}
