//! How the site shows itself: its name, who it is, its colour, and the languages that it speaks. As typed, each form checked as a whole.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Accent, Language, Site};
use crate::{
    Error, Result,
    error::{Check, Problem},
    text,
};

/// Characters of the company's name, at most: it stands in the header of every page.
pub const NAME_MAX: usize = 60;
/// Characters of the sentence that says who it is, at most.
pub const ABOUT_MAX: usize = 300;
/// Characters of a house rule, at most.
pub const RULE_MAX: usize = 600;
/// House rules, at most.
pub const RULES_MAX: usize = 50;

/// The name, the sentence, the colour and the languages.
#[derive(Debug, Clone, Default)]
pub struct FaceDraft {
    /// The company.
    pub name: String,
    /// Who it is and what this is, in one sentence; none where nothing was typed.
    pub about: BTreeMap<Language, String>,
    /// `#rrggbb`; nothing is the colour that the forum comes with.
    pub accent: String,
    /// Tag of the language that a visitor reads when no other is asked for.
    pub language: String,
    /// Tags of the languages that are on offer.
    pub languages: Vec<String>,
    /// Whether people without an account may post.
    pub guests: bool,
}

impl FaceDraft {
    /// Puts it into the settings.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `name`, [`Language::about_field`], `accent`, `language`, `languages`.
    pub fn apply(&self, site: &mut Site) -> Result<()> {
        let mut check = Check::new();
        let name = check.field("name", text::line(&self.name, 1, NAME_MAX));
        let about = sentences(&mut check, &self.about, ABOUT_MAX, Language::about_field);
        let accent = self.accent.trim();
        let accent = check.field("accent", if accent.is_empty() { Ok(None) } else { Accent::parse(accent).map(Some) });
        let languages: Vec<_> =
            Language::ALL.into_iter().filter(|language| self.languages.iter().any(|tag| tag == language.tag())).collect();
        if languages.is_empty() {
            check.refuse("languages", Problem::Required);
        }
        let language = Language::ALL.into_iter().find(|language| language.tag() == self.language).ok_or(Problem::UnknownChoice);
        let language = check.field("language", language);
        if language.is_some_and(|language| !languages.is_empty() && !languages.contains(&language)) {
            check.refuse("language", Problem::NotOffered);
        }
        let (name, accent, language) = check.finish((name, accent, language))?;
        (site.name, site.about, site.accent, site.language) = (name, about, accent, language);
        site.languages = languages;
        site.guests = self.guests;
        Ok(())
    }
}

impl Site {
    /// Says who the company is, in each language in which something was typed.
    ///
    /// # Errors
    /// [`Error::Invalid`] on [`Language::about_field`].
    pub fn say_about(&mut self, typed: &BTreeMap<Language, String>) -> Result<()> {
        let mut check = Check::new();
        let about = sentences(&mut check, typed, ABOUT_MAX, Language::about_field);
        check.finish(())?;
        self.about = about;
        Ok(())
    }
}

/// Texts in single languages, without those where nothing was typed.
fn sentences(
    check: &mut Check,
    typed: &BTreeMap<Language, String>,
    max: usize,
    field: fn(Language) -> &'static str,
) -> BTreeMap<Language, String> {
    let given = typed.iter().filter(|(_, text)| !text.trim().is_empty());
    given.filter_map(|(language, text)| Some((*language, check.field(field(*language), text::line(text, 1, max))?))).collect()
}

/// What a house rule says, in each language.
#[derive(Debug, Clone, Default)]
pub struct RuleDraft {
    /// Its text; where nothing was typed, that of the forum, or of another language.
    pub texts: BTreeMap<Language, String>,
}

impl RuleDraft {
    /// Whether a rule says just this.
    pub fn says(&self, rule: &super::HouseRule) -> bool {
        self.check(true).is_ok_and(|texts| texts == rule.texts)
    }

    fn check(&self, is_needed: bool) -> Result<BTreeMap<Language, String>> {
        let mut check = Check::new();
        let texts = sentences(&mut check, &self.texts, RULE_MAX, Language::text_field);
        if is_needed && self.texts.values().all(|text| text.trim().is_empty()) {
            check.refuse(Language::ALL[0].text_field(), Problem::Required);
        }
        check.finish(())?;
        Ok(texts)
    }

    /// Adds it as a rule, with the next number: numbers are never used twice, since acts of moderation name them.
    ///
    /// # Errors
    /// [`Error::Invalid`] on [`Language::text_field`].
    pub fn add(&self, site: &mut Site) -> Result<()> {
        let texts = self.check(true)?;
        site.own_rules();
        if site.rules.len() >= RULES_MAX {
            return Err(Error::invalid(Language::ALL[0].text_field(), Problem::TooMany { max: RULES_MAX }));
        }
        let number = site.rules.iter().map(|rule| rule.number).max().unwrap_or(0) + 1;
        site.rules.push(super::HouseRule { number, withdrawn: false, former: Vec::new(), texts });
        Ok(())
    }

    /// Words the rule of that number anew. What it said before stays readable, with the date until which it did.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] on [`Language::text_field`].
    pub fn apply(&self, site: &mut Site, number: u32, now: DateTime<Utc>) -> Result<()> {
        // a rule that the forum comes with has words without anybody typing them
        let texts = self.check(number > super::HOUSE_RULES)?;
        let rule = site.own_rule(number)?;
        if rule.texts != texts {
            let former = std::mem::replace(&mut rule.texts, texts);
            rule.former.push(super::FormerRule { until: now, texts: former });
        }
        Ok(())
    }
}

/// Withdraws a rule, or puts it into force again. It keeps its number and its words: acts that named it still do.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when no rule would be left.
pub fn withdraw_rule(site: &mut Site, number: u32, withdrawn: bool) -> Result<()> {
    site.own_rule(number)?.withdrawn = withdrawn;
    if site.rules.iter().all(|rule| rule.withdrawn) {
        return Err(Error::invalid("", Problem::LastRule));
    }
    Ok(())
}

impl Site {
    /// The rules that the forum comes with become the site's own, so that they can be changed one by one.
    fn own_rules(&mut self) {
        self.rules = self.every_rule();
    }

    fn own_rule(&mut self, number: u32) -> Result<&mut super::HouseRule> {
        self.own_rules();
        self.rules.iter_mut().find(|rule| rule.number == number).ok_or(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(result: Result<()>) -> Vec<(&'static str, Problem)> {
        match result {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|f| (f.field, f.problem)).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn draft() -> FaceDraft {
        FaceDraft {
            name: "Noordlicht".to_owned(),
            about: BTreeMap::from([(Language::Nl, "Wij zijn Noordlicht.".to_owned()), (Language::En, " ".to_owned())]),
            accent: "#0b5f70".to_owned(),
            language: "nl".to_owned(),
            languages: vec!["nl".to_owned()],
            guests: true,
        }
    }

    #[test]
    fn a_site_speaks_its_own_language() {
        let mut site = Site::default();
        let refused = FaceDraft { language: "en".to_owned(), ..draft() };
        assert_eq!(wrong(refused.apply(&mut site)), [("language", Problem::NotOffered)]);
        let refused = FaceDraft { languages: Vec::new(), language: "de".to_owned(), ..draft() };
        assert_eq!(wrong(refused.apply(&mut site)), [("languages", Problem::Required), ("language", Problem::UnknownChoice)]);
        assert_eq!(site, Site::default(), "nothing of a draft that is wrong takes effect");
        draft().apply(&mut site).unwrap();
        assert_eq!((site.offered(Language::En), site.offered(Language::Nl)), (Language::Nl, Language::Nl));
        assert_eq!(site.about(Language::En), Some("Wij zijn Noordlicht."), "in another language rather than not at all");
    }

    #[test]
    fn a_pale_accent_is_answered_with_the_nearest_that_can_be_read() {
        let refused = wrong(FaceDraft { accent: "#ffcc00".to_owned(), ..draft() }.apply(&mut Site::default()));
        let [("accent", Problem::TooPale { enough })] = refused.as_slice() else { panic!("{refused:?}") };
        FaceDraft { accent: enough.clone(), ..draft() }.apply(&mut Site::default()).unwrap();
    }

    #[test]
    fn rules_keep_their_numbers() {
        let mut site = Site::default();
        let rule = |text: &str| RuleDraft { texts: BTreeMap::from([(Language::En, text.to_owned())]) };
        assert_eq!(wrong(rule(" ").add(&mut site)), [("text_en", Problem::Required)]);
        rule("Be kind.").add(&mut site).unwrap();
        withdraw_rule(&mut site, 7, true).unwrap();
        rule("Be brief.").add(&mut site).unwrap();
        let at = |day: &str| format!("2026-11-{day}T12:00:00Z").parse::<DateTime<Utc>>().unwrap();
        rule("Be calm.").apply(&mut site, 2, at("20")).unwrap();
        rule("").apply(&mut site, 3, at("20")).unwrap();
        let rules = site.every_rule();
        let in_force: Vec<_> = rules.iter().filter(|rule| !rule.withdrawn).map(|rule| rule.number).collect();
        assert_eq!(in_force, [1, 2, 3, 4, 5, 6, 8]);
        let text = |n: usize| rules[n].text(Language::Nl);
        assert!(rules[2].former.is_empty(), "what says the same as before has no earlier wording");
        rule("Be very calm.").apply(&mut site, 2, at("24")).unwrap();
        let said = |day: &str| site.every_rule()[1].at(at(day)).text(Language::Nl).map(str::to_owned);
        assert_eq!(said("19"), None, "the words that the forum comes with");
        assert_eq!((said("22").as_deref(), said("25").as_deref()), (Some("Be calm."), Some("Be very calm.")));
        assert_eq!((text(0), text(1), text(7)), (None, Some("Be calm."), Some("Be brief.")));
        assert!(matches!(rule("x").apply(&mut site, 9, at("20")), Err(Error::NotFound)));
        for number in [1, 2, 3, 4, 5, 6] {
            withdraw_rule(&mut site, number, true).unwrap();
        }
        assert_eq!(wrong(withdraw_rule(&mut site.clone(), 8, true)), [("", Problem::LastRule)]);
    }
}
