//! Tags: short labels on posts.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use forum::{Error, Forum, Tx, actor::Actor, tag};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::{Sent, storable},
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

/// A change to a tag; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "Moving house", "offered": true }))]
pub struct TagChange {
    /// Its name for people.
    #[schema(min_length = 1, max_length = 40)]
    pub name: Option<String>,
    /// Whether the site offers it, whether or not a post has it.
    pub offered: Option<bool>,
}

/// What a tag becomes one with.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "into": "moving-house" }))]
pub struct TagMerge {
    /// The other tag.
    pub into: String,
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

/// The tag of a name in an address, as far as the actor may know of it.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, slug: &str) -> Result<Tag, Error> {
    let tag = tag::list(db, actor).await?.into_iter().find(|tag| tag.slug == slug);
    tag.map(Tag::from).ok_or(Error::NotFound)
}

/// Show a tag
#[utoipa::path(
    get, path = "/api/v1/tags/{slug}", tag = "tags", params(("slug" = String, Path, description = "The tag")),
    responses((status = 200, description = "The tag", body = Tag), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    Ok(Json(seen(forum.read(), &caller.actor, &storable(&slug)).await?).into_response())
}

/// Change a tag
#[utoipa::path(
    patch, path = "/api/v1/tags/{slug}", tag = "tags", request_body = TagChange,
    params(
        ("slug" = String, Path, description = "The tag"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the tag that it was written from"),
    ),
    responses((status = 200, description = "The tag as it is now", body = Tag), Unauthenticated, Denied, Missing, Outdated, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>, sent: Sent) -> Answer {
    tag::may_make(&caller.actor)?;
    let slug = storable(&slug);
    let mut fields = sent.fields()?;
    let (name, offered) = (fields.optional_text("name"), fields.optional_flag("offered"));
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || seen(tx.conn(), tx.actor(), &slug).await).await?;
        if let Some(name) = &name {
            tag::rename(tx, &slug, name).await?;
        }
        if let Some(offered) = offered {
            tag::offer(tx, &slug, offered).await?;
        }
        tag::by_slug(tx.conn(), &slug).await?.ok_or(Error::NotFound)
    };
    Ok(Json(Tag::from(forum.write(&caller.actor, change).await?)).into_response())
}

/// Make one tag of two
///
/// Posts with this one have the other from now on, and so has whoever types it. It can't be undone.
#[utoipa::path(
    post, path = "/api/v1/tags/{slug}/merge", tag = "tags", request_body = TagMerge,
    params(
        ("slug" = String, Path, description = "The tag that becomes the other"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the tag that it was written from"),
    ),
    responses((status = 200, description = "The tag that both are now", body = Tag), Unauthenticated, Denied, Missing, Outdated, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn merge(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>, sent: Sent) -> Answer {
    tag::may_make(&caller.actor)?;
    let slug = storable(&slug);
    let mut fields = sent.fields()?;
    let into = fields.text("into");
    fields.finish()?;
    let merge = async |tx: &mut Tx| {
        sent.unless_changed(async || seen(tx.conn(), tx.actor(), &slug).await).await?;
        tag::merge(tx, &slug, &into).await?;
        tag::by_slug(tx.conn(), into.trim()).await?.ok_or(Error::NotFound)
    };
    Ok(Json(Tag::from(forum.write(&caller.actor, merge).await?)).into_response())
}
