//! Texts of people: measured in characters as people count them.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::error::Problem;

/// Characters of the longest text that any field takes.
pub const LONGEST: usize = 20_000;

/// One line: trimmed, white space folded, without control characters.
///
/// # Errors
/// [`Problem::Required`] when empty, [`Problem::TooShort`], [`Problem::TooLong`].
pub fn line(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    let folded = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    measured(folded, min, max)
}

/// Several lines: trimmed, line ends made uniform, without control characters other than tabs.
///
/// # Errors
/// [`Problem::Required`] when empty, [`Problem::TooShort`], [`Problem::TooLong`].
pub fn block(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    measured(tidy(text), min, max)
}

/// A text as it is kept.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    clean.trim().to_owned()
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
    // invisible characters only are nothing that anybody can read
    let visible =
        text.chars().any(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'));
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
    let head: String = text.chars().take(max.saturating_sub(1)).collect();
    let cut = match head.rfind(' ') {
        Some(at) if at * 2 > head.len() => &head[..at],
        _ => &head,
    };
    format!("{}…", cut.trim_end_matches([' ', ',', '.', ';', ':']))
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

/// The words of a text as the search sees them: lower case, without accents, letters and digits only; in scripts that write
/// without spaces each sign is a word.
pub fn plain_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut flush = |word: &mut String| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        let c = match c {
            'ø' => 'o',
            'đ' => 'd',
            'ł' => 'l',
            'ı' => 'i',
            c => c,
        };
        if is_unspaced(c) {
            flush(&mut word);
            word.push(c);
            flush(&mut word);
        } else if c.is_alphanumeric() {
            // longer ones are keys and hashes, not words
            if word.chars().count() < 40 {
                word.push(c);
            }
        } else if !matches!(c, '\'' | '’') {
            flush(&mut word);
        }
    }
    flush(&mut word);
    words
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Which of the site's languages a text is written in, by its most frequent small words; `None` when it can't be told.
pub fn language_of(text: &str) -> Option<crate::site::Language> {
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
    let (nl, en) = (count(NL), count(EN));
    match nl.cmp(&en) {
        std::cmp::Ordering::Greater => Some(crate::site::Language::Nl),
        std::cmp::Ordering::Less => Some(crate::site::Language::En),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Language;

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
    fn slugs_are_for_addresses() {
        assert_eq!(slug("Überraschung: een ‘café’ in Łódź!"), "uberraschung-een-cafe-in-lodz");
        assert_eq!(slug("別のアイデア"), "post");
        assert!(slug(&"x".repeat(300)).len() <= 60);
        assert!(slug(&"word ".repeat(60)).len() <= 60);
    }

    #[test]
    fn words_lose_case_accents_and_signs() {
        assert_eq!(plain_words("Één wi-fi's ROUTER"), ["een", "wi", "fis", "router"]);
        assert_eq!(plain_words("計程車x"), ["計", "程", "車", "x"]);
    }

    #[test]
    fn texts_are_cut_at_a_word() {
        assert_eq!(cut_at_word("one two three", 9), "one two…");
        assert_eq!(cut_at_word("short", 9), "short");
    }

    #[test]
    fn the_language_shows_in_small_words() {
        assert_eq!(language_of("Ik wil dat het abonnement stopt"), Some(Language::Nl));
        assert_eq!(language_of("I want the contract to end"), Some(Language::En));
        assert_eq!(language_of("Router"), None);
    }
}
