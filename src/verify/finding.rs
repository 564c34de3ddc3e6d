//! What an author reads of a verdict: the value's own characters, what the run gives there, where the two differ, and
//! the patch.

use crate::bless::difference::{differences, nearly, short};
use crate::bless::place::Mend;
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::Span;
use crate::claim::{Claim, ClaimKind, Strength};
use crate::judge::{Actual, Sight, Verdict};

/// Where a claim and what it speaks of stand.
pub struct Place {
    /// The stated value; the whole claim where it has no place of its own.
    pub value: Span,
    /// The statement that it speaks of, when a reader would not see at once which.
    pub statement: Option<Span>,
}

/// The finding of a claim; nothing when there is nothing to do.
pub fn finding(
    claim: &Claim,
    verdict: &Verdict,
    place: Place,
    mend: Option<&Result<Mend, String>>,
) -> Option<Diagnostic> {
    match verdict {
        Verdict::Held { .. } => None,
        Verdict::Broken { actual } => Some(broken(claim, actual, place, mend)),
        Verdict::Unchecked { reason } if claim.strength >= Strength::Plain => Some(
            Diagnostic::error(
                Code::UnjudgedClaim,
                place.value,
                format!("{} is stated here, but it can't be judged: {reason}", stated(claim)),
            )
            .with_help("put it right behind the statement that it speaks of, or take its mark away"),
        ),
        Verdict::Unchecked { .. } => None,
        Verdict::Doubtful { actual } => Some(
            Diagnostic::warning(
                Code::DoubtfulRemark,
                place.value,
                format!(
                    "{} may be a remark, but a reader takes it for what comes out, and the run gives `{}`",
                    stated(claim),
                    short(&actual.text)
                ),
            )
            .with_label(format!("the run gives {}", short(&actual.text)))
            .with_help("write what the run gives; a remark can begin with another word"),
        ),
    }
}

fn broken(claim: &Claim, actual: &Actual, place: Place, mend: Option<&Result<Mend, String>>) -> Diagnostic {
    let given = if actual.text.is_empty() { "an empty text".to_owned() } else { short(&actual.text) };
    let but = match actual.seen {
        Sight::Nothing => actual.text.clone(),
        _ if given == short(&claim.stated) => "the run gives another one".to_owned(),
        _ if actual.text.is_empty() => format!("the run gives {given}"),
        _ => format!("the run gives `{given}`"),
    };
    let message = format!("{} {}, but {but}", subject(claim.kind), stated(claim));
    let only = match &actual.seen {
        Sight::Values(seen) if seen.len() == 1 && actual.refused.is_none() => Some(&seen[0]),
        _ => None,
    };
    let mut differences = only.map(|seen| differences(&claim.stated, seen)).unwrap_or_default().into_iter();
    let label = differences.next().unwrap_or_else(|| match actual.seen {
        Sight::Nothing => actual.text.clone(),
        _ => format!("the run gives {given}"),
    });
    let mut found = Diagnostic::error(Code::FalseClaim, place.value, message).with_label(label);
    found.notes.extend(differences);
    if let Some(rung) = actual.refused {
        found.notes.push(format!("it agrees on the rung {}, which `rungs` does not allow", rung.as_str()));
    }
    found.notes.extend(only.and_then(|seen| nearly(&claim.stated, seen)));
    if let Some(statement) = place.statement {
        let line = statement.start_position().line;
        found.notes.push(format!("it speaks of the statement in line {line}"));
    }
    match mend {
        Some(Ok(Mend { fix, .. })) => {
            let new = fix.replacement.as_str();
            let help = match short(new) == new {
                true => format!("write `{new}` if the run is right, or mend the code"),
                false => "write what the run gives if the run is right, or mend the code".to_owned(),
            };
            found.with_help(help).with_fix(fix.clone())
        }
        Some(Err(reason)) => found.with_help(reason.as_str()),
        None => found,
    }
}

fn stated(claim: &Claim) -> String {
    if claim.stated.is_empty() { "a claim".to_owned() } else { format!("`{}`", short(&claim.stated)) }
}

fn subject(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Value => "the value is stated as",
        ClaimKind::Output => "the output is stated as",
        ClaimKind::Throws => "the error is stated as",
        ClaimKind::Exports => "the exports are stated as",
        ClaimKind::Unreached => "the statement is said not to run:",
        ClaimKind::Prose => "the text states",
    }
}
