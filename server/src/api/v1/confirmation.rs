//! Confirmation: "delivered" is the company's word, whether it is solved is the customers'.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, View,
    confirm::{self, Outcome, parse_said},
    id::AnswerId,
    post::Seen,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    problem::{Answer, Conflicting, Denied, Missing, Refused, Unauthenticated},
    repeat::{Changed, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Outcome`].
    ConfirmationOutcome: "`confirmed`, `reopened`, `unconfirmed` (nobody answered), `overtaken` (the company answered anew before).",
        Outcome::ALL.map(Outcome::as_str);
    /// The schema of what customers say to a delivery.
    YesOrNo: "Whether it is solved.", ["yes", "no"];
}

/// What author and supporters say to the latest delivery.
#[derive(Debug, Serialize, ToSchema)]
pub struct Confirmation {
    /// The answer that said "delivered".
    #[schema(value_type = i64)]
    pub answer_id: AnswerId,
    /// How many were asked: the author, and whoever supported the post.
    pub asked: i64,
    /// How many of them answered so far.
    pub said: i64,
    /// How many of those said yes.
    pub yes: i64,
    /// The share of yes among those who answered, in whole percent; null while nobody did.
    pub percent: Option<i64>,
    /// When what was said decides.
    pub closes_at: DateTime<Utc>,
    /// When it was decided.
    pub closed_at: Option<DateTime<Utc>>,
    /// What became of it.
    #[schema(value_type = Option<ConfirmationOutcome>)]
    pub outcome: Option<Outcome>,
    /// What the caller said; null when they said nothing or were not asked.
    #[schema(value_type = Option<YesOrNo>)]
    pub my_answer: Option<&'static str>,
    /// Whether the caller was asked and can still say something.
    pub may_answer: bool,
}

/// What the caller says.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "solved": "no", "note": "The bill of December came twice again." }))]
pub struct Verdict {
    /// Whether it is solved; `true` and `false` are taken too.
    #[schema(value_type = YesOrNo)]
    pub solved: String,
    /// What to say with it, to the company.
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// The questions after the latest delivery.
///
/// # Errors
/// [`Error::NotFound`] when nothing was delivered yet.
async fn confirmation(view: &View<'_>, post: &Seen) -> Result<Confirmation, Error> {
    let check = confirm::of_post(view, post).await?.ok_or(Error::NotFound)?;
    let mine = confirm::mine(view, post).await?.filter(|mine| mine.answer == check.answer);
    Ok(Confirmation {
        percent: check.percent(),
        answer_id: check.answer,
        asked: check.asked,
        said: check.said,
        yes: check.yes,
        closes_at: check.closes_at,
        closed_at: check.closed_at,
        outcome: check.outcome,
        my_answer: mine.as_ref().and_then(|mine| mine.said).map(|said| if said { "yes" } else { "no" }),
        may_answer: mine.is_some_and(|mine| mine.is_open),
    })
}

/// Show what customers say to the latest delivery
///
/// 404 while nothing was delivered.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/confirmation", tag = "verdicts", params(("id" = i64, Path, description = "The post")),
    responses((status = 200, description = "The questions and what was said", body = Confirmation), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    Ok(Json(confirmation(&view, &post).await?).into_response())
}

/// Say whether it is solved
///
/// Author and supporters of a delivered post are asked; to anybody else there is no question (404). Until it is decided one can
/// change one's mind. As soon as the author says no, the post goes back to being worked on, one level up.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/confirmation", tag = "verdicts", request_body = Verdict,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The questions and what was said", body = Confirmation),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("author and supporters, scope write"))), security(("bearer" = []))
)]
pub async fn say(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.target(&id)?;
    let (view, seen) = caller.see(&forum, &id).await?;
    confirm::question(&view, &seen).await?;
    let post = seen.id();
    // the command reads anew
    drop(view);
    let mut fields = sent.fields()?;
    let (solved, note) = (fields.yes_or_no("solved"), fields.optional_text("note"));
    fields.finish()?;
    let solved = parse_said(&solved).map_err(|problem| Error::invalid("solved", problem))?;
    once(&forum, &caller, &sent, async |tx| {
        confirm::say(tx, post, solved, note.as_deref()).await?;
        let view = tx.view();
        Ok(Changed(confirmation(&view, &view.post(post).await?).await?))
    })
    .await
}
