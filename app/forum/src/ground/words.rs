//! Texts as words that can be compared: what the search, addresses and the guess of a language stand on.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_signs() {
        assert_eq!(plain_words("Één wi-fi's ROUTER"), ["een", "wi", "fis", "router"]);
        assert_eq!(plain_words("計程車x"), ["計", "程", "車", "x"]);
    }
}
