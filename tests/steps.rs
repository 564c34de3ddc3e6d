//! The steps of programs and the files that they load: what `tests/steps/*.md` and `tests/graphs/*.md` say of each, and that
//! a program that is run for its steps does what it does without.
//!
//! A heading is a program: its files, the one that starts without `file=`, and a fence `steps` or `modules` that tells them.
//! `SNAPSHOTS=overwrite cargo test --test steps` writes them anew; the change is read in the diff.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes, and fails by panicking")]

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use galley::engine::modules::{EdgeState, How, ModuleGraph};
use galley::engine::pool::{self, Pool};
use galley::engine::program::{Conditions, Host, Kind, Limits, Program, SourceText};
use galley::engine::stepped::{Stepped, Stepping};
use galley::engine::trace::{Event, Outcome, Stream, Trace};
use serde_json::Value;

/// A program and what is said of its run.
struct Case {
    name: String,
    files: Vec<SourceText>,
    entry: String,
    watch: Vec<String>,
    /// Inside of the fence that says it.
    told: Range<usize>,
}

#[test]
fn programs_take_the_steps_that_are_told() {
    let count = check("steps", &|case| traced(plain(case), &case.watch), &|case, trace| {
        let stepped =
            trace.stepped.as_deref().unwrap_or_else(|| panic!("{}: {:?}", case.name, trace.outcome));
        let is_drawn = stepped.html.starts_with("<div class=\"galley-steps\"");
        assert_eq!(is_drawn, stepped.steps.len() <= Stepped::MOST, "{}: it is drawn", case.name);
        told(stepped)
    });
    assert!(count >= 40, "only {count} programs were found");
}

#[test]
fn programs_load_the_files_that_are_told() {
    let asked = |case: &Case| Program { modules: true, ..plain(case) };
    let count = check("graphs", &asked, &|case, trace| {
        let graph = trace.modules.as_deref().unwrap_or_else(|| panic!("{}: {:?}", case.name, trace.outcome));
        let is_drawn = graph.html.starts_with("<figure class=\"galley-modules\"");
        assert_eq!(is_drawn, graph.count(&case.entry) > 1, "{}: it is drawn", case.name);
        graph_told(graph, &case.entry)
    });
    assert!(count >= 20, "only {count} programs were found");
}

/// Compares what is told of the programs of a folder with what comes of their runs; how many there are.
fn check(folder: &str, program: &dyn Fn(&Case) -> Program, told: &dyn Fn(&Case, &Trace) -> String) -> usize {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut failures = String::new();
    let mut count = 0;
    for path in areas(folder) {
        let text = std::fs::read_to_string(&path).expect("an area").replace("\r\n", "\n");
        let cases = cases(&text);
        count += cases.len();
        let programs: Vec<Program> = cases.iter().map(program).collect();
        let mut written = text.clone();
        for (case, trace) in cases.iter().zip(run(&programs)).rev() {
            let told = told(case, &trace);
            if told != text[case.told.clone()] {
                let diff =
                    similar::TextDiff::from_lines(&text[case.told.clone()], &told).unified_diff().to_string();
                let _ = writeln!(failures, "{}:\n{diff}", case.name);
                written.replace_range(case.told.clone(), &told);
            }
        }
        if overwrite && written != text {
            std::fs::write(&path, written).expect("it can be written");
        }
    }
    assert!(overwrite || failures.is_empty(), "{failures}");
    count
}

/// What a program prints, and how it ends, is the same when it is run for its steps.
#[test]
fn tracing_changes_nothing_that_is_printed() {
    let mut programs = Vec::new();
    for area in areas("conformance") {
        let text = std::fs::read_to_string(&area).expect("an area").replace("\r\n", "\n");
        programs.extend(cases(&text).iter().map(|case| (case.name.clone(), plain(case))));
    }
    assert!(programs.len() >= 400, "only {} programs were found", programs.len());
    let plainly = run(&programs.iter().map(|(_, program)| program.clone()).collect::<Vec<_>>());
    let traced = run(&programs.iter().map(|(_, program)| traced(program.clone(), &[])).collect::<Vec<_>>());
    let mut differing = Vec::new();
    for (((name, _), plainly), traced) in programs.iter().zip(&plainly).zip(&traced) {
        if printed(plainly) != printed(traced) || ended(&plainly.outcome) != ended(&traced.outcome) {
            differing.push(name.as_str());
            println!("{name}: {:?}\n{:?}", first_difference(plainly, traced), traced.outcome);
        }
    }
    let known: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    assert_eq!(differing, known, "these print something else when they are traced");
}

fn first_difference<'a>(one: &'a Trace, other: &'a Trace) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let (one, other) = (printed(one), printed(other));
    let text = |all: &[(Stream, &'a str)], at: usize| all.get(at).map(|(_, text)| *text);
    let at = (0..one.len().max(other.len())).find(|&at| one.get(at) != other.get(at))?;
    Some((text(&one, at), text(&other, at)))
}

/// Programs that see that they are traced, and why: their examples can have no picture.
const KNOWN: &[(&str, &str)] = &[
    ("function-to-string", TEXT),
    ("errors-go-elsewhere", STACK),
    ("generators-and-promises", TEXT),
    ("percent-s-uses-own-to-string", TEXT),
    ("conversion-to-string", TEXT),
    ("what-can-not-be-cloned", TEXT),
];
const TEXT: &str = "it prints the text of a function";
const STACK: &str = "it prints a place in a stack";

/// Each step on lines of its own: what happened where, the frames, the objects.
fn told(stepped: &Stepped) -> String {
    let mut out = String::new();
    for (at, step) in stepped.steps.iter().enumerate() {
        let step = serde_json::to_value(step).expect("data");
        let _ = write!(
            out,
            "{} {} {}:{} {}",
            at + 1,
            text(&step["kind"]),
            &text(&step["file"])[1..],
            step["line"],
            text(&step["text"])
        );
        if let Some(value) = step.get("value") {
            let _ = write!(out, " => {}", cell(value));
        }
        if let Some(printed) = step.get("printed") {
            let _ = write!(out, " prints {printed}");
        }
        out.push('\n');
        moment(&mut out, &step);
    }
    out.push_str("end\n");
    moment(&mut out, &serde_json::to_value(&stepped.end).expect("data"));
    if stepped.more {
        out.push_str("more\n");
    }
    out
}

/// Each file with its number and what it asks for; those that never ran last.
fn graph_told(graph: &ModuleGraph, entry: &str) -> String {
    let mut out = String::new();
    let edges = |out: &mut String, path: &str| {
        for edge in graph.edges.iter().filter(|edge| edge.from == path) {
            let how = match edge.how {
                How::Require => "require",
                How::Import => "import",
                How::DynamicImport => "import()",
            };
            let state = match edge.state {
                EdgeState::Loaded => "",
                EdgeState::Unfinished => " unfinished",
                EdgeState::Refused => " refused",
                EdgeState::Never => " never",
            };
            let _ = writeln!(out, "  {how} {} > {}{state}", edge.specifier, edge.to.trim_start_matches('/'));
        }
    };
    for (at, path) in graph.order.iter().enumerate() {
        let stopped = if graph.ended.contains(path) { "" } else { " stopped" };
        let _ = writeln!(out, "{} {}{stopped}", at + 1, &path[1..]);
        if !graph.order[..at].contains(path) {
            edges(&mut out, path);
        }
    }
    let mut others = vec![entry];
    others.extend(graph.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]));
    let mut seen: Vec<&str> = graph.order.iter().map(String::as_str).collect();
    for path in others {
        if path.starts_with('/') && !seen.contains(&path) {
            seen.push(path);
            let _ = writeln!(out, "- {}", &path[1..]);
            edges(&mut out, path);
        }
    }
    out
}

fn moment(out: &mut String, step: &Value) {
    for frame in step["frames"].as_array().expect("a list") {
        let active = if frame["active"] == true { "*" } else { "" };
        let parens = if frame["kind"] == "function" { "()" } else { "" };
        let _ = writeln!(out, "  {}{parens}{active}{}", text(&frame["name"]), rows(&frame["variables"]));
    }
    for object in step["objects"].as_array().expect("a list") {
        let _ = write!(out, "  #{} {}{}", object["id"], text(&object["title"]), rows(&object["rows"]));
        // Each row has a line break of its own at the end.
        if let Some(cut) = object.get("cut") {
            let _ = write!(out, " | {cut} more");
        }
        out.push('\n');
    }
}

fn rows(rows: &Value) -> String {
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| format!(" | {} {}", text(&row[0]), cell(&row[1]))).collect()
}

fn cell(cell: &Value) -> String {
    match cell.get("o") {
        Some(object) => format!("#{object}"),
        None => text(&cell["t"]).to_owned(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn printed(trace: &Trace) -> Vec<(Stream, &str)> {
    let print = |event| match event {
        &Event::Print { stream, ref text, .. } => Some((stream, text.as_str())),
        _ => None,
    };
    trace.events.iter().filter_map(print).collect()
}

fn ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Threw { error } => error.headline(),
        other => format!("{other:?}"),
    }
}

fn traced(program: Program, watch: &[String]) -> Program {
    let stepping = Stepping {
        end_only: false,
        from: 1,
        hidden: Vec::new(),
        watch: watch.to_vec(),
        hide: Vec::new(),
        range: None,
        group: "steps".into(),
    };
    Program { stepped: Some(stepping), ..program }
}

fn plain(case: &Case) -> Program {
    Program {
        files: case.files.clone(),
        kind: case.entry.ends_with(".mjs").then_some(Kind::Module),
        probes: Vec::new(),
        tests: false,
        record: Some(case.entry.clone()),
        entry: case.entry.clone(),
        watch: Vec::new(),
        host: Host::Node,
        norun: false,
        mutants: false,
        misconceptions: false,
        stepped: None,
        modules: false,
        limits: Limits { time_ms: 120_000, ..Limits::default() },
        conditions: Conditions::default(),
    }
}

fn run(programs: &[Program]) -> Vec<Trace> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let options = pool::Options::new(PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley")), jobs);
    Pool::new(options).run(programs, &|| {}).expect("the workers start").traces
}

fn areas(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = std::fs::read_dir(folder).expect("the programs");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

/// As `read_area` of tests/conformance.rs, which has `output` for what is told.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches('\n'))
    });
    while let Some((_, line)) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            let (name, entry) = (name.to_owned(), String::new());
            cases.push(Case { name, files: Vec::new(), entry, watch: Vec::new(), told: 0..0 });
        }
        let info = line.trim_start_matches('`');
        let mark = &line[..line.len() - info.len()];
        if mark.len() < 3 {
            continue;
        }
        let mut body = String::new();
        let mut range = None;
        for (start, line) in lines.by_ref() {
            let first = range.get_or_insert(start..start).start;
            if line == mark {
                range = Some(first..start);
                break;
            }
            body.push_str(line);
            body.push('\n');
        }
        let case = cases.last_mut().expect("a heading before the first fence");
        let words: Vec<&str> = info.split(' ').collect();
        let word = |key: &str| words.iter().find_map(|word| word.strip_prefix(key));
        match (words[0], word("file=")) {
            ("steps" | "modules" | "output", _) => case.told = range.expect("a fence has an end"),
            (_, Some(path)) => case.files.push(SourceText { path: format!("/{path}"), source: body }),
            (language, None) => {
                case.entry = format!("/main.{language}");
                case.watch = word("watch=")
                    .map(|list| list.split(',').map(str::to_owned).collect())
                    .unwrap_or_default();
                case.files.insert(0, SourceText { path: case.entry.clone(), source: body });
            }
        }
    }
    cases
}
