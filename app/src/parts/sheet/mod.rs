//! Forms of which several stand on one page: each has a key of its own, which its fields carry in their ids. One that was refused
//! comes back with what was typed and with what is wrong beside each field.

mod fields;

pub use fields::*;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use forum::{
    Error,
    error::{Check, Problem},
    id::PersonId,
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    t,
    web::{Visit, status_of},
};

/// What came with a form, by field. A box that is not ticked is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What stands in a field; nothing when it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The same, owned.
    pub fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The same, when anything but blanks stands there.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty())
    }

    /// Whether a box is ticked.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What is ticked among boxes that are called alike: `work-mon`, `work-tue`.
    pub fn ticked(&self, start: &str) -> Vec<String> {
        self.0.keys().filter_map(|name| name.strip_prefix(start)).map(str::to_owned).collect()
    }

    /// The person who is chosen; nobody when the choice is left open.
    ///
    /// # Errors
    /// [`Problem::UnknownChoice`].
    pub fn person(&self, name: &str) -> Result<Option<PersonId>, Problem> {
        match self.get(name).trim() {
            "" => Ok(None),
            id => Uuid::parse_str(id).map(|id| Some(PersonId(id))).map_err(|_| Problem::UnknownChoice),
        }
    }

    /// The person who has to be chosen.
    ///
    /// # Errors
    /// [`Error::Invalid`] on the field.
    pub fn somebody(&self, name: &'static str) -> Result<PersonId, Error> {
        let mut check = Check::new();
        let person = check.field(name, self.person(name).and_then(|person| person.ok_or(Problem::Required)));
        check.finish(person)
    }
}

/// A form that was refused.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    key: String,
    typed: Typed,
    wrong: Vec<(&'static str, String)>,
    status: StatusCode,
}

impl Refused {
    /// Keeps what was typed when the error is one to be shown with the form: of a field, or of the state or the role that does not
    /// allow it.
    ///
    /// # Errors
    /// The error itself, when it is none of these.
    pub fn of(visit: &Visit, key: impl Into<String>, typed: Typed, error: Error) -> Result<Self, Error> {
        let status = status_of(&error);
        let wrong = match error {
            Error::Invalid(fields) => fields.iter().map(|f| (f.field, visit.words.problem(&f.problem))).collect(),
            Error::Conflict(conflict) => vec![("", visit.words.conflict(conflict))],
            Error::Forbidden(denied) => vec![("", visit.words.denied(denied))],
            other => return Err(other),
        };
        Ok(Self { key: key.into(), typed, wrong, status })
    }

    /// The same with nothing said of single fields, for a form that does not have them.
    #[must_use]
    pub fn as_a_whole(self) -> Self {
        Self { wrong: self.wrong.into_iter().map(|(_, text)| ("", text)).collect(), ..self }
    }

    /// The status of the page that shows it.
    pub fn status(refused: Option<&Self>) -> Option<StatusCode> {
        refused.map(|refused| refused.status)
    }
}

/// One form of a page, with what makes its fields.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    visit: &'a Visit,
    key: &'a str,
    refused: Option<&'a Refused>,
}

impl<'a> Sheet<'a> {
    /// The form of that key.
    pub fn new(visit: &'a Visit, key: &'a str, refused: Option<&'a Refused>) -> Self {
        Self { visit, key, refused: refused.filter(|refused| refused.key == key) }
    }

    /// Whether this form was refused.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Where the form stands on its page: its action ends in this, so that an answer with errors is read from there.
    pub fn anchor(&self) -> String {
        format!("at-{}", self.key)
    }

    /// What was typed into a field, else what stands in it from the start.
    pub fn value(&self, name: &str, fresh: &str) -> String {
        self.refused.map_or_else(|| fresh.to_owned(), |refused| refused.typed.text(name))
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str, fresh: bool) -> bool {
        self.refused.map_or(fresh, |refused| refused.typed.has(name))
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.key)
    }

    /// What is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<String> {
        self.refused.and_then(|refused| refused.wrong.iter().find(|(field, _)| *field == name)).map(|(_, text)| text.clone())
    }

    /// The box above the form that names all that is wrong and leads to the fields.
    pub fn summary(&self) -> AnyView {
        let Some(refused) = self.refused else { return ().into_any() };
        let count = i64::try_from(refused.wrong.len()).unwrap_or(i64::MAX);
        let title = self.id("errors");
        let labelled_by = title.clone();
        let items = refused
            .wrong
            .iter()
            .map(|(field, text)| {
                if field.is_empty() {
                    view! { <li>{text.clone()}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{}", self.id(field))>{text.clone()}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby=labelled_by>
                <h2 id=title>{t!(self.visit.words, "form-errors", n = count)}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    }
}
