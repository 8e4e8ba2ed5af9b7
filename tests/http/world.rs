//! What most tests begin with.

use serde_json::json;
use tests::answerable::{Account, Answerable, Api};

/// A forum that is open: an admin, and the public board `general`.
pub(crate) struct World {
    pub(crate) server: Answerable,
    pub(crate) admin: Account,
    pub(crate) admin_api: Api,
}

impl World {
    pub(crate) async fn open(server: Answerable) -> Self {
        let admin = server.person("Ada", "admin").await;
        let admin_api = server.api_of(&admin).await;
        let board = json!({ "slug": "general", "name": "General" });
        admin_api.post("/api/v1/boards", &board).await.is(201).text("slug");
        Self { server, admin, admin_api }
    }

    /// Somebody, and a program that acts for them.
    pub(crate) async fn somebody(&self, name: &str, role: &str) -> (Account, Api) {
        let account = self.server.person(name, role).await;
        let api = self.server.api_of(&account).await;
        (account, api)
    }

    /// The page of a post.
    pub(crate) async fn path_of(&self, post: i64) -> String {
        let answer = self.admin_api.get(&format!("/api/v1/posts/{post}")).await.is(200);
        format!("/p/{post}/{}", answer.text("slug"))
    }
}

/// [`tests::answerable::soon`], as it is sent.
pub(crate) fn soon() -> String {
    tests::answerable::soon().to_string()
}
