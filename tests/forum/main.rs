//! What the forum promises, tried on both databases. Run through `make test` or `tests/with-postgres`.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod again;
mod answers;
mod arrange;
mod cases;
mod cases_undone;
mod clocks;
mod comments;
mod common;
mod confirm;
mod counts;
mod durability;
mod levels;
mod limits;
mod lists;
mod lockout;
mod moderation;
mod notices;
mod owners;
mod people;
mod personal;
mod posts;
mod privacy;
mod promises;
mod provenance;
mod queue;
mod rebuttal;
mod record;
mod retention;
mod search;
mod simulation;
mod triage;
mod upgrades;
mod votes;
mod watch;
mod wings;
