//! The report as JUnit XML: what GitLab, Jenkins and most CI pages show as tests.
//!
//! A file is a suite. `classname` is its path with dots for slashes, of which Jenkins makes packages; `file` and `line` are
//! what GitLab links to. Names hold no lines, by which pages would take a moved test for a new one. There are no times,
//! and no time stamp: the same text gives the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::report::cases::{Case, State, Suite, suites};
use crate::report::document::{Document, Finding, Texts};
use crate::report::human::{self, Style, clean};

pub fn report(document: &Document, texts: &Texts) -> String {
    let mut report = Report::new("mdbook-galley");
    for suite in suites(document) {
        report.add_test_suite(self::suite(document, texts, &suite));
    }
    let mut text = report.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn suite(document: &Document, texts: &Texts, suite: &Suite<'_>) -> TestSuite {
    let path = document.located(suite.path);
    let mut shown = TestSuite::new(clean(&path));
    for case in &suite.cases {
        shown.add_test_case(self::case(document, texts, case, &class(&path)));
    }
    let remarks = told(&suite.remarks, texts);
    if !remarks.is_empty() {
        shown.set_system_out(remarks);
    }
    shown
}

fn class(path: &str) -> String {
    let path = path.trim_start_matches(['.', '/']).trim_end_matches(".md");
    let parts = path.split('/').filter(|part| !part.is_empty()).map(|part| part.replace('.', "_"));
    let class = parts.collect::<Vec<_>>().join(".");
    if class.is_empty() { "book".to_owned() } else { clean(&class) }
}

fn case(document: &Document, texts: &Texts, case: &Case<'_>, class: &str) -> TestCase {
    let findings = told(&case.findings, texts);
    let status = match &case.state {
        State::Passed => TestCaseStatus::success(),
        State::Skipped(reason) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(clean(reason));
            status
        }
        State::Failed => non_success(NonSuccessKind::Failure, case, &findings),
        State::Error => non_success(NonSuccessKind::Error, case, &findings),
    };
    let failed = matches!(case.state, State::Failed | State::Error);
    let mut shown = TestCase::new(clean(&case.name), status);
    shown.set_classname(class);
    shown.extra.insert("file".into(), clean(&document.located(&case.file)).into());
    shown.extra.insert("line".into(), case.line.to_string().into());
    if !failed && !findings.is_empty() {
        shown.set_system_out(findings);
    }
    shown
}

fn non_success(kind: NonSuccessKind, case: &Case<'_>, findings: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    let message = case.findings.first().map(|found| found.message.as_str()).or(case.message.as_deref());
    status.set_message(clean(message.unwrap_or("it failed")));
    if let Some(found) = case.findings.first() {
        status.set_type(found.code.as_str());
    }
    let description = if findings.is_empty() { case.message.as_deref().map(clean) } else { None };
    status.set_description(description.unwrap_or_else(|| findings.to_owned()));
    status
}

/// The findings as people read them. Nothing in them is a control character, which XML can't have.
fn told(findings: &[&Finding], texts: &Texts) -> String {
    findings.iter().map(|found| human::finding(found, texts, Style { color: false })).collect()
}
