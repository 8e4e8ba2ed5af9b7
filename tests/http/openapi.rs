//! The document that programs are written by. A change of the contract changes the snapshot, and is seen.

use serde_json::Value;
use tests::{Backend, answerable::serve};

/// The calls of the contract that this version has.
const CALLS: &[(&str, &str)] = &[
    ("post", "/api/v1/accounts"),
    ("get", "/api/v1/challenge"),
    ("get", "/api/v1/tokens"),
    ("post", "/api/v1/tokens"),
    ("delete", "/api/v1/tokens"),
    ("get", "/api/v1/me"),
    ("patch", "/api/v1/me"),
    ("delete", "/api/v1/me"),
    ("put", "/api/v1/me/email"),
    ("get", "/api/v1/me/export"),
    ("get", "/api/v1/boards"),
    ("post", "/api/v1/boards"),
    ("get", "/api/v1/boards/{slug}"),
    ("patch", "/api/v1/boards/{slug}"),
    ("put", "/api/v1/boards/{slug}/follow"),
    ("delete", "/api/v1/boards/{slug}/follow"),
    ("put", "/api/v1/posts/{id}/follow"),
    ("delete", "/api/v1/posts/{id}/follow"),
    ("put", "/api/v1/promises/{id}/follow"),
    ("delete", "/api/v1/promises/{id}/follow"),
    ("put", "/api/v1/tags/{slug}/follow"),
    ("delete", "/api/v1/tags/{slug}/follow"),
    ("put", "/api/v1/people/{id}/follow"),
    ("delete", "/api/v1/people/{id}/follow"),
    ("get", "/api/v1/me/feeds"),
    ("post", "/api/v1/me/feeds"),
    ("delete", "/api/v1/me/feeds"),
    ("get", "/api/v1/me/follows"),
    ("get", "/api/v1/me/follows/unasked"),
    ("patch", "/api/v1/me/follows/unasked"),
    ("get", "/api/v1/me/notices"),
    ("post", "/api/v1/me/notices/read"),
    ("get", "/api/v1/me/mail"),
    ("patch", "/api/v1/me/mail"),
    ("get", "/api/v1/me/push"),
    ("patch", "/api/v1/me/push"),
    ("post", "/api/v1/me/push"),
    ("delete", "/api/v1/me/push/{id}"),
    ("get", "/api/v1/me/delivered"),
    ("get", "/api/v1/changelog"),
    ("post", "/api/v1/changelog"),
    ("get", "/api/v1/changelog/{id}"),
    ("patch", "/api/v1/changelog/{id}"),
    ("delete", "/api/v1/changelog/{id}"),
    ("post", "/api/v1/changelog/{id}/publish"),
    ("delete", "/api/v1/changelog/{id}/publish"),
    ("post", "/api/v1/changelog/{id}/withdraw"),
    ("get", "/api/v1/statuses"),
    ("post", "/api/v1/statuses"),
    ("patch", "/api/v1/statuses/{slug}"),
    ("delete", "/api/v1/statuses/{slug}"),
    ("get", "/api/v1/tags"),
    ("post", "/api/v1/tags"),
    ("patch", "/api/v1/tags/{slug}"),
    ("post", "/api/v1/tags/{slug}/merge"),
    ("get", "/api/v1/posts"),
    ("post", "/api/v1/posts"),
    ("get", "/api/v1/posts/{id}"),
    ("patch", "/api/v1/posts/{id}"),
    ("get", "/api/v1/posts/similar"),
    ("put", "/api/v1/posts/{id}/vote"),
    ("delete", "/api/v1/posts/{id}/vote"),
    ("get", "/api/v1/posts/{id}/comments"),
    ("post", "/api/v1/posts/{id}/comments"),
    ("post", "/api/v1/attachments"),
    ("get", "/api/v1/attachments/{id}"),
    ("get", "/api/v1/attachments/{id}/content"),
    ("delete", "/api/v1/attachments/{id}"),
    ("patch", "/api/v1/comments/{id}"),
    ("delete", "/api/v1/comments/{id}"),
    ("get", "/api/v1/rings"),
    ("post", "/api/v1/rings/{id}/dismiss"),
    ("post", "/api/v1/rings/{id}/exclude"),
    ("get", "/api/v1/held"),
    ("post", "/api/v1/held/{id}/release"),
    ("post", "/api/v1/held/{id}/hide"),
    ("get", "/api/v1/posts/{id}/votes"),
    ("get", "/api/v1/posts/{id}/versions"),
    ("get", "/api/v1/comments/{id}/versions"),
    ("get", "/api/v1/groups/{slug}"),
    ("patch", "/api/v1/groups/{slug}"),
    ("get", "/api/v1/teams/{slug}"),
    ("get", "/api/v1/tags/{slug}"),
    ("get", "/api/v1/pledges/{id}"),
    ("put", "/api/v1/posts/{id}/owner"),
    ("post", "/api/v1/posts/{id}/merge"),
    ("post", "/api/v1/posts/{id}/unmerge"),
    ("post", "/api/v1/posts/{id}/proposals"),
    ("get", "/api/v1/proposals"),
    ("get", "/api/v1/proposals/{id}"),
    ("post", "/api/v1/proposals/{id}/decline"),
    ("get", "/api/v1/posts/{id}/answers"),
    ("post", "/api/v1/posts/{id}/answers"),
    ("post", "/api/v1/posts/{id}/promises"),
    ("get", "/api/v1/posts/{id}/promises"),
    ("get", "/api/v1/promises"),
    ("get", "/api/v1/promises/{id}"),
    ("post", "/api/v1/promises/{id}/keep"),
    ("post", "/api/v1/promises/{id}/withdraw"),
    ("post", "/api/v1/promises/{id}/pay"),
    ("post", "/api/v1/promises/{id}/change"),
    ("get", "/api/v1/pledges"),
    ("post", "/api/v1/pledges"),
    ("post", "/api/v1/posts/{id}/handover"),
    ("get", "/api/v1/posts/{id}/handovers"),
    ("post", "/api/v1/handovers/{id}/accept"),
    ("post", "/api/v1/handovers/{id}/decline"),
    ("get", "/api/v1/posts/{id}/contributors"),
    ("post", "/api/v1/posts/{id}/contributors"),
    ("put", "/api/v1/posts/{id}/provenance"),
    ("post", "/api/v1/posts/{id}/again"),
    ("get", "/api/v1/posts/{id}/agains"),
    ("get", "/api/v1/posts/{id}/confirmation"),
    ("post", "/api/v1/posts/{id}/confirmation"),
    ("post", "/api/v1/posts/{id}/rebuttal"),
    ("get", "/api/v1/posts/{id}/rebuttals"),
    ("get", "/api/v1/posts/{id}/clocks"),
    ("post", "/api/v1/posts/{id}/clocks/{name}/extend"),
    ("post", "/api/v1/posts/{id}/stop"),
    ("post", "/api/v1/posts/{id}/resume"),
    ("get", "/api/v1/posts/{id}/levels"),
    ("post", "/api/v1/posts/{id}/lower"),
    ("get", "/api/v1/requests"),
    ("get", "/api/v1/requests/{id}"),
    ("post", "/api/v1/requests/{id}/approve"),
    ("post", "/api/v1/requests/{id}/refuse"),
    ("get", "/api/v1/record"),
    ("get", "/api/v1/queue"),
    ("get", "/api/v1/teams"),
    ("get", "/api/v1/desks"),
    ("put", "/api/v1/desks"),
    ("get", "/api/v1/absences"),
    ("get", "/api/v1/accountability"),
    ("get", "/api/v1/hooks"),
    ("post", "/api/v1/hooks"),
    ("get", "/api/v1/hooks/{id}"),
    ("patch", "/api/v1/hooks/{id}"),
    ("delete", "/api/v1/hooks/{id}"),
    ("post", "/api/v1/hooks/{id}/test"),
    ("post", "/api/v1/hooks/{id}/rotate"),
    ("get", "/api/v1/hooks/{id}/deliveries"),
    ("post", "/api/v1/hooks/{id}/deliveries/{delivery}/resend"),
];

#[test]
fn the_document_describes_the_contract() {
    serve(Backend::Sqlite, &[], async |server| {
        let answer = server.api().get("/api/openapi.json").await.is(200);
        assert!(answer.header("content-type").starts_with("application/json"));
        let mut document = answer.json;
        assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")), "{}", document["openapi"]);
        for (method, path) in CALLS {
            let operation = &document["paths"][path][method];
            assert!(operation.is_object(), "{method} {path} is not described");
        }
        let mut names = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("methods") {
                let what = format!("{method} {path}");
                names.push(operation["operationId"].as_str().unwrap_or_else(|| panic!("{what} has no name")).to_owned());
                assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{what} says nothing");
                let responses = operation["responses"].as_object().unwrap_or_else(|| panic!("{what} answers nothing"));
                assert!(responses.keys().any(|status| status.starts_with('2')), "{what} never succeeds");
                for (status, response) in responses {
                    if status.starts_with(['4', '5']) {
                        let problem = &response["content"]["application/problem+json"]["schema"]["$ref"];
                        assert_eq!(problem, "#/components/schemas/Problem", "{what}, {status}");
                    }
                }
                for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                    let named = |p: &Value| p["name"] == part && p["in"] == "path" && p["required"] == true;
                    let parameters = operation["parameters"].as_array().is_some_and(|all| all.iter().any(named));
                    assert!(parameters, "{what} does not describe {part}");
                }
                if matches!(method.as_str(), "post" | "put" | "patch") && operation["requestBody"].is_object() {
                    let kind = if path == "/api/v1/attachments" { "multipart/form-data" } else { "application/json" };
                    assert!(operation["requestBody"]["content"][kind]["schema"].is_object(), "{what}");
                }
            }
        }
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "each call has a name of its own: {names:?}");
        let mut dangling = Vec::new();
        references(&document, &document, &mut dangling);
        assert!(dangling.is_empty(), "{dangling:?}");
        // and its reference page is served from here
        let page = server.visitor().get("/api/docs").await.is(200);
        for (_, path) in CALLS {
            page.must_show(path);
        }
        assert!(!page.has("script[src^=http]"), "nothing is loaded from elsewhere");
        // a release is no change of the contract
        document["info"]["version"] = "[version]".into();
        insta::assert_json_snapshot!("openapi", document);
    });
}

/// References that lead nowhere.
fn references(document: &Value, part: &Value, dangling: &mut Vec<String>) {
    match part {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get("$ref") {
                let found = to.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
                if found.is_none() {
                    dangling.push(to.clone());
                }
            }
            fields.values().for_each(|value| references(document, value, dangling));
        }
        Value::Array(values) => values.iter().for_each(|value| references(document, value, dangling)),
        _ => {}
    }
}
