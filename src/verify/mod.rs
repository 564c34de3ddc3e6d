//! THE PIPELINE in one place: sources are read, programs run, claims judged. Every command calls [`verify`].
//!
//! [`plan`] says what is to be run, [`conclude`] what came of it, [`attempt`] does both for exercises; [`audit`] proves
//! that false claims are found.

mod attempt;
pub mod audit;
mod conclude;
pub mod edits;
mod finding;
mod missing;
mod names;
mod plan;
mod program;
pub mod suggest;

use std::collections::HashMap;
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
use crate::engine::cache::{Cache, Found};
use crate::engine::pool::{self, EngineName, Pool};
use crate::engine::program::{Conditions, Kind, Program, SourceText, Watched};
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
    /// Who ran the programs; empty when nothing ran.
    pub engine: EngineName,
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
    /// The program's clock, seed and zone.
    pub conditions: Conditions,
    /// It did not run this time: what it did is known from another run.
    pub cached: bool,
    /// Its claims in `Verified::claims`.
    pub claims: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    Program(Kind),
    /// A program that the reader is to finish: what is stated is what comes of it then.
    Starter(Kind),
    Pseudo,
}

impl ExampleKind {
    pub fn program(self) -> Option<Kind> {
        match self {
            ExampleKind::Program(kind) | ExampleKind::Starter(kind) => Some(kind),
            ExampleKind::Pseudo => None,
        }
    }
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
    /// Those that the reader is to finish, counted as run, failed or skipped too.
    pub starters: usize,
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
    /// Where traces are kept; none: every program runs.
    pub cache: Option<&'a Cache>,
    /// Told (programs done, programs in all), from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// What the examples see of chance and time.
    /// With another seed and on another day.
    pub elsewhere: bool,
}

/// A text whose examples are verified.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub owner: Owner,
    pub text: &'a MappedText,
    pub document: &'a Document,
    pub examples: &'a [Example],
}

/// Says of an example (its index among its owner's) whether it is to be verified.
type Only<'a> = dyn Fn(Owner, usize) -> bool + 'a;

/// Runs and judges everything. Errs only when the engine can't be started.
pub fn verify(sources: Sources, options: &Options<'_>) -> io::Result<Verified> {
    let mut engine = Engine::new(options);
    let attempts = attempt::jobs(&sources);
    verify_some(sources, &|_, _| true, &attempts, &mut engine)
}

/// Runs and judges some of the examples, and these attempts at exercises: all of them or none.
fn verify_some(
    mut sources: Sources,
    only: &Only<'_>,
    attempts: &[attempt::Job],
    engine: &mut Engine<'_>,
) -> io::Result<Verified> {
    let started = Instant::now();
    let mut diagnostics = std::mem::take(&mut sources.diagnostics);
    let plan = plan::plan(&sources, only, engine)?;
    let programs: Vec<_> = plan
        .jobs
        .iter()
        .map(|job| match engine.elsewhere {
            false => job.program.clone(),
            true => Program { conditions: job.program.conditions.elsewhere(), ..job.program.clone() },
        })
        .chain(attempts.iter().map(|job| job.program.clone()))
        .collect();
    let mut ran = engine.run(&programs)?;
    let attempted = ran.traces.split_off(plan.jobs.len());

    let mut concluded = conclude::examples(&sources, &plan, &ran.traces);
    mark_cached(&mut concluded.examples, &plan, &ran.cached);
    diagnostics.extend(concluded.diagnostics);
    let mut exercises = Vec::new();
    if !attempts.is_empty() {
        let (tried, findings) = attempt::conclude(&sources, attempts, attempted);
        exercises = tried;
        diagnostics.extend(findings);
    }
    let mut verified = Verified {
        sources,
        examples: concluded.examples,
        claims: concluded.claims,
        exercises,
        diagnostics,
        engine: engine.name.clone(),
        duration: started.elapsed(),
    };
    if verified.examples.is_empty() && verified.exercises.is_empty() && verified.is_true() {
        verified.diagnostics.push(nothing_to_verify(&verified.sources));
    }
    Ok(verified)
}

/// Says of each example whether all that its verdict depends on was known before.
fn mark_cached(examples: &mut [VerifiedExample], plan: &plan::Plan, cached: &[bool]) {
    let mut known: HashMap<(Owner, usize), bool> = HashMap::new();
    for (job, cached) in plan.jobs.iter().zip(cached) {
        let planned = &plan.examples[job.example];
        *known.entry((planned.owner, planned.index)).or_insert(true) &= cached;
    }
    for example in examples {
        example.cached = known.get(&(example.owner, example.index)).copied().unwrap_or(false);
    }
}

fn nothing_to_verify(sources: &Sources) -> Diagnostic {
    let path = sources.chapters.first().map_or(".", |chapter| chapter.file.path.as_str());
    Diagnostic::file_error(Code::NothingToVerify, path, "there is no example and no exercise in it")
        .with_help("put a fence of language `js` with a stated output into the text, e.g. `1 + 1 // => 2`")
}

/// The pool, what it did before, and what it said of itself.
struct Engine<'a> {
    pool: Pool,
    cache: Option<&'a Cache>,
    /// Nothing counts that ran outside of the sandbox.
    sandboxed: bool,
    progress: &'a (dyn Fn(usize, usize) + Sync),
    elsewhere: bool,
    name: EngineName,
}

/// As [`EngineName::sandbox`] names it.
const WHOLE_SANDBOX: &str = "landlock+seccomp";

/// What became of programs, each in its place.
struct Ran {
    traces: Vec<Trace>,
    /// It was known before this run.
    cached: Vec<bool>,
}

impl<'a> Engine<'a> {
    fn new(options: &Options<'a>) -> Engine<'a> {
        let Options { pool, cache, progress, elsewhere } = options;
        Engine {
            pool: Pool::new(pool.clone()),
            cache: *cache,
            sandboxed: pool.require_sandbox,
            progress: *progress,
            elsewhere: *elsewhere,
            name: EngineName::default(),
        }
    }

    /// Runs the programs of which it is not known what they do.
    fn run(&mut self, programs: &[Program]) -> io::Result<Ran> {
        let mut found = match self.cache {
            Some(cache) => cache.find(programs),
            None => vec![None; programs.len()],
        };
        if self.sandboxed {
            let is_loose = |found: &Found| found.engine.sandbox != WHOLE_SANDBOX;
            found
                .iter_mut()
                .filter(|found| found.as_ref().is_some_and(is_loose))
                .for_each(|found| *found = None);
        }
        let cached: Vec<bool> =
            found.iter().map(|found| found.as_ref().is_some_and(|found| found.is_old)).collect();
        let unknown: Vec<Program> = programs
            .iter()
            .zip(&found)
            .filter(|(_, found)| found.is_none())
            .map(|(program, _)| program.clone())
            .collect();
        if let Some(found) = found.iter().flatten().next_back() {
            self.name = found.engine.clone();
        }
        let mut traces = Vec::new();
        if !unknown.is_empty() {
            let done = AtomicUsize::new(programs.len() - unknown.len());
            let ran = self.pool.run(&unknown, &|| {
                let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.progress)(count, programs.len());
            })?;
            self.name = ran.engine.unwrap_or_default();
            traces = ran.traces;
        }
        if let Some(cache) = self.cache {
            unknown.iter().zip(&traces).for_each(|(program, trace)| cache.keep(program, &self.name, trace));
        }
        let mut ran = traces.into_iter();
        let trace = |found: Option<Found>| found.map(|found| found.trace).or_else(|| ran.next());
        let traces = found.into_iter().map(trace).map(Option::unwrap_or_default).collect();
        Ok(Ran { traces, cached })
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
            summary.starters += usize::from(matches!(example.kind, ExampleKind::Starter(_)));
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
                Verdict::Unchecked { .. } | Verdict::Doubtful { .. } => &mut summary.unchecked,
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
