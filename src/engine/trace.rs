//! What happened when a program ran, as plain data. Mirror of web/protocol.d.ts.
//!
//! A trace depends on nothing but the bundle, the program and its limits.

use serde::{Deserialize, Serialize};

use crate::engine::modules::ModuleGraph;
use crate::engine::program::Kind;
use crate::engine::stepped::Stepped;

/// All that is known of one program: what its source says and what happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// None when the worker died before it could parse.
    pub parsed: Option<Parsed>,
    /// The runtime layer tells them one by one, not with the rest.
    #[serde(default)]
    pub events: Vec<Event>,
    pub outcome: Outcome,
    /// `module.exports` or the ES module's namespace, when the program came that far.
    pub exports: Option<Snapshot>,
    /// One for each of the program's probes, or empty.
    pub probes: Vec<ProbeResult>,
    pub tests: Vec<TestResult>,
    /// When the program asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stepped: Option<Box<Stepped>>,
    /// When the program asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modules: Option<Box<ModuleGraph>>,
    /// See `Limits::steps`. The runtime layer does not know it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub steps: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What the recorded file consists of. Offsets are bytes (the worker turns UTF-16 into UTF-8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    pub kind: Kind,
    pub statements: Vec<Statement>,
    pub comments: Vec<Comment>,
    /// Lines that do not parse, as a comment says; the rest was read without them. In order.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// The names that it declares for all of itself.
    #[serde(default)]
    pub declared: Vec<Declared>,
    /// When the program asks for them. In order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mutants: Vec<Mutant>,
    /// When the program asks for them: those that change anything in the file, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<Misconception>,
    pub error: Option<SyntaxProblem>,
}

/// A change of one place: `text` stands for `start..end`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mutant {
    pub kind: MutantKind,
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// The expression or statement that it changes.
    pub whole_start: usize,
    pub whole_end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MutantKind {
    Arithmetic,
    Comparison,
    Equality,
    Logical,
    Assignment,
    Update,
    Negation,
    Spread,
    Number,
    Boolean,
    String,
    Condition,
    Return,
    Statement,
}

/// What a learner may believe of the language, and what the file would have to say for it to be so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misconception {
    pub name: String,
    /// Its place among all that are known.
    pub order: usize,
    /// A sentence, as markdown: what is so instead.
    pub why: String,
    /// In order; none overlaps another.
    pub edits: Vec<Edit>,
}

/// `text` stands for `start..end`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// A line's code, and what is wrong with it beside the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    pub start: usize,
    pub end: usize,
    pub error: SyntaxProblem,
}

impl Refused {
    /// As it is thrown, before anything runs.
    pub fn thrown(&self) -> Thrown {
        Thrown {
            name: "SyntaxError".into(),
            message: self.error.message.clone(),
            code: None,
            file: None,
            line: Some(self.error.line),
            stack: String::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declared {
    pub name: String,
    pub kind: DeclaredKind,
    pub line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeclaredKind {
    /// `let`, `const`, `class`.
    Lexical,
    Var,
    Function,
    Import,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    pub id: usize,
    pub start: usize,
    pub end: usize,
    pub kind: StatementKind,
    pub top: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatementKind {
    Expression,
    Print,
    Declaration,
    Other,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    pub start: usize,
    pub end: usize,
    /// Without the delimiters.
    pub text: String,
    pub block: bool,
    pub after: Option<usize>,
    pub trailing: bool,
    pub before: Option<usize>,
    pub inside: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyntaxProblem {
    pub message: String,
    pub line: usize,
    pub column: usize,
    pub offset: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Event {
    Print { stream: Stream, text: String, values: Option<Vec<Value>>, statements: Vec<usize> },
    Value { statement: usize, snapshot: Snapshot },
    Threw { statement: usize, error: Thrown, resumed: bool },
    Reached { statement: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    Stdout,
    Stderr,
}

/// How a program ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Outcome {
    #[default]
    Completed,
    Threw {
        error: Thrown,
    },
    SyntaxError {
        error: Thrown,
    },
    Exited {
        code: i32,
    },
    Unsettled,
    Unsupported {
        what: String,
    },
    TimedOut,
    OutOfMemory,
    Limit {
        what: String,
    },
    Crashed {
        reason: String,
    },
    /// Parsed only, as asked.
    NotRun,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// As Node's `util.inspect` gives it.
    pub text: String,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ProbeResult {
    Value { snapshot: Snapshot },
    Threw { error: Thrown },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thrown {
    /// The error's name; empty for a thrown value that is no Error.
    pub name: String,
    /// The error's message, or the inspected value.
    pub message: String,
    pub code: Option<String>,
    pub file: Option<String>,
    pub line: Option<usize>,
    pub stack: String,
}

impl Thrown {
    /// As an uncaught error is told: `TypeError: x is not a function`.
    pub fn headline(&self) -> String {
        match (self.name.as_str(), self.message.as_str()) {
            ("", message) => message.to_owned(),
            (name, "") => name.to_owned(),
            (name, message) => format!("{name}: {message}"),
        }
    }
}

/// A value as data, bounded in depth, entries and length; `Cut` stands where a bound was met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Value {
    Undefined,
    Null,
    Hole,
    Cut,
    Getter,
    Boolean {
        v: bool,
    },
    /// As `String(x)` gives it, but `-0` for minus zero.
    Number {
        v: String,
    },
    BigInt {
        v: String,
    },
    String {
        v: String,
    },
    Symbol {
        v: String,
    },
    Function {
        name: String,
        class: bool,
        /// The name of the class that a class extends.
        #[serde(default)]
        extends: Option<String>,
    },
    Array {
        class: String,
        items: Vec<Value>,
        /// It has properties beside its items.
        #[serde(default)]
        extras: bool,
    },
    Object {
        class: Option<String>,
        entries: Vec<(String, Value)>,
    },
    Map {
        entries: Vec<(Value, Value)>,
    },
    Set {
        items: Vec<Value>,
    },
    Date {
        v: Option<f64>,
    },
    RegExp {
        v: String,
    },
    Error {
        name: String,
        message: String,
    },
    Promise {
        state: String,
        value: Option<Box<Value>>,
    },
    Other {
        text: String,
    },
    Circular {
        v: usize,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestResult {
    pub name: String,
    pub status: TestStatus,
    pub message: Option<String>,
    pub expected: Option<String>,
    pub actual: Option<String>,
    pub output: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestStatus {
    Passed,
    Failed,
    Skipped,
    Todo,
    NotRun,
}

impl Trace {
    /// A trace of a program whose worker could say nothing more.
    pub fn ended(parsed: Option<Parsed>, outcome: Outcome) -> Trace {
        Trace { parsed, outcome, ..Trace::default() }
    }

    /// Of a program of which nothing was heard.
    pub fn lost() -> Trace {
        Trace::ended(None, Outcome::Crashed { reason: "there is no answer".into() })
    }

    /// All that was printed on one stream.
    pub fn printed(&self, wanted: Stream) -> String {
        self.events
            .iter()
            .filter_map(|event| match event {
                Event::Print { stream, text, .. } if *stream == wanted => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}
