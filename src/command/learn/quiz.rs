//! What a learner reads of a quiz: the code, the question with its options, what is said of an answer. The same words on a
//! screen and in a pipe; the options are those of the page, in its order.

use std::io;

use crate::command::learn::line::{Page, Style};
use crate::command::learn::text;
use crate::verify::quiz::Quiz;
use crate::verify::quiz::asked::{Asked, Role};
use crate::verify::quiz::choices::{Choice, NOTHING};

/// What can be asked, or a sentence for the learner: why not.
pub fn fit(asked: io::Result<Option<Asked>>) -> Result<Asked, String> {
    let has_answer = |asked: &Asked| asked.quiz.options.iter().any(|choice| choice.right);
    match asked {
        Ok(Some(asked)) if has_answer(&asked) => Ok(asked),
        Ok(_) => {
            Err("This quiz has no answer: its author has to mend it; `mdbook-galley check` tells how.".into())
        }
        Err(error) => Err(format!("The code can't be run: {error}")),
    }
}

/// The code, and what is asked about it. Options that were `tried` (from 0) are marked.
pub fn question(page: &mut Page, asked: &Asked, tried: &[usize]) {
    code(page, asked);
    page.blank();
    page.text(Style::Strong, asked.quiz.question.asked());
    page.blank();
    for (at, choice) in asked.quiz.options.iter().enumerate() {
        let (style, mark) = match (tried.contains(&at), choice.right) {
            (false, _) => (Style::Plain, " "),
            (true, true) => (Style::Good, "✓"),
            (true, false) => (Style::Bad, "✗"),
        };
        option(page, style, &format!("{mark} {}  ", at + 1), choice);
    }
}

fn code(page: &mut Page, asked: &Asked) {
    let is_alone = asked.code.len() == 1;
    let mut before = None;
    for piece in &asked.code {
        page.blank();
        let label = match &piece.role {
            Role::File(path) => Some(format!("{path}:")),
            Role::Before if before == Some(&Role::Before) => None,
            Role::Before => Some("What runs before it:".to_owned()),
            Role::Own if is_alone => None,
            Role::Own => Some("The code in question:".to_owned()),
        };
        label.iter().for_each(|label| page.text(Style::Faint, label));
        page.code(Style::Note, "    ", &piece.text);
        before = Some(&piece.role);
    }
}

/// An option's lines stand below each other, behind its number.
fn option(page: &mut Page, style: Style, label: &str, choice: &Choice) {
    let text = if choice.text.is_empty() { NOTHING } else { &choice.text };
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    page.code(style, label, first);
    if !rest.is_empty() {
        page.code(style, &" ".repeat(label.chars().count()), rest);
    }
}

/// How a quiz is answered where there is no screen.
pub fn prompt(page: &mut Page, quiz: &Quiz, name: &str, passed: bool) {
    page.blank();
    if passed {
        page.text(Style::Good, "You have answered this.");
    }
    let told = format!("Answer {}: mdbook-galley learn {name} --answer NUMBER", numbers(quiz));
    page.text(Style::Strong, &told);
}

/// Whether an option (from 0) is right, and why.
pub fn verdict(page: &mut Page, quiz: &Quiz, chosen: usize) {
    let choice = &quiz.options[chosen];
    page.blank();
    match choice.right {
        true => page.text(Style::Good, "Right."),
        false => page.text(Style::Bad, "Not this one."),
    }
    if let Some(reason) = quiz.reason(choice) {
        text::note(page, reason);
    }
}

/// The right option and then the others, each with its reason.
pub fn answer(page: &mut Page, quiz: &Quiz) {
    page.text(Style::Strong, quiz.question.asked());
    let mut options: Vec<(usize, &Choice)> = quiz.options.iter().enumerate().collect();
    options.sort_by_key(|(_, choice)| !choice.right);
    for (at, choice) in options {
        page.blank();
        let (style, mark) = if choice.right { (Style::Good, "✓") } else { (Style::Bad, "✗") };
        option(page, style, &format!("{mark} {}  ", at + 1), choice);
        if let Some(reason) = quiz.reason(choice) {
            text::note(page, reason);
        }
    }
}

/// Why all options with their reasons are not shown yet.
pub const WITHHELD: &str = "The answer is shown once you have tried: choose an option.";

/// "1, 2 or 3"
pub fn numbers(quiz: &Quiz) -> String {
    let mut numbers: Vec<String> = (1..=quiz.options.len()).map(|number| number.to_string()).collect();
    let last = numbers.pop().unwrap_or_default();
    if numbers.is_empty() { last } else { format!("{} or {last}", numbers.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::quiz::Question;
    use crate::verify::quiz::asked::Piece;

    fn choice(text: &str, right: bool) -> Choice {
        let why = Some(format!("`{text}` is wrong."));
        Choice { text: text.into(), why, right, misconception: None }
    }

    fn asked(options: &[(&str, bool)]) -> Asked {
        let options = options.iter().map(|(text, right)| choice(text, *right)).collect();
        let because = Some("It is *so*.".into());
        let quiz = Quiz { key: None, question: Question::Order, options, because, passed: true };
        let piece = |role, text: &str| Piece { role, text: text.into() };
        let code = vec![piece(Role::File("a.js".into()), "1;\n\n2;"), piece(Role::Before, "b();")];
        let code = code.into_iter().chain([piece(Role::Before, "c();"), piece(Role::Own, "d();")]);
        Asked { quiz, code: code.collect() }
    }

    fn lines(show: impl FnOnce(&mut Page)) -> Vec<String> {
        let mut page = Page::new(60);
        show(&mut page);
        page.lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_question_has_its_code_and_its_options_with_what_was_tried() {
        let asked = asked(&[("a\nb", false), ("", true), ("b", false)]);
        let wanted = "a.js:\n    1;\n\n    2;\n\nWhat runs before it:\n    b();\n\n    c();\n\n\
                      The code in question:\n    d();\n\nIn which order does this print its lines?\n\n\
                      ✗ 1  a\n     b\n✓ 2  (nothing)\n  3  b";
        assert_eq!(lines(|page| question(page, &asked, &[0, 1])).join("\n"), wanted);
    }

    #[test]
    fn a_verdict_gives_the_reason_of_the_option() {
        let asked = asked(&[("a", false), ("b", true)]);
        assert_eq!(lines(|page| verdict(page, &asked.quiz, 0)), ["Not this one.", "`a` is wrong."]);
        assert_eq!(lines(|page| verdict(page, &asked.quiz, 1)), ["Right.", "It is so."]);
    }

    #[test]
    fn the_answer_has_the_right_option_first_under_its_own_number() {
        let asked = asked(&[("a", false), ("b", true)]);
        let shown = lines(|page| answer(page, &asked.quiz));
        assert_eq!(shown[2..], ["✓ 2  b", "It is so.", "", "✗ 1  a", "`a` is wrong."]);
    }

    #[test]
    fn numbers_are_those_of_the_options() {
        let of = |count| numbers(&asked(&vec![("a", true); count]).quiz);
        assert_eq!((of(1), of(2), of(4)), ("1".into(), "1 or 2".into(), "1, 2, 3 or 4".into()));
    }

    #[test]
    fn a_quiz_without_an_answer_can_t_be_asked() {
        assert!(fit(Ok(Some(asked(&[("a", true)])))).is_ok());
        for unfit in [Ok(None), Ok(Some(asked(&[]))), Err(io::Error::other("no worker"))] {
            assert!(fit(unfit).is_err());
        }
    }
}
