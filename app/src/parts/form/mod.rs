//! Forms that lose nothing: what was typed comes back with what is wrong beside each field and above the form. A page has any number
//! of them, each with a key of its own. Who handles a form keeps what it [`Sent`]; who draws it makes a [`Sheet`] of the same key.

mod fields;
mod files;
mod trap;

pub use fields::*;
pub use files::{Gathered, MULTIPART, Taken, Uploads, gather, take_apart, unpack, waiting};
pub use trap::{trap, untrapped};

use std::collections::BTreeMap;

use axum::http::StatusCode;
use forum::{
    Error,
    attachment::Attachment,
    error::{Check, FieldError, Problem},
    id::PersonId,
    site::Language,
};
use leptos::prelude::*;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    i18n::Words,
    key,
    parts::{errors::too_soon_here, icon},
    t,
    web::{Visit, status_of},
};

/// What came with a form, by field. A box that is not ticked is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What a form encoded.
    pub fn of_body(body: &str) -> Self {
        Self(form_urlencoded::parse(body.as_bytes()).into_owned().collect())
    }

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

    /// The digest of a form: where it goes, and all that it says.
    pub fn digest(&self, path: &str) -> String {
        let mut digest = Sha256::new();
        for part in std::iter::once(path).chain(self.0.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()])) {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        hex::encode(digest.finalize())
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

/// What a form sent: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    key: String,
    typed: Typed,
    wrong: Vec<(&'static str, String)>,
    status: StatusCode,
    /// Whether it waits to be sent: it was typed before its author had signed in.
    waits: bool,
    /// Seconds after which it may be sent again.
    retry_after: Option<u64>,
    /// The files that were taken with it, and wait for their text.
    files: Vec<Attachment>,
}

impl Sent {
    /// What was typed so far, with nothing wrong.
    pub fn unread(key: impl Into<String>, typed: Typed) -> Self {
        Self { key: key.into(), typed, ..Self::default() }
    }

    /// What was typed and can't be taken, for a reason that is no field's.
    pub fn general(key: impl Into<String>, typed: Typed, text: String) -> Self {
        Self { wrong: vec![("", text)], status: StatusCode::UNPROCESSABLE_ENTITY, ..Self::unread(key, typed) }
    }

    /// The same under another status.
    #[must_use]
    pub fn answered(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Keeps what was typed when something is wrong with the fields, or it comes too soon: any other error is not for the form.
    ///
    /// # Errors
    /// The error itself, when it is not about fields.
    pub fn invalid(visit: &Visit, key: impl Into<String>, typed: Typed, error: Error) -> Result<Self, Error> {
        match error {
            Error::Invalid(fields) => Ok(Self::of_fields(visit, key, typed, &fields)),
            Error::Limited { retry_after } => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let general = Self::general(key, typed, too_soon_here(visit, retry_after));
                Ok(Self { status, retry_after: Some(retry_after), ..general })
            }
            other => Err(other),
        }
    }

    /// The same for fields that are known to be wrong.
    pub fn of_fields(visit: &Visit, key: impl Into<String>, typed: Typed, fields: &[FieldError]) -> Self {
        if fields.iter().any(|f| f.problem == Problem::NotSent) {
            return Self { waits: true, ..Self::unread(key, typed) };
        }
        let wrong = fields.iter().map(|f| (f.field, visit.words.problem(&f.problem))).collect();
        Self { wrong, status: StatusCode::UNPROCESSABLE_ENTITY, ..Self::unread(key, typed) }
    }

    /// Keeps what was typed when the error is one to be shown with the form: of a field, or of the state or the role that does not
    /// allow it.
    ///
    /// # Errors
    /// The error itself, when it is none of these.
    pub fn refused(visit: &Visit, key: impl Into<String>, typed: Typed, error: Error) -> Result<Self, Error> {
        let status = status_of(&error);
        let text = match error {
            Error::Conflict(conflict) => visit.words.conflict(conflict),
            Error::Forbidden(denied) => visit.words.denied(denied),
            Error::Banned(ban) => visit.words.banned(&ban),
            other => return Self::invalid(visit, key, typed, other),
        };
        Ok(Self { status, ..Self::general(key, typed, text) })
    }

    /// What was typed while somebody else changed the same.
    pub fn overtaken(key: impl Into<String>, typed: Typed, text: String) -> Self {
        Self { status: StatusCode::PRECONDITION_FAILED, ..Self::general(key, typed, text) }
    }

    /// The same with nothing said of single fields, for a form that does not have them.
    #[must_use]
    pub fn as_a_whole(self) -> Self {
        Self { wrong: self.wrong.into_iter().map(|(_, text)| ("", text)).collect(), ..self }
    }

    /// Fills in a field that nothing was typed into.
    pub fn fill(&mut self, name: &str, text: &str) {
        if self.typed.get(name).is_empty() {
            self.typed.0.insert(name.to_owned(), text.to_owned());
        }
    }

    /// The form that sent it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Seconds after which it may be sent again, if it came too soon.
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// The status of the page that shows it.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<&str> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str())
    }
}

/// What is wrong, with the name of the field before it: above a form nothing else says which one is meant.
fn named(words: &Words, field: &str, text: &str) -> String {
    let is_in = |language: &Language| [language.name_field(), language.about_field(), language.text_field()].contains(&field);
    if let Some(language) = Language::ALL.into_iter().find(is_in) {
        let field = if field == language.name_field() {
            t!(words, "field-name-in", language = language.name())
        } else {
            t!(words, "field-text-in", language = language.name())
        };
        return t!(words, "form-error", field = field, problem = text);
    }
    let names = FIELD_NAMES;
    let key = format!("{names}-{}", field.replace('_', "-"));
    if words.has(&key) { t!(words, "form-error", field = words.t(&key), problem = text) } else { text.to_owned() }
}

/// What the messages are called that name a field.
const FIELD_NAMES: &str = key!(
    "field-name",
    "-accent",
    "-accountable",
    "-act",
    "-alt",
    "-attachments",
    "-board",
    "-boards",
    "-body",
    "-category",
    "-clock",
    "-colleagues",
    "-colour",
    "-day",
    "-days",
    "-days-worked",
    "-description",
    "-due-on",
    "-email",
    "-file",
    "-first-day",
    "-for-all",
    "-groups",
    "-into",
    "-kind",
    "-kinds",
    "-language",
    "-languages",
    "-last-day",
    "-level",
    "-name",
    "-next-update-on",
    "-note",
    "-other",
    "-outcome",
    "-parent-id",
    "-passage",
    "-password",
    "-person",
    "-posts",
    "-present-password",
    "-provenance",
    "-published-at",
    "-reason",
    "-reason-class",
    "-reexamine-on",
    "-remedy",
    "-remedy-amount",
    "-review-on",
    "-role",
    "-rule",
    "-scope",
    "-scopes",
    "-site",
    "-shape",
    "-slug",
    "-stage",
    "-stance",
    "-status",
    "-tags",
    "-target-on-time",
    "-task",
    "-time-zone",
    "-title",
    "-to",
    "-triage-days",
    "-until",
    "-url",
    "-what",
    "-who",
    "-words",
    "-work-week"
);

/// One form of a page, with what makes its fields.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    visit: &'a Visit,
    key: &'a str,
    is_plain: bool,
    sent: Option<&'a Sent>,
}

impl<'a> Sheet<'a> {
    /// The form of that key, among others like it: its fields carry the key in their ids.
    pub fn new(visit: &'a Visit, key: &'a str, sent: Option<&'a Sent>) -> Self {
        Self { visit, key, is_plain: false, sent: sent.filter(|sent| sent.key == key) }
    }

    /// The form of that key on a page where nothing else has fields of these names: their ids are the names.
    pub fn plain(visit: &'a Visit, key: &'a str, sent: Option<&'a Sent>) -> Self {
        Self { is_plain: true, ..Self::new(visit, key, sent) }
    }

    /// Whichever plain form was sent, for a page that says above all of them what is wrong.
    pub fn any(visit: &'a Visit, sent: Option<&'a Sent>) -> Self {
        Self::plain(visit, sent.map_or("", |sent| &sent.key), sent)
    }

    /// Whether this form came back: refused, or not sent yet.
    pub fn is_back(&self) -> bool {
        self.sent.is_some_and(|sent| sent.waits || !sent.wrong.is_empty())
    }

    /// Whether this form came back, with something wrong or without.
    pub fn is_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// Whether what stands in it waits to be sent: what a form far down the page says beside its button.
    pub fn waits(&self) -> bool {
        self.sent.is_some_and(|sent| sent.waits)
    }

    /// Whether what it was written from has changed since.
    pub fn is_outdated(&self) -> bool {
        self.sent.is_some_and(|sent| sent.status == StatusCode::PRECONDITION_FAILED)
    }

    /// The key of the form.
    pub fn key(&self) -> &str {
        self.key
    }

    /// Where the form stands on its page: its action ends in this, so that an answer with errors is read from there.
    pub fn anchor(&self) -> String {
        format!("at-{}", self.key)
    }

    /// What was typed into a field, else what stands in it from the start.
    pub fn value(&self, name: &str, fresh: &str) -> String {
        self.sent.map_or_else(|| fresh.to_owned(), |sent| sent.typed.text(name))
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str, fresh: bool) -> bool {
        self.sent.map_or(fresh, |sent| sent.typed.has(name))
    }

    fn id(&self, name: &str) -> String {
        if self.is_plain { name.to_owned() } else { format!("{}-{name}", self.key) }
    }

    /// What is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<&'a str> {
        self.sent?.wrong(name)
    }

    /// The box above the form that names all that is wrong and leads to the fields.
    pub fn summary(&self) -> AnyView {
        let Some(sent) = self.sent.filter(|_| self.is_back()) else {
            // both are nothing, and leave the markers that pages of each kind have
            return if self.is_plain { None::<AnyView>.into_any() } else { ().into_any() };
        };
        if sent.waits {
            return view! {
                <div class="banner" role="status" tabindex="-1">
                    {icon(self.visit, "edit")}
                    <p class="banner__t">{t!(self.visit.words, "problem-not-sent")}</p>
                </div>
            }
            .into_any();
        }
        let title = self.id(if self.is_plain { "error-summary" } else { "errors" });
        let labelled_by = title.clone();
        let items = sent
            .wrong
            .iter()
            .map(|(field, text)| {
                if field.is_empty() {
                    view! { <li>{text.clone()}</li> }.into_any()
                } else {
                    let text = named(self.visit.words, field, text);
                    view! { <li><a href=format!("#{}", self.id(field))>{text}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true aria-labelledby=labelled_by>
                <h2 id=title>{t!(self.visit.words, "form-errors")}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    }
}
