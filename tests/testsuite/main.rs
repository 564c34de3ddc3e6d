//! The program as a user has it: each test writes a book, runs the real binary and reads what comes out.
//!
//! To add a case: write the files with [`support::Book`], run a command, assert exit code and text.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes, and fails by panicking")]

mod audit;
mod bad_input;
mod bless;
mod build;
mod cache;
mod captures;
mod check;
mod claims;
mod determinism;
mod engine;
mod every_claim;
mod exercises;
mod export;
mod falsify;
mod hostile;
mod learn;
mod module_graphs;
mod modules;
mod mutants;
mod new_exercise;
mod one_exercise;
mod preprocess;
mod quizzes;
mod records;
mod reports;
mod state;
mod steps;
mod suggest;
mod support;
mod test_api;
mod untrusted;
mod verification;
mod watch;
