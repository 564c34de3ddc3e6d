//! An answer with its exercise's tests and files as a program.

use crate::book::exercise::{Check, Exercise};
use crate::book::time::Settings;
use crate::engine::program::{Host, Kind, Program, SourceText};
use crate::verify::program::{conditions, kind, limits};

/// `answer`: its text.
pub fn program(exercise: &Exercise, answer: &str) -> Program {
    let path = format!("/{}", exercise.settings.answer);
    let test = exercise.test.as_ref().filter(|_| exercise.settings.check == Check::Tests);
    let entry = match test {
        Some(_) => "/test.js".to_owned(),
        None => path.clone(),
    };
    let test = test.map(|test| SourceText { path: entry.clone(), source: test.text.clone() });
    let files = exercise.beside_answer().into_iter();
    let files = files.map(|(path, source)| SourceText { path, source: source.to_owned() });
    Program {
        tests: test.is_some(),
        files: test
            .into_iter()
            .chain([SourceText { path, source: answer.to_owned() }])
            .chain(files)
            .collect(),
        entry,
        kind: Some(kind(exercise.settings.module)),
        probes: Vec::new(),
        record: None,
        watch: Vec::new(),
        host: Host::Node,
        norun: false,
        mutants: false,
        misconceptions: false,
        stepped: None,
        modules: false,
        limits: limits(&exercise.config, exercise.settings.timeout_ms),
        conditions: conditions(&exercise.config.conditions, &Settings::default()),
    }
}

/// `answer` itself, to be parsed and not to be run.
pub fn alone(exercise: &Exercise, answer: &str) -> Program {
    let path = format!("/{}", exercise.settings.answer);
    let whole = program(exercise, answer);
    let kind = match path.rsplit('.').next() {
        Some("mjs") => Some(Kind::Module),
        Some("cjs") => Some(Kind::CommonJs),
        _ => whole.kind.filter(|_| whole.entry == path || !exercise.has_package()),
    };
    Program {
        files: whole.files.into_iter().filter(|file| file.path == path).collect(),
        entry: path,
        kind,
        tests: false,
        norun: true,
        ..whole
    }
}
