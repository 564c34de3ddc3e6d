//! What reading a program's sources gives: what they say, and all that can be written into them to record them.
//!
//! It does not depend on what is watched, so one reading serves the run that follows it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::engine::prepared::Prepared;
use crate::engine::program::{Kind, Program, Watched};
use crate::engine::trace::{Outcome, Parsed, SyntaxProblem, Thrown};

/// As web/tools gives it, but with places in bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Why the sources could not be read at all; this is no property of theirs that a text could state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Outcome>,
    /// Of the recorded file, or of the entry when none is recorded.
    pub parsed: Option<Parsed>,
    pub files: Vec<ReadFile>,
}

/// `ReadFile` of web/protocol.d.ts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadFile {
    pub source: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insertions: Vec<Insertion>,
    /// Path, kind, names: what only the runtime looks at.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Insertion {
    pub at: usize,
    pub text: String,
    pub when: When,
}

/// When a program wants an insertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// It has probes.
    Probes,
    /// It is run for its steps.
    Steps,
    /// It watches any statement.
    Watched,
    /// It watches this one in this way.
    #[serde(untagged)]
    Statement(Watched),
}

impl Reading {
    /// Every place is one of the program's sources: whoever took a worker over can't make the parent look elsewhere.
    pub fn is_of(&self, program: &Program) -> bool {
        let path = program.record.as_ref().unwrap_or(&program.entry);
        let Some(parsed) = &self.parsed else {
            // Without what JavaScript says there would be no claims, and all would hold.
            let is_javascript = [".js", ".cjs", ".mjs"].iter().any(|extension| path.ends_with(extension));
            return self.failed.is_some() || !is_javascript;
        };
        let file = program.files.iter().find(|file| file.path == *path);
        file.is_some_and(|file| lies_in(parsed, &file.source))
    }

    /// What comes of a program that is not to run, or can't; none for any other.
    pub fn unrun(&self, program: &Program) -> Option<Outcome> {
        if self.failed.is_some() {
            return self.failed.clone();
        }
        match self.parsed.as_ref().and_then(|parsed| parsed.error.as_ref()) {
            Some(problem) => Some(Outcome::SyntaxError { error: thrown(program, problem) }),
            None => program.norun.then_some(Outcome::NotRun),
        }
    }

    /// The program with what it wants written into its files; none when the places are none of the sources'.
    pub fn prepare(&self, program: &Program) -> Option<Prepared> {
        let files: Option<Vec<ReadFile>> = self.files.iter().map(|file| file.written(program)).collect();
        Some(Prepared {
            kind: self.parsed.as_ref().map_or(Kind::Script, |parsed| parsed.kind),
            files: serde_json::to_string(&files?).ok()?,
        })
    }
}

fn lies_in(parsed: &Parsed, source: &str) -> bool {
    let lies = |start: usize, end: usize| source.get(start..end).is_some();
    let known = |id: Option<usize>| id.is_none_or(|id| id < parsed.statements.len());
    let mut last = 0;
    let mut follows =
        |start: usize, end: usize| std::mem::replace(&mut last, end) <= start && lies(start, end);
    parsed.statements.iter().enumerate().all(|(index, one)| one.id == index && lies(one.start, one.end))
        && parsed.comments.iter().all(|comment| {
            follows(comment.start, comment.end)
                && [comment.after, comment.before, comment.inside].into_iter().all(known)
        })
        && parsed.mutants.iter().all(|mutant| {
            lies(mutant.start, mutant.end)
                && lies(mutant.whole_start, mutant.whole_end)
                && (mutant.whole_start..=mutant.whole_end).contains(&mutant.start)
        })
        && parsed.misconceptions.iter().all(|one| {
            let mut done = 0;
            one.edits.iter().all(|edit| {
                std::mem::replace(&mut done, edit.end) <= edit.start && lies(edit.start, edit.end)
            })
        })
        && parsed.refused.iter().all(|line| lies(line.start, line.end))
        && parsed.error.iter().all(|problem| lies(problem.offset, source.len()))
}

fn thrown(program: &Program, problem: &SyntaxProblem) -> Thrown {
    Thrown {
        name: "SyntaxError".into(),
        message: problem.message.clone(),
        code: None,
        file: Some(program.record.clone().unwrap_or_else(|| program.entry.clone())),
        line: Some(problem.line),
        stack: String::new(),
    }
}

impl ReadFile {
    fn written(&self, program: &Program) -> Option<ReadFile> {
        let watch: HashSet<Watched> = program.watch.iter().copied().collect();
        let is_wanted = |when: When| match when {
            When::Probes => !program.probes.is_empty(),
            When::Steps => program.stepped.is_some(),
            When::Watched => !watch.is_empty(),
            When::Statement(watched) => watch.contains(&watched),
        };
        let mut source = String::with_capacity(self.source.len());
        let mut done = 0;
        for Insertion { at, text, .. } in self.insertions.iter().filter(|insertion| is_wanted(insertion.when))
        {
            source.push_str(self.source.get(done..*at)?);
            source.push_str(text);
            done = *at;
        }
        source.push_str(self.source.get(done..)?);
        Some(ReadFile { source, insertions: Vec::new(), rest: self.rest.clone() })
    }
}
