//! Which patches of broken claims can be made together, what they make of the files, and whether each came true.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::bless::place::{Mend, value_span};
use crate::book::diagnostic::Fix;
use crate::book::load::Edited;
use crate::book::source::{SourceFile, Span};
use crate::judge::Verdict;
use crate::verify::{Verified, VerifiedClaim};

/// The patch of one claim, of several where one file is read more than once.
#[derive(Clone, Debug)]
pub struct Edit {
    pub fix: Fix,
    /// What the claim states then.
    stated: String,
    /// Of the example that the claim speaks of, in `Verified::examples`.
    example: Option<usize>,
}

/// A claim that stays as it is although it does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    pub file: String,
    pub line: usize,
    pub stated: String,
    pub reason: String,
}

/// What was tried and did not come true: where the value stands, and why.
pub type Refused = BTreeMap<(PathBuf, usize), String>;

/// The patches for the claims that are wanted, in the order of the files, and what is left.
pub fn pick(
    verified: &Verified,
    wanted: &dyn Fn(&Span) -> bool,
    refused: &Refused,
) -> (Vec<Edit>, Vec<Left>) {
    let mut at_place: HashMap<(PathBuf, usize), Vec<&VerifiedClaim>> = HashMap::new();
    for claim in &verified.claims {
        let span = value(verified, claim);
        at_place.entry((key(&span.file), span.start)).or_default().push(claim);
    }
    let mut edits: BTreeMap<(PathBuf, usize), Edit> = BTreeMap::new();
    let mut left = Vec::new();
    for claim in &verified.claims {
        let text = verified.sources.text(claim.owner).text;
        if matches!(claim.verdict, Verdict::Held { .. }) || !wanted(&text.span(claim.claim.range.clone())) {
            continue;
        }
        let span = value(verified, claim);
        let place = (key(&span.file), span.start);
        let patch = patch(claim, &at_place[&place], refused.get(&place));
        match patch {
            Ok(Mend { fix, stated }) => {
                edits.insert(place, Edit { fix, stated, example: claim.example });
            }
            Err(reason) => left.push(leave(&span, &claim.claim.stated, reason)),
        }
    }
    let edits = apart(edits.into_values(), &mut left);
    left.sort();
    (edits, left)
}

/// The claim's patch, when it is that of all claims that stand there.
fn patch(claim: &VerifiedClaim, there: &[&VerifiedClaim], refused: Option<&String>) -> Result<Mend, String> {
    if let Some(reason) = refused {
        return Err(reason.clone());
    }
    match (&claim.verdict, &claim.mend) {
        (Verdict::Doubtful { .. }, _) => {
            Err("it may be a remark: put a mark before it if it states the output".into())
        }
        (Verdict::Unchecked { reason }, _) => Err(format!("it is not judged: {reason}")),
        (_, Some(Err(reason))) => Err(reason.clone()),
        (_, Some(Ok(mend))) => {
            let same = |other: &&VerifiedClaim| match &other.mend {
                Some(Ok(theirs)) => theirs.fix.replacement == mend.fix.replacement,
                _ => false,
            };
            match there.iter().all(same) {
                true => Ok(mend.clone()),
                false => Err("its file is read more than once, and the runs give different values".into()),
            }
        }
        (_, None) => Err("there is no patch".into()),
    }
}

/// The edits without those that reach into the one before, as where two includes cut a claim differently.
fn apart(edits: impl Iterator<Item = Edit>, left: &mut Vec<Left>) -> Vec<Edit> {
    let mut apart: Vec<Edit> = Vec::new();
    for edit in edits {
        let span = &edit.fix.span;
        let reaches = apart.last().is_some_and(|last| {
            key(&last.fix.span.file) == key(&span.file) && span.start < last.fix.span.end
        });
        if reaches {
            left.push(leave(span, span.text(), "its bytes are those of another claim too".to_owned()));
        } else {
            apart.push(edit);
        }
    }
    apart
}

fn leave(span: &Span, stated: &str, reason: String) -> Left {
    Left { file: span.file.path.clone(), line: span.start_position().line, stated: stated.to_owned(), reason }
}

fn value(verified: &Verified, claim: &VerifiedClaim) -> Span {
    value_span(verified.sources.text(claim.owner).text, &claim.claim)
}

/// One name for a file, however it was reached.
pub fn key(file: &SourceFile) -> PathBuf {
    file.origin.clone().unwrap_or_else(|| PathBuf::from(&file.path))
}

/// The files' new texts, from the last place to the first.
pub fn apply(edits: &[Edit], texts: &Edited) -> Edited {
    let mut new = texts.clone();
    for edit in edits.iter().rev() {
        let Fix { span, replacement } = &edit.fix;
        let text = new.entry(key(&span.file)).or_insert_with(|| span.file.text.clone());
        text.replace_range(span.start..span.end, replacement);
    }
    new
}

/// Where a place of a file lies once the edits are made.
pub fn shifted(edits: &[Edit], file: &Path, at: usize) -> usize {
    let before = edits.iter().filter(|edit| key(&edit.fix.span.file) == file && edit.fix.span.end <= at);
    before.fold(at, |at, edit| (at + edit.fix.replacement.len()) - (edit.fix.span.end - edit.fix.span.start))
}

/// The edits that must not be made (indices), and why: the claim would not hold, not in another run, or another claim
/// would hold no longer.
pub fn failures(
    before: &Verified,
    edits: &[Edit],
    after: &Verified,
    elsewhere: &Verified,
) -> BTreeMap<usize, String> {
    let (held, held_elsewhere) = (held(after), held(elsewhere));
    let holds = |place: &(PathBuf, usize)| held.get(place).is_some_and(|stated| stated.is_some());
    let mut failures = BTreeMap::new();
    for (at, edit) in edits.iter().enumerate() {
        let file = key(&edit.fix.span.file);
        let start = shifted(edits, &file, edit.fix.span.start);
        let place = (file, start);
        // The whole new text is what is judged, and no more.
        let same = |stated: &&str| stated.lines().map(str::trim).eq(edit.stated.lines().map(str::trim));
        if !held.get(&place).is_some_and(|stated| stated.as_ref().is_some_and(same)) {
            failures.insert(at, "no text in its place is judged to state what the run gives".to_owned());
        } else if !held_elsewhere.get(&place).is_some_and(Option::is_some) {
            failures.insert(at, "what the run gives depends on chance or on the clock".to_owned());
        }
    }
    for claim in before.claims.iter().filter(|claim| matches!(claim.verdict, Verdict::Held { .. })) {
        let span = value(before, claim);
        let file = key(&span.file);
        let start = shifted(edits, &file, span.start);
        if holds(&(file.clone(), start)) {
            continue;
        }
        let near = |edit: &Edit| edit.example == claim.example || key(&edit.fix.span.file) == file;
        for (at, _) in edits.iter().enumerate().filter(|(_, edit)| near(edit)) {
            let line = span.start_position().line;
            let reason = format!("the claim in line {line} would hold no longer");
            failures.entry(at).or_insert(reason);
        }
    }
    failures
}

/// What the claims state whose value stands at a place, if all of them hold.
fn held(verified: &Verified) -> HashMap<(PathBuf, usize), Option<&str>> {
    let mut held = HashMap::new();
    for claim in &verified.claims {
        let span = value(verified, claim);
        let holds = matches!(claim.verdict, Verdict::Held { .. });
        let stated = held.entry((key(&span.file), span.start)).or_insert(Some(claim.claim.stated.as_str()));
        if !holds {
            *stated = None;
        }
    }
    held
}
