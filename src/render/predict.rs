//! One quiz as the page shows it: what its fieldset's template is told.

use serde::Serialize;

use crate::book::diagnostic::Diagnostic;
use crate::book::markdown;
use crate::book::quiz::Question;
use crate::render::html::{escape, one_line};
use crate::render::template::Templates;
use crate::verify::quiz::Quiz;

/// What `predict.hbs` is told.
#[derive(Serialize)]
struct Fieldset {
    /// Of the radio buttons: another one for each quiz of a page.
    name: String,
    question: &'static str,
    asked: &'static str,
    options: Vec<Shown>,
    /// The same options, the right one first.
    answers: Vec<Shown>,
}

#[derive(Clone, Serialize)]
struct Shown {
    /// Its place among the options.
    index: usize,
    /// HTML; empty: nothing.
    text: String,
    /// What stands there for an empty text.
    nothing: &'static str,
    right: bool,
    /// HTML.
    why: Option<String>,
}

/// The fieldset of a quiz, on one line. `page` and `number` tell the example from all others of the book.
pub fn to_html(
    quiz: &Quiz,
    page: &str,
    number: usize,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    let reason = |markdown: &String| {
        one_line(markdown::to_html(markdown, &mut |_, code| format!("<pre>{}</pre>", escape(code))).trim())
    };
    let options: Vec<Shown> = quiz
        .options
        .iter()
        .enumerate()
        .map(|(index, choice)| Shown {
            index,
            text: escape(&choice.text),
            nothing: "(nothing)",
            right: choice.right,
            why: if choice.right { quiz.because.as_ref() } else { choice.why.as_ref() }.map(reason),
        })
        .collect();
    let mut answers = options.clone();
    answers.sort_by_key(|shown| !shown.right);
    let fieldset = Fieldset {
        name: format!("predict {number} {page}"),
        question: quiz.question.as_str(),
        asked: asked(quiz.question),
        options,
        answers,
    };
    templates.render("predict", &fieldset)
}

fn asked(question: Question) -> &'static str {
    match question {
        Question::Output => "What does this print?",
        Question::Exports => "What does require of this file give?",
        Question::Throws => "Which error does this end with, if any?",
        Question::Order => "In which order does this print its lines?",
    }
}
