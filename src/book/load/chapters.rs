//! The chapters of a book, as its SUMMARY.md lists them with mdBook's own parser.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};

use mdbook_summary::{Summary, SummaryItem, parse_summary};
use regex::Regex;

use crate::book::config::Config;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::include::ReadError;
use crate::book::load::disk::{self, Disk};
use crate::book::load::{Chapter, chapter};
use crate::book::markdown;
use crate::book::source::{SourceFile, Span};

/// Chapters in the order of the book; what can't be read is told and left out.
pub fn read(config: &Arc<Config>, disk: &mut Disk<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Chapter> {
    let path = config.src.join("SUMMARY.md");
    let summary = match disk.read(&path) {
        Ok(summary) => summary,
        Err(ReadError::Missing) => {
            diagnostics.push(no_summary(config, disk, &path));
            return Vec::new();
        }
        Err(error) => {
            diagnostics.push(error.about(&disk::name(&path)));
            return Vec::new();
        }
    };
    let parsed = match parse_summary(&summary.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            diagnostics.push(broken_summary(&summary, &format!("{error:#}")));
            return Vec::new();
        }
    };
    let mut links = HashMap::new();
    for (target, range) in markdown::links(&summary.text) {
        links.entry(PathBuf::from(target.replace("%20", " "))).or_insert(range);
    }
    let mut chapters = Vec::new();
    for location in locations(&parsed) {
        let place = match links.get(&location) {
            Some(range) => Place::Span(Span::new(&summary, range.clone())),
            None => Place::File(summary.path.clone()),
        };
        if let Some(read) = one(config, disk, &location, place, diagnostics) {
            chapters.push(read);
        }
    }
    chapters
}

fn one(
    config: &Arc<Config>,
    disk: &mut Disk<'_>,
    location: &Path,
    link: Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Chapter> {
    let at_link = |message: String, help: &str| Diagnostic {
        code: Code::MissingFile,
        severity: Severity::Error,
        place: link,
        message,
        label: None,
        notes: Vec::new(),
        help: Some(help.to_owned()),
        fix: None,
    };
    let shown = location.display().to_string().replace('\\', "/");
    if location.has_root() {
        let help = "write the path relative to the folder of SUMMARY.md";
        diagnostics.push(at_link(format!("the chapter's path `{shown}` is absolute"), help));
        return None;
    }
    let path = config.src.join(location);
    match disk.read(&path) {
        Ok(file) => {
            let (chapter, mut problems) =
                chapter(&source_path(location), &file, config, &mut |path| disk.read(path));
            diagnostics.append(&mut problems);
            Some(chapter)
        }
        Err(ReadError::Missing) => {
            let help = "write the file, or correct the link";
            diagnostics.push(at_link(format!("the chapter `{shown}` does not exist"), help));
            None
        }
        Err(ReadError::Refused { reason, help }) => {
            diagnostics.push(at_link(format!("the chapter `{shown}` is not read: {reason}"), &help));
            None
        }
        Err(error) => {
            diagnostics.push(error.about(&disk::name(&path)));
            None
        }
    }
}

/// As mdBook names it: relative to the book's source folder.
fn source_path(location: &Path) -> String {
    let parts = location.components().filter(|part| *part != Component::CurDir);
    parts.collect::<PathBuf>().to_string_lossy().replace('\\', "/")
}

fn locations(summary: &Summary) -> Vec<PathBuf> {
    fn collect(items: &[SummaryItem], into: &mut Vec<PathBuf>) {
        for item in items {
            if let SummaryItem::Link(link) = item {
                into.extend(link.location.clone());
                collect(&link.nested_items, into);
            }
        }
    }
    let mut all = Vec::new();
    collect(&summary.prefix_chapters, &mut all);
    collect(&summary.numbered_chapters, &mut all);
    collect(&summary.suffix_chapters, &mut all);
    all
}

fn no_summary(config: &Config, disk: &Disk<'_>, path: &Path) -> Diagnostic {
    let message = format!("the book has no SUMMARY.md: looked for {}", disk::name(path));
    let help = if disk.is_folder(&config.src) {
        "write it: a list with a link to each chapter, e.g. `- [Introduction](introduction.md)`".to_owned()
    } else {
        format!(
            "there is no folder `{}`: under [book] in book.toml, `src` names the folder of the chapters",
            config.src.display()
        )
    };
    Diagnostic::file_error(Code::MissingFile, &disk::name(path), message).with_help(help)
}

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"failed to parse SUMMARY\.md line (\d+), column \d+: ").expect("a valid expression")
});

/// mdBook tells the line in its message only; its column may be one off.
fn broken_summary(summary: &Arc<SourceFile>, message: &str) -> Diagnostic {
    let line = LINE.captures(message).and_then(|found| found[1].parse::<usize>().ok());
    let (_, reason) = LINE.split(message).fold(("", message), |(_, last), part| (last, part));
    let message = format!("mdBook can't read SUMMARY.md: {reason}");
    let help = "see https://rust-lang.github.io/mdBook/format/summary.html";
    match line {
        Some(line) => Diagnostic::error(Code::Config, Span::new(summary, summary.line_range(line)), message),
        None => Diagnostic::file_error(Code::Config, &summary.path, message),
    }
    .with_help(help)
}
