//! The runtime against Node 24: the programs in `tests/conformance` print what real Node printed when they were recorded.
//!
//! `scripts/record_conformance.mjs` records, `tests/conformance/known.txt` lists the differences that stay, each with its
//! reason. A line too many fails as one too few does.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes, and fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use galley::engine::pool::{self, Pool};
use galley::engine::program::{Conditions, Host, Kind, Limits, Program, SourceText, Watched};
use galley::engine::trace::{Outcome, Stream, Trace};
use sha2::{Digest as _, Sha256};
use similar::TextDiff;

/// A program of ours and what Node made of it.
#[derive(Default)]
struct Case {
    /// `area/name`.
    name: String,
    /// Path to source, as the fences have them.
    files: BTreeMap<String, String>,
    entry: String,
    output: String,
    exit: i32,
}

#[test]
fn every_program_prints_what_node_prints() {
    let cases = cases();
    let programs: Vec<Program> = cases.iter().map(program).collect();
    let traces = run(&programs);
    let mut known = known();
    let mut failures = String::new();
    let mut equal = 0;
    for (case, trace) in cases.iter().zip(&traces) {
        let difference = difference(case, trace);
        equal += usize::from(difference.is_none());
        match (difference, known.remove(&case.name)) {
            (None, None) | (Some(_), Some(_)) => {}
            (None, Some(reason)) => {
                let _ = writeln!(failures, "{}: agrees, known.txt says otherwise: {reason}\n", case.name);
            }
            (Some(difference), None) => {
                let _ = writeln!(failures, "{}:\n{difference}", case.name);
            }
        }
    }
    for name in known.keys() {
        let _ = writeln!(failures, "{name}: known.txt names no program");
    }
    println!("{equal} of {} programs print what Node prints", cases.len());
    assert!(failures.is_empty(), "{equal} of {} programs agree with Node\n{failures}", cases.len());
    assert!(equal * 100 >= cases.len() * 98, "too many differences are listed as known");
    assert!(cases.len() >= 400, "only {} programs were found", cases.len());
}

/// A program prints the same when each of its statements is recorded.
#[test]
fn recording_changes_nothing_that_is_printed() {
    let mut programs: Vec<Program> = cases().iter().filter_map(commented).collect();
    assert!(programs.len() >= 300, "only {} programs can take comments", programs.len());
    let plainly = run(&programs);
    for (program, trace) in programs.iter_mut().zip(&plainly) {
        let statements = trace.parsed.iter().flat_map(|parsed| &parsed.statements);
        program.watch = statements.map(|statement| Watched { id: statement.id, throws: false }).collect();
        assert!(!program.watch.is_empty(), "no statement of {:?} can be recorded", program.files);
    }
    for ((program, plainly), recorded) in programs.iter().zip(&plainly).zip(run(&programs)) {
        let (theirs, ours) = (plainly.printed(Stream::Stdout), recorded.printed(Stream::Stdout));
        assert_eq!(theirs, ours, "{:?}", program.files);
        assert_eq!(exit_code(&plainly.outcome), exit_code(&recorded.outcome), "{:?}", program.files);
    }
}

/// The program with a comment behind each line that ends a statement, for only what a comment stands at is recorded. None
/// where that would change what it prints: it prints the text of a function, or a stack, or has a template of many lines.
fn commented(case: &Case) -> Option<Program> {
    let mut program = program(case);
    let entry = program.files.iter_mut().find(|file| file.path == program.entry)?;
    let source = &entry.source;
    let many_lines = source.lines().any(|line| line.matches('`').count() % 2 == 1 || line.ends_with('\\'));
    if many_lines || source.contains("tring(") || source.contains("stack") || !source.contains(";\n") {
        return None;
    }
    entry.source = source.replace(";\n", "; // here\n");
    Some(program)
}

/// Stands before each text in what a program of the differential prints.
const MARK: &str = "\u{1}\n";
const CASES_A_PROGRAM: usize = 100;

#[test]
fn random_values_print_as_in_node() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential");
    let source = std::fs::read_to_string(folder.join("cases.js")).expect("the generator");
    let text = std::fs::read_to_string(folder.join("hashes.txt")).expect("the hashes");
    let hashes: Vec<&str> = text.split_ascii_whitespace().collect();
    assert_eq!(hashes.len(), 5_000);
    let programs: Vec<Program> = (0..hashes.len())
        .step_by(CASES_A_PROGRAM)
        .map(|first| {
            let last = (first + CASES_A_PROGRAM).min(hashes.len());
            let run = format!(
                "for (let index = {first}; index < {last}; index++) {{ console.log('\\u0001'); printCase(index); }}"
            );
            let source = format!("{}\n{run}\n", source.replace("\r\n", "\n"));
            let limits = Limits { time_ms: 60_000, output: 16 << 20, ..Limits::default() };
            let files = vec![SourceText { path: "/main.js".into(), source }];
            Program { limits, ..plain(files, "/main.js".into()) }
        })
        .collect();
    let traces = run(&programs);
    let mut differing = Vec::new();
    for (trace, (first, expected)) in
        traces.iter().zip((0..).step_by(CASES_A_PROGRAM).zip(hashes.chunks(CASES_A_PROGRAM)))
    {
        let printed = trace.printed(Stream::Stdout);
        let texts: Vec<&str> = printed.split(MARK).skip(1).collect();
        assert_eq!(texts.len(), expected.len(), "cases from {first}: {:?}", trace.outcome);
        for (index, (text, expected)) in texts.iter().zip(expected).enumerate() {
            if hash(text) != *expected {
                differing.push(first + index);
            }
        }
    }
    let agreeing = hashes.len() - differing.len();
    println!("{agreeing} of {} random values print as in Node", hashes.len());
    assert!(
        agreeing * 1_000 >= hashes.len() * 995,
        "only {agreeing} of {} agree; `node scripts/differential.mjs --node PATH --live` shows how these differ: {differing:?}",
        hashes.len()
    );
}

/// The first 12 hexadecimal digits of SHA-256.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(6).fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}

/// What differs, as a diff; the exit code counts as a last line.
fn difference(case: &Case, trace: &Trace) -> Option<String> {
    let printed = trace.printed(Stream::Stdout);
    let exit = exit_code(&trace.outcome);
    if printed == case.output && exit == case.exit {
        return None;
    }
    let theirs = format!("{}(exit {})\n", case.output, case.exit);
    let ours = format!("{printed}(exit {exit})\n");
    let diff = TextDiff::from_lines(&theirs, &ours).unified_diff().header("node", "galley").to_string();
    let how = match &trace.outcome {
        Outcome::Completed => String::new(),
        Outcome::Threw { error } | Outcome::SyntaxError { error } => format!("  {}\n", error.headline()),
        other => format!("  {other:?}\n"),
    };
    Some(format!("{diff}{how}"))
}

/// As the process of Node would end; -1 for what can't happen there.
fn exit_code(outcome: &Outcome) -> i32 {
    match outcome {
        Outcome::Completed => 0,
        Outcome::Threw { .. } | Outcome::SyntaxError { .. } => 1,
        Outcome::Exited { code } => *code,
        Outcome::Unsettled => 13,
        _ => -1,
    }
}

fn program(case: &Case) -> Program {
    let files = case
        .files
        .iter()
        .map(|(path, source)| SourceText { path: format!("/{path}"), source: source.clone() })
        .collect();
    plain(files, format!("/{}", case.entry))
}

/// A program that nothing is stated about.
fn plain(files: Vec<SourceText>, entry: String) -> Program {
    Program {
        files,
        kind: entry.ends_with(".mjs").then_some(Kind::Module),
        probes: Vec::new(),
        tests: false,
        record: Some(entry.clone()),
        entry,
        watch: Vec::new(),
        host: Host::Node,
        norun: false,
        mutants: false,
        misconceptions: false,
        stepped: None,
        modules: false,
        limits: Limits::default(),
        conditions: Conditions::default(),
    }
}

fn run(programs: &[Program]) -> Vec<Trace> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let options = pool::Options::new(PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley")), jobs);
    Pool::new(options).run(programs, &|| {}).expect("the workers start").traces
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// `area/name` to the reason why it differs.
fn known() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join("known.txt")).expect("known.txt");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, reason) = line.split_once(": ").unwrap_or_else(|| panic!("known.txt: {line}"));
            (name.to_owned(), reason.to_owned())
        })
        .collect()
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the programs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let area = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let text = std::fs::read_to_string(&path).expect("an area").replace("\r\n", "\n");
        read_area(&area, &text, &mut cases);
    }
    cases
}

/// The same few rules as in scripts/programs.mjs.
fn read_area(area: &str, text: &str, cases: &mut Vec<Case>) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: format!("{area}/{name}"), ..Case::default() });
        }
        let info = line.trim_start_matches('`');
        let mark = &line[..line.len() - info.len()];
        if mark.len() < 3 {
            continue;
        }
        let body: String =
            lines.by_ref().take_while(|line| *line != mark).map(|line| format!("{line}\n")).collect();
        let case = cases.last_mut().expect("a heading before the first fence");
        let mut words = info.split(' ');
        let language = words.next().unwrap_or_default();
        let word = words.next().and_then(|word| word.split_once('='));
        match (language, word) {
            ("output", exit) => {
                case.output = body;
                case.exit = exit.map_or(0, |(_, code)| code.parse().expect("an exit code"));
            }
            (_, Some(("file", path))) => {
                case.files.insert(path.to_owned(), body);
            }
            (language, _) => {
                case.entry = format!("main.{language}");
                case.files.insert(case.entry.clone(), body);
            }
        }
    }
}
