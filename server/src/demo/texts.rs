//! What people of the demo forum say: written texts, in files beside this one.

use std::collections::HashMap;

use chrono::{NaiveTime, Timelike as _};
use serde::{Deserialize, de::Error as _};

use forum::site::Language;

const FILES: [(&str, &str); 4] = [
    ("broadband-mobile.toml", include_str!("broadband-mobile.toml")),
    ("tv-phones.toml", include_str!("tv-phones.toml")),
    ("stores-billing.toml", include_str!("stores-billing.toml")),
    ("accessories-app.toml", include_str!("accessories-app.toml")),
];

/// What the company and its customers did besides answering and talking.
const ACCOUNTABILITY: (&str, &str) = ("accountability.toml", include_str!("accountability.toml"));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    post: Vec<Post>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accountability {
    on: Vec<On>,
}

/// What was done about a post.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct On {
    /// The title of the post.
    post: String,
    /// In their order.
    pub(super) deeds: Vec<Duty>,
    /// What those said who were asked about the last delivery.
    pub(super) said: Option<Said>,
}

/// Something that somebody did on a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Duty {
    /// Working days after the post.
    pub(super) day: u32,
    /// `14:30`.
    at: Option<String>,
    /// Somebody of the staff, `author`, `supporter 2` or `another 1`.
    pub(super) by: String,
    pub(super) act: Doing,
}

impl Duty {
    /// Seconds since the beginning of the day; noon unless it says otherwise.
    pub(super) fn time(&self) -> i64 {
        let time = self.at.as_deref().and_then(|at| NaiveTime::parse_from_str(at, "%H:%M").ok());
        time.map_or(12 * 3600, |time| i64::from(time.num_seconds_from_midnight()))
    }
}

/// What was done. Days are working days after the post.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Doing {
    /// Makes a promise, or asks for it where it is beyond the mandate.
    Promise { what: String, until: u32, remedy: Option<String>, amount: Option<String>, accountable: Option<String> },
    /// Gives the last promise on the post another wording.
    Reword { what: String, until: u32, remedy: Option<String>, reason: String },
    /// Says that the last promise was kept.
    Keep { note: Option<String> },
    /// Says that the remedy of the last promise was paid.
    Pay { note: Option<String> },
    /// Allows what was asked for last.
    Approve,
    /// Gives a clock more time.
    Extend { clock: String, until: u32, reason: String },
    /// Waits for the customer.
    Wait { reason: String },
    /// Lets the clocks run again.
    Resume,
    /// Offers the post to a colleague.
    Offer { to: String, reason: String },
    /// Takes what was offered last.
    Accept,
    /// Turns it down.
    Decline { note: String },
    /// Lowers the level.
    Lower { reason: String },
    /// Names a colleague or a partner who helps.
    Help { person: Option<String>, name: Option<String>, task: String },
    /// Says where the idea comes from.
    Provenance { is: String, reason: Option<String> },
    /// Reports that it happened again.
    Again { text: String },
    /// Says whether it is solved.
    Say { solved: bool, note: Option<String> },
    /// Answers the refusal.
    Rebut { text: String },
    /// Reads what the author said to it.
    Read,
    /// Comments; what moderators do is done to the last of such comments.
    Talk { text: String },
    /// Hides it.
    Hide { rule: i32, reason: String },
    /// Takes words out of it.
    Redact { passage: String, rule: i32, reason: String },
    /// Locks the post.
    Lock { rule: i32, reason: String },
    /// Objects to the last of these acts.
    Object { text: String },
    /// Decides that: `upheld` or `rejected`.
    Decide { outcome: String, reason: String },
}

/// What those said who were asked whether it is solved.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Said {
    /// How many supporters said yes.
    pub(super) yes: usize,
    /// How many said no.
    pub(super) no: usize,
    /// What the author said, last of all.
    pub(super) author: Option<bool>,
    /// What the author of a complaint said four weeks later.
    pub(super) later: Option<bool>,
    /// What those added who said no, the author first.
    pub(super) notes: Vec<String>,
}

/// A post and all that came of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Post {
    pub(super) kind: String,
    #[serde(rename = "lang")]
    pub(super) language: Language,
    pub(super) board: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// How many working days ago it was posted.
    pub(super) age: u32,
    /// How many people support it.
    pub(super) support: usize,
    /// Why others are against it.
    #[serde(default)]
    pub(super) oppose: Vec<String>,
    pub(super) body: String,
    #[serde(default)]
    pub(super) comments: Vec<Comment>,
    #[serde(default)]
    pub(super) answers: Vec<Answer>,
    /// What else was done about it.
    #[serde(skip)]
    pub(super) on: On,
}

/// A comment; the next one in the list came later.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Comment {
    pub(super) text: String,
    /// Whether it replies to the one before it.
    #[serde(default)]
    pub(super) reply: bool,
    #[serde(default)]
    pub(super) staff: bool,
}

/// An official answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) stage: String,
    /// Working days after the post.
    pub(super) after: u32,
    pub(super) what: String,
    pub(super) who: String,
    /// Working days until the next word.
    pub(super) next: Option<u32>,
    pub(super) reason: Option<String>,
    /// Working days until the refusal is looked at again.
    pub(super) reexamine: Option<u32>,
    #[serde(default, rename = "final")]
    pub(super) is_final: bool,
}

/// All posts, in the order of the files.
///
/// # Errors
/// The name of the file that is not as it should be, and why.
pub(super) fn all() -> Result<Vec<Post>, (&'static str, toml::de::Error)> {
    let mut posts = Vec::new();
    for (name, text) in FILES {
        let file: File = toml::from_str(text).map_err(|error| (name, error))?;
        posts.extend(file.post);
    }
    let (name, text) = ACCOUNTABILITY;
    let file: Accountability = toml::from_str(text).map_err(|error| (name, error))?;
    let mut on: HashMap<String, On> = file.on.into_iter().map(|on| (on.post.clone(), on)).collect();
    for post in &mut posts {
        post.on = on.remove(&post.title).unwrap_or_default();
    }
    match on.into_keys().min() {
        None => Ok(posts),
        Some(title) => Err((name, toml::de::Error::custom(format!("there is no post “{title}”")))),
    }
}

/// What was posted first, and had a paragraph added to it soon after: so that some posts have an earlier wording.
pub(super) fn first_wording(body: &str) -> Option<&str> {
    let (first, last) = body.trim_end().rsplit_once("\n\n")?;
    let is_prose = last.starts_with(|c: char| c.is_alphabetic());
    let is_whole = first.trim_end().ends_with(['.', '?', '!', '”']);
    (is_prose && is_whole && first.chars().count() >= 80).then_some(first.trim_end())
}

/// What people wrote in the wrong place, and took back.
pub(super) const TAKEN_BACK: [(Language, &str); 6] = [
    (Language::En, "Sorry, wrong topic. I meant to put this under the one about the invoice."),
    (Language::En, "Does anybody have the number of the man in the Zwolle shop? He promised me something in writing."),
    (Language::En, "I was too angry when I wrote this. The rest of the thread says it better."),
    (Language::Nl, "Oeps, dit hoort bij een ander bericht. Ik zet het daar neer."),
    (Language::Nl, "Mijn adres stond hier per ongeluk in. Ik plaats het straks zonder."),
    (Language::Nl, "Laat maar, het bleek aan mijn eigen kabel te liggen."),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{super::people::STAFF, *};

    #[test]
    fn there_is_as_much_as_was_promised() {
        let posts = all().unwrap();
        let titles: HashSet<&str> = posts.iter().map(|post| post.title.as_str()).collect();
        assert_eq!((posts.len(), titles.len()), (300, 300));
        assert_eq!(posts.iter().map(|post| post.support + post.oppose.len()).sum::<usize>(), 9_000);
        assert_eq!(posts.iter().map(|post| post.comments.len()).sum::<usize>(), 1_900);
    }

    #[test]
    fn stories_can_be_told_in_their_order() {
        for post in all().unwrap() {
            assert!(post.comments.first().is_none_or(|comment| !comment.reply), "{}: the first comment replies", post.title);
            let after: Vec<u32> = post.answers.iter().map(|answer| answer.after).collect();
            assert!(
                after.is_sorted_by(|a, b| a < b) && after.iter().all(|n| (1..post.age).contains(n)),
                "{}: {after:?}",
                post.title
            );
        }
    }

    #[test]
    fn what_else_was_done_can_be_done() {
        for post in all().unwrap() {
            for duty in &post.on.deeds {
                assert!(duty.day <= post.age, "{}: {duty:?} has not happened yet", post.title);
                let who = duty.by.split(' ').next().unwrap_or_default();
                let is_staff = STAFF.iter().any(|staff| staff.name == who);
                assert!(is_staff || ["author", "supporter", "another"].contains(&who), "{}: who is {who}?", post.title);
                assert!(duty.at.is_none() || duty.time() != 12 * 3600, "{}: {duty:?}", post.title);
            }
            let times: Vec<(u32, i64)> = post.on.deeds.iter().map(|duty| (duty.day, duty.time())).collect();
            assert!(times.is_sorted(), "{}: {times:?}", post.title);
            assert!(post.on.said.is_none() || post.answers.iter().any(|a| a.stage == "delivered"), "{}", post.title);
        }
    }

    #[test]
    fn a_first_wording_is_the_beginning() {
        let first = "The box restarts every night at three, and the recording that runs at that moment is gone.";
        let body = format!("{first}\n\nIt did so again last night.\n");
        assert_eq!(first_wording(&body), Some(first));
        assert_eq!(first_wording(&format!("{first}\n\n- one\n- two\n")), None, "a list belongs to what is before it");
        assert_eq!(first_wording("Short.\n\nAnd more."), None);
    }
}
