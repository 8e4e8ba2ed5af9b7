//! What people see in their browsers.

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    /// What was asked for.
    pub asked: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Page {
    /// This status and no other.
    ///
    /// # Panics
    /// When it is another.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.excerpt());
        self
    }

    /// A redirect after a form, to an address that starts so.
    ///
    /// # Panics
    /// When it is none.
    pub fn sees_other(&self, start: &str) -> String {
        assert_eq!(self.status, 303, "{}: {}", self.asked, self.excerpt());
        let to = self.header("location");
        assert!(to.starts_with(start), "{} leads to {to}", self.asked);
        to
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// What is said of a cookie, empty when nothing is.
    pub fn cookie(&self, name: &str) -> String {
        let all = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        all.into_iter().find(|line| line.split('=').next() == Some(name)).unwrap_or_default().to_owned()
    }

    /// Whether a text stands on the page as text, whatever characters are in it.
    pub fn shows(&self, text: &str) -> bool {
        unescaped(&self.body).contains(text)
    }

    /// The page shows this.
    ///
    /// # Panics
    /// When it does not.
    pub fn must_show(&self, text: &str) -> &Self {
        assert!(self.shows(text), "{} does not show “{text}”: {}", self.asked, self.excerpt());
        self
    }

    /// The page does not show this.
    ///
    /// # Panics
    /// When it does.
    pub fn must_not_show(&self, text: &str) -> &Self {
        assert!(!self.shows(text), "{} shows “{text}”", self.asked);
        self
    }

    /// The language of the page.
    pub fn language(&self) -> Option<String> {
        self.attribute("html", "lang")
    }

    /// What stands in a field of a form: typed, or chosen.
    pub fn field(&self, name: &str) -> Option<String> {
        let html = self.html();
        let first = |selector: &str| html.select(&css(&format!("{selector}[name=\"{name}\"]"))).next();
        if let Some(area) = first("textarea") {
            return Some(area.text().collect());
        }
        let value = |element: ElementRef<'_>| element.attr("value").map(str::to_owned);
        if let Some(list) = first("select") {
            let chosen = list.select(&css("option[selected]")).next().or_else(|| list.select(&css("option")).next());
            return value(chosen?);
        }
        let input = first("input")?;
        let chosen = matches!(input.attr("type"), Some("radio" | "checkbox"));
        value(if chosen { first("input[checked]")? } else { input })
    }

    /// Whether the page has an element by a CSS selector.
    pub fn has(&self, selector: &str) -> bool {
        self.html().select(&css(selector)).next().is_some()
    }

    /// An attribute of the first element by a CSS selector.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.html().select(&css(selector)).next()?.attr(name).map(str::to_owned)
    }

    /// An attribute of all elements by a CSS selector.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.html().select(&css(selector)).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// The texts of all elements by a CSS selector.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.html().select(&css(selector)).map(|element| element.text().collect()).collect()
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The data that came back.
    ///
    /// # Panics
    /// When it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.excerpt()))
    }

    /// The fields that are marked as wrong, by name.
    pub fn wrong_fields(&self) -> Vec<String> {
        let wrong = css("input[aria-invalid=true], textarea[aria-invalid=true], select[aria-invalid=true]");
        let html = self.html();
        let mut fields: Vec<String> = html.select(&wrong).filter_map(|field| field.attr("name").map(str::to_owned)).collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// The words in the body, for messages of tests.
    fn excerpt(&self) -> String {
        let text = self.texts("main").concat();
        if text.trim().is_empty() {
            self.body.chars().take(400).collect()
        } else {
            text.split_whitespace().take(80).collect::<Vec<_>>().join(" ")
        }
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// HTML without its entities.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
