//! What each figure of the scoreboard means, and the queries that it follows from.

use axum::response::Response;
use forum::accountability;
use leptos::prelude::*;

use crate::{
    i18n::names,
    parts::{Head, Place, respond},
    t,
    web::Visit,
};

/// The figures that are explained, in the order of the scoreboard.
pub(crate) const FIGURES: [&str; 12] = [
    "period",
    "on-time",
    "working-days",
    "median",
    "groups",
    "coverage",
    "overdue",
    "promises",
    "remedies",
    "repeats",
    "first-contact",
    "outside",
];

pub(super) async fn show(visit: Visit) -> Response {
    let words = visit.words;
    let queries = accountability::queries(visit.forum().read(), visit.now);
    let head = Head::titled(t!(words, "figures-title"))
        .at(Place::Accountability)
        .public("/accountability/figures", t!(words, "figures-description"));
    respond(&visit, head, || {
        let figures = FIGURES
            .into_iter()
            .map(|figure| {
                view! {
                    <section class="section" id=figure>
                        <h2 class="h-block">{words.name(names::FIGURE, figure)}</h2>
                        <p>{words.name(names::FIGURE_MEANS, figure)}</p>
                    </section>
                }
            })
            .collect_view();
        let queries = queries
            .into_iter()
            .map(|(name, sql)| {
                view! {
                    <section class="section" id=format!("query-{name}")>
                        <h3 class="h-block">{words.name(names::QUERY, name)}</h3>
                        <pre class="query" tabindex="0" lang="en"><code>{sql}</code></pre>
                    </section>
                }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <nav class="crumbs" aria-label=t!(words, "crumbs-label")>
                    <ol>
                        <li><a href="/accountability">{t!(words, "score-title")}</a></li>
                        <li aria-current="page">{t!(words, "figures-title")}</li>
                    </ol>
                </nav>
                <div class="stack gap-8 measure mt-4">
                    <h1 class="h-page">{t!(words, "figures-title")}</h1>
                    <p class="lede">{t!(words, "figures-lede")}</p>
                    {figures}
                    <section class="section" id="queries">
                        <h2 class="h-section">{t!(words, "figures-queries-h")}</h2>
                        <p>{t!(words, "figures-queries")}</p>
                        {queries}
                    </section>
                </div>
            </div>
        }
    })
}
