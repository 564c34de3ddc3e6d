//! What came of one answer: the same for the same answer in the build, in the terminal and in the browser.

use std::collections::HashMap;

use serde::Serialize;

use crate::book::exercise::{Check, Exercise};
use crate::engine::trace::{self, Event, Stream, TestResult, TestStatus, Thrown, Trace};

/// One answer against an exercise's tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    pub outcome: Outcome,
    /// Why the tests say nothing, or not all: what was thrown, which limit was met.
    pub message: Option<String>,
    /// Of the answer, where that was thrown.
    pub line: Option<usize>,
    /// Those that ran, then those that were not reached.
    pub tests: Vec<TestResult>,
    /// The common wrong answer that fails in the same way: its file's name without `.js`.
    pub matched_wrong: Option<String>,
    /// What ended it, if something was thrown.
    pub error: Option<Thrown>,
    /// What was printed while no test ran, which mostly is before the first: by the answer as it is loaded.
    pub printed: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Every test passed, and there is at least one.
    Passed,
    #[default]
    Failed,
    /// It ended before its tests could say anything.
    Error,
    TimedOut,
    Crashed,
}

/// How an answer fails: which tests, by which values. Two that fail alike can't be told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Signature(Vec<(String, String)>);

/// What answers are compared with, once solution and common wrong answers have run.
#[derive(Clone, Debug, Default)]
pub struct Yardstick {
    /// What the solution prints.
    pub output: String,
    /// The names of the tests that the solution passes, in their order.
    pub tests: Vec<String>,
    /// The names of the common wrong answers, and how they fail.
    pub wrong: Vec<(String, Signature)>,
}

impl Yardstick {
    /// From the solution's run, before any wrong answer has run.
    pub fn of(solution: &Trace) -> Yardstick {
        Yardstick {
            output: solution.printed(Stream::Stdout),
            tests: passed(&solution.tests).map(|test| test.name.clone()).collect(),
            wrong: Vec::new(),
        }
    }

    /// From here on answers that fail as this common wrong answer does are told so.
    pub fn learn(&mut self, name: &str, wrong: &Attempt) {
        self.wrong.extend(wrong.signature().map(|signature| (name.to_owned(), signature)));
    }
}

impl Attempt {
    /// What a run of an answer came to.
    pub fn of(exercise: &Exercise, trace: Trace, yardstick: &Yardstick) -> Attempt {
        let printed = outside(&trace);
        let tests = match exercise.settings.check {
            Check::Tests if trace.outcome == trace::Outcome::Completed => {
                with_missing(trace.tests, &yardstick.tests)
            }
            Check::Tests => trace.tests,
            Check::Output => vec![output_test(&trace, &yardstick.output)],
        };
        let answer = format!("/{}", exercise.settings.answer);
        let (ended, message, error) = ended(trace.outcome);
        let line = error
            .as_ref()
            .and_then(|error| error.line.filter(|_| error.file.as_deref() == Some(answer.as_str())));
        let outcome = outcome(ended, &tests);
        let mut attempt = Attempt { outcome, message, line, tests, matched_wrong: None, error, printed };
        let signature = attempt.signature();
        let same = yardstick.wrong.iter().find(|(_, wrong)| signature.as_ref() == Some(wrong));
        attempt.matched_wrong = same.map(|(name, _)| name.clone());
        attempt
    }

    pub fn passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }

    /// None of an answer that passes.
    pub fn signature(&self) -> Option<Signature> {
        if self.passed() {
            return None;
        }
        let failed = self.tests.iter().filter(|test| test.status == TestStatus::Failed).map(|test| {
            let received = test.actual.as_ref().or(test.message.as_ref());
            (test.name.clone(), received.cloned().unwrap_or_default())
        });
        let ended = self.message.iter().map(|message| (String::new(), message.clone()));
        Some(Signature(failed.chain(ended).collect()))
    }
}

/// A run that went to its end has every test that the solution passes: an answer may have kept one from being made, by
/// what it did to the language, or from being more than skipped. Those count as not run.
fn with_missing(mut tests: Vec<TestResult>, wanted: &[String]) -> Vec<TestResult> {
    let is_told = |test: &TestResult| !matches!(test.status, TestStatus::Skipped | TestStatus::Todo);
    let mut told: HashMap<String, usize> = HashMap::new();
    for test in tests.iter().filter(|test| is_told(test)) {
        *told.entry(test.name.clone()).or_default() += 1;
    }
    for name in wanted {
        if let Some(count) = told.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
        } else if let Some(skipped) = tests.iter_mut().find(|test| test.name == *name && !is_told(test)) {
            skipped.status = TestStatus::NotRun;
        } else {
            tests.push(TestResult {
                name: name.clone(),
                status: TestStatus::NotRun,
                message: None,
                expected: None,
                actual: None,
                output: String::new(),
            });
        }
    }
    tests
}

fn passed(tests: &[TestResult]) -> impl Iterator<Item = &TestResult> {
    tests.iter().filter(|test| test.status == TestStatus::Passed)
}

/// All that was printed but what the tests have.
fn outside(trace: &Trace) -> String {
    let printed: String = trace
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Print { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let in_tests: String = trace.tests.iter().map(|test| test.output.as_str()).collect();
    // What tests inside of tests print is told of both: then nobody knows what else there was.
    printed.strip_suffix(&in_tests).map(str::to_owned).unwrap_or_default()
}

/// The one test of an exercise whose answers have to print something.
fn output_test(trace: &Trace, wanted: &str) -> TestResult {
    let printed = trace.printed(Stream::Stdout);
    let has_ended = trace.outcome == trace::Outcome::Completed;
    let status = match printed == wanted {
        true if has_ended => TestStatus::Passed,
        _ => TestStatus::Failed,
    };
    let told = status == TestStatus::Failed;
    TestResult {
        name: "prints what is asked for".into(),
        status,
        message: told.then(|| {
            let is_right = printed == wanted;
            let why = if is_right {
                "the output is right, but it does not end as it should"
            } else {
                "the output is another one"
            };
            why.into()
        }),
        expected: told.then(|| wanted.to_owned()),
        actual: told.then(|| printed.clone()),
        output: printed,
    }
}

/// How the run as a whole ended; none: as it should.
fn ended(outcome: trace::Outcome) -> (Option<Outcome>, Option<String>, Option<Thrown>) {
    use trace::Outcome as Run;
    let error = |message: &str| (Some(Outcome::Error), Some(message.to_owned()), None);
    match outcome {
        Run::Completed => (None, None, None),
        Run::Threw { error } | Run::SyntaxError { error } => {
            (Some(Outcome::Error), Some(error.headline()), Some(error))
        }
        Run::Exited { code } => error(&format!("the answer ended the program by process.exit({code})")),
        Run::Unsettled => error("a top-level await waits for what never comes"),
        Run::Unsupported { what } => error(&format!("{what} does not exist here")),
        Run::TimedOut => (Some(Outcome::TimedOut), Some("it runs longer than its limit".into()), None),
        Run::Limit { what } => {
            (Some(Outcome::Error), Some(format!("it needs more {what} than its limit")), None)
        }
        Run::OutOfMemory => (Some(Outcome::Crashed), Some("it runs out of memory".into()), None),
        Run::Crashed { reason } => (Some(Outcome::Crashed), Some(reason), None),
        Run::NotRun => error("it was not run"),
    }
}

fn outcome(ended: Option<Outcome>, tests: &[TestResult]) -> Outcome {
    let has = |status| tests.iter().any(|test| test.status == status);
    match ended {
        // What failed before is told by its test.
        Some(Outcome::Error) if has(TestStatus::Failed) => Outcome::Failed,
        Some(ended) => ended,
        None if has(TestStatus::Failed) || has(TestStatus::NotRun) => Outcome::Failed,
        None if has(TestStatus::Passed) => Outcome::Passed,
        None => Outcome::Failed,
    }
}
