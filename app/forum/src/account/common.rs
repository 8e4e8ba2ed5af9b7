//! What everybody reads alike who sees the same boards: kept in memory, so that a page asks the database for what is its reader's own.
//!
//! A part is kept for an [`Audience`], never for a person: nobody's own votes are in it, and what one audience may not know of is in no
//! part of theirs. It is kept until this instance commits anything that shows, and within one second of the forum's time and of the
//! clock on the wall, since another instance may have written and since deadlines pass. When many ask for the same part at once, one
//! reads it and the others wait for it.

use std::{hash::Hash, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use moka::future::Cache;
use sea_orm::FromQueryResult;

use crate::{
    Error, Forum, Result,
    actor::Actor,
    answer::{self, Answer},
    board::{self, Board},
    db::{all, values},
    id::{BoardId, PersonId},
    post::{self, Counts, Filter, PostRow, Slice, Sort},
    status::{self, Stage, Status},
    tag::{self, Tag},
};

/// How long a part is kept at most.
const KEPT: Duration = Duration::from_secs(1);
/// Parts of a sort that are kept at most.
const MOST: u64 = 1000;
/// Started posts beside the list.
const STARTED: u64 = 4;
/// Delivered posts, and posts without votes, beside the list.
const FEW: u64 = 3;
/// Posts of a column of the roadmap.
const COLUMN: u64 = 25;
/// The columns of the roadmap.
const COLUMNS: [Stage; 4] = [Stage::Planned, Stage::Started, Stage::Delivered, Stage::Confirmed];

/// Those who see the same boards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Audience {
    /// Every board.
    Everything,
    /// The public boards, and these private ones.
    Public(Vec<BoardId>),
}

/// What stands around every list.
#[derive(Debug)]
pub struct Common {
    /// The boards, by name.
    pub boards: Vec<Board>,
    /// The statuses, in the order of the site.
    pub statuses: Vec<Status>,
    /// The tags, by name.
    pub tags: Vec<Tag>,
    /// How many posts there are.
    pub counts: Counts,
    /// The posts that were started last.
    pub started: Vec<PostRow>,
    /// The posts that were delivered last.
    pub delivered: Vec<PostRow>,
    /// The newest posts without votes.
    pub unseen: Vec<PostRow>,
}

/// The roadmap of a board, or of all.
#[derive(Debug)]
pub struct Roadmap {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The latest answers to the posts in them.
    pub answers: Vec<Answer>,
}

/// A stage on the roadmap.
#[derive(Debug)]
pub struct Column {
    /// The stage.
    pub stage: Stage,
    /// The posts that came there last.
    pub posts: Vec<PostRow>,
    /// How many stand there in all.
    pub total: i64,
}

/// What a part was true of: what was read when so many commits had shown is of no use after the next one, nor in the next second.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<K> {
    shown: u64,
    second: i64,
    of: K,
}

type Shelf<K, V> = Cache<Key<K>, Arc<V>>;

/// All that is kept.
pub(crate) struct Kept {
    audiences: Shelf<PersonId, Audience>,
    commons: Shelf<Audience, Common>,
    roadmaps: Shelf<(Audience, Option<String>), Roadmap>,
}

impl Kept {
    pub(crate) fn new() -> Self {
        Self { audiences: shelf(), commons: shelf(), roadmaps: shelf() }
    }
}

fn shelf<K: Hash + Eq + Send + Sync + 'static, V: Send + Sync + 'static>() -> Shelf<K, V> {
    Cache::builder().max_capacity(MOST).time_to_live(KEPT).build()
}

impl Forum {
    /// What stands around every list that the actor sees.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn common(&self, actor: &Actor, now: DateTime<Utc>) -> Result<Arc<Common>> {
        let of = self.audience(actor, now).await?;
        self.part(&self.kept().commons, of, now, async || self.read_common(actor, now).await).await
    }

    /// The roadmap of a board that the actor sees, or of all that they see.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn roadmap(&self, actor: &Actor, board: Option<&str>, now: DateTime<Utc>) -> Result<Arc<Roadmap>> {
        if let Some(slug) = board
            && !self.common(actor, now).await?.boards.iter().any(|board| board.slug == slug)
        {
            // made-up names are no reason to keep anything
            let columns = COLUMNS.map(|stage| Column { stage, posts: Vec::new(), total: 0 });
            return Ok(Arc::new(Roadmap { columns: columns.into(), answers: Vec::new() }));
        }
        let of = (self.audience(actor, now).await?, board.map(ToOwned::to_owned));
        self.part(&self.kept().roadmaps, of, now, async || self.read_roadmap(actor, board, now).await).await
    }

    async fn audience(&self, actor: &Actor, now: DateTime<Utc>) -> Result<Audience> {
        match actor.id() {
            _ if actor.sees_all() => Ok(Audience::Everything),
            None => Ok(Audience::Public(Vec::new())),
            Some(me) => {
                let audience = self.part(&self.kept().audiences, me, now, async || self.read_audience(me).await).await?;
                Ok(Audience::clone(&audience))
            }
        }
    }

    async fn part<K, V>(
        &self,
        shelf: &Shelf<K, V>,
        of: K,
        now: DateTime<Utc>,
        read: impl AsyncFnOnce() -> Result<V>,
    ) -> Result<Arc<V>>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        let key = Key { shown: self.shown(), second: now.timestamp(), of };
        let read = async { read().await.map(Arc::new) };
        shelf.try_get_with(key, read).await.map_err(|error: Arc<Error>| match &*error {
            Error::Unavailable(_) => Error::unavailable(error),
            _ => Error::internal(error),
        })
    }

    async fn read_audience(&self, person: PersonId) -> Result<Audience> {
        #[derive(FromQueryResult)]
        struct Private {
            id: BoardId,
        }
        let sql = "SELECT DISTINCT b.id FROM group_members gm JOIN board_groups bg ON bg.group_id = gm.group_id
                   JOIN boards b ON b.id = bg.board_id WHERE gm.person_id = $1 AND b.private ORDER BY b.id";
        let boards = all::<Private>(self.read(), sql, values![person]).await?;
        Ok(Audience::Public(boards.into_iter().map(|board| board.id).collect()))
    }

    async fn read_common(&self, actor: &Actor, now: DateTime<Utc>) -> Result<Common> {
        let db = self.read();
        let latest = async |stage, limit| {
            let filter = Filter { sort: Sort::Delivered, stage, ..Filter::default() };
            let Slice { items, .. } = post::slice(db, actor, &filter, None, limit, now).await?;
            Ok::<_, Error>(nobodys(items))
        };
        Ok(Common {
            boards: board::list(db, actor).await?,
            statuses: status::list(db).await?,
            tags: tag::list(db, actor).await?,
            counts: Counts::read(db, actor, None).await?,
            started: latest(Some(Stage::Started), STARTED).await?,
            delivered: latest(None, FEW).await?,
            unseen: nobodys(post::unseen(db, actor, FEW, now).await?),
        })
    }

    async fn read_roadmap(&self, actor: &Actor, board: Option<&str>, now: DateTime<Utc>) -> Result<Roadmap> {
        let (db, counts) = (self.read(), Counts::read(self.read(), actor, None).await?);
        let mut columns = Vec::new();
        for stage in COLUMNS {
            // by when it came to stand there, latest first
            let filter =
                Filter { sort: Sort::Delivered, stage: Some(stage), board: board.map(ToOwned::to_owned), ..Filter::default() };
            let posts = nobodys(post::slice(db, actor, &filter, None, COLUMN, now).await?.items);
            columns.push(Column { stage, posts, total: counts.total(&filter) });
        }
        let ids: Vec<_> = columns.iter().flat_map(|column| &column.posts).map(|post| post.id).collect();
        Ok(Roadmap { columns, answers: answer::latest_of(db, &ids).await? })
    }
}

/// Without what the one who happened to ask had said.
fn nobodys(mut posts: Vec<PostRow>) -> Vec<PostRow> {
    for post in &mut posts {
        post.my_vote = None;
    }
    posts
}
