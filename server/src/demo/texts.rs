//! What people of the demo forum say: written texts, in files beside this one.

use serde::Deserialize;

use forum::site::Language;

const FILES: [(&str, &str); 4] = [
    ("broadband-mobile.toml", include_str!("broadband-mobile.toml")),
    ("tv-phones.toml", include_str!("tv-phones.toml")),
    ("stores-billing.toml", include_str!("stores-billing.toml")),
    ("accessories-app.toml", include_str!("accessories-app.toml")),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    post: Vec<Post>,
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
    Ok(posts)
}

/// What was posted first, and had a paragraph added to it soon after: so that some posts have an earlier wording.
pub(super) fn first_wording(body: &str) -> Option<&str> {
    let (first, last) = body.trim_end().rsplit_once("\n\n")?;
    let is_prose = last.starts_with(|c: char| c.is_alphabetic());
    let is_whole = first.trim_end().ends_with(['.', '?', '!', '”']);
    (is_prose && is_whole && first.chars().count() >= 80).then_some(first.trim_end())
}

/// What people wrote in the wrong place, and took back.
pub(super) fn taken_back(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => &[
            "Sorry, wrong topic. I meant to put this under the one about the invoice.",
            "Does anybody have the number of the man in the Zwolle shop? He promised me something in writing.",
            "I was too angry when I wrote this. The rest of the thread says it better.",
        ],
        Language::Nl => &[
            "Oeps, dit hoort bij een ander bericht. Ik zet het daar neer.",
            "Mijn adres stond hier per ongeluk in. Ik plaats het straks zonder.",
            "Laat maar, het bleek aan mijn eigen kabel te liggen.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

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
    fn a_first_wording_is_the_beginning() {
        let first = "The box restarts every night at three, and the recording that runs at that moment is gone.";
        let body = format!("{first}\n\nIt did so again last night.\n");
        assert_eq!(first_wording(&body), Some(first));
        assert_eq!(first_wording(&format!("{first}\n\n- one\n- two\n")), None, "a list belongs to what is before it");
        assert_eq!(first_wording("Short.\n\nAnd more."), None);
    }
}
