//! What members point out: a text that a house rule does not allow. Whose word proved right before weighs more. Staff look at what weighs
//! most first, and either do something about it or say why not.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    comment,
    db::{Sql, all, exec, number, values},
    error::{Check, Conflict, Denied},
    event::{Event, Kind},
    id::{CommentId, FlagId, PostId},
    limit,
    moderation::{Act, Target, may_moderate},
    post, text,
};

/// Characters of what whoever flags says besides, at most.
pub const NOTE_MAX: usize = 500;
/// Things of the queue that are listed at once.
const MOST: usize = 100;

/// A thing that members flagged, and that nobody has looked at yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Flagged {
    /// The post that it is, or that it is on.
    pub post: PostId,
    /// The comment, if it is one.
    pub comment: Option<CommentId>,
    /// How much the words of all who flagged it weigh.
    pub weight: f64,
    /// When it was first flagged.
    pub since: DateTime<Utc>,
    /// Under which rules, each with how often it was named, most often first.
    pub rules: Vec<(i32, usize)>,
    /// What those who flagged it say besides, oldest first.
    pub notes: Vec<String>,
}

impl Flagged {
    /// What it is.
    pub fn target(&self) -> Target {
        self.comment.map_or(Target::Post(self.post), Target::Comment)
    }
}

/// What became of a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Verdict {
    /// The staff did something about it.
    Right,
    /// There was nothing wrong.
    Wrong,
}

crate::word::kept_as_words!(Verdict);

/// Who may flag: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_flag(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// How much the word of somebody weighs whose flags proved right and wrong so often: half of a sure one for a stranger.
pub fn weight(right: i64, wrong: i64) -> f64 {
    (right as f64 + 1.0) / ((right + wrong) as f64 + 2.0)
}

/// What members flagged and nobody has looked at: what weighs most first, then what waits longest.
///
/// # Errors
/// As [`may_moderate`].
pub async fn queue(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Flagged>> {
    #[derive(FromQueryResult)]
    struct Row {
        post_id: PostId,
        comment_id: Option<CommentId>,
        rule: i32,
        note: Option<String>,
        created_at: DateTime<Utc>,
        proved: i64,
        failed: i64,
    }
    may_moderate(actor)?;
    let sql = "SELECT f.post_id, f.comment_id, f.rule, f.note, f.created_at,
            (SELECT COUNT(*) FROM flags r WHERE r.person_id = f.person_id AND r.outcome = 'right') AS proved,
            (SELECT COUNT(*) FROM flags w WHERE w.person_id = f.person_id AND w.outcome = 'wrong') AS failed
        FROM flags f WHERE f.outcome IS NULL ORDER BY f.id LIMIT 1000";
    let mut things: Vec<Flagged> = Vec::new();
    for row in all::<Row>(db, sql, []).await? {
        let at = things.iter().position(|thing| (thing.post, thing.comment) == (row.post_id, row.comment_id));
        let at = at.unwrap_or_else(|| {
            let (post, comment, since) = (row.post_id, row.comment_id, row.created_at);
            things.push(Flagged { post, comment, weight: 0.0, since, rules: Vec::new(), notes: Vec::new() });
            things.len() - 1
        });
        let thing = &mut things[at];
        thing.weight += weight(row.proved, row.failed);
        thing.notes.extend(row.note);
        match thing.rules.iter_mut().find(|(rule, _)| *rule == row.rule) {
            Some((_, times)) => *times += 1,
            None => thing.rules.push((row.rule, 1)),
        }
    }
    for thing in &mut things {
        thing.rules.sort_by_key(|(rule, times)| (std::cmp::Reverse(*times), *rule));
    }
    things.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.since.cmp(&b.since)).then(a.post.cmp(&b.post)));
    things.truncate(MOST);
    Ok(things)
}

/// How many things were flagged that nobody has looked at: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn count(db: &impl ConnectionTrait, actor: &Actor) -> Result<i64> {
    may_moderate(actor)?;
    let sql = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT post_id, comment_id FROM flags WHERE outcome IS NULL) f";
    Ok(number(db, sql, []).await?.unwrap_or(0))
}

/// Points out that a house rule does not allow a post or a comment: once for each of them, and not one's own.
///
/// # Errors
/// [`Conflict::Exists`] when the actor did so before; [`Conflict::Removed`] and [`Conflict::Hidden`] when there is nothing left to read.
pub async fn raise(tx: &mut Tx, target: Target, rule: Option<i32>, note: &str) -> Result<FlagId> {
    let me = may_flag(tx.actor())?.id;
    let (post, comment, author) = match target {
        Target::Post(id) => {
            // no deadline depends on it
            let held = tx.hold_as_it_is(id).await?;
            held.shown()?;
            (id, None, held.author())
        }
        Target::Comment(id) => {
            let found = comment::visible(&tx.view(), id).await?;
            if found.removed_at.is_some() {
                return Err(Error::Conflict(Conflict::Removed));
            }
            if found.hidden.is_some() {
                return Err(Error::Conflict(Conflict::Hidden));
            }
            (found.post, Some(id), found.author.id)
        }
        Target::Person(_) | Target::Vote(..) => return Err(Error::NotFound),
    };
    if author == me {
        return Err(Error::Forbidden(Denied::OwnAct));
    }
    let mut check = Check::new();
    let rule = check.field("rule", post::parse_rule(&tx.site(), rule));
    let note = check.field("note", text::optional(Some(note), 0, NOTE_MAX));
    let (rule, note) = check.finish((rule, note))?;
    limit::count(tx, limit::FLAG, &me.to_string()).await?;
    let id = number(
        tx.conn(),
        "INSERT INTO flags (person_id, post_id, comment_id, rule, note, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING id AS n",
        values![me, post, comment, rule, note, tx.now()],
    )
    .await?;
    id.map(FlagId).ok_or(Error::Conflict(Conflict::Exists))
}

/// Says that there was nothing wrong, and why: those who flagged it weigh less from then on.
///
/// # Errors
/// [`Error::NotFound`] when nothing waits to be looked at.
pub async fn dismiss(tx: &mut Tx, target: Target, reason: &str) -> Result<()> {
    may_moderate(tx.actor())?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    let (post, comment) = match target {
        Target::Post(id) => (id, None),
        Target::Comment(id) => (comment::visible(&tx.view(), id).await?.post, Some(id)),
        Target::Person(_) | Target::Vote(..) => return Err(Error::NotFound),
    };
    if close(tx, post, comment, Verdict::Wrong, Some(reason)).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// What becomes of the flags of a thing that something is done about: those who pointed it out were right.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let (Kind::Moderated { act, comment, .. }, Some(post)) = (&event.kind, event.post) else { return Ok(()) };
    if matches!(act, Act::Hide | Act::Redact | Act::Lock | Act::Move | Act::Edit) {
        close(tx, post, *comment, Verdict::Right, None).await?;
    }
    Ok(())
}

async fn close(tx: &Tx, post: PostId, comment: Option<CommentId>, verdict: Verdict, reason: Option<String>) -> Result<u64> {
    let mut sql = Sql::new("UPDATE flags SET outcome = ");
    sql.bind(verdict).push(", closed_at = ").bind(tx.now()).push(", closed_by = ").bind(tx.actor().id());
    sql.push(", reason = ").bind(reason).push(" WHERE outcome IS NULL AND post_id = ").bind(post);
    match comment {
        Some(comment) => sql.push(" AND comment_id = ").bind(comment),
        None => sql.push(" AND comment_id IS NULL"),
    };
    exec(tx.conn(), &sql.text, sql.values).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_word_proved_right_weighs_more() {
        assert!(weight(4, 0) > weight(1, 0) && weight(1, 0) > weight(0, 0));
        assert!(weight(0, 0) > weight(0, 1) && weight(0, 1) > weight(0, 4));
        assert!((weight(0, 0) - 0.5).abs() < f64::EPSILON);
    }
}
