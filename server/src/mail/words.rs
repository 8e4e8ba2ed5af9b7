//! What a letter says, in the language of its reader.

use app::i18n::Words;
use askama::Template;
use forum::{
    clock,
    mail::{Content, Leased, News, PostSummary},
    text,
};

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As a page.
    pub html: String,
    /// Whether it tells of something that happened, rather than answering a request of its reader.
    pub is_notice: bool,
}

/// A line of a table.
struct Fact {
    name: String,
    value: String,
    /// The value as safe HTML, where it was written in Markdown.
    html: Option<String>,
}

/// All that a letter is made of.
struct Parts {
    subject: String,
    greeting: String,
    text: String,
    quote: Option<String>,
    facts: Vec<Fact>,
    button: String,
    link: String,
    note: Option<String>,
    why: String,
    is_notice: bool,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    language: &'a str,
    site: &'a str,
    subject: &'a str,
    greeting: &'a str,
    text: &'a str,
    quote: Option<&'a str>,
    facts: &'a [Fact],
    button: &'a str,
    link: &'a str,
    note: Option<&'a str>,
    link_help: &'a str,
    why: &'a str,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Plain<'a> {
    site: &'a str,
    greeting: &'a str,
    text: &'a str,
    quote: Option<&'a str>,
    facts: &'a [Fact],
    button: &'a str,
    link: &'a str,
    note: Option<&'a str>,
    why: &'a str,
}

/// Puts a letter into words.
///
/// # Errors
/// When a template fails, which none does.
pub fn letter(leased: &Leased, address: &str, site: &str) -> Result<Letter, askama::Error> {
    let words = Words::of(leased.language);
    let parts = parts(&leased.content, words, address, site);
    let link_help = words.ta("mail-link-help", &[("link", parts.link.as_str().into())]);
    let html = Html {
        language: leased.language.tag(),
        site,
        subject: &parts.subject,
        greeting: &parts.greeting,
        text: &parts.text,
        quote: parts.quote.as_deref(),
        facts: &parts.facts,
        button: &parts.button,
        link: &parts.link,
        note: parts.note.as_deref(),
        link_help: &link_help,
        why: &parts.why,
    };
    let quote = parts.quote.as_ref().map(|quote| quote.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"));
    let plain = Plain {
        site,
        greeting: &parts.greeting,
        text: &parts.text,
        quote: quote.as_deref(),
        facts: &parts.facts,
        button: &parts.button,
        link: &parts.link,
        note: parts.note.as_deref(),
        why: &parts.why,
    };
    let (html, text) = (html.render()?, plain.render()?);
    Ok(Letter { html, text, is_notice: parts.is_notice, subject: parts.subject })
}

/// News of a post: a subject and a sentence of their own, and what there is to know as a table.
fn news(told: &News, words: &Words, post: &PostSummary, parts: Parts) -> Parts {
    let clock = |clock: &clock::Name| words.t(&format!("clock-{}", clock.as_str().replace('_', "-")));
    let fact = |name: &str, value: String| Fact { name: words.t(name), value, html: None };
    let day = |name: &str, day: &chrono::NaiveDate| fact(name, words.date(*day));
    let some = |name: &str, value: &Option<String>| value.clone().map(|value| fact(name, value));
    let level = |level: i32| words.t(&format!("mail-level-{level}"));
    let mut values = vec![("title", post.title.as_str().into())];
    let (key, facts) = match told {
        News::ClockMissed { clock: name, due_on, level: now } => {
            let facts =
                vec![fact("mail-fact-clock", clock(name)), day("mail-fact-due", due_on), fact("mail-fact-level", level(*now))];
            ("clock-missed", facts)
        }
        News::Raised { level: now, cause } => {
            let cause = words.t(&format!("mail-cause-{}", cause.as_str().replace('_', "-")));
            ("raised", vec![fact("mail-fact-level", level(*now)), fact("mail-fact-cause", cause)])
        }
        News::Yours => ("yours", Vec::new()),
        News::HandoverOffered { by, reason, until } => {
            values.push(("by", by.as_str().into()));
            ("handover-offered", some("mail-fact-reason", reason).into_iter().chain([day("mail-fact-until", until)]).collect())
        }
        News::HandoverAccepted { by } => {
            values.push(("by", by.as_str().into()));
            ("handover-accepted", Vec::new())
        }
        News::HandoverDeclined { by, note } => {
            values.push(("by", by.as_str().into()));
            ("handover-declined", some("mail-fact-reason", note).into_iter().collect())
        }
        News::HandoverLapsed { to } => {
            values.push(("to", to.as_str().into()));
            ("handover-lapsed", Vec::new())
        }
        News::WaitingForYou { reason, until } => {
            ("waiting-for-you", vec![fact("mail-fact-needed", reason.clone()), day("mail-fact-until", until)])
        }
        News::Extended { clock: name, old, new, reason } => {
            let facts = vec![
                fact("mail-fact-clock", clock(name)),
                day("mail-fact-old", old),
                day("mail-fact-new", new),
                fact("mail-fact-reason", reason.clone()),
            ];
            ("extended", facts)
        }
        News::Promised { what, due_on, remedy } => {
            let facts = [fact("mail-answered-what", what.clone()), day("mail-fact-until", due_on)];
            ("promised", facts.into_iter().chain(some("mail-fact-remedy", remedy)).collect())
        }
        News::PromiseChanged { what, due_on } => {
            ("promise-changed", vec![fact("mail-answered-what", what.clone()), day("mail-fact-until", due_on)])
        }
        News::PromiseKept { what } => ("promise-kept", vec![fact("mail-answered-what", what.clone())]),
        News::PromiseBroken { what, remedy } => {
            let facts = [fact("mail-answered-what", what.clone())];
            ("promise-broken", facts.into_iter().chain(some("mail-fact-owed", remedy)).collect())
        }
        News::PromiseWithdrawn { what, reason } => {
            let facts = [fact("mail-answered-what", what.clone())];
            ("promise-withdrawn", facts.into_iter().chain(some("mail-fact-reason", reason)).collect())
        }
        News::PromisePaid { what, remedy } => {
            let facts = [fact("mail-answered-what", what.clone())];
            ("promise-paid", facts.into_iter().chain(some("mail-fact-remedy", remedy)).collect())
        }
        News::Again { by, excerpt } => {
            values.push(("by", by.as_str().into()));
            ("again", vec![fact("mail-fact-report", excerpt.clone())])
        }
        News::Rebutted { excerpt } => ("rebutted", vec![fact("mail-fact-report", excerpt.clone())]),
        News::RequestMade { by, due_on } => {
            values.push(("by", by.as_str().into()));
            ("request-made", vec![day("mail-fact-until", due_on)])
        }
        News::RequestDecided { approved, note } => {
            let key = if *approved { "request-approved" } else { "request-refused" };
            (key, some("mail-fact-reason", note).into_iter().collect())
        }
    };
    Parts {
        subject: words.ta(&format!("mail-{key}-subject"), &values),
        text: words.ta(&format!("mail-{key}-text"), &values),
        facts,
        ..parts
    }
}

fn parts(content: &Content, words: &Words, address: &str, site: &str) -> Parts {
    let named = |name: &str| words.ta("mail-greeting", &[("name", name.into())]);
    let of_site = [("site", site.into())];
    let account = |name: &str, path: &str| Parts {
        subject: String::new(),
        greeting: named(name),
        text: String::new(),
        quote: None,
        facts: Vec::new(),
        button: String::new(),
        link: format!("{address}{path}"),
        note: None,
        why: words.ta("mail-why-account", &of_site),
        is_notice: false,
    };
    let notice = |name: &str, post: &PostSummary| Parts {
        why: words.ta("mail-why-notice", &of_site),
        is_notice: true,
        ..account(name, &format!("/p/{}/{}", post.id, post.slug))
    };
    match content {
        Content::Verify { name, path } => Parts {
            subject: words.ta("mail-verify-subject", &of_site),
            text: words.ta("mail-verify-text", &of_site),
            button: words.t("mail-verify-button"),
            note: Some(words.t("mail-verify-note")),
            ..account(name, path)
        },
        Content::AlreadyRegistered { name } => Parts {
            subject: words.ta("mail-known-subject", &of_site),
            text: words.ta("mail-known-text", &of_site),
            button: words.t("mail-known-button"),
            note: Some(words.t("mail-known-note")),
            ..account(name, "/sign-in")
        },
        Content::Reset { name, path } => Parts {
            subject: words.ta("mail-reset-subject", &of_site),
            text: words.ta("mail-reset-text", &of_site),
            button: words.t("mail-reset-button"),
            note: Some(words.t("mail-reset-note")),
            ..account(name, path)
        },
        Content::Answered { name, post, stage, what, who, next_update_on } => {
            let stage = words.t(&format!("stage-{}", stage.as_str()));
            let title = ("title", post.title.as_str().into());
            let fact = |name: &str, value: String| Fact { name: words.t(name), value, html: None };
            let mut facts = vec![fact("mail-answered-stage", stage.clone())];
            facts.push(Fact { html: Some(text::markdown(what)), ..fact("mail-answered-what", what.clone()) });
            facts.extend(who.clone().map(|who| fact("mail-answered-who", who)));
            facts.extend(next_update_on.map(|day| fact("mail-answered-next", words.date(day))));
            Parts {
                subject: words.ta("mail-answered-subject", &[("stage", stage.into()), title.clone()]),
                text: words.ta("mail-answered-text", &[("site", site.into()), title]),
                facts,
                button: words.t("mail-answered-button"),
                ..notice(name, post)
            }
        }
        Content::Commented { name, post, by, excerpt, reply } => {
            let values = [("by", by.as_str().into()), ("title", post.title.as_str().into())];
            let (subject, text) = if *reply {
                (words.ta("mail-replied-subject", &values), words.ta("mail-replied-text", &values))
            } else {
                (words.ta("mail-commented-subject", &values), words.ta("mail-commented-text", &values))
            };
            Parts { subject, text, quote: Some(excerpt.clone()), button: words.t("mail-commented-button"), ..notice(name, post) }
        }
        Content::Told { name, post, told } => {
            Parts { button: words.t("mail-told-button"), ..news(told, words, post, notice(name, post)) }
        }
        Content::Asked { name, post, what, path, round } => {
            let title = [("title", post.title.as_str().into()), ("site", site.into())];
            let key = if *round == 1 { "mail-asked" } else { "mail-asked-later" };
            Parts {
                subject: words.ta(&format!("{key}-subject"), &title),
                text: words.ta(&format!("{key}-text"), &title),
                facts: vec![Fact { name: words.t("mail-answered-what"), value: what.clone(), html: Some(text::markdown(what)) }],
                button: words.t("mail-asked-button"),
                note: Some(words.t("mail-asked-note")),
                why: words.ta("mail-why-asked", &of_site),
                is_notice: true,
                ..account(name, path)
            }
        }
    }
}
