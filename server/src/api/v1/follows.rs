//! What the caller follows.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, board,
    follow::{self, Followed, Sort, Subject},
    id::{PersonId, PromiseId},
    promise, tag,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Denied, Missing, Mistaken, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Sort`].
    FollowedSort: "What sort of thing is followed.", Sort::ALL.map(Sort::as_str);
}

/// Whether the caller follows something.
#[derive(Debug, Serialize, ToSchema)]
pub struct Following {
    /// Whether they hear of it.
    pub following: bool,
}

/// What tells something that is followed from others of its sort.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FollowedId {
    /// A number.
    Number(i64),
    /// The UUID of a person.
    Person(uuid::Uuid),
}

/// Something that the caller follows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Follow {
    /// What sort of thing it is.
    #[schema(value_type = FollowedSort)]
    pub subject: Sort,
    /// Its number; the UUID of a person.
    pub id: FollowedId,
    /// Its slug, the handle of a person; null for a promise.
    pub slug: Option<String>,
    /// The title of a post, the wording of a promise, the name of anything else; empty for a post that is hidden.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl Follow {
    fn of(item: Followed, forum: &Forum) -> Self {
        let url = format!("{}{}", forum.address(), app::pages::me::followed_path(&item));
        Self {
            subject: item.subject.sort(),
            id: match item.subject {
                Subject::Person(id) => FollowedId::Person(id.0),
                subject => FollowedId::Number(subject.number().unwrap_or_default()),
            },
            slug: item.slug,
            title: item.title,
            url,
            created_at: item.since,
        }
    }
}

async fn set(forum: &Forum, caller: &Caller, subject: Subject, following: bool) -> Answer {
    let set = forum.write_aside(&caller.actor, async |tx| {
        if following { follow::start(tx, subject).await } else { follow::stop(tx, subject).await }
    });
    set.await?;
    Ok(Json(Following { following }).into_response())
}

async fn board_of(forum: &Forum, caller: &Caller, slug: &str) -> Result<Subject, Error> {
    follow::may_list(&caller.actor)?;
    let board = board::by_slug(forum.read(), &caller.actor, slug).await?.ok_or(Error::NotFound)?;
    Ok(Subject::Board(board.id))
}

async fn promise_of(forum: &Forum, caller: &Caller, id: &str) -> Result<Subject, Error> {
    let id = PromiseId(caller.target(id)?);
    promise::by_id(forum.read(), &caller.actor, id, forum.now()).await?;
    Ok(Subject::Promise(id))
}

async fn tag_of(forum: &Forum, caller: &Caller, slug: &str) -> Result<Subject, Error> {
    follow::may_list(&caller.actor)?;
    // who asks by what it was called means what it became
    let became = tag::became(forum.read(), slug).await?.map(|tag| tag.slug);
    let id = tag::id_of(forum.read(), &caller.actor, became.as_deref().unwrap_or(slug)).await?.ok_or(Error::NotFound)?;
    Ok(Subject::Tag(id))
}

fn person_of(caller: &Caller, id: &str) -> Result<Subject, Error> {
    follow::may_list(&caller.actor)?;
    id.parse().map(PersonId).map(Subject::Person).map_err(|_| Error::NotFound)
}

/// List what the caller follows
///
/// Latest first. Posts of one's own, of which one hears anyway, are not among them unless one asked to follow them.
#[utoipa::path(
    get, path = "/api/v1/me/follows", tag = "me", params(Paging),
    responses((status = 200, description = "What they follow", body = List<Follow>), Unauthenticated, Mistaken),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    follow::may_list(&caller.actor)?;
    let limit = asked.limit(USUAL)?;
    let items = follow::list(forum.read(), &caller.actor, asked.cursor().as_deref(), limit).await?;
    let page = List::page(items, limit, follow::cursor);
    let items = page.items.into_iter().map(|item| Follow::of(item, &forum)).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// What the caller follows without asking for it each time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unasked {
    /// What they support.
    pub supported: bool,
    /// What they commented on.
    pub commented: bool,
}

impl From<follow::Unasked> for Unasked {
    fn from(unasked: follow::Unasked) -> Self {
        Self { supported: unasked.supported, commented: unasked.commented }
    }
}

/// What can be changed; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "supported": false }))]
pub struct UnaskedChange {
    /// Whether they follow what they support.
    pub supported: Option<bool>,
    /// Whether they follow what they commented on.
    pub commented: Option<bool>,
}

/// Show what the caller follows without asking
#[utoipa::path(
    get, path = "/api/v1/me/follows/unasked", tag = "me",
    responses((status = 200, description = "What they follow by what they do", body = Unasked), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn show_unasked(State(forum): State<Forum>, caller: Caller) -> Answer {
    Ok(Json(Unasked::from(follow::unasked(forum.read(), &caller.actor).await?)).into_response())
}

/// Change what the caller follows without asking
#[utoipa::path(
    patch, path = "/api/v1/me/follows/unasked", tag = "me", request_body = UnaskedChange,
    responses((status = 200, description = "What they follow by what they do now", body = Unasked), Unauthenticated, Denied, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn update_unasked(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    follow::may_stop(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (supported, commented) = (fields.optional_flag("supported"), fields.optional_flag("commented"));
    fields.finish()?;
    forum.write_aside(&caller.actor, async |tx| follow::choose(tx, supported, commented).await).await?;
    let unasked = follow::unasked(forum.read(), &caller.actor).await?;
    Ok(Json(Unasked::from(unasked)).into_response())
}

/// Follow a post
///
/// The caller hears what the company says and does there. Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/posts/{id}/follow", tag = "posts", params(("id" = i64, Path, description = "The post")),
    responses((status = 200, description = "They follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn start_post(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = Subject::Post(caller.target_post(&forum, &id).await?);
    set(&forum, &caller, subject, true).await
}

/// Stop following a post
///
/// Of a post that the caller wrote they hear no more either.
#[utoipa::path(
    delete, path = "/api/v1/posts/{id}/follow", tag = "posts", params(("id" = i64, Path, description = "The post")),
    responses((status = 200, description = "They do not follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop_post(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = Subject::Post(caller.target_post(&forum, &id).await?);
    set(&forum, &caller, subject, false).await
}

/// Follow a promise
///
/// The caller hears what the company says and does there. Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/promises/{id}/follow", tag = "promises", params(("id" = i64, Path, description = "The promise")),
    responses((status = 200, description = "They follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn start_promise(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = promise_of(&forum, &caller, &id).await?;
    set(&forum, &caller, subject, true).await
}

/// Stop following a promise
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/promises/{id}/follow", tag = "promises", params(("id" = i64, Path, description = "The promise")),
    responses((status = 200, description = "They do not follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop_promise(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = promise_of(&forum, &caller, &id).await?;
    set(&forum, &caller, subject, false).await
}

/// Follow a board
///
/// The caller hears what the company says and does there. Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/boards/{slug}/follow", tag = "boards", params(("slug" = String, Path, description = "The board")),
    responses((status = 200, description = "They follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn start_board(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    let subject = board_of(&forum, &caller, &slug).await?;
    set(&forum, &caller, subject, true).await
}

/// Stop following a board
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/boards/{slug}/follow", tag = "boards", params(("slug" = String, Path, description = "The board")),
    responses((status = 200, description = "They do not follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop_board(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    let subject = board_of(&forum, &caller, &slug).await?;
    set(&forum, &caller, subject, false).await
}

/// Follow a tag
///
/// The caller hears of new posts with it that they may see. Once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/tags/{slug}/follow", tag = "tags", params(("slug" = String, Path, description = "The tag")),
    responses((status = 200, description = "They follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn start_tag(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    let subject = tag_of(&forum, &caller, &slug).await?;
    set(&forum, &caller, subject, true).await
}

/// Stop following a tag
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/tags/{slug}/follow", tag = "tags", params(("slug" = String, Path, description = "The tag")),
    responses((status = 200, description = "They do not follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop_tag(State(forum): State<Forum>, caller: Caller, Path(slug): Path<String>) -> Answer {
    let subject = tag_of(&forum, &caller, &slug).await?;
    set(&forum, &caller, subject, false).await
}

/// Follow a member of the staff
///
/// The caller hears what they answer and promise in public. Once more changes nothing. Nobody else can be followed, and nobody where the site does
/// not name its staff: 404.
#[utoipa::path(
    put, path = "/api/v1/people/{id}/follow", tag = "people", params(("id" = uuid::Uuid, Path, description = "Who")),
    responses((status = 200, description = "They follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn start_person(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = person_of(&caller, &id)?;
    set(&forum, &caller, subject, true).await
}

/// Stop following a member of the staff
///
/// Once more changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/people/{id}/follow", tag = "people", params(("id" = uuid::Uuid, Path, description = "Who")),
    responses((status = 200, description = "They do not follow it", body = Following), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn stop_person(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let subject = person_of(&caller, &id)?;
    set(&forum, &caller, subject, false).await
}
