//! `check --suggest-claims`: a patch of comments that state what the text says and the run bears out. It writes nothing:
//! the patched text is verified in memory, and only what holds then is offered.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::book::load::{self, Sources};
use crate::book::source::SourceFile;
use crate::claim::Strength;
use crate::command::check::{self, Run};
use crate::judge::Verdict;
use crate::report::diff;
use crate::verify::Verified;
use crate::verify::suggest::{self, Suggestion};

/// The suggestions for a verified book as a unified diff, and their number.
pub fn patch(verified: Verified, run: &Run) -> anyhow::Result<(String, usize)> {
    let suggested = suggest::suggestions(&verified);
    if suggested.is_empty() {
        return Ok((String::new(), 0));
    }
    let patched = check::verify(patched(verified.sources, &suggested), run)?;
    let held: Vec<Suggestion> = suggested
        .iter()
        .zip(places(&suggested))
        .filter(|(suggestion, place)| is_held(&patched, &suggestion.file.path, place))
        .map(|(suggestion, _)| suggestion.clone())
        .collect();
    Ok((as_patch(&held), held.len()))
}

/// The sources with the suggestions in them.
fn patched(sources: Sources, suggested: &[Suggestion]) -> Sources {
    let files: BTreeMap<String, Arc<SourceFile>> = by_file(suggested)
        .into_iter()
        .map(|(path, of_file)| (path.to_owned(), SourceFile::new(path, &applied(&of_file))))
        .collect();
    let config = sources.config;
    let chapters = sources.chapters.iter().map(|chapter| {
        let root = chapter.config.root.clone().unwrap_or_default();
        let mut read = load::reader(&root);
        let mut read = |path: &Path| {
            let file = read(path)?;
            Ok(files.get(&file.path).map_or(file, Arc::clone))
        };
        let file = files.get(&chapter.file.path).unwrap_or(&chapter.file);
        load::chapter(&chapter.source_path, file, &chapter.config, &mut read).0
    });
    let chapters = chapters.collect();
    Sources { config, chapters, exercises: Vec::new(), diagnostics: Vec::new(), unreadable: false }
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

/// A claim stands there, and wherever it stands, it holds.
fn is_held(verified: &Verified, path: &str, place: &Range<usize>) -> bool {
    let claims = verified.claims.iter().filter(|claim| {
        let span = verified.sources.text(claim.owner).text.span(claim.claim.range.clone());
        span.file.path == path && place.start <= span.start && span.end <= place.end
    });
    let held: Vec<bool> = claims
        .map(|claim| {
            claim.claim.strength == Strength::Marked && matches!(claim.verdict, Verdict::Held { .. })
        })
        .collect();
    !held.is_empty() && held.iter().all(|held| *held)
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
