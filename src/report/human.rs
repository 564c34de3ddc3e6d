//! The report that a person reads in a terminal or a log: each finding with its source line, then the counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::book::diagnostic::{Diagnostic, Place, Severity};
use crate::judge::Verdict;
use crate::verify::{ExampleState, Summary, Verified};

/// How findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
}

/// Findings in the order of the text, the command that reruns each file with errors, and the summary.
pub fn report(verified: &Verified, rerun: &dyn Fn(&str) -> Option<String>, style: Style) -> String {
    let mut out = findings(&verified.diagnostics, style);
    let errors = verified.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let commands: BTreeSet<String> = errors.filter_map(|found| rerun(path(&found.place))).collect();
    if !commands.is_empty() {
        out.push_str("To check only what failed:\n");
        for command in commands {
            let _ = writeln!(out, "    {command}");
        }
        out.push('\n');
    }
    out.push_str(&summary(&verified.summary(), verified.is_true()));
    out.push_str(&reasons(verified));
    out
}

/// So many reasons are told.
const REASONS: usize = 8;

/// Why claims are unchecked and examples skipped, the commonest reasons first.
fn reasons(verified: &Verified) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for claim in &verified.claims {
        let reason = match &claim.verdict {
            Verdict::Unchecked { reason } => reason.lines().next().unwrap_or_default(),
            Verdict::Doubtful { .. } => "it may be a remark",
            _ => continue,
        };
        *counts.entry(format!("unchecked: {}", clean(reason))).or_default() += 1;
    }
    for example in &verified.examples {
        // Pseudo-code is counted by its name.
        if let (ExampleState::Skipped(reason), Some(_)) = (&example.state, example.kind.program()) {
            *counts.entry(format!("skipped: {}", clean(reason))).or_default() += 1;
        }
    }
    let mut sorted: Vec<(String, usize)> = counts.into_iter().collect();
    sorted.sort_by(|(_, a), (_, b)| b.cmp(a));
    let more = sorted.len().saturating_sub(REASONS);
    let mut out: String =
        sorted.iter().take(REASONS).map(|(reason, count)| format!("  {count} {reason}\n")).collect();
    if more > 0 {
        let _ = writeln!(out, "  and {}", plural(more, "other reason"));
    }
    out
}

/// Every finding, sorted by file and place.
pub fn findings(diagnostics: &[Diagnostic], style: Style) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| key(a).cmp(&key(b)));
    sorted.into_iter().map(|diagnostic| finding(diagnostic, style)).collect()
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, &str) {
    let start = match &diagnostic.place {
        Place::Span(span) => span.start,
        Place::File(_) => 0,
    };
    (path(&diagnostic.place), start, diagnostic.code.as_str())
}

fn path(place: &Place) -> &str {
    match place {
        Place::Span(span) => &span.file.path,
        Place::File(path) => path,
    }
}

/// One finding: headline, place, source line, label, help and patch.
pub fn finding(diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = clean(&diagnostic.message);
    let title = level.primary_title(message.as_str()).id(diagnostic.code.as_str());
    let label = diagnostic.label.as_deref().map(clean);
    let mut group = match &diagnostic.place {
        Place::Span(span) => {
            let annotation = AnnotationKind::Primary.span(span.start..span.end.max(span.start));
            let annotation = match &label {
                Some(label) => annotation.label(label.as_str()),
                None => annotation,
            };
            title.element(
                Snippet::source(span.file.text.as_str()).path(span.file.path.as_str()).annotation(annotation),
            )
        }
        Place::File(path) => title.element(Origin::path(path.as_str())),
    };
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| clean(note)).collect();
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let help = diagnostic.help.as_deref().map(clean);
    let mut groups = Vec::new();
    match (&diagnostic.fix, &help) {
        (Some(fix), help) => {
            let title = Level::HELP.secondary_title(help.as_deref().unwrap_or("write what the run gives"));
            let patch = Patch::new(fix.span.start..fix.span.end, clean(&fix.replacement));
            let snippet =
                Snippet::source(fix.span.file.text.as_str()).path(fix.span.file.path.as_str()).patch(patch);
            groups.push(Group::with_title(title).element(snippet));
        }
        (None, Some(help)) => group = group.element(Level::HELP.message(help.as_str())),
        (None, None) => {}
    }
    groups.insert(0, group);
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.render(&groups);
    // The renderer shows the author's own lines without C0's characters, but with C1's, some of which steer terminals.
    format!("{}\n\n", drawn.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}"))
}

/// Text of the author's or of a program must not steer the terminal: control characters and those that turn the
/// reading direction are shown as their code.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let turns =
            matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        if character == '\n' || !(character.is_control() || turns) {
            out.push(character);
        } else {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        }
    }
    out
}

/// The counts, in one or two lines.
pub fn summary(summary: &Summary, is_true: bool) -> String {
    let mut out = format!(
        "{}: {} held, {} broken, {} unchecked",
        if is_true { "verified" } else { "not verified" },
        plural(summary.held, "claim"),
        summary.broken,
        summary.unchecked,
    );
    let _ = write!(out, "; {} ran, {} failed", plural(summary.ran, "example"), summary.failed);
    let _ = write!(out, ", {} pseudo, {} skipped", summary.pseudo, summary.skipped);
    if summary.starters > 0 {
        let _ = write!(out, ", {}", plural(summary.starters, "starter"));
    }
    if summary.exercises_passed + summary.exercises_failed > 0 {
        let _ = write!(
            out,
            "; {} passed, {} failed",
            plural(summary.exercises_passed, "exercise"),
            summary.exercises_failed
        );
    }
    out.push('\n');
    out
}

pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::diagnostic::{Code, Fix};
    use crate::book::source::{SourceFile, Span};

    #[test]
    fn a_finding_shows_place_line_label_and_patch() {
        let file = SourceFile::new("a.md", "one\n1 + 1 // => 3\n");
        let span = Span::new(&file, 10..17);
        let found = Diagnostic::error(Code::FalseClaim, span, "the value is stated as `3`")
            .with_label("the run gives 2")
            .with_help("write `2`")
            .with_fix(Fix { span: Span::new(&file, 16..17), replacement: "2".into() });
        let text = finding(&found, Style { color: false });
        for part in ["error[G001]", "a.md:2:7", "1 + 1 // => 3", "the run gives 2", "help: write `2`"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\nb\\u{202e}");
    }
}
