//! Texts as words that can be compared: what the search, addresses and the guess of a language stand on.
//!
//! What counts as a letter, a mark or a sign, and what is the same letter written otherwise, is the data of Unicode: full case folding,
//! compatibility decomposition, the properties of characters. Latin letters that decompose into nothing (ø, ł, æ, þ) are written with
//! plain ones as the tables of `deunicode` have it.

use std::{iter::Peekable, ops::Range, str::CharIndices};

use icu_casemap::CaseMapper;
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{CanonicalCombiningClass, Dash, DefaultIgnorableCodePoint, Diacritic, LineBreak, Script},
};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Letters of a word, at most: longer ones are keys and hashes.
pub(crate) const LONGEST_WORD: usize = 40;
/// Marks of a letter that count, at most: no language writes more.
const MOST_MARKS: usize = 4;

/// A word of a text, or a sign of a script that writes without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// It in plain letters.
    pub(crate) word: String,
    /// Where it stands.
    pub(crate) at: Range<usize>,
    /// Whether it is a sign among others, of which several make a word.
    pub(crate) is_sign: bool,
    /// Whether a hyphen joins it to the word before it.
    pub(crate) is_joined: bool,
}

/// The words of a text as the search sees them: in one case, without accents, letters and digits only; in scripts that write
/// without spaces each sign is a word.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    pieces(text).map(|piece| piece.word).collect()
}

/// The same, with where they stand.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text: text.char_indices().peekable(), kept: None, hyphen: None }
}

/// See [`pieces`].
pub(crate) struct Pieces<'a> {
    text: Peekable<CharIndices<'a>>,
    /// A sign that ended the word before it.
    kept: Option<Piece>,
    /// Where a hyphen ended that stands right behind a word.
    hyphen: Option<usize>,
}

/// What a character is to the word that it stands in.
enum Part {
    /// Letters of a word.
    Letters(String),
    /// A sign of a script without spaces.
    Sign(String),
    /// A mark that belongs to the letter before it.
    Mark(String),
    /// Nothing: the word goes on.
    Nothing,
    Hyphen,
    End,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut piece = self.kept.take();
        let (mut letters, mut marks) = (0, 0);
        while let Some((at, c)) = self.text.peek().copied() {
            let end = at + c.len_utf8();
            match part(c) {
                Part::Nothing => {}
                Part::Mark(mark) => {
                    if let Some(piece) = &mut piece {
                        if marks < MOST_MARKS && letters < LONGEST_WORD {
                            piece.word.push_str(&mark);
                        }
                        (piece.at.end, marks) = (end, marks + 1);
                    }
                }
                Part::Letters(more) => {
                    if piece.as_ref().is_some_and(|piece| piece.is_sign) {
                        return piece;
                    }
                    let is_joined = self.hyphen == Some(at);
                    let piece = piece.get_or_insert_with(|| Piece { word: String::new(), at: at..at, is_sign: false, is_joined });
                    let fitting = more.chars().take(LONGEST_WORD - letters);
                    letters += more.chars().count().min(LONGEST_WORD - letters);
                    piece.word.extend(fitting);
                    (piece.at.end, marks) = (end, 0);
                }
                Part::Sign(word) => {
                    let sign = Piece { word, at: at..end, is_sign: true, is_joined: false };
                    self.text.next();
                    if piece.is_some() {
                        self.kept = Some(sign);
                        return piece;
                    }
                    piece = Some(sign);
                    continue;
                }
                Part::Hyphen => {
                    self.text.next();
                    let joins = piece.as_ref().is_some_and(|piece| !piece.is_sign && piece.at.end == at);
                    self.hyphen = joins.then_some(end);
                    if piece.is_some() {
                        return piece;
                    }
                    continue;
                }
                Part::End => {
                    if piece.is_some() {
                        return piece;
                    }
                }
            }
            self.text.next();
        }
        piece
    }
}

fn part(c: char) -> Part {
    if c.is_ascii_alphanumeric() {
        return Part::Letters(c.to_ascii_lowercase().to_string());
    }
    // "isn't" is written without it often enough
    if matches!(c, '\'' | '’') || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) {
        return Part::Nothing;
    }
    if CodePointSetData::new::<Dash>().contains(c) {
        return Part::Hyphen;
    }
    if c.is_ascii() {
        return Part::End;
    }
    let plain = plain(c);
    match plain.chars().next() {
        Some(first) if is_combining_mark(first) => Part::Mark(plain),
        Some(first) if is_unspaced(first) => Part::Sign(plain),
        Some(_) => Part::Letters(plain),
        // an accent that was taken off its letter
        None if is_combining_mark(c) => Part::Nothing,
        None => Part::End,
    }
}

/// The plain letters that a character is written with: its decomposition in one case, without what is only an accent.
fn plain(c: char) -> String {
    let mut buffer = [0; 4];
    let apart: String = c.encode_utf8(&mut buffer).nfkd().collect();
    let mut plain = String::new();
    for c in CaseMapper::new().fold_string(&apart).nfkd().filter(|c| !is_accent(*c)) {
        let latin = !c.is_ascii() && CodePointMapData::<Script>::new().get(c) == Script::Latin;
        match deunicode::deunicode_char(c).filter(|letters| latin && letters.bytes().all(|b| b.is_ascii_alphanumeric())) {
            Some(letters) => plain.push_str(&letters.to_ascii_lowercase()),
            None if c.is_alphanumeric() || is_combining_mark(c) => plain.push(c),
            None => {}
        }
    }
    plain
}

/// Whether a mark only says how the letter under it is spoken: it is left out where people are in a hurry. Vowel signs are not, and
/// neither is what takes a vowel away.
fn is_accent(c: char) -> bool {
    is_combining_mark(c)
        && CodePointSetData::new::<Diacritic>().contains(c)
        && CodePointMapData::<CanonicalCombiningClass>::new().get(c) != CanonicalCombiningClass::Virama
}

/// Whether a letter is of a script that puts no spaces between words: a line may be broken behind it, or where a dictionary says so
/// (UAX #14).
fn is_unspaced(c: char) -> bool {
    c.is_alphabetic()
        && matches!(
            CodePointMapData::<LineBreak>::new().get(c),
            LineBreak::ComplexContext
                | LineBreak::Ideographic
                | LineBreak::ConditionalJapaneseStarter
                | LineBreak::Nonstarter
                | LineBreak::Aksara
                | LineBreak::AksaraPrebase
                | LineBreak::AksaraStart
        )
}

/// Words that say nothing of the matter, in both languages.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "could", "do", "does", "for", "from", "get", "has", "have",
    "how", "i", "if", "in", "is", "it", "its", "me", "more", "my", "no", "not", "of", "on", "or", "our", "please", "should", "so",
    "that", "the", "there", "this", "to", "too", "us", "want", "was", "we", "what", "when", "why", "will", "with", "would", "you",
    "your", "aan", "als", "bij", "dat", "de", "die", "dit", "een", "en", "er", "ge", "geen", "graag", "heb", "hebben", "het",
    "hoe", "ik", "in", "is", "je", "jullie", "kan", "maar", "meer", "met", "mij", "mijn", "moet", "naar", "niet", "nog", "om",
    "onze", "ook", "op", "te", "tot", "uit", "van", "voor", "waarom", "wat", "we", "wel", "wij", "wil", "wordt", "ze", "zijn",
    "zou",
];

/// Whether a word says nothing of the matter.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_signs() {
        assert_eq!(plain_words("Één wi-fi's ROUTER"), ["een", "wi", "fis", "router"]);
        assert_eq!(plain_words("計程車x"), ["計", "程", "車", "x"]);
        assert_eq!(plain_words(" \u{301}\u{200b} - ' "), [""; 0]);
    }

    #[test]
    fn letters_that_a_language_folds_are_plain() {
        for (written, plain) in [
            ("cœur", "coeur"),
            ("STRASSE Straße ẞ", "strasse strasse ss"),
            ("København Ærø", "kobenhavn aero"),
            ("đường Łódź", "duong lodz"),
            ("Þór ŋ ħ", "thor ng h"),
            ("İstanbul ılık", "istanbul ilik"),
            ("ﬁve ªⅧ", "five aviii"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Ёлка ЙОД", "елка иод"),
            ("שָׁלוֹם", "שלום"),
            ("auto\u{ad}matisch", "automatisch"),
        ] {
            assert_eq!(plain_words(written), plain.split(' ').collect::<Vec<_>>(), "{written}");
        }
    }

    #[test]
    fn signs_of_scripts_without_spaces_stand_alone_and_keep_their_vowels() {
        assert_eq!(plain_words("วันหยุด"), ["วั", "น", "ห", "ยุ", "ด"]);
        assert_eq!(plain_words("วันหยุดๆ").len(), 6);
        assert_eq!(plain_words("配車アプリー")[2..], ["ア", "フ", "リ", "ー"]);
        assert_eq!(plain_words("ភាសា ລາວ").len(), 2 + 3);
        // a script with spaces keeps its vowels in its words
        assert_eq!(plain_words("हिन्दी है"), ["हिन्दी", "है"]);
        let dressed = format!("ย{}น", "ุ".repeat(500));
        assert_eq!(plain_words(&dressed), [format!("ย{}", "ุ".repeat(MOST_MARKS)), "น".to_owned()]);
        assert_eq!(plain_words(&format!("e{}x", "\u{301}".repeat(500))), ["ex"]);
    }

    #[test]
    fn pieces_know_where_they_stand() {
        let text = "Een Wi‑Fi-punt, pi -hole";
        let found: Vec<_> = pieces(text).map(|p| (&text[p.at.clone()], p.is_joined)).collect();
        assert_eq!(found, [("Een", false), ("Wi", false), ("Fi", true), ("punt", true), ("pi", false), ("hole", false)]);
        assert_eq!(pieces(&"x".repeat(99)).next().map(|p| (p.word.len(), p.at)), Some((LONGEST_WORD, 0..99)));
    }
}
