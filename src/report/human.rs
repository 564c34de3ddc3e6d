//! The report that a person reads in a terminal or a log: each finding with its source line, then the counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::book::diagnostic::Diagnostic;
use crate::book::source::SourceFile;
use crate::report::collect;
use crate::report::document::{Document, ExampleStatus, Finding, Fix, Kind, Severity, Texts, Verdict};

/// How findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
}

/// The command that checks a file again.
pub type Rerun<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Findings in the order of the text, the command that reruns each file with errors, and the summary.
pub fn report(document: &Document, texts: &Texts, rerun: &Rerun<'_>, style: Style) -> String {
    let mut out: String = document.diagnostics.iter().map(|found| finding(found, texts, style)).collect();
    let errors = document.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let commands: BTreeSet<String> = errors.filter_map(|found| rerun(&found.file)).collect();
    if !commands.is_empty() {
        out.push_str("To check only what failed:\n");
        for command in commands {
            let _ = writeln!(out, "    {command}");
        }
        out.push('\n');
    }
    out.push_str(&summary(document));
    out.push_str(&reasons(document));
    out
}

/// So many reasons are told.
const REASONS: usize = 8;

/// Why claims are unchecked and examples skipped, the commonest reasons first.
fn reasons(document: &Document) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for claim in document.claims.iter().filter(|claim| claim.verdict == Verdict::Unchecked) {
        let reason = claim.reason.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
        *counts.entry(format!("unchecked: {}", clean(reason))).or_default() += 1;
    }
    for example in document.examples.iter().filter(|example| example.status == ExampleStatus::Skipped) {
        // Pseudo-code is counted by its name.
        if example.kind != Kind::Pseudo {
            let reason = clean(example.reason.as_deref().unwrap_or_default());
            *counts.entry(format!("skipped: {reason}")).or_default() += 1;
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
    let texts = collect::texts(diagnostics);
    collect::findings(diagnostics).iter().map(|found| finding(found, &texts, style)).collect()
}

/// One finding: headline, place, source line, label, help and patch. Where the text is not there, what stands at the
/// place is told without it.
pub fn finding(found: &Finding, texts: &Texts, style: Style) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = clean(&found.message);
    let title = level.primary_title(message.as_str()).id(found.code.as_str());
    let path = clean(&found.file);
    let label = found.label.as_deref().map(clean);
    let source = texts.get(&found.file).filter(|_| !found.is_of_whole_file());
    let mut group = match source {
        Some(file) => {
            let (excerpt, first, span) =
                excerpt(file, (found.line, found.column), (found.end_line, found.end_column));
            let annotation = AnnotationKind::Primary.span(span);
            let annotation = match &label {
                Some(label) => annotation.label(label.as_str()),
                None => annotation,
            };
            let snippet = Snippet::source(excerpt).line_start(first).path(path.as_str());
            title.element(snippet.annotation(annotation))
        }
        None if found.is_of_whole_file() => title.element(Origin::path(path.as_str())),
        None => title.element(Origin::path(path.as_str()).line(found.line).char_column(found.column)),
    };
    if let (None, Some(label)) = (source, &label) {
        group = group.element(Level::NOTE.message(label.as_str()));
    }
    let notes: Vec<String> = found.notes.iter().map(|note| clean(note)).collect();
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let help = found.help.as_deref().map(clean);
    let patched = found.fix.as_ref().and_then(|fix| Some((fix, texts.get(&fix.file)?)));
    let mut groups = Vec::new();
    let told: String;
    match (patched, &found.fix, &help) {
        (Some((Fix { file, line, column, end_line, end_column, replacement }, text)), _, help) => {
            let title = Level::HELP.secondary_title(help.as_deref().unwrap_or(WRITE));
            let (excerpt, first, span) = excerpt(text, (*line, *column), (*end_line, *end_column));
            let patch = Patch::new(span, clean(replacement));
            let snippet = Snippet::source(excerpt).line_start(first).path(file.as_str()).patch(patch);
            groups.push(Group::with_title(title).element(snippet));
        }
        (None, Some(fix), help) => {
            told = format!("{}: {}", help.as_deref().unwrap_or(WRITE), clean(&fix.replacement));
            group = group.element(Level::HELP.message(told.as_str()));
        }
        (None, None, Some(help)) => group = group.element(Level::HELP.message(help.as_str())),
        (None, None, None) => {}
    }
    groups.insert(0, group);
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.render(&groups);
    // The renderer shows the author's own lines without C0's characters, but with C1's, some of which steer terminals.
    format!("{}\n\n", drawn.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}"))
}

/// The lines of a place with some around it, the number of their first, and the place in them. The renderer looks at each
/// line that it is given, and a file may have as many findings as lines.
fn excerpt(file: &SourceFile, from: (usize, usize), to: (usize, usize)) -> (&str, usize, Range<usize>) {
    const AROUND: usize = 3;
    let start = file.offset(from.0, from.1);
    let end = file.offset(to.0, to.1).max(start);
    let first = from.0.saturating_sub(AROUND).max(1);
    let lines = file.line_range(first).start..file.line_range(to.0.max(from.0) + AROUND).end;
    let lines = lines.start.min(start)..lines.end.max(end);
    let span = start - lines.start..end - lines.start;
    (&file.text[lines], first, span)
}

const WRITE: &str = "write what the run gives";

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

/// The counts, in one line.
pub fn summary(document: &Document) -> String {
    let counts = &document.summary;
    let mut out = if document.is_true() { "verified" } else { "not verified" }.to_owned();
    if let Some(shard) = &document.shard {
        let _ = write!(out, " (shard {shard})");
    }
    let claims = &counts.claims;
    let held = plural(claims.held, "claim");
    let _ = write!(out, ": {held} held, {} broken, {} unchecked", claims.broken, claims.unchecked);
    let examples = &counts.examples;
    let _ = write!(out, "; {} ran, {} failed", plural(examples.ran, "example"), examples.failed);
    let skipped = examples.skipped.saturating_sub(examples.pseudo);
    let _ = write!(out, ", {} pseudo, {skipped} skipped", examples.pseudo);
    if examples.starters > 0 {
        let _ = write!(out, ", {}", plural(examples.starters, "starter"));
    }
    let quizzes = &counts.quizzes;
    if quizzes.passed + quizzes.failed > 0 {
        let noun = if quizzes.passed == 1 { "quiz" } else { "quizzes" };
        let _ = write!(out, "; {} {noun} passed, {} failed", quizzes.passed, quizzes.failed);
    }
    let exercises = &counts.exercises;
    if exercises.passed + exercises.failed > 0 {
        let _ = write!(out, "; {} passed, {} failed", plural(exercises.passed, "exercise"), exercises.failed);
    }
    let mutants = &exercises.mutants;
    if mutants.total > 0 {
        let noticed = mutants.total - mutants.survived;
        let _ = write!(out, "; {noticed} of {} noticed", plural(mutants.total, "mutant"));
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
    use crate::book::diagnostic::{self, Code};
    use crate::book::source::{SourceFile, Span};

    fn found() -> Diagnostic {
        let file = SourceFile::new("a.md", "one\n1 + 1 // => 3\n");
        Diagnostic::error(Code::FalseClaim, Span::new(&file, 10..17), "the value is stated as `3`")
            .with_label("the run gives 2")
            .with_help("write `2`")
            .with_fix(diagnostic::Fix { span: Span::new(&file, 16..17), replacement: "2".into() })
    }

    #[track_caller]
    fn holds(text: &str, parts: &[&str]) {
        for part in parts {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn a_finding_shows_place_line_label_and_patch() {
        let text = findings(&[found()], Style { color: false });
        holds(
            &text,
            &[
                "error[G001]",
                "a.md:2:7",
                "1 + 1 // => 3",
                "the run gives 2",
                "help: write `2`",
                "1 + 1 // => 2",
            ],
        );
    }

    #[test]
    fn without_the_text_a_finding_still_has_its_place_and_words() {
        let found = &collect::findings(&[found()])[0];
        let text = finding(found, &Texts::new(), Style { color: false });
        holds(&text, &["error[G001]", "a.md:2:7", "the run gives 2", "help: write `2`: 2"]);
        assert!(!text.contains("1 + 1"), "{text}");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\nb\\u{202e}");
    }
}
