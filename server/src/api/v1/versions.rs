//! Versions: every wording that a post or a comment had.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{Forum, comment, id::CommentId, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Missing, Mistaken},
};

/// A wording that stood in public.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub body: String,
    /// Who wrote it.
    pub editor: Author,
    /// The house rule that a member of the staff named.
    pub rule: Option<i32>,
    /// The reason that they gave.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
}

impl From<post::Version> for Version {
    fn from(version: post::Version) -> Self {
        Self {
            number: version.number,
            title: version.title,
            body: version.body,
            editor: version.editor.into(),
            rule: version.rule,
            reason: version.reason,
            created_at: version.created_at,
        }
    }
}

/// List the wordings of a post
///
/// Latest first, the present one included.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/versions", tag = "posts", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The wordings", body = List<Version>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let versions = post::versions(&view, &post).await?.into_iter().map(Version::from).collect();
    Ok(Json(List::cut(versions, &asked, USUAL, |version| version.number.to_string())?).into_response())
}

/// A wording of a comment that stood in public.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentVersion {
    /// Its number, from 1.
    pub number: i32,
    /// The text, in Markdown.
    pub body: String,
    /// Who wrote it.
    pub editor: Author,
    /// The house rule that a member of the staff named.
    pub rule: Option<i32>,
    /// The reason that they gave.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
}

impl From<comment::Version> for CommentVersion {
    fn from(version: comment::Version) -> Self {
        Self {
            number: version.number,
            body: version.body,
            editor: version.editor.into(),
            rule: version.rule,
            reason: version.reason,
            created_at: version.created_at,
        }
    }
}

/// List the wordings of a comment
///
/// Latest first, the present one included; none once its author took it back.
#[utoipa::path(
    get, path = "/api/v1/comments/{id}/versions", tag = "comments",
    params(("id" = i64, Path, description = "The comment"), Paging),
    responses((status = 200, description = "The wordings", body = List<CommentVersion>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn of_comment(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let versions = comment::versions(&forum.view(&caller.actor).await?, CommentId(number(&id)?)).await?;
    let versions = versions.into_iter().map(CommentVersion::from).collect();
    Ok(Json(List::cut(versions, &asked, USUAL, |version| version.number.to_string())?).into_response())
}
