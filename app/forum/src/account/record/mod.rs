//! The public record: every official act, in order. Each entry's digest covers the one before it, so that none can be changed, taken out,
//! put in or moved without all after it being others; who kept one digest can tell.
//!
//! Entries follow from the history, in the transaction of the act. What an entry says in the open holds for ever, so it says nothing that is
//! somebody's own: who did it, whom it was about and why stand in the history, and the entry has salted digests of them. Who erases a
//! person takes the salt away, and nobody can tell any more whether a guess was right; the chain stays whole. An act that not everybody may
//! know of (on a private board, or among the staff) has an entry as well, so that there is one chain for everybody: it says when, and the
//! rest is a salted digest, which is opened to those who may see what it is about.

mod check;
mod commands;
#[cfg(test)]
mod cost;
mod entry;
mod log;
mod note;
mod queries;
mod tree;
mod verify;

pub(crate) use check::Checks;
pub use check::{Checked, Known, check};
pub use commands::forget;
pub(crate) use commands::{catch_up, follow};
pub use entry::{Entry, GENESIS, WITHHELD};
pub(crate) use log::Tiles;
pub use log::{WIDTH, bundle, checkpoint, proof, public_key, read_checkpoint, tile};
pub use note::Checkpoint;
pub use queries::{Filter, Newer, Open, Shown, after, by_seq, changes, count, list, newer};
pub use tree::{Hash, leaf, path, root};
pub use verify::{Broken, Fault, Report, verify};

use strum::VariantArray as _;

use crate::{
    event::{Event, Kind, KindName},
    values::Act,
};

/// Whether something that happened stands in the record: an act of the company, or one for which a house rule was named.
pub(crate) fn is_act(event: &Event) -> bool {
    stands(&event.kind, event.rule.is_some())
}

fn stands(kind: &Kind, names_rule: bool) -> bool {
    // that the staff edited a post or a comment stands there as the edit; that it is an act of moderation, too, is the same once more
    let is_said_twice = matches!(kind, Kind::Moderated { act: Act::Edit, .. });
    (kind.about().official || names_rule) && !is_said_twice
}

/// The kinds of acts that can stand in the record.
pub fn acts() -> impl Iterator<Item = KindName> {
    let of_customers = |kind: &KindName| {
        matches!(
            kind,
            KindName::PostSubmitted
                | KindName::VoteCast
                | KindName::VoteWithdrawn
                | KindName::CommentPosted
                | KindName::CommentRemoved
                | KindName::HappenedAgain
                | KindName::SolvedSaid
                | KindName::Rebutted
                | KindName::PersonSignedUp
                | KindName::PersonVerified
                | KindName::PersonErased
                | KindName::MergeProposed
        )
    };
    KindName::VARIANTS.iter().copied().filter(move |kind| !of_customers(kind))
}
