//! The desk of the changelog: drafts, what is to be published, and the form in which an entry is written, published and corrected.

use axum::{
    Form,
    extract::{Path, Query},
    response::Response,
};
use forum::{
    Error, Tx,
    changelog::{self, Category, Draft, Edit, Entry, Filter, Linked, State, TITLE_MAX, TITLE_MIN},
    id::ChangelogId,
    repeat,
};
use leptos::prelude::*;

use super::{entry_id, meta, path_of};
use crate::{
    done,
    i18n::names,
    pages::posts::body_field,
    parts::{
        Head,
        diff::difference,
        form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
        icon, respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form of an entry.
const KEY: &str = "entry";
/// The form with which one is withdrawn.
const WITHDRAW: &str = "withdraw";
/// Drafts of the page, and posts that are offered.
const MOST: u64 = 100;
const OFFERED: u64 = 12;
/// What boxes are called that stand for posts.
const OFFER: &str = "offer-";

/// What waits to be published, and what was delivered without an entry.
pub(super) async fn drafts(visit: Visit) -> PageResult {
    visit.require_staff()?;
    let view = visit.view().await?;
    let (db, actor, now) = (view.db(), view.actor(), view.now());
    let of = |state| Filter { state: Some(state), ..Filter::default() };
    let (scheduled, _) = changelog::list(db, actor, of(State::Scheduled), None, MOST, now).await?;
    let (drafts, _) = changelog::list(db, actor, of(State::Draft), None, MOST, now).await?;
    let untold = changelog::proposals(db, actor, OFFERED).await?;
    drop(view);
    let words = visit.words;
    Ok(respond(&visit, Head::titled(t!(words, "changelog-drafts")), || {
        let list = |entries: &[Entry]| {
            if entries.is_empty() {
                return view! { <p class="muted">{t!(words, "changelog-drafts-none")}</p> }.into_any();
            }
            let items = entries
                .iter()
                .map(|entry| {
                    view! {
                        <li class="log__i">
                            {meta(&visit, entry)}
                            <h3 class="log__title" dir="auto" lang=entry.language.clone()>
                                <a href=format!("/changelog/{}/edit", entry.id)>{entry.title.clone()}</a>
                            </h3>
                        </li>
                    }
                })
                .collect_view();
            view! { <ol class="log">{items}</ol> }.into_any()
        };
        let offers = untold
            .iter()
            .map(|post| {
                let write = format!("/changelog/new?posts={}", post.id);
                let label = t!(words, "changelog-write-about", title = post.title.as_str());
                view! {
                    <li class="row row--plain">
                        <div class="row__body">
                            <h3 class="row__title" dir="auto" lang=post.language.clone()><a href=format!("/p/{}/{}", post.id, post.slug)>{post.title.clone()}</a></h3>
                            <p class="row__foot"><a class="btn btn--sm" href=write aria-label=label>{icon(&visit, "edit")}{t!(words, "changelog-write")}</a></p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        let offers = if untold.is_empty() {
            view! { <p class="muted">{t!(words, "changelog-untold-none")}</p> }.into_any()
        } else {
            view! { <ol class="rows">{offers}</ol> }.into_any()
        };
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    <header class="stack gap-3">
                        <h1 class="h-page">{t!(words, "changelog-drafts")}</h1>
                        <div class="cluster">
                            <a class="btn btn--primary" href="/changelog/new">{icon(&visit, "plus")}{t!(words, "changelog-write")}</a>
                            <a class="btn" href="/changelog">{t!(words, "changelog-title")}</a>
                        </div>
                    </header>
                    <section class="section"><h2 class="h-section">{t!(words, "changelog-to-come")}</h2>{list(&scheduled)}</section>
                    <section class="section"><h2 class="h-section">{t!(words, "changelog-being-written")}</h2>{list(&drafts)}</section>
                    <section class="section">
                        <h2 class="h-section">{t!(words, "changelog-untold")}</h2>
                        <p class="ink-2 measure">{t!(words, "changelog-untold-text")}</p>
                        {offers}
                    </section>
                </div>
            </div>
        }
    }))
}

/// The numbers of posts, as typed and as ticked.
fn posts_of(typed: &Typed) -> Vec<String> {
    let numbers = typed.get("posts").split([',', ' ', ';', '\n']).map(str::trim).filter(|number| !number.is_empty());
    numbers.map(str::to_owned).chain(typed.ticked(OFFER)).collect()
}

/// The form of a new entry; `posts` in the address names some from the start.
pub(super) async fn form(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    visit.require_staff()?;
    page(&visit, None, Some(&Sent::unread(KEY, typed)), None).await
}

/// `act` is `preview` for a look at the text, `publish` to publish what was written.
pub(super) async fn create(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    if typed.get("act") == "preview" {
        let html = visit.forum().preview(typed.get("body")).await?;
        return page(&visit, None, Some(&Sent::unread(KEY, typed)), Some(html)).await;
    }
    let draft = Draft {
        category: typed.text("category"),
        title: typed.text("title"),
        body: typed.text("body"),
        posts: posts_of(&typed),
        for_all: typed.has("for_all"),
        typed_in: Some(visit.language()),
    };
    let at = (typed.get("act") == "publish").then(|| typed.text("published_at"));
    let form = typed.digest("/changelog/new");
    let write = async |tx: &mut Tx| {
        let entry = changelog::write(tx, &draft).await?;
        if let Some(at) = &at {
            changelog::publish(tx, entry.id, Some(at), None).await?;
        }
        Ok(entry.id.0)
    };
    let forum = visit.forum().with_markdown(&draft.body).await?;
    match forum.write(&visit.actor, async |tx| repeat::once(tx, &form, write).await).await {
        Ok(id) => goes_on(&visit, ChangelogId(id), done!("changelog-saved")).await,
        Err(error) => {
            let sent = Sent::refused(&visit, KEY, typed, error)?;
            page(&visit, None, Some(&sent), None).await
        }
    }
}

/// To the page of an entry that is in public, or back to the form.
async fn goes_on(visit: &Visit, id: ChangelogId, done: &str) -> PageResult {
    let entry = changelog::by_id(visit.forum().read(), &visit.actor, id, visit.forum().now()).await?;
    let path = if entry.state.is_public() { path_of(id, &entry.slug()) } else { format!("/changelog/{id}/edit") };
    let is_new = entry.state.is_public() && done == done!("changelog-saved");
    let done = if is_new { done!("changelog-published") } else { done };
    Ok(see_other(&format!("{path}?done={done}")))
}

/// The entry that is changed, for those who may.
async fn editable(visit: &Visit, id: &str) -> Result<Entry, Error> {
    visit.require_staff()?;
    changelog::by_id(visit.forum().read(), &visit.actor, entry_id(id)?, visit.now).await
}

pub(super) async fn edit_form(visit: Visit, Path(id): Path<String>) -> PageResult {
    let entry = editable(&visit, &id).await?;
    page(&visit, Some(&entry), None, None).await
}

/// As [`create`].
pub(super) async fn save(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let entry = editable(&visit, &id).await?;
    if typed.get("act") == "preview" {
        let html = visit.forum().preview(typed.get("body")).await?;
        return page(&visit, Some(&entry), Some(&Sent::unread(KEY, typed)), Some(html)).await;
    }
    let edit = Edit {
        category: Some(typed.text("category")),
        title: Some(typed.text("title")),
        body: Some(typed.text("body")),
        posts: Some(posts_of(&typed)),
        for_all: Some(typed.has("for_all")),
        reason: Some(typed.text("reason")),
        version: typed.get("version").parse().ok(),
        typed_in: Some(visit.language()),
    };
    let at = (typed.get("act") == "publish").then(|| typed.text("published_at"));
    let change = async |tx: &mut Tx| {
        changelog::edit(tx, entry.id, &edit).await?;
        if let Some(at) = &at {
            changelog::publish(tx, entry.id, Some(at), None).await?;
        }
        Ok(())
    };
    let forum = visit.forum().with_markdown(typed.get("body")).await?;
    match forum.write(&visit.actor, change).await {
        Ok(()) if entry.state.is_public() => goes_on(&visit, entry.id, done!("changelog-was-corrected")).await,
        Ok(()) => goes_on(&visit, entry.id, done!("changelog-saved")).await,
        Err(error) => {
            let sent = Sent::refused(&visit, KEY, typed, error)?;
            let entry = editable(&visit, &id).await?;
            page(&visit, Some(&entry), Some(&sent), None).await
        }
    }
}

/// Makes a draft again of what was to be published.
pub(super) async fn recall(visit: Visit, Path(id): Path<String>) -> PageResult {
    let entry = editable(&visit, &id).await?;
    visit.forum().write(&visit.actor, async |tx| changelog::recall(tx, entry.id).await).await?;
    Ok(see_other(&format!("/changelog/{}/edit?done={}", entry.id, done!("changelog-recalled"))))
}

/// Throws a draft away.
pub(super) async fn discard(visit: Visit, Path(id): Path<String>) -> PageResult {
    let entry = editable(&visit, &id).await?;
    visit.forum().write(&visit.actor, async |tx| changelog::discard(tx, entry.id).await).await?;
    Ok(see_other(&format!("/changelog/drafts?done={}", done!("changelog-discarded"))))
}

/// Withdraws what was published.
pub(super) async fn withdraw(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let entry = editable(&visit, &id).await?;
    let reason = typed.text("reason");
    match visit.forum().write(&visit.actor, async |tx| changelog::withdraw(tx, entry.id, &reason).await).await {
        Ok(entry) => Ok(see_other(&format!("{}?done={}", path_of(entry.id, &entry.slug()), done!("changelog-withdrawn")))),
        Err(error) => {
            let sent = Sent::refused(&visit, WITHDRAW, typed, error)?;
            page(&visit, Some(&entry), Some(&sent), None).await
        }
    }
}

async fn page(visit: &Visit, entry: Option<&Entry>, sent: Option<&Sent>, preview: Option<String>) -> PageResult {
    let offered = changelog::proposals(visit.forum().read(), &visit.actor, OFFERED).await?;
    Ok(render(visit, entry, sent, preview, &offered))
}

fn render(visit: &Visit, entry: Option<&Entry>, sent: Option<&Sent>, preview: Option<String>, offered: &[Linked]) -> Response {
    let words = visit.words;
    let state = entry.map_or(State::Draft, |entry| entry.state);
    let title = match state {
        State::Draft if entry.is_none() => t!(words, "changelog-write"),
        State::Draft | State::Scheduled => t!(words, "changelog-edit"),
        State::Published | State::Withdrawn => t!(words, "changelog-correct"),
    };
    let action = entry.map_or_else(|| "/changelog/new".to_owned(), |entry| format!("/changelog/{}/edit", entry.id));
    let sheet = Sheet::plain(visit, KEY, sent);
    let head = Head::titled(title.clone()).with_form(sent);
    respond(visit, head, || {
        let version = entry.map(|entry| view! { <input type="hidden" name="version" value=entry.version.to_string() /> });
        let changed = entry.and_then(|entry| difference(visit, &sheet, &entry.body, &entry.language));
        let lede = match state {
            State::Published | State::Withdrawn => t!(words, "changelog-correct-lede"),
            State::Draft | State::Scheduled => t!(words, "changelog-write-lede"),
        };
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    <form class="form" method="post" novalidate=true action=action>
                        // Enter in a field presses the first button of a form: it has to be this one, not the preview
                        <button class="sr" tabindex="-1" aria-hidden="true"></button>
                        {sheet.summary()}
                        <header class="stack gap-2">
                            <p class="meta"><a href="/changelog/drafts">{t!(words, "changelog-drafts")}</a></p>
                            <h1 class="h-page">{title}</h1>
                            <p class="lede">{lede}</p>
                            {entry.map(|entry| meta(visit, entry))}
                        </header>
                        {version}
                        {text(visit, &sheet, entry, changed, preview)}
                        {posts(visit, &sheet, entry, offered)}
                        {buttons(visit, &sheet, entry, state)}
                    </form>
                    {entry.map(|entry| ends(visit, entry, state, sent))}
                </div>
            </div>
        }
    })
}

/// What sort of news it is, the title and the text.
fn text<V: IntoView + 'static>(
    visit: &Visit,
    sheet: &Sheet<'_>,
    entry: Option<&Entry>,
    changed: V,
    preview: Option<String>,
) -> impl IntoView + use<V> {
    let words = visit.words;
    let options = std::iter::once((String::new(), t!(words, "changelog-category-choose")))
        .chain(Category::ALL.into_iter().map(|one| (one.as_str().to_owned(), words.name(names::CHANGELOG, one))))
        .collect();
    let category = sheet.choice(Choice {
        name: "category",
        label: t!(words, "changelog-category"),
        options,
        value: entry.map_or("", |entry| entry.category.as_str()),
        need: Need::Always,
        ..Choice::default()
    });
    let title = sheet.line(Line {
        name: "title",
        label: t!(words, "changelog-field-title"),
        value: entry.map_or("", |entry| &entry.title),
        need: Need::Always,
        min: Some(TITLE_MIN),
        max: Some(TITLE_MAX),
        ..Line::default()
    });
    let body = entry.map_or("", |entry| &entry.body);
    view! {
        {category}
        {title}
        {changed}
        {body_field(visit, sheet, (t!(words, "changelog-field-body"), t!(words, "changelog-field-body-hint")), body, preview)}
    }
}

/// The posts that asked for it: by their numbers, and those that were delivered and stand in no entry yet.
fn posts(visit: &Visit, sheet: &Sheet<'_>, entry: Option<&Entry>, offered: &[Linked]) -> impl IntoView + use<> {
    let words = visit.words;
    let named =
        entry.map(|entry| entry.links.iter().map(|post| format!("#{post}")).collect::<Vec<_>>().join(", ")).unwrap_or_default();
    let posts = sheet.line(Line {
        name: "posts",
        label: t!(words, "changelog-field-posts"),
        hint: Some(t!(words, "changelog-field-posts-hint")),
        value: &named,
        max: Some(500),
        ..Line::default()
    });
    let boxes: Vec<_> =
        offered.iter().map(|post| (format!("{OFFER}{}", post.id), format!("#{} {}", post.id, post.title), false)).collect();
    let offers = (!boxes.is_empty())
        .then(|| sheet.ticks("offers", t!(words, "changelog-untold"), Some(t!(words, "changelog-offers-hint")), boxes));
    let for_all = sheet.tick("for_all", t!(words, "changelog-for-all"), entry.is_some_and(|entry| entry.for_all));
    view! {
        {posts}
        {offers}
        <div class="field">{for_all}<p class="hint">{t!(words, "changelog-for-all-hint")}</p>{sheet.error_of("for_all")}</div>
    }
}

fn buttons(visit: &Visit, sheet: &Sheet<'_>, entry: Option<&Entry>, state: State) -> AnyView {
    let words = visit.words;
    if state.is_public() {
        let reason = sheet.area(Area {
            name: "reason",
            label: t!(words, "changelog-reason"),
            hint: Some(t!(words, "edit-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 3,
            ..Area::default()
        });
        let back = entry.map(|entry| path_of(entry.id, &entry.slug()));
        return view! {
            {reason}
            <div class="cluster">
                <button class="btn btn--primary btn--lg">{t!(words, "changelog-correct-go")}</button>
                <a class="btn btn--lg" href=back>{t!(words, "edit-cancel")}</a>
            </div>
        }
        .into_any();
    }
    let at = entry.filter(|_| state == State::Scheduled).and_then(|entry| entry.published_at);
    let at = at.map(|at| visit.local(at).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    let date = sheet.line(Line {
        name: "published_at",
        label: t!(words, "changelog-published-at"),
        hint: Some(t!(words, "changelog-published-at-hint", zone = visit.site.time_zone.name())),
        kind: "datetime-local",
        value: &at,
        ..Line::default()
    });
    view! {
        {date}
        <div class="cluster">
            <button class="btn btn--primary btn--lg" name="act" value="publish">{t!(words, "changelog-publish")}</button>
            <button class="btn btn--lg">{t!(words, "changelog-save")}</button>
        </div>
    }
    .into_any()
}

/// What else can become of an entry.
fn ends(visit: &Visit, entry: &Entry, state: State, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let id = entry.id;
    match state {
        State::Withdrawn => ().into_any(),
        State::Published => {
            let sheet = Sheet::new(visit, WITHDRAW, sent);
            let reason = sheet.area(Area {
                name: "reason",
                label: t!(words, "changelog-withdraw-reason"),
                hint: Some(t!(words, "edit-reason-hint")),
                need: Need::Always,
                min: Some(10),
                max: Some(500),
                rows: 3,
                ..Area::default()
            });
            view! {
                <details class="act" id=sheet.anchor() open=sheet.is_back()>
                    <summary>{icon(visit, "s-withdrawn")}<span>{t!(words, "changelog-withdraw")}</span></summary>
                    <div class="act__in">
                        <form class="stack" method="post" novalidate=true action=format!("/changelog/{id}/withdraw#{}", sheet.anchor())>
                            {sheet.summary()}
                            <p class="ink-2">{t!(words, "changelog-withdraw-text")}</p>
                            {reason}
                            <div><button class="btn">{t!(words, "changelog-withdraw")}</button></div>
                        </form>
                    </div>
                </details>
            }
            .into_any()
        }
        State::Draft | State::Scheduled => {
            let recall = (state == State::Scheduled).then(|| {
                view! {
                    <form method="post" novalidate=true action=format!("/changelog/{id}/recall")>
                        <button class="btn btn--sm">{t!(words, "changelog-recall")}</button>
                    </form>
                }
            });
            view! {
                <div class="cluster">
                    {recall}
                    <form method="post" novalidate=true action=format!("/changelog/{id}/discard")>
                        <button class="btn btn--sm btn--quiet">{icon(visit, "trash")}{t!(words, "changelog-discard")}</button>
                    </form>
                </div>
            }
            .into_any()
        }
    }
}
