//! What the forum is: one room per word of its vocabulary. It knows no HTTP, no pages and no browser.
//!
//! It compiles in two ways: types and pure rules only, which is what reaches a browser, and with the feature `store`,
//! everything. A room reads from top to bottom: types, rules, queries, commands. Queries take a connection and the
//! [`actor::Actor`] who asks, and what that actor may not see is not in their answer. Commands take a [`forum::Tx`], which
//! carries the actor, the time and the events, and check the policy in their first lines: pages, REST and jobs all come
//! through the same door.

pub mod error;
pub mod id;

pub mod post;
pub mod vote;

#[cfg(feature = "store")]
pub mod accountability;
#[cfg(feature = "store")]
pub mod actor;
#[cfg(feature = "store")]
pub mod again;
#[cfg(feature = "store")]
pub mod answer;
#[cfg(feature = "store")]
pub mod board;
pub mod clock;
#[cfg(feature = "store")]
pub mod comment;
#[cfg(feature = "store")]
pub mod confirm;
#[cfg(feature = "store")]
pub mod contributor;
#[cfg(feature = "store")]
pub mod db;
#[cfg(feature = "store")]
pub mod event;
#[cfg(feature = "store")]
pub mod forum;
#[cfg(feature = "store")]
pub mod group;
#[cfg(feature = "store")]
pub mod handover;
#[cfg(feature = "store")]
pub mod held;
#[cfg(feature = "store")]
pub mod level;
#[cfg(feature = "store")]
pub mod limit;
#[cfg(feature = "store")]
pub mod link;
#[cfg(feature = "store")]
pub mod mail;
#[cfg(feature = "store")]
pub mod mandate;
#[cfg(feature = "store")]
pub mod notice;
#[cfg(feature = "store")]
pub mod owner;
#[cfg(feature = "store")]
pub mod password;
#[cfg(feature = "store")]
pub mod person;
#[cfg(feature = "store")]
pub mod pledge;
#[cfg(feature = "store")]
pub mod promise;
#[cfg(feature = "store")]
pub mod provenance;
#[cfg(feature = "store")]
pub mod rebuttal;
#[cfg(feature = "store")]
pub mod repeat;
#[cfg(feature = "store")]
pub mod request;
#[cfg(feature = "store")]
pub mod search;
#[cfg(feature = "store")]
pub mod secret;
#[cfg(feature = "store")]
pub mod session;
#[cfg(feature = "store")]
pub mod site;
pub mod status;
#[cfg(feature = "store")]
pub mod tag;
#[cfg(feature = "store")]
pub mod team;
#[cfg(feature = "store")]
pub mod text;
#[cfg(feature = "store")]
pub mod time;
#[cfg(feature = "store")]
pub mod token;
#[cfg(feature = "store")]
pub mod view;
#[cfg(feature = "store")]
pub mod watch;

pub use error::{Error, Result};
#[cfg(feature = "store")]
pub use forum::{Forum, Tx};
#[cfg(feature = "store")]
pub use view::View;
