//! An exercise folder: `exercise.md`, starter, solution, test, common wrong answers, files and settings.

use std::sync::Arc;

use crate::book::example::Kind;
use crate::book::source::{MappedText, SourceFile, Span};

/// One exercise as its author wrote it; nothing has run yet.
pub struct Exercise {
    /// The folder's name: `[a-z0-9-]{1,40}`.
    pub name: String,
    /// As the user named it, with `/`.
    pub folder: String,
    pub settings: Settings,
    pub title: String,
    /// exercise.md; positions of prompt, hints and explanation are in it.
    pub text: MappedText,
    /// Where the title stands: the place of findings about the exercise as a whole.
    pub title_span: Span,
    /// Ranges of `text`: between the title and the first `## Hint`/`## Explanation`.
    pub prompt: std::ops::Range<usize>,
    /// The text under each `## Hint`.
    pub hints: Vec<std::ops::Range<usize>>,
    pub explanation: Option<std::ops::Range<usize>>,
    pub starter: Arc<SourceFile>,
    pub solution: Arc<SourceFile>,
    /// None only with `check = "output"`.
    pub test: Option<Arc<SourceFile>>,
    /// `wrong/*.js`, sorted by name.
    pub wrong: Vec<Arc<SourceFile>>,
    /// (path below `files/`, file), sorted.
    pub files: Vec<(String, Arc<SourceFile>)>,
}

/// exercise.toml.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// 1 to 3, or nothing.
    pub difficulty: Option<u8>,
    /// Name of the exercise that this one builds on.
    pub after: Option<String>,
    pub reveal: Option<String>,
    pub timeout_ms: Option<u64>,
    pub check: Check,
    pub module: Kind,
    /// The name under which the tests require the learner's file.
    pub answer: String,
    pub starter_may_pass: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Tests,
    /// The answer must print what the solution prints.
    Output,
}
