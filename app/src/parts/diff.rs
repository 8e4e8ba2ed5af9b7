//! What changed between two wordings, word by word.

use leptos::prelude::*;
use similar::{ChangeTag, TextDiff, utils::TextDiffRemapper};

use super::form::Sheet;
use crate::{t, web::Visit};

/// Pairs of words that are compared at most; beyond it whole lines are, and beyond that the text counts as replaced.
const MOST_PAIRS: usize = 1_000_000;

/// The newer text with what went struck through and what came underlined.
pub fn diff(older: &str, newer: &str) -> impl IntoView + use<> {
    changes(older, newer)
        .into_iter()
        .map(|(tag, text)| match tag {
            ChangeTag::Equal => text.to_owned().into_any(),
            ChangeTag::Delete => view! { <del>{text.to_owned()}</del> }.into_any(),
            ChangeTag::Insert => view! { <ins>{text.to_owned()}</ins> }.into_any(),
        })
        .collect_view()
}

/// What would become of the present text of a field, when somebody else has changed it since the form was opened.
pub fn difference(visit: &Visit, sheet: &Sheet<'_>, present: &str, language: &str) -> Option<impl IntoView + use<>> {
    if !sheet.is_outdated() {
        return None;
    }
    let typed = sheet.value("body", "").replace("\r\n", "\n");
    Some(view! {
        <section class="stack gap-2" id="difference" aria-labelledby="difference-title">
            <h2 class="h-block" id="difference-title">{t!(visit.words, "edit-difference")}</h2>
            <div class="panel panel--sunken diff" dir="auto" lang=language.to_owned()>{diff(present, &typed)}</div>
        </section>
    })
}

fn changes<'a>(older: &'a str, newer: &'a str) -> Vec<(ChangeTag, &'a str)> {
    let few = |count: fn(&str) -> usize| count(older).saturating_mul(count(newer)) <= MOST_PAIRS;
    let diff = if few(|text| text.split_whitespace().count()) {
        TextDiff::from_words(older, newer)
    } else if few(|text| text.lines().count()) {
        TextDiff::from_lines(older, newer)
    } else {
        return vec![(ChangeTag::Delete, older), (ChangeTag::Insert, newer)];
    };
    let stretches = TextDiffRemapper::from_text_diff(&diff, older, newer);
    diff.ops().iter().flat_map(|op| stretches.iter_slices(op)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(older: &str, newer: &str) -> String {
        changes(older, newer)
            .iter()
            .map(|(tag, text)| match tag {
                ChangeTag::Equal => (*text).to_owned(),
                ChangeTag::Delete => format!("[-{text}]"),
                ChangeTag::Insert => format!("[+{text}]"),
            })
            .collect()
    }

    #[test]
    fn changed_words_show() {
        assert_eq!(shape("one old word", "one new word"), "one [-old][+new] word");
        assert_eq!(shape("same", "same"), "same");
        assert_eq!(shape("", "all new"), "[+all new]");
        assert_eq!(shape("all gone", ""), "[-all gone]");
    }

    #[test]
    fn both_texts_can_be_read_from_it() {
        let (older, newer) = ("a b c\nd é f", "a c c\nd f g\n");
        let steps = changes(older, newer);
        let without =
            |other: ChangeTag| -> String { steps.iter().filter(|(tag, _)| *tag != other).map(|(_, text)| *text).collect() };
        assert_eq!(without(ChangeTag::Insert), older);
        assert_eq!(without(ChangeTag::Delete), newer);
    }

    #[test]
    fn a_long_text_does_not_take_for_ever() {
        let older: String = (0..5000).map(|n| format!("w{n} ")).collect();
        let newer: String = (0..5000).map(|n| format!("v{n} ")).collect();
        assert_eq!(changes(&older, &newer).len(), 2);
    }
}
