//! The realm that reads sources with web/tools: what is said of a program before it runs, and what a failing place says
//! while it runs. Nothing of the author's runs here, so nothing that a program changes reaches it.

use rquickjs::{CatchResultExt, Context, Ctx, Error, Function, Object, Persistent, Value};

use crate::engine::program::{Kind, Program};
use crate::engine::quickjs::chunks::evaluate;
use crate::engine::quickjs::values::from_js;
use crate::engine::trace::Parsed;

pub struct Reader {
    tools: Persistent<Object<'static>>,
    // Declared last: a persistent value must not outlive its runtime.
    realm: Context,
}

/// A program whose sources have been read.
pub struct Prepared {
    /// Of the recorded file, or of the entry when none is recorded.
    pub parsed: Option<Parsed>,
    pub(super) kind: Kind,
    /// JSON of `Prepared[]`.
    pub(super) files: String,
}

impl Reader {
    /// `tools`: the chunk's bytecode.
    pub fn new(realm: Context, tools: &[u8]) -> rquickjs::Result<Reader> {
        let tools =
            realm.with(|ctx| Ok::<_, Error>(Persistent::save(&ctx, evaluate::<Object>(&ctx, tools)?)))?;
        Ok(Reader { tools, realm })
    }

    /// Parses each file that holds JavaScript and writes the recorder's calls into it.
    pub fn prepare(&self, program: &Program) -> Prepared {
        self.realm.with(|ctx| {
            self.prepare_in(&ctx, program).catch(&ctx).unwrap_or_else(|error| Prepared {
                parsed: None,
                kind: Kind::Script,
                files: format!(
                    "{{\"failed\":{}}}",
                    serde_json::Value::from(format!("the source can't be read: {error}"))
                ),
            })
        })
    }

    fn prepare_in<'js>(&self, ctx: &Ctx<'js>, program: &Program) -> rquickjs::Result<Prepared> {
        let tools = self.tools.clone().restore(ctx)?;
        let prepare: Function = tools.get("prepare")?;
        let request = serde_json::to_string(program).map_err(|_| Error::Unknown)?;
        let answer: Object = prepare.call((ctx.json_parse(request)?,))?;
        let parsed: Option<Parsed> = from_js(answer.get("parsed")?);
        let source = watched_source(program);
        let kind = parsed.as_ref().map_or(Kind::Script, |parsed| parsed.kind);
        let files: Value = answer.get("files")?;
        let files = ctx.json_stringify(files)?.ok_or(Error::Unknown)?.to_string()?;
        Ok(Prepared { parsed: parsed.map(|parsed| in_bytes(parsed, source)), kind, files })
    }

    /// V8's message for an error of the engine's; none when the source does not tell it either.
    pub fn v8_words(&self, failure: &serde_json::Value) -> Option<String> {
        self.realm.with(|ctx| {
            let words = || -> rquickjs::Result<Option<String>> {
                let words: Function = self.tools.clone().restore(&ctx)?.get("v8Words")?;
                words.call((ctx.json_parse(failure.to_string())?,))
            };
            words().catch(&ctx).ok().flatten()
        })
    }
}

fn watched_source(program: &Program) -> &str {
    let path = program.record.as_ref().unwrap_or(&program.entry);
    program.files.iter().find(|file| file.path == *path).map_or("", |file| file.source.as_str())
}

/// Turns the UTF-16 offsets of JavaScript into byte offsets of `source`.
fn in_bytes(mut parsed: Parsed, source: &str) -> Parsed {
    if source.is_ascii() {
        return parsed;
    }
    let mut bytes = Vec::with_capacity(source.len() + 1);
    for (index, character) in source.char_indices() {
        bytes.extend(std::iter::repeat_n(index, character.len_utf16()));
    }
    bytes.push(source.len());
    let byte = |offset: usize| bytes.get(offset).copied().unwrap_or(source.len());
    for statement in &mut parsed.statements {
        (statement.start, statement.end) = (byte(statement.start), byte(statement.end));
    }
    for comment in &mut parsed.comments {
        (comment.start, comment.end) = (byte(comment.start), byte(comment.end));
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
