//! The bundle inside the engine: compiled once a process, evaluated once a realm.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rquickjs::module::WriteOptions;
use rquickjs::{Context, Ctx, Module, Value};

use crate::engine::bundle::{self, Chunk};

/// The bundle's chunks as bytecode, each compiled when it is first wanted.
pub struct Chunks {
    compiler: Context,
    compiled: RefCell<HashMap<String, Rc<[u8]>>>,
    new: RefCell<Vec<String>>,
}

impl Chunks {
    pub fn new(compiler: Context) -> Chunks {
        Chunks { compiler, compiled: RefCell::default(), new: RefCell::default() }
    }

    pub fn get(&self, name: &str) -> Option<Rc<[u8]>> {
        if let Some(code) = self.compiled.borrow().get(name) {
            return Some(Rc::clone(code));
        }
        let chunk = bundle::CHUNKS
            .iter()
            .chain([&bundle::TOOLS, &bundle::DRAWING, &bundle::MODULE_DRAWING])
            .find(|chunk| chunk.name == name)?;
        let code: Rc<[u8]> = self.compiler.with(|ctx| compile(&ctx, chunk)).ok()?.into();
        self.compiled.borrow_mut().insert(name.to_owned(), Rc::clone(&code));
        self.new.borrow_mut().push(name.to_owned());
        Some(code)
    }

    /// Those compiled since this was asked last.
    pub fn newly_compiled(&self) -> Vec<String> {
        self.new.take()
    }
}

/// Bytecode of a chunk, made in this process from embedded text.
fn compile(ctx: &Ctx<'_>, chunk: &Chunk) -> rquickjs::Result<Vec<u8>> {
    let module = Module::declare(ctx.clone(), format!("galley:{}", chunk.name), chunk.source)?;
    module.write(WriteOptions { strip_source: true, ..WriteOptions::default() })
}

/// The chunk's default export.
pub fn evaluate<'js, T: rquickjs::FromJs<'js>>(ctx: &Ctx<'js>, bytecode: &[u8]) -> rquickjs::Result<T> {
    // SAFETY: the bytes come from `compile` in this very process, so they are valid bytecode of this engine.
    let module = unsafe { Module::load(ctx.clone(), bytecode)? };
    let (module, settled) = module.eval()?;
    // A chunk can run out of stack, or meet what the program has made of the language.
    if let Some(Err(error)) = settled.result::<Value>() {
        return Err(error);
    }
    module.get("default")
}
