//! The story of a post, as far as the history tells it.

use sea_orm::FromQueryResult;

use crate::{
    Result, Tx, View, board,
    db::{Sql, all},
    event::{COLUMNS, Event, KindName, Row},
    id::PostId,
    person::{self, Person},
    post::Seen,
};

/// Something that happened, as it is told: with who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub event: Event,
    /// Who did it; nobody when the forum did.
    pub by: Option<Person>,
}

/// What the history alone tells of a post: the rest of its story (answers, reports, rebuttals) has texts of its own, and is read with them.
const STORY: [KindName; 7] = [
    KindName::LevelChanged,
    KindName::ClockExtended,
    KindName::ClocksStopped,
    KindName::ClocksResumed,
    KindName::ProvenanceSet,
    KindName::PostMerged,
    KindName::PostUnmerged,
];

/// The condition under which an event `e` belongs to the story of its post.
pub(crate) fn in_story() -> String {
    format!("e.kind IN ('{}')", STORY.map(<&str>::from).join("', '"))
}

/// The condition under which an event `e` tells of a case that the post `p` headed.
pub(crate) const OF_ITS_CASE: &str = "e.subject = 'case' AND e.subject_id = CAST(p.id AS varchar(20))";

/// The story of a post as far as the history tells it, oldest first. The rooms read their own part of it: how its level changed
/// ([`level::changes`]), which clocks were given more time ([`clock::extensions`]), when the company waited ([`clock::stops`]), and what was
/// said about where it comes from ([`provenance::statements`](crate::provenance::statements)).
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Told>> {
    #[derive(FromQueryResult)]
    struct ToldRow {
        #[sea_orm(nested)]
        event: Row,
        #[sea_orm(nested(prefix = "by_"))]
        by: Option<Person>,
    }
    if !post.has().story && !post.has().cases {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS}, p.id AS by_id, p.handle AS by_handle, p.name AS by_name, p.title AS by_title, p.role AS by_role
         FROM events e LEFT JOIN persons p ON p.id = e.actor_id WHERE e.id IN (SELECT e.id FROM events e WHERE {} AND e.post_id = ",
        in_story()
    ));
    sql.bind(post.id());
    if post.has().cases {
        sql.push(
            " UNION ALL SELECT e.id FROM events e JOIN boards b ON b.id = e.board_id WHERE e.subject = 'case' AND e.subject_id = ",
        );
        sql.bind(post.id().to_string()).push(" AND ");
        board::visible(&mut sql, view.actor());
    }
    sql.push(") ORDER BY e.id");
    let rows = all::<ToldRow>(view.db(), &sql.text, sql.values).await?;
    rows.into_iter().map(|row| Ok(Told { event: row.event.event()?, by: row.by })).collect()
}

/// The story in the middle of a command: with what the command did, which is not written yet.
pub(crate) async fn so_far(tx: &Tx, post: PostId) -> Result<Vec<Told>> {
    let view = tx.view();
    let mut story = of_post(&view, &view.post(post).await?).await?;
    for event in tx.pending().iter().filter(|event| event.post == Some(post)) {
        let by = match event.actor {
            Some(id) => person::by_id(tx.conn(), id).await?.map(Person::from),
            None => None,
        };
        story.push(Told { event: event.clone(), by });
    }
    Ok(story)
}
