//! A report as test runners see it: suites of cases that pass, fail or are skipped. Every error of the report makes a case
//! fail, so that a run that is not true never has green cases only.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use crate::book::diagnostic::Code;
use crate::report::document::{
    AttemptOutcome, Claim, Document, Example, ExampleStatus, Exercise, Finding, Record, Severity, Status,
    Test, TestStatus, Verdict,
};
use crate::report::rules;

/// What belongs to one file, or to one exercise's folder.
pub struct Suite<'a> {
    /// The file or folder as in the report.
    pub path: &'a str,
    pub cases: Vec<Case<'a>>,
    /// Warnings and notes that no case has.
    pub remarks: Vec<&'a Finding>,
}

/// An example, a claim, an attempt at an exercise, or an error that is of none of them.
pub struct Case<'a> {
    /// The same however many lines are put in above it, and in its suite no other case has it.
    pub name: String,
    pub file: String,
    pub line: usize,
    pub state: State,
    /// Why it failed, where no finding tells.
    pub message: Option<String>,
    pub findings: Vec<&'a Finding>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Passed,
    /// What is stated is not so.
    Failed,
    /// It could not be found out.
    Error,
    /// Why.
    Skipped(String),
}

/// In the order of the report.
pub fn suites(document: &Document) -> Vec<Suite<'_>> {
    let mut findings = Findings::of(document.diagnostics.iter());
    let mut suites = Suites::default();
    // A claim's findings stand in its example too, so claims choose first.
    let mut claims: HashMap<Option<usize>, Vec<(&str, Case<'_>)>> = HashMap::new();
    for claim in &document.claims {
        let example = claim.example.and_then(|at| document.examples.get(at));
        let own = findings.take_at(&claim.file, claim.line..=claim.end_line, |found| speaks_of(found, claim));
        claims.entry(claim.example).or_default().push((&claim.file, self::claim(claim, example, own)));
    }
    for (at, example) in document.examples.iter().enumerate() {
        let own = findings.take_at(&example.file, example.line..=example.end_line, |_| true);
        suites.add(&example.file, self::example(example, own));
        for (path, case) in claims.remove(&Some(at)).unwrap_or_default() {
            suites.add(path, case);
        }
    }
    for (path, case) in claims.remove(&None).unwrap_or_default() {
        suites.add(path, case);
    }
    for exercise in &document.exercises {
        for case in self::exercise(exercise, &mut findings) {
            suites.add(&exercise.folder, case);
        }
    }
    for found in findings.rest() {
        if found.severity == Severity::Error {
            suites.add(&found.file, lone(found));
        } else {
            suites.of(&found.file).remarks.push(found);
        }
    }
    suites.suites
}

/// The findings that no case has yet, by file, line and place in the report.
struct Findings<'a>(BTreeMap<(&'a str, usize, usize), &'a Finding>);

impl<'a> Findings<'a> {
    fn of(findings: impl Iterator<Item = &'a Finding>) -> Findings<'a> {
        let keyed = findings.enumerate().map(|(at, found)| ((found.file.as_str(), found.line, at), found));
        Findings(keyed.collect())
    }

    fn take(&mut self, wanted: impl Fn(&Finding) -> bool) -> Vec<&'a Finding> {
        let (taken, rest) = std::mem::take(&mut self.0).into_iter().partition(|(_, found)| wanted(found));
        self.0 = rest;
        let taken: BTreeMap<_, _> = taken;
        taken.into_values().collect()
    }

    /// Of those that begin in these lines of a file.
    fn take_at(
        &mut self,
        file: &'a str,
        lines: RangeInclusive<usize>,
        wanted: impl Fn(&Finding) -> bool,
    ) -> Vec<&'a Finding> {
        let (first, last) = lines.into_inner();
        let range = (file, first, 0)..=(file, last.max(first), usize::MAX);
        let inside = self.0.range(range).filter(|(_, found)| wanted(found));
        let taken: Vec<_> = inside.map(|(key, _)| *key).collect();
        taken.iter().filter_map(|key| self.0.remove(key)).collect()
    }

    fn rest(self) -> impl Iterator<Item = &'a Finding> {
        self.0.into_values()
    }
}

#[derive(Default)]
struct Suites<'a> {
    suites: Vec<Suite<'a>>,
    places: HashMap<&'a str, usize>,
    /// How often a suite has a name.
    names: HashMap<(usize, String), usize>,
}

impl<'a> Suites<'a> {
    fn place(&mut self, path: &'a str) -> usize {
        *self.places.entry(path).or_insert_with(|| {
            self.suites.push(Suite { path, cases: Vec::new(), remarks: Vec::new() });
            self.suites.len() - 1
        })
    }

    fn of(&mut self, path: &'a str) -> &mut Suite<'a> {
        let place = self.place(path);
        &mut self.suites[place]
    }

    fn add(&mut self, path: &'a str, mut case: Case<'a>) {
        let place = self.place(path);
        let count = self.names.entry((place, case.name.clone())).or_default();
        *count += 1;
        if *count > 1 {
            case.name = format!("{} ({count})", case.name);
        }
        self.suites[place].cases.push(case);
    }
}

/// The finding is about this claim: a claim that holds has no errors.
fn speaks_of(found: &Finding, claim: &Claim) -> bool {
    let of_claims = [Code::FalseClaim, Code::UnjudgedClaim, Code::DoubtfulRemark];
    let (start, end) = ((claim.line, claim.column), (claim.end_line, claim.end_column));
    let place = (found.line, found.column);
    of_claims.iter().any(|code| code.as_str() == found.code)
        && found.file == claim.file
        && start <= place
        && place <= end
        && (claim.verdict != Verdict::Held || found.severity != Severity::Error)
}

fn claim<'a>(claim: &'a Claim, example: Option<&Example>, findings: Vec<&'a Finding>) -> Case<'a> {
    let verb = verb(claim);
    let subject = example.map_or(String::new(), |example| format!("example {} ", example.number));
    let state = match claim.verdict {
        _ if is_failure(&findings) => State::Failed,
        Verdict::Held => State::Passed,
        Verdict::Broken => State::Failed,
        Verdict::Unchecked => State::Skipped(claim.reason.clone().unwrap_or_default()),
    };
    let actual = claim.actual.as_deref().unwrap_or_default();
    let message = format!("stated: {}, the run gives: {actual}", claim.stated);
    Case {
        name: format!("{subject}{verb} {}", shortened(&claim.stated)).trim_end().to_owned(),
        file: claim.file.clone(),
        line: claim.line,
        message: (claim.verdict == Verdict::Broken).then_some(message),
        state,
        findings,
    }
}

/// What a claim says that its example does with what is stated.
pub fn verb(claim: &Claim) -> &'static str {
    match claim.kind.as_str() {
        "value" => "gives",
        "output" => "prints",
        "throws" => "throws",
        "exports" => "exports",
        "unreached" => "never runs",
        _ => "states",
    }
}

/// A name is one line, and no long one.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn example<'a>(example: &'a Example, findings: Vec<&'a Finding>) -> Case<'a> {
    let reason = example.reason.clone().unwrap_or_default();
    let state = match example.status {
        _ if is_failure(&findings) => failed(&findings),
        ExampleStatus::Passed => State::Passed,
        ExampleStatus::Failed => State::Failed,
        ExampleStatus::Skipped => State::Skipped(reason.clone()),
    };
    let error = example.error.as_ref().map(|error| format!("{}: {}", error.name, error.message));
    Case {
        name: format!("example {}", example.number),
        file: example.file.clone(),
        line: example.line,
        message: (example.status == ExampleStatus::Failed).then(|| error.unwrap_or(reason)),
        state,
        findings,
    }
}

fn is_failure(findings: &[&Finding]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// What does not parse, or runs into a limit, was not found out.
fn failed(findings: &[&Finding]) -> State {
    let stated = [Code::FalseClaim, Code::UnjudgedClaim, Code::ExampleFailed, Code::Exercise];
    let errors = findings.iter().filter(|found| found.severity == Severity::Error);
    let is_stated = |found: &&Finding| stated.iter().any(|code| code.as_str() == found.code);
    if errors.copied().any(|found| is_stated(&found)) { State::Failed } else { State::Error }
}

/// The solution with each of its tests, the starter, and each wrong answer.
fn exercise<'a>(exercise: &'a Exercise, findings: &mut Findings<'a>) -> Vec<Case<'a>> {
    let folder = format!("{}/", exercise.folder);
    // Where the exercise is told: an answer's own name is known only where something is wrong with it.
    let file = format!("{folder}exercise.md");
    let own = findings.take(|found| {
        let rules = [Code::Exercise.as_str()];
        rules.contains(&found.code.as_str()) && found.file.starts_with(&folder)
    });
    let mut own = Findings::of(own.into_iter());
    let mut wrong = Vec::new();
    for answer in &exercise.wrong {
        let of_answer = own.take(|found| found.file == answer.file);
        let name = answer.file.strip_prefix(&folder).unwrap_or(&answer.file);
        wrong.push(attempt(format!("{name} is refused"), &answer.file, answer.outcome, of_answer));
    }
    let is_starter =
        |found: &Finding| found.file.strip_prefix(&folder).is_some_and(|name| name.starts_with("starter."));
    let of_starter = own.take(is_starter);
    let starter = attempt("the starter fails".into(), &file, exercise.starter.outcome, of_starter);
    let of_solution: Vec<&Finding> = own.rest().collect();
    let Record { outcome, tests, .. } = &exercise.solution;
    let is_told =
        is_failure(&of_solution) || wrong.iter().chain([&starter]).any(|case| !case.findings.is_empty());
    let mut solution = attempt("the solution passes".into(), &file, *outcome, of_solution);
    if exercise.status == Status::Failed && !is_told {
        solution.state = State::Failed;
    }
    let tests = tests.iter().map(|test| self::test(test, &file));
    [solution].into_iter().chain(tests).chain([starter]).chain(wrong).collect()
}

fn attempt<'a>(name: String, file: &str, outcome: AttemptOutcome, findings: Vec<&'a Finding>) -> Case<'a> {
    let file = findings.first().map_or(file, |found| &found.file).to_owned();
    let line = findings.first().map_or(1, |found| found.line);
    let ended = match outcome {
        AttemptOutcome::TimedOut | AttemptOutcome::Crashed => State::Error,
        AttemptOutcome::Passed | AttemptOutcome::Failed | AttemptOutcome::Error => State::Failed,
    };
    let state = if is_failure(&findings) { ended } else { State::Passed };
    Case { name, file, line, state, message: None, findings }
}

fn test<'a>(test: &Test, file: &str) -> Case<'a> {
    let state = match test.status {
        TestStatus::Passed => State::Passed,
        TestStatus::Failed => State::Failed,
        TestStatus::Skipped => State::Skipped("the test is skipped".into()),
        TestStatus::Todo => State::Skipped("the test is still to be written".into()),
        TestStatus::NotRun => State::Skipped("the test was not reached".into()),
    };
    let name = format!("the solution passes: {}", shortened(&test.name));
    Case { name, file: file.to_owned(), line: 1, state, message: test.message.clone(), findings: Vec::new() }
}

/// Of the settings, of reading, of anything that is no example.
fn lone(found: &Finding) -> Case<'_> {
    let name = rules::named(&found.code).map_or("", |rule| rule.name);
    Case {
        name: format!("{} {name}", found.code).trim_end().to_owned(),
        file: found.file.clone(),
        line: found.line,
        state: failed(&[found]),
        message: None,
        findings: vec![found],
    }
}
