//! Short labels on posts, made by those who post.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board,
    db::{Sql, all, exec, number, values},
    error::{Check, Problem},
    id::PostId,
    text,
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
    offered: bool,
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
                WHERE pt.tag_id = tags.id AND NOT b.private)",
            values![id, tag.name.clone()],
        )
        .await?;
        exec(tx.conn(), "INSERT INTO post_tags (post_id, tag_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![post, id])
            .await?;
    }
    Ok(())
}

/// The tag of that name, or what the site calls so in addresses; a new one if there is none.
async fn named(tx: &mut Tx, tag: &Tag) -> Result<i64> {
    let known = "SELECT id AS n FROM tags WHERE key = $1 OR slug = $1 ORDER BY CASE WHEN key = $1 THEN 0 ELSE 1 END LIMIT 1";
    if let Some(id) = number(tx.conn(), known, values![tag.slug.clone()]).await? {
        return Ok(id);
    }
    let new = "INSERT INTO tags (slug, key, name, offered) VALUES ($1, $1, $2, false) ON CONFLICT DO NOTHING";
    exec(tx.conn(), new, values![tag.slug.clone(), tag.name.clone()]).await?;
    number(tx.conn(), known, values![tag.slug.clone()]).await?.ok_or_else(|| Error::internal("a tag that was made is not there"))
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
    let known =
        all::<Known>(tx.conn(), "SELECT id, offered FROM tags WHERE slug = $1 OR key = $2", values![slug.clone(), key.clone()])
            .await?;
    let made = match known[..] {
        [] => {
            let sql = "INSERT INTO tags (slug, key, name, offered) VALUES ($1, $2, $3, true) ON CONFLICT DO NOTHING";
            exec(tx.conn(), sql, values![slug.clone(), key, name.clone()]).await?
        }
        // one that people have made already
        [Known { id, offered: false }] => {
            let sql = "UPDATE tags SET slug = $2, key = $3, name = $4, offered = true WHERE id = $1";
            exec(tx.conn(), sql, values![id, slug.clone(), key, name.clone()]).await?
        }
        _ => 0,
    };
    if made == 0 { Err(Error::invalid("slug", Problem::Taken)) } else { Ok(Tag { slug, name }) }
}
