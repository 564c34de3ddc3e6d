//! `check --suggest-claims`: a patch of comments that state what the text says and the run bears out. It writes nothing:
//! the patched text is verified in memory, and only what holds then is offered.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::PathBuf;

use crate::book::load::Edited;
use crate::claim::Strength;
use crate::command::check::{self, Run};
use crate::judge::Verdict;
use crate::report::diff;
use crate::verify::suggest::{self, Suggestion};
use crate::verify::{Verified, VerifiedClaim};

/// The suggestions for a verified book as a unified diff, and their number. `paths`: what it was read from.
pub fn patch(verified: &Verified, paths: &[PathBuf], run: &Run) -> anyhow::Result<(String, usize)> {
    let suggested = suggest::suggestions(verified);
    if suggested.is_empty() {
        return Ok((String::new(), 0));
    }
    let mut edited = Edited::new();
    for of_file in by_file(&suggested).values() {
        edited.extend(of_file[0].file.origin.clone().map(|origin| (origin, applied(of_file))));
    }
    let mut sources = check::load_all(paths, run, &edited);
    // Nothing is suggested for them.
    sources.exercises.clear();
    let patched = check::verify(sources, run)?;
    let claims = claims(&patched);
    let held: Vec<Suggestion> = suggested
        .iter()
        .zip(places(&suggested))
        .filter(|(suggestion, place)| is_held(&claims, &suggestion.file.path, place))
        .map(|(suggestion, _)| suggestion.clone())
        .collect();
    Ok((as_patch(&held), held.len()))
}

fn by_file(suggested: &[Suggestion]) -> BTreeMap<&str, Vec<&Suggestion>> {
    let mut files: BTreeMap<&str, Vec<&Suggestion>> = BTreeMap::new();
    for suggestion in suggested {
        files.entry(&suggestion.file.path).or_default().push(suggestion);
    }
    files
}

/// A file's text with its suggestions, which are sorted.
fn applied(suggested: &[&Suggestion]) -> String {
    let mut text = String::new();
    let mut at = 0;
    for suggestion in suggested {
        text.push_str(&suggestion.file.text[at..suggestion.at]);
        text.push_str(&suggestion.text);
        at = suggestion.at;
    }
    if let Some(first) = suggested.first() {
        text.push_str(&first.file.text[at..]);
    }
    text
}

/// Where each stands in its patched file.
fn places(suggested: &[Suggestion]) -> Vec<Range<usize>> {
    let mut path = "";
    let mut moved = 0;
    let place = |suggestion: &Suggestion, moved: &mut usize| {
        let start = suggestion.at + *moved;
        *moved += suggestion.text.len();
        start..start + suggestion.text.len()
    };
    let mut places = Vec::new();
    for suggestion in suggested {
        if suggestion.file.path != path {
            (path, moved) = (&suggestion.file.path, 0);
        }
        places.push(place(suggestion, &mut moved));
    }
    places
}

/// Where claims stand in each file, in order, and whether they are marked and hold.
type Claims = HashMap<String, Vec<(Range<usize>, bool)>>;

fn claims(verified: &Verified) -> Claims {
    let mut claims = Claims::new();
    for VerifiedClaim { owner, claim, verdict, .. } in &verified.claims {
        let span = verified.sources.text(*owner).text.span(claim.range.clone());
        let holds = claim.strength == Strength::Marked && matches!(verdict, Verdict::Held { .. });
        claims.entry(span.file.path.clone()).or_default().push((span.start..span.end, holds));
    }
    claims.values_mut().for_each(|of_file| of_file.sort_by_key(|(place, _)| place.start));
    claims
}

/// A claim stands there, and wherever it stands, it holds.
fn is_held(claims: &Claims, path: &str, place: &Range<usize>) -> bool {
    let of_file = claims.get(path).map_or(&[][..], Vec::as_slice);
    let first = of_file.partition_point(|(claim, _)| claim.start < place.start);
    let inside = of_file[first..].iter().take_while(|(claim, _)| claim.start < place.end);
    let mut held = inside.filter(|(claim, _)| claim.end <= place.end).map(|(_, holds)| *holds).peekable();
    held.peek().is_some() && held.all(|holds| holds)
}

fn as_patch(suggested: &[Suggestion]) -> String {
    let mut patch = String::new();
    for (path, of_file) in by_file(suggested) {
        let after = applied(&of_file);
        let name = path.trim_start_matches('/');
        let names = (format!("a/{name}"), format!("b/{name}"));
        patch.push_str(&diff::unified(&of_file[0].file.text, &after, (&names.0, &names.1), 3));
    }
    patch
}
