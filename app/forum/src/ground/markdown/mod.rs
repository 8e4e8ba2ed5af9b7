//! Markdown of people, turned into safe HTML once, when it is written.

mod flat;
mod kept;
mod mention;

use std::sync::{Arc, LazyLock};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Tag, TagEnd, html};

pub(crate) use mention::{linked_handles, mentions, only_known};

use crate::text::{LONGEST, cut_at_word, tidy};

/// Characters of the first words in lists.
pub(crate) const EXCERPT: usize = 220;

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(
            [
                "p",
                "br",
                "hr",
                "strong",
                "em",
                "del",
                "code",
                "pre",
                "blockquote",
                "ul",
                "ol",
                "li",
                "a",
                "h3",
                "h4",
                "h5",
                "h6",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
            ]
            .into(),
        )
        .tag_attributes([("a", ["href"].into()), ("ol", ["start"].into()), ("code", [].into())].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("nofollow ugc noopener"))
        .strip_comments(true);
    builder
});

/// Safe HTML of a Markdown text. Nothing that was written is lost: raw HTML is shown as text, images become links to them. Headings start at
/// the third level, below those of the page.
pub fn markdown(text: &str) -> String {
    let text = kept::undefined(text);
    let events = kept::readable(flat::events(&text)).into_iter().map(|event| match event {
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: below_page(level), id: None, classes: vec![], attrs: vec![] })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_page(level))),
        other => other,
    });
    let mut raw = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut raw, events);
    SANITIZER.clean(&raw).to_string()
}

/// What became of a Markdown text before the command began that takes it.
#[derive(Clone, Default)]
pub(crate) struct Rendered(Option<Arc<Markup>>);

struct Markup {
    source: String,
    html: String,
    excerpt: String,
}

impl Rendered {
    /// Renders a text as [`block`] takes it; what no field takes is not worth the work.
    pub(crate) fn of(text: &str) -> Self {
        let source = tidy(text);
        if source.chars().nth(LONGEST).is_some() {
            return Self(None);
        }
        let (html, excerpt) = (markdown(&source), excerpt(&source, EXCERPT));
        Self(Some(Arc::new(Markup { source, html, excerpt })))
    }

    fn find(&self, text: &str) -> Option<&Markup> {
        self.0.as_deref().filter(|known| known.source == text)
    }

    /// Safe HTML of a text.
    pub(crate) fn markdown(&self, text: &str) -> String {
        self.find(text).map_or_else(|| markdown(text), |known| known.html.clone())
    }

    /// The first words of a text.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        self.find(text).map_or_else(|| excerpt(text, EXCERPT), |known| known.excerpt.clone())
    }
}

fn below_page(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 => H3,
        H2 => H4,
        H3 => H5,
        H4 | H5 | H6 => H6,
    }
}

/// The first words of a Markdown text, without its signs, cut at a word.
pub fn excerpt(text: &str, max: usize) -> String {
    let mut plain = String::new();
    let text = kept::undefined(text);
    for event in flat::events(&text) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => plain.push_str(&t),
            Event::SoftBreak | Event::HardBreak | Event::End(_) if !plain.ends_with(' ') => plain.push(' '),
            _ => {}
        }
        if plain.chars().count() > max * 2 {
            break;
        }
    }
    cut_at_word(plain.trim(), max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::block;

    #[test]
    fn markdown_never_lets_html_through() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "<svg onload=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "</textarea><script>alert(1)</script>",
            "![x](javascript:alert(1))",
            "<style>*{display:none}</style>",
        ] {
            let html = markdown(evil);
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<svg"), "{evil} became {html}");
            assert!(!html.contains("<style") && !html.contains("<a href=\"javascript"), "{evil}: {html}");
            assert!(!html.contains("<a href=\"data"), "{evil} became {html}");
        }
    }

    #[test]
    fn markdown_keeps_what_people_write() {
        assert_eq!(markdown("Hello **you**\nand *me*"), "<p>Hello <strong>you</strong><br>\nand <em>me</em></p>\n");
        assert_eq!(markdown("# Big"), "<h3>Big</h3>\n");
        assert!(markdown("[a](https://example.com)").contains("rel=\"nofollow ugc noopener\""));
        assert!(markdown("![shot](https://example.com/a.png)").contains("<a href=\"https://example.com/a.png\""));
        assert_eq!(markdown("a < b && c > d"), "<p>a &lt; b &amp;&amp; c &gt; d</p>\n");
    }

    #[test]
    fn markdown_swallows_nothing() {
        let link = |to: &str, text: &str| format!("<a href=\"{to}\" rel=\"nofollow ugc noopener\">{text}</a>");
        let picture = "https://img.example/a.png";
        assert_eq!(markdown(&format!("![]({picture})")), format!("<p>{}</p>\n", link(picture, picture)));
        assert_eq!(
            markdown(&format!("[![a]({picture})](https://b.example)")),
            format!("<p>{} {}</p>\n", link("https://b.example", "a"), link(picture, picture))
        );
        assert_eq!(
            markdown("See https://a.example/b_c_d?e=1&f=2#g, (http://b.example/) and foo.example."),
            format!(
                "<p>See {}, ({}) and foo.example.</p>\n",
                link("https://a.example/b_c_d?e=1&amp;f=2#g", "https://a.example/b_c_d?e=1&amp;f=2#g"),
                link("http://b.example/", "http://b.example/")
            )
        );
        for one in ["[https://a.example](https://a.example)", "<https://a.example>"] {
            assert_eq!(markdown(one), format!("<p>{}</p>\n", link("https://a.example", "https://a.example")), "once");
        }
        assert_eq!(markdown("`https://a.example`"), "<p><code>https://a.example</code></p>\n");
        assert_eq!(markdown("javascript:alert(1) ftp://a.example"), "<p>javascript:alert(1) ftp://a.example</p>\n");
    }

    #[test]
    fn what_was_pasted_keeps_its_lines() {
        let xml = "<order>\n  <id>7</id>\n</order>\n";
        assert_eq!(markdown(xml), "<pre><code>&lt;order&gt;\n  &lt;id&gt;7&lt;/id&gt;\n&lt;/order&gt;\n</code></pre>\n");
        let log = "[INFO]: started\n[WARN]: /var/log\n[INFO]: stopped";
        assert_eq!(markdown(log), "<p>[INFO]: started<br>\n[WARN]: /var/log<br>\n[INFO]: stopped</p>\n");
        assert_eq!(excerpt(log, 100), "[INFO]: started [WARN]: /var/log [INFO]: stopped");
        let defined = markdown("See [the  Rules][r].\n\n[R]: https://a.example/rules\n[x]: unused");
        assert!(
            defined.contains("href=\"https://a.example/rules\"") && defined.contains("[x]: unused") && !defined.contains("[R]:"),
            "{defined}"
        );
        assert_eq!(markdown("a <b>c</b>\nd"), "<p>a &lt;b&gt;c&lt;/b&gt;<br>\nd</p>\n");
    }

    #[test]
    fn what_was_rendered_before_is_what_the_command_asks_for() {
        let typed = " *a*\r\nb\u{7} ";
        let taken = block(typed, 1, LONGEST).unwrap();
        let known = Rendered::of(typed);
        assert!(known.find(&taken).is_some(), "it would be rendered twice");
        assert_eq!((known.markdown(&taken), known.excerpt(&taken)), (markdown(&taken), excerpt(&taken, EXCERPT)));
        assert_eq!(known.markdown("another"), "<p>another</p>\n");
        assert!(Rendered::of(&"a".repeat(LONGEST + 1)).0.is_none(), "no field takes it");
    }

    #[test]
    fn excerpts_are_plain() {
        assert_eq!(excerpt("**Bold** start\n\n- one\n- two", 100), "Bold start one two");
    }
}
