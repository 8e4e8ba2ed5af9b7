//! Comments: replies in a thread under a post.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    comment::{self, Edit},
    error::{Check, Problem},
    id::{CommentId, PostId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    attachments::Attachment,
    moderation::Marker,
    objects::{Author, Show},
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A comment. When its author took it back, the texts are empty and the marker stays; while it is hidden from the caller they are null.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: CommentId,
    /// The post that it is on.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// The comment that it replies to; null for one that replies to the post.
    #[schema(value_type = Option<i64>)]
    pub parent_id: Option<CommentId>,
    /// Who wrote it.
    pub author: Author,
    /// The text as written, in Markdown.
    pub body: Option<String>,
    /// The text as safe HTML.
    pub body_html: Option<String>,
    /// Why it is hidden; null while it is not. The author and the staff read it all the same.
    pub hidden: Option<Marker>,
    /// Why the staff gave it another wording, the last time; null when they never did.
    pub staff_edit: Option<Marker>,
    /// Since when it is held back: only its author and the staff know of it; null while everybody may.
    pub held_since: Option<DateTime<Utc>>,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it got the present wording; null for the first.
    pub edited_at: Option<DateTime<Utc>>,
    /// When its author took it back; null while it stands.
    pub removed_at: Option<DateTime<Utc>>,
    /// The pictures and documents that belong to it; none where the caller may not read it.
    pub attachments: Vec<Attachment>,
}

impl Comment {
    /// A comment, as the actor sees it.
    pub fn of(comment: comment::Comment, show: &Show) -> Self {
        let is_readable = comment.is_readable();
        Self {
            id: comment.id,
            post_id: comment.post,
            parent_id: comment.parent,
            author: comment.author.into(),
            body: is_readable.then_some(comment.body),
            body_html: is_readable.then_some(comment.body_html),
            hidden: comment.hidden.map(|marker| Marker::of(marker, show)),
            staff_edit: comment.staff_edit.map(|marker| Marker::of(marker, show)),
            held_since: comment.held_since,
            language: comment.language,
            created_at: comment.created_at,
            edited_at: comment.edited_at,
            removed_at: comment.removed_at,
            attachments: Attachment::all(comment.files, show),
        }
    }
}

/// A new comment.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "body": "With us it is *three* addresses.", "parent_id": null }))]
pub struct CommentDraft {
    /// Markdown.
    #[schema(min_length = 1, max_length = 10000)]
    pub body: String,
    /// The comment on the same post that it replies to.
    pub parent_id: Option<i64>,
    /// Numbers of pictures and documents that the caller sent before and that belong to nothing yet: at most five.
    #[schema(value_type = Option<Vec<i64>>, max_items = 5)]
    pub attachments: Option<Vec<i64>>,
}

/// A new wording.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "body": "With us it is *four* addresses." }))]
pub struct CommentChange {
    /// Markdown.
    #[schema(min_length = 1, max_length = 10000)]
    pub body: String,
    /// Number of the house rule that it follows from; required of staff who are not the author.
    pub rule: Option<i32>,
    /// Why, in public; required of staff who are not the author.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: Option<String>,
    /// Numbers of pictures and documents that the author sent before and that belong to nothing yet: they are added, up to five in all.
    #[schema(value_type = Option<Vec<i64>>, max_items = 5)]
    pub attachments: Option<Vec<i64>>,
}

/// List the comments on a post
///
/// Oldest first, as a flat list; `parent_id` makes the threads. A page of long ones has fewer than `limit`.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/comments", tag = "comments", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The comments", body = List<Comment>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let mut check = Check::new();
    let limit = asked.noted_limit(&mut check);
    let after = asked.cursor().and_then(|cursor| {
        let id = cursor.strip_prefix("c-").and_then(|id| id.parse().ok()).map(CommentId);
        check.field("cursor", id.ok_or(Problem::NotACursor))
    });
    check.finish(())?;
    let page = comment::page(&view, &post, after, limit).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|comment| format!("c-{}", comment.id));
    let show = Show::to(&forum, &caller.actor);
    let items = page.items.into_iter().map(|comment| Comment::of(comment, &show)).collect();
    Ok(Json(List { items, next_cursor }).into_response())
}

/// Show a comment
#[utoipa::path(
    get, path = "/api/v1/comments/{id}", tag = "comments", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The comment", body = Comment), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let comment = comment::visible(&forum.view(&caller.actor).await?, CommentId(number(&id)?)).await?;
    Ok(Json(Comment::of(comment, &Show::to(&forum, &caller.actor))).into_response())
}

/// Comment on a post
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/comments", tag = "comments", request_body = CommentDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The comment", body = Comment, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    comment::may_comment(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (body, parent) = (fields.text("body"), fields.number("parent_id").map(CommentId));
    let files = fields.attachments();
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = forum.with_markdown(&body).await?;
    once(&forum, &caller, &sent, async |tx| {
        let id = comment::submit_with(tx, post, parent, &body, caller.language, &files).await?;
        let comment = comment::visible(&tx.view(), id).await?;
        Ok(Made { location: format!("/api/v1/comments/{id}"), object: Comment::of(comment, &show) })
    })
    .await
}

/// Change a comment
///
/// The author freely; staff name a house rule and a reason, the author is told and can object. The wordings before stay readable.
#[utoipa::path(
    patch, path = "/api/v1/comments/{id}", tag = "comments", params(("id" = i64, Path, description = "Its number")),
    request_body = CommentChange,
    responses(
        (status = 200, description = "The comment as it is now", body = Comment),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("author; staff with a rule and a reason"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = CommentId(caller.target(&id)?);
    comment::editable(&forum.view(&caller.actor).await?, id).await?;
    let mut fields = sent.fields()?;
    let mut edit = Edit {
        body: fields.text("body"),
        reason: fields.optional_text("reason"),
        attachments: fields.attachments(),
        ..Edit::default()
    };
    match fields.number("rule").map(i32::try_from).transpose() {
        Ok(rule) => edit.rule = rule,
        Err(_) => fields.refuse("rule", Problem::UnknownChoice),
    }
    fields.finish()?;
    let forum = forum.with_markdown(&edit.body).await?;
    let comment = forum.write(&caller.actor, async |tx| comment::edit(tx, id, &edit).await).await?;
    Ok(Json(Comment::of(comment, &Show::to(&forum, &caller.actor))).into_response())
}

/// Take a comment back
///
/// The text goes, with all its wordings; a marker and the replies stay. Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/comments/{id}", tag = "comments", params(("id" = i64, Path, description = "Its number")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("author, scope write"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = own(&forum, &caller, &id).await?;
    forum.write(&caller.actor, async |tx| comment::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The comment in an address: asked before the body is read, so that only who may change it hears what is wrong with what they sent.
async fn own(forum: &Forum, caller: &Caller, id: &str) -> Result<CommentId, Error> {
    let id = CommentId(caller.target(id)?);
    Ok(comment::own(&forum.view(&caller.actor).await?, id).await?.id)
}
