//! Tags: short labels on posts.

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{Forum, tag};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Mistaken, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A label on posts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tag {
    /// Its name in the API.
    #[schema(example = "moving-house")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "moving house")]
    pub name: String,
}

impl From<tag::Tag> for Tag {
    fn from(tag: tag::Tag) -> Self {
        Self { slug: tag.slug, name: tag.name }
    }
}

/// A new tag.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "slug": "moving-house", "name": "moving house" }))]
pub struct TagDraft {
    /// a to z, 0 to 9 and hyphens.
    #[schema(min_length = 1, max_length = 40)]
    pub slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 40)]
    pub name: String,
}

/// List the tags
///
/// By name: those of posts that the caller sees, and those without a post.
#[utoipa::path(
    get, path = "/api/v1/tags", tag = "tags", params(Paging),
    responses((status = 200, description = "The tags", body = List<Tag>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let tags = tag::list(forum.read(), &caller.actor).await?.into_iter().map(Tag::from).collect();
    Ok(Json(List::cut(tags, &asked, MOST, |tag| tag.slug.clone())?).into_response())
}

/// Make a tag
///
/// Those who post make tags by using them; this makes one without a post.
#[utoipa::path(
    post, path = "/api/v1/tags", tag = "tags", request_body = TagDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The tag", body = Tag, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    tag::may_make(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (slug, name) = (fields.text("slug"), fields.text("name"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let tag = tag::create(tx, &slug, &name).await?;
        Ok(Made { location: "/api/v1/tags".to_owned(), object: Tag::from(tag) })
    })
    .await
}
