//! Comments in their threads. What its author took back leaves a marker; staff speak with a mark of their own.

use std::collections::HashSet;

use forum::{
    attachment,
    comment::{BODY_MAX, Comment, Thread},
    id::{CommentId, PersonId},
    person::Person,
    post::PostRow,
    site::OwnerShown,
};
use leptos::prelude::*;

use super::{
    case, confirm,
    files::files,
    form::{Area, MULTIPART, Need, Sent, Sheet},
    icon,
    marker::{self, Looker, hidden},
    text::markdown,
    vote, when,
    who::{Size, name, public_avatar, public_link, public_name},
};
use crate::{t, web::Visit};

/// Replies stand further in down to this depth; deeper ones stand level and say whom they reply to.
const DEEPEST: usize = 2;
/// People who are named at the form for a comment, at most.
const MOST_CALLEES: usize = 20;

/// The form for a comment, or for a reply to one.
pub fn key_of(parent: Option<CommentId>) -> String {
    parent.map_or_else(|| "comment".to_owned(), |parent| format!("reply-{parent}"))
}

/// Who reads comments: all of the reader that they depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// A visitor.
    Visitor,
    /// Somebody who has written none of these.
    Member,
    /// Somebody who has written at least one.
    Author(PersonId),
    /// Somebody of the staff, who may have written some.
    Staff(PersonId),
}

impl Reader {
    /// The one who reads these threads.
    pub fn of(visit: &Visit, threads: &[Thread]) -> Self {
        fn has_written(me: PersonId, threads: &[Thread]) -> bool {
            threads.iter().any(|thread| thread.comment.author.id == me || has_written(me, &thread.replies))
        }
        match &visit.account {
            None => Self::Visitor,
            Some(me) if visit.is_staff() => Self::Staff(me.id),
            Some(me) if has_written(me.id, threads) => Self::Author(me.id),
            Some(_) => Self::Member,
        }
    }

    /// Whether they wrote it.
    fn wrote(self, comment: &Comment) -> bool {
        matches!(self, Self::Author(me) | Self::Staff(me) if me == comment.author.id)
    }
}

/// Where comments are shown.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The post that they are under.
    pub post: &'a PostRow,
    /// Who reads them.
    pub reader: Reader,
    /// Whether something can be said to them.
    pub is_open: bool,
    /// What was sent with one of the forms, and refused.
    pub sent: Option<&'a Sent>,
}

/// The threads under a post.
pub fn comments(visit: &Visit, around: Around<'_>, threads: &[Thread]) -> impl IntoView + use<> {
    let items = threads.iter().map(|thread| one(visit, around, thread, 0)).collect_view();
    view! { <ol class="comments">{items}</ol> }
}

/// A comment with the replies to it.
fn one(visit: &Visit, around: Around<'_>, thread: &Thread, depth: usize) -> AnyView {
    let comment = &thread.comment;
    let kids = if thread.replies.is_empty() {
        None
    } else if depth < DEEPEST {
        let items = thread.replies.iter().map(|reply| one(visit, around, reply, depth + 1)).collect_view();
        Some(view! { <ol class="comment__kids">{items}</ol> }.into_any())
    } else {
        // a conversation between two people can go on for ever; the page can't get narrower for ever
        Some(view! { <ol class="comment__kids">{level(visit, around, thread).collect_view()}</ol> }.into_any())
    };
    item(visit, around, comment, None, kids)
}

/// Everything below a comment, in one list.
fn level(visit: &Visit, around: Around<'_>, thread: &Thread) -> Vec<AnyView> {
    let mut all: Vec<(&Comment, &Comment)> = Vec::new();
    let mut open: Vec<&Thread> = vec![thread];
    while let Some(next) = open.pop() {
        for reply in &next.replies {
            all.push((&next.comment, &reply.comment));
            open.push(reply);
        }
    }
    all.sort_by_key(|(_, comment)| comment.id);
    all.into_iter().map(|(above, comment)| item(visit, around, comment, Some(above), None)).collect()
}

fn item(visit: &Visit, around: Around<'_>, comment: &Comment, above: Option<&Comment>, kids: Option<AnyView>) -> AnyView {
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
    if let Some(marker) = &comment.hidden {
        let looker = match around.reader {
            reader if reader.wrote(comment) => Looker::Author,
            Reader::Staff(_) => Looker::Staff,
            _ => Looker::Other,
        };
        let text = comment.is_readable().then_some((comment.body_html.as_str(), comment.language.as_str()));
        let moderate = (looker == Looker::Staff || matches!(around.reader, Reader::Staff(_))).then(|| {
            view! { <a class="btn btn--quiet btn--sm" href=format!("/comments/{}/moderate", comment.id)>{t!(words, "moderate")}</a> }
        });
        return view! {
            <li id=id>
                {hidden(visit, t!(words, "marker-comment"), marker, looker, text)}
                {files(visit, &comment.files)}
                {moderate}
                {kids}
            </li>
        }
        .into_any();
    }
    let staff = comment.author.role.is_staff();
    let name = public_link(visit, &comment.author);
    let official = staff.then(|| view! { <span class="official">{icon(visit, "answered")}{t!(words, "comment-staff", site = visit.site.name.as_str())}</span> });
    let edited = comment.edited_at.map(|_| {
        view! { <span>"· "<a href=format!("/comments/{}/versions", comment.id)>{t!(words, "comment-edited")}</a></span> }
    });
    let reply_to = above.map(|above| {
        let who = if above.removed_at.is_some() || above.hidden.is_some() {
            t!(words, "comment-of-nobody")
        } else {
            public_name(visit, &above.author)
        };
        view! { <span><a href=format!("#comment-{}", above.id)>{t!(words, "comment-reply-to", who = who)}</a></span> }
    });
    let from = (comment.post != around.post.id).then(|| {
        let number = case::number(visit, comment.post);
        view! { <span>{t!(words, "case-comment-from")}" "<a href=format!("/p/{}", comment.post)>{number}</a></span> }
    });
    view! {
        <li class=if staff { "comment comment--official" } else { "comment" } id=id.clone()>
            {public_avatar(visit, &comment.author, Size::Md)}
            <div class="comment__body">
                <p class="comment__head">
                    <b>{name}</b>
                    {official}
                    {from}
                    {reply_to}
                    <span><a href=format!("#{id}")>{when::moment(visit, comment.created_at)}</a></span>
                    {edited}
                </p>
                <div class="comment__text">{markdown(&comment.body_html, &comment.language)}</div>
                {files(visit, &comment.files)}
                {comment.staff_edit.as_ref().map(|marker| marker::edited(visit, comment.id, marker, around.reader.wrote(comment)))}
                {acts(visit, around, comment)}
            </div>
            {kids}
        </li>
    }
    .into_any()
}

/// Reply, which whoever has not signed in writes first; and to one's own comment, edit and take back.
fn acts(visit: &Visit, around: Around<'_>, comment: &Comment) -> AnyView {
    let Around { post, reader, is_open, sent } = around;
    let words = visit.words;
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
    let wrote = reader.wrote(comment);
    if comment.held_since.is_some() {
        // nothing is said to what others can't read
        let text = t!(words, "held-comment");
        let look = matches!(reader, Reader::Staff(_))
            .then(|| view! { <a class="btn btn--quiet btn--sm" href="/triage/moderation#held">{t!(words, "held-look")}</a> });
        let own = wrote.then(|| removal(visit, comment));
        return view! { <p class="meta">{icon(visit, "clock")}" "{text}</p><div class="comment__act">{own}{look}</div> }.into_any();
    }
    let about = if matches!(reader, Reader::Staff(_)) {
        Some(
            view! { <a class="btn btn--quiet btn--sm" href=format!("/comments/{}/moderate", comment.id)>{t!(words, "moderate")}</a> },
        )
    } else if wrote {
        None
    } else {
        Some(view! { <a class="btn btn--quiet btn--sm" href=format!("/comments/{}/flag", comment.id)>{t!(words, "report")}</a> })
    };
    let edit = (wrote && is_open).then(|| {
        view! { <a class="btn btn--quiet btn--sm" href=format!("/comments/{}/edit", comment.id)>{t!(words, "comment-edit")}</a> }
    });
    let own = wrote.then(|| removal(visit, comment));
    let with_files = reader != Reader::Visitor;
    let reply = is_open.then(|| {
        view! {
            <details class="reply" open=sheet.is_sent()>
                <summary class="btn btn--quiet btn--sm">{t!(words, "comment-reply")}</summary>
                <form class="stack gap-3" method="post" novalidate=true action=format!("/p/{}/comments", post.id) enctype=with_files.then_some(MULTIPART)>
                    <input type="hidden" name="parent" value=comment.id.to_string() />
                    {field}
                    {with_files.then(|| sheet.plain_files())}
                    {before_sending(visit, &sheet)}
                    <div class="cluster"><button class="btn btn--primary">{t!(words, "comment-reply-post")}</button></div>
                </form>
            </details>
        }
    });
    view! { <div class="comment__act">{reply}{edit}{own}{about}</div> }.into_any()
}

/// Takes one's own comment back, once asked whether one means it.
fn removal(visit: &Visit, comment: &Comment) -> impl IntoView + use<> {
    let words = visit.words;
    view! {
        <details class="reply">
            <summary class="btn btn--quiet btn--sm">{t!(words, "comment-remove")}</summary>
            <form class="stack gap-3" method="post" novalidate=true action=format!("/comments/{}/remove", comment.id)>
                <p class="sm">{t!(words, "comment-remove-text")}</p>
                <div class="cluster"><button class="btn btn--danger">{t!(words, "comment-remove-yes")}</button></div>
            </form>
        </details>
    }
}

/// That who has not signed in does so in the next step, or that what came back was not sent yet.
fn before_sending(visit: &Visit, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let after = visit.account.is_none().then(|| view! { <p class="sm">{t!(visit.words, "draft-sign-in-after")}</p> });
    let waits = sheet.waits().then(|| view! { <p class="sm">{t!(visit.words, "problem-not-sent")}</p> });
    (after, waits)
}

/// Who can be called by name here, as far as the page names them: whoever wrote on it, and its owner.
fn callees(visit: &Visit, post: &PostRow, threads: &[Thread]) -> Option<impl IntoView + use<>> {
    fn authors<'a>(threads: &'a [Thread], all: &mut Vec<&'a Person>) {
        for thread in threads {
            if thread.comment.removed_at.is_none() && thread.comment.held_since.is_none() {
                all.push(&thread.comment.author);
            }
            authors(&thread.replies, all);
        }
    }
    let me = visit.account.as_ref()?.id;
    let mut all: Vec<&Person> = post.owner.iter().chain([&post.author]).collect();
    authors(threads, &mut all);
    let mut known = HashSet::from([me]);
    // a handle has a name in it
    let is_named = |person: &Person| !person.role.is_staff() || visit.site.owner_shown == OwnerShown::Name;
    all.retain(|person| !person.is_guest() && !person.is_erased() && is_named(person) && known.insert(person.id));
    if all.is_empty() {
        return None;
    }
    let items = all
        .into_iter()
        .take(MOST_CALLEES)
        .map(|person| view! { <li>{name(person.name.clone())}" "<code>"@"{person.handle.clone()}</code></li> })
        .collect_view();
    Some(view! {
        <details class="callees sm">
            <summary class="btn btn--quiet btn--sm">{t!(visit.words, "comment-mention-who")}</summary>
            <ul class="stack gap-1">{items}</ul>
        </details>
    })
}

/// The form for a new comment: whoever has not signed in writes first.
pub fn comment_form(visit: &Visit, post: &PostRow, threads: &[Thread], sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    // only one text of the page can be called what the errors lead to
    let elsewhere = sent.is_some_and(|sent| ![vote::KEY, confirm::KEY].contains(&sent.key()));
    let key = key_of(None);
    let sheet = Sheet::plain(visit, &key, sent);
    let with_files = attachment::may_send(&visit.actor).is_ok();
    let field = sheet.area(Area {
        name: "body",
        label: t!(words, "comment-label"),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 4,
        hint: visit.account.as_ref().map(|_| t!(words, "comment-mention-hint")),
        placeholder: Some(t!(words, "comment-placeholder")),
        aside: elsewhere.then(|| "comment-body".to_owned()),
        ..Area::default()
    });
    view! {
        <form class="stack gap-3" id="comment-form" method="post" novalidate=true action=format!("/p/{}/comments", post.id) enctype=with_files.then_some(MULTIPART)>
            {field}
            {callees(visit, post, threads)}
            {with_files.then(|| sheet.files())}
            {before_sending(visit, &sheet)}
            <div class="cluster">
                <button class="btn btn--primary">{t!(words, "comment-post")}</button>
                <a class="sm" href="/rules">{t!(words, "foot-rules")}</a>
            </div>
        </form>
    }
    .into_any()
}
