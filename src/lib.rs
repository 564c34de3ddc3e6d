//! Galley verifies JavaScript tutorials: it reads an author's markdown, executes every example, judges what the text
//! says against what happened, and prints a static book whose examples run.
//!
//! The pipeline, in the order in which data flows:
//!
//! 1. READ [`book`]: files become chapters, blocks, examples and exercises, each with its place.
//! 2. RUN [`engine`]: a [`Program`](engine::program::Program) becomes a [`Trace`](engine::trace::Trace), in a worker
//!    process.
//! 3. STATE [`claim`]: what the text says about a run becomes a [`Claim`](claim::Claim).
//! 4. JUDGE [`judge`]: a claim against a trace becomes a [`Verdict`](judge::Verdict).
//! 5. MEND [`bless`]: a broken claim becomes a patch that is true.
//! 6. [`verify`] does these five and gives [`Verified`](verify::Verified).
//! 7. SAY [`report`]: findings and counts for people and for machines.
//! 8. SHOW [`render`]: the verified chapter as mdBook gets it.
//!
//! [`command`] holds one file a command of the binary `mdbook-galley`.

pub mod bless;
pub mod book;
pub mod claim;
pub mod command;
pub mod engine;
pub mod judge;
pub mod render;
pub mod report;
pub mod verify;
