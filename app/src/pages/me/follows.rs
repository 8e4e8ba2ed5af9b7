//! What I follow, and how to follow or stop: one form for every page.

use axum::{
    Form, Router,
    extract::Query,
    routing::{get, post},
};
use forum::{
    Error,
    follow::{self, Followed, Sort, Subject, Unasked},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{PAGE, page};
use crate::{
    parts::{form, icon, pager::pager, text::tag_of},
    t,
    web::{PageResult, Visit, Web, local_path, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/follows", get(show).post(set)).route("/me/follows/unasked", post(choose))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
}

/// `follow` is `yes` or `no`; `back` is the page that it was sent from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    subject: String,
    id: String,
    follow: String,
    back: String,
}

async fn set(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let sort = Sort::parse(&typed.subject).map_err(|_| Error::NotFound)?;
    let subject = Subject::parse(sort, &typed.id).ok_or(Error::NotFound)?;
    let set = visit.forum().write_aside(&visit.actor, async |tx| match typed.follow.as_str() {
        "no" => follow::stop(tx, subject).await,
        _ => follow::start(tx, subject).await,
    });
    set.await?;
    // what can't stand in a header was not written by a page of ours
    let back = if typed.back.is_ascii() && !typed.back.is_empty() { local_path(&typed.back) } else { "/me/follows" };
    Ok(see_other(back))
}

/// What they follow without asking; a box that is not ticked is not there.
async fn choose(visit: Visit, Form(typed): Form<form::Typed>) -> PageResult {
    visit.require_account()?;
    let [supported, commented] = ["supported", "commented"].map(|name| Some(typed.has(name)));
    visit.forum().write_aside(&visit.actor, async |tx| follow::choose(tx, supported, commented).await).await?;
    Ok(see_other("/me/follows?done=saved"))
}

/// The page of something that is followed.
pub fn path_of(item: &Followed) -> String {
    match (item.subject, item.slug.as_deref()) {
        (Subject::Post(id), slug) => format!("/p/{id}/{}", slug.unwrap_or_default()),
        (Subject::Board(_), slug) => format!("/?board={}", slug.unwrap_or_default()),
        (Subject::Promise(id), _) => format!("/promises/{id}"),
        (Subject::Tag(_), slug) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("tag", slug.unwrap_or_default()).finish();
            format!("/?{query}")
        }
        (Subject::Person(_), slug) => format!("/u/{}", slug.unwrap_or_default()),
    }
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let account = visit.require_account()?;
    let cursor = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let mut items = follow::list(visit.forum().read(), &visit.actor, cursor, PAGE).await?;
    let unasked = follow::unasked(visit.forum().read(), &visit.actor).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let older = items.last().filter(|_| more).map(|last| format!("/me/follows?cursor={}", follow::cursor(last)));
    let words = visit.words;
    Ok(page(&visit, account, "/me/follows", None, || {
        let list = if items.is_empty() {
            view! {
                <div class="empty">
                    {icon(&visit, "bell")}
                    <h3>{t!(words, "me-follows-none")}</h3>
                    <p>{t!(words, "me-follows-none-text")}</p>
                </div>
            }
            .into_any()
        } else {
            let items = items.iter().map(|item| row(&visit, item)).collect_view();
            let first = cursor.map(|_| "/me/follows".to_owned());
            view! { <ol class="rows">{items}</ol> {(first.is_some() || older.is_some()).then(|| pager(&visit, first, older, String::new()))} }.into_any()
        };
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-follows")}</h2>
                <p class="ink-2 measure">{t!(words, "me-follows-text")}</p>
                {list}
            </section>
            {unasked_form(&visit, unasked)}
        }
    }))
}

/// The form in which one says what one follows without asking.
fn unasked_form(visit: &Visit, unasked: Unasked) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = form::Sheet::plain(visit, "unasked", None);
    view! {
        <section class="section narrow" aria-labelledby="unasked-title">
            <h2 class="h-section" id="unasked-title">{t!(words, "me-follows-unasked")}</h2>
            <form class="stack" method="post" novalidate=true action="/me/follows/unasked">
                {sheet.tick("supported", t!(words, "me-follows-supported"), unasked.supported)}
                {sheet.tick("commented", t!(words, "me-follows-commented"), unasked.commented)}
                <div><button class="btn">{t!(words, "settings-save")}</button></div>
            </form>
        </section>
    }
}

fn row(visit: &Visit, item: &Followed) -> impl IntoView + use<> {
    let words = visit.words;
    let sort = match item.subject.sort() {
        Sort::Post => t!(words, "me-follows-post"),
        Sort::Board => t!(words, "me-follows-board"),
        Sort::Promise => t!(words, "me-follows-promise"),
        Sort::Tag => t!(words, "me-follows-tag"),
        Sort::Person => t!(words, "me-follows-person"),
    };
    let title = match item.called(visit.language()) {
        "" => t!(words, "me-follows-hidden"),
        title => title.to_owned(),
    };
    let since = t!(words, "me-follows-since", date = words.date(visit.local(item.since).date_naive()));
    let label = t!(words, "follow-stop-named", title = title.as_str());
    let lang = tag_of(visit, &title);
    view! {
        <li class="row row--plain">
            <div class="row__body">
                <p class="meta">{sort}", "{since}</p>
                <h3 class="row__title" dir="auto" lang=lang><a href=path_of(item)>{title}</a></h3>
                <form class="row__foot" method="post" novalidate=true action="/me/follows">
                    <input type="hidden" name="subject" value=item.subject.sort().as_str() />
                    <input type="hidden" name="id" value=item.subject.key() />
                    <input type="hidden" name="follow" value="no" />
                    <button class="btn btn--sm" aria-label=label>{t!(words, "follow-stop")}</button>
                </form>
            </div>
        </li>
    }
}
