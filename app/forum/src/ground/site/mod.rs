//! The settings of the site, kept in the database so that every instance has the same.

pub mod calendar;
mod changes;
mod colour;
mod drafts;
mod embeds;
mod face;
mod terms;

pub use calendar::Calendar;
pub use colour::{Accent, Colour, Shades};
pub use drafts::*;
pub use embeds::{EmbedDraft, ORIGINS_MAX};
pub use face::*;
pub use terms::Terms;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use changes::differences;

use crate::{
    Result, Tx,
    actor::Actor,
    db::{all, exec, number, values},
    event::{self, Part},
    id::BoardId,
    mandate::Mandates,
    values::Kind,
};

/// The languages of the site, in the order in which they are offered. Each is a line here and a folder in `app/locales`: its name in the
/// code, its BCP 47 tag, the part of the world whose way of writing numbers and dates it follows, its own name for itself.
#[macro_export]
macro_rules! languages {
    ($then:ident) => {
        $then! {
            En "en" "en-GB" "English",
            Nl "nl" "nl-NL" "Nederlands",
        }
    };
}

macro_rules! declare {
    ($($language:ident $tag:literal $region:literal $name:literal,)+) => {
        /// A language that people can read the site in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Language {
            $(#[doc = $name] #[serde(rename = $tag)] $language,)+
        }

        impl Language {
            /// In the order in which they are offered.
            pub const ALL: [Self; [$($tag),+].len()] = [$(Self::$language),+];

            /// Its BCP 47 tag.
            pub fn tag(self) -> &'static str {
                match self { $(Self::$language => $tag,)+ }
            }

            /// The tag of the part of the world whose way of writing it follows.
            pub fn region(self) -> &'static str {
                match self { $(Self::$language => $region,)+ }
            }

            /// Its own name for itself.
            pub fn name(self) -> &'static str {
                match self { $(Self::$language => $name,)+ }
            }

            /// The field of a form in which a name in it stands.
            pub fn name_field(self) -> &'static str {
                match self { $(Self::$language => concat!("name_", $tag),)+ }
            }

            /// The field in which the sentence stands that says in it who the company is.
            pub fn about_field(self) -> &'static str {
                match self { $(Self::$language => concat!("about_", $tag),)+ }
            }

            /// The field in which a text in it stands.
            pub fn text_field(self) -> &'static str {
                match self { $(Self::$language => concat!("text_", $tag),)+ }
            }
        }
    };
}

languages!(declare);

impl Language {
    /// The language of a BCP 47 tag; regions don't matter.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.tag().eq_ignore_ascii_case(primary))
    }
}

/// How owners are shown in public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnerShown {
    /// By name and title.
    Name,
    /// By title only.
    Title,
}

/// The settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    /// The company, as it stands beside the product's name.
    pub name: String,
    /// Who the company is and what this is, in one sentence, in each language.
    pub about: BTreeMap<Language, String>,
    /// The colour of the site, when it has one of its own.
    pub accent: Option<Accent>,
    /// What a visitor reads when no other language is asked for.
    pub language: Language,
    /// The languages that are on offer; all when none is named.
    pub languages: Vec<Language>,
    /// IANA name of the zone in which deadlines end at 17:00.
    pub time_zone: Tz,
    /// Days on which the company works.
    pub work_week: Vec<Weekday>,
    /// Whether the Dutch public holidays are days off.
    pub dutch_holidays: bool,
    /// Days off of the company's own.
    pub days_off: BTreeMap<NaiveDate, String>,
    /// How owners are shown.
    pub owner_shown: OwnerShown,
    /// Deadlines of complaints.
    pub complaint_terms: Terms,
    /// Deadlines of ideas, wishes and criticism.
    pub idea_terms: Terms,
    /// Boards with deadlines of their own, by slug.
    pub board_terms: BTreeMap<String, BoardTerms>,
    /// Public holidays on which the company works all the same.
    pub days_worked: BTreeSet<NaiveDate>,
    /// What each role may do without asking.
    pub mandates: Mandates,
    /// Working days after which a post without an owner gets one.
    pub triage_days: u32,
    /// Share of first answers that should come in time, in percent: drawn into the scoreboard as a mark.
    pub target_on_time: u32,
    /// The numbered house rules, when the site has some of its own.
    pub rules: Vec<HouseRule>,
    /// Whether people without an account may post.
    pub guests: bool,
    /// On whose pages it may be shown in a frame; on nobody's until it is said.
    pub embed_origins: Vec<String>,
    /// The kinds of events that a web-hook wants, so that nobody asks the database at each of the others.
    pub hooked: BTreeSet<String>,
}

/// The deadlines of one board, where they differ from those of the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardTerms {
    /// Of complaints.
    pub complaint: Option<Terms>,
    /// Of ideas, wishes and criticism.
    pub idea: Option<Terms>,
}

/// How many house rules there are when the site has none of its own. Their words are the business of the doors.
pub const HOUSE_RULES: u32 = 6;

/// One numbered house rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseRule {
    /// Its number, which acts of moderation name.
    pub number: u32,
    /// Whether it is in force no longer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// What it said before, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerRule>,
    /// Its text in every language.
    #[serde(flatten)]
    pub texts: BTreeMap<Language, String>,
}

/// What a house rule said until a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerRule {
    /// Until when.
    pub until: DateTime<Utc>,
    /// Its text in every language.
    #[serde(flatten)]
    pub texts: BTreeMap<Language, String>,
}

impl HouseRule {
    /// As it stood at a time: acts of moderation are judged by what was said then.
    #[must_use]
    pub fn at(&self, at: DateTime<Utc>) -> Self {
        let texts = self.former.iter().find(|former| at < former.until).map_or(&self.texts, |former| &former.texts);
        Self { texts: texts.clone(), ..self.clone() }
    }

    /// What it says in a language: there, else in any; nothing where the words are those that the forum comes with.
    pub fn text(&self, language: Language) -> Option<&str> {
        self.texts.get(&language).or_else(|| self.texts.values().next()).map(String::as_str)
    }
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "Answerable".to_owned(),
            about: BTreeMap::new(),
            accent: None,
            language: Language::En,
            languages: Vec::new(),
            time_zone: chrono_tz::Europe::Amsterdam,
            work_week: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            dutch_holidays: true,
            days_off: BTreeMap::new(),
            owner_shown: OwnerShown::Name,
            complaint_terms: Terms { first_answer: 2, decision: 5, next_update: 5 },
            idea_terms: Terms { first_answer: 5, decision: 30, next_update: 20 },
            board_terms: BTreeMap::new(),
            days_worked: BTreeSet::new(),
            mandates: Mandates::default(),
            triage_days: 1,
            target_on_time: 90,
            rules: Vec::new(),
            guests: true,
            embed_origins: Vec::new(),
            hooked: BTreeSet::new(),
        }
    }
}

impl Site {
    /// The rules of the house, those among them that are withdrawn: acts that named one still do.
    pub fn every_rule(&self) -> Vec<HouseRule> {
        if self.rules.is_empty() {
            let plain = |number| HouseRule { number, withdrawn: false, former: Vec::new(), texts: BTreeMap::new() };
            return (1..=HOUSE_RULES).map(plain).collect();
        }
        self.rules.clone()
    }

    /// Whether a language is on offer.
    pub fn offers(&self, language: Language) -> bool {
        self.languages.is_empty() || self.languages.contains(&language)
    }

    /// The languages that are on offer.
    pub fn on_offer(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL.into_iter().filter(|language| self.offers(*language))
    }

    /// A language, if it is on offer: else that of the site.
    pub fn offered(&self, language: Language) -> Language {
        if self.offers(language) { language } else { self.language }
    }

    /// The language on offer after this one, and after the last the first; none when there is no other.
    pub fn next_language(&self, language: Language) -> Option<Language> {
        let after = Language::ALL.into_iter().cycle().skip_while(|other| *other != language).skip(1);
        after.take(Language::ALL.len()).find(|other| self.offers(*other) && *other != language)
    }

    /// Who the company is and what this is: in that language, else in the site's, else in any.
    pub fn about(&self, language: Language) -> Option<&str> {
        let said = self.about.get(&language).or_else(|| self.about.get(&self.language));
        said.or_else(|| self.about.values().next()).map(String::as_str)
    }

    /// Which days are working days.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar {
            work_week: &self.work_week,
            dutch_holidays: self.dutch_holidays,
            days_off: &self.days_off,
            days_worked: &self.days_worked,
        }
    }

    /// The deadlines of a kind on a board, by the slug of the board.
    pub fn terms(&self, kind: Kind, board: &str) -> Terms {
        let own = self.board_terms.get(board);
        match kind {
            Kind::Complaint => own.and_then(|terms| terms.complaint).unwrap_or(self.complaint_terms),
            Kind::Idea | Kind::Wish | Kind::Criticism => own.and_then(|terms| terms.idea).unwrap_or(self.idea_terms),
        }
    }
}

/// The settings as they are; what was never set has its default.
pub async fn load(db: &impl ConnectionTrait) -> Result<Site> {
    #[derive(FromQueryResult)]
    struct Row {
        key: String,
        value: serde_json::Value,
    }
    let rows = all::<Row>(db, "SELECT key, value FROM settings", []).await?;
    let object: serde_json::Map<String, serde_json::Value> = rows.into_iter().map(|row| (row.key, row.value)).collect();
    serde_json::from_value(serde_json::Value::Object(object)).map_err(crate::Error::internal)
}

/// Whether nobody was ever here: no person and no post.
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    let sql = "SELECT CAST(1 AS bigint) AS n WHERE EXISTS (SELECT 1 FROM persons) OR EXISTS (SELECT 1 FROM posts)";
    Ok(number(db, sql, []).await?.is_none())
}

/// Who may change the settings: admins, and whoever runs the forum.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_change(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Changes the settings from what they are in the database, which another instance may have written since this one read them. Who
/// calls it refreshes the site of the forum afterwards.
pub async fn change(tx: &mut Tx, edit: impl FnOnce(&mut Site) -> Result<()>) -> Result<()> {
    may_change(tx.actor())?;
    let before = load(tx.conn()).await?;
    let mut site = before.clone();
    edit(&mut site)?;
    // only what changed: somebody else may change something else at the same time
    let before = object(&before)?;
    let changed = object(&site)?.into_iter().filter(|(key, value)| before.get(key) != Some(value)).collect();
    tx.rearrange();
    keep(tx, &before, changed).await
}

/// The settings whose changes are official, and the part of the whole that each belongs to. The others only change how the site looks.
const OFFICIAL: [(&str, Part); 14] = [
    ("time_zone", Part::Calendar),
    ("work_week", Part::Calendar),
    ("dutch_holidays", Part::Calendar),
    ("days_off", Part::Calendar),
    ("days_worked", Part::Calendar),
    ("complaint_terms", Part::Clocks),
    ("idea_terms", Part::Clocks),
    ("board_terms", Part::Clocks),
    ("triage_days", Part::Clocks),
    ("target_on_time", Part::Clocks),
    ("mandates", Part::Mandates),
    ("rules", Part::Rules),
    // who may say something is a rule, too
    ("guests", Part::Rules),
    ("embed_origins", Part::Embeds),
];

/// Keeps the settings.
pub async fn save(tx: &mut Tx, site: &Site) -> Result<()> {
    tx.actor().admin()?;
    let before = object(&load(tx.conn()).await?)?;
    let (changed, same): (Vec<_>, Vec<_>) = object(site)?.into_iter().partition(|(key, value)| before.get(key) != Some(value));
    keep(tx, &before, changed).await?;
    put(tx, same).await
}

/// The settings by their keys.
fn object(site: &Site) -> Result<serde_json::Map<String, serde_json::Value>> {
    match serde_json::to_value(site).map_err(crate::Error::internal)? {
        serde_json::Value::Object(object) => Ok(object),
        _ => Err(crate::Error::internal("settings are an object")),
    }
}

/// Keeps what changed, and notes what of it is official.
async fn keep(
    tx: &mut Tx,
    before: &serde_json::Map<String, serde_json::Value>,
    changed: Vec<(String, serde_json::Value)>,
) -> Result<()> {
    // one event of each part; the terms of a board are told to those who see it
    let mut told: Vec<(Part, Option<BoardId>, Vec<event::Change>)> = Vec::new();
    for (official, part) in OFFICIAL {
        let Some((_, after)) = changed.iter().find(|(key, _)| key == official) else { continue };
        let changes = differences(official, before.get(official).unwrap_or(&serde_json::Value::Null), after);
        if changes.is_empty() && !told.iter().any(|(of, ..)| *of == part) {
            told.push((part, None, Vec::new()));
        }
        for change in changes {
            let board = board_of(tx, &change.key).await?;
            match told.iter_mut().find(|(of, on, _)| (*of, *on) == (part, board)) {
                Some((.., changes)) => changes.push(change),
                None => told.push((part, board, vec![change])),
            }
        }
    }
    for (part, board, changes) in told {
        tx.happened(None, event::Kind::SettingsChanged { part, changes }).board = board;
    }
    put(tx, changed).await
}

/// The board whose own terms a setting is.
async fn board_of(tx: &Tx, key: &str) -> Result<Option<BoardId>> {
    let Some(slug) = key.strip_prefix("board_terms.").and_then(|rest| rest.split('.').next()) else { return Ok(None) };
    Ok(number(tx.conn(), "SELECT id AS n FROM boards WHERE slug = $1", values![slug]).await?.map(BoardId))
}

async fn put(tx: &Tx, settings: impl IntoIterator<Item = (String, serde_json::Value)>) -> Result<()> {
    for (key, value) in settings {
        exec(
            tx.conn(),
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            values![key, value],
        )
        .await?;
    }
    Ok(())
}
