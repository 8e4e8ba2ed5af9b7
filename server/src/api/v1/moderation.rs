//! Moderation: what the company does to what people wrote, what they say to it, and who decides.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Forum,
    error::Problem,
    id::{ModerationId, PostId},
    marker,
    moderation::{self, Act, Draft, Ruling, Sort, Target},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::{Show, choices};
use crate::api::{
    caller::{Caller, number},
    problem::{Answer, Conflicting, Denied, Missing, Refused, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::{Fields, Sent},
};

choices! {
    /// The schema of [`Act`].
    ActName: "What moderators do.", Act::ALL.map(Act::as_str);
    /// The schema of [`Sort`].
    TargetName: "What it is done to.", Sort::ALL.map(Sort::as_str);
    /// The schema of [`Ruling`].
    RulingName: "What became of an objection.", Ruling::ALL.map(Ruling::as_str);
}

/// What stands in the place of something that was taken away.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Marker {
    /// The number of the act.
    #[schema(value_type = i64)]
    pub id: ModerationId,
    /// Its page.
    #[schema(example = "https://forum.example/moderation/12")]
    pub url: String,
    /// What was done.
    #[schema(value_type = ActName)]
    pub act: Act,
    /// The house rule that it followed from.
    pub rule: i32,
    /// Why.
    pub reason: String,
    /// The role of whoever did it.
    #[schema(example = "agent")]
    pub role: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Marker {
    /// A marker of the forum.
    pub fn of(marker: marker::Marker, show: &Show) -> Self {
        Self {
            id: marker.id,
            url: show.act(marker.id),
            act: marker.act,
            rule: marker.rule,
            reason: marker.reason,
            role: marker.role.as_str().to_owned(),
            at: marker.at,
        }
    }
}

/// The number of a post or a comment, the UUID of a person, or of a vote the number of the post, a slash, and the UUID of the person.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TargetId {
    /// Of a post or a comment.
    Number(i64),
    /// Of a person or a vote.
    Name(String),
}

impl From<Target> for TargetId {
    fn from(target: Target) -> Self {
        match target {
            Target::Post(id) => Self::Number(id.0),
            Target::Comment(id) => Self::Number(id.0),
            Target::Person(id) => Self::Name(id.to_string()),
            Target::Vote(post, person) => Self::Name(format!("{post}/{person}")),
        }
    }
}

/// An objection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Appeal {
    /// What whoever objects says; null to everybody but them and the staff.
    pub body: Option<String>,
    /// When they objected.
    pub created_at: DateTime<Utc>,
    /// By when it is to be decided.
    pub due_at: DateTime<Utc>,
    /// Whether it should have been decided by now.
    pub overdue: bool,
    /// What became of it; null while it waits.
    #[schema(value_type = Option<RulingName>)]
    pub outcome: Option<Ruling>,
    /// Why.
    pub reason: Option<String>,
    /// The role of whoever decided.
    #[schema(example = "lead")]
    pub role: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// An act of moderation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Moderation {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ModerationId,
    /// Its page.
    #[schema(example = "https://forum.example/moderation/12")]
    pub url: String,
    /// What sort of thing it was done to.
    #[schema(value_type = TargetName)]
    pub target_type: Sort,
    /// Which one; of a person it is null to everybody but them and the staff.
    pub target_id: Option<TargetId>,
    /// The post that it was done to, or on.
    #[schema(value_type = Option<i64>)]
    pub post_id: Option<PostId>,
    /// Which text it was done to: the title of the post, or the first words of the comment; null where that is not for the caller.
    pub words: Option<String>,
    /// What was done.
    #[schema(value_type = ActName)]
    pub act: Act,
    /// The house rule that it followed from.
    pub rule: i32,
    /// Why.
    pub reason: String,
    /// The role of whoever did it.
    #[schema(example = "agent")]
    pub role: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When the company looks at it again.
    pub review_on: Option<NaiveDate>,
    /// The last day of a ban.
    pub until: Option<NaiveDate>,
    /// Whether it was taken back.
    pub undone: bool,
    /// The act that it took back.
    #[schema(value_type = Option<i64>)]
    pub undoes: Option<ModerationId>,
    /// Until when one could object to it; null where there is nothing to object to.
    pub appeal_until: Option<DateTime<Utc>>,
    /// The objection to it; null as long as there is none.
    pub appeal: Option<Appeal>,
}

impl Moderation {
    pub(super) fn of(act: moderation::Moderation, forum: &Forum, caller: &Caller) -> Self {
        let is_told = caller.actor.sees_all() || caller.actor.id() == Some(act.whose.id);
        let (undone, until, now) = (act.is_undone(), act.appeal_until(), forum.now());
        let appeal = act.appeal.map(|appeal| Appeal {
            overdue: appeal.is_overdue(now),
            body: is_told.then_some(appeal.body),
            created_at: appeal.created_at,
            due_at: appeal.due_at,
            outcome: appeal.outcome,
            reason: appeal.reason,
            role: appeal.role.map(|role| role.as_str().to_owned()),
            decided_at: appeal.decided_at,
        });
        Self {
            id: act.id,
            url: Show::to(forum, &caller.actor).act(act.id),
            target_type: act.target.sort(),
            target_id: (is_told || act.target.sort() != Sort::Person).then(|| act.target.into()),
            post_id: act.post,
            words: act.words.map(|words| words.text),
            act: act.act,
            rule: act.rule,
            reason: act.reason,
            role: act.role.as_str().to_owned(),
            at: act.at,
            review_on: act.review_on,
            until: act.last_day,
            undone,
            undoes: act.undoes,
            appeal_until: act.act.is_against().then_some(until),
            appeal,
        }
    }
}

/// An act to be done.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "target_type": "comment", "target_id": 4711, "act": "redact", "passage": "Piet, 06 12345678", "rule": 4,
    "reason": "It names somebody who has nothing to do with it."
}))]
pub struct ModerationDraft {
    /// What sort of thing it is done to.
    #[schema(value_type = TargetName)]
    pub target_type: String,
    /// Which one.
    pub target_id: TargetId,
    /// To a post: `hide`, `show`, `redact`, `lock`, `unlock`, `move`, `edit`; to a comment: `hide`, `show`, `redact`, `edit`; to a person: `ban`,
    /// `unban` (leads and above); to a vote: `exclude_vote`, `show`. `show` takes back what hides a thing, a redaction, or an exclusion.
    #[schema(value_type = ActName)]
    pub act: String,
    /// Number of the house rule that it follows from; one that is in force.
    pub rule: i32,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
    /// When to look at it again.
    pub review_on: Option<NaiveDate>,
    /// To redact: the words to take out, to the letter, wherever they stand in any wording.
    #[schema(min_length = 2)]
    pub passage: Option<String>,
    /// To move: slug of a board that the same people can read.
    pub board: Option<String>,
    /// To edit: a new title.
    #[schema(min_length = 3, max_length = 120)]
    pub title: Option<String>,
    /// To edit: a new text, in Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: Option<String>,
    /// To ban: the last day.
    pub until: Option<NaiveDate>,
}

/// An objection to be lodged.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "body": "That is the number of our own shop." }))]
pub struct AppealDraft {
    /// What there is to say; it may be left out.
    #[schema(max_length = 2000)]
    pub body: Option<String>,
}

/// A decision.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "outcome": "upheld", "reason": "The number stands on the shop's own page." }))]
pub struct RulingDraft {
    /// `upheld` takes the act back.
    #[schema(value_type = RulingName)]
    pub outcome: String,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// The thing that a body names; what is wrong with that is noted.
pub(super) fn target(fields: &mut Fields) -> Option<Target> {
    let (sort, id) = (fields.text("target_type"), fields.amount("target_id").unwrap_or_default());
    let sort = if sort.is_empty() { Err(Problem::Required) } else { Sort::parse(&sort) };
    match sort {
        Ok(sort) => match Target::parse(sort, &id) {
            Ok(target) => return Some(target),
            Err(problem) => fields.refuse("target_id", problem),
        },
        Err(problem) => fields.refuse("target_type", problem),
    }
    None
}

/// Moderate
///
/// Under a house rule and with a public reason. It leaves a marker in place of what it takes away, whoever it is done to is told, and can
/// object; it is refused where it is so already.
#[utoipa::path(
    post, path = "/api/v1/moderation", tag = "moderation", request_body = ModerationDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The act", body = Moderation, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    moderation::may_moderate(&caller.actor)?;
    let mut fields = sent.fields()?;
    let target = target(&mut fields);
    let mut draft = Draft {
        act: fields.text("act"),
        rule: None,
        reason: fields.text("reason"),
        review_on: fields.optional_text("review_on"),
        passage: fields.optional_text("passage"),
        board: fields.optional_text("board"),
        title: fields.optional_text("title"),
        body: fields.optional_text("body"),
        until: fields.optional_text("until"),
    };
    match fields.number("rule").map(i32::try_from).transpose() {
        Ok(rule) => draft.rule = rule,
        Err(_) => fields.refuse("rule", Problem::UnknownChoice),
    }
    let target = fields.finish_with(target)?;
    let forum = match &draft.body {
        Some(body) => forum.with_markdown(body).await?,
        None => forum,
    };
    once(&forum, &caller, &sent, async |tx| {
        let act = moderation::act(tx, target, &draft).await?;
        Ok(Made { location: format!("/api/v1/moderation/{}", act.id), object: Moderation::of(act, &forum, &caller) })
    })
    .await
}

/// Show an act of moderation
#[utoipa::path(
    get, path = "/api/v1/moderation/{id}", tag = "moderation", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The act, with what was said to it", body = Moderation), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let act = moderation::by_id(&forum.view(&caller.actor).await?, ModerationId(number(&id)?)).await?;
    Ok(Json(Moderation::of(act, &forum, &caller)).into_response())
}

/// Object to an act of moderation
///
/// Whoever it was done to, or to whose post, comment or vote, can do so once, within 180 days; also while they may not write anything
/// else. Somebody other than the moderator decides within five working days.
#[utoipa::path(
    post, path = "/api/v1/moderation/{id}/appeal", tag = "moderation", request_body = AppealDraft,
    params(
        ("id" = i64, Path, description = "The act"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The act, with the objection", body = Moderation),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("author, scope write"))), security(("bearer" = []))
)]
pub async fn appeal(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = ModerationId(caller.target(&id)?);
    moderation::appealing(&forum.view(&caller.actor).await?, id).await?;
    let mut fields = sent.optional_fields()?;
    let body = fields.text("body");
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let act = moderation::appeal(tx, id, &body).await?;
        Ok(Changed(Moderation::of(act, &forum, &caller)))
    })
    .await
}

/// Decide an objection
///
/// Neither the moderator of the act nor whoever objects may. `upheld` takes the act back at once.
#[utoipa::path(
    post, path = "/api/v1/moderation/{id}/decide", tag = "moderation", request_body = RulingDraft,
    params(
        ("id" = i64, Path, description = "The act"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The act, with the decision", body = Moderation),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("lead"))), security(("bearer" = []))
)]
pub async fn decide(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = ModerationId(caller.target(&id)?);
    moderation::deciding(&forum.view(&caller.actor).await?, id).await?;
    let mut fields = sent.fields()?;
    let (outcome, reason) = (fields.text("outcome"), fields.text("reason"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let act = moderation::decide(tx, id, &outcome, &reason).await?;
        Ok(Changed(Moderation::of(act, &forum, &caller)))
    })
    .await
}
