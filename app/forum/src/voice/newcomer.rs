//! Who has only just come. On their first day they say few things, and for a week they say them at a slower pace: whoever floods a forum
//! does so from fresh accounts, and whoever has something to say has room for it. Until a few things of theirs have stood, what links to
//! another site, repeats what somebody else new said, has a file with it, or comes from a throw-away address is held back: its author and the staff know of it, and nobody else, until somebody of the staff has looked at it
//! ([`crate::screening`]). Its deadlines run meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    actor::Me,
    attachment::Chosen,
    clock,
    db::{all, exec, number, one, values},
    error::Problem,
    event::Kind,
    held::Held,
    id::{CommentId, PersonId, PostId, ScreeningId},
    limit::{self, Limit},
    people::disposable::is_disposable,
    secret,
    words::pieces,
};

pub use crate::values::Suspicion;

/// For how long after an address was shown to be theirs somebody has only just come.
pub const FIRST: TimeDelta = TimeDelta::hours(24);
/// Posts of somebody who has only just come.
pub const FIRST_POSTS: i64 = 3;
/// Comments of somebody who has only just come.
pub const FIRST_COMMENTS: i64 = 10;
/// For how long somebody is new.
pub const NEW: TimeDelta = TimeDelta::days(7);

/// Things of somebody that have stood, after which they may link to other sites.
pub const STOOD: i64 = 3;
/// Working days in which what is held back is to be looked at.
pub const LOOKED_AT_WITHIN: u32 = 1;

/// For how long the same text is known again.
pub const PRINTS_KEPT: TimeDelta = TimeDelta::days(7);
/// Letters of a text that is known again: many thank in the same words.
const SHORTEST_PRINT: usize = 40;

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
    if me.guest {
        // how many posts there may be of guests is counted by where they come from
        return limit::count(tx, of_new, &me.id.to_string()).await;
    }
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

/// Whether what somebody writes is looked at before all can read it: they are new, or guests, of whom nothing is known however long they
/// are here.
async fn is_watched(tx: &Tx, me: &Me) -> Result<bool> {
    Ok(if me.guest { tx.limits() } else { new_since(tx, me).await?.is_some() })
}

async fn verified_at(tx: &Tx, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Row {
        verified_at: Option<DateTime<Utc>>,
    }
    let sql = "SELECT verified_at FROM persons WHERE id = $1 AND imported_from IS NULL";
    Ok(one::<Row>(tx.conn(), sql, values![person]).await?.and_then(|row| row.verified_at))
}

/// Why a new text of somebody is held back, if it is: a post, or a comment on it.
///
/// # Errors
/// [`Problem::SaidBefore`] on `body` when they said the same lately.
pub(crate) async fn suspicion(
    tx: &Tx,
    me: &Me,
    (post, comment): (PostId, Option<CommentId>),
    title: &str,
    body: &str,
    with_files: bool,
) -> Result<Option<Suspicion>> {
    // first what costs nothing for those who are not new: others may wait for the same post
    if !is_watched(tx, me).await? {
        return Ok(None);
    }
    let is_copy = is_copy(tx, me, (post, comment), body).await?;
    let leads_away = links_elsewhere(title, "", tx.address()) || links_elsewhere(body, &tx.rendered().markdown(body), tx.address());
    let cause = if leads_away {
        Suspicion::Links
    } else if is_copy {
        Suspicion::Duplicate
    } else if is_of_nobody(tx, me.id).await? {
        Suspicion::Disposable
    } else if with_files {
        Suspicion::Files
    } else {
        return Ok(None);
    };
    Ok(too_little_stood(tx, me).await?.then_some(cause))
}

/// Notes by what a text of somebody who is new is known again. Whether somebody else who is new said the same lately.
async fn is_copy(tx: &Tx, me: &Me, (post, comment): (PostId, Option<CommentId>), body: &str) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Print {
        person: PersonId,
        post: PostId,
        comment: Option<CommentId>,
    }
    let plain = pieces(body).map(|piece| piece.word).collect::<Vec<_>>().join(" ");
    if plain.chars().count() < SHORTEST_PRINT {
        return Ok(false);
    }
    let digest = secret::hash(&plain);
    let since = tx.now() - PRINTS_KEPT;
    let sql = "SELECT person_id AS person, post_id AS post, comment_id AS comment FROM prints WHERE digest = $1 AND created_at > $2 ORDER BY created_at LIMIT 100";
    let known = all::<Print>(tx.conn(), sql, values![digest.clone(), since]).await?;
    // what was said below a post may well be worth a post
    if let Some(own) = known.iter().find(|print| print.person == me.id && print.comment.is_some() == comment.is_some()) {
        return Err(Error::invalid("body", Problem::SaidBefore { post: own.post.0 }));
    }
    let sql = "INSERT INTO prints (digest, person_id, post_id, comment_id, created_at) VALUES ($1, $2, $3, $4, $5)";
    exec(tx.conn(), sql, values![digest, me.id, post, comment, tx.now()]).await?;
    Ok(known.iter().any(|print| print.person != me.id))
}

/// Whether the address of somebody is one that anybody reads for a while.
async fn is_of_nobody(tx: &Tx, person: PersonId) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Row {
        email: Option<String>,
    }
    let row = one::<Row>(tx.conn(), "SELECT email FROM persons WHERE id = $1", values![person]).await?;
    Ok(row.and_then(|row| row.email).is_some_and(|email| is_disposable(&email)))
}

/// Forgets what texts were known by that were written long ago.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM prints WHERE created_at <= $1", values![tx.now() - PRINTS_KEPT]).await?;
    Ok(())
}

/// Forgets what a comment was known by that its author took back: it may be said again.
pub(crate) async fn forget_print(tx: &Tx, comment: CommentId) -> Result<()> {
    exec(tx.conn(), "DELETE FROM prints WHERE comment_id = $1", values![comment]).await?;
    Ok(())
}

/// Whether too little of somebody who is new has stood yet: of a guest never enough does.
async fn too_little_stood(tx: &Tx, me: &Me) -> Result<bool> {
    if me.guest {
        return Ok(true);
    }
    let stood = "SELECT (SELECT COUNT(*) FROM posts WHERE author_id = $1 AND hidden_by IS NULL AND screening_id IS NULL AND created_at < $2)
            + (SELECT COUNT(*) FROM comments WHERE author_id = $1 AND hidden_by IS NULL AND screening_id IS NULL AND removed_at IS NULL
                AND created_at < $2) AS n";
    Ok(number(tx.conn(), stood, values![me.id, tx.now()]).await?.unwrap_or(0) < STOOD)
}

/// That a text which stands there for all to read gets no link to another site from somebody who would have been held back with it: each
/// comes with the name of its field, as it was and as it is to be.
///
/// # Errors
/// [`Problem::NoLinksYet`] on the field.
pub(crate) async fn no_new_links(tx: &Tx, texts: &[(&'static str, &str, &str)]) -> Result<()> {
    let Ok(me) = tx.actor().person() else { return Ok(()) };
    if !is_watched(tx, me).await? {
        return Ok(());
    }
    let leads_away = |(_, before, after): &&(&'static str, &str, &str)| {
        links_elsewhere(after, &tx.rendered().markdown(after), tx.address()) && !links_elsewhere(before, "", tx.address())
    };
    let Some((field, ..)) = texts.iter().find(leads_away) else { return Ok(()) };
    if too_little_stood(tx, me).await? { Err(Error::invalid(field, Problem::NoLinksYet)) } else { Ok(()) }
}

/// The same of files, which are looked at first too.
///
/// # Errors
/// [`Problem::NoFilesYet`] on `attachments`.
pub(crate) async fn no_new_files(tx: &Tx, files: &[Chosen]) -> Result<()> {
    let Ok(me) = tx.actor().person() else { return Ok(()) };
    if files.is_empty() || !is_watched(tx, me).await? || !too_little_stood(tx, me).await? {
        return Ok(());
    }
    Err(Error::invalid("attachments", Problem::NoFilesYet))
}

/// Whether a text, or the HTML that it becomes, leads to another site: by an address, in whatever way that is written, or by what people
/// read as one.
fn links_elsewhere(text: &str, html: &str, address: &str) -> bool {
    let host_of = |rest: &str| {
        let end = rest.find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '.' | '-' | ':' | '@'))).unwrap_or(rest.len());
        rest[..end].to_lowercase()
    };
    let own = address.split_once("://").map_or(address, |(_, host)| host).to_lowercase();
    let leads_away = |text: &str| {
        // the slashes tell an address from a colon in a sentence, whatever the scheme
        let by_slashes = text.match_indices("//").map(|(at, slashes)| host_of(&text[at + slashes.len()..]));
        let by_name = text.match_indices("www.").map(|(at, _)| host_of(&text[at..]));
        by_slashes.chain(by_name).any(|host| host.contains('.') && host != own)
    };
    // signs of an address may be written as entities; the HTML has them plain
    leads_away(&text.to_lowercase()) || leads_away(&html.to_lowercase())
}

/// Holds a post back.
pub(crate) async fn hold_post(tx: &mut Tx, post: &mut Held, suspicion: Suspicion) -> Result<()> {
    let screening = note(tx, post.id(), None, suspicion).await?;
    post.set_screening(tx, Some(screening)).await
}

/// Holds a comment back, which is not counted yet.
pub(crate) async fn hold_comment(tx: &mut Tx, post: PostId, comment: CommentId, suspicion: Suspicion) -> Result<()> {
    let screening = note(tx, post, Some(comment), suspicion).await?;
    exec(tx.conn(), "UPDATE comments SET screening_id = $2 WHERE id = $1", values![comment, screening]).await?;
    Ok(())
}

async fn note(tx: &mut Tx, post: PostId, comment: Option<CommentId>, suspicion: Suspicion) -> Result<ScreeningId> {
    let due_at = clock::due(&tx.site(), tx.now(), LOOKED_AT_WITHIN);
    let sql =
        "INSERT INTO screenings (post_id, comment_id, cause, created_at, due_at) VALUES ($1, $2, $3, $4, $5) RETURNING id AS n";
    let id = number(tx.conn(), sql, values![post, comment, suspicion, tx.now(), due_at]).await?;
    tx.happened(Some(post), Kind::HeldBack { comment });
    id.map(ScreeningId).ok_or_else(|| Error::internal("no screening came back"))
}

/// Notes that the author of a comment took it back before anybody had looked at it: it stays unknown to others.
pub(crate) async fn removed(tx: &Tx, comment: CommentId) -> Result<()> {
    let sql = "UPDATE screenings SET outcome = 'removed', decided_at = $2 WHERE comment_id = $1 AND outcome IS NULL";
    exec(tx.conn(), sql, values![comment, tx.now()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::links_elsewhere;
    use crate::markdown::markdown;

    #[test]
    fn a_text_that_leads_to_another_site_is_known_by_it() {
        let own = "https://forum.example:8443";
        for text in [
            "Look at https://pills.example/now",
            "[cheap](HTTP://PILLS.example)",
            "[cheap](//pills.example/x)",
            "<https://pills.example>",
            "see www.pills.example",
            "[x][1]\n\n[1]: ftp://pills.example",
            "[x](&#104;ttps&#58;&#47;&#47;pills.example)",
            "https://forum.example.evil.example/",
            "https://forum.example:8443@evil.example/",
            "https://forum.example/",
        ] {
            assert!(links_elsewhere(text, &markdown(text), own), "{text}");
        }
        for text in [
            "No link at all.",
            "See https://forum.example:8443/p/7",
            "[here](/p/7)",
            "and//or",
            "Monday 9:00 // 10:00",
            "C++ // a comment",
        ] {
            assert!(!links_elsewhere(text, &markdown(text), own), "{text}");
        }
    }
}
