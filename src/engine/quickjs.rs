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
use crate::engine::program::{Conditions, Program};
use crate::engine::quickjs::chunks::Chunks;
pub use crate::engine::quickjs::reader::Prepared;
use crate::engine::quickjs::reader::Reader;
use crate::engine::quickjs::realm::Realm;
use crate::engine::trace::{Outcome, SyntaxProblem, Thrown, Trace};

/// Realms that are kept ready: nearly all programs of a book share their conditions.
const READY: usize = 4;

/// The compiled runtime, the realm that reads sources, and realms that wait for a program. One a process.
pub struct Engine {
    chunks: Rc<Chunks>,
    reader: Rc<Reader>,
    ready: RefCell<Vec<Ready>>,
}

/// A realm that no program has run in yet, and what it was made for.
struct Ready {
    conditions: Conditions,
    turns: usize,
    realm: Realm,
}

impl Ready {
    fn is_for(&self, program: &Program) -> bool {
        self.conditions == program.conditions && self.turns == program.limits.turns
    }
}

impl Engine {
    pub fn new() -> Result<Engine, String> {
        let runtime = Runtime::new().map_err(|error| error.to_string())?;
        let reading = Context::full(&runtime).map_err(|error| error.to_string())?;
        let chunks = Chunks::new(reading.clone());
        let code = chunks.get(bundle::TOOLS.name).ok_or("the bundled JavaScript does not compile")?;
        let reader = Reader::new(reading, &code)
            .map_err(|error| format!("the bundled JavaScript does not load: {error}"))?;
        Ok(Engine { chunks: Rc::new(chunks), reader: Rc::new(reader), ready: RefCell::default() })
    }

    pub fn version(&self) -> String {
        // SAFETY: JS_GetVersion returns a pointer to a static, NUL-terminated string.
        let version = unsafe { std::ffi::CStr::from_ptr(qjs::JS_GetVersion()) };
        format!("quickjs-ng {}", version.to_string_lossy())
    }

    /// Parses each file that holds JavaScript and writes the recorder's calls into it.
    pub fn prepare(&self, program: &Program) -> Prepared {
        self.reader.prepare(program)
    }

    /// What comes of a program that is not to run, or can't; none for any other.
    pub fn unrun(&self, program: &Program, prepared: &Prepared) -> Option<Trace> {
        let problem = prepared.parsed.as_ref().and_then(|parsed| parsed.error.as_ref());
        let outcome = match problem {
            Some(problem) => Outcome::SyntaxError { error: syntax_error(program, problem) },
            None if program.norun => Outcome::NotRun,
            None => return None,
        };
        Some(Trace::ended(None, outcome))
    }

    /// Makes a realm ready for the program and for those like it, for a process that forks before it runs one.
    pub fn make_ready(&self, program: &Program) -> Result<(), String> {
        let mut ready = self.ready.borrow_mut();
        if ready.iter().any(|ready| ready.is_for(program)) {
            return Ok(());
        }
        let realm = self.realm(program)?;
        realm.warm_up().map_err(|error| error.to_string())?;
        if ready.len() == READY {
            ready.remove(0);
        }
        ready.push(Ready { conditions: program.conditions.clone(), turns: program.limits.turns, realm });
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
        match self.ready.borrow().iter().find(|ready| ready.is_for(program)) {
            Some(ready) => ready.realm.run(program, prepared),
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

    /// Compiles chunks that another process had to compile for its program.
    pub fn compile<'a>(&self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            self.chunks.get(name);
        }
        self.chunks.newly_compiled();
    }
}

fn no_realm(reason: &str) -> Trace {
    Trace::ended(None, Outcome::Crashed { reason: format!("no realm: {reason}") })
}

fn syntax_error(program: &Program, problem: &SyntaxProblem) -> Thrown {
    Thrown {
        name: "SyntaxError".into(),
        message: problem.message.clone(),
        code: None,
        file: Some(program.record.clone().unwrap_or_else(|| program.entry.clone())),
        line: Some(problem.line),
        stack: String::new(),
    }
}
