//! Who is there and what they may do: everybody with an account, and colleagues who are invited.

mod invitations;
mod one;

use axum::{Router, extract::Query, response::Response, routing::get};
use forum::{
    actor::Role,
    invitation,
    roster::{self, Entry, Search},
};
use leptos::prelude::*;

pub(in crate::pages::admin) use invitations::roles;

use super::{admin, page};
use crate::{
    i18n::names,
    parts::{
        form::{Sent, Typed},
        pager::pager,
        when,
    },
    t,
    web::{Failure, PageResult, Visit, Web},
};

const HERE: &str = "/admin/people";
/// People of one page.
const SIZE: u64 = 50;
/// Characters of a search, at most.
const LONGEST_SEARCH: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/people", get(show)).merge(invitations::routes()).merge(one::routes())
}

async fn show(visit: Visit, Query(asked): Query<Typed>) -> PageResult {
    admin(&visit)?;
    render(&visit, &asked, None).await
}

async fn render(visit: &Visit, asked: &Typed, refused: Option<&Sent>) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let q: String = asked.get("q").chars().take(LONGEST_SEARCH).collect();
    let search = Search { q, role: Role::parse(asked.get("role")).ok() };
    let from = asked.get("from").parse().unwrap_or(0_u64).min(10_000_000);
    let (people, total) = roster::list(db, &visit.actor, &search, from, SIZE).await?;
    let invited = invitation::open(db, &visit.actor, visit.now).await?;
    Ok(page(visit, HERE, refused, || {
        view! {
            {finder(visit, &search)}
            {listed(visit, &search, &people, from, total)}
            {invitations::section(visit, &invited, refused)}
        }
        .into_any()
    }))
}

fn finder(visit: &Visit, search: &Search) -> impl IntoView + use<> {
    let words = visit.words;
    let chosen = search.role;
    let roles = Role::ALL
        .into_iter()
        .map(|role| view! { <option value=role.as_str() selected=chosen == Some(role)>{words.name(names::ROLE, role)}</option> })
        .collect_view();
    view! {
        <form class="cluster" role="search" method="get" action=HERE>
            <label class="sr" for="q">{t!(words, "admin-people-find")}</label>
            <input class="input narrow" id="q" name="q" type="search" dir="auto" maxlength=LONGEST_SEARCH value=search.q.clone() placeholder=t!(words, "admin-people-find") />
            <label class="sr" for="role">{t!(words, "admin-people-role")}</label>
            <select class="select narrow" id="role" name="role"><option value="">{t!(words, "admin-people-all")}</option>{roles}</select>
            <button class="btn">{t!(words, "search-go")}</button>
        </form>
    }
}

/// The address of this list from somebody on.
fn path(search: &Search, from: u64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let from = from.to_string();
    let role = search.role.map_or("", Role::as_str);
    for (name, value) in [("q", search.q.as_str()), ("role", role), ("from", if from == "0" { "" } else { &from })] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { HERE.to_owned() } else { format!("{HERE}?{query}") }
}

fn listed(visit: &Visit, search: &Search, people: &[Entry], from: u64, total: i64) -> AnyView {
    let words = visit.words;
    if people.is_empty() {
        return view! { <p class="mt-4 ink-2">{t!(words, "admin-people-none")}</p> }.into_any();
    }
    let rows = people.iter().map(|entry| row(visit, entry)).collect_view();
    let newer = (from > 0).then(|| path(search, from.saturating_sub(SIZE)));
    let more = i64::try_from(from + SIZE).is_ok_and(|shown| shown < total);
    let older = more.then(|| path(search, from + SIZE));
    let count = t!(words, "admin-people-total", n = total, count = words.number(total));
    view! {
        <div class="tablebox mt-4">
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(words, "admin-name")}</th>
                        <th scope="col">{t!(words, "field-email")}</th>
                        <th scope="col">{t!(words, "admin-people-role")}</th>
                        <th scope="col">{t!(words, "admin-people-seen")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {if newer.is_some() || older.is_some() {
            pager(visit, newer, older, count).into_any()
        } else {
            view! { <p class="mt-4 meta">{count}</p> }.into_any()
        }}
    }
    .into_any()
}

fn row(visit: &Visit, entry: &Entry) -> impl IntoView + use<> {
    let words = visit.words;
    let account = &entry.account;
    let email = account.email.as_deref().map_or_else(|| t!(words, "admin-people-no-email"), forum::person::shown_email);
    let unverified = (!account.verified).then(|| view! { <br /><span class="warn">{t!(words, "settings-not-verified")}</span> });
    let unreached = account.unreached.as_ref().map(|unreached| {
        view! { <br /><span class="warn">{t!(words, "admin-people-unreached")}" "{when::day(visit, unreached.since)}</span> }
    });
    let seen = match entry.seen_at {
        Some(at) => when::day(visit, at).into_any(),
        None => view! { <span class="muted">{t!(words, "admin-people-not-seen")}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a href=format!("{HERE}/{}", account.id)><bdi>{account.name.clone()}</bdi></a></th>
            <td data-l=t!(words, "field-email")><span class="wrap-any">{email}{unverified}{unreached}</span></td>
            <td data-l=t!(words, "admin-people-role")>{words.name(names::ROLE, account.role)}</td>
            <td data-l=t!(words, "admin-people-seen")>{seen}</td>
        </tr>
    }
}
