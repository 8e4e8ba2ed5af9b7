//! The contract, from outside the router: in one process, on a database of its own.

use std::sync::Arc;

use app::{
    parts::kept::Pieces,
    share::Pictures,
    web::{Assets, Web},
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use forum::{
    Forum,
    actor::{Actor, Role, Scope},
    board::{self, NewBoard},
    forum::Options,
    group,
    id::PersonId,
    limit,
    password::Cost,
    person,
    site::{self, OwnerShown, Site},
    time::SetTime,
    token,
};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{docs_routes, openapi::DOCUMENT, routes};

struct Api {
    forum: Forum,
    router: Router,
    time: SetTime,
    _folder: tempfile::TempDir,
}

struct Said {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts a success and gives the body.
    #[track_caller]
    fn ok(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// Asserts a problem document, and gives the names of its fields.
    #[track_caller]
    fn problem(&self, status: u16) -> Vec<String> {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header(header::CONTENT_TYPE), "application/problem+json");
        let body = self.json();
        assert_eq!(body["status"], status);
        for name in ["type", "title", "detail"] {
            assert!(body[name].as_str().is_some_and(|text| !text.is_empty()), "{name} in {body}");
        }
        assert_eq!(body["errors"].is_array(), status == 422, "{body}");
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        assert!(errors.iter().all(|error| error["message"].as_str().is_some_and(|m| !m.is_empty())), "{body}");
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    }
}

/// One request.
struct Call<'a> {
    api: &'a Api,
    request: axum::http::request::Builder,
    body: Body,
}

impl Call<'_> {
    fn by(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    fn json(mut self, body: Value) -> Self {
        self.body = Body::from(body.to_string());
        self.header("content-type", "application/json")
    }

    fn raw(mut self, body: &str) -> Self {
        self.body = Body::from(body.to_owned());
        self
    }

    async fn send(self) -> Said {
        let response = self.api.router.clone().oneshot(self.request.body(self.body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Said { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }
}

/// A Wednesday at eleven in Amsterdam.
fn wednesday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 18, 10, 0, 0).unwrap()
}

impl Api {
    async fn new() -> Self {
        Self::with_limits(false).await
    }

    async fn with_limits(limits: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("answerable.db").display());
        let time = SetTime::new(wednesday());
        let time_of_test = Arc::new(time.clone());
        let options = Options { limits, time: time_of_test, hashing: Cost::LEAST, ..Options::new(url, "https://forum.example") };
        let forum = Forum::open(options).await.unwrap();
        let web = Web {
            forum: forum.clone(),
            assets: Arc::new(Assets::default()),
            pieces: Pieces::default(),
            pictures: Pictures::default(),
        };
        let router = Router::new().merge(routes(forum.clone())).fallback_service(docs_routes().with_state(web));
        let api = Self { forum, router, time, _folder: folder };
        api.board("billing", false).await;
        api
    }

    fn call(&self, method: &str, path: &str) -> Call<'_> {
        let path = if path.starts_with("/api") { path.to_owned() } else { format!("/api/v1{path}") };
        Call {
            api: self,
            request: Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path),
            body: Body::empty(),
        }
    }

    fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }

    async fn board(&self, slug: &str, private: bool) {
        let new = NewBoard { slug: slug.to_owned(), name: slug.to_owned(), private, ..NewBoard::default() };
        self.forum.write(&Actor::System, async |tx| board::create(tx, &new).await).await.unwrap();
    }

    /// A verified person with a token of these scopes.
    async fn person(&self, name: &str, role: Role, scopes: &[Scope]) -> (PersonId, String) {
        let scopes: Vec<String> = scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        self.forum
            .write(&Actor::System, async |tx| {
                let (id, _) = person::create_imported(tx, name, None, role, name).await?;
                let account = person::by_id(tx.conn(), id).await?.unwrap();
                let (_, secret) = token::create(tx, &account, "", &scopes, token::LIFETIME).await?;
                Ok((id, secret.reveal().to_owned()))
            })
            .await
            .unwrap()
    }

    async fn member(&self, name: &str) -> String {
        self.person(name, Role::Member, &[Scope::Write]).await.1
    }

    async fn agent(&self) -> String {
        self.person("Femke", Role::Agent, &[Scope::Staff]).await.1
    }

    /// Somebody who has signed up and not followed the link.
    async fn unverified(&self) -> String {
        let account = json!({ "email": "new@example.com", "password": "correct horse battery staple", "name": "New" });
        self.call("POST", "/accounts").json(account).send().await.ok(201);
        let wanted = json!({ "email": "new@example.com", "password": "correct horse battery staple", "scopes": ["read", "write"] });
        self.call("POST", "/tokens").json(wanted).send().await.ok(201)["token"].as_str().unwrap().to_owned()
    }

    async fn post(&self, token: &str, kind: &str, title: &str, board: &str) -> i64 {
        let draft = json!({ "kind": kind, "title": title, "body": "We get **two** bills.", "board": board, "tags": ["Bills", "moving house"] });
        self.call("POST", "/posts").by(token).json(draft).send().await.ok(201)["id"].as_i64().unwrap()
    }
}

fn ids(list: &Value) -> Vec<i64> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_post_is_submitted_and_read() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let draft = json!({ "kind": "idea", "title": "One bill", "body": "We get **two** bills.", "board": "billing", "tags": ["Moving House"] });
    let said = api.call("POST", "/posts").by(&anna).json(draft).send().await;
    let location = said.header("location").to_owned();
    let made = said.ok(201);
    let id = made["id"].as_i64().unwrap();
    assert_eq!(location, format!("/api/v1/posts/{id}"));
    for name in [
        "id",
        "slug",
        "url",
        "kind",
        "title",
        "excerpt",
        "board",
        "status",
        "support_count",
        "oppose_count",
        "comment_count",
        "author",
        "owner",
        "level",
        "clocks",
        "created_at",
        "body",
        "body_html",
        "tags",
        "case",
        "extensions",
        "my_vote",
    ] {
        assert!(keys(&made).contains(&name), "{name} in {made}");
    }
    assert_eq!(made["url"], format!("https://forum.example/p/{id}/one-bill"));
    assert_eq!(made["board"], "billing");
    assert_eq!(made["status"]["slug"], "received");
    assert_eq!(made["status"]["stage"], "received");
    assert_eq!(made["tags"], json!(["moving-house"]));
    assert_eq!(made["extensions"], json!([]));
    assert!(made["owner"].is_null() && made["case"].is_null() && made["my_vote"].is_null());
    assert_eq!(made["author"]["name"], "Anna");
    assert_eq!(made["support_count"], 0);
    assert_eq!(made["created_at"], "2026-11-18T10:00:00Z");
    assert_eq!(made["clocks"][0]["name"], "first_answer");
    assert_eq!(made["clocks"][0]["state"], "running");
    assert!(made["clocks"][0]["due_at"].as_str().unwrap().ends_with('Z'));
    assert!(made["body_html"].as_str().unwrap().contains("<strong>two</strong>"));

    let shown = api.get(&location).send().await.ok(200);
    assert_eq!(shown["body"], "We get **two** bills.");
    let list = api.get("/posts").send().await.ok(200);
    assert_eq!(ids(&list), [id]);
    assert!(list["next_cursor"].is_null());
    assert!(!keys(&list["items"][0]).contains(&"body"));

    let changed = json!({ "title": "One bill for all", "tags": [] });
    let changed = api.call("PATCH", &format!("/posts/{id}")).by(&anna).json(changed).send().await.ok(200);
    assert_eq!(changed["title"], "One bill for all");
    assert_eq!(changed["tags"], json!([]));
    let versions = api.get(&format!("/posts/{id}/versions")).send().await.ok(200);
    assert_eq!(versions["items"][0]["number"], 2);
    assert_eq!(keys(&versions["items"][1]), ["body", "created_at", "editor", "number", "reason", "rule", "title"]);
    let similar = api.get("/posts/similar?title=one%20bill%20for%20all").send().await.ok(200);
    assert_eq!(ids(&similar), [id]);
    assert_eq!(api.get("/posts/similar?body=x").send().await.problem(422), ["title"]);
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let create = |body: Value| api.call("POST", "/posts").by(&anna).json(body).send();
    assert_eq!(create(json!({})).await.problem(422), ["kind", "title", "body", "board"]);
    let wrong = json!({ "kind": 5, "title": ["x"], "body": "b", "board": "billing", "tags": "none", "more": 1 });
    assert_eq!(create(wrong).await.problem(422), ["kind", "title", "tags"]);
    let unknown = json!({ "kind": "rant", "title": "ab", "body": "b", "board": "nowhere", "tags": null });
    assert_eq!(create(unknown).await.problem(422), ["kind", "title", "board"]);
    assert_eq!(create(json!([1])).await.problem(422), ["$"]);
    // a character that PostgreSQL can't keep is a choice that does not exist, not an error of ours
    let nul = json!({ "kind": "idea", "title": "One bill", "body": "b", "board": "no\u{0}where" });
    assert_eq!(create(nul).await.problem(422), ["board"]);
    for (query, field) in [
        ("sort=best", "sort"),
        ("kind=rant", "kind"),
        ("stage=x", "stage"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("limit=-1", "limit"),
        ("cursor=zz", "cursor"),
    ] {
        assert_eq!(api.get(&format!("/posts?{query}")).send().await.problem(422), [field], "{query}");
    }
    assert_eq!(api.get("/posts?sort=best&kind=rant").send().await.problem(422), ["sort", "kind"]);
    for query in ["board=no", "status=no", "tag=no", "board=%00"] {
        assert_eq!(ids(&api.get(&format!("/posts?{query}")).send().await.ok(200)).len(), 0);
    }
    for query in ["limit=1000", "limit=99999999999999999999999", "board=&kind=&status=&stage=&tag=&q=&sort=&cursor="] {
        api.get(&format!("/posts?{query}")).send().await.ok(200);
    }
}

#[tokio::test]
async fn what_can_not_be_read_is_a_problem_too() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let post = || api.call("POST", "/posts").by(&anna);
    post().header("content-type", "application/json").raw("{\"kind\":").send().await.problem(400);
    post().header("content-type", "application/json").raw("").send().await.problem(400);
    post().header("content-type", "text/plain").raw("{}").send().await.problem(415);
    post().raw("{}").send().await.problem(415);
    assert_eq!(post().header("content-type", "Application/JSON; charset=utf-8").raw("{}").send().await.problem(422).len(), 4);
    let large = format!("{{\"body\": \"{}\"}}", "x".repeat(super::LARGEST_BODY));
    post().header("content-type", "application/json").raw(&large).send().await.problem(413);

    let not_allowed = api.call("DELETE", "/posts").send().await;
    not_allowed.problem(405);
    assert_eq!(not_allowed.header("allow"), "GET,HEAD,POST");
    for path in [
        "/api/v1/nothing",
        "/api/v1/posts/1/nothing",
        "/api/v1",
        "/api/v1/",
        "/api/v1/posts/",
        "/api/nothing",
        "/api",
        "/api/",
        "/api/v2/posts",
        "/api/v1/posts/abc",
        "/api/v1/posts/-1",
        "/api/v1/posts/99999999999999999999",
        "/api/v1/comments/7",
    ] {
        api.get(path).send().await.problem(404);
    }
    let dutch = api.get("/posts/7").header("accept-language", "fr, nl-BE;q=0.8, en;q=0.5").send().await;
    dutch.problem(404);
    assert_eq!(dutch.header("content-language"), "nl");
    assert_ne!(dutch.json()["detail"], api.get("/posts/7").send().await.json()["detail"]);
    assert_eq!(dutch.json()["type"], "https://forum.example/api/docs#problem-404");
}

#[tokio::test]
async fn a_token_is_all_that_tells_who_calls() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    for value in ["Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer"] {
        let said = api.get("/posts").header("authorization", value).send().await;
        said.problem(401);
        assert_eq!(said.header("www-authenticate"), "Bearer");
    }
    for (method, path) in [
        ("GET", "/me"),
        ("PATCH", "/me"),
        ("GET", "/tokens"),
        ("DELETE", "/tokens"),
        ("POST", "/posts"),
        ("POST", "/boards"),
        ("GET", "/queue"),
        ("PUT", "/posts/1/vote"),
        ("PUT", "/posts/1/owner"),
        ("POST", "/posts/1/answers"),
        ("POST", "/posts/1/comments"),
        ("PATCH", "/comments/1"),
        ("GET", "/groups"),
    ] {
        let said = api.call(method, path).header("cookie", &format!("__Host-session={anna}")).send().await;
        said.problem(401);
        assert_eq!(said.header("www-authenticate"), "Bearer", "{method} {path}");
    }
    let me = api.get("/me").header("authorization", &format!("bearer {anna}")).send().await.ok(200);
    assert_eq!(me["name"], "Anna");
    assert_eq!(me["role"], "member");
    for name in ["id", "name", "email", "role", "language"] {
        assert!(keys(&me).contains(&name), "{name}");
    }
    let renamed = api
        .call("PATCH", "/me")
        .by(&anna)
        .json(json!({ "name": "Anna B.", "language": "nl", "role": "admin" }))
        .send()
        .await
        .ok(200);
    assert_eq!((&renamed["name"], &renamed["language"], &renamed["role"]), (&json!("Anna B."), &json!("nl"), &json!("member")));
    assert_eq!(
        api.call("PATCH", "/me").by(&anna).json(json!({ "name": "", "language": "xx" })).send().await.problem(422),
        ["name", "language"]
    );

    let tokens = api.get("/tokens").by(&anna).send().await.ok(200);
    assert_eq!(tokens["items"][0]["scopes"], json!(["read", "write"]));
    assert_eq!(tokens["items"][0]["used_at"], "2026-11-18T10:00:00Z");
    assert!(!keys(&tokens["items"][0]).contains(&"token"));
    let said = api.call("DELETE", "/tokens").by(&anna).send().await;
    assert_eq!((said.status.as_u16(), said.text.as_str()), (204, ""));
    api.get("/me").by(&anna).send().await.problem(401);
}

#[tokio::test]
async fn signing_up_tells_nobody_who_is_known() {
    let api = Api::new().await;
    let token = api.unverified().await;
    let account = json!({ "email": "NEW@example.com", "password": "another long password", "name": "Else" });
    let known = api.call("POST", "/accounts").json(account.clone()).send().await;
    let mut other = account;
    other["email"] = json!("other@example.com");
    let unknown = api.call("POST", "/accounts").json(other).send().await;
    assert_eq!(
        (known.status, &known.text, known.headers.get("location")),
        (unknown.status, &unknown.text, unknown.headers.get("location"))
    );
    assert_eq!(api.call("POST", "/accounts").json(json!({})).send().await.problem(422), ["email", "name", "password"]);

    let sign_in = |email: &str, password: &str| {
        api.call("POST", "/tokens").json(json!({ "email": email, "password": password, "scopes": ["read"] })).send()
    };
    let wrong = sign_in("new@example.com", "another long password").await;
    let nobody = sign_in("nobody@example.com", "another long password").await;
    wrong.problem(401);
    assert_eq!(wrong.text, nobody.text);
    assert_eq!(wrong.header("www-authenticate"), "Bearer");
    assert_eq!(
        api.call("POST", "/tokens").json(json!({ "scopes": ["all"] })).send().await.problem(422),
        ["email", "password", "scopes"]
    );
    let all = json!({ "email": "new@example.com", "password": "correct horse battery staple", "scopes": ["read", "write", "staff", "admin"], "name": "Mine" });
    let made = api.call("POST", "/tokens").json(all).send().await.ok(201);
    assert_eq!(made["scopes"], json!(["read", "write"]));
    assert_eq!(made["name"], "Mine");

    // not verified: reads, and does not write
    api.get("/me").by(&token).send().await.ok(200);
    api.get("/posts").by(&token).send().await.ok(200);
    api.call("POST", "/posts").by(&token).json(json!({})).send().await.problem(403);
    api.call("PATCH", "/me").by(&token).json(json!({ "name": "" })).send().await.problem(403);
    let anna = api.member("Anna").await;
    let post = api.post(&anna, "idea", "One bill", "billing").await;
    api.call("PUT", &format!("/posts/{post}/vote")).by(&token).json(json!({})).send().await.problem(403);
    api.call("POST", &format!("/posts/{post}/comments")).by(&token).json(json!({})).send().await.problem(403);
    let id = made["id"].as_i64().unwrap();
    api.call("DELETE", &format!("/tokens/{id}")).by(&anna).send().await.problem(404);
    api.call("DELETE", &format!("/tokens/{id}")).by(&token).send().await.ok(204);
    api.get("/me").by(made["token"].as_str().unwrap()).send().await.problem(401);
}

#[tokio::test]
async fn voting_twice_counts_once() {
    let api = Api::new().await;
    let (anna, bram) = (api.member("Anna").await, api.member("Bram").await);
    let post = api.post(&anna, "idea", "One bill", "billing").await;
    let vote = format!("/posts/{post}/vote");
    for _ in 0..2 {
        let tally = api.call("PUT", &vote).by(&bram).json(json!({ "stance": "support" })).send().await.ok(200);
        assert_eq!(tally, json!({ "support_count": 1, "oppose_count": 0, "my_vote": { "stance": "support", "reason": null } }));
    }
    assert_eq!(api.call("PUT", &vote).by(&bram).json(json!({ "stance": "oppose" })).send().await.problem(422), ["reason"]);
    assert_eq!(api.call("PUT", &vote).by(&bram).json(json!({})).send().await.problem(422), ["stance"]);
    assert_eq!(api.call("PUT", &vote).by(&bram).json(json!({ "stance": "maybe" })).send().await.problem(422), ["stance"]);
    let against = json!({ "stance": "oppose", "reason": "Two bills are two due dates." });
    for _ in 0..2 {
        let tally = api.call("PUT", &vote).by(&bram).json(against.clone()).send().await.ok(200);
        assert_eq!((&tally["support_count"], &tally["oppose_count"]), (&json!(0), &json!(1)));
    }
    assert_eq!(api.get(&format!("/posts/{post}")).by(&bram).send().await.ok(200)["my_vote"], against);
    let votes = api.get(&format!("/posts/{post}/votes?stance=oppose")).send().await.ok(200);
    assert_eq!(keys(&votes["items"][0]), ["created_at", "excluded", "imported", "person", "reason", "stance"]);
    assert_eq!(votes["items"][0]["person"]["name"], "Bram");
    assert_eq!(api.get(&format!("/posts/{post}/votes?stance=support")).send().await.ok(200)["items"], json!([]));
    assert_eq!(api.get(&format!("/posts/{post}/votes?stance=x&cursor=y")).send().await.problem(422), ["stance", "cursor"]);
    for _ in 0..2 {
        let tally = api.call("DELETE", &vote).by(&bram).send().await.ok(200);
        assert_eq!(tally, json!({ "support_count": 0, "oppose_count": 0, "my_vote": null }));
    }
    let complaint = api.post(&anna, "complaint", "No bill came", "billing").await;
    assert_eq!(api.call("PUT", &format!("/posts/{complaint}/vote")).by(&bram).json(against).send().await.problem(422), ["stance"]);
    api.call("PUT", "/posts/999/vote").by(&bram).json(json!({})).send().await.problem(404);
}

#[tokio::test]
async fn a_thread_grows_and_its_authors_may_change_their_minds() {
    let api = Api::new().await;
    let (anna, bram) = (api.member("Anna").await, api.member("Bram").await);
    let post = api.post(&anna, "idea", "One bill", "billing").await;
    let path = format!("/posts/{post}/comments");
    assert_eq!(api.call("POST", &path).by(&bram).json(json!({ "parent_id": "x" })).send().await.problem(422), ["parent_id"]);
    assert_eq!(api.call("POST", &path).by(&bram).json(json!({})).send().await.problem(422), ["body"]);
    assert_eq!(
        api.call("POST", &path).by(&bram).json(json!({ "body": "b", "parent_id": 99 })).send().await.problem(422),
        ["parent_id"]
    );
    let said = api.call("POST", &path).by(&bram).json(json!({ "body": "*Three* here." })).send().await;
    let location = said.header("location").to_owned();
    let first = said.ok(201);
    let id = first["id"].as_i64().unwrap();
    for name in ["id", "parent_id", "author", "body", "body_html", "created_at", "edited_at"] {
        assert!(keys(&first).contains(&name), "{name}");
    }
    assert_eq!(api.get(&location).send().await.ok(200)["body"], "*Three* here.");
    let reply = api.call("POST", &path).by(&anna).json(json!({ "body": "Really?", "parent_id": id })).send().await.ok(201);
    assert_eq!(reply["parent_id"], id);

    api.call("PATCH", &location).by(&anna).json(json!({})).send().await.problem(403);
    assert_eq!(api.call("PATCH", &location).by(&bram).json(json!({ "body": " " })).send().await.problem(422), ["body"]);
    let changed = api.call("PATCH", &location).by(&bram).json(json!({ "body": "Four here." })).send().await.ok(200);
    assert_eq!(changed["body"], "Four here.");
    assert!(changed["edited_at"].is_string());
    api.call("DELETE", &location).by(&anna).send().await.problem(403);
    for _ in 0..2 {
        api.call("DELETE", &location).by(&bram).send().await.ok(204);
    }
    api.call("PATCH", &location).by(&bram).json(json!({ "body": "b" })).send().await.problem(409);
    let list = api.get(&path).send().await.ok(200);
    assert_eq!(list["items"][0]["body"], "");
    assert!(list["items"][0]["removed_at"].is_string());
    assert_eq!(list["items"][1]["body"], "Really?");
    let page = api.get(&format!("{path}?limit=1")).send().await.ok(200);
    let next = page["next_cursor"].as_str().unwrap();
    let page = api.get(&format!("{path}?limit=1&cursor={next}")).send().await.ok(200);
    assert_eq!(ids(&page), [reply["id"].as_i64().unwrap()]);
    assert!(page["next_cursor"].is_null());
}

#[tokio::test]
async fn staff_answer_and_own() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let (femke_id, femke) = api.person("Femke", Role::Agent, &[Scope::Staff]).await;
    let (lars_id, lars) = api.person("Lars", Role::Lead, &[Scope::Write]).await;
    let idea = api.post(&anna, "idea", "One bill", "billing").await;
    let complaint = api.post(&anna, "complaint", "No bill came", "billing").await;
    let answers = format!("/posts/{idea}/answers");

    // the lack of a role or scope is told before what is wrong with the fields
    api.call("POST", &answers).by(&anna).json(json!({})).send().await.problem(403);
    api.call("POST", &answers).by(&lars).raw("not json").send().await.problem(403);
    api.call("POST", "/posts/999/answers").by(&anna).json(json!({})).send().await.problem(404);
    assert_eq!(api.call("POST", &answers).by(&femke).json(json!({})).send().await.problem(422), ["status", "what"]);
    let hollow = json!({ "status": "planned" });
    assert_eq!(api.call("POST", &answers).by(&femke).json(hollow).send().await.problem(422), ["what", "who", "next_update_on"]);
    let wrong = json!({ "status": "planned", "what": 1, "final": "yes" });
    assert_eq!(api.call("POST", &answers).by(&femke).json(wrong).send().await.problem(422), ["what", "final"]);

    let queue = api.get("/queue").by(&femke).send().await.ok(200);
    assert_eq!(ids(&queue), [complaint, idea]);
    assert_eq!(queue["items"][0]["waiting_since"], "2026-11-18T10:00:00Z");
    api.get("/queue").by(&anna).send().await.problem(403);
    let page = api.get("/queue?limit=1").by(&femke).send().await.ok(200);
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(ids(&api.get(&format!("/queue?limit=1&cursor={next}")).by(&femke).send().await.ok(200)), [idea]);

    let answer = json!({ "status": "planned", "what": "We put all on *one*.", "who": "Billing", "next_update_on": "2026-12-01" });
    let made = api.call("POST", &answers).by(&femke).json(answer).send().await.ok(201);
    assert_eq!((&made["status"]["slug"], &made["from_status"]["slug"]), (&json!("planned"), &json!("received")));
    assert_eq!((&made["next_update_on"], &made["late"], &made["final"]), (&json!("2026-12-01"), &json!(false), &json!(false)));
    assert_eq!(api.get(&answers).send().await.ok(200)["items"][0], made);
    let post = api.get(&format!("/posts/{idea}")).send().await.ok(200);
    assert_eq!(post["status"], json!({ "slug": "planned", "name": "Planned", "stage": "planned" }));
    assert_eq!(post["owner"], json!({ "id": femke_id, "name": "Femke", "title": null }));

    let owner = format!("/posts/{idea}/owner");
    api.call("PUT", &owner).by(&anna).json(json!({})).send().await.problem(403);
    for wrong in [json!({}), json!({ "person": "x" }), json!({ "person": 5 }), json!({ "person": uuid::Uuid::nil() })] {
        assert_eq!(api.call("PUT", &owner).by(&femke).json(wrong).send().await.problem(422), ["person"]);
    }
    let owned = api.call("PUT", &owner).by(&femke).json(json!({ "person": lars_id })).send().await.ok(200);
    assert_eq!(owned["owner"]["name"], "Lars");

    // a post of somebody else: members may not, staff say why
    let path = format!("/posts/{complaint}");
    let bram = api.member("Bram").await;
    api.call("PATCH", &path).by(&bram).json(json!({ "title": "" })).send().await.problem(403);
    api.call("PATCH", &path).by(&lars).json(json!({ "title": "" })).send().await.problem(403);
    assert_eq!(
        api.call("PATCH", &path).by(&femke).json(json!({ "title": "The bill" })).send().await.problem(422),
        ["rule", "reason"]
    );
    let edit = json!({ "title": "The bill did not come", "rule": 1, "reason": "One matter per post." });
    assert_eq!(api.call("PATCH", &path).by(&femke).json(edit).send().await.ok(200)["title"], "The bill did not come");
    let versions = api.get(&format!("{path}/versions")).send().await.ok(200);
    assert_eq!((&versions["items"][0]["rule"], &versions["items"][0]["editor"]["name"]), (&json!(1), &json!("Femke")));
}

#[tokio::test]
async fn a_broken_promise_owes_its_remedy_until_it_is_paid() {
    let api = Api::new().await;
    let (anna, femke) = (api.member("Anna").await, api.agent().await);
    let post = api.post(&anna, "complaint", "No bill came", "billing").await;
    let path = format!("/posts/{post}/promises");
    let draft = json!({ "what": "The bill comes", "due_on": "2026-11-20", "remedy": "A month free", "remedy_amount": 25 });
    let made = api.call("POST", &path).by(&femke).json(draft).send().await.ok(201);
    let promise = format!("/promises/{}", made["id"]);
    let pay = || api.call("POST", &format!("{promise}/pay")).by(&femke).json(json!({ "note": "Paid by bank." })).send();
    pay().await.problem(409);
    // 17:00 of its day in Amsterdam is the last moment at which it can be kept
    api.time.advance(TimeDelta::hours(2 * 24 + 6));
    assert_eq!(api.get(&promise).send().await.ok(200)["state"], "open");
    api.time.advance(TimeDelta::seconds(1));
    let broken = api.get(&promise).send().await.ok(200);
    assert_eq!((&broken["state"], &broken["owed"], &broken["ended_at"]), (&json!("broken"), &json!(true), &Value::Null));
    for query in ["?state=broken", "?owed=true", "?owed=true&state=broken&board=billing"] {
        assert_eq!(ids(&api.get(&format!("/promises{query}")).send().await.ok(200)).len(), 1, "{query}");
    }
    // only what is broken is owed
    for query in ["?owed=true&state=kept", "?owed=true&state=open", "?state=open"] {
        assert_eq!(ids(&api.get(&format!("/promises{query}")).send().await.ok(200)).len(), 0, "{query}");
    }
    for (act, body) in [
        ("keep", json!({})),
        ("withdraw", json!({ "reason": "We did not get to it in time." })),
        ("change", json!({ "what": "The bill comes", "due_on": "2026-12-01", "reason": "We did not get to it in time." })),
    ] {
        api.call("POST", &format!("{promise}/{act}")).by(&femke).json(body).send().await.problem(409);
    }
    let paid = pay().await.ok(200);
    assert_eq!((&paid["state"], &paid["owed"], &paid["remedy_amount"]), (&json!("broken"), &json!(false), &json!("25.00")));
    assert_eq!(pay().await.ok(200)["paid_at"], paid["paid_at"]);
    assert_eq!(ids(&api.get("/promises?owed=true").send().await.ok(200)).len(), 0);
}

#[tokio::test]
async fn promises_come_page_by_page() {
    let api = Api::new().await;
    let (anna, femke) = (api.member("Anna").await, api.agent().await);
    let post = api.post(&anna, "complaint", "No bill came", "billing").await;
    let path = format!("/posts/{post}/promises");
    for n in 0..5 {
        let draft = json!({ "what": format!("Bill number {n}"), "due_on": "2026-11-20" });
        api.call("POST", &path).by(&femke).json(draft).send().await.ok(201);
    }
    for list in ["/promises?limit=2".to_owned(), format!("{path}?limit=2")] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = api.get(&format!("{list}{cursor}")).send().await.ok(200);
            seen.extend(ids(&page));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 5, "{list}");
    }
}

#[tokio::test]
async fn a_site_that_shows_titles_keeps_names_from_the_public() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let (femke_id, femke) = api.person("Femke", Role::Agent, &[Scope::Staff]).await;
    let (lars_id, lars) = api.person("Lars", Role::Lead, &[Scope::Staff]).await;
    api.forum
        .write(&Actor::System, async |tx| {
            person::set_title(tx, femke_id, "Bills").await?;
            person::set_title(tx, lars_id, "Desk lead").await?;
            site::save(tx, &Site { owner_shown: OwnerShown::Title, ..Site::clone(&tx.site()) }).await
        })
        .await
        .unwrap();
    api.forum.refresh_site().await.unwrap();
    let post = api.post(&anna, "idea", "One bill", "billing").await;
    let path = format!("/posts/{post}");
    let by =
        |token: &str, method: &str, what: &str, body: Value| api.call(method, &format!("{path}{what}")).by(token).json(body).send();
    let planned = json!({ "status": "planned", "what": "We do.", "who": "Billing", "next_update_on": "2026-11-25" });
    by(&femke, "POST", "/answers", planned).await.ok(201);
    by(&femke, "POST", "/promises", json!({ "what": "One bill", "due_on": "2026-11-27" })).await.ok(201);
    by(&femke, "PUT", "/provenance", json!({ "provenance": "both" })).await.ok(200);
    by(&femke, "POST", "/contributors", json!({ "person": lars_id, "task": "Reads the law" })).await.ok(201);
    let longer = json!({ "until": "2026-12-02", "reason": "The printer needs a week more." });
    by(&femke, "POST", "/clocks/next_update/extend", longer).await.ok(200);
    by(&femke, "POST", "/stop", json!({ "reason": "Please tell us both addresses." })).await.ok(201);
    for _ in 0..3 {
        let offer = by(&femke, "POST", "/handover", json!({ "to": lars_id })).await.ok(201)["id"].clone();
        api.call("POST", &format!("/handovers/{offer}/decline")).by(&lars).send().await.ok(200);
    }
    by(&lars, "POST", "/lower", json!({ "reason": "It has found its place." })).await.ok(200);
    for what in ["", "/answers", "/promises", "/provenance", "/contributors", "/clocks", "/levels", "/handovers"] {
        let to_staff = by(&femke, "GET", what, Value::Null).await;
        assert!(to_staff.text.contains("Femke") || to_staff.text.contains("Lars"), "{what}: {}", to_staff.text);
        for said in [by(&anna, "GET", what, Value::Null).await, api.get(&format!("{path}{what}")).send().await] {
            let shown = said.text.contains("\"Bills\"") || said.text.contains("\"Desk lead\"");
            assert!(shown, "{what}: {}", said.text);
            for kept in ["Femke", "Lars", &femke_id.to_string(), &lars_id.to_string()] {
                assert!(!said.text.contains(kept), "{what}: {}", said.text);
            }
        }
    }
}

#[tokio::test]
async fn an_admin_configures() {
    let api = Api::new().await;
    let (_, admin) = api.person("Ada", Role::Admin, &[Scope::Admin]).await;
    let (_, narrow) = api.person("Abel", Role::Admin, &[Scope::Staff]).await;
    let femke = api.agent().await;
    let (anna_id, anna) = api.person("Anna", Role::Member, &[Scope::Write]).await;
    for path in ["/boards", "/statuses", "/tags", "/groups"] {
        for token in [&anna, &femke, &narrow] {
            api.call("POST", path).by(token).json(json!({})).send().await.problem(403);
        }
        let fields = api.call("POST", path).by(&admin).json(json!({})).send().await.problem(422);
        assert!(fields.contains(&"slug".to_owned()) && fields.contains(&"name".to_owned()), "{path}: {fields:?}");
    }
    let made = api
        .call("POST", "/statuses")
        .by(&admin)
        .json(json!({ "slug": "beta", "name": "In beta", "stage": "started" }))
        .send()
        .await
        .ok(201);
    assert_eq!(made, json!({ "slug": "beta", "name": "In beta", "stage": "started" }));
    let statuses = api.get("/statuses").send().await.ok(200);
    assert_eq!(statuses["items"].as_array().unwrap().len(), 9);
    api.call("POST", "/tags").by(&admin).json(json!({ "slug": "solar", "name": "solar" })).send().await.ok(201);
    assert_eq!(api.get("/tags").send().await.ok(200)["items"], json!([{ "slug": "solar", "name": "solar" }]));
    assert_eq!(
        api.call("POST", "/tags").by(&admin).json(json!({ "slug": "solar", "name": "solar" })).send().await.problem(422),
        ["slug"]
    );

    api.call("POST", "/groups").by(&admin).json(json!({ "slug": "pilot", "name": "Pilot" })).send().await.ok(201);
    let board = json!({ "slug": "secret", "name": "Secret", "private": true, "groups": ["pilot"] });
    assert!(api.call("POST", "/boards").by(&admin).json(board).send().await.ok(201)["id"].is_i64());
    let slugs =
        |list: Value| list["items"].as_array().unwrap().iter().map(|b| b["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(slugs(api.get("/boards").by(&anna).send().await.ok(200)), ["billing"]);
    let member = format!("/groups/pilot/members/{anna_id}");
    api.call("PUT", &member).by(&femke).send().await.problem(403);
    for _ in 0..2 {
        api.call("PUT", &member).by(&admin).send().await.ok(204);
    }
    assert_eq!(slugs(api.get("/boards").by(&anna).send().await.ok(200)), ["billing", "secret"]);
    assert_eq!(slugs(api.get("/boards?limit=1").by(&anna).send().await.ok(200)), ["billing"]);
    assert_eq!(slugs(api.get("/boards?limit=1&cursor=k-billing").by(&anna).send().await.ok(200)), ["secret"]);
    assert_eq!(slugs(api.get("/groups").by(&admin).send().await.ok(200)), ["pilot"]);
    for _ in 0..2 {
        api.call("DELETE", &member).by(&admin).send().await.ok(204);
    }
    assert_eq!(slugs(api.get("/boards").by(&anna).send().await.ok(200)), ["billing"]);
    for path in [
        "/groups/none/members/x",
        &format!("/groups/none/members/{anna_id}"),
        &format!("/groups/pilot/members/{}", uuid::Uuid::nil()),
    ] {
        api.call("PUT", path).by(&admin).send().await.problem(404);
    }
}

#[tokio::test]
async fn what_one_may_not_see_is_nowhere() {
    let api = Api::new().await;
    api.board("secret", true).await;
    let (anna_id, anna) = api.person("Anna", Role::Member, &[Scope::Write]).await;
    let bram = api.member("Bram").await;
    api.forum
        .write(&Actor::System, async |tx| {
            let group = group::create(tx, "pilot", "Pilot").await?;
            group::add(tx, group.id, anna_id).await?;
            let new = NewBoard {
                slug: "pilot".into(),
                name: "Pilot".into(),
                private: true,
                groups: vec!["pilot".into()],
                ..NewBoard::default()
            };
            board::create(tx, &new).await
        })
        .await
        .unwrap();
    let hidden = api.post(&anna, "idea", "Hidden tariff", "pilot").await;
    let comment = api
        .call("POST", &format!("/posts/{hidden}/comments"))
        .by(&anna)
        .json(json!({ "body": "Tariff?" }))
        .send()
        .await
        .ok(201)["id"]
        .as_i64()
        .unwrap();
    let femke = api.agent().await;
    let draft = json!({ "what": "A tariff for all", "due_on": "2026-11-20" });
    let promise = api.call("POST", &format!("/posts/{hidden}/promises")).by(&femke).json(draft).send().await.ok(201)["id"].clone();
    api.get(&format!("/posts/{hidden}")).by(&anna).send().await.ok(200);
    assert_eq!(ids(&api.get("/promises").by(&anna).send().await.ok(200)).len(), 1);
    for token in [None, Some(&bram)] {
        let get = |path: String| {
            let call = api.get(&path);
            if let Some(token) = token { call.by(token) } else { call }
        };
        let missing = get(format!("/posts/{}", hidden + 1000)).send().await;
        for path in [
            "",
            "/comments",
            "/votes",
            "/versions",
            "/answers",
            "/promises",
            "/handovers",
            "/contributors",
            "/provenance",
            "/clocks",
            "/levels",
            "/agains",
            "/confirmation",
            "/rebuttals",
        ] {
            let said = get(format!("/posts/{hidden}{path}")).send().await;
            said.problem(404);
            assert_eq!(said.text, missing.text);
        }
        get(format!("/comments/{comment}")).send().await.problem(404);
        get(format!("/promises/{promise}")).send().await.problem(404);
        for query in ["", "?board=pilot", "?state=open"] {
            assert_eq!(ids(&get(format!("/promises{query}")).send().await.ok(200)).len(), 0, "{query}");
        }
        for query in ["", "?q=tariff", "?board=pilot", "?tag=bills", "?sort=new"] {
            assert_eq!(ids(&get(format!("/posts{query}")).send().await.ok(200)).len(), 0, "{query}");
        }
        assert_eq!(ids(&get("/posts/similar?title=Hidden%20tariff".to_owned()).send().await.ok(200)).len(), 0);
        assert_eq!(get("/tags".to_owned()).send().await.ok(200)["items"], json!([]));
        assert!(!get("/boards".to_owned()).send().await.text.contains("pilot"));
    }
    for (method, path) in [
        ("PUT", "/vote"),
        ("DELETE", "/vote"),
        ("POST", "/comments"),
        ("PATCH", ""),
        ("POST", "/answers"),
        ("PUT", "/owner"),
        ("POST", "/promises"),
        ("POST", "/handover"),
        ("POST", "/contributors"),
        ("DELETE", "/contributors/1"),
        ("PUT", "/provenance"),
        ("POST", "/clocks/first_answer/extend"),
        ("POST", "/stop"),
        ("POST", "/resume"),
        ("POST", "/lower"),
        ("POST", "/again"),
        ("POST", "/confirmation"),
        ("POST", "/rebuttal"),
    ] {
        api.call(method, &format!("/posts/{hidden}{path}")).by(&bram).json(json!({})).send().await.problem(404);
    }
    for act in ["keep", "withdraw", "pay", "change"] {
        api.call("POST", &format!("/promises/{promise}/{act}")).by(&bram).json(json!({})).send().await.problem(404);
    }
    for method in ["PATCH", "DELETE"] {
        api.call(method, &format!("/comments/{comment}")).by(&bram).json(json!({})).send().await.problem(404);
    }
    let draft = json!({ "kind": "idea", "title": "Into the dark", "body": "b", "board": "pilot" });
    let hidden_board = api.call("POST", "/posts").by(&bram).json(draft.clone()).send().await;
    let mut nowhere = draft;
    nowhere["board"] = json!("nowhere");
    assert_eq!(hidden_board.text, api.call("POST", "/posts").by(&bram).json(nowhere).send().await.text);
}

#[tokio::test]
async fn a_request_that_comes_twice_makes_one_thing() {
    let api = Api::new().await;
    let (anna, bram) = (api.member("Anna").await, api.member("Bram").await);
    let draft = json!({ "kind": "idea", "title": "One bill", "body": "b", "board": "billing" });
    let send = |token: &str, key: &str, body: &Value| {
        api.call("POST", "/posts").by(token).header("idempotency-key", key).json(body.clone()).send()
    };
    let first = send(&anna, "k1", &draft).await;
    api.time.advance(TimeDelta::minutes(5));
    let again = send(&anna, "k1", &draft).await;
    assert_eq!((first.status, &first.text, first.header("location")), (again.status, &again.text, again.header("location")));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(again.header("content-type"), "application/json");
    let mut other = draft.clone();
    other["title"] = json!("Two bills");
    assert_eq!(send(&anna, "k1", &other).await.problem(422), ["Idempotency-Key"]);
    assert_ne!(send(&bram, "k1", &draft).await.text, first.text);
    assert_eq!(send(&anna, &"x".repeat(201), &draft).await.problem(422), ["Idempotency-Key"]);
    // what was refused made nothing, so the key is still free
    assert_eq!(send(&anna, "k2", &json!({})).await.problem(422).len(), 4);
    send(&anna, "k2", &other).await.ok(201);
    assert_eq!(ids(&api.get("/posts").send().await.ok(200)).len(), 3);
    // at the same moment, too
    let many = futures_util::future::join_all((0..8).map(|_| send(&bram, "k3", &draft))).await;
    let texts: std::collections::HashSet<_> = many.iter().map(|said| said.text.clone()).collect();
    assert_eq!(texts.len(), 1);
    assert_eq!(ids(&api.get("/posts").send().await.ok(200)).len(), 4);
    // the same key at another address is another request
    let post = ids(&api.get("/posts").send().await.ok(200))[0];
    let comment =
        api.call("POST", &format!("/posts/{post}/comments")).by(&anna).header("idempotency-key", "k1").json(draft.clone());
    assert_eq!(comment.send().await.problem(422), ["Idempotency-Key"]);
    // and after a day it is forgotten
    api.time.advance(TimeDelta::hours(25));
    send(&anna, "k1", &draft).await.ok(201);
}

#[tokio::test]
async fn pages_have_no_gaps_while_posts_arrive() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    for sort in ["new", "trending", "top", "waiting"] {
        let before: Vec<i64> = {
            for n in 0..7 {
                api.time.advance(TimeDelta::minutes(10));
                api.post(&anna, "idea", &format!("Idea {sort} {n}"), "billing").await;
            }
            ids(&api.get(&format!("/posts?sort={sort}&limit=100")).send().await.ok(200))
        };
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = api.get(&format!("/posts?sort={sort}&limit=3{cursor}")).send().await.ok(200);
            seen.extend(ids(&page));
            api.time.advance(TimeDelta::minutes(10));
            api.post(&anna, "idea", "Meanwhile", "billing").await;
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let old: Vec<i64> = seen.iter().copied().filter(|id| before.contains(id)).collect();
        assert_eq!(old, before, "{sort}");
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "{sort}");
    }
    let wrong = api.get("/posts?sort=new&limit=1").send().await.ok(200)["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(api.get(&format!("/posts?sort=top&cursor={wrong}")).send().await.problem(422), ["cursor"]);

    let post = api.post(&anna, "idea", "Many votes", "billing").await;
    for n in 0..5 {
        let voter = api.member(&format!("Voter {n}")).await;
        api.call("PUT", &format!("/posts/{post}/vote")).by(&voter).json(json!({ "stance": "support" })).send().await.ok(200);
    }
    let (mut seen, mut cursor) = (std::collections::HashSet::new(), String::new());
    loop {
        let page = api.get(&format!("/posts/{post}/votes?limit=2{cursor}")).send().await.ok(200);
        for vote in page["items"].as_array().unwrap() {
            assert!(seen.insert(vote["person"]["id"].as_str().unwrap().to_owned()));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let api = Api::new().await;
    let anna = api.member("Anna").await;
    let post = api.post(&anna, "idea", "One bill", "billing").await;
    let path = format!("/posts/{post}");
    let first = api.get(&path).send().await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    assert_eq!(first.header("cache-control"), "public, no-cache");
    assert!(first.header("vary").contains("authorization"));
    let again = api.get(&path).header("if-none-match", &tag).send().await;
    assert_eq!((again.status.as_u16(), again.text.as_str(), again.header("etag")), (304, "", tag.as_str()));
    assert_eq!(
        api.get(&path).header("if-none-match", &format!("\"x\", {}", tag.trim_start_matches("W/"))).send().await.status.as_u16(),
        304
    );
    assert_eq!(api.get(&path).by(&anna).send().await.header("cache-control"), "private, no-cache");
    let head = api.call("HEAD", &path).send().await;
    assert_eq!((head.status.as_u16(), head.text.as_str(), head.header("etag")), (200, "", tag.as_str()));
    assert_eq!(head.header("content-length"), first.text.len().to_string());
    api.call("PUT", &format!("{path}/vote")).by(&anna).json(json!({ "stance": "support" })).send().await.ok(200);
    assert_eq!(api.get(&path).header("if-none-match", &tag).send().await.ok(200)["support_count"], 1);
    assert_eq!(api.get("/posts/999").send().await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn scripts_of_other_sites_may_read() {
    let api = Api::new().await;
    let preflight = api
        .call("OPTIONS", "/posts")
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "POST")
        .send()
        .await;
    assert_eq!(preflight.status.as_u16(), 204);
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    for name in ["authorization", "idempotency-key", "content-type"] {
        assert!(preflight.header("access-control-allow-headers").contains(name), "{name}");
    }
    assert_eq!(preflight.header("allow"), "GET,HEAD,POST");
    for said in [api.get("/posts").send().await, api.get("/posts/9").send().await] {
        assert_eq!(said.header("access-control-allow-origin"), "*");
        assert_eq!(said.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn too_often_is_told_with_the_time_to_wait() {
    let api = Api::with_limits(true).await;
    let anna = api.member("Anna").await;
    let wrong = json!({ "email": "anna@example.com", "password": "wrong password", "scopes": [] });
    for _ in 0..limit::GUESS_AT.burst {
        api.call("POST", "/tokens").json(wrong.clone()).send().await.problem(401);
    }
    let said = api.call("POST", "/tokens").json(wrong.clone()).send().await;
    said.problem(429);
    let wait = said.header("retry-after");
    assert!(wait.parse::<i64>().is_ok_and(|seconds| seconds > 0 && seconds <= limit::GUESS_AT.seconds + 1), "{wait}");
    let draft = json!({ "kind": "idea", "title": "One bill", "body": "b", "board": "billing" });
    for _ in 0..limit::POST.burst {
        api.call("POST", "/posts").by(&anna).json(draft.clone()).send().await.ok(201);
    }
    let send = || api.call("POST", "/posts").by(&anna).header("idempotency-key", "k").json(draft.clone()).send();
    send().await.problem(429);
    // it was not kept: once there is room, the same request goes through
    api.time.advance(TimeDelta::seconds(limit::POST.seconds + 1));
    send().await.ok(201);
    for _ in 0..limit::SIGN_UP.burst {
        api.call("POST", "/accounts").json(json!({})).send().await.problem(422);
    }
    api.call("POST", "/accounts").json(json!({})).send().await.problem(429);
}

#[tokio::test]
async fn the_document_describes_every_endpoint() {
    let api = Api::new().await;
    let said = api.get("/api/openapi.json").send().await;
    assert_eq!(said.header("content-type"), "application/json");
    let document = said.ok(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    for (path, item) in document["paths"].as_object().unwrap() {
        let mut real = path.replace("{id}", "1");
        for name in ["{slug}", "{person}", "{name}", "{contributor}", "{delivery}"] {
            real = real.replace(name, "x");
        }
        let allowed = api.call("OPTIONS", &real).send().await;
        let mut allowed: Vec<String> = allowed.header("allow").split(',').filter(|m| *m != "HEAD").map(str::to_lowercase).collect();
        let mut described: Vec<String> = item.as_object().unwrap().keys().cloned().collect();
        allowed.sort();
        described.sort();
        assert_eq!(described, allowed, "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            assert!(responses.contains_key("401") && responses.contains_key("500"), "{method} {path}");
            assert!(operation["summary"].is_string() && operation["x-who"].is_string(), "{method} {path}: {operation}");
            if path.contains('{') {
                assert!(responses.contains_key("404"), "{method} {path}");
            }
        }
    }
    // every reference leads somewhere
    let text = document.to_string();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    assert!(!DOCUMENT.paths.paths.is_empty());
}

#[tokio::test]
async fn the_reference_is_a_page() {
    let api = Api::new().await;
    let said = api.get("/api/docs").send().await;
    assert_eq!(said.status.as_u16(), 200);
    assert!(said.header("content-type").starts_with("text/html"));
    let operations: usize = serde_json::to_value(&*DOCUMENT).unwrap()["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|item| item.as_object().unwrap().len())
        .sum();
    assert_eq!(said.text.matches(" data-operation=\"").count(), operations);
    for needed in
        ["curl -X PUT", "https://forum.example/api/v1/posts", "id=\"problem-422\"", "href=\"#object-PostSummary\"", "support_count"]
    {
        assert!(said.text.contains(needed), "{needed}");
    }
    assert!(!said.text.contains("style=\"") && !said.text.contains("<script>"));
}
