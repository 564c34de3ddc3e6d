//! The child process (`mdbook-galley __worker`): takes programs from stdin one at a time, answers on stdout.
//!
//! It decides nothing: the parent owns the clock and the verdict.

use std::io;
use std::thread;

use crate::engine::frame::{self, Request, Response};
use crate::engine::quickjs::Engine;

/// The engine's stack limit must stay far below the real stack, which therefore is of our own size.
const STACK: usize = 32 << 20;

/// Serves until stdin ends.
pub fn serve() -> io::Result<()> {
    thread::Builder::new()
        .name("engine".into())
        .stack_size(STACK)
        .spawn(serve_here)?
        .join()
        .unwrap_or_else(|_| Err(io::Error::other("the engine's thread panicked")))
}

fn serve_here() -> io::Result<()> {
    let mut requests = io::stdin().lock();
    let mut responses = io::stdout().lock();
    let engine = Engine::new().map_err(io::Error::other)?;
    frame::write(&mut responses, &Response::Ready { engine: engine.version() })?;
    while let Some(Request { nonce, program }) = frame::read(&mut requests)? {
        let prepared = engine.prepare(&program);
        frame::write(&mut responses, &Response::Parsed { nonce, parsed: prepared.parsed.clone() })?;
        let trace = engine.run(&program, &prepared);
        frame::write(&mut responses, &Response::Ended { nonce, trace: Box::new(trace) })?;
    }
    Ok(())
}
