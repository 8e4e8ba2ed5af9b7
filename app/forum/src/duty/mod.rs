//! What the company owes, and how it goes about it.

pub mod again;
pub mod agenda;
pub mod answer;
pub mod changelog;
pub mod confirm;
pub mod contributor;
pub mod flag;
pub mod handover;
pub mod level;
pub mod lookout;
pub mod moderation;
pub mod owner;
pub mod pledge;
pub mod promise;
pub mod provenance;
pub mod rebuttal;
pub mod request;
pub mod ring;
pub mod screening;
pub mod watch;
