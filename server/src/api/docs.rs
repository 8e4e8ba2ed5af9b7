//! The reference of the API, made from its document: nothing in it is written twice, and nothing is loaded from elsewhere.

use std::{fmt::Write as _, sync::LazyLock};

use app::{
    parts::{Head, respond},
    t,
    web::{PageResult, Visit},
};
use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::openapi::DOCUMENT;

/// What is said of one kind of calls.
struct Section {
    name: String,
    description: String,
    endpoints: Vec<Endpoint>,
}

struct Endpoint {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    who: String,
    params: Vec<Field>,
    body: Vec<Field>,
    responses: Vec<Outcome>,
    body_example: Option<String>,
}

struct Field {
    name: String,
    place: String,
    kind: String,
    required: bool,
    description: String,
}

struct Outcome {
    status: String,
    description: String,
    /// The name of the object in the body.
    object: Option<String>,
}

struct Object {
    name: String,
    description: String,
    values: Vec<String>,
    fields: Vec<Field>,
}

struct Reference {
    introduction: Vec<String>,
    sections: Vec<Section>,
    objects: Vec<Object>,
}

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| read(&serde_json::to_value(&*DOCUMENT).unwrap_or_default()));

/// `GET /api/docs`
pub async fn show(visit: Visit) -> PageResult {
    let words = visit.words;
    let head = Head::titled(t!(words, "api-docs-title")).public("/api/docs", t!(words, "api-docs-description"));
    let address = visit.forum().address().to_owned();
    Ok(respond(&visit, head, || page(&REFERENCE, &address, t!(words, "api-docs-title"))))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn read(document: &Value) -> Reference {
    let mut sections: Vec<Section> = document["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|tag| Section { name: text(tag, "name"), description: text(tag, "description"), endpoints: Vec::new() })
        .collect();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post", "put", "patch", "delete"] {
            let operation = &item[method];
            let section = sections.iter_mut().find(|section| operation["tags"][0] == section.name.as_str());
            if let Some(section) = section {
                section.endpoints.push(endpoint(document, path, method, operation));
            }
        }
    }
    let schemas = document["components"]["schemas"].as_object();
    let objects = schemas
        .into_iter()
        .flatten()
        .filter(|(name, _)| !name.starts_with("List_"))
        .map(|(name, schema)| Object {
            name: name.clone(),
            description: text(schema, "description"),
            values: schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
            fields: fields(document, schema),
        })
        .collect();
    let introduction = document["info"]["description"].as_str().unwrap_or_default().split("\n\n").map(str::to_owned).collect();
    Reference { introduction, sections, objects }
}

fn endpoint(document: &Value, path: &str, method: &str, operation: &Value) -> Endpoint {
    let params = operation["parameters"].as_array().into_iter().flatten().map(|param| Field {
        name: text(param, "name"),
        place: text(param, "in"),
        kind: kind(&param["schema"]),
        required: param["required"] == true,
        description: text(param, "description"),
    });
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let responses = operation["responses"].as_object().into_iter().flatten().map(|(status, response)| Outcome {
        status: status.clone(),
        description: text(response, "description"),
        object: response["content"].as_object().and_then(|content| content.values().next()).map(|content| kind(&content["schema"])),
    });
    let example = &resolve(document, schema)["example"];
    Endpoint {
        id: text(operation, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        who: text(operation, "x-who"),
        params: params.collect(),
        body: fields(document, resolve(document, schema)),
        responses: responses.collect(),
        body_example: (!example.is_null()).then(|| example.to_string()),
    }
}

/// The schema behind a reference.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap_or(schema),
        None => schema,
    }
}

/// The fields of an object, those that it takes over from another included.
fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let none = Map::new();
    let mut all: Vec<Field> =
        schema["allOf"].as_array().into_iter().flatten().flat_map(|part| fields(document, resolve(document, part))).collect();
    let required = schema["required"].as_array();
    all.extend(schema["properties"].as_object().unwrap_or(&none).iter().map(|(name, field)| Field {
        name: name.clone(),
        place: String::new(),
        kind: kind(field),
        required: required.is_some_and(|required| required.contains(&json!(name))),
        description: match field["description"].as_str() {
            Some(description) => description.to_owned(),
            None => field["oneOf"].as_array().into_iter().flatten().map(|one| text(one, "description")).collect(),
        },
    }));
    all
}

/// What a value is, in one word or a few.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return match name.strip_prefix("List_") {
            Some(item) => format!("list of {item}"),
            None => name.to_owned(),
        };
    }
    let of = |schemas: &Value| schemas.as_array().into_iter().flatten().map(kind).collect::<Vec<_>>().join(" or ");
    if schema["oneOf"].is_array() {
        return of(&schema["oneOf"]);
    }
    let name = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        Value::String(name) => name.clone(),
        _ => "any".to_owned(),
    };
    let mut kind = match schema["format"].as_str() {
        Some(format @ ("uuid" | "date" | "date-time" | "email")) => name.replacen("string", format, 1),
        _ => name,
    };
    if schema["items"].is_object() {
        kind = kind.replacen("array", &format!("list of {}", self::kind(&schema["items"])), 1);
    }
    for (least, most, unit) in
        [("minLength", "maxLength", " characters"), ("minimum", "maximum", ""), ("minItems", "maxItems", " items")]
    {
        match (schema[least].as_i64(), schema[most].as_i64()) {
            (Some(least), Some(most)) => {
                let _ = write!(kind, ", {least} to {most}{unit}");
            }
            (None, Some(most)) => {
                let _ = write!(kind, ", at most {most}{unit}");
            }
            _ => {}
        }
    }
    kind
}

/// The call, as one types it.
fn curl(endpoint: &Endpoint, address: &str) -> String {
    let mut path = endpoint.path.replace("{id}", "812").replace("{slug}", "pilot-customers");
    path = path.replace("{person}", "019aa5f0-7c1e-7d3a-9b1f-5d2a6c3e4f50").replace("{name}", "first_answer");
    path = path.replace("{contributor}", "5").replace("{delivery}", "5120");
    if path.ends_with("/similar") {
        path.push_str("?title=one+bill");
    }
    let mut line = "curl".to_owned();
    if endpoint.method != "GET" {
        let _ = write!(line, " -X {}", endpoint.method);
    }
    let _ = write!(line, " '{address}{path}'");
    if endpoint.who != "all" {
        line.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    if let Some(example) = &endpoint.body_example {
        let _ = write!(line, " \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'", example.replace('\'', "'\\''"));
    }
    line
}

fn page(reference: &'static Reference, address: &str, title: String) -> impl IntoView + use<> {
    let links = reference.sections.iter().map(|section| {
        view! { <li><a href=format!("#{}", section.name)>{capital(&section.name)}</a></li> }
    });
    let sections = reference.sections.iter().map(|section| self::section(section, address).into_any());
    let objects = reference.objects.iter().map(|object| self::object(object).into_any());
    view! {
        <div class="wrap page">
            <header class="page__head"><h1 class="h-page">{title}</h1></header>
            <div class="api-docs" lang="en">
                <nav class="api-docs__nav" aria-label="Parts of the API">
                    <ul>
                        <li><a href="#start">"Start"</a></li>
                        {links.collect_view()}
                        <li><a href="#problems">"Errors"</a></li>
                        <li><a href="#objects">"Objects"</a></li>
                    </ul>
                </nav>
                <div class="api-docs__main">
                    <section class="section stack" id="start">
                        <h2 class="h-section">"Start"</h2>
                        {reference.introduction.iter().map(|text| view! { <p class="measure">{ticks(text)}</p> }).collect_view()}
                        <p class="measure">
                            "Everything here is made from the "<a href="/api/openapi.json">"OpenAPI 3.1 document"</a>", which programs can read."
                        </p>
                    </section>
                    {sections.collect_view()}
                    {problems().into_any()}
                    <section class="section" id="objects">
                        <h2 class="h-section">"Objects"</h2>
                        {objects.collect_view()}
                    </section>
                </div>
            </div>
        </div>
    }
}

fn section(section: &Section, address: &str) -> impl IntoView + use<> {
    let endpoints = section.endpoints.iter().map(|one| endpoint_view(one, address).into_any());
    view! {
        <section class="section" id=section.name.clone()>
            <h2 class="h-section">{capital(&section.name)}</h2>
            <p class="measure">{section.description.clone()}</p>
            {endpoints.collect_view()}
        </section>
    }
}

fn endpoint_view(endpoint: &Endpoint, address: &str) -> impl IntoView + use<> {
    let responses = endpoint.responses.iter().map(|response| {
        let object = response.object.as_deref().map(|name| object_link(name).into_any());
        view! {
            <tr>
                <th scope="row">{response.status.clone()}</th>
                <td data-l="Body">{object}</td>
                <td data-l="Meaning">{ticks(&response.description)}</td>
            </tr>
        }
    });
    let id = format!(
        "{}-{}",
        endpoint.method.to_lowercase(),
        endpoint.path.trim_start_matches("/api/v1/").replace(['/', '{', '}'], "-")
    );
    let label = format!("Example: {}", endpoint.summary);
    view! {
        <article class="endpoint" id=id data-operation=endpoint.id.clone()>
            <h3 class="endpoint__h">
                <span class="method" data-method=endpoint.method.clone()>{endpoint.method.clone()}</span>
                <code class="endpoint__path">{endpoint.path.clone()}</code>
                <span>{endpoint.summary.clone()}</span>
            </h3>
            {(!endpoint.description.is_empty()).then(|| view! { <p class="measure">{ticks(&endpoint.description)}</p> })}
            <p class="meta">"Who: "{endpoint.who.clone()}</p>
            {table("Parameters", &endpoint.params)}
            {table("Body", &endpoint.body)}
            <div class="tablebox">
                <table class="table table--cards params">
                    <caption class="sr">{format!("Responses of {} {}", endpoint.method, endpoint.path)}</caption>
                    <thead><tr><th scope="col">"Status"</th><th scope="col">"Body"</th><th scope="col">"Meaning"</th></tr></thead>
                    <tbody>{responses.collect_view()}</tbody>
                </table>
            </div>
            <pre tabindex="0" role="region" aria-label=label><code>{curl(endpoint, address)}</code></pre>
        </article>
    }
}

fn table(title: &'static str, fields: &[Field]) -> Option<impl IntoView + use<>> {
    if fields.is_empty() {
        return None;
    }
    let rows = fields.iter().map(|field| {
        let place = if field.place.is_empty() { String::new() } else { format!(" ({})", field.place) };
        view! {
            <tr>
                <th scope="row">{field.name.clone()}{place}</th>
                <td data-l="Type">{object_link(&field.kind)}</td>
                <td data-l="Meaning">{field.required.then_some("Required. ")}{ticks(&field.description)}</td>
            </tr>
        }
    });
    Some(view! {
        <div class="tablebox">
            <table class="table table--cards params">
                <thead><tr><th scope="col">{title}</th><th scope="col">"Type"</th><th scope="col">"Meaning"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    })
}

fn object(object: &Object) -> impl IntoView + use<> {
    let values = (!object.values.is_empty()).then(|| {
        view! { <p>{object.values.iter().map(|value| view! { <code>{value.clone()}</code>" " }).collect_view()}</p> }
    });
    view! {
        <article class="endpoint" id=format!("object-{}", object.name)>
            <h3 class="endpoint__h">{object.name.clone()}</h3>
            <p class="measure">{ticks(&object.description)}</p>
            {values}
            {table("Field", &object.fields)}
        </article>
    }
}

/// What the `type` of a problem leads to.
fn problems() -> impl IntoView {
    const PROBLEMS: [(u16, &str); 11] = [
        (400, "The body is not well-formed JSON."),
        (401, "No token, or one that is not alive. It is the same for an unknown address and a wrong password."),
        (403, "The address is not verified, or the role or the token's scope does not allow it. It comes before 422."),
        (404, "It does not exist, or you may not see it: the two can't be told apart."),
        (405, "The address takes other methods: the header `Allow` names them."),
        (408, "The body did not come in time."),
        (409, "The present state does not allow it."),
        (413, "The body is larger than 1 MiB."),
        (422, "Fields can't be taken. `errors` names each with a `message`; `$` is the body as a whole."),
        (429, "Too often. The header `Retry-After` says in how many seconds the next try can succeed."),
        (500, "Something broke on our side. What was acknowledged is safe; `request_id` names the request in the log."),
    ];
    let rows = PROBLEMS.iter().map(|(status, meaning)| {
        view! { <tr id=format!("problem-{status}")><th scope="row">{*status}</th><td data-l="Meaning">{ticks(meaning)}</td></tr> }
    });
    view! {
        <section class="section stack" id="problems">
            <h2 class="h-section">"Errors"</h2>
            <p class="measure">
                "Every error is "<code>"application/problem+json"</code>" with "<code>"type"</code>", "<code>"title"</code>", "
                <code>"status"</code>" and "<code>"detail"</code>", in the language of "<code>"Accept-Language"</code>"."
            </p>
            <div class="tablebox">
                <table class="table table--cards">
                    <thead><tr><th scope="col">"Status"</th><th scope="col">"Meaning"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// The kind of a value, with a link where it names an object.
fn object_link(kind: &str) -> impl IntoView + use<> {
    let words = kind.split(' ').map(|word| {
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            view! { <a href=format!("#object-{word}")>{word.to_owned()}</a>" " }.into_any()
        } else {
            view! { {word.to_owned()}" " }.into_any()
        }
    });
    words.collect_view()
}

/// Text in which backticks mark code.
fn ticks(text: &str) -> impl IntoView + use<> {
    let parts = text
        .split('`')
        .enumerate()
        .map(|(n, part)| if n % 2 == 1 { view! { <code>{part.to_owned()}</code> }.into_any() } else { part.to_owned().into_any() });
    parts.collect_view()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
