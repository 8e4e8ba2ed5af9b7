//! What changed between two wordings, word by word.

use leptos::prelude::*;

/// A stretch of text that stayed, came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change<'a> {
    Same(&'a str),
    Gone(&'a str),
    Come(&'a str),
}

/// The largest table that is filled in; beyond it whole lines are compared, and beyond that the text counts as replaced.
const MOST_CELLS: usize = 4_000_000;

/// The newer text with what went struck through and what came underlined.
pub fn diff(older: &str, newer: &str) -> impl IntoView + use<> {
    changes(older, newer)
        .into_iter()
        .map(|change| match change {
            Change::Same(text) => text.to_owned().into_any(),
            Change::Gone(text) => view! { <del>{text.to_owned()}</del> }.into_any(),
            Change::Come(text) => view! { <ins>{text.to_owned()}</ins> }.into_any(),
        })
        .collect_view()
}

fn changes<'a>(older: &'a str, newer: &'a str) -> Vec<Change<'a>> {
    let (from, to) = (words(older), words(newer));
    let (from, to) = if from.len().saturating_mul(to.len()) > MOST_CELLS { (lines(older), lines(newer)) } else { (from, to) };
    let mut out = Vec::new();
    let start = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let end = from[start..].iter().rev().zip(to[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&from[start..from.len() - end], &to[start..to.len() - end]);
    let steps: Vec<Change<'a>> = if a.len().saturating_mul(b.len()) > MOST_CELLS {
        a.iter().map(|t| Change::Gone(t)).chain(b.iter().map(|t| Change::Come(t))).collect()
    } else {
        longest_common(a, b)
    };
    out.extend(from[..start].iter().map(|t| Change::Same(t)));
    out.extend(steps);
    out.extend(from[from.len() - end..].iter().map(|t| Change::Same(t)));
    joined(older, newer, &out)
}

/// The steps from one list to the other that keep the longest common part.
fn longest_common<'a>(a: &[&'a str], b: &[&'a str]) -> Vec<Change<'a>> {
    let width = b.len() + 1;
    // common[i * width + j]: the longest common part of what follows i and j
    let mut common = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1].saturating_add(1)
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut steps = Vec::with_capacity(a.len() + b.len());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            steps.push(Change::Same(a[i]));
            i += 1;
            j += 1;
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            steps.push(Change::Gone(a[i]));
            i += 1;
        } else {
            steps.push(Change::Come(b[j]));
            j += 1;
        }
    }
    steps.extend(a[i..].iter().map(|t| Change::Gone(t)));
    steps.extend(b[j..].iter().map(|t| Change::Come(t)));
    steps
}

/// Neighbouring steps of one sort as one stretch: each is a slice of its text, so stretches grow by their length.
fn joined<'a>(older: &'a str, newer: &'a str, steps: &[Change<'a>]) -> Vec<Change<'a>> {
    let mut out: Vec<Change<'a>> = Vec::new();
    let (mut at_older, mut at_newer) = (0, 0);
    let mut n = 0;
    while n < steps.len() {
        let (start_older, start_newer) = (at_older, at_newer);
        let sort = std::mem::discriminant(&steps[n]);
        while n < steps.len() && std::mem::discriminant(&steps[n]) == sort {
            match steps[n] {
                Change::Same(text) => {
                    at_older += text.len();
                    at_newer += text.len();
                }
                Change::Gone(text) => at_older += text.len(),
                Change::Come(text) => at_newer += text.len(),
            }
            n += 1;
        }
        out.push(match steps[n - 1] {
            Change::Same(_) => Change::Same(&newer[start_newer..at_newer]),
            Change::Gone(_) => Change::Gone(&older[start_older..at_older]),
            Change::Come(_) => Change::Come(&newer[start_newer..at_newer]),
        });
    }
    out
}

/// Words, and what stands between them, without a loss.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let space = c.is_whitespace();
        if last.is_some_and(|last| last != space) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(space);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(older: &str, newer: &str) -> String {
        changes(older, newer)
            .iter()
            .map(|c| match c {
                Change::Same(t) => (*t).to_owned(),
                Change::Gone(t) => format!("[-{t}]"),
                Change::Come(t) => format!("[+{t}]"),
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
        let read = |gone: bool| -> String {
            steps
                .iter()
                .filter_map(|c| match c {
                    Change::Same(t) => Some(*t),
                    Change::Gone(t) => gone.then_some(*t),
                    Change::Come(t) => (!gone).then_some(*t),
                })
                .collect()
        };
        assert_eq!(read(true), older);
        assert_eq!(read(false), newer);
    }

    #[test]
    fn a_long_text_does_not_take_for_ever() {
        let older: String = (0..5000).map(|n| format!("w{n} ")).collect();
        let newer: String = (0..5000).map(|n| format!("v{n} ")).collect();
        assert_eq!(changes(&older, &newer).len(), 2);
    }
}
