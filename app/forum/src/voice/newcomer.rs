//! Who has only just come. On their first day they say few things, and for a week they say them at a slower pace: whoever floods a forum
//! does so from fresh accounts, and whoever has something to say has room for it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    actor::Me,
    db::{number, one, values},
    id::PersonId,
    limit::{self, Limit},
};

/// For how long after an address was shown to be theirs somebody has only just come.
pub const FIRST: TimeDelta = TimeDelta::hours(24);
/// Posts of somebody who has only just come.
pub const FIRST_POSTS: i64 = 3;
/// Comments of somebody who has only just come.
pub const FIRST_COMMENTS: i64 = 10;
/// For how long somebody is new.
pub const NEW: TimeDelta = TimeDelta::days(7);

/// Posts of somebody who is new: one every half hour once the burst is used.
const POST: Limit = Limit { name: "new-post", burst: 3, seconds: 1800 };
/// Comments of somebody who is new: one a minute.
const COMMENT: Limit = Limit { name: "new-comment", burst: 10, seconds: 60 };

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saying {
    /// A post.
    Post,
    /// A comment.
    Comment,
}

impl Saying {
    /// Everybody's pace, that of who is new, and how many things there may be on the first day.
    fn limits(self) -> (Limit, Limit, i64) {
        match self {
            Self::Post => (limit::POST, POST, FIRST_POSTS),
            Self::Comment => (limit::COMMENT, COMMENT, FIRST_COMMENTS),
        }
    }

    /// How many of them somebody said since a time, taken back or not.
    fn counted(self) -> &'static str {
        match self {
            Self::Post => "SELECT COUNT(*) AS n FROM posts WHERE author_id = $1 AND created_at >= $2",
            Self::Comment => "SELECT COUNT(*) AS n FROM comments WHERE author_id = $1 AND created_at >= $2",
        }
    }
}

/// Counts one more thing that somebody says.
///
/// # Errors
/// [`Error::Limited`] when it comes too soon: for whoever has only just come and said all that there is room for on the first day, until
/// that is over.
pub(crate) async fn count(tx: &mut Tx, me: &Me, saying: Saying) -> Result<()> {
    let (of_all, of_new, most) = saying.limits();
    // also locks its row, so that of two at once the second counts the first
    limit::count(tx, of_all, &me.id.to_string()).await?;
    let Some(since) = new_since(tx, me).await? else { return Ok(()) };
    let over = since + FIRST;
    if tx.now() < over {
        let said = number(tx.conn(), saying.counted(), values![me.id, since]).await?.unwrap_or(0);
        if said >= most {
            let wait = (over - tx.now()).num_seconds() + 1;
            return Err(Error::Limited { retry_after: u64::try_from(wait).unwrap_or(1) });
        }
        return Ok(());
    }
    limit::count(tx, of_new, &me.id.to_string()).await
}

/// Since when somebody is here, if they are new and limits hold: not for the staff, nor for those who were brought in from elsewhere.
pub(crate) async fn new_since(tx: &Tx, me: &Me) -> Result<Option<DateTime<Utc>>> {
    if !tx.limits() || me.standing().is_staff() {
        return Ok(None);
    }
    let since = verified_at(tx, me.id).await?;
    Ok(since.filter(|since| tx.now() < *since + NEW))
}

async fn verified_at(tx: &Tx, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Row {
        verified_at: Option<DateTime<Utc>>,
    }
    let sql = "SELECT verified_at FROM persons WHERE id = $1 AND imported_from IS NULL";
    Ok(one::<Row>(tx.conn(), sql, values![person]).await?.and_then(|row| row.verified_at))
}
