//! What a notice says in a line, by mail and on the page.

use forum::{
    answer::Answer,
    event::{Audience, Kind},
    markdown,
    moderation::Act,
    notice::{About, COUNTED, Notice},
    request,
};

use crate::{
    i18n::{Words, names},
    pages::changelog::path_of as entry_path,
    t,
};

/// Characters of a comment that stand with the line.
const EXCERPT: usize = 120;

/// How many are unseen, as far as they are counted.
pub fn counted(unread: i64) -> String {
    if unread > COUNTED { format!("{COUNTED}+") } else { unread.to_string() }
}

/// The line: what happened, and to what.
pub fn headline(words: &Words, notice: &Notice, site: &str) -> String {
    // what is hidden has no title
    let title = if notice.post.title.is_empty() { words.t("notices-hidden") } else { notice.post.title.clone() };
    let mut values = vec![("title", title.into()), ("site", site.into())];
    values.extend(named(notice, words).into_iter().map(|(name, value)| (name, value.into())));
    words.ta(&format!("mail-{}-subject", key(notice)), &values)
}

/// How what somebody said begins, where that is the news.
pub fn excerpt(notice: &Notice) -> Option<String> {
    match &notice.about {
        About::Comment(comment) => Some(markdown::excerpt(&comment.body, EXCERPT)),
        About::Promise(promise) => Some(promise.what.clone()),
        _ => None,
    }
}

/// Why the reader is told.
pub fn why(words: &Words, notice: &Notice) -> String {
    match (notice.reason, &notice.cause) {
        (Audience::Tag, Some(name)) => t!(words, "notice-why-tag-named", name = name.as_str()),
        (Audience::Actor, Some(name)) => t!(words, "notice-why-actor-named", name = name.as_str()),
        _ => words.name(names::NOTICE_WHY, notice.reason),
    }
}

/// Where the reader goes on: of a post that became a member of a case at its head, of an act of moderation where they can object.
pub fn path(notice: &Notice) -> String {
    match &notice.about {
        About::Moderation(act) => return format!("/moderation/{}", act.id),
        About::Changelog(entry) => return entry_path(entry.id, &entry.slug()),
        _ => {}
    }
    let post = match (&notice.event.kind, &notice.about) {
        (Kind::PostMerged { .. }, About::Case(head)) => head,
        _ => &notice.post,
    };
    format!("/p/{}/{}", post.id, post.slug)
}

/// What the words of a kind of news are called: `mail-{key}-subject` is its headline.
pub fn key(notice: &Notice) -> &'static str {
    match notice.event.kind {
        _ if notice.reason == Audience::Mentioned => "mentioned",
        Kind::CommentPosted { .. } if notice.reason == Audience::RepliedTo => "replied",
        Kind::CommentPosted { .. } => "commented",
        Kind::AnswerPublished { .. } if notice.reason == Audience::CaseAuthor => "case-answered",
        Kind::AnswerPublished { .. } => "answered",
        Kind::CustomersAsked { round: 1, .. } => "asked",
        Kind::CustomersAsked { .. } => "asked-later",
        Kind::LevelChanged { .. } => "raised",
        Kind::OwnerSet { .. } => "yours",
        Kind::ClocksStopped { .. } => "waiting-for-you",
        Kind::ClockExtended { .. } => "extended",
        Kind::PromiseMade { .. } => "promised",
        Kind::HappenedAgain { .. } => "again",
        Kind::RequestDecided { .. } => match &notice.about {
            About::Request(request) if request.state == request::State::Approved => "request-approved",
            _ => "request-refused",
        },
        Kind::ClockMissed { .. } => "clock-missed",
        Kind::HandoverOffered { .. } => "handover-offered",
        Kind::HandoverAccepted { .. } => "handover-accepted",
        Kind::HandoverDeclined { .. } => "handover-declined",
        Kind::HandoverLapsed { .. } => "handover-lapsed",
        Kind::PromiseChanged { .. } => "promise-changed",
        Kind::PromiseKept { .. } => "promise-kept",
        Kind::PromiseBroken { .. } => "promise-broken",
        Kind::PromiseWithdrawn { .. } => "promise-withdrawn",
        Kind::PromisePaid { .. } => "promise-paid",
        Kind::Rebutted { .. } => "rebutted",
        Kind::RequestMade { .. } | Kind::RequestPassedUp { .. } => "request-made",
        Kind::Moderated { act, .. } => match act {
            Act::Hide => "moderated-hide",
            Act::Redact => "moderated-redact",
            Act::Lock => "moderated-lock",
            Act::Unlock => "moderated-unlock",
            Act::Move => "moderated-move",
            Act::Edit => "moderated-edit",
            Act::ExcludeVote => "moderated-exclude-vote",
            Act::Show | Act::Ban | Act::Unban => "moderated-show",
        },
        Kind::Appealed { .. } => "appealed",
        Kind::AppealDecided { upheld: true, .. } => "appeal-upheld",
        Kind::AppealDecided { .. } => "appeal-rejected",
        Kind::PostMerged { .. } => "merged",
        Kind::PostUnmerged { .. } => "unmerged",
        Kind::PostSubmitted => "tagged",
        Kind::Released { .. } if notice.reason == Audience::Tag => "tagged",
        Kind::Released { comment: None } => "released-post",
        Kind::Released { .. } => "released-comment",
        Kind::ProposalDecided { merged: true, .. } => "proposal-merged",
        Kind::ProposalDecided { .. } => "proposal-declined",
        // by what the reader did for it
        Kind::ChangelogPublished { .. } | Kind::ChangelogCorrected { .. } => match notice.reason {
            Audience::Author => "thanked-author",
            Audience::Supporter => "thanked-supporter",
            _ => "thanked-follower",
        },
        _ => "told",
    }
}

/// Who did it, and in which stage it is now, where the sentence says so.
pub fn named(notice: &Notice, words: &Words) -> Vec<(&'static str, String)> {
    match &notice.about {
        About::Post if notice.reason == Audience::Tag => vec![("tag", notice.cause.clone().unwrap_or_default())],
        About::Comment(comment) => vec![("by", comment.author.name.clone())],
        About::Handover(offer) if notice.reason == Audience::Receiver => vec![("by", offer.from.name.clone())],
        About::Handover(offer) => vec![("by", offer.to.name.clone()), ("to", offer.to.name.clone())],
        About::Again(report) => vec![("by", report.person.name.clone())],
        About::Request(request) => vec![("by", request.by.name.clone())],
        About::Answer(answer) => vec![("stage", stage(words, answer))],
        About::Case(head) => vec![("head", head.title.clone())],
        About::Proposal(proposal) => {
            let [first, second] = &proposal.posts;
            vec![("one", first.title.clone()), ("other", second.title.clone())]
        }
        About::Post | About::Promise(_) | About::Rebuttal(_) | About::Moderation(_) | About::Changelog(_) => Vec::new(),
    }
}

/// The stage that a post came to.
pub fn stage(words: &Words, answer: &Answer) -> String {
    words.t(&format!("stage-{}", answer.status.stage.as_str()))
}
