//! What everybody reads alike who sees the same boards, lists of posts and searches among it: kept in memory, so that a page asks the database for
//! what is its reader's own.
//!
//! A part is kept for an [`Audience`], never for a person: nobody's own votes are in it, and what one audience may not know of is in no
//! part of theirs. It is kept until this instance commits anything that shows, and within one second of the forum's time and of the
//! clock on the wall, since another instance may have written and since deadlines pass. When many ask for the same part at once, one
//! reads it and the others wait for it.

use std::{collections::HashMap, hash::Hash, sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use moka::future::Cache;
use sea_orm::FromQueryResult;

use crate::{
    Error, Forum, Result,
    actor::Actor,
    answer::{self, Answer},
    board::{self, Board},
    clock,
    db::{all, values},
    id::{BoardId, PersonId, PostId},
    post::{self, Counts, Filter, Kind, Page, PartCounts, PostRow, Slice, Sort, Told, Workload},
    promise,
    status::{self, Stage, Status},
    tag::{self, Tag},
};

/// How long a part is kept at most.
const KEPT: Duration = Duration::from_secs(1);
/// Parts of a sort that are kept at most.
const MOST: u64 = 1000;
/// Posts of the lists that are kept at most.
const MOST_LISTED: u64 = 10_000;
/// Started posts beside the list.
const STARTED: u64 = 4;
/// Delivered posts, and posts without votes, beside the list.
const FEW: u64 = 3;
/// Posts of a column of the roadmap beside others, and of one that stands alone.
const COLUMN: usize = 5;
const COLUMN_ALONE: usize = 100;
/// The columns of the roadmap.
const COLUMNS: [Stage; 4] = [Stage::Planned, Stage::Started, Stage::Delivered, Stage::Confirmed];

/// Those who see the same boards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Audience(Boards);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Boards {
    All,
    /// The public ones, and these private ones.
    Public(Vec<BoardId>),
}

/// What stands around every list.
#[derive(Debug)]
pub struct Common {
    /// Who reads it.
    pub audience: Audience,
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

/// A stretch of a list, without anybody's own votes.
#[derive(Debug, Default)]
pub struct List {
    /// The posts.
    pub items: Vec<PostRow>,
    /// How many the whole list has.
    pub total: i64,
    /// Where the next stretch starts.
    pub older: Option<String>,
    /// Where the stretch before this starts.
    pub newer: Option<String>,
    /// The latest answers to the posts.
    pub answers: Vec<Answer>,
    /// What is to be said of a search besides its posts.
    pub told: Option<Told>,
}

/// What is asked for of the roadmap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Road {
    /// Slug of a board; of all without one.
    pub board: Option<String>,
    /// Of which kinds.
    pub kinds: Kinds,
    /// One column with all that is in it, instead of the start of each.
    pub stage: Option<Stage>,
}

/// Kinds of posts on the roadmap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kinds {
    /// What customers propose: ideas and wishes.
    #[default]
    Proposals,
    /// All.
    All,
    /// One kind.
    One(Kind),
}

impl Kinds {
    fn list(self) -> Vec<Kind> {
        match self {
            Self::Proposals => vec![Kind::Idea, Kind::Wish],
            Self::All => Kind::ALL.to_vec(),
            Self::One(kind) => vec![kind],
        }
    }
}

/// The roadmap, as far as it was asked for.
#[derive(Debug)]
pub struct Roadmap {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The latest answers to the posts in them.
    pub answers: Vec<Answer>,
    /// By when something is promised on those posts: the day that comes first.
    pub promised: HashMap<PostId, NaiveDate>,
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

/// What a part was true of: what was read when there had been so many commits that matter to it is of no use after the next one, nor in
/// the next second.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<K> {
    commits: u64,
    second: i64,
    of: K,
}

type Shelf<K, V> = Cache<Key<K>, Arc<V>>;

/// All that is kept.
pub(crate) struct Kept {
    audiences: Shelf<PersonId, Audience>,
    commons: Shelf<Audience, Common>,
    lists: Shelf<(Audience, Filter, Option<String>, u64), List>,
    roadmaps: Shelf<(Audience, Road), Roadmap>,
    workloads: Shelf<(), Workload>,
}

impl Kept {
    pub(crate) fn new() -> Self {
        let lists = Cache::builder().max_capacity(MOST_LISTED).time_to_live(KEPT);
        // what is asked for by made-up names is empty, but as large as its name
        let names = |filter: &Filter| {
            [&filter.board, &filter.status, &filter.tag, &filter.q].into_iter().flatten().map(String::len).sum::<usize>()
        };
        let lists = lists.weigher(move |key: &Key<(Audience, Filter, Option<String>, u64)>, list: &Arc<List>| {
            u32::try_from(1 + list.items.len() + names(&key.of.1) / 256).unwrap_or(u32::MAX)
        });
        let lists = lists.build();
        Self { audiences: shelf(), commons: shelf(), lists, roadmaps: shelf(), workloads: shelf() }
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
        self.part(&self.kept().commons, of.clone(), now, async || self.read_common(actor, of, now).await).await
    }

    /// A stretch of a list, or of what a search finds, whose filter [is nobody's own](Filter::is_nobodys).
    ///
    /// # Errors
    /// [`Error::Invalid`] on `cursor` when no page of this order gave it.
    pub async fn list(
        &self,
        actor: &Actor,
        filter: &Filter,
        cursor: Option<&str>,
        limit: u64,
        now: DateTime<Utc>,
    ) -> Result<Arc<List>> {
        post::check_cursor(filter, cursor)?;
        let common = self.common(actor, now).await?;
        let is = |wanted: &Option<String>, mut there: Box<dyn Iterator<Item = &String> + '_>| {
            wanted.as_ref().is_none_or(|slug| there.any(|there| there == slug))
        };
        let is_there = is(&filter.board, Box::new(common.boards.iter().map(|board| &board.slug)))
            && is(&filter.status, Box::new(common.statuses.iter().map(|status| &status.slug)))
            && is(&filter.tag, Box::new(common.tags.iter().map(|tag| &tag.slug)));
        if !is_there {
            // made-up names are no reason to keep anything
            return Ok(Arc::default());
        }
        let of = (common.audience.clone(), filter.clone(), cursor.map(ToOwned::to_owned), limit);
        let read = async || self.read_list(actor, (filter, cursor, limit), &common, now).await;
        self.part(&self.kept().lists, of, now, read).await
    }

    /// The roadmap of a board that the actor sees, or of all that they see.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn roadmap(&self, actor: &Actor, road: &Road, now: DateTime<Utc>) -> Result<Arc<Roadmap>> {
        if let Some(slug) = &road.board
            && !self.common(actor, now).await?.boards.iter().any(|board| board.slug == *slug)
        {
            // made-up names are no reason to keep anything
            let columns = COLUMNS.map(|stage| Column { stage, posts: Vec::new(), total: 0 });
            return Ok(Arc::new(Roadmap { columns: columns.into(), answers: Vec::new(), promised: HashMap::new() }));
        }
        let of = (self.audience(actor, now).await?, road.clone());
        self.part(&self.kept().roadmaps, of, now, async || self.read_roadmap(actor, road, now).await).await
    }

    /// How much of the work queue is in which part for the one who asks; `until` bounds what is due next. Votes and comments change
    /// nothing in it, so that it is kept however many come.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever is not of the staff.
    pub async fn workload(&self, actor: &Actor, now: DateTime<Utc>) -> Result<PartCounts> {
        let me = post::may_work(actor)?.id;
        let site = self.site();
        let tonight = clock::end_of_day(site.time_zone, clock::local_day(&site, now));
        let key = Key { commits: self.worked(), second: now.timestamp(), of: () };
        let workload = get(&self.kept().workloads, key, async || Workload::read(self.read(), tonight, now).await).await?;
        Ok(workload.of(me))
    }

    async fn audience(&self, actor: &Actor, now: DateTime<Utc>) -> Result<Audience> {
        match actor.id() {
            _ if actor.sees_all() => Ok(Audience(Boards::All)),
            None => Ok(Audience(Boards::Public(Vec::new()))),
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
        get(shelf, Key { commits: self.shown(), second: now.timestamp(), of }, read).await
    }

    async fn read_audience(&self, person: PersonId) -> Result<Audience> {
        #[derive(FromQueryResult)]
        struct Private {
            id: BoardId,
        }
        let sql = "SELECT DISTINCT b.id FROM group_members gm JOIN board_groups bg ON bg.group_id = gm.group_id
                   JOIN boards b ON b.id = bg.board_id WHERE gm.person_id = $1 AND b.private ORDER BY b.id";
        let boards = all::<Private>(self.read(), sql, values![person]).await?;
        Ok(Audience(Boards::Public(boards.into_iter().map(|board| board.id).collect())))
    }

    async fn read_common(&self, actor: &Actor, audience: Audience, now: DateTime<Utc>) -> Result<Common> {
        let db = self.read();
        let latest = async |stage, limit| {
            let filter = Filter { sort: Sort::Delivered, stage, ..Filter::default() };
            let Slice { items, .. } = post::slice(db, actor, &filter, None, limit, now).await?;
            Ok::<_, Error>(nobodys(items))
        };
        Ok(Common {
            audience,
            boards: board::list(db, actor).await?,
            statuses: status::list(db).await?,
            tags: tag::list(db, actor).await?,
            counts: Counts::read(db, actor, None).await?,
            started: latest(Some(Stage::Started), STARTED).await?,
            delivered: latest(None, FEW).await?,
            unseen: nobodys(post::unseen(db, actor, FEW, now).await?),
        })
    }

    async fn read_list(
        &self,
        actor: &Actor,
        (filter, cursor, limit): (&Filter, Option<&str>, u64),
        common: &Common,
        now: DateTime<Utc>,
    ) -> Result<List> {
        if filter.q.is_some() {
            let db = self.search();
            let Page { items, total, older, newer, told } = post::list(db, actor, filter, cursor, limit, now).await?;
            let ids: Vec<_> = items.iter().map(|post| post.id).collect();
            return Ok(List { items: nobodys(items), total, older, newer, answers: answer::latest_of(db, &ids).await?, told });
        }
        let db = self.read();
        let Slice { items, older, newer } = post::slice(db, actor, filter, cursor, limit, now).await?;
        let total = match &filter.tag {
            Some(tag) => Counts::read(db, actor, Some(tag)).await?.total(filter),
            None => common.counts.total(filter),
        };
        let ids: Vec<_> = items.iter().map(|post| post.id).collect();
        Ok(List { items: nobodys(items), total, older, newer, answers: answer::latest_of(db, &ids).await?, told: None })
    }

    async fn read_roadmap(&self, actor: &Actor, road: &Road, now: DateTime<Utc>) -> Result<Roadmap> {
        let (db, counts) = (self.read(), Counts::read(self.read(), actor, None).await?);
        let most = if road.stage.is_some() { COLUMN_ALONE } else { COLUMN };
        let mut columns = Vec::new();
        for stage in COLUMNS.into_iter().filter(|stage| road.stage.is_none_or(|only| only == *stage)) {
            let (mut posts, mut total) = (Vec::new(), 0);
            for kind in road.kinds.list() {
                let board = road.board.clone();
                let filter = Filter { sort: Sort::Delivered, stage: Some(stage), board, kind: Some(kind), ..Filter::default() };
                posts.extend(nobodys(post::slice(db, actor, &filter, None, most as u64, now).await?.items));
                total += counts.total(&filter);
            }
            // by when it came to stand there, latest first
            posts.sort_by_key(|post| std::cmp::Reverse((post.stage_at, post.id)));
            posts.truncate(most);
            columns.push(Column { stage, posts, total });
        }
        let ids: Vec<_> = columns.iter().flat_map(|column| &column.posts).map(|post| post.id).collect();
        let (answers, promised) = (answer::latest_of(db, &ids).await?, promise::first_due(db, &ids, now).await?);
        Ok(Roadmap { columns, answers, promised })
    }
}

async fn get<K, V>(shelf: &Shelf<K, V>, key: Key<K>, read: impl AsyncFnOnce() -> Result<V>) -> Result<Arc<V>>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    let read = async { read().await.map(Arc::new) };
    shelf.try_get_with(key, read).await.map_err(|error: Arc<Error>| match &*error {
        Error::Unavailable(_) => Error::unavailable(error),
        _ => Error::internal(error),
    })
}

/// Without what the one who happened to ask had said.
fn nobodys(mut posts: Vec<PostRow>) -> Vec<PostRow> {
    for post in &mut posts {
        post.my_vote = None;
    }
    posts
}
