//! The learner's folder: one folder an exercise with the answer and the files that it may read. Nothing that the learner
//! wrote is ever replaced, but by `reset`, which keeps a copy.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::book::ceilings;
use crate::book::exercise::Exercise;
use crate::book::load::resolve;
use crate::command::atomic;
use crate::command::learn::course::Course;
use crate::report::learner;

pub struct Folder {
    /// As the user would name it.
    pub root: PathBuf,
}

/// What the learner's file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Text(String),
    Missing,
    /// Why it can't be read.
    Unreadable(String),
}

impl Folder {
    /// The folder that was named, or else one beside the book.
    ///
    /// # Errors
    /// When it would lie among the book's sources, or holds what is none of ours.
    pub fn choose(named: Option<&Path>, course: &Course) -> anyhow::Result<Folder> {
        let root = match named {
            Some(named) => named.to_path_buf(),
            None => beside(&course.root)?,
        };
        let config = &course.sources.config;
        let place = resolve(&root);
        for own in [&config.src, &config.exercises, &config.theme, &config.build_dir] {
            let own = config.on_disk(own);
            if place.starts_with(resolve(&own)) {
                bail!(
                    "answers can't lie in {}, which is the book's own folder; name another one with --into FOLDER",
                    own.display()
                );
            }
        }
        if root.exists() && !root.is_dir() {
            bail!("{} is no folder; name one with --into FOLDER", root.display());
        }
        let folder = Folder { root };
        if folder.is_foreign(course) {
            bail!(
                "{} holds other things than answers; name a new folder with --into FOLDER",
                folder.root.display()
            );
        }
        Ok(folder)
    }

    fn is_foreign(&self, course: &Course) -> bool {
        let Ok(mut entries) = fs::read_dir(&self.root) else { return false };
        entries.next().is_some()
            && !self.root.join(learner::FILE).exists()
            && !course.exercises().any(|exercise| self.answer(exercise).is_file())
    }

    pub fn exists(&self) -> bool {
        self.root.is_dir()
    }

    /// Where the learner writes.
    pub fn answer(&self, exercise: &Exercise) -> PathBuf {
        self.root.join(&exercise.name).join(&exercise.settings.answer)
    }

    pub fn shown(&self) -> String {
        let here = self.root == Path::new(".");
        if here { resolve(&self.root) } else { self.root.clone() }.display().to_string()
    }

    pub fn shown_answer(&self, exercise: &Exercise) -> String {
        let path = self.answer(exercise);
        path.strip_prefix(".").unwrap_or(&path).display().to_string()
    }

    /// Makes what is missing of an exercise's folder; `elsewhere`: what was written in a browser, for which only the
    /// starter makes way. True when that is in the file now.
    ///
    /// # Errors
    /// Names what can't be written.
    pub fn prepare(&self, exercise: &Exercise, elsewhere: Option<&str>) -> anyhow::Result<bool> {
        let starter = exercise.starter.text.as_str();
        let answer = elsewhere.unwrap_or(starter).as_bytes();
        let folder = self.root.join(&exercise.name);
        let path = self.answer(exercise);
        let write = || {
            fs::create_dir_all(&folder)?;
            let mut is_written = atomic::write_new(&path, answer)?;
            if !is_written && elsewhere.is_some() && self.read(exercise) == Answer::Text(starter.to_owned()) {
                atomic::write(&path, answer)?;
                is_written = true;
            }
            helpers(&folder, exercise)?;
            Ok::<bool, io::Error>(is_written && elsewhere.is_some())
        };
        write().with_context(|| {
            format!("can't write into {}; name another folder with --into FOLDER", folder.display())
        })
    }

    /// Makes the answer of an exercise from that to the same exercise under another name, if it is there.
    ///
    /// # Errors
    /// Names what can't be written.
    pub fn adopt(&self, old: &str, exercise: &Exercise) -> anyhow::Result<()> {
        let Ok(answer) = fs::read(self.root.join(old).join(&exercise.settings.answer)) else { return Ok(()) };
        let path = self.answer(exercise);
        fs::create_dir_all(self.root.join(&exercise.name))
            .and_then(|()| atomic::write_new(&path, &answer))
            .with_context(|| format!("can't write {}", path.display()))?;
        Ok(())
    }

    pub fn read(&self, exercise: &Exercise) -> Answer {
        let path = self.answer(exercise);
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Answer::Missing,
            Err(error) => return Answer::Unreadable(error.to_string()),
        };
        // To open a pipe would be to wait for someone who writes into it.
        if !metadata.is_file() {
            return Answer::Unreadable("it is not a file".into());
        }
        if metadata.len() > ceilings::EXAMPLE {
            return Answer::Unreadable(format!("it is larger than {} MiB", ceilings::EXAMPLE >> 20));
        }
        match fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => Answer::Text(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Ok(Err(_)) => Answer::Unreadable("it is not UTF-8; save it as UTF-8".into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Answer::Missing,
            Err(error) => Answer::Unreadable(error.to_string()),
        }
    }

    /// Puts the starter in the answer's place; gives the copy of what was there, if that was anything else.
    pub fn reset(&self, exercise: &Exercise) -> anyhow::Result<Option<PathBuf>> {
        let path = self.answer(exercise);
        let old = match fs::read(&path) {
            Ok(old) => Some(old).filter(|old| old != exercise.starter.text.as_bytes()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("can't read {}", path.display())),
        };
        let backup = match old {
            Some(old) => Some(backup(&path, &old)?),
            None => None,
        };
        fs::create_dir_all(self.root.join(&exercise.name))
            .and_then(|()| atomic::write(&path, exercise.starter.text.as_bytes()))
            .with_context(|| format!("can't write {}", path.display()))?;
        Ok(backup)
    }
}

/// `../BOOK-answers`, as seen from the book.
fn beside(book: &Path) -> anyhow::Result<PathBuf> {
    let resolved = resolve(book);
    let (Some(parent), Some(name)) = (resolved.parent(), resolved.file_name()) else {
        bail!("there is no place for your answers beside the book; name a folder with --into FOLDER");
    };
    let name = format!("{}-answers", name.to_string_lossy());
    if book == Path::new(".") || book.as_os_str().is_empty() {
        return Ok(Path::new("..").join(name));
    }
    let shown = book.parent().filter(|_| book.file_name().is_some_and(|name| name != ".."));
    Ok(shown.unwrap_or(parent).join(name))
}

/// The first free name: `answer.backup-1.js`.
fn backup(path: &Path, old: &[u8]) -> anyhow::Result<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1.. {
        let copy = path.with_file_name(format!("{stem}.backup-{number}.{extension}"));
        let is_free = atomic::write_new(&copy, old)
            .with_context(|| format!("can't keep a copy of your answer in {}", copy.display()))?;
        if is_free {
            return Ok(copy);
        }
    }
    bail!("there is no name left for a copy of {}", path.display())
}

/// The files that the answer may read, so that an editor finds them. They are the book's: changes of theirs come along,
/// and what the learner has put in their place stays.
fn helpers(folder: &Path, exercise: &Exercise) -> io::Result<()> {
    for (path, file) in &exercise.files {
        let target = folder.join(path);
        if *path == exercise.settings.answer {
            continue;
        }
        let is_ours = match fs::metadata(&target) {
            Ok(metadata) => metadata.permissions().readonly(),
            Err(_) => true,
        };
        if !is_ours || fs::read(&target).is_ok_and(|old| old == file.text.as_bytes()) {
            continue;
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        atomic::write(&target, file.text.as_bytes())?;
        let mut permissions = fs::metadata(&target)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&target, permissions)?;
    }
    Ok(())
}
