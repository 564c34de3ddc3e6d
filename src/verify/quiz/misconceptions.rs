//! What a program would do if a misconception were true: each is a change of the program that runs like any other, and
//! what it gives is what a reader expects who believes so. Which there are, the tools say (web/tools/misconceptions).

use std::collections::BTreeMap;
use std::io;

use crate::book::quiz::Question;
use crate::engine::program::{Program, SourceText};
use crate::engine::trace::{Edit, Misconception, Outcome, Trace};
use crate::verify::Engine;
use crate::verify::quiz::choices::{Choice, USUAL_WRONG};
use crate::verify::quiz::{Subject, given, printed, sorted};

/// What each misconception gives in each program, the most telling ones first.
pub(super) fn run(subjects: &[Subject<'_>], engine: &mut Engine<'_>) -> io::Result<Vec<Vec<Choice>>> {
    let readings: Vec<Vec<Program>> = subjects.iter().map(readings).collect();
    let mut read = engine.run(&readings.concat())?.traces.into_iter();
    let believed: Vec<Vec<Belief>> = subjects
        .iter()
        .zip(&readings)
        .map(|(subject, readings)| {
            let files = readings.iter().zip(read.by_ref());
            beliefs(files.map(|(reading, trace)| (&reading.files[0], trace)), subject)
        })
        .collect();
    let programs: Vec<Program> = subjects
        .iter()
        .zip(&believed)
        .flat_map(|(subject, beliefs)| beliefs.iter().map(|belief| program(subject, belief)))
        .collect();
    let mut traces = engine.run(&programs)?.traces.into_iter();
    let choices = subjects.iter().zip(believed).map(|(subject, beliefs)| {
        let ran = beliefs.into_iter().zip(traces.by_ref());
        ran.filter_map(|(belief, trace)| choice(subject, belief, &trace)).collect()
    });
    Ok(choices.collect())
}

/// A misconception and what it changes in a program.
struct Belief {
    name: String,
    why: String,
    edits: Vec<(SourceText, Vec<Edit>)>,
}

/// One for each file of the program that its entry may come to load.
fn readings(subject: &Subject<'_>) -> Vec<Program> {
    let program = subject.program;
    // The author has written enough.
    if subject.notes.options.len() >= USUAL_WRONG {
        return Vec::new();
    }
    let manifests = || program.files.iter().filter(|file| file.path.ends_with("/package.json")).cloned();
    reached(program, is_javascript)
        .into_iter()
        .map(|file| Program {
            files: [file.clone()].into_iter().chain(manifests()).collect(),
            entry: file.path.clone(),
            record: Some(file.path.clone()),
            kind: program.kind.filter(|_| file.path == program.entry),
            probes: Vec::new(),
            watch: Vec::new(),
            norun: true,
            misconceptions: true,
            ..program.clone()
        })
        .collect()
}

fn is_javascript(file: &SourceText) -> bool {
    [".js", ".cjs", ".mjs"].iter().any(|extension| file.path.ends_with(extension))
}

/// The entry, and the files whose names a reached one has in it, among those that `is_wanted`.
pub(super) fn reached(program: &Program, is_wanted: fn(&SourceText) -> bool) -> Vec<&SourceText> {
    let wanted = program.files.iter().filter(|file| is_wanted(file));
    let (mut reached, mut rest): (Vec<&SourceText>, Vec<&SourceText>) =
        wanted.partition(|file| file.path == program.entry);
    let mut done = 0;
    while let Some(file) = reached.get(done).copied() {
        done += 1;
        let is_named = |other: &&SourceText| file.source.contains(name(&other.path));
        let (named, unnamed): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_named);
        reached.extend(named);
        rest = unnamed;
    }
    reached
}

/// By which a file is required: without its ending, and an index by its folder.
fn name(path: &str) -> &str {
    let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    path.rsplit('/').next().unwrap_or_default()
}

fn beliefs<'a>(files: impl Iterator<Item = (&'a SourceText, Trace)>, subject: &Subject<'_>) -> Vec<Belief> {
    let mut all: BTreeMap<usize, Belief> = BTreeMap::new();
    for (file, trace) in files {
        for Misconception { name, order, why, edits } in
            trace.parsed.into_iter().flat_map(|parsed| parsed.misconceptions)
        {
            // What stands before is another example, and half a misconception is none.
            let is_other =
                file.path == subject.program.entry && edits.iter().any(|edit| edit.start < subject.start);
            if !edits.is_empty() && !is_other {
                let belief = all.entry(order).or_insert(Belief { name, why, edits: Vec::new() });
                belief.edits.push((file.clone(), edits));
            }
        }
    }
    all.into_values().collect()
}

fn program(subject: &Subject<'_>, belief: &Belief) -> Program {
    let edits = |file: &SourceText| belief.edits.iter().find(|(edited, _)| edited == file);
    let files = subject.program.files.iter().map(|file| match edits(file) {
        Some((_, edits)) => SourceText { path: file.path.clone(), source: edited(&file.source, edits) },
        None => file.clone(),
    });
    Program {
        files: files.collect(),
        probes: Vec::new(),
        limits: subject.program.limits.of_a_change(subject.trace.steps),
        ..subject.program.clone()
    }
}

fn edited(source: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    let mut done = 0;
    for Edit { start, end, text } in edits {
        out.push_str(&source[done..*start]);
        out.push_str(text);
        done = *end;
    }
    out.push_str(&source[done..]);
    out
}

/// What the tools' helpers are called, in programs only.
const HELPER: &str = "__galley";
/// A printed text with so much of a change in it is the change, printed by a program that prints its own text.
const TELLING: usize = 12;
/// More than this nobody reads as an option.
const LONGEST: usize = 2000;

fn choice(subject: &Subject<'_>, belief: Belief, trace: &Trace) -> Option<Choice> {
    if matches!(trace.outcome, Outcome::SyntaxError { .. }) {
        return None;
    }
    let printed = printed(trace);
    let text = given(subject.question, trace, printed.strip_prefix(subject.before.as_str())?)?;
    let is_order = subject.question == Question::Order;
    let is_written = |edit: &Edit| edit.text.len() >= TELLING && text.contains(edit.text.trim());
    if text.contains(HELPER)
        || belief.edits.iter().flat_map(|(_, edits)| edits).any(is_written)
        || text.len() > LONGEST.max(subject.answer.len() * 2)
        || (is_order && sorted(&text) != sorted(&subject.answer))
    {
        return None;
    }
    Some(Choice { text, why: Some(belief.why), right: false, misconception: Some(belief.name) })
}
