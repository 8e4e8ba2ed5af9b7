//! Bringing in what people said elsewhere. Each importer reads the files of one product, can be run again without bringing
//! anything in twice, and tells row by row what it could not take.

pub mod polis;
mod table;

use std::{fmt, path::PathBuf};

/// Why an import did not take place, or stopped: nothing of the part that was under way remains.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file is missing or can't be read.
    #[error("{file} can't be read: {source}", file = path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file is not text in an encoding that we can read.
    #[error("{file} is not text in UTF-8 or in UTF-16 with a mark: save it as “CSV UTF-8”")]
    NotText {
        /// Which file.
        file: &'static str,
    },
    /// A file is not a table of comma-separated values.
    #[error("{file} is not a table of comma-separated values: {reason}")]
    NotATable {
        /// Which file.
        file: &'static str,
        /// Why not.
        reason: String,
    },
    /// A file lacks a column without which it can't be understood.
    #[error("{file} has no column “{column}”, only {found}")]
    NoColumn {
        /// Which file.
        file: &'static str,
        /// Which column.
        column: &'static str,
        /// Which ones it has.
        found: String,
    },
    /// The summary does not say which conversation it is.
    #[error("summary.csv has no line “url” with the address of the conversation")]
    NoConversation,
    /// The forum could not take it.
    #[error(transparent)]
    Forum(#[from] forum::Error),
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether it was only tried: nothing was written.
    pub dry_run: bool,
    /// Where it came from.
    pub source: String,
    /// The name of the board that the posts are on.
    pub board: String,
    /// The board's name in addresses.
    pub board_slug: String,
    /// Whether the board was made by this import.
    pub board_new: bool,
    /// Posts that came in now.
    pub posts_new: u64,
    /// Posts that were here already.
    pub posts_known: u64,
    /// People who came in now.
    pub people_new: u64,
    /// People who were here already.
    pub people_known: u64,
    /// Votes that stand: the last one of each voter on each post, unless that was a pass.
    pub votes_taken: u64,
    /// Of those, votes in support.
    pub support: u64,
    /// Of those, votes against.
    pub oppose: u64,
    /// Votes that this import added, changed or took away.
    pub votes_changed: u64,
    /// Votes that a later one of the same voter replaced.
    pub votes_replaced: u64,
    /// Voters' last words that were a pass: neither for nor against.
    pub passes: u64,
    /// Comments that the conversation's moderators had rejected.
    pub rejected: u64,
    /// Votes on those.
    pub votes_on_rejected: u64,
    /// Votes on comments that did not come in for another reason.
    pub votes_on_unknown: u64,
    /// Rows that could not be taken, in the order of the files.
    pub not_taken: Vec<NotTaken>,
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// In which file.
    pub file: &'static str,
    /// Which row, as a spreadsheet counts: the names of the columns are row 1.
    pub row: u64,
    /// Why not.
    pub reason: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run {
            writeln!(f, "Nothing was written. This is what would happen:")?;
        }
        let made = if self.board_new { "new" } else { "known" };
        writeln!(f, "from         {}", self.source)?;
        writeln!(f, "board        {} (/{}), {made}", self.board, self.board_slug)?;
        writeln!(f, "posts        {} new, {} known", self.posts_new, self.posts_known)?;
        writeln!(f, "people       {} new, {} known", self.people_new, self.people_known)?;
        writeln!(f, "votes        {} taken: {} support, {} against", self.votes_taken, self.support, self.oppose)?;
        writeln!(f, "             {} added, changed or taken away by this import", self.votes_changed)?;
        writeln!(f, "             {} replaced by a later vote of the same person", self.votes_replaced)?;
        writeln!(f, "passes       {}", self.passes)?;
        let (rejected, on_them) = (counted(self.rejected, "rejected comment"), counted(self.votes_on_rejected, "vote"));
        writeln!(f, "left out     {rejected}, with {on_them} on them")?;
        if self.votes_on_unknown > 0 {
            writeln!(f, "             {} on comments that did not come in", counted(self.votes_on_unknown, "vote"))?;
        }
        write!(f, "not taken    {}", counted(u64::try_from(self.not_taken.len()).unwrap_or(u64::MAX), "row"))?;
        for NotTaken { file, row, reason } in &self.not_taken {
            write!(f, "\n  {file}, row {row}: {reason}")?;
        }
        Ok(())
    }
}

/// How many there are of something.
fn counted(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_names_each_row_that_was_not_taken() {
        let not_taken = vec![NotTaken { file: "votes.csv", row: 7, reason: "“maybe” is not a vote".to_owned() }];
        let report = Report { dry_run: true, board: "Parks".to_owned(), posts_new: 3, not_taken, ..Report::default() };
        let text = report.to_string();
        assert!(text.starts_with("Nothing was written."), "{text}");
        assert!(text.contains("posts        3 new, 0 known"), "{text}");
        assert!(text.ends_with("not taken    1 row\n  votes.csv, row 7: “maybe” is not a vote"), "{text}");
    }
}
