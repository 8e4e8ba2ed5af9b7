//! What arrives by mail: who it is for, whether a person wrote it, what they said; or that a letter of ours came back.

use forum::{attachment::Upload, person::address_key, reply::Answer, secret};
use lettre::Address;
use mail_parser::{Message, MessageParser, MimeHeaders as _};

use super::{
    MailError,
    own_words::{own_words, own_words_of_page},
    transport::{self, Verdict},
};

/// Bytes of a letter, at most; what is larger is not looked at.
pub(super) const LETTER_MAX: u64 = 30 * 1024 * 1024;
/// Bytes of a page in a letter that are looked at.
const PAGE_MAX: usize = 200 * 1024;
/// Characters of a text that goes back to whoever wrote it.
const TEXT_MAX: usize = 100_000;
/// Bytes before the `@` of an address (RFC 5321).
const LOCAL_MAX: usize = 64;
/// What tells addresses of letters that come back from those of answers.
const RETURNED: &str = "b-";

/// The address at which mail comes in: of `forum@example.org`, `forum+….` is one for each reader and post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    local: String,
    domain: String,
}

impl Mailbox {
    /// From a setting such as `forum@example.org`.
    ///
    /// # Errors
    /// When it is no address, or one that leaves no room.
    pub fn parse(setting: &str) -> Result<Self, &'static str> {
        let address = forum::person::parse_email(setting).map_err(|_| "it takes an address such as forum@example.org")?;
        let (local, domain) = address.rsplit_once('@').ok_or("it takes an address such as forum@example.org")?;
        if local.contains('+') {
            return Err("what comes after a + is for the forum to write");
        }
        if local.len() + 1 + forum::reply::LONGEST > LOCAL_MAX {
            return Err("it leaves no room before the @: eight characters will do");
        }
        Ok(Self { local: local.to_owned(), domain: domain.to_owned() })
    }

    fn with(&self, token: &str) -> Result<Address, MailError> {
        Ok(Address::new(format!("{}+{token}", self.local), &self.domain)?)
    }

    /// Where an answer to a letter goes.
    pub(super) fn of_answers(&self, token: &str) -> Result<Address, MailError> {
        self.with(token)
    }

    /// Where a letter comes back to.
    pub(super) fn of_returns(&self, token: &str) -> Result<Address, MailError> {
        self.with(&format!("{RETURNED}{token}"))
    }

    /// What stands after the `+` of an address of ours, in lower case as we wrote it.
    fn token_in(&self, address: &str) -> Option<String> {
        let address = address.trim().trim_matches(['<', '>']).to_ascii_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let token = local.strip_prefix(&self.local)?.strip_prefix('+')?;
        (domain == self.domain && !token.is_empty()).then(|| token.to_owned())
    }

    fn is_own(&self, address: &str) -> bool {
        let address = address.trim().to_ascii_lowercase();
        address == format!("{}@{}", self.local, self.domain) || self.token_in(&address).is_some()
    }
}

/// What came in.
#[derive(Debug, Clone)]
pub(super) enum Arrived {
    /// Somebody answered a letter.
    Answer(Answer),
    /// A letter did not arrive.
    Returned(Returned),
    /// Nothing for us, and why.
    Nothing(&'static str),
}

/// A letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Returned {
    /// What stands in the address that it came back to.
    pub(super) token: String,
    /// The addresses that there is nothing at, and what was said of each.
    pub(super) not_there: Vec<(String, String)>,
}

/// Reads what came in; `host` is where our own letters come from. It does not matter what is in it.
pub(super) fn read(bytes: &[u8], at: &Mailbox, host: &str) -> Arrived {
    let Some(message) = MessageParser::default().parse(bytes) else { return Arrived::Nothing("it is no letter") };
    let Some(token) = token_of(&message, at) else { return Arrived::Nothing("it is for nobody") };
    if let Some(token) = token.strip_prefix(RETURNED) {
        return match not_there(&message) {
            Some(not_there) if !not_there.is_empty() => Arrived::Returned(Returned { token: token.to_owned(), not_there }),
            _ => Arrived::Nothing("it came back, but not for good"),
        };
    }
    if let Some(why) = by_machine(&message, at, host) {
        return Arrived::Nothing(why);
    }
    let mut from = message.from().into_iter().flat_map(|from| from.iter());
    let (Some(Some(sender)), None) = (from.next().map(|from| from.address()), from.next()) else {
        return Arrived::Nothing("it says not who wrote it");
    };
    let id = message.message_id().map(str::trim).filter(|id| !id.is_empty());
    let id = id.map_or_else(|| secret::hash(&String::from_utf8_lossy(bytes)), secret::hash);
    Arrived::Answer(Answer { id, token, from: address_key(sender), text: text_of(&message), files: files_of(&message) })
}

/// The values of a header, as they stand there.
fn raw<'a>(message: &'a Message<'_>, name: &'static str) -> impl Iterator<Item = &'a str> {
    message.headers_raw().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Which address of ours it went to.
fn token_of(message: &Message<'_>, at: &Mailbox) -> Option<String> {
    // where it was delivered says more than where it was sent
    let delivered = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To"];
    let delivered = delivered.into_iter().flat_map(|name| raw(message, name)).find_map(|address| at.token_in(address));
    let named = || {
        let all = [message.to(), message.cc()].into_iter().flatten().flat_map(|list| list.iter());
        all.filter_map(|address| address.address()).find_map(|address| at.token_in(address))
    };
    delivered.or_else(named)
}

/// Why it is no letter of a person, if it is none: whoever answers machines is answered by them.
fn by_machine(message: &Message<'_>, at: &Mailbox, host: &str) -> Option<&'static str> {
    let says = |name, found: fn(&str) -> bool| raw(message, name).any(found);
    if says("Return-Path", |path| path == "<>") {
        return Some("nobody sent it");
    }
    if says("Auto-Submitted", |value| !value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("no")) {
        return Some("a machine wrote it");
    }
    let is_bulk = |value: &str| ["bulk", "list", "junk", "auto_reply"].iter().any(|word| value.eq_ignore_ascii_case(word));
    if raw(message, "Precedence").any(is_bulk) {
        return Some("it is one of many");
    }
    let automatic = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"];
    if automatic.into_iter().any(|name| raw(message, name).any(|value| !value.eq_ignore_ascii_case("no"))) {
        return Some("a machine wrote it");
    }
    if ["X-Loop", "List-Id", "List-Post", "List-Unsubscribe"].into_iter().any(|name| raw(message, name).next().is_some()) {
        return Some("it went through a list");
    }
    if message.message_id().and_then(|id| id.rsplit_once('@')).is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(host)) {
        return Some("we wrote it");
    }
    let kind = message.content_type();
    if kind.is_some_and(|kind| {
        kind.c_type.eq_ignore_ascii_case("multipart") && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report"))
    }) {
        return Some("a machine wrote it");
    }
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let local = sender.split('@').next().unwrap_or_default().to_ascii_lowercase();
    if at.is_own(sender) || matches!(local.as_str(), "mailer-daemon" | "postmaster" | "noreply" | "no-reply") {
        return Some("a machine wrote it");
    }
    None
}

/// The addresses that a report on delivery says there is nothing at (RFC 3464); nothing when it is no such report.
fn not_there(message: &Message<'_>) -> Option<Vec<(String, String)>> {
    let is_status = |kind: &mail_parser::ContentType<'_>| {
        kind.c_type.eq_ignore_ascii_case("message") && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("delivery-status"))
    };
    let report = message.parts.iter().find(|part| part.content_type().is_some_and(is_status))?;
    let text = String::from_utf8_lossy(report.contents()).replace("\r\n", "\n");
    let mut found = Vec::new();
    for group in text.split("\n\n") {
        let fields = fields(group);
        let value = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let address = |name: &str| value(name).and_then(|value| value.split_once(';')).map(|(_, address)| address_key(address));
        let Some(status) = value("status") else { continue };
        let has_failed = value("action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
        // a report has no stage of its own: what it says by a status counts
        let is_not_there =
            has_failed && transport::status(status).is_some() && transport::verdict(false, 550, status) == Verdict::NotThere;
        // an address to which it was forwarded may be gone while the one that we know is not
        let Some(address) = address("final-recipient").filter(|_| is_not_there) else { continue };
        let said = value("diagnostic-code").map_or(status, |code| code.split_once(';').map_or(code, |(_, said)| said.trim()));
        found.push((address, said.to_owned()));
    }
    Some(found)
}

/// Fields of a group of a report, their names in lower case; a line that begins with a space goes on with the one before.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        match (line.split_once(':'), fields.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

/// What somebody wrote, and nothing else.
fn text_of(message: &Message<'_>) -> String {
    let plain = message.text_bodies().find(|part| part.is_text() && !part.is_text_html()).and_then(|part| part.text_contents());
    let own = match plain.filter(|text| !text.trim().is_empty()) {
        Some(text) => own_words(text),
        None => message
            .html_bodies()
            .find_map(|part| part.text_contents())
            .map(|page| own_words_of_page(start(page)))
            .unwrap_or_default(),
    };
    // what is no text is in no text
    own.chars().filter(|c| *c == '\n' || !c.is_control()).take(TEXT_MAX).collect()
}

fn start(page: &str) -> &str {
    let end = (0..=PAGE_MAX.min(page.len())).rev().find(|at| page.is_char_boundary(*at)).unwrap_or(0);
    &page[..end]
}

/// What was attached. What stands within a text is most often the mark of a company.
fn files_of(message: &Message<'_>) -> Vec<Upload> {
    let attached =
        message.attachments().filter(|part| part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment));
    let file = |part: &mail_parser::MessagePart<'_>| Upload {
        name: part.attachment_name().unwrap_or_default().to_owned(),
        content: part.contents().to_vec(),
        alt: String::new(),
    };
    attached.map(file).collect()
}
