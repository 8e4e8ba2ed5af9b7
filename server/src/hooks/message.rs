//! What a message says: for programs in the shapes of the API, for people in a line and a link.

use app::i18n::{Words, names};
use chrono::{DateTime, SecondsFormat, Utc};
use forum::{
    Forum,
    actor::Actor,
    event::KindName,
    hook::{self, Happening, Leased, Shape},
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::v1::{
    answers::Answer, changelog::ChangelogEntry, comments::Comment, objects::Show, posts::Post, promises::PromiseSummary,
};

/// What a message that only tries whether it arrives is called.
pub const TEST: &str = "test";

/// What is told of an event: what it is about as it is now, in the shapes of the API, and nothing that a visitor may not see. To the hook of
/// a private board it is what whoever sees that board may.
#[derive(Debug, Serialize, ToSchema)]
pub struct HookData {
    /// The number of the event in the history; they rise with time, and messages need not arrive in their order.
    pub event: i64,
    /// The post on which it happened; null for what happened on none.
    pub post: Option<Post>,
    /// The comment that it is about; null for everything else.
    pub comment: Option<Comment>,
    /// The answer that it is about; null for everything else.
    pub answer: Option<Answer>,
    /// The promise that it is about; null for everything else.
    pub promise: Option<PromiseSummary>,
    /// The entry of the changelog that it is about; null for everything else.
    pub changelog: Option<ChangelogEntry>,
    /// Number of the house rule that it followed from; null where none was named.
    pub rule: Option<i32>,
    /// What was given as the reason, in public; null without one.
    pub reason: Option<String>,
    /// What else belongs to an event of this type, such as `from` and `to` of `level.changed`.
    #[schema(value_type = Object)]
    pub details: Value,
}

impl HookData {
    fn of(happening: Happening, show: &Show) -> Self {
        let mut details = serde_json::to_value(&happening.event.kind).unwrap_or_else(|_| json!({}));
        if let Value::Object(fields) = &mut details {
            // who of the staff it was is told as the site shows it, with the post and the answer
            fields.retain(|name, _| !["kind", "person", "stance"].contains(&name.as_str()));
        }
        Self {
            event: happening.event.id.0,
            post: happening.post.map(|post| Post::of(post, show)),
            comment: happening.comment.map(|comment| Comment::of(comment, show)),
            answer: happening.answer.map(|answer| Answer::of(answer, show)),
            promise: happening.promise.map(|promise| PromiseSummary::of(promise, show)),
            changelog: happening.changelog.map(|entry| ChangelogEntry::of(entry, show)),
            rule: happening.event.rule,
            reason: happening.event.reason,
            details,
        }
    }
}

/// The body of a message: of what happened, or to try whether it arrives.
pub(super) fn body(forum: &Forum, leased: &Leased, happening: Option<Happening>) -> Value {
    let words = Words::of(leased.language());
    let site = &forum.site().name;
    let Some(happening) = happening else {
        let line = Line { what: words.t("hook-test"), title: site.clone(), url: forum.address().to_owned(), text: None };
        return match leased.shape {
            Shape::Standard => standard(TEST, leased.created_at, &json!({})),
            chat => line.shaped(chat),
        };
    };
    let (kind, at) = (KindName::from(&happening.event.kind), happening.event.at);
    let data = HookData::of(happening, &Show::to(forum, &Actor::Visitor));
    if leased.shape == Shape::Standard {
        return standard(&hook::type_of(kind), at, &json!(data));
    }
    let what = words.name(names::HOOK_KIND, kind);
    let text = data.answer.as_ref().map(|answer| answer.what.clone());
    let text = text.or_else(|| data.comment.as_ref().and_then(|comment| comment.body.clone()));
    let text = text.or_else(|| data.promise.as_ref().map(|promise| promise.what.clone()));
    let line = match &data.post {
        Some(post) if post.summary.hidden.is_none() => {
            let text = text.or_else(|| (kind == KindName::PostSubmitted).then(|| post.summary.excerpt.clone()));
            Line { what, title: post.summary.title.clone(), url: post.summary.url.clone(), text }
        }
        Some(post) => Line { what, title: format!("#{}", post.summary.id), url: post.summary.url.clone(), text: None },
        None if let Some(entry) = &data.changelog => {
            let text = entry.withdrawn_at.is_none().then(|| entry.body.clone());
            Line { what, title: entry.title.clone(), url: entry.url.clone(), text }
        }
        None => Line { what, title: site.clone(), url: format!("{}/record", forum.address()), text: None },
    };
    line.shaped(leased.shape)
}

fn standard(kind: &str, at: DateTime<Utc>, data: &Value) -> Value {
    json!({ "type": kind, "timestamp": at.to_rfc3339_opts(SecondsFormat::Micros, true), "data": data })
}

/// Characters of a text that a chat shows.
const TEXT_MAX: usize = 500;

/// What people read in a chat.
struct Line {
    what: String,
    title: String,
    url: String,
    text: Option<String>,
}

impl Line {
    fn shaped(mut self, shape: Shape) -> Value {
        self.text = self.text.map(|text| {
            let cut: String = text.chars().take(TEXT_MAX).collect();
            if cut.len() < text.len() { format!("{}…", cut.trim_end()) } else { cut }
        });
        match shape {
            Shape::Slack => self.slack(),
            Shape::Teams => self.teams(),
            Shape::Standard | Shape::Matrix => self.matrix(),
        }
    }

    /// <https://api.slack.com/messaging/webhooks>. What people wrote stands in it as plain text: it is no link, and calls nobody.
    fn slack(&self) -> Value {
        let heading = format!("{}: <{}|{}>", slack(&self.what), self.url, slack(&self.title).replace('|', "¦"));
        let mut blocks = vec![json!({ "type": "section", "text": { "type": "mrkdwn", "text": heading, "verbatim": true } })];
        if let Some(text) = &self.text {
            blocks.push(json!({ "type": "section", "text": { "type": "plain_text", "text": text, "emoji": false } }));
        }
        json!({ "text": heading, "blocks": blocks })
    }

    /// An Adaptive Card, as a workflow of Teams takes it; runs of text are not read as Markdown.
    fn teams(&self) -> Value {
        let run = |text: &str, weight: &str| {
            let run = json!({ "type": "TextRun", "text": text, "weight": weight });
            json!({ "type": "RichTextBlock", "inlines": [run] })
        };
        let mut body = vec![run(&self.what, "Bolder"), run(&self.title, "Default")];
        body.extend(self.text.as_deref().map(|text| run(text, "Lighter")));
        json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": body,
                    "actions": [{ "type": "Action.OpenUrl", "title": self.title, "url": self.url }],
                },
            }],
        })
    }

    /// What a generic web-hook of matrix-hookshot takes.
    fn matrix(&self) -> Value {
        let quoted = self.text.as_deref();
        let plain = quoted.map(|text| text.lines().map(|line| format!("\n> {line}")).collect::<String>());
        let html = quoted.map(|text| format!("<blockquote>{}</blockquote>", escaped(text).replace('\n', "<br>")));
        json!({
            "text": format!("{}: {} {}{}", self.what, self.title, self.url, plain.unwrap_or_default()),
            "html": format!(
                "{}: <a href=\"{}\">{}</a>{}",
                escaped(&self.what),
                escaped(&self.url),
                escaped(&self.title),
                html.unwrap_or_default()
            ),
        })
    }
}

/// With what means something to Slack taken for itself.
fn slack(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn escaped(text: &str) -> String {
    slack(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_means_nothing_to_a_chat() {
        let line = || Line {
            what: "New post".to_owned(),
            title: "<!channel> & <a href=x>|b".to_owned(),
            url: "https://forum.example/p/1/x".to_owned(),
            text: Some(format!("<script>\"{}", "x".repeat(600))),
        };
        let slack = line().shaped(Shape::Slack);
        assert_eq!(slack["text"], "New post: <https://forum.example/p/1/x|&lt;!channel&gt; &amp; &lt;a href=x&gt;¦b>");
        assert_eq!(slack["blocks"][1]["text"]["type"], "plain_text");
        let matrix = line().shaped(Shape::Matrix)["html"].as_str().unwrap().to_owned();
        assert!(
            matrix.contains("&lt;script&gt;&quot;xxx") && matrix.ends_with("…</blockquote>") && !matrix.contains("<script"),
            "{matrix}"
        );
        let teams = line().shaped(Shape::Teams);
        let card = &teams["attachments"][0]["content"];
        assert_eq!(
            (&card["body"][1]["inlines"][0]["text"], &card["actions"][0]["url"]),
            (&json!(line().title), &json!(line().url))
        );
    }
}
