//! What one may not see is as if it did not exist (rule 18): whoever swaps the numbers, names and filters of addresses for those of a
//! private board hears, byte for byte, what they would hear of something that nobody ever made.

use std::collections::BTreeSet;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tests::{
    answerable::{Api, PASSWORD, Visitor, today},
    pictures::PDF,
    serving,
};

use crate::world::{World, soon};

/// A word that stands on the private board and nowhere else, and one of the same length that stands nowhere.
const WORDS: [&str; 2] = ["quetzalcoatl", "huitzilopoch"];
/// The private board, and one that there is not.
const BOARDS: [&str; 2] = ["valley-hidden", "valley-absent"];
/// As far from any number of something as no forum of a test comes.
const NOWHERE: i64 = 970_000;

/// What is there and is not to be known, with what is not there.
struct Secrets {
    post: i64,
    member: i64,
    comment: i64,
    attachment: i64,
    answer: i64,
    moderation: i64,
    promise: i64,
    proposal: i64,
    request: i64,
    handover: i64,
    pledge: i64,
    /// Of somebody else.
    token: i64,
}

impl Secrets {
    async fn make(world: &World) -> Self {
        let admin = &world.admin_api;
        let (author, api) = world.somebody("Mo", "member").await;
        let (femke, agent) = world.somebody("Femke", "agent").await;
        let (ravi, _) = world.somebody("Ravi", "agent").await;
        admin.post("/api/v1/groups", &json!({ "slug": "pilot", "name": "Pilot" })).await.is(201);
        admin.put(&format!("/api/v1/groups/pilot/members/{}", author.id), &Value::Null).await.is(204);
        let board = json!({ "slug": BOARDS[0], "name": "Hidden Valley", "private": true, "groups": ["pilot"] });
        admin.post("/api/v1/boards", &board).await.is(201);
        let submit = async |title: &str| {
            let draft = json!({
                "kind": "complaint", "board": BOARDS[0], "title": title, "body": format!("About the {}.", WORDS[0]), "tags": [WORDS[0]],
            });
            api.post("/api/v1/posts", &draft).await.is(201).number("id")
        };
        let (post, member) = (submit(&format!("The {} is late", WORDS[0])).await, submit(&format!("No {} at all", WORDS[0])).await);
        let other = submit(&format!("Where is the {}?", WORDS[0])).await;
        let on = |what: &str| format!("/api/v1/posts/{post}/{what}");
        let path = format!("/api/v1/attachments?name={}", WORDS[0]);
        let attachment = api.send_file(&path, "application/pdf", PDF.to_vec()).await.is(201).number("id");
        let said = json!({ "body": format!("More of the {}, please.", WORDS[0]), "attachments": [attachment] });
        let comment = api.post(&on("comments"), &said).await.is(201).number("id");
        admin.put(&on("vote"), &json!({ "stance": "support" })).await.is(200);
        let pointed = json!({ "target_type": "comment", "target_id": comment, "rule": 2, "note": "It is not kind." });
        agent.post("/api/v1/flags", &pointed).await.is(201);
        agent.put(&on("owner"), &json!({ "person": femke.id })).await.is(200);
        let promise = |remedy: &str| json!({ "what": "It comes.", "due_on": soon(), "remedy": remedy });
        let request = agent.post(&on("promises"), &promise("€ 100")).await.is(202).number("id");
        let promise = admin.post(&on("promises"), &promise("A word")).await.is(201).number("id");
        let handover = agent.post(&on("handover"), &json!({ "to": ravi.id })).await.is(201).number("id");
        let next = today() + chrono::Days::new(4);
        let why = json!({ "status": "review", "what": "We look at it.", "who": "Team", "next_update_on": next });
        let answer = agent.post(&on("answers"), &why).await.is(201).number("id");
        let redact = json!({
            "target_type": "comment", "target_id": comment, "act": "redact", "passage": "please", "rule": 1,
            "reason": "It is not a request to anybody.",
        });
        let moderation = agent.post("/api/v1/moderation", &redact).await.is(201).number("id");
        api.post(&format!("/api/v1/moderation/{moderation}/appeal"), &json!({ "body": "It is kind." })).await.is(200);
        let proposal = api.post(&on("proposals"), &json!({ "other": other })).await.is(201).number("id");
        let merge = json!({ "into": post, "rule": 1, "reason": "Both are about the very same thing." });
        agent.post(&format!("/api/v1/posts/{member}/merge"), &merge).await.is(200);
        let pledge = json!({ "board": BOARDS[0], "days": 5, "what": "It comes within a week.", "remedy": "A word" });
        let pledge = admin.post("/api/v1/pledges", &pledge).await.is(201).number("id");
        let wanted = json!({ "email": author.email, "password": PASSWORD, "scopes": ["read"] });
        let token = world.server.api().post("/api/v1/tokens", &wanted).await.is(201).number("id");
        Self { post, member, comment, attachment, answer, moderation, promise, proposal, request, handover, pledge, token }
    }

    /// The numbers of the sort of thing that an address begins with.
    fn ids(&self, noun: &str) -> Vec<i64> {
        match noun {
            "posts" | "p" => vec![self.post, self.member],
            "comments" => vec![self.comment],
            "attachments" | "files" => vec![self.attachment],
            "answers" => vec![self.answer],
            "moderation" => vec![self.moderation],
            "promises" => vec![self.promise],
            "proposals" => vec![self.proposal],
            "requests" => vec![self.request],
            "handovers" => vec![self.handover],
            "pledges" => vec![self.pledge],
            "tokens" => vec![self.token],
            _ => Vec::new(),
        }
    }
}

/// An address with what is hidden in it, and the same with what there is not.
#[derive(Clone)]
struct Pair {
    method: Method,
    hidden: String,
    missing: String,
    /// What of the two is different, and may be said back.
    swapped: [String; 2],
}

impl Pair {
    fn new(method: Method, path: &str, placeholder: &str, swapped: [String; 2]) -> Self {
        let with = |value: &str| path.replace(placeholder, value);
        Self { method, hidden: with(&swapped[0]), missing: with(&swapped[1]), swapped }
    }

    /// An answer as it is, but for what was asked for and what is another every time.
    fn plain(&self, which: usize, status: u16, headers: &reqwest::header::HeaderMap, body: &str) -> String {
        let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = if value("x-request-id").is_empty() { body.to_owned() } else { body.replace(value("x-request-id"), "") };
        // each form of a guest has a number of its own
        let body = match body.split_once("name=\"form\" value=\"") {
            Some((before, after)) => format!("{before}{}", after.get(64..).unwrap_or_default()),
            None => body,
        };
        let names =
            ["content-type", "cache-control", "location", "vary", "retry-after", "www-authenticate", "allow", "x-robots-tag"];
        let headers: Vec<String> = names.map(|name| format!("{name}: {}", value(name))).into();
        let whole = format!("{status}\n{}\n\n{body}", headers.join("\n"));
        let path = if which == 0 { &self.hidden } else { &self.missing };
        let encoded: String = form_encoded(path);
        let whole = whole.replace(path.as_str(), "…").replace(&encoded, "…");
        // a number stands in an address only: elsewhere it is another number
        let value = &self.swapped[which];
        if value.parse::<i64>().is_ok() { whole } else { whole.replace(value.as_str(), "…") }
    }
}

fn form_encoded(path: &str) -> String {
    path.replace('/', "%2F").replace('?', "%3F").replace('=', "%3D").replace('&', "%26")
}

/// Every call of the document that names one thing, with the thing swapped: whoever adds a call need not think of this test.
async fn calls(api: &Api, secrets: &Secrets) -> Vec<Pair> {
    let document = api.get("/api/openapi.json").await.is(200).json;
    let mut pairs = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let noun = path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
        for method in methods.as_object().expect("methods").keys() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            // what else the address names is there, or not, in both
            let path = path.replace("{name}", "first_answer").replace("{contributor}", "1").replace("{person}", "nobody");
            for id in secrets.ids(noun) {
                if path.contains("{id}") {
                    pairs.push(Pair::new(method.clone(), &path, "{id}", [id.to_string(), (id + NOWHERE).to_string()]));
                }
            }
            let slugs = match noun {
                "boards" => BOARDS,
                "tags" => WORDS,
                _ => continue,
            };
            if path.contains("{slug}") {
                pairs.push(Pair::new(method, &path, "{slug}", slugs.map(str::to_owned)));
            }
        }
    }
    pairs
}

/// What narrows lists, searches and feeds, with what is hidden swapped for what is not there.
fn filters() -> Vec<Pair> {
    let lists = ["/", "/?sort=new", "/?sort=top", "/?sort=waiting", "/?sort=delivered", "/roadmap", "/record", "/promises"];
    let api = [
        "/api/v1/posts",
        "/api/v1/posts?sort=new",
        "/api/v1/posts?sort=top",
        "/api/v1/posts?sort=waiting",
        "/api/v1/promises",
        "/api/v1/record",
        "/api/v1/accountability",
        "/accountability",
    ];
    let mut pairs = Vec::new();
    for list in lists.into_iter().chain(api) {
        let with = |name: &str| if list.contains('?') { format!("{list}&{name}=@") } else { format!("{list}?{name}=@") };
        pairs.push(Pair::new(Method::GET, &with("board"), "@", BOARDS.map(str::to_owned)));
        for name in ["tag", "q"] {
            pairs.push(Pair::new(Method::GET, &with(name), "@", WORDS.map(str::to_owned)));
        }
    }
    let words = [
        "/new/similar?title=The+@+is+late",
        "/new/similar?title=@&body=@",
        "/api/v1/posts/similar?title=No+@+at+all",
        "/?q=@+late",
    ];
    pairs.extend(words.map(|path| Pair::new(Method::GET, path, "@", WORDS.map(str::to_owned))));
    let boards = [
        "/embed/list?board=@",
        "/embed/roadmap?board=@",
        "/embed/counter?board=@",
        "/embed/submit?board=@",
        "/new?board=@",
        "/feeds/record.atom?board=@",
        "/record?board=@&act=moderated",
        "/?board=@&kind=complaint",
    ];
    pairs.extend(boards.map(|path| Pair::new(Method::GET, path, "@", BOARDS.map(str::to_owned))));
    pairs
}

/// The pages and forms of single things.
fn pages(secrets: &Secrets) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut add = |method: &Method, noun: &str, path: &str| {
        for id in secrets.ids(noun) {
            pairs.push(Pair::new(method.clone(), path, "{id}", [id.to_string(), (id + NOWHERE).to_string()]));
        }
    };
    let (get, post) = (Method::GET, Method::POST);
    for rest in [
        "",
        "/any-title",
        "/versions",
        "/versions?upto=1",
        "/edit",
        "/flag",
        "/moderate",
        "/same",
        "/deadline.ics",
        "?comments=0",
        "?done=edited",
        "?reasons=1",
    ] {
        add(&get, "p", &format!("/p/{{id}}{rest}"));
    }
    add(&get, "p", "/embed/posts/{id}");
    for rest in ["vote", "comments", "edit", "flag", "moderate", "same", "again", "rebuttal", "solved"] {
        add(&post, "p", &format!("/p/{{id}}/{rest}"));
    }
    for rest in [format!("{}.pdf", WORDS[0]), format!("small/{}.pdf", WORDS[0])] {
        add(&get, "files", &format!("/files/{{id}}/{rest}"));
    }
    add(&post, "files", "/files/{id}/remove");
    for rest in ["edit", "flag", "moderate", "versions"] {
        add(&get, "comments", &format!("/comments/{{id}}/{rest}"));
    }
    for rest in ["edit", "flag", "moderate", "remove"] {
        add(&post, "comments", &format!("/comments/{{id}}/{rest}"));
    }
    add(&get, "moderation", "/moderation/{id}");
    add(&post, "moderation", "/moderation/{id}/appeal");
    add(&post, "moderation", "/moderation/{id}/decide");
    add(&get, "promises", "/promises/{id}");
    for path in ["/triage/{id}", "/triage/{id}/merge", "/triage/{id}?after=x"] {
        add(&get, "p", path);
    }
    for rest in ["answer", "owner", "merge", "unmerge", "stop", "promises"] {
        add(&post, "p", &format!("/triage/{{id}}/{rest}"));
    }
    // secret addresses are not guessed from numbers
    for path in ["/receipt/{id}", "/confirm/{id}", "/preferences?post={id}"] {
        add(&get, "p", path);
    }
    pairs
}

async fn answer(api: &Api, pair: &Pair, which: usize) -> String {
    let path = if which == 0 { &pair.hidden } else { &pair.missing };
    let mut request = api.request(pair.method.clone(), path);
    if pair.method != Method::GET && pair.method != Method::DELETE {
        request = request.json(&json!({}));
    }
    let answer: Response = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    pair.plain(which, status, &headers, &answer.text().await.expect("a body"))
}

async fn page(visitor: &Visitor, pair: &Pair, which: usize) -> String {
    let path = if which == 0 { &pair.hidden } else { &pair.missing };
    let fields: &[(&str, &str)] = &[("body", "Let me in"), ("stance", "support"), ("reason", "Because I want to."), ("rule", "1")];
    let page = visitor.send(pair.method.clone(), path, (pair.method == Method::POST).then_some(fields)).await;
    pair.plain(which, page.status, &page.headers, &page.body)
}

/// What is said of the one and of the other. Pages tell the time, to the minute, at which something was looked at last: between the two it may
/// have become another one, which it does not do again and again.
async fn both(ask: impl AsyncFn(usize) -> String) -> (String, String) {
    let mut said = (ask(0).await, ask(1).await);
    for _ in 0..2 {
        if said.0 == said.1 {
            break;
        }
        said = (ask(0).await, ask(1).await);
    }
    said
}

serving! {
    async fn what_is_hidden_answers_as_what_is_not_there(server: Answerable) {
        let world = World::open(server).await;
        let secrets = Secrets::make(&world).await;
        world.admin_api.post("/api/v1/groups", &json!({ "slug": "others", "name": "Others" })).await.is(201);
        let (noor, _) = world.somebody("Noor", "member").await;
        let (other, _) = world.somebody("Otto", "member").await;
        world.admin_api.put(&format!("/api/v1/groups/others/members/{}", other.id), &Value::Null).await.is(204);
        let una = world.server.unverified("Una").await;
        let token = async |email: &str, scopes: &[&str]| {
            let wanted = json!({ "email": email, "password": PASSWORD, "scopes": scopes });
            let made = world.server.api().post("/api/v1/tokens", &wanted).await.is(201);
            world.server.api().with_token(&made.text("token"))
        };
        let programs = [
            ("a visitor", world.server.api()),
            ("a dead token", world.server.api().with_token("nobodys")),
            ("somebody unverified", token(&una.email, &["read", "write"]).await),
            ("a member who reads", token(&noor.email, &["read"]).await),
            ("a member who writes", token(&noor.email, &["read", "write"]).await),
            ("a member of another group", token(&other.email, &["read", "write"]).await),
        ];
        let browsers = [
            ("a visitor", world.server.visitor()),
            ("somebody unverified", world.server.signed_in(&una).await),
            ("a member", world.server.signed_in(&noor).await),
            ("a member of another group", world.server.signed_in(&other).await),
        ];
        let (mut compared, mut addresses) = (0, BTreeSet::new());
        let (calls, filters, pages) = (calls(&programs[0].1, &secrets).await, filters(), pages(&secrets));
        for (who, api) in &programs {
            for pair in calls.iter().chain(filters.iter().filter(|pair| pair.hidden.starts_with("/api/"))) {
                let (hidden, missing) = both(async |which| answer(api, pair, which).await).await;
                assert_eq!(hidden, missing, "{who}: {} {} tells more than {}", pair.method, pair.hidden, pair.missing);
                (compared, _) = (compared + 1, addresses.insert(pair.hidden.clone()));
            }
        }
        for (who, browser) in &browsers {
            for pair in pages.iter().chain(filters.iter().filter(|pair| !pair.hidden.starts_with("/api/"))) {
                let (hidden, missing) = both(async |which| page(browser, pair, which).await).await;
                assert_eq!(hidden, missing, "{who}: {} {} tells more than {}", pair.method, pair.hidden, pair.missing);
                (compared, _) = (compared + 1, addresses.insert(pair.hidden.clone()));
            }
        }
        // the staff see every board, and still not what is somebody's own
        for role in ["agent", "lead", "director", "admin"] {
            let (_, api) = world.somebody(&format!("Some {role}"), role).await;
            for pair in calls.iter().filter(|pair| pair.hidden.starts_with("/api/v1/tokens/")) {
                let (hidden, missing) = both(async |which| answer(&api, pair, which).await).await;
                assert_eq!(hidden, missing, "{role}: {}", pair.hidden);
                compared += 1;
            }
        }
        assert!(compared >= 1000, "only {compared} swaps of {} addresses were looked at", addresses.len());
        // and it is all there for those who may see it
        let (femke, agent) = world.somebody("Tim", "agent").await;
        // a post of which nobody was asked anything yet has no answer to that, and what is in a file is no JSON
        let is_there = |pair: &&Pair| !["/tokens/", "/confirmation", "/content"].iter().any(|part| pair.hidden.contains(part));
        let there = calls.iter().filter(|pair| pair.method == Method::GET).filter(is_there);
        for pair in there {
            let seen = agent.get(&pair.hidden).await;
            assert!(seen.status == 200, "{}: {}", pair.hidden, seen.status);
            agent.get(&pair.missing).await.is(404);
        }
        let tim = world.server.signed_in(&femke).await;
        tim.get(&format!("/p/{}/versions", secrets.post)).await.is(200);
    }
}
