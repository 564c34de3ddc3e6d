//! Finds and reads what a path on the command line stands for. Only this module of the stage touches the disk.
//!
//! A path stands for a book (a folder with book.toml), an exercise (a folder with exercise.md), a folder of markdown
//! files or one markdown file. Files inside a book are named relative to its root, all others as the user named them.
//! A stranger's sources are read from their own folder alone: see `confine`.

mod chapters;
mod confine;
#[allow(clippy::disallowed_methods, reason = "this is where the disk is read")]
mod disk;
mod exercises;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Value;

use crate::book::ceilings::Ceilings;
use crate::book::config::{self, Config};
use crate::book::deceptive;
use crate::book::diagnostic::{Code, Diagnostic, Place};
use crate::book::example::{self, Example};
use crate::book::exercise::Exercise;
use crate::book::include::{self, ReadError, Reader};
use crate::book::load::disk::Disk;
pub use crate::book::load::disk::{Edited, resolve};
use crate::book::markdown::{self, Document, Node};
use crate::book::modules;
use crate::book::source::{MappedText, SourceFile};

/// What is to be verified.
pub struct Sources {
    /// Of what was named first.
    pub config: Arc<Config>,
    pub chapters: Vec<Chapter>,
    pub exercises: Vec<Exercise>,
    /// What could not be read, and why; the rest is there.
    pub diagnostics: Vec<Diagnostic>,
    /// Nothing could be read of what the user named.
    pub unreadable: bool,
}

/// How sources are to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Settings of the command line.
    pub overrides: &'a [(String, Value)],
    /// Files that are read as if they had been edited.
    pub edited: &'a Edited,
    /// They are a stranger's: nothing outside of their folder is read, and there is less that they may ask for.
    pub untrusted: bool,
}

impl<'a> Request<'a> {
    /// The disk as it is seen from `root`; of a stranger's sources only what lies in `folder`.
    fn disk(&self, root: &Path, folder: &Path) -> Result<Disk<'a>, ReadError> {
        if self.untrusted {
            Disk::confined(root, folder, self.edited)
        } else {
            Ok(Disk::edited(root, self.edited))
        }
    }

    fn ceilings(&self) -> Ceilings {
        if self.untrusted { Ceilings::UNTRUSTED } else { Ceilings::ALWAYS }
    }
}

/// One markdown file with its includes expanded.
pub struct Chapter {
    /// mdBook's `source_path`: relative to the book's source folder, with `/`. For a lone file: its path as given.
    pub source_path: String,
    pub file: Arc<SourceFile>,
    pub text: MappedText,
    pub document: Document,
    pub examples: Vec<Example>,
    /// Of the book that it belongs to.
    pub config: Arc<Config>,
}

impl Chapter {
    /// Its first heading of level 1, else where it lies.
    pub fn title(&self) -> &str {
        let heading = self.document.nodes.iter().find_map(|node| match node {
            Node::Heading(heading) if heading.level == 1 => Some(heading.text.as_str()),
            _ => None,
        });
        heading.unwrap_or(&self.source_path)
    }
}

impl Sources {
    /// Each exercise that a chapter places (index into `exercises`), where it is placed first, in the order of the book.
    pub fn placed(&self) -> Vec<(&Chapter, usize)> {
        let mut seen = HashSet::new();
        let directives = self.chapters.iter().flat_map(|chapter| {
            chapter.document.nodes.iter().filter_map(move |node| match node {
                Node::Exercise(directive) => Some((chapter, directive.name.as_str())),
                _ => None,
            })
        });
        let position = |name: &str| self.exercises.iter().position(|exercise| exercise.name == name);
        directives
            .filter_map(|(chapter, name)| Some((chapter, position(name)?)))
            .filter(|(_, index)| seen.insert(*index))
            .collect()
    }
}

/// Reads a book's root, a markdown file, a folder of markdown files or an exercise folder.
pub fn load(path: &Path, overrides: &[(String, Value)]) -> Sources {
    load_edited(path, overrides, &Edited::new())
}

/// As [`load`], but some files are read as if they had been edited.
pub fn load_edited(path: &Path, overrides: &[(String, Value)], edited: &Edited) -> Sources {
    load_as(path, Request { overrides, edited, untrusted: false })
}

/// As [`load`], in another way.
pub fn load_as(path: &Path, request: Request<'_>) -> Sources {
    let mut sources = read(path, request).unwrap_or_else(|error| Sources {
        config: Arc::default(),
        chapters: Vec::new(),
        exercises: Vec::new(),
        diagnostics: vec![error.about(&disk::given(path))],
        unreadable: true,
    });
    limit_examples(&mut sources);
    sources
}

/// The error is about what the user named.
fn read(path: &Path, request: Request<'_>) -> Result<Sources, ReadError> {
    if request.untrusted
        && let Some(link) = disk::linked(path)
    {
        let reason = format!("`{}` is a symbolic link", disk::given(&link));
        return Err(ReadError::Refused { reason, help: "name the place itself".to_owned() });
    }
    let path = exercise_around(path).unwrap_or(path);
    let is_folder = Disk::new(Path::new("")).is_folder(path);
    let own = if is_folder { path } else { path.parent().unwrap_or(path) };
    let mut disk = request.disk(Path::new(""), own)?;
    if disk.is_file(&path.join("book.toml")) {
        return book(path, request);
    }
    let (config, diagnostics) = surrounding_config(path, request)?;
    if let Some(root) = &config.root {
        disk = request.disk(Path::new(""), root)?;
    }
    let exercises = exercises_folder(&config, request);
    let inside = resolve(path);
    let config = Arc::new(config);
    let mut sources =
        Sources { config, chapters: Vec::new(), exercises: Vec::new(), diagnostics, unreadable: false };
    let is_of_book = exercises.is_some() && inside.parent() == exercises.as_deref();
    if disk.is_file(&path.join("exercise.md")) || is_folder && is_of_book {
        let names = book_exercises(&sources.config, request).filter(|_| is_of_book);
        sources.exercises.extend(exercises::one(
            path,
            names.as_deref(),
            &sources.config,
            &mut disk,
            &mut sources.diagnostics,
        ));
    } else if is_folder {
        let names = book_exercises(&sources.config, request).filter(|_| exercises.as_ref() == Some(&inside));
        folder(path, names.as_deref(), &mut disk, &mut sources);
    } else {
        let file = disk.read_as(path, &disk::given(path))?;
        lone_file(&file, &mut disk, &mut sources);
    }
    check_directives(&mut sources, request);
    Ok(sources)
}

/// The exercise that a file belongs to: nothing of it can be verified without the rest. Another text in its folder is
/// no part of it.
pub fn exercise_around(path: &Path) -> Option<&Path> {
    let disk = Disk::new(Path::new(""));
    let is_text = path.extension().is_some_and(|extension| extension == "md");
    let is_part = !is_text || path.file_name().is_some_and(|name| name == "exercise.md");
    if !is_part || !disk.is_file(path) {
        return None;
    }
    let holds = |folder: &Path, name: &str| disk.is_file(&folder.join(name));
    let folders = path.ancestors().skip(1);
    folders.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).find(|folder| {
        holds(folder, "exercise.md") && (holds(folder, "solution.js") || holds(folder, "starter.js"))
    })
}

/// Where the book has its exercises, as [`resolve`] gives it.
fn exercises_folder(config: &Config, request: Request<'_>) -> Option<PathBuf> {
    let root = resolve(config.root.as_ref()?);
    let folder = root.join(&config.exercises);
    Some(if request.untrusted { disk::lexical(&folder) } else { resolve(&folder) })
}

/// The names of the book's exercises.
fn book_exercises(config: &Config, request: Request<'_>) -> Option<Vec<String>> {
    let root = config.root.as_ref()?;
    let disk = request.disk(root, root).ok()?;
    Some(exercises::names(config, &disk))
}

/// Programs beyond what may be run are left out, with one finding that says so.
fn limit_examples(sources: &mut Sources) {
    let Ceilings { examples: most, .. } = sources.config.ceilings;
    let told =
        format!("there are more than {most} examples, and {} runs no more", sources.config.ceilings.who());
    let help = "check the parts one by one";
    let mut left = most;
    let mut first_left_out = None;
    for chapter in &mut sources.chapters {
        if chapter.examples.len() > left {
            let range = chapter.examples[left].range.clone();
            first_left_out.get_or_insert_with(|| Place::Span(chapter.text.span(range)));
            chapter.examples.truncate(left);
        }
        left -= chapter.examples.len();
    }
    sources.exercises.retain(|exercise| {
        let needed = exercise.examples.len() + exercise.wrong.len() + 2;
        if needed > left {
            first_left_out.get_or_insert_with(|| Place::Span(exercise.title_span.clone()));
        }
        let fits = needed <= left;
        left -= if fits { needed } else { left };
        fits
    });
    if let Some(place) = first_left_out {
        let finding = Diagnostic::file_error(Code::LimitReached, "", told).with_help(help);
        sources.diagnostics.push(Diagnostic { place, ..finding });
    }
}

/// The settings that hold for a path, as far as they can be read.
pub fn config(path: &Path, overrides: &[(String, Value)]) -> Config {
    let is_book = Disk::new(Path::new("")).is_file(&path.join("book.toml"));
    if is_book {
        return settings(path, overrides).0;
    }
    let edited = Edited::new();
    let request = Request { overrides, edited: &edited, untrusted: false };
    surrounding_config(path, request).map(|(config, _)| config).unwrap_or_default()
}

/// Reads a chapter whose text is there already, as mdBook hands it to a preprocessor.
pub fn chapter(
    source_path: &str,
    file: &Arc<SourceFile>,
    config: &Arc<Config>,
    read: Reader<'_>,
) -> (Chapter, Vec<Diagnostic>) {
    let (text, mut diagnostics) = include::expand(file, read);
    let (document, mut problems) = markdown::read(&text);
    diagnostics.append(&mut problems);
    // An article with front matter was written for a blog, where indented code is the old way to write code.
    let indented = config.indented || document.front_matter.is_some();
    let options = example::Options { indented, hidelines: &config.hidelines, ceilings: &config.ceilings };
    let (examples, mut problems) = example::read(&text, &document, &options);
    diagnostics.append(&mut problems);
    diagnostics.extend(modules::check(&text, &document, &examples));
    diagnostics.extend(deceptive::check(&text, &examples));
    let source_path = source_path.replace('\\', "/");
    let (file, config) = (Arc::clone(file), Arc::clone(config));
    (Chapter { source_path, file, text, document, examples, config }, diagnostics)
}

/// Reads files under their names relative to a book's root, for [`chapter`].
pub fn reader(root: &Path) -> impl FnMut(&Path) -> Result<Arc<SourceFile>, ReadError> {
    let mut disk = Disk::new(root);
    move |path| disk.read(path)
}

/// The settings of the book in `root`, with what is wrong with them: also a build-dir that would delete the sources.
pub fn settings(root: &Path, overrides: &[(String, Value)]) -> (Config, Vec<Diagnostic>) {
    let edited = Edited::new();
    let request = Request { overrides, edited: &edited, untrusted: false };
    settings_named(root, request, &mut Disk::new(root), "book.toml")
}

/// `disk`: as seen from the root.
fn settings_named(
    root: &Path,
    request: Request<'_>,
    disk: &mut Disk<'_>,
    shown: &str,
) -> (Config, Vec<Diagnostic>) {
    match disk.read_as(Path::new("book.toml"), shown) {
        Ok(file) => {
            let (config, mut diagnostics) = config::read(&file, root, request.overrides, request.ceilings());
            // To resolve a path is to follow the links on its way.
            let resolve: &dyn Fn(&Path) -> PathBuf =
                if request.untrusted { &|path| disk::lexical(path) } else { &|path| resolve(path) };
            diagnostics.extend(config::check_build_dir(&config, &file, resolve));
            (config, diagnostics)
        }
        Err(error) => {
            let root = Some(root.to_path_buf());
            let config = Config { root, ceilings: request.ceilings(), ..Config::default() };
            (config, vec![error.about(shown)])
        }
    }
}

fn book(root: &Path, request: Request<'_>) -> Result<Sources, ReadError> {
    let mut disk = request.disk(root, root)?;
    let (config, mut diagnostics) = settings_named(root, request, &mut disk, "book.toml");
    let config = Arc::new(config);
    let chapters = chapters::read(&config, &mut disk, &mut diagnostics);
    let exercises = exercises::read(&config, &mut disk, &mut diagnostics);
    let names = exercises::names(&config, &disk);
    diagnostics.extend(exercises::check_places(&chapters, &exercises, &names));
    Ok(Sources { config, chapters, exercises, diagnostics, unreadable: false })
}

/// The settings of the book whose source folder or exercises hold the path; the defaults outside any book.
fn surrounding_config(path: &Path, request: Request<'_>) -> Result<(Config, Vec<Diagnostic>), ReadError> {
    let inside = resolve(path);
    let root = inside.ancestors().skip(1).find(|folder| folder.join("book.toml").is_file());
    if let Some(root) = root {
        // As the user would name it, if the path that was given leads through it.
        let as_given = path.ancestors().find(|folder| resolve(folder) == root).unwrap_or(root);
        let shown = disk::given(&as_given.join("book.toml"));
        let mut disk = request.disk(as_given, as_given)?;
        let (config, diagnostics) = settings_named(as_given, request, &mut disk, &shown);
        let holds = |folder: &PathBuf| {
            let folder = if request.untrusted {
                disk::lexical(&root.join(folder))
            } else {
                resolve(&config.on_disk(folder))
            };
            inside.starts_with(folder)
        };
        if holds(&config.src) || holds(&config.exercises) {
            return Ok((config, diagnostics));
        }
    }
    let mut config = Config { ceilings: request.ceilings(), ..Config::default() };
    let diagnostics = config::apply_overrides(&mut config, request.overrides);
    Ok((config, diagnostics))
}

/// A book's exercises are known by their folders; whether each has its place only the whole book can tell.
fn check_directives(sources: &mut Sources, request: Request<'_>) {
    if let Some(names) = book_exercises(&sources.config, request) {
        sources.diagnostics.extend(exercises::check_directives(&sources.chapters, &names));
    }
}

/// `names`: of its folders, when each is to be an exercise of a book.
fn folder(path: &Path, names: Option<&[String]>, disk: &mut Disk<'_>, sources: &mut Sources) {
    let (files, others) = disk.files_below(path);
    let has_name = |file: &Path, name: &str| file.file_name().is_some_and(|own| own == name);
    let is_markdown = |file: &Path| file.extension().is_some_and(|extension| extension == "md");
    let (exercises, files): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| has_name(file, "exercise.md"));
    let mut folders: Vec<PathBuf> =
        exercises.iter().filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    folders.extend(names.into_iter().flatten().map(PathBuf::from));
    folders.sort();
    folders.dedup();
    let in_exercise = |file: &Path| folders.iter().any(|folder| file.starts_with(folder));
    for below in &folders {
        sources.exercises.extend(exercises::one(
            &path.join(below),
            names,
            &sources.config,
            disk,
            &mut sources.diagnostics,
        ));
    }
    for file in files.iter().filter(|file| is_markdown(file) && !in_exercise(file)) {
        let path = path.join(file);
        match disk.read_as(&path, &disk::given(&path)) {
            Ok(file) => lone_file(&file, disk, sources),
            Err(error) => sources.diagnostics.push(error.about(&disk::given(&path))),
        }
    }
    // Whatever else lies there is no affair of ours, unless somebody may want it to be read.
    let may_be_read = |file: &Path| is_markdown(file) || sources.config.ceilings.untrusted;
    for (other, error) in others.iter().filter(|(other, _)| may_be_read(other) && !in_exercise(other)) {
        sources.diagnostics.push(error.about(&disk::given(&path.join(other))));
    }
    if sources.chapters.is_empty() && sources.exercises.is_empty() && sources.diagnostics.is_empty() {
        let shown = disk::given(path);
        let message = format!("`{shown}` holds no markdown file, no book.toml and no exercise.md");
        let diagnostic = Diagnostic::file_error(Code::NothingToVerify, &shown, message);
        sources.diagnostics.push(diagnostic.with_help("name a book, a markdown file or an exercise folder"));
    }
}

fn lone_file(file: &Arc<SourceFile>, disk: &mut Disk<'_>, sources: &mut Sources) {
    let (chapter, mut problems) = chapter(&file.path, file, &sources.config, &mut |path| disk.read(path));
    sources.chapters.push(chapter);
    sources.diagnostics.append(&mut problems);
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests write books")]
mod tests;
