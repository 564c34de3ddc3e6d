//! Blocks that hold JavaScript become examples: what their info string asks for, and what is to be run with what.

use std::ops::Range;

use crate::book::diagnostic::Diagnostic;
use crate::book::markdown::CodeText;

/// A block of JavaScript.
pub struct Example {
    /// Index of its block in `Document::nodes`.
    pub node: usize,
    /// The whole block in the chapter's text, fences included.
    pub range: Range<usize>,
    pub code: CodeText,
    pub attributes: Attributes,
    /// Counts headings: blocks of one section have one number.
    pub section: usize,
    /// An output fence right behind it, and the text that it states.
    pub output: Option<OutputFence>,
}

/// A fence of language `output`, `stdout` or `console`: everything that the example before it prints.
pub struct OutputFence {
    pub node: usize,
    pub range: Range<usize>,
    pub code: CodeText,
}

/// What the info string says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Shown only.
    pub ignore: bool,
    /// Parsed, not run.
    pub norun: bool,
    /// The program must throw: `throws` or `throws=Name`.
    pub throws: Option<Option<String>>,
    pub kind: Option<Kind>,
    /// Path in the chapter's virtual files, without a leading slash: `lib/song.js`.
    pub file: Option<String>,
    /// Runs in one program with the example before it.
    pub continues: bool,
    pub name: Option<String>,
    /// Runs, is not shown.
    pub hidden: bool,
    /// Runs before each later example of the chapter.
    pub setup: bool,
    pub timeout_ms: Option<u64>,
    /// Prefix of lines that run but are shown only on request (mdBook's `hidelines`).
    pub hidelines: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Script,
    CommonJs,
    Module,
}

/// Reads the languages that run (`js`, `javascript`, `mjs`, `cjs`, `node`) and their attributes.
pub fn read(
    chapter: &crate::book::source::MappedText,
    document: &crate::book::markdown::Document,
    indented_is_code: bool,
) -> (Vec<Example>, Vec<Diagnostic>) {
    let _ = (chapter, document, indented_is_code);
    todo!()
}
