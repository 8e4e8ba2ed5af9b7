//! Who hears of what: follows from the events, in the same transaction.

use sea_orm::FromQueryResult;

use crate::{
    Result, Tx, answer, comment,
    db::{one, values},
    event::{Event, Kind},
    id::{PersonId, PostId},
    mail::{self, Letter, PostSummary},
    person::{self, Account},
    post, text,
};

/// Writes the letters that follow from an event.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(id) = event.post else { return Ok(()) };
    match &event.kind {
        Kind::AnswerPublished { answer } => {
            let Some(post) = concerned(tx, id).await? else { return Ok(()) };
            let Some(answer) = answer::by_id(tx.conn(), *answer).await? else { return Ok(()) };
            if let Some(author) = listener(tx, post.author_id, event, id).await? {
                let letter = Letter::Answered {
                    name: author.name.clone(),
                    post: post.summary(id),
                    stage: answer.status.stage,
                    what: answer.what,
                    who: answer.who,
                    next_update_on: answer.next_update_on,
                };
                send(tx, &author, letter).await?;
            }
        }
        Kind::CommentPosted { comment, parent } => {
            let Some(post) = concerned(tx, id).await? else { return Ok(()) };
            let Some(comment) = comment::by_id(tx.conn(), *comment).await? else { return Ok(()) };
            let replied_to = match parent {
                Some(parent) => comment::by_id(tx.conn(), *parent).await?.map(|c| c.author.id),
                None => None,
            };
            let mut told = Vec::new();
            for (person, reply) in [(replied_to, true), (Some(post.author_id), false), (post.owner_id, false)] {
                let Some(person) = person else { continue };
                if told.contains(&person) {
                    continue;
                }
                told.push(person);
                if let Some(reader) = listener(tx, person, event, id).await? {
                    let letter = Letter::Commented {
                        name: reader.name.clone(),
                        post: post.summary(id),
                        by: comment.author.name.clone(),
                        excerpt: text::excerpt(&comment.body, 200),
                        reply,
                    };
                    send(tx, &reader, letter).await?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Concerned {
    slug: String,
    title: String,
    author_id: PersonId,
    owner_id: Option<PersonId>,
}

impl Concerned {
    fn summary(&self, id: PostId) -> PostSummary {
        PostSummary { id, slug: self.slug.clone(), title: self.title.clone() }
    }
}

async fn concerned(tx: &Tx, id: PostId) -> Result<Option<Concerned>> {
    one::<Concerned>(tx.conn(), "SELECT slug, title, author_id, owner_id FROM posts WHERE id = $1", values![id]).await
}

/// The account to write to: not to oneself, not to an unverified address, and not of what its person may no longer see.
async fn listener(tx: &Tx, person: PersonId, event: &Event, post: PostId) -> Result<Option<Account>> {
    if event.actor == Some(person) {
        return Ok(None);
    }
    let Some(account) = person::by_id(tx.conn(), person).await? else { return Ok(None) };
    if !account.verified || account.email.is_none() || !post::may_see(tx.conn(), &account.actor(None), post).await? {
        return Ok(None);
    }
    Ok(Some(account))
}

async fn send(tx: &mut Tx, reader: &Account, letter: Letter) -> Result<()> {
    let Some(email) = reader.email.clone() else { return Ok(()) };
    let language = person::language_of(tx, reader);
    mail::enqueue(tx, &email, letter, language).await
}
