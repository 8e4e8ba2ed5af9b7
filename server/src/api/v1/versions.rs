//! Versions: every wording that a post had.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{Forum, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Author;
use crate::api::{
    caller::Caller,
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
