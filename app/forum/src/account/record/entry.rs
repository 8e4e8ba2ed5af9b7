//! What an entry says, and how it is sealed.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::FromQueryResult;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    Error, Result,
    actor::Role,
    event::Event,
    id::{BoardId, EventId, PersonId, PostId},
};

/// What the first entry says of the one before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The act of an entry whose contents are not for everybody.
pub const WITHHELD: &str = "withheld";

/// An entry: what it says in the open, and digests of the rest. As a line of canonical JSON (RFC 8785), without its own digest, it is what
/// the digest covers, and what other people keep of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When it happened: RFC 3339, in UTC, to the microsecond.
    pub at: String,
    /// What happened, by the name of its kind; [`WITHHELD`] where that is not for everybody.
    pub act: String,
    /// What it was about: `answer:17`. Of a person it says no more than that.
    pub subject: Option<String>,
    /// On which post.
    pub post: Option<i64>,
    /// The role of who of the staff acted; nothing for what the forum did by a rule.
    pub role: Option<String>,
    /// The house rule that was named.
    pub rule: Option<i32>,
    /// The salted digest of the reason that was given in public.
    pub reason: Option<String>,
    /// The salted digest of all that the history says of it.
    pub contents: String,
    /// The digest of the entry before.
    pub prev: String,
    /// Its digest.
    #[serde(skip)]
    pub digest: String,
}

impl Entry {
    /// The entry of an act that comes after the one with the digest `prev`. Old entries are compared with what this makes of their acts, so
    /// what it makes of one must never be another.
    pub(super) fn of(fact: &Fact, seq: i64, prev: &str, withheld: bool, salt: &str) -> Result<Self> {
        let mut entry = Self {
            seq,
            at: time(fact.created_at),
            act: WITHHELD.to_owned(),
            subject: None,
            post: None,
            role: None,
            rule: None,
            reason: None,
            contents: fact.sealed(salt)?,
            prev: prev.to_owned(),
            digest: String::new(),
        };
        if !withheld {
            entry.act.clone_from(&fact.kind);
            entry.subject = named(fact.subject.as_deref(), fact.subject_id.as_deref());
            entry.post = fact.post_id.map(|post| post.0);
            entry.role.clone_from(&fact.role);
            // what follows by a rule from something that a customer did is no act of theirs
            entry.role.take_if(|role| !Role::parse(role).is_ok_and(Role::is_staff));
            entry.rule = fact.rule;
            entry.reason = fact.reason.as_deref().map(|reason| seal(&reason_salt(salt), reason));
        }
        entry.digest = entry.computed()?;
        Ok(entry)
    }

    /// The line of canonical JSON that the digest covers.
    pub fn line(&self) -> Result<String> {
        serde_json_canonicalizer::to_string(self).map_err(Error::internal)
    }

    /// The digest of what it says.
    pub fn computed(&self) -> Result<String> {
        Ok(hex::encode(Sha256::digest(self.line()?)))
    }

    /// Whether more is known of it to some than to all.
    pub fn is_withheld(&self) -> bool {
        self.act == WITHHELD
    }
}

/// What the history has of an act: all of it is in the contents of the entry.
#[derive(Debug, Clone, Serialize, FromQueryResult)]
pub(super) struct Fact {
    #[serde(skip)]
    pub(super) id: EventId,
    kind: String,
    subject: Option<String>,
    subject_id: Option<String>,
    actor_id: Option<PersonId>,
    role: Option<String>,
    pub(super) post_id: Option<PostId>,
    pub(super) board_id: Option<BoardId>,
    pub(super) data: serde_json::Value,
    rule: Option<i32>,
    reason: Option<String>,
    #[serde(serialize_with = "as_time")]
    created_at: DateTime<Utc>,
}

/// The columns of events `e` that a [`Fact`] is read from.
pub(super) const FACT: &str =
    "e.id AS e_id, e.kind AS e_kind, e.subject AS e_subject, e.subject_id AS e_subject_id, e.actor_id AS e_actor_id,
    e.role AS e_role, e.post_id AS e_post_id, e.board_id AS e_board_id, e.data AS e_data, e.rule AS e_rule, e.reason AS e_reason,
    e.created_at AS e_created_at";

impl Fact {
    pub(super) fn of(event: &Event) -> Result<Self> {
        let (subject, subject_id) = event.columns();
        Ok(Self {
            id: event.id,
            kind: event.kind.name().to_owned(),
            subject: Some(subject.to_owned()),
            subject_id,
            actor_id: event.actor,
            role: event.role.map(|role| role.as_str().to_owned()),
            post_id: event.post,
            board_id: event.board,
            data: serde_json::to_value(&event.kind).map_err(Error::internal)?,
            rule: event.rule,
            reason: event.reason.clone(),
            created_at: event.at,
        })
    }

    /// Whether a house rule was named.
    pub(super) fn names_rule(&self) -> bool {
        self.rule.is_some()
    }

    /// The salted digest of all of it.
    fn sealed(&self, salt: &str) -> Result<String> {
        let line = serde_json_canonicalizer::to_string(self).map_err(Error::internal)?;
        Ok(seal(salt, &line))
    }
}

/// What an act was about, without saying who.
pub(super) fn named(subject: Option<&str>, id: Option<&str>) -> Option<String> {
    let subject = subject?;
    match id {
        Some(id) if subject != "person" => Some(format!("{subject}:{id}")),
        _ => Some(subject.to_owned()),
    }
}

/// A salted digest: who has neither the text nor the salt learns nothing from it, and can't try texts either.
pub(super) fn seal(salt: &str, text: &str) -> String {
    hex::encode(Sha256::new().chain_update(salt).chain_update(text).finalize())
}

/// The salt of the reason, which everybody may know who may read the reason: nothing else is sealed with it.
pub(super) fn reason_salt(salt: &str) -> String {
    seal(salt, "reason")
}

/// A moment as entries say it.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn as_time<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&time(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 2,
            at: "2026-11-18T09:00:00.000000Z".to_owned(),
            act: "clock_extended".to_owned(),
            subject: Some("post:7".to_owned()),
            post: Some(7),
            role: Some("agent".to_owned()),
            rule: None,
            reason: Some("r".repeat(64)),
            contents: "c".repeat(64),
            prev: GENESIS.to_owned(),
            digest: String::new(),
        }
    }

    #[test]
    fn an_entry_is_a_line_of_canonical_json() {
        let line = entry().line().unwrap();
        let (r, c) = ("r".repeat(64), "c".repeat(64));
        let expected = format!(
            "{{\"act\":\"clock_extended\",\"at\":\"2026-11-18T09:00:00.000000Z\",\"contents\":\"{c}\",\"post\":7,\"prev\":\"{GENESIS}\",\
             \"reason\":\"{r}\",\"role\":\"agent\",\"rule\":null,\"seq\":2,\"subject\":\"post:7\"}}"
        );
        assert_eq!(line, expected);
        assert_eq!(entry().computed().unwrap(), hex::encode(Sha256::digest(expected)));
    }

    #[test]
    fn every_part_of_an_entry_is_in_its_digest() {
        let digest = entry().computed().unwrap();
        let changes: [fn(&mut Entry); 10] = [
            |e| e.seq += 1,
            |e| e.at.replace_range(..4, "2025"),
            |e| e.act.push('x'),
            |e| e.subject = None,
            |e| e.post = Some(8),
            |e| e.role = None,
            |e| e.rule = Some(1),
            |e| e.reason = None,
            |e| e.contents.replace_range(..1, "d"),
            |e| e.prev.replace_range(..1, "1"),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let mut other = entry();
            change(&mut other);
            assert_ne!(other.computed().unwrap(), digest, "change {n}");
        }
    }
}
