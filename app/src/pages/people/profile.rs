//! Somebody, as everybody sees them: name, what they do for the company, and what they posted.

use axum::{
    Router,
    extract::{Path, Query},
    routing::get,
};
use forum::{
    Error, answer,
    follow::{self, Subject},
    person::{self, Person},
    post::{self, Filter, Sort},
    site::OwnerShown,
};
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    parts::{
        Head, Place,
        follow::follow_button,
        icon,
        pager::pager,
        post_row::{my_stance, rows},
        respond,
        who::{Size, avatar},
    },
    t,
    web::{PageResult, Visit, Web},
};

/// Posts of one page.
const PAGE: u64 = 20;

/// `/u/{handle}`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/u/{handle}", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
}

async fn show(visit: Visit, Path(handle): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let db = visit.forum().read();
    let account = person::by_handle(db, &handle).await?.ok_or(Error::NotFound)?;
    let filter = Filter { sort: Sort::New, author: Some(account.id), ..Filter::default() };
    let list = post::list(db, &visit.actor, &filter, asked.cursor.as_deref(), PAGE, visit.now).await?;
    let answers = answer::latest_of(db, &list.items.iter().map(|p| p.id).collect::<Vec<_>>()).await?;

    // what they do for the company is followed where the site says who does it
    let is_me = visit.account.as_ref().is_some_and(|me| me.id == account.id);
    let staff = account.standing().is_staff();
    let followed = if staff && !is_me && visit.site.owner_shown == OwnerShown::Name {
        let subject = Subject::Person(account.id);
        Some((subject, follow::is(db, &visit.actor, subject).await?))
    } else {
        None
    };

    let words = visit.words;
    let since = words.date(visit.local(account.created_at).date_naive());
    let person = Person::from(account);
    let path = format!("/u/{}", person.handle);
    let total = t!(words, "me-total", n = list.total, shown = words.number(list.total));
    let what = match &person.title {
        Some(title) if staff => t!(words, "profile-staff", title = title.as_str(), site = visit.site.name.as_str()),
        _ if staff => t!(words, "profile-team", site = visit.site.name.as_str()),
        _ => t!(words, "role-member"),
    };
    let description = format!("{}: {what}. {total}.", person.name);
    let head =
        Head::titled(person.name.clone()).at(if is_me { Place::Me } else { Place::Elsewhere }).public(path.clone(), description);
    Ok(respond(&visit, head, || {
        let link = |cursor: String| format!("{path}?cursor={cursor}");
        let posts = if list.items.is_empty() {
            view! { <div class="empty">{icon(&visit, "idea")}<p>{t!(words, "profile-none")}</p></div> }.into_any()
        } else {
            let around = (list.newer.is_some() || list.older.is_some())
                .then(|| pager(&visit, list.newer.map(link), list.older.map(link), total.clone()));
            view! { {rows(&visit, &list.items, &answers, Some(&my_stance), None)}{around} }.into_any()
        };
        view! {
            <div class="wrap page">
                <header class="me__head">
                    {avatar(&person, Size::Lg)}
                    <div class="stack gap-1">
                        <h1 class="h-page" dir="auto">{person.name.clone()}</h1>
                        <p class="meta">{what}", "{t!(words, "me-since", date = since)}</p>
                        <p class="meta"><code>"@"{person.handle.clone()}</code></p>
                    </div>
                    {(visit.is_staff() && !staff).then(|| view! { <a class="btn btn--quiet btn--sm me__out" href=format!("/u/{}/moderate", person.handle)>{t!(words, "moderate")}</a> })}
                    {followed.and_then(|(subject, follows)| follow_button(&visit, subject, follows, &path))
                        .map(|form| view! { <div class="me__out">{form}</div> })}
                    {is_me.then(|| view! { <a class="btn btn--sm me__out" href="/me">{t!(words, "nav-me")}</a> })}
                </header>
                <section class="section">
                    <div class="section__head">
                        <h2 class="h-section">{t!(words, "profile-posts")}</h2>
                        <span class="meta">{total.clone()}</span>
                    </div>
                    {posts}
                </section>
            </div>
        }
    }))
}
