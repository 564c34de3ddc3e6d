//! The cache with a folder of its own, and what may happen to such a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::engine::program::{Conditions, Host, Kind, Limits, SourceText, Watched, Zone, ZoneChange};
use crate::engine::trace::{Event, Parsed, Snapshot, Stream, Thrown, Value};

const BINARY: &str = "no such binary";

fn engine() -> EngineName {
    EngineName { name: "engine 1".into(), sandbox: "process".into() }
}

fn program(number: usize) -> Program {
    Program {
        files: vec![SourceText { path: "/main.js".into(), source: format!("{number}") }],
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
    }
}

fn trace(text: &str) -> Trace {
    let value = Value::Object {
        class: None,
        entries: vec![("d".into(), Value::Date { v: Some(8.64e15) }), ("\u{0}".into(), Value::Hole)],
    };
    Trace {
        parsed: Some(Parsed {
            mutants: Vec::new(),
            misconceptions: Vec::new(),
            kind: Kind::Module,
            statements: Vec::new(),
            comments: Vec::new(),
            refused: Vec::new(),
            declared: Vec::new(),
            error: None,
        }),
        events: vec![Event::Print {
            stream: Stream::Stdout,
            text: text.into(),
            values: Some(vec![value.clone()]),
            statements: vec![1],
        }],
        exports: Some(Snapshot { text: "…".into(), value }),
        ..Trace::default()
    }
}

fn open(folder: &Path) -> Cache {
    Cache::open(folder, DEFAULT_SIZE, Path::new(BINARY))
}

/// One run that keeps these programs, with what they print.
fn keep(folder: &Path, numbers: impl IntoIterator<Item = usize>) {
    let cache = open(folder);
    numbers
        .into_iter()
        .for_each(|number| cache.keep(&program(number), &engine(), &trace(&number.to_string())));
    cache.save().unwrap();
}

/// Which of the first programs are known. Whatever is found must be what was kept.
fn known(cache: &Cache, count: usize) -> Vec<usize> {
    let programs: Vec<Program> = (0..count).map(program).collect();
    let found = cache.find(&programs).into_iter().enumerate();
    let known = found.filter_map(|(number, found)| {
        let right = trace(&number.to_string());
        found.map(|found| assert_eq!((found.engine, found.trace), (engine(), right))).map(|()| number)
    });
    known.collect()
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_ours = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "traces1");
    entries.filter(is_ours).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn what_is_kept_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new");
    keep(&folder, [1, 3]);
    keep(&folder, [2, 3]);
    assert_eq!(known(&open(&folder), 5), [1, 2, 3]);
    assert!(folder.join("CACHEDIR.TAG").is_file());
    assert_eq!(fs::read_to_string(folder.join(".gitignore")).unwrap(), "*\n");
    let cache = open(&folder);
    cache.keep(&program(4), &engine(), &trace("4"));
    assert_eq!(known(&cache, 5), [1, 2, 3, 4], "before it is saved");
    let is_old = |number: usize| cache.find(&[program(number)]).remove(0).map(|found| found.is_old);
    assert_eq!([is_old(3), is_old(4), is_old(5)], [Some(true), Some(false), None]);
    let other = Cache::open(&folder, DEFAULT_SIZE, &std::env::current_exe().unwrap());
    assert_eq!(known(&other, 5), [0; 0], "another binary runs programs otherwise");
}

#[test]
fn every_part_of_a_program_counts() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone { name: "X".into(), words: [None, None], changes: vec![ZoneChange(None, 60, 0)] };
    type Change = Box<dyn Fn(&mut Program)>;
    let changes: Vec<Change> = vec![
        Box::new(|_| {}),
        Box::new(|p| p.files[0].path = "/other.js".into()),
        Box::new(|p| p.files[0].source.push(' ')),
        Box::new(|p| p.files.push(SourceText { path: "/b.js".into(), source: String::new() })),
        Box::new(|p| p.entry = "/b.js".into()),
        Box::new(|p| p.kind = Some(Kind::Script)),
        Box::new(|p| p.probes.push("1".into())),
        Box::new(|p| p.tests = true),
        Box::new(|p| p.record = Some("/main.js".into())),
        Box::new(|p| p.watch.push(Watched { id: 1, throws: false })),
        Box::new(|p| p.watch.push(Watched { id: 1, throws: true })),
        Box::new(|p| p.host = Host::Browser),
        Box::new(|p| p.norun = true),
        Box::new(|p| p.limits.time_ms += 1),
        Box::new(|p| p.limits.memory += 1),
        Box::new(|p| p.limits.stack += 1),
        Box::new(|p| p.limits.output += 1),
        Box::new(|p| p.limits.turns += 1),
        Box::new(|p| p.conditions.now += 1),
        Box::new(|p| p.conditions.seed += 1),
        Box::new(move |p| p.conditions.zone = Some(zone.clone())),
    ];
    let programs: Vec<Program> = changes
        .iter()
        .map(|change| {
            let mut program = program(0);
            change(&mut program);
            program
        })
        .collect();
    let cache = open(folder.path());
    for (at, program) in programs.iter().enumerate() {
        assert_eq!(cache.find(&programs).iter().flatten().count(), at, "{program:?}");
        cache.keep(program, &engine(), &trace(""));
    }
}

#[test]
fn what_another_run_might_not_do_again_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let error = Thrown {
        name: "E".into(),
        message: String::new(),
        code: None,
        file: None,
        line: None,
        stack: String::new(),
    };
    let what = String::from("turns");
    let outcomes = [
        (Outcome::TimedOut, false),
        (Outcome::Crashed { reason: what.clone() }, false),
        (Outcome::OutOfMemory, false),
        (Outcome::Completed, true),
        (Outcome::Threw { error: error.clone() }, true),
        (Outcome::SyntaxError { error }, true),
        (Outcome::Exited { code: 3 }, true),
        (Outcome::Unsettled, true),
        (Outcome::Unsupported { what: what.clone() }, true),
        (Outcome::Limit { what }, true),
        (Outcome::NotRun, true),
    ];
    let cache = open(folder.path());
    for (number, (outcome, is_kept)) in outcomes.into_iter().enumerate() {
        let trace = Trace { outcome, ..trace("") };
        cache.keep(&program(number), &engine(), &trace);
        let found = cache.find(&[program(number)]).remove(0).map(|found| found.trace);
        assert_eq!(found, is_kept.then_some(trace));
    }
}

#[test]
fn a_damaged_file_is_no_other_result() {
    let folder = tempfile::tempdir().unwrap();
    keep(folder.path(), [0, 1]);
    let (path, bytes) = files(folder.path()).pop_first().unwrap();
    let mut missed = 0;
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(&path, damaged).unwrap();
        missed += 2 - known(&open(folder.path()), 2).len();
    }
    // Each byte is one entry's or all of them need it.
    assert!(missed >= bytes.len(), "{missed} of {}", bytes.len());
    for length in (0..bytes.len()).step_by(7) {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(known(&open(folder.path()), 2).len() < 2, "{length} bytes");
    }
    fs::write(&path, [&bytes[..], b"more"].concat()).unwrap();
    assert_eq!(known(&open(folder.path()), 2), [0, 1]);
}

#[test]
fn many_runs_leave_few_files_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    keep(folder.path(), 0..100);
    let large = files(folder.path()).into_keys().next().unwrap();
    for number in 100..140 {
        keep(folder.path(), [number]);
        assert!(files(folder.path()).len() <= 9, "{:?}", files(folder.path()).keys());
    }
    assert_eq!(known(&open(folder.path()), 140), (0..140).collect::<Vec<_>>());
    assert!(large.exists(), "the large file is not written again for each small one");
    // One process that saves often, as a watching one does.
    let cache = open(folder.path());
    for number in 140..180 {
        cache.keep(&program(number), &engine(), &trace(&number.to_string()));
        cache.save().unwrap();
        assert_eq!(known(&cache, number + 1).len(), number + 1);
    }
    assert!(files(folder.path()).len() <= 9);
}

#[test]
fn the_folder_stays_within_its_size_and_keeps_what_is_used() {
    const SIZE: u64 = 20_000;
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        let cache = Cache::open(folder.path(), SIZE, Path::new(BINARY));
        cache.find(&[program(0)]);
        cache.keep(&program(number), &engine(), &trace(&number.to_string()));
        cache.save().unwrap();
        let total: usize = files(folder.path()).values().map(Vec::len).sum();
        assert!(total as u64 <= SIZE, "{total} bytes after {number}");
    }
    let known = known(&open(folder.path()), 200);
    assert!(known.contains(&0) && known.contains(&199) && !known.contains(&1), "{known:?}");
    assert!(known.len() > 10, "{known:?}");
}

#[test]
fn runs_side_by_side_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for worker in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                for round in 0..25 {
                    keep(folder, [worker * 25 + round]);
                    known(&open(folder), 100);
                }
            });
        }
    });
    assert_eq!(known(&open(folder.path()), 100), (0..100).collect::<Vec<_>>());
}

#[test]
fn what_a_killed_run_leaves_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let (old, young) = (folder.path().join("unfinished-1"), folder.path().join("unfinished-2"));
    for path in [&old, &young] {
        fs::write(path, "half").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    keep(folder.path(), [1]);
    assert!(!old.exists() && young.exists(), "another run may be at it");
    assert_eq!(known(&open(folder.path()), 2), [1]);
}
