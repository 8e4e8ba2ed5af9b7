//! How well a document fits a question: the same for both databases, since it is computed here from words alone, and the same whatever
//! else there is, so that a page of results neither moves nor hides another.

use std::collections::HashMap;

use super::question::{Question, Term, Unit, closeness};

/// What a word counts for by where it stands.
const TITLE: f64 = 1.0;
const TAGS: f64 = 0.6;
const TEXT: f64 = 0.35;
const COMMENT: f64 = 0.15;
/// What the other places add to the best one.
const ALSO: f64 = 0.1;
/// What each further time adds in a text, and how many of them do.
const AGAIN: f64 = 0.04;
const MOST_AGAIN: usize = 5;
/// What a title adds that says little else.
const TO_THE_POINT: f64 = 0.2;
/// What words add that stand in the title as they stand in the question, side by side.
const SIDE_BY_SIDE: f64 = 0.1;
/// The fit of a post whose title is the question.
const WHOLE: f64 = 1000.0;

/// Finds the units of a question in texts.
pub(super) struct Matcher<'q> {
    units: &'q [Unit],
    /// The ways of which a word is a term.
    words: HashMap<&'q str, Vec<Role>>,
    beginnings: Vec<(&'q str, Role)>,
    /// Signs that stand together, by the first.
    signs: HashMap<&'q str, Vec<(&'q Term, Role)>>,
}

/// What a term is in a question: of which unit, way and place there.
#[derive(Debug, Clone, Copy)]
struct Role {
    unit: usize,
    way: usize,
    term: usize,
}

/// A unit that a text has at a word.
pub(super) struct Met {
    pub(super) unit: usize,
    way: usize,
    term: usize,
    /// How many words it takes.
    pub(super) length: usize,
    is_exact: bool,
}

/// What a text has of a unit.
#[derive(Debug, Clone, Default)]
struct Share {
    closeness: f64,
    times: usize,
    first: usize,
    /// The other spelling by which it was met.
    spelling: Option<String>,
}

/// What was found of a post, in words.
pub(super) struct Texts<'t> {
    pub(super) title: &'t str,
    pub(super) tags: &'t str,
    pub(super) body: &'t str,
    /// The comments that were found.
    pub(super) comments: &'t [&'t str],
}

/// How a post fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    pub(super) score: i64,
    /// Whether all units are there.
    pub(super) has_all: bool,
    /// Which comment says what the text does not.
    pub(super) comment: Option<usize>,
    /// Other spellings by which units were met.
    pub(super) spellings: Vec<String>,
}

impl<'q> Matcher<'q> {
    pub(super) fn new(question: &'q Question) -> Self {
        let mut matcher = Self { units: &question.units, words: HashMap::new(), beginnings: Vec::new(), signs: HashMap::new() };
        for (unit, way, term, place) in question.units.iter().enumerate().flat_map(|(n, unit)| {
            let ways = unit.ways.iter().enumerate();
            ways.flat_map(move |(way, it)| it.terms.iter().enumerate().map(move |(place, term)| (n, way, term, place)))
        }) {
            let role = Role { unit, way, term: place };
            match term.words.as_slice() {
                [word] => {
                    matcher.words.entry(word).or_default().push(role);
                    if term.is_prefix {
                        matcher.beginnings.push((word, role));
                    }
                }
                [first, ..] => matcher.signs.entry(first).or_default().push((term, role)),
                [] => {}
            }
        }
        matcher
    }

    /// What a text has at one of its words.
    pub(super) fn at(&self, words: &[&str], place: usize) -> Vec<Met> {
        let word = words[place];
        let met = |role: Role, length, is_exact| Met { unit: role.unit, way: role.way, term: role.term, length, is_exact };
        let mut found: Vec<Met> = self.words.get(word).into_iter().flatten().map(|role| met(*role, 1, true)).collect();
        let begins = |begin: &str| word.len() > begin.len() && word.starts_with(begin);
        found.extend(self.beginnings.iter().filter(|(begin, _)| begins(begin)).map(|(_, role)| met(*role, 1, false)));
        for (term, role) in self.signs.get(word).into_iter().flatten() {
            let there = words.get(place..place + term.words.len()).unwrap_or_default();
            let (Some((last, before)), Some((asked, first))) = (there.split_last(), term.words.split_last()) else { continue };
            if before == first && (last == asked || (term.is_prefix && last.starts_with(asked.as_str()))) {
                found.push(met(*role, term.words.len(), last == asked));
            }
        }
        found
    }

    /// What a text has of each unit.
    fn shares(&self, text: &str) -> Vec<Share> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let mut shares = vec![Share::default(); self.units.len()];
        let mut parts: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        for place in 0..words.len() {
            for met in self.at(&words, place) {
                let way = &self.units[met.unit].ways[met.way];
                if way.terms.len() > 1 {
                    let there = parts.entry((met.unit, met.way)).or_default();
                    if !there.contains(&met.term) {
                        there.push(met.term);
                    }
                    if there.len() < way.terms.len() {
                        continue;
                    }
                }
                let share = &mut shares[met.unit];
                let closeness = way.closeness * if met.is_exact { closeness::EXACT } else { closeness::BEGUN };
                if share.times == 0 {
                    share.first = place;
                }
                share.times += 1;
                if closeness > share.closeness {
                    share.closeness = closeness;
                    share.spelling = way.is_spelling.then(|| match way.terms.as_slice() {
                        [_] => words[place].to_owned(),
                        terms => terms.iter().flat_map(|term| &term.words).cloned().collect::<Vec<_>>().join(" "),
                    });
                }
            }
        }
        shares
    }

    /// How close a text comes to each unit.
    pub(super) fn closeness(&self, text: &str) -> Vec<f64> {
        self.shares(text).into_iter().map(|share| share.closeness).collect()
    }

    /// How a post fits that has these texts. `is_found` says that it has all units, even where they are not in what was read of it.
    pub(super) fn fit(&self, texts: &Texts<'_>, is_found: bool) -> Fit {
        let (title, tags, body) = (self.shares(texts.title), self.shares(texts.tags), self.shares(texts.body));
        let comments: Vec<Vec<Share>> = texts.comments.iter().map(|comment| self.shares(comment)).collect();
        let units = 0..self.units.len();
        let whole: f64 = self.units.iter().map(Unit::weight).sum();
        let of_comment = |shares: &[Share]| -> f64 { shares.iter().zip(self.units).map(|(s, u)| s.closeness * u.weight()).sum() };
        let comment =
            (0..comments.len()).max_by(|a, b| of_comment(&comments[*a]).total_cmp(&of_comment(&comments[*b])).then(b.cmp(a)));
        let (mut score, mut met, mut has_all, mut spellings) = (0.0, 0.0, true, Vec::new());
        for n in units.clone() {
            let remark = comments.iter().map(|shares| &shares[n]).max_by(|a, b| a.closeness.total_cmp(&b.closeness));
            let again = 1.0 + AGAIN * body[n].times.saturating_sub(1).min(MOST_AGAIN) as f64 / TEXT;
            let places = [(&title[n], TITLE), (&tags[n], TAGS), (&body[n], TEXT * again)];
            let places: Vec<(&Share, f64)> = places.into_iter().chain(remark.map(|share| (share, COMMENT))).collect();
            let worth = |(share, place): &(&Share, f64)| share.closeness * place;
            let best = places.iter().max_by(|a, b| worth(a).total_cmp(&worth(b)));
            let Some(best) = best.filter(|best| worth(best) > 0.0) else {
                if is_found {
                    score += self.units[n].weight() * COMMENT * closeness::BEGUN;
                    met += self.units[n].weight();
                }
                has_all &= is_found;
                continue;
            };
            met += self.units[n].weight();
            let all: f64 = places.iter().map(worth).sum();
            score += self.units[n].weight() * (worth(best) + ALSO * (all - worth(best)));
            spellings.extend(best.0.spelling.clone());
        }
        let there = units.clone().filter(|n| title[*n].times > 0).count();
        let words = texts.title.split(' ').count().max(1);
        let beside = units.clone().skip(1).filter(|n| {
            let (before, after) = (&title[n - 1], &title[*n]);
            before.times > 0 && after.times > 0 && after.first == before.first + 1
        });
        let extra = TO_THE_POINT * there as f64 / words.max(there) as f64
            + SIDE_BY_SIDE * beside.count() as f64 / self.units.len().saturating_sub(1).max(1) as f64;
        let said = |shares: &[Share]| shares.iter().filter(|share| share.times > 0).count();
        let in_text = said(&body);
        let comment = comment.filter(|n| said(&comments[*n]) > in_text);
        // what lacks a word is less than the rest of its words
        let score = (score / whole + extra) * (met / whole);
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let score = (WHOLE * score).round() as i64;
        Fit { score, has_all, comment, spellings }
    }
}
