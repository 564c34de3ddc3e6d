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
            ReadError::Other(reason) => Diagnostic::file_error(
                Code::MissingFile,
                path,
                format!("`{path}` can't be read: {reason}"),
            )
            .with_help("check that it is a file and that you may read it"),
        }
    }
}

/// Reads the file of a path that is made from the including file's path, i.e. in the form in which files are named.
pub type Reader<'a> = &'a mut dyn FnMut(&Path) -> Result<Arc<SourceFile>, ReadError>;

/// The file's text with its includes expanded, and what could not be: such a directive stays in the text.
pub fn expand(file: &Arc<SourceFile>, read: Reader<'_>) -> (MappedText, Vec<Diagnostic>) {
    let folder = parent(Path::new(&file.path));
    let mut expansion = Expansion {
        read,
        chapter_folder: &folder,
        diagnostics: Vec::new(),
        left: MOST_INCLUDES,
    };
    let mut out = MappedText::new();
    expansion.text(&MappedText::of(file), &folder, 0, &mut out);
    (out, expansion.diagnostics)
}

/// mdBook's limit.
const DEEPEST: usize = 10;
/// mdBook has no limit here; a file that includes itself ten times over would keep it busy for years.
const MOST_INCLUDES: usize = 10_000;
const MOST_BYTES: usize = 64 << 20;

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
        let (path, selection) = argument
            .split_once(':')
            .map_or((argument, ""), |(path, rest)| (path, rest));
        if depth >= DEEPEST || self.left == 0 || out.text.len() > MOST_BYTES {
            // One finding tells it; each level of a cycle would repeat it.
            let told = self
                .diagnostics
                .iter()
                .any(|known| known.message.starts_with(TOO_MUCH));
            let message = format!("{TOO_MUCH} at `{path}`");
            let help = "a file that includes itself, or files that include each other, never come to an end";
            return if told {
                Ok(())
            } else {
                Err(Box::new(error(Code::Include, message).with_help(help)))
            };
        }
        self.left -= 1;
        let target = folder.join(path);
        let file = (self.read)(&target).map_err(|problem| match problem {
            ReadError::Missing => Box::new(
                error(
                    Code::MissingFile,
                    format!("the included file `{path}` does not exist"),
                )
                .with_label(format!("looked for {}", display(&target)))
                .with_help("paths of includes are relative to the folder of the file that holds them"),
            ),
            ReadError::InvalidUtf8 { line } => Box::new(
                error(
                    Code::InvalidUtf8,
                    format!("the included file `{path}` is not UTF-8: line {line}"),
                )
                .with_help("save the file as UTF-8"),
            ),
            ReadError::Other(reason) => error(
                Code::Include,
                format!("the included file `{path}` can't be read: {reason}"),
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
            inside = ANCHOR
                .captures(line)
                .is_some_and(|captures| &captures["name"] == name);
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
            ANCHOR
                .captures(&file.text[range])
                .map(|captures| format!("`{}`", &captures["name"]))
        })
        .collect();
    let help = if known.is_empty() {
        format!("begin the part with a comment `ANCHOR: {name}` and end it with `ANCHOR_END: {name}`")
    } else {
        format!("its anchors are {}", known.join(", "))
    };
    Err(SelectionError {
        message: format!("has no anchor `{name}`"),
        help,
    })
}

/// As `str::lines`, with places: without "\n" or "\r\n".
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        let bare = line
            .strip_suffix('\n')
            .map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
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
