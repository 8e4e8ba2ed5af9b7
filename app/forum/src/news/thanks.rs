//! Who is told of an entry of the changelog, and what for: those who proposed what it tells of, those who supported it, and those who follow
//! it. Each of them hears of an entry once, for the first of these reasons; of a post that a correction adds, those who have not heard
//! of the entry yet.

use sea_orm::FromQueryResult;

use super::notice::PostSummary;
use crate::{
    Error, Result, Tx, View,
    changelog::{self, Entry, Linked, Part, State},
    db::{Sql, exec, one},
    event::{Audience, Event, Kind},
    id::{ChangelogId, PostId},
    person::ERASED_HANDLE,
    view,
};

/// Writes a notice for each person whom an entry concerns, but for whoever published it, whoever may not know of the post that it would be
/// for, or does not want to hear of that, and but for posts that customers have sent back meanwhile; answers how many. In one statement,
/// however many there are.
pub(super) async fn tell(tx: &Tx, event: &Event, entry: ChangelogId) -> Result<u64> {
    let mut sql = Sql::new("WITH links (post_id) AS (SELECT post_id FROM changelog_posts WHERE ended_by IS NULL AND entry_id = ");
    sql.bind(entry);
    if let Kind::ChangelogCorrected { correction, .. } = event.kind {
        sql.push(" AND added_by = ").bind(correction);
    }
    // what comes of the head of a case comes of all its posts
    sql.push(
        "), told (post_id) AS (SELECT post_id FROM links UNION SELECT m.id FROM links t JOIN posts m ON m.head_id = t.post_id),
        voices (person_id, place, post_id) AS (
            SELECT p.author_id, 1, p.id FROM told t JOIN posts p ON p.id = t.post_id
            UNION ALL SELECT v.person_id, 2, v.post_id FROM told t JOIN votes v ON v.post_id = t.post_id
                WHERE v.stance = 'support' AND v.excluded_by IS NULL
            UNION ALL SELECT f.person_id, 3, p.id FROM told t JOIN posts p ON p.id = t.post_id
                JOIN follows f ON f.subject = 'post' AND f.subject_id = p.id OR f.subject = 'board' AND f.subject_id = p.board_id
                WHERE NOT f.muted)
        INSERT INTO notices (person_id, event_id, reason, created_at) SELECT x.id, e.id, CASE MIN(c.place) WHEN 1 THEN ",
    );
    // what is only selected has no type of its own on PostgreSQL
    let reason = |sql: &mut Sql, audience: Audience| {
        sql.push("CAST(").bind(audience).push(" AS varchar(12))");
    };
    reason(&mut sql, Audience::Author);
    sql.push(" WHEN 2 THEN ");
    reason(&mut sql, Audience::Supporter);
    sql.push(" ELSE ");
    reason(&mut sql, Audience::Follower);
    sql.push(
        " END, e.created_at FROM voices c JOIN posts p ON p.id = c.post_id JOIN boards b ON b.id = p.board_id
            JOIN persons x ON x.id = c.person_id LEFT JOIN posts o ON o.id = p.head_id JOIN events e ON e.id = ",
    );
    sql.bind(event.id)
        .push(" WHERE (e.actor_id IS NULL OR x.id <> e.actor_id) AND x.handle NOT LIKE ")
        .bind(format!("{ERASED_HANDLE}%"));
    sql.push(
        " AND COALESCE(o.stage, p.stage) IN ('delivered', 'confirmed') AND NOT EXISTS (SELECT 1 FROM follows m
            WHERE m.person_id = x.id AND m.muted AND m.subject = 'post' AND m.subject_id IN (p.id, p.head_id)) AND NOT EXISTS (SELECT 1 FROM notices h JOIN events f ON f.id = h.event_id
            WHERE h.person_id = x.id AND f.subject = 'changelog' AND f.subject_id = e.subject_id) AND p.hidden_by IS NULL AND ",
    );
    view::known_to_each(&mut sql);
    sql.push(" GROUP BY x.id, e.id, e.created_at ON CONFLICT (person_id, event_id) DO NOTHING");
    exec(tx.conn(), &sql.text, sql.values).await
}

/// What a notice of an entry tells: the post for which its reader hears of it, and the entry.
///
/// # Errors
/// [`Error::NotFound`] when there is nothing to tell any more: the entry was withdrawn, or they lost sight of it.
pub(super) async fn open(view: &View<'_>, entry: ChangelogId, reason: Audience) -> Result<(PostSummary, Entry)> {
    let entry = changelog::by_id(view.db(), view.actor(), entry, view.now()).await?;
    if entry.state != State::Published {
        return Err(Error::NotFound);
    }
    let post = match reason {
        Audience::Author => entry.mine().filter(|mine| mine.part == Part::Proposed).map(|mine| &mine.post),
        Audience::Supporter => entry.mine().map(|mine| &mine.post),
        _ => followed(view, &entry).await?,
    };
    let post = post.ok_or(Error::NotFound)?;
    Ok((PostSummary { id: post.id, slug: post.slug.clone(), title: post.title.clone() }, entry))
}

/// The post of an entry that its reader follows; the first one, when it is a board that they follow.
async fn followed<'a>(view: &View<'_>, entry: &'a Entry) -> Result<Option<&'a Linked>> {
    #[derive(FromQueryResult)]
    struct Followed {
        subject_id: PostId,
    }
    let mut sql = Sql::new("SELECT subject_id FROM follows WHERE NOT muted AND subject = 'post' AND person_id = ");
    sql.bind(view.actor().id()).push(" AND subject_id IN ").bind_list(entry.posts.iter().map(|credit| credit.post.id));
    sql.push(" ORDER BY subject_id LIMIT 1");
    let followed = one::<Followed>(view.db(), &sql.text, sql.values).await?.map(|row| row.subject_id);
    let mut posts = entry.posts.iter().map(|credit| &credit.post);
    Ok(posts.clone().find(|post| Some(post.id) == followed).or_else(|| posts.next()))
}
