//! What must hold for every text, on generated ones: nothing makes the extraction of claims fail, line ends change no
//! claim, no character of a stated value can be changed unnoticed, and every literal is read as it is written.
//!
//! The seeds are fixed; `PROPTEST_RNG_SEED=1 PROPTEST_CASES=500 cargo test --test properties` goes further.

#![allow(clippy::disallowed_methods, reason = "a test fails by panicking")]

mod bytes;
mod extraction;
#[path = "../invariants/mod.rs"]
mod invariants;
mod literals;
mod mutations;
mod options;
mod stated;
mod support;
