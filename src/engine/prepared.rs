//! A program whose sources have been read: what they say, and the text that is run in their place.

use serde::{Deserialize, Serialize};

use crate::engine::program::{Kind, Program};
use crate::engine::trace::{Outcome, Parsed, SyntaxProblem, Thrown};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Prepared {
    /// Of the recorded file, or of the entry when none is recorded.
    pub parsed: Option<Parsed>,
    /// Of the entry.
    pub kind: Kind,
    /// JSON of `Prepared[]` of web/protocol.d.ts.
    pub files: String,
}

impl Prepared {
    /// What comes of a program that is not to run, or can't; none for any other.
    pub fn unrun(&self, program: &Program) -> Option<Outcome> {
        match self.parsed.as_ref().and_then(|parsed| parsed.error.as_ref()) {
            Some(problem) => Some(Outcome::SyntaxError { error: thrown(program, problem) }),
            None => program.norun.then_some(Outcome::NotRun),
        }
    }
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
