//! The parent's side: hands programs to worker processes, owns the clock, kills what overstays, replaces what died.
//!
//! A program that takes its worker down fails alone and is never tried again: a flaky crash is a finding.

mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::engine::pool::worker::Worker;
use crate::engine::program::Program;
use crate::engine::trace::Trace;

/// Where the workers come from and how many there are.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `mdbook-galley` binary.
    pub binary: PathBuf,
    pub jobs: usize,
    /// Run nothing unless the operating system's sandbox holds.
    pub require_sandbox: bool,
}

impl Options {
    /// This very binary, one worker a core.
    pub fn here() -> io::Result<Options> {
        let jobs = thread::available_parallelism().map_or(1, usize::from);
        Ok(Options { binary: std::env::current_exe()?, jobs, require_sandbox: false })
    }
}

/// What the workers said.
pub struct Ran {
    /// One for each program, in its place.
    pub traces: Vec<Trace>,
    /// Who ran them; none when nothing was to be run.
    pub engine: Option<EngineName>,
}

/// What a report says of the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineName {
    /// Its name and version.
    pub name: String,
    /// What keeps a program in: "landlock+seccomp", one of the two, or "process".
    pub sandbox: String,
}

/// Workers that stay ready between runs.
pub struct Pool {
    options: Options,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    pub fn new(options: Options) -> Pool {
        Pool { options, idle: Mutex::new(Vec::new()) }
    }

    /// Runs every program; `done` is called after each, from any thread.
    ///
    /// Errs only when no worker can be started at all.
    pub fn run(&self, programs: &[Program], done: &(dyn Fn() + Sync)) -> io::Result<Ran> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new((vec![None; programs.len()], None));
        let serve = || -> io::Result<()> {
            let mut worker = lock(&self.idle).pop();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(program) = programs.get(index) else { break };
                let live = match worker.take() {
                    Some(live) => live,
                    None => Worker::start(&self.options)?,
                };
                let engine = live.engine.clone();
                let (trace, survivor) = live.run(program);
                worker = survivor;
                let mut results = lock(&results);
                results.0[index] = Some(trace);
                results.1 = Some(engine);
                drop(results);
                done();
            }
            lock(&self.idle).extend(worker);
            Ok(())
        };
        let jobs = self.options.jobs.clamp(1, programs.len().max(1));
        thread::scope(|scope| {
            let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(serve)).collect();
            threads.into_iter().try_for_each(|thread| {
                thread.join().unwrap_or_else(|_| Err(io::Error::other("a pool thread panicked")))
            })
        })?;
        let (traces, engine) = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Ran { traces: traces.into_iter().map(Option::unwrap_or_default).collect(), engine })
    }
}

/// A panic elsewhere leaves what is behind the lock as good as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
