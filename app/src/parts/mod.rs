//! Pieces that pages share. Each takes what it shows and nothing else.

pub mod clock_chip;
pub mod comment;
pub mod diff;
pub mod errors;
pub mod form;
pub mod fragment;
pub mod icon;
pub mod kind;
pub mod owner;
pub mod pager;
pub mod pill;
pub mod post_row;
pub mod rail;
pub mod shell;
pub mod similar;
pub mod text;
pub mod update;
pub mod vote;
pub mod when;
pub mod who;

pub use icon::icon;
pub use shell::{Head, Place, respond};
