//! Answering by mail. A letter about a post names an address to answer to, which is its reader's own on that post: what they write there from
//! the address that the letter went to becomes a comment. The address names who, on which post and to which comment, signed by the key of the
//! site: nothing of it is kept, and it works as long as they may comment there and want it. A letter that is sent to where it comes back from,
//! by another address of that sort, tells that there is nobody.

use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use hmac::Mac as _;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    attachment::{self, Chosen, Upload},
    comment::{self, BODY_MAX},
    db::{exec, values},
    event::Event,
    id::{CommentId, PersonId, PostId},
    limit,
    mailbox::{self, Cause},
    mailing::{self, Topic},
    notice::Notice,
    outbox::{self, Letter, NotTaken},
    person::{self, Account},
    receipt,
    signing::Key,
    site::Language,
};

/// Where an answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Who answers.
    pub person: PersonId,
    /// On which post.
    pub post: PostId,
    /// To which comment, if the letter told of one.
    pub comment: Option<CommentId>,
}

/// An answer as it came in.
#[derive(Debug, Clone)]
pub struct Answer {
    /// By what it is known when it comes in again.
    pub id: String,
    /// What stands in the address that it went to.
    pub token: String,
    /// The address of who wrote it.
    pub from: String,
    /// What they wrote.
    pub text: String,
    /// Pictures and documents that came along.
    pub files: Vec<Upload>,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is a comment.
    Comment(CommentId),
    /// It is none, and whoever wrote it is told why, unless they were told so a moment ago.
    Refused(NotTaken),
    /// It came in before.
    Known,
    /// The address is none that we wrote, or is none any more.
    Nobody,
}

/// Bytes of a signature: nobody tries 64 bits by mail, and an address has room for few.
const SIGNATURE: usize = 8;
/// Characters of what stands in an address, at most: a person, a post and a comment of up to 28 bits each, and the signature.
pub const LONGEST: usize = (16 + 4 + 4 + SIGNATURE) * 8 / 5 + 1;
/// How long it is known what came in.
const KEPT: TimeDelta = TimeDelta::days(400);

fn signed(place: &[u8]) -> String {
    format!("reply:{}", hex::encode(place))
}

/// Numbers in as few bytes as they need (LEB128).
fn push_number(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = u64::try_from(number).unwrap_or(0);
    while rest > 0x7f {
        bytes.push(u8::try_from(rest & 0x7f).unwrap_or(0) | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).unwrap_or(0));
}

fn take_number(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return i64::try_from(number).ok();
        }
    }
    None
}

/// What stands in the address by which a letter is answered.
pub(crate) async fn token(forum: &Forum, place: Place) -> Result<String> {
    let mut bytes = place.person.0.as_bytes().to_vec();
    push_number(&mut bytes, place.post.0);
    push_number(&mut bytes, place.comment.map_or(0, |comment| comment.0));
    let signature = Key::of(forum).await?.signing(&signed(&bytes)).finalize().into_bytes();
    bytes.extend_from_slice(&signature[..SIGNATURE]);
    Ok(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
}

/// Where an answer to such an address goes, if it is one that we wrote.
async fn place_of(db: &impl ConnectionTrait, token: &str) -> Result<Option<Place>> {
    let read = || {
        let bytes = BASE32_NOPAD.decode(token.to_ascii_uppercase().as_bytes()).ok()?;
        let (place, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE)?)?;
        let (person, mut rest) = place.split_at_checked(16)?;
        let person = PersonId(Uuid::from_slice(person).ok()?);
        let post = PostId(take_number(&mut rest)?);
        let comment = Some(take_number(&mut rest)?).filter(|comment| *comment != 0).map(CommentId);
        rest.is_empty().then(|| (Place { person, post, comment }, place.to_vec(), signature.to_vec()))
    };
    let Some((place, bytes, signature)) = read() else { return Ok(None) };
    let Some(key) = Key::present(db).await? else { return Ok(None) };
    let is_ours = key.signing(&signed(&bytes)).verify_truncated_left(&signature).is_ok();
    Ok(is_ours.then_some(place))
}

/// By which a letter to an address is known again when it comes back. Of which letter it was does not matter.
pub async fn returns(forum: &Forum, email: &str) -> Result<String> {
    let signature = Key::of(forum).await?.signing(&format!("returned:{email}")).finalize().into_bytes();
    Ok(BASE32_NOPAD.encode(&signature[..SIGNATURE]).to_ascii_lowercase())
}

/// Notes that a letter of ours came back from an address for good; answers whether it was one of ours.
///
/// # Errors
/// When the database does not take it.
pub async fn returned(forum: &Forum, token: &str, email: &str, said: &str) -> Result<bool> {
    if returns(forum, email).await? != token {
        return Ok(false);
    }
    forum.write_aside(&Actor::System, async |tx| mailbox::mark(tx, email, Cause::Bounced, said).await).await?;
    Ok(true)
}

/// The topics of letters that are answered in public. To what the staff is told for their work, to acts of moderation, and to the question
/// whether it is solved, the answer is not a comment.
fn is_answered(topic: Topic) -> bool {
    matches!(topic, Topic::Answers | Topic::Comments | Topic::Mentions | Topic::Following)
}

/// What stands in the address by which a letter that tells of these is answered; nothing when they are not all of one post, or answering by
/// mail is not for them or not for their reader.
pub(crate) async fn to_notices(forum: &Forum, notices: &[Notice]) -> Result<Option<String>> {
    let Some(first) = notices.first() else { return Ok(None) };
    let Some(post) = first.event.post else { return Ok(None) };
    let is_for = |notice: &Notice| notice.event.post == Some(post) && is_answered(Topic::of(&notice.event.kind, notice.reason));
    if !forum.takes_mail() || !notices.iter().all(is_for) || !wants(forum.read(), first.to).await? {
        return Ok(None);
    }
    let comment = match notices {
        [one] => comment_of(&one.event),
        _ => None,
    };
    token(forum, Place { person: first.to, post, comment }).await.map(Some)
}

fn comment_of(event: &Event) -> Option<CommentId> {
    match event.kind {
        crate::event::Kind::CommentPosted { comment, .. } => Some(comment),
        _ => None,
    }
}

/// Whether somebody wants to answer by mail.
async fn wants(db: &impl ConnectionTrait, person: PersonId) -> Result<bool> {
    Ok(mailing::of_person(db, person).await?.answers_by_mail)
}

/// Where letters to somebody go.
async fn address_of(db: &impl ConnectionTrait, account: &Account) -> Result<Option<String>> {
    if account.is_guest() { receipt::mailbox(db, account.id).await } else { Ok(account.email.clone().filter(|_| account.verified)) }
}

/// Takes an answer: as a comment of whoever the address was written for, if it was they who wrote. An answer that came in before changes
/// nothing.
///
/// # Errors
/// When it can't be said now: it is to be brought again.
pub async fn take(forum: &Forum, answer: Answer) -> Result<Outcome> {
    let Some(place) = place_of(forum.read(), &answer.token).await? else { return Ok(Outcome::Nobody) };
    let Some(account) = person::by_id(forum.read(), place.person).await? else { return Ok(Outcome::Nobody) };
    let Some(address) = address_of(forum.read(), &account).await? else { return Ok(Outcome::Nobody) };
    if !wants(forum.read(), account.id).await? {
        return Ok(Outcome::Nobody);
    }
    if answer.from != address {
        return refuse(forum, &answer, place, &address, NotTaken::Sender).await;
    }
    let text = answer.text.trim();
    if text.is_empty() {
        return refuse(forum, &answer, place, &address, NotTaken::Nothing).await;
    }
    if text.chars().count() > BODY_MAX {
        return refuse(forum, &answer, place, &address, NotTaken::TooLong).await;
    }
    match say(forum, &account, place, &answer).await {
        Ok(outcome) => Ok(outcome),
        Err(error) => match why(&error) {
            Some(why) => refuse(forum, &answer, place, &address, why).await,
            None => Err(error),
        },
    }
}

/// What an error means for an answer; nothing when it means that it is to be brought again.
fn why(error: &Error) -> Option<NotTaken> {
    match error {
        Error::Invalid(_) => Some(NotTaken::AsItIs),
        Error::Conflict(_) => Some(NotTaken::Closed),
        Error::Banned(_) => Some(NotTaken::Banned),
        Error::Limited { .. } => Some(NotTaken::TooOften),
        Error::NotFound | Error::Forbidden(_) => Some(NotTaken::Gone),
        _ => None,
    }
}

async fn say(forum: &Forum, account: &Account, place: Place, answer: &Answer) -> Result<Outcome> {
    let actor = account.actor(None);
    let text = answer.text.trim();
    let language = account.language.as_deref().and_then(Language::parse);
    if is_known(forum, &answer.id).await? {
        return Ok(Outcome::Known);
    }
    let mut files = Vec::new();
    if attachment::may_send(&actor).is_ok() {
        for upload in answer.files.iter().take(attachment::MOST) {
            match attachment::take(forum, &actor, upload.clone()).await {
                Ok(file) => files.push(Chosen::from(file.id)),
                // what is no picture and no document stays behind
                Err(Error::Invalid(_) | Error::Limited { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let submit = async |tx: &mut Tx| {
        if !arrives(tx, &answer.id).await? {
            return Ok(Outcome::Known);
        }
        let parent = match place.comment {
            Some(comment) => comment::by_id(tx.conn(), comment).await?,
            None => None,
        };
        // what was taken back or hidden by now is answered under the post
        let parent = parent.filter(|parent| parent.removed_at.is_none() && parent.hidden.is_none() && parent.held_since.is_none());
        let parent = parent.map(|parent| parent.id);
        Ok(Outcome::Comment(comment::submit_with(tx, place.post, parent, text, language, &files).await?))
    };
    forum.with_markdown(text).await?.write(&actor, submit).await
}

/// Whether an answer came in before.
async fn is_known(forum: &Forum, id: &str) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM mail_in WHERE digest = $1";
    Ok(crate::db::number(forum.read(), sql, values![id]).await?.unwrap_or(0) > 0)
}

/// Notes that an answer came in; answers whether it was for the first time. Of two at once the second waits for the first.
async fn arrives(tx: &Tx, id: &str) -> Result<bool> {
    let sql = "INSERT INTO mail_in (digest, created_at) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    Ok(exec(tx.conn(), sql, values![id, tx.now()]).await? == 1)
}

/// Tells whoever an address was written for why an answer did not become a comment, at their own address and once an hour at most: whoever
/// wrote it may be somebody else.
async fn refuse(forum: &Forum, answer: &Answer, place: Place, address: &str, why: NotTaken) -> Result<Outcome> {
    let refuse = async |tx: &mut Tx| {
        if !arrives(tx, &answer.id).await? {
            return Ok(Outcome::Known);
        }
        match limit::count(tx, limit::ANSWER_REFUSED, &place.person.to_string()).await {
            Ok(()) => {
                let account = person::by_id(tx.conn(), place.person).await?.ok_or(Error::NotFound)?;
                let text = if why == NotTaken::Sender { String::new() } else { answer.text.trim().to_owned() };
                let letter = Letter::NotTaken { person: place.person, post: place.post, why, text };
                outbox::put(tx, address, person::language_of(tx, &account), &letter).await?;
            }
            Err(Error::Limited { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(Outcome::Refused(why))
    };
    // limits hold for people, not for what the forum does by itself
    let Some(account) = person::by_id(forum.read(), place.person).await? else { return Ok(Outcome::Nobody) };
    forum.write_aside(&account.actor(None), refuse).await
}

/// Forgets what came in long ago.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM mail_in WHERE created_at < $1", values![tx.now() - KEPT]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_went() {
        for number in [0, 1, 127, 128, 300, 268_435_455, i64::MAX] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            let mut rest = bytes.as_slice();
            assert_eq!((take_number(&mut rest), rest.len()), (Some(number), 0), "{number}");
        }
        assert_eq!(take_number(&mut [0xff; 20].as_slice()), None);
        assert_eq!(take_number(&mut [].as_slice()), None);
    }
}
