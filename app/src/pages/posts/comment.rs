//! Commenting, and what one can do with one's own comment.

use axum::{Form, extract::Path};
use forum::{
    Error, Tx, attachment,
    comment::{self, BODY_MAX, Comment, Edit},
    error::{Conflict, Problem},
    id::{CommentId, PostId},
    post::{self, PostRow},
    repeat,
};
use leptos::prelude::*;

use super::{edit::why, post_id, show};
use crate::{
    parts::{
        Head, Place,
        comment::key_of,
        diff::difference,
        files::own_files,
        form::{Area, Gathered, MULTIPART, Need, Sent, Sheet, Typed, Uploads, gather},
        post_row::post_path,
        respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form for another wording.
const KEY: &str = "wording";

pub(super) async fn submit(visit: Visit, Path(id): Path<String>, uploads: Uploads, Form(typed): Form<Typed>) -> PageResult {
    let id = post_id(&id)?;
    visit.require_account()?;
    let parent = match typed.get("parent").trim() {
        "" => None,
        text => Some(CommentId(text.parse().map_err(|_| Error::invalid("body", Problem::NotOnThisPost))?)),
    };
    let form = typed.digest(&format!("/p/{id}/comments"));
    let Gathered { typed, error, is_for_files } = gather(&visit, typed, uploads).await?;
    if error.is_some() || is_for_files {
        let (parent, after) = shown(&visit, id, parent).await?;
        let sent = match error {
            Some(error) => Sent::refused(&visit, key_of(parent), typed, error)?,
            None => Sent::unread(key_of(parent), typed),
        };
        return show::again_after(&visit, id, after, sent).await;
    }
    let (body, language, files) = (typed.get("body"), visit.language(), typed.chosen());
    let submit = async |tx: &mut Tx| {
        let submit = async |tx: &mut Tx| Ok(comment::submit_with(tx, id, parent, body, Some(language), &files).await?.0);
        repeat::once(tx, &form, submit).await
    };
    let forum = visit.forum().with_markdown(body).await?;
    match forum.write(&visit.actor, submit).await.map(CommentId) {
        Ok(new) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            let new = comment::visible(&visit.view().await?, new).await?;
            Ok(see_other(&show::comment_path(&visit, &row, &new).await?))
        }
        Err(error) => {
            let (parent, after) = shown(&visit, id, parent).await?;
            let key = key_of(parent);
            // what was typed is not lost to a lock or a ban
            let sent = match error {
                Error::Conflict(_) | Error::Banned(_) => Sent::refused(&visit, key, typed, error)?,
                error => Sent::invalid(&visit, key, typed, error)?,
            };
            show::again_after(&visit, id, after, sent).await
        }
    }
}

/// The form in which a refused comment comes back, and the comment after which the page has to begin that has it: a reply to what can't
/// be replied to comes back as a comment, or what was typed would be nowhere.
async fn shown(visit: &Visit, post: PostId, parent: Option<CommentId>) -> Result<(Option<CommentId>, Option<CommentId>), Error> {
    let Some(parent) = parent else { return Ok((None, None)) };
    let comment = match comment::visible(&visit.view().await?, parent).await {
        Ok(comment) if comment.removed_at.is_none() && comment.hidden.is_none() => comment,
        Ok(_) | Err(Error::NotFound) => return Ok((None, None)),
        Err(error) => return Err(error),
    };
    let is_first = comment::is_on_first_page(visit.forum().read(), &comment, post, show::COMMENTS).await?;
    Ok((Some(parent), (!is_first).then_some(CommentId(parent.0 - 1))))
}

fn comment_id(text: &str) -> Result<CommentId, Error> {
    text.parse().map(CommentId).map_err(|_| Error::NotFound)
}

/// A comment that still stands and whose wording is for the one who asks to change, whether they do so as staff, and its post.
async fn editable(visit: &Visit, id: &str) -> Result<(Comment, bool, PostRow), Error> {
    visit.require_account()?;
    let db = visit.forum().read();
    let (comment, as_staff) = comment::editable(&visit.view().await?, comment_id(id)?).await?;
    if comment.hidden.is_some() {
        return Err(Error::Conflict(Conflict::Hidden));
    }
    if comment.removed_at.is_some() {
        return Err(Error::Conflict(Conflict::Removed));
    }
    let post = post::row_by_id(db, &visit.actor, comment.post, visit.now).await?;
    Ok((comment, as_staff, post))
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> PageResult {
    let (comment, as_staff, post) = editable(&visit, &id).await?;
    page(&visit, &comment, as_staff, &post, None).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, uploads: Uploads, Form(typed): Form<Typed>) -> PageResult {
    let (comment, as_staff, post) = editable(&visit, &id).await?;
    let Gathered { typed, error, is_for_files } = gather(&visit, typed, uploads).await?;
    if error.is_some() || is_for_files {
        let sent = match error {
            Some(error) => Sent::refused(&visit, KEY, typed, error)?,
            None => Sent::unread(KEY, typed),
        };
        return page(&visit, &comment, as_staff, &post, Some(&sent.with_files(&visit).await?)).await;
    }
    let edit = Edit {
        body: typed.text("body"),
        rule: typed.get("rule").trim().parse().ok(),
        reason: Some(typed.text("reason")),
        version: typed.get("version").parse().ok(),
        attachments: typed.chosen(),
    };
    let forum = visit.forum().with_markdown(&edit.body).await?;
    match forum.write(&visit.actor, async |tx| comment::edit(tx, comment.id, &edit).await).await {
        Ok(_) => Ok(see_other(&show::comment_path(&visit, &post, &comment).await?)),
        Err(error) => {
            let (comment, as_staff, post) = editable(&visit, &id).await?;
            let sent = Sent::refused(&visit, KEY, typed, error)?.with_files(&visit).await?;
            page(&visit, &comment, as_staff, &post, Some(&sent)).await
        }
    }
}

pub(super) async fn remove(visit: Visit, Path(id): Path<String>) -> PageResult {
    let id = comment_id(&id)?;
    visit.require_account()?;
    let comment = comment::visible(&visit.view().await?, id).await?;
    visit.forum().write(&visit.actor, async |tx| comment::remove(tx, id).await).await?;
    let post = post::row_by_id(visit.forum().read(), &visit.actor, comment.post, visit.now).await?;
    Ok(see_other(&show::comment_path(&visit, &post, &comment).await?))
}

async fn page(visit: &Visit, comment: &Comment, as_staff: bool, post: &PostRow, sent: Option<&Sent>) -> PageResult {
    let words = visit.words;
    let path = show::comment_path(visit, post, comment).await?;
    let title = if as_staff { t!(words, "comment-edit-title-staff") } else { t!(words, "comment-edit-title") };
    let head = Head::titled(title.clone()).at(Place::Posts).with_form(sent);
    let with_files = !as_staff && attachment::may_send(&visit.actor).is_ok();
    Ok(respond(visit, head, || {
        let sheet = Sheet::plain(visit, KEY, sent);
        let text = sheet.area(Area {
            name: "body",
            label: t!(words, "comment-label"),
            hint: Some(t!(words, "edit-hint")),
            value: &comment.body,
            need: Need::Always,
            max: Some(BODY_MAX),
            rows: 8,
            ..Area::default()
        });
        view! {
            <div class="wrap page">
                <div class="stack gap-6 measure">
                    {sheet.summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede" dir="auto" lang=post.language.clone()><a href=post_path(post)>{post.title.clone()}</a></p>
                        {as_staff.then(|| view! { <p>{t!(words, "comment-edit-lede-staff")}</p> })}
                    </header>
                    <form class="form" method="post" novalidate=true action=format!("/comments/{}/edit", comment.id) enctype=with_files.then_some(MULTIPART)>
                        // Enter in a field presses the first button of a form: it has to be this one, not one of the files
                        <button class="sr" tabindex="-1" aria-hidden="true"></button>
                        <input type="hidden" name="version" value=comment.version.to_string() />
                        {text}
                        {difference(visit, &sheet, &comment.body, &comment.language)}
                        {with_files.then(|| sheet.files())}
                        {as_staff.then(|| why(visit, &sheet))}
                        <div class="cluster">
                            <button class="btn btn--primary">{t!(words, "edit-save")}</button>
                            <a class="btn" href=path>{t!(words, "edit-cancel")}</a>
                        </div>
                    </form>
                    {own_files(visit, &comment.files)}
                </div>
            </div>
        }
    }))
}
