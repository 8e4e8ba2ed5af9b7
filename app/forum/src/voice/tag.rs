//! Short labels on posts, made by those who post.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board,
    db::{Sql, all, exec, number, one, values},
    error::{Check, Problem},
    id::{PostId, TagId},
    search, text,
};

/// Tags of one post, at most.
pub const MOST: usize = 5;
/// Characters of a tag, at most.
pub const LONGEST: usize = 40;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Tag {
    /// Its name in addresses: the [key](text::key) of its name, unless the site chose another.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}

/// The tags that the actor can come across, by name: those of visible posts, and those that the site offers.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Tag>> {
    let mut sql = Sql::new(
        "SELECT t.slug, t.name FROM tags t
         WHERE t.offered OR t.id IN (SELECT c.tag_id FROM post_counts c JOIN boards b ON b.id = c.board_id WHERE ",
    );
    board::visible(&mut sql, actor);
    sql.push(" GROUP BY c.tag_id HAVING SUM(c.n) > 0");
    sql.push(") ORDER BY lower(t.name), t.id");
    all(db, &sql.text, sql.values).await
}

/// The number of the tag of that slug, if the actor can come across it.
pub async fn id_of(db: &impl ConnectionTrait, actor: &Actor, slug: &str) -> Result<Option<TagId>> {
    let mut sql = Sql::new("SELECT t.id AS n FROM tags t WHERE t.slug = ");
    sql.bind(slug).push(" AND ");
    known(&mut sql, actor);
    Ok(number(db, &sql.text, sql.values).await?.map(TagId))
}

/// Appends the condition under which the actor can come across the tag `t`.
pub(crate) fn known(sql: &mut Sql, actor: &Actor) {
    sql.push(
        "(t.offered OR EXISTS (SELECT 1 FROM post_counts c JOIN boards b ON b.id = c.board_id WHERE c.tag_id = t.id AND c.n > 0 AND ",
    );
    board::visible(sql, actor);
    sql.push("))");
}

/// The tags of a post, by name.
pub async fn of_post(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<Tag>> {
    let sql = "SELECT t.slug, t.name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.post_id = $1 ORDER BY lower(t.name), t.id";
    all(db, sql, values![post]).await
}

/// Names of tags as typed: each one line, no two alike.
///
/// # Errors
/// [`Problem::TooMany`], [`Problem::TooLong`].
pub fn parse_all(names: &[String]) -> std::result::Result<Vec<Tag>, Problem> {
    let mut tags: Vec<Tag> = Vec::new();
    for name in names {
        if name.trim().is_empty() {
            continue;
        }
        let name = text::line(name, 1, LONGEST)?;
        let key = key_of(&name)?;
        if !tags.iter().any(|t| t.slug == key) {
            tags.push(Tag { slug: key, name });
        }
    }
    if tags.len() > MOST { Err(Problem::TooMany { max: MOST }) } else { Ok(tags) }
}

/// The [key](text::key) of a name. One letter may stand for many there, and a key that is cut is the key of other names too.
fn key_of(name: &str) -> std::result::Result<String, Problem> {
    let key = text::key(name);
    if key.chars().count() > LONGEST { Err(Problem::TooLong { max: LONGEST }) } else { Ok(key) }
}

/// A tag that is there.
#[derive(FromQueryResult)]
struct Known {
    id: i64,
    /// Whether it is offered already, or became another.
    taken: bool,
}

/// Gives a post exactly these tags, making those that are new. In alphabetical order, so that two transactions that make the same
/// tags wait for each other instead of locking each other out.
pub(crate) async fn set(tx: &mut Tx, post: PostId, tags: &[Tag]) -> Result<()> {
    exec(tx.conn(), "DELETE FROM post_tags WHERE post_id = $1", values![post]).await?;
    let mut tags: Vec<&Tag> = tags.iter().collect();
    tags.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
    for tag in tags {
        let id = named(tx, tag).await?;
        // how a private board spelt it must not show in public: the first public use names it anew
        exec(
            tx.conn(),
            "UPDATE tags SET name = $2 WHERE id = $1 AND name <> $2 AND NOT offered AND NOT EXISTS (
                SELECT 1 FROM post_tags pt JOIN posts p ON p.id = pt.post_id JOIN boards b ON b.id = p.board_id
                WHERE pt.tag_id = tags.id AND NOT b.private) AND key = $3",
            values![id, tag.name.clone(), tag.slug.clone()],
        )
        .await?;
        exec(tx.conn(), "INSERT INTO post_tags (post_id, tag_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![post, id])
            .await?;
    }
    Ok(())
}

/// The tag of that name, or what the site calls so in addresses, or what that became; a new one if there is none.
async fn named(tx: &mut Tx, tag: &Tag) -> Result<i64> {
    let known = "SELECT COALESCE(merged_into, id) AS n FROM tags WHERE key = $1 OR slug = $1 ORDER BY CASE WHEN key = $1 THEN 0 ELSE 1 END LIMIT 1";
    if let Some(id) = number(tx.conn(), known, values![tag.slug.clone()]).await? {
        return Ok(id);
    }
    let new = "INSERT INTO tags (slug, key, name, offered) VALUES ($1, $1, $2, false) ON CONFLICT DO NOTHING";
    exec(tx.conn(), new, values![tag.slug.clone(), tag.name.clone()]).await?;
    number(tx.conn(), known, values![tag.slug.clone()]).await?.ok_or_else(|| Error::internal("a tag that was made is not there"))
}

/// A tag as an admin sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Listed {
    /// Its number.
    pub id: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Whether the site offers it, whether or not a post has it.
    pub offered: bool,
    /// How many posts have it.
    pub posts: i64,
    /// The name of the tag that it became, if it is one with another now.
    pub became: Option<String>,
    /// When.
    pub merged_at: Option<DateTime<Utc>>,
    /// By whom.
    pub merged_by: Option<String>,
}

/// Tags whose name or address begins so, by name, those that became another among them; at most `limit`.
///
/// # Errors
/// As [`may_make`].
pub async fn all_of(db: &impl ConnectionTrait, actor: &Actor, start: &str, limit: u64) -> Result<Vec<Listed>> {
    may_make(actor)?;
    let mut sql = Sql::new(
        "SELECT t.id, t.slug, t.name, t.offered, (SELECT COUNT(*) FROM post_tags pt WHERE pt.tag_id = t.id) AS posts,
            i.name AS became, t.merged_at, p.name AS merged_by
         FROM tags t LEFT JOIN tags i ON i.id = t.merged_into LEFT JOIN persons p ON p.id = t.merged_by",
    );
    let start = start.trim().to_lowercase();
    if !start.is_empty() {
        let pattern = format!("{}%", start.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        sql.push(" WHERE lower(t.name) LIKE ").bind(pattern.as_str()).push(" ESCAPE '!'");
        sql.push(" OR t.slug LIKE ").bind(pattern.as_str()).push(" ESCAPE '!'");
    }
    sql.push(&format!(" ORDER BY lower(t.name), t.id LIMIT {limit}"));
    all(db, &sql.text, sql.values).await
}

/// The tag of that slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Tag>> {
    one(db, "SELECT slug, name FROM tags WHERE slug = $1", values![slug]).await
}

/// The tag that the one of that slug became; none when it is itself.
pub async fn became(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Tag>> {
    let sql = "SELECT i.slug, i.name FROM tags t JOIN tags i ON i.id = t.merged_into WHERE t.slug = $1";
    one(db, sql, values![slug]).await
}

/// Who may make tags without a post: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_make(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Makes a tag that the site offers, whether or not a post has it.
pub async fn create(tx: &mut Tx, slug: &str, name: &str) -> Result<Tag> {
    may_make(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field(
        "slug",
        text::parse_slug(slug).and_then(|s| if s.len() > LONGEST { Err(Problem::TooLong { max: LONGEST }) } else { Ok(s) }),
    );
    let name = check.field("name", text::line(name, 1, LONGEST));
    let key = check.field("name", name.as_deref().map_or(Ok(String::new()), key_of));
    let (slug, name, key) = check.finish((slug, name, key))?;
    let known = all::<Known>(
        tx.conn(),
        "SELECT id, offered OR merged_into IS NOT NULL AS taken FROM tags WHERE slug = $1 OR key = $2",
        values![slug.clone(), key.clone()],
    )
    .await?;
    let made = match known[..] {
        [] => {
            let sql = "INSERT INTO tags (slug, key, name, offered) VALUES ($1, $2, $3, true) ON CONFLICT DO NOTHING";
            exec(tx.conn(), sql, values![slug.clone(), key, name.clone()]).await?
        }
        // one that people have made already
        [Known { id, taken: false }] => {
            let sql = "UPDATE tags SET slug = $2, key = $3, name = $4, offered = true WHERE id = $1";
            exec(tx.conn(), sql, values![id, slug.clone(), key, name.clone()]).await?
        }
        _ => 0,
    };
    if made == 0 { Err(Error::invalid("slug", Problem::Taken)) } else { Ok(Tag { slug, name }) }
}

#[derive(FromQueryResult)]
struct Kept {
    id: i64,
}

/// A tag that is one by itself, and stays so until the end of the transaction: a change that changes nothing keeps others waiting.
async fn kept(tx: &Tx, slug: &str) -> Result<Kept> {
    let sql = "UPDATE tags SET offered = offered WHERE slug = $1 AND merged_into IS NULL RETURNING id";
    one::<Kept>(tx.conn(), sql, values![slug]).await?.ok_or(Error::NotFound)
}

/// Names a tag anew. Its address stays.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Error::Invalid`] on `name`.
pub async fn rename(tx: &mut Tx, slug: &str, name: &str) -> Result<()> {
    may_make(tx.actor())?;
    let tag = kept(tx, slug).await?;
    let name = text::line(name, 1, LONGEST).map_err(|problem| Error::invalid("name", problem))?;
    let key = key_of(&name).map_err(|problem| Error::invalid("name", problem))?;
    let sql =
        "UPDATE tags SET name = $2, key = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM tags o WHERE o.key = $3 AND o.id <> $1)";
    if exec(tx.conn(), sql, values![tag.id, name, key]).await? == 0 {
        return Err(Error::invalid("name", Problem::Taken));
    }
    search::index_tagged(tx.conn(), tag.id).await
}

/// Offers a tag, or no longer. Posts keep it.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn offer(tx: &mut Tx, slug: &str, offered: bool) -> Result<()> {
    may_make(tx.actor())?;
    let tag = kept(tx, slug).await?;
    exec(tx.conn(), "UPDATE tags SET offered = $2 WHERE id = $1", values![tag.id, offered]).await?;
    Ok(())
}

/// Makes one tag of two that mean the same: whatever post has `slug` has `into` from now on, and whoever types the one gets the other.
/// Its name and address stay, and lead there.
///
/// # Errors
/// [`Error::NotFound`] when there is no such tag; [`Error::Invalid`] on `into` when that is no other tag.
pub async fn merge(tx: &mut Tx, slug: &str, into: &str) -> Result<()> {
    may_make(tx.actor())?;
    let into = into.trim();
    if into.is_empty() {
        return Err(Error::invalid("into", Problem::Required));
    }
    if slug == into {
        return Err(Error::invalid("into", Problem::UnknownChoice));
    }
    // in one order, so that two that are merged both ways at once do not lock each other out
    let mut both = [slug, into];
    both.sort_unstable();
    let mut found = Vec::new();
    for slug in both {
        found.push((slug, kept(tx, slug).await));
    }
    let mut take = |wanted: &str| found.iter().position(|(slug, _)| *slug == wanted).map(|at| found.swap_remove(at).1);
    let tag = take(slug).ok_or(Error::NotFound)??;
    let into = match take(into).ok_or(Error::NotFound)? {
        Err(Error::NotFound) => return Err(Error::invalid("into", Problem::UnknownChoice)),
        other => other?,
    };
    exec(
        tx.conn(),
        "INSERT INTO post_tags (post_id, tag_id) SELECT post_id, $2 FROM post_tags WHERE tag_id = $1 ON CONFLICT DO NOTHING",
        values![tag.id, into.id],
    )
    .await?;
    exec(tx.conn(), "DELETE FROM post_tags WHERE tag_id = $1", values![tag.id]).await?;
    // whoever followed the one follows what it became
    exec(
        tx.conn(),
        "INSERT INTO follows (person_id, subject, subject_id, created_at, muted)
         SELECT person_id, subject, $2, created_at, muted FROM follows WHERE subject = 'tag' AND subject_id = $1 ON CONFLICT DO NOTHING",
        values![tag.id, into.id],
    )
    .await?;
    exec(tx.conn(), "DELETE FROM follows WHERE subject = 'tag' AND subject_id = $1", values![tag.id]).await?;
    // what became this one before becomes the other with it
    exec(tx.conn(), "UPDATE tags SET merged_into = $2 WHERE merged_into = $1", values![tag.id, into.id]).await?;
    exec(
        tx.conn(),
        "UPDATE tags SET merged_into = $2, merged_at = $3, merged_by = $4, offered = false WHERE id = $1",
        values![tag.id, into.id, tx.now(), tx.actor().id()],
    )
    .await?;
    search::index_tagged(tx.conn(), into.id).await
}
