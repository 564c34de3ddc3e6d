//! The exercises of a book, and where its chapters place them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::book::ceilings;
use crate::book::config::Config;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::exercise::{self, Exercise, Folder};
use crate::book::include::ReadError;
use crate::book::load::Chapter;
use crate::book::load::disk::{self, Disk, Entry, Kind};
use crate::book::markdown::Node;
use crate::book::nearest;
use crate::book::source::Span;

/// All folders in the book's folder of exercises, by name.
pub fn read(config: &Arc<Config>, disk: &mut Disk<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Exercise> {
    let entries = disk.entries(&config.exercises).unwrap_or_else(|error| {
        diagnostics.push(error.about(&disk::name(&config.exercises)));
        Vec::new()
    });
    if config.ceilings.untrusted {
        for entry in &entries {
            let Kind::Other(reason) = entry.kind else { continue };
            let error =
                ReadError::Refused { reason: reason.to_owned(), help: "put the folder itself there".into() };
            diagnostics.push(error.about(&disk::name(&config.exercises.join(&entry.name))));
        }
    }
    let names = folders(entries);
    let one = |name: &String| one(&config.exercises.join(name), Some(&names), config, disk, diagnostics);
    names.iter().filter_map(one).collect()
}

/// The names of the exercises, readable or not.
pub fn names(config: &Config, disk: &Disk<'_>) -> Vec<String> {
    folders(disk.entries(&config.exercises).unwrap_or_default())
}

fn folders(entries: Vec<Entry>) -> Vec<String> {
    entries.into_iter().filter(|entry| entry.kind == Kind::Folder).map(|entry| entry.name).collect()
}

/// One exercise folder.
pub fn one(
    path: &Path,
    names: Option<&[String]>,
    config: &Arc<Config>,
    disk: &mut Disk<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Exercise> {
    if !disk.is_file(&path.join("exercise.md")) {
        // Its files are none of ours: they are not even read.
        let shown = disk::given(path);
        let message = format!("`{shown}` holds no exercise.md");
        diagnostics.push(
            Diagnostic::file_error(Code::Exercise, &shown, message)
                .with_help("write exercise.md, or move the folder elsewhere"),
        );
        return None;
    }
    let (found, others) = disk.files_below(path);
    let mut files: Vec<_> = found
        .iter()
        .map(|below| {
            let path = path.join(below);
            let is_text = below.as_path() == Path::new("exercise.md");
            let most = if is_text { ceilings::CHAPTER } else { ceilings::EXAMPLE };
            (disk::name(below), disk.read_up_to(most, &path, &disk::name(&path)))
        })
        .collect();
    files.extend(others.into_iter().map(|(below, error)| (disk::name(&below), Err(error))));
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    let folder = Folder { name: folder_name(path), path: disk::given(path), files };
    let (exercise, mut problems) = exercise::read(&folder, names, config, &mut |path| disk.read(path));
    diagnostics.append(&mut problems);
    exercise
}

/// Each directive names an exercise; each exercise stands in exactly one chapter.
pub fn check_places(chapters: &[Chapter], exercises: &[Exercise], names: &[String]) -> Vec<Diagnostic> {
    let mut diagnostics = check_directives(chapters, names);
    let mut placed: BTreeMap<&str, Span> = BTreeMap::new();
    for (chapter, directive) in directives(chapters) {
        let span = chapter.text.span(directive.range.clone());
        let Some(first) = placed.get(directive.name.as_str()) else {
            placed.insert(&directive.name, span);
            continue;
        };
        let message = format!("the exercise `{}` has a place already", directive.name);
        let help = format!(
            "it stands in {} in line {}; one of the two has to go",
            first.file.path,
            first.start_position().line
        );
        diagnostics.push(Diagnostic::error(Code::Exercise, span, message).with_help(help));
    }
    for exercise in exercises {
        if !placed.contains_key(exercise.name.as_str()) {
            let message = format!("no chapter holds the exercise `{}`", exercise.name);
            let help = format!("write {{{{#exercise {}}}}} on a line of its own in a chapter", exercise.name);
            diagnostics.push(Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::error(Code::Exercise, exercise.title_span.clone(), message).with_help(help)
            });
        }
    }
    diagnostics
}

/// Directives that name nothing.
pub fn check_directives(chapters: &[Chapter], names: &[String]) -> Vec<Diagnostic> {
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let unknown = directives(chapters).filter(|(_, directive)| !names.contains(&directive.name));
    unknown
        .map(|(chapter, directive)| {
            let span = chapter.text.span(directive.range.clone());
            let message = match directive.name.as_str() {
                "" => "the directive names no exercise".to_owned(),
                name => format!("there is no exercise `{name}`"),
            };
            let help = if known.is_empty() {
                "the book has no exercises: `mdbook-galley new --exercise NAME` makes one".to_owned()
            } else {
                nearest::help(&directive.name, &known)
            };
            Diagnostic {
                place: Place::Span(span.clone()),
                ..Diagnostic::error(Code::Exercise, span, message)
            }
            .with_help(help)
        })
        .collect()
}

fn directives(chapters: &[Chapter]) -> impl Iterator<Item = (&Chapter, &crate::book::markdown::Directive)> {
    chapters.iter().flat_map(|chapter| {
        chapter.document.nodes.iter().filter_map(move |node| match node {
            Node::Exercise(directive) => Some((chapter, directive)),
            _ => None,
        })
    })
}

fn folder_name(path: &Path) -> String {
    let resolved = disk::resolve(path);
    let name = path.file_name().or_else(|| resolved.file_name());
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
