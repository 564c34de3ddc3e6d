//! `check --watch`: verifies, then again whenever a source changes, until it is interrupted or nobody reads it any more.

pub mod scope;
pub mod watcher;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::book::load::resolve;
use crate::command::check::{self, Options};
use crate::command::outputs::{self, Target};
use crate::command::watch::scope::{Request, Scope};
use crate::command::watch::watcher::Watcher;
use crate::verify::Verified;

/// Verifies until it is interrupted, or until standard output, where the reports go, is closed. Gives what is known then.
///
/// # Errors
/// When the first report can't be made, or the system can't tell of changes.
pub fn watch(paths: &[PathBuf], options: &Options, targets: &[Target]) -> anyhow::Result<Verified> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let written = options.outputs.files().map(Path::to_path_buf).collect();
    let request = Request { paths, run: &options.run, theme: false, written };
    let mut watcher = Watcher::new()?;
    // Before the first reading, so that no change is lost while it goes on.
    watcher.follow(Scope::new(&request, None))?;
    let mut verified = check::round(paths, options, targets)?;
    let is_wanted = || !outputs::is_on_stdout(targets) || !is_closed();
    loop {
        watcher.follow(Scope::new(&request, Some(&verified)))?;
        eprintln!("watching for changes; Ctrl-C ends it");
        let Some(changed) = watcher.changes(&is_wanted)? else { return Ok(verified) };
        watcher.follow(Scope::new(&request, Some(&verified)))?;
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

/// The changed files, a few by name.
pub fn told(changed: &BTreeSet<PathBuf>) -> String {
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
