//! What of a text each of its programs is made with: the examples that run before one, and the virtual files. Found once
//! for a text, so that a long chapter costs no more for each example than a short one.

use std::collections::HashSet;

use crate::book::config::State;
use crate::book::example::{self, Example};
use crate::book::load::Sources;
use crate::book::markdown::{Document, Node};
use crate::book::modules;
use crate::book::quiz::Question;
use crate::engine::program::SourceText;
use crate::verify::{Owner, Text};

pub struct Surroundings<'a> {
    pub text: Text<'a>,
    /// Blocks with `file=`, and an exercise's solution and files.
    pub files: Vec<SourceText>,
    /// A name for an example itself that no file has.
    pub free_name: String,
    /// The examples whose files are to be drawn.
    pub drawn: HashSet<usize>,
    /// The examples whose state others may share, in order.
    usable: Vec<usize>,
    /// Those of them with `setup`.
    setups: Vec<usize>,
}

impl<'a> Surroundings<'a> {
    pub fn new(sources: &Sources, text: Text<'a>) -> Surroundings<'a> {
        let is_usable = |index: &usize| {
            let attributes = &text.examples[*index].attributes;
            let closed = attributes.ignore || attributes.norun || attributes.throws.is_some();
            let closed = closed || attributes.predict == Some(Question::Throws);
            !closed && attributes.file.is_none()
        };
        let usable: Vec<usize> = (0..text.examples.len()).filter(is_usable).collect();
        let is_setup = |index: &usize| text.examples[*index].attributes.setup;
        let setups = usable.iter().copied().filter(is_setup).collect();
        let files = files(sources, text);
        let free_name = free_name(&files);
        let subjects = modules::subjects(text.document, text.examples, text.text);
        let drawn = subjects.filter_map(|(_, subject)| subject.ok()).collect();
        Surroundings { text, files, free_name, drawn, usable, setups }
    }

    /// The examples that run in one program before this one, in order.
    pub fn predecessors(&self, index: usize) -> Vec<usize> {
        let examples = self.text.examples;
        let example = &examples[index];
        if example.attributes.file.is_some() {
            return Vec::new();
        }
        let before = |all: &'_ [usize]| all.partition_point(|&other| other < index);
        let usable = &self.usable[..before(&self.usable)];
        let shared = match self.text.config.state {
            State::Isolated => usable.len(),
            // Sections are counted up.
            State::Section => usable.partition_point(|&other| examples[other].section < example.section),
            State::Chapter => 0,
        };
        let chain = continued(examples, index, false).into_iter();
        let mut all: Vec<usize> = chain.filter(|other| usable.binary_search(other).is_ok()).collect();
        all.extend(&self.setups[..before(&self.setups)]);
        all.extend(&usable[shared..]);
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// `continue` reaches back to the nearest example that is no file, and on from there. `would`: if it stood on this fence.
pub fn continued(examples: &[Example], index: usize, would: bool) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = index;
    while examples[at].attributes.continues || (would && at == index) {
        let Some(previous) = (0..at).rev().find(|&other| examples[other].attributes.file.is_none()) else {
            break;
        };
        chain.push(previous);
        at = previous;
    }
    chain
}

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
        (!example::is_javascript(language))
            .then(|| SourceText { path: format!("/{file}"), source: block.code.text.clone() })
    })
}

fn free_name(files: &[SourceText]) -> String {
    let taken: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut name = "/main.js".to_owned();
    let mut count = 1;
    while taken.contains(name.as_str()) {
        count += 1;
        name = format!("/main{count}.js");
    }
    name
}
