//! Comments in their threads. What its author took back leaves a marker; staff speak with a mark of their own.

use forum::{
    comment::{BODY_MAX, Comment, Thread},
    id::CommentId,
    post::PostRow,
};
use leptos::prelude::*;

use super::{
    confirm,
    form::{Area, Need, Sent, Sheet},
    icon,
    text::markdown,
    vote, when,
    who::{Size, public_avatar, public_link, public_name},
};
use crate::{t, web::Visit};

/// Replies stand further in down to this depth; deeper ones stand level and say whom they reply to.
const DEEPEST: usize = 2;

/// The form for a comment, or for a reply to one.
pub fn key_of(parent: Option<CommentId>) -> String {
    parent.map_or_else(|| "comment".to_owned(), |parent| format!("reply-{parent}"))
}

/// The threads under a post.
pub fn comments(visit: &Visit, post: &PostRow, threads: &[Thread], sent: Option<&Sent>) -> impl IntoView + use<> {
    let items = threads.iter().map(|thread| one(visit, post, thread, 0, sent)).collect_view();
    view! { <ol class="comments">{items}</ol> }
}

/// A comment with the replies to it.
fn one(visit: &Visit, post: &PostRow, thread: &Thread, depth: usize, sent: Option<&Sent>) -> AnyView {
    let comment = &thread.comment;
    let kids = if thread.replies.is_empty() {
        None
    } else if depth < DEEPEST {
        let items = thread.replies.iter().map(|reply| one(visit, post, reply, depth + 1, sent)).collect_view();
        Some(view! { <ol class="comment__kids">{items}</ol> }.into_any())
    } else {
        // a conversation between two people can go on for ever; the page can't get narrower for ever
        Some(view! { <ol class="comment__kids">{level(visit, post, thread, sent).collect_view()}</ol> }.into_any())
    };
    item(visit, post, comment, None, kids, sent)
}

/// Everything below a comment, in one list.
fn level(visit: &Visit, post: &PostRow, thread: &Thread, sent: Option<&Sent>) -> Vec<AnyView> {
    let mut all: Vec<(&Comment, &Comment)> = Vec::new();
    let mut open: Vec<&Thread> = vec![thread];
    while let Some(next) = open.pop() {
        for reply in &next.replies {
            all.push((&next.comment, &reply.comment));
            open.push(reply);
        }
    }
    all.sort_by_key(|(_, comment)| comment.id);
    all.into_iter().map(|(above, comment)| item(visit, post, comment, Some(above), None, sent)).collect()
}

fn item(
    visit: &Visit,
    post: &PostRow,
    comment: &Comment,
    above: Option<&Comment>,
    kids: Option<AnyView>,
    sent: Option<&Sent>,
) -> AnyView {
    let words = visit.words;
    let id = format!("comment-{}", comment.id);
    if comment.removed_at.is_some() {
        let gone = t!(words, "comment-removed");
        let when = comment.removed_at.map(|at| when::day(visit, at));
        return view! {
            <li id=id>
                <div class="tombstone">
                    <p class="tombstone__h">{icon(visit, "trash")}<span>{gone}" "{when}</span></p>
                </div>
                {kids}
            </li>
        }
        .into_any();
    }
    let staff = comment.author.role.is_staff();
    let name = public_link(visit, &comment.author);
    let official = staff.then(|| view! { <span class="official">{icon(visit, "answered")}{t!(words, "comment-official")}</span> });
    let edited = comment.edited_at.map(|_| {
        view! { <span>"· "<a href=format!("/comments/{}/versions", comment.id)>{t!(words, "comment-edited")}</a></span> }
    });
    let reply_to = above.map(|above| {
        let who = if above.removed_at.is_some() { t!(words, "comment-of-nobody") } else { public_name(visit, &above.author) };
        view! { <span><a href=format!("#comment-{}", above.id)>{t!(words, "comment-reply-to", who = who)}</a></span> }
    });
    view! {
        <li class=if staff { "comment comment--official" } else { "comment" } id=id.clone()>
            {public_avatar(visit, &comment.author, Size::Md)}
            <div class="comment__body">
                <p class="comment__head">
                    <b>{name}</b>
                    {official}
                    {reply_to}
                    <span><a href=format!("#{id}")>{when::moment(visit, comment.created_at)}</a></span>
                    {edited}
                </p>
                <div class="comment__text">{markdown(&comment.body_html, &comment.language)}</div>
                {acts(visit, post, comment, sent)}
            </div>
            {kids}
        </li>
    }
    .into_any()
}

/// Reply; and to one's own comment, edit and take back.
fn acts(visit: &Visit, post: &PostRow, comment: &Comment, sent: Option<&Sent>) -> Option<AnyView> {
    let words = visit.words;
    let account = visit.account.as_ref()?;
    let key = key_of(Some(comment.id));
    let sheet = Sheet::plain(visit, &key, sent);
    let field = sheet.area(Area {
        name: "body",
        label: t!(words, "comment-reply-label", who = public_name(visit, &comment.author)),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 3,
        aside: Some(key.clone()),
        ..Area::default()
    });
    let own = (comment.author.id == account.id).then(|| {
        view! {
            <a class="btn btn--quiet btn--sm" href=format!("/comments/{}/edit", comment.id)>{t!(words, "comment-edit")}</a>
            <details class="reply">
                <summary class="btn btn--quiet btn--sm">{t!(words, "comment-remove")}</summary>
                <form class="stack gap-3" method="post" action=format!("/comments/{}/remove", comment.id)>
                    <p class="sm">{t!(words, "comment-remove-text")}</p>
                    <div class="cluster"><button class="btn btn--danger">{t!(words, "comment-remove-yes")}</button></div>
                </form>
            </details>
        }
    });
    Some(
        view! {
            <div class="comment__act">
                <details class="reply" open=sheet.is_refused()>
                    <summary class="btn btn--quiet btn--sm">{t!(words, "comment-reply")}</summary>
                    <form class="stack gap-3" method="post" action=format!("/p/{}/comments", post.id)>
                        <input type="hidden" name="parent" value=comment.id.to_string() />
                        {field}
                        <div class="cluster"><button class="btn btn--primary">{t!(words, "comment-reply-post")}</button></div>
                    </form>
                </details>
                {own}
            </div>
        }
        .into_any(),
    )
}

/// The form for a new comment, or the way to sign in.
pub fn comment_form(visit: &Visit, post: &PostRow, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    if visit.account.is_none() {
        let href = super::shell::sign_in_path(visit);
        return view! {
            <p class="panel panel--sunken">{t!(words, "comment-sign-in")}" "<a href=href>{t!(words, "nav-sign-in")}</a></p>
        }
        .into_any();
    }
    // only one text of the page can be called what the errors lead to
    let elsewhere = sent.is_some_and(|sent| ![vote::KEY, confirm::KEY].contains(&sent.key()));
    let field = Sheet::plain(visit, &key_of(None), sent).area(Area {
        name: "body",
        label: t!(words, "comment-label"),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 4,
        placeholder: Some(t!(words, "comment-placeholder")),
        aside: elsewhere.then(|| "comment-body".to_owned()),
        ..Area::default()
    });
    view! {
        <form class="stack gap-3" id="comment-form" method="post" action=format!("/p/{}/comments", post.id)>
            {field}
            <div class="cluster">
                <button class="btn btn--primary">{t!(words, "comment-post")}</button>
                <a class="sm" href="/rules">{t!(words, "foot-rules")}</a>
            </div>
        </form>
    }
    .into_any()
}
