//! Which posts there are, as far as the actor may see them.

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, Utc};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use super::{BoardRef, Counts, Filter, Kind, OwnerSince, Page, Post, PostRow, Seen, Slice, Sort, Stages, Told, Version, found};
use crate::{
    Error, Result, View,
    actor::{Actor, Role},
    board,
    clock::{self, Clock},
    db::{Sql, all, number, one, values},
    error::Problem,
    id::{ModerationId, PersonId, PostId, ScreeningId},
    markdown,
    marker::{self, Marker},
    person::Person,
    search::{self, Extent, Found as Matching, Steps},
    status::Status,
    vote::{MyVote, Stance},
};

/// Posts of one page, at most.
pub const PAGE_MAX: u64 = 100;
/// Posts with the words of a search that are counted.
const MOST_COUNTED: i64 = 1000;

#[derive(Clone, FromQueryResult)]
pub(super) struct Row {
    pub(super) id: PostId,
    pub(super) slug: String,
    pub(super) kind: Kind,
    pub(super) title: String,
    excerpt: String,
    language: String,
    #[sea_orm(nested(prefix = "board_"))]
    board: BoardRef,
    #[sea_orm(nested(prefix = "status_"))]
    pub(super) status: Status,
    stage_at: DateTime<Utc>,
    #[sea_orm(nested(prefix = "author_"))]
    pub(super) author: Person,
    #[sea_orm(nested(prefix = "owner_"))]
    owner: Option<Person>,
    level: i32,
    support_count: i64,
    oppose_count: i64,
    comment_count: i64,
    trend: f64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) my_stance: Option<Stance>,
    my_reason: Option<String>,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) head_id: Option<PostId>,
    pub(super) member_count: i64,
    case_support: i64,
    case_comments: i64,
    hidden_by: Option<ModerationId>,
    screening_id: Option<ScreeningId>,
}

impl Row {
    pub(super) fn into_row(self, clocks: Vec<Clock>, hidden: Option<Marker>) -> PostRow {
        let my_vote = self.my_stance.map(|stance| MyVote { stance, reason: self.my_reason });
        PostRow {
            id: self.id,
            slug: self.slug,
            kind: self.kind,
            title: self.title,
            excerpt: self.excerpt,
            hidden,
            held: self.screening_id.is_some(),
            language: self.language,
            board: self.board,
            status: self.status,
            stage_at: self.stage_at,
            author: self.author,
            owner: self.owner,
            level: self.level,
            support_count: self.support_count,
            oppose_count: self.oppose_count,
            comment_count: self.comment_count,
            trend: self.trend,
            clocks,
            created_at: self.created_at,
            my_vote,
            head: self.head_id,
            members: self.member_count,
            case_support: self.case_support,
            case_comments: self.case_comments,
        }
    }
}

/// Starts the query of post rows with more columns, each with a comma behind it; `due` is the column that the order needs of a joined
/// clock, or `NULL`.
pub(super) fn select(actor: &Actor, more: &str, due: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.kind, p.title, p.excerpt, p.language, COALESCE(h.stage, p.stage) AS status_stage,
            COALESCE(h.stage_at, p.stage_at) AS stage_at, p.level, p.support_count, p.oppose_count, p.comment_count, p.trend,
            p.created_at, p.head_id, p.member_count, p.case_support, p.case_comments, p.hidden_by,
            p.screening_id, b.id AS board_id, b.slug AS board_slug, b.name AS board_name, b.names AS board_names,
            b.private AS board_private,
            s.id AS status_id, s.slug AS status_slug, s.name AS status_name, s.names AS status_names,
            s.colour AS status_colour, s.version AS status_version,
            a.id AS author_id, a.handle AS author_handle, a.name AS author_name, a.title AS author_title, a.role AS author_role,
            o.id AS owner_id, o.handle AS owner_handle, o.name AS owner_name, o.title AS owner_title, o.role AS owner_role, ",
    );
    sql.push(more);
    match actor.id() {
        Some(me) => {
            sql.push("v.stance AS my_stance, v.reason AS my_reason, ").push(due).push(" AS due_at").push(FROM);
            sql.push(" LEFT JOIN votes v ON v.post_id = p.id AND v.person_id = ").bind(me);
        }
        None => {
            sql.push("CAST(NULL AS varchar(7)) AS my_stance, CAST(NULL AS varchar(500)) AS my_reason, ");
            sql.push(due).push(" AS due_at").push(FROM);
        }
    }
    sql
}

// a member of a case stands where its head does
const FROM: &str = " FROM posts p JOIN boards b ON b.id = p.board_id LEFT JOIN posts h ON h.id = p.head_id
    JOIN statuses s ON s.id = COALESCE(h.status_id, p.status_id) JOIN persons a ON a.id = p.author_id LEFT JOIN persons o ON o.id = p.owner_id";

/// Rows with their deadlines, and with what stands in place of those that are hidden; the actor's own and, for the staff, all of them have
/// the words that were kept.
pub(super) async fn complete(db: &impl ConnectionTrait, actor: &Actor, rows: Vec<Row>, now: DateTime<Utc>) -> Result<Vec<PostRow>> {
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    let mut clocks: HashMap<PostId, Vec<Clock>> = HashMap::new();
    for clock in clock::of_posts(db, &ids, now).await? {
        clocks.entry(clock.post).or_default().push(clock);
    }
    let mut hidden = hidden(db, &rows).await?;
    let with = |mut row: Row| {
        let mut clocks = clocks.remove(&row.id).unwrap_or_default();
        // those of a member of a case rest
        clocks.retain(|clock| row.head_id.is_none() || !clock.is_open());
        let found = row.hidden_by.and_then(|_| hidden.remove(&row.id));
        let marker = found.map(|Hidden { marker, title, body, .. }| {
            if let (Some(title), Some(body)) = (title, body)
                && (actor.sees_all() || actor.id() == Some(row.author.id))
            {
                row.excerpt = markdown::excerpt(&body, markdown::EXCERPT);
                row.title = title;
            }
            marker
        });
        row.into_row(clocks, marker)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// What stands in place of a post that is hidden, and what was kept of it.
#[derive(FromQueryResult)]
struct Hidden {
    post: PostId,
    #[sea_orm(nested(prefix = "marker_"))]
    marker: Marker,
    title: Option<String>,
    body: Option<String>,
}

/// Of the posts that are hidden, why. Where none is, which is nearly always, nobody is asked.
async fn hidden(db: &impl ConnectionTrait, rows: &[Row]) -> Result<HashMap<PostId, Hidden>> {
    let ids: Vec<PostId> = rows.iter().filter(|row| row.hidden_by.is_some()).map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(&format!(
        "SELECT p.id AS post, k.title, SUBSTR(k.body, 1, 2000) AS body, {} FROM posts p JOIN moderation_acts m ON m.id = p.hidden_by
            LEFT JOIN hidden_texts k ON k.act_id = p.hidden_by WHERE p.id IN ",
        marker::columns("m", "marker_")
    ));
    sql.bind_list(ids);
    Ok(all::<Hidden>(db, &sql.text, sql.values).await?.into_iter().map(|hidden| (hidden.post, hidden)).collect())
}

/// A post as it stands in lists.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of it.
pub async fn row_by_id(db: &impl ConnectionTrait, actor: &Actor, post: PostId, now: DateTime<Utc>) -> Result<PostRow> {
    let mut sql = select(actor, "", "NULL");
    sql.push(" WHERE p.id = ").bind(post).push(" AND ");
    board::known(&mut sql, actor);
    // an untyped NULL would have no type on PostgreSQL
    let text = sql.text.replace("NULL AS due_at", "p.edited_at AS due_at");
    let row = one::<Row>(db, &text, sql.values).await?.ok_or(Error::NotFound)?;
    complete(db, actor, vec![row], now).await?.pop().ok_or(Error::NotFound)
}

/// A page of posts. `cursor` is what an earlier page gave as `older` or `newer`.
///
/// # Errors
/// [`Error::Invalid`] on `cursor` when no page of this order gave it.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Page> {
    let cursor = cursor.map(|text| Cursor::parse(text, filter.order())).transpose()?;
    if filter.order() == Sort::Fit {
        return found::page(db, actor, filter, cursor.as_ref(), limit, now).await;
    }
    let matching = matching(db, actor, filter).await?;
    let (total, is_part) = count(db, actor, filter, matching.as_ref()).await?;
    let Slice { items, older, newer } = stretch(db, actor, filter, matching.as_ref(), cursor, limit, now).await?;
    let told = match &matching {
        Some(matching) => {
            let with_all = if matching.reach.is_of_all() { usize::try_from(total).unwrap_or(0) } else { 0 };
            Some(Told { with_all, is_part, ..found::told(db, matching, &items).await? })
        }
        None => None,
    };
    Ok(Page { items, total, older, newer, told })
}

/// Whether a page of this order gave the cursor.
///
/// # Errors
/// [`Error::Invalid`] on `cursor` when none did.
pub fn check_cursor(filter: &Filter, cursor: Option<&str>) -> Result<()> {
    cursor.map_or(Ok(()), |text| Cursor::parse(text, filter.order()).map(|_| ()))
}

/// The same without the total, for those who don't show it.
///
/// # Errors
/// As [`list`].
pub async fn slice(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<&str>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Slice> {
    let cursor = cursor.map(|text| Cursor::parse(text, filter.order())).transpose()?;
    if filter.order() == Sort::Fit {
        return Ok(found::slice(db, actor, filter, cursor.as_ref(), limit, now).await?.0);
    }
    let matching = matching(db, actor, filter).await?;
    stretch(db, actor, filter, matching.as_ref(), cursor, limit, now).await
}

/// What texts have to contain that are found by the words of a list.
async fn matching(db: &impl ConnectionTrait, actor: &Actor, filter: &Filter) -> Result<Option<Matching>> {
    let Some(q) = &filter.q else { return Ok(None) };
    let backend = db.get_database_backend();
    let narrow = |sql: &mut Sql| conditions(sql, backend, actor, filter, None);
    Ok(Some(search::find(db, search::Question::parse(q), Extent::Any, &narrow).await?))
}

async fn stretch(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    matching: Option<&Matching>,
    cursor: Option<Cursor>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Slice> {
    let limit = limit.clamp(1, PAGE_MAX);
    let sql = stretch_sql(db, actor, filter, matching, cursor.as_ref(), limit);
    let backwards = cursor.as_ref().is_some_and(|c| c.backwards);
    let mut rows = all::<Row>(db, &sql.text, sql.values).await?;

    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    if backwards {
        rows.reverse();
    }
    let older = if backwards || more { rows.last().map(|row| Cursor::at(row, filter.order(), false)) } else { None };
    let newer = if (backwards && more) || (!backwards && cursor.is_some()) {
        rows.first().map(|row| Cursor::at(row, filter.order(), true))
    } else {
        None
    };
    Ok(Slice { items: complete(db, actor, rows, now).await?, older, newer })
}

/// Asks for one row more than the limit, so that one knows whether there are more.
fn stretch_sql(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    matching: Option<&Matching>,
    cursor: Option<&Cursor>,
    limit: u64,
) -> Sql {
    let order = Order::of(filter.order());
    let mut sql = select(actor, "", order.due);
    sql.push(" WHERE ");
    conditions(&mut sql, db.get_database_backend(), actor, filter, matching);
    let backwards = cursor.is_some_and(|c| c.backwards);
    if let Some(cursor) = cursor {
        let after = if order.ascending == backwards { '<' } else { '>' };
        sql.push(&format!(" AND ({}, p.id) {after} (", order.key));
        match cursor.key {
            Key::Id | Key::Fit(..) => sql.bind(cursor.id),
            Key::Float(value) => sql.bind(value),
            Key::Int(value) => sql.bind(value),
            Key::Time(value) => sql.bind(value),
        };
        sql.push(", ").bind(cursor.id).push(")");
    }
    let direction = if order.ascending == backwards { "DESC" } else { "ASC" };
    sql.push(&format!(" ORDER BY {} {direction}, p.id {direction} LIMIT {}", order.key, limit + 1));
    sql
}

/// Where a post is found, for those who look for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its number.
    pub id: PostId,
    /// Its slug.
    pub slug: String,
    /// When its wording or its status changed, or it was answered: the last of these.
    pub changed_at: DateTime<Utc>,
}

/// The addresses of the posts behind a number, up to another, that the actor may know of.
pub async fn addresses(db: &impl ConnectionTrait, actor: &Actor, after: PostId, last: PostId) -> Result<Vec<Address>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: PostId,
        slug: String,
        stage_at: DateTime<Utc>,
        edited_at: Option<DateTime<Utc>>,
        answered_at: Option<DateTime<Utc>>,
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.stage_at, p.edited_at,
            (SELECT a.created_at FROM answers a WHERE a.post_id = p.id ORDER BY a.id DESC LIMIT 1) AS answered_at
         FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id > ",
    );
    sql.bind(after).push(" AND p.id <= ").bind(last).push(" AND ");
    board::listed(&mut sql, actor);
    sql.push(" ORDER BY p.id");
    let found = all::<Found>(db, &sql.text, sql.values).await?;
    let address = |post: Found| {
        let changed_at = [post.edited_at, post.answered_at].into_iter().flatten().fold(post.stage_at, DateTime::max);
        Address { id: post.id, slug: post.slug, changed_at }
    };
    Ok(found.into_iter().map(address).collect())
}

/// The number of the last post, whoever may know of it: numbers are given one after the other, and each post shows its own. 0 without any.
pub async fn last(db: &impl ConnectionTrait) -> Result<i64> {
    Ok(number(db, "SELECT MAX(id) AS n FROM posts", []).await?.unwrap_or(0))
}

/// The newest posts that nobody has voted on yet, of the last 30 days.
pub async fn unseen(db: &impl ConnectionTrait, actor: &Actor, limit: u64, now: DateTime<Utc>) -> Result<Vec<PostRow>> {
    let sql = unseen_sql(actor, limit, now);
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    complete(db, actor, rows, now).await
}

fn unseen_sql(actor: &Actor, limit: u64, now: DateTime<Utc>) -> Sql {
    let mut sql = select(actor, "", "p.edited_at");
    sql.push(
        " WHERE p.support_count = 0 AND p.oppose_count = 0 AND p.stage = 'received' AND p.head_id IS NULL AND p.case_support = 0",
    );
    sql.push(" AND p.created_at > ");
    sql.bind(now - chrono::TimeDelta::days(30)).push(" AND ");
    board::listed(&mut sql, actor);
    sql.push(&format!(" ORDER BY p.id DESC LIMIT {}", limit.clamp(1, PAGE_MAX)));
    sql
}

/// How many posts a list has, and whether there are more than were counted: a search counts no further than so many. Only what can't be
/// known before it is asked for is counted post by post.
async fn count(db: &impl ConnectionTrait, actor: &Actor, filter: &Filter, matching: Option<&Matching>) -> Result<(i64, bool)> {
    if filter.is_counted() {
        return Ok((Counts::read(db, actor, filter.tag.as_deref()).await?.total(filter), false));
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT p.id FROM posts p JOIN boards b ON b.id = p.board_id WHERE ");
    conditions(&mut sql, db.get_database_backend(), actor, filter, matching);
    if matching.is_some() {
        sql.push(&format!(" LIMIT {}", MOST_COUNTED + 1));
    }
    sql.push(") c");
    let total = number(db, &sql.text, sql.values).await?.unwrap_or(0);
    if matching.is_some() && total > MOST_COUNTED { Ok((MOST_COUNTED, true)) } else { Ok((total, false)) }
}

pub(super) fn conditions(sql: &mut Sql, backend: DbBackend, actor: &Actor, filter: &Filter, matching: Option<&Matching>) {
    match actor.id().filter(|_| filter.with_own_hidden) {
        Some(me) => {
            board::visible(sql, actor);
            sql.push(" AND (p.hidden_by IS NULL AND p.screening_id IS NULL OR p.author_id = ").bind(me).push(")");
        }
        None => board::listed(sql, actor),
    }
    // an order that has an index for a part of all posts walks that, whatever else narrows the list
    let is_part = filter.sort == Sort::Waiting || (filter.sort == Sort::Delivered && filter.stage.is_none());
    let column = |name: &str, none: &str| if is_part { format!("COALESCE(p.{name}, {none})") } else { format!("p.{name}") };
    let stage = column("stage", "''");
    if filter.sort == Sort::Waiting {
        sql.push(" AND p.answer_due_at IS NOT NULL");
    }
    // a member of a case stands in no list, but is found by its words, and among what somebody wrote or voted on
    if filter.is_counted() {
        sql.push(" AND p.head_id IS NULL");
    }
    if let Some(slug) = &filter.board {
        sql.push(&format!(" AND {} = (SELECT id FROM boards WHERE slug = ", column("board_id", "0"))).bind(slug.as_str()).push(")");
    }
    if let Some(kind) = filter.kind {
        sql.push(" AND p.kind = ").bind(kind.as_str());
    }
    if let Some(slug) = &filter.status {
        sql.push(&format!(" AND {} = (SELECT id FROM statuses WHERE slug = ", column("status_id", "0"))).bind(slug.as_str());
        // orders have an index of each stage
        sql.push(&format!(") AND {stage} = (SELECT stage FROM statuses WHERE slug = ")).bind(slug.as_str()).push(")");
    }
    match filter.stages() {
        Stages::One(one) => {
            sql.push(&format!(" AND {stage} = ")).bind(one.as_str());
        }
        Stages::Delivered => {
            sql.push(" AND COALESCE(p.stage, '') IN ('delivered', 'confirmed')");
        }
        Stages::NotArchived => {
            sql.push(&format!(" AND {stage} <> 'archived'"));
        }
        Stages::All => {}
    }
    if let Some(slug) = &filter.tag {
        sql.push(" AND EXISTS (SELECT 1 FROM post_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.post_id = p.id AND t.slug = ");
        sql.bind(slug.as_str()).push(")");
    }
    if let Some(person) = filter.author {
        sql.push(" AND p.author_id = ").bind(person);
    }
    if let Some(person) = filter.voter {
        sql.push(" AND EXISTS (SELECT 1 FROM votes mv WHERE mv.post_id = p.id AND mv.person_id = ").bind(person).push(")");
    }
    if let Some(matching) = matching {
        sql.push(" AND ");
        search::condition(sql, backend, &matching.question, matching.reach);
    }
}

/// How an order is put into SQL.
struct Order {
    key: &'static str,
    due: &'static str,
    ascending: bool,
}

impl Order {
    fn of(sort: Sort) -> Self {
        let plain = |key| Self { key, due: "p.edited_at", ascending: false };
        match sort {
            // what fits words is not sorted by SQL
            Sort::Fit | Sort::Trending => plain("p.trend"),
            Sort::New => plain("p.id"),
            Sort::Top => plain("p.case_support"),
            Sort::Delivered => plain("p.stage_at"),
            Sort::Waiting => Self { key: "p.answer_due_at", due: "p.answer_due_at", ascending: true },
        }
    }
}

/// A place in a list: the last post seen, by what the list is sorted by. What comes in or goes meanwhile does not shift it.
pub(super) struct Cursor {
    pub(super) backwards: bool,
    pub(super) key: Key,
    pub(super) id: PostId,
}

pub(super) enum Key {
    Id,
    /// How far the search went, and how well the post fits.
    Fit(Steps, i64),
    Float(f64),
    Int(i64),
    Time(DateTime<Utc>),
}

impl Cursor {
    fn at(row: &Row, sort: Sort, backwards: bool) -> String {
        let key = match sort {
            Sort::Fit | Sort::Trending => format!("{:x}", row.trend.to_bits()),
            Sort::New => String::new(),
            Sort::Top => row.case_support.to_string(),
            Sort::Delivered => row.stage_at.timestamp_micros().to_string(),
            Sort::Waiting => row.due_at.map(|at| at.timestamp_micros().to_string()).unwrap_or_default(),
        };
        Self::written(backwards, sort, &key, row.id)
    }

    pub(super) fn of_hit(steps: Steps, fit: i64, post: PostId, backwards: bool) -> String {
        Self::written(backwards, Sort::Fit, &format!("{}.{fit}", steps.number()), post)
    }

    fn written(backwards: bool, sort: Sort, key: &str, post: PostId) -> String {
        format!("{}-{}-{key}-{post}", if backwards { 'n' } else { 'o' }, sort.as_str())
    }

    fn parse(text: &str, sort: Sort) -> Result<Self> {
        let parse = || {
            let mut parts = text.splitn(3, '-');
            let backwards = match parts.next()? {
                "n" => true,
                "o" => false,
                _ => return None,
            };
            if parts.next()? != sort.as_str() {
                return None;
            }
            let (key, id) = parts.next()?.rsplit_once('-')?;
            let id = PostId(id.parse().ok()?);
            let time = || moment(key).map(Key::Time);
            let key = match sort {
                Sort::Trending => {
                    let value = f64::from_bits(u64::from_str_radix(key, 16).ok()?);
                    if !value.is_finite() {
                        return None;
                    }
                    Key::Float(value)
                }
                Sort::Fit => {
                    let (steps, fit) = key.split_once('.')?;
                    Key::Fit(Steps::of(steps.parse().ok()?)?, fit.parse().ok()?)
                }
                Sort::New => Key::Id,
                Sort::Top => Key::Int(key.parse().ok()?),
                Sort::Delivered | Sort::Waiting => time()?,
            };
            Some(Self { backwards, key, id })
        };
        parse().ok_or(Error::invalid("cursor", Problem::NotACursor))
    }
}

/// A time of a cursor, in years that both databases know.
pub(super) fn moment(micros: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros.parse().ok()?).filter(|at| (1..=9999).contains(&at.year()))
}

/// Which of these were brought in from elsewhere before, by where they came from.
pub async fn imported(db: &impl ConnectionTrait, from: &[String]) -> Result<HashMap<String, PostId>> {
    #[derive(FromQueryResult)]
    struct Known {
        id: PostId,
        imported_from: String,
    }
    let mut known = HashMap::new();
    for chunk in from.chunks(200) {
        let mut sql = Sql::new("SELECT id, imported_from FROM posts WHERE imported_from IN ");
        sql.bind_list(chunk.iter().map(String::as_str));
        known.extend(all::<Known>(db, &sql.text, sql.values).await?.into_iter().map(|row| (row.imported_from, row.id)));
    }
    Ok(known)
}

/// Every wording of a post, latest first; none while it is hidden from its reader.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn versions(view: &View<'_>, post: &Seen) -> Result<Vec<Version>> {
    #[derive(FromQueryResult)]
    struct VersionRow {
        number: i32,
        title: String,
        body: String,
        rule: Option<i32>,
        reason: Option<String>,
        created_at: DateTime<Utc>,
        files_gone: i32,
        #[sea_orm(nested(prefix = "editor_"))]
        editor: Person,
    }
    let sql = "SELECT v.number, v.title, v.body, v.rule, v.reason, v.created_at, v.files_gone, p.id AS editor_id, p.handle AS editor_handle,
                p.name AS editor_name, p.title AS editor_title, p.role AS editor_role
               FROM post_versions v JOIN persons p ON p.id = v.editor_id WHERE v.post_id = $1 ORDER BY v.number DESC";
    if !post.is_readable() {
        return Ok(Vec::new());
    }
    let version = |row: VersionRow| Version {
        number: row.number,
        title: row.title,
        body: row.body,
        editor: row.editor,
        rule: row.rule,
        reason: row.reason,
        created_at: row.created_at,
        files_gone: row.files_gone,
    };
    Ok(all::<VersionRow>(view.db(), sql, values![post.id()]).await?.into_iter().map(version).collect())
}

/// At most five posts that say much the same, best first, as far as the actor sees them.
pub async fn similar_to(
    db: &impl ConnectionTrait,
    actor: &Actor,
    title: &str,
    body: &str,
    now: DateTime<Utc>,
) -> Result<Vec<PostRow>> {
    let mut best: Vec<PostId> = search::similar(db, actor, title, body).await?.into_iter().map(|(id, _)| id).collect();
    let rows = async |ids: &[PostId]| {
        let mut sql = select(actor, "", "p.edited_at");
        sql.push(" WHERE p.id IN ").bind_list(ids.iter().copied()).push(" AND ");
        board::listed(&mut sql, actor);
        all::<Row>(db, &sql.text, sql.values).await
    };
    if best.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = rows(&best).await?;
    let heads: HashMap<PostId, PostId> = found.iter().filter_map(|row| Some((row.id, row.head_id?))).collect();
    if !heads.is_empty() {
        // what somebody has to say to a member of a case they say at its head
        best = best.into_iter().map(|id| heads.get(&id).copied().unwrap_or(id)).collect();
        found = rows(&best).await?;
    }
    let mut rows = complete(db, actor, found, now).await?;
    rows.sort_by_key(|row| best.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// At most five other posts that say much the same as this one, best first, each with how alike it is, from 0 to 1.
pub async fn alike(view: &View<'_>, post: &Post) -> Result<Vec<(PostRow, f64)>> {
    let (db, actor) = (view.db(), view.actor());
    let mut alike = search::similar(db, actor, &post.row.title, &post.body).await?;
    alike.retain(|(id, _)| *id != post.row.id);
    if alike.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = select(actor, "", "p.edited_at");
    sql.push(" WHERE p.id IN ").bind_list(alike.iter().map(|(id, _)| *id)).push(" AND ");
    board::known(&mut sql, actor);
    let rows = complete(db, actor, all::<Row>(db, &sql.text, sql.values).await?, view.now()).await?;
    let place = |row: &PostRow| alike.iter().position(|(id, _)| *id == row.id);
    let mut rows: Vec<(usize, PostRow)> = rows.into_iter().filter_map(|row| Some((place(&row)?, row))).collect();
    rows.sort_by_key(|(place, _)| *place);
    Ok(rows.into_iter().map(|(place, row)| (row, alike[place].1)).collect())
}

/// Who owned a post since when, latest first.
pub async fn owners(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<OwnerSince>> {
    #[derive(FromQueryResult)]
    struct OwnerRow {
        #[sea_orm(nested)]
        person: Person,
        by_id: Option<PersonId>,
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT p.id, p.handle, p.name, p.title, p.role, o.by_id, o.created_at
               FROM owners o JOIN persons p ON p.id = o.person_id WHERE o.post_id = $1 ORDER BY o.id DESC";
    let since = |row: OwnerRow| OwnerSince { person: row.person, by: row.by_id, since: row.created_at };
    Ok(all::<OwnerRow>(db, sql, values![post]).await?.into_iter().map(since).collect())
}

/// Who may change a post: its author, and the staff with a rule and a reason. Answers who it is, and whether they act as staff.
///
/// # Errors
/// As [`Actor::member`]; [`Error::Forbidden`] for other customers; as [`Actor::staff`].
pub fn may_edit(actor: &Actor, author: PersonId) -> Result<(PersonId, bool)> {
    let me = actor.member()?;
    if me.id == author {
        return Ok((me.id, false));
    }
    if me.role == Role::Member {
        return Err(Error::Forbidden(crate::error::Denied::NotAuthor));
    }
    Ok((actor.staff()?.id, true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Forum, actor::Me, db::Sql, forum::Options, status::Stage};

    #[derive(FromQueryResult)]
    struct Step {
        detail: String,
    }

    /// How a database goes about a query: it must read posts in their order from an index, and never all of them.
    async fn walks_an_index(forum: &Forum, what: &str, sql: Sql) {
        if forum.read().get_database_backend() == DbBackend::Postgres {
            return needs_no_sorting(forum, what, sql).await;
        }
        let steps = all::<Step>(forum.read(), &format!("EXPLAIN QUERY PLAN {}", sql.text), sql.values).await.expect("a plan");
        let plan: Vec<String> = steps.into_iter().map(|step| step.detail).collect();
        // the tables that are joined have one letter; what stands in for a name is looked up by the name of its table
        let joined = |step: &&String| step.split(' ').nth(1).is_some_and(|table| table.len() == 1);
        // a board that was asked for may come first: it is one
        let first = plan.iter().filter(joined).find(|step| !step.ends_with("USING INTEGER PRIMARY KEY (rowid=?)"));
        let first = first.expect("a table is read");
        assert!(first.contains(" p USING "), "{what}: every post is read, or posts for each row of something else: {plan:#?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{what}: sorts what it read: {plan:#?}");
    }

    /// The same for PostgreSQL, whose plans of empty tables say nothing but whether there is a way: it was told to read no table whole
    /// and to sort nothing, which it does only where there is no other.
    async fn needs_no_sorting(forum: &Forum, what: &str, sql: Sql) {
        let explain = sea_orm::Statement::from_sql_and_values(DbBackend::Postgres, format!("EXPLAIN {}", sql.text), sql.values);
        let rows = forum.read().query_all_raw(explain).await.expect("a plan");
        let plan: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).expect("a line of the plan")).collect();
        let reads_all = |step: &String| step.contains("Seq Scan on posts") || step.contains("Sort");
        assert!(plan.iter().any(|step| step.contains(" on posts p")), "{what}: no posts are read: {plan:#?}");
        assert!(!plan.iter().any(reads_all), "{what}: {plan:#?}");
    }

    fn somebody(role: Role) -> Actor {
        let me = Me {
            id: PersonId(uuid::Uuid::nil()),
            name: String::new(),
            role,
            verified: true,
            guest: false,
            language: None,
            scope: None,
            ban: None,
        };
        Actor::Person(me)
    }

    /// Every choice of a board, a kind, a status, a stage and a tag.
    fn filters(sort: Sort) -> impl Iterator<Item = Filter> {
        (0..32_u32).map(move |choice| {
            let chosen = |bit: u32| choice & (1 << bit) != 0;
            let slug = |bit: u32| chosen(bit).then(|| "planned".to_owned());
            Filter {
                sort,
                board: slug(0),
                kind: chosen(1).then_some(Kind::Criticism),
                status: slug(2),
                stage: chosen(3).then_some(Stage::Planned),
                tag: slug(4),
                ..Filter::default()
            }
        })
    }

    #[tokio::test]
    async fn every_list_walks_an_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("plans.db").display());
        all_lists_walk_an_index(&Forum::open(Options::new(url, "http://localhost")).await.expect("a forum")).await;
    }

    #[tokio::test]
    async fn every_list_walks_an_index_on_postgres() {
        let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL: run the tests by `tests/with-postgres`");
        let name = format!("forum_plans_{}", std::process::id());
        let maker = sea_orm::Database::connect(&server).await.expect("a server");
        maker.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
        let reluctant = "options=-c%20enable_seqscan%3Doff%20-c%20enable_sort%3Doff%20-c%20enable_incremental_sort%3Doff";
        let url = format!("{base}/{name}?{query}&{reluctant}");
        let forum = Forum::open(Options::new(url, "http://localhost")).await.expect("a forum");
        all_lists_walk_an_index(&forum).await;
        drop(forum);
        maker.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the database is gone");
    }

    async fn all_lists_walk_an_index(forum: &Forum) {
        let now = forum.now();
        for actor in [Actor::Visitor, somebody(Role::Member), somebody(Role::Agent)] {
            walks_an_index(forum, "without votes", unseen_sql(&actor, 3, now)).await;
            for filter in Sort::ALL.into_iter().flat_map(filters) {
                let key = || match filter.sort {
                    Sort::New => Key::Id,
                    Sort::Fit | Sort::Trending => Key::Float(1000.0),
                    Sort::Top => Key::Int(10),
                    Sort::Delivered | Sort::Waiting => Key::Time(now),
                };
                let cursors = [None, Some(false), Some(true)];
                for cursor in cursors.map(|way| way.map(|backwards| Cursor { backwards, key: key(), id: PostId(1000) })) {
                    let sql = stretch_sql(forum.read(), &actor, &filter, None, cursor.as_ref(), 30);
                    walks_an_index(forum, &format!("{filter:?}"), sql).await;
                }
            }
        }
    }
}
