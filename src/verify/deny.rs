//! `deny`: findings that the book wants to be errors.

use crate::book::config::Denied;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::claim::Strength;
use crate::judge::Verdict;
use crate::verify::Verified;

/// Makes errors of what the book denies; an exercise with one does not pass.
pub fn apply(verified: &mut Verified) {
    let config = verified.sources.config.clone();
    let denies = |what: Denied| config.deny.contains(&what);
    if denies(Denied::Unchecked) {
        let unchecked: Vec<_> = unchecked(verified).collect();
        verified.diagnostics.extend(unchecked);
    }
    for found in &mut verified.diagnostics {
        let is_denied =
            denies(Denied::Warnings) || (denies(Denied::WeakTests) && found.code == Code::WeakTests);
        if is_denied && found.severity == Severity::Warning {
            found.severity = Severity::Error;
        }
    }
    let errors = verified.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let files: Vec<&str> = errors
        .map(|found| match &found.place {
            Place::Span(span) => span.file.path.as_str(),
            Place::File(path) => path,
        })
        .collect();
    for (exercise, result) in verified.sources.exercises.iter().zip(&mut verified.exercises) {
        // The files of the current folder are named without it.
        let folder = match exercise.folder.trim_end_matches('/') {
            "." => String::new(),
            folder => format!("{folder}/"),
        };
        result.passed &= !files.iter().any(|file| file.starts_with(&folder));
    }
}

/// What may be a claim and was not judged. Of a marked one that is an error anyway.
fn unchecked(verified: &Verified) -> impl Iterator<Item = Diagnostic> + '_ {
    verified.claims.iter().filter_map(|claim| {
        let Verdict::Unchecked { reason } = &claim.verdict else { return None };
        if claim.claim.strength != Strength::Weak {
            return None;
        }
        let span = verified.sources.text(claim.owner).text.span(claim.claim.range.clone());
        let message = format!("`{}` may be a claim, and is not judged: {reason}", claim.claim.stated);
        let help = "put it right behind the statement that it speaks of, or word it otherwise";
        Some(Diagnostic::error(Code::UnjudgedClaim, span, message).with_help(help))
    })
}
