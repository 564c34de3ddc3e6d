//! The report for machines: one JSON document, schema 1.

use serde::Serialize;

use crate::book::diagnostic::{self, Diagnostic, Place, Severity};
use crate::book::source::Span;
use crate::engine::pool::EngineName;
use crate::engine::program::Kind;
use crate::engine::trace::{Outcome, TestResult, TestStatus};
use crate::judge::Verdict;
use crate::verify::{Attempt, ExampleKind, ExampleState, Owner, Verified, VerifiedClaim, VerifiedExample};

/// The whole document, with a line break at its end.
pub fn report(verified: &Verified) -> String {
    let report = Report {
        schema: 1,
        tool: tool(&verified.engine),
        summary: summary(verified),
        examples: verified.examples.iter().map(|example| self::example(verified, example)).collect(),
        claims: verified.claims.iter().map(|claim| self::claim(verified, claim)).collect(),
        exercises: exercises(verified),
        diagnostics: verified.diagnostics.iter().map(diagnostic).collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// Who says it.
pub fn tool(engine: &EngineName) -> Tool<'_> {
    Tool {
        name: "mdbook-galley",
        version: env!("CARGO_PKG_VERSION"),
        engine: &engine.name,
        reference: "node 24",
        sandbox: &engine.sandbox,
    }
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    tool: Tool<'a>,
    summary: Summary,
    examples: Vec<Example<'a>>,
    claims: Vec<Claim<'a>>,
    exercises: Vec<Exercise<'a>>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
pub struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    engine: &'a str,
    reference: &'a str,
    sandbox: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    examples: ExampleCounts,
    claims: ClaimCounts,
    exercises: ExerciseCounts,
    duration_ms: u128,
}

#[derive(Serialize)]
struct ExampleCounts {
    ran: usize,
    /// Not run on purpose, pseudo-code included.
    skipped: usize,
    failed: usize,
    pseudo: usize,
    /// To be finished by the reader; they are among the others too.
    starters: usize,
}

#[derive(Serialize)]
struct ClaimCounts {
    held: usize,
    broken: usize,
    unchecked: usize,
}

#[derive(Serialize)]
struct ExerciseCounts {
    passed: usize,
    failed: usize,
}

#[derive(Serialize)]
struct Example<'a> {
    file: String,
    line: usize,
    end_line: usize,
    kind: &'static str,
    outcome: &'static str,
    stdout: &'a str,
    error: Option<Error<'a>>,
    reason: Option<String>,
    cached: bool,
}

#[derive(Serialize)]
struct Error<'a> {
    name: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Claim<'a> {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    example: Option<usize>,
    kind: &'static str,
    stated: &'a str,
    actual: Option<&'a str>,
    verdict: &'static str,
    rung: Option<&'static str>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Exercise<'a> {
    name: &'a str,
    folder: &'a str,
    status: &'static str,
    solution: Tried<'a>,
    starter: Tried<'a>,
    wrong: Vec<Wrong<'a>>,
}

#[derive(Serialize)]
struct Tried<'a> {
    outcome: &'static str,
    tests: Vec<Test<'a>>,
}

#[derive(Serialize)]
struct Test<'a> {
    name: &'a str,
    status: &'static str,
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct Wrong<'a> {
    file: &'a str,
    outcome: &'static str,
}

#[derive(Serialize)]
pub struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    notes: &'a [String],
    help: Option<&'a str>,
    fix: Option<Fix<'a>>,
}

/// A replacement of a range of a file; lines and columns count from 1, the end is behind the range.
#[derive(Serialize)]
struct Fix<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: &'a str,
}

fn summary(verified: &Verified) -> Summary {
    let counts = verified.summary();
    Summary {
        files: counts.files,
        examples: ExampleCounts {
            ran: counts.ran,
            skipped: counts.skipped + counts.pseudo,
            failed: counts.failed,
            pseudo: counts.pseudo,
            starters: counts.starters,
        },
        claims: ClaimCounts { held: counts.held, broken: counts.broken, unchecked: counts.unchecked },
        exercises: ExerciseCounts { passed: counts.exercises_passed, failed: counts.exercises_failed },
        duration_ms: verified.duration.as_millis(),
    }
}

fn span(verified: &Verified, owner: Owner, range: std::ops::Range<usize>) -> Span {
    verified.sources.text(owner).text.span(range)
}

fn example<'a>(verified: &'a Verified, example: &'a VerifiedExample) -> Example<'a> {
    let text = verified.sources.text(example.owner);
    let range = text.examples[example.index].range.clone();
    let place = text.text.span(range.clone());
    let last = text.text.span(range.end.saturating_sub(1).max(range.start)..range.end);
    let (outcome, error, reason) = match &example.state {
        ExampleState::Ran(outcome) | ExampleState::Failed(outcome) => told(outcome),
        ExampleState::Skipped(reason) => ("skipped", None, Some(reason.clone())),
    };
    Example {
        file: place.file.path.clone(),
        line: place.start_position().line,
        end_line: last.start_position().line,
        kind: match example.kind {
            ExampleKind::Pseudo => "pseudo",
            ExampleKind::Starter(_) => "starter",
            ExampleKind::Program(Kind::Script) => "script",
            ExampleKind::Program(Kind::CommonJs) => "commonjs",
            ExampleKind::Program(Kind::Module) => "module",
        },
        outcome,
        stdout: &example.stdout,
        error,
        reason,
        cached: example.cached,
    }
}

fn told(outcome: &Outcome) -> (&'static str, Option<Error<'_>>, Option<String>) {
    match outcome {
        Outcome::Completed => ("completed", None, None),
        Outcome::Threw { error } => {
            ("threw", Some(Error { name: &error.name, message: &error.message }), None)
        }
        Outcome::SyntaxError { error } => {
            ("syntax-error", Some(Error { name: &error.name, message: &error.message }), None)
        }
        Outcome::Exited { code } => ("completed", None, Some(format!("process.exit({code})"))),
        Outcome::Unsettled => ("completed", None, Some("a top-level await never settles".into())),
        Outcome::Unsupported { what } => ("skipped", None, Some(format!("needs {what}"))),
        Outcome::TimedOut => ("timed-out", None, None),
        Outcome::OutOfMemory => ("out-of-memory", None, None),
        Outcome::Limit { what } => ("timed-out", None, Some(format!("over the limit of {what}"))),
        Outcome::Crashed { reason } => ("crashed", None, Some(reason.clone())),
        Outcome::NotRun => ("skipped", None, Some("parsed only".into())),
    }
}

fn claim<'a>(verified: &'a Verified, claim: &'a VerifiedClaim) -> Claim<'a> {
    let place = span(verified, claim.owner, claim.claim.range.clone());
    let (start, end) = (place.start_position(), place.end_position());
    let (verdict, actual, rung, reason) = match &claim.verdict {
        Verdict::Held { rung, actual } => ("held", Some(actual.text.as_str()), Some(rung.as_str()), None),
        Verdict::Broken { actual } => ("broken", Some(actual.text.as_str()), None, None),
        Verdict::Unchecked { reason } => ("unchecked", None, None, Some(reason.as_str())),
        Verdict::Doubtful { actual } => {
            ("unchecked", Some(actual.text.as_str()), None, Some("it may be a remark"))
        }
    };
    Claim {
        file: place.file.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        example: claim.example,
        kind: claim.claim.kind.as_str(),
        stated: &claim.claim.stated,
        actual,
        verdict,
        rung,
        reason,
    }
}

fn exercises(verified: &Verified) -> Vec<Exercise<'_>> {
    let exercises = verified.sources.exercises.iter().zip(&verified.exercises);
    exercises
        .map(|(exercise, result)| Exercise {
            name: &exercise.name,
            folder: &exercise.folder,
            status: if result.passed { "passed" } else { "failed" },
            solution: tried(&result.solution),
            starter: tried(&result.starter),
            wrong: exercise
                .wrong
                .iter()
                .zip(&result.wrong)
                .map(|(file, attempt)| Wrong { file: &file.path, outcome: outcome(attempt) })
                .collect(),
        })
        .collect()
}

fn tried(attempt: &Attempt) -> Tried<'_> {
    Tried { outcome: outcome(attempt), tests: attempt.tests.iter().map(test).collect() }
}

fn outcome(attempt: &Attempt) -> &'static str {
    match attempt.outcome {
        Outcome::TimedOut | Outcome::Limit { .. } => "timed-out",
        Outcome::Crashed { .. } | Outcome::OutOfMemory => "crashed",
        _ if attempt.passed => "passed",
        _ if attempt.error.is_some() && attempt.tests.is_empty() => "error",
        _ => "failed",
    }
}

fn test(test: &TestResult) -> Test<'_> {
    let status = match test.status {
        TestStatus::Passed => "passed",
        TestStatus::Failed => "failed",
        TestStatus::Skipped => "skipped",
        TestStatus::Todo => "todo",
        TestStatus::NotRun => "not-run",
    };
    Test { name: &test.name, status, message: test.message.as_deref() }
}

fn fix(fix: &diagnostic::Fix) -> Fix<'_> {
    let (start, end) = (fix.span.start_position(), fix.span.end_position());
    Fix {
        file: &fix.span.file.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        replacement: &fix.replacement,
    }
}

/// A finding as every report has it.
pub fn diagnostic(found: &Diagnostic) -> Finding<'_> {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let (file, line, column, end_line, end_column) = match &found.place {
        Place::Span(span) => {
            let (start, end) = (span.start_position(), span.end_position());
            (span.file.path.as_str(), start.line, start.column, end.line, end.column)
        }
        Place::File(path) => (path.as_str(), 1, 1, 1, 1),
    };
    let help = found.help.as_deref();
    Finding {
        code: found.code.as_str(),
        severity,
        file,
        line,
        column,
        end_line,
        end_column,
        message: &found.message,
        notes: &found.notes,
        help,
        fix: found.fix.as_ref().map(fix),
    }
}
