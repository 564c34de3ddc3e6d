//! Names that claims give to what is there (`<id>`): how far they reach, and those that nothing is stated of.

use std::collections::HashMap;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::Span;
use crate::claim::Claim;
use crate::judge::Verdict;
use crate::judge::capture::{self, Bindings, Bound};
use crate::judge::verdict::Evidence;
use crate::verify::Owner;

/// The names of all examples: each reaches as far as the state of the example that uses it first.
#[derive(Default)]
pub struct Names {
    /// By example: its owner and its index there.
    known: HashMap<(Owner, usize), Bindings>,
    first: Vec<(String, Span, Bound)>,
}

impl Names {
    /// What the names of these examples stand for.
    pub fn of(&self, owner: Owner, examples: impl Iterator<Item = usize>) -> Bindings {
        let mut bindings = Bindings::default();
        for known in examples.filter_map(|index| self.known.get(&(owner, index))) {
            bindings.inherit(known);
        }
        bindings
    }

    pub fn judge(
        &mut self,
        claim: &Claim,
        evidence: &Evidence<'_>,
        bindings: &mut Bindings,
        place: impl FnOnce() -> Span,
    ) -> Verdict {
        let names: Vec<String> = claim.captures().into_iter().map(|capture| capture.name).collect();
        let new: Vec<String> = names.into_iter().filter(|name| bindings.get(name).is_none()).collect();
        let verdict = capture::judge(claim, evidence, bindings);
        let bound = new.into_iter().filter_map(|name| Some((bindings.get(&name)?.clone(), name)));
        let bound: Vec<(Bound, String)> = bound.collect();
        if !bound.is_empty() {
            let span = place();
            self.first.extend(bound.into_iter().map(|(bound, name)| (name, span.clone(), bound)));
        }
        verdict
    }

    pub fn keep(&mut self, owner: Owner, index: usize, bindings: Bindings) {
        self.known.insert((owner, index), bindings);
    }

    /// A claim must be able to be false: what a name alone states can't.
    pub fn unstated(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let unstated = self.first.iter().filter(|(_, _, bound)| bound.is_unstated());
        unstated.map(|(name, span, bound)| {
            let message =
                format!("`<{name}>` is used once, so it states nothing beyond that a value is there");
            Diagnostic::warning(Code::Style, span.clone(), message)
                .with_label(format!("here it is {}", bound.told()))
                .with_help(format!(
                    "use `<{name}>` again where the same value is expected, or say what it looks like: \
                     `<{name}:number>`, `<{name}:string>`, `<{name}:date>`, `<{name}:uuid>`"
                ))
        })
    }
}

/// What the names of a claim stand for, where they are known.
pub fn told(claim: &Claim, bindings: &Bindings) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    for capture in claim.captures() {
        if let Some(bound) = bindings.get(&capture.name) {
            let line = format!("`<{}>` stands for `{}`", capture.name, bound.told());
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
    (!told.is_empty()).then(|| told.join(", "))
}
