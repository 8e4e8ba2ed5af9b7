//! Whether the record is whole.

use sea_orm::FromQueryResult;

use super::entry::{Entry, FACT, Fact, GENESIS};
use crate::{
    Error, Result, View,
    db::{all, one, values},
};

/// Entries that are read at once.
const BATCH: i64 = 1000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries are whole, from the first on.
    pub entries: i64,
    /// The digest of the last of them.
    pub head: String,
    /// The first that is not.
    pub broken: Option<Broken>,
}

/// Where the chain breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// At which number.
    pub seq: i64,
    /// How.
    pub fault: Fault,
}

/// How a chain breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Fault {
    /// An entry is missing: the next has a higher number, or the record was to be longer.
    Missing,
    /// It does not follow the one before it.
    Link,
    /// It does not say what its digest covers.
    Digest,
    /// The history says something else than what it covers.
    History,
    /// There are entries after the end of which the forum knows.
    Surplus,
}

crate::word::named!(Fault);

#[derive(FromQueryResult)]
struct Line {
    #[sea_orm(nested(prefix = "r_"))]
    entry: Entry,
    /// Whether it is noted which event it is of.
    opening: Option<i64>,
    salt: Option<String>,
    #[sea_orm(nested(prefix = "e_"))]
    fact: Option<Fact>,
}

/// The columns of entries `r` that an [`Entry`] is read from.
pub(super) const ENTRY: &str = "r.seq AS r_seq, r.at AS r_at, r.act AS r_act, r.subject AS r_subject, r.post AS r_post, r.role AS r_role,
    r.rule AS r_rule, r.reason AS r_reason, r.contents AS r_contents, r.prev AS r_prev, r.digest AS r_digest";

/// Computes the whole record again, entry by entry, and compares each with what the history says.
///
/// It finds whatever was changed, taken out, put in or moved, as long as not everything after it was made anew. Entries taken away at the
/// end are found by the head that is kept beside them; whoever wrote that anew too, or the whole chain, is found by those who kept a
/// digest.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(view: &View<'_>) -> Result<Report> {
    #[derive(FromQueryResult)]
    struct Head {
        seq: i64,
        digest: String,
    }
    let sql = format!(
        "SELECT {ENTRY}, o.seq AS opening, o.salt, {FACT} FROM record_entries r LEFT JOIN record_openings o ON o.seq = r.seq
         LEFT JOIN events e ON e.id = o.event_id WHERE r.seq > $1 ORDER BY r.seq LIMIT {BATCH}"
    );
    let mut report = Report { entries: 0, head: GENESIS.to_owned(), broken: None };
    let mut from = i64::MIN;
    loop {
        let lines = all::<Line>(view.db(), &sql, values![from]).await?;
        let Some(last) = lines.last() else { break };
        from = last.entry.seq;
        for line in lines {
            let seq = report.entries + 1;
            if let Some(fault) = fault(&line, seq, &report.head)? {
                report.broken = Some(Broken { seq, fault });
                return Ok(report);
            }
            (report.entries, report.head) = (seq, line.entry.digest);
        }
    }
    let head = one::<Head>(view.db(), "SELECT seq, digest FROM record_head WHERE id = 1", []).await?;
    let head = head.ok_or(Error::internal("the record has no head"))?;
    let fault = match report.entries - head.seq {
        0 if report.head == head.digest => None,
        0 => Some((head.seq, Fault::Link)),
        1.. => Some((head.seq + 1, Fault::Surplus)),
        _ => Some((report.entries + 1, Fault::Missing)),
    };
    report.broken = fault.map(|(seq, fault)| Broken { seq, fault });
    Ok(report)
}

/// What is wrong with an entry that should have this number and follow the one with this digest.
fn fault(line: &Line, seq: i64, prev: &str) -> Result<Option<Fault>> {
    let entry = &line.entry;
    if entry.seq > seq {
        return Ok(Some(Fault::Missing));
    }
    if entry.computed()? != entry.digest {
        return Ok(Some(Fault::Digest));
    }
    if entry.seq < seq || entry.prev != prev {
        return Ok(Some(Fault::Link));
    }
    let (Some(_), Some(fact)) = (line.opening, &line.fact) else { return Ok(Some(Fault::History)) };
    // without the salt nobody can tell: a person was erased
    let Some(salt) = &line.salt else { return Ok(None) };
    let expected = Entry::of(fact, seq, prev, entry.is_withheld(), salt)?;
    Ok((expected != *entry).then_some(Fault::History))
}
