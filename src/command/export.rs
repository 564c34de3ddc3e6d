//! `export --node`: each exercise as a folder in which `node --test` runs its tests. What is exported has been verified.
//!
//! A folder that was exported before is brought up to date, but for what its learner has changed: a list of what was
//! written tells the two apart, and what is on no list is never touched.

mod globals;
mod node;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::book::diagnostic::Severity;
use crate::book::exercise::{Check, Exercise};
use crate::book::load::{Edited, resolve};
use crate::command::check::{self, Run};
use crate::command::new::{Files, place};
use crate::command::{atomic, verdict};
use crate::engine::program::Conditions;
use crate::report::human;
use crate::verify::exercise::yardstick;
use crate::verify::{self, Verified};

#[derive(Args, Debug)]
pub struct Options {
    /// Write a folder for each exercise into DIR, which is new, empty or exported before; what a learner has changed in
    /// it stays as it is
    #[arg(long, value_name = "DIR", required = true)]
    pub node: PathBuf,
    /// The book's folder, or an exercise's
    #[arg(default_value = ".", value_name = "BOOK")]
    pub book: PathBuf,
    #[command(flatten)]
    pub run: Run,
}

/// 0 when all is written, 1 when an exercise is not sound, 2 when something can't be read or written; then nothing is.
pub fn run(options: &Options) -> Result<ExitCode> {
    let Options { node: dir, book, run } = options;
    let mut sources = check::load_all(std::slice::from_ref(book), run, &Edited::new());
    let order = node::order(&sources);
    sources.chapters.clear();
    check_place(dir, &sources.config)?;
    let earlier = Earlier::read(dir)?;
    let is_read = sources.diagnostics.iter().all(|found| found.severity < Severity::Error);
    if sources.exercises.is_empty() && is_read {
        bail!("{} has no exercises; `mdbook-galley new --exercise NAME` makes one", book.display());
    }
    let verified = check::verify(sources, run)?;
    if !verified.is_true() {
        let color = io::stdout().is_terminal();
        check::write_out(&check::report(&verified, human::Style { color }))?;
        eprintln!("nothing is exported: what is has to be sound");
        return Ok(verdict(&verified));
    }
    check_output(&verified, book, run)?;
    let files = node::files(&verified, &order)?;
    let told = match earlier {
        None => {
            place(dir, &with_list(&files))?;
            String::new()
        }
        Some(earlier) => earlier.update(dir, &files)?,
    };
    check::write_out(&summary(dir, &verified, &told))?;
    Ok(ExitCode::SUCCESS)
}

/// Node has neither the clock nor the random numbers by which a text is verified: what depends on them no answer can print
/// there.
fn check_output(verified: &Verified, book: &Path, run: &Run) -> Result<()> {
    let is_output = |exercise: &&mut Exercise| exercise.settings.check == Check::Output;
    let mut again = check::load_all(&[book.to_owned()], run, &Edited::new());
    let mut engine = verify::Engine::new(&verify::Options {
        pool: run.pool()?,
        cache: None,
        progress: &|_, _| {},
        elsewhere: false,
        shard: None,
    });
    for exercise in again.exercises.iter_mut().filter(is_output) {
        let mut known = verified.sources.exercises.iter().zip(&verified.exercises);
        let Some((_, tried)) = known.find(|(known, _)| known.name == exercise.name) else { continue };
        let mut config = (*exercise.config).clone();
        let default = Conditions::default();
        let now = config.conditions.clock.unwrap_or(default.now);
        let seed = config.conditions.seed.unwrap_or(default.seed);
        let there = Conditions { now, seed, zone: None }.elsewhere();
        (config.conditions.clock, config.conditions.seed) = (Some(there.now), Some(there.seed));
        exercise.config = Arc::new(config);
        exercise.wrong.clear();
        let output = yardstick(exercise, &mut engine).context("the solution can't be run")?.output;
        if output != tried.yardstick.output {
            bail!(
                "exercises/{}/solution.js prints what depends on chance or the clock, so no answer can pass in Node; print \
                 something else, or write a test.js in place of `check = \"output\"`",
                exercise.name
            );
        }
    }
    Ok(())
}

fn summary(dir: &Path, verified: &Verified, told: &str) -> String {
    let count = verified.sources.exercises.len();
    let plural = if count == 1 { "" } else { "s" };
    let readme = dir.join("README.md");
    format!("{told}{}\n{count} exercise{plural}. Run `node --test` in the folder of one.\n", readme.display())
}

/// The book's own folders hold what its author wrote.
fn check_place(dir: &Path, config: &crate::book::config::Config) -> Result<()> {
    let inside = resolve(dir);
    for folder in [&config.src, &config.exercises] {
        let own = resolve(&config.on_disk(folder));
        if config.root.is_some() && inside.starts_with(&own) {
            bail!(
                "{} lies in {}, which is part of the book; name a folder elsewhere",
                dir.display(),
                own.display()
            );
        }
    }
    Ok(())
}

/// The file that lists what was written.
const LIST: &str = ".galley-export.json";

/// What an export has written: hashes by path.
#[derive(Debug, Serialize, Deserialize)]
struct Earlier {
    files: BTreeMap<String, String>,
}

impl Earlier {
    /// Of a folder that is not there or empty: none.
    fn read(dir: &Path) -> Result<Option<Earlier>> {
        match fs::read(dir.join(LIST)) {
            Ok(list) => {
                let list: Earlier = serde_json::from_slice(&list).with_context(|| {
                    format!("can't read {}; export into a new folder", dir.join(LIST).display())
                })?;
                // A folder may come from anywhere, and what its list names may be removed.
                if let Some(path) = list.files.keys().find(|path| !is_inside(path)) {
                    bail!(
                        "{} lists `{path}`, which is no file of this folder; export into a new folder",
                        dir.join(LIST).display()
                    );
                }
                Ok(Some(list))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let entries = match fs::read_dir(dir) {
                    Ok(entries) => entries.count(),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
                    Err(error) => return Err(error).with_context(|| format!("can't use {}", dir.display())),
                };
                if entries > 0 {
                    bail!(
                        "{} holds other files, which stay as they are; name a folder that is empty or does not exist yet",
                        dir.display()
                    );
                }
                Ok(None)
            }
            Err(error) => Err(error).with_context(|| format!("can't read {}", dir.join(LIST).display())),
        }
    }

    /// Writes what is new and takes away what is no longer there. Returns what stays, and why.
    fn update(&self, dir: &Path, files: &Files) -> Result<String> {
        let is_wanted = |path: &String| files.iter().any(|(wanted, _)| wanted == path);
        let old: Vec<&String> = self.files.keys().filter(|path| !is_wanted(path)).collect();
        // What can't be done is told before anything is.
        let found = files.iter().map(|(path, _)| self.state(dir, path)).collect::<Result<Vec<_>>>()?;
        let left = old.iter().map(|path| self.state(dir, path)).collect::<Result<Vec<_>>>()?;
        let mut kept = BTreeSet::new();
        for ((path, content), state) in files.iter().zip(found) {
            match state {
                State::Missing | State::AsWritten => write(dir, path, content)?,
                State::Changed(now) if now == *content => {}
                State::Changed(_) => drop(kept.insert(path)),
            }
        }
        for (path, state) in old.into_iter().zip(left) {
            match state {
                State::Missing => {}
                State::AsWritten => remove(dir, path)?,
                State::Changed(_) => drop(kept.insert(path)),
            }
        }
        if let Some((path, content)) = with_list(files).last() {
            write(dir, path, content)?;
        }
        Ok(kept.iter().fold(String::new(), |mut told, path| {
            let _ = writeln!(told, "{} stays as it is: it was changed", dir.join(path).display());
            told
        }))
    }

    fn state(&self, dir: &Path, path: &str) -> Result<State> {
        check_folders(dir, path)?;
        let target = dir.join(path);
        let is_file = match target.symlink_metadata() {
            Ok(metadata) => metadata.is_file(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
            Err(error) => return Err(error).with_context(|| format!("can't read {}", target.display())),
        };
        if !is_file {
            bail!("{} is no file; move it away, or export into a new folder", target.display());
        }
        let now = fs::read(&target).with_context(|| format!("can't read {}", target.display()))?;
        let is_as_written = self.files.get(path).is_some_and(|hash| *hash == hash_of(&now));
        Ok(if is_as_written { State::AsWritten } else { State::Changed(now) })
    }
}

/// A plain path, which leads nowhere else.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

enum State {
    Missing,
    AsWritten,
    Changed(Vec<u8>),
}

/// A link would lead out of the folder.
fn check_folders(dir: &Path, path: &str) -> Result<()> {
    let target = dir.join(path);
    for folder in target.ancestors().skip(1).take_while(|folder| *folder != dir) {
        let is_other = folder.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir());
        if is_other {
            bail!("{} is no folder; move it away, or export into a new folder", folder.display());
        }
    }
    Ok(())
}

fn write(dir: &Path, path: &str, content: &[u8]) -> Result<()> {
    let target = dir.join(path);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).with_context(|| format!("can't make the folder {}", folder.display()))?;
    }
    atomic::write(&target, content).with_context(|| format!("can't write {}", target.display()))
}

/// With the folders that it leaves empty.
fn remove(dir: &Path, path: &str) -> Result<()> {
    let target = dir.join(path);
    fs::remove_file(&target).with_context(|| format!("can't remove {}", target.display()))?;
    let folders = target.ancestors().skip(1).take_while(|folder| *folder != dir);
    // Only what is empty goes.
    let _ = folders.map(fs::remove_dir).take_while(Result::is_ok).count();
    Ok(())
}

/// The list comes last: what is written without it is told from a learner's work by its content.
fn with_list(files: &Files) -> Files {
    let list =
        Earlier { files: files.iter().map(|(path, content)| (path.clone(), hash_of(content))).collect() };
    let json = serde_json::to_string_pretty(&list).unwrap_or_default() + "\n";
    files.iter().cloned().chain([(LIST.to_owned(), json.into_bytes())]).collect()
}

fn hash_of(content: &[u8]) -> String {
    blake3::hash(content).to_hex().to_string()
}
