//! The facts behind the figures: one line a post, without names.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result,
    actor::Actor,
    board,
    db::{Sql, flag, lines, one, seconds},
    id::{BoardId, PostId},
    post::Kind,
    status::Stage,
};

/// What the figures need to know of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its number.
    pub post: PostId,
    /// What sort of post it is.
    pub kind: Kind,
    /// On which board.
    pub board: BoardId,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Where it stands.
    pub stage: Stage,
    /// Escalation, from 1.
    pub level: i64,
    /// Whether somebody is accountable for it.
    pub owned: bool,
    /// Whether its author had joined less than 30 days before.
    pub newcomer: bool,
    /// Whether its author had no account when it came in.
    pub guest: bool,
    /// Whether the first answer decided it, without a handover and without asking anybody.
    pub first_contact: bool,
    /// Votes for and against it, counted together.
    pub votes: i64,
    /// How often customers reported that it happened again.
    pub agains: i64,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// When the first answer was due, as extended.
    pub due_at: Option<DateTime<Utc>>,
    /// When the first answer came.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was first decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was last delivered.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When customers confirmed it, if that still holds.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl Fact {
    /// The columns of the downloadable data, in the order of [`Fact::values`].
    pub const COLUMNS: [&str; 18] = [
        "post",
        "kind",
        "board",
        "language",
        "stage",
        "level",
        "owned",
        "newcomer",
        "guest",
        "first_contact",
        "votes",
        "agains",
        "created_at",
        "due_at",
        "answered_at",
        "decided_at",
        "delivered_at",
        "confirmed_at",
    ];

    /// The fact as a row of the downloadable data; `board` is the name by which the data knows the board.
    pub fn values(&self, board: &str) -> [String; 18] {
        let time =
            |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default();
        [
            self.post.to_string(),
            self.kind.as_str().to_owned(),
            board.to_owned(),
            self.language.clone(),
            self.stage.as_str().to_owned(),
            self.level.to_string(),
            self.owned.to_string(),
            self.newcomer.to_string(),
            self.guest.to_string(),
            self.first_contact.to_string(),
            self.votes.to_string(),
            self.agains.to_string(),
            time(Some(self.created_at)),
            time(self.due_at),
            time(self.answered_at),
            time(self.decided_at),
            time(self.delivered_at),
            time(self.confirmed_at),
        ]
    }
}

/// The query behind every figure on posts, as this database understands it: one line a post.
pub fn query(db: &impl ConnectionTrait, since: Option<DateTime<Utc>>) -> (String, Vec<sea_orm::Value>) {
    // of a post that was not answered yet the clock that runs, or was missed first, says when it is due
    let due = "CASE WHEN p.answered_at IS NULL THEN (SELECT MIN(c.due_at) FROM clocks c
                WHERE c.post_id = p.id AND c.name = 'first_answer' AND c.ended_at IS NULL AND c.taken_from IS NULL)
                ELSE p.first_due_at END";
    // a member of a case has what its head was given, from the moment on at which it was merged into it
    let merged = "(SELECT MAX(e.created_at) FROM events e WHERE e.post_id = p.id AND e.kind = 'post_merged')";
    let at_head = |column: &str| {
        format!(
            "CASE WHEN p.{column} IS NOT NULL OR h.{column} IS NULL THEN p.{column}
                WHEN h.{column} > {merged} THEN h.{column} ELSE {merged} END"
        )
    };
    let columns = [
        "p.id, p.kind, p.board_id, p.language, COALESCE(h.stage, p.stage), p.level".to_owned(),
        flag("p.owner_id IS NOT NULL"),
        flag("p.newcomer"),
        flag("p.guest"),
        flag("p.first_contact"),
        "p.support_count + p.oppose_count, p.again_count".to_owned(),
        seconds(db, "p.created_at"),
        seconds(db, &format!("({due})")),
        seconds(db, &at_head("answered_at")),
        seconds(db, &at_head("decided_at")),
        seconds(db, &at_head("delivered_at")),
        seconds(db, &at_head("confirmed_at")),
    ];
    let line = format!("concat_ws(',', {})", columns.join(", "));
    let mut sql = Sql::new(&format!(
        "SELECT {} AS packed FROM posts p JOIN boards b ON b.id = p.board_id LEFT JOIN posts h ON h.id = p.head_id
         WHERE p.imported_from IS NULL AND ",
        lines(db, &line)
    ));
    board::known(&mut sql, &Actor::Visitor);
    if let Some(since) = since {
        sql.push(" AND p.created_at >= ").bind(since);
    }
    (sql.text, sql.values)
}

/// The facts of the posts that came in since, in no order.
pub async fn facts(db: &impl ConnectionTrait, since: Option<DateTime<Utc>>) -> Result<Vec<Fact>> {
    #[derive(FromQueryResult)]
    struct Row {
        packed: Option<String>,
    }
    let (sql, values) = query(db, since);
    let packed = one::<Row>(db, &sql, values).await?.and_then(|row| row.packed).unwrap_or_default();
    packed.lines().map(|line| parse(line).ok_or_else(|| Error::internal("a fact that can't be read"))).collect()
}

fn parse(line: &str) -> Option<Fact> {
    let mut parts = line.split(',');
    let mut next = || parts.next();
    let time = |text: &str| if text.is_empty() { Some(None) } else { DateTime::from_timestamp(text.parse().ok()?, 0).map(Some) };
    Some(Fact {
        post: PostId(next()?.parse().ok()?),
        kind: Kind::parse(next()?).ok()?,
        board: BoardId(next()?.parse().ok()?),
        language: next()?.to_owned(),
        stage: Stage::parse(next()?).ok()?,
        level: next()?.parse().ok()?,
        owned: next()? == "1",
        newcomer: next()? == "1",
        guest: next()? == "1",
        first_contact: next()? == "1",
        votes: next()?.parse().ok()?,
        agains: next()?.parse().ok()?,
        created_at: time(next()?)??,
        due_at: time(next()?)?,
        answered_at: time(next()?)?,
        decided_at: time(next()?)?,
        delivered_at: time(next()?)?,
        confirmed_at: time(next()?)?,
    })
}
