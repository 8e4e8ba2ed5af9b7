//! What most tests begin with: a forum in which something happened already.

use serde_json::{Value, json};
pub(crate) use tests::answerable::soon;
use tests::answerable::{Account, Answerable, Api};

/// An answer that refuses needs some length.
pub(crate) const REFUSAL: &str = "We looked at what it would cost to print and post each bill again, and at how many of you asked \
    for it. It would cost more than all other wishes of this year together.";

/// A forum with people, posts of every sort, votes, comments and answers.
pub(crate) struct World {
    pub(crate) server: Answerable,
    pub(crate) admin: Account,
    pub(crate) agent: Account,
    pub(crate) member: Account,
    pub(crate) other: Account,
    pub(crate) api: Api,
    pub(crate) other_api: Api,
    pub(crate) agent_api: Api,
    pub(crate) admin_api: Api,
}

impl World {
    /// People and a board.
    pub(crate) async fn open(server: Answerable) -> Self {
        let admin = server.person("Ada", "admin").await;
        let agent = server.person("Femke Bos", "agent").await;
        let (member, other) = (server.person("Mo de Wit", "member").await, server.person("Noor", "member").await);
        let admin_api = server.api_of(&admin).await;
        let board = json!({ "slug": "billing", "name": "Billing", "description": "Bills, payments, refunds." });
        admin_api.post("/api/v1/boards", &board).await.is(201);
        let (api, other_api, agent_api) = (server.api_of(&member).await, server.api_of(&other).await, server.api_of(&agent).await);
        Self { server, admin, agent, member, other, api, other_api, agent_api, admin_api }
    }

    /// Makes something happen, as somebody.
    pub(crate) async fn put(&self, who: &Api, path: &str, body: &Value) -> Value {
        let method = if path.ends_with("/vote") { reqwest::Method::PUT } else { reqwest::Method::POST };
        let answer = who.send(method, &format!("/api/v1{path}"), Some(body), &[]).await;
        assert!(answer.status < 300, "{path}: {}", answer.json);
        answer.json
    }

    /// The page of a post.
    pub(crate) async fn path_of(&self, post: i64) -> String {
        format!("/p/{post}/{}", self.admin_api.get(&format!("/api/v1/posts/{post}")).await.is(200).text("slug"))
    }
}
