//! Captions of a picture: HTML comments right behind an example, which say what its picture shows.
//!
//! ```md
//! <!-- same: truth, module -->
//! <!-- different at step 2: exports, module.exports -->
//! ```
//!
//! Whether they are true is none of this file's business.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::document::{Document, Inline, InlineKind, Node};
use crate::book::source::MappedText;

/// What a picture is said to show: that names stand for one object, or each for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// Its line in the chapter's text.
    pub range: Range<usize>,
    pub same: bool,
    /// Counted as the page counts them; none: at the end.
    pub step: Option<usize>,
    /// At least two, such as `module.exports`.
    pub paths: Vec<String>,
}

/// The captions in the comments from `node` on, up to the first node that is none; and how many nodes these are.
/// `pictured`: there is a picture that they can speak of.
pub fn read(
    chapter: &MappedText,
    document: &Document,
    node: usize,
    pictured: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Caption>, usize) {
    let mut captions = Vec::new();
    let nodes: Vec<&[Inline]> = document.nodes[node..].iter().map_while(comments).collect();
    for comment in nodes.iter().copied().flatten() {
        for (line, range) in lines(comment) {
            match parse(line) {
                None => {}
                Some(Ok((same, step, paths))) if pictured => {
                    captions.push(Caption { range, same, step, paths });
                }
                Some(Ok(_)) => {
                    let message =
                        "this is the caption of a picture, but the example before it has no picture";
                    let found = Diagnostic::error(Code::UnjudgedClaim, chapter.span(range), message);
                    diagnostics.push(found.with_help("add `diagram` or `steps` to its fence"));
                }
                // Who knows what it means.
                Some(Err(())) if !pictured => {}
                Some(Err(())) => {
                    let message = format!("`{line}` is no caption of a picture");
                    let found = Diagnostic::error(Code::UnjudgedClaim, chapter.span(range), message);
                    diagnostics.push(found.with_help(
                        "name two or more variables: `same: a, b.c`, `different: a, b`, `same at step 2: a, b`",
                    ));
                }
            }
        }
    }
    (captions, nodes.len())
}

/// None: other text stands there too.
fn comments(node: &Node) -> Option<&[Inline]> {
    match node {
        Node::Prose(prose) if prose.inlines.iter().all(|inline| inline.kind == InlineKind::Comment) => {
            Some(&prose.inlines)
        }
        _ => None,
    }
}

/// Each line with its place; that of the whole comment where a container's prefix stands between its lines.
fn lines(comment: &Inline) -> Vec<(&str, Range<usize>)> {
    const OPENING: usize = "<!--".len();
    let is_whole = comment.range.len() == OPENING + comment.text.len() + "-->".len();
    let place = |line: &str| {
        let start = comment.range.start + OPENING + (line.as_ptr() as usize - comment.text.as_ptr() as usize);
        if is_whole { start..start + line.len() } else { comment.range.clone() }
    };
    comment.text.lines().map(str::trim).map(|line| (line, place(line))).collect()
}

/// None: it is no caption. An error: it begins like one.
#[allow(clippy::type_complexity, reason = "the parts of one line, taken apart at once")]
fn parse(line: &str) -> Option<Result<(bool, Option<usize>, Vec<String>), ()>> {
    static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(same|different)(?:\s+at\s+step\s+(\d{1,4}))?\s*:\s*(.*)$").expect("a valid expression")
    });
    static PATH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{Alphabetic}_$][\w$]*(?:\.[\w$]+)*$").expect("a valid expression"));
    static LIKE_ONE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)^(?:same|different)\b.*[,:]").expect("a valid expression"));
    let Some(parts) = CAPTION.captures(line) else {
        return LIKE_ONE.is_match(line).then_some(Err(()));
    };
    let paths: Vec<String> = parts[3].split(',').map(|path| path.trim().to_owned()).collect();
    if paths.len() < 2 || !paths.iter().all(|path| PATH.is_match(path)) {
        return Some(Err(()));
    }
    let step = parts.get(2).and_then(|step| step.as_str().parse().ok());
    Some(Ok((&parts[1] == "same", step, paths)))
}
