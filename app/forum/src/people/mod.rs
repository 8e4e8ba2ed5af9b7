//! Who acts: people, how they sign in, and what they belong to.

pub mod challenge;
pub mod device;
pub(crate) mod disposable;
pub mod draft;
pub mod feed;
pub mod group;
pub mod invitation;
pub mod link;
pub mod mailbox;
pub mod mention;
pub mod person;
pub mod proof;
pub mod receipt;
pub mod roster;
pub mod session;
pub mod team;
pub mod token;
pub mod trace;
