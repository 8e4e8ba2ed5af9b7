//! The fields of a sheet: each with its label, what helps to fill it in, and what is wrong with it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Sheet;
use crate::{
    parts::{icon, text::textarea_inside},
    t,
};

/// Whether a field has to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    /// No, and its label says so.
    #[default]
    Optional,
    /// Yes.
    Always,
    /// That depends on other fields; the words around it say on what.
    Sometimes,
}

/// A field of one line.
#[derive(Debug, Clone, Default)]
pub struct Line<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// `email`, `password`, `date`; text when empty.
    pub kind: &'static str,
    /// What stands in it before anything was typed.
    pub value: &'a str,
    /// Whether it has to be filled in.
    pub need: Need,
    /// The first day that can be chosen.
    pub first: Option<NaiveDate>,
    /// The last day that can be chosen.
    pub last: Option<NaiveDate>,
    /// Characters, at least.
    pub min: Option<usize>,
    /// Characters, at most.
    pub max: Option<usize>,
    /// What a browser may fill in by itself; nothing when empty.
    pub autocomplete: &'static str,
    /// The keys that a phone shows: `numeric`, `decimal`.
    pub keys: Option<&'static str>,
    /// The id of a list of suggestions.
    pub list: Option<&'static str>,
}

/// A field of several lines.
#[derive(Debug, Clone, Default)]
pub struct Area<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What stands in it before anything was typed.
    pub value: &'a str,
    /// Whether it has to be filled in.
    pub need: Need,
    /// Characters, at least.
    pub min: Option<usize>,
    /// Characters, at most.
    pub max: Option<usize>,
    /// Its height in lines.
    pub rows: u32,
    /// What it says while it is empty.
    pub placeholder: Option<String>,
    /// Its id unless its form was refused, where another form of the page has a field of its name. Only one can be called what the
    /// errors lead to.
    pub aside: Option<String>,
}

/// A choice from a list.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to choose.
    pub hint: Option<String>,
    /// `(value, label)`.
    pub options: Vec<(String, String)>,
    /// What is chosen before anything was typed.
    pub value: &'a str,
    /// Whether something has to be chosen.
    pub need: Need,
}

impl Area<'_> {
    fn control(self, id: String, value: &str, described_by: Option<String>, invalid: Option<&'static str>) -> AnyView {
        view! {
            <textarea
                class="textarea"
                dir="auto"
                id=id
                name=self.name
                rows=self.rows.max(2)
                minlength=self.min
                maxlength=self.max
                required=self.need == Need::Always
                aria-invalid=invalid
                aria-describedby=described_by
                placeholder=self.placeholder
                inner_html=textarea_inside(value)
            ></textarea>
        }
        .into_any()
    }
}

impl Sheet<'_> {
    /// What surrounds a field; `control` makes it from its id and the ids of what describes it.
    fn field(
        &self,
        (id, name): (String, &str),
        label: String,
        (hint, has_place): (Option<String>, bool),
        need: Need,
        control: impl FnOnce(String, Option<String>, Option<&'static str>) -> AnyView,
    ) -> AnyView {
        let error = self.error(&id, name);
        let described_by: Vec<_> = [hint.is_some().then(|| format!("{id}-hint")), error.is_some().then(|| format!("{id}-error"))]
            .into_iter()
            .flatten()
            .collect();
        let described_by = (!described_by.is_empty()).then(|| described_by.join(" "));
        let control = control(id.clone(), described_by, error.is_some().then_some("true"));
        let optional = (need == Need::Optional)
            .then(|| view! { " " <span class="field__opt">{t!(self.visit.words, "form-optional")}</span> }.into_any());
        let hint = hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }.into_any());
        let label = view! { <label for=id>{label}{optional}</label> };
        if has_place {
            view! { <div class="field">{label}{hint}{control}{error}</div> }.into_any()
        } else {
            view! { <div class="field">{label}{control}{error}</div> }.into_any()
        }
    }

    /// What is wrong with a field, beside it.
    pub(super) fn error(&self, id: &str, name: &str) -> Option<AnyView> {
        let text = self.wrong(name)?.to_owned();
        let text = if self.is_plain { text.into_any() } else { view! { <span>{text}</span> }.into_any() };
        Some(view! { <p class="field__err" id=format!("{id}-error")>{icon(self.visit, "overdue")}{text}</p> }.into_any())
    }

    /// What is wrong with something that is drawn by the page itself.
    pub fn error_of(&self, name: &str) -> Option<AnyView> {
        self.error(&self.id(name), name)
    }

    /// A field of one line.
    pub fn line(&self, line: Line<'_>) -> AnyView {
        let kind = if line.kind.is_empty() { "text" } else { line.kind };
        // what is secret is typed anew
        let value = if kind == "password" { String::new() } else { self.value(line.name, line.value) };
        let autocomplete = if line.autocomplete.is_empty() { "off" } else { line.autocomplete };
        self.field((self.id(line.name), line.name), line.label, (line.hint, true), line.need, |id, described_by, invalid| {
            view! {
                <input
                    class="input"
                    id=id
                    name=line.name
                    type=kind
                    dir=(kind == "text").then_some("auto")
                    value=value
                    min=line.first.map(|day| day.to_string())
                    max=line.last.map(|day| day.to_string())
                    minlength=line.min
                    maxlength=line.max
                    required=line.need == Need::Always
                    inputmode=line.keys
                    list=line.list
                    autocomplete=(kind != "date").then_some(autocomplete)
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
            }
            .into_any()
        })
    }

    /// A day.
    pub fn day(&self, day: Line<'_>) -> AnyView {
        self.line(Line { kind: "date", ..day })
    }

    /// A field of several lines.
    pub fn area(&self, mut area: Area<'_>) -> AnyView {
        let value = self.value(area.name, area.value);
        let id = area.aside.take().filter(|_| !self.is_back()).unwrap_or_else(|| self.id(area.name));
        let (label, hint) = (std::mem::take(&mut area.label), area.hint.take());
        self.field((id, area.name), label, (hint, true), area.need, |id, described_by, invalid| {
            area.control(id, &value, described_by, invalid)
        })
    }

    /// A choice from a list.
    pub fn choice(&self, choice: Choice<'_>) -> AnyView {
        let value = self.value(choice.name, choice.value);
        let options = choice
            .options
            .into_iter()
            .map(|(option, label)| {
                let selected = option == value;
                view! { <option value=option selected=selected>{label}</option> }
            })
            .collect_view();
        // a list without a hint on a plain form has no marker of where one could stand
        let has_place = choice.hint.is_some() || !self.is_plain;
        let hint = (choice.hint, has_place);
        self.field((self.id(choice.name), choice.name), choice.label, hint, choice.need, |id, described_by, invalid| {
            view! {
                <select class="select" id=id name=choice.name required=choice.need == Need::Always aria-invalid=invalid aria-describedby=described_by>
                    {options}
                </select>
            }
            .into_any()
        })
    }

    /// A box to tick.
    pub fn tick(&self, name: &str, label: String, fresh: bool) -> AnyView {
        let checked = self.ticked(name, fresh);
        view! {
            <label class="check"><input type="checkbox" id=self.id(name) name=name.to_owned() value="on" checked=checked /><span>{label}</span></label>
        }
        .into_any()
    }

    /// Boxes to tick that belong together under one title, each `(name, label, ticked from the start)`. What is wrong with them is
    /// known by `name`.
    pub fn ticks(&self, name: &'static str, label: String, hint: Option<String>, boxes: Vec<(String, String, bool)>) -> AnyView {
        let id = self.id(name);
        let error = self.error(&id, name);
        let described_by = error.is_some().then(|| format!("{id}-error"));
        let invalid = error.is_some().then_some("true");
        let first = boxes.first().map(|(name, ..)| name.clone());
        let boxes = boxes
            .into_iter()
            .map(|(name, label, fresh)| {
                // the first one is where the errors above the form lead to, and is marked for all of them
                let is_first = first.as_ref() == Some(&name);
                let checked = self.ticked(&name, fresh);
                let id = if is_first { id.clone() } else { self.id(&name) };
                view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            id=id
                            name=name
                            value="on"
                            checked=checked
                            aria-invalid=invalid.filter(|_| is_first)
                            aria-describedby=described_by.clone().filter(|_| is_first)
                        />
                        <span>{label}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="ticks">
                <legend class="field__label">{label}</legend>
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <div class="ticks__boxes">{boxes}</div>
                {error}
            </fieldset>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_ends_a_text_area() {
        let html = Area { name: "body", ..Area::default() }
            .control("body".to_owned(), "</textarea><svg onload=alert(1)>", None, None)
            .to_html();
        assert!(!html.contains("<svg"), "{html}");
    }
}
