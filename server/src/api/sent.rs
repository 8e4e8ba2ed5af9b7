//! What was sent: a JSON object, read field by field, so that each mistake is told by the name of its field.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header},
};
use forum::{
    Error,
    error::{Check, Problem},
};
use serde_json::{Map, Value};

use super::Failure;

/// The body of a request, not read yet: who may not do something hears that first.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// The header `Idempotency-Key`.
    pub key: Option<HeaderValue>,
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
        let method = request.method().clone();
        let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let body = Bytes::from_request(request, state).await.map_err(|rejection| Failure::Unreadable(rejection.status()))?;
        Ok(Self { method, path, key, body, declared_as_json })
    }
}

impl Sent {
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

    /// A whole number that may be missing.
    pub fn number(&mut self, name: &'static str) -> Option<i64> {
        self.take(name, |value| value.as_i64())
    }

    /// A yes or no; missing is no.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.take(name, |value| value.as_bool()).unwrap_or_default()
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
        self.check.finish()
    }
}

/// A text that both databases can compare with: `PostgreSQL` refuses U+0000.
pub fn storable(text: &str) -> String {
    text.replace('\0', "")
}
