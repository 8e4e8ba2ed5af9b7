//! What Markdown would swallow, and people wanted to be read: the address of a picture, an address that stands there bare, the lines of what was
//! pasted, and a line of a log that looks like the definition of a link.

use std::{borrow::Cow, collections::HashSet};

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd, TextMergeStream};

use super::mention;

/// A text in which what looks like the definition of a link, and is that of none, stands as it is: `[INFO]: started`.
pub(super) fn undefined(text: &str) -> Cow<'_, str> {
    let mut parser = Parser::new(text);
    if parser.reference_definitions().iter().next().is_none() {
        return Cow::Borrowed(text);
    }
    let mut used = HashSet::new();
    for event in parser.by_ref() {
        if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event
            && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
        {
            used.insert(label(&id));
        }
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start_matches(|c: char| " >-*+.)".contains(c) || c.is_ascii_digit()).len();
        let (before, rest) = line.split_at(start);
        let named = rest.strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
        out.push_str(before);
        if named.is_some_and(|name| !used.contains(&label(name))) {
            out.push('\\');
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// A label as labels are compared.
fn label(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The events with pictures as links to them (a page of ours loads nothing from elsewhere), bare addresses as links, and blocks of HTML, which are
/// shown as text, with their lines.
pub(super) fn readable<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut shown = Shown::default();
    for event in TextMergeStream::new(events) {
        shown.take(event);
    }
    shown.events
}

#[derive(Default)]
struct Shown<'a> {
    events: Vec<Event<'a>>,
    /// Links that are open, pictures included.
    links: usize,
    /// Where each picture that is open began, and its address.
    pictures: Vec<(usize, CowStr<'a>)>,
    /// Pictures in a link: a link can't stand in another, so they follow it.
    after: Vec<CowStr<'a>>,
    /// Whether what stands there is to be read as it is.
    is_verbatim: bool,
}

impl<'a> Shown<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => self.picture(dest_url),
            Event::End(TagEnd::Image) => self.end_picture(),
            Event::Start(Tag::Link { .. }) => {
                self.links += 1;
                self.events.push(event);
            }
            Event::End(TagEnd::Link) => {
                self.links = self.links.saturating_sub(1);
                self.events.push(event);
                for address in std::mem::take(&mut self.after) {
                    self.events.push(Event::Text(" ".into()));
                    self.link(address.clone(), address);
                }
            }
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::CodeBlock)),
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => {
                self.is_verbatim = matches!(event, Event::Start(_));
                self.events.push(event);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.events.push(Event::Text(html)),
            Event::Text(text) if self.links == 0 && !self.is_verbatim => self.text(text),
            other => self.events.push(other),
        }
    }

    fn picture(&mut self, address: CowStr<'a>) {
        if self.links == 0 {
            self.events.push(start(address.clone()));
        }
        self.links += 1;
        self.pictures.push((self.events.len(), address));
    }

    fn end_picture(&mut self) {
        self.links = self.links.saturating_sub(1);
        let Some((began, address)) = self.pictures.pop() else { return };
        let says_nothing = !self.events[began..].iter().any(|event| matches!(event, Event::Text(_) | Event::Code(_)));
        if self.links == 0 {
            if says_nothing {
                self.events.push(Event::Text(address));
            }
            self.events.push(Event::End(TagEnd::Link));
        } else {
            self.after.push(address);
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url]);
        let is_web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
        if !finder.links(&text).any(|link| is_web(link.as_str())) {
            mention::linked(text, &mut self.events);
            return;
        }
        for span in finder.spans(&text) {
            let part: CowStr<'a> = span.as_str().to_owned().into();
            if span.kind().is_some() && is_web(&part) {
                self.link(part.clone(), part);
            } else {
                mention::linked(part, &mut self.events);
            }
        }
    }

    fn link(&mut self, address: CowStr<'a>, text: CowStr<'a>) {
        self.events.extend([start(address), Event::Text(text), Event::End(TagEnd::Link)]);
    }
}

fn start(dest_url: CowStr<'_>) -> Event<'_> {
    Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title: "".into(), id: "".into() })
}
