//! One quiz away from its chapter: what it asks, from no more runs than that takes, and the code that its reader sees.

use std::collections::HashSet;
use std::io;

use crate::book::load::Sources;
use crate::engine::program::Program;
use crate::verify::plan::{self, Job, Purpose};
use crate::verify::quiz::misconceptions::reached;
use crate::verify::quiz::{Quiz, ask};
use crate::verify::{Engine, Owner, Selection, Text, conclude};

/// A quiz with all that a learner needs to answer it.
#[derive(Debug)]
pub struct Asked {
    pub quiz: Quiz,
    /// Files that its program loads, what runs before it, and last its own code; without what the chapter hides.
    pub code: Vec<Piece>,
}

/// A piece of code, as a page shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    pub role: Role,
    pub text: String,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Role {
    /// A file, by its path.
    File(String),
    /// It runs before the quiz, in one program with it.
    Before,
    /// What is asked about.
    Own,
}

/// Asks the quiz `index` among the examples of `Sources::chapters[chapter]`; none: it is no quiz.
///
/// # Errors
/// When no worker can be started.
pub fn asked(
    sources: &Sources,
    chapter: usize,
    index: usize,
    engine: &mut Engine<'_>,
) -> io::Result<Option<Asked>> {
    let owner = Owner::Chapter(chapter);
    let selection = Selection::Some(HashSet::from([(owner, index)]));
    let plan = plan::plan(sources, &selection, engine)?;
    let programs: Vec<Program> = plan.jobs.iter().map(|job| job.program.clone()).collect();
    let traces = engine.run(&programs)?.traces;
    let mut concluded = conclude::examples(sources, &plan, &traces);
    ask(sources, &plan, &programs, &traces, &mut concluded, engine)?;
    let run = plan.jobs.iter().find(|job| job.purpose == Purpose::Run);
    let code = pieces(sources.text(owner), index, run);
    let quiz = concluded.examples.into_iter().find_map(|example| example.quiz);
    Ok(quiz.map(|quiz| Asked { quiz, code }))
}

/// `run`: of the quiz; none: it is not run, and nothing is known of what it needs.
fn pieces(text: Text<'_>, index: usize, run: Option<&Job>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let is_shown = |index: usize| {
        let attributes = &text.examples[index].attributes;
        !attributes.hidden && !attributes.setup
    };
    if let Some(run) = run {
        for file in reached(&run.program, |_| true).into_iter().skip(1) {
            let path = file.path.trim_start_matches('/');
            let holder =
                text.examples.iter().position(|example| example.attributes.file.as_deref() == Some(path));
            let shown = match holder {
                Some(holder) => is_shown(holder).then(|| text.examples[holder].shown()),
                None => Some(file.source.clone()),
            };
            let role = Role::File(path.to_owned());
            pieces.extend(shown.map(|text| Piece { role, text }));
        }
        let before = run.parts.iter().map(|part| part.index).filter(|&before| before != index);
        let before = before.filter(|&before| is_shown(before));
        pieces.extend(before.map(|before| Piece { role: Role::Before, text: text.examples[before].shown() }));
    }
    pieces.push(Piece { role: Role::Own, text: text.examples[index].shown() });
    pieces
}
