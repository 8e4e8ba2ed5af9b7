//! The program over HTTP, as browsers without JavaScript and programs with tokens meet it, on both databases.

mod api;
mod cache;
mod csrf;
mod durability;
mod errors;
mod headers;
mod language;
mod limits;
mod openapi;
mod people;
mod posts;
mod privacy;
mod staff;
mod world;
