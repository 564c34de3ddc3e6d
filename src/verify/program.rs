//! How the program is made that runs an example: the code of the examples that it shares its state with before its own,
//! its text's virtual files beside it, limits around it.

use crate::book::config::Config;
use crate::book::load::Sources;
use crate::book::markdown::{Document, Node};
use crate::engine::program::{Host, Kind, Limits, Program, SourceText, World};
use crate::verify::{Owner, Text};

/// The code of one example inside a program's entry.
pub struct Part {
    /// Index into the owner's examples.
    pub index: usize,
    /// Where it begins in the entry's source.
    pub start: usize,
    /// Its first line in the entry's source, from 1.
    pub line: usize,
}

/// The virtual files that a text's programs see: blocks with `file=`, and an exercise's solution and files.
fn files(sources: &Sources, text: Text<'_>) -> Vec<SourceText> {
    let mut files: Vec<SourceText> = Vec::new();
    if let Owner::Exercise(index) = text.owner {
        let exercise = &sources.exercises[index];
        files.push(SourceText {
            path: format!("/{}", exercise.settings.answer),
            source: exercise.solution.text.clone(),
        });
        files.extend(
            exercise
                .files
                .iter()
                .map(|(path, file)| SourceText { path: format!("/{path}"), source: file.text.clone() }),
        );
    }
    for example in text.examples {
        if let Some(file) = &example.attributes.file {
            files.push(SourceText { path: format!("/{file}"), source: example.code.text.clone() });
        }
    }
    files.extend(data_files(text.document));
    files
}

/// Blocks of other languages with `file=`, e.g. JSON.
fn data_files(document: &Document) -> impl Iterator<Item = SourceText> + '_ {
    document.nodes.iter().filter_map(|node| {
        let Node::Block(block) = node else { return None };
        let mut words = block.info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let language = words.next()?;
        let file = words.find_map(|word| word.strip_prefix("file="))?;
        (!crate::book::example::is_javascript(language))
            .then(|| SourceText { path: format!("/{file}"), source: block.code.text.clone() })
    })
}

/// The examples' code one after the other, as the entry of a program; with its text's files and limits.
pub fn program(
    sources: &Sources,
    text: Text<'_>,
    indices: &[usize],
    probes: &[String],
) -> (Program, Vec<Part>) {
    let files = files(sources, text);
    let last = indices.last().map(|&index| &text.examples[index]);
    let mut source = String::new();
    let mut parts = Vec::new();
    for &index in indices {
        let code = &text.examples[index].code.text;
        let start = source.len();
        let line = source.matches('\n').count() + 1;
        source.push_str(code);
        parts.push(Part { index, start, line });
        if !source.ends_with('\n') {
            source.push('\n');
        }
    }
    let entry = match last.and_then(|example| example.attributes.file.as_ref()) {
        Some(file) => format!("/{file}"),
        None => free_name(&files),
    };
    let mut program_files = vec![SourceText { path: entry.clone(), source }];
    program_files.extend(files.iter().filter(|file| file.path != entry).cloned());
    let program = Program {
        files: program_files,
        entry: entry.clone(),
        kind: last.and_then(|example| example.attributes.kind).map(kind),
        probes: probes.to_vec(),
        tests: false,
        record: Some(entry),
        watch: Vec::new(),
        host: host(last.and_then(|example| example.attributes.host).unwrap_or(sources.config.host)),
        norun: false,
        limits: limits(&sources.config, last.and_then(|example| example.attributes.timeout_ms)),
        world: World::default(),
    };
    (program, parts)
}

/// A name for the example itself that no file of the chapter has.
fn free_name(files: &[SourceText]) -> String {
    let taken = |name: &str| files.iter().any(|file| file.path == name);
    let mut name = "/main.js".to_owned();
    let mut count = 1;
    while taken(&name) {
        count += 1;
        name = format!("/main{count}.js");
    }
    name
}

pub fn kind(kind: crate::book::example::Kind) -> Kind {
    match kind {
        crate::book::example::Kind::Script => Kind::Script,
        crate::book::example::Kind::CommonJs => Kind::CommonJs,
        crate::book::example::Kind::Module => Kind::Module,
    }
}

pub fn limits(config: &Config, timeout_ms: Option<u64>) -> Limits {
    let time_ms = timeout_ms.unwrap_or(u64::try_from(config.timeout.as_millis()).unwrap_or(u64::MAX));
    Limits { time_ms, memory: usize::try_from(config.memory).unwrap_or(usize::MAX), ..Limits::default() }
}

fn host(host: crate::book::config::Host) -> Host {
    match host {
        crate::book::config::Host::Node => Host::Node,
        crate::book::config::Host::Repl => Host::Repl,
        crate::book::config::Host::Browser => Host::Browser,
    }
}
