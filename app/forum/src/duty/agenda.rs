//! What is due when, for calendars: deadlines and promises, of everybody, of somebody, or of those with whom they work.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result,
    actor::Actor,
    clock::{self, Clock, State},
    db::{Sql, all},
    id::{PersonId, PostId},
    promise::{self, Filter, Promise},
    view,
};

/// Posts and promises of a calendar, at most.
const MOST: u64 = 100;

/// Whose things are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Everybody's.
    #[default]
    All,
    /// What is owed to somebody, because they wrote the post, and what they answer for.
    Of(PersonId),
    /// What the people of somebody's teams answer for.
    TeamOf(PersonId),
}

/// A deadline that runs or is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The number of the post.
    pub post: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The deadline.
    pub clock: Clock,
}

impl Whose {
    /// Appends the condition under which a post `p` is theirs, for which `accountable` answers.
    pub(crate) fn push(self, sql: &mut Sql, accountable: &str) {
        match self {
            Self::All => {}
            Self::Of(person) => {
                // what is due on a member of a case is due at its head
                sql.push(" AND (p.author_id = ").bind(person).push(&format!(" OR {accountable} = ")).bind(person);
                sql.push(" OR EXISTS (SELECT 1 FROM posts m WHERE m.head_id = p.id AND m.author_id = ").bind(person).push("))");
            }
            Self::TeamOf(person) => {
                sql.push(&format!(" AND ({accountable} = ")).bind(person);
                sql.push(&format!(
                    " OR {accountable} IN (SELECT o.person_id FROM team_members t JOIN team_members o ON o.team_id = t.team_id WHERE t.person_id = "
                ));
                sql.bind(person).push("))");
            }
        }
    }
}

/// Deadlines that have not been met, soonest due first. What stands still is due on no day.
pub async fn deadlines(
    db: &impl ConnectionTrait,
    actor: &Actor,
    whose: Whose,
    board: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Deadline>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PostId,
        slug: String,
        title: String,
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title FROM posts p JOIN boards b ON b.id = p.board_id
            JOIN (SELECT post_id, MIN(due_at) AS due_at FROM clocks WHERE ended_at IS NULL AND started_at <= ",
    );
    sql.bind(now).push(" GROUP BY post_id) w ON w.post_id = p.id WHERE p.head_id IS NULL AND ");
    view::listed(&mut sql, actor);
    whose.push(&mut sql, "p.owner_id");
    if let Some(slug) = board {
        sql.push(" AND b.slug = ").bind(slug);
    }
    sql.push(&format!(" ORDER BY w.due_at, p.id LIMIT {MOST}"));
    let posts = all::<Row>(db, &sql.text, sql.values).await?;
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let clocks = clock::of_posts(db, &ids, now).await?;
    let mut due: Vec<Deadline> = clocks
        .into_iter()
        .filter(|clock| clock.is_open() && clock.state != State::Stopped)
        .filter_map(|clock| {
            let post = posts.iter().find(|post| post.id == clock.post)?;
            Some(Deadline { post: post.id, slug: post.slug.clone(), title: post.title.clone(), clock })
        })
        .collect();
    due.sort_by_key(|deadline| (deadline.clock.due_at, deadline.post, deadline.clock.name.as_str()));
    Ok(due)
}

/// Open promises, the latest first.
pub async fn promises(
    db: &impl ConnectionTrait,
    actor: &Actor,
    whose: Whose,
    board: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Promise>> {
    let filter = Filter { state: Some(promise::State::Open), board: board.map(str::to_owned), whose, ..Filter::default() };
    Ok(promise::list(db, actor, &filter, None, MOST, now).await?.0)
}
