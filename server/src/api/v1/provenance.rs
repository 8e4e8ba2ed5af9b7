//! Provenance: whether customers had an idea, the company had planned it before, or both.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Forum, post,
    provenance::{self, Provenance},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    objects::{Owner, Show, choices},
    posts::Post,
};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Denied, Missing, Mistaken, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Provenance`].
    ProvenanceName: "Whether customers had it, the company had planned it before, or both.", Provenance::ALL.map(Provenance::as_str);
}

/// A word on where a post comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvenanceStatement {
    /// What was said.
    #[schema(value_type = ProvenanceName)]
    pub provenance: Provenance,
    /// Why it was changed; null for the first word.
    pub reason: Option<String>,
    /// Who said so.
    pub by: Owner,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Where a post comes from.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "provenance": "both", "reason": "We found it on our own list of last spring." }))]
pub struct ProvenanceDraft {
    /// What holds.
    #[schema(value_type = ProvenanceName)]
    pub provenance: String,
    /// Why it is changed, in public; required unless it is the first word.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: Option<String>,
}

/// List what was said about where a post comes from
///
/// Oldest first; the last one holds.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/provenance", tag = "posts", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "What was said", body = List<ProvenanceStatement>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let said = provenance::of_post(&view, &post).await?.into_iter().enumerate().collect();
    let page = List::cut(said, &asked, USUAL, |(n, _)| n.to_string())?;
    let item = |(_, said): (usize, provenance::Statement)| ProvenanceStatement {
        provenance: said.provenance,
        reason: said.reason,
        by: show.owner(said.by),
        created_at: said.at,
    };
    Ok(Json(List { items: page.items.into_iter().map(item).collect(), next_cursor: page.next_cursor }).into_response())
}

/// Say where a post comes from
///
/// To say something else later needs a public reason. The same once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/posts/{id}/provenance", tag = "posts", params(("id" = i64, Path, description = "The post")),
    request_body = ProvenanceDraft,
    responses((status = 200, description = "The post as it is now", body = Post), Unauthenticated, Denied, Missing, Refused),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn set(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = caller.target_post(&forum, &id).await?;
    provenance::may_say(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (provenance, reason) = (fields.text("provenance"), fields.text("reason"));
    fields.finish()?;
    let post = forum
        .write(&caller.actor, async |tx| {
            provenance::set(tx, id, &provenance, &reason).await?;
            post::by_id(&tx.view(), id).await
        })
        .await?;
    Ok(Json(Post::of(post, &Show::to(&forum, &caller.actor))).into_response())
}
