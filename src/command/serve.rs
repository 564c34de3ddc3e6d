//! `serve`: builds a book, shows it at an address of this machine, and does both again whenever a source changes. Pages
//! that are open load themselves anew, or show what is not true while the site stays as it was.
//!
//! What did not change is not run again: its trace comes from the cache.

mod files;
mod live;
mod server;

use std::cell::RefCell;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use crate::book::load;
use crate::command::build;
use crate::command::check::{self, Run};
use crate::command::serve::live::Live;
use crate::command::watch::scope::{Request, Scope};
use crate::command::watch::told;
use crate::command::watch::watcher::Watcher;
use crate::render::pages::Pages;
use crate::report::human;
use crate::verify::Verified;

/// How long nothing may have changed before the files of the site follow that a changed page does not need.
const QUIET: Duration = Duration::from_secs(1);

#[derive(Args, Debug)]
pub struct Options {
    /// The book's folder, the one with book.toml
    #[arg(default_value = ".", value_name = "DIR")]
    dir: PathBuf,
    /// The port to listen at; 0 takes one that is free
    #[arg(short, long, default_value_t = 3000)]
    port: u16,
    /// The address to listen at; with another than the default, others in your network can read the book
    #[arg(short = 'n', long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    hostname: String,
    /// Open the book in a browser
    #[arg(short, long)]
    open: bool,
    #[command(flatten)]
    run: Run,
}

/// Serves until it is interrupted.
///
/// # Errors
/// When there is no book, the address can't be had, or the system can't tell of changes. A book that can't be built is
/// no error: it may become better.
pub fn run(options: &Options) -> Result<ExitCode> {
    build::require_book(&options.dir)?;
    let config = load::config(&options.dir, &options.run.overrides);
    let live = Arc::new(Live::new(config.on_disk(&config.build_dir)));
    let url = server::start(&options.hostname, options.port, &live)?;
    let paths = [options.dir.clone()];
    let request = Request { paths: &paths, run: &options.run, theme: true, written: Vec::new() };
    let mut watcher = Watcher::new()?;
    // Before the first reading, so that no change is lost while it goes on.
    watcher.follow(Scope::new(&request, None))?;
    let pages = Rc::<RefCell<Pages>>::default();
    let mut known = round(options, &live, &pages)?;
    eprintln!("serving {url}; Ctrl-C ends it");
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        eprintln!("warning: no browser could be opened: {error}");
    }
    loop {
        watcher.follow(Scope::new(&request, known.as_ref()))?;
        let (since, is_behind) = (Instant::now(), pages.borrow().is_behind());
        let Some(changed) = watcher.changes(&|| !is_behind || since.elapsed() < QUIET)? else {
            catch_up(options, &pages);
            continue;
        };
        watcher.follow(Scope::new(&request, known.as_ref()))?;
        eprintln!("{}", told(&changed));
        if changed.is_empty() || changed.iter().any(|path| path.extension() != Some(OsStr::new("md"))) {
            pages.borrow_mut().forget();
        }
        known = round(options, &live, &pages)?.or(known);
    }
}

/// Makes the files that are behind the pages. What is wrong with sources that changed meanwhile is told when they are built.
fn catch_up(options: &Options, pages: &Rc<RefCell<Pages>>) {
    pages.borrow_mut().forget();
    if build::build(&options.dir, &options.run, pages).is_err() || pages.borrow().is_behind() {
        *pages.borrow_mut() = Pages::default();
    }
}

/// Builds, and tells the terminal and the pages what came of it. None when the book could not even be read.
fn round(options: &Options, live: &Live, pages: &Rc<RefCell<Pages>>) -> Result<Option<Verified>> {
    let started = Instant::now();
    match build::build(&options.dir, &options.run, pages) {
        Ok(built) => {
            check::write_out(&built.report(human::Style { color: io::stdout().is_terminal() }))?;
            match built.index.as_ref().and_then(|index| index.parent()) {
                Some(site) => {
                    live.built(site.to_path_buf());
                    eprintln!("built in {:.2} s", started.elapsed().as_secs_f64());
                }
                None => live.failed(built.report(human::Style { color: false })),
            }
            Ok(Some(built.verified))
        }
        Err(error) => {
            let text = format!("error: {error:#}\n");
            eprint!("{text}");
            live.failed(text);
            Ok(None)
        }
    }
}
