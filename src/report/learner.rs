//! What a learner has done: `galley-progress.json`, the one file that the terminal writes and the browser exports.
//!
//! Books and exercises are known by their names, so that a changed test, prompt or answer erases nothing; a quiz is known by
//! its question and its code (`verify::quiz::keys`). The comments of the types are the descriptions in the JSON schema.

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::book::config::Config;
use crate::book::example::Kind;
use crate::book::exercise::{self, Check};
use crate::report::document;

/// The number that changes when a reader of the file would have to.
pub const SCHEMA: u32 = 1;

/// The file's name, in a learner's folder and as a download.
pub const FILE: &str = "galley-progress.json";

/// What a learner has done in the exercises and quizzes of books. What a reader does not know it keeps when it writes the file again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "A learner's progress in books of Galley")]
pub struct Progress {
    /// Another number is another schema.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// By their titles in book.toml; a book without one is "untitled".
    pub books: BTreeMap<String, Book>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Book {
    /// Where the book lies, as seen from the folder of this file; only the terminal knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The exercise where the learner left; behind a #, the key of a quiz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// By name. Those that the learner has not begun are missing; those that the book no longer has stay.
    pub exercises: BTreeMap<String, Exercise>,
    /// By key, a hash of what is asked. Those that the learner has not tried are missing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quizzes: BTreeMap<String, Quiz>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exercise {
    pub state: State,
    /// When it was begun, as 2026-01-31T12:00:00Z.
    pub started: String,
    /// When an answer passed for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<String>,
    /// How many hints the learner has seen.
    #[serde(default)]
    pub hints: usize,
    /// Of the tests that an answer passed last; another one than that of the book's tests: an earlier version was passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tests: Option<String>,
    /// What the learner wrote, in the browser; the terminal has it in a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// When that answer was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<String>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Which option was chosen is not kept: that would be the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quiz {
    pub state: State,
    /// When the learner first chose an option, as 2026-01-31T12:00:00Z.
    pub started: String,
    /// When the right one was chosen for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<String>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Started,
    /// It stays so, whatever becomes of the answer.
    Passed,
}

/// What a list of exercises and quizzes shows of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    Started,
    /// The tests have changed since.
    PassedEarlier,
    Passed,
}

impl Default for Progress {
    fn default() -> Progress {
        Progress { schema: SCHEMA, books: BTreeMap::new(), more: Map::new() }
    }
}

impl Progress {
    /// Takes in what was done elsewhere, as the page does; `tests`: of an exercise (book, name) as it is now.
    pub fn merge(&mut self, other: Progress, tests: impl Fn(&str, &str) -> Option<String>) {
        for (key, value) in other.more {
            self.more.entry(key).or_insert(value);
        }
        for (title, theirs) in other.books {
            let ours = self.books.entry(title.clone()).or_default();
            ours.folder = ours.folder.take().or(theirs.folder);
            ours.current = ours.current.take().or(theirs.current);
            for (key, value) in theirs.more {
                ours.more.entry(key).or_insert(value);
            }
            for (name, entry) in theirs.exercises {
                match ours.exercises.get_mut(&name) {
                    Some(known) => known.merge(entry, tests(&title, &name).as_deref()),
                    None => drop(ours.exercises.insert(name, entry)),
                }
            }
            for (key, entry) in theirs.quizzes {
                match ours.quizzes.get_mut(&key) {
                    Some(known) => known.merge(entry),
                    None => drop(ours.quizzes.insert(key, entry)),
                }
            }
        }
    }
}

impl Exercise {
    /// What has passed stays so, and the answer is the one that was saved last.
    fn merge(&mut self, other: Exercise, tests: Option<&str>) {
        let is_later = other.saved > self.saved || self.answer.is_none();
        if other.answer.is_some() && is_later {
            (self.answer, self.saved) = (other.answer, other.saved);
        }
        if other.state == State::Passed {
            self.state = State::Passed;
        }
        self.started = self.started.clone().min(other.started);
        self.passed = earlier(self.passed.take(), other.passed);
        self.hints = self.hints.max(other.hints);
        let is_current = other.tests.is_some() && other.tests.as_deref() == tests;
        if is_current || self.tests.is_none() {
            self.tests = other.tests;
        }
        for (key, value) in other.more {
            self.more.entry(key).or_insert(value);
        }
    }

    pub fn started(now: String) -> Exercise {
        Exercise {
            state: State::Started,
            started: now,
            passed: None,
            hints: 0,
            tests: None,
            answer: None,
            saved: None,
            more: Map::new(),
        }
    }
}

impl Quiz {
    fn merge(&mut self, other: Quiz) {
        if other.state == State::Passed {
            self.state = State::Passed;
        }
        self.started = self.started.clone().min(other.started);
        self.passed = earlier(self.passed.take(), other.passed);
        for (key, value) in other.more {
            self.more.entry(key).or_insert(value);
        }
    }

    pub fn started(now: String) -> Quiz {
        Quiz { state: State::Started, started: now, passed: None, more: Map::new() }
    }
}

fn earlier(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Standing {
    /// `tests`: what [`version`] gives of the book's exercise.
    pub fn of(entry: Option<&Exercise>, tests: &str) -> Standing {
        match entry {
            None => Standing::New,
            Some(entry) if entry.state == State::Started => Standing::Started,
            Some(entry) if entry.tests.as_deref() == Some(tests) => Standing::Passed,
            Some(_) => Standing::PassedEarlier,
        }
    }

    pub fn of_quiz(entry: Option<&Quiz>) -> Standing {
        match entry.map(|entry| entry.state) {
            None => Standing::New,
            Some(State::Started) => Standing::Started,
            Some(State::Passed) => Standing::Passed,
        }
    }

    pub fn is_passed(self) -> bool {
        matches!(self, Standing::Passed | Standing::PassedEarlier)
    }
}

/// Under which name progress in a book is kept.
pub fn key(config: &Config) -> &str {
    config.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or("untitled")
}

/// A hash of all that decides whether an answer passes, in sixteen hexadecimal digits.
pub fn version(exercise: &exercise::Exercise) -> String {
    let decides = match exercise.settings.check {
        Check::Tests => exercise.test.as_ref(),
        Check::Output => Some(&exercise.solution),
    };
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(part.as_bytes()).update(b"\0");
    };
    add(&exercise.settings.answer);
    add(if exercise.settings.check == Check::Output { "output" } else { "tests" });
    add(if exercise.settings.module == Kind::Module { "esm" } else { "cjs" });
    decides.iter().for_each(|file| add(&file.text));
    for (path, file) in &exercise.files {
        add(path);
        add(&file.text);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// The JSON schema of [`Progress`], with a line break at its end.
pub fn schema() -> String {
    document::schema_text(schema_for!(Progress))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `SNAPSHOTS=overwrite cargo test --lib the_published_schema` writes it anew.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test reads and writes")]
    fn the_published_schema_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/progress.schema.json");
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            std::fs::write(path, schema()).expect("the schema is written");
        }
        let published = std::fs::read_to_string(path).expect("the schema");
        assert_eq!(published, schema(), "SNAPSHOTS=overwrite writes the schema of the types");
    }

    #[test]
    fn what_is_not_known_is_kept() {
        let text = r#"{"schema":1,"books":{"B":{"exercises":{"e":{"state":"passed","started":"x","hints":0,"stars":3}},"theme":"dark"}},"by":"a browser"}"#;
        let progress: Progress = serde_json::from_str(text).expect("it is read");
        assert_eq!(serde_json::to_string(&progress).expect("it is written"), text);
    }

    #[test]
    fn what_was_done_in_quizzes_elsewhere_is_taken_in() {
        let of = |quizzes: Value| -> Progress {
            let books = serde_json::json!({ "B": { "exercises": {}, "quizzes": quizzes } });
            serde_json::from_value(serde_json::json!({ "schema": 1, "books": books })).expect("progress")
        };
        let mut ours = of(serde_json::json!({
            "a": { "state": "started", "started": "2", "passed": "5" },
            "b": { "state": "passed", "started": "1", "passed": "3" },
        }));
        ours.merge(
            of(serde_json::json!({
                "a": { "state": "passed", "started": "1", "passed": "4", "theme": "dark" },
                "b": { "state": "started", "started": "2" },
                "c": { "state": "started", "started": "9" },
            })),
            |_, _| None,
        );
        let wanted = of(serde_json::json!({
            "a": { "state": "passed", "started": "1", "passed": "4", "theme": "dark" },
            "b": { "state": "passed", "started": "1", "passed": "3" },
            "c": { "state": "started", "started": "9" },
        }));
        assert_eq!(ours, wanted);
    }

    #[test]
    fn other_tests_make_an_earlier_version_of_what_was_passed() {
        let mut entry = Exercise::started("now".into());
        assert_eq!(Standing::of(None, "a"), Standing::New);
        assert_eq!(Standing::of(Some(&entry), "a"), Standing::Started);
        entry.state = State::Passed;
        entry.tests = Some("a".into());
        assert_eq!(Standing::of(Some(&entry), "a"), Standing::Passed);
        assert_eq!(Standing::of(Some(&entry), "b"), Standing::PassedEarlier);
    }
}
