//! How the program is made that runs an example: the code of the examples that it shares its state with before its own,
//! its text's virtual files beside it, limits around it.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::config::Config;
use crate::book::time::Settings;
use crate::engine::program::{Conditions, Host, Kind, Limits, Program, SourceText, Zone, ZoneChange};
use crate::engine::trace::{Declared, DeclaredKind, Parsed};
use crate::verify::surroundings::Surroundings;
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

/// What each example declares for all of itself, by its owner and its index there.
#[derive(Default)]
pub struct Declarations {
    of: HashMap<(Owner, usize), (Kind, Vec<Declared>)>,
    /// Where each name is declared: the example, and the line there. In the order of the text.
    places: HashMap<Owner, HashMap<String, Vec<(usize, usize)>>>,
}

impl Declarations {
    /// The examples of a text one after the other.
    pub fn add(&mut self, owner: Owner, index: usize, parsed: &Parsed) {
        let places = self.places.entry(owner).or_default();
        for declared in &parsed.declared {
            places.entry(declared.name.clone()).or_default().push((index, declared.line));
        }
        self.of.insert((owner, index), (parsed.kind, parsed.declared.clone()));
    }

    pub fn of(&self, owner: Owner, index: usize) -> &[Declared] {
        self.of.get(&(owner, index)).map_or(&[], |(_, declared)| declared)
    }

    /// The last example before this one that declares the name for all of itself, and the line there.
    pub fn before(&self, owner: Owner, index: usize, name: &str) -> Option<(usize, usize)> {
        let places = self.places.get(&owner)?.get(name)?;
        places[..places.partition_point(|(at, _)| *at < index)].last().copied()
    }

    pub fn is_module(&self, owner: Owner, index: usize) -> bool {
        self.of.get(&(owner, index)).is_some_and(|(kind, _)| *kind == Kind::Module)
    }
}

/// Examples in one program: one that declares a name again begins a scope of its own inside the one before, so that it
/// shadows the name for itself and for what follows, and changes nothing for the code before.
struct Scopes {
    declared: Vec<Declared>,
    module: bool,
    count: usize,
    /// What ends them all.
    closing: String,
}

impl Scopes {
    fn new(module: bool) -> Scopes {
        Scopes { declared: Vec::new(), module, count: 0, closing: String::new() }
    }

    /// What stands before the next example, on its first line. web/tools/scopes.js knows these forms. `closed`: it may
    /// stand in a scope, having no `import` and no `export`, nor what follows.
    fn opening(&mut self, declared: &[Declared], code: &str, closed: bool) -> String {
        let first = self.count == 0;
        self.count += 1;
        let (mut block, mut function) = (false, false);
        for again in declared {
            for before in self.declared.iter().filter(|before| before.name == again.name) {
                match (before.kind, again.kind) {
                    (DeclaredKind::Var | DeclaredKind::Function, DeclaredKind::Var) => {}
                    // It would reach out of a block, to where the name is taken.
                    (_, DeclaredKind::Var) => function = true,
                    _ => block = true,
                }
            }
        }
        self.declared.extend_from_slice(declared);
        if function && closed {
            self.closing.insert_str(0, "})();");
            let begin = if self.module { ";await(async(__galleyScope)=>{" } else { ";((__galleyScope)=>{" };
            begin.to_owned()
        } else if block && closed {
            self.closing.insert(0, '}');
            format!(";__galleyScope{}:{{", self.count)
        } else if !first && code.trim_start().starts_with(['(', '[', '`', '+', '-']) {
            // The last example's end is not meant to go on here.
            ";".to_owned()
        } else {
            String::new()
        }
    }
}

/// An example's code with blanks for each line that only imports what a line of the examples before imports already.
fn without_repeated_imports(text: Text<'_>, before: &[usize], index: usize) -> String {
    static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^import\s[^;'"]*\bfrom\s*(?:'[^']*'|"[^"]*")$"#).expect("a valid expression")
    });
    let statement = |line: &str| line.trim().trim_end_matches(';').trim_end().to_owned();
    let is_repeated = |line: &str| {
        let import = statement(line);
        let lines = before.iter().flat_map(|&index| text.examples[index].code.text.lines());
        IMPORT.is_match(&import) && lines.map(statement).any(|line| line == import)
    };
    let code = &text.examples[index].code.text;
    let mut out = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        if !before.is_empty() && is_repeated(line) {
            // Every byte keeps its place.
            out.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(line);
        }
    }
    out
}

/// It has an `import` or an `export` of an ES module, which may stand in no scope.
fn is_linked(code: &str) -> bool {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?m)^\s*(?:import\s*[\w*{'"$]|export\s)"#).expect("a valid expression")
    });
    LINK.is_match(code)
}

/// The examples' code one after the other, as the entry of a program; with its text's files and limits.
pub fn program(
    around: &Surroundings<'_>,
    indices: &[usize],
    probes: &[String],
    declarations: &Declarations,
) -> (Program, Vec<Part>) {
    let text = around.text;
    let last = indices.last().map(|&index| &text.examples[index]);
    let mut source = String::new();
    let mut parts = Vec::new();
    let mut scopes = Scopes::new(indices.iter().any(|&index| declarations.is_module(text.owner, index)));
    let codes: Vec<String> =
        (0..indices.len()).map(|at| without_repeated_imports(text, &indices[..at], indices[at])).collect();
    let linked = codes.iter().rposition(|code| is_linked(code));
    for (at, (&index, code)) in indices.iter().zip(&codes).enumerate() {
        let line = source.matches('\n').count() + 1;
        let declared = declarations.of(text.owner, index);
        source.push_str(&scopes.opening(declared, code, linked.is_none_or(|last| at > last)));
        let start = source.len();
        source.push_str(code);
        parts.push(Part { index, start, line });
        if !source.ends_with('\n') {
            source.push('\n');
        }
    }
    source.push_str(&scopes.closing);
    let entry = match last.and_then(|example| example.attributes.file.as_ref()) {
        Some(file) => format!("/{file}"),
        None => around.free_name.clone(),
    };
    let mut program_files = vec![SourceText { path: entry.clone(), source }];
    program_files.extend(around.files.iter().filter(|file| file.path != entry).cloned());
    let program = Program {
        files: program_files,
        entry: entry.clone(),
        kind: last.and_then(|example| example.attributes.kind).map(kind),
        probes: probes.to_vec(),
        tests: false,
        record: Some(entry),
        watch: Vec::new(),
        host: host(last.and_then(|example| example.attributes.host).unwrap_or(text.config.host)),
        norun: false,
        mutants: false,
        misconceptions: false,
        stepped: None,
        modules: false,
        limits: limits(text.config, last.and_then(|example| example.attributes.timeout_ms)),
        conditions: match last {
            Some(example) => conditions(&text.config.conditions, &example.attributes.conditions),
            None => conditions(&text.config.conditions, &Settings::default()),
        },
    };
    (program, parts)
}

pub fn kind(kind: crate::book::example::Kind) -> Kind {
    match kind {
        crate::book::example::Kind::Script => Kind::Script,
        crate::book::example::Kind::CommonJs => Kind::CommonJs,
        crate::book::example::Kind::Module => Kind::Module,
    }
}

/// What the fence says, else what the book says, else the default.
pub fn conditions(book: &Settings, fence: &Settings) -> Conditions {
    let default = Conditions::default();
    let zone = fence.zone.as_ref().or(book.zone.as_ref()).and_then(Option::as_ref);
    Conditions {
        now: fence.clock.or(book.clock).unwrap_or(default.now),
        seed: fence.seed.or(book.seed).unwrap_or(default.seed),
        zone: zone.map(|zone| Zone {
            name: zone.name.clone(),
            words: zone.words.clone(),
            changes: zone
                .changes
                .iter()
                .map(|change| ZoneChange(change.from, change.ahead, u8::from(change.daylight)))
                .collect(),
        }),
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
