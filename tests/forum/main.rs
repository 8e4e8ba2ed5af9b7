//! What the forum promises, tried on both databases. Run through `make test` or `tests/with-postgres`.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod answers;
mod clocks;
mod comments;
mod durability;
mod limits;
mod lists;
mod people;
mod posts;
mod privacy;
mod search;
mod votes;
