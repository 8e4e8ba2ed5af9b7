//! Pictures and documents: sent first, and then named by the post, the comment or the answer that they are to belong to.

use app::{
    pages::files,
    parts::{
        files::{file_path, small_path},
        form::{MULTIPART, Taken, take_apart},
    },
};
use axum::{
    Json,
    body::to_bytes,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    attachment::{self, Media, Upload},
    error::Problem,
    id::{AnswerId, AttachmentId, CommentId, PostId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::{Show, choices};
use crate::api::{
    Failure,
    caller::{Caller, number},
    listing::Asked,
    problem::{Answer, Conflicting, Denied, Missing, Refused, TooOften, Unauthenticated},
    sent::storable,
};

choices! {
    /// The schema of [`Media`].
    MediaName: "What is in a file.", Media::ALL.map(Media::as_str);
}

/// A picture or a document that belongs to a text, or waits for one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Attachment {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: AttachmentId,
    /// The post that it belongs to, or under which the text stands that it belongs to; null while it belongs to nothing.
    #[schema(value_type = Option<i64>)]
    pub post_id: Option<PostId>,
    /// The comment that it belongs to.
    #[schema(value_type = Option<i64>)]
    pub comment_id: Option<CommentId>,
    /// The answer that it belongs to.
    #[schema(value_type = Option<i64>)]
    pub answer_id: Option<AnswerId>,
    /// What it is called.
    #[schema(example = "broken-lamp.jpg")]
    pub name: String,
    /// What is in it.
    #[schema(value_type = MediaName)]
    pub media_type: Media,
    /// How large it is.
    pub bytes: i64,
    /// The width of a picture, in pixels; null for a document.
    pub width: Option<i32>,
    /// Its height.
    pub height: Option<i32>,
    /// What there is to see, for those who can't see it; empty when its owner did not say.
    pub alt: String,
    /// Where browsers find it.
    pub url: String,
    /// The same for the small picture; null for a document.
    pub thumbnail_url: Option<String>,
    /// The number of the wording of its text that it came with.
    pub since_version: i32,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
}

impl Attachment {
    /// A file, as the actor sees it.
    pub fn of(file: attachment::Attachment, show: &Show) -> Self {
        Self {
            url: show.absolute(&file_path(&file)),
            thumbnail_url: file.small_digest.is_some().then(|| show.absolute(&small_path(&file))),
            id: file.id,
            post_id: file.post_id,
            comment_id: file.comment_id,
            answer_id: file.answer_id,
            name: file.name,
            media_type: file.media,
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            alt: file.alt,
            since_version: file.since,
            created_at: file.created_at,
        }
    }

    /// The files of a text.
    pub fn all(files: Vec<attachment::Attachment>, show: &Show) -> Vec<Self> {
        files.into_iter().map(|file| Self::of(file, show)).collect()
    }
}

/// A file in a form of several parts.
#[derive(Debug, ToSchema)]
pub struct AttachmentForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// What there is to see, for those who can't see it.
    #[schema(max_length = 500)]
    pub alt: Option<String>,
}

/// Send a picture or a document
///
/// A PNG, JPEG or WebP picture or a PDF, of 5 MB at most: as a form of several parts, or as it is, with its media type as `Content-Type`. What
/// it is, is judged by what is in it. A picture is written anew, with nothing in it but its pixels. It belongs to nothing yet and only the
/// caller sees it; a post, a comment or an answer names it in `attachments` within a day, or it goes.
#[utoipa::path(
    post, path = "/api/v1/attachments", tag = "attachments",
    request_body(content(
        (AttachmentForm = "multipart/form-data"), (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"),
        (Vec<u8> = "application/pdf"),
    )),
    params(
        ("name" = Option<String>, Query, description = "What it is called, when it comes as it is"),
        ("alt" = Option<String>, Query, description = "What there is to see, when it comes as it is"),
    ),
    responses(
        (status = 201, description = "The file", body = Attachment, headers(("Location" = String))),
        Unauthenticated, Denied, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, asked: Asked, request: Request) -> Answer {
    attachment::may_send(&caller.actor)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    // how much it may be is said further out
    let body = to_bytes(request.into_body(), usize::MAX).await;
    let body = body.map_err(|_| Failure::Unreadable(StatusCode::PAYLOAD_TOO_LARGE))?;
    let upload = if kind.starts_with(MULTIPART) {
        let Taken { fields, files } = take_apart(&kind, body).await.map_err(Failure::Unreadable)?;
        let alt = fields.into_iter().find(|(name, _)| name == "alt").map(|(_, alt)| storable(&alt));
        let (name, content) = files.into_iter().next().ok_or(Error::invalid("file", Problem::Required))?;
        Upload { name, content: content.to_vec(), alt: alt.unwrap_or_default() }
    } else {
        let (name, alt) = (asked.text("name").unwrap_or_default(), asked.text("alt").unwrap_or_default());
        Upload { name, content: body.to_vec(), alt: storable(&alt) }
    };
    let file = attachment::take(&forum, &caller.actor, upload).await?;
    let location = format!("/api/v1/attachments/{}", file.id);
    let file = Attachment::of(file, &Show::to(&forum, &caller.actor));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(file)).into_response())
}

/// Show what is known of a picture or a document
///
/// Whoever may read the text that it belongs to may see it; while it belongs to nothing, whoever sent it.
#[utoipa::path(
    get, path = "/api/v1/attachments/{id}", tag = "attachments", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "What is known of it", body = Attachment), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let file = attachment::visible(&forum.view(&caller.actor).await?, AttachmentId(number(&id)?)).await?;
    Ok(Json(Attachment::of(file, &Show::to(&forum, &caller.actor))).into_response())
}

/// Read a picture or a document
#[utoipa::path(
    get, path = "/api/v1/attachments/{id}/content", tag = "attachments", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "What is in it", body = Vec<u8>, content_type = "application/octet-stream"), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn content(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let view = forum.view(&caller.actor).await?;
    let file = attachment::visible(&view, AttachmentId(number(&id)?)).await?;
    let content = attachment::content(view.db(), &file.digest).await?;
    let mut response = files::answer(&file, content, false)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// Take a picture or a document away
///
/// One's own, of a post or a comment, or of nothing yet. What the company said with a file stays said.
#[utoipa::path(
    delete, path = "/api/v1/attachments/{id}", tag = "attachments", params(("id" = i64, Path, description = "Its number")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing, Conflicting),
    extensions(("x-who" = json!("author, scope write"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = AttachmentId(caller.target(&id)?);
    attachment::own(&forum.view(&caller.actor).await?, id).await?;
    forum.write(&caller.actor, async |tx| attachment::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
