//! Reads a chapter's markdown with mdBook's own parser and options: blocks, headings, prose and exercise directives,
//! each with its place. The only file that names pulldown-cmark.
//!
//! It knows nothing of JavaScript: `example` reads the blocks further, `claim::prose` the prose.

use std::ops::Range;

use crate::book::source::MappedText;

/// What a chapter consists of, as far as Galley looks at it.
pub struct Document {
    pub front_matter: Option<FrontMatter>,
    /// In the order of the text.
    pub nodes: Vec<Node>,
}

/// The YAML between `---` lines at the very start of a file.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// With both fences and the line break after the second one.
    pub range: Range<usize>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub tags: Vec<String>,
}

pub enum Node {
    Heading(Heading),
    Block(Block),
    Prose(Prose),
    Exercise(Directive),
}

pub struct Heading {
    pub level: u8,
    pub range: Range<usize>,
    pub text: String,
}

/// A fenced or indented code block, of any language.
pub struct Block {
    /// From the opening fence to the end of the closing one, after the container's prefix (`> `, list indentation).
    pub range: Range<usize>,
    /// The info string, trimmed; empty for indented code.
    pub info: String,
    /// Where it stands; empty range after the fence if there is none.
    pub info_range: Range<usize>,
    pub indented: bool,
    /// The closing fence is there (always true for indented code).
    pub closed: bool,
    /// The code, lines ended by "\n", without containers' prefixes.
    pub code: CodeText,
}

/// Code and where each of its lines stands in the chapter.
#[derive(Clone, Default)]
pub struct CodeText {
    pub text: String,
    /// Sorted: (offset in `text`, offset in the chapter's text).
    pub pieces: Vec<(usize, usize)>,
}

/// A paragraph, table cell or list item's own text: inline pieces in order.
pub struct Prose {
    pub range: Range<usize>,
    pub inlines: Vec<Inline>,
}

pub struct Inline {
    pub kind: InlineKind,
    /// Of the whole markup: with backquotes, with `<!--` and `-->`.
    pub range: Range<usize>,
    /// Text; the code; the comment's inner text.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    Text,
    Code,
    Comment,
}

/// `{{#exercise NAME}}` on a line of its own.
pub struct Directive {
    pub range: Range<usize>,
    pub name: String,
}

impl CodeText {
    /// The chapter's range behind a range of the code; over several lines it covers what lies between them.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let index = self.pieces.partition_point(|&(start, _)| start <= offset).saturating_sub(1);
            self.pieces.get(index).map_or(0, |&(start, chapter)| chapter + (offset - start))
        };
        let start = at(range.start);
        // The end belongs to the last byte's piece, so that a range that ends with a line stays on that line.
        let end = if range.end > range.start { at(range.end - 1) + 1 } else { start };
        start..end
    }
}

/// Reads a chapter. `smart_punctuation` and the like do not move positions, so mdBook's defaults serve.
pub fn read(chapter: &MappedText) -> (Document, Vec<crate::book::diagnostic::Diagnostic>) {
    let _ = chapter;
    todo!()
}
