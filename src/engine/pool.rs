//! The parent's side: hands programs to worker processes, owns the clock, kills what overstays, replaces what died.
//!
//! A program that takes its worker down fails alone and is never tried again: a flaky crash is a finding.

mod crash;
mod worker;

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use crate::engine::frame::Picture;
use crate::engine::pool::worker::Worker;
use crate::engine::program::Program;
use crate::engine::reading::Reading;
use crate::engine::trace::{Outcome, Trace};

/// Where the workers come from and how many there are.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `mdbook-galley` binary.
    pub binary: PathBuf,
    pub jobs: usize,
    /// Each program gets a process of its own, forked from a worker, where the system can fork.
    pub forks: bool,
    /// Run nothing unless the operating system's sandbox holds.
    pub require_sandbox: bool,
    /// The folder that keeps what took the engine down; none: it is not kept.
    pub crashes: Option<PathBuf>,
}

impl Options {
    pub fn new(binary: PathBuf, jobs: usize) -> Options {
        Options { binary, jobs, forks: true, require_sandbox: false, crashes: None }
    }

    /// This very binary, one worker a core.
    pub fn here() -> io::Result<Options> {
        let jobs = thread::available_parallelism().map_or(1, usize::from);
        Ok(Options::new(std::env::current_exe()?, jobs))
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineName {
    /// Its name and version.
    pub name: String,
    /// What keeps a program in: "landlock+seccomp", one of the two, or "process".
    pub sandbox: String,
}

/// Workers that stay ready between runs.
///
/// Some read sources and some run programs, never both: what a process that forks has written between two forks is
/// copied again for each child.
pub struct Pool {
    options: Options,
    readers: Mutex<Vec<Worker>>,
    runners: Mutex<Vec<Worker>>,
    /// Of programs that were parsed only, each until a program with the same sources runs.
    readings: Mutex<HashMap<Key, Reading>>,
}

/// Of all that a reading depends on.
type Key = [u8; 32];

fn key(program: &Program) -> Option<Key> {
    let Program { files, entry, kind, record, host, stepped, modules, .. } = program;
    let mut hash = blake3::Hasher::new();
    let all = (files, entry, kind, record, host, stepped.is_some(), modules);
    serde_json::to_writer(&mut hash, &all).ok()?;
    Some(*hash.finalize().as_bytes())
}

impl Pool {
    pub fn new(options: Options) -> Pool {
        Pool { options, readers: Mutex::default(), runners: Mutex::default(), readings: Mutex::default() }
    }

    /// Runs every program; `done` is called after each, from any thread.
    ///
    /// Errs only when no worker can be started at all.
    pub fn run(&self, programs: &[Program], done: &(dyn Fn() + Sync)) -> io::Result<Ran> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new((vec![None; programs.len()], None));
        let serve = || -> io::Result<()> {
            let mut hand = Hand { pool: self, reader: None, runner: None, engine: None };
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(program) = programs.get(index) else { break };
                let mut trace = hand.run(program)?;
                if let (Outcome::Crashed { reason }, Some(folder)) =
                    (&mut trace.outcome, &self.options.crashes)
                {
                    *reason = crash::keep(folder, program, reason);
                }
                lock(&results).0[index] = Some(trace);
                done();
            }
            let Hand { reader, runner, engine, .. } = hand;
            lock(&self.readers).extend(reader);
            lock(&self.runners).extend(runner);
            if engine.is_some() {
                lock(&results).1 = engine;
            }
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
        Ok(Ran {
            traces: traces.into_iter().map(|trace| trace.unwrap_or_else(Trace::lost)).collect(),
            engine,
        })
    }
}

/// What one thread of a run works with.
struct Hand<'a> {
    pool: &'a Pool,
    reader: Option<Worker>,
    runner: Option<Worker>,
    engine: Option<EngineName>,
}

impl Hand<'_> {
    fn run(&mut self, program: &Program) -> io::Result<Trace> {
        let mut reading = match self.read(program)? {
            Ok(reading) => reading,
            Err(outcome) => return Ok(Trace::ended(None, outcome)),
        };
        if let Some(outcome) = reading.unrun(program) {
            let parsed = reading.parsed.clone();
            if let Some(key) = key(program).filter(|_| program.norun) {
                lock(&self.pool.readings).insert(key, reading);
            }
            return Ok(Trace::ended(parsed, outcome));
        }
        let Some(prepared) = reading.prepare(program) else {
            let reason = "its sources were not read as they are".into();
            return Ok(Trace::ended(None, Outcome::Crashed { reason }));
        };
        let own = self.runner.take();
        let runner = self.worker(own, &self.pool.runners)?;
        let (mut trace, runner) = runner.run(program, prepared);
        self.runner = runner;
        self.draw_steps(program, &mut trace)?;
        self.draw_modules(program, &mut trace)?;
        Ok(Trace { parsed: reading.parsed.take(), ..trace })
    }

    fn draw_steps(&mut self, program: &Program, trace: &mut Trace) -> io::Result<()> {
        let (Some(stepping), Some(stepped)) = (&program.stepped, &mut trace.stepped) else { return Ok(()) };
        stepped.html.clear();
        let Some(drawing) = stepped.to_draw(stepping, &program.entry) else { return Ok(()) };
        match self.draw(program, Picture::Steps, drawing)? {
            Ok(html) => stepped.html = html,
            Err(outcome) => trace.outcome = outcome,
        }
        Ok(())
    }

    fn draw_modules(&mut self, program: &Program, trace: &mut Trace) -> io::Result<()> {
        let Some(graph) = &mut trace.modules else { return Ok(()) };
        graph.html.clear();
        let Some(drawing) = graph.to_draw(&program.entry) else { return Ok(()) };
        match self.draw(program, Picture::Modules, drawing)? {
            Ok(html) => graph.html = html,
            Err(outcome) => trace.outcome = outcome,
        }
        Ok(())
    }

    /// Draws what a program told of its run, in a process where nothing of the author's ever runs.
    fn draw(
        &mut self,
        program: &Program,
        picture: Picture,
        drawing: String,
    ) -> io::Result<Result<String, Outcome>> {
        let own = self.reader.take();
        let reader = self.worker(own, &self.pool.readers)?;
        let (drawn, reader) = reader.draw(picture, drawing, program.limits.time());
        self.reader = reader;
        Ok(drawn)
    }

    /// A program that was only parsed before has been read.
    fn read(&mut self, program: &Program) -> io::Result<Result<Reading, Outcome>> {
        if !program.norun
            && let Some(key) = key(program)
            && let Some(reading) = lock(&self.pool.readings).remove(&key)
        {
            return Ok(Ok(reading));
        }
        let own = self.reader.take();
        let reader = self.worker(own, &self.pool.readers)?;
        let (reading, reader) = reader.read(program);
        self.reader = reader;
        Ok(reading)
    }

    fn worker(&mut self, own: Option<Worker>, idle: &Mutex<Vec<Worker>>) -> io::Result<Worker> {
        let worker = match own.or_else(|| lock(idle).pop()) {
            Some(worker) => worker,
            None => Worker::start(&self.pool.options)?,
        };
        self.engine.get_or_insert_with(|| worker.engine.clone());
        Ok(worker)
    }
}

/// A panic elsewhere leaves what is behind the lock as good as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
