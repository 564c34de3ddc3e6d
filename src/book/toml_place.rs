//! Places in a TOML file: of a key, of its value, of what the parser complains about.

use std::ops::Range;
use std::sync::Arc;

use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::source::{SourceFile, Span};

/// A finding about a TOML text: where the parser says, in its words.
pub fn toml_error(file: &Arc<SourceFile>, error: &toml::de::Error, code: Code, what: &str) -> Diagnostic {
    let place = match error.span() {
        Some(range) => Place::Span(span(file, range)),
        None => Place::File(file.path.clone()),
    };
    let reason = error.message().trim().replace('\n', ", ");
    let help = if reason.contains("unknown field") {
        "remove the line or correct its name"
    } else {
        "correct the value"
    };
    Diagnostic {
        code,
        severity: Severity::Error,
        place,
        message: format!("{what}: {reason}"),
        label: None,
        notes: Vec::new(),
        help: Some(help.to_owned()),
        fix: None,
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Key,
    Value,
}

/// Where a key of a TOML text or its value stands.
pub fn place(file: &Arc<SourceFile>, path: &[&str], part: Part) -> Place {
    let find = || {
        let root = toml::de::DeTable::parse(&file.text).ok()?;
        let (last, folders) = path.split_last()?;
        let mut table = root.get_ref();
        for name in folders {
            table = table.iter().find(|(key, _)| key.get_ref() == name)?.1.get_ref().as_table()?;
        }
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        Some(if part == Part::Key { key.span() } else { value.span() })
    };
    find().map_or_else(|| Place::File(file.path.clone()), |range| Place::Span(span(file, range)))
}

/// The parser may end a span inside a character or beyond the text.
fn span(file: &Arc<SourceFile>, range: Range<usize>) -> Span {
    let text = &file.text;
    let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(file, start..end.max(start))
}
