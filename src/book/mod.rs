//! READ: the author's text becomes chapters, blocks, examples and exercises.
//!
//! Everything in here keeps the author's positions. Reading text never fails: it gives what it found and the
//! diagnostics; only [`load`] touches the disk.

pub mod caption;
pub mod ceilings;
pub mod config;
pub mod deceptive;
pub mod diagnostic;
pub mod document;
pub mod example;
pub mod exercise;
pub mod front_matter;
pub mod include;
pub mod load;
pub mod markdown;
pub mod modules;
pub mod nearest;
pub mod quiz;
pub mod source;
pub mod time;
pub mod toml_place;
pub mod transcript;
