//! The words of the interface, in every language of the site (Project Fluent, <https://projectfluent.org>).
//!
//! Texts live in `app/locales/<language>/*.ftl`. A test checks that every language has the same messages with the same variables,
//! and that every message that the code asks for exists.

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use forum::{
    error::{Conflict, Denied, Problem},
    site::Language,
};

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/common.ftl")),
            include_str!(concat!("../locales/", $language, "/errors.ftl")),
            include_str!(concat!("../locales/", $language, "/posts.ftl")),
            include_str!(concat!("../locales/", $language, "/duty.ftl")),
            include_str!(concat!("../locales/", $language, "/promises.ftl")),
            include_str!(concat!("../locales/", $language, "/score.ftl")),
            include_str!(concat!("../locales/", $language, "/people.ftl")),
            include_str!(concat!("../locales/", $language, "/staff.ftl")),
            include_str!(concat!("../locales/", $language, "/admin.ftl")),
            include_str!(concat!("../locales/", $language, "/info.ftl")),
            include_str!(concat!("../locales/", $language, "/api.ftl")),
            include_str!(concat!("../locales/", $language, "/mail.ftl")),
        ]
    };
}

static EN: LazyLock<Words> = LazyLock::new(|| Words::load(Language::En, &sources!("en")));
static NL: LazyLock<Words> = LazyLock::new(|| Words::load(Language::Nl, &sources!("nl")));

/// A message with its variables: `t!(words, "form-errors", n = 3)`.
#[macro_export]
macro_rules! t {
    ($words:expr, $key:literal) => { $words.t($key) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $words.ta($key, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Nl => &NL,
        }
    }

    fn load(language: Language, sources: &[&str]) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // marks of direction around every variable are for mixed scripts, and would end up in attributes and mails
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    tracing::error!(?errors, language = language.tag(), "a message can't be parsed");
                    resource
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(?errors, language = language.tag(), "a message stands twice");
            }
        }
        Self { language, bundle }
    }

    /// A message without variables.
    pub fn t(&self, key: &str) -> String {
        self.ta(key, &[])
    }

    /// A message with variables. One that is missing shows its key: a test keeps that from happening.
    pub fn ta(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.language.tag(), "a message is missing");
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(Cow::Owned((*name).to_owned()), value.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, language = self.language.tag(), "a message lacks a variable");
        }
        text.into_owned()
    }

    /// Whether there is such a message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// A whole number with its thousands set apart as the language does it.
    pub fn number(&self, n: i64) -> String {
        let separator = match self.language {
            Language::En => ',',
            Language::Nl => '.',
        };
        let digits = n.unsigned_abs().to_string();
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        if n < 0 { format!("-{out}") } else { out }
    }

    /// Tenths as a number with one place: `16` is `1.6`, or `1,6`.
    pub fn decimal(&self, tenths: i64) -> String {
        format!("{}{}{}", self.number(tenths / 10), self.decimal_point(), (tenths % 10).abs())
    }

    /// What stands before the decimals.
    pub fn decimal_point(&self) -> char {
        match self.language {
            Language::En => '.',
            Language::Nl => ',',
        }
    }

    /// `November 2026`.
    pub fn month_of(&self, day: NaiveDate) -> String {
        format!("{} {}", self.month(day.month()), day.year())
    }

    /// `21 November 2026`.
    pub fn date(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.month(day.month()), day.year())
    }

    /// `21 November`, with the year unless it is the present one.
    pub fn short_date(&self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() == today.year() { format!("{} {}", day.day(), self.month(day.month())) } else { self.date(day) }
    }

    /// `Saturday 21 November`.
    pub fn weekday_date(&self, day: NaiveDate) -> String {
        let names = self.t("weekday-names");
        let name = names.split(',').nth(day.weekday().num_days_from_monday() as usize).unwrap_or_default().trim();
        format!("{name} {} {}", day.day(), self.month(day.month()))
    }

    /// `21 November 2026, 14:05`.
    pub fn date_time(&self, at: DateTime<Tz>) -> String {
        format!("{}, {:02}:{:02}", self.date(at.date_naive()), at.hour(), at.minute())
    }

    fn month(&self, month: u32) -> String {
        let names = self.t("month-names");
        names.split(',').nth(month as usize - 1).unwrap_or_default().trim().to_owned()
    }

    /// What is wrong with a field.
    pub fn problem(&self, problem: &Problem) -> String {
        let n = |value: usize| FluentValue::from(i64::try_from(value).unwrap_or(i64::MAX));
        match problem {
            Problem::Required => self.t("problem-required"),
            Problem::TooShort { min } => self.ta("problem-too-short", &[("min", n(*min))]),
            Problem::TooLong { max } => self.ta("problem-too-long", &[("max", n(*max))]),
            Problem::UnknownChoice => self.t("problem-unknown-choice"),
            Problem::NotAnAddress => self.t("problem-not-an-address"),
            Problem::NotADate => self.t("problem-not-a-date"),
            Problem::NotInFuture => self.t("problem-not-in-future"),
            Problem::TooFarAhead { latest } => {
                let day = NaiveDate::parse_from_str(latest, "%Y-%m-%d").map_or_else(|_| latest.clone(), |day| self.date(day));
                self.ta("problem-too-far-ahead", &[("latest", day.into())])
            }
            Problem::GuessablePassword => self.t("problem-guessable-password"),
            Problem::WrongPassword => self.t("problem-wrong-password"),
            Problem::ComplaintNotOpposable => self.t("problem-complaint-not-opposable"),
            Problem::StageNotForStaff => self.t("problem-stage-not-for-staff"),
            Problem::ReexamineOrFinal => self.t("problem-reexamine-or-final"),
            Problem::TooMany { max } => self.ta("problem-too-many", &[("max", n(*max))]),
            Problem::NotOnThisPost => self.t("problem-not-on-this-post"),
            Problem::Taken => self.t("problem-taken"),
            Problem::NotStaff => self.t("problem-not-staff"),
            Problem::NotASlug => self.t("problem-not-a-slug"),
            Problem::NotACursor => self.t("problem-not-a-cursor"),
            Problem::DeadLink => self.t("problem-dead-link"),
            Problem::KeyReused => self.t("problem-key-reused"),
            Problem::EndsBeforeStart => self.t("problem-ends-before-start"),
            Problem::NotLater => self.t("problem-not-later"),
            Problem::NotAComplaint => self.t("problem-not-a-complaint"),
            Problem::NotAnAmount => self.t("problem-not-an-amount"),
            Problem::OutOfRange { min, max } => {
                self.ta("problem-out-of-range", &[("min", i64::from(*min).into()), ("max", i64::from(*max).into())])
            }
            Problem::NotATimeZone => self.t("problem-not-a-time-zone"),
            Problem::Malformed => self.t("problem-malformed"),
        }
    }

    /// Why a known actor may not do something.
    pub fn denied(&self, denied: Denied) -> String {
        self.t(match denied {
            Denied::Unverified => "denied-unverified",
            Denied::Role => "denied-role",
            Denied::Scope => "denied-scope",
            Denied::NotAuthor => "denied-not-author",
            Denied::NotOwner => "denied-not-owner",
            Denied::NotReceiver => "denied-not-receiver",
            Denied::Mandate => "denied-mandate",
            Denied::Origin => "denied-origin",
        })
    }

    /// Why the present state does not allow it.
    pub fn conflict(&self, conflict: Conflict) -> String {
        self.t(match conflict {
            Conflict::Removed => "conflict-removed",
            Conflict::InProgress => "conflict-in-progress",
            Conflict::Exists => "conflict-exists",
            Conflict::LowestLevel => "conflict-lowest-level",
            Conflict::NoClock => "conflict-no-clock",
            Conflict::StoppedLongEnough => "conflict-stopped-long-enough",
            Conflict::NotStopped => "conflict-not-stopped",
            Conflict::Over => "conflict-over",
            Conflict::Broken => "conflict-broken",
            Conflict::NothingOwed => "conflict-nothing-owed",
            Conflict::NotSolved => "conflict-not-solved",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        path::Path,
    };

    use super::*;

    /// The messages of a language with the variables that each mentions.
    fn messages(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages = BTreeMap::new();
        for source in sources {
            let mut key = String::new();
            for line in source.lines() {
                if line.starts_with(|c: char| c.is_ascii_lowercase())
                    && let Some((name, _)) = line.split_once('=')
                {
                    name.trim().clone_into(&mut key);
                    assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
                }
                if line.starts_with('#') {
                    continue;
                }
                for (at, _) in line.match_indices('$') {
                    let name: String =
                        line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
                    if let Some(variables) = messages.get_mut(&key) {
                        variables.insert(name);
                    }
                }
            }
        }
        messages
    }

    #[test]
    fn every_language_has_the_same_messages_and_variables() {
        assert_eq!(messages(&sources!("en")), messages(&sources!("nl")));
    }

    #[test]
    fn every_message_can_be_parsed() {
        for sources in [sources!("en"), sources!("nl")] {
            for source in sources {
                if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                    panic!("{errors:?} in\n{source}");
                }
            }
        }
    }

    fn read(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_message_that_the_code_asks_for_exists() {
        let mut code = String::new();
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        read(&here.join("src"), &mut code);
        read(&here.join("../server/src"), &mut code);
        let known = messages(&sources!("en"));
        let mut asked = 0;
        for start in ["t!(", ".t(\"", ".ta(\""] {
            for (at, _) in code.match_indices(start) {
                // `assert!(` ends in the same letters
                if start == "t!(" && code[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    continue;
                }
                let rest = &code[at + start.len()..];
                let key = if start == "t!(" {
                    let Some((_, rest)) = rest.split_once(',') else { continue };
                    let Some(rest) = rest.trim_start().strip_prefix('"') else { continue };
                    rest
                } else {
                    rest
                };
                let Some((key, _)) = key.split_once('"') else { continue };
                if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                    continue;
                }
                asked += 1;
                assert!(known.contains_key(key), "the code asks for {key:?}, which no language has");
            }
        }
        assert!(asked > 50, "the search for messages in the code finds hardly any");
    }

    #[test]
    fn numbers_and_dates_follow_the_language() {
        assert_eq!(Words::of(Language::En).number(1_234_567), "1,234,567");
        assert_eq!(Words::of(Language::Nl).number(1234), "1.234");
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(Words::of(Language::En).date(day), "21 November 2026");
        assert_eq!(Words::of(Language::Nl).weekday_date(day), "zaterdag 21 november");
    }
}
