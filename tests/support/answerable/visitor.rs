//! People with browsers.

use reqwest::{
    Method,
    header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};

use super::{Account, Answerable, PASSWORD, Page};

impl Answerable {
    /// A browser in which nobody is signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::of(&self.address)
    }

    /// A browser in which somebody is signed in.
    ///
    /// # Panics
    /// When they can't sign in.
    pub async fn signed_in(&self, account: &Account) -> Visitor {
        let visitor = self.visitor();
        visitor.post("/sign-in", &[("email", &account.email), ("password", PASSWORD)]).await.sees_other("/");
        visitor
    }
}

/// A browser without JavaScript, as far as HTTP goes: it keeps cookies, says where its requests come from, and does not follow
/// redirects by itself.
#[derive(Clone)]
pub struct Visitor {
    client: reqwest::Client,
    address: String,
    headers: HeaderMap,
}

impl Visitor {
    fn of(address: &str) -> Self {
        let client = reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("an HTTP client");
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers.insert("accept", HeaderValue::from_static("text/html,application/xhtml+xml"));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        Self { client, address: address.to_owned(), headers }
    }

    /// The same browser with another header on every request; an empty value takes the header away.
    ///
    /// # Panics
    /// When it is no header.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
        if value.is_empty() {
            other.headers.remove(name);
        } else {
            other.headers.insert(name, HeaderValue::from_str(value).expect("the value of a header"));
        }
        other
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(Method::POST, path, Some(fields)).await
    }

    /// Opens a stream of events; what it says is for the caller to read.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn stream(&self, path: &str) -> reqwest::Response {
        let request = self.client.get(format!("{}{path}", self.address)).headers(self.headers.clone());
        request.header("accept", "text/event-stream").send().await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Sends a form with files, each with the name of its field and its own.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let body = parts(fields, files);
        let request = self.client.post(format!("{}{path}", self.address)).headers(self.headers.clone());
        let request = request.header(CONTENT_TYPE, MULTIPART).body(body);
        let answer = request.send().await.unwrap_or_else(|error| panic!("POST {path}: {error}"));
        Self::page(format!("POST {path}"), answer).await
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, method: Method, path: &str, fields: Option<&[(&str, &str)]>) -> Page {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        let mut request = self.client.request(method.clone(), &url).headers(self.headers.clone());
        if let Some(fields) = fields {
            request = request.form(fields);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        Self::page(format!("{method} {path}"), answer).await
    }

    async fn page(asked: String, answer: reqwest::Response) -> Page {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.text().await.unwrap_or_else(|error| panic!("{asked}: {error}"));
        // with erased types, Leptos marks where one text ends and the next begins: nobody sees it, and no text of people can hold it
        let body = body.replace("<!>", "");
        Page { asked, status, headers, body }
    }
}

/// What a body of [`parts`] says that it is.
pub const MULTIPART: &str = "multipart/form-data; boundary=between-the-parts";

/// A form with files, as browsers send it.
pub fn parts(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in fields {
        body.extend(format!("--between-the-parts\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes());
    }
    for (name, file, content) in files {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"");
        body.extend(format!("--between-the-parts\r\n{head}\r\nContent-Type: image/png\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--between-the-parts--\r\n");
    body
}
