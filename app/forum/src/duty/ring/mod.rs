//! Accounts that vote as one: what speaks for it, what the staff make of it, and what everybody may know. Nothing is taken from a count by
//! itself: a group is pointed out to the staff and noted on the posts, and only an act of moderation takes a vote out of the count.

mod detect;
mod watch;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::Actor,
    db::{all, exec, one, values},
    error::Conflict,
    event::Kind,
    id::{PersonId, PostId, RingId},
    moderation::{self, Act, Draft, Target, may_moderate},
    person::Person,
    post::Seen,
    text,
};

pub use detect::LEAST;
pub use watch::run;

/// Groups of the queue that are listed at once.
const MOST: u64 = 50;

/// Something that speaks for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sign {
    /// They vote on the same posts, and on little else.
    Alike,
    /// Many of them signed in with the same browsers.
    Devices,
    /// They come from networks from which few others come.
    Networks,
    /// Most of the accounts were made within a day.
    Made,
    /// Most of the votes on a post came within an hour.
    AtOnce,
}

crate::word::named!(Sign);

/// What became of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Outcome {
    /// There was nothing wrong.
    Dismissed,
    /// Their votes do not count any more.
    Excluded,
}

crate::word::kept_as_words!(Outcome);

/// A post that a group voted on.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct VotedOn {
    /// Its number.
    pub id: PostId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// How many of the group voted on it.
    pub votes: i64,
}

/// A group of accounts that vote as one, and that nobody has decided about.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// Its number.
    pub id: RingId,
    /// Since when it is known.
    pub found_at: DateTime<Utc>,
    /// What speaks for it, each from 0 to 1.
    pub signs: Vec<(Sign, f64)>,
    /// Whose accounts, oldest first.
    pub members: Vec<Person>,
    /// What they voted on.
    pub posts: Vec<VotedOn>,
}

/// What everybody may know of the groups that voted on a post.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Note {
    /// How many votes it is about.
    pub votes: i64,
    /// Since when the staff looks at them.
    pub found_at: DateTime<Utc>,
    /// What became of it; nothing while they look.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: Option<String>,
    /// When that was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Row {
    id: RingId,
    found_at: DateTime<Utc>,
    alike: f64,
    devices: f64,
    networks: f64,
    made: f64,
    at_once: f64,
    outcome: Option<Outcome>,
}

const SELECT: &str = "SELECT r.id, r.found_at, r.alike, r.devices, r.networks, r.made, r.at_once, r.outcome FROM rings r WHERE ";

async fn whole(db: &impl ConnectionTrait, row: Row) -> Result<Ring> {
    let members = "SELECT p.id, p.handle, p.name, p.title, p.role FROM ring_members m JOIN persons p ON p.id = m.person_id
                   WHERE m.ring_id = $1 ORDER BY p.created_at, p.id";
    let posts = "SELECT p.id, p.slug, p.title, p.language, x.votes FROM ring_posts x JOIN posts p ON p.id = x.post_id
                 WHERE x.ring_id = $1 ORDER BY x.votes DESC, p.id";
    let signs = [
        (Sign::Alike, row.alike),
        (Sign::Devices, row.devices),
        (Sign::Networks, row.networks),
        (Sign::Made, row.made),
        (Sign::AtOnce, row.at_once),
    ];
    Ok(Ring {
        id: row.id,
        found_at: row.found_at,
        signs: signs.into_iter().filter(|(_, weight)| *weight >= detect::TOLD).collect(),
        members: all(db, members, values![row.id]).await?,
        posts: all(db, posts, values![row.id]).await?,
    })
}

/// The groups that nobody has decided about, oldest first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn queue(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Ring>> {
    may_moderate(actor)?;
    let mut rings = Vec::new();
    for row in all::<Row>(db, &format!("{SELECT} r.outcome IS NULL ORDER BY r.id LIMIT {MOST}"), []).await? {
        rings.push(whole(db, row).await?);
    }
    Ok(rings)
}

/// What everybody may know of the votes on a post, latest first. No name is in it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Note>> {
    if !post.has().ring_posts {
        return Ok(Vec::new());
    }
    let sql = "SELECT x.votes, r.found_at, r.outcome, r.reason, r.decided_at FROM ring_posts x JOIN rings r ON r.id = x.ring_id
               WHERE x.post_id = $1 ORDER BY r.id DESC";
    all(view.db(), sql, values![post.id()]).await
}

/// A group that is to be decided about, closed by the actor: of two who decide at once the second finds it decided.
async fn close(tx: &Tx, id: RingId, outcome: Outcome, reason: &str) -> Result<Ring> {
    let by = may_moderate(tx.actor())?.id;
    let row = one::<Row>(tx.conn(), &format!("{SELECT} r.id = $1"), values![id]).await?.ok_or(Error::NotFound)?;
    if row.outcome.is_some() {
        return Err(Error::Conflict(Conflict::Over));
    }
    let sql = "UPDATE rings SET outcome = $2, reason = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND outcome IS NULL";
    if exec(tx.conn(), sql, values![id, outcome, reason, by, tx.now()]).await? == 0 {
        return Err(Error::Conflict(Conflict::Over));
    }
    whole(tx.conn(), row).await
}

/// Finds nothing wrong: the note on the posts says so, and why.
///
/// # Errors
/// [`Error::NotFound`] when there is no such group; [`Conflict::Over`] when somebody decided before; [`Error::Invalid`] on `reason`.
pub async fn dismiss(tx: &mut Tx, id: RingId, reason: &str) -> Result<()> {
    may_moderate(tx.actor())?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    let ring = close(tx, id, Outcome::Dismissed, &reason).await?;
    for post in ring.posts {
        tx.happened(Some(post.id), Kind::VotesCleared { ring: id }).reason = Some(reason.clone());
    }
    Ok(())
}

/// Takes the votes of a group on its posts out of the count: an act of moderation for each, to which whoever cast it may object. Answers how
/// many.
///
/// # Errors
/// As [`dismiss`], and [`Error::Invalid`] on `rule`.
pub async fn exclude(tx: &mut Tx, id: RingId, rule: Option<i32>, reason: &str) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Cast {
        post_id: PostId,
        person_id: PersonId,
    }
    may_moderate(tx.actor())?;
    let draft = Draft { act: Act::ExcludeVote.as_str().to_owned(), rule, reason: reason.to_owned(), ..Draft::default() };
    let votes = "SELECT v.post_id, v.person_id FROM ring_posts x JOIN ring_members m ON m.ring_id = x.ring_id
            JOIN votes v ON v.post_id = x.post_id AND v.person_id = m.person_id
         WHERE x.ring_id = $1 AND v.excluded_by IS NULL ORDER BY v.post_id, v.person_id";
    let votes = all::<Cast>(tx.conn(), votes, values![id]).await?;
    let checked = crate::post::parse_rule(&tx.site(), rule).map_err(|problem| Error::invalid("rule", problem));
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem));
    let reason = match (checked, reason) {
        (Ok(_), Ok(reason)) => reason,
        (Err(Error::Invalid(mut wrong)), Err(Error::Invalid(more))) => {
            wrong.extend(more);
            return Err(Error::Invalid(wrong));
        }
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    close(tx, id, Outcome::Excluded, &reason).await?;
    let mut excluded = 0;
    for Cast { post_id, person_id } in votes {
        moderation::act(tx, Target::Vote(post_id, person_id), &draft).await?;
        excluded += 1;
    }
    Ok(excluded)
}
