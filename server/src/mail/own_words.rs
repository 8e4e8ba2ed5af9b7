//! What somebody wrote themselves in an answer by mail: without what they answer to, and without what stands below every letter of theirs.
//! Programs that write mail mark neither in a way that all share; what stands here are the ways that they have.

use scraper::{ElementRef, Html, Node};

/// Lines that an introduction of a quote may be broken into.
const BROKEN_INTO: usize = 4;

/// The own words in plain text: what is before the introduction of a quote, the head of the letter answered to or a signature, without lines
/// that are quoted.
pub(super) fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (mut own, mut at): (Vec<&str>, usize) = (Vec::new(), 0);
    while at < lines.len() {
        // below a quote that is marked as one, whoever answers below it goes on
        if let Some(length) = introduces(&lines[at..]) {
            let Some(quoted) = lines[at + length..].iter().position(|line| !line.is_empty()) else { break };
            if !is_quoted(lines[at + length + quoted]) {
                break;
            }
            at += length + quoted;
        } else if ends_at(&lines[at..]) {
            break;
        } else {
            if !is_quoted(lines[at]) {
                own.push(lines[at]);
            }
            at += 1;
        }
    }
    while own.last().is_some_and(|line| line.is_empty() || is_sent_from(line)) {
        own.pop();
    }
    let own = own.join("\n");
    own.trim_matches('\n').trim_end().to_owned()
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// Whether the own words have ended before these lines.
fn ends_at(lines: &[&str]) -> bool {
    let line = lines[0].trim();
    line == "--" || is_ruled_off(line) || is_head(lines)
}

/// `-----Original Message-----`, in the languages in which Outlook and its likes say that, and the line that it draws instead.
fn is_ruled_off(line: &str) -> bool {
    let is_line = line.len() >= 10 && line.chars().all(|c| c == '_');
    let named =
        line.strip_prefix("--").and_then(|rest| rest.strip_suffix("--")).map(|name| name.trim_matches(['-', ' ']).to_lowercase());
    let names = [
        "original message",
        "original appointment",
        "forwarded message",
        "oorspronkelijk bericht",
        "oorspronkelijke afspraak",
        "doorgestuurd bericht",
        "ursprüngliche nachricht",
        "message d'origine",
    ];
    is_line || named.is_some_and(|name| names.contains(&name.as_str()))
}

/// The head of the letter that is answered, as Outlook writes it: a sender, and within a few lines a date, a recipient or a subject.
fn is_head(lines: &[&str]) -> bool {
    let first = field(lines[0]).is_some_and(|name| matches!(name.as_str(), "from" | "van" | "von" | "de"));
    let rest = || lines.iter().skip(1).take(5).filter_map(|line| field(line));
    let others = [
        "sent",
        "date",
        "to",
        "subject",
        "verzonden",
        "datum",
        "aan",
        "onderwerp",
        "gesendet",
        "an",
        "betreff",
        "envoyé",
        "à",
        "objet",
    ];
    first && rest().filter(|name| others.contains(&name.as_str())).count() >= 2
}

/// The name of a line such as `*From:* Sanne`, in lower case.
fn field(line: &str) -> Option<String> {
    let (name, _) = line.trim_start_matches(['*', ' ']).split_once(':')?;
    let name = name.trim_end_matches(['*', ' ']).to_lowercase();
    (name.len() <= 12).then_some(name)
}

/// `On …, Sanne wrote:`, which may be broken into several lines. Whoever writes that themselves gives no address and no year with it, and no
/// quoted line follows.
fn introduces(lines: &[&str]) -> Option<usize> {
    const WAYS: [(&str, &str); 4] = [("On ", "wrote:"), ("Op ", ":"), ("Am ", ":"), ("Le ", "a écrit")];
    let (_, end) = WAYS.into_iter().find(|(start, _)| lines[0].starts_with(start))?;
    let mut whole = String::new();
    for (n, line) in lines.iter().enumerate().take(BROKEN_INTO) {
        if line.is_empty() || is_quoted(line) {
            return None;
        }
        whole.push_str(line);
        whole.push(' ');
        let so_far = whole.trim_end();
        let is_said = match end {
            ":" => so_far.ends_with(':') && [" schreef", " heeft ", " schrieb"].iter().any(|verb| so_far.contains(verb)),
            "a écrit" => so_far.trim_end_matches([':', ' ', '\u{a0}']).ends_with(end),
            end => so_far.ends_with(end),
        };
        if is_said {
            let is_followed = lines[n + 1..].iter().find(|line| !line.is_empty()).is_some_and(|line| is_quoted(line));
            return (is_followed || so_far.contains('@') || has_year(so_far)).then_some(n + 1);
        }
    }
    None
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 && digits.starts_with("20"))
}

/// What telephones put below a letter.
fn is_sent_from(line: &str) -> bool {
    const STARTS: [&str; 12] = [
        "sent from my ",
        "sent from outlook",
        "sent from mail for ",
        "sent via ",
        "get outlook for ",
        "verzonden vanaf ",
        "verstuurd vanaf ",
        "verzonden met ",
        "verzonden via ",
        "verstuurd met ",
        "download outlook voor ",
        "outlook voor ",
    ];
    let line = line.trim().to_lowercase();
    line.chars().count() <= 80 && STARTS.iter().any(|start| line.starts_with(start))
}

/// Elements that hold what is answered to, by the programs that write them.
fn holds_quote(element: ElementRef<'_>) -> bool {
    let classes = [
        "gmail_quote",
        "gmail_quote_container",
        "gmail_attr",
        "yahoo_quoted",
        "moz-cite-prefix",
        "moz-signature",
        "gmail_signature",
        "protonmail_quote",
        "protonmail_signature_block",
    ];
    element.value().name() == "blockquote" || element.value().classes().any(|class| classes.contains(&class))
}

/// After which only what is answered to follows: Outlook puts its letters below each other, not into each other.
fn begins_quote(element: ElementRef<'_>) -> bool {
    let ids = ["divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container", "stopSpelling"];
    element.value().id().is_some_and(|id| ids.iter().any(|known| id.ends_with(known)))
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 21] = [
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "section", "article",
    "header", "footer", "body",
];
/// Elements without words for people.
const SILENT: [&str; 6] = ["head", "style", "script", "title", "template", "noscript"];

/// The own words in a letter that is a page. It is walked through without recursion, however deep it is.
pub(super) fn own_words_of_page(html: &str) -> String {
    use ego_tree::iter::Edge;
    let page = Html::parse_document(html);
    let (mut text, mut skipping) = (String::new(), None);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipping.is_none() => match node.value() {
                Node::Text(words) => push_words(&mut text, words),
                Node::Element(_) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    let name = element.value().name();
                    if begins_quote(element) {
                        break;
                    }
                    if holds_quote(element) || SILENT.contains(&name) {
                        skipping = Some(node.id());
                    } else if name == "li" {
                        break_line(&mut text);
                        text.push_str("- ");
                    } else if name == "br" {
                        text.push('\n');
                    } else if BLOCKS.contains(&name) {
                        break_line(&mut text);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if skipping == Some(node.id()) {
                    skipping = None;
                } else if skipping.is_none()
                    && node.value().as_element().is_some_and(|element| BLOCKS.contains(&element.name()) && element.name() != "br")
                {
                    break_line(&mut text);
                    // paragraphs stay apart
                    if node.value().as_element().is_some_and(|element| element.name() == "p") {
                        text.push('\n');
                    }
                }
            }
            Edge::Open(_) => {}
        }
    }
    own_words(&fewer_blanks(&text))
}

/// Words of a page: any white space is one space.
fn push_words(text: &mut String, words: &str) {
    for (n, word) in words.split(|c: char| c.is_whitespace()).enumerate() {
        if n > 0 && !text.is_empty() && !text.ends_with(['\n', ' ']) {
            text.push(' ');
        }
        text.push_str(word);
    }
}

fn break_line(text: &mut String) {
    while text.ends_with(' ') {
        text.pop();
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// One empty line at most between others.
fn fewer_blanks(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_end_where_those_of_others_begin() {
        for (what, text, own) in [
            ("nothing else", "Yes, in May.\n\nIn two rooms.", "Yes, in May.\n\nIn two rooms."),
            (
                "Gmail",
                "Yes.\n\nOn Thu, 19 Nov 2026 at 09:30, Noordlicht <noreply@forum.example> wrote:\n\n> Hello\n> there",
                "Yes.",
            ),
            ("broken", "Yes.\n\nOn Thu, 19 Nov 2026 at 09:30, Noordlicht <\nnoreply@forum.example> wrote:\n> Hello", "Yes."),
            ("Gmail in Dutch", "Ja.\n\nOp do 19 nov 2026 om 09:30 schreef Noordlicht <noreply@forum.example>:\n\n> Hallo", "Ja."),
            ("Apple Mail", "Yes.\n\n> On 19 Nov 2026, at 09:30, Noordlicht <noreply@forum.example> wrote:\n> \n> Hello", "Yes."),
            (
                "Apple Mail in Dutch",
                "Ja.\n\nOp 19 nov 2026, om 09:30 heeft Noordlicht <noreply@forum.example> het volgende geschreven:\n\n> Hallo",
                "Ja.",
            ),
            ("Thunderbird in Dutch", "Ja.\n\nOp 19-11-2026 om 09:30 schreef Noordlicht:\n> Hallo\n", "Ja."),
            (
                "Outlook",
                "Yes.\n\nFrom: Noordlicht <noreply@forum.example>\nSent: Thursday\nTo: Sanne\nSubject: Planned\n\nHello",
                "Yes.",
            ),
            (
                "Outlook in Dutch",
                "Ja.\n________________________________\nVan: Noordlicht\nVerzonden: donderdag\nAan: Sanne\nOnderwerp: Gepland",
                "Ja.",
            ),
            ("bold", "Ja.\n\n*Van:* Noordlicht\n*Datum:* donderdag\n*Aan:* Sanne\n\nHallo", "Ja."),
            ("old Outlook", "Yes.\n\n-----Original Message-----\nFrom: Noordlicht", "Yes."),
            ("old Outlook in Dutch", "Ja.\n\n-----Oorspronkelijk bericht-----\nVan: Noordlicht", "Ja."),
            ("a signature", "Yes.\n\n-- \nSanne Kuiper\n06 123", "Yes."),
            ("a telephone", "Yes.\n\nSent from my iPhone\n\nOn 19 Nov 2026, at 09:30, Noordlicht wrote:\n> Hello", "Yes."),
            ("a telephone in Dutch", "Ja.\n\nVerzonden vanaf mijn iPhone", "Ja."),
            (
                "Outlook on a telephone",
                "Ja.\n\nOutlook voor iOS downloaden<https://aka.ms/o0ukef>\n________________________________\nVan: x",
                "Ja.",
            ),
            ("between the lines", "> Where is it?\nIn the hall.\n> Since when?\nMay.", "In the hall.\nMay."),
            ("only a quote", "\n> Hello\n", ""),
            (
                "somebody's own words",
                "On Monday he wrote:\nit works.\nFrom: the hall\nVan alles wat.",
                "On Monday he wrote:\nit works.\nFrom: the hall\nVan alles wat.",
            ),
            ("a rule of their own", "One\n\n---\n\nTwo", "One\n\n---\n\nTwo"),
        ] {
            assert_eq!(own_words(text), own, "{what}");
        }
    }

    #[test]
    fn a_page_is_read_as_lines() {
        for (what, html, own) in [
            (
                "Gmail",
                "<div dir=\"ltr\">Yes &amp; no.<div><br></div><div>In May.</div></div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On … wrote:</div><blockquote>Hello</blockquote></div>",
                "Yes & no.\n\nIn May.",
            ),
            (
                "Outlook",
                "<html><head><style>p {}</style></head><body><div class=\"elementToProof\">Ja,\n graag.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Van:</b> x</div><div>Hallo</div></body></html>",
                "Ja, graag.",
            ),
            (
                "Word",
                "<p class=MsoNormal>One<o:p></o:p></p><p class=MsoNormal>Two</p><div><p><b>From:</b> x<br><b>Sent:</b> y<br><b>To:</b> z</p></div>",
                "One\n\nTwo",
            ),
            ("Apple Mail", "<html><body>Yes.<br><br><blockquote type=\"cite\"><div>On …</div></blockquote></body></html>", "Yes."),
            (
                "Thunderbird",
                "<body><p>Ja.<br></p><div class=\"moz-cite-prefix\">Op 19-11-2026 schreef x:</div><blockquote type=\"cite\">Hallo</blockquote></body>",
                "Ja.",
            ),
            ("a list", "<ul><li>One</li><li>Two</li></ul><script>alert(1)</script>", "- One\n- Two"),
            ("nothing", "", ""),
        ] {
            assert_eq!(own_words_of_page(html), own, "{what}");
        }
        // however deep
        let deep = format!("{}x{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        assert_eq!(own_words_of_page(&deep), "x");
    }
}
