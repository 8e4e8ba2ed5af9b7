//! The program over HTTP, as browsers without JavaScript and programs with tokens meet it, on both databases.

mod accountability;
mod admin;
mod again;
mod api;
mod cache;
mod clocks;
mod csrf;
mod drafts;
mod durability;
mod errors;
mod failing_disk;
mod handovers;
mod headers;
mod language;
mod limits;
mod openapi;
mod pages_duty;
mod people;
mod posts;
mod privacy;
mod promises;
mod queries;
mod staff;
mod teams;
mod triage;
mod world;
