//! Requests: acts beyond a mandate, which wait for somebody with a wider one.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    actor::Role,
    id::{PostId, RequestId},
    mandate::Beyond,
    request::{self, Act, State as Standing},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    me::RoleName,
    objects::{Owner, Show, choices},
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Act`].
    RequestAct: "What is asked for.", Act::ALL.map(Act::as_str);
    /// The schema of [`request::State`].
    RequestState: "How a request stands.", Standing::ALL.map(Standing::as_str);
    /// The schema of [`Beyond`].
    BeyondName: "What of an act is beyond a mandate: the stage, the date of a promise, the amount of a remedy.",
        Beyond::ALL.map(Beyond::as_str);
}

/// An act that waits for somebody with a wider mandate, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Request {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: RequestId,
    /// On which post.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// The title of the post.
    pub post_title: String,
    /// What is asked for.
    #[schema(value_type = RequestAct)]
    pub act: Act,
    /// What was sent: the fields of an `AnswerDraft` or a `PromiseDraft`.
    #[schema(value_type = Object)]
    pub draft: Value,
    /// What of it is beyond the mandate.
    #[schema(value_type = Vec<BeyondName>)]
    pub beyond: Vec<Beyond>,
    /// Who asks.
    pub by: Owner,
    /// The level that decides: 2 lead, 3 director.
    #[schema(minimum = 2, maximum = 3)]
    pub level: i32,
    /// By when; after that it goes to the next level.
    pub due_at: DateTime<Utc>,
    /// How it stands.
    #[schema(value_type = RequestState)]
    pub state: Standing,
    /// The role of whoever decided.
    #[schema(value_type = Option<RoleName>)]
    pub decided_by: Option<Role>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub note: Option<String>,
    /// The number of the answer or promise that it became.
    pub result_id: Option<i64>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

impl Request {
    /// A request, as the actor sees it.
    pub fn of(request: request::Request, show: &Show) -> Self {
        Self {
            id: request.id,
            post_id: request.post,
            post_title: request.title,
            act: request.act,
            draft: as_sent(request.draft),
            beyond: request.beyond,
            by: show.owner(request.by),
            level: request.level,
            due_at: request.due_at,
            state: request.state,
            decided_by: request.decided_by,
            decided_at: request.decided_at,
            note: request.note,
            result_id: request.result,
            created_at: request.created_at,
        }
    }

    /// A request that was made just now.
    pub fn asked(request: request::Request, show: &Show) -> Made<Self> {
        Made { location: format!("/api/v1/requests/{}", request.id), object: Self::of(request, show) }
    }
}

/// A draft by the names of the API, without what was not sent.
fn as_sent(mut draft: Value) -> Value {
    if let Value::Object(fields) = &mut draft {
        fields.remove("language");
        if let Some(is_final) = fields.remove("is_final") {
            fields.insert("final".to_owned(), is_final);
        }
        fields.retain(|_, value| !value.is_null());
    }
    draft
}

/// A refusal.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "note": "Fifty euros are enough for a bill that came twice." }))]
pub struct RequestRefusal {
    /// Why not.
    #[schema(min_length = 10, max_length = 500)]
    pub note: String,
}

/// List the requests that wait
///
/// Soonest due first.
#[utoipa::path(
    get, path = "/api/v1/requests", tag = "requests", params(Paging),
    responses((status = 200, description = "The requests", body = List<Request>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    request::may_read(&caller.actor)?;
    let show = Show::to(&forum, &caller.actor);
    let requests = request::open(forum.read(), &caller.actor).await?;
    let requests = requests.into_iter().map(|request| Request::of(request, &show)).collect();
    Ok(Json(List::cut(requests, &asked, MOST, |request| request.id.to_string())?).into_response())
}

/// Show a request
#[utoipa::path(
    get, path = "/api/v1/requests/{id}", tag = "requests", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The request", body = Request), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    request::may_read(&caller.actor)?;
    let request = request::by_id(forum.read(), &caller.actor, RequestId(number(&id)?)).await?;
    Ok(Json(Request::of(request, &Show::to(&forum, &caller.actor))).into_response())
}

/// Approve a request
///
/// Does what was asked for, as the act of whoever asked. Fails with 422 when it can't be done any more as it was asked, because
/// its date is past for instance. Nobody approves their own.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/approve", tag = "requests",
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The request with what it became", body = Request),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("lead or director, as its level says"))), security(("bearer" = []))
)]
pub async fn approve(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = deciding(&forum, &caller, &id).await?;
    sent.optional_fields()?.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| Ok(Changed(Request::of(request::approve(tx, id).await?, &show)))).await
}

/// Refuse a request
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/refuse", tag = "requests", request_body = RequestRefusal,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The request", body = Request),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("lead or director, as its level says"))), security(("bearer" = []))
)]
pub async fn refuse(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = deciding(&forum, &caller, &id).await?;
    let mut fields = sent.fields()?;
    let note = fields.text("note");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| Ok(Changed(Request::of(request::refuse(tx, id, &note).await?, &show)))).await
}

/// The request in an address: asked before the body is read, so that only who may decide it hears what is wrong with what they sent.
async fn deciding(forum: &Forum, caller: &Caller, id: &str) -> Result<RequestId, Error> {
    request::may_read(&caller.actor)?;
    Ok(request::deciding(forum.read(), &caller.actor, RequestId(number(id)?)).await?.id)
}
