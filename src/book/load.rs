//! Finds and reads what a path on the command line stands for. Only this module of the stage touches the disk.
//!
//! A path stands for a book (a folder with book.toml), an exercise (a folder with exercise.md), a folder of markdown
//! files or one markdown file. Files inside a book are named relative to its root, all others as the user named them.

mod chapters;
#[allow(clippy::disallowed_methods, reason = "this is where the disk is read")]
mod disk;
mod exercises;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Value;

use crate::book::config::{self, Config};
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::{self, Example};
use crate::book::exercise::Exercise;
use crate::book::include::{self, ReadError, Reader};
use crate::book::load::disk::Disk;
pub use crate::book::load::disk::{Edited, resolve};
use crate::book::markdown::{self, Document};
use crate::book::source::{MappedText, SourceFile};

/// What is to be verified.
pub struct Sources {
    pub config: Config,
    pub chapters: Vec<Chapter>,
    pub exercises: Vec<Exercise>,
    /// What could not be read, and why; the rest is there.
    pub diagnostics: Vec<Diagnostic>,
}

/// One markdown file with its includes expanded.
pub struct Chapter {
    /// mdBook's `source_path`: relative to the book's source folder, with `/`. For a lone file: its path as given.
    pub source_path: String,
    pub file: Arc<SourceFile>,
    pub text: MappedText,
    pub document: Document,
    pub examples: Vec<Example>,
}

/// Reads a book's root, a markdown file, a folder of markdown files or an exercise folder.
pub fn load(path: &Path, overrides: &[(String, Value)]) -> Sources {
    load_edited(path, overrides, &Edited::new())
}

/// As [`load`], but some files are read as if they had been edited.
pub fn load_edited(path: &Path, overrides: &[(String, Value)], edited: &Edited) -> Sources {
    let mut disk = Disk::edited(Path::new(""), edited);
    if disk.is_file(&path.join("book.toml")) {
        return book(path, overrides, edited);
    }
    let (config, diagnostics) = surrounding_config(path, overrides);
    let mut sources = Sources { config, chapters: Vec::new(), exercises: Vec::new(), diagnostics };
    if disk.is_file(&path.join("exercise.md")) {
        sources.exercises.extend(exercises::one(path, None, &mut disk, &mut sources.diagnostics));
    } else if disk.is_folder(path) {
        folder(path, &mut disk, &mut sources);
    } else {
        lone_file(path, &mut disk, &mut sources);
    }
    check_directives(&mut sources);
    sources
}

/// The settings that hold for a path, as far as they can be read.
pub fn config(path: &Path, overrides: &[(String, Value)]) -> Config {
    let is_book = Disk::new(Path::new("")).is_file(&path.join("book.toml"));
    let (config, _) = if is_book { settings(path, overrides) } else { surrounding_config(path, overrides) };
    config
}

/// Reads a chapter whose text is there already, as mdBook hands it to a preprocessor.
pub fn chapter(
    source_path: &str,
    file: &Arc<SourceFile>,
    config: &Config,
    read: Reader<'_>,
) -> (Chapter, Vec<Diagnostic>) {
    let (text, mut diagnostics) = include::expand(file, read);
    let (document, mut problems) = markdown::read(&text);
    diagnostics.append(&mut problems);
    // An article with front matter was written for a blog, where indented code is the old way to write code.
    let indented = config.indented || document.front_matter.is_some();
    let (examples, mut problems) = example::read_with(&text, &document, indented, &config.hidelines);
    diagnostics.append(&mut problems);
    let source_path = source_path.replace('\\', "/");
    (Chapter { source_path, file: Arc::clone(file), text, document, examples }, diagnostics)
}

/// Reads files under their names relative to a book's root, for [`chapter`].
pub fn reader(root: &Path) -> impl FnMut(&Path) -> Result<Arc<SourceFile>, ReadError> {
    let mut disk = Disk::new(root);
    move |path| disk.read(path)
}

/// The settings of the book in `root`, with what is wrong with them: also a build-dir that would delete the sources.
pub fn settings(root: &Path, overrides: &[(String, Value)]) -> (Config, Vec<Diagnostic>) {
    settings_named(root, overrides, "book.toml")
}

fn settings_named(root: &Path, overrides: &[(String, Value)], shown: &str) -> (Config, Vec<Diagnostic>) {
    match Disk::new(root).read_as(Path::new("book.toml"), shown) {
        Ok(file) => {
            let (config, mut diagnostics) = config::read(&file, root, overrides);
            diagnostics.extend(config::check_build_dir(&config, &file, &resolve));
            (config, diagnostics)
        }
        Err(error) => {
            let config = Config { root: Some(root.to_path_buf()), ..Config::default() };
            (config, vec![error.about(shown)])
        }
    }
}

fn book(root: &Path, overrides: &[(String, Value)], edited: &Edited) -> Sources {
    let (config, mut diagnostics) = settings(root, overrides);
    let mut disk = Disk::edited(root, edited);
    let chapters = chapters::read(&config, &mut disk, &mut diagnostics);
    let exercises = exercises::read(&config, &mut disk, &mut diagnostics);
    let names = exercises::names(&config, &disk);
    diagnostics.extend(exercises::check_places(&chapters, &exercises, &names));
    Sources { config, chapters, exercises, diagnostics }
}

/// The settings of the book whose source folder or exercises hold the path; the defaults outside any book.
fn surrounding_config(path: &Path, overrides: &[(String, Value)]) -> (Config, Vec<Diagnostic>) {
    let inside = resolve(path);
    let root = inside.ancestors().skip(1).find(|folder| folder.join("book.toml").is_file());
    if let Some(root) = root {
        // As the user would name it, if the path that was given leads through it.
        let as_given = path.ancestors().find(|folder| resolve(folder) == root).unwrap_or(root);
        let shown = disk::given(&as_given.join("book.toml"));
        let (config, diagnostics) = settings_named(as_given, overrides, &shown);
        let holds = |folder: &PathBuf| inside.starts_with(resolve(&config.on_disk(folder)));
        if holds(&config.src) || holds(&config.exercises) {
            return (config, diagnostics);
        }
    }
    let mut config = Config::default();
    let diagnostics = config::apply_overrides(&mut config, overrides);
    (config, diagnostics)
}

/// A book's exercises are known by their folders; whether each has its place only the whole book can tell.
fn check_directives(sources: &mut Sources) {
    if let Some(root) = &sources.config.root {
        let names = exercises::names(&sources.config, &Disk::new(root));
        sources.diagnostics.extend(exercises::check_directives(&sources.chapters, &names));
    }
}

fn folder(path: &Path, disk: &mut Disk<'_>, sources: &mut Sources) {
    let files = disk.files_below(path);
    let is_exercise = |file: &PathBuf| file.file_name().is_some_and(|name| name == "exercise.md");
    let (exercises, files): (Vec<_>, Vec<_>) = files.into_iter().partition(is_exercise);
    let folders: Vec<PathBuf> =
        exercises.iter().filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    for below in &folders {
        sources.exercises.extend(exercises::one(&path.join(below), None, disk, &mut sources.diagnostics));
    }
    for file in files {
        let is_markdown = file.extension().is_some_and(|extension| extension == "md");
        if is_markdown && !folders.iter().any(|folder| file.starts_with(folder)) {
            lone_file(&path.join(file), disk, sources);
        }
    }
    if sources.chapters.is_empty() && sources.exercises.is_empty() && sources.diagnostics.is_empty() {
        let shown = disk::given(path);
        let message = format!("`{shown}` holds no markdown file, no book.toml and no exercise.md");
        let diagnostic = Diagnostic::file_error(Code::NothingToVerify, &shown, message);
        sources.diagnostics.push(diagnostic.with_help("name a book, a markdown file or an exercise folder"));
    }
}

fn lone_file(path: &Path, disk: &mut Disk<'_>, sources: &mut Sources) {
    match disk.read_as(path, &disk::given(path)) {
        Ok(file) => {
            let (chapter, mut problems) =
                chapter(&file.path, &file, &sources.config, &mut |path| disk.read(path));
            sources.chapters.push(chapter);
            sources.diagnostics.append(&mut problems);
        }
        Err(error) => sources.diagnostics.push(error.about(&disk::given(path))),
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests write books")]
mod tests;
