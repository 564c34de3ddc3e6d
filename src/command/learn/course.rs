//! Which book is meant, and its exercises in the order of its chapters.

use std::collections::HashSet;
use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::book::diagnostic::{Code, Severity};
use crate::book::exercise::{Exercise, is_name};
use crate::book::load::{self, Sources, resolve};
use crate::book::nearest;
use crate::command::learn::progress;
use crate::report::learner;

pub struct Course {
    /// The book's folder.
    pub root: PathBuf,
    pub sources: Sources,
    /// In the order in which they are learned; at least one.
    pub exercises: Vec<Placed>,
    /// Under which progress is kept.
    pub key: String,
}

/// An exercise in its chapter.
pub struct Placed {
    /// Index into `Sources::exercises`.
    pub index: usize,
    /// The chapter's title; none: no chapter holds it.
    pub chapter: Option<String>,
    /// See [`learner::version`].
    pub version: String,
}

/// What the command line means.
pub struct Meant {
    pub book: PathBuf,
    /// The learner's folder, where it was named or the command runs in it.
    pub folder: Option<PathBuf>,
    /// An exercise's name.
    pub exercise: Option<String>,
}

/// A book's folder, an exercise's folder, a learner's folder or the name of an exercise; without any of them what is
/// around the current folder counts.
pub fn meant(target: Option<&Path>) -> anyhow::Result<Meant> {
    let Some(path) = target else { return here().context(NO_BOOK) };
    if let Some(meant) = in_folder(path) {
        return Ok(meant);
    }
    if path.join("exercise.md").is_file() {
        let resolved = resolve(path);
        let Some(book) = resolved.ancestors().find(|folder| folder.join("book.toml").is_file()) else {
            bail!("the exercise {} belongs to no book: there is no book.toml above it", path.display());
        };
        let name = resolved.file_name().map(|name| name.to_string_lossy().into_owned());
        return Ok(Meant { book: book.to_path_buf(), folder: None, exercise: name });
    }
    let name = path.to_str().filter(|name| is_name(name));
    if let Some(name) = name
        && let Some(here) = here()
    {
        // Whether there is such an exercise only the book can tell; a folder of this name would be no book.
        return Ok(Meant { exercise: Some(name.to_owned()), ..here });
    }
    if path.is_dir() {
        bail!(
            "{} is no book: there is no book.toml in it; name a book's folder, or run this in it",
            path.display()
        );
    }
    match name {
        Some(_) => bail!("{NO_BOOK}"),
        None => bail!("there is no folder {}, and no exercise has such a name", path.display()),
    }
}

const NO_BOOK: &str = "there is no book here: run this in a book's folder (where book.toml is) or in the folder with your \
                       answers, or name it: mdbook-galley learn FOLDER";

fn here() -> Option<Meant> {
    let here = env::current_dir().ok()?;
    let (around, mut meant) = here.ancestors().find_map(|folder| Some((folder, in_folder(folder)?)))?;
    if meant.folder.is_some() {
        let below = here.strip_prefix(around).ok().and_then(|below| below.components().next());
        meant.exercise = below.map(|name| name.as_os_str().to_string_lossy().into_owned());
    }
    if around == here {
        // As the user would name it.
        match &mut meant.folder {
            Some(folder) => *folder = PathBuf::from("."),
            None => meant.book = PathBuf::from("."),
        }
    }
    Some(meant)
}

fn in_folder(folder: &Path) -> Option<Meant> {
    if folder.join("book.toml").is_file() {
        return Some(Meant { book: folder.to_path_buf(), folder: None, exercise: None });
    }
    let book = progress::book_of(folder).filter(|book| book.join("book.toml").is_file())?;
    Some(Meant { book, folder: Some(folder.to_path_buf()), exercise: None })
}

impl Course {
    /// Reads a book. What is wrong with it is its author's affair, as long as there is an exercise.
    pub fn read(root: &Path) -> anyhow::Result<Course> {
        let sources = load::load(root, &[]);
        let is_wrong = |code: &Code| *code == Code::Config;
        if let Some(found) = sources
            .diagnostics
            .iter()
            .find(|found| found.severity == Severity::Error && (sources.unreadable || is_wrong(&found.code)))
        {
            bail!("the book's settings can't be read: {} (`mdbook-galley check` says more)", found.message);
        }
        let exercises = order(&sources);
        if exercises.is_empty() {
            let folder = sources.config.on_disk(&sources.config.exercises);
            bail!(
                "the book has no exercise: looked into {} (`mdbook-galley new --exercise NAME` makes one)",
                folder.display()
            );
        }
        let key = learner::key(&sources.config).to_owned();
        Ok(Course { root: root.to_path_buf(), sources, exercises, key })
    }

    pub fn len(&self) -> usize {
        self.exercises.len()
    }

    pub fn exercise(&self, at: usize) -> &Exercise {
        &self.sources.exercises[self.exercises[at].index]
    }

    pub fn name(&self, at: usize) -> &str {
        &self.exercise(at).name
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        (0..self.len()).find(|&at| self.name(at) == name)
    }

    /// As [`Course::position`], for a name that the user wrote.
    pub fn find(&self, name: &str) -> anyhow::Result<usize> {
        let names: Vec<&str> = (0..self.len()).map(|at| self.name(at)).collect();
        self.position(name)
            .with_context(|| format!("there is no exercise `{name}`: {}", nearest::help(name, &names)))
    }
}

/// As the chapters place them; those that no chapter holds come last.
fn order(sources: &Sources) -> Vec<Placed> {
    let placed = sources.placed();
    let has_place: HashSet<usize> = placed.iter().map(|(_, index)| *index).collect();
    let homeless = (0..sources.exercises.len()).filter(|index| !has_place.contains(index));
    let homeless = homeless.map(|index| (None, index));
    let placed = placed.iter().map(|(chapter, index)| (Some(chapter.title().to_owned()), *index));
    placed
        .chain(homeless)
        .map(|(chapter, index)| Placed {
            index,
            chapter,
            version: learner::version(&sources.exercises[index]),
        })
        .collect()
}
