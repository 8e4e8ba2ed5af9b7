//! What a letter says, in the language of its reader.

use app::{
    i18n::{Words, names},
    parts::notice as said,
};
use askama::Template;
use chrono::{DateTime, Utc};
use forum::{
    answer::Answer,
    clock,
    comment::BODY_MAX,
    event::{Audience, Kind},
    level, markdown,
    moderation::{Act, Moderation, Ruling},
    notice::{About, Content, Notice, PostSummary},
    outbox::{Collected, NotTaken},
    site::{Language, Site},
};

/// Characters of somebody's text that a letter shows.
const EXCERPT: usize = 200;

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
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

/// One of several things that a letter tells.
struct Item {
    headline: String,
    quote: Option<String>,
    link: String,
}

/// A way on at the foot of a letter.
struct Way {
    words: String,
    link: String,
}

/// All that a letter is made of.
struct Parts {
    subject: String,
    greeting: String,
    text: String,
    quote: Option<String>,
    facts: Vec<Fact>,
    items: Vec<Item>,
    button: String,
    link: String,
    note: Option<String>,
    /// That the letter can be answered, if it can.
    answer: Option<String>,
    why: String,
    ways: Vec<Way>,
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
    items: &'a [Item],
    button: &'a str,
    link: &'a str,
    note: Option<&'a str>,
    answer: Option<&'a str>,
    link_help: &'a str,
    why: &'a str,
    ways: &'a [Way],
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Plain<'a> {
    site: &'a str,
    greeting: &'a str,
    text: &'a str,
    quote: Option<&'a str>,
    facts: &'a [Fact],
    items: &'a [Item],
    button: &'a str,
    link: &'a str,
    note: Option<&'a str>,
    answer: Option<&'a str>,
    why: &'a str,
    ways: &'a [Way],
}

/// Puts a letter into words. `address` is the public one without a slash at its end.
///
/// # Errors
/// When a template fails, which none does.
pub fn worded(content: &Content, language: Language, address: &str, site: &Site) -> Result<Worded, askama::Error> {
    let words = Words::of(language);
    let parts = parts(content, words, address, site);
    let site = site.name.as_str();
    let link_help = words.ta("mail-link-help", &[("link", parts.link.as_str().into())]);
    let html = Html {
        language: language.tag(),
        site,
        subject: &parts.subject,
        greeting: &parts.greeting,
        text: &parts.text,
        quote: parts.quote.as_deref(),
        facts: &parts.facts,
        items: &parts.items,
        button: &parts.button,
        link: &parts.link,
        note: parts.note.as_deref(),
        answer: parts.answer.as_deref(),
        link_help: &link_help,
        why: &parts.why,
        ways: &parts.ways,
    };
    let quote = parts.quote.as_ref().map(|quote| quote.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"));
    let plain = Plain {
        site,
        greeting: &parts.greeting,
        text: &parts.text,
        quote: quote.as_deref(),
        facts: &parts.facts,
        items: &parts.items,
        button: &parts.button,
        link: &parts.link,
        note: parts.note.as_deref(),
        answer: parts.answer.as_deref(),
        why: &parts.why,
        ways: &parts.ways,
    };
    let (html, text) = (html.render()?, plain.render()?);
    Ok(Worded { html, text, is_notice: parts.is_notice, subject: parts.subject })
}

fn parts(content: &Content, words: &Words, address: &str, site: &Site) -> Parts {
    let account = |name: Option<&str>, key: &str, path: &str| {
        let of_site = [("site", site.name.as_str().into())];
        Parts {
            subject: words.ta(&format!("mail-{key}-subject"), &of_site),
            greeting: greeting(words, name),
            text: words.ta(&format!("mail-{key}-text"), &of_site),
            quote: None,
            facts: Vec::new(),
            items: Vec::new(),
            button: words.t(&format!("mail-{key}-button")),
            link: format!("{address}{path}"),
            note: Some(words.t(&format!("mail-{key}-note"))),
            answer: None,
            why: words.ta("mail-why-account", &of_site),
            ways: Vec::new(),
            is_notice: false,
        }
    };
    match content {
        Content::Verify { path } => account(None, "verify", path),
        Content::AlreadyRegistered { name } => account(Some(name), "known", "/sign-in"),
        Content::Reset { name, path } => account(name.as_deref(), "reset", path),
        Content::Invited { path } => {
            let why = words.ta("mail-why-invited", &[("site", site.name.as_str().into())]);
            Parts { why, ..account(None, "invited", path) }
        }
        Content::Receipt { path } => {
            let why = words.ta("mail-why-receipt", &[("site", site.name.as_str().into())]);
            Parts { why, ..account(None, "receipt", path) }
        }
        Content::NewAddress { path } => {
            let why = words.ta("mail-why-new-address", &[("site", site.name.as_str().into())]);
            Parts { why, ..account(None, "new-address", path) }
        }
        Content::AddressChanged { name } => account(Some(name), "address-changed", "/"),
        Content::TokenMade { name, token } => {
            let mut parts = account(Some(name), "token", "/me/tokens");
            parts.facts = vec![Fact { name: words.t("mail-token-name"), value: token.clone(), html: None }];
            parts
        }
        Content::HookDisabled { name, hook, host, gone } => {
            let mut parts = account(Some(name), "hook", &format!("/admin/hooks/{hook}"));
            let why = words.t(if *gone { "mail-hook-gone" } else { "mail-hook-failing" });
            parts.facts = vec![
                Fact { name: words.t("mail-hook-host"), value: host.clone(), html: None },
                Fact { name: words.t("mail-hook-why"), value: why, html: None },
            ];
            parts
        }
        Content::PasswordChanged { name } => account(Some(name), "password", "/reset"),
        Content::Banned { name, act, decided } => banned(name, act, *decided, words, address, site),
        Content::NotTaken { name, post, why, text } => not_taken(name.as_deref(), post.as_ref(), *why, text, words, address, site),
        Content::Notice { notice, path, stop, answer } => {
            let mut parts = told(notice, path.as_deref(), words, address, site);
            parts.answer = answer.as_ref().map(|_| words.t("mail-answer"));
            parts.ways.push(stops(words, address, stop));
            parts
        }
        Content::Digest { notices, collected, stop, answer } => {
            let mut parts = digest(notices, *collected, words, address, site);
            parts.answer = answer.as_ref().map(|_| words.t("mail-answer"));
            parts.ways.push(stops(words, address, stop));
            parts
        }
    }
}

/// A greeting by name, where the name is the reader's own.
fn greeting(words: &Words, name: Option<&str>) -> String {
    match name {
        Some(name) => words.ta("mail-greeting", &[("name", name.into())]),
        None => words.t("mail-greeting-anybody"),
    }
}

/// A letter to whoever was kept from writing, or may write again.
fn banned(name: &str, act: &Moderation, decided: bool, words: &Words, address: &str, site: &Site) -> Parts {
    let key = match act.appeal.as_ref().and_then(|appeal| appeal.outcome).filter(|_| decided) {
        Some(Ruling::Upheld) => "ban-upheld",
        Some(Ruling::Rejected) => "ban-rejected",
        None if act.act == Act::Unban => "unbanned",
        None => "banned",
    };
    let of_site = [("site", site.name.as_str().into())];
    let fact = |name: &str, value: String| Fact { name: words.t(name), value, html: None };
    let reason = act.appeal.as_ref().and_then(|appeal| appeal.reason.clone()).filter(|_| decided);
    let mut facts =
        vec![rule(act.rule, act.at, words, site), fact("mail-fact-reason", reason.unwrap_or_else(|| act.reason.clone()))];
    facts.extend(act.last_day.map(|day| fact("mail-fact-last-day", words.date(day))));
    Parts {
        subject: words.ta(&format!("mail-{key}-subject"), &of_site),
        greeting: greeting(words, Some(name)),
        text: words.ta(&format!("mail-{key}-text"), &of_site),
        quote: None,
        facts,
        items: Vec::new(),
        button: words.t(if act.act.is_against() && !decided { "mail-moderated-button" } else { "mail-act-button" }),
        link: format!("{address}/moderation/{}", act.id),
        note: None,
        answer: None,
        why: words.ta("mail-why-account", &of_site),
        ways: Vec::new(),
        is_notice: false,
    }
}

/// A letter to whoever answered by mail, when that did not become a comment.
fn not_taken(
    name: Option<&str>,
    post: Option<&PostSummary>,
    why: NotTaken,
    text: &str,
    words: &Words,
    address: &str,
    site: &Site,
) -> Parts {
    let of_site = [("site", site.name.as_str().into()), ("most", words.number(BODY_MAX.try_into().unwrap_or(i64::MAX)).into())];
    let path = post.map_or_else(|| "/".to_owned(), |post| format!("/p/{}/{}", post.id, post.slug));
    let title = |post: &PostSummary| Fact { name: words.t("mail-fact-post"), value: post.title.clone(), html: None };
    Parts {
        subject: words.t("mail-not-taken-subject"),
        greeting: greeting(words, name),
        text: words.ta(&names::NOT_TAKEN.key(why), &of_site),
        quote: Some(text.to_owned()).filter(|text| !text.is_empty()),
        facts: post.map(title).into_iter().collect(),
        items: Vec::new(),
        button: words.t(if post.is_some() { "mail-told-button" } else { "mail-not-taken-button" }),
        link: format!("{address}{path}"),
        note: (!text.is_empty()).then(|| words.t("mail-not-taken-note")),
        answer: None,
        why: words.ta("mail-why-not-taken", &of_site),
        ways: Vec::new(),
        is_notice: false,
    }
}

/// The house rule that something followed from, as it stood then.
fn rule(number: i32, at: DateTime<Utc>, words: &Words, site: &Site) -> Fact {
    let text = words.house_rule_at(site, number, at);
    Fact { name: words.t("mail-fact-rule"), value: format!("{number}. {text}"), html: None }
}

/// A letter that tells of something: a subject and a sentence of their own, and what there is to know as a table.
fn told(notice: &Notice, path: Option<&str>, words: &Words, address: &str, site: &Site) -> Parts {
    let post = &notice.post;
    let key = said::key(notice);
    let asked = matches!(notice.event.kind, Kind::CustomersAsked { .. });
    let mut values = vec![("title", post.title.as_str().into()), ("site", site.name.as_str().into())];
    values.extend(said::named(notice, words).into_iter().map(|(name, value)| (name, value.into())));
    let quote = match &notice.about {
        About::Comment(comment) => Some(markdown::excerpt(&comment.body, EXCERPT)),
        About::Changelog(entry) => Some(markdown::excerpt(&entry.body, EXCERPT)),
        _ => None,
    };
    let button = match notice.event.kind {
        Kind::AnswerPublished { .. } => "mail-answered-button",
        Kind::CommentPosted { .. } => "mail-commented-button",
        Kind::CustomersAsked { .. } => "mail-asked-button",
        Kind::Moderated { act, .. } if act.is_against() => "mail-moderated-button",
        Kind::Moderated { .. } | Kind::Appealed { .. } | Kind::AppealDecided { .. } => "mail-act-button",
        Kind::PostMerged { .. } => "mail-merged-button",
        Kind::ChangelogPublished { .. } | Kind::ChangelogCorrected { .. } => "mail-thanked-button",
        _ => "mail-told-button",
    };
    Parts {
        subject: said::headline(words, notice, &site.name),
        greeting: greeting(words, notice.name.as_deref()),
        text: words.ta(&text_of(notice, key), &values),
        quote,
        facts: facts(notice, words, address, site),
        items: Vec::new(),
        button: words.t(button),
        link: format!("{address}{}", path.map_or_else(|| said::path(notice), str::to_owned)),
        note: asked.then(|| words.t("mail-asked-note")),
        answer: None,
        why: match (&notice.name, notice.reason) {
            (None, _) => words.ta("mail-why-guest", &values),
            (Some(_), Audience::Mentioned) => words.ta("mail-why-mentioned", &values),
            (Some(_), Audience::Follower) => words.ta("mail-why-follows", &values),
            (Some(_), Audience::Tag | Audience::Actor) => {
                let key = if notice.reason == Audience::Tag { "mail-why-follows-tag" } else { "mail-why-follows-person" };
                let name = notice.cause.clone().unwrap_or_default();
                words.ta(key, &[("site", site.name.as_str().into()), ("name", name.into())])
            }
            _ => words.ta(if asked { "mail-why-asked" } else { "mail-why-notice" }, &values),
        },
        ways: notice.name.is_some().then(|| ways(notice, words, address)).into_iter().flatten().collect(),
        is_notice: true,
    }
}

/// Where a reader with an account says what they follow, and what reaches them by mail.
fn ways(notice: &Notice, words: &Words, address: &str) -> impl Iterator<Item = Way> + use<> {
    let follows = matches!(notice.reason, Audience::Follower | Audience::Tag | Audience::Actor);
    let list = Way { words: words.t("mail-follows-list"), link: format!("{address}/me/follows") };
    follows.then_some(list).into_iter().chain([choose(words, address)])
}

/// Where the reader says what reaches them by mail.
fn choose(words: &Words, address: &str) -> Way {
    Way { words: words.t("mail-choose"), link: format!("{address}/me/notices#mail") }
}

/// Where the reader stops mail like this.
fn stops(words: &Words, address: &str, path: &str) -> Way {
    Way { words: words.t("mail-stop"), link: format!("{address}{path}") }
}

/// A letter that tells of several things, a line for each.
fn digest(notices: &[Notice], collected: Collected, words: &Words, address: &str, site: &Site) -> Parts {
    let item = |notice: &Notice| Item {
        headline: said::headline(words, notice, &site.name),
        quote: said::excerpt(notice),
        link: format!("{address}{}", said::path(notice)),
    };
    let first = notices.first();
    let name = first.and_then(|notice| notice.name.as_deref());
    let is_of_one_post = first.filter(|first| notices.iter().all(|notice| notice.post.id == first.post.id));
    let n = i64::try_from(notices.len()).unwrap_or(i64::MAX);
    let of_site = [("site", site.name.as_str().into()), ("n", n.into())];
    let (subject, link) = match is_of_one_post {
        Some(notice) => {
            let values = [("title", notice.post.title.as_str().into()), ("n", n.into())];
            (words.ta("mail-digest-post-subject", &values), said::path(notice))
        }
        None => (words.ta("mail-digest-subject", &of_site), "/me/notices".to_owned()),
    };
    let (text, why) = match collected {
        Collected::Burst => ("mail-digest-burst-text", "mail-why-burst"),
        Collected::Asked => ("mail-digest-text", "mail-why-digest"),
    };
    Parts {
        subject,
        greeting: greeting(words, name),
        text: words.ta(text, &of_site),
        quote: None,
        facts: Vec::new(),
        items: notices.iter().map(item).collect(),
        button: words.t(if is_of_one_post.is_some() { "mail-told-button" } else { "mail-digest-button" }),
        link: format!("{address}{link}"),
        note: None,
        answer: None,
        why: words.ta(why, &of_site),
        ways: vec![choose(words, address)],
        is_notice: true,
    }
}

/// The key of the sentence: who follows a post has not written it, and is owed nothing.
fn text_of(notice: &Notice, key: &str) -> String {
    let follows = matches!(notice.reason, Audience::Follower | Audience::Actor);
    match (follows, &notice.event.kind) {
        (true, Kind::AnswerPublished { .. }) => "mail-follows-answered-text",
        (true, Kind::PromiseMade { .. }) => "mail-follows-promised-text",
        (true, Kind::PromiseChanged { .. }) => "mail-follows-promise-changed-text",
        (true, Kind::PromiseKept { .. }) => "mail-follows-promise-kept-text",
        (true, Kind::PromiseWithdrawn { .. }) => "mail-follows-promise-withdrawn-text",
        (true, Kind::PromisePaid { .. }) => "mail-follows-promise-paid-text",
        _ => return format!("mail-{key}-text"),
    }
    .to_owned()
}

/// What there is to know.
fn facts(notice: &Notice, words: &Words, address: &str, site: &Site) -> Vec<Fact> {
    let fact = |name: &str, value: String| Fact { name: words.t(name), value, html: None };
    let some = |name: &str, value: &Option<String>| value.clone().map(|value| fact(name, value));
    let date = |name: &str, at| fact(name, words.date(clock::local_day(site, at)));
    let level = |level: i32| fact("mail-fact-level", words.t(&format!("mail-level-{level}")));
    let clock = |clock: clock::Name| fact("mail-fact-clock", words.t(&format!("clock-{}", clock.as_str().replace('_', "-"))));
    let reason = || some("mail-fact-reason", &notice.event.reason);
    match (&notice.event.kind, &notice.about) {
        (Kind::AnswerPublished { .. }, About::Answer(answer)) => {
            let next = answer.next_update_on.map(|day| fact("mail-answered-next", words.date(day)));
            let facts = [fact("mail-answered-stage", said::stage(words, answer)), what(words, address, answer)];
            facts.into_iter().chain(some("mail-answered-who", &answer.who)).chain(next).collect()
        }
        (Kind::CustomersAsked { .. }, About::Answer(answer)) => vec![what(words, address, answer)],
        (Kind::ClockMissed { clock: name, due_at, level: before }, _) => {
            vec![clock(*name), date("mail-fact-due", *due_at), level((before + 1).min(level::HIGHEST))]
        }
        (Kind::LevelChanged { to, cause, .. }, _) => {
            let cause = words.t(&format!("mail-cause-{}", cause.as_str().replace('_', "-")));
            vec![level(*to), fact("mail-fact-cause", cause)]
        }
        (Kind::ClocksStopped { until_at }, _) => {
            let needed = some("mail-fact-needed", &notice.event.reason);
            needed.into_iter().chain([date("mail-fact-until", *until_at)]).collect()
        }
        (Kind::ClockExtended { clock: name, old_due_at, new_due_at }, _) => {
            let facts = [clock(*name), date("mail-fact-old", *old_due_at), date("mail-fact-new", *new_due_at)];
            facts.into_iter().chain(reason()).collect()
        }
        (Kind::HandoverOffered { .. }, About::Handover(offer)) => {
            some("mail-fact-reason", &offer.reason).into_iter().chain([date("mail-fact-until", offer.lapses_at)]).collect()
        }
        (Kind::HandoverDeclined { .. }, About::Handover(offer)) => some("mail-fact-reason", &offer.note).into_iter().collect(),
        (kind, About::Promise(promise)) => {
            let due_on = || fact("mail-fact-until", words.date(promise.due_on));
            let more = match kind {
                Kind::PromiseMade { .. } => vec![Some(due_on()), some("mail-fact-remedy", &promise.remedy)],
                Kind::PromiseChanged { .. } => vec![Some(due_on())],
                Kind::PromiseBroken { .. } | Kind::PromisePaid { .. } => vec![some("mail-fact-owed", &promise.remedy)],
                Kind::PromiseWithdrawn { .. } => vec![reason()],
                _ => Vec::new(),
            };
            [fact("mail-answered-what", promise.what.clone())].into_iter().chain(more.into_iter().flatten()).collect()
        }
        (_, About::Again(report)) => vec![fact("mail-fact-report", markdown::excerpt(&report.body, EXCERPT))],
        (_, About::Rebuttal(rebuttal)) => vec![fact("mail-fact-report", markdown::excerpt(&rebuttal.body, EXCERPT))],
        (_, About::Case(head)) => {
            let rule = notice.event.rule.map(|number| rule(number, notice.event.at, words, site));
            let case = fact("mail-fact-case", format!("#{} {}", head.id, head.title));
            std::iter::once(case).chain(rule).chain(reason()).collect()
        }
        (_, About::Proposal(_)) => reason().into_iter().collect(),
        (_, About::Changelog(entry)) => {
            let category = words.name(names::CHANGELOG, entry.category);
            vec![fact("mail-thanked-entry", format!("{category}: {}", entry.title))]
        }
        (Kind::RequestDecided { .. }, About::Request(request)) => some("mail-fact-reason", &request.note).into_iter().collect(),
        (_, About::Request(request)) => vec![date("mail-fact-until", request.due_at)],
        (Kind::Appealed { .. }, About::Moderation(act)) => {
            let due = act.appeal.as_ref().map(|appeal| date("mail-fact-until", appeal.due_at));
            [rule(act.rule, act.at, words, site)].into_iter().chain(due).collect()
        }
        (_, About::Moderation(act)) => [rule(act.rule, act.at, words, site)].into_iter().chain(reason()).collect(),
        _ => Vec::new(),
    }
}

/// What the company says, with its mark-up.
fn what(words: &Words, address: &str, answer: &Answer) -> Fact {
    // a letter is read elsewhere
    let html = answer.what_html.replace("href=\"/", &format!("href=\"{address}/"));
    Fact { name: words.t("mail-answered-what"), value: answer.what.clone(), html: Some(html) }
}
