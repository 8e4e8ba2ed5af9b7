//! Which words are one word written otherwise. The index notes every word that ever stood in a text under the forms that it shares
//! with others, so that a question finds them by a key.

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result,
    db::{Sql, all},
    site::Language,
    words::LONGEST_WORD,
};

/// Shorter words are no beginnings of others: each of those few would have to look at half of the index.
pub(super) const SHORTEST_BEGINNING: usize = 3;
/// Shorter words have too many neighbours a letter off.
pub(super) const SHORTEST_FUZZY: usize = 4;
/// Shorter words are not looked for inside of others: "art" is no part of "party".
const SHORTEST_INNER: usize = 5;
/// What stands before an inner word, at least: "order" is no part of "border".
const SHORTEST_HEAD: usize = 3;
/// Words that are like a word and are tried: more than a language has, since words of posts that the actor does not see are among them
/// and must not crowd out the others.
const MOST_ALIKE: usize = 200;

/// What a word is noted under.
pub(super) fn noted(word: &str) -> Vec<String> {
    let mut forms = forms(word);
    forms.extend(stems(word));
    forms.extend(inner(word));
    forms
}

/// A word and all that is left of it when one letter is dropped: a mistyped word shares such a form with the right one (symmetric
/// delete, W. Garbe 2012).
fn forms(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut forms = vec![word.to_owned()];
    for drop in 0..letters.len() {
        let form: String = letters.iter().enumerate().filter(|(n, _)| *n != drop).map(|(_, c)| *c).collect();
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// What is left of a word without its endings, in each language of the site; other scripts than the Latin one have no part in it.
fn stems(word: &str) -> Vec<String> {
    if word.len() < SHORTEST_BEGINNING || word.len() >= LONGEST_WORD || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut stems = Vec::new();
    for language in Language::ALL {
        let stemmer = Stemmer::create(match language {
            Language::En => Algorithm::English,
            Language::Nl => Algorithm::Dutch,
        });
        let stem = format!("={}", stemmer.stem(word));
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// The ends of a word that may be words themselves.
fn inner(word: &str) -> Vec<String> {
    let letters = word.chars().count();
    if letters < SHORTEST_HEAD + SHORTEST_INNER || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let ends = word.char_indices().skip(SHORTEST_HEAD).take(letters - SHORTEST_HEAD - SHORTEST_INNER + 1);
    ends.map(|(at, _)| format!("+{}", &word[at..])).collect()
}

#[derive(FromQueryResult)]
struct Noted {
    form: String,
    word: String,
}

/// Words of the index that are others of a question: with another ending, or with it inside.
#[derive(Debug, Default)]
pub(super) struct Kin(Vec<(String, String)>);

impl Kin {
    pub(super) async fn of(db: &impl ConnectionTrait, words: &[&str]) -> Result<Self> {
        let stems: Vec<String> = words.iter().flat_map(|word| stems(word)).collect();
        let inner: Vec<&&str> = words.iter().filter(|word| word.chars().count() >= SHORTEST_INNER).collect();
        if stems.is_empty() && inner.is_empty() {
            return Ok(Self::default());
        }
        let mut sql = Sql::new("SELECT form, word FROM search_near WHERE form IN ");
        sql.bind_list(stems);
        for word in inner {
            sql.push(" UNION ALL SELECT * FROM (SELECT form, word FROM search_near WHERE form >= ").bind(format!("+{word}"));
            sql.push(" AND form < ").bind(format!("+{word}\u{10ffff}"));
            sql.push(&format!(" ORDER BY form, word LIMIT {MOST_ALIKE}) w{}", sql.values.len()));
        }
        let found = all::<Noted>(db, &sql.text, sql.values).await?;
        Ok(Self(found.into_iter().map(|found| (found.form, found.word)).collect()))
    }

    /// Those with another ending.
    pub(super) fn inflected(&self, word: &str) -> Vec<&str> {
        let stems = stems(word);
        self.others(word, |form| stems.iter().any(|stem| stem == form))
    }

    /// Those that have the word inside.
    pub(super) fn around(&self, word: &str) -> Vec<&str> {
        self.others(word, |form| form.strip_prefix('+').is_some_and(|end| end.starts_with(word)))
    }

    fn others(&self, word: &str, has: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut known = HashSet::new();
        let found = self.0.iter().filter(|(form, _)| has(form)).map(|(_, found)| found.as_str());
        found.filter(|found| *found != word && known.insert(*found)).collect()
    }
}

/// Words of the index that are at most one letter off any of these: one too many, one missing, one wrong, or two swapped.
pub(super) async fn near(db: &impl ConnectionTrait, words: &[&str]) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Near {
        word: String,
    }
    let forms: Vec<String> =
        words.iter().filter(|word| word.chars().count() >= SHORTEST_FUZZY).flat_map(|word| forms(word)).collect();
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT DISTINCT word FROM search_near WHERE form IN ");
    sql.bind_list(forms).push(" ORDER BY word");
    Ok(all::<Near>(db, &sql.text, sql.values).await?.into_iter().map(|near| near.word).collect())
}

/// Those of them that are near to one word.
pub(super) fn near_to<'n>(word: &'n str, near: &'n [String]) -> impl Iterator<Item = &'n String> {
    let is_long = word.chars().count() >= SHORTEST_FUZZY;
    near.iter().filter(move |near| is_long && near.as_str() != word && one_off(near, word)).take(MOST_ALIKE)
}

/// Whether two words are one insertion, deletion, substitution or swap of neighbours apart (optimal string alignment distance 1).
fn one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = |from_short: usize, from_long: usize| short.get(from_short..) == long.get(from_long..);
    match long.len() - short.len() {
        0 if head == short.len() => true,
        0 => {
            rest(head + 1, head + 1)
                || (head + 1 < short.len()
                    && short[head] == long[head + 1]
                    && short[head + 1] == long[head]
                    && rest(head + 2, head + 2))
        }
        1 => rest(head, head + 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off_is_near_two_are_not() {
        for (a, b) in
            [("afordable", "affordable"), ("routre", "router"), ("rooter", "router"), ("routerr", "router"), ("outer", "router")]
        {
            assert!(one_off(a, b) && one_off(b, a), "{a} and {b}");
        }
        for (a, b) in [("rotuers", "router"), ("plan", "place"), ("abcd", "badc")] {
            assert!(!one_off(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn near_words_share_a_form() {
        for (a, b) in [("afordable", "affordable"), ("routre", "router"), ("rooter", "router")] {
            let forms_a = forms(a);
            assert!(forms(b).iter().any(|form| forms_a.contains(form)), "{a} and {b}");
        }
    }

    #[test]
    fn endings_make_no_other_word() {
        for (a, b) in [("routers", "router"), ("factuur", "facturen"), ("charging", "charge"), ("abonnementen", "abonnement")] {
            assert!(stems(a).iter().any(|stem| stems(b).contains(stem)), "{a} and {b}");
        }
        for (a, b) in [("contract", "contrast"), ("van", "vans1"), ("русский", "русская")] {
            assert!(!stems(a).iter().any(|stem| stems(b).contains(stem)), "{a} and {b}");
        }
    }

    #[test]
    fn words_are_noted_under_what_stands_inside_of_them() {
        assert_eq!(inner("simkaarten"), ["+kaarten", "+aarten", "+arten"]);
        assert_eq!(inner("borders"), [""; 0]);
        assert_eq!(inner("ab12345xyz"), [""; 0]);
        let longest = "a".repeat(LONGEST_WORD);
        assert!(noted(&longest).iter().all(|form| form.chars().count() <= LONGEST_WORD));
    }
}
