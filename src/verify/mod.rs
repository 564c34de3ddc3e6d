//! THE PIPELINE in one place: sources are read, programs run, claims judged. Every command calls [`verify`].
//!
//! [`plan`] says what is to be run, [`conclude`] what came of it, [`attempt`] does both for exercises.

mod attempt;
mod conclude;
pub mod edits;
mod finding;
mod plan;
mod program;

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bless::place::Mend;
use crate::book::diagnostic::{Code, Diagnostic, Severity};
use crate::book::example::Example;
use crate::book::load::Sources;
use crate::book::markdown::Document;
use crate::book::source::MappedText;
use crate::claim::Claim;
use crate::engine::pool::{self, Pool};
use crate::engine::program::{Kind, Program, SourceText, Watched, World};
use crate::engine::trace::{Outcome, TestResult, Thrown, Trace};
use crate::judge::Verdict;

/// Everything that is known after a verification.
pub struct Verified {
    pub sources: Sources,
    /// Chapter by chapter, then exercise by exercise, in the order of the text.
    pub examples: Vec<VerifiedExample>,
    /// Sorted by example, then by place; those of prose without any example come last.
    pub claims: Vec<VerifiedClaim>,
    /// In the order of `Sources::exercises`.
    pub exercises: Vec<VerifiedExercise>,
    /// All findings: of reading, of running, of judging.
    pub diagnostics: Vec<Diagnostic>,
    /// Name and version of the engine; empty when nothing ran.
    pub engine: String,
    pub duration: Duration,
}

/// Where a text stands: a chapter or an exercise's exercise.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// What the example itself printed on standard output.
    pub stdout: String,
    /// Standard output and standard error as a terminal shows them.
    pub printed: String,
    /// The files of its program, the entry first: what a Run button runs.
    pub files: Vec<SourceText>,
    /// The statements of the entry that are said to throw.
    pub watch: Vec<Watched>,
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
    /// Not run; why.
    Skipped(String),
}

pub struct VerifiedClaim {
    /// Index into `Verified::examples`; none for prose with no example before it.
    pub example: Option<usize>,
    pub owner: Owner,
    pub claim: Claim,
    pub verdict: Verdict,
    /// Of a broken claim: the patch that makes it true, or why there is none.
    pub mend: Option<Result<Mend, String>>,
}

#[derive(Default)]
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

/// How a verification goes about its work.
pub struct Options<'a> {
    pub pool: pool::Options,
    /// Told (programs done, programs in all), from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// What the examples see of chance and time.
    pub world: World,
}

/// A text whose examples are verified.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub owner: Owner,
    pub text: &'a MappedText,
    pub document: &'a Document,
    pub examples: &'a [Example],
}

/// Runs and judges everything. Errs only when the engine can't be started.
pub fn verify(mut sources: Sources, options: &Options<'_>) -> io::Result<Verified> {
    let started = Instant::now();
    let mut diagnostics = std::mem::take(&mut sources.diagnostics);
    let mut engine =
        Engine { pool: Pool::new(options.pool.clone()), progress: options.progress, name: String::new() };
    let plan = plan::plan(&sources, &mut engine)?;
    let attempts = attempt::jobs(&sources);
    let programs: Vec<_> = plan
        .jobs
        .iter()
        .map(|job| Program { world: options.world, ..job.program.clone() })
        .chain(attempts.iter().map(|job| job.program.clone()))
        .collect();
    let mut traces = engine.run(&programs)?;
    let attempted = traces.split_off(plan.jobs.len());

    let concluded = conclude::examples(&sources, &plan, &traces);
    diagnostics.extend(concluded.diagnostics);
    let (exercises, findings) = attempt::conclude(&sources, &attempts, attempted);
    diagnostics.extend(findings);
    let mut verified = Verified {
        sources,
        examples: concluded.examples,
        claims: concluded.claims,
        exercises,
        diagnostics,
        engine: engine.name,
        duration: started.elapsed(),
    };
    if verified.examples.is_empty() && verified.exercises.is_empty() && verified.is_true() {
        verified.diagnostics.push(nothing_to_verify(&verified.sources));
    }
    Ok(verified)
}

fn nothing_to_verify(sources: &Sources) -> Diagnostic {
    let path = sources.chapters.first().map_or(".", |chapter| chapter.file.path.as_str());
    Diagnostic::file_error(Code::NothingToVerify, path, "there is no example and no exercise in it")
        .with_help("put a fence of language `js` with a stated output into the text, e.g. `1 + 1 // => 2`")
}

/// The pool with what it said of itself.
struct Engine<'a> {
    pool: Pool,
    progress: &'a (dyn Fn(usize, usize) + Sync),
    name: String,
}

impl Engine<'_> {
    fn run(&mut self, programs: &[Program]) -> io::Result<Vec<Trace>> {
        let done = AtomicUsize::new(0);
        let ran = self.pool.run(programs, &|| {
            let count = done.fetch_add(1, Ordering::Relaxed) + 1;
            (self.progress)(count, programs.len());
        })?;
        if !ran.engine.is_empty() {
            self.name = ran.engine;
        }
        Ok(ran.traces)
    }
}

impl Sources {
    /// Every text with its examples: chapters, then exercises.
    pub fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        let chapters = self.chapters.iter().enumerate().map(|(index, chapter)| Text {
            owner: Owner::Chapter(index),
            text: &chapter.text,
            document: &chapter.document,
            examples: &chapter.examples,
        });
        let exercises = self.exercises.iter().enumerate().map(|(index, exercise)| Text {
            owner: Owner::Exercise(index),
            text: &exercise.text,
            document: &exercise.document,
            examples: &exercise.examples,
        });
        chapters.chain(exercises)
    }

    pub fn text(&self, owner: Owner) -> Text<'_> {
        let (text, document, examples) = match owner {
            Owner::Chapter(index) => {
                let chapter = &self.chapters[index];
                (&chapter.text, &chapter.document, &chapter.examples)
            }
            Owner::Exercise(index) => {
                let exercise = &self.exercises[index];
                (&exercise.text, &exercise.document, &exercise.examples)
            }
        };
        Text { owner, text, document, examples }
    }
}

impl Verified {
    /// Nothing that was stated is false, and nothing is an error.
    pub fn is_true(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error)
    }

    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            files: self.sources.chapters.len() + self.sources.exercises.len(),
            ..Summary::default()
        };
        for example in &self.examples {
            let count = match (&example.state, example.kind) {
                (_, ExampleKind::Pseudo) => &mut summary.pseudo,
                (ExampleState::Ran(_), _) => &mut summary.ran,
                (ExampleState::Failed(_), _) => &mut summary.failed,
                (ExampleState::Skipped(_), _) => &mut summary.skipped,
            };
            *count += 1;
        }
        for claim in &self.claims {
            let count = match claim.verdict {
                Verdict::Held { .. } => &mut summary.held,
                Verdict::Broken { .. } => &mut summary.broken,
                Verdict::Unchecked { .. } => &mut summary.unchecked,
            };
            *count += 1;
        }
        for exercise in &self.exercises {
            let count =
                if exercise.passed { &mut summary.exercises_passed } else { &mut summary.exercises_failed };
            *count += 1;
        }
        summary
    }
}
