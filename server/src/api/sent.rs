//! What was sent: a JSON object, read field by field, so that each mistake is told by the name of its field.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header},
};
use chrono::{Datelike as _, NaiveDate};
use forum::{
    Error,
    attachment::Chosen,
    error::{Check, Conflict, Kept, Problem},
    id::{AttachmentId, PersonId},
    site::Language,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Failure, etag};

/// The body of a request, not read yet: who may not do something hears that first.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// The header `Idempotency-Key`.
    pub key: Option<HeaderValue>,
    /// The header `If-Match`.
    pub written_from: Option<HeaderValue>,
    /// The body.
    pub body: Bytes,
    declared_as_json: bool,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let headers = request.headers();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let declared_as_json = essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
        let key = headers.get("idempotency-key").cloned();
        let written_from = headers.get(header::IF_MATCH).cloned();
        let method = request.method().clone();
        let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let body = Bytes::from_request(request, state).await.map_err(|rejection| Failure::Unreadable(rejection.status()))?;
        Ok(Self { method, path, key, written_from, body, declared_as_json })
    }
}

impl Sent {
    /// Refuses a change that was written from something older than what `present` reads.
    ///
    /// # Errors
    /// [`Conflict::Changed`], and those of the reading.
    pub async fn unless_changed<T: Serialize>(&self, present: impl AsyncFnOnce() -> Result<T, Error>) -> Result<(), Error> {
        let Some(written_from) = &self.written_from else { return Ok(()) };
        let present = serde_json::to_vec(&present().await?).map_err(Error::internal)?;
        if etag::holds(written_from, &etag::of(&present)) { Ok(()) } else { Err(Error::Conflict(Conflict::Changed)) }
    }

    /// The fields of the object that was sent, or none where nothing has to be.
    ///
    /// # Errors
    /// As [`Sent::fields`].
    pub fn optional_fields(&self) -> Result<Fields, Failure> {
        if self.body.is_empty() { Ok(Fields { object: Map::new(), check: Check::new() }) } else { self.fields() }
    }

    /// The fields of the object that was sent.
    ///
    /// # Errors
    /// 415, 400, and 422 when it is JSON but no object.
    pub fn fields(&self) -> Result<Fields, Failure> {
        if !self.declared_as_json {
            return Err(Failure::Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(Fields { object, check: Check::new() }),
            Ok(_) => Err(Error::invalid("$", Problem::Malformed).into()),
            Err(_) => Err(Failure::Unreadable(StatusCode::BAD_REQUEST)),
        }
    }
}

/// The fields of an object. One that is missing or null is empty, and left to the forum to judge; one of another type is noted;
/// one that nobody asks for does not matter.
#[derive(Debug)]
pub struct Fields {
    object: Map<String, Value>,
    check: Check,
}

impl Fields {
    fn take<T>(&mut self, name: &'static str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        match self.object.remove(name) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let read = read(value);
                if read.is_none() {
                    self.check.refuse(name, Problem::Malformed);
                }
                read
            }
        }
    }

    /// A text, empty if there is none.
    pub fn text(&mut self, name: &'static str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    /// A text that may be missing.
    pub fn optional_text(&mut self, name: &'static str) -> Option<String> {
        self.take(name, |value| if let Value::String(text) = value { Some(storable(&text)) } else { None })
    }

    /// The new text of something that is there; null empties it, and what is missing stays.
    pub fn changed_text(&mut self, name: &'static str) -> Option<String> {
        if self.is_null(name) { Some(String::new()) } else { self.optional_text(name) }
    }

    /// The same for a list of texts.
    pub fn changed_texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        if self.is_null(name) { Some(Vec::new()) } else { self.texts(name) }
    }

    fn is_null(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(Value::is_null)
    }

    /// A text to the letter, for secrets.
    pub fn secret(&mut self, name: &'static str) -> String {
        self.take(name, |value| if let Value::String(text) = value { Some(text) } else { None }).unwrap_or_default()
    }

    /// A list of texts that may be missing.
    pub fn texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.take(name, |value| match value {
            Value::Array(values) => values.iter().map(|value| value.as_str().map(storable)).collect(),
            _ => None,
        })
    }

    /// A list of whole numbers that may be missing.
    pub fn numbers(&mut self, name: &'static str) -> Option<Vec<i64>> {
        self.take(name, |value| match value {
            Value::Array(values) => values.iter().map(Value::as_i64).collect(),
            _ => None,
        })
    }

    /// The same for something that is there; null empties it, and what is missing stays.
    pub fn changed_numbers(&mut self, name: &'static str) -> Option<Vec<i64>> {
        if self.is_null(name) { Some(Vec::new()) } else { self.numbers(name) }
    }

    /// The files that become part of what was sent.
    pub fn attachments(&mut self) -> Vec<Chosen> {
        self.numbers("attachments").unwrap_or_default().into_iter().map(|id| AttachmentId(id).into()).collect()
    }

    /// Texts by the tags of the site's languages, that may be missing.
    pub fn names(&mut self, name: &'static str) -> Option<BTreeMap<Language, String>> {
        let read = |(tag, text): (String, Value)| {
            let language = Language::ALL.into_iter().find(|language| language.tag() == tag)?;
            Some((language, storable(text.as_str()?)))
        };
        self.take(name, |value| match value {
            Value::Object(object) => object.into_iter().map(read).collect(),
            _ => None,
        })
    }

    /// A whole number that may be missing.
    pub fn number(&mut self, name: &'static str) -> Option<i64> {
        self.take(name, |value| value.as_i64())
    }

    /// An amount of money, written as a number or as a text; may be missing.
    pub fn amount(&mut self, name: &'static str) -> Option<String> {
        self.take(name, |value| match value {
            Value::String(text) => Some(storable(&text)),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// `yes` or `no`, written as a text or as a boolean; empty if there is none.
    pub fn yes_or_no(&mut self, name: &'static str) -> String {
        let read = |value| match value {
            Value::String(text) => Some(storable(&text)),
            Value::Bool(yes) => Some(if yes { "yes" } else { "no" }.to_owned()),
            _ => None,
        };
        self.take(name, read).unwrap_or_default()
    }

    /// A person who may be missing.
    pub fn person(&mut self, name: &'static str) -> Option<PersonId> {
        let text = self.optional_text(name)?;
        let person = text.trim().parse().map(PersonId).map_err(|_| Problem::UnknownChoice);
        self.check.field(name, person)
    }

    /// A person who must not be missing.
    pub fn needed_person(&mut self, name: &'static str) -> Option<PersonId> {
        self.need(name);
        self.person(name)
    }

    /// A day that must not be missing: `2026-12-01`.
    pub fn needed_day(&mut self, name: &'static str) -> Option<NaiveDate> {
        self.need(name);
        let text = self.optional_text(name)?;
        let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
        // only years that both databases know
        let day = day.filter(|day| (1..=9999).contains(&day.year()));
        self.check.field(name, day.ok_or(Problem::NotADate))
    }

    fn need(&mut self, name: &'static str) {
        if self.object.get(name).is_none_or(Value::is_null) {
            self.check.refuse(name, Problem::Required);
        }
    }

    /// A yes or no; missing is no.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.optional_flag(name).unwrap_or_default()
    }

    /// A yes or no that may be missing.
    pub fn optional_flag(&mut self, name: &'static str) -> Option<bool> {
        self.take(name, |value| value.as_bool())
    }

    /// Notes that a field can't be taken.
    pub fn refuse(&mut self, name: &'static str, problem: Problem) {
        self.check.refuse(name, problem);
    }

    /// All mistakes at once, if there are any.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn finish(self) -> Result<(), Error> {
        self.finish_with(())
    }

    /// The values that must not be missing, or all mistakes at once.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn finish_with<K: Kept>(self, kept: K) -> Result<K::Values, Error> {
        self.check.finish(kept)
    }
}

/// A text that both databases can compare with: `PostgreSQL` refuses U+0000.
pub fn storable(text: &str) -> String {
    text.replace('\0', "")
}
