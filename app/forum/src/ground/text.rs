//! Texts of people: measured in characters as people count them.

use std::{borrow::Cow, cmp::Ordering};

use icu_casemap::CaseMapper;
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{BidiClass, BidiControl, DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script},
};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;
use whatlang::Lang;

use super::words::plain_words;
use crate::{error::Problem, site::Language};

/// Characters of the longest text that any field takes.
pub const LONGEST: usize = 20_000;

/// Marks on one letter, at most: no language needs more, and a hundred of them cover the lines above and below.
const MOST_MARKS: usize = 10;

/// Shows nothing although no property of Unicode says so: BRAILLE PATTERN BLANK and MUSICAL SYMBOL NULL NOTEHEAD.
const BLANK: [char; 2] = ['\u{2800}', '\u{1d159}'];

/// One line: trimmed, white space folded, in normal form C, without control characters. Those that turn the direction of what follows are
/// among them: a name stands beside words of ours.
///
/// # Errors
/// [`Problem::Required`] when nothing of it can be seen, [`Problem::TooShort`], [`Problem::TooLong`].
pub fn line(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    measured(one_line(text), min, max)
}

/// A text as it stands in one line.
pub fn one_line(text: &str) -> String {
    let turns = CodePointSetData::new::<BidiControl>();
    let plain: String = text.chars().filter(|c| !turns.contains(*c)).collect();
    let words = plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    normal(&words.collect::<Vec<_>>().join(" "))
}

/// A text that stands among words of ours, between marks that keep its direction to itself (Unicode Bidirectional Algorithm, isolates) when it
/// runs from right to left. In HTML, `<bdi>` and `dir="auto"` do the same for what has an element of its own.
pub fn isolated(text: &str) -> Cow<'_, str> {
    let class = CodePointMapData::<BidiClass>::new();
    let turns =
        text.chars().any(|c| matches!(class.get(c), BidiClass::RightToLeft | BidiClass::ArabicLetter | BidiClass::ArabicNumber));
    if turns { Cow::Owned(format!("\u{2068}{text}\u{2069}")) } else { Cow::Borrowed(text) }
}

/// The one form in which texts are kept and compared (Unicode normal form C), with no more marks on a letter than it can carry.
fn normal(text: &str) -> String {
    let mut marks = 0;
    text.nfc()
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MOST_MARKS
        })
        .collect()
}

/// Several lines: trimmed, line ends made uniform, in normal form C, without control characters other than tabs.
///
/// # Errors
/// [`Problem::Required`] when nothing of it can be seen, [`Problem::TooShort`], [`Problem::TooLong`].
pub fn block(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    measured(tidy(text), min, max)
}

/// A text as it is kept.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    normal(clean.trim())
}

/// A text that may be missing: empty counts as missing.
///
/// # Errors
/// As [`block`].
pub fn optional(text: Option<&str>, min: usize, max: usize) -> Result<Option<String>, Problem> {
    match text.map(str::trim).filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => block(text, min, max).map(Some),
    }
}

fn measured(text: String, min: usize, max: usize) -> Result<String, Problem> {
    let visible = text.chars().any(shows);
    let length = text.chars().count();
    if min > 0 && (text.is_empty() || !visible) {
        Err(Problem::Required)
    } else if length < min {
        Err(Problem::TooShort { min })
    } else if length > max {
        Err(Problem::TooLong { max })
    } else {
        Ok(text)
    }
}

/// Whether there is something to see of it when it stands alone: a mark needs a letter, and whoever reads it needs more than white space.
fn shows(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let shows_by_itself =
        !GeneralCategoryGroup::Separator.union(GeneralCategoryGroup::Other).union(GeneralCategoryGroup::Mark).contains(category)
            || matches!(category, GeneralCategory::Unassigned | GeneralCategory::PrivateUse);
    shows_by_itself && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) && !BLANK.contains(&c)
}

/// What tells a name from others, in all scripts: `Wi-Fi`, `wi fi` and `#WI_FI` are one, `C`, `C++` and `C#` three. It is NFKC_Casefold of the
/// Unicode Standard (section 3.13), words joined by one hyphen, without signs of punctuation that stand alone; never empty for a name in which
/// something shows, and the key of a key is itself.
pub fn key(name: &str) -> String {
    let ignored = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let folded = CaseMapper::new();
    let fold = |text: &str| folded.fold_string(text).nfkd().filter(|c| !ignored.contains(*c)).collect::<String>();
    // what decomposes may have letters to fold once more
    let name: String = fold(&fold(&name.nfkd().collect::<String>())).nfc().collect();
    let category = |c: char| CodePointMapData::<GeneralCategory>::new().get(c);
    let joins = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(category(c), GeneralCategory::DashPunctuation | GeneralCategory::ConnectorPunctuation)
    };
    let is_sign = |c: char| GeneralCategoryGroup::Punctuation.contains(category(c));
    let name = name.trim_start_matches('#');
    let words: Vec<&str> = name.split(joins).filter(|word| !word.chars().all(is_sign)).collect();
    if words.is_empty() { name.to_owned() } else { words.join("-") }
}

/// A public reason: 10 to 500 characters.
///
/// # Errors
/// As [`block`].
pub fn parse_reason(reason: &str) -> std::result::Result<String, Problem> {
    block(reason, 10, 500)
}

/// 1 to 60 of a-z, 0-9 and hyphens, neither first nor last a hyphen.
///
/// # Errors
/// [`Problem::Required`], [`Problem::NotASlug`], [`Problem::TooLong`].
pub fn parse_slug(slug: &str) -> std::result::Result<String, Problem> {
    let slug = slug.trim();
    if slug.is_empty() {
        Err(Problem::Required)
    } else if slug.len() > 60 {
        Err(Problem::TooLong { max: 60 })
    } else if slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
    {
        Ok(slug.to_owned())
    } else {
        Err(Problem::NotASlug)
    }
}

/// Cents of an amount in euros: `12`, `12.5`, `12,50`, with or without the sign.
///
/// # Errors
/// [`Problem::NotAnAmount`].
pub fn parse_amount(text: &str) -> std::result::Result<i64, Problem> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (euros, cents) = plain.split_once(['.', ',']).unwrap_or((plain.as_str(), ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if euros.is_empty() || euros.len() > 9 || !digits(euros) || cents.len() > 2 || !digits(cents) {
        return Err(Problem::NotAnAmount);
    }
    let cents = format!("{cents:0<2}");
    let number = |part: &str| part.parse::<i64>().map_err(|_| Problem::NotAnAmount);
    Ok(number(euros)? * 100 + number(&cents)?)
}

/// A text of at most `max` characters: whole, or cut at a word with an ellipsis.
pub fn cut_at_word(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= max {
        return text;
    }
    let head = start(&text, max.saturating_sub(1));
    let cut = match head.rfind(' ') {
        Some(at) if at * 2 > head.len() => &head[..at],
        _ => head,
    };
    format!("{}…", cut.trim_end_matches([' ', ',', '.', ';', ':']))
}

/// At most so many characters from the start of a text, none of those cut in two that a reader takes for one (grapheme clusters, UAX #29).
pub fn start(text: &str, most: usize) -> &str {
    let mut length = 0;
    let mut clusters = text.grapheme_indices(true);
    let end = clusters.find(|(_, cluster)| {
        length += cluster.chars().count();
        length > most
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// A name for addresses: lower-case words of a-z and 0-9, joined by hyphens, at most 60 characters; never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in plain_words(text) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() {
            continue;
        }
        if slug.len() + word.len() + 1 > 60 {
            if slug.is_empty() {
                slug.push_str(&word[..60]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    if slug.is_empty() { "post".to_owned() } else { slug }
}

/// What a text is written in that nobody can tell (BCP 47, ISO 639-2).
pub const UNKNOWN_LANGUAGE: &str = "und";

/// The language that a text is written in (BCP 47): one of the site's, or that of the page on which it was typed when the text is too short to
/// tell, or [unknown](UNKNOWN_LANGUAGE). A wrong name is worse than none: a voice would read it out as if it were that language.
pub fn written_in(text: &str, typed_on: Option<Language>) -> &'static str {
    let typed_on = typed_on.map_or(UNKNOWN_LANGUAGE, Language::tag);
    let latin = CodePointMapData::<Script>::new();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    if letters().filter(|c| latin.get(*c) == Script::Latin).count() * 2 < letters().count() {
        return UNKNOWN_LANGUAGE;
    }
    let detected = whatlang::detect(text).filter(whatlang::Info::is_reliable).map(|info| info.lang());
    match (by_small_words(text), detected) {
        (Some(language), None) => language.tag(),
        (_, Some(Lang::Eng)) => Language::En.tag(),
        // hard to tell apart in a few lines
        (_, Some(Lang::Nld | Lang::Afr)) => Language::Nl.tag(),
        (_, Some(_)) => UNKNOWN_LANGUAGE,
        (None, None) => typed_on,
    }
}

/// The language whose most frequent small words a text has more of: enough for a line, too little to tell the languages of the world apart.
fn by_small_words(text: &str) -> Option<Language> {
    const NL: &[&str] = &[
        "de", "het", "een", "en", "van", "ik", "niet", "je", "dat", "die", "op", "voor", "met", "zijn", "er", "maar", "om", "ook",
        "als", "bij", "naar", "mijn", "geen", "wel", "nog", "wordt", "waarom", "kan", "moet", "jullie", "heb", "aan",
    ];
    const EN: &[&str] = &[
        "the", "and", "of", "to", "i", "is", "that", "it", "for", "you", "with", "my", "not", "this", "have", "be", "but", "on",
        "are", "when", "or", "your", "would", "can", "should", "no", "why", "please", "more",
    ];
    let words = plain_words(text);
    let count = |list: &[&str]| words.iter().filter(|w| list.contains(&w.as_str())).count();
    match count(NL).cmp(&count(EN)) {
        Ordering::Greater => Some(Language::Nl),
        Ordering::Less => Some(Language::En),
        Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, cents) in [("12", 1200), ("12.5", 1250), ("12,50", 1250), ("€ 0,05", 5), ("999999999", 99_999_999_900)] {
            assert_eq!(parse_amount(text), Ok(cents), "{text}");
        }
        for text in ["", "-1", "1.234", "twelve", "1e9", "9999999999"] {
            assert_eq!(parse_amount(text), Err(Problem::NotAnAmount), "{text}");
        }
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert_eq!(line("ééé", 3, 3), Ok("ééé".to_owned()));
        assert_eq!(line("  a \n b ", 1, 9), Ok("a b".to_owned()));
        assert_eq!(line(" \u{200b} ", 1, 9), Err(Problem::Required));
        assert_eq!(line("ab", 3, 9), Err(Problem::TooShort { min: 3 }));
        assert_eq!(block("a\r\nb\u{7}", 1, 9), Ok("a\nb".to_owned()));
    }

    #[test]
    fn what_nobody_sees_is_not_there() {
        for nothing in [
            "\u{3164}",
            "\u{2800} \u{2800}",
            "\u{115f}\u{1160}",
            "\u{ffa0}",
            "\u{ad}\u{feff}",
            "\u{e0020}",
            "\u{180e}",
            "\u{301}",
            "\u{2028}",
        ] {
            assert_eq!(line(nothing, 1, 9), Err(Problem::Required), "{nothing:?}");
            assert_eq!(block(nothing, 1, 9), Err(Problem::Required), "{nothing:?}");
        }
        for something in ["ㅤa", "🔥", "電", "नि", "ก็", ".", "٣", "\u{e000}"] {
            assert!(line(something, 1, 9).is_ok(), "{something:?}");
        }
    }

    #[test]
    fn texts_have_one_form_and_no_towers_of_marks() {
        assert_eq!(line("Cafe\u{301}", 1, 9), Ok("Café".to_owned()));
        assert_eq!(block("Cafe\u{301}", 1, 9), Ok("Café".to_owned()));
        let tower = format!("a{}b", "\u{335}".repeat(300));
        assert_eq!(line(&tower, 1, 20).unwrap().chars().count(), 2 + MOST_MARKS);
    }

    #[test]
    fn one_line_turns_no_direction() {
        assert_eq!(line("\u{202e}Sanne\u{2066} de\u{200f} Vries\u{61c}", 1, 20), Ok("Sanne de Vries".to_owned()));
        assert_eq!(line("mi\u{200c}xed 👨\u{200d}👩", 1, 20), Ok("mi\u{200c}xed 👨\u{200d}👩".to_owned()));
    }

    #[test]
    fn what_runs_the_other_way_keeps_that_to_itself() {
        assert_eq!(isolated("Sanne 電池 1"), "Sanne 電池 1");
        for name in ["שרה", "a مريم", "ߊ", "٣"] {
            assert_eq!(isolated(name), format!("\u{2068}{name}\u{2069}"));
        }
    }

    #[test]
    fn a_key_tells_names_of_all_scripts_apart() {
        for one in [
            &["Wi-Fi", "wi fi", "#WI_FI", " wi – fi ", "ｗｉ-ｆｉ", "Wi\u{ad}-\u{200b}Fi"][..],
            &["Straße", "STRASSE", "strasse"],
            &["Café", "CAFE\u{301}"],
            &["Opzeggen & contract", "opzeggen contract"],
            &["ΌΣΟΣ", "όσος"],
            &["❤\u{fe0f}", "❤"],
        ] {
            for name in one {
                assert_eq!(key(name), key(one[0]), "{name}");
            }
        }
        let others = [
            "電池",
            "отопление",
            "🔥",
            "🔋",
            "C",
            "C++",
            "C#",
            "cafe",
            "café",
            "น้ำ",
            "นำ",
            "foto's",
            "fotos",
            "4G",
            "5G",
            "!",
            "?",
            "-",
        ];
        for (n, name) in others.iter().enumerate() {
            assert!(!key(name).is_empty(), "{name}");
            for other in &others[n + 1..] {
                assert_ne!(key(name), key(other));
            }
        }
        for name in others.iter().chain(&["ﷺ", "ẞ", "ΐ", "İ", "ſt", "ᾳ\u{345}", "#a#", "a--b", "Ǆ"]) {
            assert_eq!(key(&key(name)), key(name), "{name}");
        }
    }

    #[test]
    fn nothing_is_cut_in_two() {
        assert_eq!(start("नमस्ते", 3), "नम", "the third and the fifth letter are one");
        assert_eq!(start("👨\u{200d}👩\u{200d}👧a", 4), "");
        assert_eq!(start("ab", 4), "ab");
        assert_eq!(cut_at_word(&"👨\u{200d}👩\u{200d}👧".repeat(9), 9), "👨\u{200d}👩\u{200d}👧…");
    }

    #[test]
    fn slugs_are_for_addresses() {
        assert_eq!(slug("Überraschung: een ‘café’ in Łódź!"), "uberraschung-een-cafe-in-lodz");
        assert_eq!(slug("別のアイデア"), "post");
        assert!(slug(&"x".repeat(300)).len() <= 60);
        assert!(slug(&"word ".repeat(60)).len() <= 60);
    }

    #[test]
    fn texts_are_cut_at_a_word() {
        assert_eq!(cut_at_word("one two three", 9), "one two…");
        assert_eq!(cut_at_word("short", 9), "short");
    }

    #[test]
    fn the_language_shows_in_small_words() {
        for (text, language) in [
            ("Ik wil dat het abonnement stopt", "nl"),
            ("I want the contract to end", "en"),
            ("Router", "und"),
            ("", "und"),
            ("חשבון אחד", "und"),
            ("電池 router", "und"),
            ("Je voudrais que le contrat se termine enfin, parce que nous avons déménagé en mars et que personne ne répond", "und"),
            ("Ich möchte, dass der Vertrag endlich endet, weil wir im März umgezogen sind und niemand antwortet", "und"),
            ("The router in the hall drops the line every evening from eight to ten, and nobody answers", "en"),
            ("De router in de gang verliest elke avond van acht tot tien de verbinding, en niemand antwoordt", "nl"),
        ] {
            assert_eq!(written_in(text, None), language, "{text}");
        }
        assert_eq!(written_in("Router", Some(Language::Nl)), "nl", "as the page on which it was typed");
        assert_eq!(written_in("חשבון", Some(Language::Nl)), "und");
    }
}
