//! The realm that reads sources with web/tools: what is said of a program before it runs, and what a failing place says
//! while it runs. Nothing of the author's runs here, so nothing that a program changes reaches it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use rquickjs::{CatchResultExt, Context, Ctx, Error, Function, Object, Persistent, Value};

use crate::engine::bundle;
use crate::engine::frame::Picture;
use crate::engine::program::Program;
use crate::engine::quickjs::chunks::{Chunks, evaluate};
use crate::engine::quickjs::values::to_js;
use crate::engine::reading::Reading;
use crate::engine::trace::{Outcome, Parsed};

pub struct Reader {
    /// Evaluated when first asked for: a process that runs programs may never need them.
    tools: OnceCell<Persistent<Object<'static>>>,
    drawings: RefCell<HashMap<Picture, Persistent<Function<'static>>>>,
    chunks: Rc<Chunks>,
    // Declared last: a persistent value must not outlive its runtime.
    realm: Context,
}

impl Reader {
    pub fn new(realm: Context, chunks: Rc<Chunks>) -> Reader {
        Reader { tools: OnceCell::new(), drawings: RefCell::default(), chunks, realm }
    }

    /// Has the tools at hand from here on. What can't be evaluated is told where it is asked for.
    pub fn make_ready(&self) {
        if self.tools.get().is_some() {
            return;
        }
        // The compiler's realm may be this one: it is not entered twice.
        let Some(code) = self.chunks.get(bundle::TOOLS.name) else { return };
        let tools =
            self.realm.with(|ctx| evaluate::<Object>(&ctx, &code).map(|tools| Persistent::save(&ctx, tools)));
        if let Ok(tools) = tools {
            let _ = self.tools.set(tools);
        }
    }

    fn tools<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
        self.tools.get().ok_or(Error::Unknown)?.clone().restore(ctx)
    }

    /// Parses each file that holds JavaScript.
    pub fn read(&self, program: &Program) -> Reading {
        self.make_ready();
        self.realm.with(|ctx| {
            self.read_in(&ctx, program).catch(&ctx).unwrap_or_else(|error| Reading {
                failed: Some(failure(&error.to_string())),
                parsed: None,
                files: Vec::new(),
            })
        })
    }

    fn read_in<'js>(&self, ctx: &Ctx<'js>, program: &Program) -> rquickjs::Result<Reading> {
        let read: Function = self.tools(ctx)?.get("read")?;
        let answer: Value = read.call((to_js(ctx, program)?,))?;
        let json = ctx.json_stringify(answer)?.ok_or(Error::Unknown)?.to_string()?;
        let mut reading: Reading = serde_json::from_str(&json)
            .map_err(|error| Error::new_from_js_message("reading", "Reading", error.to_string()))?;
        for file in &mut reading.files {
            let byte = Bytes::of(&file.source);
            for insertion in &mut file.insertions {
                insertion.at = byte.at(insertion.at);
            }
        }
        reading.parsed = reading.parsed.map(|parsed| in_bytes(parsed, watched_source(program)));
        Ok(reading)
    }

    /// V8's message for an error of the engine's; none when the source does not tell it either.
    pub fn v8_words(&self, failure: &serde_json::Value) -> Option<String> {
        self.make_ready();
        self.realm.with(|ctx| {
            let words = || -> rquickjs::Result<Option<String>> {
                let words: Function = self.tools(&ctx)?.get("v8Words")?;
                words.call((ctx.json_parse(failure.to_string())?,))
            };
            words().catch(&ctx).ok().flatten()
        })
    }

    /// A picture as HTML; none when drawing it fails.
    pub fn draw(&self, picture: Picture, drawing: String) -> Option<String> {
        let chunk = match picture {
            Picture::Steps => bundle::DRAWING,
            Picture::Modules => bundle::MODULE_DRAWING,
        };
        let code = self.chunks.get(chunk.name)?;
        self.realm.with(|ctx| {
            let draw = || -> rquickjs::Result<String> {
                let known = self.drawings.borrow().get(&picture).cloned();
                let drawer = match known {
                    Some(drawer) => drawer.restore(&ctx)?,
                    None => {
                        let made = evaluate::<Function>(&ctx, &code)?;
                        self.drawings.borrow_mut().insert(picture, Persistent::save(&ctx, made.clone()));
                        made
                    }
                };
                drawer.call((drawing,))
            };
            draw().catch(&ctx).ok()
        })
    }
}

fn watched_source(program: &Program) -> &str {
    let path = program.record.as_ref().unwrap_or(&program.entry);
    program.files.iter().find(|file| file.path == *path).map_or("", |file| file.source.as_str())
}

/// Brackets in brackets in brackets: the parser has no room, by acorn's own words or the engine's.
fn failure(error: &str) -> Outcome {
    let has_no_room = ["Not enough stack space", "Maximum call stack size"];
    match has_no_room.iter().any(|words| error.contains(words)) {
        true => Outcome::Limit { what: "nesting".into() },
        false => Outcome::Crashed { reason: format!("its source can't be read: {error}") },
    }
}

/// The UTF-16 offsets of JavaScript as byte offsets of a source.
struct Bytes {
    /// None: they are the same.
    table: Option<Vec<usize>>,
    length: usize,
}

impl Bytes {
    fn of(source: &str) -> Bytes {
        let length = source.len();
        if source.is_ascii() {
            return Bytes { table: None, length };
        }
        let mut table = Vec::with_capacity(length + 1);
        for (index, character) in source.char_indices() {
            table.extend(std::iter::repeat_n(index, character.len_utf16()));
        }
        table.push(length);
        Bytes { table: Some(table), length }
    }

    fn at(&self, offset: usize) -> usize {
        match &self.table {
            None => offset,
            Some(table) => table.get(offset).copied().unwrap_or(self.length),
        }
    }
}

fn in_bytes(mut parsed: Parsed, source: &str) -> Parsed {
    let bytes = Bytes::of(source);
    let byte = |offset| bytes.at(offset);
    for statement in &mut parsed.statements {
        (statement.start, statement.end) = (byte(statement.start), byte(statement.end));
    }
    for comment in &mut parsed.comments {
        (comment.start, comment.end) = (byte(comment.start), byte(comment.end));
    }
    for mutant in &mut parsed.mutants {
        (mutant.start, mutant.end) = (byte(mutant.start), byte(mutant.end));
        (mutant.whole_start, mutant.whole_end) = (byte(mutant.whole_start), byte(mutant.whole_end));
    }
    for edit in parsed.misconceptions.iter_mut().flat_map(|one| &mut one.edits) {
        (edit.start, edit.end) = (byte(edit.start), byte(edit.end));
    }
    for line in &mut parsed.refused {
        (line.start, line.end) = (byte(line.start), byte(line.end));
        line.error.offset = byte(line.error.offset);
    }
    if let Some(error) = &mut parsed.error {
        error.offset = byte(error.offset);
    }
    parsed
}
