//! What a learner reads: what came of an answer, the task, hints, the solution, the list. The same words on a screen and
//! in a pipe.

use crate::book::exercise::{Check, Exercise, Reveal};
use crate::command::learn::course::Course;
use crate::command::learn::folder::Folder;
use crate::command::learn::line::{Page, Style, cut, width};
use crate::command::learn::progress::Store;
use crate::command::learn::text;
use crate::engine::trace::{TestResult, TestStatus};
use crate::report::human::plural;
use crate::report::learner::Standing;
use crate::verify::exercise::attempt::{Attempt, Outcome};
use crate::verify::exercise::{message, stem};

/// Lines and bytes of one value or output that are shown.
const MOST_LINES: usize = 40;
const MOST_BYTES: usize = 8 << 10;

/// What came of an answer: the first test that fails in full, the others by their names.
pub fn result(page: &mut Page, exercise: &Exercise, answer: &str, attempt: &Attempt) {
    page.blank();
    headline(page, attempt);
    stopped(page, exercise, answer, attempt);
    let failed = attempt.tests.iter().position(|test| test.status == TestStatus::Failed);
    if let Some(failed) = failed {
        page.blank();
        test(page, &attempt.tests[failed]);
    }
    // With `check = "output"` it is what the test compares.
    if exercise.settings.check == Check::Tests && !attempt.printed.is_empty() {
        page.blank();
        page.text(Style::Faint, "Printed outside of the tests:");
        page.code(Style::Plain, "| ", &first_lines(&attempt.printed));
    }
    let wrong = attempt.matched_wrong.as_ref().and_then(|name| {
        let file = exercise.wrong.iter().find(|file| stem(file) == name)?;
        message(&file.text)
    });
    if let Some(message) = wrong {
        page.blank();
        page.text(Style::Strong, "What this answer does:");
        page.text(Style::Note, &message);
    }
    let others: Vec<&TestResult> = attempt
        .tests
        .iter()
        .enumerate()
        .filter(|&(at, _)| Some(at) != failed)
        .map(|(_, test)| test)
        .collect();
    if !others.is_empty() {
        page.blank();
    }
    for test in others {
        let (style, mark) = match test.status {
            TestStatus::Passed => (Style::Good, "✓ "),
            TestStatus::Failed => (Style::Bad, "✗ "),
            TestStatus::Skipped | TestStatus::Todo | TestStatus::NotRun => (Style::Faint, "- "),
        };
        let told = if test.status == TestStatus::NotRun { " (not reached)" } else { "" };
        page.item(style, mark, &format!("{}{told}", test.name));
    }
}

fn headline(page: &mut Page, attempt: &Attempt) {
    let all = attempt.tests.len();
    let failed = attempt.tests.iter().filter(|test| test.status == TestStatus::Failed).count();
    match attempt.outcome {
        Outcome::Passed if all == 1 => page.text(Style::Good, "Passed: its test holds."),
        Outcome::Passed => page.text(Style::Good, &format!("Passed: all {all} tests hold.")),
        Outcome::Failed if all == 0 => page.text(Style::Bad, "No test ran."),
        Outcome::Failed if failed == 0 => page.text(Style::Bad, "Not all tests were reached."),
        Outcome::Failed => {
            let verb = if failed == 1 { "fails" } else { "fail" };
            page.text(Style::Bad, &format!("{failed} of {} {verb}.", plural(all, "test")));
        }
        Outcome::Error => page.text(Style::Bad, "Your answer stops before its tests can say anything."),
        Outcome::TimedOut => {
            page.text(Style::Bad, "Your answer does not come to an end: it was stopped.");
        }
        Outcome::Crashed => page.text(Style::Bad, "Your answer took the engine down."),
    }
}

/// Why the tests say nothing, or not all, with the line.
fn stopped(page: &mut Page, exercise: &Exercise, answer: &str, attempt: &Attempt) {
    let Some(message) = &attempt.message else { return };
    match attempt.error {
        Some(_) => page.text(Style::Plain, message),
        None => page.text(Style::Plain, &sentence(message)),
    }
    if let Some(line) = attempt.line {
        page.text(Style::Faint, &format!("{}, line {line}:", exercise.settings.answer));
        let text = answer.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        page.code(Style::Note, "    ", text);
    }
    if attempt.outcome == Outcome::TimedOut {
        page.text(Style::Plain, "Look for a loop whose condition never becomes false.");
    }
}

/// What is said in a report behind a colon.
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// A test that failed.
fn test(page: &mut Page, test: &TestResult) {
    page.item(Style::Bad, "✗ ", &test.name);
    let compared = test.expected.is_some() || test.actual.is_some();
    if let Some(message) = &test.message {
        // Behind a blank line an assertion shows both values in its own way; they are shown below.
        let told = if compared { message.split("\n\n").next().unwrap_or_default() } else { message };
        let told = told.trim_end().trim_end_matches("+ actual - expected").trim_end().trim_end_matches(':');
        page.code(Style::Plain, "  ", told);
    }
    value(page, "expected", test.expected.as_deref());
    value(page, "actual", test.actual.as_deref());
    if !test.output.is_empty() {
        page.text(Style::Faint, "  Printed meanwhile:");
        page.code(Style::Plain, "  | ", &first_lines(&test.output));
    }
}

fn value(page: &mut Page, label: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    let label = format!("  {label:>8}: ");
    let fits = !value.trim_end_matches('\n').contains('\n') && width(&label) + width(value) <= page.width();
    if fits && value.ends_with('\n') || value.is_empty() {
        // The line break may be what the values differ in.
        page.code(Style::Plain, &label, &format!("{value:?}"));
    } else if fits {
        page.code(Style::Plain, &label, value);
    } else {
        page.text(Style::Plain, label.trim_end());
        page.code(Style::Plain, "    ", &first_lines(value));
    }
}

fn first_lines(text: &str) -> String {
    if text.len() > MOST_BYTES {
        let end = (0..=MOST_BYTES).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        return first_lines(&text[..end]) + "\n… and more";
    }
    let lines: Vec<&str> = text.lines().collect();
    let more = lines.len().saturating_sub(MOST_LINES);
    let mut shown = lines[..lines.len() - more].join("\n");
    if more > 0 {
        shown.push_str(&format!("\n… {}", plural(more, "more line")));
    }
    shown
}

/// Title and place of an exercise or a quiz.
pub fn title(page: &mut Page, course: &Course, at: usize, standing: Standing) {
    page.text(Style::Strong, course.title(at));
    let mut facts = vec![format!("{} · {} of {}", course.name(at), at + 1, course.len())];
    facts.extend(difficulty(course, at));
    facts.extend(course.tasks[at].chapter.clone());
    page.text(Style::Faint, &facts.join(" · "));
    if standing == Standing::PassedEarlier {
        page.text(Style::Note, "You passed an earlier version: its tests have changed since.");
    }
}

/// Where the answer is, and what it may read.
pub fn files(page: &mut Page, exercise: &Exercise, folder: &Folder) {
    page.code(Style::Faint, "", &format!("Your answer: {}", folder.shown_answer(exercise)));
    let beside: Vec<&str> = exercise.files.iter().map(|(path, _)| path.as_str()).collect();
    if !beside.is_empty() {
        page.text(Style::Faint, &format!("Beside it: {}", beside.join(", ")));
    }
}

pub fn prompt(page: &mut Page, exercise: &Exercise) {
    page.blank();
    text::markdown(page, exercise, &exercise.prompt);
}

/// The hints that were seen; gives the line where the last one begins.
pub fn hints(page: &mut Page, exercise: &Exercise, seen: usize) -> Option<usize> {
    let mut last = None;
    for (at, range) in exercise.hints.iter().enumerate().take(seen) {
        page.blank();
        last = Some(page.lines.len());
        page.text(Style::Strong, &format!("Hint {} of {}", at + 1, exercise.hints.len()));
        text::markdown(page, exercise, range);
    }
    last
}

/// Why the solution is not shown, as a sentence; none: it is.
pub fn withheld(exercise: &Exercise, passed: bool, tried: bool) -> Option<String> {
    let words = |what: &str| Some(format!("The solution is shown {what}."));
    match exercise.settings.reveal {
        _ if passed => None,
        Some(Reveal::Always) => None,
        Some(Reveal::Attempt) if tried => None,
        Some(Reveal::Attempt) => words("once you have tried: change your answer and save it"),
        Some(Reveal::Pass) | None => words("when your answer passes"),
    }
}

pub fn solution(page: &mut Page, exercise: &Exercise) {
    page.text(Style::Strong, &format!("The author's solution: {}", exercise.title));
    page.blank();
    page.code(Style::Note, "    ", &exercise.solution.text);
    if let Some(explanation) = &exercise.explanation {
        page.blank();
        text::markdown(page, exercise, explanation);
    }
}

fn difficulty(course: &Course, at: usize) -> Option<String> {
    course.exercise(at)?.settings.difficulty.map(stars)
}

fn stars(difficulty: u8) -> String {
    "★".repeat(usize::from(difficulty)) + &"☆".repeat(usize::from(3_u8.saturating_sub(difficulty)))
}

pub fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::New => " ",
        Standing::Started => "·",
        Standing::PassedEarlier => "↻",
        Standing::Passed => "✓",
    }
}

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::New => "",
        Standing::Started => "started",
        Standing::PassedEarlier => "passed an earlier version",
        Standing::Passed => "passed",
    }
}

/// One line of the list.
pub fn row(course: &Course, store: &Store, at: usize, room: usize) -> String {
    let difficulty = difficulty(course, at).unwrap_or_default();
    let state = store.standing(course, at);
    let title = course.title(at).split_whitespace().collect::<Vec<_>>().join(" ");
    let start = format!("{} {title}", mark(state));
    let end = format!(" {difficulty}");
    let name = format!("  {}", course.name(at));
    let start = match room {
        60.. if width(&start) + width(&name) + width(&end) <= room => start + &name,
        _ => start,
    };
    cut(&start, room.saturating_sub(width(&end))) + &end
}

/// The whole list for a pipe.
pub fn list(page: &mut Page, course: &Course, store: &Store) {
    let longest = (0..course.len()).map(|at| course.name(at).len()).max().unwrap_or_default();
    for at in 0..course.len() {
        let state = store.standing(course, at);
        let mut line = format!("{} {:longest$}  {}", mark(state), course.name(at), course.title(at));
        line.extend(difficulty(course, at).map(|stars| format!("  {stars}")));
        if state != Standing::New {
            line.push_str(&format!("  ({})", standing(state)));
        }
        page.row(if state.is_passed() { Style::Good } else { Style::Plain }, &line);
    }
    page.blank();
    page.text(Style::Strong, &format!("{} of {} passed.", store.passed(course), counts(course)));
    if let Some(told) = gone(course, store) {
        page.text(Style::Faint, &told);
    }
}

/// "3 exercises and 2 quizzes"; what there is none of is left out.
pub fn counts(course: &Course) -> String {
    let exercises = course.exercises().count();
    let quizzes = course.len() - exercises;
    let mut counts = Vec::new();
    if exercises > 0 {
        counts.push(plural(exercises, "exercise"));
    }
    if quizzes > 0 {
        counts.push(plural_of_quiz(quizzes));
    }
    counts.join(" and ")
}

pub fn plural_of_quiz(count: usize) -> String {
    if count == 1 { "1 quiz".to_owned() } else { format!("{count} quizzes") }
}

/// What progress remembers and the book no longer has.
pub fn gone(course: &Course, store: &Store) -> Option<String> {
    let gone = store.gone(course);
    let verb = if gone.len() == 1 { "is" } else { "are" };
    (!gone.is_empty())
        .then(|| format!("No longer in the book, but kept: {} {verb} remembered.", gone.join(", ")))
}

/// As wide as there is room for, up to forty steps.
pub fn progress_bar(passed: usize, all: usize, room: usize) -> String {
    let told = format!(" {passed} of {all} passed");
    let steps = room.saturating_sub(width(&told) + 2).min(40);
    if steps < 5 {
        return cut(told.trim_start(), room);
    }
    let done = (passed * steps).checked_div(all).unwrap_or_default();
    format!("[{}{}]{told}", "#".repeat(done), ".".repeat(steps - done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fits_and_is_full_only_at_the_end() {
        assert_eq!(progress_bar(1, 4, 30), "[###...........] 1 of 4 passed");
        assert_eq!(progress_bar(199, 200, 100).matches('.').count(), 1);
        assert_eq!(progress_bar(4, 4, 26), "[##########] 4 of 4 passed");
        assert_eq!(progress_bar(4, 4, 15), "4 of 4 passed");
        assert_eq!(progress_bar(4, 4, 6), "4 of …");
    }

    #[test]
    fn long_values_are_cut() {
        let long = "x\n".repeat(100);
        let shown = first_lines(&long);
        assert_eq!(shown.lines().count(), MOST_LINES + 1);
        assert!(shown.ends_with("… 60 more lines"));
        assert_eq!(first_lines("a\nb"), "a\nb");
        let wide = first_lines(&"é".repeat(MOST_BYTES));
        assert!(wide.len() < MOST_BYTES + 20 && wide.ends_with("\n… and more"));
    }
}
