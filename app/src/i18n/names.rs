//! Messages that name the values of an enum. Each set of them stands in the list below, with the values that it has: a test looks for
//! every one in every language, and whoever asks for a name asks a set, so that no key is put together out of its sight.

use std::{borrow::Borrow, marker::PhantomData};

use forum::{
    accountability::Period,
    actor::{Role, Scope},
    answer::{self, ReasonClass},
    changelog,
    clock::{self, calendar::Holiday},
    error::{Conflict, Denied},
    event::{Audience, KindName, Part},
    hook::{Shape, Standing, Trouble},
    level,
    lookout::Notable,
    mailbox,
    mailing::{Pace, Topic},
    moderation::{self, Act, Ruling},
    outbox::NotTaken,
    post::{Kind, Sort},
    provenance::Provenance,
    record::Fault,
    ring::Sign,
    screening,
    site::Language,
    status::{Hue, Stage},
};

use super::Words;
use crate::web::Theme;

/// What has a word that keys are made of.
pub trait Named {
    /// The word, as the database and addresses spell it.
    fn word(&self) -> &str;
}

macro_rules! named {
    ($($type:ty),+ $(,)?) => {$(
        impl Named for $type {
            fn word(&self) -> &str {
                self.as_str()
            }
        }
    )+};
}

named!(
    Act,
    Audience,
    changelog::Category,
    Conflict,
    Denied,
    Fault,
    Part,
    Period,
    Role,
    Scope,
    answer::Verdict,
    ReasonClass,
    clock::Name,
    Holiday,
    Hue,
    level::Cause,
    mailbox::Cause,
    NotTaken,
    Kind,
    Sort,
    Provenance,
    Stage,
    Theme,
    Shape,
    Standing,
    Trouble,
    Ruling,
    moderation::Sort,
    Notable,
    Pace,
    Topic,
    screening::Suspicion,
    Sign,
);

impl Named for Language {
    fn word(&self) -> &str {
        self.tag()
    }
}

impl Named for KindName {
    fn word(&self) -> &str {
        (*self).into()
    }
}

/// For what has a name without being an enum.
impl Named for str {
    fn word(&self) -> &str {
        self
    }
}

/// A set of messages: `kind-*` is `kind-idea`, `kind-wish` and so on.
pub struct Names<T: ?Sized> {
    pattern: &'static str,
    of: PhantomData<T>,
}

impl<T: Named + ?Sized> Names<T> {
    /// The key of the message that names a value.
    pub fn key(&self, value: impl Borrow<T>) -> String {
        self.pattern.replace('*', &value.borrow().word().replace('_', "-"))
    }
}

impl Words {
    /// The name of a value, out of a set of names.
    pub fn name<T: Named + ?Sized>(&self, names: Names<T>, value: impl Borrow<T>) -> String {
        self.t(&names.key(value))
    }
}

/// Declares the sets: the type whose values they name, the keys with a `*` in place of the word, and the values when it is not all.
macro_rules! names {
    (@values $type:ty) => { <$type>::ALL };
    (@values $type:ty, $values:expr) => { $values };
    ($($(#[$doc:meta])* $name:ident: $type:ty = $pattern:literal $(, only $values:expr)?;)+) => {
        $(
            $(#[$doc])*
            pub const $name: Names<$type> = Names { pattern: $pattern, of: PhantomData };
        )+

        /// The keys of all sets.
        #[cfg(test)]
        pub(super) fn keys() -> Vec<String> {
            let mut keys = Vec::new();
            $(keys.extend(names!(@values $type $(, $values)?).into_iter().map(|value| $name.key(value)));)+
            keys
        }
    };
}

names! {
    /// Why something concerns whoever was told of it.
    NOTICE_WHY: Audience = "notice-why-*";
    /// A sort of news.
    TOPIC: Topic = "topic-*";
    /// What belongs to it.
    TOPIC_MEANS: Topic = "topic-means-*";
    /// When a letter about it goes out.
    PACE: Pace = "pace-*";
    /// How it came out that mail does not reach somebody.
    UNREACHED: mailbox::Cause = "unreached-*";
    /// Why an answer by mail did not become a comment; the whole sentence, with the name of the site and the length of a comment.
    NOT_TAKEN: NotTaken = "mail-not-taken-*";
    /// A kind of posts, for one post.
    KIND: Kind = "kind-*";
    /// A kind of posts, for many.
    KINDS: Kind = "kinds-*";
    /// What a kind is, for whoever chooses one.
    KIND_MEANS: Kind = "new-kind-*";
    /// The text of a post as a heading: "the idea".
    THE_POST: Kind = "post-the-*";
    /// A colour.
    HUE: Hue = "hue-*";
    /// An order of a list.
    SORT: Sort = "sort-*";
    /// The title of a list in an order; the first has the name of the site.
    LIST_TITLE: Sort = "list-title-*", only [Sort::New, Sort::Top, Sort::Waiting, Sort::Delivered];
    /// A stage.
    STAGE: Stage = "stage-*";
    /// What a column of the roadmap shows.
    COLUMN: Stage = "roadmap-about-*", only [Stage::Planned, Stage::Started, Stage::Delivered, Stage::Confirmed];
    /// Why the company says no.
    REASON: ReasonClass = "reason-*";
    /// What the forum says when it answers by itself.
    ANSWER_CAUSE: answer::Verdict = "answer-cause-*";
    /// Where an idea comes from.
    PROVENANCE: Provenance = "provenance-*";
    /// What is due.
    CLOCK: clock::Name = "clock-*";
    /// How long is left until it is due.
    CLOCK_DUE: clock::Name = "clock-*-due";
    /// How long it is over.
    CLOCK_OVER: clock::Name = "clock-*-over";
    /// That it was met.
    CLOCK_MET: clock::Name = "clock-*-met";
    /// How late it was met.
    CLOCK_LATE: clock::Name = "clock-*-late";
    /// What was due, within a sentence on a level.
    LEVEL_CLOCK: clock::Name = "level-clock-*";
    /// That there is more time for it.
    EXTENDED: clock::Name = "extended-*";
    /// Why a level went up, in a letter.
    MAIL_CAUSE: level::Cause = "mail-cause-*";
    /// Who answers on a level, in a letter.
    MAIL_LEVEL: str = "mail-level-*", only ["1", "2", "3"];
    /// Why somebody may not do something.
    DENIED: Denied = "denied-*";
    /// Why the present state does not allow it.
    CONFLICT: Conflict = "conflict-*";
    /// A role.
    ROLE: Role = "role-*";
    /// Which role allowed what was beyond a mandate.
    DECIDED_BY: Role = "decided-by-*", only [Role::Agent, Role::Lead, Role::Director, Role::Admin];
    /// What a token allows.
    SCOPE: Scope = "scope-*";
    /// A theme.
    THEME: Theme = "theme-*";
    /// A public holiday.
    HOLIDAY: Holiday = "holiday-*", only clock::calendar::dutch_holidays(2025).into_iter().map(|(_, holiday)| holiday);
    /// A house rule.
    HOUSE_RULE: str = "house-rule-*", only (1..=forum::site::HOUSE_RULES).map(|number| number.to_string());
    /// What moderators do.
    ACT: Act = "act-*";
    /// What they did.
    ACTED: Act = "acted-*";
    /// What they did it to.
    THING: moderation::Sort = "thing-*";
    /// What became of an objection.
    RULING: Ruling = "ruling-*";
    /// What speaks for a group of accounts that vote as one.
    SIGN: Sign = "ring-sign-*";
    /// What stands out about a new account.
    NOTABLE: Notable = "notable-*";
    /// Why a text is held back.
    SUSPICION: screening::Suspicion = "suspicion-*";
    /// A period of the scoreboard.
    PERIOD: Period = "score-period-*";
    /// A language, as a group of the scoreboard.
    GROUP_LANGUAGE: Language = "score-group-language-*";
    /// What sort of act stands in the record.
    RECORDED: KindName = "record-act-*", only forum::record::acts();
    /// An act in a sentence.
    DID: KindName = "record-did-*", only forum::record::acts();
    /// What a moderator did, in a sentence.
    MODERATED: Act = "record-moderated-*";
    /// A part of the settings.
    PART: Part = "record-part-*";
    /// What sort of news an entry of the changelog is.
    CHANGELOG: changelog::Category = "changelog-category-*";
    /// What a web-hook hears of.
    HOOK_KIND: KindName = "hook-kind-*", only forum::hook::offered();
    /// Whom it is for.
    HOOK_SHAPE: Shape = "hook-shape-*";
    /// Whether it is told.
    HOOK_STANDING: Standing = "hook-standing-*";
    /// Why a message to it did not arrive.
    HOOK_TROUBLE: Trouble = "hook-trouble-*";
    /// How the record is broken.
    FAULT: Fault = "record-fault-*";
    /// Customers and posts, as groups of the scoreboard.
    GROUP: str = "score-group-*", only ["customers-new", "customers-long", "customers-guest", "votes-few", "votes-some", "votes-many"];
    /// The heading of what a figure means.
    FIGURE: str = "figures-*-h", only crate::pages::accountability::how::FIGURES;
    /// What a figure means.
    FIGURE_MEANS: str = "figures-*", only crate::pages::accountability::how::FIGURES;
    /// What a query finds.
    QUERY: str = "figures-query-*", only ["overdue", "posts", "promises"];
}
