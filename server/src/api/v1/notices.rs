//! What the caller was told.

use app::{i18n::Words, parts::notice as said};
use axum::{Json, extract::State, response::IntoResponse as _};
use chrono::{DateTime, Utc};
use forum::{
    Forum,
    error::Check,
    event::{Audience, KindName},
    id::PostId,
    notice::{self, Listed},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging},
    problem::{Answer, Denied, Mistaken, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of the names of events.
    EventName: "What happened.", KindName::words();
    /// The schema of [`Audience`].
    NoticeReason: "Why it concerns the reader.", Audience::ALL.map(Audience::as_str);
}

/// Something that the caller was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// What happened.
    #[schema(value_type = EventName)]
    pub event: &'static str,
    /// Why it concerns the caller: the first reason that holds.
    #[schema(value_type = NoticeReason)]
    pub reason: Audience,
    /// The name of the tag or the person that the caller follows and is told for; null where it is neither.
    pub cause: Option<String>,
    /// What happened, in a line, in the language of the caller.
    pub text: String,
    /// The post on which it happened.
    pub post: i64,
    /// The title of the post; empty when it is hidden.
    pub title: String,
    /// The page where the caller goes on.
    pub url: String,
    /// Whether the caller has seen it.
    pub read: bool,
    /// When it happened.
    pub created_at: DateTime<Utc>,
}

impl Notice {
    fn of(item: Listed, forum: &Forum, words: &Words) -> Self {
        let notice = item.notice;
        Self {
            id: notice.id.0,
            event: notice.event.kind.name(),
            reason: notice.reason,
            text: said::headline(words, &notice, &forum.site().name),
            url: format!("{}{}", forum.address(), said::path(&notice)),
            cause: notice.cause,
            post: notice.post.id.0,
            title: notice.post.title,
            read: item.read,
            created_at: notice.event.at,
        }
    }
}

/// How much was noted as seen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seen {
    /// Notices that were new until now.
    pub read: u64,
}

/// What the caller has seen.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "post": 31 }))]
pub struct SeenDraft {
    /// Of which post; of all when it is missing.
    pub post: Option<i64>,
}

/// List what the caller was told
///
/// Latest first. What they may not know of any more, and what was taken back, is left out.
#[utoipa::path(
    get, path = "/api/v1/me/notices", tag = "me",
    params(Paging, ("read" = Option<bool>, Query, description = "Only what the caller has seen, or has not; both unless it is given")),
    responses((status = 200, description = "What they were told", body = List<Notice>), Unauthenticated, Mistaken),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    notice::may_list(&caller.actor)?;
    let mut check = Check::new();
    let limit = asked.noted_limit(&mut check);
    let read = asked.flag(&mut check, "read");
    check.finish(())?;
    let view = forum.view(&caller.actor).await?;
    let items = notice::list(&view, read, asked.cursor().as_deref(), limit).await?;
    let page = List::page(items, limit, notice::cursor);
    let words = Words::of(caller.language.unwrap_or(forum.site().language));
    let items = page.items.into_iter().map(|item| Notice::of(item, &forum, words)).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}

/// Note that the caller has seen what they were told
///
/// All of it, or what happened on one post. Once more changes nothing.
#[utoipa::path(
    post, path = "/api/v1/me/notices/read", tag = "me", request_body = SeenDraft,
    responses((status = 200, description = "How much was new", body = Seen), Unauthenticated, Denied, Refused),
    extensions(("x-who" = json!("token, scope write"))), security(("bearer" = []))
)]
pub async fn read(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    notice::may_read(&caller.actor)?;
    let mut fields = sent.optional_fields()?;
    let post = fields.number("post").map(PostId);
    fields.finish()?;
    let read = forum.write_aside(&caller.actor, async |tx| notice::read(tx, post).await).await?;
    Ok(Json(Seen { read }).into_response())
}
