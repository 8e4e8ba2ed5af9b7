//! Programs with tokens.

use reqwest::{
    Method,
    header::{CONTENT_TYPE, HeaderMap, LOCATION},
};
use serde_json::{Value, json};

use super::{Account, Answerable, PASSWORD};

impl Answerable {
    /// A program without a token.
    pub fn api(&self) -> Api {
        Api { client: reqwest::Client::new(), address: self.address.clone(), token: None }
    }

    /// A program with a token of somebody's that allows all that they may do.
    ///
    /// # Panics
    /// When there is no token for them.
    pub async fn api_of(&self, account: &Account) -> Api {
        let scopes = match account.role.as_str() {
            "member" => json!(["read", "write"]),
            "admin" => json!(["read", "write", "staff", "admin"]),
            _ => json!(["read", "write", "staff"]),
        };
        let body = json!({ "email": account.email, "password": PASSWORD, "scopes": scopes });
        let token = self.api().post("/api/v1/tokens", &body).await.is(201).text("token");
        self.api().with_token(&token)
    }
}

/// A program that speaks to the REST API.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    address: String,
    token: Option<String>,
}

/// What the API answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked for.
    pub asked: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when there was none.
    pub json: Value,
}

impl Api {
    /// The same program with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Its token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    /// Makes something.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    /// Sets something.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body), &[]).await
    }

    /// Changes something.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    /// Takes something away.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, &[]).await
    }

    /// The same program on another connection.
    #[must_use]
    pub fn reconnected(&self) -> Self {
        Self { client: reqwest::Client::new(), ..self.clone() }
    }

    /// A request, ready to be sent or changed.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a file as it is.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send_file(&self, path: &str, kind: &str, content: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, kind).body(content);
        let answer = request.send().await.unwrap_or_else(|error| panic!("POST {path}: {error}"));
        Answer::of(format!("POST {path}"), answer).await
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When there is no answer, or it is no JSON.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>, headers: &[(&str, &str)]) -> Answer {
        let asked = format!("{method} {path}");
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{asked}: {error}"));
        Answer::of(asked, answer).await
    }

    /// Posts something with defaults for all that does not matter, and gives back its number.
    pub async fn submit(&self, kind: &str, board: &str, title: &str, body: &str) -> i64 {
        let draft = json!({ "kind": kind, "board": board, "title": title, "body": body });
        self.post("/api/v1/posts", &draft).await.is(201).number("id")
    }
}

impl Answer {
    async fn of(asked: String, answer: reqwest::Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.text().await.unwrap_or_else(|error| panic!("{asked}: {error}"));
        let json = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&body).unwrap_or_else(|error| panic!("{asked}: {status} {error}: {body:.300}"))
        };
        Self { asked, status, headers, json }
    }

    /// This status and no other.
    ///
    /// # Panics
    /// When it is another.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.json);
        self
    }

    /// A problem document of this status, with these fields when it is about fields.
    ///
    /// # Panics
    /// When it is none.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is_problem(self, status: u16, fields: &[&str]) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.json);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.asked);
        assert_eq!(self.json["status"], json!(status), "{}", self.asked);
        for name in ["type", "title", "detail"] {
            let text = self.json[name].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{}: no {name} in {}", self.asked, self.json);
        }
        let mut found: Vec<&str> =
            self.json["errors"].as_array().into_iter().flatten().filter_map(|e| e["field"].as_str()).collect();
        found.sort_unstable();
        let mut wanted = fields.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{}: {}", self.asked, self.json);
        for error in self.json["errors"].as_array().into_iter().flatten() {
            assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{}: {error}", self.asked);
        }
        self
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// Where the new thing is.
    pub fn location(&self) -> String {
        self.header(LOCATION.as_str())
    }

    /// A field that is a text.
    ///
    /// # Panics
    /// When it is none.
    pub fn text(&self, name: &str) -> String {
        self.json[name].as_str().unwrap_or_else(|| panic!("{}: no text {name} in {}", self.asked, self.json)).to_owned()
    }

    /// A field that is a number.
    ///
    /// # Panics
    /// When it is none.
    pub fn number(&self, name: &str) -> i64 {
        self.json[name].as_i64().unwrap_or_else(|| panic!("{}: no number {name} in {}", self.asked, self.json))
    }

    /// The items of a list.
    ///
    /// # Panics
    /// When it is no list.
    pub fn items(&self) -> &[Value] {
        self.json["items"].as_array().unwrap_or_else(|| panic!("{}: no items in {}", self.asked, self.json))
    }
}
