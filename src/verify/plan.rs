//! What is to be run: one program for each example, with the blocks whose state it shares before it and the chapter's
//! files beside it.

use std::collections::HashSet;
use std::io;
use std::ops::Range;

use crate::book::config::{Config, State};
use crate::book::example::Example;
use crate::book::load::Sources;
use crate::book::markdown::{Document, Node};
use crate::claim::find::RESUME;
use crate::claim::prose::{self, ProseClaim};
use crate::engine::program::{Host, Kind, Limits, Program, SourceText};
use crate::engine::trace::Outcome;
use crate::verify::{Engine, Owner, Text};

/// An example and all that concerns it before it runs.
pub struct Planned {
    pub owner: Owner,
    /// Index into the owner's examples.
    pub index: usize,
    /// Claims of prose that speak of it.
    pub prose: Vec<crate::claim::Claim>,
    pub probes: Vec<String>,
}

/// The examples of all texts, in order, and the claims of prose that no example stands before.
pub struct Examples {
    pub planned: Vec<Planned>,
    pub orphans: Vec<(Owner, crate::claim::Claim)>,
}

/// One program to run.
pub struct Job {
    /// Index into `Examples::planned`.
    pub example: usize,
    pub purpose: Purpose,
    pub program: Program,
    /// The parts of the entry's source, in order.
    pub parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The example itself.
    Run,
    /// What is printed before the example begins.
    Before,
}

/// The code of one example inside a program's entry.
pub struct Part {
    /// Index into the owner's examples.
    pub index: usize,
    /// In the entry's source.
    pub range: Range<usize>,
    /// Its first line in the entry's source, from 1.
    pub line: usize,
}

pub fn examples(sources: &Sources) -> Examples {
    let mut examples = Examples { planned: Vec::new(), orphans: Vec::new() };
    for text in sources.texts() {
        let nodes: Vec<usize> = text.examples.iter().map(|example| example.node).collect();
        let found = prose::find(text.document, &nodes);
        let first = examples.planned.len();
        examples.planned.extend(found.probes.into_iter().enumerate().map(|(index, probes)| Planned {
            owner: text.owner,
            index,
            prose: Vec::new(),
            probes,
        }));
        for ProseClaim { claim, example } in found.claims {
            match example {
                Some(index) => examples.planned[first + index].prose.push(claim),
                None => examples.orphans.push((text.owner, claim)),
            }
        }
    }
    examples
}

/// The programs, in the order of the examples. A first, parsing run tells which blocks others can build on.
pub(super) fn jobs(sources: &Sources, examples: &Examples, engine: &mut Engine<'_>) -> io::Result<Vec<Job>> {
    let broken = unusable(sources, examples, engine)?;
    let mut jobs = Vec::new();
    for (at, planned) in examples.planned.iter().enumerate() {
        let text = sources.text(planned.owner);
        let example = &text.examples[planned.index];
        if example.attributes.ignore {
            continue;
        }
        let before: Vec<usize> = predecessors(text, planned.index, &sources.config)
            .into_iter()
            .filter(|&index| !broken.contains(&(planned.owner, index)))
            .collect();
        let files = files(sources, text);
        if !before.is_empty() && wants_output(example, planned) {
            let (program, parts) = program(sources, text, &before, &files, &[]);
            jobs.push(Job { example: at, purpose: Purpose::Before, program, parts });
        }
        let all: Vec<usize> = before.into_iter().chain([planned.index]).collect();
        let (mut program, parts) = program(sources, text, &all, &files, &planned.probes);
        program.norun = example.attributes.norun;
        jobs.push(Job { example: at, purpose: Purpose::Run, program, parts });
    }
    Ok(jobs)
}

/// Blocks that others would build on but that do not parse.
fn unusable(
    sources: &Sources,
    examples: &Examples,
    engine: &mut Engine<'_>,
) -> io::Result<HashSet<(Owner, usize)>> {
    let mut built_on = Vec::new();
    let mut seen = HashSet::new();
    for planned in &examples.planned {
        let text = sources.text(planned.owner);
        for index in predecessors(text, planned.index, &sources.config) {
            if seen.insert((planned.owner, index)) {
                built_on.push((planned.owner, index));
            }
        }
    }
    let programs: Vec<Program> = built_on
        .iter()
        .map(|&(owner, index)| {
            let (mut program, _) = program(sources, sources.text(owner), &[index], &[], &[]);
            program.norun = true;
            program
        })
        .collect();
    if programs.is_empty() {
        return Ok(HashSet::new());
    }
    let traces = engine.run(&programs)?;
    let bad = built_on.into_iter().zip(traces).filter(|(_, trace)| trace.outcome != Outcome::NotRun);
    Ok(bad.map(|(key, _)| key).collect())
}

/// The examples that run in one program before this one, in order.
fn predecessors(text: Text<'_>, index: usize, config: &Config) -> Vec<usize> {
    let example = &text.examples[index];
    let shares = |other: &Example| match config.state {
        State::Isolated => false,
        State::Section => other.section == example.section,
        State::Chapter => true,
    };
    let usable = |other: &Example| {
        let attributes = &other.attributes;
        !attributes.ignore && !attributes.norun && attributes.file.is_none() && attributes.throws.is_none()
    };
    let stands_alone = example.attributes.file.is_some();
    let chain: HashSet<usize> = continued(text.examples, index).into_iter().collect();
    (0..index)
        .filter(|&other| {
            let candidate = &text.examples[other];
            usable(candidate)
                && !stands_alone
                && (candidate.attributes.setup || chain.contains(&other) || shares(candidate))
        })
        .collect()
}

/// `continue` reaches back to the nearest example that is no file, and on from there.
fn continued(examples: &[Example], index: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = index;
    while examples[at].attributes.continues {
        let Some(previous) = (0..at).rev().find(|&other| examples[other].attributes.file.is_none()) else {
            break;
        };
        chain.push(previous);
        at = previous;
    }
    chain
}

fn wants_output(example: &Example, planned: &Planned) -> bool {
    example.output.is_some()
        || planned.prose.iter().any(|claim| claim.kind == crate::claim::ClaimKind::Output)
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

fn program(
    sources: &Sources,
    text: Text<'_>,
    indices: &[usize],
    files: &[SourceText],
    probes: &[String],
) -> (Program, Vec<Part>) {
    let last = indices.last().map(|&index| &text.examples[index]);
    let mut source = String::new();
    let mut parts = Vec::new();
    for &index in indices {
        let code = &text.examples[index].code.text;
        let start = source.len();
        let line = source.matches('\n').count() + 1;
        source.push_str(code);
        parts.push(Part { index, range: start..source.len(), line });
        if !source.ends_with('\n') {
            source.push('\n');
        }
    }
    let entry = match last.and_then(|example| example.attributes.file.as_ref()) {
        Some(file) => format!("/{file}"),
        None => free_name(files),
    };
    let mut program_files = vec![SourceText { path: entry.clone(), source }];
    program_files.extend(files.iter().filter(|file| file.path != entry).cloned());
    let program = Program {
        files: program_files,
        entry: entry.clone(),
        kind: last.and_then(|example| example.attributes.kind).map(kind),
        probes: probes.to_vec(),
        resume: Some(RESUME.to_owned()),
        tests: false,
        record: Some(entry),
        host: host(last.and_then(|example| example.attributes.host).unwrap_or(sources.config.host)),
        norun: false,
        limits: limits(&sources.config, last.and_then(|example| example.attributes.timeout_ms)),
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

pub(super) fn kind(kind: crate::book::example::Kind) -> Kind {
    match kind {
        crate::book::example::Kind::Script => Kind::Script,
        crate::book::example::Kind::CommonJs => Kind::CommonJs,
        crate::book::example::Kind::Module => Kind::Module,
    }
}

pub(super) fn host(host: crate::book::config::Host) -> Host {
    match host {
        crate::book::config::Host::Node => Host::Node,
        crate::book::config::Host::Browser => Host::Browser,
    }
}

pub(super) fn limits(config: &Config, timeout_ms: Option<u64>) -> Limits {
    let time_ms = timeout_ms.unwrap_or(u64::try_from(config.timeout.as_millis()).unwrap_or(u64::MAX));
    Limits { time_ms, memory: usize::try_from(config.memory).unwrap_or(usize::MAX), ..Limits::default() }
}
