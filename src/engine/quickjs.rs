//! The JavaScript engine: a realm for reading sources, and a fresh one for each program. The only module that names
//! rquickjs.
//!
//! It knows nothing of what a program is for. It runs in worker processes only: the engine is C, and its built-ins can
//! outlast every limit set here.

mod chunks;
mod details;
mod intl;
mod memory;
mod modules;
mod reader;
mod realm;
mod rejections;
mod scripts;
mod values;
mod watch;

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Context, Runtime, qjs};

use crate::engine::bundle;
use crate::engine::frame::Picture;
use crate::engine::prepared::Prepared;
use crate::engine::program::{Conditions, Host, Program};
use crate::engine::quickjs::chunks::Chunks;
use crate::engine::quickjs::reader::Reader;
use crate::engine::quickjs::realm::Realm;
use crate::engine::reading::Reading;
use crate::engine::trace::{Outcome, Trace};

/// Realms that are kept ready: nearly all programs of a book are of one shape.
const READY: usize = 4;

/// The compiled runtime, the realm that reads sources, and realms that wait for a program. One a process.
pub struct Engine {
    chunks: Rc<Chunks>,
    reader: Rc<Reader>,
    ready: RefCell<Vec<(Shape, Realm)>>,
}

/// What a realm depends on that is made ready before its program is known.
#[derive(PartialEq)]
struct Shape {
    conditions: Conditions,
    turns: usize,
    host: Host,
    entry: String,
    is_recorded: bool,
    has_probes: bool,
    tests: bool,
    expects: bool,
}

impl Shape {
    fn of(program: &Program) -> Shape {
        Shape {
            conditions: program.conditions.clone(),
            turns: program.limits.turns,
            host: program.host,
            entry: program.entry.clone(),
            is_recorded: program.record.is_some(),
            has_probes: !program.probes.is_empty(),
            tests: program.tests,
            expects: expects(program),
        }
    }
}

impl Engine {
    pub fn new() -> Result<Engine, String> {
        let runtime = Runtime::new().map_err(|error| error.to_string())?;
        let reading = Context::full(&runtime).map_err(|error| error.to_string())?;
        let chunks = Rc::new(Chunks::new(reading.clone()));
        let reader = Rc::new(Reader::new(reading, Rc::clone(&chunks)));
        Ok(Engine { chunks, reader, ready: RefCell::default() })
    }

    pub fn version(&self) -> String {
        // SAFETY: JS_GetVersion returns a pointer to a static, NUL-terminated string.
        let version = unsafe { std::ffi::CStr::from_ptr(qjs::JS_GetVersion()) };
        format!("quickjs-ng {}", version.to_string_lossy())
    }

    /// Parses each file that holds JavaScript.
    pub fn read(&self, program: &Program) -> Reading {
        self.reader.read(program)
    }

    /// A picture as HTML; none when drawing it fails.
    pub fn draw(&self, picture: Picture, drawing: String) -> Option<String> {
        self.reader.draw(picture, drawing)
    }

    /// Makes a realm ready for the program and for those like it, in a process that forks before it runs one.
    pub fn make_ready(&self, program: &Program) -> Result<(), String> {
        let shape = Shape::of(program);
        let mut ready = self.ready.borrow_mut();
        if let Some(at) = ready.iter().position(|(other, _)| *other == shape) {
            // The last one is the one used last.
            let used = ready.remove(at);
            ready.push(used);
            return Ok(());
        }
        let realm = self.realm(program)?;
        realm.open(program)?;
        if ready.len() == READY {
            ready.remove(0);
        }
        ready.push((shape, realm));
        Ok(())
    }

    /// Runs a program to its end in a realm of its own.
    pub fn run(&self, program: &Program, prepared: &Prepared) -> Trace {
        match self.realm(program) {
            Ok(realm) => realm.run(program, prepared),
            Err(error) => no_realm(&error),
        }
    }

    /// As [`Engine::run`], in the realm that was made ready. For a process that ends afterwards: nothing is cleared away.
    pub fn run_last(&self, program: &Program, prepared: &Prepared) -> Trace {
        let shape = Shape::of(program);
        match self.ready.borrow().iter().find(|(other, _)| *other == shape) {
            Some((_, realm)) => realm.run(program, prepared),
            None => no_realm("none was made ready"),
        }
    }

    fn realm(&self, program: &Program) -> Result<Realm, String> {
        let (chunks, reader) = (Rc::clone(&self.chunks), Rc::clone(&self.reader));
        Realm::new(chunks, reader, &program.conditions, program.limits.turns)
    }

    /// The chunks that were compiled since this was asked last.
    pub fn newly_compiled(&self) -> Vec<String> {
        self.chunks.newly_compiled()
    }

    /// Compiles chunks that another process had to compile for its program. The tools it had to evaluate, too.
    pub fn compile<'a>(&self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            self.chunks.get(name);
            if name == bundle::TOOLS.name {
                self.reader.make_ready();
            }
        }
        self.chunks.newly_compiled();
    }
}

/// Its tests may ask for `expect` or for chai, which take a while to load: once for all programs that do.
fn expects(program: &Program) -> bool {
    let names = |source: &str| source.contains("expect") || source.contains("chai");
    program.tests && program.files.iter().any(|file| names(&file.source))
}

fn no_realm(reason: &str) -> Trace {
    Trace::ended(None, Outcome::Crashed { reason: format!("no realm: {reason}") })
}
