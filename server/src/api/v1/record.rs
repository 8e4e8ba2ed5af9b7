//! The public record: every official act, in order, chained.

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Forum,
    error::{Check, Problem},
    event::Change,
    record::{self, Shown},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::objects::{Owner, Show};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging},
    problem::{Answer, Mistaken},
};

/// An entry of the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordEntry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: String,
    /// What happened; `withheld` to those who may not know.
    #[schema(example = "answer_published")]
    pub act: String,
    /// What it was about; of a person no more than that it was one.
    #[schema(example = "answer:17")]
    pub subject: Option<String>,
    /// The post on which it happened.
    #[schema(value_type = Option<i64>)]
    pub post_id: Option<i64>,
    /// The role of who of the staff acted; null for what the forum did by a rule.
    pub role: Option<String>,
    /// The house rule that was named.
    pub rule: Option<i32>,
    /// The reason that was given.
    pub reason: Option<String>,
    /// Put before the reason, its SHA-256 is the `reason` of the `entry`.
    pub reason_salt: Option<String>,
    /// Who acted, as the site shows the staff; null for what the forum did by a rule, and where it is not known any more.
    pub by: Option<Owner>,
    /// Of an entry about settings, the ranking or a role: what each was and is, null where there was nothing or is nothing any more.
    pub changes: Vec<RecordChange>,
    /// The digest of the entry before; zeros for the first.
    pub prev: String,
    /// The SHA-256 of `entry`.
    pub digest: String,
    /// What the digest covers, letter by letter: canonical JSON (RFC 8785). In place of what is somebody's own, or not for everybody, it has
    /// salted digests.
    pub entry: String,
    /// The page of the entry.
    pub url: String,
}

/// A setting that became another.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordChange {
    /// Which one, from the whole to the part.
    #[schema(example = "complaint_terms.decision")]
    pub key: String,
    /// What it was.
    #[schema(value_type = Value, nullable)]
    pub from: Value,
    /// What it is.
    #[schema(value_type = Value, nullable)]
    pub to: Value,
}

impl From<Change> for RecordChange {
    fn from(Change { key, from, to }: Change) -> Self {
        Self { key, from, to }
    }
}

impl RecordEntry {
    fn of(shown: Shown, show: &Show) -> forum::Result<Self> {
        let Shown { entry, open } = shown;
        let line = entry.line()?;
        let url = show.absolute(&format!("/record/{}", entry.seq));
        let mut item = Self {
            seq: entry.seq,
            at: entry.at,
            act: entry.act,
            subject: entry.subject,
            post_id: entry.post,
            role: entry.role,
            rule: entry.rule,
            reason: None,
            reason_salt: None,
            by: None,
            changes: Vec::new(),
            prev: entry.prev,
            digest: entry.digest,
            entry: line,
            url,
        };
        if let Some(open) = open {
            if item.act == record::WITHHELD {
                open.event.kind.name().clone_into(&mut item.act);
                item.subject = open.subject();
                item.post_id = open.event.post.map(|post| post.0);
                item.role = open.event.role.filter(|role| role.is_staff()).map(|role| role.as_str().to_owned());
                item.rule = open.event.rule;
            }
            item.changes = record::changes(&open.event.kind).into_iter().map(RecordChange::from).collect();
            item.reason = open.event.reason;
            item.reason_salt = open.reason_salt;
            item.by = open.by.map(|person| show.owner(person));
        }
        Ok(item)
    }
}

/// The parameters of the list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// Only entries with a higher number.
    #[param(minimum = 0)]
    pub after: Option<i64>,
}

/// List the record
///
/// Every official act, oldest first, each with a digest that covers the one before it. Who has read up to a number goes on after it.
#[utoipa::path(
    get, path = "/api/v1/record", tag = "record", params(After, Paging),
    responses((status = 200, description = "The entries", body = List<RecordEntry>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let mut check = Check::new();
    let number = |text: &str| text.parse::<i64>().ok().filter(|seq| *seq >= 0).ok_or(Problem::Malformed);
    let after = asked.choice(&mut check, "after", number).unwrap_or_default();
    let limit = asked.noted_limit(&mut check);
    check.finish(())?;
    let cursor = asked.cursor();
    let (entries, next_cursor) = record::after(forum.read(), &caller.actor, after, cursor.as_deref(), limit).await?;
    let show = Show::to(&forum, &caller.actor);
    let items = entries.into_iter().map(|shown| RecordEntry::of(shown, &show)).collect::<forum::Result<_>>()?;
    Ok(Json(List { items, next_cursor }).into_response())
}
