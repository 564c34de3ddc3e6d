//! What every report is made from, and the JSON report as it stands: schema 1. A run gives one ([`super::collect`]), and
//! so do the reports of its shards ([`super::merge`]); how it is written is for the formats to say.
//!
//! The comments of the types are the descriptions in the JSON schema.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::book::diagnostic::Code;
use crate::book::quiz::Question;
use crate::book::source::SourceFile;
use crate::claim::ClaimKind;
use crate::judge::Rung;

/// The number that changes when a reader of the report would have to.
pub const SCHEMA: u32 = 1;

/// The text of the files that findings stand in, by their names in the report. A report that was read has none.
pub type Texts = BTreeMap<String, Arc<SourceFile>>;

/// The report of `mdbook-galley check --format json` and of `mdbook-galley report merge --format json`. Lines and columns
/// (in characters) count from 1 in the author's own file; an end is behind the last character.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Report of mdbook-galley check")]
pub struct Document {
    /// Another number is another schema.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    pub tool: Tool,
    /// "K/N" when this is about the K-th of N parts only; null when it is about everything.
    #[schemars(extend("pattern" = "^[1-9][0-9]*/[1-9][0-9]*$"))]
    pub shard: Option<String>,
    /// The folder, as seen from where the command ran, that the names of files are relative to; empty: the same folder.
    pub root: String,
    /// Of the settings, names and texts of all that was read; the same in each shard of a run.
    pub digest: String,
    /// How many there are in all shards together.
    pub total: Total,
    pub summary: Summary,
    /// In the order of the book.
    pub examples: Vec<Example>,
    /// In the order of the examples; those that no example stands before come last.
    pub claims: Vec<Claim>,
    pub exercises: Vec<Exercise>,
    /// Sorted by file and place. One of severity "error" means that the check fails.
    pub diagnostics: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    pub examples: usize,
    pub exercises: usize,
}

/// Who says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    pub name: String,
    pub version: String,
    /// Name and version of the JavaScript engine; empty when nothing ran.
    pub engine: String,
    /// What programs are meant to behave like.
    pub reference: String,
    /// How programs are kept from the machine.
    pub sandbox: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Chapters and exercises that were read.
    pub files: usize,
    pub examples: ExampleCounts,
    pub claims: ClaimCounts,
    #[serde(default)]
    pub quizzes: QuizCounts,
    pub exercises: ExerciseCounts,
    pub duration_ms: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExampleCounts {
    pub ran: usize,
    /// Not run on purpose, pseudo-code included.
    pub skipped: usize,
    pub failed: usize,
    pub pseudo: usize,
    /// To be finished by the reader; they are among the others too.
    pub starters: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimCounts {
    pub held: usize,
    pub broken: usize,
    pub unchecked: usize,
}

/// Of the examples that ask their reader something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuizCounts {
    pub passed: usize,
    pub failed: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExerciseCounts {
    pub passed: usize,
    pub failed: usize,
    pub mutants: MutantCounts,
}

/// Of all exercises whose mutants were tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MutantCounts {
    pub total: usize,
    pub survived: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// Which of all examples it is, from 0, also in the report of a shard.
    pub index: usize,
    /// Which of its file's examples it is, from 1.
    pub number: usize,
    pub file: String,
    /// Of the opening fence.
    pub line: usize,
    pub end_line: usize,
    pub kind: Kind,
    pub status: ExampleStatus,
    pub outcome: Outcome,
    /// What it printed itself, without what examples before it printed.
    pub stdout: String,
    /// With which its program ended.
    pub error: Option<Error>,
    /// Why it was skipped, or more about its outcome.
    pub reason: Option<String>,
    /// What it did is known from an earlier run.
    pub cached: bool,
    /// What its reader is asked; null: nothing.
    #[serde(default)]
    pub quiz: Option<Quiz>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quiz {
    #[schemars(extend("enum" = Question::ALL.map(Question::as_str)))]
    pub question: String,
    /// Passed: it has a right option, which its run gives, and enough wrong ones.
    pub status: Status,
    /// In the order in which they are shown.
    pub options: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    pub text: String,
    pub right: bool,
    /// The misconception that gives it; null: it is the right one, or the author's.
    pub misconception: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Script,
    CommonJs,
    Module,
    /// A program that the reader is to finish.
    Starter,
    /// Code that leaves something out.
    Pseudo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExampleStatus {
    /// It ran and ended as the text says.
    Passed,
    Failed,
    Skipped,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Completed,
    Threw,
    SyntaxError,
    TimedOut,
    OutOfMemory,
    Crashed,
    Skipped,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Error {
    pub name: String,
    pub message: String,
}

/// One statement of the text about a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    /// The example that it speaks of: a place in this report's `examples`.
    pub example: Option<usize>,
    #[schemars(extend("enum" = ClaimKind::ALL.map(ClaimKind::as_str)))]
    pub kind: String,
    pub stated: String,
    pub actual: Option<String>,
    pub verdict: Verdict,
    /// How exactly what holds is what is stated.
    #[schemars(extend("enum" = rungs()))]
    pub rung: Option<String>,
    /// Why it is unchecked.
    pub reason: Option<String>,
}

fn rungs() -> Vec<Option<&'static str>> {
    Rung::ALL.map(Rung::as_str).into_iter().map(Some).chain([None]).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Held,
    Broken,
    Unchecked,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exercise {
    /// Which of all exercises it is, from 0, also in the report of a shard.
    pub index: usize,
    pub name: String,
    pub folder: String,
    pub status: Status,
    pub solution: Record,
    pub starter: Record,
    pub wrong: Vec<Wrong>,
    /// Small changes of the solution that its tests should notice; null: they were not tried.
    pub mutants: Option<Mutants>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mutants {
    pub total: usize,
    /// Those that pass every test.
    pub survived: Vec<Mutant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mutant {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// What stands there.
    pub original: String,
    /// What was put in its place.
    pub mutated: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Passed,
    Failed,
}

/// What came of an answer: the same for the same answer in the build, in the terminal and in the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The exercise's name.
    pub exercise: String,
    pub outcome: AttemptOutcome,
    /// Why the tests say nothing, or not all: what was thrown, which limit was met.
    pub message: Option<String>,
    /// The answer's line where that was thrown.
    pub line: Option<usize>,
    pub tests: Vec<Test>,
    /// The common wrong answer that fails in the same way: the name of its file without `.js`.
    pub matched_wrong: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptOutcome {
    /// Every test passed.
    Passed,
    Failed,
    /// It ended before any test could fail: it threw while it was loaded, or met a limit other than time and memory.
    Error,
    TimedOut,
    Crashed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    pub name: String,
    pub status: TestStatus,
    /// Why it failed.
    pub message: Option<String>,
    /// As `util.inspect` gives it; of a test that failed by a comparison.
    pub expected: Option<String>,
    pub actual: Option<String>,
    /// What was printed while it ran, by the answer too.
    pub output: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TestStatus {
    Passed,
    Failed,
    Skipped,
    Todo,
    NotRun,
}

/// A common wrong answer, which some test must refuse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wrong {
    pub file: String,
    pub outcome: AttemptOutcome,
}

/// What is wrong where. One about a file as a whole stands at 1:1 and ends there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// It never changes its meaning.
    #[schemars(extend("enum" = Code::ALL.map(Code::as_str)))]
    pub code: String,
    pub severity: Severity,
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub message: String,
    /// A short text at the place itself.
    pub label: Option<String>,
    pub notes: Vec<String>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// The same for the same finding after lines were put in or taken out above it: made of code, file and the text of
    /// the line. Several findings may have one.
    pub fingerprint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// A replacement of a range of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub replacement: String,
}

impl Document {
    /// Nothing that was stated is false, and nothing is an error.
    pub fn is_true(&self) -> bool {
        self.diagnostics.iter().all(|found| found.severity != Severity::Error)
    }

    /// The settings were read: a verdict speaks of the whole.
    pub fn is_readable(&self) -> bool {
        let is_wrong =
            |found: &Finding| found.severity == Severity::Error && found.code == Code::Config.as_str();
        !self.diagnostics.iter().any(is_wrong)
    }

    /// A file's name as seen from where the command ran: what a CI's page can open.
    pub fn located(&self, file: &str) -> String {
        let absolute = file.starts_with('/') || file.as_bytes().get(1) == Some(&b':');
        match self.root.trim_end_matches('/') {
            "" => file.to_owned(),
            _ if absolute => file.to_owned(),
            root if file == "." => root.to_owned(),
            root => format!("{root}/{file}"),
        }
    }

    /// Counts what is there; `files` and `duration_ms` are the caller's to know.
    pub fn counted(&self) -> Summary {
        let mut summary = Summary::default();
        for example in &self.examples {
            let counts = &mut summary.examples;
            counts.starters += usize::from(example.kind == Kind::Starter);
            counts.pseudo += usize::from(example.kind == Kind::Pseudo);
            if let Some(quiz) = &example.quiz {
                let counts = &mut summary.quizzes;
                match quiz.status {
                    Status::Passed => counts.passed += 1,
                    Status::Failed => counts.failed += 1,
                }
            }
            match example.status {
                ExampleStatus::Passed => counts.ran += 1,
                ExampleStatus::Failed => counts.failed += 1,
                ExampleStatus::Skipped => counts.skipped += 1,
            }
        }
        for claim in &self.claims {
            match claim.verdict {
                Verdict::Held => summary.claims.held += 1,
                Verdict::Broken => summary.claims.broken += 1,
                Verdict::Unchecked => summary.claims.unchecked += 1,
            }
        }
        for exercise in &self.exercises {
            if let Some(mutants) = &exercise.mutants {
                summary.exercises.mutants.total += mutants.total;
                summary.exercises.mutants.survived += mutants.survived.len();
            }
            match exercise.status {
                Status::Passed => summary.exercises.passed += 1,
                Status::Failed => summary.exercises.failed += 1,
            }
        }
        summary
    }
}

impl Finding {
    pub fn is_of_whole_file(&self) -> bool {
        (self.line, self.column, self.end_line, self.end_column) == (1, 1, 1, 1)
    }

    /// The order in which findings are told: by place, and the same for whoever sorts them.
    pub fn order(&self, other: &Finding) -> Ordering {
        let place = |found: &Finding| (found.line, found.column, found.end_line, found.end_column);
        let words = |found: &Finding| (found.code.clone(), found.message.clone(), found.label.clone());
        let more = |found: &Finding| (found.notes.clone(), found.help.clone(), found.fix.clone());
        self.file
            .cmp(&other.file)
            .then_with(|| place(self).cmp(&place(other)))
            .then_with(|| words(self).cmp(&words(other)))
            .then_with(|| more(self).cmp(&more(other)))
    }
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// The JSON schema of [`Document`], with a line break at its end.
pub fn schema() -> String {
    schema_text(schema_for!(Document))
}

/// A schema whose descriptions are comments of the source.
pub fn schema_text(mut schema: Schema) -> String {
    RecursiveTransform(in_one_line).transform(&mut schema);
    with_line_break(serde_json::to_string_pretty(&schema))
}

/// A comment's lines are as long as those of the source; a description's are not.
fn in_one_line(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
}

/// The document as JSON, with a line break at its end.
pub fn json(document: &Document) -> String {
    with_line_break(serde_json::to_string_pretty(document))
}

fn with_line_break(text: serde_json::Result<String>) -> String {
    let mut text = text.unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `SNAPSHOTS=overwrite cargo test --lib the_published_schema` writes it anew.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test reads and writes")]
    fn the_published_schema_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/report.schema.json");
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            std::fs::write(path, schema()).expect("the schema is written");
        }
        let published = std::fs::read_to_string(path).expect("the schema");
        assert_eq!(published, schema(), "SNAPSHOTS=overwrite writes the schema of the types");
    }
}
