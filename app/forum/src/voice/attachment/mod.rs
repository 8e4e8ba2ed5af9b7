//! Pictures and documents that people add to a post, a comment or an answer.
//!
//! A picture is decoded and written anew, so that nothing is kept but what is to be seen: no place where it was taken, no camera, nothing that
//! was hidden behind it. It is sent first and belongs to nothing yet, which its owner alone can see; the command that makes the text makes it
//! part of it. From then on whoever may read the text may see it, and nobody else; what takes the text away takes it away.
//!
//! The bytes are in the database, under their digest: so they are in each back-up and each archive, every instance has them, and they are gone
//! in the transaction in which the last who refers to them goes.

mod picture;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Error, Forum, Result, Tx, View,
    actor::{Actor, Me},
    comment,
    db::{Sql, all, exec, number, one, values},
    error::{Conflict, Denied, Problem},
    id::{AnswerId, AttachmentId, CommentId, PersonId, PostId},
    limit,
    post::{self, Seen},
    text,
};

/// Bytes of a file, at most.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;
/// The same in megabytes, as people are told.
pub const MEGABYTES_MAX: usize = 5;
/// Files of one text, at most.
pub const MOST: usize = 5;
/// Characters of the words for those who can't see a picture, at most.
pub const ALT_MAX: usize = 500;
/// For how long a file is kept that belongs to nothing.
pub const LOOSE_FOR: TimeDelta = TimeDelta::hours(24);
/// The same for one of an answer that waits to be allowed.
const ASKED_FOR: TimeDelta = TimeDelta::days(90);
/// Files of a person that belong to nothing yet, at most: a few forms that stand open.
const LOOSE_MOST: u32 = 20;

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
pub enum Media {
    /// A picture.
    #[strum(serialize = "image/png")]
    Png,
    /// A picture.
    #[strum(serialize = "image/jpeg")]
    Jpeg,
    /// A document.
    #[strum(serialize = "application/pdf")]
    Pdf,
}

crate::word::kept_as_words!(Media);

impl Media {
    /// Whether it can be looked at in a page.
    pub fn is_picture(self) -> bool {
        self != Self::Pdf
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Attachment {
    /// Its number.
    pub id: AttachmentId,
    /// Who sent it.
    pub person_id: PersonId,
    /// The post that it belongs to, or under which the text stands that it belongs to; none while it belongs to nothing.
    pub post_id: Option<PostId>,
    /// The comment that it belongs to.
    pub comment_id: Option<CommentId>,
    /// The answer that it belongs to.
    pub answer_id: Option<AnswerId>,
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub media: Media,
    /// How large it is.
    pub bytes: i64,
    /// The width of a picture, in pixels.
    pub width: Option<i32>,
    /// Its height.
    pub height: Option<i32>,
    /// What there is to see, for those who can't see it; empty when its owner did not say.
    pub alt: String,
    /// The SHA-256 of what is in it.
    pub digest: String,
    /// That of the small picture.
    pub small_digest: Option<String>,
    /// The number of the wording of its text that it came with.
    pub since: i32,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
}

const COLUMNS: &str =
    "f.id, f.person_id, f.post_id, f.comment_id, f.answer_id, f.name, f.media, f.bytes, f.width, f.height, f.alt, f.digest,
        f.small_digest, f.since, f.created_at";

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it was called there.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// What there is to see.
    pub alt: String,
}

/// A file that is to become part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Which one.
    pub id: AttachmentId,
    /// What there is to see; as it was said before when there is nothing new.
    pub alt: Option<String>,
}

impl From<AttachmentId> for Chosen {
    fn from(id: AttachmentId) -> Self {
        Self { id, alt: None }
    }
}

/// The text that a file becomes part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    Post(PostId),
    Comment(PostId, CommentId),
    Answer(PostId, AnswerId),
}

impl Text {
    /// The post, the comment and the answer that a file of it names.
    fn parts(self) -> (PostId, Option<CommentId>, Option<AnswerId>) {
        match self {
            Self::Post(post) => (post, None, None),
            Self::Comment(post, comment) => (post, Some(comment), None),
            Self::Answer(post, answer) => (post, None, Some(answer)),
        }
    }
}

/// A file that was looked through and can be kept.
struct Ready {
    name: String,
    media: Media,
    content: Vec<u8>,
    /// Width, height, and the small picture.
    picture: Option<(i32, i32, Vec<u8>)>,
    alt: String,
}

// rules

/// Who may send files: members. Guests have no account that a file could wait in.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_send(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// What a file says that it is, by its first bytes: its name and what was said with it count for nothing.
fn sniff(content: &[u8]) -> std::result::Result<picture::Found, Problem> {
    if content.len() > BYTES_MAX {
        return Err(Problem::TooLarge { max: MEGABYTES_MAX });
    }
    if content.is_empty() {
        return Err(Problem::Required);
    }
    picture::Found::of(content).ok_or(Problem::NotAFile)
}

/// What a file is called here: the last part of the name that came with it, in letters that mean the same everywhere, with the ending of what
/// is in it.
fn name_of(sent: &str, media: Media) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let stem = if stem.chars().any(char::is_alphanumeric) { text::slug(stem) } else { "file".to_owned() };
    format!("{stem}.{}", media.ending())
}

/// The words for those who can't see it.
fn parse_alt(alt: &str) -> std::result::Result<String, Problem> {
    text::line(alt, 0, ALT_MAX)
}

// queries

/// A file, if the actor may see it: its owner while it belongs to nothing, and then whoever may read the text that it belongs to.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub async fn visible(view: &View<'_>, id: AttachmentId) -> Result<Attachment> {
    let file = by_id(view.db(), id).await?.ok_or(Error::NotFound)?;
    let Some(post) = file.post_id else {
        return if view.actor().id() == Some(file.person_id) { Ok(file) } else { Err(Error::NotFound) };
    };
    let seen = view.post(post).await?;
    let is_readable = match (file.comment_id, file.answer_id) {
        (Some(comment), _) => {
            let comment = comment::visible(view, comment).await?;
            comment.removed_at.is_none() && comment.is_readable()
        }
        // what the company says stands there whatever becomes of the post
        (None, Some(_)) => true,
        (None, None) => seen.is_readable(),
    };
    if is_readable { Ok(file) } else { Err(Error::NotFound) }
}

async fn by_id(db: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<Attachment>> {
    one(db, &format!("SELECT {COLUMNS} FROM attachments f WHERE f.id = $1"), values![id]).await
}

/// What is in a file, or in its small picture. Whoever asks has looked whether the actor may see it.
///
/// # Errors
/// [`Error::NotFound`] when it has just gone.
pub async fn content(db: &impl ConnectionTrait, digest: &str) -> Result<Vec<u8>> {
    #[derive(FromQueryResult)]
    struct Content {
        content: Vec<u8>,
    }
    let found = one::<Content>(db, "SELECT content FROM files WHERE digest = $1", values![digest]).await?;
    Ok(found.ok_or(Error::NotFound)?.content)
}

/// The files of a post itself, in the order in which they were sent; none of a text that its reader may not read.
///
/// # Errors
/// When the database does not answer.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Attachment>> {
    if !post.has().attachments || !post.is_readable() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM attachments f WHERE f.post_id = $1 AND f.comment_id IS NULL AND f.answer_id IS NULL ORDER BY f.id"
    );
    all(view.db(), &sql, values![post.id()]).await
}

/// The files of comments, which their reader may read.
pub(crate) async fn of_comments(db: &impl ConnectionTrait, comments: &[CommentId]) -> Result<Vec<Attachment>> {
    of(db, "comment_id", comments.iter().copied()).await
}

/// The files of answers.
pub(crate) async fn of_answers(db: &impl ConnectionTrait, answers: &[AnswerId]) -> Result<Vec<Attachment>> {
    of(db, "answer_id", answers.iter().copied()).await
}

async fn of(
    db: &impl ConnectionTrait,
    column: &str,
    ids: impl ExactSizeIterator<Item = impl Into<sea_orm::Value>>,
) -> Result<Vec<Attachment>> {
    if ids.len() == 0 {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM attachments f WHERE f.{column} IN "));
    sql.bind_list(ids).push(" ORDER BY f.id");
    all(db, &sql.text, sql.values).await
}

/// Those of these files that the actor sent and that belong to nothing yet, for a form that came back with them.
pub async fn loose(db: &impl ConnectionTrait, actor: &Actor, ids: &[AttachmentId]) -> Result<Vec<Attachment>> {
    let Some(me) = actor.id().filter(|_| !ids.is_empty()) else { return Ok(Vec::new()) };
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM attachments f WHERE f.post_id IS NULL AND f.person_id = "));
    sql.bind(me).push(" AND f.id IN ").bind_list(ids.iter().take(MOST).copied()).push(" ORDER BY f.id");
    all(db, &sql.text, sql.values).await
}

// commands

/// Takes a file that somebody sends: it is looked through, a picture is written anew, and it is kept for a day, in which it can become part of
/// a text.
///
/// # Errors
/// As [`may_send`]; [`Error::Invalid`] on `file` and `alt`; [`Error::Limited`] for whoever sends many.
pub async fn take(forum: &Forum, actor: &Actor, upload: Upload) -> Result<Attachment> {
    let me = may_send(actor)?.id;
    if forum.holds_back() {
        return Err(Error::invalid("", Problem::NotSent));
    }
    let alt = parse_alt(&upload.alt).map_err(|problem| Error::invalid("alt", problem))?;
    let found = sniff(&upload.content).map_err(|problem| Error::invalid("file", problem))?;
    // before it is decoded: that is what costs
    forum.count(actor, limit::UPLOAD, &me.to_string()).await?;
    let ready = forum.look_through(move || ready(found, upload, alt)).await?;
    let ready = ready.map_err(|problem| Error::invalid("file", problem))?;
    forum.write_aside(actor, async |tx| keep(tx, &ready).await).await
}

/// The same inside a command of the forum itself, which nobody waits for: the demo forum has pictures in its past.
///
/// # Errors
/// As [`take`].
pub async fn take_here(tx: &mut Tx, upload: Upload) -> Result<Attachment> {
    may_send(tx.actor())?;
    let alt = parse_alt(&upload.alt).map_err(|problem| Error::invalid("alt", problem))?;
    let ready = sniff(&upload.content).and_then(|found| ready(found, upload, alt));
    let ready = ready.map_err(|problem| Error::invalid("file", problem))?;
    keep(tx, &ready).await
}

fn ready(found: picture::Found, upload: Upload, alt: String) -> std::result::Result<Ready, Problem> {
    let Upload { name, content, .. } = upload;
    Ok(match found {
        picture::Found::Pdf => {
            Ready { name: name_of(&name, Media::Pdf), media: Media::Pdf, content: picture::whole_pdf(content)?, picture: None, alt }
        }
        picture::Found::Picture(format) => {
            let picture::Drawn { media, content, width, height, small } = picture::draw(format, &content)?;
            let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
            Ready { name: name_of(&name, media), media, content, picture: Some((side(width), side(height), small)), alt }
        }
    })
}

/// Keeps a file that belongs to nothing yet.
async fn keep(tx: &mut Tx, file: &Ready) -> Result<Attachment> {
    let me = may_send(tx.actor())?.id;
    no_more_than_can_wait(tx, me).await?;
    let digest = digest_of(&file.content);
    let small = file.picture.as_ref().map(|(_, _, small)| (digest_of(small), small));
    let mut contents = vec![(digest.clone(), &file.content)];
    contents.extend(small.iter().map(|(digest, small)| (digest.clone(), *small)));
    // one order for all, or two who wait for each other wait for ever
    contents.sort();
    contents.dedup_by(|one, other| one.0 == other.0);
    for (digest, content) in contents {
        limit::wait_for(tx, &key(&digest)).await?;
        let sql = "INSERT INTO files (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
        exec(tx.conn(), sql, values![digest, content.clone()]).await?;
    }
    let (width, height) = file.picture.as_ref().map(|(width, height, _)| (*width, *height)).unzip();
    let id = number(
        tx.conn(),
        "INSERT INTO attachments (person_id, name, media, bytes, width, height, alt, digest, small_digest, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id AS n",
        values![
            me,
            file.name.as_str(),
            file.media,
            i64::try_from(file.content.len()).map_err(Error::internal)?,
            width,
            height,
            file.alt.as_str(),
            digest,
            small.map(|(digest, _)| digest),
            tx.now(),
            tx.now() + LOOSE_FOR
        ],
    )
    .await?;
    let id = AttachmentId(id.ok_or_else(|| Error::internal("no attachment came back"))?);
    by_id(tx.conn(), id).await?.ok_or(Error::NotFound)
}

/// Refuses a file more of somebody of whom enough wait already, until the first of them goes.
async fn no_more_than_can_wait(tx: &Tx, me: PersonId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        expires_at: DateTime<Utc>,
    }
    if !tx.limits() {
        return Ok(());
    }
    let sql = format!(
        "SELECT expires_at FROM attachments WHERE person_id = $1 AND post_id IS NULL AND expires_at > $2 AND expires_at <= $3
         ORDER BY expires_at DESC LIMIT 1 OFFSET {}",
        LOOSE_MOST - 1
    );
    let first = one::<Row>(tx.conn(), &sql, values![me, tx.now(), tx.now() + LOOSE_FOR]).await?;
    let wait = first.map(|row| (row.expires_at - tx.now()).num_seconds() + 1);
    wait.map_or(Ok(()), |wait| Err(Error::Limited { retry_after: u64::try_from(wait).unwrap_or(1) }))
}

fn digest_of(content: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    hex::encode(Sha256::digest(content))
}

/// What whoever keeps or forgets the same bytes waits for.
fn key(digest: &str) -> String {
    format!("file:{digest}")
}

/// Whether these files can become part of a text of the actor's.
///
/// # Errors
/// [`Error::Invalid`] on `attachments` when there are too many, or one is not the actor's or belongs to something; on `alt`.
pub(crate) async fn check(tx: &Tx, chosen: &[Chosen]) -> Result<()> {
    if chosen.is_empty() {
        return Ok(());
    }
    let me = may_send(tx.actor())?.id;
    let ids: BTreeSet<AttachmentId> = chosen.iter().map(|file| file.id).collect();
    if chosen.len() > MOST {
        return Err(Error::invalid("attachments", Problem::TooMany { max: MOST }));
    }
    for alt in chosen.iter().filter_map(|file| file.alt.as_deref()) {
        parse_alt(alt).map_err(|problem| Error::invalid("alt", problem))?;
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM attachments WHERE post_id IS NULL AND person_id = ");
    sql.bind(me).push(" AND expires_at > ").bind(tx.now()).push(" AND id IN ").bind_list(ids.iter().copied());
    let found = number(tx.conn(), &sql.text, sql.values).await?.unwrap_or(0);
    if usize::try_from(found) == Ok(chosen.len()) { Ok(()) } else { Err(Error::invalid("attachments", Problem::UnknownChoice)) }
}

/// The same for a text that stands there already, whose author adds them to what it has.
///
/// # Errors
/// As [`check`], with the files that it has among them; [`Error::Forbidden`] for staff who change what somebody else wrote.
pub(crate) async fn check_more(tx: &Tx, text: Text, as_staff: bool, chosen: &[Chosen]) -> Result<()> {
    if chosen.is_empty() {
        return Ok(());
    }
    if as_staff {
        return Err(Error::Forbidden(Denied::NotAuthor));
    }
    check(tx, chosen).await?;
    let (post, comment, answer) = text.parts();
    let sql = "SELECT COUNT(*) AS n FROM attachments WHERE post_id = $1
               AND COALESCE(comment_id, 0) = COALESCE($2, 0) AND COALESCE(answer_id, 0) = COALESCE($3, 0)";
    let present = number(tx.conn(), sql, values![post, comment, answer]).await?.unwrap_or(0);
    if usize::try_from(present).is_ok_and(|present| present + chosen.len() <= MOST) {
        Ok(())
    } else {
        Err(Error::invalid("attachments", Problem::TooMany { max: MOST }))
    }
}

/// Makes files that `owner` sent part of a text, of which the wording with this number was just written.
///
/// # Errors
/// [`Error::Invalid`] on `attachments` when one belongs to something else by now, or has gone.
pub(crate) async fn attach(tx: &Tx, owner: PersonId, text: Text, since: i32, chosen: &[Chosen]) -> Result<()> {
    let (post, comment, answer) = text.parts();
    for file in chosen {
        let alt = file.alt.as_deref().map(parse_alt).transpose().map_err(|problem| Error::invalid("alt", problem))?;
        let sql = "UPDATE attachments SET post_id = $3, comment_id = $4, answer_id = $5, alt = COALESCE($6, alt), since = $7, expires_at = NULL
                   WHERE id = $1 AND person_id = $2 AND post_id IS NULL";
        if exec(tx.conn(), sql, values![file.id, owner, post, comment, answer, alt, since]).await? != 1 {
            return Err(Error::invalid("attachments", Problem::UnknownChoice));
        }
    }
    Ok(())
}

/// Keeps files of an answer that waits to be allowed: that may take longer than a day.
pub(crate) async fn reserve(tx: &Tx, chosen: &[Chosen]) -> Result<()> {
    for file in chosen {
        let sql = "UPDATE attachments SET expires_at = $2 WHERE id = $1 AND post_id IS NULL";
        exec(tx.conn(), sql, values![file.id, tx.now() + ASKED_FOR]).await?;
    }
    Ok(())
}

/// A file that the actor may take away: their own, of a post or a comment or of nothing. What the company said with a file stays said.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it; [`Error::Forbidden`] when somebody else sent it;
/// [`Conflict::InUse`] for one of an answer.
pub async fn own(view: &View<'_>, id: AttachmentId) -> Result<Attachment> {
    view.actor().person()?;
    let file = visible(view, id).await?;
    if may_send(view.actor())?.id != file.person_id {
        return Err(Error::Forbidden(Denied::NotAuthor));
    }
    if file.answer_id.is_some() { Err(Error::Conflict(Conflict::InUse)) } else { Ok(file) }
}

/// Takes a file away, for good. That there was one stays known: a text that loses one has another wording.
///
/// # Errors
/// As [`own`].
pub async fn remove(tx: &mut Tx, id: AttachmentId) -> Result<()> {
    let file = own(&tx.view(), id).await?;
    match (file.post_id, file.comment_id) {
        (Some(_), Some(comment)) => comment::lose_file(tx, comment).await?,
        (Some(post), None) => post::lose_file(tx, post).await?,
        (None, _) => {}
    }
    forget(tx, "f.id = $1", values![file.id]).await
}

/// For `comment`: its author takes it back.
pub(crate) async fn forget_comment(tx: &Tx, comment: CommentId) -> Result<()> {
    forget(tx, "f.comment_id = $1", values![comment]).await
}

/// For `personal`: all that somebody sent, but what the company said with it.
pub(crate) async fn forget_person(tx: &Tx, person: PersonId) -> Result<()> {
    forget(tx, "f.person_id = $1 AND f.answer_id IS NULL", values![person]).await
}

/// Forgets what belongs to nothing after a day.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    forget(tx, "f.post_id IS NULL AND f.expires_at <= $1", values![tx.now()]).await
}

/// Takes files away, and with them the bytes that nobody else refers to.
async fn forget<const N: usize>(tx: &Tx, condition: &str, values: [sea_orm::Value; N]) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Gone {
        digest: String,
        small_digest: Option<String>,
    }
    let sql = format!("SELECT f.digest, f.small_digest FROM attachments f WHERE {condition}");
    let gone = all::<Gone>(tx.conn(), &sql, values.clone()).await?;
    if gone.is_empty() {
        return Ok(());
    }
    let digests: BTreeSet<String> =
        gone.into_iter().flat_map(|gone| std::iter::once(gone.digest).chain(gone.small_digest)).collect();
    for digest in &digests {
        limit::wait_for(tx, &key(digest)).await?;
    }
    exec(tx.conn(), &format!("DELETE FROM attachments AS f WHERE {condition}"), values).await?;
    for digest in digests {
        let sql = "DELETE FROM files WHERE digest = $1 AND NOT EXISTS
                   (SELECT 1 FROM attachments WHERE digest = $1 OR small_digest = $1)";
        exec(tx.conn(), sql, values![digest]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Media, name_of};

    #[test]
    fn a_name_is_a_name_and_no_path() {
        for (sent, name) in [
            ("Kapotte Lamp (2).JPG", "kapotte-lamp-2.png"),
            ("../../etc/passwd", "passwd.png"),
            ("C:\\Users\\sanne\\foto.png", "foto.png"),
            ("bill.pdf\0.exe", "bill-pdf.png"),
            ("evil.svg", "evil.png"),
            ("x\r\nSet-Cookie: a=b.png", "x-set-cookie-a-b.png"),
            ("..", "file.png"),
            ("", "file.png"),
            ("\u{202e}gpj.exe", "gpj.png"),
        ] {
            assert_eq!(name_of(sent, Media::Png), name, "{sent:?}");
        }
    }
}
