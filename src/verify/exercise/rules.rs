//! What an exercise promises, held against what its answers came to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::book::diagnostic::{Code, Diagnostic, Severity};
use crate::book::exercise::{Check, Exercise};
use crate::book::source::{SourceFile, Span};
use crate::engine::trace::{MutantKind, TestStatus, Thrown};
use crate::verify::VerifiedExercise;
use crate::verify::exercise::attempt::{Attempt, Outcome, Signature};
use crate::verify::exercise::mutants::Mutants;

/// What is wrong with an exercise whose answers have run.
pub fn check(exercise: &Exercise, verified: &VerifiedExercise) -> Vec<Diagnostic> {
    if let Some(broken) = solution(exercise, &verified.solution) {
        // What fails with a broken test says nothing about starter and wrong answers.
        return vec![broken];
    }
    let unparsed = |file: &SourceFile| verified.unparsed.get(&file.path);
    let broken = unparsed(&exercise.starter);
    let mut found: Vec<_> = starter(exercise, &verified.starter, broken).into_iter().collect();
    let mut signatures = HashMap::new();
    for (file, attempt) in exercise.wrong.iter().zip(&verified.wrong) {
        found.extend(wrong_answer(file, attempt, unparsed(file), &mut signatures));
    }
    found
}

fn solution(exercise: &Exercise, solution: &Attempt) -> Option<Diagnostic> {
    if solution.passed() {
        return None;
    }
    let is_empty = exercise.settings.check == Check::Tests && solution.tests.is_empty();
    let message = match is_empty && solution.message.is_none() {
        true => "the exercise has no test, so it proves nothing".to_owned(),
        false => format!("the solution does not pass: {}", why(solution)),
    };
    let place = place(&exercise.solution, solution);
    let help = "mend solution.js or test.js: the solution must pass every test";
    Some(Diagnostic::error(Code::Exercise, place, message).with_help(help))
}

/// `unparsed`: why it does not parse.
fn starter(exercise: &Exercise, starter: &Attempt, unparsed: Option<&Thrown>) -> Option<Diagnostic> {
    if let Some(thrown) = unparsed {
        let place = line(&exercise.starter, thrown.line);
        return Some(does_not_load(place, thrown));
    }
    let place = place(&exercise.starter, starter);
    let error = |message: String| Diagnostic::error(Code::Exercise, place.clone(), message);
    if starter.passed() {
        let help = "take the answer out of starter.js, add a test, or set `starter_may_pass = true`";
        return (!exercise.settings.starter_may_pass).then(|| {
            error("the starter already passes every test: there is nothing to solve".into()).with_help(help)
        });
    }
    if starter.tests.iter().any(|test| test.status == TestStatus::Failed) {
        return None;
    }
    match &starter.error {
        Some(thrown) if is_todo(thrown) => None,
        Some(thrown) => Some(does_not_load(place, thrown)),
        None => {
            let help = "a starter should fail by a test or by `throw new Error('TODO')`";
            Some(error(format!("the starter fails by no test: {}", why(starter))).with_help(help))
        }
    }
}

fn does_not_load(place: Span, thrown: &Thrown) -> Diagnostic {
    let message = format!("the starter does not load: {}", thrown.headline());
    let help = "a starter should fail by a test or by `throw new Error('TODO')`, not by broken code";
    Diagnostic::error(Code::Exercise, place, message).with_help(help)
}

/// The word itself, by hand: no name that holds it, as in `todos is not defined`.
fn is_todo(error: &Thrown) -> bool {
    let by_engine = ["ReferenceError", "SyntaxError"].contains(&error.name.as_str());
    let mut words = error.message.split(|character: char| !character.is_alphanumeric() && character != '_');
    !by_engine && words.any(|word| word.eq_ignore_ascii_case("todo"))
}

/// `unparsed`: why it does not parse; `signatures`: how those before it fail.
fn wrong_answer<'a>(
    file: &'a Arc<SourceFile>,
    attempt: &Attempt,
    unparsed: Option<&Thrown>,
    signatures: &mut HashMap<Signature, &'a str>,
) -> Option<Diagnostic> {
    if let Some(broken) = unparsed {
        let message = format!("this wrong answer does not parse: {}", broken.message);
        let help = "a common wrong answer is one that runs and fails a test";
        let found = Diagnostic::error(Code::Exercise, line(file, broken.line), message);
        return Some(found.with_help(help));
    }
    let error = |message: String| Diagnostic::error(Code::Exercise, place(file, attempt), message);
    let Some(signature) = attempt.signature() else {
        let help = "add a test that tells it from the solution, or delete the file";
        return Some(error("this wrong answer passes every test".into()).with_help(help));
    };
    if let Some(other) = signatures.get(&signature) {
        let message =
            format!("this wrong answer fails just as {other} does: the same tests, by the same values");
        let help =
            "add a test that tells the two apart, or delete one: a learner gets the message of one only";
        return Some(error(message).with_help(help));
    }
    let name = file.path.rsplit('/').next().unwrap_or_default();
    signatures.insert(signature, name);
    if !attempt.tests.iter().any(|test| test.status == TestStatus::Failed) {
        let help = "a common wrong answer is one that loads and fails a test";
        let found = error(format!("this wrong answer fails by no test: {}", why(attempt))).with_help(help);
        return Some(Diagnostic { severity: Severity::Warning, ..found });
    }
    if super::message(&file.text).is_none() {
        let help = "begin the file with a comment: it is what a learner reads who answers like this";
        let found = error("this wrong answer has no message for the learner".into()).with_help(help);
        return Some(Diagnostic { severity: Severity::Warning, ..found });
    }
    None
}

/// What the tests of an exercise would not notice.
pub fn check_tests(exercise: &Exercise, mutants: &Mutants) -> Vec<Diagnostic> {
    let survivors = mutants.survived.iter().map(|survivor| {
        let (before, after) = (shown(&survivor.whole.0), shown(&survivor.whole.1));
        let message = match survivor.kind {
            MutantKind::Statement => format!("the tests do not notice when `{before}` is missing"),
            _ => format!("the tests do not notice when `{before}` becomes `{after}`"),
        };
        let help = format!(
            "{}; or write `// mutant-ok` behind the line, if it makes no difference",
            advice(survivor.kind)
        );
        Diagnostic::warning(Code::WeakTests, survivor.span.clone(), message).with_help(help)
    });
    let idle = mutants.idle.iter().filter(|_| mutants.total > 0).map(|name| {
        let message = format!(
            "nothing fails the test \"{name}\": no starter, no wrong answer, no small change of the solution"
        );
        let help = "make it state something that a wrong answer would miss, or delete it";
        Diagnostic::warning(Code::WeakTests, test_span(exercise, name), message).with_help(help)
    });
    let untried = (mutants.found > mutants.total).then(|| {
        let (tried, found) = (mutants.total, mutants.found);
        let message = format!("{tried} of {found} small changes of the solution were tried, spread evenly");
        let place = Span::new(&exercise.solution, exercise.solution.line_range(1));
        Diagnostic::note(Code::WeakTests, place, message)
            .with_help("a shorter solution is tried as a whole; data may lie in a file of files/")
    });
    survivors.chain(idle).chain(untried).collect()
}

/// A piece of code in a line.
fn shown(code: &str) -> String {
    const MOST: usize = 60;
    let line = code.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn advice(kind: MutantKind) -> &'static str {
    match kind {
        MutantKind::Comparison => "add a test in which both sides are equal",
        MutantKind::Equality | MutantKind::Condition | MutantKind::Negation => {
            "add a test for the other case"
        }
        MutantKind::Logical => "add a test in which only one of the two sides holds",
        MutantKind::Arithmetic | MutantKind::Assignment | MutantKind::Update => {
            "add a test whose result depends on it: beware of 0 and 1"
        }
        MutantKind::Number | MutantKind::Boolean | MutantKind::String => {
            "add a test in which the value matters"
        }
        MutantKind::Spread => "add a test with several items",
        MutantKind::Return => "add a test that uses what is returned",
        MutantKind::Statement => "add a test that fails without it",
    }
}

/// Where the test's own name stands, in quotes; else the file's first line.
fn test_span(exercise: &Exercise, name: &str) -> Span {
    let file = exercise.test.as_ref().unwrap_or(&exercise.solution);
    let own = name.rsplit(" > ").next().unwrap_or(name);
    let quoted = ['\'', '"', '`'].into_iter().find_map(|quote| {
        let at = file.text.find(&format!("{quote}{own}{quote}"))?;
        Some(at + 1..at + 1 + own.len())
    });
    Span::new(file, quoted.unwrap_or_else(|| file.line_range(1)))
}

/// Why an attempt failed, in a line.
fn why(attempt: &Attempt) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    if let Some(test) = attempt.tests.iter().find(|test| test.status == TestStatus::Failed) {
        let message = test.message.as_deref().unwrap_or("it failed");
        return format!("test \"{}\": {}", test.name, first(message));
    }
    match &attempt.message {
        Some(message) => message.clone(),
        None => match attempt.outcome {
            Outcome::Failed if !attempt.tests.is_empty() => "not all tests ran".into(),
            _ => "it does not do what the exercise asks".into(),
        },
    }
}

/// The line of the error, else the file's first line.
fn place(file: &Arc<SourceFile>, attempt: &Attempt) -> Span {
    line(file, attempt.line)
}

fn line(file: &Arc<SourceFile>, line: Option<usize>) -> Span {
    Span::new(file, file.line_range(line.unwrap_or(1)))
}
