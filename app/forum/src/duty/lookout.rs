//! New accounts about which something stands out, for the staff to look at: what they wrote was held, hidden or pointed out, others came in
//! the same browser or in a rush from the same network, they vote as one with others, or their address is one that anybody reads for a
//! while. Each sign is said in words and none is counted into a figure; what follows from it, if anything, is an act of moderation like any
//! other. Whoever was looked at stands there no more, unless something new comes up.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, values},
    id::PersonId,
    moderation::may_moderate,
    people::disposable::is_disposable,
    person::Person,
};

/// For how long an account is new.
pub const NEW: TimeDelta = TimeDelta::days(14);
/// So many new accounts from one network are a rush: fewer are a family or an office.
const RUSH: i64 = 5;
/// New accounts that are gone through, latest first.
const MOST: u64 = 1000;

/// What stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Notable {
    /// A text of theirs is held back, or was.
    Held,
    /// A text of theirs was hidden under a rule, or they were kept from writing.
    Moderated,
    /// Members pointed out a text of theirs.
    Flagged,
    /// They vote as one with others, as far as can be told.
    Ring,
    /// Other new accounts were used in the same browser.
    Browser,
    /// Many other new accounts came from the same network.
    Network,
    /// Their address is one that anybody reads for a while.
    Disposable,
}

crate::word::named!(Notable);

/// A new account about which something stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Whose.
    pub person: Person,
    /// Since when they are here.
    pub created_at: DateTime<Utc>,
    /// Whether the address is shown to be theirs.
    pub verified: bool,
    /// Posts and comments of theirs.
    pub texts: i64,
    /// What stands out, in the order of [`Notable::ALL`].
    pub signs: Vec<Notable>,
}

/// The new accounts about which something stands out that nobody has looked at since, latest first.
///
/// # Errors
/// As [`may_moderate`].
pub async fn queue(db: &impl ConnectionTrait, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Newcomer>> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: Person,
        email: Option<String>,
        created_at: DateTime<Utc>,
        verified_at: Option<DateTime<Utc>>,
        looked_at: Option<DateTime<Utc>>,
        texts: i64,
        held: Option<DateTime<Utc>>,
        moderated: Option<DateTime<Utc>>,
        flagged: Option<DateTime<Utc>>,
        ring: Option<DateTime<Utc>>,
        browser: Option<DateTime<Utc>>,
        network: Option<DateTime<Utc>>,
    }
    may_moderate(actor)?;
    let since = now - NEW;
    let mut sql = Sql::new(
        "SELECT p.id, p.handle, p.name, p.title, p.role, p.email, p.created_at, p.verified_at, l.looked_at,
            (SELECT COUNT(*) FROM posts o WHERE o.author_id = p.id) + (SELECT COUNT(*) FROM comments c WHERE c.author_id = p.id) AS texts,
            h.at AS held,
            (SELECT MAX(m.created_at) FROM moderation_acts m WHERE m.person_id = p.id AND m.act IN ('hide', 'redact', 'ban', 'exclude_vote'))
                AS moderated,
            g.at AS flagged,
            (SELECT MAX(r.found_at) FROM ring_members m JOIN rings r ON r.id = m.ring_id
                WHERE m.person_id = p.id AND (r.outcome IS NULL OR r.outcome = 'excluded')) AS ring,
            (SELECT MAX(o.created_at) FROM devices d JOIN devices e ON e.secret_hash = d.secret_hash AND e.person_id <> d.person_id
                JOIN persons o ON o.id = e.person_id WHERE d.person_id = p.id AND o.created_at > ",
    );
    sql.bind(since);
    sql.push(
        ") AS browser,
            (SELECT MAX(o.created_at) FROM traces t JOIN traces u ON u.network = t.network AND u.person_id <> t.person_id
                JOIN persons o ON o.id = u.person_id WHERE t.person_id = p.id AND o.created_at > ",
    );
    sql.bind(since).push(" HAVING COUNT(DISTINCT o.id) >= ").bind(RUSH);
    sql.push(
        ") AS network
         FROM persons p LEFT JOIN account_looks l ON l.person_id = p.id",
    );
    // what is about a text is gone through once, as far back as there are new accounts, and not for each of them
    let texts = [
        ("h", "screenings", "(t.outcome IS NULL OR t.outcome <> 'released')"),
        ("g", "flags", "(t.outcome IS NULL OR t.outcome = 'right')"),
    ];
    for (name, table, counts) in texts {
        sql.push(&format!(
            " LEFT JOIN (SELECT COALESCE(c.author_id, o.author_id) AS person_id, MAX(t.created_at) AS at
                FROM {table} t JOIN posts o ON o.id = t.post_id LEFT JOIN comments c ON c.id = t.comment_id
                WHERE {counts} AND t.created_at > "
        ));
        sql.bind(since).push(&format!(" GROUP BY COALESCE(c.author_id, o.author_id)) {name} ON {name}.person_id = p.id"));
    }
    sql.push(" WHERE p.created_at > ").bind(since);
    sql.push(" AND p.email IS NOT NULL AND p.role = 'member' AND p.erased_at IS NULL");
    sql.push(&format!(" ORDER BY p.created_at DESC, p.id DESC LIMIT {MOST}"));
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    let newcomer = |row: Row| {
        let disposable = row.email.as_deref().is_some_and(is_disposable).then_some(row.created_at);
        let found = [
            (Notable::Held, row.held),
            (Notable::Moderated, row.moderated),
            (Notable::Flagged, row.flagged),
            (Notable::Ring, row.ring),
            (Notable::Browser, row.browser),
            (Notable::Network, row.network),
            (Notable::Disposable, disposable),
        ];
        let latest = found.iter().filter_map(|(_, at)| *at).max()?;
        // somebody looked, and nothing came up since
        if row.looked_at.is_some_and(|looked| looked >= latest) {
            return None;
        }
        let signs = found.into_iter().filter(|(_, at)| at.is_some()).map(|(sign, _)| sign).collect();
        let verified = row.verified_at.is_some();
        Some(Newcomer { person: row.person, created_at: row.created_at, verified, texts: row.texts, signs })
    };
    Ok(rows.into_iter().filter_map(newcomer).collect())
}

/// Notes that somebody of the staff looked at an account, and found nothing to do about it or has done it. Once more says who looked last.
///
/// # Errors
/// As [`may_moderate`]; [`Error::NotFound`] when there is no such account.
pub async fn looked_at(tx: &mut Tx, person: PersonId) -> Result<()> {
    let me = may_moderate(tx.actor())?.id;
    let account = crate::person::by_id(tx.conn(), person).await?.filter(|account| account.email.is_some());
    account.ok_or(Error::NotFound)?;
    let sql = "INSERT INTO account_looks (person_id, by_id, looked_at) VALUES ($1, $2, $3)
               ON CONFLICT (person_id) DO UPDATE SET by_id = excluded.by_id, looked_at = excluded.looked_at";
    exec(tx.conn(), sql, values![person, me, tx.now()]).await?;
    Ok(())
}
