//! A new post: what it is, in one line, what happened; posts that say the same; and what happens next, with real dates.

use axum::{Form, extract::Query, response::Response};
use forum::{
    Error,
    board::{self, Board},
    clock, limit,
    post::{self, BODY_MAX, Draft, Kind, PostRow, TITLE_MAX, TITLE_MIN},
    tag, text,
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    i18n::names,
    islands::{preview::Preview, similar_posts::SimilarPosts},
    parts::{
        Head, Place,
        form::{Errors, Field, select_field, text_field},
        fragment::fragment,
        icon,
        icon::icon_href,
        kind::kind_name,
        post_row::post_path,
        respond,
        similar::similar as similar_list,
        text::TextArea,
        when,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// Characters of a text that can travel in an address while its author signs in.
const MOST_IN_ADDRESS: usize = 1500;

/// The form, and the query that fills it in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    title: String,
    body: String,
    board: String,
    tags: String,
    /// `1` once similar posts were shown.
    anyway: String,
    /// `preview` for a look at the text.
    act: String,
}

impl Typed {
    fn draft(&self, visit: &Visit) -> Draft {
        Draft {
            kind: self.kind.clone(),
            title: self.title.clone(),
            body: self.body.clone(),
            board: self.board.clone(),
            tags: split_tags(&self.tags),
            language: Some(visit.language()),
        }
    }

    /// The address of the form with this filled in.
    fn path(&self) -> String {
        let body: String = self.body.chars().take(MOST_IN_ADDRESS).collect();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("kind", &self.kind), ("board", &self.board), ("title", &self.title), ("tags", &self.tags), ("body", &body)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/new?{}", query.finish())
    }
}

/// Labels as typed: names between commas.
pub(super) fn split_tags(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What the page shows beside what was typed.
#[derive(Default)]
struct Shown {
    errors: Errors,
    similar: Vec<PostRow>,
    /// Whether the form was sent, and came back because of them.
    asked: bool,
    preview: Option<String>,
}

pub(super) async fn form(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    visit.require_account()?;
    // better told before than after the writing
    visit.actor.member()?;
    let mut shown = Shown::default();
    if !typed.title.trim().is_empty() {
        shown.similar = post::similar_to(visit.forum().read(), &visit.actor, &typed.title, &typed.body, visit.now).await?;
    }
    page(&visit, &typed, shown).await
}

pub(super) async fn create(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    if visit.account.is_none() {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &typed.path()).finish();
        return Ok(see_other(&format!("/sign-in?{query}")));
    }
    visit.actor.member()?;
    let db = visit.forum().read();
    let draft = typed.draft(&visit);
    if typed.act == "preview" {
        look(&visit).await?;
        let preview = Some(text::markdown(&typed.body.chars().take(BODY_MAX).collect::<String>()));
        return page(&visit, &typed, Shown { preview, ..Shown::default() }).await;
    }
    if typed.anyway != "1" {
        if let Err(error) = post::check(db, &visit.actor, &draft).await {
            let errors = Errors::of(&visit, error)?;
            return page(&visit, &typed, Shown { errors, ..Shown::default() }).await;
        }
        let similar = post::similar_to(db, &visit.actor, &typed.title, &typed.body, visit.now).await?;
        if !similar.is_empty() {
            return page(&visit, &typed, Shown { similar, asked: true, ..Shown::default() }).await;
        }
    }
    match visit.forum().write(&visit.actor, async |tx| post::submit(tx, &draft).await).await {
        Ok(id) => {
            let row = post::row_by_id(db, &visit.actor, id, visit.now).await?;
            Ok(see_other(&format!("{}?done=posted", post_path(&row))))
        }
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            page(&visit, &typed, Shown { errors, ..Shown::default() }).await
        }
    }
}

/// Similar posts, for the island that asks while somebody types.
pub(super) async fn similar(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    look(&visit).await?;
    let posts = post::similar_to(visit.forum().read(), &visit.actor, &typed.title, &typed.body, visit.now).await?;
    Ok(fragment(|| similar_list(&visit, &posts)))
}

/// A text as it will look, for the island.
pub(super) async fn preview(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    look(&visit).await?;
    let html = text::markdown(&typed.body.chars().take(BODY_MAX).collect::<String>());
    Ok(fragment(|| preview_box(&visit, html)))
}

/// Counts a look by address: each costs us more than a page.
async fn look(visit: &Visit) -> Result<(), Error> {
    visit.forum().write_aside(&visit.actor, async |tx| limit::count(tx, limit::LOOK, &visit.client).await).await
}

/// The text as it will look.
pub(super) fn preview_box(visit: &Visit, html: String) -> impl IntoView + use<> {
    let empty = html.trim().is_empty();
    view! {
        <div class="panel panel--sunken">
            <h2 class="label mb-4">{t!(visit.words, "preview-label")}</h2>
            {if empty {
                view! { <p class="muted">{t!(visit.words, "preview-empty")}</p> }.into_any()
            } else {
                view! { <div class="prose" inner_html=html></div> }.into_any()
            }}
        </div>
    }
}

/// The text field with its preview: shared with the page on which a post is changed.
pub(super) fn body_field(
    visit: &Visit,
    label: String,
    body: &str,
    preview: Option<String>,
    errors: &Errors,
) -> impl IntoView + use<> {
    let words = visit.words;
    let area = TextArea { id: "body", value: body, rows: 8, max: Some(BODY_MAX), required: true, ..TextArea::default() };
    let preview = preview.map(|html| preview_box(visit, html));
    view! {
        <div class="stack gap-3">
            {text_field(visit, label, Some(t!(words, "new-body-hint")), area, errors)}
            <Preview
                action="/preview".to_owned()
                field="body".to_owned()
                label=t!(words, "preview")
                icon=icon_href(visit, "eye")
                failed=t!(words, "preview-failed")
            >
                {preview}
            </Preview>
        </div>
    }
}

/// The field for labels.
pub(super) fn tags_field(visit: &Visit, tags: &str, errors: &Errors) -> impl IntoView + use<> {
    let words = visit.words;
    let most = i64::try_from(tag::MOST).unwrap_or(0);
    let hint = t!(words, "new-tags-hint", n = most);
    Field {
        name: "tags",
        label: t!(words, "new-tags"),
        hint: Some(hint),
        value: tags,
        max: Some((tag::LONGEST + 2) * tag::MOST),
        autocomplete: Some("off"),
        ..Field::default()
    }
    .view(visit, errors)
}

async fn page(visit: &Visit, typed: &Typed, shown: Shown) -> PageResult {
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    Ok(render(visit, typed, shown, &boards))
}

fn render(visit: &Visit, typed: &Typed, shown: Shown, boards: &[Board]) -> Response {
    let words = visit.words;
    let Shown { errors, similar, asked, preview } = shown;
    let head = Head::titled(t!(words, "new-title")).at(Place::New).with_errors(&errors);
    let chosen = Kind::parse(&typed.kind).unwrap_or(Kind::Idea);
    respond(visit, head, || {
        let options = std::iter::once((String::new(), t!(words, "new-board-choose")))
            .chain(boards.iter().map(|b| (b.slug.clone(), b.name.clone())))
            .collect();
        let board = match boards {
            [only] if typed.board.is_empty() => only.slug.as_str(),
            _ => typed.board.as_str(),
        };
        let title = Field {
            name: "title",
            label: t!(words, "new-line"),
            hint: Some(t!(words, "new-line-hint")),
            value: &typed.title,
            min: Some(TITLE_MIN),
            max: Some(TITLE_MAX),
            required: true,
            autocomplete: Some("off"),
            ..Field::default()
        };
        let similar = similar_list(visit, &similar);
        let publish = if asked { t!(words, "new-anyway") } else { t!(words, "new-publish") };
        let first = Kind::ALL
            .into_iter()
            .map(|kind| {
                let due = clock::due(&visit.site, visit.now, visit.site.terms(kind, "").first_answer);
                let text = t!(words, "new-first-answer", due = when::deadline_text(visit, due));
                view! { <span class="clock clock--ok" data-for=kind.as_str()>{icon(visit, "clock")}{text}</span> }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <div class="split">
                    <form class="form" method="post" action="/new">
                        // Enter in a field presses the first button of a form: it has to be this one, not a vote or a preview
                        <button class="sr" tabindex="-1" aria-hidden="true"></button>
                        <input type="hidden" id="anyway" name="anyway" value=if asked || typed.anyway == "1" { "1" } else { "" } />
                        {errors.summary(visit)}
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "new-heading")}</h1>
                            <p class="lede">{t!(words, "new-lede")}</p>
                        </header>
                        {asked.then(|| view! {
                            <section class="banner banner--warn">
                                {icon(visit, "info")}
                                <div>
                                    <h2 class="banner__h">{t!(words, "new-similar-title")}</h2>
                                    <p class="banner__t">{t!(words, "new-similar-text")}</p>
                                </div>
                            </section>
                        })}
                        {kinds(visit, chosen, &errors)}
                        <div class="stack gap-3">
                            {title.view(visit, &errors)}
                            <SimilarPosts action="/new/similar".to_owned()>{similar}</SimilarPosts>
                        </div>
                        {body_field(visit, t!(words, "new-body"), &typed.body, preview, &errors)}
                        <div class="grid-3">
                            {select_field(visit, "board", t!(words, "new-board"), options, board, true, &errors)}
                            {tags_field(visit, &typed.tags, &errors)}
                        </div>
                        <div class="stack gap-3">
                            <div class="cluster gap-3">
                                <button class="btn btn--primary btn--lg">{publish}</button>
                                {first}
                            </div>
                            <p class="meta">{t!(words, "new-afterwards")}" "<a href="/rules">{t!(words, "foot-rules")}</a></p>
                        </div>
                    </form>
                    {next_steps(visit)}
                </div>
            </div>
        }
    })
}

/// The kinds as cards, each with its clock.
fn kinds(visit: &Visit, chosen: Kind, errors: &Errors) -> impl IntoView + use<> {
    let words = visit.words;
    let cards = Kind::ALL
        .into_iter()
        .map(|kind| {
            let days = i64::from(visit.site.terms(kind, "").first_answer);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="kind"
                        id=format!("kind-{}", kind.as_str())
                        value=kind.as_str()
                        checked=kind == chosen
                        required=true
                    />
                    <span class="choice__t">{icon(visit, kind.as_str())}{kind_name(visit, kind)}</span>
                    <span class="choice__d">{words.name(names::KIND_MEANS, kind)}</span>
                    <span class="choice__clock">{icon(visit, "clock")}{t!(words, "new-kind-clock", n = days)}</span>
                </label>
            }
        })
        .collect_view();
    let error = errors.get("kind").map(|text| {
        view! { <p class="field__err" id="kind-error">{icon(visit, "overdue")}{text.to_owned()}</p> }
    });
    view! {
        <fieldset class="stack gap-3" id="kind">
            <legend>{t!(words, "new-kind")}</legend>
            <div class="kinds">{cards}</div>
            {error}
        </fieldset>
    }
}

/// What happens after publishing, with the dates of each kind.
fn next_steps(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    let lists = Kind::ALL
        .into_iter()
        .map(|kind| {
            let terms = visit.site.terms(kind, "");
            let first = when::deadline_text(visit, clock::due(&visit.site, visit.now, terms.first_answer));
            let decision = when::deadline_text(visit, clock::due(&visit.site, visit.now, terms.decision));
            view! {
                <div data-for=kind.as_str()>
                    <h3 class="sr">{kind_name(visit, kind)}</h3>
                    <ol class="next">
                        <li>
                            {icon(visit, "s-received")}
                            <div><b>{t!(words, "next-today", day = words.weekday_date(visit.today()))}</b>{t!(words, "next-today-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "clock")}
                            <div><b>{t!(words, "next-before", due = first)}</b>{t!(words, "next-first-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "s-planned")}
                            <div><b>{t!(words, "next-before", due = decision)}</b>{t!(words, "next-decision-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "s-confirmed")}
                            <div><b>{t!(words, "next-end")}</b>{t!(words, "next-end-text")}</div>
                        </li>
                    </ol>
                </div>
            }
        })
        .collect_view();
    view! {
        <aside class="aside">
            <section class="mod sticky">
                <h2 class="mod__h">{t!(words, "next-title")}</h2>
                {lists}
                <p class="sm muted">{t!(words, "next-note")}" "<a href="/clocks">{t!(words, "foot-clocks")}</a></p>
            </section>
        </aside>
    }
}
