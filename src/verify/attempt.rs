//! Exercises: the solution must pass, the starter and each wrong answer must fail, and for the right reasons.

use std::collections::HashSet;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::exercise::{Check, Exercise};
use crate::book::load::Sources;
use crate::book::source::{SourceFile, Span};
use crate::book::time::Settings;
use crate::engine::program::{Host, Program, SourceText};
use crate::engine::trace::{Outcome, Stream, TestStatus, Thrown, Trace};
use crate::verify::program::{conditions, kind, limits};
use crate::verify::{Attempt, VerifiedExercise};

/// One answer to be run against its exercise.
pub struct Job {
    /// Index into `Sources::exercises`.
    exercise: usize,
    role: Role,
    pub program: Program,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Solution,
    Starter,
    /// Index into `Exercise::wrong`.
    Wrong(usize),
}

/// The attempts at the exercises that are wanted.
pub fn jobs(sources: &Sources, wanted: &dyn Fn(&Exercise) -> bool) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (index, exercise) in sources.exercises.iter().enumerate().filter(|(_, exercise)| wanted(exercise)) {
        let answers = [(Role::Solution, &exercise.solution), (Role::Starter, &exercise.starter)];
        let wrong = exercise.wrong.iter().enumerate().map(|(at, file)| (Role::Wrong(at), file));
        for (role, answer) in answers.into_iter().chain(wrong) {
            jobs.push(Job { exercise: index, role, program: program(exercise, answer) });
        }
    }
    jobs
}

fn program(exercise: &Exercise, answer: &SourceFile) -> Program {
    let answer_path = format!("/{}", exercise.settings.answer);
    let mut files = Vec::new();
    let mut entry = answer_path.clone();
    if let (Check::Tests, Some(test)) = (exercise.settings.check, &exercise.test) {
        entry = if test.path.ends_with(".mjs") { "/test.mjs".into() } else { "/test.js".into() };
        files.push(SourceText { path: entry.clone(), source: test.text.clone() });
    }
    files.push(SourceText { path: answer_path, source: answer.text.clone() });
    files.extend(
        exercise
            .files
            .iter()
            .map(|(path, file)| SourceText { path: format!("/{path}"), source: file.text.clone() }),
    );
    let tested = entry != files.last().map_or(String::new(), |_| format!("/{}", exercise.settings.answer));
    Program {
        files,
        entry,
        kind: Some(kind(exercise.settings.module)),
        probes: Vec::new(),
        tests: tested,
        record: None,
        watch: Vec::new(),
        host: Host::Node,
        norun: false,
        limits: limits(&exercise.config, exercise.settings.timeout_ms),
        conditions: conditions(&exercise.config.conditions, &Settings::default()),
    }
}

/// Every exercise's attempts and what is wrong with it; nothing of those that no job is for.
pub fn conclude(
    sources: &Sources,
    jobs: &[Job],
    traces: Vec<Trace>,
) -> (Vec<VerifiedExercise>, Vec<Diagnostic>) {
    let mut exercises: Vec<VerifiedExercise> = Vec::new();
    exercises.resize_with(sources.exercises.len(), VerifiedExercise::default);
    let mut wanted_output = vec![String::new(); sources.exercises.len()];
    for (job, trace) in jobs.iter().zip(traces) {
        let exercise = &sources.exercises[job.exercise];
        let printed = trace.printed(Stream::Stdout);
        if job.role == Role::Solution {
            wanted_output[job.exercise].clone_from(&printed);
        }
        let same_output = printed == wanted_output[job.exercise];
        let attempt = attempt(exercise, trace, same_output);
        let verified = &mut exercises[job.exercise];
        match job.role {
            Role::Solution => verified.solution = attempt,
            Role::Starter => verified.starter = attempt,
            Role::Wrong(_) => verified.wrong.push(attempt),
        }
    }
    let mut diagnostics = Vec::new();
    let tried: HashSet<usize> = jobs.iter().map(|job| job.exercise).collect();
    for (index, (exercise, verified)) in sources.exercises.iter().zip(&mut exercises).enumerate() {
        if !tried.contains(&index) {
            continue;
        }
        let found = findings(exercise, verified);
        verified.passed = found.is_empty();
        diagnostics.extend(found);
    }
    (exercises, diagnostics)
}

fn attempt(exercise: &Exercise, trace: Trace, same_output: bool) -> Attempt {
    let ended = matches!(trace.outcome, Outcome::Completed);
    let passed = match exercise.settings.check {
        Check::Output => ended && same_output,
        Check::Tests => {
            let passed = trace.tests.iter().filter(|test| test.status == TestStatus::Passed).count();
            let bad = |status| matches!(status, TestStatus::Failed | TestStatus::NotRun);
            ended && passed > 0 && !trace.tests.iter().any(|test| bad(test.status))
        }
    };
    let error = match &trace.outcome {
        Outcome::Threw { error } | Outcome::SyntaxError { error } => Some(error.clone()),
        _ => None,
    };
    Attempt { passed, outcome: trace.outcome, error, tests: trace.tests }
}

fn findings(exercise: &Exercise, verified: &VerifiedExercise) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let solution = &verified.solution;
    if !solution.passed {
        let place = whole(&exercise.solution, solution);
        let nothing = exercise.settings.check == Check::Tests && solution.tests.is_empty();
        let message = if nothing && solution.error.is_none() {
            "the exercise has no test, so it proves nothing".to_owned()
        } else {
            format!("the solution does not pass: {}", why(solution))
        };
        found.push(
            Diagnostic::error(Code::Exercise, place, message)
                .with_help("mend solution.js or test.js: the solution must pass every test"),
        );
        // What fails with a broken test says nothing about starter and wrong answers.
        return found;
    }
    let starter = &verified.starter;
    if starter.passed && !exercise.settings.starter_may_pass {
        found.push(
            Diagnostic::error(
                Code::Exercise,
                whole(&exercise.starter, starter),
                "the starter already passes every test: there is nothing to solve",
            )
            .with_help("take the answer out of starter.js, add a test, or set `starter_may_pass = true`"),
        );
    } else if !fails_by_a_test(starter) && starter.error.is_none() {
        found.push(
            Diagnostic::error(
                Code::Exercise,
                whole(&exercise.starter, starter),
                format!("the starter fails by no test: {}", why(starter)),
            )
            .with_help("a starter should fail by a test or by `throw new Error('TODO')`"),
        );
    } else if let Some(error) = starter.error.as_ref().filter(|error| !is_todo(error)) {
        found.push(
            Diagnostic::error(
                Code::Exercise,
                whole(&exercise.starter, starter),
                format!("the starter does not load: {}", error.headline()),
            )
            .with_help("a starter should fail by a test or by `throw new Error('TODO')`, not by broken code"),
        );
    }
    for (file, attempt) in exercise.wrong.iter().zip(&verified.wrong) {
        if let Some(error) = attempt.error.as_ref().filter(|error| error.name == "SyntaxError") {
            found.push(
                Diagnostic::error(
                    Code::Exercise,
                    whole(file, attempt),
                    format!("this wrong answer does not parse: {}", error.message),
                )
                .with_help("a common wrong answer is one that runs and fails a test"),
            );
        }
        if attempt.passed {
            found.push(
                Diagnostic::error(
                    Code::Exercise,
                    whole(file, attempt),
                    "this wrong answer passes every test",
                )
                .with_help("add a test that tells it from the solution, or delete the file"),
            );
        }
    }
    found
}

/// A learner who is told nothing has nothing to go by. With `check = "output"` what is printed is the test.
fn fails_by_a_test(attempt: &Attempt) -> bool {
    attempt.passed
        || attempt.tests.iter().any(|test| test.status == TestStatus::Failed)
        || (attempt.tests.is_empty() && attempt.outcome == Outcome::Completed)
}

fn is_todo(error: &Thrown) -> bool {
    error.message.to_uppercase().contains("TODO")
}

/// Why an attempt failed, in a line.
fn why(attempt: &Attempt) -> String {
    if let Some(test) = attempt.tests.iter().find(|test| test.status == TestStatus::Failed) {
        let message = test.message.as_deref().unwrap_or("it failed");
        return format!("test \"{}\": {}", test.name, message.lines().next().unwrap_or_default());
    }
    match &attempt.outcome {
        Outcome::Threw { error } | Outcome::SyntaxError { error } => error.headline(),
        Outcome::TimedOut => "it runs longer than its limit".into(),
        Outcome::OutOfMemory => "it runs out of memory".into(),
        Outcome::Completed => "it does not do what the exercise asks".into(),
        other => format!("{other:?}"),
    }
}

/// The line of the error, else the file's first line.
fn whole(file: &std::sync::Arc<SourceFile>, attempt: &Attempt) -> Span {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let line = attempt.error.as_ref().and_then(|error| {
        // Inside the virtual file system an answer has another name than on disk.
        let is_test = error.file.as_deref().is_some_and(|path| path.starts_with("/test."));
        error.line.filter(|_| is_test == name.starts_with("test."))
    });
    Span::new(file, file.line_range(line.unwrap_or(1)))
}
