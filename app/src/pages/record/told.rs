//! An entry in plain sentences.

use chrono::{DateTime, Utc};
use fluent_bundle::FluentValue;
use forum::{
    actor::Role,
    event::{Kind, KindName},
    record::{Open, Shown},
    site::OwnerShown,
};

use crate::{
    i18n::names,
    parts::{
        when,
        who::{owner_name, public_name},
    },
    t,
    web::Visit,
};

/// What a page says of an entry.
pub(super) struct Told {
    pub(super) at: DateTime<Utc>,
    pub(super) sentence: String,
    /// In which role it was done.
    pub(super) role: String,
    pub(super) rule: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) post: Option<i64>,
}

impl Told {
    /// With the rule that was named.
    pub(super) fn whole(&self, visit: &Visit) -> String {
        match &self.rule {
            Some(rule) => t!(visit.words, "record-under-rule", sentence = self.sentence.as_str(), rule = rule.as_str()),
            None => self.sentence.clone(),
        }
    }
}

/// As much as the reader may know.
pub(super) fn told(visit: &Visit, shown: &Shown) -> Told {
    let (words, entry) = (visit.words, &shown.entry);
    let open = shown.open.as_ref();
    let role = match open {
        Some(open) => open.event.role.filter(|role| role.is_staff()),
        None => entry.role.as_deref().and_then(|role| Role::parse(role).ok()),
    };
    let by = open.and_then(|open| open.by.as_ref());
    let by = by.map(|person| match (visit.site.owner_shown, &person.title) {
        // what stands beside a name is set off before the verb
        (OwnerShown::Name, Some(_)) => format!("{},", owner_name(visit, person)),
        _ => owner_name(visit, person),
    });
    let who = by.unwrap_or_else(|| match role {
        Some(role) => t!(words, "record-somebody", role = words.name(names::ROLE, role)),
        None => t!(words, "record-forum"),
    });
    let act = open.map(|open| open.event.kind.name()).or(Some(&entry.act)).and_then(KindName::parse);
    let sentence = match act {
        Some(act) => {
            let mut values = vec![("who", who)];
            values.extend(details(visit, open));
            let values: Vec<_> = values.into_iter().map(|(name, value)| (name, FluentValue::from(value))).collect();
            words.ta(&names::DID.key(act), &values)
        }
        None if entry.is_withheld() => t!(words, "record-withheld"),
        // of another version of the forum
        None => entry.act.clone(),
    };
    let number = open.map_or(entry.rule, |open| open.event.rule);
    let rules = visit.site.every_rule();
    let rule = number.map(|number| {
        let text = rules.iter().find(|rule| i64::from(rule.number) == i64::from(number));
        let text = text.map(|rule| visit.rule_in(visit.language(), rule)).unwrap_or_default();
        t!(words, "record-rule", number = i64::from(number), text = text)
    });
    let role = match (role, entry.is_withheld() && open.is_none()) {
        (_, true) => t!(words, "record-not-for-all"),
        (Some(role), _) => words.name(names::ROLE, role),
        // who objects does not have to be named for it
        (None, _) if act == Some(KindName::Appealed) => words.name(names::ROLE, Role::Member),
        (None, _) => t!(words, "record-by-rule"),
    };
    Told {
        at: entry.at.parse().unwrap_or_default(),
        sentence,
        role,
        rule,
        reason: open.and_then(|open| open.event.reason.clone()),
        post: open.map_or(entry.post, |open| open.event.post.map(|post| post.0)),
    }
}

/// What a sentence can name besides who acted: a value for each variable, so that none stands empty.
fn details(visit: &Visit, open: Option<&Open>) -> Vec<(&'static str, String)> {
    let words = visit.words;
    let person = open.and_then(|open| open.person.as_ref()).map(|person| public_name(visit, person));
    let mut clock = t!(words, "record-some-deadline");
    let mut act = t!(words, "record-some-act");
    let (mut level, mut day, mut part, mut version, mut role) = Default::default();
    match open.map(|open| &open.event.kind) {
        Some(Kind::ClockMissed { clock: name, .. }) => clock = words.name(names::CLOCK, *name),
        Some(Kind::ClockExtended { clock: name, new_due_at, .. }) => {
            clock = words.name(names::CLOCK, *name);
            day = when::due_text(visit, *new_due_at);
        }
        Some(Kind::LevelChanged { to, .. }) => level = words.number(i64::from(*to)),
        Some(Kind::SettingsChanged { part: changed, .. }) => part = words.name(names::PART, *changed),
        Some(Kind::RankingChanged { version: number, .. }) => version = words.number(i64::from(*number)),
        Some(Kind::Moderated { act: done, .. }) => act = words.name(names::MODERATED, *done),
        Some(Kind::RoleSet { to, .. }) => role = words.name(names::ROLE, *to),
        _ => {}
    }
    let person = person.unwrap_or_else(|| t!(words, "record-some-person"));
    vec![
        ("person", person),
        ("act", act),
        ("clock", clock),
        ("level", level),
        ("day", day),
        ("part", part),
        ("version", version),
        ("role", role),
    ]
}

/// A digest as far as one compares it by eye.
pub(super) fn short(digest: &str) -> String {
    format!("{}…{}", digest.get(..4).unwrap_or_default(), digest.get(digest.len().saturating_sub(4)..).unwrap_or_default())
}
