//! Replies in a thread under a post.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    attachment::{self, Attachment, Chosen},
    board, case, clock,
    db::{Sql, all, exec, number, one, values},
    error::{Check, Conflict, Denied, Problem},
    event,
    held::Held,
    id::{CommentId, ModerationId, PersonId, PostId},
    limit,
    marker::Marker,
    mention,
    newcomer::{self, Saying},
    person::Person,
    post::{self, Seen},
    site::Language,
    text,
};

/// Characters of a comment, at most.
pub const BODY_MAX: usize = 10_000;
/// Bytes of HTML with which a page of comments is full, however few they are.
const PAGE_FULL: i64 = 256 * 1024;

/// A comment. When its author took it back, its text is gone and the marker stays; when the company hid it, only the author and the staff
/// still read the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comment {
    /// Its number.
    pub id: CommentId,
    /// The post that it is on.
    pub post: PostId,
    /// The comment that it replies to.
    pub parent: Option<CommentId>,
    /// Who wrote it.
    pub author: Person,
    /// The text as written; empty when removed.
    pub body: String,
    /// The text as safe HTML; empty when removed.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// The number of the present wording.
    pub version: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it got the present wording, if not the first.
    pub edited_at: Option<DateTime<Utc>>,
    /// When its author took it back.
    pub removed_at: Option<DateTime<Utc>>,
    /// Why it is hidden, if it is.
    pub hidden: Option<Marker>,
    /// Why the staff gave it another wording, if they did: the last time.
    pub staff_edit: Option<Marker>,
    /// Since when it is held back: only its author and the staff know of it.
    pub held_since: Option<DateTime<Utc>>,
    /// The pictures and documents that belong to it; none when its reader may not read it.
    pub files: Vec<Attachment>,
}

impl Comment {
    /// Whether its reader may read its text.
    pub fn is_readable(&self) -> bool {
        self.hidden.is_none() || !self.body.is_empty()
    }
}

/// A wording that stood in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// The text.
    pub body: String,
    /// Who wrote it.
    pub editor: Person,
    /// The house rule that a member of the staff named for the edit.
    pub rule: Option<i32>,
    /// The reason that they gave.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
    /// How many files were taken away with it.
    pub files_gone: i32,
}

/// A page of comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The comments, oldest first.
    pub items: Vec<Comment>,
    /// Whether there are later ones.
    pub more: bool,
}

/// A comment in its thread.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Thread {
    /// The comment.
    pub comment: Comment,
    /// The replies to it, oldest first.
    pub replies: Vec<Thread>,
}

#[derive(FromQueryResult)]
struct Row {
    id: CommentId,
    post_id: PostId,
    parent_id: Option<CommentId>,
    body: String,
    body_html: String,
    language: String,
    version: i32,
    created_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
    removed_at: Option<DateTime<Utc>>,
    #[sea_orm(nested(prefix = "author_"))]
    author: Person,
    #[sea_orm(nested(prefix = "hidden_"))]
    hidden: Option<Marker>,
    #[sea_orm(nested(prefix = "edit_"))]
    staff_edit: Option<Marker>,
    held_since: Option<DateTime<Utc>>,
    kept_body: Option<String>,
    kept_body_html: Option<String>,
    has_files: bool,
}

const COLUMNS: &str = "c.id, c.post_id, c.parent_id, c.body, c.body_html, c.language, c.version, c.created_at, c.edited_at,
        c.removed_at, p.id AS author_id, p.handle AS author_handle, p.name AS author_name, p.title AS author_title,
        p.role AS author_role, m.id AS hidden_id, m.act AS hidden_act, m.rule AS hidden_rule, m.reason AS hidden_reason,
        m.role AS hidden_role, m.created_at AS hidden_at, k.body AS kept_body, k.body_html AS kept_body_html,
        se.id AS edit_id, se.act AS edit_act, se.rule AS edit_rule, se.reason AS edit_reason, se.role AS edit_role,
        se.created_at AS edit_at,
        (SELECT sc.created_at FROM screenings sc WHERE sc.id = c.screening_id) AS held_since,
        EXISTS (SELECT 1 FROM attachments f WHERE f.comment_id = c.id) AS has_files";
const JOINED: &str = "JOIN persons p ON p.id = c.author_id LEFT JOIN moderation_acts m ON m.id = c.hidden_by
        LEFT JOIN hidden_texts k ON k.act_id = c.hidden_by LEFT JOIN moderation_acts se ON se.id = c.staff_edit_id";

impl Row {
    /// As somebody reads it: what is hidden is for its author and the staff.
    fn read_by(self, actor: &Actor) -> Comment {
        let kept = self.kept_body.zip(self.kept_body_html);
        let (body, body_html) = match kept {
            _ if self.removed_at.is_some() => Default::default(),
            Some(kept) if actor.sees_all() || actor.id() == Some(self.author.id) => kept,
            _ => (self.body, self.body_html),
        };
        Comment {
            id: self.id,
            post: self.post_id,
            parent: self.parent_id,
            author: self.author,
            body,
            body_html,
            language: self.language,
            version: self.version,
            created_at: self.created_at,
            edited_at: self.edited_at,
            removed_at: self.removed_at,
            hidden: self.hidden,
            staff_edit: self.staff_edit,
            held_since: self.held_since,
            files: Vec::new(),
        }
    }
}

/// Rows as somebody reads them, each with its files.
async fn read_all(db: &impl ConnectionTrait, actor: &Actor, rows: impl Iterator<Item = Row>) -> Result<Vec<Comment>> {
    let mut with_files = Vec::new();
    let mut comments: Vec<Comment> = rows
        .map(|row| {
            let has_files = row.has_files;
            let comment = row.read_by(actor);
            if has_files && comment.removed_at.is_none() && comment.is_readable() {
                with_files.push(comment.id);
            }
            comment
        })
        .collect();
    for file in attachment::of_comments(db, &with_files).await? {
        if let Some(comment) = comments.iter_mut().find(|comment| Some(comment.id) == file.comment_id) {
            comment.files.push(file);
        }
    }
    Ok(comments)
}

/// A comment as everybody reads it, whoever asks: for use inside the forum.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: CommentId) -> Result<Option<Comment>> {
    read(db, &Actor::Visitor, id).await
}

async fn read(db: &impl ConnectionTrait, actor: &Actor, id: CommentId) -> Result<Option<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comments c {JOINED} WHERE c.id = $1");
    let row = one::<Row>(db, &sql, values![id]).await?;
    Ok(read_all(db, actor, row.into_iter()).await?.pop())
}

/// A comment, if the actor may see its post, and it is not held back from them.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub async fn visible(view: &View<'_>, id: CommentId) -> Result<Comment> {
    let comment = read(view.db(), view.actor(), id).await?.ok_or(Error::NotFound)?;
    let actor = view.actor();
    if comment.held_since.is_some() && !actor.sees_all() && actor.id() != Some(comment.author.id) {
        return Err(Error::NotFound);
    }
    if view.sees(comment.post).await? { Ok(comment) } else { Err(Error::NotFound) }
}

/// The comments on a post, oldest first, those after `after`: at most `limit`, and fewer when they are long, but never none as long
/// as there are any.
pub async fn page(view: &View<'_>, post: &Seen, after: Option<CommentId>, limit: u64) -> Result<Page> {
    #[derive(FromQueryResult)]
    struct Listed {
        #[sea_orm(nested)]
        comment: Row,
        found: i64,
    }
    if !has_any(post) {
        return Ok(Page { items: Vec::new(), more: false });
    }
    // the lengths of a page and one more are known without reading their texts
    let mut sql = Sql::new("WITH listed AS (SELECT id, OCTET_LENGTH(body_html) AS size FROM comments WHERE ");
    push_under(&mut sql, view, post);
    push_not_held_back(&mut sql, view.actor());
    if let Some(after) = after {
        sql.push(" AND id > ").bind(after);
    }
    sql.push(&format!(
        " ORDER BY id LIMIT {}), sized AS (SELECT id, SUM(size) OVER (ORDER BY id) - size AS ahead, COUNT(*) OVER () AS found FROM listed)
         SELECT {COLUMNS}, s.found FROM sized s JOIN comments c ON c.id = s.id {JOINED}
         WHERE s.ahead < {PAGE_FULL} ORDER BY c.id LIMIT {limit}",
        limit + 1
    ));
    let rows = all::<Listed>(view.db(), &sql.text, sql.values).await?;
    let found = rows.first().map_or(0, |row| usize::try_from(row.found).unwrap_or(0));
    let items = read_all(view.db(), view.actor(), rows.into_iter().map(|row| row.comment)).await?;
    Ok(Page { more: found > items.len(), items })
}

/// Whether there can be comments under a post: on it, or on a member of the case that it heads.
fn has_any(post: &Seen) -> bool {
    post.has().comments || post.case() == Some(post.id())
}

/// Appends the condition under which comments stand under a post: its own, and under the head of a case those on its members.
fn push_under(sql: &mut Sql, view: &View<'_>, post: &Seen) {
    if post.case() != Some(post.id()) {
        sql.push("post_id = ").bind(post.id());
        return;
    }
    sql.push("post_id IN (SELECT p.id FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id IN ");
    case::push_posts(sql, post.id());
    sql.push(" AND ");
    board::known(sql, view.actor());
    sql.push(")");
}

/// Appends the condition under which comments are not held back from the actor.
fn push_not_held_back(sql: &mut Sql, actor: &Actor) {
    match actor {
        _ if actor.sees_all() => {}
        Actor::Person(me) => {
            sql.push(" AND (screening_id IS NULL OR author_id = ").bind(me.id).push(")");
        }
        _ => {
            sql.push(" AND screening_id IS NULL");
        }
    }
}

/// The last comments on a post that still stand, oldest of them first.
pub async fn latest(view: &View<'_>, post: &Seen, most: u64) -> Result<Vec<Comment>> {
    if !has_any(post) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM comments c {JOINED} WHERE c."));
    push_under(&mut sql, view, post);
    sql.push(&format!(
        " AND c.removed_at IS NULL AND c.hidden_by IS NULL AND c.screening_id IS NULL ORDER BY c.id DESC LIMIT {most}"
    ));
    let rows = all::<Row>(view.db(), &sql.text, sql.values).await?;
    let mut comments = read_all(view.db(), view.actor(), rows.into_iter()).await?;
    comments.reverse();
    Ok(comments)
}

/// Whether a comment stands on the first page of so many under a post: its own, or the head of its case.
pub async fn is_on_first_page(db: &impl ConnectionTrait, comment: &Comment, under: PostId, limit: u64) -> Result<bool> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT OCTET_LENGTH(body_html) AS size FROM comments WHERE post_id IN ");
    case::push_posts(&mut sql, under);
    sql.push(" AND id < ").bind(comment.id).push(&format!(
        " AND screening_id IS NULL ORDER BY id LIMIT {limit}) c HAVING COUNT(*) < {limit} AND COALESCE(SUM(size), 0) < {PAGE_FULL}"
    ));
    Ok(number(db, &sql.text, sql.values).await?.is_some())
}

/// Comments as threads: replies under what they reply to, oldest first.
pub fn threads(comments: Vec<Comment>) -> Vec<Thread> {
    fn take(parent: Option<CommentId>, rest: &mut Vec<Comment>, known: &HashSet<CommentId>) -> Vec<Thread> {
        let belongs = |c: &Comment| match parent {
            None => c.parent.is_none_or(|p| !known.contains(&p)),
            Some(parent) => c.parent == Some(parent),
        };
        let (mine, others): (Vec<_>, Vec<_>) = std::mem::take(rest).into_iter().partition(belongs);
        *rest = others;
        mine.into_iter()
            .map(|comment| {
                let replies = take(Some(comment.id), rest, known);
                Thread { comment, replies }
            })
            .collect()
    }
    let known = comments.iter().map(|c| c.id).collect();
    let mut rest = comments;
    take(None, &mut rest, &known)
}

/// Every wording of a comment, latest first; nothing once it was taken back, or while it is hidden from its reader.
pub async fn versions(view: &View<'_>, id: CommentId) -> Result<Vec<Version>> {
    #[derive(FromQueryResult)]
    struct Wording {
        number: i32,
        body: String,
        rule: Option<i32>,
        reason: Option<String>,
        created_at: DateTime<Utc>,
        files_gone: i32,
        #[sea_orm(nested(prefix = "editor_"))]
        editor: Option<Person>,
    }
    let comment = visible(view, id).await?;
    if comment.removed_at.is_some() || !comment.is_readable() {
        return Ok(Vec::new());
    }
    let sql = "SELECT v.number, v.body, v.rule, v.reason, v.created_at, v.files_gone, p.id AS editor_id, p.handle AS editor_handle,
                p.name AS editor_name, p.title AS editor_title, p.role AS editor_role
               FROM comment_versions v LEFT JOIN persons p ON p.id = v.editor_id WHERE v.comment_id = $1 ORDER BY v.number DESC";
    let version = |row: Wording| Version {
        number: row.number,
        body: row.body,
        editor: row.editor.unwrap_or_else(|| comment.author.clone()),
        rule: row.rule,
        reason: row.reason,
        created_at: row.created_at,
        files_gone: row.files_gone,
    };
    Ok(all::<Wording>(view.db(), sql, values![id]).await?.into_iter().map(version).collect())
}

fn parse(body: &str) -> Result<String> {
    let mut check = Check::new();
    let body = check.field("body", text::block(body, 1, BODY_MAX));
    check.finish(body)
}

/// Who may comment: members; a guest on the own post, which is known once it is held.
///
/// # Errors
/// As [`Actor::voice`].
pub fn may_comment(actor: &Actor) -> Result<&Me> {
    actor.voice()
}

/// Comments on a post, or replies to a comment on it. A guest does so on the own post only.
pub async fn submit(
    tx: &mut Tx,
    post: PostId,
    parent: Option<CommentId>,
    body: &str,
    typed_in: Option<Language>,
) -> Result<CommentId> {
    submit_with(tx, post, parent, body, typed_in, &[]).await
}

/// The same with files that the actor sent before.
///
/// # Errors
/// Also [`Error::Invalid`] on `attachments`, when one is not theirs or belongs to something else.
pub async fn submit_with(
    tx: &mut Tx,
    post: PostId,
    parent: Option<CommentId>,
    body: &str,
    typed_in: Option<Language>,
    files: &[Chosen],
) -> Result<CommentId> {
    let author = may_comment(tx.actor())?.clone();
    let me = author.id;
    let under = match parent {
        Some(parent) => place_of_reply(tx, post, parent).await?,
        None => Some(post),
    };
    // a comment moves no deadline, unless it is the author's
    let mut held = tx.hold_as_it_is(under.unwrap_or(post)).await?;
    tx.actor().voice_on(held.author())?;
    held.open()?;
    let body = match (parse(body), attachment::check(tx, files).await) {
        (Ok(body), Ok(())) => body,
        (body, files) => return Err(Check::of_both(body.err(), files.err())),
    };
    let post = under.ok_or(Error::invalid("parent_id", Problem::NotOnThisPost))?;
    if held.author() == me {
        tx.bring_up(&mut held).await?;
    }
    newcomer::count(tx, &author, Saying::Comment).await?;
    let language = text::written_in(&body, typed_in);
    let id = number(
        tx.conn(),
        "INSERT INTO comments (post_id, parent_id, author_id, body, body_html, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id AS n",
        values![post, parent, me, body.clone(), mention::html(tx, &body).await?, language, tx.now()],
    )
    .await?;
    let id = CommentId(id.ok_or_else(|| Error::internal("no comment came back"))?);
    keep_version(tx, id, 1, &body, None).await?;
    attachment::attach(tx, me, attachment::Text::Comment(post, id), 1, files).await?;
    match newcomer::suspicion(tx, &author, (post, Some(id)), "", &body, !files.is_empty()).await? {
        Some(suspicion) => newcomer::hold_comment(tx, post, id, suspicion).await?,
        None => {
            case::note_comments(tx, &mut held, 1).await?;
            tx.happened(Some(post), event::Kind::CommentPosted { comment: id, parent });
        }
    }
    if held.author() == me {
        // what the company waited for may be in it
        clock::run_again(tx, &held).await?;
    }
    Ok(id)
}

/// On which post a reply stands that is given on the page of one: where that stands which it replies to, since all comments of a case are
/// read at its head.
async fn place_of_reply(tx: &Tx, post: PostId, parent: CommentId) -> Result<Option<PostId>> {
    // nothing is said to what others can't read
    let parent = by_id(tx.conn(), parent).await?.filter(|parent| parent.held_since.is_none());
    let Some(found) = parent.map(|parent| parent.post) else { return Ok(None) };
    let is_here = found == post || (case::head_of(tx.conn(), found).await? == post && tx.view().sees(post).await?);
    Ok(is_here.then_some(found))
}

/// Keeps a wording; `by` is who of the staff wrote it, under which rule and why, if not its author.
async fn keep_version(tx: &Tx, id: CommentId, number: i32, body: &str, by: Option<(PersonId, i32, &str)>) -> Result<()> {
    let (editor, rule, reason) = by.map_or((None, None, None), |(editor, rule, reason)| (Some(editor), Some(rule), Some(reason)));
    let sql = "INSERT INTO comment_versions (comment_id, number, body, editor_id, rule, reason, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    exec(tx.conn(), sql, values![id, number, body, editor, rule, reason.map(str::to_owned), tx.now()]).await?;
    Ok(())
}

/// A comment that the actor may take back: their own.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of its post; as [`Actor::member`]; [`Error::Forbidden`] when somebody
/// else wrote it.
pub async fn own(view: &View<'_>, id: CommentId) -> Result<Comment> {
    view.actor().person()?;
    let comment = visible(view, id).await?;
    if view.actor().member()?.id == comment.author.id { Ok(comment) } else { Err(Error::Forbidden(Denied::NotAuthor)) }
}

/// The actor's own comment as it stands now that its post is held.
async fn hold_own(tx: &mut Tx, id: CommentId) -> Result<(Comment, Held)> {
    let comment = own(&tx.view(), id).await?;
    // no deadline depends on how a comment is worded
    let held = tx.hold_as_it_is(comment.post).await?;
    // another window of the same author may have changed it while this one waited
    Ok((by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?, held))
}

/// Another wording, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// The text, in Markdown.
    pub body: String,
    /// The house rule that it follows from; needed of the staff, for what somebody else wrote.
    pub rule: Option<i32>,
    /// Why, in public; needed of them too.
    pub reason: Option<String>,
    /// The number of the wording that it was written from.
    pub version: Option<i32>,
    /// Files that its author adds.
    pub attachments: Vec<Chosen>,
}

impl Edit {
    /// An author's own.
    pub fn of(body: &str) -> Self {
        Self { body: body.to_owned(), ..Self::default() }
    }
}

/// A comment of which the actor may change the wording, and whether they do so as staff: their own, or anybody's with a rule and a reason.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of its post; as [`post::may_edit`].
pub async fn editable(view: &View<'_>, id: CommentId) -> Result<(Comment, bool)> {
    view.actor().person()?;
    let comment = visible(view, id).await?;
    let (_, as_staff) = post::may_edit(view.actor(), comment.author.id)?;
    Ok((comment, as_staff))
}

/// Gives a comment a new wording, or more files, which is another wording too; the old one stays readable.
///
/// # Errors
/// As [`editable`]; [`Conflict::Changed`] when there is a newer wording than the one that it was written from; [`Error::Invalid`] on `body`,
/// and of the staff on `rule` and `reason`.
pub async fn edit(tx: &mut Tx, id: CommentId, edit: &Edit) -> Result<Comment> {
    let (comment, as_staff) = editable(&tx.view(), id).await?;
    // no deadline depends on how a comment is worded
    let held = tx.hold_as_it_is(comment.post).await?;
    let (editor, _) = post::may_edit(tx.actor(), comment.author.id)?;
    let comment = by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if comment.removed_at.is_some() {
        return Err(Error::Conflict(Conflict::Removed));
    }
    // whoever wrote under a locked post has had their say
    if as_staff { held.shown() } else { held.open() }?;
    shown(&comment)?;
    let mut check = Check::new();
    let body = check.field("body", text::block(&edit.body, 1, BODY_MAX));
    let why = if as_staff {
        let rule = check.field("rule", post::parse_rule(&tx.site(), edit.rule));
        let reason = check.field("reason", text::parse_reason(edit.reason.as_deref().unwrap_or_default()));
        rule.zip(reason).map(Some)
    } else {
        Some(None)
    };
    let (body, why) = check.finish((body, why))?;
    let text = attachment::Text::Comment(comment.post, id);
    attachment::check_more(tx, text, as_staff, &edit.attachments).await?;
    if body != comment.body || !edit.attachments.is_empty() {
        if edit.version.is_some_and(|version| version != comment.version) {
            return Err(Error::Conflict(Conflict::Changed));
        }
        limit::count(tx, limit::COMMENT, &editor.to_string()).await?;
        newcomer::no_new_files(tx, &edit.attachments).await?;
        newcomer::no_new_links(tx, &[("body", &comment.body, &body)]).await?;
        let version = comment.version + 1;
        exec(
            tx.conn(),
            "UPDATE comments SET body = $2, body_html = $3, version = $4, edited_at = $5 WHERE id = $1",
            values![id, body.clone(), mention::html(tx, &body).await?, version, tx.now()],
        )
        .await?;
        keep_version(tx, id, version, &body, why.as_ref().map(|(rule, reason)| (editor, *rule, reason.as_str()))).await?;
        attachment::attach(tx, editor, text, version, &edit.attachments).await?;
        let edited = tx.happened(Some(comment.post), event::Kind::CommentEdited { comment: id, version: Some(version) });
        (edited.rule, edited.reason) = why.unzip();
    }
    by_id(tx.conn(), id).await?.ok_or(Error::NotFound)
}

/// For `attachment`: its author takes a file away. The words stay as they are, and the wordings say that there was one.
pub(crate) async fn lose_file(tx: &mut Tx, id: CommentId) -> Result<()> {
    let (comment, _) = hold_own(tx, id).await?;
    let version = comment.version + 1;
    exec(tx.conn(), "UPDATE comments SET version = $2, edited_at = $3 WHERE id = $1", values![id, version, tx.now()]).await?;
    keep_version(tx, id, version, &comment.body, None).await?;
    let sql = "UPDATE comment_versions SET files_gone = 1 WHERE comment_id = $1 AND number = $2";
    exec(tx.conn(), sql, values![id, version]).await?;
    tx.happened(Some(comment.post), event::Kind::CommentEdited { comment: id, version: Some(version) });
    Ok(())
}

/// For `moderation`: the act that an edit by the staff became stands beside the comment.
pub(crate) async fn mark_edited(tx: &Tx, id: CommentId, act: ModerationId) -> Result<()> {
    exec(tx.conn(), "UPDATE comments SET staff_edit_id = $2 WHERE id = $1", values![id, act]).await?;
    Ok(())
}

/// For `moderation`: the wording of that number.
pub(crate) async fn wording(db: &impl ConnectionTrait, id: CommentId, number: i32) -> Result<Option<String>> {
    #[derive(FromQueryResult)]
    struct Wording {
        body: String,
    }
    let sql = "SELECT body FROM comment_versions WHERE comment_id = $1 AND number = $2";
    Ok(one::<Wording>(db, sql, values![id, number]).await?.map(|wording| wording.body))
}

/// Takes one's own comment back: the text goes, with all its wordings; the marker and the replies stay. Once more changes nothing.
pub async fn remove(tx: &mut Tx, id: CommentId) -> Result<()> {
    let (comment, mut held) = hold_own(tx, id).await?;
    let removed = exec(
        tx.conn(),
        "UPDATE comments SET body = '', body_html = '', removed_at = $2 WHERE id = $1 AND removed_at IS NULL",
        values![id, tx.now()],
    )
    .await?;
    if removed == 0 {
        return Ok(());
    }
    exec(tx.conn(), "DELETE FROM comment_versions WHERE comment_id = $1", values![id]).await?;
    newcomer::forget_print(tx, id).await?;
    attachment::forget_comment(tx, id).await?;
    match &comment.hidden {
        // it was not counted yet, and nobody else knew of it
        _ if comment.held_since.is_some() => newcomer::removed(tx, id).await?,
        // it was not counted any more
        Some(marker) => drop(exec(tx.conn(), "DELETE FROM hidden_texts WHERE act_id = $1", values![marker.id]).await?),
        None => case::note_comments(tx, &mut held, -1).await?,
    }
    tx.happened(Some(comment.post), event::Kind::CommentRemoved { comment: id });
    Ok(())
}

fn shown(comment: &Comment) -> Result<()> {
    if comment.held_since.is_some() {
        return Err(Error::Conflict(Conflict::HeldBack));
    }
    if comment.hidden.is_some() { Err(Error::Conflict(Conflict::Hidden)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actor::Role, id::PersonId};

    fn comment(id: i64, parent: Option<i64>) -> Comment {
        let author =
            Person { id: PersonId(uuid::Uuid::nil()), handle: String::new(), name: String::new(), title: None, role: Role::Member };
        Comment {
            id: CommentId(id),
            post: PostId(1),
            parent: parent.map(CommentId),
            author,
            body: String::new(),
            body_html: String::new(),
            language: "en".to_owned(),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            edited_at: None,
            removed_at: None,
            hidden: None,
            staff_edit: None,
            held_since: None,
            files: Vec::new(),
        }
    }

    fn shape(threads: &[Thread]) -> String {
        threads.iter().map(|t| format!("{}({})", t.comment.id, shape(&t.replies))).collect()
    }

    #[test]
    fn replies_stand_under_what_they_reply_to() {
        let list = vec![comment(1, None), comment(2, Some(1)), comment(3, None), comment(4, Some(2)), comment(5, Some(1))];
        assert_eq!(shape(&threads(list)), "1(2(4())5())3()");
    }

    #[test]
    fn a_reply_to_what_is_not_on_this_page_stands_alone() {
        assert_eq!(shape(&threads(vec![comment(7, Some(1)), comment(8, Some(7))])), "7(8())");
    }
}
