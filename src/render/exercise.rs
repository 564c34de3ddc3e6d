//! One exercise as the page shows it: what its section's template is told.
//!
//! Prompt, hints and explanation are markdown inside HTML, where mdBook would read none, so they become HTML here.

use std::ops::Range;

use serde::Serialize;

use crate::book::diagnostic::Diagnostic;
use crate::book::exercise::{Check, Exercise, Reveal};
use crate::book::markdown;
use crate::engine::program::Program;
use crate::render::chapter::{apply, prose_marks};
use crate::render::html::{escape, json, one_line};
use crate::render::template::Templates;
use crate::render::{code, example};
use crate::verify::exercise::attempt::Signature;
use crate::verify::exercise::{answer, message, stem};
use crate::verify::{Owner, Verified, VerifiedExercise};

/// What `exercise.hbs` is told.
#[derive(Serialize)]
struct Section<'a> {
    name: &'a str,
    title: &'a str,
    difficulty: Option<u8>,
    /// This and the following are HTML.
    prompt: String,
    starter: String,
    hints: Vec<String>,
    solution: String,
    explanation: Option<String>,
    badge: String,
    badge_title: String,
    tests: usize,
    /// JSON.
    data: String,
}

/// What checking an answer needs.
#[derive(Serialize)]
struct Data<'a> {
    name: &'a str,
    /// The path under which the tests require the answer.
    answer: String,
    starter: &'a str,
    /// What is run, but for the answer's text, which is empty here.
    program: Program,
    /// What the answer must print; none: it must pass tests.
    output: Option<&'a str>,
    /// The names of the tests that there must be.
    tests: &'a [String],
    wrong: Vec<Wrong<'a>>,
    reveal: Option<&'a str>,
}

/// A common wrong answer.
#[derive(Serialize)]
struct Wrong<'a> {
    name: &'a str,
    message: Option<String>,
    signature: &'a Signature,
}

/// The section of `Sources::exercises[index]`, on one line.
pub fn to_html(verified: &Verified, index: usize, templates: &Templates) -> Result<String, Box<Diagnostic>> {
    let exercise = &verified.sources.exercises[index];
    let result = &verified.exercises[index];
    let mut texts = Texts { verified, index, exercise, templates, number: 0, failed: None };
    let section = Section {
        name: &exercise.name,
        title: &exercise.title,
        difficulty: exercise.settings.difficulty,
        prompt: texts.html(&exercise.prompt),
        starter: code::to_html(&exercise.starter.text, "js", &[], &[]),
        hints: exercise.hints.iter().map(|hint| texts.html(hint)).collect(),
        solution: code::to_html(&exercise.solution.text, "js", &[], &[]),
        explanation: exercise.explanation.as_ref().map(|explanation| texts.html(explanation)),
        badge: badge(exercise, result),
        badge_title: badge_title(exercise, result, &verified.engine.name),
        tests: result.solution.tests.len(),
        data: json(&data(exercise, result)),
    };
    match texts.failed {
        Some(failed) => Err(failed),
        None => templates.render("exercise", &section),
    }
}

/// Turns pieces of exercise.md into HTML and counts the examples in them.
struct Texts<'a> {
    verified: &'a Verified,
    index: usize,
    exercise: &'a Exercise,
    templates: &'a Templates,
    number: usize,
    failed: Option<Box<Diagnostic>>,
}

impl Texts<'_> {
    fn html(&mut self, range: &Range<usize>) -> String {
        let marks = prose_marks(self.verified, Owner::Exercise(self.index));
        let markdown = apply(&self.exercise.text.text, range, marks);
        let html = markdown::to_html(&markdown, &mut |info, code| self.block(range, info, code));
        one_line(html.trim())
    }

    /// A block that was verified is shown with its marks. It gets no Run button: it runs against the solution.
    fn block(&mut self, range: &Range<usize>, info: &str, code: &str) -> String {
        let examples = &self.exercise.examples;
        let known = self.verified.examples.iter().find(|known| {
            known.owner == Owner::Exercise(self.index)
                && range.contains(&examples[known.index].range.start)
                && examples[known.index].code.text == code
        });
        let Some(known) = known else {
            return plain_block(info, code);
        };
        self.number += 1;
        match example::to_html(self.verified, known, self.number, false, self.templates) {
            Ok(html) => html,
            Err(failed) => {
                self.failed = Some(failed);
                String::new()
            }
        }
    }
}

fn plain_block(info: &str, code: &str) -> String {
    let language = info.split([' ', '\t', ',']).next().unwrap_or_default();
    format!(
        "<pre class=\"galley-pre\"><code class=\"nohighlight galley-code\" data-lang=\"{}\">{}</code></pre>\n",
        escape(language),
        code::to_html(code, language, &[], &[])
    )
}

/// What is said of an exercise in a few words.
pub fn badge(exercise: &Exercise, result: &VerifiedExercise) -> String {
    if !result.passed {
        return "failed".into();
    }
    match (exercise.settings.check, result.solution.tests.len()) {
        (Check::Output, 0) => "solution verified".into(),
        (_, 1) => "solution passes 1 test".into(),
        (_, tests) => format!("solution passes {tests} tests"),
    }
}

fn badge_title(exercise: &Exercise, result: &VerifiedExercise, engine: &str) -> String {
    if !result.passed {
        return "The exercise breaks one of its rules".into();
    }
    let mut said = refusals(exercise, result);
    said.push(example::SEMANTICS.into());
    if !engine.is_empty() {
        said.push(format!("run by {engine}"));
    }
    said.join("; ")
}

/// What does not pass an exercise that holds, in a few words each.
pub fn refusals(exercise: &Exercise, result: &VerifiedExercise) -> Vec<String> {
    let mut said = Vec::new();
    if !exercise.settings.starter_may_pass {
        said.push("the starter fails".to_owned());
    }
    match result.wrong.len() {
        0 => {}
        1 => said.push("1 wrong answer is told apart".into()),
        wrong => said.push(format!("{wrong} wrong answers are told apart")),
    }
    said
}

fn data<'a>(exercise: &'a Exercise, result: &'a VerifiedExercise) -> Data<'a> {
    let yardstick = &result.yardstick;
    let wrong = yardstick.wrong.iter().map(|(name, signature)| {
        let file = exercise.wrong.iter().find(|file| stem(file) == name);
        Wrong { name, message: file.and_then(|file| message(&file.text)), signature }
    });
    Data {
        name: &exercise.name,
        answer: format!("/{}", exercise.settings.answer),
        starter: &exercise.starter.text,
        program: answer::program(exercise, ""),
        output: (exercise.settings.check == Check::Output).then_some(yardstick.output.as_str()),
        tests: &yardstick.tests,
        wrong: wrong.collect(),
        reveal: exercise.settings.reveal.map(Reveal::as_str),
    }
}
