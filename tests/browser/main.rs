//! The program in a real browser: Chromium, driven by `chromedriver`, both from Debian's packages.

mod accessibility;
mod embeds;
mod files;
mod guests;
mod hostile;
mod islands;
mod keyboard;
mod keys;
mod live;
mod nothing_lost;
mod polis;
mod push;
mod story;
mod tab;
mod world;
