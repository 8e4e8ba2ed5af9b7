//! What reaches the caller by mail.

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Forum, Tx,
    mailing::{self, Draft, Pace, Topic},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Outdated, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Pace`].
    MailPace: "When a letter goes out: as it happens, with all else of the day or the week in the morning, or not at all.", Pace::ALL.map(Pace::as_str);
}

/// What reaches the caller by mail, and when. All of it stands in their notices in any case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({ "answers": "at_once", "questions": "at_once", "comments": "daily", "mentions": "at_once", "following": "weekly", "moderation": "at_once", "work": "never", "time_zone": "Europe/Amsterdam", "answers_by_mail": true }))]
pub struct Mailing {
    /// What the company says and does about what they wrote.
    #[schema(value_type = MailPace)]
    pub answers: Pace,
    /// Whether it is really solved.
    #[schema(value_type = MailPace)]
    pub questions: Pace,
    /// What others say to what they wrote; at once, there is one letter an hour at most for a post.
    #[schema(value_type = MailPace)]
    pub comments: Pace,
    /// Where they are named by `@` and their handle.
    #[schema(value_type = MailPace)]
    pub mentions: Pace,
    /// What happens to what they follow.
    #[schema(value_type = MailPace)]
    pub following: Pace,
    /// What the staff did to what they wrote, and what came of an objection.
    #[schema(value_type = MailPace)]
    pub moderation: Pace,
    /// What waits for a member of the staff.
    #[schema(value_type = MailPace)]
    pub work: Pace,
    /// Where it is eight in the morning when collected letters go out; null for the time zone of the site.
    pub time_zone: Option<&'static str>,
    /// Whether what they answer to a mail about a post becomes a comment, where mail comes in at all.
    pub answers_by_mail: bool,
}

impl From<mailing::Mailing> for Mailing {
    fn from(mailing: mailing::Mailing) -> Self {
        Self {
            answers: mailing.pace(Topic::Answers),
            questions: mailing.pace(Topic::Questions),
            comments: mailing.pace(Topic::Comments),
            mentions: mailing.pace(Topic::Mentions),
            following: mailing.pace(Topic::Following),
            moderation: mailing.pace(Topic::Moderation),
            work: mailing.pace(Topic::Work),
            time_zone: mailing.zone(),
            answers_by_mail: mailing.answers_by_mail,
        }
    }
}

/// What can be changed; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "comments": "daily", "time_zone": null }))]
pub struct MailingChange {
    /// What the company says and does about what they wrote.
    #[schema(value_type = Option<MailPace>)]
    pub answers: Option<String>,
    /// Whether it is really solved.
    #[schema(value_type = Option<MailPace>)]
    pub questions: Option<String>,
    /// What others say to what they wrote.
    #[schema(value_type = Option<MailPace>)]
    pub comments: Option<String>,
    /// Where they are named by `@` and their handle.
    #[schema(value_type = Option<MailPace>)]
    pub mentions: Option<String>,
    /// What happens to what they follow.
    #[schema(value_type = Option<MailPace>)]
    pub following: Option<String>,
    /// What the staff did to what they wrote.
    #[schema(value_type = Option<MailPace>)]
    pub moderation: Option<String>,
    /// What waits for a member of the staff.
    #[schema(value_type = Option<MailPace>)]
    pub work: Option<String>,
    /// A time zone (IANA); null for that of the site.
    pub time_zone: Option<String>,
    /// Whether what they answer to a mail about a post becomes a comment.
    pub answers_by_mail: Option<bool>,
}

/// Show what reaches the caller by mail
#[utoipa::path(
    get, path = "/api/v1/me/mail", tag = "me",
    responses((status = 200, description = "What reaches them, and when", body = Mailing), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller) -> Answer {
    Ok(Json(Mailing::from(mailing::own(forum.read(), &caller.actor).await?)).into_response())
}

/// Change what reaches the caller by mail
#[utoipa::path(
    patch, path = "/api/v1/me/mail", tag = "me", request_body = MailingChange,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` that it was written from")),
    responses((status = 200, description = "What reaches them now", body = Mailing), Unauthenticated, Denied, Outdated, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    mailing::may_choose(&caller.actor)?;
    let mut fields = sent.fields()?;
    let paces = Topic::ALL.into_iter().filter_map(|topic| Some((topic, fields.optional_text(topic.as_str())?))).collect();
    let answers_by_mail = fields.optional_flag("answers_by_mail");
    let draft = Draft { paces, time_zone: fields.changed_text("time_zone"), answers_by_mail };
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(Mailing::from(mailing::present(tx).await?))).await?;
        mailing::choose(tx, &draft).await
    };
    forum.write_aside(&caller.actor, change).await?;
    Ok(Json(Mailing::from(mailing::own(forum.read(), &caller.actor).await?)).into_response())
}
