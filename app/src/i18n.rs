//! The words of the interface, in every language of the site (Project Fluent, <https://projectfluent.org>).
//!
//! Texts live in `app/locales/<language>/*.ftl`. A test checks that every language has the same messages with the same variables,
//! and that every message that the code asks for exists.

mod forms;
pub mod names;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, NaiveDate, Utc};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use forms::Forms;
use forum::{
    actor::Ban,
    error::{Conflict, Denied, Problem},
    site::{HouseRule, Language, Site},
    text,
};

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
    forms: Option<Forms>,
}

macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/common.ftl")),
            include_str!(concat!("../locales/", $language, "/errors.ftl")),
            include_str!(concat!("../locales/", $language, "/posts.ftl")),
            include_str!(concat!("../locales/", $language, "/files.ftl")),
            include_str!(concat!("../locales/", $language, "/duty.ftl")),
            include_str!(concat!("../locales/", $language, "/promises.ftl")),
            include_str!(concat!("../locales/", $language, "/score.ftl")),
            include_str!(concat!("../locales/", $language, "/feeds.ftl")),
            include_str!(concat!("../locales/", $language, "/changelog.ftl")),
            include_str!(concat!("../locales/", $language, "/record.ftl")),
            include_str!(concat!("../locales/", $language, "/people.ftl")),
            include_str!(concat!("../locales/", $language, "/guests.ftl")),
            include_str!(concat!("../locales/", $language, "/notices.ftl")),
            include_str!(concat!("../locales/", $language, "/staff.ftl")),
            include_str!(concat!("../locales/", $language, "/admin.ftl")),
            include_str!(concat!("../locales/", $language, "/hooks.ftl")),
            include_str!(concat!("../locales/", $language, "/info.ftl")),
            include_str!(concat!("../locales/", $language, "/api.ftl")),
            include_str!(concat!("../locales/", $language, "/mail.ftl")),
            include_str!(concat!("../locales/", $language, "/moderation.ftl")),
            include_str!(concat!("../locales/", $language, "/cases.ftl")),
            include_str!(concat!("../locales/", $language, "/share.ftl")),
            include_str!(concat!("../locales/", $language, "/embeds.ftl")),
        ]
    };
}

macro_rules! folders {
    ($($language:ident $tag:literal $region:literal $name:literal,)+) => {
        /// The texts of a language.
        fn sources(language: Language) -> [&'static str; 23] {
            match language { $(Language::$language => sources!($tag),)+ }
        }
    };
}

forum::languages!(folders);

static WORDS: LazyLock<[Words; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(Words::load));

/// A message with its variables: `t!(words, "form-errors", n = 3)`.
#[macro_export]
macro_rules! t {
    ($words:expr, $key:literal) => { $words.t($key) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $words.ta($key, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}

/// The key of a message that is asked for later: `key!("foot-title")`. With endings it is what the keys of several messages begin with:
/// `key!("privacy", "-title", "-lede")`. It is how the test sees them.
#[macro_export]
macro_rules! key {
    ($key:literal $(, $ending:literal)*) => {
        $key
    };
}

/// What was done, for the page to which the browser is sent: `done!("voted")` shows `done-voted`.
#[macro_export]
macro_rules! done {
    ($what:literal) => {
        $what
    };
}

/// A value as it stands in a sentence: names of people may run the other way.
fn isolated<'a>(value: &'a FluentValue<'_>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) => FluentValue::String(text::isolated(text)),
        other => other.clone(),
    }
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        &WORDS[language as usize]
    }

    fn load(language: Language) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // marks of direction are for variables that need them: `isolated` puts them there
        bundle.set_use_isolating(false);
        for source in sources(language) {
            let resource = match FluentResource::try_new(source.to_owned()) {
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
        let forms = Forms::of(language.region())
            .inspect_err(|error| tracing::error!(%error, language = language.tag(), "numbers and dates have no form"));
        Self { language, bundle, forms: forms.ok() }
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
            args.set(Cow::Owned((*name).to_owned()), isolated(value));
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
            Problem::HasAccount => self.t("problem-has-account"),
            Problem::NotStaff => self.t("problem-not-staff"),
            Problem::NotASlug => self.t("problem-not-a-slug"),
            Problem::NotACursor => self.t("problem-not-a-cursor"),
            Problem::DeadLink => self.t("problem-dead-link"),
            Problem::NotProven => self.t("problem-not-proven"),
            Problem::KeyReused => self.t("problem-key-reused"),
            Problem::EndsBeforeStart => self.t("problem-ends-before-start"),
            Problem::NotLater => self.t("problem-not-later"),
            Problem::NotAComplaint => self.t("problem-not-a-complaint"),
            Problem::NotAnAmount => self.t("problem-not-an-amount"),
            Problem::OutOfRange { min, max } => {
                self.ta("problem-out-of-range", &[("min", i64::from(*min).into()), ("max", i64::from(*max).into())])
            }
            Problem::NotAColour => self.t("problem-not-a-colour"),
            Problem::TooPale { enough } => self.ta("problem-too-pale", &[("enough", enough.as_str().into())]),
            Problem::NotOffered => self.t("problem-not-offered"),
            Problem::LastRule => self.t("problem-last-rule"),
            Problem::NotATimeZone => self.t("problem-not-a-time-zone"),
            Problem::BoardClosed => self.t("problem-board-closed"),
            Problem::NoLinksYet => self.t("problem-no-links-yet"),
            Problem::NoFilesYet => self.t("problem-no-files-yet"),
            Problem::Trapped => self.t("problem-trapped"),
            Problem::SaidBefore { post } => self.ta("problem-said-before", &[("post", post.to_string().into())]),
            Problem::OtherReaders => self.t("problem-other-readers"),
            Problem::NotInText => self.t("problem-not-in-text"),
            Problem::NotAPost => self.t("problem-not-a-post"),
            Problem::SamePost => self.t("problem-same-post"),
            Problem::OtherAudience => self.t("problem-other-audience"),
            Problem::NotSent => self.t("problem-not-sent"),
            Problem::NotAFile => self.t("problem-not-a-file"),
            Problem::TooLarge { max } => self.ta("problem-too-large", &[("max", n(*max))]),
            Problem::NotReadable => self.t("problem-not-readable"),
            Problem::TooManyPixels { max } => self.ta("problem-too-many-pixels", &[("max", n(*max))]),
            Problem::NotAHookAddress => self.t("problem-not-a-hook-address"),
            Problem::NotAnOrigin { text } => self.ta("problem-not-an-origin", &[("text", text.as_str().into())]),
            Problem::NotAPushKey => self.t("problem-not-a-push-key"),
            Problem::NotDelivered { post } => self.ta("problem-not-delivered", &[("post", (*post).into())]),
            Problem::ForNobody => self.t("problem-for-nobody"),
            Problem::WouldVanish => self.t("problem-would-vanish"),
            Problem::Malformed => self.t("problem-malformed"),
        }
    }

    /// Why a known actor may not do something.
    pub fn denied(&self, denied: Denied) -> String {
        self.name(names::DENIED, denied)
    }

    /// Why somebody may not write for a time.
    pub fn banned(&self, ban: &Ban) -> String {
        let rule = FluentValue::from(i64::from(ban.rule));
        self.ta("banned-text", &[("date", self.date(ban.last_day).into()), ("rule", rule), ("reason", ban.reason.as_str().into())])
    }

    /// What a house rule says: in the words of the site, or in those that the forum comes with.
    pub fn house_rule(&self, rule: &HouseRule) -> String {
        rule.text(self.language).map_or_else(|| self.name(names::HOUSE_RULE, rule.number.to_string()), str::to_owned)
    }

    /// What the house rule of that number said at a time; nothing where there was none.
    pub fn house_rule_at(&self, site: &Site, number: i32, at: DateTime<Utc>) -> String {
        let rules = site.every_rule();
        let rule = rules.iter().find(|rule| i64::from(rule.number) == i64::from(number));
        rule.map(|rule| self.house_rule(&rule.at(at))).unwrap_or_default()
    }

    /// Why the present state does not allow it.
    pub fn conflict(&self, conflict: Conflict) -> String {
        self.name(names::CONFLICT, conflict)
    }
}
