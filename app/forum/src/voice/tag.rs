//! Short labels on posts, made by those who post.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board,
    db::{Sql, all, exec, values},
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
    /// Its name in addresses.
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
        let slug: String = text::slug(&name).chars().take(LONGEST).collect();
        if !tags.iter().any(|t| t.slug == slug) {
            tags.push(Tag { slug, name });
        }
    }
    if tags.len() > MOST { Err(Problem::TooMany { max: MOST }) } else { Ok(tags) }
}

/// Gives a post exactly these tags, making those that are new. In alphabetical order, so that two transactions that make the same
/// tags wait for each other instead of locking each other out.
pub(crate) async fn set(tx: &mut Tx, post: PostId, tags: &[Tag]) -> Result<()> {
    exec(tx.conn(), "DELETE FROM post_tags WHERE post_id = $1", values![post]).await?;
    let mut tags: Vec<&Tag> = tags.iter().collect();
    tags.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
    for tag in tags {
        let sql = "INSERT INTO tags (slug, name, offered) VALUES ($1, $2, false) ON CONFLICT DO NOTHING";
        exec(tx.conn(), sql, values![tag.slug.clone(), tag.name.clone()]).await?;
        // how a private board spelt it must not show in public: the first public use names it anew
        exec(
            tx.conn(),
            "UPDATE tags SET name = $2 WHERE slug = $1 AND name <> $2 AND NOT offered AND NOT EXISTS (
                SELECT 1 FROM post_tags pt JOIN posts p ON p.id = pt.post_id JOIN boards b ON b.id = p.board_id
                WHERE pt.tag_id = tags.id AND NOT b.private)",
            values![tag.slug.clone(), tag.name.clone()],
        )
        .await?;
        exec(
            tx.conn(),
            "INSERT INTO post_tags (post_id, tag_id) SELECT $1, id FROM tags WHERE slug = $2 ON CONFLICT DO NOTHING",
            values![post, tag.slug.clone()],
        )
        .await?;
    }
    Ok(())
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
    let (slug, name) = check.finish((slug, name))?;
    let made = exec(
        tx.conn(),
        "INSERT INTO tags (slug, name, offered) VALUES ($1, $2, true)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name, offered = true WHERE NOT tags.offered",
        values![slug.clone(), name.clone()],
    )
    .await?;
    if made == 0 { Err(Error::invalid("slug", Problem::Taken)) } else { Ok(Tag { slug, name }) }
}
