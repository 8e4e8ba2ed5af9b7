//! The way through a list: newer, older, and how many there are.

use leptos::prelude::*;

use super::icon;
use crate::{t, web::Visit};

/// Links to the pages around this one; what is not there is greyed out. `total` says how many of what.
pub fn pager(visit: &Visit, newer: Option<String>, older: Option<String>, total: String) -> impl IntoView + use<> {
    let words = visit.words;
    let newer = match newer {
        Some(href) => view! { <a class="btn" rel="prev" href=href>{icon(visit, "chevl")}{t!(words, "pager-newer")}</a> }.into_any(),
        None => view! { <span class="btn" aria-disabled="true">{icon(visit, "chevl")}{t!(words, "pager-newer")}</span> }.into_any(),
    };
    let older = match older {
        Some(href) => view! { <a class="btn" rel="next" href=href>{t!(words, "pager-older")}{icon(visit, "chevr")}</a> }.into_any(),
        None => view! { <span class="btn" aria-disabled="true">{t!(words, "pager-older")}{icon(visit, "chevr")}</span> }.into_any(),
    };
    view! { <nav class="pager" aria-label=t!(words, "pager-label")>{newer}<p class="pager__total">{total}</p>{older}</nav> }
}
