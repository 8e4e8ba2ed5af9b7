//! The story of a post, as far as the history tells it.

use sea_orm::FromQueryResult;

use crate::{
    Result, Tx, View,
    db::{all, values},
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
const STORY: [KindName; 5] =
    [KindName::LevelChanged, KindName::ClockExtended, KindName::ClocksStopped, KindName::ClocksResumed, KindName::ProvenanceSet];

/// The condition under which an event `e` belongs to the story of its post.
pub(crate) fn in_story() -> String {
    format!("e.kind IN ('{}')", STORY.map(<&str>::from).join("', '"))
}

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
    if !post.has().story {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS}, p.id AS by_id, p.handle AS by_handle, p.name AS by_name, p.title AS by_title, p.role AS by_role
         FROM events e LEFT JOIN persons p ON p.id = e.actor_id WHERE e.post_id = $1 AND {} ORDER BY e.id",
        in_story()
    );
    let rows = all::<ToldRow>(view.db(), &sql, values![post.id()]).await?;
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
