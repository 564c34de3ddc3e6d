//! What must hold whatever bytes come in: `tests/properties` calls it with texts that it makes, `tests/fuzz` with
//! anything. Each `check` panics when something does not hold.

pub mod claims;
pub mod compare;
pub mod config;
pub mod extract;
pub mod frames;

use galley::book::diagnostic::{Diagnostic, Place};
use galley::report::human;

/// A file's text as Galley gets it: what is no UTF-8 is refused before.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Each place is one of its file, and the report can draw it.
fn check_findings(findings: &[Diagnostic]) {
    for finding in findings {
        if let Place::Span(span) = &finding.place {
            assert!(span.file.text.get(span.start..span.end).is_some(), "{finding:?}");
        }
        if let Some(fix) = &finding.fix {
            assert!(fix.span.file.text.get(fix.span.start..fix.span.end).is_some(), "{finding:?}");
        }
    }
    let told = human::findings(findings, human::Style { color: false });
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "{told:?}");
}
