//! Errors as `application/problem+json` (RFC 9457), in the language that the client asks for.

use std::sync::Arc;

use app::{
    i18n::Words,
    t,
    web::{Web, accepted_language, status_of},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use forum::{Error, Forum, error::FieldError};
use serde::Serialize;
use utoipa::{
    IntoResponses, PartialSchema as _, ToSchema,
    openapi::{
        Content, Header, RefOr, ResponseBuilder, Responses, ResponsesBuilder, response::Response as Described, schema::Type,
    },
};

/// What an endpoint answers.
pub type Answer = Result<Response, Failure>;

/// Why an endpoint did not do what it was asked for. It leaves as a bare status with the reason attached; [`dress`] turns it into
/// a problem document.
#[derive(Debug, Clone)]
pub enum Failure {
    /// An error of the forum.
    Forum(Arc<Error>),
    /// An address and a password that do not belong together, or nobody's.
    Password,
    /// A request that can't be read at all.
    Unreadable(StatusCode),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Forum(Arc::new(error))
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Forum(error) => status_of(error),
            Self::Password => StatusCode::UNAUTHORIZED,
            Self::Unreadable(status) => *status,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// An error, as every address under `/api` tells it (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "https://forum.example/api/docs#problem-422", "title": "We could not take this", "status": 422,
    "detail": "One field can't be taken.", "errors": [{ "field": "title", "message": "Write at least 3 characters." }]
}))]
pub struct Problem {
    /// What sort of error it is: an address that explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The sort of error in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, and what to do.
    pub detail: String,
    /// The fields that can't be taken; only with 422.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub errors: Option<Vec<FieldProblem>>,
    /// What the log knows the request by; only with 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request_id: Option<String>,
}

/// A field that can't be taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Its name in the body, in the query or among the headers; `$` is the body as a whole.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Dresses every error that leaves an endpoint or a layer inside this one.
pub async fn dress(State(forum): State<Forum>, request: Request, next: Next) -> Response {
    let site = forum.site();
    let language = accepted_language(request.headers(), &site).unwrap_or(site.language);
    let request_id = request.headers().get("x-request-id").cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_problem(&response) {
        return response;
    }
    render(response, Words::of(language), request_id.as_ref(), forum.address())
}

/// There is no such address under `/api/v1`.
pub async fn missing() -> Failure {
    Error::NotFound.into()
}

/// There is no such address under `/api`; said from among the pages.
pub async fn missing_page(State(web): State<Web>, headers: HeaderMap) -> Response {
    let site = web.forum.site();
    let language = accepted_language(&headers, &site).unwrap_or(site.language);
    render(missing().await.into_response(), Words::of(language), None, web.forum.address())
}

fn is_problem(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MEDIA_TYPE)
}

fn render(response: Response, words: &Words, request_id: Option<&HeaderValue>, address: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    let failure = parts.extensions.remove::<Failure>();
    let status = parts.status;
    let (title, detail) = words_of(status, failure.as_ref(), words, request_id);
    let error = match &failure {
        Some(Failure::Forum(error)) => Some(error.as_ref()),
        _ => None,
    };
    let problem = Problem {
        kind: format!("{address}/api/docs#problem-{}", status.as_u16()),
        title,
        status: status.as_u16(),
        detail,
        errors: match error {
            Some(Error::Invalid(fields)) => Some(fields.iter().map(|field| field_problem(field, words)).collect()),
            _ => None,
        },
        request_id: if status.is_server_error() { request_id.and_then(|id| id.to_str().ok()).map(str::to_owned) } else { None },
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(words.language.tag()));
    parts.headers.remove(header::CONTENT_LENGTH);
    if status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    // a layer that gave up waiting knows no more than its status
    let gave_up = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(Error::RETRY_UNAVAILABLE);
    if let Some(seconds) = error.and_then(Error::retry_after).or(gave_up) {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, Body::from(body))
}

fn field_problem(field: &FieldError, words: &Words) -> FieldProblem {
    FieldProblem { field: field.field.to_owned(), message: words.problem(&field.problem) }
}

fn words_of(status: StatusCode, failure: Option<&Failure>, words: &Words, request_id: Option<&HeaderValue>) -> (String, String) {
    match failure {
        Some(Failure::Password) => return (t!(words, "api-401-title"), t!(words, "api-401-password")),
        Some(Failure::Forum(error)) => match error.as_ref() {
            Error::Forbidden(denied) => return (t!(words, "error-403-title"), words.denied(*denied)),
            Error::Banned(ban) => return (t!(words, "error-403-title"), words.banned(ban)),
            Error::Conflict(conflict) => return (t!(words, "error-409-title"), words.conflict(*conflict)),
            Error::Invalid(fields) => {
                let n = i64::try_from(fields.len()).unwrap_or(i64::MAX);
                return (t!(words, "error-422-title"), words.ta("api-422-text", &[("n", n.into())]));
            }
            Error::Limited { retry_after } => {
                let seconds = i64::try_from(*retry_after).unwrap_or(i64::MAX);
                return (t!(words, "error-429-title"), words.ta("api-429-text", &[("seconds", seconds.into())]));
            }
            Error::Unavailable(source) => {
                tracing::error!(error = %source, ?request_id, "a request of the API has to wait");
                return unavailable(words);
            }
            Error::Internal(source) => tracing::error!(error = %source, ?request_id, "a request of the API failed"),
            Error::NotFound | Error::Unauthenticated => {}
        },
        Some(Failure::Unreadable(_)) | None => {}
    }
    match status {
        StatusCode::BAD_REQUEST => (t!(words, "api-400-title"), t!(words, "api-400-text")),
        StatusCode::UNAUTHORIZED => (t!(words, "api-401-title"), t!(words, "api-401-text")),
        StatusCode::FORBIDDEN => (t!(words, "error-403-title"), t!(words, "denied-origin")),
        StatusCode::NOT_FOUND => (t!(words, "error-404-title"), t!(words, "api-404-text")),
        StatusCode::METHOD_NOT_ALLOWED => (t!(words, "error-405-title"), t!(words, "api-405-text")),
        StatusCode::REQUEST_TIMEOUT => (t!(words, "error-408-title"), t!(words, "api-408-text")),
        StatusCode::PAYLOAD_TOO_LARGE => (t!(words, "error-413-title"), t!(words, "api-413-text")),
        StatusCode::SERVICE_UNAVAILABLE => unavailable(words),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (t!(words, "api-415-title"), t!(words, "api-415-text")),
        status if status.is_server_error() => {
            let reference = request_id.and_then(|id| id.to_str().ok()).unwrap_or("–").to_owned();
            (t!(words, "error-500-title"), words.ta("api-500-text", &[("reference", reference.into())]))
        }
        status => (status.canonical_reason().unwrap_or("Error").to_owned(), t!(words, "problem-malformed")),
    }
}

fn unavailable(words: &Words) -> (String, String) {
    let seconds = i64::try_from(Error::RETRY_UNAVAILABLE).unwrap_or(i64::MAX);
    (t!(words, "error-503-title"), words.ta("api-503-text", &[("seconds", seconds.into())]))
}

/// A response of the OpenAPI document that carries a [`Problem`].
fn described(description: &str, header: Option<(&str, &str)>) -> RefOr<Described> {
    let mut response = ResponseBuilder::new()
        .description(description)
        .content(MEDIA_TYPE, Content::new(Some(RefOr::Ref(utoipa::openapi::Ref::from_schema_name(Problem::name())))));
    if let Some((name, text)) = header {
        let mut header = Header::new(utoipa::openapi::ObjectBuilder::new().schema_type(Type::String).build());
        header.description = Some(text.to_owned());
        response = response.header(name, header);
    }
    response.build().into()
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident { $($status:literal: $text:literal $(, $header:literal: $header_text:literal)?;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, RefOr<Described>> {
                let responses: Responses = ResponsesBuilder::new()
                    $(.response($status, described($text, problems!(@header $($header, $header_text)?))))+
                    .build();
                responses.responses.into_iter().collect()
            }
        }
    )+};
    (@header) => { None };
    (@header $name:literal, $text:literal) => { Some(($name, $text)) };
}

problems! {
    /// Somebody has to ask.
    Unauthenticated { "401": "No token, or one that is not alive", "WWW-Authenticate": "`Bearer`"; }
    /// The one who asks may not.
    Denied { "403": "The e-mail address is not verified, or the role or the token's scope does not allow it"; }
    /// There is nothing there, as far as the one who asks may know.
    Missing { "404": "It does not exist, or is not for the caller to see"; }
    /// A parameter of the query is wrong.
    Mistaken { "422": "A parameter can't be taken: `errors` names it"; }
    /// The body is wrong.
    Refused {
        "400": "The body is not well-formed JSON";
        "413": "The body is larger than 1 MiB";
        "415": "The body is not declared as `application/json`";
        "422": "Fields can't be taken: `errors` names each";
    }
    /// The present state does not allow it.
    Conflicting { "409": "The present state does not allow it"; }
    /// It was changed since.
    Outdated { "412": "It was changed since: read it again"; }
    /// Too often.
    TooOften { "429": "Too often", "Retry-After": "Seconds until the next try can succeed"; }
}

/// The schema of a problem, for the components of the document.
pub fn schemas(into: &mut Vec<(String, RefOr<utoipa::openapi::schema::Schema>)>) {
    into.push((Problem::name().into_owned(), Problem::schema()));
    <Problem as ToSchema>::schemas(into);
}

#[cfg(test)]
mod tests {
    use forum::site::Language;

    use super::*;

    #[test]
    fn whoever_has_to_wait_hears_for_how_long() {
        let answered = |response: Response| {
            let response = render(response, Words::of(Language::En), None, "https://forum.example");
            let header = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            header.map(str::to_owned)
        };
        let soon = Some(Error::RETRY_UNAVAILABLE.to_string());
        assert_eq!(answered(Failure::from(Error::unavailable("the disk is full")).into_response()), soon);
        assert_eq!(answered(StatusCode::SERVICE_UNAVAILABLE.into_response()), soon, "a request that took too long");
        assert_eq!(answered(Failure::from(Error::Limited { retry_after: 42 }).into_response()).as_deref(), Some("42"));
        assert_eq!(answered(Failure::from(Error::NotFound).into_response()), None);
    }
}
