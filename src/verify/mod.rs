//! THE PIPELINE in one place: sources are read, programs run, claims judged. Every command calls [`verify`].
//!
//! [`plan`] says what is to be run, [`conclude`] what came of it, [`exercise`] does both for exercises; [`audit`] proves
//! that false claims are found.

pub mod audit;
mod conclude;
mod deny;
pub mod edits;
pub mod exercise;
mod finding;
mod missing;
mod modules;
mod names;
pub mod pictures;
mod plan;
mod program;
pub mod quiz;
pub mod shard;
pub mod suggest;
mod surroundings;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bless::place::Mend;
use crate::book::config::Config;
use crate::book::diagnostic::{Code, Diagnostic, Severity};
use crate::book::example::Example;
use crate::book::exercise::Exercise;
use crate::book::load::Sources;
use crate::book::markdown::Document;
use crate::book::source::MappedText;
use crate::claim::Claim;
use crate::engine::cache::{Cache, Found};
use crate::engine::pool::{self, EngineName, Pool};
use crate::engine::program::{Conditions, Kind, Program, SourceText, Watched};
use crate::engine::trace::{Outcome, Thrown, Trace};
use crate::judge::Verdict;
use crate::judge::verdict::Texts;
use crate::verify::exercise::attempt::{Attempt, Yardstick};
use crate::verify::exercise::mutants::Mutants;
use crate::verify::pictures::Pictured;
use crate::verify::quiz::Quiz;
use crate::verify::shard::Shard;

/// Everything that is known after a verification.
pub struct Verified {
    pub sources: Sources,
    /// Chapter by chapter, then exercise by exercise, in the order of the text.
    pub examples: Vec<VerifiedExample>,
    /// Sorted by example, then by place; those of prose without any example come last.
    pub claims: Vec<VerifiedClaim>,
    /// In the order of `Sources::exercises`; `own_exercises` leaves out those of other shards.
    pub exercises: Vec<VerifiedExercise>,
    /// All findings: of reading, of running, of judging.
    pub diagnostics: Vec<Diagnostic>,
    /// Who ran the programs; empty when nothing ran.
    pub engine: EngineName,
    /// The part of the sources that this is about; none: all of them.
    pub shard: Option<Shard>,
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
    /// Milliseconds that its program may take.
    pub time_ms: u64,
    /// What each statement did that its claims speak of.
    pub seen: BTreeMap<usize, Texts>,
    /// Of its objects, when its fence asks for them and nothing is wrong with them.
    pub pictures: Option<Pictured>,
    /// The files that it loads as HTML on one line, when a `{{#modules}}` asks for them and nothing is wrong with them.
    pub modules: Option<String>,
    /// It did not run this time: what it did is known from another run.
    pub cached: bool,
    pub quiz: Option<Quiz>,
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
    /// Why starter or wrong answers do not parse, by their files' paths.
    pub unparsed: HashMap<String, Thrown>,
    /// None: small changes of the solution were not tried.
    pub mutants: Option<Mutants>,
    /// Of the solution's run: see `engine::program::Limits::steps`.
    pub steps: u64,
    /// What further answers are compared with.
    pub yardstick: Yardstick,
}

/// How a verification goes about its work.
pub struct Options<'a> {
    pub pool: pool::Options,
    /// Where traces are kept; none: every program runs.
    pub cache: Option<&'a Cache>,
    /// Told (programs done, programs in all), from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// With another seed and on another day.
    pub elsewhere: bool,
    /// Verify only this part.
    pub shard: Option<Shard>,
}

/// A text whose examples are verified.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub owner: Owner,
    pub text: &'a MappedText,
    pub document: &'a Document,
    pub examples: &'a [Example],
    /// Of the book that it belongs to.
    pub config: &'a Config,
}

/// Which examples are to be verified.
enum Selection {
    All,
    /// These, by owner and index there.
    Some(HashSet<(Owner, usize)>),
    /// These, which are a shard's: every finding is told as it is when all are verified.
    Shard(Shard, HashSet<(Owner, usize)>),
}

impl Selection {
    fn has(&self, owner: Owner, index: usize) -> bool {
        match self {
            Selection::All => true,
            Selection::Some(examples) | Selection::Shard(_, examples) => examples.contains(&(owner, index)),
        }
    }

    fn shard(&self) -> Option<Shard> {
        match self {
            Selection::Shard(shard, _) => Some(*shard),
            Selection::All | Selection::Some(_) => None,
        }
    }
}

/// Runs and judges everything. Errs only when the engine can't be started.
pub fn verify(sources: Sources, options: &Options<'_>) -> io::Result<Verified> {
    let mut engine = Engine::new(options);
    let selection = match options.shard {
        Some(shard) => Selection::Shard(shard, shard.examples(&sources)),
        None => Selection::All,
    };
    let attempts =
        exercise::jobs(&sources, &|exercise| options.shard.is_none_or(|shard| shard.has_exercise(exercise)));
    verify_some(sources, &selection, &attempts, &mut engine)
}

/// Runs and judges some of the examples, and these attempts at exercises: of each all or none.
fn verify_some(
    mut sources: Sources,
    selection: &Selection,
    attempts: &[exercise::Job],
    engine: &mut Engine<'_>,
) -> io::Result<Verified> {
    let started = Instant::now();
    let mut diagnostics = std::mem::take(&mut sources.diagnostics);
    let mut plan = plan::plan(&sources, selection, engine)?;
    let shard = selection.shard();
    if shard.is_some_and(|shard| !shard.is_first()) {
        diagnostics.clear();
        plan.orphans.clear();
    }
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
    diagnostics.append(&mut concluded.diagnostics);
    diagnostics.extend(quiz::ask(&sources, &plan, &programs, &ran.traces, &mut concluded, engine)?);
    diagnostics.extend(pictures::conclude(&sources, &plan, &ran.traces, &mut concluded.examples));
    diagnostics.extend(modules::conclude(&sources, &plan, &ran.traces, &mut concluded.examples));
    let mut exercises = Vec::new();
    if !attempts.is_empty() {
        let (tried, findings) = exercise::conclude(&sources, attempts, attempted);
        exercises = tried;
        diagnostics.extend(findings);
        diagnostics.extend(exercise::audit(&sources, &mut exercises, engine)?);
    }
    let mut verified = Verified {
        sources,
        examples: concluded.examples,
        claims: concluded.claims,
        exercises,
        diagnostics,
        engine: engine.name.clone(),
        shard,
        duration: started.elapsed(),
    };
    let nothing = plan.examples.is_empty() && verified.sources.exercises.is_empty();
    if nothing && shard.is_none_or(Shard::is_first) && verified.is_true() {
        verified.diagnostics.push(nothing_to_verify(&verified.sources));
    }
    // Which examples are marked is known to every shard, so that the first can tell.
    if !matches!(selection, Selection::Some(_)) && shard.is_none_or(Shard::is_first) && verified.is_true() {
        let idle = idle(&verified.sources);
        verified.diagnostics.extend(idle);
    }
    deny::apply(&mut verified);
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

/// Where the examples stand in a list, by their text and their number in it.
fn places(examples: &[VerifiedExample]) -> HashMap<(Owner, usize), usize> {
    examples.iter().enumerate().map(|(at, example)| ((example.owner, example.index), at)).collect()
}

fn nothing_to_verify(sources: &Sources) -> Diagnostic {
    let path = sources.chapters.first().map_or(".", |chapter| chapter.file.path.as_str());
    Diagnostic::file_error(Code::NothingToVerify, path, "there is no example and no exercise in it")
        .with_help("put a fence of language `js` with a stated output into the text, e.g. `1 + 1 // => 2`")
}

/// Texts of which every example is marked `ignore`: an error where nothing else runs, else a note for each.
fn idle(sources: &Sources) -> Vec<Diagnostic> {
    let marked = |text: &Text<'_>| text.examples.iter().all(|example| example.attributes.ignore);
    let with_examples = || sources.texts().filter(|text| !text.examples.is_empty());
    let all = sources.exercises.is_empty() && with_examples().all(|text| marked(&text));
    let place = |text: Text<'_>| {
        let start = text.examples[0].range.start;
        let fence = text.text.text[start..].lines().next().map_or(0, str::len);
        text.text.span(start..start + fence)
    };
    let told = with_examples().filter(marked).take(if all { 1 } else { usize::MAX }).map(|text| {
        let place = place(text);
        let found = if all {
            let message = "no example runs, so nothing is proven: each is marked `ignore`";
            Diagnostic::error(Code::NothingToVerify, place, message)
        } else {
            Diagnostic::note(Code::Style, place, "no example of this text runs: each is marked `ignore`")
        };
        found.with_help("take `ignore` off the fence of each example that can run")
    });
    told.collect()
}

/// The pool, what it did before, and what it said of itself.
pub struct Engine<'a> {
    pool: Pool,
    cache: Option<&'a Cache>,
    /// Nothing counts that ran outside of the sandbox.
    sandboxed: bool,
    progress: &'a (dyn Fn(usize, usize) + Sync),
    elsewhere: bool,
    /// Small changes of solutions are tried, whatever their book says.
    mutants: bool,
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
    pub fn new(options: &Options<'a>) -> Engine<'a> {
        let Options { pool, cache, progress, elsewhere, shard: _ } = options;
        Engine {
            pool: Pool::new(pool.clone()),
            cache: *cache,
            sandboxed: pool.require_sandbox,
            progress: *progress,
            elsewhere: *elsewhere,
            mutants: false,
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
        let mut trace = |found: Option<Found>| found.map(|found| found.trace).or_else(|| ran.next());
        let traces = found.into_iter().map(|found| trace(found).unwrap_or_else(Trace::lost)).collect();
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
            config: &chapter.config,
        });
        let exercises = self.exercises.iter().enumerate().map(|(index, exercise)| Text {
            owner: Owner::Exercise(index),
            text: &exercise.text,
            document: &exercise.document,
            examples: &exercise.examples,
            config: &exercise.config,
        });
        chapters.chain(exercises)
    }

    pub fn text(&self, owner: Owner) -> Text<'_> {
        let (text, document, examples, config) = match owner {
            Owner::Chapter(index) => {
                let chapter = &self.chapters[index];
                (&chapter.text, &chapter.document, &chapter.examples, &chapter.config)
            }
            Owner::Exercise(index) => {
                let exercise = &self.exercises[index];
                (&exercise.text, &exercise.document, &exercise.examples, &exercise.config)
            }
        };
        Text { owner, text, document, examples, config }
    }
}

impl Verified {
    /// Nothing that was stated is false, and nothing is an error.
    pub fn is_true(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error)
    }

    /// What the user named was read, with the settings that it has: a verdict speaks of the whole.
    pub fn is_readable(&self) -> bool {
        let is_wrong = |found: &Diagnostic| found.severity == Severity::Error && found.code == Code::Config;
        !self.sources.unreadable && !self.diagnostics.iter().any(is_wrong)
    }

    /// The exercises of this shard, each with its index into `Sources::exercises`.
    pub fn own_exercises(&self) -> impl Iterator<Item = (usize, &VerifiedExercise)> {
        let is_own = |exercise: &Exercise| self.shard.is_none_or(|shard| shard.has_exercise(exercise));
        let exercises = self.exercises.iter().enumerate();
        exercises.filter(move |(index, _)| is_own(&self.sources.exercises[*index]))
    }
}
