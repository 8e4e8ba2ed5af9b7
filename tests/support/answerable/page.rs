//! What people see in their browsers.

use reqwest::header::HeaderMap;
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
        attribute(self.tag("html", |_| true)?, "lang")
    }

    /// What stands in a field of a form: typed, or chosen.
    pub fn field(&self, name: &str) -> Option<String> {
        let named = |tag: &str| attribute(tag, "name").as_deref() == Some(name);
        if let Some(tag) = self.tag("textarea", named) {
            let inside = &self.body[self.body.find(tag)? + tag.len()..];
            let text = unescaped(&inside[..inside.find("</textarea>")?]);
            return Some(text.strip_prefix('\n').map_or(text.clone(), str::to_owned));
        }
        if let Some(tag) = self.tag("select", named) {
            let inside = &self.body[self.body.find(tag)? + tag.len()..];
            let inside = &inside[..inside.find("</select>")?];
            let options: Vec<&str> = tags(inside, "option").collect();
            let chosen = options.iter().find(|tag| is_set(tag, "selected")).or(options.first())?;
            return attribute(chosen, "value");
        }
        let inputs = |checked: bool| self.tag("input", |tag| named(tag) && (!checked || is_set(tag, "checked")));
        let input = inputs(false)?;
        if matches!(attribute(input, "type").as_deref(), Some("radio" | "checkbox")) {
            return attribute(inputs(true)?, "value");
        }
        attribute(input, "value")
    }

    /// The first tag of a name that is wanted.
    pub fn tag(&self, name: &str, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        tags(&self.body, name).find(|tag| wanted(tag))
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
        let mut fields: Vec<String> = ["input", "textarea", "select"]
            .into_iter()
            .flat_map(|name| tags(&self.body, name))
            .filter(|tag| attribute(tag, "aria-invalid").as_deref() == Some("true"))
            .filter_map(|tag| attribute(tag, "name"))
            .collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// The words in the body, for messages of tests.
    fn excerpt(&self) -> String {
        let main = self.body.split_once("<main").map_or(self.body.as_str(), |(_, main)| main);
        let mut text = String::new();
        let mut inside = true;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        if text.trim().is_empty() {
            self.body.chars().take(400).collect()
        } else {
            text.split_whitespace().take(80).collect::<Vec<_>>().join(" ")
        }
    }
}

/// All tags of a name, from `<` to `>`; `>` is escaped inside our attributes.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{name}");
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&open)?;
            let tag = &rest[start..];
            let end = tag.find('>')? + 1;
            rest = &tag[end..];
            if tag[open.len()..].starts_with([' ', '>', '/', '\n']) {
                return Some(&tag[..end]);
            }
        }
    })
}

/// An attribute of a tag, with its entities resolved.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(unescaped(&value[..value.find('"')?]))
}

fn is_set(tag: &str, name: &str) -> bool {
    let marked = format!(" {name}");
    tag.split_once(&marked).is_some_and(|(_, rest)| rest.starts_with(['=', ' ', '>', '/']))
}

/// HTML without its entities.
pub fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
