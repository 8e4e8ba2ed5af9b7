//! The contract: an OpenAPI 3.1 document, put together from the annotations beside the endpoints.

use std::sync::LazyLock;

use app::i18n::{Words, names};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use forum::{hook, site::Language};
use utoipa::{
    OpenApi,
    openapi::{
        self, Content, HttpMethod, KnownFormat, Object, ObjectBuilder, PathItem, Paths, Ref, RefOr, Required, ResponseBuilder,
        Schema, SchemaFormat, Type,
        path::{Operation, OperationBuilder, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{
    problem::{self, MEDIA_TYPE},
    v1::{self, posts, statuses, votes},
};
use crate::hooks::{HookData, TEST};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Answerable",
        description = "A forum where customers propose and the company answers, in public and on time.\n\n\
            Everything is JSON; times are RFC 3339 in UTC. Lists take `limit` and `cursor` and answer `items` and `next_cursor`. \
            Whoever acts sends `Authorization: Bearer` with a token; cookies are not read. Who may is said with each call: members once \
            their address is verified, staff with the scope `staff`, and each role what the one before may. Errors are problem documents (RFC 9457). \
            Requests that make something, or do something once, take an `Idempotency-Key`: the same request with the same key, \
            within a day, is answered as the first time and does nothing twice. What a GET answers carries an `ETag`; with `If-None-Match` it is answered \
            304 while nothing has changed.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "This forum")),
    tags(
        (name = "posts", description = "What customers submit: ideas, wishes, complaints and criticism."),
        (name = "votes", description = "One person's stance on one post. Two counts, never netted."),
        (name = "comments", description = "Replies in a thread under a post."),
        (name = "attachments", description = "Pictures and documents of posts, comments and answers."),
        (name = "answers", description = "What the company says, who is accountable, and what waits."),
        (name = "promises", description = "What the company promised, until when, and what it owes if it misses it."),
        (name = "clocks", description = "Deadlines, and the levels that missed ones raise."),
        (name = "owners", description = "Offers of ownership, and those who help without owning."),
        (name = "verdicts", description = "What customers say to what was done: it is solved, it happened again, the refusal is wrong."),
        (name = "cases", description = "Posts that are one matter, and proposals that they are."),
        (name = "requests", description = "Acts beyond a mandate, which wait for somebody with a wider one."),
        (name = "teams", description = "Who of the staff answers for which board, and who is away."),
        (name = "boards", description = "Product areas that posts belong to."),
        (name = "statuses", description = "Where a post can stand."),
        (name = "tags", description = "Short labels on posts."),
        (name = "accounts", description = "Signing up."),
        (name = "receipts", description = "Posts without an account, and their receipts."),
        (name = "tokens", description = "What a program shows to act for a person."),
        (name = "me", description = "The caller's own account."),
        (name = "accountability", description = "Whether the company does what it says: the figures, and the facts behind them."),
        (name = "changelog", description = "What was delivered, and because of whom."),
        (name = "record", description = "The public record: every official act, chained so that none can be changed unseen."),
        (name = "groups", description = "Who sees a private board."),
        (name = "people", description = "Everybody with an account, and what they may do."),
        (name = "site", description = "How the site shows itself, and its house rules."),
        (name = "hooks", description = "Whom else the forum tells what happens: messages signed by the specification of Standard Webhooks."),
        (name = "moderation", description = "What the company does to what people wrote, what they say to it, and what members point out."),
    ),
    // schemas that only parameters name are not found by themselves
    components(schemas(HookData, posts::KindName, posts::SortName, statuses::StageName, votes::StanceName)),
)]
struct Api;

/// Adds what holds for every endpoint.
fn complete_all(document: &mut openapi::OpenApi) {
    let mut schemas = Vec::new();
    problem::schemas(&mut schemas);
    let components = document.components.get_or_insert_default();
    components.schemas.extend(schemas);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token, made at /me or by POST /api/v1/tokens."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            operation.operation_id = Some(name_of(method, path));
            complete(operation);
        }
    }
}

/// The name of a call, unique in the document: `get_posts_id_versions`.
fn name_of(method: &str, path: &str) -> String {
    let parts = path.trim_start_matches("/api/v1").split('/').map(|part| part.trim_matches(['{', '}']));
    [method].into_iter().chain(parts.filter(|part| !part.is_empty())).collect::<Vec<_>>().join("_")
}

/// Any endpoint can hear of a dead token, and any can break.
fn complete(operation: &mut Operation) {
    let problem = |description: &str| {
        let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        RefOr::T(ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build())
    };
    let responses = &mut operation.responses.responses;
    responses.entry("401".to_owned()).or_insert_with(|| problem("A token was sent that is not alive"));
    responses.entry("500".to_owned()).or_insert_with(|| problem("Something broke on our side; `request_id` names the request"));
}

/// What web-hooks are sent, one for each type.
fn webhooks() -> Paths {
    let mut paths = Paths::new();
    let words = Words::of(Language::En);
    let told = hook::offered().map(|kind| {
        let summary = words.name(names::HOOK_KIND, kind);
        let usual = if hook::is_usual(kind) { "" } else { " Only web-hooks that name it get it." };
        let data = RefOr::Ref(Ref::from_schema_name("HookData"));
        (hook::type_of(kind), summary, format!("Of the history: what it is about as it is when the message is sent.{usual}"), data)
    });
    let test = (TEST.to_owned(), words.t("hook-test"), "To try whether it arrives.".to_owned(), Object::new().into());
    for (name, summary, description, data) in told.chain([test]) {
        let body = ObjectBuilder::new()
            .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([name.clone()])))
            .property(
                "timestamp",
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
                    .description(Some("When it happened.")),
            )
            .property("data", data)
            .required("type")
            .required("timestamp")
            .required("data");
        let header = |name: &str, description: &str| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some(description))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        };
        let answered = |description: &str| ResponseBuilder::new().description(description);
        let operation = OperationBuilder::new()
            .operation_id(Some(format!("hook_{}", name.replace(['.', '_'], "-"))))
            .tag("hooks")
            .summary(Some(summary))
            .description(Some(description))
            .parameter(header("webhook-id", "The number of the message, the same at every try."))
            .parameter(header("webhook-timestamp", "When it was sent, in seconds since 1970."))
            .parameter(header(
                "webhook-signature",
                "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64; for a day after a new secret there are two, with a space between.",
            ))
            .request_body(Some(
                RequestBodyBuilder::new()
                    .content("application/json", Content::new(Some(RefOr::T(Schema::Object(body.build())))))
                    .required(Some(Required::True))
                    .build(),
            ))
            .response("2XX", answered("It was taken."))
            .response("410", answered("Nothing is wanted here any more: the web-hook is switched off."))
            .response("default", answered("It is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h."));
        paths.paths.insert(name, PathItem::new(HttpMethod::Post, operation));
    }
    paths
}

/// The document.
pub static DOCUMENT: LazyLock<openapi::OpenApi> = LazyLock::new(|| {
    let mut document = Api::openapi().merge_from(v1::endpoints().into_openapi());
    complete_all(&mut document);
    document.webhooks = Some(webhooks());
    document
});

static JSON: LazyLock<String> = LazyLock::new(|| DOCUMENT.to_pretty_json().unwrap_or_default());

/// `GET /api/openapi.json`
pub async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], JSON.as_str()).into_response()
}
