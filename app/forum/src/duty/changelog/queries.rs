//! Which entries there are, as far as the actor may read them.

use chrono::{DateTime, Datelike as _, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Category, Correction, Credit, Entry, Linked, Mine, Named, PAGE_MAX, Part, State};
use crate::{
    Error, Result, View,
    actor::{Actor, Me, Role},
    board,
    db::{Sql, all, number, one, values},
    error::Problem,
    id::{ChangelogId, PersonId, PostId},
    person::Person,
    post::{BoardRef, Kind, Seen},
    promise::Newer,
    status::Stage,
};

/// Which entries to list. Drafts and what is published later are for the staff only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one sort.
    pub category: Option<Category>,
    /// Of one state; what is in public, withdrawn or not, when none is named.
    pub state: Option<State>,
    /// Those that name one post, as far as the actor sees that.
    pub post: Option<PostId>,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: ChangelogId,
    pub(super) category: Category,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) body_html: String,
    pub(super) language: String,
    pub(super) for_all: bool,
    #[sea_orm(nested(prefix = "author_"))]
    author: Person,
    pub(super) version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) published_by: Option<PersonId>,
    pub(super) published_role: Option<Role>,
    pub(super) told_at: Option<DateTime<Utc>>,
    corrected_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
    withdrawn_reason: Option<String>,
}

pub(super) const SELECT: &str =
    "SELECT c.id, c.category, c.title, c.body, c.body_html, c.language, c.for_all, c.version, c.created_at, c.updated_at,
        c.published_at, c.published_by, c.published_role, c.told_at, c.withdrawn_at, c.withdrawn_reason,
        (SELECT MAX(k.created_at) FROM changelog_corrections k WHERE k.entry_id = c.id) AS corrected_at,
        w.id AS author_id, w.handle AS author_handle, w.name AS author_name, w.title AS author_title, w.role AS author_role
     FROM changelog_entries c JOIN persons w ON w.id = c.author_id WHERE ";

impl Row {
    pub(super) fn state(&self, now: DateTime<Utc>) -> State {
        State::of(self.published_at, self.withdrawn_at, now)
    }

    fn entry(self, now: DateTime<Utc>) -> Entry {
        Entry {
            state: self.state(now),
            id: self.id,
            category: self.category,
            title: self.title,
            body: self.body,
            body_html: self.body_html,
            language: self.language,
            for_all: self.for_all,
            author: self.author,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            published_at: self.published_at,
            corrected_at: self.corrected_at,
            withdrawn_at: self.withdrawn_at,
            withdrawn_reason: self.withdrawn_reason,
            posts: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// Appends the condition under which the actor may read an entry `c` that is in public: it is for everybody, or they may know of one of its
/// posts. The staff reads all of them.
fn push_public(sql: &mut Sql, actor: &Actor, now: DateTime<Utc>) {
    sql.push("c.published_at <= ").bind(now);
    if actor.sees_all() {
        return;
    }
    sql.push(
        " AND (c.for_all OR EXISTS (SELECT 1 FROM changelog_posts l JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id
            WHERE l.entry_id = c.id AND l.ended_by IS NULL AND ",
    );
    board::known(sql, actor);
    sql.push("))");
}

/// Appends which entries a filter means. What is not in public is nobody's but the staff's.
fn push_filter(sql: &mut Sql, actor: &Actor, filter: Filter, now: DateTime<Utc>) {
    let of_staff = if actor.sees_all() { "" } else { " AND FALSE" };
    match filter.state {
        None => push_public(sql, actor, now),
        Some(State::Published) => {
            push_public(sql, actor, now);
            sql.push(" AND c.withdrawn_at IS NULL");
        }
        Some(State::Withdrawn) => {
            push_public(sql, actor, now);
            sql.push(" AND c.withdrawn_at IS NOT NULL");
        }
        Some(State::Draft) => {
            sql.push("c.published_at IS NULL").push(of_staff);
        }
        Some(State::Scheduled) => {
            sql.push("c.published_at > ").bind(now).push(of_staff);
        }
    }
    if let Some(category) = filter.category {
        sql.push(" AND c.category = ").bind(category);
    }
    if let Some(post) = filter.post {
        // that an entry names a post is for those only who see the post
        sql.push(
            " AND EXISTS (SELECT 1 FROM changelog_posts l JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id
                WHERE l.entry_id = c.id AND l.ended_by IS NULL AND p.id = ",
        );
        sql.bind(post).push(" AND ");
        board::listed(sql, actor);
        sql.push(")");
    }
}

impl Filter {
    /// By what a list is ordered: drafts by when they were begun.
    fn order(self) -> &'static str {
        if self.state == Some(State::Draft) { "c.created_at" } else { "c.published_at" }
    }
}

/// Entries, latest first, after the place that a cursor names; at most `limit`, and the cursor for the next.
///
/// # Errors
/// [`Error::Invalid`] on `cursor` when it names no place.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: Filter,
    after: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<(Vec<Entry>, Option<String>)> {
    let order = filter.order();
    let mut sql = Sql::new(SELECT);
    push_filter(&mut sql, actor, filter, now);
    if let Some(cursor) = after {
        let (at, id) = place(cursor).ok_or(Error::invalid("cursor", Problem::NotACursor))?;
        sql.push(&format!(" AND ({order}, c.id) < (")).bind(at).push(", ").bind(id).push(")");
    }
    let limit = limit.clamp(1, PAGE_MAX);
    sql.push(&format!(" ORDER BY {order} DESC, c.id DESC LIMIT {}", limit + 1));
    let mut rows = all::<Row>(db, &sql.text, sql.values).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let entries = complete(db, actor, rows, now).await?;
    let next = entries.last().filter(|_| more).map(cursor_of);
    Ok((entries, next))
}

/// Names the place after an entry of [`list`].
pub fn cursor_of(entry: &Entry) -> String {
    format!("e-{}-{}", entry.published_at.unwrap_or(entry.created_at).timestamp_micros(), entry.id)
}

fn place(cursor: &str) -> Option<(DateTime<Utc>, ChangelogId)> {
    let (at, id) = cursor.strip_prefix("e-")?.rsplit_once('-')?;
    Some((moment(at)?, ChangelogId(id.parse().ok()?)))
}

/// A time in a cursor; what no database can take is none.
fn moment(micros: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros.parse().ok()?).filter(|at| (1..=9999).contains(&at.year()))
}

/// Where the page before the one stands that begins with that entry, in pages of `limit`.
pub async fn newer(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: Filter,
    first: &Entry,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Newer> {
    #[derive(FromQueryResult)]
    struct Place {
        id: ChangelogId,
        at: DateTime<Utc>,
    }
    let order = filter.order();
    let mut sql = Sql::new(&format!("SELECT c.id, {order} AS at FROM changelog_entries c WHERE "));
    push_filter(&mut sql, actor, filter, now);
    sql.push(&format!(" AND ({order}, c.id) > (")).bind(first.published_at.unwrap_or(first.created_at)).push(", ");
    sql.bind(first.id).push(&format!(") ORDER BY {order}, c.id LIMIT {}", limit.clamp(1, PAGE_MAX) + 1));
    let rows = all::<Place>(db, &sql.text, sql.values).await?;
    Ok(match rows.get(usize::try_from(limit).unwrap_or(usize::MAX)) {
        Some(row) => Newer::After(format!("e-{}-{}", row.at.timestamp_micros(), row.id)),
        None if rows.is_empty() => Newer::None,
        None => Newer::First,
    })
}

/// How many entries there are by that filter.
pub async fn count(db: &impl ConnectionTrait, actor: &Actor, filter: Filter, now: DateTime<Utc>) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM changelog_entries c WHERE ");
    push_filter(&mut sql, actor, filter, now);
    Ok(number(db, &sql.text, sql.values).await?.unwrap_or(0))
}

/// An entry.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not read it.
pub async fn by_id(db: &impl ConnectionTrait, actor: &Actor, id: ChangelogId, now: DateTime<Utc>) -> Result<Entry> {
    let mut sql = Sql::new(SELECT);
    sql.push("c.id = ").bind(id);
    if !actor.sees_all() {
        sql.push(" AND ");
        push_public(&mut sql, actor, now);
    }
    let row = one::<Row>(db, &sql.text, sql.values).await?.ok_or(Error::NotFound)?;
    complete(db, actor, vec![row], now).await?.pop().ok_or(Error::NotFound)
}

/// A post of an entry, or another one of its case.
#[derive(FromQueryResult)]
struct CreditRow {
    entry_id: ChangelogId,
    linked_id: PostId,
    #[sea_orm(nested)]
    post: Linked,
    #[sea_orm(nested(prefix = "board_"))]
    board: BoardRef,
    #[sea_orm(nested(prefix = "author_"))]
    author: Person,
    supporters: i64,
    supports: bool,
}

#[derive(FromQueryResult)]
struct Link {
    entry_id: ChangelogId,
    post_id: PostId,
}

/// Rows with the posts of each, in the order in which they were named.
async fn complete(db: &impl ConnectionTrait, actor: &Actor, rows: Vec<Row>, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = rows.into_iter().map(|row| row.entry(now)).collect();
    if entries.is_empty() {
        return Ok(entries);
    }
    let ids: Vec<ChangelogId> = entries.iter().map(|entry| entry.id).collect();
    let mut sql = Sql::new(
        "SELECT l.entry_id, l.linked_id, p.id, p.slug, p.title, p.language, COALESCE(h.stage, p.stage) AS stage,
            p.case_support AS supporters, b.id AS board_id, b.slug AS board_slug, b.name AS board_name, b.names AS board_names,
            b.private AS board_private,
            a.id AS author_id, a.handle AS author_handle, a.name AS author_name, a.title AS author_title, a.role AS author_role,
            EXISTS (SELECT 1 FROM votes v WHERE v.post_id = p.id AND v.stance = 'support' AND v.excluded_by IS NULL AND v.person_id = ",
    );
    // nobody's number is that of a visitor
    sql.bind(actor.id()).push(") AS supports FROM (SELECT id, entry_id, post_id AS linked_id, post_id FROM changelog_posts WHERE ");
    sql.push("ended_by IS NULL AND entry_id IN ").bind_list(ids.iter().copied());
    sql.push(
        " UNION ALL SELECT l.id, l.entry_id, l.post_id, m.id FROM changelog_posts l JOIN posts m ON m.head_id = l.post_id
            WHERE l.ended_by IS NULL AND l.entry_id IN ",
    );
    sql.bind_list(ids.iter().copied()).push(
        ") l JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id JOIN persons a ON a.id = p.author_id
            LEFT JOIN posts h ON h.id = p.head_id WHERE ",
    );
    board::listed(&mut sql, actor);
    // the one that is linked before the others of its case
    sql.push(" ORDER BY l.id, CASE WHEN p.id = l.linked_id THEN 0 ELSE 1 END, p.id");
    for row in all::<CreditRow>(db, &sql.text, sql.values).await? {
        let Some(entry) = entries.iter_mut().find(|entry| entry.id == row.entry_id) else { continue };
        let part = if actor.id() == Some(row.author.id) { Some(Part::Proposed) } else { row.supports.then_some(Part::Supported) };
        let mine = part.map(|part| Mine { part, post: row.post.clone() });
        match entry.posts.iter_mut().find(|credit| credit.post.id == row.linked_id) {
            Some(credit) => {
                if credit.authors.iter().all(|author| author.id != row.author.id) {
                    credit.authors.push(row.author);
                }
                if let Some(mine) = mine
                    && credit.mine.as_ref().is_none_or(|known| mine.part < known.part)
                {
                    credit.mine = Some(mine);
                }
            }
            // who may not see the post that heads a case is told nothing of the others by it
            None if row.post.id != row.linked_id => {}
            None => entry.posts.push(Credit {
                post: row.post,
                board: row.board,
                authors: vec![row.author],
                supporters: row.supporters,
                mine,
            }),
        }
    }
    if actor.sees_all() {
        let mut sql = Sql::new("SELECT entry_id, post_id FROM changelog_posts WHERE ended_by IS NULL AND entry_id IN ");
        sql.bind_list(ids).push(" ORDER BY id");
        for Link { entry_id, post_id } in all::<Link>(db, &sql.text, sql.values).await? {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.id == entry_id) {
                entry.links.push(post_id);
            }
        }
    }
    Ok(entries)
}

/// What was corrected about an entry since it was published, latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn corrections(db: &impl ConnectionTrait, actor: &Actor, entry: &Entry) -> Result<Vec<Correction>> {
    #[derive(FromQueryResult)]
    struct Former {
        number: i32,
        category: Category,
        title: String,
        body: String,
        body_html: String,
        language: String,
        reason: String,
        created_at: DateTime<Utc>,
    }
    #[derive(FromQueryResult)]
    struct Moved {
        number: i32,
        added: bool,
        #[sea_orm(nested)]
        post: Linked,
    }
    if entry.corrected_at.is_none() {
        return Ok(Vec::new());
    }
    let sql = "SELECT number, category, title, body, body_html, language, reason, created_at FROM changelog_corrections
               WHERE entry_id = $1 ORDER BY number DESC";
    let formers = all::<Former>(db, sql, values![entry.id]).await?;
    let mut sql = Sql::new(
        "SELECT k.number, COALESCE(l.added_by, 0) = k.number AS added, p.id, p.slug, p.title, p.language, COALESCE(h.stage, p.stage) AS stage
         FROM changelog_corrections k JOIN changelog_posts l ON l.entry_id = k.entry_id
            AND (l.added_by = k.number OR l.ended_by = k.number)
         JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id LEFT JOIN posts h ON h.id = p.head_id WHERE k.entry_id = ",
    );
    sql.bind(entry.id).push(" AND ");
    board::listed(&mut sql, actor);
    sql.push(" ORDER BY l.id");
    let moved = all::<Moved>(db, &sql.text, sql.values).await?;
    let of = |number: i32, added: bool| {
        moved.iter().filter(|row| row.number == number && row.added == added).map(|row| row.post.clone()).collect()
    };
    Ok(formers
        .into_iter()
        .map(|former| Correction {
            added: of(former.number, true),
            removed: of(former.number, false),
            number: former.number,
            category: former.category,
            title: former.title,
            body: former.body,
            body_html: former.body_html,
            language: former.language,
            reason: former.reason,
            created_at: former.created_at,
        })
        .collect())
}

/// The entries that tell of a post, or of the case that it belongs to, latest first; without those that were withdrawn.
///
/// # Errors
/// When the database does not answer.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Named>> {
    if !post.has().changelog {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT c.id, c.title, c.language, c.category, c.published_at FROM changelog_entries c WHERE c.withdrawn_at IS NULL
            AND c.id IN (SELECT entry_id FROM changelog_posts WHERE ended_by IS NULL AND post_id IN (",
    );
    sql.bind(post.id()).push(", ").bind(post.head()).push(")) AND ");
    push_public(&mut sql, view.actor(), view.now());
    sql.push(" ORDER BY c.published_at DESC, c.id DESC");
    all(view.db(), &sql.text, sql.values).await
}

/// Posts that were delivered and that no entry tells of yet, latest first; so many at most. For those who write entries.
///
/// # Errors
/// As [`super::may_write`].
pub async fn proposals(db: &impl ConnectionTrait, actor: &Actor, most: u64) -> Result<Vec<Linked>> {
    super::may_write(actor)?;
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title, p.language, p.stage FROM posts p JOIN boards b ON b.id = p.board_id
         WHERE COALESCE(p.stage, '') IN ('delivered', 'confirmed') AND p.head_id IS NULL AND NOT EXISTS (SELECT 1 FROM changelog_posts l
            JOIN changelog_entries c ON c.id = l.entry_id WHERE l.post_id = p.id AND l.ended_by IS NULL AND c.withdrawn_at IS NULL) AND ",
    );
    board::listed(&mut sql, actor);
    sql.push(&format!(" ORDER BY p.stage_at DESC, p.id DESC LIMIT {most}"));
    all(db, &sql.text, sql.values).await
}

/// Something that was delivered and that the actor had a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The post that they wrote or supported.
    pub post: Linked,
    /// What sort of post it is.
    pub kind: Kind,
    /// Since when it stands where it does.
    pub since: DateTime<Utc>,
    /// What they did.
    pub part: Part,
    /// The latest entry that tells of it, if one does.
    pub entry: Option<Named>,
}

impl Delivered {
    /// Names the place after it in [`delivered`].
    pub fn cursor(&self) -> String {
        format!("d-{}-{}", self.since.timestamp_micros(), self.post.id)
    }
}

/// Who may see what was delivered because of them: whoever signed in, verified or not.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub fn may_list_own(actor: &Actor) -> Result<&Me> {
    actor.person()
}

/// What was delivered because the actor proposed or supported it, latest first, after the place that a cursor names; one more than `limit`
/// when there is more.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor; [`Error::Invalid`] on `cursor` when it names no place.
pub async fn delivered(
    db: &impl ConnectionTrait,
    actor: &Actor,
    after: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Vec<Delivered>> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        post: Linked,
        kind: Kind,
        since: DateTime<Utc>,
        wrote: bool,
    }
    #[derive(FromQueryResult)]
    struct Told {
        post_id: PostId,
        #[sea_orm(nested)]
        entry: Named,
    }
    let me = may_list_own(actor)?.id;
    // a member of a case stands where its head does
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title, p.language, p.kind, COALESCE(h.stage, p.stage) AS stage,
            COALESCE(h.stage_at, p.stage_at) AS since, p.author_id = ",
    );
    sql.bind(me).push(
        " AS wrote FROM posts p JOIN boards b ON b.id = p.board_id LEFT JOIN posts h ON h.id = p.head_id
          WHERE p.id IN (SELECT id FROM posts WHERE author_id = ",
    );
    sql.bind(me)
        .push(" UNION SELECT post_id FROM votes WHERE stance = 'support' AND excluded_by IS NULL AND person_id = ")
        .bind(me);
    sql.push(") AND COALESCE(h.stage, p.stage) IN (").bind(Stage::Delivered).push(", ").bind(Stage::Confirmed).push(") AND ");
    board::listed(&mut sql, actor);
    if let Some(cursor) = after {
        let place = cursor.strip_prefix("d-").and_then(|cursor| cursor.rsplit_once('-'));
        let place = place.and_then(|(at, id)| Some((moment(at)?, PostId(id.parse().ok()?))));
        let (at, id) = place.ok_or(Error::invalid("cursor", Problem::NotACursor))?;
        sql.push(" AND (COALESCE(h.stage_at, p.stage_at), p.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(&format!(" ORDER BY COALESCE(h.stage_at, p.stage_at) DESC, p.id DESC LIMIT {}", limit.clamp(1, PAGE_MAX) + 1));
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT q.id AS post_id, c.id, c.title, c.language, c.category, c.published_at FROM posts q
         JOIN changelog_posts k ON k.ended_by IS NULL AND k.post_id IN (q.id, q.head_id)
         JOIN changelog_entries c ON c.id = k.entry_id WHERE c.withdrawn_at IS NULL AND q.id IN ",
    );
    sql.bind_list(rows.iter().map(|row| row.post.id)).push(" AND ");
    push_public(&mut sql, actor, now);
    sql.push(" ORDER BY c.published_at DESC, c.id DESC");
    let told = all::<Told>(db, &sql.text, sql.values).await?;
    Ok(rows
        .into_iter()
        .map(|row| Delivered {
            entry: told.iter().find(|told| told.post_id == row.post.id).map(|told| told.entry.clone()),
            part: if row.wrote { Part::Proposed } else { Part::Supported },
            post: row.post,
            kind: row.kind,
            since: row.since,
        })
        .collect())
}
