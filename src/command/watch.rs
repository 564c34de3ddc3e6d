//! `check --watch`: verifies, then again whenever a source changes, until it is interrupted or nobody reads it any more.
//!
//! What is a source is told by where it lies: below the paths that were named, or read by an include from elsewhere.
//! What builds, editors and version control leave there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, bail};
use notify_debouncer_full::notify::event::{EventKind, ModifyKind};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::book::load::{self, resolve};
use crate::book::source::SourceFile;
use crate::command::cache;
use crate::command::check::{self, Options};
use crate::command::outputs::{self, Target};
use crate::verify::Verified;

/// An editor that saves in several steps is done by then.
const SETTLED: Duration = Duration::from_millis(50);

/// How often a folder that is gone is looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Verifies until it is interrupted, or until standard output, where the reports go, is closed. Gives what is known then.
///
/// # Errors
/// When the first report can't be made, or the system can't tell of changes.
pub fn watch(paths: &[PathBuf], options: &Options, targets: &[Target]) -> anyhow::Result<Verified> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut watcher = Watcher::new()?;
    // Before the first reading, so that no change is lost while it goes on.
    watcher.follow(Scope::new(paths, options, None))?;
    let mut verified = check::round(paths, options, targets)?;
    let is_wanted = || !outputs::is_on_stdout(targets) || !is_closed();
    loop {
        watcher.follow(Scope::new(paths, options, Some(&verified)))?;
        eprintln!("watching for changes; Ctrl-C ends it");
        let Some(changed) = watcher.changes(&is_wanted)? else { return Ok(verified) };
        watcher.follow(Scope::new(paths, options, Some(&verified)))?;
        clear_screen(options)?;
        eprintln!("{}", told(&changed));
        match check::round(paths, options, targets) {
            Ok(new) => verified = new,
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

/// Whoever read standard output has gone away (`check --watch | head -1`).
#[cfg(unix)]
fn is_closed() -> bool {
    use std::os::fd::AsFd;

    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

    let out = io::stdout();
    let mut state = [PollFd::new(out.as_fd(), PollFlags::empty())];
    let gone = PollFlags::POLLERR | PollFlags::POLLHUP;
    poll(&mut state, PollTimeout::ZERO).is_ok()
        && state[0].revents().is_some_and(|events| events.intersects(gone))
}

#[cfg(not(unix))]
fn is_closed() -> bool {
    false
}

/// A document that was made for reading, in a line of its own: line breaks stand in none of its texts.
pub fn one_line(json: &str) -> String {
    let mut line: String = json.lines().map(str::trim_start).collect();
    line.push('\n');
    line
}

/// Only a person at a terminal wants the last report out of the way.
fn clear_screen(options: &Options) -> io::Result<()> {
    let mut out = io::stdout();
    if options.outputs.output.is_none() && out.is_terminal() {
        out.write_all(b"\x1b[2J\x1b[H")?;
        out.flush()?;
    }
    Ok(())
}

fn told(changed: &BTreeSet<PathBuf>) -> String {
    const NAMED: usize = 3;
    let here = resolve(Path::new("."));
    let names: Vec<String> = changed
        .iter()
        .take(NAMED)
        .map(|path| path.strip_prefix(&here).unwrap_or(path).display().to_string())
        .collect();
    match changed.len() {
        0 => "something changed".to_owned(),
        count if count > NAMED => format!("changed: {} and {} more", names.join(", "), count - NAMED),
        _ => format!("changed: {}", names.join(", ")),
    }
}

/// What is to be watched, and what counts there.
#[derive(Default)]
struct Scope {
    /// Folders whose files are sources.
    trees: BTreeSet<PathBuf>,
    /// Sources wherever they lie.
    files: BTreeSet<PathBuf>,
    /// Not everything could be read: what is missing may turn up beside these files.
    is_missing: bool,
    ignored: BTreeSet<PathBuf>,
}

impl Scope {
    fn new(paths: &[PathBuf], options: &Options, verified: Option<&Verified>) -> Scope {
        let mut scope =
            Scope { is_missing: verified.is_some_and(|verified| !verified.is_true()), ..Scope::default() };
        for path in paths {
            let path = load::exercise_around(path).unwrap_or(path);
            let config = load::config(path, &options.run.overrides);
            match path.is_dir() {
                true => scope.trees.insert(resolve(path)),
                false => scope.files.insert(resolve(path)),
            };
            if config.root.is_some() {
                scope.files.insert(resolve(&config.on_disk(Path::new("book.toml"))));
                let kept_out = [&config.build_dir, &config.theme];
                scope.ignored.extend(kept_out.map(|folder| resolve(&config.on_disk(folder))));
            }
            if path.join("book.toml").is_file() {
                let sources = [&config.src, &config.exercises];
                scope.trees.extend(sources.map(|folder| resolve(&config.on_disk(folder))));
            }
            scope
                .ignored
                .extend(cache::folder(&options.run.cache, &config).map(|(folder, _)| resolve(&folder)));
        }
        scope.ignored.extend(options.outputs.files().map(resolve));
        scope.files.extend(verified.into_iter().flat_map(read));
        scope
    }

    /// The folders that are to be watched, and whether with all that is below them. A tree's root is watched alone, and
    /// each folder in it with what is below: some hold nothing but what a build has made, and a lot of it.
    fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
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
    fn roots(&self) -> impl Iterator<Item = &Path> {
        self.trees.iter().map(PathBuf::as_path).chain(self.files.iter().filter_map(|file| file.parent()))
    }

    fn is_source(&self, path: &Path) -> bool {
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

/// The system's news about a scope.
struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
    scope: Scope,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watcher {
    fn new() -> anyhow::Result<Watcher> {
        let (sender, events) = mpsc::channel();
        let debouncer = new_debouncer(SETTLED, None, sender).context("can't watch for changes")?;
        Ok(Watcher { debouncer, events, scope: Scope::default(), watched: BTreeMap::new() })
    }

    /// Watches the folders of a scope, as far as they are there, and no others.
    fn follow(&mut self, scope: Scope) -> anyhow::Result<()> {
        let folders = scope.folders();
        let gone: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|(path, mode)| folders.get(*path) != Some(mode))
            .map(|(p, _)| p.clone())
            .collect();
        gone.iter().for_each(|path| self.forget(path));
        for (folder, mode) in folders {
            if self.watched.contains_key(&folder) || !folder.is_dir() {
                continue;
            }
            match self.debouncer.watch(&folder, mode) {
                Ok(()) => drop(self.watched.insert(folder, mode)),
                Err(error) if folder.is_dir() => {
                    return Err(error).with_context(|| format!("can't watch {}", folder.display()));
                }
                // It went away meanwhile.
                Err(_) => {}
            }
        }
        self.scope = scope;
        Ok(())
    }

    fn forget(&mut self, folder: &Path) {
        if self.watched.remove(folder).is_some() {
            let _ = self.debouncer.unwatch(folder);
        }
    }

    /// Waits for sources that changed, as long as that is wanted; none are named when it is not known which.
    fn changes(&mut self, is_wanted: &dyn Fn() -> bool) -> anyhow::Result<Option<BTreeSet<PathBuf>>> {
        while is_wanted() {
            let mut changed = BTreeSet::new();
            match self.events.recv_timeout(LOOK) {
                Ok(Ok(events)) => {
                    if events.iter().any(|event| event.need_rescan()) {
                        return Ok(Some(changed));
                    }
                    for event in events.iter().filter(|event| changes(event.kind)) {
                        for path in &event.paths {
                            if self.watched.contains_key(path) && !is_touched(event.kind) {
                                // Another folder may take its name.
                                self.forget(path);
                            }
                            changed.extend(self.scope.is_source(path).then(|| path.clone()));
                        }
                    }
                }
                Ok(Err(_)) => return Ok(Some(changed)),
                Err(RecvTimeoutError::Timeout) => {
                    let gone = self.scope.roots().filter(|folder| !self.watched.contains_key(*folder));
                    changed.extend(gone.filter(|folder| folder.is_dir()).map(Path::to_path_buf));
                }
                Err(RecvTimeoutError::Disconnected) => bail!("the system no longer tells of changes"),
            }
            if !changed.is_empty() {
                return Ok(Some(changed));
            }
        }
        Ok(None)
    }
}

/// Reading a file changes nothing, nor does a new owner.
fn changes(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)))
}

/// The folder is the same as before.
fn is_touched(kind: EventKind) -> bool {
    matches!(kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any))
}
