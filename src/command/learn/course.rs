//! Which book is meant, and its exercises and quizzes in the order of its chapters.

use std::collections::HashSet;
use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::book::diagnostic::{Code, Severity};
use crate::book::exercise::{Exercise, is_name};
use crate::book::load::{self, Chapter, Sources, resolve};
use crate::book::markdown::Node;
use crate::book::nearest;
use crate::command::learn::progress;
use crate::report::learner;
use crate::verify::quiz::keys;

pub struct Course {
    /// The book's folder.
    pub root: PathBuf,
    pub sources: Sources,
    /// In the order in which they are learned; at least one.
    pub tasks: Vec<Task>,
    /// Under which progress is kept.
    pub key: String,
}

/// What is to be done in a chapter.
pub struct Task {
    pub kind: Kind,
    /// The chapter's title; none: no chapter holds it.
    pub chapter: Option<String>,
}

pub enum Kind {
    Exercise {
        /// Index into `Sources::exercises`.
        index: usize,
        /// See [`learner::version`].
        version: String,
    },
    Quiz(Quiz),
}

pub struct Quiz {
    pub placed: keys::Placed,
    /// By which a learner calls it: `quiz-3`, which no exercise is called.
    pub name: String,
    /// With the heading that it stands below.
    pub title: String,
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
    /// Reads a book. What is wrong with it is its author's affair, as long as there is something to do.
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
        let tasks = order(&sources);
        if tasks.is_empty() {
            let folder = sources.config.on_disk(&sources.config.exercises);
            bail!(
                "the book has no exercise and no quiz: looked into {} (`mdbook-galley new --exercise NAME` makes one)",
                folder.display()
            );
        }
        let key = learner::key(&sources.config).to_owned();
        Ok(Course { root: root.to_path_buf(), sources, tasks, key })
    }

    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// All exercises, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        (0..self.len()).filter_map(|at| self.exercise(at))
    }

    /// None: a quiz is to be answered there.
    pub fn exercise(&self, at: usize) -> Option<&Exercise> {
        match &self.tasks[at].kind {
            Kind::Exercise { index, .. } => Some(&self.sources.exercises[*index]),
            Kind::Quiz(_) => None,
        }
    }

    pub fn quiz(&self, at: usize) -> Option<&Quiz> {
        match &self.tasks[at].kind {
            Kind::Exercise { .. } => None,
            Kind::Quiz(quiz) => Some(quiz),
        }
    }

    pub fn name(&self, at: usize) -> &str {
        match &self.tasks[at].kind {
            Kind::Exercise { index, .. } => &self.sources.exercises[*index].name,
            Kind::Quiz(quiz) => &quiz.name,
        }
    }

    pub fn title(&self, at: usize) -> &str {
        match &self.tasks[at].kind {
            Kind::Exercise { index, .. } => &self.sources.exercises[*index].title,
            Kind::Quiz(quiz) => &quiz.title,
        }
    }

    /// As progress remembers where a learner left: it outlives changes of the book.
    pub fn mark(&self, at: usize) -> String {
        match &self.tasks[at].kind {
            Kind::Exercise { index, .. } => self.sources.exercises[*index].name.clone(),
            Kind::Quiz(quiz) => format!("#{}", quiz.placed.key),
        }
    }

    pub fn marked(&self, mark: &str) -> Option<usize> {
        (0..self.len()).find(|&at| self.mark(at) == mark)
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        (0..self.len()).find(|&at| self.name(at) == name)
    }

    /// As [`Course::position`], for a name that the user wrote.
    pub fn find(&self, name: &str) -> anyhow::Result<usize> {
        let names: Vec<&str> = (0..self.len()).map(|at| self.name(at)).collect();
        self.position(name).with_context(|| {
            format!("there is no exercise or quiz `{name}`: {}", nearest::help(name, &names))
        })
    }
}

/// As the chapters place them; exercises that no chapter holds come last.
fn order(sources: &Sources) -> Vec<Task> {
    let exercises = sources.placed();
    let has_place: HashSet<usize> = exercises.iter().map(|(_, index)| *index).collect();
    let homeless = (0..sources.exercises.len()).filter(|index| !has_place.contains(index));
    let is_free = |name: &String| sources.exercises.iter().all(|exercise| exercise.name != *name);
    let mut names = (1..).map(|number| format!("quiz-{number}")).filter(is_free);
    let mut quizzes = keys::placed(sources).into_iter().peekable();
    let mut exercises = exercises.into_iter().peekable();
    let mut tasks = Vec::new();
    for (at, chapter) in sources.chapters.iter().enumerate() {
        let title = || Some(chapter.title().to_owned());
        // By the place in the chapter.
        let mut own: Vec<(usize, Task)> = Vec::new();
        while let Some((_, index)) = exercises.next_if(|(holder, _)| std::ptr::eq(*holder, chapter)) {
            let place = exercise_place(chapter, &sources.exercises[index].name);
            own.push((place, Task { kind: exercise(sources, index), chapter: title() }));
        }
        while let Some(placed) = quizzes.next_if(|placed| placed.chapter == at) {
            let place = chapter.examples[placed.index].range.start;
            let title_of_quiz = format!("Quiz: {}", heading(chapter, place));
            let name = names.next().unwrap_or_default();
            let kind = Kind::Quiz(Quiz { placed, name, title: title_of_quiz });
            own.push((place, Task { kind, chapter: title() }));
        }
        own.sort_by_key(|(place, _)| *place);
        tasks.extend(own.into_iter().map(|(_, task)| task));
    }
    tasks.extend(homeless.map(|index| Task { kind: exercise(sources, index), chapter: None }));
    tasks
}

fn exercise(sources: &Sources, index: usize) -> Kind {
    Kind::Exercise { index, version: learner::version(&sources.exercises[index]) }
}

/// Where a chapter places an exercise first.
fn exercise_place(chapter: &Chapter, name: &str) -> usize {
    let place = chapter.document.nodes.iter().find_map(|node| match node {
        Node::Exercise(directive) if directive.name == name => Some(directive.range.start),
        _ => None,
    });
    place.unwrap_or_default()
}

/// The last heading before a place; the chapter's title where there is none.
fn heading(chapter: &Chapter, place: usize) -> &str {
    let heading = chapter.document.nodes.iter().rev().find_map(|node| match node {
        Node::Heading(heading) if heading.range.start < place => Some(heading.text.as_str()),
        _ => None,
    });
    heading.unwrap_or_else(|| chapter.title())
}
