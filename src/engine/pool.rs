//! The parent's side: hands programs to worker processes, owns the clock, kills what overstays, replaces what died.
//!
//! A program that takes its worker down fails alone and is never tried again: a flaky crash is a finding.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::engine::frame::{self, Request, Response};
use crate::engine::program::Program;
use crate::engine::trace::{Outcome, Parsed, Trace};

/// How long a worker may take to start, and how much longer than its limit a program may take to be interrupted.
const START: Duration = Duration::from_secs(60);
const GRACE: Duration = Duration::from_millis(750);

/// Where the workers come from and how many there are.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `mdbook-galley` binary.
    pub binary: PathBuf,
    pub jobs: usize,
}

impl Options {
    /// This very binary, one worker a core.
    pub fn here() -> io::Result<Options> {
        let jobs = thread::available_parallelism().map_or(1, usize::from);
        Ok(Options { binary: std::env::current_exe()?, jobs })
    }
}

/// What the workers said.
pub struct Ran {
    /// One for each program, in its place.
    pub traces: Vec<Trace>,
    /// The engine's name and version; empty when nothing was to be run.
    pub engine: String,
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
        let results = Mutex::new((vec![None; programs.len()], String::new()));
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
                results.1 = engine;
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

/// A child that is ready for the next program.
struct Worker {
    child: Child,
    stdin: ChildStdin,
    responses: Receiver<io::Result<Response>>,
    engine: String,
}

impl Worker {
    fn start(options: &Options) -> io::Result<Worker> {
        let mut child = Command::new(&options.binary)
            .arg("__worker")
            .env_clear()
            // The C library would read the machine's time zone.
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                io::Error::new(
                    error.kind(),
                    format!("can't start a worker ({}): {error}", options.binary.display()),
                )
            })?;
        let (Some(stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a worker was started without pipes"));
        };
        let (sender, responses) = mpsc::channel();
        thread::spawn(move || {
            while let Some(response) = frame::read(&mut stdout).transpose() {
                let failed = response.is_err();
                if sender.send(response).is_err() || failed {
                    break;
                }
            }
        });
        let mut worker = Worker { child, stdin, responses, engine: String::new() };
        match worker.responses.recv_timeout(START) {
            Ok(Ok(Response::Ready { engine })) => {
                worker.engine = engine;
                Ok(worker)
            }
            _ => {
                let status = worker.end()?;
                Err(io::Error::other(format!("a worker did not start ({status})")))
            }
        }
    }

    /// Runs one program; gives the worker back if it can take another one.
    fn run(mut self, program: &Program) -> (Trace, Option<Worker>) {
        let nonce = RandomState::new().build_hasher().finish();
        let request = Request { nonce, program: program.clone() };
        let deadline = Instant::now() + program.limits.time() + GRACE;
        if let Err(error) = frame::write(&mut self.stdin, &request) {
            return (self.died(None, &error.to_string()), None);
        }
        let mut known: Option<Parsed> = None;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.responses.recv_timeout(left) {
                Ok(Ok(Response::Parsed { nonce: theirs, parsed })) if theirs == nonce => known = parsed,
                Ok(Ok(Response::Ended { nonce: theirs, trace })) if theirs == nonce => {
                    return (Trace { parsed: known, ..*trace }, Some(self));
                }
                Ok(Ok(_)) => return (self.died(known, "it answered out of turn"), None),
                Ok(Err(error)) => return (self.died(known, &error.to_string()), None),
                Err(RecvTimeoutError::Disconnected) => {
                    return (self.died(known, "it ended without an answer"), None);
                }
                Err(RecvTimeoutError::Timeout) => {
                    // The engine did not notice its own deadline: a built-in that runs long.
                    let _ = self.end();
                    return (Trace::ended(known, Outcome::TimedOut), None);
                }
            }
        }
    }

    fn died(mut self, parsed: Option<Parsed>, what: &str) -> Trace {
        let reason = match self.end() {
            Ok(status) => format!("the engine's process failed: {what} ({status})"),
            Err(error) => format!("the engine's process failed: {what} ({error})"),
        };
        Trace::ended(parsed, Outcome::Crashed { reason })
    }

    fn end(&mut self) -> io::Result<ExitStatus> {
        // One that is ending by itself gets a moment, so that the signal that took it down is the one reported.
        for _ in 0..20 {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
