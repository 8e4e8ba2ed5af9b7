//! What every room stands on: errors, numbers, time, words, the database, settings, the history, and how one reads and writes.

pub mod actor;
pub mod db;
pub mod error;
pub mod event;
pub mod held;
pub mod id;
pub mod limit;
pub mod mandate;
pub mod markdown;
pub mod marker;
pub mod names;
pub mod outbox;
pub mod password;
pub mod repeat;
pub mod secret;
pub(crate) mod signing;
pub mod site;
pub mod text;
pub mod time;
pub(crate) mod tx;
pub(crate) mod values;
pub mod view;
pub(crate) mod word;
pub(crate) mod words;
