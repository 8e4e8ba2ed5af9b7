//! Answers: what the company says, and the only way in which a status changes.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Forum,
    actor::Role,
    answer::{self, Draft, Outcome, ReasonClass, Verdict},
    id::AnswerId,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    attachments::Attachment,
    me::RoleName,
    objects::{Owner, Show, choices},
    requests::Request,
    statuses::Status,
};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer as Answered, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Became, Made, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Verdict`].
    CauseName: "Why the forum itself answers.", Verdict::ALL.map(Verdict::as_str);
    /// The schema of [`ReasonClass`].
    ReasonClassName: "Why the company says no.", ReasonClass::ALL.map(ReasonClass::as_str);
}

/// An official answer. It is never edited and never deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: AnswerId,
    /// Who gave it; null when the forum did, under a rule.
    pub author: Option<Owner>,
    /// Why the forum gave it, when it did.
    #[schema(value_type = Option<CauseName>)]
    pub cause: Option<Verdict>,
    /// The role of whoever allowed what was beyond the mandate of its author.
    #[schema(value_type = Option<RoleName>)]
    pub decided_by: Option<Role>,
    /// Where the post stood before.
    pub from_status: Status,
    /// Where it stands with it.
    pub status: Status,
    /// What will be done, or was, in Markdown.
    pub what: String,
    /// The same as safe HTML.
    pub what_html: String,
    /// By whom.
    pub who: Option<String>,
    /// When the next word comes.
    pub next_update_on: Option<NaiveDate>,
    /// Why not, if not.
    #[schema(value_type = Option<ReasonClassName>)]
    pub reason_class: Option<ReasonClass>,
    /// When the refusal is looked at again.
    pub reexamine_on: Option<NaiveDate>,
    /// Whether the refusal is for good.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Whether it came after it was due.
    pub late: bool,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// The pictures and documents that belong to it.
    pub attachments: Vec<Attachment>,
}

impl Answer {
    /// An answer, as the actor sees it.
    pub fn of(answer: answer::Answer, show: &Show) -> Self {
        Self {
            late: answer.is_late(),
            id: answer.id,
            author: answer.author.map(|author| show.owner(author)),
            cause: answer.cause,
            decided_by: answer.decided_by,
            from_status: answer.from.into(),
            status: answer.status.into(),
            what: answer.what,
            what_html: answer.what_html,
            who: answer.who,
            next_update_on: answer.next_update_on,
            reason_class: answer.reason_class,
            reexamine_on: answer.reexamine_on,
            is_final: answer.is_final,
            language: answer.language,
            created_at: answer.created_at,
            attachments: Attachment::all(answer.files, show),
        }
    }
}

/// A new answer. Into review, planned or started it needs `what`, `who` and `next_update_on`; delivered needs `what` and `who`;
/// declined needs `reason_class`, `what` of at least 80 characters, and either `reexamine_on` or `final`.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "status": "planned", "what": "We put all addresses of a customer on one bill.", "who": "Billing team",
    "next_update_on": "2026-12-11"
}))]
pub struct AnswerDraft {
    /// Slug of the status to set; the company sets neither *received* nor *confirmed*.
    pub status: String,
    /// What will be done, or was, in Markdown.
    #[schema(min_length = 1, max_length = 10000)]
    pub what: String,
    /// By whom, in public.
    #[schema(max_length = 200)]
    pub who: Option<String>,
    /// When the next word comes: after today, and no later than the terms of the site allow. A day off means the working day
    /// before.
    pub next_update_on: Option<NaiveDate>,
    /// Why not.
    #[schema(value_type = Option<ReasonClassName>)]
    pub reason_class: Option<String>,
    /// When the refusal is looked at again.
    pub reexamine_on: Option<NaiveDate>,
    /// Whether the refusal is for good.
    #[schema(rename = "final")]
    pub is_final: Option<bool>,
    /// Numbers of pictures and documents that the caller sent before and that belong to nothing yet: at most five.
    #[schema(value_type = Option<Vec<i64>>, max_items = 5)]
    pub attachments: Option<Vec<i64>>,
}

/// List the answers to a post
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/answers", tag = "answers", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The answers", body = List<Answer>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answered {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let answers = answer::list(&view, &post).await?;
    let answers = answers.into_iter().map(|answer| Answer::of(answer, &show)).collect();
    Ok(Json(List::cut(answers, &asked, USUAL, |answer| answer.id.to_string())?).into_response())
}

/// Answer a post
///
/// Sets its status, ends the clocks that waited for it and starts the next. Who answers a post without an owner owns it. What is
/// beyond the mandate of the caller's role becomes a request, which a higher role decides.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/answers", tag = "answers", request_body = AnswerDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The answer", body = Answer, headers(("Location" = String))),
        (status = 202, description = "It is beyond the mandate: the request for it", body = Request, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answered {
    let post = caller.target_post(&forum, &id).await?;
    answer::may_answer(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        status: fields.text("status"),
        what: fields.text("what"),
        who: fields.optional_text("who"),
        next_update_on: fields.optional_text("next_update_on"),
        reason_class: fields.optional_text("reason_class"),
        reexamine_on: fields.optional_text("reexamine_on"),
        is_final: fields.flag("final"),
        language: caller.language,
        files: fields.attachments(),
    };
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = forum.with_markdown(&draft.what).await?;
    once(&forum, &caller, &sent, async |tx| {
        Ok(match answer::give(tx, post, &draft).await? {
            Outcome::Done(answer) => {
                Became::Made(Made { location: format!("/api/v1/posts/{post}/answers"), object: Answer::of(answer, &show) })
            }
            Outcome::Requested(request) => Became::Asked(Request::asked(request, &show)),
        })
    })
    .await
}
