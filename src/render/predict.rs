//! One quiz as the page shows it: what its fieldset's template is told.

use serde::Serialize;

use crate::book::diagnostic::Diagnostic;
use crate::book::markdown;
use crate::render::html::{escape, one_line};
use crate::render::template::Templates;
use crate::verify::quiz::Quiz;
use crate::verify::quiz::choices::NOTHING;

/// What `predict.hbs` is told.
#[derive(Serialize)]
struct Fieldset<'a> {
    /// Under which a learner's progress is kept; none: it is not.
    key: Option<&'a str>,
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
    let reason = |markdown: &str| {
        one_line(markdown::to_html(markdown, &mut |_, code| format!("<pre>{}</pre>", escape(code))).trim())
    };
    let options: Vec<Shown> = quiz
        .options
        .iter()
        .enumerate()
        .map(|(index, choice)| Shown {
            index,
            text: escape(&choice.text),
            nothing: NOTHING,
            right: choice.right,
            why: quiz.reason(choice).map(reason),
        })
        .collect();
    let mut answers = options.clone();
    answers.sort_by_key(|shown| !shown.right);
    let fieldset = Fieldset {
        key: quiz.key.as_deref(),
        name: format!("predict {number} {page}"),
        question: quiz.question.as_str(),
        asked: quiz.question.asked(),
        options,
        answers,
    };
    templates.render("predict", &fieldset)
}
