//! Whether the record is whole.

use sea_orm::FromQueryResult;

use super::{
    entry::{Entry, FACT, Fact, GENESIS},
    note::Checkpoint,
    tree::{self, Growing},
};
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
    /// Up to there it said something else when that was signed.
    Checkpoint,
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
pub(super) const ENTRY: &str =
    "r.seq AS r_seq, r.at AS r_at, r.act AS r_act, r.subject AS r_subject, r.post AS r_post, r.role AS r_role,
    r.rule AS r_rule, r.reason AS r_reason, r.contents AS r_contents, r.prev AS r_prev, r.digest AS r_digest";

/// Computes the whole record again, entry by entry, and compares each with what the history says.
///
/// It finds whatever was changed, taken out, put in or moved, as long as not everything after it was made anew. Entries taken away at the
/// end are found by the head that is kept beside them. Whoever owns the database can write all of that anew, head and history included:
/// they are found by a checkpoint that somebody kept, if what it covers is not what was signed.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(view: &View<'_>, kept: Option<&Checkpoint>) -> Result<Report> {
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
    let kept = kept.map(|kept| Ok::<_, Error>((i64::try_from(kept.size).map_err(Error::internal)?, kept.root))).transpose()?;
    let mut tree = Growing::default();
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
            if let Some((size, root)) = kept.filter(|(size, _)| seq <= *size) {
                tree.push(tree::leaf(line.entry.line()?.as_bytes()));
                if seq == size && tree.root() != root {
                    report.broken = Some(Broken { seq, fault: Fault::Checkpoint });
                    return Ok(report);
                }
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
    let shorter = kept.is_some_and(|(size, _)| size > report.entries).then_some((report.entries + 1, Fault::Missing));
    let fault = fault.or(shorter);
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
