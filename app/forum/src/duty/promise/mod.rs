//! Promises: what, who, until when, and what is owed if it is missed. Every wording stays; how a promise stands follows from what was
//! said about it and from the time.

mod commands;
mod queries;

pub use crate::text::parse_amount;
pub use commands::*;
pub use queries::*;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    actor::Role,
    id::{PersonId, PledgeId, PostId, PromiseId},
    person::Person,
    post::BoardRef,
};

/// Characters of what is promised, at most.
pub const WHAT_MAX: usize = 500;
/// Characters of a remedy, at most.
pub const REMEDY_MAX: usize = 500;

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum State {
    /// Its date lies ahead.
    Open,
    /// It was done.
    Kept,
    /// Its date is past and nobody said that it was done.
    Broken,
    /// It was taken back, with a reason.
    Withdrawn,
}

crate::word::kept_as_words!(State);

/// What was said of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Said {
    /// It was done.
    Kept,
    /// It is taken back.
    Withdrawn,
    /// What was delivered goes back to being worked on.
    Reopened,
    /// The remedy was paid.
    Paid,
    /// Those whom it concerns heard that it is broken.
    Told,
}

crate::word::kept_as_words!(Said);

/// A promise as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its number.
    pub id: PromiseId,
    /// On which post.
    pub post: PostId,
    /// Slug and title of the post, and the language that it is written in.
    pub post_slug: String,
    /// See `post_slug`.
    pub post_title: String,
    /// See `post_slug`.
    pub post_language: String,
    /// The board of the post.
    pub board: BoardRef,
    /// The pledge that made it, if one did.
    pub pledge: Option<PledgeId>,
    /// What is promised.
    pub what: String,
    /// Who is accountable: whoever was named, else the owner of the post.
    pub accountable: Option<Person>,
    /// The day until which it is to be done.
    pub due_on: NaiveDate,
    /// 17:00 on that day at the site.
    pub due_at: DateTime<Utc>,
    /// What is owed if it is missed.
    pub remedy: Option<String>,
    /// The amount of it in cents, where it is an amount.
    pub remedy_cents: Option<i64>,
    /// The number of the present wording, from 1.
    pub version: i32,
    /// The role of whoever allowed what was beyond the mandate of the one who promised.
    pub decided_by: Option<Role>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was kept or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn, or what was said when it was kept.
    pub note: Option<String>,
    /// When the remedy was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// How it stands.
    pub state: State,
}

impl Promise {
    /// Whether a remedy is owed and not paid yet.
    pub fn owes(&self) -> bool {
        self.state == State::Broken && self.remedy.is_some() && self.paid_at.is_none()
    }
}

/// A wording of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// What was promised.
    pub what: String,
    /// Until which day.
    pub due_on: NaiveDate,
    /// What was owed if it was missed.
    pub remedy: Option<String>,
    /// Why it was changed.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
}

/// A new promise or a new wording, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What is promised: 3 to 500 characters.
    pub what: String,
    /// The day until which it is to be done: `2026-12-01`.
    pub due_on: String,
    /// What is owed if it is missed.
    pub remedy: Option<String>,
    /// The amount of it, in euros: `12.50`.
    pub remedy_amount: Option<String>,
    /// Who is accountable; nobody in particular means the owner of the post.
    pub accountable: Option<PersonId>,
    /// Why, when it is a new wording.
    pub reason: Option<String>,
}

/// How many promises stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Their date lies ahead.
    pub open: i64,
    /// Done.
    pub kept: i64,
    /// Missed.
    pub broken: i64,
    /// Taken back.
    pub withdrawn: i64,
    /// Broken with a remedy that was not paid yet.
    pub owed: i64,
    /// Broken with a remedy that was paid.
    pub paid: i64,
    /// The amount that is owed, in cents.
    pub owed_cents: i64,
    /// The amount that was paid, in cents.
    pub paid_cents: i64,
}

/// The largest amount of euros that a remedy names: `€ 50`, `EUR 50`, `50 euro`, `50 euros`. What is worded otherwise has none.
pub fn amount_in(text: &str) -> Option<i64> {
    let spaced = text.replace('€', " € ");
    let words: Vec<&str> = spaced.split_whitespace().map(|w| w.trim_matches(|c: char| "()[];:!?\"'".contains(c))).collect();
    let is_sign = |word: &str| matches!(word.to_lowercase().trim_end_matches(['.', ',']), "€" | "eur" | "euro" | "euros");
    let amount = |word: &str| {
        let word = word.trim_end_matches(['.', ',', '-']);
        // 1.500 and 1,500 are fifteen hundred
        let grouped = word.replace(['.', ','], "");
        match word.rsplit_once(['.', ',']) {
            Some((_, rest)) if rest.len() == 3 => parse_amount(&grouped),
            _ => parse_amount(word),
        }
        .ok()
    };
    let signs = words.iter().enumerate().filter(|(_, word)| is_sign(word));
    signs.flat_map(|(n, _)| [n.checked_sub(1), n.checked_add(1)]).filter_map(|n| words.get(n?).and_then(|word| amount(word))).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_names_its_amount() {
        for (text, cents) in [
            ("€ 100", Some(10_000)),
            ("€100 credit.", Some(10_000)),
            ("12.50 euros per line", Some(1_250)),
            ("EUR 1.500,-", Some(150_000)),
            ("5 euro, or 7 EUR in the shop", Some(700)),
            ("One month free", None),
            ("2 months free", None),
        ] {
            assert_eq!(amount_in(text), cents, "{text}");
        }
    }
}
