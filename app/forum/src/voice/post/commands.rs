//! What can be done with a post itself.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use super::{Checked, Draft, Kind, Post, by_id, parse_body, parse_title, queries::may_edit, rank, slug_of};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    attachment::{self, Chosen},
    board::{self, Board},
    clock,
    db::{all, exec, number, one, values},
    error::{Check, Conflict, Problem},
    event,
    held::{Held, Wording},
    id::{BoardId, PersonId, PostId},
    mention,
    newcomer::{self, Saying, Suspicion},
    person::GUEST_HANDLE,
    search,
    site::{Language, Site},
    status::{self, Stage},
    tag, text,
};

/// For how long somebody counts as new.
const NEWCOMER: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// Who may post: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_submit(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// Posts a draft: it gets a number, a clock for the first answer and one for the decision. Nobody's vote is cast with it, the
/// author's neither.
pub async fn submit(tx: &mut Tx, draft: &Draft) -> Result<PostId> {
    submit_with(tx, draft, &[]).await
}

/// The same with files that the author sent before.
///
/// # Errors
/// Also [`Error::Invalid`] on `attachments`, when one is not theirs or belongs to something else.
pub async fn submit_with(tx: &mut Tx, draft: &Draft, files: &[Chosen]) -> Result<PostId> {
    let author = may_submit(tx.actor())?.clone();
    let board = board::by_slug(tx.conn(), tx.actor(), &draft.board).await?;
    let (checked, board) = match (draft.check(board), attachment::check(tx, files).await) {
        (Ok(checked), Ok(())) => checked,
        (draft, files) => return Err(Check::of_both(draft.err(), files.err())),
    };
    newcomer::count(tx, &author, Saying::Post).await?;
    receive(tx, &author, &checked, &board, draft.language, (files, None)).await
}

/// Receives a post whose author may post: see [`submit`]. `doubt` is why it is held back, if that is known before.
pub(crate) async fn receive(
    tx: &mut Tx,
    author: &Me,
    checked: &Checked,
    board: &Board,
    typed_in: Option<Language>,
    (files, doubt): (&[Chosen], Option<Suspicion>),
) -> Result<PostId> {
    let id = insert(tx, checked, board.id, author.id, typed_in, None).await?;
    // nothing can be due on it yet
    let mut held = tx.hold_as_it_is(id).await?;
    start_clocks(tx, &held).await?;
    tx.happened(Some(id), event::Kind::PostSubmitted);
    attachment::attach(tx, author.id, attachment::Text::Post(id), 1, files).await?;
    let found = newcomer::suspicion(tx, author, (id, None), &checked.title, &checked.body, !files.is_empty()).await?;
    if let Some(suspicion) = found.or(doubt) {
        newcomer::hold_post(tx, &mut held, suspicion).await?;
    }
    // whoever shows the post shows what was promised with it, and who answers for it
    tx.draw().await?;
    Ok(id)
}

/// Whether a draft could be posted as it is, short of posting it.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong with it.
pub async fn check(db: &impl sea_orm::ConnectionTrait, actor: &crate::actor::Actor, draft: &Draft) -> Result<()> {
    let board = board::by_slug(db, actor, &draft.board).await?;
    draft.check(board).map(drop)
}

/// Brings in a post from elsewhere: without clocks, events or mail until staff take it up. Answers its number, and whether it is
/// new; what was brought in before stays as it is.
pub async fn import(
    tx: &mut Tx,
    from: &str,
    board: BoardId,
    author: PersonId,
    kind: Kind,
    title: &str,
    body: &str,
    created_at: DateTime<Utc>,
) -> Result<(PostId, bool)> {
    tx.actor().admin()?;
    if let Some(id) = number(tx.conn(), "SELECT id AS n FROM posts WHERE imported_from = $1", values![from]).await? {
        return Ok((PostId(id), false));
    }
    let mut check = Check::new();
    let title = check.field("title", parse_title(title));
    let body = check.field("body", parse_body(body));
    let (title, body) = check.finish((title, body))?;
    let checked = Checked { kind, title, body, tags: Vec::new() };
    let id = insert(tx, &checked, board, author, None, Some((from, created_at))).await?;
    // nothing happened here that the index could follow
    search::index_post(tx.conn(), id).await?;
    Ok((id, true))
}

async fn insert(
    tx: &mut Tx,
    post: &Checked,
    board: BoardId,
    author: PersonId,
    typed_in: Option<Language>,
    imported: Option<(&str, DateTime<Utc>)>,
) -> Result<PostId> {
    let received = status::first_of(tx.conn(), Stage::Received).await?;
    let language = text::written_in(&format!("{}\n{}", post.title, post.body), typed_in);
    let created_at = imported.map_or(tx.now(), |(_, at)| at);
    let id = number(
        tx.conn(),
        "INSERT INTO posts (slug, kind, title, body, body_html, excerpt, language, board_id, author_id, status_id, stage, stage_at,
            trend, created_at, imported_from, newcomer, guest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'received', $11, $12, $11, $13,
            EXISTS (SELECT 1 FROM persons WHERE id = $9 AND created_at > $14),
            EXISTS (SELECT 1 FROM persons WHERE id = $9 AND handle LIKE $15)) RETURNING id AS n",
        values![
            slug_of(&post.title),
            post.kind,
            post.title.clone(),
            post.body.clone(),
            mention::html(tx, &post.body).await?,
            tx.rendered().excerpt(&post.body),
            language,
            board,
            author,
            received.id,
            created_at,
            rank::trend(0, 0, created_at),
            imported.map(|(from, _)| from.to_owned()),
            created_at - NEWCOMER,
            format!("{GUEST_HANDLE}%"),
        ],
    )
    .await?;
    let id = PostId(id.ok_or_else(|| Error::internal("no post came back"))?);
    keep_version(tx, id, 1, &post.title, &post.body, author, None, created_at).await?;
    tag::set(tx, id, &post.tags).await?;
    Ok(id)
}

/// Starts the clocks that run from receipt, or from the moment at which staff take up an imported post.
pub(crate) async fn start_clocks(tx: &mut Tx, post: &Held) -> Result<()> {
    let (site, from, level) = (tx.site(), tx.now(), post.level());
    let terms = post.terms(&site);
    for name in [clock::Name::FirstAnswer, clock::Name::Decision] {
        let due_at = clock::due(&site, from, terms.days(name, level));
        clock::start(tx, post, clock::Start { name, level, from, due_at }).await?;
    }
    Ok(())
}

async fn keep_version(
    tx: &Tx,
    post: PostId,
    number: i32,
    title: &str,
    body: &str,
    editor: PersonId,
    why: Option<(i32, String)>,
    at: DateTime<Utc>,
) -> Result<()> {
    let (rule, reason) = why.unzip();
    exec(
        tx.conn(),
        "INSERT INTO post_versions (post_id, number, title, body, editor_id, rule, reason, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![post, number, title, body, editor, rule, reason, at],
    )
    .await?;
    Ok(())
}

/// A change to a post, as typed. What is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// A new title.
    pub title: Option<String>,
    /// A new text.
    pub body: Option<String>,
    /// New labels.
    pub tags: Option<Vec<String>>,
    /// The house rule that it follows from; needed of staff who are not the author.
    pub rule: Option<i32>,
    /// Why; needed of staff who are not the author.
    pub reason: Option<String>,
    /// The number of the wording that it was written from: a newer one is not taken back unseen.
    pub version: Option<i32>,
    /// Files that its author adds.
    pub attachments: Vec<Chosen>,
}

/// Changes the wording or the labels, or adds files, which is another wording too. Every wording stays readable.
pub async fn edit(tx: &mut Tx, id: PostId, edit: &Edit) -> Result<Post> {
    let now = tx.now();
    tx.actor().person()?;
    let mut held = tx.hold(id).await?;
    let present = present(tx, id).await?;
    let (editor, as_staff) = may_edit(tx.actor(), held.author())?;
    // what nobody reads can't be compared with what it becomes, and the author of a locked post has had their say
    if as_staff { held.shown() } else { held.open() }?;

    let mut check = Check::new();
    let title = match &edit.title {
        Some(title) => check.field("title", parse_title(title)),
        None => Some(present.title.clone()),
    };
    let body = match &edit.body {
        Some(body) => check.field("body", parse_body(body)),
        None => Some(present.body.clone()),
    };
    let tags = match &edit.tags {
        Some(tags) => check.field("tags", tag::parse_all(tags)).map(Some),
        None => Some(None),
    };
    let why = if as_staff {
        let rule = check.field("rule", parse_rule(&tx.site(), edit.rule));
        let reason = check.field("reason", text::block(edit.reason.as_deref().unwrap_or_default(), 10, 500));
        rule.zip(reason).map(Some)
    } else {
        Some(None)
    };
    let (title, body, tags, why) = check.finish((title, body, tags, why))?;

    attachment::check_more(tx, attachment::Text::Post(id), as_staff, &edit.attachments).await?;
    let is_new = title != present.title || body != present.body || !edit.attachments.is_empty();
    if is_new && edit.version.is_some_and(|version| version != present.version) {
        return Err(Error::Conflict(Conflict::Changed));
    }
    if let Some(tags) = tags {
        tag::set(tx, id, &tags).await?;
        // what is labelled anew is no new wording that the index could follow
        search::index_post(tx.conn(), id).await?;
    }
    if is_new {
        if !as_staff {
            newcomer::no_new_files(tx, &edit.attachments).await?;
            newcomer::no_new_links(tx, &[("title", &present.title, &title), ("body", &present.body, &body)]).await?;
        }
        let version = present.version + 1;
        held.set_wording(tx, &wording(tx, &title, &body, version).await?).await?;
        keep_version(tx, id, version, &title, &body, editor, why.clone(), now).await?;
        attachment::attach(tx, editor, attachment::Text::Post(id), version, &edit.attachments).await?;
        let edited = tx.happened(Some(id), event::Kind::PostEdited { version });
        (edited.rule, edited.reason) = why.unzip();
        if !as_staff {
            // what the company waited for may be in it
            clock::run_again(tx, &held).await?;
        }
    }
    by_id(&tx.view(), id).await
}

/// For `attachment`: its author takes a file away. The words stay as they are, and the wordings say that there was one.
pub(crate) async fn lose_file(tx: &mut Tx, id: PostId) -> Result<()> {
    let mut held = tx.hold(id).await?;
    let Present { title, body, version } = present(tx, id).await?;
    let version = version + 1;
    held.set_wording(tx, &wording(tx, &title, &body, version).await?).await?;
    keep_version(tx, id, version, &title, &body, held.author(), None, tx.now()).await?;
    let sql = "UPDATE post_versions SET files_gone = 1 WHERE post_id = $1 AND number = $2";
    exec(tx.conn(), sql, values![id, version]).await?;
    tx.happened(Some(id), event::Kind::PostEdited { version });
    Ok(())
}

/// What stands there.
#[derive(FromQueryResult)]
struct Present {
    title: String,
    body: String,
    version: i32,
}

async fn present(tx: &Tx, id: PostId) -> Result<Present> {
    let sql = "SELECT title, body, version FROM posts WHERE id = $1";
    one::<Present>(tx.conn(), sql, values![id]).await?.ok_or(Error::NotFound)
}

/// A wording with what follows from it.
pub(crate) async fn wording<'a>(tx: &Tx, title: &'a str, body: &'a str, version: i32) -> Result<Wording<'a>> {
    let (body_html, excerpt) = (mention::html(tx, body).await?, tx.rendered().excerpt(body));
    Ok(Wording { title, body, body_html, excerpt, slug: slug_of(title), version })
}

/// For `moderation`: the present wording, and every one before it, with other words in some places.
pub(crate) async fn reword(tx: &Tx, post: &mut Held, change: impl Fn(&str, Piece) -> String) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Kept {
        number: i32,
        title: String,
        body: String,
    }
    let id = post.id();
    let sql = "SELECT number, title, body FROM post_versions WHERE post_id = $1 ORDER BY number DESC";
    let versions = all::<Kept>(tx.conn(), sql, values![id]).await?;
    let newest = versions.first().map_or(0, |version| version.number);
    for Kept { number, title, body } in versions {
        let (new_title, new_body) = (change(&title, Piece::Title), change(&body, Piece::Body));
        if new_title == title && new_body == body {
            continue;
        }
        if number == newest {
            post.set_text(tx, &wording(tx, &new_title, &new_body, number).await?).await?;
        }
        let sql = "UPDATE post_versions SET title = $3, body = $4 WHERE post_id = $1 AND number = $2";
        exec(tx.conn(), sql, values![id, number, new_title, new_body]).await?;
    }
    Ok(())
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The title: one line without markup.
    Title,
    /// The text, in Markdown.
    Body,
}

/// A house rule that is in force.
pub(crate) fn parse_rule(site: &Site, rule: Option<i32>) -> std::result::Result<i32, Problem> {
    let rule = rule.ok_or(Problem::Required)?;
    let known = site.every_rule().iter().any(|known| !known.withdrawn && i64::from(known.number) == i64::from(rule));
    if known { Ok(rule) } else { Err(Problem::UnknownChoice) }
}
