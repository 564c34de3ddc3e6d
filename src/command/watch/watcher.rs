//! The system's news about a [`Scope`], told when an editor is done saving.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, bail};
use notify_debouncer_full::notify::event::{EventKind, ModifyKind};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::command::watch::scope::Scope;

/// An editor that saves in several steps is done by then.
const SETTLED: Duration = Duration::from_millis(20);

/// How often a folder that is gone is looked for.
const LOOK: Duration = Duration::from_millis(500);

pub struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
    scope: Scope,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watcher {
    pub fn new() -> anyhow::Result<Watcher> {
        let (sender, events) = mpsc::channel();
        let debouncer = new_debouncer(SETTLED, None, sender).context("can't watch for changes")?;
        Ok(Watcher { debouncer, events, scope: Scope::default(), watched: BTreeMap::new() })
    }

    /// Watches the folders of a scope, as far as they are there, and no others.
    pub fn follow(&mut self, scope: Scope) -> anyhow::Result<()> {
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
    pub fn changes(&mut self, is_wanted: &dyn Fn() -> bool) -> anyhow::Result<Option<BTreeSet<PathBuf>>> {
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
