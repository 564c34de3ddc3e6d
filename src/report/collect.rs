//! From what was verified to what is told of it: [`Document`].

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::book::config::{Caching, Config};
use crate::book::diagnostic::{self, Diagnostic, Place};
use crate::book::load::Sources;
use crate::book::source::{SourceFile, Span};
use crate::engine::pool::EngineName;
use crate::engine::program;
use crate::engine::trace;
use crate::judge;
use crate::report::document::{
    AttemptOutcome, Choice, Claim, Document, Error, Example, ExampleStatus, Exercise, Finding, Fix, Kind,
    Mutant, Mutants, Outcome, Quiz, Record, SCHEMA, Severity, Status, Summary, Test, TestStatus, Texts, Tool,
    Total, Verdict, Wrong,
};
use crate::verify::exercise::attempt::{self, Attempt};
use crate::verify::exercise::mutants;
use crate::verify::quiz;
use crate::verify::{ExampleKind, ExampleState, Owner, Verified, VerifiedClaim, VerifiedExample};

/// `root`: see [`Document::root`].
pub fn document(verified: &Verified, root: &str) -> Document {
    let numbers = numbers(verified);
    let mut document = Document {
        schema: SCHEMA,
        tool: tool(&verified.engine),
        shard: verified.shard.map(|shard| shard.to_string()),
        root: root.to_owned(),
        digest: digest(&verified.sources),
        total: Total {
            examples: verified.sources.texts().map(|text| text.examples.len()).sum(),
            exercises: verified.sources.exercises.len(),
        },
        summary: Summary::default(),
        examples: verified
            .examples
            .iter()
            .map(|example| self::example(verified, example, numbers[&(example.owner, example.index)]))
            .collect(),
        claims: verified.claims.iter().map(|claim| self::claim(verified, claim)).collect(),
        exercises: exercises(verified),
        diagnostics: findings(&verified.diagnostics),
    };
    document.summary = Summary {
        files: verified.sources.chapters.len() + verified.sources.exercises.len(),
        duration_ms: u64::try_from(verified.duration.as_millis()).unwrap_or(u64::MAX),
        ..document.counted()
    };
    document
}

/// Who says it.
pub fn tool(engine: &EngineName) -> Tool {
    Tool {
        name: "mdbook-galley".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        engine: engine.name.clone(),
        reference: "node 24".into(),
        sandbox: engine.sandbox.clone(),
    }
}

/// The files that findings and their patches stand in.
pub fn texts(diagnostics: &[Diagnostic]) -> Texts {
    let places = diagnostics.iter().filter_map(|found| match &found.place {
        Place::Span(span) => Some(span),
        Place::File(_) => None,
    });
    let fixes = diagnostics.iter().filter_map(|found| found.fix.as_ref()).map(|fix| &fix.span);
    places.chain(fixes).map(|span| (span.file.path.clone(), Arc::clone(&span.file))).collect()
}

/// Sorted by file and place.
pub fn findings(diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = diagnostics.iter().map(finding).collect();
    findings.sort_by(Finding::order);
    findings
}

/// Of each example its place among all and its number in its file.
fn numbers(verified: &Verified) -> HashMap<(Owner, usize), (usize, usize)> {
    let mut in_file: HashMap<String, usize> = HashMap::new();
    let mut numbers = HashMap::new();
    for text in verified.sources.texts() {
        for (index, example) in text.examples.iter().enumerate() {
            let file = text.text.span(example.range.clone()).file;
            let number = in_file.entry(file.path.clone()).or_default();
            *number += 1;
            numbers.insert((text.owner, index), (numbers.len(), *number));
        }
    }
    numbers
}

fn span(verified: &Verified, owner: Owner, range: Range<usize>) -> Span {
    verified.sources.text(owner).text.span(range)
}

fn example(verified: &Verified, example: &VerifiedExample, (index, number): (usize, usize)) -> Example {
    let text = verified.sources.text(example.owner);
    let range = text.examples[example.index].range.clone();
    let place = text.text.span(range.clone());
    let last = text.text.span(range.end.saturating_sub(1).max(range.start)..range.end);
    let (status, (outcome, error, reason)) = match &example.state {
        ExampleState::Ran(outcome) => (ExampleStatus::Passed, told(outcome)),
        ExampleState::Failed(outcome) => (ExampleStatus::Failed, told(outcome)),
        ExampleState::Skipped(reason) => {
            (ExampleStatus::Skipped, (Outcome::Skipped, None, Some(reason.clone())))
        }
    };
    Example {
        index,
        number,
        file: place.file.path.clone(),
        line: place.start_position().line,
        end_line: last.start_position().line,
        kind: match example.kind {
            ExampleKind::Pseudo => Kind::Pseudo,
            ExampleKind::Starter(_) => Kind::Starter,
            ExampleKind::Program(program::Kind::Script) => Kind::Script,
            ExampleKind::Program(program::Kind::CommonJs) => Kind::CommonJs,
            ExampleKind::Program(program::Kind::Module) => Kind::Module,
        },
        status,
        outcome,
        stdout: example.stdout.clone(),
        error,
        reason,
        cached: example.cached,
        quiz: example.quiz.as_ref().map(quiz),
    }
}

fn quiz(quiz: &quiz::Quiz) -> Quiz {
    let options = quiz.options.iter().map(|choice| Choice {
        text: choice.text.clone(),
        right: choice.right,
        misconception: choice.misconception.clone(),
    });
    Quiz {
        question: quiz.question.as_str().into(),
        status: if quiz.passed { Status::Passed } else { Status::Failed },
        options: options.collect(),
    }
}

fn told(outcome: &trace::Outcome) -> (Outcome, Option<Error>, Option<String>) {
    use trace::Outcome as Ended;
    let error =
        |error: &trace::Thrown| Some(Error { name: error.name.clone(), message: error.message.clone() });
    match outcome {
        Ended::Completed => (Outcome::Completed, None, None),
        Ended::Threw { error: thrown } => (Outcome::Threw, error(thrown), None),
        Ended::SyntaxError { error: thrown } => (Outcome::SyntaxError, error(thrown), None),
        Ended::Exited { code } => (Outcome::Completed, None, Some(format!("process.exit({code})"))),
        Ended::Unsettled => (Outcome::Completed, None, Some("a top-level await never settles".into())),
        Ended::Unsupported { what } => (Outcome::Skipped, None, Some(format!("needs {what}"))),
        Ended::TimedOut => (Outcome::TimedOut, None, None),
        Ended::OutOfMemory => (Outcome::OutOfMemory, None, None),
        Ended::Limit { what } => (Outcome::TimedOut, None, Some(format!("over the limit of {what}"))),
        Ended::Crashed { reason } => (Outcome::Crashed, None, Some(reason.clone())),
        Ended::NotRun => (Outcome::Skipped, None, Some("parsed only".into())),
    }
}

fn claim(verified: &Verified, claim: &VerifiedClaim) -> Claim {
    let place = span(verified, claim.owner, claim.claim.range.clone());
    let (start, end) = (place.start_position(), place.end_position());
    let (verdict, actual, rung, reason) = match &claim.verdict {
        judge::Verdict::Held { rung, actual } => (Verdict::Held, Some(actual), Some(rung.as_str()), None),
        judge::Verdict::Broken { actual } => (Verdict::Broken, Some(actual), None, None),
        judge::Verdict::Unchecked { reason } => (Verdict::Unchecked, None, None, Some(reason.as_str())),
        judge::Verdict::Doubtful { actual } => {
            (Verdict::Unchecked, Some(actual), None, Some("it may be a remark"))
        }
    };
    Claim {
        file: place.file.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        example: claim.example,
        kind: claim.claim.kind.as_str().into(),
        stated: claim.claim.stated.clone(),
        actual: actual.map(|actual| actual.text.clone()),
        verdict,
        rung: rung.map(str::to_owned),
        reason: reason.map(str::to_owned),
    }
}

fn exercises(verified: &Verified) -> Vec<Exercise> {
    let exercises = verified.own_exercises().map(|(index, result)| {
        let exercise = &verified.sources.exercises[index];
        Exercise {
            index,
            name: exercise.name.clone(),
            folder: exercise.folder.clone(),
            status: if result.passed { Status::Passed } else { Status::Failed },
            solution: record(&exercise.name, &result.solution),
            starter: record(&exercise.name, &result.starter),
            wrong: exercise
                .wrong
                .iter()
                .zip(&result.wrong)
                .map(|(file, attempt)| Wrong { file: file.path.clone(), outcome: ended(attempt.outcome) })
                .collect(),
            mutants: result.mutants.as_ref().map(mutants),
        }
    });
    exercises.collect()
}

fn mutants(mutants: &mutants::Mutants) -> Mutants {
    let survived = mutants.survived.iter().map(|survivor| {
        let (line, column) = start(&survivor.span);
        Mutant {
            file: survivor.span.file.path.clone(),
            line,
            column,
            original: survivor.span.text().to_owned(),
            mutated: survivor.mutated.clone(),
        }
    });
    Mutants { total: mutants.total, survived: survived.collect() }
}

/// `exercise`: its name.
pub fn record(exercise: &str, attempt: &Attempt) -> Record {
    Record {
        exercise: exercise.to_owned(),
        outcome: ended(attempt.outcome),
        message: attempt.message.clone(),
        line: attempt.line,
        tests: attempt.tests.iter().map(test).collect(),
        matched_wrong: attempt.matched_wrong.clone(),
    }
}

fn ended(outcome: attempt::Outcome) -> AttemptOutcome {
    match outcome {
        attempt::Outcome::Passed => AttemptOutcome::Passed,
        attempt::Outcome::Failed => AttemptOutcome::Failed,
        attempt::Outcome::Error => AttemptOutcome::Error,
        attempt::Outcome::TimedOut => AttemptOutcome::TimedOut,
        attempt::Outcome::Crashed => AttemptOutcome::Crashed,
    }
}

fn test(test: &trace::TestResult) -> Test {
    let status = match test.status {
        trace::TestStatus::Passed => TestStatus::Passed,
        trace::TestStatus::Failed => TestStatus::Failed,
        trace::TestStatus::Skipped => TestStatus::Skipped,
        trace::TestStatus::Todo => TestStatus::Todo,
        trace::TestStatus::NotRun => TestStatus::NotRun,
    };
    Test {
        name: test.name.clone(),
        status,
        message: test.message.clone(),
        expected: test.expected.clone(),
        actual: test.actual.clone(),
        output: test.output.clone(),
    }
}

fn finding(found: &Diagnostic) -> Finding {
    let (file, (line, column), (end_line, end_column), text) = match &found.place {
        Place::Span(span) => {
            let (line, column) = start(span);
            (span.file.path.as_str(), (line, column), end(span), line_text(&span.file, line))
        }
        Place::File(path) => (path.as_str(), (1, 1), (1, 1), ""),
    };
    Finding {
        code: found.code.as_str().into(),
        severity: match found.severity {
            diagnostic::Severity::Error => Severity::Error,
            diagnostic::Severity::Warning => Severity::Warning,
            diagnostic::Severity::Note => Severity::Note,
        },
        file: file.into(),
        line,
        column,
        end_line,
        end_column,
        message: found.message.clone(),
        label: found.label.clone(),
        notes: found.notes.clone(),
        help: found.help.clone(),
        fix: found.fix.as_ref().map(fix),
        fingerprint: hash([found.code.as_str(), file, text].into_iter()),
    }
}

fn fix(fix: &diagnostic::Fix) -> Fix {
    let ((line, column), (end_line, end_column)) = (start(&fix.span), end(&fix.span));
    Fix {
        file: fix.span.file.path.clone(),
        line,
        column,
        end_line,
        end_column,
        replacement: fix.replacement.clone(),
    }
}

fn start(span: &Span) -> (usize, usize) {
    let position = span.start_position();
    (position.line, position.column)
}

fn end(span: &Span) -> (usize, usize) {
    let position = span.end_position();
    (position.line, position.column)
}

fn line_text(file: &SourceFile, line: usize) -> &str {
    file.text[file.line_range(line)].trim()
}

fn digest(sources: &Sources) -> String {
    let mut configs: Vec<&Config> = vec![&sources.config];
    for text in sources.texts() {
        if configs.iter().all(|known| !std::ptr::eq(*known, text.config)) {
            configs.push(text.config);
        }
    }
    // Where a book lies and what is kept of it may differ from machine to machine.
    let settings: Vec<String> = configs
        .into_iter()
        .map(|config| format!("{:?}", Config { root: None, cache: Caching::Off, ..config.clone() }))
        .collect();
    let chapters = sources.chapters.iter().flat_map(|chapter| [&chapter.file.path, &chapter.text.text]);
    let exercises = sources.exercises.iter().flat_map(|exercise| {
        let answers = [&exercise.solution, &exercise.starter].into_iter().chain(&exercise.wrong);
        let files = answers.chain(&exercise.test).chain(exercise.files.iter().map(|(_, file)| file));
        let files = files.flat_map(|file| [&file.path, &file.text]);
        [&exercise.folder, &exercise.text.text].into_iter().chain(files)
    });
    hash(settings.iter().chain(chapters).chain(exercises).map(String::as_str))
}

/// Sixteen hexadecimal digits.
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
