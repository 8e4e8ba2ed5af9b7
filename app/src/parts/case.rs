//! Posts that are one matter: the note on top of a member, and what the head says of all of them.

use forum::{
    case::{Case, Member, Part},
    id::PostId,
};
use leptos::prelude::*;

use super::{
    icon,
    text::tag_of,
    when,
    who::{name, owner_name},
};
use crate::{t, web::Visit};

/// The number of a post, as people call it.
pub fn number(visit: &Visit, post: PostId) -> String {
    t!(visit.words, "case-number", number = post.0)
}

/// The address of a post of a case.
pub fn part_path(part: &Part) -> String {
    format!("/p/{}/{}", part.id, part.slug)
}

/// A post by its number and title, with its address.
fn title(visit: &Visit, part: &Part) -> impl IntoView + use<> {
    view! {
        <a href=part_path(part)>
            {number(visit, part.id)}" "
            {called(visit, part)}
        </a>
    }
}

/// The title of a post, or in its place that it is hidden.
fn called(visit: &Visit, part: &Part) -> AnyView {
    match &part.hidden {
        None => view! { <span dir="auto" lang=part.language.clone()>{part.title.clone()}</span> }.into_any(),
        Some(marker) => view! { <span>{t!(visit.words, "row-hidden", rule = i64::from(marker.rule))}</span> }.into_any(),
    }
}

/// Under which rule, why, by whom and when a post was merged.
fn why(visit: &Visit, member: &Member) -> impl IntoView + use<> {
    let words = visit.words;
    let rule = member
        .rule
        .map(|rule| view! { <a href=format!("/rules#rule-{rule}")>{t!(words, "case-rule", rule = i64::from(rule))}</a> });
    let by = member.by.as_ref().map(|by| view! { ", "{name(owner_name(visit, by))} });
    let at = member.at.map(|at| view! { ", "{when::day(visit, at)} });
    let reason = member.reason.clone().map(|reason| {
        let lang = tag_of(visit, &reason);
        view! { <p class="quoted" dir="auto" lang=lang>{reason}</p> }
    });
    view! { <p class="meta">{t!(words, "case-why")}" "{rule}{by}{at}</p>{reason} }
}

/// On top of a member: where the answers are, and why.
pub fn note(visit: &Visit, case: &Case, post: PostId) -> Option<impl IntoView + use<>> {
    let member = case.member(post)?;
    let words = visit.words;
    let head = number(visit, case.head.id);
    Some(view! {
        <section class="banner" id="case" aria-labelledby="case-title">
            {icon(visit, "case")}
            <div class="stack gap-2">
                <h2 class="banner__h" id="case-title">{t!(words, "case-note-title", number = head.as_str())}</h2>
                <p class="banner__t">{title(visit, &case.head)}</p>
                <p class="banner__t">{t!(words, "case-note-text")}" "{t!(words, "case-note-rest", number = head.as_str())}</p>
                {why(visit, member)}
            </div>
            <div class="banner__act"><a class="btn" href=part_path(&case.head)>{t!(words, "case-note-go", number = head.as_str())}</a></div>
        </section>
    })
}

/// At the head: how many people are for the matter, and the posts that are of it.
pub fn matter(visit: &Visit, case: &Case, post: PostId) -> Option<impl IntoView + use<>> {
    if case.head.id != post {
        return None;
    }
    let words = visit.words;
    let posts = i64::try_from(case.size()).unwrap_or(i64::MAX);
    let people =
        t!(words, "case-people", n = case.support_count, count = words.number(case.support_count), posts = words.number(posts));
    let members = case.members.iter().map(|member| view! { <li class="case__item">{one(visit, member)}</li> }).collect_view();
    Some(view! {
        <section class="case" id="case" aria-labelledby="case-title">
            <header>
                <h2 id="case-title">{icon(visit, "case")}{t!(words, "case-title")}</h2>
                <span><b>{people}</b>" "{t!(words, "case-people-hint")}</span>
            </header>
            <ol>{members}</ol>
        </section>
    })
}

fn one(visit: &Visit, member: &Member) -> impl IntoView + use<> {
    let words = visit.words;
    let part = &member.post;
    let counts = t!(words, "case-member-counts", comments = part.comment_count, support = words.number(part.support_count));
    view! {
        <details id=format!("member-{}", part.id)>
            <summary>
                <span>
                    <span class="num">{number(visit, part.id)}</span>" "
                    {called(visit, part)}
                </span>
                <span class="meta">{counts}</span>
                {icon(visit, "chev")}
            </summary>
            <div class="case__text stack gap-2">
                {part.hidden.is_none().then(|| view! { <p dir="auto" lang=part.language.clone()>{part.excerpt.clone()}</p> })}
                {why(visit, member)}
                <p><a href=part_path(part)>{t!(words, "case-member-open")}</a></p>
            </div>
        </details>
    }
}
