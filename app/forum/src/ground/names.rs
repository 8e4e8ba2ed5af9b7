//! Names that the site gives, in its own language and in others.

use std::collections::BTreeMap;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{error::Check, site::Language, text};

/// What something is called in other languages than that of its plain name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Names(BTreeMap<Language, String>);

impl Names {
    /// What it is called in a language: `plain` where nobody said.
    pub fn called<'a>(&'a self, language: Language, plain: &'a str) -> &'a str {
        self.0.get(&language).map_or(plain, String::as_str)
    }

    /// The name that was given in a language.
    pub fn given(&self, language: Language) -> &str {
        self.0.get(&language).map_or("", String::as_str)
    }

    /// Each language that has a name, with it.
    pub fn all(&self) -> &BTreeMap<Language, String> {
        &self.0
    }
}

/// Names to be given, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamesDraft {
    /// The one that stands where no other is given.
    pub plain: String,
    /// Those in single languages; none where nothing was typed.
    pub given: BTreeMap<Language, String>,
}

impl NamesDraft {
    /// A name that is the same in every language.
    pub fn plain(name: impl Into<String>) -> Self {
        Self { plain: name.into(), given: BTreeMap::new() }
    }

    /// The names, each one line of at most so many characters; what is wrong is known by `name` and [`Language::name_field`].
    pub(crate) fn check(&self, check: &mut Check, max: usize) -> Option<(String, Names)> {
        let plain = check.field("name", text::line(&self.plain, 1, max));
        let mut names = BTreeMap::new();
        for (language, name) in self.given.iter().filter(|(_, name)| !name.trim().is_empty()) {
            if let Some(name) = check.field(language.name_field(), text::line(name, 1, max)) {
                names.insert(*language, name);
            }
        }
        plain.map(|plain| (plain, Names(names)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_name_that_nobody_gave_is_the_plain_one() {
        let mut check = Check::new();
        let given = BTreeMap::from([(Language::Nl, " Rekeningen ".to_owned()), (Language::En, "  ".to_owned())]);
        let draft = NamesDraft { plain: "Billing".to_owned(), given };
        let (plain, names) = draft.check(&mut check, 20).unwrap();
        assert_eq!((names.called(Language::Nl, &plain), names.called(Language::En, &plain)), ("Rekeningen", "Billing"));
        assert_eq!(serde_json::to_string(&names).unwrap(), r#"{"nl":"Rekeningen"}"#);
    }

    #[test]
    fn each_name_is_checked_by_itself() {
        let mut check = Check::new();
        let given = BTreeMap::from([(Language::Nl, "x".repeat(21))]);
        NamesDraft { plain: String::new(), given }.check(&mut check, 20);
        match check.finish(()) {
            Err(Error::Invalid(fields)) => assert_eq!(fields.iter().map(|f| f.field).collect::<Vec<_>>(), ["name", "name_nl"]),
            other => panic!("{other:?}"),
        }
    }
}
