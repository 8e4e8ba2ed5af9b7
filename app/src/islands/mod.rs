//! The parts that move. Each is a working form or link before it wakes, takes small public props (they stand in the HTML), and
//! asks the same addresses that the form posts to, with `Accept: application/json`.
#![expect(missing_docs, reason = "the macro `island` writes a struct of properties without documentation")]

pub mod attach;
pub mod live;
pub mod preview;
pub mod proof_of_work;
pub mod push;
pub mod record_check;
pub mod shortcuts;
pub mod similar_posts;
pub mod theme;
pub mod vote_box;

#[cfg(feature = "hydrate")]
mod fetch;
#[cfg(feature = "hydrate")]
mod toast;
