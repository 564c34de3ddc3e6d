//! What an audit found: what could be false unnoticed, and how many changes of how many claims were caught.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::Span;
use crate::claim::{ClaimKind, Strength};
use crate::judge::{Rung, Verdict};
use crate::report::collect::{self, tool};
use crate::report::document::{Finding, Tool};
use crate::report::human::{self, Style, clean, plural};
use crate::verify::VerifiedClaim;
use crate::verify::audit::{Audit, Audited};

/// Findings, then the counts; `weak`: also the claims that may be remarks.
pub fn human(audits: &[Audit], weak: bool, style: Style) -> String {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for audit in audits {
        diagnostics.extend(audit.verified.diagnostics.iter().cloned());
        diagnostics.extend(findings(audit));
    }
    let mut out = human::findings(&diagnostics, style);
    let counts = Counts::of(audits);
    if weak && counts.claims.weak > 0 {
        out.push_str("Claims that may be remarks:\n");
        for audit in audits {
            for claim in audit.weak() {
                let span = span(audit, claim);
                let place = span.start_position();
                let stated = clean(&one_line(&claim.claim.stated));
                let _ = writeln!(out, "    {}:{}:{}: {stated}", span.file.path, place.line, place.column);
            }
        }
        out.push('\n');
    }
    out.push_str(&counts.told());
    out
}

/// What nobody would notice, at its place.
fn findings(audit: &Audit) -> impl Iterator<Item = Diagnostic> + '_ {
    audit.audited.iter().flat_map(|audited| {
        let claim = &audit.verified.claims[audited.claim];
        let place = span(audit, claim);
        let stated = one_line(&claim.claim.stated);
        if let Some(reason) = &audited.unfalsifiable {
            let message = format!("`{stated}` can't be false: {reason}");
            let help = "state something of the run, or take the claim out: it proves nothing";
            return vec![Diagnostic::error(Code::Unproven, place, message).with_help(help)];
        }
        let missed = audited.missed.iter().map(|missed| {
            let changed = one_line(&missed.changed);
            let message = format!("nobody notices when `{stated}` becomes `{changed}` ({})", missed.what);
            Diagnostic::error(Code::Unproven, place.clone(), message).with_label(missed.how.clone())
        });
        missed.collect()
    })
}

fn span(audit: &Audit, claim: &VerifiedClaim) -> Span {
    audit.verified.sources.text(claim.owner).text.span(claim.claim.range.clone())
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}

/// Everything that is counted.
#[derive(Serialize)]
struct Counts {
    claims: Claims,
    /// Of the claims that held and are no remarks, by the rung on which they did.
    rungs: BTreeMap<&'static str, usize>,
    /// The same, by kind.
    kinds: BTreeMap<&'static str, usize>,
    /// Of the unchecked claims.
    reasons: BTreeMap<String, usize>,
    falsifications: Falsifications,
    mutants: Mutants,
    /// Claims that nothing can make false.
    unfalsifiable: usize,
    duration_ms: u128,
}

#[derive(Serialize, Default)]
struct Claims {
    total: usize,
    /// Without the weak ones.
    held: usize,
    /// They held, and may be remarks: made false, they are not reported.
    weak: usize,
    broken: usize,
    unchecked: usize,
}

#[derive(Serialize, Default)]
struct Falsifications {
    total: usize,
    caught: usize,
}

/// Small changes of solutions.
#[derive(Serialize, Default)]
struct Mutants {
    total: usize,
    noticed: usize,
}

impl Counts {
    fn of(audits: &[Audit]) -> Counts {
        let mut counts = Counts {
            claims: Claims::default(),
            rungs: BTreeMap::new(),
            kinds: BTreeMap::new(),
            reasons: BTreeMap::new(),
            falsifications: Falsifications::default(),
            mutants: Mutants::default(),
            unfalsifiable: audits.iter().map(|audit| audit.unfalsifiable().count()).sum(),
            duration_ms: audits.iter().map(|audit| audit.duration.as_millis()).sum(),
        };
        for audit in audits {
            counts.falsifications.total += audit.tried();
            counts.falsifications.caught += audit.tried() - audit.missed();
            for claim in &audit.verified.claims {
                counts.add(claim);
            }
            for mutants in audit.verified.exercises.iter().filter_map(|exercise| exercise.mutants.as_ref()) {
                counts.mutants.total += mutants.total;
                counts.mutants.noticed += mutants.total - mutants.survived.len();
            }
        }
        counts
    }

    fn add(&mut self, claim: &VerifiedClaim) {
        self.claims.total += 1;
        match &claim.verdict {
            Verdict::Held { .. } if claim.claim.strength <= Strength::Weak => self.claims.weak += 1,
            Verdict::Held { rung, .. } => {
                self.claims.held += 1;
                *self.rungs.entry(rung.as_str()).or_default() += 1;
                *self.kinds.entry(claim.claim.kind.as_str()).or_default() += 1;
            }
            Verdict::Broken { .. } => self.claims.broken += 1,
            Verdict::Doubtful { .. } => {
                self.claims.unchecked += 1;
                *self.reasons.entry("it may be a remark".into()).or_default() += 1;
            }
            Verdict::Unchecked { reason } => {
                self.claims.unchecked += 1;
                *self.reasons.entry(reason.clone()).or_default() += 1;
            }
        }
    }

    fn told(&self) -> String {
        let Claims { total, held, weak, broken, unchecked } = self.claims;
        let mut out = format!("{}: {held} held", plural(total, "claim"));
        if held > 0 {
            let rungs = Rung::ALL.map(Rung::as_str);
            let _ = write!(out, " ({}; {})", listed(&self.rungs, &rungs), listed(&self.kinds, &KINDS));
        }
        let _ = write!(out, ", {weak} weak, {broken} broken, {unchecked} unchecked");
        if unchecked > 0 {
            let mut reasons: Vec<(&String, &usize)> = self.reasons.iter().collect();
            reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), reason.as_str()));
            let shown = reasons.iter().take(3).map(|(reason, count)| format!("{count}: {}", clean(reason)));
            let mut shown: Vec<String> = shown.collect();
            shown.extend((reasons.len() > 3).then(|| "…".to_owned()));
            let _ = write!(out, " ({})", shown.join("; "));
        }
        let Falsifications { total, caught } = self.falsifications;
        let _ = writeln!(out, "; {caught}/{total} falsifications caught");
        let Mutants { total, noticed } = self.mutants;
        if total > 0 {
            let _ = writeln!(out, "{}: {noticed}/{total} noticed by a test", plural(total, "mutant"));
        }
        if weak > 0 {
            let _ = writeln!(
                out,
                "{}, which may be remarks, could become false without a finding (`--list weak` names them)",
                plural(weak, "weak claim")
            );
        }
        if self.unfalsifiable > 0 {
            let _ = writeln!(out, "{} that nothing can make false", plural(self.unfalsifiable, "claim"));
        }
        if broken > 0 {
            let _ = writeln!(out, "{} not audited: mend what is false first", plural(broken, "broken claim"));
        }
        out
    }
}

const KINDS: [&str; 5] = [
    ClaimKind::Value.as_str(),
    ClaimKind::Output.as_str(),
    ClaimKind::Throws.as_str(),
    ClaimKind::Exports.as_str(),
    ClaimKind::Prose.as_str(),
];

fn listed(counts: &BTreeMap<&'static str, usize>, order: &[&str]) -> String {
    let told = order.iter().filter_map(|name| counts.get(name).map(|count| format!("{count} {name}")));
    told.collect::<Vec<_>>().join(", ")
}

/// One JSON document, schema 1, with a line break at its end.
pub fn json(audits: &[Audit]) -> String {
    let engine = audits.iter().map(|audit| &audit.verified.engine).find(|engine| !engine.name.is_empty());
    let engine = engine.cloned().unwrap_or_default();
    let audited =
        || audits.iter().flat_map(|audit| audit.audited.iter().map(move |audited| (audit, audited)));
    let report = Report {
        schema: 1,
        tool: tool(&engine),
        summary: Counts::of(audits),
        claims: audited().map(|(audit, audited)| claim(audit, audited)).collect(),
        missed: audited().flat_map(|(audit, audited)| missed(audit, audited)).collect(),
        unfalsifiable: audited().filter_map(|(audit, audited)| unfalsifiable(audit, audited)).collect(),
        weak: audits.iter().flat_map(|audit| audit.weak().map(|weak| placed(audit, weak))).collect(),
        diagnostics: audits.iter().flat_map(|audit| collect::findings(&audit.verified.diagnostics)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    tool: Tool,
    summary: Counts,
    /// Every claim that was changed.
    claims: Vec<Tried<'a>>,
    missed: Vec<Missed<'a>>,
    unfalsifiable: Vec<Unfalsifiable<'a>>,
    weak: Vec<Placed<'a>>,
    /// Findings about the text as it is, as in the report of `check`.
    diagnostics: Vec<Finding>,
}

#[derive(Serialize)]
struct Placed<'a> {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    kind: &'static str,
    rung: Option<&'static str>,
    stated: &'a str,
}

#[derive(Serialize)]
struct Tried<'a> {
    #[serde(flatten)]
    claim: Placed<'a>,
    falsifications: usize,
    caught: usize,
}

#[derive(Serialize)]
struct Missed<'a> {
    #[serde(flatten)]
    claim: Placed<'a>,
    /// What kind of change it was, e.g. "a digit".
    what: &'static str,
    /// The false text.
    changed: &'a str,
    /// What became of the claim.
    how: &'a str,
}

#[derive(Serialize)]
struct Unfalsifiable<'a> {
    #[serde(flatten)]
    claim: Placed<'a>,
    reason: &'a str,
}

fn placed<'a>(audit: &Audit, claim: &'a VerifiedClaim) -> Placed<'a> {
    let span = span(audit, claim);
    let (start, end) = (span.start_position(), span.end_position());
    let rung = match claim.verdict {
        Verdict::Held { rung, .. } => Some(rung.as_str()),
        _ => None,
    };
    Placed {
        file: span.file.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        kind: claim.claim.kind.as_str(),
        rung,
        stated: &claim.claim.stated,
    }
}

fn claim<'a>(audit: &'a Audit, audited: &Audited) -> Tried<'a> {
    let claim = placed(audit, &audit.verified.claims[audited.claim]);
    Tried { claim, falsifications: audited.tried, caught: audited.tried - audited.missed.len() }
}

fn missed<'a>(audit: &'a Audit, audited: &'a Audited) -> impl Iterator<Item = Missed<'a>> {
    audited.missed.iter().map(|missed| Missed {
        claim: placed(audit, &audit.verified.claims[audited.claim]),
        what: missed.what,
        changed: &missed.changed,
        how: &missed.how,
    })
}

fn unfalsifiable<'a>(audit: &'a Audit, audited: &'a Audited) -> Option<Unfalsifiable<'a>> {
    let reason = audited.unfalsifiable.as_deref()?;
    Some(Unfalsifiable { claim: placed(audit, &audit.verified.claims[audited.claim]), reason })
}
