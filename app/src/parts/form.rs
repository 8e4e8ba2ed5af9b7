//! Forms that lose nothing: what was typed comes back with the words of what is wrong beside each field and above the form.

use forum::{Error, error::FieldError};
use leptos::prelude::*;

use super::{icon, text::TextArea};
use crate::web::Visit;

/// What is wrong with a form, in the reader's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// The words of an error about fields; any other error is not for the form.
    ///
    /// # Errors
    /// The error itself, when it is not about fields.
    pub fn of(visit: &Visit, error: Error) -> Result<Self, Error> {
        match error {
            Error::Invalid(fields) => Ok(Self::of_fields(visit, &fields)),
            other => Err(other),
        }
    }

    /// The words of what is wrong with these fields.
    pub fn of_fields(visit: &Visit, fields: &[FieldError]) -> Self {
        Self(fields.iter().map(|f| (f.field, visit.words.problem(&f.problem))).collect())
    }

    /// One error that is no field's: it stands above the form.
    pub fn general(text: String) -> Self {
        Self(vec![("", text)])
    }

    /// What is wrong with a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The box above the form that names all errors and leads to their fields.
    pub fn summary(&self, visit: &Visit) -> Option<impl IntoView + use<>> {
        if self.is_empty() {
            return None;
        }
        let count = i64::try_from(self.0.len()).unwrap_or(i64::MAX);
        let items = self
            .0
            .iter()
            .map(|(field, text)| {
                if field.is_empty() {
                    view! { <li>{text.clone()}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{field}")>{text.clone()}</a></li> }.into_any()
                }
            })
            .collect_view();
        Some(view! {
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary">
                <h2 id="error-summary">{crate::t!(visit.words, "form-errors", n = count)}</h2>
                <ul>{items}</ul>
            </div>
        })
    }
}

/// A one-line field: label, hint, input, error.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// Its name and id.
    pub name: &'a str,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// `text`, `email`, `password`, `date`, `search`; text when empty.
    pub kind: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// Characters, at least.
    pub min: Option<usize>,
    /// Characters, at most.
    pub max: Option<usize>,
    /// Whether it has to be filled in; otherwise the label says that it need not be.
    pub required: bool,
    /// What a browser may fill in by itself.
    pub autocomplete: Option<&'a str>,
}

impl Field<'_> {
    /// The field with what is wrong with it.
    pub fn view(self, visit: &Visit, errors: &Errors) -> impl IntoView + use<> {
        let frame = Frame::of(visit, self.name, errors, self.hint.as_ref(), self.required);
        let kind = if self.kind.is_empty() { "text" } else { self.kind };
        view! {
            <div class="field">
                <label for=self.name.to_owned()>{self.label}{frame.optional}</label>
                {frame.hint}
                <input
                    class="input"
                    id=self.name.to_owned()
                    name=self.name.to_owned()
                    type=kind.to_owned()
                    value=self.value.to_owned()
                    minlength=self.min
                    maxlength=self.max
                    required=self.required
                    autocomplete=self.autocomplete.map(str::to_owned)
                    aria-invalid=frame.invalid.then_some("true")
                    aria-describedby=frame.described_by
                />
                {frame.error}
            </div>
        }
    }
}

/// A field of several lines: label, hint, text area, error.
pub fn text_field(
    visit: &Visit,
    label: String,
    hint: Option<String>,
    area: TextArea<'_>,
    errors: &Errors,
) -> impl IntoView + use<> {
    let id = area.id.to_owned();
    let frame = Frame::of(visit, area.name.unwrap_or(area.id), errors, hint.as_ref(), area.required);
    let area = TextArea { invalid: frame.invalid, described_by: frame.described_by, ..area }.view();
    view! {
        <div class="field">
            <label for=id>{label}{frame.optional}</label>
            {frame.hint}
            {area}
            {frame.error}
        </div>
    }
}

/// A choice from a list: label, select, error. Options are `(value, label)`.
pub fn select_field(
    visit: &Visit,
    name: &str,
    label: String,
    options: Vec<(String, String)>,
    chosen: &str,
    required: bool,
    errors: &Errors,
) -> impl IntoView + use<> {
    let frame = Frame::of(visit, name, errors, None, required);
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name.to_owned()>{label}{frame.optional}</label>
            <select
                class="select"
                id=name.to_owned()
                name=name.to_owned()
                required=required
                aria-invalid=frame.invalid.then_some("true")
                aria-describedby=frame.described_by
            >
                {options}
            </select>
            {frame.error}
        </div>
    }
}

/// What surrounds every field.
struct Frame {
    optional: Option<AnyView>,
    hint: Option<AnyView>,
    error: Option<AnyView>,
    described_by: Option<String>,
    invalid: bool,
}

impl Frame {
    fn of(visit: &Visit, name: &str, errors: &Errors, hint: Option<&String>, required: bool) -> Self {
        let error = errors.get(name);
        let mut ids = Vec::new();
        if hint.is_some() {
            ids.push(format!("{name}-hint"));
        }
        if error.is_some() {
            ids.push(format!("{name}-error"));
        }
        Self {
            optional: (!required)
                .then(|| view! { " " <span class="field__opt">{crate::t!(visit.words, "form-optional")}</span> }.into_any()),
            hint: hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint.clone()}</p> }.into_any()),
            error: error.map(|text| {
                view! { <p class="field__err" id=format!("{name}-error")>{icon(visit, "overdue")}{text.to_owned()}</p> }.into_any()
            }),
            described_by: (!ids.is_empty()).then(|| ids.join(" ")),
            invalid: error.is_some(),
        }
    }
}
