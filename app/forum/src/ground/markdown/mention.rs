//! Who is named in a text: `@` and a handle, as the address of a person's page spells it. A sign that stands in a word, an address or code names
//! nobody.

use std::ops::Range;

use icu_properties::{
    CodePointMapData,
    props::{GeneralCategory, GeneralCategoryGroup, LineBreak},
};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{flat, kept};
use crate::text;

/// What tells a link that we made of a mention from what people write.
const MARK: &str = "mention";
/// How such a link begins and ends in HTML.
const OPENS: &str = "<a href=\"/u/";
const CLOSES: &str = "</a>";
/// Digits at the end of a handle.
const DIGITS: usize = 8;
/// Characters of a handle, at most.
const LONGEST: usize = 60;

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// What words are made of, in all scripts.
fn is_of_word(c: char) -> bool {
    GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Mark).union(GeneralCategoryGroup::Number).contains(category(c))
}

/// Whether it stands beside other words without a space, as in Chinese, Japanese and Thai.
fn stands_close(c: char) -> bool {
    matches!(
        CodePointMapData::<LineBreak>::new().get(c),
        LineBreak::Ideographic | LineBreak::ComplexContext | LineBreak::ConditionalJapaneseStarter
    )
}

fn is_of_handle(c: char) -> bool {
    let is_letter = is_of_word(c) && (!stands_close(c) || text::key(c.encode_utf8(&mut [0; 4])).is_ascii());
    is_letter || category(c) == GeneralCategory::DashPunctuation
}

/// The handle that a word is, however it is written: `@Femke-1A2B3C4D` names who `@femke-1a2b3c4d` names.
fn handle_of(word: &str) -> Option<String> {
    if word.chars().count() > LONGEST {
        return None;
    }
    let handle = text::key(word);
    let (name, digits) = handle.rsplit_once('-')?;
    let is_one = !name.is_empty()
        && name.bytes().all(|c| c == b'-' || c.is_ascii_digit() || c.is_ascii_lowercase())
        && digits.len() == DIGITS
        && digits.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    is_one.then_some(handle)
}

/// Where a plain text names somebody, and whom.
fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        from = at + 1;
        let before = text[..at].chars().next_back();
        // an address of mail, or of the web
        if before.is_some_and(|c| is_of_handle(c) && !stands_close(c) || "@._+/=&%#~".contains(c)) {
            continue;
        }
        let rest = &text[at + 1..];
        let end = rest.find(|c| !is_of_handle(c)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(|c| !is_of_word(c));
        let mut after = rest[word.len()..].chars();
        let goes_on = match after.next() {
            Some('@' | '_') => true,
            Some('.') => after.next().is_some_and(is_of_word),
            _ => false,
        };
        if let Some(handle) = handle_of(word).filter(|_| !goes_on) {
            from = at + 1 + word.len();
            found.push((at..from, handle));
        }
    }
    found
}

/// A part of a text with links to those whom it names.
pub(super) fn linked<'a>(text: CowStr<'a>, events: &mut Vec<Event<'a>>) {
    let found = if text.contains('@') { find(&text) } else { Vec::new() };
    if found.is_empty() {
        events.push(Event::Text(text));
        return;
    }
    let part = |range: Range<usize>| Event::Text(text[range].to_owned().into());
    let mut from = 0;
    for (range, handle) in found {
        if range.start > from {
            events.push(part(from..range.start));
        }
        from = range.end;
        let dest_url = format!("/u/{handle}").into();
        events.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title: "".into(), id: MARK.into() }));
        events.extend([part(range), Event::End(TagEnd::Link)]);
    }
    if from < text.len() {
        events.push(part(from..text.len()));
    }
}

/// The handles of those whom a Markdown text names, each once, in the order in which it does.
pub(crate) fn mentions(text: &str) -> Vec<String> {
    let mut handles: Vec<String> = Vec::new();
    if !text.contains('@') {
        return handles;
    }
    let text = kept::undefined(text);
    for event in kept::readable(flat::events(&text)) {
        // what people link themselves has no mark, whatever it leads to
        if let Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, id, .. }) = event
            && id.as_ref() == MARK
            && let Some(handle) = dest_url.strip_prefix("/u/")
            && !handles.iter().any(|known| known == handle)
        {
            handles.push(handle.to_owned());
        }
    }
    handles
}

/// Where a text that was rendered leads to people: the whole link, its words, and the handle.
fn links(html: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>, &str)> {
    html.match_indices(OPENS).filter_map(|(start, _)| {
        let rest = &html[start + OPENS.len()..];
        let handle = &rest[..rest.find('"')?];
        let words = start + OPENS.len() + rest.find('>')? + 1;
        let end = words + html[words..].find(CLOSES)?;
        (handle_of(handle).as_deref() == Some(handle)).then_some((start..end + CLOSES.len(), words..end, handle))
    })
}

/// The handles to which a text that was rendered leads.
pub(crate) fn linked_handles(html: &str) -> Vec<String> {
    let mut handles: Vec<String> = links(html).map(|(.., handle)| handle.to_owned()).collect();
    handles.sort_unstable();
    handles.dedup();
    handles
}

/// A text that was rendered, without links to those who are not here.
pub(crate) fn only_known(html: &str, is_here: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (whole, words, _) in links(html).filter(|(.., handle)| !is_here(handle)) {
        out.push_str(&html[from..whole.start]);
        out.push_str(&html[words]);
        from = whole.end;
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{super::markdown, *};

    fn link(handle: &str, text: &str) -> String {
        format!("<a href=\"/u/{handle}\" rel=\"nofollow ugc noopener\">{text}</a>")
    }

    #[test]
    fn a_handle_becomes_a_link() {
        let femke = link("femke-1a2b3c4d", "@femke-1a2b3c4d");
        assert_eq!(markdown("Ask @femke-1a2b3c4d."), format!("<p>Ask {femke}.</p>\n"));
        assert_eq!(markdown("(@femke-1a2b3c4d)"), format!("<p>({femke})</p>\n"));
        assert_eq!(markdown("请@femke-1a2b3c4d看一下"), format!("<p>请{femke}看一下</p>\n"), "where words stand without spaces");
        assert_eq!(markdown("@Femke-1A2B3C4D"), format!("<p>{}</p>\n", link("femke-1a2b3c4d", "@Femke-1A2B3C4D")));
        assert_eq!(markdown("@ｆｅｍｋｅ-1a2b3c4d"), format!("<p>{}</p>\n", link("femke-1a2b3c4d", "@ｆｅｍｋｅ-1a2b3c4d")));
        assert_eq!(mentions("**@femke-1a2b3c4d**, @anna-00000000 and @Femke-1a2b3c4d"), ["femke-1a2b3c4d", "anna-00000000"]);
    }

    #[test]
    fn what_only_looks_like_one_does_not() {
        for text in [
            "`@femke-1a2b3c4d`",
            "```\n@femke-1a2b3c4d\n```",
            "    @femke-1a2b3c4d",
            "[@femke-1a2b3c4d](https://a.example)",
            "[x](/u/femke-1a2b3c4d)",
            "joost@femke-1a2b3c4d",
            "жук@femke-1a2b3c4d",
            "@femke-1a2b3c4dжук",
            "mail joost.@femke-1a2b3c4d",
            "https://a.example/@femke-1a2b3c4d",
            "@femke-1a2b3c4d@b.example",
            "@femke-1a2b3c4d.example",
            "@femke-1a2b3c4d_x",
            "@femke-1a2b3c4de",
            "@femke",
            "@-1a2b3c4d",
            "@1a2b3c4d",
            "@@femke-1a2b3c4d",
            "<b title=\"@femke-1a2b3c4d\">",
        ] {
            assert_eq!(mentions(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(mentions("@femke-1a2b3c4d. @anna-00000000-"), ["femke-1a2b3c4d", "anna-00000000"]);
    }

    #[test]
    fn who_is_not_here_is_only_a_word() {
        let html = markdown("@femke-1a2b3c4d and @anna-00000000, [she](https://a.example)");
        assert_eq!(linked_handles(&html), ["anna-00000000", "femke-1a2b3c4d"]);
        let known = only_known(&html, |handle| handle == "anna-00000000");
        assert!(
            known.starts_with(&format!(
                "<p>@femke-1a2b3c4d and {}, <a href=\"https://a.example\"",
                link("anna-00000000", "@anna-00000000")
            )),
            "{known}"
        );
        assert_eq!(only_known(&html, |_| true), html);
    }
}
