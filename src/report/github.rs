//! The report as workflow commands: GitHub Actions turns them into annotations at the lines of a change.

use std::fmt::Write;

use crate::report::document::{Document, Finding, Severity};
use crate::report::human::{clean, summary};
use crate::report::rules;

/// A command a finding, then the counts.
pub fn report(document: &Document) -> String {
    let mut out = String::new();
    for found in &document.diagnostics {
        command(&mut out, document, found);
    }
    out.push_str(&summary(document));
    out
}

fn command(out: &mut String, document: &Document, found: &Finding) {
    let name = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let _ = write!(out, "::{name} file={}", property(&document.located(&found.file)));
    if !found.is_of_whole_file() {
        let _ = write!(out, ",line={},endLine={}", found.line, found.end_line);
        // Columns count on one line only.
        if found.line == found.end_line {
            let _ = write!(out, ",col={},endColumn={}", found.column, found.end_column);
        }
    }
    let rule = rules::named(&found.code).map_or("", |rule| rule.name);
    let _ =
        writeln!(out, ",title={}::{}", property(&format!("{} {rule}", found.code)), data(&message(found)));
}

fn message(found: &Finding) -> String {
    let help = found.help.as_ref().map(|help| format!("help: {help}"));
    let parts = [&found.message].into_iter().chain(&found.label).chain(&found.notes).chain(&help);
    clean(&parts.map(String::as_str).collect::<Vec<_>>().join("\n"))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_is_written_with_is_escaped() {
        assert_eq!(data("100%\r\na:b,c"), "100%25%0D%0Aa:b,c");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
