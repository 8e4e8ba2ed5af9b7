//! Pieces that pages share. Each takes what it shows and nothing else.

pub mod accent;
pub mod archive;
pub mod case;
pub mod chart;
pub mod clock_chip;
pub mod clock_list;
pub mod comment;
pub mod confirm;
pub mod diff;
pub mod errors;
pub mod files;
pub mod follow;
pub mod form;
pub mod fragment;
pub mod icon;
pub mod kept;
pub mod kind;
pub mod ladder;
pub mod marker;
pub mod notice;
pub mod owner;
pub mod pager;
pub mod pill;
pub mod post_row;
pub mod promise;
pub mod rail;
pub mod shell;
pub mod similar;
pub mod since;
pub mod text;
pub mod timeline;
pub mod update;
pub mod vote;
pub mod when;
pub mod who;

/// What shows in a browser what is pushed to it.
pub const PUSH_WORKER: &str = include_str!("push.js");

pub use icon::icon;
pub use shell::{Head, Place, Shown, respond};
