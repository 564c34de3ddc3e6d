//! Text that an author wrote, and places in it.
//!
//! A [`SourceFile`] is one file as it stands on disk; a [`Span`] is a range of its bytes. [`MappedText`] is text put
//! together from several files (a chapter after its includes) that still knows where each byte came from. Nothing here
//! reads a disk.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// One file, without its byte order mark.
pub struct SourceFile {
    /// As the user named it (command line, or relative to the book's root), with `/`.
    pub path: String,
    /// Where it lies, links followed; none for text that was never read from a disk.
    pub origin: Option<PathBuf>,
    pub text: String,
    line_starts: Vec<usize>,
}

/// A place as people count it: lines and columns (in characters) from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A range of bytes of one file.
#[derive(Clone)]
pub struct Span {
    pub file: Arc<SourceFile>,
    pub start: usize,
    pub end: usize,
}

/// Text with the origin of each of its bytes.
#[derive(Clone)]
pub struct MappedText {
    pub text: String,
    /// Sorted by `at`; each reaches to the next one's `at`.
    segments: Vec<Segment>,
}

#[derive(Clone)]
struct Segment {
    at: usize,
    file: Arc<SourceFile>,
    offset: usize,
}

impl SourceFile {
    /// `path` may use the platform's separators; a leading byte order mark of `text` is dropped.
    pub fn new(path: &str, text: &str) -> Arc<SourceFile> {
        SourceFile::read(path, text, None)
    }

    /// As [`SourceFile::new`], of a file that lies at `origin`.
    pub fn read(path: &str, text: &str, origin: Option<PathBuf>) -> Arc<SourceFile> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
        Arc::new(SourceFile { path: path.replace('\\', "/"), origin, text, line_starts })
    }

    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let before = &self.text.as_bytes()[self.line_starts[line - 1]..offset];
        // Counts the bytes that begin a character, so that an offset inside one does no harm.
        let column = before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
        Position { line, column }
    }

    /// The bytes of a line (counted from 1) without its line break; empty beyond the last one.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let Some(&start) = self.line_starts.get(line.saturating_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(line).map_or(self.text.len(), |&next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({})", self.path)
    }
}

impl Span {
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Span {
        Span { file: Arc::clone(file), start: range.start, end: range.end }
    }

    pub fn text(&self) -> &str {
        &self.file.text[self.start..self.end]
    }

    pub fn start_position(&self) -> Position {
        self.file.position(self.start)
    }

    pub fn end_position(&self) -> Position {
        self.file.position(self.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.start_position();
        write!(f, "{}:{}:{}+{}", self.file.path, position.line, position.column, self.end - self.start)
    }
}

impl MappedText {
    pub fn new() -> MappedText {
        MappedText { text: String::new(), segments: Vec::new() }
    }

    /// A whole file.
    pub fn of(file: &Arc<SourceFile>) -> MappedText {
        let mut mapped = MappedText::new();
        mapped.push(file, 0, &file.text);
        mapped
    }

    /// Adds `text`, whose first byte stands at `offset` of `file` and whose bytes follow each other there.
    pub fn push(&mut self, file: &Arc<SourceFile>, offset: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        let goes_on = self
            .segments
            .last()
            .is_some_and(|last| Arc::ptr_eq(&last.file, file) && last.offset + (at - last.at) == offset);
        if !goes_on {
            self.segments.push(Segment { at, file: Arc::clone(file), offset });
        }
        self.text.push_str(text);
    }

    /// Adds a range of another text, each byte with its own origin.
    pub fn append(&mut self, other: &MappedText, range: Range<usize>) {
        let mut at = range.start;
        let mut index = other.segments.partition_point(|segment| segment.at <= at).saturating_sub(1);
        while at < range.end {
            let segment = &other.segments[index];
            let next = other.segments.get(index + 1).map_or(other.text.len(), |next| next.at);
            let stop = next.min(range.end);
            self.push(&segment.file, segment.offset + (at - segment.at), &other.text[at..stop]);
            at = stop;
            index += 1;
        }
    }

    /// The files that it was put together from, some of them more than once.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.segments.iter().map(|segment| &*segment.file)
    }

    /// Where a range of the text comes from. A range over several origins ends with the first one's last byte.
    ///
    /// # Panics
    /// When the text is empty: nothing can be in it.
    pub fn span(&self, range: Range<usize>) -> Span {
        let index = self.segments.partition_point(|segment| segment.at <= range.start).saturating_sub(1);
        let segment = &self.segments[index];
        let start = segment.offset + (range.start - segment.at);
        // A range may go on over neighbouring segments as long as they follow each other in one file.
        let mut end = start;
        let mut covered = range.start;
        for (offset, segment) in self.segments[index..].iter().enumerate() {
            let next = self.segments.get(index + offset + 1).map_or(self.text.len(), |next| next.at);
            let here = segment.offset + (covered.max(segment.at) - segment.at);
            if !Arc::ptr_eq(&segment.file, &self.segments[index].file) || here < end {
                break;
            }
            let stop = range.end.min(next);
            end = here + stop.saturating_sub(covered);
            covered = stop;
            if covered >= range.end {
                break;
            }
        }
        Span { file: Arc::clone(&segment.file), start, end: end.min(segment.file.text.len()) }
    }
}

impl Default for MappedText {
    fn default() -> MappedText {
        MappedText::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let file = SourceFile::new("a.md", "\u{feff}één\r\ntwee");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position("één".len()), Position { line: 1, column: 4 });
        assert_eq!(file.position(file.text.len()), Position { line: 2, column: 5 });
        assert_eq!(&file.text[file.line_range(1)], "één");
        assert_eq!(&file.text[file.line_range(2)], "twee");
        assert_eq!(&file.text[file.line_range(9)], "");
    }

    #[test]
    fn spans_lead_back_to_the_file_that_the_text_came_from() {
        let outer = SourceFile::new("outer.md", "before [x] after");
        let inner = SourceFile::new("inner.js", "skip\nhello");
        let mut mapped = MappedText::new();
        mapped.push(&outer, 0, "before ");
        mapped.push(&inner, 5, "hello");
        mapped.push(&outer, 10, " after");
        assert_eq!(mapped.text, "before hello after");
        assert_eq!(format!("{:?}", mapped.span(8..10)), "inner.js:2:2+2");
        assert_eq!(format!("{:?}", mapped.span(13..18)), "outer.md:1:12+5");
        assert_eq!(mapped.span(10..18).text(), "lo");
    }

    #[test]
    fn appended_ranges_keep_their_origins() {
        let outer = SourceFile::new("outer.md", "before [x] after");
        let inner = SourceFile::new("inner.js", "skip\nhello");
        let mut mapped = MappedText::new();
        mapped.push(&outer, 0, "before ");
        mapped.push(&inner, 5, "hello");
        mapped.push(&outer, 10, " after");
        let mut copy = MappedText::new();
        copy.append(&mapped, 5..14);
        assert_eq!(copy.text, "e hello a");
        assert_eq!(format!("{:?}", copy.span(0..1)), "outer.md:1:6+1");
        assert_eq!(format!("{:?}", copy.span(3..5)), "inner.js:2:2+2");
        assert_eq!(format!("{:?}", copy.span(8..9)), "outer.md:1:12+1");
    }
}
