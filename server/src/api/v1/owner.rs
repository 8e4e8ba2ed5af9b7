//! The owner of a post: the one member of the staff who is accountable.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use forum::{Error, Forum, error::Problem, id::PersonId, owner, post};
use utoipa::ToSchema;

use super::{objects::Show, posts::Post};
use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Missing, Refused, Unauthenticated},
    sent::Sent,
};

/// Who is to be accountable.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "person": "019aa5f0-7c1e-7d3a-9b1f-5d2a6c3e4f50" }))]
pub struct OwnerDraft {
    /// A member of the staff.
    pub person: uuid::Uuid,
}

/// Make somebody the owner
///
/// The same once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/posts/{id}/owner", tag = "answers", params(("id" = i64, Path, description = "The post")),
    request_body = OwnerDraft,
    responses((status = 200, description = "The post with its owner", body = Post), Unauthenticated, Denied, Missing, Refused),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn set(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = caller.target_post(&forum, &id).await?;
    owner::may_set(&caller.actor)?;
    let mut fields = sent.fields()?;
    let person = fields.optional_text("person");
    fields.finish()?;
    let person = person.ok_or(Problem::Required).and_then(|text| text.trim().parse().map_err(|_| Problem::UnknownChoice));
    let person = PersonId(person.map_err(|problem| Error::invalid("person", problem))?);
    let post = forum
        .write(&caller.actor, async |tx| {
            owner::set(tx, id, person).await?;
            post::by_id(&tx.view(), id).await
        })
        .await?;
    Ok(Json(Post::of(post, &Show::to(&forum, &caller.actor))).into_response())
}
