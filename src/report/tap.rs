//! The report in the Test Anything Protocol, version 14: a test point a case, with a YAML block where there is more to say.

use std::fmt::Write;

use crate::report::cases::{Case, State, suites};
use crate::report::document::{Document, Texts};
use crate::report::human::{self, Style, clean, summary};

pub fn report(document: &Document, texts: &Texts) -> String {
    let suites = suites(document);
    let count: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let mut out = format!("TAP version 14\n1..{count}");
    out.push_str(if count == 0 { " # SKIP there is nothing in this part\n" } else { "\n" });
    let mut number = 0;
    for suite in &suites {
        let path = document.located(suite.path);
        for case in &suite.cases {
            number += 1;
            point(&mut out, number, &path, case);
            diagnostics(&mut out, document, texts, case);
        }
        for found in &suite.remarks {
            comment(&mut out, &human::finding(found, texts, Style { color: false }));
        }
    }
    comment(&mut out, &summary(document));
    out
}

fn point(out: &mut String, number: usize, path: &str, case: &Case<'_>) {
    let ok = match case.state {
        State::Passed | State::Skipped(_) => "ok",
        State::Failed | State::Error => "not ok",
    };
    let _ = write!(out, "{ok} {number} - {}", escaped(&format!("{path}: {}", case.name)));
    if let State::Skipped(reason) = &case.state {
        let _ = write!(out, " # SKIP {}", escaped(reason));
    }
    out.push('\n');
}

/// One line, in which nothing begins a directive.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    clean(&line).replace('\\', "\\\\").replace('#', "\\#")
}

fn diagnostics(out: &mut String, document: &Document, texts: &Texts, case: &Case<'_>) {
    let failed = matches!(case.state, State::Failed | State::Error);
    if !failed && case.findings.is_empty() {
        return;
    }
    out.push_str("  ---\n");
    let first = case.findings.first();
    let message =
        first.map(|found| found.message.as_str()).or(case.message.as_deref()).unwrap_or("it failed");
    let _ = writeln!(out, "  message: {}", scalar(message));
    if let Some(found) = first {
        let _ = writeln!(out, "  severity: {}\n  code: {}", found.severity.as_str(), found.code);
    }
    let (line, column) = first.map_or((case.line, 1), |found| (found.line, found.column));
    let file = first.map_or(&case.file, |found| &found.file);
    let file = scalar(&document.located(file));
    let _ = writeln!(out, "  at:\n    file: {file}\n    line: {line}\n    column: {column}");
    if !case.findings.is_empty() {
        // The number says that what looks like more indentation is text.
        out.push_str("  finding: |2\n");
        for found in &case.findings {
            for line in human::finding(found, texts, Style { color: false }).trim_end().lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out.push_str("  ...\n");
}

/// A string of JSON is one of YAML.
fn scalar(text: &str) -> String {
    serde_json::to_string(&clean(text)).unwrap_or_default()
}

fn comment(out: &mut String, text: &str) {
    for line in text.trim_end().lines() {
        let _ = writeln!(out, "# {}", clean(line));
    }
}
