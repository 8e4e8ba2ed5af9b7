//! The tags: those that the site offers, what they are called, and which of them are one.

use axum::{
    Form, Router,
    extract::Query,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    tag::{self, LONGEST, Listed},
};
use leptos::prelude::*;

use super::{
    admin,
    boards::{slug_field, slug_of},
    page, refused,
};
use crate::{
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        icon,
        text::tag_of,
        when,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/tags";
/// Tags of one page, at most: who looks for another types its beginning.
const MOST: u64 = 100;
/// Tags that one can be merged into, at most.
const MOST_OTHERS: u64 = 500;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/tags", get(show).post(make))
        .route("/admin/tags/name", post(rename))
        .route("/admin/tags/offer", post(offer))
        .route("/admin/tags/merge", post(merge))
}

async fn show(visit: Visit, Query(asked): Query<Typed>) -> PageResult {
    admin(&visit)?;
    render(&visit, asked.get("q"), None).await
}

/// Goes back to the page when it is done, with the same tags on it; else shows the form again as it was typed.
async fn finish<T>(visit: &Visit, key: String, typed: Typed, done: Result<T, Error>) -> PageResult {
    let q = typed.text("q");
    match done {
        Ok(_) => {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("q", &q).append_pair("done", "settings").finish();
            Ok(see_other(&format!("{HERE}?{query}#main")))
        }
        Err(error) => render(visit, &q, Some(&refused(visit, key, typed, error)?)).await,
    }
}

async fn make(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let (slug, name) = (slug_of(&typed), typed.get("name"));
    let made = visit.forum().write(&visit.actor, async |tx| tag::create(tx, &slug, name).await).await;
    finish(&visit, "make".to_owned(), typed, made).await
}

/// The form of a tag among others: its slug may have any sign in it, and the key is part of ids.
fn key_of(act: &str, typed: &Typed) -> String {
    format!("{act}-{}", typed.get("n"))
}

async fn rename(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let renamed = visit.forum().write(&visit.actor, async |tx| tag::rename(tx, typed.get("tag"), typed.get("name")).await).await;
    finish(&visit, key_of("tag", &typed), typed, renamed).await
}

async fn offer(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let offered = typed.get("offered") == "yes";
    let done = visit.forum().write(&visit.actor, async |tx| tag::offer(tx, typed.get("tag"), offered).await).await;
    finish(&visit, key_of("tag", &typed), typed, done).await
}

async fn merge(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let merged = visit.forum().write(&visit.actor, async |tx| tag::merge(tx, typed.get("tag"), typed.get("into")).await).await;
    finish(&visit, key_of("merge", &typed), typed, merged).await
}

async fn render(visit: &Visit, q: &str, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let tags = tag::all_of(db, &visit.actor, q, MOST).await?;
    // what somebody looks for may be merged into any
    let others = tag::all_of(db, &visit.actor, "", MOST_OTHERS).await?;
    Ok(page(visit, HERE, refused, || {
        let words = visit.words;
        let live = || tags.iter().filter(|tag| tag.became.is_none());
        let rows = live().map(|tag| one(visit, tag, &others, q, refused)).collect_view();
        let list = if live().next().is_none() {
            view! { <p class="ink-2">{t!(words, "admin-tags-none")}</p> }.into_any()
        } else {
            view! { <div class="acts">{rows}</div> }.into_any()
        };
        view! {
            <form class="cluster" role="search" method="get" action=HERE>
                <label class="sr" for="q">{t!(words, "admin-tags-find")}</label>
                <input class="input narrow" id="q" name="q" type="search" dir="auto" maxlength=LONGEST value=q.to_owned() placeholder=t!(words, "admin-tags-find") />
                <button class="btn">{t!(words, "search-go")}</button>
            </form>
            <div class="mt-4">{list}</div>
            {merged(visit, &tags)}
            {new_tag(visit, &Sheet::new(visit, "make", refused))}
        }
        .into_any()
    }))
}

fn one(visit: &Visit, tag: &Listed, others: &[Listed], q: &str, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let (key, merge_key) = (format!("tag-{}", tag.id), format!("merge-{}", tag.id));
    let (sheet, merging) = (Sheet::new(visit, &key, refused), Sheet::new(visit, &merge_key, refused));
    let which = || {
        view! {
            <input type="hidden" name="q" value=q.to_owned() />
            <input type="hidden" name="n" value=tag.id.to_string() />
            <input type="hidden" name="tag" value=tag.slug.clone() />
        }
    };
    let posts = t!(words, "admin-tag-posts", n = tag.posts);
    let hint = if tag.offered { format!("{posts}, {}", t!(words, "admin-tag-offered")) } else { posts };
    let (offered, offer) = if tag.offered { ("no", t!(words, "admin-tag-stop")) } else { ("yes", t!(words, "admin-tag-offer")) };
    let mut into = vec![(String::new(), t!(words, "admin-tag-choose"))];
    let live = others.iter().filter(|other| other.became.is_none() && other.id != tag.id);
    into.extend(live.map(|other| (other.slug.clone(), other.name.clone())));
    let merge = (into.len() > 1).then(|| {
        view! {
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/merge#{}", sheet.anchor())>
                {merging.summary()}
                {which()}
                {merging.choice(Choice {
                    name: "into",
                    label: t!(words, "admin-tag-merge"),
                    hint: Some(t!(words, "admin-tag-merge-hint")),
                    options: into,
                    need: Need::Always,
                    ..Choice::default()
                })}
                <div><button class="btn">{t!(words, "admin-tag-merge-go")}</button></div>
            </form>
        }
    });
    let lang = tag_of(visit, &tag.name);
    view! {
        <details class="act" id=sheet.anchor() open=sheet.is_back() || merging.is_back()>
            <summary><span dir="auto" lang=lang>{tag.name.clone()}</span><span class="hint">{hint}</span></summary>
            <div class="act__in">
                <form class="stack" method="post" novalidate=true action=format!("{HERE}/name#{}", sheet.anchor())>
                    {sheet.summary()}
                    {which()}
                    {sheet.line(Line { name: "name", label: t!(words, "admin-name"), value: &tag.name, need: Need::Always, max: Some(LONGEST), ..Line::default() })}
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </form>
                <form method="post" novalidate=true action=format!("{HERE}/offer")>
                    {which()}
                    <button class="btn btn--sm" name="offered" value=offered>{offer}</button>
                </form>
                {merge}
            </div>
        </details>
    }
    .into_any()
}

/// What became another: when, and by whom.
fn merged(visit: &Visit, tags: &[Listed]) -> Option<AnyView> {
    let words = visit.words;
    let rows: Vec<_> = tags
        .iter()
        .filter_map(|tag| {
            let (into, at) = (tag.became.as_deref()?, tag.merged_at?);
            let text = t!(words, "admin-tag-became", name = tag.name.as_str(), into = into);
            let by = tag.merged_by.clone().map(|name| format!(", {name}"));
            Some(view! { <li><span>{text}</span>" "<span class="meta">{when::day(visit, at)}{by}</span></li> })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2 class="h-section">{icon(visit, "merge")}" "{t!(words, "admin-tags-merged")}</h2>
                <ul class="entries">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn new_tag(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    let words = visit.words;
    view! {
        <section class="section">
            <h2 class="h-section">{t!(words, "admin-tag-make")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-tag-make-text")}</p>
            <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.line(Line { name: "name", label: t!(words, "admin-name"), need: Need::Always, max: Some(LONGEST), ..Line::default() })}
                    {slug_field(visit, sheet)}
                </div>
                <div><button class="btn btn--primary">{t!(words, "admin-tag-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
