//! THE PIPELINE in one place: sources are read, programs run, claims judged. Every command calls [`verify`].

use std::ops::Range;
use std::time::Duration;

use crate::book::diagnostic::{Diagnostic, Severity};
use crate::book::load::Sources;
use crate::claim::Claim;
use crate::engine::program::{Kind, SourceText};
use crate::engine::trace::{Outcome, TestResult, Thrown};
use crate::judge::Verdict;

/// Everything that is known after a verification.
pub struct Verified {
    pub sources: Sources,
    /// Chapter by chapter, in the order of the text. (Examples of exercises' prompts come last, with their exercise.)
    pub examples: Vec<VerifiedExample>,
    /// Sorted by example, then by place.
    pub claims: Vec<VerifiedClaim>,
    pub exercises: Vec<VerifiedExercise>,
    /// All findings: of reading, of running, of judging.
    pub diagnostics: Vec<Diagnostic>,
    /// Name and version of the engine; empty when nothing ran.
    pub engine: String,
    pub duration: Duration,
}

/// Where a text stands: a chapter or an exercise's exercise.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Index into `Sources::chapters`.
    Chapter(usize),
    /// Index into `Sources::exercises`.
    Exercise(usize),
}

pub struct VerifiedExample {
    pub owner: Owner,
    /// Index into the owner's examples.
    pub index: usize,
    pub kind: ExampleKind,
    pub state: ExampleState,
    /// What the program printed on standard output.
    pub stdout: String,
    /// Standard output and standard error as a terminal shows them.
    pub printed: String,
    /// The files of its program, the entry first: what a Run button runs.
    pub files: Vec<SourceText>,
    /// Its claims in `Verified::claims`.
    pub claims: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    Program(Kind),
    Pseudo,
}

/// What became of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleState {
    /// It ran and ended as it should.
    Ran(Outcome),
    /// It ended otherwise than the text says; a diagnostic tells why.
    Failed(Outcome),
    /// Not run, on purpose; why.
    Skipped(String),
}

pub struct VerifiedClaim {
    /// Index into `Verified::examples`.
    pub example: usize,
    pub claim: Claim,
    pub verdict: Verdict,
}

pub struct VerifiedExercise {
    /// Every rule holds.
    pub passed: bool,
    pub solution: Attempt,
    pub starter: Attempt,
    /// In the order of `Exercise::wrong`.
    pub wrong: Vec<Attempt>,
}

/// One answer against an exercise's tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// All tests passed, and there is at least one.
    pub passed: bool,
    pub outcome: Outcome,
    pub error: Option<Thrown>,
    pub tests: Vec<TestResult>,
}

/// Counts for summaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub files: usize,
    pub ran: usize,
    pub failed: usize,
    pub pseudo: usize,
    pub skipped: usize,
    pub held: usize,
    pub broken: usize,
    pub unchecked: usize,
    pub exercises_passed: usize,
    pub exercises_failed: usize,
}

impl Verified {
    /// Nothing that was stated is false, and nothing is an error.
    pub fn is_true(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error)
    }
}
