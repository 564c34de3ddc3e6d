//! Do the tests notice when the solution is changed a little? Each small change of it is an answer of its own, which some
//! test has to fail.

use std::collections::{HashMap, HashSet};
use std::io;

use crate::book::exercise::Exercise;
use crate::book::source::Span;
use crate::engine::program::Program;
use crate::engine::trace::{Mutant, MutantKind, TestResult, TestStatus, Trace};
use crate::verify::exercise::answer;
use crate::verify::exercise::attempt::{Attempt, Yardstick};
use crate::verify::{Engine, VerifiedExercise};

/// What came of the changes of one solution.
#[derive(Clone, Debug, Default)]
pub struct Mutants {
    /// How many were tried.
    pub total: usize,
    /// How many there are.
    pub found: usize,
    /// Those that pass every test, in the order of the solution.
    pub survived: Vec<Survivor>,
    /// Tests that no answer failed: no change, no starter, no wrong answer.
    pub idle: Vec<String>,
}

/// A change of the solution that no test notices.
#[derive(Clone, Debug)]
pub struct Survivor {
    pub kind: MutantKind,
    /// What is changed, in the solution.
    pub span: Span,
    /// What stands in its place.
    pub mutated: String,
    /// The expression or statement around it, before and after.
    pub whole: (String, String),
}

/// An exercise whose solution passes, and what came of its other answers.
pub struct Subject<'a> {
    pub exercise: &'a Exercise,
    pub verified: &'a VerifiedExercise,
}

/// Tries all changes of the solutions.
pub fn audit(subjects: &[Subject<'_>], engine: &mut Engine<'_>) -> io::Result<Vec<Mutants>> {
    let readings: Vec<Program> = subjects.iter().map(|subject| reading(subject.exercise)).collect();
    let read = engine.run(&readings)?.traces.into_iter();
    let all: Vec<Vec<Mutant>> =
        read.map(|trace| trace.parsed.map(|parsed| parsed.mutants).unwrap_or_default()).collect();
    let changes: Vec<Vec<&Mutant>> = all.iter().map(|all| some(all)).collect();
    let programs: Vec<Program> = subjects
        .iter()
        .zip(&changes)
        .flat_map(|(subject, changes)| changes.iter().map(|change| subject.program(change)))
        .collect();
    let mut traces = engine.run(&programs)?.traces.into_iter();
    let mutants = |((subject, changes), all): ((&Subject<'_>, &Vec<&Mutant>), &Vec<Mutant>)| Mutants {
        found: all.len(),
        ..subject.conclude(changes, traces.by_ref().take(changes.len()))
    };
    Ok(subjects.iter().zip(&changes).zip(&all).map(mutants).collect())
}

/// The solution alone, to be read.
fn reading(exercise: &Exercise) -> Program {
    let alone = answer::program(exercise, &exercise.solution.text);
    let path = format!("/{}", exercise.settings.answer);
    let files = alone.files.into_iter().filter(|file| file.path == path).collect();
    Program { files, entry: path, tests: false, norun: true, mutants: true, ..alone }
}

/// How many changes of one solution are tried; of more, so many that are spread evenly.
const MOST: usize = 300;

fn some(all: &[Mutant]) -> Vec<&Mutant> {
    let step = all.len().div_ceil(MOST).max(1);
    all.iter().step_by(step).collect()
}

impl Subject<'_> {
    fn program(&self, change: &Mutant) -> Program {
        let program = answer::program(self.exercise, &changed(&self.exercise.solution.text, change));
        Program { limits: program.limits.of_a_change(self.verified.steps), ..program }
    }

    fn conclude(&self, changes: &[&Mutant], traces: impl Iterator<Item = Trace>) -> Mutants {
        let judged = Yardstick { wrong: Vec::new(), ..self.verified.yardstick.clone() };
        let mut failed = HashSet::new();
        let mut note = |attempt: &Attempt| {
            let tests = numbered(&attempt.tests).filter(|(test, _)| test.status == TestStatus::Failed);
            failed.extend(tests.map(|(test, number)| (test.name.clone(), number)));
        };
        self.verified.wrong.iter().chain([&self.verified.starter]).for_each(&mut note);
        let mut survived = Vec::new();
        for (change, trace) in changes.iter().zip(traces) {
            let attempt = Attempt::of(self.exercise, trace, &judged);
            note(&attempt);
            if attempt.passed() {
                survived.push(self.survivor(change));
            }
        }
        let tests =
            numbered(&self.verified.solution.tests).filter(|(test, _)| test.status == TestStatus::Passed);
        let idle = tests
            .map(|(test, number)| (test.name.clone(), number))
            .filter(|named| !failed.contains(named))
            .map(|(name, _)| name)
            .collect();
        Mutants { total: changes.len(), found: changes.len(), survived, idle }
    }

    fn survivor(&self, change: &Mutant) -> Survivor {
        let solution = &self.exercise.solution;
        let whole = &solution.text[change.whole_start..change.whole_end];
        let within = Mutant {
            start: change.start - change.whole_start,
            end: change.end.min(change.whole_end) - change.whole_start,
            ..change.clone()
        };
        Survivor {
            kind: change.kind,
            span: Span::new(solution, change.start..change.end),
            mutated: change.text.clone(),
            whole: (whole.to_owned(), changed(whole, &within)),
        }
    }
}

/// Each with how many of its name stand before it.
fn numbered(tests: &[TestResult]) -> impl Iterator<Item = (&TestResult, usize)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    tests.iter().map(move |test| {
        let count = seen.entry(test.name.as_str()).or_default();
        *count += 1;
        (test, *count - 1)
    })
}

fn changed(source: &str, change: &Mutant) -> String {
    [&source[..change.start], &change.text, &source[change.end..]].concat()
}
