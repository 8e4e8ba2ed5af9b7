//! Whether it is really solved: "delivered" is the company's word, "confirmed" is the customers'. Author and supporters are asked, in
//! the page and by mail; after two weeks what they said decides. The authors of complaints are asked once more after four weeks.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Forum, Result, Tx, View,
    actor::Actor,
    answer::{self, Verdict},
    case,
    db::{DueRows, Sql, all, exec, number, one, values},
    error::{Conflict, Problem},
    event,
    held::Held,
    id::{AnswerId, PersonId, PostId},
    person::{self, Person},
    post::Kind,
    post::Seen,
    secret::{self, Secret},
    status::Stage,
    text,
};

/// Days after the delivery on which what was said decides.
pub const CLOSES_AFTER: TimeDelta = TimeDelta::days(14);
/// Days after the delivery on which the author of a complaint is asked once more.
pub const ASKS_AGAIN_AFTER: TimeDelta = TimeDelta::days(28);

pub use crate::values::Outcome;

/// The questions that follow a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    /// The answer that said "delivered".
    pub answer: AnswerId,
    /// When what was said decides.
    pub closes_at: DateTime<Utc>,
    /// When it was decided.
    pub closed_at: Option<DateTime<Utc>>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// How many were asked.
    pub asked: i64,
    /// How many said anything so far.
    pub said: i64,
    /// How many of them said yes.
    pub yes: i64,
}

impl Questions {
    /// The share of those who answered who said yes, in whole percent.
    pub fn percent(&self) -> Option<i64> {
        (self.said > 0).then(|| (self.yes * 100 + self.said / 2) / self.said)
    }
}

/// A question to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// On which post.
    pub post: PostId,
    /// Slug and title of the post.
    pub slug: String,
    /// See `slug`.
    pub title: String,
    /// The language that the post is written in.
    pub language: String,
    /// What the company says that it did, as safe HTML, and in which language.
    pub what_html: String,
    /// See `what_html`.
    pub what_language: String,
    /// The delivery that it asks about.
    pub answer: AnswerId,
    /// 1 after the delivery, 2 four weeks later.
    pub round: i32,
    /// What was said: whether it is solved.
    pub said: Option<bool>,
    /// Whether something can still be said.
    pub is_open: bool,
}

#[derive(FromQueryResult)]
struct AskRow {
    id: i64,
    post_id: PostId,
    slug: String,
    title: String,
    language: String,
    what_html: String,
    what_language: String,
    answer_id: AnswerId,
    person_id: PersonId,
    round: i32,
    author: bool,
    said: Option<String>,
    stage: Stage,
    merged: bool,
    closed_at: Option<DateTime<Utc>>,
    latest: bool,
}

const SELECT: &str = "SELECT k.id, k.post_id, p.slug, p.title, p.language, a.what_html, a.language AS what_language, k.answer_id,
        k.person_id, k.round, k.author, k.said, p.stage, p.head_id IS NOT NULL AS merged, c.closed_at,
        NOT EXISTS (SELECT 1 FROM checks later WHERE later.post_id = k.post_id AND later.answer_id > k.answer_id) AS latest
     FROM asks k JOIN posts p ON p.id = k.post_id JOIN answers a ON a.id = k.answer_id JOIN checks c ON c.answer_id = k.answer_id
     WHERE ";

impl AskRow {
    /// Whether an answer still counts: until the check is closed, and to the second question as long as the post stands as solved. While a
    /// post is a member of a case, it is asked at the head.
    fn is_open(&self) -> bool {
        if self.merged {
            false
        } else if self.round == 1 {
            self.closed_at.is_none()
        } else {
            self.latest && matches!(self.stage, Stage::Delivered | Stage::Confirmed)
        }
    }

    fn ask(self) -> Ask {
        Ask {
            is_open: self.is_open(),
            post: self.post_id,
            slug: self.slug,
            title: self.title,
            language: self.language,
            what_html: self.what_html,
            what_language: self.what_language,
            answer: self.answer_id,
            round: self.round,
            said: self.said.map(|said| said == "yes"),
        }
    }
}

/// The latest check of a post.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Option<Questions>> {
    #[derive(FromQueryResult)]
    struct Row {
        answer_id: AnswerId,
        closes_at: DateTime<Utc>,
        closed_at: Option<DateTime<Utc>>,
        outcome: Option<Outcome>,
        asked: i64,
        said: i64,
        yes: i64,
    }
    if !post.has().checks {
        return Ok(None);
    }
    let sql = "SELECT c.answer_id, c.closes_at, c.closed_at, c.outcome,
                (SELECT COUNT(*) FROM asks k WHERE k.answer_id = c.answer_id AND k.round = 1) AS asked,
                (SELECT COUNT(*) FROM asks k WHERE k.answer_id = c.answer_id AND k.round = 1 AND k.said IS NOT NULL) AS said,
                (SELECT COUNT(*) FROM asks k WHERE k.answer_id = c.answer_id AND k.round = 1 AND k.said = 'yes') AS yes
               FROM checks c WHERE c.post_id = $1 ORDER BY c.answer_id DESC LIMIT 1";
    let check = |row: Row| Questions {
        answer: row.answer_id,
        closes_at: row.closes_at,
        closed_at: row.closed_at,
        outcome: row.outcome,
        asked: row.asked,
        said: row.said,
        yes: row.yes,
    };
    Ok(one::<Row>(view.db(), sql, values![post.id()]).await?.map(check))
}

async fn latest_ask(db: &impl ConnectionTrait, person: PersonId, post: PostId) -> Result<Option<AskRow>> {
    let sql = format!("{SELECT} k.post_id = $1 AND k.person_id = $2 ORDER BY k.id DESC LIMIT 1");
    one::<AskRow>(db, &sql, values![post, person]).await
}

/// What the actor is asked about a post, the latest question.
pub async fn mine(view: &View<'_>, post: &Seen) -> Result<Option<Ask>> {
    let Some(me) = view.actor().id() else { return Ok(None) };
    if !post.has().checks {
        return Ok(None);
    }
    Ok(latest_ask(view.db(), me, post.id()).await?.map(AskRow::ask))
}

/// What a person is asked and has not answered, newest first.
pub async fn open_for(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Ask>> {
    let Some(me) = actor.id() else { return Ok(Vec::new()) };
    let mut sql = Sql::new(SELECT);
    sql.push("k.person_id = ").bind(me).push(" AND k.said IS NULL AND EXISTS (SELECT 1 FROM boards b WHERE b.id = p.board_id AND ");
    crate::board::known(&mut sql, actor);
    sql.push(") ORDER BY k.id DESC LIMIT 50");
    let rows = all::<AskRow>(db, &sql.text, sql.values).await?;
    Ok(rows.into_iter().filter(AskRow::is_open).map(AskRow::ask).collect())
}

/// The question behind a link, and who is asked: the link speaks for them.
async fn by_secret_row(db: &impl ConnectionTrait, secret: &str) -> Result<(AskRow, Actor)> {
    let sql = format!("{SELECT} k.secret_hash = $1");
    let row = one::<AskRow>(db, &sql, values![secret::hash(secret)]).await?.ok_or(Error::NotFound)?;
    let account = person::by_id(db, row.person_id).await?.ok_or(Error::NotFound)?;
    Ok((row, account.actor(None)))
}

/// The question behind a mailed link. Its bearer needs no account at hand.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn by_secret(forum: &Forum, secret: &str) -> Result<Ask> {
    let (row, actor) = by_secret_row(forum.read(), secret).await?;
    // they may have lost sight of a private board since
    forum.view(&actor).await?.post(row.post_id).await?;
    Ok(row.ask())
}

/// Questions that close.
pub(crate) const CHECKS_DUE: DueRows = DueRows { id: "answer_id", at: "closes_at", rows: "checks WHERE closed_at IS NULL" };
/// Deliveries whose author is asked once more.
pub(crate) const ASKS_DUE: DueRows =
    DueRows { id: "answer_id", at: "asks_again_at", rows: "checks WHERE asked_again_at IS NULL AND asks_again_at IS NOT NULL" };

/// Asks author and supporters whether what was delivered solves it.
pub(crate) async fn open(tx: &mut Tx, held: &Held, answer: AnswerId) -> Result<()> {
    let (post, now) = (held.id(), tx.now());
    let asks_again_at = (held.kind() == Kind::Complaint).then(|| now + ASKS_AGAIN_AFTER);
    exec(
        tx.conn(),
        "INSERT INTO checks (answer_id, post_id, closes_at, asks_again_at) VALUES ($1, $2, $3, $4)",
        values![answer, post, now + CLOSES_AFTER, asks_again_at],
    )
    .await?;
    // of a case everybody who wrote or supports any of its posts, once
    let mut sql = Sql::new("INSERT INTO asks (post_id, answer_id, person_id, round, author, created_at) SELECT ");
    sql.bind(post).push(", ").bind(answer).push(", p.id, 1, p.id IN ");
    push_authors(&mut sql, post);
    sql.push(", ").bind(now).push(" FROM persons p WHERE p.id IN ");
    push_authors(&mut sql, post);
    sql.push(" OR p.id IN (SELECT person_id FROM votes WHERE stance = 'support' AND excluded_by IS NULL AND post_id IN ");
    case::push_posts(&mut sql, post);
    sql.push(")");
    exec(tx.conn(), &sql.text, sql.values).await?;
    tx.happened(Some(post), event::Kind::CustomersAsked { answer, round: 1 });
    Ok(())
}

/// Appends those who wrote a post, or one of the case that it heads.
fn push_authors(sql: &mut Sql, post: PostId) {
    sql.push("(SELECT author_id FROM posts WHERE id IN ");
    case::push_posts(sql, post);
    sql.push(")");
}

/// Makes the link by which a person answers without signing in. Only its hash is kept.
pub(crate) async fn link(tx: &mut Tx, answer: AnswerId, person: PersonId, round: i32) -> Result<Secret> {
    let secret = Secret::fresh();
    let sql = "UPDATE asks SET secret_hash = $4 WHERE answer_id = $1 AND person_id = $2 AND round = $3";
    exec(tx.conn(), sql, values![answer, person, round, secret.hash()]).await?;
    Ok(secret)
}

/// Whom a delivery asks.
pub(crate) async fn asked(tx: &Tx, answer: AnswerId, round: i32) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
    }
    let sql = "SELECT person_id FROM asks WHERE answer_id = $1 AND round = $2 ORDER BY author DESC, id";
    Ok(all::<Row>(tx.conn(), sql, values![answer, round]).await?.into_iter().map(|row| row.person_id).collect())
}

/// A new answer of the company overtakes the questions about an earlier one.
pub(crate) async fn overtaken(tx: &mut Tx, post: PostId, answer: AnswerId) -> Result<()> {
    let sql = "UPDATE checks SET closed_at = $3, outcome = 'overtaken' WHERE post_id = $1 AND answer_id < $2 AND closed_at IS NULL";
    exec(tx.conn(), sql, values![post, answer, tx.now()]).await?;
    let sql = "UPDATE checks SET asks_again_at = NULL WHERE post_id = $1 AND answer_id < $2 AND asked_again_at IS NULL";
    exec(tx.conn(), sql, values![post, answer]).await?;
    Ok(())
}

/// Who may say whether a post is solved: those who are asked. To anybody else there is no question.
async fn ask_to(db: &impl ConnectionTrait, actor: &Actor, post: PostId) -> Result<AskRow> {
    // a guest is asked about nothing but the own post
    let me = actor.voice()?.id;
    latest_ask(db, me, post).await?.ok_or(Error::NotFound)
}

/// The latest question about a post that the actor may answer.
///
/// # Errors
/// As [`Actor::member`], and [`Error::NotFound`] when they were not asked.
pub async fn question(view: &View<'_>, post: &Seen) -> Result<Ask> {
    Ok(ask_to(view.db(), view.actor(), post.id()).await?.ask())
}

/// Says whether it is solved. Until the questions are closed one can change one's mind.
///
/// # Errors
/// [`Error::NotFound`] when the actor was not asked, [`Error::Conflict`] when it is too late.
pub async fn say(tx: &mut Tx, post: PostId, solved: bool, note: Option<&str>) -> Result<()> {
    tx.actor().person()?;
    // the second question may be due by now
    let held = tx.hold(post).await?;
    let row = ask_to(tx.conn(), tx.actor(), post).await?;
    note_said(tx, held, row.id, solved, note).await
}

/// As [`say`], by a mailed link, without signing in.
pub async fn say_by_link(tx: &mut Tx, secret: &str, solved: bool, note: Option<&str>) -> Result<()> {
    let (row, actor) = by_secret_row(tx.conn(), secret).await?;
    let held = tx.hold_for(&actor, row.post_id).await?;
    note_said(tx, held, row.id, solved, note).await
}

async fn note_said(tx: &mut Tx, mut held: Held, id: i64, solved: bool, note: Option<&str>) -> Result<()> {
    let note = text::optional(note, 0, 500).map_err(|problem| Error::invalid("note", problem))?;
    let sql = format!("{SELECT} k.id = $1");
    let row = one::<AskRow>(tx.conn(), &sql, values![id]).await?.ok_or(Error::NotFound)?;
    let word = if solved { "yes" } else { "no" };
    if row.said.as_deref() == Some(word) {
        return Ok(());
    }
    if !row.is_open() {
        return Err(Error::Conflict(Conflict::Over));
    }
    exec(tx.conn(), "UPDATE asks SET said = $2, note = $3, said_at = $4 WHERE id = $1", values![id, word, note, tx.now()]).await?;
    // the link speaks for its person, whoever is signed in
    let said = tx.happened(Some(held.id()), event::Kind::SolvedSaid { answer: row.answer_id, solved });
    (said.actor, said.role) = (Some(row.person_id), None);
    if row.author && !solved {
        let (answer, round) = (row.answer_id, row.round);
        tx.as_system(tx.now(), async |tx| {
            if round == 1 {
                close(tx, held.id(), answer, Outcome::Reopened).await?;
            }
            reopen(tx, &mut held, Verdict::NotSolved).await
        })
        .await?;
    }
    Ok(())
}

/// Sends a solved post back to being worked on, one level up.
pub(crate) async fn reopen(tx: &mut Tx, post: &mut Held, cause: Verdict) -> Result<()> {
    let answer = answer::by_rule(tx, post, Stage::Started, cause).await?;
    overtaken(tx, post.id(), answer).await
}

async fn close(tx: &mut Tx, post: PostId, answer: AnswerId, outcome: Outcome) -> Result<()> {
    exec(
        tx.conn(),
        "UPDATE checks SET closed_at = $2, outcome = $3,
            said_count = (SELECT COUNT(*) FROM asks WHERE answer_id = $1 AND round = 1 AND said IS NOT NULL),
            yes_count = (SELECT COUNT(*) FROM asks WHERE answer_id = $1 AND round = 1 AND said = 'yes')
         WHERE answer_id = $1",
        values![answer, tx.now(), outcome],
    )
    .await?;
    tx.happened(Some(post), event::Kind::CheckClosed { answer, outcome });
    Ok(())
}

/// After two weeks what was said decides: half or more yes confirms it, fewer send it back, silence leaves it delivered.
pub(crate) async fn decide(tx: &mut Tx, post: &mut Held, answer: AnswerId) -> Result<()> {
    let count = async |condition: &str| {
        let sql = format!("SELECT COUNT(*) AS n FROM asks WHERE answer_id = $1 AND round = 1 AND {condition}");
        Ok::<i64, Error>(number(tx.conn(), &sql, values![answer]).await?.unwrap_or(0))
    };
    let (said, yes) = (count("said IS NOT NULL").await?, count("said = 'yes'").await?);
    if said == 0 {
        close(tx, post.id(), answer, Outcome::Unconfirmed).await
    } else if yes * 2 >= said {
        close(tx, post.id(), answer, Outcome::Confirmed).await?;
        answer::by_rule(tx, post, Stage::Confirmed, Verdict::Confirmed).await.map(drop)
    } else {
        close(tx, post.id(), answer, Outcome::Reopened).await?;
        reopen(tx, post, Verdict::TooFewYes).await
    }
}

/// Four weeks after the delivery the author of a complaint is asked once more, if it still stands as solved.
pub(crate) async fn ask_again(tx: &mut Tx, post: &Held, answer: AnswerId) -> Result<()> {
    let post = post.id();
    let sql = "UPDATE checks SET asked_again_at = $2 WHERE answer_id = $1";
    exec(tx.conn(), sql, values![answer, tx.now()]).await?;
    let mut sql = Sql::new("INSERT INTO asks (post_id, answer_id, person_id, round, author, created_at) SELECT p.id, ");
    sql.bind(answer).push(", w.id, 2, TRUE, ").bind(tx.now());
    sql.push(" FROM posts p JOIN persons w ON w.id IN ");
    push_authors(&mut sql, post);
    sql.push(" WHERE p.stage IN ('delivered', 'confirmed') AND p.id = ").bind(post);
    let asked = exec(tx.conn(), &sql.text, sql.values).await?;
    if asked > 0 {
        tx.happened(Some(post), event::Kind::CustomersAsked { answer, round: 2 });
    }
    Ok(())
}

/// What somebody wrote with their answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Who.
    pub person: Person,
    /// Whether they said that it is solved.
    pub solved: bool,
    /// What they wrote.
    pub note: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What customers wrote with their answers about a post, latest first. For the staff only.
///
/// # Errors
/// [`Error::Forbidden`] for others, [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn remarks(view: &View<'_>, post: &Seen) -> Result<Vec<Remark>> {
    #[derive(FromQueryResult)]
    struct Row {
        said: String,
        note: String,
        said_at: DateTime<Utc>,
        #[sea_orm(nested)]
        person: Person,
    }
    view.actor().staff()?;
    if !post.has().checks {
        return Ok(Vec::new());
    }
    let sql =
        "SELECT k.said, k.note, k.said_at, p.id, p.handle, p.name, p.title, p.role FROM asks k JOIN persons p ON p.id = k.person_id
               WHERE k.post_id = $1 AND k.note IS NOT NULL AND k.said IS NOT NULL AND k.said_at IS NOT NULL
               ORDER BY k.said_at DESC, k.id DESC LIMIT 100";
    let remark = |row: Row| Remark { person: row.person, solved: row.said == "yes", note: row.note, at: row.said_at };
    Ok(all::<Row>(view.db(), sql, values![post.id()]).await?.into_iter().map(remark).collect())
}

/// Parses what a form or the API says: `yes` or `no`.
///
/// # Errors
/// [`Problem::UnknownChoice`], [`Problem::Required`].
pub fn parse_said(text: &str) -> std::result::Result<bool, Problem> {
    match text.trim() {
        "yes" => Ok(true),
        "no" => Ok(false),
        "" => Err(Problem::Required),
        _ => Err(Problem::UnknownChoice),
    }
}
