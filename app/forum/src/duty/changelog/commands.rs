//! What the staff does with entries.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use sea_orm::FromQueryResult;

use super::{
    BODY_MAX, Category, Entry, POSTS_MAX, State, TITLE_MAX, TITLE_MIN, by_id,
    queries::{Row, SELECT},
};
use crate::{
    Error, Forum, Result, Tx,
    actor::{Actor, Me, Role},
    answer, board,
    db::{Sql, all, exec, number, one, row_lock, values},
    error::{Check, Conflict, Problem},
    event::{Event, Kind},
    id::{BoardId, ChangelogId, EventId, PersonId, PostId},
    site::Language,
    status::Stage,
    text,
};

/// How far ahead an entry can be published.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// A new entry, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What sort of news it is.
    pub category: String,
    /// Its title.
    pub title: String,
    /// The text, in Markdown.
    pub body: String,
    /// The numbers of the posts that asked for it: `12`, `#12`.
    pub posts: Vec<String>,
    /// Whether it is for everybody, also for those who may see none of its posts.
    pub for_all: bool,
    /// The language of the page on which it was typed.
    pub typed_in: Option<Language>,
}

/// What is to become of an entry; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// What sort of news it is.
    pub category: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The text, in Markdown.
    pub body: Option<String>,
    /// The numbers of the posts: all of them.
    pub posts: Option<Vec<String>>,
    /// Whether it is for everybody.
    pub for_all: Option<bool>,
    /// Why, in public: needed once it is published.
    pub reason: Option<String>,
    /// The change that it was written from; whichever is the present one when it is not said.
    pub version: Option<i32>,
    /// The language of the page on which it was typed.
    pub typed_in: Option<Language>,
}

/// Who may write, publish, correct and withdraw entries: whoever may answer for the company.
///
/// # Errors
/// As [`answer::may_answer`].
pub fn may_write(actor: &Actor) -> Result<&Me> {
    answer::may_answer(actor)
}

struct Checked {
    category: Category,
    title: String,
    body: String,
    posts: Vec<PostId>,
    for_all: bool,
    language: &'static str,
}

/// Checks what was typed; the posts that the entry names already are taken as they are.
async fn check(tx: &Tx, draft: &Draft, known: &[PostId], mut check: Check) -> Result<Checked> {
    let category =
        check.field("category", if draft.category.is_empty() { Err(Problem::Required) } else { Category::parse(&draft.category) });
    let title = check.field("title", text::line(&draft.title, TITLE_MIN, TITLE_MAX));
    let body = check.field("body", text::block(&draft.body, 1, BODY_MAX));
    let posts = check.field("posts", numbers(&draft.posts));
    let new: Vec<PostId> = posts.iter().flatten().copied().filter(|post| !known.contains(post)).collect();
    if listed(tx, &new).await?.len() < new.len() {
        check.refuse("posts", Problem::NotAPost);
    }
    let (category, title, body, posts) = check.finish((category, title, body, posts))?;
    let language = text::written_in(&format!("{title}\n{body}"), draft.typed_in);
    Ok(Checked { category, title, body, posts, for_all: draft.for_all, language })
}

/// The numbers of posts as typed, each once.
fn numbers(typed: &[String]) -> std::result::Result<Vec<PostId>, Problem> {
    let mut posts = Vec::new();
    for number in typed.iter().map(|number| number.trim().trim_start_matches('#')).filter(|number| !number.is_empty()) {
        let post = PostId(number.parse().map_err(|_| Problem::NotAPost)?);
        if !posts.contains(&post) {
            posts.push(post);
        }
    }
    if posts.len() > POSTS_MAX { Err(Problem::TooMany { max: POSTS_MAX }) } else { Ok(posts) }
}

#[derive(FromQueryResult)]
struct Listed {
    id: PostId,
    stage: Stage,
}

/// Those of these posts that the actor sees in lists, with where they stand.
async fn listed(tx: &Tx, posts: &[PostId]) -> Result<Vec<Listed>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT p.id, COALESCE(h.stage, p.stage) AS stage FROM posts p JOIN boards b ON b.id = p.board_id
            LEFT JOIN posts h ON h.id = p.head_id WHERE p.id IN ",
    );
    sql.bind_list(posts.iter().copied()).push(" AND ");
    board::listed(&mut sql, tx.actor());
    all(tx.conn(), &sql.text, sql.values).await
}

/// Refuses posts of which the company has not said that they are delivered: an entry must not say it before the answer does.
async fn must_be_delivered(tx: &Tx, posts: &[PostId]) -> Result<()> {
    let found = listed(tx, posts).await?;
    let is_delivered =
        |post: &PostId| found.iter().any(|found| found.id == *post && matches!(found.stage, Stage::Delivered | Stage::Confirmed));
    match posts.iter().find(|post| !is_delivered(post)) {
        Some(post) => Err(Error::invalid("posts", Problem::NotDelivered { post: post.0 })),
        None => Ok(()),
    }
}

/// Begins an entry. Nobody but the staff sees it before it is published.
///
/// # Errors
/// As [`may_write`]; [`Error::Invalid`] on the fields of [`Draft`].
pub async fn write(tx: &mut Tx, draft: &Draft) -> Result<Entry> {
    let me = may_write(tx.actor())?.id;
    let checked = check(tx, draft, &[], Check::new()).await?;
    let id = number(
        tx.conn(),
        "INSERT INTO changelog_entries (category, title, body, body_html, language, for_all, author_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id AS n",
        values![
            checked.category,
            checked.title.clone(),
            checked.body.clone(),
            tx.rendered().markdown(&checked.body),
            checked.language,
            checked.for_all,
            me,
            tx.now()
        ],
    )
    .await?;
    let id = ChangelogId(id.ok_or_else(|| Error::internal("no entry came back"))?);
    link(tx, id, &checked.posts, None).await?;
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// An entry, locked to the end of the command and brought up to its time; `version` is the change that the actor knows, if they said so.
async fn hold(tx: &mut Tx, id: ChangelogId, version: Option<i32>) -> Result<Row> {
    let sql = format!("{SELECT} c.id = $1{}", row_lock(tx.conn(), "c"));
    let row = one::<Row>(tx.conn(), &sql, values![id]).await?.ok_or(Error::NotFound)?;
    if version.is_some_and(|version| version != row.version) {
        return Err(Error::Conflict(Conflict::Changed));
    }
    if row.state(tx.now()).is_public() && row.told_at.is_none() {
        tell(tx, &row).await?;
    }
    Ok(row)
}

/// The posts that an entry names, in their order.
async fn posts_of(tx: &Tx, id: ChangelogId) -> Result<Vec<PostId>> {
    #[derive(FromQueryResult)]
    struct Link {
        post_id: PostId,
    }
    let sql = "SELECT post_id FROM changelog_posts WHERE entry_id = $1 AND ended_by IS NULL ORDER BY id";
    Ok(all::<Link>(tx.conn(), sql, values![id]).await?.into_iter().map(|link| link.post_id).collect())
}

/// Has an entry name these posts. Of one that is published it stays known which it named before a correction.
async fn link(tx: &Tx, id: ChangelogId, posts: &[PostId], correction: Option<i32>) -> Result<()> {
    let known = posts_of(tx, id).await?;
    for post in known.iter().filter(|post| !posts.contains(post)) {
        match correction {
            Some(correction) => {
                let sql = "UPDATE changelog_posts SET ended_by = $3 WHERE entry_id = $1 AND post_id = $2 AND ended_by IS NULL";
                exec(tx.conn(), sql, values![id, *post, correction]).await?;
            }
            None => {
                let sql = "DELETE FROM changelog_posts WHERE entry_id = $1 AND post_id = $2";
                exec(tx.conn(), sql, values![id, *post]).await?;
            }
        }
    }
    for post in posts.iter().filter(|post| !known.contains(post)) {
        let sql = "INSERT INTO changelog_posts (entry_id, post_id, added_by) VALUES ($1, $2, $3)";
        exec(tx.conn(), sql, values![id, *post, correction]).await?;
    }
    Ok(())
}

/// Who can read an entry: everybody, or those who see one of these boards.
struct Reach {
    all: bool,
    /// The boards of its posts, those that everybody sees first.
    boards: Vec<(bool, BoardId)>,
}

impl Reach {
    async fn of(tx: &Tx, id: ChangelogId, for_all: bool) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Board {
            id: BoardId,
            private: bool,
        }
        let mut sql = Sql::new(
            "SELECT DISTINCT b.id, b.private FROM changelog_posts l JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id
             WHERE l.ended_by IS NULL AND l.entry_id = ",
        );
        sql.bind(id).push(" AND (");
        // what nobody sees in a list brings nobody to the entry
        board::listed(&mut sql, tx.actor());
        sql.push(") ORDER BY b.private, b.id");
        let boards = all::<Board>(tx.conn(), &sql.text, sql.values).await?;
        let is_public = boards.first().is_some_and(|board| !board.private);
        Ok(Self { all: for_all || is_public, boards: boards.into_iter().map(|board| (board.private, board.id)).collect() })
    }

    /// Whether nobody can read it but the staff.
    fn is_empty(&self) -> bool {
        !self.all && self.boards.is_empty()
    }

    /// Whether whoever could read it before still can.
    fn covers(&self, before: &Self) -> bool {
        let boards: BTreeSet<_> = self.boards.iter().collect();
        self.all || !before.all && before.boards.iter().all(|board| boards.contains(board))
    }

    /// The board on which its history stands: none where the entry is for everybody, whatever becomes of its posts.
    fn board(&self, for_all: bool) -> Option<BoardId> {
        self.boards.first().filter(|_| !for_all).map(|(_, board)| *board)
    }
}

/// Changes an entry. One that is published is corrected: for a public reason, and with what stood there before kept for everybody to
/// read; nobody loses it from sight by that.
///
/// # Errors
/// As [`may_write`]; [`Error::NotFound`]; [`Conflict::Changed`] when somebody else has changed it since; [`Conflict::Over`] when it was
/// withdrawn; [`Error::Invalid`] on the fields of [`Edit`].
pub async fn edit(tx: &mut Tx, id: ChangelogId, edit: &Edit) -> Result<Entry> {
    let (me, role) = may_write(tx.actor()).map(|me| (me.id, me.role))?;
    let row = hold(tx, id, edit.version).await?;
    let state = row.state(tx.now());
    if state == State::Withdrawn {
        return Err(Error::Conflict(Conflict::Over));
    }
    let is_public = state.is_public();
    let posts = posts_of(tx, id).await?;
    let draft = Draft {
        category: edit.category.clone().unwrap_or_else(|| row.category.as_str().to_owned()),
        title: edit.title.clone().unwrap_or_else(|| row.title.clone()),
        body: edit.body.clone().unwrap_or_else(|| row.body.clone()),
        posts: edit.posts.clone().unwrap_or_else(|| posts.iter().map(ToString::to_string).collect()),
        for_all: edit.for_all.unwrap_or(row.for_all),
        typed_in: edit.typed_in.or_else(|| Language::parse(&row.language)),
    };
    let mut wrong = Check::new();
    let reason = is_public.then(|| wrong.field("reason", text::parse_reason(edit.reason.as_deref().unwrap_or_default()))).flatten();
    let checked = check(tx, &draft, &posts, wrong).await?;
    let set = |posts: &[PostId]| posts.iter().copied().collect::<BTreeSet<_>>();
    let is_same = (checked.category, &checked.title, &checked.body, checked.for_all, set(&checked.posts))
        == (row.category, &row.title, &row.body, row.for_all, set(&posts));
    if is_same {
        return by_id(tx.conn(), tx.actor(), id, tx.now()).await;
    }
    let new: Vec<PostId> = checked.posts.iter().copied().filter(|post| !posts.contains(post)).collect();
    let before = Reach::of(tx, id, row.for_all).await?;
    if state != State::Draft {
        must_be_delivered(tx, &new).await?;
    }
    let correction = match &reason {
        Some(reason) => Some(keep(tx, row, reason, (me, role)).await?),
        None => None,
    };
    link(tx, id, &checked.posts, correction).await?;
    let after = Reach::of(tx, id, checked.for_all).await?;
    if state != State::Draft && after.is_empty() {
        return Err(Error::invalid("for_all", Problem::ForNobody));
    }
    if is_public && !after.covers(&before) {
        return Err(Error::invalid("posts", Problem::WouldVanish));
    }
    if let Some(correction) = correction {
        let event = tx.happened(None, Kind::ChangelogCorrected { entry: id, correction });
        (event.board, event.reason) = (after.board(checked.for_all), reason);
    }
    let html = tx.rendered().markdown(&checked.body);
    let sql = "UPDATE changelog_entries SET category = $2, title = $3, body = $4, body_html = $5, language = $6, for_all = $7,
                updated_at = $8, version = version + 1 WHERE id = $1";
    let values = values![id, checked.category, checked.title, checked.body, html, checked.language, checked.for_all, tx.now()];
    exec(tx.conn(), sql, values).await?;
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Keeps what an entry said before a correction; answers the number of that.
async fn keep(tx: &Tx, row: Row, reason: &str, (by, role): (PersonId, Role)) -> Result<i32> {
    let sql = "SELECT COUNT(*) AS n FROM changelog_corrections WHERE entry_id = $1";
    let before = number(tx.conn(), sql, values![row.id]).await?.unwrap_or(0);
    let correction = i32::try_from(before + 1).map_err(Error::internal)?;
    let sql =
        "INSERT INTO changelog_corrections (entry_id, number, category, title, body, body_html, language, reason, by_id, role,
                created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let Row { id, category, title, body, body_html, language, .. } = row;
    let former = values![id, correction, category, title, body, body_html, language, reason, by, role, tx.now()];
    exec(tx.conn(), sql, former).await?;
    Ok(correction)
}

/// Publishes an entry: at once, or from a moment on that lies ahead, `2026-12-01T09:00` at the site or RFC 3339. Until then that can be changed.
///
/// # Errors
/// As [`may_write`]; [`Error::NotFound`]; [`Conflict::Changed`]; [`Conflict::Over`] when it is published already; [`Error::Invalid`] on
/// `published_at`, on `posts` that are not delivered, and on `for_all` when nobody could read it.
pub async fn publish(tx: &mut Tx, id: ChangelogId, at: Option<&str>, version: Option<i32>) -> Result<Entry> {
    let (me, role) = may_write(tx.actor()).map(|me| (me.id, me.role))?;
    let row = hold(tx, id, version).await?;
    if row.state(tx.now()).is_public() {
        return Err(Error::Conflict(Conflict::Over));
    }
    let mut wrong = Check::new();
    let at = wrong.field("published_at", parse_moment(tx, at));
    let posts = posts_of(tx, id).await?;
    if let Err(error) = must_be_delivered(tx, &posts).await {
        wrong.take(error)?;
    } else if Reach::of(tx, id, row.for_all).await?.is_empty() {
        wrong.refuse("for_all", Problem::ForNobody);
    }
    let at = wrong.finish(at)?;
    let sql = "UPDATE changelog_entries SET published_at = $2, published_by = $3, published_role = $4, version = version + 1 WHERE id = $1";
    exec(tx.conn(), sql, values![id, at, me, role]).await?;
    hold(tx, id, None).await?;
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// The moment from which on an entry is in public: now, unless it is said otherwise.
fn parse_moment(tx: &Tx, typed: Option<&str>) -> std::result::Result<DateTime<Utc>, Problem> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(tx.now()) };
    let at = match DateTime::parse_from_rfc3339(typed) {
        Ok(at) => at.to_utc(),
        Err(_) => {
            let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
            let local =
                local.iter().find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok()).ok_or(Problem::NotADate)?;
            // an hour that a change of daylight-saving time leaves out is none
            tx.site().time_zone.from_local_datetime(&local).earliest().ok_or(Problem::NotADate)?.to_utc()
        }
    };
    let latest = tx.now() + AHEAD;
    if at <= tx.now() {
        Err(Problem::NotInFuture)
    } else if at > latest {
        Err(Problem::TooFarAhead { latest: latest.date_naive().to_string() })
    } else {
        Ok(at)
    }
}

/// Makes a draft again of an entry whose time has not come.
///
/// # Errors
/// As [`may_write`]; [`Error::NotFound`]; [`Conflict::Over`] when it is published.
pub async fn recall(tx: &mut Tx, id: ChangelogId) -> Result<Entry> {
    may_write(tx.actor())?;
    if hold(tx, id, None).await?.state(tx.now()).is_public() {
        return Err(Error::Conflict(Conflict::Over));
    }
    let sql = "UPDATE changelog_entries SET published_at = NULL, published_by = NULL, published_role = NULL, version = version + 1
               WHERE id = $1 AND published_at IS NOT NULL";
    exec(tx.conn(), sql, values![id]).await?;
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Withdraws an entry that is published, with a public reason. It stays where it is, and says so.
///
/// # Errors
/// As [`may_write`]; [`Error::NotFound`]; [`Conflict::NothingDone`] when it is not published; [`Conflict::Over`] when it was withdrawn
/// before; [`Error::Invalid`] on `reason`.
pub async fn withdraw(tx: &mut Tx, id: ChangelogId, reason: &str) -> Result<Entry> {
    may_write(tx.actor())?;
    let row = hold(tx, id, None).await?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    match row.state(tx.now()) {
        State::Published => {}
        State::Withdrawn => return Err(Error::Conflict(Conflict::Over)),
        State::Draft | State::Scheduled => return Err(Error::Conflict(Conflict::NothingDone)),
    }
    let sql = "UPDATE changelog_entries SET withdrawn_at = $2, withdrawn_reason = $3, version = version + 1 WHERE id = $1";
    exec(tx.conn(), sql, values![id, tx.now(), reason.clone()]).await?;
    let board = Reach::of(tx, id, row.for_all).await?.board(row.for_all);
    let event = tx.happened(None, Kind::ChangelogWithdrawn { entry: id });
    (event.board, event.reason) = (board, Some(reason));
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Throws a draft away.
///
/// # Errors
/// As [`may_write`]; [`Error::NotFound`]; [`Conflict::Over`] when it is published.
pub async fn discard(tx: &mut Tx, id: ChangelogId) -> Result<()> {
    may_write(tx.actor())?;
    if hold(tx, id, None).await?.state(tx.now()).is_public() {
        return Err(Error::Conflict(Conflict::Over));
    }
    exec(tx.conn(), "DELETE FROM changelog_posts WHERE entry_id = $1", values![id]).await?;
    exec(tx.conn(), "DELETE FROM changelog_entries WHERE id = $1", values![id]).await?;
    Ok(())
}

/// Draws what follows from the time of an entry having come, once: its publication stands in the history as of that time, by whoever
/// published it.
async fn tell(tx: &mut Tx, row: &Row) -> Result<()> {
    let Some(at) = row.published_at else { return Ok(()) };
    let sql = "UPDATE changelog_entries SET told_at = $2 WHERE id = $1 AND told_at IS NULL";
    if exec(tx.conn(), sql, values![row.id, tx.now()]).await? == 0 {
        return Ok(());
    }
    let board = tx.as_system(at, async |tx| Reach::of(tx, row.id, row.for_all).await).await?.board(row.for_all);
    let kind = Kind::ChangelogPublished { entry: row.id };
    let (actor, role) = (row.published_by, row.published_role);
    tx.note(Event { id: EventId(0), actor, role, at, post: None, board, kind, rule: None, reason: None });
    Ok(())
}

/// Draws what follows from the times that have come by now. Answers how many entries that were.
///
/// # Errors
/// When the database does not answer.
pub async fn run(forum: &Forum) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Due {
        id: ChangelogId,
    }
    let sql = "SELECT id FROM changelog_entries WHERE told_at IS NULL AND published_at IS NOT NULL AND published_at <= $1
               ORDER BY published_at, id";
    let due = all::<Due>(forum.read(), sql, values![forum.now()]).await?;
    for Due { id } in &due {
        match forum.write(&Actor::System, async |tx| hold(tx, *id, None).await.map(drop)).await {
            // somebody threw it away meanwhile
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(u64::try_from(due.len()).unwrap_or(0))
}
