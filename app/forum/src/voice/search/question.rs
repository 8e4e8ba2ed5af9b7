//! What somebody searches for: units, each of which can be met in several ways.

use sea_orm::ConnectionTrait;

use super::spelling::{self, Kin, SHORTEST_BEGINNING};
use crate::{
    Result,
    words::{LONGEST_WORD, Piece, is_small, pieces},
};

/// Units of a question that count, the longest: more would only make it slow.
pub(super) const MOST_UNITS: usize = 8;
/// Parts of a word with hyphens that count as one.
pub(super) const MOST_PARTS: usize = 4;
/// Signs that stand together and count.
const MOST_SIGNS: usize = 32;
/// Ways to meet a unit that count where only some of the units have to be met: there each is asked for several times.
const MOST_WAYS: usize = 24;
/// Letters of a part that a word may be taken apart into.
const SHORTEST_PART: usize = 2;

/// How near to the word that was typed each way is to have met it.
pub(super) mod closeness {
    pub(crate) const EXACT: f64 = 1.0;
    pub(super) const JOINED: f64 = 0.95;
    pub(super) const INFLECTED: f64 = 0.9;
    pub(crate) const BEGUN: f64 = 0.8;
    pub(super) const INSIDE: f64 = 0.7;
    pub(super) const APART: f64 = 0.6;
    pub(super) const MISTYPED: f64 = 0.5;
}

/// A word, the beginning of one, or signs that stand together. Letters, digits and their marks only, so that it can't be taken for an
/// operator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Term {
    pub(super) words: Vec<String>,
    /// Whether the last word may go on.
    pub(super) is_prefix: bool,
}

/// A way to meet a unit: all of these terms, wherever they stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) terms: Vec<Term>,
    pub(super) closeness: f64,
    /// Whether it is another spelling than the one that was typed.
    pub(super) is_spelling: bool,
}

/// A word of a question, a word with hyphens in it, or signs without spaces.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// What was typed, in plain words.
    words: Vec<String>,
    are_signs: bool,
    pub(super) ways: Vec<Way>,
}

/// How far a search goes to find anything: each goes further than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::VariantArray)]
pub(crate) enum Reach {
    /// All units, in one text.
    All,
    /// The same, with words a letter off.
    Near,
    /// All but one of them.
    Most,
    /// Any of them.
    Any,
}

impl Reach {
    /// Whether all units are in one text.
    pub(crate) fn is_of_all(self) -> bool {
        self <= Self::Near
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    pub(super) units: Vec<Unit>,
}

/// What documents have to contain.
pub(super) enum Expression<'q> {
    Term(&'q Term),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Term {
    fn word(word: &str) -> Self {
        Self { words: vec![word.to_owned()], is_prefix: false }
    }

    /// Words that begin so; this word itself when it is too short for that.
    pub(super) fn beginning(word: &str) -> Self {
        Self { is_prefix: word.chars().count() >= SHORTEST_BEGINNING, ..Self::word(word) }
    }

    /// Signs that stand together; the last of several may lack a vowel yet.
    pub(super) fn signs(words: &[String]) -> Self {
        Self { words: words.to_vec(), is_prefix: words.len() > 1 }
    }
}

impl Unit {
    fn new(words: Vec<String>, are_signs: bool) -> Self {
        let terms = if are_signs { vec![Term::signs(&words)] } else { words.iter().map(|word| Term::beginning(word)).collect() };
        let mut unit = Self { words, are_signs, ways: Vec::new() };
        unit.ways.push(Way { terms, closeness: closeness::EXACT, is_spelling: false });
        if !are_signs && unit.words.len() > 1 {
            unit.joined(&unit.words.concat());
        }
        unit
    }

    /// The one word that it is, unless it is several or signs.
    fn word(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] if !self.are_signs => Some(word),
            _ => None,
        }
    }

    /// How much it says, against others: long words are rare ones.
    pub(super) fn weight(&self) -> f64 {
        4.0 + self.letters().min(10) as f64
    }

    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(|word| word.chars().count()).sum()
    }

    fn add(&mut self, terms: Vec<Term>, closeness: f64, is_spelling: bool) {
        if !self.ways.iter().any(|way| way.terms == terms) {
            self.ways.push(Way { terms, closeness, is_spelling });
        }
    }

    fn joined(&mut self, word: &str) {
        let letters = word.chars().count();
        if (SHORTEST_BEGINNING..=LONGEST_WORD).contains(&letters) {
            self.add(vec![Term::beginning(word)], closeness::JOINED, true);
        }
    }
}

impl Question {
    /// The units of a question as typed. Small words count only where there are no others.
    pub(crate) fn parse(query: &str) -> Self {
        let mut units: Vec<Unit> = Vec::new();
        let mut group: Vec<Piece> = Vec::new();
        let mut finish = |group: &mut Vec<Piece>| {
            let signs = group.first().is_some_and(|piece| piece.is_sign);
            let mut words: Vec<String> = group.drain(..).map(|piece| piece.word).collect();
            if signs {
                words.truncate(MOST_SIGNS);
            }
            if signs || words.len() <= MOST_PARTS {
                units.extend((!words.is_empty()).then(|| Unit::new(words, signs)));
            } else {
                units.extend(words.into_iter().map(|word| Unit::new(vec![word], false)));
            }
        };
        for piece in pieces(query) {
            let goes_on = group.last().is_some_and(|last: &Piece| match (last.is_sign, piece.is_sign) {
                (true, true) => last.at.end == piece.at.start,
                (false, false) => piece.is_joined,
                _ => false,
            });
            if !goes_on {
                finish(&mut group);
            }
            group.push(piece);
        }
        finish(&mut group);

        if units.iter().any(|unit| !unit.word().is_some_and(is_small)) {
            units.retain(|unit| !unit.word().is_some_and(is_small));
        }
        let mut known = Vec::new();
        units.retain(|unit| {
            let is_new = !known.contains(&unit.words);
            known.push(unit.words.clone());
            is_new
        });
        units.sort_by_key(|unit| std::cmp::Reverse(unit.letters()));
        units.truncate(MOST_UNITS);
        units.sort_by_key(|unit| known.iter().position(|words| *words == unit.words));
        // what is written apart here may be written as one word there
        for n in 1..units.len() {
            if let (Some(first), Some(second)) = (units[n - 1].word(), units[n].word()) {
                let joined = format!("{first}{second}");
                units[n - 1].joined(&joined);
                units[n].joined(&joined);
            }
        }
        Self { units }
    }

    /// Whether nothing can be found by it: it has no word and no sign.
    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    fn words(&self) -> Vec<&str> {
        self.units.iter().filter_map(Unit::word).collect()
    }

    /// Adds words with other endings, and those that have a word inside.
    pub(super) async fn widen(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let kin = Kin::of(db, &self.words()).await?;
        for unit in &mut self.units {
            let Some(word) = unit.word().map(ToOwned::to_owned) else { continue };
            for other in kin.inflected(&word) {
                unit.add(vec![Term::word(other)], closeness::INFLECTED, false);
            }
            for other in kin.around(&word) {
                unit.add(vec![Term::word(other)], closeness::INSIDE, true);
            }
        }
        Ok(())
    }

    /// Adds words that are a letter off, and what is left of a word in two parts.
    pub(super) async fn forgive(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let near = spelling::near(db, &self.words()).await?;
        for unit in &mut self.units {
            let Some(word) = unit.word().map(ToOwned::to_owned) else { continue };
            for near in spelling::near_to(&word, &near) {
                unit.add(vec![Term::word(near)], closeness::MISTYPED, true);
            }
            let letters = word.chars().count();
            for (at, _) in word.char_indices().skip(SHORTEST_PART).take(letters.saturating_sub(2 * SHORTEST_PART - 1)) {
                let (head, tail) = word.split_at(at);
                unit.add(vec![Term::word(head), Term::word(tail)], closeness::APART, true);
            }
        }
        Ok(())
    }

    /// What has any of the units.
    pub(super) fn any(&self) -> Expression<'_> {
        Expression::Any(self.units.iter().map(|unit| unit.expression(MOST_WAYS)).collect())
    }

    /// What a document has to contain that is found with such a reach; nothing where that is no further than the reach before.
    pub(super) fn expression(&self, reach: Reach) -> Option<Expression<'_>> {
        let units = || self.units.iter().map(|unit| unit.expression(MOST_WAYS));
        match reach {
            Reach::All | Reach::Near => Some(Expression::All(self.units.iter().map(|unit| unit.expression(usize::MAX)).collect())),
            Reach::Most if self.units.len() > 2 => {
                let without = |left_out| units().enumerate().filter(move |(n, _)| *n != left_out).map(|(_, unit)| unit).collect();
                Some(Expression::Any((0..self.units.len()).map(|n| Expression::All(without(n))).collect()))
            }
            Reach::Any if self.units.len() > 1 => Some(self.any()),
            Reach::Most | Reach::Any => None,
        }
    }
}

/// What a text is about, as units: its words but the small ones, and signs by twos, since it is not known which of them make a word.
pub(super) fn matter(text: &str) -> Vec<Unit> {
    let pieces: Vec<Piece> = pieces(text).collect();
    let mut units: Vec<Unit> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let unit = match pieces.get(n + 1) {
            _ if !piece.is_sign && is_small(&piece.word) => continue,
            Some(next) if piece.is_sign && next.is_sign && next.at.start == piece.at.end => {
                Unit::new(vec![piece.word.clone(), next.word.clone()], true)
            }
            _ if piece.is_sign && n > 0 && pieces[n - 1].is_sign && pieces[n - 1].at.end == piece.at.start => continue,
            _ => Unit::new(vec![piece.word.clone()], piece.is_sign),
        };
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

impl Unit {
    /// As many of its ways as that, the closest first.
    fn expression(&self, most: usize) -> Expression<'_> {
        Expression::Any(self.ways.iter().take(most).map(Way::expression).collect())
    }
}

impl Way {
    fn expression(&self) -> Expression<'_> {
        match self.terms.as_slice() {
            [term] => Expression::Term(term),
            terms => Expression::All(terms.iter().map(Expression::Term).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(query: &str) -> Vec<String> {
        Question::parse(query).units.iter().map(|unit| unit.words.join(" ")).collect()
    }

    #[test]
    fn few_words_count_and_short_ones_begin_no_others() {
        let alphabet: String = ('a'..='z').map(|letter| format!("{letter} ")).collect();
        assert_eq!(Question::parse(&"車".repeat(5_000)).units[0].words.len(), MOST_SIGNS);
        for query in [&alphabet, "to be", "車"] {
            let Question { units } = Question::parse(query);
            let mut ways = units.iter().map(|unit| &unit.ways[0]);
            assert!(units.len() <= MOST_UNITS && ways.all(|way| way.terms.iter().all(|term| !term.is_prefix)), "{query}");
        }
        let found = units("a router of two routers, and a router in the very nice cupboard upstairs beside several others");
        assert_eq!(found, ["router", "routers", "very", "cupboard", "upstairs", "beside", "several", "others"]);
    }

    #[test]
    fn small_words_are_never_needed() {
        assert_eq!(units("the bill for two addresses"), ["bill", "two", "addresses"]);
        assert_eq!(units("het opzeggen van een abonnement"), ["opzeggen", "abonnement"]);
        assert_eq!(units("to be or not"), ["to", "be", "or", "not"]);
    }

    #[test]
    fn signs_stand_together_and_hyphens_join() {
        assert_eq!(units("計程車 wi-fi วันหยุด"), ["計 程 車", "wi fi", "วั น ห ยุ ด"]);
        let ways = |query: &str| {
            let terms = |way: &Way| way.terms.iter().map(|term| term.words.join(" ")).collect::<Vec<_>>().join("+");
            Question::parse(query).units[0].ways.iter().map(terms).collect::<Vec<_>>()
        };
        assert_eq!(ways("wi-fi"), ["wi+fi", "wifi"]);
        assert_eq!(ways("pi hole"), ["pi", "pihole"]);
        assert_eq!(ways("a-b-c-d-e-f"), ["b"]);
    }
}
