//! What reading a chapter's markdown gives, as plain data; `markdown` makes it.
//!
//! All ranges are bytes of the chapter's text after its includes; [`CodeText`] maps code without its containers'
//! prefixes back to them.

use std::ops::Range;

use crate::book::front_matter::FrontMatter;

/// What a chapter consists of, as far as Galley looks at it.
pub struct Document {
    pub front_matter: Option<FrontMatter>,
    /// In the order of the text.
    pub nodes: Vec<Node>,
}

pub enum Node {
    Heading(Heading),
    Block(Block),
    Prose(Prose),
    Exercise(Directive),
    Modules(Directive),
    /// `{{#verification}}` on a line of its own.
    Verification(Range<usize>),
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

/// `{{#exercise NAME}}` or `{{#modules NAME}}` on a line of its own.
pub struct Directive {
    pub range: Range<usize>,
    /// Empty: there is none.
    pub name: String,
}

impl CodeText {
    /// Adds text that the parser took from a range of the chapter. It may have changed it on the way ("\r\n" became "\n",
    /// a tab in an indentation became spaces, NUL became U+FFFD); such bytes get a piece each.
    pub fn push(&mut self, text: &str, chapter: &str, range: Range<usize>) {
        if text == &chapter[range.clone()] {
            self.piece(range.start);
            self.text.push_str(text);
            return;
        }
        let mut at = range.start;
        for char in text.chars() {
            // What the parser left out: a line break's "\r", a tab that it has turned into spaces.
            while chapter[at..range.end].starts_with(['\r', '\t']) && !matches!(char, '\r' | '\t' | ' ') {
                at += 1;
            }
            let here = chapter[at..range.end].chars().next();
            if here == Some(char) {
                self.piece(at);
                self.text.push(char);
                at += char.len_utf8();
                continue;
            }
            // Beyond the range: the rest of a tab that partly belongs to a container.
            let place = single_byte(chapter, if here.is_none() { at.saturating_sub(1) } else { at });
            self.pieces.extend((0..char.len_utf8()).map(|byte| (self.text.len() + byte, place)));
            self.text.push(char);
            let stays = here == Some('\t') && char == ' ';
            at += if stays { 0 } else { here.map_or(0, char::len_utf8) };
        }
    }

    /// Adds a range of another code; each byte keeps its place.
    pub fn append(&mut self, other: &CodeText, range: Range<usize>) {
        let mut at = range.start;
        let mut index = other.pieces.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        while at < range.end {
            let (start, chapter) = other.pieces[index];
            let next = other.pieces.get(index + 1).map_or(other.text.len(), |&(next, _)| next);
            self.pieces.push((self.text.len() + (at - range.start), chapter + (at - start)));
            at = next.min(range.end).max(at);
            index += 1;
        }
        self.text.push_str(&other.text[range]);
    }

    /// Adds text that is not the author's; all of it stands at one place.
    pub fn insert(&mut self, text: &str, place: usize) {
        let at = self.text.len();
        self.pieces.extend((0..text.len()).map(|byte| (at + byte, place)));
        self.text.push_str(text);
    }

    /// What is added next stands at `offset`, unless that is where the last piece leads anyway.
    fn piece(&mut self, offset: usize) {
        let at = self.text.len();
        if self.pieces.last().is_none_or(|&(start, chapter)| chapter + (at - start) != offset) {
            self.pieces.push((at, offset));
        }
    }

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

/// The nearest character of one byte, so that a place of one byte never cuts a character.
fn single_byte(text: &str, at: usize) -> usize {
    let mut before = text.as_bytes().iter().take(at + 1);
    before.rposition(u8::is_ascii).unwrap_or(0)
}
