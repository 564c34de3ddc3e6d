//! The child process (`mdbook-galley __worker`): takes programs from stdin one at a time, answers on stdout.
//!
//! It decides nothing: the parent owns the clock and the verdict. On Unix it is a fork server: the runtime is loaded
//! once, and each program runs in a process of its own that is forked from it. Elsewhere programs run in the worker
//! itself, each in a fresh runtime.

#[cfg(unix)]
pub mod fork;
pub mod sandbox;

use std::io::{self, Write};

use crate::engine::frame::{self, Request, Response, Task};
use crate::engine::prepared::Prepared;
use crate::engine::program::Program;
use crate::engine::quickjs::Engine;
use crate::engine::trace::{Outcome, Trace};
use crate::engine::worker::sandbox::Sandbox;

/// The engine's stack limit must stay far below the real stack, which therefore is of our own size.
const STACK: usize = 32 << 20;

#[cfg(unix)]
const MOST_CHUNKS: usize = 200;

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Each program runs in a process of its own, where the system can fork.
    pub forks: bool,
    /// Nothing runs unless the operating system's sandbox holds.
    pub require_sandbox: bool,
}

/// Serves until stdin ends.
pub fn serve(options: Options) -> io::Result<()> {
    // On a stack of its own, but not in a thread: a process that forks must have one only.
    stacker::grow(STACK, || serve_here(options))
}

fn serve_here(options: Options) -> io::Result<()> {
    let mut requests = io::stdin().lock();
    let mut responses = io::stdout().lock();
    let sandbox = match Sandbox::enter(options.require_sandbox) {
        Ok(sandbox) => sandbox,
        Err(why) => return frame::write(&mut responses, &Response::Refused { why }),
    };
    let engine = Engine::new().map_err(io::Error::other)?;
    let ready = Response::Ready { engine: engine.version(), sandbox: sandbox.to_string() };
    frame::write(&mut responses, &ready)?;
    let runner = Runner { engine, sandbox, forks: options.forks };
    while let Some(Request { nonce, task }) = frame::read(&mut requests)? {
        match task {
            Task::Run(program, prepared) => runner.run(nonce, &program, &prepared, &mut responses)?,
            Task::Read(program) => {
                let reading = Box::new(runner.engine.read(&program));
                frame::write(&mut responses, &Response::Read { nonce, reading })?;
            }
            Task::Draw(picture, drawing) => {
                let html = runner.engine.draw(picture, drawing);
                frame::write(&mut responses, &Response::Drawn { nonce, html })?;
            }
        }
    }
    Ok(())
}

fn ended(nonce: u64, trace: Trace) -> Response {
    Response::Ended { nonce, trace: Box::new(trace) }
}

struct Runner {
    engine: Engine,
    sandbox: Sandbox,
    forks: bool,
}

impl Runner {
    /// Runs a program to its end and says what came of it.
    fn run(
        &self,
        nonce: u64,
        program: &Program,
        prepared: &Prepared,
        responses: &mut impl Write,
    ) -> io::Result<()> {
        #[cfg(unix)]
        if self.forks {
            return self.run_in_child(nonce, program, prepared, responses);
        }
        frame::write(responses, &ended(nonce, self.engine.run(program, prepared)))
    }

    #[cfg(unix)]
    fn run_in_child(
        &self,
        nonce: u64,
        program: &Program,
        prepared: &Prepared,
        responses: &mut impl Write,
    ) -> io::Result<()> {
        if let Err(reason) = self.engine.make_ready(program) {
            return frame::write(responses, &ended(nonce, Trace::ended(None, Outcome::Crashed { reason })));
        }
        let child = fork::start(|| {
            self.sandbox.tighten(&program.limits)?;
            let response = ended(nonce, self.engine.run_last(program, prepared));
            // The chunks that it had to compile, for the processes to come; then the message.
            let mut answer = self.engine.newly_compiled().join(" ").into_bytes();
            answer.push(b'\n');
            serde_json::to_writer(&mut answer, &response)?;
            Ok(answer)
        });
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                let how = format!("there is no process for it: {error}");
                return frame::write(responses, &Response::Died { nonce, how });
            }
        };
        frame::write(responses, &Response::Started { nonce, pid: child.pid() })?;
        match child.answer() {
            Ok(answer) => {
                let line = answer.iter().position(|&byte| byte == b'\n').unwrap_or(answer.len());
                let (chunks, message) = answer.split_at(line);
                frame::write_bytes(responses, message.get(1..).unwrap_or_default())?;
                // There are not that many: more would be nobody's honest answer.
                self.engine.compile(String::from_utf8_lossy(chunks).split_whitespace().take(MOST_CHUNKS));
                Ok(())
            }
            Err(how) => frame::write(responses, &Response::Died { nonce, how }),
        }
    }
}
