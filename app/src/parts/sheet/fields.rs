//! The fields of a sheet: each with its label, what helps to fill it in, and what is wrong with it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Sheet;
use crate::{
    parts::{icon, text::TextArea},
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
    /// What stands in it before anything was typed.
    pub value: &'a str,
    /// Whether it has to be filled in.
    pub need: Need,
    /// Characters, at most.
    pub max: Option<usize>,
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
}

/// A day to be chosen.
#[derive(Debug, Clone, Default)]
pub struct Day<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to choose.
    pub hint: Option<String>,
    /// The day before anything was typed.
    pub value: &'a str,
    /// Whether it has to be filled in.
    pub need: Need,
    /// The first day that can be chosen.
    pub first: Option<NaiveDate>,
    /// The last day that can be chosen.
    pub last: Option<NaiveDate>,
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

impl Sheet<'_> {
    /// What surrounds a field; `control` makes it from its id and the ids of what describes it.
    fn field(
        &self,
        name: &str,
        label: String,
        hint: Option<String>,
        need: Need,
        control: impl FnOnce(String, Option<String>, Option<&'static str>) -> AnyView,
    ) -> AnyView {
        let id = self.id(name);
        let wrong = self.wrong(name);
        let mut described_by = Vec::new();
        if hint.is_some() {
            described_by.push(format!("{id}-hint"));
        }
        if wrong.is_some() {
            described_by.push(format!("{id}-error"));
        }
        let described_by = (!described_by.is_empty()).then(|| described_by.join(" "));
        let control = control(id.clone(), described_by, wrong.is_some().then_some("true"));
        let optional = (need == Need::Optional)
            .then(|| view! { " " <span class="field__opt">{t!(self.visit.words, "form-optional")}</span> }.into_any());
        let hint = hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }.into_any());
        let wrong = wrong.map(|text| {
            view! { <p class="field__err" id=format!("{id}-error")>{icon(self.visit, "overdue")}<span>{text}</span></p> }.into_any()
        });
        view! { <div class="field"><label for=id>{label}{optional}</label>{hint}{control}{wrong}</div> }.into_any()
    }

    /// A field of one line.
    pub fn line(&self, line: Line<'_>) -> AnyView {
        let value = self.value(line.name, line.value);
        self.field(line.name, line.label, line.hint, line.need, |id, described_by, invalid| {
            view! {
                <input
                    class="input"
                    id=id
                    name=line.name
                    type="text"
                    value=value
                    maxlength=line.max
                    required=line.need == Need::Always
                    inputmode=line.keys
                    list=line.list
                    autocomplete="off"
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
            }
            .into_any()
        })
    }

    /// A field of several lines.
    pub fn area(&self, area: Area<'_>) -> AnyView {
        let value = self.value(area.name, area.value);
        self.field(area.name, area.label, area.hint, area.need, |id, described_by, invalid| {
            TextArea {
                id: &id,
                name: Some(area.name),
                value: &value,
                rows: area.rows,
                min: area.min,
                max: area.max,
                required: area.need == Need::Always,
                invalid: invalid.is_some(),
                described_by,
                placeholder: None,
            }
            .view()
            .into_any()
        })
    }

    /// A day.
    pub fn day(&self, day: Day<'_>) -> AnyView {
        let value = self.value(day.name, day.value);
        self.field(day.name, day.label, day.hint, day.need, |id, described_by, invalid| {
            view! {
                <input
                    class="input"
                    id=id
                    name=day.name
                    type="date"
                    value=value
                    min=day.first.map(|day| day.to_string())
                    max=day.last.map(|day| day.to_string())
                    required=day.need == Need::Always
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
            }
            .into_any()
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
        self.field(choice.name, choice.label, choice.hint, choice.need, |id, described_by, invalid| {
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
        let wrong = self.wrong(name);
        let id = self.id(name);
        let described_by = wrong.is_some().then(|| format!("{id}-error"));
        let invalid = wrong.is_some().then_some("true");
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
        let wrong = wrong.map(|text| {
            view! { <p class="field__err" id=format!("{id}-error")>{icon(self.visit, "overdue")}<span>{text}</span></p> }.into_any()
        });
        view! {
            <fieldset class="ticks">
                <legend class="field__label">{label}</legend>
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <div class="ticks__boxes">{boxes}</div>
                {wrong}
            </fieldset>
        }
        .into_any()
    }
}
