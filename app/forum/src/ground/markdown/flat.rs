//! How deep and how wide Markdown may become. Parsing takes time in proportion to a text, but what it asks for may not: twenty thousand
//! `>` are twenty thousand quotes in one another, which the sanitizer walks once for each, and one row of bars under another makes more
//! cells than the text has letters.

use std::iter::Peekable;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Quotes and lists that stand in one another. What is deeper stays, and stands on the last of them.
const DEEPEST_BLOCK: usize = 8;
/// Emphasis in emphasis.
const DEEPEST_INLINE: usize = 16;
/// Links in links: an image in a link.
const DEEPEST_LINK: usize = 2;
/// Cells of the tables of a text, those included that a short row leaves out. A text with more of them is shown without tables.
const MOST_CELLS: usize = 10_000;

/// The events of a text, within these bounds.
pub(crate) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let mut options = Options::ENABLE_STRIKETHROUGH;
    if cells(text) <= MOST_CELLS {
        options |= Options::ENABLE_TABLES;
    }
    let events = Parser::new_ext(text, options).peekable();
    Flat { events, blocks: 0, inlines: 0, links: 0, wants_break: false, follows_text: false }
}

/// How many cells tables can come to at most. Only a row of bars and hyphens opens a table, and only an empty line is sure to end it;
/// signs of quotes and lists may stand before both.
fn cells(text: &str) -> usize {
    let (mut columns, mut cells) = (0, 0);
    for line in text.lines().flat_map(|line| line.split('\r')) {
        if line.trim().is_empty() {
            columns = 0;
        } else if line.contains('-') && line.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "|-:>*+.)".contains(c)) {
            columns = columns.max(line.matches('|').count() + 1);
        }
        cells += columns;
    }
    cells
}

/// Leaves out the beginnings and ends of what is too deep.
struct Flat<'a> {
    events: Peekable<Parser<'a>>,
    /// Quotes and lists that are open.
    blocks: usize,
    /// Emphasis that is open.
    inlines: usize,
    /// Links that are open, and images, which become links.
    links: usize,
    /// Whether something began that does not show: what follows must not run into what came before.
    wants_break: bool,
    /// Whether the last thing that shows was text.
    follows_text: bool,
}

impl Flat<'_> {
    /// Whether the beginning or the end of it shows.
    fn shows(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Item) | Event::End(TagEnd::Item) => self.blocks <= DEEPEST_BLOCK,
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => opens(&mut self.blocks, DEEPEST_BLOCK),
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => closes(&mut self.blocks, DEEPEST_BLOCK),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => opens(&mut self.inlines, DEEPEST_INLINE),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => closes(&mut self.inlines, DEEPEST_INLINE),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => opens(&mut self.links, DEEPEST_LINK),
            Event::End(TagEnd::Link | TagEnd::Image) => closes(&mut self.links, DEEPEST_LINK),
            _ => true,
        }
    }
}

fn opens(open: &mut usize, most: usize) -> bool {
    *open += 1;
    *open <= most
}

fn closes(open: &mut usize, most: usize) -> bool {
    *open -= 1;
    *open < most
}

/// Whether it stands in a line, and whether it is something to read there.
fn in_line(event: &Event<'_>) -> (bool, bool) {
    match event {
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) => (true, true),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => (true, false),
        _ => (false, false),
    }
}

impl<'a> Iterator for Flat<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let (is_in_line, is_text) = in_line(self.events.peek()?);
            if is_in_line && std::mem::take(&mut self.wants_break) && std::mem::take(&mut self.follows_text) {
                return Some(Event::HardBreak);
            }
            let event = self.events.next()?;
            if self.shows(&event) {
                self.follows_text = is_text || (is_in_line && self.follows_text);
                return Some(event);
            }
            self.wants_break |= !is_in_line;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use crate::markdown::{excerpt, markdown};

    const LONGEST: usize = 20_000;

    fn filled(with: &str) -> String {
        with.repeat(LONGEST).chars().take(LONGEST).collect()
    }

    /// What a parser or a sanitizer may stumble over, each as long as a post can be.
    fn evil() -> Vec<String> {
        let mut texts: Vec<String> = [
            ">",
            "> ",
            "> \n",
            "   >",
            "- ",
            "* * ",
            "+ - * ",
            "1. ",
            "1) > * ",
            "> - ",
            "- > ",
            "-\n ",
            "[",
            "![",
            "[](",
            "[a](",
            "![[]()",
            "`",
            "`a",
            "<",
            "</",
            "<a ",
            "<!--",
            "<![CDATA[",
            "&",
            "&amp",
            "*_",
            "*a_ ",
            "**a ",
            "a**b",
            "*~",
            "~~*",
            "*a **b ",
            "\\",
            "|",
            "a|b\n-|-\n",
            "a|\n-|\n",
            "# a\n",
            "```\n",
            "\t",
            "[a]: b\n",
            "[a]: b\n[a]\n",
            "https://a.b ",
            "http://",
            "<p>\n",
            "[a][",
            "[x](y) ",
            "[x]\n\n",
            "e\u{301}",
            "\r",
            "|\r-",
        ]
        .map(filled)
        .into();
        texts.push((1..200).map(|n| format!("{} ", "`".repeat(n))).collect());
        texts.push((0..200).map(|n| format!("{}- a\n", " ".repeat(n * 2))).collect());
        texts.push((0..200).map(|n| format!("{}a\n", ">".repeat(n))).collect());
        texts.push(format!("{}a\n{}", ">".repeat(2000), "b\n".repeat(9000)));
        texts.push(format!("{}{}", "*".repeat(10_000), "a*".repeat(5000)));
        texts.push(format!("{}{}", "*a ".repeat(4000), " b*".repeat(2600)));
        texts.push(format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)));
        texts.push(format!("{}a{}", "![".repeat(3300), "](b)".repeat(3300)));
        for wide in [60, 140, 1000, 3000] {
            texts.push(format!("{}\n{}\n{}", "a|".repeat(wide), "-|".repeat(wide), "a\n".repeat((LONGEST - 4 * wide) / 2)));
            texts.push(format!("> {}\n> {}\n{}", "a|".repeat(wide), "-|".repeat(wide), "> a\n".repeat((LONGEST - 4 * wide) / 4)));
        }
        texts
    }

    fn depth(html: &str) -> usize {
        let (mut open, mut deepest) = (0_usize, 0);
        for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with("br") && !tag.starts_with("hr")) {
            open = if tag.starts_with('/') { open - 1 } else { open + 1 };
            deepest = deepest.max(open);
        }
        deepest
    }

    fn took(times: u32, work: impl Fn()) -> Duration {
        let measured = (0..times).map(|_| {
            let before = Instant::now();
            work();
            before.elapsed()
        });
        measured.min().unwrap_or_default()
    }

    #[test]
    fn no_text_becomes_deep_or_much_longer() {
        for text in evil() {
            let (html, start) = (markdown(&text), text.chars().take(24).collect::<String>());
            assert!(html.len() <= text.len() * 10 + 1000, "{start:?} became {} bytes", html.len());
            assert!(depth(&html) <= 2 * 8 + 16 + 6, "{start:?} became {} deep", depth(&html));
        }
    }

    #[test]
    fn no_text_takes_much_longer_than_an_ordinary_one() {
        let ordinary = filled("Some *words* and [a link](https://example.com).\n\n- one\n- two `three`\n\n> quoted\n\n");
        let ordinary = took(5, || drop(markdown(&ordinary)));
        for text in evil() {
            let start: String = text.chars().take(24).collect();
            let (whole, first) = (took(2, || drop(markdown(&text))), took(2, || drop(excerpt(&text, 220))));
            assert!(whole < ordinary * 20, "{start:?} takes {whole:?}, an ordinary text {ordinary:?}");
            assert!(first < ordinary * 20, "the start of {start:?} takes {first:?}, an ordinary text {ordinary:?}");
        }
    }

    #[test]
    fn what_is_too_deep_stays_readable() {
        let html = markdown(&format!("{} deep\n\nafter", ">".repeat(16)));
        assert_eq!(html.matches("<blockquote>").count(), 8);
        assert!(html.contains("deep") && html.ends_with("<p>after</p>\n"), "{html}");
        let stairs: String = (0..12).map(|n| format!("{}- step {n}\n", " ".repeat(n * 2))).collect();
        let html = markdown(&stairs);
        assert_eq!(html.matches("<ul>").count(), 8);
        assert!(html.replace('\n', "").contains("step 7<br>step 8<br>step 9<br>step 10<br>step 11"), "{html}");
        let html = markdown(&format!("{}bold{}", "*a **b ".repeat(20), "** c*".repeat(20)));
        assert!(html.contains("bold") && html.matches("b ").count() == 20, "{html}");
    }

    #[test]
    fn tables_stay_tables_until_they_are_out_of_bounds() {
        let table = |columns: usize, rows: usize| {
            format!("{}\n{}\n{}", "| a ".repeat(columns), "|---".repeat(columns), "| b\n".repeat(rows))
        };
        assert_eq!(markdown(&table(20, 200)).matches("<td>").count(), 4000);
        let html = markdown(&table(100, 3000));
        assert!(!html.contains("<td>") && html.contains("| b"), "shown as text");
    }
}
