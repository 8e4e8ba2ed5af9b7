//! Who may do what: every call of the document by everybody. All that this test knows of a call is what its `x-who` says, so that a call
//! which says nothing, or nothing that can be read here, fails, and so does one that lets in somebody else.

use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    answerable::{Account, Answerable, Api, PASSWORD, today},
    pictures::PDF,
    serving,
};

use crate::world::World;

/// Each role may do what those before it may.
const ROLES: [&str; 5] = ["member", "agent", "lead", "director", "admin"];
/// Each scope allows what those before it do.
const SCOPES: [&str; 4] = ["read", "write", "staff", "admin"];

/// What `x-who` can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    All,
    Token,
    WritingToken,
    Member,
    Author,
    AuthorOrStaff,
    Asked,
    Staff,
    Lead,
    Admin,
    Owner,
    Receiver,
    Accountable,
    Decider,
    Proposer,
    ThemselvesOrAdmin,
    /// Whoever calls with the secret of a receipt in place of a token, which nobody here does.
    Receipt,
}

impl Who {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "all" => Self::All,
            "token" => Self::Token,
            "token, scope write" => Self::WritingToken,
            "member, scope write" => Self::Member,
            "author, scope write" => Self::Author,
            "author; staff with a rule and a reason" => Self::AuthorOrStaff,
            "author and supporters, scope write" => Self::Asked,
            "staff" => Self::Staff,
            "lead" => Self::Lead,
            "admin" => Self::Admin,
            "owner" => Self::Owner,
            "receiver" => Self::Receiver,
            "whoever is accountable, the owner of the post, lead" => Self::Accountable,
            "lead or director, as its level says" => Self::Decider,
            "staff; whoever proposed it" => Self::Proposer,
            "staff for themselves, admin" => Self::ThemselvesOrAdmin,
            "receipt" => Self::Receipt,
            _ => return None,
        })
    }

    /// What this caller has to hear at that address.
    fn expects(self, caller: &Caller, target: &Target, things: &Things<'_>) -> Expected {
        let person = match &caller.is {
            Is::Visitor if self == Self::All => return Expected::MayDoIt,
            Is::Visitor | Is::Unknown => return Expected::Is(401),
            Is::Person(person) => person,
        };
        let is = |other: &Account| person.account.id == other.id;
        let (member, staff) = (person.acts("member", "write"), person.acts("agent", "staff"));
        if self == Self::Asked && member && !is(&things.author) {
            // to those who are not asked there is no question
            return Expected::Is(404);
        }
        if self == Self::Proposer && !staff && !is(&things.author) {
            // to anybody else there is no proposal
            return Expected::Is(404);
        }
        if self == Self::Receipt {
            return Expected::Is(404);
        }
        let may = match self {
            Self::Receipt => false,
            Self::All | Self::Token | Self::Proposer => true,
            Self::WritingToken => person.scope >= rank(&SCOPES, "write"),
            Self::Member | Self::Asked => member,
            Self::Author => member && is(&things.author),
            Self::AuthorOrStaff => member && is(&things.author) || staff,
            Self::Staff => staff,
            Self::Lead => person.acts("lead", "staff"),
            Self::Admin => person.acts("admin", "admin"),
            Self::Owner => staff && is(&things.owner),
            Self::Receiver => staff && is(&things.receiver),
            Self::Accountable => staff && (is(&things.owner) || is(&things.accountable)) || person.acts("lead", "staff"),
            Self::Decider => person.acts(target.decided_by, "staff") && target.of.as_ref() != Some(&person.account.id),
            Self::ThemselvesOrAdmin => {
                staff && target.of.as_ref().is_none_or(|of| *of == person.account.id) || person.acts("admin", "admin")
            }
        };
        if may { Expected::MayDoIt } else { Expected::Is(403) }
    }
}

fn rank(all: &[&str], one: &str) -> usize {
    all.iter().position(|name| *name == one).unwrap_or_else(|| panic!("no {one} in {all:?}"))
}

#[derive(Debug)]
enum Expected {
    Is(u16),
    /// Anything but a refusal because of who asks: the empty object is another matter.
    MayDoIt,
}

impl Expected {
    fn allows(&self, status: u16) -> bool {
        match self {
            Self::Is(wanted) => status == *wanted,
            Self::MayDoIt => matches!(status, 200..300 | 409 | 422),
        }
    }
}

/// Somebody who calls.
struct Caller {
    what: String,
    api: Api,
    is: Is,
}

enum Is {
    Visitor,
    /// A token that is nobody's.
    Unknown,
    Person(Person),
}

struct Person {
    account: Account,
    verified: bool,
    /// The widest scope of the token, as its place in [`SCOPES`].
    scope: usize,
}

impl Person {
    fn acts(&self, role: &str, scope: &str) -> bool {
        self.verified && rank(&ROLES, &self.account.role) >= rank(&ROLES, role) && self.scope >= rank(&SCOPES, scope)
    }
}

async fn token(server: &Answerable, account: &Account, scopes: &[&str]) -> (Api, i64) {
    let wanted = json!({ "email": account.email, "password": PASSWORD, "scopes": scopes });
    let made = server.api().post("/api/v1/tokens", &wanted).await.is(201);
    (server.api().with_token(&made.text("token")), made.number("id"))
}

/// What the addresses name, and whose it is.
struct Things<'a> {
    world: &'a World,
    /// Of the post and of the comment.
    author: Account,
    author_api: Api,
    owner: Account,
    owner_api: Api,
    accountable: Account,
    receiver: Account,
    /// A lead, of what a director decides.
    requester: Account,
    board: String,
    /// How many things were made for a single call.
    made: AtomicU32,
    post: i64,
    comment: i64,
    handover: i64,
    promise: i64,
    /// By the owner, to the comment.
    moderation: i64,
    proposal: i64,
    /// Of the changelog, about the post.
    entry: i64,
    /// With who asks for it, and who decides it.
    requests: [(i64, String, &'static str); 2],
}

/// An address, and what about it matters to some.
struct Target {
    path: String,
    /// Whose absence it is, or who asked.
    of: Option<String>,
    decided_by: &'static str,
}

impl<'a> Things<'a> {
    /// All of it on a board of its own, which may be private.
    async fn make(world: &'a World, board: &str, private: bool) -> Self {
        let somebody = async |name: &str, role: &str| world.somebody(&format!("{name} of {board}"), role).await;
        let (author, author_api) = somebody("Mo", "member").await;
        let (owner, owner_api) = somebody("Femke", "agent").await;
        let (accountable, _) = somebody("Tim", "agent").await;
        let (receiver, _) = somebody("Ravi", "agent").await;
        let (requester, requester_api) = somebody("Lea", "lead").await;
        let admin = &world.admin_api;
        admin.post("/api/v1/groups", &json!({ "slug": "some", "name": "Some" })).await.is(201);
        admin.put(&format!("/api/v1/groups/some/members/{}", author.id), &json!({})).await.is(204);
        admin.post("/api/v1/teams", &json!({ "slug": "some", "name": "Some" })).await.is(201);
        let new = json!({ "slug": board, "name": board, "private": private, "groups": ["some"] });
        admin.post("/api/v1/boards", &new).await.is(201);

        let post = author_api.submit("complaint", board, "Billed twice in March", "Both were paid.").await;
        let on_post = |what: &str| format!("/api/v1/posts/{post}/{what}");
        admin.put(&on_post("owner"), &json!({ "person": owner.id })).await.is(200);
        let comment = author_api.post(&on_post("comments"), &json!({ "body": "And in April." })).await.is(201).number("id");
        let promise = |remedy: &str, days: u64| {
            let due_on = today() + chrono::Days::new(days);
            json!({ "what": "It is paid back.", "due_on": due_on, "remedy": remedy, "accountable": accountable.id })
        };
        let made = owner_api.post(&on_post("promises"), &promise("A word", 4)).await.is(201).number("id");
        let to_lead = owner_api.post(&on_post("promises"), &promise("€ 100", 4)).await.is(202).number("id");
        let to_director = requester_api.post(&on_post("promises"), &promise("€ 1000", 4)).await.is(202).number("id");
        // once it is delivered there is a question to its author
        let delivered = json!({ "status": "delivered", "what": "It was paid back.", "who": "Billing" });
        owner_api.post(&on_post("answers"), &delivered).await.is(201);
        let told = json!({ "category": "fixed", "title": "No bill comes twice", "body": "Since May.", "posts": [post] });
        let entry = owner_api.post("/api/v1/changelog", &told).await.is(201).number("id");
        owner_api.post(&format!("/api/v1/changelog/{entry}/publish"), &json!({})).await.is(200);

        // another one is offered, or the first would change its owner when the offer is accepted
        let other = author_api.submit("complaint", board, "Billed twice in May", "Both were paid.").await;
        admin.put(&format!("/api/v1/posts/{other}/owner"), &json!({ "person": owner.id })).await.is(200);
        let offer = json!({ "to": receiver.id });
        let handover = owner_api.post(&format!("/api/v1/posts/{other}/handover"), &offer).await.is(201).number("id");
        let redact = json!({
            "target_type": "comment", "target_id": comment, "act": "redact", "passage": "April", "rule": 1,
            "reason": "It has nothing to do with the month.",
        });
        let moderation = owner_api.post("/api/v1/moderation", &redact).await.is(201).number("id");
        let same = json!({ "other": other });
        let proposal = author_api.post(&on_post("proposals"), &same).await.is(201).number("id");
        let requests = [(to_lead, owner.id.clone(), "lead"), (to_director, requester.id.clone(), "director")];
        let board = board.to_owned();
        Self {
            promise: made,
            proposal,
            entry,
            made: AtomicU32::default(),
            world,
            board,
            author,
            author_api,
            owner,
            owner_api,
            accountable,
            receiver,
            requester,
            post,
            comment,
            handover,
            moderation,
            requests,
        }
    }

    /// Those who call: every role with every token that it can have, those whom something is of, and nobody in particular.
    async fn callers(&self) -> Vec<Caller> {
        let server = &self.world.server;
        let mut callers = vec![
            Caller { what: "a visitor".to_owned(), api: server.api(), is: Is::Visitor },
            Caller { what: "a dead token".to_owned(), api: server.api().with_token("nobodys"), is: Is::Unknown },
        ];
        let mut people = vec![(server.unverified("Una").await, false), (server.unverified_as("Ursa", "admin").await, false)];
        for role in ROLES {
            people.push((server.person(&format!("Some {role}"), role).await, true));
        }
        for known in [&self.author, &self.owner, &self.accountable, &self.receiver, &self.requester] {
            people.push((known.clone(), true));
        }
        for (account, verified) in people {
            let widest = match account.role.as_str() {
                "member" => "write",
                "admin" => "admin",
                _ => "staff",
            };
            for scope in 0..=rank(&SCOPES, widest) {
                let (api, _) = token(server, &account, &SCOPES[..=scope]).await;
                let not = if verified { "" } else { ", not verified" };
                let what = format!("{} ({}{not}), scope {}", account.name, account.role, SCOPES[scope]);
                callers.push(Caller { what, api, is: Is::Person(Person { account: account.clone(), verified, scope }) });
            }
        }
        callers
    }

    /// The addresses that a path of the document stands for: of things that are there. What a call ends is made anew for each.
    async fn targets(&self, path: &str, caller: &Caller) -> Vec<Target> {
        let at = |path: String| Target { path, of: None, decided_by: "" };
        let id = |id: i64| vec![at(path.replace("{id}", &id.to_string()))];
        let (noun, rest) = path.trim_start_matches("/api/v1/").split_once('/').unwrap_or_default();
        match (noun, rest) {
            _ if !path.contains('{') => vec![at(path.to_owned())],
            ("posts", "{id}/contributors/{contributor}") => {
                let helper = json!({ "name": "Printers North", "task": "Print the bills" });
                let all = format!("/api/v1/posts/{}/contributors", self.post);
                let made = self.owner_api.post(&all, &helper).await.is(201).number("id");
                vec![at(format!("{all}/{made}"))]
            }
            ("posts", _) => {
                let path = path.replace("{id}", &self.post.to_string());
                vec![at(path.replace("{name}", "first_answer"))]
            }
            ("boards", _) => vec![at(path.replace("{slug}", &self.board))],
            ("statuses" | "tags", _) => {
                // a removed one is made anew for each
                let slug = format!("{noun}-{}", self.made.fetch_add(1, Ordering::Relaxed));
                let new = json!({ "slug": slug, "name": slug, "stage": "started" });
                self.world.admin_api.post(&format!("/api/v1/{noun}"), &new).await.is(201);
                vec![at(path.replace("{slug}", &slug))]
            }
            ("hooks", rest) => {
                // of something that does not happen here: nobody is to be told what happens meanwhile; and one at a time, since a site has
                // room for some
                for hook in self.world.admin_api.get("/api/v1/hooks").await.is(200).items() {
                    self.world.admin_api.delete(&format!("/api/v1/hooks/{}", hook["id"])).await.is(204);
                }
                let new = json!({ "url": "https://hooks.invalid/x", "types": ["ranking.changed"] });
                let hook = self.world.admin_api.post("/api/v1/hooks", &new).await.is(201).number("id");
                let path = path.replace("{id}", &hook.to_string());
                if rest.contains("{delivery}") {
                    let test = format!("/api/v1/hooks/{hook}/test");
                    let delivery = self.world.admin_api.post(&test, &json!({})).await.is(202).number("id");
                    vec![at(path.replace("{delivery}", &delivery.to_string()))]
                } else {
                    vec![at(path)]
                }
            }
            ("changelog", _) => id(self.entry),
            ("comments", _) => id(self.comment),
            ("attachments", _) => {
                // one a call, since it can be taken away
                let sent = self.author_api.send_file("/api/v1/attachments", "application/pdf", PDF.to_vec()).await.is(201);
                let comment = json!({ "body": "See the bill.", "attachments": [sent.number("id")] });
                self.author_api.post(&format!("/api/v1/posts/{}/comments", self.post), &comment).await.is(201);
                id(sent.number("id"))
            }
            ("held", _) => {
                // as if somebody new had written it: where this is tried nobody is new
                let (made, at) = (1000 + i64::from(self.made.fetch_add(1, Ordering::Relaxed)), "2026-11-20T09:00:00+00:00");
                let columns = "INSERT INTO screenings (id, post_id, cause, created_at, due_at)";
                self.world.server.sql(&format!("{columns} VALUES ({made}, {}, 'links', '{at}', '{at}')", self.post)).await;
                id(made)
            }
            // what is missing in what was sent is said first
            ("rings", _) => id(1),
            ("rules", _) => vec![at(path.replace("{number}", "1"))],
            ("newcomers" | "people", _) => vec![at(path.replace("{id}", &self.accountable.id))],
            ("handovers", _) => id(self.handover),
            ("moderation", _) => id(self.moderation),
            ("promises", _) => id(self.promise),
            ("proposals", _) => id(self.proposal),
            ("requests", _) => {
                let target = |(id, by, decided_by): &(i64, String, &'static str)| Target {
                    path: path.replace("{id}", &id.to_string()),
                    of: Some(by.clone()),
                    decided_by,
                };
                self.requests.iter().map(target).collect()
            }
            ("pledges", _) => {
                let pledge = json!({ "days": 5, "what": "No bill comes twice.", "remedy": "A month free" });
                id(self.world.admin_api.post("/api/v1/pledges", &pledge).await.is(201).number("id"))
            }
            ("me", "push/{id}") => {
                let of = if let Is::Person(person) = &caller.is { &person.account } else { &self.author };
                let (api, _) = token(&self.world.server, of, &["write"]).await;
                let device = json!({
                    "endpoint": format!("https://push.invalid/{}", self.made.fetch_add(1, Ordering::Relaxed)),
                    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
                });
                match api.post("/api/v1/me/push", &device).await {
                    made if made.status == 201 => id(made.number("id")),
                    // whoever has not shown their address is pushed nothing
                    _ => id(1),
                }
            }
            ("tokens", _) => {
                let of = if let Is::Person(person) = &caller.is { &person.account } else { &self.author };
                id(token(&self.world.server, of, &[]).await.1)
            }
            ("absences", _) => {
                let mut targets = Vec::new();
                let own = if let Is::Person(person) = &caller.is { Some(person) } else { None };
                let own = own.filter(|person| person.verified && person.account.role != "member").map(|person| &person.account);
                for account in own.into_iter().chain([&self.accountable]) {
                    let absence = json!({ "person": account.id, "first_day": "2040-01-02", "last_day": "2040-01-03" });
                    let made = self.world.admin_api.post("/api/v1/absences", &absence).await.is(201).number("id");
                    let path = path.replace("{id}", &made.to_string());
                    targets.push(Target { of: Some(account.id.clone()), ..at(path) });
                }
                targets
            }
            ("groups" | "teams", _) => {
                vec![at(path.replace("{slug}", "some").replace("{person}", &self.accountable.id))]
            }
            _ => panic!("what does {path} name?"),
        }
    }

    /// The program of the caller; another with the same rights where the call ends the token that is sent.
    async fn program(&self, method: &str, path: &str, caller: &Caller) -> Api {
        match &caller.is {
            Is::Person(person) if (method, path) == ("delete", "/api/v1/tokens") => {
                token(&self.world.server, &person.account, &SCOPES[..=person.scope]).await.0
            }
            _ => caller.api.clone(),
        }
    }
}

/// Every call of the document: its method, its path and whom it names.
async fn calls(server: &Answerable) -> Vec<(String, String, Who)> {
    let document = server.api().get("/api/openapi.json").await.is(200).json;
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let said = &operation["x-who"];
            let who = said.as_str().and_then(Who::parse);
            let who = who.unwrap_or_else(|| panic!("{method} {path} does not say who may: {said}"));
            let without_token = operation["security"].as_array().is_some_and(|ways| ways.contains(&json!({})));
            assert_eq!(without_token, who == Who::All, "{method} {path} is for {said}, and its security says otherwise");
            calls.push((method.clone(), path.clone(), who));
        }
    }
    calls
}

/// Sends an empty object everywhere that `Things` has an address for, as everybody, and compares what each hears with what they should.
async fn compare(things: &Things<'_>, calls: &[(String, String, Who)], expects: impl Fn(Who, &Caller, &Target) -> Expected) {
    let (mut wrong, mut sent) = (Vec::new(), 0);
    let callers = things.callers().await;
    for (method, path, who) in calls {
        for caller in &callers {
            for target in things.targets(path, caller).await {
                let expected = expects(*who, caller, &target);
                let status = send(&things.program(method, path, caller).await, method, &target.path).await;
                sent += 1;
                if !expected.allows(status) {
                    wrong.push(format!("{method} {} by {}: {status}, but {who:?} means {expected:?}", target.path, caller.what));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
}

serving! {
    async fn every_call_is_for_those_whom_the_document_names(server: Answerable) {
        let world = World::open(server).await;
        let things = Things::make(&world, "open", false).await;
        let calls = calls(&world.server).await;
        compare(&things, &calls, |who, caller, target| who.expects(caller, target, &things)).await;
    }

    async fn what_one_may_not_know_of_is_not_there_for_any_call(server: Answerable) {
        let world = World::open(server).await;
        let things = Things::make(&world, "hidden", true).await;
        let mut calls = calls(&world.server).await;
        let of_posts = ["posts", "comments", "attachments", "handovers", "promises", "moderation", "changelog"].map(|noun| format!("/api/v1/{noun}/{{id}}"));
        calls.retain(|(_, path, _)| of_posts.iter().any(|of| path.starts_with(of)));
        compare(&things, &calls, |who, caller, target| match &caller.is {
            Is::Visitor if who == Who::All => Expected::Is(404),
            Is::Person(person) if !person.acts("agent", "read") && person.account.id != things.author.id => Expected::Is(404),
            _ => who.expects(caller, target, &things),
        })
        .await;
    }
}

/// The status that an empty object meets with. Answers need not be JSON.
async fn send(api: &Api, method: &str, path: &str) -> u16 {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
    let mut request = api.request(method.clone(), path);
    if method != Method::GET {
        request = request.json(&Value::Object(serde_json::Map::new()));
    }
    let answer = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
    answer.status().as_u16()
}
