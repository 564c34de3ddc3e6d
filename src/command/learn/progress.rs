//! Keeps `galley-progress.json` in the learner's folder. Whatever else is in it stays; a file that can't be read is put
//! aside, never lost.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use jiff::{Timestamp, Unit};

use crate::book::exercise;
use crate::book::load::resolve;
use crate::command::atomic;
use crate::command::learn::course::{Course, Kind};
use crate::report::learner::{self, Book, Exercise, Progress, Quiz, SCHEMA, Standing, State};

pub struct Store {
    path: PathBuf,
    key: String,
    /// The book's folder as seen from the learner's.
    book: String,
    progress: Progress,
    /// Writing failed last time: it was said already.
    pub failed: bool,
    /// What the learner should be told of the last writing.
    pub told: Option<String>,
}

/// The book that a learner's folder belongs to.
pub fn book_of(folder: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(folder.join(learner::FILE)).ok()?;
    let progress: Progress = serde_json::from_str(&text).ok()?;
    let book = progress.books.values().find_map(|book| book.folder.as_ref())?;
    Some(folder.join(book))
}

impl Store {
    /// Reads what is there; second: what the learner should be told.
    ///
    /// # Errors
    /// When it was written by a newer version, or is broken and can't be put aside.
    pub fn open(folder: &Path, course: &Course) -> anyhow::Result<(Store, Option<String>)> {
        let path = folder.join(learner::FILE);
        let (progress, told) = read(&path)?;
        let book = relative(&resolve(&course.root), &resolve(folder));
        let progress = under_its_title(progress.unwrap_or_default(), &course.key, &book);
        Ok((Store { path, key: course.key.clone(), book, progress, failed: false, told: None }, told))
    }

    pub fn entry(&self, name: &str) -> Option<&Exercise> {
        self.progress.books.get(&self.key)?.exercises.get(name)
    }

    /// Where the learner left.
    pub fn current(&self) -> Option<&str> {
        self.progress.books.get(&self.key)?.current.as_deref()
    }

    pub fn standing(&self, course: &Course, at: usize) -> Standing {
        match &course.tasks[at].kind {
            Kind::Exercise { version, .. } => Standing::of(self.entry(course.name(at)), version),
            Kind::Quiz(quiz) => Standing::of_quiz(self.quiz(&quiz.placed.key)),
        }
    }

    fn quiz(&self, key: &str) -> Option<&Quiz> {
        self.progress.books.get(&self.key)?.quizzes.get(key)
    }

    pub fn hints(&self, name: &str) -> usize {
        self.entry(name).map_or(0, |entry| entry.hints)
    }

    /// What was written in a browser whose file this is.
    pub fn answer(&self, name: &str) -> Option<&str> {
        self.entry(name)?.answer.as_deref()
    }

    /// That is in the learner's file now, where a reset may take it out again.
    pub fn drop_answer(&mut self, name: &str) -> anyhow::Result<()> {
        self.change(name, |entry| (entry.answer, entry.saved) = (None, None))
    }

    /// Takes in what a browser has exported. Gives the numbers of this book's exercises and quizzes in it.
    ///
    /// # Errors
    /// When the file is no progress; then nothing is changed.
    pub fn import(&mut self, file: &Path, course: &Course) -> anyhow::Result<(usize, usize)> {
        let text = fs::read_to_string(file).with_context(|| format!("can't read {}", file.display()))?;
        if is_newer(&text) {
            bail!("{} was written by a newer version of mdbook-galley; update this one", file.display());
        }
        let other: Progress = serde_json::from_str(&text)
            .ok()
            .filter(|progress: &Progress| progress.schema == SCHEMA)
            .with_context(|| {
                format!("{} holds no progress; export it again on the book's page", file.display())
            })?;
        let book = other.books.get(&self.key);
        let counts = book.map_or((0, 0), |book| (book.exercises.len(), book.quizzes.len()));
        let key = self.key.clone();
        self.rewrite(|progress| {
            progress.merge(other, |title, name| {
                let exercise = course.exercises().find(|exercise| title == key && exercise.name == name)?;
                Some(learner::version(exercise))
            });
        })?;
        Ok(counts)
    }

    /// Of the exercises and quizzes that the book has.
    pub fn passed(&self, course: &Course) -> usize {
        (0..course.len()).filter(|&at| self.standing(course, at).is_passed()).count()
    }

    /// The first that is not passed behind one, from the beginning again.
    pub fn next(&self, course: &Course, after: usize) -> Option<usize> {
        let all = course.len();
        (1..=all).map(|step| (after + step) % all).find(|&at| !self.standing(course, at).is_passed())
    }

    /// Where to begin: where the learner left, or at the first that is not passed.
    pub fn resume(&self, course: &Course) -> usize {
        let left = self.current().and_then(|mark| course.marked(mark));
        left.or_else(|| self.next(course, course.len() - 1)).unwrap_or(0)
    }

    /// Names of exercises that the book no longer has.
    pub fn gone(&self, course: &Course) -> Vec<&str> {
        let known = self.progress.books.get(&self.key).into_iter().flat_map(|book| book.exercises.keys());
        let is_there = |name: &str| course.exercises().any(|exercise| exercise.name == name);
        known.map(String::as_str).filter(|name| !is_there(name)).collect()
    }

    /// Exercises that were passed under another name, which the book no longer has: (old name, exercise).
    pub fn renamed<'a>(&self, course: &'a Course) -> Vec<(String, &'a exercise::Exercise)> {
        let new: Vec<&exercise::Exercise> =
            course.exercises().filter(|exercise| self.entry(&exercise.name).is_none()).collect();
        let mut renamed = Vec::new();
        for old in self.gone(course) {
            let Some(tests) = self.entry(old).and_then(|entry| entry.tests.as_ref()) else { continue };
            let mut same = new.iter().filter(|exercise| learner::version(exercise) == *tests);
            if let (Some(&exercise), None) = (same.next(), same.next()) {
                renamed.push((old.to_owned(), exercise));
            }
        }
        renamed
    }

    /// What is known under one name is known under another one too.
    pub fn adopt(&mut self, old: &str, new: &str) -> anyhow::Result<()> {
        self.update(|book| {
            if let Some(entry) = book.exercises.get(old).cloned() {
                book.exercises.entry(new.to_owned()).or_insert(entry);
            }
        })
    }

    /// `mark`: see [`Course::mark`].
    pub fn set_current(&mut self, mark: String) -> anyhow::Result<()> {
        self.update(|book| book.current = Some(mark))
    }

    /// An option of a quiz was chosen.
    pub fn answer_quiz(&mut self, key: &str, is_right: bool) -> anyhow::Result<()> {
        let standing = Standing::of_quiz(self.quiz(key));
        if standing == Standing::Passed || (standing == Standing::Started && !is_right) {
            return Ok(());
        }
        self.update(|book| {
            let quiz = book.quizzes.entry(key.to_owned()).or_insert_with(|| Quiz::started(now()));
            if is_right {
                quiz.state = State::Passed;
                quiz.passed.get_or_insert_with(now);
            }
        })
    }

    pub fn start(&mut self, name: &str) -> anyhow::Result<()> {
        if self.entry(name).is_some() {
            return Ok(());
        }
        self.change(name, |_| {})
    }

    pub fn see_hint(&mut self, name: &str) -> anyhow::Result<()> {
        self.change(name, |entry| entry.hints += 1)
    }

    pub fn pass(&mut self, name: &str, version: &str) -> anyhow::Result<()> {
        if Standing::of(self.entry(name), version) == Standing::Passed {
            return Ok(());
        }
        self.change(name, |entry| {
            entry.state = State::Passed;
            entry.passed.get_or_insert_with(now);
            entry.tests = Some(version.to_owned());
        })
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Exercise)) -> anyhow::Result<()> {
        self.update(|book| {
            change(book.exercises.entry(name.to_owned()).or_insert_with(|| Exercise::started(now())));
        })
    }

    fn update(&mut self, change: impl FnOnce(&mut Book)) -> anyhow::Result<()> {
        let (key, folder) = (self.key.clone(), self.book.clone());
        self.rewrite(|progress| {
            let book = progress.books.entry(key).or_default();
            book.folder = Some(folder);
            change(book);
        })
    }

    /// Another session may have written meanwhile: only what is new goes into what is there.
    fn rewrite(&mut self, change: impl FnOnce(&mut Progress)) -> anyhow::Result<()> {
        let (there, told) = read(&self.path)?;
        self.told = told.or(self.told.take());
        if let Some(progress) = there {
            self.progress = under_its_title(progress, &self.key, &self.book);
        }
        change(&mut self.progress);
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        }
        let mut text = serde_json::to_string_pretty(&self.progress)?;
        text.push('\n');
        atomic::write(&self.path, text.as_bytes())
            .with_context(|| format!("can't keep your progress in {}", self.path.display()))
    }
}

/// None where there is nothing that can be used; second: what the learner should be told.
fn read(path: &Path) -> anyhow::Result<(Option<Progress>, Option<String>)> {
    let why = match fs::read_to_string(path) {
        Ok(text) => match serde_json::from_str::<Progress>(&text) {
            Ok(progress) if progress.schema == SCHEMA => return Ok((Some(progress), None)),
            _ if is_newer(&text) => bail!(
                "{} was written by a newer version of mdbook-galley; update this one, or move the file away",
                path.display()
            ),
            Ok(_) => "its `schema` is not known".to_owned(),
            Err(error) => error.to_string(),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((None, None)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        Err(error) => return Err(error).with_context(|| format!("can't read {}", path.display())),
    };
    Ok((None, Some(put_aside(path, &why)?)))
}

/// A book that has got another title is still the one that lies there.
fn under_its_title(mut progress: Progress, title: &str, folder: &str) -> Progress {
    if !progress.books.contains_key(title) {
        let same = progress.books.values().find(|book| book.folder.as_deref() == Some(folder)).cloned();
        progress.books.extend(same.map(|book| (title.to_owned(), book)));
    }
    progress
}

fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

fn is_newer(text: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    value.and_then(|value| value.get("schema")?.as_u64()).is_some_and(|schema| schema > u64::from(SCHEMA))
}

/// Renames a file that can't be used, to the first free name.
fn put_aside(path: &Path, why: &str) -> anyhow::Result<String> {
    let aside = (1..)
        .map(|number| path.with_extension(format!("broken-{number}.json")))
        .find(|aside| fs::symlink_metadata(aside).is_err())
        .unwrap_or_else(|| path.with_extension("broken.json"));
    fs::rename(path, &aside)
        .with_context(|| format!("{} can't be read ({why}), nor renamed", path.display()))?;
    Ok(format!(
        "Your progress could not be read ({why}). The file is kept as {}; a new one has been begun.",
        aside.display()
    ))
}

/// A path from one folder to another, both resolved, with `/`.
fn relative(to: &Path, from: &Path) -> String {
    let (to_parts, from_parts): (Vec<_>, Vec<_>) = (to.components().collect(), from.components().collect());
    let common = to_parts.iter().zip(&from_parts).take_while(|(a, b)| a == b).count();
    if common == 0 || matches!(to_parts.get(common), Some(Component::Prefix(_))) {
        return to.to_string_lossy().into_owned();
    }
    let up = from_parts[common..].iter().map(|_| "..".to_owned());
    let down = to_parts[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let path: Vec<String> = up.chain(down).collect();
    if path.is_empty() { ".".to_owned() } else { path.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_answers_to_the_book() {
        let check = |to: &str, from: &str, wanted: &str| {
            assert_eq!(relative(Path::new(to), Path::new(from)), wanted);
        };
        check("/a/book", "/a/book-answers", "../book");
        check("/a/book", "/a/book/mine", "..");
        check("/a/book", "/b", "../a/book");
        check("/a", "/a", ".");
    }

    #[test]
    fn a_time_has_no_fractions() {
        let now = now();
        assert!(now.ends_with('Z') && !now.contains('.'), "{now}");
    }
}
