//! What is a source, told by where it lies: below the paths that were named, or read by an include from elsewhere. What
//! builds, editors and version control leave there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use notify_debouncer_full::notify::RecursiveMode;

use crate::book::load::{self, resolve};
use crate::book::source::SourceFile;
use crate::command::cache;
use crate::command::check::Run;
use crate::verify::Verified;

/// What is watched.
pub struct Request<'a> {
    pub paths: &'a [PathBuf],
    pub run: &'a Run,
    /// A book's look counts, too: its templates, style sheets and scripts.
    pub theme: bool,
    /// Files that the command itself writes.
    pub written: Vec<PathBuf>,
}

/// What is to be watched, and what counts there.
#[derive(Default)]
pub struct Scope {
    /// Folders whose files are sources.
    trees: BTreeSet<PathBuf>,
    /// Sources wherever they lie.
    files: BTreeSet<PathBuf>,
    /// Not everything could be read: what is missing may turn up beside these files.
    is_missing: bool,
    ignored: BTreeSet<PathBuf>,
}

impl Scope {
    /// `verified`: what was read the last time.
    pub fn new(request: &Request<'_>, verified: Option<&Verified>) -> Scope {
        let mut scope =
            Scope { is_missing: verified.is_some_and(|verified| !verified.is_true()), ..Scope::default() };
        for path in request.paths {
            let path = load::exercise_around(path).unwrap_or(path);
            let config = load::config(path, &request.run.overrides);
            match path.is_dir() {
                true => scope.trees.insert(resolve(path)),
                false => scope.files.insert(resolve(path)),
            };
            if config.root.is_some() {
                scope.files.insert(resolve(&config.on_disk(Path::new("book.toml"))));
                scope.ignored.insert(resolve(&config.on_disk(&config.build_dir)));
                if !request.theme {
                    scope.ignored.insert(resolve(&config.on_disk(&config.theme)));
                }
            }
            if path.join("book.toml").is_file() {
                let theme = request.theme.then_some(&config.theme);
                let sources = [&config.src, &config.exercises].into_iter().chain(theme);
                scope.trees.extend(sources.map(|folder| resolve(&config.on_disk(folder))));
            }
            scope
                .ignored
                .extend(cache::folder(&request.run.cache, &config).map(|(folder, _)| resolve(&folder)));
        }
        scope.ignored.extend(request.written.iter().map(|path| resolve(path)));
        scope.files.extend(verified.into_iter().flat_map(read));
        scope
    }

    /// The folders that are to be watched, and whether with all that is below them. A tree's root is watched alone, and
    /// each folder in it with what is below: some hold nothing but what a build has made, and a lot of it.
    pub fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut folders: BTreeMap<PathBuf, RecursiveMode> =
            self.roots().map(|folder| (folder.to_path_buf(), RecursiveMode::NonRecursive)).collect();
        for tree in &self.trees {
            let entries = tree.read_dir().into_iter().flatten().flatten();
            let below = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            let wanted = below.map(|entry| entry.path()).filter(|path| !self.is_left_out(path, tree));
            folders.extend(wanted.map(|path| (path, RecursiveMode::Recursive)));
        }
        folders
    }

    /// Folders that are watched whatever lies in them.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        self.trees.iter().map(PathBuf::as_path).chain(self.files.iter().filter_map(|file| file.parent()))
    }

    pub fn is_source(&self, path: &Path) -> bool {
        if self.files.contains(path) {
            return true;
        }
        let beside = |file: &PathBuf| self.is_missing && file.parent() == path.parent();
        match self.trees.iter().find(|tree| path.starts_with(tree)) {
            Some(tree) => path != tree.as_path() && !self.is_left_out(path, tree),
            None => self.files.iter().any(beside) && !is_temporary(path),
        }
    }

    fn is_left_out(&self, path: &Path, tree: &Path) -> bool {
        let below = path.strip_prefix(tree).unwrap_or(path);
        let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
        below.starts_with("target")
            || below.components().any(|part| is_hidden(part) || part.as_os_str() == "node_modules")
            || self.ignored.iter().any(|ignored| path.starts_with(ignored))
            || is_temporary(path)
    }
}

/// What editors write beside a file while they save it.
fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Vim tries out whether it may write by a file of this name.
    name == "4913"
        || name.starts_with('.')
        || name.starts_with('#')
        || [".tmp", ".swp", "~", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
}

/// The files that were read.
fn read(verified: &Verified) -> BTreeSet<PathBuf> {
    let sources = &verified.sources;
    let mut files: Vec<&SourceFile> = Vec::new();
    for chapter in &sources.chapters {
        files.push(&chapter.file);
        files.extend(chapter.text.files());
    }
    for exercise in &sources.exercises {
        files.extend(exercise.text.files());
        files.extend([&exercise.starter, &exercise.solution].map(AsRef::as_ref));
        files.extend(exercise.test.iter().chain(&exercise.wrong).map(AsRef::as_ref));
        files.extend(exercise.files.iter().map(|(_, file)| file.as_ref()));
    }
    files.into_iter().filter_map(|file| file.origin.clone()).collect()
}
