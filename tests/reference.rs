//! The book's page "What runs here" against the runtime: its tables say what a program finds, and what it does not.

#![allow(clippy::disallowed_methods, reason = "a test reads, and fails by panicking")]

use std::path::{Path, PathBuf};

use galley::engine::pool::{self, Pool};
use galley::engine::program::{Conditions, Host, Limits, Program, SourceText};
use galley::engine::trace::{Outcome, Stream, Trace};

/// The words in code of the page's tables: below a heading, in rows of a table whose head is `there` or `not there`.
fn listed(heading: &str, head: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/reference.md");
    let page = std::fs::read_to_string(page).expect("the page").replace("\r\n", "\n");
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).expect("the section");
    let table =
        section.split("\n\n").find(|block| block.starts_with(&format!("| {head} |"))).expect("the table");
    let words: Vec<String> = table.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(!words.is_empty(), "{heading}, {head}: nothing is listed");
    words
}

/// The modules of which only a part is there.
fn modules_in_part() -> Vec<String> {
    listed("Modules of Node", "in part").into_iter().filter(|word| word.starts_with("node:")).collect()
}

/// Runs one CommonJS program for each word.
fn each(words: &[String], source: impl Fn(&str) -> String) -> Vec<Trace> {
    let programs: Vec<Program> = words
        .iter()
        .map(|word| Program {
            files: vec![SourceText { path: "/main.js".into(), source: source(word) }],
            entry: "/main.js".into(),
            kind: None,
            probes: Vec::new(),
            tests: false,
            record: None,
            watch: Vec::new(),
            host: Host::Node,
            norun: false,
            mutants: false,
            misconceptions: false,
            stepped: None,
            modules: false,
            limits: Limits::default(),
            conditions: Conditions::default(),
        })
        .collect();
    let options = pool::Options::new(PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley")), 2);
    Pool::new(options).run(&programs, &|| {}).expect("the workers start").traces
}

fn unsupported(what: &str) -> Outcome {
    Outcome::Unsupported { what: what.to_owned() }
}

#[test]
fn listed_modules_can_be_required_and_the_others_are_told() {
    let there = listed("Modules of Node", "there");
    for (name, trace) in
        there.iter().zip(each(&there, |name| format!("console.log(typeof require('{name}'))")))
    {
        assert_eq!(trace.outcome, Outcome::Completed, "{name}");
        assert_ne!(trace.printed(Stream::Stdout), "undefined\n", "{name}");
    }
    let in_part = modules_in_part();
    assert!(in_part.len() > 8, "{in_part:?}");
    for (name, trace) in in_part.iter().zip(each(&in_part, |name| format!("require('{name}')"))) {
        assert_eq!(trace.outcome, Outcome::Completed, "{name}");
    }
    let absent = listed("Modules of Node", "not there");
    for (name, trace) in absent.iter().zip(each(&absent, |name| format!("require('{name}')"))) {
        assert_eq!(trace.outcome, unsupported(name), "{name}");
    }
}

#[test]
fn every_module_that_is_there_is_listed() {
    let names =
        each(&[String::new()], |_| "console.log(require('node:module').builtinModules.join(' '))".into());
    let names: Vec<String> = names[0]
        .printed(Stream::Stdout)
        .split_whitespace()
        .map(|name| format!("node:{}", name.trim_start_matches("node:")))
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let mut there = listed("Modules of Node", "there");
    there.extend(modules_in_part());
    for (name, trace) in names.iter().zip(each(&names, |name| format!("require('{name}')"))) {
        assert_eq!(trace.outcome == Outcome::Completed, there.contains(name), "{name}: {:?}", trace.outcome);
    }
}

#[test]
fn listed_globals_are_there_and_the_others_are_told() {
    let there = listed("Global names", "there");
    for (name, trace) in there.iter().zip(each(&there, |name| format!("console.log(typeof {name})"))) {
        assert_eq!(trace.outcome, Outcome::Completed, "{name}");
        assert_ne!(trace.printed(Stream::Stdout), "undefined\n", "{name}");
    }
    let absent = listed("Global names", "not there");
    for (name, trace) in absent.iter().zip(each(&absent, |name| format!("{name}.x"))) {
        assert_eq!(trace.outcome, unsupported(name), "{name}");
    }
}

#[test]
fn limits_are_the_stated_ones() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/reference.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let limits = Limits::default();
    for row in [
        format!("| time | {} seconds |", limits.time_ms / 1000),
        format!("| memory | {} MiB |", limits.memory >> 20),
        format!("| printed text | {} KiB |", limits.output >> 10),
        format!("| turns of the event loop | {} |", limits.turns),
    ] {
        assert!(page.contains(&row), "{row}");
    }
}
