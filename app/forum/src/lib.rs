//! What the forum is: one room per word of its vocabulary. It knows no HTTP, no pages and no browser.
//!
//! A room reads from top to bottom: types, rules, queries, commands. Lists take a connection and the
//! [`actor::Actor`] who asks, what belongs to a post takes a [`View`] and the post as it was [seen](post::Seen); what the reader may not
//! see is not in the answer. Commands take a [`Tx`], which carries the actor, the time and the events, and check the policy in their
//! first lines: pages, REST and jobs all come through the same door. What they change about a post they change on a post that is
//! [held](held::Held).

pub mod accountability;
pub mod actor;
pub mod again;
pub mod answer;
pub mod board;
pub mod clock;
pub mod comment;
pub mod common;
pub mod confirm;
pub mod contributor;
pub mod db;
pub mod error;
pub mod event;
pub mod forum;
pub mod group;
pub mod handover;
pub mod held;
pub mod id;
pub mod level;
pub mod limit;
pub mod link;
pub mod mandate;
pub mod notice;
pub mod outbox;
pub mod owner;
pub mod password;
pub mod person;
pub mod pledge;
pub mod post;
pub mod promise;
pub mod provenance;
pub mod rebuttal;
pub mod repeat;
pub mod request;
pub mod search;
pub mod secret;
pub mod session;
pub mod site;
pub mod status;
pub mod story;
pub mod tag;
pub mod team;
pub mod text;
pub mod time;
pub mod token;
mod tx;
mod values;
pub mod view;
pub mod vote;
pub mod watch;
mod word;

pub use error::{Error, Result};
pub use forum::Forum;
pub use tx::Tx;
pub use view::View;
