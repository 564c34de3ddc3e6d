//! PROVE: each claim that holds is made false in memory, and the whole pipeline has to report it at its lines.
//!
//! Nothing is judged here: the changed text is read, parsed, run and judged as any other. In each round every example has
//! at most one changed claim, and only the examples with one run. They are programs of their own, so rounds are few.

mod falsify;
mod tokens;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::book::diagnostic::{Diagnostic, Place, Severity};
use crate::book::load::{Edited, Sources};
use crate::book::source::{SourceFile, Span};
use crate::claim::{ClaimKind, Strength};
use crate::judge::Verdict;
use crate::verify::audit::falsify::{Falsification, falsifications};
use crate::verify::{
    Engine, ExampleKind, Options, Owner, Selection, Verified, VerifiedClaim, exercise, verify_some,
};

/// What is known after an audit.
pub struct Audit {
    /// What the texts state as they are.
    pub verified: Verified,
    /// Each claim that held and is no remark, in the order of `Verified::claims`; one that several examples share by an
    /// include is told once.
    pub audited: Vec<Audited>,
    pub duration: Duration,
}

/// One claim that held.
pub struct Audited {
    /// Index into `Verified::claims`.
    pub claim: usize,
    /// How many changes of it were tried.
    pub tried: usize,
    /// Those that nobody noticed.
    pub missed: Vec<Missed>,
    /// Nothing can make it false; why.
    pub unfalsifiable: Option<String>,
}

/// A false text that was not reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// What was changed.
    pub what: &'static str,
    /// The stated text with the change in it.
    pub changed: String,
    /// What became of the claim.
    pub how: String,
}

impl Audit {
    pub fn tried(&self) -> usize {
        self.audited.iter().map(|audited| audited.tried).sum()
    }

    pub fn missed(&self) -> usize {
        self.audited.iter().map(|audited| audited.missed.len()).sum()
    }

    pub fn unfalsifiable(&self) -> impl Iterator<Item = (&Audited, &str)> {
        self.audited.iter().filter_map(|audited| Some((audited, audited.unfalsifiable.as_deref()?)))
    }

    /// Claims that held and may be remarks: made false, they would be.
    pub fn weak(&self) -> impl Iterator<Item = &VerifiedClaim> {
        self.verified.claims.iter().filter(|claim| is_held(claim) && claim.claim.strength <= Strength::Weak)
    }

    /// Nothing is wrong with the texts, and nothing in them could become wrong without a finding.
    pub fn is_proven(&self) -> bool {
        self.verified.is_true() && self.missed() == 0 && self.unfalsifiable().next().is_none()
    }
}

/// Verifies what `load` gives, then falsifies each claim. `load` reads the same sources again, with other
/// texts in the place of some files'. Errs only when the engine can't be started.
pub fn audit(load: &dyn Fn(&Edited) -> Sources, options: &Options<'_>) -> io::Result<Audit> {
    let started = Instant::now();
    let mut engine = Engine { mutants: true, ..Engine::new(options) };
    let sources = load(&Edited::new());
    let attempts = exercise::jobs(&sources, &|_| true);
    let verified = verify_some(sources, &Selection::All, &attempts, &mut engine)?;
    engine.progress = &|_, _| {};
    let known: HashSet<Finding> = verified.diagnostics.iter().filter_map(finding).collect();
    let sites = sites(&verified);
    let mut audited: Vec<Audited> = sites.iter().map(Site::audited).collect();
    let total = audited.iter().map(|audited| audited.tried).sum();
    let mut done = 0;
    for round in rounds(&sites) {
        let overlay = overlay(&sites, &round);
        let examples: HashSet<(Owner, usize)> =
            round.iter().flat_map(|task| sites[task.site].examples.iter().copied()).collect();
        let changed = verify_some(load(&overlay), &Selection::Some(examples), &[], &mut engine)?;
        let reported: Vec<Finding> =
            changed.diagnostics.iter().filter_map(finding).filter(|found| !known.contains(found)).collect();
        for task in &round {
            let site = &sites[task.site];
            if !reported.iter().any(|found| site.is_met_by(found)) {
                let change = &site.changes[task.change];
                audited[task.site].missed.push(Missed {
                    what: change.what,
                    changed: change.apply(&site.stated),
                    how: how(&changed, site),
                });
            }
        }
        done += round.len();
        (options.progress)(done, total);
    }
    for audited in &mut audited {
        if audited.tried > 0 && audited.missed.len() == audited.tried {
            audited.unfalsifiable = Some("whatever is stated here, it holds".into());
        }
    }
    Ok(Audit { verified, audited, duration: started.elapsed() })
}

fn is_held(claim: &VerifiedClaim) -> bool {
    matches!(claim.verdict, Verdict::Held { .. })
}

/// A finding that counts: where it is, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Finding {
    file: String,
    first: usize,
    last: usize,
    code: &'static str,
    message: String,
}

fn finding(found: &Diagnostic) -> Option<Finding> {
    let Place::Span(span) = &found.place else { return None };
    (found.severity >= Severity::Warning).then(|| {
        let (first, last) = lines(span);
        let (file, code) = (span.file.path.clone(), found.code.as_str());
        Finding { file, first, last, code, message: found.message.clone() }
    })
}

fn lines(span: &Span) -> (usize, usize) {
    (span.start_position().line, span.end_position().line)
}

/// A claim where it stands in its file, with the examples that it is a claim of and what is tried on it.
struct Site {
    /// Index into `Verified::claims`.
    claim: usize,
    examples: Vec<(Owner, usize)>,
    place: Span,
    stated: String,
    /// Of each line of `stated` the place of its first byte.
    starts: Vec<usize>,
    changes: Vec<Falsification>,
    unfalsifiable: Option<String>,
}

impl Site {
    fn audited(&self) -> Audited {
        Audited {
            claim: self.claim,
            tried: self.changes.len(),
            missed: Vec::new(),
            unfalsifiable: self.unfalsifiable.clone(),
        }
    }

    fn is_met_by(&self, found: &Finding) -> bool {
        let (first, last) = lines(&self.place);
        found.file == self.place.file.path && found.first <= last && found.last >= first
    }

    /// A change's replacements in the file.
    fn edits(&self, change: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.changes[change].edits.iter().map(|(range, new)| {
            let line = self.stated[..range.start].matches('\n').count();
            let start = self.stated[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let at = self.starts[line] + (range.start - start);
            (at..at + range.len(), new.as_str())
        })
    }
}

fn sites(verified: &Verified) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    let mut known: HashMap<(String, usize, usize), usize> = HashMap::new();
    for (index, claim) in verified.claims.iter().enumerate() {
        let (Verdict::Held { rung, actual }, Some(example)) = (&claim.verdict, claim.example) else {
            continue;
        };
        // That a statement does not run is told by no value: only another program could make it false.
        if claim.claim.strength <= Strength::Weak || claim.claim.kind == ClaimKind::Unreached {
            continue;
        }
        let verified_example = &verified.examples[example];
        if matches!(verified_example.kind, ExampleKind::Starter(_)) {
            continue;
        }
        let example = (claim.owner, verified_example.index);
        let text = verified.sources.text(claim.owner).text;
        let place = text.span(claim.claim.range.clone());
        let key = (place.file.path.clone(), place.start, place.end);
        if let Some(&site) = known.get(&key) {
            sites[site].examples.push(example);
            continue;
        }
        known.insert(key, sites.len());
        let starts = starts(verified, claim, &place);
        let made = match &starts {
            Some(_) => falsifications(&claim.claim, *rung, &actual.text),
            None => Err("its text can't be told apart from what surrounds it"),
        };
        let (changes, unfalsifiable) = match made {
            Ok(changes) => (changes, None),
            Err(reason) => (Vec::new(), Some(reason.to_owned())),
        };
        sites.push(Site {
            claim: index,
            examples: vec![example],
            place,
            stated: claim.claim.stated.clone(),
            starts: starts.unwrap_or_default(),
            changes,
            unfalsifiable,
        });
    }
    sites
}

/// Where each stated line begins in the claim's file; none when that is not known for all of them.
fn starts(verified: &Verified, claim: &VerifiedClaim, place: &Span) -> Option<Vec<usize>> {
    let text = verified.sources.text(claim.owner).text;
    if claim.claim.stated.is_empty() {
        // `// throws`, `// =>`: something may be put behind it.
        let comment = place.text();
        let inside = comment.strip_suffix("*/").or_else(|| comment.strip_suffix("-->")).unwrap_or(comment);
        return Some(vec![place.start + inside.trim_end().len()]);
    }
    if claim.claim.pieces.is_empty() {
        return None;
    }
    let start = |piece: &Range<usize>| {
        let span = text.span(piece.clone());
        (Arc::ptr_eq(&span.file, &place.file) && span.text() == &text.text[piece.clone()])
            .then_some(span.start)
    };
    claim.claim.pieces.iter().map(start).collect()
}

/// One change of one claim.
#[derive(Clone, Copy)]
struct Task {
    site: usize,
    change: usize,
}

/// Each change in the first round in which no other one concerns its examples or its lines.
fn rounds(sites: &[Site]) -> Vec<Vec<Task>> {
    let mut rounds: Vec<Vec<Task>> = Vec::new();
    let mut free_from: HashMap<(Owner, usize), usize> = HashMap::new();
    let mut taken: HashSet<(usize, &str, usize)> = HashSet::new();
    for (at, site) in sites.iter().enumerate() {
        let (first, last) = lines(&site.place);
        for change in 0..site.changes.len() {
            let free = site.examples.iter().map(|example| free_from.get(example).copied().unwrap_or(0));
            let mut round = free.max().unwrap_or(0);
            let path = site.place.file.path.as_str();
            while (first..=last).any(|line| taken.contains(&(round, path, line))) {
                round += 1;
            }
            taken.extend((first..=last).map(|line| (round, path, line)));
            if rounds.len() <= round {
                rounds.resize_with(round + 1, Vec::new);
            }
            rounds[round].push(Task { site: at, change });
            for example in &site.examples {
                free_from.insert(*example, round + 1);
            }
        }
    }
    rounds
}

/// The files' texts with a round's changes in them.
fn overlay(sites: &[Site], round: &[Task]) -> Edited {
    type Edits<'a> = Vec<(Range<usize>, &'a str)>;
    let mut files: BTreeMap<&Path, (&Arc<SourceFile>, Edits<'_>)> = BTreeMap::new();
    for task in round {
        let site = &sites[task.site];
        // A text that lies nowhere on disk can't be read otherwise.
        let Some(origin) = site.place.file.origin.as_deref() else { continue };
        let (_, edits) = files.entry(origin).or_insert_with(|| (&site.place.file, Vec::new()));
        edits.extend(site.edits(task.change));
    }
    let changed = files.into_iter().map(|(origin, (file, mut edits))| {
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = file.text.clone();
        for (range, new) in edits.into_iter().rev() {
            text.replace_range(range, new);
        }
        (origin.to_path_buf(), text)
    });
    changed.collect()
}

/// What became of a changed claim that was not reported.
fn how(changed: &Verified, site: &Site) -> String {
    let (first, last) = lines(&site.place);
    let there = changed.claims.iter().find(|claim| {
        let span = changed.sources.text(claim.owner).text.span(claim.claim.range.clone());
        let (start, _) = lines(&span);
        let example = claim.example.map(|example| (claim.owner, changed.examples[example].index));
        span.file.path == site.place.file.path
            && (first..=last).contains(&start)
            && example.is_some_and(|example| site.examples.contains(&example))
    });
    match there.map(|claim| &claim.verdict) {
        Some(Verdict::Held { rung, .. }) => format!("it still holds, on the rung \"{}\"", rung.as_str()),
        Some(Verdict::Broken { .. }) => "it is broken, but no finding says so".into(),
        Some(Verdict::Unchecked { reason }) => format!("it is unchecked: {reason}"),
        Some(Verdict::Doubtful { .. }) => "it is doubtful, but no finding says so".into(),
        None => "it is no claim any more".into(),
    }
}
