//! Moderation: the forms by which the staff act and members report, the public page of each act, and what waits for the staff.

mod act;
mod flag;
mod moderate;
mod staff;

use axum::{
    Router,
    routing::{get, post},
};
use forum::{
    Error,
    comment::{self, Comment},
    id::{CommentId, PersonId, PostId},
    moderation::{Act, Sort, Target},
    person::{self, Account},
    post::{self, Post},
};

use crate::{
    i18n::names,
    parts::{post_row::path_of, who::person_path},
    t,
    web::{Visit, Web},
};

/// The pages of this folder.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/moderation/{id}", get(act::show))
        .route("/moderation/{id}/appeal", post(act::appeal))
        .route("/moderation/{id}/decide", post(act::decide))
        .route("/p/{id}/moderate", get(moderate::post_form).post(moderate::post_act))
        .route("/comments/{id}/moderate", get(moderate::comment_form).post(moderate::comment_act))
        .route("/u/{handle}/moderate", get(moderate::person_form).post(moderate::person_act))
        .route("/p/{id}/votes/{person}/moderate", get(moderate::vote_form).post(moderate::vote_act))
        .route("/p/{id}/flag", get(flag::post_form).post(flag::post_raise))
        .route("/comments/{id}/flag", get(flag::comment_form).post(flag::comment_raise))
        .route("/triage/moderation", get(staff::show))
        .route("/triage/moderation/dismiss", post(staff::dismiss))
        .route("/triage/moderation/rings/{id}/dismiss", post(staff::dismiss_ring))
        .route("/triage/moderation/rings/{id}/exclude", post(staff::exclude_ring))
        .route("/triage/moderation/held/{id}/release", post(staff::release))
        .route("/triage/moderation/held/{id}/hide", post(staff::keep_hidden))
        .route("/triage/moderation/accounts/{id}/looked-at", post(staff::look))
}

/// What a form is about, as the one who asks sees it.
enum Thing {
    Post(Post),
    Comment(Comment, Post),
    Person(Account),
    Vote(Post, Account),
}

impl Thing {
    /// The thing; what of it is not for whoever asks is not there.
    async fn load(visit: &Visit, target: Target) -> Result<Self, Error> {
        let view = visit.view().await?;
        let account = async |id: PersonId| person::by_id(view.db(), id).await?.ok_or(Error::NotFound);
        Ok(match target {
            Target::Post(id) => Self::Post(post::by_id(&view, id).await?),
            Target::Comment(id) => {
                let comment = comment::visible(&view, id).await?;
                let post = post::by_id(&view, comment.post).await?;
                Self::Comment(comment, post)
            }
            Target::Person(id) => Self::Person(account(id).await?),
            Target::Vote(post, person) => Self::Vote(post::by_id(&view, post).await?, account(person).await?),
        })
    }

    fn target(&self) -> Target {
        match self {
            Self::Post(post) => Target::Post(post.row.id),
            Self::Comment(comment, _) => Target::Comment(comment.id),
            Self::Person(account) => Target::Person(account.id),
            Self::Vote(post, account) => Target::Vote(post.row.id, account.id),
        }
    }

    /// What it is called.
    fn name(&self, visit: &Visit) -> String {
        let thing = visit.words.name(names::THING, self.target().sort());
        match self {
            Self::Post(post) => format!("{thing}, {}", t!(visit.words, "row-number", number = post.row.id.0)),
            Self::Comment(comment, _) => format!("{thing}, {}", comment.author.name),
            Self::Person(account) | Self::Vote(_, account) => format!("{thing}, {}", account.name),
        }
    }

    /// Where it is seen.
    fn path(&self) -> String {
        match self {
            Self::Post(post) | Self::Vote(post, _) => path_of(post),
            Self::Comment(comment, post) => format!("{}#comment-{}", path_of(post), comment.id),
            Self::Person(account) => person_path(&account.clone().into()),
        }
    }

    /// Where its forms go.
    fn form(&self, what: &str) -> String {
        match self {
            Self::Post(post) => format!("/p/{}/{what}", post.row.id),
            Self::Comment(comment, _) => format!("/comments/{}/{what}", comment.id),
            Self::Person(account) => format!("/u/{}/{what}", account.handle),
            Self::Vote(post, account) => format!("/p/{}/votes/{}/{what}", post.row.id, account.id),
        }
    }

    /// Its text as it was written, if it has one that whoever asks may read.
    fn text(&self) -> Option<(String, String)> {
        match self {
            Self::Post(post) if post.is_readable => {
                Some((format!("{}\n\n{}", post.row.title, post.body), post.row.language.clone()))
            }
            Self::Comment(comment, _) if comment.is_readable() => Some((comment.body.clone(), comment.language.clone())),
            _ => None,
        }
    }

    /// What can be done to it as it stands.
    fn acts(&self, visit: &Visit) -> Vec<Act> {
        let held = match self {
            Self::Post(post) => post.held_since,
            Self::Comment(comment, _) => comment.held_since,
            Self::Person(_) | Self::Vote(..) => None,
        };
        if held.is_some() {
            // that is decided in its queue
            return Vec::new();
        }
        let stands = |act: &Act| match self {
            Self::Post(post) => match act {
                Act::Hide | Act::Redact | Act::Edit => post.row.hidden.is_none(),
                Act::Lock => post.locked.is_none(),
                Act::Unlock => post.locked.is_some(),
                _ => true,
            },
            Self::Comment(comment, _) => *act == Act::Show || comment.hidden.is_none(),
            Self::Person(account) => {
                let banned = account.ban.as_ref().is_some_and(|ban| ban.holds(visit.now));
                banned == (*act == Act::Unban)
            }
            Self::Vote(..) => true,
        };
        // another wording has a form of its own
        self.target().sort().acts().iter().copied().filter(|act| *act != Act::Edit).filter(stands).collect()
    }
}

/// A number in an address; what is none leads nowhere.
fn post_target(id: &str) -> Result<Target, Error> {
    id.parse().map(PostId).map(Target::Post).map_err(|_| Error::NotFound)
}

fn comment_target(id: &str) -> Result<Target, Error> {
    id.parse().map(CommentId).map(Target::Comment).map_err(|_| Error::NotFound)
}

fn vote_target(post: &str, person: &str) -> Result<Target, Error> {
    Target::parse(Sort::Vote, &format!("{post}/{person}")).map_err(|_| Error::NotFound)
}

/// The person of a name in an address.
async fn person_target(visit: &Visit, handle: &str) -> Result<Target, Error> {
    let account = person::by_handle(visit.forum().read(), handle).await?.ok_or(Error::NotFound)?;
    Ok(Target::Person(account.id))
}

/// The house rules that are in force, as options of a form.
fn rules(visit: &Visit) -> Vec<(String, String)> {
    let rules = visit.house_rules().into_iter().map(|(number, text)| (number.to_string(), format!("{number}. {text}")));
    std::iter::once((String::new(), t!(visit.words, "edit-rule-choose"))).chain(rules).collect()
}
