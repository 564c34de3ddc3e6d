//! Expands mdBook's `{{#include path:range}}` as mdBook's own `links` preprocessor does, byte for byte, and remembers
//! where each byte came from.
//!
//! Only `include` is expanded. `{{#title}}`, `{{#playground}}`, `{{#rustdoc_include}}` and the escaped `\{{#include}}`
//! stay as they are, for `links`, which runs later. One difference is meant: the byte order mark of an included file
//! is dropped, as mdBook drops a chapter's. Nothing here reads a disk: the caller hands in how a file is read.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use regex::{Captures, Regex};

use crate::book::ceilings;
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::{MappedText, SourceFile};

/// Why a file could not be read.
#[derive(Clone, Debug)]
pub enum ReadError {
    Missing,
    /// The first bad byte stands on this line, counted from 1.
    InvalidUtf8 {
        line: usize,
    },
    /// It is not to be read; why, and what to do about it.
    Refused {
        reason: String,
        help: String,
    },
    /// The system's own words.
    Other(String),
}

impl ReadError {
    /// The finding about a file that can't be read and that no other text names.
    pub fn about(&self, path: &str) -> Diagnostic {
        match self {
            ReadError::Missing => {
                Diagnostic::file_error(Code::MissingFile, path, format!("`{path}` does not exist"))
                    .with_help("check the path; it is taken from the current folder")
            }
            ReadError::InvalidUtf8 { line } => {
                let message = format!("`{path}` is not UTF-8: the first bad byte is in line {line}");
                Diagnostic::file_error(Code::InvalidUtf8, path, message).with_help("save the file as UTF-8")
            }
            ReadError::Refused { reason, help } => {
                Diagnostic::file_error(Code::MissingFile, path, format!("`{path}` is not read: {reason}"))
                    .with_help(help.clone())
            }
            ReadError::Other(reason) => {
                Diagnostic::file_error(Code::MissingFile, path, format!("`{path}` can't be read: {reason}"))
                    .with_help("check that it is a file and that you may read it")
            }
        }
    }
}

/// Reads the file of a path that is made from the including file's path, i.e. in the form in which files are named.
pub type Reader<'a> = &'a mut dyn FnMut(&Path) -> Result<Arc<SourceFile>, ReadError>;

/// The file's text with its includes expanded, and what could not be: such a directive stays in the text.
pub fn expand(file: &Arc<SourceFile>, read: Reader<'_>) -> (MappedText, Vec<Diagnostic>) {
    let folder = parent(Path::new(&file.path));
    let mut expansion =
        Expansion { read, chapter_folder: &folder, diagnostics: Vec::new(), left: MOST_INCLUDES };
    let mut out = MappedText::new();
    expansion.text(&MappedText::of(file), &folder, 0, &mut out);
    (out, expansion.diagnostics)
}

/// mdBook's limit.
const DEEPEST: usize = 10;
/// mdBook has no limit here; a file that includes itself ten times over would keep it busy for years.
const MOST_INCLUDES: usize = 10_000;
const MOST_BYTES: usize = ceilings::CHAPTER as usize;

/// The expression of mdBook's `links`.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x) \\\{\{\#.*\}\} | \{\{\s* \#([a-zA-Z0-9_]+) \s+ ([^}]+) \}\}")
        .expect("a valid expression")
});
static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR:\s*(?P<name>[\w_-]+)").expect("a valid expression"));
static ANCHOR_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR_END:\s*(?P<name>[\w_-]+)").expect("a valid expression"));

struct Expansion<'a> {
    read: Reader<'a>,
    /// `links` resolves whatever is left in the text against this folder.
    chapter_folder: &'a Path,
    diagnostics: Vec<Diagnostic>,
    left: usize,
}

impl Expansion<'_> {
    fn text(&mut self, text: &MappedText, folder: &Path, depth: usize, out: &mut MappedText) {
        let mut done = 0;
        for captures in LINK.captures_iter(&text.text) {
            let Some((range, word, argument)) = directive(&captures) else {
                continue;
            };
            if word != "include" {
                self.check_left_over(text, range, word, folder);
                continue;
            }
            out.append(text, done..range.start);
            done = match self.include(text, range.clone(), argument, folder, depth, out) {
                Ok(()) => range.end,
                Err(diagnostic) => {
                    self.diagnostics.push(*diagnostic);
                    range.start
                }
            };
        }
        out.append(text, done..text.text.len());
    }

    fn include(
        &mut self,
        text: &MappedText,
        range: Range<usize>,
        argument: &str,
        folder: &Path,
        depth: usize,
        out: &mut MappedText,
    ) -> Result<(), Box<Diagnostic>> {
        let error =
            |code, message: String| Box::new(Diagnostic::error(code, text.span(range.clone()), message));
        let (path, selection) = argument.split_once(':').map_or((argument, ""), |(path, rest)| (path, rest));
        if depth >= DEEPEST || self.left == 0 || out.text.len() > MOST_BYTES {
            // One finding tells it; each level of a cycle would repeat it.
            let told = self.diagnostics.iter().any(|known| known.message.starts_with(TOO_MUCH));
            let message = format!("{TOO_MUCH} at `{path}`");
            let help = "a file that includes itself, or files that include each other, never come to an end";
            return if told { Ok(()) } else { Err(Box::new(error(Code::Include, message).with_help(help))) };
        }
        self.left -= 1;
        let target = folder.join(path);
        let file = (self.read)(&target).map_err(|problem| match problem {
            ReadError::Missing => Box::new(
                error(Code::MissingFile, format!("the included file `{path}` does not exist"))
                    .with_label(format!("looked for {}", display(&target)))
                    .with_help("paths of includes are relative to the folder of the file that holds them"),
            ),
            ReadError::InvalidUtf8 { line } => Box::new(
                error(Code::InvalidUtf8, format!("the included file `{path}` is not UTF-8: line {line}"))
                    .with_help("save the file as UTF-8"),
            ),
            ReadError::Refused { reason, help } => Box::new(
                error(Code::Include, format!("the included file `{path}` is not read: {reason}"))
                    .with_help(help),
            ),
            ReadError::Other(reason) => Box::new(
                error(Code::Include, format!("the included file `{path}` can't be read: {reason}"))
                    .with_help("check that it is a file and that you may read it"),
            ),
        })?;
        let selected = select(&file, selection).map_err(|problem| {
            Box::new(error(Code::Include, format!("`{path}` {}", problem.message)).with_help(problem.help))
        })?;
        self.text(&selected, &parent(&target), depth + 1, out);
        Ok(())
    }

    /// `links` would look for the file beside the chapter, mdBook alone beside the file that holds the directive.
    fn check_left_over(&mut self, text: &MappedText, range: Range<usize>, word: &str, folder: &Path) {
        let names_a_file = matches!(word, "playground" | "playpen" | "rustdoc_include");
        if names_a_file && folder != self.chapter_folder {
            let message =
                format!("`{{{{#{word}}}}}` can't be used in a file that is included from another folder");
            self.diagnostics.push(
                Diagnostic::error(Code::Include, text.span(range), message)
                    .with_help("use `{{#include}}`, or move the directive into the chapter"),
            );
        }
    }
}

const TOO_MUCH: &str = "includes are nested too deeply or too many";

/// The place, the word and the first argument of a directive; nothing for an escaped one.
fn directive<'t>(captures: &Captures<'t>) -> Option<(Range<usize>, &'t str, &'t str)> {
    let argument = captures.get(2)?.as_str().split_whitespace().next()?;
    Some((captures.get(0)?.range(), captures.get(1)?.as_str(), argument))
}

struct SelectionError {
    message: String,
    help: String,
}

/// The lines that `a:b`, `a:`, `:b`, `a` or an anchor's name stand for, joined by "\n" as mdBook joins them.
fn select(file: &Arc<SourceFile>, selection: &str) -> Result<MappedText, SelectionError> {
    let mut parts = selection.splitn(3, ':');
    let first = parts.next().unwrap_or("");
    let start = first.parse::<usize>().ok().map(|line| line.saturating_sub(1));
    if start.is_none() && !first.is_empty() {
        return select_anchor(file, first);
    }
    let end = match (parts.next(), start) {
        (Some(end), _) => end.parse::<usize>().unwrap_or(usize::MAX),
        (None, Some(start)) => start + 1,
        (None, None) => usize::MAX,
    };
    let start = start.unwrap_or(0);
    let lines: Vec<Range<usize>> = lines(&file.text).collect();
    if start >= lines.len() && start > 0 {
        return Err(SelectionError {
            message: format!("has no line {}", start + 1),
            help: format!("its last line is {}", lines.len()),
        });
    }
    Ok(join(file, lines.into_iter().take(end).skip(start)))
}

fn select_anchor(file: &Arc<SourceFile>, name: &str) -> Result<MappedText, SelectionError> {
    let mut inside = false;
    let mut found = false;
    let mut kept = Vec::new();
    for range in lines(&file.text) {
        let line = &file.text[range.clone()];
        if !inside {
            inside = ANCHOR.captures(line).is_some_and(|captures| &captures["name"] == name);
            found |= inside;
        } else if let Some(captures) = ANCHOR_END.captures(line) {
            if &captures["name"] == name {
                break;
            }
        } else if !ANCHOR.is_match(line) {
            kept.push(range);
        }
    }
    if found {
        return Ok(join(file, kept.into_iter()));
    }
    let known: Vec<String> = lines(&file.text)
        .filter_map(|range| {
            ANCHOR.captures(&file.text[range]).map(|captures| format!("`{}`", &captures["name"]))
        })
        .collect();
    let help = if known.is_empty() {
        format!("begin the part with a comment `ANCHOR: {name}` and end it with `ANCHOR_END: {name}`")
    } else {
        format!("its anchors are {}", known.join(", "))
    };
    Err(SelectionError { message: format!("has no anchor `{name}`"), help })
}

/// As `str::lines`, with places: without "\n" or "\r\n".
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        let bare = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        at..at + bare.len()
    })
}

fn join(file: &Arc<SourceFile>, lines: impl Iterator<Item = Range<usize>>) -> MappedText {
    let mut joined = MappedText::new();
    let mut break_at = None;
    for line in lines {
        if let Some(at) = break_at {
            joined.push(file, at, "\n");
        }
        break_at = Some(line.end + usize::from(file.text[line.end..].starts_with('\r')));
        joined.push(file, line.start, &file.text[line]);
    }
    joined
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expands `a.md` among files that are given as (path, text).
    fn expanded(files: &[(&str, &str)]) -> (MappedText, Vec<Diagnostic>) {
        let files: Vec<_> = files.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        let mut read = |path: &Path| {
            let found = files.iter().find(|file| Path::new(&file.path) == path);
            found.cloned().ok_or(ReadError::Missing)
        };
        expand(&files[0], &mut read)
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], text: &str) {
        let (mapped, diagnostics) = expanded(files);
        assert_eq!(mapped.text, text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    #[test]
    fn lines_are_selected_as_mdbook_selects_them() {
        let file = ("src/x.js", "one\r\ntwo\nthree\nfour\n");
        for (range, text) in [
            ("", "one\ntwo\nthree\nfour"),
            (":2", "two"),
            (":2:3", "two\nthree"),
            (":3:", "three\nfour"),
            (":3:x", "three\nfour"),
            ("::2", "one\ntwo"),
            (":0", "one"),
            (":3:1", ""),
            (":2:99", "two\nthree\nfour"),
            (":1:2:3", "one\ntwo"),
        ] {
            check(&[("src/a.md", &format!("<{{{{#include x.js{range}}}}}>")), file], &format!("<{text}>"));
        }
    }

    #[test]
    fn anchors_lose_the_lines_of_other_anchors() {
        let text = "a\n// ANCHOR: one\nb\n// ANCHOR: two\nc\n// ANCHOR_END: two\nd\n// ANCHOR_END: one\ne";
        check(&[("a.md", "{{#include x.js:one}}"), ("x.js", text)], "b\nc\nd");
        check(&[("a.md", "{{#include x.js:two}}"), ("x.js", text)], "c");
    }

    #[test]
    fn only_includes_are_expanded() {
        let text = "\\{{#include x.js}} {{#include x.js}}\n{{#title T}} {{#exercise x}} {{#include}}";
        check(&[("a.md", text), ("x.js", "X")], text);
        check(&[("a.md", "{{ #include  x.js  more }}"), ("x.js", "X")], "X");
    }

    #[test]
    fn each_byte_of_nested_includes_knows_its_file() {
        let files = [
            ("a.md", "before\n{{#include sub/b.md}}\nafter"),
            ("sub/b.md", "B {{#include c.js:2}}\r\nlast"),
            ("sub/c.js", "skip\nÄ;"),
        ];
        let (mapped, _) = expanded(&files);
        assert_eq!(mapped.text, "before\nB Ä;\nlast\nafter");
        let place = |text: &str| {
            let at = mapped.text.find(text).unwrap();
            format!("{:?}", mapped.span(at..at + text.len()))
        };
        assert_eq!(place("Ä;"), "sub/c.js:2:1+3");
        assert_eq!(place("last"), "sub/b.md:2:1+4");
        assert_eq!(place("after"), "a.md:3:1+5");
        // The line break of "\r\n" is its second byte.
        assert_eq!(place("\nlast"), "sub/b.md:1:23+5");
    }

    #[track_caller]
    fn check_error(files: &[(&str, &str)], code: Code, place: &str, message: &str) {
        let (_, diagnostics) = expanded(files);
        let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        let crate::book::diagnostic::Place::Span(span) = &diagnostic.place else { panic!("no span") };
        assert_eq!((diagnostic.code, format!("{span:?}").as_str()), (code, place));
        assert_eq!(diagnostic.message, message);
        assert!(diagnostic.help.is_some());
    }

    #[test]
    fn what_cant_be_included_is_an_error_at_the_directive() {
        let missing = "the included file `b.js` does not exist";
        check_error(&[("a.md", "é {{#include b.js}}")], Code::MissingFile, "a.md:1:3+17", missing);
        let nested = [("a.md", "\n{{#include x/b.md}}"), ("x/b.md", "1\n {{#include b.js}}")];
        check_error(&nested, Code::MissingFile, "x/b.md:2:2+17", missing);
        let anchor = [("a.md", "{{#include b.js:nix}}"), ("b.js", "// ANCHOR: one\n")];
        check_error(&anchor, Code::Include, "a.md:1:1+21", "`b.js` has no anchor `nix`");
        let line = [("a.md", "{{#include b.js:9}}"), ("b.js", "1\n2\n")];
        check_error(&line, Code::Include, "a.md:1:1+19", "`b.js` has no line 9");
        let playground = [("a.md", "{{#include x/b.md}}"), ("x/b.md", "{{#playground y.rs}}")];
        let message = "`{{#playground}}` can't be used in a file that is included from another folder";
        check_error(&playground, Code::Include, "x/b.md:1:1+20", message);
    }

    #[test]
    fn cycles_end_and_are_told_once() {
        let twice = "x {{#include a.md}} {{#include a.md}}";
        let message = "includes are nested too deeply or too many at `a.md`";
        check_error(&[("a.md", twice)], Code::Include, "a.md:1:3+17", message);
    }
}
